#include <stdlib.h>
#include <string.h>

#include "cli/figure.h"
#include "cli/formula.h"

static const up_row_selectors selectors = {"reported", "source"};

static up_status remove_metric(up_context *ctx, const up_arguments *args, up_store *store,
                               const up_metric_data *data, up_error *err)
{
    if (strchr(up_args_operand(args, 0), '/') != NULL || up_args_operand(args, 1) != NULL)
        return up_error_set(err, UP_USAGE,
                            "--all takes a whole metric away: uptick rm %s --all",
                            data->metric.name);
    up_status status =
        up_cli_check_unused(up_store_tracker(store), data->metric.name, err);
    if (status == UP_OK)
        status = up_store_remove_metric(store, data->metric.name, err);
    if (status == UP_OK)
        up_cli_note(ctx, "%s is taken away: %s, %zu figure%s", data->metric.name,
                    data->path, data->count, data->count == 1 ? "" : "s");
    return status;
}

static up_status remove_row(up_context *ctx, const up_arguments *args, up_store *store,
                            const up_metric_data *data, const char *entity, up_error *err)
{
    const up_observation *row = NULL;
    if (up_args_operand(args, 1) == NULL)
        return up_error_set(
            err, UP_USAGE,
            "say which figure by its PERIOD, or take the whole metric away "
            "by --all");
    up_status status = up_figure_find(ctx, args, data, entity, &selectors, &row, err);
    if (status == UP_OK)
        status = up_store_remove_observation(store, data->metric.name, row, err);
    if (status != UP_OK)
        return status;
    up_cli_note(ctx, "%s:%zu is taken out:", data->path, row->line);
    up_figure_echo(ctx, data, row);
    return UP_OK;
}

static up_status change(up_context *ctx, const up_arguments *args, up_store *store,
                        up_error *err)
{
    const up_metric_data *data = NULL;
    char *entity = NULL;
    up_status status = up_figure_target(ctx, args, store, &data, &entity, err);
    if (status == UP_OK)
        status = up_args_flag(args, "all")
                     ? remove_metric(ctx, args, store, data, err)
                     : remove_row(ctx, args, store, data, entity, err);
    free(entity);
    return status;
}

static up_status run(up_context *ctx, const up_arguments *args, up_error *err)
{
    return up_cli_change(ctx, args, change, err);
}

static const up_option options[] = {
    {"reported", "DATE", "of several rows, the one reported on that day ('': undated)"},
    {"source", "KEY", "of several rows, the one from that source ('': none)"},
    {"line", "N", "of several rows, the one in that line of the file"},
    {"all", NULL, "a whole metric with all its figures and its file"},
    {"date-format", "ORDER", "dmy or mdy, for dates such as 03/04/2025"},
    {NULL, NULL, NULL}};

const up_command up_cmd_rm = {
    .name = "rm",
    .operands = "SERIES PERIOD | METRIC --all",
    .summary = "take a figure out, or a whole metric away",
    .details = "What its publisher took back is better withdrawn: 'uptick revise SERIES "
               "PERIOD --status M --reported DATE' keeps what was known. Of several rows "
               "for a period the command asks which.",
    .options = options,
    .min_operands = 1,
    .max_operands = 2,
    .run = run};
