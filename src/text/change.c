/* Relative claims: "more than doubled", "up 20%", "down a third", "20 percent a year".
 *
 * The words of change are taken out of the text one by one and remembered; what is left is a
 * quantity ("more than", "20 percent"), or nothing where the word is the number (doubled). */
#include <string.h>

#include "text/quantity_parts.h"
#include "text/words.h"

typedef enum role {
    UP,       /* rose, increase */
    DOWN,     /* fell, down */
    YEARLY,   /* a year, annual */
    MULTIPLE, /* doubled: value is the fold, in tenths */
    LEVELS,   /* from … to: two levels, no change */
    FACTOR,   /* by a factor of: the number is a fold */
    FILLER
} role;

typedef struct change_word {
    const char *text;
    role role;
    int tenths;
} change_word;

static const change_word change_words[] = {
    {"doubled", MULTIPLE, 20},
    {"doubling", MULTIPLE, 20},
    {"doubles", MULTIPLE, 20},
    {"double", MULTIPLE, 20},
    {"tripled", MULTIPLE, 30},
    {"tripling", MULTIPLE, 30},
    {"triples", MULTIPLE, 30},
    {"triple", MULTIPLE, 30},
    {"trebled", MULTIPLE, 30},
    {"quadrupled", MULTIPLE, 40},
    {"quadrupling", MULTIPLE, 40},
    {"quadruple", MULTIPLE, 40},
    {"quintupled", MULTIPLE, 50},
    {"halved", MULTIPLE, 5},
    {"halving", MULTIPLE, 5},
    {"翻了一番", MULTIPLE, 20},
    {"翻一番", MULTIPLE, 20},
    {"翻番", MULTIPLE, 20},
    {"翻了两番", MULTIPLE, 40},
    {"翻两番", MULTIPLE, 40},
    {"减半", MULTIPLE, 5},

    {"up to", FILLER, -1}, /* a qualifier: left in place */
    {"upwards of", FILLER, -1},
    {"at least", FILLER, -1},
    {"at most", FILLER, -1},
    {"grows", UP, 0},
    {"rises", UP, 0},
    {"increases", UP, 0},
    {"up", UP, 0},
    {"rose", UP, 0},
    {"risen", UP, 0},
    {"rising", UP, 0},
    {"rise", UP, 0},
    {"grew", UP, 0},
    {"grown", UP, 0},
    {"growing", UP, 0},
    {"growth", UP, 0},
    {"increased", UP, 0},
    {"increasing", UP, 0},
    {"increase", UP, 0},
    {"gained", UP, 0},
    {"gain", UP, 0},
    {"climbed", UP, 0},
    {"jumped", UP, 0},
    {"surged", UP, 0},
    {"higher", UP, 0},
    {"增长", UP, 0},
    {"上升", UP, 0},
    {"增加", UP, 0},
    {"提高", UP, 0},

    {"down", DOWN, 0},
    {"fell", DOWN, 0},
    {"fallen", DOWN, 0},
    {"falling", DOWN, 0},
    {"falls", DOWN, 0},
    {"fall", DOWN, 0},
    {"decreased", DOWN, 0},
    {"decreasing", DOWN, 0},
    {"decrease", DOWN, 0},
    {"declined", DOWN, 0},
    {"declining", DOWN, 0},
    {"decline", DOWN, 0},
    {"dropped", DOWN, 0},
    {"drop", DOWN, 0},
    {"shrank", DOWN, 0},
    {"lost", DOWN, 0},
    {"lower", DOWN, 0},
    {"下降", DOWN, 0},
    {"减少", DOWN, 0},
    {"降低", DOWN, 0},
    {"下跌", DOWN, 0},

    {"a year", YEARLY, 0},
    {"per year", YEARLY, 0},
    {"per annum", YEARLY, 0},
    {"p.a.", YEARLY, 0},
    {"annually", YEARLY, 0},
    {"annual", YEARLY, 0},
    {"yearly", YEARLY, 0},
    {"each year", YEARLY, 0},
    {"every year", YEARLY, 0},
    {"/year", YEARLY, 0},
    {"年均", YEARLY, 0},
    {"每年", YEARLY, 0},

    {"from", LEVELS, 0},

    {"year-on-year", FILLER, 0},
    {"year on year", FILLER, 0},
    {"year-over-year", FILLER, 0},
    {"yoy", FILLER, 0},
    {"同比", FILLER, 0},
    {"by", FILLER, 0},
    {"at", FILLER, 0},
    {"by a factor of", FACTOR, 0},
    {"a factor of", FACTOR, 0},
    {"factor of", FACTOR, 0},
    {"a growth rate of", UP, 0},
    {"growth rate of", UP, 0},
    {"growth of", UP, 0},
    {"an increase of", UP, 0},
    {"increase of", UP, 0},
    {"a decrease of", DOWN, 0},
    {"decrease of", DOWN, 0},
    {"a rise of", UP, 0},
    {"rise of", UP, 0},
    {"a fall of", DOWN, 0},
    {"fall of", DOWN, 0},
    {"has", FILLER, 0},
    {"have", FILLER, 0},
    {"了", FILLER, 0},
};

