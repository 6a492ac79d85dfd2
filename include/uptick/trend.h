/* Trend growth: least squares of ln(level) on time in years.
 *
 *     up_trend trend;
 *     up_trend_fit(&series, &(up_trend_options){.level = 0.95}, &trend, err);
 *     trend.rate_per_year, trend.rate_low, trend.rate_high
 *
 *     ln y_i = a + b t_i + e_i,   rate per year = exp(b) - 1
 *
 * The interval of b is b ± t(n - 2, (1 + level) / 2) se(b) (Student; Draper & Smith,
 * Applied Regression Analysis, 1998, ch. 1), turned into rates and doubling times by
 * their monotone formulas; an end too great for a number is INFINITY (rate_high,
 * range_high, leave_out_high). Points that are only bounds, ranges without a value, or
 * implied by claims do not enter. Needs 3 points at different times, all positive. se(b)
 * depends on the method:
 *
 *     OLS     the classical one
 *     HAC     Newey & West 1987: Bartlett weights up to lag floor(4 (n / 100)^(2/9)),
 *             n / (n - 2); lags count figures, whatever lies between them
 *     ROBUST  Tukey's bisquare, c = 4.685, by iterated weights (GSL's multifit_robust): a
 *             figure far from the line counts little, and b is another one; without R²,
 *             and with 5 figures at least
 *
 * What the stated figures and dates leave open of b is another matter than its standard
 * error, and kept apart: the least and the greatest slope that ordinary least squares
 * gives over all admissible figures and dates (up_trend_range). */
#ifndef UPTICK_TREND_H
#define UPTICK_TREND_H

#include "uptick/series.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum up_trend_method {
    UP_TREND_OLS,
    UP_TREND_HAC,
    UP_TREND_ROBUST,
    UP_TREND_METHODS
} up_trend_method;
extern const char *const up_trend_method_names[UP_TREND_METHODS];

typedef struct up_trend_options {
    double level;       /* of the intervals; 0: 0.95 */
    bool across_breaks; /* fit through breaks too */
    up_trend_method method;
} up_trend_options;

typedef struct up_trend {
    size_t n, left_out;
    size_t before_break; /* figures before the last break (status B, D), left out */
    size_t breaks;       /* that the fit passes, across_breaks */
    const up_point *first, *last; /* borrowed from the series */
    up_trend_method method;
    size_t lags;  /* HAC */
    double level; /* of the interval: 0.95 */
    double rate_per_year, rate_low, rate_high;
    bool has_r_squared; /* not for figures that are all the same, not robust */
    double r_squared;   /* of the logarithms */
    double residual_sd; /* of the logarithms, n - 2 */
    /* Doubling time in years, negative when the trend falls. `outside`: the interval of
     * the slope holds 0, so the time is at most `doubling_low` (< 0) or at least
     * `doubling_high`. */
    bool has_doubling;
    double doubling, doubling_low, doubling_high;
    bool outside;

    /* The rates of the stated figures and dates, from the least to the greatest (the same
     * number twice where those are exact); absent for robust, and where they cannot be
     * had: why. */
    bool has_range;
    double range_low, range_high;
    const char *range_refused;

    /* Is growth speeding up? ln y = a + b t + c t²: the slope changes by 2 c a year, with
     * its interval (t, n - 3), by the same method. Needs 4 figures at 3 moments, robust 6. */
    bool has_acceleration;
    double acceleration, acceleration_low, acceleration_high;

    /* Residuals of least squares (not robust). The lag-1 autocorrelation and Durbin and
     * Watson's statistic are of the figures in their order; beyond 2 / sqrt(n) the
     * intervals are too narrow. Without any one figure the rate would lie between
     * leave_out_low and leave_out_high; `carrier` is the one that moves it most, and
     * carries the fit when it moves it out of the interval. */
    bool has_autocorrelation, is_autocorrelated;
    double autocorrelation, durbin_watson;
    bool has_leave_out, is_carried;
    double leave_out_low, leave_out_high;
    const up_point *carrier;
} up_trend;

UP_MUST_CHECK up_status up_trend_fit(const up_series *series,
                                     const up_trend_options *options, up_trend *trend,
                                     up_error *err);

typedef struct up_trend_list {
    up_trend *items;
    size_t count, capacity;
} up_trend_list;
void up_trend_list_release(up_trend_list *list);

/* Appends a trend for each run of `size` successive figures, the first to the last. Those that
 * cannot be fitted are remarked (remarks may be NULL); UP_TOO_LITTLE_DATA where none can. */
UP_MUST_CHECK up_status up_trend_rolling(const up_series *series,
                                         const up_trend_options *options, size_t size,
                                         up_trend_list *list, up_remarks *remarks,
                                         up_error *err);
/* Appends a trend for each part of the series that the starts of the periods cut it into
 * (a figure is of the part in which its period starts);
 * a part with less than 3 figures is remarked, by name; UP_TOO_LITTLE_DATA where none has as
 * many. The periods ascend. */
UP_MUST_CHECK up_status up_trend_split(const up_series *series,
                                       const up_trend_options *options,
                                       const up_period splits[], size_t count,
                                       up_trend_list *list, up_remarks *remarks,
                                       up_error *err);
/* Whether there is cause to doubt it: residuals that hang together (unless the interval allows for
 * that), one figure that carries it, breaks that it passes. */
bool up_trend_is_doubtful(const up_trend *trend);

/* One input of a fit: an admissible span of time and of the logarithm. */
typedef struct up_trend_input {
    double time_low, time_high, low, high;
} up_trend_input;

/* The least and the greatest slope of least squares over all admissible inputs, to 1e-12
 * of themselves; attained by some. UP_TOO_LITTLE_DATA where no slope bounds them (all
 * dates may be the same) or too many dates are open to go through (message says so); n >=
 * 2. */
UP_MUST_CHECK up_status up_trend_range(const up_trend_input inputs[], size_t n,
                                       double *least, double *greatest, up_error *err);

#ifdef __cplusplus
}
#endif
#endif
