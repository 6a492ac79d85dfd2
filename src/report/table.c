/* Tables: filling them, and the choice of a writer. */
#include "uptick/table.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "report/table_writer.h"
#include "uptick/number.h"

typedef struct table_format {
    up_format format;
    const char *name, *extension;
    up_table_writer *write,
        *head; /* the whole; or its pieces, tail NULL: there is none */
    up_table_piece *rows, *line, *tail;
    size_t lead; /* bytes of a line that part it from one before */
} table_format;

static const table_format formats[] = {
    {.format = UP_FORMAT_TERMINAL,
     .name = "text",
     .extension = "txt",
     .write = up_table_write_terminal},
    {.format = UP_FORMAT_CSV,
     .name = "csv",
     .extension = "csv",
     .head = up_table_head_csv,
     .rows = up_table_rows_csv,
     .line = up_table_line_csv},
    {.format = UP_FORMAT_TSV,
     .name = "tsv",
     .extension = "tsv",
     .head = up_table_head_tsv,
     .rows = up_table_rows_tsv,
     .line = up_table_line_csv},
    {.format = UP_FORMAT_JSON,
     .name = "json",
     .extension = "json",
     .head = up_table_head_json,
     .rows = up_table_rows_json,
     .line = up_table_line_json,
     .tail = up_table_tail_json,
     .lead = 1},
    {.format = UP_FORMAT_MARKDOWN,
     .name = "markdown",
     .extension = "md",
     .write = up_table_write_markdown},
};
enum { FORMATS = sizeof formats / sizeof formats[0] };

static const table_format *find_format(up_format wanted)
{
    for (size_t i = 0; i < FORMATS; i++)
        if (formats[i].format == wanted)
            return &formats[i];
    return NULL;
}

void up_table_stream(up_table *table, up_format format)
{
    const table_format *f = find_format(format);
    bool as_lines = f != NULL && f->line != NULL;
    *table = (up_table){.streamed = as_lines ? format : UP_FORMAT_NONE};
}

void up_table_drain(up_table *table, up_sink sink)
{
    table->drain = sink;
}

void up_table_want(up_table *table, const char *columns)
{
    table->wanted = columns;
}

up_status up_table_init(up_table *table, const char *name,
                        const up_table_column columns[], size_t count, up_error *err)
{
    up_table t = {
        .streamed = table->streamed, .wanted = table->wanted, .drain = table->drain};
    up_status status = up_copy_text(name, &t.name, err);

    if (status == UP_OK)
        status = up_copy_text("", &t.title, err);
    if (status == UP_OK)
        status = up_table_take_columns(&t, columns, count, err);
    if (status == UP_OK)
        status = up_alloc(count, sizeof *t.fields, &t.fields, err);
    if (status != UP_OK) {
        up_table_release(&t);
        return status;
    }
    *table = t;
    return UP_OK;
}

/* When rows become lines, the last one alone has cells. */
static size_t slot_of(const up_table *table, size_t row, size_t column)
{
    return (is_streamed(table) ? 0 : row * table->column_count) + column;
}

static void clear_cell(up_cell *cell)
{
    free(cell->exact);
    free(cell->human);
    *cell = (up_cell){0};
}

void up_table_release(up_table *table)
{
    if (!table)
        return;
    size_t kept = is_streamed(table) ? 0 : table->rows;
    for (size_t i = 0; i < kept * table->column_count; i++)
        clear_cell(&table->cells[i]);
    up_buffer_release(&table->lines);
    up_buffer_release(&table->words);
    for (size_t i = 0; i < table->note_count; i++)
        free(table->notes[i]);
    free(table->notes);
    free(table->cells);
    free(table->periods);
    free(table->fields);
    up_table_drop_columns(table);
    free(table->title);
    free(table->name);
    *table = (up_table){0};
}

/* The status of an addition is kept in table->failure, where up_table_write finds it. */
static bool keep(up_table *table, up_status status)
{
    if (status != UP_OK && table->failure.code == UP_OK)
        table->failure.code = status;
    return status == UP_OK;
}

const char *up_table_words(up_table *table, const up_buffer *buffer)
{
    if (table->failure.code == UP_OK)
        keep(table, up_buffer_check(buffer, &table->failure));
    return up_buffer_text(buffer);
}

void up_table_set_title(up_table *table, const char *title)
{
    if (table->failure.code == UP_OK)
        keep(table, up_replace_text(&table->title, title, &table->failure));
}

