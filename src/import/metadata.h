/* What a file beside a table says about it: CSV on the Web (W3C), Frictionless Data
 * Packages (v1, v2), and what Our World in Data publishes as such and beside the data of
 * its charts.
 *
 *     up_metadata metadata = {0};
 *     up_metadata_find("data/gdp.csv", NULL, &metadata, remarks, err);
 *     const up_metadata_table *table = up_metadata_table_of(&metadata, "data/gdp.csv");
 *     if (table != NULL) {                          // NULL: nothing is said about it
 *         table->dialect, table->encoding                 // for up_decode, up_frame_read
 *         up_metadata_match(table, headers, count, columns, remarks);
 *         up_metadata_read(columns[i], "1.234,5", &text, &missing, err);      // "1234.5"
 *     }
 *     up_metadata_release(&metadata);
 *
 * or, when the file named is itself such a file:
 *     if (up_metadata_is_file_name(path))
 *         up_metadata_open(path, &metadata, remarks, err);  // tables[i].path: data files
 *
 * Texts are never NULL; "" is "not stated". Lists of texts end with NULL and may be NULL.
 * Nothing outside the metadata file's own folder and those below it is ever named by
 * `path`: addresses, absolute paths, `..` and symbolic links that lead out are left out,
 * each with a remark. What does not conform but can be understood is a remark, what
 * cannot is an error. */
#ifndef UPTICK_IMPORT_METADATA_H
#define UPTICK_IMPORT_METADATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "uptick/buffer.h"
#include "uptick/error.h"
#include "uptick/frame.h"

typedef enum up_metadata_kind {
    UP_METADATA_NONE,
    UP_METADATA_CSVW,
    UP_METADATA_PACKAGE,
    UP_METADATA_CHART /* what goes with the data of a chart of Our World in Data */
} up_metadata_kind;

/* What the cells of a column are. */
typedef enum up_metadata_type {
    UP_TYPE_UNSTATED, /* no type, or "any": the column itself has to tell */
    UP_TYPE_NUMBER,
    UP_TYPE_INTEGER,
    UP_TYPE_BOOLEAN,
    UP_TYPE_DATE,
    UP_TYPE_DATETIME,
    UP_TYPE_TIME,
    UP_TYPE_YEAR,
    UP_TYPE_YEARMONTH,
    UP_TYPE_STRING,
    UP_TYPE_OTHER /* durations, binary, JSON, places: no figure and no date */
} up_metadata_type;

/* What a column is for, where the metadata say so and not merely its type. */
typedef enum up_metadata_role {
    UP_ROLE_UNSTATED,
    UP_ROLE_PERIOD,  /* a part of the period, see up_metadata_table.period */
    UP_ROLE_MEASURE, /* a figure: said to be a measure, or has a unit */
    UP_ROLE_STATUS,  /* the status of the column `status_of`, see up_metadata_status */
    UP_ROLE_REMARK   /* some other attribute of the column `status_of`; no SDMX status */
} up_metadata_role;

/* Which column a status or remark is about, when it is about all figures of its row. */
#define UP_METADATA_ROW SIZE_MAX

typedef struct up_metadata_column {
    char *name;    /* identifier; in a package the header's text */
    char **titles; /* CSVW: the header texts it may have; package: its title */
    char *title;   /* for people: the title, OWID's display name; "" */
    char *description;
    up_metadata_type type;
    char *type_name;       /* as stated: "nonNegativeInteger", "year", "any"; "" */
    char *format;          /* as stated: "M/d/yyyy", "%d.%m.%y", "#,##0.00"; "" */
    char decimal;          /* '.' or ','; 0: not stated */
    char grouping;         /* thousands mark; 0: not stated, or no single byte */
    char **missing;        /* marks of a missing value, the table's included */
    bool missing_is_given; /* `missing` was stated: the usual marks do not count */
    char *unit, *short_unit;
    int decimals;            /* digits to show; -1: not stated */
    char *conversion_factor; /* exact decimal by which values are shown; "" */
    bool required, in_primary_key;
    bool suppressed;    /* CSVW suppressOutput */
    bool is_virtual;    /* has no column in the file */
    bool is_days_since; /* integers are days after zero_day (OWID yearIsDay) */
    int64_t zero_day;   /* day number, see calendar.h */
    up_metadata_role role;
    size_t status_of; /* index of the column it is about, or UP_METADATA_ROW */
    void *reader;     /* how its cells are read; private */
} up_metadata_column;

