#include "uptick/expression.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/align.h"
#include "analysis/expression_parse.h"
#include "base/memory.h"
#include "series/pattern.h"

/* The metric that the result is of; the series of the result point to it. */
struct up_expression_metrics {
    up_metric_data data;
};

/* Whether some figures carry the key or match the glob. */
static bool names_figures(const up_tracker *tracker, const char *text)
{
    up_series_options options = {.as_of = UP_AS_OF_LATEST, .with_forecasts = true};
    up_series_list list = {0};
    bool found = up_series_select(tracker, text, &options, &list, NULL) == UP_OK;
    up_series_list_release(&list);
    return found;
}

bool up_expression_is_one(const up_tracker *tracker, const char *text)
{
    return strpbrk(text, " \t\"") != NULL && !names_figures(tracker, text) &&
           strpbrk(text, "+-*/\"") != NULL;
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

/* A number, or the series a pattern names, with the unit of its figures. */
typedef struct operand {
    bool is_number;
    bool names_entity;   /* the user said whose: it may serve another entity's figures */
    bool mixes_entities; /* figures of two are in it: it is of neither */
    double number;
    up_series_list list;   /* owned */
    char *unit;            /* owned; "" for a pure number */
    const up_metric *kind; /* whose measure the figures keep; NULL: a ratio */
} operand;

/* A series that stands in the expression, and whether its figures are all exact. */
typedef struct leaf {
    char *key; /* owned */
    bool exact;
} leaf;

typedef struct evaluation {
    const up_tracker *tracker;
    const up_series_options *options;
    up_align align;
    up_remarks *remarks;
    leaf *leaves; /* owned */
    size_t leaf_count, leaf_capacity;
    up_error why; /* the first figure that could not be combined */
} evaluation;

static void operand_release(operand *o)
{
    up_series_list_release(&o->list);
    free(o->unit);
    *o = (operand){0};
}

/* ---- leaves ---- */

static bool is_exact(const up_series *series)
{
    for (size_t i = 0; i < series->count; i++)
        if (up_estimate_kind(&series->points[i].figure) != UP_BOUND_EXACT)
            return false;
    return true;
}

/* A series whose figures have bounds may stand in an expression once: twice it would still be
 * one variable, which interval arithmetic takes for two. */
static up_status enter_leaf(evaluation *e, const up_series *series, up_error *err)
{
    bool exact = is_exact(series);
    for (size_t i = 0; i < e->leaf_count; i++)
        if (strcmp(e->leaves[i].key, series->key) == 0 && !(exact && e->leaves[i].exact))
            return up_error_set(err, UP_USAGE,
                                "%s appears twice, and its figures are not exact: as one "
                                "variable its bounds cannot be combined with themselves",
                                series->key);
    up_status status =
        up_grow(&e->leaves, &e->leaf_capacity, e->leaf_count + 1, sizeof *e->leaves, err);
    if (status == UP_OK)
        status = up_copy_text(series->key, &e->leaves[e->leaf_count].key, err);
    if (status == UP_OK)
        e->leaves[e->leaf_count++].exact = exact;
    return status;
}

/* The series a pattern names; all of one unit. */
static up_status evaluate_series(evaluation *e, const char *pattern, operand *out,
                                 up_error *err)
{
    const char *slash = strchr(pattern, '/');
    operand o = {.names_entity = slash != NULL && up_glob_is_literal(slash + 1)};
    up_status status = up_series_select(e->tracker, pattern, e->options, &o.list, err);
    for (size_t i = 0; i < o.list.count && status == UP_OK; i++) {
        status = enter_leaf(e, &o.list.items[i], err);
        if (status == UP_OK && strcmp(o.list.items[i].data->metric.unit,
                                      o.list.items[0].data->metric.unit) != 0)
            status =
                up_error_set(err, UP_USAGE, "'%s' names series of unlike units", pattern);
    }
    if (status == UP_OK) {
        o.kind = &o.list.items[0].data->metric;
        status = up_copy_text(o.kind->unit, &o.unit, err);
    }
    if (status == UP_OK)
        *out = o;
    else
        operand_release(&o);
    return status;
}

/* ---- figures ---- */

/* The series of the same entity; one without an entity, or one whose entity the user named
 * ('revenue/A / revenue/B'), serves any other. */
static const up_series *find_partner(const operand *side, const char *entity)
{
    const up_series_list *list = &side->list;
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i].entity, entity) == 0)
            return &list->items[i];
    if (list->count == 1 &&
        (side->names_entity || list->items[0].entity[0] == '\0' || entity[0] == '\0'))
        return &list->items[0];
    return NULL;
}

