#include "analysis/project/fit.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/project/models.h"
#include "base/memory.h"
#include "uptick/number.h"

/* The capacities that are tried, against the largest figure. */
static const double smallest_top = 0.3, largest_top = 1e4;
enum { TOPS_BELOW = 12, TOPS = 36 };

static double variance_of(const up_problem *problem, double sse, double dof)
{
    return fmax(sse / dof, problem->least_error);
}

double up_fit_variance(const up_problem *problem, const up_fit *fit)
{
    return variance_of(problem, fit->best.counted, fit->dof);
}

/* --- Starts ------------------------------------------------------------------------------------- */

/* Levels that the curve might have had at the figures, to guess from: a flow of adopters adds up. */
typedef struct levels {
    double *t, *y; /* owned; since the origin */
    size_t count;
    double largest;
} levels;

static up_status find_levels(const up_course *c, const up_figures *f, levels *out,
                             up_error *err)
{
    levels l = {.count = f->count};
    double sum = 0;
    up_status status = up_alloc(2 * f->count, sizeof *l.t, &l.t, err);
    if (status != UP_OK)
        return status;
    l.y = l.t + f->count;
    for (size_t i = 0; i < f->count; i++) {
        sum += f->items[i].value;
        bool adds = c->how == UP_GROWTH_OVER && !c->counter;
        l.t[i] = f->items[i].time - c->origin + (adds ? c->after : 0);
        l.y[i] = adds ? sum : f->items[i].value;
        double least = adds || !f->items[i].soft ? l.y[i] : f->items[i].low;
        l.largest = i == 0 ? least : fmax(l.largest, least);
    }
    *out = l;
    return UP_OK;
}

static void to_phi(const up_course *c, const double theta[], double phi[])
{
    for (size_t k = 0; k < c->curve->parameters; k++)
        phi[k] = up_course_is_log(c, k) ? log(theta[k]) : theta[k];
}

/* Starting parameters for a capacity; false where there are none. */
static bool guess(const up_course *c, const levels *l, double top, double phi[])
{
    double theta[UP_CURVE_PARAMETERS] = {0};
    if (!c->curve->guess(l->t, l->y, l->count, c->launch, top, theta))
        return false;
    to_phi(c, theta, phi);
    for (size_t k = 0; k < c->curve->parameters; k++)
        if (!isfinite(phi[k]))
            return false;
    return true;
}

/* A line on the scale of logarithms has to be positive at all figures: through the first and the
 * last of them it is. */
static bool guess_line(const up_course *c, const levels *l, double phi[])
{
    size_t last = l->count - 1;
    double theta[UP_CURVE_PARAMETERS] = {0};
    if (c->curve->parameters != 2 || !(l->t[last] > l->t[0]))
        return false;
    theta[1] = (l->y[last] - l->y[0]) / (l->t[last] - l->t[0]);
    theta[0] = l->y[0] - theta[1] * (l->t[0] - c->launch);
    to_phi(c, theta, phi);
    return isfinite(phi[0]) && isfinite(phi[1]);
}

/* The better of two minima, of which the second may not be one. */
static void keep_better(up_minimum *best, bool *found, const up_minimum *other, bool is)
{
    if (is && (!*found || other->sse < best->sse)) {
        *best = *other;
        *found = true;
    }
}

/* The minimum with a parameter held at a value, from where a neighbour lies and, for a capacity,
 * from a guess too (`l` not NULL). */
static bool minimise_at(const up_problem *p, const levels *l, size_t parameter,
                        double value, unsigned held, const up_minimum *neighbour,
                        up_minimum *out)
{
    bool found = false;
    up_minimum m = {0};
    if (l != NULL && guess(p->course, l, exp(value), m.phi)) {
        m.phi[parameter] = value;
        bool is = up_minimise_nearly(p, held | 1U << parameter, &m);
        keep_better(out, &found, &m, is);
    }
    if (neighbour != NULL) {
        m = *neighbour;
        m.phi[parameter] = value;
        bool is = up_minimise_nearly(p, held | 1U << parameter, &m);
        keep_better(out, &found, &m, is);
    }
    return found;
}

/* --- The solver ---------------------------------------------------------------------------------- */

static bool as_gsl_asks(const double *x, const double *phi, void *context, double *value,
                        double *gradient)
{
    const up_course *course = context;
    return up_course_scaled(course, x[0], x[1], phi, value, gradient);
}

/* From a minimum on by GSL, which also tells whether it is one. At a minimum the nearest figure of each
 * range may stand for it: the gradient is the same. */
