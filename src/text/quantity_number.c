/* One amount: digits in groups, number words, fractions, multipliers, percent, fold. */
#include "text/quantity_parts.h"

#include <stdio.h>
#include <string.h>

#include "text/words.h"

enum { NUMERAL_SIZE = 200 };

typedef struct number_word {
    const char *text;
    int value;
} number_word;

static const number_word units[] = {
    {"zero", 0},     {"one", 1},        {"two", 2},       {"three", 3},
    {"four", 4},     {"five", 5},       {"six", 6},       {"seven", 7},
    {"eight", 8},    {"nine", 9},       {"ten", 10},      {"eleven", 11},
    {"twelve", 12},  {"thirteen", 13},  {"fourteen", 14}, {"fifteen", 15},
    {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19}};
static const number_word tens[] = {{"twenty", 20}, {"thirty", 30}, {"forty", 40},
                                   {"fifty", 50},  {"sixty", 60},  {"seventy", 70},
                                   {"eighty", 80}, {"ninety", 90}};
static const number_word chinese_digits[] = {{"一", 1}, {"二", 2}, {"两", 2}, {"三", 3},
                                             {"四", 4}, {"五", 5}, {"六", 6}, {"七", 7},
                                             {"八", 8}, {"九", 9}};

/* The value is text: a third is kept to the digits a double can tell. */
static const struct {
    const char *text;
    int denominator;
} fractions[] = {{"half", 2},    {"halves", 2},   {"third", 3},  {"thirds", 3},
                 {"quarter", 4}, {"quarters", 4}, {"fifth", 5},  {"fifths", 5},
                 {"eighth", 8},  {"eighths", 8},  {"tenth", 10}, {"tenths", 10}};

/* Longer before shorter where one begins with the other. Letters are told by their case. */
static const struct {
    const char *text;
    int power;
    bool exact_case;
} multipliers[] = {
    {"hundred", 2, false}, {"thousand", 3, false},  {"million", 6, false},
    {"billion", 9, false}, {"trillion", 12, false}, {"quadrillion", 15, false},
    {"lakh", 5, false},    {"crore", 7, false},     {"mln", 6, false},
    {"mn", 6, false},      {"bln", 9, false},       {"bn", 9, false},
    {"trn", 12, false},    {"tn", 12, false},       {"k", 3, false},
    {"M", 6, true},        {"b", 9, false},         {"T", 12, true},
    {"万亿", 12, false},   {"萬億", 12, false},     {"亿", 8, false},
    {"億", 8, false},      {"千万", 7, false},      {"百万", 6, false},
    {"十万", 5, false},    {"万", 4, false},        {"萬", 4, false},
    {"千", 3, false},      {"百", 2, false}};

static const struct {
    const char *text, *readings;
} ambiguous[] = {{"m", "metres, minutes, months or million: write M or million"},
                 {"t", "tonnes or trillion: write T or trillion"},
                 {"g", "grams or billion: write B or billion"},
                 {"G", "giga or billion: write B or billion"},
                 {"MM", "million or thousand thousand: write M or million"},
                 {"mm", "millimetres or million: write M or million"},
                 {"兆", "10^6 or 10^12: write 万 and 亿"}};

const char *up_skip_blanks(const char *p)
{
    while (*p == ' ')
        p++;
    return p;
}

static bool begins_exactly(const char *text, const char *phrase)
{
    size_t length = strlen(phrase);
    return strncmp(text, phrase, length) == 0 &&
           !(up_words_is_letter(phrase[length - 1]) && up_words_is_letter(text[length]));
}

static bool take(const char **p, const char *phrase)
{
    if (!up_words_begins(*p, phrase))
        return false;
    *p += strlen(phrase);
    return true;
}

static bool take_word(const char **p, const number_word *words, size_t count, int *value)
{
    for (size_t i = 0; i < count; i++)
        if (take(p, words[i].text)) {
            *value = words[i].value;
            return true;
        }
    return false;
}

#define TAKE_WORD(p, words, value)                                                       \
    take_word(p, words, sizeof(words) / sizeof *(words), value)

