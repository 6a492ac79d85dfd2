#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/command.h"
#include "uptick/calendar.h"
#include "uptick/expression.h"
#include "uptick/file.h"
#include "uptick/resample.h"

/* ---- errors and remarks ---- */

enum { REMARKS_SHOWN = 50 };

/* "file:line: severity: text", made safe for a terminal. */
static void print_line(up_context *ctx, const char *source, size_t line,
                       const char *severity, const char *message)
{
    up_buffer text = {0};
    if (source[0] != '\0') {
        up_buffer_add_visible(&text, source);
        if (line > 0)
            up_buffer_addf(&text, ":%zu", line);
    } else
        up_buffer_add(&text, "uptick");
    up_buffer_addf(&text, ": %s", severity);
    up_buffer_add_visible(&text, message);
    up_buffer_add_char(&text, '\n');
    fputs(text.failed ? "uptick: out of memory, and a message is lost\n"
                      : up_buffer_text(&text),
          ctx->err);
    up_buffer_release(&text);
}

void up_cli_print_error(up_context *ctx, const up_error *err)
{
    print_line(ctx, err->source, err->line, "", err->message);
}

static void print_remarks(up_context *ctx, up_remarks *remarks, size_t most)
{
    static const char *const severities[] = {
        [UP_NOTE] = "note: ", [UP_WARNING] = "warning: ", [UP_ERROR] = ""};
    size_t shown = 0;
    for (size_t i = 0; i < remarks->count; i++) {
        const up_remark *r = &remarks->items[i];
        if (r->severity == UP_WARNING)
            ctx->warnings++;
        if ((ctx->quiet && r->severity != UP_ERROR) || shown == most)
            continue;
        print_line(ctx, r->source, r->line, severities[r->severity], r->message);
        if (++shown == most && i + 1 < remarks->count)
            fprintf(ctx->err, "uptick: … and %zu more\n", remarks->count - i - 1);
    }
    if (remarks->failed) {
        print_line(ctx, "", 0, "warning: ", "out of memory: remarks are missing");
        ctx->warnings++;
    }
    up_remarks_release(remarks);
}

void up_cli_remarks(up_context *ctx, up_remarks *remarks)
{
    print_remarks(ctx, remarks, REMARKS_SHOWN);
}

void up_cli_remarks_all(up_context *ctx, up_remarks *remarks)
{
    print_remarks(ctx, remarks, SIZE_MAX);
}

