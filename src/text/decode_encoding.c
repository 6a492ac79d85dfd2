/* Which encoding bytes are in, and their UTF-8 by iconv. */
#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <string.h>

#include "base/memory.h"
#include "text/csv_stream.h"
#include "text/decode_parts.h"
#include "text/words.h"

/* --- Finding it --------------------------------------------------------------------- */

static const char *encoding_of_bom(const char *bytes, size_t length)
{
    static const struct {
        const char *bytes;
        size_t length;
        const char *name;
    } boms[] = {{"\xEF\xBB\xBF", 3, "UTF-8"},
                {"\xFF\xFE\0\0", 4, "UTF-32LE"},
                {"\0\0\xFE\xFF", 4, "UTF-32BE"},
                {"\xFF\xFE", 2, "UTF-16LE"},
                {"\xFE\xFF", 2, "UTF-16BE"}};
    for (size_t i = 0; i < sizeof boms / sizeof *boms; i++)
        if (length >= boms[i].length && memcmp(bytes, boms[i].bytes, boms[i].length) == 0)
            return boms[i].name;
    return NULL;
}

enum { LOOKED_AT = 1 << 16 };

/* In UTF-16 the digits, commas and line ends of a table have a zero as their higher
 * byte. */
static const char *encoding_of_zeros(const char *bytes, size_t length)
{
    size_t zeros[2] = {0, 0};
    size_t end = length < LOOKED_AT ? length : LOOKED_AT;
    for (size_t i = 0; i < end; i++)
        zeros[i % 2] += bytes[i] == '\0';
    if (zeros[1] * 20 > end && zeros[0] * 10 < zeros[1])
        return "UTF-16LE";
    if (zeros[0] * 20 > end && zeros[1] * 10 < zeros[0])
        return "UTF-16BE";
    return NULL;
}

static bool is_cut_off(const char *at, const char *end)
{
    if ((unsigned char)*at < 0xC2 || end - at > 3)
        return false;
    while (++at < end)
        if (((unsigned char)*at & 0xC0) != 0x80)
            return false;
    return true;
}

/* Characters of several bytes and bytes that are none. Zeros are the reader's to refuse,
 * and so is a character cut off by the end of the file, where others are whole. */
static void count_utf8(const char *bytes, size_t length, size_t *good, size_t *bad)
{
    const char *at = bytes, *end = bytes + length;
    *good = *bad = 0;
    while (at < end) {
        const char *stop = up_csv_find_bad_byte(at, end);
        for (const char *p = at; p < (stop != NULL ? stop : end); p++)
            *good += ((unsigned char)*p & 0xC0) == 0xC0;
        if (stop == NULL)
            return;
        if (*good > 0 && is_cut_off(stop, end))
            return;
        *bad += *stop != '\0';
        at = stop + 1;
    }
}

static bool is_utf8(const char *bytes, size_t length)
{
    size_t good, bad;
    count_utf8(bytes, length, &good, &bad);
    return bad == 0 || good >= 10 * bad;
}

/* Of the characters of two bytes those of GB 2312's signs (A1 to A9) and of its first
 * level, the 3755 most common ones (B0A1 to D7FE): nearly all of a Chinese text, few of
 * any other. */
static bool is_gb18030(const char *bytes, size_t length)
{
    const unsigned char *p = (const unsigned char *)bytes, *end = p + length;
    size_t common = 0, all = 0;
    while (p < end) {
        if (*p < 0x80) {
            p++;
            continue;
        }
        if (*p == 0x80 || *p == 0xFF || end - p < 2)
            return false;
        bool is_four = p[1] >= 0x30 && p[1] <= 0x39;
        if (is_four && end - p < 4)
            return false;
        if (!is_four && (p[1] < 0x40 || p[1] == 0x7F || p[1] == 0xFF))
            return false;
        bool is_common = (*p >= 0xA1 && *p <= 0xA9) || (*p >= 0xB0 && *p <= 0xD7);
        common += is_common && p[1] >= 0xA1;
        all++;
        p += is_four ? 4 : 2;
    }
    return all > 0 && common * 100 >= all * 85;
}

