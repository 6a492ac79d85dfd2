/* The tracker of this repository: every figure it was made around is in series/ as it was
 * stated, and the worked figures come out of `growth`, to the digits that were worked out by
 * hand from the definitions (growth.h). */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cli/command.h"
#include "uptick/calendar.h"
#include "uptick/csv.h"
#include "uptick/number.h"

static char *out;
static up_csv table;

/* Runs a command on the repository's own tracker; what it printed is read as CSV. */
static void run(int wanted, const char *const line[])
{
    const char *argv[16] = {"uptick"};
    size_t out_length, err_length;
    char *err;
    int argc = 1;
    for (; line[argc - 1] != NULL; argc++)
        argv[argc] = line[argc - 1];
    up_context ctx = {.out = open_memstream(&out, &out_length),
                      .err = open_memstream(&err, &err_length),
                      .tracker = UPTICK_SOURCE_DIR,
                      .today = up_date_to_days((up_date){2025, 8, 1}),
                      .format = UP_FORMAT_CSV,
                      .as_of = UP_AS_OF_LATEST};
    int code = up_cli_run(&ctx, argc, argv);
    fclose(ctx.out);
    fclose(ctx.err);
    if (code != wanted)
        fail_msg("exit code %d: %s", code, err);
    free(err);
    if (wanted == 0)
        assert_int_equal(up_csv_read(&table, out, out_length, "out", NULL, NULL, NULL),
                         UP_OK);
}

static void done(void)
{
    up_csv_release(&table);
    free(out);
    out = NULL;
}

#define RUN(code, ...) run(code, (const char *const[]){__VA_ARGS__, NULL})

static const char *cell(size_t record, const char *column)
{
    size_t c = up_csv_column(&table, column);
    assert_true(c < SIZE_MAX);
    return up_csv_field(&table, record, c);
}

/* The row of a transform on a basis; fails when there is none. */
static size_t row_of(const char *transform, const char *basis)
{
    for (size_t r = 1; r < table.count; r++)
        if (strcmp(cell(r, "transform"), transform) == 0 &&
            strcmp(cell(r, "basis"), basis) == 0)
            return r;
    fail_msg("no %s on %s", transform, basis);
    return 0;
}

/* A cell to the digits that were worked out: `wanted` ± `half`, half a unit of the last. */
static void is(size_t row, const char *column, double wanted, double half)
{
    double found = 0;
    assert_int_equal(up_number_parse(cell(row, column), &found, NULL), UP_OK);
    if (fabs(found - wanted) > half)
        fail_msg("%s is %g, wanted %g", column, found, wanted);
}

static void every_figure_is_there_as_it_was_stated(void **state)
{
    (void)state;
    static const struct {
        const char *series, *period, *value, *qualifier, *low, *high, *status, *words;
    } figures[] = {
        {"ai-users/China", "2024-12-31", "249000000", "", "", "", "",
         "249 million internet"},
        {"ai-users/China", "[2025-05-01..2025-05-31]", "570000000", "", "", "", "",
         "By May this year"},
        {"ai-tokens/China", "[2025-01..2025-04]", "10000000000000", "", "", "", "",
         "10 trillion tokens per day"},
        {"rd-investment/China Mobile", "2025", "39100000000", "", "", "", "F",
         "39.1 billion"},
        {"rd-investment-usd/China Mobile", "2025", "5450000000", "", "", "", "F",
         "($5.45 billion)"},
        {"ai-industry-size/China", "2024", "700000000000", ">", "", "", "",
         "exceeded 700 billion yuan last year"},
        {"network-standards-share/China Mobile", "2025-07", "0.80", ">", "", "", "",
         "more than 80 percent"},
        {"exhibition-area/WAIC", "2025-07", "70000", ">", "", "", "",
         "70,000 square meters"},
        {"exhibiting-enterprises/WAIC", "2025-07", "800", ">", "", "", "", "over 800"},
        {"technologies-shown/WAIC", "2025-07", "3000", ">", "", "", "",
         "more than 3,000"},
        {"premieres/WAIC", "2025-07", "100", ">", "", "", "", "over 100"},
        {"procurement-demands/WAIC", "2025-07", "300", "", "", "", "", "300 AI-related"},
        {"intended-purchases/WAIC", "2025-07", "16200000000", "~", "", "", "",
         "about 16.2"},
        {"intended-purchases-usd/WAIC", "2025-07", "2200000000", "~", "", "", "",
         "(~$2.2 billion)"},
        {"model-parameters/JD.com", "2025-07-26", "", "", "3000000000", "750000000000",
         "", "ranging from 3B to 750B"},
        {"open-source-models/Alibaba", "2025-07-27", "3", "", "", "", "", "three newly"},
        {"model-downloads/Moonshot AI", "2025-07-25", "200000", ">", "", "", "",
         "over 200,000 downloads"},
        {"ai-content-viewers/Bilibili", "2025-Q1", "140000000", ">", "", "", "",
         "over 140 million"},
        {"top-tier-cities-share/Bilibili", "2025-Q1", "0.5", "~<", "", "", "",
         "nearly half"},
    };
    for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++) {
        size_t row = 0;
        RUN(0, "show", figures[i].series);
        for (size_t r = 1; r < table.count && row == 0; r++)
            if (strcmp(cell(r, "period"), figures[i].period) == 0)
                row = r;
        if (row == 0)
            fail_msg("%s has no %s", figures[i].series, figures[i].period);
        assert_string_equal(cell(row, "value"), figures[i].value);
        assert_string_equal(cell(row, "qualifier"), figures[i].qualifier);
        assert_string_equal(cell(row, "low"), figures[i].low);
        assert_string_equal(cell(row, "high"), figures[i].high);
        assert_string_equal(cell(row, "status"), figures[i].status);
        assert_non_null(strstr(cell(row, "quote"), figures[i].words));
        bool gt = strcmp(cell(row, "source"), "gt-cic-2025") == 0;
        assert_true(gt || strcmp(cell(row, "source"), "gceec-waic-2025") == 0);
        assert_string_equal(cell(row, "reported"), gt ? "2025-07-23" : "2025-07-28");
        done();
    }
}

