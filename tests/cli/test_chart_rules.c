/* chart: what it is told of a tracker, and what is used, refused or said. */
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
                           "uptick: warning: 'two lines' holds a line break or another "
                           "control character: a space stands for it\n"));
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_TRACKER(no_text_of_two_lines_gets_in),
        ON_TRACKER(a_line_break_in_the_files_stops_no_chart),
        ON_TRACKER(sizes_beyond_what_can_be_drawn_are_refused),
        ON_TRACKER(a_panel_without_a_value_above_zero_stays_empty_and_says_so),
        ON_TRACKER(a_stack_adds_up_no_ranges_and_says_what_its_total_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
