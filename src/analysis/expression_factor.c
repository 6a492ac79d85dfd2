/* One factor of an expression set apart: 'profit / users' is a rest by users. Where users are known but
 * as a bound, and one figure of them serves several dates, it is the same unknown there. */
#include "analysis/expression_factor.h"

#include "base/memory.h"

static bool uses(const up_node *node, size_t variable, const size_t variable_of[])
{
    if (node == NULL)
        return false;
    if (node->kind == UP_NODE_SERIES)
        return variable_of[node->slot] == variable;
    return uses(node->left, variable, variable_of) ||
           uses(node->right, variable, variable_of);
}

/* A positive figure of one date, in a place of its own, that is not known exactly. */
static bool is_open_factor(const up_evaluation *e, const up_node *node,
                           const up_node *rest, const up_binding *binding,
                           const up_aligned found[])
{
    if (node->kind != UP_NODE_SERIES || e->slots[node->slot].is_rate)
        return false;
    size_t variable = binding->variable_of[node->slot];
    const up_estimate *figure = &binding->variables[variable];
    bool positive =
        figure->has_low && (figure->low > 0 || (figure->low == 0 && figure->low_strict));
    return positive && up_estimate_kind(figure) != UP_BOUND_EXACT &&
           found[node->slot].also == NULL && !uses(rest, variable, binding->variable_of);
}

static bool set_apart(const up_evaluation *e, const up_binding *binding, size_t variables,
                      const up_aligned found[], up_factoring *out)
{
    const up_node *root = e->root;
    bool divides = root->kind == UP_NODE_OPERATION && root->op == UP_DIVIDE;
    if (root->kind != UP_NODE_OPERATION || (!divides && root->op != UP_MULTIPLY))
        return false;
    const up_node *factor = root->right, *rest = root->left;
    if (!is_open_factor(e, factor, rest, binding, found)) {
        factor = root->left, rest = root->right;
        if (divides || !is_open_factor(e, factor, rest, binding, found))
            return false;
    }
    *out =
        (up_factoring){.factor_of = found[factor->slot].used->observation,
                       .factor = binding->variables[binding->variable_of[factor->slot]],
                       .divides = divides};
    return up_rational_evaluate(rest, binding, variables, &out->rest, NULL) == UP_OK;
}

up_status up_expression_factor(const up_evaluation *e, const up_binding *binding,
                               size_t variables, const up_aligned found[], size_t most,
                               size_t at, up_series *result,
                               const up_factoring **factored, up_error *err)
{
    up_factoring here;
    up_status status = UP_OK;
    if (!set_apart(e, binding, variables, found, &here))
        return UP_OK;
    if (result->factorings ==
        NULL) /* the first: points refer here, so that none may move */
        status = up_alloc(most, sizeof *result->factorings, &result->factorings, err);
    if (status != UP_OK)
        return status;
    result->factorings[at] = here;
    *factored = &result->factorings[at];
    return UP_OK;
}
