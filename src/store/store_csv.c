/* A tracker in a folder of CSV files under a Frictionless Data Package (DESIGN §1). */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "store/csv_parts.h"
#include "store/csv_rows.h"
#include "store/csv_parts.h"
#include "store/csv_store.h"
#include "uptick/series.h"

/* After so many rounds in which another program changed what was read, more is read under the
 * writers' lock. */
enum { ROUNDS_MAX = 5 };

static bool handles(const char *root)
{
    return strstr(root, "://") == NULL;
}

/* --- Finding and making -------------------------------------------------------------- */

static up_status has_descriptor(const char *root, bool *has, up_error *err)
{
    char *path = NULL;
    up_status status = up_path_join(root, DESCRIPTOR_SOURCE, &path, err);
    if (status == UP_OK)
        *has = up_file_exists(path);
    free(path);
    return status;
}

up_status up_store_find(const char *start, char **root, up_error *err)
{
    char *at = realpath(start, NULL);
    if (at == NULL)
        return up_error_errno(err, start, "cannot look for a tracker here", errno);
    for (;;) {
        bool has = false;
        up_status status = has_descriptor(at, &has, err);
        if (status == UP_OK && has) {
            *root = at;
            return UP_OK;
        }
        char *slash = strrchr(at, '/');
        if (status != UP_OK || slash[1] == '\0') {
            free(at);
            return status != UP_OK
                       ? status
                       : up_error_set(err, UP_USAGE,
                                      "no tracker in '%s' or above it ('uptick init' "
                                      "makes one)",
                                      start);
        }
        slash[slash == at ? 1 : 0] = '\0'; /* the last one is "/" */
    }
}

up_status up_csv_make_folders(const char *path, up_error *err)
{
    char *copy = NULL;
    up_status status = up_copy_text(path, &copy, err);
    if (status != UP_OK)
        return status;
    for (char *at = copy + 1; at[-1] != '\0' && status == UP_OK; at++) {
        if (*at != '/' && *at != '\0')
            continue;
        char kept = *at;
        *at = '\0';
        struct stat st;
        if (mkdir(copy, 0777) != 0 && (stat(copy, &st) != 0 || !S_ISDIR(st.st_mode)))
            status = up_error_errno(err, copy, "cannot make the folder",
                                    errno == ENOENT ? EEXIST : errno);
        *at = kept;
    }
    free(copy);
    return status;
}

/* The descriptor, and the table that every tracker has: a Data Package without any resource
 * would be refused by other tools. */
static up_status write_new(const char *folder, const char *title, up_error *err)
{
    descriptor d = {0};
    csv_file file = {0};
    up_commit *commit = NULL;
    up_buffer text = {0};
    up_status status = up_descriptor_new(&d, title, err);
    if (status == UP_OK)
        status = up_descriptor_add_table(&d, "entities", "entities.csv",
                                         up_entity_column_names, ENTITY_COLUMNS, err);
    if (status == UP_OK)
        status = up_descriptor_write(&d, &text, err);
    if (status == UP_OK)
        status = up_csv_file_new(&file, "entities.csv", up_entity_column_names,
                                 ENTITY_COLUMNS, err);
    if (status == UP_OK)
        status = up_commit_new(folder, &commit, err);
    if (status == UP_OK)
        status = up_commit_stage_writer(commit, file.name, up_csv_file_write, &file, err);
    if (status == UP_OK)
        status = up_commit_stage(commit, DESCRIPTOR_NAME, text.data, text.length, err);
    if (status == UP_OK)
        status = up_commit_run(commit, err);
    up_commit_free(commit);
    up_buffer_release(&text);
    up_csv_file_release(&file);
    up_descriptor_release(&d);
    return status;
}

static up_status check_free(const char *folder, up_error *err)
{
    static const char *const names[] = {DESCRIPTOR_NAME, "entities.csv"};
    up_status status = UP_OK;
    for (size_t i = 0; i < 2 && status == UP_OK; i++) {
        char *path = NULL;
        status = up_path_join(folder, names[i], &path, err);
        if (status == UP_OK && up_file_exists(path))
            status = up_error_at(err, UP_USAGE, path, 0,
                                 i == 0 ? "there is a tracker here already"
                                        : "is there already, without a tracker: move it "
                                          "away first");
        free(path);
    }
    return status;
}

