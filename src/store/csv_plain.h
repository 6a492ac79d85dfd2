/* Rows of one entity that are all of one simple form, read as a plain series. */
#ifndef UPTICK_STORE_CSV_PLAIN_H
#define UPTICK_STORE_CSV_PLAIN_H

#include "uptick/csv.h"
#include "uptick/plain.h"
#include "uptick/tracker.h"

/* A file without quotes whose columns begin with entity, period and value. */
typedef struct csv_plain_file {
    const char *data, *source;
    up_csv_span header;
    char delimiter;
    const up_metric_data *metric;
} csv_plain_file;

/* What rows have behind their value, the same in all: once it was read as any row is, and says
 * nothing of the figure, it need only be compared. Borrowed from the file. */
typedef struct csv_plain_tail {
    const char *text;
    size_t length;
} csv_plain_tail;

/* The rows of a run, all those of its entity, as one more series of the list. *is_plain is false
 * where they are not of that form, and then they may be partly in the list. */
UP_MUST_CHECK up_status up_csv_plain_read(const csv_plain_file *file,
                                          const up_csv_span *run, csv_plain_tail *tail,
                                          up_plain_list *list, bool *is_plain,
                                          up_error *err);

#endif
