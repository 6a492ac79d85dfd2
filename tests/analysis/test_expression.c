/* Arithmetic on series. Expected values: the worked figures of the seed data, by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "builder.h"
#include "uptick/expression.h"

static const up_expression_options *with(up_align align)
{
    static up_expression_options options;
    options = (up_expression_options){.align = align};
    return &options;
}

static up_tracker seed(void)
{
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "ai-users", "stock", "people");
    build_row(m, "China", "end of 2024", "249000000", "", "249 million");
    build_row(m, "China", "by May 2025", "570000000", "", "570 million");
    m = build_metric(&t, "ai-tokens", "rate", "tokens per day");
    build_row(m, "China", "early 2025", "10000000000000", "", "10 trillion");
    m = build_metric(&t, "rd", "flow", "CNY");
    build_row(m, "China Mobile", "2025", "39100000000", "", "39.1 billion yuan");
    m = build_metric(&t, "rd-usd", "flow", "USD");
    build_row(m, "China Mobile", "2025", "5450000000", "", "$5.45 billion");
    return t;
}

static const char *aligned; /* what the last evaluation said of it */

static up_estimate evaluate(const char *text, up_align align, bool rounding)
{
    up_tracker t = seed();
    up_series_list list = {0};
    up_expression_metrics *metrics;
    up_series_options options = {.as_of = UP_AS_OF_LATEST, .rounding = rounding};
    up_error err = {0};
    if (up_expression_evaluate(&t, text, &options, with(align), &list, &metrics, NULL,
                               &err) != UP_OK)
        fail_msg("%s", err.message);
    assert_int_equal(list.count, 1);
    assert_int_equal(list.items[0].count, 1);
    up_estimate e = list.items[0].points[0].figure;
    aligned = list.items[0].aligned;
    up_series_list_release(&list);
    up_expression_metrics_free(metrics);
    up_tracker_release(&t);
    return e;
}

static void a_series_of_aligned_figures_says_so(void **state)
{
    (void)state;
    evaluate("ai-tokens / ai-users", UP_ALIGN_CARRY, false);
    assert_string_equal(aligned, "some figures carried forward");
    evaluate("1 * (ai-tokens / ai-users)", UP_ALIGN_INTERPOLATE, false);
    assert_string_equal(aligned, "some figures interpolated at constant growth");
    evaluate("rd / rd-usd", UP_ALIGN_EXACT, false);
    assert_null(aligned);
}

static void a_figure_is_carried_forward_when_asked(void **state)
{
    (void)state;
    up_estimate e = evaluate("ai-tokens / ai-users", UP_ALIGN_CARRY, false);
    assert_close(e.value, 1e13 / 249e6, 1e-15); /* 40,161 */
}

static void interpolation_holds_all_the_dates_allow(void **state)
{
    (void)state;
    up_estimate e = evaluate("ai-tokens / ai-users", UP_ALIGN_INTERPOLATE, false);
    /* Users at 249 M (570/249)^(t / d): fewest at the middle of January (t = 0.5/12 years)
     * with d = 151/365, most at the middle of April (3.5/12) with d = 121/365. 1e-9: years
     * near 2025 are good to 2e-13. */
    double fold = 570.0 / 249;
    assert_close(e.high, 1e13 / (249e6 * pow(fold, 0.5 / 12 / (151.0 / 365))), 1e-9);
    assert_close(e.low, 1e13 / (249e6 * pow(fold, 3.5 / 12 / (121.0 / 365))), 1e-9);
    assert_close(e.low, 19400, 0.002);
    assert_close(e.high, 36900, 0.002);
    assert_close(e.value, 1e13 / (249e6 * pow(fold, 2.0 / 12 / (136.0 / 365))), 1e-9);
}

