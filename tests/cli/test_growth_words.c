/* What growth says on the command line, and how: tables, marks, notes and warnings. */
#include "cli/growth_fixture.h"

/* A year's worth of ln 700000 in three days is beyond any double. */
static void a_trend_beyond_numbers_is_refused_by_name(void **state)
{
    (void)state;
    DONE("new", "t", "--unit", "people", "--measure", "stock");
    DONE("new", "g", "--unit", "people", "--measure", "stock");
    DONE("new", "h", "--unit", "people", "--measure", "stock");
    write_file("t.csv", COLUMNS ",2024-12-01,1,,,,,,,,,\n,2024-12-02,100,,,,,,,,,\n"
                                ",2024-12-03,9000,,,,,,,,,\n"
                                ",2024-12-04,700000,,,,,,,,,\n");
    write_file("g.csv", COLUMNS ",2021,1,,,,,,,,,\n,2022,2,,,,,,,,,\n,2023,4,,,,,,,,,\n"
                                ",2024,8,,,,,,,,,\n");
    write_file("h.csv", COLUMNS ",2024-12-01,1,,,,,,,,,\n,2024-12-02,3,,,,,,,,,\n"
                                ",2024-12-03,1,,,,,,,,,\n,2024-12-04,9,,,,,,,,,\n");
    DONE("growth", "*", "--trend", "--format", "csv");
    HAS(last.err, "uptick: t: the trend is too steep to be told per year\n");
    HAS(last.out, "\ng,2021,2024,4,1,1,1,1,1,1,between,1,ols,"); /* doubled each year */
    HAS(last.out, "\nh,2024-12-01,2024-12-04,4,");
    DONE("growth", "*", "--trend", "--rolling", "3", "--format", "csv");
    HAS(last.err, "t from 2 Dec 2024: the trend is too steep to be told per year\n");
    /* ln y is 0, ln 3, 0, ln 9: the slope ln 3 / 2 a day is not lost with the
     * greater end of its interval */
    DONE("growth", "h", "--trend");
    HAS(last.out, "× (at least ");
}

/* 1 Mar to 26 Dec 2024 are 300 days, and 300 / 366 of that year; it doubled in these. What was counted in
 * days is told in them, a leap year or not, and years by the calendar. */
static void doubling_times_are_told_in_days_that_passed(void **state)
{
    (void)state;
    DONE("new", "d", "--unit", "people", "--measure", "stock");
    write_file("d.csv", COLUMNS ",2024-03-01,100,,,,,,,,,\n,2024-12-26,200,,,,,,,,,\n"
                                ",2025-10-22,100,,,,,,,,,\n");
    DONE("growth", "d", "--transform", "doubling");
    HAS(last.out, "300 days           300\u00A0days\n");
    HAS(last.out, "300 days  halving: 300\u00A0days\n");
    DONE("growth", "d", "--transform", "doubling", "--format", "csv");
    HAS(last.out, ",doubling,0.81967213114"); /* 300 / 366 */
}

/* January to February is a month, to August 7, to the January after 12 and a year; Time between is a
 * length, also back from a base: 31 December 2024 to 31 December 2023 are 366 days. */
static void the_time_between_is_told_in_its_unit(void **state)
{
    (void)state;
    DONE("new", "f", "--unit", "people", "--measure", "stock");
    DONE("new", "d", "--unit", "people", "--measure", "stock");
    write_file("f.csv", COLUMNS ",2024-01,1,,,,,,,,,\n,2024-02,2,,,,,,,,,\n"
                                ",2024-09,3,,,,,,,,,\n,2025-09,4,,,,,,,,,\n");
    write_file("d.csv", COLUMNS ",2023-12-31,1,,,,,,,,,\n,2024-12-31,2,,,,,,,,,\n");
    DONE("growth", "f", "--transform", "fold");
    HAS(last.out, " 1 month     2×\n");
    HAS(last.out, " 7 months  1.50×\n");
    HAS(last.out, " 1 year  1.33×\n");
    DONE("growth", "d", "--transform", "index", "--base", "2024-12-31");
    HAS(last.out, " 366 days before ");
}

