#include "store/csv_file.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "uptick/file.h"

static up_status link_rows(csv_file *file, up_error *err)
{
    size_t count = file->csv.count - 1; /* the header is there: it was checked */
    if (up_alloc(count, sizeof *file->rows, &file->rows, err) != UP_OK)
        return UP_SYSTEM;
    for (size_t i = 0; i < count; i++) {
        file->rows[i].record = i + 1;
        file->rows[i].next = i + 1 < count ? &file->rows[i + 1] : NULL;
    }
    file->first = count > 0 ? &file->rows[0] : NULL;
    file->last = count > 0 ? &file->rows[count - 1] : NULL;
    return UP_OK;
}

up_status up_csv_file_take(csv_file *file, const char *name, char *data, size_t length,
                           char delimiter, up_error *err)
{
    csv_file result = {.data = data, .length = length, .delimiter = delimiter};
    up_status status = up_copy_text(name, &result.name, err);
    if (status == UP_OK)
        status = up_path_join("series", name, &result.source, err);
    if (status != UP_OK)
        up_csv_file_release(&result);
    else
        *file = result;
    return status;
}

static void drop_rows(csv_file *file)
{
    for (csv_row *row = file->first, *next; row != NULL; row = next) {
        next = row->next;
        free(row->text);
        if (row->record != 0)
            continue;
        up_observation_release(row->observation);
        free(row->observation);
        free(row);
    }
    free(file->rows);
    free(file->additions.rows);
    free(file->additions.at);
    up_csv_release(&file->csv);
    file->rows = file->first = file->last = NULL;
    file->additions = (csv_additions){0};
    file->is_parsed = file->is_sorted = false;
}

up_status up_csv_file_parse(csv_file *file, up_remarks *remarks, up_error *err)
{
    up_csv_options options = {.delimiter = file->delimiter};
    up_error header = {0};
    up_status status = up_csv_read(&file->csv, file->data, file->length, file->source,
                                   &options, remarks, err);
    if (status == UP_OK) {
        status = up_csv_check_header(&file->csv, file->source, &header);
        if (status != UP_OK) {
            up_remarks_add_error(remarks, &header);
            if (err != NULL)
                *err = header;
        }
    }
    if (status == UP_OK)
        status = link_rows(file, err);
    if (status != UP_OK)
        up_csv_release(&file->csv);
    file->is_parsed = status == UP_OK;
    return status;
}

up_status up_csv_file_settle(csv_file *file, up_error *err)
{
    up_buffer text = {0};
    const up_sink sink = up_sink_into(&text);
    if (file->has_changed) {
        up_status status = up_csv_file_write(file, &sink, err);
        size_t length = text.length;
        char *data = status == UP_OK ? up_buffer_take(&text) : NULL;
        up_buffer_release(&text);
        if (data == NULL)
            return status != UP_OK ? status : up_error_memory(err);
        if (file->disk == NULL && !file->is_new) {
            file->disk = file->data;
            file->disk_length = file->length;
        } else
            free(file->data);
        file->data = data;
        file->length = length;
    }
    drop_rows(file);
    return UP_OK;
}

up_status up_csv_file_new(csv_file *file, const char *name, const char *const columns[],
                          size_t count, up_error *err)
{
    up_buffer header = {0};
    csv_file result = {0};
    up_csv_write_record(&header, columns, count, ',', "\n");
    up_status status = up_buffer_check(&header, err);
    if (status != UP_OK) {
        up_buffer_release(&header);
        return status;
    }
    size_t length = header.length;
    status = up_csv_file_take(&result, name, up_buffer_take(&header), length, ',', err);
    if (status == UP_OK)
        status = up_csv_file_parse(&result, NULL, err);
    if (status != UP_OK) {
        up_csv_file_release(&result);
        return status;
    }
    result.is_new = result.has_changed = true;
    *file = result;
    return UP_OK;
}

void up_csv_file_release(csv_file *file)
{
    if (file == NULL)
        return;
    drop_rows(file);
    free(file->name);
    free(file->source);
    free(file->data);
    free(file->disk);
    *file = (csv_file){0};
}

const char *up_csv_file_on_disk(const csv_file *file, size_t *length)
{
    if (file->is_new)
        return NULL;
    *length = file->disk != NULL ? file->disk_length : file->length;
    return file->disk != NULL ? file->disk : file->data;
}

up_status up_csv_file_has_columns(const csv_file *file, const char *const names[],
                                  const char *const texts[], size_t count, up_error *err)
{
    for (size_t i = 0; i < count; i++)
        if (texts[i] != NULL && texts[i][0] != '\0' &&
            up_csv_column(&file->csv, names[i]) == SIZE_MAX)
            return up_error_at(err, UP_BAD_DATA, file->source, file->csv.records[0].line,
                               "the file has no column '%s'; add it, or leave it out",
                               names[i]);
    return UP_OK;
}

