#include "uptick/expression.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/expression_parse.h"
#include "base/memory.h"
#include "uptick/number.h"

/* The metric that the result is of; the series of the result point to it. */
struct up_expression_metrics {
    up_metric_data data;
};

up_status up_align_parse(const char *name, up_align *align, up_error *err)
{
    static const char *const names[] = {[UP_ALIGN_EXACT] = "exact",
                                        [UP_ALIGN_CARRY] = "carry-forward",
                                        [UP_ALIGN_INTERPOLATE] = "interpolate"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(name, names[i]) == 0) {
            *align = (up_align)i;
            return UP_OK;
        }
    return up_error_set(err, UP_USAGE,
                        "unknown alignment '%s' (exact, carry-forward, interpolate)",
                        name);
}

bool up_expression_is_one(const up_tracker *tracker, const char *text)
{
    for (size_t i = 0; i < tracker->metric_count; i++)
        if (up_series_pattern_matches(text, tracker->metrics[i].metric.name))
            return false;
    return strpbrk(text, " \t\"") != NULL;
}

static up_status visit_node(const up_node *node,
                            up_status (*visit)(const char *, void *, up_error *),
                            void *context, up_error *err)
{
    if (node == NULL || node->kind == UP_NODE_NUMBER)
        return UP_OK;
    if (node->kind == UP_NODE_SERIES)
        return visit(node->pattern, context, err);
    up_status status = visit_node(node->left, visit, context, err);
    return status == UP_OK ? visit_node(node->right, visit, context, err) : status;
}

up_status up_expression_visit(const char *text,
                              up_status (*visit)(const char *, void *, up_error *),
                              void *context, up_error *err)
{
    up_node *root;
    up_status status = up_expression_parse(text, &root, err);
    if (status == UP_OK) {
        status = visit_node(root, visit, context, err);
        up_node_free(root);
    }
    return status;
}

/* ---- bringing a series to a moment ---- */

/* y(t) = y0 (y1 / y0)^((t - t0) / (t1 - t0)): constant growth between two figures. */
static double between(double t, double t0, double y0, double t1, double y1)
{
    return y0 * pow(y1 / y0, (t - t0) / (t1 - t0));
}

/* The formula is monotone in each of its five inputs while t0 <= t <= t1, so its extremes lie
 * at corners of their ranges. */
static up_status interpolate(const up_point *p, const up_point *q, const up_moment *at,
                             up_estimate *out, up_error *err)
{
    const up_estimate *a = &p->figure, *b = &q->figure;
    if (!a->has_low || !a->has_high || !b->has_low || !b->has_high || !a->has_value ||
        !b->has_value || a->low <= 0 || b->low <= 0)
        return up_error_set(err, UP_TOO_LITTLE_DATA,
                            "interpolation needs positive figures with both bounds");
    if (p->time.high > at->low || q->time.low < at->high || p->time.high >= q->time.low)
        return up_error_set(err, UP_TOO_LITTLE_DATA,
                            "the dates overlap: which figure comes first is open");
    const double t[] = {at->low, at->high}, s0[] = {p->time.low, p->time.high},
                 s1[] = {q->time.low, q->time.high}, y0[] = {a->low, a->high},
                 y1[] = {b->low, b->high};
    double low = INFINITY, high = -INFINITY;
    for (unsigned c = 0; c < 32; c++) {
        double y = between(t[c & 1], s0[c >> 1 & 1], y0[c >> 2 & 1], s1[c >> 3 & 1],
                           y1[c >> 4 & 1]);
        low = fmin(low, y);
        high = fmax(high, y);
    }
    *out = up_estimate_between(low, high);
    out->has_value = true;
    out->value = between(at->value, p->time.value, a->value, q->time.value, b->value);
    out->about = a->about || b->about;
    return UP_OK;
}

static void remark_on(const up_series *series, const up_point *used, const char *how,
                      const up_period *at, up_remarks *remarks)
{
    up_buffer text = {0};
    up_buffer_addf(&text, "%s of ", series->key);
    up_period_label(&used->observation->period, &text);
    up_buffer_addf(&text, " %s ", how);
    up_period_label(at, &text);
    up_remarks_add(remarks, UP_NOTE, NULL, 0, "%s", up_buffer_text(&text));
    up_buffer_release(&text);
}

