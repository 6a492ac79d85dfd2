/* When levels are reached, and backtests. Reference numbers: R 4.2 as quoted, or worked out beside. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "builder.h"
#include "uptick/backtest.h"
#include "uptick/reach.h"

static const char *const days[] = {"2023-03-25", "2023-09-20", "2024-03-20",
                                   "2024-09-15", "2025-01-31", "2025-08-07"};
static const char *const levels[] = {"50000000.00",  "80000000.00",  "125000000.00",
                                     "240000000.00", "400000000.00", "700000000.00"};

typedef struct fixture {
    up_tracker tracker;
    up_series_list list;
    up_projection projection;
} fixture;

static void begin(fixture *f, const char *const periods[], const char *const values[],
                  size_t n)
{
    *f = (fixture){0};
    up_metric_data *m = build_metric(&f->tracker, "users", "stock", "people");
    for (size_t i = 0; i < n; i++)
        build_row(m, "", periods[i], values[i], "", "");
    f->list = build_select(&f->tracker, "users", (up_series_options){0});
}

static void project_to(fixture *f, const char *model, const up_project_options *options,
                       double time)
{
    up_error err = {0};
    if (up_project(&f->list.items[0], up_model_find(model), options, &time, 1,
                   &f->projection, &err) != UP_OK)
        fail_msg("%s", err.message);
}

static void end(fixture *f)
{
    up_projection_release(&f->projection);
    up_series_list_release(&f->list);
    up_tracker_release(&f->tracker);
}

static up_reach find(const fixture *f, const up_reach_question *question)
{
    up_reach reach = {0};
    up_error err = {0};
    if (up_reach_find(&f->list.items[0], &f->projection, question, &reach, &err) != UP_OK)
        fail_msg("%s", err.message);
    return reach;
}

/* m <- lm(log(y) ~ t). The line is at ln X by T where a + b T >= ln X, which has probability
 * pt((fit - log(X)) / se.fit, 4); its quantiles by uniroot of that in T. 400,000 paths: 0.08 points
 * of standard error for the probability, and less than a day for the dates. */
static void crossings_of_a_line_agree_with_student(void **state)
{
    (void)state;
    fixture f;
    begin(&f, days, levels, 6);
    project_to(&f, "exponential", &(up_project_options){.paths = 400000}, 2026);
    up_reach r =
        find(&f, &(up_reach_question){
                     .target = 2e9, .horizon = 2040, .has_by = true, .by = 2026.5});
    assert_true(r.upward && !r.passed && !r.is_range);
    const double day = 1 / 365.25;
    assert_true(fabs(r.time[UP_REACH_LOW].at - 2026.4301589724) < day);
    assert_true(fabs(r.time[UP_REACH_MEDIAN].at - 2026.55168090992) < day);
    assert_true(fabs(r.time[UP_REACH_HIGH].at - 2026.68672224618) < day);
    assert_true(fabs(r.by - 0.280563961314557) < 0.004);
    r = find(&f, &(up_reach_question){
                     .target = 1e9, .horizon = 2040, .has_by = true, .by = 2026});
    assert_true(fabs(r.by - 0.794276056699481) < 0.004);
    assert_true(r.never < 1e-4 && r.not_by_horizon < 1e-3); /* a slope below 0: 5e-6 */
    end(&f);
}

/* Half of the paths are there by 2026.5517, so none of the quantiles above by a horizon before. */
static void what_is_not_there_by_the_horizon_is_later_or_never(void **state)
{
    (void)state;
    fixture f;
    begin(&f, days, levels, 6);
    project_to(&f, "exponential", &(up_project_options){0}, 2026);
    up_reach r = find(&f, &(up_reach_question){.target = 2e9, .horizon = 2026.5});
    assert_true(r.time[UP_REACH_LOW].reached);
    assert_false(r.time[UP_REACH_MEDIAN].reached);
    assert_false(r.time[UP_REACH_HIGH].reached);
    assert_true(fabs(r.not_by_horizon - (1 - 0.280563961314557)) < 0.02);
    assert_true(r.never == 0); /* a rate above zero reaches all levels */
    end(&f);
}

