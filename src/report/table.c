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

static const struct {
    up_format format;
    const char *name, *extension;
    up_table_writer *write;
} formats[] = {
    {UP_FORMAT_TERMINAL, "text", "txt", up_table_write_terminal},
    {UP_FORMAT_CSV, "csv", "csv", up_table_write_csv},
    {UP_FORMAT_TSV, "tsv", "tsv", up_table_write_tsv},
    {UP_FORMAT_JSON, "json", "json", up_table_write_json},
    {UP_FORMAT_MARKDOWN, "markdown", "md", up_table_write_markdown},
};
enum { FORMATS = sizeof formats / sizeof formats[0] };

up_status up_table_init(up_table *table, const char *name,
                        const up_table_column columns[], size_t count, up_error *err)
{
    up_table t = {0};
    up_status status = up_copy_text(name, &t.name, err);

    if (status == UP_OK)
        status = up_copy_text("", &t.title, err);
    if (status == UP_OK)
        status = up_alloc(count, sizeof *t.columns, &t.columns, err);
    if (status != UP_OK) {
        up_table_release(&t);
        return status;
    }
    if (count > 0)
        memcpy(t.columns, columns, count * sizeof *columns);
    t.column_count = count;
    *table = t;
    return UP_OK;
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
    for (size_t i = 0; i < table->rows * table->column_count; i++)
        clear_cell(&table->cells[i]);
    for (size_t i = 0; i < table->note_count; i++)
        free(table->notes[i]);
    free(table->notes);
    free(table->cells);
    free(table->columns);
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

void up_table_row(up_table *table)
{
    size_t used = table->rows * table->column_count;

    if (table->failure.code != UP_OK ||
        !keep(table, up_grow(&table->cells, &table->capacity, used + table->column_count,
                             sizeof *table->cells, &table->failure)))
        return;
    for (size_t i = 0; i < table->column_count; i++)
        table->cells[used + i] = (up_cell){0};
    table->rows++;
}

/* Puts copies of both faces into a cell of the last row. */
static void fill(up_table *table, size_t column, up_cell_kind kind, const char *exact,
                 const char *human, double number)
{
    up_cell cell = {.kind = kind, .number = number};

    if (table->failure.code != UP_OK)
        return;
    assert(table->rows > 0 && column < table->column_count);
    if (!keep(table, up_copy_text(exact, &cell.exact, &table->failure)) ||
        (human && !keep(table, up_copy_text(human, &cell.human, &table->failure)))) {
        clear_cell(&cell);
        return;
    }
    up_cell *slot = &table->cells[(table->rows - 1) * table->column_count + column];
    clear_cell(slot);
    *slot = cell;
}

void up_table_text(up_table *table, size_t column, const char *text)
{
    fill(table, column, UP_CELL_TEXT, text, NULL, 0);
}

void up_table_text_as(up_table *table, size_t column, const char *text, const char *human)
{
    fill(table, column, UP_CELL_TEXT, text, human, 0);
}

void up_table_double(up_table *table, size_t column, double number, const char *human)
{
    char exact[UP_NUMBER_SIZE];

    if (table->failure.code != UP_OK)
        return;
    if (!isfinite(number)) {
        up_error_set(&table->failure, UP_BAD_DATA,
                     "column '%s', row %zu: the result is not a finite number",
                     table->columns[column].name, table->rows);
        return;
    }
    up_number_format(number, exact);
    fill(table, column, UP_CELL_DOUBLE, exact, human, number);
}

void up_table_decimal(up_table *table, size_t column, up_decimal number,
                      const char *human)
{
    char exact[UP_DECIMAL_SIZE];

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

up_status up_table_write(const up_table *table, up_format format,
                         const up_table_options *options, up_buffer *out, up_error *err)
{
    static const up_table_options defaults;

    if (table->failure.code != UP_OK) {
        if (err)
            *err = table->failure;
        return table->failure.code;
    }
    for (size_t i = 0; i < FORMATS; i++) {
        if (formats[i].format != format)
            continue;
        up_buffer text = {0}; /* apart, so that out stays as it was on failure */
        up_status status =
            formats[i].write(table, options ? options : &defaults, &text, err);
        if (status == UP_OK)
            status = up_buffer_check(&text, err);
        if (status == UP_OK) {
            up_buffer_add_bytes(out, up_buffer_text(&text), text.length);
            status = up_buffer_check(out, err);
        }
        up_buffer_release(&text);
        return status;
    }
    return up_error_set(err, UP_USAGE, "a table was asked for in no known format");
}

const up_cell *up_table_cell(const up_table *table, size_t row, size_t column)
{
    return &table->cells[row * table->column_count + column];
}

const char *up_cell_exact(const up_cell *cell)
{
    return cell->exact ? cell->exact : "";
}
