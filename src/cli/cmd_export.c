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
    if (ctx->output == NULL && ctx->format == UP_FORMAT_NONE)
        ctx->format = UP_FORMAT_CSV;
    status = up_view_export(&selection.list, &options, &table, err);
    if (status == UP_OK)
        status = up_cli_emit(ctx, &table, err);
    up_selection_release(&selection);
    return status;
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
