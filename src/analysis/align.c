#include "analysis/align.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "uptick/calendar.h"

/* The ways, as they are asked for and as they are told. */
static const struct {
    const char *name, *words;
} ways[UP_ALIGNS] = {
    [UP_ALIGN_EXACT] = {"exact", "of"},
    [UP_ALIGN_NEAREST] = {"nearest", "taken as nearest to"},
    [UP_ALIGN_CARRY] = {"carry-forward", "carried forward to"},
    [UP_ALIGN_INTERPOLATE] = {"interpolate", "interpolated at constant growth to"}};

const char *up_align_words(up_align align)
{
    return ways[align].words;
}

up_status up_align_parse(const char *name, up_align *align, up_error *err)
{
    for (size_t i = 0; i < UP_ALIGNS; i++)
        if (strcmp(name, ways[i].name) == 0) {
            *align = (up_align)i;
            return UP_OK;
        }
    return up_error_set(
        err, UP_USAGE,
        "unknown alignment '%s' (exact, nearest, carry-forward, interpolate)", name);
}

up_status up_tolerance_parse(const char *text, up_tolerance *tolerance, up_error *err)
{
    static const struct {
        const char *name;
        int64_t days, months;
    } units[] = {{"", 1, 0},      {"day", 1, 0},     {"week", 7, 0},
                 {"month", 0, 1}, {"quarter", 0, 3}, {"year", 0, 12}};
    size_t digits = strspn(text, "0123456789"), blanks = strspn(text + digits, " ");
    const char *unit = text + digits + blanks;
    size_t length = strlen(unit);
    length -= length > 1 && unit[length - 1] == 's';
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (digits > 0 && digits < 6 && strlen(units[i].name) == length &&
            memcmp(units[i].name, unit, length) == 0) {
            int64_t count = atoi(text);
            *tolerance =
                (up_tolerance){true, count * units[i].days, count * units[i].months};
            return UP_OK;
        }
    return up_error_set(
        err, UP_USAGE, "tolerance '%s' is no length of time ('3 days', '1 month')", text);
}

bool up_tolerance_allows(const up_tolerance *t, int64_t a, int64_t b)
{
    int64_t early = a < b ? a : b, late = a < b ? b : a;
    if (!t->given)
        return true;
    up_date date = up_date_from_instant(early);
    int64_t within_day = early - up_instant_from_date(date);
    int64_t latest = up_instant_from_date(up_date_add_months(date, t->months)) +
                     within_day + t->days * UP_SECONDS_PER_DAY;
    return late <= latest;
}

/* The same stretch of time, however it is written: 2023-10/2023-12 is 2023-Q4. */
static int compare_periods(const void *a, const void *b)
{
    const up_period *x = &(*(const up_point *const *)a)->observation->period;
    const up_period *y = &(*(const up_point *const *)b)->observation->period;
    bool x_one = x->shape == UP_ONE_OF, y_one = y->shape == UP_ONE_OF;
    if (x_one || y_one)
        return x_one && y_one ? up_period_compare(x, y) : x_one - y_one;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->end > y->end) - (x->end < y->end);
}

up_status up_aligner_init(up_aligner *aligner, const up_series *series,
                          const up_expression_options *how, bool flows, up_error *err)
{
    *aligner = (up_aligner){.series = series, .how = how, .flows = flows};
    up_status status =
        up_alloc(series->count, sizeof *aligner->by_period, &aligner->by_period, err);
    if (status != UP_OK)
        return status;
    for (size_t i = 0; i < series->count; i++)
        aligner->by_period[i] = &series->points[i];
    qsort(aligner->by_period, series->count, sizeof *aligner->by_period, compare_periods);
    return UP_OK;
}

void up_aligner_release(up_aligner *aligner)
{
    free(aligner->by_period);
    *aligner = (up_aligner){0};
}

