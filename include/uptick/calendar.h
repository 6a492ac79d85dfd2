/* The civil calendar: proleptic Gregorian, astronomical years (0 is a leap year), UTC.
 *
 * An instant is a count of seconds from 1970-01-01T00:00Z; a day number is the same count in
 * days. Pure integer arithmetic (Howard Hinnant, "chrono-Compatible Low-Level Date
 * Algorithms"); no time zone, no clock except up_calendar_today. */
#ifndef UPTICK_CALENDAR_H
#define UPTICK_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { UP_SECONDS_PER_DAY = 86400 };
/* Years outside ±UP_YEAR_LIMIT are refused by every parser; inside it no sum overflows. */
#define UP_YEAR_LIMIT INT64_C(200000000000)
/* Mean length of a year in days, for turning a time in years into days. */
#define UP_DAYS_PER_YEAR 365.2425

typedef struct up_date {
    int64_t year;
    int month; /* 1 to 12 */
    int day;   /* 1 to days in month */
} up_date;

bool up_date_is_valid(up_date date); /* and its year within ±UP_YEAR_LIMIT */
int up_days_in_month(int64_t year, int month);
bool up_is_leap_year(int64_t year);
int64_t up_date_to_days(up_date date); /* date must be valid */
up_date up_date_from_days(int64_t days);
/* The month is moved, the day clamped to its end: 31 Jan + 1 → 28 or 29 Feb. */
up_date up_date_add_months(up_date date, int64_t months);
int64_t up_instant_from_date(up_date date); /* the first second of the day */
up_date up_date_from_instant(int64_t instant);
/* ISO 8601 weeks: the Monday of a week, how many a year has, and back. */
int up_iso_weeks_in_year(int64_t year);
int64_t up_days_from_iso_week(int64_t year, int week);
void up_iso_week_from_days(int64_t days, int64_t *year, int *week);

/* Calendar year + elapsed fraction of that year: 2025-01-01T00:00Z → 2025.0. The one home of
 * elapsed years: a difference of two of these. And the nearest instant back; a year outside
 * ±UP_YEAR_LIMIT gives the limit's. */
double up_year_from_instant(int64_t instant);
int64_t up_instant_from_year(double year);

/* The day number of today, by the machine's clock, in UTC. Only the program's entry calls
 * this. */
int64_t up_calendar_today(void);

#ifdef __cplusplus
}
#endif
#endif
