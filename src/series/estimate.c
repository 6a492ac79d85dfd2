#include "uptick/estimate.h"

#include <math.h>

up_estimate up_estimate_exact(double value)
{
    return (up_estimate){.value = value,
                         .low = value,
                         .high = value,
                         .has_value = true,
                         .has_low = true,
                         .has_high = true};
}

up_bound_kind up_estimate_kind(const up_estimate *e)
{
    if (e->has_low && e->has_high)
        return e->low == e->high && !e->about ? UP_BOUND_EXACT : UP_BOUND_BETWEEN;
    return e->has_low ? UP_BOUND_AT_LEAST : UP_BOUND_AT_MOST;
}

const char *up_bound_kind_name(up_bound_kind kind)
{
    static const char *const names[] = {[UP_BOUND_EXACT] = "exact",
                                        [UP_BOUND_AT_LEAST] = "at-least",
                                        [UP_BOUND_AT_MOST] = "at-most",
                                        [UP_BOUND_BETWEEN] = "between"};
    return names[kind];
}

const char *up_estimate_strict_ends(const up_estimate *e)
{
    bool low = e->has_low && e->low_strict, high = e->has_high && e->high_strict;
    return low && high ? "both" : low ? "low" : high ? "high" : NULL;
}

double up_estimate_floor(const up_estimate *e)
{
    return e->has_low ? e->low : -INFINITY;
}

double up_estimate_ceiling(const up_estimate *e)
{
    return e->has_high ? e->high : INFINITY;
}

up_estimate up_estimate_between(double low, double high)
{
    up_estimate e = {.has_low = isfinite(low) != 0, .has_high = isfinite(high) != 0};
    e.low = e.has_low ? low : 0;
    e.high = e.has_high ? high : 0;
    return e;
}

/* The formula at one corner. 0 × ∞ is 0 here: a bound of zero keeps its side at zero however
 * large the other factor grows. x / ±∞ is 0. */
static double at_corner(up_operator op, double a, double b)
{
    switch (op) {
    case UP_ADD:
        return a + b;
    case UP_SUBTRACT:
        return a - b;
    case UP_MULTIPLY:
        return a == 0 || b == 0 ? 0 : a * b;
    case UP_DIVIDE:
        return a == 0 || isinf(b) ? 0 : a / b;
    }
    return 0;
}

/* Of numbers other than 0 the formula came to what no double is: infinite, or 0. */
static bool is_out_of_range(up_operator op, double a, double b, double at)
{
    if (!isfinite(a) || !isfinite(b) || (op == UP_DIVIDE && b == 0))
        return false;
    bool scales = op == UP_MULTIPLY || op == UP_DIVIDE;
    return isinf(at) || (at == 0 && scales && a != 0 && b != 0);
}

static up_status too_large(up_error *err)
{
    return up_error_set(err, UP_TOO_LITTLE_DATA,
                        "too large or too small a number (1e-308 to 1e308)");
}

/* One end of an interval: where it is and whether the point itself is left out. */
typedef struct end {
    double at;
    bool strict;
} end;

static void widen(end *low, end *high, double at, bool strict)
{
    if (at < low->at || (at == low->at && low->strict && !strict))
        *low = (end){at, strict};
    if (at > high->at || (at == high->at && high->strict && !strict))
        *high = (end){at, strict};
}

/* A factor or dividend of 0 makes 0 of whatever else is possible. */
static bool is_nothing(up_operator op, const end *a, const end *b)
{
    return ((op == UP_MULTIPLY || op == UP_DIVIDE) && a->at == 0 && !a->strict) ||
           (op == UP_MULTIPLY && b->at == 0 && !b->strict);
}

static bool is_exact(const up_estimate *e)
{
    return e->has_value && e->has_low && e->has_high && e->low == e->value &&
           e->high == e->value && !e->low_strict && !e->high_strict && !e->about;
}

/* Its value is the bound that was stated, no middle. */
static bool is_one_sided(const up_estimate *e)
{
    return e->has_low != e->has_high;
}

/* Between two bounds a value would read as the middle of what is known: "less than 10" of a
 * divisor "more than 10" makes none. At an end it tells where that one comes from. */
static bool is_false_middle(const up_estimate *a, const up_estimate *b,
                            const up_estimate *result)
{
    return (is_one_sided(a) || is_one_sided(b)) && result->has_low && result->has_high &&
           result->value != result->low && result->value != result->high;
}

up_status up_estimate_combine(up_operator op, const up_estimate *a, const up_estimate *b,
                              up_estimate *out, up_error *err)
{
    if (is_exact(a) && is_exact(b) && !(op == UP_DIVIDE && b->value == 0)) {
        double at = at_corner(op, a->value, b->value);
        if (is_out_of_range(op, a->value, b->value, at))
            return too_large(err);
        if (isfinite(at)) {
            *out = up_estimate_exact(at); /* all corners are one */
            return UP_OK;
        }
    }
    const end ea[] = {{up_estimate_floor(a), a->low_strict},
                      {up_estimate_ceiling(a), a->high_strict}};
    const end eb[] = {{up_estimate_floor(b), b->low_strict},
                      {up_estimate_ceiling(b), b->high_strict}};
    if (op == UP_DIVIDE && eb[0].at <= 0 && eb[1].at >= 0 &&
        !(eb[0].at == 0 && eb[0].strict) && !(eb[1].at == 0 && eb[1].strict))
        return up_error_set(err, UP_TOO_LITTLE_DATA, "the divisor may be zero");

    end low = {INFINITY, true}, high = {-INFINITY, true};
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 2; j++) {
            bool reached = isfinite(ea[i].at) && isfinite(eb[j].at);
            /* a divisor that comes as near to 0 as it likes: the quotient has no bound */
            double at = op == UP_DIVIDE && eb[j].at == 0 && ea[i].at != 0
                            ? (ea[i].at >= 0) == (j == 0) ? INFINITY : -INFINITY
                            : at_corner(op, ea[i].at, eb[j].at);
            if (is_out_of_range(op, ea[i].at, eb[j].at, at))
                return too_large(err);
            bool strict = !reached || ea[i].strict || eb[j].strict;
            widen(&low, &high, at, strict && !is_nothing(op, &ea[i], &eb[j]));
        }

    up_estimate result = up_estimate_between(low.at, high.at);
    if (!result.has_low && !result.has_high)
        return up_error_set(err, UP_TOO_LITTLE_DATA,
                            "nothing bounds the result on either side");
    result.low_strict = result.has_low && low.strict;
    result.high_strict = result.has_high && high.strict;
    result.about = a->about || b->about;
    result.has_value =
        a->has_value && b->has_value && !(op == UP_DIVIDE && b->value == 0);
    if (result.has_value)
        result.value = at_corner(op, a->value, b->value);
    if (result.has_low && result.has_high && result.low == result.high) {
        bool about = result.about && result.low != 0;
        result = up_estimate_exact(result.low);
        result.about = about;
    }
    if (result.has_value && is_false_middle(a, b, &result))
        result.has_value = false, result.value = 0;
    *out = result;
    return UP_OK;
}
