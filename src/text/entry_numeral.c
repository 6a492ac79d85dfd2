/* Digits with thousands marks and a decimal mark. */
#include "text/entry_parts.h"

#include <string.h>

#include "text/words.h"

static bool is_mark(char c)
{
    return c == ',' || c == '.' || c == '\'' || c == ' ';
}

size_t up_numeral_length(const char *p)
{
    size_t length = 0, digits = 0;
    for (;; length++) {
        char c = p[length];
        if (up_words_is_digit(c)) {
            digits++;
            continue;
        }
        bool starts = length == 0 && (c == '.' || c == ',');
        bool follows = length > 0 && is_mark(c) && up_words_is_digit(p[length - 1]);
        if ((!starts && !follows) || !up_words_is_digit(p[length + 1]))
            break;
    }
    if (digits > 0 && p[length] == '.' && up_words_is_digit(p[length - 1]))
        length++; /* "5." */
    return digits > 0 ? length : 0;
}

/* Groups of three, the first of one to three and not zero; or, with commas, the Indian
 * way: twos, the last three. */
typedef struct groups {
    size_t count, first, last; /* digits in the first and the last group */
    bool threes, twos;         /* all between */
    char mark;
    bool mixed;
} groups;

static groups find_groups(const char *p, size_t length)
{
    groups g = {.threes = true, .twos = true};
    size_t run = 0;
    for (size_t i = 0; i <= length; i++) {
        if (i < length && up_words_is_digit(p[i])) {
            run++;
            continue;
        }
        if (g.count == 0)
            g.first = run;
        else if (i < length) {
            g.threes = g.threes && run == 3;
            g.twos = g.twos && run == 2;
        }
        g.last = run;
        g.count++;
        run = 0;
        if (i < length) {
            g.mixed = g.mixed || (g.mark != '\0' && g.mark != p[i]);
            g.mark = p[i];
        }
    }
    return g;
}

static bool are_sound(const groups *g, char first_digit, char decimal)
{
    if (g->count == 1)
        return true;
    if (g->mixed || g->mark == decimal || first_digit == '0' || g->last != 3 ||
        g->first == 0)
        return false;
    if (g->threes && g->first <= 3)
        return true;
    return g->mark == ',' && g->count > 2 && g->twos && g->first <= 2;
}

bool up_numeral_plain(const char *p, size_t length, char decimal, char *out,
                      char *grouping)
{
    const char *point = memchr(p, decimal, length);
    size_t whole = point != NULL ? (size_t)(point - p) : length;
    if (whole > 0) {
        groups g = find_groups(p, whole);
        if (!are_sound(&g, *p, decimal))
            return false;
        *grouping = g.count > 1 ? g.mark : '\0';
    } else {
        *out++ = '0';
    }
    for (size_t i = 0; i < whole; i++)
        if (up_words_is_digit(p[i]))
            *out++ = p[i];
    if (point != NULL && whole + 1 < length)
        *out++ = '.';
    for (size_t i = whole + 1; i < length; i++) {
        if (!up_words_is_digit(p[i]))
            return false;
        *out++ = p[i];
    }
    *out = '\0';
    return true;
}
