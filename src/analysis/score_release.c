#include "analysis/score_release.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "uptick/calendar.h"
#include "uptick/expression.h"
#include "uptick/standing.h"

static int64_t last_day(const up_period *period)
{
    return up_date_to_days(up_date_from_instant(period->end - 1));
}

/* Whether a first release came after the projection. Without a day of report it may have been
 * there before, unless its period ended after the data. */
static bool is_after(const up_kept *kept, const up_period *period, int64_t reported)
{
    return reported == UP_REPORTED_ALWAYS ? last_day(period) > kept->as_of
                                          : reported > kept->made;
}

static void take_release(up_score *score, const up_period *period,
                         const up_estimate *figure, int64_t reported)
{
    up_bound_kind kind = up_estimate_kind(figure);
    bool bound =
        !figure->has_value || kind == UP_BOUND_AT_LEAST || kind == UP_BOUND_AT_MOST;
    score->outturn = *figure;
    score->reported = reported;
    score->outturn_period = *period;
    if (!is_after(score->kept, period, reported))
        score->state = UP_SCORE_KNOWN;
    else
        score->state = bound ? UP_SCORE_BOUND : UP_SCORE_FIGURE;
}

/* ---- figures that are reported ---- */

static bool is_release(const up_observation *o, int64_t as_of)
{
    return o->status != 'F' && o->status != 'M' && !o->derived &&
           up_observation_is_known(o, as_of);
}

/* Rows of the kept projection's entity, as it was written or by its name, that may be a first
 * release; caller frees. */
static up_status gather_rows(const up_metric_data *data, const char *written,
                             const char *name, int64_t as_of,
                             const up_observation ***rows, size_t *count, up_error *err)
{
    const up_observation **found = NULL;
    size_t n = 0, capacity = 0;
    up_status status = UP_OK;
    for (size_t i = 0; i < data->count && status == UP_OK; i++) {
        const up_observation *o = &data->observations[i];
        bool is_its = strcmp(o->entity, written) == 0 || strcmp(o->entity, name) == 0;
        if (!is_its || !is_release(o, as_of))
            continue;
        status = up_grow(&found, &capacity, n + 1, sizeof *found, err);
        if (status == UP_OK)
            found[n++] = o;
    }
    if (status != UP_OK) {
        free(found);
        return status;
    }
    *rows = found;
    *count = n;
    return UP_OK;
}

/* The rows of a period that were reported first; how many. */
static size_t first_reported(const up_period *period, const up_observation *const rows[],
                             size_t count, const up_observation *first[])
{
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        if (up_period_compare(&rows[i]->period, period) != 0)
            continue;
        if (n > 0 && rows[i]->reported < first[0]->reported)
            n = 0;
        if (n == 0 || rows[i]->reported == first[0]->reported)
            first[n++] = rows[i];
    }
    return n;
}

/* A figure of another period that came since and lies in this one. */
static bool has_others(const up_score *score, const up_observation *const rows[],
                       size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i]->period.start >= score->period.start &&
            rows[i]->period.end <= score->period.end &&
            is_after(score->kept, &rows[i]->period, rows[i]->reported))
            return true;
    return false;
}

/* The rows of one entity, with room for those of a period. */
typedef struct releases {
    const up_metric_data *data;
    const up_observation **rows, **first; /* owned */
    size_t count;
} releases;

/* The first release of a period; false where none can be read. */
static bool take_first(releases *r, const up_period *period, up_score *score)
{
    size_t n = first_reported(period, r->rows, r->count, r->first);
    const up_observation *word = up_standing_speaker(&r->data->metric, r->first, n);
    up_estimate figure;
    if (word == NULL || up_observation_estimate(word, false, &figure, NULL) != UP_OK)
        return false;
    take_release(score, period, &figure, word->reported);
    return true;
}

static int64_t instant_of(const up_score *score, const up_period *period)
{
    return up_period_moment(period, up_metric_anchor(score->metric), UP_TIME_CALENDAR)
        .instant;
}

/* The day by which a first release is set in order: an undated one's is the last of its period. */
static int64_t day_of_release(const up_observation *o)
{
    return o->reported == UP_REPORTED_ALWAYS ? last_day(&o->period) : o->reported;
}

/* Of the first releases with a moment in (from, to] that came after the projection the one that
 * came first, of one day the earliest; NULL: none. */
