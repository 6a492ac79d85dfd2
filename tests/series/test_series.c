/* Observations, vintages, patterns, implied points. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "builder.h"
#include "series/pattern.h"

static up_estimate estimate_of(const char *value, const char *qualifier,
                               const char *stated, bool rounding)
{
    up_tracker t = {0};
    up_observation *o = build_row(build_metric(&t, "m", "stock", "people"), "", "2024",
                                  value, qualifier, stated);
    up_estimate e;
    assert_int_equal(up_observation_estimate(o, rounding, &e, NULL), UP_OK);
    up_tracker_release(&t);
    return e;
}

static void about_is_half_a_unit_of_the_last_digit_stated(void **state)
{
    (void)state;
    /* 16.2 billion: the last digit that is not zero stands at 10^8 */
    up_estimate e = estimate_of("16200000000", "~", "16.2 billion", false);
    assert_true(e.low == 16.15e9 && e.high == 16.25e9 && e.about);
    e = estimate_of("570000000", "~", "", false);
    assert_true(e.low == 565e6 && e.high == 575e6);
}

static void rounding_uses_the_digits_stated(void **state)
{
    (void)state;
    /* "570 million": the last digit stated is the 0 at 10^6 */
    up_estimate e = estimate_of("570000000", "", "570 million", true);
    assert_true(e.low == 569.5e6 && e.high == 570.5e6 && e.value == 570e6);
    e = estimate_of("570000000", "", "", true);
    assert_true(e.low == 569999999.5 && e.high == 570000000.5);
    e = estimate_of("570000000", "", "570 million", false);
    assert_int_equal(up_estimate_kind(&e), UP_BOUND_EXACT);
}

/* A threshold has no rounding: 4.6 million is not more than 5 million. */
static void rounding_leaves_bounds_alone(void **state)
{
    (void)state;
    static const char *const lower[] = {">", ">="}, *const upper[] = {"<", "<="};
    for (size_t i = 0; i < 2; i++) {
        up_estimate e = estimate_of("5000000", lower[i], "5 million", true);
        assert_true(e.low == 5e6 && !e.has_high && e.low_strict == (i == 0));
        e = estimate_of("5000000", upper[i], "5 million", true);
        assert_true(e.high == 5e6 && !e.has_low && e.high_strict == (i == 0));
    }
}

static void rounding_of_a_range_uses_the_digits_stated(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_observation *o = build_row(build_metric(&t, "m", "stock", "parameters"), "",
                                  "2025", "", "", "3B-750B");
    assert_int_equal(up_observation_set(o, UP_COL_LOW, "3000000000", NULL, NULL), UP_OK);
    assert_int_equal(up_observation_set(o, UP_COL_HIGH, "750000000000", NULL, NULL),
                     UP_OK);
    up_estimate e;
    assert_int_equal(up_observation_estimate(o, true, &e, NULL), UP_OK);
    assert_true(e.low == 2.5e9 && e.high == 750.5e9 && !e.has_value);
    up_tracker_release(&t);
}

static void a_forecast_never_speaks_over_a_figure(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "m", "flow", "CNY");
    up_observation *o = build_row(m, "", "2021", "7", "", "");
    o->reported = 100;
    o = build_row(m, "", "2021", "8", "", "");
    o->reported = 200;
    o->status = 'F';
    up_series_list list =
        build_select(&t, "m", (up_series_options){.with_forecasts = true});
    assert_int_equal(list.items[0].count, 1);
    assert_true(list.items[0].points[0].figure.value == 7);
    up_series_list_release(&list);
    up_tracker_release(&t);
}

static void qualifiers_bound_one_side(void **state)
{
    (void)state;
    up_estimate e = estimate_of("700000000000", ">", "more than 700 billion", false);
    assert_int_equal(up_estimate_kind(&e), UP_BOUND_AT_LEAST);
    assert_true(e.low == 7e11 && e.low_strict);
    e = estimate_of("5", "<=", "", false);
    assert_true(e.high == 5 && !e.high_strict && !e.has_low);
    e = estimate_of("0.5", "~<", "nearly half", false); /* [0.45, 0.5) */
    assert_true(e.low == 0.45 && e.high == 0.5 && e.high_strict && !e.low_strict);
    e = estimate_of("-100", "~<", "", false); /* nearly: a tenth nearer to zero */
    assert_true(e.low == -100 && e.low_strict && e.high == -90);
}

static void rows_that_say_nothing_are_refused(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "m", "stock", "people");
    up_observation *o = build_row(m, "", "2024", "", "", "");
    up_error err;
    assert_int_equal(up_observation_validate(o, &err), UP_BAD_DATA);
    assert_string_equal(err.message,
                        "no value, and neither a range (low and high) nor status M");
    assert_int_equal(up_observation_set(o, UP_COL_STATUS, "M", NULL, NULL), UP_OK);
    assert_int_equal(up_observation_validate(o, NULL), UP_OK);
    assert_int_equal(up_observation_set(o, UP_COL_LOW, "9", NULL, NULL), UP_OK);
    assert_int_equal(up_observation_set(o, UP_COL_HIGH, "3", NULL, NULL), UP_OK);
    assert_int_equal(up_observation_validate(o, &err), UP_BAD_DATA);
    assert_string_equal(err.message, "low is above high");
    assert_int_equal(up_observation_set(o, UP_COL_STATUS, "X", NULL, &err), UP_BAD_DATA);
    assert_int_equal(up_observation_set(o, UP_COL_REPORTED, "2025-07", NULL, &err),
                     UP_BAD_DATA);
    assert_string_equal(err.message, "'2025-07' is not a day (wanted: YYYY-MM-DD)");
    up_tracker_release(&t);
}

