/* What happens when memory runs out: every allocation of a call fails once, and once more with
 * all that follow it. Linked with --wrap for malloc, calloc and realloc, so only our own
 * allocations fail, not those inside shared libraries. */
#include "cli/cli_fixture.h"
#include "failing_memory.h"

#include <fcntl.h>

#include "uptick/period.h"
#include "uptick/quantity.h"

/* ---- the library ---- */

/* The call ends in UP_SYSTEM whichever allocation fails, or as it would with memory. */
#define ASSERT_FAILS_WELL(call, wanted, clean_up)                                        \
    do {                                                                                 \
        bool reached_ = true;                                                            \
        for (long nth_ = 1; reached_; nth_++) {                                          \
            up_error err_ = {0}, *err = &err_;                                           \
            let_fail(nth_, false);                                                       \
            up_status status_ = (call);                                                  \
            reached_ = let_succeed();                                                    \
            if (status_ != (wanted) && !(reached_ && status_ == UP_SYSTEM))              \
                fail_msg("allocation %ld: status %d: %s", nth_, (int)status_,            \
                         err_.message);                                                  \
            if (status_ == UP_SYSTEM)                                                    \
                assert_non_null(strstr(err_.message, "out of memory"));                  \
            clean_up;                                                                    \
        }                                                                                \
    } while (0)

static void periods_and_quantities_survive_without_memory(void **state)
{
    (void)state;
    static const char *const periods[] = {"by May 2025", "2024年第四季度", "Q3 2024",
                                          "[2025-01..2025-04]", "2024-12-31"};
    static const char *const quantities[] = {"more than 700 billion yuan", "2.49亿",
                                             "3B-750B", "nearly half"};
    up_period p;
    up_quantity q;
    for (size_t i = 0; i < sizeof periods / sizeof periods[0]; i++)
        ASSERT_FAILS_WELL(up_period_parse(periods[i], NULL, &p, err), UP_OK, (void)0);
    ASSERT_FAILS_WELL(up_period_parse("2025-02-30", NULL, &p, err), UP_BAD_DATA, (void)0);
    for (size_t i = 0; i < sizeof quantities / sizeof quantities[0]; i++)
        ASSERT_FAILS_WELL(up_quantity_parse(quantities[i], NULL, &q, err), UP_OK,
                          (void)0);
}

static up_status load_all(up_store **store, up_error *err)
{
    *store = NULL;
    up_status status = up_store_open(root, store, err);
    if (status == UP_OK)
        status = up_store_load(*store, NULL, NULL, err);
    return status == UP_OK ? up_store_load_tables(*store, NULL, err) : status;
}

static void a_store_that_cannot_be_read_for_want_of_memory_says_so(void **state)
{
    (void)state;
    up_store *store;
    DONE("claim", "users/China", "2-fold", "--to", "2025");
    DONE("event", "2025", "launch");
    ASSERT_FAILS_WELL(load_all(&store, err), UP_OK, up_store_free(store));
}

/* ---- the commands ---- */

static int run_without_memory(const char *const line[], long nth, bool and_all_after,
                              bool *reached)
{
    int argc = 0;
    forget_last();
    while (line[argc] != NULL)
        argc++;
    up_context ctx = {.out = open_memstream(&last.out, &last.out_length),
                      .err = open_memstream(&last.err, &last.err_length),
                      .tracker = root,
                      .today = up_date_to_days((up_date){2025, 8, 1}),
                      .as_of = UP_AS_OF_LATEST};
    let_fail(nth, and_all_after);
    last.code = up_cli_run(&ctx, argc, line);
    *reached = let_succeed();
    fclose(ctx.out);
    fclose(ctx.err);
    return last.code;
}

/* As with memory: the same code, the same result, the same store. Or UP_SYSTEM, nothing
 * printed as a result, and the store as it was. */
static void assert_line_fails_well(const char *const line[], bool and_all_after)
{
    snapshot before = take_snapshot();
    int wanted = run_line(line);
    char *out = strdup(last.out);
    snapshot done = take_snapshot();
    bool reached = true;
    put_back(&before);
    for (long nth = 1; reached; nth++) {
        int code = run_without_memory(line, nth, and_all_after, &reached);
        if (code == UP_SYSTEM && reached) {
            assert_store_is(&before);
            assert_string_equal(last.out, "");
            continue;
        }
        if (code != wanted)
            fail_msg("%s, allocation %ld: exit code %d: %s", line[1], nth, code,
                     last.err);
        if (strcmp(last.out, out) != 0)
            fail_msg("%s, allocation %ld: other output: %s%s", line[1], nth, last.out,
                     last.err);
        assert_store_is(&done);
        put_back(&before);
    }
    free(out);
    free_snapshot(&before);
    free_snapshot(&done);
}

