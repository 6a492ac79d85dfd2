#include <string.h>

#include "uptick/csv.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool needs_quotes(const char *text, size_t length, char delimiter)
{
    if (length > 0 && (is_blank(text[0]) || is_blank(text[length - 1])))
        return true;
    for (size_t i = 0; i < length; i++)
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
