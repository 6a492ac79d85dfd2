#include "analysis/alike.h"

#include <stdlib.h>

#include "base/memory.h"

typedef struct place {
    const up_period *period;
    size_t at;
} place;

/* Those of one length together, in their order. */
static int compare(const void *a, const void *b)
{
    const place *x = a, *y = b;
    int by_length = up_period_compare_length(x->period, y->period);
    return by_length != 0 ? by_length : (x->at > y->at) - (x->at < y->at);
}

static size_t before_in(const place group[], size_t i)
{
    for (size_t j = i; j-- > 0;)
        if (group[j].period->end <= group[i].period->start)
            return group[j].at;
    return group[i > 0 ? i - 1 : 0].at;
}

up_status up_alike_before(const up_period *const periods[], size_t n, size_t before[],
                          size_t group[], up_error *err)
{
    place *all;
    up_status status = up_alloc(n, sizeof *all, &all, err);
    if (status != UP_OK)
        return status;
    for (size_t i = 0; i < n; i++)
        all[i] = (place){periods[i], i};
    qsort(all, n, sizeof *all, compare);
    for (size_t first = 0, end; first < n; first = end) {
        end = first + 1;
        while (end < n && up_period_alike(all[first].period, all[end].period))
            end++;
        for (size_t i = first; i < end; i++) {
            before[all[i].at] = before_in(all + first, i - first);
            group[all[i].at] = end - first;
        }
    }
    free(all);
    return UP_OK;
}
