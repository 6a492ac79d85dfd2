/* The time axis. Its values are calendar years; ticks are computed on the calendar here, so
 * that neither gnuplot's time formats nor a locale take part.
 *
 * A label names a span of time: "2024" stands under the middle of 2024, with tick marks where
 * the year begins and ends. So a total over 2024 lies above its label, and a level at the end
 * of 2024 on the mark between 2024 and 2025, which no label under the mark could tell. Where
 * all figures are levels at the end of years, no such reading is wanted: "2024" and its mark
 * then stand where the figure of 2024 stands (up_chart.anchor). */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/chart_draw.h"
#include "uptick/calendar.h"

typedef enum time_unit { SECONDS, MINUTES, HOURS, DAYS, MONTHS, YEARS } time_unit;

/* Their lengths, of months and years on average. */
static const double unit_seconds[] = {1,
                                      60,
                                      3600,
                                      UP_SECONDS_PER_DAY,
                                      30.436875 * UP_SECONDS_PER_DAY,
                                      365.2425 * UP_SECONDS_PER_DAY};

/* One way to divide time: every `every` units a label, at most `most` of them. A label names a
 * span of `length` units (0: an instant). */
typedef struct division {
    time_unit unit;
    int64_t every;
    size_t most;
    int64_t length;
} division;

static const division divisions[] = {
    {SECONDS, 1, 12, 0}, {SECONDS, 5, 12, 0}, {SECONDS, 15, 12, 0}, {SECONDS, 30, 12, 0},
    {MINUTES, 1, 12, 0}, {MINUTES, 5, 12, 0}, {MINUTES, 15, 12, 0}, {MINUTES, 30, 12, 0},
    {HOURS, 1, 12, 0},   {HOURS, 3, 12, 0},   {HOURS, 6, 12, 0},    {HOURS, 12, 6, 0},
    {DAYS, 1, 16, 1},    {DAYS, 2, 16, 1},    {DAYS, 7, 12, 1},     {DAYS, 14, 6, 1},
    {MONTHS, 1, 16, 1},  {MONTHS, 2, 10, 1},  {MONTHS, 3, 12, 3},   {MONTHS, 6, 12, 6},
    {MONTHS, 6, 6, 3},   {MONTHS, 6, 6, 1},   {YEARS, 1, 16, 1},    {YEARS, 2, 13, 1},
    {YEARS, 5, 13, 1},   {YEARS, 10, 13, 1},  {YEARS, 20, 13, 0},   {YEARS, 50, 13, 0},
};
enum { DIVISIONS = sizeof divisions / sizeof divisions[0] };

/* A count of units on the calendar: up to days from 1970, months and years from year 0. */
static double year_of(time_unit unit, int64_t n)
{
    if (unit == YEARS)
        return (double)n;
    if (unit == MONTHS) {
        int64_t year = n / 12 - (n % 12 < 0);
        up_date date = {year, (int)(n - year * 12) + 1, 1};
        return up_year_from_instant(up_instant_from_date(date));
    }
    return up_year_from_instant(n * (int64_t)unit_seconds[unit]);
}

/* The unit that holds this time. */
static int64_t unit_at(time_unit unit, double year)
{
    if (unit == YEARS)
        return (int64_t)floor(year);
    int64_t instant = up_instant_from_year(year);
    if (unit == MONTHS) {
        up_date date = up_date_from_instant(instant);
        return date.year * 12 + date.month - 1;
    }
    return (int64_t)floor((double)instant / unit_seconds[unit]);
}

static bool is_labelled(division d, int64_t n)
{
    if (d.unit == DAYS && d.every > 1) { /* 1, 8, 15, 22 of each month, and the like */
        int day = up_date_from_days(n).day;
        return (day - 1) % d.every == 0 && day <= 31 - d.every / 2;
    }
    return n % d.every == 0;
}

/* How labels are written. */
typedef struct hand {
    up_language language;
    bool ce;    /* both eras are on the axis */
    bool brief; /* years as bare numbers */
} hand;

