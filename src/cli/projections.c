#include "cli/projections.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { DEFAULT_STEPS = 4, MODELS_MAX = 64 };

void up_projections_release(up_projections *p)
{
    for (size_t i = 0; i < p->count; i++)
        up_projection_release(&p->jobs[i].projection);
    free(p->jobs);
    free(p->periods);
    free(p->times);
    free(p->firsts);
    *p = (up_projections){0};
}

static up_status parse_count(const char *option, const char *text, unsigned long most,
                             unsigned long *value, up_error *err)
{
    char *end;
    bool digits = text[0] >= '0' && text[0] <= '9';
    unsigned long number = digits ? strtoul(text, &end, 10) : 0;
    if (!digits || *end != '\0' || number == 0 || number > most)
        return up_error_set(err, UP_USAGE, "--%s '%s' is not a count from 1 to %lu",
                            option, text, most);
    *value = number;
    return UP_OK;
}

/* The models to fit: the one named, or for auto all of them. */
static up_status choose_models(const up_arguments *args,
                               const up_model *models[MODELS_MAX], size_t *count,
                               up_error *err)
{
    const char *name = up_args_option(args, "model");
    const char *names[MODELS_MAX];
    *count = 0;
    for (size_t i = 0; up_models[i] != NULL && i < MODELS_MAX; i++) {
        names[i] = up_models[i]->name;
        models[(*count)++] = up_models[i];
    }
    if (name == NULL || strcmp(name, "auto") == 0)
        return UP_OK;
    const up_model *model = up_model_find(name);
    if (model == NULL) {
        const char *near = up_did_you_mean(name, names, *count);
        return up_error_set(err, UP_USAGE,
                            "unknown model '%s'%s%s%s (auto, exponential, "
                            "linear)",
                            name, near ? "; did you mean '" : "", near ? near : "",
                            near ? "'?" : "");
    }
    models[0] = model;
    *count = 1;
    return UP_OK;
}

static up_status read_options(const up_arguments *args, up_project_options *options,
                              up_error *err)
{
    const char *levels = up_args_option(args, "levels"),
               *seed = up_args_option(args, "seed");
    unsigned long number = 0;
    up_status status = UP_OK;
    if (levels != NULL)
        status = up_levels_parse(levels, options->levels, err);
    if (status == UP_OK && seed != NULL)
        status = parse_count("seed", seed, UINT32_MAX, &number, err);
    options->seed = number;
    options->across_breaks = up_args_flag(args, "across-breaks");
    return status;
}

/* How many steps a series is projected: --steps, --until, or a few. */
static up_status count_steps(const up_arguments *args, const up_series *series,
                             const char *until, size_t *steps, up_error *err)
{
    const char *text = up_args_option(args, "steps");
    unsigned long number = DEFAULT_STEPS;
    if (until == NULL)
        until = up_args_option(args, "until");
    if (until != NULL) {
        up_period period;
        up_status status =
            up_cli_period(args, &series->data->metric, until, &period, err);
        if (status == UP_OK && !up_period_is_bounded(&period))
            status = up_error_set(err, UP_USAGE, "'%s' has no end", until);
        return status == UP_OK ? up_project_count(series, &period, steps, err) : status;
    }
    up_status status =
        text != NULL ? parse_count("steps", text, UP_STEPS_MAX, &number, err) : UP_OK;
    *steps = number;
    return status;
}

/* Where one job's periods and times lie in the common arrays. */
typedef struct stretch {
    size_t steps, first;
} stretch;

static up_status fill_times(const up_series *series, const stretch *s, size_t grid,
                            up_projections *p, up_error *err)
{
    up_period *periods = p->periods + s->first;
    up_status status = up_project_periods(series, s->steps, periods, err);
    for (size_t i = 0; i < s->steps && status == UP_OK && grid == 0; i++)
        p->times[s->first + i] = up_project_time(series, &periods[i]);
    if (status == UP_OK && grid > 0)
        up_project_grid(series, &periods[s->steps - 1], grid, p->times + s->first);
    return status;
}

