/* growth from the command line: what it refuses, what it says, and what it leaves out. */
#include "cli/cli_fixture.h"

/* A tracker of nothing but what a test puts in. */
static int make_empty(void **state)
{
    (void)state;
    width = 0;
    tracker_ = NULL;
    scratch_make(root);
    scratch_path(series, root, "series");
    DONE("init", root);
    return 0;
}

#define HAS(text, part)                                                                  \
    do {                                                                                 \
        if (strstr(text, part) == NULL)                                                  \
            fail_msg("no '%s' in %s", part, text);                                       \
    } while (0)

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

/* Each year's figure belongs to its year, wherever in it the figure sits. */
static void a_split_begins_with_its_year(void **state)
{
    (void)state;
    static const char *const anchors[] = {"start", "middle", "end"};
    for (size_t i = 0; i < 3; i++) {
        DONE("new", anchors[i], "--unit", "people", "--measure", "stock", "--anchor",
             anchors[i]);
        char file[32];
        snprintf(file, sizeof file, "%s.csv", anchors[i]);
        write_file(file,
                   COLUMNS ",2018,1,,,,,,,,,\n,2019,2,,,,,,,,,\n,2020,4,,,,,,,,,\n"
                           ",2021,8,,,,,,,,,\n,2022,24,,,,,,,,,\n,2023,72,,,,,,,,,\n");
        DONE("growth", anchors[i], "--trend", "--split", "2021", "--format", "csv");
        HAS(last.out, ",2018,2020,3,1,");
        HAS(last.out, ",2021,2023,3,2,");
    }
}

