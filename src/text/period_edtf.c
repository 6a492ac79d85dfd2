/* EDTF (ISO 8601-2:2019, levels 0 and 1, Library of Congress profile) and SDMX codes:
 *
 *     2024  -0500  Y-10000  202X  2024-12  2024-12-31  2024-12-31T10:00Z  2024~ 2024? 2024%
 *     2024-Q4 2024-S1 2024-T2 2024-W50 2024-M12 (SDMX)  2024-33 … 2024-41 (EDTF codes)
 *     2024-01/2024-06  2024/..  /2024  [2025-05-01..2025-05-31]  [2024-01,2024-02]  2024-XX
 *
 * A text is first scanned into a raw_date, then resolved: so a text of another notation is
 * handed on before anything is said about its months and days. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "text/edtf_scan.h"
#include "text/words.h"

enum { MEMBERS_MAX = 32 };

static up_match refuse_level_2(const up_period_reader *reader, const char *what)
{
    return up_period_refuse(reader, "is EDTF of level 2 that is not supported: %s", what);
}

static int64_t signed_year(const raw_date *raw)
{
    int64_t year = raw->year;
    for (int i = 0; i < raw->exponent; i++)
        year = year > UP_YEAR_LIMIT ? year : year * 10;
    return raw->negative ? -year : year;
}

/* 202X, 20XX, 2XXX; before year 0 the digits run away from it: -198X is -1989 to -1980. */
static up_match resolve_unknown_year(const up_period_reader *reader, const raw_date *raw,
                                     up_period *period)
{
    static const up_granularity granularities[] = {UP_YEAR, UP_DECADE, UP_CENTURY,
                                                   UP_MILLENNIUM};
    static const int64_t spans[] = {1, 10, 100, 1000};
    if (raw->scattered || raw->unknown_digits > 3 || raw->month != NONE || raw->code != 0)
        return refuse_level_2(reader, "unknown digits inside a date");
    if (!raw->negative)
        return up_period_make_years(reader, raw->year, granularities[raw->unknown_digits],
                                    period);
    if (raw->year == 0)
        return up_period_refuse(reader, "is no period: there is no year -0000");
    return up_period_make_years(reader, -raw->year - spans[raw->unknown_digits] + 1,
                                granularities[raw->unknown_digits], period);
}

static up_match resolve_significant(const up_period_reader *reader, const raw_date *raw)
{
    if (raw->bare_code && raw->number <= 2 && !raw->negative)
        return up_period_refuse(reader,
                                "is ambiguous: half %" PRId64 " of the year (write "
                                "%04" PRId64 "-S%" PRId64 "), or a year of which %" PRId64
                                " digits are known (write it as 20XX or 202X)",
                                raw->number, raw->year, raw->number, raw->number);
    return refuse_level_2(reader, "a year with significant digits");
}

/* The first to the last day of the month or year that XX stands in. */
static up_match resolve_unknown_day(const up_period_reader *reader, const raw_date *raw,
                                    up_period *period)
{
    int64_t year = signed_year(raw);
    bool any_month = raw->month == ANY;
    if (any_month && raw->day >= 0)
        return refuse_level_2(reader, "an unknown month with a known day");
    int first_month = any_month ? 1 : raw->month,
        last_month = any_month ? 12 : raw->month;
    up_period first, last;
    if (raw->day == NONE) {
        if (up_period_make_part(reader, year, UP_MONTH, 1, &first) != UP_MATCH ||
            up_period_make_part(reader, year, UP_MONTH, 12, &last) != UP_MATCH)
            return UP_REFUSED;
        return up_period_make_one_of(reader, &first, &last, period);
    }
    if (up_period_make_day(reader, year, first_month, 1, &first) != UP_MATCH)
        return UP_REFUSED;
    int days = up_days_in_month(year, last_month);
    if (up_period_make_day(reader, year, last_month, days, &last) != UP_MATCH)
        return UP_REFUSED;
    return up_period_make_one_of(reader, &first, &last, period);
}

