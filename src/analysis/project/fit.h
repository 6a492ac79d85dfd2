/* Least squares of a model to a problem's rows. */
#ifndef UPTICK_ANALYSIS_PROJECT_FIT_H
#define UPTICK_ANALYSIS_PROJECT_FIT_H

#include "analysis/project/figures.h"

typedef struct up_square {
    double at[UP_CURVE_PARAMETERS][UP_CURVE_PARAMETERS];
} up_square;

typedef struct up_minimum {
    double phi[UP_CURVE_PARAMETERS];
    double sse;            /* that is least: with the distances to soft figures' ranges */
    double counted;        /* of the rows that count */
    up_square information; /* J'J at phi, of the rows that count */
} up_minimum;

/* Sum of squares of the rows that count at phi, and J'J there (NULL: not wanted); INFINITY outside of the domain. */
double up_sum_of_squares(const up_problem *problem, const double phi[],
                         up_square *information);

/* The rest of a minimum from its phi. */
void up_minimum_at(const up_problem *problem, up_minimum *minimum);

/* Levenberg–Marquardt from minimum->phi; parameters whose bit is in `held` stay. False: undefined
 * there, or it came to no rest. Small and without allocation: it runs for each path. */
bool up_minimise(const up_problem *problem, unsigned held, up_minimum *minimum);
/* The same to a part in a million of the standard errors, a part in 10¹² of the sum of squares: for
 * profiles. */
bool up_minimise_nearly(const up_problem *problem, unsigned held, up_minimum *minimum);

/* A profile: minima with one parameter held, from its smallest value on. It is that of the capacity,
 * or of the parameter that bends the sum of squares more. */
enum { UP_PROFILE_NODES = 33 };
typedef struct up_profile {
    size_t parameter;
    up_minimum node[UP_PROFILE_NODES];
    size_t count; /* 0: no profile */
} up_profile;

typedef struct up_fit {
    up_minimum best;
    size_t parameters; /* k, less those that are held */
    unsigned held;     /* a capacity that is fixed, or has a ceiling */
    double dof;        /* n - k */
    bool converged, identified;
    up_capacity capacity;
    double capacity_low; /* where it is open */
    up_profile profile;  /* that draws are made along */
} up_fit;

/* The best fit of a model. UP_TOO_LITTLE_DATA, with the reason, when there is none. */
UP_MUST_CHECK up_status up_fit_find(const up_problem *problem, const up_figures *figures,
                                    const up_project_options *options, up_fit *fit,
                                    up_error *err);

/* σ² as it is used: SSE / (n - k), both of the figures that count (soft ones bend the curve but have
 * no error to measure), and at least what the widths of the figures leave open. Where dates are spans
 * the errors that they make are in it (marginal.h parts them). */
double up_fit_variance(const up_problem *problem, const up_fit *fit);

/* 95 % of one parameter by profile likelihood: where the least sum of squares with it held is
 * SSE + t² σ² (D. Bates, D. Watts, Nonlinear Regression Analysis, 1988, 6.1). An open
 * side is an infinity. */
up_bounds up_fit_interval(const up_problem *problem, const up_fit *fit, size_t parameter);

/* L with L L' = the inverse of the information on the parameters that are not held; false where
 * it is singular. Rows and columns of held ones are 0. */
bool up_root_of_inverse(const up_problem *problem, const up_square *information,
                        unsigned held, up_square *root, double *log_determinant);
/* That determinant alone. */
bool up_log_determinant(const up_problem *problem, const up_square *information,
                        unsigned held, double *log_determinant);

#endif
