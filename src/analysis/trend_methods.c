/* Standard errors of a slope that ask less of the residuals, and a slope that minds outliers
 * less. */
#include <gsl/gsl_multifit.h>
#include <math.h>

#include "analysis/gsl_guard.h"
#include "analysis/trend_parts.h"

/* Newey and West (Econometrica 55, 1987), for X = (1, t) and residuals e:
 *
 *     V = n / (n - k) (X'X)^-1 S (X'X)^-1
 *     S = G_0 + sum_l w_l (G_l + G_l'),  G_l = sum_i e_i e_(i-l) x_i x_(i-l)'
 *     w_l = 1 - l / (L + 1),  L = floor(4 (n / 100)^(2/9))
 *
 * L is the rule of Newey and West 1994 as R's sandwich has it for a fixed lag. Only the slope's
 * variance is wanted: with c the second row of (X'X)^-1 and u_i = e_i (c . x_i) it is a sum of
 * products of the u. */
up_slope up_slope_hac(const up_linear *fit, const up_wide t[], size_t *lags)
{
    size_t n = fit->n;
    const double *c = &fit->inverse[2];
    double sum = 0;
    *lags = (size_t)floor(4 * pow((double)n / 100, 2.0 / 9));
    for (size_t l = 0; l <= *lags && l < n; l++) {
        double products = 0, w = 1 - (double)l / (double)(*lags + 1);
        for (size_t i = l; i < n; i++)
            products += fit->residuals[i] * (c[0] + c[1] * t[i].high) *
                        fit->residuals[i - l] * (c[0] + c[1] * t[i - l].high);
        sum += l == 0 ? products : 2 * w * products;
    }
    return (up_slope){.slope = fit->coefficients[1],
                      .se = sqrt(sum * (double)n / (double)(n - 2)),
                      .residual_sd = fit->residual_sd,
                      .has_r_squared = fit->has_r_squared,
                      .r_squared = fit->r_squared};
}

static int robust_fit(const double t[], const double y[], size_t n, gsl_matrix *x,
                      gsl_vector *b, gsl_matrix *covariance,
                      gsl_multifit_robust_workspace *w)
{
    gsl_vector_const_view levels = gsl_vector_const_view_array(y, n);
    for (size_t i = 0; i < n; i++) {
        gsl_matrix_set(x, i, 0, 1);
        gsl_matrix_set(x, i, 1, t[i]);
    }
    gsl_multifit_robust_maxiter(1000, w);
    return gsl_multifit_robust(x, &levels.vector, b, covariance, w);
}

up_status up_slope_robust(const double t[], const double y[], size_t n, up_slope *slope,
                          up_error *err)
{
    up_gsl_enter();
    gsl_multifit_robust_workspace *w =
        gsl_multifit_robust_alloc(gsl_multifit_robust_bisquare, n, 2);
    gsl_matrix *x = gsl_matrix_alloc(n, 2), *covariance = gsl_matrix_alloc(2, 2);
    gsl_vector *b = gsl_vector_alloc(2);
    up_status status = w && x && covariance && b ? UP_OK : up_error_memory(err);
    if (status == UP_OK && robust_fit(t, y, n, x, b, covariance, w) != 0)
        status = up_error_set(err, UP_TOO_LITTLE_DATA,
                              "the weights of the robust trend do not settle");
    if (status == UP_OK) {
        gsl_multifit_robust_stats s = gsl_multifit_robust_statistics(w);
        *slope = (up_slope){.slope = gsl_vector_get(b, 1),
                            .se = sqrt(gsl_matrix_get(covariance, 1, 1)),
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
