/* The writers of a table, one per format. To add a format: an enumerator in uptick/table.h, a
 * file with its function, a row in table.c. */
#ifndef UPTICK_REPORT_TABLE_WRITER_H
#define UPTICK_REPORT_TABLE_WRITER_H

#include "uptick/table.h"

typedef up_status up_table_writer(const up_table *table, const up_table_options *options,
                                  up_buffer *out, up_error *err);

up_table_writer up_table_write_terminal, up_table_write_markdown;

/* Formats for machines are written piece by piece: what stands before the rows, the rows that are
 * kept, or the last row of a table whose rows become lines, and what stands behind them. */
typedef up_status up_table_piece(const up_table *table, up_buffer *out, up_error *err);
up_table_writer up_table_head_csv, up_table_head_tsv, up_table_head_json;
up_table_piece up_table_rows_csv, up_table_rows_tsv, up_table_rows_json;
up_table_piece up_table_line_csv, up_table_line_json, up_table_tail_json;
/* The columns become the table's, and which of them are written is found; up_table_drop_columns
 * undoes it. UP_USAGE: one is wanted that there is not. */
UP_MUST_CHECK up_status up_table_take_columns(up_table *t,
                                              const up_table_column columns[],
                                              size_t count, up_error *err);
void up_table_drop_columns(up_table *t);
static inline bool is_streamed(const up_table *table)
{
    return table->streamed != UP_FORMAT_NONE;
}
/* Of a table whose rows are kept. */
const up_cell *up_table_cell(const up_table *table, size_t row, size_t column);
/* The exact face; "" when empty. */
const char *up_cell_exact(const up_cell *cell);

#endif
