#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "cli/command.h"
#include "cli/import_report.h"
#include "import/metadata.h"
#include "uptick/file.h"

/* --- The request ------------------------------------------------------------------------------ */

enum { LIST_MOST = 1000 };

/* What the options say, for every file alike. */
typedef struct wishes {
    up_import_request request;
    const char *maps[LIST_MOST + 1], *missing[LIST_MOST + 1], *keys[64];
} wishes;

static up_status take_list(const up_arguments *args, const char *name,
                           const char *list[LIST_MOST + 1], up_error *err)
{
    const char *value;
    for (size_t i = 0; (value = up_args_each(args, name, i)) != NULL; i++) {
        if (i == LIST_MOST)
            return up_error_set(err, UP_USAGE, "--%s is given more than %d times", name,
                                LIST_MOST);
        list[i] = value;
    }
    return UP_OK;
}

static up_status take_character(const up_arguments *args, const char *name, char *out,
                                up_error *err)
{
    const char *text = up_args_option(args, name);
    if (text == NULL)
        return UP_OK;
    if (strcmp(text, "tab") == 0 || strcmp(text, "\\t") == 0)
        text = "\t";
    if (strlen(text) != 1 || (unsigned char)text[0] >= 0x80)
        return up_error_set(err, UP_USAGE, "--%s '%s' is not one character", name, text);
    *out = text[0];
    return UP_OK;
}

static up_status take_count(const up_arguments *args, const char *name, bool *has,
                            size_t *count, up_error *err)
{
    const char *text = up_args_option(args, name);
    size_t value = 0;
    if (text == NULL)
        return UP_OK;
    for (const char *at = text; *at != '\0'; at++) {
        if (*at < '0' || *at > '9' || value > 1000000)
            return up_error_set(err, UP_USAGE, "--%s '%s' is not a count", name, text);
        value = value * 10 + (size_t)(*at - '0');
    }
    *has = true;
    *count = value;
    return UP_OK;
}

static up_status take_mark(const up_arguments *args, const char *name, const char *a,
                           const char *b, const char **out, up_error *err)
{
    *out = up_args_option(args, name);
    if (*out == NULL || strcmp(*out, a) == 0 || strcmp(*out, b) == 0)
        return UP_OK;
    return up_error_set(err, UP_USAGE, "--%s '%s' is neither '%s' nor '%s'", name, *out,
                        a, b);
}

static void take_keys(const up_arguments *args, const char *keys[64])
{
    size_t count = 0;
    for (const up_metric_key *key = up_metric_keys; key->name != NULL && count < 62;
         key++) {
        const char *value = up_args_option(args, key->name);
        if (value == NULL)
            continue;
        keys[count++] = key->name;
        keys[count++] = value;
    }
}

static void take_columns(const up_arguments *args, up_import_request *request)
{
    for (int role = 0; role < UP_IMPORT_ROLES; role++)
        if (up_import_roles[role].is_option)
            request->given[role] = up_args_option(args, up_import_roles[role].name);
}

