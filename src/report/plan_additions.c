/* What a user adds to a plan: events, levels to compare with, highlights, earlier vintages. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "report/chart_draw.h"
#include "report/plan_parts.h"
#include "uptick/calendar.h"

up_status up_plan_add_event(up_chart_plan *plan, double time, const char *text,
                            up_error *err)
{
    size_t count = plan->chart.event_count;
    up_status status = up_grow(&plan->events, &plan->event_capacity, count + 1,
                               sizeof *plan->events, err);
    if (status != UP_OK)
        return status;
    plan->events[count] = (up_chart_event){.time = time, .text = text};
    plan->chart.events = plan->events;
    plan->chart.event_count++;
    return UP_OK;
}

up_status up_plan_add_reference(up_chart_plan *plan, double value, const char *text,
                                up_error *err)
{
    size_t count = plan->chart.reference_count;
    up_status status = up_grow(&plan->references, &plan->reference_capacity, count + 1,
                               sizeof *plan->references, err);
    if (status != UP_OK)
        return status;
    plan->references[count] = (up_chart_reference){.value = value, .text = text};
    plan->chart.references = plan->references;
    plan->chart.reference_count++;
    return UP_OK;
}

up_status up_plan_add_now(up_chart_plan *plan, double now, up_error *err)
{
    for (size_t i = 0; i < plan->chart.count; i++) {
        const up_chart_series *s = &plan->series[i];
        if (s->count > 0 && s->step_count > 0 && s->points[0].time < now &&
            now < s->steps[s->step_count - 1].time)
            return up_plan_add_event(plan, now, up_word(plan->language, UP_SAY_NOW), err);
    }
    return UP_OK;
}

static double last_value(const up_chart_series *s)
{
    return s->count > 0 ? s->points[s->count - 1].value : -INFINITY;
}

/* The colours go to the series in their order, so that they change only with who belongs to the
 * largest, not with their order among themselves. */
void up_plan_colour_largest(up_chart_plan *plan)
{
    size_t own = 0;
    for (size_t i = 0; i < plan->chart.count; i++)
        own += plan->series[i].branch == 0;
    for (size_t i = 0; i < plan->chart.count && own > UP_TONES_OF_SERIES; i++) {
        size_t larger = 0;
        double value = last_value(&plan->series[i]);
        for (size_t j = 0; j < plan->chart.count; j++) {
            double other = last_value(&plan->series[j]);
            larger += plan->series[j].branch == 0 &&
                      (other > value || (other == value && j < i));
        }
        plan->series[i].context |= larger >= UP_TONES_OF_SERIES;
    }
}

up_status up_plan_highlight(up_chart_plan *plan, const char *const names[], size_t count,
                            up_error *err)
{
    for (size_t i = 0; i < plan->chart.count; i++)
        plan->series[i].context = true;
    for (size_t n = 0; n < count; n++) {
        bool found = false;
        for (size_t i = 0; i < plan->chart.count; i++)
            if (plan->series[i].label && strcmp(plan->series[i].label, names[n]) == 0) {
                plan->series[i].context = false;
                found = true;
            }
        if (!found)
            return up_error_set(err, UP_USAGE, "no series of the chart is named '%s'",
                                names[n]);
    }
    return UP_OK;
}

static bool same_figure(const up_chart_point *a, const up_chart_point *b)
{
    return a->time == b->time && a->value == b->value && a->mark == b->mark &&
           a->has_low == b->has_low && a->has_high == b->has_high &&
           (!a->has_low || a->low == b->low) && (!a->has_high || a->high == b->high);
}

/* Whether every figure of the one stands unchanged in the other; both are in order of time. */
static bool stands(const up_chart_series *earlier, const up_chart_series *now)
{
    size_t j = 0;
    for (size_t i = 0; i < earlier->count; i++) {
        while (j < now->count && now->points[j].time < earlier->points[i].time)
            j++;
        if (j == now->count || !same_figure(&earlier->points[i], &now->points[j]))
            return false;
    }
    return true;
}

up_status up_plan_as_of(up_chart_plan *plan, size_t index, int64_t day, up_error *err)
{
    up_buffer text = {0}, name = {0}, remark = {0};
    up_chart_series *series = &plan->series[index];
    up_period period = up_period_containing(day * UP_SECONDS_PER_DAY, UP_DAY);
    up_period_words(plan->language, &period, &name);
    up_tell(plan->language, UP_SAY_AS_KNOWN, &text, up_buffer_text(&name));
    up_tell(plan->language, UP_SAY_NOT_REVISED, &remark, up_buffer_text(&name));
    text.failed |= name.failed;
    up_buffer_release(&name);
    series->context = true;
    up_status status = up_plan_text(plan, &text, &series->label, err);
    if (status == UP_OK && stands(series, &plan->series[0])) {
        series->count = 0; /* its line would lie hidden below the other */
        return up_plan_text(plan, &remark, &series->remark, err);
    }
    up_buffer_release(&remark);
    return status;
}
