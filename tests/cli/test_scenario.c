/* project --scenario: what is shown, kept, drawn and refused. Figures double: 100, 200, 400. */
#include "cli/cli_fixture.h"

#define NBSP "\xc2\xa0"

static void make_levels(void)
{
    DONE("new", "levels", "--unit", "things", "--title", "Levels");
    DONE("add", "levels", "2021", "100");
    DONE("add", "levels", "2022", "200");
    DONE("add", "levels", "2023", "about 400");
}

static void scenarios_are_told_with_where_they_start(void **state)
{
    (void)state;
    make_levels();
    SAYS(0,
         "Series  Scenario                 Period  Level  Data range\n"
         "levels  low                      2024      440  385 to 495\n"
         "levels  growth halves each year  2024      659  577 to 742\n"
         "\n"
         "levels, low: from 400 (2023), growth +10" NBSP "% a year\n"
         "levels, growth halves each year: from 400 (2023), growth +100" NBSP
         "% a year at the start, the trend of 3 figures, the continuous rate × 0.5 each "
         "year\n"
         "a scenario has no probability; data range: what the bounds and dates of the "
         "figures it starts from allow\n",
         "", "project", "levels", "--scenario", "low 10 %; growth halves each year",
         "--steps", "1");
}

/* "About 400" is 350 to 450. No interval, and no columns for one. */
static void scenarios_for_machines_have_no_interval(void **state)
{
    (void)state;
    make_levels();
    DONE("project", "levels", "--scenario", "50 % a year", "--until", "2025", "--format",
         "csv");
    assert_string_equal(last.out,
                        "series,model,step,period,value,range_low,range_high,weight,"
                        "with_bounds\n"
                        "levels,50 % a year,1,2024,600,525,675,,\n"
                        "levels,50 % a year,2,2025,900,787.5,1012.5,,\n");
    DONE("project", "levels", "--scenario", "up: 50 % a year", "--steps", "1", "--format",
         "json");
    assert_non_null(strstr(last.out, "\"model\": \"up\""));
    assert_null(strstr(last.out, "lo80"));
}

static void what_a_scenario_has_no_use_for_is_refused(void **state)
{
    (void)state;
    static const char *const options[][2] = {{"--model", "linear"},
                                             {"--levels", "50"},
                                             {"--capacity", "900"},
                                             {"--launch", "2020"},
                                             {"--seed", "7"}};
    make_levels();
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        char wanted[128];
        snprintf(wanted, sizeof wanted,
                 "uptick: --scenario and %s exclude each other: nothing is fitted\n",
                 options[i][0]);
        SAYS(2, "", wanted, "project", "levels", "--scenario", "10 %", options[i][0],
             options[i][1]);
    }
    SAYS(2, "",
         "uptick: --scenario and --parameters exclude each other: nothing is "
         "fitted\n",
         "project", "levels", "--scenario", "10 %", "--parameters");
    SAYS(2, "", "uptick: --scenario changes nothing without --project\n", "chart",
         "levels", "--scenario", "10 %", "-o", "x.png");
    SAYS(2, "", "uptick: --scenario is for --kind line, not for fit\n", "chart", "levels",
         "--kind", "fit", "--project", "2025", "--scenario", "10 %", "-o", "x.png");
    RUN("project", "levels", "--scenario", "growth triples");
    assert_int_equal(last.code, 2);
}

/* One beyond the ceiling does not keep the others from being shown; all of them are exit 4. */
static void a_scenario_beyond_the_ceiling_is_told(void **state)
{
    (void)state;
    static const char refused[] = "uptick: levels: the scenario 'high' rises above the "
                                  "metric's ceiling in step 2\n";
    make_levels();
    DONE("set", "levels", "ceiling=1000");
    SAYS(0, NULL, refused, "project", "levels", "--scenario", "low 10 %; high 60 %",
         "--steps", "2");
    assert_non_null(strstr(last.out, "levels  low       2025"));
    assert_null(strstr(last.out, "high"));
    SAYS(4, "", refused, "project", "levels", "--scenario", "high 60 %", "--steps", "2");
}

