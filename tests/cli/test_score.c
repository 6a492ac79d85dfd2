/* Projections that are kept, and what becomes of them when figures arrive. The rows that scores
 * are pinned for are written by hand, so that no model has a say in them. */
#include "cli/cli_fixture.h"

#define NBSP        "\xc2\xa0"
#define HEADER      "id,metric,entity,made,as_of,model,options,seed,period,quantile,value\n"
#define PROJECTIONS "series/projections.csv"

/* 80 % within 80 to 120, 95 % within 70 to 130. */
#define ROW(id, model, period, quantile, value)                                          \
    id ",levels,,2025-01-10,2025-01-05," model ",,default," period "," quantile          \
       "," value "\n"
#define FIVE(id, model, period)                                                          \
    ROW(id, model, period, "0.025", "70")                                                \
    ROW(id, model, period, "0.1", "80")                                                  \
    ROW(id, model, period, "0.5", "100")                                                 \
    ROW(id, model, period, "0.9", "120") ROW(id, model, period, "0.975", "130")

/* Levels of ten years, reported each January, and an empty table of projections. */
static void make_levels(void)
{
    static const char *const values[] = {"40", "48", "50", "61", "66", "70", "88", "90"};
    DONE("new", "levels", "--unit", "things", "--title", "Levels");
    for (int i = 0; i < 8; i++) {
        char year[8], reported[16];
        snprintf(year, sizeof year, "%d", 2017 + i);
        snprintf(reported, sizeof reported, "%d-01-04", 2018 + i);
        DONE("add", "levels", year, values[i], "--reported", reported, "--source", "gt");
    }
}

#define KEEP(...)                                                                        \
    DONE("project", "levels", "--keep", "--today", "2025-01-10", __VA_ARGS__)

/* The table is there, and empty: a projection that was kept is taken out again. */
static void make_kept(const char *rows)
{
    make_levels();
    KEEP("--model", "linear", "--steps", "1");
    write_file("projections.csv", rows);
}

static size_t count_lines(const char *name, const char *text)
{
    char *file = scratch_read(series, name);
    size_t count = 0;
    assert_non_null(file);
    for (const char *at = file; (at = strstr(at, text)) != NULL; at++)
        count++;
    free(file);
    return count;
}

/* ---- keeping ---- */

static void keep_writes_a_row_a_quantile(void **state)
{
    (void)state;
    make_levels();
    KEEP("--model", "linear", "--steps", "2", "--from", "2018", "--seed", "7");
    assert_string_equal(last.err,
                        "uptick: kept as 2025-01-10-1: levels, linear, 2025 to 2026\n");
    assert_non_null(strstr(last.out, "Median"));
    assert_int_equal(count_lines("projections.csv", "\n"), 1 + 2 * 23);
    assert_int_equal(count_lines("projections.csv",
                                 "2025-01-10-1,levels,,2025-01-10,2025-01-10,linear,"
                                 "--from 2018,7,2026,"),
                     23);
    DONE("check");
    assert_null(strstr(last.err, "projections.csv"));
}

static void one_keep_does_not_overwrite_another(void **state)
{
    (void)state;
    make_levels();
    KEEP("--model", "linear", "--steps", "1");
    KEEP("--model", "linear", "--steps", "1", "--from", "2019");
    KEEP("--model", "exponential", "--steps", "1", "--as-of", "2024-06-30");
    assert_int_equal(count_lines("projections.csv", "2025-01-10-1,"), 23);
    assert_int_equal(count_lines("projections.csv", "2025-01-10-2,"), 23);
    assert_int_equal(
        count_lines("projections.csv",
                    "2025-01-10-3,levels,,2025-01-10,2024-06-30,exponential"),
        23);
    /* the next day begins anew */
    DONE("project", "levels", "--keep", "--today", "2025-01-11", "--steps", "1",
         "--model", "linear");
    assert_int_equal(count_lines("projections.csv", "2025-01-11-1,"), 23);
}

