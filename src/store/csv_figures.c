/* Changes of a metric's rows. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "store/csv_merge.h"
#include "store/csv_rows.h"
#include "store/csv_store.h"

static up_status find_resource(const csv_store *s, const char *metric, json_t **resource,
                               up_error *err)
{
    *resource = up_descriptor_metric(&s->descriptor, metric);
    return *resource != NULL ? UP_OK
                             : up_tracker_unknown_metric(&s->tracker, metric, err);
}

/* The table of a metric, each row of which can be found. */
static up_status stage_metric(csv_store *s, const char *metric, staged_table **table,
                              up_error *err)
{
    json_t *resource = NULL;
    const up_metric_data *data = up_tracker_metric(&s->tracker, metric);
    up_status status = find_resource(s, metric, &resource, err);
    if (status == UP_OK)
        status =
            up_csv_stage(s, resource, data != NULL ? &data->metric : NULL, table, err);
    return status;
}

/* --- One figure ---------------------------------------------------------------------------- */

static up_status refuse_twin(const csv_file *file, const csv_row *twin, up_error *err)
{
    const up_observation *o = twin->observation;
    char period[UP_PERIOD_SIZE];
    up_period_format(&o->period, period);
    size_t line = twin->record > 0 ? file->csv.records[twin->record].line : 0;
    return up_error_at(err, UP_BAD_DATA, file->source, line,
                       "%s%s%s%s from the same source, reported on the same day (a "
                       "revision has a later day of report)",
                       line > 0 ? "this row is for " : "this change has a row for ",
                       o->entity, o->entity[0] != '\0' ? ", " : "", period);
}

static up_status insert_observation(staged_table *table,
                                    const up_observation *observation, up_error *err)
{
    up_observation *copy = NULL;
    row_texts texts = {0};
    csv_row *row = NULL, *after = up_csv_index_place(&table->index, observation);
    up_status status = up_alloc(1, sizeof *copy, &copy, err);
    if (status == UP_OK)
        status = up_observation_copy(observation, copy, err);
    if (status == UP_OK)
        status = up_row_of_observation(observation, &texts, err);
    if (status == UP_OK)
        status = up_csv_file_insert(&table->file, after, up_observation_column_names,
                                    texts.texts, UP_OBSERVATION_COLUMNS, &row, err);
    up_row_texts_release(&texts);
    if (status != UP_OK) {
        up_observation_release(copy);
        free(copy);
        return status;
    }
    row->observation = copy;
    return up_csv_index_add(&table->index, row, after, err);
}

/* The metric's table, for an observation that may be stored. */
static up_status stage_for(csv_store *s, const char *metric, const up_observation *o,
                           staged_table **table, up_error *err)
{
    up_status status = up_csv_check_change(s, err);
    if (status == UP_OK)
        status = up_observation_validate(o, err);
    return status == UP_OK ? stage_metric(s, metric, table, err) : status;
}

up_status up_csv_add_observation(up_store *store, const char *metric,
                                 const up_observation *observation, up_error *err)
{
    csv_store *s = (csv_store *)store;
    staged_table *table = NULL;
    up_status status = stage_for(s, metric, observation, &table, err);
    if (status != UP_OK)
        return status;
    const csv_row *twin = up_csv_index_find(&table->index, observation);
    if (twin != NULL)
        return refuse_twin(&table->file, twin, err);
    return insert_observation(table, observation, err);
}

/* --- Changing and removing one ------------------------------------------------------------- */

/* The row with the key of an observation, in its line if it has one; NULL: none. */
static csv_row *find_row(const staged_table *table, const up_observation *o)
{
    if (o->line == 0)
        return up_csv_index_find(&table->index, o);
    for (csv_row *row = table->file.first; row != NULL; row = row->next)
        if (!row->is_gone && row->observation->line == o->line &&
            up_observation_compare(row->observation, o) == 0)
            return row;
    return NULL;
}

static up_status no_such_row(const csv_file *file, const up_observation *o, up_error *err)
{
    char period[UP_PERIOD_SIZE];
    up_period_format(&o->period, period);
    return up_error_at(err, UP_USAGE, file->source, o->line,
                       "there is no row for %s%s%s of that source and day of report",
                       o->entity, o->entity[0] != '\0' ? ", " : "", period);
}

/* Whether a row that says `now` is in order where `row` stands: none of its entity above is
 * later, none below is earlier than it is. */
