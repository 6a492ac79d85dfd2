#include "cli/chart_options.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "uptick/calendar.h"

up_status up_chart_picture(const up_context *ctx, up_picture *picture, up_error *err)
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
    up_status status = up_chart_picture(ctx, &plan->chart.picture, err);
    read_texts(args, &plan->chart);
    plan->chart.log_scale = up_args_flag(args, "log");
    plan->chart.free_scale = up_args_flag(args, "free");
    if (status == UP_OK)
        status = read_theme(up_args_option(args, "theme"), &plan->chart, err);
    if (status == UP_OK)
        status = read_size(up_args_option(args, "size"), &plan->chart, err);
    if (status == UP_OK)
        status = up_plan_add_now(plan, now(ctx), err);
    if (status == UP_OK)
        status = read_events(args, metric, plan, err);
    if (status == UP_OK)
        status = read_references(args, metric, plan, err);
    return status == UP_OK ? read_highlights(args, plan, err) : status;
}
