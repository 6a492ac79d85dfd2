/* What the tests of charts share. Include after cmocka and chart_cases.h. */
#ifndef UPTICK_TESTS_CHART_FIXTURE_H
#define UPTICK_TESTS_CHART_FIXTURE_H

#include <stdio.h>

#include "report/chart_draw.h"

static inline size_t case_named(const char *name)
{
    for (size_t i = 0; i < CHART_CASES; i++)
        if (strcmp(chart_makers[i].name, name) == 0)
            return i;
    fail_msg("no chart case %s", name);
    return 0;
}

static inline void write_script(const up_chart *chart, up_buffer *script,
                                up_remarks *remarks)
{
    up_error err = {0};
    if (up_chart_script(chart, script, remarks, &err) != UP_OK)
        fail_msg("%s", err.message);
}

static inline void expect_failure(const up_chart *chart, up_status code,
                                  const char *message)
{
    up_error err = {0};
    up_buffer script = {0};
    assert_int_equal(up_chart_script(chart, &script, NULL, &err), code);
    assert_string_equal(err.message, message);
    assert_string_equal(up_buffer_text(&script), "");
    up_buffer_release(&script);
}

static inline void read_file(const char *path, up_buffer *out)
{
    FILE *file = fopen(path, "r");
    char chunk[4096];
    size_t n;
    if (!file)
        fail_msg("%s is missing; run the test with UPTICK_UPDATE_GOLDEN=1", path);
    while ((n = fread(chunk, 1, sizeof chunk, file)) > 0)
        up_buffer_add_bytes(out, chunk, n);
    fclose(file);
}

static inline size_t count_lines(const char *script, const char *block)
{
    const char *at = strstr(script, block);
    size_t lines = 0;
    assert_non_null(at);
    for (at = strchr(at, '\n') + 1; strncmp(at, "EOD", 3) != 0; at = strchr(at, '\n') + 1)
        lines++;
    return lines;
}

static inline void expect_script(const up_chart *chart, const char *wanted, bool there)
{
    up_buffer script = {0};
    write_script(chart, &script, NULL);
    if ((strstr(up_buffer_text(&script), wanted) != NULL) != there)
        fail_msg("'%s' is %s in the script", wanted, there ? "missing" : "found");
    up_buffer_release(&script);
}

static inline const up_text *text_named(const up_scene *scene, const char *text)
{
    for (size_t i = 0; i < scene->text_count; i++)
        if (strcmp(scene->texts[i].text, text) == 0)
            return &scene->texts[i];
    fail_msg("no text '%s'", text);
    return NULL;
}

#endif
