/* The ticks of the value axis and of the time axis. */
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
#include "report/chart_draw.h"

#define S "\xc2\xa0"

static void expect_values(const up_chart *chart, double low, double high, bool zero,
                          const char *expected)
{
    up_axis axis = {0};
    up_ticks ticks = {0};
    up_buffer text = {0};
    up_axis_values(chart, low, high, zero, 5, &axis, &ticks);
    for (size_t i = 0; i < ticks.count; i++) {
        up_buffer_add(&text, i > 0 ? "|" : "");
        up_buffer_add(&text, ticks.items[i].label);
    }
    assert_string_equal(up_buffer_text(&text), expected);
    assert_true(axis.min <= low && axis.max >= high);
    up_buffer_release(&text);
}

static void value_ticks_are_round(void **state)
{
    (void)state;
    up_chart chart;
    up_chart_init(&chart);
    expect_values(&chart, 249e6, 570e6, false, "0|200" S "M|400" S "M|600" S "M");
    expect_values(&chart, 0, 1.1e9, false,
                  "0|250" S "M|500" S "M|750" S "M|1" S "B|1.25" S "B");
    expect_values(&chart, 97.9, 113.9, false, "95|100|105|110|115"); /* not from zero */
    expect_values(&chart, 97.9, 113.9, true, "0|25|50|75|100|125");
    expect_values(&chart, -4.5e9, 2e9, false, "−4" S "B|−2" S "B|0|2" S "B");
    expect_values(&chart, 7, 7, false, "0|2|4|6|8");
    expect_values(&chart, 0, 0, false, "0|0.2|0.4|0.6|0.8|1");
    expect_values(&chart, 1e-9, 3e-9, false, "0|1×10⁻⁹|2×10⁻⁹|3×10⁻⁹");
    chart.axis = UP_AXIS_PERCENT;
    expect_values(&chart, -0.04, 0.133, true,
                  "−5" S "%|0" S "%|5" S "%|10" S "%|15" S "%");
    chart.axis = UP_AXIS_FOLD;
    expect_values(&chart, 0, 15.9, true, "0×|5×|10×|15×");
}

static void value_ticks_are_round_in_the_units_of_the_language(void **state)
{
    (void)state;
    up_chart chart;
    up_chart_init(&chart);
    chart.language = UP_CHINESE;
    expect_values(&chart, 249e6, 570e6, false, "0|2亿|4亿|6亿");
    expect_values(&chart, 0, 24.9e6, false, "0|500万|1000万|1500万|2000万|2500万");
    expect_values(&chart, 0, 1e13, false, "0|2万亿|4万亿|6万亿|8万亿|10万亿");
    expect_values(&chart, 0, 18000, false, "0|5000|1万|1.5万|2万");
    chart.axis = UP_AXIS_PERCENT;
    expect_values(&chart, -0.04, 0.133, true, "−5%|0%|5%|10%|15%");
    chart.axis = UP_AXIS_FOLD;
    expect_values(&chart, 0, 15.9, true, "0倍|5倍|10倍|15倍");
}

static void log_ticks_are_one_two_five_or_decades(void **state)
{
    (void)state;
    up_chart chart;
    up_chart_init(&chart);
    chart.log_scale = true;
    expect_values(&chart, 1e11, 1e13, false,
                  "100" S "B|200" S "B|500" S "B|1" S "T|2" S "T|5" S "T|10" S "T");
    expect_values(&chart, 2, 3e5, false, "1|10|100|1,000|10,000|100,000|1" S "M");
    expect_values(&chart, 200e6, 516e6, false, "200" S "M|300" S "M|400" S "M|500" S "M");
    expect_values(&chart, 1e-9, 1e15, false,
                  "1×10⁻⁹|1×10⁻⁶|0.001|1|1,000|1" S "M|1" S "B|1" S "T|1,000" S "T");
    expect_values(&chart, 5, 5, false, "4|5|6|8");
}

