#include "uptick/growth.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "uptick/calendar.h"

const up_transform_info up_transform_table[UP_TRANSFORMS] = {
    [UP_LIN] = {"lin", "level"},      [UP_CHG] = {"chg", "change"},
    [UP_FOLD] = {"fold", "times"},    [UP_PCH] = {"pch", "percent change"},
    [UP_CAGR] = {"cagr", "per year"}, [UP_DOUBLING] = {"doubling", "doubling time"}};

up_status up_transform_parse(const char *name, up_transform *transform, up_error *err)
{
    const char *names[UP_TRANSFORMS];
    for (int i = 0; i < UP_TRANSFORMS; i++) {
        names[i] = up_transform_table[i].name;
        if (strcmp(name, names[i]) == 0) {
            *transform = (up_transform)i;
            return UP_OK;
        }
    }
    const char *near = up_did_you_mean(name, names, UP_TRANSFORMS);
    return up_error_set(err, UP_USAGE,
                        "unknown transform '%s'%s%s%s (lin, chg, fold, pch, "
                        "cagr, doubling)",
                        name, near ? "; did you mean '" : "", near ? near : "",
                        near ? "'?" : "");
}

const char *up_verdict_name(up_verdict verdict)
{
    static const char *const names[] = {[UP_UNTESTABLE] = "untestable",
                                        [UP_CONFIRMED] = "confirmed",
                                        [UP_COMPATIBLE] = "compatible",
                                        [UP_CONTRADICTED] = "contradicted"};
    return names[verdict];
}

static const char not_positive[] = "needs positive levels";
static const char no_bound[] = "nothing bounds it on either side";
static const char same_date[] = "the two dates may be the same";
static const char no_dates[] = "the time between is not known";
static const char no_change[] = "the level did not change";
static const char out_of_range[] = "too large a number";

/* Takes the fold and bounds as they are; drops a bound that says nothing (`trivial`). */
static void settle(up_growth_value *v, double low, double high, double trivial,
                   const up_estimate *fold)
{
    up_estimate *e = &v->estimate;
    *e = up_estimate_between(low == trivial ? -INFINITY : low, high);
    e->low_strict = e->has_low && fold->low_strict;
    e->high_strict = e->has_high && fold->high_strict;
    e->about = fold->about;
    if (!e->has_low && !e->has_high)
        v->refused = isinf(low) || isinf(high) ? out_of_range : no_bound;
}

static void set_value(up_growth_value *v, const up_estimate *from, double value)
{
    v->estimate.has_value = from->has_value;
    if (!from->has_value)
        return;
    v->estimate.value = value;
    if (!isfinite(value))
        v->refused = out_of_range;
}

/* cagr = fold^(1/d) - 1. In d it falls for fold > 1 and rises for fold < 1: the low end takes
 * the d that makes it least, the high end the d that makes it greatest. */
static void fill_cagr(const up_estimate *fold, const up_estimate *d, up_growth_value *v)
{
    double low = up_estimate_floor(fold), high = up_estimate_ceiling(fold);
    if (low < 0)
        low = 0;
    low = pow(low, 1 / (low >= 1 ? d->high : d->low)) - 1;
    high = isinf(high) ? high : pow(high, 1 / (high >= 1 ? d->low : d->high)) - 1;
    settle(v, low, high, -1, fold);
    set_value(v, fold, pow(fold->value, 1 / d->value) - 1);
}

/* The fold may be 1: the time is at most `halving` (< 0) or at least `doubling` (> 0). */
static void settle_pole(up_growth_value *v, double halving, double doubling,
                        const up_estimate *fold)
{
    settle(v, halving, doubling, -INFINITY, fold);
    v->outside = true;
}

/* doubling = d ln 2 / ln fold: for a growing level between the shortest d at the greatest
 * fold and the longest d at the least; for a falling one likewise, negative. Where the fold
 * may be 1 the time has a pole: it is outside the two ends. */
static void fill_doubling(const up_estimate *fold, const up_estimate *d,
                          up_growth_value *v)
{
    double low = up_estimate_floor(fold), high = up_estimate_ceiling(fold);
    double log_low = low > 0 ? log(low) : -INFINITY;
    double log_high = log(high);
    if (log_low == 0 && log_high == 0) {
        v->refused = no_change;
        return;
    }
    double halving = d->low * M_LN2 / log_low, doubling = d->low * M_LN2 / log_high;
    if (log_low > 0)
        settle(v, doubling, d->high * M_LN2 / log_low, 0, fold);
    else if (log_high < 0)
        settle(v, d->high * M_LN2 / log_high, isinf(log_low) ? INFINITY : halving,
               -INFINITY, fold);
    else if (log_low == 0)
        settle(v, doubling, INFINITY, 0, fold);
    else if (log_high == 0)
        settle(v, -INFINITY, isinf(log_low) ? INFINITY : halving, 0, fold);
    else
        settle_pole(v, isinf(log_low) ? -INFINITY : halving,
                    isinf(log_high) ? INFINITY : doubling, fold);
    bool has_value = fold->has_value && fold->value != 1;
    v->estimate.has_value = has_value;
    if (has_value)
        v->estimate.value = d->value * M_LN2 / log(fold->value);
}

