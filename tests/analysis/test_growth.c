/* Growth, claims and their bounds. Expected values: the worked figures of the seed data,
 * derived beside each test with the formulas of growth.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "builder.h"
#include "estimates.h"
#include "uptick/audit.h"
#include "uptick/growth.h"

/* d ln 2 / ln f and f^(1/d), as in growth.h */
#define LN2 0.69314718055994530942

static up_growth_list grow(const up_tracker *tracker, const char *key,
                           up_series_list *list, up_series_options options,
                           up_growth_options growth)
{
    up_growth_list rows = {0};
    up_error err = {0};
    *list = build_select(tracker, key, options);
    if (up_growth_compute(&list->items[0], tracker, &growth, &rows, &err) != UP_OK)
        fail_msg("%s", err.message);
    return rows;
}

static up_tracker ai_users(void)
{
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "ai-users", "stock", "people");
    build_row(m, "China", "end of 2024", "249000000", "", "249 million");
    build_row(m, "China", "by May 2025", "570000000", "", "570 million");
    build_claim(&t, "ai-users", "China", "more than doubling", "end of 2024",
                "by May 2025");
    return t;
}

static void date_spans_make_ranges(void **state)
{
    (void)state;
    up_tracker t = ai_users();
    up_series_list list;
    up_growth_list rows =
        grow(&t, "ai-users", &list, (up_series_options){0}, (up_growth_options){0});
    assert_int_equal(rows.count, 1);
    const up_growth *g = &rows.items[0];
    /* 31 December is read at its end; 1 to 31 May at theirs: 121 to 151 days, centre 136 */
    assert_true(g->on[UP_ON_PREVIOUS].elapsed_days.low == 121 &&
                g->on[UP_ON_PREVIOUS].elapsed_days.high == 151);
    assert_true(g->on[UP_ON_PREVIOUS].elapsed_days.value == 136);
    double f = 570.0 / 249; /* 2.289 */
    assert_close(g->values[UP_FOLD].estimate.value, f, 1e-15);
    assert_int_equal(up_estimate_kind(&g->values[UP_FOLD].estimate), UP_BOUND_EXACT);
    assert_close(g->values[UP_PCH].estimate.value, f - 1, 1e-15);
    assert_close(g->values[UP_CHG].estimate.value, 321e6, 0);
    /* 2025 has 365 days: 9.23 (7.40 to 12.2) times a year. 1e-9: the calendar year is a
     * double near 2025, good to 2e-13 years, which the exponent 1/d raises 10-fold. */
    const up_estimate *c = &g->values[UP_CAGR].estimate;
    assert_close(c->value, pow(f, 365.0 / 136) - 1, 1e-9);
    assert_close(c->low, pow(f, 365.0 / 151) - 1, 1e-9);
    assert_close(c->high, pow(f, 365.0 / 121) - 1, 1e-9);
    assert_close(c->value + 1, 9.23, 0.0006);
    const up_estimate *d = &g->values[UP_DOUBLING].estimate;
    assert_close(d->value * 365, 136 * LN2 / log(f), 1e-9); /* 114 days */
    assert_close(d->low * 365, 121 * LN2 / log(f), 1e-9);   /* 101 */
    assert_close(d->high * 365, 151 * LN2 / log(f), 1e-9);  /* 126 */
    up_growth_list_release(&rows);
    up_series_list_release(&list);
    up_tracker_release(&t);
}

static void transforms_that_are_not_asked_for_are_left_out(void **state)
{
    (void)state;
    up_tracker t = ai_users();
    up_series_list list;
    static const bool folds[UP_TRANSFORMS] = {[UP_FOLD] = true};
    static const bool doubling[UP_TRANSFORMS] = {[UP_DOUBLING] = true};
    up_growth_list rows = grow(&t, "ai-users", &list, (up_series_options){0},
                               (up_growth_options){.only = folds});
    const up_growth_value *v = rows.items[0].values;
    assert_close(v[UP_FOLD].estimate.value, 570.0 / 249, 1e-15);
    assert_string_equal(v[UP_CAGR].refused, "it was not asked for");
    assert_string_equal(v[UP_CHG].refused, "it was not asked for");
    up_growth_list_release(&rows);
    up_series_list_release(&list);
    rows = grow(&t, "ai-users", &list, (up_series_options){0},
                (up_growth_options){.only = doubling});
    v = rows.items[0].values;
    assert_close(v[UP_DOUBLING].estimate.value * 365, 136 * LN2 / log(570.0 / 249), 1e-9);
    assert_string_equal(v[UP_FOLD].refused, "it was not asked for");
    assert_string_equal(v[UP_CCA].refused, "it was not asked for");
    up_growth_list_release(&rows);
    up_series_list_release(&list);
    up_tracker_release(&t);
}

