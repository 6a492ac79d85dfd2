/* Dates of a column: the texts together tell the order of day and month, whether times
 * of day mean anything, and the frequency that first days stand for. */
#include "uptick/dates.h"

#include <inttypes.h>
#include <string.h>

#include "text/dates_text.h"
#include "text/period_parts.h"

/* --- What the texts tell ------------------------------------------------------------ */

typedef struct evidence {
    size_t count, compact, timed, midnights;
    bool has_minutes, has_seconds;
    char day_first[40], month_first[40]; /* texts with that one reading */
    bool has_two_orders;                 /* some text has both */
    up_date_text two_orders;
    size_t two_digits;
    size_t odd_years; /* not of four digits */
    char odd_year[40];
    bool has_recent, has_early, has_negative; /* years 1500 to 2199; 100 to 1499; < 0 */
} evidence;

static void keep(char example[40], const char *text)
{
    if (example[0] == '\0' && strlen(text) < 40)
        strcpy(example, text);
}

static void note_order(evidence *e, const up_date_text *t)
{
    bool day_first = up_date_text_fits(t, 'd'), month_first = up_date_text_fits(t, 'm');
    if (day_first && !month_first)
        keep(e->day_first, t->shown);
    if (month_first && !day_first)
        keep(e->month_first, t->shown);
    /* with points the day comes first, unless another text says that it does not */
    if (day_first && month_first && t->a != t->b && t->separator != '.' &&
        !e->has_two_orders) {
        e->has_two_orders = true;
        e->two_orders = *t;
    }
}

static void note_year(evidence *e, const up_date_text *t)
{
    int64_t size = t->year < 0 ? -t->year : t->year;
    if (t->digits != 4) {
        e->odd_years++;
        keep(e->odd_year, t->shown);
    }
    e->has_recent = e->has_recent || (t->digits == 4 && size >= 1500 && t->year < 2200);
    e->has_early = e->has_early || (size >= 100 && size < 1500);
    e->has_negative = e->has_negative || t->year < 0;
}

static void note_text(evidence *e, const char *text)
{
    up_date_text t;
    if (!up_date_text_read(text, &t))
        return;
    e->count++;
    if (up_date_text_is_hopeless(text))
        return;
    e->compact += up_date_text_is_compact(&t);
    e->two_digits += t.two_digits;
    e->timed += t.has_time;
    e->midnights += t.has_time && t.hour % 24 == 0 && t.minute == 0 && t.second == 0;
    e->has_minutes = e->has_minutes || (t.has_time && t.minute != 0);
    e->has_seconds = e->has_seconds || (t.has_time && t.second != 0);
    if (t.shape == UP_DATE_NUMBERS)
        note_order(e, &t);
    if (t.shape == UP_DATE_YEAR ||
        (t.shape == UP_DATE_SIX && !up_date_text_is_compact(&t)))
        note_year(e, &t);
}

static up_status refuse_two_orders(const up_date_text *t, up_error *err)
{
    int64_t year = up_date_text_year(t);
    return up_error_set(err, UP_BAD_DATA,
                        "'%s' is ambiguous: %" PRId64 " %s %" PRId64 " or %" PRId64
                        " %s %" PRId64 ", and no other date of the column tells; say "
                        "which (--date-format)",
                        t->shown, t->a, up_month_names[t->b - 1], year, t->b,
                        up_month_names[t->a - 1], year);
}

static up_status settle_order(const evidence *e, up_dates *dates, up_error *err)
{
    bool day_first = e->day_first[0] != '\0', month_first = e->month_first[0] != '\0';
    if (dates->options.date_order != '\0')
        return UP_OK;
    if (day_first && month_first)
        return up_error_set(
            err, UP_BAD_DATA,
            "'%s' is day/month/year, '%s' month/day/year (wanted one order "
            "throughout)",
            e->day_first, e->month_first);
    if (!day_first && !month_first)
        return e->has_two_orders ? refuse_two_orders(&e->two_orders, err) : UP_OK;
    dates->options.date_order = day_first ? 'd' : 'm';
    strcpy(dates->settled_by, day_first ? e->day_first : e->month_first);
    return UP_OK;
}

/* Numbers alone, none of them a year: seconds, weeks, the days that a spreadsheet counts. */
static up_status settle_years(const evidence *e, up_dates *dates, up_error *err)
{
    dates->has_centuries = e->has_recent || e->has_negative;
    dates->has_decades = dates->has_centuries && e->has_early;
    dates->has_ages = e->has_negative;
    bool none = dates->has_centuries || e->odd_years == 0 || e->odd_years < e->count;
    return none ? UP_OK
                : up_error_set(
                      err, UP_BAD_DATA,
                      "'%s' is a number and no date (wanted years of four digits, "
                      "or e.g. 2024-12-31)",
                      e->odd_year);
}

