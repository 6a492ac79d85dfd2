/* Arithmetic on series: 'ai-tokens / ai-users', 'a - b', 'x / 1e9'.
 *
 *     expr     = term  { ("+" | "-") term }
 *     term     = factor { ("*" | "/") factor }
 *     factor   = number | series | '"' series '"' | "(" expr ")"
 *
 * Operators stand between blanks, so that names may hold '-' and '/'. Series are joined by
 * entity; a series without an entity, or one named with its entity ('revenue/A / revenue/B'),
 * serves every entity of the other side. The result has the
 * periods of the leftmost series; how the others are brought to them is said by `align`, and
 * every figure that was carried or interpolated is remarked. Bounds go through interval
 * arithmetic; a series that appears twice is refused, since it is one variable. */
#ifndef UPTICK_EXPRESSION_H
#define UPTICK_EXPRESSION_H

#include "uptick/series.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum up_align {
    UP_ALIGN_EXACT,      /* the same period only */
    UP_ALIGN_CARRY,      /* the last figure not after the period */
    UP_ALIGN_INTERPOLATE /* constant growth between the figures around it */
} up_align;
UP_MUST_CHECK up_status up_align_parse(const char *name, up_align *align, up_error *err);

/* Whether a text is an expression rather than a key or glob: it has blanks, and is no key of
 * a metric and entity that exist. The metrics that it would name as a key must be loaded. */
bool up_expression_is_one(const up_tracker *tracker, const char *text);

/* Calls visit for each series pattern in the text, so that a store can load its metrics.
 * UP_USAGE when the text does not parse. */
UP_MUST_CHECK up_status up_expression_visit(const char *text,
                                            up_status (*visit)(const char *pattern,
                                                               void *context,
                                                               up_error *err),
                                            void *context, up_error *err);

/* Appends the resulting series to list. Their metric is made for them and owned by
 * *metrics, which must outlive the list; release with up_expression_metrics_free. */
typedef struct up_expression_metrics up_expression_metrics;
UP_MUST_CHECK up_status up_expression_evaluate(const up_tracker *tracker,
                                               const char *text,
                                               const up_series_options *options,
                                               up_align align, up_series_list *list,
                                               up_expression_metrics **metrics,
                                               up_remarks *remarks, up_error *err);
void up_expression_metrics_free(up_expression_metrics *metrics);

#ifdef __cplusplus
}
#endif
#endif
