/* Exact decimal numbers on a 128-bit coefficient. */
#include "uptick/decimal.h"

#include <stddef.h>
#include <string.h>

#include "uptick/number.h"

__extension__ typedef unsigned __int128 wide;

enum {
    DIGITS_MAX = 38,   /* 10^38 < 2^127 */
    DIGITS_SHORT = 18, /* fit in 64 bits */
    EXPONENT_MAX = 60,
    EXPONENT_READ_MAX = 100000 /* a larger written exponent is out of range anyway */
};

static wide coefficient(up_decimal value)
{
    return (wide)value.high << 64 | value.low;
}

static up_decimal compose(bool negative, wide number, int exponent)
{
    return (up_decimal){.high = (uint64_t)(number >> 64),
                        .low = (uint64_t)number,
                        .exponent = exponent,
                        .negative = negative && number != 0};
}

static bool exponent_fits(int64_t exponent)
{
    return exponent >= -EXPONENT_MAX && exponent <= EXPONENT_MAX;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The digits of number, most significant first, without NUL. Returns how many: 1 to 39. */
static size_t write_digits(wide number, char out[40])
{
    char reversed[40];
    size_t count = 0;
    do {
        reversed[count++] = (char)('0' + (int)(number % 10));
        number /= 10;
    } while (number != 0);
    for (size_t i = 0; i < count; i++)
        out[i] = reversed[count - 1 - i];
    return count;
}

/* What has been read so far of the digits. Zeros are held back until a digit follows, so
 * that those at the end move to the exponent where 38 digits are not enough. */
typedef struct reading {
    wide number;
    int digits; /* significant digits in number */
    int zeros;  /* zeros read since its last digit that is not zero */
    int64_t exponent;
} reading;

static bool push_digit(reading *r, unsigned digit)
{
    if (digit == 0) {
        r->zeros++;
        return r->zeros <= EXPONENT_READ_MAX;
    }
    int shift = r->number == 0 ? 1 : r->zeros + 1;
    if (r->digits + shift > DIGITS_MAX)
        return false;
    for (int i = 0; i < shift; i++)
        r->number *= 10;
    r->number += digit;
    r->digits += shift;
    r->zeros = 0;
    return true;
}

/* Puts the zeros at the end where they belong: into the coefficient as far as it has room. */
static void settle_zeros(reading *r)
{
    if (r->number == 0)
        return;
    while (r->zeros > 0 && r->digits < DIGITS_MAX) {
        r->number *= 10;
        r->digits++;
        r->zeros--;
    }
    r->exponent += r->zeros;
}

static const char *read_digits(const char *p, reading *r, bool fraction, bool *fits)
{
    for (; is_digit(*p); p++) {
        *fits = *fits && push_digit(r, (unsigned)(*p - '0'));
        if (fraction)
            r->exponent--;
    }
    return p;
}

/* The exponent after e or E. NULL when no digit follows. */
static const char *read_exponent(const char *p, int64_t *exponent)
{
    bool negative = *p == '-';
    if (*p == '-' || *p == '+')
        p++;
    if (!is_digit(*p))
        return NULL;
    int64_t number = 0;
    for (; is_digit(*p); p++)
        if (number < EXPONENT_READ_MAX)
            number = number * 10 + (*p - '0');
    *exponent += negative ? -number : number;
    return p;
}

/* How much of text a message shows: whole characters of UTF-8. */
static int shown_length(const char *text)
{
    size_t length = 0;
    while (length < 60 && text[length] != '\0')
        length++;
    while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80)
        length--;
    return (int)length;
}

static up_status refuse(const char *text, const char *wanted, up_error *err)
{
    return up_error_set(err, UP_BAD_DATA, "'%.*s' is not a number (%s)",
                        shown_length(text), text, wanted);
}

static up_status refuse_syntax(const char *text, const char *rest, up_error *err)
{
    if (*rest == ',')
        return refuse(text, "decimal point expected, no comma", err);
    return refuse(text, "digits expected, with an optional sign, point and exponent",
                  err);
}

