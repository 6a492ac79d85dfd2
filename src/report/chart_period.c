/* Years and periods in the language of a chart. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "report/chart_words.h"
#include "text/period_parts.h"
#include "uptick/calendar.h"

void up_year_text(up_language language, int64_t year, bool ce, bool brief, up_buffer *out)
{
    int64_t shown = year > 0 ? year : 1 - year;
    up_buffer number = {0};

    if (shown < 10000)
        up_buffer_addf(&number, "%" PRId64, shown);
    else
        up_human_number_in(language, (double)shown, 0, &number);
    up_tell(language,
            year <= 0 ? (brief ? UP_SAY_YEAR_BCE_BRIEF : UP_SAY_YEAR_BCE)
            : ce      ? UP_SAY_YEAR_CE
            : brief   ? UP_SAY_YEAR_BRIEF
                      : UP_SAY_YEAR,
            out, up_buffer_text(&number));
    out->failed |= number.failed;
    up_buffer_release(&number);
}

static int part_of_year(up_date date, int months)
{
    return (date.month - 1) / months + 1;
}

/* What stands before the year: a month, a quarter, "5月23日". */
static void name_part(up_language language, up_date date, up_granularity g,
                      up_buffer *out)
{
    char day[8];
    const char *month = up_word(language, UP_SAY_MONTH_1 + (up_say)(date.month - 1));

    snprintf(day, sizeof day, "%d", date.day);
    if (g == UP_HALF)
        up_tell(language, UP_SAY_HALF_1 + (up_say)(part_of_year(date, 6) - 1), out, "");
    else if (g == UP_QUARTER)
        up_tell(language, UP_SAY_QUARTER_1 + (up_say)(part_of_year(date, 3) - 1), out,
                "");
    else if (g >= UP_MONTH)
        up_buffer_add(out, month);
    else
        up_tell(language, UP_SAY_DAY, out, month, day);
}

static void add_week(up_language language, int64_t start, up_buffer *out)
{
    int64_t iso_year;
    int week;
    char number[8];
    up_buffer year = {0};

    up_iso_week_from_days(start / UP_SECONDS_PER_DAY, &iso_year, &week);
    snprintf(number, sizeof number, "%d", week);
    up_year_text(language, iso_year, false, false, &year);
    up_tell(language, UP_SAY_WEEK_OF, out, number, up_buffer_text(&year));
    out->failed |= year.failed;
    up_buffer_release(&year);
}

/* The calendar unit that starts there. */
static void add_member(up_language language, int64_t start, up_granularity g,
                       up_buffer *out)
{
    up_date date = up_date_from_instant(start);
    up_buffer year = {0}, part = {0};

    if (g == UP_WEEK) {
        add_week(language, start, out);
        return;
    }
    up_year_text(language, date.year, date.year < 1000, false, &year);
    if (g < UP_YEAR) {
        name_part(language, date, g, &part);
        up_tell(language, UP_SAY_IN_YEAR, out, up_buffer_text(&part),
                up_buffer_text(&year));
    } else {
        up_buffer_add(out, up_buffer_text(&year));
    }
    if (g < UP_DAY) {
        int64_t second = start - up_instant_from_date(date);
        up_buffer_addf(out, " %02d:%02d", (int)(second / 3600), (int)(second / 60 % 60));
    }
    out->failed |= year.failed || part.failed;
    up_buffer_release(&year);
    up_buffer_release(&part);
}

/* From the unit that starts first to the one that ends last. */
static void add_span(up_language language, const up_period *p, up_granularity g,
                     up_buffer *out)
{
    up_buffer first = {0}, last = {0};

    if (p->start != INT64_MIN)
        add_member(language, p->start, g, &first);
    if (p->end != INT64_MAX)
        add_member(language, up_period_step(p->end, g, -1), g, &last);
    up_tell(language,
            first.length > 0 && last.length > 0 ? UP_SAY_FROM_TO
            : first.length > 0                  ? UP_SAY_FROM_ON
            : last.length > 0                   ? UP_SAY_UP_TO
                                                : UP_SAY_ANY_TIME,
            out, up_buffer_text(first.length > 0 ? &first : &last),
            up_buffer_text(&last));
    out->failed |= first.failed || last.failed;
    up_buffer_release(&first);
    up_buffer_release(&last);
}

/* The calendar unit that a period fills, coarser than its own; its own if there is none. */
static up_granularity filled(const up_period *p)
{
    static const up_granularity units[] = {UP_YEAR, UP_HALF, UP_QUARTER, UP_MONTH,
                                           UP_WEEK};

    for (size_t i = 0; i < sizeof units / sizeof *units && units[i] > p->granularity; i++)
        if (up_period_is_bounded(p) && up_period_aligned(p->start, units[i]) &&
            up_period_step(p->start, units[i], 1) == p->end)
            return units[i];
    return p->granularity;
}