static void remark_alignment(const evaluation *e, const up_series *series,
                             const up_aligned *found, const up_period *period,
                             up_series *result)
{
    if (up_period_compare(&found->used->observation->period, period) == 0)
        return;
    result->aligned = found->also != NULL ? "some figures interpolated at constant growth"
                                          : "some figures carried forward";
    up_buffer text = {0};
    up_buffer_addf(&text, "%s of ", series->key);
    up_period_label(&found->used->observation->period, &text);
    if (found->also != NULL) {
        up_buffer_add(&text, " and ");
        up_period_label(&found->also->observation->period, &text);
    }
    up_buffer_add(&text, found->also != NULL ? " interpolated at constant growth to "
                                             : " carried forward to ");
    up_period_label(period, &text);
    up_remarks_add(e->remarks, UP_NOTE, NULL, 0, "%s", up_buffer_text(&text));
    up_buffer_release(&text);
}

/* Remembers where a figure came from that went into one of the result. */
static up_status remember_source(up_series *result, const up_point *used, up_error *err)
{
    const char *source = used != NULL ? used->observation->source : "";
    for (size_t i = 0; i < result->other_count; i++)
        if (strcmp(result->other_sources[i], source) == 0)
            return UP_OK;
    if (source[0] == '\0')
        return UP_OK;
    up_status status =
        up_grow(&result->other_sources, &result->other_capacity, result->other_count + 1,
                sizeof *result->other_sources, err);
    if (status == UP_OK)
        status = up_copy_text(source, &result->other_sources[result->other_count], err);
    if (status == UP_OK)
        result->other_count++;
    return status;
}

/* Whether a break lies after the point used last and up to the one used now. */
static bool passes_break(const up_series *series, const up_point *last,
                         const up_point *now)
{
    for (const up_point *p = last != NULL ? last + 1 : now; p <= now; p++)
        if (p >= series->points && p->after_break)
            return true;
    return false;
}

/* A point that has no partner goes: the first reason is kept, the number of them remarked. */
static up_status drop(evaluation *e, const up_error *why, size_t *dropped)
{
    if (why->code == UP_SYSTEM)
        return UP_SYSTEM;
    if (e->why.code == UP_OK)
        e->why = *why;
    ++*dropped;
    return UP_OK;
}

static void remark_dropped(const evaluation *e, const up_series *series, size_t dropped)
{
    if (dropped > 0 && series->count > 0)
        up_remarks_add(e->remarks, UP_NOTE, NULL, 0, "%zu of %zu figures left out: %s",
                       dropped, dropped + series->count, e->why.message);
}

/* Replaces each figure of left by (figure op its partner), in place. */
static up_status combine_series(evaluation *e, up_operator op, up_series *left,
                                const up_series *right, bool flows, up_error *err)
{
    up_aligner aligner;
    const up_point *last = NULL;
    size_t kept = 0, dropped = 0;
    bool broken = false; /* a figure that was dropped stood after a break */
    up_status status = up_aligner_init(&aligner, right, e->align, flows, err);
    if (left->aligned == NULL)
        left->aligned = right->aligned;
    for (size_t i = 0; i < left->count && status == UP_OK; i++) {
        up_point p = left->points[i];
        up_aligned found;
        up_error why = {0};
        up_status combined = up_align_figure(&aligner, &p, &found, &why);
        if (combined == UP_OK)
            combined = up_estimate_combine(op, &p.figure, &found.figure, &p.figure, &why);
        if (combined != UP_OK) {
            broken = broken || p.after_break;
            status = drop(e, &why, &dropped);
            continue;
        }
        remark_alignment(e, right, &found, &p.observation->period, left);
        status = remember_source(left, found.used, err);
        if (status == UP_OK)
            status = remember_source(left, found.also, err);
        p.after_break = p.after_break || broken || passes_break(right, last, found.used);
        broken = false;
        last = found.used;
        left->points[kept++] = p;
    }
    if (status == UP_OK) {
        left->count = kept;
        remark_dropped(e, left, dropped);
    }
    up_aligner_release(&aligner);
    return status;
}

/* figure op number, or with `swapped` number op figure, in place. */
static up_status combine_number(evaluation *e, up_operator op, up_series *series,
                                double number, bool swapped)
{
    up_estimate constant = up_estimate_exact(number);
    size_t kept = 0, dropped = 0;
    bool broken = false;
    up_status status = UP_OK;
    for (size_t i = 0; i < series->count && status == UP_OK; i++) {
        up_point p = series->points[i];
        up_error why = {0};
        if (up_estimate_combine(op, swapped ? &constant : &p.figure,
                                swapped ? &p.figure : &constant, &p.figure,
                                &why) != UP_OK) {
            broken = broken || p.after_break;
            status = drop(e, &why, &dropped);
            continue;
        }
        p.after_break = p.after_break || broken;
        broken = false;
        series->points[kept++] = p;
    }
    series->count = kept;
    remark_dropped(e, series, dropped);
    return status;
}

