/* check, and what --fix may mend. */
#include "cli/cli_fixture.h"

static void fix_sorts_and_names_entities_and_changes_no_figure(void **state)
{
    (void)state;
    DONE("entity", "China", "--code", "CHN", "--alias", "中国");
    write_file("users.csv", "entity,period,value,source,mine\n"
                            "中国,2025,5,gt,x\n"
                            "China,2024,4,gt,\"y, z\"\n"
                            "Korea,2023,3,gt,\n"
                            "Korea,2022,2,gt,\n");
    SAYS(0, "",
         "series/users.csv:5: note: the period is earlier than that of the row above (1 "
         "such row; "
         "the order is kept and does not matter; --fix sorts)\n"
         "series/users.csv:2: warning: '中国' is called 'China' in entities.csv (uptick "
         "check "
         "--fix)\n",
         "check");
    snapshot before = take_snapshot();
    DONE("check", "--fix", "--dry-run");
    assert_non_null(strstr(last.out, "-中国,2025,5,gt,x\n"));
    assert_store_is(&before);
    free_snapshot(&before);
    SAYS(0, "",
         "uptick: series/users.csv: 1 row under the entity's name\n"
         "uptick: series/users.csv is sorted: 2 rows stand elsewhere now\n",
         "check", "--fix");
    assert_file("users.csv", "entity,period,value,source,mine\n"
                             "China,2024,4,gt,\"y, z\"\n"
                             "China,2025,5,gt,x\n"
                             "Korea,2022,2,gt,\n"
                             "Korea,2023,3,gt,\n");
    before = take_snapshot();
    SAYS(0, "", "", "check", "--fix");
    assert_store_is(&before);
    free_snapshot(&before);
}

static void fix_touches_nothing_where_a_row_cannot_be_read(void **state)
{
    (void)state;
    write_file("users.csv", "entity,period,value,source\nB,2025,5,gt\nA,2024,x,gt\n");
    REFUSED(3, NULL, "check", "--fix");
}

static void figures_that_do_not_fit_their_series_are_told(void **state)
{
    (void)state;
    write_file("users.csv",
               "entity,period,value,source\n"
               "A,2015,100,gt\nA,2016,105,gt\nA,2017,110,gt\nA,2018,1160,gt\n"
               "A,2019,121,gt\nA,2020,127,gt\nA,2021,134,gt\nA,2022,141,gt\n"
               "B,2015,100,gt\nB,2016,105,gt\nB,2017,110,gt\nB,2018,116,gt\n"
               "B,2019,121000,gt\nB,2020,127000,gt\nB,2021,134000,gt\nB,2022,"
               "141000,gt\n");
    SAYS(0, "",
         "series/users.csv:5: warning: 10.5× the figure before, and back again: a slip?\n"
         "series/users.csv:14: warning: 1,043× the figure before: a slip, or a break "
         "(status "
         "B)?\n",
         "check");
}

static void a_claim_that_the_levels_contradict_is_told(void **state)
{
    (void)state;
    DONE("claim", "users/China", "tripled", "--from", "end of 2024", "--to",
         "by May 2025", "--source", "gt");
    SAYS(0, "",
         "series/claims.csv:2: warning: the levels of users/China contradict "
         "\"tripled\"\n",
         "check");
    assert_int_equal(RUN("check", "--strict"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_TRACKER(fix_sorts_and_names_entities_and_changes_no_figure),
        ON_TRACKER(fix_touches_nothing_where_a_row_cannot_be_read),
        ON_TRACKER(figures_that_do_not_fit_their_series_are_told),
        ON_TRACKER(a_claim_that_the_levels_contradict_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
