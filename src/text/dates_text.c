/* The shapes of dates that need their column to be read, and their ISO form. */
#include "text/dates_text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "text/entry_parts.h"
#include "uptick/calendar.h"

enum { FIRST_YEAR = 1500, LAST_YEAR = 2199, PIVOT = 69 };

/* --- Time of day -------------------------------------------------------------------- */

/* One or two digits; false if there are none or more. */
static bool take_two(const char **p, int *value)
{
    int64_t number = 0;
    size_t digits = up_words_scan_digits(p, &number);
    *value = (int)number;
    return digits == 1 || digits == 2;
}

static bool take_half_day(const char **p, int *hour)
{
    const char *s = *p + (**p == ' ');
    bool am = up_words_begins(s, "AM") || up_words_begins(s, "a.m.");
    bool pm = up_words_begins(s, "PM") || up_words_begins(s, "p.m.");
    if (!am && !pm)
        return true;
    if (*hour < 1 || *hour > 12)
        return false;
    *hour = *hour % 12 + (pm ? 12 : 0);
    *p = s + (s[1] == '.' ? 4 : 2);
    return true;
}

/* Z, +02:00, +0200, +02 */
static bool take_offset(const char **p, char offset[8])
{
    const char *s = *p;
    if (*s == 'Z' || *s == 'z') {
        strcpy(offset, "Z");
        *p = s + 1;
        return true;
    }
    if (*s != '+' && *s != '-')
        return true;
    size_t length = 1 + strspn(s + 1, "0123456789:");
    if (length != 3 && length != 5 && length != 6)
        return false;
    snprintf(offset, 8, "%.3s:%.2s", s, length == 3 ? "00" : s + length - 2);
    *p = s + length;
    return true;
}

static bool take_colon_two(const char **p, int *value)
{
    if (**p != ':')
        return false;
    ++*p;
    return take_two(p, value);
}

/* 23:00, 23:00:00.000, 5:00 PM, 23:00:00Z: the whole text. */
static bool read_time(const char *p, up_date_text *out)
{
    out->second = 0;
    if (!take_two(&p, &out->hour) || !take_colon_two(&p, &out->minute))
        return false;
    if (*p == ':' && !take_colon_two(&p, &out->second))
        return false;
    if (*p == '.')
        p += 1 + strspn(p + 1, "0123456789");
    if (!take_half_day(&p, &out->hour) || !take_offset(&p, out->offset))
        return false;
    return *p == '\0' && out->hour <= 24 && out->minute <= 59 && out->second <= 60;
}

/* Cuts the time of day off the date; it stands behind a blank or a T. */
static void split_time(up_date_text *out)
{
    for (char *p = out->date; *p != '\0'; p++) {
        if ((*p != ' ' && *p != 'T') || p == out->date || !up_words_is_digit(p[1]))
            continue;
        if (!read_time(p + 1, out))
            continue;
        out->has_time = true;
        *p = '\0';
        if (p[-1] == ',' || p[-1] == ' ')
            p[-1] = '\0';
        return;
    }
}

/* --- Shapes ------------------------------------------------------------------------- */

static bool read_numbers(const char *p, up_date_text *out)
{
    size_t digits = up_words_scan_digits(&p, &out->a);
    char separator = *p;
    if (digits < 1 || digits > 2 || strchr("/.-", separator) == NULL || separator == '\0')
        return false;
    p++;
    digits = up_words_scan_digits(&p, &out->b);
    if (digits < 1 || digits > 2 || *p++ != separator)
        return false;
    digits = up_words_scan_digits(&p, &out->year);
    out->two_digits = digits == 2;
    out->separator = separator;
    /* "15-06-05" begins with its year as often as it ends with it */
    return (digits == 4 || (digits == 2 && separator != '-')) && *p == '\0';
}

/* 27-Oct-23, 27 Oct 23 */
static bool read_month_name(const char *p, up_date_text *out)
{
    size_t digits = up_words_scan_digits(&p, &out->a), letters = 0;
    if (digits < 1 || digits > 2)
        return false;
    p += *p == '-' || *p == ' ';
    while (up_words_is_letter(p[letters]))
        letters++;
    p += letters;
    p += *p == '-' || *p == ' ';
    digits = up_words_scan_digits(&p, &out->year);
    out->two_digits = true;
    return letters >= 3 && digits == 2 && *p == '\0';
}

static up_date_shape shape_of(const char *date, up_date_text *out)
{
    const char *p = date + (*date == '-' || *date == '+');
    size_t digits = strspn(p, "0123456789");
    if (digits > 0 && digits <= 6 &&
        (p[digits] == '\0' || strcmp(p + digits, ".0") == 0)) {
        bool plain = p == date && p[digits] == '\0';
        out->digits = up_words_scan_digits(&p, &out->year);
        if (*date == '-')
            out->year = -out->year;
        return digits == 6 && plain ? UP_DATE_SIX : UP_DATE_YEAR;
    }
    if (digits == 8 && p == date && p[digits] == '\0')
        return UP_DATE_EIGHT;
    if (read_numbers(date, out))
        return UP_DATE_NUMBERS;
    if (read_month_name(date, out))
        return UP_DATE_MONTH_NAME;
    out->two_digits = false;
    return UP_DATE_OTHER;
}

