/* Numbers ↔ text. Expected texts are the decimal expansions of IEEE 754 doubles. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <float.h>

#include <cmocka.h>

#include "uptick/number.h"

static void expect_format(double value, const char *wanted)
{
    char text[UP_NUMBER_SIZE];
    up_number_format(value, text);
    assert_string_equal(text, wanted);
}

static void format_is_the_shortest_that_reads_back(void **state)
{
    (void)state;
    expect_format(0.1, "0.1");
    expect_format(1.0 / 3, "0.3333333333333333");
    expect_format(570000000, "570000000");
    expect_format(1e13, "10000000000000");
    expect_format(-2.5, "-2.5");
    expect_format(-0.0, "0");
    expect_format(5e-324, "5e-324"); /* the least subnormal */
    expect_format(DBL_MAX, "1.7976931348623157e+308");
    expect_format(1e21, "1e+21");
    expect_format(100, "100");
}

static void format_fixed_and_significant_round(void **state)
{
    (void)state;
    char text[UP_NUMBER_SIZE];
    up_number_format_fixed(2.28916, 3, text);
    assert_string_equal(text, "2.289");
    up_number_format_fixed(-0.04, 1, text);
    assert_string_equal(text, "0.0");
    up_number_format_significant(9.2316, 3, text);
    assert_string_equal(text, "9.23");
    up_number_format_significant(9.999, 3, text);
    assert_string_equal(text, "10.0");
    up_number_format_significant(40161.29, 3, text);
    assert_string_equal(text, "40200");
    up_number_format_significant(0.000123456, 2, text);
    assert_string_equal(text, "0.00012");
}

static void expect_fixed(double value, int decimals, const char *wanted)
{
    char text[UP_NUMBER_SIZE];
    up_number_format_fixed(value, decimals, text);
    assert_string_equal(text, wanted);
}

static void expect_significant(double value, int digits, const char *wanted)
{
    char text[UP_NUMBER_SIZE];
    up_number_format_significant(value, digits, text);
    assert_string_equal(text, wanted);
}

/* 1.385, 2.675 and 1.005 lie below, as doubles; 9.995 too. */
static void halves_of_the_decimal_text_are_rounded_away_from_zero(void **state)
{
    (void)state;
    expect_fixed(1.385, 2, "1.39");
    expect_fixed(2.675, 2, "2.68");
    expect_fixed(1.005, 2, "1.01");
    expect_fixed(-1.005, 2, "-1.01");
    expect_fixed(0.5, 0, "1");
    expect_fixed(-0.5, 0, "-1");
    expect_fixed(2.5, 0, "3");
    expect_fixed(0.49999999999999994, 0, "0"); /* the double before 0.5 */
    expect_fixed(0.05, 0, "0");
    expect_fixed(0.06, 1, "0.1");
    expect_fixed(-0.04, 1, "0.0");
    expect_fixed(9.995, 2, "10.00");
    expect_fixed(99.5, 0, "100");
    expect_fixed(1e21, 0, "1000000000000000000000");
    expect_fixed(1e21, 2, "1000000000000000000000.00");
    expect_fixed(1e-9, 2, "0.00");
    expect_fixed(1e-9, 10, "0.0000000010");
    expect_fixed(0, 3, "0.000");
    expect_fixed(-0.0, 0, "0");
    expect_significant(1.385, 3, "1.39");
    expect_significant(1.385e9, 3, "1390000000");
    expect_significant(9.99, 2, "10");
    expect_significant(9.995, 3, "10.0");
    expect_significant(-9.995, 3, "-10.0");
    expect_significant(0.09996, 3, "0.100");
    expect_significant(0.5, 1, "0.5");
    expect_significant(1e21, 3, "1000000000000000000000");
    expect_significant(1e-9, 3, "0.00000000100");
    expect_significant(1.0 / 3, 17, "0.33333333333333330");
    expect_significant(0, 3, "0.00");
    char text[UP_NUMBER_SIZE]; /* the longest there are fit */
    up_number_format_fixed(-DBL_MAX, 20, text);
    assert_int_equal(strlen(text), 1 + 309 + 1 + 20);
    up_number_format_significant(-5e-324, 17, text);
    assert_int_equal(strlen(text), 1 + 2 + 323 + 17);
}

static void what_arithmetic_left_in_the_last_bits_is_taken_off(void **state)
{
    (void)state;
    assert_true(0.285 * 100 != 28.5);
    assert_true(up_number_clean(0.145 * 100) == 14.5);
    assert_true(up_number_clean(-0.285 * 100) == -28.5);
    assert_true(up_number_clean(0) == 0);
}

static void parse_reads_decimals_only(void **state)
{
    (void)state;
    static const char *const refused[] = {"",   " 1",  "1 ",    "0x10", "nan", "inf",
                                          "1e", "1,5", "1.2.3", "-",    ".",   "1e400"};
    double value = -7;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        assert_int_equal(up_number_parse(refused[i], &value, NULL), UP_BAD_DATA);
        assert_true(value == -7); /* outputs stay untouched */
    }
    up_error err;
    assert_int_equal(up_number_parse("1,5", &value, &err), UP_BAD_DATA);
    assert_string_equal(err.message, "'1,5' is not a number (digits, at most one decimal "
                                     "point, an exponent such as e9)");
    assert_int_equal(up_number_parse("-1.25e2", &value, NULL), UP_OK);
    assert_true(value == -125);
}

static void no_locale_changes_the_point(void **state)
{
    (void)state;
    /* de_DE is not everywhere; where it is, the whole test runs under a decimal comma. */
    const char *set = setlocale(LC_ALL, "de_DE.UTF-8");
    double value = 0;
    assert_int_equal(up_number_parse("2.5", &value, NULL), UP_OK);
    assert_true(value == 2.5);
    expect_format(2.5, "2.5");
    if (set != NULL)
        setlocale(LC_ALL, "C");
    else
        print_message(
            "de_DE.UTF-8 is not installed: run under the default locale only\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(format_is_the_shortest_that_reads_back),
        cmocka_unit_test(format_fixed_and_significant_round),
        cmocka_unit_test(halves_of_the_decimal_text_are_rounded_away_from_zero),
        cmocka_unit_test(what_arithmetic_left_in_the_last_bits_is_taken_off),
        cmocka_unit_test(parse_reads_decimals_only),
        cmocka_unit_test(no_locale_changes_the_point),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
