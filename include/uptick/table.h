/* A table: every result of every command, and one writer per format.
 *
 *     up_table t;
 *     up_table_init(&t, columns, count, err);
 *     up_table_row(&t);
 *     up_table_text(&t, 0, "ai-users");
 *     up_table_double(&t, 1, 9.2316, "9.23×");
 *     up_table_write(&t, UP_FORMAT_CSV, &options, &text, err);
 *
 * A cell has two faces: the exact one, for machines (CSV, TSV, JSON), and the human one, for
 * the terminal and Markdown. A column may show only one of them; one that holds only numbers is aligned right
 * there by itself. Additions record the first failure, which
 * up_table_write returns: no check after each cell is needed. */
#ifndef UPTICK_TABLE_H
#define UPTICK_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "uptick/buffer.h"
#include "uptick/decimal.h"
#include "uptick/error.h"
#include "uptick/file.h"
#include "uptick/number.h"
#include "uptick/period.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum up_format {
    UP_FORMAT_NONE,
    UP_FORMAT_TERMINAL,
    UP_FORMAT_CSV,
    UP_FORMAT_TSV,
    UP_FORMAT_JSON,
    UP_FORMAT_MARKDOWN
} up_format;

typedef enum up_cell_kind {
    UP_CELL_EMPTY, /* "" in CSV, null in JSON */
    UP_CELL_TEXT,
    UP_CELL_WORD,   /* a text that no format has to quote */
    UP_CELL_DOUBLE, /* a computed number: JSON number */
    UP_CELL_DECIMAL /* an exact figure of the data: JSON string */
} up_cell_kind;

enum {                        /* up_table_column.flags */
       UP_COLUMN_MACHINE = 1, /* not shown in the terminal */
       UP_COLUMN_HUMAN = 2,   /* only shown in the terminal */
       UP_COLUMN_RIGHT = 4,   /* aligned right */
       UP_COLUMN_WRAP = 8     /* may be broken over lines in the terminal */
};

typedef struct up_table_column {
    const char *name;  /* machine name: CSV header, JSON key */
    const char *title; /* terminal header; NULL: name */
    unsigned flags;
} up_table_column;

typedef struct up_cell {
    up_cell_kind kind;
    char *exact, *human; /* owned; human NULL: exact */
    size_t at, length;   /* of a row that becomes a line: its exact face in `words` */
    double number;       /* UP_CELL_DOUBLE */
} up_cell;

/* Columns in the order in which they are written. */
typedef struct up_column_list {
    size_t *items; /* owned */
    size_t count;
} up_column_list;

enum { UP_TABLE_RECENT = 4 };
typedef struct up_table {
    char *name;               /* what it is, for JSON: "growth"; owned */
    char *title;              /* a line above it in the terminal; owned, "" if none */
    up_table_column *columns; /* owned; their texts are in `names` */
    char *names;              /* owned */
    size_t column_count;
    const char *wanted; /* borrowed: those asked for; NULL: all that the format shows */
    up_column_list exact, human; /* what is written for machines, and for people */
    bool *is_idle;               /* owned; of each column: it is never written */
    const char **fields;         /* owned, room for a line's fields, which are borrowed */
    up_cell *cells;              /* rows × columns */
    size_t rows, capacity;
    /* Texts of the last numbers: rows say the same one again and again. */
    struct {
        double number;
        char text[UP_NUMBER_SIZE]; /* "": none yet */
        size_t length;
    } recent[UP_TABLE_RECENT];
    size_t oldest;
    struct up_table_periods *periods; /* texts of periods, likewise; private */
    up_format
        streamed;    /* rows become lines as they come; UP_FORMAT_NONE: they are kept */
    up_buffer lines; /* the rows before the last, when they do */
    up_sink drain;   /* where they go when they are many; put NULL: nowhere */
    bool is_open;    /* then: the last row is still in its cells */
    bool has_head,
        has_passed;  /* their head, and rows before them, have been written out */
    up_buffer words; /* and these are their texts */
    char **notes;    /* footnotes, in the terminal below the table; in JSON "notes" */
    size_t note_count, note_capacity;
    up_error failure; /* the first one */
} up_table;

