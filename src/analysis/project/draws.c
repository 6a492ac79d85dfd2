/* Draws of importance from p(θ | y) ∝ |J'J|^(1/2) SSE(θ)^(-n/2), the density with σ integrated
 * out (project.h), then σ² = SSE(θ) / χ²_n for each:
 *
 *     no profile   t about the minimum with the inverse of J'J as its shape
 *     a profile    its parameter evenly within a cell of its nodes, a cell with the mass that the
 *                  nodes give it; the other parameters t about their minimum there, which is
 *                  interpolated
 *
 * Where dates are spans or figures soft the density is that of marginal.h, and σ is drawn with θ.
 *
 * Each draw weighs density / proposal; the paths are taken from the draws by systematic resampling
 * (G. Kitagawa, J. Comput. Graph. Stat. 5, 1996). A model that is linear on its scale has all
 * weights alike: its draws are exact, and none is weighed.
 *
 * The sum of squares is raised, where it is smaller, to what the widths of the figures leave open. */
#include "analysis/project/draws.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/project/marginal.h"
#include "analysis/project/models.h"
#include "base/memory.h"

static const uint64_t default_seed = 20250723;
static const double least_share = 0.01; /* of the draws that must count */
enum { MOST = UP_CURVE_PARAMETERS };

/* A place to draw about: a minimum and the shape there. */
typedef struct place {
    up_minimum at;
    up_square root;
    double log_determinant; /* of the information that is drawn from */
    double log_mass;        /* of a profile's node: its density */
} place;

typedef struct drawing {
    const up_problem *problem;
    const up_fit *fit;
    unsigned held;        /* what is not drawn by t */
    size_t drawn;         /* how many are */
    double n, dof;        /* figures; degrees of freedom of the t */
    double raise;         /* what is added to every sum of squares */
    up_marginal marginal; /* where there are ranges */
    bool exact;
    bool prior_only; /* the capacity is not weighed by the fit */
    place *places;   /* owned */
    size_t place_count;
    double *cells; /* owned: cumulated share of each cell */
    gsl_rng *rng;
} drawing;

/* FNV-1a over texts: a seed for each series and model, the same whatever stands around it. */
static unsigned long stream_of(uint64_t seed, const char *key, const char *name)
{
    uint64_t hash = UINT64_C(14695981039346656037) ^ seed;
    for (; *key != '\0'; key++)
        hash = (hash ^ (unsigned char)*key) * UINT64_C(1099511628211);
    for (; *name != '\0'; name++)
        hash = (hash ^ (unsigned char)*name) * UINT64_C(1099511628211);
    return (unsigned long)(hash ^ hash >> 32) & 0xFFFFFFFFUL;
}

static double raised(const drawing *d, double sse)
{
    return sse + d->raise;
}

/* --- Places -------------------------------------------------------------------------------------- */

static bool set_place(const drawing *d, const up_minimum *at, place *p)
{
    p->at = *at;
    p->log_mass = 0;
    return up_root_of_inverse(d->problem, &at->information, d->held, &p->root,
                              &p->log_determinant);
}

/* ln of the density of a node: SSE^(-(n - k')/2) |J'J|^(1/2) / |J'J of the others|^(1/2), the
 * second part only where its prior is Jeffreys' (not that of a ceiling). */
static bool set_mass(const drawing *d, place *p)
{
    up_square root;
    double whole;
    if (d->prior_only)
        return true;
    p->log_mass = -(d->n - (double)d->drawn) / 2 * log(raised(d, p->at.counted));
    if (d->fit->capacity == UP_CAPACITY_CEILING)
        return true;
    if (!up_root_of_inverse(d->problem, &p->at.information, d->fit->held, &root, &whole))
        return false;
    p->log_mass += (whole - p->log_determinant) / 2;
    return isfinite(p->log_mass) != 0;
}

static double node_at(const drawing *d, size_t i)
{
    return d->places[i].at.phi[d->fit->profile.parameter];
}

/* Cells between neighbouring nodes, each with the mass of a trapezoid. */
static bool set_cells(drawing *d)
{
    double largest = -INFINITY, sum = 0;
    for (size_t i = 0; i < d->place_count; i++)
        largest = fmax(largest, d->places[i].log_mass);
    for (size_t i = 0; i + 1 < d->place_count; i++) {
        double width = node_at(d, i + 1) - node_at(d, i);
        sum += width / 2 *
               (exp(d->places[i].log_mass - largest) +
                exp(d->places[i + 1].log_mass - largest));
        d->cells[i] = sum;
    }
    for (size_t i = 0; i + 1 < d->place_count; i++)
        d->cells[i] /= sum;
    return sum > 0 && isfinite(sum);
}

