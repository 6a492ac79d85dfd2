#include "analysis/project/paths.h"

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
    static const char other[] = ", another metric's figure";
    up_scale scale = up_figures_scale(series, figures, options);
    up_limits l = {-INFINITY, INFINITY, "the metric's floor", "", ""};
    double number;
    if (scale.kind != UP_SCALE_NONE)
        l.floor = 0;
    if (up_number_parse(m->floor, &number, NULL) == UP_OK)
        l.floor = fmax(l.floor, number);
    if (up_number_parse(m->ceiling, &number, NULL) == UP_OK)
        l.ceiling = number;
    if (options->has_floor && !(options->floor < l.floor)) {
        l.floor = options->floor;
        l.floor_metric = other;
    }
    if (options->has_most && options->most < l.ceiling) {
        l.ceiling = options->most;
        l.ceiling_metric = other;
    }
    if (options->ceiling > 0)
        l.ceiling = fmin(l.ceiling, options->ceiling);
    const up_figure *last =
        figures->count > 0 ? &figures->items[figures->count - 1] : NULL;
    double reached = last == NULL ? 0 : last->soft ? last->low : last->value;
    if (m->measure == UP_CUMULATIVE && !(l.floor > reached)) {
        l.floor = reached;
        l.floor_metric = "";
        l.floor_name = "what the counter has reached";
    }
    return l;
}

/* --- A step's figures ------------------------------------------------------------------------------- */

/* What a summary works with, for all steps. */
typedef struct running {
    up_projection *projection;
    const up_limits *limits;
    double *figures; /* owned; of all paths at one step */
    bool *held;      /* owned; where a path met a limit at some step */
    up_drawn *drawn; /* owned; the paths' curves */
    up_way *way;     /* owned; how far counters are */
    size_t rank[2 * (UP_QUANTILES + 2 * UP_LEVELS_MAX + 1)]; /* ascending */
    size_t ranks;
} running;

static double hold(double figure, const up_limits *limits, bool *held)
{
    if (figure >= limits->floor && figure <= limits->ceiling)
        return figure;
    *held = true;
    return figure > limits->ceiling ? limits->ceiling : limits->floor;
}

/* The figures of all paths at one step; false where some path has none: a curve beyond all numbers
 * is neither at the floor nor at the ceiling. */
static bool run_paths(running *r, size_t step)
{
    const up_projection *p = r->projection;
    for (size_t i = 0; i < p->path_count; i++) {
        double figure =
            up_drawn_figure(&r->drawn[i], &p->paths[i], p->steps[step].time, &r->way[i]);
        if (isnan(figure))
            return false;
        r->figures[i] = hold(figure, r->limits, &r->held[i]);
    }
    return true;
}

static up_status leaves_range(up_error *err)
{
    return up_error_set(err, UP_TOO_LITTLE_DATA,
                        "the interval leaves the range of numbers: too few figures for "
                        "so far a horizon");
}

/* --- Quantiles ---------------------------------------------------------------------------------------- */

