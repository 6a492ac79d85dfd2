/* project, backtest and reach as they are asked for: models, limits, what cannot be compared. */
#include "cli/cli_fixture.h"

#include <math.h>

/* 100, 200, 400: growth of 100 % a year. */
static void make_levels(void)
{
    DONE("new", "levels", "--unit", "people");
    DONE("add", "levels", "2021", "100");
    DONE("add", "levels", "2022", "200");
    DONE("add", "levels", "2023", "400");
}

/* Early figures of a curve that slows: its best fit and the median of its paths are far apart. */
static void make_early(void)
{
    static const char *const values[] = {"100", "152", "220", "333", "470", "690", "985"};
    DONE("new", "early", "--unit", "people", "--measure", "average");
    for (int i = 0; i < 7; i++) {
        char year[8];
        snprintf(year, sizeof year, "%d", 2015 + i);
        DONE("add", "early", year, values[i]);
    }
}

/* What auto says stands beside what those named say, in the words and numbers that each has alone. */
static void auto_and_models_stand_beside_each_other(void **state)
{
    (void)state;
    static const char *const lists[] = {"auto,quadratic,exponential",
                                        "quadratic,exponential,auto"};
    static const char *const alone[] = {"auto", "quadratic", "exponential"};
    char row[3][128];
    make_early();
    for (size_t i = 0; i < 3; i++) {
        char begin[32];
        snprintf(begin, sizeof begin, "early,%s,1,", alone[i]);
        DONE("project", "early", "--model", alone[i], "--steps", "1", "--format", "csv");
        const char *at = strstr(last.out, begin);
        assert_non_null(at);
        size_t length = strlen(begin); /* to the end of the period, and of the value */
        for (int column = 0; column < 2; column++)
            length += strcspn(at + length, ",") + 1;
        snprintf(row[i], sizeof row[i], "%.*s", (int)length, at);
    }
    for (size_t l = 0; l < 2; l++) {
        DONE("project", "early", "--model", lists[l], "--steps", "1", "--format", "csv");
        for (size_t i = 0; i < 3; i++)
            assert_non_null(strstr(last.out, row[i]));
        assert_null(strstr(last.out, ",constant,"));
        DONE("project", "early", "--model", lists[l], "--steps", "1");
        for (size_t i = 0; i < 3; i++) {
            char wanted[32];
            snprintf(wanted, sizeof wanted, "early   %-11s  2022", alone[i]);
            assert_non_null(strstr(last.out, wanted));
        }
    }
    SAYS(2, "", "uptick: --model names auto twice\n", "project", "early", "--model",
         "auto,auto");
    SAYS(
        2, NULL,
        "uptick: a chart draws auto or the models named, not both; --kind fit draws each "
        "model's curve\n",
        "chart", "early", "--project", "2025", "--model", "auto,linear", "--script", "-");
}

/* In a backtest auto is the pool of all models too, whichever are named beside it. */
static void a_backtest_shows_auto_and_those_named(void **state)
{
    (void)state;
    char each[4096];
    make_early();
    DONE("backtest", "early", "--format", "csv");
    snprintf(each, sizeof each, "%s", last.out);
    DONE("backtest", "early", "--model", "linear,auto,exponential", "--format", "csv");
    static const char *const shown[] = {"naive", "two-point", "linear", "exponential",
                                        "auto"};
    size_t lines = 0;
    for (const char *at = last.out; *at != '\0'; at++)
        lines += *at == '\n';
    assert_int_equal(lines, 1 + 5);
    for (size_t i = 0; i < 5; i++) {
        char begin[32], row[256];
        snprintf(begin, sizeof begin, "early,%s,", shown[i]);
        const char *at = strstr(each, begin);
        assert_non_null(at);
        snprintf(row, sizeof row, "%.*s\n", (int)strcspn(at, "\n"), at);
        assert_non_null(strstr(last.out, row));
    }
    DONE("backtest", "early", "--model", "auto,linear", "--each", "--format", "csv");
    assert_non_null(strstr(last.out, ",auto,"));
    assert_non_null(strstr(last.out, ",linear,"));
    assert_null(strstr(last.out, ",exponential,"));
}

/* What a chart of the fit says of a model is what project says of it. */
static void a_chart_of_the_fit_has_the_numbers_of_project(void **state)
{
    (void)state;
    int thousands, rest;
    double value;
    make_early();
    DONE("chart", "early", "--kind", "fit", "--model", "logistic", "--project", "2026",
         "--alt");
    const char *at = strstr(last.out, "logistic: projected ");
    assert_non_null(at);
    assert_int_equal(sscanf(at, "logistic: projected %d,%d in 2026.", &thousands, &rest),
                     2);
    DONE("project", "early", "--model", "logistic", "--until", "2026", "--format", "csv");
    at = strstr(last.out, ",2026,");
    assert_non_null(at);
    assert_int_equal(sscanf(at, ",2026,%lf", &value), 1);
    assert_true(fabs(value - (1000 * thousands + rest)) <= 0.5);
}

