#include <stdint.h>

#include "cli/command.h"

static up_status view(const up_arguments *args, const up_selection *s, up_table *table,
                      up_error *err)
{
    (void)args;
    return up_view_cite(s->tracker, &s->list, table, err);
}

static up_status run(up_context *ctx, const up_arguments *args, up_error *err)
{
    up_series_options options;
    up_status status = up_cli_series_options(ctx, args, &options, err);
    options.with_forecasts = true;
    return status == UP_OK ? up_cli_show(ctx, args, &options, view, err) : status;
}

const up_command up_cmd_cite = {.name = "cite",
                                .operands = "SERIES…",
                                .summary =
                                    "sources and verbatim words behind the figures",
                                .details = "",
                                .min_operands = 1,
                                .max_operands = SIZE_MAX,
                                .run = run};