static up_status create(const char *root, const char *title, up_error *err)
{
    char *folder = NULL;
    up_folder_lock lock = {0};
    up_status status = up_path_join(root, "series", &folder, err);
    if (status == UP_OK)
        status = up_csv_make_folders(folder, err);
    if (status == UP_OK)
        status = up_folder_lock_take(folder, &lock, err);
    if (status == UP_OK)
        status = up_commit_recover(folder, err);
    if (status == UP_OK)
        status = check_free(folder, err);
    if (status == UP_OK)
        status = write_new(folder, title, err);
    up_folder_lock_release(&lock);
    free(folder);
    return status;
}

/* --- Opening ----------------------------------------------------------------------------- */

static void drop_patterns(csv_store *s)
{
    for (size_t i = 0; i < s->pattern_count; i++)
        free(s->patterns[i]);
    free(s->patterns);
    s->patterns = NULL;
    s->pattern_count = s->pattern_capacity = 0;
    s->wanted_tables = 0;
}

static void drop_descriptor(csv_store *s)
{
    up_descriptor_release(&s->descriptor);
    free(s->descriptor_text);
    s->descriptor_text = NULL;
    s->descriptor_length = 0;
}

void up_csv_drop_old(csv_store *s)
{
    for (size_t i = 0; i < s->retired_count; i++)
        up_tracker_release(&s->retired[i]);
    free(s->retired);
    s->retired = NULL;
    s->retired_count = s->retired_capacity = 0;
    drop_patterns(s);
}

/* Takes the blob's data on success. */
static up_status adopt_descriptor(csv_store *s, csv_blob *blob, up_error *err)
{
    descriptor d = {0};
    up_tracker tracker = {0};
    up_status status = up_descriptor_parse(&d, blob->data, blob->length, err);
    if (status == UP_OK)
        status = up_descriptor_to_tracker(&d, &tracker, err);
    if (status == UP_OK)
        status = up_grow(&s->retired, &s->retired_capacity, s->retired_count + 1,
                         sizeof *s->retired, err);
    if (status != UP_OK) {
        up_descriptor_release(&d);
        up_tracker_release(&tracker);
        return status;
    }
    s->retired[s->retired_count++] = s->tracker;
    s->tracker = tracker;
    s->read_tables = 0;
    drop_descriptor(s);
    s->descriptor = d;
    s->descriptor_text = blob->data;
    s->descriptor_length = blob->length;
    blob->data = NULL;
    return UP_OK;
}

up_status up_csv_reload(csv_store *s, up_error *err)
{
    csv_blob blob = {.name = DESCRIPTOR_NAME};
    bool stale = false;
    up_csv_snapshot_forget(s);
    up_status status = up_csv_snapshot(s, &blob, 1, &stale, err);
    if (status != UP_OK)
        return status;
    if (blob.failure.code != UP_OK) {
        if (err != NULL)
            *err = blob.failure;
        return blob.failure.code;
    }
    status = adopt_descriptor(s, &blob, err);
    up_csv_blobs_release(&blob, 1);
    return status;
}

static void free_store(up_store *store)
{
    csv_store *s = (csv_store *)store;
    up_csv_drop_change(s);
    up_csv_drop_old(s);
    up_tracker_release(&s->tracker);
    drop_descriptor(s);
    up_csv_snapshot_forget(s);
    up_folder_lock_release(&s->lock);
    free(s->folder);
    free(s);
}

static up_status open_store(const char *root, up_store **store, up_error *err)
{
    csv_store *s = NULL;
    bool has = false;
    up_status status = has_descriptor(root, &has, err);
    if (status == UP_OK && !has)
        status = up_error_set(
            err, UP_USAGE, "'%s' is no tracker: it has no %s ('uptick init' makes one)",
            root, DESCRIPTOR_SOURCE);
    if (status == UP_OK)
        status = up_alloc(1, sizeof *s, &s, err);
    if (status != UP_OK)
        return status;
    s->base.backend = &up_store_csv;
    status = up_path_join(root, "series", &s->folder, err);
    if (status == UP_OK)
        status = up_csv_reload(s, err);
    if (status == UP_OK)
        *store = &s->base;
    else
        free_store(&s->base);
    return status;
}

static const up_tracker *get_tracker(const up_store *store)
{
    return &((const csv_store *)store)->tracker;
}

/* --- Loading ----------------------------------------------------------------------------- */

/* One file of a load: a metric's, or a table's with the function that reads it. */
typedef up_status table_reader(const up_csv *csv, const char *source, up_tracker *tracker,
                               up_remarks *remarks, up_error *err);
typedef struct wanted {
    csv_blob *blobs;
    json_t **resources;       /* borrowed from the descriptor */
    up_metric_data **metrics; /* NULL for a table */
    table_reader **readers;
    size_t count;
} wanted;

