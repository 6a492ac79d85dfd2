#include "cli/import_report.h"

#include <limits.h>
#include <string.h>

enum { METRICS_TOLD = 12, NAMES_TOLD = 5, FIGURES_SHOWN = 3 };

/* Columns next to each other that were taken for the same are told together. */
static size_t alike_from(const up_import *import, size_t first)
{
    size_t last = first;
    const up_import_column *c = &import->columns[first];
    while (last + 1 < import->column_count && import->columns[last + 1].role == c->role &&
           (c->role == UP_IMPORT_VALUE ||
            strcmp(import->columns[last + 1].meaning, c->meaning) == 0))
        last++;
    return last;
}

static void tell_columns(up_context *ctx, const up_import *import)
{
    for (size_t i = 0; i < import->column_count; i++) {
        const up_import_column *c = &import->columns[i];
        size_t last = alike_from(import, i);
        if (last > i)
            up_cli_note(ctx, "'%s' to '%s' (%zu columns): %s", c->name,
                        import->columns[last].name, last - i + 1, c->meaning);
        else
            up_cli_note(ctx, "'%s': %s", c->name, c->meaning);
        i = last;
    }
}

static void add_span(const up_import_metric *m, up_buffer *out)
{
    const up_batch *b = &m->batch;
    const up_period *first = NULL, *last = NULL;
    for (size_t i = 0; i < b->period_count; i++) {
        const up_period *p = &b->periods[i];
        first = first == NULL || p->start < first->start ? p : first;
        last = last == NULL || p->end > last->end ? p : last;
    }
    if (first == NULL)
        return;
    up_buffer_add(out, ", ");
    up_period_label(first, out);
    if (first != last) {
        up_buffer_add(out, " to ");
        up_period_label(last, out);
    }
}

static void add_counts(const up_merge_counts *n, up_buffer *out)
{
    const struct {
        size_t count;
        const char *words;
    } parts[] = {{n->added - n->revised, "new"},
                 {n->revised, n->revised == 1 ? "revision" : "revisions"},
                 {n->unchanged, "there already"},
                 {n->conflicts, n->conflicts == 1 ? "conflict" : "conflicts"}};
    const char *between = ": ";
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (parts[i].count > 0) {
            up_buffer_addf(out, "%s%zu %s", between, parts[i].count, parts[i].words);
            between = ", ";
        }
}

static void tell_metric(up_context *ctx, const up_import_metric *m,
                        const up_merge_counts *n)
{
    up_buffer text = {0};
    up_buffer_addf(&text, "%s%s: ", m->is_new ? "new metric " : "", m->metric.name);
    if (m->is_new)
        up_buffer_addf(&text, "\"%s\", %s, %s; ", m->metric.title,
                       up_measure_name(m->metric.measure),
                       m->metric.unit[0] != '\0' ? m->metric.unit : "no unit");
    if (m->most_power != m->least_power)
        up_buffer_addf(&text, "×10^%d to 10^%d, row by row; ", m->least_power,
                       m->most_power);
    else if (m->most_power != 0)
        up_buffer_addf(&text, "×10^%d; ", m->most_power);
    up_buffer_addf(&text, "%zu figure%s", m->batch.count, m->batch.count == 1 ? "" : "s");
    if (m->batch.entity_count > 1)
        up_buffer_addf(&text, " of %zu entities", m->batch.entity_count);
    add_span(m, &text);
    add_counts(n, &text);
    up_cli_note(ctx, "%s", up_buffer_text(&text));
    up_buffer_release(&text);
}

static void tell_metrics(up_context *ctx, const import_outcome *o)
{
    const up_import *import = o->import;
    up_merge_counts rest = {0};
    size_t figures = 0;
    for (size_t i = 0; i < import->metric_count; i++) {
        const up_merge_counts *n = &o->counts[i];
        if (i < METRICS_TOLD || import->metric_count == METRICS_TOLD + 1) {
            tell_metric(ctx, &import->metrics[i], n);
            continue;
        }
        rest.added += n->added;
        rest.revised += n->revised;
        rest.unchanged += n->unchanged;
        rest.conflicts += n->conflicts;
        figures += import->metrics[i].batch.count;
    }
    if (figures > 0) {
        up_buffer text = {0};
        add_counts(&rest, &text);
        up_cli_note(ctx, "and %zu metrics more with %zu figures%s",
                    import->metric_count - METRICS_TOLD, figures, up_buffer_text(&text));
        up_buffer_release(&text);
    }
}

