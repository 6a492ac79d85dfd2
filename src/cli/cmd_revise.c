#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/figure.h"

/* The last word of a source (NULL: of the only one) on an entity and period. */
static up_status find_revised(const up_arguments *args, const up_metric_data *data,
                              const up_observation *o, const char *source,
                              const up_observation **revised, up_error *err)
{
    const up_observation *last = NULL;
    for (size_t i = 0; i < data->count; i++) {
        const up_observation *x = &data->observations[i];
        if (strcmp(x->entity, o->entity) != 0 ||
            up_period_compare(&x->period, &o->period) != 0 ||
            (source != NULL && strcmp(x->source, source) != 0))
            continue;
        if (last != NULL && strcmp(x->source, last->source) != 0)
            return up_error_set(
                err, UP_USAGE,
                "%s has figures from '%s' and '%s' for '%s': say whose is "
                "revised by --source KEY",
                up_args_operand(args, 0), last->source, x->source,
                up_args_operand(args, 1));
        if (last == NULL || x->reported >= last->reported)
            last = x;
    }
    *revised = last;
    if (last != NULL)
        return UP_OK;
    up_buffer near = {0};
    up_figure_add_near(data, o->entity, &o->period, &near);
    up_error_set(err, UP_USAGE, "%s has no figure for '%s'%s%s%s to revise%s",
                 up_args_operand(args, 0), up_args_operand(args, 1),
                 source != NULL ? " from '" : "", source != NULL ? source : "",
                 source != NULL ? "'" : "",
                 near.length > 0 ? up_buffer_text(&near) : " ('uptick add' adds one)");
    up_buffer_release(&near);
    return UP_USAGE;
}

static up_status check_day(const up_observation *o, const up_observation *revised,
                           up_error *err)
{
    up_buffer day = {0};
    if (o->reported > revised->reported)
        return UP_OK;
    up_reported_format(revised->reported, &day);
    up_error_set(err, UP_USAGE,
                 "--reported must be later than %s, when line %zu was reported",
                 up_buffer_text(&day), revised->line);
    up_buffer_release(&day);
    return UP_USAGE;
}

static up_status revise(up_context *ctx, const up_arguments *args, up_store *store,
                        const up_metric_data *data, up_observation *o, up_error *err)
{
    const char *source = up_args_option(args, "source");
    const up_observation *revised = NULL;
    up_buffer words = {0};
    up_status status = find_revised(args, data, o, source, &revised, err);
    if (status == UP_OK)
        status = check_day(o, revised, err);
    if (status == UP_OK && source == NULL)
        status = up_replace_text(&o->source, revised->source, err);
    if (status == UP_OK)
        status = up_figure_check(ctx, up_store_tracker(store), data, o, err);
    if (status == UP_OK)
        status = up_store_add_observation(store, data->metric.name, o, err);
    if (status != UP_OK)
        return status;
    up_words_figure(revised, &data->metric, 0, &words);
    up_cli_note(ctx, "revises line %zu: %s%s%s", revised->line, up_buffer_text(&words),
                o->source[0] != '\0' ? ", source " : "", o->source);
    up_buffer_release(&words);
    up_figure_echo(ctx, data, o);
    return UP_OK;
}

static up_status change(up_context *ctx, const up_arguments *args, up_store *store,
                        up_error *err)
{
    const char *day = up_args_option(args, "reported");
    if (day == NULL || day[0] == '\0')
        return up_error_set(err, UP_USAGE,
                            "a revision needs the day that it was reported: --reported "
                            "DATE");
    return up_figure_make(ctx, args, store, revise, err);
}

static up_status run(up_context *ctx, const up_arguments *args, up_error *err)
{
    return up_cli_change(ctx, args, change, err);
}

static const up_option options[] = {UP_FIGURE_OPTIONS, {NULL, NULL, NULL}};

const up_command up_cmd_revise = {
    .name = "revise",
    .operands = "SERIES PERIOD QUANTITY --reported DATE",
    .summary = "add a later figure for a period that has one",
    .details =
        "Both are kept: --as-of shows what was known on a day. Its source is that of "
        "the figure it revises, unless --source says whose is revised. --status M "
        "without a QUANTITY withdraws a figure.",
    .options = options,
    .min_operands = 2,
    .max_operands = 3,
    .run = run};
