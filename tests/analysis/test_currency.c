/* Currencies: which way, which rate, and what is said of it. Expected values by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "builder.h"
#include "uptick/expression.h"

/* Amounts in CNY; 6.0 CNY per USD in January 2024, rising by 0.1 a month; 1.25 USD per EUR. */
static up_tracker build(void)
{
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "sales", "flow", "CNY");
    build_row(m, "A", "2024", "665", "", "");
    build_row(m, "A", "2024-Q1", "183", "", "");
    build_row(m, "A", "2025", "700", "", "");
    m = build_metric(&t, "debt", "stock", "CNY");
    build_row(m, "A", "end of March 2024", "62", "", "");
    build_row(m, "A", "by May 2024", "64", "", "");
    m = build_metric(&t, "heads", "stock", "people");
    build_row(m, "A", "2024", "10", "", "");
    m = build_metric(&t, "usd-cny", "average", "CNY per USD");
    for (int i = 0; i < 12; i++) {
        char month[16], value[16];
        snprintf(month, sizeof month, "2024-%02d", i + 1);
        snprintf(value, sizeof value, "%d.%d", (60 + i) / 10, (60 + i) % 10);
        build_row(m, "", month, value, "", "");
    }
    m = build_metric(&t, "eur-usd", "average", "USD per EUR");
    build_row(m, "", "2024", "1.25", "", "");
    return t;
}

static up_remarks remarks;
static up_series_list list;
static up_expression_metrics *metrics;

static void forget(void)
{
    up_series_list_release(&list);
    up_expression_metrics_free(metrics);
    up_remarks_release(&remarks);
    metrics = NULL;
}

static up_status convert(const up_tracker *t, const char *text, up_expression_options how,
                         up_error *err)
{
    up_series_options options = {.as_of = UP_AS_OF_LATEST};
    forget();
    return up_expression_evaluate(t, text, &options, &how, &list, &metrics, &remarks,
                                  err);
}

static const up_point *point(size_t index)
{
    assert_int_equal(list.count, 1);
    assert_true(index < list.items[0].count);
    return &list.items[0].points[index];
}

static bool is_remarked(const char *text)
{
    for (size_t i = 0; i < remarks.count; i++)
        if (strcmp(remarks.items[i].message, text) == 0)
            return true;
    return false;
}

#define remarked(text)                                                                   \
    do {                                                                                 \
        if (!is_remarked(text))                                                          \
            fail_msg("'%s' is not remarked; first is '%s'", text,                        \
                     remarks.count > 0 ? remarks.items[0].message : "(nothing)");        \
    } while (0)

static void a_total_is_converted_at_the_mean_of_its_own_period(void **state)
{
    (void)state;
    up_tracker t = build();
    assert_int_equal(convert(&t, "sales @ USD", (up_expression_options){0}, NULL), UP_OK);
    assert_string_equal(list.items[0].data->metric.unit, "USD");
    assert_int_equal(list.items[0].data->metric.measure, UP_FLOW);
    assert_int_equal(list.items[0].count, 2);                /* none for 2025 */
    assert_close(point(0)->figure.value, 183 / 6.1, 1e-15);  /* (6.0 + 6.1 + 6.2) / 3 */
    assert_close(point(1)->figure.value, 665 / 6.55, 1e-15); /* the mean of 6.0 … 7.1 */
    remarked(
        "sales/A of Q1 2024 at 6.1 CNY per USD (usd-cny, mean of 3 figures, Jan 2024 to "
        "Mar 2024)");
    remarked(
        "1 of 3 figures left out: usd-cny has no rate for 2025 (--tolerance '3 months' "
        "takes an earlier one)");
    forget();
    up_tracker_release(&t);
}

