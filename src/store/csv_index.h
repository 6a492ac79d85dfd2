/* Which row has a key, and which row is an entity's last: two hash tables over the rows of a
 * csv_file, so that a thousand rows are added in the time of a thousand. Rows are borrowed;
 * each has its observation set. */
#ifndef UPTICK_STORE_CSV_INDEX_H
#define UPTICK_STORE_CSV_INDEX_H

#include "store/csv_file.h"

typedef struct csv_index {
    csv_row **keys, **entities; /* open addressing; capacity is a power of two */
    size_t capacity, count;     /* rows, an upper bound for both tables */
} csv_index;

/* The row with the key of an observation, or NULL. */
csv_row *up_csv_index_find(const csv_index *index, const up_observation *observation);
/* The last row of its entity whose period is not later, or NULL. */
csv_row *up_csv_index_place(const csv_index *index, const up_observation *observation);
/* Adds a row that stands, in the file, right after up_csv_index_place of its observation, or
 * at the end of the file when `after` is NULL. */
UP_MUST_CHECK up_status up_csv_index_add(csv_index *index, csv_row *row, csv_row *after,
                                         up_error *err);
/* Adds a row that stands below all others. */
UP_MUST_CHECK up_status up_csv_index_append(csv_index *index, csv_row *row,
                                            up_error *err);
void up_csv_index_release(csv_index *index);

#endif
