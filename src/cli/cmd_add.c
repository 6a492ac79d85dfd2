#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/command.h"
#include "uptick/check.h"

/* The texts that go into the row as they are. */
static const struct {
    const char *option;
    up_observation_column column;
} texts[] = {{"status", UP_COL_STATUS}, {"reported", UP_COL_REPORTED},
             {"source", UP_COL_SOURCE}, {"quote", UP_COL_QUOTE},
             {"note", UP_COL_NOTE},     {"stated", UP_COL_STATED}};

static up_status set_texts(const up_arguments *args, up_observation *o, up_error *err)
{
    up_status status = UP_OK;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0] && status == UP_OK; i++) {
        const char *text = up_args_option(args, texts[i].option);
        if (text != NULL)
            status = up_observation_set(o, texts[i].column, text, NULL, err);
    }
    return status;
}

/* The unit that was written must be the metric's. */
static up_status check_unit(const up_quantity *q, const up_metric *metric,
                            const char *text, up_error *err)
{
    if (q->fold)
        return up_error_set(err, UP_USAGE,
                            "'%s' compares two figures; 'uptick claim' keeps such words",
                            text);
    if (q->percent && metric->unit[0] != '\0' && !up_metric_is_in_percent(metric) &&
        !up_metric_shows_percent(metric))
        return up_error_set(err, UP_USAGE, "'%s' is in percent, the metric '%s' in %s",
                            text, metric->name, metric->unit);
    bool is_word = q->unit[0] >= 'a' && q->unit[0] <= 'z'; /* a currency is in capitals */
    if (!up_unit_matches(q->unit, metric->unit))
        return up_error_set(err, UP_USAGE, "'%s' is in %s, the metric '%s' in %s%s", text,
                            q->unit, metric->name,
                            metric->unit[0] != '\0' ? metric->unit : "no unit",
                            is_word ? " (leave the word out if it means the same)" : "");
    return UP_OK;
}

static up_status set_quantity(const up_arguments *args, const up_metric *metric,
                              const char *text, up_observation *o, up_error *err)
{
    up_quantity_options options = {.unit_is_percent = up_metric_is_in_percent(metric)};
    const char *decimal = up_args_option(args, "decimal");
    if (decimal != NULL && strcmp(decimal, ",") != 0 && strcmp(decimal, ".") != 0)
        return up_error_set(err, UP_USAGE, "--decimal '%s' is not ',' or '.'", decimal);
    options.decimal_comma = decimal != NULL && decimal[0] == ',';
    up_quantity q;
    up_status status = up_quantity_parse(text, &options, &q, err);
    if (status == UP_OK)
        status = check_unit(&q, metric, text, err);
    if (status != UP_OK)
        return status;
    o->has_value = q.has_value;
    o->value = q.value;
    o->has_low = q.has_low;
    o->low = q.low;
    o->has_high = q.has_high;
    o->high = q.high;
    o->qualifier = q.qualifier;
    /* what was typed is what was stated, unless it is the bare number itself */
    up_buffer plain = {0};
    up_observation_get(o, UP_COL_VALUE, &plain);
    status = up_buffer_check(&plain, err);
    if (status == UP_OK && up_args_option(args, "stated") == NULL &&
        strcmp(up_buffer_text(&plain), text) != 0)
        status = up_replace_text(&o->stated, text, err);
    up_buffer_release(&plain);
    return status;
}

static void echo(up_context *ctx, const up_metric_data *data, const up_observation *o)
{
    up_buffer period = {0}, figure = {0};
    up_period_describe(&o->period, &period);
    up_words_figure(o, &data->metric, 0, &figure);
    up_cli_note(ctx, "%s%s%s, %s: %s", data->metric.name, o->entity[0] ? "/" : "",
                o->entity, up_buffer_text(&period), up_buffer_text(&figure));
    up_buffer_release(&period);
    up_buffer_release(&figure);
}

/* The rules for one figure: what is an error for a stored one is refused here. */
static up_status check_figure(up_context *ctx, const up_tracker *tracker,
                              const up_metric_data *data, const up_observation *o,
                              up_error *err)
{
    up_remarks remarks = {0};
    up_check_figure(tracker, data, o, ctx->today, &remarks);
    up_status status = UP_OK;
    for (size_t i = 0; i < remarks.count && status == UP_OK; i++)
        if (remarks.items[i].severity == UP_ERROR)
            status = up_error_set(err, UP_BAD_DATA, "%s", remarks.items[i].message);
    if (status == UP_OK)
        up_cli_remarks(ctx, &remarks);
    up_remarks_release(&remarks);
    return status;
}

/* The last word on the same period, among forecasts or among reported figures. */
static const up_observation *last_word(const up_metric_data *data,
                                       const up_observation *o, bool forecast)
{
    const up_observation *last = NULL;
    for (size_t i = 0; i < data->count; i++) {
        const up_observation *x = &data->observations[i];
        if (strcmp(x->entity, o->entity) == 0 && (x->status == 'F') == forecast &&
            up_period_compare(&x->period, &o->period) == 0 &&
            (last == NULL || x->reported >= last->reported))
            last = x;
    }
    return last;
}

/* What stands for the same period already: what is revised, or what disagrees. A forecast is
 * never shown over a figure that was reported. */
