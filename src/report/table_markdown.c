/* Tables as GitHub Flavored Markdown: the faces for people, numbers aligned right, notes below.
 *
 * Whatever stands in a cell is text: what Markdown or HTML would read as markup is escaped, and
 * a line break, which would end the row, is written as <br>. */
#include <string.h>

#include "report/table_writer.h"

static void add_escaped(const char *text, up_buffer *out)
{
    up_buffer visible = {0};
    up_buffer_add_visible(&visible, text);
    for (const char *at = up_buffer_text(&visible); *at != '\0'; at++) {
        if (*at == '&')
            up_buffer_add(out, "&amp;");
        else if (*at == '<')
            up_buffer_add(out, "&lt;");
        else if (*at == '>')
            up_buffer_add(out, "&gt;");
        else if (strchr("\\`*_[]|~$!#", *at) != NULL) {
            up_buffer_add_char(out, '\\');
            up_buffer_add_char(out, *at);
        } else
            up_buffer_add_char(out, *at);
    }
    out->failed |= visible.failed;
    up_buffer_release(&visible);
}

static void add_header(const up_table *table, up_buffer *out)
{
    const up_column_list *shown = &table->human;
    for (size_t i = 0; i < shown->count; i++) {
        const up_table_column *column = &table->columns[shown->items[i]];
        up_buffer_add(out, "| ");
        add_escaped(column->title ? column->title : column->name, out);
        up_buffer_add_char(out, ' ');
    }
    up_buffer_add(out, "|\n");
    for (size_t i = 0; i < shown->count; i++)
        up_buffer_add(out, table->columns[shown->items[i]].flags & UP_COLUMN_RIGHT
                               ? "| ---: "
                               : "| --- ");
    up_buffer_add(out, "|\n");
}

static void add_row(const up_table *table, size_t row, up_buffer *out)
{
    for (size_t i = 0; i < table->human.count; i++) {
        const up_cell *cell = up_table_cell(table, row, table->human.items[i]);
        up_buffer_add(out, "| ");
        add_escaped(cell->human ? cell->human : up_cell_exact(cell), out);
        up_buffer_add_char(out, ' ');
    }
    up_buffer_add(out, "|\n");
}

up_status up_table_write_markdown(const up_table *table, const up_table_options *options,
                                  up_buffer *out, up_error *err)
{
    (void)err; /* out keeps its own failure */
    if (table->title[0] != '\0') {
        up_buffer_add(out, "**");
        add_escaped(table->title, out);
        up_buffer_add(out, "**\n\n");
    }
    if (!options->no_headers)
        add_header(table, out);
    for (size_t r = 0; r < table->rows; r++)
        add_row(table, r, out);
    for (size_t i = 0; i < table->note_count; i++) {
        up_buffer_add(out, i == 0 ? "\n" : "  \n");
        add_escaped(table->notes[i], out);
    }
    up_buffer_add(out, table->note_count > 0 ? "\n" : "");
    return UP_OK;
}
