/* Periods as people write them. What each means follows from the calendar or, for "by",
 * "early" and the like, from the definitions in the design. */
#include "text/period_check.h"

static void words_english(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"Q3 2024", "2024-Q3"},
        {"2024 Q3", "2024-Q3"},
        {"2024Q3", "2024-Q3"},
        {"1974Q1", "1974-Q1"},
        {"Q3/2024", "2024-Q3"},
        {"q3-2024", "2024-Q3"},
        {"1Q2024", "2024-Q1"},
        {"4Q 2024", "2024-Q4"},
        {"the third quarter of 2024", "2024-Q3"},
        {"3rd quarter 2024", "2024-Q3"},
        {"H1 2024", "2024-S1"},
        {"2024H2", "2024-S2"},
        {"1H2024", "2024-S1"},
        {"first half of 2024", "2024-S1"},
        {"first third of 2024", "2024-T1"},
        {"December 2024", "2024-12"},
        {"Dec 2024", "2024-12"},
        {"dec. 2024", "2024-12"},
        {"Dec-2024", "2024-12"},
        {"Sept 2024", "2024-09"},
        {"2024 December", "2024-12"},
        {"12/2024", "2024-12"},
        {"in May 2025", "2025-05"},
        {"31 Dec 2024", "2024-12-31"},
        {"31st of December 2024", "2024-12-31"},
        {"31-Dec-2024", "2024-12-31"},
        {"31. Dec. 2024", "2024-12-31"},
        {"December 31, 2024", "2024-12-31"},
        {"Dec. 31st, 2024", "2024-12-31"},
        {"24 October 2011", "2011-10-24"},
        {"24 October 2011 18:30", "2011-10-24T18:30Z"},
        {"the year 2024", "2024"},
        {"calendar year 2024", "2024"},
        {"week 50 of 2024", "2024-W50"},
        {"W50 2024", "2024-W50"},
        {"the 1990s", "199X"},
        {"1990's", "199X"},
        {"as of 2025-07", "2025-07"},
        {"as of 25 July 2025", "2025-07-25"},
        {"about 2024", "2024~"},
        {"circa 1850", "1850~"},
        {"~2024", "2024~"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_reads(cases[i][0], NULL, cases[i][1]);
}

static void words_numeric_dates(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"2024.12.31", "2024-12-31"},
        {"2024/12/31", "2024-12-31"},
        {"2024/1/5", "2024-01-05"},
        {"2024-1-5", "2024-01-05"},
        {"31.12.2024", "2024-12-31"},
        {"03.04.2025", "2025-04-03"}, /* points: day first */
        {"31. 12. 2024", "2024-12-31"},
        {"12/31/2024", "2024-12-31"},
        {"3/25/2023", "2023-03-25"},
        {"31/12/2024", "2024-12-31"},
        {"31-12-2024", "2024-12-31"},
        {"05/05/2025", "2025-05-05"}, /* both orders agree */
        {"26.02.2020 00:00:00", "2020-02-26T00:00:00Z"},
        {"2012-06-22 00:00:00", "2012-06-22T00:00:00Z"},
        {"19580329", "1958-03-29"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_reads(cases[i][0], NULL, cases[i][1]);
    up_period_options day_first = {.date_order = 'd'}, month_first = {.date_order = 'm'};
    assert_reads("03/04/2025", &day_first, "2025-04-03");
    assert_reads("03/04/2025", &month_first, "2025-03-04");
    assert_reads("03.04.2025", &month_first, "2025-03-04");
    assert_reads("2/9/2024", &month_first, "2024-02-09");
    assert_reads("02/01/2014", &day_first, "2014-01-02");
    assert_refuses("12/31/2024", &day_first,
                   "'12/31/2024' is no date: there is no month 31");
}

