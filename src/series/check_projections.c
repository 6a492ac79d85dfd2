/* The rules of series/projections.csv. */
#include <stdlib.h>

#include "series/kept.h"
#include "uptick/check.h"
#include "uptick/number.h"

#define PATH "series/projections.csv"

/* Two figures of one period, the lower quantile first. */
static void check_pair(const up_kept_figure *a, const up_kept_figure *b,
                       up_remarks *remarks)
{
    char lower[UP_NUMBER_SIZE], higher[UP_NUMBER_SIZE];
    if (!a->has_quantile) {
        up_remarks_add(remarks, UP_ERROR, PATH, b->line,
                       "a point without quantile (line %zu) is all that is said of a "
                       "period, or there is none",
                       a->line);
        return;
    }
    up_number_format(a->quantile, lower);
    up_number_format(b->quantile, higher);
    if (!(b->quantile > a->quantile))
        up_remarks_add(remarks, UP_ERROR, PATH, b->line,
                       "quantile %s of this period stands in line %zu already", higher,
                       a->line);
    else if (b->value < a->value)
        up_remarks_add(remarks, UP_ERROR, PATH, b->line,
                       "quantile %s lies below quantile %s of the same period (line %zu)",
                       higher, lower, a->line);
}

void up_check_projections(const up_tracker *tracker, up_remarks *remarks)
{
    for (size_t k = 0; k < tracker->kept_count; k++) {
        const up_kept *kept = &tracker->kept[k];
        const up_kept_figure **figures = NULL;
        if (up_kept_sort(kept, &figures, NULL) != UP_OK) {
            remarks->failed = true;
            return;
        }
        if (kept->as_of > kept->made)
            up_remarks_add(
                remarks, UP_WARNING, PATH, kept->figures[0].line,
                "as_of is later than made: it cannot have known these figures");
        for (size_t i = 1; i < kept->count; i++)
            if (up_period_compare(&figures[i]->period, &figures[i - 1]->period) == 0)
                check_pair(figures[i - 1], figures[i], remarks);
        free(figures);
    }
}