static up_status plan_jobs(up_context *ctx, const up_arguments *args,
                           const up_selection *selection, const char *until, size_t grid,
                           up_projections *p, up_error *err)
{
    const up_model *models[MODELS_MAX];
    size_t model_count, room = 0;
    size_t period_room = 0, time_room = 0, job_room = 0;
    const up_series_list *list = &selection->list;
    stretch *stretches = NULL;
    up_status status = choose_models(args, models, &model_count, err);
    if (status == UP_OK)
        status = up_alloc(list->count, sizeof *stretches, &stretches, err);
    if (status == UP_OK)
        status = up_alloc(list->count + 1, sizeof *p->firsts, &p->firsts, err);
    if (status == UP_OK)
        status =
            up_grow(&p->jobs, &job_room, list->count * model_count, sizeof *p->jobs, err);
    for (size_t i = 0; i < list->count && status == UP_OK; i++) {
        const up_series *s = &list->items[i];
        stretches[i].first = room;
        up_error why = {0};
        if (s->count > 0)
            status = count_steps(args, s, until, &stretches[i].steps, &why);
        if (status ==
            UP_TOO_LITTLE_DATA) { /* this one reaches that far; others may not */
            up_cli_note(ctx, "%s", why.message);
            status = UP_OK;
        } else if (status != UP_OK && err != NULL)
            *err = why;
        room += model_count * (stretches[i].steps > grid ? stretches[i].steps : grid);
    }
    if (status == UP_OK)
        status = up_grow(&p->periods, &period_room, room, sizeof *p->periods, err);
    if (status == UP_OK)
        status = up_grow(&p->times, &time_room, room, sizeof *p->times, err);
    for (size_t i = 0; i < list->count && status == UP_OK; i++) {
        const up_series *s = &list->items[i];
        p->firsts[p->series++] = p->count;
        size_t span = stretches[i].steps > grid ? stretches[i].steps : grid;
        for (size_t m = 0; m < model_count && stretches[i].steps > 0 && status == UP_OK;
             m++) {
            stretch here = {stretches[i].steps, stretches[i].first + m * span};
            status = fill_times(s, &here, grid, p, err);
            p->jobs[p->count++] = (up_project_job){.series = s,
                                                   .model = models[m],
                                                   .options = &p->options,
                                                   .times = p->times + here.first,
                                                   .count = grid > 0 ? grid : here.steps};
        }
    }
    if (status == UP_OK)
        p->firsts[p->series] = p->count;
    free(stretches);
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

/* What could not be projected, and why; an error when nothing could. */
static up_status report(up_context *ctx, const up_series_list *list,
                        const up_projections *p, up_error *err)
{
    up_error why = {0};
    const up_error *first = NULL;
    size_t done = 0;
    for (size_t i = 0; i < p->count; i++) {
        const up_project_job *job = &p->jobs[i];
        if (job->status == UP_SYSTEM || job->status == UP_USAGE) {
            if (err != NULL)
                *err = job->error;
            return job->status;
        }
        done += job->status == UP_OK;
        if (job->status != UP_OK && first == NULL)
            first = &job->error;
    }
    if (done == 0 && first != NULL)
        return up_error_set(err, UP_TOO_LITTLE_DATA, "%s", first->message);
    if (done == 0 && list->count > 0 && list->items[0].count == 0)
        return explain_empty(&list->items[0], err);
    if (done == 0)
        return up_error_set(err, UP_TOO_LITTLE_DATA, "nothing to project");
    for (size_t i = 0; i < p->count; i++)
        if (p->jobs[i].status != UP_OK)
            up_cli_note(ctx, "%s", p->jobs[i].error.message);
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].count == 0) {
            explain_empty(&list->items[i], &why);
            up_cli_note(ctx, "%s", why.message);
        }
    return UP_OK;
}

up_status up_projections_run(up_context *ctx, const up_arguments *args,
                             const up_selection *selection, const char *until,
                             size_t grid, up_projections *projections, up_error *err)
{
    up_projections *p = projections;
    *p = (up_projections){0};
    up_status status = read_options(args, &p->options, err);
    if (status == UP_OK)
        status = plan_jobs(ctx, args, selection, until, grid, p, err);
    if (status == UP_OK) {
        up_project_run(p->jobs, p->count);
        status = report(ctx, &selection->list, p, err);
    }
    if (status != UP_OK)
        up_projections_release(p);
    return status;
}
