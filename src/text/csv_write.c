#include <stdint.h>
#include <string.h>

#include "uptick/csv.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static const uint64_t ones = UINT64_C(0x0101010101010101);

/* The bytes that are c have their top bit, of those without one themselves. */
static uint64_t find_byte(uint64_t bytes, char c)
{
    uint64_t zero_where_c = bytes ^ ones * (unsigned char)c;
    return (zero_where_c - ones) & ~zero_where_c & ones << 7;
}

/* Whether one of eight bytes would break a field. */
static bool has_special(const char *text, char delimiter)
{
    uint64_t bytes;
    memcpy(&bytes, text, sizeof bytes);
    return (find_byte(bytes, delimiter) | find_byte(bytes, '"') | find_byte(bytes, '\n') |
            find_byte(bytes, '\r')) != 0;
}

static bool needs_quotes(const char *text, size_t length, char delimiter)
{
    if (length > 0 && (is_blank(text[0]) || is_blank(text[length - 1])))
        return true;
    size_t i = 0;
    for (; length - i >= sizeof(uint64_t); i += sizeof(uint64_t))
        if (has_special(text + i, delimiter))
            return true;
    for (; i < length; i++)
        if (text[i] == delimiter || text[i] == '"' || text[i] == '\n' || text[i] == '\r')
            return true;
    return false;
}

static char *put_quoted(char *at, const char *text, size_t length)
{
    *at++ = '"';
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '"')
            *at++ = '"';
        *at++ = text[i];
    }
    *at++ = '"';
    return at;
}

char *up_csv_put_text(char *at, const char *text, size_t length, char delimiter)
{
    if (needs_quotes(text, length, delimiter))
        return put_quoted(at, text, length);
    memcpy(at, text, length);
    return at + length;
}

void up_csv_write_text(up_buffer *out, const char *text, size_t length, char delimiter)
{
    char *begin = up_buffer_room(out, 2 * length + 2);
    if (begin != NULL)
        up_buffer_took(out,
                       (size_t)(up_csv_put_text(begin, text, length, delimiter) - begin));
}

void up_csv_write_field(up_buffer *out, const char *text, char delimiter)
{
    up_csv_write_text(out, text, strlen(text), delimiter);
}

void up_csv_write_record(up_buffer *out, const char *const fields[], size_t count,
                         char delimiter, const char *newline)
{
    if (count == 1 && fields[0][0] == '\0')
        up_buffer_add(out, "\"\""); /* a blank line would be no record */
    else
        for (size_t i = 0; i < count; i++) {
            if (i > 0)
                up_buffer_add_char(out, delimiter);
            up_csv_write_field(out, fields[i], delimiter);
        }
    up_buffer_add(out, newline);
}
