/* Changes of the tables beside the metrics. */
#include "store/csv_rows.h"
#include "store/csv_store.h"

/* Appends the row and releases it. */
static up_status append_row(csv_store *s, const char *role, const char *const columns[],
                            size_t count, row_texts *texts, up_error *err)
{
    staged_table *table = NULL;
    csv_row *row = NULL;
    up_status status = up_csv_stage_role(s, role, columns, count, &table, err);
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
    up_status status = up_csv_check_change(s, err);
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
    up_status status = up_csv_check_change(s, err);
    if (status == UP_OK && event->metric != NULL && event->metric[0] != '\0')
        status = check_metric(s, event->metric, err);
    if (status == UP_OK)
        status = up_row_of_event(event, &texts, err);
    if (status != UP_OK)
        return status;
    return append_row(s, "events", up_event_column_names, EVENT_COLUMNS, &texts, err);
}