static void users_grew_9_fold_a_year(void **state)
{
    (void)state;
    RUN(0, "growth", "ai-users");
    is(row_of("fold", "reported"), "value", 2.289, 0.0005);
    is(row_of("pch", "reported"), "value", 1.289, 0.0005);
    is(row_of("cagr", "reported"), "value", 8.23, 0.005);
    is(row_of("cagr", "reported"), "low", 6.40, 0.005);
    is(row_of("cagr", "reported"), "high", 11.2, 0.05);
    is(row_of("doubling", "reported"), "value", 114 / UP_DAYS_PER_YEAR, 0.5 / 365);
    is(row_of("doubling", "reported"), "low", 101 / UP_DAYS_PER_YEAR, 0.5 / 365);
    is(row_of("doubling", "reported"), "high", 126 / UP_DAYS_PER_YEAR, 0.5 / 365);
    assert_string_equal(cell(row_of("fold", "claim"), "verdict"), "confirmed");
    done();
    RUN(0, "growth", "ai-users", "--rounding");
    is(row_of("fold", "reported"), "low", 2.283, 0.0005);
    is(row_of("fold", "reported"), "high", 2.296, 0.0005);
    is(row_of("cagr", "reported"), "low", 6.35, 0.005);
    is(row_of("cagr", "reported"), "high", 11.3, 0.05);
    is(row_of("doubling", "reported"), "low", 101 / UP_DAYS_PER_YEAR, 0.5 / 365);
    is(row_of("doubling", "reported"), "high", 127 / UP_DAYS_PER_YEAR, 0.5 / 365);
    done();
}

static void tokens_grew_100_fold(void **state)
{
    (void)state;
    RUN(0, "growth", "ai-tokens", "--with-derived");
    is(row_of("fold", "claim"), "value", 100, 0);
    is(row_of("pch", "claim"), "value", 99, 1e-12);
    is(row_of("doubling", "claim"), "value", 0.1505, 0.00005);
    assert_string_equal(cell(row_of("fold", "claim"), "kind"), "exact");
    is(row_of("cagr", "derived"), "low", 38.8, 0.05);
    is(row_of("cagr", "derived"), "high", 463, 0.5);
    is(row_of("doubling", "derived"), "low", 41 / UP_DAYS_PER_YEAR, 0.5 / 365);
    is(row_of("doubling", "derived"), "high", 69 / UP_DAYS_PER_YEAR, 0.5 / 365);
    done();
}

static void ratios_say_how_they_were_aligned(void **state)
{
    (void)state;
    RUN(0, "growth", "ai-tokens / ai-users", "--align", "carry-forward");
    is(1, "value", 40161, 0.5);
    done();
    RUN(0, "growth", "ai-tokens / ai-users", "--align", "interpolate");
    is(1, "low", 19400, 50);
    is(1, "high", 36900, 50);
    done();
    RUN(4, "growth", "ai-tokens / ai-users");
    done();
    RUN(0, "growth", "rd-investment / rd-investment-usd", "--with-forecasts",
        "--rounding");
    is(1, "value", 7.174, 0.0005);
    is(1, "low", 7.159, 0.0005);
    is(1, "high", 7.190, 0.0005);
    done();
    RUN(0, "growth", "intended-purchases / intended-purchases-usd");
    is(1, "value", 7.364, 0.0005);
    is(1, "low", 7.178, 0.0005);
    is(1, "high", 7.558, 0.0005);
    done();
}

static void one_lower_bound_gives_no_growth(void **state)
{
    (void)state;
    RUN(4, "growth", "ai-industry-size");
    done();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_figure_is_there_as_it_was_stated),
        cmocka_unit_test(users_grew_9_fold_a_year),
        cmocka_unit_test(tokens_grew_100_fold),
        cmocka_unit_test(ratios_say_how_they_were_aligned),
        cmocka_unit_test(one_lower_bound_gives_no_growth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
