#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/command.h"

static up_status copy_option(const up_arguments *args, const char *option, char **out,
                             up_error *err)
{
    const char *text = up_args_option(args, option);
    return up_copy_text(text != NULL ? text : "", out, err);
}

static up_status fill(const up_arguments *args, const up_tracker *tracker,
                      up_event *event, up_error *err)
{
    const char *kind = up_args_option(args, "kind"),
               *entity = up_args_option(args, "entity");
    const char *metric = up_args_option(args, "metric");
    if (kind == NULL)
        kind = "event";
    if (strcmp(kind, "event") != 0 && strcmp(kind, "note") != 0)
        return up_error_set(err, UP_USAGE, "--kind '%s' is not event or note", kind);
    up_status status =
        up_cli_check_line("the text of the event", up_args_operand(args, 1), err);
    if (status == UP_OK && entity != NULL)
        status = up_cli_check_name(entity, err);
    if (status != UP_OK)
        return status;
    if (metric != NULL && up_tracker_metric(tracker, metric) == NULL)
        return up_tracker_unknown_metric(tracker, metric, err);
    status = up_cli_period(args, NULL, up_args_operand(args, 0), &event->date, err);
    if (status == UP_OK && !up_period_is_bounded(&event->date))
        status = up_error_set(err, UP_USAGE, "an event needs a period with both ends");
    if (status == UP_OK)
        status = up_tracker_entity_name(tracker, entity != NULL ? entity : "",
                                        &event->entity, err);
    if (status == UP_OK)
        status = up_copy_text(kind, &event->kind, err);
    if (status == UP_OK)
        status = up_copy_text(up_args_operand(args, 1), &event->text, err);
    if (status == UP_OK)
        status = copy_option(args, "metric", &event->metric, err);
    if (status == UP_OK)
        status = copy_option(args, "source", &event->source, err);
    return status == UP_OK ? copy_option(args, "quote", &event->quote, err) : status;
}

static up_status change(up_context *ctx, const up_arguments *args, up_store *store,
                        up_error *err)
{
    up_event event = {0};
    up_buffer date = {0};
    up_status status = fill(args, up_store_tracker(store), &event, err);
    if (status == UP_OK)
        status = up_store_add_event(store, &event, err);
    if (status == UP_OK) {
        up_period_describe(&event.date, &date);
        up_cli_note(ctx, "%s, %s: %s", event.kind, up_buffer_text(&date), event.text);
    }
    up_buffer_release(&date);
    up_event_release(&event);
    return status;
}

static up_status run(up_context *ctx, const up_arguments *args, up_error *err)
{
    if (up_args_flag(args, "remove"))
        return up_cli_remove_rows(ctx, args, "events", err);
    up_status status = up_args_want(args, 2, err);
    return status == UP_OK ? up_cli_change(ctx, args, change, err) : status;
}

static const up_option options[] = {
    {"entity", "NAME", "whom it concerns"},
    {"metric", "METRIC", "which metric it concerns"},
    {"kind", "KIND", "event (drawn in charts) or note"},
    {"source", "KEY", "a source of the tracker, or a citation or link of its own"},
    {"quote", "TEXT", "the words as they stood"},
    {"remove", "LINE",
     "take the row in this line of series/events.csv out; may be given again"},
    {"date-format", "ORDER", "dmy or mdy, for dates such as 03/04/2025"},
    {NULL, NULL, NULL}};

const up_command up_cmd_event = {.name = "event",
                                 .operands = "DATE TEXT | --remove LINE…",
                                 .summary = "keep an event or a note, to annotate charts",
                                 .details = "",
                                 .options = options,
                                 .min_operands = 0,
                                 .max_operands = 1000,
                                 .run = run};
