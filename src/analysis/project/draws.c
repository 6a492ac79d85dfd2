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
 * The numbers that are drawn with are points that fill their cube evenly (quasi.h). Before paths are taken
 * the draws are put in order by their curve's height at the usual distance after the last figure; σ and
 * the errors, which are points of their own, meet the curves in that order (array-RQMC: P. L'Ecuyer,
 * C. Lécot, B. Tuffin, Oper. Res. 56, 2008), and any few paths at even distances are as good a sample.
 *
 * The sum of squares is raised, where it is smaller, to what the widths of the figures leave open. */
#include "analysis/project/draws.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/project/marginal.h"
#include "analysis/project/models.h"
#include "analysis/project/quasi.h"
#include "base/memory.h"

static const uint64_t default_seed = 20250723;
static const double least_share = 0.01; /* of the draws that must count */
enum { MOST = UP_CURVE_PARAMETERS, ABOUT = 4 };

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
    double *cells;           /* owned: cumulated share of each cell */
    double next;             /* the usual distance after the last figure, since origin */
    up_quasi parameters;     /* what curves are drawn with */
    double shift[ABOUT];     /* of what is about them */
    up_chi stretch, scatter; /* χ² of the t, of σ */
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

static void find_spot(drawing *d, spot *s)
{
    const place *a = &d->places[0];
    if (d->place_count == 1) {
        *s = (spot){.shape = a, .log_sse = log(raised(d, a->at.counted))};
        memcpy(s->phi, a->at.phi, sizeof s->phi);
        return;
    }
    double u = up_quasi_even(&d->parameters);
    size_t cell = 0;
    while (cell + 2 < d->place_count && u > d->cells[cell])
        cell++;
    double before = cell > 0 ? d->cells[cell - 1] : 0, share = d->cells[cell] - before;
    double f = fmin((u - before) / share, 1);
    a = &d->places[cell];
    const place *b = a + 1;
    for (size_t k = 0; k < MOST; k++)
        s->phi[k] = a->at.phi[k] + f * (b->at.phi[k] - a->at.phi[k]);
    s->log_sse =
        (1 - f) * log(raised(d, a->at.counted)) + f * log(raised(d, b->at.counted));
    s->shape = f < 0.5 ? a : b;
    s->log_density = log(share) - log(node_at(d, cell + 1) - node_at(d, cell));
}

/* φ = spot + root t s; returns ln of the proposal's density there. *way: (φ - spot)' J'J (φ - spot). */
static double draw_about(drawing *d, const spot *s, double phi[], double *way)
{
    double z[MOST] = {0}, squares = 0;
    double spread = exp(s->log_sse / 2) / sqrt(d->n - (double)d->drawn);
    double stretch = up_chi_log_at(&d->stretch, up_quasi_normal(&d->parameters));
    stretch = exp((log(d->dof) - stretch) / 2);
    for (size_t k = 0; k < d->problem->course->curve->parameters; k++) {
        if (d->held >> k & 1)
            continue;
        z[k] = up_quasi_normal(&d->parameters) * stretch;
        squares += z[k] * z[k];
    }
    for (size_t i = 0; i < MOST; i++) {
        phi[i] = s->phi[i];
        for (size_t j = 0; j < MOST; j++)
            phi[i] += spread * s->shape->root.at[i][j] * z[j];
    }
    *way = spread * spread * squares;
    return s->log_density + s->shape->log_determinant / 2 -
           (double)d->drawn * log(spread) -
           (d->dof + (double)d->drawn) / 2 * log1p(squares / d->dof);
}

static double log_marginal(drawing *d, const double phi[], double sse, double *sigma)
{
    double start = up_quasi_even(&d->parameters), share = up_quasi_even(&d->parameters);
    return up_marginal_log(&d->marginal, phi, sse, start, share, sigma);
}

/* ln of the density at phi, and a σ where it is drawn with it; -INFINITY outside of the curve's
 * domain. */
