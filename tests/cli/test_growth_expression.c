/* growth of expressions, formulas, currencies and prices from the command line. */
#include "cli/growth_fixture.h"

static void what_is_no_currency_is_refused(void **state)
{
    (void)state;
    DONE("new", "rev", "--unit", "CNY", "--measure", "flow");
    DONE("new", "fx", "--unit", "CNY per USD", "--measure", "average");
    DONE("add", "rev", "2022", "100");
    DONE("add", "fx", "2022", "6.5");
    static const char *const none[] = {"U",   "",      "$",           "EURO",
                                       "U D", "USD\n", "USD per EUR", "USDT"};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        assert_int_equal(RUN("growth", "rev", "--in", none[i], "--transform", "lin"), 2);
        HAS(last.err, "is no currency (three capital letters: USD)");
        assert_int_equal(RUN("growth", "rev * 2", "--in", none[i]), 2);
    }
    REFUSED(2, "uptick: 'usd' is no currency; did you mean 'USD'?\n", "growth", "rev",
            "--in", "usd");
    DONE("growth", "rev", "--in", "USD", "--transform", "lin");
}

/* As many conversions as operators. */
static void an_expression_of_countless_conversions_is_refused(void **state)
{
    (void)state;
    up_buffer text = {0};
    DONE("new", "rev", "--unit", "CNY", "--measure", "flow");
    DONE("add", "rev", "2022", "100");
    up_buffer_add(&text, "rev");
    for (int i = 0; i < 18000; i++)
        up_buffer_add(&text, " @ USD");
    REFUSED(2, "uptick: more than 500 operators\n", "growth", up_buffer_text(&text));
    up_buffer_release(&text);
}

/* Metrics c0, c1, … each `formula` of the one before, of which c0 has figures. */
static void write_chain(int count, const char *before, const char *after)
{
    up_buffer text = {0};
    up_buffer_add(&text, "{\"name\": \"t\", \"profile\": \"tabular-data-package\", "
                         "\"resources\": [");
    for (int i = 0; i < count; i++) {
        char name[32], previous[32];
        snprintf(name, sizeof name, "c%d", i);
        snprintf(previous, sizeof previous, "c%d", i - 1);
        up_buffer_addf(&text,
                       "%s{\"name\": \"%s\", \"path\": \"%s.csv\", \"uptick\": "
                       "{\"unit\": \"people\", \"measure\": \"stock\"",
                       i > 0 ? ", " : "", name, name);
        if (i > 0)
            up_buffer_addf(&text, ", \"formula\": \"%s%s%s%s\"", before, previous, after,
                           previous);
        up_buffer_add(&text, "}}");
        char file[48];
        snprintf(file, sizeof file, "%s.csv", name);
        write_file(file,
                   i > 0 ? COLUMNS : COLUMNS ",2020,1,,,,,,,,,\n,2021,2,,,,,,,,,\n");
    }
    up_buffer_add(&text, "]}\n");
    write_file("datapackage.json", up_buffer_text(&text));
    up_buffer_release(&text);
}

/* A figure of another date is marked in its row, its series is named where many are, and it does not
 * go on for ever without a word. */
static void what_is_carried_is_marked(void **state)
{
    (void)state;
    up_buffer users = {0};
    DONE("new", "users", "--unit", "people", "--measure", "stock");
    DONE("new", "tok", "--unit", "tokens", "--measure", "stock");
    up_buffer_add(&users, COLUMNS);
    for (int year = 2012; year < 2022; year++)
        up_buffer_addf(&users, "A,%d,%d,,,,,,,,,\n", year, year);
    write_file("users.csv", up_buffer_text(&users));
    write_file("tok.csv",
               COLUMNS "A,2011,1,,,,,,,,,\nA,2012,2,,,,,,,,,\nA,2013,2,,,,,,,,,\n");
    DONE("growth", "users / tok", "--align", "carry-forward", "--from", "2012");
    HAS(last.out, "Period    Level  Basis\n2012      1,006\n2013    1,006.5\n"
                  "2014      1,007  with tok/A of 2013\n");
    HAS(last.err, "uptick: note: tok/A of 2013 carried forward to 2019\n"
                  "uptick: note: tok/A: 2 more like these\n"
                  "uptick: warning: tok/A: a figure stands for a date 8 years away, and "
                  "its own are usually 1 year apart (--tolerance bounds that)\n");
    DONE("growth", "users / tok", "--align", "carry-forward", "--transform", "pch",
         "--tolerance", "2 years", "--format", "csv");
    HAS(last.out, ",strict,unit,brought\nusers / tok (A),2013,2012,pch,");
    HAS(last.out, ",1,,,,\nusers / tok (A),2014,2013,pch,");
    HAS(last.out, ",1,,,,tok/A of 2013\nusers / tok (A),2015,");
    assert_null(strstr(last.out, "(A),2016,"));
    HAS(last.err, "uptick: note: 6 of 10 figures left out: tok/A has no figure for 2016, "
                  "2017, 2018 and 3 more within the tolerance\n");
    assert_null(strstr(last.err, "warning"));
    DONE("growth", "users / tok", "--format", "csv");
    HAS(last.err, "8 of 10 figures left out: tok/A has no figure for 2014, 2015, 2016 "
                  "and 5 more (--align carry-forward or interpolate brings one there)\n");
    assert_null(strstr(last.out, "brought"));
    up_buffer_release(&users);
}