/* 95 % is 95, not 0.95, which would be an interval of next to no width; and 90 is told as 90. */
static void a_level_is_a_percentage(void **state)
{
    (void)state;
    DONE("new", "v", "--unit", "people", "--measure", "stock");
    write_file("v.csv", COLUMNS ",2021,1,,,,,,,,,\n,2022,2,,,,,,,,,\n,2023,4.1,,,,,,,,,\n"
                                ",2024,8,,,,,,,,,\n");
    assert_int_equal(RUN("growth", "v", "--trend", "--level", "0.95"), 2);
    HAS(last.err, "--level is a percentage; did you mean 95 instead of '0.95'?\n");
    assert_int_equal(RUN("growth", "v", "--trend", "--level", "30"), 2);
    HAS(last.err,
        "--level '30' is below 50: that interval would miss more often than not "
        "(95 is usual)\n");
    DONE("growth", "v", "--trend", "--level",
         "99.9"); /* 100 times 0.999 is 99.90000000000001 */
    HAS(last.out, "in brackets the 99.9 % confidence interval");
    HAS(last.out, " >0.999\n"); /* R² = 0.9999: not all */
}

/* Two figures are left after the break in 2023: the option that takes the others back is named. */
static void what_a_break_leaves_out_is_told_with_its_option(void **state)
{
    (void)state;
    DONE("new", "v", "--unit", "people", "--measure", "stock");
    write_file("v.csv", COLUMNS ",2021,1,,,,,,,,,\n,2022,2,,,,,,,,,\n"
                                ",2023,4,,,,,B,,,,\n,2024,8,,,,,,,,,\n");
    assert_int_equal(RUN("growth", "v", "--trend"), 4);
    HAS(last.err,
        "v: 2 figures to fit after the break in 2023 (--across-breaks fits through "
        "it; bounds and implied ones do not count); a trend with an interval "
        "needs 3");
    DONE("growth", "v", "--trend", "--across-breaks");
    DONE("growth", "v", "--transform", "pch");
    HAS(last.out,
        "v, 2023: no percent change: a break in the series lies between (status B "
        "or D); --across-breaks compares them");
}

/* From a loss to a profit there is no percentage; whoever reads CSV is told so too. */
static void tables_for_machines_tell_what_they_leave_out(void **state)
{
    (void)state;
    static const char why[] =
        "p, 2021 and 1 more: no percent change: needs positive levels";
    char line[160];
    snprintf(line, sizeof line, "uptick: note: %s\n", why);
    DONE("new", "p", "--unit", "CNY", "--measure", "flow");
    write_file("p.csv",
               COLUMNS ",2020,-5,,,,,,,,,\n,2021,5,,,,,,,,,\n,2022,-1,,,,,,,,,\n");
    DONE("growth", "p", "--transform", "pch");
    HAS(last.out, why);
    static const char *const formats[] = {"csv", "tsv"};
    for (size_t i = 0; i < 2; i++) {
        DONE("growth", "p", "--transform", "pch", "--format", formats[i]);
        assert_string_equal(last.err, line);
        DONE("growth", "p", "--transform", "pch", "--by-entity", "--format", formats[i]);
        HAS(last.err,
            "uptick: note: p, 2022: no percent change: needs positive levels\n");
    }
    SAYS(0, NULL, "", "growth", "p", "--transform", "pch", "--format", "json");
    HAS(last.out, why);
}

/* Residuals that go round in a long wave hang together. */
static void a_doubtful_trend_is_a_warning(void **state)
{
    (void)state;
    DONE("new", "v", "--unit", "people", "--measure", "stock");
    write_file("v.csv",
               COLUMNS ",2010,100,,,,,,,,,\n,2011,115,,,,,,,,,\n,2012,133,,,,,,,,,\n"
                       ",2013,150,,,,,,,,,\n,2014,163,,,,,,,,,\n,2015,174,,,,,,,,,\n"
                       ",2017,188,,,,,,,,,\n,2018,199,,,,,,,,,\n,2019,215,,,,,,,,,\n"
                       ",2020,237,,,,,,,,,\n,2021,262,,,,,,,,,\n,2022,291,,,,,,,,,\n"
                       ",2023,318,,,,,,,,,\n,2024,341,,,,,,,,,\n");
    DONE("growth", "v", "--trend");
    HAS(last.out, "warning: residuals hang together (lag-1 autocorrelation 0.58");
    SAYS(1, NULL, "uptick: 1 warning (--strict)\n", "growth", "v", "--trend", "--strict");
    DONE("growth", "v", "--trend", "--strict", "--hac");
    HAS(last.out, "\nresiduals hang together");
}

