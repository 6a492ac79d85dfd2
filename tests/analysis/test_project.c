/* Trends and projections. Reference numbers: R 4.2, lm and predict.lm, as quoted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "builder.h"
#include "uptick/project.h"
#include "uptick/trend.h"

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

static void trend_agrees_with_r(void **state)
{
    (void)state;
    up_tracker t = users(6);
    up_series_list list = build_select(&t, "users", (up_series_options){0});
    up_trend trend;
    assert_int_equal(up_trend_fit(&list.items[0], &(up_trend_options){0}, &trend, NULL),
                     UP_OK);
    /* m <- lm(log(y) ~ t); exp(coef(m)[2]) - 1; exp(confint(m)[2,]) - 1; summary(m).
     * 1e-9: R centres t otherwise, which moves the tenth digit */
    assert_int_equal(trend.n, 6);
    assert_close(trend.rate_per_year, 2.10888417909301, 1e-9);
    assert_close(trend.rate_low, 1.76929338521148, 1e-9);
    assert_close(trend.rate_high, 2.49011805344587, 1e-9);
    assert_close(trend.r_squared, 0.994632520622269, 1e-9);
    assert_close(trend.residual_sd, 0.081879600568163, 1e-9);
    assert_close(trend.doubling, log(2) / log(1 + 2.10888417909301), 1e-9);
    assert_false(trend.outside);
    up_series_list_release(&list);
    up_tracker_release(&t);
}

static void a_fit_begins_after_the_last_break(void **state)
{
    (void)state;
    static const char *const years[] = {"2010", "2011", "2012", "2013", "2014", "2015"};
    static const char *const values[] = {"100", "101", "102", "1000", "1100", "1210"};
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "users", "stock", "people");
    for (int i = 0; i < 6; i++)
        build_row(m, "", years[i], values[i], "", "")->status = i == 3 ? 'B' : 'A';
    up_series_list list = build_select(&t, "users", (up_series_options){0});
    up_trend trend;
    assert_int_equal(up_trend_fit(&list.items[0], &(up_trend_options){0}, &trend, NULL),
                     UP_OK);
    assert_int_equal(trend.before_break, 3);
    assert_close(trend.rate_per_year, 0.1, 1e-12); /* 1000, 1100, 1210 */
    assert_int_equal(up_trend_fit(&list.items[0],
                                  &(up_trend_options){.across_breaks = true}, &trend,
                                  NULL),
                     UP_OK);
    assert_int_equal(trend.n, 6);
    assert_true(trend.rate_per_year > 0.5);
    up_series_list_release(&list);
    up_tracker_release(&t);
}

static void totals_of_unlike_length_are_not_fitted(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "sales", "flow", "CNY");
    build_row(m, "", "2020", "100", "", "");
    build_row(m, "", "2021", "100", "", "");
    build_row(m, "", "2022-Q1", "25", "", "");
    build_row(m, "", "2022-Q2", "25", "", "");
    up_series_list list = build_select(&t, "sales", (up_series_options){0});
    up_trend trend;
    up_error err;
    assert_int_equal(up_trend_fit(&list.items[0], &(up_trend_options){0}, &trend, &err),
                     UP_TOO_LITTLE_DATA);
    assert_string_equal(err.message,
                        "sales: totals over periods of unlike length do not go "
                        "together (take one kind, e.g. --every quarter or "
                        "--every year)");
    up_series_list_release(&list);
    up_tracker_release(&t);
}

static void a_constant_series_has_no_r_squared(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "users", "stock", "people");
    build_row(m, "", "2020", "7", "", "");
    build_row(m, "", "2021", "7", "", "");
    build_row(m, "", "2022", "7", "", "");
    up_series_list list = build_select(&t, "users", (up_series_options){0});
    up_trend trend;
    assert_int_equal(up_trend_fit(&list.items[0], &(up_trend_options){0}, &trend, NULL),
                     UP_OK);
    assert_false(trend.has_r_squared);
    assert_false(trend.has_doubling);
    assert_true(trend.rate_per_year == 0);
    up_series_list_release(&list);
    up_tracker_release(&t);
}

