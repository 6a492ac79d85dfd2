/* libcsv takes the bytes apart; this file feeds it line by line, so that every record and
 * every error knows its physical line and its bytes, and checks what libcsv lets pass. */
#include "uptick/csv.h"

#include <csv.h>
#include <stdint.h>
#include <string.h>
#include <utf8proc.h>

#include "base/memory.h"

static const unsigned char strict = CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL;

typedef struct reader {
    up_csv *csv;
    const char *data, *source;
    size_t length; /* of the whole input */
    char delimiter;
    bool ragged;
    size_t chunk;
    up_remarks *remarks;
    up_error *first;
    up_status status;

    size_t position, line;            /* where the next line begins */
    size_t record_first, record_line; /* where the record that is open began */
    size_t record_field;
    bool in_record;    /* a quoted field goes over the line's end */
    bool record_ended; /* by the line fed last */
    size_t fields_met; /* in the line fed last */
    size_t quote_line; /* where the quoted field that is open began */
} reader;

/* --- Failures ----------------------------------------------------------------------- */

static void add_failure(reader *r, up_error *error)
{
    up_remarks_add_error(r->remarks, error);
    if (r->status == UP_OK) {
        r->status = error->code;
        if (r->first != NULL)
            *r->first = *error;
    }
}

static void fail_memory(reader *r)
{
    up_error error = {0};
    up_error_memory(&error);
    if (r->status == UP_OK)
        add_failure(r, &error);
}

/* --- Before libcsv: encoding ---------------------------------------------------------- */

static bool is_continued(const char *text, size_t length)
{
    return length > 0 && (text[0] & 0xC0) == 0x80;
}

/* Characters from 1, counted from the start of the line. */
static size_t column_of(const char *line, const char *at)
{
    size_t column = 1;
    for (; line < at; line++)
        if (!is_continued(line, 1))
            column++;
    return column;
}

static void fail_byte(reader *r, size_t line, size_t column, unsigned char byte)
{
    up_error error = {0};
    if (byte == 0)
        up_error_at(&error, UP_BAD_DATA, r->source, line,
                    "a NUL byte at column %zu (wanted text in UTF-8)", column);
    else
        up_error_at(&error, UP_BAD_DATA, r->source, line,
                    "byte 0x%02X at column %zu is not UTF-8 (save the file as UTF-8)",
                    byte, column);
    add_failure(r, &error);
}

/* The first byte of data that is neither ASCII text nor in a valid UTF-8 sequence. */
static const char *find_bad_byte(const char *at, const char *end)
{
    while (at < end) {
        if (*at > 0) {
            at++;
            continue;
        }
        utf8proc_int32_t c;
        utf8proc_ssize_t size =
            *at == '\0' ? -1
                        : utf8proc_iterate((const utf8proc_uint8_t *)at, end - at, &c);
        if (size <= 0)
            return at;
        at += size;
    }
    return NULL;
}

static const char *end_of_line(const char *at, const char *end)
{
    const char *lf = memchr(at, '\n', (size_t)(end - at));
    const char *stop = lf != NULL ? lf : end;
    const char *cr = memchr(at, '\r', (size_t)(stop - at));
    if (cr == NULL)
        return lf != NULL ? lf + 1 : end;
    return cr + 1 == lf ? lf + 1 : cr + 1;
}

/* Adds the first bad byte of every line that has one. */
static void check_encoding(reader *r)
{
    const char *end = r->data + r->length;
    const char *at = r->data + r->position;
    if (r->length >= 2 &&
        (memcmp(r->data, "\xFF\xFE", 2) == 0 || memcmp(r->data, "\xFE\xFF", 2) == 0)) {
        up_error error = {0};
        up_error_at(&error, UP_BAD_DATA, r->source, 1,
                    "the file is UTF-16 (save it as UTF-8)");
        add_failure(r, &error);
        return;
    }
    const char *bad = find_bad_byte(at, end);
    const char *line = at, *next;
    for (size_t number = 1; bad != NULL; line = next, number++) {
        next = end_of_line(line, end);
        if (bad >= next)
            continue;
        fail_byte(r, number, column_of(line, bad), (unsigned char)*bad);
        bad = find_bad_byte(next, end);
    }
}

/* --- libcsv's two callbacks ------------------------------------------------------------ */

