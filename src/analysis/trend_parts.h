/* The parts of a trend: how a line through logarithms is fitted. */
#ifndef UPTICK_ANALYSIS_TREND_PARTS_H
#define UPTICK_ANALYSIS_TREND_PARTS_H

#include "uptick/linear.h"
#include "uptick/trend.h"

/* A slope, or another leading coefficient, with its standard error. */
typedef struct up_slope {
    double slope, se;
    double residual_sd;
    bool has_r_squared;
    double r_squared;
} up_slope;

/* Newey and West's standard error of a coefficient of a polynomial in t, fitted by least
 * squares; and how many lags it takes in. */
double up_hac_standard_error(const up_linear *fit, size_t coefficient, const up_wide t[]);
size_t up_hac_lags(size_t n);

/* Tukey's bisquare for a polynomial of a degree: its leading coefficient. UP_TOO_LITTLE_DATA when
 * the weights do not settle. */
UP_MUST_CHECK up_status up_slope_robust(const double t[], const double y[], size_t n,
                                        size_t degree, up_slope *slope, up_error *err);

#endif
