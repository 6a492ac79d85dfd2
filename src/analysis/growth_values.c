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

/* Takes the fold and bounds as they are; drops a bound that says nothing (`trivial`). */
static void settle(up_growth_value *v, double low, double high, double trivial,
                   const up_estimate *fold)
{
    up_estimate *e = &v->estimate;
    *e = up_estimate_between(low == trivial ? -INFINITY : low, high);
    e->low_strict = e->has_low && fold->low_strict;
    e->high_strict = e->has_high && fold->high_strict;
    e->about = fold->about;
    if (!e->has_low && !e->has_high)
        v->refused = isinf(low) || isinf(high) ? out_of_range : no_bound;
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

/* cagr = fold^(1/d) - 1. In d it falls for fold > 1 and rises for fold < 1: the low end takes
 * the d that makes it least, the high end the d that makes it greatest. */
static void fill_cagr(const up_estimate *fold, const up_estimate *d, up_growth_value *v)
{
    double low = up_estimate_floor(fold), high = up_estimate_ceiling(fold);
    if (low < 0)
        low = 0;
    low = pow(low, 1 / (low >= 1 ? d->high : d->low)) - 1;
    high = isinf(high) ? high : pow(high, 1 / (high >= 1 ? d->low : d->high)) - 1;
    settle(v, low, high, -1, fold);
    set_value(v, fold, pow(fold->value, 1 / d->value) - 1);
}

/* The fold may be 1: the time is at most `halving` (< 0) or at least `doubling` (> 0). */
static void settle_pole(up_growth_value *v, double halving, double doubling,
                        const up_estimate *fold)
{
    settle(v, halving, doubling, -INFINITY, fold);
    v->outside = true;
}

/* doubling = d ln 2 / ln fold: for a growing level between the shortest d at the greatest
 * fold and the longest d at the least; for a falling one likewise, negative. Where the fold
 * may be 1 the time has a pole: it is outside the two ends. */
static void fill_doubling(const up_estimate *fold, const up_estimate *d,
                          up_growth_value *v)
{
    double low = up_estimate_floor(fold), high = up_estimate_ceiling(fold);
    double log_low = low > 0 ? log(low) : -INFINITY;
    double log_high = log(high);
    if (log_low == 0 && log_high == 0) {
        v->refused = no_change;
        return;
    }
    double halving = d->low * M_LN2 / log_low, doubling = d->low * M_LN2 / log_high;
    if (log_low > 0)
        settle(v, doubling, d->high * M_LN2 / log_low, 0, fold);
    else if (log_high < 0)
        settle(v, d->high * M_LN2 / log_high, isinf(log_low) ? INFINITY : halving,
               -INFINITY, fold);
    else if (log_low == 0)
        settle(v, doubling, INFINITY, 0, fold);
    else if (log_high == 0)
        settle(v, -INFINITY, isinf(log_low) ? INFINITY : halving, 0, fold);
    else
        settle_pole(v, isinf(log_low) ? -INFINITY : halving,
                    isinf(log_high) ? INFINITY : doubling, fold);
    bool has_value = fold->has_value && fold->value != 1;
    v->estimate.has_value = has_value;
    if (has_value)
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
