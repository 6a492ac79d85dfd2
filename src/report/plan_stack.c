/* The plan of a stack: the periods of which every series has a figure, the largest series at the
 * bottom, those past the colours summed up as one. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "report/chart_draw.h"
#include "report/plan_parts.h"
#include "uptick/period.h"

/* A series on the way into the stack. */
typedef struct layer {
    const up_series *series;
    size_t at; /* the point that is looked at */
} layer;

static bool same_period(const up_period *a, const up_period *b)
{
    return a->start == b->start && a->end == b->end;
}

/* Largest last figure first. */
static int by_last(const void *a, const void *b)
{
    const layer *p = a, *q = b;
    double x = up_plan_middle(&p->series->points[p->series->count - 1].figure),
           y = up_plan_middle(&q->series->points[q->series->count - 1].figure);
    return (x < y) - (x > y);
}

/* Moves every layer to the period of point j of the first; false if one has no such figure. */
static bool align(layer layers[], size_t count, size_t j)
{
    const up_period *period = &layers[0].series->points[j].observation->period;
    layers[0].at = j;
    for (size_t i = 1; i < count; i++) {
        const up_series *s = layers[i].series;
        size_t at = layers[i].at;
        while (at < s->count && s->points[at].observation->period.start < period->start)
            at++;
        layers[i].at = at;
        if (at == s->count || !same_period(&s->points[at].observation->period, period))
            return false;
    }
    return true;
}

/* A stack is read as exact sums. A bound or a rounded figure has a value to stand for it, which the note
 * tells; of a range none is stated, and its middle would be invented. */
static up_status check_figure(const up_series *s, const up_point *p,
                              const up_chart_point *point, up_error *err)
{
    up_buffer period = {0};
    if (point->mark == UP_MARK_RANGE) {
        up_period_label(&p->observation->period, &period);
        up_error_set(err, UP_BAD_DATA,
                     "%s is known only as a range in %s, which a stack cannot add up: "
                     "--kind bar, line and facet draw ranges",
                     s->key, up_buffer_text(&period));
        up_buffer_release(&period);
        return UP_BAD_DATA;
    }
    if (point->value < 0)
        return up_error_set(err, UP_BAD_DATA,
                            "%s has a figure below zero, which no stack can show",
                            s->key);
    return UP_OK;
}

/* Every figure of the period as one point of its layer; those past the colours into the last,
 * and the whole divided by its sum where shares are asked for. */
static up_status add_period(const up_chart_plan *plan, const layer layers[], size_t count,
                            size_t shown, bool share, up_chart_point *points[], size_t at,
                            bool *qualified, up_error *err)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        const up_point *p = &layers[i].series->points[layers[i].at];
        up_chart_point point = up_plan_point(plan, layers[i].series, p);
        up_status status = check_figure(layers[i].series, p, &point, err);
        if (status != UP_OK)
            return status;
        sum += point.value;
        *qualified |= point.mark != UP_MARK_PLAIN || point.words != NULL;
        up_chart_point *out = &points[i < shown ? i : shown - 1][at];
        if (i >= shown) {
            out->value += point.value;
            out->mark = up_mark_of_sum(out->mark, point.mark);
            out->words = NULL;
            continue;
        }
        *out = (up_chart_point){.time = point.time,
                                .time_low = point.time,
                                .time_high = point.time,
                                .value = point.value,
                                .mark = point.mark,
                                .words = point.words};
    }
    for (size_t i = 0; i < shown && share; i++) {
        points[i][at].value = sum > 0 ? points[i][at].value / sum : 0;
        points[i][at].mark = UP_MARK_PLAIN; /* of a share of bounds no bound is known */
        points[i][at].words = NULL;
    }
    return UP_OK;
}

static up_status name_layers(const layer layers[], size_t count, size_t shown,
                             bool same_metric, up_chart_plan *plan, up_error *err)
{
    up_status status = UP_OK;
    for (size_t i = 0; i < shown && status == UP_OK; i++) {
        up_chart_series *out = &plan->series[i];
        if (i + 1 == shown && shown < count) {
            up_buffer text = {0};
            char others[24];
            snprintf(others, sizeof others, "%zu", count - shown + 1);
            up_tell(plan->language, UP_SAY_OTHER, &text, others);
            out->context = true;
            status = up_plan_text(plan, &text, &out->label, err);
        } else {
            status = up_plan_label(layers[i].series, same_metric, plan, &out->label, err);
        }
    }
    return status;
}

