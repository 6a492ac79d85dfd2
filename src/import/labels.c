#include "import/labels.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "text/words.h"

/* Words that are a unit without a multiplier or a currency to tell. */
static const struct {
    const char *words, *unit;
} units[] = {{"degC", "degrees Celsius"},
             {"deg C", "degrees Celsius"},
             {"°C", "degrees Celsius"},
             {"celsius", "degrees Celsius"},
             {"pc", "percent"},
             {"PC", "percent"},
             {"NR", "count"},
             {"percent", "percent"},
             {"per cent", "percent"},
             {"percentage", "percent"},
             {"% of GDP", "percent of GDP"},
             {"days", "days"},
             {"hours", "hours"},
             {"years", "years"},
             {"mm", "mm"},
             {"cm", "cm"},
             {"m", "m"},
             {"km", "km"},
             {"m2", "m²"},
             {"m²", "m²"},
             {"km2", "km²"},
             {"km²", "km²"},
             {"sq km", "km²"},
             {"sq. km", "km²"},
             {"kg", "kg"},
             {"t", "tonnes"},
             {"tonnes", "tonnes"},
             {"tons", "tons"},
             {"kt", "kilotonnes"},
             {"Mt", "megatonnes"},
             {"Gt", "gigatonnes"},
             {"kWh", "kWh"},
             {"MWh", "MWh"},
             {"GWh", "GWh"},
             {"TWh", "TWh"},
             {"MW", "MW"},
             {"GW", "GW"},
             {"people", "people"},
             {"persons", "people"},
             {"users", "users"},
             {"households", "households"},
             {"units", "units"},
             {"number", "count"},
             {"index", "index points"},
             {"吨", "tonnes"},
             {"人", "people"},
             {"户", "households"},
             {"天", "days"},
             {"平方公里", "km²"}};

/* Words before a unit that do not belong to it. */
static const char *const openers[] = {"in ", "单位：", "单位:", "unit: ", "units: "};
/* Words before a currency that say more than it: they stay in the title. */
static const char *const comments[] = {"current ", "constant ", "nominal ", "real "};

static bool set_unit(import_label *label, const char *unit, int power, const char *words)
{
    if (strlen(unit) >= sizeof label->unit || strlen(words) >= sizeof label->words)
        return false;
    strcpy(label->unit, unit);
    strcpy(label->words, words);
    label->power = power;
    return true;
}

static bool is_listed(const char *words, const char **unit)
{
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (strcmp(words, units[i].words) == 0) {
            *unit = units[i].unit;
            return true;
        }
    return false;
}