static int compare_ranks(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

/* The quantile of share p of n sorted figures lies between those of ranks floor((n - 1) p) and the
 * next (GSL's, R's type 7). */
static void add_rank(running *r, double share)
{
    size_t last = r->projection->path_count - 1;
    size_t rank = (size_t)floor((double)last * share);
    r->rank[r->ranks++] = rank;
    r->rank[r->ranks++] = rank < last ? rank + 1 : last;
}

/* The ranks that are looked at, each once. */
static void list_ranks(running *r)
{
    const up_projection *p = r->projection;
    size_t kept = 0;
    add_rank(r, 0.5);
    for (size_t q = 0; q < UP_QUANTILES; q++)
        add_rank(r, up_quantile_levels[q]);
    for (size_t l = 0; l < p->levels; l++) {
        add_rank(r, (1 - p->level[l]) / 2);
        add_rank(r, 1 - (1 - p->level[l]) / 2);
    }
    qsort(r->rank, r->ranks, sizeof *r->rank, compare_ranks);
    for (size_t i = 0; i < r->ranks; i++)
        if (kept == 0 || r->rank[i] != r->rank[kept - 1])
            r->rank[kept++] = r->rank[i];
    r->ranks = kept;
}

/* Puts the figures of these ranks where sorting would put them: the middle one parts the others. x
 * begins at rank `from`. */
static void place_ranks(double x[], size_t n, size_t from, const size_t rank[],
                        size_t ranks)
{
    if (ranks == 0 || n < 2)
        return;
    size_t middle = ranks / 2, at = rank[middle] - from;
    gsl_stats_select(x, 1, n, at);
    place_ranks(x, at, from, rank, middle);
    place_ranks(x + at + 1, n - at - 1, rank[middle] + 1, rank + middle + 1,
                ranks - middle - 1);
}

/* `sorted` as far as these are asked for. */
static up_status take_quantiles(const double *sorted, up_projection *p,
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
        if (isfinite(b->low) && isfinite(b->high)) /* about an exact median */
            *b = (up_bounds){fmin(b->low, step->value), fmax(b->high, step->value)};
        else {
            *b = (up_bounds){NAN, NAN};
            bool first = p->level_beyond == 0 || p->level[l] < p->level_beyond;
            p->level_beyond = first ? p->level[l] : p->level_beyond;
        }
    }
    return finite ? UP_OK : leaves_range(err);
}

/* --- All ------------------------------------------------------------------------------------------------ */

/* A counter's is the median for one increment: of a sum of several the median is no sum. */
static bool curve_is_median(const up_projection *p, double time)
{
    const up_course *c = &p->courses[0];
    return p->course_count == 1 && c->is_median &&
           !(c->counter && time - c->origin > c->anchor + c->spacing);
}

static up_status summarize_step(running *r, size_t step, up_error *err)
{
    up_projection *p = r->projection;
    up_projection_step *s = &p->steps[step];
    if (!run_paths(r, step))
        return leaves_range(err);
    place_ranks(r->figures, p->path_count, 0, r->rank, r->ranks);
    if (!curve_is_median(p, s->time))
        s->value = gsl_stats_quantile_from_sorted_data(r->figures, 1, p->path_count, 0.5);
    return take_quantiles(r->figures, p, s, err);
}

up_status up_paths_summarize(up_projection *projection, size_t first,
                             const up_limits *limits, up_error *err)
{
    up_projection *p = projection;
    running r = {.projection = p, .limits = limits};
    size_t clipped = 0;
    up_status status = up_alloc(p->path_count, sizeof *r.figures, &r.figures, err);
    if (status == UP_OK)
        status = up_alloc(p->path_count, sizeof *r.held, &r.held, err);
    if (status == UP_OK)
        status = up_alloc(p->path_count, sizeof *r.drawn, &r.drawn, err);
    if (status == UP_OK)
        status = up_alloc(p->path_count, sizeof *r.way, &r.way, err);
    for (size_t i = 0; i < p->path_count && status == UP_OK; i++)
        r.drawn[i] = up_course_draw(&p->courses[p->paths[i].course], p->paths[i].phi);
    p->floor = limits->floor;
    p->ceiling = limits->ceiling;
    list_ranks(&r);
    for (size_t s = first; s < p->count && status == UP_OK; s++)
        status = summarize_step(&r, s, err);
    for (size_t i = 0; i < p->path_count && status == UP_OK; i++)
        clipped += r.held[i];
    p->clipped = (double)clipped / (double)p->path_count;
    free(r.figures);
    free(r.held);
    free(r.drawn);
    free(r.way);
    return status;
}

/* What is beyond all numbers stays so: it is neither at the floor nor at the ceiling. */
static double within(const up_projection *p, double level)
{
    return isnan(level) ? level : fmin(fmax(level, p->floor), p->ceiling);
}

double up_projection_latent(const up_projection *projection, size_t path, double time)
{
    const struct up_path *p = &projection->paths[path];
    const up_course *c = &projection->courses[p->course];
    return within(projection, up_course_latent(c, p->phi, time) + p->start);
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
    return within(projection, c->base + p->start + extreme - before);
}
