/* The level that a scenario leads to; the formulas stand in uptick/scenario.h. */
#include "uptick/scenario.h"

#include <gsl/gsl_fit.h>
#include <math.h>
#include <stdlib.h>

#include "analysis/project/models.h"
#include "analysis/project/paths.h"
#include "base/memory.h"
#include "uptick/number.h"

const up_model up_model_scenario = {.name = "scenario",
                                    .title = "growth as it is given",
                                    .capacity = UP_NO_PARAMETER,
                                    .moment = UP_NO_PARAMETER,
                                    .level = UP_NO_PARAMETER,
                                    .shape = UP_NO_PARAMETER};

/* --- Growth ------------------------------------------------------------------------------------------ */

/* ∫ g f^s ds from 0 to `years` */
static double growth(double g, double fade, double years)
{
    double x = log(fade) * years;
    return g * years * (x != 0 ? expm1(x) / x : 1);
}

double up_scenario_growth(double rate_per_year, double fade, double years)
{
    return growth(log1p(rate_per_year), fade, years);
}

/* ∫ exp G(s) ds from 0 to `years`: three nodes of Gauss and Legendre on panels in which neither G
 * nor the logarithm of its rate changes by more than 1/16. */
static double grown_time(double g, double fade, double years)
{
    static const double node = 0.774596669241483377; /* √(3/5) */
    enum { PANELS_MAX = 100000 };
    double steepest = fmax(fabs(g) * fmax(1, pow(fade, years)), fabs(log(fade))), sum = 0;
    double wanted = ceil(16 * steepest * years);
    size_t panels = wanted < PANELS_MAX ? (size_t)wanted + 1 : PANELS_MAX;
    if (fade == 1)
        return years * (g != 0 ? expm1(g * years) / (g * years) : 1);
    for (size_t i = 0; i < panels; i++) {
        double half = years / (double)panels / 2, middle = half * (double)(2 * i + 1);
        sum += half / 9 *
               (5 * exp(growth(g, fade, middle - half * node)) +
                8 * exp(growth(g, fade, middle)) +
                5 * exp(growth(g, fade, middle + half * node)));
    }
    return sum;
}

/* --- Figures ------------------------------------------------------------------------------------------ */

typedef struct running {
    const up_series *series;
    const up_scenario *scenario;
    const up_point **points; /* owned; the figures that count */
    size_t count;
    bool counter;
    double g; /* the continuous rate at the start */
    up_projection *out;
} running;

static bool counts(const up_point *point)
{
    const up_estimate *e = &point->figure;
    return !point->observation->derived && e->has_value && e->has_low && e->has_high;
}

static size_t last_break(const up_series *series)
{
    for (size_t i = series->count; i-- > 0;)
        if (series->points[i].after_break)
            return i;
    return 0;
}

/* From the last break on, unless across_breaks. */
static up_status gather(running *r, bool across_breaks, up_error *err)
{
    const up_series *s = r->series;
    size_t first = across_breaks ? 0 : last_break(s);
    up_status status = up_series_check_mixed(s, err);
    if (status == UP_OK)
        status = up_alloc(s->count, sizeof *r->points, &r->points, err);
    for (size_t i = first; i < s->count && status == UP_OK; i++) {
        if (counts(&s->points[i]))
            r->points[r->count++] = &s->points[i];
        else
            r->out->left_out++;
    }
    r->out->before_break = first;
    return status;
}

static up_status refuse_figure(const running *r, double figure, up_error *err)
{
    char number[UP_NUMBER_SIZE];
    up_number_format(figure, number);
    return up_error_set(err, UP_TOO_LITTLE_DATA,
                        r->counter ? "%s: increments that grow are positive; one is %s"
                                   : "%s: figures that grow are positive; one is %s",
                        r->series->key, number);
}