/* Each is the mean of the one before and itself: all are c0, 1 and 2. */
static void a_chain_of_formulas_is_worked_out_to_its_end(void **state)
{
    (void)state;
    write_chain(60, "0.5 * ", " + 0.5 * ");
    SAYS(0,
         "series,period,base_period,transform,value,low,high,kind,basis,verdict,about,"
         "elapsed_years,across_break,strict,unit\n"
         "c59,2021,2020,fold,2,2,2,exact,reported,,,1,,,\n",
         "", "growth", "c59", "--transform", "fold", "--format", "csv");
}

static void formulas_that_nest_too_deep_are_refused(void **state)
{
    (void)state;
    write_chain(400, "0.5 * ", " + 0.5 * ");
    SAYS(3, "",
         "uptick: the formula of 'c399' goes too far: 100 others may rest on one "
         "another, and 1000 be worked out for it\n",
         "growth", "c399", "--transform", "fold");
    write_chain(22, "", " + c0 + ");
    DONE("growth", "c21", "--transform", "fold"); /* each of them once, not 2^21 times */
}

/* x² + x of 1 and 3 is 2 and 12; of about 2, squared, no bounds are carried through. */
static void one_figure_that_cannot_be_bounded_leaves_the_others(void **state)
{
    (void)state;
    DONE("new", "x", "--unit", "", "--measure", "ratio");
    write_file("x.csv",
               COLUMNS ",2020,1,,,,,,,,,\n,2021,2,~,,,,,,,,\n,2022,3,,,,,,,,,\n");
    DONE("growth", "x * x + x", "--format", "csv");
    HAS(last.out, ",2020,,lin,2,2,2,exact");
    HAS(last.out, ",2022,,lin,12,12,12,exact");
    HAS(last.err,
        "note: 1 of 3 figures left out: a figure with bounds appears more than once");
    assert_null(strstr(last.out, ",2021,"));
}

static void an_index_is_told_by_its_range_and_must_be_positive(void **state)
{
    (void)state;
    DONE("new", "pay", "--unit", "CNY", "--measure", "flow");
    DONE("new", "cpi", "--unit", "index", "--measure", "index");
    write_file("pay.csv", COLUMNS ",2020,100,,,,,,,,,\n,2021,130,,,,,,,,,\n");
    write_file("cpi.csv", COLUMNS ",2019,0,,,,,,,,,\n,2020,100,,,,,,,,,\n"
                                  ",2021,,,125,130,,,,,,\n");
    DONE("growth", "pay", "--real", "cpi", "--prices", "2020", "--transform", "lin");
    HAS(last.err, "pay of 2021 deflated by 125 to 130 index (cpi, 2021)");
    assert_int_equal(RUN("growth", "pay", "--real", "cpi", "--prices", "2019"), 4);
    HAS(last.err,
        "cpi of 2019 may be nothing or less, and neither converts nor deflates");
}

/* By growth, not by level: A went from 1 to 3, B from 10 to 20. */
static void an_expression_is_ranked_by_its_growth(void **state)
{
    (void)state;
    DONE("new", "m", "--unit", "people", "--measure", "stock");
    write_file("m.csv", COLUMNS "B,2020,10,,,,,,,,,\nB,2021,20,,,,,,,,,\n"
                                "A,2020,1,,,,,,,,,\nA,2021,3,,,,,,,,,\n");
    DONE("growth", "m * 2", "--top", "1");
    HAS(last.out, "m * 2 (A)\n");
    HAS(last.out, "  3×  +200 %");
    DONE("growth", "m * 2", "--by-entity", "--transform", "lin", "--top", "1");
    HAS(last.out, "40");
}