/* "09:30", of seconds "09:30:15" */
static void name_clock(time_unit unit, int64_t n, up_buffer *out)
{
    const int64_t day = UP_SECONDS_PER_DAY;
    int64_t second = n * (int64_t)unit_seconds[unit] % day;

    second += second < 0 ? day : 0;
    up_buffer_addf(out, "%02d:%02d", (int)(second / 3600), (int)(second / 60 % 60));
    if (unit == SECONDS)
        up_buffer_addf(out, ":%02d", (int)(second % 60));
}

/* The label of unit n, and what stands below it: the year of a month, the day of an hour. */
static void name_unit(division d, int64_t n, hand h, up_buffer *label, up_buffer *below)
{
    up_date date = {n, 1, 1};
    up_buffer year = {0}, day = {0};
    char number[8];

    if (d.unit == YEARS) {
        up_year_text(h.language, n, h.ce, h.brief, label);
        return;
    }
    if (d.unit == MONTHS)
        date = (up_date){n / 12 - (n % 12 < 0), (int)(((n % 12) + 12) % 12) + 1, 1};
    else
        date = up_date_from_days(
            (int64_t)floor((double)n * unit_seconds[d.unit] / UP_SECONDS_PER_DAY));
    const char *month = up_word(h.language, UP_SAY_MONTH_1 + (up_say)(date.month - 1));
    snprintf(number, sizeof number, "%d", date.day);
    up_tell(h.language, UP_SAY_DAY, &day, month, number);
    up_year_text(h.language, date.year, false, false, &year);
    if (d.unit < DAYS)
        name_clock(d.unit, n, label);
    else if (d.unit == DAYS)
        up_buffer_add(label, up_buffer_text(&day));
    else if (d.length == 3 || d.length == 6)
        up_buffer_add(label, up_word(h.language,
                                     (d.length == 3 ? UP_SAY_QUARTER_1 : UP_SAY_HALF_1) +
                                         (up_say)((date.month - 1) / d.length)));
    else
        up_buffer_add(label, month);
    if (d.unit < DAYS)
        up_tell(h.language, UP_SAY_IN_YEAR_LABEL, below, up_buffer_text(&day),
                up_buffer_text(&year));
    else
        up_buffer_add(below, up_buffer_text(&year));
    below->failed |= year.failed || day.failed;
    up_buffer_release(&year);
    up_buffer_release(&day);
}

static void copy(char out[64], const up_buffer *text)
{
    snprintf(out, 64, "%s", up_buffer_text(text));
}

/* An axis on its way to ticks. */
typedef struct ruler {
    division d;
    up_anchor anchor; /* where in its span a label stands */
    const up_axis *axis;
    double pixels; /* its length */
    up_style style;
    hand hand;
    char below[64]; /* the last text below a label */
    up_ticks *ticks;
} ruler;

static double text_width(const up_tick *tick, up_style style)
{
    return fmax(up_chart_extent(tick->label, strlen(tick->label), style),
                up_chart_extent(tick->below, strlen(tick->below), style));
}

/* Where the label of a span from start to end stands: in its middle, or in the middle of the
 * part that is seen, if there is room. */
static void place_label(const ruler *r, double start, double end, up_tick *tick)
{
    double from = fmax(start, r->axis->min), to = fmin(end, r->axis->max);
    double room = (to - from) / (r->axis->max - r->axis->min) * r->pixels;

    tick->at = r->anchor == UP_ANCHOR_END     ? end
               : r->anchor == UP_ANCHOR_START ? start
                                              : (start + end) / 2;
    tick->has_label = tick->at >= r->axis->min && tick->at <= r->axis->max;
    if (r->anchor == UP_ANCHOR_MIDDLE && !tick->has_label &&
        text_width(tick, r->style) < room) {
        tick->at = (from + to) / 2;
        tick->has_label = true;
    }
}

