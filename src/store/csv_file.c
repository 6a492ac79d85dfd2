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

up_status up_csv_file_open(csv_file *file, const char *name, char *data, size_t length,
                           char delimiter, up_remarks *remarks, up_error *err)
{
    csv_file result = {.data = data, .length = length, .delimiter = delimiter};
    up_csv_options options = {.delimiter = delimiter};
    up_error header = {0};
    up_status status = up_copy_text(name, &result.name, err);
    if (status == UP_OK)
        status = up_path_join("series", name, &result.source, err);
    if (status == UP_OK)
        status =
            up_csv_read(&result.csv, data, length, result.source, &options, remarks, err);
    if (status == UP_OK) {
        status = up_csv_check_header(&result.csv, result.source, &header);
        if (status != UP_OK) {
            up_remarks_add_error(remarks, &header);
            if (err != NULL)
                *err = header;
        }
    }
    if (status == UP_OK)
        status = link_rows(&result, err);
    if (status != UP_OK)
        up_csv_file_release(&result);
    else
        *file = result;
    return status;
}

up_status up_csv_file_new(csv_file *file, const char *name, const char *const columns[],
                          size_t count, up_error *err)
{
    up_buffer header = {0};
    up_csv_write_record(&header, columns, count, ',', "\n");
    up_status status = up_buffer_check(&header, err);
    if (status != UP_OK) {
        up_buffer_release(&header);
        return status;
    }
    size_t length = header.length;
    status =
        up_csv_file_open(file, name, up_buffer_take(&header), length, ',', NULL, err);
    if (status == UP_OK)
        file->is_new = file->has_changed = true;
    return status;
}

void up_csv_file_release(csv_file *file)
{
    if (file == NULL)
        return;
    for (csv_row *row = file->first, *next; row != NULL; row = next) {
        next = row->next;
        if (row->record != 0)
            continue;
        up_observation_release(row->observation);
        free(row->observation);
        free(row->text);
        free(row);
    }
    free(file->rows);
    up_csv_release(&file->csv);
    free(file->name);
    free(file->source);
    free(file->data);
    *file = (csv_file){0};
}

static up_status check_columns(const csv_file *file, const char *const names[],
                               const char *const texts[], size_t count, up_error *err)
{
    for (size_t i = 0; i < count; i++)
        if (texts[i][0] != '\0' && up_csv_column(&file->csv, names[i]) == SIZE_MAX)
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

up_status up_csv_file_insert(csv_file *file, csv_row *after, const char *const names[],
                             const char *const texts[], size_t count, csv_row **out,
                             up_error *err)
{
    csv_row *row = NULL;
    up_buffer text = {0};
    up_status status = check_columns(file, names, texts, count, err);
    if (status == UP_OK)
        status = write_row(file, names, texts, count, &text, err);
    if (status == UP_OK)
        status = up_alloc(1, sizeof *row, &row, err);
    if (status != UP_OK) {
        up_buffer_release(&text);
        return status;
    }
    row->text = text.data;
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

up_status up_csv_file_write(const csv_file *file, up_buffer *out, up_error *err)
{
    const up_csv_record *header = &file->csv.records[0];
    size_t at = header->first + header->length;
    up_buffer_add_bytes(out, file->data, at);
    for (const csv_row *row = file->first; row != NULL; row = row->next) {
        if (row->record != 0) { /* with the blank lines before it */
            const up_csv_record *record = &file->csv.records[row->record];
            size_t end = record->first + record->length;
            up_buffer_add_bytes(out, file->data + at, end - at);
            at = end;
            continue;
        }
        char last = out->length > 0 ? out->data[out->length - 1] : '\n';
        if (last != '\n' && last != '\r')
            up_buffer_add(out, file->csv.newline);
        up_buffer_add(out, row->text);
    }
    up_buffer_add_bytes(out, file->data + at, file->length - at);
    return up_buffer_check(out, err);
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
