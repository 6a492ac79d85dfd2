#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/formula.h"

/* Every key of the metric that was given as an option. */
static up_status set_keys(const up_arguments *args, up_metric *metric, up_error *err)
{
    up_status status = UP_OK;
    for (const up_metric_key *key = up_metric_keys; key->name != NULL; key++) {
        const char *value = up_args_option(args, key->name);
        if (value != NULL && status == UP_OK)
            status = up_metric_set(metric, key->name, value, err);
    }
    return status;
}

static up_status change(up_context *ctx, const up_arguments *args, up_store *store,
                        up_error *err)
{
    up_metric metric;
    up_status status = up_metric_init(&metric, up_args_operand(args, 0), err);
    if (status != UP_OK)
        return status;
    bool has_unit = up_args_flag(args, "unit");
    const char *measure = up_args_option(args, "measure");
    bool needs_unit = !has_unit && !up_args_flag(args, "formula");
    if (needs_unit && measure != NULL && strcmp(measure, "index") == 0)
        status = up_metric_set(&metric, "unit", "index", err);
    else if (needs_unit)
        status = up_error_set(
            err, UP_USAGE,
            "a metric needs a unit: --unit people, --unit CNY (--unit '' for "
            "a pure ratio)");
    if (status == UP_OK)
        status = set_keys(args, &metric, err);
    if (status == UP_OK && metric.formula[0] != '\0')
        status = up_cli_settle_formula(ctx, store, &metric, has_unit,
                                       up_args_flag(args, "measure"), err);
    if (status == UP_OK)
        status = up_store_add_metric(store, &metric, err);
    if (status == UP_OK)
        up_cli_note(ctx, "new series/%s.csv: %s, in %s%s%s", metric.name,
                    up_measure_name(metric.measure),
                    metric.unit[0] != '\0' ? metric.unit : "no unit",
                    metric.formula[0] != '\0' ? ", worked out as " : "", metric.formula);
    up_metric_release(&metric);
    return status;
}

static up_status run(up_context *ctx, const up_arguments *args, up_error *err)
{
    return up_cli_change(ctx, args, change, err);
}

const up_command up_cmd_new = {
    .name = "new",
    .operands = "METRIC --unit UNIT [--measure …] [--title …]",
    .summary = "add a metric",
    .details =
        "METRIC is a short name for files and commands: lower-case letters, digits and "
        "'-'. With --formula its figures are worked out whenever they are asked for and "
        "never stored: uptick new tokens-per-user --formula 'ai-tokens / ai-users' "
        "--align "
        "carry-forward. Unit and measure are then the formula's unless given.",
    .min_operands = 1,
    .max_operands = 1,
    .takes_metric_keys = true,
    .run = run};
