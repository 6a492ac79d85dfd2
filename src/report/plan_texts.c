/* The texts of plans: titles, units, names, sources, and when figures are. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/pool.h"
#include "report/plan_parts.h"

bool up_plan_one_metric(const up_series *const series[], size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (strcmp(series[i]->data->metric.name, series[0]->data->metric.name) != 0)
            return false;
    return true;
}

static const char *metric_title(const up_metric *metric)
{
    return metric->title[0] != '\0' ? metric->title : metric->name;
}

/* One series: its full title. Several of one metric: the metric's. Else the first's title
 * and how many more; --title says it better. */
up_status up_plan_title(const up_series *const series[], size_t count,
                        up_chart_plan *plan, up_error *err)
{
    up_buffer text = {0};
    bool same_series = true;
    for (size_t i = 1; i < count; i++)
        same_series &= strcmp(series[i]->key, series[0]->key) == 0;
    if (same_series)
        up_series_title(series[0], &text);
    else if (up_plan_one_metric(series, count))
        up_buffer_add(&text, metric_title(&series[0]->data->metric));
    else
        for (size_t i = 0; i < count && i < 3; i++) {
            bool again = i > 0 && series[i]->data == series[i - 1]->data;
            if (!again)
                up_buffer_addf(&text, "%s%s", i > 0 ? " · " : "",
                               metric_title(&series[i]->data->metric));
        }
    return up_plan_text(plan, &text, &plan->chart.title, err);
}

/* What is shown, in which unit, and whether the figures were made of others. */
up_status up_plan_subtitle(up_say what, const char *unit, const up_series *series,
                           up_chart_plan *plan, up_error *err)
{
    up_buffer text = {0}, named = {0};
    if (what != UP_SAYS) {
        up_tell(plan->language, what, &named, unit);
    } else {
        if (unit[0] >= 'a' && unit[0] <= 'z')
            up_buffer_add_char(&named, (char)(*unit++ - 'a' + 'A'));
        up_buffer_add(&named, unit);
    }
    const char *resampled = up_model_word(plan->language, series->resampled);
    bool both = named.length > 0 && resampled != NULL;
    up_tell(plan->language, both ? UP_SAY_UNIT_AND_MORE : UP_SAY_NUMBER, &text,
            named.length > 0 ? up_buffer_text(&named) : resampled, resampled);
    text.failed |= named.failed;
    up_buffer_release(&named);
    return up_plan_text(plan, &text, &plan->chart.subtitle, err);
}

up_status up_plan_label(const up_series *s, bool same_metric, up_chart_plan *plan,
                        const char **label, up_error *err)
{
    up_buffer text = {0};
    if (same_metric && s->entity[0] != '\0')
        up_buffer_add(&text, s->entity);
    else
        up_series_title(s, &text);
    return up_plan_text(plan, &text, label, err);
}

/* "TITLE; ", of one that passes on what another has made "PRODUCER, via TITLE; "; a source that the
 * tracker does not know is a citation of its own. */
static void add_source(const up_tracker *tracker, const char *key, up_language language,
                       up_buffer *text)
{
    const up_source *source = up_tracker_source(tracker, key);
    const char *title = source != NULL && source->title[0] != '\0' ? source->title : key;
    const char *producer =
        source != NULL && source->producer != NULL ? source->producer : "";
    up_buffer named = {0};
    if (producer[0] != '\0')
        up_tell(language, UP_SAY_VIA, &named, producer, title);
    else
        up_buffer_add(&named, title);
    up_tell(language, text->length > 0 ? UP_SAY_NEXT_SOURCE : UP_SAY_SECOND, text, "",
            up_buffer_text(&named));
    text->failed |= named.failed;
    up_buffer_release(&named);
}

/* Every source of the series once, in the order of their figures. */
static up_status list_sources(const up_series *const series[], size_t count,
                              up_pool *sources, bool *without, up_error *err)
{
    up_status status = UP_OK;
    size_t ignored;
    *without = false;
    for (size_t i = 0; i < count; i++) {
        for (size_t p = 0; p < series[i]->count && status == UP_OK; p++) {
            const char *key = series[i]->points[p].observation->source;
            *without |= key[0] == '\0';
            if (key[0] != '\0')
                status = up_pool_add(sources, key, &ignored, err);
        }
        for (size_t o = 0; o < series[i]->other_count && status == UP_OK; o++)
            if (series[i]->other_sources[o][0] != '\0')
                status = up_pool_add(sources, series[i]->other_sources[o], &ignored, err);
    }
    return status;
}

up_status up_plan_sources(const up_tracker *tracker, const up_series *const series[],
                          size_t count, up_chart_plan *plan, up_error *err)
{
    up_buffer text = {0};
    up_pool sources = {0};
    bool without;
    up_status status = list_sources(series, count, &sources, &without, err);
    for (size_t i = 0; i < sources.count && status == UP_OK; i++)
        add_source(tracker, up_pool_text(&sources, i), plan->language, &text);
    up_pool_release(&sources);
    if (text.length == 0)
        up_buffer_add(&text, up_word(plan->language, UP_SAY_NO_SOURCE));
    else if (without)
        up_tell(plan->language, UP_SAY_SOME_WITHOUT_SOURCE, &text, "");
    if (status == UP_OK)
        return up_plan_text(plan, &text, &plan->chart.source, err);
    up_buffer_release(&text);
    return status;
}

const up_period *up_plan_period(const up_series *s, size_t point)
{
    return &s->points[point].observation->period;
}

static up_status tell_when(up_chart_plan *plan, const up_period *period,
                           const char **when, up_error *err)
{
    up_buffer text = {0};
    up_when_words(plan->language, period, &text);
    return up_plan_text(plan, &text, when, err);
}

up_status up_plan_when(up_chart_plan *plan, const up_period *first, const up_period *last,
                       up_chart_series *out, up_error *err)
{
    up_status status = tell_when(plan, first, &out->first_when, err);
    return status == UP_OK ? tell_when(plan, last, &out->last_when, err) : status;
}
