/* The number of an entry with what stands around it: sign, currency, percent, range,
 * marks. */
#include "text/entry_parts.h"

#include <stdint.h>
#include <string.h>

#include "text/quantity_parts.h"
#include "text/words.h"

typedef struct entry_reader {
    const char *p;
    char decimal, grouping;
    up_entry entry;
    bool bad_digits, too_long;
    up_error *err;
} entry_reader;

static bool take(entry_reader *r, const char *phrase)
{
    if (!up_words_begins(r->p, phrase))
        return false;
    r->p += strlen(phrase);
    return true;
}

/* A sign that has no one code ("¥") stays among the marks. */
static bool take_currency(entry_reader *r)
{
    const up_quantity_reader quiet = {.shown = r->p};
    char code[UP_CURRENCY_SIZE];
    const char *before = r->p;
    if (r->entry.currency[0] != '\0')
        return false;
    if (up_currency_read(&quiet, &r->p, code) != UP_OK) {
        if (!take(r, "\xC2\xA5") || r->entry.mark[0] != '\0')
            return false;
        strcpy(r->entry.mark, "\xC2\xA5");
        return true;
    }
    memcpy(r->entry.currency, code, sizeof r->entry.currency);
    return r->p > before;
}

static bool take_percent(entry_reader *r, bool *mille)
{
    static const char *const marks[] = {"%", "percent", "per cent", "pct"};
    if (r->entry.percent)
        return false;
    *mille = take(r, "\xE2\x80\xB0");
    bool found = *mille;
    for (size_t i = 0; !found && i < sizeof marks / sizeof *marks; i++)
        found = take(r, marks[i]);
    r->entry.percent = found;
    return found;
}

/* Before the digits: "-$", "$ -", "%", an asterisk. */
static void take_front(entry_reader *r, bool *negative, bool *mille)
{
    bool signed_already = false;
    for (;;) {
        const char *before = r->p;
        if (!signed_already && (*r->p == '-' || *r->p == '+')) {
            *negative = *r->p == '-';
            signed_already = true;
            r->p++;
        } else if (!take_currency(r) && !take_percent(r, mille)) {
            bool mark = *r->p != '#' && *r->p != '(' && *r->p != '[' &&
                        !up_words_is_letter(*r->p) &&
                        up_entry_take_mark(&r->p, false, &r->entry);
            if (!mark)
                return;
        }
        r->p = up_skip_blanks(r->p);
        if (r->p == before)
            return;
    }
}

/* e9, E+11 behind the digits: bytes. */
static size_t power_length(const char *p)
{
    size_t sign = 1;
    if (*p != 'e' && *p != 'E')
        return 0;
    if (p[1] == '+' || p[1] == '-')
        sign = 2;
    size_t digits = strspn(p + sign, "0123456789");
    return digits > 0 ? sign + digits : 0;
}

static bool take_digits(entry_reader *r, up_decimal *value)
{
    char plain[UP_FOLDED_SIZE + 2];
    size_t length = up_numeral_length(r->p);
    size_t power = power_length(r->p + length);
    char grouping = '\0';
    if (length == 0)
        return false;
    const char *digits = r->p;
    r->p += length + power;
    if (!up_numeral_plain(digits, length, r->decimal, plain, &grouping)) {
        r->bad_digits = true;
        return true;
    }
    if (grouping != '\0')
        r->grouping = grouping;
    size_t end = strlen(plain);
    memcpy(plain + end, digits + length, power);
    plain[end + power] = '\0';
    if (up_decimal_parse(plain, value, r->err) != UP_OK)
        r->too_long = true;
    return true;
}

/* Two years, a day ("1-02"), or the two parts of a telephone number are no range. */
static bool is_range(const char *first, const char *second)
{
    size_t a = strspn(first, "0123456789"), b = strspn(second, "0123456789");
    if ((a > 1 && *first == '0') || (b > 1 && *second == '0'))
        return false;
    if (a == 4 && b == 4)
        return strncmp(first, "1500", 4) < 0 || strncmp(second, "2200", 4) > 0;
    return !(a == 3 && b == 4);
}

/* "3-5", "3 - 5": low and high in place of the value. */
static bool take_range(entry_reader *r, const char *first)
{
    const char *p = up_skip_blanks(r->p);
    if (*p != '-')
        return true;
    r->p = up_skip_blanks(p + 1);
    const char *second = r->p;
    if (!take_digits(r, &r->entry.high) || !is_range(first, second))
        return false;
    r->entry.low = r->entry.value;
    r->entry.value = (up_decimal){0};
    if (!r->bad_digits && !r->too_long &&
        up_decimal_compare(r->entry.low, r->entry.high) >= 0)
        return false;
    r->entry.has_low = r->entry.has_high = true;
    return true;
}

/* Behind the digits: percent, currency, "+", the closing parenthesis, flags. */
static bool take_rest(entry_reader *r, bool opened, bool *mille)
{
    if (!r->entry.has_low && r->entry.qualifier == UP_EXACTLY && *r->p == '+') {
        r->entry.qualifier = UP_AT_LEAST;
        r->p++;
    }
    while (*r->p != '\0') {
        bool blank = *r->p == ' ';
        r->p = up_skip_blanks(r->p);
        if (opened && *r->p == ')') {
            opened = false;
            r->p++;
        } else if (!take_percent(r, mille) &&
                   !up_entry_take_mark(&r->p, blank, &r->entry) && !take_currency(r)) {
            return false;
        }
    }
    return !opened;
}

static up_entry_outcome finish(entry_reader *r, bool negative, bool mille)
{
    up_entry *e = &r->entry;
    e->kind = UP_ENTRY_NUMBER;
    e->has_value = !e->has_low;
    if (r->bad_digits)
        return UP_BAD_DIGITS;
    if (r->too_long)
        return UP_TOO_LONG;
    if (negative && e->has_value)
        e->value = up_decimal_negate(e->value);
    up_decimal *values[] = {&e->value, &e->low, &e->high};
    for (size_t i = 0; mille && i < 3; i++)
        if (up_decimal_scale(*values[i], -1, values[i], r->err) != UP_OK)
            return UP_TOO_LONG;
    return UP_A_NUMBER;
}

up_entry_outcome up_entry_parse(const char *text, char decimal, up_entry *entry,
                                char *grouping, up_error *err)
{
    entry_reader r = {.p = text, .decimal = decimal, .err = err};
    bool negative = false, minus = false, mille = false;
    up_qualifier_read(&r.p, &r.entry.qualifier);
    take_front(&r, &minus, &mille);
    bool opened = *r.p == '(';
    if (opened) {
        if (minus)
            return UP_NO_NUMBER;
        negative = true;
        r.p = up_skip_blanks(r.p + 1);
        take_front(&r, &minus, &mille);
        if (minus)
            return UP_NO_NUMBER;
    }
    const char *first = r.p;
    if (!take_digits(&r, &r.entry.value))
        return UP_NO_NUMBER;
    if (!minus && !opened && r.entry.qualifier == UP_EXACTLY && !take_range(&r, first))
        return UP_NO_NUMBER;
    if (!take_rest(&r, opened, &mille))
        return UP_NO_NUMBER;
    up_entry_outcome outcome = finish(&r, negative || minus, mille);
    *entry = r.entry;
    *grouping = r.grouping;
    return outcome;
}