static void a_capacity_below_the_level_never_reaches_it(void **state)
{
    (void)state;
    fixture f;
    begin(&f, days, levels, 6);
    project_to(&f, "logistic", &(up_project_options){.capacity = 1.5e9}, 2026);
    up_reach r = find(&f, &(up_reach_question){.target = 1.6e9, .horizon = 2040});
    assert_true(r.never == 1 && r.not_by_horizon == 0);
    assert_false(r.time[UP_REACH_LOW].reached);
    r = find(&f, &(up_reach_question){.target = 1.4e9, .horizon = 2060});
    assert_true(r.never == 0 && r.time[UP_REACH_HIGH].reached);
    end(&f);
}

/* What is held at a ceiling never comes to what lies above it. */
static void a_ceiling_below_the_level_is_never_left(void **state)
{
    (void)state;
    fixture f;
    begin(&f, days, levels, 6);
    project_to(&f, "exponential", &(up_project_options){.ceiling = 3e9}, 2026);
    up_reach r = find(&f, &(up_reach_question){.target = 4e9, .horizon = 2060});
    assert_true(r.never == 1);
    r = find(&f, &(up_reach_question){.target = 2e9, .horizon = 2060});
    assert_true(r.never < 1e-3 && r.time[UP_REACH_HIGH].reached);
    end(&f);
}

static void a_level_that_was_passed_is_said(void **state)
{
    (void)state;
    fixture f;
    begin(&f, days, levels, 6);
    project_to(&f, "exponential", &(up_project_options){0}, 2026);
    up_reach r = find(&f, &(up_reach_question){.target = 1e8, .horizon = 2040});
    assert_true(r.passed && r.upward);
    assert_ptr_equal(r.before, &f.list.items[0].points[1]);
    assert_ptr_equal(r.after, &f.list.items[0].points[2]);
    r = find(&f, &(up_reach_question){.target = 7e8, .horizon = 2040}); /* it is there */
    assert_true(r.passed);
    assert_ptr_equal(r.after, &f.list.items[0].points[5]);
    up_error err;
    assert_int_equal(up_reach_find(&f.list.items[0], &f.projection,
                                   &(up_reach_question){.target = 9e8, .horizon = 2025},
                                   &r, &err),
                     UP_USAGE);
    assert_string_equal(err.message, "users: the horizon is not after the last figure");
    end(&f);
}

/* 80, 40, 20 at the ends of 2021 to 2023: it halves each year, so 5 is reached at 2026. */
static void a_falling_series_falls_to_a_level(void **state)
{
    (void)state;
    static const char *const years[] = {"2021", "2022", "2023"};
    static const char *const values[] = {"80.0000", "40.0000", "20.0000"};
    fixture f;
    begin(&f, years, values, 3);
    project_to(&f, "exponential", &(up_project_options){0}, 2025);
    up_reach r = find(&f, &(up_reach_question){.target = 5, .horizon = 2040});
    assert_true(!r.upward && !r.passed);
    assert_close(r.time[UP_REACH_MEDIAN].at, 2026, 1e-6);
    end(&f);
}

/* 249 M on 31 December 2024 and 570 M by May 2025: 1 billion is ln(1000/249) / ln(570/249) times
 * the distance after the first, which is 121 to 151 days; the centre is 136. */
static void two_figures_have_a_range_of_dates(void **state)
{
    (void)state;
    static const char *const periods[] = {"2024-12-31", "by May 2025"};
    static const char *const values[] = {"249000000", "570000000"};
    fixture f;
    begin(&f, periods, values, 2);
    project_to(&f, "exponential", &(up_project_options){0}, 2026);
    up_reach r = find(&f, &(up_reach_question){.target = 1e9, .horizon = 2030});
    double times = log(1000.0 / 249) / log(570.0 / 249);
    assert_true(r.is_range);
    assert_close(r.time[UP_REACH_LOW].at, 2025 + times * 121 / 365, 1e-9);
    assert_close(r.time[UP_REACH_MEDIAN].at, 2025 + times * 136 / 365, 1e-9);
    assert_close(r.time[UP_REACH_HIGH].at, 2025 + times * 151 / 365, 1e-9);
    end(&f);
}

