#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "cli/chart_files.h"
#include "cli/chart_kinds.h"
#include "cli/chart_options.h"
#include "cli/chart_templates.h"

/* A chart on its way from a selection to a picture. */
typedef struct drawing {
    up_chart_material material;
    up_chart_plan plan;
    up_buffer script, picture;
    up_buffer path; /* with --each */
} drawing;

static void release(drawing *d)
{
    up_chart_plan_release(&d->plan);
    up_chart_material_release(&d->material);
    up_buffer_release(&d->script);
    up_buffer_release(&d->picture);
    up_buffer_release(&d->path);
}

/* It is drawn as soon as it is planned. */
static bool is_text(const drawing *d)
{
    return d->plan.chart.picture == UP_PICTURE_TEXT;
}

/* Everything up to the script, or to the lines of a chart of text. */
static up_status prepare(up_context *ctx, const up_arguments *args,
                         const up_chart_kind *kind, const up_selection *selection,
                         const up_chart_templates *templates, drawing *d, up_error *err)
{
    up_remarks remarks = {0};
    up_status status = up_chart_language(args, &d->plan.language, err);
    if (status == UP_OK)
        status = kind->plan(ctx, args, selection, &d->material, &d->plan, err);
    if (status == UP_OK)
        status = up_chart_decorate(ctx, args, &selection->list.items[0], &d->plan, err);
    if (status == UP_OK && d->plan.mended != NULL)
        up_remarks_add(&remarks, UP_WARNING,
                       d->plan.mended_line > 0 ? "series/events.csv" : "",
                       d->plan.mended_line,
                       "'%s' holds a line break or another control character: a space "
                       "stands for it",
                       d->plan.mended);
    up_chart_templates_apply(templates, &d->plan.chart);
    if (status == UP_OK && is_text(d))
        status = up_chart_text(&d->plan.chart, ctx->color && ctx->output == NULL,
                               &d->picture, &remarks, err);
    else if (status == UP_OK)
        status = up_chart_script(&d->plan.chart, &d->script, &remarks, err);
    up_cli_remarks(ctx, &remarks);
    return status;
}

static up_status print_alt(up_context *ctx, const drawing *d, up_error *err)
{
    up_buffer text = {0};
    up_chart_alt_text(&d->plan.chart, &text);
    up_buffer_add(&text, "\n");
    up_status status = up_buffer_check(&text, err);
    if (status == UP_OK)
        fputs(up_buffer_text(&text), ctx->out);
    up_buffer_release(&text);
    return status;
}

static up_status draw_one(up_context *ctx, const up_arguments *args,
                          const up_chart_kind *kind, const up_selection *selection,
                          const up_chart_templates *templates, up_error *err)
{
    const char *script = up_args_option(args, "script");
    bool alt = up_args_flag(args, "alt");
    bool picture = ctx->output != NULL || up_args_flag(args, "format");
    drawing d = {0};
    up_status status = prepare(ctx, args, kind, selection, templates, &d, err);
    if (status == UP_OK && script != NULL)
        status = up_cli_write_file(ctx, script, up_buffer_text(&d.script),
                                   d.script.length, err);
    if (status == UP_OK && picture && !is_text(&d))
        status = up_gnuplot_run(&d.script, d.plan.chart.picture, &d.picture, err);
    if (status == UP_OK && picture)
        status = up_cli_write(ctx, up_buffer_text(&d.picture), d.picture.length, err);
    if (status == UP_OK && alt)
        status = print_alt(ctx, &d, err);
    release(&d);
    return status;
}

/* ---- a chart a series ---- */

/* One that cannot be drawn is told, and keeps no other from being drawn. */
static void prepare_each(up_context *ctx, const up_arguments *args,
                         const up_chart_kind *kind, const up_selection *selection,
                         const up_chart_templates *templates, drawing drawings[],
                         up_error *first)
{
    for (size_t i = 0; i < selection->list.count; i++) {
        up_selection one = *selection;
        up_error why = {0};
        one.list.items = &selection->list.items[i];
        one.list.count = 1;
        if (prepare(ctx, args, kind, &one, templates, &drawings[i], &why) == UP_OK)
            continue;
        up_buffer_clear(&drawings[i].script);
        if (first->code == UP_OK)
            *first = why;
        else
            up_cli_note(ctx, "%s", why.message);
    }
}

