/* Lists of texts that end with NULL; NULL is an empty one. */
#ifndef UPTICK_IMPORT_TEXT_LIST_H
#define UPTICK_IMPORT_TEXT_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "uptick/error.h"

/* Appends a copy of the first `length` bytes. */
UP_MUST_CHECK up_status up_text_list_add(char ***list, const char *text, size_t length,
                                         up_error *err);
size_t up_text_list_count(char *const *list);
bool up_text_list_has(char *const *list, const char *text);
void up_text_list_free(char **list);

#endif
