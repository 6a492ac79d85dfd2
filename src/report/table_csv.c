/* Tables as CSV (RFC 4180, lines ended by LF) and TSV: exact faces, no notes. */
#include "report/table_writer.h"
#include "uptick/csv.h"

static void write_header(const up_table *table, char delimiter, up_buffer *out)
{
    size_t count = 0;
    for (size_t c = 0; c < table->column_count; c++)
        if (!(table->columns[c].flags & UP_COLUMN_HUMAN))
            table->fields[count++] = table->columns[c].name;
    up_csv_write_record(out, table->fields, count, delimiter, "\n");
}

static void write_row(const up_table *table, size_t row, char delimiter, up_buffer *out)
{
    size_t count = 0;
    for (size_t c = 0; c < table->column_count; c++)
        if (!(table->columns[c].flags & UP_COLUMN_HUMAN))
            table->fields[count++] = up_cell_exact(up_table_cell(table, row, c));
    up_csv_write_record(out, table->fields, count, delimiter, "\n");
}

void up_table_write_row(const up_table *table, size_t row, up_buffer *out)
{
    write_row(table, row, table->streamed == UP_FORMAT_TSV ? '\t' : ',', out);
}

static up_status write_delimited(const up_table *table, const up_table_options *options,
                                 char delimiter, up_buffer *out)
{
    bool streamed = table->streamed != UP_FORMAT_NONE;
    if (!options->no_headers)
        write_header(table, delimiter, out);
    up_buffer_add_bytes(out, up_buffer_text(&table->lines), table->lines.length);
    for (size_t r = streamed && table->rows > 0 ? table->rows - 1 : 0; r < table->rows;
         r++)
        write_row(table, r, delimiter, out);
    return UP_OK;
}

up_status up_table_write_csv(const up_table *table, const up_table_options *options,
                             up_buffer *out, up_error *err)
{
    (void)err;
    return write_delimited(table, options, ',', out);
}

up_status up_table_write_tsv(const up_table *table, const up_table_options *options,
                             up_buffer *out, up_error *err)
{
    (void)err;
    return write_delimited(table, options, '\t', out);
}
