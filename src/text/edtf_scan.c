#include "text/edtf_scan.h"

#include <string.h>

#include "text/words.h"

/* Each scanner moves *p past what it takes; false means "not this notation". */

static void scan_qualifier(const char **p, raw_date *raw)
{
    if (**p == '~' || **p == '%')
        raw->flags |= UP_PERIOD_APPROXIMATE;
    if (**p == '?' || **p == '%')
        raw->flags |= UP_PERIOD_UNCERTAIN;
    if (**p == '~' || **p == '?' || **p == '%')
        ++*p;
}

static bool scan_two(const char **p, int *number)
{
    const char *s = *p;
    if (!up_words_is_digit(s[0]) || !up_words_is_digit(s[1]) || up_words_is_digit(s[2]))
        return false;
    *number = (s[0] - '0') * 10 + (s[1] - '0');
    *p += 2;
    return true;
}

static bool is_digit_or_x(char c)
{
    return up_words_is_digit(c) || c == 'X';
}

/* Two digits of a month or day, X for an unknown one. */
static bool scan_component(const char **p, raw_date *raw, int *number)
{
    scan_qualifier(p, raw);
    const char *s = *p;
    if (!is_digit_or_x(s[0]) || !is_digit_or_x(s[1]) || is_digit_or_x(s[2]))
        return false;
    if (s[0] == 'X' && s[1] == 'X')
        *number = ANY;
    else if (s[0] == 'X' || s[1] == 'X')
        *number = PARTIAL;
    else
        *number = (s[0] - '0') * 10 + (s[1] - '0');
    *p += 2;
    scan_qualifier(p, raw);
    return true;
}

static bool scan_significant(const char **p, raw_date *raw)
{
    if (**p != 'S')
        return true;
    ++*p;
    raw->significant = true;
    return up_words_scan_digits(p, &raw->number) > 0;
}

/* After Y: five digits or more, or a mantissa with an exponent. */
static bool scan_long_year(const char **p, raw_date *raw)
{
    raw->long_year = true;
    raw->negative = **p == '-';
    if (raw->negative)
        ++*p;
    size_t digits = up_words_scan_digits(p, &raw->year);
    if (digits == 0)
        return false;
    if (digits > 18)
        raw->year = INT64_MAX;
    if (**p == 'E') {
        int64_t exponent = 0;
        ++*p;
        if (up_words_scan_digits(p, &exponent) == 0)
            return false;
        raw->exponent = exponent > 0 && exponent < 18 ? (int)exponent : 18;
    } else if (digits < 5) {
        return false;
    }
    return scan_significant(p, raw);
}

/* YYYYMMDD */
static bool scan_compact(const char **p, raw_date *raw)
{
    int64_t number = 0;
    if (up_words_scan_digits(p, &number) != 8)
        return false;
    raw->year = number / 10000;
    raw->month = (int)(number / 100 % 100);
    raw->day = (int)(number % 100);
    return true;
}

static bool scan_year(const char **p, raw_date *raw)
{
    scan_qualifier(p, raw);
    if (**p == 'Y') {
        ++*p;
        return scan_long_year(p, raw);
    }
    raw->negative = **p == '-';
    if (raw->negative)
        ++*p;
    size_t count = 0;
    for (; is_digit_or_x((*p)[count]); count++) {
        char c = (*p)[count];
        if (count >= 4)
            continue;
        raw->scattered |= c != 'X' && raw->unknown_digits > 0;
        raw->unknown_digits += c == 'X';
        raw->year = raw->year * 10 + (c == 'X' ? 0 : c - '0');
    }
    if (count == 8 && !raw->negative && raw->unknown_digits == 0)
        return scan_compact(p, raw);
    *p += count;
    return count == 4;
}

/* 2024-Q4, 2024Q4: *p stands on the letter. */
static bool scan_code(const char **p, raw_date *raw)
{
    static const struct {
        char letter;
        size_t least, most;
    } codes[] = {{'Q', 1, 1}, {'S', 1, 1}, {'H', 1, 1}, {'T', 1, 1},
                 {'A', 1, 1}, {'W', 1, 2}, {'M', 1, 2}, {'D', 3, 3}};
    char letter = **p;
    if (letter >= 'a' && letter <= 'z')
        letter = (char)(letter - 'a' + 'A');
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (codes[i].letter != letter)
            continue;
        ++*p;
        size_t digits = up_words_scan_digits(p, &raw->number);
        raw->code = letter == 'H' ? 'S' : letter;
        if (digits < codes[i].least || digits > codes[i].most)
            return false;
        if (letter == 'W' && **p == '-' && up_words_is_digit((*p)[1])) {
            ++*p;
            return up_words_scan_digits(p, &raw->weekday) == 1;
        }
        scan_qualifier(p, raw);
        return true;
    }
    return false;
}

static bool scan_zone(const char **p, up_clock *clock)
{
    if (**p == 'Z') {
        ++*p;
        return true;
    }
    if (**p != '+' && **p != '-')
        return true;
    int sign = **p == '-' ? -1 : 1;
    int hours = 0, minutes = 0;
    ++*p;
    if (!scan_two(p, &hours) || hours > 23)
        return false;
    if (**p == ':') {
        ++*p;
        if (!scan_two(p, &minutes) || minutes > 59)
            return false;
    }
    clock->offset_minutes = sign * (hours * 60 + minutes);
    return true;
}

/* After T, or after a blank where a time follows. */
static bool scan_time(const char **p, raw_date *raw)
{
    raw->timed = true;
    raw->clock = (up_clock){.granularity = UP_HOUR};
    if (!scan_two(p, &raw->clock.hour))
        return false;
    if (**p == ':') {
        ++*p;
        raw->clock.granularity = UP_MINUTE;
        if (!scan_two(p, &raw->clock.minute))
            return false;
        if (**p == ':') {
            ++*p;
            raw->clock.granularity = UP_SECOND;
            if (!scan_two(p, &raw->clock.second))
                return false;
        }
    }
    return scan_zone(p, &raw->clock);
}

static bool time_follows(const char *p)
{
    if (*p == 'T')
        return true;
    return *p == ' ' && up_words_is_digit(p[1]) && up_words_is_digit(p[2]) && p[3] == ':';
}

/* One date, as far as it goes; the caller looks at what stands behind it. */
bool up_edtf_scan_date(const char **p, raw_date *raw)
{
    *raw = (raw_date){.month = NONE, .day = NONE, .weekday = NONE};
    if (!scan_year(p, raw))
        return false;
    if (raw->day == NONE) {
        if (!raw->long_year && !raw->significant && **p == 'S' &&
            raw->unknown_digits == 0) {
            raw->bare_code = true;
            return scan_code(p, raw);
        }
        scan_qualifier(p, raw);
        if (up_words_is_letter(**p) && !raw->long_year)
            return scan_code(p, raw);
        if (**p != '-' || raw->long_year)
            return true;
        ++*p;
        if (up_words_is_letter(**p) && **p != 'X')
            return scan_code(p, raw);
        if (!scan_component(p, raw, &raw->month))
            return false;
        if (**p == '-') {
            ++*p;
            if (!scan_component(p, raw, &raw->day))
                return false;
        }
    }
    if (raw->day >= 0 && raw->month >= 0 && raw->unknown_digits == 0 && raw->flags == 0 &&
        time_follows(*p)) {
        ++*p;
        return scan_time(p, raw);
    }
    return true;
}
