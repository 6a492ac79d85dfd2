/* The audit from the command line: the table, the verdicts, the exit codes. */
#include "cli/cli_fixture.h"

#define NBSP "\xc2\xa0"

static void audit_shows_what_was_claimed_and_what_the_levels_say(void **state)
{
    (void)state;
    DONE("claim", "users/China", "more than doubled", "--from", "end of 2024", "--to",
         "by May 2025", "--source", "gt", "--reported", "2025-07-23");
    SAYS(
        0,
        "Series       Claim              From         To                        Claimed  "
        "            Levels say  Verdict\n"
        "users/China  more than doubled  31 Dec 2024  May 2025 (some day)  more than 2×  "
        "2.29× (2.28× to 2.30×)  confirmed\n"
        "\n"
        "users/China, more than doubled: 249" NBSP "M people (31 Dec 2024) to 570" NBSP
        "M people (May 2025 (some day))\n"
        "levels are read with half a unit of the last digit stated either way, \"more "
        "than\" and \"less than\" as they stand\n",
        "", "audit");
}

static void a_contradiction_is_a_failed_check(void **state)
{
    (void)state;
    DONE("claim", "users/China", "tripled", "--from", "end of 2024", "--to",
         "by May 2025");
    SAYS(1, NULL, "series/claims.csv:2: the levels contradict \"tripled\"\n", "audit",
         "users");
    assert_non_null(strstr(last.out, "contradicted"));
    /* what was claimed of other series is not asked */
    SAYS(0, "", "uptick: no claim to audit\n", "audit", "industry");
}

static void audit_knows_only_what_was_known_on_a_day(void **state)
{
    (void)state;
    DONE("claim", "users/China", "tripled", "--from", "end of 2024", "--to",
         "by May 2025", "--reported", "2025-07-30");
    SAYS(0, NULL, NULL, "audit", "users", "--as-of", "2025-07-24");
    assert_string_equal(last.out, "");
    assert_int_equal(RUN("audit", "users", "--as-of", "2025-07-30"), 1);
}

static void audit_is_tidy_for_machines(void **state)
{
    (void)state;
    DONE("claim", "industry/China", "more than 20 percent a year", "--to", "2024");
    SAYS(
        0,
        "series,stated,transform,from,to,claimed_value,claimed_low,claimed_high,value,"
        "low,"
        "high,verdict,why,line\n"
        "industry/China,more than 20 percent a year,cagr,,2024,0.2,0.2,,,,,untestable,no "
        "level a year before 2024,2\n",
        "", "audit", "--format", "csv");
}

static void a_claim_without_a_level_in_the_tracker_is_listed(void **state)
{
    (void)state;
    DONE("claim", "users/Korea", "doubled", "--from", "2023", "--to", "2024");
    SAYS(0,
         "series,stated,transform,from,to,claimed_value,claimed_low,claimed_high,value,"
         "low,"
         "high,verdict,why,line\n"
         "users/Korea,doubled,fold,2023,2024,2,1.5,2.5,,,,untestable,no figure was "
         "reported,2\n",
         "", "audit", "--format", "csv");
}

/* "More than 5" is no 4.6, and its rounding no excuse: 9.005 / 5 = 1.801 is not twice as much. Only
 * what was stated as a number is rounded, 9.00 to 8.995 to 9.005. Growth has the same verdict. */
static void a_threshold_is_not_rounded_down(void **state)
{
    (void)state;
    DONE("new", "s", "--unit", "people", "--measure", "stock");
    DONE("add", "s/x", "2023-12-31", "more than 5 million");
    DONE("add", "s/x", "2024-12-31", "9.00 million");
    DONE("claim", "s/x", "more than doubled", "--from", "2023-12-31", "--to",
         "2024-12-31");
    assert_int_equal(RUN("audit", "s"), 1);
    assert_non_null(strstr(last.out, "less than 1.81×  contradicted"));
    assert_int_equal(RUN("growth", "s", "--transform", "fold"), 0);
    assert_non_null(strstr(last.out, "less than 1.80×"));
    assert_non_null(strstr(last.out, "claimed, CONTRADICTED"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_TRACKER(audit_shows_what_was_claimed_and_what_the_levels_say),
        ON_TRACKER(a_contradiction_is_a_failed_check),
        ON_TRACKER(audit_knows_only_what_was_known_on_a_day),
        ON_TRACKER(audit_is_tidy_for_machines),
        ON_TRACKER(a_threshold_is_not_rounded_down),
        ON_TRACKER(a_claim_without_a_level_in_the_tracker_is_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
