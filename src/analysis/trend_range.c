/* The slopes that least squares gives over a box of inputs.
 *
 *     b(t, y) = N / D,  N = sum (t_i - mean t) y_i,  D = sum (t_i - mean t)^2
 *
 * The least slope is minus the greatest of the y turned round, so only the greatest is sought.
 *
 * In y the slope is linear, its sign of change that of t_i - mean t: y_i stands at an end of its
 * span, at which one is known but for figures whose date may lie on either side of the mean;
 * those are tried both ways.
 *
 * In t it is not monotone. Where the greatest slope is positive, it is found by W. Dinkelbach's
 * method (On Nonlinear Fractional Programming, 1967): for l >= 0 the function N - l D is concave
 * in t, its maximum over the box is found coordinate by coordinate, and l rises to N / D there
 * until it rises no more. Where even the greatest slope is negative, N - l D is convex and every
 * date stands at an end of its span: which one follows from the sign of
 *
 *     D db/dt_i = (y_i - mean y) - 2 b (t_i - mean t)
 *
 * where that is known over the whole box, and the others are gone through one by one. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "uptick/trend.h"

enum { MOST_OPEN = 14 }; /* 2^14 corners */

typedef struct box {
    const up_trend_input *in;
    size_t n;
    double *t, *y; /* the point looked at */
    size_t *open;  /* of n: coordinates that are tried both ways */
    size_t open_count;
    up_trend_input *now; /* n: the box, with the dates that are known by now */
} box;

static double mean(const double *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i];
    return sum / (double)n;
}

static double slope(const box *b)
{
    double t_mean = mean(b->t, b->n), y_mean = mean(b->y, b->n), up = 0, down = 0;
    for (size_t i = 0; i < b->n; i++) {
        up += (b->t[i] - t_mean) * (b->y[i] - y_mean);
        down += (b->t[i] - t_mean) * (b->t[i] - t_mean);
    }
    return up / down;
}

/* Where x_i - mean x may lie, for x_i anywhere in its span: [low, high]. */
typedef struct span {
    double low, high;
} span;

static span off_mean(span own, span sum, size_t n)
{
    double rest_low = sum.low - own.low, rest_high = sum.high - own.high;
    double m = (double)n;
    return (span){own.low - (own.low + rest_high) / m,
                  own.high - (own.high + rest_low) / m};
}

static span time_span(const up_trend_input *in)
{
    return (span){in->time_low, in->time_high};
}

static span level_span(const up_trend_input *in)
{
    return (span){in->low, in->high};
}

static span sum_of(const up_trend_input in[], size_t n,
                   span (*of)(const up_trend_input *))
{
    span sum = {0, 0};
    for (size_t i = 0; i < n; i++) {
        sum.low += of(&in[i]).low;
        sum.high += of(&in[i]).high;
    }
    return sum;
}

/* Sets every y whose end is known; the others are open. */
static void set_levels(box *b)
{
    span sum = sum_of(b->in, b->n, time_span);
    b->open_count = 0;
    for (size_t i = 0; i < b->n; i++) {
        span off = off_mean(time_span(&b->in[i]), sum, b->n);
        b->y[i] = off.low >= 0 ? b->in[i].high : b->in[i].low;
        if (off.low < 0 && off.high > 0 && b->in[i].low < b->in[i].high)
            b->open[b->open_count++] = i;
    }
}

static void set_to_centre(box *b)
{
    for (size_t i = 0; i < b->n; i++)
        b->t[i] = b->in[i].time_low + (b->in[i].time_high - b->in[i].time_low) / 2;
}

/* One round of maximising N - l D over each t_i in turn; returns how far any moved. */
static double improve_each(box *b, double l, double y_mean)
{
    double n = (double)b->n, moved = 0, sum = mean(b->t, b->n) * n;
    for (size_t i = 0; i < b->n; i++) {
        const up_trend_input *in = &b->in[i];
        double pull = b->y[i] - y_mean, rest = sum - b->t[i];
        double best = l > 0      ? (pull / (2 * l) + rest / n) / (1 - 1 / n)
                      : pull > 0 ? in->time_high
                      : pull < 0 ? in->time_low
                                 : b->t[i];
        best = fmin(fmax(best, in->time_low), in->time_high);
        moved = fmax(moved, fabs(best - b->t[i]));
        sum = rest + best;
        b->t[i] = best;
    }
    return moved;
}

/* The greatest slope over the dates, y as it is set, if that is not negative; else some slope. */
static double rise(box *b)
{
    enum { MOST_STEPS = 100, MOST_ROUNDS = 10000 };
    double y_mean = mean(b->y, b->n);
    set_to_centre(b);
    double best = slope(b);
    for (int step = 0; step < MOST_STEPS; step++) {
        double l = fmax(best, 0);
        for (int round = 0; round < MOST_ROUNDS; round++)
            if (improve_each(b, l, y_mean) <= 1e-12)
                break;
        double next = slope(b);
        if (!(next > best))
            break;
        best = next;
    }
    return best;
}

/* Over both ends of every figure whose end is open. */
static double rise_over_levels(box *b)
{
    double best = -INFINITY;
    set_levels(b);
    for (size_t mask = 0; mask < (size_t)1 << b->open_count; mask++) {
        for (size_t j = 0; j < b->open_count; j++) {
            const up_trend_input *in = &b->in[b->open[j]];
            b->y[b->open[j]] = mask >> j & 1 ? in->high : in->low;
        }
        best = fmax(best, rise(b));
    }
    return best;
}

