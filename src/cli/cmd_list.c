#include <stdint.h>

#include "cli/command.h"

static up_status run(up_context *ctx, const up_arguments *args, up_error *err)
{
    up_selection selection;
    up_series_options options;
    up_table table;
    up_status status = up_cli_series_options(ctx, args, &options, err);
    if (status == UP_OK)
        status = up_cli_select(ctx, args, 0, &options, false, &selection, err);
    if (status != UP_OK)
        return status;
    status = up_view_list(selection.tracker, &selection.list, &table, err);
    if (status == UP_OK)
        status = up_cli_emit(ctx, &table, err);
    up_selection_release(&selection);
    return status;
}

static const up_option options[] = {
    {"with-forecasts", NULL, "let figures of status F speak too"}, {NULL, NULL, NULL}};

const up_command up_cmd_list = {.name = "list",
                                .operands = "[SERIES…]",
                                .summary =
                                    "the series there are, with their latest figures",
                                .details = "",
                                .options = options,
                                .max_operands = SIZE_MAX,
                                .run = run};
