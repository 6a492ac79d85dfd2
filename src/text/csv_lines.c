/* What comes before CSV: bytes that are text, and the lines they stand in. */
#include "text/csv_stream.h"

#include <stdint.h>
#include <string.h>
#include <utf8proc.h>

size_t up_csv_bom(const char *data, size_t length)
{
    return length >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

size_t up_csv_column_of(const char *line, const char *at)
{
    size_t column = 1;
    for (; line < at; line++)
        if ((*line & 0xC0) != 0x80)
            column++;
    return column;
}

const char *up_csv_next_line(up_csv_lines *lines, const char *at)
{
    const char *end = lines->end;
    if (!lines->has_lf || lines->lf < at) {
        const char *lf = memchr(at, '\n', (size_t)(end - at));
        lines->lf = lf != NULL ? lf : end;
        lines->has_lf = true;
    }
    const char *lf = lines->lf;
    const char *cr = memchr(at, '\r', (size_t)(lf - at));
    if (cr == NULL || cr + 1 == lf)
        return lf < end ? lf + 1 : end;
    return cr + 1;
}

/* Whether eight bytes are ASCII without NUL. */
static bool are_plain(const char *at)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
    uint64_t bytes;
    memcpy(&bytes, at, sizeof bytes);
    return ((bytes | (bytes - ones)) & tops) == 0;
}

const char *up_csv_find_bad_byte(const char *at, const char *end)
{
    while (at < end) {
        if (end - at >= 8 && are_plain(at)) {
            at += 8;
            continue;
        }
        if (*at > 0) {
            at++;
            continue;
        }
        utf8proc_int32_t c;
        utf8proc_ssize_t size =
            *at == '\0' ? -1
                        : utf8proc_iterate((const utf8proc_uint8_t *)at, end - at, &c);
        if (size <= 0)
            return at;
        at += size;
    }
    return NULL;
}

static void describe_byte(const char *source, size_t line, size_t column,
                          unsigned char byte, up_error *error)
{
    if (byte == 0)
        up_error_at(error, UP_BAD_DATA, source, line,
                    "a NUL byte at column %zu (wanted text in UTF-8)", column);
    else
        up_error_at(error, UP_BAD_DATA, source, line,
                    "byte 0x%02X at column %zu is not UTF-8 (save the file as UTF-8)",
                    byte, column);
}

static void add_failure(up_error *error, up_remarks *remarks, up_error *err,
                        up_status *status)
{
    up_remarks_add_error(remarks, error);
    if (*status == UP_OK && err != NULL)
        *err = *error;
    *status = UP_BAD_DATA;
}

up_status up_csv_check_text(const char *data, size_t length, const char *source,
                            size_t first_line, up_remarks *remarks, up_error *err)
{
    up_status status = UP_OK;
    up_error error = {0};
    if (length >= 2 &&
        (memcmp(data, "\xFF\xFE", 2) == 0 || memcmp(data, "\xFE\xFF", 2) == 0)) {
        up_error_at(&error, UP_BAD_DATA, source, 1,
                    "the file is UTF-16 (save it as UTF-8)");
        add_failure(&error, remarks, err, &status);
        return status;
    }
    const char *end = data + length, *next;
    const char *line = data + up_csv_bom(data, length);
    const char *bad = up_csv_find_bad_byte(line, end);
    up_csv_lines lines = {.end = end};
    for (size_t number = first_line; bad != NULL; line = next, number++) {
        next = up_csv_next_line(&lines, line);
        if (bad >= next)
            continue;
        describe_byte(source, number, up_csv_column_of(line, bad), (unsigned char)*bad,
                      &error);
        add_failure(&error, remarks, err, &status);
        bad = up_csv_find_bad_byte(next, end);
    }
    return status;
}
