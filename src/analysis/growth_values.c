/* The formulas of growth.h, and their extremes. */
#include "analysis/growth_parts.h"

#include <math.h>

static const char not_positive[] = "needs positive levels";
static const char no_bound[] = "nothing bounds it on either side";
static const char same_date[] = "the two dates may be the same";
static const char no_dates[] = "the time between is not known";
static const char no_change[] = "the level did not change";
static const char out_of_range[] = "too large a number";

/* Sets the bounds; infinite ones are absent. An overflow of a bound that exists is told
 * apart from a bound that does not. */
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

/* A rising formula of one input, with its inputs' strictness: log, and x - 1 of
 * logarithms. */
static void fill_rising(const up_estimate *x, double (*formula)(double),
                        up_growth_value *v)
{
    bool is_point = x->has_low && x->has_high && x->low == x->high;
    double low = x->has_low ? formula(x->low) : -INFINITY;
    double high = is_point ? low : x->has_high ? formula(x->high) : INFINITY;
    set_bounds(v, low, x->low_strict, high, x->high_strict, x->about);
    if ((x->has_high && isinf(high)) || (x->has_low && isinf(low) && x->low != 0))
        v->refused = out_of_range;
    bool is_known = is_point && x->value == x->low;
    set_value(v, x, !x->has_value ? 0 : is_known ? low : formula(x->value));
}

/* cca = ln(fold) / d. In d it falls for fold > 1 and rises for fold < 1: the low end
 * takes the d that makes it least, the high end the d that makes it greatest. */
static void fill_cca(const up_estimate *fold, const up_estimate *d, up_growth_value *v)
{
    double low = -INFINITY, high = INFINITY;
    if (fold->has_low)
        low = log(fold->low) / (fold->low >= 1 ? d->high : d->low);
    if (fold->has_high)
        high = log(fold->high) / (fold->high >= 1 ? d->low : d->high);
    set_bounds(v, low, fold->low_strict, high, fold->high_strict, fold->about);
    set_value(v, fold, fold->has_value ? log(fold->value) / d->value : 0);
}

/* doubling = d ln 2 / ln fold, which falls in the fold: the low end comes from the fold's
 * high end and the other way round, each with the d that takes it farthest. Where the
 * fold may be 1 the time has a pole: then it lies outside, at most at the speed of the
 * steepest fall (negative) or at least at that of the steepest rise. */
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
    /* A certain rise or fall of no known size may take no time at all, but never the other way. */
    bool from_zero = log_low > 0 && isinf(rise), to_zero = log_high < 0 && isinf(fall);
    if (log_low > 0)
        low = from_zero ? 0 : rise, high = d->high * M_LN2 / log_low;
    else if (log_high < 0)
        low = d->high * M_LN2 / log_high, high = to_zero ? 0 : fall;
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
    set_bounds(v, low, from_zero || (crossed ? fold->high_strict : fold->low_strict),
               high, to_zero || (crossed ? fold->low_strict : fold->high_strict),
               fold->about);
    v->estimate.has_value = fold->has_value && fold->value != 1;
    if (v->estimate.has_value)
        v->estimate.value = d->value * M_LN2 / log(fold->value);
}

up_growth_value up_growth_doubling(const up_estimate *fold, const up_estimate *d)
{
    up_growth_value v = {0};
    fill_doubling(fold, d, &v);
    return v;
}

/* A level that must be positive: an absent lower end is 0, which no positive level
 * reaches. */
static bool take_positive(const up_estimate *level, up_estimate *out)
{
    *out = *level;
    if (!out->has_low) {
        out->has_low = out->low_strict = true;
        out->low = 0;
    }
    bool positive = out->low > 0 || (out->low == 0 && out->low_strict);
    return positive && (!out->has_value || out->value > 0);
}

/* A lower end of 0 says nothing of what is positive anyway. */
static void drop_zero(up_estimate *e)
{
    if (e->has_low && e->low <= 0)
        e->has_low = e->low_strict = false;
}

static void fill_log(const up_estimate *b, up_growth_value *v)
{
    up_estimate level;
    if (!take_positive(b, &level)) {
        v->refused = not_positive;
        return;
    }
    drop_zero(&level);
    fill_rising(&level, log, v);
}

