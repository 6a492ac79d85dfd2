/* Figures and growth in words. */
#include <math.h>
#include <string.h>

#include "uptick/calendar.h"
#include "uptick/human.h"
#include "uptick/view.h"

const char *up_metric_short_unit(const up_metric *metric)
{
    return metric->short_unit[0] != '\0' ? metric->short_unit : metric->unit;
}

static void add_level(double value, int digits, const up_metric *metric, up_buffer *out)
{
    if (up_metric_shows_percent(metric))
        up_human_percent(value, false, out);
    else
        up_human_number(value, digits, out);
}

static void add_unit(const up_metric *metric, up_buffer *out)
{
    if (!up_metric_shows_percent(metric) && metric->unit[0] != '\0')
        up_buffer_addf(out, " %s", up_metric_short_unit(metric));
}

double up_words_bound(double level, int digits, bool up, const up_metric *metric)
{
    return up_metric_shows_percent(metric) ? up_human_percent_bound(level, up)
                                           : up_human_number_bound(level, digits, up);
}

static void add_exact(up_decimal value, int digits, const up_metric *metric,
                      up_buffer *out)
{
    add_level(up_decimal_to_double(value), digits, metric, out);
}

/* An end of a stated range, rounded outwards. */
static void add_end(up_decimal end, int digits, bool up, const up_metric *metric,
                    up_buffer *out)
{
    add_level(up_words_bound(up_decimal_to_double(end), digits, up, metric), digits,
              metric, out);
}

void up_words_figure(const up_observation *o, const up_metric *metric, int digits,
                     up_buffer *out)
{
    if (!o->has_value && !o->has_low && !o->has_high) {
        up_buffer_add(out, "missing");
        return;
    }
    const char *words = up_qualifier_words(o->qualifier);
    if (words[0] != '\0')
        up_buffer_addf(out, "%s ", words);
    if (o->has_value)
        add_exact(o->value, digits, metric, out);
    if (o->has_low || o->has_high) {
        up_buffer_add(out, o->has_value ? " (" : "");
        if (o->has_low)
            add_end(o->low, digits, false, metric, out);
        up_buffer_add(out, o->has_low && o->has_high ? " to "
                           : o->has_low              ? " or more"
                                                     : "up to ");
        if (o->has_high)
            add_end(o->high, digits, true, metric, out);
        up_buffer_add(out, o->has_value ? ")" : "");
    }
    add_unit(metric, out);
}

/* How one number of a kind is written; `as_fold`: rates per year as "9.23×", `sign`
 * for changes that stand without words ("+16.7 %", but "more than 16.7 %"). */
typedef struct number_style {
    up_transform transform;
    const up_metric *metric;
    int digits; /* of levels */
    bool as_fold, sign;
    double like; /* years, of doubling times: all are told in the unit of this one */
} number_style;

/* A difference; of percentages it is counted in points. */
static void add_change(double value, const number_style *style, up_buffer *out)
{
    if (value > 0 && style->sign)
        up_buffer_add_char(out, '+');
    bool in_percent = up_metric_is_in_percent(style->metric);
    if (up_metric_shows_percent(style->metric) || in_percent) {
        up_human_number(in_percent ? value : value * 100, 3, out);
        up_buffer_add(out, " points");
    } else
        add_level(value, style->digits, style->metric, out);
}

static void add_number(double value, const number_style *style, up_buffer *out)
{
    switch (style->transform) {
    case UP_LIN:
        add_level(value, style->digits, style->metric, out);
        break;
    case UP_LOG:
    case UP_INDEXED:
        up_human_number(value, style->digits, out);
        break;
    case UP_CHG:
    case UP_CH1:
        add_change(value, style, out);
        break;
    case UP_FOLD:
        up_human_fold(value, out);
        break;
    case UP_DOUBLING:
        up_human_duration_like(fabs(value), style->like, out);
        break;
    case UP_SHARE:
        up_human_percent(value, false, out);
        break;
    default:
        if (style->as_fold)
            up_human_fold(1 + value, out);
        else
            up_human_percent(value, style->sign, out);
    }
}

