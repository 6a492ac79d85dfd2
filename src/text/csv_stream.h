/* CSV taken apart record by record, without keeping what was read.
 *
 *     up_csv_stream stream = {.data = data, .length = length, .source = "x.csv",
 *                             .sink = take, .context = &mine};
 *     up_csv_stream_read(&stream, err);     // take(&mine, row) for each record
 *
 * Over libcsv, fed line by line, so that every record and every error knows its physical line
 * and its bytes. A row and its fields are the stream's own and change with the next record. */
#ifndef UPTICK_TEXT_CSV_STREAM_H
#define UPTICK_TEXT_CSV_STREAM_H

#include "uptick/csv.h"

typedef struct up_csv_row {
    size_t line;          /* 1-based physical line of its first byte */
    size_t first, length; /* its bytes in the input, with the line end */
    size_t count;         /* fields */
    const char *text;     /* the fields, NUL-terminated, one after another */
    const size_t *starts; /* where each begins in text; count + 1 of them */
    bool is_comment;      /* the line, as one field */
} up_csv_row;

/* False: enough, or the sink failed. */
typedef bool (*up_csv_sink)(void *context, const up_csv_row *row);

typedef struct up_csv_stream {
    const char *data, *source;
    size_t length;
    size_t start, line;    /* where to begin, and its line; 0: at the file's first byte */
    char delimiter, quote; /* 0: comma, '"' */
    char comment;          /* a line that begins with it, outside quotes; 0: none */
    bool loose_quotes;
    bool
        skip_blanks; /* blanks before and behind a field, quoted or not, are no part of it */
    size_t chunk;    /* bytes fed to the parser at a time; 0: as it likes */
    up_csv_sink sink;
    void *context;
    up_remarks *remarks; /* may be NULL */
    const char *newline; /* result: of the first record that has one; NULL */
} up_csv_stream;

/* Whether the bytes are text in UTF-8: the first bad byte of every line that has one is
 * added to the remarks; err is the first. first_line: the number of the first line. */
UP_MUST_CHECK up_status up_csv_check_text(const char *data, size_t length,
                                          const char *source, size_t first_line,
                                          up_remarks *remarks, up_error *err);
/* Reads all records, or until the sink has enough. Syntax that has no reading ends it
 * with UP_BAD_DATA, the records before it being delivered. */
UP_MUST_CHECK up_status up_csv_stream_read(up_csv_stream *stream, up_error *err);

/* The first byte that is neither ASCII without NUL nor in a valid UTF-8 sequence; NULL. */
const char *up_csv_find_bad_byte(const char *at, const char *end);
/* 3 where a UTF-8 BOM stands, else 0. */
size_t up_csv_bom(const char *data, size_t length);
/* Characters from 1, counted from the start of the line. */
size_t up_csv_column_of(const char *line, const char *at);

/* Lines end with LF, CRLF or CR. The next LF is remembered, so that a file of CR alone is
 * searched for it once. */
typedef struct up_csv_lines {
    const char *end, *lf;
    bool has_lf; /* lf is set: the first at or behind the last line, or `end` */
} up_csv_lines;

/* Behind the end of the line that begins at `at`. */
const char *up_csv_next_line(up_csv_lines *lines, const char *at);

/* Appends a row to what up_csv_read gives. */
UP_MUST_CHECK up_status up_csv_add_row(up_csv *csv, const up_csv_row *row, up_error *err);

#endif
