#include <stdint.h>

#include "cli/command.h"

static up_status view(const up_arguments *args, const up_selection *s, up_table *table,
                      up_error *err)
{
    (void)args;
    return up_view_list(s->tracker, &s->list, table, err);
}

static up_status run(up_context *ctx, const up_arguments *args, up_error *err)
{
    up_series_options options;
    up_status status = up_cli_series_options(ctx, args, &options, err);
    return status == UP_OK ? up_cli_show(ctx, args, &options, view, err) : status;
}

static const up_option options[] = {
    {"with-forecasts", NULL, "let figures of status F speak too"},
    {"every", "UNIT", "only figures of whole years, quarters, months, …"},
    {NULL, NULL, NULL}};

const up_command up_cmd_list = {.name = "list",
                                .operands = "[SERIES…]",
                                .summary =
                                    "the series there are, with their latest figures",
                                .details = "",
                                .options = options,
                                .max_operands = SIZE_MAX,
                                .run = run};
