/* The parts of a trend: how a line through logarithms is fitted. */
#ifndef UPTICK_ANALYSIS_TREND_PARTS_H
#define UPTICK_ANALYSIS_TREND_PARTS_H

#include "uptick/linear.h"
#include "uptick/trend.h"

/* A slope with its standard error. */
typedef struct up_slope {
    double slope, se;
    double residual_sd;
    bool has_r_squared;
    double r_squared;
} up_slope;

/* The slope of a classical fit of a line on t, with Newey and West's standard error; *lags is how
 * many lags it takes in. */
up_slope up_slope_hac(const up_linear *fit, const up_wide t[], size_t *lags);

/* Tukey's bisquare. UP_TOO_LITTLE_DATA when the weights do not settle. */
UP_MUST_CHECK up_status up_slope_robust(const double t[], const double y[], size_t n,
                                        up_slope *slope, up_error *err);

#endif
