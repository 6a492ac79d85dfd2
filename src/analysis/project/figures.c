#include "analysis/project/figures.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>

#include "analysis/project/models.h"
#include "base/memory.h"
#include "uptick/decimal.h"
#include "uptick/number.h"

/* --- Gathering --------------------------------------------------------------------------------- */

/* Where the last break is: the first figure of the new kind. */
static size_t last_break(const up_series *series)
{
    for (size_t i = series->count; i-- > 0;)
        if (series->points[i].after_break)
            return i;
    return 0;
}

/* One unit of the last non-zero digit. */
static double unit_of(up_decimal value)
{
    return pow(10, up_decimal_last_nonzero_digit(value));
}

/* Half the width of a figure with its rounding; 0 for one that was worked out. */
static double half_width(const up_point *p)
{
    up_estimate e;
    double half = (p->figure.high - p->figure.low) / 2;
    if (!p->observation->computed &&
        up_observation_estimate(p->observation, true, &e, NULL) == UP_OK && e.has_low &&
        e.has_high)
        half = fmax(half, (e.high - e.low) / 2);
    return half;
}

/* A bound or a range without a value, as a fit reads it: false when it has no side to stand on. */
static bool read_soft(const up_point *p, up_figure *f)
{
    const up_estimate *e = &p->figure;
    const up_observation *o = p->observation;
    f->soft = true;
    if (e->has_low && e->has_high) { /* a stated range: no middle is invented */
        f->low = e->low;
        f->high = e->high;
    } else if (e->has_low && o->has_value) { /* > c: [c, c + unit) */
        f->low = f->as_bound = e->low;
        f->high = e->low + unit_of(o->value);
    } else if (e->has_high && o->has_value) { /* < c: (c - unit, c] */
        f->high = f->as_bound = e->high;
        f->low = e->high - unit_of(o->value);
    } else
        return false;
    f->value = (f->low + f->high) / 2;
    return true;
}

static bool read_figure(const up_point *p, up_figure *f)
{
    const up_estimate *e = &p->figure;
    *f = (up_figure){.point = p,
                     .time = p->time.value,
                     .time_low = p->time.low,
                     .time_high = p->time.high,
                     .as_bound = NAN};
    if (p->observation->derived || !e->has_value || !e->has_low || !e->has_high)
        return read_soft(p, f);
    f->value = e->value;
    f->low = e->low;
    f->high = e->high;
    f->half = half_width(p);
    return true;
}

/* Soft figures must lie where the others' scale has a place; the middle of a range of positive
 * figures is that of its logarithms. */
static void settle_soft(up_figures *f)
{
    bool positive = true;
    size_t kept = 0;
    for (size_t i = 0; i < f->count; i++)
        positive = positive && (f->items[i].soft || f->items[i].value > 0);
    f->counted = 0;
    f->has_draws = f->has_bounds = false;
    for (size_t i = 0; i < f->count; i++) {
        up_figure figure = f->items[i];
        if (figure.soft && positive && !(figure.low > 0)) {
            f->left_out++;
            continue;
        }
        if (figure.soft && positive)
            figure.value = sqrt(figure.low) * sqrt(figure.high);
        f->counted += !figure.soft;
        f->has_draws = f->has_draws || figure.soft || figure.time_low < figure.time_high;
        f->has_bounds = f->has_bounds || (figure.soft && !isnan(figure.as_bound));
        f->items[kept++] = figure;
    }
    f->count = kept;
}

up_status up_figures_gather(const up_series *series, bool across_breaks,
                            up_figures *figures, up_error *err)
{
    up_figures f = {.before_break = across_breaks ? 0 : last_break(series)};
    up_status status = up_series_check_mixed(series, err);
    if (status == UP_OK)
        status = up_alloc(series->count, sizeof *f.items, &f.items, err);
    for (size_t i = f.before_break; i < series->count && status == UP_OK; i++) {
        if (read_figure(&series->points[i], &f.items[f.count]))
            f.count++;
        else
            f.left_out++;
    }
    if (status != UP_OK)
        return status;
    settle_soft(&f);
    *figures = f;
    return UP_OK;
}

