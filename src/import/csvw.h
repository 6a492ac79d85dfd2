/* CSV on the Web: the model of tables that a metadata file describes (W3C, "Metadata
 * Vocabulary for Tabular Data", "Model for Tabular Data and Metadata on the Web").
 *
 *     csvw_group group = {0};
 *     up_csvw_read(root, "figures.csv-metadata.json", &group, remarks, err);
 *     csvw_rows rows = {0};
 *     up_csvw_read_rows(&group, 0, data, length, "figures.csv", &rows, remarks, err);
 *     up_csvw_check_references(&group, all_rows, names, remarks, err);
 *     up_csvw_rows_release(&rows);
 *     up_csvw_release(&group);
 *
 * As the standard has it: what is said wrongly but can be passed over is a warning, and
 * is then as if it were not said; what breaks the description is an error. Cells, titles
 * and keys that are not as described are remarks of severity UP_ERROR; the rows are read
 * nevertheless. Not read: schemas, dialects and code lists in other files;
 * transformations. */
#ifndef UPTICK_IMPORT_CSVW_H
#define UPTICK_IMPORT_CSVW_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "import/datatype.h"
#include "uptick/error.h"

typedef struct csvw_title {
    const char *text, *language; /* "und": of any */
} csvw_title;

/* Texts are borrowed from the group's JSON unless said otherwise; NULL: not stated. */
typedef struct csvw_column {
    const json_t *json;
    char *name; /* owned; the name, the first title, or _col.N */
    bool is_named;
    csvw_title *titles;
    size_t title_count;
    datatype type;
    const char *separator, *default_text;
    const char *about_url, *property_url, *value_url, *language;
    char **null; /* owned; {"", NULL} when not stated */
    bool null_is_given, required, ordered, is_virtual, suppressed, in_primary_key;
} csvw_column;

typedef struct csvw_dialect {
    char delimiter, quote, comment; /* 0: not stated */
    const char *encoding;
    bool skip_initial_space, trim_start, trim_end;
    bool has_header_rows, has_skip_rows;
    size_t header_rows; /* 1 when not stated */
    size_t skip_rows, skip_columns;
} csvw_dialect;

typedef struct csvw_key {
    size_t *columns, *referenced; /* `count` columns here and there */
    size_t count;
    size_t table; /* the one referred to */
} csvw_key;

typedef struct csvw_table {
    const json_t *json, *schema;
    const char *url;
    csvw_dialect dialect;
    csvw_column *columns; /* virtual ones last */
    size_t column_count, column_capacity;
    size_t *primary_key, *row_titles;
    size_t primary_key_count, row_title_count;
    csvw_key *foreign_keys;
    size_t foreign_key_count, foreign_key_capacity;
    bool suppressed;
} csvw_table;

typedef struct csvw_group {
    json_t *root;         /* a copy, without what was passed over; owned */
    bool is_single;       /* the file describes one table, without a group */
    const char *language; /* of titles; "und" */
    const char *base;     /* @base of the context; "" */
    csvw_table *tables;
    size_t table_count, table_capacity;
} csvw_group;

/* UP_BAD_DATA: the description is broken. source names the file in remarks and errors. */
UP_MUST_CHECK up_status up_csvw_read(const json_t *root, const char *source,
                                     csvw_group *group, up_remarks *remarks,
                                     up_error *err);
/* The group of one table of which nothing is known but where it is. */
UP_MUST_CHECK up_status up_csvw_undescribed(const char *url, csvw_group *group,
                                            up_error *err);
void up_csvw_release(csvw_group *group);

typedef struct csvw_cell {
    char **values; /* canonical texts; as they stood where they are not as described */
    bool is_list, is_null, failed;
} csvw_cell;

typedef struct csvw_rows {
    csvw_cell *cells; /* count × columns of the table, row by row */
    size_t count, columns;
    size_t *numbers; /* of each row in the file, header and all counted, from 1 */
    size_t *lines;
} csvw_rows;

/* Reads a table's file, UTF-8, and holds it against the description. A table without
 * columns gets them from the header. UP_BAD_DATA: no CSV. */
UP_MUST_CHECK up_status up_csvw_read_rows(csvw_group *group, size_t table,
                                          const char *data, size_t length,
                                          const char *source, csvw_rows *rows,
                                          up_remarks *remarks, up_error *err);
void up_csvw_rows_release(csvw_rows *rows);
/* Foreign keys: every row has the row it refers to. rows and sources have one element for
 * each table. */
UP_MUST_CHECK up_status up_csvw_check_references(const csvw_group *group,
                                                 const csvw_rows rows[],
                                                 const char *const sources[],
                                                 up_remarks *remarks, up_error *err);

#endif
