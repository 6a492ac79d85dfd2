/* Makers of periods: each checks its domain and says what is wrong. */
#include "text/period_parts.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "text/words.h"

const char *const up_month_names[12] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};

up_match up_period_refuse(const up_period_reader *reader, const char *format, ...)
{
    char message[400];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    up_error_set(reader->err, UP_BAD_DATA, "'%.*s' %s", up_words_shown(reader->shown),
                 reader->shown, message);
    return UP_REFUSED;
}

static up_match check_year(const up_period_reader *reader, int64_t year)
{
    if (year >= -UP_YEAR_LIMIT && year <= UP_YEAR_LIMIT)
        return UP_MATCH;
    return up_period_refuse(reader,
                            "is out of range: years reach from -%" PRId64 " to %" PRId64,
                            UP_YEAR_LIMIT, UP_YEAR_LIMIT);
}

static up_period plain(int64_t start, int64_t end, up_granularity granularity)
{
    return (up_period){.start = start, .end = end, .granularity = granularity};
}

static int64_t month_start(int64_t year, int month)
{
    return up_instant_from_date((up_date){year, month, 1});
}

up_match up_period_make_years(const up_period_reader *reader, int64_t year,
                              up_granularity granularity, up_period *period)
{
    if (check_year(reader, year) != UP_MATCH)
        return UP_REFUSED;
    int64_t start = month_start(year, 1);
    *period = plain(start, up_period_step(start, granularity, 1), granularity);
    return UP_MATCH;
}

static up_match make_week(const up_period_reader *reader, int64_t year, int64_t week,
                          up_period *period)
{
    int weeks = up_iso_weeks_in_year(year);
    if (week < 1 || week > weeks)
        return up_period_refuse(reader, "is no week: %" PRId64 " has weeks 1 to %d", year,
                                weeks);
    int64_t start = up_days_from_iso_week(year, (int)week) * UP_SECONDS_PER_DAY;
    *period = plain(start, up_period_step(start, UP_WEEK, 1), UP_WEEK);
    return UP_MATCH;
}

up_match up_period_make_part(const up_period_reader *reader, int64_t year,
                             up_granularity granularity, int64_t number,
                             up_period *period)
{
    if (check_year(reader, year) != UP_MATCH)
        return UP_REFUSED;
    if (granularity == UP_WEEK)
        return make_week(reader, year, number, period);
    static const int counts[] = {
        [UP_MONTH] = 12, [UP_QUARTER] = 4, [UP_THIRD] = 3, [UP_HALF] = 2, [UP_YEAR] = 1};
    int count = counts[granularity];
    if (number < 1 || number > count)
        return up_period_refuse(
            reader, "is no period: there is no %s %" PRId64 " (they go from 1 to %d)",
            up_granularity_name(granularity), number, count);
    int64_t start = month_start(year, (int)(number - 1) * (12 / count) + 1);
    *period = plain(start, up_period_step(start, granularity, 1), granularity);
    return UP_MATCH;
}

up_match up_period_make_day(const up_period_reader *reader, int64_t year, int64_t month,
                            int64_t day, up_period *period)
{
    if (check_year(reader, year) != UP_MATCH)
        return UP_REFUSED;
    if (month < 1 || month > 12)
        return up_period_refuse(reader, "is no date: there is no month %" PRId64, month);
    int days = up_days_in_month(year, (int)month);
    if (day < 1)
        return up_period_refuse(reader, "is no date: there is no day 0");
    if (day > days)
        return up_period_refuse(reader, "is no date: %s %" PRId64 " has %d days",
                                up_month_names[month - 1], year, days);
    int64_t start = up_instant_from_date((up_date){year, (int)month, (int)day});
    *period = plain(start, start + UP_SECONDS_PER_DAY, UP_DAY);
    return UP_MATCH;
}

up_match up_period_make_time(const up_period_reader *reader, const up_period *day,
                             const up_clock *clock, up_period *period)
{
    if (clock->hour > 23 || clock->minute > 59 || clock->second > 59)
        return up_period_refuse(reader, "has no time of day: hours go to 23, minutes and "
                                        "seconds to 59");
    int east = clock->offset_minutes;
    if (clock->granularity == UP_HOUR && east % 60 != 0)
        return up_period_refuse(reader, "is no whole hour in UTC: write its minutes too");
    int64_t start = day->start + clock->hour * 3600 + clock->minute * 60 + clock->second -
                    (int64_t)east * 60;
    *period =
        plain(start, up_period_step(start, clock->granularity, 1), clock->granularity);
    return UP_MATCH;
}

