#include "uptick/contribution.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/alike.h"
#include "analysis/growth_parts.h"
#include "base/memory.h"

/* ---- the formula and its extremes ---- */

/* change / (a + o), where a boundless o takes it to 0. */
static double part_of(double change, double a, double o)
{
    return isinf(o) ? 0 : change / (a + o);
}

static bool may_be_negative(const up_estimate *e)
{
    return (e->has_low && e->low < 0) || (e->has_value && e->value < 0);
}

/* An absent lower end is 0: what is counted is not less. */
static double at_least(const up_estimate *e)
{
    return e->has_low ? e->low : 0;
}

up_growth_value up_contribution_of(const up_estimate *a, const up_estimate *b,
                                   const up_estimate *o)
{
    up_growth_value v = {0};
    double a_high = up_estimate_ceiling(a), o_high = up_estimate_ceiling(o);
    if (may_be_negative(a) || may_be_negative(b) || may_be_negative(o))
        v.refused = "needs levels that are not negative";
    else if (!(at_least(a) + at_least(o) > 0))
        v.refused = "the total may be zero";
    if (v.refused != NULL)
        return v;
    double least = at_least(b) - a_high, most = up_estimate_ceiling(b) - at_least(a);
    double low = isinf(least) ? -INFINITY
                              : part_of(least, a_high, least >= 0 ? o_high : at_least(o));
    double high = isinf(most)
                      ? INFINITY
                      : part_of(most, at_least(a), most >= 0 ? at_least(o) : o_high);
    v.estimate = up_estimate_between(low, high);
    v.estimate.low_strict = v.estimate.has_low && (a->high_strict || b->low_strict);
    v.estimate.high_strict = v.estimate.has_high && (a->low_strict || b->high_strict);
    v.estimate.about = a->about || b->about || o->about;
    v.estimate.has_value = a->has_value && b->has_value && o->has_value;
    if (v.estimate.has_value)
        v.estimate.value = part_of(b->value - a->value, a->value, o->value);
    if (!v.estimate.has_low && !v.estimate.has_high)
        v.refused = "nothing bounds it on either side";
    return v;
}

/* ---- steps ---- */

/* The parts, and where the last figure that was looked for was found in each: periods are
 * asked for in their order, so that the next one is near. */
typedef struct parts {
    const up_series *const *items;
    size_t count;
    size_t *near;                 /* owned, count */
    up_estimate *before, *behind; /* owned, count: sums of the others at a step's start */
} parts;

static void parts_release(parts *p)
{
    free(p->near);
    free(p->before);
    free(p->behind);
}

static up_status parts_init(const up_series *const items[], size_t count, parts *p,
                            up_error *err)
{
    *p = (parts){.items = items, .count = count};
    up_status status = up_alloc(count, sizeof *p->near, &p->near, err);
    if (status == UP_OK)
        status = up_alloc(count, sizeof *p->before, &p->before, err);
    return status == UP_OK ? up_alloc(count, sizeof *p->behind, &p->behind, err) : status;
}

/* Where part i has a figure of a period; its count: nowhere. */
static size_t find(const parts *p, size_t i, const up_period *period)
{
    const up_series *series = p->items[i];
    for (size_t n = 0; n < series->count; n++) {
        size_t at = (p->near[i] + n) % series->count;
        if (up_period_compare(&series->points[at].observation->period, period) == 0)
            return p->near[i] = at;
    }
    return series->count;
}

/* The first part without a figure of a period; count: all have one. */
static size_t lacking(const parts *p, const up_period *period)
{
    size_t i = 0;
    while (i < p->count && find(p, i, period) < p->items[i]->count)
        i++;
    return i;
}

/* The parts at a period that all have: the place of each one's figure. */
static void find_all(const parts *p, const up_period *period, size_t at[])
{
    for (size_t i = 0; i < p->count; i++)
        at[i] = find(p, i, period);
}

