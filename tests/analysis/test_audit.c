/* Claims against levels. Every verdict is derived beside its case. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "builder.h"
#include "uptick/audit.h"

typedef struct level {
    const char *period, *value, *qualifier, *stated;
} level;

typedef struct bench {
    up_tracker tracker;
    up_series_list list;
    up_audit audit;
} bench;

/* A claim (from "" for none) on levels, ended by a NULL period. */
static void hold(bench *b, const char *measure, const level *levels, const char *words,
                 const char *from, const char *to)
{
    *b = (bench){0};
    up_metric_data *m = build_metric(&b->tracker, "users", measure, "people");
    for (; levels->period != NULL; levels++)
        build_row(m, "", levels->period, levels->value, levels->qualifier,
                  levels->stated);
    build_claim(&b->tracker, "users", "", words, from, to);
    b->list = build_select(&b->tracker, "users", (up_series_options){0});
    up_audit_test(&b->list.items[0], &b->tracker.claims[0], &b->audit);
}

static void let_go(bench *b)
{
    up_series_list_release(&b->list);
    up_tracker_release(&b->tracker);
}

#define ASSERT_VERDICT(wanted, measure, words, from, to, ...)                            \
    do {                                                                                 \
        bench b_;                                                                        \
        hold(&b_, measure, (const level[]){__VA_ARGS__, {NULL, NULL, NULL, NULL}},       \
             words, from, to);                                                           \
        assert_string_equal(up_verdict_name(b_.audit.verdict), wanted);                  \
        let_go(&b_);                                                                     \
    } while (0)

/* --- Two levels ---------------------------------------------------------------------------- */

static void audit_says_what_was_measured(void **state)
{
    (void)state;
    bench b;
    hold(&b, "stock",
         (const level[]){{"2024-12-31", "249000000", "", "249 million"},
                         {"by May 2025", "570000000", "", "570 million"},
                         {NULL, NULL, NULL, NULL}},
         "more than doubled", "2024-12-31", "by May 2025");
    assert_int_equal(b.audit.verdict, UP_CONFIRMED);
    assert_int_equal(b.audit.reason, UP_AUDIT_TESTED);
    assert_true(b.audit.has_measured);
    /* half a million either way: 569.5 / 249.5 and 570.5 / 248.5 */
    assert_close(b.audit.measured.low, 569.5 / 249.5, 1e-12);
    assert_close(b.audit.measured.high, 570.5 / 248.5, 1e-12);
    assert_true(b.audit.claimed.low == 2 && b.audit.claimed.low_strict);
    assert_true(b.audit.from == &b.list.items[0].points[0]);
    let_go(&b);
}

static void audit_reads_every_kind_of_change(void **state)
{
    (void)state;
    /* 100,000 to 49,000: 0.49, with half a thousand either way 0.483 to 0.498 */
    ASSERT_VERDICT("confirmed", "stock", "more than halved", "2023", "2024",
                   {"2023", "100000", "", "100,000"}, {"2024", "49000", "", "49,000"});
    ASSERT_VERDICT("contradicted", "stock", "tripled", "2023", "2024",
                   {"2023", "100000", "", "100,000"}, {"2024", "200000", "", "200,000"});
    /* 5 % a year claimed; over two years 10.25 % would be right, 8 % is 3.92 % a year */
    ASSERT_VERDICT("contradicted", "stock", "5 percent a year", "2022", "2024",
                   {"2022", "100000", "", "100,000"}, {"2024", "108000", "", "108,000"});
    ASSERT_VERDICT("confirmed", "stock", "more than 5 percent a year", "2022", "2024",
                   {"2022", "100000", "", "100,000"}, {"2024", "111000", "", "111,000"});
}

static void bounds_decide_or_leave_it_open(void **state)
{
    (void)state;
    /* with half a unit of rounding: more than 699.5 / 340.5 = 2.05, and 699.5 / 350.5 = 1.996 */
    ASSERT_VERDICT("confirmed", "stock", "at least doubled", "2023", "2024",
                   {"2023", "340", "<=", "340"}, {"2024", "700", ">", "700"});
    ASSERT_VERDICT("compatible", "stock", "more than doubled", "2023", "2024",
                   {"2023", "350", "", "350"}, {"2024", "700", ">", "700"});
    ASSERT_VERDICT("contradicted", "stock", "doubled", "2023", "2024",
                   {"2023", "350", "", "350"}, {"2024", "900", ">", "900"});
}