/* What stands before the rows, into `head` unless it was written, and where in `lines` those begin
 * that follow: behind what parts a line from one before, where these are the first. */
static up_status take_head(up_table *table, const up_buffer *lines, up_buffer *head,
                           size_t *skip, up_error *err)
{
    static const up_table_options defaults;
    const table_format *f = find_format(table->streamed);
    up_status status = table->has_head ? UP_OK : f->head(table, &defaults, head, err);
    if (status == UP_OK)
        status = up_buffer_check(head, err);
    *skip = table->has_passed || lines->length == 0 ? 0 : f->lead;
    table->has_head = true;
    table->has_passed = table->has_passed || lines->length > 0;
    return status;
}

enum { DRAIN_BYTES = 1 << 18 };
static up_status drain(up_table *table, up_error *err)
{
    up_buffer head = {0};
    size_t skip;
    const up_sink *sink = &table->drain;
    if (sink->put == NULL || table->lines.length < DRAIN_BYTES)
        return UP_OK;
    up_status status = take_head(table, &table->lines, &head, &skip, err);
    if (status == UP_OK)
        status = sink->put(sink->context, up_buffer_text(&head), head.length, err);
    if (status == UP_OK)
        status = sink->put(sink->context, up_buffer_text(&table->lines) + skip,
                           table->lines.length - skip, err);
    up_buffer_clear(&table->lines);
    up_buffer_release(&head);
    return status;
}

/* The last row becomes a line, and its cells empty. */
static bool end_line(up_table *table)
{
    if (!table->is_open)
        return true;
    table->is_open = false;
    up_status status =
        find_format(table->streamed)->line(table, &table->lines, &table->failure);
    table->words.length = 0;
    return keep(table, status) &&
           keep(table, up_buffer_check(&table->lines, &table->failure)) &&
           keep(table, drain(table, &table->failure));
}

void up_table_row(up_table *table)
{
    if (table->failure.code != UP_OK || (is_streamed(table) && !end_line(table)))
        return;
    size_t used = slot_of(table, table->rows, 0);

    if (!keep(table, up_grow(&table->cells, &table->capacity, used + table->column_count,
                             sizeof *table->cells, &table->failure)))
        return;
    if (is_streamed(table))
        for (size_t i = 0; i < table->exact.count; i++) {
            up_cell *cell = &table->cells[table->exact.items[i]];
            cell->kind = UP_CELL_EMPTY;
            cell->at = cell->length = 0;
        }
    else
        memset(table->cells + used, 0, table->column_count * sizeof *table->cells);
    table->rows++;
    table->is_open = is_streamed(table);
}

const up_buffer *up_table_lines(up_table *table)
{
    if (table->failure.code == UP_OK)
        end_line(table);
    return &table->lines;
}

/* Behind the texts of the other cells of the row. */
static void fill_line(up_table *table, size_t column, up_cell_kind kind,
                      const char *exact, size_t length)
{
    up_buffer *words = &table->words;
    if (words->capacity - words->length <= length &&
        up_buffer_room(words, length) == NULL) {
        keep(table, up_error_memory(&table->failure));
        return;
    }
    memcpy(words->data + words->length, exact, length);
    up_cell *cell = &table->cells[column];
    cell->kind = kind;
    cell->at = words->length;
    cell->length = length;
    words->length += length;
}

/* Puts copies of both faces into a cell of the last row. */
static void fill(up_table *table, size_t column, up_cell_kind kind, const char *exact,
                 const char *human, double number)
{
    if (table->failure.code != UP_OK || table->is_idle[column])
        return;
    assert(table->rows > 0 && column < table->column_count);
    if (is_streamed(table)) {
        fill_line(table, column, kind, exact, strlen(exact));
        return;
    }
    up_cell cell = {.kind = kind, .number = number};
    if (!keep(table, up_copy_text(exact, &cell.exact, &table->failure)) ||
        (human && !keep(table, up_copy_text(human, &cell.human, &table->failure)))) {
        clear_cell(&cell);
        return;
    }
    up_cell *slot = &table->cells[slot_of(table, table->rows - 1, column)];
    clear_cell(slot);
    *slot = cell;
}

void up_table_text(up_table *table, size_t column, const char *text)
{
    fill(table, column, UP_CELL_TEXT, text, NULL, 0);
}

