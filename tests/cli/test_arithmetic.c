/* Arithmetic from the command line: metrics with a formula, resampling, currencies. */
#include "cli/cli_fixture.h"

/* Among the rows is one that begins so; the remarks are these. */
#define GROWS(row, err, ...)                                                             \
    do {                                                                                 \
        SAYS(0, NULL, err, __VA_ARGS__);                                                 \
        if (strstr(last.out, row) == NULL)                                               \
            fail_msg("no '%s' in %s", row, last.out);                                    \
    } while (0)

static int make_shop(void **state)
{
    make_tracker(state);
    DONE("source", "till", "--title", "The till");
    DONE("source", "roll", "--title", "The payroll");
    DONE("new", "sales", "--unit", "CNY", "--measure", "flow");
    DONE("new", "heads", "--unit", "people");
    DONE("new", "usd-cny", "--unit", "CNY per USD", "--measure", "average");
    write_file("sales.csv",
               COLUMNS "A,2024-01,70,,,,,,,till,,\nA,2024-02,140,,,,,,,till,,\n"
                       "A,2024-03,210,,,,,,,till,,\nA,2024-04,280,,,,,,,till,,\n");
    write_file("heads.csv", COLUMNS "A,2023-12-31,7,,,,,,,roll,,\n");
    write_file("usd-cny.csv",
               COLUMNS ",2024-Q1,7,,,,,,,till,,\n,2024-Q2,8,,,,,,,till,,\n");
    return 0;
}

static void a_metric_with_a_formula_is_a_metric(void **state)
{
    (void)state;
    SAYS(0, "",
         "uptick: new series/per-head.csv: ratio, in CNY per person, worked out as sales "
         "/ "
         "heads\n",
         "new", "per-head", "--formula", "sales / heads", "--align", "carry-forward");
    assert_file("per-head.csv", COLUMNS);
    SAYS(0,
         "series,title,unit,measure,figures,first,last,value,qualifier,low,high\n"
         "per-head/A,,CNY per person,ratio,4,2024-01,2024-04,40,,,\n",
         "", "list", "per-head", "--format", "csv");
    GROWS("per-head/A,2024-03,2024-02,fold,1.5,1.5,1.5,exact,reported", "", "growth",
          "per-head", "--transform", "fold", "--from", "2024-02", "--to", "2024-03",
          "--format", "csv");
    SAYS(
        0,
        "metric,entity,period,value,qualifier,low,high,stated,status,reported,source,"
        "quote,"
        "note\n"
        "per-head,A,2024-01,10,,,,,,,till,,heads/A of 31 Dec 2023 carried forward to Jan "
        "2024\n"
        "per-head,A,2024-02,20,,,,,,,till,,heads/A of 31 Dec 2023 carried forward to Feb "
        "2024\n"
        "per-head,A,2024-03,30,,,,,,,till,,heads/A of 31 Dec 2023 carried forward to Mar "
        "2024\n"
        "per-head,A,2024-04,40,,,,,,,till,,heads/A of 31 Dec 2023 carried forward to Apr "
        "2024\n",
        "", "export", "per-head");
    DONE("cite", "per-head", "--format", "csv");
    assert_non_null(strstr(last.out, "till,The till"));
    assert_non_null(strstr(last.out, "roll,The payroll"));
    DONE("show", "per-head", "--revisions");
    assert_non_null(strstr(last.out, "worked out as sales / heads, never stored"));
    DONE("project", "per-head", "--steps", "1");
    DONE("audit", "per-head");
    SAYS(0, "", "", "check");
    assert_file("per-head.csv", COLUMNS);
}

static void its_figures_are_never_stored(void **state)
{
    (void)state;
    DONE("new", "twice", "--formula", "2 * sales");
    REFUSED(2,
            "uptick: the figures of 'twice' are worked out as 2 * sales, and none are "
            "stored\n",
            "add", "twice/A", "2025-01", "5");
    REFUSED(2, "uptick: 'sales' has figures of its own, and takes no formula\n", "set",
            "sales", "formula=twice / 2");
    REFUSED(3, "uptick: the formulas run in a circle: twice needs twice\n", "set",
            "twice", "formula=twice / 2");
    REFUSED(2, "uptick: unknown metric 'sale'; did you mean 'sales'?\n", "new", "x",
            "--formula", "sale / 2");
    REFUSED(2, "uptick: the formula of 'twice' needs 'sales'\n", "rm", "sales", "--all");
    SAYS(0, "", "uptick: sales is takings now, and so it is called in 1 formula\n",
         "rename", "sales", "takings");
    DONE("growth", "twice/A", "--transform", "lin", "--format", "csv");
    assert_non_null(strstr(last.out, "twice/A,2024-01,,lin,140,"));
}

