#include "uptick/nonlinear.h"

#include <gsl/gsl_blas.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_multifit_nlinear.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/gsl_guard.h"
#include "base/memory.h"

static const size_t usual_iterations = 2000;
static const double usual_spread = 4;
static const double step_tolerance = 1e-14, gradient_tolerance = 1e-14;
enum { POLISHES = 20 };

typedef struct problem {
    const up_nonlinear_model *model;
    const up_nonlinear_data *data;
} problem;

/* --- What GSL asks -------------------------------------------------------------------------- */

static double root_weight(const up_nonlinear_data *d, size_t i)
{
    return d->weights != NULL ? sqrt(d->weights[i]) : 1;
}

static bool evaluate(const problem *p, size_t i, const double *theta, double *value,
                     double *gradient)
{
    const up_nonlinear_model *m = p->model;
    if (!m->function(p->data->x + i * m->predictors, theta, m->context, value,
                     gradient) ||
        !isfinite(*value))
        return false;
    for (size_t k = 0; gradient != NULL && k < m->parameters; k++)
        if (!isfinite(gradient[k]))
            return false;
    return true;
}

static void copy_theta(const gsl_vector *from, double *theta)
{
    for (size_t k = 0; k < from->size; k++)
        theta[k] = gsl_vector_get(from, k);
}

/* So far off that a step there is taken back; a step outside of f's domain is such a step. */
static const double forbidden = 1e100;

/* r_i = √w_i (f(x_i; θ) - y_i) */
static int residuals(const gsl_vector *at, void *context, gsl_vector *out)
{
    const problem *p = context;
    double theta[UP_NONLINEAR_PARAMETERS], value;
    copy_theta(at, theta);
    for (size_t i = 0; i < p->data->count; i++) {
        if (!evaluate(p, i, theta, &value, NULL)) {
            gsl_vector_set_all(out, forbidden);
            break;
        }
        gsl_vector_set(out, i, root_weight(p->data, i) * (value - p->data->y[i]));
    }
    return GSL_SUCCESS;
}

/* J_ik = √w_i ∂f(x_i; θ)/∂θ_k */
static int jacobian(const gsl_vector *at, void *context, gsl_matrix *out)
{
    const problem *p = context;
    double theta[UP_NONLINEAR_PARAMETERS], gradient[UP_NONLINEAR_PARAMETERS], value;
    copy_theta(at, theta);
    for (size_t i = 0; i < p->data->count; i++) {
        if (!evaluate(p, i, theta, &value, gradient))
            return GSL_EDOM;
        for (size_t k = 0; k < p->model->parameters; k++)
            gsl_matrix_set(out, i, k, root_weight(p->data, i) * gradient[k]);
    }
    return GSL_SUCCESS;
}

/* --- One start ---------------------------------------------------------------------------------- */

/* Sum of squares in extended precision; INFINITY outside the domain. */
static double sum_of_squares(const problem *p, const double *theta)
{
    long double sum = 0;
    for (size_t i = 0; i < p->data->count; i++) {
        double value;
        if (!evaluate(p, i, theta, &value, NULL))
            return INFINITY;
        long double r = (long double)value - p->data->y[i];
        sum += r * r * (p->data->weights != NULL ? p->data->weights[i] : 1);
    }
    return (double)sum;
}

typedef struct bench {
    gsl_multifit_nlinear_workspace *workspace;
    gsl_matrix *j, *qr, *covariance;
    gsl_vector *r, *step, *tau, *norms, *rest;
    gsl_permutation *order;
} bench;

static void bench_release(bench *b)
{
    gsl_multifit_nlinear_free(b->workspace);
    gsl_matrix_free(b->j);
    gsl_matrix_free(b->qr);
    gsl_matrix_free(b->covariance);
    gsl_vector_free(b->r);
    gsl_vector_free(b->step);
    gsl_vector_free(b->tau);
    gsl_vector_free(b->norms);
    gsl_vector_free(b->rest);
    gsl_permutation_free(b->order);
}

