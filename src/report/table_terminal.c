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
    size_t word; /* longest word of any cell: narrower than that it would be cut */
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

/* The longest stretch without a blank. */
static size_t longest_word(const char *text)
{
    size_t most = 0;
    for (const char *at = text + strspn(text, " "); *at; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        size_t w = (size_t)up_text_extent(at, length, up_advance_columns, NULL);
        most = w > most ? w : most;
        at += length;
    }
    return most;
}

static void widen(shown *column, const char *text)
{
    size_t width = columns_of(text), word = longest_word(text);
    column->width = width > column->width ? width : column->width;
    column->word = word > column->word ? word : column->word;
}

/* *failed is set when memory ran out, and left alone otherwise. */
static void measure(const up_table *table, const up_table_options *options, shown *column,
                    bool *failed)
{
    up_buffer text = {0};

    if (!options->no_headers)
        widen(column, title_of(column->column));
    for (size_t r = 0; r < table->rows; r++) {
        up_buffer_clear(&text);
        up_buffer_add_visible(&text, human_face(up_table_cell(table, r, column->index)));
        widen(column, up_buffer_text(&text));
    }
    *failed |= text.failed;
    up_buffer_release(&text);
}

/* Narrows the widest column that may still give way, one step at a time, until the table fits:
 * first to the length of its words, then, where `cut`, further, so that words are cut. */
static size_t narrow(shown columns[], size_t count, size_t total, size_t wanted, bool cut)
{
    while (total > wanted) {
        shown *most = NULL;
        for (size_t i = 0; i < count; i++) {
            size_t least = cut && columns[i].word > WRAP_MIN ? WRAP_MIN : columns[i].word;
            if ((columns[i].column->flags & UP_COLUMN_WRAP) && columns[i].width > least &&
                (!most || columns[i].width > most->width))
                most = &columns[i];
        }
        if (!most)
            break;
        most->width--;
        total--;
    }
    return total;
}

/* Which columns are shown, and how wide. */
static size_t choose_columns(const up_table *table, const up_table_options *options,
                             shown columns[], bool *failed)
{
    size_t count = 0, total = 0;

    for (size_t i = 0; i < table->human.count; i++) {
        size_t c = table->human.items[i];
        const up_table_column *column = &table->columns[c];
        bool right = (column->flags & UP_COLUMN_RIGHT) || is_numeric(table, c);
        columns[count] = (shown){.column = column, .index = c, .right = right};
        measure(table, options, &columns[count], failed);
        total += columns[count].width + (count > 0 ? GAP : 0);
        count++;
    }
    if (options->width > 0) {
        total = narrow(columns, count, total, options->width, false);
        narrow(columns, count, total, options->width, true);
    }
    return count;
}

/* The next line of a cell's text; the whole of what may not be broken. */
static up_line take_line(const char **rest, const shown *column)
{
    up_line line = {*rest, strlen(*rest)};
    if (!(column->column->flags & UP_COLUMN_WRAP) || line.length == 0) {
        *rest += line.length;
        return line;
    }
    return up_wrap_next(rest, (double)column->width, up_advance_columns, NULL);
}

/* Adds one line of the terminal: what is next of each cell. *more: something is left. */
static int add_line(struct libscols_table *grid, const char *rest[],
                    const shown columns[], size_t count, bool *more)
{
    struct libscols_line *line = scols_table_new_line(grid, NULL);
    up_buffer cell = {0};
    bool failed = !line;

    *more = false;
    for (size_t i = 0; i < count && !failed; i++) {
        up_line part = take_line(&rest[i], &columns[i]);
        up_buffer_clear(&cell);
        up_buffer_add_bytes(&cell, part.text, part.length);
        failed = cell.failed || scols_line_set_data(line, i, up_buffer_text(&cell)) != 0;
        *more |= *rest[i] != '\0';
    }
    up_buffer_release(&cell);
    return failed ? -1 : 0;
}

