/* The formulas of growth.h, and their extremes. */
#include "uptick/growth.h"

#include <math.h>
#include <string.h>

const up_transform_info up_transform_table[UP_TRANSFORMS] = {
    [UP_LIN] = {"lin", "level"},      [UP_CHG] = {"chg", "change"},
    [UP_FOLD] = {"fold", "times"},    [UP_PCH] = {"pch", "percent change"},
    [UP_CAGR] = {"cagr", "per year"}, [UP_DOUBLING] = {"doubling", "doubling time"}};

up_status up_transform_parse(const char *name, up_transform *transform, up_error *err)
{
    const char *names[UP_TRANSFORMS];
    for (int i = 0; i < UP_TRANSFORMS; i++) {
        names[i] = up_transform_table[i].name;
        if (strcmp(name, names[i]) == 0) {
            *transform = (up_transform)i;
            return UP_OK;
        }
    }
    const char *near = up_did_you_mean(name, names, UP_TRANSFORMS);
    return up_error_set(err, UP_USAGE,
                        "unknown transform '%s'%s%s%s (lin, chg, fold, pch, "
                        "cagr, doubling)",
                        name, near ? "; did you mean '" : "", near ? near : "",
                        near ? "'?" : "");
}

static const char not_positive[] = "needs positive levels";
static const char no_bound[] = "nothing bounds it on either side";
static const char same_date[] = "the two dates may be the same";
static const char no_dates[] = "the time between is not known";
static const char no_change[] = "the level did not change";
static const char out_of_range[] = "too large a number";

/* Sets the bounds; infinite ones are absent. An overflow of a bound that exists is told apart
 * from a bound that does not. */
static void set_bounds(up_growth_value *v, double low, bool low_strict, double high,
                       bool high_strict, bool about)
{
    up_estimate *e = &v->estimate;
    *e = up_estimate_between(low, high);
    e->low_strict = e->has_low && low_strict;
    e->high_strict = e->has_high && high_strict;
    e->about = about;
    if (!e->has_low && !e->has_high)
        v->refused = no_bound;
}

static void set_value(up_growth_value *v, const up_estimate *from, double value)
{
    v->estimate.has_value = from->has_value;
    if (!from->has_value)
        return;
    v->estimate.value = value;
    if (!isfinite(value))
        v->refused = out_of_range;
}

/* fold^(1/d) - 1, without cancellation near 1. */
static double annual_rate(double fold, double years)
{
    return expm1(log(fold) / years);
}

/* cagr = fold^(1/d) - 1. In d it falls for fold > 1 and rises for fold < 1: the low end takes
 * the d that makes it least, the high end the d that makes it greatest. */
static void fill_cagr(const up_estimate *fold, const up_estimate *d, up_growth_value *v)
{
    double low = -INFINITY, high = INFINITY;
    if (fold->has_low)
        low = annual_rate(fold->low, fold->low >= 1 ? d->high : d->low);
    if (fold->has_high)
        high = annual_rate(fold->high, fold->high >= 1 ? d->low : d->high);
    set_bounds(v, low, fold->low_strict, high, fold->high_strict, fold->about);
    if (fold->has_high && isinf(high))
        v->refused = out_of_range;
    set_value(v, fold, annual_rate(fold->value, d->value));
}

/* doubling = d ln 2 / ln fold, which falls in the fold: the low end comes from the fold's high
 * end and the other way round, each with the d that takes it farthest. Where the fold may be 1
 * the time has a pole: then it lies outside, at most at the speed of the steepest fall
 * (negative) or at least at that of the steepest rise. */
