#include <inttypes.h>

#include "cli/command.h"

static up_status run(up_context *ctx, const up_arguments *args, up_error *err)
{
    const char *from = up_args_operand(args, 0), *to = up_args_operand(args, 1);
    const up_copy_options options = {.into = up_args_flag(args, "into"),
                                     .only_look = ctx->dry_run};
    up_copy_counts counts = {0};
    up_remarks remarks = {0};
    up_status status = up_store_copy(from, to, &options, &counts, &remarks, err);
    up_cli_remarks(ctx, &remarks);
    if (status == UP_OK)
        up_cli_note(ctx, "%s %s to %s: %zu metric%s, %zu file%s, %" PRIu64 " bytes%s",
                    ctx->dry_run ? "would copy" : "copied", from, to, counts.metrics,
                    counts.metrics == 1 ? "" : "s", counts.files,
                    counts.files == 1 ? "" : "s", counts.bytes,
                    ctx->dry_run ? "" : ", read back and the same");
    return status;
}

static const up_option options[] = {
    {"into", NULL, "DST may be a tracker that holds nothing yet"}, {NULL, NULL, NULL}};

const up_command up_cmd_copy = {
    .name = "copy",
    .operands = "SRC DST",
    .summary = "copy a whole tracker to another place",
    .details =
        "Every metric and table, columns and keys of your own, and the files that "
        "series/datapackage.json names, byte for byte; then all of it is read back. "
        "DST must hold no tracker.",
    .options = options,
    .min_operands = 2,
    .max_operands = 2,
    .run = run};
