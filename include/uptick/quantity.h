/* Quantities as people write them, and what they say of the number.
 *
 *     up_quantity q;
 *     up_quantity_parse("more than 700 billion yuan", NULL, &q, err);
 *     // q.qualifier UP_MORE_THAN, q.value 700 × 10^9, q.unit "CNY"
 *
 * Reads 570M, 10T, 16.2bn, 39.1 billion yuan, $5.45 billion, 2.49亿, 7000亿元, 10万亿, 80%,
 * 1.2e9, 1,234,567, "more than 800", "about 140 million", "nearly half", 3B-750B, 100-fold.
 * Exact decimal arithmetic; the decimal mark is a point unless the caller says comma. A third
 * is 0.333333333333333. Refused as ambiguous: "5m" (million, metres, minutes), "3 to 750
 * billion" (which ends are billions), a lone ¥. */
#ifndef UPTICK_QUANTITY_H
#define UPTICK_QUANTITY_H

#include <stdbool.h>

#include "uptick/buffer.h"
#include "uptick/decimal.h"
#include "uptick/error.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum up_qualifier {
    UP_EXACTLY,   /* "" */
    UP_ABOUT,     /* "~" */
    UP_MORE_THAN, /* ">" */
    UP_AT_LEAST,  /* ">=" */
    UP_LESS_THAN, /* "<" */
    UP_AT_MOST,   /* "<=" */
    UP_NEARLY,    /* "~<": [0.9 X, X) */
    UP_JUST_OVER  /* "~>": (X, 1.1 X] */
} up_qualifier;

/* The mark of a qualifier, as the column `qualifier` holds it; and back. */
const char *up_qualifier_mark(up_qualifier qualifier);
UP_MUST_CHECK up_status up_qualifier_parse(const char *mark, up_qualifier *qualifier,
                                           up_error *err);
/* For people: "more than", "about", … "" for UP_EXACTLY. */
const char *up_qualifier_words(up_qualifier qualifier);

enum { UP_UNIT_SIZE = 64 };

typedef struct up_quantity {
    up_qualifier qualifier;
    bool has_value, has_low, has_high; /* a range "3-750" has low and high and no value */
    up_decimal value, low, high;       /* base units; exponents tell the digits stated */
    bool percent; /* written with % or "percent": divided by 100 already, unless
                              options said the unit is percent */
    bool fold;    /* written "100-fold", "2×", "doubled" */
    char unit
        [UP_UNIT_SIZE]; /* a currency as ISO 4217, or the words after the number; "" */
} up_quantity;

typedef struct up_quantity_options {
    bool decimal_comma;   /* "1.234.567,8" */
    bool unit_is_percent; /* keep the percent number as written: 80% → 80 */
    const char
        *currency; /* ISO code that "$", "¥", "元" may stand for; NULL: $ is USD, 元 and
                             人民币 CNY, € EUR, £ GBP; a lone ¥ is refused as ambiguous */
} up_quantity_options;

/* Reads the whole text. UP_BAD_DATA: what was found, what was wanted. "hundreds", "many",
 * "a few thousand" are refused as vague: they belong into a note. options may be NULL. */
UP_MUST_CHECK up_status up_quantity_parse(const char *text,
                                          const up_quantity_options *options,
                                          up_quantity *quantity, up_error *err);
/* Canonical: "more than 700000000000 CNY"; for the echo of what was understood. */
void up_quantity_describe(const up_quantity *quantity, up_buffer *out);
/* Whether a unit as written may stand for the metric's (case, singular/plural, ISO code,
 * "people" for "users" not): "" fits every unit. */
bool up_unit_matches(const char *written, const char *metric_unit);

/* A relative claim: "100-fold", "more than doubled", "halved", "more than 20 percent a year",
 * "up 20%", "down a third", "up 1.5 percentage points". */
typedef enum up_change_kind {
    UP_CHANGE_FOLD, /* "fold": new / old */
    UP_CHANGE_PCH,  /* "pch": new / old - 1, as a fraction */
    UP_CHANGE_CAGR, /* "cagr": per year, as a fraction */
    UP_CHANGE_CHG   /* "chg": new - old; percentage points as a fraction */
} up_change_kind;

const char *up_change_name(up_change_kind kind); /* "fold", … */
UP_MUST_CHECK up_status up_change_kind_parse(const char *name, up_change_kind *kind,
                                             up_error *err);

/* quantity holds the number and its qualifier: "more than doubled" is fold > 2, "fell more
 * than 5%" pch < -0.05, "more than halved" fold < 0.5; "fell nearly 5%" is the range -0.05 to
 * -0.045. UP_BAD_DATA for what is no change ("20"), or ambiguous ("increased 3 times"). */
UP_MUST_CHECK up_status up_change_parse(const char *text, up_change_kind *kind,
                                        up_quantity *quantity, up_error *err);

#ifdef __cplusplus
}
#endif
#endif