/* ---- Digits ---- */

typedef struct digit_groups {
    char digits[NUMERAL_SIZE];
    size_t length;
    size_t first, last; /* digits in the first and in the last group */
    size_t count;       /* groups */
    bool in_threes, in_twos;
} digit_groups;

static size_t digits_at(const char *p)
{
    size_t count = 0;
    while (up_words_is_digit(p[count]))
        count++;
    return count;
}

static bool add_group(digit_groups *groups, const char **p)
{
    size_t count = digits_at(*p);
    if (groups->length + count + 1 > sizeof groups->digits)
        return false;
    memcpy(groups->digits + groups->length, *p, count);
    groups->length += count;
    groups->digits[groups->length] = '\0';
    *p += count;
    if (groups->count == 0)
        groups->first = count;
    else if (groups->count > 1) {
        groups->in_twos = groups->in_twos && groups->last == 2;
    }
    groups->in_threes = groups->in_threes && (groups->count == 0 || count == 3);
    groups->last = count;
    groups->count++;
    return true;
}

/* The separator that groups the digits here: a digit stands on either side of it. */
static char separator_at(const char *p, char point)
{
    bool is_separator =
        (*p == ',' || *p == '.' || *p == ' ' || *p == '\'') && *p != point;
    return is_separator && up_words_is_digit(p[1]) ? *p : '\0';
}

/* "12,5" is a decimal comma, "12,34,567" Indian, "12,34,5" neither. */
static up_status refuse_groups(const up_quantity_reader *reader,
                               const digit_groups *groups, char separator)
{
    if (groups->in_twos && groups->last == 3 && groups->count > 2 && separator == ',')
        return up_quantity_refuse(reader,
                                  "groups its digits the Indian way, which is not read: "
                                  "write %s",
                                  groups->digits);
    if (separator == ',' && groups->count == 2)
        return up_quantity_refuse(reader, "does not group its digits in threes; for a "
                                          "decimal comma say so (--decimal ,)");
    if (separator == '.')
        return up_quantity_refuse(reader,
                                  "does not group its digits in threes (the decimal "
                                  "mark is set to a comma)");
    return up_quantity_refuse(reader, "does not group its digits in threes");
}

static up_status read_whole(const up_quantity_reader *reader, const char **p, char point,
                            digit_groups *groups)
{
    *groups = (digit_groups){.in_threes = true, .in_twos = true};
    char separator = '\0';
    for (;;) {
        if (!add_group(groups, p))
            return up_quantity_refuse(reader, "has too many digits");
        char next = separator_at(*p, point);
        if (next == '\0' || (separator != '\0' && next != separator))
            break;
        separator = next;
        ++*p;
    }
    bool grouped = groups->count > 1;
    if (grouped && (!groups->in_threes || groups->first > 3))
        return refuse_groups(reader, groups, separator);
    if (separator_at(*p, point) != '\0')
        return up_quantity_refuse(reader, "mixes two ways to group digits");
    return UP_OK;
}

/* Copies ".5" or ",5" as a fraction. */
static bool read_fraction(const char **p, char point, char *out, size_t size)
{
    if (**p != point || !up_words_is_digit((*p)[1]))
        return true;
    size_t count = digits_at(*p + 1);
    if (count + 2 > size)
        return false;
    *out = '.';
    memcpy(out + 1, *p + 1, count);
    out[count + 1] = '\0';
    *p += count + 1;
    return true;
}

/* Copies e9, E+9, e-9; an e without digits is left where it is. */
static bool read_power(const char **p, char *out, size_t size)
{
    const char *s = *p;
    if (*s != 'e' && *s != 'E')
        return true;
    s++;
    if (*s == '+' || *s == '-')
        s++;
    size_t count = digits_at(s);
    size_t length = (size_t)(s - *p) + count;
    if (count == 0)
        return true;
    if (length + 1 > size)
        return false;
    memcpy(out, *p, length);
    out[length] = '\0';
    *p += length;
    return true;
}

