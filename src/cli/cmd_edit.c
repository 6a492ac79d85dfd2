#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/figure.h"

static const up_row_selectors selectors = {"reported-was", "from-source"};

/* What was typed, over what the row says. A new number has new words of its own. */
static up_status correct(const up_arguments *args, const up_metric *metric,
                         up_observation *o, up_error *err)
{
    const char *quantity = up_args_operand(args, 2);
    const char *period = up_args_option(args, "period");
    up_status status = UP_OK;
    if (period != NULL)
        status = up_cli_period(args, metric, period, &o->period, err);
    if (status == UP_OK && quantity != NULL)
        status = up_replace_text(&o->stated, "", err);
    if (status == UP_OK)
        status = up_figure_set_texts(args, o, err);
    if (status == UP_OK && quantity != NULL)
        status = up_figure_set_quantity(args, metric, quantity, o, err);
    return status == UP_OK ? up_observation_validate(o, err) : status;
}

/* "value '1' → '2', source '' → 'gt'"; nothing when they say the same. */
static void add_differences(const up_observation *was, const up_observation *is,
                            up_buffer *out)
{
    for (int c = 0; c < UP_OBSERVATION_COLUMNS; c++) {
        up_buffer before = {0}, after = {0};
        up_observation_get(was, (up_observation_column)c, &before);
        up_observation_get(is, (up_observation_column)c, &after);
        if (strcmp(up_buffer_text(&before), up_buffer_text(&after)) != 0)
            up_buffer_addf(out, "%s%s '%s' → '%s'", out->length > 0 ? ", " : "",
                           up_observation_column_names[c], up_buffer_text(&before),
                           up_buffer_text(&after));
        out->failed = out->failed || before.failed || after.failed;
        up_buffer_release(&before);
        up_buffer_release(&after);
    }
}

static up_status edit(up_context *ctx, const up_arguments *args, up_store *store,
                      const up_metric_data *data, const up_observation *row,
                      up_observation *now, up_error *err)
{
    up_buffer differences = {0};
    up_status status = correct(args, &data->metric, now, err);
    if (status == UP_OK)
        status = up_figure_check(ctx, up_store_tracker(store), data, now, err);
    if (status == UP_OK) {
        add_differences(row, now, &differences);
        status = up_buffer_check(&differences, err);
    }
    if (status == UP_OK && differences.length > 0)
        status = up_store_replace_observation(store, data->metric.name, row, now, err);
    if (status == UP_OK)
        up_cli_note(ctx, "%s:%zu: %s", data->path, row->line,
                    differences.length > 0 ? differences.data : "says that already");
    if (status == UP_OK && differences.length > 0)
        up_figure_echo(ctx, data, now);
    up_buffer_release(&differences);
    return status;
}

static bool is_a_change(const up_arguments *args)
{
    static const char *const options[] = {"source", "quote",  "reported", "note",
                                          "status", "stated", "period"};
    bool given = up_args_operand(args, 2) != NULL;
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
        given = given || up_args_option(args, options[i]) != NULL;
    return given;
}

static up_status change(up_context *ctx, const up_arguments *args, up_store *store,
                        up_error *err)
{
    const up_metric_data *data = NULL;
    const up_observation *row = NULL;
    char *entity = NULL;
    up_observation now = {0};
    if (!is_a_change(args))
        return up_error_set(err, UP_USAGE,
                            "nothing to change: a QUANTITY, or --source, --quote, "
                            "--reported, --note, --status, --stated, --period");
    up_status status = up_figure_target(ctx, args, store, &data, &entity, err);
    if (status == UP_OK)
        status = up_figure_find(ctx, args, data, entity, &selectors, &row, err);
    if (status == UP_OK)
        status = up_observation_copy(row, &now, err);
    if (status == UP_OK) {
        status = edit(ctx, args, store, data, row, &now, err);
        up_observation_release(&now);
    }
    free(entity);
    return status;
}

static up_status run(up_context *ctx, const up_arguments *args, up_error *err)
{
    return up_cli_change(ctx, args, change, err);
}

static const up_option options[] = {
    {"reported-was", "DATE",
     "of several rows, the one reported on that day ('': undated)"},
    {"from-source", "KEY", "of several rows, the one from that source ('': none)"},
    {"line", "N", "of several rows, the one in that line of the file"},
    {"period", "PERIOD", "the period that it should have"},
    UP_FIGURE_OPTIONS,
    {NULL, NULL, NULL}};

const up_command up_cmd_edit = {
    .name = "edit",
    .operands = "SERIES PERIOD [QUANTITY]",
    .summary = "correct a figure in its place: a slip of the pen",
    .details =
        "What its publisher has changed is no slip: 'uptick revise' keeps both. Only the "
        "cells named are written; an empty text takes one away. Of several rows for a "
        "period the command asks which.",
    .options = options,
    .min_operands = 2,
    .max_operands = 3,
    .run = run};
