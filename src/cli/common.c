#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/command.h"
#include "uptick/calendar.h"
#include "uptick/file.h"
#include "uptick/quantity.h"

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

/* Control characters of ASCII and of Latin-1 (U+0080 to U+009F), separators of lines and paragraphs. */
static bool has_control_character(const char *text)
{
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text, next = (unsigned char)text[1];
        bool latin = c == 0xC2 && next >= 0x80 && next < 0xA0;
        bool separator =
            c == 0xE2 && next == 0x80 && (text[2] == '\xa8' || text[2] == '\xa9');
        if (c < 0x20 || c == 0x7F || latin || separator)
            return true;
    }
    return false;
}

up_status up_cli_check_line(const char *what, const char *text, up_error *err)
{
    return text == NULL || !has_control_character(text)
               ? UP_OK
               : up_error_set(
                     err, UP_USAGE,
                     "%s holds a line break or another control character: it is one line",
                     what);
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

up_status up_cli_check_date_order(const up_arguments *args, up_error *err)
{
    const char *order = up_args_option(args, "date-format");
    return order == NULL || strcmp(order, "dmy") == 0 || strcmp(order, "mdy") == 0
               ? UP_OK
               : up_error_set(err, UP_USAGE, "--date-format '%s' is not dmy or mdy",
                              order);
}

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
    up_status status = up_cli_check_date_order(args, err);
    if (status != UP_OK)
        return status;
    if (order != NULL)
        options.date_order = order[0];
    status = up_period_parse(text, &options, period, err);
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

/* Is this folder a tracker's series/? */
static up_status is_series(const char *folder, bool *found, up_error *err)
{
    const char *name = strrchr(folder, '/');
    char *descriptor = NULL;
    *found = false;
    if (name == NULL || strcmp(name, "/series") != 0)
        return UP_OK;
    up_status status = up_path_join(folder, "datapackage.json", &descriptor, err);
    *found = status == UP_OK && up_file_exists(descriptor);
    free(descriptor);
    return status;
}

up_status up_cli_check_output(const char *path, up_error *err)
{
    char *folder = real_folder(path);
    up_status status = UP_OK;
    bool found = false;
    while (folder != NULL && folder[0] != '\0' && !found && status == UP_OK) {
        status = is_series(folder, &found, err);
        *strrchr(folder, '/') = '\0'; /* it is absolute */
    }
    if (found)
        status =
            up_error_set(err, UP_USAGE,
                         "'%s' lies in a tracker's series/; outputs go elsewhere", path);
    free(folder);
    return status;
}

up_status up_cli_write_file(up_context *ctx, const char *path, const char *data,
                            size_t length, up_error *err)
{
    up_status status = up_cli_check_output(path, err);
    if (status == UP_OK && ctx->dry_run)
        up_cli_note(ctx, "would write %s (%zu bytes)", path, length);
    else if (status == UP_OK)
        status = up_file_replace(path, data, length, err);
    return status;
}

/* The stream is checked at the end (main.c), when errno is long another's. */
void up_cli_print(up_context *ctx, const char *data, size_t length)
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
        up_cli_print(ctx, up_buffer_text(ctx->width > 0 ? &shown : text),
                     ctx->width > 0 ? shown.length : text->length);
    up_buffer_release(&shown);
    return status;
}

up_status up_cli_write(up_context *ctx, const char *data, size_t length, up_error *err)
{
    if (ctx->output == NULL) {
        up_cli_print(ctx, data, length);
        return UP_OK;
    }
    return up_cli_write_file(ctx, ctx->output, data, length, err);
}

void up_cli_begin_part(const up_context *ctx, up_table *part)
{
    up_table_stream(part, format_of(ctx));
    up_table_want(part, ctx->columns);
}

static up_status put_lines(void *context, const char *bytes, size_t length, up_error *err)
{
    return up_output_put(context, bytes, length, err);
}

/* A terminal gets the whole, made safe to show. */
void up_cli_begin_table(up_context *ctx, up_table *table)
{
    up_cli_begin_part(ctx, table);
    if (ctx->width == 0 || ctx->output != NULL)
        up_table_drain(table, (up_sink){put_lines, ctx});
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
    if (status == UP_OK && ctx->pending != NULL) {
        status = up_output_put(ctx, up_buffer_text(&text), text.length, err);
        if (status == UP_OK)
            status = up_output_end(ctx, err);
    } else if (status == UP_OK && ctx->output == NULL && up_cli_is_tidy(ctx))
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

up_status up_cli_level(const up_metric *metric, const char *text, double *level,
                       up_error *err)
{
    up_quantity q;
    up_quantity_options options = {.unit_is_percent = up_metric_is_in_percent(metric)};
    up_status status = up_quantity_parse(text, &options, &q, err);
    if (status != UP_OK)
        return status;
    if (!q.has_value || q.qualifier != UP_EXACTLY || q.fold)
        return up_error_set(err, UP_USAGE, "'%s' is no single level", text);
    if (!up_unit_matches(q.unit, metric->unit))
        return up_error_set(err, UP_USAGE, "'%s' is in %s, and %s in %s", text, q.unit,
                            metric->name, metric->unit);
    *level = up_decimal_to_double(q.value);
    return UP_OK;
}
