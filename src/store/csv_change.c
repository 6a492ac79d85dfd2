/* A change of the folder: from begin, which takes the lock, to commit. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "store/csv_rows.h"
#include "store/csv_store.h"
#include "store/diff.h"

/* --- Beginning and ending ---------------------------------------------------------------- */

static void staged_free(staged_table *table)
{
    if (table == NULL)
        return;
    up_csv_index_release(&table->index);
    up_csv_file_release(&table->file);
    up_metric_data_release(&table->data);
    free(table);
}

void up_csv_drop_change(csv_store *s)
{
    for (size_t i = 0; i < s->staged_count; i++)
        staged_free(s->staged[i]);
    free(s->staged);
    s->staged = NULL;
    s->staged_count = s->staged_capacity = 0;
    if (s->in_change)
        up_folder_lock_release(&s->lock);
    s->in_change = false;
}

up_status up_csv_begin(up_store *store, up_error *err)
{
    csv_store *s = (csv_store *)store;
    if (s->in_change)
        return up_error_set(err, UP_USAGE, "a change is under way already");
    up_status status = up_folder_lock_take(s->folder, &s->lock, err);
    if (status == UP_OK)
        status = up_commit_recover(s->folder, err);
    if (status == UP_OK)
        status = up_csv_reload(s, err);
    if (status != UP_OK) {
        up_folder_lock_release(&s->lock);
        return status;
    }
    up_csv_drop_old(s);
    s->in_change = true;
    return UP_OK;
}

static up_status check_change(const csv_store *s, up_error *err)
{
    return s->in_change ? UP_OK : up_error_set(err, UP_USAGE, "no change was begun");
}

/* --- Tables in a change --------------------------------------------------------------------- */

static staged_table *find_staged(const csv_store *s, const char *name)
{
    for (size_t i = 0; i < s->staged_count; i++)
        if (strcmp(s->staged[i]->file.name, name) == 0)
            return s->staged[i];
    return NULL;
}

/* Takes the table. */
static up_status keep_staged(csv_store *s, staged_table *table, up_error *err)
{
    if (up_grow(&s->staged, &s->staged_capacity, s->staged_count + 1, sizeof *s->staged,
                err) != UP_OK) {
        staged_free(table);
        return UP_SYSTEM;
    }
    s->staged[s->staged_count++] = table;
    return UP_OK;
}

static up_status read_staged(csv_store *s, const json_t *resource, csv_file *file,
                             up_error *err)
{
    csv_blob blob = {.name = up_descriptor_path(resource)};
    bool stale = false; /* never, under the lock */
    up_status status = up_csv_snapshot(s, &blob, 1, &stale, err);
    if (status == UP_OK && blob.failure.code != UP_OK) {
        if (err != NULL)
            *err = blob.failure;
        status = blob.failure.code;
    }
    if (status != UP_OK) {
        up_csv_blobs_release(&blob, 1);
        return status;
    }
    return up_csv_file_open(file, blob.name, blob.data, blob.length,
                            up_descriptor_delimiter(resource), NULL, err);
}

/* Each row gets what it says, and is found by it. */
static up_status index_rows(staged_table *table, const up_metric *metric, up_error *err)
{
    if (table->file.csv.count < 2)
        return UP_OK;
    table->data.metric = *metric; /* borrowed while the rows are read */
    up_status status = up_rows_to_observations(&table->file.csv, table->file.source,
                                               &table->data, NULL, err);
    table->data.metric = (up_metric){0};
    for (size_t i = 0; i < table->data.count && status == UP_OK; i++) {
        table->file.rows[i].observation = &table->data.observations[i];
        status = up_csv_index_append(&table->index, &table->file.rows[i], err);
    }
    return status;
}

/* A column that its user has added since shows in the descriptor with the next change. */
static up_status mirror(json_t *resource, const csv_file *file, up_error *err)
{
    const char **columns = NULL;
    up_status status = up_csv_file_columns(file, &columns, err);
    if (status == UP_OK)
        status =
            up_descriptor_mirror(resource, columns, file->csv.records[0].fields, err);
    free(columns);
    return status;
}

/* The table of a resource that is there; `metric` is NULL for the other tables. */
static up_status stage(csv_store *s, json_t *resource, const up_metric *metric,
                       staged_table **out, up_error *err)
{
    staged_table *table = find_staged(s, up_descriptor_path(resource));
    if (table != NULL) {
        *out = table;
        return UP_OK;
    }
    up_status status = up_alloc(1, sizeof *table, &table, err);
    if (status == UP_OK)
        status = read_staged(s, resource, &table->file, err);
    if (status == UP_OK && metric != NULL)
        status = index_rows(table, metric, err);
    if (status == UP_OK)
        status = mirror(resource, &table->file, err);
    if (status != UP_OK) {
        staged_free(table);
        return status;
    }
    *out = table;
    return keep_staged(s, table, err);
}

