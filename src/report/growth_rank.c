/* Rankings. */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "uptick/view.h"

/* How fast a value is, for certain: "less than 20×" may be anything below, and stands with what
 * is slowest. */
static double speed(const up_growth_value *v)
{
    const up_estimate *e = &v->estimate;
    if (v->refused != NULL || (!e->has_low && e->has_high))
        return -INFINITY;
    return e->has_value ? e->value : e->low;
}

/* qsort takes no context: what it compares carries its own speed. */
typedef struct ranked {
    up_growth_section section;
    double speed;
    size_t place; /* equals keep theirs */
} ranked;

static int compare(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->speed != y->speed)
        return x->speed > y->speed ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

up_status up_growth_rank(up_growth_section sections[], size_t count, up_transform by,
                         up_error *err)
{
    ranked *all;
    if (by ==
        UP_DOUBLING) /* a time has a pole where nothing changes; its inverse has none */
        by = UP_CCA;
    up_status status = up_alloc(count, sizeof *all, &all, err);
    if (status != UP_OK)
        return status;
    for (size_t i = 0; i < count; i++)
        all[i] = (ranked){sections[i],
                          sections[i].count == 0 ? -INFINITY
                                                 : speed(&sections[i].rows[0].values[by]),
                          i};
    qsort(all, count, sizeof *all, compare);
    for (size_t i = 0; i < count; i++)
        sections[i] = all[i].section;
    free(all);
    return UP_OK;
}

/* Whether a value grows with the time that it is over. */
static bool is_per_year(up_transform by)
{
    return by == UP_CAGR || by == UP_PCA || by == UP_CCA || by == UP_DOUBLING ||
           by == UP_PC1 || by == UP_CH1 || by == UP_LIN || by == UP_LOG || by == UP_SHARE;
}

void up_growth_rank_note(const up_growth_section sections[], size_t count,
                         up_transform by, up_table *table)
{
    bool open = false, unlike = false;
    for (size_t i = 0; i < count && count > 1; i++) {
        if (sections[i].count == 0 || sections[0].count == 0)
            continue;
        const up_growth_value *v = &sections[i].rows[0].values[by];
        const up_growth_base *b =
            &sections[i].rows[0].on[up_transform_table[by].compares];
        const up_growth_base *first =
            &sections[0].rows[0].on[up_transform_table[by].compares];
        open = open ||
               (v->refused == NULL && up_estimate_kind(&v->estimate) != UP_BOUND_EXACT);
        unlike =
            unlike || (b->has_elapsed && first->has_elapsed &&
                       fabs(b->elapsed_years.value - first->elapsed_years.value) > 0.01);
    }
    if (open)
        up_table_note(
            table,
            "order: by the value or the lower bound; bounds and ranges leave it open");
    if (unlike && !is_per_year(by))
        up_table_note(table, "order: over times of unlike length (cagr is per year)");
}

static int compare_trends(const void *a, const void *b)
{
    const up_trend_section *x = a, *y = b;
    if (x->trend.rate_per_year != y->trend.rate_per_year)
        return x->trend.rate_per_year > y->trend.rate_per_year ? -1 : 1;
    return x->series != y->series
               ? (x->series > y->series) - (x->series < y->series)
               : (x->trend.first > y->trend.first) - (x->trend.first < y->trend.first);
}

void up_trend_rank(up_trend_section sections[], size_t count)
{
    if (count > 0)
        qsort(sections, count, sizeof *sections, compare_trends);
}