/* A time of day tells nothing when it is midnight throughout, or stands once among days. */
static void settle_times(const evidence *e, up_dates *dates)
{
    bool once = e->timed == 1 && e->count > 1;
    dates->midnight_is_a_day = e->timed > 0 && (e->timed == e->midnights || once);
    if (e->timed > 0 && !dates->midnight_is_a_day && !e->has_seconds)
        dates->clock = e->has_minutes ? UP_MINUTE : UP_HOUR;
}

/* --- Frequency ---------------------------------------------------------------------- */

typedef struct firsts {
    size_t count, others; /* first days of months, periods that are none */
    int64_t first, gap;   /* months from the first; their greatest common divisor */
    int64_t offset;       /* of month numbers from January, likewise with 12 */
} firsts;

static int64_t common_divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

static void note_first(firsts *f, const up_period *period)
{
    up_date date = up_date_from_instant(period->start);
    if (period->granularity != UP_DAY || period->shape != UP_PLAIN || date.day != 1) {
        f->others++;
        return;
    }
    int64_t month = date.year * 12 + date.month - 1;
    if (f->count == 0)
        f->first = month;
    f->count++;
    f->gap = common_divisor(f->gap, month - f->first);
    f->offset = common_divisor(f->offset, date.month - 1);
}

static void note_granularity(up_dates *dates, up_granularity granularity)
{
    if (dates->has_granularity && granularity != dates->granularity)
        dates->mixed = true;
    if (!dates->has_granularity || granularity < dates->granularity)
        dates->granularity = granularity;
    dates->has_granularity = true;
}

/* The longest period whose first days they all are and whose length divides the gaps. */
static up_granularity frequency_of(const firsts *f)
{
    static const struct {
        int64_t months;
        up_granularity granularity;
    } steps[] = {{12, UP_YEAR}, {6, UP_HALF}, {3, UP_QUARTER}};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (f->gap % steps[i].months == 0 && f->offset % steps[i].months == 0)
            return steps[i].granularity;
    return UP_MONTH;
}

static void find_frequency(const char *const texts[], size_t count, up_dates *dates)
{
    firsts f = {0};
    for (size_t i = 0; i < count; i++) {
        up_period period;
        if (up_date_text_is_hopeless(texts[i]) ||
            up_dates_read(dates, texts[i], &period, NULL) != UP_OK)
            continue;
        note_granularity(dates, period.granularity);
        note_first(&f, &period);
    }
    if (dates->verbatim)
        return;
    if (dates->has_frequency) {
        dates->promoted = dates->frequency > UP_DAY;
    } else if (f.others == 0 && f.count >= 3 && f.gap > 0) {
        dates->frequency = frequency_of(&f);
        dates->promoted = true;
    }
    if (dates->promoted && dates->has_granularity && dates->granularity == UP_DAY)
        dates->granularity = dates->frequency;
}

/* --- The interface ------------------------------------------------------------------ */

up_status up_dates_find(const char *const texts[], size_t count, const up_dates *given,
                        up_dates *dates, up_error *err)
{
    up_dates found = {0};
    evidence e = {0};
    if (given != NULL) {
        found.options = given->options;
        found.frequency = given->frequency;
        found.has_frequency = given->has_frequency;
        found.verbatim = given->verbatim;
    }
    for (size_t i = 0; i < count && !found.verbatim; i++)
        note_text(&e, texts[i]);
    up_status status = settle_order(&e, &found, err);
    if (status == UP_OK)
        status = settle_years(&e, &found, err);
    if (status != UP_OK)
        return status;
    found.compact = e.count > 0 && e.compact == e.count;
    found.two_digit_years = e.two_digits;
    settle_times(&e, &found);
    find_frequency(texts, count, &found);
    *dates = found;
    return UP_OK;
}

/* What is finer than the clock was written as zeros. */
static void coarsen(const up_dates *dates, up_period *period)
{
    int64_t length = dates->clock == UP_HOUR ? 3600 : 60;
    if (dates->clock == UP_SECOND || period->shape != UP_PLAIN ||
        period->granularity >= dates->clock || period->start % length != 0)
        return;
    period->end = period->start + length;
    period->granularity = dates->clock;
}

static up_status promote(const up_dates *dates, const char *text, up_period *period,
                         up_error *err)
{
    if (!dates->promoted || period->shape != UP_PLAIN || period->granularity > UP_DAY)
        return UP_OK;
    up_period whole = up_period_containing(period->start, dates->frequency);
    if (!dates->has_frequency && whole.start != period->start)
        return up_error_set(err, UP_BAD_DATA,
                            "'%.*s' is not the first day of a %s, as all others of the "
                            "column are",
                            up_words_shown(text), text,
                            up_granularity_name(dates->frequency));
    *period = whole;
    return UP_OK;
}

