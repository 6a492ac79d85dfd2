/* min Σ r_i², r_i = η(x_i; φ) - the nearest of [low_i, high_i], by Levenberg–Marquardt (D. Marquardt,
 * SIAM J. 11, 1963):
 *     (A + λ diag A) δ = -g,   A = J'J,  g = J'r
 * After a step that helps λ changes by max(1/10, 1 - (2 ρ - 1)³), ρ what the sum of squares has fallen
 * against what the line promised; after others it grows by 2, 4, 8, … (H. B. Nielsen, IMM-REP-1999-05).
 * A parameter that has a
 * range goes no farther than its end, and stays there while the sum of squares falls outwards (projected
 * steps: C. Kanzow, N. Yamashita, M. Fukushima, J. Comput. Appl. Math. 172, 2004). */
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <string.h>

#include "analysis/project/fit.h"
#include "analysis/project/models.h"

enum { MOST = UP_CURVE_PARAMETERS, STEPS = 200 };

/* SSE of the first `rows`, and A and g where they are wanted. A range that the curve is within has no
 * part in them. */
static double evaluate(const up_problem *p, size_t rows, const double phi[], up_square *a,
                       double g[])
{
    size_t k = p->course->curve->parameters;
    double sse = 0, gradient[MOST];
    up_drawn drawn = up_course_draw(p->course, phi);
    if (a != NULL)
        *a = (up_square){0};
    if (g != NULL)
        memset(g, 0, MOST * sizeof *g);
    for (size_t i = 0; i < rows; i++) {
        double eta;
        if (!up_drawn_scaled(&drawn, p->from[i], p->to[i], &eta,
                             a != NULL ? gradient : NULL))
            return INFINITY;
        double r = eta - fmin(fmax(eta, p->low[i]), p->high[i]);
        if (i >= p->counted && r == 0)
            continue;
        sse += r * r;
        for (size_t u = 0; a != NULL && u < k; u++) {
            for (size_t v = 0; v <= u; v++)
                a->at[u][v] += gradient[u] * gradient[v];
            if (g != NULL)
                g[u] += gradient[u] * r;
        }
    }
    for (size_t u = 0; a != NULL && u < k; u++)
        for (size_t v = u + 1; v < k; v++)
            a->at[u][v] = a->at[v][u];
    return sse;
}

double up_sum_of_squares(const up_problem *problem, const double phi[],
                         up_square *information)
{
    double sse = evaluate(problem, problem->counted, phi, information, NULL);
    for (size_t u = 0; information != NULL && u < problem->course->curve->parameters; u++)
        if (!isfinite(information->at[u][u]))
            return INFINITY;
    return isnan(sse) ? INFINITY : sse;
}

/* Which parameters are not held. */
static size_t list_free(const up_problem *p, unsigned held, size_t which[MOST])
{
    size_t count = 0;
    for (size_t k = 0; k < p->course->curve->parameters; k++)
        if (!(held >> k & 1))
            which[count++] = k;
    return count;
}

/* The part of `a` that is not held, columns scaled to length 1; false where one has none. */
static bool take_free(const up_square *a, const size_t which[], size_t count,
                      double part[MOST * MOST], double length[MOST])
{
    for (size_t u = 0; u < count; u++) {
        length[u] = sqrt(a->at[which[u]][which[u]]);
        if (!(length[u] > 0) || !isfinite(length[u]))
            return false;
    }
    for (size_t u = 0; u < count; u++)
        for (size_t v = 0; v < count; v++)
            part[u * count + v] = a->at[which[u]][which[v]] / (length[u] * length[v]);
    return true;
}

static bool find_step(const up_square *a, const double g[], const size_t which[],
                      size_t count, double lambda, double step[MOST])
{
    double part[MOST * MOST], length[MOST], right[MOST];
    if (!take_free(a, which, count, part, length))
        return false;
    for (size_t u = 0; u < count; u++) {
        part[u * count + u] = 1 + lambda;
        right[u] = -g[which[u]] / length[u];
    }
    gsl_matrix_view m = gsl_matrix_view_array(part, count, count);
    gsl_vector_view r = gsl_vector_view_array(right, count);
    if (gsl_linalg_cholesky_decomp1(&m.matrix) != GSL_SUCCESS ||
        gsl_linalg_cholesky_svx(&m.matrix, &r.vector) != GSL_SUCCESS)
        return false;
    memset(step, 0, MOST * sizeof *step);
    for (size_t u = 0; u < count; u++)
        step[which[u]] = right[u] / length[u];
    return true;
}

/* How far a step goes on the surface of fitted figures, δ'Aδ, against what is left. */
static bool is_still(const up_square *a, const double step[], double sse, double size,
                     double share)
{
    double way = 0;
    for (size_t u = 0; u < MOST; u++)
        for (size_t v = 0; v < MOST; v++)
            way += step[u] * a->at[u][v] * step[v];
    return way <= share * sse || way < 1e-26 * size;
}

void up_minimum_at(const up_problem *problem, up_minimum *minimum)
{
    minimum->sse = evaluate(problem, problem->rows, minimum->phi, NULL, NULL);
    minimum->counted =
        evaluate(problem, problem->counted, minimum->phi, &minimum->information, NULL);
}

/* What φ may be. */
static up_bounds range_of(const up_course *c, size_t parameter)
{
    up_bounds r = c->model->range[parameter];
    if (!(r.low < r.high))
        return (up_bounds){-INFINITY, INFINITY};
    return up_course_is_log(c, parameter) ? (up_bounds){log(r.low), log(r.high)} : r;
}

