#include "series/pattern.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "uptick/series.h"

up_status up_pattern_parse(const char *text, up_pattern *pattern, up_error *err)
{
    up_pattern result = {0};
    const char *slash = strchr(text, '/');
    size_t length = slash != NULL ? (size_t)(slash - text) : strlen(text);
    up_status status = up_copy_bytes(text, length, &result.metric, err);
    if (status == UP_OK && slash != NULL)
        status = up_copy_text(slash + 1, &result.entity, err);
    if (status != UP_OK)
        up_pattern_release(&result);
    else
        *pattern = result;
    return status;
}

void up_pattern_release(up_pattern *pattern)
{
    free(pattern->metric);
    free(pattern->entity);
    *pattern = (up_pattern){0};
}

/* Past one UTF-8 character. */
static const char *next_character(const char *at)
{
    do
        at++;
    while (((unsigned char)*at & 0xC0) == 0x80);
    return at;
}

static bool matches(const char *pattern, const char *end, const char *text)
{
    const char *star = NULL, *retry = NULL;
    while (*text != '\0') {
        char wanted = pattern < end ? *pattern : '\0';
        bool escaped = wanted == '\\' && pattern + 1 < end;
        if (wanted == '*') {
            star = ++pattern;
            retry = text;
        } else if (wanted == '?') {
            pattern++;
            text = next_character(text);
        } else if (wanted != '\0' && pattern[escaped] == *text) {
            pattern += escaped ? 2 : 1;
            text++;
        } else if (star != NULL) {
            pattern = star;
            text = ++retry;
        } else
            return false;
    }
    while (pattern < end && *pattern == '*')
        pattern++;
    return pattern == end;
}

bool up_glob_matches(const char *pattern, const char *text)
{
    return matches(pattern, pattern + strlen(pattern), text);
}

bool up_glob_is_literal(const char *pattern)
{
    return strpbrk(pattern, "*?\\") == NULL;
}

/* In place: a copy that memory was missing for would be taken for no match. */
bool up_series_pattern_matches(const char *pattern, const char *metric)
{
    return matches(pattern, pattern + strcspn(pattern, "/"), metric);
}
