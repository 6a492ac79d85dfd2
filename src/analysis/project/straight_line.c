/*     s_i = theta_0 + theta_1 (t_i - origin) + e_i,   origin = mean of t
 *
 * Around the mean the two estimates are uncorrelated:
 *     theta_1 = S_ts / S_tt,  theta_0 = mean of s
 *     (X'X)^-1 = diag(1 / n, 1 / S_tt)
 * Draper & Smith, Applied Regression Analysis, 3rd ed. 1998, ch. 1. */
#include <math.h>

#include "analysis/project/models.h"

up_status up_fit_straight_line(const double time[], const double scaled[], size_t n,
                               up_fit *fit, up_error *err)
{
    up_fit result = {0};
    double mean_t = 0, mean_s = 0, stt = 0, sts = 0;
    for (size_t i = 0; i < n; i++) {
        mean_t += (time[i] - time[0]) / (double)n;
        mean_s += scaled[i] / (double)n;
    }
    mean_t += time[0];
    for (size_t i = 0; i < n; i++) {
        stt += (time[i] - mean_t) * (time[i] - mean_t);
        sts += (time[i] - mean_t) * (scaled[i] - mean_s);
    }
    if (!(stt > 0))
        return up_error_set(err, UP_TOO_LITTLE_DATA, "all figures are of one moment");
    result.origin = mean_t;
    result.theta[0] = mean_s;
    result.theta[1] = sts / stt;
    result.covariance[0][0] = 1 / (double)n;
    result.covariance[1][1] = 1 / stt;
    for (size_t i = 0; i < n; i++) {
        double residual = scaled[i] - up_straight_line_at(&result, time[i]);
        result.rss += residual * residual;
    }
    if (!isfinite(result.theta[0]) || !isfinite(result.theta[1]) || !isfinite(result.rss))
        return up_error_set(err, UP_TOO_LITTLE_DATA, "the figures are out of range");
    *fit = result;
    return UP_OK;
}

double up_straight_line_at(const up_fit *fit, double time)
{
    return fit->theta[0] + fit->theta[1] * (time - fit->origin);
}