void up_cli_note(up_context *ctx, const char *format, ...)
{
    if (ctx->quiet)
        return;
    char text[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    print_line(ctx, "", 0, "", text);
}

/* ---- the tracker ---- */

static size_t count_folders(const char *path)
{
    size_t count = 0;
    for (; *path != '\0'; path++)
        count += path[0] == '/' && path[1] != '\0';
    return count;
}

/* How far above the current folder that root stands; both are resolved. */
static size_t levels_up(const char *root)
{
    char *here = realpath(".", NULL);
    size_t levels = here != NULL ? count_folders(here) - count_folders(root) : 0;
    free(here);
    return levels;
}

/* A tracker that was found, not named, may be another than the one that was meant. */
static void tell_tracker_above(up_context *ctx)
{
    up_buffer path = {0};
    for (size_t i = 0; i < ctx->levels_up; i++)
        up_buffer_add(&path, "../");
    if (ctx->levels_up > 0)
        up_cli_note(ctx, "tracker: %sseries", up_buffer_text(&path));
    up_buffer_release(&path);
}

up_status up_cli_open(up_context *ctx, up_store **store, up_error *err)
{
    char *root = NULL;
    up_status status = ctx->tracker != NULL ? up_copy_text(ctx->tracker, &root, err)
                                            : up_store_find(".", &root, err);
    if (status == UP_OK)
        status = up_store_open(root, store, err);
    ctx->levels_up = status == UP_OK && ctx->tracker == NULL ? levels_up(root) : 0;
    free(root);
    return status;
}

up_status up_cli_load(up_context *ctx, up_store *store, const char *pattern,
                      up_error *err)
{
    up_remarks remarks = {0};
    up_status status = up_store_load(store, pattern, &remarks, err);
    if (status == UP_OK)
        status = up_store_load_tables(store, &remarks, err);
    /* the caller prints err; with several bad rows each has been remarked already */
    if (status != UP_OK && remarks.errors > 1)
        up_error_set(err, status, "%zu rows cannot be read; nothing was done",
                     remarks.errors);
    else if (status != UP_OK)
        up_remarks_release(&remarks);
    up_cli_remarks(ctx, &remarks);
    return status;
}

/* --every quarter: figures of one kind of period. */
static up_status read_every(const up_arguments *args, up_series_options *options,
                            up_error *err)
{
    static const up_granularity units[] = {UP_DAY,     UP_WEEK, UP_MONTH,
                                           UP_QUARTER, UP_HALF, UP_YEAR};
    const char *text = up_args_option(args, "every");
    for (size_t i = 0; i < sizeof units / sizeof units[0] && text != NULL; i++)
        if (strcmp(text, up_granularity_name(units[i])) == 0) {
            options->has_every = true;
            options->every = units[i];
        }
    if (text != NULL && !options->has_every)
        return up_error_set(
            err, UP_USAGE,
            "--every '%s' is none of day, week, month, quarter, half, year", text);
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
    up_status status = read_every(args, options, err);
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

typedef struct load_request {
    up_context *ctx;
    up_store *store;
} load_request;

static up_status load_pattern(const char *pattern, void *context, up_error *err)
{
    load_request *request = context;
    return up_cli_load(request->ctx, request->store, pattern, err);
}

static up_status load_operand(up_context *ctx, const up_arguments *args, up_selection *s,
                              const char *text, bool expressions, up_error *err)
{
    load_request request = {ctx, s->store};
    bool converts = up_args_option(args, "in") != NULL;
    up_status status =
        up_selector_visit(s->tracker, text, converts, load_pattern, &request, err);
    if (status == UP_OK && expressions && up_expression_is_one(s->tracker, text))
        status =
            up_expression_visit(s->tracker, text, converts, load_pattern, &request, err);
    return status;
}

/* What options name besides the operands: deflators, totals. */
static up_status load_named(up_context *ctx, const up_arguments *args, up_selection *s,
                            up_error *err)
{
    static const char *const options[] = {"real", "of"};
    load_request request = {ctx, s->store};
    up_status status = UP_OK;
    const char *text;
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
        for (size_t n = 0;
             status == UP_OK && (text = up_args_nth(args, options[i], n)) != NULL; n++)
            status =
                up_selector_visit(s->tracker, text, false, load_pattern, &request, err);
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

/* A key or glob in a currency or at prices: metric by metric, since each has a unit of its own. */
static up_status convert(up_selection *s, const char *text, up_expression_options how,
                         up_error *err)
{
    const char *slash = strchr(text, '/');
    up_status status = UP_OK;
    size_t before = s->expression_count;
    how.is_selector = true;
    for (size_t i = 0; i < s->tracker->metric_count && status == UP_OK; i++) {
        const up_metric *metric = &s->tracker->metrics[i].metric;
        up_buffer key = {0};
        if (!up_series_pattern_matches(text, metric->name))
            continue;
        up_buffer_addf(&key, "%s%s", metric->name, slash != NULL ? slash : "");
        status = up_buffer_check(&key, err);
        if (status == UP_OK)
            status = evaluate(s, up_buffer_text(&key), &how, err);
        up_buffer_release(&key);
    }
    if (status == UP_OK && s->expression_count == before) /* says why */
        status = up_series_select(s->tracker, text, &s->options, &s->list, err);
    return status;
}

/* One operand's series into the selection. */
static up_status take_operand(up_selection *s, const char *text, bool expressions,
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

static bool has_control_character(const char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text < 0x20 || *text == 0x7F)
            return true;
    return false;
}

up_status up_cli_check_name(const char *name, up_error *err)
{
    return !has_control_character(name)
               ? UP_OK
               : up_error_set(err, UP_USAGE, "the entity '%s' holds a control character",
                              name);
}

up_status up_cli_target(const up_tracker *tracker, const char *key,
                        const up_metric_data **data, char **entity, up_error *err)
{
    const char *slash = strchr(key, '/');
    char *metric;
    up_status status = up_copy_bytes(
        key, slash != NULL ? (size_t)(slash - key) : strlen(key), &metric, err);
    if (status != UP_OK)
        return status;
    *data = up_tracker_metric(tracker, metric);
    if (*data == NULL)
        status = up_tracker_unknown_metric(tracker, metric, err);
    else
        status = up_cli_check_name(slash != NULL ? slash + 1 : "", err);
    if (status == UP_OK)
        status =
            up_tracker_entity_name(tracker, slash != NULL ? slash + 1 : "", entity, err);
    free(metric);
    return status;
}

/* ---- periods and days ---- */

/* Whether a date that was refused can be read once the order of its parts is known. */
static bool is_settled_by_order(const char *text, up_period_options options)
{
    up_period ignored;
    options.date_order = 'd';
    bool settled = up_period_parse(text, &options, &ignored, NULL) == UP_OK;
    options.date_order = 'm';
    return settled && up_period_parse(text, &options, &ignored, NULL) == UP_OK;
}

static void add_hint(const char *hint, up_error *err)
{
    size_t length = strlen(err->message);
    if (length + strlen(hint) < sizeof err->message)
        strcpy(err->message + length, hint);
}

up_status up_cli_period(const up_arguments *args, const up_metric *metric,
                        const char *text, up_period *period, up_error *err)
{
    up_period_options options = {0};
    if (metric != NULL)
        options = up_metric_period_options(metric);
    const char *order = up_args_option(args, "date-format");
    if (order != NULL && strcmp(order, "dmy") != 0 && strcmp(order, "mdy") != 0)
        return up_error_set(err, UP_USAGE, "--date-format '%s' is not dmy or mdy", order);
    if (order != NULL)
        options.date_order = order[0];
    up_status status = up_period_parse(text, &options, period, err);
    if (status == UP_BAD_DATA && order == NULL && err != NULL &&
        is_settled_by_order(text, options))
        add_hint(" (--date-format dmy or mdy)", err);
    return status;
}

up_status up_cli_day(const char *text, int64_t *day, up_error *err)
{
    up_period period;
    if (up_period_parse(text, NULL, &period, NULL) != UP_OK ||
        !up_period_is_bounded(&period) || period.shape == UP_ONE_OF)
        return up_error_set(err, UP_USAGE, "'%s' is not a day (wanted: YYYY-MM-DD)",
                            text);
    *day = up_date_to_days(up_date_from_instant(period.end - 1));
    return UP_OK;
}

/* ---- output ---- */

static up_format format_of(const up_context *ctx)
{
    if (ctx->format != UP_FORMAT_NONE)
        return ctx->format;
    return ctx->output != NULL ? up_format_of_path(ctx->output) : UP_FORMAT_TERMINAL;
}

bool up_cli_is_tidy(const up_context *ctx)
{
    up_format format = format_of(ctx);
    return format != UP_FORMAT_TERMINAL && format != UP_FORMAT_MARKDOWN &&
           format != UP_FORMAT_NONE;
}

bool up_cli_has_notes(const up_context *ctx)
{
    return !up_cli_is_tidy(ctx) || format_of(ctx) == UP_FORMAT_JSON;
}

/* The folder that a file to be written stands in, links followed; NULL: there is none, or no
 * memory, and writing will say so. Caller frees. */
static char *real_folder(const char *path)
{
    char *resolved = realpath(path, NULL);
    if (resolved != NULL) {
        char *slash = strrchr(resolved, '/');
        slash[slash == resolved] = '\0';
        return resolved;
    }
    const char *slash = strrchr(path, '/');
    up_buffer folder = {0};
    if (slash != NULL)
        up_buffer_add_bytes(&folder, path, slash == path ? 1 : (size_t)(slash - path));
    else
        up_buffer_add(&folder, ".");
    if (!folder.failed)
        resolved = realpath(up_buffer_text(&folder), NULL);
    up_buffer_release(&folder);
    return resolved;
}

/* Outputs never go into a tracker's series/, by whatever path. */
static up_status check_output(const char *path, up_error *err)
{
    char *folder = real_folder(path), *descriptor = NULL;
    const char *name = folder != NULL ? strrchr(folder, '/') : NULL;
    up_status status = UP_OK;
    if (name != NULL && strcmp(name, "/series") == 0)
        status = up_path_join(folder, "datapackage.json", &descriptor, err);
    if (descriptor != NULL && up_file_exists(descriptor))
        status =
            up_error_set(err, UP_USAGE,
                         "'%s' lies in a tracker's series/; outputs go elsewhere", path);
    free(descriptor);
    free(folder);
    return status;
}

up_status up_cli_write_file(up_context *ctx, const char *path, const char *data,
                            size_t length, up_error *err)
{
    up_status status = check_output(path, err);
    if (status == UP_OK && ctx->dry_run)
        up_cli_note(ctx, "would write %s (%zu bytes)", path, length);
    else if (status == UP_OK)
        status = up_file_replace(path, data, length, err);
    return status;
}

/* The stream is checked at the end (main.c), when errno is long another's. */
static void print(up_context *ctx, const char *data, size_t length)
{
    if (fwrite(data, 1, length, ctx->out) < length && ctx->out_errno == 0)
        ctx->out_errno = errno;
}

/* For a terminal: newlines and tabs stay, the rest is made safe to show. For a file or a
 * program the text stays as it is, so that a diff can be applied and a table read. */
static void make_visible(const up_buffer *text, up_buffer *shown)
{
    up_buffer piece = {0};
    for (size_t i = 0; i < text->length; i++) {
        char c = text->data[i];
        if (c != '\n' && c != '\t')
            up_buffer_add_char(&piece, c);
        if (c == '\n' || c == '\t' || i + 1 == text->length) {
            up_buffer_add_visible(shown, up_buffer_text(&piece));
            up_buffer_clear(&piece);
        }
        if (c == '\n' || c == '\t')
            up_buffer_add_char(shown, c);
    }
    shown->failed |= piece.failed;
    up_buffer_release(&piece);
}

/* Prints a text that holds what users wrote as it is; the stream is checked at the end
 * (main.c), when errno is long another's. */
static up_status print_as_is(up_context *ctx, const up_buffer *text, up_error *err)
{
    up_buffer shown = {0};
    if (ctx->width > 0)
        make_visible(text, &shown);
    up_status status = up_buffer_check(&shown, err);
    if (status == UP_OK)
        print(ctx, up_buffer_text(ctx->width > 0 ? &shown : text),
              ctx->width > 0 ? shown.length : text->length);
    up_buffer_release(&shown);
    return status;
}

up_status up_cli_write(up_context *ctx, const char *data, size_t length, up_error *err)
{
    if (ctx->output == NULL) {
        print(ctx, data, length);
        return UP_OK;
    }
    return up_cli_write_file(ctx, ctx->output, data, length, err);
}

void up_cli_begin_table(const up_context *ctx, up_table *table)
{
    up_table_stream(table, format_of(ctx));
}

up_status up_cli_emit(up_context *ctx, up_table *table, up_error *err)
{
    up_format format = format_of(ctx);
    up_buffer text = {0};
    up_table_options options = {.width = ctx->output == NULL ? ctx->width : 0,
                                .color = ctx->output == NULL && ctx->color};
    up_status status = UP_OK;
    if (format == UP_FORMAT_NONE)
        status =
            up_error_set(err, UP_USAGE,
                         "'%s' tells no format: use --format, or the ending .txt, .csv, "
                         ".tsv, .json or .md",
                         ctx->output);
    if (status == UP_OK)
        status = up_table_write(table, format, &options, &text, err);
    if (status == UP_OK && ctx->output == NULL && up_cli_is_tidy(ctx))
        status = print_as_is(ctx, &text, err);
    else if (status == UP_OK)
        status = up_cli_write(ctx, up_buffer_text(&text), text.length, err);
    up_buffer_release(&text);
    up_table_release(table);
    return status;
}

up_status up_cli_show(up_context *ctx, const up_arguments *args,
                      const up_series_options *options,
                      up_status (*view)(const up_arguments *, const up_selection *,
                                        up_table *, up_error *),
                      up_error *err)
{
    up_selection selection;
    up_table table = {0};
    up_status status = up_cli_select(ctx, args, 0, options, 0, &selection, err);
    if (status != UP_OK)
        return status;
    up_cli_begin_table(ctx, &table);
    status = view(args, &selection, &table, err);
    if (status == UP_OK)
        status = up_cli_emit(ctx, &table, err);
    up_selection_release(&selection);
    return status;
}

up_status up_cli_finish(up_context *ctx, up_store *store, up_error *err)
{
    if (ctx->strict && ctx->warnings > 0)
        return up_error_set(err, UP_CHECK_FAILED,
                            "%zu warning%s (--strict); nothing was written",
                            ctx->warnings, ctx->warnings == 1 ? "" : "s");
    tell_tracker_above(ctx);
    if (!ctx->dry_run)
        return up_store_commit(store, err);
    up_buffer diff = {0};
    up_status status = up_store_diff(store, &diff, err);
    if (status == UP_OK)
        status = up_buffer_check(&diff, err);
    if (status == UP_OK)
        status = print_as_is(ctx, &diff, err);
    up_buffer_release(&diff);
    return status;
}

up_status up_cli_change(up_context *ctx, const up_arguments *args,
                        up_status (*change)(up_context *, const up_arguments *,
                                            up_store *, up_error *),
                        up_error *err)
{
    up_store *store = NULL;
    up_status status = up_cli_open(ctx, &store, err);
    if (status == UP_OK)
        status = up_store_begin(store, err);
    if (status == UP_OK)
        status = up_store_load_tables(store, NULL, err);
    if (status == UP_OK)
        status = change(ctx, args, store, err);
    if (status == UP_OK)
        status = up_cli_finish(ctx, store, err);
    up_store_free(store);
    return status;
}
