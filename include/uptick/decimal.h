/* Exact decimal numbers: coefficient × 10^exponent, the coefficient up to 38 digits.
 *
 * The exponent is kept as written, so that "1.50" and "1.5" compare equal and yet know which
 * digit was stated last: 570 million is 570 × 10^6, and its last digit stated is 10^6.
 *
 * Invariants: a zeroed up_decimal is 0; -60 <= exponent <= 60; zero is never negative. */
#ifndef UPTICK_DECIMAL_H
#define UPTICK_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

#include "uptick/error.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { UP_DECIMAL_SIZE = 128 }; /* room for any up_decimal in plain notation */

typedef struct up_decimal {
    uint64_t high, low; /* the coefficient, high × 2^64 + low */
    int exponent;       /* power of ten of the coefficient's last digit */
    bool negative;
} up_decimal;

/* Reads the whole text: [+-]digits[.digits][e[+-]digits]. UP_BAD_DATA when it is not that,
 * has more than 38 significant digits or leaves the range of exponents. Zeros at the end
 * that the 38 digits have no room for count in the exponent. */
UP_MUST_CHECK up_status up_decimal_parse(const char *text, up_decimal *value,
                                         up_error *err);

/* Plain notation, never an exponent: 570 × 10^6 → "570000000", 150 × 10^-2 → "1.50". */
void up_decimal_format(up_decimal value, char out[UP_DECIMAL_SIZE]);

up_decimal up_decimal_from_int(int64_t value);
/* The nearest double. */
double up_decimal_to_double(up_decimal value);
bool up_decimal_is_zero(up_decimal value);
/* Exact, by value: < 0, 0, > 0. 1.50 equals 1.5. */
int up_decimal_compare(up_decimal a, up_decimal b);
up_decimal up_decimal_negate(up_decimal value);
/* value × 10^power, exactly. UP_BAD_DATA when the exponent leaves its range. */
UP_MUST_CHECK up_status up_decimal_scale(up_decimal value, int power, up_decimal *out,
                                         up_error *err);
/* a + b, exactly; the exponent is the smaller of the two. UP_BAD_DATA past 38 digits. */
UP_MUST_CHECK up_status up_decimal_add(up_decimal a, up_decimal b, up_decimal *out,
                                       up_error *err);
/* The power of ten of the last digit written, and of the last digit that is not zero:
 * 570 × 10^6 → 6 and 7. Zero has its exponent for both. */
int up_decimal_last_digit(up_decimal value);
int up_decimal_last_nonzero_digit(up_decimal value);

#ifdef __cplusplus
}
#endif
#endif