/* b / a of positive levels: an absent lower end is 0, which no positive level reaches. */
static bool positive_fold(const up_estimate *a, const up_estimate *b, up_growth_value *v)
{
    up_estimate from = *a, to = *b;
    up_estimate *const both[] = {&from, &to};
    for (int i = 0; i < 2; i++) {
        up_estimate *e = both[i];
        if (!e->has_low) {
            e->has_low = e->low_strict = true;
            e->low = 0;
        }
        bool positive = e->low > 0 || (e->low == 0 && e->low_strict);
        if (!positive || (e->has_value && e->value <= 0)) {
            v->refused = not_positive;
            return false;
        }
    }
    if (up_estimate_combine(UP_DIVIDE, &to, &from, &v->estimate, NULL) != UP_OK ||
        (v->estimate.low <= 0 && !v->estimate.has_high)) {
        v->refused = no_bound;
        return false;
    }
    if (v->estimate.low <= 0) { /* "more than 0 times" says nothing */
        v->estimate.has_low = v->estimate.low_strict = false;
        v->estimate.low = 0;
    }
    return true;
}

static void fill_rates(const up_estimate *fold, const up_estimate *elapsed,
                       up_growth_value values[UP_TRANSFORMS])
{
    static const up_transform annual[] = {UP_CAGR, UP_DOUBLING};
    const char *why = elapsed == NULL ? no_dates : elapsed->low <= 0 ? same_date : NULL;
    if (why != NULL) {
        for (int i = 0; i < 2; i++)
            values[annual[i]].refused = why;
        return;
    }
    fill_cagr(fold, elapsed, &values[UP_CAGR]);
    fill_doubling(fold, elapsed, &values[UP_DOUBLING]);
}

static void fill_from_fold(const up_estimate *fold, const up_estimate *elapsed,
                           up_growth_value values[UP_TRANSFORMS])
{
    up_estimate one = up_estimate_exact(1);
    values[UP_FOLD].estimate = *fold;
    if (up_estimate_combine(UP_SUBTRACT, fold, &one, &values[UP_PCH].estimate, NULL) !=
        UP_OK)
        values[UP_PCH].refused = no_bound;
    fill_rates(fold, elapsed, values);
}

void up_growth_between(const up_estimate *a, const up_estimate *b,
                       const up_estimate *elapsed, up_growth_value values[UP_TRANSFORMS])
{
    for (int i = 0; i < UP_TRANSFORMS; i++)
        values[i] = (up_growth_value){0};
    values[UP_LIN].estimate = *b;
    if (up_estimate_combine(UP_SUBTRACT, b, a, &values[UP_CHG].estimate, NULL) != UP_OK)
        values[UP_CHG].refused = no_bound;
    if (positive_fold(a, b, &values[UP_FOLD])) {
        up_estimate fold = values[UP_FOLD].estimate;
        fill_from_fold(&fold, elapsed, values);
        return;
    }
    static const up_transform rest[] = {UP_PCH, UP_CAGR, UP_DOUBLING};
    for (size_t i = 0; i < sizeof rest / sizeof rest[0]; i++)
        values[rest[i]].refused = values[UP_FOLD].refused;
}

/* Elapsed time between two moments whose dates are known apart from each other. */
static up_estimate independent_elapsed(double low, double value, double high)
{
    up_estimate e = up_estimate_between(low, high);
    e.value = value;
    e.has_value = true;
    return e;
}

static void fill_elapsed(const up_moment *s, const up_moment *t, up_growth *g)
{
    g->elapsed_years =
        independent_elapsed(t->low - s->high, t->value - s->value, t->high - s->low);
    g->elapsed_days =
        independent_elapsed((double)(t->first - s->last) / UP_SECONDS_PER_DAY,
                            (double)(t->instant - s->instant) / UP_SECONDS_PER_DAY,
                            (double)(t->last - s->first) / UP_SECONDS_PER_DAY);
    g->has_elapsed = true;
}

/* "Early 2024 to early 2025": the same word at both ends of one claim moves together, so the
 * time between is the same wherever in its span the date lies. */
