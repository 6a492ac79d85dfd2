/* The plan of growth: a bar per period, of one transform. */
#include <stdlib.h>

#include "base/memory.h"
#include "report/plan_parts.h"

static up_status growth_label(const up_growth *g, up_chart_plan *plan, const char **label,
                              up_error *err)
{
    up_buffer text = {0};
    up_period_words(plan->language, &g->to_period, &text);
    return up_plan_text(plan, &text, label, err);
}

/* A bar that only one bound is known of ends there. */
static double bar_end(const up_estimate *e)
{
    if (e->has_low != e->has_high)
        return e->has_low ? e->low : e->high;
    return up_plan_middle(e);
}

static bool is_compounded(up_transform transform)
{
    return transform == UP_CAGR || transform == UP_PCA;
}

static bool is_percent(up_transform transform)
{
    return is_compounded(transform) || transform == UP_PCH || transform == UP_PC1 ||
           transform == UP_CCH || transform == UP_CCA || transform == UP_SHARE;
}

/* Written with a sign; an index, a share or a length of time has none. */
static bool is_change(up_transform transform)
{
    return transform != UP_SHARE &&
           (is_percent(transform) || transform == UP_CHG || transform == UP_CH1);
}

static bool is_rate(up_transform transform)
{
    return transform != UP_SHARE && (is_percent(transform) || transform == UP_FOLD);
}

/* A rate per year of doubling or more is read as a multiple: 9.23× a year. */
static double drawn(double value, up_transform transform, bool as_fold)
{
    return is_compounded(transform) && as_fold ? value + 1 : value;
}

static bool is_hollow(const up_growth *g, up_transform transform)
{
    const up_point *from = g->on[up_transform_table[transform].compares].from;
    return g->to->observation->derived || (from != NULL && from->observation->derived);
}

static void scale_points(up_chart_point points[], size_t count, double scale)
{
    for (size_t i = 0; i < count && scale != 1; i++) {
        points[i].value *= scale;
        points[i].low *= scale;
        points[i].high *= scale;
    }
}

static up_status add_missing(const up_growth *g, up_chart_point *out, up_chart_plan *plan,
                             up_error *err)
{
    out->time = out->time_low = out->time_high = g->to->time.value;
    return growth_label(g, plan, &out->label, err);
}

static up_status add_growth_series(const up_growth_section *section, double scale,
                                   up_transform transform, bool as_fold, bool lines,
                                   up_chart_series *out, up_chart_plan *plan,
                                   up_error *err)
{
    up_chart_point *points = NULL, *missing = NULL;
    const up_growth *first = NULL, *last = NULL;
    bool gap = false;
    up_status status = up_plan_array(plan, section->count, sizeof *points, &points, err);
    if (status == UP_OK)
        status = up_plan_array(plan, section->count, sizeof *missing, &missing, err);
    for (size_t r = 0; r < section->count && status == UP_OK; r++) {
        const up_growth *g = &section->rows[r];
        const up_growth_value *v = &g->values[transform];
        const up_estimate *e = &v->estimate;
        if (v->outside || g->to == NULL)
            continue;
        if (v->refused !=
            NULL) { /* of the first figures by nature, of others it is a gap */
            gap = first != NULL;
            if (!lines && v->refused != up_growth_no_previous &&
                v->refused != up_growth_no_year)
                status = add_missing(g, &missing[out->missing_count++], plan, err);
            continue;
        }
        first = first == NULL ? g : first;
        last = g;
        up_chart_point *p = &points[out->count++];
        *p = (up_chart_point){.time = g->to->time.value,
                              .time_low = g->to->time.value,
                              .time_high = g->to->time.value,
                              .value = drawn(bar_end(e), transform, as_fold),
                              .has_low = e->has_low,
                              .has_high = e->has_high,
                              .low = drawn(e->low, transform, as_fold),
                              .high = drawn(e->high, transform, as_fold),
                              .mark = up_plan_mark(e),
                              .gap_before = gap,
                              .hollow = is_hollow(g, transform)};
        gap = false;
        if (lines)
            p->time = p->time_low = p->time_high =
                up_plan_point(plan, section->series, g->to).time;
        else
            status = growth_label(g, plan, &p->label, err);
    }
    scale_points(points, out->count, scale);
    out->points = points;
    out->missing = missing;
    return status == UP_OK && first != NULL
               ? up_plan_when(plan, &first->to_period, &last->to_period, out, err)
               : status;
}

/* Whether rates are better read as multiples: any of them doubles within a year. */
static bool reads_as_fold(const up_growth_section sections[], size_t count,
                          up_transform transform)
{
    for (size_t i = 0; i < count && is_compounded(transform); i++)
        for (size_t r = 0; r < sections[i].count; r++) {
            const up_growth_value *v = &sections[i].rows[r].values[transform];
            if (v->refused == NULL && v->estimate.has_value && v->estimate.value >= 1)
                return true;
        }
    return transform == UP_FOLD;
}