static up_status write_row(const csv_file *file, const char *const names[],
                           const char *const texts[], size_t count, up_buffer *out,
                           up_error *err)
{
    const char **fields = NULL;
    size_t width = file->csv.records[0].fields;
    if (up_alloc(width, sizeof *fields, &fields, err) != UP_OK)
        return UP_SYSTEM;
    for (size_t i = 0; i < width; i++)
        fields[i] = "";
    for (size_t i = 0; i < count; i++) {
        size_t column = up_csv_column(&file->csv, names[i]);
        if (column != SIZE_MAX)
            fields[column] = texts[i];
    }
    up_csv_write_record(out, fields, width, file->delimiter, file->csv.newline);
    free(fields);
    return up_buffer_check(out, err);
}

up_status up_csv_file_insert_line(csv_file *file, csv_row *after, char *line,
                                  csv_row **out, up_error *err)
{
    csv_row *row = NULL;
    if (up_alloc(1, sizeof *row, &row, err) != UP_OK) {
        free(line);
        return UP_SYSTEM;
    }
    row->text = line;
    if (after == NULL)
        after = file->last;
    row->next = after != NULL ? after->next : NULL;
    if (after != NULL)
        after->next = row;
    else
        file->first = row;
    if (file->last == after)
        file->last = row;
    file->has_changed = true;
    *out = row;
    return UP_OK;
}

up_status up_csv_file_insert(csv_file *file, csv_row *after, const char *const names[],
                             const char *const texts[], size_t count, csv_row **row,
                             up_error *err)
{
    up_buffer text = {0};
    up_status status = up_csv_file_has_columns(file, names, texts, count, err);
    if (status == UP_OK)
        status = write_row(file, names, texts, count, &text, err);
    if (status != UP_OK) {
        up_buffer_release(&text);
        return status;
    }
    return up_csv_file_insert_line(file, after, text.data, row, err);
}

/* --- Changing rows ------------------------------------------------------------------------ */

/* The bytes of a row as they are, with its line end if it has one. */
static const char *line_of(const csv_file *file, const csv_row *row, size_t *length)
{
    if (row->text != NULL) {
        *length = strlen(row->text);
        return row->text;
    }
    *length = file->csv.records[row->record].length;
    return file->data + file->csv.records[row->record].first;
}

/* Where the field that begins at `at` ends: the CSV was found to be strict. */
static const char *end_of_field(const char *at, const char *end, char delimiter)
{
    if (at < end && *at == '"')
        for (at++; at < end && (*at != '"' || (at + 1 < end && at[1] == '"')); at++)
            at += *at == '"';
    while (at < end && *at != delimiter && *at != '\n' && *at != '\r')
        at++;
    return at;
}

/* The text for a column of the file; NULL: none is given. */
static const char *text_for(const csv_file *file, size_t column,
                            const char *const names[], const char *const texts[],
                            size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (texts[i] != NULL && up_csv_column(&file->csv, names[i]) == column)
            return texts[i];
    return NULL;
}

up_status up_csv_file_rewrite(const csv_file *file, const csv_row *row,
                              const char *const names[], const char *const texts[],
                              size_t count, char **line, up_error *err)
{
    up_buffer out = {0};
    size_t length = 0, width = file->csv.records[0].fields;
    const char *at = line_of(file, row, &length), *end = at + length;
    up_status status = up_csv_file_has_columns(file, names, texts, count, err);
    for (size_t i = 0; i < width && status == UP_OK; i++) {
        const char *stop = end_of_field(at, end, file->delimiter);
        const char *text = text_for(file, i, names, texts, count);
        if (text == NULL)
            up_buffer_add_bytes(&out, at, (size_t)(stop - at));
        else if (text[0] == '\0' && width == 1)
            up_buffer_add(&out, "\"\""); /* a blank line would be no record */
        else
            up_csv_write_field(&out, text, file->delimiter);
        at = stop;
        if (i + 1 < width) {
            up_buffer_add_char(&out, file->delimiter);
            at++;
        }
    }
    up_buffer_add_bytes(&out, at, (size_t)(end - at));
    if (status == UP_OK && (*line = up_buffer_take(&out)) == NULL)
        status = up_error_memory(err);
    up_buffer_release(&out);
    return status;
}

void up_csv_file_change(csv_file *file, csv_row *row, char *line)
{
    free(row->text);
    row->text = line;
    file->has_changed = true;
}

void up_csv_file_remove(csv_file *file, csv_row *row)
{
    row->is_gone = true;
    file->has_changed = true;
}

bool up_csv_file_has_blank_lines(const csv_file *file)
{
    size_t at = file->csv.records[0].first;
    for (size_t i = 0; i < file->csv.count; i++) {
        if (file->csv.records[i].first != at)
            return true;
        at += file->csv.records[i].length;
    }
    return at != file->length;
}

/* --- Writing ------------------------------------------------------------------------------ */

/* What was given last decides whether a new row needs a line end before it. */
typedef struct output {
    const up_sink *sink;
    char last;
} output;