/* A licence or a source. name is an identifier ("CC-BY-4.0"), url an address or path. */
typedef struct up_metadata_reference {
    char *name, *title, *url;
    char *publisher; /* OWID dataPublishedBy; "" */
} up_metadata_reference;

typedef struct up_metadata_table {
    char *path;        /* the data file, as to be opened; "" if it may not be followed */
    char *stated_path; /* as it stands in the metadata */
    char *name, *title, *description;
    char *encoding;      /* as stated, for up_decode; "" */
    up_dialect dialect;  /* only what is stated is set; preamble counts blank lines too */
    size_t skip_columns; /* columns at the left that are no part of the table */
    up_metadata_column *columns; /* in the file's order; virtual ones last */
    size_t column_count, column_capacity;
    up_metadata_reference *licences, *sources; /* the table's own, else the group's */
    size_t licence_count, source_count;
    char **notes;
    bool by_place;       /* columns are found by place, else by name */
    bool is_partial;     /* it speaks of some columns only: the others are as good */
    size_t period[3];    /* columns that make the period together: year, month, day */
    size_t period_count; /* 0: not said */
} up_metadata_table;

typedef struct up_metadata {
    up_metadata_kind kind;
    char *path;                /* the metadata file; NULL if none */
    char *title, *description; /* of all tables together */
    up_metadata_table *tables;
    size_t table_count, table_capacity;
} up_metadata;

/* Looks for metadata of the data file at data_path, or reads `given` (NULL: look). Looked
 * for in this order: FILE-metadata.json, FILE without .csv and "-metadata.json" or
 * ".metadata.json" (Our World in Data's charts) behind it, csv-metadata.json (if it names
 * the file), datapackage.json in the file's folder and up to two above it (if a resource
 * is the file). None found: UP_OK, kind UP_METADATA_NONE. UP_BAD_DATA: found, and not
 * readable as what its name says; `given` does not describe the file. */
UP_MUST_CHECK up_status up_metadata_find(const char *data_path, const char *given,
                                         up_metadata *metadata, up_remarks *remarks,
                                         up_error *err);
/* Reads a metadata file for the tables it names. */
UP_MUST_CHECK up_status up_metadata_open(const char *path, up_metadata *metadata,
                                         up_remarks *remarks, up_error *err);
void up_metadata_release(up_metadata *metadata);

/* Whether a name is one of a metadata file: datapackage.json, *-metadata.json,
 * *.metadata.json. */
bool up_metadata_is_file_name(const char *path);
/* The table whose file that is, or NULL. Borrowed. */
const up_metadata_table *up_metadata_table_of(const up_metadata *metadata,
                                              const char *data_path);

/* For each of the file's columns what is said about it, or NULL. headers[i] is the name
 * of the file's column `origins[i]` (counted from 0; origins NULL: i). CSVW goes by
 * place, a package by name and else by place. A header that is not the one stated, a
 * column stated that the file lacks: each a remark. */
void up_metadata_match(const up_metadata_table *table, const char *const headers[],
                       const size_t origins[], size_t count, const char *source,
                       const up_metadata_column *columns[], up_remarks *remarks);

/* Reads a cell by its column's type: sets *missing, or appends its canonical text to out:
 * a number with a decimal point and no thousands marks, percent divided by 100; a date,
 * time, year or month in ISO 8601, days since a day as that date; "true" or "false"; else
 * the text. UP_BAD_DATA: what was found and what was wanted, "'3,5' is not
 * of type decimal with the format '#0.0': not digits with the marks expected". */
UP_MUST_CHECK up_status up_metadata_read(const up_metadata_column *column,
                                         const char *text, up_buffer *out, bool *missing,
                                         up_error *err);
/* The SDMX OBS_STATUS that a cell of a status column stands for; 0: none. */
char up_metadata_status(const up_metadata_column *column, const char *text);

#endif
