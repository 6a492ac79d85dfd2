#include "uptick/store.h"

#include <string.h>

#include "store/backend.h"

/* The first that handles a root has it. */
static const up_store_backend *const backends[] = {&up_store_csv};
enum { BACKENDS = sizeof backends / sizeof backends[0] };

static up_status find_backend(const char *root, const up_store_backend **backend,
                              up_error *err)
{
    for (size_t i = 0; i < BACKENDS; i++)
        if (backends[i]->handles(root)) {
            *backend = backends[i];
            return UP_OK;
        }
    /* Only the scheme: what follows may hold a password. */
    return up_error_set(err, UP_USAGE, "no store for '%.*s://' (wanted a folder)",
                        (int)strcspn(root, ":"), root);
}

up_status up_store_create(const char *root, const char *title, up_error *err)
{
    const up_store_backend *backend;
    up_status status = find_backend(root, &backend, err);
    return status == UP_OK ? backend->create(root, title, err) : status;
}

up_status up_store_copy(const char *from, const char *to, const up_copy_options *options,
                        up_copy_counts *counts, up_remarks *remarks, up_error *err)
{
    const up_store_backend *source, *target;
    up_status status = find_backend(from, &source, err);
    if (status == UP_OK)
        status = find_backend(to, &target, err);
    if (status == UP_OK && source != target)
        status =
            up_error_set(err, UP_USAGE, "no copy from a store of kind %s to one of %s",
                         source->name, target->name);
    return status == UP_OK ? source->copy(from, to, options, counts, remarks, err)
                           : status;
}

up_status up_store_open(const char *root, up_store **store, up_error *err)
{
    const up_store_backend *backend;
    up_status status = find_backend(root, &backend, err);
    return status == UP_OK ? backend->open(root, store, err) : status;
}

void up_store_free(up_store *store)
{
    if (store != NULL)
        store->backend->free(store);
}

const up_tracker *up_store_tracker(const up_store *store)
{
    return store->backend->tracker(store);
}

up_status up_store_load(up_store *store, const char *pattern, up_remarks *remarks,
                        up_error *err)
{
    return store->backend->load(store, pattern, remarks, err);
}

up_status up_store_parts_open(up_store *store, const char *metric, size_t bytes,
                              up_store_parts **parts, up_error *err)
{
    return store->backend->parts_open(store, metric, bytes, parts, err);
}

size_t up_store_parts_count(const up_store_parts *parts)
{
    return parts != NULL ? parts->count : 0;
}

up_status up_store_parts_read(const up_store_parts *parts, size_t index,
                              up_metric_data *data, up_error *err)
{
    return parts->backend->parts_read(parts, index, data, err);
}

up_status up_store_parts_plain(const up_store_parts *parts, size_t index,
                               up_plain_list *list, bool *is_plain, up_error *err)
{
    return parts->backend->parts_plain(parts, index, list, is_plain, err);
}

void up_store_part_release(up_metric_data *data)
{
    data->metric = (up_metric){0}; /* the tracker's, as the path is */
    data->path = NULL;
    up_metric_data_release(data);
}

void up_store_parts_free(up_store_parts *parts)
{
    if (parts != NULL)
        parts->backend->parts_free(parts);
}

up_status up_store_load_tables(up_store *store, up_remarks *remarks, up_error *err)
{
    return store->backend->load_tables(store, remarks, err);
}

up_status up_store_load_projections(up_store *store, up_remarks *remarks, up_error *err)
{
    return store->backend->load_projections(store, remarks, err);
}

up_status up_store_begin(up_store *store, up_error *err)
{
    return store->backend->begin(store, err);
}

up_status up_store_add_metric(up_store *store, const up_metric *metric, up_error *err)
{
    return store->backend->add_metric(store, metric, err);
}

up_status up_store_set_metric(up_store *store, const up_metric *metric, up_error *err)
{
    return store->backend->set_metric(store, metric, err);
}

up_status up_store_add_source(up_store *store, const up_source *source, bool replace,
                              up_error *err)
{
    return store->backend->add_source(store, source, replace, err);
}

/* The figures of a metric with a formula are never stored. */
static up_status check_takes_figures(const up_store *store, const char *metric,
                                     up_error *err)
{
    const up_metric_data *data = up_tracker_metric(up_store_tracker(store), metric);
    if (data == NULL || data->metric.formula[0] == '\0')
        return UP_OK;
    return up_error_set(err, UP_USAGE,
                        "the figures of '%s' are worked out as %s, and none are stored",
                        metric, data->metric.formula);
}

up_status up_store_add_observation(up_store *store, const char *metric,
                                   const up_observation *observation, up_error *err)
{
    up_status status = check_takes_figures(store, metric, err);
    return status == UP_OK
               ? store->backend->add_observation(store, metric, observation, err)
               : status;
}

up_status up_store_merge(up_store *store, const char *metric, const up_batch *batch,
                         const up_merge_options *options, up_merge_counts *counts,
                         up_remarks *remarks, up_error *err)
{
    up_status status = check_takes_figures(store, metric, err);
    return status == UP_OK ? store->backend->merge(store, metric, batch, options, counts,
                                                   remarks, err)
                           : status;
}

up_status up_store_replace_observation(up_store *store, const char *metric,
                                       const up_observation *old,
                                       const up_observation *now, up_error *err)
{
    return store->backend->replace_observation(store, metric, old, now, err);
}

up_status up_store_remove_observation(up_store *store, const char *metric,
                                      const up_observation *old, up_error *err)
{
    return store->backend->remove_observation(store, metric, old, err);
}

up_status up_store_sort(up_store *store, const char *metric, size_t *moved, up_error *err)
{
    return store->backend->sort(store, metric, moved, err);
}

up_status up_store_rename_metric(up_store *store, const char *from, const char *to,
                                 up_error *err)
{
    return store->backend->rename_metric(store, from, to, err);
}

up_status up_store_remove_metric(up_store *store, const char *name, up_error *err)
{
    return store->backend->remove_metric(store, name, err);
}

up_status up_store_add_licence(up_store *store, const char *metric,
                               const up_licence *licence, up_error *err)
{
    return store->backend->add_licence(store, metric, licence, err);
}

up_status up_store_add_metric_source(up_store *store, const char *metric, const char *key,
                                     up_error *err)
{
    return store->backend->add_metric_source(store, metric, key, err);
}

up_status up_store_set_entity(up_store *store, const up_entity *entity, up_error *err)
{
    return store->backend->set_entity(store, entity, err);
}

up_status up_store_merge_entity(up_store *store, const char *name, const char *other,
                                up_relabelled *counts, up_remarks *remarks, up_error *err)
{
    return store->backend->merge_entity(store, name, other, counts, remarks, err);
}

up_status up_store_add_claim(up_store *store, const up_claim *claim, up_error *err)
{
    return store->backend->add_claim(store, claim, err);
}

up_status up_store_add_event(up_store *store, const up_event *event, up_error *err)
{
    return store->backend->add_event(store, event, err);
}

up_status up_store_add_projections(up_store *store, const up_kept kept[], size_t count,
                                   up_error *err)
{
    return store->backend->add_projections(store, kept, count, err);
}

up_status up_store_remove_rows(up_store *store, const char *role, const size_t lines[],
                               size_t count, up_remarks *removed, up_error *err)
{
    return store->backend->remove_rows(store, role, lines, count, removed, err);
}

up_status up_store_diff(const up_store *store, up_buffer *out, up_error *err)
{
    return store->backend->diff(store, out, err);
}

up_status up_store_commit(up_store *store, up_error *err)
{
    return store->backend->commit(store, err);
}
