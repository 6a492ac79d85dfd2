#include "uptick/resample.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "series/computed.h"
#include "uptick/calendar.h"

enum { NAMED_MAX = 8 }; /* periods left out that a remark names */

up_status up_resampling_parse(const char *unit, const char *how, bool partial,
                              up_resampling *out, up_error *err)
{
    static const up_granularity units[] = {UP_MONTH, UP_QUARTER, UP_HALF, UP_YEAR};
    static const char *const hows[] = {
        [UP_AVERAGE_OF] = "avg", [UP_SUM_OF] = "sum", [UP_END_OF] = "eop"};
    up_resampling r = {.partial = partial};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (strcmp(unit, up_granularity_name(units[i])) == 0) {
            r.on = true;
            r.unit = units[i];
        }
    for (size_t i = UP_AVERAGE_OF; how != NULL && i <= UP_END_OF; i++)
        if (strcmp(how, hows[i]) == 0)
            r.how = (up_resample_how)i;
    if (!r.on)
        return up_error_set(
            err, UP_USAGE, "--resample '%s' is none of month, quarter, half, year", unit);
    if (how != NULL && r.how == UP_BY_MEASURE)
        return up_error_set(err, UP_USAGE, "--how '%s' is none of avg, sum, eop", how);
    *out = r;
    return UP_OK;
}

/* ---- the periods ---- */

typedef struct calendar {
    int64_t months; /* of a period */
    int64_t offset; /* month of the year at which one begins */
    up_granularity unit;
} calendar;

/* Quarters and halves of a fiscal year begin with it. */
static calendar calendar_of(const up_metric *metric, up_granularity unit)
{
    up_period sample = up_period_containing(0, unit);
    int64_t months = up_period_months(&sample);
    int end = up_metric_period_options(metric).fiscal_year_end;
    return (calendar){.months = months, .offset = end % 12 % months, .unit = unit};
}

static int64_t month_start(int64_t month)
{
    int64_t years = month / 12 - (month % 12 < 0);
    return up_instant_from_date((up_date){years, (int)(month - years * 12) + 1, 1});
}

static up_period period_at(const calendar *c, int64_t month)
{
    up_period p = up_period_containing(month_start(month), c->unit);
    if (c->offset != 0)
        p = (up_period){.start = month_start(month),
                        .end = month_start(month + c->months),
                        .granularity = UP_MONTH,
                        .shape = UP_EXTENT,
                        .flags = c->months == 12 ? UP_PERIOD_FISCAL : 0};
    return p;
}

/* The first month of the period that holds an instant. */
static int64_t first_month(const calendar *c, int64_t instant)
{
    up_date date = up_date_from_instant(instant);
    int64_t month = date.year * 12 + date.month - 1 - c->offset;
    int64_t rest = month % c->months;
    return month - (rest < 0 ? rest + c->months : rest) + c->offset;
}

/* ---- the figures that make one up ---- */

static const up_period *period_of(const up_point *p)
{
    return &p->observation->period;
}

/* By beginning, the longest first: what is of the whole period comes before its parts. */
static int compare_starts(const void *a, const void *b)
{
    const up_period *x = period_of(*(const up_point *const *)a);
    const up_period *y = period_of(*(const up_point *const *)b);
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->end < y->end) - (x->end > y->end);
}

/* By end, the longest first: the shortest that ends with a period comes last. */
static int compare_ends(const void *a, const void *b)
{
    const up_period *x = period_of(*(const up_point *const *)a);
    const up_period *y = period_of(*(const up_point *const *)b);
    if (x->end != y->end)
        return x->end < y->end ? -1 : 1;
    return (x->start > y->start) - (x->start < y->start);
}

/* The parts of one period, and what is missing of it. */
typedef struct parts {
    const up_point **items;
    size_t count;
    int64_t missing_start, missing_end; /* the first gap */
    bool more_missing;
} parts;

static void miss(parts *p, int64_t start, int64_t end)
{
    if (p->missing_end == p->missing_start) {
        p->missing_start = start;
        p->missing_end = end;
    } else
        p->more_missing = true;
}

static bool is_complete(const parts *p)
{
    return p->missing_end == p->missing_start;
}

