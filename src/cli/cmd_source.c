#include "cli/command.h"

static up_status change(up_context *ctx, const up_arguments *args, up_store *store,
                        up_error *err)
{
    const char *title = up_args_option(args, "title"), *url = up_args_option(args, "url");
    /* the struct owns its texts in a tracker; here they are borrowed for the call */
    up_source source = {.key = (char *)(size_t)up_args_operand(args, 0),
                        .title = (char *)(size_t)(title != NULL ? title : ""),
                        .url = (char *)(size_t)(url != NULL ? url : "")};
    if (title == NULL)
        return up_error_set(
            err, UP_USAGE,
            "a source needs a title: --title 'Who, \"What\", where, when'");
    up_status status =
        up_store_add_source(store, &source, up_args_flag(args, "replace"), err);
    if (status == UP_OK)
        up_cli_note(ctx, "source %s: %s", source.key, source.title);
    return status;
}

static up_status run(up_context *ctx, const up_arguments *args, up_error *err)
{
    return up_cli_change(ctx, args, change, err);
}

static const up_option options[] = {
    {"title", "TEXT", "the citation: who, \"what\", where, when"},
    {"url", "URL", "where it can be read"},
    {"replace", NULL, "change a source that is there"},
    {NULL, NULL, NULL}};

const up_command up_cmd_source = {.name = "source",
                                  .operands = "KEY --title TEXT [--url URL]",
                                  .summary = "add a source that figures can refer to",
                                  .details = "",
                                  .options = options,
                                  .min_operands = 1,
                                  .max_operands = 1,
                                  .run = run};