/* ---- operations ---- */

static bool sums(up_operator op)
{
    return op == UP_ADD || op == UP_SUBTRACT;
}

/* "tokens per day / people"; "" for a ratio of like units. */
static up_status combine_units(up_operator op, const operand *left, const operand *right,
                               char **unit, up_error *err)
{
    const char *a = left->unit, *b = right->unit;
    if (sums(op) && !left->is_number && !right->is_number && strcmp(a, b) != 0)
        return up_error_set(err, UP_USAGE, "unlike units cannot be added: %s and %s",
                            a[0] ? a : "a pure number", b[0] ? b : "a pure number");
    up_buffer text = {0};
    if (sums(op) || b[0] == '\0')
        up_buffer_add(&text, a[0] != '\0' ? a : sums(op) ? b : "");
    else if (op == UP_DIVIDE && strcmp(a, b) != 0)
        up_buffer_addf(&text, "%s / %s", a[0] != '\0' ? a : "1", b);
    else if (op == UP_MULTIPLY)
        up_buffer_addf(&text, "%s%s%s", a, a[0] != '\0' ? " * " : "", b);
    up_status status = up_buffer_check(&text, err);
    if (status == UP_OK)
        status = up_replace_text(unit, up_buffer_text(&text), err);
    up_buffer_release(&text);
    return status;
}

/* A sum, or a multiple, is of the kind of what it is made of; a quotient is a ratio. */
static const up_metric *combine_kinds(up_operator op, const operand *left,
                                      const operand *right)
{
    if (right->is_number || sums(op))
        return left->is_number ? right->kind : left->kind;
    return left->is_number && op == UP_MULTIPLY ? right->kind : NULL;
}

/* A / B of two entities is of neither: the expression itself names both. */
static up_status join_entities(operand *left, const operand *right,
                               const up_series *partner, up_error *err)
{
    up_series *s = &left->list.items[0];
    bool unlike = s->entity[0] != '\0' && partner->entity[0] != '\0' &&
                  strcmp(s->entity, partner->entity) != 0;
    left->mixes_entities = left->mixes_entities || right->mixes_entities || unlike;
    if (left->mixes_entities)
        return up_replace_text(&s->entity, "", err);
    return s->entity[0] == '\0' ? up_replace_text(&s->entity, partner->entity, err)
                                : UP_OK;
}

static bool is_flow(const operand *o)
{
    return o->kind != NULL && o->kind->measure == UP_FLOW;
}

static up_status no_entity_shared(const operand *left, const operand *right,
                                  up_error *err)
{
    bool against_several = left->list.count == 1 &&
                           left->list.items[0].entity[0] == '\0' && right->list.count > 1;
    return up_error_set(
        err, UP_TOO_LITTLE_DATA,
        against_several ? "one series without an entity stands against several: put it "
                          "on the right, or name one of them"
                        : "the two sides share no entity (name it, as in x/China, to "
                          "use one for another)");
}

static up_status combine_lists(evaluation *e, up_operator op, operand *left,
                               const operand *right, up_error *err)
{
    up_status status = UP_OK;
    size_t joined = 0;
    bool flows = is_flow(left) && is_flow(right);
    for (size_t i = 0; i < left->list.count && status == UP_OK; i++) {
        up_series *s = &left->list.items[i];
        const up_series *partner = find_partner(right, s->entity);
        if (partner == NULL) {
            if (s->entity[0] != '\0')
                up_remarks_add(e->remarks, UP_WARNING, NULL, 0,
                               "%s has no partner for '%s'", s->key, s->entity);
            s->count = 0;
            continue;
        }
        joined++;
        status = combine_series(e, op, s, partner, flows, err);
        if (status == UP_OK && left->list.count == 1)
            status = join_entities(left, right, partner, err);
    }
    return status == UP_OK && joined == 0 ? no_entity_shared(left, right, err) : status;
}

static up_status combine_numbers(up_operator op, operand *left, const operand *right,
                                 up_error *err)
{
    up_estimate a = up_estimate_exact(left->number), b = up_estimate_exact(right->number);
    up_status status = up_estimate_combine(op, &a, &b, &a, err);
    if (status == UP_OK)
        left->number = a.value;
    return status;
}

/* left op right, into left. */
static up_status apply(evaluation *e, up_operator op, operand *left, operand *right,
                       up_error *err)
{
    const up_metric *kind = combine_kinds(op, left, right);
    up_status status = combine_units(op, left, right, &left->unit, err);
    if (status != UP_OK)
        return status;
    if (left->is_number && right->is_number)
        return combine_numbers(op, left, right, err);
    if (left->is_number || right->is_number) {
        bool swapped = left->is_number;
        double number = swapped ? left->number : right->number;
        if (swapped) {
            left->list = right->list;
            right->list = (up_series_list){0};
            left->is_number = false;
        }
        for (size_t i = 0; i < left->list.count && status == UP_OK; i++)
            status = combine_number(e, op, &left->list.items[i], number, swapped);
    } else
        status = combine_lists(e, op, left, right, err);
    left->kind = kind;
    left->names_entity = left->names_entity && right->names_entity;
    return status;
}

