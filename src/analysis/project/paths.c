#include "analysis/project/paths.h"

#include <gsl/gsl_sort_double.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

#include "analysis/project/models.h"
#include "base/memory.h"
#include "uptick/number.h"

const double up_quantile_levels[UP_QUANTILES] = {
    0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4,   0.45, 0.5,
    0.55, 0.6,   0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.975, 0.99};

up_limits up_limits_of(const up_series *series, const up_figures *figures,
                       const up_project_options *options)
{
    const up_metric *m = &series->data->metric;
    up_scale scale = up_figures_scale(series, figures);
    up_limits l = {-INFINITY, INFINITY, "the metric's floor"};
    double number;
    if (scale.kind != UP_SCALE_NONE)
        l.floor = 0;
    if (up_number_parse(m->floor, &number, NULL) == UP_OK)
        l.floor = fmax(l.floor, number);
    if (up_number_parse(m->ceiling, &number, NULL) == UP_OK)
        l.ceiling = number;
    if (options->ceiling > 0)
        l.ceiling = fmin(l.ceiling, options->ceiling);
    double reached = figures->count > 0 ? figures->items[figures->count - 1].value : 0;
    if (m->measure == UP_CUMULATIVE && !(l.floor > reached)) {
        l.floor = reached;
        l.floor_name = "what the counter has reached";
    }
    return l;
}

static double hold(double figure, const up_limits *limits, bool *held)
{
    if (figure >= limits->floor && figure <= limits->ceiling)
        return figure;
    *held = true;
    return figure > limits->ceiling ? limits->ceiling : limits->floor;
}

/* The figures of all paths at one step; held[path] is set where one met a limit. */
static void run_paths(const up_projection *p, size_t step, const up_limits *limits,
                      double figures[], bool held[])
{
    for (size_t i = 0; i < p->path_count; i++) {
        const struct up_path *path = &p->paths[i];
        double figure = up_course_figure(&p->courses[path->course], path->phi,
                                         p->steps[step].time, path->error);
        figures[i] = hold(figure, limits, &held[i]);
    }
}

static up_status take_quantiles(const double *sorted, const up_projection *p,
                                up_projection_step *step, up_error *err)
{
    bool finite = true;
    for (size_t q = 0; q < UP_QUANTILES; q++) {
        step->quantile[q] = gsl_stats_quantile_from_sorted_data(sorted, 1, p->path_count,
                                                                up_quantile_levels[q]);
        finite = finite && isfinite(step->quantile[q]);
    }
    for (size_t l = 0; l < p->levels; l++) {
        double tail = (1 - p->level[l]) / 2;
        up_bounds *b = &step->bounds[l];
        b->low = gsl_stats_quantile_from_sorted_data(sorted, 1, p->path_count, tail);
        b->high = gsl_stats_quantile_from_sorted_data(sorted, 1, p->path_count, 1 - tail);
        finite = finite && isfinite(b->low) && isfinite(b->high);
    }
    if (!finite)
        return up_error_set(err, UP_TOO_LITTLE_DATA,
                            "the interval leaves the range of numbers: too few figures "
                            "for so far a horizon");
    return UP_OK;
}

up_status up_paths_summarize(up_projection *projection, const up_limits *limits,
                             bool keep_value, up_error *err)
{
    up_projection *p = projection;
    double *figures = NULL;
    bool *held = NULL;
    size_t clipped = 0;
    up_status status = up_alloc(p->path_count, sizeof *figures, &figures, err);
    if (status == UP_OK)
        status = up_alloc(p->path_count, sizeof *held, &held, err);
    p->floor = limits->floor;
    p->ceiling = limits->ceiling;
    for (size_t s = 0; s < p->count && status == UP_OK; s++) {
        run_paths(p, s, limits, figures, held);
        gsl_sort(figures, 1, p->path_count);
        status = take_quantiles(figures, p, &p->steps[s], err);
        if (!keep_value)
            p->steps[s].value =
                gsl_stats_median_from_sorted_data(figures, 1, p->path_count);
        for (size_t l = 0; l < p->levels; l++) { /* drawn bounds about an exact median */
            up_bounds *b = &p->steps[s].bounds[l];
            b->low = fmin(b->low, p->steps[s].value);
            b->high = fmax(b->high, p->steps[s].value);
        }
    }
    for (size_t i = 0; i < p->path_count && status == UP_OK; i++)
        clipped += held[i];
    p->clipped = (double)clipped / (double)p->path_count;
    free(figures);
    free(held);
    return status;
}

/* A curve that is undefined, as a line below zero on logarithms, is at the floor. */
static double within(const up_projection *p, double level)
{
    return isnan(level) ? p->floor : fmin(fmax(level, p->floor), p->ceiling);
}

double up_projection_latent(const up_projection *projection, size_t path, double time)
{
    const struct up_path *p = &projection->paths[path];
    return within(projection,
                  up_course_latent(&projection->courses[p->course], p->phi, time));
}

double up_projection_extreme(const up_projection *projection, size_t path, bool highest)
{
    const struct up_path *p = &projection->paths[path];
    const up_course *c = &projection->courses[p->course];
    double theta[UP_CURVE_PARAMETERS], before = 0;
    up_course_theta(c, p->phi, theta);
    double extreme = c->model->extreme(c, theta, c->last, highest);
    if (!c->counter)
        return within(projection, extreme);
    (void)c->curve->level(c->anchor, theta, c->launch, &before, NULL);
    return within(projection, c->base + extreme - before);
}
