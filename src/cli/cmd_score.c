#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/command.h"
#include "series/pattern.h"
#include "uptick/check.h"
#include "uptick/expression.h"
#include "uptick/score.h"

/* The kept projections that are asked for; borrowed from the tracker. */
typedef struct chosen {
    const up_kept **items;
    size_t count;
} chosen;

/* ---- which ---- */

/* An entity that is written out is found by its aliases and codes, too. */
static up_status read_pattern(const up_tracker *tracker, const char *text,
                              up_pattern *pattern, up_error *err)
{
    up_status status = up_pattern_parse(text, pattern, err);
    if (status != UP_OK || pattern->entity == NULL ||
        !up_glob_is_literal(pattern->entity))
        return status;
    char *name = NULL;
    status = up_tracker_entity_name(tracker, pattern->entity, &name, err);
    if (status == UP_OK) {
        free(pattern->entity);
        pattern->entity = name;
    } else
        up_pattern_release(pattern);
    return status;
}

/* As it was written when it was kept, or by the name that it has now. */
static up_status find_asked_for(const up_tracker *tracker, const up_kept *kept,
                                const up_pattern *pattern, bool *asked_for, up_error *err)
{
    char *name = NULL;
    *asked_for = false;
    if (!up_glob_matches(pattern->metric, kept->metric))
        return UP_OK;
    up_status status = up_tracker_entity_name(tracker, kept->entity, &name, err);
    if (status == UP_OK)
        *asked_for = pattern->entity == NULL ||
                     up_glob_matches(pattern->entity, kept->entity) ||
                     up_glob_matches(pattern->entity, name);
    free(name);
    return status;
}

/* Marks what an operand names. UP_USAGE for an unknown metric, UP_TOO_LITTLE_DATA when nothing of
 * it is kept. */
static up_status mark(const up_tracker *tracker, const char *text, bool *marks,
                      up_error *err)
{
    up_pattern pattern;
    size_t found = 0;
    up_status status = read_pattern(tracker, text, &pattern, err);
    if (status != UP_OK)
        return status;
    for (size_t i = 0; i < tracker->kept_count && status == UP_OK; i++) {
        bool asked_for = false;
        status = find_asked_for(tracker, &tracker->kept[i], &pattern, &asked_for, err);
        marks[i] = marks[i] || asked_for;
        found += asked_for;
    }
    bool unknown = up_glob_is_literal(pattern.metric) &&
                   up_tracker_metric(tracker, pattern.metric) == NULL;
    if (status == UP_OK && found == 0 && unknown)
        status = up_tracker_unknown_metric(tracker, pattern.metric, err);
    else if (status == UP_OK && found == 0)
        status =
            up_error_set(err, UP_TOO_LITTLE_DATA,
                         "no projection of '%s' is kept (uptick project --keep)", text);
    up_pattern_release(&pattern);
    return status;
}

/* --as-of leaves out what was made later. */
static up_status choose(const up_context *ctx, const up_arguments *args,
                        const up_tracker *tracker, chosen *c, up_error *err)
{
    bool *marks = NULL;
    size_t operands = up_args_count(args);
    up_status status = up_alloc(tracker->kept_count, sizeof *marks, &marks, err);
    if (status == UP_OK)
        status = up_alloc(tracker->kept_count, sizeof *c->items, &c->items, err);
    for (size_t i = 0; i < operands && status == UP_OK; i++)
        status = mark(tracker, up_args_operand(args, i), marks, err);
    for (size_t i = 0; i < tracker->kept_count && status == UP_OK; i++)
        if ((marks[i] || operands == 0) && tracker->kept[i].made <= ctx->as_of)
            c->items[c->count++] = &tracker->kept[i];
    free(marks);
    if (status == UP_OK && c->count == 0)
        status = up_error_set(err, UP_TOO_LITTLE_DATA,
                              "no projection was kept%s (uptick project SERIES --keep)",
                              ctx->as_of != UP_AS_OF_LATEST ? " by then" : " yet");
    return status;
}

/* ---- scoring ---- */

static up_status load_metrics(up_context *ctx, up_store *store, const chosen *c,
                              up_error *err)
{
    up_cli_loading l = {ctx, store};
    up_status status = UP_OK;
    for (size_t i = 0; i < c->count && status == UP_OK; i++)
        if (i == 0 || strcmp(c->items[i]->metric, c->items[i - 1]->metric) != 0)
            status = up_selector_visit(up_store_tracker(store), c->items[i]->metric,
                                       false, up_cli_load_pattern, &l, err);
    return status;
}

