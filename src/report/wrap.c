#include "report/wrap.h"

#include <stdbool.h>
#include <string.h>
#include <utf8proc.h>

size_t up_text_next(const char *text, int32_t *character)
{
    utf8proc_int32_t c;
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text,
                                          (utf8proc_ssize_t)strnlen(text, 4), &c);

    *character = n > 0 ? c : 0xFFFD;
    return n > 0 ? (size_t)n : 1;
}

double up_advance_columns(int32_t character, const void *context)
{
    (void)context;
    return utf8proc_charwidth(character);
}

double up_text_extent(const char *text, size_t length, up_advance *advance,
                      const void *context)
{
    double sum = 0;

    for (size_t i = 0; i < length;) {
        int32_t c;
        i += up_text_next(text + i, &c);
        sum += advance(c, context);
    }
    return sum;
}

static bool is_category(int32_t c, utf8proc_category_t a, utf8proc_category_t b)
{
    utf8proc_category_t category = utf8proc_category(c);
    return category == a || category == b;
}

/* A Chinese number keeps its unit, and a month its day: "3月25日", "1.5亿". */
static bool is_one_number(int32_t before, int32_t after)
{
    static const int32_t units[] = {0x5E74, 0x6708, 0x65E5, 0x4E07, 0x4EBF, 0x500D};
    bool digit_before = before >= '0' && before <= '9';

    for (size_t i = 0; digit_before && i < sizeof units / sizeof *units; i++)
        if (after == units[i])
            return true;
    return before == 0x6708 && after >= '0' && after <= '9';
}

/* May a line end between these two characters (neither a blank)? */
static bool may_break(int32_t before, int32_t after)
{
    if (before == '-' || before == 0x2013 || before == 0x2014)
        return !is_category(after, UTF8PROC_CATEGORY_ND, UTF8PROC_CATEGORY_PO);
    if (utf8proc_charwidth(before) != 2 && utf8proc_charwidth(after) != 2)
        return false;
    if (is_one_number(before, after))
        return false;
    if (utf8proc_charwidth(after) == 0) /* a combining mark stays with its base */
        return false;
    return !is_category(before, UTF8PROC_CATEGORY_PS, UTF8PROC_CATEGORY_PI) &&
           !is_category(after, UTF8PROC_CATEGORY_PE, UTF8PROC_CATEGORY_PF) &&
           !is_category(after, UTF8PROC_CATEGORY_PO, UTF8PROC_CATEGORY_PO) &&
           after != 0xA0 && before != 0xA0;
}

up_line up_wrap_next(const char **rest, double width, up_advance *advance,
                     const void *context)
{
    const char *text = *rest + strspn(*rest, " ");
    size_t at = 0, end = 0, next = 0; /* the last place to break, and where to go on */
    double used = 0;
    int32_t before = 0;
    bool fits = true;

    while (text[at]) {
        int32_t c;
        size_t length = up_text_next(text + at, &c);
        if (c == ' ') {
            if (before != ' ')
                end = at;
            next = at + length;
        } else {
            if (at > 0 && before != ' ' && may_break(before, c))
                end = next = at;
            fits = used + advance(c, context) <= width;
            if (!fits)
                break;
        }
        used += advance(c, context);
        before = c;
        at += length;
    }
    if (fits) { /* the rest is one line */
        end = before == ' ' ? end : at;
        next = at;
    } else if (end == 0) { /* no place to break: cut, after one character at least */
        int32_t c;
        end = next = at > 0 ? at : up_text_next(text, &c);
    }
    *rest = text + next;
    *rest += strspn(*rest, " ");
    return (up_line){text, end};
}
