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

/* One projection a series is drawn. */
static up_status check_one(const up_projections *p, up_error *err)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->jobs[i].shown)
            return up_error_set(
                err, UP_USAGE,
                "a chart draws auto or the models named, not both; --kind "
                "fit draws each model's curve");
    return UP_OK;
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
        status = check_one(p, err);
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
    if (status == UP_OK)
        status = up_plan_growth(selection->tracker, m->sections.items, m->sections.count,
                                transform, lines, plan, err);
    if (status == UP_OK)
        up_plan_colour_largest(plan);
    return status;
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
    up_transform transform = up_plan_usual_growth(&selection->list);
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
    if (!up_args_flag(args, "transform")) {
        up_status status = plan_levels(ctx, args, selection, m, plan, err);
        if (status == UP_OK)
            up_plan_colour_largest(plan);
        return status;
    }
    up_status status = read_transform(args, &transform, err);
    return status == UP_OK
               ? plan_transform(ctx, args, selection, transform, true, m, plan, err)
               : status;
}

static up_status plan_bars(up_context *ctx, const up_arguments *args,
                           const up_selection *selection, up_chart_material *m,
                           up_chart_plan *plan, up_error *err)
{
    bool several = selection->list.count > 1;
    size_t top = 0;
    up_remarks remarks = {0};
    (void)m;
    if (up_args_flag(args, "top") && !several)
        return up_error_set(err, UP_USAGE,
                            "--top shows the largest of several series, and one is "
                            "named");
    if (up_args_flag(args, "event") && several)
        return up_error_set(err, UP_USAGE,
                            "--event needs an axis of time: the bars of several series "
                            "have none");
    up_status status = up_cli_count(args, "top", 1, &top, err);
    if (status == UP_OK)
        status =
            up_plan_bars(selection->tracker, &selection->list, top, plan, &remarks, err);
    up_cli_remarks(ctx, &remarks);
    return status;
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
                                    GRID, UP_WANT_EACH, p, err);
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
    if (status == UP_OK)
        status = check_one(p, err);
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

enum { LINE, GROWTH, INDEX, BAR, STACK, FACET, FIT, REACH, KINDS };

static const up_chart_kind kinds[KINDS] = {
    [LINE] = {"line", plan_line, true},     [GROWTH] = {"growth", plan_growth, false},
    [INDEX] = {"index", plan_index, false}, [BAR] = {"bar", plan_bars, true},
    [STACK] = {"stack", plan_stack, true},  [FACET] = {"facet", plan_facets, true},
    [FIT] = {"fit", plan_fit, true},        [REACH] = {"reach", plan_reach, true}};

/* ---- which options belong to which kinds ---- */

#define OF(kind) (1u << (kind))
enum {
    LEVELS = OF(LINE) | OF(FACET),     /* which project, or compare, only when asked to */
    PROJECTED = LEVELS | OF(FIT),      /* of which a projection is drawn */
    FITTED = PROJECTED | OF(REACH),    /* of which there is one */
    COMPARED = OF(GROWTH) | OF(INDEX), /* growth is worked out */
    TIMED = FITTED | COMPARED | OF(STACK) /* along an axis of time */
};

/* Those that are not here are for every kind. `needs`: of kinds in LEVELS one of these must be given
 * too, else the option would change nothing. `excludes` cannot be given beside it. */
static const struct {
    const char *option;
    unsigned kinds;
    const char *needs[2], *excludes;
} rules[] = {
    {"project", PROJECTED, {NULL}, "transform"},
    {"scenario", OF(LINE), {"project"}, NULL},
    {"model", FITTED, {"project"}, NULL},
    {"levels", PROJECTED, {"project"}, NULL},
    {"ceiling", FITTED, {"project"}, NULL},
    {"capacity", FITTED, {"project"}, NULL},
    {"launch", FITTED, {"project"}, NULL},
    {"seed", FITTED, {"project"}, NULL},
    {"across-breaks", FITTED | COMPARED, {"project", "transform"}, NULL},
    {"transform", OF(LINE) | OF(GROWTH), {NULL}, "vintage"},
    {"vintage", OF(LINE), {NULL}, "project"},
    {"base", OF(INDEX), {NULL}, NULL},
    {"top", OF(BAR), {NULL}, NULL},
    {"share", OF(STACK), {NULL}, NULL},
    {"free", OF(FACET), {NULL}, NULL},
    {"target", OF(REACH), {NULL}, NULL},
    {"by", OF(REACH), {NULL}, NULL},
    {"horizon", OF(REACH), {NULL}, NULL},
    {"again", OF(REACH), {NULL}, NULL},
    {"event", TIMED | OF(BAR), {NULL}, NULL}, /* of one series bar has such an axis */
    {"reference", FITTED | COMPARED, {NULL}, NULL},
    {"log", FITTED | OF(INDEX), {NULL}, NULL},
};

/* "line, facet or fit" */
static void name_kinds(unsigned of, up_buffer *out)
{
    for (unsigned i = 0; i < KINDS; i++, of >>= 1)
        if (of & 1)
            up_buffer_addf(out, "%s%s",
                           out->length == 0 ? ""
                           : of >> 1 == 0   ? " or "
                                            : ", ",
                           kinds[i].name);
}

static up_status refuse_kind(const char *option, unsigned of, const char *kind,
                             up_error *err)
{
    up_buffer names = {0};
    name_kinds(of, &names);
    up_error_set(err, UP_USAGE, "--%s is for --kind %s, not for %s", option,
                 up_buffer_text(&names), kind);
    up_buffer_release(&names);
    return UP_USAGE;
}

static up_status refuse_alone(const char *option, const char *const needs[2],
                              up_error *err)
{
    return up_error_set(err, UP_USAGE, "--%s changes nothing without --%s%s%s", option,
                        needs[0], needs[1] ? " or --" : "", needs[1] ? needs[1] : "");
}

/* What would change nothing is said, not ignored. */
up_status up_chart_check_options(const up_arguments *args, const up_chart_kind *k,
                                 up_error *err)
{
    unsigned own = OF(k - kinds);
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        const char *const *needs = rules[i].needs, *other = rules[i].excludes;
        bool met = needs[0] == NULL || !(own & LEVELS);
        if (!up_args_flag(args, rules[i].option))
            continue;
        if (!(own & rules[i].kinds))
            return refuse_kind(rules[i].option, rules[i].kinds, k->name, err);
        for (size_t n = 0; n < 2 && !met && needs[n] != NULL; n++)
            met = up_args_flag(args, needs[n]);
        if (!met)
            return refuse_alone(rules[i].option, needs, err);
        if (other != NULL && up_args_flag(args, other))
            return up_error_set(err, UP_USAGE, "--%s and --%s exclude each other",
                                rules[i].option, other);
    }
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
