/* Entries: what a column's texts tell of its decimal mark, and reading one of them. */
#include "uptick/entry.h"

#include <string.h>

#include "text/entry_parts.h"
#include "text/words.h"

/* --- The style of a column ---------------------------------------------------------- */

/* A text with each decimal mark. */
typedef struct readings {
    up_entry_outcome point, comma;
    up_entry with_point, with_comma;
    char point_groups, comma_groups;
    up_error err;
} readings;

static readings read_both(const char *folded)
{
    readings r = {0};
    r.point = up_entry_parse(folded, '.', &r.with_point, &r.point_groups, &r.err);
    r.comma = up_entry_parse(folded, ',', &r.with_comma, &r.comma_groups, &r.err);
    return r;
}

static bool are_same(const up_entry *a, const up_entry *b)
{
    return up_decimal_compare(a->value, b->value) == 0 &&
           up_decimal_compare(a->low, b->low) == 0 &&
           up_decimal_compare(a->high, b->high) == 0;
}

/* What the texts have told so far; each text as an example. */
typedef struct evidence {
    const char *point, *comma;               /* has one reading: a decimal point, comma */
    const char *point_threes, *comma_threes; /* "1.234", "1,234": two readings */
    size_t comma_count;                      /* of the latter */
    const char *small;                       /* 1 to 999 without any mark */
    const char *large;                       /* 1000 and more without any mark */
    char grouping;
} evidence;

static void note_whole(evidence *e, const char *text, size_t digits, bool is_zero)
{
    if (digits > 3)
        e->large = text;
    else if (!is_zero)
        e->small = text;
}

/* Digits, a sign, a point at most: most figures. False for anything else. */
static bool note_plain(evidence *e, const char *text)
{
    const char *p = text + (*text == '-' || *text == '+');
    size_t whole = strspn(p, "0123456789");
    if (whole == 0)
        return false;
    if (p[whole] == '\0') {
        note_whole(e, text, whole, strspn(p, "0") == whole);
        return true;
    }
    size_t fraction = p[whole] == '.' ? strspn(p + whole + 1, "0123456789") : 0;
    if (fraction == 0 || p[whole + 1 + fraction] != '\0')
        return false;
    if (fraction == 3 && whole <= 3 && *p != '0')
        e->point_threes = text;
    else
        e->point = text;
    return true;
}

static void note_readings(evidence *e, const char *text, const char *folded)
{
    readings r = read_both(folded);
    bool point = r.point == UP_A_NUMBER, comma = r.comma == UP_A_NUMBER;
    if (point && comma && are_same(&r.with_point, &r.with_comma)) {
        if (r.point_groups != '\0')
            e->grouping = r.point_groups;
        else
            note_whole(e, text, strspn(folded, "0123456789"),
                       up_decimal_is_zero(r.with_point.value));
    } else if (point && comma) {
        if (r.point_groups == ',') {
            e->comma_threes = text;
            e->comma_count++;
        } else {
            e->point_threes = text;
        }
    } else if (point) {
        e->point = text;
        if (r.point_groups != '\0')
            e->grouping = r.point_groups;
    } else if (comma) {
        e->comma = text;
        if (r.comma_groups != '\0')
            e->grouping = r.comma_groups;
    }
}

/* ASCII digits, or bytes that wide ones may be made of. */
static bool may_be_number(const char *text)
{
    return strpbrk(text, "0123456789\xEF") != NULL;
}

static void note_text(evidence *e, const char *text)
{
    char folded[UP_FOLDED_SIZE];
    up_entry missing;
    if (note_plain(e, text) || !may_be_number(text))
        return;
    if (up_words_fold(text, "an entry", folded, NULL) == UP_OK &&
        !up_entry_is_missing(folded, &missing))
        note_readings(e, text, folded);
}

/* The text with its thousands mark or decimal mark taken as one or the other. */
static up_status refuse_both(const char *text, up_error *err)
{
    char folded[UP_FOLDED_SIZE], point[UP_DECIMAL_SIZE], comma[UP_DECIMAL_SIZE];
    up_status status = up_words_fold(text, "an entry", folded, err);
    if (status != UP_OK)
        return status;
    readings r = read_both(folded);
    up_decimal_format(r.with_point.has_low ? r.with_point.low : r.with_point.value,
                      point);
    up_decimal_format(r.with_comma.has_low ? r.with_comma.low : r.with_comma.value,
                      comma);
    return up_error_set(err, UP_BAD_DATA,
                        "'%.*s' is ambiguous: %s (decimal point) or %s (decimal comma), "
                        "and no other figure tells; say --decimal . or --decimal ,",
                        up_words_shown(text), text, point, comma);
}

/* Below this many figures nothing is made of their having three digits behind the comma. */
enum { ENOUGH_THREES = 3 };

/* Where only "1,234" and whole numbers below 1000 stand, the commas are thousands:
 * decimals would not have three digits every time, or none. */
static bool are_thousands(const evidence *e)
{
    return e->comma_count >= ENOUGH_THREES && e->small != NULL && e->large == NULL &&
           e->point_threes == NULL;
}

static up_status decide(const evidence *e, up_entry_style *style, up_error *err)
{
    if (e->point != NULL && e->comma != NULL)
        return up_error_set(err, UP_BAD_DATA,
                            "'%.*s' has a decimal point, '%.*s' a decimal comma (wanted "
                            "one of them throughout)",
                            up_words_shown(e->point), e->point, up_words_shown(e->comma),
                            e->comma);
    if (e->point != NULL || e->comma != NULL) {
        style->decimal = e->point != NULL ? '.' : ',';
    } else if (e->comma_threes != NULL) {
        if (!are_thousands(e))
            return refuse_both(e->comma_threes, err);
        style->decimal = '.';
        style->inferred = true;
    } else if (e->point_threes != NULL) {
        if (e->small != NULL && e->large == NULL)
            return refuse_both(e->point_threes, err);
        style->decimal = '.';
    }
    return UP_OK;
}

