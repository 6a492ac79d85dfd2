/* Changes of the tables beside the metrics. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/pool.h"
#include "store/csv_rows.h"
#include "store/csv_store.h"

/* Appends the row and releases it. */
static up_status append_row(csv_store *s, const char *role, const char *const columns[],
                            size_t count, row_texts *texts, up_error *err)
{
    staged_table *table = NULL;
    csv_row *row = NULL;
    up_status status = up_csv_stage_role(s, role, columns, count, &table, err);
    if (status == UP_OK)
        status = up_csv_file_insert(&table->file, NULL, columns, texts->texts, count,
                                    &row, err);
    up_row_texts_release(texts);
    return status;
}

static up_status check_metric(const csv_store *s, const char *name, up_error *err)
{
    if (up_descriptor_metric(&s->descriptor, name) != NULL)
        return UP_OK;
    return up_tracker_unknown_metric(&s->tracker, name, err);
}

up_status up_csv_add_claim(up_store *store, const up_claim *claim, up_error *err)
{
    csv_store *s = (csv_store *)store;
    row_texts texts = {0};
    up_status status = up_csv_check_change(s, err);
    if (status == UP_OK)
        status = check_metric(s, claim->metric, err);
    if (status == UP_OK)
        status = up_row_of_claim(claim, &texts, err);
    if (status != UP_OK)
        return status;
    return append_row(s, "claims", up_claim_column_names, CLAIM_COLUMNS, &texts, err);
}

up_status up_csv_add_event(up_store *store, const up_event *event, up_error *err)
{
    csv_store *s = (csv_store *)store;
    row_texts texts = {0};
    up_status status = up_csv_check_change(s, err);
    if (status == UP_OK && event->metric != NULL && event->metric[0] != '\0')
        status = check_metric(s, event->metric, err);
    if (status == UP_OK)
        status = up_row_of_event(event, &texts, err);
    if (status != UP_OK)
        return status;
    return append_row(s, "events", up_event_column_names, EVENT_COLUMNS, &texts, err);
}

/* --- Cells ------------------------------------------------------------------------------------ */

static up_status set_cell(csv_file *file, csv_row *row, const char *column,
                          const char *text, up_error *err)
{
    char *line = NULL;
    up_status status = up_csv_file_rewrite(file, row, &column, &text, 1, &line, err);
    if (status == UP_OK)
        up_csv_file_change(file, row, line);
    return status;
}

/* The table with a role as it is now; NULL when there is none. */
static up_status stage_present(csv_store *s, const char *role, staged_table **table,
                               up_error *err)
{
    json_t *resource = up_descriptor_table(&s->descriptor, role);
    *table = NULL;
    if (resource == NULL)
        return UP_OK;
    up_status status = up_csv_stage(s, resource, NULL, table, err);
    return status == UP_OK ? up_csv_refresh(*table, err) : status;
}

up_status up_csv_relabel(csv_store *s, const char *role, const char *column,
                         const char *from, const char *to, size_t *count, up_error *err)
{
    staged_table *table = NULL;
    up_status status = stage_present(s, role, &table, err);
    *count = 0;
    if (status != UP_OK || table == NULL)
        return status;
    size_t place = up_csv_column(&table->file.csv, column);
    for (csv_row *row = table->file.first; row != NULL && status == UP_OK;
         row = row->next) {
        if (strcmp(up_csv_field(&table->file.csv, row->record, place), from) != 0)
            continue;
        status = set_cell(&table->file, row, column, to, err);
        ++*count;
    }
    return status;
}

enum { ROWS_NAMED = 30 };

/* How rows of a table are taken out: by their lines, or by what a column says. */
typedef struct removal {
    const char *role, *command;
    const char *column; /* NULL: lines */
} removal;

static const removal *find_removal(const char *role)
{
    static const removal removals[] = {{"claims", "uptick claim --remove", NULL},
                                       {"events", "uptick event --remove", NULL},
                                       {"projections", "uptick score --remove", "id"}};
    for (size_t i = 0; i < sizeof removals / sizeof removals[0]; i++)
        if (strcmp(role, removals[i].role) == 0)
            return &removals[i];
    return NULL;
}

/* Rows that are in the way, as the command that takes them out wants them. */
typedef struct used_rows {
    size_t count, first, named; /* first: the line */
    size_t column;              /* SIZE_MAX: they are named by their lines */
    const char *last;           /* the name that was added last; borrowed */
    up_buffer names;
} used_rows;