static void check_tells_what_a_formula_lacks(void **state)
{
    (void)state;
    DONE("new", "twice", "--formula", "2 * sales");
    write_file("twice.csv", COLUMNS "A,2024-01,1,,,,,,,till,,\n");
    SAYS(1, "",
         "series/twice.csv:2: 'twice' has a formula: figures of its own are never looked "
         "at\nuptick: 1 error found\n",
         "check");
    write_file("twice.csv", COLUMNS);
    DONE("set", "twice", "tolerance=3 months");
    write_file("sales.csv", COLUMNS);
    RUN("check");
    assert_non_null(strstr(last.err, "the formula of 'twice': "));
}

static void months_become_quarters(void **state)
{
    (void)state;
    GROWS(
        "sales/A,2024-Q1,,lin,420,420,420,exact,reported",
        "uptick: note: sales/A: 1 of 2 quarters left out as incomplete: Q2 2024 (without "
        "May–Jun 2024)\n",
        "growth", "sales", "--resample", "quarter", "--transform", "lin", "--format",
        "csv");
    SAYS(0,
         "series,period,value,qualifier,low,high,stated,status,reported,source,quote,"
         "note\n"
         "sales/A,2024-Q1,420,,,,,,,till,,sum of 3 figures\n"
         "sales/A,2024-Q2,280,,,,,P,,till,,without May–Jun 2024\n",
         NULL, "show", "sales", "--resample", "quarter", "--partial", "--format", "csv");
    char path[SCRATCH_PATH], script[SCRATCH_PATH];
    DONE("show", "sales", "--resample", "quarter", "--partial");
    assert_non_null(strstr(last.out, "flow), quarterly sums\n"));
    scratch_path(path, root, "c.svg");
    scratch_path(script, root, "c.gp");
    SAYS(0, "", NULL, "chart", "sales", "--resample", "quarter", "-o", path, "--script",
         script);
    char *text = scratch_read(root, "c.gp");
    assert_non_null(strstr(text, ", quarterly sums'"));
    free(text);
    REFUSED(2, "uptick: --how and --partial go with --resample\n", "show", "sales",
            "--how", "sum");
    REFUSED(2, "uptick: heads/A is no flow: its figures do not add up (stock)\n", "show",
            "heads", "--resample", "year", "--how", "sum");
}

static void figures_are_shown_in_a_currency(void **state)
{
    (void)state;
    GROWS(
        "sales/A in USD,2024-Q1,,lin,60,60,60,exact,reported",
        "uptick: note: sales/A: 1 of 2 quarters left out as incomplete: Q2 2024 (without "
        "May–Jun 2024)\n"
        "uptick: note: sales/A of Q1 2024 at 7 CNY per USD (usd-cny, Q1 2024)\n",
        "growth", "sales", "--resample", "quarter", "--in", "USD", "--transform", "lin",
        "--format", "csv");
    /* a month within the quarter: its mean is not known yet */
    REFUSED(4,
            "uptick: usd-cny has no rate for Jan 2024 (--tolerance '3 months' takes an "
            "earlier one)\n",
            "growth", "sales @ USD");
    GROWS("sales @ USD (A),2024-04,,lin,40,40,40,exact,reported",
          "uptick: note: sales/A of Apr 2024 at 7 CNY per USD (usd-cny, Q1 2024, carried "
          "forward)\n"
          "uptick: note: 3 of 4 figures left out: usd-cny has no rate for Jan 2024, Feb "
          "2024, Mar 2024 within the tolerance\n",
          "growth", "sales @ USD", "--tolerance", "31", "--format", "csv");
    DONE("new", "cpi", "--unit", "index", "--measure", "index");
    write_file("cpi.csv",
               COLUMNS "A,2023,100,,,,,,,till,,\nA,2024-Q1,105,,,,,,,till,,\n");
    GROWS("sales/A at prices of 2023,2024-Q1,,lin,400,400,400,exact", NULL, "growth",
          "sales", "--real", "cpi", "--prices", "2023", "--resample", "quarter",
          "--transform", "lin", "--format", "csv");
    REFUSED(
        2,
        "uptick: --real INDEX and --prices PERIOD go together: by which index, at the "
        "prices of when\n",
        "growth", "sales", "--real", "cpi");
    REFUSED(2, "uptick: --in and --real need a series: which?\n", "growth", "--in",
            "USD");
    REFUSED(2, "uptick: --align nearest needs a --tolerance: how far is still near?\n",
            "growth", "sales / heads", "--align", "nearest");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_metric_with_a_formula_is_a_metric, make_shop,
                                        remove_tracker),
        cmocka_unit_test_setup_teardown(its_figures_are_never_stored, make_shop,
                                        remove_tracker),
        cmocka_unit_test_setup_teardown(check_tells_what_a_formula_lacks, make_shop,
                                        remove_tracker),
        cmocka_unit_test_setup_teardown(months_become_quarters, make_shop,
                                        remove_tracker),
        cmocka_unit_test_setup_teardown(figures_are_shown_in_a_currency, make_shop,
                                        remove_tracker),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
