/* Tables for the terminal, laid out by libsmartcols.
 *
 * Every text is made visible first, so that no escape sequence of a file reaches the
 * terminal. libsmartcols would write non-ASCII text as \x.. under a C locale: it runs under
 * C.UTF-8, on this thread only. Columns that may wrap are broken at words here, since the
 * library breaks anywhere. */
#include <libsmartcols.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "report/table_writer.h"
#include "report/wrap.h"

#define BOLD      "\033[1m"
#define UNDERLINE "\033[4m"
#define DIM       "\033[2m"
#define RESET     "\033[0m"

enum { GAP = 2, WRAP_MIN = 12 };

/* One column as shown. */
typedef struct shown {
    const up_table_column *column;
    size_t index, width; /* in the table; widest cell */
    bool right;
} shown;

static const char *human_face(const up_cell *cell)
{
    return cell->human ? cell->human : up_cell_exact(cell);
}

static size_t columns_of(const char *text)
{
    return (size_t)up_text_extent(text, strlen(text), up_advance_columns, NULL);
}

static const char *title_of(const up_table_column *column)
{
    return column->title ? column->title : column->name;
}

/* Adds text in lines of at most `width` columns; 0: one line. */
static void add_wrapped(const char *text, size_t width, const char *before,
                        const char *after, up_buffer *out)
{
    do {
        up_line line = {text, strlen(text)};
        if (width > 0 && *text)
            line = up_wrap_next(&text, (double)width, up_advance_columns, NULL);
        else
            text += line.length;
        up_buffer_add(out, before);
        up_buffer_add_bytes(out, line.text, line.length);
        up_buffer_add(out, after);
    } while (*text);
}

static bool is_numeric(const up_table *table, size_t column)
{
    bool any = false;

    for (size_t r = 0; r < table->rows; r++) {
        up_cell_kind kind = up_table_cell(table, r, column)->kind;
        if (kind == UP_CELL_TEXT)
            return false;
        any |= kind != UP_CELL_EMPTY;
    }
    return any;
}

/* *failed is set when memory ran out, and left alone otherwise. */
static size_t widest(const up_table *table, const up_table_options *options,
                     size_t column, bool *failed)
{
    size_t width =
        options->no_headers ? 0 : columns_of(title_of(&table->columns[column]));
    up_buffer text = {0};

    for (size_t r = 0; r < table->rows; r++) {
        up_buffer_clear(&text);
        up_buffer_add_visible(&text, human_face(up_table_cell(table, r, column)));
        size_t w = columns_of(up_buffer_text(&text));
        width = w > width ? w : width;
    }
    *failed |= text.failed;
    up_buffer_release(&text);
    return width;
}

/* Which columns are shown, how wide; narrows those that may wrap until the table fits. */
static size_t choose_columns(const up_table *table, const up_table_options *options,
                             shown columns[], bool *failed)
{
    size_t count = 0, total = 0;

    for (size_t c = 0; c < table->column_count; c++) {
        const up_table_column *column = &table->columns[c];
        if (column->flags & UP_COLUMN_MACHINE)
            continue;
        bool right = (column->flags & UP_COLUMN_RIGHT) || is_numeric(table, c);
        columns[count] = (shown){column, c, widest(table, options, c, failed), right};
        total += columns[count].width + (count > 0 ? GAP : 0);
        count++;
    }
    while (options->width > 0 && total > options->width) {
        shown *most = NULL; /* the widest that may still give way */
        for (size_t i = 0; i < count; i++)
            if ((columns[i].column->flags & UP_COLUMN_WRAP) &&
                columns[i].width > WRAP_MIN && (!most || columns[i].width > most->width))
                most = &columns[i];
        if (!most)
            break;
        most->width--;
        total--;
    }
    return count;
}

static int add_line(struct libscols_table *grid, const up_table *table, size_t row,
                    const shown columns[], size_t count, up_buffer *text)
{
    struct libscols_line *line = scols_table_new_line(grid, NULL);

    if (!line)
        return -1;
    for (size_t i = 0; i < count; i++) {
        up_buffer visible = {0};
        const char *face = human_face(up_table_cell(table, row, columns[i].index));
        up_buffer_add_visible(&visible, face);
        up_buffer_clear(text);
        if (columns[i].column->flags & UP_COLUMN_WRAP) {
            add_wrapped(up_buffer_text(&visible), columns[i].width, "", "\n", text);
            if (text->length > 0)
                text->data[--text->length] = '\0';
        } else {
            up_buffer_add(text, up_buffer_text(&visible));
        }
        text->failed |= visible.failed;
        up_buffer_release(&visible);
        if (text->failed || scols_line_set_data(line, i, up_buffer_text(text)) != 0)
            return -1;
    }
    return 0;
}

