/* The rules of a tracker: each finding with its line and its words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "builder.h"
#include "uptick/calendar.h"
#include "uptick/check.h"

static up_source sources[] = {
    {.key = (char[]){"gt"}, .title = (char[]){"GT"}, .url = (char[]){""}}};

static up_remarks check(const up_tracker *tracker)
{
    up_remarks remarks = {0};
    up_tracker with_sources = *tracker;
    with_sources.sources = sources;
    with_sources.source_count = 1;
    int64_t today = up_date_to_days((up_date){2025, 8, 1});
    up_check_metric(&with_sources, &tracker->metrics[0], today, &remarks);
    return remarks;
}

/* One remark, and only one. */
static void assert_finding(const up_tracker *tracker, up_severity severity, size_t line,
                           const char *message)
{
    up_remarks remarks = check(tracker);
    assert_int_equal(remarks.count, 1);
    assert_int_equal(remarks.items[0].severity, severity);
    assert_int_equal(remarks.items[0].line, line);
    assert_string_equal(remarks.items[0].source, "series/test.csv");
    assert_string_equal(remarks.items[0].message, message);
    up_remarks_release(&remarks);
}

static up_observation *sourced(up_metric_data *m, const char *period, const char *value,
                               const char *source)
{
    up_observation *o = build_row(m, "China", period, value, "", "");
    assert_int_equal(up_observation_set(o, UP_COL_SOURCE, source, NULL, NULL), UP_OK);
    return o;
}

static void a_sound_metric_gives_no_finding(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "users", "stock", "people");
    sourced(m, "2024", "1", "gt");
    sourced(m, "2025-07", "2", "a citation of its own, 2025");
    sourced(m, "2026", "2", "gt")->status = 'F';
    up_remarks remarks = check(&t);
    assert_int_equal(remarks.count, 0);
    up_remarks_release(&remarks);
    up_tracker_release(&t);
}

static void figures_outside_floor_and_ceiling_are_errors(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "share", "ratio", "");
    assert_int_equal(up_metric_set(&m->metric, "floor", "0", NULL), UP_OK);
    assert_int_equal(up_metric_set(&m->metric, "ceiling", "1", NULL), UP_OK);
    sourced(m, "2023", "1", "gt"); /* the limit itself is allowed */
    sourced(m, "2024", "1.5", "gt");
    assert_finding(&t, UP_ERROR, 3, "1.5 is above the ceiling of share, 1");
    up_tracker_release(&t);
    t = (up_tracker){0};
    m = build_metric(&t, "share", "ratio", "");
    assert_int_equal(up_metric_set(&m->metric, "floor", "0", NULL), UP_OK);
    assert_int_equal(up_metric_set(&m->metric, "ceiling", "population", NULL), UP_OK);
    build_metric(&t, "population", "stock", "people");
    sourced(&t.metrics[0], "2024", "-0.5", "gt");
    assert_finding(&t, UP_ERROR, 2, "-0.5 is below the floor of share, 0");
    up_tracker_release(&t);
}

static void another_metric_may_be_the_ceiling(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "users", "stock", "people");
    assert_int_equal(up_metric_set(&m->metric, "ceiling", "population", NULL), UP_OK);
    assert_finding(
        &t, UP_ERROR, 0,
        "the ceiling of 'users', 'population', is neither a number nor a metric");
    build_metric(&t, "population", "stock", "people");
    sourced(&t.metrics[1], "2020", "1000", "gt");
    sourced(&t.metrics[1], "2023", "1100", "gt");
    sourced(&t.metrics[0], "2019", "5000", "gt"); /* no population is known so early */
    sourced(&t.metrics[0], "2022", "1000", "gt"); /* as many as the last one known */
    sourced(&t.metrics[0], "2024", "1101", "gt");
    assert_finding(&t, UP_WARNING, 4,
                   "1101 is above its ceiling, population of 2023: 1100");
    up_tracker_release(&t);
}

