/* Periods as people write them, in English and Chinese.
 *
 * A text is cut into tokens (period_tokens.h), whose kinds spell its shape: "31 Dec 2024" is
 * "2m4", "2024年第四季度" is "4J2P". A table of shapes says which token is the year, the month
 * or quarter, the day. Words such as "by" or "end of" stand around a shape and are applied to
 * its period. */
#include <inttypes.h>
#include <string.h>

#include "text/period_tokens.h"
#include "text/words.h"

typedef struct shape {
    const char *kinds;
    up_granularity granularity; /* with `part` >= 0: that token's value instead */
    int year, number, day;      /* which token; -1: none */
    int part;
    bool fiscal;
} shape;

#define YEAR_AT(k, y)                                                                    \
    {                                                                                    \
        k, UP_YEAR, y, -1, -1, -1, false                                                 \
    }
#define MONTH_AT(k, y, n)                                                                \
    {                                                                                    \
        k, UP_MONTH, y, n, -1, -1, false                                                 \
    }
#define DAY_AT(k, y, n, d)                                                               \
    {                                                                                    \
        k, UP_DAY, y, n, d, -1, false                                                    \
    }
#define PART_AT(k, y, n, p)                                                              \
    {                                                                                    \
        k, UP_YEAR, y, n, -1, p, false                                                   \
    }
#define HALF_AT(k, y, n)                                                                 \
    {                                                                                    \
        k, UP_HALF, y, n, -1, -1, false                                                  \
    }
#define FISCAL_AT(k, y)                                                                  \
    {                                                                                    \
        k, UP_YEAR, y, -1, -1, -1, true                                                  \
    }
#define FISCAL_PART(k, y, n, p)                                                          \
    {                                                                                    \
        k, UP_YEAR, y, n, -1, p, true                                                    \
    }

static const shape shapes[] = {
    YEAR_AT("4", 0),
    YEAR_AT("4J", 0),
    MONTH_AT("m4", 1, 0),
    MONTH_AT("4m", 0, 1),
    MONTH_AT("2/4", 2, 0),
    MONTH_AT("2.4", 2, 0),
    MONTH_AT("2-4", 2, 0),
    MONTH_AT("4J2M", 0, 2),
    DAY_AT("2m4", 2, 1, 0),
    DAY_AT("om4", 2, 1, 0),
    DAY_AT("m24", 2, 0, 1),
    DAY_AT("mo4", 2, 0, 1),
    DAY_AT("4m2", 0, 1, 2),
    DAY_AT("4/2/2", 0, 2, 4),
    DAY_AT("4.2.2", 0, 2, 4),
    DAY_AT("4-2-2", 0, 2, 4),
    DAY_AT("4J2M2D", 0, 2, 4),
    PART_AT("P24", 2, 1, 0),
    PART_AT("P2/4", 3, 1, 0),
    PART_AT("P2-4", 3, 1, 0),
    PART_AT("4P2", 0, 2, 1),
    PART_AT("2P4", 2, 0, 1),
    PART_AT("oP4", 2, 0, 1),
    PART_AT("4oP", 0, 1, 2),
    PART_AT("4J2P", 0, 2, 3),
    PART_AT("4JP2", 0, 3, 2),
    HALF_AT("4Jh", 0, 2),
    HALF_AT("4h", 0, 1),
    {"oo4", UP_THIRD, 2, 0, -1, -1, false}, /* "first third of 2024", see read_shape */
    FISCAL_AT("F4", 1),
    FISCAL_AT("4F", 0),
    FISCAL_PART("F4P2", 1, 3, 2),
    FISCAL_PART("F42P", 1, 2, 3),
    FISCAL_PART("P2F4", 3, 1, 0),
    FISCAL_PART("2PF4", 3, 0, 1),
    FISCAL_PART("oPF4", 3, 0, 1),
    FISCAL_PART("FP24", 3, 2, 1),
    FISCAL_PART("FoP4", 3, 1, 2),
    FISCAL_PART("4F2P", 0, 2, 3),
};

static up_match read_shape(const up_period_reader *reader, const shape *s, const token *t,
                           up_period *period)
{
    int64_t year = t[s->year].value;
    int64_t number = s->number < 0 ? 1 : t[s->number].value;
    up_granularity granularity = s->granularity;
    if (s->part >= 0)
        granularity = (up_granularity)t[s->part].value;
    if (granularity == UP_THIRD && t[1].value != 3)
        return UP_NO_MATCH;
    if (s->fiscal && s->part < 0)
        return up_period_make_fiscal(reader, year, period);
    if (s->fiscal)
        return up_period_make_fiscal_part(reader, year, granularity, number, period);
    if (granularity == UP_DAY)
        return up_period_make_day(reader, year, number, t[s->day].value, period);
    return up_period_make_part(reader, year, granularity, number, period);
}