static up_status read_wishes(const up_arguments *args, const up_tracker *tracker,
                             wishes *w, up_error *err)
{
    up_import_request *q = &w->request;
    up_dialect *d = &q->dialect;
    q->tracker = tracker;
    q->layout = up_args_option(args, "layout");
    q->encoding = up_args_option(args, "encoding");
    q->metadata = up_args_option(args, "metadata");
    q->frequency = up_args_option(args, "frequency");
    q->keep_bad = up_args_flag(args, "skip-bad");
    q->maps = w->maps;
    q->missing = w->missing;
    q->keys = w->keys;
    if (up_args_flag(args, "no-metadata"))
        q->metadata = "";
    take_columns(args, q);
    take_keys(args, w->keys);
    up_status status = take_list(args, "map", w->maps, err);
    if (status == UP_OK)
        status = take_list(args, "missing", w->missing, err);
    if (status == UP_OK)
        status = take_character(args, "delimiter", &d->delimiter, err);
    if (status == UP_OK)
        status = take_character(args, "quotes", &d->quote, err);
    if (status == UP_OK)
        status = take_character(args, "comment", &d->comment, err);
    if (status == UP_OK)
        status = take_count(args, "skip", &d->has_preamble, &d->preamble, err);
    if (status == UP_OK)
        status = take_count(args, "headers", &d->has_headers, &d->headers, err);
    if (status == UP_OK)
        status = take_mark(args, "decimal", ".", ",", &q->decimal, err);
    if (status == UP_OK)
        status = take_mark(args, "date-format", "dmy", "mdy", &q->date_format, err);
    if (w->missing[0] == NULL)
        q->missing = NULL;
    for (size_t i = 0; w->maps[i] != NULL && status == UP_OK; i++)
        if (strchr(w->maps[i], '=') == NULL)
            status =
                up_error_set(err, UP_USAGE, "--map '%s' is not LABEL=NAME", w->maps[i]);
    return status;
}

/* --- Bytes -------------------------------------------------------------------------------------- */

static up_status read_input(char **data, size_t *length, up_error *err)
{
    up_buffer text = {0};
    char bytes[1 << 16];
    ssize_t got;
    while ((got = read(STDIN_FILENO, bytes, sizeof bytes)) > 0)
        up_buffer_add_bytes(&text, bytes, (size_t)got);
    if (got < 0) {
        up_buffer_release(&text);
        return up_error_errno(err, "standard input", "cannot read", errno);
    }
    up_status status = up_buffer_check(&text, err);
    if (status == UP_OK && text.data == NULL)
        status = up_copy_text("", &text.data, err);
    if (status != UP_OK) {
        up_buffer_release(&text);
        return status;
    }
    *data = text.data;
    *length = text.length;
    return UP_OK;
}

/* --- Into the store -------------------------------------------------------------------------- */

/* What was read of one file. It lives until the commit, which writes its figures. */
typedef struct arrival {
    up_import import;
    up_merge_counts *counts; /* one a metric */
    size_t entities_added;
} arrival;

typedef struct delivery {
    up_context *ctx;
    const up_arguments *args;
    up_store *store;
    up_import_request *request;
    arrival **arrivals;
    size_t count, capacity;
    up_buffer rejected; /* of all files, one after the other */
} delivery;

static void delivery_release(delivery *d)
{
    for (size_t i = 0; i < d->count; i++) {
        up_import_release(&d->arrivals[i]->import);
        free(d->arrivals[i]->counts);
        free(d->arrivals[i]);
    }
    free(d->arrivals);
    up_buffer_release(&d->rejected);
}

static up_status add_source(const delivery *d, const up_source *source, up_error *err)
{
    if (source->title == NULL || source->title[0] == '\0')
        return UP_OK;
    return up_store_add_source(d->store, source, true, err);
}

/* What has a code is known by it from now on. */
static up_status add_entities(const delivery *d, arrival *a, up_error *err)
{
    up_status status = UP_OK;
    for (size_t i = 0; i < a->import.entity_count && status == UP_OK; i++) {
        const up_import_entity *e = &a->import.entities[i];
        up_entity entity = {.name = e->name, .code = e->code};
        if (e->code[0] == '\0' || strcmp(e->code, e->name) == 0)
            continue;
        status = up_store_set_entity(d->store, &entity, err);
        a->entities_added += status == UP_OK;
    }
    return status;
}

/* Where a metric's figures come from, and under which licence, as far as the file says. */
static up_status credit(const delivery *d, const up_import *import, const char *metric,
                        up_error *err)
{
    const up_licence licence = {import->licence_name, import->licence_title,
                                import->licence_path};
    bool named = import->source.title != NULL && import->source.title[0] != '\0';
    up_status status =
        named ? up_store_add_metric_source(d->store, metric, import->source.key, err)
              : UP_OK;
    if (status == UP_OK && (licence.name[0] != '\0' || licence.url[0] != '\0'))
        status = up_store_add_licence(d->store, metric, &licence, err);
    return status;
}

