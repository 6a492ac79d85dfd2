/* Tables as JSON, one row a line.
 *
 * jansson writes the texts that need an escape; numbers are written here, since jansson prints a double with 17
 * digits (0.1 → 0.10000000000000001) and we promise the shortest text that reads back. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "report/table_writer.h"
#include "uptick/number.h"

enum { SCHEMA_VERSION = 1 };

/* Whether it stands in JSON as it is: most texts do, and need no library. */
static bool is_simple(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (text[i] < ' ' || text[i] > '~' || text[i] == '"' || text[i] == '\\')
            return false;
    return true;
}

/* what names the text in the error for one that is not UTF-8. */
static up_status add_bytes(const char *text, size_t length, const char *what,
                           up_buffer *out, up_error *err)
{
    if (is_simple(text, length)) {
        up_buffer_add_char(out, '"');
        up_buffer_add_bytes(out, text, length);
        up_buffer_add_char(out, '"');
        return UP_OK;
    }
    json_t *string = json_stringn(text, length);
    char *dump = string ? json_dumps(string, JSON_ENCODE_ANY) : NULL;

    json_decref(string);
    if (!dump)
        return up_error_set(err, UP_BAD_DATA, "%s is not UTF-8 text: '%.*s'", what,
                            length < 200 ? (int)length : 200, text);
    up_buffer_add(out, dump);
    free(dump);
    return UP_OK;
}

static up_status add_string(const char *text, const char *what, up_buffer *out,
                            up_error *err)
{
    return add_bytes(text, strlen(text), what, out, err);
}

/* The text of a cell: of a row that becomes a line it lies with the others of the row. */
static const char *text_of(const up_table *table, const up_cell *cell, size_t *length)
{
    if (!is_streamed(table)) {
        *length = strlen(up_cell_exact(cell));
        return up_cell_exact(cell);
    }
    *length = cell->length;
    return up_buffer_text(&table->words) + cell->at;
}

static up_status add_cell(const up_table *table, const up_cell *cell, const char *column,
                          up_buffer *out, up_error *err)
{
    size_t length;
    const char *text = text_of(table, cell, &length);
    if (cell->kind == UP_CELL_EMPTY) {
        up_buffer_add(out, "null");
        return UP_OK;
    }
    if (cell->kind == UP_CELL_DOUBLE) { /* already the shortest text of its number */
        up_buffer_add_bytes(out, text, length);
        return UP_OK;
    }
    return add_bytes(text, length, column, out, err);
}

/* Behind the row before; the first comma of all is left out in the end. */
static up_status add_row(const up_table *table, const up_cell cells[], up_buffer *out,
                         up_error *err)
{
    up_status status = UP_OK;
    const char *separator = ",\n    {";

    for (size_t i = 0; status == UP_OK && i < table->exact.count; i++) {
        size_t c = table->exact.items[i];
        const char *name = table->columns[c].name;
        up_buffer_add(out, separator);
        separator = ", ";
        status = add_string(name, "a column's name", out, err);
        up_buffer_add(out, ": ");
        if (status == UP_OK)
            status = add_cell(table, &cells[c], name, out, err);
    }
    up_buffer_add(out, "}");
    return status;
}

up_status up_table_line_json(const up_table *table, up_buffer *out, up_error *err)
{
    return add_row(table, table->cells, out, err);
}

static up_status add_columns(const up_table *table, up_buffer *out, up_error *err)
{
    up_status status = UP_OK;
    const char *separator = "";

    up_buffer_add(out, ",\n  \"columns\": [");
    for (size_t i = 0; status == UP_OK && i < table->exact.count; i++) {
        const char *name = table->columns[table->exact.items[i]].name;
        up_buffer_add(out, separator);
        separator = ", ";
        status = add_string(name, "a column's name", out, err);
    }
    up_buffer_add(out, "]");
    return status;
}

up_status up_table_head_json(const up_table *table, const up_table_options *options,
                             up_buffer *out, up_error *err)
{
    (void)options;
    up_buffer_addf(out, "{\n  \"schema_version\": %d,\n  \"name\": ", SCHEMA_VERSION);
    up_status status = add_string(table->name, "the table's name", out, err);

    if (status == UP_OK)
        status = add_columns(table, out, err);
    up_buffer_add(out, ",\n  \"rows\": [");
    return status;
}

up_status up_table_tail_json(const up_table *table, up_buffer *out, up_error *err)
{
    up_status status = UP_OK;
    up_buffer_add(out, table->rows > 0 ? "\n  ],\n  \"notes\": [" : "],\n  \"notes\": [");
    for (size_t i = 0; status == UP_OK && i < table->note_count; i++) {
        up_buffer_add(out, i > 0 ? ",\n    " : "\n    ");
        status = add_string(table->notes[i], "a note", out, err);
    }
    up_buffer_add(out, table->note_count > 0 ? "\n  ]\n}\n" : "]\n}\n");
    return status;
}

up_status up_table_rows_json(const up_table *table, up_buffer *out, up_error *err)
{
    up_buffer row = {0};
    up_status status = UP_OK;
    for (size_t r = 0; status == UP_OK && r < table->rows; r++) {
        up_buffer_clear(&row);
        status = add_row(table, table->cells + r * table->column_count, &row, err);
        size_t lead = r == 0;
        up_buffer_add_bytes(out, up_buffer_text(&row) + lead, row.length - lead);
        out->failed |= row.failed;
    }
    up_buffer_release(&row);
    return status;
}