/* The note line of a chart has what the table warns of. */
static void assert_chart_warns(const char *words, const char *const argv[])
{
    if (run_line(argv) != 0)
        fail_msg("%s", last.err);
    char *script = scratch_read(root, "c.gp");
    assert_non_null(script);
    assert_non_null(strstr(script, words));
    free(script);
    char path[SCRATCH_PATH];
    scratch_path(path, root, "c.gp");
    assert_int_equal(remove(path), 0);
}

static void a_chart_warns_as_the_table_does(void **state)
{
    (void)state;
    /* 2, 2.2, 2.8, 4.2, 6.8, … bend away from any line: neighbours' residuals have one sign */
    static const char *const bent[] = {"2.0",  "2.2",  "2.8",  "4.2",  "6.8",
                                       "11.4", "19.0", "31.0", "48.0", "72.0"};
    static const char open[] = "capacity not identified",
                      narrow[] = "residuals hang together: intervals too narrow";
    char path[SCRATCH_PATH];
    scratch_path(path, root, "c.gp");
    make_early();
    assert_chart_warns(open,
                       (const char *[]){"uptick", "chart", "early", "--model", "logistic",
                                        "--project", "2023", "--script", path, NULL});
    assert_chart_warns(open,
                       (const char *[]){"uptick", "chart", "early", "--kind", "fit",
                                        "--model", "logistic", "--script", path, NULL});
    assert_chart_warns(open, (const char *[]){"uptick", "chart", "early", "--kind",
                                              "reach", "--target", "1500", "--model",
                                              "logistic", "--script", path, NULL});
    DONE("new", "bent", "--unit", "people", "--measure", "average");
    for (int i = 0; i < 10; i++) {
        char year[8];
        snprintf(year, sizeof year, "%d", 2011 + i);
        DONE("add", "bent", year, bent[i]);
    }
    DONE("project", "bent", "--model", "linear", "--steps", "1");
    assert_non_null(strstr(last.out, "residuals hang together (r "));
    assert_chart_warns(narrow,
                       (const char *[]){"uptick", "chart", "bent", "--model", "linear",
                                        "--project", "2022", "--script", path, NULL});
}

/* von Bertalanffy's curve is Richards' with ν = -1/3, which it may not be. */
static void a_bound_is_told_beside_the_parameters(void **state)
{
    (void)state;
    static const char *const bent[] = {"17.5",  "92.2",  "208.1", "339.9",
                                       "470.7", "583.9", "673.1", "748.8",
                                       "814.9", "861.4", "889.8", "916.6"};
    DONE("new", "bent", "--unit", "people");
    for (int i = 0; i < 12; i++) {
        char year[8];
        snprintf(year, sizeof year, "%d", 2009 + i);
        DONE("add", "bent", year, bent[i]);
    }
    DONE("project", "bent", "--model", "richards", "--parameters");
    assert_non_null(strstr(last.out, "at most 0."));
    assert_non_null(strstr(
        last.out, "bent, richards: a parameter stands at its bound: its own interval "
                  "is told inwards at most, the others' not at all\n"));
}

/* Two are asked for, one can be had: it is named, and nothing is "pooled". */
static void a_pool_of_one_is_named(void **state)
{
    (void)state;
    make_early();
    DONE("project", "early", "--model", "exponential,bass", "--steps", "1");
    assert_non_null(
        strstr(last.out, "exponential alone: the only model that can be used"));
    assert_non_null(strstr(
        last.out, "a period's figure is the mean over it, and stands in its middle\n"));
    char path[SCRATCH_PATH];
    scratch_path(path, root, "c.gp");
    DONE("chart", "early", "--model", "exponential,bass", "--project", "2023", "--script",
         path);
    char *script = scratch_read(root, "c.gp");
    assert_non_null(script);
    assert_null(strstr(script, "pooled"));
    assert_non_null(strstr(script, "Dashed: exponential projection"));
    free(script);
}

