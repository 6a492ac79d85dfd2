/* The rows of a batch, held against what a metric's file says already: which are new, which
 * are there, which contradict it, and where each new one goes. What it all means stands at
 * up_store_merge (uptick/store.h).
 *
 * The file's rows are read one by one into a batch of their own; both are sorted by counting
 * (entity, period, source, day of report are small numbers by then) and walked side by side:
 * the time is that of reading and writing, the memory some fifty bytes a row. */
#ifndef UPTICK_STORE_CSV_MERGE_H
#define UPTICK_STORE_CSV_MERGE_H

#include "store/csv_file.h"
#include "uptick/store.h"

/* file must not be parsed and have no additions. On success its header is read, and it has the
 * new rows as additions. UP_BAD_DATA as up_rows_each_observation; a row of the batch that does
 * not validate; a conflict. */
UP_MUST_CHECK up_status up_csv_merge(csv_file *file, const up_period_options *options,
                                     const up_batch *batch, const up_merge_options *how,
                                     up_merge_counts *counts, up_remarks *remarks,
                                     up_error *err);

#endif