static up_status run_each(drawing drawings[], size_t count, up_picture picture,
                          up_error *err)
{
    const up_buffer **scripts = NULL;
    up_buffer **pictures = NULL;
    size_t n = 0;
    up_status status = up_alloc(count, sizeof *scripts, &scripts, err);
    if (status == UP_OK)
        status = up_alloc(count, sizeof *pictures, &pictures, err);
    for (size_t i = 0; i < count && status == UP_OK; i++)
        if (drawings[i].script.length > 0) {
            scripts[n] = &drawings[i].script;
            pictures[n++] = &drawings[i].picture;
        }
    if (status == UP_OK)
        status = up_gnuplot_run_all(scripts, n, picture, pictures, err);
    free(scripts);
    free(pictures);
    return status;
}

static up_status write_each(up_context *ctx, const up_arguments *args,
                            const up_selection *selection, drawing drawings[],
                            const char *ending, up_error *err)
{
    up_chart_names names = {0};
    up_status status = UP_OK;
    for (size_t i = 0; i < selection->list.count && status == UP_OK; i++) {
        drawing *d = &drawings[i];
        if (d->picture.length == 0)
            continue;
        status = up_chart_file_name(&names, ctx->output, selection->list.items[i].key,
                                    ending, &d->path, err);
        if (status == UP_OK)
            status =
                up_cli_write_file(ctx, up_buffer_text(&d->path),
                                  up_buffer_text(&d->picture), d->picture.length, err);
        if (status == UP_OK && up_args_flag(args, "alt")) {
            fprintf(ctx->out, "%s\t", up_buffer_text(&d->path));
            status = print_alt(ctx, d, err);
        }
    }
    up_chart_names_release(&names);
    return status;
}

static up_status make_folder(up_context *ctx, up_error *err)
{
    struct stat info;
    if (stat(ctx->output, &info) == 0 && S_ISDIR(info.st_mode))
        return UP_OK;
    up_status status = up_cli_check_output(ctx->output, err);
    if (status != UP_OK || ctx->dry_run || mkdir(ctx->output, 0777) == 0)
        return status;
    return up_error_set(err, UP_SYSTEM, "%s: no folder for the charts of --each: %s",
                        ctx->output, strerror(errno));
}

static up_status draw_each(up_context *ctx, const up_arguments *args,
                           const up_chart_kind *kind, const up_selection *selection,
                           const up_chart_templates *templates, up_error *err)
{
    drawing *drawings = NULL;
    up_picture picture = UP_PICTURE_PNG;
    up_error first = {0};
    size_t count = selection->list.count;
    up_status status = up_chart_picture(ctx, args, &picture, err);
    if (status == UP_OK)
        status = make_folder(ctx, err);
    if (status == UP_OK)
        status = up_alloc(count, sizeof *drawings, &drawings, err);
    if (status == UP_OK)
        prepare_each(ctx, args, kind, selection, templates, drawings, &first);
    if (status == UP_OK && picture != UP_PICTURE_TEXT)
        status = run_each(drawings, count, picture, err);
    if (status == UP_OK)
        status = write_each(ctx, args, selection, drawings,
                            up_chart_picture_name(picture), err);
    for (size_t i = 0; drawings != NULL && i < count; i++)
        release(&drawings[i]);
    free(drawings);
    if (status == UP_OK && first.code != UP_OK) {
        status = first.code;
        if (err != NULL)
            *err = first;
    }
    return status;
}

/* ---- the command ---- */

