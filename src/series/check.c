#include "uptick/check.h"

#include <stdlib.h>
#include <string.h>

#include "series/check_parts.h"
#include "series/sorted.h"
#include "uptick/calendar.h"
#include "uptick/series.h"
#include "uptick/standing.h"

/* A free citation or a link has blanks, colons or slashes; a key has none. */
static bool looks_like_key(const char *source)
{
    return source[0] != '\0' && strpbrk(source, " :/") == NULL;
}

static void check_source(const up_tracker *tracker, const char *path, size_t line,
                         const char *source, up_remarks *remarks)
{
    if (looks_like_key(source) && up_tracker_source(tracker, source) == NULL)
        up_remarks_add(remarks, UP_WARNING, path, line,
                       "the tracker has no source '%s' (uptick source %s --title …)",
                       source, source);
}

static void check_limit(const up_metric *metric, const char *name, const char *text,
                        int side, const up_observation *o, const char *path,
                        up_remarks *remarks)
{
    up_decimal limit;
    const up_decimal figures[] = {o->value, o->low, o->high};
    const bool has[] = {o->has_value, o->has_low, o->has_high};
    if (text[0] == '\0' || up_decimal_parse(text, &limit, NULL) != UP_OK)
        return; /* another metric: its figures change with time */
    for (size_t i = 0; i < 3; i++)
        if (has[i] && up_decimal_compare(figures[i], limit) * side > 0) {
            char figure[UP_DECIMAL_SIZE];
            up_decimal_format(figures[i], figure);
            up_remarks_add(remarks, UP_ERROR, path, o->line, "%s is %s the %s of %s, %s",
                           figure, side > 0 ? "above" : "below", name, metric->name,
                           text);
        }
}

static bool is_reported_in_future(const up_observation *o, int64_t today)
{
    return o->reported != UP_REPORTED_ALWAYS && o->reported > today;
}

static bool begins_after(const up_observation *o, int64_t day)
{
    return o->status != 'F' && o->period.start >= (day + 1) * UP_SECONDS_PER_DAY;
}

static bool is_reported_early(const up_observation *o, int64_t today)
{
    return o->reported != UP_REPORTED_ALWAYS && begins_after(o, o->reported) &&
           !begins_after(o, today);
}

/* Each rule of the days in one remark, whatever the count of the rows that break it. */
static void check_days(const up_observation rows[], size_t count, const char *path,
                       int64_t today, up_remarks *remarks)
{
    static const struct {
        bool (*breaks)(const up_observation *o, int64_t today);
        const char *message;
    } rules[] = {
        {is_reported_in_future, "reported on a day that is yet to come"},
        {begins_after, "the period is yet to come; a forecast has status F"},
        {is_reported_early, "reported before its period began; a forecast has status F"}};
    for (size_t r = 0; r < sizeof rules / sizeof rules[0]; r++) {
        size_t broken = 0, first = 0;
        for (size_t i = 0; i < count; i++)
            if (rules[r].breaks(&rows[i], today) && broken++ == 0)
                first = rows[i].line;
        if (broken == 1)
            up_remarks_add(remarks, UP_WARNING, path, first, "%s", rules[r].message);
        else if (broken > 1)
            up_remarks_add(remarks, UP_WARNING, path, first, "%s (%zu figures)",
                           rules[r].message, broken);
    }
}

static const char *path_of(const up_metric_data *data, const up_observation *o)
{
    return o->line > 0 ? data->path : "";
}

/* Its source and the limits of the metric. */
static void check_figure(const up_tracker *tracker, const up_metric_data *data,
                         const up_observation *o, up_remarks *remarks)
{
    const up_metric *metric = &data->metric;
    const char *path = path_of(data, o);
    check_source(tracker, path, o->line, o->source, remarks);
    check_limit(metric, "floor", metric->floor, -1, o, path, remarks);
    check_limit(metric, "ceiling", metric->ceiling, 1, o, path, remarks);
}

void up_check_figure(const up_tracker *tracker, const up_metric_data *data,
                     const up_observation *o, int64_t today, up_remarks *remarks)
{
    check_figure(tracker, data, o, remarks);
    check_days(o, 1, path_of(data, o), today, remarks);
    up_check_stated(data, o, path_of(data, o), remarks);
}

/* Rows without a source, in one remark. */
static void check_sources_given(const up_metric_data *data, up_remarks *remarks)
{
    size_t count = 0, first = 0;
    for (size_t i = 0; i < data->count; i++)
        if (data->observations[i].source[0] == '\0' && count++ == 0)
            first = data->observations[i].line;
    if (count == 1)
        up_remarks_add(remarks, UP_WARNING, data->path, first,
                       "no source (uptick edit --source KEY)");
    else if (count > 1)
        up_remarks_add(remarks, UP_WARNING, data->path, first,
                       "no source (%zu figures; uptick edit --source KEY)", count);
}

/* Rows of one entity stand in the order of their periods. */
static void check_order(const up_metric_data *data, up_remarks *remarks)
{
    size_t count = 0, first = 0;
    for (size_t i = 1; i < data->count; i++) {
        const up_observation *a = &data->observations[i - 1], *b = a + 1;
        if (strcmp(a->entity, b->entity) == 0 &&
            up_period_compare(&a->period, &b->period) > 0 && count++ == 0)
            first = b->line;
    }
    if (count > 0)
        up_remarks_add(
            remarks, UP_NOTE, data->path, first,
            "the period is earlier than that of the row above (%zu such row%s; the "
            "order is kept and does not matter; --fix sorts)",
            count, count == 1 ? "" : "s");
}

