/* Figures and growth in words, as the tables print them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "uptick/view.h"

#define NBSP "\xc2\xa0"

static up_metric people = {
    .unit = (char[]){"people"}, .short_unit = (char[]){""}, .display = (char[]){""}};
static up_metric percent = {
    .unit = (char[]){""}, .short_unit = (char[]){""}, .display = (char[]){"percent"}};

static up_growth_value value(double low, double middle, double high)
{
    up_growth_value v = {.estimate = up_estimate_between(low, high)};
    v.estimate.has_value = true;
    v.estimate.value = middle;
    return v;
}

static void reads(const up_growth_value *v, up_transform transform,
                  const up_metric *metric, const char *wanted)
{
    up_buffer text = {0};
    up_words_growth(v, transform, metric, &text);
    assert_string_equal(up_buffer_text(&text), wanted);
    up_buffer_release(&text);
}

static void growth_reads_as_people_quote_it(void **state)
{
    (void)state;
    up_growth_value v = value(6.4, 8.232, 11.16);
    reads(&v, UP_CAGR, &people, "9.23× (7.40× to 12.2×)");
    v = value(0.1667, 0.1667, 1);
    v.estimate.has_high = false;
    reads(&v, UP_PCH, &people, "at least 16.6" NBSP "%");
    v.estimate.low_strict = true;
    reads(&v, UP_PCH, &people, "more than 16.6" NBSP "%");
    v = value(-0.2, -0.1, -0.05);
    reads(&v, UP_PCH, &people, "−10" NBSP "% (−20" NBSP "% to −5" NBSP "%)");
    v = value(-0.135, 0.135, 0.135);
    v.estimate = up_estimate_exact(0.135);
    reads(&v, UP_CHG, &percent, "+13.5 points");
    reads(&v, UP_LIN, &percent, "13.5" NBSP "%");
}

static void doubling_times_know_their_pole_and_their_sign(void **state)
{
    (void)state;
    double day = 1 / 365.2425;
    up_growth_value v = value(101 * day, 114 * day, 126 * day);
    reads(&v, UP_DOUBLING, &people, "114" NBSP "days (101 to 126" NBSP "days)");
    v = value(-5, -4, -3);
    reads(&v, UP_DOUBLING, &people,
          "halving: 4.00" NBSP "years (3.00 to 5.00" NBSP "years)");
    v = value(-3, 5, 4);
    v.outside = true;
    reads(&v, UP_DOUBLING, &people,
          "no doubling faster than 4.00" NBSP "years, no halving faster than 3.00" NBSP
          "years");
    v = (up_growth_value){.refused = "needs positive levels"};
    reads(&v, UP_DOUBLING, &people, "-");
}

static void a_value_at_the_end_of_its_range_is_no_middle(void **state)
{
    (void)state;
    up_growth_value v = value(1.14, 1.14, 1.26); /* from a "nearly" */
    v.estimate.about = true;
    reads(&v, UP_FOLD, &people, "1.14× to 1.26×");
    v = value(1.1, 1.2, 1.3);
    v.estimate.about = true;
    reads(&v, UP_FOLD, &people, "about 1.20× (1.10× to 1.30×)");
    v = value(1.1999999, 1.2, 1.2000001); /* no range in the digits that are shown */
    reads(&v, UP_FOLD, &people, "1.20×");
}

static void figures_read_with_their_words(void **state)
{
    (void)state;
    up_observation o = {.has_value = true,
                        .value = up_decimal_from_int(700000000),
                        .qualifier = UP_MORE_THAN};
    up_buffer text = {0};
    up_words_figure(&o, &people, 0, &text);
    assert_string_equal(up_buffer_text(&text), "more than 700" NBSP "M people");
    up_buffer_clear(&text);
    o = (up_observation){.has_low = true,
                         .low = up_decimal_from_int(3000000000),
                         .has_high = true,
                         .high = up_decimal_from_int(750000000000)};
    up_words_figure(&o, &people, 0, &text);
    assert_string_equal(up_buffer_text(&text), "3" NBSP "B to 750" NBSP "B people");
    up_buffer_clear(&text);
    o = (up_observation){.status = 'M'};
    up_words_figure(&o, &people, 0, &text);
    assert_string_equal(up_buffer_text(&text), "missing");
    up_buffer_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(growth_reads_as_people_quote_it),
        cmocka_unit_test(doubling_times_know_their_pole_and_their_sign),
        cmocka_unit_test(a_value_at_the_end_of_its_range_is_no_middle),
        cmocka_unit_test(figures_read_with_their_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
