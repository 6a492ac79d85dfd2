#include "uptick/plan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "report/chart_draw.h"
#include "report/plan_parts.h"
#include "uptick/calendar.h"
#include "uptick/number.h"
#include "uptick/scenario.h"

void up_chart_plan_release(up_chart_plan *plan)
{
    if (plan == NULL)
        return;
    for (size_t i = 0; i < plan->owned_count; i++)
        free(plan->owned[i]);
    free(plan->owned);
    free(plan->series);
    free(plan->events);
    free(plan->references);
    up_plan_clear(plan);
}

void up_plan_clear(up_chart_plan *plan)
{
    *plan = (up_chart_plan){.language = plan->language};
}

/* Hands an allocation over to the plan. */
static up_status own(up_chart_plan *plan, void *memory, up_error *err)
{
    up_status status = memory == NULL
                           ? up_error_memory(err)
                           : up_grow(&plan->owned, &plan->owned_capacity,
                                     plan->owned_count + 1, sizeof *plan->owned, err);
    if (status == UP_OK)
        plan->owned[plan->owned_count++] = memory;
    else
        free(memory);
    return status;
}

/* The buffer's text becomes the plan's, on one line. */
up_status up_plan_text(up_chart_plan *plan, up_buffer *text, const char **out,
                       up_error *err)
{
    bool mended = up_chart_to_one_line(text);
    char *taken = up_buffer_take(text);
    up_status status = own(plan, taken, err);
    if (status == UP_OK)
        *out = taken;
    if (status == UP_OK && mended && plan->mended == NULL)
        plan->mended = taken;
    return status;
}

up_status up_plan_array(up_chart_plan *plan, size_t count, size_t size, void *out,
                        up_error *err)
{
    void *memory;
    up_status status = up_alloc(count, size, &memory, err);
    if (status == UP_OK)
        status = own(plan, memory, err);
    if (status == UP_OK)
        memcpy(out, &memory, sizeof memory);
    return status;
}

/* ---- levels ---- */

/* A value at an end of its own range (what comes of "nearly") is no middle to draw. */
static bool is_range(const up_estimate *e)
{
    return e->has_low && e->has_high && e->low < e->high &&
           (!e->has_value || e->value <= e->low || e->value >= e->high);
}

up_mark up_plan_mark(const up_estimate *e)
{
    if (is_range(e))
        return UP_MARK_RANGE;
    switch (up_estimate_kind(e)) {
    case UP_BOUND_AT_LEAST:
        return UP_MARK_MORE_THAN;
    case UP_BOUND_AT_MOST:
        return UP_MARK_LESS_THAN;
    default:
        return e->about ? UP_MARK_ABOUT : UP_MARK_PLAIN;
    }
}

/* What stands for a figure: its value, the one bound it has, or the upper end of a range. */
double up_plan_middle(const up_estimate *e)
{
    if (e->has_value && !is_range(e))
        return e->value;
    return e->has_high ? e->high : e->low;
}

/* "nearly 200 M": its bounds are known, so it is no "about"; "at least 90 M" is no ">". Only for a figure as it was
 * reported: computed from one, nothing is "nearly" any more. */
static const char *words_of(up_language language, const up_point *p)
{
    const up_observation *o = p->observation;
    bool reported = o->has_value && p->figure.has_value &&
                    up_decimal_to_double(o->value) == p->figure.value;
    static const struct {
        bool told;
        up_say words;
    } in_words[] = {[UP_NEARLY] = {true, UP_SAY_NEARLY},
                    [UP_JUST_OVER] = {true, UP_SAY_JUST_OVER},
                    [UP_AT_LEAST] = {true, UP_SAY_AT_LEAST},
                    [UP_AT_MOST] = {true, UP_SAY_AT_MOST}};
    return reported && in_words[o->qualifier].told
               ? up_word(language, in_words[o->qualifier].words)
               : NULL;
}

/* The chart's times are the calendar's, those of a series may count months / 12. */
static up_moment calendar_moment(const up_series *s, const up_point *p)
{
    if (s->basis == UP_TIME_CALENDAR)
        return p->time;
    return up_period_moment(&p->observation->period, up_metric_anchor(&s->data->metric),
                            UP_TIME_CALENDAR);
}

double up_plan_time(const up_series *s, double time)
{
    return s->basis == UP_TIME_CALENDAR
               ? time
               : up_year_from_instant(up_time_instant(time, s->basis));
}

