/* Labels and descriptions of periods. */
#include "text/period_check.h"

typedef void writer(const up_period *period, up_buffer *out);

static void assert_writes(writer *write, const char *text, const char *expected)
{
    up_period_options june = {.fiscal_year_end = 6};
    up_period period = period_of(text, &june);
    up_buffer out = {0};
    write(&period, &out);
    if (strcmp(up_buffer_text(&out), expected) != 0)
        fail_msg("'%s' becomes '%s', not '%s'", text, up_buffer_text(&out), expected);
    up_buffer_release(&out);
}

static void labels_are_short(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"2024", "2024"},
        {"2024-12-31", "31 Dec 2024"},
        {"2025-Q1", "Q1 2025"},
        {"2024-S2", "H2 2024"},
        {"2024-T2", "May–Aug 2024"},
        {"2024-09", "Sep 2024"},
        {"2024-W05", "W05 2024"},
        {"202X", "2020s"},
        {"200X", "2000–2009"}, /* "2000s" would be ambiguous */
        {"20XX", "2000–2099"},
        {"-0500", "-0500"},
        {"Y-10000", "Y-10000"},
        {"2024-12-31T10:05Z", "31 Dec 2024 10:05"},
        {"2024-12-31T10:05:09Z", "31 Dec 2024 10:05:09"},
        {"by May 2025", "May 2025 (some day)"},
        {"by Q2 2025", "Q2 2025 (some day)"},
        {"by 2025", "2025 (some day)"},
        {"by 2025-W20", "W20 2025 (some day)"},
        {"early 2025", "early 2025"},
        {"mid 2025", "mid 2025"},
        {"late 2025", "late 2025"},
        {"2025-XX", "2025 (some month)"},
        {"[2025-02..2025-05]", "Feb–May 2025 (some month)"},
        {"early May 2025", "1–10 May 2025 (some day)"},
        {"[2024..2026]", "2024–2026 (some year)"},
        {"[..2024]", "up to 2024 (some year)"},
        {"2025-07-23/2025-07-25", "23–25 Jul 2025"},
        {"2025-07-23/2025-08-25", "23 Jul–25 Aug 2025"},
        {"2023-07/2024-06", "Jul 2023–Jun 2024"},
        {"2024-Q1/2024-Q3", "Q1–Q3 2024"},
        {"2024/2024", "2024–2024"},
        {"FY2024", "FY2024"},
        {"2024/..", "from 2024 on"},
        {"../2024", "up to 2024"},
        {"../..", "any time"},
        {"2024~", "c. 2024"},
        {"2024?", "2024?"},
        {"2024-12%", "c. Dec 2024?"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_writes(up_period_label, cases[i][0], cases[i][1]);
}

static void descriptions_are_sentences(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"2024", "the year 2024"},
        {"2024-12-31", "31 December 2024"},
        {"2025-Q1", "the first quarter of 2025"},
        {"2024-S2", "the second half of 2024"},
        {"2024-T3", "the third third of 2024"},
        {"2024-09", "September 2024"},
        {"2024-W05", "week 5 of 2024"},
        {"202X", "the years 2020 to 2029"},
        {"2024-12-31T10:05Z", "31 December 2024 10:05 UTC"},
        {"by May 2025", "one day of May 2025, which one is not known"},
        {"early 2025", "one month of January 2025 to April 2025, which one is not known"},
        {"[..2024]", "one year up to 2024, which one is not known"},
        {"2023-07/2024-06", "July 2023 to June 2024"},
        {"FY2024", "fiscal year 2024 (July 2023 to June 2024)"},
        {"2024~", "the year 2024, approximately"},
        {"2024%", "the year 2024, approximately, uncertain"},
        {"2024/", "from 2024 on"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_writes(up_period_describe, cases[i][0], cases[i][1]);
}

static void granularities_have_names(void **state)
{
    (void)state;
    assert_string_equal(up_granularity_name(UP_SECOND), "second");
    assert_string_equal(up_granularity_name(UP_MONTH), "month");
    assert_string_equal(up_granularity_name(UP_MILLENNIUM), "millennium");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels_are_short),
        cmocka_unit_test(descriptions_are_sentences),
        cmocka_unit_test(granularities_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