static void rounding_widens_every_value(void **state)
{
    (void)state;
    up_tracker t = ai_users();
    up_series_list list;
    up_growth_list rows =
        grow(&t, "ai-users", &list, (up_series_options){.rounding = true},
             (up_growth_options){0});
    const up_growth_value *v = rows.items[0].values;
    double least = 569.5 / 249.5, most = 570.5 / 248.5; /* 2.283 to 2.296 */
    assert_close(v[UP_FOLD].estimate.low, least, 1e-15);
    assert_close(v[UP_FOLD].estimate.high, most, 1e-15);
    assert_close(v[UP_CAGR].estimate.low + 1, pow(least, 365.0 / 151), 1e-9); /* 7.35 */
    assert_close(v[UP_CAGR].estimate.high + 1, pow(most, 365.0 / 121), 1e-9); /* 12.3 */
    assert_close(v[UP_DOUBLING].estimate.low * 365, 121 * LN2 / log(most),
                 1e-9); /* 101 */
    assert_close(v[UP_DOUBLING].estimate.high * 365, 151 * LN2 / log(least),
                 1e-9); /* 127 */
    up_growth_list_release(&rows);
    up_series_list_release(&list);
    up_tracker_release(&t);
}

static void the_same_word_at_both_ends_of_a_claim_moves_together(void **state)
{
    (void)state;
    up_tracker t = {0};
    build_row(build_metric(&t, "tokens", "rate", "tokens per day"), "China", "early 2025",
              "10000000000000", "", "10 trillion");
    build_claim(&t, "tokens", "China", "100-fold", "early 2024", "early 2025");
    up_series_list list;
    up_growth_list rows =
        grow(&t, "tokens", &list, (up_series_options){.with_derived = true},
             (up_growth_options){.claims = true});
    assert_int_equal(rows.count, 2);
    /* from the implied point, as a date of its own: 0.75 to 1.25 years, exactly */
    const up_growth *g = &rows.items[0];
    assert_true(g->on[UP_ON_PREVIOUS].elapsed_years.low == 0.75 &&
                g->on[UP_ON_PREVIOUS].elapsed_years.high == 1.25);
    assert_close(g->values[UP_CAGR].estimate.low + 1, pow(100, 1 / 1.25),
                 1e-12); /* 39.8 */
    assert_close(g->values[UP_CAGR].estimate.high + 1, pow(100, 1 / 0.75),
                 1e-12); /* 464 */
    assert_close(g->values[UP_DOUBLING].estimate.low, 0.75 * LN2 / log(100), 1e-12);
    assert_close(g->values[UP_DOUBLING].estimate.high, 1.25 * LN2 / log(100), 1e-12);
    /* the claim itself: one year, 100 times, doubling every 0.1505 years */
    g = &rows.items[1];
    assert_non_null(g->claim);
    assert_true(g->on[UP_ON_PREVIOUS].elapsed_years.low == 1 &&
                g->on[UP_ON_PREVIOUS].elapsed_years.high == 1);
    assert_close(g->values[UP_CAGR].estimate.value, 99, 1e-12);
    assert_close(g->values[UP_DOUBLING].estimate.value, 0.1505, 0.0004);
    assert_close(g->values[UP_PCH].estimate.value, 99, 1e-15); /* +9900 % */
    assert_int_equal(g->verdict, UP_UNTESTABLE); /* its start is known from it alone */
    up_growth_list_release(&rows);
    up_series_list_release(&list);
    up_tracker_release(&t);
}

static up_verdict verdict_on(const char *words, const char *from, const char *to,
                             const char *qualifier)
{
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "users", "stock", "people");
    build_row(m, "", "2023", from, "", "");
    build_row(m, "", "2024", to, qualifier, "");
    build_claim(&t, "users", "", words, "2023", "2024");
    up_series_list list = build_select(&t, "users", (up_series_options){0});
    up_verdict verdict = up_audit_claim(&list.items[0], &t.claims[0]);
    up_series_list_release(&list);
    up_tracker_release(&t);
    return verdict;
}

