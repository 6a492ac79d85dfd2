#include "analysis/align.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

up_status up_align_parse(const char *name, up_align *align, up_error *err)
{
    static const char *const names[] = {[UP_ALIGN_EXACT] = "exact",
                                        [UP_ALIGN_CARRY] = "carry-forward",
                                        [UP_ALIGN_INTERPOLATE] = "interpolate"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(name, names[i]) == 0) {
            *align = (up_align)i;
            return UP_OK;
        }
    return up_error_set(err, UP_USAGE,
                        "unknown alignment '%s' (exact, carry-forward, interpolate)",
                        name);
}

/* The same stretch of time, however it is written: 2023-10/2023-12 is 2023-Q4. */
static int compare_periods(const void *a, const void *b)
{
    const up_period *x = &(*(const up_point *const *)a)->observation->period;
    const up_period *y = &(*(const up_point *const *)b)->observation->period;
    bool x_one = x->shape == UP_ONE_OF, y_one = y->shape == UP_ONE_OF;
    if (x_one || y_one)
        return x_one && y_one ? up_period_compare(x, y) : x_one - y_one;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->end > y->end) - (x->end < y->end);
}

up_status up_aligner_init(up_aligner *aligner, const up_series *series, up_align align,
                          bool flows, up_error *err)
{
    *aligner = (up_aligner){.series = series, .align = align, .flows = flows};
    up_status status =
        up_alloc(series->count, sizeof *aligner->by_period, &aligner->by_period, err);
    if (status != UP_OK)
        return status;
    for (size_t i = 0; i < series->count; i++)
        aligner->by_period[i] = &series->points[i];
    qsort(aligner->by_period, series->count, sizeof *aligner->by_period, compare_periods);
    return UP_OK;
}

void up_aligner_release(up_aligner *aligner)
{
    free(aligner->by_period);
    *aligner = (up_aligner){0};
}

static const up_point *at_period(const up_aligner *aligner, const up_point *wanted)
{
    const up_point **found = bsearch(&wanted, aligner->by_period, aligner->series->count,
                                     sizeof *aligner->by_period, compare_periods);
    return found != NULL ? *found : NULL;
}

/* How many points stand at or before an instant: instants compare across time bases. */
static size_t count_until(const up_series *series, int64_t instant)
{
    size_t low = 0, high = series->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (series->points[middle].time.instant <= instant)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* y(t) = y0 (y1 / y0)^((t - t0) / (t1 - t0)): constant growth between two figures. */
static double between(double t, double t0, double y0, double t1, double y1)
{
    return y0 * pow(y1 / y0, (t - t0) / (t1 - t0));
}

static bool is_bounded_and_positive(const up_estimate *e)
{
    return e->has_value && e->has_low && e->has_high && e->low > 0;
}

/* The formula is monotone in each of its five inputs while t0 <= t <= t1, so its extremes lie
 * at corners of their ranges. */
static up_status interpolate(const up_point *p, const up_point *q, const up_moment *at,
                             up_estimate *out, up_error *err)
{
    const up_estimate *a = &p->figure, *b = &q->figure;
    if (q->after_break)
        return up_error_set(err, UP_TOO_LITTLE_DATA, "a break lies between the figures");
    if (!is_bounded_and_positive(a) || !is_bounded_and_positive(b))
        return up_error_set(err, UP_TOO_LITTLE_DATA,
                            "interpolation needs positive figures with both bounds");
    if (p->time.high > at->low || q->time.low < at->high || p->time.high >= q->time.low)
        return up_error_set(err, UP_TOO_LITTLE_DATA,
                            "the dates overlap: which figure comes first is open");
    const double t[] = {at->low, at->high}, s0[] = {p->time.low, p->time.high},
                 s1[] = {q->time.low, q->time.high}, y0[] = {a->low, a->high},
                 y1[] = {b->low, b->high};
    double low = INFINITY, high = -INFINITY;
    for (unsigned c = 0; c < 32; c++) {
        double y = between(t[c & 1], s0[c >> 1 & 1], y0[c >> 2 & 1], s1[c >> 3 & 1],
                           y1[c >> 4 & 1]);
        low = fmin(low, y);
        high = fmax(high, y);
    }
    *out = up_estimate_between(low, high);
    out->has_value = true;
    out->value = between(at->value, p->time.value, a->value, q->time.value, b->value);
    out->about = a->about || b->about;
    return UP_OK;
}

static up_status nothing_there(const up_aligner *aligner, const up_point *point,
                               up_error *err)
{
    up_buffer text = {0};
    up_period_label(&point->observation->period, &text);
    up_status status =
        up_error_set(err, UP_TOO_LITTLE_DATA, "%s has no figure for %s%s",
                     aligner->series->key, up_buffer_text(&text),
                     aligner->align == UP_ALIGN_EXACT
                         ? " (--align carry-forward or interpolate brings one there)"
                         : "");
    up_buffer_release(&text);
    return status;
}

up_status up_align_figure(const up_aligner *aligner, const up_point *point,
                          up_aligned *out, up_error *err)
{
    const up_series *s = aligner->series;
    const up_point *same = at_period(aligner, point);
    if (same != NULL) {
        *out = (up_aligned){.figure = same->figure, .used = same};
        return UP_OK;
    }
    size_t until = count_until(s, point->time.instant);
    const up_point *before = until > 0 ? &s->points[until - 1] : NULL;
    const up_point *after = until < s->count ? &s->points[until] : NULL;
    if (aligner->align == UP_ALIGN_EXACT || before == NULL ||
        (aligner->align == UP_ALIGN_CARRY && before->time.last > point->time.first) ||
        (aligner->align == UP_ALIGN_INTERPOLATE && after == NULL))
        return nothing_there(aligner, point, err);
    /* a year's total is no quarter's: it cannot be carried or drawn out to one */
    if (aligner->flows &&
        !up_period_alike(&before->observation->period, &point->observation->period))
        return up_error_set(err, UP_TOO_LITTLE_DATA,
                            "%s: totals over periods of unlike length do not go together",
                            s->key);
    if (aligner->align == UP_ALIGN_CARRY) {
        *out = (up_aligned){.figure = before->figure, .used = before};
        return UP_OK;
    }
    up_estimate figure;
    up_status status = interpolate(before, after, &point->time, &figure, err);
    if (status == UP_OK)
        *out = (up_aligned){.figure = figure, .used = before, .also = after};
    return status;
}
