/* Arithmetic on series: 'ai-tokens / ai-users', '2 * ( a - b )', 'x / population', 'x @ USD'.
 *
 *     expr     = term  { ("+" | "-") term }
 *     term     = factor { ("*" | "/") factor }
 *     factor   = [ "-" ] ( number | series | '"' series '"' | "(" expr ")" ) { "@" currency }
 *
 * Operators stand between blanks, so that names may hold '-' and '/'. Series are joined by
 * entity; a series without an entity, or one named with its entity ('revenue/A / revenue/B'),
 * serves every entity of the others. The result has the periods of the leftmost series; how the
 * others are brought to them is said by `align`, and every figure that is not of the period is
 * remarked. Bounds are exact: a series that appears twice is one variable, so that x - x is 0
 * and x / ( x + y ) is 1 / ( 1 + y / x ); a metric with a formula is a variable of its own.
 *
 * Units: only like units add up; others multiply ("tokens per day" / "people" is "tokens per
 * day per person"), an index being a pure number. A multiple, a sum, and what an index or a
 * ratio multiplies or divides keep the measure; a rate divided by a level is a rate; any other
 * quotient is a ratio.
 *
 * Currencies: metrics whose unit is like "CNY per USD" convert, directly, inversely or by way of
 * one third currency. A figure over a period is converted at that period's own rate or the mean
 * of those inside it, a level at the rate of its moment; where there is none, at the last one
 * before it within the tolerance, and at a later one only if `future_rates` says so. A deflator
 * is looked up in the same way: x / index * index of the base period. */
#ifndef UPTICK_EXPRESSION_H
#define UPTICK_EXPRESSION_H

#include "uptick/series.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum up_align {
    UP_ALIGN_EXACT,       /* the same period only */
    UP_ALIGN_NEAREST,     /* the figure nearest in time, within the tolerance */
    UP_ALIGN_CARRY,       /* the last figure not after the period */
    UP_ALIGN_INTERPOLATE, /* constant growth between the figures around it */
    UP_ALIGNS
} up_align;
UP_MUST_CHECK up_status up_align_parse(const char *name, up_align *align, up_error *err);

/* How far apart two dates may be: "45" (days), "3 months", "1 year". */
typedef struct up_tolerance {
    bool given;
    int64_t days, months;
} up_tolerance;
UP_MUST_CHECK up_status up_tolerance_parse(const char *text, up_tolerance *tolerance,
                                           up_error *err);

typedef struct up_expression_options {
    up_align align;
    up_tolerance tolerance;
    bool future_rates; /* an exchange rate of a later date too, if there is none before */
    const char *currency; /* convert the whole: "USD"; NULL: as it is */
    const char *deflator; /* an index to deflate the whole by, at the prices of `base` */
    up_period base;
    /* What is done with figures outside of this is not remarked; their notes have it. */
    bool has_told;
    up_period told;
    bool is_selector; /* the text is a key or glob of one metric, no expression */
} up_expression_options;

/* Whether a text is an expression rather than a key or glob: it has blanks, and is no key of
 * a metric and entity that exist. The metrics that it would name as a key must be loaded. */
bool up_expression_is_one(const up_tracker *tracker, const char *text);

/* Calls visit for each series pattern that an evaluation needs, so that a store can load its
 * metrics: those in the text, in the formulas of the metrics that it names, and exchange rates
 * where it converts (always with `converts`). UP_USAGE when a text does not parse. */
typedef up_status (*up_pattern_visitor)(const char *pattern, void *context,
                                        up_error *err);
UP_MUST_CHECK up_status up_expression_visit(const up_tracker *tracker, const char *text,
                                            bool converts, up_pattern_visitor visit,
                                            void *context, up_error *err);
/* The same for a key or glob: it, and what the formulas of its metrics need. */
UP_MUST_CHECK up_status up_selector_visit(const up_tracker *tracker, const char *pattern,
                                          bool converts, up_pattern_visitor visit,
                                          void *context, up_error *err);

/* How metrics with a formula are worked out: for up_series_options.derive. Their align and
 * tolerance are the metric's own; dates, vintages, rounding and resampling those asked for. A
 * circle of formulas is UP_BAD_DATA, with its path. */
extern const up_derivation up_formulas;
/* What a metric's formula gives with the figures there are: *out is a metric of the formula's
 * unit, measure and anchor, for the caller to release. What it needs must be loaded. */
UP_MUST_CHECK up_status up_formula_work_out(const up_tracker *tracker,
                                            const up_metric *metric, up_metric *out,
                                            up_error *err);

/* Appends the resulting series to list. Their metric is made for them and owned by
 * *metrics, which must outlive the list; release with up_expression_metrics_free. */
typedef struct up_expression_metrics up_expression_metrics;
UP_MUST_CHECK up_status up_expression_evaluate(
    const up_tracker *tracker, const char *text, const up_series_options *options,
    const up_expression_options *how, up_series_list *list,
    up_expression_metrics **metrics, up_remarks *remarks, up_error *err);
void up_expression_metrics_free(up_expression_metrics *metrics);

/* After a text was refused as an expression: where it has what no expression has (log(x), x ^ 2),
 * the error says so, and what to use instead; else it is left as it is. Its code. */
up_status up_expression_explain(const char *text, up_error *err);

#ifdef __cplusplus
}
#endif
#endif
