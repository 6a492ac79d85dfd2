/* Scores of quantiles against an outturn; the formulas stand in uptick/score.h. */
#include "uptick/score.h"

#include <math.h>

const double up_score_levels[UP_SCORE_LEVELS] = {0.80, 0.95};

/* Probabilities that were written and read again are the same number; sums of them are not. */
static bool same_probability(double a, double b)
{
    return fabs(a - b) < 1e-9;
}

double up_score_pinball(const up_quantile *q, double y)
{
    return ((y < q->value ? 1.0 : 0.0) - q->probability) * (q->value - y);
}

double up_score_mean_pinball(const up_quantile q[], size_t n, double y)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += up_score_pinball(&q[i], y);
    return sum / (double)n;
}

double up_score_crps(const up_quantile q[], size_t n, double y)
{
    up_quantile before = {0, q[0].value};
    const up_quantile last = {1, q[n - 1].value};
    double integral = 0;
    for (size_t i = 0; i <= n; i++) {
        const up_quantile *here = i < n ? &q[i] : &last;
        integral += (here->probability - before.probability) *
                    (up_score_pinball(&before, y) + up_score_pinball(here, y)) / 2;
        before = *here;
    }
    return 2 * integral;
}

bool up_score_skill(double score, double naive, double *skill)
{
    static const double beyond_sense = 1e6;
    bool comparable = naive > 0 && score <= beyond_sense * naive;
    *skill = comparable ? 1 - score / naive : 0;
    return comparable;
}

bool up_score_wis(const up_quantile q[], size_t n, double y, double *wis)
{
    if (n % 2 == 0)
        return false;
    for (size_t i = 0; i <= n / 2; i++)
        if (!same_probability(q[i].probability + q[n - 1 - i].probability, 1))
            return false;
    *wis = 2 * up_score_mean_pinball(q, n, y);
    return true;
}

up_probability up_score_cdf(const up_quantile q[], size_t n, double x)
{
    if (x < q[0].value)
        return (up_probability){0, q[0].probability};
    if (x > q[n - 1].value)
        return (up_probability){q[n - 1].probability, 1};
    size_t i = n - 1; /* the last quantile not above x */
    while (q[i].value > x)
        i--;
    double p = q[i].probability;
    if (i + 1 < n)
        p +=
            (q[i + 1].probability - p) * (x - q[i].value) / (q[i + 1].value - q[i].value);
    return (up_probability){p, p};
}

up_probability up_score_probability(const up_quantile q[], size_t n,
                                    const up_estimate *bounds)
{
    up_probability below = {0, 0}, up_to = {1, 1};
    if (bounds->has_low)
        below = up_score_cdf(q, n, bounds->low);
    if (bounds->has_high)
        up_to = up_score_cdf(q, n, bounds->high);
    return (up_probability){fmax(0, up_to.low - below.high), up_to.high - below.low};
}

static const up_quantile *find_quantile(const up_quantile q[], size_t n, double p)
{
    for (size_t i = 0; i < n; i++)
        if (same_probability(q[i].probability, p))
            return &q[i];
    return NULL;
}

up_inside up_score_inside(const up_quantile q[], size_t n, double level,
                          const up_estimate *outturn)
{
    const up_quantile *low = find_quantile(q, n, (1 - level) / 2);
    const up_quantile *high = find_quantile(q, n, (1 + level) / 2);
    if (low == NULL || high == NULL)
        return UP_NO_INTERVAL;
    double least = up_estimate_floor(outturn), most = up_estimate_ceiling(outturn);
    if (least >= low->value && most <= high->value)
        return UP_INSIDE;
    bool above = least > high->value || (least == high->value && outturn->low_strict);
    bool below = most < low->value || (most == low->value && outturn->high_strict);
    return above || below ? UP_OUTSIDE : UP_UNDETERMINED;
}

const char *up_inside_name(up_inside inside)
{
    static const char *const names[] = {[UP_NO_INTERVAL] = "",
                                        [UP_INSIDE] = "inside",
                                        [UP_OUTSIDE] = "outside",
                                        [UP_UNDETERMINED] = "undetermined"};
    return names[inside];
}