static void end_of_field(void *field, size_t length, void *data)
{
    reader *r = data;
    up_csv *csv = r->csv;
    if (up_grow(&csv->fields, &csv->field_capacity, csv->field_count + 1,
                sizeof *csv->fields, NULL) != UP_OK) {
        fail_memory(r);
        return;
    }
    csv->fields[csv->field_count++] = csv->text.length;
    /* With the NUL that libcsv has appended; an empty field has none of its own. */
    up_buffer_add_bytes(&csv->text, field != NULL ? field : "", length + 1);
    r->fields_met++;
}

static void end_of_record(int terminator, void *data)
{
    (void)terminator;
    ((reader *)data)->record_ended = true;
}

/* --- Records ---------------------------------------------------------------------------- */

static void check_width(reader *r, const up_csv_record *record)
{
    size_t wanted = r->csv->records[0].fields;
    if (r->ragged || record->fields == wanted)
        return;
    up_error error = {0};
    up_error_at(&error, UP_BAD_DATA, r->source, record->line,
                "%zu field%s, but the header has %zu", record->fields,
                record->fields == 1 ? "" : "s", wanted);
    add_failure(r, &error);
}

static void close_record(reader *r)
{
    up_csv *csv = r->csv;
    if (up_grow(&csv->records, &csv->capacity, csv->count + 1, sizeof *csv->records,
                NULL) != UP_OK) {
        fail_memory(r);
        return;
    }
    up_csv_record *record = &csv->records[csv->count++];
    *record = (up_csv_record){.line = r->record_line,
                              .first = r->record_first,
                              .length = r->position - r->record_first,
                              .field = r->record_field,
                              .fields = csv->field_count - r->record_field};
    r->record_field = csv->field_count;
    check_width(r, record);
    r->in_record = false;
    r->record_ended = false;
}

/* What stands at `at` and why strict CSV has no reading for it. */
static void fail_syntax(reader *r, const char *line, const char *at)
{
    up_error error = {0};
    size_t column = column_of(line, at);
    if (*at == '"')
        up_error_at(&error, UP_BAD_DATA, r->source, r->line,
                    "a quote inside an unquoted field at column %zu (wanted the whole "
                    "field in quotes, and quotes in it doubled)",
                    column);
    else if (r->in_record)
        up_error_at(&error, UP_BAD_DATA, r->source, r->line,
                    "text after a closing quote at column %zu; the quote was opened in "
                    "line %zu (wanted a delimiter, or quotes in the field doubled)",
                    column, r->quote_line);
    else
        up_error_at(&error, UP_BAD_DATA, r->source, r->line,
                    "text after a closing quote at column %zu (wanted a delimiter, or "
                    "quotes in the field doubled)",
                    column);
    add_failure(r, &error);
}

static void fail_parser(reader *r, struct csv_parser *parser, const char *line,
                        const char *at)
{
    if (csv_error(parser) == CSV_EPARSE)
        fail_syntax(r, line, at);
    else
        fail_memory(r);
}

/* Feeds [at, end) in chunks; false when the parser stopped. */
static bool feed(reader *r, struct csv_parser *parser, const char *at, const char *end)
{
    const char *line = at;
    while (at < end) {
        size_t size = (size_t)(end - at);
        if (r->chunk > 0 && size > r->chunk)
            size = r->chunk;
        size_t taken = csv_parse(parser, at, size, end_of_field, end_of_record, r);
        if (taken != size) {
            fail_parser(r, parser, line, at + taken);
            return false;
        }
        at += size;
    }
    return true;
}

static bool is_blank(const char *at, const char *end)
{
    return at < end && (*at == '\n' || *at == '\r');
}

static void note_newline(reader *r, const char *end)
{
    if (r->csv->newline != NULL || (end[-1] != '\n' && end[-1] != '\r'))
        return;
    r->csv->newline = end[-1] == '\r' ? "\r" : end[-2] == '\r' ? "\r\n" : "\n";
}

/* After a line: the record is closed, or goes on in a quoted field. */
static void settle(reader *r, const char *begin, const char *end)
{
    r->position = (size_t)(end - r->data);
    bool blank = !r->in_record && is_blank(begin, end);
    if (r->record_ended) {
        note_newline(r, end);
        close_record(r);
    } else if (!blank) {
        /* Still the field of an earlier line, unless a field ended in this one. */
        if (!r->in_record || r->fields_met > 0)
            r->quote_line = r->line;
        r->in_record = true;
    }
    r->line++;
}

