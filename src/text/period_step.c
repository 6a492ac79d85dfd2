/* Stepping along the calendar: the period that holds an instant, and the next one. */
#include "uptick/calendar.h"
#include "uptick/period.h"

/* Calendar months in a granularity; 0 for those that are counted in days. */
static int months_in(up_granularity granularity)
{
    static const int months[] = {[UP_MONTH] = 1, [UP_QUARTER] = 3, [UP_THIRD] = 4,
                                 [UP_HALF] = 6,  [UP_YEAR] = 12,   [UP_DECADE] = 120};
    return (size_t)granularity < sizeof months / sizeof months[0] ? months[granularity]
                                                                  : 0;
}

static int64_t floor_multiple(int64_t value, int64_t unit)
{
    int64_t rest = value % unit;
    return value - (rest < 0 ? rest + unit : rest);
}

up_period up_period_containing(int64_t instant, up_granularity granularity)
{
    up_period p = {.granularity = granularity, .shape = UP_PLAIN};
    int months = months_in(granularity);
    if (months > 0) {
        up_date date = up_date_from_instant(instant);
        int64_t index = floor_multiple(date.year * 12 + date.month - 1, months);
        up_date first = {floor_multiple(index, 12) / 12,
                         (int)(index - floor_multiple(index, 12)) + 1, 1};
        p.start = up_instant_from_date(first);
        p.end = up_instant_from_date(up_date_add_months(first, months));
        return p;
    }
    int64_t unit = granularity == UP_WEEK ? 7 * UP_SECONDS_PER_DAY : UP_SECONDS_PER_DAY;
    /* 1970-01-05 was a Monday; ISO weeks begin on one */
    int64_t origin = granularity == UP_WEEK ? 4 * UP_SECONDS_PER_DAY : 0;
    p.start = floor_multiple(instant - origin, unit) + origin;
    p.end = p.start + unit;
    return p;
}

up_period up_period_next(const up_period *period)
{
    return up_period_containing(period->end, period->granularity);
}