static void add_used(const up_csv *csv, size_t record, used_rows *used)
{
    size_t line = csv->records[record].line;
    const char *name =
        used->column != SIZE_MAX ? up_csv_field(csv, record, used->column) : NULL;
    if (used->count++ == 0)
        used->first = line;
    if (name != NULL && used->last != NULL && strcmp(name, used->last) == 0)
        return;
    used->last = name;
    if (used->named++ >= ROWS_NAMED)
        return;
    if (name != NULL)
        up_buffer_addf(&used->names, " %s", name);
    else
        up_buffer_addf(&used->names, " %zu", line);
}

/* The rows and the command that takes them out. */
static up_status refuse_used(const staged_table *table, const removal *how,
                             const char *text, const used_rows *used, up_error *err)
{
    const char *rows = used->count > 1 ? "these rows" : "this row";
    char others[48] = "";
    if (used->count > 1)
        snprintf(others, sizeof others, ", and so do%s %zu more",
                 used->count == 2 ? "es" : "", used->count - 1);
    return up_error_at(err, UP_USAGE, table->file.source, used->first,
                       "names '%s'%s; take %s out first: %s%s", text, others, rows,
                       how != NULL ? how->command : "lines",
                       up_buffer_text(&used->names));
}

up_status up_csv_check_unused(csv_store *s, const char *role, const char *column,
                              const char *text, up_error *err)
{
    staged_table *table = NULL;
    up_status status = stage_present(s, role, &table, err);
    if (status != UP_OK || table == NULL)
        return status;
    const up_csv *csv = &table->file.csv;
    const removal *how = find_removal(role);
    used_rows used = {.column = SIZE_MAX};
    if (how != NULL && how->column != NULL)
        used.column = up_csv_column(csv, how->column);
    size_t place = up_csv_column(csv, column);
    for (size_t i = 1; i < csv->count; i++)
        if (strcmp(up_csv_field(csv, i, place), text) == 0)
            add_used(csv, i, &used);
    if (used.named > ROWS_NAMED)
        up_buffer_add(&used.names, " …");
    status = up_buffer_check(&used.names, err);
    if (status == UP_OK && used.count > 0)
        status = refuse_used(table, how, text, &used, err);
    up_buffer_release(&used.names);
    return status;
}

/* --- Rows by their lines ---------------------------------------------------------------------- */

static csv_row *row_in_line(const staged_table *table, size_t line)
{
    const up_csv *csv = &table->file.csv;
    for (csv_row *row = table->file.first; row != NULL; row = row->next)
        if (!row->is_gone && csv->records[row->record].line == line)
            return row;
    return NULL;
}

static void tell_removed(const staged_table *table, const csv_row *row,
                         up_remarks *removed)
{
    const up_csv_record *record = &table->file.csv.records[row->record];
    const char *text = table->file.data + record->first;
    size_t length = record->length;
    while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r'))
        length--;
    up_buffer words = {0};
    up_buffer_add_bytes(&words, text, length);
    up_remarks_add(removed, UP_NOTE, table->file.source, record->line, "is taken out: %s",
                   up_buffer_text(&words));
    removed->failed |= words.failed;
    up_buffer_release(&words);
}

/* All are looked for before the first goes, so that none goes when one is not there. */
up_status up_csv_remove_rows(up_store *store, const char *role, const size_t lines[],
                             size_t count, up_remarks *removed, up_error *err)
{
    csv_store *s = (csv_store *)store;
    staged_table *table = NULL;
    up_status status = up_csv_check_change(s, err);
    if (status == UP_OK)
        status = stage_present(s, role, &table, err);
    if (status == UP_OK && table == NULL)
        status = up_error_set(err, UP_USAGE, "the tracker has no %s", role);
    for (size_t i = 0; i < count && status == UP_OK; i++)
        if (row_in_line(table, lines[i]) == NULL)
            status = up_error_at(err, UP_USAGE, table->file.source, lines[i],
                                 "no row begins in this line; nothing was taken out");
    for (size_t i = 0; i < count && status == UP_OK; i++) {
        csv_row *row = row_in_line(table, lines[i]);
        if (row == NULL)
            continue; /* a line named twice */
        tell_removed(table, row, removed);
        up_csv_file_remove(&table->file, row);
    }
    return status;
}

/* --- Entities ----------------------------------------------------------------------------------- */

/* The table of entities as it is now; who[i] stands in row i. */
typedef struct entity_table {
    staged_table *table;
    up_tracker who; /* its entities alone */
} entity_table;

static up_status read_entities(csv_store *s, entity_table *t, up_error *err)
{
    up_status status = up_csv_stage_role(s, "entities", up_entity_column_names,
                                         ENTITY_COLUMNS, &t->table, err);
    if (status == UP_OK)
        status = up_csv_refresh(t->table, err);
    if (status == UP_OK)
        status = up_rows_to_entities(&t->table->file.csv, t->table->file.source, &t->who,
                                     NULL, err);
    return status;
}

