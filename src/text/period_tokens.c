/* Cutting a period into tokens, by a table of English and Chinese phrases. */
#include "text/period_tokens.h"

#include <string.h>

#include "text/words.h"

typedef struct phrase {
    const char *text;
    char kind;
    int value;
} phrase;

/* Longer phrases stand before those they begin with. */
static const phrase phrases[] = {
    {"january", MONTH_NAME, 1},
    {"jan", MONTH_NAME, 1},
    {"february", MONTH_NAME, 2},
    {"feb", MONTH_NAME, 2},
    {"march", MONTH_NAME, 3},
    {"mar", MONTH_NAME, 3},
    {"april", MONTH_NAME, 4},
    {"apr", MONTH_NAME, 4},
    {"may", MONTH_NAME, 5},
    {"june", MONTH_NAME, 6},
    {"jun", MONTH_NAME, 6},
    {"july", MONTH_NAME, 7},
    {"jul", MONTH_NAME, 7},
    {"august", MONTH_NAME, 8},
    {"aug", MONTH_NAME, 8},
    {"september", MONTH_NAME, 9},
    {"sept", MONTH_NAME, 9},
    {"sep", MONTH_NAME, 9},
    {"october", MONTH_NAME, 10},
    {"oct", MONTH_NAME, 10},
    {"november", MONTH_NAME, 11},
    {"nov", MONTH_NAME, 11},
    {"december", MONTH_NAME, 12},
    {"dec", MONTH_NAME, 12},

    {"first", ORDINAL, 1},
    {"second", ORDINAL, 2},
    {"third", ORDINAL, 3},
    {"fourth", ORDINAL, 4},

    {"quarter", PART, UP_QUARTER},
    {"qtr", PART, UP_QUARTER},
    {"q", PART, UP_QUARTER},
    {"季度", PART, UP_QUARTER},
    {"季", PART, UP_QUARTER},
    {"half", PART, UP_HALF},
    {"h", PART, UP_HALF},
    {"week", PART, UP_WEEK},
    {"w", PART, UP_WEEK},
    {"周", PART, UP_WEEK},
    {"上半年", HALF_WORD, 1},
    {"下半年", HALF_WORD, 2},

    {"fiscal year", FISCAL, 0},
    {"financial year", FISCAL, 0},
    {"fiscal", FISCAL, 0},
    {"fy", FISCAL, 0},
    {"财政年度", FISCAL, 0},
    {"财年", FISCAL, 0},

    {"by", MODIFIER, BY},
    {"(some day)", MODIFIER, SOME_DAY},
    {"some day in", MODIFIER, SOME_DAY},
    {"some day of", MODIFIER, SOME_DAY},
    {"some day during", MODIFIER, SOME_DAY},
    {"one day in", MODIFIER, SOME_DAY},
    {"one day of", MODIFIER, SOME_DAY},
    {"a day in", MODIFIER, SOME_DAY},
    {"a day of", MODIFIER, SOME_DAY},
    {"year-end", MODIFIER, END},
    {"year end", MODIFIER, END},
    {"yearend", MODIFIER, END},
    {"end", MODIFIER, END},
    {"年底", MODIFIER, END},
    {"年末", MODIFIER, END},
    {"底", MODIFIER, END},
    {"末", MODIFIER, END},
    {"start", MODIFIER, START},
    {"beginning", MODIFIER, START},
    {"early", MODIFIER, EARLY},
    {"年初", MODIFIER, EARLY},
    {"上旬", MODIFIER, EARLY},
    {"初", MODIFIER, EARLY},
    {"middle", MODIFIER, MID},
    {"mid", MODIFIER, MID},
    {"年中", MODIFIER, MID},
    {"中旬", MODIFIER, MID},
    {"中", MODIFIER, MID},
    {"late", MODIFIER, LATE},
    {"下旬", MODIFIER, LATE},
    {"about", MODIFIER, ABOUT},
    {"around", MODIFIER, ABOUT},
    {"approximately", MODIFIER, ABOUT},
    {"roughly", MODIFIER, ABOUT},
    {"circa", MODIFIER, ABOUT},
    {"ca.", MODIFIER, ABOUT},
    {"ca", MODIFIER, ABOUT},
    {"c.", MODIFIER, ABOUT},
    {"约", MODIFIER, ABOUT},
    {"左右", MODIFIER, ABOUT},

    {"年度", YEAR_SIGN, 0},
    {"年", YEAR_SIGN, 0},
    {"月份", MONTH_SIGN, 0},
    {"月", MONTH_SIGN, 0},
    {"日", DAY_SIGN, 0},
    {"号", DAY_SIGN, 0},
    {"十二", '2', 12},
    {"十一", '2', 11},
    {"十", '2', 10},
    {"一", '2', 1},
    {"二", '2', 2},
    {"三", '2', 3},
    {"四", '2', 4},
    {"五", '2', 5},
    {"六", '2', 6},
    {"七", '2', 7},
    {"八", '2', 8},
    {"九", '2', 9},
    {"前", FIRST_FEW, 0},
    {"第", DROPPED, 0},
    {"截至", DROPPED, 0},
    {"截止", DROPPED, 0},
    {"至", '-', BY}, /* between numbers a dash, elsewhere "by" */
    {"到", '-', BY},
    {"to", '-', NOTHING},

    {"as of", DROPPED, 0},
    {"as at", DROPPED, 0},
    {"calendar year", DROPPED, 0},
    {"cy", DROPPED, 0},
    {"year", DROPPED, 0},
    {"the", DROPPED, 0},
    {"of", DROPPED, 0},
    {"in", DROPPED, 0},
    {"on", DROPPED, 0},
    {"at", DROPPED, 0},
    {"for", DROPPED, 0},
    {"during", DROPPED, 0},
    {"utc", DROPPED, 0},
    {"gmt", DROPPED, 0},
    {"z", DROPPED, 0},
    {"'s", PLURAL, 0},
    {"s", PLURAL, 0},

    {"last", RELATIVE, 0},
    {"this", RELATIVE, 0},
    {"next", RELATIVE, 0},
    {"previous", RELATIVE, 0},
    {"current", RELATIVE, 0},
    {"currently", RELATIVE, 0},
    {"ago", RELATIVE, 0},
    {"now", RELATIVE, 0},
    {"today", RELATIVE, 0},
    {"yesterday", RELATIVE, 0},
    {"tomorrow", RELATIVE, 0},
    {"今年", RELATIVE, 0},
    {"去年", RELATIVE, 0},
    {"前年", RELATIVE, 0},
    {"明年", RELATIVE, 0},
    {"本年", RELATIVE, 0},
    {"本月", RELATIVE, 0},
    {"上月", RELATIVE, 0},
    {"上个月", RELATIVE, 0},
    {"今天", RELATIVE, 0},
    {"昨天", RELATIVE, 0},
    {"目前", RELATIVE, 0},

    {"spring", SEASON, 0},
    {"summer", SEASON, 0},
    {"autumn", SEASON, 0},
    {"fall", SEASON, 0},
    {"winter", SEASON, 0},
    {"春", SEASON, 0},
    {"夏", SEASON, 0},
    {"秋", SEASON, 0},
    {"冬", SEASON, 0},
};