const char *up_encoding_find(const char *bytes, size_t length, bool *guessed)
{
    const char *name = encoding_of_bom(bytes, length);
    *guessed = false;
    if (name != NULL)
        return name;
    name = encoding_of_zeros(bytes, length);
    if (name == NULL && is_utf8(bytes, length))
        return "UTF-8";
    *guessed = true;
    if (name != NULL)
        return name;
    return is_gb18030(bytes, length) ? "GB18030" : "windows-1252";
}

/* --- Converting --------------------------------------------------------------------- */

typedef struct converter {
    iconv_t handle;
    const char *bytes, *source, *encoding;
    size_t length, left; /* of bytes */
    char *out;
    size_t out_length, capacity;
    up_error *err;
} converter;

/* What came out so far tells the line and the column, whatever the encoding. */
static up_status fail(const converter *c, bool is_cut)
{
    size_t line = 1;
    const char *begin = c->out;
    for (const char *p = c->out; p < c->out + c->out_length; p++)
        if (*p == '\n') {
            line++;
            begin = p + 1;
        }
    size_t column = up_csv_column_of(begin, c->out + c->out_length);
    size_t byte = c->length - c->left;
    if (is_cut)
        return up_error_at(
            c->err, UP_BAD_DATA, c->source, line,
            "the text ends in the middle of a character of %s, at byte %zu", c->encoding,
            byte);
    return up_error_at(c->err, UP_BAD_DATA, c->source, line,
                       "byte 0x%02X at column %zu is not %s",
                       (unsigned char)c->bytes[byte], column, c->encoding);
}

static up_status convert(converter *c)
{
    for (;;) {
        up_status status =
            up_grow(&c->out, &c->capacity, c->out_length + c->left + 16, 1, c->err);
        if (status != UP_OK)
            return status;
        char *in = (char *)(uintptr_t)(c->bytes + c->length - c->left);
        char *out = c->out + c->out_length;
        size_t room = c->capacity - c->out_length - 1;
        size_t result = iconv(c->handle, &in, &c->left, &out, &room);
        int reason = errno;
        c->out_length = (size_t)(out - c->out);
        if (result != (size_t)-1)
            return UP_OK;
        if (reason != E2BIG)
            return fail(c, reason == EINVAL);
    }
}

static bool same(const char *a, const char *b)
{
    return strlen(a) == strlen(b) && up_words_begins(a, b);
}

up_status up_encoding_convert(const char *bytes, size_t length, const char *source,
                              const char *encoding, char **out, size_t *out_length,
                              up_error *err)
{
    converter c = {.bytes = bytes,
                   .source = source,
                   .encoding = encoding,
                   .length = length,
                   .left = length,
                   .err = err};
    if (same(encoding, "UTF-16")) { /* iconv would take the machine's byte order */
        bool guessed;
        const char *found = up_encoding_find(bytes, length, &guessed);
        encoding = same(found, "UTF-16BE") ? found : "UTF-16LE";
    }
    /* "latin1//IGNORE" would drop characters */
    if (*encoding != '\0' && strchr(encoding, '/') == NULL)
        c.handle = iconv_open("UTF-8", encoding);
    else
        c.handle = (iconv_t)-1;
    if (c.handle == (iconv_t)-1)
        return up_error_set(err, UP_USAGE,
                            "no encoding is named '%s' (wanted e.g. UTF-8, windows-1252, "
                            "GB18030)",
                            encoding);
    up_status status = convert(&c);
    iconv_close(c.handle);
    if (status != UP_OK) {
        free(c.out);
        return status;
    }
    c.out[c.out_length] = '\0';
    *out = c.out;
    *out_length = c.out_length;
    return UP_OK;
}
