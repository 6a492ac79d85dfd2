#include "uptick/buffer.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/memory.h"

/* Room for `more` bytes and the final NUL. */
static bool make_room(up_buffer *buffer, size_t more)
{
    if (buffer->failed)
        return false;
    if (more < buffer->capacity - buffer->length) /* length < capacity, or both are 0 */
        return true;
    if (more > SIZE_MAX - buffer->length - 1 ||
        up_grow(&buffer->data, &buffer->capacity, buffer->length + more + 1, 1, NULL) !=
            UP_OK)
        buffer->failed = true;
    return !buffer->failed;
}

void up_buffer_add_bytes(up_buffer *buffer, const char *bytes, size_t length)
{
    if (length == 0 || !make_room(buffer, length))
        return;
    memcpy(buffer->data + buffer->length, bytes, length);
    buffer->length += length;
    buffer->data[buffer->length] = '\0';
}

void up_buffer_add(up_buffer *buffer, const char *text)
{
    up_buffer_add_bytes(buffer, text, strlen(text));
}

void up_buffer_add_char(up_buffer *buffer, char c)
{
    up_buffer_add_bytes(buffer, &c, 1);
}

char *up_buffer_room(up_buffer *buffer, size_t length)
{
    return make_room(buffer, length) ? buffer->data + buffer->length : NULL;
}

void up_buffer_took(up_buffer *buffer, size_t length)
{
    buffer->length += length;
    buffer->data[buffer->length] = '\0';
}

void up_buffer_addf(up_buffer *buffer, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int wanted = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (wanted < 0)
        buffer->failed = true;
    else if (make_room(buffer, (size_t)wanted)) {
        vsnprintf(buffer->data + buffer->length, (size_t)wanted + 1, format, again);
        buffer->length += (size_t)wanted;
    }
    va_end(again);
}

/* Characters that move the cursor, hide text or turn its direction. */
static bool is_unsafe_to_show(utf8proc_int32_t c)
{
    static const struct {
        utf8proc_int32_t first, last;
    } unsafe[] = {{0x00, 0x1F},     {0x7F, 0x9F},      {0x200B, 0x200F},
                  {0x2028, 0x202E}, {0x2060, 0x206F},  {0xFEFF, 0xFEFF},
                  {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F}};
    for (size_t i = 0; i < sizeof unsafe / sizeof unsafe[0]; i++)
        if (c >= unsafe[i].first && c <= unsafe[i].last)
            return true;
    return false;
}

void up_buffer_add_visible(up_buffer *buffer, const char *text)
{
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
    while (*at != '\0') {
        utf8proc_int32_t c = 0;
        utf8proc_ssize_t length = utf8proc_iterate(at, -1, &c);
        if (length <= 0)
            up_buffer_addf(buffer, "\\x%02X", (unsigned)*at);
        else if (is_unsafe_to_show(c))
            up_buffer_addf(buffer, c < 0x100 ? "\\x%02X" : "\\u{%X}", (unsigned)c);
        else
            up_buffer_add_bytes(buffer, (const char *)at, (size_t)length);
        at += length > 0 ? length : 1;
    }
}

bool up_utf8_is_valid(const char *text)
{
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
    while (*at != '\0') {
        utf8proc_int32_t c;
        utf8proc_ssize_t length = utf8proc_iterate(at, -1, &c);
        if (length <= 0)
            return false;
        at += length;
    }
    return true;
}

const char *up_buffer_text(const up_buffer *buffer)
{
    return buffer->data != NULL ? buffer->data : "";
}

void up_buffer_clear(up_buffer *buffer)
{
    buffer->length = 0;
    if (buffer->data != NULL)
        buffer->data[0] = '\0';
}

void up_buffer_cut(up_buffer *buffer, size_t length)
{
    if (length >= buffer->length)
        return;
    buffer->length = length;
    buffer->data[length] = '\0';
}

up_status up_buffer_check(const up_buffer *buffer, up_error *err)
{
    return buffer->failed ? up_error_memory(err) : UP_OK;
}

char *up_buffer_take(up_buffer *buffer)
{
    char *text = NULL;
    if (buffer->failed || (buffer->data == NULL && !make_room(buffer, 0))) {
        up_buffer_release(buffer);
        return NULL;
    }
    text = buffer->data;
    text[buffer->length] = '\0';
    *buffer = (up_buffer){0};
    return text;
}

void up_buffer_release(up_buffer *buffer)
{
    if (buffer == NULL)
        return;
    free(buffer->data);
    *buffer = (up_buffer){0};
}
