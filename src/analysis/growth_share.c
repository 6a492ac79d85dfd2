/* Share of a total: the figure against the sum of the metric's other series. */
#include <string.h>

#include "analysis/growth_parts.h"
#include "base/memory.h"
#include "uptick/growth.h"

static const up_point *point_at(const up_series *series, const up_period *period)
{
    for (size_t i = 0; i < series->count; i++)
        if (up_period_compare(&series->points[i].observation->period, period) == 0)
            return &series->points[i];
    return NULL;
}

up_estimate up_growth_counted(const up_estimate *figure)
{
    up_estimate counted = *figure;
    if (!counted.has_low) {
        counted.has_low = true;
        counted.low = 0;
    }
    return counted;
}

static bool is_other(const up_series *series, const up_series *other)
{
    return other->data == series->data && strcmp(other->entity, series->entity) != 0;
}

/* Sums the others' figures of a period; what has none is named in `missing`. */
static size_t sum_others(const up_series *series, const up_period *period,
                         const up_series_list *whole, up_estimate *sum, size_t *absent,
                         up_buffer *missing)
{
    size_t count = 0;
    *absent = 0;
    *sum = up_estimate_exact(0);
    for (size_t i = 0; i < whole->count; i++) {
        const up_series *other = &whole->items[i];
        if (!is_other(series, other))
            continue;
        const up_point *p = point_at(other, period);
        count++;
        if (p == NULL) {
            if (*absent < 3)
                up_buffer_addf(missing, "%s%s", *absent > 0 ? ", " : "", other->entity);
            *absent += 1;
        } else {
            up_estimate figure = up_growth_counted(&p->figure);
            if (up_estimate_combine(UP_ADD, sum, &figure, sum, NULL) != UP_OK)
                *sum = (up_estimate){0};
        }
    }
    if (*absent > 3)
        up_buffer_addf(missing, " and %zu more", *absent - 3);
    return count;
}

/* The list owns a text; *text borrows it. */
static up_status keep_text(up_growth_list *list, const up_buffer *buffer,
                           const char **text, up_error *err)
{
    char *copy;
    up_status status = up_buffer_check(buffer, err);
    if (status == UP_OK)
        status = up_grow(&list->texts, &list->text_capacity, list->text_count + 1,
                         sizeof *list->texts, err);
    if (status == UP_OK)
        status = up_copy_text(up_buffer_text(buffer), &copy, err);
    if (status == UP_OK)
        *text = list->texts[list->text_count++] = copy;
    return status;
}

/* The one series that is the total by itself ("World"); NULL when parts are to be summed. */
static const up_series *the_total(const up_series *series, const up_series_list *whole)
{
    return whole->count == 1 && is_other(series, &whole->items[0]) ? &whole->items[0]
                                                                   : NULL;
}

/* b / total, two figures reported apart from each other. */
static up_growth_value share_of(const up_series *total, const up_point *p)
{
    static const char none[] = "the total has no figure of that period";
    const up_point *whole = point_at(total, &p->observation->period);
    up_growth_value values[UP_TRANSFORMS];
    if (whole == NULL)
        return (up_growth_value){.refused = none};
    up_growth_between(&whole->figure, &p->figure, NULL, values);
    return values[UP_FOLD];
}

up_status up_growth_fill_share(const up_series *series, size_t at,
                               const up_series_list *whole, up_growth *g,
                               up_growth_list *list, up_error *err)
{
    static const char alone[] = "the metric has no other series";
    const up_point *p = &series->points[at];
    up_growth_value *v = &g->values[UP_SHARE];
    up_estimate others;
    up_buffer why = {0};
    size_t absent;
    up_status status = UP_OK;
    if (the_total(series, whole) != NULL) {
        *v = share_of(the_total(series, whole), p);
        return UP_OK;
    }
    up_buffer_add(&why, "no figure of that period for ");
    size_t count =
        sum_others(series, &p->observation->period, whole, &others, &absent, &why);
    if (count == 0)
        *v = (up_growth_value){.refused = alone};
    else if (absent > 0)
        status = keep_text(list, &why, &v->refused, err);
    else
        *v = up_growth_share(&p->figure, &others);
    up_buffer_release(&why);
    return status;
}
