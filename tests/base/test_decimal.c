/* Exact decimals: reading, writing, order, sums. Expected values by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "uptick/decimal.h"

#define NINES_38 "99999999999999999999999999999999999999"

static up_decimal read_decimal(const char *text)
{
    up_decimal value = {0};
    up_error err = {0};
    if (up_decimal_parse(text, &value, &err) != UP_OK)
        fail_msg("'%s': %s", text, err.message);
    return value;
}

static void assert_prints(up_decimal value, const char *expected)
{
    char text[UP_DECIMAL_SIZE];
    up_decimal_format(value, text);
    assert_string_equal(text, expected);
}

static void decimal_prints_what_was_read(void **state)
{
    (void)state;
    static const struct {
        const char *text, *printed;
        int exponent;
    } cases[] = {
        {"0", "0", 0},
        {"-0", "0", 0},
        {"0.00", "0.00", -2},
        {"007", "7", 0},
        {"+12", "12", 0},
        {"1.50", "1.50", -2},
        {"-0.05", "-0.05", -2},
        {"1e-3", "0.001", -3},
        {"1.2e9", "1200000000", 8},
        {"1.2E+1", "12", 0},
        {"570e6", "570000000", 6},
        {"123.456e1", "1234.56", -2},
        {"0e5", "0", 5},
        {NINES_38, NINES_38, 0},
        {"0." NINES_38, "0." NINES_38, -38},
        {"1e-60", "0.000000000000000000000000000000000000000000000000000000000001", -60},
        /* 40 digits ending in zeros: 38 stay, two go to the exponent. */
        {"1200000000000000000000000000000000000000",
         "1200000000000000000000000000000000000000", 2},
        {"0.1200000000000000000000000000000000000000",
         "0.12000000000000000000000000000000000000", -38},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        up_decimal value = read_decimal(cases[i].text);
        assert_prints(value, cases[i].printed);
        assert_int_equal(value.exponent, cases[i].exponent);
        assert_int_equal(up_decimal_last_digit(value), cases[i].exponent);
    }
}

/* The longest text there is: sign, 38 digits, 60 zeros; and a point with 60 digits. */
static void decimal_longest_text_reads_back_the_same(void **state)
{
    (void)state;
    static const char *const texts[] = {"-" NINES_38 "e60", "-" NINES_38 "e-60", "-1e-60",
                                        "1e60", "-12e60"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        up_decimal value = read_decimal(texts[i]);
        char plain[UP_DECIMAL_SIZE];
        up_decimal_format(value, plain);
        assert_true(strlen(plain) < sizeof plain);
        assert_int_equal(up_decimal_compare(read_decimal(plain), value), 0);
    }
}