/* What most numbers are: digits, few enough for 64 bits, with a point between them or none. */
static bool read_short(const char *text, up_decimal *value)
{
    bool negative = *text == '-';
    const char *p = text + negative, *first = p, *point = NULL;
    uint64_t number = 0;
    for (; is_digit(*p) || (*p == '.' && point == NULL && p > first); p++) {
        if (*p == '.')
            point = p;
        else
            number = number * 10 + (uint64_t)(*p - '0');
        if (p - first > DIGITS_SHORT)
            return false;
    }
    if (*p != '\0' || p == first || p - 1 == point)
        return false;
    *value = compose(negative, number, point != NULL ? (int)(point + 1 - p) : 0);
    return true;
}

up_status up_decimal_parse(const char *text, up_decimal *value, up_error *err)
{
    if (read_short(text, value))
        return UP_OK;
    const char *p = text;
    bool negative = *p == '-';
    bool fits = true;
    reading r = {0};

    if (*p == '-' || *p == '+')
        p++;
    if (!is_digit(*p))
        return refuse_syntax(text, p, err);
    p = read_digits(p, &r, false, &fits);
    if (*p == '.') {
        if (!is_digit(p[1]))
            return refuse_syntax(text, p, err);
        p = read_digits(p + 1, &r, true, &fits);
    }
    if (*p == 'e' || *p == 'E') {
        const char *rest = read_exponent(p + 1, &r.exponent);
        if (!rest)
            return refuse_syntax(text, p, err);
        p = rest;
    }
    if (*p != '\0')
        return refuse_syntax(text, p, err);
    if (!fits)
        return up_error_set(err, UP_BAD_DATA,
                            "'%.*s' has more than 38 significant digits",
                            shown_length(text), text);
    settle_zeros(&r);
    if (!exponent_fits(r.exponent))
        return up_error_set(err, UP_BAD_DATA,
                            "'%.*s' is out of range (its last digit must stand between "
                            "10^-60 and 10^60)",
                            shown_length(text), text);
    *value = compose(negative, r.number, (int)r.exponent);
    return UP_OK;
}

void up_decimal_format(up_decimal value, char out[UP_DECIMAL_SIZE])
{
    char digits[40];
    wide number = coefficient(value);
    size_t count = write_digits(number, digits);
    char *p = out;

    if (value.negative)
        *p++ = '-';
    if (value.exponent >= 0) {
        memcpy(p, digits, count);
        p += count;
        size_t zeros = number == 0 ? 0 : (size_t)value.exponent;
        memset(p, '0', zeros);
        p[zeros] = '\0';
        return;
    }
    size_t fraction = (size_t)-value.exponent;
    size_t whole = count > fraction ? count - fraction : 0;
    if (whole == 0)
        *p++ = '0';
    memcpy(p, digits, whole);
    p += whole;
    *p++ = '.';
    size_t zeros = fraction > count ? fraction - count : 0;
    memset(p, '0', zeros);
    p += zeros;
    memcpy(p, digits + whole, count - whole);
    p[count - whole] = '\0';
}

up_decimal up_decimal_from_int(int64_t value)
{
    uint64_t magnitude = value < 0 ? UINT64_C(0) - (uint64_t)value : (uint64_t)value;
    return compose(value < 0, magnitude, 0);
}

/* 2^53 bounds the integers, 10^22 the powers of ten, that a double holds exactly: one
 * operation on two exact operands is rounded once, hence correctly (Clinger 1990). */
