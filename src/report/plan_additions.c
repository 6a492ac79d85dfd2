/* What a user adds to a plan: events, levels to compare with, highlights, earlier vintages. */
#include <string.h>

#include "base/memory.h"
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

up_status up_plan_as_of(up_chart_plan *plan, size_t index, int64_t day, up_error *err)
{
    up_buffer text = {0}, name = {0};
    up_period period = up_period_containing(day * UP_SECONDS_PER_DAY, UP_DAY);
    up_period_words(plan->language, &period, &name);
    up_tell(plan->language, UP_SAY_AS_KNOWN, &text, up_buffer_text(&name));
    text.failed |= name.failed;
    up_buffer_release(&name);
    plan->series[index].context = true;
    return up_plan_text(plan, &text, &plan->series[index].label, err);
}
