/* double ↔ text, independent of the locale.
 *
 * The only file that calls strtod or prints a double. Reading matches the whole text:
 * decimal digits, optional sign, point and exponent; no hexadecimal, nan, inf or blanks. */
#ifndef UPTICK_NUMBER_H
#define UPTICK_NUMBER_H

#include "uptick/error.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { UP_NUMBER_SIZE = 352 }; /* room for any double in plain notation */

/* Fails with UP_BAD_DATA on anything that is not a finite decimal number. */
UP_MUST_CHECK up_status up_number_parse(const char *text, double *value, up_error *err);

/* The shortest text that reads back as the same double; plain notation while
 * 1e-6 <= |value| < 1e21, else with an exponent. value must be finite. */
void up_number_format(double value, char out[UP_NUMBER_SIZE]);

/* Both round the shortest decimal text of the double, half away from zero, as people and
 * spreadsheets do: 1.385 → "1.39", although the double lies a little below 1.385.
 *
 * `decimals` digits after the point (0 to 20); never "-0". */
void up_number_format_fixed(double value, int decimals, char out[UP_NUMBER_SIZE]);

/* `digits` significant digits (1 to 17) in plain notation, trailing zeros kept:
 * 9.2316, 3 → "9.23"; 40161.3, 3 → "40200". */
void up_number_format_significant(double value, int digits, char out[UP_NUMBER_SIZE]);

/* The double nearest to its first 15 digits: takes what arithmetic left in the last bits off,
 * before such a number is rounded. 100 × 0.285 = 28.499999999999996 → 28.5. */
double up_number_clean(double value);

#ifdef __cplusplus
}
#endif
#endif