/* The first of the spans, from `from` on, that begins no earlier than an instant. */
static size_t first_from(const up_point *const spans[], size_t from, size_t count,
                         int64_t instant)
{
    size_t low = from, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (period_of(spans[middle])->start < instant)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Which spans lead to the end of the period, one laid behind the other; spans[0..count) are
 * sorted. Whether one of them begins with it, so that the whole can be covered. */
static bool find_ways(const up_period *period, const up_point *const spans[],
                      size_t count, bool leads[])
{
    for (size_t i = count; i-- > 0;) {
        int64_t end = period_of(spans[i])->end;
        leads[i] = end == period->end;
        for (size_t j = first_from(spans, i + 1, count, end);
             j < count && period_of(spans[j])->start == end && !leads[i]; j++)
            leads[i] = leads[j];
    }
    for (size_t i = 0; i < count && period_of(spans[i])->start == period->start; i++)
        if (leads[i])
            return true;
    return false;
}

/* Lays figures end to end from the beginning of the period, the longest first, but rather such
 * that the whole is covered; spans[0..count) are sorted. */
static void lay_out(const up_period *period, const up_point *const spans[], size_t count,
                    bool leads[], parts *out)
{
    int64_t at = period->start;
    bool covers = find_ways(period, spans, count, leads);
    for (size_t i = 0; i < count; i++) {
        const up_period *p = period_of(spans[i]);
        if (p->start < at || p->end > period->end || (covers && !leads[i]))
            continue;
        if (p->start > at)
            miss(out, at, p->start);
        out->items[out->count++] = spans[i];
        at = p->end;
    }
    if (at < period->end)
        miss(out, at, period->end);
}

/* The figure that ends when the period does; else, as a partial one, the last within it. */
static void find_end(const up_period *period, const up_point *const spans[], size_t count,
                     parts *out)
{
    const up_point *last = count > 0 ? spans[count - 1] : NULL;
    if (last != NULL)
        out->items[out->count++] = last;
    if (last == NULL || period_of(last)->end < period->end)
        miss(out, last != NULL ? period_of(last)->end : period->start, period->end);
}

/* ---- their figure ---- */

/* The sum as a decimal, where every part is exact. */
static bool add_exactly(const parts *p, up_decimal *sum)
{
    *sum = (up_decimal){0};
    for (size_t i = 0; i < p->count; i++) {
        const up_observation *o = p->items[i]->observation;
        if (!o->has_value || up_estimate_kind(&p->items[i]->figure) != UP_BOUND_EXACT ||
            up_decimal_add(*sum, o->value, sum, NULL) != UP_OK)
            return false;
    }
    return true;
}

static up_status add_up(const parts *p, up_computed_figure *out, up_decimal *exact,
                        up_error *err)
{
    up_status status = UP_OK;
    if (add_exactly(p, exact)) {
        out->exact = exact;
        out->figure = up_estimate_exact(up_decimal_to_double(*exact));
        return UP_OK;
    }
    out->figure = p->items[0]->figure;
    for (size_t i = 1; i < p->count && status == UP_OK; i++)
        status = up_estimate_combine(UP_ADD, &out->figure, &p->items[i]->figure,
                                     &out->figure, err);
    return status;
}

/* Months count alike, as FRED has it; of days and weeks each counts as one. */
static up_status average(const up_series *series, const parts *p, up_computed_figure *out,
                         up_error *err)
{
    double weights = 0;
    up_estimate sum = up_estimate_exact(0);
    up_status status = UP_OK;
    for (size_t i = 0; i < p->count && status == UP_OK; i++) {
        int64_t months = up_period_months(period_of(p->items[i]));
        up_estimate weight = up_estimate_exact(months > 0 ? (double)months : 1), term;
        if (!up_period_alike(period_of(p->items[i]), period_of(p->items[0])) &&
            (months == 0 || up_period_months(period_of(p->items[0])) == 0))
            return up_error_set(err, UP_TOO_LITTLE_DATA,
                                "%s: figures of days and of months do not average",
                                series->key);
        status =
            up_estimate_combine(UP_MULTIPLY, &p->items[i]->figure, &weight, &term, err);
        if (status == UP_OK)
            status = up_estimate_combine(UP_ADD, &sum, &term, &sum, err);
        weights += weight.value;
    }
    up_estimate all = up_estimate_exact(weights);
    return status == UP_OK ? up_estimate_combine(UP_DIVIDE, &sum, &all, &out->figure, err)
                           : status;
}

static up_status compute(const up_series *series, up_resample_how how, const parts *p,
                         up_computed_figure *out, up_decimal *exact, up_error *err)
{
    if (p->count == 1) {
        const up_observation *o = p->items[0]->observation;
        out->figure = p->items[0]->figure;
        out->exact = o->has_value && up_estimate_kind(&out->figure) == UP_BOUND_EXACT
                         ? &o->value
                         : NULL;
        return UP_OK;
    }
    return how == UP_SUM_OF ? add_up(p, out, exact, err) : average(series, p, out, err);
}

/* ---- what is said of it ---- */

/* "Aug 2024", "Aug 2024 to Sep 2024", "3 Aug 2024 to 31 Aug 2024". */
static void add_stretch(int64_t start, int64_t end, up_buffer *out)
{
    up_period p = {
        .start = start, .end = end, .granularity = UP_MONTH, .shape = UP_EXTENT};
    if (up_period_months(&p) == 0)
        p.granularity = UP_DAY;
    up_period one = up_period_containing(start, p.granularity);
    if (one.start == start && one.end == end)
        p = one;
    up_period_label(&p, out);
}

/* How the figures of a series follow one another. */
typedef enum rhythm {
    WITHOUT_GAPS,
    BUSINESS_DAYS, /* days, none on a Saturday or Sunday */
    WEEKS
} rhythm;

typedef struct work {
    up_series *series;
    rhythm rhythm;
    const up_point **breaks; /* owned: the figures after one */
    size_t break_count;
    bool *leads; /* owned; room for all spans */
    int64_t end; /* of the last figure */
    const up_resampling *resampling;
    up_resample_how how;
    calendar calendar;
    const up_point **spans; /* owned; sorted, without those of unknown days */
    size_t span_count, vague;
    parts parts; /* room for all */
    size_t next; /* of spans: the first that is not of an earlier period */
    up_computed made;
    up_buffer named;
    size_t incomplete, all;
    bool broken; /* a break since the last figure made */
} work;

static void name_incomplete(work *w, const up_period *period, bool empty)
{
    const parts *p = &w->parts;
    if (w->incomplete++ >= NAMED_MAX)
        return;
    up_buffer_add(&w->named, w->incomplete > 1 ? "; " : "");
    up_period_label(period, &w->named);
    if (empty) {
        up_buffer_add(&w->named, " (no figure)");
        return;
    }
    up_buffer_add(&w->named,
                  w->how == UP_END_OF ? " (ends without a figure: " : " (without ");
    add_stretch(p->missing_start, p->missing_end, &w->named);
    up_buffer_add(&w->named, p->more_missing ? " and more)" : ")");
}

/* A break in a period, or before it since the last figure, stands before its figure; one in its
 * midst before the next figure too, which the mixed one cannot be compared with. */
static bool take_breaks(work *w, const up_period *period, bool *within)
{
    bool before = false;
    for (size_t i = 0; i < w->break_count; i++) {
        const up_point *p = w->breaks[i];
        int64_t end = period_of(p)->end;
        if (end <= period->start || end > period->end)
            continue;
        before = true;
        *within = *within || (w->how != UP_END_OF && period_of(p)->start > period->start);
    }
    return before;
}

static up_status make_figure(work *w, const up_period *period, bool after_break,
                             up_error *err)
{
    const parts *p = &w->parts;
    up_decimal exact;
    up_buffer note = {0};
    const up_observation *first = p->items[0]->observation;
    up_computed_figure f = {.period = *period,
                            .status = is_complete(p) ? 'A' : 'P',
                            .after_break = after_break,
                            .reported = UP_REPORTED_ALWAYS,
                            .entity = w->series->entity,
                            .source = first->source};
    up_status status = compute(w->series, w->how, p, &f, &exact, err);
    for (size_t i = 0; i < p->count; i++) {
        const up_observation *o = p->items[i]->observation;
        f.status = up_observation_status_worse(f.status, o->status);
        f.derived = f.derived || o->derived;
        f.reported = o->reported > f.reported ? o->reported : f.reported;
        if (strcmp(o->source, f.source) != 0)
            f.source = "";
    }
    if (p->count > 1)
        up_buffer_addf(&note, "%s of %zu figures", w->how == UP_SUM_OF ? "sum" : "mean",
                       p->count);
    if (!is_complete(p)) {
        up_buffer_add(&note, note.length > 0 ? ", without " : "without ");
        add_stretch(p->missing_start, p->missing_end, &note);
    }
    f.note = up_buffer_text(&note);
    if (status == UP_OK)
        status = up_buffer_check(&note, err);
    if (status == UP_OK)
        status = up_computed_add(&w->made, &f, err);
    up_buffer_release(&note);
    return status;
}

/* Whether a figure belongs to the period in which it ends: levels do, and averages of weeks. */
static bool goes_by_end(const work *w)
{
    return w->how == UP_END_OF || w->rhythm == WEEKS;
}

/* The second by which a figure belongs to a period: its first, or its last. */
static int64_t position(const work *w, size_t span)
{
    const up_period *p = period_of(w->spans[span]);
    return goes_by_end(w) ? p->end - 1 : p->start;
}

/* Monday is 0. */
static int weekday(int64_t instant)
{
    int64_t days = instant / UP_SECONDS_PER_DAY - (instant % UP_SECONDS_PER_DAY < 0);
    return (int)(((days + 3) % 7 + 7) % 7);
}

/* How many days from Monday to Friday there are in a stretch of whole days. */
static int64_t count_weekdays(int64_t start, int64_t end)
{
    int64_t count = 0;
    int64_t weeks = (end - start) / (7 * (int64_t)UP_SECONDS_PER_DAY);
    for (int64_t at = start + weeks * 7 * UP_SECONDS_PER_DAY; at < end;
         at += UP_SECONDS_PER_DAY)
        count += weekday(at) < 5;
    return count + 5 * weeks;
}

/* Whether a stretch without figures of business days is but weekends and holidays: five days from
 * Monday to Friday in a row are the most that markets close; at the end of the series, where more
 * may be to come, one. */
static bool is_closed(const work *w, int64_t start, int64_t end)
{
    enum { MOST_CLOSED = 5 };
    return count_weekdays(start, end) <= (end >= w->end ? 1 : MOST_CLOSED);
}

/* The figures of business days that lie in the period; a stretch without one is missing unless it
 * is closed. */
static void take_days(const work *w, const up_period *period,
                      const up_point *const spans[], size_t count, parts *out)
{
    int64_t at = period->start;
    for (size_t i = 0; i <= count; i++) {
        int64_t next = i < count ? period_of(spans[i])->start : period->end;
        if (next > at && !is_closed(w, at, next))
            miss(out, at, next);
        if (i < count)
            out->items[out->count++] = spans[i];
        at = i < count ? period_of(spans[i])->end : at;
    }
}

/* The weeks that end within the period: it is complete when they follow one another, and neither
 * before nor behind them there is room for one more. */
static void take_weeks(const up_period *period, const up_point *const spans[],
                       size_t count, parts *out)
{
    const int64_t week = 7 * (int64_t)UP_SECONDS_PER_DAY;
    int64_t at = period->start;
    for (size_t i = 0; i < count; i++) {
        const up_period *p = period_of(spans[i]);
        if (p->start > at)
            miss(out, at, p->start);
        out->items[out->count++] = spans[i];
        at = p->end;
    }
    if (count == 0 || period->end - at >= week)
        miss(out, at, period->end);
}

/* The figures that make the period up, of those that belong to it. */
static void gather(work *w, const up_period *period, const up_point *const spans[],
                   size_t count)
{
    parts *p = &w->parts;
    p->count = 0;
    p->missing_start = p->missing_end = 0;
    p->more_missing = false;
    if (w->how == UP_END_OF) {
        find_end(period, spans, count, p);
        if (!is_complete(p) && p->count > 0 && w->rhythm == BUSINESS_DAYS &&
            is_closed(w, p->missing_start, p->missing_end))
            p->missing_end = p->missing_start;
    } else if (w->rhythm == BUSINESS_DAYS)
        take_days(w, period, spans, count, p);
    else if (w->rhythm == WEEKS)
        take_weeks(period, spans, count, p);
    else
        lay_out(period, spans, count, w->leads, p);
}

static up_status make_period(work *w, const up_period *period, up_error *err)
{
    bool within = false;
    size_t first = w->next, last = first;
    while (last < w->span_count && position(w, last) < period->end)
        last++;
    w->next = last;
    gather(w, period, w->spans + first, last - first);
    w->all++;
    w->broken = take_breaks(w, period, &within) || w->broken;
    if (!is_complete(&w->parts))
        name_incomplete(w, period, w->parts.count == 0);
    if (w->parts.count == 0 || (!is_complete(&w->parts) && !w->resampling->partial))
        return UP_OK;
    up_status status = make_figure(w, period, w->broken, err);
    w->broken = within;
    return status;
}

/* ---- the whole ---- */

/* What suits a measure, and which ways make no sense for it. */
static up_status choose_how(const up_series *s, up_resample_how asked,
                            up_resample_how *how, up_error *err)
{
    static const up_resample_how usual[] = {
        [UP_STOCK] = UP_END_OF,       [UP_CUMULATIVE] = UP_END_OF,
        [UP_FLOW] = UP_SUM_OF,        [UP_RATE] = UP_AVERAGE_OF,
        [UP_AVERAGE] = UP_AVERAGE_OF, [UP_RATIO] = UP_BY_MEASURE,
        [UP_INDEX] = UP_AVERAGE_OF};
    up_measure measure = s->data->metric.measure;
    *how = asked != UP_BY_MEASURE ? asked : usual[measure];
    if (*how == UP_BY_MEASURE)
        return up_error_set(
            err, UP_USAGE,
            "%s is a ratio: say how it is resampled (--how avg or eop), or "
            "divide what was resampled",
            s->key);
    if (*how == UP_SUM_OF && measure != UP_FLOW)
        return up_error_set(err, UP_USAGE,
                            "%s is no flow: its figures do not add up (%s)", s->key,
                            up_measure_name(measure));
    return UP_OK;
}

/* Whether the figures are all of longer periods than is asked for. */
static bool is_coarser(const work *w)
{
    for (size_t i = 0; i < w->span_count; i++)
        if (up_period_months(period_of(w->spans[i])) <= w->calendar.months)
            return false;
    return w->span_count > 0;
}

/* Of days, none of which is a Saturday or Sunday, and of weeks, periods need no figure for each
 * second. A sum of weeks that lie across its ends would be that of other days. */
static rhythm rhythm_of(const work *w)
{
    enum { FEWEST = 10 }; /* of days: fewer may lie on such days by chance */
    size_t weekdays = 0, weeks = 0;
    for (size_t i = 0; i < w->span_count; i++) {
        const up_period *p = period_of(w->spans[i]);
        bool plain = p->shape == UP_PLAIN;
        weekdays += plain && p->granularity == UP_DAY && weekday(p->start) < 5;
        weeks += plain && p->granularity == UP_WEEK;
    }
    if (weekdays == w->span_count && weekdays >= FEWEST)
        return BUSINESS_DAYS;
    return weeks == w->span_count && weeks > 0 && w->how != UP_SUM_OF ? WEEKS
                                                                      : WITHOUT_GAPS;
}

static up_status sort_spans(work *w, up_error *err)
{
    up_series *s = w->series;
    up_status status = up_alloc(s->count, sizeof *w->spans, &w->spans, err);
    if (status == UP_OK)
        status = up_alloc(s->count, sizeof *w->parts.items, &w->parts.items, err);
    if (status == UP_OK)
        status = up_alloc(s->count, sizeof *w->leads, &w->leads, err);
    if (status == UP_OK)
        status = up_alloc(s->count, sizeof *w->breaks, &w->breaks, err);
    for (size_t i = 0; i < s->count && status == UP_OK; i++) {
        bool known = period_of(&s->points[i])->shape != UP_ONE_OF;
        if (known)
            w->spans[w->span_count++] = &s->points[i];
        w->vague += !known;
        if (s->points[i].after_break)
            w->breaks[w->break_count++] = &s->points[i];
    }
    if (status != UP_OK)
        return status;
    w->rhythm = rhythm_of(w);
    if (w->span_count > 1)
        qsort(w->spans, w->span_count, sizeof *w->spans,
              goes_by_end(w) ? compare_ends : compare_starts);
    return UP_OK;
}

/* The first month of the period of the next figure, or of the end where there is none. */
static int64_t next_month(const work *w)
{
    return first_month(&w->calendar,
                       w->next < w->span_count ? position(w, w->next) : w->end - 1);
}

/* Passes over the periods from `month` on that have no figure, but for the last: there may be
 * millions of them. */
static int64_t pass_empty(work *w, int64_t month)
{
    int64_t months = w->calendar.months, until = next_month(w) - months;
    bool within = false;
    if (until <= month || w->incomplete < NAMED_MAX)
        return month;
    up_period stretch = period_at(&w->calendar, month);
    stretch.end = month_start(until);
    w->broken = take_breaks(w, &stretch, &within) || w->broken;
    w->all += (size_t)((until - month) / months);
    w->incomplete += (size_t)((until - month) / months);
    return until;
}

static up_status make_all(work *w, up_error *err)
{
    up_status status = UP_OK;
    if (w->span_count == 0)
        return UP_OK;
    w->end = INT64_MIN;
    for (size_t i = 0; i < w->span_count; i++)
        if (period_of(w->spans[i])->end > w->end)
            w->end = period_of(w->spans[i])->end;
    int64_t month = first_month(&w->calendar, position(w, 0));
    for (; status == UP_OK; month = pass_empty(w, month + w->calendar.months)) {
        up_period period = period_at(&w->calendar, month);
        if (period.start >= w->end)
            break;
        status = make_period(w, &period, err);
    }
    return status;
}

static void remark(const work *w, up_remarks *remarks)
{
    const char *unit = up_granularity_name(w->calendar.unit);
    if (w->incomplete > 0)
        up_remarks_add(remarks, UP_NOTE, NULL, 0, "%s: %zu of %zu %s%s %s: %s%s",
                       w->series->key, w->incomplete, w->all,
                       w->calendar.unit == UP_HALF ? "half-year" : unit,
                       w->all == 1 ? "" : "s",
                       w->resampling->partial ? "incomplete (P where there is a figure)"
                                              : "left out as incomplete",
                       up_buffer_text(&w->named), w->incomplete > NAMED_MAX ? "; …" : "");
    if (w->vague > 0)
        up_remarks_add(remarks, UP_NOTE, NULL, 0,
                       "%s: %zu figure%s of a day that is not known left out",
                       w->series->key, w->vague, w->vague == 1 ? "" : "s");
}

/* "yearly averages" */
static const char *words_of(up_granularity unit, up_resample_how how)
{
    static const struct {
        up_granularity unit;
        const char *words[3]; /* averages, sums, ends */
    } all[] = {
        {UP_MONTH, {"monthly averages", "monthly sums", "ends of months"}},
        {UP_QUARTER, {"quarterly averages", "quarterly sums", "ends of quarters"}},
        {UP_HALF, {"half-yearly averages", "half-yearly sums", "ends of half-years"}},
        {UP_YEAR, {"yearly averages", "yearly sums", "ends of years"}}};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (all[i].unit == unit)
            return all[i].words[how - UP_AVERAGE_OF];
    return NULL;
}

up_status up_series_resample(up_series *series, const up_resampling *resampling,
                             up_remarks *remarks, up_error *err)
{
    work w = {.series = series,
              .resampling = resampling,
              .calendar = calendar_of(&series->data->metric, resampling->unit)};
    up_status status = choose_how(series, resampling->how, &w.how, err);
    if (status == UP_OK)
        status = sort_spans(&w, err);
    if (status == UP_OK && is_coarser(&w) && w.how != UP_END_OF)
        status =
            up_error_set(err, UP_TOO_LITTLE_DATA,
                         "%s: its figures are of longer periods than a %s, and nothing "
                         "is invented within them",
                         series->key, up_granularity_name(resampling->unit));
    if (status == UP_OK)
        status = make_all(&w, err);
    if (status == UP_OK)
        status = up_buffer_check(&w.named, err);
    if (status == UP_OK) {
        remark(&w, remarks);
        up_computed_hand_over(&w.made, series);
        up_series_place_in_time(series);
        series->resampled = words_of(resampling->unit, w.how);
    }
    up_computed_release(&w.made);
    up_buffer_release(&w.named);
    free(w.parts.items);
    free(w.breaks);
    free(w.leads);
    free(w.spans);
    return status;
}
