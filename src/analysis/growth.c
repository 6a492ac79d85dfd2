/* Rows of growth: which points are compared, over what time, and what claims say. */
#include "uptick/growth.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/alike.h"
#include "analysis/growth_parts.h"
#include "analysis/rates.h"
#include "base/memory.h"
#include "uptick/audit.h"
#include "uptick/calendar.h"

/* "Early 2024 to early 2025": the same word at both ends of one claim moves together, so
 * the time between is the same wherever in its span the date lies. The same word is the
 * same months of another year. */
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

up_growth_base up_claim_base(const up_metric *metric, const up_claim *claim)
{
    up_growth_base base = {.has = true, .period = claim->from};
    up_elapse(&claim->from, &claim->to, up_metric_anchor(metric), &base);
    if (moves_together(&claim->from, &claim->to)) {
        double years = base.elapsed_years.value; /* from middle to middle */
        base.elapsed_years = up_estimate_exact(years);
        base.elapsed_days = up_estimate_exact(years * UP_DAYS_PER_YEAR);
    }
    return base;
}

static bool has_break(const up_series *series, size_t from, size_t to)
{
    for (size_t i = from + 1; i <= to; i++)
        if (series->points[i].after_break)
            return true;
    return false;
}

const char up_growth_broken[] = "a break in the series lies between (status B or D)";

const char *up_growth_incomparable(const up_series *series, size_t from, size_t to,
                                   bool across_breaks)
{
    if (!up_series_comparable(series, from, to))
        return "totals over periods of unlike length";
    return has_break(series, from, to) && !across_breaks ? up_growth_broken : NULL;
}

static up_status push(up_growth_list *list, const up_growth *growth, up_error *err)
{
    up_status status =
        up_grow(&list->items, &list->capacity, list->count + 1, sizeof *list->items, err);
    if (status == UP_OK)
        list->items[list->count++] = *growth;
    return status;
}

static const char not_asked[] = "it was not asked for";

/* What one call of up_growth_compute goes by. */
typedef struct request {
    const up_series *series;
    const up_growth_options *options;
    up_rate base; /* of index: a figure of the series, or the mean of several */
    bool wanted[UP_COMPARISONS][UP_TRANSFORMS]; /* that compare so, and are asked for */
    up_growth blank;                            /* a row that was asked for nothing */
} request;

static void take_options(const up_growth_options *options, request *r)
{
    r->options = options;
    for (int i = 0; i < UP_TRANSFORMS; i++) {
        r->wanted[up_transform_table[i].compares][i] =
            options->only == NULL || options->only[i];
        r->blank.values[i].refused = not_asked;
    }
}

/* Both figures are of one factor, u: it cancels out of their fold, and the change is that of the
 * rests, times or by u. */
static void fill_factored(const up_factoring *a, const up_factoring *b,
                          const up_estimate *elapsed, const bool wanted[UP_TRANSFORMS],
                          up_growth_value values[UP_TRANSFORMS])
{
    up_growth_fill(&a->rest, &b->rest, elapsed, wanted, values);
    up_growth_value *change = &values[UP_CHG];
    if (!wanted[UP_CHG] && !wanted[UP_CH1])
        return;
    if (change->refused == NULL &&
        up_estimate_combine(b->divides ? UP_DIVIDE : UP_MULTIPLY, &change->estimate,
                            &b->factor, &change->estimate, NULL) != UP_OK)
        change->refused = "nothing bounds it on either side";
    values[UP_CH1] = *change;
}

static bool have_one_factor(const up_point *a, const up_point *b)
{
    return a->factored != NULL && b->factored != NULL &&
           a->factored->factor_of == b->factored->factor_of &&
           a->factored->divides == b->factored->divides;
}

/* Compares point `to` of the series with `from`: the values of all transforms of a kind. */
static void compare(const request *r, size_t from, size_t to, up_comparison comparison,
                    up_growth *g)
{
    const up_point *a = &r->series->points[from], *b = &r->series->points[to];
    const bool *wanted = r->wanted[comparison];
    up_growth_base *base = &g->on[comparison];
    up_growth_value values[UP_TRANSFORMS];
    *base = (up_growth_base){.has = true, .from = a, .period = a->observation->period};
    up_elapse_points(r->series, a, b, base);
    if (have_one_factor(a, b))
        fill_factored(a->factored, b->factored, &base->elapsed_years, wanted, values);
    else
        up_growth_fill(&a->figure, &b->figure, &base->elapsed_years, wanted, values);
    size_t first = from <= to ? from : to, last = from <= to ? to : from;
    bool across = r->options->across_breaks;
    const char *why = up_growth_incomparable(r->series, first, last, across);
    base->across_break = why == NULL && across && has_break(r->series, first, last);
    if (wanted[UP_DOUBLING] && base->in_days && values[UP_DOUBLING].refused == NULL)
        g->doubling_days =
            up_growth_doubling(&values[UP_FOLD].estimate, &base->elapsed_days);
    for (int i = 0; i < UP_TRANSFORMS; i++) {
        if (!wanted[i])
            continue;
        g->values[i] = values[i];
        if (why != NULL)
            g->values[i].refused = why;
    }
}

