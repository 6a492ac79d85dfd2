/* Projections of figures whose dates or values are known as ranges, and of counters. Reference numbers:
 * R 4.2, as quoted; quantiles of 100,000 paths, here within a hundredth. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "builder.h"
#include "uptick/project.h"

/* Days whose ends are the times t below (calendar years). */
static const char *const days[] = {"2023-03-25", "2023-09-20", "2024-03-20",
                                   "2024-09-15", "2025-01-31", "2025-08-07"};
/* t <- c(2023+84/365, 2023+263/365, 2024+80/366, 2024+259/366, 2025+31/365, 2025+219/365) */
static const char *const levels[] = {"50000000",  "80000000",  "125000000",
                                     "240000000", "400000000", "700000000"};

static up_tracker users(size_t n)
{
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "users", "stock", "people");
    for (size_t i = 0; i < n; i++)
        build_row(m, "", days[i], levels[i], "", "");
    return t;
}

/* Bounds of one step: 80 and 95 %, and the median, each within a hundredth. */
static void assert_step(const up_projection *p, size_t step, const double wanted[5])
{
    const up_projection_step *s = &p->steps[step];
    const double found[5] = {s->bounds[1].low, s->bounds[0].low, s->value,
                             s->bounds[0].high, s->bounds[1].high};
    assert_true(p->has_intervals);
    for (int i = 0; i < 5; i++)
        assert_close(found[i], wanted[i], 0.01);
}

/* The last date is anything in 196 days. R, 4 million draws of the six figures' posterior with the date
 * in the middle (d: a, b, s), weighed to that with a date even over the span (w years, half of it h):
 *     e <- log(y[6]) - (d$a + d$b * tc[6])
 *     (pnorm((e + d$b * h) / d$s) - pnorm((e - d$b * h) / d$s)) / (d$b * w) / dnorm(e, 0, d$s)
 * With five exact dates Jeffreys' prior, 1 / σ, stays as it is. */
static void a_date_span_counts_once(void **state)
{
    (void)state;
    static const double wanted[] = {2001298678, 2420492734, 3153539589, 4205399392,
                                    5274508545};
    up_tracker t = users(5);
    build_row(&t.metrics[0], "", "[2025-05-01..2025-11-13]", levels[5], "", "");
    up_series_list list = build_select(&t, "users", (up_series_options){0});
    up_projection p;
    up_project_options options = {.paths = 100000};
    const double times[] = {2027};
    assert_int_equal(up_project(&list.items[0], up_model_find("exponential"), &options,
                                times, 1, &p, NULL),
                     UP_OK);
    assert_step(&p, 0, wanted);
    up_projection_release(&p);
    up_series_list_release(&list);
    up_tracker_release(&t);
}

/* A level does not change, so a date that may be anything adds nothing to its error:
 *     predict(lm(log(y) ~ 1), interval = "prediction"), the same as with exact dates */
static void a_date_span_of_what_does_not_change_counts_for_nothing(void **state)
{
    (void)state;
    double low[2], high[2];
    for (int spans = 0; spans < 2; spans++) {
        up_tracker t = {0};
        up_metric_data *m = build_metric(&t, "users", "stock", "people");
        static const char *const exact[] = {"2020", "2021", "2022", "2023"};
        static const char *const open[] = {"[2020-07..2021-06]", "[2021-07..2022-06]",
                                           "[2022-07..2023-06]", "[2023-07..2024-06]"};
        static const char *const values[] = {"100", "130", "90", "110"};
        for (int i = 0; i < 4; i++)
            build_row(m, "", spans ? open[i] : exact[i], values[i], "", "");
        up_series_list list = build_select(&t, "users", (up_series_options){0});
        up_projection p;
        up_project_options options = {.paths = 100000};
        const double times[] = {2026};
        assert_int_equal(up_project(&list.items[0], up_model_find("constant"), &options,
                                    times, 1, &p, NULL),
                         UP_OK);
        low[spans] = p.steps[0].bounds[1].low;
        high[spans] = p.steps[0].bounds[1].high;
        up_projection_release(&p);
        up_series_list_release(&list);
        up_tracker_release(&t);
    }
    /* y <- log(c(100, 130, 90, 110)); exp(mean(y) + c(-1, 1) * qt(.975, 3) * sd(y) * sqrt(5/4)) */
    for (int spans = 0; spans < 2; spans++) {
        assert_close(low[spans], 61.118938, 0.01);
        assert_close(high[spans], 185.615174, 0.01);
    }
}

/* What may be anything says nothing: the interval, the errors and AICc are those of the six figures
 * alone, which are R's (intervals_agree_with_student). */