static void too_little_is_told_of_what_was_asked_for(void **state)
{
    (void)state;
    DONE("new", "m", "--unit", "people", "--measure", "stock");
    write_file("m.csv", COLUMNS ",2015,1,,,,,,,,,\n,2016,3,,,,,,,,,\n,2024,7,,,,,,,,,\n");
    SAYS(4, "", "uptick: m: one figure only (2024) from 2020 on; growth needs two\n",
         "growth", "m", "--from", "2020");
    SAYS(4, "", "uptick: m: one figure only (2015) up to 2015; growth needs two\n",
         "growth", "m", "--to", "2015");
}

static void an_incomplete_period_is_marked(void **state)
{
    (void)state;
    DONE("new", "m", "--unit", "people", "--measure", "flow");
    write_file("m.csv", COLUMNS ",2023-Q1,1,,,,,,,,,\n,2023-Q2,1,,,,,,,,,\n"
                                ",2023-Q3,1,,,,,,,,,\n,2023-Q4,1,,,,,,,,,\n"
                                ",2024-Q1,9,,,,,,,,,\n");
    DONE("growth", "m", "--resample", "year", "--partial", "--format", "csv",
         "--transform", "lin,fold");
    HAS(last.out, "m,2023,,lin,4,4,4,exact,reported");
    HAS(last.out, "m,2024,2023,fold,2.25,2.25,2.25,exact,partial");
    DONE("growth", "m", "--resample", "year", "--partial");
    HAS(last.out, "figures: yearly sums\n");
    HAS(last.out, "from an incomplete period");
}

/* A month is 1/12 of a year, to the last digit. */
static void months_are_twelfths(void **state)
{
    (void)state;
    DONE("new", "m", "--unit", "people", "--measure", "stock");
    write_file("m.csv", COLUMNS ",2024-01,1,,,,,,,,,\n,2024-02,2,,,,,,,,,\n");
    DONE("growth", "m", "--transform", "pca", "--format", "csv");
    HAS(last.out, ",exact,reported,,,0.08333333333333333,");
}

static void figures_of_doubt_are_shown_so(void **state)
{
    (void)state;
    DONE("new", "m", "--unit", "people", "--measure", "stock");
    write_file("m.csv",
               COLUMNS ",2023,1,,,,,E,,,,\n,2024,2,,,,,B,,,,\n,2025,3,,,,,,,,,\n");
    DONE("show", "m");
    HAS(last.out, "1 people, estimated");
    HAS(last.out, "2 people, after a break");
}

/* Of more than 10 and less than 40 the second is less than four times the first; whether an end
 * itself is excluded stands beside it, and what is counted. */
static void tables_for_machines_have_units_and_strictness(void **state)
{
    (void)state;
    DONE("new", "m", "--unit", "people", "--measure", "stock");
    write_file("m.csv", COLUMNS ",2020,10,>,,,,,,,,\n,2021,40,<,,,,,,,,\n");
    DONE("growth", "m", "--transform", "chg,fold", "--format", "csv");
    HAS(last.out, "m,2021,2020,chg,30,,30,at-most,reported,,,1,,high,people\n");
    HAS(last.out, "m,2021,2020,fold,4,,4,at-most,reported,,,1,,high,\n");
    DONE("growth", "m", "--transform", "lin", "--format", "csv");
    HAS(last.out, "m,2020,,lin,10,10,,at-least,reported,,,,,low,people\n");
}

/* A gap before --from is none of those shown; one series with a gap is named, not every one. */
static void spacing_is_of_what_is_shown(void **state)
{
    (void)state;
    DONE("new", "m", "--unit", "people", "--measure", "stock");
    write_file(
        "m.csv", COLUMNS
        "A,2015,1,,,,,,,,,\nA,2020,1,,,,,,,,,\nA,2021,2,,,,,,,,,\nA,2022,3,,,,,,,,,\n"
        "B,2020,1,,,,,,,,,\nB,2021,2,,,,,,,,,\nB,2022,3,,,,,,,,,\n"
        "C,2020,1,,,,,,,,,\nC,2022,2,,,,,,,,,\nC,2023,3,,,,,,,,,\n");
    DONE("growth", "m/A", "--from", "2020");
    HAS(last.out, "\nspacing: yearly\n");
    DONE("growth", "m");
    HAS(last.out, "\nspacing: yearly, 4 periods without a figure (m/A); yearly (m/B); "
                  "yearly, 1 period without a figure (m/C)\n");
    DONE("growth", "m", "--from", "2020");
    HAS(last.out, "\nspacing: yearly (m/A and 1 more); yearly, 1 period without a figure "
                  "(m/C)\n");
}