/* A slope that no negative one exceeds: N at its greatest over D at its greatest, each taken
 * term by term. 0 where N may be positive, term by term. */
static double slope_ceiling(const box *b)
{
    span t_sum = sum_of(b->now, b->n, time_span),
         y_sum = sum_of(b->now, b->n, level_span);
    double up = 0, down = 0;
    for (size_t i = 0; i < b->n; i++) {
        span t = off_mean(time_span(&b->now[i]), t_sum, b->n);
        span y = off_mean(level_span(&b->now[i]), y_sum, b->n);
        up += fmax(fmax(t.low * y.low, t.low * y.high),
                   fmax(t.high * y.low, t.high * y.high));
        down += fmax(t.low * t.low, t.high * t.high);
    }
    return up < 0 ? up / down : 0;
}

/* Narrows the dates whose end is known, given that the slope sought lies in [least, most], both
 * negative or 0; returns how many it narrowed. */
static size_t narrow_dates(box *b, double least, double most)
{
    span t_sum = sum_of(b->now, b->n, time_span),
         y_sum = sum_of(b->now, b->n, level_span);
    size_t narrowed = 0;
    for (size_t i = 0; i < b->n; i++) {
        up_trend_input *now = &b->now[i];
        span t = off_mean(time_span(now), t_sum, b->n);
        span y = off_mean(level_span(now), y_sum, b->n);
        double low = y.low + fmin(-2 * least * t.low, -2 * most * t.low);
        double high = y.high + fmax(-2 * least * t.high, -2 * most * t.high);
        if (now->time_low == now->time_high || (low < 0 && high > 0))
            continue;
        if (low >= 0)
            now->time_low = now->time_high;
        else
            now->time_high = now->time_low;
        narrowed++;
    }
    return narrowed;
}

/* Sets every t whose end is known, given a slope that is reached; the others are open. Each one
 * known says more of the mean, so that others follow. */
static void set_times(box *b, double reached)
{
    memcpy(b->now, b->in, b->n * sizeof *b->now);
    while (narrow_dates(b, reached, fmax(reached, slope_ceiling(b))) > 0)
        continue;
    b->open_count = 0;
    for (size_t i = 0; i < b->n; i++) {
        b->t[i] = b->now[i].time_low;
        if (b->now[i].time_low < b->now[i].time_high)
            b->open[b->open_count++] = i;
    }
}

static double corner(box *b, size_t mask)
{
    for (size_t j = 0; j < b->open_count; j++) {
        const up_trend_input *in = &b->in[b->open[j]];
        b->t[b->open[j]] = mask >> j & 1 ? in->time_high : in->time_low;
    }
    double t_mean = mean(b->t, b->n);
    for (size_t i = 0; i < b->n; i++)
        b->y[i] = b->t[i] >= t_mean ? b->in[i].high : b->in[i].low;
    return slope(b);
}

static up_status greatest_slope(box *b, double *greatest, up_error *err)
{
    static const char too_many[] =
        "too many dates are open to say what they leave of the trend";
    set_levels(b);
    if (b->open_count > MOST_OPEN)
        return up_error_set(err, UP_TOO_LITTLE_DATA, "%s", too_many);
    double best = rise_over_levels(b);
    if (best < 0) {
        set_times(b, best);
        if (b->open_count > MOST_OPEN)
            return up_error_set(err, UP_TOO_LITTLE_DATA, "%s", too_many);
        for (size_t mask = 0; mask < (size_t)1 << b->open_count; mask++)
            best = fmax(best, corner(b, mask));
    }
    *greatest = best;
    return UP_OK;
}

/* Whether all dates may be one. */
static bool may_coincide(const up_trend_input inputs[], size_t n)
{
    double latest_low = -INFINITY, earliest_high = INFINITY;
    for (size_t i = 0; i < n; i++) {
        latest_low = fmax(latest_low, inputs[i].time_low);
        earliest_high = fmin(earliest_high, inputs[i].time_high);
    }
    return latest_low <= earliest_high;
}

static up_status search(const up_trend_input inputs[], up_trend_input *turned, box *b,
                        double *least, double *greatest, up_error *err)
{
    double up, down;
    b->in = inputs;
    up_status status = greatest_slope(b, &up, err);
    for (size_t i = 0; i < b->n; i++) {
        turned[i] = inputs[i];
        turned[i].low = -inputs[i].high;
        turned[i].high = -inputs[i].low;
    }
    b->in = turned;
    if (status == UP_OK)
        status = greatest_slope(b, &down, err);
    if (status == UP_OK) {
        *greatest = up;
        *least = -down;
    }
    return status;
}

up_status up_trend_range(const up_trend_input inputs[], size_t n, double *least,
                         double *greatest, up_error *err)
{
    box b = {.n = n};
    up_trend_input *turned = NULL;
    if (n < 2 || may_coincide(inputs, n))
        return up_error_set(err, UP_TOO_LITTLE_DATA, "all dates may be the same");
    up_status status = up_alloc(n, sizeof *b.t, &b.t, err);
    if (status == UP_OK)
        status = up_alloc(n, sizeof *b.y, &b.y, err);
    if (status == UP_OK)
        status = up_alloc(n, sizeof *b.open, &b.open, err);
    if (status == UP_OK)
        status = up_alloc(n, sizeof *turned, &turned, err);
    if (status == UP_OK)
        status = up_alloc(n, sizeof *b.now, &b.now, err);
    if (status == UP_OK)
        status = search(inputs, turned, &b, least, greatest, err);
    free(b.t);
    free(b.y);
    free(b.open);
    free(b.now);
    free(turned);
    return status;
}