static const char *const names[] = {[UP_CHANGE_FOLD] = "fold",
                                    [UP_CHANGE_PCH] = "pch",
                                    [UP_CHANGE_CAGR] = "cagr",
                                    [UP_CHANGE_CHG] = "chg"};

const char *up_change_name(up_change_kind kind)
{
    return names[kind];
}

up_status up_change_kind_parse(const char *name, up_change_kind *kind, up_error *err)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0) {
            *kind = (up_change_kind)i;
            return UP_OK;
        }
    return up_error_set(err, UP_BAD_DATA,
                        "'%.*s' is no kind of change (wanted fold, pch, cagr or chg)",
                        up_words_shown(name), name);
}

/* ---- Taking the words out ---- */

typedef struct change_text {
    bool up, down, yearly, levels, factor;
    int tenths; /* of the fold a word states; 0 if none does */
    size_t multiples;
    char rest[UP_FOLDED_SIZE]; /* the text without the words */
} change_text;

static const change_word *find_word(const char *text)
{
    const change_word *found = NULL;
    for (size_t i = 0; i < sizeof change_words / sizeof *change_words; i++)
        if (up_words_begins(text, change_words[i].text) &&
            (!found || strlen(change_words[i].text) > strlen(found->text)))
            found = &change_words[i];
    return found;
}

static void note_word(change_text *change, const change_word *word)
{
    change->up |= word->role == UP;
    change->down |= word->role == DOWN;
    change->yearly |= word->role == YEARLY;
    change->levels |= word->role == LEVELS;
    change->factor |= word->role == FACTOR;
    if (word->role == MULTIPLE) {
        change->tenths = word->tenths;
        change->multiples++;
    }
}

static void take_words_out(const char *text, change_text *change)
{
    *change = (change_text){.tenths = 0};
    char *out = change->rest;
    bool in_word = false;
    while (*text != '\0') {
        const change_word *word = in_word ? NULL : find_word(text);
        size_t length = word ? strlen(word->text) : 1;
        if (word && word->tenths >= 0) {
            note_word(change, word);
            if (out > change->rest && out[-1] != ' ')
                *out++ = ' ';
        } else {
            memcpy(out, text, length);
            out += length;
        }
        in_word = !word && up_words_is_letter(*text);
        text += length;
    }
    while (out > change->rest && out[-1] == ' ')
        out--;
    *out = '\0';
    /* "-fold" is shorter than the words that were taken out for it */
    if (change->factor && out > change->rest && out[-1] >= '0' && out[-1] <= '9')
        strcpy(out, "-fold");
    else if (change->factor && out > change->rest && up_words_is_letter(out[-1]))
        strcpy(out, " fold");
}

/* ---- Making sense of them ---- */

static up_decimal tenths_of(int tenths)
{
    if (tenths % 10 == 0)
        return up_decimal_from_int(tenths / 10);
    return (up_decimal){.low = (uint64_t)tenths, .exponent = -1};
}

/* "more than", left over beside "doubled". */
static up_status read_multiple(const up_quantity_reader *reader,
                               const change_text *change, up_quantity *q)
{
    static const up_qualifier opposite[] = {
        [UP_EXACTLY] = UP_EXACTLY,     [UP_ABOUT] = UP_ABOUT,
        [UP_MORE_THAN] = UP_LESS_THAN, [UP_AT_LEAST] = UP_AT_MOST,
        [UP_LESS_THAN] = UP_MORE_THAN, [UP_AT_MOST] = UP_AT_LEAST,
        [UP_NEARLY] = UP_JUST_OVER,    [UP_JUST_OVER] = UP_NEARLY};
    const char *p = up_skip_blanks(change->rest);
    up_qualifier qualifier = UP_EXACTLY;
    up_qualifier_read(&p, &qualifier);
    if (up_words_begins(p, "a"))
        p = up_skip_blanks(p + 1);
    if (*p != '\0' || change->multiples > 1 || change->down || change->yearly)
        return up_quantity_refuse(reader, "is no change that is understood (wanted e.g. "
                                          "more than doubled)");
    bool shrinks = change->tenths < 10;
    *q = (up_quantity){.qualifier = shrinks ? opposite[qualifier] : qualifier,
                       .has_value = true,
                       .fold = true,
                       .value = tenths_of(change->tenths)};
    return UP_OK;
}

/* The band of "nearly" and "just over", [0.9 X, X) and (X, 1.1 X], of a number below zero
 * turned round: a range, since those two are defined upwards only. */
