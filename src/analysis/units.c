#include "analysis/units.h"

#include <string.h>

static bool has_capital_end(const char *text, size_t length)
{
    return length > 0 && text[length - 1] >= 'A' && text[length - 1] <= 'Z';
}

static bool ends_with(const char *text, size_t length, const char *end)
{
    size_t n = strlen(end);
    return length >= n && memcmp(text + length - n, end, n) == 0;
}

/* Plural endings and their singulars; the first that fits. "" keeps the word. */
static const struct {
    const char *plural, *singular;
} endings[] = {{"people", "person"}, {"ss", "ss"}, {"us", "us"},   {"is", "is"},
               {"series", "series"}, {"ies", "y"}, {"ches", "ch"}, {"shes", "sh"},
               {"sses", "ss"},       {"xes", "x"}, {"s", ""}};

/* A word in the singular: its first `length` characters and an ending. */
typedef struct singular {
    const char *text, *ending;
    size_t length;
} singular;

static singular singular_of(const char *text, size_t length)
{
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (ends_with(text, length, endings[i].plural))
            return (singular){text, endings[i].singular,
                              length - strlen(endings[i].plural)};
    return (singular){text, "", length};
}

static char letter(const singular *word, size_t i)
{
    return i < word->length ? word->text[i] : word->ending[i - word->length];
}

static void add_singular(const char *text, size_t length, up_buffer *out)
{
    singular word = singular_of(text, length);
    up_buffer_add_bytes(out, text, word.length);
    up_buffer_add(out, word.ending);
}

static void add_plural(const char *text, size_t length, up_buffer *out)
{
    bool is_plural = ends_with(text, length, "s") || has_capital_end(text, length);
    if (ends_with(text, length, "person")) {
        up_buffer_add_bytes(out, text, length - strlen("person"));
        up_buffer_add(out, "people");
    } else {
        up_buffer_add_bytes(out, text, length);
        up_buffer_add(out, is_plural ? "" : "s");
    }
}

static bool same_factor(const up_unit_factor *a, const up_unit_factor *b)
{
    singular x = singular_of(a->text, a->length), y = singular_of(b->text, b->length);
    size_t length = x.length + strlen(x.ending);
    if (length != y.length + strlen(y.ending))
        return false;
    for (size_t i = 0; i < length; i++)
        if (letter(&x, i) != letter(&y, i))
            return false;
    return true;
}

static up_status push(up_unit *unit, up_unit_factor factor, up_error *err)
{
    for (size_t i = 0; i < unit->count; i++)
        if (unit->factors[i].below != factor.below &&
            same_factor(&unit->factors[i], &factor)) {
            memmove(&unit->factors[i], &unit->factors[i + 1],
                    (--unit->count - i) * sizeof *unit->factors);
            return UP_OK;
        }
    if (unit->count == UP_UNIT_FACTORS)
        return up_error_set(err, UP_USAGE, "the unit of the result has too many parts");
    unit->factors[unit->count++] = factor;
    return UP_OK;
}

up_status up_unit_parse(const char *text, up_unit *unit, up_error *err)
{
    up_unit result = {0};
    up_status status = UP_OK;
    bool below = strncmp(text, "per ", 4) == 0;
    text += below ? 4 : 0;
    while (*text != '\0' && status == UP_OK) {
        const char *per = strstr(text, " per ");
        size_t length = per != NULL ? (size_t)(per - text) : strlen(text);
        if (result.count == UP_UNIT_FACTORS)
            return up_error_set(err, UP_USAGE, "the unit '%s' has too many parts", text);
        result.factors[result.count++] =
            (up_unit_factor){.text = text, .length = length, .below = below};
        below = true;
        text += length + (per != NULL ? strlen(" per ") : 0);
    }
    *unit = result;
    return status;
}

up_status up_unit_combine(const up_unit *a, const up_unit *b, bool divide, up_unit *out,
                          up_error *err)
{
    up_unit result = *a;
    up_status status = UP_OK;
    for (size_t i = 0; i < b->count && status == UP_OK; i++) {
        up_unit_factor factor = b->factors[i];
        factor.below = factor.below != divide;
        factor.was_inverted = factor.was_inverted != divide;
        status = push(&result, factor, err);
    }
    if (status == UP_OK)
        *out = result;
    return status;
}

bool up_unit_equals(const up_unit *a, const up_unit *b)
{
    up_unit rest;
    return up_unit_combine(a, b, true, &rest, NULL) == UP_OK && rest.count == 0;
}

void up_unit_format(const up_unit *unit, up_buffer *out)
{
    size_t written = 0;
    for (size_t i = 0; i < unit->count; i++) {
        const up_unit_factor *f = &unit->factors[i];
        if (f->below)
            continue;
        up_buffer_add(out, written++ > 0 ? " * " : "");
        if (f->was_inverted)
            add_plural(f->text, f->length, out);
        else
            up_buffer_add_bytes(out, f->text, f->length);
    }
    for (size_t i = 0; i < unit->count; i++) {
        const up_unit_factor *f = &unit->factors[i];
        if (!f->below)
            continue;
        up_buffer_add(out, written++ > 0 ? " per " : "per ");
        if (f->was_inverted)
            add_singular(f->text, f->length, out);
        else
            up_buffer_add_bytes(out, f->text, f->length);
    }
}