static up_status settle(const up_problem *p, up_fit *fit, up_error *err)
{
    size_t k = p->course->curve->parameters;
    up_nonlinear_model model = {as_gsl_asks, k, 2, (void *)(size_t)p->course};
    up_nonlinear_fit solved = {0};
    double *x;
    up_status status = up_alloc(3 * p->rows, sizeof *x, &x, err);
    if (status != UP_OK)
        return status;
    double *y = x + 2 * p->rows;
    for (size_t i = 0; i < p->rows; i++) {
        double eta = p->y[i];
        x[2 * i] = p->from[i];
        x[2 * i + 1] = p->to[i];
        (void)up_course_scaled(p->course, p->from[i], p->to[i], fit->best.phi, &eta,
                               NULL);
        y[i] = fmin(fmax(eta, p->low[i]), p->high[i]);
    }
    up_nonlinear_data data = {.x = x, .y = y, .count = p->rows};
    status = up_nonlinear_solve(&model, &data, fit->best.phi, 1, NULL, &solved, err);
    if (status == UP_OK) {
        fit->converged = solved.converged || solved.sse <= fit->best.sse;
        if (solved.sse <= fit->best.sse)
            memcpy(fit->best.phi, solved.theta, k * sizeof *solved.theta);
        up_minimum_at(p, &fit->best);
    }
    up_nonlinear_fit_release(&solved);
    free(x);
    return status;
}

/* --- Profiles of the capacity --------------------------------------------------------------------- */

/* The sum of squares at which a profile leaves an interval of probability 1 - 2 tail: SSE + t² σ². */
static double threshold(const up_problem *p, const up_fit *fit, double tail)
{
    double t = gsl_cdf_tdist_Qinv(tail, fit->dof);
    return fit->best.sse + t * t * up_fit_variance(p, fit);
}

typedef struct tops {
    double log_top[TOPS];
    up_minimum at[TOPS];
    bool found[TOPS];
} tops;

static const double far = 5e-5; /* both tails beyond which no path is drawn */

/* Minima over a wide grid of capacities, from the largest on: many starts for the best fit, which is
 * found in fit->best, and where its profile goes. Each starts at its neighbour's, every third from a
 * guess too. Below the largest figure the rest is left when the sum of squares has risen beyond
 * anything that is looked for. */
static bool try_tops(const up_problem *p, const levels *l, tops *out, up_fit *fit,
                     size_t *best)
{
    enum { GUESSES = 3 };
    size_t capacity = p->course->model->capacity;
    const up_minimum *neighbour = NULL;
    *best = TOPS;
    for (size_t i = TOPS; i-- > 0;) {
        double below = log(1.2 / smallest_top) / TOPS_BELOW,
               above = log(largest_top / 1.2) / (TOPS - 1 - TOPS_BELOW);
        double z = i < TOPS_BELOW ? log(smallest_top) + below * (double)i
                                  : log(1.2) + above * (double)(i - TOPS_BELOW);
        out->log_top[i] = log(l->largest) + z;
        if (*best < TOPS && i < TOPS_BELOW && neighbour->sse > threshold(p, fit, far))
            continue;
        bool guesses = neighbour == NULL || i % GUESSES == 0;
        out->found[i] = minimise_at(p, guesses ? l : NULL, capacity, out->log_top[i], 0,
                                    neighbour, &out->at[i]);
        if (!out->found[i])
            continue;
        neighbour = &out->at[i];
        if (*best == TOPS || out->at[i].sse < fit->best.sse) {
            *best = i;
            fit->best = out->at[i];
        }
    }
    return *best < TOPS;
}

/* Where a profile crosses `most` between an inner value and an outer one, where it is undefined or
 * `outer_sse` (INFINITY: not known): by false position on the root of what the sum of squares has
 * risen from its least, a line where that is a parabola (the Illinois variant: M. Dowell, P. Jarratt,
 * BIT 11, 1971); by halving where there is no line. The last inner value is returned. */
static double crossing(const up_problem *p, size_t parameter, unsigned held, double least,
                       double inner, double outer, double outer_sse,
                       const up_minimum *start, double most)
{
    enum { TURNS = 60 };
    up_minimum m, near = *start;
    int side = 0; /* which end moved last */
    double goal = sqrt(most - least), enough = 1e-10 * fabs(outer - inner);
    double low = sqrt(fmax(start->sse - least, 0)) - goal,
           high = sqrt(outer_sse - least) - goal;
    for (int i = 0; i < TURNS && fabs(outer - inner) > enough; i++) {
        double share = isfinite(high) && low < 0 ? low / (low - high) : 0.5;
        /* both ends have to come nearer, and a step of 0 would not */
        share = fmin(fmax(share, 1e-3), 1 - 1e-3);
        double at = inner + share * (outer - inner);
        bool found = minimise_at(p, NULL, parameter, at, held, &near, &m);
        if (found && m.sse <= most) {
            inner = at;
            near = m;
            low = sqrt(fmax(m.sse - least, 0)) - goal;
            high /= side < 0 ? 2 : 1;
            side = -1;
        } else {
            outer = at;
            high = found ? sqrt(m.sse - least) - goal : INFINITY;
            low /= side > 0 ? 2 : 1;
            side = 1;
        }
    }
    return inner;
}

