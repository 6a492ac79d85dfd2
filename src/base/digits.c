/* A double is m 2^b, with m < 2^53. Where its first digit stands at 10^e,
 *
 *     x = m 2^b 10^k = m 5^k 2^(b+k),  k = 16 - e,
 *
 * has 17 digits before the point. For 0 <= k <= 27 the product m 5^k fits in 128 bits, so that
 * x is known exactly, as p / 2^shift, and with it how it rounds to fewer digits and how far
 * that is from x. Half the way to the next double is 5^k in units of 2^-(shift + 1): what is
 * nearer reads back as the same double; what is just as far does when m is even. Below a power
 * of two, doubles are half as far apart. */
#include "base/digits.h"

#include <stdint.h>
#include <string.h>

__extension__ typedef unsigned __int128 wide;

enum { MANTISSA_BITS = 52, BIAS = 1075, DIGITS = 17, POWERS = 28 };

static const uint64_t power_of_5[POWERS] = {UINT64_C(1),
                                            UINT64_C(5),
                                            UINT64_C(25),
                                            UINT64_C(125),
                                            UINT64_C(625),
                                            UINT64_C(3125),
                                            UINT64_C(15625),
                                            UINT64_C(78125),
                                            UINT64_C(390625),
                                            UINT64_C(1953125),
                                            UINT64_C(9765625),
                                            UINT64_C(48828125),
                                            UINT64_C(244140625),
                                            UINT64_C(1220703125),
                                            UINT64_C(6103515625),
                                            UINT64_C(30517578125),
                                            UINT64_C(152587890625),
                                            UINT64_C(762939453125),
                                            UINT64_C(3814697265625),
                                            UINT64_C(19073486328125),
                                            UINT64_C(95367431640625),
                                            UINT64_C(476837158203125),
                                            UINT64_C(2384185791015625),
                                            UINT64_C(11920928955078125),
                                            UINT64_C(59604644775390625),
                                            UINT64_C(298023223876953125),
                                            UINT64_C(1490116119384765625),
                                            UINT64_C(7450580596923828125)};
static const uint64_t least_of_17 = UINT64_C(10000000000000000);

/* x = p / 2^shift, and half the way to the next double in units of 2^-(shift + 1). */
typedef struct scaled {
    wide p, half;
    unsigned shift;
    uint64_t whole, reach;  /* of both, the whole numbers; reach is at most 11 */
    bool is_even, is_power; /* m is; m is 2^52 */
} scaled;

static scaled scale(uint64_t m, int b, int k)
{
    scaled x = {.p = (wide)m * power_of_5[k],
                .half = power_of_5[k],
                .is_even = m % 2 == 0,
                .is_power = m == UINT64_C(1) << MANTISSA_BITS};
    if (b + k <= 0) {
        x.shift = (unsigned)-(b + k);
    } else {
        x.p <<= b + k;
        x.half <<= b + k;
    }
    x.whole = (uint64_t)(x.p >> x.shift);
    x.reach = (uint64_t)(x.half >> x.shift >> 1);
    return x;
}

/* x in units of `unit`, rounded half to even. True: that reads back. Mostly whole numbers tell
 * that x is farther from both neighbours than half the way to the next double. */
static inline bool round_to(const scaled *x, uint64_t unit, uint64_t *rounded)
{
    uint64_t q = x->whole / unit, above = x->whole - q * unit, below = unit - 1 - above;
    if (above > x->reach && below > x->reach)
        return false;
    wide one = (wide)unit << x->shift;
    wide rest = x->p - q * one;
    bool up = 2 * rest > one || (2 * rest == one && q % 2 == 1);
    wide off = up ? one - rest : rest;
    wide reach = x->is_power && !up ? 4 * off : 2 * off;
    *rounded = q + up;
    return reach < x->half || (reach == x->half && x->is_even);
}

static const char pairs[] = "00010203040506070809101112131415161718192021222324"
                            "25262728293031323334353637383940414243444546474849"
                            "50515253545556575859606162636465666768697071727374"
                            "75767778798081828384858687888990919293949596979899";

/* The last `count` digits of a number below 10^9 end at `end`. */
static char *write_part(uint32_t number, int count, char *end)
{
    for (; count > 1; count -= 2, number /= 100)
        memcpy(end -= 2, pairs + number % 100 * 2, 2);
    if (count > 0)
        *--end = (char)('0' + number % 10);
    return end;
}

/* A number of so many digits, without the zeros at its end; a division of 64 bits is dear, so
 * that the last eight digits and those before them are written apart. */
static void write(uint64_t number, int count, up_digits *d)
{
    char *end = d->digits + count;
    end = write_part((uint32_t)(number % 100000000), 8, end);
    write_part((uint32_t)(number / 100000000), count - 8, end);
    while (d->digits[count - 1] == '0')
        count--;
    d->count = count;
}

/* m 2^b with 17 digits before the point. False: k is out of reach. */
static bool find_scale(uint64_t m, int b, scaled *x, int *k)
{
    /* log10 2 = 1233 / 4096, and a little more; shifted above zero, so that / rounds down */
    int e = (b + MANTISSA_BITS + 4096) * 1233 / 4096 - 1233;
    for (;; e++) {
        *k = DIGITS - 1 - e;
        if (*k < 0 || *k >= POWERS)
            return false;
        *x = scale(m, b, *k);
        if (x->p >> x->shift < 10 * least_of_17)
            return x->whole >= least_of_17;
    }
}

bool up_digits_shortest(double value, up_digits *digits)
{
    uint64_t bits, number = 0, unit = 100;
    memcpy(&bits, &value, sizeof bits);
    int exponent = (int)(bits >> MANTISSA_BITS & 0x7FF);
    uint64_t hidden = UINT64_C(1) << MANTISSA_BITS, m = (bits & (hidden - 1)) | hidden;
    scaled x;
    int k = 0;
    if (exponent == 0 || exponent == 0x7FF || !find_scale(m, exponent - BIAS, &x, &k))
        return false;
    if (!round_to(&x, 100, &number) && (unit = 10, !round_to(&x, 10, &number)))
        round_to(&x, unit = 1, &number);
    digits->negative = bits >> 63 != 0;
    digits->point = DIGITS - k;
    int count = unit == 100 ? DIGITS - 2 : unit == 10 ? DIGITS - 1 : DIGITS;
    if (number * unit >= 10 * least_of_17) { /* 9.99… became 10 */
        digits->point++;
        number /= 10;
    }
    write(number, count, digits);
    return true;
}