/* A file of that name would be written over, though no resource has it. */
static up_status check_file_is_free(const csv_store *s, const char *name, up_error *err)
{
    char *path = NULL, source[300];
    snprintf(source, sizeof source, "series/%s", name);
    up_status status = up_path_join(s->folder, name, &path, err);
    if (status == UP_OK && up_file_exists(path))
        status = up_error_at(err, UP_USAGE, source, 0,
                             "is there already, and %s does not know it: move it away "
                             "first",
                             DESCRIPTOR_SOURCE);
    free(path);
    return status;
}

/* A new file NAME.csv of these columns, staged. Its resource is the caller's to add. */
static up_status stage_new(csv_store *s, const char *name, const char *const columns[],
                           size_t count, up_error *err)
{
    up_buffer path = {0};
    staged_table *table = NULL;
    up_buffer_addf(&path, "%s.csv", name);
    up_status status = up_buffer_check(&path, err);
    if (status == UP_OK)
        status = check_file_is_free(s, path.data, err);
    if (status == UP_OK)
        status = up_alloc(1, sizeof *table, &table, err);
    if (status == UP_OK)
        status = up_csv_file_new(&table->file, path.data, columns, count, err);
    up_buffer_release(&path);
    if (status != UP_OK) {
        staged_free(table);
        return status;
    }
    return keep_staged(s, table, err);
}

/* --- Metrics and sources ------------------------------------------------------------------- */

up_status up_csv_add_metric(up_store *store, const up_metric *metric, up_error *err)
{
    csv_store *s = (csv_store *)store;
    up_status status = check_change(s, err);
    if (status == UP_OK && !up_metric_name_is_valid(metric->name))
        status = up_error_set(err, UP_USAGE, "'%s' cannot name a metric", metric->name);
    if (status == UP_OK && up_descriptor_named(&s->descriptor, metric->name) != NULL)
        status = up_error_at(err, UP_USAGE, DESCRIPTOR_SOURCE, 0,
                             "there is a metric '%s' already", metric->name);
    if (status == UP_OK)
        status = stage_new(s, metric->name, up_observation_column_names,
                           UP_OBSERVATION_COLUMNS, err);
    if (status != UP_OK)
        return status;
    return up_descriptor_add_metric(
        &s->descriptor, metric, s->staged[s->staged_count - 1]->file.name,
        up_observation_column_names, UP_OBSERVATION_COLUMNS, err);
}

up_status up_csv_set_metric(up_store *store, const up_metric *metric, up_error *err)
{
    csv_store *s = (csv_store *)store;
    up_status status = check_change(s, err);
    if (status != UP_OK)
        return status;
    if (up_descriptor_metric(&s->descriptor, metric->name) == NULL)
        return up_tracker_unknown_metric(&s->tracker, metric->name, err);
    return up_descriptor_set_metric(&s->descriptor, metric, err);
}

up_status up_csv_add_source(up_store *store, const up_source *source, bool replace,
                            up_error *err)
{
    csv_store *s = (csv_store *)store;
    up_status status = check_change(s, err);
    if (status != UP_OK)
        return status;
    return up_descriptor_set_source(&s->descriptor, source, replace, err);
}

/* --- Observations -------------------------------------------------------------------------- */

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

up_status up_csv_add_observation(up_store *store, const char *metric,
                                 const up_observation *observation, up_error *err)
{
    csv_store *s = (csv_store *)store;
    staged_table *table = NULL;
    up_status status = check_change(s, err);
    if (status != UP_OK)
        return status;
    json_t *resource = up_descriptor_metric(&s->descriptor, metric);
    const up_metric_data *data = up_tracker_metric(&s->tracker, metric);
    if (resource == NULL)
        return up_tracker_unknown_metric(&s->tracker, metric, err);
    status = up_observation_validate(observation, err);
    if (status == UP_OK)
        status = stage(s, resource, data != NULL ? &data->metric : NULL, &table, err);
    if (status != UP_OK)
        return status;
    const csv_row *twin = up_csv_index_find(&table->index, observation);
    if (twin != NULL)
        return refuse_twin(&table->file, twin, err);
    return insert_observation(table, observation, err);
}

/* --- Claims and events ----------------------------------------------------------------------- */

