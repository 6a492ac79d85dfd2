#include <stdint.h>

#include "cli/command.h"

static up_status view(const up_arguments *args, const up_selection *s, up_table *table,
                      up_error *err)
{
    return up_view_show(s->tracker, &s->list, &s->options,
                        up_args_flag(args, "revisions"), table, err);
}

static up_status run(up_context *ctx, const up_arguments *args, up_error *err)
{
    up_series_options options;
    up_status status = up_cli_series_options(ctx, args, &options, err);
    options.with_forecasts = options.with_derived = true;
    return status == UP_OK ? up_cli_show(ctx, args, &options, view, err) : status;
}

static const up_option options[] = {
    {"revisions", NULL,
     "every vintage and source of each period, and which of them speaks"},
    {"every", "UNIT", "only figures of whole years, quarters, months, …"},
    UP_RESAMPLE_OPTIONS,
    UP_CURRENCY_OPTIONS,
    {NULL, NULL, NULL}};

const up_command up_cmd_show = {
    .name = "show",
    .operands = "SERIES…",
    .summary = "the figures of a series, with words and sources",
    .details = "Forecasts and levels that claims imply are shown, and marked. Of several "
               "figures "
               "for a period the one reported last speaks, unless the metric's key "
               "'conflict' names a source that does (uptick help set).",
    .options = options,
    .min_operands = 1,
    .max_operands = SIZE_MAX,
    .run = run};
