#include "text/words.h"

#include <string.h>
#include <utf8proc.h>

enum { SHOWN_MAX = 80 };

bool up_words_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool up_words_is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

void up_words_lower(char *text)
{
    for (; *text != '\0'; text++)
        *text = lower(*text);
}

int up_words_shown(const char *text)
{
    size_t length = 0;
    while (length < SHOWN_MAX && text[length] != '\0')
        length++;
    if (text[length] == '\0')
        return (int)length;
    while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80)
        length--;
    return (int)length;
}

size_t up_words_scan_digits(const char **text, int64_t *value)
{
    const char *p = *text;
    int64_t number = 0;
    size_t count = 0;
    for (; up_words_is_digit(*p); p++)
        if (++count <= 18)
            number = number * 10 + (*p - '0');
    *text = p;
    if (count > 0 && count <= 18)
        *value = number;
    return count;
}

bool up_words_begins(const char *text, const char *phrase)
{
    size_t length = strlen(phrase);
    for (size_t i = 0; i < length; i++)
        if (lower(text[i]) != lower(phrase[i]))
            return false;
    return !up_words_is_letter(phrase[length - 1]) || !up_words_is_letter(text[length]);
}

static bool is_full_width(utf8proc_int32_t c)
{
    utf8proc_propval_t type = utf8proc_get_property(c)->decomp_type;
    return type == UTF8PROC_DECOMP_TYPE_WIDE || type == UTF8PROC_DECOMP_TYPE_NARROW;
}

static bool is_apostrophe(utf8proc_int32_t c)
{
    return c == 0x2018 || c == 0x2019 || c == 0x02BC;
}

/* The character that stands for c; 0 for one that has no place in a line of text. */
static utf8proc_int32_t fold_character(utf8proc_int32_t c)
{
    if (is_full_width(c)) {
        utf8proc_int32_t plain = 0;
        int boundary = 0;
        if (utf8proc_decompose_char(c, &plain, 1, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT,
                                    &boundary) == 1)
            c = plain;
    }
    switch (utf8proc_category(c)) {
    case UTF8PROC_CATEGORY_ZS:
        return ' ';
    case UTF8PROC_CATEGORY_PD:
        return '-';
    case UTF8PROC_CATEGORY_CC:
        return c == '\t' || c == '\n' || c == '\r' ? ' ' : 0;
    default:
        break;
    }
    if (c == 0x2212) /* the minus sign is no dash to Unicode */
        return '-';
    return is_apostrophe(c) ? '\'' : c;
}

static up_status refuse(const char *text, const char *what, const char *why,
                        up_error *err)
{
    return up_error_set(err, UP_BAD_DATA, "'%.*s' is not %s (%s)", up_words_shown(text),
                        text, what, why);
}

up_status up_words_fold(const char *text, const char *what, char out[UP_FOLDED_SIZE],
                        up_error *err)
{
    char folded[UP_FOLDED_SIZE];
    size_t length = 0;
    bool blank = false;
    for (const char *p = text; *p != '\0';) {
        utf8proc_int32_t c = 0;
        utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)p, -1, &c);
        if (size <= 0)
            return up_error_set(err, UP_BAD_DATA, "a text that is not UTF-8 is not %s",
                                what);
        p += size;
        c = fold_character(c);
        if (c == 0)
            return refuse(text, what, "it holds a control character", err);
        if (c == ' ') {
            blank = length > 0;
            continue;
        }
        if (length + 6 > sizeof folded) /* a blank, four bytes, NUL */
            return refuse(text, what, "it is too long", err);
        if (blank)
            folded[length++] = ' ';
        blank = false;
        length += (size_t)utf8proc_encode_char(c, (utf8proc_uint8_t *)folded + length);
    }
    folded[length] = '\0';
    memcpy(out, folded, length + 1);
    return UP_OK;
}