/* Remembers where a figure came from that went into a figure of `result`. */
static up_status remember_source(up_series *result, const char *source, up_error *err)
{
    for (size_t i = 0; i < result->other_count; i++)
        if (strcmp(result->other_sources[i], source) == 0)
            return UP_OK;
    up_status status =
        up_grow(&result->other_sources, &result->other_capacity, result->other_count + 1,
                sizeof *result->other_sources, err);
    if (status == UP_OK && source[0] != '\0')
        status = up_copy_text(source, &result->other_sources[result->other_count], err);
    if (status == UP_OK && source[0] != '\0')
        result->other_count++;
    return status;
}

/* The figure of `series` for the period and moment of another; UP_TOO_LITTLE_DATA if none. */
static up_status figure_at(const up_series *series, const up_period *period,
                           const up_moment *at, up_align align, up_remarks *remarks,
                           up_series *result, up_estimate *out, up_error *err)
{
    const up_point *before = NULL, *after = NULL;
    up_status status;
    for (size_t i = 0; i < series->count; i++) {
        const up_point *p = &series->points[i];
        if (up_period_compare(&p->observation->period, period) == 0) {
            *out = p->figure;
            return remember_source(result, p->observation->source, err);
        }
        if (p->time.value <= at->value)
            before = p;
        else if (after == NULL)
            after = p;
    }
    if (align == UP_ALIGN_CARRY && before != NULL && before->time.high <= at->low) {
        remark_on(series, before, "carried forward to", period, remarks);
        *out = before->figure;
        return remember_source(result, before->observation->source, err);
    }
    if (align == UP_ALIGN_INTERPOLATE && before != NULL && after != NULL) {
        remark_on(series, before, "interpolated at constant growth to", period, remarks);
        return interpolate(before, after, at, out, err);
    }
    up_buffer text = {0};
    up_period_label(period, &text);
    status = up_error_set(err, UP_TOO_LITTLE_DATA, "%s has no figure for %s%s",
                          series->key, up_buffer_text(&text),
                          align == UP_ALIGN_EXACT
                              ? " (--align carry-forward or interpolate brings one there)"
                              : "");
    up_buffer_release(&text);
    return status;
}

/* ---- evaluation ---- */

/* A number, or the series a pattern names. */
typedef struct operand {
    bool is_number;
    double number;
    up_series_list list; /* owned */
} operand;

typedef struct evaluation {
    const up_tracker *tracker;
    const up_series_options *options;
    up_align align;
    up_remarks *remarks;
} evaluation;

static void operand_release(operand *o)
{
    up_series_list_release(&o->list);
}

static const up_series *find_entity(const up_series_list *list, const char *entity)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i].entity, entity) == 0)
            return &list->items[i];
    return list->count == 1 ? &list->items[0] : NULL;
}

/* Replaces each figure of left by (figure op right), in place; a point that has no partner
 * goes, its reason stays in err. */
static up_status combine_points(const evaluation *e, up_operator op, up_series *left,
                                const up_series *right, const up_estimate *number,
                                up_error *err)
{
    size_t kept = 0;
    for (size_t i = 0; i < left->count; i++) {
        up_point p = left->points[i];
        up_estimate other, result;
        up_status status = UP_OK;
        if (number != NULL)
            other = *number;
        else
            status = figure_at(right, &p.observation->period, &p.time, e->align,
                               e->remarks, left, &other, err);
        if (status == UP_OK)
            status = up_estimate_combine(op, &p.figure, &other, &result, err);
        if (status == UP_SYSTEM)
            return status;
        if (status != UP_OK)
            continue;
        p.figure = result;
        left->points[kept++] = p;
    }
    left->count = kept;
    return UP_OK;
}

/* number op series: the same, with the sides swapped. */
static up_status number_with_series(up_operator op, double number, up_series_list *list,
                                    up_error *err)
{
    up_estimate left = up_estimate_exact(number);
    for (size_t i = 0; i < list->count; i++) {
        size_t kept = 0;
        up_series *s = &list->items[i];
        for (size_t j = 0; j < s->count; j++) {
            up_point p = s->points[j];
            if (up_estimate_combine(op, &left, &s->points[j].figure, &p.figure, err) ==
                UP_OK)
                s->points[kept++] = p;
        }
        s->count = kept;
    }
    return UP_OK;
}

