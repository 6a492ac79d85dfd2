/* A metric's rows in the order of their keys, those of one key in the order of the file. */
#ifndef UPTICK_SERIES_SORTED_H
#define UPTICK_SERIES_SORTED_H

#include "uptick/tracker.h"

/* NULL when memory ran out (remarks->failed is set then); the caller frees the array. */
const up_observation **up_rows_by_key(const up_metric_data *data, up_remarks *remarks);

#endif