static const up_observation *first_between(releases *r, const up_score *score,
                                           int64_t from, int64_t to)
{
    const up_observation *best = NULL;
    for (size_t i = 0; i < r->count; i++) {
        const up_period *period = &r->rows[i]->period;
        int64_t at = instant_of(score, period);
        if (!(at > from && at <= to))
            continue;
        first_reported(period, r->rows, r->count, r->first);
        const up_observation *first = r->first[0];
        if (!is_after(score->kept, period, first->reported))
            continue;
        int64_t day = day_of_release(first);
        if (best == NULL || day < day_of_release(best) ||
            (day == day_of_release(best) && at < instant_of(score, &best->period)))
            best = first;
    }
    return best;
}

/* Averages over periods of one length follow each other as figures of moments do. */
static bool follows(const up_score *score, const up_period *found)
{
    return score->metric->measure != UP_AVERAGE ||
           (score->has_naive && up_period_alike(found, &score->naive_period));
}

/* The time whose figures stand in for one of the very period: from the kept period before, or the
 * last figure known then. */
typedef struct window {
    const up_period *start;
    int64_t from, to; /* (from, to] */
} window;

/* NULL, or why no figure can stand in. */
static const char *find_window(const up_score *before, const up_score *score, window *w)
{
    if (score->metric->measure == UP_FLOW)
        return "totals of other periods are none of it";
    if (score->is_regular)
        return "the figures known then were all of such periods, so its own is to come";
    if (before == NULL && !score->has_naive)
        return "no figure of the day of the data is there any more";
    w->start = before != NULL ? &before->period : &score->naive_period;
    w->from = instant_of(score, w->start);
    w->to = instant_of(score, &score->period);
    return NULL;
}

/* What was taken is of a period between. False, and why: it cannot stand in. */
static bool is_like(const up_period *found, up_score *score)
{
    if (follows(score, found))
        return true;
    score->has_others = true;
    score->others_why =
        "averages over another length of time than the last one known then";
    return false;
}

static void set_between(const window *w, const up_period *found, up_score *score)
{
    score->is_between = true;
    score->before = *w->start;
    score->share =
        (double)(instant_of(score, found) - w->from) / (double)(w->to - w->from);
}

/* A figure of a moment between that of a kept period and that of the one before (or of the last
 * figure known then) stands in for one of the very period. */
static void take_between(releases *r, const up_score *before, up_score *score)
{
    window w;
    if (find_window(before, score, &w) != NULL)
        return;
    const up_observation *found = first_between(r, score, w.from, w.to);
    if (found != NULL && is_like(&found->period, score) &&
        take_first(r, &found->period, score))
        set_between(&w, &found->period, score);
}

/* Others that have come are told, with the reason that holds for all of them if none was found. */
static void tell_others(const up_score *before, bool others, up_score *score)
{
    window w;
    if (score->state != UP_SCORE_PENDING || (!others && !score->has_others))
        return;
    const char *why = find_window(before, score, &w);
    score->has_others = true;
    if (score->others_why == NULL)
        score->others_why =
            why != NULL ? why : "none is of its moment, or after the period before";
}

static up_status find_reported(const up_metric_data *data, const char *name,
                               int64_t as_of, up_score scores[], size_t count,
                               up_error *err)
{
    releases r = {.data = data};
    up_status status =
        gather_rows(data, scores[0].kept->entity, name, as_of, &r.rows, &r.count, err);
    if (status == UP_OK)
        status = up_alloc(r.count, sizeof *r.first, &r.first, err);
    for (size_t i = 0; i < count && status == UP_OK; i++) {
        if (!take_first(&r, &scores[i].period, &scores[i]))
            take_between(&r, i > 0 ? &scores[i - 1] : NULL, &scores[i]);
        tell_others(i > 0 ? &scores[i - 1] : NULL,
                    has_others(&scores[i], r.rows, r.count), &scores[i]);
    }
    free(r.first);
    free(r.rows);
    return status;
}

/* ---- figures that a formula gives ---- */

/* "metric/entity", nothing in it a wildcard; an entity whose characters are escaped is the one
 * that is written so, whatever entities.csv calls it. */
static up_status literal_key(const up_kept *kept, bool as_written, up_buffer *key,
                             up_error *err)
{
    up_buffer_addf(key, "%s/", kept->metric);
    for (const char *at = kept->entity; *at != '\0'; at++) {
        bool begins_character = ((unsigned char)*at & 0xC0) != 0x80;
        if (strchr("*?\\", *at) != NULL || (as_written && begins_character))
            up_buffer_add_char(key, '\\');
        up_buffer_add_char(key, *at);
    }
    return up_buffer_check(key, err);
}

