/* Writing a period: canonical (what up_period_parse reads back), short, and for people. */
#include "uptick/period.h"

#include <assert.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "text/period_parts.h"

typedef struct clock_time {
    int hour, minute, second;
} clock_time;

static clock_time clock_at(int64_t instant)
{
    int64_t seconds = instant - up_instant_from_date(up_date_from_instant(instant));
    return (clock_time){(int)(seconds / 3600), (int)(seconds / 60 % 60),
                        (int)(seconds % 60)};
}

/* Which part of its year begins in this month. */
static int part_number(up_date date, int months)
{
    return (date.month - 1) / months + 1;
}

/* ---- Canonical: no allocation, so that it cannot fail ---- */

typedef struct line {
    char *text; /* UP_PERIOD_SIZE bytes */
    size_t length;
} line;

static void put(line *out, const char *format, ...) UP_PRINTF(2, 3);
static void put(line *out, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int written =
        vsnprintf(out->text + out->length, UP_PERIOD_SIZE - out->length, format, args);
    va_end(args);
    assert(written >= 0 && out->length + (size_t)written < UP_PERIOD_SIZE);
    out->length += written > 0 ? (size_t)written : 0;
}

static void put_char(line *out, char c)
{
    assert(out->length + 1 < UP_PERIOD_SIZE);
    out->text[out->length++] = c;
    out->text[out->length] = '\0';
}

/* A number of so many digits, zeros before it. */
static void put_digits(line *out, int64_t number, int digits)
{
    assert(number >= 0 && out->length + (size_t)digits < UP_PERIOD_SIZE);
    out->length += (size_t)digits;
    out->text[out->length] = '\0';
    for (char *at = out->text + out->length; digits > 0; digits--, number /= 10)
        *--at = (char)('0' + number % 10);
}

static void add_year(line *out, int64_t year)
{
    if (year > 9999 || year < -9999) {
        put(out, "Y%" PRId64, year);
        return;
    }
    if (year < 0)
        put_char(out, '-');
    put_digits(out, year < 0 ? -year : year, 4);
}

/* "-07" */
static void add_part(line *out, int number)
{
    put_char(out, '-');
    put_digits(out, number, 2);
}

/* 202X, 20XX, 2XXX. Before year 0 a span begins at its year furthest from 0. */
static void add_unknown_digits(line *out, int64_t year, int digits)
{
    int64_t known = year < 0 ? -year : year;
    for (int i = 0; i < digits; i++)
        known /= 10;
    put(out, "%s%0*" PRId64 "%.*s", year < 0 ? "-" : "", 4 - digits, known, digits,
        "XXX");
}

static void add_day(line *out, up_date date)
{
    add_year(out, date.year);
    add_part(out, date.month);
    add_part(out, date.day);
}

static void add_time(line *out, int64_t start, up_granularity granularity)
{
    clock_time t = clock_at(start);
    add_day(out, up_date_from_instant(start));
    put(out, "T%02d", t.hour);
    if (granularity <= UP_MINUTE)
        put(out, ":%02d", t.minute);
    if (granularity == UP_SECOND)
        put(out, ":%02d", t.second);
    put(out, "Z");
}

static void add_week(line *out, int64_t start)
{
    int64_t year;
    int week;
    up_iso_week_from_days(up_date_to_days(up_date_from_instant(start)), &year, &week);
    add_year(out, year);
    put(out, "-W%02d", week);
}

static void add_coded(line *out, up_date date, char code, int months)
{
    add_year(out, date.year);
    put(out, "-%c%d", code, part_number(date, months));
}

