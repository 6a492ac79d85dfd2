#include <stdint.h>

#include "cli/command.h"

static up_status view(const up_arguments *args, const up_selection *s, up_table *table,
                      up_error *err)
{
    (void)args;
    return up_view_export(&s->list, &s->options, table, err);
}

static up_status run(up_context *ctx, const up_arguments *args, up_error *err)
{
    up_series_options options;
    up_status status = up_cli_series_options(ctx, args, &options, err);
    options.with_forecasts = true;
    if (ctx->output == NULL && ctx->format == UP_FORMAT_NONE)
        ctx->format = UP_FORMAT_CSV;
    return status == UP_OK ? up_cli_show(ctx, args, &options, view, err) : status;
}

const up_command up_cmd_export = {
    .name = "export",
    .operands = "SERIES… [-o FILE]",
    .summary = "stored figures as one long table (CSV, TSV, JSON)",
    .details =
        "One row a figure, every vintage, all standard columns, exact numbers: the "
        "table can be read back.",
    .min_operands = 1,
    .max_operands = SIZE_MAX,
    .run = run};
