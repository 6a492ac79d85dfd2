/* growth --trend. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/growth_sections.h"
#include "uptick/number.h"

up_status up_cli_count(const up_arguments *args, const char *option, size_t least,
                       size_t *count, up_error *err)
{
    const char *text = up_args_option(args, option);
    double n;
    if (text == NULL)
        return UP_OK;
    if (up_number_parse(text, &n, NULL) != UP_OK || n < (double)least || n > 1e9 ||
        n != floor(n))
        return up_error_set(err, UP_USAGE, "--%s '%s' is not a whole number from %zu on",
                            option, text, least);
    *count = (size_t)n;
    return UP_OK;
}

/* What was asked for: one line a series, or several. */
typedef struct request {
    up_trend_options options;
    size_t rolling; /* 0: no */
    up_period splits[UP_CLI_SPLITS];
    size_t split_count;
} request;

up_status up_cli_splits(const up_arguments *args, const up_metric *metric,
                        up_period splits[UP_CLI_SPLITS], size_t *count, up_error *err)
{
    const char *text = up_args_option(args, "split");
    up_status status = UP_OK;
    *count = 0;
    while (text != NULL && status == UP_OK) {
        size_t length = strcspn(text, ",");
        char *one;
        if (*count == UP_CLI_SPLITS)
            return up_error_set(err, UP_USAGE, "--split takes %d periods at most",
                                (int)UP_CLI_SPLITS);
        status = up_copy_bytes(text, length, &one, err);
        if (status == UP_OK) {
            status = up_cli_period(args, metric, one, &splits[(*count)++], err);
            free(one);
        }
        text = text[length] == ',' ? text + length + 1 : NULL;
    }
    for (size_t i = 1; i < *count && status == UP_OK; i++)
        if (splits[i].start <= splits[i - 1].start)
            status = up_error_set(err, UP_USAGE, "the periods of --split must ascend");
    return status;
}

/* --level 90: a fraction in the options. */
static up_status read_level(const up_arguments *args, double *level, up_error *err)
{
    const char *text = up_args_option(args, "level");
    char meant[UP_NUMBER_SIZE];
    double percent;
    if (text == NULL)
        return UP_OK;
    if (up_number_parse(text, &percent, NULL) != UP_OK || !(percent > 0) ||
        !(percent < 100))
        return up_error_set(err, UP_USAGE,
                            "--level '%s' is no percentage between 0 and 100", text);
    if (percent <= 1) { /* 0.95 for 95 % */
        up_number_format(up_number_clean(100 * percent), meant);
        return up_error_set(err, UP_USAGE,
                            "--level is a percentage; did you mean %s instead of '%s'?",
                            meant, text);
    }
    if (percent < 50)
        return up_error_set(
            err, UP_USAGE,
            "--level '%s' is below 50: that interval would miss more often "
            "than not (95 is usual)",
            text);
    *level = percent / 100;
    return UP_OK;
}

static up_status read_request(const up_arguments *args, request *r, up_error *err)
{
    r->options.across_breaks = up_args_flag(args, "across-breaks");
    r->options.method = up_args_flag(args, "hac")      ? UP_TREND_HAC
                        : up_args_flag(args, "robust") ? UP_TREND_ROBUST
                                                       : UP_TREND_OLS;
    up_status status = read_level(args, &r->options.level, err);
    return status == UP_OK ? up_cli_count(args, "rolling", 3, &r->rolling, err) : status;
}

static up_status fit_one(const up_series *series, const request *r, up_trend_list *list,
                         up_remarks *remarks, up_error *err)
{
    if (r->rolling > 0)
        return up_trend_rolling(series, &r->options, r->rolling, list, remarks, err);
    return up_trend_split(series, &r->options, r->splits, r->split_count, list, remarks,
                          err);
}

/* What is shown: sections grow by one a fitted line. */
typedef struct sections {
    up_trend_section *items;
    size_t count, capacity;
} sections;

static up_status add(up_context *ctx, const up_series *series, const up_trend_list *fits,
                     sections *s, up_error *err)
{
    up_status status =
        up_grow(&s->items, &s->capacity, s->count + fits->count, sizeof *s->items, err);
    for (size_t i = 0; i < fits->count && status == UP_OK; i++) {
        ctx->warnings += up_trend_is_doubtful(&fits->items[i]); /* told below the table */
        s->items[s->count++] = (up_trend_section){series, fits->items[i]};
    }
    return status;
}

/* Fits every series; what cannot be fitted is remarked. *first is the first reason. */
static up_status fit_all(up_context *ctx, const up_arguments *args,
                         const up_series_list *list, request *r, sections *s,
                         up_error *first, up_error *err)
{
    up_status status = UP_OK;
    for (size_t i = 0; i < list->count && status == UP_OK; i++) {
        up_trend_list fits = {0};
        up_remarks remarks = {0};
        up_error why = {0};
        status = up_cli_splits(args, &list->items[i].data->metric, r->splits,
                               &r->split_count, err);
        if (status != UP_OK)
            break;
        up_status fitted = fit_one(&list->items[i], r, &fits, &remarks, &why);
        if (fitted == UP_OK)
            status = add(ctx, &list->items[i], &fits, s, err);
        else if (first->code == UP_OK)
            *first = why;
        else
            up_cli_note(ctx, "%s", why.message);
        up_cli_remarks(ctx, &remarks);
        up_trend_list_release(&fits);
    }
    if (status == UP_OK && s->count > 0 && first->code != UP_OK)
        up_cli_note(ctx, "%s", first->message);
    else if (status == UP_OK && s->count == 0)
        status =
            first->code != UP_OK
                ? up_error_set(err, first->code, "%s", first->message)
                : up_error_set(err, UP_TOO_LITTLE_DATA, "the tracker has no figures");
    return status;
}

up_status up_cli_show_trend(up_context *ctx, const up_arguments *args,
                            const up_selection *selection, up_error *err)
{
    request r = {0};
    sections s = {0};
    up_error first = {0};
    up_table table = {0};
    size_t top = SIZE_MAX, bottom = SIZE_MAX;
    up_status status = read_request(args, &r, err);
    if (status == UP_OK)
        status = up_cli_count(args, "top", 1, &top, err);
    if (status == UP_OK)
        status = up_cli_count(args, "bottom", 1, &bottom, err);
    if (status == UP_OK)
        status = fit_all(ctx, args, &selection->list, &r, &s, &first, err);
    if (status == UP_OK &&
        (up_args_flag(args, "by-entity") || top < SIZE_MAX || bottom < SIZE_MAX))
        up_trend_rank(s.items, s.count);
    up_cli_begin_table(ctx, &table);
    size_t shown = s.count < top ? s.count : top, first_shown = 0;
    if (bottom < s.count) {
        first_shown = s.count - bottom;
        shown = bottom;
    }
    if (status == UP_OK)
        status = up_view_trend(s.items + first_shown, shown, &table, err);
    if (status == UP_OK)
        status = up_cli_emit(ctx, &table, err);
    free(s.items);
    return status;
}