/* A bound such that what is shown is one too: rounded outwards. */
static double bound_of(double value, bool up, const number_style *style)
{
    bool percent = up_metric_shows_percent(style->metric),
         in_percent = up_metric_is_in_percent(style->metric);
    switch (style->transform) {
    case UP_LIN:
        return up_words_bound(value, style->digits, up, style->metric);
    case UP_LOG:
    case UP_INDEXED:
        return up_human_number_bound(value, style->digits, up);
    case UP_CHG:
    case UP_CH1:
        if (percent || in_percent)
            return in_percent ? up_human_number_bound(value, 3, up)
                              : up_human_number_bound(value * 100, 3, up) / 100;
        return up_human_number_bound(value, style->digits, up);
    case UP_FOLD:
        return up_human_fold_bound(value, up);
    case UP_DOUBLING:
        return up_human_duration_bound_like(value, style->like, up);
    case UP_SHARE:
        return up_human_percent_bound(value, up);
    default:
        return style->as_fold ? up_human_fold_bound(1 + value, up) - 1
                              : up_human_percent_bound(value, up);
    }
}

/* Where the unit word of "114 days" begins; the end of the text when it has none. */
static const char *unit_word(const char *text)
{
    const char *end = text + strlen(text), *at = end;
    while (at > text && (at[-1] >= 'a' && at[-1] <= 'z'))
        at--;
    if (at - text >= 2 && memcmp(at - 2, "\xc2\xa0", 2) == 0)
        at -= 2;
    else if (at > text && at[-1] == ' ')
        at--;
    return at == end ? end : at;
}

/* "101 to 126 days", each end rounded outwards: the unit once when both have the same. */
static void add_range(double low, double high, const number_style *style, up_buffer *out)
{
    up_buffer a = {0}, b = {0};
    add_number(bound_of(low, false, style), style, &a);
    add_number(bound_of(high, true, style), style, &b);
    const char *unit_a = unit_word(up_buffer_text(&a)),
               *unit_b = unit_word(up_buffer_text(&b));
    size_t length = strlen(unit_a); /* of "day"; that of "days" is the same unit */
    bool shared = strncmp(unit_a, unit_b, length) == 0 &&
                  (unit_b[length] == '\0' || strcmp(unit_b + length, "s") == 0);
    if (strcmp(up_buffer_text(&a), up_buffer_text(&b)) != 0) {
        up_buffer_add_bytes(out, up_buffer_text(&a),
                            shared ? (size_t)(unit_a - up_buffer_text(&a)) : a.length);
        up_buffer_add(out, " to ");
    }
    up_buffer_add(out, up_buffer_text(&b));
    out->failed |= a.failed || b.failed;
    up_buffer_release(&a);
    up_buffer_release(&b);
}

/* "more than X", "at most X" from one bound; a negative one, of which there is no more, is one that
 * the truth is above or below: "above −87 %", "−87 % or below". */
static void add_bound(const up_estimate *e, const number_style *style, up_buffer *out)
{
    static const char *const before[2][2] = {{"at most ", "less than "},
                                             {"at least ", "more than "}};
    static const char *const beside[2][2] = {{"", "below "}, {"", "above "}};
    number_style plain = *style;
    plain.sign = false;
    bool strict = e->has_low ? e->low_strict : e->high_strict;
    double bound = bound_of(e->has_low ? e->low : e->high, !e->has_low, &plain);
    bool negative =
        bound < 0 && style->transform != UP_DOUBLING && !style->as_fold; /* 0× is none */
    up_buffer_add(out, (negative ? beside : before)[e->has_low][strict]);
    add_number(bound, &plain, out);
    if (negative && !strict)
        up_buffer_add(out, e->has_low ? " or above" : " or below");
}

/* Whether both read the same in the digits that are shown. */
static bool reads_the_same(double a, double b, const number_style *style, up_buffer *out)
{
    up_buffer x = {0}, y = {0};
    add_number(a, style, &x);
    add_number(b, style, &y);
    bool same = strcmp(up_buffer_text(&x), up_buffer_text(&y)) == 0;
    out->failed = out->failed || x.failed || y.failed;
    up_buffer_release(&x);
    up_buffer_release(&y);
    return same;
}

/* A value at an end of its own range ("nearly half") is no middle to name. */
static void add_between(const up_estimate *e, const number_style *style, up_buffer *out)
{
    bool point = e->low == e->high;
    bool exact = point || (e->has_value && reads_the_same(e->low, e->high, style, out));
    bool middle = exact || (e->has_value && e->value > e->low && e->value < e->high);
    if (e->about && middle)
        up_buffer_add(out, "about ");
    if (middle)
        add_number(e->has_value ? e->value : e->low, style, out);
    if (exact)
        return;
    up_buffer_add(out, middle ? " (" : "");
    add_range(e->low, e->high, style, out);
    up_buffer_add(out, middle ? ")" : "");
}