static up_status read_digits(const up_quantity_reader *reader, const char **p,
                             up_decimal *value)
{
    char point = reader->options.decimal_comma ? ',' : '.';
    char numeral[2 * NUMERAL_SIZE] = "0";
    digit_groups groups = {.length = 0};
    if (up_words_is_digit(**p)) {
        up_status status = read_whole(reader, p, point, &groups);
        if (status != UP_OK)
            return status;
        memcpy(numeral, groups.digits, groups.length + 1);
    }
    size_t length = strlen(numeral);
    bool fits = read_fraction(p, point, numeral + length, sizeof numeral - length);
    length = strlen(numeral);
    fits = fits && read_power(p, numeral + length, sizeof numeral - length);
    if (!fits)
        return up_quantity_refuse(reader, "has too many digits");
    if (**p == point && up_words_is_digit((*p)[1]))
        return up_quantity_refuse(reader, "has two decimal marks");
    return up_decimal_parse(numeral, value, reader->err);
}

/* ---- Words ---- */

/* n / d as a decimal; false for a fraction that has no short one. */
static bool divide(int n, int d, up_decimal *value)
{
    static const char *const thirds[] = {"0.333333333333333", "0.666666666666667"};
    if (d == 3 && (n == 1 || n == 2))
        return up_decimal_parse(thirds[n - 1], value, NULL) == UP_OK;
    for (int power = 0, scale = 1; power <= 3; power++, scale *= 10)
        if (n * scale % d == 0 && n < d)
            return up_decimal_scale(up_decimal_from_int(n * scale / d), -power, value,
                                    NULL) == UP_OK;
    return false;
}

/* "third", "-thirds" behind the numerator n. */
static bool read_denominator(const char **p, int n, up_decimal *value)
{
    const char *s = up_skip_blanks(*p);
    if (*s == '-')
        s++;
    for (size_t i = 0; i < sizeof fractions / sizeof *fractions; i++)
        if (take(&s, fractions[i].text) && divide(n, fractions[i].denominator, value)) {
            *p = s;
            return true;
        }
    return false;
}

/* Number words run into "fold": "tenfold". */
static bool take_before_fold(const char **p, int *value)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t length = strlen(units[i].text);
        char glued[24];
        snprintf(glued, sizeof glued, "%sfold", units[i].text);
        if (up_words_begins(*p, glued)) {
            *p += length;
            *value = units[i].value;
            return true;
        }
    }
    return false;
}

/* three, twenty-five, two thirds, tenfold */
static bool read_number_words(const char **p, up_decimal *value)
{
    int number = 0, unit = 0;
    if (TAKE_WORD(p, tens, &number)) {
        const char *s = *p;
        if ((*s == '-' || *s == ' ') && s++ && TAKE_WORD(&s, units, &unit) && unit > 0 &&
            unit < 10) {
            number += unit;
            *p = s;
        }
    } else if (!TAKE_WORD(p, units, &number) && !take_before_fold(p, &number)) {
        return false;
    }
    *value = up_decimal_from_int(number);
    read_denominator(p, number, value);
    return true;
}

/* 八, 十, 八十, 八十五 */
static bool read_chinese_number(const char **p, int *number)
{
    int digit = 0, last = 0;
    bool has_digit = TAKE_WORD(p, chinese_digits, &digit);
    /* 十万 is a multiplier */
    if (has_digit && (!up_words_begins(*p, "十") || up_words_begins(*p, "十万"))) {
        *number = digit;
        return true;
    }
    if (!take(p, "十"))
        return false;
    TAKE_WORD(p, chinese_digits, &last);
    *number = (has_digit ? digit : 1) * 10 + last;
    return true;
}

/* 半, 一半, 三分之一, 三, 八十 */
static bool read_chinese(const char **p, up_decimal *value)
{
    int number = 0, numerator = 0;
    if (take(p, "一半") || take(p, "半"))
        return divide(1, 2, value);
    const char *s = *p;
    if (!read_chinese_number(&s, &number))
        return false;
    *value = up_decimal_from_int(number);
    const char *behind = s;
    if (take(&behind, "分之") && read_chinese_number(&behind, &numerator) &&
        divide(numerator, number, value))
        s = behind;
    *p = s;
    return true;
}