static const struct {
    const char *role;
    table_reader *read;
    table_group group;
} tables[] = {{"entities", up_rows_to_entities, USUAL_TABLES},
              {"claims", up_rows_to_claims, USUAL_TABLES},
              {"events", up_rows_to_events, USUAL_TABLES},
              {"projections", up_rows_to_projections, PROJECTION_TABLE}};
enum { TABLES = sizeof tables / sizeof tables[0] };

static void wanted_release(wanted *w)
{
    up_csv_blobs_release(w->blobs, w->count);
    free(w->blobs);
    free(w->resources);
    free(w->metrics);
    free(w->readers);
    *w = (wanted){0};
}

static bool is_wanted(const csv_store *s, const char *metric)
{
    for (size_t i = 0; i < s->pattern_count; i++)
        if (up_series_pattern_matches(s->patterns[i], metric))
            return true;
    return false;
}

static void want(wanted *w, json_t *resource, up_metric_data *metric,
                 table_reader *reader)
{
    w->blobs[w->count].name = up_descriptor_path(resource);
    w->resources[w->count] = resource;
    w->metrics[w->count] = metric;
    w->readers[w->count++] = reader;
}

/* What the patterns name and is not read yet. */
static up_status find_wanted(csv_store *s, wanted *w, up_error *err)
{
    size_t most = s->tracker.metric_count + TABLES;
    up_status status = up_alloc(most, sizeof *w->blobs, &w->blobs, err);
    if (status == UP_OK)
        status = up_alloc(most, sizeof(json_t *), &w->resources, err);
    if (status == UP_OK)
        status = up_alloc(most, sizeof(up_metric_data *), &w->metrics, err);
    if (status == UP_OK)
        status = up_alloc(most, sizeof(table_reader *), &w->readers, err);
    for (size_t i = 0; i < s->tracker.metric_count && status == UP_OK; i++) {
        up_metric_data *data = &s->tracker.metrics[i];
        if (data->loaded || !is_wanted(s, data->metric.name))
            continue;
        json_t *resource = up_descriptor_metric(&s->descriptor, data->metric.name);
        if (resource != NULL) /* else this change renames or removes it */
            want(w, resource, data, NULL);
    }
    for (size_t i = 0; i < TABLES && status == UP_OK; i++) {
        json_t *resource = up_descriptor_table(&s->descriptor, tables[i].role);
        if (resource != NULL && (tables[i].group & s->wanted_tables & ~s->read_tables))
            want(w, resource, NULL, tables[i].read);
    }
    return status;
}

/* Reads one file into the tracker. The file's data is taken. */
static up_status read_file(csv_store *s, wanted *w, size_t i, up_remarks *remarks,
                           up_error *err)
{
    csv_blob *blob = &w->blobs[i];
    if (blob->failure.code != UP_OK) {
        up_remarks_add_error(remarks, &blob->failure);
        if (err != NULL)
            *err = blob->failure;
        return blob->failure.code;
    }
    csv_file file = {0};
    char *data = blob->data;
    blob->data = NULL;
    up_status status = up_csv_file_take(&file, blob->name, data, blob->length,
                                        up_descriptor_delimiter(w->resources[i]), err);
    if (status == UP_OK && w->metrics[i] != NULL) {
        status = up_rows_load(file.data, file.length, file.delimiter, file.source,
                              w->metrics[i], remarks, err);
        w->metrics[i]->loaded = status == UP_OK;
        up_csv_file_release(&file);
        return status;
    }
    if (status == UP_OK)
        status = up_csv_file_parse(&file, remarks, err);
    if (status == UP_OK)
        status = w->readers[i](&file.csv, file.source, &s->tracker, remarks, err);
    up_csv_file_release(&file);
    return status;
}

static void drop_tables(up_tracker *t, unsigned groups)
{
    while ((groups & PROJECTION_TABLE) != 0 && t->kept_count > 0)
        up_kept_release(&t->kept[--t->kept_count]);
    if ((groups & USUAL_TABLES) == 0)
        return;
    while (t->entity_count > 0)
        up_entity_release(&t->entities[--t->entity_count]);
    while (t->claim_count > 0)
        up_claim_release(&t->claims[--t->claim_count]);
    while (t->event_count > 0)
        up_event_release(&t->events[--t->event_count]);
}

