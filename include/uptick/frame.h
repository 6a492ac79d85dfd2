/* A table from anywhere, read column by column.
 *
 *     up_dialect dialect = {0};                        // zero: everything is found out
 *     up_frame frame = {0};
 *     up_frame_read(data, length, "figures.csv", &dialect, &frame, remarks, err);
 *     up_frame_header(&frame, 0, column)               // "Country Name"
 *     up_frame_cell(&frame, row, column)               // its text, trimmed
 *     up_frame_release(&frame);
 *
 * Every distinct text of a column is kept once; a cell is the number of its text. So what is
 * read out of a text (a date, a number, an entity) is read once however often it stands there.
 *
 * The table is what stands between a preamble (title lines) and a footer (source and notes
 * below the table): rows are its body, without blank records. Preamble and footer are kept as
 * notes. Columns that are blank throughout, header and body, are left out; `origins` tells
 * where a column stood. */
#ifndef UPTICK_FRAME_H
#define UPTICK_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "uptick/error.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How a file is written. In a request a zero member is found out; in a frame all are
 * set. */
typedef struct up_dialect {
    char delimiter; /* ',' ';' '\t' '|' */
    char quote;     /* '"' or, in a request, '\'' */
    char comment;   /* lines that begin with it are no records; in a frame 0: none */
    bool skip_initial_space; /* a blank after a delimiter is no part of the field */
    bool loose_quotes;       /* a quote where RFC 4180 has none is text */
    bool has_preamble;       /* request: `preamble` is given */
    size_t preamble;         /* records before the header */
    bool has_headers;        /* request: `headers` is given */
    size_t headers;          /* records of the header: 0 none, 1, 2 (names, units), … */
} up_dialect;

typedef struct up_frame_column {
    uint32_t *cells;  /* rows of them: which text */
    uint32_t *starts; /* where each distinct text begins in `texts` */
    uint32_t count;   /* distinct texts; text 0 is "" */
    char *texts;      /* NUL-terminated, one after another */
    size_t length, capacity;
    size_t origin; /* the column's number in the file, from 0 */
} up_frame_column;

typedef struct up_frame_note {
    size_t line;
    char *text; /* the cells that are not blank, joined by " " */
} up_frame_note;

/* A record that cannot be a row. */
typedef struct up_frame_bad_row {
    size_t line, first, length; /* its bytes in the data */
    char *message;              /* "5 fields, but the header has 3" */
} up_frame_bad_row;

/* Where the bytes behind a row are not those of the next one. */
typedef struct up_frame_gap {
    size_t row;
    uint64_t end; /* of the row */
} up_frame_gap;

typedef struct up_frame {
    up_dialect dialect; /* as it was read */
    size_t rows, columns;
    up_frame_column *column;
    uint32_t *lines;    /* of each row, from 1 */
    uint64_t *offsets;  /* of each row's first byte in the data, rows + 1 of them */
    up_frame_gap *gaps; /* by row: where blank records, notes, bad rows stand between */
    size_t gap_count;
    char **header;        /* headers × columns, row by row */
    size_t header_line;   /* of the first header record */
    up_frame_note *notes; /* preamble, then footer */
    size_t note_count, preamble_notes;
    up_frame_bad_row *bad_rows;
    size_t bad_count;
    const char *newline; /* static */
    bool has_bom;
} up_frame;

/* Reads UTF-8 text. Delimiter, quotes, preamble, header and footer are found out unless
 * `wanted` gives them (NULL: nothing given). Header names lose line breaks and runs of
 * blanks; doubled names stay doubled, unless a record of groups right above tells them
 * apart (",2019,,2020," above "geo,m,f,m,f": "2019 m", …; it is a note, too); a record
 * shorter than the header is filled up with "", one that has text beyond the header's
 * width is a bad row: it is listed in `bad_rows`, with its bytes, and left out of the
 * rows; whether that is an error is the caller's to say. What RFC 4180 has no reading
 * for, an unclosed quote, NUL bytes and bytes that are not UTF-8 are errors with their
 * line, each a remark. UP_BAD_DATA: those, and an empty file. */
UP_MUST_CHECK up_status up_frame_read(const char *data, size_t length, const char *source,
                                      const up_dialect *wanted, up_frame *frame,
                                      up_remarks *remarks, up_error *err);
void up_frame_release(up_frame *frame);

/* The name of a column in header record `record`; "" where there is none. Borrowed. */
const char *up_frame_header(const up_frame *frame, size_t record, size_t column);
/* A cell's text, blanks around it trimmed. Borrowed. */
const char *up_frame_cell(const up_frame *frame, size_t row, size_t column);
/* The number of a cell's text in its column, and the text of a number. */
uint32_t up_frame_id(const up_frame *frame, size_t row, size_t column);
const char *up_frame_text(const up_frame *frame, size_t column, uint32_t id);
/* The bytes of a row in the data, with its line end. */
void up_frame_row_bytes(const up_frame *frame, size_t row, size_t *first, size_t *length);

#ifdef __cplusplus
}
#endif
#endif