static void a_range_beyond_all_numbers_is_refused(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "users", "stock", "people");
    build_row(m, "", "by May 2020", "10000000000", "", "");
    build_row(m, "", "by June 2020", "1000000000000", "", "");
    up_series_list list = build_select(&t, "users", (up_series_options){0});
    up_projection p;
    up_project_options options = {0};
    const double times[] = {2026};
    up_error err;
    assert_int_equal(up_project(&list.items[0], up_model_find("exponential"), &options,
                                times, 1, &p, &err),
                     UP_TOO_LITTLE_DATA);
    assert_string_equal(err.message,
                        "the range that two figures allow leaves the range of "
                        "numbers: too far a horizon");
    up_series_list_release(&list);
    up_tracker_release(&t);
}

static void trend_needs_three_figures_that_count(void **state)
{
    (void)state;
    up_tracker t = users(2);
    build_row(&t.metrics[0], "", "2025-12-31", "900000000", ">", "");
    up_series_list list = build_select(&t, "users", (up_series_options){0});
    up_trend trend;
    up_error err;
    assert_int_equal(up_trend_fit(&list.items[0], &(up_trend_options){0}, &trend, &err),
                     UP_TOO_LITTLE_DATA);
    assert_string_equal(err.message,
                        "users: 2 figures to fit (bounds and implied ones do not "
                        "count); a trend with an interval needs 3");
    up_series_list_release(&list);
    up_tracker_release(&t);
}

static void a_flat_trend_has_a_pole(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "users", "stock", "people");
    static const char *const flat[] = {"100", "103", "99", "102"};
    static const char *const years[] = {"2020", "2021", "2022", "2023"};
    for (int i = 0; i < 4; i++)
        build_row(m, "", years[i], flat[i], "", "");
    up_series_list list = build_select(&t, "users", (up_series_options){0});
    up_trend trend;
    assert_int_equal(up_trend_fit(&list.items[0], &(up_trend_options){0}, &trend, NULL),
                     UP_OK);
    assert_true(trend.outside && trend.rate_low < 0 && trend.rate_high > 0);
    assert_close(trend.doubling_low, log(2) / log(1 + trend.rate_low), 1e-12);
    assert_close(trend.doubling_high, log(2) / log(1 + trend.rate_high), 1e-12);
    up_series_list_release(&list);
    up_tracker_release(&t);
}

static void intervals_agree_with_student(void **state)
{
    (void)state;
    up_tracker t = users(6);
    up_series_list list = build_select(&t, "users", (up_series_options){0});
    up_projection p;
    const double times[] = {2026, 2026.5};
    up_project_options options = {.paths = 400000};
    assert_int_equal(up_project(&list.items[0], up_model_find("exponential"), &options,
                                times, 2, &p, NULL),
                     UP_OK);
    /* exp(predict(m, data.frame(t = c(2026, 2026.5)), interval = "prediction", level = …)).
     * With 400,000 paths a quantile at 2.5 % has a standard error of sqrt(.025 × .975 / N) /
     * density: below 0.3 % of the value here, so 1 % is over three of them. */
    static const double median[] = {1069718417.71581, 1886130529.09563};
    static const double low95[] = {788028059.842071, 1338188000.60621},
                        high95[] = {1452102471.36345, 2658436909.59342};
    static const double low80[] = {903596706.99377, 1560489771.75158},
                        high80[] = {1266380769.58851, 2279725530.52588};
    assert_true(p.has_intervals && !p.has_range && p.levels == 2);
    for (int i = 0; i < 2; i++) {
        assert_close(p.steps[i].value, median[i], 1e-9);
        assert_close(p.steps[i].bounds[0].low, low80[i], 0.01);
        assert_close(p.steps[i].bounds[0].high, high80[i], 0.01);
        assert_close(p.steps[i].bounds[1].low, low95[i], 0.01);
        assert_close(p.steps[i].bounds[1].high, high95[i], 0.01);
    }
    for (size_t q = 1; q < UP_QUANTILES; q++)
        assert_true(p.steps[0].quantile[q - 1] < p.steps[0].quantile[q]);
    assert_close(p.steps[1].quantile[3], low80[1], 0.01); /* up_quantile_levels: 0.1 */
    assert_close(p.steps[1].quantile[21], high95[1], 0.01);
    assert_true(p.has_aicc);
    assert_close(p.aicc, 230.641628053656,
                 1e-9); /* -2 (logLik(m) - sum(log(y))) + … with 3 */
    up_projection_release(&p);
    /* a metric that may be negative: predict(lm(y ~ t), …) */
    assert_int_equal(up_metric_set(&t.metrics[0].metric, "floor", "-1e12", NULL), UP_OK);
    assert_int_equal(
        up_project(&list.items[0], up_model_find("linear"), &options, times, 2, &p, NULL),
        UP_OK);
    assert_string_equal(p.scale, "none");
    assert_close(p.steps[0].value, 676852805.666529, 1e-9);
    assert_close(p.steps[0].bounds[1].low, 283565271.551407,
                 0.02); /* small against its width */
    assert_close(p.steps[0].bounds[1].high, 1070140339.78165, 0.01);
    assert_close(p.aicc, 254.270095306067, 1e-9);
    up_projection_release(&p);
    up_series_list_release(&list);
    up_tracker_release(&t);
}