static void claims_are_held_against_levels(void **state)
{
    (void)state;
    up_tracker t = ai_users();
    up_series_list list = build_select(&t, "ai-users", (up_series_options){0});
    /* with rounding 2.283 to 2.296: above 2 all the way */
    assert_int_equal(up_audit_claim(&list.items[0], &t.claims[0]), UP_CONFIRMED);
    up_series_list_release(&list);
    up_tracker_release(&t);
    assert_int_equal(verdict_on("more than doubled", "100000", "190000", ""),
                     UP_CONTRADICTED);
    /* 20 % to the percent is 19.5 to 20.5 %; the levels give 20.00 */
    assert_int_equal(verdict_on("up 20%", "100000", "120000", ""), UP_CONFIRMED);
    assert_int_equal(verdict_on("up 20%", "100000", "120000", "~"), UP_COMPATIBLE);
    assert_int_equal(verdict_on("more than 20 percent a year", "100000", "150000", ""),
                     UP_CONFIRMED);
    /* more than 190,000: it may have doubled or not */
    assert_int_equal(verdict_on("more than doubled", "100000", "190000", ">"),
                     UP_COMPATIBLE);
    assert_int_equal(verdict_on("halved", "100000", "190000", ">"), UP_CONTRADICTED);
}

static void the_same_word_means_the_same_months(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "users", "rate", "people");
    build_row(m, "", "early 2024", "100000", "", "");
    build_row(m, "", "early 2025", "121000", "", "");
    build_row(m, "", "late 2025", "200000", "", "");
    build_claim(&t, "users", "", "at least 20% a year", "early 2024", "early 2025");
    build_claim(&t, "users", "", "doubled", "early 2024", "late 2025");
    up_series_list list;
    up_growth_list rows = grow(&t, "users", &list, (up_series_options){0},
                               (up_growth_options){.claims = true});
    assert_int_equal(rows.count, 4);
    /* one year, 21 %: confirmed, whichever month "early" is */
    assert_int_equal(rows.items[2].verdict, UP_CONFIRMED);
    assert_true(rows.items[2].on[UP_ON_PREVIOUS].elapsed_years.low == 1);
    /* January to April 2024, September to December 2025: 17 to 23 months */
    assert_close(rows.items[3].on[UP_ON_PREVIOUS].elapsed_years.low, 17.0 / 12, 1e-12);
    assert_close(rows.items[3].on[UP_ON_PREVIOUS].elapsed_years.high, 23.0 / 12, 1e-12);
    up_growth_list_release(&rows);
    up_series_list_release(&list);
    up_tracker_release(&t);
}

static void a_claim_is_not_known_before_it_is_made(void **state)
{
    (void)state;
    up_tracker t = ai_users();
    t.claims[0].reported = 20000; /* 2024-10-04 */
    up_series_list list;
    up_growth_list rows =
        grow(&t, "ai-users", &list, (up_series_options){0},
             (up_growth_options){.claims = true, .has_as_of = true, .as_of = 19999});
    assert_int_equal(rows.count, 1);
    up_growth_list_release(&rows);
    up_series_list_release(&list);
    rows = grow(&t, "ai-users", &list, (up_series_options){0},
                (up_growth_options){.claims = true, .has_as_of = true, .as_of = 20000});
    assert_int_equal(rows.count, 2);
    up_growth_list_release(&rows);
    up_series_list_release(&list);
    up_tracker_release(&t);
}

static void like_is_compared_with_like(void **state)
{
    (void)state;
    static const char *const periods[] = {"2024-Q1", "2024-Q2", "2024-Q3",
                                          "2024-Q4", "2024",    "2025"};
    static const char *const values[] = {"10", "20", "30", "40", "100", "150"};
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "sales", "flow", "CNY");
    for (int i = 0; i < 6; i++)
        build_row(m, "", periods[i], values[i], "", "");
    up_series_list list;
    up_growth_list rows =
        grow(&t, "sales", &list, (up_series_options){0}, (up_growth_options){0});
    assert_int_equal(rows.count, 4); /* Q2, Q3, Q4 and 2025 */
    static const double folds[] = {2, 1.5, 4.0 / 3, 1.5};
    for (int i = 0; i < 4; i++)
        assert_close(rows.items[i].values[UP_FOLD].estimate.value, folds[i], 1e-15);
    up_growth_list_release(&rows);
    up_series_list_release(&list);
    list = build_select(&t, "sales",
                        (up_series_options){.has_every = true, .every = UP_YEAR});
    assert_int_equal(list.items[0].count, 2);
    assert_false(up_series_is_mixed(&list.items[0]));
    up_series_list_release(&list);
    up_tracker_release(&t);
}

