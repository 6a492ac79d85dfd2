#include "analysis/rates.h"

#include <math.h>
#include <string.h>

#include "analysis/align.h"
#include "analysis/expression_parse.h"
#include "uptick/calendar.h"
#include "uptick/number.h"

/* ---- the way from one currency to another ---- */

/* "CNY per USD" */
static bool split_unit(const char *unit, const char **above, const char **below)
{
    *above = unit;
    *below = unit + strlen("CNY per ");
    return strlen(unit) == strlen("CNY per USD") && memcmp(unit + 3, " per ", 5) == 0 &&
           up_is_currency_code(unit, 3) && up_is_currency_code(*below, 3);
}

bool up_rates_is_unit(const char *unit)
{
    const char *above, *below;
    return split_unit(unit, &above, &below);
}

/* Whether a metric leads from a currency, or back to it: amounts in what stands above are divided
 * by it, amounts in what stands below multiplied. *to is what it leads to. */
static bool leads_from(const up_metric *metric, const char *from, bool *divide,
                       const char **to)
{
    const char *above, *below;
    if (metric->measure == UP_FLOW || metric->measure == UP_CUMULATIVE ||
        !split_unit(metric->unit, &above, &below))
        return false;
    *divide = memcmp(above, from, 3) == 0;
    *to = *divide ? below : above;
    return *divide || memcmp(below, from, 3) == 0;
}

/* The metric between two currencies; NULL: none. UP_USAGE: several. */
static up_status find_step(const up_tracker *tracker, const char *from, const char *to,
                           up_rate_step *step, up_error *err)
{
    *step = (up_rate_step){0};
    for (size_t i = 0; i < tracker->metric_count; i++) {
        const up_metric *metric = &tracker->metrics[i].metric;
        const char *there;
        bool divide;
        if (!leads_from(metric, from, &divide, &there) || memcmp(there, to, 3) != 0)
            continue;
        if (step->metric != NULL)
            return up_error_set(
                err, UP_USAGE,
                "'%s' and '%s' both tell the rate of %.3s and %.3s; use one "
                "in the expression itself",
                step->metric->name, metric->name, from, to);
        *step = (up_rate_step){metric, divide};
    }
    return UP_OK;
}

/* The third currency: the only one there is, or the dollar among several. */
static up_status find_detour(const up_tracker *tracker, const char *from, const char *to,
                             up_rate_step steps[UP_RATE_STEPS], up_error *err)
{
    const char *third = NULL;
    up_status status = UP_OK;
    for (size_t i = 0; i < tracker->metric_count && status == UP_OK; i++) {
        const char *there;
        bool divide;
        up_rate_step onward;
        if (!leads_from(&tracker->metrics[i].metric, from, &divide, &there) ||
            (third != NULL && memcmp(third, there, 3) == 0))
            continue;
        status = find_step(tracker, there, to, &onward, err);
        if (status != UP_OK || onward.metric == NULL)
            continue;
        if (third != NULL && memcmp(third, "USD", 3) != 0 && memcmp(there, "USD", 3) != 0)
            return up_error_set(
                err, UP_USAGE,
                "%.3s leads to %.3s by way of %.3s or of %.3s; convert to "
                "one of them first",
                from, to, third, there);
        if (third == NULL || memcmp(there, "USD", 3) == 0)
            third = there;
    }
    if (status == UP_OK && third == NULL)
        return up_error_set(
            err, UP_TOO_LITTLE_DATA,
            "no metric tells the rate of %.3s and %.3s (one whose unit is "
            "\"%.3s per %.3s\")",
            from, to, from, to);
    if (status == UP_OK)
        status = find_step(tracker, from, third, &steps[0], err);
    return status == UP_OK ? find_step(tracker, third, to, &steps[1], err) : status;
}

up_status up_rates_path(const up_tracker *tracker, const char *from, const char *to,
                        up_rate_step steps[UP_RATE_STEPS], size_t *count, up_error *err)
{
    up_status status = find_step(tracker, from, to, &steps[0], err);
    if (status == UP_OK && steps[0].metric == NULL) {
        status = find_detour(tracker, from, to, steps, err);
        *count = 2;
    } else
        *count = 1;
    return status;
}

/* ---- the rate of a date ---- */

