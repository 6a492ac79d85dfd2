/* From the text's names to series: slots, and rates where currencies are converted. */
#include <stdlib.h>
#include <string.h>

#include "analysis/expression_parts.h"
#include "analysis/rates.h"
#include "base/memory.h"
#include "series/pattern.h"

void up_evaluation_release(up_evaluation *e)
{
    for (size_t i = 0; i < e->slot_count; i++) {
        up_series_list_release(&e->slots[i].list);
        free(e->slots[i].pattern);
    }
    free(e->slots);
    free(e->unit);
    up_node_free(e->root);
}

/* The dates asked for are those of the result: its other inputs, and rates, may be of others.
 * Figures are resampled before they are combined, rates never. */
static up_series_options options_of(const up_evaluation *e, bool is_rate)
{
    up_series_options options = *e->options;
    if (e->slot_count > 0)
        options.has_window = options.has_every = false;
    if (is_rate)
        options.resample = (up_resampling){0};
    return options;
}

static up_status check_units(const up_slot *slot, up_error *err)
{
    for (size_t i = 1; i < slot->list.count; i++)
        if (strcmp(slot->list.items[i].data->metric.unit,
                   slot->list.items[0].data->metric.unit) != 0)
            return up_error_set(err, UP_USAGE, "'%s' names series of unlike units",
                                slot->pattern);
    return UP_OK;
}

static up_status add_slot(up_evaluation *e, const char *pattern, bool is_rate,
                          size_t *index, up_error *err)
{
    const char *slash = strchr(pattern, '/');
    up_slot slot = {.is_rate = is_rate,
                    .names_entity = slash != NULL && up_glob_is_literal(slash + 1)};
    up_series_options options = options_of(e, is_rate);
    up_status status =
        up_grow(&e->slots, &e->slot_capacity, e->slot_count + 1, sizeof *e->slots, err);
    if (status == UP_OK)
        status = up_copy_text(pattern, &slot.pattern, err);
    if (status == UP_OK)
        status = up_series_select(e->tracker, pattern, &options, &slot.list, err);
    if (status == UP_OK)
        status = check_units(&slot, err);
    if (status == UP_OK) {
        *index = e->slot_count;
        e->slots[e->slot_count++] = slot;
    } else {
        up_series_list_release(&slot.list);
        free(slot.pattern);
    }
    return status;
}

static up_status bind_series(up_evaluation *e, up_node *node, up_error *err)
{
    for (size_t i = 0; i < e->slot_count; i++)
        if (strcmp(e->slots[i].pattern, node->pattern) == 0) {
            node->slot = i;
            return UP_OK;
        }
    return add_slot(e, node->pattern, false, &node->slot, err);
}

static up_status bind_node(up_evaluation *e, up_node *node, up_error *err)
{
    if (node == NULL || node->kind == UP_NODE_NUMBER)
        return UP_OK;
    if (node->kind == UP_NODE_SERIES)
        return bind_series(e, node, err);
    up_status status = bind_node(e, node->left, err);
    return status == UP_OK ? bind_node(e, node->right, err) : status;
}

/* ---- conversion ---- */

/* *node becomes *node op the rate. */
static up_status multiply_by_rate(up_evaluation *e, up_node **node, size_t converts,
                                  const up_rate_step *step, up_error *err)
{
    up_node *product = NULL;
    size_t slot = 0;
    up_status status = up_node_new(UP_NODE_OPERATION, &product, err);
    if (status == UP_OK)
        status = up_node_new(UP_NODE_SERIES, &product->right, err);
    if (status == UP_OK)
        status = add_slot(e, step->metric->name, true, &slot, err);
    if (status != UP_OK) {
        up_node_free(product);
        return status;
    }
    e->slots[slot].converts = converts;
    e->slots[slot].divides = step->divide;
    product->right->slot = slot;
    product->op = step->divide ? UP_DIVIDE : UP_MULTIPLY;
    product->left = *node;
    *node = product;
    return UP_OK;
}

static up_status convert_series(up_evaluation *e, up_node **node,
                                const up_unit_factor *from, const char *to, up_error *err)
{
    char code[4];
    up_rate_step steps[UP_RATE_STEPS];
    size_t count, converts = (*node)->slot;
    memcpy(code, from->text, 3);
    code[3] = '\0';
    if (strcmp(code, to) == 0)
        return UP_OK;
    up_status status = up_rates_path(e->tracker, code, to, steps, &count, err);
    for (size_t i = 0; i < count && status == UP_OK; i++)
        status = multiply_by_rate(e, node, converts, &steps[i], err);
    return status;
}

/* A sum is converted term by term, a product or quotient in the factor that is of a currency:
 * so each figure is converted at the rate of its own date. */