static void words_unknown_moments(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"by May 2025", "[2025-05-01..2025-05-31]"},
        {"by 2025-05", "[2025-05-01..2025-05-31]"},
        {"by Q2 2025", "[2025-04-01..2025-06-30]"},
        {"by 2025", "[2025-01-01..2025-12-31]"},
        {"by 2025-05-14", "2025-05-14"},
        {"by early 2025", "[2025-01..2025-04]"},
        {"by the end of 2024", "2024-12-31"},
        {"May 2025 (some day)", "[2025-05-01..2025-05-31]"},
        {"some day in May 2025", "[2025-05-01..2025-05-31]"},
        {"during May 2025 (some day)", "[2025-05-01..2025-05-31]"},
        {"early 2025", "[2025-01..2025-04]"},
        {"mid 2025", "[2025-05..2025-08]"},
        {"mid-2025", "[2025-05..2025-08]"},
        {"late 2025", "[2025-09..2025-12]"},
        {"early May 2025", "[2025-05-01..2025-05-10]"},
        {"mid-May 2025", "[2025-05-11..2025-05-20]"},
        {"late February 2024", "[2024-02-21..2024-02-29]"},
        {"end of 2024", "2024-12-31"},
        {"the end of 2024", "2024-12-31"},
        {"end-2024", "2024-12-31"},
        {"year-end 2024", "2024-12-31"},
        {"end of February 2024", "2024-02-29"},
        {"end of -0500", "-0500-12-31"},
        {"end of 2024-07/2024-09", "2024-09-30"},
        {"end of 2024-05-14", "2024-05-14"},
        {"beginning of 2024", "2024-01-01"},
        {"start of Q3 2024", "2024-07-01"},
        {"about the end of 2024", "2024-12-31~"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_reads(cases[i][0], NULL, cases[i][1]);
}

static void words_chinese(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"2024年", "2024"},
        {"2024年度", "2024"},
        {"2024年12月", "2024-12"},
        {"2024年12月31日", "2024-12-31"},
        {"2024年12月31号", "2024-12-31"},
        {"２０２４年１２月３１日", "2024-12-31"},
        {"２０２４　年", "2024"},
        {"2024年第四季度", "2024-Q4"},
        {"2024年四季度", "2024-Q4"},
        {"2024年第4季度", "2024-Q4"},
        {"2024年上半年", "2024-S1"},
        {"2024年下半年", "2024-S2"},
        {"2024年第50周", "2024-W50"},
        {"2024年前三季度", "2024-Q1/2024-Q3"},
        {"2025年1-5月", "2025-01/2025-05"},
        {"2025年1至5月", "2025-01/2025-05"},
        {"2024年底", "2024-12-31"},
        {"2024年年底", "2024-12-31"},
        {"2024年末", "2024-12-31"},
        {"截至2024年底", "2024-12-31"},
        {"2024年6月末", "2024-06-30"},
        {"2024年初", "[2024-01..2024-04]"},
        {"2024年中", "[2024-05..2024-08]"},
        {"2025年5月中旬", "[2025-05-11..2025-05-20]"},
        {"到2025年5月", "[2025-05-01..2025-05-31]"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_reads(cases[i][0], NULL, cases[i][1]);
}

/* FY2024 ends in 2024. A canonical text must not need the metric to be read. */
static void words_fiscal_years(void **state)
{
    (void)state;
    up_period_options june = {.fiscal_year_end = 6}, december = {.fiscal_year_end = 12};
    up_period_options january = {.fiscal_year_end = 1};
    assert_reads("FY2024", &june, "2023-07/2024-06");
    assert_reads("FY 2024", &june, "2023-07/2024-06");
    assert_reads("fiscal 2024", &june, "2023-07/2024-06");
    assert_reads("fiscal year 2024", &june, "2023-07/2024-06");
    assert_reads("2024财年", &june, "2023-07/2024-06");
    assert_reads("FY2024", &january, "2023-02/2024-01");
    assert_reads("FY2024", &december, "2024");
    assert_reads("FY2024 Q1", &june, "2023-Q3");
    assert_reads("first quarter of fiscal 2024", &june, "2023-Q3");
    assert_reads("H2 FY2024", &june, "2024-S1");
    assert_reads("Q1 FY2024", &january, "2023-02/2023-04");
    assert_reads("the end of FY2024", &june, "2024-06-30");
    assert_reads("by FY2024", &june, "[2023-07-01..2024-06-30]");
    up_period year = period_of("FY2024", &june);
    assert_int_equal(year.flags, UP_PERIOD_FISCAL);
    assert_int_equal(up_period_months(&year), 12);
    assert_int_equal(period_of("FY2024", &december).flags, 0);
    assert_refuses(
        "FY2024 Q5", &june,
        "'FY2024 Q5' is no period: there is no quarter 5 (they go from 1 to 4)");
    assert_refuses("W5 FY2024", &june,
                   "'W5 FY2024' is no half and no quarter of a fiscal year");
    assert_refuses(
        "FY2023/24", &june,
        "'FY2023/24' names two years: write FY and the year in which the fiscal "
        "year ends, e.g. FY2024");
}