/* Of figures that nobody looks at nothing is remarked; their own notes have it. */
static void only_figures_that_are_looked_at_are_told_of(void **state)
{
    (void)state;
    up_tracker t = build();
    up_expression_options how = {.has_told = true};
    assert_int_equal(up_period_parse("2025", NULL, &how.told, NULL), UP_OK);
    assert_int_equal(convert(&t, "sales @ USD", how, NULL), UP_OK);
    assert_int_equal(list.items[0].count, 2);
    assert_false(is_remarked(
        "sales/A of Q1 2024 at 6.1 CNY per USD (usd-cny, mean of 3 figures, Jan 2024 to "
        "Mar 2024)"));
    assert_non_null(strstr(point(0)->observation->note, "at 6.1 CNY per USD"));
    forget();
    up_tracker_release(&t);
}

static void a_level_is_converted_at_its_moment(void **state)
{
    (void)state;
    up_tracker t = build();
    assert_int_equal(convert(&t, "debt @ USD", (up_expression_options){0}, NULL), UP_OK);
    assert_close(point(0)->figure.value, 62 / 6.2, 1e-15); /* March */
    assert_close(point(1)->figure.value, 64 / 6.4, 1e-15); /* some day of May */
    remarked("debt/A of 31 Mar 2024 at 6.2 CNY per USD (usd-cny, Mar 2024)");
    forget();
    up_tracker_release(&t);
}

static void a_third_currency_leads_on_and_the_other_way_back(void **state)
{
    (void)state;
    up_tracker t = build();
    up_error err = {0};
    assert_int_equal(convert(&t, "sales @ EUR", (up_expression_options){0}, NULL), UP_OK);
    /* 2024: CNY / 6.55 = USD, USD / 1.25 = EUR. The first quarter has no rate of its own. */
    assert_int_equal(list.items[0].count, 1);
    assert_close(point(0)->figure.value, 665 / 6.55 / 1.25, 1e-15);
    remarked("sales/A of 2024 at 1.25 USD per EUR (eur-usd, 2024)");
    up_metric_data *m = build_metric(&t, "grants", "flow", "USD");
    build_row(m, "A", "2024", "100", "", "");
    assert_int_equal(convert(&t, "grants @ CNY", (up_expression_options){0}, NULL),
                     UP_OK);
    assert_close(point(0)->figure.value, 655, 1e-15);
    remarked(
        "grants/A of 2024 times 6.55 CNY per USD (usd-cny, mean of 12 figures, Jan 2024 "
        "to Dec 2024)");
    assert_int_equal(convert(&t, "sales @ JPY", (up_expression_options){0}, &err),
                     UP_TOO_LITTLE_DATA);
    assert_string_equal(err.message, "no metric tells the rate of CNY and JPY (one whose "
                                     "unit is \"CNY per JPY\")");
    build_row(build_metric(&t, "cny-usd", "rate", "USD per CNY"), "", "2024", "0.15", "",
              "");
    assert_int_equal(convert(&t, "sales @ USD", (up_expression_options){0}, &err),
                     UP_USAGE);
    assert_string_equal(err.message,
                        "'usd-cny' and 'cny-usd' both tell the rate of CNY and "
                        "USD; use one in the expression itself");
    forget();
    up_tracker_release(&t);
}

static void another_date_is_taken_only_when_asked(void **state)
{
    (void)state;
    up_tracker t = build();
    up_metric_data *m = build_metric(&t, "old", "flow", "CNY");
    build_row(m, "A", "2023-12", "60", "", "");
    build_row(m, "A", "2025-02", "71", "", "");
    build_row(m, "A", "2025-04", "71", "", "");
    up_expression_options near = {0}, future = {.future_rates = true};
    assert_int_equal(up_tolerance_parse("2 months", &near.tolerance, NULL), UP_OK);
    assert_int_equal(convert(&t, "old @ USD", near, NULL), UP_OK);
    assert_int_equal(list.items[0].count, 1); /* February 2025 at the rate of December */
    assert_close(point(0)->figure.value, 10, 1e-15);
    remarked("old/A of Feb 2025 at 7.1 CNY per USD (usd-cny, Dec 2024, carried forward)");
    assert_int_equal(convert(&t, "old @ USD", future, NULL), UP_OK);
    assert_close(point(0)->figure.value, 10,
                 1e-15); /* December 2023 at that of January */
    remarked("old/A of Dec 2023 at 6 CNY per USD (usd-cny, Jan 2024, A LATER RATE)");
    forget();
    up_tracker_release(&t);
}

