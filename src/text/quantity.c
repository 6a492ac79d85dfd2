/* Quantities: qualifiers, ranges and units around amounts (quantity_number.c). */
#include "uptick/quantity.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#include "text/quantity_parts.h"
#include "text/words.h"

static const struct {
    const char *mark, *words;
} qualifiers[] = {[UP_EXACTLY] = {"", ""},
                  [UP_ABOUT] = {"~", "about"},
                  [UP_MORE_THAN] = {">", "more than"},
                  [UP_AT_LEAST] = {">=", "at least"},
                  [UP_LESS_THAN] = {"<", "less than"},
                  [UP_AT_MOST] = {"<=", "at most"},
                  [UP_NEARLY] = {"~<", "nearly"},
                  [UP_JUST_OVER] = {"~>", "just over"}};

/* As written before a number. */
static const struct {
    const char *text;
    up_qualifier qualifier;
} qualifier_phrases[] = {
    {"more than", UP_MORE_THAN},
    {"over", UP_MORE_THAN},
    {"above", UP_MORE_THAN},
    {"exceeded", UP_MORE_THAN},
    {"exceeding", UP_MORE_THAN},
    {"exceeds", UP_MORE_THAN},
    {"greater than", UP_MORE_THAN},
    {"higher than", UP_MORE_THAN},
    {"upwards of", UP_MORE_THAN},
    {"超过", UP_MORE_THAN},
    {"突破", UP_MORE_THAN},
    {"多于", UP_MORE_THAN},
    {"高于", UP_MORE_THAN},
    {"逾", UP_MORE_THAN},
    {"超", UP_MORE_THAN},
    {">", UP_MORE_THAN},
    {"at least", UP_AT_LEAST},
    {"no less than", UP_AT_LEAST},
    {"no fewer than", UP_AT_LEAST},
    {"not less than", UP_AT_LEAST},
    {"a minimum of", UP_AT_LEAST},
    {"不少于", UP_AT_LEAST},
    {"不低于", UP_AT_LEAST},
    {"至少", UP_AT_LEAST},
    {"≥", UP_AT_LEAST},
    {">=", UP_AT_LEAST},
    {"less than", UP_LESS_THAN},
    {"fewer than", UP_LESS_THAN},
    {"lower than", UP_LESS_THAN},
    {"under", UP_LESS_THAN},
    {"below", UP_LESS_THAN},
    {"不到", UP_LESS_THAN},
    {"不足", UP_LESS_THAN},
    {"少于", UP_LESS_THAN},
    {"低于", UP_LESS_THAN},
    {"<", UP_LESS_THAN},
    {"at most", UP_AT_MOST},
    {"no more than", UP_AT_MOST},
    {"not more than", UP_AT_MOST},
    {"as much as", UP_AT_MOST},
    {"as many as", UP_AT_MOST},
    {"a maximum of", UP_AT_MOST},
    {"up to", UP_AT_MOST},
    {"不超过", UP_AT_MOST},
    {"不多于", UP_AT_MOST},
    {"至多", UP_AT_MOST},
    {"最多", UP_AT_MOST},
    {"≤", UP_AT_MOST},
    {"<=", UP_AT_MOST},
    {"about", UP_ABOUT},
    {"around", UP_ABOUT},
    {"roughly", UP_ABOUT},
    {"approximately", UP_ABOUT},
    {"approx.", UP_ABOUT},
    {"approx", UP_ABOUT},
    {"circa", UP_ABOUT},
    {"ca.", UP_ABOUT},
    {"an estimated", UP_ABOUT},
    {"estimated", UP_ABOUT},
    {"some", UP_ABOUT},
    {"大约", UP_ABOUT},
    {"大概", UP_ABOUT},
    {"约为", UP_ABOUT},
    {"约", UP_ABOUT},
    {"~", UP_ABOUT},
    {"≈", UP_ABOUT},
    {"nearly", UP_NEARLY},
    {"almost", UP_NEARLY},
    {"close to", UP_NEARLY},
    {"just under", UP_NEARLY},
    {"just below", UP_NEARLY},
    {"slightly less than", UP_NEARLY},
    {"slightly under", UP_NEARLY},
    {"a little under", UP_NEARLY},
    {"接近", UP_NEARLY},
    {"将近", UP_NEARLY},
    {"近", UP_NEARLY},
    {"~<", UP_NEARLY},
    {"just over", UP_JUST_OVER},
    {"just above", UP_JUST_OVER},
    {"just more than", UP_JUST_OVER},
    {"slightly more than", UP_JUST_OVER},
    {"slightly over", UP_JUST_OVER},
    {"a little over", UP_JUST_OVER},
    {"略超", UP_JUST_OVER},
    {"~>", UP_JUST_OVER},
    {"exactly", UP_EXACTLY},
};

