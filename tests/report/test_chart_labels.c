/* Marks and labels: which there are, and where they stand. */
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

#define S "\xc2\xa0"

static chart_case one;

static void every_about_point_of_a_line_has_a_ring_that_is_explained(void **state)
{
    (void)state;
    up_buffer script = {0};
    make_case(case_named("gdp"), &one);
    expect_script(&one.chart, "'◉ or ~" S "about'", false);
    one.points[3].mark = one.points[5].mark = UP_MARK_ABOUT;
    expect_script(&one.chart, "'◉ or ~" S "about'", true);
    write_script(&one.chart, &script, NULL);
    assert_int_equal(count_lines(up_buffer_text(&script), "$about << EOD"), 2);
    up_buffer_release(&script);
    make_case(case_named("many"), &one); /* where plain points have no marks */
    one.points[7].mark = UP_MARK_ABOUT;
    expect_script(&one.chart, "$about << EOD\nEOD", false);
}

static void words_of_a_figure_stand_before_its_value(void **state)
{
    (void)state;
    make_case(case_named("ai-users"), &one);
    one.points[1].words = "nearly";
    expect_script(&one.chart, "'nearly 570" S "M'", true);
    expect_script(&one.chart, "◉", false);
    expect_script(&one.chart, "~", false);
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
    expect_script(&one.chart,
                  "'Some figures carried forward  ·  and the author'.\"'\".'s'", true);
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
    size_t values = 0;
    for (size_t i = 0; i < scene.text_count; i++) {
        const up_text *t = &scene.texts[i];
        double half = up_chart_extent(t->text, strlen(t->text), t->style) / 2;
        if (t->style.tone != UP_TONE_SERIES)
            continue;
        assert_true(t->x + half <= scene.plot.right + 0.01);
        assert_true(t->x - half >= scene.plot.left - 0.01);
        assert_null(strstr(t->text, "to")); /* a range is wider than its bar's room */
        values++;
    }
    assert_int_equal(values, 12);
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
    expect_script(&one.chart, "'>400'", true);
    make_case(case_named("three"), &one); /* of eight points */
    expect_script(&one.chart, "'5.0" S "%'", false);
    for (size_t i = 0; i < 3; i++)
        one.series[i].count = 6;
    expect_script(&one.chart, "'5.0" S "%'", true);
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

/* Three points close together before a projection: the last figure stands by the last of them, or
 * nowhere. */
static void a_figure_stands_by_no_other_point(void **state)
{
    (void)state;
    for (double apart = 0.02; apart < 0.5; apart *= 1.3) {
        up_error err = {0};
        make_case(case_named("gdp"), &one);
        one.series[0].count = 3;
        const double values[] = {5, 7.7, 7.0};
        for (size_t i = 0; i < 3; i++) {
            one.points[i] = (up_chart_point){.value = values[i]};
            one.points[i].time = one.points[i].time_low = one.points[i].time_high =
                2025 + (double)i * apart;
        }
        add_step(&one, 2027, 30, 0.3);
        add_step(&one, 2028, 60, 0.3);
        up_scene scene = {.chart = &one.chart, .width = 600, .height = 400, .scale = 0.7};
        assert_int_equal(up_chart_draw_line(&scene, &err), UP_OK);
        for (size_t k = 0; k < scene.text_count; k++) {
            const up_text *t = &scene.texts[k];
            if (strcmp(t->text, "7") != 0)
                continue;
            double half = up_chart_extent(t->text, strlen(t->text), t->style) / 2;
            double nearest = INFINITY;
            size_t by = 0;
            for (size_t i = 0; i < 3; i++) {
                double across = fabs(t->x - up_axis_pixel(&scene.x, one.points[i].time));
                double down = fabs(t->y - up_axis_pixel(&scene.y, values[i])) -
                              up_line_height(t->style) * 0.46;
                double far = hypot(fmax(across - half, 0), fmax(down, 0));
                by = far < nearest ? i : by;
                nearest = fmin(far, nearest);
            }
            assert_int_equal(by, 2);
        }
        up_scene_release(&scene);
    }
}

/* "1995年" is wider than the slot of one of 22 years: fewer labels, and none that is broken in its number. */
static void years_are_not_broken_in_their_number(void **state)
{
    (void)state;
    up_buffer script = {0};
    one = (chart_case){0};
    up_chart_init(&one.chart);
    one.chart.kind = "columns";
    one.chart.language = UP_CHINESE;
    one.chart.series = one.series;
    set_texts(&one, "Growth", "People", NULL);
    add_series(&one, "s");
    for (int i = 0; i < 22; i++)
        add_point(&one, 1995.5 + i, 1 + i % 3);
    for (int width = 500; width <= 1200; width += 100) {
        one.chart.width = width;
        write_script(&one.chart, &script, NULL);
        assert_non_null(strstr(up_buffer_text(&script), "年'"));
        assert_null(strstr(up_buffer_text(&script), "= '年'"));
        assert_null(strstr(up_buffer_text(&script), "= '199'"));
        up_buffer_clear(&script);
    }
    up_buffer_release(&script);
}

/* Each text nearer to its own line than to the other: between the two there is room for one. */
static void texts_of_levels_stand_at_their_own_lines(void **state)
{
    (void)state;
    up_remarks remarks = {0};
    up_scene scene = {.chart = &one.chart, .remarks = &remarks, .scale = 0.7};
    one = (chart_case){0};
    up_chart_init(&one.chart);
    one.chart.references = one.references;
    one.references[0] = (up_chart_reference){10, "Ten"};
    one.references[1] = (up_chart_reference){9.5, "Nine and a half"};
    one.chart.reference_count = 2;
    scene.plot = (up_box){50, 50, 550, 350};
    scene.width = 600;
    scene.height = 400;
    scene.y = (up_axis){.min = 0, .max = 10, .from = 350, .to = 50};
    up_chart_references(&scene, (up_style){.size = 9.5, .tone = UP_TONE_MUTED});
    assert_int_equal(remarks.count, 0);
    for (size_t i = 0; i < 2; i++) {
        double own = up_axis_pixel(&scene.y, one.references[i].value);
        double other = up_axis_pixel(&scene.y, one.references[1 - i].value);
        const up_text *text = text_named(&scene, one.references[i].text);
        assert_true(fabs(text->y - own) < fabs(text->y - other));
    }
    up_scene_release(&scene);
    up_remarks_release(&remarks);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(years_are_not_broken_in_their_number),
        cmocka_unit_test(texts_of_levels_stand_at_their_own_lines),
        cmocka_unit_test(a_figure_stands_by_no_other_point),
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
        cmocka_unit_test(labels_are_moved_apart_as_little_as_possible),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
