/* Series keys and patterns: `metric`, `metric/entity`, globs. */
#ifndef UPTICK_SERIES_PATTERN_H
#define UPTICK_SERIES_PATTERN_H

#include <stdbool.h>

#include "uptick/error.h"

typedef struct up_pattern {
    char *metric;
    char *entity; /* NULL: every entity */
} up_pattern;

UP_MUST_CHECK up_status up_pattern_parse(const char *text, up_pattern *pattern,
                                         up_error *err);
void up_pattern_release(up_pattern *pattern);
/* '*' any text, '?' any one character, '\' the next one literally. */
bool up_glob_matches(const char *pattern, const char *text);
bool up_glob_is_literal(const char *pattern);

#endif
