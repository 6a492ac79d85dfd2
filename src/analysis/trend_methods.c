/* Standard errors of a slope that ask less of the residuals, and a slope that minds outliers
 * less. */
#include <gsl/gsl_multifit.h>
#include <math.h>

#include "analysis/gsl_guard.h"
#include "analysis/trend_parts.h"

/* Newey and West (Econometrica 55, 1987), for regressors X and residuals e:
 *
 *     V = n / (n - k) (X'X)^-1 S (X'X)^-1
 *     S = G_0 + sum_l w_l (G_l + G_l'),  G_l = sum_i e_i e_(i-l) x_i x_(i-l)'
 *     w_l = 1 - l / (L + 1),  L = floor(4 (n / 100)^(2/9))
 *
 * L is the rule of Newey and West 1994 as R's sandwich has it for a fixed lag; X = (1, t, t², …).
 * Only the variance of one coefficient is wanted: with c its row of (X'X)^-1 and u_i = e_i (c . x_i)
 * it is a sum of products of the u. */
static double influence(const up_linear *fit, size_t coefficient, double t, size_t i)
{
    const double *c = &fit->inverse[coefficient * fit->k];
    double sum = 0;
    for (size_t m = fit->k; m-- > 0;)
        sum = sum * t + c[m];
    return sum * fit->residuals[i];
}

size_t up_hac_lags(size_t n)
{
    return (size_t)floor(4 * pow((double)n / 100, 2.0 / 9));
}

double up_hac_standard_error(const up_linear *fit, size_t coefficient, const up_wide t[])
{
    size_t n = fit->n, lags = up_hac_lags(n);
    double sum = 0;
    for (size_t l = 0; l <= lags && l < n; l++) {
        double products = 0, w = 1 - (double)l / (double)(lags + 1);
        for (size_t i = l; i < n; i++)
            products += influence(fit, coefficient, t[i].high, i) *
                        influence(fit, coefficient, t[i - l].high, i - l);
        sum += l == 0 ? products : 2 * w * products;
    }
    return sqrt(sum * (double)n / (double)(n - fit->k));
}

static int robust_fit(const double t[], const double y[], size_t n, size_t k,
                      gsl_matrix *x, gsl_vector *b, gsl_matrix *covariance,
                      gsl_multifit_robust_workspace *w)
{
    gsl_vector_const_view levels = gsl_vector_const_view_array(y, n);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < k; j++)
            gsl_matrix_set(x, i, j, j == 0 ? 1 : gsl_matrix_get(x, i, j - 1) * t[i]);
    gsl_multifit_robust_maxiter(1000, w);
    return gsl_multifit_robust(x, &levels.vector, b, covariance, w);
}

up_status up_slope_robust(const double t[], const double y[], size_t n, size_t degree,
                          up_slope *slope, up_error *err)
{
    size_t k = degree + 1;
    up_gsl_enter();
    gsl_multifit_robust_workspace *w =
        gsl_multifit_robust_alloc(gsl_multifit_robust_bisquare, n, k);
    gsl_matrix *x = gsl_matrix_alloc(n, k), *covariance = gsl_matrix_alloc(k, k);
    gsl_vector *b = gsl_vector_alloc(k);
    up_status status = w && x && covariance && b ? UP_OK : up_error_memory(err);
    if (status == UP_OK && robust_fit(t, y, n, k, x, b, covariance, w) != 0)
        status = up_error_set(err, UP_TOO_LITTLE_DATA,
                              "the weights of the robust trend do not settle");
    if (status == UP_OK) {
        gsl_multifit_robust_stats s = gsl_multifit_robust_statistics(w);
        *slope = (up_slope){.slope = gsl_vector_get(b, degree),
                            .se = sqrt(gsl_matrix_get(covariance, degree, degree)),
                            .residual_sd = s.sigma};
    }
    if (w != NULL)
        gsl_multifit_robust_free(w);
    gsl_matrix_free(x);
    gsl_matrix_free(covariance);
    gsl_vector_free(b);
    up_gsl_leave();
    return status;
}
