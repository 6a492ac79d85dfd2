/* Shortest digits against the C library's: printf with 15, 16 and 17 digits, and strtod. */
#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/digits.h"
#include "uptick/number.h"

enum { ROUNDS = 60000 };

/* splitmix64 (Steele, Lea, Flood 2014) */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

static double from_bits(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* "-0.d1d2…e±point" of the C library (the test runs in the "C" locale). */
static void library_digits(double value, char out[64])
{
    char text[64];
    int digits = DBL_DIG;
    do
        snprintf(text, sizeof text, "%.*e", digits - 1, value);
    while (strtod(text, NULL) != value && ++digits <= 17);
    char *at = strchr(text, 'e'), *end = at;
    while (end[-1] == '0')
        end--;
    char *first = text + (value < 0);
    int count = (int)(end - first) - 1;
    if (count == 0)
        snprintf(out, 64, "%s0.%ce%d", value < 0 ? "-" : "", *first, atoi(at + 1) + 1);
    else
        snprintf(out, 64, "%s0.%c%.*se%d", value < 0 ? "-" : "", *first, count - 1,
                 first + 2, atoi(at + 1) + 1);
}

/* How many of those that were compared were in reach. */
static int compare(double value)
{
    char wanted[64], found[64];
    up_digits d;
    if (!up_digits_shortest(value, &d))
        return 0;
    library_digits(value, wanted);
    snprintf(found, sizeof found, "%s0.%.*se%d", d.negative ? "-" : "", d.count, d.digits,
             d.point);
    assert_string_equal(found, wanted);
    return 1;
}

static void any_bits_give_the_digits_of_the_library(void **state)
{
    (void)state;
    uint64_t seed = 1;
    int reached = 0;
    for (int i = 0; i < ROUNDS; i++) {
        uint64_t bits = next_random(&seed);
        uint64_t exponent = 1023 - 40 + bits % 100; /* 2^-40 to 2^59 */
        bits = (bits & UINT64_C(0x800FFFFFFFFFFFFF)) | exponent << 52;
        reached += compare(from_bits(bits));
    }
    assert_true(reached > ROUNDS * 9 / 10);
    for (int i = 0; i < ROUNDS; i++)
        compare(from_bits(next_random(&seed)));
}

static void figures_and_their_growth_give_the_digits_of_the_library(void **state)
{
    (void)state;
    uint64_t seed = 2;
    for (int i = 0; i < ROUNDS; i++) {
        double a = 1 + (double)(next_random(&seed) % 1000000000);
        double b = 1 + (double)(next_random(&seed) % 1000000000);
        double unit = pow(10, (double)(next_random(&seed) % 9));
        assert_int_equal(compare(a / unit), 1);
        assert_int_equal(compare(b / a), 1);
        assert_true(a == b || compare(b / a - 1) == 1);
    }
}

/* A double before, at and after each: where their distance changes, and a power of ten. */
static void neighbours_of_powers_give_the_digits_of_the_library(void **state)
{
    (void)state;
    for (int e = -40; e < 60; e++)
        for (int side = -3; side <= 3; side++) {
            double two = ldexp(1, e), ten = strtod("1", NULL) * pow(10, e);
            for (int i = 0; i < abs(side); i++) {
                two = nextafter(two, side < 0 ? 0 : INFINITY);
                ten = nextafter(ten, side < 0 ? 0 : INFINITY);
            }
            compare(two);
            compare(ten);
            compare(-two);
        }
}

/* Exact ties at the 15th, 16th and 17th digit, which go to the even digit: whole numbers and
 * quarters hold them exactly. */
static void ties_give_the_digits_of_the_library(void **state)
{
    (void)state;
    uint64_t seed = 3;
    for (int i = 0; i < ROUNDS; i++) {
        double whole = (double)(next_random(&seed) >> 11 | 1);
        assert_int_equal(compare(whole), 1);
        assert_int_equal(compare(whole / 2), 1);
        assert_int_equal(compare(whole / 4), 1);
        assert_int_equal(compare(whole / 1024), 1);
    }
}

static void what_is_out_of_reach_is_left_alone(void **state)
{
    (void)state;
    static const double far[] = {0,       -0.0,    9.9e-12, 1e17, -1e17,   1e300,
                                 DBL_MAX, DBL_MIN, 5e-324,  NAN,  INFINITY};
    up_digits d = {.count = -7};
    for (size_t i = 0; i < sizeof far / sizeof far[0]; i++) {
        assert_false(up_digits_shortest(far[i], &d));
        assert_int_equal(d.count, -7);
    }
}

/* The texts are those of Python's repr, which prints the shortest too. */
static void texts_are_those_that_others_print(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *text;
    } cases[] = {{1e-11, "1e-11"},
                 {1.2345e-7, "1.2345e-07"},
                 {1e-6, "0.000001"},
                 {0.30000000000000004, "0.30000000000000004"},
                 {-0.5651571447096255, "-0.5651571447096255"},
                 {9007199254740993.0, "9007199254740992"},
                 {99999999999999990.0, "99999999999999984"},
                 {123456789.125, "123456789.125"},
                 {2.0 / 3 * 1e20, "66666666666666663936"},
                 {0.99999999999999989, "0.9999999999999999"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[UP_NUMBER_SIZE];
        up_number_format(cases[i].value, text);
        assert_string_equal(text, cases[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_bits_give_the_digits_of_the_library),
        cmocka_unit_test(figures_and_their_growth_give_the_digits_of_the_library),
        cmocka_unit_test(neighbours_of_powers_give_the_digits_of_the_library),
        cmocka_unit_test(ties_give_the_digits_of_the_library),
        cmocka_unit_test(what_is_out_of_reach_is_left_alone),
        cmocka_unit_test(texts_are_those_that_others_print),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
