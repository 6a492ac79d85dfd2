#include <stdlib.h>

#include "base/memory.h"
#include "cli/command.h"
#include "cli/projections.h"
#include "cli/reach_question.h"

/* One row a series: of the pool, where there is one, else of each model that has a range; and of each that
 * is asked for by name beside auto. */
static up_status ask(up_context *ctx, const up_arguments *args, const up_projections *p,
                     up_reach_section sections[], size_t *count, up_error *err)
{
    const up_series *pooled = NULL, *passed = NULL;
    const char *level = up_args_operand(args, up_args_count(args) - 1);
    up_status status = UP_OK;
    for (size_t i = 0; i < p->count && status == UP_OK; i++) {
        const up_project_job *job = &p->jobs[i];
        if (job->status != UP_OK || job->series == passed ||
            (job->series == pooled && !job->shown))
            continue;
        up_reach_section *s = &sections[*count];
        *s = (up_reach_section){.series = job->series, .projection = &job->projection};
        up_error why = {0};
        status = up_cli_reach_question(args, job->series, level, &s->question, &why);
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
        pooled = job->model == &up_model_auto ? job->series : pooled;
        passed = s->reach.passed ? job->series : passed;
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
