/*     s_i = theta_0 + theta_1 (t_i - origin) + e_i,   origin = mean of t
 *
 * Around the mean the two estimates are uncorrelated:
 *     theta_1 = S_ts / S_tt,  theta_0 = mean of s
 *     (X'X)^-1 = diag(1 / n, 1 / S_tt)
 * Draper & Smith, Applied Regression Analysis, 3rd ed. 1998, ch. 1. */
#include <gsl/gsl_fit.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

#include "analysis/project/models.h"
#include "base/memory.h"

enum { MANY = 64 };

/* Times from `origin` on, in a buffer on the stack when they fit. */
static up_status centre(const double time[], size_t n, double origin, double *stack,
                        double **centred, up_error *err)
{
    *centred = stack;
    if (n > MANY) {
        up_status status = up_alloc(n, sizeof **centred, centred, err);
        if (status != UP_OK)
            return status;
    }
    for (size_t i = 0; i < n; i++)
        (*centred)[i] = time[i] - origin;
    return UP_OK;
}

up_status up_fit_straight_line(const double time[], const double scaled[], size_t n,
                               up_fit *fit, up_error *err)
{
    double stack[MANY], *centred, ignored;
    up_fit result = {.origin = gsl_stats_mean(time, 1, n)};
    up_status status = centre(time, n, result.origin, stack, &centred, err);
    if (status != UP_OK)
        return status;
    double stt = gsl_stats_tss_m(centred, 1, n, 0);
    gsl_fit_linear(centred, 1, scaled, 1, n, &result.theta[0], &result.theta[1], &ignored,
                   &ignored, &ignored, &result.rss);
    if (centred != stack)
        free(centred);
    if (!(stt > 0))
        return up_error_set(err, UP_TOO_LITTLE_DATA, "all figures are of one moment");
    if (!isfinite(result.theta[0]) || !isfinite(result.theta[1]) || !isfinite(result.rss))
        return up_error_set(err, UP_TOO_LITTLE_DATA, "the figures are out of range");
    result.covariance[0][0] = 1 / (double)n;
    result.covariance[1][1] = 1 / stt;
    *fit = result;
    return UP_OK;
}

double up_straight_line_at(const up_fit *fit, double time)
{
    return fit->theta[0] + fit->theta[1] * (time - fit->origin);
}
