#include "analysis/project/describe.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort_double.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

#include "analysis/project/draws.h"
#include "analysis/project/models.h"
#include "analysis/sample.h"
#include "base/memory.h"

enum { MOST = UP_CURVE_PARAMETERS, LEAST_RESIDUALS = 8 };

/* σ² (J'J)^-1 of φ; 0 for what is held. False where it cannot be told. */
static bool covariance_of(const up_problem *p, const up_fit *fit, up_square *c)
{
    up_square root;
    double determinant, variance = up_fit_variance(p, fit);
    if (!(fit->dof > 0) ||
        !up_root_of_inverse(p, &fit->best.information, fit->held, &root, &determinant))
        return false;
    for (size_t u = 0; u < MOST; u++)
        for (size_t v = 0; v < MOST; v++) {
            c->at[u][v] = 0;
            for (size_t j = 0; j < MOST; j++)
                c->at[u][v] += variance * root.at[u][j] * root.at[v][j];
        }
    return true;
}

/* From φ to what is printed: θ, a moment as a year. */
static double printed(const up_course *c, size_t k, double phi)
{
    double theta = up_course_is_log(c, k) ? exp(phi) : phi;
    return k == c->model->moment ? theta + c->origin : theta;
}

static void set_ends(up_parameter *q, double low, double high)
{
    q->has_low = isfinite(low) != 0;
    q->has_high = isfinite(high) != 0;
    q->low = q->has_low ? low : 0;
    q->high = q->has_high ? high : 0;
}

/* Of the parameter that stands at the end of its range how far inwards it may be: the profile is open at
 * the other side. One-sided at 97.5 %. */
static void add_inner_end(const up_problem *p, const up_fit *fit, size_t k,
                          up_parameter *q)
{
    const up_course *course = p->course;
    const up_bounds *range = &course->model->range[k];
    if (!(range->low < range->high))
        return;
    up_bounds ends = up_fit_interval(p, fit, k);
    bool low = q->value < sqrt(range->low * range->high); /* at which of the two */
    double inner = low ? ends.high : ends.low;
    double end = isfinite(inner) ? printed(course, k, inner) : inner;
    set_ends(q, low ? -INFINITY : end, low ? end : INFINITY);
}

/* The curve's own: se(θ) = θ se(ln θ) where ln θ was fitted. */
static void add_own(const up_problem *p, const up_fit *fit, const up_square *c,
                    bool has_errors, bool intervals, up_bounds ends[MOST],
                    up_projection *out)
{
    const up_course *course = p->course;
    for (size_t k = 0; k < course->model->parameters; k++) {
        up_parameter *q = &out->parameters[out->parameter_count++];
        double phi = fit->best.phi[k];
        ends[k] = (up_bounds){-INFINITY, INFINITY};
        *q = (up_parameter){.name = course->model->names[k],
                            .value = printed(course, k, phi)};
        if (out->at_bound && intervals && fit->dof > 0)
            add_inner_end(p, fit, k, q);
        if (!has_errors || fit->held >> k & 1)
            continue;
        q->standard_error =
            sqrt(c->at[k][k]) * (up_course_is_log(course, k) ? exp(phi) : 1);
        bool open = fit->capacity == UP_CAPACITY_OPEN;
        if (open && k == course->model->capacity)
            ends[k].low = log(fit->capacity_low);
        else if (!open && intervals)
            ends[k] = up_fit_interval(p, fit, k);
        set_ends(q, isfinite(ends[k].low) ? printed(course, k, ends[k].low) : -INFINITY,
                 isfinite(ends[k].high) ? printed(course, k, ends[k].high) : INFINITY);
    }
    out->fitted = out->parameter_count;
}

