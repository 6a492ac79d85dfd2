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
#include "report/chart_draw.h"
#include "report/template.h"

#define S "\xc2\xa0"

static chart_case one;

static size_t case_named(const char *name)
{
    for (size_t i = 0; i < CHART_CASES; i++)
        if (strcmp(chart_makers[i].name, name) == 0)
            return i;
    fail_msg("no chart case %s", name);
    return 0;
}

static void write_script(const up_chart *chart, up_buffer *script, up_remarks *remarks)
{
    up_error err = {0};
    if (up_chart_script(chart, script, remarks, &err) != UP_OK)
        fail_msg("%s", err.message);
}

static void expect_failure(up_status code, const char *message)
{
    up_error err = {0};
    up_buffer script = {0};
    assert_int_equal(up_chart_script(&one.chart, &script, NULL, &err), code);
    assert_string_equal(err.message, message);
    assert_string_equal(up_buffer_text(&script), "");
    up_buffer_release(&script);
}

/* ---- golden scripts ---- */

static void read_file(const char *path, up_buffer *out)
{
    FILE *file = fopen(path, "r");
    char chunk[4096];
    size_t n;
    if (!file)
        fail_msg("%s is missing; run the test with UPTICK_UPDATE_GOLDEN=1", path);
    while ((n = fread(chunk, 1, sizeof chunk, file)) > 0)
        up_buffer_add_bytes(out, chunk, n);
    fclose(file);
}

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
    expect_failure(UP_USAGE,
                   "the title of the chart holds a control character (U+000A), only "
                   "text on one line is possible");
    make_case(weekly, &one);
    one.chart.subtitle = "a\x1b[31m";
    expect_failure(UP_USAGE,
                   "the subtitle of the chart holds a control character (U+001B), "
                   "only text on one line is possible");
    make_case(weekly, &one);
    one.chart.source = bad;
    expect_failure(UP_USAGE,
                   "the source of the chart holds a control character (U+000A), only "
                   "text on one line is possible");
    make_case(weekly, &one);
    one.chart.note = bad;
    expect_failure(UP_USAGE,
                   "the note of the chart holds a control character (U+000A), only "
                   "text on one line is possible");
    make_case(weekly, &one);
    one.series[0].label = "\xc2\x85";
    expect_failure(UP_USAGE,
                   "the label of a series of the chart holds a control character "
                   "(U+0085), only text on one line is possible");
    make_case(weekly, &one);
    one.series[0].model = bad;
    expect_failure(UP_USAGE,
                   "the model of a projection of the chart holds a control character "
                   "(U+000A), only text on one line is possible");
    make_case(weekly, &one);
    one.series[0].remark = bad;
    expect_failure(UP_USAGE,
                   "the remark on a series of the chart holds a control character "
                   "(U+000A), only text on one line is possible");
    make_case(weekly, &one);
    one.points[2].words = bad;
    expect_failure(UP_USAGE,
                   "the words of a point of the chart holds a control character "
                   "(U+000A), only text on one line is possible");
    make_case(weekly, &one);
    one.points[3].label = "\xe2\x80\xa8"; /* line separator */
    expect_failure(UP_USAGE,
                   "the label of a point of the chart holds a control character "
                   "(U+2028), only text on one line is possible");
    make_case(weekly, &one);
    one.events[1].text = "\xff";
    expect_failure(UP_USAGE, "an event of the chart is not UTF-8 text");
}