/* With --skip-bad, rows that disagree with what is there are set aside like bad ones. */
static up_status merge(const delivery *d, arrival *a, size_t index, up_remarks *remarks,
                       up_error *err)
{
    up_import_metric *m = &a->import.metrics[index];
    up_merge_options options = {.keep_vintages = a->import.keep_vintages};
    up_status status = m->is_new ? up_store_add_metric(d->store, &m->metric, err) : UP_OK;
    if (status == UP_OK)
        status = credit(d, &a->import, m->metric.name, err);
    if (status == UP_OK && d->request->keep_bad)
        status = up_alloc(m->batch.count + 1, 1, &options.conflicts, err);
    if (status == UP_OK)
        status = up_store_merge(d->store, m->metric.name, &m->batch, &options,
                                &a->counts[index], remarks, err);
    for (size_t i = 0; i < m->batch.count && status == UP_OK && d->request->keep_bad; i++)
        if (options.conflicts[i] != 0)
            up_import_reject(&a->import, m->batch.rows[i].line);
    free(options.conflicts);
    return status;
}

/* Every metric is tried, so that every conflict is told. */
static up_status deliver(const delivery *d, arrival *a, up_remarks *remarks,
                         up_error *err)
{
    up_status result = add_source(d, &a->import.source, err);
    if (result == UP_OK)
        result = add_entities(d, a, err);
    for (size_t i = 0; i < a->import.metric_count; i++) {
        up_error reason = {0};
        if (result != UP_OK && result != UP_BAD_DATA)
            break;
        up_status status = merge(d, a, i, remarks, &reason);
        if (status != UP_OK && result == UP_OK) {
            result = status;
            if (err != NULL)
                *err = reason;
        }
    }
    return result;
}

/* --- One file ------------------------------------------------------------------------------------ */

/* What the command writes must not fall on what it reads. */
static up_status check_apart(const char *option, const char *output, const char *input,
                             up_error *err)
{
    up_file_stamp in, out;
    if (output == NULL || !up_file_exists(input) || !up_file_exists(output))
        return UP_OK;
    up_file_stamp_take(input, &in);
    up_file_stamp_take(output, &out);
    if (in.device != out.device || in.inode != out.inode)
        return UP_OK;
    return up_error_set(err, UP_USAGE,
                        "%s %s is the file that is read (wanted another, it would be "
                        "lost)",
                        option, output);
}

static up_status write_rejected(delivery *d, const up_import *import, up_error *err)
{
    const char *path = up_args_option(d->args, "skip-bad");
    if (path == NULL || import->bad_rows == 0)
        return UP_OK;
    up_buffer_add_bytes(&d->rejected, up_buffer_text(&import->rejected),
                        import->rejected.length);
    d->rejected.failed |= import->rejected.failed;
    up_status status = up_buffer_check(&d->rejected, err);
    return status == UP_OK ? up_cli_write_file(d->ctx, path, up_buffer_text(&d->rejected),
                                               d->rejected.length, err)
                           : status;
}

static up_status finish_file(delivery *d, const arrival *a, up_error *err)
{
    import_outcome outcome = {d->request->source, &a->import, a->counts,
                              a->entities_added};
    up_status status = write_rejected(d, &a->import, err);
    if (status == UP_OK && d->ctx->dry_run)
        status = import_show(d->ctx, &outcome, err);
    if (status == UP_OK)
        import_tell(d->ctx, &outcome);
    return status;
}

static up_status keep_arrival(delivery *d, arrival **out, up_error *err)
{
    up_status status =
        up_grow(&d->arrivals, &d->capacity, d->count + 1, sizeof(arrival *), err);
    if (status == UP_OK)
        status = up_alloc(1, sizeof **out, out, err);
    if (status == UP_OK)
        d->arrivals[d->count++] = *out;
    return status;
}