static bool same_series(const up_series *a, const up_series *b)
{
    return strcmp(a->key, b->key) == 0;
}

static up_status add_like(up_operator op, const up_series *a, const up_series *b,
                          up_error *err)
{
    if (same_series(a, b))
        return up_error_set(err, UP_USAGE,
                            "%s appears twice: as one variable its bounds cannot be "
                            "combined with themselves",
                            a->key);
    const char *ua = a->data->metric.unit, *ub = b->data->metric.unit;
    bool sums = op == UP_ADD || op == UP_SUBTRACT;
    if (sums && strcmp(ua, ub) != 0)
        return up_error_set(err, UP_USAGE,
                            "unlike units cannot be added: %s in %s, %s in %s", a->key,
                            ua[0] ? ua : "no unit", b->key, ub[0] ? ub : "no unit");
    return UP_OK;
}

static up_status combine_lists(const evaluation *e, up_operator op, up_series_list *left,
                               const operand *right, up_error *err)
{
    up_estimate number = up_estimate_exact(right->number);
    up_status status = UP_OK;
    size_t joined = 0;
    for (size_t i = 0; i < left->count && status == UP_OK; i++) {
        up_series *s = &left->items[i];
        const up_series *partner =
            right->is_number ? NULL : find_entity(&right->list, s->entity);
        if (!right->is_number && partner == NULL) {
            up_remarks_add(e->remarks, UP_WARNING, NULL, 0, "%s has no partner for '%s'",
                           s->key, s->entity);
            s->count = 0;
            continue;
        }
        joined++;
        if (partner != NULL)
            status = add_like(op, s, partner, err);
        if (status == UP_OK)
            status =
                combine_points(e, op, s, partner, right->is_number ? &number : NULL, err);
    }
    if (status == UP_OK && joined == 0)
        status = up_error_set(err, UP_TOO_LITTLE_DATA, "the two sides share no entity");
    return status;
}

static up_status evaluate(const evaluation *e, const up_node *node, operand *out,
                          up_error *err)
{
    if (node->kind == UP_NODE_NUMBER) {
        *out = (operand){.is_number = true, .number = node->number};
        return UP_OK;
    }
    if (node->kind == UP_NODE_SERIES) {
        *out = (operand){0};
        return up_series_select(e->tracker, node->pattern, e->options, &out->list, err);
    }
    operand left = {0}, right = {0};
    up_status status = evaluate(e, node->left, &left, err);
    if (status == UP_OK)
        status = evaluate(e, node->right, &right, err);
    if (status == UP_OK && left.is_number && right.is_number) {
        up_estimate a = up_estimate_exact(left.number),
                    b = up_estimate_exact(right.number);
        status = up_estimate_combine(node->op, &a, &b, &a, err);
        left.number = a.value;
    } else if (status == UP_OK && left.is_number) {
        status = number_with_series(node->op, left.number, &right.list, err);
        operand swap = left;
        left = right;
        right = swap;
    } else if (status == UP_OK) {
        status = combine_lists(e, node->op, &left.list, &right, err);
    }
    operand_release(&right);
    if (status == UP_OK)
        *out = left;
    else
        operand_release(&left);
    return status;
}

/* Unit of the result: "tokens per day / people" from the two sides' units; "" for a ratio of
 * like units or where the expression is more than one operation. */