static int64_t day(const char *text)
{
    int64_t d;
    assert_int_equal(up_reported_parse(text, &d, NULL), UP_OK);
    return d;
}

static void the_last_word_speaks(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "gdp", "flow", "CNY");
    build_row(m, "China", "2023", "100", "", "")->reported = day("2024-01-17");
    build_row(m, "China", "2023", "126", "", "")->reported = day("2024-12-26");
    build_row(m, "China", "2024", "130", "", "")->reported = day("2025-01-17");
    up_series_list now = build_select(&t, "gdp", (up_series_options){0});
    assert_int_equal(now.count, 1);
    assert_string_equal(now.items[0].key, "gdp/China");
    assert_int_equal(now.items[0].count, 2);
    assert_true(now.items[0].points[0].figure.value == 126);
    up_series_list then =
        build_select(&t, "gdp", (up_series_options){.as_of = day("2024-12-25")});
    assert_int_equal(then.items[0].count, 1);
    assert_true(then.items[0].points[0].figure.value == 100);
    up_series_list_release(&now);
    up_series_list_release(&then);
    up_tracker_release(&t);
}

static void forecasts_and_withdrawn_figures_stand_aside(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "rd", "flow", "CNY");
    build_row(m, "", "2024", "5", "", "");
    build_row(m, "", "2025", "6", "", "")->status = 'F';
    build_row(m, "", "2023", "", "", "")->status = 'M';
    up_series_list list = build_select(&t, "rd", (up_series_options){0});
    assert_int_equal(list.items[0].count, 1);
    assert_int_equal(list.items[0].forecasts, 1);
    assert_int_equal(list.items[0].withdrawn, 1);
    up_series_list with =
        build_select(&t, "rd", (up_series_options){.with_forecasts = true});
    assert_int_equal(with.items[0].count, 2);
    up_series_list_release(&list);
    up_series_list_release(&with);
    up_tracker_release(&t);
}

static void the_time_basis_suits_all_points(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "months", "stock", "people");
    build_row(m, "", "2024-02", "1", "", "");
    build_row(m, "", "2024-01", "1", "", "");
    m = build_metric(&t, "days", "stock", "people");
    build_row(m, "", "2024-12-31", "1", "", "");
    build_row(m, "", "2024-01", "1", "", "");
    up_series_list list = build_select(&t, "*", (up_series_options){0});
    assert_int_equal(list.count, 2);
    assert_int_equal(list.items[0].basis, UP_TIME_MONTHS);
    /* ascending, each month at its end: 1/12 and 2/12 into the year, exactly */
    assert_true(list.items[0].points[0].time.value == 2024 + 1.0 / 12);
    assert_true(list.items[0].points[1].time.value == 2024 + 2.0 / 12);
    assert_int_equal(list.items[1].basis, UP_TIME_CALENDAR);
    assert_true(list.items[1].points[1].time.value ==
                2025); /* a day is read at its end */
    up_series_list_release(&list);
    up_tracker_release(&t);
}

static void patterns_match_as_globs(void **state)
{
    (void)state;
    assert_true(up_glob_matches("ai-*", "ai-users"));
    assert_true(up_glob_matches("*", ""));
    assert_false(up_glob_matches("ai-?", "ai-users"));
    assert_true(up_glob_matches("?国", "中国"));
    assert_true(up_glob_matches("a\\*b", "a*b"));
    assert_false(up_glob_matches("a\\*b", "aXb"));
    assert_true(up_glob_matches("*a*a*", "banana"));
}

static void entities_are_found_by_alias_and_code(void **state)
{
    (void)state;
    up_tracker t = {0};
    build_row(build_metric(&t, "users", "stock", "people"), "China", "2024", "1", "", "");
    char *aliases[] = {(char[]){"中国"}};
    up_entity china = {.name = (char[]){"China"},
                       .code = (char[]){"CHN"},
                       .aliases = aliases,
                       .alias_count = 1};
    t.entities = &china;
    t.entity_count = 1;
    static const char *const keys[] = {"users/China", "users/CHN", "users/中国",
                                       "users/Ch*"};
    for (size_t i = 0; i < 4; i++) {
        up_series_list list = build_select(&t, keys[i], (up_series_options){0});
        assert_int_equal(list.count, 1);
        up_series_list_release(&list);
    }
    up_series_options options = {.as_of = UP_AS_OF_LATEST};
    up_series_list list = {0};
    up_error err;
    assert_int_equal(up_series_select(&t, "users/Chna", &options, &list, &err), UP_USAGE);
    assert_string_equal(
        err.message, "metric 'users' has no figures for 'Chna'; did you mean 'China'?");
    assert_int_equal(up_series_select(&t, "user", &options, &list, &err), UP_USAGE);
    assert_string_equal(err.message, "unknown metric 'user'; did you mean 'users'?");
    t.entities = NULL;
    t.entity_count = 0;
    up_tracker_release(&t);
}