/* 11839 / 100 is no less than 118; 1 / 6 more is more than 16.6 %, not more than 16.7 %. */
static void a_bound_that_is_printed_is_one(void **state)
{
    (void)state;
    DONE("new", "m", "--unit", "people", "--measure", "stock");
    DONE("new", "n", "--unit", "people", "--measure", "stock");
    write_file("m.csv", COLUMNS ",2020,100,,,,,,,,,\n,2021,11839,<,,,,,,,,\n");
    write_file("n.csv", COLUMNS ",2020,600,,,,,,,,,\n,2021,700,>,,,,,,,,\n");
    DONE("growth", "m", "--transform", "fold");
    HAS(last.out, "less than 119×");
    DONE("growth", "n", "--transform", "pch,fold");
    HAS(last.out, "more than 16.6");
    HAS(last.out, "more than 1.16×");
}

/* 1.5, then 3 a year: the two stand below each other in percent; threefold and fourfold as times. */
static void rates_of_one_column_are_told_in_one_way(void **state)
{
    (void)state;
    DONE("new", "m", "--unit", "people", "--measure", "stock");
    DONE("add", "m", "2020", "10");
    DONE("add", "m", "2021", "15");
    DONE("add", "m", "2022", "45");
    SAYS(0,
         "m\n"
         "From  To    Time between  A year\n"
         "2020  2021        1 year   +50\u00A0%\n"
         "2021  2022        1 year  +200\u00A0%\n\n"
         "time between: whole months / 12\nspacing: yearly\n",
         "", "growth", "m", "--transform", "cagr");
    DONE("new", "n", "--unit", "people", "--measure", "stock");
    DONE("add", "n", "2020", "10");
    DONE("add", "n", "2021", "30");
    DONE("add", "n", "2022", "120");
    SAYS(0,
         "n\n"
         "From  To    Time between  A year\n"
         "2020  2021        1 year      3×\n"
         "2021  2022        1 year      4×\n\n"
         "time between: whole months / 12\nspacing: yearly\n",
         "", "growth", "n", "--transform", "cagr");
}

/* Of every command's table, and of one that is read in parts as of one that is not. */
static void any_table_has_the_columns_asked_for(void **state)
{
    (void)state;
    static const char *const commands[][2] = {{"list", "unit,series"},
                                              {"show", "value,period"},
                                              {"growth", "value,series"},
                                              {"export", "period,metric"}};
    DONE("new", "m", "--unit", "people", "--measure", "stock");
    DONE("add", "m", "2020", "10");
    DONE("add", "m", "2021", "15");
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        DONE(commands[i][0], "m", "--format", "csv", "--columns", commands[i][1]);
        size_t length = strlen(commands[i][1]);
        assert_memory_equal(last.out, commands[i][1], length);
        assert_int_equal(last.out[length], '\n');
        assert_int_equal(RUN(commands[i][0], "m", "--format", "csv", "--columns", "x"),
                         2);
        HAS(last.err, "the table has no column 'x' (");
    }
    DONE("growth", "m", "--transform", "fold", "--columns", "to,fold");
    HAS(last.out, "m\nTo    Times\n2021  1.50×\n\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_EMPTY(a_trend_beyond_numbers_is_refused_by_name),
        ON_EMPTY(a_level_is_a_percentage),
        ON_EMPTY(what_a_break_leaves_out_is_told_with_its_option),
        ON_EMPTY(the_time_between_is_told_in_its_unit),
        ON_EMPTY(doubling_times_are_told_in_days_that_passed),
        ON_EMPTY(tables_for_machines_tell_what_they_leave_out),
        ON_EMPTY(a_doubtful_trend_is_a_warning),
        ON_EMPTY(too_little_is_told_of_what_was_asked_for),
        ON_EMPTY(an_incomplete_period_is_marked),
        ON_EMPTY(months_are_twelfths),
        ON_EMPTY(figures_of_doubt_are_shown_so),
        ON_EMPTY(tables_for_machines_have_units_and_strictness),
        ON_EMPTY(spacing_is_of_what_is_shown),
        ON_EMPTY(a_bound_that_is_printed_is_one),
        ON_EMPTY(rates_of_one_column_are_told_in_one_way),
        ON_EMPTY(any_table_has_the_columns_asked_for),
    };
    return cmocka_run_group_tests_name("words of growth", tests, NULL, NULL);
}
