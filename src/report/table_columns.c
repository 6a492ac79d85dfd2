/* Which columns of a table are written, and in which order: by their flags, or those that were
 * asked for by name. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "report/table_writer.h"
#include "uptick/tracker.h"

/* Names and titles of columns, copied one behind the other into t->names. */
static up_status own_columns(up_table *t, const up_table_column columns[], size_t count,
                             up_error *err)
{
    up_status status = up_alloc(count, sizeof *t->columns, &t->columns, err);
    size_t size = 0;
    for (size_t i = 0; i < count; i++)
        size += strlen(columns[i].name) + 1 +
                (columns[i].title != NULL ? strlen(columns[i].title) + 1 : 0);
    if (status == UP_OK)
        status = up_alloc(size, 1, &t->names, err);
    char *at = t->names;
    for (size_t i = 0; i < count && status == UP_OK; i++) {
        t->columns[i] = columns[i];
        t->columns[i].name = at;
        at = stpcpy(at, columns[i].name) + 1;
        if (columns[i].title == NULL)
            continue;
        t->columns[i].title = at;
        at = stpcpy(at, columns[i].title) + 1;
    }
    if (status == UP_OK)
        t->column_count = count;
    return status;
}

/* The column of that name, or of that title. */
static size_t find_column(const up_table *t, const char *name, size_t length)
{
    size_t titled = t->column_count;
    for (size_t c = t->column_count; c-- > 0;) {
        const char *title = t->columns[c].title;
        if (strlen(t->columns[c].name) == length &&
            strncmp(t->columns[c].name, name, length) == 0)
            return c;
        if (title != NULL && strlen(title) == length &&
            strncasecmp(title, name, length) == 0)
            titled = c;
    }
    return titled;
}

static up_status no_such_column(const up_table *t, const char *name, size_t length,
                                up_error *err)
{
    const char **names = NULL;
    up_buffer known = {0}, wanted = {0};
    up_status status = up_alloc(t->column_count, sizeof *names, &names, err);
    if (status != UP_OK)
        return status;
    for (size_t c = 0; c < t->column_count; c++) {
        names[c] = t->columns[c].name;
        up_buffer_addf(&known, "%s%s", c > 0 ? ", " : "", names[c]);
    }
    up_buffer_add_bytes(&wanted, name, length);
    const char *near = up_did_you_mean(up_buffer_text(&wanted), names, t->column_count);
    up_error_set(err, UP_USAGE, "the table has no column '%s'%s%s%s (%s)",
                 up_buffer_text(&wanted), near != NULL ? "; did you mean '" : "",
                 near != NULL ? near : "", near != NULL ? "'?" : "",
                 up_buffer_text(&known));
    up_buffer_release(&known);
    up_buffer_release(&wanted);
    free(names);
    return UP_USAGE;
}

static bool is_in(const up_column_list *list, size_t column)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i] == column)
            return true;
    return false;
}

/* "series,period,value" */
static up_status take_wanted(up_table *t, const char *wanted, up_error *err)
{
    for (const char *at = wanted; at != NULL;) {
        size_t length = strcspn(at, ","), column = find_column(t, at, length);
        if (column == t->column_count)
            return no_such_column(t, at, length, err);
        if (is_in(&t->exact, column))
            return up_error_set(err, UP_USAGE, "column '%s' is named twice",
                                t->columns[column].name);
        t->exact.items[t->exact.count++] = column;
        t->human.items[t->human.count++] = column;
        at = at[length] == ',' ? at + length + 1 : NULL;
    }
    return UP_OK;
}

static void take_by_flags(up_table *t)
{
    for (size_t c = 0; c < t->column_count; c++) {
        if (!(t->columns[c].flags & UP_COLUMN_HUMAN))
            t->exact.items[t->exact.count++] = c;
        if (!(t->columns[c].flags & UP_COLUMN_MACHINE))
            t->human.items[t->human.count++] = c;
    }
}

/* What is never written need not be filled. */
static void mark_idle(up_table *t)
{
    for (size_t c = 0; c < t->column_count; c++)
        t->is_idle[c] =
            is_streamed(t) || t->wanted != NULL ? !is_in(&t->exact, c) : false;
}

up_status up_table_take_columns(up_table *t, const up_table_column columns[],
                                size_t count, up_error *err)
{
    up_status status = own_columns(t, columns, count, err);
    if (status == UP_OK)
        status = up_alloc(count, sizeof *t->exact.items, &t->exact.items, err);
    if (status == UP_OK)
        status = up_alloc(count, sizeof *t->human.items, &t->human.items, err);
    if (status == UP_OK)
        status = up_alloc(count, sizeof *t->is_idle, &t->is_idle, err);
    if (status != UP_OK)
        return status;
    if (t->wanted != NULL)
        status = take_wanted(t, t->wanted, err);
    else
        take_by_flags(t);
    if (status == UP_OK)
        mark_idle(t);
    return status;
}

void up_table_drop_columns(up_table *t)
{
    free(t->columns);
    free(t->names);
    free(t->exact.items);
    free(t->human.items);
    free(t->is_idle);
}
