/* What a chart is told of the series it is made from. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <math.h>

#include "builder.h"
#include "uptick/plan.h"

typedef struct planned {
    up_tracker tracker;
    up_series_list list;
    up_chart_plan plan;
} planned;

/* A chart of all figures of one metric; periods end with NULL. */
static void plan_periods(planned *p, const char *measure, const char *const periods[])
{
    up_error err = {0};
    *p = (planned){0};
    up_metric_data *m = build_metric(&p->tracker, "users", measure, "people");
    for (size_t i = 0; periods[i]; i++)
        build_row(m, "China", periods[i], "100", "", "");
    p->list = build_select(&p->tracker, "users", (up_series_options){0});
    if (up_plan_levels(&p->tracker, &p->list, NULL, 0, &p->plan, &err) != UP_OK)
        fail_msg("%s", err.message);
}

static void release(planned *p)
{
    up_chart_plan_release(&p->plan);
    up_series_list_release(&p->list);
    up_tracker_release(&p->tracker);
}

static void expect_axis(const char *measure, const char *const periods[],
                        up_granularity granularity, up_anchor anchor)
{
    planned p;
    plan_periods(&p, measure, periods);
    assert_int_equal(p.plan.chart.granularity, granularity);
    assert_int_equal(p.plan.chart.anchor, anchor);
    release(&p);
}

#define PERIODS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void the_axis_is_as_fine_as_the_finest_figure(void **state)
{
    (void)state;
    const up_anchor end = UP_ANCHOR_END, middle = UP_ANCHOR_MIDDLE;
    expect_axis("stock", PERIODS("2022", "2023", "2024"), UP_YEAR, end);
    expect_axis("flow", PERIODS("2022", "2023", "2024"), UP_YEAR, middle);
    expect_axis("flow", PERIODS("2023-Q1", "2023-Q2"), UP_QUARTER, middle);
    expect_axis("stock", PERIODS("2023", "2024-Q2"), UP_QUARTER, end);
    expect_axis("flow", PERIODS("2023", "2024-02"), UP_MONTH, middle);
    /* one day of May is a matter of months; so is one month of four */
    expect_axis("stock", PERIODS("2024", "by May 2025"), UP_MONTH, middle);
    expect_axis("rate", PERIODS("early 2024", "early 2025"), UP_MONTH, middle);
    expect_axis("stock", PERIODS("mid May 2025"), UP_DAY, middle);
    expect_axis("stock", PERIODS("2025-05-01", "2025-06"), UP_DAY, end);
    expect_axis("flow", PERIODS("2023-04/2024-03", "2024-04/2025-03"), UP_YEAR, middle);
    expect_axis("flow", PERIODS("2023-02/2023-04"), UP_QUARTER, middle);
}

static void times_are_the_calendars(void **state)
{
    (void)state;
    planned p;
    plan_periods(&p, "stock", PERIODS("2023-02", "2023-03"));
    assert_int_equal(p.list.items[0].basis, UP_TIME_MONTHS);
    assert_close(p.plan.series[0].points[0].time, 2023 + 59 / 365.0, 1e-12);
    assert_close(p.plan.series[0].points[1].time, 2023 + 90 / 365.0, 1e-12);
    release(&p);
}

static void expect_figure(const char *qualifier, up_mark mark, const char *words)
{
    up_error err = {0};
    planned p = {0};
    up_metric_data *m = build_metric(&p.tracker, "users", "stock", "people");
    build_row(m, "China", "2024", "200000000", qualifier, "");
    p.list = build_select(&p.tracker, "users", (up_series_options){0});
    assert_int_equal(up_plan_levels(&p.tracker, &p.list, NULL, 0, &p.plan, &err), UP_OK);
    const up_chart_point *point = &p.plan.series[0].points[0];
    assert_int_equal(point->mark, mark);
    if (words != NULL)
        assert_string_equal(point->words, words);
    else
        assert_null(point->words);
    release(&p);
}

