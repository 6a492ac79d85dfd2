/* The figure a year before, and the spacing of a series. */
#include <gsl/gsl_sort.h>
#include <math.h>

#include "analysis/growth_parts.h"
#include "base/memory.h"
#include "uptick/calendar.h"

/* ---- a year before ---- */

/* The same day and time of the previous year; 28 February for the 29th. An instant is the
 * end of the second before it, so that midnight belongs to the day that it ends: the end of
 * 28 February goes to the end of 28 February, in a leap year too. */
static int64_t year_before_instant(int64_t end)
{
    int64_t instant = end - 1;
    int64_t days = instant / UP_SECONDS_PER_DAY, rest = instant % UP_SECONDS_PER_DAY;
    if (rest < 0) {
        rest += UP_SECONDS_PER_DAY;
        days--;
    }
    up_date date = up_date_from_days(days);
    date.year--;
    int last = up_days_in_month(date.year, date.month);
    date.day = date.day > last ? last : date.day;
    return up_date_to_days(date) * UP_SECONDS_PER_DAY + rest + 1;
}

/* The week of the same number in the previous ISO year; a week 53 has rarely one. */
static bool is_same_week(const up_period *a, const up_period *b)
{
    int64_t year_a, year_b;
    int week_a, week_b;
    up_iso_week_from_days(a->start / UP_SECONDS_PER_DAY, &year_a, &week_a);
    up_iso_week_from_days(b->start / UP_SECONDS_PER_DAY, &year_b, &week_b);
    return year_a == year_b - 1 && week_a == week_b;
}

/* How far a is from a year before b, at most, in days; 0 for the same period a year
 * apart. */
static double days_off_a_year(const up_series *series, const up_point *a,
                              const up_point *b)
{
    const up_period *p = &a->observation->period, *q = &b->observation->period;
    if (p->granularity == UP_WEEK && q->granularity == UP_WEEK && p->shape == UP_PLAIN &&
        q->shape == UP_PLAIN)
        return is_same_week(p, q) ? 0 : INFINITY;
    up_anchor anchor = up_metric_anchor(&series->data->metric);
    bool known = series->basis == UP_TIME_MONTHS;
    if (known || up_elapses_in_months(p, q, anchor)) {
        up_moment s = known ? a->time : up_moment_in_months(p, anchor);
        up_moment t = known ? b->time : up_moment_in_months(q, anchor);
        double longest = fabs(t.high - s.low - 1), shortest = fabs(t.low - s.high - 1);
        double off = longest > shortest ? longest : shortest;
        return off < 1e-9 ? 0 : off * UP_DAYS_PER_YEAR; /* coordinates are months / 12 */
    }
    int64_t first = year_before_instant(b->time.first);
    int64_t last = year_before_instant(b->time.last);
    double early = fabs((double)(last - a->time.first));
    double late = fabs((double)(first - a->time.last));
    return fmax(early, late) / (double)UP_SECONDS_PER_DAY;
}

/* Figures over periods of one length are compared with one another, 2021 with 2020 and not
 * with the quarter that ends with it; of several the nearest. */
static bool is_better(bool alike, double off, bool best_alike, double best_off)
{
    return alike != best_alike ? alike : off < best_off;
}

/* What is looked for, and the best so far. */
typedef struct year_search {
    const up_series *series;
    size_t to;
    double tolerance;
    bool reported;
    size_t found;
    bool found_alike;
    double nearest;
} year_search;

static void consider(year_search *s, size_t i)
{
    const up_point *a = &s->series->points[i], *b = &s->series->points[s->to];
    double off = days_off_a_year(s->series, a, b);
    bool alike = up_period_alike(&a->observation->period, &b->observation->period);
    if (off > s->tolerance || !is_better(alike, off, s->found_alike, s->nearest) ||
        !up_series_comparable(s->series, i, s->to) ||
        (s->reported && a->observation->derived))
        return;
    s->nearest = off;
    s->found_alike = alike;
    s->found = i;
}

/* The first point before `to` that stands no earlier than a time. */
static size_t first_since(const up_series *series, size_t to, double time)
{
    size_t low = 0, high = to;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (series->points[middle].time.value < time)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* From a year before outwards to both sides, until what comes is too far, or farther than what
 * was found. */
size_t up_growth_year_before(const up_series *series, size_t to, double tolerance_days,
                             bool reported)
{
    enum { WEEK = 7 }; /* an ISO year has 364 or 371 days */
    double usual = series->basis == UP_TIME_MONTHS ? 0 : 1;
    double target = series->points[to].time.value - 1;
    year_search s = {.series = series,
                     .to = to,
                     .tolerance = tolerance_days >= 0 ? tolerance_days : usual,
                     .reported = reported,
                     .found = series->count,
                     .nearest = INFINITY};
    size_t right = first_since(series, to, target), left = right;
    while (left > 0 || right < to) {
        double before =
            left > 0 ? target - series->points[left - 1].time.value : INFINITY;
        double after = right < to ? series->points[right].time.value - target : INFINITY;
        double least = fmin(before, after) * 365 - WEEK;
        if (least > s.tolerance || (s.found_alike && least > s.nearest))
            break;
        consider(&s, after <= before ? right++ : --left);
    }
    return s.found;
}

/* ---- spacing ---- */

static bool is_regular(const up_series *series)
{
    const up_point *p = series->points;
    int64_t months = up_period_months(&p[0].observation->period);
    for (size_t i = 0; i < series->count; i++) {
        const up_period *period = &p[i].observation->period;
        if (period->shape == UP_ONE_OF || up_period_months(period) != months)
            return false;
        double steps =
            i == 0 ? 1 : (p[i].time.value - p[i - 1].time.value) * 12 / (double)months;
        if (steps < 0.5 || fabs(steps - nearbyint(steps)) > 1e-6)
            return false;
    }
    return months > 0;
}

static void count_missing(const up_series *series, up_spacing *s)
{
    double span =
        series->points[series->count - 1].time.value - series->points[0].time.value;
    s->regular = true;
    s->months = up_period_months(&series->points[0].observation->period);
    s->missing = (size_t)llround(span * 12 / (double)s->months) + 1 - series->count;
}

up_status up_series_spacing(const up_series *series, up_spacing *spacing, up_error *err)
{
    up_spacing s = {0};
    double *days = NULL;
    size_t gaps = series->count > 0 ? series->count - 1 : 0;
    up_status status = up_alloc(gaps, sizeof *days, &days, err);
    if (status != UP_OK)
        return status;
    for (size_t i = 0; i < gaps; i++)
        days[i] = (double)(series->points[i + 1].time.instant -
                           series->points[i].time.instant) /
                  (double)UP_SECONDS_PER_DAY;
    if (gaps > 0) {
        gsl_sort(days, 1, gaps);
        s.least_days = days[0];
        s.median_days = (days[(gaps - 1) / 2] + days[gaps / 2]) / 2;
        s.most_days = days[gaps - 1];
    }
    if (series->count > 1 && series->basis == UP_TIME_MONTHS && is_regular(series))
        count_missing(series, &s);
    free(days);
    *spacing = s;
    return UP_OK;
}