/* What only pictures have. */
static up_status check_text(const up_arguments *args, up_error *err)
{
    static const char *const others[] = {"script", "theme", "scale", "templates"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (up_args_flag(args, others[i]))
            return up_error_set(err, UP_USAGE,
                                "--%s is for pictures: a chart of text "
                                "(txt) has none",
                                others[i]);
    return UP_OK;
}

/* What can be told before the data are read. */
static up_status check(const up_context *ctx, const up_arguments *args, up_error *err)
{
    up_picture picture = UP_PICTURE_PNG;
    up_language language;
    up_status status = up_chart_language(args, &language, err);
    bool each = up_args_flag(args, "each");
    if (status != UP_OK)
        return status;
    if (each && ctx->output == NULL)
        return up_error_set(err, UP_USAGE, "--each needs a folder: -o DIR");
    if (each && up_args_flag(args, "script"))
        return up_error_set(err, UP_USAGE, "--each and --script exclude each other");
    const char *script = up_args_option(args, "script");
    if (script != NULL && ctx->output != NULL && strcmp(script, ctx->output) == 0)
        return up_error_set(err, UP_USAGE, "-o and --script both name '%s'", script);
    if (ctx->output == NULL && up_args_flag(args, "format") && up_args_flag(args, "alt"))
        return up_error_set(err, UP_USAGE,
                            "--format without -o writes the picture itself, and --alt a "
                            "text: give -o FILE");
    if (ctx->output == NULL && !up_args_flag(args, "format") &&
        (up_args_flag(args, "alt") || script != NULL))
        return UP_OK;
    status = up_chart_picture(ctx, args, &picture, err);
    return status == UP_OK && picture == UP_PICTURE_TEXT ? check_text(args, err) : status;
}

static up_status run(up_context *ctx, const up_arguments *args, up_error *err)
{
    up_selection selection;
    up_series_options options;
    up_chart_templates templates = {0};
    const up_chart_kind *kind = NULL;
    up_status status = check(ctx, args, err);
    if (status == UP_OK)
        status = up_chart_find_kind(up_args_option(args, "kind"), &kind, err);
    if (status == UP_OK)
        status = up_chart_check_options(args, kind, err);
    if (status == UP_OK)
        status = up_chart_templates_read(ctx, args, &templates, err);
    if (status == UP_OK)
        status = up_cli_series_options(ctx, args, &options, err);
    bool windowed = status == UP_OK && kind->windowed && !up_args_flag(args, "transform");
    if (status == UP_OK)
        status =
            up_cli_select(ctx, args, 0, &options,
                          UP_EXPRESSIONS | (windowed ? UP_WINDOW : 0), &selection, err);
    if (status == UP_OK) {
        status = up_args_flag(args, "each")
                     ? draw_each(ctx, args, kind, &selection, &templates, err)
                     : draw_one(ctx, args, kind, &selection, &templates, err);
        up_selection_release(&selection);
    }
    up_chart_templates_release(&templates);
    return status;
}

static const up_option options[] = {
    {"kind", "KIND", "line, growth, index, bar, stack, facet, fit or reach"},
    {"project", "PERIOD", "draw the projection up to there, dashed, with its band"},
    UP_PROJECT_OPTIONS,
    UP_SCENARIO_OPTION,
    {"target", "LEVEL", "reach: the level"},
    {"by", "PERIOD", "reach: the probability that it is there by the end of this period"},
    {"horizon", "PERIOD", "reach: how far to look"},
    {"again", NULL, "reach: a level that was passed: when it is passed the other way"},
    {"transform", "NAME", "growth: cagr (default), pch, fold, chg, …; line: lines of it"},
    {"base", "PERIOD", "index: what is 100 (default: each series' first figure)"},
    {"vintage", "DATE", "line: what was known on that day, grey; may be repeated"},
    {"top", "N", "bar: only the largest"},
    {"share", NULL, "stack: shares of the total"},
    {"free", NULL, "facet: each panel with an axis of its own"},
    {"log", NULL, "logarithmic axis"},
    {"title", "TEXT", "the headline, in place of the metric's title"},
    {"subtitle", "TEXT", "in place of the unit"},
    {"note", "TEXT", "a remark below the chart"},
    {"event", "DATE TEXT", "an event of that day; may be given more than once"},
    {"reference", "LEVEL TEXT", "a level to compare with; may be given more than once"},
    {"highlight", "NAME", "this series in colour, others grey; may be given repeatedly"},
    {"lang", "LANGUAGE", "of the words and numbers: en or zh"},
    {"theme", "THEME", "light or dark"},
    {"size", "WxH", "pixels (default 1200x675); txt: columns and rows (100x30)"},
    {"scale", "N", "png: so many pixels for each of these, 1 to 4"},
    {"format", "FORMAT", "png, svg, pdf or txt (else by the ending of -o)"},
    {"each", NULL, "a chart a series, into the folder -o"},
    {"alt", NULL, "print the alternative text (without -o: that alone)"},
    {"script", "FILE", "keep the gnuplot script, which draws the chart by itself"},
    {"templates", "DIR", "gnuplot code in place of the shipped plots/*.gp"},
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

const up_command up_cmd_chart = {
    .name = "chart",
    .operands = "SERIES|EXPRESSION… -o FILE.png|FILE.svg|FILE.pdf|FILE.txt",
    .summary = "draw a chart fit to publish",
    .details = "Kinds: line (levels over time), growth (bars of a "
               "transform), index (lines from a base of 100), bar "
               "(the last figures, the largest first; of one series "
               "all of them), stack (what adds up), facet (a panel a "
               "series), fit (the curves of the models), reach (when "
               "a level is reached: --target).",
    .options = options,
    .min_operands = 1,
    .max_operands = SIZE_MAX,
    .run = run};