/* The sum of all figures, and for each what stands before it and behind it. */
static up_estimate sum_up(parts *p, const size_t at[])
{
    up_estimate sum = up_estimate_exact(0), behind = sum;
    for (size_t i = 0; i < p->count; i++) {
        up_estimate figure = up_growth_counted(&p->items[i]->points[at[i]].figure);
        p->before[i] = sum;
        sum = up_growth_sum(&sum, &figure);
    }
    for (size_t i = p->count; i-- > 0;) {
        up_estimate figure = up_growth_counted(&p->items[i]->points[at[i]].figure);
        p->behind[i] = behind;
        behind = up_growth_sum(&behind, &figure);
    }
    return sum;
}

static up_status push(up_contribution_list *list, const up_contribution *item,
                      up_error *err)
{
    up_status status =
        up_grow(&list->items, &list->capacity, list->count + 1, sizeof *list->items, err);
    if (status == UP_OK)
        list->items[list->count++] = *item;
    return status;
}

static up_growth_value growth_of(const up_estimate *a, const up_estimate *b)
{
    up_growth_value values[UP_TRANSFORMS];
    up_growth_between(a, b, NULL, values);
    return values[UP_PCH];
}

/* A step from one common period to another: where each part's figures stand. */
typedef struct step {
    parts *parts;
    const up_period *from, *to;
    size_t *at_from, *at_to; /* of each part */
} step;

static up_contribution part_in(const step *s, size_t i, bool across_breaks)
{
    const up_series *part = s->parts->items[i];
    const up_estimate *a = &part->points[s->at_from[i]].figure,
                      *b = &part->points[s->at_to[i]].figure;
    up_estimate others = up_growth_sum(&s->parts->before[i], &s->parts->behind[i]);
    up_contribution c = {.series = part, .from = *s->from, .to = *s->to};
    const char *why =
        up_growth_incomparable(part, s->at_from[i], s->at_to[i], across_breaks);
    c.growth = growth_of(a, b);
    c.contribution = up_contribution_of(a, b, &others);
    if (why != NULL)
        c.growth.refused = c.contribution.refused = why;
    return c;
}

/* The parts, and their total, which is refused with any of them that cannot be compared. */
static up_status add_parts(const step *s, bool across_breaks, up_contribution_list *list,
                           up_error *err)
{
    const char *refused = NULL;
    up_status status = UP_OK;
    up_estimate b = sum_up(s->parts, s->at_to), a = sum_up(s->parts, s->at_from);
    for (size_t i = 0; i < s->parts->count && status == UP_OK; i++) {
        up_contribution c = part_in(s, i, across_breaks);
        const char *why = up_growth_incomparable(s->parts->items[i], s->at_from[i],
                                                 s->at_to[i], across_breaks);
        refused = why != NULL ? why : refused;
        status = push(list, &c, err);
    }
    up_contribution total = {.from = *s->from, .to = *s->to, .growth = growth_of(&a, &b)};
    if (refused != NULL)
        total.growth.refused = refused;
    total.contribution = total.growth;
    return status == UP_OK ? push(list, &total, err) : status;
}

static up_status add_step(parts *p, const up_period *from, const up_period *to,
                          bool across_breaks, up_contribution_list *list, up_error *err)
{
    step s = {.parts = p, .from = from, .to = to};
    up_status status = up_alloc(p->count, sizeof *s.at_from, &s.at_from, err);
    if (status == UP_OK)
        status = up_alloc(p->count, sizeof *s.at_to, &s.at_to, err);
    if (status == UP_OK) {
        find_all(p, from, s.at_from);
        find_all(p, to, s.at_to);
        status = add_parts(&s, across_breaks, list, err);
    }
    free(s.at_from);
    free(s.at_to);
    return status;
}

static bool is_within(const up_contribution_options *o, const up_period *period)
{
    return (!o->has_from || up_period_compare(period, &o->from) >= 0) &&
           (!o->has_to || up_period_compare(period, &o->to) <= 0);
}

