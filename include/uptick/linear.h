/* Linear least squares, and a summary of one variable, to the last digits of a double.
 *
 *     up_linear fit;
 *     up_linear_polynomial(x, y, n, 1, &fit, err);       // y = b0 + b1 x + e
 *     fit.coefficients[1], fit.standard_errors[1]
 *     up_linear_release(&fit);
 *
 * Model: y = X b + e, X of n rows and k columns. Method: Householder's QR decomposition
 * of X and one step of refinement, every operation on wide numbers (wide.h), so that
 * neither X'X nor the rounding of a double enters; G. H. Golub and C. F. Van Loan, Matrix
 * Computations, 2013, §5.3. Inputs are wide too: a figure such as 10000000.2 is no
 * double, and the spread of such figures lies in what its rounding would take away.
 *
 *     residual_sd      sqrt(rss / (n - k))
 *     standard_errors  residual_sd sqrt of the diagonal of (X'X)^-1
 *     r_squared        1 - rss / tss, tss around the mean if there is an intercept, else 0
 *     leverages        diagonal of X (X'X)^-1 X' */
#ifndef UPTICK_LINEAR_H
#define UPTICK_LINEAR_H

#include <stdbool.h>
#include <stddef.h>

#include "uptick/error.h"
#include "uptick/wide.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct up_linear {
    size_t n, k;
    double *coefficients, *standard_errors; /* owned, k each; errors 0 when n == k */
    double *inverse;                        /* owned, k × k: (X'X)^-1 */
    double *residuals, *leverages;          /* owned, n each */
    double rss, residual_sd;                /* sd 0 when n == k */
    bool has_r_squared;                     /* not when all y are the same */
    double r_squared;
} up_linear;

/* x is n × k, row after row. With `intercept` some column of x is constant. Needs n >= k
 * >= 1 and columns that do not depend on each other, else UP_TOO_LITTLE_DATA. fit is
 * released by the caller; untouched on failure. */
UP_MUST_CHECK up_status up_linear_fit(const up_wide *x, const up_wide *y, size_t n,
                                      size_t k, bool intercept, up_linear *fit,
                                      up_error *err);
/* y = b0 + b1 x + … + b_degree x^degree. */
UP_MUST_CHECK up_status up_linear_polynomial(const up_wide *x, const up_wide *y, size_t n,
                                             size_t degree, up_linear *fit,
                                             up_error *err);
void up_linear_release(up_linear *fit);

/* mean; sample standard deviation (n - 1); lag-1 autocorrelation, the sum of products of
 * neighbours' distances from the mean over the sum of squares. */
typedef struct up_summary {
    size_t n;
    double mean;
    bool has_sd; /* n >= 2 */
    double sd;
    bool has_autocorrelation; /* n >= 2 and not all the same */
    double autocorrelation;
} up_summary;
/* UP_TOO_LITTLE_DATA when n is 0. */
UP_MUST_CHECK up_status up_summarize(const up_wide *y, size_t n, up_summary *summary,
                                     up_error *err);

#ifdef __cplusplus
}
#endif
#endif
