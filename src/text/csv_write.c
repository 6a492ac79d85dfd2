#include <string.h>

#include "uptick/csv.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool needs_quotes(const char *text, char delimiter)
{
    const char special[] = {'"', '\r', '\n', delimiter, '\0'};
    size_t length = strlen(text);
    return length > 0 && (text[strcspn(text, special)] != '\0' || is_blank(text[0]) ||
                          is_blank(text[length - 1]));
}

static void write_quoted(up_buffer *out, const char *text)
{
    up_buffer_add_char(out, '"');
    for (;;) {
        size_t plain = strcspn(text, "\"");
        up_buffer_add_bytes(out, text, plain);
        text += plain;
        if (*text == '\0')
            break;
        up_buffer_add(out, "\"\"");
        text++;
    }
    up_buffer_add_char(out, '"');
}

void up_csv_write_field(up_buffer *out, const char *text, char delimiter)
{
    if (needs_quotes(text, delimiter))
        write_quoted(out, text);
    else
        up_buffer_add(out, text);
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
