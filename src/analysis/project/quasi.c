#include "analysis/project/quasi.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>

#include "base/memory.h"

static const double least = 0x1p-32; /* so that normals are finite */

/* I. M. Sobol, USSR Comput. Math. Math. Phys. 7 (1967) 86-112; the shift modulo 1: R. Cranley,
 * T. N. L. Patterson, SIAM J. Numer. Anal. 13 (1976) 904-914. GSL leaves out the first point, 0. */
up_status up_quasi_init(up_quasi *q, size_t dimensions, gsl_rng *rng, up_error *err)
{
    up_quasi new = {.dimensions = dimensions};
    new.sobol = gsl_qrng_alloc(gsl_qrng_sobol, (unsigned)dimensions);
    if (new.sobol == NULL)
        return up_error_memory(err);
    for (size_t i = 0; i < dimensions; i++)
        new.shift[i] = gsl_rng_uniform(rng);
    *q = new;
    return UP_OK;
}

void up_quasi_release(up_quasi *q)
{
    if (q->sobol != NULL)
        gsl_qrng_free(q->sobol);
    *q = (up_quasi){0};
}

void up_quasi_next(up_quasi *q)
{
    if (q->begun)
        gsl_qrng_get(q->sobol, q->point);
    q->begun = true;
    q->used = 0;
}

double up_quasi_even(up_quasi *q)
{
    size_t i = q->used++;
    double u = q->point[i] + q->shift[i];
    return fmin(fmax(u < 1 ? u : u - 1, least), 1 - least);
}

double up_quasi_normal(up_quasi *q)
{
    return gsl_cdf_ugaussian_Pinv(up_quasi_even(q));
}

void up_quasi_turn(size_t i, const double shift[], size_t dimensions, double u[])
{
    /* square roots of 2, 3, 5 and 7 */
    static const double turn[] = {1.4142135623730951, 1.7320508075688772,
                                  2.23606797749979, 2.6457513110645907};
    for (size_t k = 0; k < dimensions; k++) {
        double x = (double)i * turn[k] + shift[k];
        u[k] = fmin(fmax(x - floor(x), least), 1 - least);
    }
}

/* --- χ² ----------------------------------------------------------------------------------------- */

/* Inverting χ² takes a microsecond. With F(x) = Φ(z) the slope is d ln x / dz = φ(z) / (x f(x)), so that
 * cubics through nodes (Hermite's) have an error of order h⁴. Beyond the last node, where one point of two
 * million lies, it stays. */
static const double far = 5;

void up_chi_init(up_chi *chi, double dof)
{
    for (int i = 0; i < UP_CHI_NODES; i++) {
        double z = far * (2.0 * i / (UP_CHI_NODES - 1) - 1);
        double x = z < 0 ? gsl_cdf_chisq_Pinv(gsl_cdf_ugaussian_P(z), dof)
                         : gsl_cdf_chisq_Qinv(gsl_cdf_ugaussian_Q(z), dof);
        chi->log_at[i] = log(x);
        chi->slope[i] = gsl_ran_ugaussian_pdf(z) / (x * gsl_ran_chisq_pdf(x, dof));
    }
}

double up_chi_log_at(const up_chi *chi, double z)
{
    const double step = 2 * far / (UP_CHI_NODES - 1);
    double at = (fmin(fmax(z, -far), far) + far) / step;
    int i = (int)fmin(at, UP_CHI_NODES - 2);
    double f = at - i, g = 1 - f;
    return g * g * (1 + 2 * f) * chi->log_at[i] +
           f * f * (1 + 2 * g) * chi->log_at[i + 1] +
           f * g * step * (g * chi->slope[i] - f * chi->slope[i + 1]);
}