up_chart_point up_plan_point(const up_chart_plan *plan, const up_series *s,
                             const up_point *p)
{
    const up_estimate *e = &p->figure;
    const up_moment time = calendar_moment(s, p);
    const char *words = words_of(plan->language, p);
    up_chart_point c = {
        .time = time.value,
        .time_low = time.low,
        .time_high = time.high,
        .value = words ? e->value : up_plan_middle(e),
        .has_low = e->has_low,
        .has_high = e->has_high,
        .low = e->low,
        .high = e->high,
        .mark = words && e->has_low && e->has_high ? UP_MARK_PLAIN : up_plan_mark(e),
        .words = words,
        .hollow = p->observation->derived || p->observation->status == 'F'};
    return c;
}

/* A chart draws two nested bands: the widest level that has ends at every step, and the widest of the
 * others. Levels are ascending (up_levels_parse). */
static size_t outer_level(const up_projection *p)
{
    size_t outer = p->levels - 1;
    while (outer > 0 && p->level_beyond > 0 && p->level[outer] >= p->level_beyond)
        outer--;
    return outer;
}

static size_t inner_level(const up_projection *p)
{
    size_t outer = outer_level(p);
    return outer > 0 ? outer - 1 : 0;
}

static void set_bands(const up_projection *p, size_t step, up_chart_step *out)
{
    const up_projection_step *s = &p->steps[step];
    const up_bounds *inner = &s->range, *outer = &s->range;
    if ((!p->has_range && !p->has_intervals) || p->scenario != NULL)
        return; /* the range of a scenario would be taken for how sure it is */
    if (p->has_intervals) {
        inner = &s->bounds[inner_level(p)];
        outer = &s->bounds[outer_level(p)];
    }
    if (!isfinite(outer->low))
        return;
    out->has_band = true;
    out->lo80 = inner->low;
    out->hi80 = inner->high;
    out->lo95 = outer->low;
    out->hi95 = outer->high;
}

/* "80 and 95 % bands": the inner and the outer level that set_bands drew. */
static up_status describe_bands(const up_projection *p, up_chart_plan *plan,
                                const char **words, up_error *err)
{
    char inner[UP_NUMBER_SIZE], outer[UP_NUMBER_SIZE];
    double first = p->level[inner_level(p)], last = p->level[outer_level(p)];
    up_buffer text = {0};
    up_number_format_significant(100 * first, 2, inner);
    up_number_format_significant(100 * last, 2, outer);
    if (first < last)
        up_tell(plan->language, UP_SAY_BANDS, &text, inner, outer);
    else
        up_tell(plan->language, UP_SAY_BAND, &text, outer);
    return up_plan_text(plan, &text, words, err);
}

void up_plan_level_words(const up_chart_plan *plan, double level, int digits,
                         const up_metric *metric, up_buffer *out)
{
    if (up_metric_shows_percent(metric))
        up_human_percent_in(plan->language, level, false, out);
    else
        up_human_number_in(plan->language, level, digits, out);
}

/* "at most 1.38 B" is assumed where a projection has a ceiling, and must stand beside it. */
static up_status remark_ceiling(const up_project_job *job, up_chart_series *out,
                                up_chart_plan *plan, up_error *err)
{
    up_buffer text = {0}, level = {0};
    if (job->options == NULL || out->remark != NULL ||
        !(job->options->ceiling > 0 || job->options->capacity > 0))
        return UP_OK;
    bool fixed = job->options->capacity > 0;
    up_plan_level_words(plan, fixed ? job->options->capacity : job->options->ceiling, 3,
                        &job->series->data->metric, &level);
    up_tell(plan->language, fixed ? UP_SAY_CAPACITY : UP_SAY_CAPACITY_AT_MOST, &text,
            up_buffer_text(&level));
    text.failed |= level.failed;
    up_buffer_release(&level);
    return up_plan_text(plan, &text, &out->remark, err);
}

/* One job's steps, after the moments that `before` leaves room for. */
static up_status fill_steps(const up_project_job *job, size_t before,
                            up_chart_series *out, up_chart_plan *plan, up_error *err)
{
    const up_projection *p = &job->projection;
    up_chart_step *steps;
    up_status status = up_plan_array(plan, before + p->count, sizeof *steps, &steps, err);
    if (status != UP_OK)
        return status;
    for (size_t i = 0; i < p->count; i++) {
        steps[before + i] =
            (up_chart_step){.time = up_plan_time(job->series, p->steps[i].time),
                            .value = p->steps[i].value};
        set_bands(p, i, &steps[before + i]);
    }
    for (size_t i = 0; i < before; i++)
        steps[i] =
            (up_chart_step){.time = up_plan_time(job->series, p->start->time.value),
                            .value = p->start->figure.value};
    out->steps = steps;
    out->step_count = before + p->count;
    out->model = up_plan_model_name(p);
    out->scenario = p->scenario != NULL ? p->scenario->text : NULL;
    return UP_OK;
}

