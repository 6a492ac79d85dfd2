/* A text that grows.
 *
 *     up_buffer text = {0};
 *     up_buffer_add(&text, "period,");
 *     up_buffer_addf(&text, "%zu", count);
 *     status = up_buffer_check(&text, err);   // once, at the end
 *     up_buffer_release(&text);
 *
 * Invariants: a zeroed buffer is empty; `data` is NULL or NUL-terminated; after a failed
 * allocation `failed` is set, further additions do nothing and the text so far is kept. */
#ifndef UPTICK_BUFFER_H
#define UPTICK_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

#include "uptick/error.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct up_buffer {
    char *data;
    size_t length, capacity;
    bool failed;
} up_buffer;

void up_buffer_add(up_buffer *buffer, const char *text);
void up_buffer_add_bytes(up_buffer *buffer, const char *bytes, size_t length);
void up_buffer_add_char(up_buffer *buffer, char c);
/* Room for so many bytes behind the text, to be written at the pointer and then counted by
 * up_buffer_took; NULL: no memory (failed). */
char *up_buffer_room(up_buffer *buffer, size_t length);
void up_buffer_took(up_buffer *buffer, size_t length);
/* Never for %f, %g, %e: they obey the locale. Use number.h. */
void up_buffer_addf(up_buffer *buffer, const char *format, ...) UP_PRINTF(2, 3);
/* Adds text as a terminal may safely show it: control characters, bytes that are not UTF-8
 * and invisible direction marks become \xNN or \u{N…}; newline and tab too. */
void up_buffer_add_visible(up_buffer *buffer, const char *text);
/* Whether a text is valid UTF-8. */
bool up_utf8_is_valid(const char *text);
/* The text; "" when empty. Borrowed; valid until the next call on this buffer. */
const char *up_buffer_text(const up_buffer *buffer);
void up_buffer_clear(up_buffer *buffer);
/* Back to its first `length` bytes; a shorter one stays as it is. */
void up_buffer_cut(up_buffer *buffer, size_t length);
/* UP_SYSTEM if an addition failed for want of memory. */
UP_MUST_CHECK up_status up_buffer_check(const up_buffer *buffer, up_error *err);
/* Gives the text away (caller frees); the buffer is empty afterwards. NULL on no memory. */
char *up_buffer_take(up_buffer *buffer);
void up_buffer_release(up_buffer *buffer);

#ifdef __cplusplus
}
#endif
#endif
