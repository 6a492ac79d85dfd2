/* Shared by the tests of periods. */
#ifndef TESTS_TEXT_PERIOD_CHECK_H
#define TESTS_TEXT_PERIOD_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "uptick/period.h"

static inline up_period period_of(const char *text, const up_period_options *options)
{
    up_period period = {0};
    up_error err = {0};
    if (up_period_parse(text, options, &period, &err) != UP_OK)
        fail_msg("'%s': %s", text, err.message);
    return period;
}

/* text means what canonical says, and canonical, read without options, the same again. */
static inline void assert_reads(const char *text, const up_period_options *options,
                                const char *canonical)
{
    up_period period = period_of(text, options);
    char written[UP_PERIOD_SIZE];
    up_period_format(&period, written);
    if (strcmp(written, canonical) != 0)
        fail_msg("'%s' reads as %s, not %s", text, written, canonical);
    up_period again = period_of(written, NULL);
    if (up_period_compare(&period, &again) != 0)
        fail_msg("'%s' is written %s, which reads as something else", text, written);
}

static inline void assert_refuses(const char *text, const up_period_options *options,
                                  const char *message)
{
    up_period period = {.start = 42, .flags = 7};
    up_error err = {0};
    if (up_period_parse(text, options, &period, &err) == UP_OK) {
        char written[UP_PERIOD_SIZE];
        up_period_format(&period, written);
        fail_msg("'%s' reads as %s", text, written);
    }
    assert_int_equal(err.code, UP_BAD_DATA);
    assert_string_equal(err.message, message);
    assert_int_equal(period.start, 42);
    assert_int_equal(up_period_parse(text, options, &period, NULL), UP_BAD_DATA);
}

/* Calls visit for each line of a list in tests/data/dates, its fields cut at tabs; comments
 * are left out. Returns how many lines there were. */
static inline size_t for_each_line(const char *name,
                                   void (*visit)(char *fields[6], void *context),
                                   void *context)
{
    char path[512], line[512];
    size_t count = 0;
    snprintf(path, sizeof path, "%s/tests/data/dates/%s", UPTICK_SOURCE_DIR, name);
    FILE *file = fopen(path, "r");
    if (!file)
        fail_msg("%s cannot be opened", path);
    while (fgets(line, sizeof line, file)) {
        char *fields[6] = {NULL};
        line[strcspn(line, "\n")] = '\0';
        if (strncmp(line, "# ", 2) == 0)
            continue;
        char *rest = line;
        for (size_t i = 0; i < 6 && rest; i++) {
            fields[i] = rest;
            rest = strchr(rest, '\t');
            if (rest)
                *rest++ = '\0';
        }
        visit(fields, context);
        count++;
    }
    fclose(file);
    return count;
}

#endif