static bool is_in_order(const csv_file *file, const csv_row *row,
                        const up_observation *now)
{
    bool is_below = false;
    int above = 0, below = 0; /* of the nearest */
    for (const csv_row *at = file->first; at != NULL && !(is_below && below != 0);
         at = at->next) {
        if (at == row) {
            is_below = true;
            continue;
        }
        if (at->is_gone || strcmp(at->observation->entity, now->entity) != 0)
            continue;
        int order = up_period_compare(&at->observation->period, &now->period);
        if (!is_below)
            above = order > 0 ? 1 : -1;
        else
            below = order < 0 ? -1 : 1;
    }
    return above <= 0 && below >= 0;
}

/* Takes line and copy. */
static up_status move_row(staged_table *table, csv_row *row, char *line,
                          up_observation *copy, up_error *err)
{
    csv_file *file = &table->file;
    csv_row *moved = NULL;
    up_csv_file_remove(file, row);
    up_status status = up_csv_reindex(table, err);
    csv_row *after = status == UP_OK ? up_csv_index_place(&table->index, copy) : NULL;
    size_t length = strlen(line);
    if (status == UP_OK && line[length - 1] != '\n' && line[length - 1] != '\r') {
        up_buffer ended = {0};
        up_buffer_addf(&ended, "%s%s", line, file->csv.newline);
        free(line);
        line = up_buffer_take(&ended);
        status = line != NULL ? UP_OK : up_error_memory(err);
    }
    if (status == UP_OK)
        status = up_csv_file_insert_line(file, after, line, &moved, err);
    else
        free(line);
    if (status != UP_OK) {
        up_observation_release(copy);
        free(copy);
        return status;
    }
    moved->observation = copy;
    return UP_OK;
}

/* The texts of the columns in which two observations differ; NULL for the others. */
static void keep_differing(const row_texts *old, row_texts *now)
{
    for (size_t i = 0; i < UP_OBSERVATION_COLUMNS; i++)
        if (strcmp(old->texts[i], now->texts[i]) == 0)
            now->texts[i] = NULL;
}

static up_status rewrite(const staged_table *table, const csv_row *row,
                         const up_observation *now, char **line, up_error *err)
{
    row_texts was = {0}, is = {0};
    up_status status = up_row_of_observation(row->observation, &was, err);
    if (status == UP_OK)
        status = up_row_of_observation(now, &is, err);
    if (status == UP_OK) {
        keep_differing(&was, &is);
        status = up_csv_file_rewrite(&table->file, row, up_observation_column_names,
                                     is.texts, UP_OBSERVATION_COLUMNS, line, err);
    }
    up_row_texts_release(&was);
    up_row_texts_release(&is);
    return status;
}

static up_status replace_row(staged_table *table, csv_row *row, const up_observation *now,
                             up_error *err)
{
    up_observation *copy = NULL;
    char *line = NULL;
    up_status status = rewrite(table, row, now, &line, err);
    if (status == UP_OK)
        status = up_alloc(1, sizeof *copy, &copy, err);
    if (status == UP_OK)
        status = up_observation_copy(now, copy, err);
    if (status != UP_OK) {
        free(line);
        free(copy);
        return status;
    }
    copy->line = row->observation->line;
    bool stays = (strcmp(row->observation->entity, now->entity) == 0 &&
                  up_period_compare(&row->observation->period, &now->period) == 0) ||
                 is_in_order(&table->file, row, now);
    if (stays) {
        up_csv_file_change(&table->file, row, line);
        up_observation_release(row->observation);
        *row->observation = *copy;
        free(copy);
    } else
        status = move_row(table, row, line, copy, err);
    return status == UP_OK ? up_csv_reindex(table, err) : status;
}

up_status up_csv_replace_observation(up_store *store, const char *metric,
                                     const up_observation *old, const up_observation *now,
                                     up_error *err)
{
    csv_store *s = (csv_store *)store;
    staged_table *table = NULL;
    up_status status = stage_for(s, metric, now, &table, err);
    if (status != UP_OK)
        return status;
    csv_row *row = find_row(table, old);
    if (row == NULL)
        return no_such_row(&table->file, old, err);
    const csv_row *twin = up_csv_index_find(&table->index, now);
    if (twin != NULL && twin != row && up_observation_compare(old, now) != 0)
        return refuse_twin(&table->file, twin, err);
    return replace_row(table, row, now, err);
}

up_status up_csv_remove_observation(up_store *store, const char *metric,
                                    const up_observation *old, up_error *err)
{
    csv_store *s = (csv_store *)store;
    staged_table *table = NULL;
    up_status status = up_csv_check_change(s, err);
    if (status == UP_OK)
        status = stage_metric(s, metric, &table, err);
    if (status != UP_OK)
        return status;
    csv_row *row = find_row(table, old);
    if (row == NULL)
        return no_such_row(&table->file, old, err);
    up_csv_file_remove(&table->file, row);
    return up_csv_reindex(table, err);
}

