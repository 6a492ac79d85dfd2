#include <stdint.h>

#include "cli/command.h"

static up_status run(up_context *ctx, const up_arguments *args, up_error *err)
{
    up_selection selection;
    up_series_options options;
    up_table table;
    up_status status = up_cli_series_options(ctx, args, &options, err);
    options.with_forecasts = true;
    if (status == UP_OK)
        status = up_cli_select(ctx, args, 0, &options, false, &selection, err);
    if (status != UP_OK)
        return status;
    status = up_view_cite(selection.tracker, &selection.list, &table, err);
    if (status == UP_OK)
        status = up_cli_emit(ctx, &table, err);
    up_selection_release(&selection);
    return status;
}

const up_command up_cmd_cite = {.name = "cite",
                                .operands = "SERIES…",
                                .summary =
                                    "sources and verbatim words behind the figures",
                                .details = "",
                                .min_operands = 1,
                                .max_operands = SIZE_MAX,
                                .run = run};
