/* Numbers as metadata say they are written: marks, and a pattern of UAX35 as CSV on the
 * Web has it (`#,##0.00`, `0.0E0`, `+0`, `000%`, `0.000,###`). Without a pattern any
 * number fits. */
#ifndef UPTICK_IMPORT_NUMBER_PATTERN_H
#define UPTICK_IMPORT_NUMBER_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "uptick/decimal.h"
#include "uptick/error.h"

enum { NUMBER_MARK_SIZE = 8 };

typedef struct number_format {
    char decimal[NUMBER_MARK_SIZE];   /* "" is "." */
    char group[NUMBER_MARK_SIZE];     /* ""; in a pattern "," then */
    bool exponent, specials, percent; /* what the type allows: 1e3; NaN, INF; 5 % */
    bool whole;                       /* no decimal mark */
    bool bare;                        /* false: text around the number is cut off */
    bool has_pattern;
    char sign;          /* '+' or '-': must stand, 0: may */
    const char *before; /* "%", "‰" or "" (static) */
    const char *after;
    size_t min_integer, first_group, other_group; /* groups from the mark leftwards */
    size_t max_integer;                           /* with an exponent; else no limit */
    size_t min_fraction, max_fraction, fraction_group;
    size_t min_exponent; /* 0: no exponent */
    bool exponent_sign;  /* a sign must stand */
} number_format;

/* Sets a decimal or thousands mark; false, and nothing set, when text is not one
 * character or is one that numbers have for other ends (a digit, a sign, #, E, %). */
bool up_number_set_mark(char mark[NUMBER_MARK_SIZE], const char *text);
/* Adds a pattern to a format whose marks are set. UP_BAD_DATA: no such pattern. */
UP_MUST_CHECK up_status up_number_pattern_parse(const char *pattern,
                                                number_format *format, up_error *err);
/* NULL, or what is wrong with the text (static). *special: "NaN", "INF" or "-INF" was
 * read (static), and *value is not set; else NULL. */
const char *up_number_pattern_read(const number_format *format, const char *text,
                                   up_decimal *value, const char **special);

#endif
