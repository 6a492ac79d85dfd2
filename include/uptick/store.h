/* The store: where a tracker is kept. One table of backends; the default is a folder of CSV
 * files under a Frictionless Data Package descriptor.
 *
 *     up_store *store;
 *     up_store_open("series/..", &store, err);
 *     up_store_load(store, "ai-users", remarks, err);
 *     const up_tracker *t = up_store_tracker(store);
 *
 *     up_store_begin(store, err);                        // the lock; what is on disk now
 *     up_store_add_observation(store, "ai-users", &o, err);
 *     up_store_diff(store, &text);                       // --dry-run
 *     up_store_commit(store, err);                       // all or nothing; frees the lock
 *     up_store_free(store);                              // without commit: nothing happened
 *
 * Readers do not lock and never see half a change: what is read is checked to be one state of
 * the folder, and read again when it is not (file.h); only a reader that meets one change after
 * another waits for the writers. Between begin and commit changes are staged in memory only,
 * and the tracker shows what is on disk: staged rows show once they are committed, and what is
 * renamed or removed cannot be loaded until then. After a
 * failed commit nothing has changed, the lock is held and commit may be tried again.
 *
 * What a tracker holds, and pointers into it, are valid until begin, commit or free. */
#ifndef UPTICK_STORE_H
#define UPTICK_STORE_H

#include "uptick/batch.h"
#include "uptick/buffer.h"
#include "uptick/error.h"
#include "uptick/plain.h"
#include "uptick/tracker.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct up_store up_store;

/* Copies a tracker whole to a place that has none: every file that its descriptor names, byte for
 * byte, unknown ones too; then holds what is there against what was read. With `into` the place
 * may have a tracker without any figure, source or row. UP_USAGE: the place has a tracker; a file
 * of that name is there already; both are one place, or in stores of two kinds. UP_BAD_DATA: the
 * descriptor names a file outside series/. Files that only the descriptor's own resources miss
 * are warnings. With `only_look` nothing is written. Of a copy that
 * fails no file is left, unless it is the reading back that does. */
typedef struct up_copy_options {
    bool into, only_look;
} up_copy_options;
typedef struct up_copy_counts {
    size_t metrics, files;
    uint64_t bytes;
} up_copy_counts;
UP_MUST_CHECK up_status up_store_copy(const char *from, const char *to,
                                      const up_copy_options *options,
                                      up_copy_counts *counts, up_remarks *remarks,
                                      up_error *err);
/* The root of the tracker at or above `start`: the nearest folder with
 * series/datapackage.json. Caller frees *root. UP_USAGE when there is none. */
UP_MUST_CHECK up_status up_store_find(const char *start, char **root, up_error *err);
/* Makes DIR/series (and DIR itself) with a descriptor and an empty table of entities: a Data
 * Package needs a resource. UP_USAGE if a tracker is there. */
UP_MUST_CHECK up_status up_store_create(const char *root, const char *title,
                                        up_error *err);

/* Opens the tracker in folder `root` and reads its descriptor: metrics, sources. */
UP_MUST_CHECK up_status up_store_open(const char *root, up_store **store, up_error *err);
void up_store_free(up_store *store);
const up_tracker *up_store_tracker(const up_store *store);

/* Reads the observations of every metric that matches pattern (series.h) and is not read
 * yet; NULL: of all. Every bad row is added to remarks (NULL allowed), err is the first. */
UP_MUST_CHECK up_status up_store_load(up_store *store, const char *pattern,
                                      up_remarks *remarks, up_error *err);
/* A metric's figures in parts, for what looks at one series after another and has no need of
 * all of them in memory:
 *
 *     up_store_parts *parts;
 *     up_store_parts_open(store, "population", 1 << 20, &parts, err);
 *     for (size_t i = 0; i < up_store_parts_count(parts); i++) {
 *         up_metric_data part;
 *         up_store_parts_read(parts, i, &part, err);      // all rows of some entities
 *         up_store_part_release(&part);
 *     }
 *     up_store_parts_free(parts);
 *
 * Entities come in the order of their first rows. The tracker's metric is not loaded by it. */
typedef struct up_store_parts up_store_parts;
/* Parts of so many bytes or more. *parts is NULL where there are not so many bytes, where the
 * metric is loaded, or where its file has no header: then up_store_load has the figures, or
 * says what is wrong. */
