/* Numbers as people read them (uptick/human.h).
 *
 * Every number is first rounded to its digits as text, then taken apart into digits and the
 * place of its point, so that 999,999.9 rounds up into "1 M" and not "1,000,000". */
#include "uptick/human.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "uptick/calendar.h"
#include "uptick/number.h"

#define NBSP  "\xc2\xa0"
#define MINUS "\xe2\x88\x92"

enum { DIGITS_MAX = 17, SCALES = 3 };

/* How a language writes numbers. */
typedef struct numerals {
    const char *code;
    struct {
        int zeros;
        const char *name;
    } scales[SCALES]; /* the largest first */
    int largest;      /* more whole digits than this are a power of ten */
    int grouped;      /* so many whole digits and more stand in threes */
    const char *percent, *fold;
} numerals;

static const numerals languages[UP_LANGUAGES] = {
    [UP_ENGLISH] =
        {"en", {{12, NBSP "T"}, {9, NBSP "B"}, {6, NBSP "M"}}, 18, 4, NBSP "%", "×"},
    [UP_CHINESE] = {"zh", {{12, "万亿"}, {8, "亿"}, {4, "万"}}, 16, 5, "%", "倍"}};

const char *up_language_code(up_language language)
{
    return languages[language].code;
}

double up_human_first_named(up_language language)
{
    return pow(10, languages[language].scales[SCALES - 1].zeros);
}

/* 0.d1 d2 d3 … × 10^point, without leading or trailing zeros; zero has no digits. */
typedef struct parts {
    char digits[DIGITS_MAX + 1];
    int count, point;
} parts;

/* Takes plain notation apart. More digits than DIGITS_MAX are zeros by construction. */
static parts take_apart(const char *plain)
{
    parts p = {0};
    bool after_point = false;
    int trailing = 0; /* zeros not yet known to be inside the number */

    for (; *plain; plain++) {
        if (*plain == '.') {
            after_point = true;
        } else if (*plain == '0') {
            if (p.count == 0) {
                p.point -= after_point;
                continue;
            }
            trailing++;
            p.point += !after_point;
        } else if (*plain >= '1' && *plain <= '9') {
            for (; trailing > 0 && p.count < DIGITS_MAX; trailing--)
                p.digits[p.count++] = '0';
            if (p.count < DIGITS_MAX)
                p.digits[p.count++] = *plain;
            p.point += !after_point;
        }
    }
    if (p.count == 0)
        p.point = 0;
    return p;
}

static char digit_at(const parts *p, int index)
{
    return index >= 0 && index < p->count ? p->digits[index] : '0';
}

/* The digits with the point moved `shift` places to the left, a long whole part in threes, and
 * at least `decimals` places. */
static void add_grouped(const numerals *n, const parts *p, int shift, int decimals,
                        up_buffer *out)
{
    int whole = p->point - shift;

    if (whole <= 0)
        up_buffer_add_char(out, '0');
    for (int i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0 && whole >= n->grouped)
            up_buffer_add_char(out, ',');
        up_buffer_add_char(out, digit_at(p, i));
    }
    if (p->count - whole > decimals)
        decimals = p->count - whole;
    if (decimals > 0)
        up_buffer_add_char(out, '.');
    for (int i = 0; i < decimals; i++)
        up_buffer_add_char(out, digit_at(p, whole + i));
}

static void add_superscript(int exponent, up_buffer *out)
{
    static const char *const digits[] = {
        "\xe2\x81\xb0", "\xc2\xb9",     "\xc2\xb2",     "\xc2\xb3",     "\xe2\x81\xb4",
        "\xe2\x81\xb5", "\xe2\x81\xb6", "\xe2\x81\xb7", "\xe2\x81\xb8", "\xe2\x81\xb9"};

    if (exponent < 0)
        up_buffer_add(out, "\xe2\x81\xbb");
    exponent = exponent < 0 ? -exponent : exponent;
    if (exponent >= 100)
        up_buffer_add(out, digits[exponent / 100]);
    if (exponent >= 10)
        up_buffer_add(out, digits[exponent / 10 % 10]);
    up_buffer_add(out, digits[exponent % 10]);
}

