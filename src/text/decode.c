/* Bytes as they come to text: gzip off, then UTF-8. */
#include "uptick/decode.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "text/decode_parts.h"
#include "text/words.h"

#define MOST_UNPACKED (UINT64_C(64) << 30)

/* Files that are no text, by their first bytes. */
static up_status refuse_other_formats(const char *bytes, size_t length,
                                      const char *source, up_error *err)
{
    static const struct {
        const char *magic;
        size_t length;
        const char *message;
    } formats[] = {
        {"PK\x03\x04", 4,
         "a ZIP archive or an Excel workbook (unpack it, or save the sheet as CSV)"},
        {"\xD0\xCF\x11\xE0", 4, "an Excel workbook (save the sheet as CSV)"},
        {"BZh", 3, "packed with bzip2 (unpack it)"},
        {"\xFD"
         "7zXZ",
         5, "packed with xz (unpack it)"},
        {"\x28\xB5\x2F\xFD", 4, "packed with zstd (unpack it)"},
        {"%PDF-", 5, "a PDF document (wanted a table as text)"},
    };
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (length >= formats[i].length &&
            memcmp(bytes, formats[i].magic, formats[i].length) == 0)
            return up_error_at(err, UP_BAD_DATA, source, 0, "the file is %s",
                               formats[i].message);
    return UP_OK;
}

static bool is_utf8_name(const char *name)
{
    return (up_words_begins(name, "UTF-8") && strlen(name) == 5) ||
           (up_words_begins(name, "UTF8") && strlen(name) == 4);
}

/* Puts new bytes in the place of the old ones. */
static void replace(up_decoded *decoded, char *data, size_t length)
{
    free(decoded->data);
    decoded->data = data;
    decoded->length = length;
}

static up_status unpack(up_decoded *decoded, const char *source, up_error *err)
{
    char *data;
    size_t length;
    if (decoded->length < 2 || memcmp(decoded->data, "\x1F\x8B", 2) != 0)
        return UP_OK;
    size_t most = MOST_UNPACKED < SIZE_MAX ? (size_t)MOST_UNPACKED : SIZE_MAX / 2;
    up_status status =
        up_gunzip(decoded->data, decoded->length, source, most, &data, &length, err);
    if (status != UP_OK)
        return status;
    replace(decoded, data, length);
    decoded->gzipped = true;
    return UP_OK;
}

static up_status convert(up_decoded *decoded, const char *source, const char *encoding,
                         up_error *err)
{
    char *data;
    size_t length;
    const char *name = encoding;
    if (name == NULL)
        name = up_encoding_find(decoded->data, decoded->length, &decoded->guessed);
    bool is_utf8 = is_utf8_name(name);
    snprintf(decoded->encoding, sizeof decoded->encoding, "%s", is_utf8 ? "UTF-8" : name);
    if (is_utf8)
        return UP_OK;
    up_status status = up_encoding_convert(decoded->data, decoded->length, source, name,
                                           &data, &length, err);
    if (status == UP_OK)
        replace(decoded, data, length);
    return status;
}

/* Room for the NUL behind the bytes. */
static up_status terminate(up_decoded *decoded, up_error *err)
{
    char *data = realloc(decoded->data, decoded->length + 1);
    if (data == NULL)
        return up_error_memory(err);
    data[decoded->length] = '\0';
    decoded->data = data;
    return UP_OK;
}

up_status up_decode(char *bytes, size_t length, const char *source, const char *encoding,
                    up_decoded *out, up_error *err)
{
    up_decoded decoded = {.data = bytes, .length = length};
    up_status status = terminate(&decoded, err);
    if (status == UP_OK)
        status = unpack(&decoded, source, err);
    if (status == UP_OK)
        status = refuse_other_formats(decoded.data, decoded.length, source, err);
    if (status == UP_OK)
        status = convert(&decoded, source, encoding, err);
    if (status == UP_OK)
        *out = decoded;
    else
        up_decoded_release(&decoded);
    return status;
}

void up_decoded_release(up_decoded *decoded)
{
    if (decoded == NULL)
        return;
    free(decoded->data);
    *decoded = (up_decoded){0};
}