static const up_period *period_of(const up_point *p)
{
    return &p->observation->period;
}

/* Some figures of one length, and how they lie in a stretch of time. */
typedef struct cover {
    const up_point *first, *last;
    size_t count;
    bool whole; /* without a gap or an overlap from the beginning to the end */
    int64_t length, seconds;
} cover;

/* Those as long as `model` that `fits` takes. */
static cover cover_by(const up_series *rates, const up_point *model, int64_t start,
                      int64_t end, bool (*fits)(const up_period *, int64_t, int64_t))
{
    cover c = {.whole = true, .length = period_of(model)->end - period_of(model)->start};
    int64_t at = start;
    for (size_t i = 0; i < rates->count; i++) {
        const up_point *p = &rates->points[i];
        const up_period *span = period_of(p);
        if (span->shape == UP_ONE_OF || !up_period_alike(span, period_of(model)) ||
            !fits(span, start, end))
            continue;
        c.whole = c.whole && (span->start == at || (c.count == 0 && span->start < at));
        at = span->end;
        c.first = c.count == 0 ? p : c.first;
        c.last = p;
        c.count++;
        c.seconds += span->end - span->start;
    }
    c.whole = c.whole && c.count > 0 && at >= end;
    return c;
}

static bool lies_inside(const up_period *span, int64_t start, int64_t end)
{
    return span->start >= start && span->end <= end;
}

static bool overlaps(const up_period *span, int64_t start, int64_t end)
{
    return span->start < end && span->end > start;
}

/* The figures that cover a stretch best: without a gap before with one, the longest (for a
 * period) or the shortest (for a moment) first. */
static cover best_cover(const up_series *rates, int64_t start, int64_t end, bool shortest,
                        bool (*fits)(const up_period *, int64_t, int64_t))
{
    cover best = {0};
    for (size_t i = 0; i < rates->count; i++) {
        const up_point *p = &rates->points[i];
        if (period_of(p)->shape == UP_ONE_OF || !fits(period_of(p), start, end))
            continue;
        if (best.count > 0 && up_period_alike(period_of(best.first), period_of(p)))
            continue;
        cover here = cover_by(rates, p, start, end, fits);
        bool better = here.whole != best.whole ? here.whole
                      : here.whole             ? (here.length < best.length) == shortest
                                               : here.seconds > best.seconds;
        if (best.count == 0 || better)
            best = here;
    }
    return best;
}

/* Whether a figure between the first and the last of a cover is one of it. */
static bool is_like(const up_point *p, const up_point *first)
{
    return period_of(p)->shape != UP_ONE_OF &&
           up_period_alike(period_of(p), period_of(first));
}

/* The greatest so far, and whether it is itself excluded. */
typedef struct edge {
    double at;
    bool strict;
} edge;

static void reach(edge *e, double at, bool strict)
{
    if (at > e->at || (at == e->at && !strict))
        *e = (edge){at, strict};
}

/* The mean of the figures of a cover; for a moment that is not known, all that they span. */
static up_status combine_cover(const cover *c, bool hull, up_estimate *out, up_error *err)
{
    up_estimate sum = up_estimate_exact(0), all = up_estimate_exact((double)c->count);
    edge low = {-INFINITY, true}, high = {-INFINITY, true}; /* of -x, and of x */
    up_status status = UP_OK;
    if (c->count == 1) {
        *out = c->first->figure;
        return UP_OK;
    }
    for (const up_point *p = c->first; p <= c->last && status == UP_OK; p++) {
        if (!is_like(p, c->first))
            continue;
        status = up_estimate_combine(UP_ADD, &sum, &p->figure, &sum, err);
        const up_estimate *e = &p->figure;
        reach(&low, -up_estimate_floor(e), e->low_strict);
        reach(&high, up_estimate_ceiling(e), e->high_strict);
    }
    if (status == UP_OK)
        status = up_estimate_combine(UP_DIVIDE, &sum, &all, out, err);
    if (status == UP_OK && hull) {
        up_estimate mean = *out;
        *out = up_estimate_between(-low.at, high.at);
        out->low_strict = out->has_low && low.strict;
        out->high_strict = out->has_high && high.strict;
        out->value = mean.value;
        out->has_value = mean.has_value;
        out->about = mean.about;
    }
    return status;
}

