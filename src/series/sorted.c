#include "series/sorted.h"

#include <stdlib.h>

#include "base/memory.h"

static int compare_keys(const void *a, const void *b)
{
    const up_observation *x = *(const up_observation *const *)a;
    const up_observation *y = *(const up_observation *const *)b;
    int order = up_observation_compare(x, y);
    return order != 0 ? order : (x > y) - (x < y);
}

const up_observation **up_rows_by_key(const up_metric_data *data, up_remarks *remarks)
{
    const up_observation **rows;
    if (up_alloc(data->count, sizeof *rows, &rows, NULL) != UP_OK) {
        remarks->failed = true;
        return NULL;
    }
    bool in_order = true;
    for (size_t i = 0; i < data->count; i++) {
        rows[i] = &data->observations[i];
        in_order = in_order && (i == 0 || compare_keys(&rows[i - 1], &rows[i]) < 0);
    }
    if (!in_order)
        qsort(rows, data->count, sizeof *rows, compare_keys);
    return rows;
}
