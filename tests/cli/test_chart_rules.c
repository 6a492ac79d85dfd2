/* chart: what it is told of a tracker, and what is used, refused or said. */
#include <math.h>

#include "cli/cli_fixture.h"

#define NBSP "\xc2\xa0"

/* ---- texts on one line ---- */

static void no_text_of_two_lines_gets_in(void **state)
{
    (void)state;
    SAYS(2, "",
         "uptick: the text of the event holds a line break or another control "
         "character: it is one line\n",
         "event", "2024-03-01", "two\nlines", "--metric", "users");
    SAYS(2, "", "uptick: the entity 'two\\x0Alines' holds a control character\n", "event",
         "2024-03-01", "Party", "--entity", "two\nlines");
    SAYS(2, "",
         "uptick: --title holds a line break or another control character: it is one "
         "line\n",
         "source", "x", "--title", "two\xc2\x85lines");
    SAYS(2, "",
         "uptick: --producer holds a line break or another control character: it is "
         "one line\n",
         "source", "x", "--title", "one", "--producer", "two\xe2\x80\xa8lines");
}

/* Written by hand, it is drawn with a space, and said. */
static void a_line_break_in_the_files_stops_no_chart(void **state)
{
    (void)state;
    DONE("event", "2025-03-01", "two lines", "--entity", "China");
    replace_in("events.csv", "two lines", "\"two\nlines\"");
    RUN("chart", "users", "--format", "svg");
    assert_int_equal(last.code, 0);
    assert_non_null(strstr(last.out, ">two lines<"));
    assert_non_null(strstr(last.err,
                           "series/events.csv:2: warning: 'two lines' holds a line break "
                           "or another control character: a space stands for it\n"));
}

/* ---- sizes ---- */

static void sizes_beyond_what_can_be_drawn_are_refused(void **state)
{
    (void)state;
    SAYS(2, "",
         "uptick: a chart of 200 × 400 pixels cannot be drawn (240 to 8192 expected)\n",
         "chart", "users", "--format", "png", "--size", "200x400");
    SAYS(2, "",
         "uptick: a picture of 32768 × 32768 pixels (8192 × 8192, scaled by 4) is too "
         "large: at most 16384 on a side\n",
         "chart", "users", "--format", "png", "--size", "8192x8192", "--scale", "4");
}

/* ---- log axes ---- */

static void a_panel_without_a_value_above_zero_stays_empty_and_says_so(void **state)
{
    (void)state;
    DONE("new", "levels", "--unit", "things");
    DONE("add", "levels/A", "2020", "5");
    DONE("add", "levels/A", "2021", "50");
    DONE("add", "levels/B", "2020", "0");
    DONE("add", "levels/B", "2021", "-1");
    for (int free_ = 0; free_ < 2; free_++) {
        RUN("chart", "levels", "--kind", "facet", "--log", "--format", "svg",
            free_ ? "--free" : "--quiet");
        assert_int_equal(last.code, 0);
        assert_non_null(strstr(last.out, ">no value above zero<"));
        assert_string_equal(last.err, free_ ? "uptick: warning: 2 values are not above "
                                              "zero: a log axis cannot show them\n"
                                            : "");
    }
}

/* ---- stacks ---- */

static void a_stack_adds_up_no_ranges_and_says_what_its_total_is(void **state)
{
    (void)state;
    DONE("new", "parts", "--unit", "things");
    DONE("add", "parts/A", "2020", "more than 5");
    DONE("add", "parts/B", "2020", "2");
    RUN("chart", "parts", "--kind", "stack", "--format", "svg");
    assert_non_null(strstr(last.out, ">Total >7<"));
    DONE("add", "parts/C", "2020", "about 1");
    RUN("chart", "parts", "--kind", "stack", "--format", "svg");
    assert_non_null(strstr(last.out, ">Total >8<")); /* still a lower bound */
    DONE("add", "parts/D", "2020", "less than 1");
    RUN("chart", "parts", "--kind", "stack", "--format", "svg");
    assert_non_null(strstr(last.out, ">Total ~9<"));
    DONE("add", "parts/E", "2020", "3-7");
    SAYS(3, "",
         "uptick: parts/E is known only as a range in 2020, which a stack cannot add "
         "up: --kind bar, line and facet draw ranges\n",
         "chart", "parts", "--kind", "stack", "--alt");
}