/* Quantiles that do not ascend would give scores that mean nothing. */
static up_status load_projections(up_context *ctx, up_store *store, up_error *err)
{
    up_remarks remarks = {0};
    up_status status = up_store_load_projections(store, NULL, err);
    if (status == UP_OK)
        up_check_projections(up_store_tracker(store), &remarks);
    if (status == UP_OK && remarks.failed)
        status = up_error_memory(err);
    if (status == UP_OK && remarks.errors > 0)
        status = up_error_set(err, UP_BAD_DATA,
                              "series/projections.csv is to be mended first");
    up_cli_remarks(ctx, &remarks);
    return status;
}

/* Why the first figures of other periods that came do not count. */
static const char *why_pending(const up_score_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].state == UP_SCORE_PENDING && list->items[i].has_others)
            return list->items[i].others_why;
    return "";
}

/* Nothing came: what is waited for. */
static up_status explain_none(const up_score_list *list, const up_score_summary *all,
                              size_t kept, up_error *err)
{
    const up_period *next = NULL;
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].state == UP_SCORE_PENDING &&
            (next == NULL || up_period_compare(&list->items[i].period, next) < 0))
            next = &list->items[i].period;
    up_buffer text = {0};
    up_buffer_addf(&text, "nothing to score yet: %zu kept projection%s", kept,
                   kept == 1 ? "" : "s");
    if (next != NULL) {
        up_buffer_addf(&text, ", %zu period%s pending, the first ", all->pending,
                       all->pending == 1 ? "" : "s");
        up_period_label(next, &text);
    }
    if (all->others > 0)
        up_buffer_addf(&text, "; for %zu of them figures of other periods have come (%s)",
                       all->others, why_pending(list));
    if (all->known > 0)
        up_buffer_addf(&text, "; %zu known, or undated, when projected", all->known);
    up_status status = up_buffer_check(&text, err);
    if (status == UP_OK)
        status = up_error_set(err, UP_TOO_LITTLE_DATA, "%s", up_buffer_text(&text));
    up_buffer_release(&text);
    return status;
}

static up_status show(up_context *ctx, const up_score_list *list, size_t kept,
                      const up_score_by *by, up_error *err)
{
    up_score_summaries all = {0}, groups = {0};
    up_table table = {0};
    up_status status = up_score_summarise(list, UP_SCORE_BY_ALL, &all, err);
    if (status == UP_OK && all.items[0].figures + all.items[0].bounds == 0)
        status = explain_none(list, &all.items[0], kept, err);
    up_cli_begin_table(ctx, &table);
    if (status == UP_OK && by == NULL)
        status = up_view_scores(list, &all.items[0], &table, err);
    if (status == UP_OK && by != NULL)
        status = up_score_summarise(list, *by, &groups, err);
    if (status == UP_OK && by != NULL)
        status = up_view_score_groups(&groups, *by, &table, err);
    if (status == UP_OK)
        status = up_cli_emit(ctx, &table, err);
    up_score_summaries_release(&groups);
    up_score_summaries_release(&all);
    return status;
}

static up_status score(up_context *ctx, const up_arguments *args, up_store *store,
                       const up_score_by *by, up_error *err)
{
    chosen c = {0};
    up_score_list list = {0};
    up_status status = up_store_load_tables(store, NULL, err);
    if (status == UP_OK)
        status = load_projections(ctx, store, err);
    if (status == UP_OK)
        status = choose(ctx, args, up_store_tracker(store), &c, err);
    if (status == UP_OK)
        status = load_metrics(ctx, store, &c, err);
    if (status == UP_OK)
        status = up_score_run(up_store_tracker(store), c.items, c.count, ctx->as_of,
                              &list, err);
    if (status == UP_OK)
        status = show(ctx, &list, c.count, by, err);
    up_score_list_release(&list);
    free(c.items);
    return status;
}

/* ---- removing ---- */

static const up_kept *find_id(const up_tracker *tracker, const char *id)
{
    for (size_t i = 0; i < tracker->kept_count; i++)
        if (strcmp(tracker->kept[i].id, id) == 0)
            return &tracker->kept[i];
    return NULL;
}