/* The one error there is is that of the command, which tells it. */
static void drop_error(up_remarks *remarks)
{
    size_t kept = 0;
    for (size_t i = 0; i < remarks->count; i++) {
        up_remark *r = &remarks->items[i];
        if (r->severity != UP_ERROR) {
            remarks->items[kept++] = *r;
            continue;
        }
        free(r->source);
        free(r->message);
    }
    remarks->count = kept;
    remarks->errors = 0;
}

/* Takes bytes. */
static up_status import_bytes(delivery *d, char *bytes, size_t length, up_error *err)
{
    arrival *a = NULL;
    up_remarks remarks = {0};
    up_status status = keep_arrival(d, &a, err);
    if (status != UP_OK) {
        free(bytes);
        return status;
    }
    status = up_import_read(d->request, bytes, length, &a->import, &remarks, err);
    if (status == UP_OK)
        status = up_alloc(a->import.metric_count, sizeof *a->counts, &a->counts, err);
    if (status == UP_OK)
        status = deliver(d, a, &remarks, err);
    size_t errors = remarks.errors;
    if (errors == 1)
        drop_error(&remarks);
    up_cli_remarks_all(d->ctx, &remarks);
    if (status == UP_OK)
        return finish_file(d, a, err);
    if (errors > 1 && status == UP_BAD_DATA) /* each was told */
        up_error_at(err, UP_BAD_DATA, d->request->source, 0,
                    "%zu errors; nothing was imported", errors);
    return status;
}

static up_status import_file(delivery *d, const char *path, up_error *err)
{
    char *bytes = NULL;
    size_t length = 0;
    const char *bad = up_args_option(d->args, "skip-bad");
    up_status status = path != NULL ? check_apart("--skip-bad", bad, path, err) : UP_OK;
    if (status == UP_OK && path != NULL)
        status = check_apart("--output", d->ctx->output, path, err);
    if (status == UP_OK)
        status = path != NULL ? up_file_read(path, &bytes, &length, err)
                              : read_input(&bytes, &length, err);
    if (status != UP_OK)
        return status;
    d->request->path = path;
    d->request->source = path != NULL ? path : "standard input";
    return import_bytes(d, bytes, length, err);
}

/* The tables that a datapackage.json or a CSVW file names, one after the other. */
static up_status import_tables(delivery *d, const char *path, up_error *err)
{
    up_metadata metadata = {0};
    up_remarks remarks = {0};
    size_t count = 0;
    up_status status = up_metadata_open(path, &metadata, &remarks, err);
    up_cli_remarks(d->ctx, &remarks);
    d->request->metadata = path;
    for (size_t i = 0; i < metadata.table_count && status == UP_OK; i++) {
        if (metadata.tables[i].path[0] == '\0')
            continue; /* a remark has said why */
        status = import_file(d, metadata.tables[i].path, err);
        count++;
    }
    if (status == UP_OK && count == 0)
        status = up_error_at(err, UP_TOO_LITTLE_DATA, path, 0,
                             "it names no table that can be read");
    up_metadata_release(&metadata);
    return status;
}

static up_status import_operand(delivery *d, up_error *err)
{
    const char *file = up_args_operand(d->args, 0);
    if (strcmp(file, "-") == 0)
        return import_file(d, NULL, err);
    return up_metadata_is_file_name(file) ? import_tables(d, file, err)
                                          : import_file(d, file, err);
}

/* With --dry-run the diff of a large file would hide what matters: finish_file has shown it. */
static up_status run(up_context *ctx, const up_arguments *args, up_error *err)
{
    wishes w = {0};
    delivery d = {.ctx = ctx, .args = args, .request = &w.request};
    up_status status = up_cli_open(ctx, &d.store, err);
    if (status == UP_OK)
        status = up_store_begin(d.store, err);
    if (status == UP_OK)
        status = up_store_load_tables(d.store, NULL, err);
    if (status == UP_OK)
        status = read_wishes(args, up_store_tracker(d.store), &w, err);
    if (status == UP_OK)
        status = import_operand(&d, err);
    if (status == UP_OK && !ctx->dry_run)
        status = up_cli_finish(ctx, d.store, err);
    up_store_free(d.store);
    delivery_release(&d);
    return status;
}

