/* The folder backend's own store, shared by its files:
 *
 *     store_csv.c      opens, loads, creates; the row of the backend table
 *     csv_snapshot.c   reads files so that no half of another's change is seen
 *     csv_change.c     begin, tables in a change, diff, commit
 *     csv_figures.c    changes of a metric's rows       csv_merge.c  many rows at once
 *     csv_metrics.c    changes of metrics, sources, licences
 *     csv_tables.c     changes of entities, claims, events
 *     csv_projections.c   the projections that were kept
 *     csv_copy.c       a whole folder to another place
 *     csv_parts.c      a metric part by part, for who needs no more at once
 *     csv_descriptor*  datapackage.json         csv_rows.c   rows ↔ observations, claims, …
 *     csv_file.c       a table's file and the rows added to it
 *     csv_index.c      finds rows by key and by entity
 *
 * Two states: reading (no lock), and in a change (from begin to commit: the lock is held, and
 * what was read stays true). Files that were read are remembered with their stamps; should
 * another program have changed one of them when more is read, everything is read anew, and
 * the old tracker is retired: kept until begin, commit or free, for those who point into it. */
#ifndef UPTICK_STORE_CSV_STORE_H
#define UPTICK_STORE_CSV_STORE_H

#include "store/backend.h"
#include "store/csv_descriptor.h"
#include "store/csv_file.h"
#include "store/csv_index.h"
#include "uptick/file.h"

/* Tables that are read together. */
typedef enum table_group { USUAL_TABLES = 1, PROJECTION_TABLE = 2 } table_group;

typedef struct file_stamp {
    char *name;
    up_file_stamp stamp;
} file_stamp;

/* A table in a change: the file, and for a metric whose file is parsed its rows as
 * observations. */
typedef struct staged_table {
    csv_file file;
    up_metric_data data;
    csv_index index;
    bool is_indexed;
    char *disk_name; /* of a file that gets another name; NULL: it has that of file */
    bool goes;
} staged_table;

typedef struct csv_store {
    up_store base;
    char *folder; /* ROOT/series */
    up_tracker tracker, *retired;
    size_t retired_count, retired_capacity;
    char **patterns; /* of the loads so far */
    size_t pattern_count, pattern_capacity;
    unsigned wanted_tables, read_tables; /* bits of table_group */
    file_stamp *stamps;
    size_t stamp_count, stamp_capacity;
    up_folder_lock lock;

    descriptor descriptor;
    char *descriptor_text; /* as it is on disk */
    size_t descriptor_length;
    bool in_change;
    staged_table **staged;
    size_t staged_count, staged_capacity;
} csv_store;

/* A file that is to be read, and what came of it. */
typedef struct csv_blob {
    const char *name; /* borrowed */
    char *data;       /* owned */
    size_t length;
    up_file_stamp stamp;
    up_error failure; /* code UP_OK when it was read */
} csv_blob;

/* Reads files of the folder in one state of it. *stale tells that a file read earlier has
 * changed since: then nothing was kept. In a change earlier files are left to
 * up_csv_snapshot_check. Sources in failures are relative to the root. */
UP_MUST_CHECK up_status up_csv_snapshot(csv_store *s, csv_blob *blobs, size_t count,
                                        bool *stale, up_error *err);
void up_csv_blobs_release(csv_blob *blobs, size_t count);
void up_csv_snapshot_forget(csv_store *s);
/* UP_SYSTEM when a file that was read has changed since, lock or not: an editor takes none. */
UP_MUST_CHECK up_status up_csv_snapshot_check(const csv_store *s, up_error *err);

/* Reads the descriptor and gives the store a tracker made from it; the one it had is retired.
 * Patterns stay: the next load reads what they name. */
UP_MUST_CHECK up_status up_csv_reload(csv_store *s, up_error *err);
/* Forgets the retired trackers and what was loaded. */
void up_csv_drop_old(csv_store *s);

/* Makes a folder and those above it. */
UP_MUST_CHECK up_status up_csv_make_folders(const char *path, up_error *err);
up_status up_csv_copy(const char *from, const char *to, const up_copy_options *options,
                      up_copy_counts *counts, up_remarks *remarks, up_error *err);

/* --- Tables in a change: each of these wants one that was begun -------------------------- */

UP_MUST_CHECK up_status up_csv_check_change(const csv_store *s, up_error *err);
/* The table of a resource that is there, parsed; the rows of a metric (NULL for the other
 * tables) can be found by what they say. */
UP_MUST_CHECK up_status up_csv_stage(csv_store *s, json_t *resource,
                                     const up_metric *metric, staged_table **table,
                                     up_error *err);