/* The coarsest granularity, from g down, at which both ends sit: a week and a year meet in
 * days, a quarter and a third in months. */
static up_granularity common_granularity(up_granularity g, int64_t start, int64_t end)
{
    while (g > UP_DAY && !(up_period_aligned(start, g) && up_period_aligned(end, g)))
        g = g == UP_MONTH ? UP_DAY : (up_granularity)(g - 1);
    return g;
}

up_match up_period_make_extent(const up_period_reader *reader, const up_period *first,
                               const up_period *last, up_period *period)
{
    if (last->end <= first->start)
        return up_period_refuse(reader, "ends before it begins");
    up_granularity finer =
        first->granularity < last->granularity ? first->granularity : last->granularity;
    *period =
        (up_period){.start = first->start,
                    .end = last->end,
                    .granularity = common_granularity(finer, first->start, last->end),
                    .shape = UP_EXTENT,
                    .flags = first->flags | last->flags};
    return UP_MATCH;
}

up_match up_period_make_one_of(const up_period_reader *reader, const up_period *first,
                               const up_period *last, up_period *period)
{
    if (first->granularity != last->granularity)
        return up_period_refuse(
            reader, "mixes a %s and a %s: the members of a set are of one kind",
            up_granularity_name(first->granularity),
            up_granularity_name(last->granularity));
    if (first->granularity < UP_DAY || first->granularity > UP_YEAR)
        return up_period_refuse(reader,
                                "is no set of days, weeks, months, quarters, thirds, "
                                "halves or years");
    if (last->start < first->start)
        return up_period_refuse(reader, "ends before it begins");
    up_period set = {.start = first->start,
                     .end = last->end,
                     .granularity = first->granularity,
                     .shape = first->start == last->start ? UP_PLAIN : UP_ONE_OF,
                     .flags = first->flags | last->flags};
    *period = set;
    return UP_MATCH;
}

/* The first month of the fiscal year that ends in calendar year `year`. */
static up_match fiscal_start(const up_period_reader *reader, int64_t year, int64_t *start)
{
    int end = reader->options.fiscal_year_end;
    if (end < 1 || end > 12)
        return up_period_refuse(reader,
                                "is a fiscal year, and when it ends is not known: "
                                "set the metric's fiscal_year_end, its last month "
                                "(uptick set METRIC fiscal_year_end=6)");
    if (check_year(reader, year) != UP_MATCH)
        return UP_REFUSED;
    up_date last = {year, end, 1};
    *start = up_instant_from_date(up_date_add_months(last, -11));
    return UP_MATCH;
}

/* `months` months from start: a calendar unit where they are one, else a stretch of months,
 * so that its canonical text needs no fiscal year to be read. */
static up_period stretch(int64_t start, int64_t months, up_granularity unit)
{
    int64_t end = up_period_step(start, UP_MONTH, months);
    if (up_period_aligned(start, unit))
        return plain(start, end, unit);
    return (up_period){
        .start = start, .end = end, .granularity = UP_MONTH, .shape = UP_EXTENT};
}

up_match up_period_make_fiscal(const up_period_reader *reader, int64_t year,
                               up_period *period)
{
    int64_t start = 0;
    if (fiscal_start(reader, year, &start) != UP_MATCH)
        return UP_REFUSED;
    *period = stretch(start, 12, UP_YEAR);
    if (period->shape == UP_EXTENT)
        period->flags |= UP_PERIOD_FISCAL;
    return UP_MATCH;
}

up_match up_period_make_fiscal_part(const up_period_reader *reader, int64_t year,
                                    up_granularity granularity, int64_t number,
                                    up_period *period)
{
    int64_t start = 0;
    int count = granularity == UP_HALF ? 2 : 4;
    if (granularity != UP_HALF && granularity != UP_QUARTER)
        return up_period_refuse(reader, "is no half and no quarter of a fiscal year");
    if (number < 1 || number > count)
        return up_period_refuse(
            reader, "is no period: there is no %s %" PRId64 " (they go from 1 to %d)",
            up_granularity_name(granularity), number, count);
    if (fiscal_start(reader, year, &start) != UP_MATCH)
        return UP_REFUSED;
    int months = 12 / count;
    *period = stretch(up_period_step(start, UP_MONTH, (number - 1) * months), months,
                      granularity);
    return UP_MATCH;
}
