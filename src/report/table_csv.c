/* Tables as CSV (RFC 4180, lines ended by LF) and TSV: exact faces, no notes. */
#include <stdlib.h>

#include "base/memory.h"
#include "report/table_writer.h"
#include "uptick/csv.h"

static up_status write_delimited(const up_table *table, const up_table_options *options,
                                 char delimiter, up_buffer *out, up_error *err)
{
    const char **fields = NULL;
    size_t count = 0;
    up_status status = up_alloc(table->column_count, sizeof *fields, &fields, err);

    if (status != UP_OK)
        return status;
    for (size_t c = 0; c < table->column_count; c++)
        if (!(table->columns[c].flags & UP_COLUMN_HUMAN))
            fields[count++] = table->columns[c].name;
    if (!options->no_headers)
        up_csv_write_record(out, fields, count, delimiter, "\n");
    for (size_t r = 0; r < table->rows; r++) {
        count = 0;
        for (size_t c = 0; c < table->column_count; c++)
            if (!(table->columns[c].flags & UP_COLUMN_HUMAN))
                fields[count++] = up_cell_exact(up_table_cell(table, r, c));
        up_csv_write_record(out, fields, count, delimiter, "\n");
    }
    free(fields);
    return UP_OK;
}

up_status up_table_write_csv(const up_table *table, const up_table_options *options,
                             up_buffer *out, up_error *err)
{
    return write_delimited(table, options, ',', out, err);
}

up_status up_table_write_tsv(const up_table *table, const up_table_options *options,
                             up_buffer *out, up_error *err)
{
    return write_delimited(table, options, '\t', out, err);
}