void up_figures_release(up_figures *figures)
{
    free(figures->items);
    *figures = (up_figures){0};
}

/* --- Scale and course ------------------------------------------------------------------------------ */

up_scale up_figures_scale(const up_series *series, const up_figures *figures,
                          const up_project_options *options)
{
    const up_metric *m = &series->data->metric;
    double floor = 0, ceiling = 0;
    bool has_floor = up_number_parse(m->floor, &floor, NULL) == UP_OK;
    bool has_ceiling = up_number_parse(m->ceiling, &ceiling, NULL) == UP_OK;
    bool positive = !(has_floor && floor < 0), below = has_ceiling;
    positive = positive && !(options->has_floor && options->floor < 0);
    for (size_t i = 0; i < figures->count; i++) {
        positive = positive && figures->items[i].low > 0;
        below = below && figures->items[i].high < ceiling;
    }
    if (positive && below && m->measure == UP_RATIO)
        return (up_scale){UP_SCALE_LOGIT, ceiling};
    return (up_scale){.kind = positive ? UP_SCALE_LOG : UP_SCALE_NONE};
}

/* The length of a flow's periods in years, 0 for figures of moments. */
static double period_length(const up_series *series)
{
    const up_period *p = &series->points[series->count - 1].observation->period;
    up_measure measure = series->data->metric.measure;
    if (measure != UP_FLOW && measure != UP_AVERAGE)
        return 0;
    int64_t months = up_period_months(p);
    if (months > 0)
        return (double)months / 12;
    return p->shape == UP_ONE_OF ? 0 : (double)(p->end - p->start) / (86400 * 365.2425);
}

up_course up_figures_course(const up_series *series, const up_figures *figures,
                            const up_model *model, const up_project_options *options)
{
    const up_metric *metric = &series->data->metric;
    up_course c = {.model = model,
                   .curve = up_curve_find(model->name),
                   .scale = up_figures_scale(series, figures, options),
                   .counter = metric->measure == UP_CUMULATIVE};
    double length = period_length(series), sum = 0;
    up_anchor anchor = up_metric_anchor(metric);
    for (size_t i = 0; i < figures->count; i++)
        sum += figures->items[i].time;
    c.origin = sum / (double)figures->count;
    c.launch = model->needs_launch ? options->launch - c.origin : 0;
    c.before = length * (anchor == UP_ANCHOR_END      ? 1
                         : anchor == UP_ANCHOR_MIDDLE ? 0.5
                                                      : 0);
    c.after = length - c.before;
    c.brief = up_course_is_brief(length, figures->items[figures->count - 1].time -
                                             figures->items[0].time);
    c.how = c.counter || (length > 0 && model->is_adopters) ? UP_GROWTH_OVER
            : length > 0                                    ? UP_MEAN_OVER
                                                            : UP_AT_A_MOMENT;
    c.last = c.anchor = figures->items[figures->count - 1].time - c.origin;
    c.base = figures->items[figures->count - 1].value;
    return c;
}

/* --- Rows ------------------------------------------------------------------------------------------------ */

/* One moment and value of each figure make the rows; false where they cannot. */
static bool set_rows(up_problem *p, const double time[], const double value[],
                     size_t count)
{
    const up_course *c = p->course;
    size_t first = c->counter ? 1 : 0;
    for (size_t i = first; i < count; i++) {
        double t = time[i] - c->origin;
        double seen = c->counter ? value[i] - value[i - 1] : value[i];
        double from = c->counter ? time[i - 1] - c->origin : t - c->before;
        if ((c->counter && !(from < t)) || !up_scale_accepts(&c->scale, seen))
            return false;
    }
    for (size_t i = first; i < count; i++) {
        double t = time[i] - c->origin;
        p->from[i - first] = c->counter ? time[i - 1] - c->origin : t - c->before;
        p->to[i - first] = c->counter ? t : t + c->after;
        p->y[i - first] =
            up_scale_to(&c->scale, c->counter ? value[i] - value[i - 1] : value[i]);
    }
    p->rows = count - first;
    return true;
}

/* σ² of errors that are even in ±half: half² / 3, on the scale; the mean over the figures that
 * count. An increment has those of both its ends. */
