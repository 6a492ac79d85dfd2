#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/command.h"

static const up_entity *find_entity(const up_tracker *tracker, const char *name)
{
    for (size_t i = 0; i < tracker->entity_count; i++)
        if (strcmp(tracker->entities[i].name, name) == 0)
            return &tracker->entities[i];
    return NULL;
}

/* Trimmed and NFC, no name of another looked up. */
static up_status clean(const char *text, char **name, up_error *err)
{
    static const up_tracker nobody = {0};
    up_status status = up_cli_check_name(text, err);
    return status == UP_OK ? up_tracker_entity_name(&nobody, text, name, err) : status;
}

static bool has_name(const up_entity *entity, const char *text)
{
    bool has = strcmp(entity->name, text) == 0;
    for (size_t i = 0; i < entity->alias_count && !has; i++)
        has = strcmp(entity->aliases[i], text) == 0;
    return has;
}

/* Takes the text unless it is there already. */
static void add_alias(up_entity *entity, char *text)
{
    if (text[0] == '\0' || has_name(entity, text))
        free(text);
    else
        entity->aliases[entity->alias_count++] = text;
}

/* What is there of the entity, and what was given. */
static up_status fill(const up_arguments *args, const up_tracker *tracker,
                      up_entity *entity, up_error *err)
{
    size_t given = 0;
    while (up_args_nth(args, "alias", given) != NULL)
        given++;
    up_status status = up_cli_check_name(up_args_operand(args, 0), err);
    if (status == UP_OK)
        status =
            up_tracker_entity_name(tracker, up_args_operand(args, 0), &entity->name, err);
    const up_entity *old = status == UP_OK ? find_entity(tracker, entity->name) : NULL;
    const char *code = up_args_option(args, "code");
    if (code == NULL)
        code = old != NULL ? old->code : "";
    if (status == UP_OK)
        status = clean(code, &entity->code, err);
    if (status == UP_OK)
        status = up_alloc(given + (old != NULL ? old->alias_count : 0),
                          sizeof *entity->aliases, &entity->aliases, err);
    for (size_t i = 0; old != NULL && i < old->alias_count && status == UP_OK; i++) {
        char *alias = NULL;
        status = up_copy_text(old->aliases[i], &alias, err);
        if (status == UP_OK)
            add_alias(entity, alias);
    }
    for (size_t i = 0; i < given && status == UP_OK; i++) {
        char *alias = NULL;
        status = clean(up_args_nth(args, "alias", i), &alias, err);
        if (status == UP_OK)
            add_alias(entity, alias);
    }
    return status;
}

/* Figures under a name that becomes a code or an alias could not be reached any more. */
static up_status check_names(up_context *ctx, const up_arguments *args, up_store *store,
                             const up_entity *entity, up_error *err)
{
    const up_tracker *tracker = up_store_tracker(store);
    const char *merged = up_args_option(args, "merge");
    up_status status = UP_OK;
    for (size_t m = 0; m < tracker->metric_count && status == UP_OK; m++) {
        const up_metric_data *data = &tracker->metrics[m];
        status = up_cli_load(ctx, store, data->metric.name, err);
        for (size_t i = 0; status == UP_OK && i < data->count; i++) {
            const up_observation *o = &data->observations[i];
            bool taken = o->entity[0] != '\0' && strcmp(o->entity, entity->code) == 0;
            for (size_t a = 0; a < entity->alias_count; a++)
                taken = taken || strcmp(o->entity, entity->aliases[a]) == 0;
            if (taken && strcmp(o->entity, entity->name) != 0 &&
                (merged == NULL || strcmp(o->entity, merged) != 0))
                status =
                    up_error_at(err, UP_BAD_DATA, data->path, o->line,
                                "'%s' has figures of its own: --merge '%s' makes them "
                                "those of '%s'",
                                o->entity, o->entity, entity->name);
        }
    }
    return status;
}

static void echo(up_context *ctx, const up_entity *entity)
{
    up_buffer text = {0};
    up_buffer_addf(&text, "entity %s", entity->name);
    if (entity->code[0] != '\0')
        up_buffer_addf(&text, ", code %s", entity->code);
    for (size_t i = 0; i < entity->alias_count; i++)
        up_buffer_addf(&text, "%s%s", i == 0 ? ", also called " : ", ",
                       entity->aliases[i]);
    up_cli_note(ctx, "%s", up_buffer_text(&text));
    up_buffer_release(&text);
}

static up_status merge(up_context *ctx, const up_arguments *args, up_store *store,
                       const up_entity *entity, up_error *err)
{
    char *other = NULL;
    up_relabelled counts = {0};
    up_remarks remarks = {0};
    if (up_args_option(args, "merge") == NULL)
        return UP_OK;
    up_status status = clean(up_args_option(args, "merge"), &other, err);
    if (status == UP_OK)
        status =
            up_store_merge_entity(store, entity->name, other, &counts, &remarks, err);
    if (status != UP_OK && remarks.errors > 1)
        up_error_set(err, status, "%zu rows are in the way; nothing was done",
                     remarks.errors);
    else if (status != UP_OK)
        up_remarks_release(&remarks);
    up_cli_remarks(ctx, &remarks);
    if (status == UP_OK)
        up_cli_note(ctx, "%s is %s now: %zu figure%s, %zu claim%s, %zu event%s", other,
                    entity->name, counts.figures, counts.figures == 1 ? "" : "s",
                    counts.claims, counts.claims == 1 ? "" : "s", counts.events,
                    counts.events == 1 ? "" : "s");
    if (status == UP_OK && counts.projections > 0)
        up_cli_note(ctx, "and so are %zu row%s of kept projections", counts.projections,
                    counts.projections == 1 ? "" : "s");
    free(other);
    return status;
}

static up_status change(up_context *ctx, const up_arguments *args, up_store *store,
                        up_error *err)
{
    up_entity entity = {0};
    up_status status = fill(args, up_store_tracker(store), &entity, err);
    if (status == UP_OK)
        status = check_names(ctx, args, store, &entity, err);
    if (status == UP_OK)
        status = up_store_set_entity(store, &entity, err);
    if (status == UP_OK)
        echo(ctx, &entity);
    if (status == UP_OK)
        status = merge(ctx, args, store, &entity, err);
    up_entity_release(&entity);
    return status;
}

static up_status run(up_context *ctx, const up_arguments *args, up_error *err)
{
    return up_cli_change(ctx, args, change, err);
}

static const up_option options[] = {
    {"code", "CODE", "a code that stands for it: ISO 3166 and the like"},
    {"alias", "NAME", "another name of it; may be given again"},
    {"merge", "OTHER",
     "make figures, claims, events and kept projections of OTHER those of NAME"},
    {NULL, NULL, NULL}};

const up_command up_cmd_entity = {
    .name = "entity",
    .operands = "NAME [--code CODE] [--alias NAME]…",
    .summary = "say whose figures: a code, other names, two into one",
    .details =
        "An entity written by its code or another name is found under NAME. --merge "
        "makes one of two that were written apart; where both have a figure for one "
        "period, source and day of report it is refused, and nothing is changed.",
    .options = options,
    .min_operands = 1,
    .max_operands = 1,
    .run = run};