static up_status read_wanted(csv_store *s, wanted *w, up_remarks *remarks, up_error *err)
{
    up_status result = UP_OK;
    unsigned reading = s->wanted_tables & ~s->read_tables;
    bool tables_failed = false;
    for (size_t i = 0; i < w->count; i++) {
        up_error reason = {0};
        up_status status = read_file(s, w, i, remarks, &reason);
        tables_failed = tables_failed || (status != UP_OK && w->metrics[i] == NULL);
        if (status != UP_OK && result == UP_OK) {
            result = status;
            if (err != NULL)
                *err = reason;
        }
    }
    if (tables_failed)
        drop_tables(&s->tracker, reading);
    else
        s->read_tables |= reading;
    return result;
}

/* One round: *stale tells that the descriptor was read anew and another round is needed. */
static up_status load_round(csv_store *s, bool *stale, up_remarks *remarks, up_error *err)
{
    wanted w = {0};
    up_status status = find_wanted(s, &w, err);
    if (status == UP_OK && w.count > 0)
        status = up_csv_snapshot(s, w.blobs, w.count, stale, err);
    if (status == UP_OK && w.count > 0 && s->in_change)
        status =
            up_csv_snapshot_check(s, err); /* what is staged builds on what was read */
    if (status == UP_OK && !*stale)
        status = read_wanted(s, &w, remarks, err);
    wanted_release(&w);
    return status == UP_OK && *stale ? up_csv_reload(s, err) : status;
}

static up_status load_all_wanted(csv_store *s, up_remarks *remarks, up_error *err)
{
    bool stale = true, lock_is_ours = s->lock.descriptor <= 0;
    up_status status = UP_OK;
    for (int round = 0; stale && status == UP_OK; round++) {
        stale = false;
        if (round == ROUNDS_MAX && lock_is_ours)
            status = up_folder_lock_take(s->folder, &s->lock, err);
        if (status == UP_OK)
            status = load_round(s, &stale, remarks, err);
    }
    if (lock_is_ours)
        up_folder_lock_release(&s->lock);
    return status;
}

static up_status load(up_store *store, const char *pattern, up_remarks *remarks,
                      up_error *err)
{
    csv_store *s = (csv_store *)store;
    char *copy = NULL;
    up_status status = up_grow(&s->patterns, &s->pattern_capacity, s->pattern_count + 1,
                               sizeof *s->patterns, err);
    if (status == UP_OK)
        status = up_copy_text(pattern != NULL ? pattern : "*", &copy, err);
    if (status != UP_OK)
        return status;
    s->patterns[s->pattern_count++] = copy;
    status = load_all_wanted(s, remarks, err);
    if (status != UP_OK) /* its errors were told; they are not the next load's */
        free(s->patterns[--s->pattern_count]);
    return status;
}

static up_status load_group(csv_store *s, table_group group, up_remarks *remarks,
                            up_error *err)
{
    s->wanted_tables |= group;
    up_status status = load_all_wanted(s, remarks, err);
    s->wanted_tables = s->read_tables;
    return status;
}

static up_status load_tables(up_store *store, up_remarks *remarks, up_error *err)
{
    return load_group((csv_store *)store, USUAL_TABLES, remarks, err);
}

static up_status load_projections(up_store *store, up_remarks *remarks, up_error *err)
{
    return load_group((csv_store *)store, PROJECTION_TABLE, remarks, err);
}

const up_store_backend up_store_csv = {
    .name = "csv",
    .handles = handles,
    .create = create,
    .copy = up_csv_copy,
    .open = open_store,
    .free = free_store,
    .tracker = get_tracker,
    .load = load,
    .parts_open = up_csv_parts_open,
    .parts_read = up_csv_parts_read,
    .parts_plain = up_csv_parts_plain,
    .parts_free = up_csv_parts_free,
    .load_tables = load_tables,
    .load_projections = load_projections,
    .begin = up_csv_begin,
    .add_metric = up_csv_add_metric,
    .set_metric = up_csv_set_metric,
    .add_source = up_csv_add_source,
    .add_observation = up_csv_add_observation,
    .replace_observation = up_csv_replace_observation,
    .remove_observation = up_csv_remove_observation,
    .merge = up_csv_merge_batch,
    .sort = up_csv_sort,
    .rename_metric = up_csv_rename_metric,
    .remove_metric = up_csv_remove_metric,
    .add_licence = up_csv_add_licence,
    .add_metric_source = up_csv_add_metric_source,
    .set_entity = up_csv_set_entity,
    .merge_entity = up_csv_merge_entity,
    .add_claim = up_csv_add_claim,
    .add_event = up_csv_add_event,
    .add_projections = up_csv_add_projections,
    .remove_rows = up_csv_remove_rows,
    .diff = up_csv_diff,
    .commit = up_csv_commit,
};