/* One end of the capacities that `most` allows. *open: it allows all that were tried. */
static double find_end(const up_problem *p, const up_fit *fit, const tops *t, bool upper,
                       double most, bool *open)
{
    size_t capacity = p->course->model->capacity;
    double inner = fit->best.phi[capacity];
    const up_minimum *start = &fit->best;
    *open = false;
    for (size_t s = 0; s < TOPS; s++) {
        size_t i = upper ? s : TOPS - 1 - s;
        double z = t->log_top[i];
        if (upper ? z <= inner : z >= inner)
            continue;
        if (!t->found[i] || t->at[i].sse > most)
            return crossing(p, capacity, fit->held, fit->best.sse, inner, z,
                            t->found[i] ? t->at[i].sse : INFINITY, start, most);
        inner = z;
        start = &t->at[i];
    }
    *open = true;
    return inner;
}

/* How far a parameter may be from its best by its own information; wide where it has none. */
static double own_width(const up_problem *p, const up_fit *fit, size_t parameter)
{
    up_square root;
    double determinant, sum = 0;
    if (!up_root_of_inverse(p, &fit->best.information, fit->held, &root, &determinant))
        return 1;
    for (size_t j = 0; j < UP_CURVE_PARAMETERS; j++)
        sum += root.at[parameter][j] * root.at[parameter][j];
    return fmin(1, fmax(1e-6, sqrt(sum * up_fit_variance(p, fit))));
}

/* Nodes from one value of a parameter to another, densest about a centre within `width`:
 * z_j = c + s sinh(u_j), u_j evenly spaced. Each is found from its neighbour's, from the centre
 * outwards. */
static void place_nodes(const up_problem *p, const levels *l, size_t parameter,
                        const up_bounds *ends, double centre, double width, up_fit *fit)
{
    enum { LAST = UP_PROFILE_NODES - 1 };
    double from = asinh((ends->low - centre) / width),
           to = asinh((ends->high - centre) / width), z[UP_PROFILE_NODES];
    up_minimum *node = fit->profile.node;
    bool found[UP_PROFILE_NODES] = {false};
    int middle = 0;
    for (int i = 0; i <= LAST; i++) {
        z[i] = i == 0      ? ends->low
               : i == LAST ? ends->high
                           : centre + width * sinh(from + (to - from) * i / LAST);
        middle += i < LAST && z[i] < centre;
    }
    const up_minimum *neighbour = l == NULL ? &fit->best : NULL;
    for (int i = middle; i <= LAST; i++) {
        found[i] = minimise_at(p, l, parameter, z[i], fit->held, neighbour, &node[i]);
        neighbour = found[i] ? &node[i] : neighbour;
    }
    neighbour = found[middle] ? &node[middle] : neighbour;
    for (int i = middle - 1; i >= 0; i--) {
        found[i] = minimise_at(p, l, parameter, z[i], fit->held, neighbour, &node[i]);
        neighbour = found[i] ? &node[i] : neighbour;
    }
    fit->profile.parameter = parameter;
    fit->profile.count = 0;
    for (int i = 0; i <= LAST; i++)
        if (found[i])
            node[fit->profile.count++] = node[i];
}

/* One end of a parameter's values that `most` allows, within its range. */
static double shape_end(const up_problem *p, const up_fit *fit, size_t parameter,
                        double outer, double most)
{
    up_minimum m;
    bool found = minimise_at(p, NULL, parameter, outer, fit->held, &fit->best, &m);
    if (found && m.sse <= most)
        return outer;
    return crossing(p, parameter, fit->held, fit->best.sse, fit->best.phi[parameter],
                    outer, found ? m.sse : INFINITY, &fit->best, most);
}

/* Nodes along the shape, where the model has one: its valley is more bent than that of the capacity. */
static void follow_shape(const up_problem *p, up_fit *fit)
{
    size_t shape = p->course->model->shape;
    double most = threshold(p, fit, far);
    const up_bounds *range = &p->course->model->range[shape];
    up_bounds ends = {shape_end(p, fit, shape, log(range->low), most),
                      shape_end(p, fit, shape, log(range->high), most)};
    place_nodes(p, NULL, shape, &ends, fit->best.phi[shape], own_width(p, fit, shape),
                fit);
}