static void an_implied_exchange_rate_carries_its_rounding(void **state)
{
    (void)state;
    up_estimate e = evaluate("rd / rd-usd", UP_ALIGN_EXACT, true);
    assert_close(e.value, 39.1 / 5.45, 1e-15);  /* 7.174 */
    assert_close(e.low, 39.05 / 5.455, 1e-15);  /* 7.159 */
    assert_close(e.high, 39.15 / 5.445, 1e-15); /* 7.190 */
    e = evaluate("( rd + 1e9 ) / 1000000 * 2 - 3", UP_ALIGN_EXACT, false);
    assert_close(e.value, (39.1e9 + 1e9) / 1e6 * 2 - 3, 1e-15);
    e = evaluate("100 / rd", UP_ALIGN_EXACT, false);
    assert_close(e.value, 100 / 39.1e9, 1e-15);
    e = evaluate("\"rd/China Mobile\" / rd-usd", UP_ALIGN_EXACT, false);
    assert_close(e.value, 39.1 / 5.45, 1e-15);
}

static bool with_rounding;

static void refused(const char *text, up_align align, up_status wanted,
                    const char *message)
{
    up_tracker t = seed();
    up_series_list list = {0};
    up_expression_metrics *metrics;
    up_series_options options = {.as_of = UP_AS_OF_LATEST, .rounding = with_rounding};
    up_error err = {0};
    assert_int_equal(up_expression_evaluate(&t, text, &options, with(align), &list,
                                            &metrics, NULL, &err),
                     wanted);
    assert_string_equal(err.message, message);
    assert_int_equal(list.count, 0);
    up_tracker_release(&t);
}

static void what_cannot_be_joined_is_refused(void **state)
{
    (void)state;
    refused("ai-tokens / ai-users", UP_ALIGN_EXACT, UP_TOO_LITTLE_DATA,
            "ai-users/China has no figure for early 2025 (--align carry-forward or "
            "interpolate "
            "brings one there)");
    refused("rd + rd-usd", UP_ALIGN_EXACT, UP_USAGE,
            "unlike units cannot be added: CNY and USD");
    refused("ai-tokens / ai-usrs", UP_ALIGN_EXACT, UP_USAGE,
            "unknown metric 'ai-usrs'; did you mean 'ai-users'?");
    refused("rd /", UP_ALIGN_EXACT, UP_USAGE,
            "a series or a number is missing at the end of the expression");
    refused("rd rd-usd", UP_ALIGN_EXACT, UP_USAGE,
            "found 'rd-usd' where an operator (+ - * / @) belongs");
    refused("( rd / 2", UP_ALIGN_EXACT, UP_USAGE, "a parenthesis is not closed");
    refused("rd / \"rd", UP_ALIGN_EXACT, UP_USAGE, "a quote (\") is not closed");
    refused("rd / *", UP_ALIGN_EXACT, UP_USAGE,
            "found '*' where a series or a number belongs");
    refused("1 / 2", UP_ALIGN_EXACT, UP_USAGE, "'1 / 2' names no series");
    refused("rd / 0", UP_ALIGN_EXACT, UP_TOO_LITTLE_DATA, "the divisor may be zero");
}

/* With rounding, rd is 39.05 to 39.15 and u = rd-usd 5.445 to 5.455 (thousand million).
 *     u / (2 u) = 1/2      rd / (2 u - u) = rd / u      rd - rd = 0
 *     u / (rd / u) = u u / rd, and (rd / u) / u = rd / (u u): monotone, all being positive
 *     u / (u + rd) = 1 / (1 + rd / u), least with the least u and the greatest rd
 *     (u - rd) / (u + rd) = 1 - 2 / (u / rd + 1), increasing in u / rd: units apart, so
 *     written with 1 * rd-usd / rd as one ratio q: (q - 1) / (q + 1) */
