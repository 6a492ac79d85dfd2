/* Regular expressions of ECMAScript, as far as POSIX has the same.
 *
 * Read are characters, `.`, sets, `\d \w \s` and their opposites, escapes, groups (also
 * `(?:…)`), alternatives, `^ $`, and `* + ? {m,n}`, greedy or not. Not supported, and
 * said so: looking ahead or behind, references back, `\b`, characters by number.
 * Repetitions that would need more than some thousand copies are refused: the expression
 * comes from a file of somebody else. */
#ifndef UPTICK_IMPORT_ECMA_REGEX_H
#define UPTICK_IMPORT_ECMA_REGEX_H

#include <regex.h>
#include <stdbool.h>

#include "uptick/error.h"

/* Release with regfree. UP_BAD_DATA: not an expression, or one that is not supported. */
UP_MUST_CHECK up_status up_ecma_regex_compile(const char *text, regex_t *regex,
                                              up_error *err);

#endif