UP_MUST_CHECK up_status up_store_parts_open(up_store *store, const char *metric,
                                            size_t bytes, up_store_parts **parts,
                                            up_error *err);
size_t up_store_parts_count(const up_store_parts *parts); /* NULL: 0 */
/* The figures of one part, as up_series_of takes them; several threads may read at once. The
 * first bad row is the error: up_store_load remarks upon all. */
UP_MUST_CHECK up_status up_store_parts_read(const up_store_parts *parts, size_t index,
                                            up_metric_data *data, up_error *err);
void up_store_part_release(up_metric_data *data);
/* The same part as plain series. *is_plain is false, and the list empty, where it holds anything
 * else: then up_store_parts_read has it, or says what is wrong. The list's periods are the
 * parts'. */
UP_MUST_CHECK up_status up_store_parts_plain(const up_store_parts *parts, size_t index,
                                             up_plain_list *list, bool *is_plain,
                                             up_error *err);
void up_store_parts_free(up_store_parts *parts);

/* Reads entities, claims and events. */
UP_MUST_CHECK up_status up_store_load_tables(up_store *store, up_remarks *remarks,
                                             up_error *err);
/* Reads the projections that were kept: two dozen rows for each period, so only for those who
 * ask. */
UP_MUST_CHECK up_status up_store_load_projections(up_store *store, up_remarks *remarks,
                                                  up_error *err);

/* Takes the write lock (waits for it) and drops what was read, so that changes build on what
 * is there. UP_USAGE when a change is under way. */
UP_MUST_CHECK up_status up_store_begin(up_store *store, up_error *err);
/* A new metric with its file. UP_USAGE if the name is taken. */
UP_MUST_CHECK up_status up_store_add_metric(up_store *store, const up_metric *metric,
                                            up_error *err);
/* Writes the metric's keys back; unknown keys of the descriptor are kept. */
UP_MUST_CHECK up_status up_store_set_metric(up_store *store, const up_metric *metric,
                                            up_error *err);
/* Adds or, with replace, changes a source: NULL leaves its title, URL or producer as it is. UP_USAGE when the
 * key is taken (no replace). */
UP_MUST_CHECK up_status up_store_add_source(up_store *store, const up_source *source,
                                            bool replace, up_error *err);
/* A licence of the tracker (metric NULL) or of one metric, unless it has one of that name, or
 * without a name of that address, already. UP_USAGE when it has neither, or for an unknown
 * metric. Texts may be NULL, and are borrowed for the call. */
typedef struct up_licence {
    const char
        *name; /* "CC-BY-4.0"; another text is made one, and the title if there is none */
    const char *title; /* for people */
    const char *url;
} up_licence;
UP_MUST_CHECK up_status up_store_add_licence(up_store *store, const char *metric,
                                             const up_licence *licence, up_error *err);
/* Lists a source of the tracker among those of a metric, unless it is there. UP_USAGE: unknown
 * metric or key. */
UP_MUST_CHECK up_status up_store_add_metric_source(up_store *store, const char *metric,
                                                   const char *key, up_error *err);
/* One line, after its entity's last earlier period, else at the end. UP_BAD_DATA with the
 * line of the row that has its key already, of a row that cannot be read, or when the file
 * lacks a column that the observation needs. */
UP_MUST_CHECK up_status up_store_add_observation(up_store *store, const char *metric,
                                                 const up_observation *observation,
                                                 up_error *err);
/* Many figures of one metric at once, in one pass over what is there. Each row of the batch
 *     says what the last word of its source on its entity and period says already (value, range,
 *     qualifier, status; the last word as of the row's own day of report): unchanged, not added.
 *         With `keep_vintages` only a row with its very key, day of report included, counts as
 *         there already: every vintage of a file that dates them is kept.
 *     has the key of a row that says something else: a conflict; so is a row without a day of report
 *         that says something else than the last word of its source, and one that says the same
 *         is there already
 *     else it is added where up_store_add_observation would put it; it is a revision when that
 *         source had a figure for the period before.
 * Two rows of the batch with one key that say the same are one; that differ, a conflict. Every
 * conflict is a remark at batch->source:line, err is the first, and nothing is staged; with
 * `conflicts` (batch->count zeroed bytes) conflicting rows are marked there and left out instead.
 * Without `keep_vintages` rows of the batch itself are taken in the order of their days of report:
 * one that repeats the one before it is unchanged too. Of two rows of the batch with one key that
 * differ neither is taken. The batch is borrowed until commit or free: its rows are rendered
 * when the file is written. */
