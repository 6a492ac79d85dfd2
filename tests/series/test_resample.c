/* Resampling. FRED's three ways on its series CPIAUCSL of 2022 (U.S. Bureau of Labor Statistics),
 * as base R has them:
 *     z <- ts(y, start = 2022, frequency = 12); options(digits = 17)
 *     aggregate(z, nfrequency = 4, FUN = mean)    284.84466666666663 291.65100000000001
 *                                                 295.50766666666664 298.49833333333333
 *     aggregate(z, nfrequency = 2, FUN = function(v) v[length(v)])         295.072 298.808
 *     mean(y)                                                           292.62541666666664
 * Sums are exact decimals here; R's are of doubles. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "builder.h"
#include "uptick/resample.h"

static const char *const cpi[12] = {"282.542", "284.525", "287.467", "288.582",
                                    "291.299", "295.072", "294.94",  "295.162",
                                    "296.421", "297.979", "298.708", "298.808"};

static void add_months(up_metric_data *m, int year, const char *const values[12],
                       int without)
{
    for (int i = 0; i < 12; i++) {
        char month[16];
        snprintf(month, sizeof month, "%d-%02d", year, i + 1);
        if (i + 1 != without)
            build_row(m, "", month, values[i], "", "");
    }
}

static up_remarks remarks;

static const char *remark(size_t index)
{
    return index < remarks.count ? remarks.items[index].message : "(none)";
}

static up_series_list resample(const up_tracker *t, const char *pattern, const char *unit,
                               const char *how, bool partial)
{
    up_series_options options = {.remarks = &remarks};
    up_remarks_release(&remarks);
    assert_int_equal(up_resampling_parse(unit, how, partial, &options.resample, NULL),
                     UP_OK);
    return build_select(t, pattern, options);
}

/* The figures of the only series, each in turn. */
static void has(const up_tracker *t, const char *unit, const char *how,
                const double wanted[], size_t count)
{
    up_series_list list = resample(t, "*", unit, how, false);
    assert_int_equal(list.items[0].count, count);
    for (size_t i = 0; i < count; i++)
        assert_close(list.items[0].points[i].figure.value, wanted[i], 1e-15);
    up_series_list_release(&list);
    up_remarks_release(&remarks);
}

static void the_three_ways_are_those_of_fred(void **state)
{
    (void)state;
    up_tracker t = {0};
    add_months(build_metric(&t, "cpi", "index", "index"), 2022, cpi, 0);
    static const double quarters[] = {284.84466666666663, 291.65100000000001,
                                      295.50766666666664, 298.49833333333333};
    static const double ends[] = {295.072, 298.808}, year[] = {292.62541666666664};
    has(&t, "quarter", NULL, quarters, 4); /* an index averages */
    has(&t, "quarter", "avg", quarters, 4);
    has(&t, "half", "eop", ends, 2);
    has(&t, "year", NULL, year, 1);
    assert_int_equal(up_metric_set(&t.metrics[0].metric, "measure", "flow", NULL), UP_OK);
    static const double sums[] = {854.534, 874.953, 886.523, 895.495};
    has(&t, "quarter", NULL, sums, 4);
    assert_int_equal(up_metric_set(&t.metrics[0].metric, "measure", "stock", NULL),
                     UP_OK);
    has(&t, "half", NULL, ends, 2);
    up_tracker_release(&t);
}

static void an_incomplete_period_is_named_and_left_out(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "sales", "flow", "CNY");
    add_months(m, 2022, cpi, 8);
    build_row(m, "", "2023-04", "1", "", "");
    up_series_list list = resample(&t, "sales", "quarter", NULL, false);
    assert_int_equal(list.items[0].count, 3);
    assert_string_equal(remark(0),
                        "sales: 3 of 6 quarters left out as incomplete: Q3 2022 (without "
                        "Aug 2022); Q1 2023 (no figure); Q2 2023 (without May–Jun 2023)");
    up_series_list_release(&list);
    list = resample(&t, "sales", "quarter", NULL, true);
    assert_int_equal(list.items[0].count, 5);
    const up_observation *o = list.items[0].points[2].observation;
    assert_int_equal(o->status, 'P');
    assert_true(o->computed);
    assert_string_equal(o->note, "sum of 2 figures, without Aug 2022");
    assert_close(list.items[0].points[2].figure.value, 294.94 + 296.421, 1e-15);
    assert_int_equal(list.items[0].points[1].observation->status, 'A');
    up_series_list_release(&list);
    up_remarks_release(&remarks);
    up_tracker_release(&t);
}