/* ---- Shapes that need a decision ---- */

static up_match refuse_two_orders(const up_period_reader *reader, int64_t a, int64_t b,
                                  int64_t year)
{
    return up_period_refuse(reader,
                            "is ambiguous: %" PRId64 " %s %" PRId64 " or %" PRId64
                            " %s %" PRId64 "; write %04" PRId64 "-%02" PRId64
                            "-%02" PRId64 " or %04" PRId64 "-%02" PRId64 "-%02" PRId64
                            ", or say the date order",
                            a, up_month_names[b - 1], year, b, up_month_names[a - 1],
                            year, year, b, a, year, a, b);
}

/* A/B/YYYY: told apart by a number over 12, else by the options. */
static up_match read_day_and_month(const up_period_reader *reader, const token *t,
                                   up_period *period)
{
    int64_t a = t[0].value, b = t[2].value, year = t[4].value;
    char order = reader->options.date_order;
    if (order == 0) {
        bool day_first = b >= 1 && b <= 12, month_first = a >= 1 && a <= 12;
        if (day_first && month_first && a != b)
            return refuse_two_orders(reader, a, b, year);
        order = day_first ? 'd' : 'm';
    }
    if (order == 'm')
        return up_period_make_day(reader, year, a, b, period);
    return up_period_make_day(reader, year, b, a, period);
}

/* D.M.YYYY; points are not written between month and day, unless the caller says so. */
static up_match read_dotted(const up_period_reader *reader, const token *t,
                            up_period *period)
{
    if (reader->options.date_order == 'm')
        return up_period_make_day(reader, t[4].value, t[0].value, t[2].value, period);
    return up_period_make_day(reader, t[4].value, t[2].value, t[0].value, period);
}

/* 2024/25, 2011/12, 2024/12: A/B is a stretch from A to B, so none of them is a month. */
static up_match refuse_short_second(const up_period_reader *reader, const token *t,
                                    up_period *period)
{
    (void)period;
    int64_t year = t[0].value, next = t[2].value;
    bool pair = (year + 1) % 100 == next;
    bool month = next >= 1 && next <= 12;
    if (pair && month)
        return up_period_refuse(reader,
                                "is ambiguous: %s %" PRId64 " (write %04" PRId64
                                "-%02" PRId64 "), the fiscal year FY%" PRId64
                                ", or two years (write %04" PRId64 "/%04" PRId64 ")",
                                up_month_names[next - 1], year, year, next, year + 1,
                                year, year + 1);
    if (pair)
        return up_period_refuse(reader,
                                "is ambiguous: a fiscal year (write FY%" PRId64
                                ") or two years (write %04" PRId64 "/%04" PRId64 ")",
                                year + 1, year, year + 1);
    if (month)
        return up_period_refuse(reader,
                                "is ambiguous: %s %" PRId64 " (write %04" PRId64
                                "-%02" PRId64
                                ") or a stretch of years (write them in full)",
                                up_month_names[next - 1], year, year, next);
    return up_period_refuse(reader, "is no period: there is no month %02" PRId64, next);
}

static up_match refuse_two_years(const up_period_reader *reader, const token *t,
                                 up_period *period)
{
    (void)period;
    int64_t a = t[0].value, b = t[2].value;
    return up_period_refuse(reader,
                            "is ambiguous: all of it (write %04" PRId64 "/%04" PRId64
                            ") or one year of it (write [%04" PRId64 "..%04" PRId64 "])",
                            a, b, a, b);
}

static up_match read_decade(const up_period_reader *reader, const token *t,
                            up_period *period)
{
    int64_t year = t[0].value;
    if (year % 100 == 0)
        return up_period_refuse(reader,
                                "is ambiguous: ten years (write %03" PRId64
                                "X) or a hundred (write %02" PRId64 "XX)",
                                year / 10, year / 100);
    if (year % 10 != 0)
        return up_period_refuse(reader, "is no decade: its first year ends in 0");
    return up_period_make_years(reader, year, UP_DECADE, period);
}

/* 2024年1-9月, 2024年前三季度 */
static up_match read_parts(const up_period_reader *reader, int64_t year,
                           up_granularity granularity, int64_t first, int64_t last,
                           up_period *period)
{
    up_period a, b;
    if (up_period_make_part(reader, year, granularity, first, &a) != UP_MATCH ||
        up_period_make_part(reader, year, granularity, last, &b) != UP_MATCH)
        return UP_REFUSED;
    return up_period_make_extent(reader, &a, &b, period);
}