/* More than nothing is what every positive level is: a lower end of 0 that none of the figures states. */
static bool says_nothing_below(const up_estimate *e, const number_style *style)
{
    bool of_levels = style->transform == UP_LIN || style->transform == UP_FOLD ||
                     style->transform == UP_SHARE || style->transform == UP_INDEXED;
    bool middle = e->has_value && e->value > e->low && e->value < e->high;
    return of_levels && !middle && e->has_low && e->has_high && e->low == 0 &&
           e->low_strict;
}

static void add_estimate(const up_estimate *e, const number_style *style, up_buffer *out)
{
    up_estimate shown = *e;
    if (says_nothing_below(e, style))
        shown.has_low = false;
    if (shown.has_low && shown.has_high)
        add_between(&shown, style, out);
    else
        add_bound(&shown, style, out);
}

void up_words_estimate(const up_estimate *estimate, const up_metric *metric, int digits,
                       up_buffer *out)
{
    number_style style = {.transform = UP_LIN, .metric = metric, .digits = digits};
    add_estimate(estimate, &style, out);
}

/* "No doubling faster than 2 years, no halving faster than 300 days": two ends apart. */
static void add_outside(const up_estimate *e, const number_style *style, up_buffer *out)
{
    number_style own = *style;
    if (e->has_high) {
        own.like = e->high;
        up_buffer_add(out, "no doubling faster than ");
        add_number(bound_of(e->high, false, &own), &own, out);
    }
    if (e->has_low) {
        own.like = e->low;
        up_buffer_addf(out, "%sno halving faster than ", e->has_high ? ", " : "");
        add_number(bound_of(e->low, true, &own), &own, out);
    }
}

/* Doubling times: a negative one is a halving; across the pole both speeds are bounded. */
static void add_doubling(const up_growth_value *v, const number_style *style,
                         up_buffer *out)
{
    up_estimate e = v->estimate;
    if (v->outside) {
        add_outside(&e, style, out);
        return;
    }
    bool halving = (e.has_value && e.value < 0) || (e.has_high && e.high < 0) ||
                   (e.has_low && e.low < 0);
    if (halving) { /* -5 to -3 years reads "halving in 3 to 5 years" */
        up_estimate turned = e;
        turned.value = -e.value;
        turned.low = -e.high;
        turned.high = -e.low;
        turned.has_low = e.has_high;
        turned.has_high = e.has_low;
        turned.low_strict = e.high_strict;
        turned.high_strict = e.low_strict;
        e = turned;
        up_buffer_add(out, "halving: ");
    }
    if (e.has_low &&
        e.low <= 0) /* no time is less than none: "at most 3 years" says it all */
        e.has_low = e.low_strict = false;
    add_estimate(&e, style, out);
}

/* The length whose unit tells a doubling time: its value, else the middle of its ends. */
static double typical(const up_estimate *e)
{
    if (e->has_value)
        return fabs(e->value);
    return e->has_low && e->has_high ? fabs(e->low + e->high) / 2
                                     : fabs(e->has_low ? e->low : e->high);
}

void up_words_doubling(const up_growth_value *years, const up_growth_value *days,
                       const up_metric *metric, up_buffer *out)
{
    number_style style = {.transform = UP_DOUBLING, .metric = metric, .digits = 5};
    up_growth_value v = *years;
    style.like = typical(&v.estimate);
    if (v.refused != NULL) {
        up_buffer_add(out, "-");
        return;
    }
    if (days != NULL && style.like < 1) {
        v = *days;
        v.estimate.value /= UP_DAYS_PER_YEAR;
        v.estimate.low /= UP_DAYS_PER_YEAR;
        v.estimate.high /= UP_DAYS_PER_YEAR;
        double like = typical(&v.estimate);
        style.like = like < 1 ? like : style.like; /* 366 days of a leap year are days */
    }
    add_doubling(&v, &style, out);
}

bool up_words_doubles(const up_growth_value *value)
{
    const up_estimate *e = &value->estimate;
    return e->has_value ? e->value >= 1 : e->has_low && e->low >= 1;
}

void up_words_growth_in(const up_growth_value *value, up_transform transform,
                        const up_metric *metric, bool as_fold, up_buffer *out)
{
    number_style style = {
        .transform = transform, .metric = metric, .digits = 5, .sign = true};
    style.as_fold = as_fold && (transform == UP_CAGR || transform == UP_PCA);
    if (transform == UP_DOUBLING)
        up_words_doubling(value, NULL, metric, out);
    else if (value->refused != NULL)
        up_buffer_add(out, "-");
    else
        add_estimate(&value->estimate, &style, out);
}

void up_words_growth(const up_growth_value *value, up_transform transform,
                     const up_metric *metric, up_buffer *out)
{
    up_words_growth_in(value, transform, metric, up_words_doubles(value), out);
}
