#include "cli/command.h"

/* The source as it stands now; a title cannot be empty, its key takes its place. */
static void echo(up_context *ctx, const up_source *old, const up_source *now)
{
    const char *title = now->title, *url = now->url;
    if (title == NULL && old != NULL)
        title = old->title;
    if (title == NULL || title[0] == '\0')
        title = now->key;
    if (url == NULL)
        url = old != NULL && old->url != NULL ? old->url : "";
    up_cli_note(ctx, "source %s: %s%s%s", now->key, title, url[0] != '\0' ? ", " : "",
                url);
}

static up_status change(up_context *ctx, const up_arguments *args, up_store *store,
                        up_error *err)
{
    const char *title = up_args_option(args, "title"), *url = up_args_option(args, "url");
    const char *producer = up_args_option(args, "producer");
    bool replace = up_args_flag(args, "replace");
    /* the struct owns its texts in a tracker; here they are borrowed for the call */
    up_source source = {.key = (char *)(size_t)up_args_operand(args, 0),
                        .title = (char *)(size_t)title,
                        .url = (char *)(size_t)url,
                        .producer = (char *)(size_t)producer};
    const up_source *old = up_tracker_source(up_store_tracker(store), source.key);
    if (replace && old != NULL && title == NULL && url == NULL && producer == NULL)
        return up_error_set(err, UP_USAGE,
                            "nothing to change: --title, --url or --producer");
    if (title == NULL && (old == NULL || !replace))
        return up_error_set(
            err, UP_USAGE,
            "a source needs a title: --title 'Who, \"What\", where, when'");
    up_status status = up_cli_check_line("--title", title, err);
    if (status == UP_OK)
        status = up_cli_check_line("--producer", producer, err);
    if (status == UP_OK)
        status = up_store_add_source(store, &source, replace, err);
    if (status == UP_OK)
        echo(ctx, old, &source);
    return status;
}

static up_status run(up_context *ctx, const up_arguments *args, up_error *err)
{
    return up_cli_change(ctx, args, change, err);
}

static const up_option options[] = {
    {"title", "TEXT", "the citation: who, \"what\", where, when"},
    {"url", "URL", "where it can be read"},
    {"producer", "TEXT", "who made the figures that it only passes on"},
    {"replace", NULL,
     "change a source that is there; what is not given stays, '' clears"},
    {NULL, NULL, NULL}};

const up_command up_cmd_source = {.name = "source",
                                  .operands = "KEY --title TEXT [--url URL]",
                                  .summary = "add a source that figures can refer to",
                                  .details = "",
                                  .options = options,
                                  .min_operands = 1,
                                  .max_operands = 1,
                                  .run = run};
