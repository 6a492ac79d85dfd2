/* What people write in expressions and there is not, and what does the same. */
#include <string.h>

#include "uptick/expression.h"
#include "uptick/growth.h"

static const char can_do[] =
    "an expression has + - * /, @ CURRENCY and parentheses, with blanks around operators";

static const struct {
    const char *name, *instead;
} functions[] = {
    {"log", "--transform log for the natural logarithm"},
    {"ln", "--transform log for the natural logarithm"},
    {"log10", "--transform log for the natural logarithm"},
    {"log2", "--transform doubling for the time to double"},
    {"pow", "x * x for a square"},
    {"sqrt", NULL},
    {"exp", NULL},
    {"abs", NULL},
    {"sum", "'a + b' for several series, --resample UNIT --how sum for several periods"},
    {"mean", "'( a + b ) / 2' for several series, --resample UNIT --how avg for periods"},
    {"avg", "'( a + b ) / 2' for several series, --resample UNIT --how avg for periods"},
    {"average",
     "'( a + b ) / 2' for several series, --resample UNIT --how avg for periods"},
    {"diff", "--transform chg for the change on the figure before"},
    {"delta", "--transform chg for the change on the figure before"},
    {"lag", "--transform chg, pch or pc1 for what stands before"},
    {"yoy", "--transform pc1 for the change on a year before"},
    {"pct", "--transform pch for the percent change"},
    {"per_capita", "'x / population' for what falls to each"},
};

enum { FUNCTIONS = sizeof functions / sizeof functions[0] };

static const struct {
    const char *mark, *instead;
} marks[] = {{"**", "x * x for a square"},        {"^", "x * x for a square"},
             {"\xc3\x97", "'*' for '\xc3\x97'"},  /* × */
             {"\xc3\xb7", "'/' for '\xc3\xb7'"},  /* ÷ */
             {"\xe2\x88\x92", "'-' for a minus"}, /* U+2212 */
             {"\xe2\x88\x95", "'/' for a slash"}};

static bool is_of_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '_';
}

static size_t find_function(const char *name, size_t length)
{
    size_t i = 0;
    while (i < FUNCTIONS && (strlen(functions[i].name) != length ||
                             strncmp(functions[i].name, name, length) != 0))
        i++;
    return i;
}

static up_status no_function(const char *name, size_t length, up_error *err)
{
    size_t known = find_function(name, length);
    const char *instead = known < FUNCTIONS ? functions[known].instead : NULL;
    return up_error_set(err, UP_USAGE, "there is no function '%.*s': %s%s%s", (int)length,
                        name, can_do, instead != NULL ? "; " : "",
                        instead != NULL ? instead : "");
}

/* Past a name in quotes, an entity's name behind a slash, or one character. */
static const char *past(const char *at)
{
    const char *quote = *at == '"' ? strchr(at + 1, '"') : NULL;
    if (quote != NULL)
        return quote + 1;
    if (*at == '/' && at[1] != ' ' && at[1] != '\0')
        return at + 1 + strcspn(at + 1, " ");
    return at + 1;
}

up_status up_expression_explain(const char *text, up_error *err)
{
    for (const char *at = text; *at != '\0';) {
        for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
            if (strncmp(at, marks[i].mark, strlen(marks[i].mark)) == 0)
                return up_error_set(err, UP_USAGE, "there is no '%s': %s; %s",
                                    marks[i].mark, can_do, marks[i].instead);
        size_t name = 0;
        while (is_of_name(at[name]))
            name++;
        size_t blanks = strspn(at + name, " ");
        bool known = find_function(at, name) < FUNCTIONS;
        if (name > 0 && at[name + blanks] == '(' && (blanks == 0 || known))
            return no_function(at, name, err);
        at = name > 0 ? at + name : past(at);
    }
    return err != NULL ? err->code : UP_USAGE;
}