static up_status bench_init(bench *b, size_t n, size_t p, up_error *err)
{
    gsl_multifit_nlinear_parameters how = gsl_multifit_nlinear_default_parameters();
    how.trs = gsl_multifit_nlinear_trs_lmaccel;
    how.solver = gsl_multifit_nlinear_solver_qr;
    how.scale = gsl_multifit_nlinear_scale_more;
    *b = (bench){.workspace =
                     gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust, &how, n, p),
                 .j = gsl_matrix_alloc(n, p),
                 .qr = gsl_matrix_alloc(n, p),
                 .covariance = gsl_matrix_alloc(p, p),
                 .r = gsl_vector_alloc(n),
                 .step = gsl_vector_alloc(p),
                 .tau = gsl_vector_alloc(p),
                 .norms = gsl_vector_alloc(p),
                 .rest = gsl_vector_alloc(n),
                 .order = gsl_permutation_alloc(p)};
    bool whole = b->workspace && b->j && b->qr && b->covariance && b->r && b->step &&
                 b->tau && b->norms && b->rest && b->order;
    return whole ? UP_OK : up_error_memory(err);
}

/* Runs from theta and leaves there where it came to. False: f is undefined at the start. */
static bool descend(const problem *p, bench *b, double *theta, size_t most,
                    size_t *iterations)
{
    size_t k = p->model->parameters;
    gsl_multifit_nlinear_fdf fdf = {.f = residuals,
                                    .df = jacobian,
                                    .n = p->data->count,
                                    .p = k,
                                    .params = (void *)(size_t)p};
    gsl_vector_const_view start = gsl_vector_const_view_array(theta, k);
    int info = 0;
    if (!isfinite(sum_of_squares(p, theta)) ||
        gsl_multifit_nlinear_init(&start.vector, &fdf, b->workspace) != GSL_SUCCESS)
        return false;
    (void)gsl_multifit_nlinear_driver(most, step_tolerance, gradient_tolerance, 0, NULL,
                                      NULL, &info, b->workspace);
    copy_theta(gsl_multifit_nlinear_position(b->workspace), theta);
    *iterations = gsl_multifit_nlinear_niter(b->workspace);
    return true;
}

/* --- Polishing and what is known of the minimum -------------------------------------------------- */

/* QR of the Jacobian at theta with column pivoting, columns scaled to length 1 (their lengths in
 * b->norms). False: undefined there, or a column of zeros. */
static bool factor(const problem *p, bench *b, const double *theta)
{
    gsl_vector_const_view at = gsl_vector_const_view_array(theta, p->model->parameters);
    int sign;
    if (jacobian(&at.vector, (void *)(size_t)p, b->j) != GSL_SUCCESS ||
        residuals(&at.vector, (void *)(size_t)p, b->r) != GSL_SUCCESS)
        return false;
    gsl_matrix_memcpy(b->qr, b->j);
    double lengths[UP_NONLINEAR_PARAMETERS];
    for (size_t k = 0; k < p->model->parameters; k++) {
        gsl_vector_view column = gsl_matrix_column(b->qr, k);
        lengths[k] = gsl_blas_dnrm2(&column.vector);
        if (!(lengths[k] > 0) || !isfinite(lengths[k]))
            return false;
        gsl_vector_scale(&column.vector, 1 / lengths[k]);
    }
    if (gsl_linalg_QRPT_decomp(b->qr, b->tau, b->order, &sign, b->norms) != GSL_SUCCESS)
        return false;
    for (size_t k = 0; k < p->model->parameters; k++)
        gsl_vector_set(b->norms, k, lengths[k]);
    return true;
}

/* The Gauss–Newton step, min |J s + r|; its columns were scaled. */
static bool gauss_newton(bench *b, size_t parameters, double *step)
{
    if (gsl_linalg_QRPT_lssolve(b->qr, b->tau, b->order, b->r, b->step, b->rest) !=
        GSL_SUCCESS)
        return false;
    for (size_t k = 0; k < parameters; k++) {
        step[k] = -gsl_vector_get(b->step, k) / gsl_vector_get(b->norms, k);
        if (!isfinite(step[k]))
            return false;
    }
    return true;
}

/* The relative offset of D. Bates and D. Watts (Technometrics 23, 1981): the length of the step's
 * way on the surface of f against what the residuals leave open,
 * √(|J s|² / p) / √(SSE / (n - p)). Or no parameter moves any more. */
static bool is_still(const problem *p, bench *b, const double *theta, const double *step,
                     double sse)
{
    size_t count = p->model->parameters, n = p->data->count;
    bool fixed = true;
    for (size_t k = 0; k < count; k++)
        fixed = fixed && fabs(step[k]) <= 1e-9 * fabs(theta[k]) + 1e-300;
    gsl_vector_const_view s = gsl_vector_const_view_array(step, count);
    gsl_blas_dgemv(CblasNoTrans, 1, b->j, &s.vector, 0, b->rest);
    double way = gsl_blas_dnrm2(b->rest) / sqrt((double)count);
    return fixed || way <= 1e-6 * sqrt(sse / (double)(n - count));
}