static void assert_fails_well(const char *const line[])
{
    assert_line_fails_well(line, false);
    assert_line_fails_well(line, true);
}

static void changes_are_all_or_nothing_without_memory(void **state)
{
    (void)state;
    assert_fails_well(LINE("add", "users/China", "2026", "about 700 million", "--source",
                           "gt", "--quote", "so \"many\""));
    assert_fails_well(LINE("new", "tokens", "--unit", "tokens"));
    assert_fails_well(LINE("set", "users", "decimals=2"));
    assert_fails_well(LINE("source", "who", "--title", "WHO"));
    assert_fails_well(LINE("claim", "users/China", "more than doubled", "--from",
                           "end of 2024", "--to", "May 2025"));
    assert_fails_well(LINE("event", "2025", "launch", "--entity", "China"));
}

/* The table is printed before the projection is kept, so only the diff has to be nothing. */
static void projections_are_kept_and_scored_whole_or_not_without_memory(void **state)
{
    (void)state;
    static const char *const kept[] = {"0.1,500000000", "0.5,600000000", "0.9,700000000"};
    assert_fails_well(LINE("project", "users/China", "--model", "linear", "--steps", "2",
                           "--keep", "--dry-run"));
    DONE("project", "users/China", "--model", "linear", "--steps", "1", "--keep");
    up_buffer rows = {0};
    up_buffer_add(&rows, "id,metric,entity,made,as_of,model,options,seed,period,quantile,"
                         "value\n");
    for (size_t i = 0; i < 3; i++)
        up_buffer_addf(&rows, "a,users,China,2025-01-02,2025-01-02,m,,,2025-06-30,%s\n",
                       kept[i]);
    for (size_t i = 0; i < 3; i++) /* of a quarter that only a day of comes */
        up_buffer_addf(&rows, "b,users,China,2025-08-01,2025-08-01,m,,,2025-Q4,%s\n",
                       kept[i]);
    write_file("projections.csv", up_buffer_text(&rows));
    up_buffer_release(&rows);
    DONE("add", "users/China", "2025-06-30", "590 million", "--reported", "2025-07-30");
    DONE("add", "users/China", "2025-10-06", "610 million", "--reported", "2025-10-06");
    assert_fails_well(LINE("score"));
    assert_fails_well(LINE("score", "users", "--by", "model"));
    assert_fails_well(LINE("score", "--remove", "a"));
}

static void changes_of_what_is_there_are_all_or_nothing_without_memory(void **state)
{
    (void)state;
    DONE("claim", "users/CHN", "2-fold", "--to", "2025");
    DONE("add", "industry/CHN", "2023", "1B", "--source", "gt");
    DONE("entity", "China", "--alias", "PRC");
    assert_fails_well(
        LINE("edit", "users/China", "2024-12-31", "7M", "--period", "2024"));
    assert_fails_well(LINE("edit", "users/China", "2024-12-31", "--period", "2026"));
    assert_fails_well(
        LINE("revise", "users/China", "2024-12-31", "7M", "--reported", "2025-07-24"));
    assert_fails_well(LINE("rm", "users/China", "2024-12-31"));
    assert_fails_well(LINE("rename", "users", "people"));
    assert_fails_well(LINE("rm", "industry", "--all"));
    assert_fails_well(LINE("entity", "Chad", "--code", "TCD", "--alias", "Tchad"));
    assert_fails_well(LINE("entity", "China", "--merge", "CHN"));
    write_file("users.csv", COLUMNS "China,2024,1,,,,,,,,,\nChina,2024,2,,,,,,,gt,,\n");
    assert_fails_well(LINE("edit", "users/China", "2024", "7M"));
}

static void a_copy_is_whole_or_none_without_memory(void **state)
{
    (void)state;
    char target[SCRATCH_PATH], inside[SCRATCH_PATH];
    scratch_path(target, root, "there");
    scratch_path(inside, target, "series");
    bool reached = true;
    for (long nth = 1; reached; nth++) {
        int code = run_without_memory(LINE("copy", root, target), nth, false, &reached);
        if (code != UP_OK && !(code == UP_SYSTEM && reached))
            fail_msg("allocation %ld: exit code %d: %s", nth, code, last.err);
        /* what cannot be read back for want of memory was written all the same */
        char *package = scratch_read(inside, "datapackage.json");
        if (code == UP_OK)
            assert_non_null(package);
        if (access(inside, F_OK) == 0)
            assert_int_equal(scratch_count(inside), package != NULL ? 4 : 0);
        free(package);
        if (access(target, F_OK) == 0)
            scratch_remove(target);
    }
}

