#include "uptick/expression.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/expression_parts.h"
#include "analysis/rates.h"
#include "base/memory.h"
#include "series/computed.h"
#include "series/pattern.h"

/* The metric that the result is of; the series of the result point to it. */
struct up_expression_metrics {
    up_metric_data data;
};

/* Whether some figures carry the key or match the glob. */
static bool names_figures(const up_tracker *tracker, const char *text)
{
    up_series_options options = {
        .as_of = UP_AS_OF_LATEST, .with_forecasts = true, .derive = &up_formulas};
    up_series_list list = {0};
    bool found = up_series_select(tracker, text, &options, &list, NULL) == UP_OK;
    up_series_list_release(&list);
    return found;
}

bool up_expression_is_one(const up_tracker *tracker, const char *text)
{
    return strpbrk(text, " \t\"") != NULL && strpbrk(text, "+-*/@\"") != NULL &&
           !names_figures(tracker, text);
}

/* ---- what an evaluation needs ---- */

/* The patterns that an evaluation needs, each once, in the order in which they are met; those
 * behind `next` are still to be visited. Formulas add theirs, each formula once, so that
 * circles end and chains may be of any length. */
typedef struct visit {
    const up_tracker *tracker;
    char **patterns; /* owned */
    size_t count, capacity, next;
    bool *read; /* of each metric: its formula */
} visit;

static up_status visit_init(const up_tracker *tracker, visit *v, up_error *err)
{
    *v = (visit){.tracker = tracker};
    return up_alloc(tracker->metric_count, sizeof *v->read, &v->read, err);
}

static void visit_release(visit *v)
{
    for (size_t i = 0; i < v->count; i++)
        free(v->patterns[i]);
    free(v->patterns);
    free(v->read);
}

static up_status need_pattern(visit *v, const char *pattern, up_error *err)
{
    for (size_t i = 0; i < v->count; i++)
        if (strcmp(v->patterns[i], pattern) == 0)
            return UP_OK;
    up_status status =
        up_grow(&v->patterns, &v->capacity, v->count + 1, sizeof *v->patterns, err);
    if (status == UP_OK)
        status = up_copy_text(pattern, &v->patterns[v->count], err);
    if (status == UP_OK)
        v->count++;
    return status;
}

static up_status need_rates(visit *v, up_error *err)
{
    up_status status = UP_OK;
    for (size_t i = 0; i < v->tracker->metric_count && status == UP_OK; i++)
        if (up_rates_is_unit(v->tracker->metrics[i].metric.unit))
            status = need_pattern(v, v->tracker->metrics[i].metric.name, err);
    return status;
}

static up_status need_node(visit *v, const up_node *node, bool *converts, up_error *err)
{
    if (node == NULL || node->kind == UP_NODE_NUMBER)
        return UP_OK;
    if (node->kind == UP_NODE_SERIES)
        return need_pattern(v, node->pattern, err);
    *converts = *converts || node->kind == UP_NODE_CURRENCY;
    up_status status = need_node(v, node->left, converts, err);
    return status == UP_OK ? need_node(v, node->right, converts, err) : status;
}

static up_status need_text(visit *v, const up_node *root, bool converts, up_error *err)
{
    up_status status = need_node(v, root, &converts, err);
    return status == UP_OK && converts ? need_rates(v, err) : status;
}

/* A formula that does not parse is told when it is worked out. */
static up_status need_formula(visit *v, const char *formula, up_error *err)
{
    up_node *root = NULL;
    up_error why = {0};
    up_status status = up_expression_parse(formula, &root, &why);
    if (status == UP_OK)
        status = need_text(v, root, false, &why);
    up_node_free(root);
    return status == UP_OK || status == UP_USAGE
               ? UP_OK
               : up_error_set(err, status, "%s", why.message);
}

static up_status need_formulas_of(visit *v, const char *pattern, up_error *err)
{
    up_status status = UP_OK;
    for (size_t i = 0; i < v->tracker->metric_count && status == UP_OK; i++) {
        const up_metric *metric = &v->tracker->metrics[i].metric;
        if (v->read[i] || metric->formula[0] == '\0' ||
            !up_series_pattern_matches(pattern, metric->name))
            continue;
        v->read[i] = true;
        status = need_formula(v, metric->formula, err);
    }
    return status;
}

/* Visits what is needed until nothing more is; releases v. */
static up_status visit_all(visit *v, up_status status, up_pattern_visitor visitor,
                           void *context, up_error *err)
{
    while (status == UP_OK && v->next < v->count) {
        const char *pattern = v->patterns[v->next++];
        status = visitor(pattern, context, err);
        if (status == UP_OK)
            status = need_formulas_of(v, pattern, err);
    }
    visit_release(v);
    return status;
}