static bool moves_together(const up_period *a, const up_period *b)
{
    return a->shape == UP_ONE_OF && b->shape == UP_ONE_OF &&
           a->granularity == b->granularity && up_period_months(a) > 0;
}

static void hold_together(const up_moment *s, const up_moment *t, up_growth *g)
{
    if (t->low - s->low != t->high - s->high)
        return;
    g->elapsed_years = up_estimate_exact(t->low - s->low);
    g->elapsed_days = up_estimate_exact(g->elapsed_years.value * UP_DAYS_PER_YEAR);
}

static bool is_break(const up_observation *o)
{
    return o->status == 'B' || o->status == 'D';
}

/* Why two points of a series cannot be compared; NULL when they can. */
static const char *incomparable(const up_series *series, size_t from, size_t to,
                                const up_growth_options *options)
{
    const up_period *a = &series->points[from].observation->period;
    const up_period *b = &series->points[to].observation->period;
    if (series->data->metric.measure == UP_FLOW) {
        int64_t months_a = up_period_months(a), months_b = up_period_months(b);
        bool alike = months_a > 0 || months_b > 0
                         ? months_a == months_b
                         : a->end - a->start == b->end - b->start;
        if (!alike)
            return "totals over periods of unlike length";
    }
    for (size_t i = from + 1; i <= to && !options->across_breaks; i++)
        if (is_break(series->points[i].observation))
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
    const char *why = incomparable(series, from, to, options);
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
    fill_from_fold(&change, g->has_elapsed ? &g->elapsed_years : NULL, values);
    for (int i = UP_FOLD; i < UP_TRANSFORMS; i++)
        g->values[i] = values[i];
}

static bool concerns(const up_claim *claim, const up_series *series)
{
    return strcmp(claim->metric, series->data->metric.name) == 0 &&
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
    up_anchor anchor = up_metric_anchor(&series->data->metric);
    bool months = up_period_months(&claim->from) > 0 && up_period_months(&claim->to) > 0;
    up_time_basis basis = months ? UP_TIME_MONTHS : UP_TIME_CALENDAR;
    up_moment s = up_period_moment(&claim->from, anchor, basis);
    up_moment t = up_period_moment(&claim->to, anchor, basis);
    g.in_days = !months;
    fill_elapsed(&s, &t, &g);
    if (moves_together(&claim->from, &claim->to))
        hold_together(&s, &t, &g);
    fill_claimed(claim, &g);
    return push(list, &g, err);
}

static up_status add_claims(const up_series *series, const up_tracker *tracker,
                            up_growth_list *list, up_error *err)
{
    up_status status = UP_OK;
    for (size_t i = 0; i < tracker->claim_count && status == UP_OK; i++) {
        const up_claim *claim = &tracker->claims[i];
        if (concerns(claim, series) && claim->has_from && claim->has_to)
            status = add_claim(series, claim, list, err);
    }
    return status;
}

/* A claim that has but one end cannot be tested, but the reader should know of it. */
static void mention_claim(const up_series *series, const up_tracker *tracker,
                          up_buffer *text)
{
    for (size_t i = 0; tracker != NULL && i < tracker->claim_count; i++)
        if (concerns(&tracker->claims[i], series)) {
            up_buffer_addf(text, "; the claim \"%s\" cannot be tested without levels",
                           tracker->claims[i].stated);
            return;
        }
}

/* Why a series gives no growth at all, in a sentence that names what it has. */
static up_status too_little(const up_series *series, const up_tracker *tracker,
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
        const up_estimate *e = &series->points[0].figure;
        up_buffer_add(&text, "one figure only (");
        up_period_label(&series->points[0].observation->period, &text);
        up_buffer_addf(&text, ")%s; growth needs two",
                       !e->has_high  ? ", and that a lower bound"
                       : !e->has_low ? ", and that an upper bound"
                                     : "");
    }
    mention_claim(series, tracker, &text);
    up_status status = up_error_set(err, UP_TOO_LITTLE_DATA, "%s: %s", series->key,
                                    up_buffer_text(&text));
    up_buffer_release(&text);
    return status;
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
    if (options->levels && from < end)
        status = add_level(series, from, list, err);
    for (size_t i = from + 1; i < end && status == UP_OK; i++)
        status = add_pair(series, i - 1, i, options, list, err);
    if (status == UP_OK && options->claims)
        status = add_claims(series, tracker, list, err);
    if (status == UP_OK && list->count == before)
        status = too_little(series, tracker, err);
    return status;
}

void up_growth_list_release(up_growth_list *list)
{
    if (list == NULL)
        return;
    free(list->items);
    *list = (up_growth_list){0};
}
