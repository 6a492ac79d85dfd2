/* A table's file while it is being changed: its bytes, and rows that are added to them.
 *
 *     csv_file file = {0};
 *     up_csv_file_open(&file, "ai-users.csv", data, length, ',', remarks, err);
 *     up_csv_file_insert(&file, NULL, names, texts, count, &row, err);   // at the end
 *     up_csv_file_write(&file, &out, err);
 *     up_csv_file_release(&file);
 *
 * Rows form a list in the order of the file; adding one costs the same however many there are,
 * and the text is put together once, when it is written. Every byte that was there stays: its
 * BOM, line ends, blank lines, quoting. A new row has the file's line end and columns. */
#ifndef UPTICK_STORE_CSV_FILE_H
#define UPTICK_STORE_CSV_FILE_H

#include "uptick/buffer.h"
#include "uptick/csv.h"
#include "uptick/observation.h"

typedef struct csv_row {
    struct csv_row *next;
    size_t record;               /* in the CSV; 0 for a new row */
    char *text;                  /* of a new row, with its line end; owned */
    up_observation *observation; /* what it says, for rows of a metric; owned if new */
    struct csv_row *before;      /* the row of the same entity above it (csv_index.h) */
} csv_row;

typedef struct csv_file {
    char *name, *source; /* "ai-users.csv", "series/ai-users.csv" */
    bool is_new;
    char delimiter;
    char *data; /* the bytes as they are on disk; of a new file, its header */
    size_t length;
    up_csv csv;
    csv_row *rows; /* one for each record but the header */
    csv_row *first, *last;
    bool has_changed;
} csv_file;

/* Takes data (also on failure). file must be zeroed. UP_BAD_DATA as up_csv_read and
 * up_csv_check_header. */
UP_MUST_CHECK up_status up_csv_file_open(csv_file *file, const char *name, char *data,
                                         size_t length, char delimiter,
                                         up_remarks *remarks, up_error *err);
/* A file that is not there yet. */
UP_MUST_CHECK up_status up_csv_file_new(csv_file *file, const char *name,
                                        const char *const columns[], size_t count,
                                        up_error *err);
void up_csv_file_release(csv_file *file);

/* Adds a row after `after` (NULL: at the end): texts[i] in the column names[i], nothing in the
 * file's other columns. UP_BAD_DATA when the file lacks a column whose text is not empty. */
UP_MUST_CHECK up_status up_csv_file_insert(csv_file *file, csv_row *after,
                                           const char *const names[],
                                           const char *const texts[], size_t count,
                                           csv_row **row, up_error *err);
/* Appends the whole new text. */
UP_MUST_CHECK up_status up_csv_file_write(const csv_file *file, up_buffer *out,
                                          up_error *err);
/* The names in the header, as an array that the caller frees (the texts are borrowed). */
UP_MUST_CHECK up_status up_csv_file_columns(const csv_file *file, const char ***columns,
                                            up_error *err);

#endif