static up_status parse(const up_dates *dates, const up_date_text *t, up_period *period,
                       up_error *err)
{
    char iso[UP_FOLDED_SIZE];
    up_error reason = {0};
    up_date_text_rewrite(t, dates, iso);
    up_status status = up_period_parse(iso, &dates->options, period, &reason);
    if (status == UP_OK)
        return UP_OK;
    if (strcmp(iso, t->shown) == 0) {
        if (err != NULL)
            *err = reason;
        return status;
    }
    return up_error_set(err, UP_BAD_DATA, "'%.*s' is no date (read as %s)",
                        up_words_shown(t->shown), t->shown, iso);
}

static up_status check_bounded(const up_period *period, const char *text, up_error *err)
{
    return up_period_is_bounded(period)
               ? UP_OK
               : up_error_set(err, UP_BAD_DATA,
                              "'%.*s' has an open end (wanted a period with both)",
                              up_words_shown(text), text);
}

static up_status read_verbatim(const up_dates *dates, const char *text, up_period *period,
                               up_error *err)
{
    up_period read;
    up_status status = up_period_parse(text, &dates->options, &read, err);
    if (status == UP_OK)
        status = check_bounded(&read, text, err);
    if (status == UP_OK)
        *period = read;
    return status;
}

up_status up_dates_read(const up_dates *dates, const char *text, up_period *period,
                        up_error *err)
{
    up_date_text t;
    up_period read;
    if (dates->verbatim)
        return read_verbatim(dates, text, period, err);
    if (up_date_text_is_hopeless(text) || !up_date_text_read(text, &t))
        return up_error_set(err, UP_BAD_DATA, "'%.*s' is no date", up_words_shown(text),
                            text);
    if (t.shape == UP_DATE_NUMBERS && t.separator != '.' && t.a != t.b &&
        dates->options.date_order == '\0' && up_date_text_fits(&t, 'd') &&
        up_date_text_fits(&t, 'm'))
        return refuse_two_orders(&t, err);
    up_dates one = *dates;
    if (one.options.date_order == '\0' && up_date_text_fits(&t, 'm') &&
        !up_date_text_fits(&t, 'd'))
        one.options.date_order = 'm';
    up_status status = parse(&one, &t, &read, err);
    if (status != UP_OK)
        return status;
    status = check_bounded(&read, text, err);
    if (status != UP_OK)
        return status;
    coarsen(dates, &read);
    status = promote(dates, text, &read, err);
    if (status == UP_OK)
        *period = read;
    return status;
}

size_t up_dates_count(const char *const texts[], size_t count)
{
    static const up_dates either = {.options = {.date_order = 'd', .fiscal_year_end = 12},
                                    .has_decades = true,
                                    .has_centuries = true,
                                    .has_ages = true};
    size_t dates = 0;
    for (size_t i = 0; i < count; i++) {
        up_date_text t;
        up_period period;
        if (up_date_text_is_hopeless(texts[i]) || !up_date_text_read(texts[i], &t))
            continue;
        dates += up_date_text_fits(&t, 'm') || up_date_text_is_compact(&t) ||
                 up_dates_read(&either, texts[i], &period, NULL) == UP_OK;
    }
    return dates;
}

static void describe_units(const up_dates *dates, up_buffer *out)
{
    const char *name = up_granularity_name(dates->granularity);
    size_t length = strlen(name);
    if (length > 0 && name[length - 1] == 'y' && dates->granularity == UP_CENTURY)
        up_buffer_add(out, "centuries");
    else if (dates->granularity == UP_HALF)
        up_buffer_add(out, "halves of years");
    else if (dates->granularity == UP_MILLENNIUM)
        up_buffer_add(out, "millennia");
    else
        up_buffer_addf(out, "%ss", name);
    if (dates->mixed)
        up_buffer_add(out, " and longer periods");
}

void up_dates_describe(const up_dates *dates, up_buffer *out)
{
    char order = dates->options.date_order;
    if (!dates->has_granularity) {
        up_buffer_add(out, "no dates");
        return;
    }
    describe_units(dates, out);
    if (dates->promoted && !dates->has_frequency)
        up_buffer_add(out, ", each written as its first day");
    if (dates->compact)
        up_buffer_add(out, ", written as digits alone");
    if (order != '\0')
        up_buffer_addf(out, ", written %s",
                       order == 'd' ? "day/month/year" : "month/day/year");
    if (dates->settled_by[0] != '\0')
        up_buffer_addf(out, " (%s settles it)", dates->settled_by);
    if (dates->two_digit_years > 0)
        up_buffer_add(out, ", years of two digits read as 1969 to 2068");
    if (dates->midnight_is_a_day)
        up_buffer_add(out, ", times of day left out");
}