/* A year's mean is known when the year is over: not at the end of March. */
static void a_mean_of_the_year_is_no_rate_within_it(void **state)
{
    (void)state;
    up_tracker t = build();
    up_error err = {0};
    up_metric_data *m = build_metric(&t, "fund", "stock", "EUR");
    build_row(m, "A", "end of March 2024", "8", "", "");
    build_row(m, "A", "end of 2024", "8", "", "");
    assert_int_equal(convert(&t, "fund/A @ USD", (up_expression_options){0}, &err),
                     UP_OK);
    assert_int_equal(list.items[0].count, 1);
    assert_close(point(0)->figure.value, 10, 1e-15);
    forget();
    up_tracker_release(&t);
}

static void gaps_in_the_rates_are_said(void **state)
{
    (void)state;
    up_tracker t = build();
    t.metrics[3].observations[1].status = 'M'; /* February is withdrawn */
    assert_int_equal(convert(&t, "sales @ USD", (up_expression_options){0}, NULL), UP_OK);
    assert_close(point(0)->figure.value, 183 / 6.1, 1e-15); /* (6.0 + 6.2) / 2 */
    remarked(
        "sales/A of Q1 2024 at 6.1 CNY per USD (usd-cny, mean of 2 figures, Jan 2024 to "
        "Mar 2024, which leaves gaps)");
    forget();
    up_tracker_release(&t);
}

/* One rate is one variable: what it multiplies above and below cancels it. */
static void bounds_of_a_rate_are_carried_and_cancel(void **state)
{
    (void)state;
    up_tracker t = build();
    up_observation *march = &t.metrics[3].observations[2];
    march->qualifier = UP_ABOUT; /* about 6.2: 6.15 to 6.25 */
    assert_int_equal(convert(&t, "debt @ USD", (up_expression_options){0}, NULL), UP_OK);
    assert_close(point(0)->figure.low, 62 / 6.25, 1e-15);
    assert_close(point(0)->figure.high, 62 / 6.15, 1e-15);
    assert_true(point(0)->figure.about);
    assert_int_equal(convert(&t, "debt @ USD / ( debt @ USD + debt @ USD )",
                             (up_expression_options){0}, NULL),
                     UP_OK);
    assert_true(point(0)->figure.low == 0.5 && point(0)->figure.high == 0.5);
    forget();
    up_tracker_release(&t);
}

static void each_factor_is_converted_at_its_own_date(void **state)
{
    (void)state;
    up_tracker t = build();
    up_error err = {0};
    up_expression_options carry = {.align = UP_ALIGN_CARRY};
    assert_int_equal(
        convert(&t, "( sales / heads ) @ USD", (up_expression_options){0}, &err), UP_OK);
    assert_string_equal(list.items[0].data->metric.unit, "USD per person");
    assert_close(point(0)->figure.value, 665 / 6.55 / 10, 1e-15);
    /* May's 64 and March's 62 carried to it: each at the rate of its own month */
    build_row(build_metric(&t, "loan", "stock", "CNY"), "A", "end of March 2024", "62",
              "", "");
    assert_int_equal(convert(&t, "( debt + loan ) @ USD", carry, &err), UP_OK);
    assert_close(point(1)->figure.value, 10 + 10, 1e-15);
    carry.currency = "USD";
    assert_int_equal(convert(&t, "debt + loan", carry, &err), UP_OK);
    assert_string_equal(list.items[0].key, "( debt + loan ) in USD (A)");
    carry.is_selector = true;
    assert_int_equal(convert(&t, "debt/A", carry, &err), UP_OK);
    assert_string_equal(list.items[0].key, "debt/A in USD");
    assert_int_equal(convert(&t, "heads", carry, &err), UP_USAGE);
    assert_string_equal(err.message,
                        "'@ USD' converts currencies, and what stands before it is in "
                        "people");
    forget();
    up_tracker_release(&t);
}

