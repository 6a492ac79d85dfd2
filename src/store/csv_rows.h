/* Rows of a tracker's tables, read from CSV and written as texts. The columns of each table
 * are listed once, here; those of observations come from observation.h. */
#ifndef UPTICK_STORE_CSV_ROWS_H
#define UPTICK_STORE_CSV_ROWS_H

#include "uptick/csv.h"
#include "uptick/tracker.h"

/* Separates the aliases of an entity; blanks around it do not count. */
#define ALIAS_SEPARATOR '|'

enum { ENTITY_COLUMNS = 3, CLAIM_COLUMNS = 14, EVENT_COLUMNS = 7, KEPT_COLUMNS = 11 };
extern const char *const up_entity_column_names[ENTITY_COLUMNS];
extern const char *const up_claim_column_names[CLAIM_COLUMNS];
extern const char *const up_event_column_names[EVENT_COLUMNS];
extern const char *const up_kept_column_names[KEPT_COLUMNS]; /* csv_projections.c */

/* Each reads all records but the header and appends what they say. Columns may stand in any
 * order; unknown ones are left alone, standard ones may be missing but for those without
 * which a row says nothing. Every bad row is added to remarks, err is the first, and then
 * nothing is kept. */
UP_MUST_CHECK up_status up_rows_to_observations(const up_csv *csv, const char *source,
                                                up_metric_data *data, up_remarks *remarks,
                                                up_error *err);
/* The same one by one, of a whole file's bytes: what was read is borrowed by `visit`, `end` is
 * where its record ends in data. header then holds the file's first line. After a bad row or a
 * failure of visit, which is the row's, nothing more is visited; bad rows all are remarks. */
typedef up_status up_row_visit(void *context, const up_observation *observation,
                               size_t end, up_error *err);
UP_MUST_CHECK up_status up_rows_each_observation(const char *data, size_t length,
                                                 char delimiter, const char *source,
                                                 const up_period_options *options,
                                                 up_row_visit *visit, void *context,
                                                 up_csv *header, up_remarks *remarks,
                                                 up_error *err);
/* All observations of a whole file's bytes, as up_rows_to_observations, without the table between:
 * the texts of the rows are in the metric's pool. */
UP_MUST_CHECK up_status up_rows_load(const char *bytes, size_t length, char delimiter,
                                     const char *source, up_metric_data *data,
                                     up_remarks *remarks, up_error *err);
/* The same of some of its records; the first span holds the header. */
UP_MUST_CHECK up_status up_rows_load_spans(const char *bytes, const up_csv_span spans[],
                                           size_t count, char delimiter,
                                           const char *source, up_metric_data *data,
                                           up_remarks *remarks, up_error *err);
UP_MUST_CHECK up_status up_rows_to_entities(const up_csv *csv, const char *source,
                                            up_tracker *tracker, up_remarks *remarks,
                                            up_error *err);
UP_MUST_CHECK up_status up_rows_to_claims(const up_csv *csv, const char *source,
                                          up_tracker *tracker, up_remarks *remarks,
                                          up_error *err);
UP_MUST_CHECK up_status up_rows_to_events(const up_csv *csv, const char *source,
                                          up_tracker *tracker, up_remarks *remarks,
                                          up_error *err);
UP_MUST_CHECK up_status up_rows_to_projections(const up_csv *csv, const char *source,
                                               up_tracker *tracker, up_remarks *remarks,
                                               up_error *err);

/* A row's texts, one per column name above. Zeroed is empty. */
typedef struct row_texts {
    up_buffer buffers[CLAIM_COLUMNS];
    const char *texts[CLAIM_COLUMNS];
} row_texts;
UP_MUST_CHECK up_status up_row_of_observation(const up_observation *observation,
                                              row_texts *row, up_error *err);
UP_MUST_CHECK up_status up_row_of_claim(const up_claim *claim, row_texts *row,
                                        up_error *err);
UP_MUST_CHECK up_status up_row_of_event(const up_event *event, row_texts *row,
                                        up_error *err);
/* One of its figures. */
UP_MUST_CHECK up_status up_row_of_kept(const up_kept *kept, const up_kept_figure *figure,
                                       row_texts *row, up_error *err);
/* Makes the texts of buffers that were filled; releases them when memory ran out. */
UP_MUST_CHECK up_status up_row_texts_finish(row_texts *row, up_error *err);
void up_row_texts_release(row_texts *row);

#endif
