/* The kinds of charts: what each is made of, and which options it has. */
#include "cli/chart_kinds.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/reach_question.h"

enum { GRID = 60 }; /* points of a projected curve */

void up_chart_material_release(up_chart_material *m)
{
    up_projections_release(&m->projections);
    up_sections_release(&m->sections);
    for (size_t i = 0; i < m->vintage_count; i++)
        up_selection_release(&m->vintages[i]);
    free(m->vintages);
}

/* ---- the kinds ---- */

/* Of each series' models only the one to draw stays; scenarios are drawn beside each other. */
static void keep_chosen(up_context *ctx, up_projections *p)
{
    for (size_t s = 0; s < p->series; s++) {
        up_project_job *jobs = p->jobs + p->firsts[s];
        size_t count = p->firsts[s + 1] - p->firsts[s];
        size_t best = up_project_choose(jobs, count);
        if (best == SIZE_MAX || count == 1 || jobs->scenario != NULL)
            continue;
        up_cli_note(ctx, "%s: %s (%s)", jobs->series->key,
                    up_projection_name(&jobs[best].projection),
                    jobs[best].model == &up_model_auto
                        ? jobs[best].projection.remark
                        : "too few figures to choose between the models");
        for (size_t j = 0; j < count; j++)
            if (j != best && jobs[j].status == UP_OK) {
                up_projection_release(&jobs[j].projection);
                jobs[j].status = UP_TOO_LITTLE_DATA;
            }
    }
}

static up_status plan_levels(up_context *ctx, const up_arguments *args,
                             const up_selection *selection, up_chart_material *m,
                             up_chart_plan *plan, up_error *err)
{
    const char *until = up_args_option(args, "project");
    up_projections *p = &m->projections;
    up_status status = UP_OK;
    for (size_t i = 0; i < selection->list.count && status == UP_OK; i++)
        status = up_series_check_mixed(&selection->list.items[i], err);
    if (status == UP_OK && until != NULL)
        status =
            up_projections_run(ctx, args, selection, until, GRID, UP_WANT_POOL, p, err);
    if (status == UP_OK)
        keep_chosen(ctx, p);
    return status == UP_OK ? up_plan_levels(selection->tracker, &selection->list, p->jobs,
                                            p->count, plan, err)
                           : status;
}

static up_status plan_facets(up_context *ctx, const up_arguments *args,
                             const up_selection *selection, up_chart_material *m,
                             up_chart_plan *plan, up_error *err)
{
    up_status status = plan_levels(ctx, args, selection, m, plan, err);
    plan->chart.kind = "facet";
    return status;
}

/* One transform over the periods, as bars or lines. */
static up_status plan_transform(up_context *ctx, const up_arguments *args,
                                const up_selection *selection, up_transform transform,
                                bool lines, up_chart_material *m, up_chart_plan *plan,
                                up_error *err)
{
    bool show[UP_TRANSFORMS] = {false};
    up_growth_options options = {0};
    show[transform] = true;
    up_status status = up_sections_compute(ctx, args, selection, show, &options, NULL,
                                           NULL, &m->sections, err);
    return status == UP_OK
               ? up_plan_growth(selection->tracker, m->sections.items, m->sections.count,
                                transform, lines, plan, err)
               : status;
}

static up_status read_transform(const up_arguments *args, up_transform *transform,
                                up_error *err)
{
    const char *name = up_args_option(args, "transform");
    up_status status = name != NULL ? up_transform_parse(name, transform, err) : UP_OK;
    if (status == UP_OK && *transform == UP_LIN)
        return up_error_set(err, UP_USAGE, "levels are drawn by --kind line");
    return status;
}

static up_status plan_growth(up_context *ctx, const up_arguments *args,
                             const up_selection *selection, up_chart_material *m,
                             up_chart_plan *plan, up_error *err)
{
    up_transform transform = UP_CAGR;
    up_status status = read_transform(args, &transform, err);
    return status == UP_OK
               ? plan_transform(ctx, args, selection, transform, false, m, plan, err)
               : status;
}

static up_status plan_index(up_context *ctx, const up_arguments *args,
                            const up_selection *selection, up_chart_material *m,
                            up_chart_plan *plan, up_error *err)
{
    up_status status =
        plan_transform(ctx, args, selection, UP_INDEXED, true, m, plan, err);
    return status == UP_OK ? up_plan_add_reference(plan, 100, "", err) : status;
}

