/* Growth of a large metric, part by part.
 *
 * A part of the file has all rows of some entities (store.h). Each turn reads one, makes its
 * series, works out their growth and writes it as lines. Turns go side by side; what they say
 * is told in the order of the file, as if there had been one. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "cli/command.h"
#include "cli/growth_sections.h"
#include "uptick/expression.h"

enum { PART_BYTES = 1 << 18 };

/* What all turns go by. */
typedef struct work {
    up_context *ctx;
    const up_arguments *args;
    const char *pattern;
    const up_tracker *tracker;
    const up_store_parts *parts;
    const up_series_options *how;
    const up_growth_choice *choice;
    up_growth_options options;
    bool may_be_plain; /* nothing was asked for that plain series do not know */
} work;

typedef struct turn {
    up_table table;
    up_remarks remarks;  /* warnings, and notes: why a series has no growth */
    up_remarks refusals; /* why one has a value less */
    size_t series, sections;
    up_status status;
    up_error error;
} turn;

/* What came of all turns so far. */
typedef struct outcome {
    const work *work;
    turn *turns;
    up_table table; /* what stands before and behind the rows, which it has not */
    up_remarks refusals;
    size_t series, sections;
    up_error first; /* why the first series without growth has none */
    up_status status;
    up_error error;
} outcome;

/* ---- a turn: it shares nothing that it writes ---- */

static up_status add_series(const work *w, const up_series *series, turn *t)
{
    up_growth_list list = {0};
    up_error why = {0};
    up_status status = up_section_compute(w->args, w->tracker, series, w->choice->show,
                                          w->options, &list, &why);
    up_growth_section section = {series, list.items, list.count};
    if (status == UP_OK) {
        up_section_contradictions(&section, &t->remarks);
        up_view_growth_add(&section, w->choice, &t->table);
        up_growth_refusals(&section, w->choice->show, &t->refusals);
        t->sections++;
    } else if (status == UP_TOO_LITTLE_DATA) {
        up_remarks_add(&t->remarks, UP_NOTE, NULL, 0, "%s", why.message);
        status = UP_OK;
    } else
        t->error = why;
    up_growth_list_release(&list);
    return status;
}

static up_status add_part(const work *w, const up_metric_data *data, turn *t)
{
    up_series_list list = {0};
    up_status status =
        up_series_of(w->tracker, data, w->pattern, w->how, &list, &t->error);
    for (size_t i = 0; i < list.count && status == UP_OK; i++)
        status = add_series(w, &list.items[i], t);
    t->series = list.count;
    up_series_list_release(&list);
    return status;
}

static up_status begin_lines(const work *w, turn *t)
{
    up_cli_begin_part(w->ctx, &t->table);
    return up_view_growth(NULL, 0, w->choice, true, &t->table, &t->error);
}

/* A part of nothing but plain series; *done is false where it is none, or something about it has
 * to be told, and then there are no lines. */
static up_status take_plain(const work *w, size_t number, turn *t, bool *done)
{
    up_plain_list list = {0};
    *done = false;
    if (!w->may_be_plain)
        return UP_OK;
    up_status status = up_store_parts_plain(w->parts, number, &list, done, &t->error);
    for (size_t i = 0; i < list.count && *done && status == UP_OK; i++)
        *done = up_view_growth_add_plain(
            &list.items[i], list.points + list.items[i].first, w->choice, &t->table);
    t->series = t->sections = *done ? list.count : 0;
    up_plain_list_release(&list);
    if (status != UP_OK || *done)
        return status;
    up_table_release(&t->table);
    return begin_lines(w, t);
}

static up_status take_any(const work *w, size_t number, turn *t)
{
    up_metric_data data = {0};
    up_status status = up_store_parts_read(w->parts, number, &data, &t->error);
    if (status == UP_OK)
        status = add_part(w, &data, t);
    up_store_part_release(&data);
    return status;
}

static void take_turn(size_t number, void *context)
{
    const outcome *o = context;
    const work *w = o->work;
    turn *t = &o->turns[number];
    bool done = false;
    t->status = begin_lines(w, t);
    if (t->status == UP_OK)
        t->status = take_plain(w, number, t, &done);
    if (t->status == UP_OK && !done)
        t->status = take_any(w, number, t);
    if (t->status == UP_OK && (t->remarks.failed || t->refusals.failed))
        t->status = up_error_memory(&t->error);
    up_table_lines(&t->table); /* the last row too */
    if (t->status == UP_OK && t->table.failure.code != UP_OK) {
        t->error = t->table.failure;
        t->status = t->error.code;
    }
}

/* ---- what came of them, in order ---- */

/* Later parts may fail: what is written is good only when all are (output.c). */
static up_status take_lines(const work *w, turn *t, outcome *o, up_error *err)
{
    up_buffer head = {0};
    const char *lines;
    size_t length;
    if (t->sections == 0)
        return UP_OK;
    up_status status = up_table_pass(&o->table, &t->table, &head, &lines, &length, err);
    if (status == UP_OK)
        status = up_output_put(w->ctx, up_buffer_text(&head), head.length, err);
    if (status == UP_OK)
        status = up_output_put(w->ctx, lines, length, err);
    up_buffer_release(&head);
    return status;
}

static up_status take_outcome(const work *w, turn *t, outcome *o, up_error *err)
{
    if (t->status != UP_OK) {
        *err = t->error;
        return t->status;
    }
    for (size_t i = 0; i < t->remarks.count; i++) {
        const up_remark *r = &t->remarks.items[i];
        if (r->severity == UP_WARNING)
            up_section_warn(w->ctx, r->message);
        else
            up_section_without(w->ctx, r->message, &o->first);
    }
    for (size_t i = 0; i < t->refusals.count; i++)
        up_remarks_add(&o->refusals, UP_NOTE, NULL, 0, "%s",
                       t->refusals.items[i].message);
    o->series += t->series;
    o->sections += t->sections;
    return take_lines(w, t, o, err);
}