static void one_variable_is_not_taken_for_two(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double low, high;
    } cases[] = {
        {"rd-usd / ( 2 * rd-usd )", 0.5, 0.5},
        {"rd / ( rd-usd * 2 - rd-usd )", 39.05 / 5.455, 39.15 / 5.445},
        {"rd - rd", 0, 0},
        {"rd-usd / ( rd / rd-usd )", 5.445e9 * 5.445 / 39.15, 5.455e9 * 5.455 / 39.05},
        {"( rd / rd-usd ) / rd-usd", 39.05e-9 / 5.455 / 5.455, 39.15e-9 / 5.445 / 5.445},
        {"rd / ( rd + 1e9 )", 39.05 / 40.05, 39.15 / 40.15},
        {"rd-usd / ( rd-usd + 0.5 * rd-usd )", 1 / 1.5, 1 / 1.5},
        {"( rd / rd-usd - 1 ) / ( rd / rd-usd + 1 )", (39.05 - 5.455) / (39.05 + 5.455),
         (39.15 - 5.445) / (39.15 + 5.445)},
        {"- ( rd - 2 * rd )", 39.05e9, 39.15e9},
        {"-rd + 2 * rd", 39.05e9, 39.15e9},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        up_estimate e = evaluate(cases[i].text, UP_ALIGN_EXACT, true);
        assert_close(e.low, cases[i].low, 1e-15);
        assert_close(e.high, cases[i].high, 1e-15);
        assert_true(e.low <= e.value && e.value <= e.high);
    }
    with_rounding = true;
    refused("rd * rd / ( rd + 1 )", UP_ALIGN_EXACT, UP_USAGE,
            "a figure with bounds appears more than once, in powers that its bounds "
            "cannot be "
            "carried through (write the expression so that it stands once)");
    refused("1 / ( rd - rd )", UP_ALIGN_EXACT, UP_TOO_LITTLE_DATA,
            "the divisor may be zero");
    with_rounding = false;
}

/* Values of 'a OP b' for two metrics of one entity, as given; the count of points. */
static size_t combine(const char *const a[][2], size_t n, const char *const b[][2],
                      size_t m, const char *measure, char broken, up_align align,
                      double values[])
{
    up_tracker t = {0};
    up_metric_data *data = build_metric(&t, "a", measure, "people");
    for (size_t i = 0; i < n; i++)
        build_row(data, "X", a[i][0], a[i][1], "", "");
    data = build_metric(&t, "b", measure, "CNY");
    for (size_t i = 0; i < m; i++)
        build_row(data, "X", b[i][0], b[i][1], "", "");
    data->observations[m - 1].status = broken;
    up_series_list list = {0};
    up_expression_metrics *metrics = NULL;
    up_series_options options = {.as_of = UP_AS_OF_LATEST};
    size_t count = 0;
    if (up_expression_evaluate(&t, "a / b", &options, with(align), &list, &metrics, NULL,
                               NULL) == UP_OK) {
        count = list.items[0].count;
        for (size_t i = 0; i < count; i++)
            values[i] = list.items[0].points[i].figure.value;
        values[count] = list.items[0].points[count - 1].after_break;
    }
    up_series_list_release(&list);
    up_expression_metrics_free(metrics);
    up_tracker_release(&t);
    return count;
}

static void nothing_is_carried_from_the_future(void **state)
{
    (void)state;
    /* a stands at the ends of months, b at those of days: 1 March is after February */
    static const char *const a[][2] = {{"2023-02", "100"}, {"2023-03", "100"}};
    static const char *const b[][2] = {{"2023-01-31", "50"}, {"2023-03-01", "10"}};
    double v[3];
    assert_int_equal(combine(a, 2, b, 2, "stock", 'A', UP_ALIGN_CARRY, v), 2);
    assert_true(v[0] == 2 && v[1] == 10);
}

