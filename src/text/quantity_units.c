/* Units: currencies by mark, word or code, and whether two unit texts mean the same. */
#include "text/quantity_parts.h"

#include <string.h>

#include "text/words.h"

/* Every way to write a currency. A mark that several use lists them, the usual one first;
 * with `ask` there is no usual one. */
static const struct {
    const char *text;
    const char *codes; /* blank between them */
    bool ask;
} currencies[] = {
    {"US$", "USD", false},
    {"USD", "USD", false},
    {"US dollars", "USD", false},
    {"US dollar", "USD", false},
    {"U.S. dollars", "USD", false},
    {"A$", "AUD", false},
    {"AUD", "AUD", false},
    {"C$", "CAD", false},
    {"CAD", "CAD", false},
    {"HK$", "HKD", false},
    {"HKD", "HKD", false},
    {"NT$", "TWD", false},
    {"TWD", "TWD", false},
    {"S$", "SGD", false},
    {"SGD", "SGD", false},
    {"R$", "BRL", false},
    {"BRL", "BRL", false},
    {"$", "USD AUD CAD HKD NZD SGD TWD MXN", false},
    {"dollars", "USD AUD CAD HKD NZD SGD TWD", false},
    {"dollar", "USD AUD CAD HKD NZD SGD TWD", false},
    {"NZD", "NZD", false},
    {"MXN", "MXN", false},
    {"CN¥", "CNY", false},
    {"JP¥", "JPY", false},
    {"¥", "CNY JPY", true},
    {"RMB", "CNY", false},
    {"CNY", "CNY", false},
    {"renminbi", "CNY", false},
    {"yuan", "CNY", false},
    {"元", "CNY HKD TWD", false},
    {"人民币", "CNY", false},
    {"元人民币", "CNY", false},
    {"JPY", "JPY", false},
    {"yen", "JPY", false},
    {"日元", "JPY", false},
    {"€", "EUR", false},
    {"EUR", "EUR", false},
    {"euros", "EUR", false},
    {"euro", "EUR", false},
    {"欧元", "EUR", false},
    {"£", "GBP", false},
    {"GBP", "GBP", false},
    {"pounds sterling", "GBP", false},
    {"英镑", "GBP", false},
    {"美元", "USD", false},
    {"港元", "HKD", false},
    {"新台币", "TWD", false},
    {"₩", "KRW", false},
    {"KRW", "KRW", false},
    {"won", "KRW", false},
    {"韩元", "KRW", false},
    {"₹", "INR", false},
    {"INR", "INR", false},
    {"rupees", "INR", false},
    {"CHF", "CHF", false},
    {"RUB", "RUB", false},
    {"SEK", "SEK", false},
    {"NOK", "NOK", false},
    {"DKK", "DKK", false},
};

enum { CURRENCIES = sizeof currencies / sizeof *currencies };

/* The code among `codes` that is preferred, else the first. False if it must be asked. */
static bool choose(size_t at, const char *preferred, char code[UP_CURRENCY_SIZE])
{
    const char *chosen = currencies[at].codes;
    const char *match =
        preferred && strlen(preferred) == 3 ? strstr(chosen, preferred) : NULL;
    if (match)
        chosen = match;
    else if (currencies[at].ask)
        return false;
    memcpy(code, chosen, 3);
    code[3] = '\0';
    return true;
}

/* Before a number a word needs a blank or the digit behind it: "won" in "wonder" does not. */
up_status up_currency_read(const up_quantity_reader *reader, const char **text,
                           char code[UP_CURRENCY_SIZE])
{
    size_t found = CURRENCIES;
    for (size_t i = 0; i < CURRENCIES; i++)
        if (up_words_begins(*text, currencies[i].text) &&
            (found == CURRENCIES ||
             strlen(currencies[i].text) > strlen(currencies[found].text)))
            found = i;
    code[0] = '\0';
    if (found == CURRENCIES)
        return UP_OK;
    if (!choose(found, reader->options.currency, code))
        return up_quantity_refuse(reader,
                                  "is ambiguous: %s may be CNY or JPY; write the code",
                                  currencies[found].text);
    *text += strlen(currencies[found].text);
    return UP_OK;
}

static bool same_text(const char *a, const char *b)
{
    return strlen(a) == strlen(b) && up_words_begins(a, b);
}

/* The code of a whole text that names a currency ("yuan", "美元", "usd"); "" if none does. */
static void find_code(const char *text, const char *preferred,
                      char code[UP_CURRENCY_SIZE])
{
    code[0] = '\0';
    for (size_t i = 0; i < CURRENCIES; i++)
        if (same_text(text, currencies[i].text)) {
            if (!choose(i, preferred, code))
                code[0] = '\0';
            return;
        }
}

/* ---- Comparing units ---- */

enum { WORD_SIZE = UP_UNIT_SIZE };

/* The next word in lower case; "/" is a word. False at the end. */
static bool next_word(const char **text, char word[WORD_SIZE])
{
    const char *p = up_skip_blanks(*text);
    size_t length = 0;
    if (*p == '/')
        word[length++] = *p++;
    else
        while (*p != '\0' && *p != ' ' && *p != '/' && length + 1 < WORD_SIZE)
            word[length++] = *p++;
    word[length] = '\0';
    up_words_lower(word);
    *text = p;
    return length > 0;
}

static bool ends_with(const char *word, const char *ending)
{
    size_t length = strlen(word), tail = strlen(ending);
    return length > tail && strcmp(word + length - tail, ending) == 0;
}

/* One form for singular and plural, and for two spellings. */
static void reduce_word(char word[WORD_SIZE])
{
    static const char *const same[][2] = {
        {"/", "per"},          {"a", "per"},     {"an", "per"},      {"people", "person"},
        {"persons", "person"}, {"人", "person"}, {"metre", "meter"}, {"litre", "liter"},
        {"tonne", "ton"},      {"%", "percent"}, {"pct", "percent"}};
    size_t length = strlen(word);
    if (ends_with(word, "ies") && length > 4)
        strcpy(word + length - 3, "y");
    else if (ends_with(word, "xes") || ends_with(word, "ches") ||
             ends_with(word, "shes") || ends_with(word, "sses"))
        word[length - 2] = '\0';
    else if (ends_with(word, "s") && !ends_with(word, "ss") && length > 2)
        word[length - 1] = '\0';
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        if (strcmp(word, same[i][0]) == 0)
            strcpy(word, same[i][1]);
}

bool up_unit_matches(const char *written, const char *metric_unit)
{
    char code[UP_CURRENCY_SIZE], wanted[UP_CURRENCY_SIZE];
    if (*up_skip_blanks(written) == '\0')
        return true;
    find_code(metric_unit, NULL, wanted);
    find_code(written, wanted, code);
    if (*code != '\0' && *wanted != '\0')
        return strcmp(code, wanted) == 0;
    for (;;) {
        char a[WORD_SIZE], b[WORD_SIZE];
        bool more_a = next_word(&written, a), more_b = next_word(&metric_unit, b);
        if (!more_a || !more_b)
            return more_a == more_b;
        reduce_word(a);
        reduce_word(b);
        if (strcmp(a, b) != 0)
            return false;
    }
}
