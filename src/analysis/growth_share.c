/* Share of a total: the figure against the sum of the other series of its metric, or against
 * a total that is a series of its own.
 *
 * All figures of the whole are sorted once, by metric, period and entity. In the group of one
 * period each figure knows the sum of those before it and of those behind it, so that the sum
 * of the others costs no more for the last part than for the first. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "analysis/growth_parts.h"
#include "base/memory.h"
#include "uptick/growth.h"

typedef struct member {
    const up_series *series;
    const up_point *point;
    up_estimate before, behind; /* sums, in the group */
} member;

/* The figures of one metric and period. */
typedef struct group {
    const member *first;
    size_t count;
    up_estimate sum;
    char *missing; /* owned; the series of the metric that have none, in words; or NULL */
} group;

/* The series of one metric, by entity. */
typedef struct metric_range {
    const up_metric_data *data;
    const up_series **first;
    size_t count;
} metric_range;

struct up_whole {
    const up_series **series; /* owned; each metric's together, by entity */
    size_t series_count;
    metric_range *metrics; /* owned */
    size_t metric_count, metric_capacity;
    member *members; /* owned */
    size_t member_count;
    group *groups; /* owned */
    size_t group_count;
};

/* ---- making it ---- */

static int compare_series(const up_series *x, const up_series *y)
{
    return x->data != y->data ? (x->data < y->data ? -1 : 1)
                              : strcmp(x->entity, y->entity);
}

static int by_series(const void *a, const void *b)
{
    return compare_series(*(const up_series *const *)a, *(const up_series *const *)b);
}

static const up_period *period_of(const member *m)
{
    return &m->point->observation->period;
}

static int compare_to_group(const up_metric_data *data, const up_period *period,
                            const member *m)
{
    return data != m->series->data ? (data < m->series->data ? -1 : 1)
                                   : up_period_compare(period, period_of(m));
}

