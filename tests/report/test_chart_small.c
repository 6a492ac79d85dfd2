/* Small pictures: what finds no room there is left out, shortened or numbered, never set over
 * something else. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/chart_cases.h"
#include "report/chart_fixture.h"
#include "report/chart_draw.h"

static chart_case one;

/* The scene of a picture of 600 × 400 pixels, whose texts are √½ as large. */
static void draw_small(up_scene *scene, up_remarks *remarks,
                       up_status (*kind)(up_scene *, up_error *))
{
    up_error err = {0};
    one.chart.width = 600;
    one.chart.height = 400;
    *scene = (up_scene){.chart = &one.chart,
                        .remarks = remarks,
                        .width = 600,
                        .height = 400,
                        .scale = sqrt(0.5)};
    if (kind(scene, &err) != UP_OK)
        fail_msg("%s", err.message);
}

static up_box box_of(const up_text *t)
{
    double w = up_chart_extent(t->text, strlen(t->text), t->style);
    double h = up_line_height(t->style) * 0.9;
    double left = t->align == UP_LEFT    ? t->x
                  : t->align == UP_RIGHT ? t->x - w
                                         : t->x - w / 2;
    return (up_box){left, t->y - h / 2, left + w, t->y + h / 2};
}

/* "+280 %" */
static const char *value_of(const up_chart_point *p)
{
    static char text[32];
    snprintf(text, sizeof text, "+%.0f\xc2\xa0%%", p->value * 100);
    return text;
}

/* Twelve bars; every other one has a long whisker, so that its value stands beside, and a low
 * neighbour. */
static void a_value_stands_over_no_other_bar(void **state)
{
    (void)state;
    up_scene scene;
    make_case(case_named("growth-whiskers"), &one);
    one.series[0].count = one.point_count = 0;
    for (int i = 0; i < 12; i++) {
        up_chart_point *p =
            add_point(&one, 2011.5 + i, i % 2 == 0 ? 3 - 0.1 * i : 0.5 + 0.03 * i);
        p->has_low = p->has_high = i % 2 == 0;
        p->low = p->value - 0.6;
        p->high = p->value + 0.6;
    }
    draw_small(&scene, NULL, up_chart_draw_columns);
    size_t values = 0;
    for (size_t i = 0; i < scene.text_count; i++) {
        up_box box = box_of(&scene.texts[i]);
        if (scene.texts[i].style.tone != UP_TONE_SERIES)
            continue;
        values++;
        for (size_t bar = 1; bar <= 12; bar++) { /* of 0.92 × 0.76 of a slot */
            double left = up_axis_pixel(&scene.x, (double)bar - 0.35);
            double right = up_axis_pixel(&scene.x, (double)bar + 0.35);
            bool own = strncmp(scene.texts[i].text, value_of(&one.points[bar - 1]),
                               strlen(scene.texts[i].text)) == 0;
            if (!own && box.left < right && left < box.right)
                fail_msg("'%s' stands over bar %zu", scene.texts[i].text, bar);
        }
    }
    assert_in_range(values, 1, 12);
    up_scene_release(&scene);
}

/* ---- lines through labels ---- */

static bool strikes(const up_rule *r, up_box box)
{
    for (int k = 0; k <= 400; k++) {
        double x = r->x1 + (r->x2 - r->x1) * k / 400,
               y = r->y1 + (r->y2 - r->y1) * k / 400;
        if (x > box.left + 1 && x < box.right - 1 && y > box.top + 2 &&
            y < box.bottom - 2)
            return true;
    }
    return false;
}

static void expect_no_struck_label(const char *name)
{
    up_scene scene;
    draw_small(&scene, NULL, up_chart_draw_line);
    for (size_t k = 0; k < scene.text_count; k++)
        for (size_t l = 0; l < scene.line_count; l++)
            if (scene.texts[k].style.tone >= UP_TONE_SERIES &&
                strikes(&scene.lines[l], box_of(&scene.texts[k])))
                fail_msg("%s: '%s' is struck by a line", name, scene.texts[k].text);
    for (size_t k = 0; k < scene.text_count; k++)
        for (size_t r = 0; r < scene.rule_count; r++)
            if (scene.texts[k].style.tone >= UP_TONE_SERIES && scene.rules[r].dotted &&
                scene.rules[r].y1 == scene.rules[r].y2 &&
                strikes(&scene.rules[r], box_of(&scene.texts[k])))
                fail_msg("%s: '%s' is struck by the reference", name,
                         scene.texts[k].text);
    up_scene_release(&scene);
}

static void no_line_strikes_a_label(void **state)
{
    (void)state;
    for (size_t i = 0; i < CHART_CASES; i++) {
        make_case(i, &one);
        if (strcmp(one.chart.kind, "line") == 0)
            expect_no_struck_label(chart_makers[i].name);
    }
}