/* A capacity that the figures alone must tell. Open above: the sum of squares never exceeds
 * SSE (1 + t² / (n - k)), t Student's at 97.5 %; its lower limit is that at 95 %. `paths`: they are
 * drawn where it is open, too. */
static up_status fit_free(const up_problem *p, const levels *l, bool paths, up_fit *fit,
                          up_error *err)
{
    size_t capacity = p->course->model->capacity, best;
    bool open = false, ignored;
    tops *t;
    up_status status = up_alloc(1, sizeof *t, &t, err);
    if (status != UP_OK)
        return status;
    if (!try_tops(p, l, t, fit, &best))
        status = up_error_set(err, UP_TOO_LITTLE_DATA,
                              "no curve of this kind follows the figures");
    if (status == UP_OK) {
        fit->converged = true;
        if (best + 1 < TOPS && best > 0)
            status = settle(p, fit, err);
    }
    if (status == UP_OK) {
        (void)find_end(p, fit, t, true, threshold(p, fit, 0.025), &open);
        fit->capacity = open ? UP_CAPACITY_OPEN : UP_CAPACITY_IDENTIFIED;
        fit->capacity_low =
            exp(find_end(p, fit, t, false, threshold(p, fit, 0.05), &ignored));
    }
    /* where no path is drawn nobody asks how it goes on */
    bool member = !open && !up_course_at_bound(p->course, fit->best.phi);
    if (status == UP_OK && (member || paths)) {
        up_bounds ends = {find_end(p, fit, t, false, threshold(p, fit, far), &ignored),
                          find_end(p, fit, t, true, threshold(p, fit, far), &ignored)};
        if (p->course->model->shape != UP_NO_PARAMETER)
            follow_shape(p, fit);
        else
            place_nodes(p, l, capacity, &ends, fit->best.phi[capacity],
                        own_width(p, fit, capacity), fit);
        if (fit->profile.count < 3)
            status = up_error_set(err, UP_TOO_LITTLE_DATA,
                                  "the fit comes to no rest about its capacity");
    }
    free(t);
    return status;
}

/* A capacity between the largest figure and a ceiling: nodes evenly spaced in its logarithm. */
static up_status fit_below(const up_problem *p, const levels *l, double ceiling,
                           up_fit *fit, up_error *err)
{
    if (!(ceiling > l->largest * (1 + 1e-3))) {
        char text[UP_NUMBER_SIZE];
        up_number_format_significant(ceiling, 4, text);
        return up_error_set(err, UP_TOO_LITTLE_DATA,
                            "a ceiling of %s is below the largest figure", text);
    }
    /* a capacity that is the largest figure has no curve through it */
    up_bounds ends = {log(l->largest * (1 + 1e-4)), log(ceiling)};
    place_nodes(p, l, p->course->model->capacity, &ends, ends.low,
                1e3 * (ends.high - ends.low), fit);
    if (fit->profile.count < 3)
        return up_error_set(err, UP_TOO_LITTLE_DATA,
                            "no curve with a capacity below the ceiling can be fitted");
    fit->best = fit->profile.node[0];
    for (size_t i = 1; i < fit->profile.count; i++)
        if (fit->profile.node[i].sse < fit->best.sse)
            fit->best = fit->profile.node[i];
    fit->converged = true;
    fit->capacity = UP_CAPACITY_CEILING;
    return UP_OK;
}

/* No profile: no capacity, or one that is given. */
static up_status fit_plain(const up_problem *p, const levels *l, double capacity,
                           up_fit *fit, up_error *err)
{
    up_minimum m = {0};
    bool found = false, is;
    double top = capacity > 0 ? capacity : l->largest;
    if (guess(p->course, l, top, m.phi)) {
        is = up_minimise(p, fit->held, &m);
        keep_better(&fit->best, &found, &m, is);
    }
    if (guess_line(p->course, l, m.phi)) {
        is = up_minimise(p, fit->held, &m);
        keep_better(&fit->best, &found, &m, is);
    }
    if (!found)
        return up_error_set(err, UP_TOO_LITTLE_DATA,
                            "no curve of this kind follows the figures");
    fit->converged = true;
    fit->capacity = capacity > 0 ? UP_CAPACITY_FIXED : UP_CAPACITY_NONE;
    if (p->course->model->shape != UP_NO_PARAMETER && fit->dof > 0)
        follow_shape(p, fit);
    return fit->held == 0 && p->rows > p->course->curve->parameters ? settle(p, fit, err)
                                                                    : UP_OK;
}