static void add_sign(double value, bool plus, up_buffer *out)
{
    if (value < 0)
        up_buffer_add(out, MINUS);
    else if (plus && value > 0)
        up_buffer_add_char(out, '+');
}

static parts round_to(double value, int digits)
{
    char plain[UP_NUMBER_SIZE];

    up_number_format_significant(fabs(value), digits, plain);
    return take_apart(plain);
}

static void add_parts(const numerals *n, const parts *p, up_buffer *out)
{
    /* 0.1 × 10^point: of very large numbers, and below 10^-5, a power of ten is easier to read. */
    if (p->count > 0 && (p->point > n->largest || p->point < -4)) {
        add_grouped(n, p, p->point - 1, 0, out);
        up_buffer_add(out, "×10");
        add_superscript(p->point - 1, out);
        return;
    }
    for (int i = 0; i < SCALES; i++)
        if (p->point > n->scales[i].zeros) {
            add_grouped(n, p, n->scales[i].zeros, 0, out);
            up_buffer_add(out, n->scales[i].name);
            return;
        }
    add_grouped(n, p, 0, 0, out);
}

void up_human_number_in(up_language language, double value, int digits, up_buffer *out)
{
    parts p = round_to(value, digits < 1 || digits > 15 ? 15 : digits);

    add_sign(p.count > 0 ? value : 0, false, out);
    add_parts(&languages[language], &p, out);
}

void up_human_number(double value, int digits, up_buffer *out)
{
    up_human_number_in(UP_ENGLISH, value, digits, out);
}

/* But for what a fit leaves in the last digits; of a bound more is known (rounded_bound). */
static bool is_whole(double size)
{
    return size == 0 || (size >= 0.5 && fabs(size - round(size)) <= 1e-9 * size);
}

static int order_of(double size) /* digits before the point */
{
    return size > 0 ? (int)floor(log10(size)) + 1 : 1;
}

/* How many significant digits add_rounded shows. */
static int digits_shown(double size, bool whole, int decimals)
{
    int digits = order_of(size) + decimals > 3 ? order_of(size) + decimals : 3;
    return whole ? 15 : digits > 15 ? 15 : digits;
}

/* Decimals of a percentage: one, or as many as part it from 100 %, which is all. */
static int percent_decimals(double size)
{
    double apart = fabs(100 - size);
    return apart >= 0.1 || is_whole(size) ? 1 : 1 - order_of(apart);
}

/* steps × 10^exponent, to the nearest double. */
static double decimal_of(double steps, int exponent)
{
    char text[UP_NUMBER_SIZE + 16];
    double value = 0;
    up_number_format_fixed(steps, 0, text);
    size_t length = strlen(text);
    snprintf(text + length, sizeof text - length, "e%d", exponent);
    return up_number_parse(text, &value, NULL) == UP_OK ? value : steps;
}

/* The multiple of 10^exponent next to the value, on that side of it; both as the numbers that
 * their first 15 digits are, since what is beyond these is what arithmetic left. */
static double outwards(double value, int exponent, bool up)
{
    double known = up_number_clean(value);
    double steps = nearbyint(known / pow(10, exponent));
    if (known == 0 || fabs(steps) >= 1e15)
        return known;
    double bound = decimal_of(steps, exponent);
    if (up ? bound < known : bound > known)
        bound = decimal_of(steps + (up ? 1 : -1), exponent);
    return bound;
}

static double outwards_to(double value, int digits, bool up)
{
    return outwards(value, order_of(fabs(value)) - digits, up);
}

double up_human_number_bound(double value, int digits, bool up)
{
    return digits < 1 || digits > 12 ? value : outwards_to(value, digits, up);
}

static double rounded_bound(double value, int decimals, bool up)
{
    double known = up_number_clean(value);
    int digits = fabs(value) >= 1e6
                     ? 4
                     : digits_shown(fabs(value), known == round(known), decimals);
    return outwards_to(value, digits, up);
}

double up_human_percent_bound(double fraction, bool up)
{
    double percent = up_number_clean(fraction * 100);
    return rounded_bound(percent, percent_decimals(fabs(percent)), up) / 100;
}

double up_human_fold_bound(double fold, bool up)
{
    return rounded_bound(fold, 0, up);
}

/* value with three significant digits, or with `decimals` places where that shows more; a
 * value that has no more digits to show (80, not 80.0) stands without trailing zeros. */