/* The figures, or increments a year, that the rate is taken of; x in years, y logarithms. */
static up_status read_logarithms(const running *r, double x[], double y[], size_t *count,
                                 up_error *err)
{
    *count = 0;
    for (size_t i = r->counter ? 1 : 0; i < r->count; i++) {
        const up_point *p = r->points[i], *before = i > 0 ? r->points[i - 1] : p;
        double figure = p->figure.value, time = p->time.value;
        if (r->counter) {
            double years = time - before->time.value;
            if (!(years > 0))
                return up_error_set(err, UP_TOO_LITTLE_DATA,
                                    "%s: two figures of one moment have no increment",
                                    r->series->key);
            figure = (figure - before->figure.value) / years;
            time -= years / 2;
        }
        if (!(figure > 0))
            return refuse_figure(r, figure, err);
        x[*count] = time;
        y[(*count)++] = log(figure);
    }
    return UP_OK;
}

static up_status find_trend(running *r, up_error *err)
{
    double *x = NULL, *y = NULL, at_zero, c00, c01, c11, sse;
    size_t n = 0;
    up_status status = up_alloc(r->count, sizeof *x, &x, err);
    if (status == UP_OK)
        status = up_alloc(r->count, sizeof *y, &y, err);
    if (status == UP_OK)
        status = read_logarithms(r, x, y, &n, err);
    if (status == UP_OK && (n < 2 || !(x[0] < x[n - 1])))
        status = up_error_set(err, UP_TOO_LITTLE_DATA,
                              "%s: %zu figure%s that can be fitted; growth needs %s, or "
                              "give its rate: --scenario '20 %% a year'",
                              r->series->key, r->count, r->count == 1 ? "" : "s",
                              r->counter ? "three of a counter" : "two of two moments");
    if (status == UP_OK)
        gsl_fit_linear(x, 1, y, 1, n, &at_zero, &r->g, &c00, &c01, &c11, &sse);
    free(x);
    free(y);
    return status;
}

/* --- Levels ------------------------------------------------------------------------------------------- */

/* The last figure that counts and the one before it. */
typedef struct corner {
    double time, value, before_time, before_value;
} corner;

static bool is_between_two(const running *r)
{
    return !r->scenario->has_rate && !r->counter && r->count == 2;
}

static bool uses_before(const running *r)
{
    return r->counter || is_between_two(r);
}

static corner corner_at(const running *r)
{
    const up_point *last = r->points[r->count - 1];
    const up_point *before = r->count > 1 ? r->points[r->count - 2] : last;
    return (corner){last->time.value, last->figure.value, before->time.value,
                    before->figure.value};
}

static bool is_sound(const running *r, const corner *c)
{
    if (!uses_before(r))
        return c->value > 0;
    return c->before_time < c->time && (r->counter ? c->before_value < c->value
                                                   : c->value > 0 && c->before_value > 0);
}

static double level(const running *r, const corner *c, double time)
{
    double g = r->g, years = time - c->time, fade = r->scenario->fade;
    double span = c->time - c->before_time;
    if (is_between_two(r))
        g = log(c->value / c->before_value) / span;
    if (!r->counter)
        return c->value * exp(growth(g, fade, years));
    double pace =
        (c->value - c->before_value) * (g != 0 ? -g / expm1(-g * span) : 1 / span);
    return c->value + pace * grown_time(g, fade, years);
}

/* Every corner of the bounds and dates; one that makes no sense leaves no range. */
static void fill_range(const running *r, const up_limits *limits)
{
    const up_point *last = r->points[r->count - 1];
    const up_point *before = r->count > 1 ? r->points[r->count - 2] : last;
    up_projection *p = r->out;
    p->has_range = true;
    for (size_t s = 0; s < p->count; s++)
        p->steps[s].range = (up_bounds){INFINITY, -INFINITY};
    for (unsigned bits = 0; bits < (uses_before(r) ? 16U : 4U); bits++) {
        corner c = {bits & 1 ? last->time.high : last->time.low,
                    bits & 2 ? last->figure.high : last->figure.low,
                    bits & 4 ? before->time.high : before->time.low,
                    bits & 8 ? before->figure.high : before->figure.low};
        p->has_range = p->has_range && is_sound(r, &c);
        for (size_t s = 0; s < p->count && p->has_range; s++) {
            up_bounds *range = &p->steps[s].range;
            double at = level(r, &c, p->steps[s].time);
            p->has_range = isfinite(at) != 0; /* beyond all numbers it is at no limit */
            at = fmin(fmax(at, limits->floor), limits->ceiling);
            range->low = fmin(range->low, at);
            range->high = fmax(range->high, at);
        }
    }
}

