#include "series/kept.h"

#include <stdlib.h>

#include "base/memory.h"

static int compare_figures(const void *a, const void *b)
{
    const up_kept_figure *x = *(const up_kept_figure *const *)a;
    const up_kept_figure *y = *(const up_kept_figure *const *)b;
    int order = up_period_compare(&x->period, &y->period);
    if (order == 0)
        order = (int)x->has_quantile - (int)y->has_quantile;
    if (order == 0 && x->has_quantile)
        order = (x->quantile > y->quantile) - (x->quantile < y->quantile);
    return order != 0 ? order : (x > y) - (x < y);
}

up_status up_kept_sort(const up_kept *kept, const up_kept_figure ***figures,
                       up_error *err)
{
    const up_kept_figure **sorted;
    up_status status = up_alloc(kept->count, sizeof *sorted, &sorted, err);
    if (status != UP_OK)
        return status;
    for (size_t i = 0; i < kept->count; i++)
        sorted[i] = &kept->figures[i];
    qsort(sorted, kept->count, sizeof *sorted, compare_figures);
    *figures = sorted;
    return UP_OK;
}

size_t up_kept_step(const up_kept_figure *const figures[], size_t count)
{
    size_t n = 0;
    while (n < count && up_period_compare(&figures[n]->period, &figures[0]->period) == 0)
        n++;
    return n;
}
