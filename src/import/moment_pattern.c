#include "import/moment_pattern.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "text/period_parts.h"
#include "text/words.h"
#include "uptick/calendar.h"

/* --- Patterns ----------------------------------------------------------------------- */

static bool add_token(moment_pattern *pattern, moment_token token)
{
    if (pattern->count == MOMENT_TOKENS)
        return false;
    pattern->tokens[pattern->count++] = token;
    return true;
}

static bool add_literal(moment_pattern *pattern, char c)
{
    return add_token(pattern, (moment_token){.literal = c});
}

static bool has_field(const moment_pattern *pattern, const char *fields)
{
    for (size_t i = 0; i < pattern->count; i++)
        if (pattern->tokens[i].field != 0 &&
            strchr(fields, pattern->tokens[i].field) != NULL)
            return true;
    return false;
}

static unsigned fields_of(const moment_pattern *pattern)
{
    bool day_of_year = has_field(pattern, "j");
    return (has_field(pattern, "y") ? HAS_YEAR : 0u) |
           (has_field(pattern, "M") || day_of_year ? HAS_MONTH : 0u) |
           (has_field(pattern, "d") || day_of_year ? HAS_DAY : 0u) |
           (has_field(pattern, "Hh") ? HAS_TIME : 0u);
}

static up_status refuse_pattern(const char *text, const char *why, up_error *err)
{
    return up_error_set(err, UP_BAD_DATA, "'%.*s' is not a date pattern: %s",
                        up_words_shown(text), text, why);
}

static up_status finish(const char *text, unsigned has, moment_pattern *pattern,
                        up_error *err)
{
    bool twice = false;
    for (size_t i = 0; i < pattern->count; i++)
        for (size_t k = 0; k < i && pattern->tokens[i].field != 0; k++)
            twice = twice || pattern->tokens[i].field == pattern->tokens[k].field;
    if (twice)
        return refuse_pattern(text, "a part stands in it twice", err);
    if (fields_of(pattern) != has)
        return refuse_pattern(text, "it does not have the parts of the type", err);
    if ((has_field(pattern, "msSa") && !has_field(pattern, "Hh")) ||
        has_field(pattern, "h") != has_field(pattern, "a"))
        return refuse_pattern(text, "the time of day is not complete", err);
    pattern->has = has;
    return UP_OK;
}

/* The widths UAX35 letters may have here. */
static bool is_width_known(char letter, size_t width)
{
    switch (letter) {
    case 'y':
        return width == 4;
    case 'M':
    case 'd':
    case 'H':
    case 'm':
    case 's':
        return width <= 2;
    case 'S':
        return width <= 18;
    case 'X':
    case 'x':
        return width <= 3;
    default:
        return false;
    }
}

/* A point before S is part of it: both may be absent. */
static bool add_fraction(moment_pattern *pattern, size_t width)
{
    moment_token *last = pattern->count > 0 ? &pattern->tokens[pattern->count - 1] : NULL;
    if (last == NULL || last->field != 0 || last->literal != '.')
        return false;
    *last = (moment_token){.field = 'S', .width = (unsigned char)width, .lax = true};
    return true;
}

up_status up_moment_pattern_uax35(const char *text, unsigned has, moment_pattern *pattern,
                                  up_error *err)
{
    moment_pattern result = {0};
    for (const char *at = text; *at != '\0';) {
        size_t width = 1;
        char c = *at;
        bool added;
        if (c == 'T' || !up_words_is_letter(c)) {
            added = c != '\'' && add_literal(&result, c);
        } else {
            while (at[width] == c)
                width++;
            if (!is_width_known(c, width))
                return refuse_pattern(text, "a part of it is not known", err);
            moment_token token = {.field = c, .width = (unsigned char)width};
            added = c == 'S' ? add_fraction(&result, width) : add_token(&result, token);
        }
        if (!added)
            return refuse_pattern(text, "it is too long, or a part is not known", err);
        at += width;
    }
    up_status status = finish(text, has, &result, err);
    if (status == UP_OK)
        *pattern = result;
    return status;
}

