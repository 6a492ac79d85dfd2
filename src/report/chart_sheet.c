#include "report/chart_sheet.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "report/wrap.h"

up_status up_sheet_init(up_sheet *sheet, size_t columns, size_t rows, up_error *err)
{
    *sheet = (up_sheet){.columns = columns, .rows = rows};
    return up_alloc(columns * rows, sizeof *sheet->cells, &sheet->cells, err);
}

void up_sheet_release(up_sheet *sheet)
{
    free(sheet->cells);
    *sheet = (up_sheet){0};
}

static up_sheet_cell *cell_at(up_sheet *sheet, long column, long row)
{
    if (column < 0 || row < 0 || (size_t)column >= sheet->columns ||
        (size_t)row >= sheet->rows)
        return NULL;
    return &sheet->cells[(size_t)row * sheet->columns + (size_t)column];
}

static bool has_text(const up_sheet_cell *cell)
{
    return cell->length > 0 || cell->covered;
}

static void fill(up_sheet_cell *cell, const char *character, size_t length, int tone,
                 bool bold)
{
    memcpy(cell->text, character, length);
    cell->length = (unsigned char)length;
    cell->tone = (unsigned char)tone;
    cell->bold = bold;
}

void up_sheet_put(up_sheet *sheet, long column, long row, const char *character, int tone)
{
    const up_sheet_cell *cell = cell_at(sheet, column, row);
    if (cell != NULL && cell->dots == 0)
        up_sheet_mark(sheet, column, row, character, tone);
}

void up_sheet_mark(up_sheet *sheet, long column, long row, const char *character,
                   int tone)
{
    up_sheet_cell *cell = cell_at(sheet, column, row);
    if (cell != NULL && !has_text(cell))
        fill(cell, character, strlen(character), tone, false);
}

/* Marks above and below go with the character before them; what has no width otherwise moves the
 * pen or turns the text's direction. */
static bool is_shown(int32_t c, double width)
{
    return width > 0 || (c >= 0x300 && c != 0x61C && (c < 0x2000 || c > 0x206F) &&
                         c < 0xE0000 && c != 0xFEFF && (c < 0xFFF9 || c > 0xFFFB));
}

bool up_sheet_text(up_sheet *sheet, long column, long row, const char *text,
                   up_style style)
{
    double width = up_text_extent(text, strlen(text), up_advance_columns, NULL);
    for (long c = column; c < column + (long)width; c++) {
        const up_sheet_cell *cell = cell_at(sheet, c, row);
        if (cell != NULL && has_text(cell))
            return false;
    }
    up_sheet_cell *base = NULL;
    for (size_t length; *text != '\0'; text += length) {
        int32_t c;
        length = up_text_next(text, &c);
        double wide = up_advance_columns(c, NULL);
        if (!is_shown(c, wide))
            continue;
        if (wide > 0) {
            bool whole = column + (long)wide <= (long)sheet->columns;
            base = whole ? cell_at(sheet, column, row) : NULL;
            if (base != NULL)
                fill(base, text, length, style.tone, style.bold);
            if (base != NULL && wide > 1)
                cell_at(sheet, column + 1, row)->covered = true;
            column += (long)wide;
        } else if (base != NULL && base->length + length <= UP_SHEET_CELL_BYTES) {
            memcpy(base->text + base->length, text, length);
            base->length = (unsigned char)(base->length + length);
        }
    }
    return true;
}

void up_sheet_dot(up_sheet *sheet, long x, long y, int tone)
{
    /* the bits of U+2800 ff.: left and right dot of each of four rows */
    static const unsigned char bits[4][2] = {
        {0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
    up_sheet_cell *cell = x < 0 || y < 0 ? NULL : cell_at(sheet, x / 2, y / 4);
    if (cell == NULL || has_text(cell))
        return;
    cell->dots |= bits[y % 4][x % 2];
    cell->tone = (unsigned char)tone;
}

/* ---- writing ---- */

/* Of a terminal's own palette, so that they suit its background. */
static void add_colour(const up_sheet_cell *cell, up_buffer *out)
{
    static const char *const series[UP_TONES_OF_SERIES] = {"34", "31", "32", "35",
                                                           "33", "36", "95", "92"};
    int of_series = cell->tone - UP_TONE_SERIES;
    up_buffer_add(out, "\x1b[0");
    if (cell->bold)
        up_buffer_add(out, ";1");
    if (of_series >= 0 && of_series < UP_TONES_OF_SERIES)
        up_buffer_addf(out, ";%s", series[of_series]);
    else if (cell->tone != UP_TONE_TEXT)
        up_buffer_add(out, ";2");
    up_buffer_add(out, "m");
}

static void add_cell(const up_sheet_cell *cell, up_buffer *out)
{
    if (cell->length > 0)
        up_buffer_add_bytes(out, cell->text, cell->length);
    else if (cell->dots > 0)
        up_buffer_add_bytes(out,
                            (const char[]){'\xE2', (char)(0xA0 | cell->dots >> 6),
                                           (char)(0x80 | (cell->dots & 0x3F))},
                            3);
    else
        up_buffer_add_char(out, ' ');
}

static bool is_blank(const up_sheet_cell *cell)
{
    return !has_text(cell) && cell->dots == 0;
}

static bool is_blank_row(const up_sheet *sheet, size_t row)
{
    for (size_t c = 0; c < sheet->columns; c++)
        if (!is_blank(&sheet->cells[row * sheet->columns + c]))
            return false;
    return true;
}

void up_sheet_close_gaps(up_sheet *sheet)
{
    size_t kept = 0;
    bool was_blank = false;
    for (size_t r = 0; r < sheet->rows; r++) {
        bool is_next = is_blank_row(sheet, r);
        if (!(is_next && was_blank))
            memmove(sheet->cells + sheet->columns * kept++,
                    sheet->cells + sheet->columns * r,
                    sheet->columns * sizeof *sheet->cells);
        was_blank = is_next;
    }
    sheet->rows = kept;
}

static bool looks_alike(const up_sheet_cell *a, const up_sheet_cell *b)
{
    return a->tone == b->tone && a->bold == b->bold;
}

static void write_row(const up_sheet_cell *cells, size_t columns, bool colour,
                      up_buffer *out)
{
    const up_sheet_cell *before = NULL;
    while (columns > 0 && is_blank(&cells[columns - 1]))
        columns--;
    for (size_t c = 0; c < columns; c++) {
        const up_sheet_cell *cell = &cells[c];
        if (cell->covered)
            continue;
        if (colour && !is_blank(cell) && (before == NULL || !looks_alike(before, cell))) {
            add_colour(cell, out);
            before = cell;
        }
        add_cell(cell, out);
    }
    up_buffer_add(out, before != NULL ? "\x1b[0m\n" : "\n");
}

void up_sheet_write(const up_sheet *sheet, bool colour, up_buffer *out)
{
    for (size_t r = 0; r < sheet->rows; r++)
        write_row(sheet->cells + r * sheet->columns, sheet->columns, colour, out);
}