/* Adds the label and the mark of unit n. */
static void add_tick(ruler *r, int64_t n)
{
    bool whole = r->d.length == r->d.every && r->anchor == UP_ANCHOR_MIDDLE;
    double start = year_of(r->d.unit, n);
    double end = year_of(r->d.unit, n + r->d.length);
    up_buffer label = {0}, below = {0};
    up_tick tick = {0};

    name_unit(r->d, n, r->hand, &label, &below);
    copy(tick.label, &label);
    copy(tick.below, &below);
    up_buffer_release(&label);
    up_buffer_release(&below);
    place_label(r, start, end, &tick);
    tick.mark = whole ? start : tick.at;
    tick.has_mark = tick.mark >= r->axis->min && tick.mark <= r->axis->max;
    if (tick.has_label && strcmp(tick.below, r->below) == 0)
        tick.below[0] = '\0'; /* said once */
    else if (tick.has_label)
        snprintf(r->below, sizeof r->below, "%s", tick.below);
    if ((tick.has_label || tick.has_mark) && r->ticks->count < UP_TICKS_MAX)
        r->ticks->items[r->ticks->count++] = tick;
}

static void make_ticks(ruler *r)
{
    division d = r->d;
    int64_t first = unit_at(d.unit, r->axis->min),
            last = unit_at(d.unit, r->axis->max) + 1;

    r->ticks->count = 0;
    if (d.unit == MONTHS)
        first -= d.length > 0 ? d.length - 1 : 0; /* a quarter that has begun */
    if (r->anchor == UP_ANCHOR_END)
        first -= 1;
    if (d.unit == YEARS && d.every > 1) {
        /* 1000 BCE is year -999; between BCE and CE stands 1 CE, as there is no year 0. */
        for (int64_t k = first / d.every - 2; k <= last / d.every + 2; k++) {
            int64_t n = k < 0 ? 1 + k * d.every : k == 0 ? 1 : k * d.every;
            if (n >= first && n <= last)
                add_tick(r, n);
        }
        return;
    }
    for (int64_t n = first; n <= last && r->ticks->count < UP_TICKS_MAX; n++)
        if (is_labelled(d, n))
            add_tick(r, n);
}

/* Do the labels stand clear of each other on an axis that wide? */
static bool fits(const up_ticks *ticks, const up_axis *axis, double pixels, size_t most,
                 up_style style)
{
    double end = -INFINITY;
    size_t labels = 0;

    for (size_t i = 0; i < ticks->count; i++) {
        const up_tick *t = &ticks->items[i];
        if (!t->has_label)
            continue;
        double x = (t->at - axis->min) / (axis->max - axis->min) * pixels;
        double w = text_width(t, style);
        if (x - w / 2 < end + style.size * 1.4)
            return false;
        end = x + w / 2;
        labels++;
    }
    return labels <= most;
}

/* The granularity whose periods the labels of a division name. */
static up_granularity named_by(division d)
{
    if (d.unit < DAYS)
        return d.unit == SECONDS ? UP_SECOND : d.unit == MINUTES ? UP_MINUTE : UP_HOUR;
    if (d.unit == DAYS)
        return d.every == 7 || d.every == 14 ? UP_WEEK : UP_DAY;
    if (d.unit == MONTHS)
        return d.length == 6 ? UP_HALF : d.length == 3 ? UP_QUARTER : UP_MONTH;
    return d.every >= 1000  ? UP_MILLENNIUM
           : d.every >= 100 ? UP_CENTURY
           : d.every >= 10  ? UP_DECADE
                            : UP_YEAR;
}

/* Whether the division suits figures of that granularity: nothing finer; halves only for
 * halves (others are divided in quarters), every other quarter only for quarters, every sixth
 * month only for what is finer than quarters. */
static bool suits(division d, up_granularity granularity)
{
    up_granularity named = named_by(d);

    if (d.unit == MONTHS && d.every == 6 && d.length != 1)
        return named == granularity;
    return named >= granularity;
}

/* Labels stand at the figures where they name the figures' own periods. Of some years or months among
 * many they stand where these begin if the figures are finer: "2010" at its first day, so that
 * what comes before it is left of its mark. */