/* The largest step against its parameter. */
static double size_of(const double *theta, const double *step, size_t parameters)
{
    double size = 0;
    for (size_t k = 0; k < parameters; k++)
        size = fmax(size, fabs(step[k]) / fmax(fabs(theta[k]), 1e-300));
    return size;
}

/* Gauss–Newton steps while they shrink and do not make it worse but for rounding. True when the
 * last one was none. */
static bool polish(const problem *p, bench *b, double *theta, double *sse)
{
    size_t count = p->model->parameters;
    double step[UP_NONLINEAR_PARAMETERS], next[UP_NONLINEAR_PARAMETERS], last = INFINITY;
    bool still = false;
    for (int i = 0; i < POLISHES; i++) {
        if (!factor(p, b, theta) || !gauss_newton(b, count, step))
            return false;
        still = is_still(p, b, theta, step, *sse);
        double size = size_of(theta, step, count);
        for (size_t k = 0; k < count; k++)
            next[k] = theta[k] + step[k];
        double there = sum_of_squares(p, next);
        if (!(there <= *sse * (1 + 1e-12)) || (size < 1e-10 && size > last / 2))
            break;
        last = size;
        memcpy(theta, next, count * sizeof *theta);
        *sse = fmin(*sse, there);
    }
    return still;
}

/* cov = σ² P R⁻¹ R⁻ᵀ Pᵀ with the scaling of the columns undone. */
static bool find_covariance(const problem *p, bench *b, up_nonlinear_fit *fit)
{
    size_t count = p->model->parameters;
    if (!factor(p, b, fit->theta))
        return false;
    double first = fabs(gsl_matrix_get(b->qr, 0, 0));
    double last = fabs(gsl_matrix_get(b->qr, count - 1, count - 1));
    if (!(last > first * 1e-15))
        return false;
    gsl_matrix *inverse = b->covariance; /* R⁻¹, by back substitution */
    gsl_matrix_set_identity(inverse);
    gsl_matrix_const_view r = gsl_matrix_const_submatrix(b->qr, 0, 0, count, count);
    gsl_blas_dtrsm(CblasLeft, CblasUpper, CblasNoTrans, CblasNonUnit, 1, &r.matrix,
                   inverse);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++) {
            gsl_vector_const_view a = gsl_matrix_const_row(inverse, i);
            gsl_vector_const_view c = gsl_matrix_const_row(inverse, j);
            double dot;
            gsl_blas_ddot(&a.vector, &c.vector, &dot);
            size_t u = gsl_permutation_get(b->order, i),
                   v = gsl_permutation_get(b->order, j);
            fit->covariance[u * count + v] = fit->sigma * fit->sigma * dot /
                                             gsl_vector_get(b->norms, u) /
                                             gsl_vector_get(b->norms, v);
        }
    for (size_t k = 0; k < count; k++) {
        fit->se[k] = sqrt(fit->covariance[k * count + k]);
        if (!isfinite(fit->se[k]))
            return false;
    }
    return true;
}

/* --- Starts ------------------------------------------------------------------------------------------ */

/* The i-th number of the van der Corput sequence in a base: Halton's, one base a parameter. */
static double radical_inverse(size_t i, size_t base)
{
    double value = 0, part = 1 / (double)base;
    for (; i > 0; i /= base, part /= (double)base)
        value += (double)(i % base) * part;
    return value;
}

/* Each parameter of a given start times a factor between 1 / spread and spread. */
static void make_start(const double *given, size_t parameters, size_t index,
                       double spread, double *theta)
{
    static const size_t primes[UP_NONLINEAR_PARAMETERS] = {2,  3,  5,  7,  11, 13,
                                                           17, 19, 23, 29, 31, 37};
    for (size_t k = 0; k < parameters; k++) {
        double u = 2 * radical_inverse(index + 1, primes[k]) - 1;
        theta[k] = given[k] != 0 ? given[k] * pow(spread, u) : u;
    }
}

typedef struct best {
    double theta[UP_NONLINEAR_PARAMETERS], sse;
    bool found, still;
    size_t start, iterations;
} best;