/* One of the months of a third is "early", "mid" or "late" in the year; what else is one of
 * several says which unit is meant. */
static void add_set(up_language language, const up_period *p, up_buffer *out)
{
    up_granularity unit = filled(p);
    up_buffer span = {0};
    bool third = p->granularity == UP_MONTH && up_period_is_bounded(p) &&
                 up_period_aligned(p->start, UP_THIRD) &&
                 up_period_step(p->start, UP_THIRD, 1) == p->end;

    if (third) {
        up_date date = up_date_from_instant(p->start);
        up_year_text(language, date.year, false, false, &span);
        up_tell(language, UP_SAY_EARLY + (up_say)(part_of_year(date, 4) - 1), out,
                up_buffer_text(&span));
    } else {
        if (unit > p->granularity)
            add_member(language, p->start, unit, &span);
        else
            add_span(language, p, unit, &span);
        up_tell(language, UP_SAY_SOME, out, up_buffer_text(&span),
                up_word(language, UP_SAY_A_SECOND + (up_say)p->granularity));
    }
    out->failed |= span.failed;
    up_buffer_release(&span);
}

/* Without its flags. */
static void add_plain(up_language language, const up_period *p, up_buffer *out)
{
    up_date first = up_date_from_instant(p->start);
    char year[32];

    if (p->flags & UP_PERIOD_FISCAL && p->shape == UP_EXTENT) {
        snprintf(year, sizeof year, "%" PRId64, up_date_from_instant(p->end - 1).year);
        up_tell(language, UP_SAY_FISCAL_YEAR, out, year);
    } else if (p->shape == UP_ONE_OF) {
        add_set(language, p, out);
    } else if (p->shape == UP_EXTENT || p->granularity > UP_DECADE) {
        add_span(language, p, p->granularity > UP_YEAR ? UP_YEAR : p->granularity, out);
    } else if (p->granularity == UP_THIRD) {
        add_span(language, p, UP_MONTH, out);
    } else if (p->granularity == UP_DECADE) {
        snprintf(year, sizeof year, "%" PRId64, first.year);
        up_tell(language, UP_SAY_DECADE_OF, out, year);
    } else {
        add_member(language, p->start, p->granularity, out);
    }
}

/* ISO's "-0499" and "0100" are no years as people write them. */
static bool is_ancient(const up_period *p)
{
    return p->start != INT64_MIN && up_date_from_instant(p->start).year < 1000;
}

void up_period_words(up_language language, const up_period *period, up_buffer *out)
{
    up_buffer plain = {0}, circa = {0};

    if (language == UP_ENGLISH && !is_ancient(period)) {
        up_period_label(period, out);
        return;
    }
    add_plain(language, period, &plain);
    if (period->flags & UP_PERIOD_APPROXIMATE)
        up_tell(language, UP_SAY_CIRCA, &circa, up_buffer_text(&plain));
    const char *text = up_buffer_text(circa.length > 0 ? &circa : &plain);
    if (period->flags & UP_PERIOD_UNCERTAIN)
        up_tell(language, UP_SAY_UNCERTAIN, out, text);
    else
        up_buffer_add(out, text);
    out->failed |= plain.failed || circa.failed;
    up_buffer_release(&plain);
    up_buffer_release(&circa);
}

void up_when_words(up_language language, const up_period *period, up_buffer *out)
{
    bool plain = period->shape == UP_PLAIN && period->flags == 0;
    bool day = period->granularity <= UP_DAY && period->shape == UP_PLAIN;
    up_date date = up_date_from_instant(plain ? period->start : 0);
    up_buffer words = {0}, year = {0};

    if (plain && period->granularity == UP_MONTH) {
        up_year_text(language, date.year, false, false, &year);
        up_tell(language, UP_SAY_IN_YEAR, &words,
                up_word(language, UP_SAY_FULL_MONTH_1 + (up_say)(date.month - 1)),
                up_buffer_text(&year));
    } else {
        up_period_words(language, period, &words);
    }
    bool decade = plain && period->granularity == UP_DECADE && date.year % 100 != 0;
    up_tell(language,
            day      ? UP_SAY_ON
            : decade ? UP_SAY_IN_DECADE /* "2020s"; else "2000–2009" */
                     : UP_SAY_IN,
            out, up_buffer_text(&words));
    out->failed |= words.failed || year.failed;
    up_buffer_release(&words);
    up_buffer_release(&year);
}