static up_status give(output *out, const char *bytes, size_t length, up_error *err)
{
    if (length == 0)
        return UP_OK;
    out->last = bytes[length - 1];
    return out->sink->put(out->sink->context, bytes, length, err);
}

static up_status give_row(output *out, const csv_file *file, const char *text,
                          size_t length, up_error *err)
{
    up_status status = UP_OK;
    if (out->last != '\n' && out->last != '\r')
        status = give(out, file->csv.newline, strlen(file->csv.newline), err);
    return status == UP_OK ? give(out, text, length, err) : status;
}

static up_status write_list(const csv_file *file, output *out, up_error *err)
{
    const up_csv_record *header = &file->csv.records[0];
    size_t at = header->first + header->length;
    up_status status = give(out, file->data, at, err);
    for (const csv_row *row = file->first; row != NULL && status == UP_OK;
         row = row->next) {
        size_t length = 0;
        const char *line = line_of(file, row, &length);
        if (row->record != 0 && !file->is_sorted) { /* the blank lines before it */
            const up_csv_record *record = &file->csv.records[row->record];
            status = give(out, file->data + at, record->first - at, err);
            at = record->first + record->length;
        }
        if (status == UP_OK && !row->is_gone)
            status = give_row(out, file, line, length, err);
    }
    if (file->is_sorted)
        at = file->length;
    return status == UP_OK ? give(out, file->data + at, file->length - at, err) : status;
}

/* A row of a batch as a line of the file. */
typedef struct renderer {
    const csv_file *file;
    size_t columns[UP_OBSERVATION_COLUMNS]; /* SIZE_MAX: the file has none of that name */
    up_buffer cells[UP_OBSERVATION_COLUMNS];
    const char **fields; /* one for each column of the file */
    up_buffer line;
} renderer;

static up_status renderer_init(renderer *r, const csv_file *file, up_error *err)
{
    size_t width = file->csv.records[0].fields;
    r->file = file;
    up_status status = up_alloc(width, sizeof *r->fields, &r->fields, err);
    for (size_t i = 0; i < width && status == UP_OK; i++)
        r->fields[i] = "";
    for (size_t i = 0; i < UP_OBSERVATION_COLUMNS; i++)
        r->columns[i] = up_csv_column(&file->csv, up_observation_column_names[i]);
    return status;
}

static void renderer_release(renderer *r)
{
    for (size_t i = 0; i < UP_OBSERVATION_COLUMNS; i++)
        up_buffer_release(&r->cells[i]);
    up_buffer_release(&r->line);
    free(r->fields);
}

static up_status render(renderer *r, size_t row, up_error *err)
{
    up_observation o;
    up_status status = up_batch_get(r->file->additions.batch, row, &o, err);
    for (size_t i = 0; i < UP_OBSERVATION_COLUMNS && status == UP_OK; i++) {
        if (r->columns[i] == SIZE_MAX)
            continue;
        up_buffer_clear(&r->cells[i]);
        up_observation_get(&o, (up_observation_column)i, &r->cells[i]);
        status = up_buffer_check(&r->cells[i], err);
        r->fields[r->columns[i]] = up_buffer_text(&r->cells[i]);
    }
    up_buffer_clear(&r->line);
    if (status == UP_OK)
        up_csv_write_record(&r->line, r->fields, r->file->csv.records[0].fields,
                            r->file->delimiter, r->file->csv.newline);
    return status == UP_OK ? up_buffer_check(&r->line, err) : status;
}

static up_status write_additions(const csv_file *file, output *out, up_error *err)
{
    const csv_additions *a = &file->additions;
    renderer r = {0};
    size_t at = 0;
    if (a->count == 0)
        return give(out, file->data, file->length, err);
    up_status status = renderer_init(&r, file, err);
    for (size_t i = 0; i < a->count && status == UP_OK; i++) {
        size_t place = a->at != NULL ? a->at[i] : a->end;
        status = give(out, file->data + at, place - at, err);
        at = place;
        if (status == UP_OK)
            status = render(&r, a->rows[i], err);
        if (status == UP_OK)
            status = give_row(out, file, r.line.data, r.line.length, err);
    }
    renderer_release(&r);
    return status == UP_OK ? give(out, file->data + at, file->length - at, err) : status;
}

up_status up_csv_file_write(const void *context, const up_sink *sink, up_error *err)
{
    const csv_file *file = context;
    output out = {sink, '\n'};
    if (file->is_parsed)
        return write_list(file, &out, err);
    return write_additions(file, &out, err);
}

up_status up_csv_file_columns(const csv_file *file, const char ***columns, up_error *err)
{
    size_t count = file->csv.records[0].fields;
    if (up_alloc(count, sizeof **columns, columns, err) != UP_OK)
        return UP_SYSTEM;
    for (size_t i = 0; i < count; i++)
        (*columns)[i] = up_csv_field(&file->csv, 0, i);
    return UP_OK;
}