static void finish(reader *r, struct csv_parser *parser)
{
    csv_set_opts(parser, strict); /* an open quote is an error even to a loose reader */
    if (csv_fini(parser, end_of_field, end_of_record, r) != 0) {
        up_error error = {0};
        up_error_at(&error, UP_BAD_DATA, r->source, r->quote_line,
                    "a quote opened in this line is never closed");
        if (csv_error(parser) == CSV_EPARSE)
            add_failure(r, &error);
        else
            fail_memory(r);
    } else if (r->record_ended)
        close_record(r);
}

static void parse(reader *r, struct csv_parser *parser)
{
    const char *end = r->data + r->length;
    while (r->position < r->length) {
        const char *begin = r->data + r->position;
        const char *next = end_of_line(begin, end);
        if (!r->in_record) {
            r->record_first = r->position;
            r->record_line = r->line;
        }
        r->fields_met = 0;
        if (!feed(r, parser, begin, next))
            return; /* csv_fini would clear the error and give out half a record */
        settle(r, begin, next);
        if (r->status == UP_SYSTEM)
            return;
    }
    finish(r, parser);
}

/* --- The interface ----------------------------------------------------------------------- */

static int never_a_blank(unsigned char c)
{
    (void)c; /* libcsv would strip blanks around fields */
    return 0;
}

static void set_up(reader *r, up_csv *csv, const char *data, size_t length)
{
    r->csv = csv;
    r->data = data;
    r->length = length;
    r->line = 1;
    csv->has_bom = length >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0;
    r->position = csv->has_bom ? 3 : 0;
    csv->ends_with_newline =
        length == r->position || data[length - 1] == '\n' || data[length - 1] == '\r';
}

up_status up_csv_read(up_csv *csv, const char *data, size_t length, const char *source,
                      const up_csv_options *options, up_remarks *remarks, up_error *err)
{
    reader r = {.source = source, .remarks = remarks, .first = err, .delimiter = ','};
    up_csv result = {0};
    set_up(&r, &result, data, length);
    unsigned char mode = strict;
    if (options != NULL) {
        r.ragged = options->ragged;
        r.chunk = options->chunk;
        if (options->delimiter != '\0')
            r.delimiter = options->delimiter;
        if (options->loose_quotes)
            mode &= (unsigned char)~CSV_STRICT;
    }
    check_encoding(&r);
    struct csv_parser parser;
    if (r.status == UP_OK && csv_init(&parser, mode) == 0) {
        csv_set_delim(&parser, (unsigned char)r.delimiter);
        csv_set_space_func(&parser, never_a_blank);
        parse(&r, &parser);
        csv_free(&parser);
    }
    if (r.status == UP_OK && result.text.failed)
        fail_memory(&r);
    if (r.status != UP_OK) {
        up_csv_release(&result);
        return r.status;
    }
    if (result.newline == NULL)
        result.newline = "\n";
    *csv = result;
    return UP_OK;
}

up_status up_csv_check_header(const up_csv *csv, const char *source, up_error *err)
{
    size_t count = csv->count > 0 ? csv->records[0].fields : 0;
    size_t line = csv->count > 0 ? csv->records[0].line : 1;
    if (count == 0)
        return up_error_at(err, UP_BAD_DATA, source, 1,
                           "the file has no header (wanted a line of column names)");
    for (size_t i = 0; i < count; i++) {
        const char *name = up_csv_field(csv, 0, i);
        if (name[0] == '\0')
            return up_error_at(err, UP_BAD_DATA, source, line,
                               "column %zu has no name in the header", i + 1);
        size_t first = up_csv_column(csv, name);
        if (first != i)
            return up_error_at(err, UP_BAD_DATA, source, line,
                               "columns %zu and %zu are both named '%s'", first + 1,
                               i + 1, name);
    }
    return UP_OK;
}

const char *up_csv_field(const up_csv *csv, size_t record, size_t column)
{
    if (record >= csv->count || column >= csv->records[record].fields)
        return "";
    return csv->text.data + csv->fields[csv->records[record].field + column];
}

size_t up_csv_column(const up_csv *csv, const char *name)
{
    size_t count = csv->count > 0 ? csv->records[0].fields : 0;
    for (size_t i = 0; i < count; i++)
        if (strcmp(up_csv_field(csv, 0, i), name) == 0)
            return i;
    return SIZE_MAX;
}

void up_csv_release(up_csv *csv)
{
    if (csv == NULL)
        return;
    free(csv->records);
    free(csv->fields);
    up_buffer_release(&csv->text);
    *csv = (up_csv){0};
}