/* 220 CNY at an index of 110, at the prices of 100: 200. */
static void the_deflator_of_an_entity_is_found_for_a_series_named_with_it(void **state)
{
    (void)state;
    DONE("new", "gdp", "--unit", "CNY", "--measure", "flow");
    DONE("new", "cpi", "--unit", "index", "--measure", "index");
    DONE("new", "tax", "--unit", "CNY", "--measure", "flow");
    write_file("gdp.csv", COLUMNS "A,2020,100,,,,,,,,,\nA,2021,220,,,,,,,,,\n"
                                  "B,2020,1,,,,,,,,,\nB,2021,1,,,,,,,,,\n");
    write_file("tax.csv", COLUMNS "A,2020,10,,,,,,,,,\nA,2021,22,,,,,,,,,\n");
    write_file("cpi.csv", COLUMNS "A,2020,100,,,,,,,,,\nA,2021,110,,,,,,,,,\n"
                                  "B,2020,100,,,,,,,,,\nB,2021,200,,,,,,,,,\n");
    DONE("growth", "gdp/A", "--real", "cpi", "--prices", "2020", "--transform", "lin",
         "--format", "csv");
    HAS(last.out, ",2021,,lin,200,200,200,exact");
    DONE("growth", "gdp/A - tax/A", "--real", "cpi", "--prices", "2020", "--format",
         "csv");
    HAS(last.out, ",2021,,lin,180,180,180,exact");
    assert_int_equal(RUN("growth", "gdp/A + gdp/B", "--real", "cpi", "--prices", "2020"),
                     4);
}

/* 20 CNY at 5 CNY per USD; people are of no currency, and left as they are. */
static void what_has_no_currency_does_not_keep_the_rest_from_one(void **state)
{
    (void)state;
    DONE("new", "r-pay", "--unit", "CNY", "--measure", "flow");
    DONE("new", "r-staff", "--unit", "people", "--measure", "stock");
    DONE("new", "fx", "--unit", "CNY per USD", "--measure", "average");
    write_file("r-pay.csv", COLUMNS ",2020,20,,,,,,,,,\n");
    write_file("r-staff.csv", COLUMNS ",2020,7,,,,,,,,,\n");
    write_file("fx.csv", COLUMNS ",2020,5,,,,,,,,,\n");
    DONE("growth", "r-*", "--in", "USD", "--transform", "lin", "--format", "csv");
    HAS(last.out, "r-pay in USD,2020,,lin,4,4,4,exact");
    HAS(last.err, "note: r-staff left out: '@ USD' converts currencies, and what stands "
                  "before it is in people");
    assert_int_equal(RUN("growth", "r-staff", "--in", "USD"), 2);
    assert_int_equal(RUN("new", "double", "--formula", "r-pay * 2", "--unit", "USD"), 2);
    HAS(last.err, "the formula gives CNY, the unit is to be USD: convert it, as in "
                  "'( r-pay * 2 ) @ USD'");
}

/* So many people, each at so much a year, are so much a year and no level. */
static void a_level_times_a_rate_is_a_rate(void **state)
{
    (void)state;
    DONE("new", "staff", "--unit", "people", "--measure", "stock");
    DONE("new", "pay", "--unit", "CNY per person", "--measure", "rate");
    write_file("staff.csv", COLUMNS ",2023,10,,,,,,,,,\n");
    write_file("pay.csv", COLUMNS ",2023,3,,,,,,,,,\n");
    DONE("new", "bill", "--formula", "staff * pay");
    HAS(last.err, "bill.csv: rate, in CNY, worked out as staff * pay");
}

/* 1 to 2 and 3 less what they are the sum of is 0; a rate in its own currencies is 1. */
static void the_same_figure_is_one_variable_however_it_is_reached(void **state)
{
    (void)state;
    DONE("new", "x", "--unit", "people", "--measure", "flow");
    DONE("new", "fx", "--unit", "CNY per USD", "--measure", "average");
    write_file("x.csv", COLUMNS "A,2020-S1,,,1,2,,,,,,\nA,2020-S2,,,4,5,,,,,,\n");
    write_file("fx.csv", COLUMNS ",2020,,,6,7,,,,,,\n");
    DONE("growth", "x - x/*", "--resample", "year", "--format", "csv");
    HAS(last.out, ",2020,,lin,0,0,0,exact");
    DONE("growth", "fx", "--in", "USD", "--transform", "lin", "--format", "csv");
    HAS(last.out, ",2020,,lin,1,1,1,exact");
}