/* As written behind a number or its unit. */
static const struct {
    const char *text;
    up_qualifier qualifier;
} qualifier_endings[] = {{"or more", UP_AT_LEAST}, {"or over", UP_AT_LEAST},
                         {"or less", UP_AT_MOST},  {"or fewer", UP_AT_MOST},
                         {"or so", UP_ABOUT},      {"以上", UP_AT_LEAST},
                         {"以下", UP_AT_MOST},     {"左右", UP_ABOUT}};

static const char *const vague_words[] = {
    "hundreds",  "thousands", "tens",  "dozens",  "scores",   "millions", "billions",
    "trillions", "many",      "much",  "several", "few",      "a few",    "numerous",
    "countless", "a couple",  "a lot", "lots",    "a number", "multiple", "most",
    "数",        "几",        "若干",  "许多",    "众多",     "大量",     "上百",
    "上千",      "上万",      "上亿",  "多个",    "不少"};

const char *up_qualifier_mark(up_qualifier qualifier)
{
    return qualifiers[qualifier].mark;
}

const char *up_qualifier_words(up_qualifier qualifier)
{
    return qualifiers[qualifier].words;
}

up_status up_qualifier_parse(const char *mark, up_qualifier *qualifier, up_error *err)
{
    for (size_t i = 0; i < sizeof qualifiers / sizeof *qualifiers; i++)
        if (strcmp(mark, qualifiers[i].mark) == 0) {
            *qualifier = (up_qualifier)i;
            return UP_OK;
        }
    return up_error_set(err, UP_BAD_DATA,
                        "'%.*s' is no qualifier (wanted ~ > >= < <= ~< ~> or nothing)",
                        up_words_shown(mark), mark);
}

bool up_qualifier_read(const char **text, up_qualifier *qualifier)
{
    const char *found = NULL;
    for (size_t i = 0; i < sizeof qualifier_phrases / sizeof *qualifier_phrases; i++) {
        const char *phrase = qualifier_phrases[i].text;
        if (up_words_begins(*text, phrase) &&
            (!found || strlen(phrase) > strlen(found))) {
            found = phrase;
            *qualifier = qualifier_phrases[i].qualifier;
        }
    }
    if (!found)
        return false;
    *text = up_skip_blanks(*text + strlen(found));
    return true;
}

up_status up_quantity_refuse(const up_quantity_reader *reader, const char *format, ...)
{
    char message[400];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    return up_error_set(reader->err, UP_BAD_DATA, "'%.*s' %s",
                        up_words_shown(reader->shown), reader->shown, message);
}

/* ---- Before the number ---- */

static up_status refuse_vague(const up_quantity_reader *reader, const char *p)
{
    for (size_t i = 0; i < sizeof vague_words / sizeof *vague_words; i++)
        if (up_words_begins(p, vague_words[i]))
            return up_quantity_refuse(
                reader, "is vague ('%s'): it belongs into a note, not into a value",
                vague_words[i]);
    return UP_OK;
}

static up_status set_qualifier(const up_quantity_reader *reader, up_quantity *q,
                               bool *qualified, up_qualifier qualifier)
{
    if (*qualified && qualifier != q->qualifier)
        return up_quantity_refuse(reader, "holds two qualifiers ('%s' and '%s')",
                                  up_qualifier_words(q->qualifier),
                                  up_qualifier_words(qualifier));
    q->qualifier = qualifier;
    *qualified = true;
    return UP_OK;
}

static up_status read_before(const up_quantity_reader *reader, const char **p,
                             up_quantity *q, bool *qualified)
{
    up_qualifier qualifier;
    while (up_qualifier_read(p, &qualifier))
        if (set_qualifier(reader, q, qualified, qualifier) != UP_OK)
            return UP_BAD_DATA;
    return refuse_vague(reader, *p);
}

/* ---- Ranges ---- */

static bool take(const char **p, const char *phrase)
{
    if (!up_words_begins(*p, phrase))
        return false;
    *p = up_skip_blanks(*p + strlen(phrase));
    return true;
}

