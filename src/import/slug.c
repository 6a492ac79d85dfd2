#include "import/slug.h"

#include <ctype.h>
#include <stdlib.h>
#include <utf8proc.h>

/* Marks, and what stands apart only by its shape, fall away in this form. */
static const utf8proc_option_t form = UTF8PROC_STABLE | UTF8PROC_COMPAT |
                                      UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK |
                                      UTF8PROC_CASEFOLD | UTF8PROC_NULLTERM;

static bool is_letter(utf8proc_int32_t c)
{
    utf8proc_category_t category = utf8proc_category(c);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

bool up_slug_add(up_buffer *out, const char *label)
{
    utf8proc_uint8_t *folded = NULL;
    if (utf8proc_map((const utf8proc_uint8_t *)label, 0, &folded, form) < 0)
        return false;
    up_buffer slug = {0};
    bool fits = true, gap = false;
    for (const utf8proc_uint8_t *at = folded; *at != '\0' && fits;) {
        utf8proc_int32_t c;
        at += utf8proc_iterate(at, -1, &c);
        if (c < 128 && isalnum((int)c)) {
            if (gap && slug.length > 0)
                up_buffer_add_char(&slug, '-');
            up_buffer_add_char(&slug, (char)c);
            gap = false;
        } else {
            fits = c < 128 || !is_letter(c);
            gap = true;
        }
    }
    free(folded);
    fits = fits && slug.length > 0 && !slug.failed;
    if (fits)
        up_buffer_add(out, slug.data);
    up_buffer_release(&slug);
    return fits;
}
