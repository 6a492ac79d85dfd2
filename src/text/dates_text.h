/* One text of a column of dates, taken apart. */
#ifndef UPTICK_TEXT_DATES_TEXT_H
#define UPTICK_TEXT_DATES_TEXT_H

#include "text/words.h"
#include "uptick/dates.h"

typedef enum up_date_shape {
    UP_DATE_OTHER,
    UP_DATE_YEAR,       /* -10000, 178, 1960.0 */
    UP_DATE_SIX,        /* 202401: a year, or year and month */
    UP_DATE_EIGHT,      /* 20240131 */
    UP_DATE_NUMBERS,    /* A/B/Y, A.B.Y, A-B-Y */
    UP_DATE_MONTH_NAME, /* 27-Oct-23 */
} up_date_shape;

typedef struct up_date_text {
    char date[UP_FOLDED_SIZE]; /* without the time of day */
    char shown[UP_FOLDED_SIZE];
    up_date_shape shape;
    int64_t a, b, year; /* of UP_DATE_NUMBERS; year as written */
    bool two_digits;    /* of the year */
    size_t digits;      /* of UP_DATE_YEAR and UP_DATE_SIX */
    char separator;
    bool has_time;
    int hour, minute, second;
    char offset[8]; /* "Z", "+02:00", "" */
} up_date_text;

/* Told quickly, as columns of a million figures are asked: no digit, or a number with a
 * fraction ("1234.5", but not "12.2024") or of more digits than a date has. */
bool up_date_text_is_hopeless(const char *text);
/* False: blank, the mark of a missing value, or no line of text. */
bool up_date_text_read(const char *text, up_date_text *out);
/* Whether eight or six digits are a day, a month of the years 1500 to 2199. */
bool up_date_text_is_compact(const up_date_text *text);
/* Which orders give a date: 'd', 'm'. */
bool up_date_text_fits(const up_date_text *text, char order);
/* As period.h reads it. */
void up_date_text_rewrite(const up_date_text *text, const up_dates *dates,
                          char out[UP_FOLDED_SIZE]);
/* 23 is 2023, 69 is 1969. */
int64_t up_date_text_year(const up_date_text *text);

#endif
