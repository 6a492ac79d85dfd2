/* The value axis: its range, its ticks, and values as text. */
#include <math.h>
#include <string.h>

#include "report/chart_draw.h"
#include "uptick/human.h"
#include "uptick/number.h"

double up_axis_pixel(const up_axis *axis, double value)
{
    double part = axis->log ? log(value / axis->min) / log(axis->max / axis->min)
                            : (value - axis->min) / (axis->max - axis->min);
    return axis->from + part * (axis->to - axis->from);
}

static void find_largest(const up_chart *chart, double *largest, bool *whole)
{
    *largest = 0;
    *whole = true;
    for (size_t i = 0; i < chart->count; i++) {
        const up_chart_series *s = &chart->series[i];
        for (size_t j = 0; j < s->count; j++) {
            double percent = 100 * s->points[j].value;
            *largest = fmax(*largest, fabs(percent));
            *whole =
                *whole && fabs(percent - round(percent)) < 1e-9 * fmax(1, fabs(percent));
        }
        *whole = *whole && s->step_count == 0;
    }
}

/* The labels of one chart have the same number of decimals: 8.3 % beside 11.5 %. */
static int percent_decimals(const up_chart *chart)
{
    double largest;
    bool whole;

    find_largest(chart, &largest, &whole);
    if (whole || largest >= 1000)
        return 0;
    return largest >= 1 || largest == 0 ? 1
           : largest >= 0.1             ? 2
                                        : (int)ceil(-log10(largest)) + 1;
}

static void add_percent(up_language language, double value, bool sign, int decimals,
                        up_buffer *out)
{
    char text[UP_NUMBER_SIZE];

    if (fabs(value) >= 10) { /* 1,000 % and more: in threes */
        up_human_percent_in(language, decimals == 0 ? round(value * 100) / 100 : value,
                            sign, out);
        return;
    }
    up_number_format_fixed(up_number_clean(fabs(value) * 100),
                           decimals > 20 ? 20 : decimals, text);
    if (strpbrk(text, "123456789"))
        up_buffer_add(out, value < 0 ? "\xe2\x88\x92" : sign ? "+" : "");
    up_tell(language, UP_SAY_PERCENT, out, text);
}

void up_chart_value(const up_chart *chart, double value, bool sign, up_buffer *out)
{
    double size = fabs(value);

    if (chart->axis == UP_AXIS_PERCENT) {
        add_percent(chart->language, value, sign, percent_decimals(chart), out);
    } else if (chart->axis == UP_AXIS_FOLD) {
        up_human_fold_in(chart->language, value, out);
    } else {
        bool whole = size >= 1000 && size < up_human_first_named(chart->language);
        if (sign && value > 0)
            up_buffer_add_char(out, '+');
        up_human_number_in(chart->language, value,
                           whole ? (int)floor(log10(size)) + 1 : 3, out);
    }
}

/* The end of a range, or the figure itself. */
static void add_end(const up_chart *chart, double value, bool sign, bool stated,
                    bool brief, up_buffer *out)
{
    if (chart->axis == UP_AXIS_PERCENT && brief && fabs(value) >= 0.095)
        add_percent(chart->language, value, sign, 0, out);
    else if (chart->axis == UP_AXIS_PERCENT && stated)
        up_human_percent_in(chart->language, value, sign, out);
    else
        up_chart_value(chart, value, sign, out);
}

void up_chart_figure(const up_chart *chart, const up_chart_point *p, bool sign,
                     bool brief, up_buffer *out)
{
    bool stated =
        p->mark != UP_MARK_PLAIN || p->words; /* a round figure stays round: ">20 %" */
    bool range = p->mark == UP_MARK_RANGE && p->has_low;
    up_buffer low = {0}, value = {0};

    add_end(chart, p->value, sign && (range || !stated), stated, brief, &value);
    if (range) {
        add_end(chart, p->low, sign, true, false, &low);
        up_tell(chart->language, sign ? UP_SAY_CHANGE_RANGE : UP_SAY_RANGE_OF, out,
                up_buffer_text(&low), up_buffer_text(&value));
    } else if (p->words) {
        up_tell(chart->language, UP_SAY_WORDS_BEFORE, out, p->words,
                up_buffer_text(&value));
    } else {
        up_buffer_add(out, p->mark == UP_MARK_ABOUT       ? "~"
                           : p->mark == UP_MARK_MORE_THAN ? ">"
                           : p->mark == UP_MARK_LESS_THAN ? "<"
                                                          : "");
        up_buffer_add(out, up_buffer_text(&value));
    }
    out->failed |= low.failed || value.failed;
    up_buffer_release(&low);
    up_buffer_release(&value);
}

/* More than 5 and about 2 are more than some 7: told as "more than"; more than 5 and less than 3 are
 * about 8. */
up_mark up_mark_of_sum(up_mark a, up_mark b)
{
    if (a == b || b == UP_MARK_PLAIN)
        return a;
    if (a == UP_MARK_PLAIN || a == UP_MARK_ABOUT)
        return b;
    return b == UP_MARK_ABOUT ? a : UP_MARK_ABOUT;
}

