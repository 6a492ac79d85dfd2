/* Kept projections against the figures of a tracker: one score a period. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/score_release.h"
#include "base/memory.h"
#include "series/kept.h"

/* Room for the quantiles of one period, on both scales. */
typedef struct distribution {
    up_quantile *quantiles, *logarithms;
    size_t n, capacity, log_capacity;
    bool is_positive;
} distribution;

static void distribution_release(distribution *d)
{
    free(d->quantiles);
    free(d->logarithms);
}

static up_status read_distribution(const up_kept_figure *const figures[], size_t count,
                                   distribution *d, up_error *err)
{
    up_status status =
        up_grow(&d->quantiles, &d->capacity, count, sizeof *d->quantiles, err);
    if (status == UP_OK)
        status =
            up_grow(&d->logarithms, &d->log_capacity, count, sizeof *d->logarithms, err);
    d->n = 0;
    d->is_positive = true;
    for (size_t i = 0; i < count && status == UP_OK; i++) {
        if (!figures[i]->has_quantile)
            continue;
        double p = figures[i]->quantile, value = figures[i]->value;
        d->is_positive = d->is_positive && value > 0;
        d->quantiles[d->n] = (up_quantile){p, value};
        d->logarithms[d->n++] = (up_quantile){p, value > 0 ? log(value) : 0};
    }
    return status;
}

/* The point of a period: its median, or what it has instead of a distribution. */
static void find_median(const up_kept_figure *const figures[], size_t count, up_score *s)
{
    for (size_t i = 0; i < count; i++)
        if (!figures[i]->has_quantile || fabs(figures[i]->quantile - 0.5) < 1e-9) {
            s->has_median = true;
            s->median = figures[i]->value;
        }
}

/* Room for the figures of a moment between two periods. */
typedef struct between {
    up_kept_figure *items;
    const up_kept_figure **figures;
    size_t capacity, figure_capacity;
} between;

static void between_release(between *b)
{
    free(b->items);
    free(b->figures);
}

/* What a step says at the probability of a figure of another one. */
static bool find_value(const up_kept_figure *const step[], size_t count,
                       const up_kept_figure *like, double *value)
{
    for (size_t i = 0; i < count; i++)
        if (step[i]->has_quantile == like->has_quantile &&
            (!like->has_quantile || fabs(step[i]->quantile - like->quantile) < 1e-9)) {
            *value = step[i]->value;
            return true;
        }
    return false;
}

/* The figures of a step drawn back to the moment of the outturn, as score.h says. `before` is the
 * step before; of the first one there is none, and the last figure known stands for it. A step that
 * speaks of other probabilities leaves the score pending. */
static up_status interpolate(const up_kept_figure *const before[], size_t before_count,
                             const up_kept_figure *const step[], size_t count,
                             up_score *s, between *b, up_error *err)
{
    bool positive = true, known = true;
    up_status status = up_grow(&b->items, &b->capacity, count, sizeof *b->items, err);
    if (status == UP_OK)
        status =
            up_grow(&b->figures, &b->figure_capacity, count, sizeof *b->figures, err);
    for (size_t i = 0; i < count && status == UP_OK && known; i++) {
        double value = s->naive;
        known = before_count == 0 || find_value(before, before_count, step[i], &value);
        positive = positive && value > 0 && step[i]->value > 0;
        b->items[i] = *step[i];
        b->items[i].value = value; /* for now what stands before */
        b->figures[i] = &b->items[i];
    }
    for (size_t i = 0; i < count && status == UP_OK && known; i++) {
        double from = b->items[i].value, to = step[i]->value, w = s->share;
        b->items[i].value =
            positive ? exp((1 - w) * log(from) + w * log(to)) : (1 - w) * from + w * to;
    }
    if (status == UP_OK && !known) {
        s->state = UP_SCORE_PENDING;
        s->is_between = false;
        s->has_others = true;
        s->others_why = "the period before was kept with other probabilities";
    }
    return status;
}

static void score_point(up_score *s)
{
    double y = s->outturn.value;
    s->error = y - s->median;
    s->has_percentage = y != 0;
    s->percentage_error = y != 0 ? s->error / y : 0;
}

/* A naive forecast that was right to the last digit leaves nothing to be better at. */
static void score_skill(up_score *s)
{
    double y = s->outturn.value;
    if (!s->has_naive)
        return;
    s->naive_crps = fabs(y - s->naive);
    s->has_skill = up_score_skill(s->crps, s->naive_crps, &s->skill);
    if (!s->has_log || !(s->naive > 0))
        return;
    s->naive_log_crps = fabs(log(y) - log(s->naive));
    s->has_log_skill = up_score_skill(s->log_crps, s->naive_log_crps, &s->log_skill);
}

