/* Rows of growth: which points are compared, over what time, and what claims say. */
#include "uptick/growth.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/growth_parts.h"
#include "base/memory.h"
#include "uptick/audit.h"
#include "uptick/calendar.h"

/* Elapsed time between two moments whose dates are known apart from each other. */
static up_estimate independent_elapsed(double low, double value, double high)
{
    up_estimate e = up_estimate_between(low, high);
    e.value = value;
    e.has_value = true;
    return e;
}

static double days_between(int64_t from, int64_t to)
{
    return (double)(to - from) / (double)UP_SECONDS_PER_DAY;
}

static void fill_elapsed(const up_moment *s, const up_moment *t, up_growth *g)
{
    g->elapsed_years =
        independent_elapsed(t->low - s->high, t->value - s->value, t->high - s->low);
    g->elapsed_days = independent_elapsed(days_between(s->last, t->first),
                                          days_between(s->instant, t->instant),
                                          days_between(s->first, t->last));
    g->has_elapsed = true;
}

/* "Early 2024 to early 2025": the same word at both ends of one claim moves together, so the
 * time between is the same wherever in its span the date lies. The same word is the same
 * months of another year. */
static bool moves_together(const up_period *a, const up_period *b)
{
    if (a->shape != UP_ONE_OF || b->shape != UP_ONE_OF ||
        a->granularity != b->granularity || up_period_months(a) == 0)
        return false;
    up_date from = up_date_from_instant(a->start), to = up_date_from_instant(b->start);
    up_date until = up_date_from_instant(a->end), end = up_date_from_instant(b->end);
    return from.month == to.month && until.month == end.month &&
           to.year - from.year == end.year - until.year;
}

void up_claim_elapsed(const up_metric *metric, const up_claim *claim, up_growth *g)
{
    up_anchor anchor = up_metric_anchor(metric);
    bool months = up_period_months(&claim->from) > 0 && up_period_months(&claim->to) > 0;
    up_time_basis basis = months ? UP_TIME_MONTHS : UP_TIME_CALENDAR;
    up_moment s = up_period_moment(&claim->from, anchor, basis);
    up_moment t = up_period_moment(&claim->to, anchor, basis);
    g->in_days = !months;
    fill_elapsed(&s, &t, g);
    if (!moves_together(&claim->from, &claim->to))
        return;
    g->elapsed_years = up_estimate_exact(t.low - s.low);
    g->elapsed_days = up_estimate_exact(g->elapsed_years.value * UP_DAYS_PER_YEAR);
}

const char *up_growth_incomparable(const up_series *series, size_t from, size_t to,
                                   bool across_breaks)
{
    if (!up_series_comparable(series, from, to))
        return "totals over periods of unlike length";
    for (size_t i = from + 1; i <= to && !across_breaks; i++)
        if (series->points[i].after_break)
            return "a break in the series lies between (status B or D)";
    return NULL;
}

static up_status push(up_growth_list *list, const up_growth *growth, up_error *err)
{
    up_status status =
        up_grow(&list->items, &list->capacity, list->count + 1, sizeof *list->items, err);
    if (status == UP_OK)
        list->items[list->count++] = *growth;
    return status;
}

static up_status add_pair(const up_series *series, size_t from, size_t to,
                          const up_growth_options *options, up_growth_list *list,
                          up_error *err)
{
    const up_point *a = &series->points[from], *b = &series->points[to];
    up_growth g = {.from = a,
                   .to = b,
                   .from_period = a->observation->period,
                   .to_period = b->observation->period,
                   .has_from = true,
                   .in_days = series->basis == UP_TIME_CALENDAR};
    fill_elapsed(&a->time, &b->time, &g);
    up_growth_between(&a->figure, &b->figure, &g.elapsed_years, g.values);
    const char *why = up_growth_incomparable(series, from, to, options->across_breaks);
    for (int i = UP_CHG; i < UP_TRANSFORMS && why != NULL; i++)
        g.values[i].refused = why;
    return push(list, &g, err);
}