/* The parameters at an end of their range beyond which the sum of squares falls. */
static unsigned stopped(const up_course *c, const double phi[], const double g[])
{
    unsigned which = 0;
    for (size_t k = 0; k < c->curve->parameters; k++) {
        up_bounds r = range_of(c, k);
        bool outwards = (phi[k] <= r.low && g[k] > 0) || (phi[k] >= r.high && g[k] < 0);
        which |= outwards ? 1U << k : 0;
    }
    return which;
}

static void take_step(const up_course *c, const double from[], const double step[],
                      double to[])
{
    memcpy(to, from, MOST * sizeof *to);
    for (size_t k = 0; k < c->curve->parameters; k++) {
        up_bounds r = range_of(c, k);
        to[k] = step[k] == 0 ? from[k] : fmin(fmax(from[k] + step[k], r.low), r.high);
    }
}

/* SSE - |r + J δ|² = -2 g'δ - δ'Aδ: what a step promises. */
static double promise(const up_square *a, const double g[], const double step[])
{
    double fall = 0;
    for (size_t u = 0; u < MOST; u++) {
        fall -= 2 * g[u] * step[u];
        for (size_t v = 0; v < MOST; v++)
            fall -= step[u] * a->at[u][v] * step[v];
    }
    return fall;
}

static bool minimise(const up_problem *problem, unsigned held, double share,
                     up_minimum *minimum)
{
    const up_course *c = problem->course;
    size_t which[MOST] = {0};
    double g[MOST] = {0}, step[MOST] = {0}, next_g[MOST] = {0}, lambda = 1e-3, growth = 2;
    up_minimum m = *minimum, next;
    m.sse = evaluate(problem, problem->rows, m.phi, &m.information, g);
    bool still = false;
    double size = up_problem_size(problem);
    if (!isfinite(m.sse))
        return false;
    for (int i = 0; i < STEPS && !still && lambda < 1e12; i++) {
        size_t count = list_free(problem, held | stopped(c, m.phi, g), which);
        if (count == 0) {
            still = true;
            break;
        }
        bool found = find_step(&m.information, g, which, count, lambda, step);
        if (found)
            take_step(c, m.phi, step, next.phi);
        next.sse =
            found ? evaluate(problem, problem->rows, next.phi, &next.information, next_g)
                  : INFINITY;
        still = found && is_still(&m.information, step, m.sse, size, share);
        if (!(next.sse <= m.sse)) {
            lambda *= growth;
            growth *= 2;
            continue;
        }
        double gain = 2 * (m.sse - next.sse) / promise(&m.information, g, step) - 1;
        lambda *= isfinite(gain) ? fmax(0.1, 1 - gain * gain * gain) : 0.1;
        lambda = fmax(lambda, 1e-12);
        growth = 2;
        m = next;
        memcpy(g, next_g, sizeof g);
    }
    m.counted = problem->rows > problem->counted
                    ? evaluate(problem, problem->counted, m.phi, &m.information, NULL)
                    : m.sse;
    *minimum = m;
    return still || lambda >= 1e12; /* no step helps any more: at rest to rounding */
}

bool up_minimise(const up_problem *problem, unsigned held, up_minimum *minimum)
{
    return minimise(problem, held, 1e-18, minimum);
}

bool up_minimise_nearly(const up_problem *problem, unsigned held, up_minimum *minimum)
{
    return minimise(problem, held, 1e-12, minimum);
}

/* A, of what is not held, scaled to a diagonal of 1: C C' in `part`; false where it is singular. */
static bool factorize(const up_square *a, const size_t which[], size_t count,
                      double part[MOST * MOST], double length[MOST],
                      double *log_determinant)
{
    double product = 1;
    if (!take_free(a, which, count, part, length))
        return false;
    gsl_matrix_view m = gsl_matrix_view_array(part, count, count);
    if (count > 0 && gsl_linalg_cholesky_decomp1(&m.matrix) != GSL_SUCCESS)
        return false;
    *log_determinant = 0;
    for (size_t u = 0; u < count; u++) {
        double pivot = part[u * count + u];
        if (!(pivot > 1e-9))
            return false;
        product *= pivot;
        *log_determinant += 2 * log(length[u]);
    }
    *log_determinant += 2 * log(product);
    return true;
}

bool up_log_determinant(const up_problem *problem, const up_square *information,
                        unsigned held, double *log_determinant)
{
    size_t which[MOST] = {0}, count = list_free(problem, held, which);
    double part[MOST * MOST], length[MOST];
    return factorize(information, which, count, part, length, log_determinant);
}

bool up_root_of_inverse(const up_problem *problem, const up_square *information,
                        unsigned held, up_square *root, double *log_determinant)
{
    size_t which[MOST] = {0}, count = list_free(problem, held, which);
    double part[MOST * MOST], length[MOST];
    *root = (up_square){0};
    *log_determinant = 0;
    if (!factorize(information, which, count, part, length, log_determinant))
        return false;
    /* A = C C' scaled; its inverse is C⁻ᵀ C⁻¹, so the root is C⁻ᵀ with the scaling undone */
    for (size_t j = 0; j < count; j++) { /* column j of C⁻ᵀ: solve C' x = e_j */
        double x[MOST] = {0};
        for (size_t i = j + 1; i-- > 0;) {
            double sum = i == j ? 1 : 0;
            for (size_t v = i + 1; v <= j; v++)
                sum -= part[v * count + i] * x[v];
            x[i] = sum / part[i * count + i];
        }
        for (size_t i = 0; i <= j; i++)
            root->at[which[i]][which[j]] = x[i] / length[i];
    }
    return true;
}