/* What each letter after % stands for; those that are several parts, in UAX35. */
static const struct {
    char letter;
    moment_token token;
} conversions[] = {
    {'Y', {.field = 'y', .width = 4}}, {'y', {.field = 'y', .width = 2}},
    {'m', {.field = 'M', .width = 1}}, {'b', {.field = 'M', .width = 3}},
    {'h', {.field = 'M', .width = 3}}, {'B', {.field = 'M', .width = 4}},
    {'d', {.field = 'd', .width = 1}}, {'e', {.field = 'd', .width = 1}},
    {'j', {.field = 'j', .width = 1}}, {'H', {.field = 'H', .width = 1}},
    {'I', {.field = 'h', .width = 1}}, {'p', {.field = 'a'}},
    {'M', {.field = 'm', .width = 1}}, {'S', {.field = 's', .width = 1}},
    {'z', {.field = 'X', .width = 3}}, {'%', {.literal = '%'}},
};
static const struct {
    char letter;
    const char *text;
} compounds[] = {{'F', "%Y-%m-%d"}, {'T', "%H:%M:%S"}, {'R', "%H:%M"}, {'D', "%m/%d/%y"}};

static bool add_conversions(moment_pattern *pattern, const char *text);

static bool add_conversion(moment_pattern *pattern, char letter)
{
    for (size_t i = 0; i < sizeof conversions / sizeof conversions[0]; i++)
        if (conversions[i].letter == letter)
            return add_token(pattern, conversions[i].token);
    for (size_t i = 0; i < sizeof compounds / sizeof compounds[0]; i++)
        if (compounds[i].letter == letter)
            return add_conversions(pattern, compounds[i].text);
    return letter == 'f' && add_fraction(pattern, 18);
}

static bool add_conversions(moment_pattern *pattern, const char *text)
{
    for (; *text != '\0'; text++) {
        bool escaped = *text == '%';
        if (escaped && *++text == '-') /* %-d: no zero before it; read alike */
            text++;
        if (escaped && *text == '\0')
            return false;
        if (!(escaped ? add_conversion(pattern, *text) : add_literal(pattern, *text)))
            return false;
    }
    return true;
}

up_status up_moment_pattern_strptime(const char *text, unsigned has,
                                     moment_pattern *pattern, up_error *err)
{
    moment_pattern result = {0};
    if (!add_conversions(&result, text))
        return refuse_pattern(text, "it is too long, or a part is not known", err);
    up_status status = finish(text, has, &result, err);
    if (status == UP_OK)
        *pattern = result;
    return status;
}

static const char *iso_text(unsigned has)
{
    switch (has) {
    case HAS_YEAR | HAS_MONTH | HAS_DAY:
        return "yyyy-MM-dd";
    case HAS_YEAR | HAS_MONTH | HAS_DAY | HAS_TIME:
        return "yyyy-MM-ddTHH:mm:ss.S";
    case HAS_TIME:
        return "HH:mm:ss.S";
    case HAS_DAY:
        return "---dd";
    case HAS_MONTH:
        return "--MM";
    case HAS_MONTH | HAS_DAY:
        return "--MM-dd";
    case HAS_YEAR | HAS_MONTH:
        return "yyyy-MM";
    default:
        return "yyyy";
    }
}

void up_moment_pattern_iso(unsigned has, moment_pattern *pattern)
{
    moment_pattern result = {0};
    if (up_moment_pattern_uax35(iso_text(has), has, &result, NULL) == UP_OK)
        add_token(&result, (moment_token){.field = 'X', .width = 3, .lax = true});
    for (size_t i = 0; i < result.count; i++) {
        moment_token *token = &result.tokens[i];
        token->lax = token->field == 'y' || token->field == 'S' || token->field == 'X';
        if (token->field == 'S')
            token->width = 18;
    }
    *pattern = result;
}

/* --- Texts -------------------------------------------------------------------------- */

/* From `least` to `most` digits. */
static bool read_digits(const char **at, size_t least, size_t most, int64_t *value)
{
    int64_t number = 0;
    size_t count = 0;
    while (count < most && up_words_is_digit((*at)[count]))
        number = number * 10 + ((*at)[count++] - '0');
    if (count < least)
        return false;
    *at += count;
    *value = number;
    return true;
}