static void fill_doubling(const up_estimate *fold, const up_estimate *d,
                          up_growth_value *v)
{
    double log_low = fold->has_low ? log(fold->low) : -INFINITY;
    double log_high = fold->has_high ? log(fold->high) : INFINITY;
    if (log_low == 0 && log_high == 0) {
        v->refused = no_change;
        return;
    }
    /* An absent end of the fold puts no limit on the speed on its side. */
    double rise = isinf(log_high) ? -INFINITY : d->low * M_LN2 / log_high;
    double fall = isinf(log_low) ? INFINITY : d->low * M_LN2 / log_low;
    double low, high;
    if (log_low > 0)
        low = rise, high = d->high * M_LN2 / log_low;
    else if (log_high < 0)
        low = d->high * M_LN2 / log_high, high = fall;
    else if (log_low == 0)
        low = rise, high = INFINITY;
    else if (log_high == 0)
        low = -INFINITY, high = fall;
    else {
        low = isinf(fall) ? -INFINITY : fall;
        high = isinf(rise) ? INFINITY : rise;
        v->outside = true;
    }
    bool crossed = !v->outside; /* outside the pole each end comes from its own */
    set_bounds(v, low, crossed ? fold->high_strict : fold->low_strict, high,
               crossed ? fold->low_strict : fold->high_strict, fold->about);
    v->estimate.has_value = fold->has_value && fold->value != 1;
    if (v->estimate.has_value)
        v->estimate.value = d->value * M_LN2 / log(fold->value);
}

/* b / a of positive levels: an absent lower end is 0, which no positive level reaches. */
static bool positive_fold(const up_estimate *a, const up_estimate *b, up_growth_value *v)
{
    up_estimate from = *a, to = *b;
    up_estimate *const both[] = {&from, &to};
    for (int i = 0; i < 2; i++) {
        up_estimate *e = both[i];
        if (!e->has_low) {
            e->has_low = e->low_strict = true;
            e->low = 0;
        }
        bool positive = e->low > 0 || (e->low == 0 && e->low_strict);
        if (!positive || (e->has_value && e->value <= 0)) {
            v->refused = not_positive;
            return false;
        }
    }
    if (up_estimate_combine(UP_DIVIDE, &to, &from, &v->estimate, NULL) != UP_OK ||
        (v->estimate.low <= 0 && !v->estimate.has_high)) {
        v->refused = no_bound;
        return false;
    }
    if (v->estimate.low <= 0) { /* "more than 0 times" says nothing */
        v->estimate.has_low = v->estimate.low_strict = false;
        v->estimate.low = 0;
    }
    return true;
}

static void fill_rates(const up_estimate *fold, const up_estimate *elapsed,
                       up_growth_value values[UP_TRANSFORMS])
{
    static const up_transform annual[] = {UP_CAGR, UP_DOUBLING};
    const char *why = elapsed == NULL ? no_dates : elapsed->low <= 0 ? same_date : NULL;
    if (why != NULL) {
        for (int i = 0; i < 2; i++)
            values[annual[i]].refused = why;
        return;
    }
    fill_cagr(fold, elapsed, &values[UP_CAGR]);
    fill_doubling(fold, elapsed, &values[UP_DOUBLING]);
}

void up_growth_from_fold(const up_estimate *fold, const up_estimate *elapsed,
                         up_growth_value values[UP_TRANSFORMS])
{
    up_estimate one = up_estimate_exact(1);
    values[UP_FOLD].estimate = *fold;
    if (up_estimate_combine(UP_SUBTRACT, fold, &one, &values[UP_PCH].estimate, NULL) !=
        UP_OK)
        values[UP_PCH].refused = no_bound;
    fill_rates(fold, elapsed, values);
}

void up_growth_between(const up_estimate *a, const up_estimate *b,
                       const up_estimate *elapsed, up_growth_value values[UP_TRANSFORMS])
{
    for (int i = 0; i < UP_TRANSFORMS; i++)
        values[i] = (up_growth_value){0};
    values[UP_LIN].estimate = *b;
    if (up_estimate_combine(UP_SUBTRACT, b, a, &values[UP_CHG].estimate, NULL) != UP_OK)
        values[UP_CHG].refused = no_bound;
    if (positive_fold(a, b, &values[UP_FOLD])) {
        up_estimate fold = values[UP_FOLD].estimate;
        up_growth_from_fold(&fold, elapsed, values);
        return;
    }
    static const up_transform rest[] = {UP_PCH, UP_CAGR, UP_DOUBLING};
    for (size_t i = 0; i < sizeof rest / sizeof rest[0]; i++)
        values[rest[i]].refused = values[UP_FOLD].refused;
}
