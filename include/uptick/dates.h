/* Dates of a column: what period.h reads, and what only the whole column can tell.
 *
 *     up_dates dates = {0};
 *     up_dates_find(texts, count, NULL, &dates, err);
 *     up_dates_read(&dates, "2/9/2024", &period, err);     // 9 February: 3/25/2023 stands there too
 *
 * The distinct texts of a column together decide
 *     the order of D/M/Y     one text with one reading (31/12/2012) settles the others; none:
 *                            refused with both readings, unless given; two that contradict:
 *                            refused
 *     20240131               days, when every text is such a day; 6 digits (202401) months
 *     2012-06-22 00:00:00    a time of day: days when every time is midnight or only one text has
 *                            a time at all ("09.07.2013 12:00:00" among days), else hours, …
 *     2020-01-01, 2020-02-01 every text the first of a month, at least three of them: the
 *                            frequency is told by the gaps, whose greatest common divisor in
 *                            months is 1 (months), 3 (quarters), 6 (halves) or 12 (years)
 *     -10000, 0, 178, 1960   years, with sign and up to six digits; 1960.0 too. Of other than four
 *                            digits only where other years of the column tell: three with one of
 *                            1500 to 2199 or before 0, one or two where there is one of three as
 *                            well, five or six with one before 0. Else 98, 44197 (a spreadsheet's
 *                            day), 1, 2, 3 are no dates
 *     27/10/23, 27-Oct-23    years of two digits, 1969 to 2068
 * and everything else is what up_period_parse makes of it (1974Q1, 2024年, 24 October 2011). */
#ifndef UPTICK_DATES_H
#define UPTICK_DATES_H

#include "uptick/error.h"
#include "uptick/period.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct up_dates {
    up_period_options options; /* the order found or given, the fiscal year given */
    bool compact;              /* YYYYMMDD, YYYYMM */
    bool has_decades, has_centuries, has_ages; /* 8, 178, 10000 are years */
    bool midnight_is_a_day;                    /* times of day are dropped */
    up_granularity clock; /* UP_HOUR, UP_MINUTE: no text has a finer time of day */
    bool promoted;        /* first days of months, quarters, … stand for the whole */
    up_granularity frequency; /* what they are promoted to, or UP_DAY … when given */
    bool has_frequency;       /* request: frequency is given ("--frequency month") */
    bool
        verbatim; /* request: each text is the period that it says, whatever the others are */
    size_t two_digit_years; /* how many texts have them: 27/10/23, read as 1969 to 2068 */
    char settled_by[40];    /* the text that settled the order; "" */
    bool has_granularity;   /* some text is a period */
    up_granularity
        granularity; /* of the texts as they are read; the finest where they differ */
    bool mixed;      /* they differ */
} up_dates;

/* How many of the texts (blank ones and marks of missing values left out) read as a
 * period by themselves, for finding out which column holds the dates. 178 and 2024 are
 * years here. */
size_t up_dates_count(const char *const texts[], size_t count);
/* UP_BAD_DATA: ambiguous (both readings named), contradictory. A text that is no date at
 * all does not fail here but in up_dates_read. `given` may be NULL. */
UP_MUST_CHECK up_status up_dates_find(const char *const texts[], size_t count,
                                      const up_dates *given, up_dates *dates,
                                      up_error *err);
/* UP_BAD_DATA: no date; one with an open or unknown end; not the first of a month in a
 * promoted column (cannot happen for the texts that were looked at). A frequency that is
 * given takes the month, quarter, … that holds the day. */
UP_MUST_CHECK up_status up_dates_read(const up_dates *dates, const char *text,
                                      up_period *period, up_error *err);
/* For the echo: "days, written day/month/year (31/12/2012 settles it)". Appends. */
void up_dates_describe(const up_dates *dates, up_buffer *out);

#ifdef __cplusplus
}
#endif
#endif
