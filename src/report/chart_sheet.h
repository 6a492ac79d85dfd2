/* A sheet of characters, as a terminal shows them: what is put into a cell first stays, so that
 * what matters most is drawn first. A cell is UP_SHEET_WIDE × UP_SHEET_HIGH pixels of the
 * scene and has 2 × 4 dots (Braille patterns, U+2800), which lines are drawn with.
 *
 * Positions outside the sheet are left out. After memory has run out additions do nothing. */
#ifndef UPTICK_REPORT_CHART_SHEET_H
#define UPTICK_REPORT_CHART_SHEET_H

#include "report/chart_draw.h"

enum { UP_SHEET_CELL_BYTES = 27 };

typedef struct up_sheet_cell {
    char text[UP_SHEET_CELL_BYTES]; /* one character with its marks, UTF-8 */
    unsigned char length, dots, tone;
    bool bold, covered; /* covered: by the wide character to its left */
} up_sheet_cell;

typedef struct up_sheet {
    size_t columns, rows;
    up_sheet_cell *cells; /* owned: rows × columns */
} up_sheet;

UP_MUST_CHECK up_status up_sheet_init(up_sheet *sheet, size_t columns, size_t rows,
                                      up_error *err);
void up_sheet_release(up_sheet *sheet);
/* One character into a cell where there is none, nor dots. */
void up_sheet_put(up_sheet *sheet, long column, long row, const char *character,
                  int tone);
/* The same over dots. */
void up_sheet_mark(up_sheet *sheet, long column, long row, const char *character,
                   int tone);
/* A text from `column` on, if all its cells are free. What turns or hides text is left out. */
bool up_sheet_text(up_sheet *sheet, long column, long row, const char *text,
                   up_style style);
/* A dot: 2 to a column and 4 to a row. */
void up_sheet_dot(up_sheet *sheet, long x, long y, int tone);
/* Leaves out each blank row that follows another. */
void up_sheet_close_gaps(up_sheet *sheet);
/* The rows as lines without blanks at their ends; colour: with the terminal's. */
void up_sheet_write(const up_sheet *sheet, bool colour, up_buffer *out);

#endif
