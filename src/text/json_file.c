#include "text/json_file.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "text/words.h"
#include "uptick/file.h"

enum { MOST_BYTES = 64 * 1024 * 1024 };

static up_status fail(const json_error_t *error, const char *source, up_error *err)
{
    size_t line = error->line > 0 ? (size_t)error->line : 0;
    if (json_error_code(error) == json_error_numeric_overflow)
        return up_error_at(err, UP_BAD_DATA, source, line,
                           "a number that is too large to keep (write it in quotes)");
    /* jansson leaves no text where it ran out of memory. */
    if (json_error_code(error) == json_error_out_of_memory || error->text[0] == '\0')
        return up_error_memory(err);
    return up_error_at(err, UP_BAD_DATA, source, line, "not valid JSON: %.*s",
                       up_words_shown(error->text), error->text);
}

static up_status parse(const char *text, size_t length, size_t flags, const char *source,
                       json_t **root, up_error *err)
{
    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        text += 3;
        length -= 3;
    }
    json_error_t error;
    json_t *parsed = json_loadb(text, length, JSON_REJECT_DUPLICATES | flags, &error);
    if (parsed == NULL)
        return fail(&error, source, err);
    *root = parsed;
    return UP_OK;
}

up_status up_json_parse(const char *text, size_t length, const char *source,
                        json_t **root, up_error *err)
{
    return parse(text, length, JSON_DECODE_ANY, source, root, err);
}

up_status up_json_parse_table(const char *text, size_t length, const char *source,
                              json_t **root, up_error *err)
{
    return parse(text, length, 0, source, root, err);
}

up_status up_json_read(const char *path, json_t **root, up_error *err)
{
    struct stat st;
    if (stat(path, &st) == 0 && (!S_ISREG(st.st_mode) || st.st_size > MOST_BYTES))
        return up_error_at(err, UP_BAD_DATA, path, 0,
                           S_ISREG(st.st_mode) ? "larger than 64 MiB (wanted metadata)"
                                               : "not a file (wanted metadata)");
    char *text = NULL;
    size_t length = 0;
    up_status status = up_file_read(path, &text, &length, err);
    if (status == UP_OK)
        status = up_json_parse(text, length, path, root, err);
    free(text);
    return status;
}

const char *up_json_type(const json_t *value)
{
    if (value == NULL)
        return "missing";
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return "an object";
    case JSON_ARRAY:
        return "a list";
    case JSON_STRING:
        return "a text";
    case JSON_INTEGER:
    case JSON_REAL:
        return "a number";
    case JSON_NULL:
        return "null";
    default:
        return "true or false";
    }
}
