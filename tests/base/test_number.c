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
        cmocka_unit_test(parse_reads_decimals_only),
        cmocka_unit_test(no_locale_changes_the_point),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
