/* A metric's file in parts: where the rows of each entity stand, found without reading them. */
#ifndef UPTICK_STORE_CSV_PARTS_H
#define UPTICK_STORE_CSV_PARTS_H

#include "store/backend.h"

UP_MUST_CHECK up_status up_csv_parts_open(up_store *store, const char *metric,
                                          size_t bytes, up_store_parts **parts,
                                          up_error *err);
UP_MUST_CHECK up_status up_csv_parts_read(const up_store_parts *parts, size_t index,
                                          up_metric_data *data, up_error *err);
UP_MUST_CHECK up_status up_csv_parts_plain(const up_store_parts *parts, size_t index,
                                           up_plain_list *list, bool *is_plain,
                                           up_error *err);
void up_csv_parts_free(up_store_parts *parts);

#endif