static size_t find_entity(const entity_table *t, const char *name)
{
    for (size_t i = 0; i < t->who.entity_count; i++)
        if (strcmp(t->who.entities[i].name, name) == 0)
            return i;
    return SIZE_MAX;
}

/* What a text is to an entity: "name", "code", "alias"; NULL: nothing. */
static const char *relation(const up_entity *entity, const char *text)
{
    if (strcmp(entity->name, text) == 0)
        return "name";
    if (entity->code[0] != '\0' && strcmp(entity->code, text) == 0)
        return "code";
    for (size_t i = 0; i < entity->alias_count; i++)
        if (strcmp(entity->aliases[i], text) == 0)
            return "alias";
    return NULL;
}

/* A text may be used for one entity only; row `own` is that of the one it is for. */
static up_status check_free(const entity_table *t, size_t own, const char *text,
                            up_error *err)
{
    for (size_t i = 0; i < t->who.entity_count && text[0] != '\0'; i++) {
        const char *what = i != own ? relation(&t->who.entities[i], text) : NULL;
        if (what != NULL)
            return up_error_at(err, UP_USAGE, t->table->file.source,
                               t->table->file.csv.records[i + 1].line,
                               "'%s' is the %s of '%s' already", text, what,
                               t->who.entities[i].name);
    }
    return UP_OK;
}

static up_status check_entity(const entity_table *t, size_t own, const up_entity *entity,
                              up_error *err)
{
    if (entity->name[0] == '\0')
        return up_error_set(err, UP_USAGE, "an entity needs a name");
    up_status status = check_free(t, own, entity->name, err);
    if (status == UP_OK && entity->code != NULL)
        status = check_free(t, own, entity->code, err);
    for (size_t i = 0; i < entity->alias_count && status == UP_OK; i++) {
        if (strchr(entity->aliases[i], ALIAS_SEPARATOR) != NULL)
            status = up_error_set(err, UP_USAGE,
                                  "the alias '%s' has a '|', which separates aliases",
                                  entity->aliases[i]);
        if (status == UP_OK)
            status = check_free(t, own, entity->aliases[i], err);
    }
    return status;
}

/* A row for an entity, or its row changed: only cells that say something else. */
static up_status write_entity(entity_table *t, size_t own, const up_entity *entity,
                              up_error *err)
{
    up_buffer aliases = {0}, before = {0};
    csv_file *file = &t->table->file;
    const up_entity *old = own != SIZE_MAX ? &t->who.entities[own] : NULL;
    csv_row *row = own != SIZE_MAX ? &file->rows[own] : NULL;
    char *line = NULL;
    for (size_t i = 0; i < entity->alias_count; i++)
        up_buffer_addf(&aliases, "%s%s", i > 0 ? "|" : "", entity->aliases[i]);
    for (size_t i = 0; old != NULL && i < old->alias_count; i++)
        up_buffer_addf(&before, "%s%s", i > 0 ? "|" : "", old->aliases[i]);
    const char *texts[ENTITY_COLUMNS] = {
        entity->name, entity->code != NULL ? entity->code : "", up_buffer_text(&aliases)};
    up_status status = up_buffer_check(&aliases, err);
    if (status == UP_OK)
        status = up_buffer_check(&before, err);
    if (status == UP_OK && old == NULL)
        status = up_csv_file_insert(file, NULL, up_entity_column_names, texts,
                                    ENTITY_COLUMNS, &row, err);
    else if (status == UP_OK) {
        texts[0] = NULL;
        texts[1] = strcmp(texts[1], old->code) != 0 ? texts[1] : NULL;
        texts[2] = strcmp(texts[2], up_buffer_text(&before)) != 0 ? texts[2] : NULL;
        if (texts[1] != NULL || texts[2] != NULL)
            status = up_csv_file_rewrite(file, row, up_entity_column_names, texts,
                                         ENTITY_COLUMNS, &line, err);
        if (line != NULL)
            up_csv_file_change(file, row, line);
    }
    up_buffer_release(&aliases);
    up_buffer_release(&before);
    return status;
}

up_status up_csv_set_entity(up_store *store, const up_entity *entity, up_error *err)
{
    csv_store *s = (csv_store *)store;
    entity_table t = {0};
    up_status status = up_csv_check_change(s, err);
    if (status == UP_OK)
        status = read_entities(s, &t, err);
    if (status == UP_OK) {
        size_t own = find_entity(&t, entity->name);
        status = check_entity(&t, own, entity, err);
        if (status == UP_OK)
            status = write_entity(&t, own, entity, err);
    }
    up_tracker_release(&t.who);
    return status;
}