static void decimal_refuses_and_says_why(void **state)
{
    (void)state;
#define SYNTAX                                                                           \
    " is not a number (digits expected, with an optional sign, point and exponent)"
#define RANGE " is out of range (its last digit must stand between 10^-60 and 10^60)"
    static const char *const cases[][2] = {
        {"", "''" SYNTAX},
        {"-", "'-'" SYNTAX},
        {".5", "'.5'" SYNTAX},
        {"5.", "'5.'" SYNTAX},
        {"1e", "'1e'" SYNTAX},
        {"1e+", "'1e+'" SYNTAX},
        {"--1", "'--1'" SYNTAX},
        {" 1", "' 1'" SYNTAX},
        {"1 ", "'1 '" SYNTAX},
        {"0x10", "'0x10'" SYNTAX},
        {"nan", "'nan'" SYNTAX},
        {"inf", "'inf'" SYNTAX},
        {"1.2.3", "'1.2.3'" SYNTAX},
        {"12,5", "'12,5' is not a number (decimal point expected, no comma)"},
        {"1e61", "'1e61'" RANGE},
        {"1e-61", "'1e-61'" RANGE},
        {"1e400", "'1e400'" RANGE},
        {"1e99999999999999999999", "'1e99999999999999999999'" RANGE},
        {"0e61", "'0e61'" RANGE},
        {"一二三四五六七八九十一二三四五六七八九十一二三",
         "'一二三四五六七八九十一二三四五六七八九十'" SYNTAX},
        {NINES_38 "9", "'" NINES_38 "9' has more than 38 significant digits"},
        {"1.00000000000000000000000000000000000001",
         "'1.00000000000000000000000000000000000001' has more than 38 significant "
         "digits"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        up_decimal value = {.low = 42, .exponent = 3};
        up_error err = {0};
        assert_int_equal(up_decimal_parse(cases[i][0], &value, &err), UP_BAD_DATA);
        assert_string_equal(err.message, cases[i][1]);
        assert_int_equal(value.low, 42);
        assert_int_equal(up_decimal_parse(cases[i][0], &value, NULL), UP_BAD_DATA);
    }
}

static void decimal_knows_which_digit_was_stated_last(void **state)
{
    (void)state;
    up_decimal millions = read_decimal("570e6");
    assert_int_equal(up_decimal_last_digit(millions), 6);
    assert_int_equal(up_decimal_last_nonzero_digit(millions), 7);
    assert_int_equal(up_decimal_last_nonzero_digit(read_decimal("1.50")), -1);
    assert_int_equal(up_decimal_last_nonzero_digit(read_decimal("0.00")), -2);
    assert_int_equal(up_decimal_last_nonzero_digit(read_decimal("39.1e9")), 8);
}

static void decimal_order_is_by_value(void **state)
{
    (void)state;
    static const char *const rising[] = {"-" NINES_38 "e60",
                                         "-1e60",
                                         "-2",
                                         "-1.5",
                                         "-1e-60",
                                         "0",
                                         "1e-60",
                                         "0.9",
                                         "1",
                                         "1.5",
                                         "1e38",
                                         NINES_38 "e1"};
    size_t count = sizeof rising / sizeof *rising;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++) {
            int order =
                up_decimal_compare(read_decimal(rising[i]), read_decimal(rising[j]));
            assert_int_equal((order > 0) - (order < 0), (i > j) - (i < j));
        }
    assert_int_equal(up_decimal_compare(read_decimal("1.50"), read_decimal("1.5")), 0);
    assert_int_equal(
        up_decimal_compare(read_decimal("1e38"),
                           read_decimal("100000000000000000000000000000000000"
                                        "000")),
        0);
    assert_int_equal(up_decimal_compare(read_decimal("0.00"), read_decimal("0e7")), 0);
    assert_int_equal(up_decimal_compare(read_decimal("-100"), read_decimal("-1e2")), 0);
}

static void decimal_from_int_covers_the_whole_type(void **state)
{
    (void)state;
    assert_prints(up_decimal_from_int(0), "0");
    assert_prints(up_decimal_from_int(INT64_MIN), "-9223372036854775808");
    assert_prints(up_decimal_from_int(INT64_MAX), "9223372036854775807");
    assert_true(up_decimal_is_zero(up_decimal_from_int(0)));
    assert_false(up_decimal_is_zero(up_decimal_from_int(-1)));
}

/* C's own constants are the nearest doubles too. */
static void decimal_becomes_the_nearest_double(void **state)
{
    (void)state;
#define CASE(number)                                                                     \
    {                                                                                    \
#number, number                                                                  \
    }
    static const struct {
        const char *text;
        double expected;
    } cases[] = {CASE(0),
                 CASE(-1.5),
                 CASE(0.1),
                 CASE(39.1e9),
                 CASE(570e6),
                 CASE(1e22),
                 CASE(1e23),
                 CASE(9007199254740993.0), /* 2^53 + 1: a tie, to even */
                 CASE(9007199254740992e22),
                 CASE(0.3e-22),
                 CASE(123456789012345678901234567890e-10),
                 CASE(-99999999999999999999999999999999999999e60),
                 CASE(1e-60)};
#undef CASE
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double value = up_decimal_to_double(read_decimal(cases[i].text));
        assert_memory_equal(&value, &cases[i].expected, sizeof value);
    }
}

