#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "uptick/human.h"

#define S "\xc2\xa0" /* no-break space */

static void expect_number(double value, int digits, const char *expected)
{
    up_buffer text = {0};
    up_human_number(value, digits, &text);
    assert_string_equal(up_buffer_text(&text), expected);
    up_buffer_release(&text);
}

static void expect_percent(double fraction, bool sign, const char *expected)
{
    up_buffer text = {0};
    up_human_percent(fraction, sign, &text);
    assert_string_equal(up_buffer_text(&text), expected);
    up_buffer_release(&text);
}

static void expect_fold(double fold, const char *expected)
{
    up_buffer text = {0};
    up_human_fold(fold, &text);
    assert_string_equal(up_buffer_text(&text), expected);
    up_buffer_release(&text);
}

static void expect_duration(double years, const char *expected)
{
    up_buffer text = {0};
    up_human_duration(years, &text);
    assert_string_equal(up_buffer_text(&text), expected);
    up_buffer_release(&text);
}

static void number_takes_a_suffix_from_a_million_on(void **state)
{
    (void)state;
    expect_number(570000000, 0, "570" S "M");
    expect_number(16.2e9, 3, "16.2" S "B");
    expect_number(1e13, 3, "10" S "T");
    expect_number(1e6, 3, "1" S "M");
    expect_number(999999, 0, "999,999");
    expect_number(70000, 0, "70,000");
    expect_number(1e15, 3, "1,000" S "T");
}

static void number_keeps_its_digits_or_rounds_to_as_many_as_asked(void **state)
{
    (void)state;
    expect_number(40161.3, 3, "40,200");
    expect_number(40161.3, 0, "40,161.3");
    expect_number(249123456, 3, "249" S "M");
    expect_number(249123456, 0, "249.123456" S "M");
    expect_number(0.1, 0, "0.1");
    expect_number(2.50, 3, "2.5");
}

static void number_rounds_up_into_the_next_suffix(void **state)
{
    (void)state;
    expect_number(999999.9, 3, "1" S "M");
    expect_number(999960000, 3, "1" S "B");
    expect_number(9.9996, 3, "10");
}

static void number_reads_small_negative_and_zero(void **state)
{
    (void)state;
    expect_number(0.0012, 0, "0.0012");
    expect_number(0.00001, 3, "0.00001");
    expect_number(1e-9, 0, "1×10⁻⁹");
    expect_number(2.5e-6, 0, "2.5×10⁻⁶");
    expect_number(0, 3, "0");
    expect_number(-0.0, 3, "0");
    expect_number(-1500000, 0, "−1.5" S "M");
    expect_number(-0.02, 0, "−0.02");
    expect_number(2.5e21, 0, "2.5×10²¹");
}

static void percent_shows_three_digits_or_one_decimal(void **state)
{
    (void)state;
    expect_percent(0.1667, false, "16.7" S "%");
    expect_percent(1.289156, true, "+128.9" S "%");
    expect_percent(0.016667, false, "1.67" S "%");
    expect_percent(0.0016667, false, "0.167" S "%");
    expect_percent(-0.0512, true, "−5.12" S "%");
    expect_percent(0.20001, true, "+20.0" S "%");
    expect_percent(0.099996, false, "10.0" S "%");
    expect_percent(12.34567, true, "+1,234.6" S "%");
}

static void percent_of_a_whole_number_has_no_zeros_after_the_point(void **state)
{
    (void)state;
    expect_percent(0.8, false, "80" S "%");
    expect_percent(99, true, "+9,900" S "%");
    expect_percent(0, true, "0" S "%");
    expect_percent(-0.5, true, "−50" S "%");
    expect_percent(0.07, false, "7" S "%"); /* 7.000000000000001 in binary */
}

static void percent_past_a_million_takes_a_suffix(void **state)
{
    (void)state;
    expect_percent(123456, true, "+12.35" S "M" S "%");
}

static void fold_shows_three_digits(void **state)
{
    (void)state;
    expect_fold(9.2316, "9.23×");
    expect_fold(7.4023, "7.40×");
    expect_fold(12.24, "12.2×");
    expect_fold(464.16, "464×");
    expect_fold(100, "100×");
    expect_fold(2, "2×");
    expect_fold(0.5, "0.500×");
    expect_fold(1234.4, "1,234×");
}

/* As doubles 1.385e9 is exact, 1.385 lies below and 0.01215 × 100 too: all are halves. */
static void halves_are_rounded_away_from_zero(void **state)
{
    (void)state;
    expect_number(1.385e9, 3, "1.39" S "B");
    expect_number(1.385, 3, "1.39");
    expect_number(-1.005, 3, "−1.01");
    expect_number(9.995, 3, "10");
    expect_percent(0.01215, false, "1.22" S "%");
    expect_fold(2.675, "2.68×");
}

static void duration_picks_the_unit_that_reads_best(void **state)
{
    (void)state;
    expect_duration(0.3115, "114" S "days"); /* 113.77 */
    expect_duration(0.1505, "55" S "days");  /* 54.97 */
    expect_duration(2.4, "2.40" S "years");
    expect_duration(1.25, "1.25" S "years");
    expect_duration(12.34, "12.3" S "years");
    expect_duration(123.4, "123" S "years");
    expect_duration(1234.5678, "1,235" S "years");
    expect_duration(3.5 / 365.2425, "3.5" S "days");
    expect_duration(1 / 365.2425, "24" S "hours");
    expect_duration(1 / 365.2425 / 24, "60" S "minutes");
    expect_duration(0, "0" S "days");
    expect_duration(-2.4, "−2.40" S "years");
    expect_duration(2.5e6, "2.5" S "M" S "years");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(number_takes_a_suffix_from_a_million_on),
        cmocka_unit_test(number_keeps_its_digits_or_rounds_to_as_many_as_asked),
        cmocka_unit_test(number_rounds_up_into_the_next_suffix),
        cmocka_unit_test(number_reads_small_negative_and_zero),
        cmocka_unit_test(percent_shows_three_digits_or_one_decimal),
        cmocka_unit_test(percent_of_a_whole_number_has_no_zeros_after_the_point),
        cmocka_unit_test(percent_past_a_million_takes_a_suffix),
        cmocka_unit_test(fold_shows_three_digits),
        cmocka_unit_test(halves_are_rounded_away_from_zero),
        cmocka_unit_test(duration_picks_the_unit_that_reads_best),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