/* The member of a granularity that begins at start. */
static void add_member(line *out, int64_t start, up_granularity granularity)
{
    up_date date = up_date_from_instant(start);
    switch (granularity) {
    case UP_SECOND:
    case UP_MINUTE:
    case UP_HOUR:
        add_time(out, start, granularity);
        return;
    case UP_DAY:
        add_day(out, date);
        return;
    case UP_WEEK:
        add_week(out, start);
        return;
    case UP_MONTH:
        add_year(out, date.year);
        add_part(out, date.month);
        return;
    case UP_QUARTER:
        add_coded(out, date, 'Q', 3);
        return;
    case UP_THIRD:
        add_coded(out, date, 'T', 4);
        return;
    case UP_HALF:
        add_coded(out, date, 'S', 6);
        return;
    case UP_YEAR:
        add_year(out, date.year);
        return;
    case UP_DECADE:
        add_unknown_digits(out, date.year, 1);
        return;
    case UP_CENTURY:
        add_unknown_digits(out, date.year, 2);
        return;
    case UP_MILLENNIUM:
        add_unknown_digits(out, date.year, 3);
        return;
    }
}

static void add_flags(line *out, unsigned flags)
{
    bool approximate = (flags & UP_PERIOD_APPROXIMATE) != 0;
    bool uncertain = (flags & UP_PERIOD_UNCERTAIN) != 0;
    if (approximate || uncertain)
        put(out, "%c", approximate && uncertain ? '%' : approximate ? '~' : '?');
}

static void add_first(line *out, const up_period *period)
{
    if (period->start == INT64_MIN) {
        if (period->flags & UP_PERIOD_OPEN_START && period->shape == UP_EXTENT)
            put(out, "..");
        return;
    }
    add_member(out, period->start, period->granularity);
    add_flags(out, period->flags);
}

static void add_last(line *out, const up_period *period)
{
    if (period->end == INT64_MAX) {
        if (period->flags & UP_PERIOD_OPEN_END && period->shape == UP_EXTENT)
            put(out, "..");
        return;
    }
    add_member(out, up_period_step(period->end, period->granularity, -1),
               period->granularity);
    add_flags(out, period->flags);
}

void up_period_format(const up_period *period, char out[UP_PERIOD_SIZE])
{
    line text = {.text = out};
    out[0] = '\0';
    if (period->shape == UP_ONE_OF)
        put(&text, "[");
    add_first(&text, period);
    if (period->shape != UP_PLAIN) {
        put(&text, period->shape == UP_ONE_OF ? ".." : "/");
        add_last(&text, period);
    }
    if (period->shape == UP_ONE_OF)
        put(&text, "]");
}

/* ---- For people ---- */

static void add_year_name(up_buffer *out, int64_t year)
{
    char text[UP_PERIOD_SIZE];
    line name = {.text = text};
    add_year(&name, year);
    up_buffer_add(out, text);
}

/* How one member reads: short for labels, long in sentences. */
static void add_named_day(up_buffer *out, up_date date, bool brief)
{
    up_buffer_addf(out, "%d %.*s ", date.day, brief ? 3 : 9,
                   up_month_names[date.month - 1]);
    add_year_name(out, date.year);
}

static void add_named_time(up_buffer *out, int64_t start, up_granularity granularity,
                           bool brief)
{
    clock_time t = clock_at(start);
    add_named_day(out, up_date_from_instant(start), brief);
    up_buffer_addf(out, granularity == UP_SECOND ? " %02d:%02d:%02d" : " %02d:%02d",
                   t.hour, t.minute, t.second);
    if (!brief)
        up_buffer_add(out, " UTC");
}

static void add_named_month(up_buffer *out, up_date date, bool brief)
{
    up_buffer_addf(out, "%.*s ", brief ? 3 : 9, up_month_names[date.month - 1]);
    add_year_name(out, date.year);
}

static void add_named_week(up_buffer *out, int64_t start, bool brief)
{
    int64_t year;
    int week;
    up_iso_week_from_days(up_date_to_days(up_date_from_instant(start)), &year, &week);
    up_buffer_addf(out, brief ? "W%02d " : "week %d of ", week);
    add_year_name(out, year);
}

