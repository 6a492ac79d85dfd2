#include "analysis/project/figures.h"

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
    f->has_ranges = f->has_bounds = false;
    for (size_t i = 0; i < f->count; i++) {
        up_figure figure = f->items[i];
        if (figure.soft && positive && !(figure.low > 0)) {
            f->left_out++;
            continue;
        }
        if (figure.soft && positive)
            figure.value = sqrt(figure.low) * sqrt(figure.high);
        f->counted += !figure.soft;
        f->has_ranges =
            f->has_ranges || figure.soft || figure.time_low < figure.time_high;
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

/* By what the last figure may be off its value, where it is a range: not below what was reached. */
static up_bounds base_off(const up_figures *f)
{
    const up_figure *last = &f->items[f->count - 1];
    double low = last->low;
    for (size_t i = 0; i < f->count; i++)
        low = f->items[i].soft ? low : fmax(low, f->items[i].value);
    return last->soft ? (up_bounds){low - last->value, last->high - last->value}
                      : (up_bounds){0, 0};
}

/* The mean time from one figure that counts to the next. */
static double spacing_of(const up_figures *f)
{
    double first = INFINITY, last = -INFINITY, n = 0;
    for (size_t i = 0; i < f->count; i++) {
        if (f->items[i].soft)
            continue;
        first = fmin(first, f->items[i].time);
        last = fmax(last, f->items[i].time);
        n++;
    }
    return n > 1 && last > first ? (last - first) / (n - 1) : INFINITY;
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
    c.brevity = up_course_brevity(length, figures->items[figures->count - 1].time -
                                              figures->items[0].time);
    c.how = c.counter || (length > 0 && model->is_adopters) ? UP_GROWTH_OVER
            : length > 0                                    ? UP_MEAN_OVER
                                                            : UP_AT_A_MOMENT;
    c.last = c.anchor = figures->items[figures->count - 1].time - c.origin;
    c.base = figures->items[figures->count - 1].value;
    c.base_off = base_off(figures);
    c.spacing = spacing_of(figures);
    return c;
}

/* --- Rows ------------------------------------------------------------------------------------------------ */

static bool counts(const up_figure *f, bool bounds_too)
{
    return !f->soft || (bounds_too && !isnan(f->as_bound));
}

static double value_of(const up_figure *f)
{
    return f->soft && !isnan(f->as_bound) ? f->as_bound : f->value;
}

/* An end of what a row may be: infinite where the scale has no place for it. */
static double end_on(const up_scale *scale, double figure)
{
    return up_scale_accepts(scale, figure) ? up_scale_to(scale, figure)
           : figure > 0                    ? INFINITY
                                           : -INFINITY;
}

/* The moments of the next row: a figure's own, or a counter's from one figure to another. False: they
 * are one. */
static bool place_row(up_problem *p, const up_figure *before, const up_figure *figure)
{
    const up_course *c = p->course;
    size_t i = p->rows;
    double t = figure->time - c->origin, from = before != NULL ? before->time : 0;
    p->from[i] = before != NULL ? from - c->origin : t - c->before;
    p->to[i] = before != NULL ? t : t + c->after;
    p->slack[i] = (up_slack){
        .to = {figure->time_low - figure->time, figure->time_high - figure->time}};
    if (before == NULL)
        return true;
    p->slack[i].from = (up_bounds){before->time_low - from, before->time_high - from};
    return p->from[i] < p->to[i];
}

/* A row of one figure, or of a counter's increment. False: it has no place on the scale. */
static bool add_counted(up_problem *p, const up_figure *before, const up_figure *figure)
{
    double seen = value_of(figure) - (before != NULL ? value_of(before) : 0);
    if (!place_row(p, before, figure) || !up_scale_accepts(&p->course->scale, seen))
        return false;
    double y = up_scale_to(&p->course->scale, seen);
    p->y[p->rows] = p->low[p->rows] = p->high[p->rows] = y;
    p->rows++;
    return true;
}

/* A row of a range, of a counter from or to the nearest figure that counts. False: nothing of the
 * range is on the scale. One of the same moment says nothing of an increment. */
static bool add_soft(up_problem *p, const up_figure *nearest, const up_figure *figure)
{
    const up_scale *scale = &p->course->scale;
    bool after = nearest != NULL && nearest->time > figure->time;
    double low = figure->low, high = figure->high;
    if (nearest != NULL) {
        low = after ? nearest->value - figure->high : figure->low - nearest->value;
        high = after ? nearest->value - figure->low : figure->high - nearest->value;
    }
    if (!place_row(p, after ? figure : nearest, after ? nearest : figure))
        return true;
    p->low[p->rows] = end_on(scale, low);
    p->high[p->rows] = end_on(scale, high);
    p->y[p->rows] = p->low[p->rows];
    if (p->high[p->rows] == -INFINITY || p->low[p->rows] == INFINITY)
        return false;
    p->rows++;
    return true;
}

static bool has_ranges(const up_problem *p)
{
    for (size_t i = 0; i < p->rows; i++)
        if (p->slack[i].from.low < p->slack[i].from.high ||
            p->slack[i].to.low < p->slack[i].to.high)
            return true;
    return p->counted < p->rows;
}

/* The rows, those that count first. *culprit: the figure that has none when it returns false. */
static bool set_rows(up_problem *p, const up_figures *f, bool bounds_too,
                     const up_figure **culprit)
{
    bool counter = p->course->counter;
    const up_figure *before = NULL;
    p->rows = 0;
    for (size_t i = 0; i < f->count; i++) {
        *culprit = &f->items[i];
        if (!counts(*culprit, bounds_too))
            continue;
        if ((before != NULL || !counter) && !add_counted(p, before, *culprit))
            return false;
        before = counter ? *culprit : NULL;
    }
    p->counted = p->rows;
    const up_figure *nearest = NULL;
    for (size_t i = 0; i < f->count && counter && nearest == NULL; i++)
        nearest = counts(&f->items[i], bounds_too) ? &f->items[i] : NULL;
    for (size_t i = 0; i < f->count; i++) {
        *culprit = &f->items[i];
        if (counts(*culprit, bounds_too))
            nearest = counter ? *culprit : NULL;
        else if (!add_soft(p, nearest, *culprit))
            return false;
    }
    p->has_ranges = has_ranges(p);
    return true;
}

/* σ² of errors that are even in ±half: half² / 3, on the scale; the mean over the figures that
 * count. An increment has those of both its ends. */
static double least_error(const up_figures *f, const up_course *c)
{
    const up_figure *before = NULL;
    double sum = 0;
    size_t n = 0;
    for (size_t i = 0; i < f->count; i++) {
        const up_figure *a = &f->items[i];
        double half = a->half, at = a->value;
        if (a->soft)
            continue;
        if (before != NULL) {
            half = hypot(half, before->half);
            at -= before->value;
        }
        half *= up_scale_accepts(&c->scale, at) ? up_scale_slope(&c->scale, at) : 0;
        if (before != NULL || !c->counter) {
            sum += half * half / 3;
            n++;
        }
        before = c->counter ? a : NULL;
    }
    return n > 0 ? sum / (double)n : 0;
}

static up_status no_rows(const up_course *c, const up_figure *culprit, up_error *err)
{
    up_buffer label = {0};
    if (!c->counter)
        return up_error_set(err, UP_TOO_LITTLE_DATA,
                            "the figures do not lie on the scale of the model");
    if (!culprit->soft)
        return up_error_set(err, UP_TOO_LITTLE_DATA,
                            "a counter whose figures do not rise, or are of one "
                            "moment, has no increments to fit");
    up_period_label(&culprit->point->observation->period, &label);
    up_status status = up_buffer_check(&label, err);
    if (status == UP_OK)
        status = up_error_set(
            err, UP_TOO_LITTLE_DATA,
            "the counter cannot have been in the range or bound of %s: its other "
            "figures would not rise",
            up_buffer_text(&label));
    up_buffer_release(&label);
    return status;
}

up_status up_problem_init(const up_course *course, const up_figures *figures,
                          up_problem *problem, up_error *err)
{
    up_problem p = {.course = course, .least_error = least_error(figures, course)};
    double **arrays[] = {&p.from, &p.to, &p.y, &p.low, &p.high};
    const up_figure *culprit;
    up_status status = up_alloc(figures->count, sizeof *p.slack, &p.slack, err);
    for (size_t i = 0; i < sizeof arrays / sizeof arrays[0] && status == UP_OK; i++)
        status = up_alloc(figures->count, sizeof **arrays[i], arrays[i], err);
    if (status == UP_OK && !set_rows(&p, figures, false, &culprit))
        status = no_rows(course, culprit, err);
    if (status == UP_OK)
        *problem = p;
    else
        up_problem_release(&p);
    return status;
}

void up_problem_release(up_problem *problem)
{
    double *arrays[] = {problem->from, problem->to, problem->y, problem->low,
                        problem->high};
    for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++)
        free(arrays[i]);
    free(problem->slack);
    *problem = (up_problem){0};
}

double up_problem_size(const up_problem *problem)
{
    double size =
        problem->course->scale.kind == UP_SCALE_NONE ? 0 : (double)problem->counted;
    for (size_t i = 0; i < problem->counted; i++)
        size += problem->y[i] * problem->y[i];
    return size;
}

bool up_problem_take_bounds(up_problem *problem, const up_figures *figures)
{
    const up_figure *culprit;
    return set_rows(problem, figures, true, &culprit);
}
