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

up_status up_csv_add_observation(up_store *store, const char *metric,
                                 const up_observation *observation, up_error *err)
{
    csv_store *s = (csv_store *)store;
    staged_table *table = NULL;
    up_status status = up_csv_check_change(s, err);
    if (status == UP_OK)
        status = up_observation_validate(observation, err);
    if (status == UP_OK)
        status = stage_metric(s, metric, &table, err);
    if (status != UP_OK)
        return status;
    const csv_row *twin = up_csv_index_find(&table->index, observation);
    if (twin != NULL)
        return refuse_twin(&table->file, twin, err);
    return insert_observation(table, observation, err);
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