static bool begins_with(const char *text, const phrase *entry)
{
    return up_words_begins(text, entry->text);
}

/* The phrase text begins with, the longest of them. */
static const phrase *find_phrase(const char *text)
{
    const phrase *found = NULL;
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++)
        if (begins_with(text, &phrases[i]) &&
            (!found || strlen(phrases[i].text) > strlen(found->text)))
            found = &phrases[i];
    return found;
}

bool up_period_is_number(char kind)
{
    return kind == '4' || kind == '2' || kind == '9';
}

static bool after_blank(const token_list *list, const char *at)
{
    return at == list->text || at[-1] == ' ';
}

static bool after_number(const token_list *list)
{
    return list->count > 0 && up_period_is_number(list->items[list->count - 1].kind);
}

static token *push(token_list *list, char kind, int64_t value, const char *at)
{
    if (list->count == TOKENS_MAX)
        return NULL;
    token *t = &list->items[list->count++];
    *t = (token){.kind = kind, .value = value, .at = at};
    return t;
}

/* Whether a number follows, after a blank at most. */
static bool before_number(const char *rest)
{
    return up_words_is_digit(*rest == ' ' ? rest[1] : *rest);
}

static bool add_phrase(token_list *list, const phrase *entry, const char *at,
                       const char *rest)
{
    if (entry->kind == DROPPED)
        return true;
    if (entry->kind != '-')
        return push(list, entry->kind, entry->value, at) != NULL;
    if (after_number(list) && before_number(rest))
        return push(list, '-', 0, at) != NULL;
    return entry->value == BY && push(list, MODIFIER, BY, at) != NULL;
}