const char *up_plan_model_name(const up_projection *projection)
{
    return projection->only != NULL              ? up_model_name(projection->only)
           : projection->model == &up_model_auto ? "pooled"
                                                 : up_projection_name(projection);
}

static up_status add_projection(const up_project_job *job, up_chart_series *out,
                                up_chart_plan *plan, up_error *err)
{
    const up_projection *p = &job->projection;
    up_status status = fill_steps(job, 0, out, plan, err);
    if (status != UP_OK || p->scenario != NULL)
        return status;
    status = remark_ceiling(job, out, plan, err);
    if (status == UP_OK)
        status = up_plan_warn(p, plan, &out->remark, err);
    if (status != UP_OK)
        return status;
    if (p->has_range)
        out->bands = up_word(plan->language, UP_SAY_DATA_RANGE_BAND);
    else if (p->has_intervals)
        return describe_bands(p, plan, &out->bands, err);
    return UP_OK;
}

/* Several scenarios of one series, each a branch with its name. */
static up_status add_branches(const up_series *s, const up_project_job jobs[],
                              size_t job_count, up_chart_plan *plan, up_error *err)
{
    up_status status = UP_OK;
    size_t branch = 0;
    for (size_t j = 0; j < job_count && status == UP_OK; j++) {
        if (jobs[j].status != UP_OK || jobs[j].series != s)
            continue;
        up_chart_series *out = &plan->series[plan->chart.count++];
        *out = (up_chart_series){.label = up_projection_name(&jobs[j].projection),
                                 .branch = ++branch};
        status = fill_steps(&jobs[j], 1, out, plan, err);
    }
    return status;
}

/* The jobs of a series that are OK, and the first of them. */
static size_t count_jobs(const up_series *s, const up_project_job jobs[],
                         size_t job_count, const up_project_job **first)
{
    size_t count = 0;
    for (size_t j = job_count; j-- > 0;)
        if (jobs[j].status == UP_OK && jobs[j].series == s) {
            *first = &jobs[j];
            count++;
        }
    return count;
}

static up_status add_level_series(const up_series *s, bool same_metric,
                                  const up_project_job jobs[], size_t job_count,
                                  up_chart_plan *plan, up_error *err)
{
    up_chart_series *out = &plan->series[plan->chart.count++];
    const up_project_job *first = NULL;
    size_t projections = count_jobs(s, jobs, job_count, &first);
    up_chart_point *points;
    up_status status = up_plan_array(plan, s->count, sizeof *points, &points, err);
    if (status != UP_OK)
        return status;
    for (size_t i = 0; i < s->count; i++)
        points[i] = up_plan_point(plan, s, &s->points[i]);
    status = up_plan_mark_gaps(s, points, err);
    if (status != UP_OK)
        return status;
    out->points = points;
    out->count = s->count;
    out->remark = up_model_word(plan->language, s->aligned);
    status = up_plan_label(s, same_metric, plan, &out->label, err);
    if (status == UP_OK)
        status = up_plan_when(plan, up_plan_period(s, 0), up_plan_period(s, s->count - 1),
                              out, err);
    if (status != UP_OK || first == NULL)
        return status;
    return projections > 1 && first->scenario != NULL
               ? add_branches(s, jobs, job_count, plan, err)
               : add_projection(first, out, plan, err);
}

/* How fine a tick may be for a figure of that period. One day of May 2025, which one is not
 * known, is a matter of months; an extent is taken by its length. */
static up_granularity granularity_of(const up_period *period)
{
    const int64_t month = 28 * UP_SECONDS_PER_DAY;
    int64_t months = up_period_months(period);
    up_granularity own = period->granularity;

    if (period->shape == UP_ONE_OF)
        return period->end - period->start >= month && own < UP_MONTH ? UP_MONTH : own;
    if (period->shape == UP_EXTENT && months > 0)
        return months >= 12 ? UP_YEAR : months >= 3 ? UP_QUARTER : UP_MONTH;
    return own;
}

/* The time axis: the finest granularity of all figures, and the end (the start) of their
 * periods where all stand there. The end of a year is the end of a quarter too. */
