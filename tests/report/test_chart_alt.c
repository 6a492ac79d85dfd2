/* The alternative text. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/chart_cases.h"
#include "report/chart_fixture.h"

#define S "\xc2\xa0"

static chart_case one;

static void times_in_alt_text_are_as_fine_as_the_periods(void **state)
{
    (void)state;
    static const struct {
        up_granularity granularity;
        const char *first;
    } cases[] = {{UP_YEAR, "68.9" S "T in 2014 to"},
                 {UP_QUARTER, "68.9" S "T in Q4 2014 to"},
                 {UP_MONTH, "68.9" S "T in December 2014 to"}};
    for (size_t i = 0; i < 3; i++) {
        up_buffer text = {0};
        make_case(case_named("gdp"), &one);
        one.points[0].time = 2015;
        one.chart.granularity = cases[i].granularity;
        up_chart_alt_text(&one.chart, &text);
        assert_non_null(strstr(up_buffer_text(&text), cases[i].first));
        up_buffer_release(&text);
    }
}

/* Of one figure, and of a bar that a period is the label of. */
static void expect_alt(const char *wanted)
{
    up_buffer text = {0};
    up_chart_alt_text(&one.chart, &text);
    assert_string_equal(up_buffer_text(&text), wanted);
    up_buffer_release(&text);
}

static void days_weeks_and_halves_are_told_as_such(void **state)
{
    (void)state;
    static const struct {
        up_granularity granularity;
        double time;
        const char *told;
    } cases[] = {
        /* 20 September is day 263 of 2025, read at its end; it lies in week 38 */
        {UP_DAY, 2025 + 263 / 365.0, "on 20 Sep 2025"},
        {UP_WEEK, 2025 + 263 / 365.0, "in W38 2025"},
        {UP_HALF, 2025.25, "in H1 2025"},
        {UP_DECADE, 2025.5, "in the 2020s"},
        {UP_YEAR, -399.5, "in 401" S "BCE"}, /* year -400 of a count that has a year 0 */
        {UP_YEAR, 100.5, "in 100" S "CE"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char wanted[80];
        make_case(case_named("gdp"), &one);
        one.chart.title = "T";
        one.chart.subtitle = NULL;
        one.series[0].label = "A";
        one.series[0].count = 1;
        one.points[0].time = cases[i].time;
        one.points[0].value = 5;
        one.chart.granularity = cases[i].granularity;
        snprintf(wanted, sizeof wanted, "Line chart: T. A: 5 %s.", cases[i].told);
        expect_alt(wanted);
    }
}

static void a_series_without_figures_is_told_to_have_none(void **state)
{
    (void)state;
    make_case(case_named("gdp"), &one);
    one.chart.title = "T";
    one.chart.subtitle = NULL;
    one.chart.granularity = UP_YEAR;
    one.series[0].label = "A";
    one.series[0].count = 0;
    expect_alt("Line chart: T. A: no figure.");
    one.chart.kind = "bar";
    add_series(&one, "B");
    add_point(&one, 2024.5, 5);
    expect_alt("Bar chart: T. A: no figure; B 5 in 2024.");
}

/* Rates slow down, they do not fall; a change goes from one to the other. */
static void growth_is_not_told_as_a_level(void **state)
{
    (void)state;
    make_case(case_named("gdp"), &one);
    one.chart.title = "T";
    one.chart.subtitle = NULL;
    one.chart.kind = "columns";
    one.chart.rates = one.chart.changes = true;
    one.chart.axis = UP_AXIS_PERCENT;
    one.series[0].label = "A";
    one.series[0].count = 2;
    one.points[0].value = 0.6;
    one.points[0].label = "2020";
    one.points[1].value = 0.2;
    one.points[1].label = "2021";
    expect_alt("Bar chart: T. A: growth slowed from 60" S "% in 2020 to 20" S
               "% in 2021.");
    one.points[1].value = 0.7;
    expect_alt("Bar chart: T. A: growth quickened from 60" S "% in 2020 to 70" S
               "% in 2021.");
    one.points[1].value = -0.2;
    expect_alt("Bar chart: T. A: growth went from 60" S "% in 2020 to −20" S
               "% in 2021.");
    one.chart.rates = false;
    one.chart.axis = UP_AXIS_NUMBER;
    one.points[0].value = 5;
    one.points[1].value = -3;
    expect_alt("Bar chart: T. A: the change went from +5 in 2020 to −3 in 2021.");
}

static void alt_text_tells_the_ends_with_their_qualifiers(void **state)
{
    (void)state;
    up_buffer text = {0};
    make_case(case_named("ai-users"), &one);
    up_chart_alt_text(&one.chart, &text);
    assert_string_equal(up_buffer_text(&text),
                        "Line chart: AI users in China more than doubled in half a year "
                        "(People). China rose from 249" S "M in December 2024 to 570" S
                        "M in May 2025 (+128.9" S "%).");
    up_buffer_clear(&text);
    make_case(case_named("weekly"), &one);
    up_chart_alt_text(&one.chart, &text);
    assert_string_equal(
        up_buffer_text(&text),
        "Line chart: Weekly users pass 800 million (People using it in a "
        "week). Weekly users rose from 1" S "M in December 2022 to more than 800" S
        "M in October 2025 (more than 800×); projected 1.43" S "B in January 2028.");
    up_buffer_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_in_alt_text_are_as_fine_as_the_periods),
        cmocka_unit_test(days_weeks_and_halves_are_told_as_such),
        cmocka_unit_test(a_series_without_figures_is_told_to_have_none),
        cmocka_unit_test(growth_is_not_told_as_a_level),
        cmocka_unit_test(alt_text_tells_the_ends_with_their_qualifiers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