static void words_that_say_another_figure_are_told(void **state)
{
    (void)state;
    static const struct {
        const char *unit, *value, *qualifier, *stated, *message;
    } cases[] = {
        {"people", "249000000", "", "249 million", NULL},
        {"people", "24900000", "", "249 million",
         "stated as '249 million', but the figure is 24900000 (uptick edit mends it)"},
        {"CNY", "700000000000", ">", "more than 700 billion yuan", NULL},
        {"CNY", "700000000000", "", "more than 700 billion yuan",
         "stated as 'more than 700 billion yuan', but the row has no qualifier (wanted "
         "'>')"},
        {"CNY", "5450000000", "", "$5.45 billion",
         "stated as '$5.45 billion', in USD, but the metric is in CNY"},
        {"people", "5", "", "a handful, five or so", NULL}, /* words are their writer's */
        {"percent", "80", "", "80 percent", NULL},
        {"", "0.8", "", "80 percent", NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        up_tracker t = {0};
        up_metric_data *m = build_metric(
            &t, "a", cases[i].unit[0] != '\0' ? "stock" : "ratio", cases[i].unit);
        up_observation *o =
            build_row(m, "", "2024", cases[i].value, cases[i].qualifier, cases[i].stated);
        assert_int_equal(up_observation_set(o, UP_COL_SOURCE, "gt", NULL, NULL), UP_OK);
        if (cases[i].message != NULL)
            assert_finding(&t, UP_WARNING, 2, cases[i].message);
        else {
            up_remarks remarks = check(&t);
            assert_int_equal(remarks.count, 0);
            up_remarks_release(&remarks);
        }
        up_tracker_release(&t);
    }
}

static void entities_go_by_the_names_of_their_table(void **state)
{
    (void)state;
    char *aliases[] = {"中国"};
    up_entity china = {"China", "CHN", aliases, 1};
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "a", "stock", "people");
    up_observation *o = build_row(m, "中国", "2024", "1", "", "");
    assert_int_equal(up_observation_set(o, UP_COL_SOURCE, "gt", NULL, NULL), UP_OK);
    t.entities = &china;
    t.entity_count = 1;
    assert_finding(&t, UP_WARNING, 2,
                   "'中国' is called 'China' in entities.csv (uptick check --fix)");
    t.entities = NULL;
    t.entity_count = 0;
    up_tracker_release(&t);
}

static void what_is_yet_to_come_is_a_forecast(void **state)
{
    (void)state;
    up_tracker t = {0};
    sourced(build_metric(&t, "users", "stock", "people"), "2026", "1", "gt");
    assert_finding(&t, UP_WARNING, 2,
                   "the period is yet to come; a forecast has status F");
    up_tracker_release(&t);
    t = (up_tracker){0};
    sourced(build_metric(&t, "users", "stock", "people"), "2024", "1", "gt")->reported =
        up_date_to_days((up_date){2025, 8, 2});
    assert_finding(&t, UP_WARNING, 2, "reported on a day that is yet to come");
    up_tracker_release(&t);
    t = (up_tracker){0};
    sourced(build_metric(&t, "users", "stock", "people"), "2024", "1", "gt")->reported =
        up_date_to_days((up_date){2023, 12, 31});
    assert_finding(&t, UP_WARNING, 2,
                   "reported before its period began; a forecast has status F");
    sourced(&t.metrics[0], "2025", "2", "gt")->reported =
        up_date_to_days((up_date){2024, 12, 31});
    assert_finding(
        &t, UP_WARNING, 2,
        "reported before its period began; a forecast has status F (2 figures)");
    up_tracker_release(&t);
}

static void sources_are_given_and_resolve(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "users", "stock", "people");
    sourced(m, "2023", "1", "");
    sourced(m, "2024", "1", "gt");
    assert_finding(&t, UP_WARNING, 2, "no source (uptick edit --source KEY)");
    sourced(&t.metrics[0], "2025", "1", "");
    assert_finding(&t, UP_WARNING, 2, "no source (2 figures; uptick edit --source KEY)");
    up_tracker_release(&t);
    t = (up_tracker){0};
    sourced(build_metric(&t, "users", "stock", "people"), "2024", "1", "tg");
    assert_finding(&t, UP_WARNING, 2,
                   "the tracker has no source 'tg' (uptick source tg --title …)");
    up_tracker_release(&t);
}