static double log_target(drawing *d, const double phi[], double log_sse_there,
                         double *sse, double *sigma)
{
    up_square information;
    double determinant;
    bool ceiling = d->fit->capacity == UP_CAPACITY_CEILING;
    *sse = up_sum_of_squares(d->problem, phi, &information);
    if (!isfinite(*sse) ||
        !up_log_determinant(d->problem, &information, ceiling ? d->held : d->fit->held,
                            &determinant))
        return -INFINITY;
    *sse = raised(d, *sse);
    double weighed = d->prior_only ? (d->n - (double)d->drawn) / 2 * log_sse_there : 0;
    double likely = d->problem->has_ranges ? log_marginal(d, phi, *sse, sigma)
                                           : -d->n / 2 * log(*sse);
    return likely + determinant / 2 + weighed;
}

/* --- All ---------------------------------------------------------------------------------------------- */

/* Doubles alone: GSL steps from height to height. */
typedef struct proposal {
    double phi[MOST], sse;
    double sigma;  /* 0: not drawn yet */
    double weight; /* its logarithm at first */
    double height; /* of the curve, at the usual distance after the last figure */
} proposal;

static double height_at(const drawing *d, const double phi[])
{
    const up_course *c = d->problem->course;
    double eta, from = c->counter ? c->anchor : d->next - c->before,
                to = c->counter ? d->next : d->next + c->after;
    return up_course_scaled(c, from, to, phi, &eta, NULL) ? eta : -INFINITY;
}

static void propose(drawing *d, proposal *p)
{
    spot about;
    double way;
    up_quasi_next(&d->parameters);
    find_spot(d, &about);
    double log_proposal = draw_about(d, &about, p->phi, &way);
    p->weight = p->sigma = 0;
    if (d->exact) /* the sum of squares is a parabola */
        p->sse = exp(about.log_sse) + way;
    else
        p->weight =
            log_target(d, p->phi, about.log_sse, &p->sse, &p->sigma) - log_proposal;
    p->height = height_at(d, p->phi);
}

static double largest_weight(const proposal *p, size_t count)
{
    double largest = -INFINITY;
    for (size_t i = 0; i < count; i++)
        largest = fmax(largest, p[i].weight);
    return largest;
}

/* How many draws they are worth: (Σ w)² / Σ w². */
static double worth_of(const proposal *p, size_t count)
{
    double largest = largest_weight(p, count), sum = 0, squares = 0;
    for (size_t i = 0; i < count && isfinite(largest); i++) {
        double w = exp(p[i].weight - largest);
        sum += w;
        squares += w * w;
    }
    return squares > 0 ? sum * sum / squares : 0;
}

/* Weights to shares of their sum. */
static void weigh(proposal *p, size_t count)
{
    double largest = largest_weight(p, count), sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += p[i].weight = exp(p[i].weight - largest);
    for (size_t i = 0; i < count; i++)
        p[i].weight /= sum;
}

/* A path of a draw: σ² = SSE / χ²_n where it is not drawn yet, errors, and a counter's start. */
static struct up_path make_path(drawing *d, size_t i, const proposal *p)
{
    const up_course *c = d->problem->course;
    struct up_path path = {0};
    memcpy(path.phi, p->phi, sizeof path.phi);
    double about[ABOUT];
    up_quasi_turn(i, d->shift, ABOUT, about);
    path.error = gsl_cdf_ugaussian_Pinv(about[0]);
    double log_chi = up_chi_log_at(&d->scatter, gsl_cdf_ugaussian_Pinv(about[1]));
    path.sigma = p->sigma > 0 ? p->sigma : exp((log(p->sse) - log_chi) / 2);
    path.error *= path.sigma;
    if (!c->counter)
        return path;
    path.start = c->base_off.low + about[2] * (c->base_off.high - c->base_off.low);
    path.stream = (uint64_t)(about[3] * 0x1p53);
    return path;
}

/* Two paths a draw: what is about a curve costs less than the curve. Where a batch of draws is not worth
 * most of itself there are more, until they are worth as many as there are paths. */
enum { PATHS_A_DRAW = 2, BATCHES = 16 };
static const double good_share = 0.75;

typedef struct proposals {
    proposal *items; /* owned */
    size_t count, capacity;
    double worth;
} proposals;