static up_match read_months_to(const up_period_reader *reader, const token *t,
                               up_period *period)
{
    return read_parts(reader, t[0].value, UP_MONTH, t[2].value, t[4].value, period);
}

static up_match read_first_parts(const up_period_reader *reader, const token *t,
                                 up_period *period)
{
    return read_parts(reader, t[0].value, (up_granularity)t[4].value, 1, t[3].value,
                      period);
}

static up_match refuse_fiscal_pair(const up_period_reader *reader, const token *t,
                                   up_period *period)
{
    (void)t;
    (void)period;
    return up_period_refuse(reader, "names two years: write FY and the year in which the "
                                    "fiscal year ends, e.g. FY2024");
}

static up_match refuse_six_digits(const up_period_reader *reader, const token *t,
                                  up_period *period)
{
    (void)period;
    if (t[0].value < 100000 || t[0].value > 999999)
        return UP_NO_MATCH;
    return up_period_refuse(reader,
                            "is ambiguous: year and month (write %04" PRId64 "-%02" PRId64
                            ") or a date with a year of two digits (write it in full)",
                            t[0].value / 100, t[0].value % 100);
}

static const struct {
    const char *kinds;
    up_match (*read)(const up_period_reader *, const token *, up_period *);
} decisions[] = {
    {"2/2/4", read_day_and_month}, {"2-2-4", read_day_and_month},
    {"2.2.4", read_dotted},        {"4/2", refuse_short_second},
    {"4-2", refuse_short_second},  {"4.2", refuse_short_second},
    {"4-4", refuse_two_years},     {"4s", read_decade},
    {"4J2-2M", read_months_to},    {"4Jf2P", read_first_parts},
    {"F4/2", refuse_fiscal_pair},  {"F4-2", refuse_fiscal_pair},
    {"F4/4", refuse_fiscal_pair},  {"F4-4", refuse_fiscal_pair},
    {"9", refuse_six_digits},
};

static bool has_kind(const token *t, size_t count, char kind)
{
    for (size_t i = 0; i < count; i++)
        if (t[i].kind == kind)
            return true;
    return false;
}

static up_match refuse_yearless(const up_period_reader *reader, const token *t,
                                size_t count)
{
    if (has_kind(t, count, '4') || has_kind(t, count, '9'))
        return UP_NO_MATCH;
    if (!has_kind(t, count, '2') && !has_kind(t, count, MONTH_NAME) &&
        !has_kind(t, count, PART))
        return UP_NO_MATCH;
    return up_period_refuse(reader, "has no year of four digits, and the century is not "
                                    "guessed: write e.g. 2024");
}

static up_match read_tokens(const up_period_reader *reader, const token *t, size_t count,
                            up_period *period)
{
    char kinds[TOKENS_MAX + 1];
    for (size_t i = 0; i < count; i++)
        kinds[i] = t[i].kind;
    kinds[count] = '\0';
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        if (strcmp(shapes[i].kinds, kinds) == 0)
            return read_shape(reader, &shapes[i], t, period);
    for (size_t i = 0; i < sizeof decisions / sizeof *decisions; i++)
        if (strcmp(decisions[i].kinds, kinds) == 0)
            return decisions[i].read(reader, t, period);
    return refuse_yearless(reader, t, count);
}

/* ---- Words around a period ---- */

static up_period day_at(int64_t start, unsigned flags)
{
    return (up_period){.start = start,
                       .end = start + UP_SECONDS_PER_DAY,
                       .granularity = UP_DAY,
                       .flags = flags};
}

static up_match apply_some_day(const up_period_reader *reader, up_period *period)
{
    (void)reader;
    if (period->shape == UP_ONE_OF || period->granularity <= UP_DAY)
        return UP_MATCH;
    period->granularity = UP_DAY;
    period->shape = UP_ONE_OF;
    return UP_MATCH;
}

static up_match apply_end(const up_period_reader *reader, up_period *period)
{
    if (period->shape == UP_ONE_OF)
        return up_period_refuse(reader,
                                "is no period: an unknown day has no end to take");
    if (period->granularity >= UP_DAY)
        *period = day_at(period->end - UP_SECONDS_PER_DAY, period->flags);
    period->flags &= ~(unsigned)UP_PERIOD_FISCAL;
    return UP_MATCH;
}

static up_match apply_start(const up_period_reader *reader, up_period *period)
{
    if (period->shape == UP_ONE_OF)
        return up_period_refuse(reader,
                                "is no period: an unknown day has no beginning to take");
    if (period->granularity >= UP_DAY)
        *period = day_at(period->start, period->flags);
    period->flags &= ~(unsigned)UP_PERIOD_FISCAL;
    return UP_MATCH;
}