static bool take_opening(const char **p)
{
    return take(p, "ranging from") || take(p, "from") || take(p, "between");
}

static bool take_range_mark(const char **p, bool opened)
{
    static const char *const marks[] = {"-", "~", "to", "至", "到"};
    const char *s = up_skip_blanks(*p);
    bool found = opened && take(&s, "and");
    for (size_t i = 0; !found && i < sizeof marks / sizeof *marks; i++)
        found = take(&s, marks[i]);
    if (found)
        *p = s;
    return found;
}

/* "3 to 750 billion": the multiplier is of both ends, as in speech. "900 to 1.2 thousand" is
 * the one exception: there the range would run backwards. */
static up_status share_multiplier(const up_quantity_reader *reader, up_amount *low,
                                  const up_amount *high)
{
    up_decimal both;
    up_status status = up_decimal_scale(low->value, high->power, &both, reader->err);
    if (status == UP_OK && up_decimal_compare(both, high->value) <= 0)
        low->value = both;
    return status;
}

static up_status finish_range(const up_quantity_reader *reader, const up_amount *low,
                              const up_amount *high, up_quantity *q)
{
    if (up_decimal_compare(low->value, high->value) > 0)
        return up_quantity_refuse(reader,
                                  "is no range: its first number is the larger one");
    q->low = low->value;
    q->high = high->value;
    q->has_low = q->has_high = true;
    return UP_OK;
}

/* "3B-750B", "from 3 to 750", "20-30%": *p stands behind the mark. */
static up_status read_range(const up_quantity_reader *reader, const char **p,
                            up_amount *first, up_quantity *q)
{
    up_amount second;
    up_status status = up_amount_read(reader, p, &second);
    if (status != UP_OK)
        return status;
    if (second.scaled && !first->scaled)
        status = share_multiplier(reader, first, &second);
    if (status != UP_OK)
        return status;
    if (*first->currency != '\0' && *second.currency != '\0' &&
        strcmp(first->currency, second.currency) != 0)
        return up_quantity_refuse(reader, "names two currencies");
    if (*second.currency != '\0')
        memcpy(first->currency, second.currency, sizeof first->currency);
    first->percent = first->percent || second.percent;
    first->points = first->points || second.points;
    first->fold = first->fold || second.fold;
    first->more = first->more || second.more;
    first->at_least = first->at_least || second.at_least;
    return finish_range(reader, first, &second, q);
}

static bool take_plus_minus(const char **p)
{
    const char *s = up_skip_blanks(*p);
    if (!take(&s, "±") && !take(&s, "+/-"))
        return false;
    *p = s;
    return true;
}

/* "5 ± 0.5": the value and its bounds. A multiplier behind it goes for both. */
static up_status read_error(const up_quantity_reader *reader, const char **p,
                            up_amount *amount, up_quantity *q)
{
    up_amount margin;
    up_status status = up_amount_read(reader, p, &margin);
    if (status == UP_OK && margin.scaled && !amount->scaled)
        status =
            up_decimal_scale(amount->value, margin.power, &amount->value, reader->err);
    if (status != UP_OK)
        return status;
    if ((amount->scaled && !margin.scaled) || margin.percent != amount->percent)
        return up_quantity_refuse(reader,
                                  "is ambiguous: write the margin in the same way as "
                                  "the value");
    if (margin.value.negative)
        return up_quantity_refuse(reader, "is no %s: its margin is negative",
                                  reader->noun);
    status = up_decimal_add(amount->value, up_decimal_negate(margin.value), &q->low,
                            reader->err);
    if (status == UP_OK)
        status = up_decimal_add(amount->value, margin.value, &q->high, reader->err);
    q->value = amount->value;
    q->has_value = q->has_low = q->has_high = true;
    return status;
}

/* ---- Behind the number ---- */

static bool drop_ending(char *text, const char *ending)
{
    size_t length = strlen(text), tail = strlen(ending);
    if (length < tail || !up_words_begins(text + length - tail, ending))
        return false;
    if (length > tail && up_words_is_letter(*ending) && text[length - tail - 1] != ' ')
        return false;
    length -= tail;
    while (length > 0 && text[length - 1] == ' ')
        length--;
    text[length] = '\0';
    return true;
}