static void expect_periods(up_granularity granularity, up_anchor anchor, double low,
                           double high, double pixels, const char *expected)
{
    up_axis axis = {0};
    up_ticks ticks = {0};
    up_buffer text = {0};
    up_chart chart;
    up_chart_init(&chart);
    chart.granularity = granularity;
    chart.anchor = anchor;
    up_axis_times(&chart, low, high, pixels, (up_style){.size = 15}, &axis, &ticks);
    for (size_t i = 0; i < ticks.count; i++) {
        if (!ticks.items[i].has_label)
            continue;
        up_buffer_add(&text, text.length > 0 ? "|" : "");
        up_buffer_add(&text, ticks.items[i].label);
        up_buffer_add(&text, ticks.items[i].below[0] ? "/" : "");
        up_buffer_add(&text, ticks.items[i].below);
    }
    assert_string_equal(up_buffer_text(&text), expected);
    up_buffer_release(&text);
}

static void expect_times(double low, double high, double pixels, const char *expected)
{
    expect_periods(UP_SECOND, UP_ANCHOR_MIDDLE, low, high, pixels, expected);
}

static void expect_chinese_times(double low, double high, double pixels,
                                 const char *expected)
{
    up_chart chart;
    up_axis axis = {0};
    up_ticks ticks = {0};
    up_buffer text = {0};
    up_chart_init(&chart);
    chart.language = UP_CHINESE;
    up_axis_times(&chart, low, high, pixels, (up_style){.size = 15, .tone = UP_TONE_TEXT},
                  &axis, &ticks);
    for (size_t i = 0; i < ticks.count; i++)
        if (ticks.items[i].has_label)
            up_buffer_addf(&text, "%s%s%s%s", text.length > 0 ? "|" : "",
                           ticks.items[i].label, ticks.items[i].below[0] ? "/" : "",
                           ticks.items[i].below);
    assert_string_equal(up_buffer_text(&text), expected);
    up_buffer_release(&text);
}

static void chinese_time_ticks_say_the_year_where_there_is_room(void **state)
{
    (void)state;
    expect_chinese_times(2020.2, 2024.8, 900, "2020年|2021年|2022年|2023年|2024年");
    expect_chinese_times(2020.2, 2024.8, 340, "2020|2021|2022|2023|2024");
    expect_chinese_times(2025.01, 2025.35, 900, "1月/2025年|2月|3月|4月|5月");
    /* day 139.7 to 147 of the year: 19 to 26 May */
    expect_chinese_times(
        2025.38, 2025.40, 900,
        "5月20日/2025年|5月21日|5月22日|5月23日|5月24日|5月25日|5月26日");
}

static void no_tick_is_finer_than_the_periods_of_the_figures(void **state)
{
    (void)state;
    const up_anchor end = UP_ANCHOR_END, middle = UP_ANCHOR_MIDDLE;
    expect_periods(UP_YEAR, middle, 2022.5, 2024.5, 900, "2022|2023|2024");
    expect_periods(UP_YEAR, end, 2023, 2025, 900, "2022|2023|2024");
    expect_periods(UP_YEAR, middle, 2023.5, 2024.5, 900, "2023|2024");
    expect_periods(UP_QUARTER, middle, 2023.125, 2024.375, 900,
                   "Q1/2023|Q2|Q3|Q4|Q1/2024|Q2");
    expect_periods(UP_QUARTER, end, 2023.25, 2024, 900, "Q1/2023|Q2|Q3|Q4");
    expect_periods(UP_QUARTER, middle, 2023.125, 2023.375, 900, "Q1/2023|Q2");
    expect_periods(UP_QUARTER, middle, 2020.125, 2021.875, 280, "Q1/2020|Q3|Q1/2021|Q3");
    expect_periods(UP_HALF, middle, 2023.25, 2024.75, 900, "H1/2023|H2|H1/2024|H2");
    expect_periods(UP_MONTH, middle, 2024.04, 2024.29, 900, "Jan/2024|Feb|Mar|Apr");
    expect_periods(UP_DAY, middle, 2024.04, 2024.29, 900, "Jan/2024|Feb|Mar|Apr");
    expect_periods(UP_DECADE, middle, 1985, 2015, 900, "1990|2000|2010");
}

