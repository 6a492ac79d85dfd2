/* Names of columns.
 *
 * Doubled names may be told apart by the record right above them, where each group's
 * name stands over its first column (",2019,,2020," above
 * "Country,male,female,male,female"): they become "2019 male", "2019 female", and so on. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "text/frame_build.h"

/* Header names on one line, single blanks. */
static up_status squeeze(const char *text, char **out, up_error *err)
{
    size_t left = strlen(text);
    up_buffer name = {0};
    text = up_frame_trim(text, &left);
    while (left > 0) {
        size_t blank = up_frame_blank_at(text, left), size = blank > 0 ? blank : 1;
        if (blank == 0)
            up_buffer_add_bytes(&name, text, 1);
        else if (up_frame_blank_at(text + blank, left - blank) == 0)
            up_buffer_add_char(&name, ' ');
        text += size;
        left -= size;
    }
    up_status status = up_buffer_check(&name, err);
    if (status == UP_OK)
        status = up_copy_bytes(name.data, name.length, out, err);
    up_buffer_release(&name);
    return status;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Whether two columns have one name, not counting those without. */
static up_status find_doubled(char *const names[], size_t count, bool *doubled,
                              up_error *err)
{
    const char **sorted;
    up_status status = up_alloc(count, sizeof *sorted, &sorted, err);
    if (status != UP_OK)
        return status;
    for (size_t i = 0; i < count; i++)
        sorted[i] = names[i];
    qsort(sorted, count, sizeof *sorted, compare_names);
    *doubled = false;
    for (size_t i = 1; i < count && !*doubled; i++)
        *doubled = *sorted[i] != '\0' && strcmp(sorted[i - 1], sorted[i]) == 0;
    free(sorted);
    return UP_OK;
}

/* Right above the names, two groups or more, none over the first column. */
static bool has_groups(const up_frame_builder *b)
{
    size_t filled = 0;
    if (b->above.count == 0 || b->head.count == 0 ||
        b->above.records[0].first + b->above.records[0].length !=
            b->head.records[0].first)
        return false;
    for (size_t i = 0; i < b->above.records[0].fields; i++) {
        const char *text = up_csv_field(&b->above, 0, i);
        size_t length = strlen(text);
        up_frame_trim(text, &length);
        if (i == 0 && length > 0)
            return false;
        filled += length > 0;
    }
    return filled >= 2 && b->above.records[0].fields <= b->width;
}

static void release_names(char **names, size_t count)
{
    for (size_t i = 0; names != NULL && i < count; i++)
        free(names[i]);
    free(names);
}

static up_status join_name(const char *group, const char *name, char **out, up_error *err)
{
    up_buffer text = {0};
    up_buffer_add(&text, group);
    if (*group != '\0' && *name != '\0')
        up_buffer_add_char(&text, ' ');
    up_buffer_add(&text, name);
    up_status status = up_buffer_check(&text, err);
    if (status == UP_OK)
        status = up_copy_bytes(text.data, text.length, out, err);
    up_buffer_release(&text);
    return status;
}

/* A group reaches to the next one. */
static up_status join_groups(up_frame_builder *b, char **joined)
{
    up_frame *f = &b->frame;
    up_status status = UP_OK;
    char *group = NULL;
    size_t next = 0;
    for (size_t j = 0; status == UP_OK && j < f->columns; j++) {
        for (; status == UP_OK && next <= f->column[j].origin; next++) {
            const char *text = up_csv_field(&b->above, 0, next);
            size_t length = strlen(text);
            up_frame_trim(text, &length);
            if (length == 0 && group != NULL)
                continue;
            free(group);
            group = NULL;
            status = squeeze(text, &group, b->err);
        }
        if (status == UP_OK)
            status =
                join_name(group != NULL ? group : "", f->header[j], &joined[j], b->err);
    }
    free(group);
    return status;
}

/* Takes the joined names where they are all different. */
static up_status tell_doubled_apart(up_frame_builder *b)
{
    up_frame *f = &b->frame;
    bool doubled = false;
    up_status status = UP_OK;
    if (has_groups(b))
        status = find_doubled(f->header, f->columns, &doubled, b->err);
    if (status != UP_OK || !doubled)
        return status;
    char **joined;
    status = up_alloc(f->columns, sizeof *joined, &joined, b->err);
    if (status != UP_OK)
        return status;
    status = join_groups(b, joined);
    if (status == UP_OK)
        status = find_doubled(joined, f->columns, &doubled, b->err);
    for (size_t j = 0; status == UP_OK && !doubled && j < f->columns; j++) {
        char *old = f->header[j];
        f->header[j] = joined[j];
        joined[j] = old;
    }
    release_names(joined, f->columns);
    return status;
}

up_status up_frame_finish_header(up_frame_builder *b)
{
    up_frame *f = &b->frame;
    size_t headers = b->head.count;
    f->dialect.headers = headers;
    up_status status =
        up_alloc(headers * f->columns, sizeof *f->header, &f->header, b->err);
    for (size_t i = 0; status == UP_OK && i < headers; i++)
        for (size_t j = 0; status == UP_OK && j < f->columns; j++)
            status = squeeze(up_csv_field(&b->head, i, f->column[j].origin),
                             &f->header[i * f->columns + j], b->err);
    return status == UP_OK ? tell_doubled_apart(b) : status;
}