static up_status add_level(const up_series *series, size_t at, up_growth_list *list,
                           up_error *err)
{
    const up_point *p = &series->points[at];
    up_growth g = {.to = p, .to_period = p->observation->period};
    static const char first[] = "there is no figure before it";
    for (int i = UP_CHG; i < UP_TRANSFORMS; i++)
        g.values[i].refused = first;
    g.values[UP_LIN].estimate = p->figure;
    return push(list, &g, err);
}

static up_status find_point(const up_series *series, const up_period *period, size_t *at,
                            up_error *err)
{
    for (size_t i = 0; i < series->count; i++)
        if (up_period_compare(&series->points[i].observation->period, period) == 0) {
            *at = i;
            return UP_OK;
        }
    char text[UP_PERIOD_SIZE];
    up_period_format(period, text);
    return up_error_set(err, UP_TOO_LITTLE_DATA, "%s has no figure for %s", series->key,
                        text);
}

/* What a claim says as growth: a fold, or a rate per year, or a difference. */
static void fill_claimed(const up_claim *claim, up_growth *g)
{
    static const char unclaimed[] = "the claim does not say";
    up_estimate change, one = up_estimate_exact(1);
    for (int i = 0; i < UP_TRANSFORMS; i++)
        g->values[i].refused = unclaimed;
    up_quantity_estimate(&claim->change, false, &change);
    up_growth_value values[UP_TRANSFORMS] = {0};
    up_status status = UP_OK;
    switch (claim->transform) {
    case UP_CHANGE_CHG:
        g->values[UP_CHG] = (up_growth_value){.estimate = change};
        return;
    case UP_CHANGE_CAGR:
        g->values[UP_CAGR] = (up_growth_value){.estimate = change};
        return;
    case UP_CHANGE_PCH:
        status = up_estimate_combine(UP_ADD, &change, &one, &change, NULL);
        break;
    case UP_CHANGE_FOLD:
        break;
    }
    if (status != UP_OK)
        return;
    up_growth_from_fold(&change, g->has_elapsed ? &g->elapsed_years : NULL, values);
    for (int i = UP_FOLD; i < UP_TRANSFORMS; i++)
        g->values[i] = values[i];
}

static bool concerns(const up_claim *claim, const up_series *series,
                     const up_growth_options *options)
{
    return (!options->has_as_of || up_claim_is_known(claim, options->as_of)) &&
           strcmp(claim->metric, series->data->metric.name) == 0 &&
           strcmp(claim->entity, series->entity) == 0;
}

static up_status add_claim(const up_series *series, const up_claim *claim,
                           up_growth_list *list, up_error *err)
{
    up_growth g = {.claim = claim,
                   .from_period = claim->from,
                   .to_period = claim->to,
                   .has_from = true,
                   .verdict = up_audit_claim(series, claim)};
    up_claim_elapsed(&series->data->metric, claim, &g);
    fill_claimed(claim, &g);
    return push(list, &g, err);
}

static up_status add_claims(const up_series *series, const up_tracker *tracker,
                            const up_growth_options *options, up_growth_list *list,
                            up_error *err)
{
    up_status status = UP_OK;
    for (size_t i = 0; i < tracker->claim_count && status == UP_OK; i++) {
        const up_claim *claim = &tracker->claims[i];
        if (concerns(claim, series, options) && claim->has_from && claim->has_to)
            status = add_claim(series, claim, list, err);
    }
    return status;
}

/* A claim that has but one end cannot be tested, but the reader should know of it. */
static void mention_claim(const up_series *series, const up_tracker *tracker,
                          const up_growth_options *options, up_buffer *text)
{
    for (size_t i = 0; tracker != NULL && i < tracker->claim_count; i++)
        if (concerns(&tracker->claims[i], series, options)) {
            up_buffer_addf(text, "; the claim \"%s\" cannot be tested without levels",
                           tracker->claims[i].stated);
            return;
        }
}

