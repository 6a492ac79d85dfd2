#include "cli/command.h"

static up_status change(up_context *ctx, const up_arguments *args, up_store *store,
                        up_error *err)
{
    const char *from = up_args_operand(args, 0), *to = up_args_operand(args, 1);
    up_status status = up_store_rename_metric(store, from, to, err);
    if (status == UP_OK)
        up_cli_note(ctx, "%s is %s now, in claims, events and limits too", from, to);
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
    .details = "Its file follows, and so do the claims, events, floors and ceilings that "
               "name it.",
    .min_operands = 2,
    .max_operands = 2,
    .run = run};
