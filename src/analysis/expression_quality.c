/* What the result of an expression is of: its unit and measure. */
#include <string.h>

#include "analysis/expression_parts.h"

static up_status of_series(const up_evaluation *e, const up_node *node, up_quality *out,
                           up_error *err)
{
    const up_metric *metric = &e->slots[node->slot].list.items[0].data->metric;
    *out = (up_quality){.measure = metric->measure, .like = metric};
    return up_unit_parse(metric->unit, &out->unit, err);
}

const up_unit_factor *up_quality_currency(const up_quality *q)
{
    for (size_t i = 0; i < q->unit.count; i++)
        if (!q->unit.factors[i].below &&
            up_is_currency_code(q->unit.factors[i].text, q->unit.factors[i].length))
            return &q->unit.factors[i];
    return NULL;
}

static up_status of_currency(const up_evaluation *e, const up_node *node, up_quality *out,
                             up_error *err)
{
    up_status status = up_expression_quality(e, node->left, out, err);
    if (status != UP_OK)
        return status;
    const up_unit_factor *found = up_quality_currency(out);
    if (found == NULL)
        return up_error_set(
            err, UP_USAGE,
            "'@ %s' converts currencies, and what stands before it is in %s",
            node->pattern,
            out->like != NULL && out->like->unit[0] != '\0' ? out->like->unit
                                                            : "no currency");
    out->unit.factors[found - out->unit.factors].text = node->pattern;
    return UP_OK;
}

/* A pure number that stands for a share or a level of prices: it changes no kind. */
static bool is_pure(const up_quality *q)
{
    return q->is_number || q->measure == UP_INDEX ||
           (q->unit.count == 0 && q->measure == UP_RATIO);
}

static up_status of_sum(const up_quality *a, const up_quality *b, up_quality *out,
                        up_error *err)
{
    if (!a->is_number && !b->is_number && !up_unit_equals(&a->unit, &b->unit)) {
        up_buffer x = {0}, y = {0};
        up_unit_format(&a->unit, &x);
        up_unit_format(&b->unit, &y);
        up_status status =
            up_error_set(err, UP_USAGE, "unlike units cannot be added: %s and %s",
                         x.length > 0 ? up_buffer_text(&x) : "a pure number",
                         y.length > 0 ? up_buffer_text(&y) : "a pure number");
        if (x.failed || y.failed)
            status = up_error_memory(err);
        up_buffer_release(&x);
        up_buffer_release(&y);
        return status;
    }
    *out = a->is_number ? *b : *a;
    return UP_OK;
}

static up_status of_product(const up_quality *a, const up_quality *b, up_quality *out,
                            up_error *err)
{
    if (is_pure(a) || is_pure(b)) {
        *out = is_pure(a) && !(b->is_number && !a->is_number) ? *b : *a;
        return UP_OK;
    }
    /* so many people at so much a head and year is so much a year, no level */
    bool b_rules = a->measure == UP_RATIO || b->measure == UP_RATE ||
                   b->measure == UP_AVERAGE || b->measure == UP_FLOW;
    *out = b_rules && b->measure != UP_RATIO ? *b : *a;
    out->like = NULL;
    return up_unit_combine(&a->unit, &b->unit, false, &out->unit, err);
}

static up_status of_quotient(const up_quality *a, const up_quality *b, up_quality *out,
                             up_error *err)
{
    bool deflates = is_pure(b) && !(is_pure(a) && !b->is_number);
    if (deflates) {
        *out = *a;
        return UP_OK;
    }
    bool per_level = b->measure == UP_STOCK || b->measure == UP_CUMULATIVE;
    bool is_rate = !a->is_number && (a->measure == UP_RATE || a->measure == UP_AVERAGE);
    up_unit pure = {0};
    *out = (up_quality){.measure = is_rate && per_level ? UP_RATE : UP_RATIO};
    up_status status =
        up_unit_combine(is_pure(a) ? &pure : &a->unit, is_pure(b) ? &pure : &b->unit,
                        true, &out->unit, err);
    if (out->unit.count == 0)
        out->measure = UP_RATIO;
    return status;
}

up_status up_expression_quality(const up_evaluation *e, const up_node *node,
                                up_quality *out, up_error *err)
{
    up_quality a, b;
    switch (node->kind) {
    case UP_NODE_NUMBER:
        *out = (up_quality){.is_number = true, .measure = UP_RATIO};
        return UP_OK;
    case UP_NODE_SERIES:
        return of_series(e, node, out, err);
    case UP_NODE_CURRENCY:
        return of_currency(e, node, out, err);
    case UP_NODE_OPERATION:
        break;
    }
    up_status status = up_expression_quality(e, node->left, &a, err);
    if (status == UP_OK)
        status = up_expression_quality(e, node->right, &b, err);
    if (status != UP_OK)
        return status;
    if (a.is_number && b.is_number) {
        *out = a;
        return UP_OK;
    }
    return node->op == UP_MULTIPLY ? of_product(&a, &b, out, err)
           : node->op == UP_DIVIDE ? of_quotient(&a, &b, out, err)
                                   : of_sum(&a, &b, out, err);
}