static void ranges_that_say_nothing_change_nothing(void **state)
{
    (void)state;
    static const double wanted[] = {1338188000.60621, 1560489771.75158, 1886130529.09563,
                                    2279725530.52588, 2658436909.59342};
    static const char *const when[] = {"2023-06-30", "2024-06-30", "2025-03-31",
                                       "2025-05-31"};
    up_tracker t = users(6);
    for (int i = 0; i < 4; i++) {
        up_observation *o = build_row(&t.metrics[0], "", when[i], "", "", "");
        assert_int_equal(up_observation_set(o, UP_COL_LOW, "1", NULL, NULL), UP_OK);
        assert_int_equal(up_observation_set(o, UP_COL_HIGH, "1000000000000", NULL, NULL),
                         UP_OK);
    }
    up_series_list list = build_select(&t, "users", (up_series_options){0});
    up_projection p;
    up_project_options options = {.paths = 100000};
    const double times[] = {2026.5};
    assert_int_equal(up_project(&list.items[0], up_model_find("exponential"), &options,
                                times, 1, &p, NULL),
                     UP_OK);
    assert_int_equal(p.n, 6);
    assert_int_equal(p.soft, 4);
    assert_step(&p, 0, wanted);
    assert_close(p.aicc, 230.641628053656, 1e-9);
    assert_close(p.r_squared, 0.994632520622269, 1e-9);
    /* sqrt(vcov(m)[2, 2]) of lm(log(y) ~ t) */
    assert_close(p.parameters[1].standard_error, 0.0416617943, 1e-6);
    up_projection_release(&p);
    up_series_list_release(&list);
    up_tracker_release(&t);
}

/* "More than 600 million" at the end of October and "more than 1.2 billion" at that of the year. R, 4
 * million draws of the posterior of the six figures (d: a, b, s), each weighed with
 *     soft <- function(t, lo, hi) { eta <- d$a + d$b * t
 *         pnorm((log(hi) - eta) / d$s) - pnorm((log(lo) - eta) / d$s) }
 *     soft(2025 + 304/365, 6e8, 7e8) * soft(2026, 1.2e9, 1.3e9)
 * and quantiles of exp(d$a + d$b * 2026.5 + d$s * rnorm(N)) with these weights. */
static void bounds_are_what_the_figure_lies_within(void **state)
{
    (void)state;
    static const double wanted[] = {1149322271, 1385807794, 1803551192, 2340295436,
                                    2814293399};
    up_tracker t = users(6);
    build_row(&t.metrics[0], "", "2025-10-31", "600000000", ">", "");
    build_row(&t.metrics[0], "", "2025-12-31", "1200000000", ">", "");
    up_series_list list = build_select(&t, "users", (up_series_options){0});
    up_projection p;
    up_project_options options = {.paths = 100000};
    const double times[] = {2026.5};
    assert_int_equal(up_project(&list.items[0], up_model_find("exponential"), &options,
                                times, 1, &p, NULL),
                     UP_OK);
    assert_true(p.has_with_bounds);
    assert_step(&p, 0, wanted);
    up_projection_release(&p);
    up_series_list_release(&list);
    up_tracker_release(&t);
}

/* Increments of 10, 12, 11 and 14 a year, a line: R, s and mu drawn from the posterior of
 * lm(log(inc) ~ 1), then quantiles of exp(mu + s * rnorm(N)) for one year and of the sum of two such,
 * each with an error of its own, for two. */
static void a_counters_increments_have_each_their_own_error(void **state)
{
    (void)state;
    static const double wanted[][5] = {
        {107.0166674, 108.9779096, 111.6586567, 115.1430048, 119.3666805},
        {116.148920, 119.285677, 123.489569, 128.984208, 135.795660}};
    static const char *const years[] = {"2020", "2021", "2022", "2023", "2024"};
    static const char *const counts[] = {"53", "63", "75", "86", "100"};
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "chargers", "cumulative", "points");
    for (int i = 0; i < 5; i++)
        build_row(m, "", years[i], counts[i], "", "");
    up_series_list list = build_select(&t, "chargers", (up_series_options){0});
    up_projection p;
    up_project_options options = {.paths = 100000};
    const double times[] = {2026, 2026.5, 2027}, twice = 2027;
    assert_int_equal(
        up_project(&list.items[0], up_model_find("linear"), &options, times, 3, &p, NULL),
        UP_OK);
    assert_step(&p, 0, wanted[0]);
    assert_step(&p, 2, wanted[1]);
    double high = p.steps[2].bounds[1].high;
    up_projection_release(&p);
    /* however many steps are looked at on the way */
    assert_int_equal(up_project(&list.items[0], up_model_find("linear"), &options, &twice,
                                1, &p, NULL),
                     UP_OK);
    assert_true(p.steps[0].bounds[1].high == high);
    up_projection_release(&p);
    up_series_list_release(&list);
    up_tracker_release(&t);
}

/* A counter's ranges are held against what it had reached: they may touch it (the date, too, may be
 * off), but not lie below. */
