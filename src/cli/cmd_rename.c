#include <string.h>

#include "cli/command.h"
#include "cli/formula.h"

static bool is_limited_by(const up_metric *metric, const char *name)
{
    return strcmp(metric->floor, name) == 0 || strcmp(metric->ceiling, name) == 0;
}

/* ", 2 claims"; nothing for none. */
static void add_count(up_buffer *out, size_t count, const char *what)
{
    if (count > 0)
        up_buffer_addf(out, ", %zu %s%s", count, what, count == 1 ? "" : "s");
}

/* Who names the metric, and is changed with it. */
static void add_users(const up_tracker *t, const char *name, up_buffer *out)
{
    size_t claims = 0, events = 0, limits = 0, projections = 0;
    for (size_t i = 0; i < t->claim_count; i++)
        claims += strcmp(t->claims[i].metric, name) == 0;
    for (size_t i = 0; i < t->event_count; i++)
        events += strcmp(t->events[i].metric, name) == 0;
    for (size_t i = 0; i < t->metric_count; i++)
        limits += is_limited_by(&t->metrics[i].metric, name);
    add_count(out, claims, "claim");
    add_count(out, events, "event");
    add_count(out, limits, "limit");
    for (size_t i = 0; i < t->kept_count; i++)
        projections += strcmp(t->kept[i].metric, name) == 0;
    add_count(out, projections, "kept projection");
}

static up_status change(up_context *ctx, const up_arguments *args, up_store *store,
                        up_error *err)
{
    const char *from = up_args_operand(args, 0), *to = up_args_operand(args, 1);
    up_buffer users = {0};
    size_t formulas = 0;
    up_status status = up_store_load_projections(store, NULL, err);
    if (status == UP_OK)
        status = up_store_rename_metric(store, from, to, err);
    if (status == UP_OK)
        status = up_cli_rename_in_formulas(store, from, to, &formulas, err);
    if (status == UP_OK) {
        add_users(up_store_tracker(store), from, &users);
        add_count(&users, formulas, "formula");
        up_cli_note(ctx, "%s is %s now%s%s", from, to,
                    users.length > 0 ? ", and so it is called in" : "",
                    users.length > 0 ? users.data + 1 : "");
    }
    up_buffer_release(&users);
    return status;
}

static up_status run(up_context *ctx, const up_arguments *args, up_error *err)
{
    return up_cli_change(ctx, args, change, err);
}

const up_command up_cmd_rename = {
    .name = "rename",
    .operands = "OLD NEW",
    .summary = "give a metric another name",
    .details = "Its file follows, and so do the claims, events, kept projections, "
               "floors, ceilings and formulas that name it.",
    .min_operands = 2,
    .max_operands = 2,
    .run = run};
