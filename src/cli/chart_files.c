#include "cli/chart_files.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/memory.h"

enum { NAME_MAX_BYTES = 120 };

static bool is_kept(utf8proc_int32_t c)
{
    utf8proc_category_t category = utf8proc_category(c);
    return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
           (category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME) ||
           (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

/* The key in lower case, what is no letter or digit as single hyphens between them. */
static void add_slug(const char *key, up_buffer *out)
{
    bool hyphen = false;
    size_t start = out->length;
    while (*key != '\0' && out->length - start < NAME_MAX_BYTES) {
        utf8proc_int32_t c;
        utf8proc_uint8_t bytes[4];
        utf8proc_ssize_t length = utf8proc_iterate((const utf8proc_uint8_t *)key, -1, &c);
        if (length <= 0)
            break;
        key += length;
        if (!is_kept(c)) {
            hyphen = out->length > start;
            continue;
        }
        if (hyphen)
            up_buffer_add_char(out, '-');
        hyphen = false;
        length = utf8proc_encode_char(utf8proc_tolower(c), bytes);
        up_buffer_add_bytes(out, (const char *)bytes, (size_t)length);
    }
    if (out->length == start)
        up_buffer_add(out, "series");
}

static bool is_given(const up_chart_names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++)
        if (strcmp(names->items[i], name) == 0)
            return true;
    return false;
}

up_status up_chart_file_name(up_chart_names *names, const char *folder, const char *key,
                             const char *ending, up_buffer *path, up_error *err)
{
    up_buffer slug = {0}, name = {0};
    add_slug(key, &slug);
    up_buffer_add(&name, up_buffer_text(&slug));
    for (size_t n = 2; !name.failed && is_given(names, up_buffer_text(&name)); n++) {
        up_buffer_clear(&name);
        up_buffer_addf(&name, "%s-%zu", up_buffer_text(&slug), n);
    }
    up_buffer_addf(path, "%s/%s.%s", folder, up_buffer_text(&name), ending);
    up_status status = up_buffer_check(&name, err);
    if (status == UP_OK)
        status = up_buffer_check(path, err);
    if (status == UP_OK)
        status = up_grow(&names->items, &names->capacity, names->count + 1,
                         sizeof *names->items, err);
    if (status == UP_OK)
        names->items[names->count++] = up_buffer_take(&name);
    up_buffer_release(&slug);
    up_buffer_release(&name);
    return status;
}

void up_chart_names_release(up_chart_names *names)
{
    for (size_t i = 0; i < names->count; i++)
        free(names->items[i]);
    free(names->items);
    *names = (up_chart_names){0};
}
