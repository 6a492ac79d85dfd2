/* One path, for n figures and k parameters on the model's scale:
 *
 *     dates     t_i uniform in their spans, refitted          (only if there are spans)
 *     variance  s^2 = rss / X,  X chi-square with n - k degrees of freedom
 *     curve     theta + L z s,  L L' = (J'J)^-1, z standard normal
 *     figure    from_scale(curve(t) + s e),  e standard normal, one a path
 *
 * The bounds of each step are quantiles of its own figures, for which it makes no difference
 * that a path has the same e at every step; drawn over time they come out smooth.
 *
 * Given the data and the usual flat prior (theta, ln s) this is the posterior predictive
 * distribution; for a straight line with known dates it is Student's t with n - k degrees of
 * freedom, as in classical regression (Gelman et al., Bayesian Data Analysis, 3rd ed., 14.2). */
#include "analysis/project/paths.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sort_double.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { DEFAULT_PATHS = 10000 };
static const uint64_t default_seed = 20250723;

const double up_quantile_levels[UP_QUANTILES] = {
    0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4,   0.45, 0.5,
    0.55, 0.6,   0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.975, 0.99};

/* FNV-1a: a seed for each series, the same whatever stands around it. */
static unsigned long stream_of(uint64_t seed, const char *key)
{
    uint64_t hash = UINT64_C(14695981039346656037) ^ seed;
    for (; *key != '\0'; key++)
        hash = (hash ^ (unsigned char)*key) * UINT64_C(1099511628211);
    return (unsigned long)(hash ^ hash >> 32) & 0xFFFFFFFFUL;
}

/* Lower triangle L with L L' = m (Cholesky); m is positive definite, k x k. */
static void cholesky(size_t k, double m[UP_PARAMETERS_MAX][UP_PARAMETERS_MAX],
                     double l[UP_PARAMETERS_MAX][UP_PARAMETERS_MAX])
{
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = m[i][j];
            for (size_t c = 0; c < j; c++)
                sum -= l[i][c] * l[j][c];
            l[i][j] = i == j ? sqrt(sum) : sum / l[j][j];
        }
}

typedef struct simulation {
    const up_model *model;
    const up_sample *sample;
    const double *scaled;
    const up_fit *fit;
    double root[UP_PARAMETERS_MAX][UP_PARAMETERS_MAX]; /* of fit's covariance */
    double *dates;                                     /* n, when there are spans */
    gsl_rng *rng;
} simulation;

/* A fit to dates drawn within their spans; `root` follows it. */
static up_status redraw_dates(simulation *sim, up_fit *fit,
                              double root[UP_PARAMETERS_MAX][UP_PARAMETERS_MAX],
                              up_error *err)
{
    const up_sample *s = sim->sample;
    for (size_t i = 0; i < s->n; i++) {
        double width = s->time_high[i] - s->time_low[i];
        sim->dates[i] =
            s->time_low[i] + (width > 0 ? width * gsl_rng_uniform(sim->rng) : 0);
    }
    up_status status = sim->model->fit(sim->dates, sim->scaled, s->n, fit, err);
    if (status == UP_OK)
        cholesky(sim->model->parameters, fit->covariance, root);
    return status;
}

/* Draws one path's curve into *path and returns its standard deviation of errors. */
static up_status draw_curve(simulation *sim, up_fit *path, double *sd, up_error *err)
{
    size_t k = sim->model->parameters, n = sim->sample->n;
    double root[UP_PARAMETERS_MAX][UP_PARAMETERS_MAX];
    *path = *sim->fit;
    memcpy(root, sim->root, sizeof root);
    if (sim->sample->has_spans) {
        up_status status = redraw_dates(sim, path, root, err);
        if (status != UP_OK)
            return status;
    }
    *sd = sqrt(path->rss / gsl_ran_chisq(sim->rng, (double)(n - k)));
    double z[UP_PARAMETERS_MAX];
    for (size_t i = 0; i < k; i++)
        z[i] = gsl_ran_gaussian_ziggurat(sim->rng, *sd);
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j <= i; j++)
            path->theta[i] += root[i][j] * z[j];
    return UP_OK;
}

