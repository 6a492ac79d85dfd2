/* Entries of tables as statisticians write them: numbers with thousands marks and decimal
 * commas, percent and currency signs, flags, footnote marks, and what stands for "missing".
 *
 *     up_entry_style style = {0};
 *     up_entry_style_find(texts, count, &style, err);      // the whole column decides
 *     up_entry_read("1 234,5 p", &style, &entry, err);     // 1234.5, status P
 *
 * The decimal mark is never guessed from one number: all distinct texts of a column (or of
 * several columns of one file) are looked at, and only a text with one reading decides
 * ("841,7422" and "0,05" are decimal commas, "1,234,567" thousands; once one is found,
 * "979,254" is read the same way). "1,234" beside whole numbers below 1000 and nothing else is
 * thousands, and said to be inferred. Where nothing decides ("1,234" throughout; "1.234" beside
 * 987) it is refused as ambiguous, with both readings, unless the caller says; a point alone
 * ("23.110" throughout) is a decimal point. */
#ifndef UPTICK_ENTRY_H
#define UPTICK_ENTRY_H

#include <stdbool.h>
#include <stddef.h>

#include "uptick/decimal.h"
#include "uptick/error.h"
#include "uptick/quantity.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum up_entry_kind {
    UP_ENTRY_MISSING, /* "", ".", "..", "...", "…", ":", "-", "–", "—", "NA", "N/A", "n/a", "#N/A",
                         "NaN", "null", "None", "nil", "[x]", "[c]", "[z]", "[w]"; "x" never;
                         the caller's own marks */
    UP_ENTRY_NUMBER,
    UP_ENTRY_TEXT /* anything else: no number and no mark of a missing one */
} up_entry_kind;

typedef struct up_entry {
    up_entry_kind kind;
    bool has_value, has_low, has_high; /* a range "3-5" has low and high and no value */
    up_decimal value, low,
        high;               /* as written: percent is not divided, no multiplier but e9 */
    up_qualifier qualifier; /* "<5", ">1000", "~3", "≥ 10", "about 5" */
    bool percent;           /* written with % or ‰ (already divided by ten for ‰) */
    char currency[4];       /* ISO 4217 of a sign ("€", "$", "R$") or code; "" */
    char status;            /* SDMX OBS_STATUS from a flag; 0: none */
    char mark[32];          /* flags and footnote marks as they stood: "p", "(2)", "*" */
} up_entry;

typedef struct up_entry_style {
    char
        decimal; /* '.' or ','; 0 in a request: found out; 0 in a result: nothing to tell */
    char grouping; /* ',', '.', ' ', '\''; 0: none met */
    const char *const
        *missing; /* more marks of a missing value, ended by NULL; NULL: none.
                                   Borrowed. When `only_missing`, the built-in ones do not count */
    bool only_missing;
    bool
        inferred; /* result: commas are thousands because at least three figures have three
                      digits behind one, those below 1000 have none and no other stands there */
} up_entry_style;

/* Sets decimal and grouping by all the texts together, keeping what is given.
 * UP_BAD_DATA: ambiguous, with an example and both readings, or two texts that
 * contradict each other. */
UP_MUST_CHECK up_status up_entry_style_find(const char *const texts[], size_t count,
                                            up_entry_style *style, up_error *err);
/* Reads one text, blanks around it trimmed. UP_BAD_DATA: a number that is written
 * against the style ("1,23,4"), or has more than 38 digits. Text that is no number is
 * UP_ENTRY_TEXT. Eurostat's flags (b c d e f i n p r s u z …, also joined: "bep") become
 * the status by EUROSTAT → SDMX CL_OBS_STATUS, the most severe of several: forecast F,
 * break B, definition D, estimate E, imputed I, provisional P, …; ": c" is missing with
 * its status. A flag stands behind a blank, in brackets or, if e, p or r, at the digits
 * ("5b" may be billions: text). */
UP_MUST_CHECK up_status up_entry_read(const char *text, const up_entry_style *style,
                                      up_entry *entry, up_error *err);
/* The OBS_STATUS of a flag column's text ("b", "p", "Provisional", "E", "A"); 0: it has
 * none. */
char up_entry_status(const char *flag);

#ifdef __cplusplus
}
#endif
#endif
