/* Flags, footnote marks, and what stands for a missing value. */
#include "text/entry_parts.h"

#include <string.h>
#include <utf8proc.h>

#include "text/words.h"

/* Eurostat's flags to SDMX CL_OBS_STATUS. 'r' (revised) is no status; 'c' is a figure
 * that is kept back, 'z' one that cannot exist. */
static const struct {
    char flag, status;
} flags[] = {{'b', 'B'}, {'c', 'Q'}, {'d', 'D'}, {'e', 'E'}, {'f', 'F'},
             {'i', 'I'}, {'n', 'N'}, {'p', 'P'}, {'r', 0},   {'s', 'E'},
             {'u', 'U'}, {'v', 'V'}, {'z', 'M'}};

static const struct {
    const char *word;
    char status;
} words[] = {{"normal", 'A'},
             {"final", 'A'},
             {"actual", 'A'},
             {"break", 'B'},
             {"break in series", 'B'},
             {"break in time series", 'B'},
             {"definition differs", 'D'},
             {"est", 'E'},
             {"est.", 'E'},
             {"estimate", 'E'},
             {"estimated", 'E'},
             {"estimated value", 'E'},
             {"forecast", 'F'},
             {"projection", 'F'},
             {"projected", 'F'},
             {"imputed", 'I'},
             {"prov", 'P'},
             {"prov.", 'P'},
             {"provisional", 'P'},
             {"prelim", 'P'},
             {"prelim.", 'P'},
             {"preliminary", 'P'},
             {"unreliable", 'U'},
             {"low reliability", 'U'},
             {"not significant", 'N'},
             {"confidential", 'Q'},
             {"suppressed", 'Q'},
             {"provisional value", 'P'}};

/* OBS_STATUS, what changes a figure's meaning most first. */
static const char severity[] = "FBDEIPUNSGJKLMOQVA";

static char more_severe(char a, char b)
{
    if (a == '\0' || b == '\0')
        return a != '\0' ? a : b;
    return strchr(severity, a) <= strchr(severity, b) ? a : b;
}

static bool flag_status(char letter, char *status)
{
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (flags[i].flag == letter) {
            *status = flags[i].status;
            return true;
        }
    return false;
}

/* Letters that are all flags, in the alphabet's order as Eurostat joins them; how many.
 * "bn" and "in" are a billion and inches. */
static size_t joined_flags(const char *p, char *status)
{
    size_t count = 0;
    char all = '\0', one;
    for (; up_words_is_letter(p[count]); count++) {
        if (!flag_status(p[count], &one) || (count > 0 && p[count] <= p[count - 1]))
            return 0;
        all = more_severe(all, one);
    }
    if (count == 2 && (strncmp(p, "bn", 2) == 0 || strncmp(p, "in", 2) == 0))
        return 0;
    *status = all;
    return count <= 4 ? count : 0;
}

static bool is_word(const char *text, const char *word)
{
    return up_words_begins(text, word) && strlen(text) == strlen(word);
}

char up_entry_status(const char *flag)
{
    char folded[UP_FOLDED_SIZE], status = '\0';
    if (up_words_fold(flag, "a flag", folded, NULL) != UP_OK)
        return '\0';
    size_t length = strlen(folded);
    if (length == 1 && strchr(severity, *folded) != NULL)
        return *folded;
    if (length > 0 && joined_flags(folded, &status) == length)
        return status;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (is_word(folded, words[i].word))
            return words[i].status;
    return '\0';
}

/* --- Marks behind a number ---------------------------------------------------------- */

static void add_mark(up_entry *entry, const char *mark, size_t length, char status)
{
    size_t held = strlen(entry->mark);
    if (held > 0 && held + 1 < sizeof entry->mark)
        entry->mark[held++] = ' ';
    if (length > sizeof entry->mark - 1 - held)
        length = sizeof entry->mark - 1 - held;
    while (length > 0 && (mark[length] & 0xC0) == 0x80)
        length--;
    memcpy(entry->mark + held, mark, length);
    entry->mark[held + length] = '\0';
    entry->status = more_severe(entry->status, status);
}

/* "(2)", "[a]", "(p)", "(est.)": two letters or digits, or the word of a status. */
static size_t bracketed(const char *p, char *status)
{
    char inside[32];
    size_t length = strcspn(p + 1, "()[]"), plain = 0;
    if ((*p != '(' && *p != '[') || p[length + 1] != (*p == '(' ? ')' : ']'))
        return 0;
    if (length == 0 || length >= sizeof inside)
        return 0;
    memcpy(inside, p + 1, length);
    inside[length] = '\0';
    while (up_words_is_digit(inside[plain]) || up_words_is_letter(inside[plain]))
        plain++;
    *status = up_entry_status(inside);
    return (plain == length && length <= 2) || *status != '\0' ? length + 2 : 0;
}

/* Bytes of the symbol at p: an asterisk, a dagger, anything set high. */
static size_t symbol(const char *p)
{
    static const utf8proc_int32_t signs[] = {'*', '#', 0x2020, 0x2021, 0xA7, 0xB6};
    utf8proc_int32_t c = 0;
    utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)p, -1, &c);
    if (size <= 0 || *p == '\0')
        return 0;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (c == signs[i])
            return (size_t)size;
    bool high = utf8proc_get_property(c)->decomp_type == UTF8PROC_DECOMP_TYPE_SUPER;
    return high ? (size_t)size : 0;
}

/* A flag glued to the number is one letter that is no unit: "5b" may be billions. */
static size_t letters(const char *p, bool behind_blank, char *status)
{
    size_t count = joined_flags(p, status);
    if (!behind_blank && (count != 1 || strchr("epr", *p) == NULL))
        return 0;
    return count;
}

bool up_entry_take_mark(const char **text, bool behind_blank, up_entry *entry)
{
    char status = '\0';
    size_t length = symbol(*text);
    if (length == 0)
        length = bracketed(*text, &status);
    if (length == 0)
        length = letters(*text, behind_blank, &status);
    if (length == 0)
        return false;
    add_mark(entry, *text, length, status);
    *text += length;
    return true;
}

/* --- Missing ------------------------------------------------------------------------ */

static size_t missing_mark(const char *p)
{
    static const char *const marks[] = {"#N/A", "N/A", "NA",  "NaN",  "null",
                                        "none", "nil", "n/d", "n.a.", "[x]",
                                        "[c]",  "[z]", "[w]", ":",    "\xE2\x80\xA6"};
    size_t points = strspn(p, "."), dashes = strspn(p, "-");
    if (points > 0 || dashes > 0)
        return points > 0 ? points : dashes;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (up_words_begins(p, marks[i]))
            return strlen(marks[i]);
    return 0;
}

bool up_entry_is_missing(const char *text, up_entry *entry)
{
    up_entry read = {.kind = UP_ENTRY_MISSING};
    size_t length = missing_mark(text);
    const char *p = text + length;
    if (length == 0 && *text != '\0')
        return false;
    if (*p != '\0' && *p != ' ' && *text != ':' && *text != '[')
        return false; /* "-(5)", ".5" */
    if (*text == '[')
        add_mark(&read, text, length, up_entry_status((char[]){text[1], '\0'}));
    while (*p != '\0') {
        bool blank = *p == ' ' || *text == ':';
        p += *p == ' ';
        if (!up_entry_take_mark(&p, blank, &read))
            return false;
    }
    *entry = read;
    return true;
}