static void what_cannot_be_drawn_is_refused_with_the_reason(void **state)
{
    (void)state;
    make_case(case_named("gdp"), &one);
    one.chart.kind = "pie";
    expect_failure(UP_USAGE, "'pie' is not a kind of chart (line, facet, bar, stack or "
                             "columns expected)");
    make_case(case_named("gdp"), &one);
    one.chart.count = 0;
    expect_failure(UP_TOO_LITTLE_DATA, "there is no point to draw");
    one.chart.kind = "columns";
    expect_failure(UP_TOO_LITTLE_DATA, "there is no bar to draw");
    one.chart.log_scale = true;
    expect_failure(UP_USAGE, "bars have no log axis: they start at zero");
    make_case(case_named("gdp"), &one);
    one.chart.width = 100;
    expect_failure(UP_USAGE,
                   "a chart of 100 × 675 pixels cannot be drawn (240 to 8192 expected)");
    make_case(case_named("gdp"), &one);
    one.points[2].value = INFINITY;
    expect_failure(UP_BAD_DATA, "a number of the chart is not finite");
    make_case(case_named("long-title"), &one);
    one.chart.width = one.chart.height = 240;
    expect_failure(UP_USAGE, "the texts leave no room for the chart (240 × 240 pixels)");
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
    expect_failure(UP_TOO_LITTLE_DATA, "no value is above zero, a log axis shows none");
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

static size_t count_lines(const char *script, const char *block)
{
    const char *at = strstr(script, block);
    size_t lines = 0;
    assert_non_null(at);
    for (at = strchr(at, '\n') + 1; strncmp(at, "EOD", 3) != 0; at = strchr(at, '\n') + 1)
        lines++;
    return lines;
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

/* ---- marks and labels ---- */

static void expect_script(const char *wanted, bool there)
{
    up_buffer script = {0};
    write_script(&one.chart, &script, NULL);
    if ((strstr(up_buffer_text(&script), wanted) != NULL) != there)
        fail_msg("'%s' is %s in the script", wanted, there ? "missing" : "found");
    up_buffer_release(&script);
}

static void every_about_point_of_a_line_has_a_ring_that_is_explained(void **state)
{
    (void)state;
    up_buffer script = {0};
    make_case(case_named("gdp"), &one);
    expect_script("'◉ or ~" S "about'", false);
    one.points[3].mark = one.points[5].mark = UP_MARK_ABOUT;
    expect_script("'◉ or ~" S "about'", true);
    write_script(&one.chart, &script, NULL);
    assert_int_equal(count_lines(up_buffer_text(&script), "$about << EOD"), 2);
    up_buffer_release(&script);
    make_case(case_named("many"), &one); /* where plain points have no marks */
    one.points[7].mark = UP_MARK_ABOUT;
    expect_script("$about << EOD\nEOD", false);
}

static void words_of_a_figure_stand_before_its_value(void **state)
{
    (void)state;
    make_case(case_named("ai-users"), &one);
    one.points[1].words = "nearly";
    expect_script("'nearly 570" S "M'", true);
    expect_script("◉", false);
    expect_script("~", false);
    up_buffer text = {0};
    up_chart_alt_text(&one.chart, &text);
    assert_non_null(strstr(up_buffer_text(&text), "to nearly 570" S "M in May 2025"));
    up_buffer_release(&text);
}

static void what_is_remarked_of_several_series_is_said_once(void **state)
{
    (void)state;
    make_case(case_named("three"), &one);
    one.chart.note = "and the author's";
    one.series[0].remark = one.series[2].remark = "some figures carried forward";
    expect_script("'Some figures carried forward  ·  and the author'.\"'\".'s'", true);
}

static void a_bar_of_which_one_bound_is_known_is_no_solid_bar(void **state)
{
    (void)state;
    up_buffer script = {0};
    make_case(case_named("growth-marks"), &one);
    write_script(&one.chart, &script, NULL);
    const char *text = up_buffer_text(&script);
    assert_int_equal(count_lines(text, "$open << EOD"),
                     2); /* more than 20, less than 60 */
    assert_int_equal(count_lines(text, "$edge << EOD"), 2);
    assert_int_equal(count_lines(text, "$bar << EOD"), 3);
    assert_non_null(strstr(text, "pale with a firm edge: only that bound is known"));
    up_buffer_release(&script);
}

static const up_text *text_named(const up_scene *scene, const char *text)
{
    for (size_t i = 0; i < scene->text_count; i++)
        if (strcmp(scene->texts[i].text, text) == 0)
            return &scene->texts[i];
    fail_msg("no text '%s'", text);
    return NULL;
}

static void a_value_stands_at_its_bar_not_at_the_end_of_a_long_whisker(void **state)
{
    (void)state;
    static const char *const texts[] = {"+31" S "%", "−25" S "%", "+44" S "%",
                                        "+12" S "%"};
    up_error err = {0};
    make_case(case_named("growth-whiskers"), &one);
    up_scene scene = {.chart = &one.chart, .width = 1200, .height = 675, .scale = 1};
    assert_int_equal(up_chart_draw_columns(&scene, &err), UP_OK);
    for (size_t i = 0; i < 4; i++) {
        const up_text *t = text_named(&scene, texts[i]);
        assert_true(fabs(t->y - up_axis_pixel(&scene.y, one.points[i].value)) < 20);
        /* beside the whisker, in the middle of the bar */
        assert_true(fabs(t->x - up_axis_pixel(&scene.x, (double)i + 1)) > 20);
    }
    up_scene_release(&scene);
}

static void no_value_of_a_bar_leaves_the_plot(void **state)
{
    (void)state;
    up_error err = {0};
    make_case(case_named("growth-range"), &one);
    up_scene scene = {.chart = &one.chart, .width = 1200, .height = 675, .scale = 1};
    assert_int_equal(up_chart_draw_columns(&scene, &err), UP_OK);
    const up_text *t = text_named(&scene, "+20" S "% to +170" S "%");
    double half = up_chart_extent(t->text, strlen(t->text), t->style) / 2;
    assert_true(t->x + half <= scene.plot.right + 0.01);
    up_scene_release(&scene);
}

/* One series of a lone point ends 60 pixels before the others. */
static void draw_one_early(up_scene *scene, bool crossed)
{
    up_error err = {0};
    make_case(case_named("gdp"), &one);
    add_series(&one, "Early");
    add_point(&one, 2024.0, 20e12);
    if (crossed) { /* another line passes where the label would stand */
        add_series(&one, "Steep");
        add_point(&one, 2024.1, 60e12);
        add_point(&one, 2024.2, 5e12);
        add_point(&one, 2024.5, 60e12);
    }
    *scene = (up_scene){.chart = &one.chart, .width = 1200, .height = 675, .scale = 1};
    assert_int_equal(up_chart_draw_line(scene, &err), UP_OK);
}

static void a_label_stands_by_its_dot_or_is_led_to(void **state)
{
    (void)state;
    up_scene scene;
    draw_one_early(&scene, false);
    double dot = up_axis_pixel(&scene.x, 2024.0), y = up_axis_pixel(&scene.y, 20e12);
    assert_true(fabs(text_named(&scene, "Early")->x - dot) < 20);
    up_scene_release(&scene);
    draw_one_early(&scene, true);
    dot = up_axis_pixel(&scene.x, 2024.0);
    y = up_axis_pixel(&scene.y, 20e12);
    const up_text *label = text_named(&scene, "Early");
    bool led = fabs(label->x - dot) < 20;
    for (size_t i = 0; i < scene.rule_count; i++)
        led |= fabs(scene.rules[i].x1 - dot) < 15 && fabs(scene.rules[i].y1 - y) < 1 &&
               fabs(scene.rules[i].x2 - label->x) < 15;
    assert_true(led && fabs(label->x - dot) > 20);
    up_scene_release(&scene);
}

static double right_of_plot(const char *early_label)
{
    up_error err = {0};
    make_case(case_named("early-end"), &one);
    one.series[0].label = early_label;
    up_scene scene = {.chart = &one.chart, .width = 1200, .height = 675, .scale = 1};
    assert_int_equal(up_chart_draw_line(&scene, &err), UP_OK);
    double right = scene.plot.right;
    up_scene_release(&scene);
    return right;
}

static void a_line_that_ends_early_takes_no_room_at_the_right(void **state)
{
    (void)state;
    assert_true(right_of_plot("Old") ==
                right_of_plot("The network of old, in a few words"));
}

static void the_first_level_of_short_series_is_labelled(void **state)
{
    (void)state;
    make_case(case_named("waic"), &one);
    expect_script("'>400'", true);
    make_case(case_named("three"), &one); /* of eight points */
    expect_script("'5.0" S "%'", false);
    for (size_t i = 0; i < 3; i++)
        one.series[i].count = 6;
    expect_script("'5.0" S "%'", true);
}

/* Series of three points, all of which end close together. */
static void make_crowd(size_t count)
{
    static char names[CASE_SERIES][32];
    make_case(case_named("gdp"), &one);
    one.chart.count = one.point_count = one.series[0].count = 0;
    for (size_t i = 0; i < count; i++) {
        snprintf(names[i], sizeof names[i], "No %zu", i + 1);
        add_series(&one, names[i])->count = 0;
        for (int k = 0; k < 3; k++)
            add_point(&one, 2020.5 + k, 10 + k * (100 + (double)i));
    }
}

static void series_without_a_label_are_named_in_one_remark(void **state)
{
    (void)state;
    up_buffer script = {0};
    up_remarks remarks = {0};
    make_crowd(14);
    write_script(&one.chart, &script, &remarks);
    assert_int_equal(remarks.count, 1);
    assert_string_equal(remarks.items[0].message,
                        "6 of 14 series have no label, for want of room (--kind facet "
                        "gives each a panel, --highlight names those that matter): "
                        "No 9, No 10, No 11, No 12, No 13, No 14");
    for (int i = 1; i <= 8; i++) { /* those in colour all have one */
        char name[16];
        snprintf(name, sizeof name, "'No %d  ", i);
        assert_non_null(strstr(up_buffer_text(&script), name));
    }
    up_buffer_release(&script);
    up_remarks_release(&remarks);
    make_crowd(12);
    write_script(&one.chart, &script, &remarks);
    assert_int_equal(remarks.count, 0);
    up_buffer_release(&script);
    up_remarks_release(&remarks);
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

static void labels_are_moved_apart_as_little_as_possible(void **state)
{
    (void)state;
    double at[] = {50, 50};
    const double heights[] = {10, 10, 10};
    assert_true(up_labels_spread(at, heights, 2, 0, 100));
    assert_true(at[0] == 45 && at[1] == 55);
    double far[] = {20, 60};
    assert_true(up_labels_spread(far, heights, 2, 0, 100));
    assert_true(far[0] == 20 && far[1] == 60);
    /* three that want 50, 52, 90: the pair rests around 51, the third stays */
    double three[] = {50, 52, 90};
    assert_true(up_labels_spread(three, heights, 3, 0, 100));
    assert_true(three[0] == 46 && three[1] == 56 && three[2] == 90);
    /* against the edge the whole pool is pushed */
    double edge[] = {98, 99};
    assert_true(up_labels_spread(edge, heights, 2, 0, 100));
    assert_true(edge[0] == 85 && edge[1] == 95);
    double much[] = {1, 2, 3};
    assert_false(up_labels_spread(much, heights, 3, 0, 29));
}

static void expect_values(const up_chart *chart, double low, double high, bool zero,
                          const char *expected)
{
    up_axis axis = {0};
    up_ticks ticks = {0};
    up_buffer text = {0};
    up_axis_values(chart, low, high, zero, 5, &axis, &ticks);
    for (size_t i = 0; i < ticks.count; i++) {
        up_buffer_add(&text, i > 0 ? "|" : "");
        up_buffer_add(&text, ticks.items[i].label);
    }
    assert_string_equal(up_buffer_text(&text), expected);
    assert_true(axis.min <= low && axis.max >= high);
    up_buffer_release(&text);
}

static void value_ticks_are_round(void **state)
{
    (void)state;
    up_chart chart;
    up_chart_init(&chart);
    expect_values(&chart, 249e6, 570e6, false, "0|200" S "M|400" S "M|600" S "M");
    expect_values(&chart, 0, 1.1e9, false,
                  "0|250" S "M|500" S "M|750" S "M|1" S "B|1.25" S "B");
    expect_values(&chart, 97.9, 113.9, false, "95|100|105|110|115"); /* not from zero */
    expect_values(&chart, 97.9, 113.9, true, "0|25|50|75|100|125");
    expect_values(&chart, -4.5e9, 2e9, false, "−4" S "B|−2" S "B|0|2" S "B");
    expect_values(&chart, 7, 7, false, "0|2|4|6|8");
    expect_values(&chart, 0, 0, false, "0|0.2|0.4|0.6|0.8|1");
    expect_values(&chart, 1e-9, 3e-9, false, "0|1×10⁻⁹|2×10⁻⁹|3×10⁻⁹");
    chart.axis = UP_AXIS_PERCENT;
    expect_values(&chart, -0.04, 0.133, true,
                  "−5" S "%|0" S "%|5" S "%|10" S "%|15" S "%");
    chart.axis = UP_AXIS_FOLD;
    expect_values(&chart, 0, 15.9, true, "0×|5×|10×|15×");
}

static void value_ticks_are_round_in_the_units_of_the_language(void **state)
{
    (void)state;
    up_chart chart;
    up_chart_init(&chart);
    chart.language = UP_CHINESE;
    expect_values(&chart, 249e6, 570e6, false, "0|2亿|4亿|6亿");
    expect_values(&chart, 0, 24.9e6, false, "0|500万|1000万|1500万|2000万|2500万");
    expect_values(&chart, 0, 1e13, false, "0|2万亿|4万亿|6万亿|8万亿|10万亿");
    expect_values(&chart, 0, 18000, false, "0|5000|1万|1.5万|2万");
    chart.axis = UP_AXIS_PERCENT;
    expect_values(&chart, -0.04, 0.133, true, "−5%|0%|5%|10%|15%");
    chart.axis = UP_AXIS_FOLD;
    expect_values(&chart, 0, 15.9, true, "0倍|5倍|10倍|15倍");
}

static void log_ticks_are_one_two_five_or_decades(void **state)
{
    (void)state;
    up_chart chart;
    up_chart_init(&chart);
    chart.log_scale = true;
    expect_values(&chart, 1e11, 1e13, false,
                  "100" S "B|200" S "B|500" S "B|1" S "T|2" S "T|5" S "T|10" S "T");
    expect_values(&chart, 2, 3e5, false, "1|10|100|1,000|10,000|100,000|1" S "M");
    expect_values(&chart, 200e6, 516e6, false, "200" S "M|300" S "M|400" S "M|500" S "M");
    expect_values(&chart, 1e-9, 1e15, false,
                  "1×10⁻⁹|1×10⁻⁶|0.001|1|1,000|1" S "M|1" S "B|1" S "T|1,000" S "T");
    expect_values(&chart, 5, 5, false, "4|5|6|8");
}

static void expect_periods(up_granularity granularity, up_anchor anchor, double low,
                           double high, double pixels, const char *expected)
{
    up_axis axis = {0};
    up_ticks ticks = {0};
    up_buffer text = {0};
    up_chart chart;
    up_chart_init(&chart);
    chart.granularity = granularity;
    chart.anchor = anchor;
    up_axis_times(&chart, low, high, pixels, (up_style){15, false, 0}, &axis, &ticks);
    for (size_t i = 0; i < ticks.count; i++) {
        if (!ticks.items[i].has_label)
            continue;
        up_buffer_add(&text, text.length > 0 ? "|" : "");
        up_buffer_add(&text, ticks.items[i].label);
        up_buffer_add(&text, ticks.items[i].below[0] ? "/" : "");
        up_buffer_add(&text, ticks.items[i].below);
    }
    assert_string_equal(up_buffer_text(&text), expected);
    up_buffer_release(&text);
}

static void expect_times(double low, double high, double pixels, const char *expected)
{
    expect_periods(UP_SECOND, UP_ANCHOR_MIDDLE, low, high, pixels, expected);
}

static void expect_chinese_times(double low, double high, double pixels,
                                 const char *expected)
{
    up_chart chart;
    up_axis axis = {0};
    up_ticks ticks = {0};
    up_buffer text = {0};
    up_chart_init(&chart);
    chart.language = UP_CHINESE;
    up_axis_times(&chart, low, high, pixels, (up_style){15, false, UP_TONE_TEXT}, &axis,
                  &ticks);
    for (size_t i = 0; i < ticks.count; i++)
        if (ticks.items[i].has_label)
            up_buffer_addf(&text, "%s%s%s%s", text.length > 0 ? "|" : "",
                           ticks.items[i].label, ticks.items[i].below[0] ? "/" : "",
                           ticks.items[i].below);
    assert_string_equal(up_buffer_text(&text), expected);
    up_buffer_release(&text);
}

static void chinese_time_ticks_say_the_year_where_there_is_room(void **state)
{
    (void)state;
    expect_chinese_times(2020.2, 2024.8, 900, "2020年|2021年|2022年|2023年|2024年");
    expect_chinese_times(2020.2, 2024.8, 340, "2020|2021|2022|2023|2024");
    expect_chinese_times(2025.01, 2025.35, 900, "1月/2025年|2月|3月|4月|5月");
    /* day 139.7 to 147 of the year: 19 to 26 May */
    expect_chinese_times(
        2025.38, 2025.40, 900,
        "5月20日/2025年|5月21日|5月22日|5月23日|5月24日|5月25日|5月26日");
}

static void no_tick_is_finer_than_the_periods_of_the_figures(void **state)
{
    (void)state;
    const up_anchor end = UP_ANCHOR_END, middle = UP_ANCHOR_MIDDLE;
    expect_periods(UP_YEAR, middle, 2022.5, 2024.5, 900, "2022|2023|2024");
    expect_periods(UP_YEAR, end, 2023, 2025, 900, "2022|2023|2024");
    expect_periods(UP_YEAR, middle, 2023.5, 2024.5, 900, "2023|2024");
    expect_periods(UP_QUARTER, middle, 2023.125, 2024.375, 900,
                   "Q1/2023|Q2|Q3|Q4|Q1/2024|Q2");
    expect_periods(UP_QUARTER, end, 2023.25, 2024, 900, "Q1/2023|Q2|Q3|Q4");
    expect_periods(UP_QUARTER, middle, 2023.125, 2023.375, 900, "Q1/2023|Q2");
    expect_periods(UP_QUARTER, middle, 2020.125, 2021.875, 280, "Q1/2020|Q3|Q1/2021|Q3");
    expect_periods(UP_HALF, middle, 2023.25, 2024.75, 900, "H1/2023|H2|H1/2024|H2");
    expect_periods(UP_MONTH, middle, 2024.04, 2024.29, 900, "Jan/2024|Feb|Mar|Apr");
    expect_periods(UP_DAY, middle, 2024.04, 2024.29, 900, "Jan/2024|Feb|Mar|Apr");
    expect_periods(UP_DECADE, middle, 1985, 2015, 900, "1990|2000|2010");
}

/* The label of a year's end stands at the year's end, and the mark with it. */
static void labels_of_periods_stand_where_their_figures_do(void **state)
{
    (void)state;
    static const struct {
        up_granularity granularity;
        up_anchor anchor;
        double low, high, first;
    } cases[] = {
        {UP_YEAR, UP_ANCHOR_END, 2023, 2025, 2023},
        {UP_YEAR, UP_ANCHOR_MIDDLE, 2022.5, 2024.5, 2022.5},
        {UP_YEAR, UP_ANCHOR_START, 2022, 2024, 2022},
        {UP_YEAR, UP_ANCHOR_END, 1801, 2001, 1801}, /* labelled every 20 years */
        {UP_QUARTER, UP_ANCHOR_END, 2023 + 90 / 365.0, 2024, 2023 + 90 / 365.0},
        {UP_MONTH, UP_ANCHOR_END, 2023 + 31 / 365.0, 2023.5, 2023 + 31 / 365.0},
        {UP_DAY, UP_ANCHOR_END, 2023 + 31 / 365.0, 2023 + 36 / 365.0, 2023 + 31 / 365.0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        up_axis axis = {0};
        up_ticks ticks = {0};
        up_chart chart;
        up_chart_init(&chart);
        chart.granularity = cases[i].granularity;
        chart.anchor = cases[i].anchor;
        up_axis_times(&chart, cases[i].low, cases[i].high, 900, (up_style){15, false, 0},
                      &axis, &ticks);
        assert_true(ticks.items[0].has_label);
        assert_true(fabs(ticks.items[0].at - cases[i].first) < 1e-6);
        if (cases[i].anchor != UP_ANCHOR_MIDDLE)
            assert_true(ticks.items[0].has_mark &&
                        ticks.items[0].mark == ticks.items[0].at);
    }
}

static void time_ticks_suit_the_span(void **state)
{
    (void)state;
    const double day = 1 / 365.0;
    expect_times(2025.5, 2025.5 + 0.5 * day, 900,
                 "06:00/2" S "Jul" S "2025|09:00|12:00|15:00|18:00|21:00|00:00/3" S
                 "Jul" S "2025|03:00|06:00");
    expect_times(2025 + 191.5 * day, 2025 + 195.5 * day, 900,
                 "11" S "Jul/2025|12" S "Jul|13" S "Jul|14" S "Jul|15" S "Jul");
    expect_times(2025 + 180 * day, 2025 + 230 * day, 900,
                 "1" S "Jul/2025|8" S "Jul|15" S "Jul|22" S "Jul|1" S "Aug|8" S "Aug|15" S
                 "Aug");
    /* from the end of December: the month it ends is shown */
    expect_times(2025, 2025.41, 900, "Dec/2024|Jan/2025|Feb|Mar|Apr|May");
    expect_times(2023.01, 2024.99, 900, "Q1/2023|Q2|Q3|Q4|Q1/2024|Q2|Q3|Q4");
    expect_times(2015.5, 2024.5, 900,
                 "2015|2016|2017|2018|2019|2020|2021|2022|2023|2024");
    expect_times(1951.5, 2024.5, 900, "1950|1960|1970|1980|1990|2000|2010|2020");
    expect_times(1.5, 1999.5, 900, "1|200|400|600|800|1000|1200|1400|1600|1800|2000");
    expect_times(-9999, 2000, 900,
                 "10,000" S "BCE|8000" S "BCE|6000" S "BCE|4000" S "BCE|2000" S "BCE|1" S
                 "CE|2000" S "CE");
}

static void time_ticks_never_crowd(void **state)
{
    (void)state;
    /* spans from a day to two hundred billion years, on axes from narrow to wide */
    for (double span = 0.001; span < 2e11; span *= 1.7)
        for (double pixels = 150; pixels < 12000; pixels *= 2) {
            up_axis axis = {0};
            up_ticks ticks = {0};
            double end = -INFINITY;
            size_t labels = 0;
            up_chart chart;
            up_chart_init(&chart);
            if (pixels >= 2400) { /* narrow again, of yearly figures */
                chart.granularity = UP_YEAR;
                chart.anchor = UP_ANCHOR_END;
            }
            double width = pixels < 2400 ? pixels : pixels / 8;
            if (pixels >= 2400 && span < 1)
                continue;
            up_axis_times(&chart, 2000 - span * 0.6, 2000 + span * 0.4, width,
                          (up_style){15, false, 0}, &axis, &ticks);
            for (size_t i = 0; i < ticks.count; i++) {
                const up_tick *t = &ticks.items[i];
                if (!t->has_label)
                    continue;
                double x = (t->at - axis.min) / (axis.max - axis.min) * width;
                double w =
                    up_chart_extent(t->label, strlen(t->label), (up_style){15, false, 0});
                assert_true(x - w / 2 > end);
                end = x + w / 2;
                labels++;
            }
            assert_in_range(labels, 1, 16);
        }
}

static void times_in_alt_text_are_as_fine_as_the_periods(void **state)
{
    (void)state;
    static const struct {
        up_granularity granularity;
        const char *first;
    } cases[] = {{UP_YEAR, "68.9" S "T in 2014 to"},
                 {UP_QUARTER, "68.9" S "T in Q4 2014 to"},
                 {UP_MONTH, "68.9" S "T in December 2014 to"}};
    for (size_t i = 0; i < 3; i++) {
        up_buffer text = {0};
        make_case(case_named("gdp"), &one);
        one.points[0].time = 2015;
        one.chart.granularity = cases[i].granularity;
        up_chart_alt_text(&one.chart, &text);
        assert_non_null(strstr(up_buffer_text(&text), cases[i].first));
        up_buffer_release(&text);
    }
}

static void alt_text_tells_the_ends_with_their_qualifiers(void **state)
{
    (void)state;
    up_buffer text = {0};
    make_case(case_named("ai-users"), &one);
    up_chart_alt_text(&one.chart, &text);
    assert_string_equal(up_buffer_text(&text),
                        "Line chart: AI users in China more than doubled in half a year "
                        "(People). China rose from 249" S "M in December 2024 to 570" S
                        "M in May 2025 (+128.9" S "%).");
    up_buffer_clear(&text);
    make_case(case_named("weekly"), &one);
    up_chart_alt_text(&one.chart, &text);
    assert_string_equal(
        up_buffer_text(&text),
        "Line chart: Weekly users pass 800 million (People using it in a "
        "week). Weekly users rose from 1" S "M in December 2022 to more than 800" S
        "M in October 2025 (more than 800×); projected 1.43" S "B in January 2028.");
    up_buffer_release(&text);
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
        cmocka_unit_test(every_about_point_of_a_line_has_a_ring_that_is_explained),
        cmocka_unit_test(words_of_a_figure_stand_before_its_value),
        cmocka_unit_test(what_is_remarked_of_several_series_is_said_once),
        cmocka_unit_test(a_bar_of_which_one_bound_is_known_is_no_solid_bar),
        cmocka_unit_test(a_value_stands_at_its_bar_not_at_the_end_of_a_long_whisker),
        cmocka_unit_test(no_value_of_a_bar_leaves_the_plot),
        cmocka_unit_test(a_label_stands_by_its_dot_or_is_led_to),
        cmocka_unit_test(a_line_that_ends_early_takes_no_room_at_the_right),
        cmocka_unit_test(the_first_level_of_short_series_is_labelled),
        cmocka_unit_test(series_without_a_label_are_named_in_one_remark),
        cmocka_unit_test(quoted_text_is_read_back_by_no_one_but_as_text),
        cmocka_unit_test(labels_are_moved_apart_as_little_as_possible),
        cmocka_unit_test(value_ticks_are_round),
        cmocka_unit_test(value_ticks_are_round_in_the_units_of_the_language),
        cmocka_unit_test(chinese_time_ticks_say_the_year_where_there_is_room),
        cmocka_unit_test(log_ticks_are_one_two_five_or_decades),
        cmocka_unit_test(no_tick_is_finer_than_the_periods_of_the_figures),
        cmocka_unit_test(labels_of_periods_stand_where_their_figures_do),
        cmocka_unit_test(time_ticks_suit_the_span),
        cmocka_unit_test(time_ticks_never_crowd),
        cmocka_unit_test(times_in_alt_text_are_as_fine_as_the_periods),
        cmocka_unit_test(alt_text_tells_the_ends_with_their_qualifiers),
        cmocka_unit_test(colours_of_text_stand_out_from_the_background),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