#define NO_YEAR                                                                          \
    " has no year of four digits, and the century is not guessed: write e.g. 2024"
#define RELATIVE " depends on the day it was said: write the year, month or day itself"

static void words_refusals_say_why(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"03/04/2025", "'03/04/2025' is ambiguous: 3 April 2025 or 4 March 2025; write "
                       "2025-04-03 or 2025-03-04, or say the date order"},
        {"13/13/2025", "'13/13/2025' is no date: there is no month 13"},
        {"31/02/2025", "'31/02/2025' is no date: February 2025 has 28 days"},
        {"31.02.2025", "'31.02.2025' is no date: February 2025 has 28 days"},
        {"30 Feb 2025", "'30 Feb 2025' is no date: February 2025 has 28 days"},
        {"2025年2月30日", "'2025年2月30日' is no date: February 2025 has 28 days"},
        {"2025年13月",
         "'2025年13月' is no period: there is no month 13 (they go from 1 to 12)"},
        {"Q5 2024",
         "'Q5 2024' is no period: there is no quarter 5 (they go from 1 to 4)"},
        {"FY2024", "'FY2024' is a fiscal year, and when it ends is not known: set the "
                   "metric's fiscal_year_end, its last month (uptick set METRIC "
                   "fiscal_year_end=6)"},
        {"2024/25",
         "'2024/25' is ambiguous: a fiscal year (write FY2025) or two years (write "
         "2024/2025)"},
        {"2011/12",
         "'2011/12' is ambiguous: December 2011 (write 2011-12), the fiscal year "
         "FY2012, or two years (write 2011/2012)"},
        {"2024/12",
         "'2024/12' is ambiguous: December 2024 (write 2024-12) or a stretch of "
         "years (write them in full)"},
        {"2024/35", "'2024/35' is no period: there is no month 35"},
        {"2024-2025",
         "'2024-2025' is ambiguous: all of it (write 2024/2025) or one year of "
         "it (write [2024..2025])"},
        {"2024–2025",
         "'2024-2025' is ambiguous: all of it (write 2024/2025) or one year of "
         "it (write [2024..2025])"},
        {"2024 to 2025",
         "'2024 to 2025' is ambiguous: all of it (write 2024/2025) or one "
         "year of it (write [2024..2025])"},
        {"202412",
         "'202412' is ambiguous: year and month (write 2024-12) or a date with a "
         "year of two digits (write it in full)"},
        {"1900s",
         "'1900s' is ambiguous: ten years (write 190X) or a hundred (write 19XX)"},
        {"1995s", "'1995s' is no decade: its first year ends in 0"},
        {"Q3'24", "'Q3'24'" NO_YEAR},
        {"1Q24", "'1Q24'" NO_YEAR},
        {"FY24", "'FY24'" NO_YEAR},
        {"Dec 24", "'Dec 24'" NO_YEAR},
        {"27/10/23 23:00:00", "'27/10/23 23:00:00'" NO_YEAR},
        {"July 11", "'July 11'" NO_YEAR},
        {"JAN", "'JAN'" NO_YEAR},
        {"0", "'0'" NO_YEAR},
        {"last year", "'last year'" RELATIVE},
        {"the end of last year", "'the end of last year'" RELATIVE},
        {"this year", "'this year'" RELATIVE},
        {"three months ago",
         "'three months ago' is no period (wanted e.g. 2024, 2024-Q4, "
         "2024-12, 2024-12-31, Q4 2024, 31 Dec 2024, by May 2025)"},
        {"去年底", "'去年底'" RELATIVE},
        {"summer 2024",
         "'summer 2024' is a season, whose months are not fixed: write them, "
         "e.g. 2024-03/2024-05"},
        {"end of early 2025",
         "'end of early 2025' is no period: an unknown day has no end to take"},
        {"start of early 2025",
         "'start of early 2025' is no period: an unknown day has no beginning to take"},
        {"early Q2 2025",
         "'early Q2 2025' is no period: early, mid and late go with a year or a month"},
        {"December 2024 10:00",
         "'December 2024 10:00' is no period: a time of day goes with a day"},
        {"31 Dec 2024 25:00", "'31 Dec 2024 25:00' has no time of day: hours go to 23, "
                              "minutes and seconds to 59"},
        {"May 2025 or so", "'May 2025 or so' is no period: 'or so' is not understood"},
        {"by May 2025 AT ONCE!", "'by May 2025 AT ONCE!' is no period: 'ONCE!' is not "
                                 "understood"},
        {"1863- 03-29", "'1863- 03-29' is no period: '- 03-29' is not understood"},
        {"by Y12345", "'by Y12345' is no period: 'Y12345' is not understood"},
        {"12 2024 31", "'12 2024 31' is no period (wanted e.g. 2024, 2024-Q4, 2024-12, "
                       "2024-12-31, Q4 2024, 31 Dec 2024, by May 2025)"},
        {"by",
         "'by' is no period (wanted e.g. 2024, 2024-Q4, 2024-12, 2024-12-31, Q4 2024, "
         "31 Dec 2024, by May 2025)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_refuses(cases[i][0], NULL, cases[i][1]);
}