up_status up_expression_visit(const up_tracker *tracker, const char *text, bool converts,
                              up_pattern_visitor visitor, void *context, up_error *err)
{
    visit v;
    up_node *root = NULL;
    up_status status = visit_init(tracker, &v, err);
    if (status == UP_OK)
        status = up_expression_parse(text, &root, err);
    if (status == UP_OK)
        status = need_text(&v, root, converts, err);
    up_node_free(root);
    return visit_all(&v, status, visitor, context, err);
}

up_status up_selector_visit(const up_tracker *tracker, const char *pattern, bool converts,
                            up_pattern_visitor visitor, void *context, up_error *err)
{
    visit v;
    up_status status = visit_init(tracker, &v, err);
    if (status == UP_OK)
        status = need_pattern(&v, pattern, err);
    if (status == UP_OK && converts)
        status = need_rates(&v, err);
    return visit_all(&v, status, visitor, context, err);
}

/* ---- the result ---- */

/* Its unit and measure, and the display of what it keeps the unit of. Figures stay where the
 * leftmost series has them in their periods. */
static up_status fill_metric(const up_evaluation *e, const char *title, up_metric *metric,
                             up_error *err)
{
    static const char *const anchors[] = {[UP_ANCHOR_END] = "end",
                                          [UP_ANCHOR_MIDDLE] = "middle",
                                          [UP_ANCHOR_START] = "start"};
    const up_metric *first = &e->slots[0].list.items[0].data->metric;
    bool same_unit = e->like != NULL && strcmp(e->like->unit, e->unit) == 0;
    up_status status = up_metric_set(metric, "title", title, err);
    if (status == UP_OK)
        status = up_metric_set(metric, "measure", up_measure_name(e->measure), err);
    if (status == UP_OK)
        status = up_metric_set(metric, "unit", e->unit, err);
    if (status == UP_OK)
        status = up_metric_set(metric, "anchor", anchors[up_metric_anchor(first)], err);
    if (status == UP_OK && same_unit)
        status = up_metric_set(metric, "short_unit", e->like->short_unit, err);
    if (status == UP_OK && same_unit)
        status = up_metric_set(metric, "display", e->like->display, err);
    return status;
}