/* Before up_table_init: the table will be written in that format alone, so that, where the format
 * allows it (CSV, TSV and JSON), each row becomes a line as soon as the next one begins. A large table
 * takes the memory of its text then. */
void up_table_stream(up_table *table, up_format format);
/* Before up_table_init, behind that: whenever there are many lines they go into the sink, behind what
 * stands before them, and up_table_write has the rest alone: the table takes little memory, however
 * long. */
void up_table_drain(up_table *table, up_sink sink);
/* Before up_table_init: the table has these columns alone, in this order, whatever the format:
 * "series,period,value"; names, or titles. Borrowed until then; NULL: as it was. */
void up_table_want(up_table *table, const char *columns);
/* The table is zeroed, or prepared by the two above. UP_USAGE, with what there is, when a column
 * is wanted that is none of these. */
UP_MUST_CHECK up_status up_table_init(up_table *table, const char *name,
                                      const up_table_column columns[], size_t count,
                                      up_error *err);
void up_table_release(up_table *table);
/* Where rows become lines: the lines of another table with the same columns come behind its own.
 * For who writes them out as they come: `head` gets what stands before them, where these are the
 * first, and the lines, borrowed, go behind it. up_table_write then has the end of the table alone. */
UP_MUST_CHECK up_status up_table_pass(up_table *table, up_table *part, up_buffer *head,
                                      const char **lines, size_t *length, up_error *err);
/* All rows so far as lines, without a header. Borrowed. */
const up_buffer *up_table_lines(up_table *table);
void up_table_set_title(up_table *table, const char *title);
/* Starts a row of empty cells; the cell functions below fill it. */
void up_table_row(up_table *table);
void up_table_text(up_table *table, size_t column, const char *text);
void up_table_bytes(up_table *table, size_t column, const char *text, size_t length);
/* A word of ours, or a period: nothing but letters, digits, '-', ':', '/' and '.'. */
void up_table_word(up_table *table, size_t column, const char *text, size_t length);
/* A text with another face for people, e.g. a canonical period and its label. */
void up_table_text_as(up_table *table, size_t column, const char *text,
                      const char *human);
/* A period: its canonical text for machines, its label for people. */
void up_table_period(up_table *table, size_t column, const up_period *period);
/* Its canonical text alone. */
void up_table_period_code(up_table *table, size_t column, const up_period *period);
/* number must be finite; human NULL: the shortest text of it. */
void up_table_double(up_table *table, size_t column, double number, const char *human);
void up_table_decimal(up_table *table, size_t column, up_decimal number,
                      const char *human);
/* The text of a buffer that was filled for a cell, a note or the title: a failure of the buffer
 * becomes the table's. Borrowed; valid until the next call on the buffer. */
const char *up_table_words(up_table *table, const up_buffer *buffer);
/* A footnote; the same text twice is kept once. */
void up_table_note(up_table *table, const char *note);

typedef struct up_table_options {
    size_t width; /* terminal columns; 0: unlimited */
    bool color;   /* terminal: bold headers, dim notes */
    bool no_headers;
} up_table_options;

/* "csv" → UP_FORMAT_CSV; UP_USAGE with the list of formats otherwise. */
UP_MUST_CHECK up_status up_format_parse(const char *name, up_format *format,
                                        up_error *err);
/* By the extension of a path; UP_FORMAT_NONE when it tells nothing. */
up_format up_format_of_path(const char *path);
/* Appends the table to out. options may be NULL. */
UP_MUST_CHECK up_status up_table_write(const up_table *table, up_format format,
                                       const up_table_options *options, up_buffer *out,
                                       up_error *err);

#ifdef __cplusplus
}
#endif
#endif
