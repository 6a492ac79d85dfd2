/* The spellings of ISO 8601 that most figures have: nothing in them is open to doubt, so that they
 * need not be folded, and no notation has to be asked.
 *
 *     2024   2024-12   2024-12-31   2024-12-31T10Z   2024-12-31T10:00Z   2024-12-31T10:00:00Z */
#include "uptick/period.h"

#include "uptick/calendar.h"

enum { YEAR = 4, MONTH = 7, DAY = 10, CLOCK = 14, PART = 3 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Two digits behind `mark`, less than `end`; or -1. */
static int part(const char *at, char mark, int end)
{
    if (at[0] != mark || !is_digit(at[1]) || !is_digit(at[2]))
        return -1;
    int number = (at[1] - '0') * 10 + (at[2] - '0');
    return number < end ? number : -1;
}

/* The day's hour, minute or second: behind "T" as many parts as the length has room for. */
static bool read_clock(const char *text, size_t length, up_period *period)
{
    static const struct {
        char mark;
        int end, seconds;
        up_granularity granularity;
    } parts[] = {
        {'T', 24, 3600, UP_HOUR}, {':', 60, 60, UP_MINUTE}, {':', 60, 1, UP_SECOND}};
    if (text[length - 1] != 'Z')
        return false;
    for (size_t i = 0, at = DAY; at + 1 < length; i++, at += PART) {
        int number = part(text + at, parts[i].mark, parts[i].end);
        if (number < 0)
            return false;
        period->start += (int64_t)number * parts[i].seconds;
        period->end = period->start + parts[i].seconds;
        period->granularity = parts[i].granularity;
    }
    return true;
}

static bool is_length(size_t length)
{
    bool timed = length == CLOCK || length == CLOCK + PART || length == CLOCK + 2 * PART;
    return timed || length == YEAR || length == MONTH || length == DAY;
}

/* The first second of a month that is counted from January of the year. */
static int64_t month_start(int64_t year, int month)
{
    return up_instant_from_date((up_date){year + month / 12, month % 12 + 1, 1});
}

static up_period of_months(int64_t year, int month, int count, up_granularity granularity)
{
    return (up_period){.start = month_start(year, month),
                       .end = month_start(year, month + count),
                       .granularity = granularity};
}

static bool read_year(const char *text, int64_t *year)
{
    *year = 0;
    for (size_t i = 0; i < YEAR; i++) {
        if (!is_digit(text[i]))
            return false;
        *year = *year * 10 + (text[i] - '0');
    }
    return true;
}

bool up_period_from_iso(const char *text, size_t length, up_period *period)
{
    int64_t year;
    if (!is_length(length) || !read_year(text, &year))
        return false;
    if (length == YEAR) {
        *period = of_months(year, 0, 12, UP_YEAR);
        return true;
    }
    int month = part(text + YEAR, '-', 13);
    if (month < 1)
        return false;
    if (length == MONTH) {
        *period = of_months(year, month - 1, 1, UP_MONTH);
        return true;
    }
    int day = part(text + MONTH, '-', up_days_in_month(year, month) + 1);
    if (day < 1)
        return false;
    int64_t start = up_instant_from_date((up_date){year, month, day});
    up_period read = {
        .start = start, .end = start + UP_SECONDS_PER_DAY, .granularity = UP_DAY};
    if (length > DAY && !read_clock(text, length, &read))
        return false;
    *period = read;
    return true;
}
