#include "cli/projections.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/project_options.h"
#include "report/project_words.h"

enum { DEFAULT_STEPS = 4 };

void up_projections_release(up_projections *p)
{
    for (size_t i = 0; i < p->count; i++)
        up_projection_release(&p->jobs[i].projection);
    free(p->jobs);
    free(p->periods);
    free(p->times);
    free(p->firsts);
    free(p->options);
    up_scenarios_release(&p->scenarios);
    *p = (up_projections){0};
}

/* Where one job's periods and times lie in the common arrays. */
typedef struct stretch {
    size_t steps, first;
} stretch;

typedef struct planning {
    up_context *ctx;
    const up_arguments *args;
    const up_selection *selection;
    const char *until;
    up_granularity unit;
    const up_granularity *step; /* --step, or NULL */
    size_t grid;
    up_project_wanted wanted;
    up_models_asked models;
    stretch *stretches; /* owned; one a series */
    up_projections *p;
} planning;

/* How many steps a series is projected: --steps, --until, or a few. */
static up_status count_steps(const planning *plan, const up_series *series, size_t *steps,
                             up_error *err)
{
    const char *text = up_args_option(plan->args, "steps"), *until = plan->until;
    unsigned long number = DEFAULT_STEPS;
    up_period period;
    up_status status = UP_OK;
    if (until == NULL)
        until = up_args_option(plan->args, "until");
    if (until == NULL) {
        if (text != NULL)
            status = up_project_option_count("steps", text, UP_STEPS_MAX, &number, err);
        if (status == UP_OK) /* whether there are such steps */
            status = up_project_periods(series, plan->step, 1, &period, err);
        *steps = status == UP_OK ? number : 0;
        return status;
    }
    status = up_cli_period(plan->args, &series->data->metric, until, &period, err);
    if (status == UP_OK && !up_period_is_bounded(&period))
        status = up_error_set(err, UP_USAGE, "'%s' has no end", until);
    return status == UP_OK ? up_project_count(series, plan->step, &period, steps, err)
                           : status;
}

static size_t span_of(const planning *plan, size_t series)
{
    size_t steps = plan->stretches[series].steps;
    return steps > plan->grid ? steps : plan->grid;
}

static up_status fill_times(const planning *plan, const up_series *series, stretch s,
                            up_error *err)
{
    up_projections *p = plan->p;
    up_period *periods = p->periods + s.first;
    up_status status = up_project_periods(series, plan->step, s.steps, periods, err);
    for (size_t i = 0; i < s.steps && status == UP_OK && plan->grid == 0; i++)
        p->times[s.first + i] = up_project_time(series, &periods[i]);
    if (status == UP_OK && plan->grid > 0)
        up_project_grid(series, &periods[s.steps - 1], plan->grid, p->times + s.first);
    return status;
}

/* How far each series goes; a series that reaches so far already is remarked. */
static up_status plan_steps(planning *plan, size_t *room, up_error *err)
{
    const up_series_list *list = &plan->selection->list;
    up_status status = UP_OK;
    for (size_t i = 0; i < list->count && status == UP_OK; i++) {
        up_error why = {0};
        plan->stretches[i].first = *room;
        if (list->items[i].count > 0)
            status = count_steps(plan, &list->items[i], &plan->stretches[i].steps, &why);
        if (status == UP_TOO_LITTLE_DATA) {
            up_cli_note(plan->ctx, "%s", why.message);
            status = UP_OK;
        } else if (status != UP_OK && err != NULL)
            *err = why;
        *room += plan->models.count * span_of(plan, i);
    }
    return status;
}

/* Whether nothing is shown but a pool. */
static bool is_one_pool(const planning *plan)
{
    bool one = plan->models.items[0] == &up_model_auto;
    for (size_t m = 0; m < plan->models.count; m++)
        one = one && !plan->models.shown[m];
    return one;
}