static bool is_currency(const char *unit)
{
    return strlen(unit) == 3 && strspn(unit, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3;
}

/* The power of ten of an exact one followed by zeros; -1 for any other number. */
static int power_of(up_decimal value)
{
    char text[UP_DECIMAL_SIZE];
    up_decimal_format(value, text);
    size_t zeros = strlen(text) - 1;
    return text[0] == '1' && strspn(text + 1, "0") == zeros ? (int)zeros : -1;
}

/* How much of "EUR million" or "€bn" is the currency before the multiplier: 0 for none. */
static size_t currency_before(const char *words)
{
    static const char *const signs[] = {"US$", "$", "€", "£", "¥", "₹", "₩"};
    if (strspn(words, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3 && words[3] == ' ')
        return 3;
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (strncmp(words, signs[i], strlen(signs[i])) == 0)
            return words[strlen(signs[i])] != '\0' ? strlen(signs[i]) : 0;
    return 0;
}

/* "亿元" as the quantity "1亿元", "EUR million" as "EUR1 million", "100 million yuan" as it
 * stands. */
static bool read_as_quantity(const char *words, import_label *label)
{
    char text[UP_FOLDED_SIZE];
    up_quantity q;
    const char *unit;
    up_quantity_options options = {.unit_is_percent = true};
    if (words[1] == '\0' && words[0] != '%')
        return false; /* M may be million, months or men */
    bool counted = words[0] >= '0' && words[0] <= '9';
    bool glued = (unsigned char)words[0] >= 0x80 || words[0] == '%';
    size_t before = currency_before(words);
    const char *one = counted ? "" : before > 0 || glued ? "1" : "1 ";
    int length =
        snprintf(text, sizeof text, "%.*s%s%s", (int)before, words, one, words + before);
    if (length < 0 || (size_t)length >= sizeof text ||
        up_quantity_parse(text, &options, &q, NULL) != UP_OK || !q.has_value || q.fold ||
        q.qualifier != UP_EXACTLY)
        return false;
    int power = power_of(q.value);
    if (power < 0 || (q.unit[0] == '\0' && power == 0 && !q.percent))
        return false;
    if (q.percent)
        return set_unit(label, "percent", power, words);
    if (is_listed(q.unit, &unit))
        return set_unit(label, unit, power, words);
    return (power > 0 || is_currency(q.unit)) && set_unit(label, q.unit, power, words);
}

/* Words for a power of ten as they stand apart ("millions of people", "'000"), and behind the
 * sign of a currency ("$m"). */
static const struct {
    const char *word, *scale;
    bool only_glued;
} scales[] = {{"thousand", "thousand", false}, {"thousands", "thousand", false},
              {"'000", "thousand", false},     {"'000s", "thousand", false},
              {"000", "thousand", false},      {"000s", "thousand", false},
              {"million", "million", false},   {"millions", "million", false},
              {"mn", "million", false},        {"mln", "million", false},
              {"billion", "billion", false},   {"billions", "billion", false},
              {"bn", "billion", false},        {"bln", "billion", false},
              {"trillion", "trillion", false}, {"trillions", "trillion", false},
              {"tn", "trillion", false},       {"trn", "trillion", false},
              {"Tsd.", "thousand", false},     {"Tsd", "thousand", false},
              {"Mio.", "million", false},      {"Mio", "million", false},
              {"Mrd.", "billion", false},      {"Mrd", "billion", false},
              {"k", "thousand", true},         {"m", "million", true},
              {"M", "million", true},          {"b", "billion", true},
              {"B", "billion", true}};

static const char *scale_of(const char *word, size_t length, bool glued)
{
    for (size_t i = 0; i < sizeof scales / sizeof scales[0]; i++)
        if (strlen(scales[i].word) == length &&
            strncmp(word, scales[i].word, length) == 0 &&
            (glued || !scales[i].only_glued))
            return scales[i].scale;
    return NULL;
}

/* Bytes of "$", "US$", "€", "£" at the front of a word; 0: none, or nothing behind it. */
static size_t sign_length(const char *word, size_t length)
{
    static const char *const signs[] = {"US$", "$", "€", "£"};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        size_t sign = strlen(signs[i]);
        if (length > sign && strncmp(word, signs[i], sign) == 0)
            return sign;
    }
    return 0;
}

/* Takes the power of ten out of one word, what is left of it goes to `rest`. */
static void sort_word(const char *word, size_t length, const char **scale,
                      up_buffer *rest)
{
    size_t sign = sign_length(word, length);
    const char *found = scale_of(word + sign, length - sign, sign > 0);
    if (found != NULL && *scale == NULL) {
        *scale = found;
        length = sign;
    } else if (length == 2 && strncmp(word, "of", 2) == 0)
        length = 0;
    if (length > 0 && rest->length > 0)
        up_buffer_add_char(rest, ' ');
    up_buffer_add_bytes(rest, word, length);
}

/* "USD millions", "millions of USD", "USD, millions", "$m" → "million USD", "million $". False:
 * there is no power of ten in it, or the unit is per something. */
static bool put_scale_first(const char *words, up_buffer *out)
{
    const char *scale = NULL;
    up_buffer rest = {0};
    if (strncmp(words, "per ", 4) == 0 || strstr(words, " per ") != NULL)
        return false;
    for (size_t length; *words != '\0'; words += length) {
        words += strspn(words, " ,");
        length = strcspn(words, " ,");
        sort_word(words, length, &scale, &rest);
    }
    up_buffer_addf(out, "%s%s%s", scale != NULL ? scale : "", rest.length > 0 ? " " : "",
                   up_buffer_text(&rest));
    out->failed |= rest.failed;
    up_buffer_release(&rest);
    return scale != NULL && !out->failed;
}

bool up_label_parse_unit(const char *words, import_label *label)
{
    const char *unit;
    up_buffer turned = {0};
    for (size_t i = 0; i < sizeof openers / sizeof openers[0]; i++)
        if (strncmp(words, openers[i], strlen(openers[i])) == 0)
            words += strlen(openers[i]);
    if (words[0] == '\0')
        return false;
    if (is_listed(words, &unit))
        return set_unit(label, unit, 0, words);
    bool read = read_as_quantity(words, label) ||
                (put_scale_first(words, &turned) && read_as_quantity(turned.data, label));
    up_buffer_release(&turned);
    return read;
}

/* The last bracket of a text that ends with it: where it opens and what is in it. */
typedef struct bracket {
    const char *open, *first, *last;
} bracket;

static bool find_bracket(const char *text, bracket *b)
{
    static const struct {
        const char *open, *close;
    } pairs[] = {{"(", ")"}, {"[", "]"}, {"（", "）"}};
    size_t length = strlen(text);
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        size_t wide = strlen(pairs[i].close);
        if (length <= wide || strcmp(text + length - wide, pairs[i].close) != 0)
            continue;
        int depth = 0;
        for (const char *at = text + length - wide; at > text; at--) {
            depth += strncmp(at, pairs[i].close, wide) == 0;
            if (strncmp(at, pairs[i].open, wide) == 0 && --depth == 0) {
                *b = (bracket){at, at + wide, text + length - wide};
                return true;
            }
        }
    }
    return false;
}

/* Whether the unit is all that the words say, so that the title can do without them. */
static bool take_unit(const char *words, import_label *label, bool *all)
{
    *all = true;
    if (up_label_parse_unit(words, label))
        return true;
    *all = false;
    for (size_t i = 0; i < sizeof comments / sizeof comments[0]; i++)
        if (strncmp(words, comments[i], strlen(comments[i])) == 0 &&
            up_label_parse_unit(words + strlen(comments[i]), label))
            return true;
    return false;
}

up_status up_label_parse(const char *text, import_label *label, up_error *err)
{
    import_label result = {0};
    bracket b;
    char *words = NULL;
    bool all = false;
    size_t length = strlen(text);
    up_status status = UP_OK;
    if (find_bracket(text, &b)) {
        status = up_copy_bytes(b.first, (size_t)(b.last - b.first), &words, err);
        if (status == UP_OK && take_unit(words, &result, &all) && all)
            length = (size_t)(b.open - text);
        free(words);
    }
    while (length > 0 && text[length - 1] == ' ')
        length--;
    if (status == UP_OK)
        status = up_copy_bytes(text, length, &result.title, err);
    if (status == UP_OK)
        *label = result;
    return status;
}

void up_label_release(import_label *label)
{
    free(label->title);
    *label = (import_label){0};
}