/* d value / d φ_k by central differences: of order h², with h = 1e-5 to a part in 1e-9. */
static double slope_of(const up_course *c, const up_derived *d, const double phi[],
                       size_t k)
{
    double up[MOST], down[MOST], theta[MOST], h = 1e-5 * fmax(1, fabs(phi[k]));
    for (size_t j = 0; j < MOST; j++) {
        up[j] = phi[j] + (j == k ? h : 0);
        down[j] = phi[j] - (j == k ? h : 0);
    }
    up_course_theta(c, up, theta);
    double high = d->value(c, theta);
    up_course_theta(c, down, theta);
    return (high - d->value(c, theta)) / (2 * h);
}

static double derived_at(const up_course *c, const up_derived *d, const up_fit *fit,
                         double phi)
{
    double at[MOST], theta[MOST];
    for (size_t k = 0; k < MOST; k++)
        at[k] = k == d->of ? phi : fit->best.phi[k];
    up_course_theta(c, at, theta);
    return d->value(c, theta);
}

/* What follows from one parameter alone has that one's ends, where it has no pole between. */
static void set_derived_ends(const up_course *c, const up_derived *d, const up_fit *fit,
                             const up_bounds *ends, up_parameter *q)
{
    double a = derived_at(c, d, fit, ends->low), b = derived_at(c, d, fit, ends->high);
    if (!isfinite(ends->low) || !isfinite(ends->high) ||
        (q->value - a) * (b - q->value) < 0)
        return;
    set_ends(q, fmin(a, b), fmax(a, b));
}

static void add_derived(const up_problem *p, const up_fit *fit, const up_square *cov,
                        bool has_errors, const up_bounds ends[MOST], up_projection *out)
{
    const up_course *c = p->course;
    double theta[MOST], variance = 0;
    up_course_theta(c, fit->best.phi, theta);
    for (size_t i = 0; i < UP_DERIVED_MAX && c->model->derived[i].name != NULL; i++) {
        const up_derived *d = &c->model->derived[i];
        double value = d->value(c, theta), slope[MOST];
        if (!isfinite(value))
            continue;
        up_parameter *q = &out->parameters[out->parameter_count++];
        *q = (up_parameter){.name = d->name, .value = value};
        if (!has_errors)
            continue;
        variance = 0;
        for (size_t k = 0; k < MOST; k++)
            slope[k] = k < c->model->parameters ? slope_of(c, d, fit->best.phi, k) : 0;
        for (size_t u = 0; u < MOST; u++)
            for (size_t v = 0; v < MOST; v++)
                variance += slope[u] * cov->at[u][v] * slope[v];
        q->standard_error = sqrt(variance);
        if (d->of != UP_NO_PARAMETER)
            set_derived_ends(c, d, fit, &ends[d->of], q);
    }
}

/* Gaussian log-likelihood at its maximum, with the scale's Jacobian:
 *     ln L = -n/2 (ln(2 π SSE / n) + 1) + Σ ln |d scale / d y|
 *     AICc = -2 ln L + 2 p + 2 p (p + 1) / (n - p - 1),  p = k + 1
 * C. Hurvich, C. Tsai, Biometrika 76 (1989) 297-307. n and SSE are those of the figures that count, as
 * they are for σ². */
static void fill_aicc(const up_problem *p, const up_fit *fit, up_projection *out)
{
    /* a capacity below a ceiling was chosen by the figures too */
    size_t chosen = fit->parameters + (fit->capacity == UP_CAPACITY_CEILING ? 1 : 0);
    double n = (double)p->counted, k = (double)chosen + 1, jacobian = 0;
    for (size_t i = 0; i < p->counted; i++)
        jacobian += log(
            up_scale_slope(&p->course->scale, up_scale_from(&p->course->scale, p->y[i])));
    double sse = fmax(fit->best.counted, n * p->least_error);
    out->aic = n * (log(2 * M_PI * sse / n) + 1) - 2 * jacobian + 2 * k;
    if (p->counted < chosen + 4 || !(sse > 0))
        return;
    out->aicc = out->aic + 2 * k * (k + 1) / (n - k - 1);
    out->has_aicc = isfinite(out->aicc) != 0;
}

