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

/* The rows of one model, from the first on. */
static size_t row_of_model(const char *model)
{
    for (size_t r = 1; r < table.count; r++)
        if (strcmp(cell(r, "model"), model) == 0)
            return r;
    fail_msg("no row of %s", model);
    return 0;
}

/* 249 M on 31 December, 570 M by May: d = 136 days later (121 to 151); the end of June is 181 days
 * after the first. A line: 249 + 321 · 181 / d; a constant rate: 249 (570 / 249)^(181 / d). */
static void two_figures_of_users_have_a_data_range_only(void **state)
{
    (void)state;
    RUN(0, "project", "ai-users", "--until", "2025-Q2");
    size_t line = row_of_model("linear"), curve = row_of_model("exponential");
    for (size_t r = 1; r < table.count; r++) {
        assert_string_equal(cell(r, "lo80"), "");
        assert_string_equal(cell(r, "hi95"), "");
    }
    is(line, "value", (249 + 321 * 181 / 136.0) * 1e6, 1);
    is(line, "range_low", (249 + 321 * 181 / 151.0) * 1e6, 1);
    is(line, "range_high", (249 + 321 * 181 / 121.0) * 1e6, 1);
    is(curve, "value", 249e6 * pow(570.0 / 249, 181 / 136.0), 1);
    is(curve, "range_low", 249e6 * pow(570.0 / 249, 181 / 151.0), 1);
    is(curve, "range_high", 249e6 * pow(570.0 / 249, 181 / 121.0), 1);
    done();
}

/* logit(y / K) goes on along its line. */
static double logistic_through_both(double capacity, double days)
{
    double first = log(249e6 / (capacity - 249e6)),
           last = log(570e6 / (capacity - 570e6));
    return capacity / (1 + exp(-(first + (last - first) * 181 / days)));
}

/* A ceiling: the capacity lies anywhere between 570 M, where the curve is flat, and 1.41 B; the
 * middle one, on logarithms, is the root of their product (the lower end is a ten-thousandth
 * above 570 M, since no curve goes through its own capacity). */
static void a_ceiling_bounds_what_two_figures_allow(void **state)
{
    (void)state;
    RUN(0, "project", "ai-users", "--until", "2025-Q2", "--ceiling", "1.41e9");
    size_t r = row_of_model("logistic");
    assert_string_equal(cell(r, "lo80"), "");
    is(r, "value", logistic_through_both(sqrt(570e6 * 1.0001 * 1.41e9), 136), 1e3);
    is(r, "range_high", logistic_through_both(1.41e9, 121), 1e3);
    is(r, "range_low", 570e6, 570e6 * 2e-4);
    done();
}

/* Nine figures of Epoch AI, averages of a week: a quarter's stands at its middle. R:
 * exp(predict(lm(log(y) ~ t), data.frame(t = 2025 + 319 / 365), interval = "prediction", level = …));
 * 10,000 paths leave a quantile 1 % of its value. */
static void users_of_chatgpt_have_intervals(void **state)
{
    (void)state;
    RUN(0, "project", "ai-service-weekly-users/ChatGPT", "--until", "2026-Q1");
    size_t pooled = row_of_model("auto"), curve = row_of_model("exponential");
    double sum = 0, weight;
    for (size_t r = 1; r < table.count; r++)
        if (strcmp(cell(r, "step"), "1") == 0 && strcmp(cell(r, "model"), "auto") != 0 &&
            up_number_parse(cell(r, "weight"), &weight, NULL) == UP_OK)
            sum += weight;
    assert_true(fabs(sum - 1) < 1e-9);
    is(curve, "value", 953221945.8, 1e3);
    is(curve, "lo80", 816612624.5, 8e6);
    is(curve, "hi80", 1112684339, 11e6);
    is(curve, "lo95", 736081823.9, 8e6);
    is(curve, "hi95", 1234417219, 16e6);
    assert_string_not_equal(cell(pooled, "lo95"), "");
    done();
    RUN(0, "reach", "ai-service-weekly-users/ChatGPT", "500 million");
    assert_string_equal(cell(1, "passed_from"), "2025-03-13");
    assert_string_equal(cell(1, "passed_to"), "2025-07-15");
    done();
}

/* One figure, and one that a claim implies; one that is only "more than". */
static void one_figure_or_a_bound_is_refused(void **state)
{
    (void)state;
    RUN(4, "project", "ai-tokens");
    done();
    RUN(4, "project", "ai-tokens", "--with-derived");
    done();
    RUN(4, "project", "ai-industry-size");
    done();
    RUN(4, "reach", "ai-industry-size", "1 trillion yuan");
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
        cmocka_unit_test(two_figures_of_users_have_a_data_range_only),
        cmocka_unit_test(a_ceiling_bounds_what_two_figures_allow),
        cmocka_unit_test(users_of_chatgpt_have_intervals),
        cmocka_unit_test(one_figure_or_a_bound_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
