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
        cmocka_unit_test(alt_text_tells_the_ends_with_their_qualifiers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
