/* growth from the command line: what may be asked for, and what is refused. */
#include "cli/growth_fixture.h"

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

/* A goes from 10 to about 20 (15 to 25 by its digits) beside 10: (20 - 10) / 20 of the total; B from
 * 10 to more than 20: more than 10 / 20. */
static void contributions_keep_what_is_known_of_them(void **state)
{
    (void)state;
    DONE("new", "m", "--unit", "people", "--measure", "stock");
    write_file("m.csv", COLUMNS "A,2020,10,,,,,,,,,\nA,2021,20,~,,,,,,,,\n"
                                "B,2020,10,,,,,,,,,\nB,2021,20,>,,,,,,,,\n");
    DONE("growth", "m", "--contributions", "--format", "csv");
    HAS(last.out, "low,high,kind,about,strict\n");
    HAS(last.out, "2020,2021,m/A,1,0.5,0.25,0.75,between,about,\n");
    HAS(last.out, "2020,2021,m/B,1,0.5,0.5,,at-least,,low\n");
}

/* A, B and C add up to 100, which D is called or not; nothing is said of parts alone. */
static void a_total_among_the_parts_is_named(void **state)
{
    (void)state;
    static const char warning[] = "D seems to be the total of the others, and is counted "
                                  "as a part (--except leaves it out)\n";
    DONE("new", "m", "--unit", "people", "--measure", "stock");
    write_file("m.csv",
               COLUMNS "A,2020,5,,,,,,,,,\nA,2021,6,,,,,,,,,\nB,2020,20,,,,,,,,,\n"
                       "B,2021,21,,,,,,,,,\nC,2020,75,,,,,,,,,\nC,2021,73,,,,,,,,,\n"
                       "D,2020,99,,,,,,,,,\nD,2021,100,,,,,,,,,\n");
    DONE("growth", "m", "--transform", "share");
    HAS(last.err, warning);
    DONE("growth", "m", "--contributions");
    HAS(last.err, warning);
    DONE("growth", "m", "--except", "m/D", "--transform", "share", "--format", "csv");
    assert_null(strstr(last.err, "seems to be"));
    HAS(last.out, "m/A,2020,,share,0.05,"); /* 5 of A, B and C, which are 100 */
    DONE("growth", "m/A", "--of", "m/D", "--transform", "share");
    assert_null(strstr(last.err, "seems to be"));
    write_file("m.csv", COLUMNS "A,2020,5,,,,,,,,,\nworld,2020,900,,,,,,,,,\n");
    DONE("growth", "m/A", "--transform", "share");
    HAS(last.err, "world seems to be the total of the others");
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

static void add_decades(void)
{
    DONE("new", "m", "--unit", "people", "--measure", "stock");
    DONE("add", "m/A", "2010", "100");
    DONE("add", "m/A", "2012", "150");
    DONE("add", "m/A", "2015", "200");
    DONE("add", "m/A", "2020", "more than 800");
    DONE("add", "m/B", "2010", "5");
    DONE("add", "m/B", "2020", "10");
}

/* 2^(1/5) = 1.148698, 4^(1/5) = 1.319508, 8^(1/10) = 1.231144 */
static void growth_by_sub_period_and_over_the_whole(void **state)
{
    (void)state;
    add_decades();
    SAYS(0,
         "m/A\n"
         "From  To    Time between            A year\n"
         "2010  2015       5 years           +14.9\u00A0%\n"
         "2015  2020       5 years  more than 31.9\u00A0%\n"
         "2010  2020      10 years  more than 23.1\u00A0%\n\n"
         "time between: whole months / 12\nspacing: yearly, 7 periods without a figure\n",
         "", "growth", "m/A", "--split", "2015", "--transform", "cagr");
    DONE("growth", "m/A", "--split", "2015", "--transform", "fold", "--format", "csv");
    HAS(last.out, "m/A,2015,2010,fold,2,2,2,exact,");
    HAS(last.out, "m/A,2020,2015,fold,4,4,,at-least,");
    HAS(last.out, "m/A,2020,2010,fold,8,8,,at-least,");
    /* a window bounds the whole; what has no figure there is named, the others shown */
    DONE("growth", "m", "--split", "2015", "--from", "2012", "--transform", "fold",
         "--format", "csv");
    HAS(last.out, "m/A,2020,2012,fold,5.333333333333333,5.333333333333333,,at-least,");
    HAS(last.err, "m/B: one figure only (2020) from 2012 on");
    SAYS(4, "", "uptick: m/B has no figure for 2015\n", "growth", "m/B", "--split",
         "2015");
    SAYS(4, "",
         "uptick: m/A: no growth before and after 2010: its figure is not between two "
         "others\n",
         "growth", "m/A", "--split", "2010");
    SAYS(2, "", "uptick: the periods of --split must ascend\n", "growth", "m/A",
         "--split", "2015,2012");
    SAYS(2, "", "uptick: --split gives no one row a series to rank\n", "growth", "m",
         "--split", "2015", "--by-entity");
}

static void a_sub_period_keeps_its_ends_whatever_is_shown(void **state)
{
    (void)state;
    add_decades();
    DONE("growth", "m/A", "--split", "2015", "--transform", "fold,cagr");
    HAS(last.out, "From  To    Time between         Times            A year\n"
                  "2010  2015       5 years            2×           +14.9\u00A0%\n"
                  "2015  2020       5 years  more than 4×");
    /* an expression's too, which shows levels otherwise */
    DONE("growth", "m/A * 3", "--split", "2015");
    HAS(last.out, "2010  2015       5 years");
    static const char *const others[][2] = {{"pc1", "percent change on a year before"},
                                            {"ch1", "change on a year before"},
                                            {"index", "index"},
                                            {"lin", "level"},
                                            {"log", "logarithm"},
                                            {"share", "share"}};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        char list[32], why[256];
        snprintf(list, sizeof list, "cagr,%s", others[i][0]);
        snprintf(why, sizeof why,
                 "uptick: --split compares the two ends of each part, and %s (%s) does "
                 "not; chg, fold, pch, cagr, cca or doubling do\n",
                 others[i][0], others[i][1]);
        SAYS(2, "", why, "growth", "m/A", "--split", "2015", "--transform", list);
        SAYS(2, "", why, "growth", "m/A", "--split", "2015", "--transform", list,
             "--format", "csv");
    }
}

