/* Several figures for one period: which speaks, in every command, and what becomes of the
 * others. */
#include "cli/cli_fixture.h"

static int make_disagreeing(void **state)
{
    make_tracker(state);
    DONE("source", "wb", "--title", "World Bank");
    DONE("source", "un", "--title", "United Nations");
    DONE("new", "people", "--unit", "people");
    write_file("people.csv", COLUMNS "Peru,2020-12-31,100,,,,,,2021-01-01,wb,,\n"
                                     "Peru,2020-12-31,120,,,,,,2021-06-01,un,,\n"
                                     "Peru,2020-12-31,110,,,,,,2022-01-01,wb,,\n"
                                     "Peru,2020-12-31,125,,,,,,2022-01-01,un,,\n"
                                     "Peru,2021-12-31,220,,,,,,2022-01-01,un,,\n");
    return 0;
}

static void show(const char *as_of, const char *first)
{
    up_buffer wanted = {0};
    up_buffer_addf(
        &wanted,
        "series,period,value,qualifier,low,high,stated,status,reported,source,quote,"
        "note\n%s",
        first);
    SAYS(0, wanted.data, NULL, "show", "people", "--format", "csv", "--as-of", as_of);
    up_buffer_release(&wanted);
}

static void policy_decides_also_as_of_a_day(void **state)
{
    (void)state;
    show("2025-01-01", "people/Peru,2020-12-31,125,,,,,,2022-01-01,un,,\n"
                       "people/Peru,2021-12-31,220,,,,,,2022-01-01,un,,\n");
    SAYS(0, "", "uptick: people: conflict=rank wb un\n", "set", "people",
         "conflict=rank wb un");
    show("2025-01-01", "people/Peru,2020-12-31,110,,,,,,2022-01-01,wb,,\n"
                       "people/Peru,2021-12-31,220,,,,,,2022-01-01,un,,\n");
    show("2021-07-01", "people/Peru,2020-12-31,100,,,,,,2021-01-01,wb,,\n");
    DONE("set", "people", "conflict=source un");
    show("2021-07-01", "people/Peru,2020-12-31,120,,,,,,2021-06-01,un,,\n");
    show("2021-02-01", "people/Peru,2020-12-31,100,,,,,,2021-01-01,wb,,\n");
    DONE("set", "people", "conflict=");
    show("2021-07-01", "people/Peru,2020-12-31,120,,,,,,2021-06-01,un,,\n");
}

static void growth_and_list_and_cite_hold_to_it(void **state)
{
    (void)state;
    DONE("set", "people", "conflict=source wb");
    DONE("growth", "people", "--transform", "fold", "--format", "csv");
    assert_non_null(strstr(last.out, "fold,2,2,2,exact")); /* 220 / 110 */
    DONE("cite", "people", "--format", "csv");
    assert_non_null(
        strstr(last.out, "wb,World Bank,,people/Peru,2020-12-31,2022-01-01,"));
    DONE("list", "people", "--format", "csv");
    assert_non_null(strstr(last.out, "people/Peru,,people,stock,2,"));
}

static void losers_are_shown_with_their_standing(void **state)
{
    (void)state;
    DONE("set", "people", "conflict=rank wb un");
    SAYS(
        0,
        "series,period,value,qualifier,low,high,stated,status,reported,source,quote,note,"
        "standing\n"
        "people/Peru,2020-12-31,100,,,,,,2021-01-01,wb,,,revised\n"
        "people/Peru,2020-12-31,120,,,,,,2021-06-01,un,,,revised\n"
        "people/Peru,2020-12-31,125,,,,,,2022-01-01,un,,,overruled by rank\n"
        "people/Peru,2020-12-31,110,,,,,,2022-01-01,wb,,,speaks\n"
        "people/Peru,2021-12-31,220,,,,,,2022-01-01,un,,,speaks\n",
        "", "show", "people", "--revisions", "--format", "csv");
    SAYS(
        0,
        "series,period,value,qualifier,low,high,stated,status,reported,source,quote,note,"
        "standing\n"
        "people/Peru,2020-12-31,100,,,,,,2021-01-01,wb,,,speaks\n"
        "people/Peru,2020-12-31,120,,,,,,2021-06-01,un,,,overruled by rank\n",
        NULL, "show", "people", "--revisions", "--format", "csv", "--as-of",
        "2021-12-31");
    DONE("set", "people", "conflict=");
    DONE("show", "people", "--revisions", "--format", "csv", "--as-of", "2021-12-31");
    assert_non_null(strstr(last.out, "wb,,,overruled by a later one\n"));
}

