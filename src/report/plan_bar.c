/* The plan of bars: the last figure of each series, the largest first; of a single series every
 * figure, as columns over its periods. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "report/plan_parts.h"

static const up_point *last_of(const up_series *s)
{
    return &s->points[s->count - 1];
}

static int by_value(const void *a, const void *b)
{
    const up_series *const *p = a, *const *q = b;
    double x = up_plan_middle(&last_of(*p)->figure),
           y = up_plan_middle(&last_of(*q)->figure);
    return (x < y) - (x > y);
}

static bool same_period(const up_series *const series[], size_t count)
{
    const up_period *first = &last_of(series[0])->observation->period;
    for (size_t i = 1; i < count; i++) {
        const up_period *p = &last_of(series[i])->observation->period;
        if (p->start != first->start || p->end != first->end)
            return false;
    }
    return true;
}

static up_status period_of(const up_point *p, up_chart_plan *plan, const char **label,
                           up_error *err)
{
    up_buffer text = {0};
    up_period_words(plan->language, &p->observation->period, &text);
    return up_plan_text(plan, &text, label, err);
}

static up_status add_bar(const up_series *s, bool same_metric, bool with_period,
                         up_chart_plan *plan, up_error *err)
{
    up_chart_series *out = &plan->series[plan->chart.count++];
    up_chart_point *point;
    up_status status = up_plan_array(plan, 1, sizeof *point, &point, err);
    if (status != UP_OK)
        return status;
    *point = up_plan_point(plan, s, last_of(s));
    out->points = point;
    out->count = 1;
    out->remark = up_model_word(plan->language, s->aligned);
    status = up_plan_label(s, same_metric, plan, &out->label, err);
    if (status == UP_OK)
        status = up_plan_when(plan, &last_of(s)->observation->period,
                              &last_of(s)->observation->period, out, err);
    return status == UP_OK && with_period
               ? period_of(last_of(s), plan, &point->label, err)
               : status;
}

/* "the 20 largest of 217" */
static up_status note_top(size_t shown, size_t count, up_chart_plan *plan, up_error *err)
{
    up_buffer text = {0};
    char largest[24], all[24];
    if (shown == count)
        return UP_OK;
    snprintf(largest, sizeof largest, "%zu", shown);
    snprintf(all, sizeof all, "%zu", count);
    up_tell(plan->language, UP_SAY_LARGEST, &text, largest, all);
    return up_plan_text(plan, &text, &plan->chart.note, err);
}

static up_status plan_bars(const up_tracker *tracker, const up_series *series[],
                           size_t count, size_t top, up_chart_plan *plan, up_error *err)
{
    size_t shown = top > 0 && top < count ? top : count;
    const char *unit;
    up_buffer period = {0}, what = {0};
    qsort(series, count, sizeof *series, by_value);
    bool same = same_period(series, shown);
    unit = series[0]->data->metric.unit;
    if (same) {
        up_period_words(plan->language, &last_of(series[0])->observation->period,
                        &period);
        up_tell(plan->language, unit[0] ? UP_SAY_UNIT_AND_MORE : UP_SAY_NUMBER, &what,
                up_buffer_text(&period), unit);
        what.failed |= period.failed;
    }
    up_buffer_release(&period);
    up_status status = up_plan_start(tracker, series, shown, "bar", plan, err);
    if (status == UP_OK)
        status =
            up_plan_subtitle(same ? UP_SAY_NUMBER : UP_SAYS,
                             same ? up_buffer_text(&what) : unit, series[0], plan, err);
    if (status == UP_OK)
        status = up_buffer_check(&what, err);
    up_buffer_release(&what);
    if (status == UP_OK)
        status = note_top(shown, count, plan, err);
    up_plan_periods(series, shown, &plan->chart);
    for (size_t i = 0; i < shown && status == UP_OK; i++)
        status = add_bar(series[i], up_plan_one_metric(series, shown), !same, plan, err);
    return status;
}

static up_status plan_columns(const up_tracker *tracker, const up_series *series,
                              up_chart_plan *plan, up_error *err)
{
    up_chart_point *points = NULL;
    up_status status = up_plan_start(tracker, &series, 1, "columns", plan, err);
    if (status == UP_OK)
        status = up_plan_subtitle(UP_SAYS, series->data->metric.unit, series, plan, err);
    if (status == UP_OK)
        status = up_plan_array(plan, series->count, sizeof *points, &points, err);
    up_plan_periods(&series, 1, &plan->chart);
    for (size_t i = 0; i < series->count && status == UP_OK; i++) {
        points[i] = up_plan_point(plan, series, &series->points[i]);
        status = period_of(&series->points[i], plan, &points[i].label, err);
    }
    if (status == UP_OK)
        status = up_plan_label(series, true, plan, &plan->series[0].label, err);
    if (status == UP_OK)
        status = up_plan_when(plan, up_plan_period(series, 0),
                              up_plan_period(series, series->count - 1), &plan->series[0],
                              err);
    if (status == UP_OK)
        status = up_plan_events(tracker, &series, 1, plan, err);
    if (status == UP_OK) {
        plan->series[0].points = points;
        plan->series[0].count = series->count;
        plan->series[0].remark = up_model_word(plan->language, series->aligned);
        plan->chart.count = 1;
    }
    return status;
}

/* The bars of several series have no axis of time for events to stand on. */
static void remark_events(const up_tracker *tracker, const up_series *const series[],
                          size_t count, up_remarks *remarks)
{
    size_t events = up_plan_count_events(tracker, series, count);
    if (events > 0)
        up_remarks_add(remarks, UP_NOTE, "", 0,
                       "%zu event%s not drawn: the bars of several series have no axis "
                       "of time",
                       events, events == 1 ? " is" : "s are");
}

up_status up_plan_bars(const up_tracker *tracker, const up_series_list *list, size_t top,
                       up_chart_plan *plan, up_remarks *remarks, up_error *err)
{
    const up_series **series = NULL;
    size_t count = 0;
    up_plan_clear(plan);
    up_status status = up_plan_series(list, &series, &count, err);
    if (status == UP_OK && count == 1)
        status = plan_columns(tracker, series[0], plan, err);
    else if (status == UP_OK &&
             (status = up_plan_check_units(series, count, err)) == UP_OK)
        status = plan_bars(tracker, series, count, top, plan, err);
    if (status == UP_OK && count > 1)
        remark_events(tracker, series, count, remarks);
    if (status == UP_OK && up_metric_shows_percent(&series[0]->data->metric))
        plan->chart.axis = UP_AXIS_PERCENT;
    free(series);
    if (status != UP_OK)
        up_chart_plan_release(plan);
    return status;
}