static double least_error(const up_figures *f, const up_course *c)
{
    double sum = 0;
    size_t n = 0;
    for (size_t i = c->counter ? 1 : 0; i < f->count; i++) {
        const up_figure *a = &f->items[i];
        double half = a->half, at = a->value;
        if (a->soft)
            continue;
        if (c->counter) {
            half = hypot(half, f->items[i - 1].half);
            at -= f->items[i - 1].value;
        }
        half *= up_scale_accepts(&c->scale, at) ? up_scale_slope(&c->scale, at) : 0;
        sum += half * half / 3;
        n++;
    }
    return n > 0 ? sum / (double)n : 0;
}

typedef enum drawing { AS_THEY_ARE, DRAWN, BOUNDS_AS_VALUES } drawing;

static double within(double low, double high, bool logarithmic, gsl_rng *rng)
{
    if (!(low < high))
        return low;
    return logarithmic ? exp(gsl_ran_flat(rng, log(low), log(high)))
                       : gsl_ran_flat(rng, low, high);
}

/* The moments and values of all figures, in one of the three ways. */
static void place(const up_figures *f, const up_scale *scale, drawing how, gsl_rng *rng,
                  double time[], double value[])
{
    for (size_t i = 0; i < f->count; i++) {
        const up_figure *a = &f->items[i];
        time[i] = a->time;
        value[i] = a->value;
        if (how == BOUNDS_AS_VALUES && a->soft && !isnan(a->as_bound))
            value[i] = a->as_bound;
        if (how != DRAWN)
            continue;
        if (a->time_low < a->time_high)
            time[i] = within(a->time_low, a->time_high, false, rng);
        if (a->soft)
            value[i] = within(a->low, a->high, scale->kind == UP_SCALE_LOG, rng);
    }
}

static bool fill_rows(up_problem *p, const up_figures *f, drawing how, gsl_rng *rng)
{
    enum { TRIES = 100 };
    double *time = p->places, *value = p->places + f->count;
    bool done = false;
    for (int i = 0; i < (how == DRAWN ? TRIES : 1) && !done; i++) {
        place(f, &p->course->scale, how, rng, time, value);
        done = set_rows(p, time, value, f->count);
    }
    return done;
}

up_status up_problem_init(const up_course *course, const up_figures *figures,
                          up_problem *problem, up_error *err)
{
    up_problem p = {.course = course, .least_error = least_error(figures, course)};
    double **arrays[] = {&p.from, &p.to, &p.y};
    up_status status = UP_OK;
    for (size_t i = 0; i < 3 && status == UP_OK; i++)
        status = up_alloc(figures->count, sizeof **arrays[i], arrays[i], err);
    if (status == UP_OK)
        status = up_alloc(2 * figures->count, sizeof *p.places, &p.places, err);
    if (status == UP_OK && !fill_rows(&p, figures, AS_THEY_ARE, NULL))
        status = up_error_set(err, UP_TOO_LITTLE_DATA,
                              course->counter
                                  ? "a counter whose figures do not rise, or are of one "
                                    "moment, has no increments to fit"
                                  : "the figures do not lie on the scale of the model");
    p.counted = figures->counted - (course->counter && figures->counted > 0 ? 1 : 0);
    if (status == UP_OK)
        *problem = p;
    else
        up_problem_release(&p);
    return status;
}

void up_problem_release(up_problem *problem)
{
    free(problem->from);
    free(problem->to);
    free(problem->y);
    free(problem->places);
    *problem = (up_problem){0};
}

double up_problem_size(const up_problem *problem)
{
    double size =
        problem->course->scale.kind == UP_SCALE_NONE ? 0 : (double)problem->rows;
    for (size_t i = 0; i < problem->rows; i++)
        size += problem->y[i] * problem->y[i];
    return size;
}

bool up_problem_draw(up_problem *problem, const up_figures *figures, gsl_rng *rng)
{
    return fill_rows(problem, figures, DRAWN, rng);
}

bool up_problem_take_bounds(up_problem *problem, const up_figures *figures)
{
    return fill_rows(problem, figures, BOUNDS_AS_VALUES, NULL);
}