/* ---- options ---- */

/* Each is used, or refused with a sentence. */
static void no_option_is_ignored(void **state)
{
    (void)state;
    static const struct {
        const char *words[6], *said;
    } cases[] = {
        {{"--model", "linear"}, "--model changes nothing without --project"},
        {{"--seed", "3"}, "--seed changes nothing without --project"},
        {{"--ceiling", "1B"}, "--ceiling changes nothing without --project"},
        {{"--levels", "50"}, "--levels changes nothing without --project"},
        {{"--scenario", "constant"}, "--scenario changes nothing without --project"},
        {{"--across-breaks"},
         "--across-breaks changes nothing without --project or --transform"},
        {{"--levels", "50", "--kind", "reach", "--target", "1B"},
         "--levels is for --kind line, facet or fit, not for reach"},
        {{"--transform", "pch", "--vintage", "2024"},
         "--transform and --vintage exclude each other"},
        {{"--project", "2026", "--transform", "pch"},
         "--project and --transform exclude each other"},
        {{"--kind", "bar", "--top", "3"},
         "--top shows the largest of several series, and one is named"},
        {{"--kind", "bar", "--model", "linear"},
         "--model is for --kind line, facet, fit or reach, not for bar"},
        {{"--kind", "stack", "--log"},
         "--log is for --kind line, index, facet, fit or reach, not for stack"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *argv[12] = {"uptick", "chart", "users", "--alt"};
        char said[200];
        for (size_t w = 0; w < 6; w++)
            argv[4 + w] = cases[i].words[w];
        snprintf(said, sizeof said, "uptick: %s\n", cases[i].said);
        run_line(argv);
        assert_said(2, "", said);
    }
    DONE("chart", "users", "--alt", "--project", "2026", "--model", "exponential",
         "--levels", "50");
}

/* ---- events of the tracker ---- */

static void make_parties(void)
{
    static const char *const entities[] = {"A", "B"};
    DONE("new", "levels", "--unit", "things", "--measure", "flow");
    for (size_t e = 0; e < 2; e++)
        for (int year = 2018; year < 2022; year++) {
            char key[16], text[16], value[16];
            snprintf(key, sizeof key, "levels/%s", entities[e]);
            snprintf(text, sizeof text, "%d", year);
            snprintf(value, sizeof value, "%d", 10 + year % 7);
            DONE("add", key, text, value);
        }
    DONE("event", "2019-07-01", "Party", "--entity", "A");
    DONE("event", "2020-07-01", "Ball", "--metric", "levels");
}

/* How often a text stands in the picture. */
static size_t count_texts(const char *text)
{
    size_t count = 0;
    for (const char *at = last.out; (at = strstr(at, text)) != NULL; at++)
        count++;
    return count;
}

static void stored_events_are_drawn_wherever_there_is_time(void **state)
{
    (void)state;
    static const char *const kinds[] = {"line", "growth", "index", "bar", "stack", "fit"};
    make_parties();
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        RUN("chart", "levels/A", "--kind", kinds[i], "--format", "svg");
        assert_int_equal(last.code, 0);
        assert_int_equal(count_texts(">Party<"), 1);
        assert_int_equal(count_texts(">Ball<"), 1);
    }
    SAYS(0, NULL,
         "uptick: note: 2 events are not drawn: the bars of several series have no axis "
         "of time\n",
         "chart", "levels", "--kind", "bar", "--alt");
}

/* A number in each panel that it concerns, its words once. */
static void events_in_panels_are_numbered(void **state)
{
    (void)state;
    make_parties();
    RUN("chart", "levels", "--kind", "facet", "--format", "svg");
    assert_int_equal(last.code, 0);
    assert_int_equal(count_texts(">①<"), 1); /* of A alone */
    assert_int_equal(count_texts(">②<"), 2);
    assert_non_null(strstr(last.out, "①" NBSP "Party  ·  ②" NBSP "Ball"));
}

/* Between the columns of the years: in the flow of 2019 half of the year is at its column's middle, and
 * the event of July 2019 stands there. */
