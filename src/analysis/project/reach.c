#include "uptick/reach.h"

#include <gsl/gsl_sort_double.h>
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

typedef struct reaching {
    const up_projection *projection;
    const up_reach_question *question;
    double from; /* the last figure's time */
    bool upward;
} reaching;

static bool is_there(const reaching *r, double level)
{
    return r->upward ? level >= r->question->target : level <= r->question->target;
}

static bool is_there_at(const reaching *r, size_t path, double time)
{
    return is_there(r, up_projection_latent(r->projection, path, time));
}

/* The first moment at the target, or INFINITY: the stretches are looked at one after the other, as a
 * curve may come and go; within one it is found by halving. */
static double crossing(const reaching *r, size_t path)
{
    enum { STRETCHES = 40, HALVINGS = 40 };
    double span = r->question->horizon - r->from, before = r->from, after = before;
    int i = 0;
    for (; i <= STRETCHES; i++) {
        double part = (double)i / STRETCHES; /* short ones first: a peak may be near */
        after = r->from + span * part * part * part;
        if (is_there_at(r, path, after))
            break;
        before = after;
    }
    if (i == 0 || i > STRETCHES)
        return i == 0 ? r->from : INFINITY;
    for (int h = 0; h < HALVINGS; h++) {
        double middle = (before + after) / 2;
        if (is_there_at(r, path, middle))
            after = middle;
        else
            before = middle;
    }
    return after;
}

/* Whether every path can be followed to the horizon. */
static up_status check_paths(const reaching *r, const up_series *series, up_error *err)
{
    for (size_t i = 0; i < r->projection->path_count; i++)
        if (isnan(up_projection_latent(r->projection, i, r->question->horizon)))
            return up_error_set(err, UP_TOO_LITTLE_DATA,
                                "%s: the %s model leaves the range of numbers before the "
                                "horizon (--horizon an earlier one)",
                                series->key, up_model_name(r->projection->model));
    return UP_OK;
}

static bool can_reach(const reaching *r, size_t path)
{
    return is_there(r, up_projection_extreme(r->projection, path, r->upward));
}

static up_reach_time as_time(double at)
{
    bool reached = isfinite(at) != 0;
    return (up_reach_time){reached, reached ? at : 0};
}

/* The smallest of n sorted times that a share of them does not exceed. */
static up_reach_time quantile(const double sorted[], size_t n, double share)
{
    size_t index = (size_t)ceil(share * (double)n);
    return as_time(sorted[index > 0 ? index - 1 : 0]);
}

static up_status fill_from_paths(const reaching *r, up_reach *out, up_error *err)
{
    static const double shares[UP_REACH_TIMES] = {0.1, 0.5, 0.9};
    size_t n = r->projection->path_count, by = 0, never = 0, late = 0;
    double *times;
    up_status status = up_alloc(n, sizeof *times, &times, err);
    if (status != UP_OK)
        return status;
    for (size_t i = 0; i < n; i++) {
        times[i] = crossing(r, i);
        by += r->question->has_by && times[i] <= r->question->by;
        if (isfinite(times[i]))
            continue;
        bool can = can_reach(r, i);
        never += !can;
        late += can;
    }
    gsl_sort(times, 1, n);
    for (int i = 0; i < UP_REACH_TIMES; i++)
        out->time[i] = quantile(times, n, shares[i]);
    out->by = (double)by / (double)n;
    out->never = (double)never / (double)n;
    out->not_by_horizon = (double)late / (double)n;
    free(times);
    return UP_OK;
}

/* The first path is the curve through the figures, the others those of their corners. */
static void fill_from_range(const reaching *r, up_reach *out)
{
    double earliest = INFINITY, latest = -INFINITY;
    for (size_t i = 0; i < r->projection->path_count; i++) {
        double at = crossing(r, i);
        earliest = fmin(earliest, at);
        latest = fmax(latest, at);
        if (i == 0)
            out->time[UP_REACH_MEDIAN] = as_time(at);
    }
    out->is_range = true;
    out->time[UP_REACH_LOW] = as_time(earliest);
    out->time[UP_REACH_HIGH] = as_time(latest);
}

/* Where the figures went past the target for the last time, and stayed. */
static void find_passing(const up_series *s, double target, up_reach *out)
{
    const up_point *later = NULL;
    for (size_t i = s->count; i-- > 0;) {
        const up_point *p = &s->points[i];
        if (!p->figure.has_value || p->observation->derived)
            continue;
        bool above = p->figure.value >= target;
        if (later != NULL && above != (later->figure.value >= target)) {
            *out =
                (up_reach){.passed = true, .upward = !above, .before = p, .after = later};
            return;
        }
        later = p;
    }
}

static const up_point *last_value(const up_series *s)
{
    for (size_t i = s->count; i-- > 0;)
        if (s->points[i].figure.has_value && !s->points[i].observation->derived)
            return &s->points[i];
    return NULL;
}

up_status up_reach_find(const up_series *series, const up_projection *projection,
                        const up_reach_question *question, up_reach *reach, up_error *err)
{
    const up_point *last = last_value(series);
    reaching r = {.projection = projection, .question = question};
    up_reach result = {0};
    if (last == NULL || projection->path_count == 0)
        return up_error_set(err, UP_TOO_LITTLE_DATA, "%s: the %s model has no interval",
                            series->key, up_model_name(projection->model));
    r.from = series->points[series->count - 1].time.high;
    if (!(question->horizon > r.from))
        return up_error_set(err, UP_USAGE, "%s: the horizon is not after the last figure",
                            series->key);
    if (!question->again)
        find_passing(series, question->target, &result);
    if (result.passed) {
        *reach = result;
        return UP_OK;
    }
    if (last->figure.value == question->target)
        return up_error_set(err, UP_TOO_LITTLE_DATA,
                            "%s: the last figure is at the target", series->key);
    r.upward = result.upward = question->target > last->figure.value;
    up_status status = check_paths(&r, series, err);
    if (status == UP_OK && projection->has_intervals)
        status = fill_from_paths(&r, &result, err);
    else if (status == UP_OK)
        fill_from_range(&r, &result);
    if (status == UP_OK)
        *reach = result;
    return status;
}