/* Neighbouring residuals: r = Σ e_i e_i+1 / Σ e_i², told from 0 beyond 1.96 / √n (G. Box,
 * G. Jenkins, Time Series Analysis, 1970, 2.1.6). */
static void check_residuals(const up_problem *p, const up_fit *fit, up_projection *out)
{
    double before = 0, squares = 0, products = 0;
    for (size_t i = 0; i < p->counted; i++) {
        double eta, e;
        if (!up_course_scaled(p->course, p->from[i], p->to[i], fit->best.phi, &eta, NULL))
            return;
        e = p->y[i] - eta;
        squares += e * e;
        products += i > 0 ? e * before : 0;
        before = e;
    }
    out->residual_correlation = squares > 0 ? products / squares : 0;
    out->residuals_hang_together =
        p->counted >= LEAST_RESIDUALS &&
        fabs(out->residual_correlation) > 1.96 / sqrt((double)p->counted);
}

void up_describe_fit(const up_problem *problem, const up_fit *fit, bool intervals,
                     up_projection *projection)
{
    static const char *const scales[] = {"none", "log", "logit"};
    up_square c;
    up_bounds ends[MOST];
    up_projection *out = projection;
    /* at the end of a range the sum of squares is no parabola in all directions: what is told of the
     * inverse of J'J holds nowhere near */
    out->at_bound = up_course_at_bound(problem->course, fit->best.phi);
    bool has_errors = !out->at_bound && covariance_of(problem, fit, &c);
    add_own(problem, fit, &c, has_errors, intervals, ends, out);
    add_derived(problem, fit, &c, has_errors, ends, out);
    for (size_t u = 0; u < out->fitted && has_errors; u++)
        for (size_t v = 0; v < out->fitted; v++)
            out->correlation[u][v] = c.at[u][u] > 0 && c.at[v][v] > 0
                                         ? c.at[u][v] / sqrt(c.at[u][u] * c.at[v][v])
                                         : 0;
    out->scale = scales[problem->course->scale.kind];
    out->counts_increments = problem->course->counter;
    out->capacity = fit->capacity;
    out->capacity_low = fit->capacity_low;
    out->has_r_squared =
        problem->counted > 1 &&
        up_r_squared(problem->y, problem->counted, fit->best.counted, &out->r_squared);
    fill_aicc(problem, fit, out);
    check_residuals(problem, fit, out);
}

/* The value of the i-th parameter, own or derived, on a path. */
static double on_path(const up_course *c, size_t i, const double phi[])
{
    size_t own = c->model->parameters;
    double theta[MOST];
    if (i < own)
        return printed(c, i, phi[i]);
    up_course_theta(c, phi, theta);
    return c->model->derived[i - own].value(c, theta);
}

up_status up_describe_paths(up_projection *projection, up_error *err)
{
    up_projection *p = projection;
    double *values;
    if (!p->has_intervals) {
        p->parameter_count = p->fitted = 0;
        return UP_OK;
    }
    up_status status = up_alloc(p->path_count, sizeof *values, &values, err);
    for (size_t i = 0; i < p->parameter_count && status == UP_OK; i++) {
        up_parameter *q = &p->parameters[i];
        for (size_t j = 0; j < p->path_count; j++)
            values[j] = on_path(&p->courses[0], i, p->paths[j].phi);
        gsl_sort(values, 1, p->path_count);
        q->standard_error = 0;
        set_ends(q, gsl_stats_quantile_from_sorted_data(values, 1, p->path_count, 0.025),
                 gsl_stats_quantile_from_sorted_data(values, 1, p->path_count, 0.975));
        q->value = gsl_stats_median_from_sorted_data(values, 1, p->path_count);
    }
    if (status == UP_OK)
        free(values);
    return status;
}