static void sources_that_disagree_are_named(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "users", "stock", "people");
    sourced(m, "2024", "10", "gt");
    sourced(m, "2024", "10.0", "a paper, 2025"); /* the same number */
    up_remarks remarks = check(&t);
    assert_int_equal(remarks.count, 0);
    up_remarks_release(&remarks);
    up_tracker_release(&t);
    t = (up_tracker){0};
    m = build_metric(&t, "users", "stock", "people");
    sourced(m, "2024", "10", "gt");
    sourced(m, "2024", "20", "a paper, 2025");
    assert_finding(
        &t, UP_WARNING, 3,
        "disagrees with line 2 on the same period, reported on the same day; this "
        "later row is the one that is shown (uptick set conflict=… decides)");
    up_tracker_release(&t);
}

static void disorder_is_no_more_than_a_note(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "users", "stock", "people");
    sourced(m, "2024", "1", "gt");
    sourced(m, "2023", "1", "gt");
    sourced(m, "2022", "1", "gt");
    assert_finding(&t, UP_NOTE, 3,
                   "the period is earlier than that of the row above (2 such rows; the "
                   "order is kept and does "
                   "not matter; --fix sorts)");
    up_tracker_release(&t);
}

static void tables_point_to_metrics_that_exist(void **state)
{
    (void)state;
    up_tracker t = {0};
    build_metric(&t, "users", "stock", "people");
    build_claim(&t, "usres", "China", "doubled", "2023", "2024");
    t.claims[0].line = 2;
    up_remarks remarks = {0};
    up_check_tables(&t, &remarks);
    assert_int_equal(remarks.errors, 1);
    assert_string_equal(remarks.items[0].source, "series/claims.csv");
    assert_int_equal(remarks.items[0].line, 2);
    assert_string_equal(remarks.items[0].message, "there is no metric 'usres'");
    up_remarks_release(&remarks);
    up_tracker_release(&t);
}

/* 100 in 2024 and a claim on it imply the level at the other end. */
static double implied(const char *words, const char *known, const char *wanted)
{
    up_tracker t = {0};
    build_row(build_metric(&t, "users", "stock", "people"), "", known, "100", "", "");
    bool forward = strcmp(known, wanted) < 0;
    build_claim(&t, "users", "", words, forward ? known : wanted,
                forward ? wanted : known);
    up_series_list list =
        build_select(&t, "users", (up_series_options){.with_derived = true});
    double value = -1;
    for (size_t i = 0; i < list.items[0].count; i++)
        if (list.items[0].points[i].observation->derived)
            value = list.items[0].points[i].figure.value;
    up_series_list_release(&list);
    up_tracker_release(&t);
    return value;
}

static void every_kind_of_claim_implies_its_level(void **state)
{
    (void)state;
    assert_close(implied("4-fold", "2024", "2023"), 25, 1e-15);
    assert_close(implied("4-fold", "2024", "2025"), 400, 1e-15);
    assert_close(implied("up 25%", "2024", "2023"), 80, 1e-15);
    assert_close(implied("up 25%", "2024", "2025"), 125, 1e-15);
    assert_close(implied("up 3 million", "2024", "2025"), 3000100, 1e-15);
    assert_close(implied("up 3 million", "2024", "2023"), 100 - 3e6, 1e-15);
    /* a rate per year implies nothing without the time between */
    assert_true(implied("20% a year", "2024", "2025") == -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sound_metric_gives_no_finding),
        cmocka_unit_test(figures_outside_floor_and_ceiling_are_errors),
        cmocka_unit_test(another_metric_may_be_the_ceiling),
        cmocka_unit_test(words_that_say_another_figure_are_told),
        cmocka_unit_test(entities_go_by_the_names_of_their_table),
        cmocka_unit_test(what_is_yet_to_come_is_a_forecast),
        cmocka_unit_test(sources_are_given_and_resolve),
        cmocka_unit_test(sources_that_disagree_are_named),
        cmocka_unit_test(disorder_is_no_more_than_a_note),
        cmocka_unit_test(tables_point_to_metrics_that_exist),
        cmocka_unit_test(every_kind_of_claim_implies_its_level),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
