#include "uptick/trend.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_fit.h>
#include <math.h>

#include "analysis/gsl_guard.h"
#include "analysis/sample.h"

/* doubling = ln 2 / b, for the slope and both ends of its interval. */
static void fill_doubling(double b, double b_low, double b_high, up_trend *trend)
{
    trend->has_doubling = b != 0;
    if (!trend->has_doubling)
        return;
    trend->doubling = M_LN2 / b;
    trend->outside = b_low <= 0 && b_high >= 0;
    double x = b_low != 0 ? M_LN2 / b_low : -INFINITY;
    double y = b_high != 0 ? M_LN2 / b_high : INFINITY;
    trend->doubling_low = trend->outside ? x : y;
    trend->doubling_high = trend->outside ? y : x;
}

static up_status fit(const double *t, const double *y, double level, up_trend *trend,
                     up_error *err)
{
    double a, b, cov00, cov01, cov11, rss;
    double n = (double)trend->n;
    gsl_error_handler_t *before = up_gsl_enter();
    int failed =
        gsl_fit_linear(t, 1, y, 1, trend->n, &a, &b, &cov00, &cov01, &cov11, &rss);
    /* cov11 of gsl_fit_linear is already scaled by rss / (n - 2) */
    double half = gsl_cdf_tdist_Pinv((1 + level) / 2, n - 2) * sqrt(cov11);
    up_gsl_leave(before);
    if (failed || !isfinite(b) || !isfinite(half))
        return up_error_set(err, UP_TOO_LITTLE_DATA, "the trend cannot be computed");
    trend->has_r_squared = up_r_squared(y, trend->n, rss, &trend->r_squared);
    if (!trend->has_r_squared)
        b = half = rss = 0; /* exactly, not but for the rounding of a mean */
    trend->level = level;
    trend->rate_per_year = expm1(b);
    trend->rate_low = expm1(b - half);
    trend->rate_high = expm1(b + half);
    trend->residual_sd = sqrt(rss / (n - 2));
    fill_doubling(b, b - half, b + half, trend);
    return UP_OK;
}

/* Years from the first figure (sums of years since 0 would cancel), and logarithms. */
static up_status take_logs(const up_series *series, up_sample *sample, up_error *err)
{
    double origin = sample->time[0];
    for (size_t i = 0; i < sample->n; i++) {
        if (sample->value[i] <= 0)
            return up_error_set(err, UP_TOO_LITTLE_DATA,
                                "%s: a growth trend needs positive figures", series->key);
        sample->time[i] -= origin;
        sample->value[i] = log(sample->value[i]);
    }
    return UP_OK;
}

up_status up_trend_fit(const up_series *series, double level, bool across_breaks,
                       up_trend *trend, up_error *err)
{
    up_sample sample = {0};
    up_trend result = {0};
    up_status status = up_sample_gather(series, across_breaks, &sample, err);
    if (status == UP_OK && sample.n < 3)
        status = up_error_set(err, UP_TOO_LITTLE_DATA,
                              "%s: %zu figure%s to fit (bounds and implied ones do not "
                              "count); a trend with an interval needs 3",
                              series->key, sample.n, sample.n == 1 ? "" : "s");
    if (status == UP_OK && sample.time[0] == sample.time[sample.n - 1])
        status = up_error_set(err, UP_TOO_LITTLE_DATA,
                              "%s: all figures are of one moment", series->key);
    if (status == UP_OK)
        status = take_logs(series, &sample, err);
    if (status == UP_OK) {
        result.n = sample.n;
        result.left_out = sample.left_out;
        result.before_break = sample.before_break;
        result.first = sample.first;
        result.last = sample.last;
        status = fit(sample.time, sample.value, level, &result, err);
    }
    if (status == UP_OK)
        *trend = result;
    up_sample_release(&sample);
    return status;
}