/* "Q1 2025", "the first quarter of 2025" */
static void add_named_part(up_buffer *out, up_date date, up_granularity granularity,
                           bool brief)
{
    static const char *const ordinals[] = {"first", "second", "third", "fourth"};
    int months = granularity == UP_QUARTER ? 3 : granularity == UP_THIRD ? 4 : 6;
    int number = part_number(date, months);
    if (!brief)
        up_buffer_addf(out, "the %s %s of ", ordinals[number - 1],
                       up_granularity_name(granularity));
    else if (granularity == UP_THIRD)
        up_buffer_addf(out, "%.3s–%.3s ", up_month_names[date.month - 1],
                       up_month_names[date.month + 2]);
    else
        up_buffer_addf(out, "%c%d ", granularity == UP_QUARTER ? 'Q' : 'H', number);
    add_year_name(out, date.year);
}

/* "2020s"; "2000–2099"; "the years 2000 to 2099" */
static void add_named_years(up_buffer *out, int64_t start, up_granularity granularity,
                            bool brief)
{
    int64_t first = up_date_from_instant(start).year;
    int64_t last = up_date_from_instant(up_period_step(start, granularity, 1)).year - 1;
    if (brief && granularity == UP_DECADE && first > 0 && first % 100 != 0) {
        up_buffer_addf(out, "%" PRId64 "s", first);
        return;
    }
    if (!brief)
        up_buffer_add(out, "the years ");
    add_year_name(out, first);
    up_buffer_add(out, brief ? "–" : " to ");
    add_year_name(out, last);
}

static void add_named_member(up_buffer *out, int64_t start, up_granularity granularity,
                             bool brief)
{
    up_date date = up_date_from_instant(start);
    if (granularity < UP_DAY)
        add_named_time(out, start, granularity, brief);
    else if (granularity == UP_DAY)
        add_named_day(out, date, brief);
    else if (granularity == UP_WEEK)
        add_named_week(out, start, brief);
    else if (granularity == UP_MONTH)
        add_named_month(out, date, brief);
    else if (granularity < UP_YEAR)
        add_named_part(out, date, granularity, brief);
    else if (granularity == UP_YEAR)
        add_year_name(out, date.year);
    else
        add_named_years(out, start, granularity, brief);
}

/* The calendar unit a set fills: the days of "by May 2025" fill a month. */
static bool filled_unit(const up_period *set, up_granularity *unit)
{
    for (int g = UP_YEAR; g > (int)set->granularity && g >= UP_WEEK; g--) {
        *unit = (up_granularity)g;
        if (*unit != UP_THIRD && up_period_aligned(set->start, *unit) &&
            up_period_step(set->start, *unit, 1) == set->end)
            return true;
    }
    return false;
}

/* "early 2025": the months of a third. */
static const char *third_word(const up_period *set)
{
    static const char *const words[] = {"early", "mid", "late"};
    if (set->granularity != UP_MONTH || !up_period_aligned(set->start, UP_THIRD) ||
        up_period_step(set->start, UP_THIRD, 1) != set->end)
        return NULL;
    return words[part_number(up_date_from_instant(set->start), 4) - 1];
}

/* "23–25 Jul 2025": what both ends say in common at their end is said once. */
static void add_brief_range(up_buffer *out, const char *first, const char *last)
{
    size_t length = strlen(first), kept = length;
    size_t other = strlen(last);
    for (size_t n = 1; n < length && n < other; n++) {
        if (first[length - n] != last[other - n])
            break;
        if (first[length - n] == ' ')
            kept = length - n;
    }
    up_buffer_add_bytes(out, first, kept);
    up_buffer_add(out, "–");
    up_buffer_add(out, last);
}

