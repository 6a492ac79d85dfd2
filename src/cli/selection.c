/* From operands and options to series: loading, selecting, evaluating. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/command.h"
#include "uptick/expression.h"
#include "uptick/resample.h"

up_status up_cli_unit(const up_arguments *args, const char *option, bool *given,
                      up_granularity *unit, up_error *err)
{
    static const up_granularity units[] = {UP_DAY,     UP_WEEK, UP_MONTH,
                                           UP_QUARTER, UP_HALF, UP_YEAR};
    const char *text = up_args_option(args, option);
    *given = false;
    for (size_t i = 0; i < sizeof units / sizeof units[0] && text != NULL; i++)
        if (strcmp(text, up_granularity_name(units[i])) == 0) {
            *given = true;
            *unit = units[i];
        }
    if (text != NULL && !*given)
        return up_error_set(err, UP_USAGE,
                            "--%s '%s' is none of day, week, month, quarter, half, year",
                            option, text);
    return UP_OK;
}

/* --resample quarter --how sum --partial */
static up_status read_resampling(const up_arguments *args, up_series_options *options,
                                 up_error *err)
{
    const char *unit = up_args_option(args, "resample"),
               *how = up_args_option(args, "how");
    bool partial = up_args_flag(args, "partial");
    if (unit == NULL && (how != NULL || partial))
        return up_error_set(err, UP_USAGE, "--how and --partial go with --resample");
    return unit != NULL ? up_resampling_parse(unit, how, partial, &options->resample, err)
                        : UP_OK;
}

up_status up_cli_series_options(const up_context *ctx, const up_arguments *args,
                                up_series_options *options, up_error *err)
{
    *options = (up_series_options){.as_of = ctx->as_of,
                                   .with_forecasts = up_args_flag(args, "with-forecasts"),
                                   .with_derived = up_args_flag(args, "with-derived"),
                                   .rounding = up_args_flag(args, "rounding")};
    options->derive = &up_formulas;
    up_status status = up_cli_check_date_order(args, err);
    if (status == UP_OK)
        status = up_cli_unit(args, "every", &options->has_every, &options->every, err);
    return status == UP_OK ? read_resampling(args, options, err) : status;
}

/* The metric that the first operand begins with: its fiscal year is that of --from and --to. */
static const up_metric *first_metric(const up_selection *s, const up_arguments *args,
                                     size_t first)
{
    const char *text = up_args_operand(args, first);
    for (size_t i = 0; i < s->tracker->metric_count && text != NULL; i++)
        if (up_series_pattern_matches(text, s->tracker->metrics[i].metric.name))
            return &s->tracker->metrics[i].metric;
    return NULL;
}

static up_status read_window(const up_arguments *args, const up_metric *metric,
                             up_series_options *options, up_error *err)
{
    const char *from = up_args_option(args, "from"), *to = up_args_option(args, "to");
    up_period first, last;
    up_status status = UP_OK;
    options->window = (up_period){.start = INT64_MIN, .end = INT64_MAX};
    options->has_window = from != NULL || to != NULL;
    if (from != NULL)
        status = up_cli_period(args, metric, from, &first, err);
    if (status == UP_OK && to != NULL)
        status = up_cli_period(args, metric, to, &last, err);
    if (status != UP_OK)
        return status;
    if (from != NULL)
        options->window.start = first.start;
    if (to != NULL)
        options->window.end = last.end;
    if (options->window.start >= options->window.end)
        return up_error_set(err, UP_USAGE, "--from must be before --to");
    return UP_OK;
}

up_status up_cli_load_pattern(const char *pattern, void *context, up_error *err)
{
    up_cli_loading *request = context;
    return up_cli_load(request->ctx, request->store, pattern, err);
}

static up_status load_operand(up_context *ctx, const up_arguments *args, up_selection *s,
                              const char *text, bool expressions, up_error *err)
{
    up_cli_loading request = {ctx, s->store};
    bool converts = up_args_option(args, "in") != NULL;
    up_status status =
        up_selector_visit(s->tracker, text, converts, up_cli_load_pattern, &request, err);
    if (status == UP_OK && expressions && up_expression_is_one(s->tracker, text))
        status = up_expression_visit(s->tracker, text, converts, up_cli_load_pattern,
                                     &request, err);
    return status == UP_USAGE && expressions ? up_expression_explain(text, err) : status;
}