static up_status evaluate(evaluation *e, const up_node *node, operand *out, up_error *err)
{
    if (node->kind == UP_NODE_NUMBER) {
        *out = (operand){.is_number = true, .number = node->number, .names_entity = true};
        return up_copy_text("", &out->unit, err);
    }
    if (node->kind == UP_NODE_SERIES)
        return evaluate_series(e, node->pattern, out, err);
    operand left = {0}, right = {0};
    up_status status = evaluate(e, node->left, &left, err);
    if (status == UP_OK)
        status = evaluate(e, node->right, &right, err);
    if (status == UP_OK)
        status = apply(e, node->op, &left, &right, err);
    operand_release(&right);
    if (status == UP_OK)
        *out = left;
    else
        operand_release(&left);
    return status;
}

/* ---- the result ---- */

static up_status fill_metric(const char *text, const operand *result, up_metric *metric,
                             up_error *err)
{
    static const char *const kept[] = {"short_unit", "measure", "anchor", "display"};
    up_status status = up_metric_set(metric, "title", text, err);
    if (status == UP_OK)
        status = up_metric_set(metric, "measure", "ratio", err);
    if (status == UP_OK)
        status = up_metric_set(metric, "unit", result->unit, err);
    for (size_t i = 0; result->kind != NULL && i < sizeof kept / sizeof kept[0]; i++)
        if (status == UP_OK)
            status =
                up_metric_set(metric, kept[i], up_metric_get(result->kind, kept[i]), err);
    return status;
}

static up_status make_metric(const char *text, const operand *result,
                             up_expression_metrics **out, up_error *err)
{
    up_expression_metrics *m;
    up_status status = up_alloc(1, sizeof *m, &m, err);
    if (status != UP_OK)
        return status;
    status = up_metric_init(&m->data.metric, "expression", err);
    if (status == UP_OK)
        status = fill_metric(text, result, &m->data.metric, err);
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

/* Hands the series of the result over to list. */
static up_status move_series(const char *text, operand *result,
                             const up_expression_metrics *metrics, up_series_list *list,
                             up_error *err)
{
    up_status status =
        up_grow(&list->items, &list->capacity, list->count + result->list.count,
                sizeof *list->items, err);
    for (size_t i = 0; i < result->list.count && status == UP_OK; i++)
        status = rename_series(&result->list.items[i], text, &metrics->data, err);
    if (status != UP_OK)
        return status;
    size_t kept = 0; /* what has no figures stays behind */
    for (size_t i = 0; i < result->list.count; i++) {
        if (result->list.items[i].count > 0)
            list->items[list->count++] = result->list.items[i];
        else
            result->list.items[kept++] = result->list.items[i];
    }
    result->list.count = kept;
    return UP_OK;
}

static size_t count_points(const up_series_list *list)
{
    size_t points = 0;
    for (size_t i = 0; i < list->count; i++)
        points += list->items[i].count;
    return points;
}

static void evaluation_release(evaluation *e)
{
    for (size_t i = 0; i < e->leaf_count; i++)
        free(e->leaves[i].key);
    free(e->leaves);
}

up_status up_expression_evaluate(const up_tracker *tracker, const char *text,
                                 const up_series_options *options, up_align align,
                                 up_series_list *list, up_expression_metrics **metrics,
                                 up_remarks *remarks, up_error *err)
{
    up_node *root = NULL;
    operand result = {0};
    up_expression_metrics *made = NULL;
    evaluation e = {
        .tracker = tracker, .options = options, .align = align, .remarks = remarks};
    up_status status = up_expression_parse(text, &root, err);
    if (status == UP_OK)
        status = evaluate(&e, root, &result, err);
    if (status == UP_OK && result.is_number)
        status = up_error_set(err, UP_USAGE, "'%s' names no series", text);
    if (status == UP_OK && count_points(&result.list) == 0)
        status =
            up_error_set(err, UP_TOO_LITTLE_DATA, "%s",
                         e.why.code != UP_OK ? e.why.message : "no figures to combine");
    if (status == UP_OK)
        status = make_metric(text, &result, &made, err);
    if (status == UP_OK)
        status = move_series(text, &result, made, list, err);
    if (status == UP_OK)
        *metrics = made;
    else
        up_expression_metrics_free(made);
    evaluation_release(&e);
    operand_release(&result);
    up_node_free(root);
    return status;
}