static void refuse(const request *r, up_comparison comparison, const char *why,
                   up_growth *g)
{
    for (int i = 0; i < UP_TRANSFORMS; i++)
        if (r->wanted[comparison][i])
            g->values[i].refused = why;
}

const char up_growth_no_previous[] = "there is no figure before it";
const char up_growth_no_year[] = "there is no figure of a year before";

static void compare_with_year(const request *r, size_t to, up_growth *g)
{
    size_t from = r->series->count;
    if (r->options->on[UP_ON_YEAR])
        from = up_growth_year_before(
            r->series, to,
            r->options->has_tolerance ? r->options->tolerance_days : UP_TOLERANCE_USUAL,
            false);
    if (from < r->series->count)
        compare(r, from, to, UP_ON_YEAR, g);
    else
        refuse(r, UP_ON_YEAR, up_growth_no_year, g);
}

/* Of a base of several figures b is one: it stands in its own base, 100 n b / (b + others), and
 * is one variable. */
static up_growth_value index_within(const request *r, const up_point *b)
{
    up_estimate others = up_estimate_exact(0);
    up_estimate scale = up_estimate_exact(100 * (double)r->base.count);
    for (const up_point *p = r->base.first; p <= r->base.last; p++)
        if (p != b && up_rate_uses(&r->base, p))
            others = up_growth_sum(&others, &p->figure);
    up_growth_value v = up_growth_share(&b->figure, &others);
    if (v.refused == NULL &&
        up_estimate_combine(UP_MULTIPLY, &v.estimate, &scale, &v.estimate, NULL) != UP_OK)
        v.refused = "nothing bounds it on either side";
    return v;
}

/* 100 b / the mean of the figures of the base period. */
static void compare_with_mean(const request *r, size_t to, up_growth *g)
{
    const up_point *points = r->series->points, *b = &points[to];
    size_t first = (size_t)(r->base.first - points),
           last = (size_t)(r->base.last - points);
    bool across = r->options->across_breaks;
    up_growth_value values[UP_TRANSFORMS];
    const char *why = up_growth_incomparable(r->series, first < to ? first : to,
                                             first < to ? to : first, across);
    if (why == NULL)
        why = up_growth_incomparable(r->series, first, last, across);
    up_growth_fill(&r->base.figure, &b->figure, NULL, r->wanted[UP_ON_BASE], values);
    g->on[UP_ON_BASE] =
        (up_growth_base){.has = true,
                         .period = r->options->base,
                         .mean_of = r->base.count,
                         .mean_has_gaps = r->base.kind == UP_RATE_PARTIAL};
    g->values[UP_INDEXED] =
        up_rate_uses(&r->base, b) && up_estimate_kind(&b->figure) != UP_BOUND_EXACT
            ? index_within(r, b)
            : values[UP_INDEXED];
    if (why != NULL)
        g->values[UP_INDEXED].refused = why;
}

/* The base itself is one input that stands twice: 100, whatever is known of the figure. */
static void compare_with_base(const request *r, size_t to, up_growth *g)
{
    if (!r->options->on[UP_ON_BASE])
        return;
    if (r->base.count > 1) {
        if (r->wanted[UP_ON_BASE][UP_INDEXED])
            compare_with_mean(r, to, g);
        return;
    }
    size_t base = (size_t)(r->base.first - r->series->points);
    compare(r, base, to, UP_ON_BASE, g);
    if (base == to && g->values[UP_INDEXED].refused == NULL)
        g->values[UP_INDEXED].estimate = up_estimate_exact(100);
}

/* A row for point `to`, compared with point `from` before it, or with none (from == to). */
static up_status add_row(const request *r, size_t from, size_t to, up_growth_list *list,
                         up_error *err)
{
    const up_point *b = &r->series->points[to];
    up_status status =
        up_grow(&list->items, &list->capacity, list->count + 1, sizeof *list->items, err);
    if (status != UP_OK)
        return status;
    up_growth *g = &list->items[list->count];
    *g = r->blank;
    g->to = b;
    g->to_period = b->observation->period;
    if (r->wanted[UP_ON_NOTHING][UP_LIN] || r->wanted[UP_ON_NOTHING][UP_LOG])
        up_growth_level(&b->figure, g->values);
    if (from < to && !r->options->without_previous)
        compare(r, from, to, UP_ON_PREVIOUS, g);
    else
        refuse(r, UP_ON_PREVIOUS, up_growth_no_previous, g);
    compare_with_year(r, to, g);
    compare_with_base(r, to, g);
    if (r->options->on[UP_ON_TOTAL])
        g->values[UP_SHARE] = up_growth_share_at(r->series, to, r->options->whole);
    list->count++;
    return UP_OK;
}

