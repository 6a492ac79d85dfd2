/* Wide numbers: twice the digits of a double (about 31), as the unevaluated sum of two.
 *
 *     up_wide x = up_wide_from_decimal(figure);      // -6.860120914, to the last digit
 *     x = up_wide_multiply(x, x);
 *     up_wide_to_double(x)
 *
 * For sums and fits whose steps cancel more digits than a double has. Methods: T. J.
 * Dekker, A Floating-Point Technique for Extending the Available Precision, 1971; Y.
 * Hida, X. S. Li and D. H. Bailey, Algorithms for Quad-Double Precision Floating Point
 * Arithmetic, 2001. The range is that of a double, and results are good to 2^-102 while
 * they stay within 1e-290 to 1e290. */
#ifndef UPTICK_WIDE_H
#define UPTICK_WIDE_H

#include "uptick/decimal.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct up_wide {
    double high, low; /* |low| <= half a unit of the last place of high */
} up_wide;

up_wide up_wide_from_double(double value);
up_wide up_wide_from_decimal(up_decimal value);
double up_wide_to_double(up_wide value);

up_wide up_wide_add(up_wide a, up_wide b);
up_wide up_wide_subtract(up_wide a, up_wide b);
up_wide up_wide_multiply(up_wide a, up_wide b);
up_wide up_wide_divide(up_wide a, up_wide b); /* b not 0 */
up_wide up_wide_square_root(up_wide a);       /* a not negative */

#ifdef __cplusplus
}
#endif
#endif
