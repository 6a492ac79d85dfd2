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
    free(table->disk_name);
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

up_status up_csv_check_change(const csv_store *s, up_error *err)
{
    return s->in_change ? UP_OK : up_error_set(err, UP_USAGE, "no change was begun");
}

/* --- Tables in a change --------------------------------------------------------------------- */

static staged_table *find_staged(const csv_store *s, const char *name)
{
    for (size_t i = 0; i < s->staged_count; i++)
        if (!s->staged[i]->goes && strcmp(s->staged[i]->file.name, name) == 0)
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
    return up_csv_file_take(file, blob.name, blob.data, blob.length,
                            up_descriptor_delimiter(resource), err);
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

static void drop_index(staged_table *table)
{
    up_csv_index_release(&table->index);
    up_metric_data_release(&table->data);
    table->is_indexed = false;
}

up_status up_csv_mirror(json_t *resource, const csv_file *file, up_error *err)
{
    const char **columns = NULL;
    up_status status = up_csv_file_columns(file, &columns, err);
    if (status == UP_OK)
        status =
            up_descriptor_mirror(resource, columns, file->csv.records[0].fields, err);
    free(columns);
    return status;
}

up_status up_csv_stage_raw(csv_store *s, const json_t *resource, staged_table **out,
                           up_error *err)
{
    staged_table *table = find_staged(s, up_descriptor_path(resource));
    up_status status = UP_OK;
    if (table == NULL) {
        status = up_alloc(1, sizeof *table, &table, err);
        if (status == UP_OK)
            status = read_staged(s, resource, &table->file, err);
        if (status == UP_OK)
            status = keep_staged(s, table, err);
        else
            free(table);
    }
    if (status == UP_OK)
        *out = table;
    return status;
}

up_status up_csv_stage(csv_store *s, json_t *resource, const up_metric *metric,
                       staged_table **out, up_error *err)
{
    staged_table *table = NULL;
    static const up_metric unnamed = {0}; /* of this change */
    up_status status = up_csv_stage_raw(s, resource, &table, err);
    if (status == UP_OK && !table->file.is_parsed) {
        status = up_csv_file_settle(&table->file, err);
        if (status == UP_OK)
            status = up_csv_file_parse(&table->file, NULL, err);
        if (status == UP_OK)
            status = up_csv_mirror(resource, &table->file, err);
    }
    if (status == UP_OK && up_descriptor_is_metric(resource) && !table->is_indexed) {
        status = index_rows(table, metric != NULL ? metric : &unnamed, err);
        if (status != UP_OK)
            drop_index(table);
        table->is_indexed = status == UP_OK;
    }
    if (status == UP_OK)
        *out = table;
    return status;
}

up_status up_csv_stage_bytes(csv_store *s, const json_t *resource, staged_table **out,
                             up_error *err)
{
    up_status status = up_csv_stage_raw(s, resource, out, err);
    if (status == UP_OK)
        status = up_csv_file_settle(&(*out)->file, err);
    if (status == UP_OK)
        drop_index(*out);
    return status;
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

void up_csv_unstage(csv_store *s, staged_table *table)
{
    if (table->file.has_changed || table->disk_name != NULL || table->goes)
        return;
    for (size_t i = 0; i < s->staged_count; i++)
        if (s->staged[i] == table) {
            memmove(&s->staged[i], &s->staged[i + 1],
                    (s->staged_count - i - 1) * sizeof *s->staged);
            s->staged_count--;
            staged_free(table);
            return;
        }
}

up_status up_csv_stage_rename(csv_store *s, const json_t *resource, const char *name,
                              up_error *err)
{
    staged_table *table = NULL;
    char *copy = NULL, *source = NULL;
    up_status status = check_file_is_free(s, name, err);
    if (status == UP_OK)
        status = up_csv_stage_raw(s, resource, &table, err);
    if (status == UP_OK)
        status = up_copy_text(name, &copy, err);
    if (status == UP_OK)
        status = up_path_join("series", name, &source, err);
    if (status != UP_OK) {
        free(copy);
        return status;
    }
    csv_file *file = &table->file;
    if (table->disk_name == NULL && !file->is_new)
        table->disk_name = file->name;
    else
        free(file->name);
    free(file->source);
    file->name = copy;
    file->source = source;
    return UP_OK;
}

up_status up_csv_stage_removal(csv_store *s, const json_t *resource, up_error *err)
{
    staged_table *table = NULL;
    up_status status = up_csv_stage_raw(s, resource, &table, err);
    if (status == UP_OK)
        table->goes = true;
    return status;
}

up_status up_csv_refresh(staged_table *table, up_error *err)
{
    if (!table->file.has_changed && table->file.is_parsed)
        return UP_OK;
    drop_index(table);
    up_status status = up_csv_file_settle(&table->file, err);
    return status == UP_OK ? up_csv_file_parse(&table->file, NULL, err) : status;
}

up_status up_csv_reindex(staged_table *table, up_error *err)
{
    up_status status = UP_OK;
    up_csv_index_release(&table->index);
    for (csv_row *row = table->file.first; row != NULL && status == UP_OK;
         row = row->next)
        if (!row->is_gone)
            status = up_csv_index_append(&table->index, row, err);
    return status;
}

up_status up_csv_stage_new(csv_store *s, const char *name, const char *const columns[],
                           size_t count, staged_table **out, up_error *err)
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
    *out = table;
    return keep_staged(s, table, err);
}

up_status up_csv_stage_role(csv_store *s, const char *role, const char *const columns[],
                            size_t count, staged_table **out, up_error *err)
{
    json_t *resource = up_descriptor_table(&s->descriptor, role);
    if (resource != NULL)
        return up_csv_stage(s, resource, NULL, out, err);
    if (up_descriptor_named(&s->descriptor, role) != NULL)
        return up_error_at(err, UP_BAD_DATA, DESCRIPTOR_SOURCE, 0,
                           "the resource '%s' has no uptick.role (wanted \"%s\")", role,
                           role);
    up_status status = up_csv_stage_new(s, role, columns, count, out, err);
    if (status != UP_OK)
        return status;
    return up_descriptor_add_table(&s->descriptor, role, (*out)->file.name, columns,
                                   count, err);
}

/* --- Diff and commit -------------------------------------------------------------------------- */

/* A file of the store that the change touches. */
typedef struct {
    const char *name;   /* "ai-users.csv", below the folder */
    const char *source; /* "series/ai-users.csv", as errors name it */
    const char *from;   /* the name that it had; NULL: this one */
    const char *old;    /* NULL: there is none */
    size_t old_length;
    up_file_writer *write; /* NULL: it goes */
    const void *context;   /* for write; lives as long as the change */
} change;

typedef up_status (*change_visit)(void *context, const change *c, up_error *err);

static up_status write_descriptor(const void *context, const up_sink *sink, up_error *err)
{
    const csv_store *s = context;
    up_buffer text = {0};
    up_status status = up_descriptor_write(&s->descriptor, &text, err);
    if (status == UP_OK)
        status = sink->put(sink->context, text.data, text.length, err);
    up_buffer_release(&text);
    return status;
}

static up_status visit_table(const staged_table *table, change_visit visit, void *context,
                             up_error *err)
{
    const csv_file *file = &table->file;
    bool touched =
        table->goes ? !file->is_new : file->has_changed || table->disk_name != NULL;
    change c = {.name = file->name,
                .source = file->source,
                .from = table->disk_name,
                .write = table->goes ? NULL : up_csv_file_write,
                .context = file};
    c.old = up_csv_file_on_disk(file, &c.old_length);
    return touched ? visit(context, &c, err) : UP_OK;
}

/* The descriptor last: a resource never names a file that is not there yet. */
static up_status each_change(const csv_store *s, change_visit visit, void *context,
                             up_error *err)
{
    up_status status = UP_OK;
    for (size_t i = 0; i < s->staged_count && status == UP_OK; i++)
        status = visit_table(s->staged[i], visit, context, err);
    if (status == UP_OK && up_descriptor_is_changed(&s->descriptor)) {
        const change c = {.name = DESCRIPTOR_NAME,
                          .source = DESCRIPTOR_SOURCE,
                          .old = s->descriptor_text,
                          .old_length = s->descriptor_length,
                          .write = write_descriptor,
                          .context = s};
        status = visit(context, &c, err);
    }
    return status;
}

static up_status add_diff(void *out, const change *c, up_error *err)
{
    up_buffer text = {0};
    char from[300];
    const up_sink sink = up_sink_into(&text);
    up_status status = c->write != NULL ? c->write(c->context, &sink, err) : UP_OK;
    snprintf(from, sizeof from, "series/%s", c->from != NULL ? c->from : c->name);
    if (status == UP_OK && c->write == NULL)
        status = up_diff_add(out, from, c->old, c->old_length, NULL, 0, err);
    else if (status == UP_OK && c->from != NULL)
        status = up_diff_add_renamed(out, from, c->source, c->old, c->old_length,
                                     up_buffer_text(&text), text.length, err);
    else if (status == UP_OK)
        status = up_diff_add(out, c->source, c->old, c->old_length, up_buffer_text(&text),
                             text.length, err);
    up_buffer_release(&text);
    return status;
}

static up_status stage_file(void *commit, const change *c, up_error *err)
{
    up_status status = UP_OK;
    if (c->write != NULL)
        status = up_commit_stage_writer(commit, c->name, c->write, c->context, err);
    if (status == UP_OK && (c->write == NULL || c->from != NULL))
        status =
            up_commit_stage_removal(commit, c->from != NULL ? c->from : c->name, err);
    return status;
}

up_status up_csv_diff(const up_store *store, up_buffer *out, up_error *err)
{
    const csv_store *s = (const csv_store *)store;
    up_status status = up_csv_check_change(s, err);
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
    up_status status = up_csv_check_change(s, err);
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