/* The n-th id: those of --remove, then the operands. */
static const char *nth_id(const up_arguments *args, size_t n)
{
    size_t given = 0;
    while (up_args_each(args, "remove", given) != NULL)
        given++;
    return n < given ? up_args_each(args, "remove", n) : up_args_operand(args, n - given);
}

static bool is_first(const up_arguments *args, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(nth_id(args, i), nth_id(args, n)) == 0)
            return false;
    return true;
}

/* The lines of what is named, each once. */
static up_status gather_lines(const up_arguments *args, const up_tracker *tracker,
                              size_t **lines, size_t *count, up_error *err)
{
    const char *id;
    size_t capacity = 0;
    up_status status = UP_OK;
    for (size_t n = 0; status == UP_OK && (id = nth_id(args, n)) != NULL; n++) {
        const up_kept *kept = find_id(tracker, id);
        if (kept == NULL)
            return up_error_set(err, UP_USAGE, "no projection is kept as '%s'", id);
        if (!is_first(args, n))
            continue;
        status = up_grow(lines, &capacity, *count + kept->count, sizeof **lines, err);
        for (size_t i = 0; i < kept->count && status == UP_OK; i++)
            (*lines)[(*count)++] = kept->figures[i].line;
    }
    return status;
}

static void tell_removed(up_context *ctx, const up_arguments *args,
                         const up_tracker *tracker)
{
    const char *id;
    for (size_t n = 0; (id = nth_id(args, n)) != NULL; n++) {
        const up_kept *kept = find_id(tracker, id);
        if (is_first(args, n))
            up_cli_note(ctx, "%s is taken out: %s%s%s, %s, %zu row%s", id, kept->metric,
                        kept->entity[0] != '\0' ? "/" : "", kept->entity, kept->model,
                        kept->count, kept->count == 1 ? "" : "s");
    }
}

static up_status remove_kept(up_context *ctx, const up_arguments *args, up_store *store,
                             up_error *err)
{
    const up_tracker *tracker = up_store_tracker(store);
    size_t *lines = NULL, count = 0;
    up_remarks removed = {0}; /* two dozen rows a period: their number says enough */
    up_status status = up_store_load_projections(store, NULL, err);
    if (status == UP_OK)
        status = gather_lines(args, tracker, &lines, &count, err);
    if (status == UP_OK)
        status = up_store_remove_rows(store, "projections", lines, count, &removed, err);
    if (status == UP_OK)
        tell_removed(ctx, args, tracker);
    up_remarks_release(&removed);
    free(lines);
    return status;
}

static up_status run(up_context *ctx, const up_arguments *args, up_error *err)
{
    const char *text = up_args_option(args, "by");
    up_score_by by = UP_SCORE_BY_ALL;
    up_store *store = NULL;
    if (up_args_flag(args, "remove") && text != NULL)
        return up_error_set(err, UP_USAGE, "--remove and --by exclude each other");
    if (up_args_flag(args, "remove"))
        return up_cli_change(ctx, args, remove_kept, err);
    up_error why = {0};
    if (text != NULL && up_score_by_parse(text, &by, &why) != UP_OK)
        return up_error_set(err, UP_USAGE, "--by %s", why.message);
    up_status status = up_cli_open(ctx, &store, err);
    if (status == UP_OK)
        status = score(ctx, args, store, text != NULL ? &by : NULL, err);
    up_store_free(store);
    return status;
}

static const up_option options[] = {
    {"by", "WHAT", "one row a model, horizon or series, or one for all"},
    {"remove", "ID", "take this projection out, and those that operands name"},
    {NULL, NULL, NULL}};

const up_command up_cmd_score = {
    .name = "score",
    .operands = "[SERIES…] [--by WHAT] | --remove ID…",
    .summary = "how kept projections did, now that figures have come",
    .details =
        "Each period of what 'project --keep' kept is held against the first release "
        "of its figure; later revisions change nothing. In and out say whether the 80 "
        "and 95 % intervals held it, open that the figure is not exact enough to tell. "
        "CRPS is the mean distance to the whole distribution (docs/score.md); skill is "
        "what of it the projection saved against the last figure known then, on "
        "logarithms where all is positive. A bound that came is scored apart. Nothing "
        "to score is exit 4.",
    .options = options,
    .max_operands = SIZE_MAX,
    .run = run};
