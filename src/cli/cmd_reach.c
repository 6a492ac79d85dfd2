#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "cli/command.h"
#include "cli/projections.h"
#include "uptick/quantity.h"

enum { LEAST_HORIZON = 10 }; /* years */

/* The level as people write it, in the metric's unit. */
static up_status read_target(const up_metric *metric, const char *text, double *target,
                             up_error *err)
{
    up_quantity q;
    up_quantity_options options = {.unit_is_percent = up_metric_is_in_percent(metric)};
    up_status status = up_quantity_parse(text, &options, &q, err);
    if (status != UP_OK)
        return status;
    if (!q.has_value || q.qualifier != UP_EXACTLY || q.fold)
        return up_error_set(err, UP_USAGE, "'%s' is no single level to reach", text);
    if (!up_unit_matches(q.unit, metric->unit))
        return up_error_set(err, UP_USAGE, "'%s' is in %s, and %s in %s", text, q.unit,
                            metric->name, metric->unit);
    *target = up_decimal_to_double(q.value);
    return UP_OK;
}

/* The end of a period, on the series' basis. */
static up_status read_moment(const up_arguments *args, const up_series *series,
                             const char *text, double *moment, up_error *err)
{
    up_period period;
    up_status status = up_cli_period(args, &series->data->metric, text, &period, err);
    if (status == UP_OK && !up_period_is_bounded(&period))
        status = up_error_set(err, UP_USAGE, "'%s' has no end", text);
    if (status != UP_OK)
        return status;
    up_time_basis basis =
        up_period_months(&period) > 0 ? series->basis : UP_TIME_CALENDAR;
    *moment = up_period_moment(&period, UP_ANCHOR_END, basis).high;
    return UP_OK;
}

/* As far again as the figures go back, ten years at least, to the end of a year. */
static double usual_horizon(const up_series *series)
{
    double first = series->points[0].time.value,
           last = series->points[series->count - 1].time.high;
    return ceil(last + fmax(LEAST_HORIZON, last - first));
}

static up_status read_question(const up_arguments *args, const up_series *series,
                               up_reach_question *question, up_error *err)
{
    const char *by = up_args_option(args, "by"),
               *horizon = up_args_option(args, "horizon");
    const char *target = up_args_operand(args, up_args_count(args) - 1);
    *question = (up_reach_question){.horizon = usual_horizon(series),
                                    .again = up_args_flag(args, "again"),
                                    .has_by = by != NULL};
    up_status status = read_target(&series->data->metric, target, &question->target, err);
    if (status == UP_OK && by != NULL)
        status = read_moment(args, series, by, &question->by, err);
    if (status == UP_OK && horizon != NULL)
        status = read_moment(args, series, horizon, &question->horizon, err);
    if (status == UP_OK && question->has_by && question->by > question->horizon)
        question->horizon = question->by;
    return status;
}

/* One row a series: of the pool, where there is one, else of each model that has a range. */
static up_status ask(up_context *ctx, const up_arguments *args, const up_projections *p,
                     up_reach_section sections[], size_t *count, up_error *err)
{
    const up_series *pooled = NULL;
    up_status status = UP_OK;
    for (size_t i = 0; i < p->count && status == UP_OK; i++) {
        const up_project_job *job = &p->jobs[i];
        if (job->status != UP_OK || job->series == pooled)
            continue;
        up_reach_section *s = &sections[*count];
        *s = (up_reach_section){.series = job->series, .projection = &job->projection};
        up_error why = {0};
        status = read_question(args, job->series, &s->question, &why);
        if (status == UP_OK)
            status = up_reach_find(job->series, &job->projection, &s->question, &s->reach,
                                   &why);
        if (status == UP_TOO_LITTLE_DATA &&
            p->series > 1) { /* others may have an answer */
            up_cli_note(ctx, "%s", why.message);
            status = UP_OK;
            continue;
        }
        if (status != UP_OK && err != NULL)
            *err = why;
        if (status == UP_OK)
            (*count)++;
        if (job->model == &up_model_auto || s->reach.passed)
            pooled = job->series;
    }
    return status;
}

static up_status answer(up_context *ctx, const up_arguments *args,
                        const up_projections *p, up_error *err)
{
    up_reach_section *sections = NULL;
    size_t count = 0;
    up_table table = {0};
    up_status status = up_alloc(p->count, sizeof *sections, &sections, err);
    if (status == UP_OK)
        status = ask(ctx, args, p, sections, &count, err);
    up_cli_begin_table(ctx, &table);
    if (status == UP_OK)
        status = up_view_reach(sections, count, &table, err);
    if (status == UP_OK)
        status = up_cli_emit(ctx, &table, err);
    free(sections);
    return status;
}

static up_status run(up_context *ctx, const up_arguments *args, up_error *err)
{
    up_selection selection;
    up_series_options options;
    up_projections p;
    up_status status = up_cli_series_options(ctx, args, &options, err);
    if (status == UP_OK)
        status = up_cli_select(ctx, args, 0, &options,
                               UP_EXPRESSIONS | UP_WINDOW | UP_BUT_LAST, &selection, err);
    if (status != UP_OK)
        return status;
    status = up_projections_run(ctx, args, &selection, NULL, 0, UP_WANT_POOL, &p, err);
    if (status == UP_OK) {
        status = answer(ctx, args, &p, err);
        up_projections_release(&p);
    }
    up_selection_release(&selection);
    return status;
}

static const up_option options[] = {
    {"by", "PERIOD", "the probability that it is reached by the end of this period"},
    {"horizon", "PERIOD",
     "how far to look (default: as far again as the figures go back)"},
    {"again", NULL, "a level that was passed: when it is passed the other way"},
    UP_PROJECT_OPTIONS,
    UP_FITTED_OPTIONS,
    {NULL, NULL, NULL}};

const up_command up_cmd_reach = {
    .name = "reach",
    .operands = "SERIES|EXPRESSION… LEVEL",
    .summary = "when a level is reached, as a distribution of dates",
    .details =
        "Each path of the projection is followed to the first moment at which its curve "
        "is at the level: median and 80 % range of these moments, the probability that "
        "it is there by a date (--by), that it never comes to it, and that it comes "
        "later than the horizon. Two figures have no distribution: the data range tells "
        "the earliest and the latest moment that their bounds and dates allow.",
    .options = options,
    .min_operands = 2,
    .max_operands = SIZE_MAX,
    .run = run};
