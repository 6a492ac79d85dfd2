/* Checked memory. Every allocation of the library passes through here, so that a product of
 * sizes cannot wrap and tests can make any one of them fail. */
#ifndef UPTICK_BASE_MEMORY_H
#define UPTICK_BASE_MEMORY_H

#include <stdlib.h>

#include "uptick/error.h"

/* Zeroed memory for count elements; *out untouched on failure. Release with free. */
UP_MUST_CHECK up_status up_alloc(size_t count, size_t size, void *out, up_error *err);

/* Makes room for `wanted` elements in the array at *items (a T **), growing geometrically.
 *     if (up_grow(&list->items, &list->capacity, list->count + 1, sizeof *list->items, err)) */
UP_MUST_CHECK up_status up_grow(void *items, size_t *capacity, size_t wanted, size_t size,
                                up_error *err);

/* A copy of text (NULL is read as ""). */
UP_MUST_CHECK up_status up_copy_text(const char *text, char **out, up_error *err);
UP_MUST_CHECK up_status up_copy_bytes(const char *bytes, size_t length, char **out,
                                      up_error *err);
/* Replaces the owned text at *slot by a copy of text. */
UP_MUST_CHECK up_status up_replace_text(char **slot, const char *text, up_error *err);

/* A hint: all of a block of many megabytes will be used, so that the system may hand out large
 * pages, which it finds and clears much faster. */
void up_expect_use(void *block, size_t size);

#endif