static up_status plan_series(planning *plan, size_t i, up_error *err)
{
    const up_series *s = &plan->selection->list.items[i];
    up_projections *p = plan->p;
    size_t span = span_of(plan, i);
    p->firsts[p->series++] = p->count;
    if (plan->stretches[i].steps == 0)
        return UP_OK;
    up_status status = up_project_options_read(plan->ctx, plan->args, plan->selection, s,
                                               &p->options[i], err);
    p->options[i].wanted = is_one_pool(plan) ? plan->wanted : UP_WANT_EACH;
    for (size_t m = 0; m < plan->models.count && status == UP_OK; m++) {
        stretch here = {plan->stretches[i].steps, plan->stretches[i].first + m * span};
        status = fill_times(plan, s, here, err);
        p->jobs[p->count++] = (up_project_job){
            .series = s,
            .model = plan->models.items[m],
            .scenario = p->scenarios.count > 0 ? &p->scenarios.items[m] : NULL,
            .options = &p->options[i],
            .times = p->times + here.first,
            .shown = plan->models.shown[m],
            .count = plan->grid > 0 ? plan->grid : here.steps};
    }
    return status;
}

/* A scenario has no use for what shapes a fit. */
static up_status read_scenarios(planning *plan, const char *text, up_error *err)
{
    static const char *const others[] = {"model",  "levels", "capacity",
                                         "launch", "seed",   "parameters"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (up_args_flag(plan->args, others[i]))
            return up_error_set(
                err, UP_USAGE,
                "--scenario and --%s exclude each other: nothing is fitted", others[i]);
    up_status status = up_scenarios_parse(text, &plan->p->scenarios, err);
    if (status == UP_OK && plan->p->scenarios.count > UP_MODELS_MAX)
        status = up_error_set(err, UP_USAGE, "more than %d scenarios", UP_MODELS_MAX);
    return status;
}

static up_status plan_models(planning *plan, up_error *err)
{
    const char *scenarios = up_args_option(plan->args, "scenario");
    if (scenarios == NULL)
        return up_project_models(plan->args, &plan->models, err);
    up_status status = read_scenarios(plan, scenarios, err);
    plan->models.count = plan->p->scenarios.count;
    for (size_t i = 0; i < plan->models.count && status == UP_OK; i++)
        plan->models.items[i] = &up_model_scenario;
    return status;
}

static up_status plan_jobs(planning *plan, up_error *err)
{
    up_projections *p = plan->p;
    size_t count = plan->selection->list.count, room = 0;
    bool has_step;
    up_status status = up_cli_unit(plan->args, "step", &has_step, &plan->unit, err);
    if (status != UP_OK)
        return status;
    plan->step = has_step ? &plan->unit : NULL;
    status = plan_models(plan, err);
    if (status == UP_OK)
        status = up_alloc(count, sizeof *plan->stretches, &plan->stretches, err);
    if (status == UP_OK)
        status = up_alloc(count + 1, sizeof *p->firsts, &p->firsts, err);
    if (status == UP_OK)
        status = up_alloc(count, sizeof *p->options, &p->options, err);
    if (status == UP_OK)
        status = up_alloc(count * plan->models.count, sizeof *p->jobs, &p->jobs, err);
    if (status == UP_OK)
        status = plan_steps(plan, &room, err);
    if (status == UP_OK)
        status = up_alloc(room, sizeof *p->periods, &p->periods, err);
    if (status == UP_OK)
        status = up_alloc(room, sizeof *p->times, &p->times, err);
    for (size_t i = 0; i < count && status == UP_OK; i++)
        status = plan_series(plan, i, err);
    if (status == UP_OK)
        p->firsts[p->series] = p->count;
    free(plan->stretches);
    return status;
}

/* A series without figures has no jobs. */
static up_status explain_empty(const up_series *series, up_error *why)
{
    return up_error_set(why, UP_TOO_LITTLE_DATA, "%s: no figure%s", series->key,
                        series->forecasts > 0
                            ? " but a forecast (--with-forecasts lets it take part)"
                            : " to project from");
}

/* Why nothing of jobs first… could be had: of several models the exponential speaks, which most ask
 * for. NULL: something could. */
static const up_error *reason_of(const up_projections *p, size_t first, size_t next)
{
    const up_error *reason = NULL;
    bool named = false;
    for (size_t i = first; i < next; i++) {
        const up_project_job *job = &p->jobs[i];
        if (job->status == UP_OK)
            return NULL;
        if (job->model == &up_model_auto || named)
            continue;
        named = job->model == up_model_find("exponential");
        reason = reason == NULL || named ? &job->error : reason;
    }
    return reason;
}

/* That nothing could be had of one series, and why: where there are figures enough each model's
 * reason, since none of them alone tells what to do. False: something could. */
static bool explain(const up_projections *p, size_t series, up_error *why)
{
    size_t first = p->firsts[series], next = p->firsts[series + 1];
    const up_error *reason = reason_of(p, first, next);
    if (reason == NULL)
        return false;
    *why = *reason;
    if (p->jobs[first].model != &up_model_auto ||
        strstr(reason->message, "needs at least") != NULL)
        return true;
    up_buffer words = {0};
    up_words_left_out(p->jobs + first + 1, next - first - 1, &words);
    up_error_set(why, UP_TOO_LITTLE_DATA, "%s: no model suits: %s",
                 p->jobs[first].series->key, up_buffer_text(&words));
    up_buffer_release(&words);
    return true;
}

static up_status find_failure(const up_projections *p, size_t *done, up_error *err)
{
    for (size_t i = 0; i < p->count; i++) {
        const up_project_job *job = &p->jobs[i];
        if (job->status == UP_SYSTEM || job->status == UP_USAGE) {
            if (err != NULL)
                *err = job->error;
            return job->status;
        }
        *done += job->status == UP_OK;
    }
    return UP_OK;
}

/* Each scenario is asked for by itself: those that could not be had, beside others that could. */
static void tell_scenarios(up_context *ctx, const up_projections *p, size_t first,
                           size_t next)
{
    for (size_t i = first; i < next; i++)
        if (p->jobs[i].scenario != NULL && p->jobs[i].status != UP_OK)
            up_cli_note(ctx, "%s", p->jobs[i].error.message);
}

/* What could not be projected, and why; an error when nothing could. */
static up_status report(up_context *ctx, const up_series_list *list,
                        const up_projections *p, up_error *err)
{
    up_error why = {0};
    size_t done = 0;
    up_status status = find_failure(p, &done, err);
    if (status != UP_OK)
        return status;
    for (size_t s = 0; s < p->series && done == 0; s++)
        if (explain(p, s, &why))
            return up_error_set(err, UP_TOO_LITTLE_DATA, "%s", why.message);
    if (done == 0 && list->count > 0 && list->items[0].count == 0)
        return explain_empty(&list->items[0], err);
    if (done == 0)
        return up_error_set(err, UP_TOO_LITTLE_DATA, "nothing to project");
    for (size_t s = 0; s < p->series; s++) {
        if (explain(p, s, &why))
            up_cli_note(ctx, "%s", why.message);
        else
            tell_scenarios(ctx, p, p->firsts[s], p->firsts[s + 1]);
    }
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].count == 0) {
            explain_empty(&list->items[i], &why);
            up_cli_note(ctx, "%s", why.message);
        }
    return UP_OK;
}

