/* The time between two figures: whole months count where both are made of them, else days. */
#include <math.h>

#include "analysis/growth_parts.h"
#include "uptick/calendar.h"

enum { MONTHS_A_YEAR = 12 };

static up_estimate independent(double low, double value, double high)
{
    up_estimate e = up_estimate_between(low, high);
    e.value = value;
    e.has_value = true;
    return e;
}

/* ---- days ---- */

static double days_between(int64_t from, int64_t to)
{
    return (double)(to - from) / (double)UP_SECONDS_PER_DAY;
}

/* An instant in its year. It is the end of the second before it, so that midnight belongs to the day
 * that it ends. */
typedef struct position {
    up_date date;
    int64_t second;          /* of the day, before the end */
    int64_t elapsed, length; /* seconds of the instant's own year */
} position;

static position position_of(int64_t instant)
{
    position p = {.date = up_date_from_instant(instant - 1)};
    p.second = instant - 1 - up_instant_from_date(p.date);
    int64_t year = up_date_from_instant(instant).year;
    int64_t start = up_instant_from_date((up_date){year, 1, 1});
    p.elapsed = instant - start;
    p.length = up_instant_from_date((up_date){year + 1, 1, 1}) - start;
    return p;
}

static bool is_day(up_date a, up_date b)
{
    return a.year == b.year && a.month == b.month && a.day == b.day;
}

/* The same day and time of another year; 28 February for the 29th, counted from either. */
static bool is_anniversary(const position *a, const position *b)
{
    int64_t months = (b->date.year - a->date.year) * MONTHS_A_YEAR;
    return months != 0 && a->second == b->second &&
           (is_day(up_date_add_months(a->date, months), b->date) ||
            is_day(up_date_add_months(b->date, -months), a->date));
}

/* n from a date to that of a later year; else the difference of y + e / l, year and elapsed part of
 * it: (y2 - y1) + (e2 l1 - e1 l2) / (l1 l2), over one fraction while it fits, so that nothing cancels. */
static double years_between(int64_t from, int64_t to)
{
    position a = position_of(from), b = position_of(to);
    if (is_anniversary(&a, &b))
        return (double)(b.date.year - a.date.year);
    int64_t years = up_date_from_instant(to).year - up_date_from_instant(from).year;
    int64_t over = a.length * b.length; /* at most 1e15 */
    int64_t parts = b.elapsed * a.length - a.elapsed * b.length;
    if (years > -4000 && years < 4000)
        return (a.length == b.length
                    ? (double)(years * a.length + b.elapsed - a.elapsed) /
                          (double)a.length
                    : (double)(years * over + parts) / (double)over);
    return (double)years + (double)parts / (double)over;
}

/* ---- months ---- */

/* The difference of two coordinates near 2000 has lost the last digits; months count in
 * halves, since a figure may sit in the middle of one. */
static double months_between(double from, double to)
{
    double halves = nearbyint((to - from) * 2 * MONTHS_A_YEAR);
    bool counts = fabs((to - from) * 2 * MONTHS_A_YEAR - halves) < 1e-6;
    return counts ? halves / (2 * MONTHS_A_YEAR) : to - from;
}

/* The last day of a month stands for the end of it, beside a figure at the end of whole months. */
static bool is_month_end(const up_period *period, up_anchor anchor)
{
    return anchor == UP_ANCHOR_END && period->shape == UP_PLAIN &&
           period->granularity == UP_DAY && up_date_from_instant(period->end).day == 1;
}

bool up_elapses_in_months(const up_period *a, const up_period *b, up_anchor anchor)
{
    bool whole_a = up_period_months(a) > 0, whole_b = up_period_months(b) > 0;
    return (whole_a || is_month_end(a, anchor)) && (whole_b || is_month_end(b, anchor)) &&
           (whole_a || whole_b);
}

up_moment up_moment_in_months(const up_period *period, up_anchor anchor)
{
    if (up_period_months(period) > 0)
        return up_period_moment(period, anchor, UP_TIME_MONTHS);
    up_period month = up_period_containing(period->start, UP_MONTH);
    return up_period_moment(&month, anchor, UP_TIME_MONTHS);
}

/* ---- either ---- */

static void elapse(const up_moment *s, const up_moment *t, bool in_months,
                   up_growth_base *base)
{
    base->elapsed_years = in_months ? independent(months_between(s->high, t->low),
                                                  months_between(s->value, t->value),
                                                  months_between(s->low, t->high))
                                    : independent(years_between(s->last, t->first),
                                                  years_between(s->instant, t->instant),
                                                  years_between(s->first, t->last));
    base->elapsed_days =
        independent(days_between(s->last, t->first), days_between(s->instant, t->instant),
                    days_between(s->first, t->last));
    base->in_days = !in_months;
    base->has_elapsed = true;
}

void up_elapse(const up_period *from, const up_period *to, up_anchor anchor,
               up_growth_base *base)
{
    bool in_months = up_elapses_in_months(from, to, anchor);
    up_moment s = in_months ? up_moment_in_months(from, anchor)
                            : up_period_moment(from, anchor, UP_TIME_CALENDAR);
    up_moment t = in_months ? up_moment_in_months(to, anchor)
                            : up_period_moment(to, anchor, UP_TIME_CALENDAR);
    elapse(&s, &t, in_months, base);
}

void up_elapse_points(const up_series *series, const up_point *from, const up_point *to,
                      up_growth_base *base)
{
    const up_period *a = &from->observation->period, *b = &to->observation->period;
    up_anchor anchor = up_metric_anchor(&series->data->metric);
    bool in_months =
        series->basis == UP_TIME_MONTHS || up_elapses_in_months(a, b, anchor);
    if (in_months == (series->basis == UP_TIME_MONTHS))
        elapse(&from->time, &to->time, in_months, base); /* their moments are known */
    else
        up_elapse(a, b, anchor, base);
}