static void every_figure_has_one_level(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "rev", "flow", "CNY");
    build_row(m, "", "2023", "100", "", "");
    build_row(m, "", "2024-Q1", "30", "", "");
    up_series_list list;
    up_growth_list rows = grow(&t, "rev", &list, (up_series_options){0},
                               (up_growth_options){.levels = true});
    assert_int_equal(rows.count, 2);
    assert_true(rows.items[0].values[UP_LIN].estimate.value == 100);
    assert_true(rows.items[1].values[UP_LIN].estimate.value == 30);
    up_growth_list_release(&rows);
    up_series_list_release(&list);
    rows = grow(&t, "rev", &list, (up_series_options){0}, (up_growth_options){0});
    assert_int_equal(rows.count, 1); /* the pair that cannot be compared, once */
    assert_string_equal(rows.items[0].values[UP_FOLD].refused,
                        "totals over periods of unlike length");
    up_growth_list_release(&rows);
    up_series_list_release(&list);
    up_tracker_release(&t);
}

static void fiscal_years_follow_fiscal_years(void **state)
{
    (void)state;
    static const char *const periods[] = {"2022-07/2023-06", "2023", "2023-07/2024-06",
                                          "2024"};
    static const char *const values[] = {"90", "100", "95", "160"};
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "rev", "flow", "CNY");
    for (int i = 0; i < 4; i++)
        build_row(m, "", periods[i], values[i], "", "");
    up_series_list list;
    up_growth_list rows =
        grow(&t, "rev", &list, (up_series_options){0}, (up_growth_options){0});
    assert_int_equal(rows.count, 3);
    assert_close(rows.items[1].values[UP_FOLD].estimate.value, 95.0 / 90, 1e-15);
    assert_close(rows.items[2].values[UP_FOLD].estimate.value, 160.0 / 100, 1e-15);
    up_growth_list_release(&rows);
    up_series_list_release(&list);
    list =
        build_select(&t, "rev", (up_series_options){.has_every = true, .every = UP_YEAR});
    assert_int_equal(list.items[0].count, 4); /* a fiscal year is a year */
    up_series_list_release(&list);
    up_tracker_release(&t);
}

static void claims_are_not_held_against_what_cannot_be_compared(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "b", "stock", "people");
    build_row(m, "", "2020", "10", "", "");
    build_row(m, "", "2021", "100", "", "")->status = 'B';
    build_claim(&t, "b", "", "up 10%", "2020", "2021");
    up_series_list list = build_select(&t, "b", (up_series_options){0});
    assert_int_equal(up_audit_claim(&list.items[0], &t.claims[0]), UP_UNTESTABLE);
    up_series_list_release(&list);
    up_tracker_release(&t);
}

static void a_break_is_not_filtered_away(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "q", "stock", "people");
    build_row(m, "", "2020", "10", "", "");
    build_row(m, "", "2021-03", "90", "", "")->status = 'B';
    build_row(m, "", "2021", "100", "", "");
    build_row(m, "", "2022", "120", "", "");
    up_series_list list =
        build_select(&t, "q", (up_series_options){.has_every = true, .every = UP_YEAR});
    assert_int_equal(list.items[0].count, 3);
    assert_true(
        list.items[0].points[1].after_break); /* March lies before the end of 2021 */
    assert_false(list.items[0].points[2].after_break);
    up_series_list_release(&list);
    up_tracker_release(&t);
}

static up_growth_value between(up_estimate a, up_estimate b, double years, up_transform t)
{
    up_growth_value values[UP_TRANSFORMS];
    up_estimate elapsed = up_estimate_exact(years);
    up_growth_between(&a, &b, &elapsed, values);
    return values[t];
}