static up_status convert(up_evaluation *e, up_node **node, const char *to, up_error *err)
{
    up_quality quality, left;
    up_node *n = *node;
    up_status status = up_expression_quality(e, n, &quality, err);
    const up_unit_factor *from = status == UP_OK ? up_quality_currency(&quality) : NULL;
    if (status == UP_OK && from == NULL)
        status = up_error_set(err, UP_USAGE,
                              "what is to be converted to %s is of no currency", to);
    if (status != UP_OK)
        return status;
    if (n->kind == UP_NODE_SERIES)
        return convert_series(e, node, from, to, err);
    if (n->kind == UP_NODE_CURRENCY) { /* only the last one counts */
        *node = n->left;
        n->left = NULL;
        up_node_free(n);
        return convert(e, node, to, err);
    }
    if (n->op == UP_ADD || n->op == UP_SUBTRACT) {
        if (n->left->kind == UP_NODE_NUMBER || n->right->kind == UP_NODE_NUMBER)
            return up_error_set(err, UP_USAGE, "a bare number cannot be converted to %s",
                                to);
        status = convert(e, &n->left, to, err);
        return status == UP_OK ? convert(e, &n->right, to, err) : status;
    }
    status = up_expression_quality(e, n->left, &left, err);
    if (status != UP_OK)
        return status;
    return convert(e, up_quality_currency(&left) != NULL ? &n->left : &n->right, to, err);
}

static up_status resolve(up_evaluation *e, up_node **node, up_error *err)
{
    up_node *n = *node;
    if (n == NULL || n->kind == UP_NODE_NUMBER || n->kind == UP_NODE_SERIES)
        return UP_OK;
    if (n->kind == UP_NODE_OPERATION) {
        up_status status = resolve(e, &n->left, err);
        return status == UP_OK ? resolve(e, &n->right, err) : status;
    }
    up_status status = convert(e, &n->left, n->pattern, err);
    if (status != UP_OK)
        return status;
    *node = n->left;
    n->left = NULL;
    up_node_free(n);
    return UP_OK;
}

/* ---- deflating ---- */

static up_status check_deflator(const up_slot *slot, up_error *err)
{
    const up_metric *metric = &slot->list.items[0].data->metric;
    return metric->measure == UP_INDEX
               ? UP_OK
               : up_error_set(err, UP_USAGE,
                              "'%s' is no index (%s), and deflates nothing", metric->name,
                              up_measure_name(metric->measure));
}

/* root / index of its date * index of the base: one variable where these are one figure. */
static up_status deflate(up_evaluation *e, up_error *err)
{
    up_quality quality;
    up_status status = up_expression_quality(e, e->root, &quality, err);
    if (status == UP_OK && up_quality_currency(&quality) == NULL)
        status = up_error_set(
            err, UP_USAGE, "what is to be deflated is of no currency, and has no prices");
    for (int step = 0; step < 2 && status == UP_OK; step++) {
        up_node *product = NULL;
        size_t slot = 0;
        status = up_node_new(UP_NODE_OPERATION, &product, err);
        if (status == UP_OK)
            status = up_node_new(UP_NODE_SERIES, &product->right, err);
        if (status == UP_OK)
            status = add_slot(e, e->how->deflator, true, &slot, err);
        if (status == UP_OK)
            status = check_deflator(&e->slots[slot], err);
        if (status != UP_OK) {
            up_node_free(product);
            break;
        }
        e->slots[slot].is_price = true;
        e->slots[slot].is_base = step == 1;
        product->right->slot = slot;
        product->op = step == 0 ? UP_DIVIDE : UP_MULTIPLY;
        product->left = e->root;
        e->root = product;
    }
    return status;
}

static bool names_series(const up_node *node)
{
    return node != NULL && (node->kind == UP_NODE_SERIES || names_series(node->left) ||
                            names_series(node->right));
}

/* What the result is of: to be told before conversions are products with rates. */
static up_status settle_quality(up_evaluation *e, up_error *err)
{
    up_quality quality;
    up_buffer text = {0};
    up_status status = up_expression_quality(e, e->root, &quality, err);
    if (status != UP_OK)
        return status;
    up_unit_format(&quality.unit, &text);
    status = up_buffer_check(&text, err);
    if (status == UP_OK)
        status = up_copy_text(up_buffer_text(&text), &e->unit, err);
    up_buffer_release(&text);
    e->measure = quality.measure;
    e->like = quality.like;
    return status;
}

up_status up_expression_bind(up_evaluation *e, up_error *err)
{
    if (!names_series(e->root))
        return up_error_set(err, UP_USAGE, "'%s' names no series", e->text);
    up_status status = bind_node(e, e->root, err);
    if (status == UP_OK)
        status = settle_quality(e, err);
    if (status == UP_OK)
        status = resolve(e, &e->root, err);
    return status == UP_OK && e->how->deflator != NULL ? deflate(e, err) : status;
}