static int add_columns(struct libscols_table *grid, const shown columns[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool wraps = columns[i].column->flags & UP_COLUMN_WRAP;
        int flags = (columns[i].right ? SCOLS_FL_RIGHT : 0) | (wraps ? SCOLS_FL_WRAP : 0);
        struct libscols_column *column =
            scols_table_new_column(grid, title_of(columns[i].column), 0, flags);
        if (!column)
            return -1;
        if (wraps && (scols_column_set_wrapfunc(column, scols_wrapnl_chunksize,
                                                scols_wrapnl_nextchunk, NULL) != 0 ||
                      scols_column_set_safechars(column, "\n") != 0))
            return -1;
    }
    return 0;
}

/* Lays the rows out; *text is malloc'ed. Non-zero when memory ran out. */
static int lay_out(const up_table *table, const up_table_options *options,
                   const shown columns[], size_t count, char **text)
{
    struct libscols_table *grid = scols_new_table();
    up_buffer cell = {0};
    int failed = !grid || scols_table_set_column_separator(grid, "  ") != 0 ||
                 scols_table_set_termforce(grid, SCOLS_TERMFORCE_NEVER) != 0 ||
                 scols_table_enable_noencoding(grid, 1) != 0 || /* texts are visible */
                 scols_table_enable_noheadings(grid, options->no_headers) != 0 ||
                 add_columns(grid, columns, count) != 0;

    for (size_t r = 0; !failed && r < table->rows; r++)
        failed = add_line(grid, table, r, columns, count, &cell);
    if (!failed)
        failed = scols_print_table_to_string(grid, text);
    up_buffer_release(&cell);
    scols_unref_table(grid);
    return failed;
}

/* Adds the lines of text without trailing blanks, the first one as the header. */
static void add_lines(const char *text, const up_table_options *options, up_buffer *out)
{
    bool header = options->color && !options->no_headers;

    while (*text) {
        size_t length = strcspn(text, "\n"), end = length;
        while (end > 0 && text[end - 1] == ' ')
            end--;
        up_buffer_add(out, header ? UNDERLINE : "");
        up_buffer_add_bytes(out, text, end);
        up_buffer_add(out, header ? RESET "\n" : "\n");
        header = false;
        text += length + (text[length] == '\n');
    }
}

static void add_visible_wrapped(const char *text, const up_table_options *options,
                                const char *style, up_buffer *out)
{
    up_buffer visible = {0};

    up_buffer_add_visible(&visible, text);
    add_wrapped(up_buffer_text(&visible), options->width, options->color ? style : "",
                options->color ? RESET "\n" : "\n", out);
    out->failed |= visible.failed;
    up_buffer_release(&visible);
}

up_status up_table_write_terminal(const up_table *table, const up_table_options *options,
                                  up_buffer *out, up_error *err)
{
    shown *columns = NULL;
    char *text = NULL;
    up_status status = up_alloc(table->column_count, sizeof *columns, &columns, err);

    if (status != UP_OK)
        return status;
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    locale_t before = utf8 ? uselocale(utf8) : (locale_t)0;
    bool failed = false;
    size_t count = choose_columns(table, options, columns, &failed);
    if (failed || (table->rows > 0 && count > 0 &&
                   lay_out(table, options, columns, count, &text) != 0))
        status = up_error_memory(err);
    if (utf8) {
        uselocale(before);
        freelocale(utf8);
    }
    if (status == UP_OK) {
        if (table->title[0])
            add_visible_wrapped(table->title, options, BOLD, out);
        add_lines(text ? text : "", options, out);
        if (table->note_count > 0 && table->rows > 0)
            up_buffer_add(out, "\n");
        for (size_t i = 0; i < table->note_count; i++)
            add_visible_wrapped(table->notes[i], options, DIM, out);
    }
    free(text);
    free(columns);
    return status;
}