/* The periods of the first part that all have, within the bounds: their number. */
static size_t common_periods(const parts *p, const up_contribution_options *o,
                             const up_period **common, size_t *left_out)
{
    size_t n = 0;
    for (size_t i = 0; i < p->items[0]->count; i++) {
        const up_period *period = &p->items[0]->points[i].observation->period;
        if (!is_within(o, period))
            continue;
        if (lacking(p, period) < p->count)
            *left_out += 1;
        else
            common[n++] = period;
    }
    return n;
}

/* The steps between common periods of one length: years with years, quarters with quarters,
 * in the order in which they end. */
static up_status add_steps(parts *p, const up_contribution_options *o,
                           up_contribution_list *list, up_error *err)
{
    const up_period **common = NULL;
    size_t *before = NULL, *group = NULL, n = 0, most = p->items[0]->count;
    up_status status = up_alloc(most, sizeof *common, &common, err);
    if (status == UP_OK)
        status = up_alloc(most, sizeof *before, &before, err);
    if (status == UP_OK)
        status = up_alloc(most, sizeof *group, &group, err);
    if (status == UP_OK) {
        n = common_periods(p, o, common, &list->left_out);
        status = up_alike_before(common, n, before, group, err);
    }
    for (size_t i = 0; i < n && status == UP_OK; i++)
        if (before[i] < i)
            status =
                add_step(p, common[before[i]], common[i], o->across_breaks, list, err);
    free(common);
    free(before);
    free(group);
    return status;
}

static up_status check_parts(const up_series *const items[], size_t count, up_error *err)
{
    if (count < 2)
        return up_error_set(err, UP_USAGE,
                            "contributions need at least two series of a metric");
    const up_metric *first = &items[0]->data->metric;
    for (size_t i = 1; i < count; i++) {
        const up_metric *metric = &items[i]->data->metric;
        if (strcmp(metric->unit, first->unit) != 0 || metric->measure != first->measure)
            return up_error_set(
                err, UP_USAGE,
                "contributions are of one unit and measure: %s (%s, %s) and "
                "%s (%s, %s) do not add up",
                items[0]->key, first->unit, up_measure_name(first->measure),
                items[i]->key, metric->unit, up_measure_name(metric->measure));
    }
    return UP_OK;
}

static up_status check_has(const parts *p, const up_period *period, up_error *err)
{
    char text[UP_PERIOD_SIZE];
    size_t missing = lacking(p, period);
    if (missing == p->count)
        return UP_OK;
    up_period_format(period, text);
    return up_error_set(err, UP_TOO_LITTLE_DATA, "%s has no figure for %s",
                        p->items[missing]->key, text);
}

static up_status compute(parts *p, const up_contribution_options *options,
                         up_contribution_list *list, up_error *err)
{
    size_t before = list->count;
    up_status status = UP_OK;
    if (options->has_from)
        status = check_has(p, &options->from, err);
    if (status == UP_OK && options->has_to)
        status = check_has(p, &options->to, err);
    if (status != UP_OK)
        return status;
    if (options->has_from && options->has_to) {
        if (up_period_compare(&options->from, &options->to) >= 0)
            return up_error_set(err, UP_USAGE, "--from must be before --to");
        return add_step(p, &options->from, &options->to, options->across_breaks, list,
                        err);
    }
    status = add_steps(p, options, list, err);
    if (status == UP_OK && list->count == before)
        status = up_error_set(err, UP_TOO_LITTLE_DATA,
                              "%s and the others have no two periods in common",
                              p->items[0]->key);
    return status;
}

up_status up_contribution_compute(const up_series *const items[], size_t count,
                                  const up_contribution_options *options,
                                  up_contribution_list *list, up_error *err)
{
    parts p = {0};
    up_status status = check_parts(items, count, err);
    if (status == UP_OK)
        status = parts_init(items, count, &p, err);
    if (status == UP_OK)
        status = compute(&p, options, list, err);
    parts_release(&p);
    return status;
}

void up_contribution_list_release(up_contribution_list *list)
{
    if (list == NULL)
        return;
    free(list->items);
    *list = (up_contribution_list){0};
}
