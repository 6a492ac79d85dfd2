#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "builder.h"

#include "uptick/check.h"
#include "uptick/standing.h"

/* A row's status, source and day of report. */
static void add_row(up_metric_data *data, const char *period, const char *value,
                    const char *source, const char *reported, const char *status)
{
    up_observation *o = build_row(data, "A", period, value, "", "");
    assert_int_equal(up_observation_set(o, UP_COL_SOURCE, source, NULL, NULL), UP_OK);
    assert_int_equal(up_observation_set(o, UP_COL_REPORTED, reported, NULL, NULL), UP_OK);
    assert_int_equal(up_observation_set(o, UP_COL_STATUS, status, NULL, NULL), UP_OK);
}

/* 2020 has six rows: two of un, two of wb, a forecast, and one of oecd that is missing. */
static up_tracker six_rows(const char *policy)
{
    up_tracker t = {0};
    up_metric_data *data = build_metric(&t, "m", "stock", "people");
    assert_int_equal(up_metric_set(&data->metric, "conflict", policy, NULL), UP_OK);
    add_row(data, "2020", "1", "un", "2021-01-01", "");
    add_row(data, "2020", "2", "wb", "2021-02-01", "");
    add_row(data, "2020", "3", "un", "2022-01-01", "");
    add_row(data, "2020", "4", "wb", "2022-01-01", "");
    add_row(data, "2020", "5", "imf", "2023-01-01", "F");
    add_row(data, "2020", "", "oecd", "2021-05-01", "M");
    return t;
}

/* The standings of the six rows in their order, behind a policy. */
static void assert_standings(const char *policy, const up_standing wanted[6])
{
    up_tracker t = six_rows(policy);
    const up_metric_data *data = &t.metrics[0];
    const up_observation *rows[6];
    for (size_t i = 0; i < 6; i++) /* in any order */
        rows[i] = &data->observations[(i * 5 + 3) % 6];
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(up_standing_of(&data->metric, rows, 6, &data->observations[i]),
                         wanted[i]);
    for (size_t i = 0; i < 6; i++)
        if (wanted[i] == UP_SPEAKS)
            assert_ptr_equal(up_standing_speaker(&data->metric, rows, 6),
                             &data->observations[i]);
    up_tracker_release(&t);
}

static void without_a_policy_the_latest_speaks(void **state)
{
    (void)state;
    assert_standings(
        "", (const up_standing[6]){UP_REVISED, UP_REVISED, UP_OVERRULED_BY_ROW, UP_SPEAKS,
                                   UP_OVERRULED_BY_FIGURE, UP_OVERRULED_BY_LATEST});
}

static void a_source_speaks_where_it_has_a_figure(void **state)
{
    (void)state;
    static const up_standing un[6] = {UP_REVISED,
                                      UP_REVISED,
                                      UP_SPEAKS,
                                      UP_OVERRULED_BY_SOURCE,
                                      UP_OVERRULED_BY_FIGURE,
                                      UP_OVERRULED_BY_SOURCE};
    static const up_standing latest[6] = {UP_REVISED,
                                          UP_REVISED,
                                          UP_OVERRULED_BY_ROW,
                                          UP_SPEAKS,
                                          UP_OVERRULED_BY_FIGURE,
                                          UP_OVERRULED_BY_LATEST};
    assert_standings("source un", un);
    assert_standings("source  un ", un);
    assert_standings("source who", latest);   /* has none */
    assert_standings("source oecd", latest);  /* says that it has none */
    assert_standings("source imf", latest);   /* a forecast is no figure */
    assert_standings("source un wb", latest); /* one citation, with a blank */
}

static void the_first_of_a_rank_that_has_a_figure_speaks(void **state)
{
    (void)state;
    assert_standings("rank who oecd un wb",
                     (const up_standing[6]){UP_REVISED, UP_REVISED, UP_SPEAKS,
                                            UP_OVERRULED_BY_RANK, UP_OVERRULED_BY_FIGURE,
                                            UP_OVERRULED_BY_RANK});
    assert_standings("rank wb",
                     (const up_standing[6]){UP_REVISED, UP_REVISED, UP_OVERRULED_BY_RANK,
                                            UP_SPEAKS, UP_OVERRULED_BY_FIGURE,
                                            UP_OVERRULED_BY_RANK});
}

static void forecasts_follow_the_policy_among_themselves(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *data = build_metric(&t, "m", "stock", "people");
    assert_int_equal(up_metric_set(&data->metric, "conflict", "rank imf", NULL), UP_OK);
    add_row(data, "2030", "1", "imf", "2024-01-01", "F");
    add_row(data, "2030", "2", "wb", "2025-01-01", "F");
    const up_observation *rows[] = {&data->observations[0], &data->observations[1]};
    assert_ptr_equal(up_standing_speaker(&data->metric, rows, 2), rows[0]);
    assert_int_equal(up_standing_of(&data->metric, rows, 2, rows[1]),
                     UP_OVERRULED_BY_RANK);
    assert_true(up_standing_is_decided(&data->metric, rows, 2));
    assert_false(up_standing_is_decided(&data->metric, rows + 1, 1));
    assert_null(up_standing_speaker(&data->metric, rows, 0));
    assert_false(up_standing_is_decided(&data->metric, rows, 0));
    up_tracker_release(&t);
}