static up_status turn_band(up_quantity *q, up_error *err)
{
    up_decimal tenth, other;
    up_status status = up_decimal_scale(q->value, -1, &tenth, err);
    if (status == UP_OK && q->qualifier == UP_NEARLY)
        tenth = up_decimal_negate(tenth);
    if (status == UP_OK)
        status = up_decimal_add(q->value, tenth, &other, err);
    if (status != UP_OK)
        return status;
    bool nearly = q->qualifier == UP_NEARLY;
    q->low = up_decimal_negate(nearly ? q->value : other);
    q->high = up_decimal_negate(nearly ? other : q->value);
    q->qualifier = UP_EXACTLY;
    q->has_value = false;
    q->has_low = q->has_high = true;
    q->value = (up_decimal){0};
    return UP_OK;
}

/* A fall: the number below zero, its bounds turned round. */
static up_status turn_down(up_quantity *q, up_error *err)
{
    static const up_qualifier turned[] = {
        [UP_EXACTLY] = UP_EXACTLY,     [UP_ABOUT] = UP_ABOUT,
        [UP_MORE_THAN] = UP_LESS_THAN, [UP_AT_LEAST] = UP_AT_MOST,
        [UP_LESS_THAN] = UP_MORE_THAN, [UP_AT_MOST] = UP_AT_LEAST,
        [UP_NEARLY] = UP_NEARLY,       [UP_JUST_OVER] = UP_JUST_OVER};
    if (q->qualifier == UP_NEARLY || q->qualifier == UP_JUST_OVER)
        return turn_band(q, err);
    up_decimal low = q->low;
    q->value = up_decimal_negate(q->value);
    q->low = up_decimal_negate(q->high);
    q->high = up_decimal_negate(low);
    q->qualifier = turned[q->qualifier];
    return UP_OK;
}

static up_status choose_kind(const up_quantity_reader *reader, const change_text *change,
                             const up_quantity *q, const up_quantity_extra *extra,
                             bool is_part, up_change_kind *kind)
{
    bool directed = change->up || change->down;
    if (q->fold && extra->times && directed)
        return up_quantity_refuse(reader, "is ambiguous: write 3-fold for three times as "
                                          "much, 300%% for three times more");
    if (q->fold && (change->down || change->yearly))
        return up_quantity_refuse(reader,
                                  "is no change that is understood: write a fall or "
                                  "a yearly rate in percent");
    if (extra->points && change->yearly)
        return up_quantity_refuse(reader, "is no change that is understood: percentage "
                                          "points have no yearly rate here");
    if (q->fold)
        *kind = UP_CHANGE_FOLD;
    else if (extra->points)
        *kind = UP_CHANGE_CHG;
    else if (q->percent || (is_part && directed))
        *kind = change->yearly ? UP_CHANGE_CAGR : UP_CHANGE_PCH;
    else if (directed && !change->yearly)
        *kind = UP_CHANGE_CHG;
    else
        return up_quantity_refuse(reader,
                                  "is no change (wanted e.g. 100-fold, up 20%%, more "
                                  "than doubled, 20%% a year)");
    return UP_OK;
}

/* "a third", "half", 三分之一: a part of what it was, as in "down a third". */
static bool is_part(const char *rest, const up_quantity *q)
{
    bool digits = strpbrk(rest, "0123456789") != NULL;
    return !digits && q->has_value && *q->unit == '\0' &&
           up_decimal_compare(q->value, up_decimal_from_int(1)) < 0;
}

static up_status read_change(const up_quantity_reader *reader, const char *text,
                             up_change_kind *kind, up_quantity *q)
{
    change_text change;
    up_quantity_extra extra;
    take_words_out(text, &change);
    if (change.levels)
        return up_quantity_refuse(reader,
                                  "names levels, not a change: record the figures");
    if (change.up && change.down)
        return up_quantity_refuse(reader, "rises and falls at once");
    if (change.multiples > 0) {
        *kind = UP_CHANGE_FOLD;
        return read_multiple(reader, &change, q);
    }
    up_status status = up_quantity_read(reader, change.rest, q, &extra);
    if (status == UP_OK)
        status = choose_kind(reader, &change, q, &extra, is_part(change.rest, q), kind);
    if (status == UP_OK && change.down)
        status = turn_down(q, reader->err);
    return status;
}

up_status up_change_parse(const char *text, up_change_kind *kind, up_quantity *quantity,
                          up_error *err)
{
    char folded[UP_FOLDED_SIZE];
    up_status status = up_words_fold(text, "a change", folded, err);
    if (status != UP_OK)
        return status;
    if (*folded == '\0')
        return up_error_set(
            err, UP_BAD_DATA,
            "the change is empty (wanted e.g. 100-fold, up 20%%, more than "
            "doubled)");
    up_quantity_reader reader = {.shown = folded,
                                 .noun = "change",
                                 .examples =
                                     "100-fold, up 20%, more than doubled, 20% a year",
                                 .err = err};
    up_change_kind read_kind = UP_CHANGE_FOLD;
    up_quantity read;
    status = read_change(&reader, folded, &read_kind, &read);
    if (status != UP_OK)
        return status;
    *kind = read_kind;
    *quantity = read;
    return UP_OK;
}