/* ln(y / 1000) = 0.6 s - 0.05 s², s years from the first figure, 2002.0: it peaks at s = 6, a year
 * after the last figure, with 1.8, and is at ln 6 = 1.8 - 0.05 (s - 6)² at s = 6 ∓ 0.405961. Within
 * 400 years that must not be stepped over. */
static void a_peak_near_by_is_found_however_far_one_looks(void **state)
{
    (void)state;
    static const char *const years[] = {"2001", "2002", "2003", "2004", "2005", "2006"};
    /* R: sprintf("%.6f", 1000 * exp(0.6 * 0:5 - 0.05 * (0:5)^2)) */
    static const char *const values[] = {"1000.000000", "1733.253018", "2718.281828",
                                         "3857.425531", "4953.032424", "5754.602676"};
    fixture f;
    begin(&f, years, values, 6);
    project_to(&f, "quadratic", &(up_project_options){.paths = 200}, 2008);
    up_reach r = find(&f, &(up_reach_question){.target = 6000, .horizon = 2407});
    double at = 2002 + 6 - sqrt((1.8 - log(6)) / 0.05);
    for (int i = 0; i < UP_REACH_TIMES; i++) {
        assert_true(r.time[i].reached);
        assert_true(fabs(r.time[i].at - at) < 1e-4);
    }
    assert_true(r.never == 0 && r.not_by_horizon == 0);
    end(&f);
}

/* --- Backtests ------------------------------------------------------------------------------------ */

static const up_backtest_row *row_of(const up_backtest *bt, const char *method)
{
    for (size_t i = 0; i < bt->row_count; i++)
        if (strcmp(bt->rows[i].method, method) == 0)
            return &bt->rows[i];
    fail_msg("no method %s", method);
    return NULL;
}

/* 100, 200, 400, 800, 1500 at the ends of 2001 to 2005. From the third figure on there are two
 * origins: after 400 comes 800, after 800 comes 1500.
 *     naive       400 and 800: errors 400 / 800 and 700 / 1500, their median (0.5 + 0.4667) / 2
 *     two-point   800 and 1600: errors 0 and 100 / 1500; against naive 100 / 1100
 *     exponential the line of logarithms through 100, 200, 400 (and 800): the same 800 and 1600 */
static void a_backtest_rolls_its_origin(void **state)
{
    (void)state;
    static const char *const years[] = {"2001", "2002", "2003", "2004", "2005"};
    static const char *const values[] = {"100.000", "200.000", "400.000", "800.000",
                                         "1500.00"};
    fixture f;
    begin(&f, years, values, 5);
    up_backtest bt;
    up_error err = {0};
    const up_model *models[] = {up_model_find("exponential"), up_model_find("bass")};
    if (up_backtest_run(&f.list.items[0], models, 2, &(up_backtest_options){0}, &bt,
                        &err) != UP_OK)
        fail_msg("%s", err.message);
    assert_int_equal(bt.origins, 2);
    const up_backtest_row *naive = row_of(&bt, "naive"), *two = row_of(&bt, "two-point"),
                          *line = row_of(&bt, "exponential"), *bass = row_of(&bt, "bass");
    assert_int_equal(naive->forecasts, 2);
    assert_close(naive->median_error, (0.5 + 700.0 / 1500) / 2, 1e-12);
    assert_close(naive->relative_error, 1, 1e-12);
    assert_true(fabs(naive->skill) < 1e-12 && !naive->has_coverage);
    assert_close(two->median_error, (0 + 100.0 / 1500) / 2, 1e-12);
    assert_close(two->relative_error, 100.0 / 1100, 1e-12);
    assert_close(two->log_skill, 1 - log(1600.0 / 1500) / (log(2) + log(1500.0 / 800)),
                 1e-12);
    assert_int_equal(line->forecasts, 2);
    assert_close(line->relative_error, 100.0 / 1100, 1e-9);
    /* the rounding of the last digit is all the error it has seen: the first lies inside, the
     * second far outside */
    assert_true(line->has_coverage);
    assert_int_equal(line->coverage[0].inside, 1);
    assert_int_equal(line->coverage[1].inside, 1);
    assert_int_equal(bass->forecasts, 0); /* no launch is given */
    assert_int_equal(bass->refused, 2);
    assert_true(bt.forecasts[0].origin == &f.list.items[0].points[2] &&
                bt.forecasts[0].target == &f.list.items[0].points[3]);
    up_backtest_release(&bt);
    assert_int_equal(up_backtest_run(&f.list.items[0], models, 1,
                                     &(up_backtest_options){.ahead = 3}, &bt, &err),
                     UP_TOO_LITTLE_DATA);
    assert_string_equal(err.message,
                        "users: 5 figures that count; a backtest needs at least 6");
    end(&f);
}