typedef struct up_merge_options {
    bool keep_vintages;
    unsigned char *conflicts; /* NULL: a conflict is an error */
} up_merge_options;
typedef struct up_merge_counts {
    size_t added, revised, unchanged, conflicts; /* added counts revisions too */
    size_t
        elsewhere; /* added ones whose entity and period have a figure of another source … */
    char other_source[64]; /* … such as this one */
} up_merge_counts;
UP_MUST_CHECK up_status up_store_merge(up_store *store, const char *metric,
                                       const up_batch *batch,
                                       const up_merge_options *options,
                                       up_merge_counts *counts, up_remarks *remarks,
                                       up_error *err);
/* Changes the row with the key of `old`, in old's line if that is not 0, to say what `now` says.
 * Cells that say something else are written anew, every other byte stays, and so does its place
 * while it is in order there. UP_USAGE: there is no such row; UP_BAD_DATA: another row has now's
 * key. */
UP_MUST_CHECK up_status up_store_replace_observation(up_store *store, const char *metric,
                                                     const up_observation *old,
                                                     const up_observation *now,
                                                     up_error *err);
/* Takes the row with the key of `old`, in old's line if that is not 0, out of its file.
 * UP_USAGE: there is none. */
UP_MUST_CHECK up_status up_store_remove_observation(up_store *store, const char *metric,
                                                    const up_observation *old,
                                                    up_error *err);
/* Renames a metric: its resource and file, and where claims, events, projections and other
 * metrics' floor or ceiling name it. UP_USAGE: unknown, or the new name is taken or no slug. */
UP_MUST_CHECK up_status up_store_rename_metric(up_store *store, const char *from,
                                               const char *to, up_error *err);
/* Takes a metric with all its figures away, its file too. UP_USAGE while claims, events or kept
 * projections name it. */
UP_MUST_CHECK up_status up_store_remove_metric(up_store *store, const char *name,
                                               up_error *err);
/* Adds an entity, or changes the code and aliases of the one of that name. UP_USAGE when a name,
 * code or alias is another's already. */
UP_MUST_CHECK up_status up_store_set_entity(up_store *store, const up_entity *entity,
                                            up_error *err);
/* Makes two entities one: rows, claims, events and kept projections of `other` become those of
 * `name`, which keeps the other's name, code and aliases as its own. UP_BAD_DATA when a metric
 * has rows of both with one key: each such row is a remark, err the first, and nothing is staged. UP_USAGE: nobody is
 * called `other`, or it is a name of a third. */
typedef struct up_relabelled {
    size_t figures, claims, events;
    size_t projections; /* rows of them */
} up_relabelled;
UP_MUST_CHECK up_status up_store_merge_entity(up_store *store, const char *name,
                                              const char *other, up_relabelled *counts,
                                              up_remarks *remarks, up_error *err);
/* Sorts the rows of a metric's file, stably: entities in the order of their first rows, each one's
 * rows by up_observation_compare; blank lines go. *moved counts the rows that stand elsewhere now.
 * For `check --fix`. */
UP_MUST_CHECK up_status up_store_sort(up_store *store, const char *metric, size_t *moved,
                                      up_error *err);
UP_MUST_CHECK up_status up_store_add_claim(up_store *store, const up_claim *claim,
                                           up_error *err);
UP_MUST_CHECK up_status up_store_add_event(up_store *store, const up_event *event,
                                           up_error *err);
/* Keeps projections: a row for each of their figures. UP_USAGE when one of that id is there. */
UP_MUST_CHECK up_status up_store_add_projections(up_store *store, const up_kept kept[],
                                                 size_t count, up_error *err);
/* Takes rows out of a table beside the metrics ("claims", "events", "projections"), each by the
 * line that it begins in; its cells need not make sense. Each is a note in `removed` with its line
 * and what it said.
 * UP_USAGE: no row begins there; nothing is taken out then. */
UP_MUST_CHECK up_status up_store_remove_rows(up_store *store, const char *role,
                                             const size_t lines[], size_t count,
                                             up_remarks *removed, up_error *err);
/* Appends a unified diff of what commit would change. */
UP_MUST_CHECK up_status up_store_diff(const up_store *store, up_buffer *out,
                                      up_error *err);
UP_MUST_CHECK up_status up_store_commit(up_store *store, up_error *err);

#ifdef __cplusplus
}
#endif
#endif