static up_status make_metric(const up_evaluation *e, const char *title,
                             up_expression_metrics **out, up_error *err)
{
    up_expression_metrics *m;
    up_status status = up_alloc(1, sizeof *m, &m, err);
    if (status != UP_OK)
        return status;
    status = up_metric_init(&m->data.metric, "expression", err);
    if (status == UP_OK)
        status = up_copy_text("series/datapackage.json", &m->data.path, err);
    if (status == UP_OK)
        status = fill_metric(e, title, &m->data.metric, err);
    m->data.loaded = true;
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

static up_status parse(const char *text, const up_expression_options *how, up_node **root,
                       up_error *err)
{
    up_node *node = NULL, *whole = NULL;
    up_status status = UP_OK;
    if (how->is_selector) {
        status = up_node_new(UP_NODE_SERIES, &node, err);
        if (status == UP_OK)
            status = up_copy_text(text, &node->pattern, err);
    } else
        status = up_expression_parse(text, &node, err);
    if (status == UP_OK && how->currency != NULL)
        status = up_currency_check(how->currency, err);
    if (status == UP_OK && how->currency != NULL) {
        status = up_node_new(UP_NODE_CURRENCY, &whole, err);
        if (status == UP_OK)
            status = up_copy_text(how->currency, &whole->pattern, err);
        if (status == UP_OK) {
            whole->left = node;
            node = whole;
            whole = NULL;
        }
        up_node_free(whole);
    }
    if (status == UP_OK)
        *root = node;
    else
        up_node_free(node);
    return status;
}

static size_t count_points(const up_series_list *list)
{
    size_t points = 0;
    for (size_t i = 0; i < list->count; i++)
        points += list->items[i].count;
    return points;
}

/* The series of the result into an empty list. */
static up_status evaluate(up_evaluation *e, const char *text, up_series_list *list,
                          up_error *err)
{
    up_status status = parse(text, e->how, &e->root, err);
    e->text = text;
    if (status == UP_OK)
        status = up_expression_bind(e, err);
    if (status == UP_OK)
        status = up_expression_join(e, list, err);
    if (status == UP_OK && count_points(list) == 0)
        status = e->why.code != UP_OK
                     ? up_error_set(err, e->why.code, "%s", e->why.message)
                     : up_error_set(err, UP_TOO_LITTLE_DATA, "no figures to combine");
    return status;
}

/* Hands the series that have figures over to list; those that have none go. */
static up_status append(up_series_list *from, up_series_list *list, up_error *err)
{
    up_status status = up_grow(&list->items, &list->capacity, list->count + from->count,
                               sizeof *list->items, err);
    size_t kept = 0;
    if (status != UP_OK)
        return status;
    for (size_t i = 0; i < from->count; i++) {
        if (from->items[i].count > 0)
            list->items[list->count++] = from->items[i];
        else
            from->items[kept++] = from->items[i];
    }
    from->count = kept;
    return UP_OK;
}

/* " in USD at prices of 2015" */
static void add_conversion(const up_expression_options *how, const char *before,
                           up_buffer *out)
{
    if (how->currency != NULL)
        up_buffer_addf(out, "%sin %s", before, how->currency);
    if (how->deflator == NULL)
        return;
    up_buffer_addf(out, "%sat prices of ", before);
    up_period_label(&how->base, out);
}

/* "a / b (China)"; what is only converted keeps its key: "gdp/China in USD". */
static up_status name_result(const char *text, const up_expression_options *how,
                             const up_metric_data *data, up_series *series, up_error *err)
{
    up_buffer key = {0};
    if (how->is_selector)
        up_buffer_add(&key, series->key);
    else if (how->currency != NULL || how->deflator != NULL)
        up_buffer_addf(&key, "( %s )", text);
    else
        up_buffer_add(&key, text);
    add_conversion(how, " ", &key);
    if (!how->is_selector && series->entity[0] != '\0')
        up_buffer_addf(&key, " (%s)", series->entity);
    up_status status = up_buffer_check(&key, err);
    if (status == UP_OK)
        status = up_replace_text(&series->key, up_buffer_text(&key), err);
    up_buffer_release(&key);
    series->data = data;
    return status;
}

/* "AI industry, in USD" */
static up_status title_of(const up_evaluation *e, const char *text, up_buffer *out,
                          up_error *err)
{
    const up_metric *first = &e->slots[0].list.items[0].data->metric;
    if (e->how->is_selector)
        text = first->title[0] != '\0' ? first->title : first->name;
    up_buffer_add(out, text);
    add_conversion(e->how, ", ", out);
    return up_buffer_check(out, err);
}

up_status up_expression_evaluate(const up_tracker *tracker, const char *text,
                                 const up_series_options *options,
                                 const up_expression_options *how, up_series_list *list,
                                 up_expression_metrics **metrics, up_remarks *remarks,
                                 up_error *err)
{
    up_evaluation e = {
        .tracker = tracker, .options = options, .how = how, .remarks = remarks};
    up_series_list result = {0};
    up_expression_metrics *made = NULL;
    up_buffer title = {0};
    up_status status = evaluate(&e, text, &result, err);
    if (status == UP_OK)
        status = title_of(&e, text, &title, err);
    if (status == UP_OK)
        status = make_metric(&e, up_buffer_text(&title), &made, err);
    for (size_t i = 0; i < result.count && status == UP_OK; i++)
        status = name_result(text, how, &made->data, &result.items[i], err);
    if (status == UP_OK)
        status = append(&result, list, err);
    if (status == UP_OK)
        *metrics = made;
    else
        up_expression_metrics_free(made);
    up_buffer_release(&title);
    up_series_list_release(&result);
    up_evaluation_release(&e);
    return status;
}

/* ---- metrics with a formula ---- */

/* How far formulas may rest on one another: evaluation recurses through a chain of them, and
 * goes through one that several name again for each. */
enum { FORMULAS_DEEP = 100, FORMULAS_MOST = 1000 };

static up_status tell_too_deep(const up_derivation *under_way, up_error *err)
{
    const up_derivation *first = under_way;
    while (first->outer != NULL && first->outer->metric != NULL)
        first = first->outer;
    return up_error_set(err, UP_BAD_DATA,
                        "the formula of '%s' goes too far: %d others may rest on one "
                        "another, and %d be worked out for it",
                        first->metric, (int)FORMULAS_DEEP, (int)FORMULAS_MOST);
}

static up_status tell_circle(const up_derivation *under_way, const char *metric,
                             up_error *err)
{
    const char *names[FORMULAS_DEEP + 1];
    size_t count = 0;
    up_buffer path = {0};
    up_buffer_add(&path, metric);
    for (const up_derivation *d = under_way; d != NULL && d->metric != NULL;
         d = d->outer) {
        if (count <= FORMULAS_DEEP)
            names[count++] = d->metric;
        if (strcmp(d->metric, metric) == 0)
            break;
    }
    while (count-- > 0)
        if (strcmp(names[count], metric) != 0)
            up_buffer_addf(&path, " needs %s, which", names[count]);
    up_status status =
        up_error_set(err, UP_BAD_DATA, "the formulas run in a circle: %s needs %s",
                     up_buffer_text(&path), metric);
    up_buffer_release(&path);
    return status;
}

static size_t depth_of(const up_derivation *d)
{
    size_t depth = 0;
    for (; d != NULL && d->metric != NULL; d = d->outer)
        depth++;
    return depth;
}

static bool is_under_way(const up_derivation *d, const char *metric)
{
    for (; d != NULL; d = d->outer)
        if (d->metric != NULL && strcmp(d->metric, metric) == 0)
            return true;
    return false;
}

static up_status read_how(const up_metric *metric, up_expression_options *how,
                          up_error *err)
{
    up_status status = UP_OK;
    *how = (up_expression_options){0};
    if (metric->align[0] != '\0')
        status = up_align_parse(metric->align, &how->align, err);
    if (status == UP_OK && metric->tolerance[0] != '\0')
        status = up_tolerance_parse(metric->tolerance, &how->tolerance, err);
    return status;
}

/* Series of the formula become those of the metric, which places them in time. */
static up_status adopt(const up_metric_data *data, const char *entity_glob,
                       up_series *series, up_error *err)
{
    up_buffer key = {0};
    if (entity_glob != NULL && !up_glob_matches(entity_glob, series->entity))
        series->count = 0; /* none of those asked for */
    up_buffer_add(&key, data->metric.name);
    if (series->entity[0] != '\0')
        up_buffer_addf(&key, "/%s", series->entity);
    up_status status = up_buffer_check(&key, err);
    if (status == UP_OK)
        status = up_replace_text(&series->key, up_buffer_text(&key), err);
    up_buffer_release(&key);
    series->data = data;
    up_series_place_in_time(series);
    return status;
}

static up_status select_formula(const up_tracker *tracker, const up_metric_data *data,
                                const char *entity_glob, const up_series_options *options,
                                up_series_list *list, up_error *err)
{
    const char *name = data->metric.name;
    if (is_under_way(options->derive, name))
        return tell_circle(options->derive, name, err);
    size_t own = FORMULAS_MOST;
    size_t *left = options->derive->left != NULL ? options->derive->left : &own;
    if (*left == 0 || depth_of(options->derive) > FORMULAS_DEEP)
        return tell_too_deep(options->derive, err);
    *left -= 1;
    up_derivation under_way = {select_formula, name, options->derive, left};
    up_series_options inner = *options;
    inner.derive = &under_way;
    up_expression_options how;
    up_error why = {0};
    up_evaluation e = {.tracker = tracker, .options = &inner, .how = &how};
    up_series_list result = {0};
    up_status status = read_how(&data->metric, &how, &why);
    if (status == UP_OK)
        status = evaluate(&e, data->metric.formula, &result, &why);
    for (size_t i = 0; i < result.count && status == UP_OK; i++)
        status = adopt(data, entity_glob, &result.items[i], &why);
    if (status == UP_OK)
        status = append(&result, list, &why);
    if (status == UP_BAD_DATA) /* a circle names them all */
        up_error_set(err, status, "%s", why.message);
    else if (status != UP_OK)
        up_error_set(err, status, "%s: %s", name, why.message);
    up_series_list_release(&result);
    up_evaluation_release(&e);
    return status;
}

const up_derivation up_formulas = {select_formula, NULL, NULL, NULL};

up_status up_formula_work_out(const up_tracker *tracker, const up_metric *metric,
                              up_metric *out, up_error *err)
{
    size_t left = FORMULAS_MOST;
    up_derivation under_way = {select_formula, metric->name, NULL, &left};
    up_series_options options = {
        .as_of = UP_AS_OF_LATEST, .with_forecasts = true, .derive = &under_way};
    up_expression_options how;
    up_series_list list = {0};
    up_metric found = {0};
    up_evaluation e = {.tracker = tracker, .options = &options, .how = &how};
    up_status status = read_how(metric, &how, err);
    if (status == UP_OK && how.align == UP_ALIGN_NEAREST && !how.tolerance.given)
        status = up_error_set(err, UP_USAGE, "align nearest needs a tolerance");
    if (status == UP_OK)
        status = evaluate(&e, metric->formula, &list, err);
    if (status == UP_OK)
        status = up_metric_init(&found, metric->name, err);
    if (status == UP_OK)
        status = fill_metric(&e, "", &found, err);
    if (status == UP_OK)
        *out = found;
    else
        up_metric_release(&found);
    up_series_list_release(&list);
    up_evaluation_release(&e);
    return status;
}