/* "cpi has no figure for 2009: its first is of 2010" */
static up_status no_rate(const up_series *rates, const up_period *period,
                         const up_expression_options *how, up_error *err)
{
    up_buffer label = {0}, hint = {0};
    up_period_label(period, &label);
    const up_period *first = rates->count > 0 ? period_of(&rates->points[0]) : NULL;
    if (first != NULL && first->start >= period->end) {
        up_buffer_add(&hint, ": its first is of ");
        up_period_label(first, &hint);
    } else
        up_buffer_add(&hint, how->tolerance.given
                                 ? " within the tolerance"
                                 : " (--tolerance '3 months' takes an earlier one)");
    up_status status =
        up_error_set(err, UP_TOO_LITTLE_DATA, "%s has no %s for %s%s", rates->key,
                     rates->data->metric.measure == UP_INDEX ? "figure" : "rate",
                     up_buffer_text(&label), up_buffer_text(&hint));
    up_buffer_release(&label);
    up_buffer_release(&hint);
    return status;
}

/* The last rate that ends by `start`, within the tolerance that must be given; else, if that is
 * asked for, the first that ends behind `end`. */
static up_status take_other(const up_series *rates, const up_period *period,
                            int64_t start, int64_t end, const up_expression_options *how,
                            up_rate *out, up_error *err)
{
    const up_point *before = NULL, *after = NULL;
    for (size_t i = 0; i < rates->count; i++) {
        const up_point *p = &rates->points[i];
        if (period_of(p)->end <= start)
            before = p;
        else if (after == NULL && period_of(p)->end > end)
            after = p;
    }
    bool carries = before != NULL && how->tolerance.given &&
                   up_tolerance_allows(&how->tolerance, period_of(before)->end, start);
    bool waits = !carries && after != NULL && how->future_rates &&
                 up_tolerance_allows(&how->tolerance, end, period_of(after)->start);
    if (!carries && !waits)
        return no_rate(rates, period, how, err);
    const up_point *chosen = carries ? before : after;
    *out = (up_rate){carries ? UP_RATE_CARRIED : UP_RATE_FUTURE, chosen->figure, chosen,
                     chosen, 1};
    return UP_OK;
}

/* The rate at a moment, or at one of several days: of the shortest period around it, if that is
 * no longer than a month or ends with it: a year's mean is not known within the year. */
static up_status find_at_moment(const up_series *rates, const up_period *period,
                                const up_expression_options *how, up_rate *out,
                                up_error *err)
{
    up_moment moment = up_period_moment(period, UP_ANCHOR_END, UP_TIME_CALENDAR);
    int64_t start = moment.first - 1, end = moment.last;
    cover c = best_cover(rates, start, end, true, overlaps);
    bool is_known = c.whole && (c.length <= 31 * (int64_t)UP_SECONDS_PER_DAY ||
                                period_of(c.last)->end <= end);
    if (!is_known)
        return take_other(rates, period, start, end, how, out, err);
    up_estimate figure;
    up_status status = combine_cover(&c, true, &figure, err);
    if (status == UP_OK)
        *out = (up_rate){UP_RATE_OWN, figure, c.first, c.last, c.count};
    return status;
}

/* The figure of a cover of a whole period. */
static up_status take_cover(const cover *c, up_rate *out, up_error *err)
{
    up_estimate figure;
    up_status status = combine_cover(c, false, &figure, err);
    if (status == UP_OK)
        *out = (up_rate){!c->whole       ? UP_RATE_PARTIAL
                         : c->count == 1 ? UP_RATE_OWN
                                         : UP_RATE_MEAN,
                         figure, c->first, c->last, c->count};
    return status;
}

static up_status find_in_period(const up_series *rates, const up_period *period,
                                const up_expression_options *how, up_rate *out,
                                up_error *err)
{
    cover c = best_cover(rates, period->start, period->end, false, lies_inside);
    if (c.count == 0)
        return take_other(rates, period, period->start, period->end, how, out, err);
    return take_cover(&c, out, err);
}