/* What options name besides the operands: deflators, totals. */
static up_status load_named(up_context *ctx, const up_arguments *args, up_selection *s,
                            up_error *err)
{
    static const char *const options[] = {"real", "of"};
    up_cli_loading request = {ctx, s->store};
    up_status status = UP_OK;
    const char *text;
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
        for (size_t n = 0;
             status == UP_OK && (text = up_args_nth(args, options[i], n)) != NULL; n++)
            status = up_selector_visit(s->tracker, text, false, up_cli_load_pattern,
                                       &request, err);
    return status;
}

/* What is done with figures outside of --from and --to need not be remarked. */
static up_status read_told(const up_arguments *args, const up_metric *metric,
                           up_expression_options *how, up_error *err)
{
    up_series_options window = {0};
    up_status status = read_window(args, metric, &window, err);
    how->has_told = window.has_window;
    how->told = window.window;
    return status;
}

/* --align, --tolerance, --in and --future-rates, where the command has them. */
static up_status read_expression_options(const up_arguments *args,
                                         up_expression_options *how, up_error *err)
{
    const char *align = up_args_option(args, "align");
    const char *tolerance = up_args_option(args, "tolerance");
    *how = (up_expression_options){.currency = up_args_option(args, "in"),
                                   .future_rates = up_args_flag(args, "future-rates")};
    up_status status = align != NULL ? up_align_parse(align, &how->align, err) : UP_OK;
    const char *prices = up_args_option(args, "prices");
    how->deflator = up_args_option(args, "real");
    if (status == UP_OK && (how->deflator != NULL) != (prices != NULL))
        status =
            up_error_set(err, UP_USAGE,
                         "--real INDEX and --prices PERIOD go together: by which index, "
                         "at the prices of when");
    if (status == UP_OK && prices != NULL)
        status = up_cli_period(args, NULL, prices, &how->base, err);
    up_error why = {0};
    if (status == UP_OK && tolerance != NULL &&
        up_tolerance_parse(tolerance, &how->tolerance, &why) != UP_OK)
        status = up_error_set(err, UP_USAGE, "--%s", why.message);
    if (status == UP_OK && how->align == UP_ALIGN_NEAREST && !how->tolerance.given)
        status = up_error_set(
            err, UP_USAGE, "--align nearest needs a --tolerance: how far is still near?");
    return status;
}

static up_status evaluate(up_selection *s, const char *text,
                          const up_expression_options *how, up_error *err)
{
    up_status status = up_grow(&s->expressions, &s->expression_capacity,
                               s->expression_count + 1, sizeof *s->expressions, err);
    if (status == UP_OK)
        status = up_expression_evaluate(s->tracker, text, &s->options, how, &s->list,
                                        &s->expressions[s->expression_count],
                                        s->options.remarks, err);
    if (status == UP_OK)
        s->expression_count++;
    return status;
}

static size_t count_metrics(const up_tracker *tracker, const char *pattern)
{
    size_t count = 0;
    for (size_t i = 0; i < tracker->metric_count; i++)
        count += up_series_pattern_matches(pattern, tracker->metrics[i].metric.name);
    return count;
}

/* One metric of several that cannot be converted does not keep the others from it. */
static up_status set_aside(const up_selection *s, const up_metric *metric,
                           const up_error *why, up_error *first)
{
    if (first->code == UP_OK)
        *first = *why;
    up_remarks_add(s->options.remarks, UP_NOTE, NULL, 0, "%s left out: %s", metric->name,
                   why->message);
    return UP_OK;
}

/* A key or glob in a currency or at prices: metric by metric, since each has a unit of its own. */
static up_status convert(up_selection *s, const char *text, up_expression_options how,
                         up_error *err)
{
    const char *slash = strchr(text, '/');
    up_status status = UP_OK;
    up_error first = {0};
    size_t before = s->expression_count;
    bool several = count_metrics(s->tracker, text) > 1;
    how.is_selector = true;
    for (size_t i = 0; i < s->tracker->metric_count && status == UP_OK; i++) {
        const up_metric *metric = &s->tracker->metrics[i].metric;
        up_buffer key = {0};
        if (!up_series_pattern_matches(text, metric->name))
            continue;
        up_buffer_addf(&key, "%s%s", metric->name, slash != NULL ? slash : "");
        status = up_buffer_check(&key, err);
        up_error why = {0};
        if (status == UP_OK)
            status = evaluate(s, up_buffer_text(&key), &how, &why);
        if (several && (status == UP_USAGE || status == UP_TOO_LITTLE_DATA))
            status = set_aside(s, metric, &why, &first);
        else if (status != UP_OK)
            up_error_set(err, status, "%s", why.message);
        up_buffer_release(&key);
    }
    if (status != UP_OK || s->expression_count > before)
        return status;
    if (first.code != UP_OK)
        return up_error_set(err, first.code, "%s", first.message);
    return up_series_select(s->tracker, text, &s->options, &s->list, err); /* says why */
}

