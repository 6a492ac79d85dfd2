/* The records of a file, all at once or shown one by one: the rows of a stream, kept. */
#include "uptick/csv.h"

#include <stdint.h>
#include <string.h>

#include "base/memory.h"
#include "text/csv_stream.h"

typedef struct collector {
    up_csv *csv;
    const char *source;
    bool ragged;
    up_remarks *remarks;
    up_error *first;
    up_status status;
    up_csv_visit *visit; /* NULL: all are kept */
    void *context;
    size_t header_text; /* length of the header's text */
    bool enough;
} collector;

up_status up_csv_add_row(up_csv *csv, const up_csv_row *row, up_error *err)
{
    up_status status =
        up_grow(&csv->records, &csv->capacity, csv->count + 1, sizeof *csv->records, err);
    if (status == UP_OK)
        status = up_grow(&csv->fields, &csv->field_capacity,
                         csv->field_count + row->count, sizeof *csv->fields, err);
    if (status != UP_OK)
        return status;
    csv->records[csv->count++] = (up_csv_record){.line = row->line,
                                                 .first = row->first,
                                                 .length = row->length,
                                                 .field = csv->field_count,
                                                 .fields = row->count};
    for (size_t i = 0; i < row->count; i++)
        csv->fields[csv->field_count++] = csv->text.length + row->starts[i];
    up_buffer_add_bytes(&csv->text, row->text, row->starts[row->count]);
    return up_buffer_check(&csv->text, err);
}

static void add_failure(collector *c, const up_error *error)
{
    up_remarks_add_error(c->remarks, error);
    if (c->status == UP_OK) {
        c->status = error->code;
        if (c->first != NULL)
            *c->first = *error;
    }
}

static void check_width(collector *c, const up_csv_row *row)
{
    size_t wanted = c->csv->records[0].fields;
    if (c->ragged || row->count == wanted)
        return;
    up_error error = {0};
    up_error_at(&error, UP_BAD_DATA, c->source, row->line,
                "%zu field%s, but the header has %zu", row->count,
                row->count == 1 ? "" : "s", wanted);
    add_failure(c, &error);
}

/* Shows the record that came last, and forgets all but the header. */
static bool show(collector *c)
{
    up_csv *csv = c->csv;
    up_error error = {0};
    if (c->status == UP_OK && c->visit(c->context, csv, &error) != UP_OK) {
        c->status = error.code; /* what it has to remark it has */
        if (c->first != NULL)
            *c->first = error;
        return false;
    }
    if (csv->count == 1)
        c->header_text = csv->text.length;
    csv->count = 1;
    csv->field_count = csv->records[0].fields;
    csv->text.length = c->header_text;
    return true;
}

static bool collect(void *context, const up_csv_row *row)
{
    collector *c = context;
    up_error error = {0};
    if (up_csv_add_row(c->csv, row, &error) != UP_OK) {
        add_failure(c, &error);
        return false;
    }
    check_width(c, row);
    c->enough = c->visit != NULL && !show(c);
    return !c->enough;
}

/* The bytes of all spans are text. */
static up_status check_text(const char *data, const up_csv_span spans[], size_t count,
                            const char *source, up_remarks *remarks, up_error *err)
{
    up_status status = UP_OK;
    for (size_t i = 0; i < count && status == UP_OK; i++)
        status = up_csv_check_text(data + spans[i].first, spans[i].end - spans[i].first,
                                   source, spans[i].line, remarks, err);
    return status;
}

/* One span after another, until one cannot be read or the collector has enough. */
static up_status read_spans(collector *c, const char *data, const up_csv_span spans[],
                            size_t count, const up_csv_options *options,
                            const char **newline, up_error *err)
{
    up_csv_stream stream = {.data = data,
                            .source = c->source,
                            .sink = collect,
                            .context = c,
                            .remarks = c->remarks};
    up_status status = UP_OK;
    if (options != NULL) {
        c->ragged = options->ragged;
        stream.chunk = options->chunk;
        stream.delimiter = options->delimiter;
        stream.loose_quotes = options->loose_quotes;
    }
    for (size_t i = 0; i < count && status == UP_OK && !c->enough; i++) {
        stream.start = spans[i].first;
        stream.length = spans[i].end;
        stream.line = spans[i].line;
        status = up_csv_stream_read(&stream, err);
        if (i == 0)
            *newline = stream.newline;
    }
    return status;
}

/* With what c has been told so far. */
static up_status read_with(collector c, up_csv *csv, const char *data,
                           const up_csv_span spans[], size_t count,
                           const up_csv_options *options, up_error *err)
{
    const char *newline = NULL;
    up_status status = check_text(data, spans, count, c.source, c.remarks, err);
    if (status != UP_OK)
        return status;
    size_t length = spans[count - 1].end, bom = up_csv_bom(data, length);
    up_csv result = {.has_bom = bom > 0};
    c.csv = &result;
    c.first = err;
    up_error late = {0}; /* what ends the stream comes behind what the rows had */
    status = read_spans(&c, data, spans, count, options, &newline, &late);
    if (c.status != UP_OK)
        status = c.status;
    else if (status != UP_OK && err != NULL)
        *err = late;
    if (status != UP_OK) {
        up_csv_release(&result);
        return status;
    }
    result.newline = newline != NULL ? newline : "\n";
    result.ends_with_newline =
        length == bom || data[length - 1] == '\n' || data[length - 1] == '\r';
    *csv = result;
    return UP_OK;
}

up_status up_csv_read(up_csv *csv, const char *data, size_t length, const char *source,
                      const up_csv_options *options, up_remarks *remarks, up_error *err)
{
    const collector c = {.source = source, .remarks = remarks};
    const up_csv_span whole = {0, length, 1};
    return read_with(c, csv, data, &whole, 1, options, err);
}

up_status up_csv_each_in(up_csv *csv, const char *data, const up_csv_span spans[],
                         size_t count, const char *source, const up_csv_options *options,
                         up_csv_visit *visit, void *context, up_remarks *remarks,
                         up_error *err)
{
    const collector c = {
        .source = source, .remarks = remarks, .visit = visit, .context = context};
    return read_with(c, csv, data, spans, count, options, err);
}

up_status up_csv_each(up_csv *csv, const char *data, size_t length, const char *source,
                      const up_csv_options *options, up_csv_visit *visit, void *context,
                      up_remarks *remarks, up_error *err)
{
    const up_csv_span whole = {0, length, 1};
    return up_csv_each_in(csv, data, &whole, 1, source, options, visit, context, remarks,
                          err);
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