static void check_warns_only_where_no_policy_decides(void **state)
{
    (void)state;
    SAYS(0, "",
         "series/people.csv:5: warning: disagrees with line 4 on the same period, "
         "reported on "
         "the same day; this later row is the one that is shown (uptick set conflict=… "
         "decides)\n",
         "check");
    DONE("set", "people", "conflict=rank un wb");
    SAYS(0, "", "", "check", "--strict");
    DONE("set", "people", "conflict=rank un bw");
    SAYS(0, "",
         "series/people.csv: warning: conflict names 'bw', which is no source here\n",
         "check");
}

static void adding_says_when_another_speaks(void **state)
{
    (void)state;
    DONE("set", "people", "conflict=source wb");
    SAYS(0, "",
         "uptick: note: line 4 has the same period: 110 people; that one is shown "
         "(source wb)\n"
         "uptick: people/Peru, 31 December 2020: 130 people\n",
         "add", "people/Peru", "2020-12-31", "130", "--source", "un", "--reported",
         "2023-01-01");
    SAYS(0, "",
         "uptick: revises line 4: 110 people\n"
         "uptick: people/Peru, 31 December 2020: 111 people\n",
         "add", "people/Peru", "2020-12-31", "111", "--source", "wb", "--reported",
         "2023-01-02");
}

static void adding_says_when_the_new_one_speaks(void **state)
{
    (void)state;
    DONE("set", "people", "conflict=source wb");
    SAYS(
        0, "",
        "uptick: note: line 6 has the same period: 220 people; this one is shown (source "
        "wb)\n"
        "uptick: people/Peru, 31 December 2021: 210 people\n",
        "add", "people/Peru", "2021-12-31", "210", "--source", "wb", "--reported",
        "2021-12-31");
}

static void a_policy_that_is_none_is_refused(void **state)
{
    (void)state;
    REFUSED(2,
            "uptick: conflict 'newest' is not valid: who speaks of several: empty the "
            "latest, "
            "'source KEY', or 'rank KEY KEY …'\n",
            "set", "people", "conflict=newest");
    DONE("new", "more", "--unit", "people", "--conflict", "rank wb un");
    DONE("help", "set");
    assert_non_null(strstr(last.out, "conflict='rank wb un'"));
    write_file("datapackage.json",
               "{\"resources\": [{\"name\": \"people\", \"path\": "
               "\"people.csv\", \"uptick\": {\"conflict\": \"wb\"}}]}");
    REFUSED(
        3,
        "series/datapackage.json: resources[0].uptick: conflict 'wb' is not valid: who "
        "speaks of several: empty the latest, 'source KEY', or 'rank KEY KEY …'\n",
        "show", "people");
}

#define HERE(test) cmocka_unit_test_setup_teardown(test, make_disagreeing, remove_tracker)

int main(void)
{
    const struct CMUnitTest tests[] = {
        HERE(policy_decides_also_as_of_a_day),
        HERE(growth_and_list_and_cite_hold_to_it),
        HERE(losers_are_shown_with_their_standing),
        HERE(check_warns_only_where_no_policy_decides),
        HERE(adding_says_when_another_speaks),
        HERE(adding_says_when_the_new_one_speaks),
        HERE(a_policy_that_is_none_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