static void a_figure_of_the_whole_period_is_taken_as_it_is(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "sales", "flow", "CNY");
    build_row(m, "", "2024-01", "10", "", "");
    build_row(m, "", "2024-02", "10", "", "");
    build_row(m, "", "2024-Q1", "35", "", "");
    build_row(m, "", "2024-Q2", "50", "", "");
    build_row(m, "", "2024-S2", "120", "", "");
    static const double quarters[] = {35, 50}, year[] = {205};
    has(&t, "quarter", NULL, quarters, 2);
    has(&t, "year", NULL, year, 1);
    up_tracker_release(&t);
}

static void bounds_and_status_go_along(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "sales", "flow", "CNY");
    build_row(m, "", "2024-01", "100", "~", "100")->status = 'E'; /* 50 to 150 */
    build_row(m, "", "2024-02", "20", "", "");
    build_row(m, "", "2024-03", "3", "", "");
    build_row(m, "", "2024-04", "7", ">", "");
    build_row(m, "", "2024-05", "20", "", "");
    build_row(m, "", "2024-06", "3", "", "")->status = 'B';
    build_row(m, "", "2024-Q3", "9", "", "");
    up_series_list list = resample(&t, "sales", "quarter", NULL, false);
    const up_point *p = list.items[0].points;
    assert_int_equal(list.items[0].count, 3);
    assert_true(p[0].figure.low == 73 && p[0].figure.value == 123 &&
                p[0].figure.high == 173 && p[0].figure.about);
    assert_int_equal(p[0].observation->status, 'E');
    assert_int_equal(p[0].observation->qualifier, UP_ABOUT);
    assert_true(p[1].figure.low == 30 && p[1].figure.low_strict && !p[1].figure.has_high);
    assert_int_equal(p[1].observation->qualifier, UP_MORE_THAN);
    /* a break in June: the second quarter mixes both sides of it, the third is after it */
    assert_false(p[0].after_break);
    assert_true(p[1].after_break && p[2].after_break);
    assert_int_equal(p[1].observation->status, 'B');
    up_series_list_release(&list);
    up_remarks_release(&remarks);
    up_tracker_release(&t);
}

static void years_are_those_of_the_metric(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "sales", "flow", "CNY");
    assert_int_equal(up_metric_set(&m->metric, "fiscal_year_end", "06", NULL), UP_OK);
    add_months(m, 2021, cpi, 0);
    add_months(m, 2022, cpi, 0);
    up_series_list list = resample(&t, "sales", "year", NULL, false);
    /* July 2021 to June 2022: both halves of the same twelve values */
    assert_int_equal(list.items[0].count, 1);
    assert_close(list.items[0].points[0].figure.value, 3511.505, 1e-15);
    char text[UP_PERIOD_SIZE];
    up_period_format(&list.items[0].points[0].observation->period, text);
    assert_string_equal(text, "2021-07/2022-06");
    up_series_list_release(&list);
    /* quarters of a year that ends in January: February to April, … */
    assert_int_equal(up_metric_set(&m->metric, "fiscal_year_end", "01", NULL), UP_OK);
    list = resample(&t, "sales", "quarter", NULL, false);
    up_period_format(&list.items[0].points[0].observation->period, text);
    assert_string_equal(text, "2021-02/2021-04");
    assert_int_equal(list.items[0].count, 7);
    up_series_list_release(&list);
    up_remarks_release(&remarks);
    up_tracker_release(&t);
}