/* The same, not parsed. */
UP_MUST_CHECK up_status up_csv_stage_bytes(csv_store *s, const json_t *resource,
                                           staged_table **table, up_error *err);
/* The same, as far as this change has read it. */
UP_MUST_CHECK up_status up_csv_stage_raw(csv_store *s, const json_t *resource,
                                         staged_table **table, up_error *err);
/* Forgets a table that was read and not used. */
void up_csv_unstage(csv_store *s, staged_table *table);
/* Gives the file of a resource another name, which must be free. The resource is the caller's to
 * change. */
UP_MUST_CHECK up_status up_csv_stage_rename(csv_store *s, const json_t *resource,
                                            const char *name, up_error *err);
/* Takes the file of a resource away. */
UP_MUST_CHECK up_status up_csv_stage_removal(csv_store *s, const json_t *resource,
                                             up_error *err);
/* Parses a table again that has changed, so that its CSV holds what it is now. */
UP_MUST_CHECK up_status up_csv_refresh(staged_table *table, up_error *err);
/* The rows of a metric's table are found by what they say now. */
UP_MUST_CHECK up_status up_csv_reindex(staged_table *table, up_error *err);
/* A new file NAME.csv of these columns. Its resource is the caller's to add. */
UP_MUST_CHECK up_status up_csv_stage_new(csv_store *s, const char *name,
                                         const char *const columns[], size_t count,
                                         staged_table **table, up_error *err);
/* The table with a role, made when it is first needed. */
UP_MUST_CHECK up_status up_csv_stage_role(csv_store *s, const char *role,
                                          const char *const columns[], size_t count,
                                          staged_table **table, up_error *err);
/* In the table with a role, if there is one: changes the cells of a column that say `from`, and
 * counts them; or fails with UP_USAGE at the first row whose cell says `text`, naming all. */
UP_MUST_CHECK up_status up_csv_relabel(csv_store *s, const char *role, const char *column,
                                       const char *from, const char *to, size_t *count,
                                       up_error *err);
UP_MUST_CHECK up_status up_csv_check_unused(csv_store *s, const char *role,
                                            const char *column, const char *text,
                                            up_error *err);
/* Makes the descriptor name the columns of a file whose header was read: one that its user has
 * added shows with the next change. */
UP_MUST_CHECK up_status up_csv_mirror(json_t *resource, const csv_file *file,
                                      up_error *err);

/* The calls of a change. */
up_status up_csv_begin(up_store *store, up_error *err);
up_status up_csv_add_metric(up_store *store, const up_metric *metric, up_error *err);
up_status up_csv_set_metric(up_store *store, const up_metric *metric, up_error *err);
up_status up_csv_add_source(up_store *store, const up_source *source, bool replace,
                            up_error *err);
up_status up_csv_add_observation(up_store *store, const char *metric,
                                 const up_observation *observation, up_error *err);
up_status up_csv_replace_observation(up_store *store, const char *metric,
                                     const up_observation *old, const up_observation *now,
                                     up_error *err);
up_status up_csv_remove_observation(up_store *store, const char *metric,
                                    const up_observation *old, up_error *err);
up_status up_csv_sort(up_store *store, const char *metric, size_t *moved, up_error *err);
up_status up_csv_rename_metric(up_store *store, const char *from, const char *to,
                               up_error *err);
up_status up_csv_remove_metric(up_store *store, const char *name, up_error *err);
up_status up_csv_add_licence(up_store *store, const char *metric,
                             const up_licence *licence, up_error *err);
up_status up_csv_add_metric_source(up_store *store, const char *metric, const char *key,
                                   up_error *err);
up_status up_csv_set_entity(up_store *store, const up_entity *entity, up_error *err);
up_status up_csv_merge_entity(up_store *store, const char *name, const char *other,
                              up_relabelled *counts, up_remarks *remarks, up_error *err);
up_status up_csv_merge_batch(up_store *store, const char *metric, const up_batch *batch,
                             const up_merge_options *options, up_merge_counts *counts,
                             up_remarks *remarks, up_error *err);
up_status up_csv_add_claim(up_store *store, const up_claim *claim, up_error *err);
up_status up_csv_add_event(up_store *store, const up_event *event, up_error *err);
up_status up_csv_add_projections(up_store *store, const up_kept kept[], size_t count,
                                 up_error *err);
up_status up_csv_remove_rows(up_store *store, const char *role, const size_t lines[],
                             size_t count, up_remarks *removed, up_error *err);
up_status up_csv_diff(const up_store *store, up_buffer *out, up_error *err);
up_status up_csv_commit(up_store *store, up_error *err);
void up_csv_drop_change(csv_store *s);

#endif