static void the_same_input_gives_the_same_numbers(void **state)
{
    (void)state;
    up_tracker t = users(6);
    up_series_list list = build_select(&t, "users", (up_series_options){0});
    up_project_options options = {0}, other = {.seed = 7};
    const double times[] = {2026};
    const char *const models[] = {"exponential", "linear", "logistic"};
    enum { MODELS = 3, JOBS = 4 * MODELS };
    up_project_job jobs[JOBS] = {0};
    for (int i = 0; i < JOBS; i++)
        jobs[i] = (up_project_job){.series = &list.items[0],
                                   .model = up_model_find(models[i % MODELS]),
                                   .options = i < 3 * MODELS ? &options : &other,
                                   .times = times,
                                   .count = 1};
    up_project_run(jobs, JOBS);
    for (int i = 0; i < JOBS; i++) {
        if (jobs[i].status != UP_OK)
            fail_msg("%s", jobs[i].error.message);
        const up_bounds *a = jobs[i].projection.steps[0].bounds;
        const up_bounds *b = jobs[i % MODELS].projection.steps[0].bounds;
        if (i < 3 * MODELS)
            assert_memory_equal(a, b, 2 * sizeof *a);
        else
            assert_true(a[0].low != b[0].low);
    }
    for (int i = 0; i < JOBS; i++)
        up_projection_release(&jobs[i].projection);
    up_series_list_release(&list);
    up_tracker_release(&t);
}

static void two_figures_give_a_range_and_no_interval(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "users", "stock", "people");
    build_row(m, "", "2024-12-31", "249000000", "", "");
    build_row(m, "", "by May 2025", "570000000", "", "");
    up_series_list list = build_select(&t, "users", (up_series_options){0});
    up_projection p;
    up_project_options options = {0};
    const double times[] = {2026};
    assert_int_equal(up_project(&list.items[0], up_model_find("exponential"), &options,
                                times, 1, &p, NULL),
                     UP_OK);
    /* 249 M × fold^(365 / d), d = 136 days (121 to 151): the curve through both points */
    double fold = 570.0 / 249;
    assert_false(p.has_intervals);
    assert_true(p.has_range);
    assert_close(p.steps[0].value, 249e6 * pow(fold, 365.0 / 136), 1e-9);
    assert_close(p.steps[0].range.low, 249e6 * pow(fold, 365.0 / 151), 1e-9);
    assert_close(p.steps[0].range.high, 249e6 * pow(fold, 365.0 / 121), 1e-9);
    up_projection_release(&p);
    up_series_list_release(&list);
    up_tracker_release(&t);
}

