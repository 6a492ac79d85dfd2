/* How a file is written: found out from its first records. */
#ifndef UPTICK_TEXT_DIALECT_H
#define UPTICK_TEXT_DIALECT_H

#include "text/csv_stream.h"
#include "uptick/frame.h"

/* What a cell looks like. Enough to tell a header from a body, no more. */
typedef enum up_cell_kind {
    UP_CELL_BLANK,
    UP_CELL_MISSING, /* "NA", "..", "---" */
    UP_CELL_NUMBER,
    UP_CELL_DATE, /* other than plain digits */
    UP_CELL_TEXT,
    UP_CELL_KINDS
} up_cell_kind;

up_cell_kind up_cell_kind_of(const char *text);
/* A text like "Source: …", "Note …", "Last updated …", "* …", "© …". */
bool up_is_note(const char *text);

/* What stands where, in records; comments and blank lines are none. */
typedef struct up_layout {
    up_dialect dialect;
    size_t width;   /* fields of a record without header */
    size_t typical; /* cells of a body record that are not blank: the median */
} up_layout;

/* Delimiter, quote, comments; then preamble and header. UP_SYSTEM alone: a file that has
 * no dialect is read as commas and its faults are told when it is read. */
UP_MUST_CHECK up_status up_layout_find(const char *data, size_t length,
                                       const up_dialect *wanted, up_layout *layout,
                                       up_error *err);

/* The second half: by the first records, UP_SAMPLE_RECORDS at most. */
enum { UP_SAMPLE_RECORDS = 200 };
UP_MUST_CHECK up_status up_layout_find_header(const up_csv *sample,
                                              const up_dialect *wanted, up_layout *layout,
                                              up_error *err);

#endif
