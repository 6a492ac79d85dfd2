/* Exchange rates: which metrics lead from one currency to another, and which figure of them is
 * that of a date. */
#ifndef UPTICK_ANALYSIS_RATES_H
#define UPTICK_ANALYSIS_RATES_H

#include "uptick/expression.h"

/* A metric whose unit is "CNY per USD", and whether an amount is divided by it on the way. */
typedef struct up_rate_step {
    const up_metric *metric;
    bool divide;
} up_rate_step;
enum { UP_RATE_STEPS = 2 };

/* Direct, inverse, or by way of one third currency (USD, where there are several).
 * UP_TOO_LITTLE_DATA: no way; UP_USAGE: several metrics give the same rate. */
UP_MUST_CHECK up_status up_rates_path(const up_tracker *tracker, const char *from,
                                      const char *to, up_rate_step steps[UP_RATE_STEPS],
                                      size_t *count, up_error *err);
/* Whether a unit is that of an exchange rate. */
bool up_rates_is_unit(const char *unit);

typedef enum up_rate_kind {
    UP_RATE_OWN,     /* of the figure's very period, or of its moment */
    UP_RATE_MEAN,    /* the mean of those that make up the period */
    UP_RATE_PARTIAL, /* the mean of those inside it, which do not make it up */
    UP_RATE_CARRIED, /* the last before it */
    UP_RATE_FUTURE   /* a later one */
} up_rate_kind;
typedef struct up_rate {
    up_rate_kind kind;
    up_estimate figure;
    const up_point *first, *last; /* of the figures used */
    size_t count;
} up_rate;

/* The rate for a figure: of a period, or of a level at the end of it. UP_TOO_LITTLE_DATA: there
 * is none, or it may be 0 or less. */
UP_MUST_CHECK up_status up_rate_find(const up_series *rates, const up_period *period,
                                     bool is_level, const up_expression_options *how,
                                     up_rate *out, up_error *err);
/* A series' own figure of a period, or the mean of those inside it. UP_TOO_LITTLE_DATA: none. */
UP_MUST_CHECK up_status up_rate_within(const up_series *series, const up_period *period,
                                       up_rate *out, up_error *err);
/* Whether a point of the series is one of the figures used. */
bool up_rate_uses(const up_rate *rate, const up_point *point);
/* "7.1953 CNY per USD (usd-cny, mean of 12 figures of 2024)"; a range by its ends. */
void up_rate_describe(const up_series *rates, const up_rate *rate, up_buffer *out);

#endif