static void refused(const char *const periods[], const char *const values[], size_t n,
                    const char *model, const char *floor, const char *message)
{
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "users", "stock", "people");
    assert_int_equal(up_metric_set(&m->metric, "floor", floor, NULL), UP_OK);
    for (size_t i = 0; i < n; i++)
        build_row(m, "", periods[i], values[i], values[i][0] == '9' ? ">" : "", "");
    up_series_list list = build_select(&t, "users", (up_series_options){0});
    up_projection p = {.count = 42};
    up_project_options options = {0};
    up_error err;
    const double times[] = {2030};
    assert_int_equal(
        up_project(&list.items[0], up_model_find(model), &options, times, 1, &p, &err),
        UP_TOO_LITTLE_DATA);
    assert_string_equal(err.message, message);
    assert_int_equal(p.count, 42); /* outputs stay untouched */
    up_series_list_release(&list);
    up_tracker_release(&t);
}

static void projections_refuse_what_they_cannot_carry(void **state)
{
    (void)state;
    static const char *const years[] = {"2021", "2022", "2023", "2024"};
    static const char *const bound[] = {"9"}, *const one[] = {"5"};
    static const char *const zero[] = {"0", "5", "6"};
    static const char *const falling[] = {"80", "50", "31", "10"};
    refused(
        years, bound, 1, "exponential", "0",
        "users: no figure that can be fitted, only bounds or implied ones, which do not "
        "count; the exponential model needs at least 2");
    refused(years, one, 1, "linear", "0",
            "users: a level and no more: 1 figure that can be fitted; the linear model "
            "needs at "
            "least 2");
    refused(years, zero, 3, "exponential", "0",
            "users: the exponential model needs positive figures (--from a later period, "
            "where they are)");
    refused(years, falling, 4, "linear", "0",
            "users: the linear model falls below the metric's floor");
}

/* Increments 1, 2 and 9 a year: the line that fits their logarithms grows by (1 · 2 · 9)^(1/3) a
 * year from the last figure on, and no path falls below that figure. */
static void a_counter_grows_from_its_last_figure(void **state)
{
    (void)state;
    static const char *const years[] = {"2021", "2022", "2023", "2024"};
    static const char *const counts[] = {"1", "2", "4", "13"};
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "chargers", "cumulative", "points");
    for (int i = 0; i < 4; i++)
        build_row(m, "", years[i], counts[i], "", "");
    up_series_list list = build_select(&t, "chargers", (up_series_options){0});
    up_projection p;
    up_project_options options = {.paths = 400000};
    const double times[] = {2026, 2027}; /* a counter of 2024 stands at its end, 2025.0 */
    assert_int_equal(
        up_project(&list.items[0], up_model_find("linear"), &options, times, 2, &p, NULL),
        UP_OK);
    assert_true(p.counts_increments && p.has_intervals);
    assert_close(p.steps[0].value, 13 + cbrt(18), 1e-9);
    /* R: y <- log(c(1, 2, 9)); N <- 8e6; s2 <- 2 * var(y) / rchisq(N, 2)
     *    mu <- mean(y) + sqrt(s2 / 3) * rnorm(N)
     *    quantile(13 + exp(mu + sqrt(s2) * rnorm(N)) + exp(mu + sqrt(s2) * rnorm(N)), c(.1, .5, .9)):
     * the median of a sum is no sum of medians, and so heavy a tail is drawn whole */
    assert_close(p.steps[1].bounds[0].low, 14.2891763, 0.002);
    assert_close(p.steps[1].value, 20.2891977, 0.005);
    assert_close(p.steps[1].bounds[0].high, 106.0764100, 0.02);
    assert_true(p.steps[0].bounds[1].low > 13);
    up_projection_release(&p);
    up_error err;
    assert_int_equal(up_project(&list.items[0], up_model_find("constant"), &options,
                                times, 2, &p, &err),
                     UP_TOO_LITTLE_DATA);
    assert_string_equal(err.message,
                        "chargers: the constant model says nothing of a counter");
    up_series_list_release(&list);
    up_tracker_release(&t);
}