/* "2024-25": EDTF says season, who wrote it may have meant a pair of years. */
static up_match refuse_season(const up_period_reader *reader, const raw_date *raw)
{
    static const char *const names[] = {"spring", "summer", "autumn", "winter"};
    const char *where = raw->month <= 24   ? ""
                        : raw->month <= 28 ? ", northern hemisphere"
                                           : ", southern hemisphere";
    const char *name = names[(raw->month - 21) % 4];
    int64_t year = signed_year(raw);
    if ((year + 1) % 100 == raw->month)
        return up_period_refuse(
            reader,
            "is ambiguous: in EDTF the season code %d (%s%s), for many a pair of years; "
            "write %04" PRId64 "/%04" PRId64 ", or FY%" PRId64 " for a fiscal year",
            raw->month, name, where, year, year + 1, year + 1);
    return up_period_refuse(reader,
                            "is a season (%s%s), whose months are not fixed: write them, "
                            "e.g. 2024-03/2024-05",
                            name, where);
}

/* Month 01 to 12, or one of EDTF's codes for parts of a year. */
static up_match resolve_month(const up_period_reader *reader, const raw_date *raw,
                              up_period *period)
{
    static const struct {
        int first, last;
        up_granularity granularity;
    } codes[] = {
        {1, 12, UP_MONTH}, {33, 36, UP_QUARTER}, {37, 39, UP_THIRD}, {40, 41, UP_HALF}};
    int month = raw->month;
    if (month >= 21 && month <= 32)
        return refuse_season(reader, raw);
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (month >= codes[i].first && month <= codes[i].last)
            return up_period_make_part(reader, signed_year(raw), codes[i].granularity,
                                       month - codes[i].first + 1, period);
    return up_period_refuse(reader, "is no period: there is no month %02d", month);
}

static up_match resolve_ordinal_day(const up_period_reader *reader, int64_t year,
                                    int64_t number, up_period *period)
{
    up_match match = up_period_make_day(reader, year, 1, 1, period);
    if (match != UP_MATCH)
        return match;
    int days = up_is_leap_year(year) ? 366 : 365;
    if (number < 1 || number > days)
        return up_period_refuse(reader, "is no date: %" PRId64 " has days 1 to %d", year,
                                days);
    period->start += (number - 1) * UP_SECONDS_PER_DAY;
    period->end = period->start + UP_SECONDS_PER_DAY;
    return UP_MATCH;
}

static up_match resolve_weekday(const up_period_reader *reader, int64_t weekday,
                                up_period *period)
{
    if (weekday < 1 || weekday > 7)
        return up_period_refuse(reader, "is no date: the days of a week are 1 to 7");
    period->start += (weekday - 1) * UP_SECONDS_PER_DAY;
    period->end = period->start + UP_SECONDS_PER_DAY;
    period->granularity = UP_DAY;
    return UP_MATCH;
}

static up_match resolve_code(const up_period_reader *reader, const raw_date *raw,
                             up_period *period)
{
    static const struct {
        char code;
        up_granularity granularity;
    } parts[] = {{'A', UP_YEAR},    {'S', UP_HALF},  {'T', UP_THIRD},
                 {'Q', UP_QUARTER}, {'M', UP_MONTH}, {'W', UP_WEEK}};
    int64_t year = signed_year(raw);
    if (raw->bare_code)
        return resolve_significant(reader, raw);
    if (raw->code == 'D')
        return resolve_ordinal_day(reader, year, raw->number, period);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].code != raw->code)
            continue;
        up_match match =
            up_period_make_part(reader, year, parts[i].granularity, raw->number, period);
        if (match == UP_MATCH && raw->weekday != NONE)
            return resolve_weekday(reader, raw->weekday, period);
        return match;
    }
    return UP_NO_MATCH;
}

static up_match resolve_day(const up_period_reader *reader, const raw_date *raw,
                            up_period *period)
{
    up_match match =
        up_period_make_day(reader, signed_year(raw), raw->month, raw->day, period);
    if (match != UP_MATCH || !raw->timed)
        return match;
    up_period day = *period;
    return up_period_make_time(reader, &day, &raw->clock, period);
}

static up_match resolve_plain(const up_period_reader *reader, const raw_date *raw,
                              up_period *period)
{
    if (raw->significant)
        return resolve_significant(reader, raw);
    if (raw->negative && raw->year == 0 && raw->unknown_digits == 0)
        return up_period_refuse(reader, "is no period: there is no year -0000");
    if (raw->unknown_digits > 0)
        return resolve_unknown_year(reader, raw, period);
    if (raw->month == PARTIAL || raw->day == PARTIAL)
        return refuse_level_2(reader, "unknown digits inside a date");
    if (raw->code != 0)
        return resolve_code(reader, raw, period);
    if (raw->month == ANY || raw->day == ANY)
        return resolve_unknown_day(reader, raw, period);
    if (raw->day != NONE)
        return resolve_day(reader, raw, period);
    if (raw->month != NONE)
        return resolve_month(reader, raw, period);
    return up_period_make_years(reader, signed_year(raw), UP_YEAR, period);
}