static void add_rounded(const numerals *n, double value, int decimals, bool plus,
                        up_buffer *out)
{
    double size = fabs(value);
    bool whole = is_whole(size);
    int order = order_of(size);
    parts p = round_to(whole ? round(size) : size, digits_shown(size, whole, decimals));

    add_sign(p.count > 0 ? value : 0, plus, out);
    if (p.point >
        n->scales[SCALES - 1].zeros) { /* a million and more: digits no longer matter */
        p = round_to(size, 4);
        add_parts(n, &p, out);
        return;
    }
    if (p.point > order) /* 9.996 rounded up to 10.0 */
        order = p.point;
    int places = 3 - order > decimals ? 3 - order : decimals;
    if (p.count == 0 || whole || p.point < -4)
        places = 0;
    if (p.point < -4)
        add_parts(n, &p, out);
    else
        add_grouped(n, &p, 0, places, out);
}

void up_human_percent_in(up_language language, double fraction, bool sign, up_buffer *out)
{
    const numerals *n = &languages[language];

    double percent = up_number_clean(fraction * 100);
    add_rounded(n, percent, percent_decimals(fabs(percent)), sign, out);
    up_buffer_add(out, n->percent);
}

void up_human_percent(double fraction, bool sign, up_buffer *out)
{
    up_human_percent_in(UP_ENGLISH, fraction, sign, out);
}

void up_human_fold_in(up_language language, double fold, up_buffer *out)
{
    const numerals *n = &languages[language];

    add_rounded(n, fold, 0, false, out);
    up_buffer_add(out, n->fold);
}

void up_human_fold(double fold, up_buffer *out)
{
    up_human_fold_in(UP_ENGLISH, fold, out);
}

static void add_count(double count, const char *one, const char *many, up_buffer *out)
{
    char text[UP_NUMBER_SIZE];

    up_number_format_fixed(count, count < 10 ? 1 : 0, text);
    parts p = take_apart(text);
    add_grouped(&languages[UP_ENGLISH], &p, 0, 0, out);
    up_buffer_add(out, NBSP);
    up_buffer_add(out, strcmp(text, "1.0") == 0 ? one : many);
}

/* What a length of time is told in. */
typedef struct time_unit {
    double per_year;
    const char *one, *many;
} time_unit;

static time_unit unit_of_time(double years)
{
    double days = years * UP_DAYS_PER_YEAR;
    if (years == 0 || (days >= 2 && years < 1))
        return (time_unit){UP_DAYS_PER_YEAR, "day", "days"};
    if (days * 24 < 2)
        return (time_unit){UP_DAYS_PER_YEAR * 1440, "minute", "minutes"};
    if (days < 2)
        return (time_unit){UP_DAYS_PER_YEAR * 24, "hour", "hours"};
    return (time_unit){1, "year", "years"};
}

/* How many significant digits of years are shown. */
static int digits_of_years(double years)
{
    return years >= 100 && years < 1e6 ? order_of(years) : 3;
}

void up_human_duration_like(double years, double like, up_buffer *out)
{
    double size = fabs(years);
    time_unit unit = unit_of_time(fabs(like));

    add_sign(years, false, out);
    if (unit.per_year > 1) {
        add_count(size * unit.per_year, unit.one, unit.many, out);
    } else if (size >= 1e6) {
        up_human_number(size, digits_of_years(size), out);
        up_buffer_add(out, NBSP "years");
    } else {
        parts p = round_to(size, digits_of_years(size));
        add_grouped(&languages[UP_ENGLISH], &p, 0, p.point < 3 ? 3 - p.point : 0, out);
        up_buffer_add(out, NBSP "years");
    }
}

void up_human_duration(double years, up_buffer *out)
{
    up_human_duration_like(years, years, out);
}

double up_human_duration_bound_like(double years, double like, bool up)
{
    time_unit unit = unit_of_time(fabs(like));
    double count = years * unit.per_year;
    if (unit.per_year == 1)
        return outwards_to(years, digits_of_years(fabs(years)), up);
    return outwards(count, fabs(count) < 10 ? -1 : 0, up) / unit.per_year;
}

double up_human_duration_bound(double years, bool up)
{
    return up_human_duration_bound_like(years, years, up);
}
