#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/figure.h"
#include "uptick/standing.h"

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

/* The figures of o's entity and period, and o; NULL: no memory, and no remark. */
static const up_observation **with_others(const up_metric_data *data,
                                          const up_observation *o, size_t *count)
{
    const up_observation **rows = NULL;
    *count = 0;
    if (up_alloc(data->count + 1, sizeof *rows, &rows, NULL) != UP_OK)
        return NULL;
    for (size_t i = 0; i < data->count; i++)
        if (strcmp(data->observations[i].entity, o->entity) == 0 &&
            up_period_compare(&data->observations[i].period, &o->period) == 0)
            rows[(*count)++] = &data->observations[i];
    rows[(*count)++] = o;
    return rows;
}

/* Where the metric's policy decides, what is said of the row that speaks, or did so far. False:
 * it does not decide. */
static bool note_decided(up_context *ctx, const up_metric_data *data,
                         const up_observation *o)
{
    size_t count = 0;
    const up_observation **rows = with_others(data, o, &count);
    if (rows == NULL || !up_standing_is_decided(&data->metric, rows, count)) {
        free(rows);
        return false;
    }
    const up_observation *speaker = up_standing_speaker(&data->metric, rows, count);
    const up_observation *other =
        speaker != o ? speaker : up_standing_speaker(&data->metric, rows, count - 1);
    free(rows);
    if (other == NULL)
        return true;
    up_buffer words = {0};
    up_words_figure(other, &data->metric, 0, &words);
    if (speaker == o && strcmp(o->source, other->source) == 0)
        up_cli_note(ctx, "revises line %zu: %s", other->line, up_buffer_text(&words));
    else
        up_cli_note(ctx, "note: line %zu has the same period: %s; %s one is shown (%s)",
                    other->line, up_buffer_text(&words), speaker == o ? "this" : "that",
                    data->metric.conflict);
    up_buffer_release(&words);
    return true;
}

/* What stands for the same period already: what is revised, or what disagrees. A forecast is
 * never shown over a figure that was reported. */
static void note_others(up_context *ctx, const up_metric_data *data,
                        const up_observation *o)
{
    bool forecast = o->status == 'F';
    if (note_decided(ctx, data, o))
        return;
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

/* The figure, its rules held, into the store; then what a reader should know of it. */
static up_status add_figure(up_context *ctx, const up_arguments *args, up_store *store,
                            const up_metric_data *data, up_observation *o, up_error *err)
{
    (void)args; /* read already */
    const up_tracker *tracker = up_store_tracker(store);
    up_status status = up_figure_check(ctx, tracker, data, o, err);
    if (status == UP_OK)
        status = up_store_add_observation(store, data->metric.name, o, err);
    if (status != UP_OK)
        return status;
    note_new_entity(ctx, tracker, data, o->entity);
    note_others(ctx, data, o);
    up_figure_echo(ctx, data, o);
    return UP_OK;
}

static up_status change(up_context *ctx, const up_arguments *args, up_store *store,
                        up_error *err)
{
    return up_figure_make(ctx, args, store, add_figure, err);
}

static up_status run(up_context *ctx, const up_arguments *args, up_error *err)
{
    return up_cli_change(ctx, args, change, err);
}

static const up_option options[] = {UP_FIGURE_OPTIONS, {NULL, NULL, NULL}};

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