static void a_counters_ranges_lie_above_what_it_had_reached(void **state)
{
    (void)state;
    static const char *const years[] = {"2020", "2021", "2023", "2024", "2025"};
    static const char *const counts[] = {"53", "63", "86", "100", "112"};
    static const char *const bounds[] = {"60", "50"}; /* 60 to 70, 50 to 60 */
    for (int low = 0; low < 2; low++) {
        up_tracker t = {0};
        up_metric_data *m = build_metric(&t, "chargers", "cumulative", "points");
        for (int i = 0; i < 5; i++)
            build_row(m, "", years[i], counts[i], "", "");
        build_row(m, "", "[2022-01..2022-12]", bounds[low], ">", "");
        up_series_list list = build_select(&t, "chargers", (up_series_options){0});
        up_projection p;
        up_project_options options = {0};
        const double times[] = {2027};
        up_error err;
        up_status status = up_project(&list.items[0], up_model_find("linear"), &options,
                                      times, 1, &p, &err);
        if (low) {
            assert_int_equal(status, UP_TOO_LITTLE_DATA);
            assert_string_equal(
                err.message,
                "chargers: the linear model: the counter cannot have been in "
                "the range or bound of 2022 (some month): its other figures would not "
                "rise");
        } else {
            assert_int_equal(status, UP_OK);
            assert_true(p.has_intervals);
            assert_int_equal(p.soft, 1);
            up_projection_release(&p);
        }
        up_series_list_release(&list);
        up_tracker_release(&t);
    }
}

/* Of three figures Student's t has one degree of freedom: that at 99.995 % is 6366 of its errors, and
 * e to that no number. The level is left without, and whether the model is a member stays as it was. */
static void a_level_beyond_all_numbers_is_left_blank(void **state)
{
    (void)state;
    static const char *const years[] = {"2021", "2022", "2023"};
    static const char *const values[] = {"100", "190", "400"};
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "users", "stock", "people");
    for (int i = 0; i < 3; i++)
        build_row(m, "", years[i], values[i], "", "");
    up_series_list list = build_select(&t, "users", (up_series_options){0});
    const double times[] = {2034};
    const up_project_options options[] = {{.hold = true},
                                          {.hold = true, .levels = {0.8, 0.9999}}};
    double weight[2], high[2];
    for (int i = 0; i < 2; i++) {
        up_project_job jobs[2] = {{.model = up_model_find("exponential")},
                                  {.model = up_model_find("linear")}};
        for (int j = 0; j < 2; j++) {
            jobs[j].series = &list.items[0];
            jobs[j].options = &options[i];
            jobs[j].times = times;
            jobs[j].count = 1;
        }
        up_project_run(jobs, 2);
        if (jobs[0].status != UP_OK)
            fail_msg("%s", jobs[0].error.message);
        up_projection pooled;
        assert_int_equal(up_project_pool(jobs, 2, &pooled, NULL), UP_OK);
        weight[i] = jobs[0].projection.weight;
        high[i] = jobs[0].projection.steps[0].bounds[0].high;
        assert_true(isnan(jobs[0].projection.steps[0].bounds[1].high) == (i == 1));
        assert_true(jobs[0].projection.level_beyond == (i == 1 ? 0.9999 : 0));
        up_projection_release(&pooled);
        for (int j = 0; j < 2; j++)
            if (jobs[j].status == UP_OK)
                up_projection_release(&jobs[j].projection);
    }
    assert_true(weight[0] > 0 && weight[0] == weight[1]);
    assert_true(high[0] == high[1]);
    up_series_list_release(&list);
    up_tracker_release(&t);
}

/* A figure whose date may be after the last one's: what follows the last is projected all the same. */
static void a_span_may_go_on_after_the_last_figure(void **state)
{
    (void)state;
    up_tracker t = users(6);
    build_row(&t.metrics[0], "", "[2025-01-01..2025-12-31]", "520000000", "", "");
    up_series_list list = build_select(&t, "users", (up_series_options){0});
    up_period next;
    up_projection p;
    up_project_options options = {0};
    assert_int_equal(up_project_periods(&list.items[0], NULL, 1, &next, NULL), UP_OK);
    const double time = up_project_time(&list.items[0], &next);
    assert_true(time < 2026);
    assert_int_equal(up_project(&list.items[0], up_model_find("exponential"), &options,
                                &time, 1, &p, NULL),
                     UP_OK);
    assert_true(p.has_intervals && p.n == 7);
    up_projection_release(&p);
    up_series_list_release(&list);
    up_tracker_release(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_date_span_counts_once),
        cmocka_unit_test(a_date_span_of_what_does_not_change_counts_for_nothing),
        cmocka_unit_test(ranges_that_say_nothing_change_nothing),
        cmocka_unit_test(bounds_are_what_the_figure_lies_within),
        cmocka_unit_test(a_counters_increments_have_each_their_own_error),
        cmocka_unit_test(a_counters_ranges_lie_above_what_it_had_reached),
        cmocka_unit_test(a_level_beyond_all_numbers_is_left_blank),
        cmocka_unit_test(a_span_may_go_on_after_the_last_figure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