static void a_text_of_too_many_words_is_refused(void **state)
{
    (void)state;
    char text[256] = "";
    for (int i = 0; i < 40; i++)
        strcat(text, "by ");
    strcat(text, "2024");
    up_period period;
    assert_int_equal(up_period_parse(text, NULL, &period, NULL), UP_BAD_DATA);
}

static const char *const samples[] = {"by the end of 2024",
                                      "December 31st, 2024",
                                      "2024年12月31日",
                                      "2024年第四季度",
                                      "2024年前三季度",
                                      "early May 2025",
                                      "FY2024 Q1",
                                      "03/04/2025 10:30",
                                      "(some day) 2024-05",
                                      "31. 12. 2024",
                                      "1990's",
                                      "end of -0500",
                                      "２０２４年１２月３１日",
                                      "2024 – 2025",
                                      "first quarter of fiscal 2024"};

/* Every truncation and every changed byte: read back the same, or refused. */
static void damaged_words_do_no_harm(void **state)
{
    (void)state;
    up_period_options options = {.fiscal_year_end = 6};
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        for (size_t at = 0; at <= strlen(samples[i]); at++)
            for (int byte = 0; byte < 256; byte++) {
                char text[64], written[UP_PERIOD_SIZE];
                up_period period;
                strcpy(text, samples[i]);
                text[at] = (char)byte;
                if (at == strlen(samples[i]))
                    text[at + 1] = '\0';
                if (up_period_parse(text, &options, &period, NULL) != UP_OK)
                    continue;
                up_period_format(&period, written);
                up_period again = period_of(written, NULL);
                if (up_period_compare(&period, &again) != 0)
                    fail_msg("'%s' is written %s, which reads as something else", text,
                             written);
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_english),
        cmocka_unit_test(words_numeric_dates),
        cmocka_unit_test(words_unknown_moments),
        cmocka_unit_test(words_chinese),
        cmocka_unit_test(words_fiscal_years),
        cmocka_unit_test(words_refusals_say_why),
        cmocka_unit_test(a_text_of_too_many_words_is_refused),
        cmocka_unit_test(damaged_words_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