static up_status read_endings(const up_quantity_reader *reader, char *unit,
                              up_quantity *q, bool *qualified)
{
    for (size_t i = 0; i < sizeof qualifier_endings / sizeof *qualifier_endings; i++)
        if (drop_ending(unit, qualifier_endings[i].text))
            return set_qualifier(reader, q, qualified, qualifier_endings[i].qualifier);
    return UP_OK;
}

/* Letters of any script, signs such as ° and €; not superscripts: "10²" has no unit. */
static bool starts_unit(const char *text)
{
    utf8proc_int32_t c = 0;
    if (*text == '/' || utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &c) <= 0)
        return *text == '/';
    utf8proc_category_t category = utf8proc_category(c);
    return category == UTF8PROC_CATEGORY_SO || category == UTF8PROC_CATEGORY_SC ||
           (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO);
}

/* Units are words; a digit stands only behind a letter (CO2, m2). */
static bool is_unit(const char *text)
{
    if (!starts_unit(text))
        return false;
    for (const char *p = text; *p != '\0'; p++) {
        bool after_letter =
            p > text && (up_words_is_letter(p[-1]) || up_words_is_digit(p[-1]));
        if (up_words_is_digit(*p) && !after_letter)
            return false;
        if (strchr("()[]{}<>=~;:\"|", *p))
            return false;
    }
    return true;
}

/* The code of a unit that is a currency and nothing else. */
static up_status read_currency_unit(const up_quantity_reader *reader, const char *unit,
                                    char code[UP_CURRENCY_SIZE])
{
    const char *rest = unit;
    up_status status = up_currency_read(reader, &rest, code);
    if (*rest != '\0')
        code[0] = '\0';
    return status;
}

/* A word glued to the digits is no unit: "0x10", "5km" might be anything. */
static up_status read_unit(const up_quantity_reader *reader, const char *p,
                           const up_amount *amount, up_quantity *q, bool *qualified)
{
    char unit[UP_FOLDED_SIZE], code[UP_CURRENCY_SIZE];
    bool glued = up_words_is_letter(*p);
    strcpy(unit, up_skip_blanks(p));
    if (read_endings(reader, unit, q, qualified) != UP_OK)
        return UP_BAD_DATA;
    if (*unit != '\0' && (glued || !is_unit(unit)))
        return up_quantity_refuse(reader, "is no %s: '%.*s' is not understood%s",
                                  reader->noun, up_words_shown(unit), unit,
                                  glued ? " (a blank goes before a unit; K, M, B, T are "
                                          "thousand to trillion)"
                                        : "");
    if (read_currency_unit(reader, unit, code) != UP_OK)
        return UP_BAD_DATA;
    if (*code != '\0' && *amount->currency != '\0' && strcmp(code, amount->currency) != 0)
        return up_quantity_refuse(reader, "names two currencies");
    if (*amount->currency != '\0' && *unit != '\0' && *code == '\0')
        return up_quantity_refuse(reader, "has two units: %s and '%.*s'",
                                  amount->currency, up_words_shown(unit), unit);
    const char *name = *amount->currency != '\0' ? amount->currency : *code ? code : unit;
    if (strlen(name) >= UP_UNIT_SIZE)
        return up_quantity_refuse(reader, "has a unit of more than %d bytes",
                                  UP_UNIT_SIZE - 1);
    strcpy(q->unit, name);
    return UP_OK;
}

static up_status divide_by_100(const up_quantity_reader *reader, up_quantity *q)
{
    up_decimal *parts[] = {&q->value, &q->low, &q->high};
    for (size_t i = 0; i < 3; i++)
        if (up_decimal_scale(*parts[i], -2, parts[i], reader->err) != UP_OK)
            return UP_BAD_DATA;
    return UP_OK;
}

static bool has_digit(const char *text)
{
    while (*text != '\0' && !up_words_is_digit(*text))
        text++;
    return *text != '\0';
}

/* "half" of a metric in percent is 50: a part in words is a part of the whole. */
static up_status parts_to_percent(const up_quantity_reader *reader,
                                  const up_amount *amount, up_quantity *q)
{
    up_decimal one = up_decimal_from_int(1);
    bool is_part = q->has_value && !amount->percent && !amount->scaled && !amount->fold &&
                   !has_digit(reader->shown) && up_decimal_compare(q->value, one) < 0;
    return is_part ? up_decimal_scale(q->value, 2, &q->value, reader->err) : UP_OK;
}