/* Whose figures can be no more than another metric's last figure, 500: 400 · 1.6 = 640 is. */
static void options_of_other_models_are_refused(void **state)
{
    (void)state;
    make_levels();
    SAYS(2, "", "uptick: --launch is for the models power and bass\n", "project",
         "levels", "--model", "linear", "--launch", "2001", "--steps", "1");
    SAYS(2, "",
         "uptick: --capacity is for the models logistic, gompertz, richards and bass\n",
         "project", "levels", "--model", "exponential,linear", "--capacity", "5000",
         "--steps", "1");
}

/* The ceiling of 2018 was reported in 2021: in 2019 that of 2015 was the last one known. */
static void a_ceiling_is_that_known_on_the_day(void **state)
{
    (void)state;
    DONE("new", "m", "--unit", "people", "--measure", "stock");
    DONE("new", "pop", "--unit", "people", "--measure", "stock");
    write_file("m.csv",
               COLUMNS ",2013,100,,,,,,,,,\n,2014,130,,,,,,,,,\n,2015,180,,,,,,,,,\n"
                       ",2016,210,,,,,,,,,\n,2017,290,,,,,,,,,\n");
    write_file("pop.csv", COLUMNS ",2015,2000,,,,,,2016-01-01,,,\n"
                                  ",2018,1500,,,,,,2021-03-01,,,\n");
    RUN("project", "m", "--model", "logistic", "--ceiling", "pop", "--steps", "1",
        "--today", "2019-06-01");
    assert_non_null(strstr(last.err, "m: ceiling 2,000, pop (2015)\n"));
    RUN("project", "m", "--model", "logistic", "--ceiling", "pop", "--steps", "1",
        "--today", "2021-06-01");
    assert_non_null(strstr(last.err, "m: ceiling 1,500, pop (2018)\n"));
}

static void a_ceiling_may_be_another_metric(void **state)
{
    (void)state;
    make_levels();
    DONE("new", "people", "--unit", "people");
    DONE("set", "levels", "ceiling=people");
    SAYS(4, "", "uptick: levels: the ceiling people has no figure for it\n", "project",
         "levels", "--steps", "1");
    DONE("add", "people", "2022", "450");
    DONE("add", "people", "2023", "500");
    SAYS(4, "",
         "uptick: levels: ceiling 500, people (2023)\n"
         "uptick: levels: the scenario 'high' rises above the metric's ceiling in step "
         "1\n",
         "project", "levels", "--scenario", "high 60 %", "--steps", "1");
    /* the curve through three is 800 at 2024 */
    SAYS(
        4, "",
        "uptick: levels: ceiling 500, people (2023)\n"
        "uptick: levels: the exponential model rises above the metric's ceiling, another "
        "metric's figure\n",
        "project", "levels", "--model", "exponential", "--steps", "1");
}

/* Whose people are counted elsewhere: the option is named once, where nothing else bounds them. */
static void a_population_that_is_known_is_named_as_ceiling(void **state)
{
    (void)state;
    static const char note[] =
        "uptick: members/China: no ceiling is set; it cannot be more "
        "than population/China: --ceiling population/China\n";
    static const char *const years[] = {"2021", "2022", "2023"};
    static const char *const values[] = {"100", "200", "400"};
    DONE("new", "members", "--unit", "people");
    DONE("new", "visits", "--unit", "people", "--measure", "flow");
    DONE("new", "downloads", "--unit", "downloads");
    for (size_t i = 0; i < 3; i++) {
        DONE("add", "members/China", years[i], values[i]);
        DONE("add", "members/Japan", years[i], values[i]);
        DONE("add", "visits/China", years[i], values[i]);
        DONE("add", "downloads/China", years[i], values[i]);
    }
    SAYS(0, NULL, "", "project", "members/China"); /* nothing is known */
    DONE("new", "population", "--unit", "people");
    DONE("add", "population/China", "2022", "5000");
    SAYS(0, NULL, note, "project", "members/China", "--model", "exponential");
    SAYS(0, NULL, note, "reach", "members", "600", "--model", "exponential");
    SAYS(0, NULL, "", "project", "members/Japan", "visits", "downloads", "--model",
         "exponential");
    SAYS(0, NULL, "", "project", "members/China", "--capacity", "4000");
    SAYS(0, NULL, "", "project", "members/China", "--ceiling", "4000");
    SAYS(0, NULL, "uptick: members/China: ceiling 5,000, population/China (2022)\n",
         "project", "members/China", "--ceiling", "population");
    DONE("set", "members", "ceiling=4500");
    SAYS(0, NULL, "", "project", "members/China");
}

