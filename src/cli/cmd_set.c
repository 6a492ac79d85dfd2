#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/command.h"
#include "cli/formula.h"

static up_status apply(const char *assignment, up_metric *metric, up_error *err)
{
    const char *equals = strchr(assignment, '=');
    char *key;
    if (equals == NULL)
        return up_error_set(err, UP_USAGE, "'%s' is not KEY=VALUE", assignment);
    up_status status =
        up_copy_bytes(assignment, (size_t)(equals - assignment), &key, err);
    if (status == UP_OK) {
        status = up_metric_set(metric, key, equals + 1, err);
        free(key);
    }
    return status;
}

/* A metric has figures or a formula. */
static up_status check_formula(up_context *ctx, up_store *store, up_metric *metric,
                               up_error *err)
{
    up_status status = up_store_load(store, metric->name, NULL, err);
    const up_metric_data *data = up_tracker_metric(up_store_tracker(store), metric->name);
    if (status == UP_OK && data != NULL && data->count > 0)
        status = up_error_set(err, UP_USAGE,
                              "'%s' has figures of its own, and takes no formula",
                              metric->name);
    return status == UP_OK ? up_cli_settle_formula(ctx, store, metric, true, true, err)
                           : status;
}

static up_status change(up_context *ctx, const up_arguments *args, up_store *store,
                        up_error *err)
{
    up_metric metric = {0};
    const char *name = up_args_operand(args, 0);
    const up_tracker *tracker = up_store_tracker(store);
    const up_metric_data *data = up_tracker_metric(tracker, name);
    up_status status = data == NULL ? up_tracker_unknown_metric(tracker, name, err)
                                    : up_metric_copy(&data->metric, &metric, err);
    for (size_t i = 1; i < up_args_count(args) && status == UP_OK; i++)
        status = apply(up_args_operand(args, i), &metric, err);
    if (status == UP_OK && metric.formula[0] != '\0')
        status = check_formula(ctx, store, &metric, err);
    if (status == UP_OK)
        status = up_store_set_metric(store, &metric, err);
    for (size_t i = 1; i < up_args_count(args) && status == UP_OK; i++)
        up_cli_note(ctx, "%s: %s", name, up_args_operand(args, i));
    up_metric_release(&metric);
    return status;
}

static up_status run(up_context *ctx, const up_arguments *args, up_error *err)
{
    return up_cli_change(ctx, args, change, err);
}

const up_command up_cmd_set = {
    .name = "set",
    .operands = "METRIC KEY=VALUE…",
    .summary = "change what is said of a metric",
    .details =
        "An empty VALUE takes a key away. Where sources disagree, conflict='source wb' "
        "lets "
        "the last word of wb speak, conflict='rank wb un' that of the first of them that "
        "has a figure (status M is none); else the figure reported last speaks. 'uptick "
        "show --revisions' shows the others.",
    .lists_metric_keys = true,
    .min_operands = 2,
    .max_operands = SIZE_MAX,
    .run = run};