static void events_stand_between_the_columns(void **state)
{
    (void)state;
    char path[SCRATCH_PATH];
    double left[1], right[1], x = 0;
    make_parties();
    scratch_path(path, root, "c.gp");
    DONE("chart", "levels/B", "--kind", "bar", "--script", path);
    char *script = scratch_read(root, "c.gp");
    assert_int_equal(sscanf(strstr(script, "array LEFT[1] = [") + 17, "%lf", left), 1);
    assert_int_equal(sscanf(strstr(script, "array RIGHT[1] = [") + 18, "%lf", right), 1);
    /* four slots; 1 July 2020 is day 182.5 (the middle of that day) of 366: the third column less
     * the half day by which it lies before the middle of the year */
    const char *text = strstr(script, "= 'Ball'\n");
    assert_non_null(text);
    double wanted = *left + (*right - *left) * 2.5 / 4;
    const char *rules = strstr(script, "array RULE_X1");
    assert_non_null(rules);
    for (const char *at = strchr(rules, '=') + 3; *at != '\0' && *at != '\n';) {
        double value = strtod(at, (char **)(size_t)&at);
        if (fabs(value - wanted) < fabs(x - wanted))
            x = value;
        at += *at != '\0' && *at != '\n';
    }
    assert_true(fabs(x - wanted) < 1);
    free(script);
}

/* ---- when a level is reached ---- */

/* Where the 80 % range is open, the fan goes on as far as the time that is shown. */
static void an_open_range_cuts_no_fan(void **state)
{
    (void)state;
    char path[SCRATCH_PATH], period[8], value[16];
    double to[1], time = 0, last_time = 0, ignored;
    DONE("new", "levels", "--unit", "things", "--measure", "stock");
    for (int i = 0; i < 24; i++) { /* growing ever more slowly, towards some 100 */
        snprintf(period, sizeof period, "%d", 2000 + i);
        snprintf(value, sizeof value, "%.1f", 100 * (1 - exp(-0.15 * (i + 2))));
        DONE("add", "levels", period, value);
    }
    scratch_path(path, root, "c.gp");
    RUN("chart", "levels", "--kind", "reach", "--target", "99", "--script", path);
    assert_int_equal(last.code, 0);
    char *script = scratch_read(root, "c.gp");
    assert_int_equal(sscanf(strstr(script, "array X_MAX[1] = [") + 18, "%lf", to), 1);
    const char *at = strchr(strstr(script, "$step << EOD"), '\n') + 1;
    for (; sscanf(at, "%lf %lf", &time, &ignored) == 2; at = strchr(at, '\n') + 1)
        last_time = time;
    assert_true(*to - last_time < 0.06 * (*to - 2000));
    free(script);
    RUN("chart", "levels", "--kind", "reach", "--target", "99", "--format", "svg");
    assert_non_null(strstr(last.out, "reached with a probability of "));
}

/* ---- many series, few bars ---- */

/* Entities E1 to E`count`, of which the later ones are the larger. */
static void make_many(int count)
{
    up_buffer rows = {0};
    char path[SCRATCH_PATH];
    up_buffer_add(&rows, "entity,date,value\n");
    for (int e = 1; e <= count; e++)
        for (int year = 2020; year < 2023; year++)
            up_buffer_addf(&rows, "E%d,%d,%d\n", e, year, e * 100 + year % 7);
    scratch_write(root, "many.csv", up_buffer_text(&rows));
    up_buffer_release(&rows);
    scratch_path(path, root, "many.csv");
    DONE("import", path, "--metric", "many", "--quiet");
}

static void the_largest_of_many_are_coloured_and_named(void **state)
{
    (void)state;
    make_many(300);
    RUN("chart", "many", "--format", "svg");
    assert_int_equal(last.code, 0);
    assert_non_null(strstr(last.out, "Grey: 292 others"));
    for (int e = 293; e <= 300; e++) {
        char name[16];
        snprintf(name, sizeof name, ">E%d  ", e);
        assert_int_equal(count_texts(name), 1);
    }
    assert_int_equal(count_texts(">E292  "), 0);
    assert_string_equal(
        last.err, "uptick: warning: 292 of 300 series have no label, for want of room "
                  "(--kind facet gives each a panel, --highlight names those that "
                  "matter): E1, E2, E3, E4, E5, E6, E7, E8 and 284 "
                  "more\n");
    RUN("chart", "many", "--kind", "growth", "--format", "svg");
    assert_int_equal(last.code, 0);
    assert_non_null(strstr(last.out, "292 others"));
}