/* --- Two entities into one -------------------------------------------------------------------- */

static void tell_twin(const csv_file *file, const csv_row *row, const csv_row *twin,
                      const up_observation *now, up_error *told)
{
    char period[UP_PERIOD_SIZE];
    up_period_format(&now->period, period);
    up_error_at(told, UP_BAD_DATA, file->source, row->observation->line,
                "would be a second row for %s, %s, from the same source, reported "
                "on the same day, beside line %zu",
                now->entity, period, twin->observation->line);
}

/* The rows of a parsed metric that would have a key twice. *first: the first of all so far. */
static void find_twins(const staged_table *table, const char *from, char *to,
                       up_remarks *remarks, up_error *first)
{
    for (csv_row *row = table->file.first; row != NULL; row = row->next) {
        if (row->is_gone || strcmp(row->observation->entity, from) != 0)
            continue;
        up_observation now = *row->observation;
        now.entity = to; /* borrowed */
        const csv_row *twin = up_csv_index_find(&table->index, &now);
        if (twin == NULL)
            continue;
        up_error told = {0};
        tell_twin(&table->file, row, twin, &now, &told);
        up_remarks_add_error(remarks, &told);
        if (first->code == UP_OK)
            *first = told;
    }
}

/* The texts of rows that were read are the pool's; those of this change are their own. */
static up_status set_entity_of(staged_table *table, up_observation *o, const char *to,
                               up_error *err)
{
    size_t number;
    if (!o->pooled)
        return up_replace_text(&o->entity, to, err);
    up_status status = up_pool_add(table->data.pool, to, &number, err);
    if (status == UP_OK)
        o->entity = up_pool_text(table->data.pool, number);
    return status;
}

static up_status relabel_rows(staged_table *table, const char *from, const char *to,
                              size_t *count, up_error *err)
{
    up_status status = UP_OK;
    size_t before = *count;
    for (csv_row *row = table->file.first; row != NULL && status == UP_OK;
         row = row->next) {
        if (row->is_gone || strcmp(row->observation->entity, from) != 0)
            continue;
        status = set_cell(&table->file, row, up_observation_column_names[UP_COL_ENTITY],
                          to, err);
        if (status == UP_OK)
            status = set_entity_of(table, row->observation, to, err);
        ++*count;
    }
    return *count > before && status == UP_OK ? up_csv_reindex(table, err) : status;
}

/* Names the other had join those of the one; its row goes. Takes nothing. */
static up_status join_names(entity_table *t, size_t own, size_t other, const char *name,
                            const char *other_name, up_error *err)
{
    static char none[1];
    const up_entity *a = own != SIZE_MAX ? &t->who.entities[own] : NULL;
    const up_entity *b = other != SIZE_MAX ? &t->who.entities[other] : NULL;
    size_t most = 2 + (a != NULL ? a->alias_count : 0) + (b != NULL ? b->alias_count : 0);
    up_entity joined = {.name = (char *)(size_t)name, .code = none}; /* all borrowed */
    if (up_alloc(most, sizeof *joined.aliases, &joined.aliases, err) != UP_OK)
        return UP_SYSTEM;
    if (a != NULL)
        joined.code = a->code;
    if (joined.code[0] == '\0' && b != NULL)
        joined.code = b->code;
    for (size_t i = 0; a != NULL && i < a->alias_count; i++)
        joined.aliases[joined.alias_count++] = a->aliases[i];
    if (relation(&joined, other_name) == NULL)
        joined.aliases[joined.alias_count++] = (char *)(size_t)other_name;
    if (b != NULL && b->code[0] != '\0' && relation(&joined, b->code) == NULL)
        joined.aliases[joined.alias_count++] = b->code;
    for (size_t i = 0; b != NULL && i < b->alias_count; i++)
        if (relation(&joined, b->aliases[i]) == NULL)
            joined.aliases[joined.alias_count++] = b->aliases[i];
    if (other != SIZE_MAX)
        up_csv_file_remove(&t->table->file, &t->table->file.rows[other]);
    up_status status = write_entity(t, own, &joined, err);
    free(joined.aliases);
    return status;
}

/* Whether a file's bytes hold a text anywhere: else none of its rows can be of that entity. A
 * text that CSV would quote may stand there in another form. */
