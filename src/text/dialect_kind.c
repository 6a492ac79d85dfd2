/* What a cell looks like. */
#include "text/dialect.h"

#include <string.h>

#include "text/words.h"
#include "uptick/period.h"

enum { LONGEST_DATE = 40 };

/* Signs around a number, longer before shorter; blanks of all widths among them. */
static const char *const marks[] = {
    "\xE2\x88\x92" /* minus */,  "\xC2\xA0",    "\xE2\x80\x89", "\xE2\x80\xAF",
    "\xE2\x82\xAC" /* euro */,   "\xC2\xA3",    "\xC2\xA5",     "\xE2\x80\xB0",
    "\xEF\xBC\x8C" /* wide , */, "\xE2\x80\x99"};

static size_t mark_at(const char *p)
{
    if (*p != '\0' && strchr("+-.,' %$()", *p) != NULL)
        return 1;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t length = strlen(marks[i]);
        if (strncmp(p, marks[i], length) == 0)
            return length;
    }
    return 0;
}

/* 1.33E+11 */
static size_t power_at(const char *p)
{
    if (*p != 'e' && *p != 'E')
        return 0;
    size_t sign = p[1] == '+' || p[1] == '-' ? 1 : 0;
    return up_words_is_digit(p[1 + sign]) ? 1 + sign : 0;
}

/* Digits in a row between the marks, and a '-' between two of them. */
typedef struct outline {
    size_t digits, groups, longest;
    bool dash_inside, two_points, other;
} outline;

static outline outline_of(const char *text)
{
    outline o = {0};
    size_t run = 0, points = 0;
    bool all_short = true;
    for (const char *p = text; *p != '\0';) {
        if (up_words_is_digit(*p)) {
            o.groups += run == 0;
            o.digits++;
            if (++run > o.longest)
                o.longest = run;
            p++;
            continue;
        }
        size_t size = o.digits > 0 ? power_at(p) : 0;
        if (size == 0)
            size = mark_at(p);
        if (size == 0) {
            o.other = true;
            break;
        }
        if (*p == '-' && run > 0 && up_words_is_digit(p[1]))
            o.dash_inside = true;
        if (*p == '.' && run > 0 && up_words_is_digit(p[1])) {
            points++;
            all_short = all_short && run <= 2;
        }
        run = 0;
        p += size;
    }
    o.two_points = points == 2 && all_short;
    return o;
}

static bool is_missing(const char *text)
{
    static const char *const words[] = {"NA",   "N/A", "NaN",  "null", "none",
                                        "n.a.", "nil", "#N/A", "n/d"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (up_words_begins(text, words[i]) && strlen(text) == strlen(words[i]))
            return true;
    size_t length = strspn(text, ".-:*");
    if (text[length] == '\0')
        return true;
    return strcmp(text, "\xE2\x80\xA6") == 0 || strcmp(text, "\xE2\x80\x93") == 0 ||
           strcmp(text, "\xE2\x80\x94") == 0;
}

static bool is_blank(const char *text)
{
    while (*text == ' ' || (*text >= '\t' && *text <= '\r') ||
           strncmp(text, "\xC2\xA0", 2) == 0)
        text += *text == '\xC2' ? 2 : 1;
    return *text == '\0';
}

up_cell_kind up_cell_kind_of(const char *text)
{
    if (is_blank(text))
        return UP_CELL_BLANK;
    if (is_missing(text))
        return UP_CELL_MISSING;
    outline o = outline_of(text);
    if (!o.other && o.digits > 0 && !o.dash_inside && !o.two_points)
        return UP_CELL_NUMBER;
    up_period period;
    up_period_options options = {.date_order = 'd', .fiscal_year_end = 12};
    if (strlen(text) > LONGEST_DATE)
        return UP_CELL_TEXT;
    if (up_period_parse(text, &options, &period, NULL) == UP_OK)
        return UP_CELL_DATE;
    options.date_order = 'm';
    if (up_period_parse(text, &options, &period, NULL) == UP_OK)
        return UP_CELL_DATE;
    return UP_CELL_TEXT;
}

/* A word that needs a colon, a number or nothing more behind it, else it is a name. */
static bool is_word_with_colon(const char *text)
{
    static const char *const words[] = {
        "source",    "sources",         "note",          "notes",       "footnote",
        "footnotes", "quelle",          "quellen",       "hinweis",     "anmerkung",
        "fuente",    "fuentes",         "nota",          "notas",       "remark",
        "remarks",   "fonte",           "lecture",       "champ",       "bron",
        "legend",    "data source",     "units",         "unit",        "contact",
        "copyright", "licence",         "license",       "symbols",     "flags",
        "数据来源",  "资料来源",        "来源",          "注",          "说明",
        "备注",      "available flags", "special value", "last update", "last updated"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!up_words_begins(text, words[i]))
            continue;
        const char *p = text + strlen(words[i]);
        p += strspn(p, " ");
        if (strncmp(p, "\xC2\xA0", 2) == 0)
            p += 3;
        if (*p == '\0' || *p == ':' || *p == '(' || up_words_is_digit(*p) ||
            strncmp(p, "\xEF\xBC\x9A", 3) == 0)
            return true;
    }
    return false;
}

bool up_is_note(const char *text)
{
    static const char *const beginnings[] = {
        "last updated", "data from database", "data extracted",
        "extracted on", "updated on",         "how to cite",
        "(c)",          "copyright",          "stand:",
        "__",           "generated on",       "downloaded",
        "\xC2\xA9"};
    text += strspn(text, " \t");
    if (*text == '*' && text[1] != '\0')
        return true;
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (up_words_begins(text, beginnings[i]))
            return true;
    return is_word_with_colon(text);
}