static void a_lower_bound_gives_a_lower_bound(void **state)
{
    (void)state;
    up_growth_value v = between(up_estimate_exact(600), more_than(700), 1, UP_PCH);
    assert_int_equal(up_estimate_kind(&v.estimate), UP_BOUND_AT_LEAST);
    assert_close(v.estimate.low, 100.0 / 600, 1e-15); /* at least 16.7 % */
    v = between(up_estimate_exact(600), more_than(700), 1, UP_DOUBLING);
    assert_int_equal(up_estimate_kind(&v.estimate), UP_BOUND_BETWEEN);
    assert_close(v.estimate.high, LN2 / log(700.0 / 600), 1e-15);
    assert_true(v.estimate.low == 0 && v.estimate.low_strict && !v.outside);
    v = between(more_than(600), up_estimate_exact(700), 1, UP_FOLD);
    assert_int_equal(up_estimate_kind(&v.estimate), UP_BOUND_AT_MOST);
    assert_close(v.estimate.high, 700.0 / 600, 1e-15);
    v = between(more_than(600), more_than(700), 1, UP_FOLD);
    assert_string_equal(v.refused, "nothing bounds it on either side");
}

static void doubling_has_a_pole_where_the_fold_may_be_one(void **state)
{
    (void)state;
    /* fold from 90/110 to 110/90 over 2 years */
    up_growth_value v = between(range(90, 100, 110), range(90, 104, 110), 2, UP_DOUBLING);
    assert_null(v.refused);
    assert_true(v.outside);
    assert_close(v.estimate.high, 2 * LN2 / log(110.0 / 90), 1e-15);
    assert_close(v.estimate.low, -2 * LN2 / log(110.0 / 90), 1e-15);
    assert_close(v.estimate.value, 2 * LN2 / log(1.04), 1e-15);
    /* never falling: only the speed of doubling is bounded */
    v = between(up_estimate_exact(100), range(100, 104, 110), 2, UP_DOUBLING);
    assert_false(v.outside);
    assert_int_equal(up_estimate_kind(&v.estimate), UP_BOUND_AT_LEAST);
    assert_close(v.estimate.low, 2 * LN2 / log(1.1), 1e-15);
    v = between(up_estimate_exact(7), up_estimate_exact(7), 2, UP_DOUBLING);
    assert_string_equal(v.refused, "the level did not change");
}

static void a_falling_level_halves(void **state)
{
    (void)state;
    up_growth_value v = between(range(98, 100, 102), range(49, 50, 51), 3, UP_DOUBLING);
    /* fold 49/102 to 51/98, both below 1: from -3 ln2/|ln(51/98)| to -3 ln2/|ln(49/102)| */
    assert_close(v.estimate.low, 3 * LN2 / log(51.0 / 98), 1e-14);
    assert_close(v.estimate.high, 3 * LN2 / log(49.0 / 102), 1e-14);
    assert_close(v.estimate.value, -3, 1e-14);
    v = between(up_estimate_exact(100), up_estimate_exact(25), 2, UP_CAGR);
    assert_close(v.estimate.value, -0.5, 1e-15); /* a quarter in two years */
    /* from 100 to less than 50: halved within 3 years, at what speed is open, but it fell */
    up_estimate less = up_estimate_between(-INFINITY, 50);
    less.high_strict = true;
    v = between(up_estimate_exact(100), less, 3, UP_DOUBLING);
    assert_int_equal(up_estimate_kind(&v.estimate), UP_BOUND_BETWEEN);
    assert_close(v.estimate.low, -3, 1e-14);
    assert_true(v.estimate.high == 0 && v.estimate.high_strict && v.estimate.low_strict);
}

static void growth_rejects_what_is_not_positive(void **state)
{
    (void)state;
    static const double levels[] = {0, -5};
    for (int i = 0; i < 2; i++) {
        up_growth_value v =
            between(up_estimate_exact(levels[i]), up_estimate_exact(5), 1, UP_FOLD);
        assert_string_equal(v.refused, "needs positive levels");
        v = between(up_estimate_exact(levels[i]), up_estimate_exact(5), 1, UP_CAGR);
        assert_string_equal(v.refused, "needs positive levels");
        v = between(up_estimate_exact(levels[i]), up_estimate_exact(5), 1, UP_CHG);
        assert_true(v.refused == NULL && v.estimate.value == 5 - levels[i]);
    }
    up_growth_value v = between(up_estimate_exact(5), up_estimate_exact(6), 0, UP_CAGR);
    assert_string_equal(v.refused, "the two dates may be the same");
}

