/* Nonlinear least squares: the parameters θ that minimise Σ w_i (y_i - f(x_i; θ))².
 *
 *     static bool decay(const double *x, const double *theta, void *context, double *value,
 *                       double *gradient);                   // b1 exp(-b2 x)
 *     up_nonlinear_model model = {.function = decay, .parameters = 2, .predictors = 1};
 *     up_nonlinear_data data = {.x = x, .y = y, .count = n};
 *     double starts[] = {500, 0.0001};
 *     up_nonlinear_fit fit = {0};
 *     up_nonlinear_solve(&model, &data, starts, 1, NULL, &fit, err);
 *     fit.theta[0], fit.se[0], fit.sse, fit.sigma
 *     up_nonlinear_fit_release(&fit);
 *
 * Method: Levenberg–Marquardt with geodesic acceleration in a trust region, each step solved by
 * QR of the scaled Jacobian (GSL multifit_nlinear; Moré 1978, Transtrum and Sethna 2012), from
 * every start that is given and, where asked, from more that lie about them (a fixed Halton
 * sequence of factors, so that the same input gives the same result). The fit with the least
 * sum of squares is polished by Gauss–Newton steps. Standard errors are those of the linearised
 * model at the minimum, σ² (Jᵀ W J)⁻¹ with σ² = SSE / (n - p).
 *
 * A minimum is believed where the relative offset of Bates and Watts (Technometrics 23, 1981) is
 * below 1e-6, or no parameter moves any more; a solver that stops elsewhere is said (`converged` false), and a parameter
 * whose standard error cannot be told (the Jacobian is singular) makes `identified` false. */
#ifndef UPTICK_NONLINEAR_H
#define UPTICK_NONLINEAR_H

#include <stdbool.h>
#include <stddef.h>

#include "uptick/error.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { UP_NONLINEAR_PARAMETERS = 12 };

/* f at one row of predictors; gradient ∂f/∂θ where it is not NULL. False: outside its domain
 * (the solver steps back). */
typedef bool up_nonlinear_function(const double *x, const double *theta, void *context,
                                   double *value, double *gradient);

typedef struct up_nonlinear_model {
    up_nonlinear_function *function;
    size_t parameters, predictors; /* 1 to UP_NONLINEAR_PARAMETERS; at least 1 */
    void *context;                 /* handed to function */
} up_nonlinear_model;

typedef struct up_nonlinear_data {
    const double *x; /* count rows of predictors */
    const double *y;
    const double *weights; /* 1 / variance; NULL: all alike */
    size_t count;
} up_nonlinear_data;

typedef struct up_nonlinear_options {
    size_t more_starts; /* beside those given; 0: none */
    double spread;      /* factors from 1 / spread to spread; 0: 4 */
    size_t iterations;  /* most, from each start; 0: 2000 */
} up_nonlinear_options;

typedef struct up_nonlinear_fit {
    size_t parameters, count;
    double theta[UP_NONLINEAR_PARAMETERS];
    double se[UP_NONLINEAR_PARAMETERS]; /* where `identified` */
    double *covariance;                 /* parameters², row by row; owned */
    double sse, sigma;                  /* Σ w r²; sqrt(SSE / (n - p)) */
    bool converged, identified;
    size_t start; /* from which it came: index of those given, then of the others */
    size_t iterations;
} up_nonlinear_fit;

/* starts: start_count rows of `parameters`. options may be NULL. UP_TOO_LITTLE_DATA: count <=
 * parameters (no variance could be told), or no start from which f can be evaluated; UP_BAD_DATA:
 * a number that is not finite, a weight that is not positive. */
UP_MUST_CHECK up_status up_nonlinear_solve(const up_nonlinear_model *model,
                                           const up_nonlinear_data *data,
                                           const double starts[], size_t start_count,
                                           const up_nonlinear_options *options,
                                           up_nonlinear_fit *fit, up_error *err);
void up_nonlinear_fit_release(up_nonlinear_fit *fit);

#ifdef __cplusplus
}
#endif
#endif
