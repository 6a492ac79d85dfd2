#include "uptick/number.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <pthread.h>

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

void up_number_format(double value, char out[UP_NUMBER_SIZE])
{
    if (value == 0) {
        memcpy(out, "0", 2);
        return;
    }
    /* 15 digits survive the way there and back, except below the normal range. */
    int digits = fabs(value) < DBL_MIN ? 1 : DBL_DIG;
    do
        print(out, 'e', digits - 1, value);
    while (read_back(out) != value && ++digits <= 17);

    int exponent = atoi(strchr(out, 'e') + 1);
    if (exponent < -6 || exponent >= 21)
        print(out, 'g', digits, value); /* drops zeros at the end of the mantissa */
    else {
        int decimals = digits - 1 - exponent;
        print(out, 'f', decimals > 0 ? decimals : 0, value);
        char *point = strchr(out, '.');
        if (point != NULL) {
            char *end = out + strlen(out);
            while (end[-1] == '0')
                *--end = '\0';
            if (end - 1 == point)
                *point = '\0';
        }
    }
}

void up_number_format_fixed(double value, int decimals, char out[UP_NUMBER_SIZE])
{
    print(out, 'f', decimals, value);
    if (out[0] == '-' && strspn(out + 1, "0.") == strlen(out + 1))
        memmove(out, out + 1, strlen(out)); /* no "-0.0" */
}

void up_number_format_significant(double value, int digits, char out[UP_NUMBER_SIZE])
{
    if (value == 0) {
        up_number_format_fixed(0, digits - 1, out);
        return;
    }
    print(out, 'e', digits - 1, value);
    int exponent = atoi(strchr(out, 'e') + 1); /* after rounding: 9.999 → 1.0e+01 */
    int decimals = digits - 1 - exponent;
    if (decimals >= 0)
        print(out, 'f', decimals, value);
    else
        print(out, 'f', 0,
              read_back(out)); /* zeros where digits were cut: 40161 → 40200 */
}