static void what_may_have_been_meant_is_said(void **state)
{
    (void)state;
    DONE("new", "m", "--unit", "people", "--measure", "stock");
    write_file("m.csv", COLUMNS "China,2020,1,,,,,,,,,\nChina,2021,2,,,,,,,,,\n");
    REFUSED(2, "uptick: metric 'm' has no figures for 'china'; did you mean 'China'?\n",
            "growth", "m/china");
    REFUSED(2, "uptick: 'md' is not a format; did you mean 'markdown'?\n", "growth", "m",
            "--format", "md");
    assert_int_equal(RUN("growth", "m", "--transform", "PC1"), 2);
    HAS(last.err, "unknown transform 'PC1'; did you mean 'pc1'?");
    assert_int_equal(RUN("growth", "m", "--transform", "yoy"), 2);
    HAS(last.err, "unknown transform 'yoy'; did you mean 'pc1'?");
    REFUSED(2,
            "uptick: no metric matches 'm*n' (an expression has blanks around its "
            "operators)\n",
            "growth", "m*n");
}

/* 24 months: the first of them tell how, the notes of the figures have the rest. */
static void what_is_done_to_many_figures_is_told_of_the_first(void **state)
{
    (void)state;
    up_buffer pay = {0}, cpi = {0};
    DONE("new", "pay", "--unit", "CNY", "--measure", "flow");
    DONE("new", "cpi", "--unit", "index", "--measure", "index");
    up_buffer_add(&pay, COLUMNS);
    up_buffer_add(&cpi, COLUMNS);
    for (int i = 0; i < 24; i++) {
        up_buffer_addf(&pay, ",%d-%02d,100,,,,,,,,,\n", 2020 + i / 12, i % 12 + 1);
        up_buffer_addf(&cpi, ",%d-%02d,100,,,,,,,,,\n", 2020 + i / 12, i % 12 + 1);
    }
    write_file("pay.csv", up_buffer_text(&pay));
    write_file("cpi.csv", up_buffer_text(&cpi));
    DONE("growth", "pay", "--real", "cpi", "--prices", "2020", "--transform", "lin");
    HAS(last.err, "pay of Jan 2020 deflated by 100 index (cpi, Jan 2020)\n");
    HAS(last.err, "at the prices of 2020, 100 index (cpi, mean of 12 figures");
    HAS(last.err, "uptick: note: pay: 19 more like these\n");
    assert_null(strstr(last.err, "pay of Dec 2021"));
    assert_int_equal(RUN("growth", "pay", "--real", "cpi", "--prices", "2019"), 4);
    HAS(last.err, "cpi has no figure for 2019");
    up_buffer_release(&pay);
    up_buffer_release(&cpi);
}

/* Of 10 and 30 to 12 and 30 the growth is 5 %, all by the first (its own is 12 / 10
 * - 1, in doubles); people and cars do not add up. */
static void parts_of_a_sum_may_be_of_several_metrics(void **state)
{
    (void)state;
    DONE("new", "a", "--unit", "people", "--measure", "stock");
    DONE("new", "b", "--unit", "people", "--measure", "stock");
    DONE("new", "cars", "--unit", "cars", "--measure", "stock");
    write_file("a.csv", COLUMNS ",2020,10,,,,,,,,,\n,2021,12,,,,,,,,,\n");
    write_file("b.csv", COLUMNS ",2020,30,,,,,,,,,\n,2021,30,,,,,,,,,\n");
    write_file("cars.csv", COLUMNS ",2020,30,,,,,,,,,\n,2021,30,,,,,,,,,\n");
    DONE("growth", "a", "b", "--contributions", "--format", "csv");
    HAS(last.out, "2020,2021,a,0.19999999999999996,0.05,0.05,0.05,exact,,\n");
    HAS(last.out, "2020,2021,b,0,0,0,0,exact,,\n");
    REFUSED(
        2,
        "uptick: contributions are of one unit and measure: a (people, stock) and cars "
        "(cars, stock) do not add up\n",
        "growth", "a", "cars", "--contributions");
    DONE("new", "cpi", "--measure", "index");
    HAS(last.err, "cpi.csv: index, in index");
}