static void the_identical_projection_is_not_kept_twice(void **state)
{
    (void)state;
    make_levels();
    KEEP("--steps", "1", "--model", "linear");
    snapshot before = take_snapshot();
    KEEP("--steps", "1", "--model", "linear");
    assert_string_equal(
        last.err, "uptick: kept already as 2025-01-10-1, nothing is written: levels, "
                  "linear\n");
    assert_store_is(&before);
    free_snapshot(&before);
    KEEP("--steps", "1", "--model", "linear", "--seed", "8");
    assert_int_equal(count_lines("projections.csv", "2025-01-10-2,"), 23);
}

static void keep_is_shown_as_a_diff_and_not_done(void **state)
{
    (void)state;
    make_levels();
    snapshot before = take_snapshot();
    KEEP("--steps", "1", "--model", "linear", "--dry-run");
    assert_store_is(&before);
    free_snapshot(&before);
    assert_null(strstr(last.out, "Median"));
    assert_non_null(strstr(
        last.out, "+++ b/series/projections.csv\n@@ -0,0 +1,24 @@\n"
                  "+" HEADER "+2025-01-10-1,levels,,2025-01-10,2025-01-10,linear"));
}

/* A kept projection knows what was known on its day, or is none. */
static void what_was_not_known_is_not_kept(void **state)
{
    (void)state;
    make_levels();
    SAYS(2, NULL,
         "uptick: levels: the figure of 2022 was reported on 2023-01-04, so a projection "
         "of 2022-06-30 cannot have known it (--as-of 2022-06-30 leaves it out)\n",
         "project", "levels", "--keep", "--today", "2022-06-30", "--model", "linear");
    DONE("project", "levels", "--keep", "--today", "2022-06-30", "--as-of", "2022-06-30",
         "--model", "linear", "--steps", "1");
    assert_int_equal(count_lines("projections.csv", ",2022-06-30,2022-06-30,linear,"),
                     23);
    DONE("add", "levels", "2025", "250", "--source", "gt");
    SAYS(
        2, NULL,
        "uptick: levels: the period of the figure of 2025 was not over on 2025-01-10, "
        "and "
        "no day of report says that it was known (--to an earlier period, or uptick edit "
        "… --reported DAY)\n",
        "project", "levels", "--keep", "--today", "2025-01-10", "--model", "linear");
    DONE("project", "levels", "--keep", "--today", "2025-01-10", "--model", "linear",
         "--to", "2024");
}

static void two_figures_are_kept_as_a_point(void **state)
{
    (void)state;
    DONE("project", "users/China", "--keep", "--model", "linear", "--steps", "1");
    assert_string_equal(last.err,
                        "uptick: kept as 2025-08-01-1: users/China, linear, Q2 2025; "
                        "without an interval, only its error can be scored\n");
    assert_int_equal(count_lines("projections.csv", "\n"), 2);
    assert_int_equal(count_lines("projections.csv", ",default,2025-Q2,,"), 1);
}

static void what_cannot_be_found_again_is_not_kept(void **state)
{
    (void)state;
    make_levels();
    snapshot before = take_snapshot();
    SAYS(2, "", /* nor shown */
         "uptick: levels * 2: what is worked out for this projection alone is not found "
         "again; make it a metric: uptick new NAME --formula '…'\n",
         "project", "levels * 2", "--keep", "--model", "linear");
    RUN("project", "levels", "--keep", "--model", "linear", "--resample", "year", "--how",
        "avg");
    assert_int_equal(last.code, 2);
    assert_string_equal(last.out, "");
    assert_non_null(strstr(last.err, "are not reported, so nothing will come to score"));
    assert_store_is(&before);
    free_snapshot(&before);
}

/* ---- scoring ---- */

/* The numbers are derived in tests/analysis/test_score.c; on logarithms as there, in R:
 * p <- c(.025, .1, .5, .9, .975); q <- log(c(70, 80, 100, 120, 130)); y <- log(125)
 * 0.1294550585789587, of the naive log(125 / 90): skill 0.6059255528487 */
