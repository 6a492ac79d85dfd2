#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/command.h"
#include "cli/growth_sections.h"
#include "cli/projections.h"
#include "uptick/plan.h"

enum { GRID = 60 }; /* points of a projected curve */

/* ---- what the options say ---- */

static up_status picture_of(const up_context *ctx, up_picture *picture, up_error *err)
{
    const char *dot = ctx->output != NULL ? strrchr(ctx->output, '.') : NULL;
    if (ctx->output == NULL)
        return up_error_set(err, UP_USAGE,
                            "a chart needs a file: -o FILE.png or -o FILE.svg");
    if (dot != NULL && strcmp(dot, ".png") == 0)
        *picture = UP_PICTURE_PNG;
    else if (dot != NULL && strcmp(dot, ".svg") == 0)
        *picture = UP_PICTURE_SVG;
    else
        return up_error_set(err, UP_USAGE,
                            "'%s' tells no format: use the ending .png or .svg",
                            ctx->output);
    return UP_OK;
}

static bool read_number(const char **at, int *value)
{
    long number = 0;
    const char *first = *at;
    for (; **at >= '0' && **at <= '9' && number < 100000; (*at)++)
        number = number * 10 + (**at - '0');
    *value = (int)number;
    return *at > first && number >= 200 && number <= 10000;
}

static up_status read_size(const char *text, up_chart *chart, up_error *err)
{
    const char *at = text;
    if (text == NULL)
        return UP_OK;
    if (!read_number(&at, &chart->width) || *at++ != 'x' ||
        !read_number(&at, &chart->height) || *at != '\0')
        return up_error_set(err, UP_USAGE,
                            "--size '%s' is not WIDTHxHEIGHT, each from 200 to 10000",
                            text);
    return UP_OK;
}

static up_status style(const up_context *ctx, const up_arguments *args, up_chart *chart,
                       up_error *err)
{
    const char *theme = up_args_option(args, "theme"), *text;
    up_status status = picture_of(ctx, &chart->picture, err);
    if (status == UP_OK && theme != NULL && strcmp(theme, "dark") != 0 &&
        strcmp(theme, "light") != 0)
        status = up_error_set(err, UP_USAGE, "--theme '%s' is not light or dark", theme);
    if (theme != NULL && theme[0] == 'd')
        chart->theme = UP_THEME_DARK;
    if ((text = up_args_option(args, "title")) != NULL)
        chart->title = text;
    if ((text = up_args_option(args, "subtitle")) != NULL)
        chart->subtitle = text;
    if ((text = up_args_option(args, "note")) != NULL)
        chart->note = text;
    chart->log_scale = up_args_flag(args, "log");
    return status == UP_OK ? read_size(up_args_option(args, "size"), chart, err) : status;
}

/* ---- drawing ---- */

static up_status draw(up_context *ctx, const up_arguments *args, up_chart *chart,
                      up_error *err)
{
    const char *script_file = up_args_option(args, "script");
    up_buffer script = {0}, picture = {0};
    up_remarks remarks = {0};
    up_status status = style(ctx, args, chart, err);
    if (status == UP_OK)
        status = up_chart_script(chart, &script, &remarks, err);
    if (status == UP_OK && script_file != NULL)
        status = up_cli_write_file(ctx, script_file, up_buffer_text(&script),
                                   script.length, err);
    if (status == UP_OK)
        status = up_gnuplot_run(&script, chart->picture, &picture, err);
    if (status == UP_OK)
        status = up_cli_write(ctx, up_buffer_text(&picture), picture.length, err);
    up_cli_remarks(ctx, &remarks);
    up_buffer_release(&script);
    up_buffer_release(&picture);
    return status;
}

/* Of each series' jobs only the one to draw stays: the chart takes the first that is OK. */
static void keep_chosen(up_context *ctx, up_projections *p)
{
    for (size_t s = 0; s < p->series; s++) {
        up_project_job *jobs = p->jobs + p->firsts[s];
        size_t count = p->firsts[s + 1] - p->firsts[s];
        size_t best = up_project_choose(jobs, count);
        if (best == SIZE_MAX || count == 1)
            continue;
        up_cli_note(ctx, "%s: %s (%s)", jobs->series->key,
                    up_projection_name(&jobs[best].projection),
                    jobs[best].model == &up_model_auto ? jobs[best].projection.remark
                    : jobs[best].scenario != NULL
                        ? "the first scenario; a chart shows one"
                        : "too few figures to choose between the models");
        for (size_t j = 0; j < count; j++)
            if (j != best && jobs[j].status == UP_OK) {
                up_projection_release(&jobs[j].projection);
                jobs[j].status = UP_TOO_LITTLE_DATA;
            }
    }
}

static up_status chart_levels(up_context *ctx, const up_arguments *args,
                              const up_selection *selection, up_error *err)
{
    up_projections p = {0};
    up_chart_plan plan = {0};
    const char *until = up_args_option(args, "project");
    up_status status = UP_OK;
    for (size_t i = 0; i < selection->list.count && status == UP_OK; i++)
        status = up_series_check_mixed(&selection->list.items[i], err);
    if (status == UP_OK && until != NULL)
        status =
            up_projections_run(ctx, args, selection, until, GRID, UP_WANT_POOL, &p, err);
    if (status == UP_OK) {
        keep_chosen(ctx, &p);
        status = up_plan_levels(selection->tracker, &selection->list, p.jobs, p.count,
                                &plan, err);
    }
    if (status == UP_OK)
        status = draw(ctx, args, &plan.chart, err);
    up_chart_plan_release(&plan);
    up_projections_release(&p);
    return status;
}