static void nearly_and_just_over_are_words_and_no_about(void **state)
{
    (void)state;
    expect_figure("~<", UP_MARK_PLAIN, "nearly");
    expect_figure("~>", UP_MARK_PLAIN, "just over");
    expect_figure("~", UP_MARK_ABOUT, NULL);
    expect_figure(">", UP_MARK_MORE_THAN, NULL);
    expect_figure("", UP_MARK_PLAIN, NULL);
}

/* "nearly 200 M" doubled by an expression is no figure that anyone called so. */
static void a_computed_figure_keeps_no_words(void **state)
{
    (void)state;
    up_error err = {0};
    planned p = {0};
    up_metric_data *m = build_metric(&p.tracker, "users", "stock", "people");
    build_row(m, "China", "2024", "200000000", "~<", "");
    p.list = build_select(&p.tracker, "users", (up_series_options){0});
    up_estimate *figure = &p.list.items[0].points[0].figure; /* [180, 200) M, doubled */
    figure->value *= 2;
    figure->low *= 2;
    figure->high *= 2;
    p.list.items[0].aligned = "some figures carried forward";
    assert_int_equal(up_plan_levels(&p.tracker, &p.list, NULL, 0, &p.plan, &err), UP_OK);
    assert_null(p.plan.series[0].points[0].words);
    assert_int_equal(p.plan.series[0].points[0].mark, UP_MARK_RANGE);
    assert_true(p.plan.series[0].points[0].value == 400e6);
    assert_string_equal(p.plan.series[0].remark, "some figures carried forward");
    release(&p);
}

static void expect_source(const char *first, const char *second, const char *wanted)
{
    up_error err = {0};
    planned p = {0};
    up_metric_data *m = build_metric(&p.tracker, "users", "stock", "people");
    const char *const sources[] = {first, second}, *const years[] = {"2023", "2024"};
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(up_observation_set(build_row(m, "China", years[i], "1", "", ""),
                                            UP_COL_SOURCE, sources[i], NULL, NULL),
                         UP_OK);
    p.list = build_select(&p.tracker, "users", (up_series_options){0});
    assert_int_equal(up_plan_levels(&p.tracker, &p.list, NULL, 0, &p.plan, &err), UP_OK);
    assert_string_equal(p.plan.chart.source, wanted);
    release(&p);
}

static void the_source_line_tells_what_has_no_source(void **state)
{
    (void)state;
    expect_source("Book A", "Book B", "Book A; Book B");
    expect_source("Book A", "Book A", "Book A");
    expect_source("Book A", "", "Book A; some figures without source");
    expect_source("", "", "not stated");
}

/* "More than 100" to "more than 300" bounds nothing, to 300 it is at most threefold. */
static void a_bar_with_one_bound_ends_there(void **state)
{
    (void)state;
    up_error err = {0};
    planned p = {0};
    up_growth_options options = {0};
    up_growth_list growth = {0};
    up_metric_data *m = build_metric(&p.tracker, "users", "stock", "people");
    build_row(m, "China", "2023", "100", ">", "");
    build_row(m, "China", "2024", "300", "", "");
    p.list = build_select(&p.tracker, "users", (up_series_options){0});
    if (up_growth_compute(&p.list.items[0], &p.tracker, &options, &growth, &err) != UP_OK)
        fail_msg("%s", err.message);
    up_growth_section section = {&p.list.items[0], growth.items, growth.count};
    if (up_plan_growth(&p.tracker, &section, 1, UP_FOLD, false, &p.plan, &err) != UP_OK)
        fail_msg("%s", err.message);
    assert_int_equal(p.plan.series[0].count, 1);
    assert_int_equal(p.plan.series[0].points[0].mark, UP_MARK_LESS_THAN);
    assert_close(p.plan.series[0].points[0].value, 3, 1e-12);
    up_growth_list_release(&growth);
    release(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_axis_is_as_fine_as_the_finest_figure),
        cmocka_unit_test(times_are_the_calendars),
        cmocka_unit_test(nearly_and_just_over_are_words_and_no_about),
        cmocka_unit_test(a_computed_figure_keeps_no_words),
        cmocka_unit_test(the_source_line_tells_what_has_no_source),
        cmocka_unit_test(a_bar_with_one_bound_ends_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