static up_status select_key(const up_tracker *tracker, const up_kept *kept,
                            bool as_written, int64_t as_of, up_series_list *list,
                            up_error *err)
{
    const up_series_options options = {.as_of = as_of, .derive = &up_formulas};
    up_buffer key = {0};
    up_error why = {0};
    up_status status = literal_key(kept, as_written, &key, &why);
    if (status == UP_OK)
        status = up_series_select(tracker, up_buffer_text(&key), &options, list, &why);
    up_buffer_release(&key);
    if (status == UP_SYSTEM && err != NULL)
        *err = why;
    return status == UP_SYSTEM ? status : UP_OK;
}

/* The series as of a day; an empty list when nothing of it was known then. */
static up_status select_as_of(const up_tracker *tracker, const up_kept *kept,
                              int64_t as_of, up_series_list *list, up_error *err)
{
    up_status status = select_key(tracker, kept, true, as_of, list, err);
    if (status == UP_OK && list->count == 0)
        status = select_key(tracker, kept, false, as_of, list, err);
    return status;
}

static int compare_days(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* The days after `from`, up to `to`, on which anything was reported, ascending. */
static up_status report_days(const up_tracker *tracker, int64_t from, int64_t to,
                             int64_t **days, size_t *count, up_error *err)
{
    int64_t *found = NULL;
    size_t n = 0, capacity = 0, kept = 0;
    up_status status = UP_OK;
    for (size_t m = 0; m < tracker->metric_count; m++)
        for (size_t i = 0; i < tracker->metrics[m].count && status == UP_OK; i++) {
            int64_t day = tracker->metrics[m].observations[i].reported;
            if (day <= from || day > to || (n > 0 && found[n - 1] == day))
                continue;
            status = up_grow(&found, &capacity, n + 1, sizeof *found, err);
            if (status == UP_OK)
                found[n++] = day;
        }
    if (status != UP_OK) {
        free(found);
        return status;
    }
    if (n > 1)
        qsort(found, n, sizeof *found, compare_days);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || found[kept - 1] != found[i])
            found[kept++] = found[i];
    *days = found;
    *count = kept;
    return UP_OK;
}

/* Takes what the series as of a day has for periods that are still pending: figures of the day
 * on which the last of what they are made of was reported. Returns how many are pending then. */
static size_t take_computed(const up_series_list *list, up_score scores[], size_t count)
{
    size_t pending = 0;
    for (size_t i = 0; i < count; i++) {
        for (size_t p = 0; list->count > 0 && p < list->items[0].count; p++) {
            const up_point *point = &list->items[0].points[p];
            const up_observation *o = point->observation;
            if (scores[i].state == UP_SCORE_PENDING && o->status != 'F' &&
                up_period_compare(&o->period, &scores[i].period) == 0)
                take_release(&scores[i], &o->period, &point->figure, o->reported);
        }
        pending += scores[i].state == UP_SCORE_PENDING;
    }
    return pending;
}

/* The same with figures between: of one day the earliest. */
static size_t take_computed_between(const up_series_list *list, up_score scores[],
                                    size_t count)
{
    size_t pending = 0;
    for (size_t i = 0; i < count; i++) {
        up_score *score = &scores[i];
        const up_score *before = i > 0 ? score - 1 : NULL;
        window w = {0};
        bool open =
            score->state == UP_SCORE_PENDING && find_window(before, score, &w) == NULL;
        bool others = false;
        for (size_t p = 0; list->count > 0 && p < list->items[0].count; p++) {
            const up_point *point = &list->items[0].points[p];
            const up_observation *o = point->observation;
            int64_t at = instant_of(score, &o->period);
            if (o->status == 'F' || !is_after(score->kept, &o->period, o->reported))
                continue;
            others |= o->period.start >= score->period.start &&
                      o->period.end <= score->period.end;
            if (!open || score->state != UP_SCORE_PENDING ||
                !(at > w.from && at <= w.to) || !is_like(&o->period, score))
                continue;
            take_release(score, &o->period, &point->figure, o->reported);
            set_between(&w, &o->period, score);
        }
        tell_others(before, others, score);
        pending += score->state == UP_SCORE_PENDING;
    }
    return pending;
}

typedef size_t taking(const up_series_list *list, up_score scores[], size_t count);

static up_status take_as_of(const up_tracker *tracker, taking *take, int64_t as_of,
                            up_score scores[], size_t count, size_t *pending,
                            up_error *err)
{
    up_series_list list = {0};
    up_status status = select_as_of(tracker, scores[0].kept, as_of, &list, err);
    if (status == UP_OK)
        *pending = take(&list, scores, count);
    up_series_list_release(&list);
    return status;
}

