#include "uptick/number.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <pthread.h>

#include "base/digits.h"

/* The "C" locale, made once; printing and reading run under it, whatever the host set. */
static locale_t c_locale;

static void make_c_locale(void)
{
    c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
}

static locale_t enter_c_locale(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, make_c_locale);
    return c_locale != (locale_t)0 ? uselocale(c_locale) : (locale_t)0;
}

static void leave_c_locale(locale_t before)
{
    if (before != (locale_t)0)
        uselocale(before);
}

static size_t skip_digits(const char *text)
{
    size_t n = 0;
    while (text[n] >= '0' && text[n] <= '9')
        n++;
    return n;
}

/* [+-]digits[.digits][e[+-]digits], a digit somewhere before the exponent, nothing after. */
static bool is_decimal_syntax(const char *text)
{
    if (*text == '+' || *text == '-')
        text++;
    size_t whole = skip_digits(text), fraction = 0;
    text += whole;
    if (*text == '.') {
        fraction = skip_digits(++text);
        text += fraction;
    }
    if (whole + fraction == 0)
        return false;
    if (*text == 'e' || *text == 'E') {
        text++;
        if (*text == '+' || *text == '-')
            text++;
        size_t exponent = skip_digits(text);
        if (exponent == 0)
            return false;
        text += exponent;
    }
    return *text == '\0';
}

up_status up_number_parse(const char *text, double *value, up_error *err)
{
    if (!is_decimal_syntax(text))
        return up_error_set(err, UP_BAD_DATA,
                            "'%s' is not a number (digits, at most one "
                            "decimal point, an exponent such as e9)",
                            text);
    locale_t before = enter_c_locale();
    double number = strtod(text, NULL);
    leave_c_locale(before);
    if (!isfinite(number))
        return up_error_set(err, UP_BAD_DATA, "'%s' is out of range", text);
    *value = number;
    return UP_OK;
}

/* printf("%.*<style>") in the C locale; the size fits every double. */
static void print(char out[UP_NUMBER_SIZE], char style, int precision, double value)
{
    char format[] = {'%', '.', '*', style, '\0'};
    locale_t before = enter_c_locale();
    snprintf(out, UP_NUMBER_SIZE, format, precision, value);
    leave_c_locale(before);
}

static double read_back(const char *text)
{
    locale_t before = enter_c_locale();
    double value = strtod(text, NULL);
    leave_c_locale(before);
    return value;
}

/* The same as up_digits_shortest, for every double but zero. */
static void print_digits(double value, up_digits *d)
{
    char text[UP_NUMBER_SIZE];
    /* 15 digits survive the way there and back, except below the normal range. */
    int digits = fabs(value) < DBL_MIN ? 1 : DBL_DIG;
    do
        print(text, 'e', digits - 1, value);
    while (read_back(text) != value && ++digits <= 17);
    d->negative = value < 0;
    d->count = 0;
    for (const char *at = text; *at != 'e'; at++)
        if (*at >= '0' && *at <= '9')
            d->digits[d->count++] = *at;
    while (d->digits[d->count - 1] == '0')
        d->count--;
    d->point = atoi(strchr(text, 'e') + 1) + 1;
}

static up_digits shortest_digits(double value)
{
    up_digits d = {0};
    if (value != 0 && !up_digits_shortest(value, &d))
        print_digits(value, &d);
    return d;
}

/* The digits [first, first + count) behind the 0. of d; before the first and behind the last
 * stand zeros. */
static char *write_digits(const up_digits *d, int first, int count, char *out)
{
    int before = first >= 0 ? 0 : -first < count ? -first : count;
    int there = d->count - (first + before);
    there = there < 0 ? 0 : there < count - before ? there : count - before;
    memset(out, '0', (size_t)count);
    if (there > 0)
        memcpy(out + before, d->digits + first + before, (size_t)there);
    return out + count;
}

static void write_plain(const up_digits *d, int decimals, char *out)
{
    int whole = d->point > 0 ? d->point : 1;

    if (d->negative && d->count > 0)
        *out++ = '-';
    out = write_digits(d, d->point - whole, whole, out);
    if (decimals > 0) {
        *out++ = '.';
        out = write_digits(d, d->point, decimals, out);
    }
    *out = '\0';
}

/* Where the least step between doubles is more than 1, plain notation tells all digits. */
enum { POINT_LEAST = -5, POINT_EXACT = 16, POINT_MOST = 21 };

/* A fault of the caller: no digits, and no memory of others'. */
static bool is_no_number(double value, char out[UP_NUMBER_SIZE])
{
    if (isfinite(value))
        return false;
    print(out, 'g', 1, value);
    return true;
}

void up_number_format(double value, char out[UP_NUMBER_SIZE])
{
    if (is_no_number(value, out))
        return;
    up_digits d = shortest_digits(value);
    if (d.count > 0 && (d.point < POINT_LEAST || d.point > POINT_MOST))
        print(out, 'g', d.count, value);
    else if (d.point > POINT_EXACT)
        print(out, 'f', 0, value);
    else
        write_plain(&d, d.count > d.point ? d.count - d.point : 0, out);
}

/* ---- rounding ---- */

/* Keeps that many digits, half away from zero; none or fewer may leave nothing but a carry. */
static void round_digits(up_digits *d, int keep)
{
    if (keep >= d->count)
        return;
    bool up = keep >= 0 && d->digits[keep] >= '5';
    d->count = keep > 0 ? keep : 0;
    while (up && d->count > 0 && d->digits[d->count - 1] == '9')
        d->count--; /* 9 + 1: a zero and a carry */
    if (up && d->count > 0) {
        d->digits[d->count - 1]++;
    } else if (up) {
        d->digits[d->count++] = '1';
        d->point++;
    }
}

void up_number_format_fixed(double value, int decimals, char out[UP_NUMBER_SIZE])
{
    if (is_no_number(value, out))
        return;
    up_digits d = shortest_digits(value);

    round_digits(&d, d.point + decimals);
    write_plain(&d, decimals, out);
}

void up_number_format_significant(double value, int digits, char out[UP_NUMBER_SIZE])
{
    if (is_no_number(value, out))
        return;
    up_digits d = shortest_digits(value);

    round_digits(&d, digits);
    int decimals = d.count > 0 ? digits - d.point : digits - 1;
    write_plain(&d, decimals > 0 ? decimals : 0, out);
}

double up_number_clean(double value)
{
    char text[UP_NUMBER_SIZE];

    print(text, 'e', DBL_DIG - 1, value);
    return read_back(text);
}