/* A third of the year: one month of four. A third of the month, as 上旬 中旬 下旬 divide it:
 * one day of 1 to 10, 11 to 20, 21 to the end. */
static up_match apply_third(const up_period_reader *reader, int third, up_period *period)
{
    bool is_year = period->shape == UP_PLAIN && period->granularity == UP_YEAR;
    bool is_month = period->shape == UP_PLAIN && period->granularity == UP_MONTH;
    if (!is_year && !is_month)
        return up_period_refuse(reader,
                                "is no period: early, mid and late go with a year "
                                "or a month");
    int64_t start = period->start, end = period->end;
    if (is_year) {
        period->granularity = UP_MONTH;
        period->start = up_period_step(start, UP_MONTH, third * 4);
        period->end = up_period_step(start, UP_MONTH, third * 4 + 4);
    } else {
        period->granularity = UP_DAY;
        period->start = up_period_step(start, UP_DAY, third * 10);
        period->end = third == 2 ? end : up_period_step(start, UP_DAY, third * 10 + 10);
    }
    period->shape = UP_ONE_OF;
    return UP_MATCH;
}

static up_match apply(const up_period_reader *reader, modifier word, up_period *period)
{
    switch (word) {
    case BY:
    case SOME_DAY:
        return apply_some_day(reader, period);
    case END:
        return apply_end(reader, period);
    case START:
        return apply_start(reader, period);
    case EARLY:
        return apply_third(reader, 0, period);
    case MID:
        return apply_third(reader, 1, period);
    case LATE:
        return apply_third(reader, 2, period);
    case ABOUT:
    case NOTHING:
        break;
    }
    period->flags |= UP_PERIOD_APPROXIMATE;
    return UP_MATCH;
}

/* "as of 2025-07": what stands between the words may be of the other notation. */
static up_match read_core(const up_period_reader *reader, const token *t, size_t count,
                          up_period *period)
{
    char core[UP_FOLDED_SIZE];
    const char *end = t[count].at;
    while (end > t[0].at && end[-1] == ' ')
        end--;
    size_t length = (size_t)(end - t[0].at);
    memcpy(core, t[0].at, length);
    core[length] = '\0';
    up_match match = up_period_read_edtf(reader, core, period);
    return match == UP_NO_MATCH ? read_tokens(reader, t, count, period) : match;
}

static up_match read_timed(const up_period_reader *reader, const token *t, size_t count,
                           up_period *period)
{
    up_period day;
    up_match match = read_tokens(reader, t, count - 1, &day);
    if (match != UP_MATCH)
        return match;
    if (day.granularity != UP_DAY)
        return up_period_refuse(reader, "is no period: a time of day goes with a day");
    return up_period_make_time(reader, &day, &t[count - 1].clock, period);
}

/* The tokens between the words around them; those words from the inside out. t[count] is
 * where they end. */
static up_match read_modified(const up_period_reader *reader, const token *t,
                              size_t count, up_period *period)
{
    const token *first = &t[0], *last = &t[count - 1], *word = NULL;
    up_match match = UP_NO_MATCH;
    if (count > 1 && first->kind == MODIFIER) {
        word = first;
        match = read_modified(reader, t + 1, count - 1, period);
    } else if (count > 1 && last->kind == MODIFIER) {
        word = last;
        match = read_modified(reader, t, count - 1, period);
    } else if (count > 1 && last->kind == CLOCK) {
        return read_timed(reader, t, count, period);
    }
    if (!word)
        return read_core(reader, t, count, period);
    return match == UP_MATCH ? apply(reader, (modifier)word->value, period) : match;
}

up_match up_period_read_words(const up_period_reader *reader, const char *text,
                              up_period *period)
{
    token_list list;
    const char *stop = up_period_cut(text, &list);
    if (has_kind(list.items, list.count, RELATIVE))
        return up_period_refuse(reader, "depends on the day it was said: write the year, "
                                        "month or day itself");
    if (has_kind(list.items, list.count, SEASON))
        return up_period_refuse(reader, "is a season, whose months are not fixed: write "
                                        "them, e.g. 2024-03/2024-05");
    const char *shown = stop ? reader->shown + (stop - text) : NULL;
    if (stop && stop != text)
        return up_period_refuse(reader, "is no period: '%.*s' is not understood",
                                up_words_shown(shown), shown);
    if (stop || list.count == 0)
        return UP_NO_MATCH;
    list.items[list.count].at = text + strlen(text);
    return read_modified(reader, list.items, list.count, period);
}