static bool read_int(const char **at, const moment_token *token, int *value)
{
    int64_t number;
    if (!read_digits(at, token->width == 2 ? 2 : 1, token->field == 'j' ? 3 : 2, &number))
        return false;
    *value = (int)number;
    return true;
}

static bool read_year(const char **at, const moment_token *token, moment *m)
{
    bool negative = token->lax && **at == '-';
    if (negative)
        (*at)++;
    size_t most = token->lax ? 12 : token->width;
    if (!read_digits(at, token->width, most, &m->year))
        return false;
    if (token->width == 2) /* as POSIX has it */
        m->year += m->year < 69 ? 2000 : 1900;
    if (negative)
        m->year = -m->year;
    return true;
}

static bool read_month(const char **at, const moment_token *token, moment *m)
{
    if (token->width <= 2)
        return read_int(at, token, &m->month);
    for (int i = 0; i < 12; i++) {
        char name[16];
        size_t length = strlen(up_month_names[i]);
        if (token->width == 3)
            length = 3;
        memcpy(name, up_month_names[i], length);
        name[length] = '\0';
        if (up_words_begins(*at, name)) {
            *at += length;
            m->month = i + 1;
            return true;
        }
    }
    return false;
}

/* ".143"; nothing at all when it may be absent. */
static bool read_fraction(const char **at, const moment_token *token, moment *m)
{
    if (**at != '.')
        return token->lax;
    size_t count = 0;
    const char *first = *at + 1;
    while (up_words_is_digit(first[count]))
        count++;
    if (count == 0 || count > token->width)
        return false;
    *at = first + count;
    while (count > 0 && first[count - 1] == '0')
        count--;
    memcpy(m->fraction, first, count);
    m->fraction[count] = '\0';
    return true;
}

/* Z, -05, +0800, +08:00. */
static bool read_zone(const char **at, const moment_token *token, moment *m)
{
    if (**at == 'Z' && token->field == 'X') {
        (*at)++;
        m->zone_is_z = true;
        m->has |= HAS_ZONE;
        return true;
    }
    if (**at != '+' && **at != '-')
        return token->lax;
    int sign = *(*at)++ == '-' ? -1 : 1;
    int64_t hours, minutes = 0;
    if (!read_digits(at, 2, 2, &hours))
        return false;
    bool colon = **at == ':';
    if (colon)
        (*at)++;
    if (!read_digits(at, 2, 2, &minutes) && (colon || token->width != 1))
        return false;
    if (hours > 14 || minutes > 59)
        return false;
    m->zone_minutes = sign * (int)(hours * 60 + minutes);
    m->has |= HAS_ZONE;
    return true;
}

typedef struct clock_parts {
    bool afternoon, has_twelve;
    int day_of_year;
} clock_parts;

static bool read_token(const char **at, const moment_token *token, moment *m,
                       clock_parts *parts)
{
    switch (token->field) {
    case 'y':
        return read_year(at, token, m);
    case 'M':
        return read_month(at, token, m);
    case 'd':
        return read_int(at, token, &m->day);
    case 'H':
        return read_int(at, token, &m->hour);
    case 'h':
        parts->has_twelve = true;
        return read_int(at, token, &m->hour) && m->hour >= 1 && m->hour <= 12;
    case 'a':
        parts->afternoon = **at == 'P' || **at == 'p';
        if (!up_words_begins(*at, "AM") && !up_words_begins(*at, "PM"))
            return false;
        *at += 2;
        return true;
    case 'm':
        return read_int(at, token, &m->minute);
    case 's':
        return read_int(at, token, &m->second);
    case 'S':
        return read_fraction(at, token, m);
    case 'X':
    case 'x':
        return read_zone(at, token, m);
    case 'j':
        return read_int(at, token, &parts->day_of_year);
    default:
        return *(*at)++ == token->literal;
    }
}

/* 12 AM is hour 0; day 60 is a day of a month. */
static bool settle(moment *m, const clock_parts *parts)
{
    if (parts->has_twelve)
        m->hour = m->hour % 12 + (parts->afternoon ? 12 : 0);
    if (parts->day_of_year == 0)
        return true;
    if (parts->day_of_year > (up_is_leap_year(m->year) ? 366 : 365))
        return false;
    up_date first = {m->year, 1, 1};
    if (!up_date_is_valid(first))
        return false;
    up_date date = up_date_from_days(up_date_to_days(first) + parts->day_of_year - 1);
    m->month = date.month;
    m->day = date.day;
    return true;
}