static bool is_zero(const up_estimate *e)
{
    return e->has_low && e->has_high && e->low == 0 && e->high == 0;
}

/* b / a of positive levels; b may be nothing, which is 0 times as much. */
static bool positive_fold(const up_estimate *a, const up_estimate *b, up_growth_value *v)
{
    up_estimate from, to;
    if (take_positive(a, &from) && is_zero(b)) {
        v->estimate = *b;
        return true;
    }
    if (!take_positive(a, &from) || !take_positive(b, &to)) {
        v->refused = not_positive;
        return false;
    }
    if (up_estimate_combine(UP_DIVIDE, &to, &from, &v->estimate, NULL) != UP_OK ||
        (v->estimate.low <= 0 && !v->estimate.has_high)) {
        v->refused = no_bound;
        return false;
    }
    drop_zero(&v->estimate);
    return true;
}

/* The transforms that follow from the fold and the time that passed, and from which. */
static const up_transform of_fold[] = {UP_PCH, UP_PC1, UP_CCH, UP_INDEXED};
static const up_transform per_year[] = {UP_CCA, UP_CAGR, UP_PCA, UP_DOUBLING};
enum {
    OF_FOLD = sizeof of_fold / sizeof of_fold[0],
    PER_YEAR = sizeof per_year / sizeof per_year[0]
};

/* wanted NULL: all are. */
static bool wants(const bool wanted[UP_TRANSFORMS], up_transform transform)
{
    return wanted == NULL || wanted[transform];
}

static bool wants_any(const bool wanted[UP_TRANSFORMS], const up_transform some[],
                      int count)
{
    for (int i = 0; i < count; i++)
        if (wants(wanted, some[i]))
            return true;
    return false;
}

static void fill_rates(const up_estimate *fold, const up_estimate *elapsed,
                       const bool wanted[UP_TRANSFORMS],
                       up_growth_value values[UP_TRANSFORMS])
{
    const char *why = elapsed == NULL     ? no_dates
                      : elapsed->low <= 0 ? same_date
                      : is_zero(fold)     ? not_positive
                                          : NULL;
    for (int i = 0; i < PER_YEAR; i++)
        values[per_year[i]] = (up_growth_value){.refused = why};
    if (why == not_positive) /* 0^(1/d) - 1 */
        values[UP_CAGR] = values[UP_PCA] =
            (up_growth_value){.estimate = up_estimate_exact(-1)};
    if (why != NULL)
        return;
    fill_cca(fold, elapsed, &values[UP_CCA]);
    if (values[UP_CCA].refused == NULL)
        fill_rising(&values[UP_CCA].estimate, expm1, &values[UP_CAGR]);
    else
        values[UP_CAGR] = values[UP_CCA];
    values[UP_PCA] = values[UP_CAGR];
    if (wants(wanted, UP_DOUBLING))
        fill_doubling(fold, elapsed, &values[UP_DOUBLING]);
}

static double less_one(double x)
{
    return x - 1;
}

static double hundredfold(double x)
{
    return 100 * x;
}

static double as_it_is(double x)
{
    return x;
}

up_fold_formula *up_growth_formula(up_transform transform)
{
    static up_fold_formula *const formulas[UP_TRANSFORMS] = {[UP_FOLD] = as_it_is,
                                                             [UP_PCH] = less_one,
                                                             [UP_PC1] = less_one,
                                                             [UP_CCH] = log,
                                                             [UP_INDEXED] = hundredfold};
    return formulas[transform];
}

static void fill_of_fold(const up_estimate *fold, const up_estimate *elapsed,
                         const bool wanted[UP_TRANSFORMS],
                         up_growth_value values[UP_TRANSFORMS])
{
    values[UP_FOLD] = (up_growth_value){.estimate = *fold};
    for (int i = 0; i < OF_FOLD; i++)
        if (wants(wanted, of_fold[i])) {
            values[of_fold[i]] = (up_growth_value){0};
            fill_rising(fold, up_growth_formula(of_fold[i]), &values[of_fold[i]]);
        }
    if (is_zero(fold)) /* its logarithm has no bound */
        values[UP_CCH] = (up_growth_value){.refused = not_positive};
    if (wants_any(wanted, per_year, PER_YEAR))
        fill_rates(fold, elapsed, wanted, values);
}

