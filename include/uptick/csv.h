/* CSV in and out (RFC 4180, over libcsv).
 *
 *     up_csv csv = {0};
 *     up_csv_read(&csv, data, length, "series/ai-users.csv", NULL, NULL, err);
 *     for (size_t i = 0; i < csv.count; i++)
 *         puts(up_csv_field(&csv, i, 0));
 *     up_csv_release(&csv);
 *
 * Every record knows its physical line and the bytes it stands on, so that a file can be
 * changed by replacing those bytes alone. Record 0 is the header. The UTF-8 BOM is no part of
 * the first field; blank lines are kept in the bytes but are no records; LF, CRLF and CR end
 * a line. Refused, with the line: an unclosed quote, text after a closing quote, a NUL byte,
 * invalid UTF-8, a quote inside an unquoted field (unless `loose_quotes`) and a record whose
 * number of fields is not the header's (unless `ragged`). Blanks around a field belong to it. */
#ifndef UPTICK_CSV_H
#define UPTICK_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "uptick/buffer.h"
#include "uptick/error.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct up_csv_record {
    size_t line;          /* 1-based physical line of its first byte */
    size_t first, length; /* its bytes in the input, with the line end */
    size_t field;         /* index of its first field */
    size_t fields;
} up_csv_record;

typedef struct up_csv {
    up_csv_record *records;
    size_t count, capacity;
    size_t *fields; /* where each field starts in text */
    size_t field_count, field_capacity;
    up_buffer text; /* all fields, NUL-terminated, one after another */
    bool has_bom;   /* the file starts with EF BB BF */
    const char
        *newline; /* "\n", "\r\n" or "\r": the first one met; "\n" if none (static) */
    bool ends_with_newline; /* or is empty */
} up_csv;

typedef struct up_csv_options {
    char delimiter;    /* 0: comma */
    bool ragged;       /* records may differ in their number of fields */
    bool loose_quotes; /* a quote where RFC 4180 has none is text, as in `5" disk` */
    size_t chunk;      /* bytes fed to the parser at a time; 0: as it likes (for tests) */
} up_csv_options;

/* Reads a whole file's bytes. csv must be zeroed; source names the file in errors. Every bad
 * record is added to remarks (NULL allowed); err is the first. options may be NULL. */
UP_MUST_CHECK up_status up_csv_read(up_csv *csv, const char *data, size_t length,
                                    const char *source, const up_csv_options *options,
                                    up_remarks *remarks, up_error *err);
/* Record by record, in little memory: `visit` gets the header (record 0, alone), then each other
 * record as record 1 below the header. Ends at the first failure of visit. After the first bad
 * record nothing more is visited, but all are remarked upon. On success csv holds the header. */
typedef up_status up_csv_visit(void *context, const up_csv *csv, up_error *err);
UP_MUST_CHECK up_status up_csv_each(up_csv *csv, const char *data, size_t length,
                                    const char *source, const up_csv_options *options,
                                    up_csv_visit *visit, void *context,
                                    up_remarks *remarks, up_error *err);
/* Whole records of a larger text, from a byte to another, and the line that the first is in. */
typedef struct up_csv_span {
    size_t first, end, line;
} up_csv_span;
/* The same of some records only, one span after another; the first holds the header. */
UP_MUST_CHECK up_status up_csv_each_in(up_csv *csv, const char *data,
                                       const up_csv_span spans[], size_t count,
                                       const char *source, const up_csv_options *options,
                                       up_csv_visit *visit, void *context,
                                       up_remarks *remarks, up_error *err);
/* For files whose columns are found by name. UP_BAD_DATA: no header, a column without name,
 * two of one name. */
UP_MUST_CHECK up_status up_csv_check_header(const up_csv *csv, const char *source,
                                            up_error *err);
/* Field `column` of record `record`; "" beyond its end. Borrowed. */
const char *up_csv_field(const up_csv *csv, size_t record, size_t column);
/* The column of that name in the header, or SIZE_MAX. Exact match. */
size_t up_csv_column(const up_csv *csv, const char *name);
void up_csv_release(up_csv *csv);

/* Writes one field, quoted only where it must be (delimiter, quote, CR, LF, a leading or
 * trailing blank, or an empty field that is the record's only one). */
void up_csv_write_field(up_buffer *out, const char *text, char delimiter);
/* The same of so many bytes; and where there is room for 2 length + 2 bytes: returns the end. */
char *up_csv_put_text(char *at, const char *text, size_t length, char delimiter);
void up_csv_write_text(up_buffer *out, const char *text, size_t length, char delimiter);
/* Writes a record with its line end. */
void up_csv_write_record(up_buffer *out, const char *const fields[], size_t count,
                         char delimiter, const char *newline);

#ifdef __cplusplus
}
#endif
#endif
