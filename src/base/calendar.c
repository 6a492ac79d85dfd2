/* The civil calendar. days_from_civil and civil_from_days are Howard Hinnant's, "chrono-
 * Compatible Low-Level Date Algorithms": years begin in March, so that the leap day comes
 * last, and 400 of them make an era of 146097 days. */
#include "uptick/calendar.h"

#include <math.h>
#include <time.h>

enum { DAYS_PER_ERA = 146097, DAYS_TO_EPOCH = 719468 };

static int64_t divide_down(int64_t a, int64_t b)
{
    int64_t quotient = a / b;
    return a % b < 0 ? quotient - 1 : quotient;
}

bool up_is_leap_year(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int up_days_in_month(int64_t year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && up_is_leap_year(year) ? 29 : days[month - 1];
}

bool up_date_is_valid(up_date date)
{
    return date.year >= -UP_YEAR_LIMIT && date.year <= UP_YEAR_LIMIT && date.month >= 1 &&
           date.month <= 12 && date.day >= 1 &&
           date.day <= up_days_in_month(date.year, date.month);
}

int64_t up_date_to_days(up_date date)
{
    int64_t year = date.month <= 2 ? date.year - 1 : date.year;
    int64_t era = divide_down(year, 400);
    int64_t year_of_era = year - era * 400;
    int64_t month_from_march = (date.month + 9) % 12;
    int64_t day_of_year = (153 * month_from_march + 2) / 5 + date.day - 1;
    int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_PER_ERA + day_of_era - DAYS_TO_EPOCH;
}

up_date up_date_from_days(int64_t days)
{
    int64_t shifted = days + DAYS_TO_EPOCH;
    int64_t era = divide_down(shifted, DAYS_PER_ERA);
    int64_t day_of_era = shifted - era * DAYS_PER_ERA;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
                           day_of_era / (DAYS_PER_ERA - 1)) /
                          365;
    int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month_from_march = (5 * day_of_year + 2) / 153;
    int month =
        (int)(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
    return (up_date){.year = year_of_era + era * 400 + (month <= 2),
                     .month = month,
                     .day = (int)(day_of_year - (153 * month_from_march + 2) / 5 + 1)};
}

up_date up_date_add_months(up_date date, int64_t months)
{
    int64_t index = date.year * 12 + (date.month - 1) + months;
    up_date moved = {.year = divide_down(index, 12)};
    moved.month = (int)(index - moved.year * 12) + 1;
    int last = up_days_in_month(moved.year, moved.month);
    moved.day = date.day < last ? date.day : last;
    return moved;
}

int64_t up_instant_from_date(up_date date)
{
    return up_date_to_days(date) * UP_SECONDS_PER_DAY;
}

up_date up_date_from_instant(int64_t instant)
{
    return up_date_from_days(divide_down(instant, UP_SECONDS_PER_DAY));
}

/* 1 Monday to 7 Sunday; 1970-01-01 was a Thursday. */
static int weekday(int64_t days)
{
    int64_t shifted = days + 3;
    return (int)(shifted - divide_down(shifted, 7) * 7) + 1;
}

/* Week 1 is the week of 4 January. */
int64_t up_days_from_iso_week(int64_t year, int week)
{
    int64_t fourth = up_date_to_days((up_date){year, 1, 4});
    return fourth - (weekday(fourth) - 1) + (int64_t)(week - 1) * 7;
}

int up_iso_weeks_in_year(int64_t year)
{
    return (int)((up_days_from_iso_week(year + 1, 1) - up_days_from_iso_week(year, 1)) /
                 7);
}

/* A week belongs to the year of its Thursday. */
void up_iso_week_from_days(int64_t days, int64_t *year, int *week)
{
    int64_t monday = days - (weekday(days) - 1);
    *year = up_date_from_days(monday + 3).year;
    *week = (int)((monday - up_days_from_iso_week(*year, 1)) / 7) + 1;
}

static int64_t year_start(int64_t year)
{
    return up_instant_from_date((up_date){year, 1, 1});
}

static int64_t year_seconds(int64_t year)
{
    return (int64_t)(up_is_leap_year(year) ? 366 : 365) * UP_SECONDS_PER_DAY;
}

double up_year_from_instant(int64_t instant)
{
    int64_t year = up_date_from_instant(instant).year;
    double elapsed = (double)(instant - year_start(year));
    return (double)year + elapsed / (double)year_seconds(year);
}

int64_t up_instant_from_year(double year)
{
    if (!(year > (double)-UP_YEAR_LIMIT)) /* NaN too */
        return year_start(-UP_YEAR_LIMIT);
    if (year > (double)UP_YEAR_LIMIT)
        return year_start(UP_YEAR_LIMIT);
    int64_t whole = (int64_t)floor(year);
    double fraction = year - (double)whole;
    return year_start(whole) + llround(fraction * (double)year_seconds(whole));
}

int64_t up_calendar_today(void)
{
    return divide_down((int64_t)time(NULL), UP_SECONDS_PER_DAY);
}