static bool set_places(drawing *d)
{
    const up_profile *profile = &d->fit->profile;
    if (profile->count == 0) {
        d->place_count = 1;
        return set_place(d, &d->fit->best, &d->places[0]);
    }
    for (size_t i = 0; i < profile->count; i++) {
        place *p = &d->places[d->place_count];
        if (set_place(d, &profile->node[i], p) && set_mass(d, p))
            d->place_count++;
    }
    return d->place_count >= 2 && set_cells(d);
}

/* --- One draw --------------------------------------------------------------------------------------- */

/* Where a draw is made about: a place, or a point between two. */
typedef struct spot {
    double phi[MOST]; /* the minimum there */
    double log_sse;   /* of that minimum, raised */
    const place *shape;
    double log_density; /* of the profile's parameter there */
} spot;

static void find_spot(drawing *d, double u, spot *s)
{
    const place *a = &d->places[0];
    if (d->place_count == 1) {
        *s = (spot){.shape = a, .log_sse = log(raised(d, a->at.counted))};
        memcpy(s->phi, a->at.phi, sizeof s->phi);
        return;
    }
    size_t cell = 0;
    while (cell + 2 < d->place_count && u > d->cells[cell])
        cell++;
    double before = cell > 0 ? d->cells[cell - 1] : 0, share = d->cells[cell] - before;
    double f = gsl_rng_uniform(d->rng);
    a = &d->places[cell];
    const place *b = a + 1;
    for (size_t k = 0; k < MOST; k++)
        s->phi[k] = a->at.phi[k] + f * (b->at.phi[k] - a->at.phi[k]);
    s->log_sse =
        (1 - f) * log(raised(d, a->at.counted)) + f * log(raised(d, b->at.counted));
    s->shape = f < 0.5 ? a : b;
    s->log_density = log(share) - log(node_at(d, cell + 1) - node_at(d, cell));
}

/* φ = spot + root t s; returns ln of the proposal's density there. */
static double draw_about(drawing *d, const spot *s, double phi[])
{
    double z[MOST] = {0}, squares = 0;
    double spread = exp(s->log_sse / 2) / sqrt(d->n - (double)d->drawn);
    double stretch = sqrt(d->dof / gsl_ran_chisq(d->rng, d->dof));
    for (size_t k = 0; k < d->problem->course->curve->parameters; k++) {
        if (d->held >> k & 1)
            continue;
        z[k] = gsl_ran_gaussian_ziggurat(d->rng, 1) * stretch;
        squares += z[k] * z[k];
    }
    for (size_t i = 0; i < MOST; i++) {
        phi[i] = s->phi[i];
        for (size_t j = 0; j < MOST; j++)
            phi[i] += spread * s->shape->root.at[i][j] * z[j];
    }
    return s->log_density + s->shape->log_determinant / 2 -
           (double)d->drawn * log(spread) -
           (d->dof + (double)d->drawn) / 2 * log1p(squares / d->dof);
}

/* ln of the density at phi, and a σ where it is drawn with it; -INFINITY outside of the curve's
 * domain. */
static double log_target(drawing *d, const double phi[], double log_sse_there,
                         double *sse, double *sigma)
{
    up_square information, root;
    double determinant;
    bool ceiling = d->fit->capacity == UP_CAPACITY_CEILING;
    *sse = up_sum_of_squares(d->problem, phi, &information);
    if (!isfinite(*sse) ||
        !up_root_of_inverse(d->problem, &information, ceiling ? d->held : d->fit->held,
                            &root, &determinant))
        return -INFINITY;
    *sse = raised(d, *sse);
    double weighed = d->prior_only ? (d->n - (double)d->drawn) / 2 * log_sse_there : 0;
    double likely = d->problem->has_ranges
                        ? up_marginal_log(&d->marginal, phi, *sse, d->rng, sigma)
                        : -d->n / 2 * log(*sse);
    return likely + determinant / 2 + weighed;
}

/* --- All ---------------------------------------------------------------------------------------------- */

typedef struct proposal {
    double phi[MOST], sse;
    double sigma;  /* 0: not drawn yet */
    double weight; /* its logarithm at first */
} proposal;

static void propose(drawing *d, size_t i, size_t count, proposal *p)
{
    double u = ((double)i + gsl_rng_uniform(d->rng)) / (double)count;
    spot about;
    find_spot(d, u, &about);
    double log_proposal = draw_about(d, &about, p->phi);
    p->weight = p->sigma = 0;
    if (d->exact)
        p->sse = raised(d, up_sum_of_squares(d->problem, p->phi, NULL));
    else
        p->weight =
            log_target(d, p->phi, about.log_sse, &p->sse, &p->sigma) - log_proposal;
}