static bool say_the_same(const up_observation *a, const up_observation *b)
{
    return a->has_value == b->has_value && a->qualifier == b->qualifier &&
           (!a->has_value || up_decimal_compare(a->value, b->value) == 0);
}

static bool is_disagreement(const up_observation *a, const up_observation *b)
{
    return a->reported == b->reported && strcmp(a->source, b->source) != 0 &&
           (a->status == 'F') == (b->status == 'F') && !say_the_same(a, b);
}

/* Two figures of one entity, period and day from two sources: only one can be shown, and where
 * the metric's policy does not say which, somebody should. */
static void check_disagreement(const up_metric_data *data, up_remarks *remarks)
{
    const up_observation **rows = up_rows_by_key(data, remarks);
    for (size_t first = 0, next; rows != NULL && first < data->count; first = next) {
        for (next = first + 1;
             next < data->count && strcmp(rows[next]->entity, rows[first]->entity) == 0 &&
             up_period_compare(&rows[next]->period, &rows[first]->period) == 0;
             next++)
            ;
        if (up_standing_is_decided(&data->metric, rows + first, next - first))
            continue;
        for (size_t i = first + 1; i < next; i++) {
            size_t a = rows[i - 1]->line, b = rows[i]->line;
            if (is_disagreement(rows[i - 1], rows[i]))
                up_remarks_add(
                    remarks, UP_WARNING, data->path, a > b ? a : b,
                    "disagrees with line %zu on the same period, reported on the same "
                    "day; this later row is the one that is shown (uptick set conflict=… "
                    "decides)",
                    a > b ? b : a);
        }
    }
    free(rows);
}

typedef struct named_source {
    const up_tracker *tracker;
    const up_metric_data *data;
    up_remarks *remarks;
} named_source;

/* A source that the policy names and nobody knows is a slip of the pen. */
static bool check_named(void *context, const char *key, size_t length)
{
    const named_source *n = context;
    for (size_t i = 0; i < n->tracker->source_count; i++)
        if (strlen(n->tracker->sources[i].key) == length &&
            memcmp(n->tracker->sources[i].key, key, length) == 0)
            return true;
    for (size_t i = 0; i < n->data->count; i++)
        if (strlen(n->data->observations[i].source) == length &&
            memcmp(n->data->observations[i].source, key, length) == 0)
            return true;
    up_remarks_add(n->remarks, UP_WARNING, n->data->path, 0,
                   "conflict names '%.*s', which is no source here", (int)length, key);
    return true;
}

/* A counter only grows. Rows are compared in the order of their periods. */
static void check_counter(const up_metric_data *data, up_remarks *remarks)
{
    if (data->metric.measure != UP_CUMULATIVE)
        return;
    const up_observation **rows = up_rows_by_key(data, remarks);
    for (size_t i = 1; rows != NULL && i < data->count; i++) {
        const up_observation *a = rows[i - 1], *b = rows[i];
        if (strcmp(a->entity, b->entity) == 0 && a->has_value && b->has_value &&
            a->period.end <= b->period.start && a->status != 'F' &&
            b->qualifier == UP_EXACTLY && a->qualifier == UP_EXACTLY &&
            up_decimal_compare(b->value, a->value) < 0)
            up_remarks_add(remarks, UP_WARNING, data->path, b->line,
                           "a counter falls: line %zu had more (a break has status B)",
                           a->line);
    }
    free(rows);
}

void up_check_metric(const up_tracker *tracker, const up_metric_data *data, int64_t today,
                     up_remarks *remarks)
{
    up_series_find_duplicates(data, remarks);
    for (size_t i = 0; i < data->count; i++) {
        check_figure(tracker, data, &data->observations[i], remarks);
        up_check_stated(data, &data->observations[i], data->path, remarks);
    }
    if (data->count > 0)
        check_days(data->observations, data->count, data->path, today, remarks);
    check_sources_given(data, remarks);
    check_disagreement(data, remarks);
    named_source named = {tracker, data, remarks};
    up_conflict_each_source(data->metric.conflict, check_named, &named);
    check_order(data, remarks);
    check_counter(data, remarks);
    up_check_metric_limits(tracker, data, remarks);
    up_check_entity_names(tracker, data, remarks);
    if (data->metric.unit[0] == '\0' && data->metric.measure != UP_RATIO &&
        data->metric.measure != UP_INDEX)
        up_remarks_add(remarks, UP_WARNING, data->path, 0,
                       "metric '%s' has no unit (uptick set %s unit=…)",
                       data->metric.name, data->metric.name);
}

void up_check_tables(const up_tracker *tracker, up_remarks *remarks)
{
    for (size_t i = 0; i < tracker->claim_count; i++) {
        const up_claim *c = &tracker->claims[i];
        if (up_tracker_metric(tracker, c->metric) == NULL)
            up_remarks_add(remarks, UP_ERROR, "series/claims.csv", c->line,
                           "there is no metric '%s'", c->metric);
        check_source(tracker, "series/claims.csv", c->line, c->source, remarks);
    }
    for (size_t i = 0; i < tracker->event_count; i++) {
        const up_event *e = &tracker->events[i];
        if (e->metric[0] != '\0' && up_tracker_metric(tracker, e->metric) == NULL)
            up_remarks_add(remarks, UP_ERROR, "series/events.csv", e->line,
                           "there is no metric '%s'", e->metric);
        check_source(tracker, "series/events.csv", e->line, e->source, remarks);
    }
}