static up_status merge_rows(up_store **store, up_batch *batch, up_error *err)
{
    up_observation o;
    up_merge_counts counts;
    *store = NULL;
    *batch = (up_batch){.source = "in.csv"};
    up_status status = up_store_open(root, store, err);
    if (status == UP_OK)
        status = up_store_begin(*store, err);
    for (int i = 0; i < 3 && status == UP_OK; i++) {
        static const char *const entities[] = {"Chad", "China", "Chad"};
        status = up_observation_init(&o, err);
        if (status != UP_OK)
            break;
        status = up_observation_set(&o, UP_COL_ENTITY, entities[i], NULL, err);
        if (status == UP_OK)
            status = up_observation_set(&o, UP_COL_PERIOD, i < 2 ? "2024-12-31" : "2020",
                                        NULL, err);
        if (status == UP_OK)
            status = up_observation_set(&o, UP_COL_VALUE, "5", NULL, err);
        if (status == UP_OK)
            status = up_observation_set(&o, UP_COL_SOURCE, "gt", NULL, err);
        if (status == UP_OK)
            status = up_observation_set(&o, UP_COL_REPORTED, "2026-01-01", NULL, err);
        if (status == UP_OK)
            status = up_batch_add_observation(batch, &o, err);
        up_observation_release(&o);
    }
    if (status == UP_OK)
        status = up_store_merge(*store, "users", batch, NULL, &counts, NULL, err);
    return status == UP_OK ? up_store_commit(*store, err) : status;
}

static void a_merge_is_all_or_nothing_without_memory(void **state)
{
    (void)state;
    up_store *store;
    up_batch batch;
    snapshot before = take_snapshot();
    ASSERT_FAILS_WELL(merge_rows(&store, &batch, err), UP_OK, {
        up_store_free(store);
        up_batch_release(&batch);
        if (status_ != UP_OK)
            assert_store_is(&before);
        put_back(&before);
    });
    free_snapshot(&before);
}

static void dry_runs_print_all_or_nothing_without_memory(void **state)
{
    (void)state;
    assert_fails_well(LINE("add", "users/China", "2026", "1", "--dry-run"));
    assert_fails_well(LINE("new", "tokens", "--unit", "tokens", "--dry-run"));
}

static void tables_are_whole_or_none_without_memory(void **state)
{
    (void)state;
    DONE("claim", "users/China", "2-fold", "--from", "2024-12-31", "--to", "2025-06");
    DONE("event", "2025-05", "launch", "--metric", "users");
    assert_fails_well(LINE("list"));
    assert_fails_well(LINE("show", "users"));
    assert_fails_well(LINE("show", "users", "--revisions", "--format", "csv"));
    assert_fails_well(LINE("cite", "users", "--format", "tsv"));
    assert_fails_well(LINE("export", "*", "--format", "json"));
}

static void growth_and_projections_are_whole_or_none_without_memory(void **state)
{
    (void)state;
    DONE("add", "users/China", "2025-06", "600M", "--source", "gt");
    DONE("claim", "users/China", "2-fold", "--from", "2024-12-31", "--to", "2025-06");
    assert_fails_well(LINE("growth", "users"));
    assert_fails_well(LINE("growth", "users", "--trend", "--format", "csv"));
    assert_fails_well(LINE("growth", "users / users", "--format", "json"));
    assert_fails_well(
        LINE("growth", "users", "--transform", "index,share", "--format", "markdown"));
    assert_fails_well(LINE("growth", "users", "--trend", "--robust"));
    assert_fails_well(
        LINE("project", "users", "--model", "linear", "--steps", "1", "--format", "csv"));
    assert_fails_well(LINE("project", "users", "--scenario", "low 10 %; growth stays",
                           "--steps", "1", "--format", "json"));
}

/* More figures than a draw has room for on the stack, one a bound; and a backtest with a pool. */
static void draws_and_backtests_are_whole_or_none_without_memory(void **state)
{
    (void)state;
    up_buffer rows = {0};
    up_buffer_add(&rows, COLUMNS);
    for (int i = 0; i < 66; i++)
        up_buffer_addf(&rows, "China,%d,%d,%s,,,,,,,,\n", 1900 + i, 1000 + 7 * i * i,
                       i == 40 ? ">" : "");
    DONE("new", "pair", "--unit", "people");
    write_file("pair.csv", COLUMNS "China,2024,100,~,,,,,,,,\nChina,2025,200,,,,,,,,,\n");
    assert_fails_well(LINE("project", "pair", "--model", "exponential", "--steps", "1",
                           "--format", "csv")); /* a data range */
    DONE("new", "long", "--unit", "people");
    write_file("long.csv", up_buffer_text(&rows));
    up_buffer_release(&rows);
    assert_fails_well(LINE("project", "long", "--model", "constant", "--steps", "1",
                           "--format", "csv"));
    assert_fails_well(LINE("backtest", "long", "--to", "1904", "--model",
                           "linear,exponential", "--format", "csv"));
}

