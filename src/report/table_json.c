/* Tables as JSON, one row a line.
 *
 * jansson writes the texts; numbers are written here, since jansson prints a double with 17
 * digits (0.1 → 0.10000000000000001) and we promise the shortest text that reads back. */
#include <jansson.h>
#include <stdlib.h>

#include "report/table_writer.h"
#include "uptick/number.h"

enum { SCHEMA_VERSION = 1 };

/* what names the text in the error for one that is not UTF-8. */
static up_status add_string(const char *text, const char *what, up_buffer *out,
                            up_error *err)
{
    json_t *string = json_string(text);
    char *dump = string ? json_dumps(string, JSON_ENCODE_ANY) : NULL;

    json_decref(string);
    if (!dump)
        return up_error_set(err, UP_BAD_DATA, "%s is not UTF-8 text: '%s'", what, text);
    up_buffer_add(out, dump);
    free(dump);
    return UP_OK;
}

static up_status add_cell(const up_cell *cell, const char *column, up_buffer *out,
                          up_error *err)
{
    if (cell->kind == UP_CELL_EMPTY) {
        up_buffer_add(out, "null");
        return UP_OK;
    }
    if (cell->kind == UP_CELL_DOUBLE) { /* already the shortest text of its number */
        up_buffer_add(out, cell->exact);
        return UP_OK;
    }
    return add_string(cell->exact, column, out, err);
}

static up_status add_row(const up_table *table, size_t row, up_buffer *out, up_error *err)
{
    up_status status = UP_OK;
    const char *separator = "{";

    for (size_t i = 0; status == UP_OK && i < table->exact.count; i++) {
        size_t c = table->exact.items[i];
        const char *name = table->columns[c].name;
        up_buffer_add(out, separator);
        separator = ", ";
        status = add_string(name, "a column's name", out, err);
        up_buffer_add(out, ": ");
        if (status == UP_OK)
            status = add_cell(up_table_cell(table, row, c), name, out, err);
    }
    up_buffer_add(out, separator[0] == '{' ? "{}" : "}");
    return status;
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

up_status up_table_write_json(const up_table *table, const up_table_options *options,
                              up_buffer *out, up_error *err)
{
    (void)options;
    up_buffer_addf(out, "{\n  \"schema_version\": %d,\n  \"name\": ", SCHEMA_VERSION);
    up_status status = add_string(table->name, "the table's name", out, err);

    if (status == UP_OK)
        status = add_columns(table, out, err);
    up_buffer_add(out, ",\n  \"rows\": [");
    for (size_t r = 0; status == UP_OK && r < table->rows; r++) {
        up_buffer_add(out, r > 0 ? ",\n    " : "\n    ");
        status = add_row(table, r, out, err);
    }
    up_buffer_add(out, table->rows > 0 ? "\n  ],\n  \"notes\": [" : "],\n  \"notes\": [");
    for (size_t i = 0; status == UP_OK && i < table->note_count; i++) {
        up_buffer_add(out, i > 0 ? ",\n    " : "\n    ");
        status = add_string(table->notes[i], "a note", out, err);
    }
    up_buffer_add(out, table->note_count > 0 ? "\n  ]\n}\n" : "]\n}\n");
    return status;
}