static void a_range_stops_at_the_floor(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "users", "stock", "people");
    assert_int_equal(up_metric_set(&m->metric, "floor", "0", NULL), UP_OK);
    build_row(m, "", "2023", "100", "~", ""); /* 50 to 150 */
    build_row(m, "", "2024", "60", "~", "");  /* 55 to 65 */
    up_series_list list = build_select(&t, "users", (up_series_options){0});
    up_projection p;
    up_project_options options = {0};
    const double times[] = {2026};
    assert_int_equal(
        up_project(&list.items[0], up_model_find("linear"), &options, times, 1, &p, NULL),
        UP_OK);
    assert_close(p.steps[0].value, 20, 1e-9);
    assert_true(p.steps[0].range.low == 0);        /* 55 - (150 - 55) would be -40 */
    assert_close(p.steps[0].range.high, 80, 1e-9); /* 65 + (65 - 50) */
    up_projection_release(&p);
    up_series_list_release(&list);
    up_tracker_release(&t);
}

static void a_fiscal_year_is_followed_by_the_next(void **state)
{
    (void)state;
    char text[UP_PERIOD_SIZE];
    up_period periods[2];
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "rev", "flow", "USD");
    build_row(m, "", "2022-10/2023-09", "10", "", "");
    build_row(m, "", "2023-10/2024-09", "20", "", "");
    up_series_list list = build_select(&t, "rev", (up_series_options){0});
    assert_int_equal(up_project_periods(&list.items[0], NULL, 2, periods, NULL), UP_OK);
    up_period_format(&periods[0], text);
    assert_string_equal(text, "2024-10/2025-09");
    up_period_format(&periods[1], text);
    assert_string_equal(text, "2025-10/2026-09");
    up_series_list_release(&list);
    up_tracker_release(&t);
}

/* Whole numbers on a line leave open half a unit either side: σ = 0.5 / √3. At 2025.0 that is, with
 * one degree of freedom, 40 ± t_0.975 σ √(1 + 1/3 + (2025 - 2023)² / 2), t = 12.7062. The quantile of
 * 400,000 paths has a standard error of √(0.975 · 0.025 / N) / 0.00196 = 0.13 of t, 1 %. */
static void the_error_is_at_least_what_rounding_leaves_open(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "balance", "stock", "USD");
    assert_int_equal(up_metric_set(&m->metric, "floor", "-1000", NULL), UP_OK);
    build_row(m, "", "2021", "10", "", "");
    build_row(m, "", "2022", "20", "", "");
    build_row(m, "", "2023", "30", "", "");
    up_series_list list = build_select(&t, "balance", (up_series_options){0});
    up_projection p;
    up_project_options options = {.paths = 400000};
    const double times[] = {2025}; /* a stock of 2023 stands at its end, 2024.0 */
    assert_int_equal(
        up_project(&list.items[0], up_model_find("linear"), &options, times, 1, &p, NULL),
        UP_OK);
    double half = 12.7062 * 0.5 / sqrt(3) * sqrt(1 + 1.0 / 3 + 2);
    assert_true(p.has_intervals);
    assert_close(p.steps[0].value, 40, 1e-12);
    assert_close(p.steps[0].bounds[1].low, 40 - half, 0.01);
    assert_close(p.steps[0].bounds[1].high, 40 + half, 0.01);
    up_projection_release(&p);
    up_series_list_release(&list);
    up_tracker_release(&t);
}

static void periods_continue_a_series(void **state)
{
    (void)state;
    char text[UP_PERIOD_SIZE];
    up_period periods[3];
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "monthly", "flow", "CNY");
    build_row(m, "", "2024-11", "10", "", "");
    build_row(m, "", "2024-12", "20", "", "");
    m = build_metric(&t, "irregular", "stock", "people");
    build_row(m, "", "2024-12-31", "10", "", "");
    build_row(m, "", "[2025-05-01..2025-05-31]", "20", "", "");
    up_series_list list = build_select(&t, "*", (up_series_options){0});
    assert_int_equal(up_project_periods(&list.items[0], NULL, 3, periods, NULL), UP_OK);
    up_period_format(&periods[0], text);
    assert_string_equal(text, "2025-01");
    up_period_format(&periods[2], text);
    assert_string_equal(text, "2025-03");
    /* 136 days apart: a quarter (91 days) is nearer than a year on the scale of ratios */
    assert_int_equal(up_project_periods(&list.items[1], NULL, 2, periods, NULL), UP_OK);
    up_period_format(&periods[0], text);
    assert_string_equal(text, "2025-Q2");
    up_period until;
    size_t count;
    assert_int_equal(up_period_parse("2026", NULL, &until, NULL), UP_OK);
    assert_int_equal(up_project_count(&list.items[1], NULL, &until, &count, NULL), UP_OK);
    assert_int_equal(count, 7); /* 2025-Q2 to 2026-Q4 */
    assert_int_equal(up_period_parse("2020", NULL, &until, NULL), UP_OK);
    assert_int_equal(up_project_count(&list.items[1], NULL, &until, &count, NULL),
                     UP_TOO_LITTLE_DATA);
    up_series_list_release(&list);
    up_tracker_release(&t);
}