static void arithmetic_is_whole_or_none_without_memory(void **state)
{
    (void)state;
    DONE("new", "fees", "--unit", "CNY", "--measure", "flow");
    DONE("new", "rates", "--unit", "CNY per USD", "--measure", "average");
    write_file("fees.csv",
               COLUMNS "China,2024-S1,7,~,,,,,,,,\nChina,2024-S2,8,,,,,,,,,\n");
    write_file("rates.csv", COLUMNS ",2024,7,,,,,,,,,\n");
    assert_fails_well(LINE("new", "more", "--formula", "2 * fees", "--dry-run"));
    DONE("new", "twice", "--formula", "2 * fees / ( fees + fees )");
    assert_fails_well(LINE("show", "twice"));
    assert_fails_well(LINE("show", "fees", "--resample", "year", "--in", "USD"));
    assert_fails_well(LINE("growth", "fees / users @ USD", "--align", "carry-forward"));
}

static void check_never_passes_for_want_of_memory(void **state)
{
    (void)state;
    DONE("add", "users/China", "2026", "1", "--source", "tg");
    write_file("industry.csv", COLUMNS "China,2024,1,,,,,,,,,\nChina,2024,2,,,,,,,,,\n"
                                       "China,2025\n");
    assert_fails_well(LINE("check"));
    assert_fails_well(LINE("check", "--strict"));
}

static void refusals_stay_refusals_without_memory(void **state)
{
    (void)state;
    assert_fails_well(LINE("add", "usres/China", "2026", "1"));
    assert_fails_well(LINE("add", "users/China", "2025-02-30", "1"));
    assert_fails_well(LINE("add", "users/China", "2026", "many"));
    assert_fails_well(LINE("show", "users", "--form", "csv"));
    assert_fails_well(LINE("show", "users", "--format", "yaml"));
    assert_fails_well(LINE("help", "shwo"));
    assert_fails_well(LINE("export", "users", "-o", "/dev/full", "--format", "csv"));
}

static void charts_survive_without_memory(void **state)
{
    (void)state;
    /* gnuplot, which needs none of this memory, is missed when its turn comes */
    char picture[SCRATCH_PATH];
    scratch_path(picture, root, "c.svg");
    char *path = strdup(getenv("PATH"));
    assert_int_equal(setenv("PATH", "/nonexistent", 1), 0);
    assert_fails_well(LINE("chart", "users", "-o", picture));
    assert_fails_well(LINE("chart", "users", "-o", picture, "--kind", "growth"));
    assert_int_equal(access(picture, F_OK), -1);
    assert_int_equal(setenv("PATH", path, 1), 0);
    free(path);
}

static void every_kind_of_chart_survives_without_memory(void **state)
{
    (void)state;
    DONE("add", "users/France", "2024", "5");
    DONE("add", "users/France", "2025", "7");
    static const char *const kinds[] = {"bar", "stack", "facet", "index"};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        assert_fails_well(LINE("chart", "users", "--kind", kinds[i], "--alt"));
    assert_fails_well(LINE("chart", "users/France", "--alt", "--event", "2024-07", "x",
                           "--reference", "6", "y", "--highlight", "France"));
    assert_fails_well(LINE("chart", "users/France", "--kind", "reach", "--target", "9",
                           "--model", "linear", "--alt"));
    assert_fails_well(
        LINE("chart", "users/France", "--vintage", "2025-07-31", "--alt", "--quiet"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_TRACKER(periods_and_quantities_survive_without_memory),
        ON_TRACKER(a_store_that_cannot_be_read_for_want_of_memory_says_so),
        ON_TRACKER(changes_are_all_or_nothing_without_memory),
        ON_TRACKER(projections_are_kept_and_scored_whole_or_not_without_memory),
        ON_TRACKER(changes_of_what_is_there_are_all_or_nothing_without_memory),
        ON_TRACKER(a_copy_is_whole_or_none_without_memory),
        ON_TRACKER(a_merge_is_all_or_nothing_without_memory),
        ON_TRACKER(dry_runs_print_all_or_nothing_without_memory),
        ON_TRACKER(tables_are_whole_or_none_without_memory),
        ON_TRACKER(growth_and_projections_are_whole_or_none_without_memory),
        ON_TRACKER(draws_and_backtests_are_whole_or_none_without_memory),
        ON_TRACKER(arithmetic_is_whole_or_none_without_memory),
        ON_TRACKER(check_never_passes_for_want_of_memory),
        ON_TRACKER(refusals_stay_refusals_without_memory),
        ON_TRACKER(every_kind_of_chart_survives_without_memory),
        ON_TRACKER(charts_survive_without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