static void refused(const up_tracker *t, const char *how, up_status status,
                    const char *message)
{
    up_series_list list = {0};
    up_series_options options = {.as_of = UP_AS_OF_LATEST};
    up_error err = {0};
    assert_int_equal(up_resampling_parse("month", how, false, &options.resample, &err),
                     UP_OK);
    assert_int_equal(up_series_select(t, "*", &options, &list, &err), status);
    assert_string_equal(err.message, message);
    up_series_list_release(&list);
}

static void what_makes_no_sense_is_refused(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "x", "flow", "CNY");
    build_row(m, "", "2024", "10", "", "");
    refused(&t, NULL, UP_TOO_LITTLE_DATA,
            "x: its figures are of longer periods than a month, and nothing is invented "
            "within them");
    assert_int_equal(up_metric_set(&m->metric, "measure", "ratio", NULL), UP_OK);
    refused(
        &t, NULL, UP_USAGE,
        "x is a ratio: say how it is resampled (--how avg or eop), or divide what was "
        "resampled");
    assert_int_equal(up_metric_set(&m->metric, "measure", "rate", NULL), UP_OK);
    refused(&t, "sum", UP_USAGE, "x is no flow: its figures do not add up (rate)");
    up_resampling r;
    up_error err;
    assert_int_equal(up_resampling_parse("week", NULL, false, &r, &err), UP_USAGE);
    assert_string_equal(err.message,
                        "--resample 'week' is none of month, quarter, half, year");
    assert_int_equal(up_resampling_parse("year", "mean", false, &r, &err), UP_USAGE);
    assert_string_equal(err.message, "--how 'mean' is none of avg, sum, eop");
    up_tracker_release(&t);
}

static void days_average_to_a_month_only_if_all_are_there(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "rate", "average", "CNY per USD");
    for (int day = 1; day <= 28; day++) {
        char text[24];
        snprintf(text, sizeof text, "2023-02-%02d", day);
        build_row(m, "", text, day % 2 ? "7" : "8", "", "");
    }
    build_row(m, "", "2023-03-01", "9", "", "");
    static const double month[] = {7.5};
    has(&t, "month", NULL, month, 1);
    static const double end[] = {8};
    has(&t, "month", "eop", end, 1);
    up_tracker_release(&t);
}

/* Quarters and halves add up to the year, digit for digit, whatever the months are. */
static void sums_of_sums_are_the_sum(void **state)
{
    (void)state;
    uint64_t random = 7;
    for (int round = 0; round < 200; round++) {
        up_tracker t = {0};
        up_metric_data *m = build_metric(&t, "x", "flow", "CNY");
        for (int i = 0; i < 12; i++) {
            char month[16], value[32];
            random = random * 6364136223846793005u + 1442695040888963407u;
            snprintf(month, sizeof month, "2024-%02d", i + 1);
            snprintf(value, sizeof value, "%d.%02d", (int)(random >> 40) - (1 << 23),
                     (int)(random >> 33) % 100);
            build_row(m, "", month, value, "", "");
        }
        static const char *const units[] = {"month", "quarter", "half", "year"};
        up_decimal sums[4] = {{0}};
        for (int u = 0; u < 4; u++) {
            up_series_list list = resample(&t, "x", units[u], NULL, false);
            for (size_t i = 0; i < list.items[0].count; i++)
                assert_int_equal(
                    up_decimal_add(sums[u], list.items[0].points[i].observation->value,
                                   &sums[u], NULL),
                    UP_OK);
            up_series_list_release(&list);
            assert_int_equal(up_decimal_compare(sums[u], sums[0]), 0);
        }
        up_tracker_release(&t);
    }
    up_remarks_release(&remarks);
}

/* Two months and a third, or one and two: only one of them covers the quarter. */
static void figures_are_laid_so_that_they_cover(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "v", "flow", "CNY");
    build_row(m, "", "2024-01/2024-02", "6", "", "");
    build_row(m, "", "2024-01", "3", "", "");
    build_row(m, "", "2024-02/2024-03", "7", "", "");
    has(&t, "quarter", "sum", (const double[]){10}, 1);
    up_tracker_release(&t);
}