/* Weights to shares of their sum; returns how many draws they are worth, 1 / Σ w². */
static double weigh(proposal *p, size_t count)
{
    double largest = -INFINITY, sum = 0, squares = 0;
    for (size_t i = 0; i < count; i++)
        largest = fmax(largest, p[i].weight);
    if (!isfinite(largest))
        return 0;
    for (size_t i = 0; i < count; i++)
        sum += p[i].weight = exp(p[i].weight - largest);
    for (size_t i = 0; i < count; i++) {
        p[i].weight /= sum;
        squares += p[i].weight * p[i].weight;
    }
    return 1 / squares;
}

/* A path of a draw: σ² = SSE / χ²_n where it is not drawn yet, errors, and a counter's start. */
static struct up_path make_path(drawing *d, const proposal *p)
{
    const up_course *c = d->problem->course;
    struct up_path path = {0};
    memcpy(path.phi, p->phi, sizeof path.phi);
    path.sigma = p->sigma > 0 ? p->sigma : sqrt(p->sse / gsl_ran_chisq(d->rng, d->n));
    path.error = path.sigma * gsl_ran_gaussian_ziggurat(d->rng, 1);
    if (!c->counter)
        return path;
    path.stream = (uint64_t)gsl_rng_get(d->rng) << 32 | gsl_rng_get(d->rng);
    path.start = c->base_off.low < c->base_off.high
                     ? gsl_ran_flat(d->rng, c->base_off.low, c->base_off.high)
                     : 0;
    return path;
}

static up_status make_paths(drawing *d, proposal *proposals, size_t tries, size_t count,
                            struct up_path paths[], up_error *err)
{
    for (size_t i = 0; i < tries; i++)
        propose(d, i, tries, &proposals[i]);
    if (weigh(proposals, tries) < least_share * (double)count)
        return up_error_set(err, UP_TOO_LITTLE_DATA,
                            d->problem->rows > d->problem->counted
                                ? "it cannot be drawn through the ranges and bounds"
                                : "its parameters are too loose to be drawn");
    double step = 1 / (double)count, at = step * gsl_rng_uniform(d->rng), passed = 0;
    for (size_t i = 0, j = 0; i < count; i++, at += step) {
        while (j + 1 < tries && passed + proposals[j].weight < at)
            passed += proposals[j++].weight;
        paths[i] = make_path(d, &proposals[j]);
    }
    gsl_ran_shuffle(d->rng, paths, count, sizeof *paths);
    return UP_OK;
}

/* Where ranges weigh draws down there are more of them to take paths from. */
enum { TRIES_FOR_RANGES = 4 };

up_status up_draws_make(const up_problem *problem, const up_fit *fit, const char *key,
                        uint64_t seed, size_t count, struct up_path paths[],
                        up_error *err)
{
    const up_model *model = problem->course->model;
    unsigned along = fit->profile.count > 0 ? 1U << fit->profile.parameter : 0;
    drawing d = {.problem = problem,
                 .fit = fit,
                 .held = fit->held | along,
                 .n = (double)problem->counted,
                 .exact = fit->profile.count == 0 && !problem->has_ranges &&
                          up_course_is_linear(problem->course)};
    for (size_t k = 0; k < model->parameters; k++)
        d.drawn += !(d.held >> k & 1);
    double dof = d.n - (double)d.drawn;
    /* heavier tails than the density's, where that is not a t itself */
    d.dof = d.exact ? dof : fmin(dof, 6);
    d.prior_only =
        fit->capacity == UP_CAPACITY_CEILING && problem->counted <= model->parameters;
    d.raise = fmax(0, fit->dof * problem->least_error - fit->best.counted);
    size_t tries = count * (problem->rows > problem->counted ? TRIES_FOR_RANGES : 1);
    proposal *proposals = NULL;
    up_status status = up_alloc(tries, sizeof *proposals, &proposals, err);
    if (status == UP_OK)
        status = up_alloc(UP_PROFILE_NODES, sizeof *d.places, &d.places, err);
    if (status == UP_OK)
        status = up_alloc(UP_PROFILE_NODES, sizeof *d.cells, &d.cells, err);
    if (status == UP_OK)
        status = up_marginal_init(problem, fit, d.raise, &d.marginal, err);
    if (status == UP_OK && (d.rng = gsl_rng_alloc(gsl_rng_mt19937)) == NULL)
        status = up_error_memory(err);
    if (status == UP_OK && !set_places(&d))
        status =
            up_error_set(err, UP_TOO_LITTLE_DATA, "its parameters cannot be told apart");
    if (status == UP_OK) {
        gsl_rng_set(d.rng, stream_of(seed > 0 ? seed : default_seed, key, model->name));
        status = make_paths(&d, proposals, tries, count, paths, err);
    }
    if (d.rng != NULL)
        gsl_rng_free(d.rng);
    up_marginal_release(&d.marginal);
    free(d.cells);
    free(d.places);
    free(proposals);
    return status;
}