static up_status need_one(const up_selection *selection, const char *what, up_error *err)
{
    return selection->list.count == 1
               ? UP_OK
               : up_error_set(err, UP_USAGE,
                              "%s is drawn of one series, and %zu are named", what,
                              selection->list.count);
}

/* What was known on each --vintage DATE, as a selection of its own. */
static up_status select_vintages(up_context *ctx, const up_arguments *args,
                                 const up_selection *selection, up_chart_material *m,
                                 up_error *err)
{
    size_t count = 0;
    while (up_args_nth(args, "vintage", count) != NULL)
        count++;
    up_status status = up_alloc(count, sizeof *m->vintages, &m->vintages, err);
    for (size_t i = 0; i < count && status == UP_OK; i++) {
        up_series_options options = selection->options;
        status = up_cli_day(up_args_nth(args, "vintage", i), &options.as_of, err);
        if (status == UP_OK)
            status = up_cli_select(ctx, args, 0, &options, UP_EXPRESSIONS | UP_WINDOW,
                                   &m->vintages[i], err);
        m->vintage_count += status == UP_OK;
    }
    return status;
}

/* One series as it is known, and grey behind it as it was known on earlier days. */
static up_status plan_vintages(up_context *ctx, const up_arguments *args,
                               const up_selection *selection, up_chart_material *m,
                               up_chart_plan *plan, up_error *err)
{
    up_series_list list = {0};
    up_status status = need_one(selection, "--vintage", err);
    if (status == UP_OK && up_args_flag(args, "project"))
        status =
            up_error_set(err, UP_USAGE, "--vintage and --project exclude each other");
    if (status == UP_OK)
        status = select_vintages(ctx, args, selection, m, err);
    if (status == UP_OK)
        status = up_alloc(m->vintage_count + 1, sizeof *list.items, &list.items, err);
    if (status != UP_OK)
        return status;
    list.items[list.count++] = selection->list.items[0]; /* borrowed, all of them */
    for (size_t i = 0; i < m->vintage_count; i++)
        list.items[list.count++] = m->vintages[i].list.items[0];
    status = up_plan_levels(selection->tracker, &list, NULL, 0, plan, err);
    for (size_t i = 0; i < m->vintage_count && status == UP_OK; i++)
        status = up_plan_as_of(plan, i + 1, m->vintages[i].options.as_of, err);
    if (status != UP_OK)
        up_chart_plan_release(plan);
    free(list.items);
    return status;
}

/* Levels, or with --transform growth as lines. */
static up_status plan_line(up_context *ctx, const up_arguments *args,
                           const up_selection *selection, up_chart_material *m,
                           up_chart_plan *plan, up_error *err)
{
    up_transform transform = UP_LIN;
    if (up_args_flag(args, "vintage"))
        return plan_vintages(ctx, args, selection, m, plan, err);
    if (!up_args_flag(args, "transform"))
        return plan_levels(ctx, args, selection, m, plan, err);
    up_status status = read_transform(args, &transform, err);
    return status == UP_OK
               ? plan_transform(ctx, args, selection, transform, true, m, plan, err)
               : status;
}

static up_status plan_bars(up_context *ctx, const up_arguments *args,
                           const up_selection *selection, up_chart_material *m,
                           up_chart_plan *plan, up_error *err)
{
    size_t top = 0;
    (void)ctx;
    (void)m;
    up_status status = up_cli_count(args, "top", 1, &top, err);
    return status == UP_OK
               ? up_plan_bars(selection->tracker, &selection->list, top, plan, err)
               : status;
}

static up_status plan_stack(up_context *ctx, const up_arguments *args,
                            const up_selection *selection, up_chart_material *m,
                            up_chart_plan *plan, up_error *err)
{
    up_remarks remarks = {0};
    (void)m;
    up_status status = up_plan_stack(selection->tracker, &selection->list,
                                     up_args_flag(args, "share"), plan, &remarks, err);
    up_cli_remarks(ctx, &remarks);
    return status;
}