up_status up_entry_style_find(const char *const texts[], size_t count,
                              up_entry_style *style, up_error *err)
{
    up_entry_style found = *style;
    evidence e = {0};
    if (found.decimal == '\0' && (found.grouping == ',' || found.grouping == '.'))
        found.decimal = found.grouping == ',' ? '.' : ',';
    for (size_t i = 0; i < count; i++)
        note_text(&e, texts[i]);
    if (found.decimal == '\0') {
        up_status status = decide(&e, &found, err);
        if (status != UP_OK)
            return status;
    }
    if (found.grouping == '\0')
        found.grouping = e.grouping;
    if (found.grouping == '\0' && found.decimal == '.' && e.comma_threes != NULL)
        found.grouping = ',';
    if (found.grouping == '\0' && found.decimal == ',' && e.point_threes != NULL)
        found.grouping = '.';
    *style = found;
    return UP_OK;
}

/* --- One entry ---------------------------------------------------------------------- */

static up_status refuse_style(const char *text, char decimal, up_error *err)
{
    return up_error_set(err, UP_BAD_DATA,
                        "'%.*s' is written with a decimal %s, but the column's decimal "
                        "mark is a %s",
                        up_words_shown(text), text, decimal == ',' ? "point" : "comma",
                        decimal == ',' ? "comma" : "point");
}

/* "1,23,4" is a number with a slip in it, "1.2.3" and "12 34" are none. */
static up_status read_bad_digits(const char *text, const char *folded, char decimal,
                                 up_entry *entry, up_error *err)
{
    readings r = read_both(folded);
    if ((decimal == '.' ? r.comma : r.point) == UP_A_NUMBER)
        return refuse_style(text, decimal, err);
    if (strchr(folded, ',') == NULL || strpbrk(folded, ".' ") != NULL) {
        *entry = (up_entry){.kind = UP_ENTRY_TEXT};
        return UP_OK;
    }
    return up_error_set(err, UP_BAD_DATA, "'%.*s' does not group its digits in threes",
                        up_words_shown(text), text);
}

/* Where the column had nothing to tell, a text with one reading tells for itself. */
static up_status read_untold(const char *text, const char *folded, up_entry *entry,
                             up_error *err)
{
    readings r = read_both(folded);
    if (r.point == UP_A_NUMBER && r.comma == UP_A_NUMBER &&
        !are_same(&r.with_point, &r.with_comma))
        return refuse_both(text, err);
    if (r.point == UP_TOO_LONG || r.comma == UP_TOO_LONG) {
        if (err != NULL)
            *err = r.err;
        return UP_BAD_DATA;
    }
    if (r.point != UP_A_NUMBER && r.comma != UP_A_NUMBER)
        return read_bad_digits(text, folded, '.', entry, err);
    *entry = r.point == UP_A_NUMBER ? r.with_point : r.with_comma;
    return UP_OK;
}

static bool is_own_mark(const char *text, const char *folded, const up_entry_style *style)
{
    for (size_t i = 0; style->missing != NULL && style->missing[i] != NULL; i++)
        if (strcmp(text, style->missing[i]) == 0 ||
            strcmp(folded, style->missing[i]) == 0)
            return true;
    return false;
}

/* Digits, and a point where that is the mark: most figures. */
static bool is_plain(const char *text, char decimal)
{
    const char *p = text + (*text == '-' || *text == '+');
    size_t whole = strspn(p, "0123456789");
    if (whole == 0 || p[whole] == '\0' || decimal != '.')
        return whole > 0 && p[whole] == '\0';
    size_t fraction = p[whole] == '.' ? strspn(p + whole + 1, "0123456789") : 0;
    return fraction > 0 && p[whole + 1 + fraction] == '\0';
}

up_status up_entry_read(const char *text, const up_entry_style *style, up_entry *entry,
                        up_error *err)
{
    up_entry read = {.kind = UP_ENTRY_TEXT};
    char folded[UP_FOLDED_SIZE], grouping;
    if (style->missing == NULL && is_plain(text, style->decimal)) {
        read = (up_entry){.kind = UP_ENTRY_NUMBER, .has_value = true};
        up_status status = up_decimal_parse(text, &read.value, err);
        if (status == UP_OK)
            *entry = read;
        return status;
    }
    if (up_words_fold(text, "an entry", folded, NULL) != UP_OK) {
        *entry = read;
        return UP_OK;
    }
    if (*folded == '\0' || is_own_mark(text, folded, style)) {
        *entry = (up_entry){.kind = UP_ENTRY_MISSING};
        return UP_OK;
    }
    if (!style->only_missing && up_entry_is_missing(folded, entry))
        return UP_OK;
    up_entry_outcome outcome = up_entry_parse(
        folded, style->decimal != '\0' ? style->decimal : '.', &read, &grouping, err);
    if (outcome == UP_NO_NUMBER) {
        *entry = (up_entry){.kind = UP_ENTRY_TEXT};
        return UP_OK;
    }
    if (style->decimal == '\0')
        return read_untold(text, folded, entry, err);
    if (outcome == UP_BAD_DIGITS)
        return read_bad_digits(text, folded, style->decimal, entry, err);
    if (outcome == UP_TOO_LONG)
        return UP_BAD_DATA;
    *entry = read;
    return UP_OK;
}