static void tick_text(const up_chart *chart, double value, up_tick *tick)
{
    up_buffer text = {0}, number = {0};

    if (chart->axis == UP_AXIS_PERCENT) {
        up_human_number_in(chart->language, value * 100, 10, &number);
        up_tell(chart->language, UP_SAY_PERCENT, &text, up_buffer_text(&number));
    } else {
        up_human_number_in(chart->language, value, 10, &number);
        up_tell(chart->language,
                chart->axis == UP_AXIS_FOLD ? UP_SAY_FOLD : UP_SAY_NUMBER, &text,
                up_buffer_text(&number));
    }
    strncpy(tick->label, up_buffer_text(&text), sizeof tick->label - 1);
    up_buffer_release(&text);
    up_buffer_release(&number);
}

static void add_tick(const up_chart *chart, double value, up_ticks *ticks)
{
    if (ticks->count == UP_TICKS_MAX)
        return;
    up_tick *tick = &ticks->items[ticks->count++];
    *tick = (up_tick){.at = value, .mark = value, .has_label = true};
    tick_text(chart, value, tick);
}

/* The step 1, 2, 2.5 or 5 × 10^n that makes about `wanted` steps of a span. */
static double nice_step(double span, int wanted)
{
    double raw = span / wanted, power = pow(10, floor(log10(raw))), part = raw / power;

    return power * (part <= 1.1   ? 1
                    : part <= 2.1 ? 2
                    : part <= 2.7 ? 2.5
                    : part <= 5.5 ? 5
                                  : 10);
}

/* The edge of the range beyond `value`, in whole steps where that costs little room. */
static double edge(double value, double step, int direction)
{
    double steps = value / step,
           outer = direction > 0 ? ceil(steps - 1e-9) : floor(steps + 1e-9);

    if (fabs(outer - steps) > 0.6)
        return value + direction * 0.12 * step;
    return outer * step;
}

static void linear_axis(const up_chart *chart, double low, double high, bool zero,
                        int wanted, up_axis *axis, up_ticks *ticks)
{
    double size = fmax(fabs(low), fabs(high));

    axis->off_zero = false;
    if (low >= 0 && (zero || low <= 0.7 * high))
        low = 0;
    else if (high <= 0 && (zero || high >= 0.7 * low))
        high = 0;
    else
        axis->off_zero = low > 0 || high < 0;
    if (high - low < 1e-9 * size || size == 0) { /* one value */
        low = size == 0 ? 0 : fmin(low, 0);
        high = size == 0 ? 1 : fmax(high, 0);
        axis->off_zero = false;
    }
    double step = nice_step(high - low, wanted);
    axis->min = low == 0 ? 0 : edge(low, step, -1);
    axis->max = high == 0 ? 0 : edge(high, step, 1);
    double first = ceil(axis->min / step - 1e-9), last = floor(axis->max / step + 1e-9);
    for (double i = first; i <= last; i++)
        add_tick(chart, i == 0 ? 0 : i * step, ticks);
}

/* Ticks at the given multiples of every `every`-th decade. */
static void log_ticks(const up_chart *chart, const double multiples[], size_t count,
                      int every, const up_axis *axis, up_ticks *ticks)
{
    int first = (int)floor(log10(axis->min)) - 1, last = (int)ceil(log10(axis->max));

    ticks->count = 0;
    for (int d = first; d <= last; d++)
        for (size_t i = 0; ((d % every) + every) % every == 0 && i < count; i++) {
            double value = multiples[i] * pow(10, d);
            if (value >= axis->min * (1 - 1e-9) && value <= axis->max * (1 + 1e-9))
                add_tick(chart, value, ticks);
        }
}

static void log_axis(const up_chart *chart, double low, double high, int wanted,
                     up_axis *axis, up_ticks *ticks)
{
    static const double fine[] = {1, 1.5, 2, 3, 4, 5, 6, 8}, halves[] = {1, 2, 5},
                        ones[] = {1};

    axis->log = true;
    double pad = fmax(pow(high / low, 0.05), 1.02);
    axis->min = low / pad;
    axis->max = high * pad;
    if (high / low < 1.5) {
        axis->min = low / 1.6;
        axis->max = high * 1.6;
    }
    /* A decade just outside is worth showing. */
    double below = pow(10, floor(log10(axis->min) + 1e-9));
    double above = pow(10, ceil(log10(axis->max) - 1e-9));
    if (log(axis->min / below) < 0.12 * log(axis->max / axis->min))
        axis->min = below;
    if (log(above / axis->max) < 0.12 * log(axis->max / axis->min))
        axis->max = above;
    log_ticks(chart, fine, 8, 1, axis, ticks);
    if (ticks->count > (size_t)wanted + 4)
        log_ticks(chart, halves, 3, 1, axis, ticks);
    for (int every = 1; ticks->count > (size_t)wanted + 4; every += every < 3 ? 1 : 3)
        log_ticks(chart, ones, 1, every, axis, ticks);
    if (ticks->count < 3) { /* within one decade: evenly spaced values */
        ticks->count = 0;
        double step = nice_step(axis->max - axis->min, wanted);
        for (double i = ceil(axis->min / step); i * step <= axis->max; i++)
            if (i > 0)
                add_tick(chart, i * step, ticks);
    }
}

void up_axis_values(const up_chart *chart, double low, double high, bool zero, int wanted,
                    up_axis *axis, up_ticks *ticks)
{
    ticks->count = 0;
    *axis = (up_axis){.from = axis->from, .to = axis->to};
    if (chart->log_scale)
        log_axis(chart, low, high, wanted, axis, ticks);
    else
        linear_axis(chart, low, high, zero, wanted, axis, ticks);
}
