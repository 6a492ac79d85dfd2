#include "import/number_pattern.h"

#include <string.h>

#include "text/words.h"

#define PER_MILLE "\xE2\x80\xB0"

/* A run of digits (in a pattern: # and 0) and thousands marks. */
typedef struct run {
    const char *at;
    size_t length, digits, zeros, marks;
} run;

typedef struct number_parts {
    const char *before, *after; /* "%", "‰", "" */
    char sign;
    run integer, fraction, exponent;
    bool has_point, has_exponent;
    char exponent_sign;
} number_parts;

static bool skip(const char **at, const char *mark)
{
    size_t length = strlen(mark);
    if (length == 0 || strncmp(*at, mark, length) != 0)
        return false;
    *at += length;
    return true;
}

static const char *scan_percent(const char **at)
{
    return skip(at, "%") ? "%" : skip(at, PER_MILLE) ? PER_MILLE : "";
}

static char scan_sign(const char **at)
{
    return **at == '+' || **at == '-' ? *(*at)++ : '\0';
}

static bool is_digit_of(char c, bool pattern)
{
    return pattern ? c == '#' || c == '0' : up_words_is_digit(c);
}

static run scan_run(const char **at, const char *group, bool pattern)
{
    run result = {.at = *at};
    for (;;) {
        if (is_digit_of(**at, pattern)) {
            result.digits++;
            result.zeros += **at == '0';
            (*at)++;
        } else if (skip(at, group)) {
            result.marks++;
        } else {
            result.length = (size_t)(*at - result.at);
            return result;
        }
    }
}

/* Takes a number or a pattern apart; false when something else stands in it. */
static bool scan(const char *at, const number_format *format, bool pattern,
                 number_parts *parts)
{
    const char *point = format->decimal[0] != '\0' ? format->decimal : ".";
    const char *group = format->group[0] != '\0' || !pattern ? format->group : ",";
    *parts = (number_parts){.before = scan_percent(&at)};
    parts->sign = scan_sign(&at);
    if (parts->before[0] == '\0')
        parts->before = scan_percent(&at);
    parts->integer = scan_run(&at, group, pattern);
    parts->has_point = skip(&at, point);
    if (parts->has_point)
        parts->fraction = scan_run(&at, group, pattern);
    if (*at == 'E' || (!pattern && *at == 'e')) {
        at++;
        parts->has_exponent = true;
        parts->exponent_sign = scan_sign(&at);
        parts->exponent = scan_run(&at, "", pattern);
    }
    parts->after = scan_percent(&at);
    return *at == '\0';
}

bool up_number_set_mark(char mark[NUMBER_MARK_SIZE], const char *text)
{
    size_t length = strlen(text), characters = 0;
    for (size_t i = 0; i < length; i++)
        characters += ((unsigned char)text[i] & 0xC0) != 0x80;
    if (characters != 1 || length >= NUMBER_MARK_SIZE ||
        strchr("0123456789+-#Ee%", text[0]) != NULL || strcmp(text, PER_MILLE) == 0)
        return false;
    memcpy(mark, text, length + 1);
    return true;
}

/* --- Patterns ----------------------------------------------------------------------- */

/* The digits of a run from `from` to the next mark, or to the end. */
static size_t count_group(const run *r, size_t from)
{
    size_t count = 0;
    while (from + count < r->length &&
           (r->at[from + count] == '#' || r->at[from + count] == '0'))
        count++;
    return count;
}

/* #,##,#00: the last group has 3 digits, those before it 2. */
static void find_groups(const run *integer, number_format *format)
{
    size_t sizes[2] = {0, 0};
    size_t at = count_group(integer, 0);
    while (at < integer->length) {
        if (integer->at[at] != '#' && integer->at[at] != '0') {
            at++;
            continue;
        }
        size_t count = count_group(integer, at);
        sizes[0] = sizes[1];
        sizes[1] = count;
        at += count;
    }
    format->first_group = sizes[1];
    format->other_group = sizes[0] > 0 ? sizes[0] : sizes[1];
}

/* In `0` and `#` one of them must come first: #0 before the point, 0# after it. */
static bool is_ordered(const run *r, char first)
{
    bool turned = false;
    for (size_t i = 0; i < r->length; i++) {
        char c = r->at[i];
        if (c != '#' && c != '0')
            continue;
        if (c != first)
            turned = true;
        else if (turned)
            return false;
    }
    return true;
}