static void end_turn(size_t number, void *context)
{
    outcome *o = context;
    turn *t = &o->turns[number];
    if (o->status == UP_OK)
        o->status = take_outcome(o->work, t, o, &o->error);
    up_table_release(&t->table);
    up_remarks_release(&t->remarks);
    up_remarks_release(&t->refusals);
}

/* Table and header are the last thing: nothing but remarks when no series has growth. */
static up_status finish(const work *w, outcome *o, up_error *err)
{
    up_status status = up_sections_end(w->ctx, o->sections, &o->first, err);
    if (status != UP_OK)
        return status;
    up_cli_growth_refusals(w->ctx, &o->refusals, &o->table);
    return up_cli_emit(w->ctx, &o->table, err);
}

static up_status take_all(const work *w, bool *done, up_error *err)
{
    size_t count = up_store_parts_count(w->parts);
    outcome o = {.work = w};
    up_cli_begin_table(w->ctx, &o.table);
    up_status status = up_view_growth(NULL, 0, w->choice, true, &o.table, err);
    if (status == UP_OK)
        status = up_alloc(count, sizeof *o.turns, &o.turns, err);
    if (status == UP_OK) {
        up_parallel_in_order(count, take_turn, end_turn, &o);
        status = o.status;
        if (status != UP_OK && err != NULL)
            *err = o.error;
    }
    *done = status != UP_OK || o.series > 0;
    if (status == UP_OK && o.series > 0)
        status = finish(w, &o, err);
    up_table_release(&o.table);
    up_remarks_release(&o.refusals);
    free(o.turns);
    return status;
}

/* ---- whether this is the way ---- */

/* One metric's series, each by itself. */
static bool suits(const up_context *ctx, const up_arguments *args,
                  const up_series_options *how, const bool show[UP_TRANSFORMS])
{
    /* those of expressions too, whose values are read with the operands */
    static const char *const others[] = {"in",     "real",  "of",          "except",
                                         "prices", "align", "future-rates"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (up_args_flag(args, others[i]))
            return false;
    return up_args_count(args) == 1 && strchr(up_args_operand(args, 0), ' ') == NULL &&
           ctx->as_of == UP_AS_OF_LATEST && ctx->width == 0 && !show[UP_SHARE] &&
           !how->with_derived && !how->resample.on;
}

/* Whether plain series know all that was asked for: every figure of the metric as it stands, each
 * with those before it. */
static bool may_be_plain(const up_arguments *args, const up_tracker *tracker,
                         const char *pattern, const up_series_options *how)
{
    static const char *const others[] = {"from", "to", "base", "split", "tolerance"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (up_args_flag(args, others[i]))
            return false;
    for (size_t i = 0; i < tracker->claim_count; i++)
        if (strcmp(tracker->claims[i].metric, pattern) == 0)
            return false;
    return strchr(pattern, '/') == NULL && !how->rounding && !how->has_every &&
           !how->has_window;
}

/* The metric that the pattern names and no other, whose figures are reported; or NULL. */
static const up_metric *one_metric(const up_tracker *tracker, const char *pattern)
{
    size_t length = strcspn(pattern, "/");
    for (size_t i = 0; i < tracker->metric_count; i++) {
        const up_metric *metric = &tracker->metrics[i].metric;
        if (strlen(metric->name) == length && strncmp(metric->name, pattern, length) == 0)
            return metric->formula[0] == '\0' ? metric : NULL;
    }
    return NULL;
}

/* *parts is NULL where there is no such metric, or its figures are few. */
static up_status open_parts(up_store *store, const char *pattern, up_store_parts **parts,
                            up_error *err)
{
    const up_metric *metric = one_metric(up_store_tracker(store), pattern);
    *parts = NULL;
    if (metric == NULL || up_store_load_tables(store, NULL, NULL) != UP_OK)
        return UP_OK;
    return up_store_parts_open(store, metric->name, PART_BYTES, parts, err);
}

up_status up_cli_growth_in_parts(up_context *ctx, const up_arguments *args,
                                 const up_series_options *how,
                                 const up_growth_choice *choice,
                                 const up_growth_options *options, bool *done,
                                 up_error *err)
{
    up_store *store = NULL;
    up_store_parts *parts = NULL;
    up_table probe = {0};
    *done = false;
    up_cli_begin_part(ctx, &probe);
    if (probe.streamed == UP_FORMAT_NONE || !suits(ctx, args, how, choice->show) ||
        up_cli_open(ctx, &store, NULL) != UP_OK)
        return UP_OK; /* what is wrong is said on the ordinary way */
    const char *pattern = up_args_operand(args, 0);
    up_status status = open_parts(store, pattern, &parts, err);
    if (status == UP_OK && parts != NULL) {
        work w = {.ctx = ctx,
                  .args = args,
                  .pattern = pattern,
                  .tracker = up_store_tracker(store),
                  .parts = parts,
                  .how = how,
                  .choice = choice,
                  .options = *options};
        w.may_be_plain = may_be_plain(args, w.tracker, pattern, how);
        up_section_options(choice->show, &w.options);
        status = take_all(&w, done, err);
    }
    up_store_parts_free(parts);
    if (status == UP_BAD_DATA) /* tells of every bad row */
        status = up_cli_load(ctx, store, pattern, err) == UP_OK ? status : err->code;
    up_store_free(store);
    return status;
}