static void what_cannot_be_tested_says_why(void **state)
{
    (void)state;
    const struct {
        const char *words, *from, *to;
        up_audit_reason reason;
    } cases[] = {{"doubled", "2022", "2024", UP_AUDIT_NO_FROM},
                 {"doubled", "2023", "2025", UP_AUDIT_NO_TO},
                 {"doubled", "", "2024", UP_AUDIT_NO_START},
                 {"20 percent a year", "", "2025", UP_AUDIT_NO_TO},
                 {"20 percent a year", "", "2024", UP_AUDIT_FEW_YEARS}};
    const level levels[] = {
        {"2023", "100", "", ""}, {"2024", "120", "", ""}, {NULL, 0, 0, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bench b;
        hold(&b, "stock", levels, cases[i].words, cases[i].from, cases[i].to);
        assert_int_equal(b.audit.verdict, UP_UNTESTABLE);
        assert_int_equal(b.audit.reason, cases[i].reason);
        assert_false(b.audit.has_measured);
        let_go(&b);
    }
    up_audit nothing;
    bench b;
    hold(&b, "stock", levels, "doubled", "2023", "2024");
    up_audit_test(NULL, &b.tracker.claims[0], &nothing);
    assert_int_equal(nothing.reason, UP_AUDIT_NO_FIGURES);
    let_go(&b);
}

static void totals_of_unlike_length_are_not_compared(void **state)
{
    (void)state;
    bench b;
    hold(&b, "flow",
         (const level[]){
             {"2023", "100", "", ""}, {"2024-Q1", "50", "", ""}, {NULL, 0, 0, 0}},
         "halved", "2023", "2024-Q1");
    assert_int_equal(b.audit.reason, UP_AUDIT_INCOMPARABLE);
    assert_non_null(b.audit.refused);
    let_go(&b);
}

static void a_stock_in_a_year_is_that_of_its_last_day(void **state)
{
    (void)state;
    ASSERT_VERDICT("confirmed", "stock", "more than doubled", "2023", "2024",
                   {"2023-12-31", "100000", "", "100,000"},
                   {"2024-12-31", "300000", "", "300,000"});
    /* a total of the year is none of a day */
    ASSERT_VERDICT("untestable", "flow", "more than doubled", "2023", "2024",
                   {"2023-12-31", "100000", "", "100,000"},
                   {"2024-12-31", "300000", "", "300,000"});
}

static void an_implied_level_is_no_witness(void **state)
{
    (void)state;
    up_tracker t = {0};
    build_row(build_metric(&t, "users", "stock", "people"), "", "2024", "200", "", "200");
    build_claim(&t, "users", "", "doubled", "2023", "2024");
    up_series_list list =
        build_select(&t, "users", (up_series_options){.with_derived = true});
    assert_int_equal(list.items[0].count, 2);
    up_audit audit;
    up_audit_test(&list.items[0], &t.claims[0], &audit);
    assert_int_equal(audit.reason, UP_AUDIT_NO_FROM);
    up_series_list_release(&list);
    up_tracker_release(&t);
}

/* --- Several years --------------------------------------------------------------------------- */

static void several_years_are_three_in_a_row(void **state)
{
    (void)state;
    /* 25, 24 and 24.2 % */
    ASSERT_VERDICT("confirmed", "flow", "more than 20 percent a year", "", "2024",
                   {"2021", "1000", "", "1,000"}, {"2022", "1250", "", "1,250"},
                   {"2023", "1550", "", "1,550"}, {"2024", "1925", "", "1,925"});
    /* 10 % in 2022: that year alone contradicts it */
    ASSERT_VERDICT("contradicted", "flow", "more than 20 percent a year", "", "2024",
                   {"2021", "1000", "", "1,000"}, {"2022", "1100", "", "1,100"},
                   {"2023", "1400", "", "1,400"}, {"2024", "1750", "", "1,750"});
    /* a lower bound at the end: more than 25 %, and before it 25 and 24 % */
    ASSERT_VERDICT("confirmed", "flow", "more than 20 percent a year", "", "2024",
                   {"2021", "1000", "", "1,000"}, {"2022", "1250", "", "1,250"},
                   {"2023", "1550", "", "1,550"}, {"2024", "1940", ">", "1,940"});
    /* a bound in the middle leaves the year after it open */
    ASSERT_VERDICT("compatible", "flow", "more than 20 percent a year", "", "2024",
                   {"2021", "1000", "", "1,000"}, {"2022", "1250", ">", "1,250"},
                   {"2023", "1550", "", "1,550"}, {"2024", "1925", "", "1,925"});
}

static void two_good_years_are_not_several_and_one_bad_one_is_enough(void **state)
{
    (void)state;
    ASSERT_VERDICT("untestable", "flow", "more than 20 percent a year", "", "2024",
                   {"2022", "1250", "", "1,250"}, {"2023", "1550", "", "1,550"},
                   {"2024", "1925", "", "1,925"});
    ASSERT_VERDICT("contradicted", "flow", "more than 20 percent a year", "", "2024",
                   {"2023", "1550", "", "1,550"}, {"2024", "1600", "", "1,600"});
    /* a gap ends the row */
    ASSERT_VERDICT("untestable", "flow", "more than 20 percent a year", "", "2024",
                   {"2020", "700", "", "700"}, {"2022", "1250", "", "1,250"},
                   {"2023", "1550", "", "1,550"}, {"2024", "1925", "", "1,925"});
}

static void years_may_be_told_by_days(void **state)
{
    (void)state;
    ASSERT_VERDICT(
        "confirmed", "stock", "more than 20 percent a year", "", "2024-12-31",
        {"2021-12-31", "1000", "", "1,000"}, {"2022-12-31", "1250", "", "1,250"},
        {"2023-12-31", "1550", "", "1,550"}, {"2024-12-31", "1925", "", "1,925"});
}

/* --- All of a tracker ---------------------------------------------------------------------------- */

static void claims_are_run_by_series_and_by_day(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "users", "stock", "people");
    build_row(m, "", "2023", "100", "", "");
    build_row(m, "", "2024", "300", "", "");
    build_metric(&t, "other", "stock", "people");
    build_claim(&t, "users", "", "tripled", "2023", "2024");
    build_claim(&t, "other", "", "tripled", "2023", "2024");
    t.claims[0].reported = 20000; /* 2024-10-04 */
    up_series_list list = build_select(&t, "users", (up_series_options){0});
    const struct {
        int64_t as_of;
        bool all;
        size_t wanted;
    } cases[] = {{UP_AS_OF_LATEST, true, 2},
                 {UP_AS_OF_LATEST, false, 1},
                 {19999, false, 0},
                 {20000, false, 1}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        up_audit_list audits = {0};
        assert_int_equal(
            up_audit_run(&t, &list, cases[i].as_of, cases[i].all, &audits, NULL), UP_OK);
        assert_int_equal(audits.count, cases[i].wanted);
        if (audits.count == 2)
            assert_int_equal(audits.items[1].reason, UP_AUDIT_NO_FIGURES);
        up_audit_list_release(&audits);
    }
    up_series_list_release(&list);
    up_tracker_release(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(audit_says_what_was_measured),
        cmocka_unit_test(audit_reads_every_kind_of_change),
        cmocka_unit_test(bounds_decide_or_leave_it_open),
        cmocka_unit_test(what_cannot_be_tested_says_why),
        cmocka_unit_test(totals_of_unlike_length_are_not_compared),
        cmocka_unit_test(a_stock_in_a_year_is_that_of_its_last_day),
        cmocka_unit_test(an_implied_level_is_no_witness),
        cmocka_unit_test(several_years_are_three_in_a_row),
        cmocka_unit_test(two_good_years_are_not_several_and_one_bad_one_is_enough),
        cmocka_unit_test(years_may_be_told_by_days),
        cmocka_unit_test(claims_are_run_by_series_and_by_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