/* The label of a year's end stands at the year's end, and the mark with it. */
static void labels_of_periods_stand_where_their_figures_do(void **state)
{
    (void)state;
    static const struct {
        up_granularity granularity;
        up_anchor anchor;
        double low, high, first;
    } cases[] = {
        {UP_YEAR, UP_ANCHOR_END, 2023, 2025, 2023},
        {UP_YEAR, UP_ANCHOR_MIDDLE, 2022.5, 2024.5, 2022.5},
        {UP_YEAR, UP_ANCHOR_START, 2022, 2024, 2022},
        {UP_YEAR, UP_ANCHOR_END, 1801, 2001, 1801}, /* labelled every 20 years */
        {UP_QUARTER, UP_ANCHOR_END, 2023 + 90 / 365.0, 2024, 2023 + 90 / 365.0},
        {UP_MONTH, UP_ANCHOR_END, 2023 + 31 / 365.0, 2023.5, 2023 + 31 / 365.0},
        {UP_DAY, UP_ANCHOR_END, 2023 + 31 / 365.0, 2023 + 36 / 365.0, 2023 + 31 / 365.0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        up_axis axis = {0};
        up_ticks ticks = {0};
        up_chart chart;
        up_chart_init(&chart);
        chart.granularity = cases[i].granularity;
        chart.anchor = cases[i].anchor;
        up_axis_times(&chart, cases[i].low, cases[i].high, 900, (up_style){.size = 15},
                      &axis, &ticks);
        assert_true(ticks.items[0].has_label);
        assert_true(fabs(ticks.items[0].at - cases[i].first) < 1e-6);
        if (cases[i].anchor != UP_ANCHOR_MIDDLE)
            assert_true(ticks.items[0].has_mark &&
                        ticks.items[0].mark == ticks.items[0].at);
    }
}

static void time_ticks_suit_the_span(void **state)
{
    (void)state;
    const double day = 1 / 365.0;
    expect_times(2025.5, 2025.5 + 0.5 * day, 900,
                 "12:00/2" S "Jul" S "2025|15:00|18:00|21:00|00:00/3" S "Jul" S "2025");
    expect_times(2025 + 191.5 * day, 2025 + 195.5 * day, 900,
                 "11" S "Jul/2025|12" S "Jul|13" S "Jul|14" S "Jul|15" S "Jul");
    expect_times(2025 + 180 * day, 2025 + 230 * day, 900,
                 "1" S "Jul/2025|8" S "Jul|15" S "Jul|22" S "Jul|1" S "Aug|8" S "Aug|15" S
                 "Aug");
    /* from the end of December: the month it ends is shown */
    expect_times(2025, 2025.41, 900, "Dec/2024|Jan/2025|Feb|Mar|Apr|May");
    expect_times(2023.01, 2024.99, 900, "Q1/2023|Q2|Q3|Q4|Q1/2024|Q2|Q3|Q4");
    expect_times(2015.5, 2024.5, 900,
                 "2015|2016|2017|2018|2019|2020|2021|2022|2023|2024");
    expect_times(1951.5, 2024.5, 900, "1960|1970|1980|1990|2000|2010|2020");
    expect_times(1.5, 1999.5, 900, "1|200|400|600|800|1000|1200|1400|1600|1800|2000");
    expect_times(-9999, 2000, 900,
                 "10,000" S "BCE|8000" S "BCE|6000" S "BCE|4000" S "BCE|2000" S "BCE|1" S
                 "CE|2000" S "CE");
}

/* Seconds and minutes apart are not one moment; 2 July 2025 is half of the year, at noon. */
static void figures_seconds_apart_stand_apart(void **state)
{
    (void)state;
    const double second = 1 / (365.0 * 86400);
    expect_times(2025.5, 2025.5 + 10 * second, 900,
                 "12:00:00/2" S "Jul" S "2025|12:00:05|12:00:10");
    expect_times(2025.5, 2025.5 + 2 * second, 900,
                 "11:59:59/2" S "Jul" S "2025|12:00:00|12:00:01|12:00:02|12:00:03");
    expect_times(2025.5, 2025.5 + 40 * 60 * second, 900,
                 "12:00/2" S "Jul" S "2025|12:05|12:10|12:15|12:20|12:25|12:30|12:35|12:"
                 "40");
    expect_periods(UP_MINUTE, UP_ANCHOR_END, 2025.5, 2025.5 + 60 * second, 900,
                   "11:59/2" S "Jul" S "2025|12:00|12:01|12:02");
    expect_times(2025.5, 2025.5, 900, "2023|2024|2025|2026|2027"); /* one moment */
}

static void time_ticks_never_crowd(void **state)
{
    (void)state;
    /* spans from a day to two hundred billion years, on axes from narrow to wide */
    for (double span = 0.001; span < 2e11; span *= 1.7)
        for (double pixels = 150; pixels < 12000; pixels *= 2) {
            up_axis axis = {0};
            up_ticks ticks = {0};
            double end = -INFINITY;
            size_t labels = 0;
            up_chart chart;
            up_chart_init(&chart);
            if (pixels >= 2400) { /* narrow again, of yearly figures */
                chart.granularity = UP_YEAR;
                chart.anchor = UP_ANCHOR_END;
            }
            double width = pixels < 2400 ? pixels : pixels / 8;
            if (pixels >= 2400 && span < 1)
                continue;
            up_axis_times(&chart, 2000 - span * 0.6, 2000 + span * 0.4, width,
                          (up_style){.size = 15}, &axis, &ticks);
            for (size_t i = 0; i < ticks.count; i++) {
                const up_tick *t = &ticks.items[i];
                if (!t->has_label)
                    continue;
                double x = (t->at - axis.min) / (axis.max - axis.min) * width;
                double w =
                    up_chart_extent(t->label, strlen(t->label), (up_style){.size = 15});
                assert_true(x - w / 2 > end);
                end = x + w / 2;
                labels++;
            }
            assert_in_range(labels, 1, 16);
        }
}

/* What happened in September 2008 lies between the mark of 2005 and that of 2010, two thirds of the way
 * and more; of yearly figures the marks stand where these do. */
static void years_among_many_begin_at_their_marks(void **state)
{
    (void)state;
    static const struct {
        up_granularity granularity;
        double mark;
    } cases[] = {{UP_MONTH, 2010}, {UP_DAY, 2010}, {UP_YEAR, 2010.5}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        up_axis axis = {0};
        up_ticks ticks = {0};
        up_chart chart;
        size_t found = 0;
        up_chart_init(&chart);
        chart.granularity = cases[i].granularity;
        up_axis_times(&chart, 1990.5, 2020.5, 900, (up_style){.size = 15}, &axis, &ticks);
        for (size_t j = 0; j < ticks.count; j++)
            if (strcmp(ticks.items[j].label, "2010") == 0) {
                found++;
                assert_true(fabs(ticks.items[j].mark - cases[i].mark) < 1e-9);
                assert_true(fabs(ticks.items[j].at - cases[i].mark) < 1e-9);
            }
        assert_int_equal(found, 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(years_among_many_begin_at_their_marks),
        cmocka_unit_test(value_ticks_are_round),
        cmocka_unit_test(value_ticks_are_round_in_the_units_of_the_language),
        cmocka_unit_test(chinese_time_ticks_say_the_year_where_there_is_room),
        cmocka_unit_test(log_ticks_are_one_two_five_or_decades),
        cmocka_unit_test(no_tick_is_finer_than_the_periods_of_the_figures),
        cmocka_unit_test(labels_of_periods_stand_where_their_figures_do),
        cmocka_unit_test(time_ticks_suit_the_span),
        cmocka_unit_test(figures_seconds_apart_stand_apart),
        cmocka_unit_test(time_ticks_never_crowd),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