/* A quotient that tells nothing is none. 100, 110, 150 (a day later), 200 (a year later): the
 * two-point curve grows by 150 / 110 each day, to 150 (150 / 110)^365 = 2e51, whose error is more
 * than a million times the naive one of 50. With 150 last the naive method is exact. */
static void what_no_quotient_can_tell_is_not_compared(void **state)
{
    (void)state;
    static const char *const moments[] = {"2001-01-01", "2001-06-01", "2001-06-02",
                                          "2002-06-02"};
    static const struct {
        const char *last, *two_point, *naive;
    } cases[] = {
        {"200", "its error is more than a million times that of the last figure repeated",
         NULL},
        {"150", "the last figure repeated has no error at all",
         "the last figure repeated has no error at all"}};
    const up_model *models[] = {up_model_find("constant")};
    for (size_t i = 0; i < 2; i++) {
        const char *values[] = {"100", "110", "150", cases[i].last};
        fixture f;
        up_backtest bt;
        begin(&f, moments, values, 4);
        assert_int_equal(up_backtest_run(&f.list.items[0], models, 1,
                                         &(up_backtest_options){0}, &bt, NULL),
                         UP_OK);
        const up_backtest_row *two = row_of(&bt, "two-point"),
                              *naive = row_of(&bt, "naive");
        assert_int_equal(two->forecasts, 1);
        assert_false(two->has_relative_error || two->has_skill);
        assert_string_equal(two->not_comparable, cases[i].two_point);
        if (cases[i].naive == NULL) {
            assert_true(naive->has_relative_error && naive->relative_error == 1);
            assert_null(naive->not_comparable);
            /* logarithms still compare: ln(2e51 / 200) / ln(200 / 150) */
            double logarithms = (log(0.75) + 365 * log(150.0 / 110)) / log(4.0 / 3);
            assert_true(two->has_log_skill);
            assert_close(two->log_skill, 1 - logarithms, 1e-9);
        } else
            assert_string_equal(naive->not_comparable, cases[i].naive);
        up_backtest_release(&bt);
        end(&f);
    }
}

/* The figures after an origin cannot move what is said from it. */
static void an_origin_does_not_see_what_comes(void **state)
{
    (void)state;
    static const char *const years[] = {"2001", "2002", "2003", "2004", "2005"};
    static const char *const last[] = {"1500.00", "9000.00"};
    double medians[2];
    for (int i = 0; i < 2; i++) {
        const char *values[] = {"100.000", "210.000", "400.000", "790.000", last[i]};
        const up_model *models[] = {up_model_find("exponential")};
        fixture f;
        up_backtest bt;
        begin(&f, years, values, 5);
        assert_int_equal(up_backtest_run(&f.list.items[0], models, 1,
                                         &(up_backtest_options){.least = 4}, &bt, NULL),
                         UP_OK);
        assert_int_equal(bt.forecast_count, 3);
        medians[i] = bt.forecasts[2].median;
        up_backtest_release(&bt);
        end(&f);
    }
    assert_true(medians[0] == medians[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(crossings_of_a_line_agree_with_student),
        cmocka_unit_test(what_is_not_there_by_the_horizon_is_later_or_never),
        cmocka_unit_test(a_capacity_below_the_level_never_reaches_it),
        cmocka_unit_test(a_ceiling_below_the_level_is_never_left),
        cmocka_unit_test(a_level_that_was_passed_is_said),
        cmocka_unit_test(a_falling_series_falls_to_a_level),
        cmocka_unit_test(two_figures_have_a_range_of_dates),
        cmocka_unit_test(a_peak_near_by_is_found_however_far_one_looks),
        cmocka_unit_test(a_backtest_rolls_its_origin),
        cmocka_unit_test(what_no_quotient_can_tell_is_not_compared),
        cmocka_unit_test(an_origin_does_not_see_what_comes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