static void policies_are_checked_when_set(void **state)
{
    (void)state;
    static const char *const good[] = {"", "source wb", "source A Yearbook, 2024",
                                       "rank wb", "rank wb un oecd"};
    static const char *const bad[] = {"source", "source ", "rank",     "rank  ",
                                      "latest", "wb",      "ranks wb", "Source wb"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        assert_true(up_conflict_is_valid(good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(up_conflict_is_valid(bad[i]));
    up_metric metric;
    up_error err = {0};
    assert_int_equal(up_metric_init(&metric, "m", NULL), UP_OK);
    assert_string_equal(up_metric_get(&metric, "conflict"), "");
    assert_int_equal(up_metric_set(&metric, "conflict", "latest", &err), UP_USAGE);
    assert_string_equal(
        err.message, "conflict 'latest' is not valid: who speaks of several: empty the "
                     "latest, 'source KEY', or 'rank KEY KEY …'");
    up_metric_release(&metric);
}

/* The value of the one point of the series as it was known on a day (0: all). */
static double value_as_of(const up_tracker *t, int64_t day)
{
    up_series_options options = {.as_of = day == 0 ? UP_AS_OF_LATEST : day};
    up_series_list list = {0};
    assert_int_equal(up_series_select(t, "m", &options, &list, NULL), UP_OK);
    assert_int_equal(list.count, 1);
    assert_int_equal(list.items[0].count, 1);
    double value = list.items[0].points[0].figure.value;
    up_series_list_release(&list);
    return value;
}

static void series_hold_who_speaks_also_as_of_a_day(void **state)
{
    (void)state;
    enum { FEB_2021 = 18660, JAN_15_2021 = 18642 }; /* days from 1970-01-01 */
    up_tracker t = six_rows("rank oecd un");
    assert_true(value_as_of(&t, 0) == 3);
    assert_true(value_as_of(&t, FEB_2021) ==
                1); /* un's first word, though wb's is later */
    assert_true(value_as_of(&t, JAN_15_2021) == 1);
    up_tracker_release(&t);
    t = six_rows("source wb");
    assert_true(value_as_of(&t, 0) == 4);
    assert_true(value_as_of(&t, FEB_2021) == 2);
    assert_true(value_as_of(&t, JAN_15_2021) == 1); /* wb had none yet */
    up_tracker_release(&t);
    t = six_rows("");
    assert_true(value_as_of(&t, 0) == 4);
    assert_true(value_as_of(&t, FEB_2021) == 2);
    up_tracker_release(&t);
}

static size_t warnings_about(const char *policy, const char *text)
{
    up_tracker t = six_rows(policy);
    up_remarks remarks = {0};
    size_t found = 0;
    up_check_metric(&t, &t.metrics[0], 20000, &remarks);
    for (size_t i = 0; i < remarks.count; i++)
        found += strstr(remarks.items[i].message, text) != NULL;
    up_remarks_release(&remarks);
    up_tracker_release(&t);
    return found;
}

static void check_warns_of_disagreements_that_no_policy_decides(void **state)
{
    (void)state;
    static const char disagrees[] = "disagrees with line 4 on the same period";
    assert_int_equal(warnings_about("", disagrees), 1);
    assert_int_equal(warnings_about("source oecd", disagrees), 1);
    assert_int_equal(warnings_about("source un", disagrees), 0);
    assert_int_equal(warnings_about("rank who wb", disagrees), 0);
    assert_int_equal(
        warnings_about("rank who wb", "conflict names 'who', which is no source"), 1);
    assert_int_equal(warnings_about("rank un wb", "conflict names"), 0);
}

static void every_standing_has_words(void **state)
{
    (void)state;
    static const char *const words[] = {"speaks",
                                        "revised",
                                        "overruled by a figure",
                                        "overruled by a later one",
                                        "overruled by a later row",
                                        "overruled by source",
                                        "overruled by rank"};
    for (int i = UP_SPEAKS; i <= UP_OVERRULED_BY_RANK; i++)
        assert_string_equal(up_standing_words((up_standing)i), words[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_policy_the_latest_speaks),
        cmocka_unit_test(a_source_speaks_where_it_has_a_figure),
        cmocka_unit_test(the_first_of_a_rank_that_has_a_figure_speaks),
        cmocka_unit_test(forecasts_follow_the_policy_among_themselves),
        cmocka_unit_test(policies_are_checked_when_set),
        cmocka_unit_test(series_hold_who_speaks_also_as_of_a_day),
        cmocka_unit_test(check_warns_of_disagreements_that_no_policy_decides),
        cmocka_unit_test(every_standing_has_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
