/* A table's file while it is being changed: its bytes, and rows that are added to them.
 *
 *     csv_file file = {0};
 *     up_csv_file_take(&file, "ai-users.csv", data, length, ',', err);
 *     up_csv_file_parse(&file, remarks, err);
 *     up_csv_file_insert(&file, NULL, names, texts, count, &row, err);   // at the end
 *     up_csv_file_write(&file, &sink, err);
 *     up_csv_file_release(&file);
 *
 * Rows form a list in the order of the file; adding one costs the same however many there are,
 * and the text is put together once, when it is written. Every byte that was there stays: its
 * BOM, line ends, blank lines, quoting. A new row has the file's line end and columns.
 *
 * A file that is not parsed has no list. Rows of a batch may be added to it instead
 * (csv_merge.h), which are rendered only when it is written. */
#ifndef UPTICK_STORE_CSV_FILE_H
#define UPTICK_STORE_CSV_FILE_H

#include "uptick/batch.h"
#include "uptick/csv.h"
#include "uptick/file.h"

typedef struct csv_row {
    struct csv_row *next;
    size_t record; /* in the CSV; 0 for a new row */
    char *text;    /* of a new or changed row, with its line end; owned */
    bool is_gone;
    up_observation *observation; /* what it says, for rows of a metric; owned if new */
    struct csv_row *before;      /* the row of the same entity above it (csv_index.h) */
} csv_row;

/* Rows of a batch that go between the bytes of a file. */
typedef struct csv_additions {
    const up_batch *batch; /* borrowed */
    uint32_t *rows;        /* in the order of the file */
    size_t *at; /* the byte that each goes before, ascending; NULL: all at `end` */
    size_t count, end;
} csv_additions;

typedef struct csv_file {
    char *name, *source; /* "ai-users.csv", "series/ai-users.csv" */
    bool is_new;
    char delimiter;
    char *data; /* of a new file, its header */
    size_t length;
    char *disk; /* the bytes on disk; NULL: they are data, or the file is new */
    size_t disk_length;
    up_csv csv;    /* of a file that is not parsed, nothing or the header alone */
    csv_row *rows; /* one for each record but the header */
    csv_row *first, *last;
    csv_additions additions;
    bool is_parsed, has_changed;
    bool is_sorted; /* the list has an order of its own: blank lines go */
} csv_file;

/* Takes data (also on failure). file must be zeroed. */
UP_MUST_CHECK up_status up_csv_file_take(csv_file *file, const char *name, char *data,
                                         size_t length, char delimiter, up_error *err);
/* Makes the list of rows. UP_BAD_DATA as up_csv_read and up_csv_check_header. */
UP_MUST_CHECK up_status up_csv_file_parse(csv_file *file, up_remarks *remarks,
                                          up_error *err);
/* Makes data what would be written now, and the file one that is not parsed. */
UP_MUST_CHECK up_status up_csv_file_settle(csv_file *file, up_error *err);
/* A file that is not there yet, parsed. */
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
/* The line of a row with other texts in the columns of these names (NULL: as it is); every
 * other byte of it stays. UP_BAD_DATA as up_csv_file_insert. */
UP_MUST_CHECK up_status up_csv_file_rewrite(const csv_file *file, const csv_row *row,
                                            const char *const names[],
                                            const char *const texts[], size_t count,
                                            char **line, up_error *err);
/* Gives a row another line; takes it. */
void up_csv_file_change(csv_file *file, csv_row *row, char *line);
/* Adds a row of this line, which is taken also on failure, after `after` (NULL: at the end). */
UP_MUST_CHECK up_status up_csv_file_insert_line(csv_file *file, csv_row *after,
                                                char *line, csv_row **row, up_error *err);
/* Takes a row out; it stays in the list, gone. */
void up_csv_file_remove(csv_file *file, csv_row *row);
/* Whether blank lines stand between or behind the rows. */
bool up_csv_file_has_blank_lines(const csv_file *file);
/* UP_BAD_DATA when the file lacks a column whose text is not empty. */
UP_MUST_CHECK up_status up_csv_file_has_columns(const csv_file *file,
                                                const char *const names[],
                                                const char *const texts[], size_t count,
                                                up_error *err);
/* Gives the whole new text; an up_file_writer whose context is the file. */
UP_MUST_CHECK up_status up_csv_file_write(const void *file, const up_sink *sink,
                                          up_error *err);
/* The bytes on disk; NULL for a new file. */
const char *up_csv_file_on_disk(const csv_file *file, size_t *length);
/* The names in the header, as an array that the caller frees (the texts are borrowed). */
UP_MUST_CHECK up_status up_csv_file_columns(const csv_file *file, const char ***columns,
                                            up_error *err);

#endif