/* 400, 300, 200 go on to 100, below the 150 of the metric that is the floor. */
static void a_floor_may_be_another_metric(void **state)
{
    (void)state;
    static const char note[] = "uptick: stocks: floor 150, base (2021)\n";
    char wanted[256];
    DONE("new", "stocks", "--unit", "people");
    DONE("add", "stocks", "2021", "400");
    DONE("add", "stocks", "2022", "300");
    DONE("add", "stocks", "2023", "200");
    DONE("new", "base", "--unit", "people");
    DONE("add", "base", "2021", "150");
    DONE("project", "stocks", "--model", "linear", "--steps", "1");
    DONE("set", "stocks", "floor=base");
    snprintf(wanted, sizeof wanted,
             "%suptick: stocks: the linear model falls below the metric's floor, another "
             "metric's figure\n",
             note);
    SAYS(4, "", wanted, "project", "stocks", "--model", "linear", "--steps", "1");
    snprintf(
        wanted, sizeof wanted,
        "%suptick: stocks: the scenario 'low' falls below the metric's floor in step 1\n",
        note);
    SAYS(4, "", wanted, "project", "stocks", "--scenario", "low -50 %", "--steps", "1");
}

/* What the metric says of itself is no fault of the command's options. */
static void a_limit_that_is_nothing_is_the_metrics_fault(void **state)
{
    (void)state;
    static const char *const limits[] = {"ceiling", "floor"};
    make_levels();
    for (size_t i = 0; i < 2; i++) {
        char setting[32], wanted[160];
        snprintf(setting, sizeof setting, "%s=peopel", limits[i]);
        snprintf(wanted, sizeof wanted,
                 "uptick: levels: its %s 'peopel' is neither a number nor a metric "
                 "(uptick set "
                 "levels %s=…)\n",
                 limits[i], limits[i]);
        RUN("set", "levels", setting);
        SAYS(3, "", wanted, "project", "levels", "--model", "logistic");
        SAYS(3, "", wanted, "reach", "levels", "1000", "--model", "linear");
        snprintf(setting, sizeof setting, "%s=", limits[i]);
        RUN("set", "levels", setting);
    }
    SAYS(2, "", "uptick: --ceiling 'peopel' is neither a number nor a metric\n",
         "project", "levels", "--ceiling", "peopel");
}

/* The figure never changes, so nothing can be better than repeating it. */
static void what_repeats_is_not_compared_with_naive(void **state)
{
    (void)state;
    static const char *const years[] = {"2001", "2002", "2003", "2004"};
    DONE("new", "flat", "--unit", "people");
    for (size_t i = 0; i < 4; i++)
        DONE("add", "flat", years[i], "500");
    DONE("backtest", "flat", "--model", "bass");
    assert_non_null(
        strstr(last.out, "flat    naive              1        0           0"));
    assert_non_null(strstr(last.out, "not comparable\n"));
    assert_non_null(strstr(last.out,
                           "flat: not comparable: naive, two-point (the last figure "
                           "repeated has no error at all)\n"));
    DONE("backtest", "flat", "--model", "bass", "--format", "csv");
    assert_string_equal(
        last.out, "series,method,forecasts,refused,median_error,relative_error,skill,"
                  "log_skill,inside80,inside95\n"
                  "flat,naive,1,0,0,,,,,\n"
                  "flat,two-point,1,0,0,,,,,\n"
                  "flat,bass,0,1,,,,,,\n");
}

/* A bound bends the level away from the figures that count. Of the five logarithms the mean is a fifth of
 * ln 120 - m above that of the four, m = 4.60756: R² = -4 (0.179935 / 5)² / 0.00087658 = -5.910. */
static void a_curve_worse_than_a_level_has_a_minus(void **state)
{
    (void)state;
    static const char *const figures[][2] = {{"2018", "100"},
                                             {"2019", "102"},
                                             {"2020", "98"},
                                             {"2021", "101"},
                                             {"2022", ">120"}};
    DONE("new", "heads", "--unit", "people");
    for (size_t i = 0; i < 5; i++)
        DONE("add", "heads", figures[i][0], figures[i][1]);
    DONE("project", "heads", "--model", "constant", "--steps", "1");
    assert_non_null(strstr(last.out, "R² −5.910"));
}

/* The error of three figures has one degree of freedom: e to its 99.995 % is beyond all numbers. */
static void a_level_beyond_all_numbers_is_blank_and_told(void **state)
{
    (void)state;
    DONE("new", "fans", "--unit", "people");
    DONE("add", "fans", "2021", "100");
    DONE("add", "fans", "2022", "190");
    DONE("add", "fans", "2023", "400");
    DONE("project", "fans", "--model", "exponential", "--until", "2034", "--levels",
         "80,99.99");
    assert_non_null(strstr(
        last.out,
        "an interval of 99.99\xc2\xa0% leaves the range of numbers and is left blank"));
    DONE("project", "fans", "--model", "exponential", "--until", "2034", "--levels",
         "80,99.99", "--format", "csv");
    const char *row = strstr(last.out, "fans,exponential,11,2034,");
    assert_non_null(row);
    for (int i = 0; i < 7; i++) /* series, model, step, period, value, lo80, hi80 */
        row = strchr(row, ',') + 1;
    assert_memory_equal(row, ",,", 2); /* lo99.99, hi99.99 */
}