/* Where there is no pool each model stands for itself. */
static void run_each(up_project_job jobs[], size_t count, up_project_options *options)
{
    if (options->wanted == UP_WANT_EACH)
        return;
    options->wanted = UP_WANT_EACH;
    for (size_t i = 0; i < count; i++) {
        /* a refusal stays one, and a data range is whole */
        if (jobs[i].status != UP_OK || jobs[i].projection.has_range)
            continue;
        up_projection_release(&jobs[i].projection);
        up_project_run(&jobs[i], 1);
    }
}

/* Of each series' models one distribution, where there are several. */
static void pool(up_projections *p)
{
    for (size_t s = 0; s < p->series; s++) {
        up_project_job *first = &p->jobs[p->firsts[s]];
        size_t count = p->firsts[s + 1] - p->firsts[s];
        if (count < 2 || first->model != &up_model_auto)
            continue;
        first->status =
            up_project_pool(first + 1, count - 1, &first->projection, &first->error);
        if (first->status == UP_TOO_LITTLE_DATA)
            run_each(first + 1, count - 1, &p->options[s]);
    }
}

up_status up_projections_run(up_context *ctx, const up_arguments *args,
                             const up_selection *selection, const char *until,
                             size_t grid, up_project_wanted wanted,
                             up_projections *projections, up_error *err)
{
    up_projections *p = projections;
    *p = (up_projections){0};
    planning plan = {.ctx = ctx,
                     .args = args,
                     .selection = selection,
                     .until = until,
                     .grid = grid,
                     .wanted = wanted,
                     .p = p};
    up_status status = plan_jobs(&plan, err);
    if (status == UP_OK) {
        up_project_run(p->jobs, p->count);
        pool(p);
        status = report(ctx, &selection->list, p, err);
    }
    if (status != UP_OK)
        up_projections_release(p);
    return status;
}
