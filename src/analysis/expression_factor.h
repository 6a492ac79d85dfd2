/* One factor of an expression, set apart. */
#ifndef UPTICK_ANALYSIS_EXPRESSION_FACTOR_H
#define UPTICK_ANALYSIS_EXPRESSION_FACTOR_H

#include "analysis/align.h"
#include "analysis/expression_parts.h"
#include "analysis/rational.h"

/* Where the expression is a rest times or by one positive figure that is not known exactly, result
 * has that for its figure number `at` of at most `most`, and *factored is it; else it is left as it
 * is. found: of each slot. */
UP_MUST_CHECK up_status up_expression_factor(const up_evaluation *e,
                                             const up_binding *binding, size_t variables,
                                             const up_aligned found[], size_t most,
                                             size_t at, up_series *result,
                                             const up_factoring **factored,
                                             up_error *err);

#endif
