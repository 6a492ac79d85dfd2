/* Scenarios as people write them. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "uptick/number.h"
#include "uptick/scenario.h"

/* --- Words ------------------------------------------------------------------------------------------ */

static size_t blank_at(const char *at)
{
    if (*at == ' ' || *at == '\t')
        return 1;
    return strncmp(at, "\xc2\xa0", 2) == 0 ? 2 : 0;
}

static void skip_blanks(const char **at)
{
    for (size_t n; (n = blank_at(*at)) > 0;)
        *at += n;
}

/* Goes past a word, in upper or lower case, and the blanks after it, if it stands there. */
static bool take_word(const char **at, const char *word, size_t length)
{
    const char *after = *at + length;
    if (strncasecmp(*at, word, length) != 0 ||
        !(*after == '\0' || *after == ',' || blank_at(after) > 0))
        return false;
    *at = after;
    skip_blanks(at);
    return true;
}

/* The same of several words, all or none. */
static bool take(const char **at, const char *words)
{
    const char *here = *at;
    while (*words != '\0') {
        size_t length = strcspn(words, " ");
        if (!take_word(&here, words, length))
            return false;
        words += length + (words[length] == ' ');
    }
    *at = here;
    return true;
}

static bool take_any(const char **at, const char *const words[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (take(at, words[i]))
            return true;
    return false;
}

static bool take_year(const char **at)
{
    static const char *const words[] = {"a year",     "each year", "per year",
                                        "every year", "yearly",    "annually"};
    return take_any(at, words, sizeof words / sizeof words[0]);
}

/* "-2.5 %", "20 percent": as a fraction. */
static bool take_percent(const char **at, double *fraction)
{
    static const char *const signs[] = {"percent", "per cent"};
    static const char minus[] = "\xe2\x88\x92";
    const char *here = *at;
    char text[32];
    size_t length = 0, digits;
    double number;
    if (strncmp(here, minus, sizeof minus - 1) == 0) {
        text[length++] = '-';
        here += sizeof minus - 1;
    } else if (*here == '-' || *here == '+') {
        text[length] = *here++;
        length += text[0] == '-';
    }
    digits = strspn(here, "0123456789.");
    if (digits == 0 || digits + length >= sizeof text)
        return false;
    memcpy(text + length, here, digits);
    text[length + digits] = '\0';
    here += digits;
    skip_blanks(&here);
    if (*here == '%') {
        here++;
        skip_blanks(&here);
    } else if (!take_any(&here, signs, 2))
        return false;
    if (up_number_parse(text, &number, NULL) != UP_OK)
        return false;
    *fraction = number / 100;
    *at = here;
    return true;
}

/* --- One scenario ------------------------------------------------------------------------------------ */

/* "halves each year", "falling 30 % a year" */
static bool take_fade(const char **at, double *fade)
{
    static const char *const halves[] = {"halves", "halving"};
    static const char *const doubles[] = {"doubles", "doubling"};
    static const char *const falls[] = {"falls", "falling", "fades", "fading"};
    static const char *const rises[] = {"rises", "rising"};
    double percent;
    if (take_any(at, halves, 2)) {
        *fade = 0.5;
        return take_year(at);
    }
    if (take_any(at, doubles, 2)) {
        *fade = 2;
        return take_year(at);
    }
    bool down = take_any(at, falls, 4);
    if (!down && !take_any(at, rises, 2))
        return false;
    (void)take(at, "by");
    if (!take_percent(at, &percent) || percent < 0)
        return false;
    *fade = down ? 1 - percent : 1 + percent;
    return take_year(at);
}

/* The words after the name; false: they are of no form. */
static bool read_words(const char *at, up_scenario *s)
{
    s->fade = 1;
    if (take(&at, "no growth")) {
        s->has_rate = true;
        return *at == '\0';
    }
    bool growth = take(&at, "growth");
    if (growth && take(&at, "stays"))
        return *at == '\0';
    if (growth && take_fade(&at, &s->fade))
        return *at == '\0';
    if (growth)
        (void)take(&at, "of");
    if (!take_percent(&at, &s->rate_per_year))
        return false;
    s->has_rate = true;
    (void)take_year(&at);
    if (*at == ',') {
        at++;
        skip_blanks(&at);
        if (!take_fade(&at, &s->fade))
            return false;
    }
    return *at == '\0';
}

static up_status unknown_words(const char *words, up_error *err)
{
    return up_error_set(
        err, UP_USAGE,
        "'%.100s' is no scenario; wanted: growth stays; growth halves (doubles) each "
        "year; "
        "growth falls (rises) 30 %% a year; 20 %% a year; 20 %% a year, halving "
        "(doubling, falling 30 %%, rising 30 %%) each year; no growth; with NAME: before "
        "each if you like",
        words);
}

/* Where the words begin: after "NAME:", or after low, base or high. *length: of the name. */
static const char *words_of(const char *text, size_t *length)
{
    static const char *const names[] = {"low", "base", "high"};
    const char *colon = strchr(text, ':'), *at = text;
    *length = 0;
    if (colon != NULL) {
        *length = (size_t)(colon - text);
        at = colon + 1;
        skip_blanks(&at);
        return at;
    }
    for (size_t i = 0; i < 3; i++)
        if (take(&at, names[i])) {
            *length = strlen(names[i]);
            return at;
        }
    return text;
}

static up_status copy_part(const char *from, size_t length, char **out, up_error *err)
{
    up_status status = up_alloc(length + 1, 1, out, err);
    if (status == UP_OK)
        memcpy(*out, from, length); /* the last byte is 0 */
    return status;
}

static up_status read_scenario(up_scenario *s, up_error *err)
{
    size_t length;
    const char *words = words_of(s->text, &length);
    if (strchr(s->text, ':') != NULL && length == 0)
        return up_error_set(err, UP_USAGE, "'%.100s' has no name before the colon",
                            s->text);
    if (!read_words(words, s))
        return unknown_words(words, err);
    if (s->has_rate && !(s->rate_per_year > -1))
        return up_error_set(err, UP_USAGE, "'%.100s': a rate is more than -100 %% a year",
                            s->text);
    if (!(s->fade > 0))
        return up_error_set(err, UP_USAGE,
                            "'%.100s': growth falls by less than 100 %% a year", s->text);
    while (length > 0 && s->text[length - 1] == ' ')
        length--;
    return copy_part(s->text, length > 0 ? length : strlen(s->text), &s->name, err);
}

/* --- Several ----------------------------------------------------------------------------------------- */

static up_status add_part(const char *from, size_t length, up_scenario_list *list,
                          up_error *err)
{
    while (length > 0 && blank_at(from) > 0) {
        length -= blank_at(from);
        from += blank_at(from);
    }
    while (length > 0 && (from[length - 1] == ' ' || from[length - 1] == '\t'))
        length--;
    up_status status =
        up_grow(&list->items, &list->capacity, list->count + 1, sizeof *list->items, err);
    if (status != UP_OK)
        return status;
    up_scenario *s = &list->items[list->count++];
    *s = (up_scenario){0};
    status = copy_part(from, length, &s->text, err);
    if (status == UP_OK)
        status = read_scenario(s, err);
    for (size_t i = 0; i + 1 < list->count && status == UP_OK; i++)
        if (strcmp(list->items[i].name, s->name) == 0)
            status = up_error_set(err, UP_USAGE, "the scenario '%.100s' stands twice",
                                  s->name);
    return status;
}

up_status up_scenarios_parse(const char *text, up_scenario_list *list, up_error *err)
{
    up_scenario_list result = {0};
    up_status status = UP_OK;
    for (const char *at = text; *at != '\0'; at++)
        if ((unsigned char)*at < ' ' && *at != '\t')
            return up_error_set(err, UP_USAGE, "a control character in a scenario");
    for (const char *at = text; at != NULL && status == UP_OK;) {
        const char *end = strchr(at, ';');
        status =
            add_part(at, end != NULL ? (size_t)(end - at) : strlen(at), &result, err);
        at = end != NULL ? end + 1 : NULL;
    }
    if (status == UP_OK)
        *list = result;
    else
        up_scenarios_release(&result);
    return status;
}

void up_scenarios_release(up_scenario_list *list)
{
    if (list == NULL)
        return;
    for (size_t i = 0; i < list->count; i++) {
        free(list->items[i].name);
        free(list->items[i].text);
    }
    free(list->items);
    *list = (up_scenario_list){0};
}
