/* Tables as CSV (RFC 4180, lines ended by LF) and TSV: exact faces, no notes. */
#include <string.h>

#include "report/table_writer.h"
#include "uptick/csv.h"

static void write_header(const up_table *table, char delimiter, up_buffer *out)
{
    for (size_t i = 0; i < table->exact.count; i++)
        table->fields[i] = table->columns[table->exact.items[i]].name;
    up_csv_write_record(out, table->fields, table->exact.count, delimiter, "\n");
}

static void write_row(const up_table *table, size_t row, char delimiter, up_buffer *out)
{
    for (size_t i = 0; i < table->exact.count; i++)
        table->fields[i] =
            up_cell_exact(up_table_cell(table, row, table->exact.items[i]));
    up_csv_write_record(out, table->fields, table->exact.count, delimiter, "\n");
}

static char *put_cell(char *at, const up_table *table, const up_cell *cell,
                      char delimiter)
{
    const char *text = up_buffer_text(&table->words) + cell->at;
    if (cell->kind == UP_CELL_TEXT)
        return up_csv_put_text(at, text, cell->length, delimiter);
    memcpy(at, text, cell->length); /* words and numbers need no quotes */
    return at + cell->length;
}

up_status up_table_line_csv(const up_table *table, up_buffer *out, up_error *err)
{
    (void)err; /* out keeps its own failure */
    char delimiter = table->streamed == UP_FORMAT_TSV ? '\t' : ',';
    /* texts may double, and get quotes; delimiters, the line's end */
    char *begin =
        up_buffer_room(out, 2 * table->words.length + 3 * table->column_count + 1);
    char *at = begin;
    if (begin == NULL)
        return UP_OK;
    for (size_t i = 0; i < table->exact.count; i++) {
        if (i > 0)
            *at++ = delimiter;
        at = put_cell(at, table, &table->cells[table->exact.items[i]], delimiter);
    }
    if (at == begin) /* a blank line would be no record */
        *at++ = '"', *at++ = '"';
    *at++ = '\n';
    up_buffer_took(out, (size_t)(at - begin));
    return UP_OK;
}

static up_status add_head(const up_table *table, const up_table_options *options,
                          char delimiter, up_buffer *out)
{
    if (!options->no_headers)
        write_header(table, delimiter, out);
    return UP_OK;
}

static up_status add_rows(const up_table *table, char delimiter, up_buffer *out)
{
    for (size_t r = 0; r < table->rows; r++)
        write_row(table, r, delimiter, out);
    return UP_OK;
}

up_status up_table_head_csv(const up_table *table, const up_table_options *options,
                            up_buffer *out, up_error *err)
{
    (void)err;
    return add_head(table, options, ',', out);
}

up_status up_table_head_tsv(const up_table *table, const up_table_options *options,
                            up_buffer *out, up_error *err)
{
    (void)err;
    return add_head(table, options, '\t', out);
}

up_status up_table_rows_csv(const up_table *table, up_buffer *out, up_error *err)
{
    (void)err;
    return add_rows(table, ',', out);
}

up_status up_table_rows_tsv(const up_table *table, up_buffer *out, up_error *err)
{
    (void)err;
    return add_rows(table, '\t', out);
}