/* cpi 110 in 2024 and 100 in 2015, so 2024's amounts at the prices of 2015 are divided by 1.1; at
 * those of 2024 itself, one variable, they stay as they are although the index is "about". */
static void what_is_deflated_is_at_the_prices_of_the_base(void **state)
{
    (void)state;
    up_tracker t = build();
    up_error err = {0};
    up_expression_options how = {.deflator = "cpi", .is_selector = true};
    up_metric_data *m = build_metric(&t, "cpi", "index", "index");
    build_row(m, "A", "2015", "100", "", "");
    build_row(m, "A", "2024", "110", "~", "");
    assert_int_equal(up_period_parse("2015", NULL, &how.base, NULL), UP_OK);
    assert_int_equal(convert(&t, "sales", how, &err), UP_OK);
    assert_string_equal(list.items[0].key, "sales/A at prices of 2015");
    assert_string_equal(list.items[0].data->metric.unit, "CNY");
    assert_int_equal(list.items[0].count, 1); /* no index for the quarter, nor for 2025 */
    assert_close(point(0)->figure.value, 665 / 1.1, 1e-15);
    assert_close(point(0)->figure.high, 665 / 1.05, 1e-15); /* 105 to 115 */
    remarked("sales/A of 2024 deflated by about 110 (105 to 115) index (cpi/A, 2024)");
    remarked("at the prices of 2015, 100 index (cpi/A, 2015)");
    assert_int_equal(up_period_parse("2024", NULL, &how.base, NULL), UP_OK);
    assert_int_equal(convert(&t, "sales", how, &err), UP_OK);
    assert_true(point(0)->figure.low == 665 && point(0)->figure.high == 665);
    assert_int_equal(convert(&t, "heads", how, &err), UP_USAGE);
    assert_string_equal(err.message,
                        "what is to be deflated is of no currency, and has no prices");
    how.deflator = "heads";
    assert_int_equal(convert(&t, "sales", how, &err), UP_USAGE);
    assert_string_equal(err.message, "'heads' is no index (stock), and deflates nothing");
    build_row(m, "B", "2015", "100", "", "");
    how.deflator = "cpi/B"; /* named: whose prices is the user's choice */
    assert_int_equal(up_period_parse("2015", NULL, &how.base, NULL), UP_OK);
    assert_int_equal(convert(&t, "sales", how, &err), UP_TOO_LITTLE_DATA);
    assert_string_equal(err.message,
                        "cpi/B has no figure for Q1 2024 (--tolerance '3 months' "
                        "takes an earlier one)");
    /* neither the base's prices nor the figures': the base is why there is none at all */
    assert_int_equal(up_period_parse("2014", NULL, &how.base, NULL), UP_OK);
    assert_int_equal(convert(&t, "sales", how, &err), UP_TOO_LITTLE_DATA);
    assert_string_equal(err.message,
                        "cpi/B has no figure for 2014: its first is of 2015");
    forget();
    up_tracker_release(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_total_is_converted_at_the_mean_of_its_own_period),
        cmocka_unit_test(only_figures_that_are_looked_at_are_told_of),
        cmocka_unit_test(a_level_is_converted_at_its_moment),
        cmocka_unit_test(a_third_currency_leads_on_and_the_other_way_back),
        cmocka_unit_test(another_date_is_taken_only_when_asked),
        cmocka_unit_test(a_mean_of_the_year_is_no_rate_within_it),
        cmocka_unit_test(gaps_in_the_rates_are_said),
        cmocka_unit_test(bounds_of_a_rate_are_carried_and_cancel),
        cmocka_unit_test(each_factor_is_converted_at_its_own_date),
        cmocka_unit_test(what_is_deflated_is_at_the_prices_of_the_base),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
