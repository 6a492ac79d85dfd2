#include "import/ecma_regex.h"

#include <stdlib.h>
#include <string.h>

#include "text/words.h"
#include "uptick/buffer.h"

enum { MOST_BYTES = 1000, MOST_COPIES = 2000, MOST_DEPTH = 50 };

typedef struct translation {
    const char *at;
    up_buffer out;
    const char *wrong;         /* static; NULL while it goes well */
    bool can_repeat;           /* something stands before that * may repeat */
    unsigned long long copies; /* product of all repetition counts */
    int depth;
} translation;

static const struct {
    char letter;
    const char *alone, *in_set; /* in_set NULL: not possible there */
} classes[] = {
    {'d', "[0-9]", "0-9"},
    {'D', "[^0-9]", NULL},
    {'w', "[A-Za-z0-9_]", "A-Za-z0-9_"},
    {'W', "[^A-Za-z0-9_]", NULL},
    {'s', "[[:space:]]", "[:space:]"},
    {'S', "[^[:space:]]", NULL},
};
static const struct {
    char letter, character;
} controls[] = {{'t', '\t'}, {'n', '\n'}, {'r', '\r'}, {'f', '\f'}, {'v', '\v'}};

static bool fail(translation *t, const char *wrong)
{
    if (t->wrong == NULL)
        t->wrong = wrong;
    return false;
}

/* The character an escape stands for; false when it is none. */
static bool read_escaped(translation *t, char letter, char *character)
{
    for (size_t i = 0; i < sizeof controls / sizeof controls[0]; i++)
        if (controls[i].letter == letter) {
            *character = controls[i].character;
            return true;
        }
    if (letter == '\0')
        return fail(t, "a \\ stands at its end");
    if (up_words_is_letter(letter) || up_words_is_digit(letter))
        return fail(t, "an escape is not supported");
    *character = letter;
    return true;
}

static void add_literal(translation *t, char c)
{
    if (strchr(".[]{}()*+?^$|\\", c) != NULL)
        up_buffer_add_char(&t->out, '\\');
    up_buffer_add_char(&t->out, c);
}

static bool add_escape(translation *t)
{
    char letter = t->at[1], character;
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++)
        if (classes[i].letter == letter) {
            up_buffer_add(&t->out, classes[i].alone);
            t->at += 2;
            return true;
        }
    if (!read_escaped(t, letter, &character))
        return false;
    add_literal(t, character);
    t->at += 2;
    return true;
}

/* The parts of a set that POSIX wants at its ends: ] first, ^ not first, - last. */
typedef struct set_parts {
    bool bracket, caret, dash;
} set_parts;

static bool add_set_character(translation *t, up_buffer *inner, set_parts *parts)
{
    char c = *t->at;
    if (c == '\\') {
        for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++)
            if (classes[i].letter == t->at[1]) {
                if (classes[i].in_set == NULL)
                    return fail(t, "an escape in [ ] is not supported");
                up_buffer_add(inner, classes[i].in_set);
                t->at += 2;
                return true;
            }
        if (!read_escaped(t, t->at[1], &c))
            return false;
        t->at++;
        parts->dash = parts->dash || c == '-';
        if (c == '-') {
            t->at++;
            return true;
        }
    }
    if ((unsigned char)c >= 0x80)
        return fail(t, "a character beyond ASCII in [ ] is not supported");
    t->at++;
    parts->bracket = parts->bracket || c == ']';
    parts->caret = parts->caret || c == '^';
    if (c == '[') /* [: [. [= mean something to POSIX */
        up_buffer_add(inner, "[.[.]");
    else if (c != ']' && c != '^')
        up_buffer_add_char(inner, c);
    return true;
}

static bool add_set(translation *t)
{
    up_buffer inner = {0};
    set_parts parts = {0};
    t->at++;
    bool negated = *t->at == '^';
    if (negated)
        t->at++;
    bool good = true;
    while (good && *t->at != ']') {
        bool last_dash = *t->at == '-' && (t->at[1] == ']' || inner.length == 0);
        if (*t->at == '\0') {
            good = fail(t, "a [ is not closed");
        } else if (last_dash) {
            parts.dash = true;
            t->at++;
        } else {
            good = add_set_character(t, &inner, &parts);
        }
    }
    if (good && inner.length == 0 && !parts.bracket && !parts.caret && !parts.dash)
        good = fail(t, "an empty [ ] is not supported");
    /* what is left of a set of ^ and - alone would begin with ^ */
    bool bare = inner.length == 0 && !parts.bracket && parts.caret && !negated;
    if (good && bare && parts.dash)
        good = fail(t, "a [ ] of only ^ and - is not supported");
    if (good && bare)
        up_buffer_add(&t->out, "\\^");
    else if (good)
        up_buffer_addf(&t->out, "[%s%s%s%s%s]", negated ? "^" : "",
                       parts.bracket ? "]" : "", up_buffer_text(&inner),
                       parts.caret ? "^" : "", parts.dash ? "-" : "");
    t->at += good;
    t->out.failed = t->out.failed || inner.failed;
    up_buffer_release(&inner);
    return good;
}