static void add_bounded_range(up_buffer *out, const up_period *period, bool brief)
{
    up_granularity g = period->granularity;
    up_buffer first = {0}, last = {0};
    add_named_member(&first, period->start, g, brief);
    add_named_member(&last, up_period_step(period->end, g, -1), g, brief);
    if (brief && g != UP_THIRD) {
        add_brief_range(out, up_buffer_text(&first), up_buffer_text(&last));
    } else {
        up_buffer_add(out, up_buffer_text(&first));
        up_buffer_add(out, brief ? "–" : " to ");
        up_buffer_add(out, up_buffer_text(&last));
    }
    out->failed = out->failed || first.failed || last.failed;
    up_buffer_release(&first);
    up_buffer_release(&last);
}

static void add_range(up_buffer *out, const up_period *period, bool brief)
{
    up_granularity g = period->granularity;
    if (up_period_is_bounded(period)) {
        add_bounded_range(out, period, brief);
    } else if (period->end != INT64_MAX) {
        up_buffer_add(out, "up to ");
        add_named_member(out, up_period_step(period->end, g, -1), g, brief);
    } else if (period->start != INT64_MIN) {
        up_buffer_add(out, "from ");
        add_named_member(out, period->start, g, brief);
        up_buffer_add(out, " on");
    } else {
        up_buffer_add(out, "any time");
    }
}

static void add_set_label(up_buffer *out, const up_period *set)
{
    up_granularity unit;
    const char *word = up_period_is_bounded(set) ? third_word(set) : NULL;
    if (word) {
        up_buffer_addf(out, "%s ", word);
        add_year_name(out, up_date_from_instant(set->start).year);
        return;
    }
    if (up_period_is_bounded(set) && filled_unit(set, &unit))
        add_named_member(out, set->start, unit, true);
    else
        add_range(out, set, true);
    up_buffer_addf(out, " (some %s)", up_granularity_name(set->granularity));
}

static int64_t fiscal_year(const up_period *period)
{
    return up_date_from_instant(period->end - 1).year;
}

void up_period_label(const up_period *period, up_buffer *out)
{
    if (period->flags & UP_PERIOD_APPROXIMATE)
        up_buffer_add(out, "c. ");
    if (period->flags & UP_PERIOD_FISCAL && period->shape == UP_EXTENT)
        up_buffer_addf(out, "FY%" PRId64, fiscal_year(period));
    else if (period->shape == UP_ONE_OF)
        add_set_label(out, period);
    else if (period->shape == UP_EXTENT)
        add_range(out, period, true);
    else
        add_named_member(out, period->start, period->granularity, true);
    if (period->flags & UP_PERIOD_UNCERTAIN)
        up_buffer_add_char(out, '?');
}

static void describe_set(const up_period *set, up_buffer *out)
{
    up_granularity unit;
    up_buffer_addf(out, "one %s%s ", up_granularity_name(set->granularity),
                   up_period_is_bounded(set) ? " of" : "");
    if (up_period_is_bounded(set) && filled_unit(set, &unit))
        add_named_member(out, set->start, unit, false);
    else
        add_range(out, set, false);
    up_buffer_add(out, ", which one is not known");
}

void up_period_describe(const up_period *period, up_buffer *out)
{
    if (period->shape == UP_ONE_OF) {
        describe_set(period, out);
    } else if (period->flags & UP_PERIOD_FISCAL && period->shape == UP_EXTENT) {
        up_buffer_addf(out, "fiscal year %" PRId64 " (", fiscal_year(period));
        add_range(out, period, false);
        up_buffer_add_char(out, ')');
    } else if (period->shape == UP_EXTENT) {
        add_range(out, period, false);
    } else {
        if (period->granularity == UP_YEAR)
            up_buffer_add(out, "the year ");
        add_named_member(out, period->start, period->granularity, false);
    }
    if (period->flags & UP_PERIOD_APPROXIMATE)
        up_buffer_add(out, ", approximately");
    if (period->flags & UP_PERIOD_UNCERTAIN)
        up_buffer_add(out, ", uncertain");
}