void up_plan_periods(const up_series *const series[], size_t count, up_chart *chart)
{
    bool at_end = true, at_start = true;

    chart->granularity = UP_MILLENNIUM;
    for (size_t i = 0; i < count; i++) {
        up_anchor anchor = up_metric_anchor(&series[i]->data->metric);
        for (size_t p = 0; p < series[i]->count; p++) {
            const up_period *period = &series[i]->points[p].observation->period;
            up_granularity own = granularity_of(period);
            bool day = own <= UP_DAY; /* read at its end whatever the anchor */
            bool plain = period->shape == UP_PLAIN;
            at_end &= plain && (day || anchor == UP_ANCHOR_END);
            at_start &= plain && !day && anchor == UP_ANCHOR_START;
            if (own < chart->granularity)
                chart->granularity = own;
        }
    }
    chart->anchor = at_end     ? UP_ANCHOR_END
                    : at_start ? UP_ANCHOR_START
                               : UP_ANCHOR_MIDDLE;
}

/* The parts that every kind shares. */
up_status up_plan_start(const up_tracker *tracker, const up_series *const series[],
                        size_t count, const char *kind, up_chart_plan *plan,
                        up_error *err)
{
    up_plan_clear(plan);
    up_chart_init(&plan->chart);
    plan->chart.language = plan->language;
    plan->chart.kind = kind;
    up_status status = up_alloc(count, sizeof *plan->series, &plan->series, err);
    plan->chart.series = plan->series;
    if (status == UP_OK)
        status = up_plan_title(series, count, plan, err);
    if (status == UP_OK)
        status = up_plan_sources(tracker, series, count, plan, err);
    return status;
}

up_status up_plan_room(up_chart_plan *plan, size_t more, up_error *err)
{
    up_chart_series *series;
    up_status status = up_alloc(plan->chart.count + more, sizeof *series, &series, err);
    if (status != UP_OK)
        return status;
    memcpy(series, plan->series, plan->chart.count * sizeof *series);
    free(plan->series);
    plan->series = series;
    plan->chart.series = series;
    return UP_OK;
}

/* Everything on one axis has one unit. */
up_status up_plan_check_units(const up_series *const series[], size_t count,
                              up_error *err)
{
    for (size_t i = 1; i < count; i++) {
        const up_metric *a = &series[0]->data->metric, *b = &series[i]->data->metric;
        if (strcmp(a->unit, b->unit) != 0)
            return up_error_set(err, UP_USAGE,
                                "one axis cannot show two units: %s is in %s, %s in %s",
                                series[0]->key, a->unit[0] ? a->unit : "no unit",
                                series[i]->key, b->unit[0] ? b->unit : "no unit");
    }
    return UP_OK;
}

static up_status plan_levels(const up_tracker *tracker, const up_series *const series[],
                             size_t count, const up_project_job jobs[], size_t job_count,
                             up_chart_plan *plan, up_error *err)
{
    up_status status = up_plan_check_units(series, count, err);
    if (status == UP_OK)
        status = up_plan_start(tracker, series, count, "line", plan, err);
    if (status == UP_OK)
        status = up_plan_room(plan, count + job_count, err); /* each may be a branch */
    if (status == UP_OK)
        status =
            up_plan_subtitle(UP_SAYS, series[0]->data->metric.unit, series[0], plan, err);
    up_plan_periods(series, count, &plan->chart);
    bool same_metric = up_plan_one_metric(series, count);
    for (size_t i = 0; i < count && status == UP_OK; i++)
        status = add_level_series(series[i], same_metric, jobs, job_count, plan, err);
    if (status == UP_OK)
        status = up_plan_events(tracker, series, count, plan, err);
    if (up_metric_shows_percent(&series[0]->data->metric))
        plan->chart.axis = UP_AXIS_PERCENT;
    return status;
}

up_status up_plan_series(const up_series_list *list, const up_series ***series,
                         size_t *count, up_error *err)
{
    up_status status = up_alloc(list->count, sizeof **series, series, err);
    *count = 0;
    for (size_t i = 0; i < list->count && status == UP_OK; i++)
        if (list->items[i].count > 0)
            (*series)[(*count)++] = &list->items[i];
    if (status == UP_OK && *count == 0)
        status = up_error_set(err, UP_TOO_LITTLE_DATA, "no figure to draw");
    return status;
}

up_status up_plan_levels(const up_tracker *tracker, const up_series_list *list,
                         const up_project_job jobs[], size_t job_count,
                         up_chart_plan *plan, up_error *err)
{
    const up_series **series = NULL;
    size_t count = 0;
    up_plan_clear(plan);
    up_status status = up_plan_series(list, &series, &count, err);
    if (status == UP_OK)
        status = plan_levels(tracker, series, count, jobs, job_count, plan, err);
    free(series);
    if (status != UP_OK)
        up_chart_plan_release(plan);
    return status;
}