static bool may_name(const csv_file *file, const char *text)
{
    size_t length = strlen(text);
    const char *at = file->data, *end = file->data + file->length;
    if (file->is_parsed || strchr(text, '"') != NULL)
        return true;
    while ((size_t)(end - at) >= length &&
           (at = memchr(at, text[0], (size_t)(end - at))) != NULL) {
        if ((size_t)(end - at) >= length && memcmp(at, text, length) == 0)
            return true;
        at++;
    }
    return false;
}

/* The table of a metric that may have rows of an entity, each of which can be found; NULL for
 * one that has none. */
static up_status stage_if_named(csv_store *s, json_t *resource, const char *entity,
                                staged_table **table, up_error *err)
{
    const char *name = json_string_value(json_object_get(resource, "name"));
    const up_metric_data *data = up_tracker_metric(&s->tracker, name);
    up_status status = up_csv_stage_raw(s, resource, table, err);
    if (status != UP_OK)
        return status;
    if (may_name(&(*table)->file, entity))
        return up_csv_stage(s, resource, data != NULL ? &data->metric : NULL, table, err);
    up_csv_unstage(s, *table);
    *table = NULL;
    return UP_OK;
}

/* Looks at all before it changes any. */
static up_status relabel_metrics(csv_store *s, const char *from, const char *to,
                                 size_t *count, up_remarks *remarks, up_error *err)
{
    const json_t *list = json_object_get(s->descriptor.root, "resources");
    up_error first = {0};
    char *name = NULL;
    up_status status = up_copy_text(to, &name, err);
    for (int pass = 0; pass < 2 && status == UP_OK && first.code == UP_OK; pass++)
        for (size_t i = 0; i < json_array_size(list) && status == UP_OK; i++) {
            json_t *resource = json_array_get(list, i);
            staged_table *table = NULL;
            if (up_descriptor_is_metric(resource))
                status = stage_if_named(s, resource, from, &table, err);
            if (status != UP_OK || table == NULL)
                continue;
            if (pass == 0)
                find_twins(table, from, name, remarks, &first);
            else
                status = relabel_rows(table, from, name, count, err);
        }
    free(name);
    if (status == UP_OK && first.code != UP_OK) {
        if (err != NULL)
            *err = first;
        status = first.code;
    }
    return status;
}

static up_status check_merge(const entity_table *t, const char *name, const char *other,
                             up_error *err)
{
    if (strcmp(name, other) == 0)
        return up_error_set(err, UP_USAGE, "'%s' is one entity already", name);
    for (size_t i = 0; i < t->who.entity_count; i++) {
        const up_entity *e = &t->who.entities[i];
        const char *what = relation(e, other);
        if (what != NULL && strcmp(what, "name") != 0 && strcmp(e->name, name) != 0)
            return up_error_at(err, UP_USAGE, t->table->file.source,
                               t->table->file.csv.records[i + 1].line,
                               "'%s' is the %s of '%s' already", other, what, e->name);
    }
    return UP_OK;
}

static up_status merge_entity(csv_store *s, entity_table *t, const char *name,
                              const char *other, up_relabelled *counts,
                              up_remarks *remarks, up_error *err)
{
    up_status status = check_merge(t, name, other, err);
    if (status == UP_OK)
        status = relabel_metrics(s, other, name, &counts->figures, remarks, err);
    if (status == UP_OK)
        status = up_csv_relabel(s, "claims", "entity", other, name, &counts->claims, err);
    if (status == UP_OK)
        status = up_csv_relabel(s, "events", "entity", other, name, &counts->events, err);
    size_t own = find_entity(t, name), from = find_entity(t, other);
    if (status == UP_OK)
        status = up_csv_relabel(s, "projections", "entity", other, name,
                                &counts->projections, err);
    bool known = own != SIZE_MAX && relation(&t->who.entities[own], other) != NULL;
    if (status == UP_OK && from == SIZE_MAX && !known &&
        counts->figures + counts->claims + counts->events + counts->projections == 0)
        status = up_error_set(err, UP_USAGE, "nobody is called '%s' here", other);
    return status == UP_OK ? join_names(t, own, from, name, other, err) : status;
}

up_status up_csv_merge_entity(up_store *store, const char *name, const char *other,
                              up_relabelled *counts, up_remarks *remarks, up_error *err)
{
    csv_store *s = (csv_store *)store;
    entity_table t = {0};
    up_relabelled found = {0};
    up_status status = up_csv_check_change(s, err);
    if (status == UP_OK)
        status = read_entities(s, &t, err);
    if (status == UP_OK)
        status = merge_entity(s, &t, name, other, &found, remarks, err);
    if (status == UP_OK && counts != NULL)
        *counts = found;
    up_tracker_release(&t.who);
    return status;
}