/* 23:05 or 23:05:09, where *p stands behind the hour. */
static bool read_clock(const char **p, int64_t hour, up_clock *clock)
{
    int64_t minute = 0, second = 0;
    const char *s = *p + 1;
    *clock = (up_clock){.hour = (int)hour, .granularity = UP_MINUTE};
    if (up_words_scan_digits(&s, &minute) != 2)
        return false;
    if (*s == ':') {
        s++;
        clock->granularity = UP_SECOND;
        if (up_words_scan_digits(&s, &second) != 2)
            return false;
    }
    clock->minute = (int)minute;
    clock->second = (int)second;
    *p = s;
    return true;
}

/* 31, 2024, 3rd, 10:30 */
static bool add_number(token_list *list, const char **p)
{
    static const char *const endings[] = {"st", "nd", "rd", "th"};
    const char *at = *p;
    int64_t value = 0;
    size_t digits = up_words_scan_digits(p, &value);
    if (**p == ':' && digits <= 2) {
        token *t = push(list, CLOCK, 0, at);
        return t && read_clock(p, value, &t->clock);
    }
    for (size_t i = 0; digits <= 2 && i < sizeof endings / sizeof *endings; i++)
        if (up_words_begins(*p, endings[i])) {
            *p += 2;
            return push(list, ORDINAL, value, at) != NULL;
        }
    char kind = digits == 4 ? '4' : digits <= 2 ? '2' : '9';
    return push(list, kind, value, at) != NULL;
}

/* A mark counts between two numbers, with blanks on both sides or none ("31. 12. 2024" is
 * common too); beside a word it does not count: "Dec-2024" is "Dec 2024". A dash that stands
 * before a number alone is a sign. Elsewhere ("2024-") something is missing. */
static bool add_mark(token_list *list, const char **p)
{
    const char *at = *p;
    bool after_word = list->count > 0 && !after_number(list);
    bool detached = after_blank(list, at), blank_follows = at[1] == ' ';
    ++*p;
    if (after_number(list) && before_number(*p))
        return (*at == '.' ? !detached : detached == blank_follows) &&
               push(list, *at, 0, at) != NULL;
    if (*at == '-' && detached && up_words_is_digit(at[1]))
        return push(list, SIGN, 0, at) != NULL;
    bool before_word =
        at[1] != '\0' && !strchr("/-.'", at[1]) && !up_words_is_digit(at[1]);
    return after_word || (before_word && (!blank_follows || list->count > 0));
}

const char *up_period_cut(const char *text, token_list *list)
{
    *list = (token_list){.text = text};
    for (const char *p = text; *p != '\0';) {
        const char *at = p;
        const phrase *entry = find_phrase(p);
        bool fits = true;
        if (up_words_is_digit(*p)) {
            fits = add_number(list, &p);
        } else if (entry) {
            p += strlen(entry->text);
            fits = add_phrase(list, entry, at, p);
        } else if (*p == ' ' || *p == ',') {
            p++;
        } else if (*p == '~' && list->count == 0) {
            p++;
            fits = push(list, MODIFIER, ABOUT, at) != NULL;
        } else if (strchr("/-.'", *p)) {
            fits = add_mark(list, &p);
        } else {
            return at;
        }
        if (!fits)
            return at;
    }
    return NULL;
}
