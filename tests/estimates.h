/* Estimates as a test writes them. */
#ifndef UPTICK_TESTS_ESTIMATES_H
#define UPTICK_TESTS_ESTIMATES_H

#include "uptick/estimate.h"

/* [low, high], most likely `value`. */
static inline up_estimate range(double low, double value, double high)
{
    up_estimate e = up_estimate_between(low, high);
    e.has_value = true;
    e.value = value;
    return e;
}

/* (value, ∞). */
static inline up_estimate more_than(double value)
{
    up_estimate e = up_estimate_exact(value);
    e.has_high = false;
    e.low_strict = true;
    return e;
}

#endif