static size_t picture_height(const char *series_, const char *kind, const char *top)
{
    if (top != NULL)
        RUN("chart", series_, "--kind", kind, "--top", top, "--format", "png");
    else
        RUN("chart", series_, "--kind", kind, "--format", "png");
    assert_int_equal(last.code, 0);
    const unsigned char *png = (const unsigned char *)last.out;
    return (size_t)(png[22] << 8 | png[23]); /* IHDR */
}

static void pictures_are_as_high_as_their_bars_need(void **state)
{
    (void)state;
    make_many(50);
    assert_int_equal(picture_height("many", "bar", "3"), 215 + 3 * 64);
    assert_int_equal(picture_height("many", "bar", "10"), 675);
    assert_int_equal(picture_height("many", "bar", NULL), 215 + 50 * 26);
    assert_int_equal(picture_height("many", "line", NULL), 675);
    RUN("chart", "many", "--kind", "bar", "--top", "3", "--format", "png", "--size",
        "1200x675");
    assert_int_equal((unsigned char)last.out[22] << 8 | (unsigned char)last.out[23], 675);
}

/* ---- growth ---- */

/* From zero there is no rate: the slot of 2022 stays, with a dash. */
static void a_rate_that_is_refused_leaves_its_place_empty(void **state)
{
    (void)state;
    DONE("new", "levels", "--unit", "things", "--measure", "flow");
    DONE("add", "levels", "2020", "4");
    DONE("add", "levels", "2021", "0");
    DONE("add", "levels", "2022", "5");
    DONE("add", "levels", "2023", "6");
    RUN("chart", "levels", "--kind", "growth", "--transform", "pch", "--format", "svg");
    assert_int_equal(count_texts(">2022<"), 1);
    assert_int_equal(count_texts(">–<"), 1);
    assert_int_equal(count_texts("cannot be worked out"), 1);
    assert_int_equal(count_texts(">2020<"), 0); /* the first has nothing before it */
}

/* 4 % to 5 % are a point, and a quarter more only to those who compute. */
static void growth_of_percents_is_told_in_points(void **state)
{
    (void)state;
    DONE("new", "idle", "--unit", "percent", "--measure", "rate", "--title", "Idle");
    DONE("add", "idle", "2020", "4");
    DONE("add", "idle", "2021", "5");
    SAYS(0,
         "Bar chart: Idle (Change on the figure before, percentage points). Idle: +1 in "
         "2021.\n",
         "", "chart", "idle", "--kind", "growth", "--alt");
    DONE("new", "part", "--unit", "of people", "--display", "percent", "--measure",
         "ratio", "--title", "Part");
    DONE("add", "part", "2020", "40%");
    DONE("add", "part", "2021", "47%");
    SAYS(0,
         "Bar chart: Part (Change on the figure before, percentage points). Part: +7 in "
         "2021.\n",
         "", "chart", "part", "--kind", "growth", "--alt");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_TRACKER(no_text_of_two_lines_gets_in),
        ON_TRACKER(a_line_break_in_the_files_stops_no_chart),
        ON_TRACKER(sizes_beyond_what_can_be_drawn_are_refused),
        ON_TRACKER(a_panel_without_a_value_above_zero_stays_empty_and_says_so),
        ON_TRACKER(no_option_is_ignored),
        ON_TRACKER(stored_events_are_drawn_wherever_there_is_time),
        ON_TRACKER(events_in_panels_are_numbered),
        ON_TRACKER(events_stand_between_the_columns),
        ON_TRACKER(an_open_range_cuts_no_fan),
        ON_TRACKER(the_largest_of_many_are_coloured_and_named),
        ON_TRACKER(pictures_are_as_high_as_their_bars_need),
        ON_TRACKER(a_rate_that_is_refused_leaves_its_place_empty),
        ON_TRACKER(growth_of_percents_is_told_in_points),
        ON_TRACKER(a_stack_adds_up_no_ranges_and_says_what_its_total_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
