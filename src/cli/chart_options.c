#include "cli/chart_options.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "uptick/calendar.h"
#include "uptick/number.h"

static const char *const pictures[] = {[UP_PICTURE_PNG] = "png",
                                       [UP_PICTURE_SVG] = "svg",
                                       [UP_PICTURE_PDF] = "pdf",
                                       [UP_PICTURE_TEXT] = "txt"};
enum { PICTURES = sizeof pictures / sizeof pictures[0] };

const char *up_chart_picture_name(up_picture picture)
{
    return pictures[picture];
}

static bool find_picture(const char *name, up_picture *picture)
{
    for (size_t i = 0; i < PICTURES; i++)
        if (strcmp(name, pictures[i]) == 0) {
            *picture = (up_picture)i;
            return true;
        }
    return false;
}

up_status up_chart_picture(const up_context *ctx, const up_arguments *args,
                           up_picture *picture, up_error *err)
{
    const char *format = up_args_option(args, "format");
    const char *dot = ctx->output != NULL ? strrchr(ctx->output, '.') : NULL;
    *picture = UP_PICTURE_PNG;
    if (format != NULL && !find_picture(format, picture))
        return up_error_set(err, UP_USAGE, "--format '%s' is not png, svg, pdf or txt",
                            format);
    if (format != NULL || up_args_flag(args, "each"))
        return UP_OK;
    if (ctx->output == NULL)
        return up_error_set(err, UP_USAGE,
                            "a chart needs a file: -o FILE.png, FILE.svg or FILE.pdf "
                            "(--format txt prints one)");
    if (dot == NULL || !find_picture(dot + 1, picture))
        return up_error_set(
            err, UP_USAGE,
            "'%s' tells no format: use the ending .png, .svg, .pdf or .txt, or "
            "--format",
            ctx->output);
    return UP_OK;
}

up_status up_chart_language(const up_arguments *args, up_language *language,
                            up_error *err)
{
    const char *code = up_args_option(args, "lang");
    up_buffer known = {0};
    *language = UP_ENGLISH;
    for (int l = 0; l < UP_LANGUAGES; l++) {
        const char *own = up_language_code((up_language)l);
        if (code != NULL && strcmp(code, own) == 0) {
            *language = (up_language)l;
            code = NULL;
        }
        up_buffer_addf(&known, "%s%s",
                       l == 0                 ? ""
                       : l + 1 < UP_LANGUAGES ? ", "
                                              : " or ",
                       own);
    }
    if (code != NULL)
        up_error_set(err, UP_USAGE, "--lang '%s' is not %s", code,
                     up_buffer_text(&known));
    up_buffer_release(&known);
    return code == NULL ? UP_OK : UP_USAGE;
}

/* --scale 2: of a PNG. */
static up_status read_density(const char *text, up_chart *chart, up_error *err)
{
    if (text == NULL)
        return UP_OK;
    if (up_number_parse(text, &chart->density, NULL) != UP_OK || chart->density < 1 ||
        chart->density > 4)
        return up_error_set(err, UP_USAGE, "--scale '%s' is no number from 1 to 4", text);
    if (chart->picture != UP_PICTURE_PNG)
        return up_error_set(err, UP_USAGE, "--scale is for png: nothing else has pixels");
    return UP_OK;
}

static bool read_number(const char **at, int *value)
{
    long number = 0;
    const char *first = *at;
    for (; **at >= '0' && **at <= '9' && number < 100000; (*at)++)
        number = number * 10 + (**at - '0');
    *value = (int)number;
    return *at > first && number > 0;
}

static up_status read_size(const char *text, up_chart *chart, up_error *err)
{
    const char *at = text;
    if (text == NULL)
        return UP_OK;
    if (!read_number(&at, &chart->width) || *at++ != 'x' ||
        !read_number(&at, &chart->height) || *at != '\0')
        return up_error_set(err, UP_USAGE,
                            "--size '%s' is not WIDTHxHEIGHT, as in 1200x675", text);
    return UP_OK;
}

/* Of a chart of text in the terminal: its width, so far as a line is easy to follow; else 0. */
static int fit_width(const up_context *ctx)
{
    enum { LEAST = 40, MOST = 140 };
    if (ctx->output != NULL || ctx->width == 0)
        return 0;
    return ctx->width < LEAST ? LEAST : ctx->width > MOST ? MOST : (int)ctx->width;
}

