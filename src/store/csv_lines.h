/* Lines of a tracker's tables as they are read: where each standard column stands, what a cell
 * says, and the errors that name it. For csv_rows.c and csv_observations.c. */
#ifndef UPTICK_STORE_CSV_LINES_H
#define UPTICK_STORE_CSV_LINES_H

#include "store/csv_rows.h"

enum { COLUMNS_MAX = CLAIM_COLUMNS };

/* A table's standard columns; those that must be there are told by a bit each. */
typedef struct table_shape {
    const char *const *names;
    size_t count;
    unsigned needed;
} table_shape;

typedef struct table_line {
    const up_csv *csv;
    size_t record, line;
    size_t
        columns[COLUMNS_MAX]; /* where each standard column stands; SIZE_MAX: nowhere */
    const table_shape *shape;
} table_line;

/* Reads one row and appends it to *into. */
typedef up_status row_reader(const table_line *r, void *into, up_error *err);

const char *up_line_text(const table_line *r, size_t column);
UP_MUST_CHECK up_status up_line_copy(const table_line *r, size_t column, char **out,
                                     up_error *err);
/* "'3,5' is not a number" in column value → "value '3,5' is not a number". */
up_status up_line_in_column(const table_line *r, size_t column, up_status status,
                            up_error *err);
/* Finds the standard columns in the header. UP_BAD_DATA: one that must be there is not. */
UP_MUST_CHECK up_status up_line_map_columns(const up_csv *csv, const char *source,
                                            table_line *r, up_error *err);
/* Reads every record; the first error is err, each one a remark. */
UP_MUST_CHECK up_status up_lines_read(const up_csv *csv, const char *source,
                                      const table_shape *shape, row_reader *read,
                                      void *into, up_remarks *remarks, up_error *err);

#endif