/* figures[step * paths + path]; returns how many paths met the floor. */
static up_status run_paths(simulation *sim, size_t paths, const double *floor,
                           const up_projection *projection, double figures[],
                           size_t *clipped, up_error *err)
{
    up_status status = UP_OK;
    for (size_t p = 0; p < paths && status == UP_OK; p++) {
        up_fit path;
        double sd;
        bool held = false;
        status = draw_curve(sim, &path, &sd, err);
        double error = status == UP_OK ? gsl_ran_gaussian_ziggurat(sim->rng, sd) : 0;
        for (size_t s = 0; s < projection->count && status == UP_OK; s++) {
            double at = sim->model->curve(&path, projection->steps[s].time);
            double figure = sim->model->from_scale(at + error);
            if (floor != NULL && figure < *floor) {
                figure = *floor;
                held = true;
            }
            figures[s * paths + p] = figure;
        }
        *clipped += held;
    }
    return status;
}

static up_status take_quantiles(const double *sorted, size_t paths,
                                const up_projection *projection, up_projection_step *step,
                                up_error *err)
{
    for (size_t q = 0; q < UP_QUANTILES; q++)
        step->quantile[q] =
            gsl_stats_quantile_from_sorted_data(sorted, 1, paths, up_quantile_levels[q]);
    for (size_t l = 0; l < projection->levels; l++) {
        double tail = (1 - projection->level[l]) / 2;
        step->bounds[l].low = gsl_stats_quantile_from_sorted_data(sorted, 1, paths, tail);
        step->bounds[l].high =
            gsl_stats_quantile_from_sorted_data(sorted, 1, paths, 1 - tail);
        if (!isfinite(step->bounds[l].low) || !isfinite(step->bounds[l].high))
            return up_error_set(
                err, UP_TOO_LITTLE_DATA,
                "the interval leaves the range of numbers: too few figures "
                "for so far a horizon");
    }
    return UP_OK;
}

up_status up_paths_simulate(const up_series *series, const up_sample *sample,
                            const double scaled[], const up_fit *fit,
                            const up_project_options *options, const double *floor,
                            up_projection *projection, up_error *err)
{
    size_t paths = options->paths > 0 ? options->paths : DEFAULT_PATHS;
    size_t clipped = 0;
    up_fit copy = *fit;
    simulation sim = {
        .model = projection->model, .sample = sample, .scaled = scaled, .fit = fit};
    double *figures = NULL;
    up_status status = UP_OK;
    cholesky(sim.model->parameters, copy.covariance, sim.root);
    if (projection->count > SIZE_MAX / paths)
        status = up_error_memory(err);
    if (status == UP_OK)
        status = up_alloc(projection->count * paths, sizeof *figures, &figures, err);
    if (status == UP_OK)
        status = up_alloc(sample->n, sizeof *sim.dates, &sim.dates, err);
    if (status == UP_OK && (sim.rng = gsl_rng_alloc(gsl_rng_mt19937)) == NULL)
        status = up_error_memory(err);
    if (status == UP_OK) {
        gsl_rng_set(sim.rng, stream_of(options->seed > 0 ? options->seed : default_seed,
                                       series->key));
        status = run_paths(&sim, paths, floor, projection, figures, &clipped, err);
    }
    for (size_t s = 0; s < projection->count && status == UP_OK; s++) {
        gsl_sort(figures + s * paths, 1, paths);
        status = take_quantiles(figures + s * paths, paths, projection,
                                &projection->steps[s], err);
    }
    projection->clipped = (double)clipped / (double)paths;
    if (sim.rng != NULL)
        gsl_rng_free(sim.rng);
    free(sim.dates);
    free(figures);
    return status;
}