static void assert_first(const up_series *series, up_granularity step, const char *wanted)
{
    char text[UP_PERIOD_SIZE];
    up_period period;
    assert_int_equal(up_project_periods(series, &step, 1, &period, NULL), UP_OK);
    up_period_format(&period, text);
    assert_string_equal(text, wanted);
}

/* The last figure is of some day of May 2025, which ends with the month: steps of a stock stand at
 * their ends, after it. 31 May is a Saturday, of the week from 26 May to 1 June, the 22nd. */
static void steps_are_of_the_unit_that_is_asked_for(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "irregular", "stock", "people");
    build_row(m, "", "2024-12-31", "10", "", "");
    build_row(m, "", "[2025-05-01..2025-05-31]", "20", "", "");
    m = build_metric(&t, "sales", "flow", "CNY");
    build_row(m, "", "2024-11", "10", "", "");
    build_row(m, "", "2024-12", "20", "", "");
    up_series_list list = build_select(&t, "*", (up_series_options){0});
    const up_series *irregular = &list.items[0], *sales = &list.items[1];
    assert_first(irregular, UP_DAY, "2025-06-01");
    assert_first(irregular, UP_WEEK, "2025-W22");
    assert_first(irregular, UP_MONTH, "2025-06");
    assert_first(irregular, UP_QUARTER, "2025-Q2");
    assert_first(irregular, UP_HALF, "2025-S1");
    assert_first(irregular, UP_YEAR, "2025");
    up_granularity month = UP_MONTH, quarter = UP_QUARTER;
    up_period until, periods[1];
    size_t count;
    up_error err = {0};
    assert_int_equal(up_period_parse("2026", NULL, &until, NULL), UP_OK);
    assert_int_equal(up_project_count(irregular, &month, &until, &count, NULL), UP_OK);
    assert_int_equal(count, 19); /* June 2025 to December 2026 */
    assert_first(sales, UP_MONTH, "2025-01");
    assert_int_equal(up_project_periods(sales, &quarter, 1, periods, &err),
                     UP_TOO_LITTLE_DATA);
    assert_string_equal(
        err.message, "sales: totals of their own periods, which say nothing of the total "
                     "of one quarter (--resample quarter where they can be added up)");
    up_series_list_release(&list);
    up_tracker_release(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trend_agrees_with_r),
        cmocka_unit_test(a_fit_begins_after_the_last_break),
        cmocka_unit_test(totals_of_unlike_length_are_not_fitted),
        cmocka_unit_test(a_constant_series_has_no_r_squared),
        cmocka_unit_test(a_range_beyond_all_numbers_is_refused),
        cmocka_unit_test(trend_needs_three_figures_that_count),
        cmocka_unit_test(a_flat_trend_has_a_pole),
        cmocka_unit_test(intervals_agree_with_student),
        cmocka_unit_test(the_same_input_gives_the_same_numbers),
        cmocka_unit_test(two_figures_give_a_range_and_no_interval),
        cmocka_unit_test(projections_refuse_what_they_cannot_carry),
        cmocka_unit_test(a_counter_grows_from_its_last_figure),
        cmocka_unit_test(a_range_stops_at_the_floor),
        cmocka_unit_test(a_fiscal_year_is_followed_by_the_next),
        cmocka_unit_test(the_error_is_at_least_what_rounding_leaves_open),
        cmocka_unit_test(periods_continue_a_series),
        cmocka_unit_test(steps_are_of_the_unit_that_is_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
