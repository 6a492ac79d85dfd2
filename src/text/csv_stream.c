/* libcsv takes the bytes apart; this file feeds it line by line and checks what libcsv
 * lets pass. */
#include "text/csv_stream.h"

#include <csv.h>
#include <stdint.h>
#include <string.h>

#include "base/memory.h"

static const unsigned char strict = CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL;

/* libcsv's buffer grows between two pieces, so a field costs time in its length. */
enum { PIECE = 1 << 16, FIRST_BUFFER = 1 << 12 };

typedef struct reader {
    up_csv_stream *stream;
    struct csv_parser parser;
    up_error *err;
    up_status status;
    bool enough;

    size_t position, line;            /* where the next line begins */
    size_t record_first, record_line; /* where the record that is open began */
    bool in_record;                   /* a quoted field goes over the line's end */
    bool record_ended;                /* by the line fed last */
    size_t fields_met;                /* before the line fed last */
    size_t quote_line;                /* where the quoted field that is open began */

    up_buffer text; /* the record's fields */
    size_t *starts;
    size_t count, capacity;
} reader;

/* --- Failures ----------------------------------------------------------------------- */

static void add_failure(reader *r, up_error *error)
{
    up_remarks_add_error(r->stream->remarks, error);
    r->status = error->code;
    if (r->err != NULL)
        *r->err = *error;
}

static void fail_memory(reader *r)
{
    up_error error = {0};
    up_error_memory(&error);
    if (r->status == UP_OK)
        add_failure(r, &error);
}

/* What stands at `at` and why strict CSV has no reading for it. */
static void fail_syntax(reader *r, const char *line, const char *at)
{
    up_error error = {0};
    size_t column = up_csv_column_of(line, at);
    const char *source = r->stream->source;
    if (*at == r->stream->quote)
        up_error_at(&error, UP_BAD_DATA, source, r->line,
                    "a quote inside an unquoted field at column %zu (wanted the whole "
                    "field in quotes, and quotes in it doubled)",
                    column);
    else if (r->in_record)
        up_error_at(&error, UP_BAD_DATA, source, r->line,
                    "text after a closing quote at column %zu; the quote was opened in "
                    "line %zu (wanted a delimiter, or quotes in the field doubled)",
                    column, r->quote_line);
    else
        up_error_at(&error, UP_BAD_DATA, source, r->line,
                    "text after a closing quote at column %zu (wanted a delimiter, or "
                    "quotes in the field doubled)",
                    column);
    add_failure(r, &error);
}

static void fail_parser(reader *r, const char *line, const char *at)
{
    if (csv_error(&r->parser) == CSV_EPARSE)
        fail_syntax(r, line, at);
    else
        fail_memory(r);
}

/* --- libcsv's two callbacks --------------------------------------------------------- */

/* One more start, and a place for that of the end behind it. */
static bool add_start(reader *r, size_t start)
{
    if (up_grow(&r->starts, &r->capacity, r->count + 2, sizeof *r->starts, NULL) !=
        UP_OK) {
        fail_memory(r);
        return false;
    }
    r->starts[r->count++] = start;
    return true;
}

static void end_of_field(void *field, size_t length, void *data)
{
    reader *r = data;
    if (!add_start(r, r->text.length))
        return;
    /* With the NUL that libcsv has appended; an empty field has none of its own. */
    up_buffer_add_bytes(&r->text, field != NULL ? field : "", length + 1);
}

static void end_of_record(int terminator, void *data)
{
    (void)terminator;
    ((reader *)data)->record_ended = true;
}

/* --- Records ------------------------------------------------------------------------ */

/* Gives the record out and forgets its fields. */
static void deliver(reader *r, bool is_comment)
{
    if (r->text.failed)
        fail_memory(r);
    if (r->status != UP_OK)
        return;
    r->starts[r->count] = r->text.length;
    up_csv_row row = {.line = r->record_line,
                      .first = r->record_first,
                      .length = r->position - r->record_first,
                      .count = r->count,
                      .text = r->text.data,
                      .starts = r->starts,
                      .is_comment = is_comment};
    r->enough = !r->stream->sink(r->stream->context, &row);
    r->count = 0;
    r->text.length = 0;
    r->in_record = false;
    r->record_ended = false;
}

/* Feeds [at, end) in pieces; false when the parser stopped. */
static bool feed(reader *r, const char *at, const char *end)
{
    const char *line = at;
    size_t most = r->stream->chunk > 0 ? r->stream->chunk : PIECE;
    while (at < end) {
        size_t size = (size_t)(end - at);
        if (size > most)
            size = most;
        size_t buffer = csv_get_buffer_size(&r->parser);
        csv_set_blk_size(&r->parser, buffer > FIRST_BUFFER ? buffer : FIRST_BUFFER);
        size_t taken = csv_parse(&r->parser, at, size, end_of_field, end_of_record, r);
        if (taken != size) {
            fail_parser(r, line, at + taken);
            return false;
        }
        at += size;
    }
    return true;
}

/* A line without a quote is taken apart where its delimiters stand: libcsv would find the same. */
static bool is_plain(const reader *r, const char *at, const char *end)
{
    const up_csv_stream *s = r->stream;
    return !r->in_record && !s->skip_blanks && s->chunk == 0 &&
           memchr(at, s->quote, (size_t)(end - at)) == NULL;
}