/* Adds a row of the table, or its header (row == table->rows), as the lines it takes: the
 * library aligns only the first line of a cell that has several. */
static int add_row(struct libscols_table *grid, const up_table *table, size_t row,
                   const shown columns[], size_t count, size_t *lines)
{
    up_buffer *texts = NULL;
    const char **rest = NULL;
    bool more = true;
    int failed = up_alloc(count, sizeof *texts, &texts, NULL) != UP_OK ||
                 up_alloc(count, sizeof *rest, &rest, NULL) != UP_OK;

    for (size_t i = 0; i < count && !failed; i++) {
        up_buffer_add_visible(
            &texts[i], row == table->rows
                           ? title_of(columns[i].column)
                           : human_face(up_table_cell(table, row, columns[i].index)));
        rest[i] = up_buffer_text(&texts[i]);
        failed = texts[i].failed;
    }
    for (*lines = 0; more && !failed; *lines += 1)
        failed = add_line(grid, rest, columns, count, &more);
    for (size_t i = 0; i < count && texts; i++)
        up_buffer_release(&texts[i]);
    free(texts);
    free(rest);
    return failed;
}

static int add_columns(struct libscols_table *grid, const shown columns[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!scols_table_new_column(grid, "", 0, columns[i].right ? SCOLS_FL_RIGHT : 0))
            return -1;
    return 0;
}

/* Lays the rows out below their header, which is a row like others: the library would not
 * break it. *text is malloc'ed, its first *header lines are the header. Non-zero when memory
 * ran out. */
static int lay_out(const up_table *table, const up_table_options *options,
                   const shown columns[], size_t count, char **text, size_t *header)
{
    struct libscols_table *grid = scols_new_table();
    size_t lines = 0;
    int failed = !grid || scols_table_set_column_separator(grid, "  ") != 0 ||
                 scols_table_set_termforce(grid, SCOLS_TERMFORCE_NEVER) != 0 ||
                 scols_table_enable_noencoding(grid, 1) != 0 || /* texts are visible */
                 scols_table_enable_noheadings(grid, 1) != 0 ||
                 add_columns(grid, columns, count) != 0;

    *header = 0;
    if (!failed && !options->no_headers)
        failed = add_row(grid, table, table->rows, columns, count, header);
    for (size_t r = 0; !failed && r < table->rows; r++)
        failed = add_row(grid, table, r, columns, count, &lines);
    if (!failed)
        failed = scols_print_table_to_string(grid, text);
    scols_unref_table(grid);
    return failed;
}

/* Adds the lines of text without trailing blanks, the first ones as the header. */
static void add_lines(const char *text, const up_table_options *options, size_t header,
                      up_buffer *out)
{
    for (size_t i = 0; *text; i++) {
        bool styled = options->color && i < header;
        size_t length = strcspn(text, "\n"), end = length;
        while (end > 0 && text[end - 1] == ' ')
            end--;
        up_buffer_add(out, styled ? UNDERLINE : "");
        up_buffer_add_bytes(out, text, end);
        up_buffer_add(out, styled ? RESET "\n" : "\n");
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
    size_t header = 0, count = choose_columns(table, options, columns, &failed);
    if (failed || (table->rows > 0 && count > 0 &&
                   lay_out(table, options, columns, count, &text, &header) != 0))
        status = up_error_memory(err);
    if (utf8) {
        uselocale(before);
        freelocale(utf8);
    }
    if (status == UP_OK) {
        if (table->title[0])
            add_visible_wrapped(table->title, options, BOLD, out);
        add_lines(text ? text : "", options, header, out);
        if (table->note_count > 0 && table->rows > 0)
            up_buffer_add(out, "\n");
        for (size_t i = 0; i < table->note_count; i++)
            add_visible_wrapped(table->notes[i], options, DIM, out);
    }
    free(text);
    free(columns);
    return status;
}