static const char *check_moment(const moment *m)
{
    bool whole = (m->has & HAS_YEAR) && (m->has & HAS_MONTH);
    if ((m->has & HAS_MONTH) && (m->month < 1 || m->month > 12))
        return "there is no such month";
    up_date date = {whole ? m->year : 2000, (m->has & HAS_MONTH) ? m->month : 1,
                    (m->has & HAS_DAY) ? m->day : 1};
    if (!up_date_is_valid(date))
        return "there is no such day";
    if ((m->has & HAS_YEAR) && (m->year > UP_YEAR_LIMIT || m->year < -UP_YEAR_LIMIT))
        return "the year is too far away";
    if (m->hour > 23 || m->minute > 59 || m->second > 59)
        return "there is no such time";
    return NULL;
}

const char *up_moment_read(const moment_pattern *pattern, const char *text,
                           moment *result)
{
    moment m = {.has = pattern->has};
    clock_parts parts = {0};
    const char *at = text;
    for (size_t i = 0; i < pattern->count; i++) {
        const moment_token *token = &pattern->tokens[i];
        if (*at == '\0' && !token->lax)
            return "it ends too early";
        if (!read_token(&at, token, &m, &parts))
            return "it is written otherwise";
    }
    if (*at != '\0')
        return "more stands after it";
    if (has_field(pattern, "j") && parts.day_of_year == 0)
        return "there is no such day";
    if (!settle(&m, &parts))
        return "there is no such day";
    if (pattern->needs_zone && !(m.has & HAS_ZONE))
        return "the time zone is missing";
    const char *reason = check_moment(&m);
    if (reason == NULL)
        *result = m;
    return reason;
}

/* --- ISO 8601 ----------------------------------------------------------------------- */

static void add_year(up_buffer *out, int64_t year)
{
    if (year > 9999 || year < -9999)
        up_buffer_addf(out, "Y%" PRId64, year);
    else
        up_buffer_addf(out, "%s%04d", year < 0 ? "-" : "", abs((int)year));
}

void up_moment_add(up_buffer *out, const moment *m)
{
    bool dated = m->has & (HAS_YEAR | HAS_MONTH | HAS_DAY);
    if (m->has & HAS_YEAR)
        add_year(out, m->year);
    else if (dated)
        up_buffer_add(out, "-");
    if (m->has & HAS_MONTH)
        up_buffer_addf(out, "-%02d", m->month);
    else if (m->has & HAS_DAY)
        up_buffer_add(out, "-");
    if (m->has & HAS_DAY)
        up_buffer_addf(out, "-%02d", m->day);
    if (m->has & HAS_TIME) {
        up_buffer_addf(out, "%s%02d:%02d:%02d", dated ? "T" : "", m->hour, m->minute,
                       m->second);
        if (m->fraction[0] != '\0')
            up_buffer_addf(out, ".%s", m->fraction);
    }
    if (!(m->has & HAS_ZONE))
        return;
    int minutes = abs(m->zone_minutes);
    if (m->zone_is_z)
        up_buffer_add_char(out, 'Z');
    else
        up_buffer_addf(out, "%c%02d:%02d", m->zone_minutes < 0 ? '-' : '+', minutes / 60,
                       minutes % 60);
}

/* Fields that are not there are those of 1 January 1972, a leap year. */
static int64_t instant_of(const moment *m)
{
    up_date date = {(m->has & HAS_YEAR) ? m->year : 1972,
                    (m->has & HAS_MONTH) ? m->month : 1, (m->has & HAS_DAY) ? m->day : 1};
    int64_t seconds = up_instant_from_date(date);
    return seconds + m->hour * 3600 + m->minute * 60 + m->second - m->zone_minutes * 60;
}

int up_moment_compare(const moment *a, const moment *b)
{
    int64_t first = instant_of(a), second = instant_of(b);
    if (first != second)
        return first < second ? -1 : 1;
    return strcmp(a->fraction, b->fraction);
}