/* The same figures under another source are two words on one thing, not an edition. */
static void tell_elsewhere(up_context *ctx, const import_outcome *o)
{
    up_remarks remarks = {0};
    for (size_t i = 0; i < o->import->metric_count; i++) {
        const up_merge_counts *n = &o->counts[i];
        if (n->elsewhere > 0)
            up_remarks_add(
                &remarks, UP_WARNING, "", 0,
                "%s: %zu figure%s of periods that have one from '%s' too; all are "
                "kept (uptick show --revisions tells which is shown; --source "
                "'%s' makes this file an edition of that source)",
                o->import->metrics[i].metric.name, n->elsewhere,
                n->elsewhere == 1 ? "" : "s", n->other_source, n->other_source);
    }
    up_cli_remarks(ctx, &remarks);
    up_remarks_release(&remarks);
}

static void tell_entities(up_context *ctx, const import_outcome *o)
{
    const up_import *import = o->import;
    up_buffer names = {0};
    for (size_t i = 0; i < import->entity_count && i < NAMES_TOLD; i++)
        up_buffer_addf(&names, "%s%s", i > 0 ? ", " : "", import->entities[i].name);
    if (import->entity_count > NAMES_TOLD)
        up_buffer_add(&names, ", …");
    if (o->entities_added > 0)
        up_cli_note(ctx, "%zu new entities with their codes into entities.csv: %s",
                    o->entities_added, up_buffer_text(&names));
    else if (import->entity_count > 0)
        up_cli_note(ctx,
                    "%zu entit%s not in entities.csv (taken by name as they stand): %s",
                    import->entity_count, import->entity_count == 1 ? "y" : "ies",
                    up_buffer_text(&names));
    up_buffer_release(&names);
}

void import_tell(up_context *ctx, const import_outcome *o)
{
    const up_import *import = o->import;
    size_t missing = import->missing;
    up_cli_note(ctx, "%s: %s; %s", o->file, import->read, import->layout);
    tell_columns(ctx, import);
    tell_metrics(ctx, o);
    tell_elsewhere(ctx, o);
    tell_entities(ctx, o);
    if (missing > 0)
        up_cli_note(ctx, "%zu cell%s without a figure", missing, missing == 1 ? "" : "s");
    if (import->source.key != NULL && import->source.key[0] != '\0')
        up_cli_note(ctx, "source: %s%s%s%s", import->source.key,
                    import->source.title[0] != '\0' ? " (" : "", import->source.title,
                    import->source.title[0] != '\0' ? ")" : "");
    if (import->licence_name[0] != '\0' || import->licence_path[0] != '\0')
        up_cli_note(ctx, "licence: %s%s%s", import->licence_name,
                    import->licence_name[0] != '\0' ? " " : "", import->licence_path);
    if (import->bad_rows > 0)
        up_cli_note(ctx, "%zu bad row%s left out", import->bad_rows,
                    import->bad_rows == 1 ? "" : "s");
}

up_status import_show(up_context *ctx, const import_outcome *o, up_error *err)
{
    up_table table = {0};
    up_status status = UP_OK;
    if (ctx->columns == NULL) /* these are of the figures */
        status = up_view_import_columns(o->import, &table, err);
    if (status == UP_OK && ctx->columns == NULL)
        status = up_cli_emit(ctx, &table, err);
    up_table_want(&table, ctx->columns);
    if (status == UP_OK)
        status = up_view_import_figures(o->import, FIGURES_SHOWN, &table, err);
    return status == UP_OK ? up_cli_emit(ctx, &table, err) : status;
}