static void score_distribution(const distribution *d, up_score *s)
{
    double y = s->outturn.value;
    s->pinball = up_score_mean_pinball(d->quantiles, d->n, y);
    s->crps = up_score_crps(d->quantiles, d->n, y);
    s->has_wis = up_score_wis(d->quantiles, d->n, y, &s->wis);
    s->has_log = d->is_positive && y > 0;
    s->log_crps = s->has_log ? up_score_crps(d->logarithms, d->n, log(y)) : 0;
    s->pit = up_score_cdf(d->quantiles, d->n, y);
    score_skill(s);
}

static void score_bound(const distribution *d, up_score *s)
{
    s->probability = up_score_probability(d->quantiles, d->n, &s->outturn);
    double most = 1 - s->probability.low, least = 1 - s->probability.high;
    s->brier = (up_probability){least * least, most * most};
}

static void score_period(const distribution *d, up_score *s)
{
    bool came = s->state == UP_SCORE_FIGURE || s->state == UP_SCORE_BOUND;
    for (size_t i = 0; i < UP_SCORE_LEVELS && came && s->has_distribution; i++)
        s->inside[i] =
            up_score_inside(d->quantiles, d->n, up_score_levels[i], &s->outturn);
    if (s->state == UP_SCORE_FIGURE && s->has_median)
        score_point(s);
    if (s->state == UP_SCORE_FIGURE && s->has_distribution)
        score_distribution(d, s);
    if (s->state == UP_SCORE_BOUND && s->has_distribution)
        score_bound(d, s);
}

/* The periods of one projection, in the order of time. */
static up_status list_periods(const up_kept *kept, const up_metric *metric,
                              const up_kept_figure *const figures[], up_score_list *list,
                              up_error *err)
{
    up_status status = UP_OK;
    size_t step = 0;
    for (size_t first = 0, n; first < kept->count && status == UP_OK; first += n) {
        n = up_kept_step(figures + first, kept->count - first);
        up_score score = {.kept = kept,
                          .metric = metric,
                          .period = figures[first]->period,
                          .step = ++step};
        find_median(figures + first, n, &score);
        score.has_distribution = figures[first + n - 1]->has_quantile;
        status = up_grow(&list->items, &list->capacity, list->count + 1,
                         sizeof *list->items, err);
        if (status == UP_OK)
            list->items[list->count++] = score;
    }
    return status;
}

static up_status score_kept(const up_tracker *tracker, const up_kept *kept, int64_t as_of,
                            up_score_list *list, distribution *d, between *b,
                            up_error *err)
{
    const up_metric_data *data = up_tracker_metric(tracker, kept->metric);
    const up_kept_figure **figures = NULL;
    size_t before = list->count;
    if (data == NULL)
        return up_tracker_unknown_metric(tracker, kept->metric, err);
    up_status status = up_kept_sort(kept, &figures, err);
    if (status == UP_OK)
        status = list_periods(kept, &data->metric, figures, list, err);
    up_score *scores = status == UP_OK ? list->items + before : NULL;
    size_t count = list->count - before;
    if (status == UP_OK)
        status = up_score_find_naive(tracker, scores, count, err);
    if (status == UP_OK)
        status = up_score_find_releases(tracker, data, as_of, scores, count, err);
    for (size_t i = 0, first = 0, n, last = 0; i < count && status == UP_OK;
         i++, first += n, last = n) {
        const up_kept_figure *const *step = figures + first;
        n = up_kept_step(step, kept->count - first);
        if (scores[i].is_between)
            status = interpolate(step - last, last, step, n, &scores[i], b, err);
        if (scores[i].is_between && status == UP_OK) {
            step = b->figures;
            find_median(step, n, &scores[i]);
        }
        if (status == UP_OK)
            status = read_distribution(step, n, d, err);
        if (status == UP_OK)
            score_period(d, &scores[i]);
    }
    free(figures);
    return status;
}

up_status up_score_run(const up_tracker *tracker, const up_kept *const kept[],
                       size_t count, int64_t as_of, up_score_list *list, up_error *err)
{
    up_score_list result = {0};
    distribution d = {0};
    between b = {0};
    up_status status = UP_OK;
    for (size_t i = 0; i < count && status == UP_OK; i++)
        status = score_kept(tracker, kept[i], as_of, &result, &d, &b, err);
    distribution_release(&d);
    between_release(&b);
    if (status == UP_OK)
        *list = result;
    else
        up_score_list_release(&result);
    return status;
}

void up_score_list_release(up_score_list *list)
{
    if (list == NULL)
        return;
    free(list->items);
    *list = (up_score_list){0};
}