static void what_came_is_scored(void **state)
{
    (void)state;
    make_kept(HEADER FIVE("a", "linear", "2025") FIVE("a", "linear", "2026"));
    DONE("add", "levels", "2025", "125", "--reported", "2026-01-04", "--source", "gt");
    SAYS(0,
         "Kept  Series  Model   Period  Median  Came  Error  80 %  95 %  CRPS  Skill\n"
         "a     levels  linear  2025       100   125  +20" NBSP
         "%  out   in    14.4   0.61\n"
         "\n"
         "1 figure scored; median absolute error 20" NBSP
         "%; skill 0.61 against the last figure "
         "known then\n"
         "80" NBSP "% interval: 0 of 1 inside (0" NBSP "%; 95 % confidence 0" NBSP
         "% to 97.5" NBSP "%)\n"
         "95" NBSP "% interval: 1 of 1 inside (100" NBSP "%; 95 % confidence 2.50" NBSP
         "% to 100" NBSP "%)\n"
         "1 period pending\n",
         "", "score");
    DONE("score", "--format", "csv");
    assert_non_null(strstr(last.out,
                           "\na,levels,linear,2025-01-10,2025-01-05,1,2025,figure,100,"
                           "125,125,125,2026-01-04,25,0.2,outside,inside,4.6"));
    assert_non_null(strstr(last.out, ",14.425,0.1294550585789"));
    assert_non_null(strstr(last.out, ",90,0.58785714285714"));
    assert_non_null(strstr(last.out, ",0.60592555284"));
}

/* As of 26 May, 146 of 365 days after the last figure known: 90^.6 100^.4 = 93.87. */
static void a_figure_between_is_scored_at_its_date(void **state)
{
    (void)state;
    make_kept(HEADER FIVE("a", "linear", "2025"));
    DONE("add", "levels", "2024-12-31", "90", "--reported", "2025-01-04", "--source",
         "gt");
    DONE("rm", "levels", "2024");
    DONE("add", "levels", "2025-05-26", "101", "--reported", "2025-06-04", "--source",
         "gt");
    DONE("score");
    assert_non_null(strstr(
        last.out, "a     levels  linear  26 May 2025, between 31 Dec 2024 and 2025 "
                  "   93.9   101"));
    assert_non_null(strstr(last.out, "\na figure between two kept periods (or after the "
                                     "last figure known then) is held against"));
    DONE("score", "--format", "csv");
    assert_non_null(strstr(last.out, ",2025,figure,93.8"));
    assert_non_null(strstr(last.out, ",2025-05-26,2024-12-31,0.4,\n"));
}

/* The average of a day follows that of a day; that of a month does not. */
static void an_average_between_is_scored_if_it_is_as_long(void **state)
{
    (void)state;
    static const char *const days[][2] = {{"2023-03-25", "50"},
                                          {"2023-09-20", "80"},
                                          {"2024-03-20", "125"},
                                          {"2024-09-15", "240"}};
    DONE("new", "weekly", "--unit", "people", "--measure", "average");
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++)
        DONE("add", "weekly", days[i][0], days[i][1], "--reported", days[i][0]);
    DONE("project", "weekly", "--model", "exponential", "--until", "2025", "--keep",
         "--today", "2024-10-01");
    DONE("add", "weekly", "2025-04", "430", "--reported", "2025-05-02");
    SAYS(4, "",
         "uptick: nothing to score yet: 1 kept projection, 5 periods pending, the first "
         "Q4 "
         "2024; for 1 of them figures of other periods have come (averages over "
         "another length of time than the last one known then)\n",
         "score");
    DONE("add", "weekly", "2025-08-07", "700", "--reported", "2025-08-07");
    DONE("score", "--format", "csv");
    assert_non_null(strstr(last.out, ",700,2025-08-07,"));
}

static void a_revision_changes_no_score(void **state)
{
    (void)state;
    make_kept(HEADER FIVE("a", "linear", "2025"));
    DONE("add", "levels", "2025", "125", "--reported", "2026-01-04", "--source", "gt");
    DONE("score");
    char *before = strdup(last.out);
    DONE("revise", "levels", "2025", "101", "--reported", "2026-07-04");
    SAYS(0, before, "", "score");
    /* nor does what is forecast, or was known later of the years before */
    DONE("revise", "levels", "2024", "12", "--reported", "2026-07-04");
    SAYS(0, before, "", "score", "levels");
    free(before);
    SAYS(4, "",
         "uptick: nothing to score yet: 1 kept projection, 1 period pending, the "
         "first 2025\n",
         "score", "--as-of", "2026-01-03");
    SAYS(4, "", "uptick: no projection was kept by then (uptick project SERIES --keep)\n",
         "score", "--as-of", "2025-01-09");
}