static up_status fill_steps(running *r, const up_project_options *options,
                            const double times[], size_t count, up_error *err)
{
    /* what is open of figures that are all positive */
    up_limits limits = up_limits_of(r->series, &(up_figures){0}, options);
    corner centre = corner_at(r);
    const char *key = r->series->key, *name = r->scenario->name;
    up_status status = up_alloc(count, sizeof *r->out->steps, &r->out->steps, err);
    for (size_t i = 0; i < count && status == UP_OK; i++) {
        double value = level(r, &centre, times[i]);
        r->out->steps[i] = (up_projection_step){.time = times[i], .value = value};
        if (!isfinite(value))
            status = up_error_set(err, UP_TOO_LITTLE_DATA,
                                  "%s: the scenario '%.100s' leaves the range of numbers",
                                  key, name);
        else if (value < limits.floor || value > limits.ceiling)
            status =
                up_error_set(err, UP_TOO_LITTLE_DATA,
                             "%s: the scenario '%.100s' %s in step %zu", key, name,
                             value < limits.floor ? "falls below the metric's floor"
                                                  : "rises above the metric's ceiling",
                             i + 1);
    }
    r->out->count = count;
    if (status == UP_OK)
        fill_range(r, &limits);
    return status;
}

/* --- All ------------------------------------------------------------------------------------------------ */

static up_status check_start(const running *r, const double times[], size_t count,
                             up_error *err)
{
    const char *key = r->series->key;
    size_t needed = r->counter ? 2 : 1;
    if (r->count < needed)
        return up_error_set(
            err, UP_TOO_LITTLE_DATA,
            "%s: a scenario starts from %s, bounds and implied ones are "
            "none",
            key, r->counter ? "the last two figures of a counter" : "a figure");
    const up_point *last = r->points[r->count - 1];
    if (!(last->figure.value > 0))
        return refuse_figure(r, last->figure.value, err);
    double after = last->time.high;
    for (size_t i = 0; i < count; i++) {
        if (!(times[i] > after))
            return up_error_set(err, UP_USAGE,
                                "%s: the projection must lie after the last figure", key);
        after = times[i];
    }
    corner centre = corner_at(r);
    return is_sound(r, &centre)
               ? UP_OK
               : up_error_set(err, UP_TOO_LITTLE_DATA,
                              "%s: growth needs figures that %s, of two moments", key,
                              r->counter ? "rise" : "are positive");
}

static up_status run(running *r, const up_project_options *options, const double times[],
                     size_t count, up_error *err)
{
    up_status status = gather(r, options->across_breaks, err);
    if (status == UP_OK && r->count > 0 && !r->scenario->has_rate)
        status = find_trend(r, err);
    if (status == UP_OK)
        status = check_start(r, times, count, err);
    if (status == UP_OK)
        status = fill_steps(r, options, times, count, err);
    if (status != UP_OK)
        return status;
    r->out->n = r->scenario->has_rate ? uses_before(r) + (size_t)1 : r->count;
    r->out->start = r->points[r->count - 1];
    r->out->start_rate_per_year = expm1(r->g);
    r->out->counts_increments = r->counter;
    return UP_OK;
}

up_status up_scenario_project(const up_series *series, const up_scenario *scenario,
                              const up_project_options *options, const double times[],
                              size_t count, up_projection *projection, up_error *err)
{
    up_projection result = {.model = &up_model_scenario, .scenario = scenario};
    running r = {.series = series,
                 .scenario = scenario,
                 .counter = series->data->metric.measure == UP_CUMULATIVE,
                 .g = scenario->has_rate ? log1p(scenario->rate_per_year) : 0,
                 .out = &result};
    up_status status = run(&r, options, times, count, err);
    free(r.points);
    if (status == UP_OK)
        *projection = result;
    else
        up_projection_release(&result);
    return status;
}
