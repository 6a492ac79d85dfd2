#include <stdint.h>

#include "cli/command.h"
#include "cli/keep.h"
#include "cli/projections.h"

static up_status show(up_context *ctx, const up_arguments *args, const up_projections *p,
                      up_error *err)
{
    up_table table = {0};
    up_cli_begin_table(ctx, &table);
    up_status status = up_args_flag(args, "parameters")
                           ? up_view_parameters(p->jobs, p->count, &table, err)
                           : up_view_projection(p->jobs, p->count, p->periods,
                                                up_cli_is_tidy(ctx), &table, err);
    return status == UP_OK ? up_cli_emit(ctx, &table, err) : status;
}

/* What may not be kept is not shown either: a table with an error below it looks kept. */
static up_status show_and_keep(up_context *ctx, const up_arguments *args,
                               const up_selection *selection, const up_projections *p,
                               up_error *err)
{
    bool keep = up_args_flag(args, "keep");
    up_status status = keep ? up_cli_keep_check(ctx, selection, p, err) : UP_OK;
    if (status == UP_OK && !(keep && ctx->dry_run)) /* else: the diff alone */
        status = show(ctx, args, p, err);
    return status == UP_OK && keep ? up_cli_keep(ctx, args, p, err) : status;
}

static up_status run(up_context *ctx, const up_arguments *args, up_error *err)
{
    up_selection selection;
    up_series_options options;
    up_projections p;
    up_status status = up_cli_series_options(ctx, args, &options, err);
    if (status == UP_OK && up_args_flag(args, "steps") && up_args_flag(args, "until"))
        status = up_error_set(err, UP_USAGE, "--steps and --until exclude each other");
    if (status == UP_OK)
        status = up_cli_select(ctx, args, 0, &options, UP_EXPRESSIONS | UP_WINDOW,
                               &selection, err);
    if (status != UP_OK)
        return status;
    up_project_wanted wanted = up_args_flag(args, "parameters") || up_cli_is_tidy(ctx)
                                   ? UP_WANT_EACH
                                   : UP_WANT_MEMBERS;
    status = up_projections_run(ctx, args, &selection, NULL, 0, wanted, &p, err);
    if (status == UP_OK) {
        status = show_and_keep(ctx, args, &selection, &p, err);
        up_projections_release(&p);
    }
    up_selection_release(&selection);
    return status;
}

static const up_option options[] = {
    UP_PROJECT_OPTIONS,
    UP_SCENARIO_OPTION,
    {"steps", "N", "how many periods ahead (default 4)"},
    {"step", "UNIT",
     "of a day, week, month, quarter, half or year (default: as the figures come)"},
    {"until", "PERIOD", "up to the end of this period"},
    {"parameters", NULL, "what was fitted: parameters, their errors and correlations"},
    {"keep", NULL, "keep it in series/projections.csv, for uptick score"},
    UP_FITTED_OPTIONS,
    {NULL, NULL, NULL}};

const up_command up_cmd_project = {
    .name = "project",
    .operands = "SERIES|EXPRESSION…",
    .summary = "where figures are heading, with honest intervals",
    .details =
        "Models: constant, linear, exponential, quadratic (in the logarithm), power, "
        "logistic, gompertz, richards, bass. Intervals need three figures; with two "
        "there is the curve through them and "
        "the range that their own bounds and dates allow. Several models are pooled: "
        "a model is drawn for each path, by AICc weights where there are figures "
        "enough for all of them, else with equal weights. Ranges and bounds take part "
        "but do not count. Capacity models "
        "(logistic, gompertz, richards, bass) are pooled only where the figures, "
        "--ceiling or --capacity tell the capacity. --scenario takes, with ';' between: "
        "'growth stays', 'growth halves each year' (doubles), 'growth falls 30 % a year' "
        "(rises), '20 % a year', '20 % a year, halving each year' (doubling, falling, "
        "rising), 'no growth', each with 'NAME: ' before, or 'low', 'base' and 'high' "
        "without the colon; no probability comes of them (docs/projections.md).",
    .options = options,
    .min_operands = 1,
    .max_operands = SIZE_MAX,
    .run = run};