/* 400 doubles every year: 400 · 2^0.25 = 475.68 a quarter on, 400 · 2^0.5 = 565.69 two. */
static void steps_have_the_unit_that_is_asked_for(void **state)
{
    (void)state;
    make_levels();
    DONE("project", "levels", "--model", "exponential", "--steps", "2", "--step",
         "quarter", "--format", "csv", "--columns", "period,value");
    assert_non_null(strstr(last.out, "\n2024-Q1,475.68"));
    assert_non_null(strstr(last.out, "\n2024-Q2,565.68"));
    DONE("project", "levels", "--model", "exponential", "--until", "2024", "--step",
         "month", "--format", "csv");
    const char *december = strstr(last.out, "levels,exponential,12,2024-12,");
    assert_non_null(december);
    assert_true(fabs(strtod(strrchr(december, '-') + 4, NULL) - 800) < 1e-6);
    SAYS(2, "",
         "uptick: --step 'decade' is none of day, week, month, quarter, half, year\n",
         "project", "levels", "--step", "decade");
    DONE("new", "sales", "--unit", "CNY", "--measure", "flow");
    DONE("add", "sales", "2022", "100");
    DONE("add", "sales", "2023", "130");
    SAYS(0, NULL,
         "uptick: sales: totals of their own periods, which say nothing of the total of "
         "one quarter (--resample quarter where they can be added up)\n",
         "project", "levels", "sales", "--model", "exponential", "--step", "quarter");
}

/* What one series refuses leaves the others their answers; alone it is the error. Others falls to 1000
 * and has not been past it. */
static void what_one_series_cannot_tell_is_told_of_it(void **state)
{
    (void)state;
    make_levels();
    DONE("new", "others", "--unit", "people");
    DONE("add", "others", "2021", "1400");
    DONE("add", "others", "2022", "1200");
    DONE("add", "others", "2023", "1000");
    SAYS(0, NULL, "uptick: others: the last figure is at the target\n", "reach", "levels",
         "others", "1000", "--model", "exponential");
    assert_non_null(strstr(last.out, "levels  exponential"));
    assert_null(strstr(last.out, "others"));
    SAYS(4, "", "uptick: others: the last figure is at the target\n", "reach", "others",
         "1000", "--model", "exponential");
}

static void a_launch_has_both_ends(void **state)
{
    (void)state;
    static const char *const open[] = {"../2020", "2020/.."};
    make_levels();
    for (size_t i = 0; i < 2; i++) {
        char wanted[96];
        snprintf(wanted, sizeof wanted,
                 "uptick: --launch '%s' has no beginning or no end\n", open[i]);
        SAYS(2, "", wanted, "project", "levels", "--model", "power", "--launch", open[i]);
    }
    DONE("project", "levels", "--model", "power", "--launch", "2020");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_TRACKER(auto_and_models_stand_beside_each_other),
        ON_TRACKER(a_backtest_shows_auto_and_those_named),
        ON_TRACKER(options_of_other_models_are_refused),
        ON_TRACKER(a_ceiling_is_that_known_on_the_day),
        ON_TRACKER(a_ceiling_may_be_another_metric),
        ON_TRACKER(a_population_that_is_known_is_named_as_ceiling),
        ON_TRACKER(a_floor_may_be_another_metric),
        ON_TRACKER(a_limit_that_is_nothing_is_the_metrics_fault),
        ON_TRACKER(a_curve_worse_than_a_level_has_a_minus),
        ON_TRACKER(a_level_beyond_all_numbers_is_blank_and_told),
        ON_TRACKER(steps_have_the_unit_that_is_asked_for),
        ON_TRACKER(what_one_series_cannot_tell_is_told_of_it),
        ON_TRACKER(a_launch_has_both_ends),
        ON_TRACKER(a_chart_of_the_fit_has_the_numbers_of_project),
        ON_TRACKER(a_pool_of_one_is_named),
        ON_TRACKER(a_bound_is_told_beside_the_parameters),
        ON_TRACKER(a_chart_warns_as_the_table_does),
        ON_TRACKER(what_repeats_is_not_compared_with_naive),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