static void breaks_are_not_lost_on_the_way(void **state)
{
    (void)state;
    static const char *const a[][2] = {{"2020", "10"}, {"2021", "20"}, {"2022", "40"}};
    static const char *const b[][2] = {{"2020", "10"}, {"2022", "1000"}};
    double v[4];
    assert_int_equal(combine(a, 3, b, 2, "stock", 'B', UP_ALIGN_CARRY, v), 3);
    assert_true(v[3] == true);
    /* 2021 would be interpolated across the break */
    assert_int_equal(combine(a, 3, b, 2, "stock", 'B', UP_ALIGN_INTERPOLATE, v), 2);
    assert_int_equal(combine(a, 3, b, 2, "stock", 'A', UP_ALIGN_INTERPOLATE, v), 3);
}

static void a_year_is_not_carried_to_a_quarter(void **state)
{
    (void)state;
    static const char *const a[][2] = {{"2022-Q1", "25"}};
    static const char *const b[][2] = {{"2021", "100"}};
    double v[2];
    assert_int_equal(combine(a, 1, b, 1, "flow", 'A', UP_ALIGN_CARRY, v), 0);
    assert_int_equal(combine(a, 1, b, 1, "stock", 'A', UP_ALIGN_CARRY, v), 1);
}

static void a_break_survives_the_figure_that_shows_it(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "a", "stock", "people");
    static const char *const years[] = {"2019", "2020", "2021", "2022"};
    for (int i = 0; i < 4; i++)
        build_row(m, "X", years[i], i < 2 ? "10" : "50", "", "")->status =
            i == 2 ? 'B' : 'A';
    m = build_metric(&t, "b", "stock", "people");
    build_row(m, "X", "2020", "100", "", "");
    build_row(m, "X", "2022", "100", "", ""); /* none for 2021, where the break is */
    up_series_list list = {0};
    up_expression_metrics *metrics;
    up_series_options options = {.as_of = UP_AS_OF_LATEST};
    assert_int_equal(up_expression_evaluate(&t, "a / b", &options, with(UP_ALIGN_EXACT),
                                            &list, &metrics, NULL, NULL),
                     UP_OK);
    assert_int_equal(list.items[0].count, 2);
    assert_true(list.items[0].points[1].after_break);
    up_series_list_release(&list);
    up_expression_metrics_free(metrics);
    up_tracker_release(&t);
}

static void a_glob_names_no_entity(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "rev", "flow", "CNY");
    build_row(m, "A", "2022", "10", "", "");
    build_row(m, "B", "2022", "20", "", "");
    build_row(build_metric(&t, "cost", "flow", "CNY"), "A", "2022", "5", "", "");
    up_series_list list = {0};
    up_expression_metrics *metrics;
    up_series_options options = {.as_of = UP_AS_OF_LATEST};
    assert_int_equal(up_expression_evaluate(&t, "rev/* / cost/*", &options,
                                            with(UP_ALIGN_EXACT), &list, &metrics, NULL,
                                            NULL),
                     UP_OK);
    assert_int_equal(list.count, 1); /* B has no partner */
    assert_string_equal(list.items[0].entity, "A");
    assert_true(list.items[0].points[0].figure.value == 2);
    up_series_list_release(&list);
    up_expression_metrics_free(metrics);
    assert_int_equal(up_expression_evaluate(&t, "rev/A / rev/B / cost/A", &options,
                                            with(UP_ALIGN_EXACT), &list, &metrics, NULL,
                                            NULL),
                     UP_OK);
    assert_string_equal(list.items[0].entity, ""); /* mixed once, mixed for good */
    up_series_list_release(&list);
    up_expression_metrics_free(metrics);
    up_tracker_release(&t);
}

static void the_same_stretch_is_the_same_however_written(void **state)
{
    (void)state;
    static const char *const a[][2] = {{"2023-10/2023-12", "25"}};
    static const char *const b[][2] = {{"2023-Q4", "100"}};
    double v[2];
    assert_int_equal(combine(a, 1, b, 1, "flow", 'A', UP_ALIGN_EXACT, v), 1);
    assert_true(v[0] == 0.25);
}