/* Indices of one base: one goes on, two end early, a dot's width from the line of the base. */
static void the_line_of_the_base_strikes_no_label(void **state)
{
    (void)state;
    make_case(case_named("gdp"), &one);
    one.chart.count = one.point_count = one.series[0].count = 0;
    one.references[one.chart.reference_count++] = (up_chart_reference){100, ""};
    add_series(&one, "Gross domestic product");
    for (int i = 0; i < 10; i++)
        add_point(&one, 2015 + i, 100 + 10.2 * i);
    static const char *const names[] = {"Population, China", "Population, World"};
    for (int k = 0; k < 2; k++) {
        add_series(&one, names[k]);
        for (int i = 0; i < 7; i++)
            add_point(&one, 2010.5 + i, 96 - k + (0.75 + 0.2 * k) * i);
    }
    expect_no_struck_label("index");
    make_case(case_named("gdp"),
              &one); /* and one of a lone figure, 50 pixels before the end */
    one.references[one.chart.reference_count++] = (up_chart_reference){20e12, ""};
    add_series(&one, "Early");
    add_point(&one, 2024.0, 20e12);
    expect_no_struck_label("early");
}

/* ---- events ---- */

static void add_close_events(size_t count, const char *text)
{
    make_case(case_named("gdp"), &one);
    one.chart.event_count = count;
    for (size_t i = 0; i < count; i++)
        one.events[i] = (up_chart_event){.time = 2023 + 0.02 * (double)i, .text = text};
}

static bool has_text(const up_scene *scene, const char *text)
{
    for (size_t i = 0; i < scene->text_count; i++)
        if (strstr(scene->texts[i].text, text) != NULL)
            return true;
    return false;
}

/* Numbers beside each other, in the order of the dates, and all is told below. */
static void events_without_room_are_numbered(void **state)
{
    (void)state;
    up_scene scene;
    up_remarks remarks = {0};
    add_close_events(7, "A law that is told in words as long as laws are");
    draw_small(&scene, &remarks, up_chart_draw_line);
    assert_int_equal(remarks.count, 0);
    double right = 0;
    for (size_t i = 0; i < 7; i++) {
        up_box box = box_of(text_named(&scene, up_chart_event_number(i)));
        assert_true(box.left >= right && box.right < 600);
        right = box.right;
        assert_true(has_text(&scene, up_chart_event_number(i)));
    }
    assert_true(has_text(&scene, "①\xc2\xa0"
                                 "A law"));
    up_scene_release(&scene);
}

static void events_with_room_have_their_texts(void **state)
{
    (void)state;
    up_scene scene;
    add_close_events(2, "A law");
    draw_small(&scene, NULL, up_chart_draw_line);
    assert_true(has_text(&scene, "A law"));
    assert_false(has_text(&scene, "①"));
    up_scene_release(&scene);
}

static void events_of_columns_and_stacks_are_numbered_too(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        up_status (*draw)(up_scene *, up_error *);
    } cases[] = {{"growth", up_chart_draw_columns}, {"stack", up_chart_draw_stack}};
    for (size_t k = 0; k < 2; k++) {
        up_scene scene;
        make_case(case_named(cases[k].name), &one);
        double time = one.points[1].time;
        one.chart.event_count = 8;
        for (size_t i = 0; i < 8; i++)
            one.events[i] = (up_chart_event){
                .time = time, .text = "Something with quite a number of words to it"};
        draw_small(&scene, NULL, cases[k].draw);
        assert_non_null(text_named(&scene, "①"));
        assert_non_null(text_named(&scene, "⑧"));
        up_scene_release(&scene);
    }
}

static void numbers_follow_the_dates_and_stand_apart_in_panels(void **state)
{
    (void)state;
    up_scene scene;
    make_case(case_named("facet"), &one);
    double time = one.points[1].time;
    one.chart.event_count = 3;
    one.events[0] = (up_chart_event){.time = time + 0.01, .text = "second"};
    one.events[1] = (up_chart_event){.time = time - 1000, .text = "long ago"};
    one.events[2] = (up_chart_event){.time = time, .text = "first"};
    draw_small(&scene, NULL, up_chart_draw_facet);
    assert_true(has_text(&scene, "①\xc2\xa0"
                                 "first"));
    assert_true(has_text(&scene, "②\xc2\xa0"
                                 "second"));
    assert_false(has_text(&scene, "③"));
    assert_false(has_text(&scene, "long ago"));
    up_box first = box_of(text_named(&scene, "①")),
           second = box_of(text_named(&scene, "②"));
    assert_true(first.right <= second.left && first.top == second.top);
    up_scene_release(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_stands_over_no_other_bar),
        cmocka_unit_test(no_line_strikes_a_label),
        cmocka_unit_test(the_line_of_the_base_strikes_no_label),
        cmocka_unit_test(events_without_room_are_numbered),
        cmocka_unit_test(events_with_room_have_their_texts),
        cmocka_unit_test(events_of_columns_and_stacks_are_numbered_too),
        cmocka_unit_test(numbers_follow_the_dates_and_stand_apart_in_panels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
