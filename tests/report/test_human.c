#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "uptick/human.h"
#include "uptick/number.h"

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

/* ---- bounds: what is printed contains what is known ---- */

/* What a printed text says, in its own unit: "−1,234.5 M %" → -1234500000. */
static double read_back(const char *text)
{
    static const struct {
        const char *mark;
        int zeros;
    } scales[] = {{S "M", 6}, {S "B", 9}, {S "T", 12}};
    static const char *const digits[] = {"⁰", "¹", "²", "³", "⁴",
                                         "⁵", "⁶", "⁷", "⁸", "⁹"};
    char number[64];
    size_t length = 0;
    int exponent = 0;
    const char *at = text, *power = strstr(text, "×10");
    for (; *at != '\0' && at != power; at++)
        if ((*at >= '0' && *at <= '9') || *at == '.')
            number[length++] = *at;
    number[length] = '\0';
    for (size_t i = 0; i < 3; i++)
        if (strstr(text, scales[i].mark) != NULL)
            exponent = scales[i].zeros;
    if (power != NULL && strlen(power) > strlen("×10")) {
        bool negative = strstr(power, "⁻") != NULL;
        int value = 0;
        for (const char *p = power + strlen("×10"); *p != '\0'; p++)
            for (int d = 0; d < 10; d++)
                if (strncmp(p, digits[d], strlen(digits[d])) == 0)
                    value = 10 * value + d;
        exponent = negative ? -value : value;
    }
    snprintf(number + length, sizeof number - length, "e%d", exponent);
    double value = 0;
    assert_int_equal(up_number_parse(number, &value, NULL), UP_OK);
    return strstr(text, "\xe2\x88\x92") != NULL ? -value : value;
}

/* Days, hours and minutes as years. */
static double read_years(const char *text)
{
    double value = read_back(text);
    return strstr(text, "day")      ? value / 365.2425
           : strstr(text, "hour")   ? value / 365.2425 / 24
           : strstr(text, "minute") ? value / 365.2425 / 24 / 60
                                    : value;
}

typedef struct kind {
    const char *name;
    double (*bound)(double value, bool up);
    void (*print)(double value, up_buffer *out);
    double (*read)(const char *text);
    double scale; /* of what is read, to the value */
} kind;

static double bound_of_5(double value, bool up)
{
    return up_human_number_bound(value, 5, up);
}
static void print_5(double value, up_buffer *out)
{
    up_human_number(value, 5, out);
}
static void print_percent(double value, up_buffer *out)
{
    up_human_percent(value, true, out);
}

static const kind kinds[] = {
    {"number", bound_of_5, print_5, read_back, 1},
    {"percent", up_human_percent_bound, print_percent, read_back, 100},
    {"fold", up_human_fold_bound, up_human_fold, read_back, 1},
    {"duration", up_human_duration_bound, up_human_duration, read_years, 1}};

/* Numbers count to 15 digits: what is beyond them is what arithmetic left. A duration is counted in
 * two units, which costs it another one. */
static void expect_contained(const kind *k, double value)
{
    double slack = k->read == read_years ? 4e-15 * fabs(value) : 0;
    double known = up_number_clean(value * k->scale);
    for (int up = 0; up < 2; up++) {
        up_buffer text = {0};
        k->print(k->bound(value, up), &text);
        double shown = k->read(up_buffer_text(&text));
        bool contains = up ? shown >= known - slack : shown <= known + slack;
        if (!contains)
            fail_msg("%s: '%s' is no %s bound of %.17g", k->name, up_buffer_text(&text),
                     up ? "upper" : "lower", value);
        /* nor is it wider than a step: of three digits, or a tenth of a minute */
        if (fabs(shown - known) >
            0.1001 * fabs(known) + (k->read == read_years ? 1.91e-7 : 0))
            fail_msg("%s: '%s' is far from %.17g", k->name, up_buffer_text(&text), value);
        up_buffer_release(&text);
    }
}

static uint64_t random_state = 20240229;
static double draw(void) /* in [0, 1): xorshift64 */
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (double)(random_state >> 11) / 9007199254740992.0;
}

static void a_printed_bound_contains_what_is_known(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        for (int n = 0; n < 20000; n++) {
            double size = pow(10, -8 + 20 * draw());
            expect_contained(&kinds[i], draw() < 0.5 ? size : -size);
            /* next to a number of few digits, where rounding is worst */
            double few = round(1 + 999 * draw()) * pow(10, round(-4 + 8 * draw()));
            double off = pow(10, -14 + 11 * draw());
            expect_contained(&kinds[i], few * (draw() < 0.5 ? 1 + off : 1 - off));
            expect_contained(&kinds[i], -few * (draw() < 0.5 ? 1 + off : 1 - off));
        }
    }
}

static void expect_percent_bound(double fraction, bool up, const char *expected)
{
    expect_percent(up_human_percent_bound(fraction, up), true, expected);
}

static void bounds_widen_by_one_step_of_what_is_shown(void **state)
{
    (void)state;
    expect_number(up_human_number_bound(1234.5000001, 5, true), 5, "1,234.6");
    expect_number(up_human_number_bound(1234.5000001, 5, false), 5, "1,234.5");
    expect_fold(up_human_fold_bound(100.0000000001, true), "101×");
    expect_fold(up_human_fold_bound(118.39, true), "119×");
    expect_percent_bound(0.2000000001, true, "+20.1" S "%");
    /* 720 / 600 - 1 is 0.19999999999999996 as a double */
    expect_percent_bound(720.0 / 600 - 1, false, "+20" S "%");
}

/* What is left of it is not nothing. */
static void nearly_all_is_not_all(void **state)
{
    (void)state;
    expect_percent(-0.9998, true, "−99.98" S "%");
    expect_percent(-0.99999996, true, "−99.999996" S "%");
    expect_percent_bound(-0.99982, false, "−99.99" S "%");
    expect_percent_bound(-0.9999999, false, "−99.99999" S "%");
    expect_percent_bound(-1, false, "−100" S "%");
    expect_percent(0.9996, false, "99.96" S "%");
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
        cmocka_unit_test(a_printed_bound_contains_what_is_known),
        cmocka_unit_test(bounds_widen_by_one_step_of_what_is_shown),
        cmocka_unit_test(nearly_all_is_not_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