static up_anchor label_anchor(const up_chart *chart, division d)
{
    static const struct {
        up_granularity granularity;
        time_unit unit;
        int64_t length;
    } own[] = {{UP_DAY, DAYS, 1},    {UP_MONTH, MONTHS, 1}, {UP_QUARTER, MONTHS, 3},
               {UP_HALF, MONTHS, 6}, {UP_YEAR, YEARS, 1},   {UP_YEAR, YEARS, 0}};

    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (own[i].granularity == chart->granularity && own[i].unit == d.unit &&
            own[i].length == d.length)
            return chart->anchor;
    bool is_finer = chart->granularity < (d.unit == YEARS    ? UP_YEAR
                                          : d.unit == MONTHS ? UP_MONTH
                                                             : 0);
    return is_finer && d.every > 1 && d.length <= 1 ? UP_ANCHOR_START : UP_ANCHOR_MIDDLE;
}

static bool choose(const up_chart *chart, division d, double low, double high,
                   double pixels, up_style style, up_axis *axis, up_ticks *ticks)
{
    up_anchor anchor = label_anchor(chart, d);
    double span = high - low, pad = span * 0.02;
    double unit_years = unit_seconds[d.unit] / unit_seconds[YEARS];

    if (span / unit_years / (double)d.every > 40 || !suits(d, chart->granularity))
        return false;
    if (d.length == 0 && anchor != UP_ANCHOR_MIDDLE)
        d.length = 1; /* "1900" stands where the figure of 1900 does */
    axis->min = low - pad;
    axis->max = high + pad;
    /* A level at the end of 2024 belongs to 2024: let its label be seen, if that is cheap. */
    int64_t n = unit_at(d.unit, low - span * 1e-6);
    double end = year_of(d.unit, n + 1), middle = (year_of(d.unit, n) + end) / 2;
    bool at_end = end - low < 0.06 * (end - middle);
    if (at_end && anchor == UP_ANCHOR_MIDDLE && d.every == 1 && d.unit >= DAYS &&
        middle < axis->min && low - middle < 0.15 * (high - middle))
        axis->min = middle - 0.1 * unit_years;
    ruler r = {.d = d,
               .anchor = anchor,
               .axis = axis,
               .pixels = pixels,
               .style = style,
               .hand = {chart->language, low < 1, false},
               .ticks = ticks};
    for (int brief = 0; brief < 2; brief++) { /* "2025年", else "2025" */
        r.hand.brief = brief;
        r.below[0] = '\0';
        make_ticks(&r);
        if (fits(ticks, axis, pixels, d.most, style))
            return true;
    }
    return false;
}

/* The shortest span that is divided, in years: a few of the periods of the figures, a day at most. */
static double shortest(up_granularity granularity)
{
    time_unit unit = granularity == UP_SECOND   ? SECONDS
                     : granularity == UP_MINUTE ? MINUTES
                     : granularity == UP_HOUR   ? HOURS
                                                : DAYS;

    return (unit < DAYS ? 4 : 1) * unit_seconds[unit] / unit_seconds[YEARS];
}

void up_axis_times(const up_chart *chart, double low, double high, double pixels,
                   up_style style, up_axis *axis, up_ticks *ticks)
{
    const double least = shortest(chart->granularity);

    if (high - low < 1e-12 * fmax(1, fabs(low))) { /* one moment: its year, some around */
        low -= 1.6;
        high += 1.6;
    } else if (high - low < least) {
        double middle = (low + high) / 2;
        low = middle - least / 2;
        high = middle + least / 2;
    }
    for (size_t i = 0; i < DIVISIONS; i++)
        if (choose(chart, divisions[i], low, high, pixels, style, axis, ticks))
            return;
    for (int64_t every = 100; every < UP_YEAR_LIMIT; every *= 10)
        for (int i = 0; i < 3; i++) {
            division d = {YEARS, every * (i == 0 ? 1 : i == 1 ? 2 : 5), 13, 0};
            if (choose(chart, d, low, high, pixels, style, axis, ticks))
                return;
        }
}