/* The table with that role, made when it is first needed. */
static up_status stage_role(csv_store *s, const char *role, const char *const columns[],
                            size_t count, staged_table **out, up_error *err)
{
    json_t *resource = up_descriptor_table(&s->descriptor, role);
    if (resource != NULL)
        return stage(s, resource, NULL, out, err);
    if (up_descriptor_named(&s->descriptor, role) != NULL)
        return up_error_at(err, UP_BAD_DATA, DESCRIPTOR_SOURCE, 0,
                           "the resource '%s' has no uptick.role (wanted \"%s\")", role,
                           role);
    up_status status = stage_new(s, role, columns, count, err);
    if (status != UP_OK)
        return status;
    *out = s->staged[s->staged_count - 1];
    return up_descriptor_add_table(&s->descriptor, role, (*out)->file.name, columns,
                                   count, err);
}

/* Appends the row and releases it. */
static up_status append_row(csv_store *s, const char *role, const char *const columns[],
                            size_t count, row_texts *texts, up_error *err)
{
    staged_table *table = NULL;
    csv_row *row = NULL;
    up_status status = stage_role(s, role, columns, count, &table, err);
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
    up_status status = check_change(s, err);
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
    up_status status = check_change(s, err);
    if (status == UP_OK && event->metric != NULL && event->metric[0] != '\0')
        status = check_metric(s, event->metric, err);
    if (status == UP_OK)
        status = up_row_of_event(event, &texts, err);
    if (status != UP_OK)
        return status;
    return append_row(s, "events", up_event_column_names, EVENT_COLUMNS, &texts, err);
}

/* --- Diff and commit -------------------------------------------------------------------------- */

/* A file of the store that the change writes anew. */
typedef struct {
    const char *name;   /* "ai-users.csv", below the folder */
    const char *source; /* "series/ai-users.csv", as errors name it */
    const char *old;    /* NULL: there is none */
    size_t old_length;
    const char *data;
    size_t length;
} change;

typedef up_status (*change_visit)(void *context, const change *c, up_error *err);

/* The descriptor last: a resource never names a file that is not there yet. */
static up_status each_change(const csv_store *s, change_visit visit, void *context,
                             up_error *err)
{
    up_buffer text = {0};
    up_status status = UP_OK;
    for (size_t i = 0; i < s->staged_count && status == UP_OK; i++) {
        const csv_file *file = &s->staged[i]->file;
        if (!file->has_changed)
            continue;
        up_buffer_clear(&text);
        status = up_csv_file_write(file, &text, err);
        change c = {file->name,   file->source, file->is_new ? NULL : file->data,
                    file->length, text.data,    text.length};
        if (status == UP_OK)
            status = visit(context, &c, err);
    }
    if (status == UP_OK && up_descriptor_is_changed(&s->descriptor)) {
        up_buffer_clear(&text);
        status = up_descriptor_write(&s->descriptor, &text, err);
        change c = {DESCRIPTOR_NAME,      DESCRIPTOR_SOURCE, s->descriptor_text,
                    s->descriptor_length, text.data,         text.length};
        if (status == UP_OK)
            status = visit(context, &c, err);
    }
    up_buffer_release(&text);
    return status;
}

static up_status add_diff(void *out, const change *c, up_error *err)
{
    return up_diff_add(out, c->source, c->old, c->old_length, c->data, c->length, err);
}

static up_status stage_file(void *commit, const change *c, up_error *err)
{
    return up_commit_stage(commit, c->name, c->data, c->length, err);
}

up_status up_csv_diff(const up_store *store, up_buffer *out, up_error *err)
{
    const csv_store *s = (const csv_store *)store;
    up_status status = check_change(s, err);
    return status == UP_OK ? each_change(s, add_diff, out, err) : status;
}

/* "FOLDER/x.csv" → "series/x.csv", as all other errors name it. */
static void name_from_root(const csv_store *s, up_error *err)
{
    size_t length = strlen(s->folder);
    if (err == NULL || strncmp(err->source, s->folder, length) != 0)
        return;
    char rest[sizeof err->source];
    snprintf(rest, sizeof rest, "%s", err->source + length);
    snprintf(err->source, sizeof err->source, "series%.240s", rest);
}

up_status up_csv_commit(up_store *store, up_error *err)
{
    csv_store *s = (csv_store *)store;
    up_commit *commit = NULL;
    up_status status = check_change(s, err);
    if (status == UP_OK)
        status = up_csv_snapshot_check(s, err);
    if (status == UP_OK)
        status = up_commit_new(s->folder, &commit, err);
    if (status == UP_OK)
        status = each_change(s, stage_file, commit, err);
    if (status == UP_OK) {
        status = up_commit_run(commit, err);
        if (status != UP_OK)
            name_from_root(s, err);
    }
    up_commit_free(commit);
    if (status != UP_OK)
        return status;
    /* The change is on disk, whatever comes now: should it not be readable again, the tracker
     * stays what it was before. */
    if (up_csv_reload(s, NULL) == UP_OK)
        up_csv_drop_old(s);
    up_csv_drop_change(s);
    return UP_OK;
}