static const up_option options[] = {
    {"layout", "LAYOUT", "auto, long, wide or sdmx: how the file is laid out"},
    {"metric", "NAME|COLUMNS", "the metric's name, or the columns that name it"},
    {"entity", "NAME|COLUMNS", "the entity, or the columns that name it (joined by |)"},
    {"code", "COLUMN", "the entity's code"},
    {"period", "COLUMN|PERIOD", "the column of the period, or a period for all rows"},
    {"value", "COLUMNS", "the columns of figures"},
    {"low", "COLUMN", "the lower end of a figure's range"},
    {"high", "COLUMN", "the upper end"},
    {"stated", "COLUMN", "the figure as it was stated"},
    {"qualifier", "COLUMN|MARK", "~ > >= < <= ~< ~>"},
    {"status", "COLUMN|CODE", "SDMX OBS_STATUS: E, P, F, …"},
    {"reported", "COLUMN|DATE",
     "the day of report; the same file of a later day revises"},
    {"source", "COLUMN|KEY", "a source of the tracker, or a citation"},
    {"quote", "COLUMN", "the words as they stood"},
    {"note", "COLUMN|TEXT", "a remark"},
    {"unit-column", "COLUMN", "the unit"},
    {"multiplier", "COLUMN|N", "figures are multiplied by 10 to the power of this"},
    {"ignore", "COLUMNS", "leave these columns out"},
    {"map", "LABEL=NAME", "the metric's name for a label (again for each label)"},
    {"encoding", "NAME", "UTF-8, GB18030, windows-1252, …"},
    {"delimiter", "CHARACTER", "',' ';' tab '|'"},
    {"quotes", "CHARACTER", "the quote around fields"},
    {"comment", "CHARACTER", "lines that begin with it are left out"},
    {"skip", "N", "records above the header"},
    {"headers", "N", "records of the header (0: none)"},
    {"decimal", "MARK", "'.' or ','"},
    {"missing", "TEXT", "stands for no value (again for each text)"},
    {"date-format", "ORDER", "dmy or mdy, for dates such as 03/04/2025"},
    {"frequency", "UNIT",
     "day, week, month, quarter, half or year: what a date stands for"},
    {"metadata", "FILE", "datapackage.json or CSVW metadata (else looked for beside it)"},
    {"no-metadata", NULL, "do not look for metadata"},
    {"skip-bad", "FILE",
     "import the good rows, write the bad ones to FILE as they stood"},
    {NULL, NULL, NULL}};

const up_command up_cmd_import = {.name = "import",
                                  .operands = "FILE|-",
                                  .summary = "bring in a file as it was published",
                                  .details =
                                      "Reads CSV and its relatives, plain or .gz, in any "
                                      "common encoding, long or wide, "
                                      "SDMX-CSV, World Bank, FRED, Our World in Data and "
                                      "Epoch AI, with a Data Package's or "
                                      "CSVW metadata beside it. What was understood is "
                                      "told column by column; --dry-run shows "
                                      "it with the first figures and changes nothing. "
                                      "Columns are named by their header, or "
                                      "'#3' by number; several with commas between them. "
                                      "All or nothing: one bad row and "
                                      "nothing is imported, unless --skip-bad says where "
                                      "bad rows go. The same file again "
                                      "changes nothing; a newer edition (--reported "
                                      "DATE) adds revisions where figures differ.",
                                  .options = options,
                                  .min_operands = 1,
                                  .max_operands = 1,
                                  .takes_metric_keys = true,
                                  .run = run};