static void entities_are_not_mixed_unasked(void **state)
{
    (void)state;
    up_tracker t = {0};
    build_row(build_metric(&t, "a", "stock", "people"), "X", "2024", "10", "", "");
    build_row(build_metric(&t, "c", "stock", "people"), "Z", "2024", "5", "", "");
    up_series_list list = {0};
    up_expression_metrics *metrics;
    up_series_options options = {.as_of = UP_AS_OF_LATEST};
    up_error err;
    assert_int_equal(up_expression_evaluate(&t, "a / c", &options, with(UP_ALIGN_EXACT),
                                            &list, &metrics, NULL, &err),
                     UP_TOO_LITTLE_DATA);
    assert_string_equal(err.message,
                        "the two sides share no entity (name it, as in x/China, "
                        "to use one for another)");
    assert_true(up_expression_is_one(&t, "a/X / c/Z"));
    assert_int_equal(up_expression_evaluate(&t, "a/X / c/Z", &options,
                                            with(UP_ALIGN_EXACT), &list, &metrics, NULL,
                                            &err),
                     UP_OK);
    assert_true(list.items[0].points[0].figure.value == 2);
    assert_string_equal(list.items[0].entity, ""); /* of neither */
    up_series_list_release(&list);
    up_expression_metrics_free(metrics);
    up_tracker_release(&t);
}

static void endless_chains_are_refused(void **state)
{
    (void)state;
    up_buffer text = {0};
    for (int i = 0; i < 20000; i++)
        up_buffer_add(&text, "1 + ");
    up_buffer_add(&text, "rd");
    refused(up_buffer_text(&text), UP_ALIGN_EXACT, UP_USAGE, "more than 500 operators");
    up_buffer_release(&text);
}

static void keys_and_expressions_are_told_apart(void **state)
{
    (void)state;
    up_tracker t = seed();
    assert_false(up_expression_is_one(&t, "ai-users"));
    assert_false(up_expression_is_one(&t, "rd/China Mobile"));
    assert_false(up_expression_is_one(&t, "ai-*"));
    assert_true(up_expression_is_one(&t, "ai-tokens / ai-users"));
    assert_false(up_expression_is_one(&t, "unknown"));
    up_tracker_release(&t);
}

static void a_series_without_an_entity_serves_all(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_remarks remarks = {0};
    build_row(build_metric(&t, "price", "index", "index"), "", "2024", "2", "", "");
    up_metric_data *m = build_metric(&t, "sales", "flow", "CNY");
    build_row(m, "X", "2024", "10", "", "");
    build_row(m, "Y", "2024", "20", "", "");
    static const char *const texts[] = {"sales / price", "( 1 / price ) * sales"};
    for (size_t i = 0; i < 2; i++) {
        up_series_list list = {0};
        up_expression_metrics *metrics;
        up_series_options options = {.as_of = UP_AS_OF_LATEST};
        assert_int_equal(up_expression_evaluate(&t, texts[i], &options,
                                                with(UP_ALIGN_EXACT), &list, &metrics,
                                                &remarks, NULL),
                         UP_OK);
        assert_int_equal(list.count, 2);
        assert_string_equal(list.items[1].entity, "Y");
        assert_true(list.items[0].points[0].figure.value == 5);
        assert_true(list.items[1].points[0].figure.value == 10);
        assert_string_equal(remarks.items[i].message,
                            "price has no entity: it is taken for each of them");
        up_series_list_release(&list);
        up_expression_metrics_free(metrics);
    }
    up_remarks_release(&remarks);
    up_tracker_release(&t);
}