/* --- The order of all ----------------------------------------------------------------------- */

typedef struct numbered_row {
    csv_row *row;
    size_t number, first; /* its own, that of its entity's first row */
} numbered_row;

static int compare_numbers(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int compare_entities(const void *a, const void *b)
{
    const numbered_row *x = a, *y = b;
    int order = strcmp(x->row->observation->entity, y->row->observation->entity);
    return order != 0 ? order : compare_numbers(x->number, y->number);
}

static int compare_rows(const void *a, const void *b)
{
    const numbered_row *x = a, *y = b;
    int order = compare_numbers(x->first, y->first);
    if (order == 0)
        order = up_observation_compare(x->row->observation, y->row->observation);
    return order != 0 ? order : compare_numbers(x->number, y->number);
}

/* Entities stay in the order of their first rows: so are they listed and drawn. */
static void sort_rows(numbered_row *rows, size_t count)
{
    if (count < 2)
        return;
    qsort(rows, count, sizeof *rows, compare_entities);
    for (size_t i = 0; i < count; i++) {
        bool goes_on = i > 0 && strcmp(rows[i].row->observation->entity,
                                       rows[i - 1].row->observation->entity) == 0;
        rows[i].first = goes_on ? rows[i - 1].first : rows[i].number;
    }
    qsort(rows, count, sizeof *rows, compare_rows);
}

/* The rows that are not gone, in the order of the list; caller frees. */
static up_status list_rows(const csv_file *file, numbered_row **rows, size_t *count,
                           up_error *err)
{
    size_t most = 0, n = 0;
    for (const csv_row *row = file->first; row != NULL; row = row->next)
        most++;
    up_status status = up_alloc(most, sizeof **rows, rows, err);
    for (csv_row *row = file->first; row != NULL && status == UP_OK; row = row->next)
        if (!row->is_gone) {
            (*rows)[n] = (numbered_row){.row = row, .number = n};
            n++;
        }
    *count = n;
    return status;
}

/* Those that are gone follow, where they do no harm. */
static void relink(csv_file *file, const numbered_row *rows, size_t count)
{
    csv_row *gone = NULL, *next;
    for (csv_row *row = file->first; row != NULL; row = next) {
        next = row->next;
        if (row->is_gone) {
            row->next = gone;
            gone = row;
        }
    }
    for (size_t i = 0; i < count; i++)
        rows[i].row->next = i + 1 < count ? rows[i + 1].row : gone;
    file->first = count > 0 ? rows[0].row : gone;
    file->last = file->first;
    while (file->last != NULL && file->last->next != NULL)
        file->last = file->last->next;
}

up_status up_csv_sort(up_store *store, const char *metric, size_t *moved, up_error *err)
{
    csv_store *s = (csv_store *)store;
    staged_table *table = NULL;
    numbered_row *rows = NULL;
    size_t count = 0;
    up_status status = up_csv_check_change(s, err);
    if (status == UP_OK)
        status = stage_metric(s, metric, &table, err);
    if (status == UP_OK)
        status = list_rows(&table->file, &rows, &count, err);
    if (status != UP_OK)
        return status;
    csv_file *file = &table->file;
    *moved = 0;
    sort_rows(rows, count);
    for (size_t i = 0; i < count; i++)
        *moved += rows[i].number != i;
    if (*moved > 0 || up_csv_file_has_blank_lines(file)) {
        relink(file, rows, count);
        file->is_sorted = file->has_changed = true;
        status = up_csv_reindex(table, err);
    }
    free(rows);
    return status;
}

/* --- Many figures --------------------------------------------------------------------------- */

up_status up_csv_merge_batch(up_store *store, const char *metric, const up_batch *batch,
                             const up_merge_options *options, up_merge_counts *counts,
                             up_remarks *remarks, up_error *err)
{
    csv_store *s = (csv_store *)store;
    json_t *resource = NULL;
    staged_table *table = NULL;
    up_period_options periods = {0};
    const up_metric_data *data = up_tracker_metric(&s->tracker, metric);
    if (data != NULL)
        periods = up_metric_period_options(&data->metric);
    up_status status = up_csv_check_change(s, err);
    if (status == UP_OK)
        status = find_resource(s, metric, &resource, err);
    if (status == UP_OK)
        status = up_csv_stage_bytes(s, resource, &table, err);
    if (status == UP_OK)
        status =
            up_csv_merge(&table->file, &periods, batch, options, counts, remarks, err);
    if (status == UP_OK)
        status = up_csv_mirror(resource, &table->file, err);
    return status;
}
