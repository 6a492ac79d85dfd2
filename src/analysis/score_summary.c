/* Calibration: what many scores say together. */
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/gsl_guard.h"
#include "base/memory.h"
#include "uptick/buffer.h"
#include "uptick/score.h"

static const double confidence = 0.95;

static const char *const by_names[] = {[UP_SCORE_BY_ALL] = "all",
                                       [UP_SCORE_BY_MODEL] = "model",
                                       [UP_SCORE_BY_HORIZON] = "horizon",
                                       [UP_SCORE_BY_SERIES] = "series"};

up_status up_score_by_parse(const char *text, up_score_by *by, up_error *err)
{
    for (size_t i = 0; i < sizeof by_names / sizeof by_names[0]; i++)
        if (strcmp(text, by_names[i]) == 0) {
            *by = (up_score_by)i;
            return UP_OK;
        }
    return up_error_set(err, UP_USAGE, "'%s' is none of model, horizon, series, all",
                        text);
}

/* The bounds solve P(X >= k | low) = a/2 and P(X <= k | high) = a/2, X binomial: quantiles of
 * the beta distribution. */
void up_binomial_interval(size_t successes, size_t n, double level, double *low,
                          double *high)
{
    double k = (double)successes, m = (double)n, tail = (1 - level) / 2;
    up_gsl_enter();
    *low = successes == 0 ? 0 : gsl_cdf_beta_Pinv(tail, k, m - k + 1);
    *high = successes == n ? 1 : gsl_cdf_beta_Qinv(tail, k + 1, m - k);
    up_gsl_leave();
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void fill_coverage(const up_score *const items[], size_t count, size_t level,
                          up_coverage *c)
{
    for (size_t i = 0; i < count; i++) {
        if (items[i]->state != UP_SCORE_FIGURE)
            continue;
        c->inside += items[i]->inside[level] == UP_INSIDE;
        c->outside += items[i]->inside[level] == UP_OUTSIDE;
        c->undetermined += items[i]->inside[level] == UP_UNDETERMINED;
    }
    size_t n = c->inside + c->outside;
    if (n == 0)
        return;
    c->share = (double)c->inside / (double)n;
    up_binomial_interval(c->inside, n, confidence, &c->low, &c->high);
}

static up_status fill_percentage(const up_score *const items[], size_t count,
                                 up_score_summary *s, up_error *err)
{
    double *errors;
    size_t n = 0;
    up_status status = up_alloc(count, sizeof *errors, &errors, err);
    if (status != UP_OK)
        return status;
    for (size_t i = 0; i < count; i++)
        if (items[i]->state == UP_SCORE_FIGURE && items[i]->has_percentage)
            errors[n++] = fabs(items[i]->percentage_error);
    qsort(errors, n, sizeof *errors, compare_doubles);
    s->has_median_percentage = n > 0;
    if (n > 0)
        s->median_percentage = (errors[(n - 1) / 2] + errors[n / 2]) / 2;
    free(errors);
    return UP_OK;
}

static void fill_skill(const up_score *const items[], size_t count, up_score_summary *s)
{
    double crps = 0, naive = 0, log_crps = 0, log_naive = 0;
    bool one_unit = true;
    for (size_t i = 0; i < count; i++) {
        const up_score *score = items[i];
        one_unit = one_unit && score->metric == items[0]->metric;
        if (score->state != UP_SCORE_FIGURE || !score->has_distribution ||
            !score->has_naive)
            continue;
        crps += score->crps;
        naive += score->naive_crps;
        if (!score->has_log || !(score->naive > 0))
            continue;
        log_crps += score->log_crps;
        log_naive += score->naive_log_crps;
        s->log_count++;
    }
    s->has_skill = one_unit && up_score_skill(crps, naive, &s->skill);
    s->has_log_skill = up_score_skill(log_crps, log_naive, &s->log_skill);
}

static void fill_pit(const up_score *const items[], size_t count, up_score_summary *s)
{
    for (size_t i = 0; i < count; i++) {
        if (items[i]->state != UP_SCORE_FIGURE || !items[i]->has_distribution)
            continue;
        size_t bin = (size_t)((items[i]->pit.low + items[i]->pit.high) / 2 * UP_PIT_BINS);
        s->pit[bin < UP_PIT_BINS ? bin : UP_PIT_BINS - 1]++;
        s->distributions++;
    }
}

static void fill_brier(const up_score *const items[], size_t count, up_score_summary *s)
{
    for (size_t i = 0; i < count; i++)
        if (items[i]->state == UP_SCORE_BOUND && items[i]->has_distribution) {
            s->brier.low += items[i]->brier.low;
            s->brier.high += items[i]->brier.high;
            s->brier_count++;
        }
    if (s->brier_count > 0) {
        s->brier.low /= (double)s->brier_count;
        s->brier.high /= (double)s->brier_count;
    }
}

static up_status fill_summary(const up_score *const items[], size_t count,
                              up_score_summary *s, up_error *err)
{
    for (size_t i = 0; i < count; i++) {
        s->figures += items[i]->state == UP_SCORE_FIGURE;
        s->bounds += items[i]->state == UP_SCORE_BOUND;
        s->pending += items[i]->state == UP_SCORE_PENDING;
        s->known += items[i]->state == UP_SCORE_KNOWN;
        s->others += items[i]->state == UP_SCORE_PENDING && items[i]->has_others;
        s->no_naive += items[i]->state == UP_SCORE_FIGURE && items[i]->has_distribution &&
                       !items[i]->has_naive;
    }
    for (size_t level = 0; level < UP_SCORE_LEVELS; level++)
        fill_coverage(items, count, level, &s->coverage[level]);
    fill_skill(items, count, s);
    fill_pit(items, count, s);
    fill_brier(items, count, s);
    return fill_percentage(items, count, s, err);
}

static void add_name(const up_score *score, up_score_by by, up_buffer *out)
{
    switch (by) {
    case UP_SCORE_BY_ALL:
        up_buffer_add(out, "all");
        return;
    case UP_SCORE_BY_MODEL:
        up_buffer_add(out, score->kept->model);
        return;
    case UP_SCORE_BY_HORIZON:
        up_buffer_addf(out, "%zu", score->step);
        return;
    case UP_SCORE_BY_SERIES:
        up_buffer_addf(out, "%s%s%s", score->kept->metric,
                       score->kept->entity[0] != '\0' ? "/" : "", score->kept->entity);
        return;
    }
}

static up_status add_group(const char *name, up_score_summaries *list, up_error *err)
{
    up_status status =
        up_grow(&list->items, &list->capacity, list->count + 1, sizeof *list->items, err);
    char *copy = NULL;
    if (status == UP_OK)
        status = up_copy_text(name, &copy, err);
    if (status == UP_OK)
        list->items[list->count++] = (up_score_summary){.name = copy};
    return status;
}

/* The group that each score belongs to; new ones are appended to the list. */
static up_status find_groups(const up_score_list *scores, up_score_by by, size_t *groups,
                             up_score_summaries *list, up_error *err)
{
    up_status status = UP_OK;
    up_buffer name = {0};
    for (size_t i = 0; i < scores->count && status == UP_OK; i++) {
        up_buffer_clear(&name);
        add_name(&scores->items[i], by, &name);
        status = up_buffer_check(&name, err);
        size_t g = 0;
        while (status == UP_OK && g < list->count &&
               strcmp(list->items[g].name, up_buffer_text(&name)) != 0)
            g++;
        if (status == UP_OK && g == list->count)
            status = add_group(up_buffer_text(&name), list, err);
        groups[i] = g;
    }
    up_buffer_release(&name);
    return status;
}

static int compare_horizons(const void *a, const void *b)
{
    const up_score_summary *x = a, *y = b;
    size_t p = strlen(x->name), q = strlen(y->name); /* numbers without leading zeros */
    return p != q ? (p > q) - (p < q) : strcmp(x->name, y->name);
}

up_status up_score_summarise(const up_score_list *scores, up_score_by by,
                             up_score_summaries *summaries, up_error *err)
{
    up_score_summaries result = {0};
    size_t *groups = NULL;
    const up_score **members = NULL;
    up_status status = up_alloc(scores->count, sizeof *groups, &groups, err);
    if (status == UP_OK)
        status = up_alloc(scores->count, sizeof *members, &members, err);
    if (status == UP_OK)
        status = find_groups(scores, by, groups, &result, err);
    for (size_t g = 0; g < result.count && status == UP_OK; g++) {
        size_t n = 0;
        for (size_t i = 0; i < scores->count; i++)
            if (groups[i] == g)
                members[n++] = &scores->items[i];
        status = fill_summary(members, n, &result.items[g], err);
    }
    if (status == UP_OK && by == UP_SCORE_BY_HORIZON && result.count > 1)
        qsort(result.items, result.count, sizeof *result.items, compare_horizons);
    free(members);
    free(groups);
    if (status == UP_OK)
        *summaries = result;
    else
        up_score_summaries_release(&result);
    return status;
}

void up_score_summaries_release(up_score_summaries *summaries)
{
    if (summaries == NULL)
        return;
    for (size_t i = 0; i < summaries->count; i++)
        free(summaries->items[i].name);
    free(summaries->items);
    *summaries = (up_score_summaries){0};
}
