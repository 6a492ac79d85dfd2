/* Breaking text into lines, for the terminal (columns) and for charts (pixels).
 *
 *     for (const char *rest = text; *rest;) {
 *         up_line line = up_wrap_next(&rest, width, up_advance_columns, NULL);
 *         up_buffer_add_bytes(out, line.text, line.length);
 *     }
 *
 * Lines end at blanks (dropped), after hyphens, and between wide characters (Chinese,
 * Japanese, Korean), but not before closing or after opening punctuation; a word longer than
 * the line is cut. A line holds at least one character, however small the width. */
#ifndef UPTICK_REPORT_WRAP_H
#define UPTICK_REPORT_WRAP_H

#include <stddef.h>
#include <stdint.h>

/* How far one character moves the pen. */
typedef double up_advance(int32_t character, const void *context);

typedef struct up_line {
    const char *text; /* into the text given */
    size_t length;    /* bytes */
} up_line;

up_line up_wrap_next(const char **rest, double width, up_advance *advance,
                     const void *context);
/* The width of the first `length` bytes of text on one line. */
double up_text_extent(const char *text, size_t length, up_advance *advance,
                      const void *context);
/* Terminal columns: 0, 1 or 2. */
up_advance up_advance_columns;

/* The next character of UTF-8 text and its length in bytes (U+FFFD, 1 where it is none). */
size_t up_text_next(const char *text, int32_t *character);

#endif