static void a_bound_is_scored_apart(void **state)
{
    (void)state;
    make_kept(HEADER FIVE("a", "linear", "2025") FIVE("a", "linear", "2026"));
    DONE("add", "levels", "2025", "more than 110", "--reported", "2026-01-04", "--source",
         "gt");
    DONE("add", "levels", "2026", "more than 140", "--reported", "2027-01-04", "--source",
         "gt");
    SAYS(0,
         "Kept  Series  Model   Period  Median           Came  Error  80 %  95 %  CRPS  "
         "Skill         Brier\n"
         "a     levels  linear  2025       100  more than 110         open  open        "
         "               0.49\n"
         "a     levels  linear  2026       100  more than 140         out   out         "
         "       0.95 or more\n"
         "\n"
         "2 bounds, apart: mean Brier score 0.72 to 0.75\n",
         "", "score", "--today", "2027-02-01");
    DONE("score", "--by", "all", "--format", "csv");
    assert_non_null(strstr(last.out, "\nall,0,0,0,0,,,,0,0,0,,,,,,,0,2,0.7203"));
}

static void nothing_to_score_is_said_with_exit_4(void **state)
{
    (void)state;
    SAYS(4, "", "uptick: no projection was kept yet (uptick project SERIES --keep)\n",
         "score");
    make_kept(HEADER FIVE("a", "linear", "2026") FIVE("a", "linear", "2025"));
    SAYS(4, "",
         "uptick: nothing to score yet: 1 kept projection, 2 periods pending, the "
         "first 2025\n",
         "score", "levels");
    SAYS(4, "", "uptick: no projection of 'users/*' is kept (uptick project --keep)\n",
         "score", "users/*");
    SAYS(2, "", "uptick: unknown metric 'level'; did you mean 'levels'?\n", "score",
         "level");
    DONE("add", "levels", "2025-06-30", "95", "--reported", "2025-07-04");
    SAYS(
        4, "",
        "uptick: nothing to score yet: 1 kept projection, 2 periods pending, the "
        "first 2025; for 1 of them figures of other periods have come (the figures known "
        "then were all of such periods, so its own is to come)\n",
        "score");
}

static void scores_are_summed_up_by_model_horizon_and_series(void **state)
{
    (void)state;
    make_kept(HEADER FIVE("a", "linear", "2025") FIVE("b", "exponential", "2025")
                  FIVE("b", "exponential", "2026"));
    DONE("add", "levels", "2025", "125", "--reported", "2026-01-04", "--source", "gt");
    SAYS(
        0,
        "Model        Scored               80 % held                 95 % held  Median "
        "error  Skill  Bounds  Pending\n"
        "linear            1  0 of 1 (0" NBSP "% to 97.5" NBSP "%)  1 of 1 (2.50" NBSP
        "% to 100" NBSP "%)          "
        "20" NBSP "%   0.61       0        0\n"
        "exponential       1  0 of 1 (0" NBSP "% to 97.5" NBSP "%)  1 of 1 (2.50" NBSP
        "% to 100" NBSP "%)          "
        "20" NBSP "%   0.61       0        1\n"
        "\n"
        "in brackets: 95 % confidence of the share, as if each figure were a draw of its "
        "own\n",
        NULL, "score", "--by", "model");
    SAYS(0, NULL, "", "score", "--by", "horizon", "--format", "csv");
    assert_non_null(strstr(last.out, "\n1,2,0,2,0,0,0,0.8418861"));
    assert_non_null(strstr(last.out, "\n2,0,0,0,0,,,,0,0,0,,,,,,,0,0,,,1,0\n"));
    SAYS(0, NULL, "", "score", "--by", "series", "--format", "csv");
    assert_non_null(strstr(last.out, "\nlevels,2,"));
    REFUSED(2, "uptick: --by 'models' is none of model, horizon, series, all\n", "score",
            "--by", "models");
}