/* {m}, {m,}, {m,n} */
static bool add_interval(translation *t)
{
    const char *at = t->at + 1;
    int64_t least, most = 0;
    size_t digits = up_words_scan_digits(&at, &least);
    if (digits == 0 || digits > 4)
        return fail(t, "a { is not followed by a count");
    most = least;
    if (*at == ',') {
        at++;
        size_t more = up_words_scan_digits(&at, &most);
        if (more > 4)
            return fail(t, "a repetition is too large");
    }
    if (*at != '}' || most < least)
        return fail(t, "a { is not followed by a count");
    t->copies *= most > 1 ? (unsigned long long)most : 1;
    if (t->copies > MOST_COPIES)
        return fail(t, "its repetitions are too many");
    up_buffer_add_bytes(&t->out, t->at, (size_t)(at + 1 - t->at));
    t->at = at + 1;
    return true;
}

static bool add_repetition(translation *t)
{
    if (!t->can_repeat)
        return fail(t, "nothing stands before a repetition");
    if (*t->at == '{') {
        if (!add_interval(t))
            return false;
    } else {
        up_buffer_add_char(&t->out, *t->at++);
    }
    if (*t->at == '?') /* not greedy: whether it matches is the same */
        t->at++;
    t->can_repeat = false;
    return true;
}

static bool open_group(translation *t)
{
    if (t->at[1] == '?') {
        if (t->at[2] != ':')
            return fail(t, "looking ahead or behind is not supported");
        t->at += 2;
    }
    t->at++;
    if (++t->depth > MOST_DEPTH)
        return fail(t, "its groups are too deep");
    up_buffer_add_char(&t->out, '(');
    t->can_repeat = false;
    return true;
}

static bool close_group(translation *t)
{
    if (t->depth-- == 0)
        return fail(t, "a ) has no (");
    up_buffer_add_char(&t->out, ')');
    t->at++;
    t->can_repeat = true;
    return true;
}

/* A character of UTF-8 is several to the C library where the locale has one byte for
 * each: it is made a group, so that what repeats it repeats it whole. */
static void add_character(translation *t)
{
    size_t length = 1;
    while (((unsigned char)t->at[length] & 0xC0) == 0x80)
        length++;
    if (length == 1) {
        add_literal(t, *t->at);
    } else {
        up_buffer_add_char(&t->out, '(');
        up_buffer_add_bytes(&t->out, t->at, length);
        up_buffer_add_char(&t->out, ')');
    }
    t->at += length;
}

static void add_any(translation *t)
{
    up_buffer_add(&t->out,
                  MB_CUR_MAX > 1 ? "." : "([^\n\x80-\xFF]|[\xC2-\xF4][\x80-\xBF]+)");
    t->at++;
}

static bool add_next(translation *t)
{
    char c = *t->at;
    switch (c) {
    case '*':
    case '+':
    case '?':
    case '{':
        return add_repetition(t);
    case '(':
        return open_group(t);
    case ')':
        return close_group(t);
    case '|':
    case '^':
    case '$':
        up_buffer_add_char(&t->out, c);
        t->at++;
        t->can_repeat = false;
        return true;
    default:
        break;
    }
    t->can_repeat = true;
    if (c == '\\')
        return add_escape(t);
    if (c == '[')
        return add_set(t);
    if (c == '.')
        add_any(t);
    else
        add_character(t);
    return true;
}

static up_status compile(const char *text, const char *posix, regex_t *regex,
                         up_error *err)
{
    int code = regcomp(regex, posix, REG_EXTENDED | REG_NOSUB);
    if (code == REG_ESPACE)
        return up_error_memory(err);
    if (code != 0)
        return up_error_set(err, UP_BAD_DATA, "'%.*s' is not a regular expression",
                            up_words_shown(text), text);
    return UP_OK;
}

up_status up_ecma_regex_compile(const char *text, regex_t *regex, up_error *err)
{
    translation t = {.at = text, .copies = 1};
    if (strlen(text) > MOST_BYTES)
        fail(&t, "it is too long");
    while (t.wrong == NULL && *t.at != '\0')
        add_next(&t);
    if (t.wrong == NULL && t.depth > 0)
        fail(&t, "a ( is not closed");
    up_status status = up_buffer_check(&t.out, err);
    if (status == UP_OK && t.wrong != NULL)
        status = up_error_set(err, UP_BAD_DATA,
                              "'%.*s' is not a regular expression that can be read: %s",
                              up_words_shown(text), text, t.wrong);
    if (status == UP_OK)
        status = compile(text, up_buffer_text(&t.out), regex, err);
    up_buffer_release(&t.out);
    return status;
}