static bool is_multiplier(const char *p)
{
    for (size_t i = 0; i < 6; i++) /* hundred to quadrillion */
        if (up_words_begins(p, multipliers[i].text))
            return true;
    return false;
}

/* half, half a million, a third, a million, an 8 */
static bool read_article(const char **p, up_decimal *value)
{
    const char *s = *p;
    bool article = take(&s, "an") || take(&s, "a");
    s = up_skip_blanks(s);
    if (article && is_multiplier(s)) {
        *value = up_decimal_from_int(1);
        *p = s;
        return true;
    }
    const char *behind = s;
    if (!article && !up_words_begins(s, "half")) /* "third" alone is an ordinal */
        return false;
    if (!read_denominator(&behind, 1, value))
        return false;
    const char *next = up_skip_blanks(behind);
    if ((take(&next, "a") || take(&next, "an")) && is_multiplier(up_skip_blanks(next)))
        behind = up_skip_blanks(next);
    *p = behind;
    return true;
}

/* ---- What is written onto a number ---- */

/* "5m" and "5 m people" are ambiguous, "5 m²" is not. */
static bool is_ambiguous(const char *p, const char *suffix)
{
    size_t length = strlen(suffix);
    if (strncmp(p, suffix, length) != 0)
        return false;
    return !up_words_is_letter(*suffix) || p[length] == '\0' || p[length] == ' ';
}

static up_status refuse_ambiguous(const up_quantity_reader *reader, const char *p)
{
    for (size_t i = 0; i < sizeof ambiguous / sizeof *ambiguous; i++)
        if (is_ambiguous(p, ambiguous[i].text))
            return up_quantity_refuse(reader, "is ambiguous: '%s' may be %s",
                                      ambiguous[i].text, ambiguous[i].readings);
    return UP_OK;
}

static bool take_multiplier(const char **p, int *power)
{
    const char *s = up_skip_blanks(*p);
    for (size_t i = 0; i < sizeof multipliers / sizeof *multipliers; i++) {
        const char *text = multipliers[i].text;
        if (multipliers[i].exact_case ? begins_exactly(s, text)
                                      : up_words_begins(s, text)) {
            *p = s + strlen(text);
            *power = multipliers[i].power;
            return true;
        }
    }
    return false;
}

/* "million", "hundred thousand", 万亿; and 多 between digits and multiplier: 10多亿. */
static up_status read_multipliers(const up_quantity_reader *reader, const char **p,
                                  up_amount *amount)
{
    int total = 0, power = 0;
    const char *s = *p;
    if (take(&s, "多") || take(&s, "余")) {
        amount->more = true;
        *p = s;
    }
    while (take_multiplier(p, &power)) {
        total += power;
        amount->scaled = true;
        if (total > 60)
            return up_quantity_refuse(reader, "is out of range");
    }
    if (!amount->scaled && refuse_ambiguous(reader, up_skip_blanks(*p)) != UP_OK)
        return UP_BAD_DATA;
    amount->power = total;
    return up_decimal_scale(amount->value, total, &amount->value, reader->err);
}

/* 3亿5000万: a smaller multiplier follows at once. */
static up_status read_chinese_rest(const up_quantity_reader *reader, const char **p,
                                   up_amount *amount)
{
    if (!amount->scaled || !up_words_is_digit(**p))
        return UP_OK;
    up_amount rest = {.scaled = false};
    up_status status = read_digits(reader, p, &rest.value);
    if (status == UP_OK)
        status = read_multipliers(reader, p, &rest);
    if (status != UP_OK)
        return status;
    if (!rest.scaled || up_decimal_compare(rest.value, amount->value) >= 0)
        return up_quantity_refuse(reader, "is no %s: its parts do not fit together",
                                  reader->noun);
    return up_decimal_add(amount->value, rest.value, &amount->value, reader->err);
}

static bool ends_amount(const char *p)
{
    return *up_skip_blanks(p) == '\0';
}

