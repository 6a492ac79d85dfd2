/* An estimate: a number, and what is known of where it lies.
 *
 * kind        value   low     high      reads
 * exact       5       5       5         "5"
 * at-least    5       5       -         "more than 5" (low strict) or "at least 5"
 * at-most     5       -       5         "less than 5"
 * between     5       4.5     5.5       "about 5", or a result of ranges
 * A range stated without a middle has no value. Bounds are never infinite and never NaN: an
 * absent bound is absent. */
#ifndef UPTICK_ESTIMATE_H
#define UPTICK_ESTIMATE_H

#include <stdbool.h>

#include "uptick/error.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum up_bound_kind {
    UP_BOUND_EXACT,
    UP_BOUND_AT_LEAST,
    UP_BOUND_AT_MOST,
    UP_BOUND_BETWEEN
} up_bound_kind;

typedef struct up_estimate {
    double value, low, high;
    bool has_value, has_low, has_high;
    bool low_strict, high_strict; /* the bound itself is excluded */
    bool about;                   /* some input was "about" */
} up_estimate;

up_estimate up_estimate_exact(double value);
up_bound_kind up_estimate_kind(const up_estimate *estimate);
const char *up_bound_kind_name(up_bound_kind kind); /* "exact", "at-least", … */

/* Which ends are themselves excluded: "low" ("more than 5"), "high", "both"; NULL: none. */
const char *up_estimate_strict_ends(const up_estimate *estimate);

/* Interval arithmetic on two independent estimates, exact at the corners (R. E. Moore,
 * Interval Analysis, 1966): each bound of the result is the formula at a corner of the inputs'
 * bounds, absent where that corner is unbounded, strict where any input to it is. The value is
 * the formula at the values, absent if one is absent, or where one is but a bound and the result lies
 * on both sides of it (230 ± 2 by "more than 9": 0 to 25.8, not about 25.6). Fail with UP_TOO_LITTLE_DATA when nothing
 * bounds the result on either side or a divisor may be zero; outputs untouched. */
typedef enum up_operator {
    UP_ADD = '+',
    UP_SUBTRACT = '-',
    UP_MULTIPLY = '*',
    UP_DIVIDE = '/'
} up_operator;
UP_MUST_CHECK up_status up_estimate_combine(up_operator op, const up_estimate *a,
                                            const up_estimate *b, up_estimate *out,
                                            up_error *err);
/* Both bounds as numbers, -INFINITY and INFINITY where absent: for code that compares. */
double up_estimate_floor(const up_estimate *estimate);
double up_estimate_ceiling(const up_estimate *estimate);
/* From such numbers back: infinite bounds become absent ones. */
up_estimate up_estimate_between(double low, double high);

#ifdef __cplusplus
}
#endif
#endif
