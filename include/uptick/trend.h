/* Trend growth: least squares of ln(level) on time in years.
 *
 *     ln y_i = a + b t_i + e_i,   rate per year = exp(b) - 1
 *
 * The interval of b is b ± t(n - 2, (1 + level) / 2) se(b) (Student; Draper & Smith, Applied
 * Regression Analysis, 1998, ch. 1), turned into rates and doubling times by their monotone
 * formulas. Points that are only bounds, ranges without a value, or implied by claims do not
 * enter. Needs 3 points at different times, all positive. */
#ifndef UPTICK_TREND_H
#define UPTICK_TREND_H

#include "uptick/series.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct up_trend {
    size_t n, left_out;
    size_t before_break; /* figures before the last break (status B, D), left out */
    const up_point *first, *last; /* borrowed from the series */
    double level;                 /* of the interval: 0.95 */
    double rate_per_year, rate_low, rate_high;
    bool has_r_squared; /* not for figures that are all the same */
    double r_squared;   /* of the logarithms */
    double residual_sd; /* of the logarithms, n - 2 */
    /* Doubling time in years, negative when the trend falls. `outside`: the interval of the
     * slope holds 0, so the time is at most `doubling_low` (< 0) or at least
     * `doubling_high`. */
    bool has_doubling;
    double doubling, doubling_low, doubling_high;
    bool outside;
} up_trend;

/* across_breaks: fit through breaks too. */
UP_MUST_CHECK up_status up_trend_fit(const up_series *series, double level,
                                     bool across_breaks, up_trend *trend, up_error *err);

#ifdef __cplusplus
}
#endif
#endif
