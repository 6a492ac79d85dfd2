#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/chart_cases.h"
#include "report/chart_fixture.h"
#include "report/chart_draw.h"
#include "report/template.h"

static chart_case one;

/* ---- golden scripts ---- */

/* The prologue; the templates that follow it have their own files in plots/. */
static void keep_prologue(up_buffer *script)
{
    char *end = strstr(script->data, "\n# The look of every chart");
    assert_non_null(end);
    *end = '\0';
}

static void expect_golden(const char *name)
{
    char path[512];
    up_buffer script = {0}, golden = {0};
    make_case(case_named(name), &one);
    write_script(&one.chart, &script, NULL);
    keep_prologue(&script);
    snprintf(path, sizeof path, "%s/tests/data/chart/%s.gp", UPTICK_SOURCE_DIR, name);
    if (getenv("UPTICK_UPDATE_GOLDEN")) {
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fputs(up_buffer_text(&script), file);
        assert_int_equal(fclose(file), 0);
    }
    read_file(path, &golden);
    assert_string_equal(up_buffer_text(&script), up_buffer_text(&golden));
    up_buffer_release(&script);
    up_buffer_release(&golden);
}

static void scripts_are_as_they_were_reviewed(void **state)
{
    (void)state;
    static const char *const names[] = {"ai-users",   "tokens",        "zh",
                                        "weekly",     "chinese",       "growth-marks",
                                        "bars-marks", "stack-columns", "facet-free",
                                        "crossing",   "hostile"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        expect_golden(names[i]);
}

static void a_script_ends_with_the_templates(void **state)
{
    (void)state;
    up_buffer script = {0}, theme = {0}, kind = {0};
    make_case(case_named("growth"), &one);
    write_script(&one.chart, &script, NULL);
    read_file(UPTICK_SOURCE_DIR "/plots/theme.gp", &theme);
    read_file(UPTICK_SOURCE_DIR "/plots/columns.gp", &kind);
    const char *at = strstr(up_buffer_text(&script), up_buffer_text(&theme));
    assert_non_null(at);
    assert_string_equal(at + theme.length + 1, up_buffer_text(&kind));
    up_buffer_release(&script);
    up_buffer_release(&theme);
    up_buffer_release(&kind);
}

/* ---- what is refused ---- */

static void control_characters_are_refused_in_every_text(void **state)
{
    (void)state;
    static const char bad[] = "two\nlines";
    const size_t weekly = case_named("weekly");
    make_case(weekly, &one);
    one.chart.title = bad;
    expect_failure(&one.chart, UP_USAGE,
                   "the title of the chart holds a control character (U+000A), only "
                   "text on one line is possible");
    make_case(weekly, &one);
    one.chart.subtitle = "a\x1b[31m";
    expect_failure(&one.chart, UP_USAGE,
                   "the subtitle of the chart holds a control character (U+001B), "
                   "only text on one line is possible");
    make_case(weekly, &one);
    one.chart.source = bad;
    expect_failure(&one.chart, UP_USAGE,
                   "the source of the chart holds a control character (U+000A), only "
                   "text on one line is possible");
    make_case(weekly, &one);
    one.chart.note = bad;
    expect_failure(&one.chart, UP_USAGE,
                   "the note of the chart holds a control character (U+000A), only "
                   "text on one line is possible");
    make_case(weekly, &one);
    one.series[0].label = "\xc2\x85";
    expect_failure(&one.chart, UP_USAGE,
                   "the label of a series of the chart holds a control character "
                   "(U+0085), only text on one line is possible");
    make_case(weekly, &one);
    one.series[0].model = bad;
    expect_failure(&one.chart, UP_USAGE,
                   "the model of a projection of the chart holds a control character "
                   "(U+000A), only text on one line is possible");
    make_case(weekly, &one);
    one.series[0].remark = bad;
    expect_failure(&one.chart, UP_USAGE,
                   "the remark on a series of the chart holds a control character "
                   "(U+000A), only text on one line is possible");
    make_case(weekly, &one);
    one.points[2].words = bad;
    expect_failure(&one.chart, UP_USAGE,
                   "the words of a point of the chart holds a control character "
                   "(U+000A), only text on one line is possible");
    make_case(weekly, &one);
    one.points[3].label = "\xe2\x80\xa8"; /* line separator */
    expect_failure(&one.chart, UP_USAGE,
                   "the label of a point of the chart holds a control character "
                   "(U+2028), only text on one line is possible");
    make_case(weekly, &one);
    one.events[1].text = "\xff";
    expect_failure(&one.chart, UP_USAGE, "an event of the chart is not UTF-8 text");
}

static void what_cannot_be_drawn_is_refused_with_the_reason(void **state)
{
    (void)state;
    make_case(case_named("gdp"), &one);
    one.chart.kind = "pie";
    expect_failure(&one.chart, UP_USAGE,
                   "'pie' is not a kind of chart (line, facet, bar, stack or "
                   "columns expected)");
    make_case(case_named("gdp"), &one);
    one.chart.count = 0;
    expect_failure(&one.chart, UP_TOO_LITTLE_DATA, "there is no point to draw");
    one.chart.kind = "columns";
    expect_failure(&one.chart, UP_TOO_LITTLE_DATA, "there is no bar to draw");
    one.chart.log_scale = true;
    expect_failure(&one.chart, UP_USAGE, "bars have no log axis: they start at zero");
    make_case(case_named("gdp"), &one);
    one.chart.width = 100;
    expect_failure(&one.chart, UP_USAGE,
                   "a chart of 100 × 675 pixels cannot be drawn (240 to 8192 expected)");
    make_case(case_named("gdp"), &one);
    one.points[2].value = INFINITY;
    expect_failure(&one.chart, UP_BAD_DATA, "a number of the chart is not finite");
    /* cairo draws no side of more than 32,767 pixels; half of it takes a gigabyte */
    one.points[2].value = 1;
    one.chart.width = 8192;
    one.chart.density = 4;
    expect_failure(&one.chart, UP_USAGE,
                   "a picture of 32768 × 2700 pixels (8192 × 675, scaled by 4) is too "
                   "large: at most 16384 on a side");
    make_case(case_named("long-title"), &one);
    one.chart.width = one.chart.height = 240;
    expect_failure(&one.chart, UP_USAGE,
                   "the texts leave no room for the chart (240 × 240 pixels)");
}

static void a_log_axis_drops_what_it_cannot_show_and_says_so(void **state)
{
    (void)state;
    up_buffer script = {0};
    up_remarks remarks = {0};
    make_case(case_named("tokens"), &one);
    add_point(&one, 2025.3, 0);
    add_point(&one, 2025.4, -5);
    write_script(&one.chart, &script, &remarks);
    assert_int_equal(remarks.count, 1);
    assert_string_equal(remarks.items[0].message,
                        "2 values are not above zero: a log axis cannot show them");
    assert_null(strstr(up_buffer_text(&script), "2025.4"));
    up_buffer_release(&script);
    up_remarks_release(&remarks);
    make_case(case_named("negative"), &one);
    one.chart.log_scale = true;
    one.series[0].count = 2;
    expect_failure(&one.chart, UP_TOO_LITTLE_DATA,
                   "no value is above zero, a log axis shows none");
}

static void characters_without_a_glyph_are_remarked(void **state)
{
    (void)state;
    up_buffer script = {0};
    up_remarks remarks = {0};
    make_case(case_named("gdp"), &one);
    one.chart.title = "private use \xee\x80\x80"; /* U+E000 */
    write_script(&one.chart, &script, &remarks);
    assert_int_equal(remarks.count, 1);
    assert_int_equal(remarks.items[0].severity, UP_WARNING);
    assert_string_equal(
        remarks.items[0].message,
        "no installed font has \xee\x80\x80 (U+E000); the chart shows boxes "
        "instead (install a font that has them)");
    up_buffer_release(&script);
    up_remarks_release(&remarks);
}

/* A box in their places, in pictures: the library's own would cover all of it. A browser may have the
 * fonts that this machine has not. */
static void characters_without_a_glyph_are_drawn_as_boxes(void **state)
{
    (void)state;
    for (int kind = UP_PICTURE_PNG; kind <= UP_PICTURE_PDF; kind++) {
        up_buffer script = {0};
        bool is_svg = kind == UP_PICTURE_SVG;
        make_case(case_named("gdp"), &one);
        one.chart.picture = (up_picture)kind;
        one.chart.title = "private \xee\x80\x80 use"; /* U+E000 */
        write_script(&one.chart, &script, NULL);
        const char *title = strstr(up_buffer_text(&script), "TEXT[1] = ");
        assert_non_null(title);
        static const char boxed[] = "TEXT[1] = 'private \xe2\x96\xa1 use'";
        static const char as_it_is[] = "TEXT[1] = 'private \xee\x80\x80 use'";
        const char *wanted = is_svg ? as_it_is : boxed;
        assert_memory_equal(title, wanted, strlen(wanted));
        up_buffer_release(&script);
    }
}

enum { A_YEAR = 4000 }; /* points of the long series, from 2000 on */

/* Which points of the long series stand in the script, by their times. */
static void mark_kept(const char *script, bool kept[])
{
    const char *at = strchr(strstr(script, "$line << "), '\n') + 1;
    double time, value;
    for (; sscanf(at, "%lf %lf", &time, &value) == 2; at = strchr(at, '\n') + 1)
        kept[(size_t)lround((time - 2000) * A_YEAR)] = true;
}

/* The one number of an array of the script's prologue. */
static double panel_number(const char *script, const char *name)
{
    char head[32];
    double number = 0;
    snprintf(head, sizeof head, "array %s[1] = [", name);
    const char *at = strstr(script, head);
    assert_non_null(at);
    assert_int_equal(sscanf(at + strlen(head), "%lf", &number), 1);
    return number;
}

/* Of points first to last: none lies beyond those that are kept of them and of their neighbours. */
static void check_column(const up_chart_point points[], const bool kept[], size_t first,
                         size_t last)
{
    double least = INFINITY, most = -INFINITY;
    for (size_t i = first - 1; i <= last + 1; i++)
        if (kept[i]) {
            least = fmin(least, points[i].value);
            most = fmax(most, points[i].value);
        }
    for (size_t i = first; i <= last; i++)
        assert_true(points[i].value >= least && points[i].value <= most);
}

/* A line enters a column at its first point and leaves it at its last one, so that both are kept,
 * beside each other at each border; and so are the least and the most of all between two borders.
 * The panel's edges are written to a hundredth of a pixel, as wide as a step from point to point:
 * a border may lie one point beside where it is worked out to be. */
static void check_columns(const char *script, const up_chart_point points[], size_t count,
                          const bool kept[])
{
    double left = panel_number(script, "LEFT"), right = panel_number(script, "RIGHT");
    double from = panel_number(script, "X_MIN"), to = panel_number(script, "X_MAX");
    double column = NAN;
    size_t first = 0, borders = 0;
    assert_true(kept[0] && kept[count - 1]);
    for (size_t i = 0; i < count; i++) {
        double before = column;
        column = floor(left + (points[i].time - from) / (to - from) * (right - left));
        if (i < 2 || column == before)
            continue;
        assert_true((kept[i - 1] && kept[i]) || (kept[i - 2] && kept[i - 1]) ||
                    (kept[i] && kept[i + 1]));
        if (first > 0)
            check_column(points, kept, first, i - 1);
        first = i;
        borders++;
    }
    assert_in_range(borders, 800, 1200); /* the plot is about a thousand pixels wide */
}

static void a_long_series_keeps_the_extremes_of_each_pixel_column(void **state)
{
    (void)state;
    enum { COUNT = 100000 };
    up_chart_point *points = calloc(COUNT, sizeof *points);
    bool *kept = calloc(COUNT, sizeof *kept);
    up_buffer script = {0};
    unsigned seed = 1;
    assert_non_null(points);
    assert_non_null(kept);
    for (size_t i = 0; i < COUNT; i++) {
        double t = 2000 + (double)i / A_YEAR;
        points[i] = (up_chart_point){
            .time = t, .time_low = t, .time_high = t, .value = 1 + pseudo(&seed)};
    }
    points[51234].value = 9.25;
    points[71234].value = 0.125;
    make_case(case_named("gdp"), &one);
    one.series[0].points = points;
    one.series[0].count = COUNT;
    write_script(&one.chart, &script, NULL);
    const char *text = up_buffer_text(&script);
    /* at most four points for each of some thousand columns */
    assert_in_range(count_lines(text, "$line"), 2000, 4 * 1200);
    assert_non_null(strstr(text, " 9.25\n"));
    assert_non_null(strstr(text, " 0.125\n"));
    mark_kept(text, kept);
    check_columns(text, points, COUNT, kept);
    up_buffer_release(&script);
    free(kept);
    free(points);
}

/* ---- parts ---- */

static void quoted_text_is_read_back_by_no_one_but_as_text(void **state)
{
    (void)state;
    static const struct {
        const char *text, *quoted;
    } cases[] = {
        {"plain `x` $(y) @z \"q\" \\", "'plain `x` $(y) @z \"q\" \\'"},
        {"it's", "'it'.\"'\".'s'"},
        {"'; system('x') #", "\"'\".'; system('.\"'\".'x'.\"'\".') #'"},
        {"a''''b", "'a'.\"''''\".'b'"},
        {"", "\"\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        up_buffer out = {0};
        up_chart_quote(cases[i].text, &out);
        assert_string_equal(up_buffer_text(&out), cases[i].quoted);
        up_buffer_release(&out);
    }
}

/* ---- colours ---- */

static double channel(unsigned value)
{
    double c = value / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

/* WCAG 2: relative luminance and contrast */
static double luminance(unsigned rgb)
{
    return 0.2126 * channel(rgb >> 16) + 0.7152 * channel((rgb >> 8) & 255) +
           0.0722 * channel(rgb & 255);
}

static double contrast(unsigned a, unsigned b)
{
    double x = luminance(a) + 0.05, y = luminance(b) + 0.05;
    return x > y ? x / y : y / x;
}

static void colours_of_text_stand_out_from_the_background(void **state)
{
    (void)state;
    up_buffer theme = {0};
    size_t palettes = 0;
    read_file(UPTICK_SOURCE_DIR "/plots/theme.gp", &theme);
    const char *at = up_buffer_text(&theme);
    while ((at = strstr(at, "BACKGROUND = '#"))) {
        unsigned background = (unsigned)strtoul(at + strlen("BACKGROUND = '#"), NULL, 16);
        at = strstr(at, "array TONE[14]");
        assert_non_null(at);
        for (int tone = 1; tone <= 13; tone++) {
            at = strstr(at, "0x");
            assert_non_null(at);
            unsigned rgb = (unsigned)strtoul(at, (char **)&at, 16);
            /* 14, the lines of context, is faint on purpose: nothing is written in it */
            if (tone != UP_TONE_GRID && tone != UP_TONE_AXIS)
                assert_true(contrast(rgb, background) >= 4.5);
        }
        palettes++;
    }
    assert_int_equal(palettes, 2);
    up_buffer_release(&theme);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scripts_are_as_they_were_reviewed),
        cmocka_unit_test(a_script_ends_with_the_templates),
        cmocka_unit_test(control_characters_are_refused_in_every_text),
        cmocka_unit_test(what_cannot_be_drawn_is_refused_with_the_reason),
        cmocka_unit_test(a_log_axis_drops_what_it_cannot_show_and_says_so),
        cmocka_unit_test(characters_without_a_glyph_are_remarked),
        cmocka_unit_test(characters_without_a_glyph_are_drawn_as_boxes),
        cmocka_unit_test(a_long_series_keeps_the_extremes_of_each_pixel_column),
        cmocka_unit_test(quoted_text_is_read_back_by_no_one_but_as_text),
        cmocka_unit_test(colours_of_text_stand_out_from_the_background),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