static const up_point *at_period(const up_aligner *aligner, const up_point *wanted)
{
    const up_point **found = bsearch(&wanted, aligner->by_period, aligner->series->count,
                                     sizeof *aligner->by_period, compare_periods);
    return found != NULL ? *found : NULL;
}

/* How many points stand at or before an instant: instants compare across time bases. */
static size_t count_until(const up_series *series, int64_t instant)
{
    size_t low = 0, high = series->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (series->points[middle].time.instant <= instant)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* y(t) = y0 (y1 / y0)^((t - t0) / (t1 - t0)): constant growth between two figures. */
static double between(double t, double t0, double y0, double t1, double y1)
{
    return y0 * pow(y1 / y0, (t - t0) / (t1 - t0));
}

static bool is_bounded_and_positive(const up_estimate *e)
{
    return e->has_value && e->has_low && e->has_high && e->low > 0;
}

/* The formula is monotone in each of its five inputs while t0 <= t <= t1, so its extremes lie
 * at corners of their ranges. */
static up_status interpolate(const up_point *p, const up_point *q, const up_moment *at,
                             up_estimate *out, up_error *err)
{
    const up_estimate *a = &p->figure, *b = &q->figure;
    if (q->after_break)
        return up_error_set(err, UP_TOO_LITTLE_DATA, "a break lies between the figures");
    if (!is_bounded_and_positive(a) || !is_bounded_and_positive(b))
        return up_error_set(err, UP_TOO_LITTLE_DATA,
                            "interpolation needs positive figures with both bounds");
    if (p->time.high > at->low || q->time.low < at->high || p->time.high >= q->time.low)
        return up_error_set(err, UP_TOO_LITTLE_DATA,
                            "the dates overlap: which figure comes first is open");
    const double t[] = {at->low, at->high}, s0[] = {p->time.low, p->time.high},
                 s1[] = {q->time.low, q->time.high}, y0[] = {a->low, a->high},
                 y1[] = {b->low, b->high};
    double low = INFINITY, high = -INFINITY;
    for (unsigned c = 0; c < 32; c++) {
        double y = between(t[c & 1], s0[c >> 1 & 1], y0[c >> 2 & 1], s1[c >> 3 & 1],
                           y1[c >> 4 & 1]);
        low = fmin(low, y);
        high = fmax(high, y);
    }
    *out = up_estimate_between(low, high);
    out->has_value = true;
    out->value = between(at->value, p->time.value, a->value, q->time.value, b->value);
    out->about = a->about || b->about;
    return UP_OK;
}

/* Why there is none, and what may help. */
static up_status nothing_there(const up_aligner *aligner, const up_point *point,
                               const char *why, up_error *err)
{
    up_buffer text = {0};
    up_period_label(&point->observation->period, &text);
    up_status status = up_error_set(err, UP_TOO_LITTLE_DATA, "%s has no figure for %s%s",
                                    aligner->series->key, up_buffer_text(&text), why);
    up_buffer_release(&text);
    return status;
}

static const up_point *nearer(const up_point *before, const up_point *after, int64_t at)
{
    if (before == NULL || after == NULL)
        return before != NULL ? before : after;
    return after->time.instant - at < at - before->time.instant ? after : before;
}

/* The one figure that is taken for a point, or the earlier of two. */
static up_status choose(const up_aligner *aligner, const up_point *point,
                        const up_point *before, const up_point *after,
                        const up_point **chosen, up_error *err)
{
    up_align align = aligner->how->align;
    const up_point *found =
        align == UP_ALIGN_NEAREST ? nearer(before, after, point->time.instant) : before;
    if (align == UP_ALIGN_EXACT)
        return nothing_there(aligner, point,
                             " (--align carry-forward or interpolate brings one there)",
                             err);
    if (found == NULL ||
        (align == UP_ALIGN_CARRY && before->time.last > point->time.first) ||
        (align == UP_ALIGN_INTERPOLATE && after == NULL))
        return nothing_there(aligner, point, "", err);
    if (!up_tolerance_allows(&aligner->how->tolerance, found->time.instant,
                             point->time.instant))
        return nothing_there(aligner, point, " within the tolerance", err);
    /* a year's total is no quarter's: it cannot be carried or drawn out to one */
    if (aligner->flows &&
        !up_period_alike(&found->observation->period, &point->observation->period))
        return up_error_set(err, UP_TOO_LITTLE_DATA,
                            "%s: totals over periods of unlike length do not go together",
                            aligner->series->key);
    *chosen = found;
    return UP_OK;
}

/* Whether both are of one moment, and no other. */
static bool stands_at(const up_point *a, const up_point *b)
{
    return a->time.first == b->time.first && a->time.last == b->time.last &&
           a->time.first == a->time.last;
}

up_status up_align_figure(const up_aligner *aligner, const up_point *point,
                          up_aligned *out, up_error *err)
{
    const up_series *s = aligner->series;
    const up_point *chosen = at_period(aligner, point);
    if (chosen != NULL) {
        *out = (up_aligned){.figure = chosen->figure, .used = chosen, .exact = true};
        return UP_OK;
    }
    size_t until = count_until(s, point->time.instant);
    const up_point *before = until > 0 ? &s->points[until - 1] : NULL;
    const up_point *after = until < s->count ? &s->points[until] : NULL;
    if (aligner->how->align == UP_ALIGN_INTERPOLATE && before != NULL &&
        stands_at(before, point) && !aligner->flows) {
        *out = (up_aligned){.figure = before->figure, .used = before, .exact = true};
        return UP_OK; /* nothing lies between */
    }
    up_status status = choose(aligner, point, before, after, &chosen, err);
    if (status != UP_OK)
        return status;
    up_aligned found = {.figure = chosen->figure, .used = chosen};
    if (aligner->how->align == UP_ALIGN_INTERPOLATE) {
        found.also = after;
        status = interpolate(before, after, &point->time, &found.figure, err);
    }
    if (status == UP_OK)
        *out = found;
    return status;
}

/* "8 years", "3 months", "10 days" */
static void add_length(int64_t seconds, up_buffer *out)
{
    static const struct {
        double days;
        const char *word;
    } units[] = {
        {UP_DAYS_PER_YEAR, "year"}, {UP_DAYS_PER_YEAR / 12, "month"}, {1, "day"}};
    double days = (double)seconds / (double)UP_SECONDS_PER_DAY;
    size_t i = 0;
    while (i < 2 && days < 0.98 * units[i].days)
        i++;
    long long count = llround(days / units[i].days);
    up_buffer_addf(out, "%lld %s%s", count, units[i].word, count == 1 ? "" : "s");
}

static int compare_gaps(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* The median of the times between its figures; 0 where there are none. */
static up_status usual_gap(const up_series *s, int64_t *usual, up_error *err)
{
    int64_t *gaps = NULL;
    *usual = 0;
    if (s->count < 2)
        return UP_OK;
    up_status status = up_alloc(s->count - 1, sizeof *gaps, &gaps, err);
    if (status != UP_OK)
        return status;
    for (size_t i = 1; i < s->count; i++)
        gaps[i - 1] = s->points[i].time.instant - s->points[i - 1].time.instant;
    qsort(gaps, s->count - 1, sizeof *gaps, compare_gaps);
    *usual = gaps[(s->count - 1) / 2];
    free(gaps);
    return UP_OK;
}

up_status up_align_distance(const up_series *series, int64_t seconds, up_buffer *text,
                            up_error *err)
{
    int64_t usual;
    up_status status = usual_gap(series, &usual, err);
    if (status != UP_OK || usual == 0 || seconds <= usual + usual / 8)
        return status;
    up_buffer_addf(text, "%s: a figure stands for a date ", series->key);
    add_length(seconds, text);
    up_buffer_add(text, " away, and its own are usually ");
    add_length(usual, text);
    up_buffer_add(text, " apart (--tolerance bounds that)");
    return up_buffer_check(text, err);
}