static void twenty_figures_show_where_they_fell(void **state)
{
    (void)state;
    up_buffer rows = {0};
    up_buffer_add(&rows, HEADER);
    for (int i = 0; i < 20; i++) {
        char row[5][160];
        static const char *const tails[] = {"0.025,70", "0.1,80", "0.5,100", "0.9,120",
                                            "0.975,130"};
        for (int q = 0; q < 5; q++) {
            snprintf(row[q], sizeof row[q],
                     "k%d,levels,,2025-01-10,2025-01-05,linear,,default,2025,%s\n", i,
                     tails[q]);
            up_buffer_add(&rows, row[q]);
        }
    }
    make_kept(up_buffer_text(&rows));
    up_buffer_release(&rows);
    DONE("add", "levels", "2025", "104", "--reported", "2026-01-04", "--source", "gt");
    DONE("score"); /* PIT .5 + .4 * 4 / 20 = .58 */
    assert_non_null(strstr(last.out, "where figures fell in their distributions, in "
                                     "tenths: 0 0 0 0 0 20 0 0 0 0\n"));
}

static void a_formula_is_kept_and_scored(void **state)
{
    (void)state;
    make_levels();
    DONE("new", "doubled", "--unit", "things", "--formula", "2 * levels");
    DONE("project", "doubled", "--keep", "--model", "linear", "--steps", "1", "--today",
         "2025-01-10");
    RUN("score", "doubled");
    assert_said(4, "", NULL);
    DONE("add", "levels", "2025", "95", "--reported", "2026-01-04", "--source", "gt");
    DONE("score", "doubled", "--format", "csv");
    assert_non_null(strstr(last.out,
                           "\n2025-01-10-1,doubled,linear,2025-01-10,2025-01-10,"
                           "1,2025,figure,"));
    assert_non_null(strstr(last.out, ",190,190,190,2026-01-04,"));
    assert_non_null(strstr(last.out, ",180,")); /* the last figure known then */
}

/* ---- what else there is ---- */

static void kept_projections_are_checked(void **state)
{
    (void)state;
    make_kept(HEADER ROW("a", "linear", "2025", "0.5", "100")
                  ROW("a", "linear", "2025", "0.9", "90"));
    RUN("check");
    assert_said(1, "", NULL);
    assert_non_null(strstr(last.err, PROJECTIONS
                           ":3: quantile 0.9 lies below quantile 0.5 of the same "
                           "period (line 2)\n"));
    SAYS(3, "",
         PROJECTIONS
         ":3: quantile 0.9 lies below quantile 0.5 of the same period (line 2)\n"
         "uptick: series/projections.csv is to be mended first\n",
         "score");
    write_file("projections.csv", HEADER ROW("a", "linear", "20x5", "0.5", "100"));
    RUN("check");
    assert_said(1, "", NULL);
    assert_non_null(strstr(last.err, PROJECTIONS ":2: period '20x5'"));
    write_file("projections.csv", HEADER ROW("a", "linear", "2025", "1.5", "100"));
    RUN("check");
    assert_non_null(strstr(last.err, PROJECTIONS
                           ":2: quantile '1.5' does not lie between 0 and 1\n"));
    SAYS(3, "", PROJECTIONS ":2: quantile '1.5' does not lie between 0 and 1\n", "score");
}

static void kept_projections_follow_a_renamed_metric(void **state)
{
    (void)state;
    make_levels();
    KEEP("--model", "linear", "--steps", "1");
    DONE("rename", "levels", "heights");
    assert_string_equal(last.err,
                        "uptick: levels is heights now, and so it is called in 1 "
                        "kept projection\n");
    assert_int_equal(count_lines("projections.csv", ",heights,,"), 23);
    DONE("add", "heights", "2025", "95", "--reported", "2026-01-04", "--source", "gt");
    DONE("score", "heights");
    assert_non_null(strstr(last.out, "heights  linear"));
    SAYS(2, "",
         PROJECTIONS ":2: names 'heights', and so do 22 more; take these rows out first: "
                     "uptick score --remove 2025-01-10-1\n",
         "rm", "heights", "--all");
}