static up_match resolve(const up_period_reader *reader, const raw_date *raw,
                        up_period *period)
{
    up_match match = resolve_plain(reader, raw, period);
    if (match == UP_MATCH)
        period->flags |= raw->flags;
    return match;
}

/* ---- Intervals: A/B ---- */

typedef struct raw_end {
    bool open, unknown;
    raw_date date;
} raw_end;

static bool scan_end(const char **p, char stop, raw_end *end)
{
    *end = (raw_end){0};
    if (**p == stop) {
        end->unknown = true;
        return true;
    }
    if ((*p)[0] == '.' && (*p)[1] == '.') {
        *p += 2;
        end->open = true;
    } else if (!up_edtf_scan_date(p, &end->date)) {
        return false;
    }
    return **p == stop;
}

static up_match resolve_end(const up_period_reader *reader, const raw_end *end,
                            up_period *period)
{
    const raw_date *date = &end->date;
    if (date->timed)
        return up_period_refuse(
            reader, "is no period: the ends of an interval are days or longer");
    if (date->unknown_digits > 0 || date->month == ANY || date->month == PARTIAL ||
        date->day == ANY || date->day == PARTIAL)
        return refuse_level_2(reader, "an interval with unknown digits");
    return resolve(reader, date, period);
}

/* An end that is not written: its flag, and the granularity of the other. */
static void leave_open(up_period *period, const raw_end *left, const raw_end *right)
{
    period->shape = UP_EXTENT;
    if (left->open || left->unknown) {
        period->start = INT64_MIN;
        period->flags |= left->open ? UP_PERIOD_OPEN_START : UP_PERIOD_UNKNOWN_START;
    }
    if (right->open || right->unknown) {
        period->end = INT64_MAX;
        period->flags |= right->open ? UP_PERIOD_OPEN_END : UP_PERIOD_UNKNOWN_END;
    }
}

static up_match read_interval(const up_period_reader *reader, const char *text,
                              up_period *period)
{
    const char *p = text;
    raw_end left, right;
    if (!scan_end(&p, '/', &left))
        return UP_NO_MATCH;
    p++;
    if (!scan_end(&p, '\0', &right))
        return UP_NO_MATCH;
    bool has_left = !left.open && !left.unknown,
         has_right = !right.open && !right.unknown;
    up_period first = {.granularity = UP_DAY}, last = first;
    if (has_left && resolve_end(reader, &left, &first) != UP_MATCH)
        return UP_REFUSED;
    if (has_right && resolve_end(reader, &right, &last) != UP_MATCH)
        return UP_REFUSED;
    if (has_left && has_right)
        return up_period_make_extent(reader, &first, &last, period);
    if (left.unknown && right.unknown)
        return up_period_refuse(reader, "has neither beginning nor end");
    *period = has_left ? first : last;
    leave_open(period, &left, &right);
    return UP_MATCH;
}

/* ---- Sets: [A..B], [A,B,C] ---- */

typedef struct member_list {
    up_period items[MEMBERS_MAX]; /* one-of or plain, in order of their start */
    size_t count;
} member_list;

static up_match add_member(const up_period_reader *reader, member_list *list,
                           const up_period *member)
{
    if (list->count == MEMBERS_MAX)
        return up_period_refuse(reader, "has too many members: write it as [A..B]");
    size_t at = list->count++;
    for (; at > 0 && list->items[at - 1].start > member->start; at--)
        list->items[at] = list->items[at - 1];
    list->items[at] = *member;
    return UP_MATCH;
}

static up_match resolve_member(const up_period_reader *reader, const raw_date *date,
                               up_period *period)
{
    if (date->timed || date->unknown_digits > 0 || date->month < NONE || date->day < NONE)
        return refuse_level_2(reader, "a set of times or of unknown digits");
    return resolve(reader, date, period);
}