static void decimal_scales_exactly(void **state)
{
    (void)state;
    up_decimal out = {0};
    up_error err = {0};
    assert_int_equal(up_decimal_scale(read_decimal("39.1"), 9, &out, &err), UP_OK);
    assert_prints(out, "39100000000");
    assert_int_equal(out.exponent, 8);
    assert_int_equal(up_decimal_scale(read_decimal("80"), -2, &out, &err), UP_OK);
    assert_prints(out, "0.80");
    assert_int_equal(up_decimal_scale(read_decimal("1e60"), 1, &out, &err), UP_BAD_DATA);
    assert_int_equal(up_decimal_scale(read_decimal("5"), -61, &out, &err), UP_BAD_DATA);
    assert_string_equal(err.message,
                        "5 times 10^-61 is out of range (its last digit must "
                        "stand between 10^-60 and 10^60)");
    assert_int_equal(up_decimal_scale(read_decimal("5"), INT32_MAX, &out, NULL),
                     UP_BAD_DATA);
    assert_prints(out, "0.80");
}

static void decimal_adds_exactly(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        {"1.50", "1.5", "3.00"},
        {"3e8", "5000e4", "350000000"},
        {"1", "-1.00", "0.00"},
        {"0.1", "0.2", "0.3"},
        {"-5", "3", "-2"},
        {"5", "-7", "-2"},
        {"0e60", "1e-60", "1e-60"},
        {NINES_38, "-1", "99999999999999999999999999999999999998"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        up_decimal sum = {0};
        up_error err = {0};
        assert_int_equal(up_decimal_add(read_decimal(cases[i][0]),
                                        read_decimal(cases[i][1]), &sum, &err),
                         UP_OK);
        assert_int_equal(up_decimal_compare(sum, read_decimal(cases[i][2])), 0);
        assert_int_equal(up_decimal_add(read_decimal(cases[i][1]),
                                        read_decimal(cases[i][0]), &sum, &err),
                         UP_OK);
        assert_int_equal(up_decimal_compare(sum, read_decimal(cases[i][2])), 0);
    }
    up_decimal out = {.low = 42};
    up_error err = {0};
    assert_int_equal(
        up_decimal_add(read_decimal(NINES_38), read_decimal("1"), &out, &err),
        UP_BAD_DATA);
    assert_string_equal(err.message, "a sum needs more than 38 significant digits");
    assert_int_equal(
        up_decimal_add(read_decimal("1e60"), read_decimal("1e-60"), &out, &err),
        UP_BAD_DATA);
    assert_int_equal(out.low, 42);
}

/* Numbers of few digits are read on a way of their own: where it ends nothing may change. */
static void decimal_of_any_length_prints_what_was_read(void **state)
{
    (void)state;
    static const char digits[] = "98765432109876543210987654321098765432";
    for (int length = 1; length <= 38; length++)
        for (int point = 1; point <= length; point++) {
            char text[64];
            snprintf(text, sizeof text, "-%.*s%s%.*s", point, digits,
                     point < length ? "." : "", length - point, digits + point);
            assert_prints(read_decimal(text), text);
            assert_prints(read_decimal(text + 1), text + 1);
            assert_int_equal(up_decimal_last_digit(read_decimal(text)), point - length);
        }
}

static void decimal_zero_has_no_sign(void **state)
{
    (void)state;
    assert_false(up_decimal_negate(read_decimal("0.0")).negative);
    assert_prints(up_decimal_negate(read_decimal("1.0")), "-1.0");
    assert_prints(up_decimal_negate(read_decimal("-1.0")), "1.0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimal_prints_what_was_read),
        cmocka_unit_test(decimal_longest_text_reads_back_the_same),
        cmocka_unit_test(decimal_refuses_and_says_why),
        cmocka_unit_test(decimal_knows_which_digit_was_stated_last),
        cmocka_unit_test(decimal_order_is_by_value),
        cmocka_unit_test(decimal_from_int_covers_the_whole_type),
        cmocka_unit_test(decimal_becomes_the_nearest_double),
        cmocka_unit_test(decimal_scales_exactly),
        cmocka_unit_test(decimal_adds_exactly),
        cmocka_unit_test(decimal_of_any_length_prints_what_was_read),
        cmocka_unit_test(decimal_zero_has_no_sign),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