static void totals_of_unlike_length_are_not_compared(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "sales", "flow", "CNY");
    build_row(m, "", "2023", "100", "", "");
    build_row(m, "", "2024-Q4", "30", "", "");
    build_row(m, "", "2025-Q1", "40", "", "")->status = 'B';
    up_series_list list;
    up_growth_list rows =
        grow(&t, "sales", &list, (up_series_options){0}, (up_growth_options){0});
    assert_string_equal(rows.items[0].values[UP_FOLD].refused,
                        "totals over periods of unlike length");
    assert_string_equal(rows.items[1].values[UP_FOLD].refused,
                        "a break in the series lies between (status B or D)");
    up_growth_list_release(&rows);
    up_series_list_release(&list);
    rows = grow(&t, "sales", &list, (up_series_options){0},
                (up_growth_options){.across_breaks = true});
    assert_close(rows.items[1].values[UP_FOLD].estimate.value, 40.0 / 30, 1e-15);
    up_growth_list_release(&rows);
    up_series_list_release(&list);
    up_tracker_release(&t);
}

static void one_figure_is_too_little(void **state)
{
    (void)state;
    up_tracker t = {0};
    build_row(build_metric(&t, "industry", "flow", "CNY"), "China", "2024",
              "700000000000", ">", "");
    up_series_list list = build_select(&t, "industry", (up_series_options){0});
    up_growth_options options = {0};
    up_growth_list rows = {0};
    up_error err;
    assert_int_equal(up_growth_compute(&list.items[0], &t, &options, &rows, &err),
                     UP_TOO_LITTLE_DATA);
    assert_string_equal(err.message, "industry/China: one figure only (2024), and that a "
                                     "lower bound; growth needs two");
    up_series_list_release(&list);
    up_tracker_release(&t);
}

/* Whatever the rate and spacing, an exact exponential gives its rate back. */
static void an_exact_exponential_gives_its_rate_back(void **state)
{
    (void)state;
    static const double rates[] = {-0.9, -0.03, 0.01, 0.5, 8, 400};
    static const double years[] = {0.01, 0.4, 1, 7, 30};
    for (size_t r = 0; r < sizeof rates / sizeof rates[0]; r++)
        for (size_t y = 0; y < sizeof years / sizeof years[0]; y++) {
            double fold = pow(1 + rates[r], years[y]);
            up_growth_value v =
                between(up_estimate_exact(3e11), up_estimate_exact(3e11 * fold), years[y],
                        UP_CAGR);
            /* the fold carries 2^-53; 1/d raises that at most 100-fold here */
            assert_close(v.estimate.value + 1, 1 + rates[r], 1e-13);
            v = between(up_estimate_exact(3e11), up_estimate_exact(3e11 * fold), years[y],
                        UP_DOUBLING);
            assert_close(v.estimate.value, LN2 / log(1 + rates[r]), 1e-11);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(date_spans_make_ranges),
        cmocka_unit_test(transforms_that_are_not_asked_for_are_left_out),
        cmocka_unit_test(rounding_widens_every_value),
        cmocka_unit_test(the_same_word_at_both_ends_of_a_claim_moves_together),
        cmocka_unit_test(claims_are_held_against_levels),
        cmocka_unit_test(the_same_word_means_the_same_months),
        cmocka_unit_test(a_claim_is_not_known_before_it_is_made),
        cmocka_unit_test(like_is_compared_with_like),
        cmocka_unit_test(every_figure_has_one_level),
        cmocka_unit_test(fiscal_years_follow_fiscal_years),
        cmocka_unit_test(claims_are_not_held_against_what_cannot_be_compared),
        cmocka_unit_test(a_break_is_not_filtered_away),
        cmocka_unit_test(a_lower_bound_gives_a_lower_bound),
        cmocka_unit_test(doubling_has_a_pole_where_the_fold_may_be_one),
        cmocka_unit_test(a_falling_level_halves),
        cmocka_unit_test(growth_rejects_what_is_not_positive),
        cmocka_unit_test(totals_of_unlike_length_are_not_compared),
        cmocka_unit_test(one_figure_is_too_little),
        cmocka_unit_test(an_exact_exponential_gives_its_rate_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
