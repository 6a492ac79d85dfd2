/* The events that a tracker holds, as far as they concern what is drawn. */
#include <string.h>

#include "report/plan_parts.h"

static bool concerns(const up_event *e, const up_series *s)
{
    if (e->metric[0] != '\0')
        return strcmp(e->metric, s->data->metric.name) == 0;
    return e->entity[0] != '\0' && strcmp(e->entity, s->entity) == 0;
}

/* Within the time of the series. */
static bool falls_into(double time, const up_series *s)
{
    return s->count > 1 && time >= s->points[0].time.low &&
           time <= s->points[s->count - 1].time.high;
}

/* How many of the series an event concerns, and the first of them, counted from 1. */
static size_t count_concerned(const up_event *e, double time,
                              const up_series *const series[], size_t count,
                              size_t *first)
{
    size_t concerned = 0;
    *first = 0;
    for (size_t i = count; i-- > 0;)
        if (concerns(e, series[i]) && falls_into(time, series[i])) {
            *first = i + 1;
            concerned++;
        }
    return concerned;
}

static double time_of(const up_event *e)
{
    return up_period_moment(&e->date, UP_ANCHOR_MIDDLE, UP_TIME_CALENDAR).value;
}

up_status up_plan_events(const up_tracker *tracker, const up_series *const series[],
                         size_t count, up_chart_plan *plan, up_error *err)
{
    up_status status = UP_OK;
    for (size_t e = 0; e < tracker->event_count && status == UP_OK; e++) {
        const up_event *event = &tracker->events[e];
        size_t first,
            concerned = count_concerned(event, time_of(event), series, count, &first);
        const char *words = NULL;
        up_buffer text = {0};
        if (concerned == 0)
            continue;
        up_buffer_add(&text, event->text);
        status = up_plan_text(plan, &text, &words, err);
        if (status == UP_OK && words == plan->mended)
            plan->mended_line = event->line;
        if (status == UP_OK)
            status = up_plan_add_event(plan, time_of(event), words, err);
        if (status == UP_OK && concerned == 1)
            plan->events[plan->chart.event_count - 1].series = first;
    }
    return status;
}

size_t up_plan_count_events(const up_tracker *tracker, const up_series *const series[],
                            size_t count)
{
    size_t found = 0, first;
    for (size_t e = 0; e < tracker->event_count; e++)
        found += count_concerned(&tracker->events[e], time_of(&tracker->events[e]),
                                 series, count, &first) > 0;
    return found;
}