static up_status name_unit(const up_tracker *tracker, const up_node *root,
                           up_metric *metric, up_error *err)
{
    if (root->kind != UP_NODE_OPERATION || root->left->kind != UP_NODE_SERIES)
        return UP_OK;
    const up_metric_data *sides[2] = {NULL, NULL};
    const up_node *nodes[] = {root->left, root->right};
    for (int i = 0; i < 2; i++)
        for (size_t m = 0; m < tracker->metric_count && nodes[i]->kind == UP_NODE_SERIES;
             m++)
            if (up_series_pattern_matches(nodes[i]->pattern,
                                          tracker->metrics[m].metric.name))
                sides[i] = &tracker->metrics[m];
    const char *left = sides[0] != NULL ? sides[0]->metric.unit : "";
    const char *right = sides[1] != NULL ? sides[1]->metric.unit : "";
    if (root->op == UP_ADD || root->op == UP_SUBTRACT ||
        root->right->kind == UP_NODE_NUMBER)
        return up_metric_set(metric, "unit", left, err);
    if (left[0] == '\0' || right[0] == '\0' ||
        (root->op == UP_DIVIDE && strcmp(left, right) == 0))
        return UP_OK;
    up_buffer unit = {0};
    up_buffer_addf(&unit, "%s %c %s", left, (char)root->op, right);
    up_status status = up_buffer_check(&unit, err);
    if (status == UP_OK)
        status = up_metric_set(metric, "unit", up_buffer_text(&unit), err);
    up_buffer_release(&unit);
    return status;
}

static up_status make_metric(const up_tracker *tracker, const char *text,
                             const up_node *root, up_expression_metrics **out,
                             up_error *err)
{
    up_expression_metrics *m;
    up_status status = up_alloc(1, sizeof *m, &m, err);
    if (status != UP_OK)
        return status;
    status = up_metric_init(&m->data.metric, "expression", err);
    if (status == UP_OK)
        status = up_metric_set(&m->data.metric, "title", text, err);
    if (status == UP_OK)
        status = up_metric_set(&m->data.metric, "measure", "ratio", err);
    if (status == UP_OK)
        status = name_unit(tracker, root, &m->data.metric, err);
    if (status == UP_OK)
        *out = m;
    else
        up_expression_metrics_free(m);
    return status;
}

void up_expression_metrics_free(up_expression_metrics *metrics)
{
    if (metrics == NULL)
        return;
    up_metric_data_release(&metrics->data);
    free(metrics);
}

/* The series now are of the expression: its text is their key. */
static up_status rename_series(up_series *series, const char *text,
                               const up_metric_data *data, up_error *err)
{
    up_buffer key = {0};
    up_buffer_add(&key, text);
    if (series->entity[0] != '\0')
        up_buffer_addf(&key, " (%s)", series->entity);
    up_status status = up_buffer_check(&key, err);
    if (status == UP_OK)
        status = up_replace_text(&series->key, up_buffer_text(&key), err);
    up_buffer_release(&key);
    series->data = data;
    return status;
}

up_status up_expression_evaluate(const up_tracker *tracker, const char *text,
                                 const up_series_options *options, up_align align,
                                 up_series_list *list, up_expression_metrics **metrics,
                                 up_remarks *remarks, up_error *err)
{
    up_node *root = NULL;
    operand result = {0};
    up_expression_metrics *made = NULL;
    up_error why = {0}; /* of the last point that had no partner */
    evaluation e = {
        .tracker = tracker, .options = options, .align = align, .remarks = remarks};
    up_status status = up_expression_parse(text, &root, err);
    if (status == UP_OK)
        status = make_metric(tracker, text, root, &made, err);
    if (status == UP_OK) {
        status = evaluate(&e, root, &result, &why);
        if (status != UP_OK && err != NULL)
            *err = why;
    }
    if (status == UP_OK && result.is_number)
        status = up_error_set(err, UP_USAGE, "'%s' names no series", text);
    size_t points = 0;
    for (size_t i = 0; i < result.list.count && status == UP_OK; i++) {
        points += result.list.items[i].count;
        status = rename_series(&result.list.items[i], text, &made->data, err);
    }
    if (status == UP_OK && points == 0)
        status =
            up_error_set(err, UP_TOO_LITTLE_DATA, "%s",
                         why.message[0] != '\0' ? why.message : "no figures to combine");
    if (status == UP_OK)
        status = up_grow(&list->items, &list->capacity, list->count + result.list.count,
                         sizeof *list->items, err);
    if (status == UP_OK) {
        memcpy(list->items + list->count, result.list.items,
               result.list.count * sizeof *list->items);
        list->count += result.list.count;
        free(result.list.items);
        result.list = (up_series_list){0};
        *metrics = made;
        made = NULL;
    }
    operand_release(&result);
    up_expression_metrics_free(made);
    up_node_free(root);
    return status;
}
