#include <stdlib.h>

#include "cli/command.h"

static up_status run(up_context *ctx, const up_arguments *args, up_error *err)
{
    const char *root = up_args_count(args) > 0 ? up_args_operand(args, 0) : ".";
    const char *title = up_args_option(args, "title");
    if (ctx->dry_run) {
        up_cli_note(ctx, "would make a tracker in %s", root);
        return UP_OK;
    }
    up_status status = up_store_create(root, title != NULL ? title : "", err);
    if (status == UP_OK)
        up_cli_note(ctx,
                    "made %s/series/datapackage.json; next: uptick import FILE, or "
                    "uptick new METRIC --unit …",
                    root);
    return status;
}

static const up_option options[] = {{"title", "TEXT", "what is tracked"},
                                    {NULL, NULL, NULL}};

const up_command up_cmd_init = {
    .name = "init",
    .operands = "[DIR]",
    .summary = "make a tracker",
    .details =
        "Makes DIR/series/datapackage.json (DIR is the folder you are in). The files "
        "in series/ are plain CSV under a Frictionless Data Package descriptor, made "
        "to be kept in git.",
    .options = options,
    .max_operands = 1,
    .run = run};
