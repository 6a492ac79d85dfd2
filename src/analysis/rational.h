/* An expression at one moment: a formula in estimates, with exact bounds.
 *
 * Where every estimate that has a width appears once, interval arithmetic is exact. Where one
 * appears twice it is one variable, and the formula is brought to one quotient P / Q of
 * polynomials in the variables. If both are of degree one at most in each variable x, then
 *     f = (a x + b) / (c x + d),   df/dx = (a d - b c) / (c x + d)^2
 * is monotone in x for any values of the others, so that the extremes over a box on which Q has
 * no zero lie at its corners (at an absent bound: the limit). x / (x + y) is 1 / (1 + y / x), and
 * x - x is 0. A product of powers of variables that cannot be negative is monotone too. */
#ifndef UPTICK_ANALYSIS_RATIONAL_H
#define UPTICK_ANALYSIS_RATIONAL_H

#include "analysis/expression_parse.h"

/* What stands in the slots of a tree: slot i holds the variable variable_of[i]. */
typedef struct up_binding {
    const up_estimate *variables;
    const size_t *variable_of;
} up_binding;

/* UP_TOO_LITTLE_DATA: a divisor may be zero, or nothing bounds the result. UP_USAGE: a variable
 * with a width appears in a way that this algebra does not bound. */
UP_MUST_CHECK up_status up_rational_evaluate(const up_node *root,
                                             const up_binding *binding, size_t variables,
                                             up_estimate *out, up_error *err);

#endif