static bool split(reader *r, const char *at, const char *end)
{
    while (end > at && (end[-1] == '\n' || end[-1] == '\r'))
        end--;
    if (at == end)
        return true; /* a blank line is no record */
    size_t length = (size_t)(end - at);
    up_buffer_add_bytes(&r->text, at, length);
    up_buffer_add_char(&r->text, '\0');
    if (r->text.failed || !add_start(r, 0)) {
        fail_memory(r);
        return false;
    }
    char *text = r->text.data, delimiter = r->stream->delimiter;
    for (size_t i = 0; i < length; i++) {
        if (text[i] != delimiter)
            continue;
        text[i] = '\0';
        if (!add_start(r, i + 1))
            return false;
    }
    r->record_ended = true;
    return true;
}

static bool is_blank(const reader *r, const char *at, const char *end)
{
    if (r->stream->skip_blanks)
        while (at < end && (*at == ' ' || *at == '\t') && *at != r->stream->delimiter)
            at++;
    return at == end || *at == '\n' || *at == '\r';
}

static void note_newline(reader *r, const char *end)
{
    if (r->stream->newline != NULL || (end[-1] != '\n' && end[-1] != '\r'))
        return;
    r->stream->newline = end[-1] == '\r' ? "\r" : end[-2] == '\r' ? "\r\n" : "\n";
}

/* After a line: the record is closed, or goes on in a quoted field. */
static void settle(reader *r, const char *begin, const char *end)
{
    r->position = (size_t)(end - r->stream->data);
    if (r->record_ended) {
        note_newline(r, end);
        deliver(r, false);
    } else if (r->in_record || !is_blank(r, begin, end)) {
        /* Still the field of an earlier line, unless a field ended in this one. */
        if (!r->in_record || r->count > r->fields_met)
            r->quote_line = r->line;
        r->in_record = true;
    }
    r->line++;
}

static void pass_comment(reader *r, const char *begin, const char *end)
{
    r->position = (size_t)(end - r->stream->data);
    while (end > begin && (end[-1] == '\n' || end[-1] == '\r'))
        end--;
    if (add_start(r, r->text.length)) {
        up_buffer_add_bytes(&r->text, begin, (size_t)(end - begin));
        up_buffer_add_char(&r->text, '\0');
        deliver(r, true);
    }
    r->line++;
}

static void finish(reader *r)
{
    /* an open quote is an error even to a loose reader */
    csv_set_opts(&r->parser, strict);
    if (csv_fini(&r->parser, end_of_field, end_of_record, r) != 0) {
        up_error error = {0};
        up_error_at(&error, UP_BAD_DATA, r->stream->source, r->quote_line,
                    "a quote opened in this line is never closed");
        if (csv_error(&r->parser) == CSV_EPARSE)
            add_failure(r, &error);
        else
            fail_memory(r);
    } else if (r->record_ended)
        deliver(r, false);
}

static void parse(reader *r)
{
    const char *data = r->stream->data;
    up_csv_lines lines = {.end = data + r->stream->length};
    while (r->position < r->stream->length) {
        const char *begin = data + r->position;
        const char *next = up_csv_next_line(&lines, begin);
        if (!r->in_record) {
            r->record_first = r->position;
            r->record_line = r->line;
            if (r->stream->comment != '\0' && *begin == r->stream->comment) {
                pass_comment(r, begin, next);
                if (r->enough || r->status != UP_OK)
                    return;
                continue;
            }
        }
        r->fields_met = r->count;
        if (!(is_plain(r, begin, next) ? split(r, begin, next) : feed(r, begin, next)))
            return; /* csv_fini would clear the error and give out half a record */
        settle(r, begin, next);
        if (r->enough || r->status != UP_OK)
            return;
    }
    finish(r);
}

/* --- The interface ------------------------------------------------------------------ */

static int never_a_blank(unsigned char c)
{
    (void)c; /* libcsv would strip blanks around fields */
    return 0;
}

static int is_space_or_tab(unsigned char c)
{
    return c == ' ' || c == '\t';
}

up_status up_csv_stream_read(up_csv_stream *stream, up_error *err)
{
    if (stream->delimiter == '\0')
        stream->delimiter = ',';
    if (stream->quote == '\0')
        stream->quote = '"';
    stream->newline = NULL;
    reader r = {.stream = stream, .err = err, .position = stream->start};
    r.line = stream->line > 0 ? stream->line : 1;
    if (stream->start == 0)
        r.position = up_csv_bom(stream->data, stream->length);
    unsigned char mode = strict;
    if (stream->loose_quotes)
        mode &= (unsigned char)~CSV_STRICT;
    if (csv_init(&r.parser, mode) != 0)
        return up_error_memory(err);
    csv_set_delim(&r.parser, (unsigned char)stream->delimiter);
    csv_set_quote(&r.parser, (unsigned char)stream->quote);
    csv_set_space_func(&r.parser, stream->skip_blanks ? is_space_or_tab : never_a_blank);
    parse(&r);
    csv_free(&r.parser);
    up_buffer_release(&r.text);
    free(r.starts);
    return r.status;
}