/* A formula's figure is released with the last of what it is made of: the first day on which
 * the series has it. */
static up_status find_by(const up_tracker *tracker, taking *take, int64_t as_of,
                         up_score scores[], size_t count, size_t *left, up_error *err)
{
    const up_kept *kept = scores[0].kept;
    int64_t *days = NULL;
    size_t n = 0, pending = count, never = 0;
    up_score *trial = NULL;
    up_status status = up_alloc(count, sizeof *trial, &trial, err);
    if (status == UP_OK) { /* those that have none at last need not be looked for */
        memcpy(trial, scores, count * sizeof *trial);
        status = take_as_of(tracker, take, as_of, trial, count, &never, err);
    }
    if (status == UP_OK && never == count) /* as they are, with what is told of them */
        memcpy(scores, trial, count * sizeof *trial);
    if (status == UP_OK && never < count)
        status = take_as_of(tracker, take, kept->made, scores, count, &pending, err);
    if (status == UP_OK && never < count)
        status = report_days(tracker, kept->made, as_of, &days, &n, err);
    for (size_t i = 0; i < n && pending > never && status == UP_OK; i++)
        status = take_as_of(tracker, take, days[i], scores, count, &pending, err);
    if (status == UP_OK &&
        pending > never) /* of undated figures, after the last report */
        status = take_as_of(tracker, take, as_of, scores, count, &pending, err);
    free(days);
    free(trial);
    *left = pending;
    return status;
}

/* Those of the very period first. */
static up_status find_computed(const up_tracker *tracker, int64_t as_of,
                               up_score scores[], size_t count, up_error *err)
{
    size_t pending = 0;
    up_status status =
        find_by(tracker, take_computed, as_of, scores, count, &pending, err);
    if (status == UP_OK && pending > 0)
        status =
            find_by(tracker, take_computed_between, as_of, scores, count, &pending, err);
    return status;
}

up_status up_score_find_releases(const up_tracker *tracker, const up_metric_data *data,
                                 int64_t as_of, up_score scores[], size_t count,
                                 up_error *err)
{
    if (data->metric.formula[0] != '\0')
        return find_computed(tracker, as_of, scores, count, err);
    char *name = NULL;
    up_status status =
        up_tracker_entity_name(tracker, scores[0].kept->entity, &name, err);
    if (status == UP_OK)
        status = find_reported(data, name, as_of, scores, count, err);
    free(name);
    return status;
}

/* ---- the naive forecast ---- */

/* Before the projection, no bound, and of a flow no total of another length. */
static bool can_be_naive(const up_point *point, const up_score *score, int64_t before)
{
    up_bound_kind kind = up_estimate_kind(&point->figure);
    return point->time.instant < before && point->figure.has_value &&
           kind != UP_BOUND_AT_LEAST && kind != UP_BOUND_AT_MOST &&
           (score->metric->measure != UP_FLOW ||
            up_period_alike(&point->observation->period, &score->period));
}

/* Whether all figures are of periods like the score's, so that its very period is to come. */
static bool are_of_such(const up_series *series, const up_score *score)
{
    for (size_t i = 0; i < series->count; i++) {
        const up_period *p = &series->points[i].observation->period;
        if (p->shape != score->period.shape ||
            p->granularity != score->period.granularity)
            return false;
    }
    return true;
}

up_status up_score_find_naive(const up_tracker *tracker, up_score scores[], size_t count,
                              up_error *err)
{
    up_series_list list = {0};
    up_anchor anchor = up_metric_anchor(scores[0].metric);
    up_moment first = up_period_moment(&scores[0].period, anchor, UP_TIME_CALENDAR);
    up_status status =
        select_as_of(tracker, scores[0].kept, scores[0].kept->as_of, &list, err);
    const up_point *last = NULL;
    for (size_t i = 0; i < count; i++)
        scores[i].is_regular = list.count == 0 || are_of_such(&list.items[0], &scores[i]);
    for (size_t i = 0; list.count > 0 && i < list.items[0].count; i++)
        if (can_be_naive(&list.items[0].points[i], &scores[0], first.instant))
            last = &list.items[0].points[i];
    for (size_t i = 0; i < count && last != NULL; i++) {
        scores[i].has_naive = true;
        scores[i].naive = last->figure.value;
        scores[i].naive_period = last->observation->period;
    }
    up_series_list_release(&list);
    return status;
}
