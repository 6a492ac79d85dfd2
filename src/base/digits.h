/* The shortest decimal digits of a double, in whole numbers: exact, without printf.
 *
 *     up_digits d;
 *     if (up_digits_shortest(0.1, &d))     // "1", point 0: 0.1 × 10^0
 *
 * Of 15, 16 or 17 digits, which are those of the number rounded half to even, the fewest that
 * read back as the same double; zeros at the end are left away. */
#ifndef UPTICK_BASE_DIGITS_H
#define UPTICK_BASE_DIGITS_H

#include <stdbool.h>

/* 0.d1 d2 d3 … × 10^point; d1 is not 0 unless there are no digits at all: zero. */
typedef struct up_digits {
    char digits[18];
    int count, point;
    bool negative;
} up_digits;

/* False: the number is finer than 10^-11 or not below 10^17, and printf has to do it. */
bool up_digits_shortest(double value, up_digits *digits);

#endif