/* The figure before is the one of --from, and From says so beside what goes by another. */
static void from_is_named_beside_a_year_before(void **state)
{
    (void)state;
    DONE("new", "y", "--unit", "people", "--measure", "stock");
    write_file("y.csv", COLUMNS ",2020,100,,,,,,,,,\n,2021,110,,,,,,,,,\n"
                                ",2022,121,,,,,,,,,\n");
    SAYS(0,
         "y\n"
         "From  To    Time between  Growth  On the year\n"
         "2020  2022       2 years   +21\u00A0%        +10\u00A0%\n\n"
         "time between: whole months / 12\npc1: on a year before\nspacing: yearly\n",
         "", "growth", "y", "--from", "2020", "--to", "2022", "--transform", "pch,pc1");
}

static void transforms_stand_in_the_order_asked_for(void **state)
{
    (void)state;
    add_decades();
    DONE("growth", "m/B", "--transform", "cagr,lin,fold");
    HAS(last.out, "From  To    Time between   A year  Level  Times\n");
    DONE("growth", "m/B", "--transform", "doubling,cagr,fold", "--format", "csv",
         "--by-entity");
    const char *doubling = strstr(last.out, ",doubling,"),
               *cagr = strstr(last.out, ",cagr,"), *fold = strstr(last.out, ",fold,");
    assert_non_null(doubling);
    assert_true(doubling < cagr && cagr < fold);
}

/* From 10 to 11, to at most 9 a year later: it falls to 0.9 or less, and so halves within
 * ln 2 / -ln 0.9 = 6.579 years; it doubles never. */
static void what_certainly_falls_halves_and_does_not_double(void **state)
{
    (void)state;
    DONE("new", "falling", "--unit", "things", "--measure", "stock");
    DONE("add", "falling", "2020", "10 to 11");
    DONE("add", "falling", "2021", "<=9");
    DONE("growth", "falling");
    assert_non_null(strstr(last.out, "halving: at most 6.58\xc2\xa0years"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_EMPTY(what_certainly_falls_halves_and_does_not_double),
        ON_EMPTY(a_split_begins_with_its_year),
        ON_EMPTY(the_total_of_a_share_may_be_of_another_metric),
        ON_EMPTY(contributions_keep_what_is_known_of_them),
        ON_EMPTY(a_total_among_the_parts_is_named),
        ON_EMPTY(rankings_go_by_what_is_certain),
        ON_EMPTY(an_index_of_a_longer_base_is_of_its_mean),
        ON_EMPTY(a_fall_to_nothing_is_a_growth),
        ON_EMPTY(options_that_would_do_nothing_are_refused),
        ON_EMPTY(a_window_may_have_two_ends),
        ON_EMPTY(the_slowest_and_all_but_some_may_be_asked_for),
        ON_EMPTY(the_level_of_an_interval_may_be_chosen),
        ON_EMPTY(growth_by_sub_period_and_over_the_whole),
        ON_EMPTY(a_sub_period_keeps_its_ends_whatever_is_shown),
        ON_EMPTY(from_is_named_beside_a_year_before),
        ON_EMPTY(transforms_stand_in_the_order_asked_for),
    };
    return cmocka_run_group_tests_name("growth", tests, NULL, NULL);
}
