#include "store/csv_lines.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"

const char *up_line_text(const table_line *r, size_t column)
{
    return up_csv_field(r->csv, r->record, r->columns[column]);
}

up_status up_line_in_column(const table_line *r, size_t column, up_status status,
                            up_error *err)
{
    if (status == UP_OK || status == UP_SYSTEM || err == NULL)
        return status;
    up_error reason = *err;
    return up_error_set(err, UP_BAD_DATA, "%s%s %s", r->shape->names[column],
                        reason.message[0] == '\'' ? "" : ":", reason.message);
}

/* What a header looks like that has not the column: as a spreadsheet may have saved it. */
static up_status refuse_header(const up_csv *csv, const char *source, const char *wanted,
                               up_error *err)
{
    size_t line = csv->records[0].line;
    for (size_t i = 0; i < csv->records[0].fields; i++) {
        const char *found = up_csv_field(csv, 0, i);
        if (strcasecmp(found, wanted) == 0)
            return up_error_at(err, UP_BAD_DATA, source, line,
                               "the file has no column '%s', but '%s' (names are lower "
                               "case)",
                               wanted, found);
    }
    const char *first = up_csv_field(csv, 0, 0);
    if (csv->records[0].fields == 1 && strpbrk(first, ";\t|") != NULL)
        return up_error_at(err, UP_BAD_DATA, source, line,
                           "the file has no column '%s': its fields are separated by %s, "
                           "not by ','",
                           wanted,
                           strchr(first, ';') != NULL    ? "';'"
                           : strchr(first, '\t') != NULL ? "tabs"
                                                         : "'|'");
    return up_error_at(err, UP_BAD_DATA, source, line, "the file has no column '%s'",
                       wanted);
}

up_status up_line_map_columns(const up_csv *csv, const char *source, table_line *r,
                              up_error *err)
{
    for (size_t i = 0; i < r->shape->count; i++) {
        r->columns[i] = up_csv_column(csv, r->shape->names[i]);
        if (r->columns[i] == SIZE_MAX && (r->shape->needed >> i & 1) != 0)
            return refuse_header(csv, source, r->shape->names[i], err);
    }
    return UP_OK;
}

up_status up_lines_read(const up_csv *csv, const char *source, const table_shape *shape,
                        row_reader *read, void *into, up_remarks *remarks, up_error *err)
{
    table_line r = {.csv = csv, .shape = shape};
    up_error first = {0};
    bool readable = up_line_map_columns(csv, source, &r, &first) == UP_OK;
    if (!readable)
        up_remarks_add_error(remarks, &first);
    for (r.record = 1; readable && r.record < csv->count; r.record++) {
        up_error reason = {0};
        r.line = csv->records[r.record].line;
        if (read(&r, into, &reason) == UP_OK)
            continue;
        up_error_locate(&reason, source, r.line);
        up_remarks_add_error(remarks, &reason);
        if (first.code == UP_OK)
            first = reason;
        readable = reason.code != UP_SYSTEM;
    }
    if (first.code != UP_OK && err != NULL)
        *err = first;
    return first.code;
}

up_status up_line_copy(const table_line *r, size_t column, char **out, up_error *err)
{
    return up_copy_text(up_line_text(r, column), out, err);
}
