/* Periods as spans of time: order, months, anchored moments. */
#include "uptick/period.h"

#include <assert.h>
#include <math.h>

#include "text/period_parts.h"

const char *up_granularity_name(up_granularity granularity)
{
    static const char *const names[] = {[UP_SECOND] = "second",
                                        [UP_MINUTE] = "minute",
                                        [UP_HOUR] = "hour",
                                        [UP_DAY] = "day",
                                        [UP_WEEK] = "week",
                                        [UP_MONTH] = "month",
                                        [UP_QUARTER] = "quarter",
                                        [UP_THIRD] = "third",
                                        [UP_HALF] = "half",
                                        [UP_YEAR] = "year",
                                        [UP_DECADE] = "decade",
                                        [UP_CENTURY] = "century",
                                        [UP_MILLENNIUM] = "millennium"};
    return names[granularity];
}

bool up_period_is_bounded(const up_period *period)
{
    return period->start != INT64_MIN && period->end != INT64_MAX;
}

static int compare_instants(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

int up_period_compare(const up_period *a, const up_period *b)
{
    int order = compare_instants(a->start, b->start);
    if (order == 0)
        order = compare_instants(a->end, b->end);
    if (order == 0)
        order = compare_instants((int64_t)a->granularity, (int64_t)b->granularity);
    if (order == 0)
        order = compare_instants((int64_t)a->shape, (int64_t)b->shape);
    return order;
}

static const int64_t seconds_of[] = {[UP_SECOND] = 1,
                                     [UP_MINUTE] = 60,
                                     [UP_HOUR] = 3600,
                                     [UP_DAY] = UP_SECONDS_PER_DAY,
                                     [UP_WEEK] = 7 * UP_SECONDS_PER_DAY};
static const int64_t months_of[] = {
    [UP_MONTH] = 1, [UP_QUARTER] = 3,  [UP_THIRD] = 4,      [UP_HALF] = 6,
    [UP_YEAR] = 12, [UP_DECADE] = 120, [UP_CENTURY] = 1200, [UP_MILLENNIUM] = 12000};

int64_t up_period_step(int64_t instant, up_granularity granularity, int64_t count)
{
    if (granularity <= UP_WEEK)
        return instant + seconds_of[granularity] * count;
    up_date date = up_date_from_instant(instant);
    return up_instant_from_date(up_date_add_months(date, months_of[granularity] * count));
}

static int64_t floor_multiple(int64_t value, int64_t unit)
{
    int64_t rest = value % unit;
    return value - (rest < 0 ? rest + unit : rest);
}

/* The first instant of the member of the calendar that holds `instant`. */
static int64_t beginning_of(int64_t instant, up_granularity granularity)
{
    if (granularity > UP_WEEK) {
        up_date date = up_date_from_instant(instant);
        int64_t index =
            floor_multiple(date.year * 12 + date.month - 1, months_of[granularity]);
        int64_t years = floor_multiple(index, 12) / 12;
        return up_instant_from_date((up_date){years, (int)(index - years * 12) + 1, 1});
    }
    /* ISO weeks begin on a Monday, as 1970-01-05 was */
    int64_t origin = granularity == UP_WEEK ? 4 * UP_SECONDS_PER_DAY : 0;
    return floor_multiple(instant - origin, seconds_of[granularity]) + origin;
}

up_period up_period_containing(int64_t instant, up_granularity granularity)
{
    int64_t start = beginning_of(instant, granularity);
    return (up_period){.start = start,
                       .end = up_period_step(start, granularity, 1),
                       .granularity = granularity,
                       .shape = UP_PLAIN};
}

up_period up_period_next(const up_period *period)
{
    return up_period_containing(period->end, period->granularity);
}

bool up_period_aligned(int64_t instant, up_granularity granularity)
{
    up_date date = up_date_from_instant(instant);
    if (granularity <= UP_HOUR)
        return instant % seconds_of[granularity] == 0;
    if (instant != up_instant_from_date(date))
        return false;
    if (granularity == UP_DAY)
        return true;
    if (granularity == UP_WEEK) {
        int64_t year;
        int week;
        int64_t days = up_date_to_days(date);
        up_iso_week_from_days(days, &year, &week);
        return up_days_from_iso_week(year, week) == days;
    }
    return date.day == 1 && (date.month - 1) % months_of[granularity] == 0;
}

up_period up_period_first_member(const up_period *period)
{
    up_period member = *period;
    if (period->shape == UP_ONE_OF) {
        member.shape = UP_PLAIN;
        member.end = up_period_step(period->start, period->granularity, 1);
    }
    return member;
}

up_period up_period_last_member(const up_period *period)
{
    up_period member = *period;
    if (period->shape == UP_ONE_OF) {
        member.shape = UP_PLAIN;
        member.start = up_period_step(period->end, period->granularity, -1);
    }
    return member;
}

static int64_t month_index(int64_t instant)
{
    up_date date = up_date_from_instant(instant);
    return date.year * 12 + (date.month - 1);
}

int64_t up_period_months(const up_period *period)
{
    if (!up_period_is_bounded(period))
        return 0;
    if (period->shape == UP_PLAIN && period->granularity >= UP_MONTH)
        return months_of[period->granularity];
    up_period member = up_period_first_member(period);
    if (!up_period_aligned(member.start, UP_MONTH) ||
        !up_period_aligned(member.end, UP_MONTH))
        return 0;
    return month_index(member.end) - month_index(member.start);
}

/* A day, or what is shorter, is read at its end whatever the anchor. */
static up_anchor anchor_of(const up_period *member, up_anchor anchor)
{
    bool short_one = member->granularity <= UP_DAY &&
                     member->end - member->start <= UP_SECONDS_PER_DAY;
    return short_one ? UP_ANCHOR_END : anchor;
}

static int64_t anchored_instant(const up_period *member, up_anchor anchor)
{
    switch (anchor_of(member, anchor)) {
    case UP_ANCHOR_START:
        return member->start;
    case UP_ANCHOR_MIDDLE:
        return member->start + (member->end - member->start) / 2;
    case UP_ANCHOR_END:
        break;
    }
    return member->end;
}

/* t = (months since the beginning of year 0) / 12; half months are exact in a double. */
static double anchored_months(const up_period *member, up_anchor anchor)
{
    double first = (double)month_index(member->start);
    double last = first + (double)up_period_months(member);
    switch (anchor) {
    case UP_ANCHOR_START:
        return first / 12.0;
    case UP_ANCHOR_MIDDLE:
        return (first + last) / 2.0 / 12.0;
    case UP_ANCHOR_END:
        break;
    }
    return last / 12.0;
}

static double anchored_years(const up_period *member, up_anchor anchor,
                             up_time_basis basis)
{
    if (basis == UP_TIME_MONTHS)
        return anchored_months(member, anchor);
    return up_year_from_instant(anchored_instant(member, anchor));
}

up_moment up_period_moment(const up_period *period, up_anchor anchor, up_time_basis basis)
{
    assert(up_period_is_bounded(period));
    assert(basis != UP_TIME_MONTHS || up_period_months(period) > 0);
    up_period first = up_period_first_member(period);
    up_period last = up_period_last_member(period);
    up_moment moment = {.low = anchored_years(&first, anchor, basis),
                        .first = anchored_instant(&first, anchor),
                        .last = anchored_instant(&last, anchor)};
    moment.high =
        period->shape == UP_ONE_OF ? anchored_years(&last, anchor, basis) : moment.low;
    moment.value = (moment.low + moment.high) / 2.0;
    moment.instant = moment.first + (moment.last - moment.first) / 2;
    return moment;
}

static int64_t month_start(double index)
{
    double year = floor(index / 12);
    return up_instant_from_date(
        (up_date){(int64_t)year, (int)(index - 12 * year) + 1, 1});
}

int64_t up_time_instant(double years, up_time_basis basis)
{
    if (basis == UP_TIME_CALENDAR)
        return up_instant_from_year(years);
    double month = floor(years * 12 + 1e-9), part = fmax(years * 12 - month, 0);
    int64_t start = month_start(month), end = month_start(month + 1);
    return start + (int64_t)(part * (double)(end - start));
}

int up_period_compare_length(const up_period *a, const up_period *b)
{
    int64_t long_a = up_period_months(a), long_b = up_period_months(b);
    if (long_a == 0 && long_b == 0) {
        up_period x = up_period_first_member(a), y = up_period_first_member(b);
        long_a = x.end - x.start;
        long_b = y.end - y.start;
    }
    return (long_a > long_b) - (long_a < long_b);
}

bool up_period_alike(const up_period *a, const up_period *b)
{
    return up_period_compare_length(a, b) == 0;
}