static up_status make_proposals(drawing *d, size_t batch, proposals *p, up_error *err)
{
    double enough = good_share * (double)batch;
    up_status status = UP_OK;
    for (size_t i = 1; i <= BATCHES && p->worth < enough && status == UP_OK; i++) {
        status = up_grow(&p->items, &p->capacity, i * batch, sizeof *p->items, err);
        while (p->count < i * batch && status == UP_OK)
            propose(d, &p->items[p->count++]);
        p->worth = worth_of(p->items, p->count);
        if (p->worth < enough)
            enough = PATHS_A_DRAW * (double)batch;
    }
    return status;
}

/* Curves in their order, each as often as it weighs. */
static up_status take_paths(drawing *d, proposals *p, size_t count,
                            struct up_path paths[], up_error *err)
{
    double step = 1 / (double)count, at = step / 2, passed = 0;
    size_t *order, stride = sizeof *p->items / sizeof(double);
    up_status status = up_alloc(p->count, sizeof *order, &order, err);
    if (status != UP_OK)
        return status;
    weigh(p->items, p->count);
    gsl_sort_index(order, &p->items->height, stride, p->count);
    for (size_t i = 0, j = 0; i < count; i++, at += step) {
        while (j + 1 < p->count && passed + p->items[order[j]].weight < at)
            passed += p->items[order[j++]].weight;
        paths[i] = make_path(d, i, &p->items[order[j]]);
    }
    free(order);
    return UP_OK;
}

static up_status make_paths(drawing *d, size_t count, struct up_path paths[],
                            up_error *err)
{
    proposals p = {0};
    up_status status =
        make_proposals(d, (count + PATHS_A_DRAW - 1) / PATHS_A_DRAW, &p, err);
    if (status == UP_OK && p.worth < least_share * (double)count)
        status = up_error_set(err, UP_TOO_LITTLE_DATA,
                              d->problem->rows > d->problem->counted
                                  ? "it cannot be drawn through the ranges and bounds"
                                  : "its parameters are too loose to be drawn");
    if (status == UP_OK)
        status = take_paths(d, &p, count, paths, err);
    free(p.items);
    return status;
}

/* Coordinates of a curve: along the profile, the t, and the two of marginal.h. Of what is about it: the
 * error, σ, and a counter's start and further errors. */
static up_status begin_drawing(drawing *d, unsigned long stream, up_error *err)
{
    size_t profile = d->fit->profile.count > 0 ? 1 : 0,
           marginal = d->problem->has_ranges ? 1 : 0;
    size_t coordinates = profile + 1 + d->drawn + 2 * marginal;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    if (rng == NULL)
        return up_error_memory(err);
    gsl_rng_set(rng, stream);
    up_status status = up_quasi_init(&d->parameters, coordinates, rng, err);
    for (size_t i = 0; i < ABOUT; i++)
        d->shift[i] = gsl_rng_uniform(rng);
    gsl_rng_free(rng);
    up_chi_init(&d->stretch, d->dof);
    up_chi_init(&d->scatter, d->n);
    return status;
}

up_status up_draws_make(const up_problem *problem, const up_fit *fit, const char *key,
                        uint64_t seed, size_t count, struct up_path paths[],
                        up_error *err)
{
    const up_model *model = problem->course->model;
    const up_course *c = problem->course;
    unsigned along = fit->profile.count > 0 ? 1U << fit->profile.parameter : 0;
    drawing d = {.problem = problem,
                 .fit = fit,
                 .held = fit->held | along,
                 .n = (double)problem->counted,
                 .next = c->last + (isfinite(c->spacing) ? c->spacing : 1),
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
    up_status status = up_alloc(UP_PROFILE_NODES, sizeof *d.places, &d.places, err);
    if (status == UP_OK)
        status = up_alloc(UP_PROFILE_NODES, sizeof *d.cells, &d.cells, err);
    if (status == UP_OK)
        status = up_marginal_init(problem, fit, d.raise, &d.marginal, err);
    if (status == UP_OK)
        status = begin_drawing(
            &d, stream_of(seed > 0 ? seed : default_seed, key, model->name), err);
    if (status == UP_OK && !set_places(&d))
        status =
            up_error_set(err, UP_TOO_LITTLE_DATA, "its parameters cannot be told apart");
    if (status == UP_OK)
        status = make_paths(&d, count, paths, err);
    up_quasi_release(&d.parameters);
    up_marginal_release(&d.marginal);
    free(d.cells);
    free(d.places);
    return status;
}
