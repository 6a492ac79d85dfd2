/* Unified diffs of two texts, as `patch` and `git apply` read them. */
#ifndef UPTICK_STORE_DIFF_H
#define UPTICK_STORE_DIFF_H

#include <stddef.h>

#include "uptick/buffer.h"
#include "uptick/error.h"

/* Appends the change from a to b with three lines of context; nothing when they are equal.
 * `name` stands behind a/ and b/; a NULL `a` says that the file is new, a NULL `b` that it
 * goes. Lines end at LF; what is
 * before it, a CR too, belongs to the line. The diff is always right, and the shortest one
 * unless the texts differ in a great many lines both ways. */
UP_MUST_CHECK up_status up_diff_add(up_buffer *out, const char *name, const char *a,
                                    size_t a_length, const char *b, size_t b_length,
                                    up_error *err);
/* The same of a file that was called `from`; the lines before it are those of git. */
UP_MUST_CHECK up_status up_diff_add_renamed(up_buffer *out, const char *from,
                                            const char *name, const char *a,
                                            size_t a_length, const char *b,
                                            size_t b_length, up_error *err);

#endif