static bool convert_fast(wide number, int exponent, double *value)
{
    static const double power[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                   1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (number > (wide)1 << 53 || exponent < -22 || exponent > 22)
        return false;
    double exact = (double)(uint64_t)number;
    *value = exponent < 0 ? exact / power[-exponent] : exact * power[exponent];
    return true;
}

double up_decimal_to_double(up_decimal value)
{
    double result = 0.0;
    if (!convert_fast(coefficient(value), value.exponent, &result)) {
        char plain[UP_DECIMAL_SIZE];
        up_decimal magnitude = value;
        magnitude.negative = false;
        up_decimal_format(magnitude, plain);
        /* Cannot fail: plain notation, and far inside the range of a double. */
        if (up_number_parse(plain, &result, NULL) != UP_OK)
            return 0.0;
    }
    return value.negative ? -result : result;
}

bool up_decimal_is_zero(up_decimal value)
{
    return value.high == 0 && value.low == 0;
}

static int count_digits(wide number)
{
    int count = 1;
    for (; number >= 10; number /= 10)
        count++;
    return count;
}

/* Neither is zero. Where both begin at the same power of ten, the one with the larger
 * exponent has fewer digits, so that raising it stays within 38. */
static int compare_magnitude(up_decimal a, up_decimal b)
{
    wide x = coefficient(a), y = coefficient(b);
    int first_x = count_digits(x) + a.exponent, first_y = count_digits(y) + b.exponent;
    if (first_x != first_y)
        return first_x < first_y ? -1 : 1;
    for (int e = a.exponent; e > b.exponent; e--)
        x *= 10;
    for (int e = b.exponent; e > a.exponent; e--)
        y *= 10;
    return (x > y) - (x < y);
}

static int sign(up_decimal value)
{
    if (up_decimal_is_zero(value))
        return 0;
    return value.negative ? -1 : 1;
}

int up_decimal_compare(up_decimal a, up_decimal b)
{
    int sa = sign(a), sb = sign(b);
    if (sa != sb)
        return sa < sb ? -1 : 1;
    if (sa == 0)
        return 0;
    int order = compare_magnitude(a, b);
    return sa < 0 ? -order : order;
}

up_decimal up_decimal_negate(up_decimal value)
{
    value.negative = !value.negative && !up_decimal_is_zero(value);
    return value;
}

up_status up_decimal_scale(up_decimal value, int power, up_decimal *out, up_error *err)
{
    int64_t exponent = (int64_t)value.exponent + power;
    if (!exponent_fits(exponent)) {
        char plain[UP_DECIMAL_SIZE];
        up_decimal_format(value, plain);
        return up_error_set(err, UP_BAD_DATA,
                            "%s times 10^%d is out of range (its last digit must stand "
                            "between 10^-60 and 10^60)",
                            plain, power);
    }
    value.exponent = (int)exponent;
    *out = value;
    return UP_OK;
}

/* Rewrites value with a smaller exponent. False when 38 digits do not suffice. */
static bool refine(up_decimal value, int exponent, wide *number)
{
    *number = coefficient(value);
    if (*number == 0)
        return true;
    if (count_digits(*number) + (value.exponent - exponent) > DIGITS_MAX)
        return false;
    for (int e = value.exponent; e > exponent; e--)
        *number *= 10;
    return true;
}

up_status up_decimal_add(up_decimal a, up_decimal b, up_decimal *out, up_error *err)
{
    int exponent = a.exponent < b.exponent ? a.exponent : b.exponent;
    wide x = 0, y = 0;
    bool fits = refine(a, exponent, &x) && refine(b, exponent, &y);
    bool negative = a.negative;
    wide sum = 0;
    if (fits && a.negative == b.negative) {
        sum = x + y;
        fits = count_digits(sum) <= DIGITS_MAX;
    } else if (fits) {
        sum = x >= y ? x - y : y - x;
        negative = x >= y ? a.negative : b.negative;
    }
    if (!fits)
        return up_error_set(err, UP_BAD_DATA,
                            "a sum needs more than 38 significant digits");
    *out = compose(negative, sum, exponent);
    return UP_OK;
}

int up_decimal_last_digit(up_decimal value)
{
    return value.exponent;
}

int up_decimal_last_nonzero_digit(up_decimal value)
{
    int exponent = value.exponent;
    for (wide number = coefficient(value); number != 0 && number % 10 == 0; number /= 10)
        exponent++;
    return exponent;
}
