/* JSON that is not ours to trust: read whole, with the file's name and line in errors. */
#ifndef UPTICK_TEXT_JSON_FILE_H
#define UPTICK_TEXT_JSON_FILE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "uptick/error.h"

/* A BOM is skipped. UP_BAD_DATA: not JSON, not UTF-8, keys twice, nested too deep,
 * numbers too large. *root is the caller's reference. */
UP_MUST_CHECK up_status up_json_parse(const char *text, size_t length, const char *source,
                                      json_t **root, up_error *err);
/* The same of an object or a list; another value is UP_BAD_DATA too. */
UP_MUST_CHECK up_status up_json_parse_table(const char *text, size_t length,
                                            const char *source, json_t **root,
                                            up_error *err);
/* UP_BAD_DATA also: no regular file, or one of more than 64 MiB. */
UP_MUST_CHECK up_status up_json_read(const char *path, json_t **root, up_error *err);
/* "an object", "a list", "a text", "a number", "null", "true or false"; "missing" for
 * NULL. */
const char *up_json_type(const json_t *value);

#endif