static up_status align_within(const char *align, const char *tolerance, double *value,
                              up_remarks *remarks, up_error *err)
{
    up_tracker t = {0};
    build_row(build_metric(&t, "a", "stock", "people"), "", "2024-06-30", "100", "", "");
    up_metric_data *m = build_metric(&t, "b", "stock", "people");
    build_row(m, "", "2024-05-31", "10", "", "");
    build_row(m, "", "2024-07-10", "20", "", "");
    up_series_list list = {0};
    up_expression_metrics *metrics = NULL;
    up_series_options options = {.as_of = UP_AS_OF_LATEST};
    up_expression_options how = {0};
    assert_int_equal(up_align_parse(align, &how.align, NULL), UP_OK);
    if (tolerance != NULL)
        assert_int_equal(up_tolerance_parse(tolerance, &how.tolerance, NULL), UP_OK);
    up_status status = up_expression_evaluate(&t, "a / b", &options, &how, &list,
                                              &metrics, remarks, err);
    if (status == UP_OK)
        *value = list.items[0].points[0].figure.value;
    up_series_list_release(&list);
    up_expression_metrics_free(metrics);
    up_tracker_release(&t);
    return status;
}

/* 30 June 2024 lies 30 days after 31 May and 10 before 10 July. */
static void the_nearest_figure_is_within_the_tolerance(void **state)
{
    (void)state;
    up_remarks remarks = {0};
    up_error err = {0};
    double value;
    assert_int_equal(align_within("nearest", "10", &value, &remarks, NULL), UP_OK);
    assert_true(value == 5);
    assert_string_equal(remarks.items[0].message,
                        "b of 10 Jul 2024 taken as nearest to 30 Jun 2024");
    up_remarks_release(&remarks);
    assert_int_equal(align_within("nearest", "9 days", &value, NULL, &err),
                     UP_TOO_LITTLE_DATA);
    assert_string_equal(err.message,
                        "b has no figure for 30 Jun 2024 within the tolerance");
    assert_int_equal(align_within("carry-forward", "1 month", &value, NULL, NULL), UP_OK);
    assert_true(value == 10);
    assert_int_equal(align_within("carry-forward", "4 weeks", &value, NULL, NULL),
                     UP_TOO_LITTLE_DATA);
    assert_int_equal(align_within("carry-forward", NULL, &value, NULL, NULL), UP_OK);
    up_tolerance t;
    assert_int_equal(up_tolerance_parse("soon", &t, &err), UP_USAGE);
    assert_string_equal(err.message,
                        "tolerance 'soon' is no length of time ('3 days', '1 month')");
}

static up_status count_pattern(const char *pattern, void *context, up_error *err)
{
    (void)pattern;
    (void)err;
    ++*(int *)context;
    return UP_OK;
}

static void every_series_is_visited_for_loading(void **state)
{
    (void)state;
    int count = 0;
    up_tracker none = {0};
    assert_int_equal(up_expression_visit(&none, "a / ( b + 2 ) - \"c/d e\"", false,
                                         count_pattern, &count, NULL),
                     UP_OK);
    assert_int_equal(count, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_series_of_aligned_figures_says_so),
        cmocka_unit_test(a_figure_is_carried_forward_when_asked),
        cmocka_unit_test(interpolation_holds_all_the_dates_allow),
        cmocka_unit_test(an_implied_exchange_rate_carries_its_rounding),
        cmocka_unit_test(what_cannot_be_joined_is_refused),
        cmocka_unit_test(one_variable_is_not_taken_for_two),
        cmocka_unit_test(nothing_is_carried_from_the_future),
        cmocka_unit_test(breaks_are_not_lost_on_the_way),
        cmocka_unit_test(a_year_is_not_carried_to_a_quarter),
        cmocka_unit_test(a_break_survives_the_figure_that_shows_it),
        cmocka_unit_test(a_glob_names_no_entity),
        cmocka_unit_test(the_same_stretch_is_the_same_however_written),
        cmocka_unit_test(entities_are_not_mixed_unasked),
        cmocka_unit_test(a_series_without_an_entity_serves_all),
        cmocka_unit_test(the_nearest_figure_is_within_the_tolerance),
        cmocka_unit_test(endless_chains_are_refused),
        cmocka_unit_test(keys_and_expressions_are_told_apart),
        cmocka_unit_test(every_series_is_visited_for_loading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