/* Each says what there is, and what to write for what was meant. */
static void what_no_expression_has_is_told_with_what_does_the_same(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        {"subs ^ 2", "there is no '^': ", "; x * x for a square"},
        {"subs ** 2", "there is no '**': ", "; x * x for a square"},
        {"2 * subs^2", "there is no '^': ", "; x * x for a square"},
        {"log ( subs )", "there is no function 'log': ", "; --transform log for"},
        {"log(subs)", "there is no function 'log': ", "; --transform log for"},
        {"2 * ln(subs)", "there is no function 'ln': ", "; --transform log for"},
        {"yoy ( subs )", "there is no function 'yoy': ", "; --transform pc1 for"},
        {"max(subs,3)", "there is no function 'max': ", "around operators\n"},
        {"subs \u00D7 2", "there is no '\u00D7': ", "; '*' for '\u00D7'"}};
    DONE("new", "subs", "--unit", "people", "--measure", "stock");
    DONE("add", "subs", "2020", "2");
    DONE("add", "subs/A (B)", "2020", "2");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(RUN("growth", cases[i][0]), 2);
        HAS(last.err, cases[i][1]);
        HAS(last.err, cases[i][2]);
        if (cases[i][1][0] == 't')
            HAS(last.err, ": an expression has + - * /, @ CURRENCY and parentheses, with "
                          "blanks around operators");
    }
    assert_int_equal(RUN("new", "more", "--unit", "people", "--measure", "stock",
                         "--formula", "log(subs)"),
                     2);
    HAS(last.err, "there is no function 'log': ");
    /* an entity's own parentheses are none of these */
    DONE("growth", "subs/A (B)", "--transform", "lin");
    DONE("growth", "\"subs/A (B)\" * 2");
}

/* "More than 5 M" users, carried from 2022 to 2023, are one unknown u there: 9 M / u by 3 M / u is 3,
 * and the change 6 M / u is between 0 and 1.2; 6 M times u is more than 30 T. Of another year's users
 * there is no such word: 9 M / (more than 6 M) by 3 M / u is bounded by nothing. */
static void a_figure_carried_to_two_dates_is_one_variable(void **state)
{
    (void)state;
    DONE("new", "p", "--unit", "CNY", "--measure", "flow");
    DONE("new", "u", "--unit", "people", "--measure", "stock");
    write_file("p.csv", COLUMNS ",2022,3000000,,,,,,,,,\n,2023,9000000,,,,,,,,,\n");
    write_file("u.csv", COLUMNS ",2022,5000000,>,,,,,,,,\n");
    DONE("growth", "p / u", "--align", "carry-forward", "--transform", "fold,chg,cagr",
         "--format", "csv");
    HAS(last.out, "2023,2022,fold,3,3,3,exact,");
    HAS(last.out, "2023,2022,chg,1.2,0,1.2,between,reported,,,1,,both,");
    HAS(last.out, "2023,2022,cagr,2,2,2,exact,");
    DONE("growth", "p * u", "--align", "carry-forward", "--transform", "fold,chg");
    HAS(last.out, "    3×  more than 30\u00A0T");
    write_file("u.csv", COLUMNS ",2022,5000000,>,,,,,,,,\n,2023,6000000,>,,,,,,,,\n");
    DONE("growth", "p / u", "--align", "carry-forward", "--transform", "fold,chg");
    HAS(last.out, "no times: nothing bounds it on either side");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_EMPTY(what_is_no_currency_is_refused),
        ON_EMPTY(an_expression_of_countless_conversions_is_refused),
        ON_EMPTY(what_is_carried_is_marked),
        ON_EMPTY(a_chain_of_formulas_is_worked_out_to_its_end),
        ON_EMPTY(one_figure_that_cannot_be_bounded_leaves_the_others),
        ON_EMPTY(an_index_is_told_by_its_range_and_must_be_positive),
        ON_EMPTY(an_expression_is_ranked_by_its_growth),
        ON_EMPTY(the_deflator_of_an_entity_is_found_for_a_series_named_with_it),
        ON_EMPTY(what_has_no_currency_does_not_keep_the_rest_from_one),
        ON_EMPTY(a_level_times_a_rate_is_a_rate),
        ON_EMPTY(the_same_figure_is_one_variable_however_it_is_reached),
        ON_EMPTY(what_may_have_been_meant_is_said),
        ON_EMPTY(what_is_done_to_many_figures_is_told_of_the_first),
        ON_EMPTY(parts_of_a_sum_may_be_of_several_metrics),
        ON_EMPTY(formulas_that_nest_too_deep_are_refused),
        ON_EMPTY(what_no_expression_has_is_told_with_what_does_the_same),
        ON_EMPTY(a_figure_carried_to_two_dates_is_one_variable),
    };
    return cmocka_run_group_tests_name("growth of expressions", tests, NULL, NULL);
}