static void read_fold(const char **p, up_amount *amount)
{
    static const struct {
        const char *text;
        bool at_end; /* elsewhere it may be another word: "3 times per day" */
        bool times;
    } marks[] = {{"-fold", false, false}, {"fold", false, false}, {"×", true, false},
                 {"x", true, false},      {"times", true, true},  {"倍", true, true}};
    const char *s = up_skip_blanks(*p);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        const char *behind = s;
        if (take(&behind, marks[i].text) && (!marks[i].at_end || ends_amount(behind))) {
            amount->fold = true;
            amount->times = marks[i].times;
            *p = behind;
            return;
        }
    }
}

static up_status read_percent(const up_quantity_reader *reader, const char **p,
                              up_amount *amount)
{
    static const char *const points[] = {"percentage points",
                                         "percentage point",
                                         "percent points",
                                         "%-points",
                                         "pp",
                                         "个百分点",
                                         "百分点"};
    static const char *const percents[] = {"%", "percent", "per cent", "pct"};
    const char *s = up_skip_blanks(*p);
    for (size_t i = 0; i < sizeof points / sizeof *points; i++)
        if (take(&s, points[i])) {
            amount->points = amount->percent = true;
            *p = s;
            return UP_OK;
        }
    for (size_t i = 0; i < sizeof percents / sizeof *percents; i++)
        if (take(&s, percents[i])) {
            amount->percent = true;
            *p = s;
            return UP_OK;
        }
    if (!take(&s, "成"))
        return UP_OK;
    amount->percent = true; /* tenths */
    *p = s;
    return up_decimal_scale(amount->value, 1, &amount->value, reader->err);
}

static void read_more(const char **p, up_amount *amount)
{
    if (**p == '+' && (*p)[1] != '/') {
        amount->at_least = true;
        ++*p;
    } else if (take(p, "多") || take(p, "余")) {
        amount->more = true;
    }
}

static bool take_sign(const char **p, bool *negative)
{
    if (**p != '-' && **p != '+')
        return false;
    *negative = *negative || **p == '-';
    *p = up_skip_blanks(*p + 1);
    return true;
}

static bool starts_number(const up_quantity_reader *reader, const char *p)
{
    char point = reader->options.decimal_comma ? ',' : '.';
    return up_words_is_digit(*p) || (*p == point && up_words_is_digit(p[1]));
}

/* The bare number, in digits or in words. */
static up_status read_number(const up_quantity_reader *reader, const char **p,
                             up_amount *amount)
{
    const char *s = *p;
    amount->percent = take(p, "百分之");
    if ((take(&s, "an") || take(&s, "a")) && starts_number(reader, up_skip_blanks(s)))
        *p = up_skip_blanks(s);
    if (starts_number(reader, *p))
        return read_digits(reader, p, &amount->value);
    if (read_number_words(p, &amount->value) || read_article(p, &amount->value) ||
        read_chinese(p, &amount->value))
        return UP_OK;
    return up_quantity_refuse(reader, "is no %s: a number is missing (wanted e.g. %s)",
                              reader->noun, reader->examples);
}

up_status up_amount_read(const up_quantity_reader *reader, const char **text,
                         up_amount *amount)
{
    up_amount read = {.scaled = false};
    bool negative = false;
    const char *p = up_skip_blanks(*text);
    take_sign(&p, &negative);
    up_status status = up_currency_read(reader, &p, read.currency);
    if (status != UP_OK)
        return status;
    p = up_skip_blanks(p);
    take_sign(&p, &negative);
    status = read_number(reader, &p, &read);
    if (status == UP_OK)
        status = read_multipliers(reader, &p, &read);
    if (status == UP_OK)
        status = read_chinese_rest(reader, &p, &read);
    if (status == UP_OK)
        status = read_percent(reader, &p, &read);
    if (status != UP_OK)
        return status;
    if (!read.percent)
        read_fold(&p, &read);
    read_more(&p, &read);
    if (negative)
        read.value = up_decimal_negate(read.value);
    *amount = read;
    *text = p;
    return UP_OK;
}
