#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/command.h"

static up_status copy_metric(const up_metric *from, up_metric *to, up_error *err)
{
    up_status status = up_metric_init(to, from->name, err);
    if (status != UP_OK)
        return status;
    for (const up_metric_key *key = up_metric_keys; key->name && status == UP_OK; key++)
        status = up_metric_set(to, key->name, up_metric_get(from, key->name), err);
    if (status != UP_OK)
        up_metric_release(to);
    return status;
}

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

static up_status change(up_context *ctx, const up_arguments *args, up_store *store,
                        up_error *err)
{
    up_metric metric = {0};
    const char *name = up_args_operand(args, 0);
    const up_tracker *tracker = up_store_tracker(store);
    const up_metric_data *data = up_tracker_metric(tracker, name);
    up_status status = data == NULL ? up_tracker_unknown_metric(tracker, name, err)
                                    : copy_metric(&data->metric, &metric, err);
    for (size_t i = 1; i < up_args_count(args) && status == UP_OK; i++)
        status = apply(up_args_operand(args, i), &metric, err);
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