static up_status read_theme(const char *text, up_chart *chart, up_error *err)
{
    if (text == NULL)
        return UP_OK;
    if (strcmp(text, "dark") != 0 && strcmp(text, "light") != 0)
        return up_error_set(err, UP_USAGE, "--theme '%s' is not light or dark", text);
    chart->theme = text[0] == 'd' ? UP_THEME_DARK : UP_THEME_LIGHT;
    return UP_OK;
}

/* --event DATE TEXT, as often as wanted. */
static up_status read_events(const up_arguments *args, const up_metric *metric,
                             up_chart_plan *plan, up_error *err)
{
    const char *date, *text;
    up_status status = UP_OK;
    for (size_t n = 0; status == UP_OK && (date = up_args_nth(args, "event", n)) != NULL;
         n += 2) {
        up_period period;
        text = up_args_nth(args, "event", n + 1);
        status = up_cli_period(args, metric, date, &period, err);
        if (status == UP_OK && !up_period_is_bounded(&period))
            status = up_error_set(err, UP_USAGE, "--event '%s' has no end", date);
        if (status == UP_OK)
            status = up_plan_add_event(
                plan, up_period_moment(&period, UP_ANCHOR_MIDDLE, UP_TIME_CALENDAR).value,
                text, err);
    }
    return status;
}

/* --reference LEVEL TEXT, as often as wanted. */
static up_status read_references(const up_arguments *args, const up_metric *metric,
                                 up_chart_plan *plan, up_error *err)
{
    const char *level;
    up_status status = UP_OK;
    for (size_t n = 0;
         status == UP_OK && (level = up_args_nth(args, "reference", n)) != NULL; n += 2) {
        double value;
        status = up_cli_level(metric, level, &value, err);
        if (status == UP_OK)
            status = up_plan_add_reference(plan, value,
                                           up_args_nth(args, "reference", n + 1), err);
    }
    return status;
}

/* --highlight NAME, as often as wanted. */
static up_status read_highlights(const up_arguments *args, up_chart_plan *plan,
                                 up_error *err)
{
    const char **names = NULL;
    size_t count = 0;
    while (up_args_nth(args, "highlight", count) != NULL)
        count++;
    if (count == 0)
        return UP_OK;
    up_status status = up_alloc(count, sizeof *names, &names, err);
    for (size_t i = 0; i < count && status == UP_OK; i++)
        names[i] = up_args_nth(args, "highlight", i);
    if (status == UP_OK)
        status = up_plan_highlight(plan, names, count, err);
    free(names);
    return status;
}

/* The end of the day that is taken for today, or of --as-of. */
static double now(const up_context *ctx)
{
    int64_t day = ctx->as_of != UP_AS_OF_LATEST ? ctx->as_of : ctx->today;
    return up_year_from_instant((day + 1) * UP_SECONDS_PER_DAY);
}

static void read_texts(const up_arguments *args, up_chart *chart)
{
    const char *text;
    if ((text = up_args_option(args, "title")) != NULL)
        chart->title = text;
    if ((text = up_args_option(args, "subtitle")) != NULL)
        chart->subtitle = text;
    if ((text = up_args_option(args, "note")) != NULL)
        chart->note = text;
}

up_status up_chart_decorate(const up_context *ctx, const up_arguments *args,
                            const up_series *series, up_chart_plan *plan, up_error *err)
{
    const up_metric *metric = &series->data->metric;
    up_picture picture = UP_PICTURE_PNG;
    bool drawn = ctx->output != NULL || up_args_flag(args, "format");
    up_status status = drawn ? up_chart_picture(ctx, args, &picture, err) : UP_OK;
    plan->chart.picture = picture;
    read_texts(args, &plan->chart);
    plan->chart.log_scale = up_args_flag(args, "log");
    plan->chart.free_scale = up_args_flag(args, "free");
    if (status == UP_OK)
        status = read_theme(up_args_option(args, "theme"), &plan->chart, err);
    if (picture == UP_PICTURE_TEXT)
        plan->chart.height = 0, plan->chart.width = fit_width(ctx);
    if (status == UP_OK)
        status = read_size(up_args_option(args, "size"), &plan->chart, err);
    if (status == UP_OK)
        status = read_density(up_args_option(args, "scale"), &plan->chart, err);
    if (status == UP_OK)
        status = up_plan_add_now(plan, now(ctx), err);
    if (status == UP_OK)
        status = read_events(args, metric, plan, err);
    if (status == UP_OK)
        status = read_references(args, metric, plan, err);
    return status == UP_OK ? read_highlights(args, plan, err) : status;
}