static void note_others(up_context *ctx, const up_metric_data *data,
                        const up_observation *o)
{
    bool forecast = o->status == 'F';
    const up_observation *figure = last_word(data, o, false);
    const up_observation *other =
        forecast && figure != NULL ? figure : last_word(data, o, forecast);
    if (other == NULL)
        return;
    const char *which =
        forecast && figure != NULL ? "that one is shown, not a forecast"
        : o->reported == other->reported
            ? "of one day the later row is shown (--reported makes a revision)"
            : "that one is shown (--reported makes a revision)";
    up_buffer words = {0};
    up_words_figure(other, &data->metric, 0, &words);
    if (o->reported > other->reported && (!forecast || figure == NULL))
        up_cli_note(ctx, "revises line %zu: %s", other->line, up_buffer_text(&words));
    else
        up_cli_note(ctx, "note: line %zu has the same period: %s; %s", other->line,
                    up_buffer_text(&words), which);
    up_buffer_release(&words);
}

/* The first figure of an entity may be a slip of the pen. */
static void note_new_entity(up_context *ctx, const up_tracker *tracker,
                            const up_metric_data *data, const char *entity)
{
    enum { MOST = 2000 };
    const char *names[MOST];
    size_t count = 0;
    for (size_t i = 0; i < data->count && count < MOST; i++) {
        if (strcmp(data->observations[i].entity, entity) == 0)
            return;
        if (count == 0 || strcmp(names[count - 1], data->observations[i].entity) != 0)
            names[count++] = data->observations[i].entity;
    }
    for (size_t i = 0; i < tracker->entity_count; i++)
        if (strcmp(tracker->entities[i].name, entity) == 0)
            return;
    const char *near = up_did_you_mean(entity, names, count);
    if (near != NULL && strlen(entity) > 2) /* A is no slip of B */
        up_cli_note(ctx, "note: the first figure of '%s'; did you mean '%s'?", entity,
                    near);
}

/* A bare metric means all its entities; a figure belongs to one. */
static up_status check_entity(const up_metric_data *data, const char *entity,
                              up_error *err)
{
    for (size_t i = 0; i < data->count && entity[0] == '\0'; i++)
        if (data->observations[i].entity[0] != '\0')
            return up_error_set(err, UP_USAGE,
                                "'%s' has figures of named entities: say which one, e.g. "
                                "%s/'%s'",
                                data->metric.name, data->metric.name,
                                data->observations[i].entity);
    return UP_OK;
}

static up_status fill(const up_arguments *args, const up_metric *metric,
                      up_observation *o, up_error *err)
{
    const char *quantity = up_args_operand(args, 2);
    up_status status =
        up_cli_period(args, metric, up_args_operand(args, 1), &o->period, err);
    if (status == UP_OK)
        status = set_texts(args, o, err);
    if (status == UP_OK && quantity == NULL && o->status != 'M')
        status = up_error_set(err, UP_USAGE,
                              "a quantity is missing (only --status M does without)");
    if (status == UP_OK && quantity != NULL)
        status = set_quantity(args, metric, quantity, o, err);
    return status == UP_OK ? up_observation_validate(o, err) : status;
}

/* The figure, its rules held, into the store; then what a reader should know of it. */
static up_status add_figure(up_context *ctx, const up_arguments *args, up_store *store,
                            const up_metric_data *data, up_observation *o, up_error *err)
{
    const up_tracker *tracker = up_store_tracker(store);
    up_status status = check_entity(data, o->entity, err);
    if (status == UP_OK)
        status = fill(args, &data->metric, o, err);
    if (status == UP_OK)
        status = check_figure(ctx, tracker, data, o, err);
    if (status == UP_OK)
        status = up_store_add_observation(store, data->metric.name, o, err);
    if (status != UP_OK)
        return status;
    note_new_entity(ctx, tracker, data, o->entity);
    note_others(ctx, data, o);
    echo(ctx, data, o);
    return UP_OK;
}

static up_status change(up_context *ctx, const up_arguments *args, up_store *store,
                        up_error *err)
{
    up_observation o = {0};
    const up_metric_data *data = NULL;
    char *entity = NULL;
    up_status status = up_observation_init(&o, err);
    if (status == UP_OK)
        status = up_cli_target(up_store_tracker(store), up_args_operand(args, 0), &data,
                               &entity, err);
    if (status == UP_OK) {
        free(o.entity);
        o.entity = entity;
        status = up_cli_load(ctx, store, data->metric.name, err);
    }
    if (status == UP_OK)
        status = add_figure(ctx, args, store, data, &o, err);
    up_observation_release(&o);
    return status;
}

static up_status run(up_context *ctx, const up_arguments *args, up_error *err)
{
    return up_cli_change(ctx, args, change, err);
}

static const up_option options[] = {
    {"source", "KEY", "a source of the tracker, or a citation or link of its own"},
    {"quote", "TEXT", "the words as they stood"},
    {"reported", "DATE", "the day it was published: its vintage"},
    {"note", "TEXT", "a remark of your own"},
    {"status", "CODE", "SDMX OBS_STATUS: A, E, P, F forecast, B break, M missing, …"},
    {"stated", "TEXT", "the number as written, if not as typed here"},
    {"decimal", "MARK", "',' where the decimal mark is a comma"},
    {"date-format", "ORDER", "dmy or mdy, for dates such as 03/04/2025"},
    {NULL, NULL, NULL}};

const up_command up_cmd_add = {
    .name = "add",
    .operands = "SERIES PERIOD QUANTITY",
    .summary = "add a figure",
    .details =
        "SERIES is METRIC or METRIC/ENTITY. PERIOD and QUANTITY are read as people "
        "write them ('by May 2025', 'end of 2024', 'Q1 2025', '2024年12月'; '570 "
        "million', 'more than 700 billion yuan', '3B-750B', '2.49亿'); what was "
        "understood is echoed. A row is never overwritten: the same key twice is an "
        "error, a later --reported is a revision.",
    .options = options,
    .min_operands = 2,
    .max_operands = 3,
    .run = run};
