/* Import: figures from a file as it was published, on their way into a tracker.
 *
 *     up_import_request request = {.tracker = tracker, .source = "gdp.csv"};
 *     up_import import = {0};
 *     up_import_read(&request, bytes, length, &import, remarks, err);   // takes bytes
 *     for (size_t i = 0; i < import.metric_count; i++)
 *         up_store_merge(store, import.metrics[i].metric.name, &import.metrics[i].batch, …);
 *     up_import_release(&import);
 *
 * Steps: bytes → text (decode.h) → columns (frame.h) → what is beside the file (metadata) →
 * a layout is recognised (a row of the table of layouts) → every column has a role →
 * figures. What was understood is told column by column; what cannot be told is an error that
 * names the column and the option that says it. Nothing here touches a store. */
#ifndef UPTICK_IMPORT_H
#define UPTICK_IMPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "uptick/batch.h"
#include "uptick/buffer.h"
#include "uptick/entry.h"
#include "uptick/frame.h"
#include "uptick/tracker.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a column is. One table (up_import_roles) has their names, which are options too. */
typedef enum up_import_role {
    UP_IMPORT_NONE, /* not decided */
    UP_IMPORT_IGNORED,
    UP_IMPORT_METRIC, /* parts of what names the metric */
    UP_IMPORT_ENTITY, /* parts of the entity's name */
    UP_IMPORT_CODE,   /* the entity's code (ISO 3166 and the like) */
    UP_IMPORT_PERIOD,
    UP_IMPORT_VALUE,
    UP_IMPORT_QUALIFIER,
    UP_IMPORT_LOW,
    UP_IMPORT_HIGH,
    UP_IMPORT_STATED,
    UP_IMPORT_STATUS,
    UP_IMPORT_REPORTED,
    UP_IMPORT_SOURCE,
    UP_IMPORT_QUOTE,
    UP_IMPORT_NOTE,
    UP_IMPORT_UNIT,
    UP_IMPORT_MULTIPLIER, /* a power of ten: UNIT_MULT */
    UP_IMPORT_ACTION,     /* SDMX: I, A, R, M; D deletes */
    UP_IMPORT_ROLES
} up_import_role;

typedef struct up_import_role_info {
    const char *name;    /* "period": --period COLUMN */
    const char *meaning; /* for people: "the period" */
    bool is_option;
    bool takes_constant; /* a text that names no column holds for every row */
} up_import_role_info;
extern const up_import_role_info up_import_roles[UP_IMPORT_ROLES];

typedef struct up_import_request {
    const up_tracker *tracker; /* metrics and entities that are there; tables loaded */
    const char *path;          /* of the file, to look beside it; NULL: standard input */
    const char *source;        /* the file's name in messages */
    const char *metadata;      /* path of a metadata file; NULL: looked for; "": none */
    const char *layout;        /* a name of the table of layouts; NULL or "auto" */
    const char
        *given[UP_IMPORT_ROLES]; /* columns by name, '#3' by number, with commas between
                                           them; or a constant; NULL */
    const char *const *maps;     /* "LABEL=slug", ended by NULL; NULL: none */
    const char *const
        *keys;            /* keys for new metrics: "unit", "people", …, ended by NULL */
    const char *encoding; /* NULL: found out */
    up_dialect dialect;   /* zero members are found out */
    const char *decimal;  /* "." or ","; NULL: found out */
    const char *const *missing; /* more marks of a missing value; ended by NULL */
    const char *date_format;    /* "dmy", "mdy"; NULL: found out */
    const char *frequency; /* "day", "month", …: what dates stand for; NULL: found out */
    bool keep_bad; /* bad rows are left out and kept as they stood, instead of failing */
} up_import_request;

/* One metric of the file. */
typedef struct up_import_metric {
    up_metric metric; /* owned: as the tracker has it, or new */
    bool is_new;
    char *label;                 /* as it stood in the file */
    int power;                   /* of its label: 亿元 is 8 */
    int least_power, most_power; /* figures were multiplied by 10 to these, row by row */
    up_batch batch;
    uint32_t *entity_map; /* private: numbers of the import → of the batch, + 1 */
    uint32_t *period_map;
    size_t entity_map_size, period_map_size;
} up_import_metric;

/* An entity that the tracker does not know. */
typedef struct up_import_entity {
    char *name, *code; /* code "" if the file has none */
} up_import_entity;

/* What one column was taken for. */
typedef struct up_import_column {
    char *name;
    up_import_role role;
    char *meaning; /* for people: "period: months, the first day stands for the month" */
} up_import_column;

typedef struct up_import {
    char *layout; /* "World Bank: one row a country, one column a year" */
    char *read;   /* "UTF-8, ';' between the fields, 5 lines above the header" */
    up_import_column *columns;
    size_t column_count;
    up_import_metric *metrics;
    size_t metric_count, metric_capacity;
    up_import_entity *entities; /* new ones, in order of appearance */
    size_t entity_count, entity_capacity;
    up_source source; /* of its figures, for the tracker; key "" if it needs none */
    char *licence_name, *licence_path, *licence_title; /* "" if none is stated */
    bool keep_vintages; /* the file itself dates its figures */
    size_t rows, figures, bad_rows;
    size_t missing;     /* cells of figures that stand for no value */
    up_buffer rejected; /* with keep_bad: the header and the bad rows, verbatim */
    char *text;         /* private, with keep_bad: the file, and where its rows begin */
    uint32_t *lines;
    uint64_t *offsets;
    size_t last_rejected;
} up_import;

/* Takes bytes (malloc'd), also on failure. Every bad row is a remark with file and line, err is
 * the first of them. UP_BAD_DATA: bad rows, an unreadable file, a column that varies and has no
 * role; UP_USAGE: an option that names no column; UP_TOO_LITTLE_DATA: no figure in it. */
UP_MUST_CHECK up_status up_import_read(const up_import_request *request, char *bytes,
                                       size_t length, up_import *import,
                                       up_remarks *remarks, up_error *err);
void up_import_release(up_import *import);
/* With keep_bad: adds the row that begins in that line to `rejected`, once. */
void up_import_reject(up_import *import, size_t line);
/* The names of the layouts, for help; ended by NULL. */
extern const char *const up_import_layouts[];

#ifdef __cplusplus
}
#endif
#endif
