/* A backend of the store: one constant struct of function pointers, one row in the table of
 * store.c. What each function does stands in uptick/store.h; `up_store_NAME` calls `NAME`.
 *
 * A backend's own store begins with the struct up_store, whose backend it sets. */
#ifndef UPTICK_STORE_BACKEND_H
#define UPTICK_STORE_BACKEND_H

#include <stdbool.h>

#include "uptick/store.h"

typedef struct up_store_backend {
    const char *name;
    bool (*handles)(const char *root); /* by its form alone: a path, a URI */
    up_status (*create)(const char *root, const char *title, up_error *err);
    up_status (*copy)(const char *from, const char *to, const up_copy_options *options,
                      up_copy_counts *counts, up_remarks *remarks, up_error *err);
    up_status (*open)(const char *root, up_store **store, up_error *err);
    void (*free)(up_store *store);
    const up_tracker *(*tracker)(const up_store *store);
    up_status (*load)(up_store *store, const char *pattern, up_remarks *remarks,
                      up_error *err);
    up_status (*parts_open)(up_store *store, const char *metric, size_t bytes,
                            up_store_parts **parts, up_error *err);
    up_status (*parts_read)(const up_store_parts *parts, size_t index,
                            up_metric_data *data, up_error *err);
    up_status (*parts_plain)(const up_store_parts *parts, size_t index,
                             up_plain_list *list, bool *is_plain, up_error *err);
    void (*parts_free)(up_store_parts *parts);
    up_status (*load_tables)(up_store *store, up_remarks *remarks, up_error *err);
    up_status (*load_projections)(up_store *store, up_remarks *remarks, up_error *err);
    up_status (*begin)(up_store *store, up_error *err);
    up_status (*add_metric)(up_store *store, const up_metric *metric, up_error *err);
    up_status (*set_metric)(up_store *store, const up_metric *metric, up_error *err);
    up_status (*add_source)(up_store *store, const up_source *source, bool replace,
                            up_error *err);
    up_status (*add_observation)(up_store *store, const char *metric,
                                 const up_observation *observation, up_error *err);
    up_status (*replace_observation)(up_store *store, const char *metric,
                                     const up_observation *old, const up_observation *now,
                                     up_error *err);
    up_status (*remove_observation)(up_store *store, const char *metric,
                                    const up_observation *old, up_error *err);
    up_status (*sort)(up_store *store, const char *metric, size_t *moved, up_error *err);
    up_status (*rename_metric)(up_store *store, const char *from, const char *to,
                               up_error *err);
    up_status (*remove_metric)(up_store *store, const char *name, up_error *err);
    up_status (*add_licence)(up_store *store, const char *metric,
                             const up_licence *licence, up_error *err);
    up_status (*add_metric_source)(up_store *store, const char *metric, const char *key,
                                   up_error *err);
    up_status (*set_entity)(up_store *store, const up_entity *entity, up_error *err);
    up_status (*merge_entity)(up_store *store, const char *name, const char *other,
                              up_relabelled *counts, up_remarks *remarks, up_error *err);
    up_status (*merge)(up_store *store, const char *metric, const up_batch *batch,
                       const up_merge_options *options, up_merge_counts *counts,
                       up_remarks *remarks, up_error *err);
    up_status (*add_claim)(up_store *store, const up_claim *claim, up_error *err);
    up_status (*add_event)(up_store *store, const up_event *event, up_error *err);
    up_status (*add_projections)(up_store *store, const up_kept kept[], size_t count,
                                 up_error *err);
    up_status (*remove_rows)(up_store *store, const char *role, const size_t lines[],
                             size_t count, up_remarks *removed, up_error *err);
    up_status (*diff)(const up_store *store, up_buffer *out, up_error *err);
    up_status (*commit)(up_store *store, up_error *err);
} up_store_backend;

struct up_store {
    const up_store_backend *backend;
};

struct up_store_parts {
    const up_store_backend *backend;
    size_t count;
};

extern const up_store_backend up_store_csv; /* store_csv.c: a folder of CSV files */

#endif
