#include "uptick/wide.h"

#include <math.h>

/* a + b exactly, where |a| >= |b| or a is 0 (Dekker). */
static up_wide quick_sum(double a, double b)
{
    double s = a + b;
    return (up_wide){s, b - (s - a)};
}

/* a + b exactly (Knuth). */
static up_wide sum(double a, double b)
{
    double s = a + b, v = s - a;
    return (up_wide){s, (a - (s - v)) + (b - v)};
}

/* a b exactly. */
static up_wide product(double a, double b)
{
    double p = a * b;
    return (up_wide){p, fma(a, b, -p)};
}

up_wide up_wide_from_double(double value)
{
    return (up_wide){value, 0};
}

double up_wide_to_double(up_wide value)
{
    return value.high + value.low;
}

up_wide up_wide_add(up_wide a, up_wide b)
{
    up_wide s = sum(a.high, b.high), t = sum(a.low, b.low);
    s = quick_sum(s.high, s.low + t.high);
    return quick_sum(s.high, s.low + t.low);
}

up_wide up_wide_subtract(up_wide a, up_wide b)
{
    return up_wide_add(a, (up_wide){-b.high, -b.low});
}

up_wide up_wide_multiply(up_wide a, up_wide b)
{
    up_wide p = product(a.high, b.high);
    return quick_sum(p.high, p.low + (a.high * b.low + a.low * b.high));
}

/* Long division: three digits of 53 bits each. */
up_wide up_wide_divide(up_wide a, up_wide b)
{
    double q1 = a.high / b.high;
    up_wide r = up_wide_subtract(a, up_wide_multiply(b, up_wide_from_double(q1)));
    double q2 = r.high / b.high;
    r = up_wide_subtract(r, up_wide_multiply(b, up_wide_from_double(q2)));
    up_wide q = quick_sum(q1, q2);
    return up_wide_add(q, up_wide_from_double(r.high / b.high));
}

/* One step of Newton's from the double root: x + (a - x^2) / (2 x). */
up_wide up_wide_square_root(up_wide a)
{
    double x = sqrt(a.high);
    if (!(x > 0))
        return up_wide_from_double(0);
    up_wide rest = up_wide_subtract(a, product(x, x));
    return up_wide_add(up_wide_from_double(x),
                       up_wide_divide(rest, up_wide_from_double(2 * x)));
}

/* 10^n; factors up to 10^22 are exact. */
static up_wide power_of_ten(int n)
{
    up_wide power = up_wide_from_double(1);
    for (; n >= 22; n -= 22)
        power = up_wide_multiply(power, up_wide_from_double(1e22));
    double rest = 1;
    for (; n > 0; n--)
        rest *= 10;
    return up_wide_multiply(power, up_wide_from_double(rest));
}

up_wide up_wide_from_decimal(up_decimal value)
{
    const uint64_t parts[] = {value.high >> 32, value.high & UINT32_MAX, value.low >> 32,
                              value.low & UINT32_MAX};
    up_wide x = up_wide_from_double(0);
    for (int i = 0; i < 4; i++) {
        x = up_wide_multiply(x, up_wide_from_double(0x1p32));
        x = up_wide_add(x, up_wide_from_double((double)parts[i]));
    }
    x = value.exponent >= 0 ? up_wide_multiply(x, power_of_ten(value.exponent))
                            : up_wide_divide(x, power_of_ten(-value.exponent));
    return value.negative ? (up_wide){-x.high, -x.low} : x;
}