/* How a period of the options finds its point where none has that very period. */
typedef enum search {
    WITHIN_FIRST, /* the first one inside it: 2024 is January 2024 of months */
    WITHIN_LAST,
    FROM_THERE, /* the first one that begins no earlier */
    UP_TO_THERE /* the last one that ends no later */
} search;

static bool fits(const up_period *p, const up_period *wanted, search how)
{
    bool after = p->start >= wanted->start, before = p->end <= wanted->end;
    return how == FROM_THERE ? after : how == UP_TO_THERE ? before : after && before;
}

static up_status find_point(const up_series *series, const up_period *period, search how,
                            size_t *at, up_error *err)
{
    bool last = how == WITHIN_LAST || how == UP_TO_THERE, found = false;
    for (size_t i = 0; i < series->count; i++) {
        const up_period *p = &series->points[i].observation->period;
        if (up_period_compare(p, period) == 0) {
            *at = i;
            return UP_OK;
        }
        if (fits(p, period, how) && (last || !found)) {
            *at = i;
            found = true;
        }
    }
    if (found)
        return UP_OK;
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
    const up_growth_base *base = &g->on[UP_ON_PREVIOUS];
    up_growth_from_fold(&change, base->has_elapsed ? &base->elapsed_years : NULL, values);
    for (int i = 0; i < UP_TRANSFORMS; i++)
        if (up_transform_table[i].compares == UP_ON_PREVIOUS && i != UP_CHG)
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
    up_growth g = {
        .claim = claim, .to_period = claim->to, .verdict = up_audit_claim(series, claim)};
    g.on[UP_ON_PREVIOUS] = up_claim_base(&series->data->metric, claim);
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
static up_status too_little(const up_series *series, size_t only,
                            const up_tracker *tracker, const up_growth_options *options,
                            up_error *err)
{
    up_buffer text = {0};
    if (series->count == 0)
        up_buffer_add(&text,
                      series->forecasts > 0
                          ? "no figure but a forecast (--with-forecasts lets it take "
                            "part); growth needs two"
                          : "no figure; growth needs two");
    else {
        const up_estimate *e = &series->points[only].figure;
        up_buffer_add(&text, "one figure only (");
        up_period_label(&series->points[only].observation->period, &text);
        up_buffer_add(&text, ")");
        if (options->has_from || options->has_to) {
            up_buffer_add(&text, options->has_from ? " from " : " up to ");
            up_period_label(options->has_from ? &options->from : &options->to, &text);
            up_buffer_add(&text, options->has_from ? " on" : "");
        }
        up_buffer_addf(&text, "%s; growth needs two",
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

/* The only one of its kind is compared with nothing; a row with a neighbour says why. */
static up_status add_alone(const request *r, size_t from, size_t i, size_t end,
                           const size_t alike[], up_growth_list *list, up_error *err)
{
    if (alike[i - from] > 1)
        return UP_OK; /* the first of its kind: those that follow are compared with it */
    if (i > from)
        return add_row(r, i - 1, i, list, err);
    bool said_by_next = i + 1 >= end || alike[i + 1 - from] == 1;
    return said_by_next ? UP_OK : add_row(r, i, i + 1, list, err);
}

/* For each point from `from` on the one before it that it is compared with, itself where there
 * is none, and how many it can be compared with, itself included. Totals are compared with
 * totals over periods of one length, anything else with whatever stands before it. */
static up_status find_befores(const up_series *series, size_t from, size_t end,
                              size_t before[], size_t alike[], up_error *err)
{
    size_t n = end - from;
    if (series->data->metric.measure != UP_FLOW) {
        for (size_t i = 0; i < n; i++) {
            before[i] = i > 0 ? i - 1 : 0;
            alike[i] = n;
        }
        return UP_OK;
    }
    const up_period **periods;
    up_status status = up_alloc(n, sizeof *periods, &periods, err);
    if (status != UP_OK)
        return status;
    for (size_t i = 0; i < n; i++)
        periods[i] = &series->points[from + i].observation->period;
    status = up_alike_before(periods, n, before, alike, err);
    free(periods);
    return status;
}

static up_status add_row_or_alone(const request *r, size_t from, size_t end, size_t i,
                                  const size_t before[], const size_t alike[],
                                  up_growth_list *list, up_error *err)
{
    if (before[i - from] == i - from && !r->options->levels)
        return add_alone(r, from, i, end, alike, list, err);
    up_status status = up_grow(&list->items, &list->capacity, list->count + (end - i),
                               sizeof *list->items, err); /* for those that follow too */
    return status == UP_OK ? add_row(r, from + before[i - from], i, list, err) : status;
}

static up_status add_rows(const request *r, size_t from, size_t end, up_growth_list *list,
                          up_error *err)
{
    size_t *before = NULL, *alike = NULL;
    up_status status = up_alloc(end - from, sizeof *before, &before, err);
    if (status == UP_OK)
        status = up_alloc(end - from, sizeof *alike, &alike, err);
    if (status == UP_OK)
        status = find_befores(r->series, from, end, before, alike, err);
    for (size_t i = from; i < end && status == UP_OK; i++)
        status = add_row_or_alone(r, from, end, i, before, alike, list, err);
    free(before);
    free(alike);
    return status;
}

/* From `from` by way of the figure of each split to `to`, then from end to end. */
static up_status add_split_rows(const request *r, size_t from, size_t to,
                                up_growth_list *list, up_error *err)
{
    const up_growth_options *options = r->options;
    size_t begin = from;
    up_status status = UP_OK;
    for (size_t i = 0; i < options->split_count && status == UP_OK; i++) {
        char text[UP_PERIOD_SIZE];
        size_t cut = 0;
        up_period_format(&options->splits[i], text);
        status = find_point(r->series, &options->splits[i], WITHIN_LAST, &cut, err);
        if (status == UP_OK && (cut <= begin || cut >= to))
            status = up_error_set(err, UP_TOO_LITTLE_DATA,
                                  "%s: no growth before and after %s: its figure is not "
                                  "between two others",
                                  r->series->key, text);
        if (status == UP_OK)
            status = add_row(r, begin, cut, list, err);
        begin = cut;
    }
    if (status == UP_OK)
        status = add_row(r, begin, to, list, err);
    return status == UP_OK ? add_row(r, from, to, list, err) : status;
}

/* The points that the options name. Without points there is nothing to find. */
static up_status find_ends(const up_series *series, const up_growth_options *options,
                           size_t *from, size_t *to, up_rate *base, up_error *err)
{
    up_status status = UP_OK;
    *from = 0;
    *to = series->count > 0 ? series->count - 1 : 0;
    if (series->count > 0)
        *base = (up_rate){UP_RATE_OWN, series->points[0].figure, series->points,
                          series->points, 1};
    bool pair = options->has_from && options->has_to && !options->steps;
    if (options->has_from)
        status = find_point(series, &options->from, pair ? WITHIN_FIRST : FROM_THERE,
                            from, err);
    if (status == UP_OK && options->has_to)
        status =
            find_point(series, &options->to, pair ? WITHIN_LAST : UP_TO_THERE, to, err);
    if (status == UP_OK && options->has_base)
        status = up_rate_within(series, &options->base, base, err);
    if (status == UP_OK && options->has_from && options->has_to &&
        (pair ? *from >= *to : *from > *to))
        status = up_error_set(err, UP_USAGE, "--from must be before --to");
    return status;
}

up_status up_growth_compute(const up_series *series, const up_tracker *tracker,
                            const up_growth_options *options, up_growth_list *list,
                            up_error *err)
{
    size_t before = list->count, from, to;
    request r = {.series = series};
    take_options(options, &r);
    up_status status = find_ends(series, options, &from, &to, &r.base, err);
    if (status != UP_OK)
        return status;
    bool both = options->has_from && options->has_to && !options->steps;
    bool one_pair = both || options->ends;
    if (options->split_count > 0 && from < to)
        return add_split_rows(&r, from, to, list, err);
    if (one_pair && from < to)
        return add_row(&r, from, to, list, err);
    if (!one_pair && series->count > 0)
        status = add_rows(&r, from, to + 1, list, err);
    if (status == UP_OK && options->claims)
        status = add_claims(series, tracker, options, list, err);
    if (status == UP_OK && list->count == before)
        status = too_little(series, from, tracker, options, err);
    return status;
}

bool up_growth_says(const up_growth *growth, const bool show[UP_TRANSFORMS])
{
    for (int i = 0; i < UP_TRANSFORMS; i++) {
        const char *why = growth->values[i].refused;
        bool by_nature = why == up_growth_no_previous || why == up_growth_no_year;
        if (show[i] && (why == NULL || (growth->claim == NULL && !by_nature)))
            return true;
    }
    return false;
}

void up_growth_list_release(up_growth_list *list)
{
    if (list == NULL)
        return;
    free(list->items);
    *list = (up_growth_list){0};
}
