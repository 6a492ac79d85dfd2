/* A frame while it is read. */
#ifndef UPTICK_TEXT_FRAME_BUILD_H
#define UPTICK_TEXT_FRAME_BUILD_H

#include "text/dialect.h"
#include "text/frame_column.h"

typedef struct up_frame_builder {
    const char *data, *source;
    up_layout layout;
    up_frame frame; /* what is done of it */
    up_column_builder *columns;
    size_t width; /* of them */
    up_error *err;
    up_status status;

    size_t records; /* met, without comments */
    up_csv head;    /* the header's */
    up_csv above;   /* the last record of the preamble */
    size_t line_capacity, offset_capacity, gap_capacity, note_capacity, bad_capacity;
    uint64_t row_end; /* of the last row */

    size_t record_end;  /* of the last record */
    bool blank_before;  /* since the last record that was not blank */
    up_csv held;        /* records that may be rows or a footer */
    bool held_note;     /* one of them is a note */
    size_t held_blank;  /* the first of them with something blank before it */
    size_t sparse_rows; /* rows that were held */
} up_frame_builder;

/* Bytes of the blank that begins at p, 0 if none does: ASCII, U+00A0, U+2000 to U+200B,
 * U+202F, U+3000, U+FEFF. */
size_t up_frame_blank_at(const char *p, size_t length);
/* The text without blanks around it, of any width. */
const char *up_frame_trim(const char *text, size_t *length);
/* Cells that are not blank. */
size_t up_frame_filled(const up_csv_row *row);
/* Adds a row, or a bad row. */
UP_MUST_CHECK up_status up_frame_add_row(up_frame_builder *b, const up_csv_row *row);
/* Adds a note of all its cells. */
UP_MUST_CHECK up_status up_frame_add_note(up_frame_builder *b, const up_csv_row *row);

/* A record below the header, not blank: a row at once, or held until it is known whether
 * the table goes on behind it. And the end: rows or footer. */
UP_MUST_CHECK up_status up_frame_take(up_frame_builder *b, const up_csv_row *row,
                                      size_t filled);
UP_MUST_CHECK up_status up_frame_end(up_frame_builder *b);

/* The names of the columns that are kept. */
UP_MUST_CHECK up_status up_frame_finish_header(up_frame_builder *b);

#endif