/* Two figures 170 million years apart: the years between are counted, not gone through. */
static void empty_periods_cost_nothing(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "v", "stock", "people");
    build_row(m, "", "Y-170000002", "1", "", "");
    build_row(m, "", "2024", "2", "", "");
    up_series_list list = resample(&t, "*", "year", "eop", false);
    assert_int_equal(list.items[0].count, 2);
    /* from -170,000,002 to 2024 there are 170,002,027 years, all but two without a figure */
    assert_non_null(strstr(remark(0), "v: 170002025 of 170002027 years left out"));
    up_series_list_release(&list);
    up_tracker_release(&t);
}

static void add_days(up_metric_data *m, int month, const char *days)
{
    for (; *days != '\0'; days += strcspn(days, " "), days += *days == ' ') {
        char day[16];
        snprintf(day, sizeof day, "2024-%02d-%02d", month, atoi(days));
        build_row(m, "", day, "7", "", "");
    }
}

/* October 2024: the 1st is a Tuesday, and markets in Shanghai were closed until the 7th, four
 * days from Monday to Friday and the 7th itself. In November a week and a day are missing. */
static void business_days_make_a_month_whatever_the_holidays(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "v", "average", "CNY");
    add_days(m, 10, "8 9 10 11 14 15 16 17 18 21 22 23 24 25 28 29 30 31");
    add_days(m, 11, "1 4 5 6 7 8 18 19 20 21 22 25 26 27 28 29");
    assert_int_equal(
        up_observation_set(&m->observations[0], UP_COL_VALUE, "25", NULL, NULL), UP_OK);
    up_series_list list = resample(&t, "*", "month", "avg", false);
    assert_int_equal(list.items[0].count, 2);
    assert_close(list.items[0].points[0].figure.value, (25 + 17 * 7) / 18.0, 1e-15);
    assert_close(list.items[0].points[1].figure.value, 7, 1e-15);
    up_series_list_release(&list);
    up_tracker_release(&t);
    t = (up_tracker){0};
    m = build_metric(&t, "v", "average", "CNY");
    add_days(m, 11, "1 4 5 6 7 19 20 21 22 25 26 27 28 29"); /* 8 to 18 are seven days */
    add_days(m, 12,
             "2 3 4 5 6 9 10 11 12 13 16 17 18 19 20 23 24 26 27"); /* to come: 2 */
    list = resample(&t, "*", "month", "avg", false);
    assert_int_equal(list.items[0].count, 0);
    assert_non_null(strstr(remark(0), "v: 2 of 2 months left out as incomplete: "));
    up_series_list_release(&list);
    up_tracker_release(&t);
}

/* 2024-W05 ends on Sunday, 4 February, W09 on 3 March: February has W05 to W08. */
static void weeks_belong_to_the_month_in_which_they_end(void **state)
{
    (void)state;
    static const char *const weeks[][2] = {{"2024-W04", "1"}, {"2024-W05", "2"},
                                           {"2024-W06", "3"}, {"2024-W07", "4"},
                                           {"2024-W08", "7"}, {"2024-W09", "9"}};
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "v", "average", "people");
    for (size_t i = 0; i < 6; i++)
        build_row(m, "", weeks[i][0], weeks[i][1], "", "");
    has(&t, "month", "avg", (const double[]){4}, 1);
    up_tracker_release(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_three_ways_are_those_of_fred),
        cmocka_unit_test(an_incomplete_period_is_named_and_left_out),
        cmocka_unit_test(a_figure_of_the_whole_period_is_taken_as_it_is),
        cmocka_unit_test(bounds_and_status_go_along),
        cmocka_unit_test(years_are_those_of_the_metric),
        cmocka_unit_test(what_makes_no_sense_is_refused),
        cmocka_unit_test(days_average_to_a_month_only_if_all_are_there),
        cmocka_unit_test(sums_of_sums_are_the_sum),
        cmocka_unit_test(figures_are_laid_so_that_they_cover),
        cmocka_unit_test(empty_periods_cost_nothing),
        cmocka_unit_test(business_days_make_a_month_whatever_the_holidays),
        cmocka_unit_test(weeks_belong_to_the_month_in_which_they_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