/* Why a series gives no growth at all, in a sentence that names what it has. */
static up_status too_little(const up_series *series, const up_tracker *tracker,
                            const up_growth_options *options, up_error *err)
{
    up_buffer text = {0};
    if (series->count == 0)
        up_buffer_add(&text,
                      series->forecasts > 0
                          ? "no figure but a forecast (--with-forecasts lets it take "
                            "part); growth needs two"
                          : "no figure; growth needs two");
    else {
        const up_estimate *e = &series->points[0].figure;
        up_buffer_add(&text, "one figure only (");
        up_period_label(&series->points[0].observation->period, &text);
        up_buffer_addf(&text, ")%s; growth needs two",
                       !e->has_high  ? ", and that a lower bound"
                       : !e->has_low ? ", and that an upper bound"
                                     : "");
    }
    mention_claim(series, tracker, options, &text);
    up_status status = up_error_set(err, UP_TOO_LITTLE_DATA, "%s: %s", series->key,
                                    up_buffer_text(&text));
    up_buffer_release(&text);
    return status;
}

/* The figure before point i that it is compared with: like with like, quarters with quarters
 * and years with years, of overlapping ones (a fiscal and a calendar year) rather the one that
 * was over when it began. i itself where there is none. */
static size_t base_of(const up_series *series, size_t from, size_t i)
{
    size_t overlapping = i;
    for (size_t j = i; j-- > from;) {
        if (!up_series_comparable(series, j, i))
            continue;
        if (series->data->metric.measure != UP_FLOW ||
            series->points[j].observation->period.end <=
                series->points[i].observation->period.start)
            return j;
        if (overlapping == i)
            overlapping = j;
    }
    return overlapping;
}

/* The only one of its kind is compared with nothing; a row with a neighbour says why. */
static bool is_alone(const up_series *series, size_t from, size_t i, size_t end)
{
    for (size_t j = from; j < end; j++)
        if (j != i && up_series_comparable(series, j, i))
            return false;
    return true;
}

static up_status add_alone(const up_series *series, size_t from, size_t i, size_t end,
                           const up_growth_options *options, up_growth_list *list,
                           up_error *err)
{
    if (!is_alone(series, from, i, end))
        return UP_OK; /* the first of its kind: those that follow are compared with it */
    if (i > from)
        return add_pair(series, i - 1, i, options, list, err);
    bool said_by_next = i + 1 >= end || is_alone(series, from, i + 1, end);
    return said_by_next ? UP_OK : add_pair(series, i, i + 1, options, list, err);
}

up_status up_growth_compute(const up_series *series, const up_tracker *tracker,
                            const up_growth_options *options, up_growth_list *list,
                            up_error *err)
{
    size_t before = list->count, from = 0, to = series->count;
    up_status status = UP_OK;
    if (options->has_from)
        status = find_point(series, &options->from, &from, err);
    if (status == UP_OK && options->has_to)
        status = find_point(series, &options->to, &to, err);
    if (status != UP_OK)
        return status;
    bool one_pair = options->has_from && options->has_to;
    if (one_pair && from >= to)
        return up_error_set(err, UP_USAGE, "--from must be before --to");
    if (one_pair)
        return add_pair(series, from, to, options, list, err);

    size_t end = options->has_to ? to + 1 : series->count;
    for (size_t i = from; i < end && status == UP_OK; i++) {
        size_t base = base_of(series, from, i);
        if (base < i)
            status = add_pair(series, base, i, options, list, err);
        else if (options->levels)
            status = add_level(series, i, list, err);
        else
            status = add_alone(series, from, i, end, options, list, err);
    }
    if (status == UP_OK && options->claims)
        status = add_claims(series, tracker, options, list, err);
    if (status == UP_OK && list->count == before)
        status = too_little(series, tracker, options, err);
    return status;
}

void up_growth_list_release(up_growth_list *list)
{
    if (list == NULL)
        return;
    free(list->items);
    *list = (up_growth_list){0};
}