static void an_entity_takes_its_kept_projections_along(void **state)
{
    (void)state;
    make_kept(HEADER
              "a,users,PRC,2025-01-10,2025-01-05,linear,,default,2026,,900000000\n");
    DONE("entity", "China", "--merge", "PRC");
    assert_non_null(strstr(last.err, "and so are 1 row of kept projections\n"));
    assert_file("projections.csv", HEADER "a,users,China,2025-01-10,2025-01-05,linear,,"
                                          "default,2026,,900000000\n");
    DONE("add", "users/China", "2026", "1 billion", "--reported", "2027-01-04");
    SAYS(0,
         "Kept  Series       Model   Period  Median  Came  Error  80 %  95 %  CRPS  "
         "Skill\n"
         "a     users/China  linear  2026     900" NBSP "M   1" NBSP "B  +10" NBSP "%\n"
         "\n"
         "1 figure scored; median absolute error 10" NBSP "%\n",
         NULL, "score", "users/China");
}

static void a_kept_projection_can_be_taken_out(void **state)
{
    (void)state;
    make_kept(HEADER FIVE("a", "linear", "2025") FIVE("b", "linear", "2025"));
    REFUSED(2, "uptick: no projection is kept as 'c'\n", "score", "--remove", "a", "c");
    REFUSED(2, "uptick: --remove and --by exclude each other\n", "score", "--by", "model",
            "--remove", "a");
    snapshot before = take_snapshot();
    DONE("score", "--remove", "a", "b", "a");
    assert_string_equal(last.err, "uptick: a is taken out: levels, linear, 5 rows\n"
                                  "uptick: b is taken out: levels, linear, 5 rows\n");
    assert_file("projections.csv", HEADER);
    put_back(&before);
    free_snapshot(&before);
    SAYS(0, "", "uptick: a is taken out: levels, linear, 5 rows\n", "score", "--remove",
         "a");
    assert_file("projections.csv", HEADER FIVE("b", "linear", "2025"));
    SAYS(0, "", NULL, "score", "--remove", "b");
    DONE("rm", "levels", "--all");
}

static void a_copy_has_them_too(void **state)
{
    (void)state;
    char copy[SCRATCH_PATH];
    make_kept(HEADER FIVE("a", "linear", "2025"));
    scratch_path(copy, root, "copy");
    DONE("copy", root, copy);
    scratch_path(copy, root, "copy/series");
    scratch_assert_text(copy, "projections.csv", HEADER FIVE("a", "linear", "2025"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_TRACKER(keep_writes_a_row_a_quantile),
        ON_TRACKER(one_keep_does_not_overwrite_another),
        ON_TRACKER(the_identical_projection_is_not_kept_twice),
        ON_TRACKER(keep_is_shown_as_a_diff_and_not_done),
        ON_TRACKER(what_was_not_known_is_not_kept),
        ON_TRACKER(two_figures_are_kept_as_a_point),
        ON_TRACKER(what_cannot_be_found_again_is_not_kept),
        ON_TRACKER(what_came_is_scored),
        ON_TRACKER(a_figure_between_is_scored_at_its_date),
        ON_TRACKER(an_average_between_is_scored_if_it_is_as_long),
        ON_TRACKER(a_revision_changes_no_score),
        ON_TRACKER(a_bound_is_scored_apart),
        ON_TRACKER(nothing_to_score_is_said_with_exit_4),
        ON_TRACKER(scores_are_summed_up_by_model_horizon_and_series),
        ON_TRACKER(twenty_figures_show_where_they_fell),
        ON_TRACKER(a_formula_is_kept_and_scored),
        ON_TRACKER(kept_projections_are_checked),
        ON_TRACKER(kept_projections_follow_a_renamed_metric),
        ON_TRACKER(an_entity_takes_its_kept_projections_along),
        ON_TRACKER(a_kept_projection_can_be_taken_out),
        ON_TRACKER(a_copy_has_them_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
