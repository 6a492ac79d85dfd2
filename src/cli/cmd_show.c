#include <stdint.h>

#include "cli/command.h"

static up_status run(up_context *ctx, const up_arguments *args, up_error *err)
{
    up_selection selection;
    up_series_options options;
    up_table table;
    up_status status = up_cli_series_options(ctx, args, &options, err);
    options.with_forecasts = options.with_derived = true;
    if (status == UP_OK)
        status = up_cli_select(ctx, args, 0, &options, false, &selection, err);
    if (status != UP_OK)
        return status;
    status = up_view_show(selection.tracker, &selection.list, &options,
                          up_args_flag(args, "revisions"), &table, err);
    if (status == UP_OK)
        status = up_cli_emit(ctx, &table, err);
    up_selection_release(&selection);
    return status;
}

static const up_option options[] = {
    {"revisions", NULL, "every vintage, not only the last word on each period"},
    {NULL, NULL, NULL}};

const up_command up_cmd_show = {.name = "show",
                                .operands = "SERIES…",
                                .summary =
                                    "the figures of a series, with words and sources",
                                .details = "",
                                .options = options,
                                .min_operands = 1,
                                .max_operands = SIZE_MAX,
                                .run = run};