static void fill_bytes(up_table *table, size_t column, up_cell_kind kind,
                       const char *text, size_t length)
{
    char *copy = NULL;
    if (table->failure.code != UP_OK || table->is_idle[column])
        return;
    if (is_streamed(table)) {
        fill_line(table, column, kind, text, length);
        return;
    }
    if (keep(table, up_copy_bytes(text, length, &copy, &table->failure)))
        fill(table, column, kind, copy, NULL, 0);
    free(copy);
}

void up_table_bytes(up_table *table, size_t column, const char *text, size_t length)
{
    fill_bytes(table, column, UP_CELL_TEXT, text, length);
}

void up_table_word(up_table *table, size_t column, const char *text, size_t length)
{
    fill_bytes(table, column, UP_CELL_WORD, text, length);
}

void up_table_text_as(up_table *table, size_t column, const char *text, const char *human)
{
    fill(table, column, UP_CELL_TEXT, text, human, 0);
}

void up_table_period(up_table *table, size_t column, const up_period *period)
{
    char text[UP_PERIOD_SIZE];
    up_buffer label = {0};
    if (table->is_idle[column])
        return;
    up_period_format(period, text);
    up_period_label(period, &label);
    up_table_text_as(table, column, text, up_table_words(table, &label));
    up_buffer_release(&label);
}

enum { PERIOD_SLOTS = 256, PERIOD_TEXT = 24 };
struct up_table_periods {
    struct {
        up_period period;
        char text[PERIOD_TEXT]; /* "": none yet */
    } slots[PERIOD_SLOTS];
};

static bool is_same(const up_period *a, const up_period *b)
{
    return up_period_compare(a, b) == 0 && a->flags == b->flags;
}

void up_table_period_code(up_table *table, size_t column, const up_period *period)
{
    char text[UP_PERIOD_SIZE];
    size_t slot = (size_t)((uint64_t)period->start * UINT64_C(0x9E3779B97F4A7C15) >> 56);
    if (table->failure.code != UP_OK || table->is_idle[column] ||
        (table->periods == NULL &&
         !keep(table,
               up_alloc(1, sizeof *table->periods, &table->periods, &table->failure))))
        return;
    up_period *known = &table->periods->slots[slot].period;
    char *known_text = table->periods->slots[slot].text;
    if (known_text[0] != '\0' && is_same(known, period)) {
        up_table_text(table, column, known_text);
        return;
    }
    up_period_format(period, text);
    if (strlen(text) < PERIOD_TEXT) {
        *known = *period;
        memcpy(known_text, text, strlen(text) + 1);
    }
    up_table_text(table, column, text);
}

/* Which of the recent numbers it is, now. */
static size_t find_number(up_table *table, double number)
{
    for (size_t i = 0; i < UP_TABLE_RECENT; i++) /* by its bytes: 0 is not -0 */
        if (table->recent[i].text[0] != '\0' &&
            memcmp(&table->recent[i].number, &number, sizeof number) == 0)
            return i;
    size_t slot = table->oldest;
    table->oldest = (slot + 1) % UP_TABLE_RECENT;
    table->recent[slot].number = number;
    up_number_format(number, table->recent[slot].text);
    table->recent[slot].length = strlen(table->recent[slot].text);
    return slot;
}

void up_table_double(up_table *table, size_t column, double number, const char *human)
{
    if (table->failure.code != UP_OK)
        return;
    if (!isfinite(number)) {
        up_error_set(&table->failure, UP_BAD_DATA,
                     "column '%s', row %zu: the result is not a finite number",
                     table->columns[column].name, table->rows);
        return;
    }
    if (table->is_idle[column])
        return;
    size_t at = find_number(table, number);
    if (is_streamed(table))
        fill_line(table, column, UP_CELL_DOUBLE, table->recent[at].text,
                  table->recent[at].length);
    else
        fill(table, column, UP_CELL_DOUBLE, table->recent[at].text, human, number);
}

void up_table_decimal(up_table *table, size_t column, up_decimal number,
                      const char *human)
{
    char exact[UP_DECIMAL_SIZE];

    if (table->is_idle[column])
        return;
    up_decimal_format(number, exact);
    fill(table, column, UP_CELL_DECIMAL, exact, human, 0);
}

void up_table_note(up_table *table, const char *note)
{
    char *copy = NULL;

    for (size_t i = 0; i < table->note_count; i++)
        if (strcmp(table->notes[i], note) == 0)
            return;
    if (table->failure.code != UP_OK ||
        !keep(table, up_grow(&table->notes, &table->note_capacity, table->note_count + 1,
                             sizeof *table->notes, &table->failure)) ||
        !keep(table, up_copy_text(note, &copy, &table->failure)))
        return;
    table->notes[table->note_count++] = copy;
}