/* The models of one series, drawn as curves. */
static up_status chart_fit(up_context *ctx, const up_arguments *args,
                           const up_selection *selection, up_error *err)
{
    up_projections p = {0};
    up_chart_plan plan = {0};
    const char *until = up_args_option(args, "project");
    if (selection->list.count != 1)
        return up_error_set(
            err, UP_USAGE, "--kind fit draws the models of one series, and %zu are named",
            selection->list.count);
    up_status status =
        up_projections_run(ctx, args, selection, until, GRID, UP_WANT_POOL, &p, err);
    if (status == UP_OK)
        status = up_plan_fit(selection->tracker, &selection->list, p.jobs, p.count, &plan,
                             err);
    if (status == UP_OK)
        status = draw(ctx, args, &plan.chart, err);
    up_chart_plan_release(&plan);
    up_projections_release(&p);
    return status;
}

static up_status chart_growth(up_context *ctx, const up_arguments *args,
                              const up_selection *selection, up_error *err)
{
    up_sections sections = {0};
    up_chart_plan plan = {0};
    up_growth_options options = {0};
    up_transform transform = UP_CAGR;
    const char *name = up_args_option(args, "transform");
    up_status status = name != NULL ? up_transform_parse(name, &transform, err) : UP_OK;
    if (status == UP_OK && transform == UP_LIN)
        status = up_error_set(err, UP_USAGE, "levels are drawn by --kind line");
    bool show[UP_TRANSFORMS] = {false};
    show[transform] = true;
    if (status == UP_OK)
        status = up_sections_compute(ctx, args, selection, show, &options, NULL, NULL,
                                     &sections, err);
    if (status == UP_OK)
        status = up_plan_growth(selection->tracker, sections.items, sections.count,
                                transform, &plan, err);
    if (status == UP_OK)
        status = draw(ctx, args, &plan.chart, err);
    up_chart_plan_release(&plan);
    up_sections_release(&sections);
    return status;
}

static const struct {
    const char *name;
    up_status (*run)(up_context *, const up_arguments *, const up_selection *,
                     up_error *);
} kinds[] = {{"line", chart_levels}, {"growth", chart_growth}, {"fit", chart_fit}};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

static up_status run_kind(up_context *ctx, const up_arguments *args,
                          const up_selection *selection, up_error *err)
{
    const char *names[KINDS];
    const char *kind = up_args_option(args, "kind");
    for (size_t i = 0; i < KINDS; i++) {
        names[i] = kinds[i].name;
        if (kind == NULL || strcmp(kind, kinds[i].name) == 0)
            return kinds[i].run(ctx, args, selection, err);
    }
    const char *near = up_did_you_mean(kind, names, KINDS);
    return up_error_set(err, UP_USAGE, "unknown kind '%s'%s%s%s (line, growth, fit)",
                        kind, near ? "; did you mean '" : "", near ? near : "",
                        near ? "'?" : "");
}

static up_status run(up_context *ctx, const up_arguments *args, up_error *err)
{
    up_selection selection;
    up_series_options options;
    up_picture ignored;
    up_status status = picture_of(ctx, &ignored, err); /* before the data are read */
    if (status == UP_OK && up_args_flag(args, "scenario") &&
        !up_args_flag(args, "project"))
        status = up_error_set(err, UP_USAGE, "--scenario needs --project PERIOD");
    if (status == UP_OK)
        status = up_cli_series_options(ctx, args, &options, err);
    const char *kind = up_args_option(args, "kind");
    bool line = kind == NULL || strcmp(kind, "line") == 0;
    if (status == UP_OK && up_args_flag(args, "scenario") && !line)
        status = up_error_set(err, UP_USAGE, "--scenario is drawn by --kind line");
    if (status == UP_OK)
        status = up_cli_select(ctx, args, 0, &options,
                               UP_EXPRESSIONS | (line ? UP_WINDOW : 0), &selection, err);
    if (status != UP_OK)
        return status;
    status = run_kind(ctx, args, &selection, err);
    up_selection_release(&selection);
    return status;
}

static const up_option options[] = {
    {"kind", "KIND", "line (levels), growth (bars) or fit (the curves of the models)"},
    {"project", "PERIOD", "draw the projection up to there, dashed, with its band"},
    UP_PROJECT_OPTIONS,
    UP_SCENARIO_OPTION,
    {"transform", "NAME",
     "what growth bars show: cagr (default), pch, fold, chg, doubling"},
    {"log", NULL, "logarithmic axis"},
    {"title", "TEXT", "the headline, in place of the metric's title"},
    {"subtitle", "TEXT", "in place of the unit"},
    {"note", "TEXT", "a remark below the chart"},
    {"theme", "THEME", "light or dark"},
    {"size", "WxH", "pixels (default 1200x675)"},
    {"script", "FILE", "keep the gnuplot script, which draws the chart by itself"},
    {"with-derived", NULL, "figures that claims imply too, hollow"},
    {"with-forecasts", NULL, "figures of status F too, hollow"},
    UP_RESAMPLE_OPTIONS,
    UP_ALIGN_OPTION,
    UP_CURRENCY_OPTIONS,
    {"every", "UNIT", "only figures of whole years, quarters, months, …"},
    {"from", "PERIOD", "from this period on"},
    {"to", "PERIOD", "up to this period"},
    {"across-breaks", NULL, "compare across breaks (status B, D) too"},
    {"rounding", NULL, "widen each figure by half a unit of its last digit stated"},
    {"date-format", "ORDER", "dmy or mdy, for dates such as 03/04/2025"},
    {NULL, NULL, NULL}};

const up_command up_cmd_chart = {.name = "chart",
                                 .operands = "SERIES|EXPRESSION… -o FILE.png|FILE.svg",
                                 .summary = "draw a chart fit to publish",
                                 .details = "",
                                 .options = options,
                                 .min_operands = 1,
                                 .max_operands = SIZE_MAX,
                                 .run = run};