void up_growth_from_fold(const up_estimate *fold, const up_estimate *elapsed,
                         up_growth_value values[UP_TRANSFORMS])
{
    fill_of_fold(fold, elapsed, NULL, values);
}

/* b - a, of any levels. */
static void fill_changes(const up_estimate *a, const up_estimate *b,
                         up_growth_value values[UP_TRANSFORMS])
{
    up_growth_value *change = &values[UP_CHG];
    *change = (up_growth_value){0};
    if (up_estimate_combine(UP_SUBTRACT, b, a, &change->estimate, NULL) != UP_OK)
        change->refused = no_bound;
    values[UP_CH1] = *change;
}

void up_growth_level(const up_estimate *b, up_growth_value values[UP_TRANSFORMS])
{
    values[UP_LIN] = (up_growth_value){.estimate = *b};
    values[UP_LOG] = (up_growth_value){0};
    fill_log(b, &values[UP_LOG]);
}

static void refuse_all(const up_transform some[], int count, const char *why,
                       up_growth_value values[UP_TRANSFORMS])
{
    for (int i = 0; i < count; i++)
        values[some[i]] = (up_growth_value){.refused = why};
}

void up_growth_fill(const up_estimate *a, const up_estimate *b,
                    const up_estimate *elapsed, const bool wanted[UP_TRANSFORMS],
                    up_growth_value values[UP_TRANSFORMS])
{
    up_growth_value fold = {0};
    if (wants(wanted, UP_CHG) || wants(wanted, UP_CH1))
        fill_changes(a, b, values);
    if (!wants(wanted, UP_FOLD) && !wants_any(wanted, of_fold, OF_FOLD) &&
        !wants_any(wanted, per_year, PER_YEAR))
        return;
    if (positive_fold(a, b, &fold)) {
        fill_of_fold(&fold.estimate, elapsed, wanted, values);
        return;
    }
    values[UP_FOLD] = fold;
    refuse_all(of_fold, OF_FOLD, fold.refused, values);
    refuse_all(per_year, PER_YEAR, fold.refused, values);
}

void up_growth_between(const up_estimate *a, const up_estimate *b,
                       const up_estimate *elapsed, up_growth_value values[UP_TRANSFORMS])
{
    static const char no_total[] = "needs the other series of the metric";
    up_growth_level(b, values);
    up_growth_fill(a, b, elapsed, NULL, values);
    values[UP_SHARE] = (up_growth_value){.refused = no_total};
}

/* x / (x + o) without the overflow and the doubled input of that form: it rises in x and
 * falls in o. An absent o is boundless. */
static double share_at(double x, double o)
{
    if (x == 0 || isinf(o))
        return 0;
    return isinf(x) ? 1 : 1 / (1 + o / x);
}

/* Both are sums of what is counted, so neither is negative; ends at 0 and 1 that no
 * figure brings about say nothing. */
up_growth_value up_growth_share(const up_estimate *b, const up_estimate *others)
{
    up_growth_value v = {0};
    double x_low = b->has_low ? b->low : 0, o_low = others->has_low ? others->low : 0;
    if (x_low < 0 || o_low < 0 || (b->has_value && b->value < 0)) {
        v.refused = "needs levels that are not negative";
        return v;
    }
    if (!(up_estimate_ceiling(b) > 0) && !(up_estimate_ceiling(others) > 0)) {
        v.refused = "the total is zero";
        return v;
    }
    double low = share_at(x_low, up_estimate_ceiling(others));
    double high = share_at(up_estimate_ceiling(b), o_low);
    bool bounded_low = b->has_low && others->has_high;
    bool bounded_high = b->has_high && others->has_low;
    set_bounds(&v, bounded_low ? low : -INFINITY, b->low_strict || others->high_strict,
               bounded_high ? high : INFINITY, b->high_strict || others->low_strict,
               b->about || others->about);
    v.estimate.has_value =
        b->has_value && others->has_value && b->value + others->value > 0;
    if (v.estimate.has_value)
        v.estimate.value = share_at(b->value, others->value);
    return v;
}