static void try_start(const problem *p, bench *b, const double *from, size_t index,
                      size_t most, best *so_far)
{
    double theta[UP_NONLINEAR_PARAMETERS];
    size_t iterations = 0;
    memcpy(theta, from, p->model->parameters * sizeof *theta);
    if (!descend(p, b, theta, most, &iterations))
        return;
    double sse = sum_of_squares(p, theta);
    bool still = isfinite(sse) && polish(p, b, theta, &sse);
    bool better =
        isfinite(sse) && (!so_far->found || sse < so_far->sse * (1 - 1e-9) ||
                          (still && !so_far->still && sse <= so_far->sse * (1 + 1e-9)));
    if (!better)
        return;
    *so_far = (best){.sse = sse,
                     .found = true,
                     .still = still,
                     .start = index,
                     .iterations = iterations};
    memcpy(so_far->theta, theta, sizeof so_far->theta);
}

static void search(const problem *p, bench *b, const double starts[], size_t start_count,
                   const up_nonlinear_options *options, best *found)
{
    size_t count = p->model->parameters;
    size_t most = options->iterations > 0 ? options->iterations : usual_iterations;
    double spread = options->spread > 0 ? options->spread : usual_spread;
    double theta[UP_NONLINEAR_PARAMETERS];
    for (size_t i = 0; i < start_count; i++)
        try_start(p, b, starts + i * count, i, most, found);
    for (size_t i = 0; i < options->more_starts && start_count > 0; i++) {
        make_start(starts + (i % start_count) * count, count, i / start_count, spread,
                   theta);
        try_start(p, b, theta, start_count + i, most, found);
    }
}

/* --- The interface --------------------------------------------------------------------------------- */

static bool all_finite(const double *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!isfinite(numbers[i]))
            return false;
    return true;
}

static up_status check_input(const up_nonlinear_model *m, const up_nonlinear_data *d,
                             const double starts[], size_t start_count, up_error *err)
{
    if (m->parameters < 1 || m->parameters > UP_NONLINEAR_PARAMETERS || m->predictors < 1)
        return up_error_set(err, UP_USAGE,
                            "a model has 1 to %d parameters and a predictor",
                            UP_NONLINEAR_PARAMETERS);
    if (d->count <= m->parameters)
        return up_error_set(err, UP_TOO_LITTLE_DATA,
                            "%zu figures for %zu parameters (wanted more figures than "
                            "parameters)",
                            d->count, m->parameters);
    if (!all_finite(d->x, d->count * m->predictors) || !all_finite(d->y, d->count) ||
        !all_finite(starts, start_count * m->parameters))
        return up_error_set(err, UP_BAD_DATA, "a number that is not finite");
    for (size_t i = 0; d->weights != NULL && i < d->count; i++)
        if (!isfinite(d->weights[i]) || d->weights[i] <= 0)
            return up_error_set(err, UP_BAD_DATA, "a weight that is not positive");
    return UP_OK;
}

static up_status conclude(const problem *p, bench *b, const best *found,
                          up_nonlinear_fit *fit, up_error *err)
{
    size_t n = p->data->count, count = p->model->parameters;
    if (!found->found)
        return up_error_set(err, UP_TOO_LITTLE_DATA,
                            "the model can be evaluated at none of the starts");
    up_nonlinear_fit result = {.parameters = count,
                               .count = n,
                               .sse = found->sse,
                               .sigma = sqrt(found->sse / (double)(n - count)),
                               .converged = found->still,
                               .start = found->start,
                               .iterations = found->iterations};
    memcpy(result.theta, found->theta, sizeof result.theta);
    up_status status =
        up_alloc(count * count, sizeof *result.covariance, &result.covariance, err);
    if (status != UP_OK)
        return status;
    result.identified = find_covariance(p, b, &result);
    *fit = result;
    return UP_OK;
}

up_status up_nonlinear_solve(const up_nonlinear_model *model,
                             const up_nonlinear_data *data, const double starts[],
                             size_t start_count, const up_nonlinear_options *options,
                             up_nonlinear_fit *fit, up_error *err)
{
    static const up_nonlinear_options usual = {0};
    problem p = {model, data};
    bench b = {0};
    best found = {0};
    up_status status = check_input(model, data, starts, start_count, err);
    if (status != UP_OK)
        return status;
    up_gsl_enter();
    status = bench_init(&b, data->count, model->parameters, err);
    if (status == UP_OK) {
        search(&p, &b, starts, start_count, options != NULL ? options : &usual, &found);
        status = conclude(&p, &b, &found, fit, err);
    }
    bench_release(&b);
    up_gsl_leave();
    return status;
}

void up_nonlinear_fit_release(up_nonlinear_fit *fit)
{
    if (fit == NULL)
        return;
    free(fit->covariance);
    *fit = (up_nonlinear_fit){0};
}