/* The models of one series, drawn as curves. */
static up_status plan_fit(up_context *ctx, const up_arguments *args,
                          const up_selection *selection, up_chart_material *m,
                          up_chart_plan *plan, up_error *err)
{
    up_projections *p = &m->projections;
    up_status status = need_one(selection, "--kind fit", err);
    if (status == UP_OK)
        status = up_projections_run(ctx, args, selection, up_args_option(args, "project"),
                                    GRID, UP_WANT_POOL, p, err);
    return status == UP_OK ? up_plan_fit(selection->tracker, &selection->list, p->jobs,
                                         p->count, plan, err)
                           : status;
}

/* When one series is at --target. */
static up_status plan_reach(up_context *ctx, const up_arguments *args,
                            const up_selection *selection, up_chart_material *m,
                            up_chart_plan *plan, up_error *err)
{
    up_projections *p = &m->projections;
    const char *target = up_args_option(args, "target");
    up_status status = need_one(selection, "--kind reach", err);
    if (status == UP_OK && target == NULL)
        status =
            up_error_set(err, UP_USAGE, "--kind reach needs --target LEVEL: which level");
    if (status == UP_OK)
        status = up_projections_run(ctx, args, selection, NULL, 0, UP_WANT_POOL, p, err);
    size_t best = status == UP_OK ? up_project_choose(p->jobs, p->count) : SIZE_MAX;
    if (status == UP_OK && best == SIZE_MAX)
        status = up_error_set(err, UP_TOO_LITTLE_DATA, "nothing was fitted");
    if (status != UP_OK)
        return status;
    const up_project_job *job = &p->jobs[best];
    up_reach_section section = {.series = job->series, .projection = &job->projection};
    status = up_cli_reach_question(args, job->series, target, &section.question, err);
    if (status == UP_OK)
        status = up_reach_find(job->series, &job->projection, &section.question,
                               &section.reach, err);
    return status == UP_OK
               ? up_plan_reach(selection->tracker, &selection->list, &section, plan, err)
               : status;
}

static const up_chart_kind kinds[] = {
    {"line",
     plan_line,
     {"project", "scenario", "transform", "vintage", "event", "reference", "log"},
     true},
    {"growth", plan_growth, {"transform", "reference"}, false},
    {"index", plan_index, {"base", "event", "reference", "log"}, false},
    {"bar", plan_bars, {"top"}, true},
    {"stack", plan_stack, {"share", "event"}, true},
    {"facet", plan_facets, {"project", "reference", "free", "log"}, true},
    {"fit", plan_fit, {"project", "event", "reference", "log"}, true},
    {"reach",
     plan_reach,
     {"target", "by", "horizon", "again", "event", "reference", "log"},
     true}};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

static bool takes(const up_chart_kind *k, const char *option)
{
    for (size_t i = 0; i < sizeof k->options / sizeof k->options[0]; i++)
        if (k->options[i] != NULL && strcmp(k->options[i], option) == 0)
            return true;
    return false;
}

/* An option of other kinds than this: said, not ignored. */
up_status up_chart_check_options(const up_arguments *args, const up_chart_kind *k,
                                 up_error *err)
{
    for (size_t i = 0; i < KINDS; i++)
        for (size_t j = 0; j < sizeof kinds[i].options / sizeof kinds[i].options[0];
             j++) {
            const char *option = kinds[i].options[j];
            if (option != NULL && up_args_flag(args, option) && !takes(k, option))
                return up_error_set(err, UP_USAGE,
                                    "--%s is drawn by --kind %s, not by %s", option,
                                    kinds[i].name, k->name);
        }
    if (up_args_flag(args, "scenario") && !up_args_flag(args, "project"))
        return up_error_set(err, UP_USAGE, "--scenario needs --project PERIOD");
    return UP_OK;
}

up_status up_chart_find_kind(const char *name, const up_chart_kind **out, up_error *err)
{
    const char *names[KINDS];
    up_buffer known = {0};
    for (size_t i = 0; i < KINDS; i++) {
        names[i] = kinds[i].name;
        up_buffer_addf(&known, "%s%s", i > 0 ? ", " : "", names[i]);
        if (name == NULL || strcmp(name, names[i]) == 0) {
            *out = &kinds[i];
            up_buffer_release(&known);
            return UP_OK;
        }
    }
    const char *near = up_did_you_mean(name, names, KINDS);
    up_error_set(err, UP_USAGE, "unknown kind '%s'%s%s%s (%s)", name,
                 near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "",
                 up_buffer_text(&known));
    up_buffer_release(&known);
    return UP_USAGE;
}