up_status up_number_pattern_parse(const char *pattern, number_format *format,
                                  up_error *err)
{
    number_parts parts;
    bool good = scan(pattern, format, true, &parts) &&
                (parts.integer.digits > 0 || parts.fraction.digits > 0) &&
                is_ordered(&parts.integer, '#') && is_ordered(&parts.fraction, '0') &&
                (!parts.has_exponent || parts.exponent.zeros > 0) &&
                (parts.before[0] == '\0' || parts.after[0] == '\0');
    if (!good)
        return up_error_set(
            err, UP_BAD_DATA,
            "'%.*s' is not a number pattern (wanted one such as #,##0.00)",
            up_words_shown(pattern), pattern);
    if (parts.integer.marks + parts.fraction.marks > 0 && format->group[0] == '\0')
        strcpy(format->group, ",");
    format->has_pattern = true;
    format->sign = parts.sign;
    format->before = parts.before;
    format->after = parts.after;
    format->min_integer = parts.integer.zeros;
    format->max_integer = parts.has_exponent ? parts.integer.digits : SIZE_MAX;
    if (parts.integer.marks > 0)
        find_groups(&parts.integer, format);
    format->min_fraction = parts.fraction.zeros;
    format->max_fraction = parts.fraction.digits;
    format->fraction_group =
        parts.fraction.marks > 0 ? count_group(&parts.fraction, 0) : 0;
    format->min_exponent = parts.exponent.zeros;
    format->exponent_sign = parts.exponent_sign == '+';
    return UP_OK;
}

/* --- Numbers ------------------------------------------------------------------------ */

/* The digits at the end (or the beginning) of what is left of a run, up to a mark. */
static size_t digits_at_end(const char *at, size_t length)
{
    size_t count = 0;
    while (count < length && up_words_is_digit(at[length - 1 - count]))
        count++;
    return count;
}

static bool has_integer_groups(const number_format *format, const run *r)
{
    size_t mark = strlen(format->group), left = r->length;
    size_t wanted = format->first_group;
    if (wanted == 0)
        return r->marks == 0;
    for (;;) {
        size_t count = digits_at_end(r->at, left);
        left -= count;
        if (left == 0)
            return count <= wanted && (count > 0 || r->digits == 0);
        if (count != wanted)
            return false;
        left -= mark;
        wanted = format->other_group;
    }
}

static bool has_fraction_groups(const number_format *format, const run *r)
{
    size_t mark = strlen(format->group), at = 0;
    if (format->fraction_group == 0)
        return r->marks == 0;
    for (;;) {
        size_t count = 0;
        while (at + count < r->length && up_words_is_digit(r->at[at + count]))
            count++;
        at += count;
        if (at == r->length)
            return count <= format->fraction_group && (count > 0 || r->length == 0);
        if (count != format->fraction_group)
            return false;
        at += mark;
    }
}

/* Without a pattern: a mark stands between digits. */
static bool has_marks_between_digits(const number_format *format, const run *r)
{
    size_t mark = strlen(format->group);
    bool after_digit = false;
    if (r->marks == 0)
        return true;
    for (size_t i = 0; i < r->length;) {
        bool digit = up_words_is_digit(r->at[i]);
        if (!digit && !after_digit)
            return false;
        after_digit = digit;
        i += digit ? 1 : mark;
    }
    return after_digit;
}

static const char *check_pattern(const number_format *f, const number_parts *p)
{
    if (f->sign != '\0' && (p->sign == '\0' || (f->sign == '-' && p->sign != '-')))
        return "a sign is missing";
    if (strcmp(f->before, p->before) != 0 || strcmp(f->after, p->after) != 0)
        return "the percent sign is not where the pattern has it";
    if (p->integer.digits < f->min_integer)
        return "too few digits before the decimal mark";
    if (p->integer.digits > f->max_integer)
        return "too many digits before the decimal mark";
    if (p->fraction.digits < f->min_fraction)
        return "too few digits after the decimal mark";
    if (p->fraction.digits > f->max_fraction || (p->has_point && f->max_fraction == 0))
        return "too many digits after the decimal mark";
    if (!has_integer_groups(f, &p->integer) || !has_fraction_groups(f, &p->fraction))
        return "thousands marks are not where the pattern has them";
    if (p->has_exponent != (f->min_exponent > 0) || p->exponent.digits < f->min_exponent)
        return "the exponent is not as the pattern has it";
    if (f->exponent_sign && p->exponent_sign == '\0')
        return "the exponent has no sign";
    return NULL;
}