/* One operand's series into the selection. */
static up_status select_operand(up_selection *s, const char *text, bool expressions,
                                const up_expression_options *how, up_error *err)
{
    if (expressions && up_expression_is_one(s->tracker, text)) {
        s->expression_operands++;
        return evaluate(s, text, how, err);
    }
    if (how->currency != NULL || how->deflator != NULL)
        return convert(s, text, *how, err);
    return up_series_select(s->tracker, text, &s->options, &s->list, err);
}

/* The same; what no expression has is told as that. */
static up_status take_operand(up_selection *s, const char *text, bool expressions,
                              const up_expression_options *how, up_error *err)
{
    up_status status = select_operand(s, text, expressions, how, err);
    return status == UP_USAGE && expressions ? up_expression_explain(text, err) : status;
}

static up_status select_operands(up_context *ctx, const up_arguments *args, size_t first,
                                 unsigned how, up_selection *s, up_error *err)
{
    size_t count = up_args_count(args) - ((how & UP_BUT_LAST) != 0 ? 1 : 0);
    up_expression_options alignment;
    up_status status = up_cli_open(ctx, &s->store, err);
    if (status == UP_OK)
        s->tracker = up_store_tracker(s->store);
    bool expressions = (how & UP_EXPRESSIONS) != 0;
    if (status == UP_OK && (how & UP_WINDOW) != 0)
        status = read_window(args, first_metric(s, args, first), &s->options, err);
    if (status == UP_OK && first == count)
        status = up_cli_load(ctx, s->store, NULL, err);
    for (size_t i = first; i < count && status == UP_OK; i++)
        status = load_operand(ctx, args, s, up_args_operand(args, i), expressions, err);
    if (status == UP_OK && first < count)
        status = load_named(ctx, args, s, err);
    if (status == UP_OK)
        status = read_expression_options(args, &alignment, err);
    if (status == UP_OK)
        status = read_told(args, first_metric(s, args, first), &alignment, err);
    if (status == UP_OK && first == count &&
        (alignment.currency != NULL || alignment.deflator != NULL))
        status = up_error_set(err, UP_USAGE, "--in and --real need a series: which?");
    if (status == UP_OK && first == count) {
        status = up_series_select(s->tracker, "*", &s->options, &s->list, err);
        if (status == UP_USAGE || status == UP_TOO_LITTLE_DATA)
            status = UP_OK; /* an empty tracker is no error */
    }
    for (size_t i = first; i < count && status == UP_OK; i++)
        status = take_operand(s, up_args_operand(args, i), expressions, &alignment, err);
    return status;
}

/* Figures without a day of report are taken as known from the start; with --as-of that is
 * worth a word. */
static void note_undated(up_context *ctx, const up_selection *s)
{
    size_t undated = 0;
    for (size_t i = 0; i < s->list.count && ctx->as_of != UP_AS_OF_LATEST; i++)
        for (size_t p = 0; p < s->list.items[i].count; p++)
            undated +=
                s->list.items[i].points[p].observation->reported == UP_REPORTED_ALWAYS;
    if (undated > 0)
        up_cli_note(ctx,
                    "note: %zu figure%s without a day of report taken as known from the "
                    "start",
                    undated, undated == 1 ? "" : "s");
}

up_status up_cli_select(up_context *ctx, const up_arguments *args, size_t first,
                        const up_series_options *options, unsigned how,
                        up_selection *selection, up_error *err)
{
    up_remarks remarks = {0};
    *selection = (up_selection){.options = *options};
    selection->options.remarks = &remarks;
    up_status status = select_operands(ctx, args, first, how, selection, err);
    selection->options.remarks = NULL;
    up_cli_remarks(ctx, &remarks);
    if (status == UP_OK)
        note_undated(ctx, selection);
    else
        up_selection_release(selection);
    return status;
}

void up_selection_release(up_selection *s)
{
    up_series_list_release(&s->list);
    for (size_t i = 0; i < s->expression_count; i++)
        up_expression_metrics_free(s->expressions[i]);
    free(s->expressions);
    up_store_free(s->store);
    *s = (up_selection){0};
}