static void claims_imply_points_at_the_unreported_end(void **state)
{
    (void)state;
    up_tracker t = {0};
    build_row(build_metric(&t, "tokens", "rate", "tokens per day"), "China", "early 2025",
              "10000000000000", "", "10 trillion");
    build_claim(&t, "tokens", "China", "100-fold", "early 2024", "early 2025");
    up_series_list plain = build_select(&t, "tokens", (up_series_options){0});
    assert_int_equal(plain.items[0].count, 1);
    up_series_list list =
        build_select(&t, "tokens", (up_series_options){.with_derived = true});
    assert_int_equal(list.items[0].count, 2);
    const up_point *p = &list.items[0].points[0];
    assert_true(p->observation->derived);
    assert_true(p->figure.value == 1e11); /* 10 trillion / 100 */
    /* one month of January to April 2024, read in its middle */
    assert_true(p->time.low == 2024 + 0.5 / 12 && p->time.high == 2024 + 3.5 / 12);
    up_series_list_release(&plain);
    up_series_list_release(&list);
    up_tracker_release(&t);
}

static void duplicates_name_both_lines(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "users", "stock", "people");
    build_row(m, "China", "2024-12", "1", "", "");
    build_row(m, "China", "2025", "1", "", "");
    build_row(m, "China", "December 2024", "2", "",
              ""); /* the same period, spelt otherwise */
    up_remarks remarks = {0};
    up_series_find_duplicates(m, &remarks);
    assert_int_equal(remarks.errors, 1);
    assert_int_equal(remarks.items[0].line, 4);
    assert_string_equal(
        remarks.items[0].message,
        "the same entity, period, reported and source as line 2 (uptick rm --line)");
    up_remarks_release(&remarks);
    up_tracker_release(&t);
}

static void metric_keys_are_checked(void **state)
{
    (void)state;
    up_metric m;
    up_error err;
    assert_int_equal(up_metric_init(&m, "Users", &err), UP_USAGE);
    assert_int_equal(up_metric_init(&m, "claims", &err), UP_USAGE);
    assert_int_equal(up_metric_init(&m, "../x", &err), UP_USAGE);
    assert_int_equal(up_metric_init(&m, "users", &err), UP_OK);
    assert_int_equal(up_metric_set(&m, "measur", "stock", &err), UP_USAGE);
    assert_string_equal(err.message, "unknown key 'measur'; did you mean 'measure'?");
    assert_int_equal(up_metric_set(&m, "measure", "level", &err), UP_USAGE);
    assert_string_equal(err.message,
                        "measure 'level' is not valid: stock, cumulative, flow, "
                        "rate, average, ratio or index");
    assert_int_equal(up_metric_anchor(&m), UP_ANCHOR_END);
    assert_int_equal(up_metric_set(&m, "measure", "flow", NULL), UP_OK);
    assert_int_equal(up_metric_anchor(&m), UP_ANCHOR_MIDDLE);
    assert_int_equal(up_metric_set(&m, "anchor", "start", NULL), UP_OK);
    assert_int_equal(up_metric_anchor(&m), UP_ANCHOR_START);
    assert_int_equal(up_metric_set(&m, "fiscal_year_end", "13", NULL), UP_USAGE);
    assert_int_equal(up_metric_set(&m, "fiscal_year_end", "06", NULL), UP_OK);
    assert_int_equal(up_metric_period_options(&m).fiscal_year_end, 6);
    assert_string_equal(up_metric_get(&m, "measure"), "flow");
    assert_null(up_metric_get(&m, "nothing"));
    up_metric_release(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(about_is_half_a_unit_of_the_last_digit_stated),
        cmocka_unit_test(rounding_uses_the_digits_stated),
        cmocka_unit_test(rounding_leaves_bounds_alone),
        cmocka_unit_test(rounding_of_a_range_uses_the_digits_stated),
        cmocka_unit_test(a_forecast_never_speaks_over_a_figure),
        cmocka_unit_test(qualifiers_bound_one_side),
        cmocka_unit_test(rows_that_say_nothing_are_refused),
        cmocka_unit_test(the_last_word_speaks),
        cmocka_unit_test(forecasts_and_withdrawn_figures_stand_aside),
        cmocka_unit_test(the_time_basis_suits_all_points),
        cmocka_unit_test(patterns_match_as_globs),
        cmocka_unit_test(entities_are_found_by_alias_and_code),
        cmocka_unit_test(claims_imply_points_at_the_unreported_end),
        cmocka_unit_test(duplicates_name_both_lines),
        cmocka_unit_test(metric_keys_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
