/* Changes of metrics and sources. */
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