up_status up_format_parse(const char *name, up_format *format, up_error *err)
{
    up_buffer known = {0};

    for (size_t i = 0; i < FORMATS; i++)
        if (strcmp(formats[i].name, name) == 0) {
            *format = formats[i].format;
            return UP_OK;
        }
    for (size_t i = 0; i < FORMATS; i++) {
        up_buffer_add(&known, i == 0 ? "" : i + 1 < FORMATS ? ", " : " or ");
        up_buffer_add(&known, formats[i].name);
    }
    if (strcmp(name, "md") == 0)
        up_error_set(err, UP_USAGE, "'md' is not a format; did you mean 'markdown'?");
    else
        up_error_set(err, UP_USAGE, "'%s' is not a format (%s expected)", name,
                     up_buffer_text(&known));
    up_buffer_release(&known);
    return UP_USAGE;
}

up_format up_format_of_path(const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');

    if (dot && dot != name)
        for (size_t i = 0; i < FORMATS; i++)
            if (strcasecmp(formats[i].extension, dot + 1) == 0)
                return formats[i].format;
    return UP_FORMAT_NONE;
}

/* The rows that have become lines; the last one is still in its cells. */
static up_status add_lines(const up_table *table, const table_format *f, up_buffer *out,
                           up_error *err)
{
    up_buffer last = {0};
    up_status status = table->is_open ? f->line(table, &last, err) : UP_OK;
    size_t lead = f->lead, before = table->lines.length;
    if (table->has_passed)
        lead = 0;
    size_t skip = before > 0 ? lead : 0, skip_last = before > 0 ? 0 : lead;
    up_buffer_add_bytes(out, up_buffer_text(&table->lines) + skip, before - skip);
    if (last.length > 0)
        up_buffer_add_bytes(out, up_buffer_text(&last) + skip_last,
                            last.length - skip_last);
    out->failed |= last.failed;
    up_buffer_release(&last);
    return status;
}

static up_status write_pieces(const up_table *table, const table_format *f,
                              const up_table_options *options, up_buffer *out,
                              up_error *err)
{
    up_status status = table->has_head ? UP_OK : f->head(table, options, out, err);
    if (status == UP_OK)
        status =
            is_streamed(table) ? add_lines(table, f, out, err) : f->rows(table, out, err);
    return status == UP_OK && f->tail != NULL ? f->tail(table, out, err) : status;
}

up_status up_table_pass(up_table *table, up_table *part, up_buffer *head,
                        const char **lines, size_t *length, up_error *err)
{
    assert(is_streamed(table) && table->streamed == part->streamed);
    const up_buffer *text = up_table_lines(part);
    const up_table *failed = table->failure.code != UP_OK ? table : part;
    size_t skip;
    if (failed->failure.code != UP_OK) {
        if (err != NULL)
            *err = failed->failure;
        return failed->failure.code;
    }
    up_status status = take_head(table, text, head, &skip, err);
    *lines = up_buffer_text(text) + skip;
    *length = text->length - skip;
    table->rows += part->rows;
    return status;
}

up_status up_table_write(const up_table *table, up_format format,
                         const up_table_options *options, up_buffer *out, up_error *err)
{
    static const up_table_options defaults;
    const table_format *f = find_format(format);

    if (table->failure.code != UP_OK) {
        if (err)
            *err = table->failure;
        return table->failure.code;
    }
    if (table->streamed != UP_FORMAT_NONE && table->streamed != format)
        return up_error_set(err, UP_USAGE, "the table was begun in another format");
    if (f == NULL)
        return up_error_set(err, UP_USAGE, "a table was asked for in no known format");
    size_t before = out->length;
    options = options != NULL ? options : &defaults;
    up_status status = f->write != NULL ? f->write(table, options, out, err)
                                        : write_pieces(table, f, options, out, err);
    if (status == UP_OK)
        status = up_buffer_check(out, err);
    if (status != UP_OK)
        up_buffer_cut(out, before);
    return status;
}

const up_cell *up_table_cell(const up_table *table, size_t row, size_t column)
{
    return &table->cells[slot_of(table, row, column)];
}

const char *up_cell_exact(const up_cell *cell)
{
    return cell->exact ? cell->exact : "";
}