static const char *check(const number_format *f, const number_parts *p)
{
    bool percent = p->before[0] != '\0' || p->after[0] != '\0';
    if (p->integer.digits + p->fraction.digits == 0 ||
        (p->has_point && p->fraction.digits == 0))
        return "digits are missing";
    if (p->has_exponent && p->exponent.digits == 0)
        return "the exponent has no digits";
    if (f->whole && p->has_point)
        return "a whole number has no decimal mark";
    if (p->has_exponent && !f->exponent)
        return "the type has no exponent";
    if (percent && (!f->percent || f->whole))
        return "a percent sign is not expected";
    if (p->before[0] != '\0' && p->after[0] != '\0')
        return "two percent signs";
    if (f->has_pattern)
        return check_pattern(f, p);
    if (!has_marks_between_digits(f, &p->integer) ||
        !has_marks_between_digits(f, &p->fraction))
        return "a thousands mark stands between no digits";
    return NULL;
}

enum { PLAIN_SIZE = 200 };

/* A number in the plain notation that decimals are read from. */
typedef struct plain_number {
    char text[PLAIN_SIZE];
    size_t length;
    bool too_long;
} plain_number;

static void add_char(plain_number *plain, char c)
{
    plain->too_long = plain->too_long || plain->length + 1 >= sizeof plain->text;
    if (!plain->too_long)
        plain->text[plain->length++] = c;
}

static void add_digits(plain_number *plain, const run *r)
{
    for (size_t i = 0; i < r->length; i++)
        if (up_words_is_digit(r->at[i]))
            add_char(plain, r->at[i]);
}

static const char *compose(const number_parts *p, up_decimal *value)
{
    plain_number plain = {0};
    if (p->sign == '-')
        add_char(&plain, '-');
    if (p->integer.digits == 0)
        add_char(&plain, '0');
    add_digits(&plain, &p->integer);
    if (p->fraction.digits > 0)
        add_char(&plain, '.');
    add_digits(&plain, &p->fraction);
    if (p->has_exponent)
        add_char(&plain, 'e');
    if (p->exponent_sign == '-')
        add_char(&plain, '-');
    add_digits(&plain, &p->exponent);
    bool percent = p->before[0] == '%' || p->after[0] == '%';
    bool per_mille = p->before[0] == PER_MILLE[0] || p->after[0] == PER_MILLE[0];
    int power = percent ? -2 : per_mille ? -3 : 0;
    up_decimal result;
    if (plain.too_long || up_decimal_parse(plain.text, &result, NULL) != UP_OK ||
        up_decimal_scale(result, power, &result, NULL) != UP_OK)
        return "more than 38 digits, or an exponent beyond 60";
    *value = result;
    return NULL;
}

/* The number in "EUR 95.5 (prov.)": from the first digit, sign or mark before one to the
 * last digit. False when it is longer than numbers are. */
static bool cut_out(const char *text, char out[PLAIN_SIZE])
{
    const char *first = text + strcspn(text, "0123456789");
    const char *last = text + strlen(text);
    while (last > first && !up_words_is_digit(last[-1]))
        last--;
    while (first > text && strchr("+-.,", first[-1]) != NULL)
        first--;
    size_t length = (size_t)(last - first);
    if (length >= PLAIN_SIZE)
        return false;
    memcpy(out, first, length);
    out[length] = '\0';
    return true;
}

static const char *read_bare(const number_format *format, const char *text,
                             up_decimal *value, const char **special)
{
    static const char *const specials[] = {"NaN", "INF", "-INF"};
    *special = NULL;
    for (size_t i = 0; i < 3 && format->specials; i++)
        if (strcmp(text, specials[i]) == 0) {
            *special = specials[i];
            return NULL;
        }
    number_parts parts;
    if (!scan(text, format, false, &parts))
        return "not digits with the marks expected";
    const char *reason = check(format, &parts);
    return reason != NULL ? reason : compose(&parts, value);
}

const char *up_number_pattern_read(const number_format *format, const char *text,
                                   up_decimal *value, const char **special)
{
    if (format->bare)
        return read_bare(format, text, value, special);
    char cut[PLAIN_SIZE];
    return cut_out(text, cut) ? read_bare(format, cut, value, special)
                              : "more than 38 digits, or an exponent beyond 60";
}