static up_status apply_marks(const up_quantity_reader *reader, const up_amount *amount,
                             up_quantity *q, bool *qualified)
{
    q->percent = amount->percent;
    q->fold = amount->fold;
    if (amount->more && set_qualifier(reader, q, qualified, UP_MORE_THAN) != UP_OK)
        return UP_BAD_DATA;
    if (amount->at_least && set_qualifier(reader, q, qualified, UP_AT_LEAST) != UP_OK)
        return UP_BAD_DATA;
    if (*qualified && !q->has_value && q->qualifier != UP_EXACTLY)
        return up_quantity_refuse(reader, "qualifies a range: write the range alone");
    if (amount->percent && (amount->points || !reader->options.unit_is_percent))
        return divide_by_100(reader, q);
    return reader->options.unit_is_percent ? parts_to_percent(reader, amount, q) : UP_OK;
}

up_status up_quantity_read(const up_quantity_reader *reader, const char *text,
                           up_quantity *quantity, up_quantity_extra *extra)
{
    up_quantity q = {.qualifier = UP_EXACTLY};
    up_amount amount;
    bool qualified = false;
    const char *p = up_skip_blanks(text);
    up_status status = read_before(reader, &p, &q, &qualified);
    bool opened = status == UP_OK && take_opening(&p);
    if (status == UP_OK)
        status = up_amount_read(reader, &p, &amount);
    if (status != UP_OK)
        return status;
    if (take_plus_minus(&p)) {
        status = read_error(reader, &p, &amount, &q);
    } else if (take_range_mark(&p, opened)) {
        status = read_range(reader, &p, &amount, &q);
    } else if (opened) {
        status = up_quantity_refuse(reader, "is no range: its second number is missing");
    } else {
        q.value = amount.value;
        q.has_value = true;
    }
    if (status == UP_OK)
        status = read_unit(reader, p, &amount, &q, &qualified);
    if (status == UP_OK)
        status = apply_marks(reader, &amount, &q, &qualified);
    if (status != UP_OK)
        return status;
    *extra = (up_quantity_extra){.points = amount.points, .times = amount.times};
    *quantity = q;
    return UP_OK;
}

up_status up_quantity_parse(const char *text, const up_quantity_options *options,
                            up_quantity *quantity, up_error *err)
{
    char folded[UP_FOLDED_SIZE];
    up_status status = up_words_fold(text, "a quantity", folded, err);
    if (status != UP_OK)
        return status;
    if (*folded == '\0')
        return up_error_set(err, UP_BAD_DATA,
                            "the quantity is empty (wanted e.g. 570M, 39.1 billion yuan, "
                            "more than 800)");
    up_quantity_reader reader = {.shown = folded,
                                 .noun = "quantity",
                                 .examples =
                                     "570M, 39.1 billion yuan, more than 800, 80%",
                                 .err = err};
    if (options)
        reader.options = *options;
    up_quantity read;
    up_quantity_extra extra;
    status = up_quantity_read(&reader, folded, &read, &extra);
    if (status == UP_OK && extra.points)
        status =
            up_quantity_refuse(&reader, "is a change, not a level: record it as a claim");
    if (status == UP_OK)
        *quantity = read;
    return status;
}

static void add_decimal(up_buffer *out, up_decimal value)
{
    char text[UP_DECIMAL_SIZE];
    up_decimal_format(value, text);
    up_buffer_add(out, text);
}

void up_quantity_describe(const up_quantity *quantity, up_buffer *out)
{
    const char *words = up_qualifier_words(quantity->qualifier);
    if (*words != '\0') {
        up_buffer_add(out, words);
        up_buffer_add_char(out, ' ');
    }
    if (quantity->has_value)
        add_decimal(out, quantity->value);
    if (quantity->has_value && (quantity->has_low || quantity->has_high))
        up_buffer_add(out, ", between ");
    if (quantity->has_low)
        add_decimal(out, quantity->low);
    if (quantity->has_low && quantity->has_high)
        up_buffer_add(out, quantity->has_value ? " and " : " to ");
    if (quantity->has_high)
        add_decimal(out, quantity->high);
    if (quantity->fold)
        up_buffer_add(out, "-fold");
    if (*quantity->unit != '\0') {
        up_buffer_add_char(out, ' ');
        up_buffer_add(out, quantity->unit);
    }
}