/* One item up to a comma or the bracket: A, A..B, ..B or A.. */
static up_match read_item(const up_period_reader *reader, const char **p,
                          up_period *period)
{
    raw_date from, to;
    bool has_from = **p != '.', dots = false, has_to = false;
    if (has_from && !up_edtf_scan_date(p, &from))
        return UP_NO_MATCH;
    if ((*p)[0] == '.' && (*p)[1] == '.') {
        dots = true;
        *p += 2;
        has_to = **p != ',' && **p != ']';
        if (has_to && !up_edtf_scan_date(p, &to))
            return UP_NO_MATCH;
    }
    if ((**p != ',' && **p != ']') || (!has_from && !has_to))
        return UP_NO_MATCH;
    up_period first = {0}, last = {0};
    if (has_from && resolve_member(reader, &from, &first) != UP_MATCH)
        return UP_REFUSED;
    if (has_to && resolve_member(reader, &to, &last) != UP_MATCH)
        return UP_REFUSED;
    if (has_from && (has_to || !dots))
        return up_period_make_one_of(reader, &first, has_to ? &last : &first, period);
    *period = has_from ? first : last;
    leave_open(period, &(raw_end){.open = !has_from}, &(raw_end){.open = !has_to});
    period->shape = UP_ONE_OF;
    return UP_MATCH;
}

static up_match refuse_gap(const up_period_reader *reader, const up_period *missing,
                           const up_period *all)
{
    char gap[UP_PERIOD_SIZE], whole[UP_PERIOD_SIZE];
    up_period_format(missing, gap);
    up_period_format(all, whole);
    return up_period_refuse(
        reader,
        "leaves out %s: a set must be unbroken here; write %s if it may "
        "be any of them",
        gap, whole);
}

static bool is_single_member(const up_period *set)
{
    return up_period_is_bounded(set) &&
           up_period_step(set->start, set->granularity, 1) == set->end;
}

/* Members in order become one set, if none is missing between them. */
static up_match join_members(const up_period_reader *reader, const member_list *list,
                             up_period *period)
{
    up_period all = list->items[0];
    up_period missing = {.granularity = all.granularity};
    for (size_t i = 1; i < list->count; i++) {
        const up_period *next = &list->items[i];
        if (next->granularity != all.granularity)
            return up_period_refuse(
                reader, "mixes a %s and a %s: the members of a set are of one kind",
                up_granularity_name(all.granularity),
                up_granularity_name(next->granularity));
        if (next->start > all.end && missing.end == missing.start) {
            missing.start = all.end;
            missing.end = up_period_step(all.end, all.granularity, 1);
        }
        all.end = next->end > all.end ? next->end : all.end;
        all.flags |= next->flags;
        all.shape = UP_ONE_OF;
    }
    if (missing.end != missing.start)
        return refuse_gap(reader, &missing, &all);
    if (is_single_member(&all))
        all.shape = UP_PLAIN;
    *period = all;
    return UP_MATCH;
}

static up_match read_set(const up_period_reader *reader, const char *text,
                         up_period *period)
{
    member_list list = {.count = 0};
    const char *p = text + 1;
    for (;;) {
        up_period member;
        while (*p == ' ')
            p++;
        up_match match = read_item(reader, &p, &member);
        if (match == UP_MATCH)
            match = add_member(reader, &list, &member);
        if (match != UP_MATCH)
            return match;
        if (*p == ']')
            break;
        p++;
    }
    return p[1] == '\0' ? join_members(reader, &list, period) : UP_NO_MATCH;
}

/* 12345 or -10000: EDTF wants a Y before them. Six and eight digits mean something else. */
static bool is_bare_long_year(const char *text)
{
    const char *p = *text == '-' ? text + 1 : text;
    int64_t value = 0;
    size_t digits = up_words_scan_digits(&p, &value);
    return *p == '\0' && digits > 4 && (*text == '-' || (digits != 6 && digits != 8));
}

up_match up_period_read_edtf(const up_period_reader *reader, const char *text,
                             up_period *period)
{
    if (*text == '{')
        return refuse_level_2(reader, "a set of all its members; an unbroken stretch is "
                                      "written A/B");
    if (*text == '[')
        return read_set(reader, text, period);
    if (strchr(text, '/'))
        return read_interval(reader, text, period);
    raw_date raw;
    const char *p = text;
    if (is_bare_long_year(text))
        return up_period_refuse(reader,
                                "is no period: a year of more than four digits is "
                                "written with Y, e.g. Y-10000");
    if (!up_edtf_scan_date(&p, &raw) || *p != '\0')
        return UP_NO_MATCH;
    return resolve(reader, &raw, period);
}