bool up_date_text_is_hopeless(const char *text)
{
    static const char digits[] = "0123456789";
    const char *p = text + (*text == '-' || *text == '+');
    size_t whole = strspn(p, digits);
    if (whole > 0 && p[whole] == '\0')
        return whole > 6 && (whole != 8 || p != text);
    if (whole > 0 && p[whole] == '.') {
        size_t fraction = strspn(p + whole + 1, digits);
        bool is_month = p == text && whole <= 2 && fraction == 4;
        bool is_whole = fraction == 1 && p[whole + 1] == '0';
        return p[whole + 1 + fraction] == '\0' && !is_month && !is_whole;
    }
    for (; *p != '\0'; p++) /* other scripts have digits of their own */
        if (up_words_is_digit(*p) || (*p & 0x80) != 0)
            return false;
    return true;
}

bool up_date_text_read(const char *text, up_date_text *out)
{
    up_entry entry;
    *out = (up_date_text){0};
    if (up_words_fold(text, "a date", out->date, NULL) != UP_OK || *out->date == '\0' ||
        up_entry_is_missing(out->date, &entry))
        return false;
    strcpy(out->shown, out->date);
    split_time(out);
    out->shape = shape_of(out->date, out);
    return true;
}

bool up_date_text_is_compact(const up_date_text *text)
{
    if (text->shape != UP_DATE_EIGHT && text->shape != UP_DATE_SIX)
        return false;
    const char *p = text->date;
    int64_t number = 0;
    size_t digits = up_words_scan_digits(&p, &number);
    if (digits == 6)
        number = number * 100 + 1;
    up_date date = {.year = number / 10000,
                    .month = (int)(number / 100 % 100),
                    .day = (int)(number % 100)};
    return date.year >= FIRST_YEAR && date.year <= LAST_YEAR && up_date_is_valid(date);
}

int64_t up_date_text_year(const up_date_text *text)
{
    if (!text->two_digits)
        return text->year;
    return text->year + (text->year < PIVOT ? 2000 : 1900);
}

bool up_date_text_fits(const up_date_text *text, char order)
{
    int64_t month = order == 'd' ? text->b : text->a;
    int64_t day = order == 'd' ? text->a : text->b;
    up_date date = {
        .year = up_date_text_year(text), .month = (int)month, .day = (int)day};
    return text->shape == UP_DATE_NUMBERS && up_date_is_valid(date);
}

/* --- The ISO form ------------------------------------------------------------------- */

/* Four digits are a year; others only beside years that tell that they are. */
static bool is_year(const up_date_text *text, const up_dates *dates)
{
    if (text->digits == 4)
        return true;
    if (text->digits > 4)
        return dates->has_ages;
    return text->digits == 3 ? dates->has_centuries : dates->has_decades;
}

static void rewrite_year(int64_t year, char *out, size_t size)
{
    if (year > 9999 || year < -9999)
        snprintf(out, size, "Y%" PRId64, year);
    else
        snprintf(out, size, year < 0 ? "%05" PRId64 : "%04" PRId64, year);
}

static void rewrite_date(const up_date_text *text, const up_dates *dates, char *out,
                         size_t size)
{
    bool day_first = dates->options.date_order != 'm';
    int64_t year = up_date_text_year(text);
    size_t letters;
    switch (text->shape) {
    case UP_DATE_NUMBERS:
        snprintf(out, size, "%04" PRId64 "-%02" PRId64 "-%02" PRId64, year,
                 day_first ? text->b : text->a, day_first ? text->a : text->b);
        return;
    case UP_DATE_MONTH_NAME:
        letters = strlen(text->date) - 2;
        snprintf(out, size, "%.*s%" PRId64, (int)letters, text->date, year);
        return;
    case UP_DATE_SIX:
        if (dates->compact) {
            snprintf(out, size, "%.4s-%s", text->date, text->date + 4);
            return;
        }
        if (up_date_text_is_compact(text))
            break; /* among others it may be either, and is refused */
        if (!is_year(text, dates))
            break;
        rewrite_year(year, out, size);
        return;
    case UP_DATE_YEAR:
        if (!is_year(text, dates))
            break;
        rewrite_year(year, out, size);
        return;
    case UP_DATE_EIGHT:
        snprintf(out, size, "%.4s-%.2s-%s", text->date, text->date + 4, text->date + 6);
        return;
    case UP_DATE_OTHER:
        break;
    }
    snprintf(out, size, "%s", text->date);
}

void up_date_text_rewrite(const up_date_text *text, const up_dates *dates,
                          char out[UP_FOLDED_SIZE])
{
    rewrite_date(text, dates, out, UP_FOLDED_SIZE);
    size_t length = strlen(out);
    if (text->has_time && !dates->midnight_is_a_day && length + 20 < UP_FOLDED_SIZE)
        snprintf(out + length, UP_FOLDED_SIZE - length, " %02d:%02d:%02d%s", text->hour,
                 text->minute, text->second, text->offset);
}
