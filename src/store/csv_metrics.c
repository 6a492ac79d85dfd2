/* Changes of metrics, sources and licences. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "store/csv_rows.h"
#include "store/csv_store.h"

up_status up_csv_add_metric(up_store *store, const up_metric *metric, up_error *err)
{
    csv_store *s = (csv_store *)store;
    staged_table *table = NULL;
    up_status status = up_csv_check_change(s, err);
    if (status == UP_OK && !up_metric_name_is_valid(metric->name))
        status = up_error_set(err, UP_USAGE, "'%s' cannot name a metric", metric->name);
    if (status == UP_OK && up_descriptor_named(&s->descriptor, metric->name) != NULL)
        status = up_error_at(err, UP_USAGE, DESCRIPTOR_SOURCE, 0,
                             "there is a metric '%s' already", metric->name);
    if (status == UP_OK)
        status = up_csv_stage_new(s, metric->name, up_observation_column_names,
                                  UP_OBSERVATION_COLUMNS, &table, err);
    if (status != UP_OK)
        return status;
    return up_descriptor_add_metric(&s->descriptor, metric, table->file.name,
                                    up_observation_column_names, UP_OBSERVATION_COLUMNS,
                                    err);
}

up_status up_csv_set_metric(up_store *store, const up_metric *metric, up_error *err)
{
    csv_store *s = (csv_store *)store;
    up_status status = up_csv_check_change(s, err);
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
    up_status status = up_csv_check_change(s, err);
    if (status != UP_OK)
        return status;
    return up_descriptor_set_source(&s->descriptor, source, replace, err);
}

static up_status unknown_metric(const csv_store *s, const char *name, up_error *err)
{
    return up_tracker_unknown_metric(&s->tracker, name, err);
}

up_status up_csv_add_licence(up_store *store, const char *metric,
                             const up_licence *licence, up_error *err)
{
    csv_store *s = (csv_store *)store;
    up_status status = up_csv_check_change(s, err);
    if (status != UP_OK)
        return status;
    json_t *at = metric == NULL ? s->descriptor.root
                                : up_descriptor_metric(&s->descriptor, metric);
    if (at == NULL)
        return unknown_metric(s, metric, err);
    return up_descriptor_add_licence(at, licence, err);
}

up_status up_csv_add_metric_source(up_store *store, const char *metric, const char *key,
                                   up_error *err)
{
    csv_store *s = (csv_store *)store;
    up_status status = up_csv_check_change(s, err);
    if (status != UP_OK)
        return status;
    json_t *resource = up_descriptor_metric(&s->descriptor, metric);
    if (resource == NULL)
        return unknown_metric(s, metric, err);
    return up_descriptor_add_metric_source(&s->descriptor, resource, key, err);
}

/* --- Renaming ------------------------------------------------------------------------------- */

/* The file follows the name unless its user has given it one of its own. */
static up_status rename_file(csv_store *s, json_t *resource, const char *from,
                             const char *to, up_error *err)
{
    char old[128], new[128];
    snprintf(old, sizeof old, "%s.csv", from);
    snprintf(new, sizeof new, "%s.csv", to);
    if (strcmp(up_descriptor_path(resource), old) != 0)
        return UP_OK;
    up_status status = up_csv_stage_rename(s, resource, new, err);
    if (status == UP_OK && json_object_set_new(resource, "path", json_string(new)) != 0)
        status = up_error_memory(err);
    return status;
}

static up_status check_new_name(const csv_store *s, const char *to, up_error *err)
{
    if (!up_metric_name_is_valid(to))
        return up_error_set(err, UP_USAGE, "'%s' cannot name a metric", to);
    if (up_descriptor_named(&s->descriptor, to) != NULL)
        return up_error_at(err, UP_USAGE, DESCRIPTOR_SOURCE, 0,
                           "there is a metric '%s' already", to);
    return UP_OK;
}

up_status up_csv_rename_metric(up_store *store, const char *from, const char *to,
                               up_error *err)
{
    csv_store *s = (csv_store *)store;
    static const char *const roles[] = {"claims", "events", "projections"};
    size_t renamed;
    up_status status = up_csv_check_change(s, err);
    if (status != UP_OK)
        return status;
    json_t *resource = up_descriptor_metric(&s->descriptor, from);
    if (resource == NULL)
        return unknown_metric(s, from, err);
    status = check_new_name(s, to, err);
    for (size_t i = 0; i < 3 && status == UP_OK; i++)
        status = up_csv_relabel(s, roles[i], "metric", from, to, &renamed, err);
    if (status == UP_OK)
        status = rename_file(s, resource, from, to, err);
    return status == UP_OK ? up_descriptor_rename(&s->descriptor, resource, to, err)
                           : status;
}

/* --- Removing --------------------------------------------------------------------------------- */

up_status up_csv_remove_metric(up_store *store, const char *name, up_error *err)
{
    csv_store *s = (csv_store *)store;
    staged_table *table = NULL;
    static const char *const roles[] = {"claims", "events", "projections"};
    up_status status = up_csv_check_change(s, err);
    if (status != UP_OK)
        return status;
    json_t *resource = up_descriptor_metric(&s->descriptor, name);
    if (resource == NULL)
        return unknown_metric(s, name, err);
    for (size_t i = 0; i < 3 && status == UP_OK; i++)
        status = up_csv_check_unused(s, roles[i], "metric", name, err);
    const char *user = up_descriptor_limited_by(&s->descriptor, name);
    if (status == UP_OK && user != NULL)
        status = up_error_at(err, UP_USAGE, DESCRIPTOR_SOURCE, 0,
                             "'%s' is the floor or ceiling of '%s'", name, user);
    if (status == UP_OK)
        status = up_csv_stage_removal(s, resource, err);
    /* a Data Package needs a resource */
    if (status == UP_OK &&
        json_array_size(json_object_get(s->descriptor.root, "resources")) == 1)
        status = up_csv_stage_role(s, "entities", up_entity_column_names, ENTITY_COLUMNS,
                                   &table, err);
    return status == UP_OK ? up_descriptor_remove(&s->descriptor, resource, err) : status;
}