/* "Index, 2019 = 100" where all series have one base: a figure, or the mean of those within. */
static up_status name_base(const up_growth_section sections[], size_t count,
                           up_chart_plan *plan, up_error *err)
{
    const up_period *base = NULL;
    bool same = true;
    up_buffer text = {0}, name = {0};
    for (size_t i = 0; i < count; i++)
        for (size_t r = 0; r < sections[i].count; r++) {
            const up_growth_base *on = &sections[i].rows[r].on[UP_ON_BASE];
            if (!on->has)
                return UP_OK;
            const up_period *own = &on->period;
            base = base == NULL ? own : base;
            same &= own->start == base->start && own->end == base->end;
        }
    if (base == NULL)
        return UP_OK;
    if (same)
        up_period_words(plan->language, base, &name);
    else
        up_buffer_add(&name, up_word(plan->language, UP_SAY_FIRST_FIGURE));
    up_tell(plan->language, UP_SAY_INDEX_BASE, &text, up_buffer_text(&name));
    text.failed |= name.failed;
    up_buffer_release(&name);
    return up_plan_text(plan, &text, &plan->chart.subtitle, err);
}

static bool is_in_percent(const up_metric *m)
{
    return up_metric_shows_percent(m) || up_metric_is_in_percent(m);
}

up_transform up_plan_usual_growth(const up_series_list *list)
{
    bool percents = list->count > 0;
    for (size_t i = 0; i < list->count; i++)
        percents &= is_in_percent(&list->items[i].data->metric);
    return percents ? UP_CHG : UP_CAGR;
}

/* Changes of percents are points: of shares kept as fractions a hundred for each 1. */
static double points_per_unit(const up_metric *m)
{
    return up_metric_shows_percent(m) ? 100 : 1;
}

static up_status plan_growth(const up_tracker *tracker,
                             const up_growth_section sections[],
                             const up_series *const series[], size_t count,
                             up_transform transform, bool lines, up_chart_plan *plan,
                             up_error *err)
{
    static const up_say what[UP_TRANSFORMS] = {[UP_LIN] = UP_SAYS,
                                               [UP_LOG] = UP_SAY_LOGARITHM,
                                               [UP_CHG] = UP_SAY_CHANGE,
                                               [UP_CH1] = UP_SAY_CHANGE_ON_YEAR,
                                               [UP_FOLD] = UP_SAY_MULTIPLE,
                                               [UP_PCH] = UP_SAY_GROWTH,
                                               [UP_PC1] = UP_SAY_GROWTH_ON_YEAR,
                                               [UP_PCA] = UP_SAY_GROWTH_PER_YEAR,
                                               [UP_CCH] = UP_SAY_CONTINUOUS,
                                               [UP_CCA] = UP_SAY_CONTINUOUS_PER_YEAR,
                                               [UP_CAGR] = UP_SAY_GROWTH_PER_YEAR,
                                               [UP_DOUBLING] = UP_SAY_DOUBLING,
                                               [UP_INDEXED] = UP_SAY_INDEX,
                                               [UP_SHARE] = UP_SAY_SHARE};
    bool in_unit = transform == UP_CHG || transform == UP_CH1;
    bool as_fold = reads_as_fold(sections, count, transform);
    const up_metric *metric = &series[0]->data->metric;
    const char *unit =
        is_in_percent(metric) ? up_word(plan->language, UP_SAY_POINTS) : metric->unit;
    /* a growth of 5 times would be one to six times as much */
    up_say says =
        as_fold && is_compounded(transform) ? UP_SAY_MULTIPLE_PER_YEAR : what[transform];
    up_status status = in_unit ? up_plan_check_units(series, count, err) : UP_OK;
    if (status != UP_OK)
        return status;
    status = up_plan_start(tracker, series, count, lines ? "line" : "columns", plan, err);
    up_plan_periods(series, count, &plan->chart);
    if (status == UP_OK)
        status = up_plan_subtitle(says, in_unit ? unit : "", series[0], plan, err);
    if (status == UP_OK && transform == UP_INDEXED)
        status = name_base(sections, count, plan, err);
    bool same_metric = up_plan_one_metric(series, count);
    for (size_t i = 0; i < count && status == UP_OK; i++) {
        up_chart_series *out = &plan->series[plan->chart.count++];
        out->remark = up_model_word(plan->language, series[i]->aligned);
        status = up_plan_label(series[i], same_metric, plan, &out->label, err);
        if (status == UP_OK)
            status =
                add_growth_series(&sections[i], in_unit ? points_per_unit(metric) : 1,
                                  transform, as_fold, lines, out, plan, err);
    }
    if (status == UP_OK)
        status = up_plan_events(tracker, series, count, plan, err);
    plan->chart.rates = is_rate(transform);
    plan->chart.changes = !as_fold && is_change(transform);
    if (as_fold)
        plan->chart.axis = UP_AXIS_FOLD;
    else if (is_percent(transform))
        plan->chart.axis = UP_AXIS_PERCENT;
    return status;
}

up_status up_plan_growth(const up_tracker *tracker, const up_growth_section sections[],
                         size_t count, up_transform transform, bool lines,
                         up_chart_plan *plan, up_error *err)
{
    const up_series **series;
    up_plan_clear(plan);
    up_status status = up_alloc(count, sizeof *series, &series, err);
    if (status != UP_OK)
        return status;
    for (size_t i = 0; i < count; i++)
        series[i] = sections[i].series;
    status = plan_growth(tracker, sections, series, count, transform, lines, plan, err);
    free(series);
    if (status != UP_OK)
        up_chart_plan_release(plan);
    return status;
}