static int by_group(const void *a, const void *b)
{
    const member *x = a, *y = b;
    int order = compare_to_group(x->series->data, period_of(x), y);
    return order != 0 ? order : compare_series(x->series, y->series);
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

up_estimate up_growth_sum(const up_estimate *a, const up_estimate *b)
{
    up_estimate sum;
    return up_estimate_combine(UP_ADD, a, b, &sum, NULL) == UP_OK ? sum
                                                                  : (up_estimate){0};
}

static void sum_up(member members[], size_t count, up_estimate *sum)
{
    up_estimate so_far = up_estimate_exact(0), behind = so_far;
    for (size_t i = 0; i < count; i++) {
        up_estimate figure = up_growth_counted(&members[i].point->figure);
        members[i].before = so_far;
        so_far = up_growth_sum(&so_far, &figure);
    }
    for (size_t i = count; i-- > 0;) {
        up_estimate figure = up_growth_counted(&members[i].point->figure);
        members[i].behind = behind;
        behind = up_growth_sum(&behind, &figure);
    }
    *sum = so_far;
}

/* "no figure of that period for FR, IT and 2 more"; nothing where all have one. Both lists
 * are by entity. */
static up_status name_missing(const metric_range *metric, group *g, up_error *err)
{
    enum { NAMED = 3 };
    up_buffer text = {0};
    size_t absent = metric->count - g->count, named = 0, next = 0;
    if (absent == 0)
        return UP_OK;
    for (size_t i = 0; i < metric->count && named < NAMED; i++) {
        if (next < g->count && g->first[next].series == metric->first[i]) {
            next++;
            continue;
        }
        up_buffer_addf(&text, "%s%s",
                       named++ > 0 ? ", " : "no figure of that period for ",
                       metric->first[i]->entity);
    }
    if (absent > named)
        up_buffer_addf(&text, " and %zu more", absent - named);
    up_status status = up_buffer_check(&text, err);
    if (status == UP_OK)
        status = up_copy_text(up_buffer_text(&text), &g->missing, err);
    up_buffer_release(&text);
    return status;
}

/* The series, each entity of a metric once, though several globs name it. */
static up_status gather_series(const up_series_list *list, up_whole *w, up_error *err)
{
    up_status status = up_alloc(list->count, sizeof *w->series, &w->series, err);
    if (status != UP_OK)
        return status;
    for (size_t i = 0; i < list->count; i++)
        w->series[i] = &list->items[i];
    qsort(w->series, list->count, sizeof *w->series, by_series);
    for (size_t i = 0; i < list->count; i++)
        if (w->series_count == 0 ||
            compare_series(w->series[w->series_count - 1], w->series[i]) != 0)
            w->series[w->series_count++] = w->series[i];
    for (size_t i = 0; i < w->series_count && status == UP_OK; i++) {
        const up_metric_data *data = w->series[i]->data;
        if (i == 0 || data != w->series[i - 1]->data)
            status = up_grow(&w->metrics, &w->metric_capacity, w->metric_count + 1,
                             sizeof *w->metrics, err);
        if (status == UP_OK && (i == 0 || data != w->series[i - 1]->data))
            w->metrics[w->metric_count++] = (metric_range){data, &w->series[i], 0};
        if (status == UP_OK)
            w->metrics[w->metric_count - 1].count++;
    }
    return status;
}

static up_status gather_members(up_whole *w, up_error *err)
{
    size_t points = 0;
    for (size_t i = 0; i < w->series_count; i++)
        points += w->series[i]->count;
    up_status status = up_alloc(points, sizeof *w->members, &w->members, err);
    for (size_t i = 0; i < w->series_count && status == UP_OK; i++)
        for (size_t p = 0; p < w->series[i]->count; p++)
            w->members[w->member_count++] =
                (member){.series = w->series[i], .point = &w->series[i]->points[p]};
    if (status == UP_OK)
        qsort(w->members, w->member_count, sizeof *w->members, by_group);
    return status;
}

static up_status form_groups(up_whole *w, up_error *err)
{
    const metric_range *metric = w->metrics;
    up_status status = up_alloc(w->member_count, sizeof *w->groups, &w->groups, err);
    for (size_t i = 0; i < w->member_count && status == UP_OK;) {
        member *first = &w->members[i];
        group *g = &w->groups[w->group_count++];
        *g = (group){.first = first};
        while (i < w->member_count &&
               compare_to_group(first->series->data, period_of(first), &w->members[i]) ==
                   0) {
            g->count++;
            i++;
        }
        sum_up(first, g->count, &g->sum);
        while (metric->data != first->series->data)
            metric++;
        status = name_missing(metric, g, err);
    }
    return status;
}

up_status up_whole_new(const up_series_list *list, up_whole **whole, up_error *err)
{
    up_whole *w;
    up_status status = up_alloc(1, sizeof *w, &w, err);
    if (status != UP_OK)
        return status;
    status = gather_series(list, w, err);
    if (status == UP_OK)
        status = gather_members(w, err);
    if (status == UP_OK)
        status = form_groups(w, err);
    if (status == UP_OK)
        *whole = w;
    else
        up_whole_free(w);
    return status;
}

void up_whole_free(up_whole *w)
{
    if (w == NULL)
        return;
    for (size_t i = 0; i < w->group_count; i++)
        free(w->groups[i].missing);
    free(w->groups);
    free(w->members);
    free(w->metrics);
    free(w->series);
    free(w);
}

/* ---- a total among the parts ---- */

static bool is_called_total(const char *entity)
{
    static const char *const names[] = {"World",   "Worldwide", "Global", "Total",
                                        "Overall", "All",       "世界",   "全球",
                                        "总计",    "合计"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcasecmp(entity, names[i]) == 0)
            return true;
    return false;
}

static bool equals_the_others(const member *m)
{
    double others = m->before.value + m->behind.value, own = m->point->figure.value;
    return others > 0 && fabs(own - others) <= 0.05 * others;
}

const char *up_whole_seeming_total(const up_whole *w)
{
    for (size_t i = 0; i < w->series_count && w->series_count > 1; i++)
        if (is_called_total(w->series[i]->entity))
            return w->series[i]->entity;
    for (size_t i = w->group_count; i-- > 0;) {
        const group *g = &w->groups[i];
        if (g->missing != NULL || g->count < 3)
            continue;
        for (size_t j = 0; j < g->count; j++)
            if (equals_the_others(&g->first[j]))
                return g->first[j].series->entity;
        return NULL;
    }
    return NULL;
}

/* ---- looking up ---- */

static const group *find_group(const up_whole *w, const up_metric_data *data,
                               const up_period *period)
{
    size_t low = 0, high = w->group_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_to_group(data, period, w->groups[middle].first);
        if (order == 0)
            return &w->groups[middle];
        if (order > 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static const member *find_member(const group *g, const char *entity)
{
    size_t low = 0, high = g != NULL ? g->count : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(entity, g->first[middle].series->entity);
        if (order == 0)
            return &g->first[middle];
        if (order > 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static const up_series *find_series(const metric_range *metric, const char *entity)
{
    size_t low = 0, high = metric->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(entity, metric->first[middle]->entity);
        if (order == 0)
            return metric->first[middle];
        if (order > 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static const metric_range *find_metric(const up_whole *w, const up_metric_data *data)
{
    for (size_t i = 0; i < w->metric_count; i++)
        if (w->metrics[i].data == data)
            return &w->metrics[i];
    return NULL;
}

/* Whether there are series of the metric besides this one. */
static bool has_others(const up_whole *w, const up_series *series)
{
    const metric_range *own = find_metric(w, series->data);
    return own != NULL && own->count > (find_series(own, series->entity) != NULL);
}

/* The series that is the total by itself: the only one there is ("World"), or of another
 * metric the one of the same entity. NULL when parts are to be summed, or with a reason. */
static const up_series *the_total(const up_whole *w, const up_series *series,
                                  const char **refused)
{
    const up_series *found = NULL;
    if (w->series_count == 1)
        return compare_series(w->series[0], series) == 0 ? NULL : w->series[0];
    for (size_t i = 0; i < w->metric_count && !has_others(w, series); i++) {
        const up_series *here = w->metrics[i].data != series->data
                                    ? find_series(&w->metrics[i], series->entity)
                                    : NULL;
        if (here != NULL && found != NULL)
            *refused = "several totals are named for it";
        found = here != NULL ? here : found;
    }
    return *refused == NULL ? found : NULL;
}

/* b / total, two figures reported apart from each other; none is negative. */
static up_growth_value part_of(const up_estimate *b, const up_estimate *total)
{
    up_growth_value v = {0};
    up_estimate part = up_growth_counted(b);
    if (part.low < 0 || (total->has_low && total->low < 0))
        return (up_growth_value){.refused = "needs levels that are not negative"};
    up_estimate of = up_growth_counted(total);
    of.low_strict = of.low_strict || !total->has_low;
    if (up_estimate_combine(UP_DIVIDE, &part, &of, &v.estimate, NULL) != UP_OK)
        return (up_growth_value){.refused = "the total may be zero"};
    if (!b->has_low || !total->has_high)
        v.estimate.has_low = v.estimate.low_strict = false;
    if (!v.estimate.has_low && !v.estimate.has_high)
        v.refused = "nothing bounds it on either side";
    return v;
}

static up_growth_value share_of(const up_whole *w, const up_series *series,
                                const up_series *total, const up_point *p)
{
    const member *m =
        find_member(find_group(w, total->data, &p->observation->period), total->entity);
    if (strcmp(total->data->metric.unit, series->data->metric.unit) != 0)
        return (up_growth_value){.refused = "the total is of another unit"};
    if (m == NULL)
        return (up_growth_value){.refused = "the total has no figure of that period"};
    return part_of(&p->figure, &m->point->figure);
}

up_growth_value up_growth_share_at(const up_series *series, size_t at, const up_whole *w)
{
    const up_point *p = &series->points[at];
    const char *refused = NULL;
    const up_series *total = the_total(w, series, &refused);
    if (total != NULL)
        return share_of(w, series, total, p);
    if (refused == NULL && !has_others(w, series))
        refused = "the metric has no other series";
    const group *g = find_group(w, series->data, &p->observation->period);
    if (refused == NULL && g == NULL)
        refused = "no other series has a figure of that period";
    if (refused == NULL)
        refused = g->missing;
    if (refused != NULL)
        return (up_growth_value){.refused = refused};
    const member *self = find_member(g, series->entity);
    up_estimate others =
        self != NULL ? up_growth_sum(&self->before, &self->behind) : g->sum;
    return up_growth_share(&p->figure, &others);
}
