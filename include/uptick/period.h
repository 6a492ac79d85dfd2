/* Periods: the stretch of time a figure speaks of, as precisely as it was stated.
 *
 *     up_period p;
 *     up_period_parse("by May 2025", NULL, &p, err);   // an unknown day of May 2025
 *     char text[UP_PERIOD_SIZE];
 *     up_period_format(&p, text);                      // "[2025-05-01..2025-05-31]"
 *
 * A period is half-open, [start, end), in UTC seconds from 1970-01-01, with its granularity.
 * Three shapes: plain (`2024-Q4`), a whole extent `A/B`, and one-of `[A..B]`, one member of
 * the granularity somewhere inside, which one is not known. EDTF (ISO 8601-2:2019) levels 0
 * and 1 are read, with quarters and one-of sets, SDMX codes (2024-Q4, 2024-S1, 2024-W50) and
 * what people write (English and Chinese). What is ambiguous is refused with both readings.
 *
 *     by P, some day in P        one day of P, unless P is a day or a set already
 *     early, mid, late YEAR      one month of its first, second, third four months
 *     early, mid, late MONTH     one day of 1 to 10, 11 to 20, 21 to the end (上旬 中旬 下旬)
 *     end of P, beginning of P   its last, its first day
 *     FY2024                     the fiscal year that ends in 2024: an extent of twelve months
 *     D.M.YYYY                   day first; D/M/YYYY only where one reading is possible
 *     a time of day              kept as written, midnight too; UTC unless an offset is given
 *
 * Time coordinate (the one home of elapsed years, DESIGN §2): either the calendar's,
 * year + elapsed fraction at the anchored instant, or, for a series wholly in months or
 * coarser, the index of months / 12, exactly. A day is read at its end whatever the anchor. */
#ifndef UPTICK_PERIOD_H
#define UPTICK_PERIOD_H

#include <stdbool.h>
#include <stdint.h>

#include "uptick/buffer.h"
#include "uptick/error.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { UP_PERIOD_SIZE = 96 }; /* room for any canonical text */

typedef enum up_granularity {
    UP_SECOND,
    UP_MINUTE,
    UP_HOUR,
    UP_DAY,
    UP_WEEK,
    UP_MONTH,
    UP_QUARTER,
    UP_THIRD, /* four months; EDTF codes 37 to 39 */
    UP_HALF,
    UP_YEAR,
    UP_DECADE,
    UP_CENTURY,
    UP_MILLENNIUM
} up_granularity;

typedef enum up_period_shape {
    UP_PLAIN,
    UP_EXTENT, /* A/B: all of it; granularity is that of its finer end */
    UP_ONE_OF  /* [A..B]: one unknown member of the granularity */
} up_period_shape;

enum {                               /* up_period.flags */
       UP_PERIOD_APPROXIMATE = 1,    /* ~ or % */
       UP_PERIOD_UNCERTAIN = 2,      /* ? or % */
       UP_PERIOD_OPEN_START = 4,     /* ../B or [..B]: start is INT64_MIN; filters only */
       UP_PERIOD_OPEN_END = 8,       /* A/.. or [A..]: end is INT64_MAX; filters only */
       UP_PERIOD_UNKNOWN_START = 16, /* /B */
       UP_PERIOD_UNKNOWN_END = 32,   /* A/ */
       UP_PERIOD_FISCAL = 64 /* written FY…; start and end are the fiscal year's */
};

typedef struct up_period {
    int64_t start, end;
    up_granularity granularity;
    up_period_shape shape;
    unsigned flags;
} up_period;

typedef struct up_period_options {
    char date_order;     /* 'd' D/M/Y, 'm' M/D/Y; 0: an ambiguous date is refused */
    int fiscal_year_end; /* last month of the fiscal year, 1 to 12; 0: FY… is refused */
} up_period_options;

/* Where in its period a figure sits. */
typedef enum up_anchor { UP_ANCHOR_END, UP_ANCHOR_MIDDLE, UP_ANCHOR_START } up_anchor;

/* Reads the whole text (blanks around it trimmed). UP_BAD_DATA with what was found and what
 * was wanted. options may be NULL. Open and unknown ends are accepted here; who needs an
 * observation's period refuses them (up_period_is_bounded). */
UP_MUST_CHECK up_status up_period_parse(const char *text,
                                        const up_period_options *options,
                                        up_period *period, up_error *err);
/* The same for texts of so many bytes in the common spellings of ISO 8601, which nothing can be said
 * against: 2024, 2024-12, 2024-12-31, and behind such a day T10Z, T10:00Z or T10:00:00Z. False: it is
 * none of these, and *period is untouched; it may still be a period. */
bool up_period_from_iso(const char *text, size_t length, up_period *period);
/* Canonical text; reading it gives the same period. */
void up_period_format(const up_period *period, char out[UP_PERIOD_SIZE]);
/* For people: "one day of May 2025, which one is not known", "the year 2024". */
void up_period_describe(const up_period *period, up_buffer *out);
/* For a table or an axis, short: "by May 2025"-like sets become "May 2025 (some day)",
 * "2024-12-31" becomes "31 Dec 2024", "2025-Q1" becomes "Q1 2025". */
void up_period_label(const up_period *period, up_buffer *out);

/* Whether `found` may be what was meant by `wanted`, though it is another period: 2, the same span
 * in another precision ("by May 2025" and "May 2025"); 1, a day or set within it; else 0. */
int up_period_nearness(const up_period *wanted, const up_period *found);
/* The way that `found` is typed: "by May 2025" where that is it, else its canonical text. */
void up_period_typed(const up_period *wanted, const up_period *found, up_buffer *out);

bool up_period_is_bounded(const up_period *period);
/* Canonical order: start, end, granularity, shape. Flags ~ and ? do not count: they are no
 * part of the key. */
int up_period_compare(const up_period *a, const up_period *b);

/* A moment in time with its range; low == value == high when the moment is known. */
typedef struct up_moment {
    double value, low, high;      /* years, in the coordinate asked for */
    int64_t instant, first, last; /* the same three as instants */
} up_moment;

typedef enum up_time_basis {
    UP_TIME_CALENDAR, /* year + elapsed fraction of that year */
    UP_TIME_MONTHS    /* index of months / 12; only where up_period_months says so */
} up_time_basis;

/* The anchored moment of a bounded period. For a one-of set: each member anchored, `value`
 * the centre of the range, low and high its ends. With UP_TIME_MONTHS the period must be
 * made of whole months (up_period_months). */
up_moment up_period_moment(const up_period *period, up_anchor anchor,
                           up_time_basis basis);

/* The instant of a time on a basis: the inverse, within a second. */
int64_t up_time_instant(double years, up_time_basis basis);

/* Number of whole calendar months the period (the member, for a one-of set) spans; 0 when it
 * is not made of whole months. */
int64_t up_period_months(const up_period *period);

/* Whether two periods are of one length, in whole months where they have them: totals over
 * them can be compared. */
bool up_period_alike(const up_period *a, const up_period *b);
/* The order in which those of one length are equal: what is not of whole months first. */
int up_period_compare_length(const up_period *a, const up_period *b);

/* The plain period of a granularity (UP_DAY to UP_YEAR) that holds an instant; and the one
 * that follows a plain period. */
up_period up_period_containing(int64_t instant, up_granularity granularity);
up_period up_period_next(const up_period *period);

const char *up_granularity_name(up_granularity granularity); /* "month" */

#ifdef __cplusplus
}
#endif
#endif