static up_status stack(layer layers[], size_t count, bool share, up_chart_plan *plan,
                       up_remarks *remarks, up_error *err)
{
    enum { LAYERS_MAX = 9 }; /* eight colours and the rest */
    size_t shown = count > LAYERS_MAX ? LAYERS_MAX : count, periods = 0, left_out = 0;
    size_t most = layers[0].series->count;
    up_chart_point *points[LAYERS_MAX];
    const up_period *first = NULL, *last = NULL;
    bool qualified = false;
    up_status status = UP_OK;
    for (size_t i = 0; i < shown && status == UP_OK; i++)
        status = up_plan_array(plan, most, sizeof *points[i], &points[i], err);
    for (size_t j = 0; j < most && status == UP_OK; j++) {
        if (!align(layers, count, j)) {
            left_out++;
            continue;
        }
        last = up_plan_period(layers[0].series, j);
        first = periods == 0 ? last : first;
        status = add_period(plan, layers, count, shown, share, points, periods++,
                            &qualified, err);
    }
    if (status == UP_OK && periods == 0)
        status = up_error_set(err, UP_TOO_LITTLE_DATA,
                              "there is no period of which every series has a figure");
    if (status != UP_OK)
        return status;
    if (left_out > 0)
        up_remarks_add(remarks, UP_WARNING, "", 0,
                       "%zu of %zu periods are left out: not every series has a figure",
                       left_out, most);
    for (size_t i = 0; i < shown && status == UP_OK; i++) {
        plan->series[i].points = points[i];
        plan->series[i].count = periods;
        status = up_plan_when(plan, first, last, &plan->series[i], err);
    }
    plan->chart.count = shown;
    if (qualified)
        plan->series[0].remark = up_word(plan->language, UP_SAY_STACKED);
    return status;
}

static up_status plan_stack(const up_tracker *tracker, const up_series *const series[],
                            size_t count, bool share, up_chart_plan *plan,
                            up_remarks *remarks, up_error *err)
{
    layer *layers = NULL;
    up_status status = up_plan_check_units(series, count, err);
    if (status == UP_OK)
        status = up_alloc(count, sizeof *layers, &layers, err);
    for (size_t i = 0; i < count && status == UP_OK; i++)
        layers[i].series = series[i];
    if (status == UP_OK)
        qsort(layers, count, sizeof *layers, by_last);
    if (status == UP_OK)
        status = up_plan_start(tracker, series, count, "stack", plan, err);
    if (status == UP_OK)
        status = up_plan_subtitle(share ? UP_SAY_SHARE : UP_SAYS,
                                  share ? "" : series[0]->data->metric.unit, series[0],
                                  plan, err);
    up_plan_periods(series, count, &plan->chart);
    if (status == UP_OK)
        status = stack(layers, count, share, plan, remarks, err);
    if (status == UP_OK)
        status = name_layers(layers, count, plan->chart.count,
                             up_plan_one_metric(series, count), plan, err);
    if (status == UP_OK)
        status = up_plan_events(tracker, series, count, plan, err);
    free(layers);
    return status;
}

up_status up_plan_stack(const up_tracker *tracker, const up_series_list *list, bool share,
                        up_chart_plan *plan, up_remarks *remarks, up_error *err)
{
    const up_series **series = NULL;
    size_t count = 0;
    up_plan_clear(plan);
    up_status status = up_plan_series(list, &series, &count, err);
    if (status == UP_OK)
        status = plan_stack(tracker, series, count, share, plan, remarks, err);
    if (status == UP_OK && (share || up_metric_shows_percent(&series[0]->data->metric)))
        plan->chart.axis = UP_AXIS_PERCENT;
    free(series);
    if (status != UP_OK)
        up_chart_plan_release(plan);
    return status;
}