up_status up_fit_find(const up_problem *problem, const up_figures *figures,
                      const up_project_options *options, up_fit *fit, up_error *err)
{
    const up_model *model = problem->course->model;
    bool has = model->capacity != UP_NO_PARAMETER;
    bool fixed = has && options->capacity > 0,
         below = has && !fixed && options->ceiling > 0;
    up_fit f = {.held = up_model_untold(model, problem->course->counter) |
                        (fixed || below ? 1U << model->capacity : 0)};
    for (size_t k = 0; k < model->parameters; k++)
        f.parameters += !(f.held >> k & 1);
    f.dof = (double)problem->counted - (double)f.parameters;
    levels l = {0};
    up_status status = find_levels(problem->course, figures, &l, err);
    if (status != UP_OK)
        return status;
    /* a ceiling within a thousandth of the largest figure, or that figure, leaves nothing to draw: it is
     * the capacity */
    bool reached = below && options->ceiling >= l.largest &&
                   options->ceiling <= l.largest * (1 + 1e-3);
    status = fixed     ? fit_plain(problem, &l, options->capacity, &f, err)
             : reached ? fit_plain(problem, &l, options->ceiling, &f, err)
             : below   ? fit_below(problem, &l, options->ceiling, &f, err)
             : has ? fit_free(problem, &l, options->wanted <= UP_WANT_FIGURES, &f, err)
                   : fit_plain(problem, &l, 0, &f, err);
    free(l.t);
    up_square root;
    double determinant;
    if (status == UP_OK) {
        f.identified =
            up_root_of_inverse(problem, &f.best.information, f.held, &root, &determinant);
        *fit = f;
    }
    return status;
}

/* --- Intervals of the parameters ------------------------------------------------------------------ */

/* The least sum of squares with one parameter held at a value. */
static bool held_at(const up_problem *p, const up_fit *fit, size_t parameter, double at,
                    const up_minimum *near, up_minimum *out)
{
    *out = *near;
    out->phi[parameter] = at;
    return up_minimise_nearly(p, fit->held | 1U << parameter, out);
}

/* Growing steps from the best value out, each from the minimum of the last; one that leaves the curve's
 * domain is halved, since the others can follow it only so fast. A logarithm that may be
 * off by more than twenty (a factor of 5e8) is not bounded. */
static double profile_end(const up_problem *p, const up_fit *fit, size_t parameter,
                          double step, double most)
{
    enum { STEPS = 80, MOST_LOG = 20 };
    up_minimum near = fit->best, m;
    double best = fit->best.phi[parameter], inner = best, outer = best;
    double least = fabs(step) * 1e-6, none = step > 0 ? INFINITY : -INFINITY;
    bool crossed = false, log = up_course_is_log(p->course, parameter);
    for (int i = 0; i < STEPS && !crossed && fabs(step) > least; i++) {
        outer = inner + step;
        if (!held_at(p, fit, parameter, outer, &near, &m)) {
            step /= 2;
            continue;
        }
        crossed = m.sse > most;
        inner = crossed ? inner : outer;
        near = crossed ? near : m;
        step *= 1.7;
        if (log && fabs(outer - best) > MOST_LOG)
            return none;
    }
    return crossed ? crossing(p, parameter, fit->held, fit->best.sse, inner, outer, m.sse,
                              &near, most)
                   : none;
}

up_bounds up_fit_interval(const up_problem *problem, const up_fit *fit, size_t parameter)
{
    up_square root;
    double determinant, sum = 0;
    up_bounds none = {-INFINITY, INFINITY};
    if (!up_root_of_inverse(problem, &fit->best.information, fit->held, &root,
                            &determinant))
        return none;
    for (size_t j = 0; j < UP_CURVE_PARAMETERS; j++)
        sum += root.at[parameter][j] * root.at[parameter][j];
    double step = sqrt(sum * up_fit_variance(problem, fit));
    double most = threshold(problem, fit, 0.025);
    if (!(step > 0) || !isfinite(step))
        return none;
    /* the profile is a parabola where no range is met */
    if (up_course_is_linear(problem->course) && problem->rows == problem->counted) {
        double width = step * gsl_cdf_tdist_Qinv(0.025, fit->dof),
               best = fit->best.phi[parameter];
        return (up_bounds){best - width, best + width};
    }
    return (up_bounds){profile_end(problem, fit, parameter, -step, most),
                       profile_end(problem, fit, parameter, step, most)};
}