/* 5 of the total's 100, and 0 of it; and 100 of both together. */
static void the_total_of_a_share_may_be_of_another_metric(void **state)
{
    (void)state;
    DONE("new", "m", "--unit", "people", "--measure", "stock");
    DONE("new", "all", "--unit", "people", "--measure", "stock");
    DONE("new", "cars", "--unit", "cars", "--measure", "stock");
    write_file("m.csv",
               COLUMNS "A,2020,5,,,,,,,,,\nB,2020,0,,,,,,,,,\nC,2020,95,,,,,,,,,\n"
                       "World,2020,200,,,,,,,,,\n");
    write_file("all.csv", COLUMNS "A,2020,100,,,,,,,,,\nB,2020,40,,,,,,,,,\n");
    write_file("cars.csv", COLUMNS ",2020,100,,,,,,,,,\n");
#define SHARE(values, ...)                                                               \
    do {                                                                                 \
        DONE("growth", __VA_ARGS__, "--transform", "share", "--format", "csv");          \
        HAS(last.out, values);                                                           \
    } while (0)
    SHARE("m/A,2020,,share,0.05,0.05,0.05,exact", "m/A", "--of", "all/A");
    SHARE("m/A,2020,,share,0.05,0.05,0.05,exact", "m", "--of", "all");
    SHARE("m/B,2020,,share,0,0,0,exact", "m", "--of", "all");
    SHARE("m/B,2020,,share,0,0,0,exact", "m", "--of", "m/World");
    SHARE("m/A,2020,,share,0.05,0.05,0.05,exact", "m/A", "--of", "m/A", "--of", "m/C");
    SHARE("m/A,2020,,share,0.025,0.025,0.025,exact", "m/A", "--of", "m/World");
    DONE("growth", "m/A", "--of", "cars", "--transform", "share");
    HAS(last.out, "m/A, 2020: no share: the total is of another unit\n");
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

/* By what is certain: a fourfold is faster than less than a twentyfold; what does not change is
 * slower than what doubles and faster than what falls. */
static void rankings_go_by_what_is_certain(void **state)
{
    (void)state;
    DONE("new", "m", "--unit", "people", "--measure", "stock");
    write_file("m.csv", COLUMNS
               "Bound,2020,1,,,,,,,,,\nBound,2021,20,<,,,,,,,,\nFour,2020,1,,,,,,,,,\n"
               "Four,2021,4,,,,,,,,,\nFall,2020,4,,,,,,,,,\nFall,2021,1,,,,,,,,,\n"
               "Same,2020,4,,,,,,,,,\nSame,2021,4,,,,,,,,,\nTwo,2020,1,,,,,,,,,\n"
               "Two,2021,2,,,,,,,,,\n");
    static const char *const transforms[] = {"fold", "doubling"};
    static const char *const order[] = {"Four", "Two", "Same", "Fall", "Bound"};
    for (size_t t = 0; t < 2; t++) {
        DONE("growth", "m", "--by-entity", "--transform", transforms[t]);
        const char *at = last.out;
        for (size_t i = 0; i < 5; i++) {
            char key[16];
            snprintf(key, sizeof key, "m/%s", order[i]);
            const char *found = strstr(at, key);
            if (found == NULL)
                fail_msg("%s is out of place in %s", key, last.out);
            at = found;
        }
    }
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

/* The base year's mean is 10; of the figures in it, one of which is 8 to 12, that one's own index
 * is 300 x / (x + 20): 600 / 7 to 112.5. */
static void an_index_of_a_longer_base_is_of_its_mean(void **state)
{
    (void)state;
    DONE("new", "m", "--unit", "people", "--measure", "average");
    DONE("new", "r", "--unit", "people", "--measure", "average");
    write_file("m.csv", COLUMNS ",2015-01,6,,,,,,,,,\n,2015-02,10,,,,,,,,,\n"
                                ",2015-03,14,,,,,,,,,\n,2016-01,25,,,,,,,,,\n");
    write_file("r.csv", COLUMNS ",2015-01,,,8,12,,,,,,\n,2015-02,10,,,,,,,,,\n"
                                ",2015-03,10,,,,,,,,,\n,2016-01,25,,,,,,,,,\n");
    DONE("growth", "m", "--transform", "index", "--base", "2015", "--format", "csv");
    HAS(last.out, "m,2015-01,2015,index,60,60,60,exact");
    HAS(last.out, "m,2016-01,2015,index,250,250,250,exact");
    DONE("growth", "m", "--transform", "index", "--base", "2015-Q1");
    HAS(last.out, "index: 100 is the mean of the 3 figures in Q1 2015\n");
    DONE("growth", "m", "--transform", "index", "--base", "2015");
    HAS(last.out, "index: 100 is the mean of the 3 figures in 2015, which leave gaps\n");
    DONE("growth", "m", "--transform", "index", "--base", "2015-02", "--format", "csv");
    HAS(last.out, "m,2016-01,2015-02,index,250,250,250,exact");
    DONE("growth", "r", "--transform", "index", "--base", "2015", "--format", "csv");
    HAS(last.out, "r,2015-01,2015,index,,85.714285714285");
    HAS(last.out, ",112.49999999999999,between");
}

/* 0 is 0 times 10, a fall by all of it, every year by all of it; it has no logarithm. */
static void a_fall_to_nothing_is_a_growth(void **state)
{
    (void)state;
    DONE("new", "m", "--unit", "people", "--measure", "stock");
    write_file("m.csv",
               COLUMNS ",2020,10,,,,,,,,,\n,2022,0,,,,,,,,,\n,2023,5,,,,,,,,,\n");
    DONE("growth", "m", "--transform", "fold,pch,pca,cagr,cch,cca,doubling", "--format",
         "csv");
    HAS(last.out, "m,2022,2020,fold,0,0,0,exact");
    HAS(last.out, "m,2022,2020,pch,-1,-1,-1,exact");
    HAS(last.out, "m,2022,2020,pca,-1,-1,-1,exact");
    HAS(last.out, "m,2022,2020,cagr,-1,-1,-1,exact");
    HAS(last.err, "m, 2022 and 1 more: no continuous change: needs positive levels");
    assert_null(strstr(last.out, "2023"));
    assert_null(strstr(last.out, "cca"));
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
    HAS(last.out, "from an incomplete period");
}

static void options_that_would_do_nothing_are_refused(void **state)
{
    (void)state;
    DONE("new", "m", "--unit", "people", "--measure", "stock");
    write_file("m.csv", COLUMNS "A,2020,1,,,,,,,,,\nA,2021,2,,,,,,,,,\n"
                                "B,2020,1,,,,,,,,,\nB,2021,2,,,,,,,,,\n");
    REFUSED(2, "uptick: --of needs --transform share\n", "growth", "m", "--of", "m/A");
    REFUSED(2, "uptick: --base needs --transform index\n", "growth", "m", "--base",
            "2020", "--transform", "pch,cagr");
    REFUSED(2, "uptick: --date-format 'ymd' is not dmy or mdy\n", "growth", "m",
            "--date-format", "ymd");
    REFUSED(2, "uptick: --contributions and --top exclude each other\n", "growth", "m",
            "--contributions", "--top", "2");
    DONE("growth", "-m/A / 2", "--format", "csv");
    HAS(last.out, "-m/A / 2 (A),2021,,lin,-1,-1,-1,exact");
    REFUSED(
        2, "uptick: --tolerance '0.5 years' is no length of time ('3 days', '1 month')\n",
        "growth", "m", "--transform", "pc1", "--tolerance", "0.5 years");
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

static void a_window_may_have_two_ends(void **state)
{
    (void)state;
    DONE("new", "m", "--unit", "people", "--measure", "stock");
    write_file("m.csv",
               COLUMNS ",2019-10,1,,,,,,,,,\n,2019-11,2,,,,,,,,,\n,2019-12,6,,,,,,,,,\n"
                       ",2020-01,24,,,,,,,,,\n,2020-02,25,,,,,,,,,\n");
    DONE("growth", "m", "--from", "2019-11", "--to", "2020-01", "--transform", "fold",
         "--format", "csv");
    HAS(last.out, "unit\nm,2020-01,2019-11,fold,12,12,12,");
    DONE("growth", "m", "--from", "2019-11", "--to", "2020-01", "--steps", "--transform",
         "fold", "--format", "csv");
    HAS(last.out, "unit\nm,2019-12,2019-11,fold,3,3,3,");
    HAS(last.out, "\nm,2020-01,2019-12,fold,4,4,4,");
    assert_null(strstr(last.out, "2020-02"));
    REFUSED(2, "uptick: --steps needs --from and --to\n", "growth", "m", "--steps",
            "--from", "2020-01");
}

static void the_slowest_and_all_but_some_may_be_asked_for(void **state)
{
    (void)state;
    DONE("new", "m", "--unit", "people", "--measure", "stock");
    write_file("m.csv", COLUMNS "A,2020,1,,,,,,,,,\nA,2021,2,,,,,,,,,\n"
                                "B,2020,1,,,,,,,,,\nB,2021,5,,,,,,,,,\n"
                                "C,2020,1,,,,,,,,,\nC,2021,3,,,,,,,,,\n");
    DONE("growth", "m", "--bottom", "2", "--transform", "fold", "--format", "csv");
    HAS(last.out, "unit\nm/C,2021,2020,fold,3,3,3,");
    HAS(last.out, "\nm/A,2021,2020,fold,2,2,2,");
    assert_null(strstr(last.out, "m/B"));
    DONE("growth", "m", "--top", "1", "--except", "m/B", "--transform", "fold",
         "--format", "csv");
    HAS(last.out, "unit\nm/C,");
    write_file("m.csv", COLUMNS "A,2020,1,,,,,,,,,\nA,2021,2,,,,,,,,,\n"
                                "B,2019,1,,,,,,,,,\nB,2021,5,>,,,,,,,,\n");
    DONE("growth", "m", "--by-entity", "--transform", "fold");
    HAS(last.out,
        "order: by the value or the lower bound; bounds and ranges leave it open\n");
    HAS(last.out, "order: over times of unlike length (cagr is per year)\n");
}

/* qt(.95, 1) = 6.313752: y = 0, ln 2, ln 2: slope ln 2 / 2, se = sqrt((ln 2)^2 / 12) */
static void the_level_of_an_interval_may_be_chosen(void **state)
{
    (void)state;
    DONE("new", "m", "--unit", "people", "--measure", "stock");
    write_file("m.csv", COLUMNS ",2020,1,,,,,,,,,\n,2021,2,,,,,,,,,\n,2022,2,,,,,,,,,\n");
    /* exp(ln 2 / 2 -+ 6.313752 ln 2 / sqrt(12)) - 1 = -0.60019..., 4.00238... */
    DONE("growth", "m", "--trend", "--level", "90", "--format", "csv");
    HAS(last.out, ",-0.600");
    DONE("growth", "m", "--trend", "--level", "90");
    HAS(last.out, "in brackets the 90 % confidence interval");
    REFUSED(2, "uptick: --level '100' is no percentage between 0 and 100\n", "growth",
            "m", "--trend", "--level", "100");
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
    HAS(last.out, "2020,2021,a,0.19999999999999996,0.05,0.05,0.05,exact\n");
    HAS(last.out, "2020,2021,b,0,0,0,0,exact\n");
    REFUSED(
        2,
        "uptick: contributions are of one unit and measure: a (people, stock) and cars "
        "(cars, stock) do not add up\n",
        "growth", "a", "cars", "--contributions");
    DONE("new", "cpi", "--measure", "index");
    HAS(last.err, "cpi.csv: index, in index");
}

int main(void)
{
#define ON_EMPTY(test) cmocka_unit_test_setup_teardown(test, make_empty, remove_tracker)
    const struct CMUnitTest tests[] = {
        ON_EMPTY(what_is_no_currency_is_refused),
        ON_EMPTY(an_expression_of_countless_conversions_is_refused),
        ON_EMPTY(a_chain_of_formulas_is_worked_out_to_its_end),
        ON_EMPTY(a_trend_beyond_numbers_is_refused_by_name),
        ON_EMPTY(a_split_begins_with_its_year),
        ON_EMPTY(the_total_of_a_share_may_be_of_another_metric),
        ON_EMPTY(tables_for_machines_tell_what_they_leave_out),
        ON_EMPTY(one_figure_that_cannot_be_bounded_leaves_the_others),
        ON_EMPTY(an_index_is_told_by_its_range_and_must_be_positive),
        ON_EMPTY(rankings_go_by_what_is_certain),
        ON_EMPTY(a_doubtful_trend_is_a_warning),
        ON_EMPTY(an_expression_is_ranked_by_its_growth),
        ON_EMPTY(too_little_is_told_of_what_was_asked_for),
        ON_EMPTY(the_deflator_of_an_entity_is_found_for_a_series_named_with_it),
        ON_EMPTY(an_index_of_a_longer_base_is_of_its_mean),
        ON_EMPTY(a_fall_to_nothing_is_a_growth),
        ON_EMPTY(an_incomplete_period_is_marked),
        ON_EMPTY(options_that_would_do_nothing_are_refused),
        ON_EMPTY(what_has_no_currency_does_not_keep_the_rest_from_one),
        ON_EMPTY(months_are_twelfths),
        ON_EMPTY(figures_of_doubt_are_shown_so),
        ON_EMPTY(a_level_times_a_rate_is_a_rate),
        ON_EMPTY(tables_for_machines_have_units_and_strictness),
        ON_EMPTY(spacing_is_of_what_is_shown),
        ON_EMPTY(the_same_figure_is_one_variable_however_it_is_reached),
        ON_EMPTY(a_window_may_have_two_ends),
        ON_EMPTY(the_slowest_and_all_but_some_may_be_asked_for),
        ON_EMPTY(the_level_of_an_interval_may_be_chosen),
        ON_EMPTY(what_may_have_been_meant_is_said),
        ON_EMPTY(what_is_done_to_many_figures_is_told_of_the_first),
        ON_EMPTY(a_bound_that_is_printed_is_one),
        ON_EMPTY(parts_of_a_sum_may_be_of_several_metrics),
        ON_EMPTY(formulas_that_nest_too_deep_are_refused),
    };
    return cmocka_run_group_tests_name("growth", tests, NULL, NULL);
}