static void scenarios_are_kept_as_points(void **state)
{
    (void)state;
    make_levels();
    SAYS(0, NULL,
         "uptick: kept as 2024-01-10-1: levels, scenario 'up: 50 %', 2024; without an "
         "interval, only its error can be scored\n"
         "uptick: kept as 2024-01-10-2: levels, scenario 'no growth', 2024; without an "
         "interval, only its error can be scored\n",
         "project", "levels", "--scenario", "up: 50 %; no growth", "--steps", "1",
         "--keep", "--today", "2024-01-10");
    char *file = scratch_read(series, "projections.csv");
    assert_string_equal(
        file, "id,metric,entity,made,as_of,model,options,seed,period,quantile,value\n"
              "2024-01-10-1,levels,,2024-01-10,2024-01-10,scenario,--scenario 'up: 50 "
              "%',default,2024,,600\n"
              "2024-01-10-2,levels,,2024-01-10,2024-01-10,scenario,--scenario 'no "
              "growth',default,2024,,400\n");
    free(file);
    SAYS(0, NULL,
         "uptick: kept already as 2024-01-10-2, nothing is written: levels, scenario 'no "
         "growth'\n",
         "project", "levels", "--scenario", "no growth", "--steps", "1", "--keep",
         "--today", "2024-01-10");
    DONE("add", "levels", "2024", "500", "--reported", "2025-01-02");
    DONE("score", "--format", "csv", "--today", "2025-02-01");
    assert_non_null(strstr(last.out, ",600,500,"));
    assert_non_null(strstr(last.out, ",400,500,"));
    DONE("check");
}

/* 400 grows by 50 % to 600 and 900; all three lines go on from the last figure, in its colour. */
static void a_chart_shows_each_scenario(void **state)
{
    (void)state;
    make_levels();
    char picture[SCRATCH_PATH + 8], script[SCRATCH_PATH + 8];
    snprintf(picture, sizeof picture, "%s/a.svg", root);
    snprintf(script, sizeof script, "%s/a.gp", root);
    DONE("chart", "levels", "--project", "2025", "--scenario",
         "up: 50 %; no growth; low 10 %", "-o", picture, "--script", script);
    char *text = scratch_read(root, "a.gp");
    assert_non_null(
        strstr(text, "dashed: the scenarios \"up: 50 %\", \"no growth\", \"low 10 %\""));
    assert_non_null(strstr(
        text, "up: in the scenario 900 in 2025. no growth: in the scenario 400 in 2025. "
              "low: in the scenario 484 in 2025."));
    assert_non_null(strstr(text, "STEP = 3\n"));
    assert_non_null(strstr(text, "array STEP_DASH[3] = [13, 14, 15]\n"));
    assert_non_null(strstr(text, "'900'"));
    assert_non_null(strstr(text, "'484'"));
    const char *tones = strstr(text, "array STEP_TONE[3] = ");
    assert_non_null(tones);
    int tone[3];
    assert_int_equal(
        sscanf(tones, "array STEP_TONE[3] = [%d, %d, %d]", &tone[0], &tone[1], &tone[2]),
        3);
    assert_true(tone[0] == tone[1] && tone[1] == tone[2]);
    size_t starts = 0;
    for (const char *at = strstr(text, "$step");
         (at = strstr(at, "\n2024 400\n")) != NULL; at++)
        starts++;
    assert_int_equal(starts, 3);
    free(text);
    DONE("chart", "levels", "--project", "2025", "--scenario", "up: 50 %", "-o", picture,
         "--script", script);
    text = scratch_read(root, "a.gp");
    assert_non_null(strstr(text, "dashed: the scenario \"up: 50 %\""));
    assert_non_null(strstr(text, "; in the scenario 900 in 2025."));
    assert_null(strstr(text, "projected")); /* a scenario foretells nothing */
    free(text);
}

static void help_names_the_forms(void **state)
{
    (void)state;
    DONE("project", "--help");
    assert_non_null(strstr(last.out, "--scenario TEXT"));
    assert_non_null(strstr(last.out, "'growth halves each year'"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_TRACKER(scenarios_are_told_with_where_they_start),
        ON_TRACKER(scenarios_for_machines_have_no_interval),
        ON_TRACKER(what_a_scenario_has_no_use_for_is_refused),
        ON_TRACKER(a_scenario_beyond_the_ceiling_is_told),
        ON_TRACKER(scenarios_are_kept_as_points),
        ON_TRACKER(a_chart_shows_each_scenario),
        ON_TRACKER(help_names_the_forms)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