up_status up_rate_within(const up_series *series, const up_period *period, up_rate *out,
                         up_error *err)
{
    for (size_t i = 0; i < series->count; i++) {
        const up_point *p = &series->points[i];
        if (up_period_compare(period_of(p), period) == 0) {
            *out = (up_rate){UP_RATE_OWN, p->figure, p, p, 1};
            return UP_OK;
        }
    }
    cover c = best_cover(series, period->start, period->end, false, lies_inside);
    if (c.count > 0)
        return take_cover(&c, out, err);
    char text[UP_PERIOD_SIZE];
    up_period_format(period, text);
    return up_error_set(err, UP_TOO_LITTLE_DATA, "%s has no figure for %s", series->key,
                        text);
}

bool up_rate_uses(const up_rate *rate, const up_point *point)
{
    return point == rate->first ||
           (point > rate->first && point <= rate->last && is_like(point, rate->first));
}

/* What may be nothing, or less, neither converts nor deflates. */
static up_status check_positive(const up_series *rates, const up_rate *rate,
                                up_error *err)
{
    const up_estimate *e = &rate->figure;
    if (!e->has_low || e->low > 0 || (e->low == 0 && e->low_strict))
        return UP_OK;
    up_buffer label = {0};
    up_period_label(period_of(rate->first), &label);
    up_status status =
        up_error_set(err, UP_TOO_LITTLE_DATA,
                     "%s of %s may be nothing or less, and neither converts nor deflates",
                     rates->key, up_buffer_text(&label));
    up_buffer_release(&label);
    return status;
}

up_status up_rate_find(const up_series *rates, const up_period *period, bool is_level,
                       const up_expression_options *how, up_rate *out, up_error *err)
{
    up_rate found;
    bool at_moment = is_level || period->shape == UP_ONE_OF;
    up_status status = at_moment ? find_at_moment(rates, period, how, &found, err)
                                 : find_in_period(rates, period, how, &found, err);
    if (status == UP_OK)
        status = check_positive(rates, &found, err);
    if (status == UP_OK)
        *out = found;
    return status;
}

/* Six digits at most, without zeros at the end. */
static void add_number(double value, up_buffer *out)
{
    char text[UP_NUMBER_SIZE];
    up_number_format_significant(value, 6, text);
    size_t length = strlen(text);
    while (strchr(text, '.') != NULL &&
           (text[length - 1] == '0' || text[length - 1] == '.'))
        if (text[--length] == '.')
            break;
    up_buffer_add_bytes(out, text, length);
}

/* "6.5", "about 6.5 (6.45 to 6.55)", "125 to 130", "more than 8". */
static void add_figure(const up_estimate *e, up_buffer *out)
{
    bool both = e->has_low && e->has_high, middle = both && e->has_value;
    bool wide = both && e->low < e->high;
    if (!both)
        up_buffer_add(out, e->has_low ? (e->low_strict ? "more than " : "at least ")
                                      : (e->high_strict ? "less than " : "at most "));
    if (e->about && middle)
        up_buffer_add(out, "about ");
    if (middle || !both)
        add_number(middle ? e->value : e->has_low ? e->low : e->high, out);
    if (!wide)
        return;
    up_buffer_add(out, middle ? " (" : "");
    add_number(e->low, out);
    up_buffer_add(out, " to ");
    add_number(e->high, out);
    up_buffer_add(out, middle ? ")" : "");
}

void up_rate_describe(const up_series *rates, const up_rate *rate, up_buffer *out)
{
    add_figure(&rate->figure, out);
    up_buffer_addf(out, " %s (%s", rates->data->metric.unit, rates->key);
    if (rate->count > 1)
        up_buffer_addf(out, ", mean of %zu figures, ", rate->count);
    else
        up_buffer_add(out, ", ");
    up_period_label(period_of(rate->first), out);
    if (rate->count > 1) {
        up_buffer_add(out, " to ");
        up_period_label(period_of(rate->last), out);
    }
    static const char *const kinds[] = {[UP_RATE_OWN] = "",
                                        [UP_RATE_MEAN] = "",
                                        [UP_RATE_PARTIAL] = ", which leaves gaps",
                                        [UP_RATE_CARRIED] = ", carried forward",
                                        [UP_RATE_FUTURE] = ", A LATER RATE"};
    up_buffer_addf(out, "%s)", kinds[rate->kind]);
}
