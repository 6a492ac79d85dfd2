/* For tests of metadata: files in a scratch folder, remarks as one text, cells read. */
#ifndef UPTICK_TESTS_METADATA_CHECK_H
#define UPTICK_TESTS_METADATA_CHECK_H

#include "scratch.h"

#include "import/metadata.h"

/* "note: …" lines of all remarks, source and line left out. Caller frees. */
static inline char *remarks_text(const up_remarks *remarks)
{
    static const char *const severities[] = {
        [UP_NOTE] = "note", [UP_WARNING] = "warning", [UP_ERROR] = "error"};
    up_buffer text = {0};
    for (size_t i = 0; i < remarks->count; i++)
        up_buffer_addf(&text, "%s: %s\n", severities[remarks->items[i].severity],
                       remarks->items[i].message);
    up_buffer_add(&text, "");
    char *taken = up_buffer_take(&text);
    return taken != NULL ? taken : strdup("");
}

static inline void assert_remarks(const up_remarks *remarks, const char *wanted)
{
    char *text = remarks_text(remarks);
    assert_string_equal(text, wanted);
    free(text);
}

/* What a cell reads as: its text, "(missing)", or "!" and the message. */
static inline const char *cell(const up_metadata_column *column, const char *text)
{
    static char out[1024];
    up_buffer value = {0};
    up_error err = {0};
    bool missing = false;
    if (up_metadata_read(column, text, &value, &missing, &err) != UP_OK)
        snprintf(out, sizeof out, "!%s", err.message);
    else
        snprintf(out, sizeof out, "%s", missing ? "(missing)" : up_buffer_text(&value));
    up_buffer_release(&value);
    return out;
}

static inline const up_metadata_column *column_called(const up_metadata_table *table,
                                                      const char *name)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (strcmp(table->columns[i].name, name) == 0)
            return &table->columns[i];
    fail_msg("no column '%s'", name);
    return NULL;
}

#endif
