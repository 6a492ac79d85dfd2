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
#include "report/wrap.h"

enum { ROWS_MAX = 200 };

/* A chart of text, row by row. */
typedef struct sheet {
    up_buffer text;
    char *rows[ROWS_MAX];
    size_t count;
    up_remarks remarks;
} sheet;

static chart_case one;

static void begin(const char *kind, const char *title, const char *subtitle)
{
    one = (chart_case){0};
    up_chart_init(&one.chart);
    one.chart.kind = kind;
    one.chart.series = one.series;
    set_texts(&one, title, subtitle, NULL);
}

static void draw(const up_chart *chart, int columns, int rows, sheet *s)
{
    up_chart sized = *chart;
    up_error err = {0};
    *s = (sheet){0};
    sized.width = columns;
    sized.height = rows;
    if (up_chart_text(&sized, false, &s->text, &s->remarks, &err) != UP_OK)
        fail_msg("%s", err.message);
    for (char *at = s->text.data; *at != '\0'; s->count++) {
        assert_true(s->count < ROWS_MAX);
        s->rows[s->count] = at;
        at = strchr(at, '\n');
        assert_non_null(at);
        *at++ = '\0';
    }
}

static void release(sheet *s)
{
    up_buffer_release(&s->text);
    up_remarks_release(&s->remarks);
}

/* The row that has the text; the last one if there are several. */
static size_t row_with(const sheet *s, const char *text)
{
    for (size_t r = s->count; r-- > 0;)
        if (strstr(s->rows[r], text) != NULL)
            return r;
    fail_msg("no row has '%s'", text);
    return 0;
}

static size_t count_of(const char *row, const char *sign)
{
    size_t n = 0;
    for (; (row = strstr(row, sign)) != NULL; row += strlen(sign))
        n++;
    return n;
}

/* How much of a row is filled with blocks that grow from the left, in eighths of a cell. */
static size_t level_eighths(const char *row)
{
    static const char *const blocks[] = {"▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"};
    size_t sum = 0;
    for (size_t i = 0; i < 8; i++)
        sum += count_of(row, blocks[i]) * (i + 1);
    return sum;
}

/* How many cells are filled from below, whole or in part. */
static size_t rising_blocks(const char *row)
{
    static const char *const blocks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    size_t sum = 0;
    for (size_t i = 0; i < 8; i++)
        sum += count_of(row, blocks[i]);
    return sum;
}

/* ---- what every chart of text keeps to ---- */

static void check_size(const char *name, const sheet *s, double columns, size_t rows)
{
    if (s->count > rows)
        fail_msg("%s has %zu rows", name, s->count);
    for (size_t r = 0; r < s->count; r++) {
        double width =
            up_text_extent(s->rows[r], strlen(s->rows[r]), up_advance_columns, NULL);
        if (width > columns)
            fail_msg("%s, row %zu, is %g columns wide: %s", name, r, width, s->rows[r]);
        for (const char *at = s->rows[r]; *at != '\0'; at++)
            if ((unsigned char)*at < ' ' || *at == 0x7F)
                fail_msg("%s, row %zu, has a control character", name, r);
    }
}

/* The first word of a name, up to where it may be broken: what follows may stand on the next row. */
static bool is_named(const sheet *s, const char *label)
{
    char word[64];
    size_t length = strcspn(label, " -");
    snprintf(word, sizeof word, "%.*s", length < 12 ? (int)length : 12, label);
    for (size_t r = 0; r < s->count; r++)
        if (strstr(s->rows[r], word) != NULL)
            return true;
    for (size_t i = 0; i < s->remarks.count; i++)
        if (strstr(s->remarks.items[i].message, word) != NULL)
            return true;
    return false;
}

static void each_case_keeps_to_its_columns_and_names_its_series(void **state)
{
    (void)state;
    static const struct {
        int columns, rows;
    } sizes[] = {{100, 34}, {140, 50}};
    for (size_t i = 0; i < CHART_CASES; i++)
        for (size_t j = 0; j < sizeof sizes / sizeof sizes[0]; j++) {
            sheet s;
            make_case(i, &one);
            draw(&one.chart, sizes[j].columns, sizes[j].rows, &s);
            check_size(chart_makers[i].name, &s, sizes[j].columns, (size_t)sizes[j].rows);
            for (size_t k = 0; k < one.chart.count; k++) {
                const up_chart_series *series = &one.chart.series[k];
                if (one.chart.count > 1 && series->label != NULL && series->branch == 0 &&
                    series->count > 0 && strlen(series->label) < 60 &&
                    !is_named(&s, series->label))
                    fail_msg("%s: nothing names %s", chart_makers[i].name, series->label);
            }
            release(&s);
        }
}

/* ---- figures stand where they belong ---- */

static void bars_are_as_long_as_their_values(void **state)
{
    (void)state;
    static const double values[] = {12, 6, 3};
    static const char *const names[] = {"twelve", "six", "three"};
    sheet s;
    begin("bar", "Bars", "Things");
    for (size_t i = 0; i < 3; i++) {
        add_series(&one, names[i]);
        add_point(&one, 2024.5, values[i]);
    }
    draw(&one.chart, 100, 20, &s);
    double unit = (double)level_eighths(s.rows[row_with(&s, "twelve")]) / 12;
    assert_true(unit > 8); /* more than a column a thing: the test can tell them apart */
    for (size_t i = 1; i < 3; i++) {
        double length = (double)level_eighths(s.rows[row_with(&s, names[i])]);
        /* each end is rounded to an eighth, the longest too */
        assert_true(fabs(length - unit * values[i]) <= 1.5);
    }
    release(&s);
}

/* A figure at a tick's value stands in the tick's row; the zero line is the last of the plot. */
static void points_stand_in_the_rows_of_their_values(void **state)
{
    (void)state;
    sheet s;
    begin("line", "Line", "Things");
    add_series(&one, "s");
    add_point(&one, 2020, 0);
    add_point(&one, 2021, 100);
    add_point(&one, 2022, 200);
    add_point(&one, 2023, 50);
    draw(&one.chart, 100, 30, &s);
    const char *high = s.rows[row_with(&s, "200 ")], *low = s.rows[row_with(&s, "100 ")];
    assert_int_equal(count_of(high, "●"), 1);
    assert_int_equal(count_of(low, "●"), 1);
    assert_true(strstr(high, "●") - high > 0);
    size_t points = 0;
    for (size_t r = 0; r < s.count; r++)
        points += count_of(s.rows[r], "●");
    assert_int_equal(points, 4);
    /* half the way from 0 to 100 in rows, rounded: 50 */
    size_t zero = row_with(&s, "0 ─"), hundred = row_with(&s, "100 ");
    assert_int_equal(row_with(&s, "●"), zero);
    size_t middle = (zero + hundred) / 2;
    assert_int_equal(count_of(s.rows[middle], "●") + count_of(s.rows[middle + 1], "●"),
                     1);
    release(&s);
}

static void columns_end_in_the_rows_of_their_values(void **state)
{
    (void)state;
    sheet s;
    begin("columns", "Columns", "Things");
    add_series(&one, "s");
    add_point(&one, 2020.5, 200);
    add_point(&one, 2021.5, 400);
    draw(&one.chart, 100, 30, &s);
    size_t top = row_with(&s, "400 "), half = row_with(&s, "200 "),
           zero = row_with(&s, "0 ─");
    assert_true(rising_blocks(s.rows[top]) > 0);
    assert_int_equal(rising_blocks(s.rows[top - 1]), 0);
    size_t wide = count_of(s.rows[half + 1], "█"),
           narrow = count_of(s.rows[top + 1], "█");
    assert_int_equal(wide, 2 * narrow); /* both bars, then only the higher one */
    assert_int_equal(count_of(s.rows[zero], "█"), 0);
    release(&s);
}

/* Ten parts of 10 in each of two columns are as high as one part of 100: the tick's row or the one
 * below it is the last that is filled. */
static void small_parts_of_a_stack_add_up(void **state)
{
    (void)state;
    sheet s;
    begin("stack", "Stack", "Things");
    static const char *const names[] = {"a", "b", "c", "d", "e", "f", "g", "h"};
    for (int i = 0; i < 8; i++) {
        add_series(&one, names[i]);
        add_point(&one, 2020.5, i == 0 ? 400 : 0);
        add_point(&one, 2021.5, 50);
    }
    draw(&one.chart, 100, 40, &s);
    size_t top = row_with(&s, "400 "), first = s.count, last = s.count;
    for (size_t r = s.count; r-- > top - 2;) {
        size_t left = 0, right = 0;
        for (const char *at = s.rows[r]; *at != '\0'; at++) {
            size_t column = (size_t)(at - s.rows[r]);
            left += strncmp(at, "█", 3) == 0 && column < 150;
            right += strchr("/+=o", *at) != NULL && column > 60 && column < 160;
        }
        first = left > 0 ? r : first;
        last = right > 0 ? r : last;
    }
    assert_true(first <= top + 1 && first >= top);
    assert_true(last <= first + 1 && last + 1 >= first);
    release(&s);
}

static void negative_bars_hang_below_the_zero_line(void **state)
{
    (void)state;
    sheet s;
    begin("columns", "Columns", "Things");
    add_series(&one, "s");
    add_point(&one, 2020.5, 10);
    add_point(&one, 2021.5, -10);
    draw(&one.chart, 100, 30, &s);
    size_t zero = row_with(&s, "0 ─");
    assert_true(count_of(s.rows[zero - 1], "█") > 0);
    assert_int_equal(count_of(s.rows[zero + 1], "█"), count_of(s.rows[zero - 1], "█"));
    release(&s);
}

/* ---- signs ---- */

static void two_series_have_signs_of_their_own(void **state)
{
    (void)state;
    sheet s;
    begin("line", "Lines", "Things");
    for (int i = 0; i < 2; i++) {
        add_series(&one, i == 0 ? "first" : "second");
        for (int j = 0; j < 3; j++)
            add_point(&one, 2020 + j, 100 * (i + 1) + 10 * j);
    }
    draw(&one.chart, 100, 30, &s);
    assert_true(count_of(s.rows[row_with(&s, "first")], "● first") == 1);
    assert_true(count_of(s.rows[row_with(&s, "second")], "■ second") == 1);
    release(&s);
}

static void bounds_and_derived_figures_are_told_apart(void **state)
{
    (void)state;
    sheet s;
    make_case(case_named("industry"), &one);
    draw(&one.chart, 100, 30, &s);
    assert_true(row_with(&s, "more than") > row_with(&s, ">700"));
    assert_int_equal(count_of(s.rows[row_with(&s, ">700") + 1], "▲"), 1);
    release(&s);
    make_case(case_named("tokens"), &one);
    draw(&one.chart, 100, 30, &s);
    (void)row_with(&s, "○");
    (void)row_with(&s, "├");
    release(&s);
}

static void chinese_takes_two_columns_a_character(void **state)
{
    (void)state;
    sheet s;
    begin("line", "中国使用人工智能的人数", "人");
    add_series(&one, "中国");
    add_point(&one, 2024, 1e8);
    add_point(&one, 2025, 2e8);
    draw(&one.chart, 40, 20, &s);
    /* 22 columns: a title of 11 characters is not broken, and not cut */
    (void)row_with(&s, "中国使用人工智能的人数");
    check_size("Chinese", &s, 40, 20);
    release(&s);
}

/* ---- nothing gets out of its place ---- */

static void what_turns_or_hides_text_is_left_out(void **state)
{
    (void)state;
    sheet s;
    begin("line", "a\u202Eb\u200Bc\u2066d\uFEFF\u061Ce", "Things e\u0301");
    add_series(&one, "s");
    add_point(&one, 2024, 1);
    add_point(&one, 2025, 2);
    draw(&one.chart, 60, 20, &s);
    (void)row_with(&s, "abcde");
    (void)row_with(&s, "Things e\u0301"); /* an accent stays with its letter */
    release(&s);
}

/* Where no height is asked for, it is that of the bars, and no more. */
static void many_bars_have_a_row_each(void **state)
{
    (void)state;
    sheet s;
    make_case(case_named("bars-many"), &one);
    draw(&one.chart, 100, 0, &s);
    assert_true(s.count >= one.chart.count);
    assert_true(s.count <= one.chart.count + 14);
    for (size_t i = 0; i < one.chart.count; i++)
        assert_true(level_eighths(s.rows[row_with(&s, one.chart.series[i].label)]) > 0);
    release(&s);
}

static void an_escape_is_refused(void **state)
{
    (void)state;
    up_buffer text = {0};
    up_error err = {0};
    make_case(case_named("industry"), &one);
    one.chart.width = one.chart.height = 0;
    one.chart.title = "red \x1b[31m";
    assert_int_equal(up_chart_text(&one.chart, true, &text, NULL, &err), UP_USAGE);
    assert_string_equal(up_buffer_text(&text), "");
}

/* Without its colours a coloured chart is the plain one. */
static void colours_change_nothing_but_colours(void **state)
{
    (void)state;
    up_buffer plain = {0}, coloured = {0}, stripped = {0};
    make_case(case_named("chinese"), &one);
    one.chart.width = 100;
    one.chart.height = 30;
    assert_int_equal(up_chart_text(&one.chart, false, &plain, NULL, NULL), UP_OK);
    assert_int_equal(up_chart_text(&one.chart, true, &coloured, NULL, NULL), UP_OK);
    for (const char *at = up_buffer_text(&coloured); *at != '\0'; at++) {
        if (*at != '\x1b') {
            up_buffer_add_char(&stripped, *at);
            continue;
        }
        size_t length = strspn(at + 2, "0123456789;");
        assert_int_equal(at[1], '[');
        assert_int_equal(at[2 + length], 'm');
        at += 2 + length;
    }
    assert_true(coloured.length > plain.length);
    assert_string_equal(up_buffer_text(&stripped), up_buffer_text(&plain));
    up_buffer_release(&plain);
    up_buffer_release(&coloured);
    up_buffer_release(&stripped);
}

static void sizes_that_show_nothing_are_refused(void **state)
{
    (void)state;
    up_buffer text = {0};
    up_error err = {0};
    make_case(case_named("industry"), &one);
    one.chart.width = 39;
    one.chart.height = 30;
    assert_int_equal(up_chart_text(&one.chart, false, &text, NULL, &err), UP_USAGE);
    assert_string_equal(err.message, "a text chart of 39 × 30 characters cannot be drawn "
                                     "(40 × 12 to 1000 × 1000 expected)");
    one.chart.width = 60;
    one.chart.height = 12;
    one.chart.note = "A note that takes more than one row, so that nothing is left for "
                     "the plot, however little it may want.";
    assert_int_equal(up_chart_text(&one.chart, false, &text, NULL, &err), UP_USAGE);
    assert_string_equal(err.message,
                        "the texts leave no room for the chart (60 × 12 characters)");
    assert_string_equal(up_buffer_text(&text), "");
}

/* ---- texts in the rows they belong to ---- */

static up_status (*drawing_of(const char *kind))(up_scene *, up_error *)
{
    return strcmp(kind, "facet") == 0     ? up_chart_draw_facet
           : strcmp(kind, "bar") == 0     ? up_chart_draw_bar
           : strcmp(kind, "stack") == 0   ? up_chart_draw_stack
           : strcmp(kind, "columns") == 0 ? up_chart_draw_columns
                                          : up_chart_draw_line;
}

typedef struct span {
    long row, from, to;
} span;

static span span_of(const up_text *t)
{
    double width = up_chart_extent(t->text, strlen(t->text), t->style) / UP_SHEET_WIDE;
    double from = t->x / UP_SHEET_WIDE - (t->align == UP_RIGHT    ? width
                                          : t->align == UP_CENTER ? width / 2
                                                                  : 0);
    long start = lround(t->align == UP_RIGHT  ? floor(from)
                        : t->align == UP_LEFT ? ceil(from)
                                              : from);
    return (span){(long)floor(t->y / UP_SHEET_HIGH), start, start + (long)width};
}

static void check_places(const char *name, const up_scene *scene)
{
    for (size_t i = 0; i < scene->text_count; i++) {
        span a = span_of(&scene->texts[i]);
        for (size_t j = 0; j < i; j++) {
            span b = span_of(&scene->texts[j]);
            if (a.row == b.row && a.from < b.to && b.from < a.to)
                fail_msg("%s (%g columns): '%s' has no room beside '%s'", name,
                         scene->width / UP_SHEET_WIDE, scene->texts[i].text,
                         scene->texts[j].text);
        }
        for (size_t j = 0; j < scene->rule_count;
             j++) { /* axes and levels to compare with */
            const up_rule *r = &scene->rules[j];
            if (r->y1 == r->y2 && r->tone < UP_TONE_SERIES && r->tone != UP_TONE_GRID &&
                a.row == (long)floor(r->y1 / UP_SHEET_HIGH) &&
                (double)a.from * UP_SHEET_WIDE > r->x1 &&
                (double)a.to * UP_SHEET_WIDE < r->x2)
                fail_msg("%s (%g columns): '%s' stands on a line", name,
                         scene->width / UP_SHEET_WIDE, scene->texts[i].text);
        }
    }
}

static void no_two_texts_want_the_same_cells(void **state)
{
    (void)state;
    static const int sizes[][2] = {{60, 24}, {80, 18}, {80, 30}, {120, 40}};
    size_t drawn = 0;
    for (size_t i = 0; i < CHART_CASES; i++)
        for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
            up_error err = {0};
            make_case(i, &one);
            one.chart.picture = UP_PICTURE_TEXT;
            up_scene scene = {.chart = &one.chart,
                              .cells = true,
                              .scale = 0.75,
                              .width = sizes[s][0] * UP_SHEET_WIDE,
                              .height = sizes[s][1] * UP_SHEET_HIGH};
            up_status status = drawing_of(one.chart.kind)(&scene, &err);
            assert_true(status == UP_OK || strstr(err.message, "room"));
            drawn += status == UP_OK;
            if (status == UP_OK)
                check_places(chart_makers[i].name, &scene);
            up_scene_release(&scene);
        }
    assert_true(drawn > CHART_CASES * 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_two_texts_want_the_same_cells),
        cmocka_unit_test(each_case_keeps_to_its_columns_and_names_its_series),
        cmocka_unit_test(bars_are_as_long_as_their_values),
        cmocka_unit_test(points_stand_in_the_rows_of_their_values),
        cmocka_unit_test(columns_end_in_the_rows_of_their_values),
        cmocka_unit_test(small_parts_of_a_stack_add_up),
        cmocka_unit_test(negative_bars_hang_below_the_zero_line),
        cmocka_unit_test(two_series_have_signs_of_their_own),
        cmocka_unit_test(bounds_and_derived_figures_are_told_apart),
        cmocka_unit_test(chinese_takes_two_columns_a_character),
        cmocka_unit_test(what_turns_or_hides_text_is_left_out),
        cmocka_unit_test(many_bars_have_a_row_each),
        cmocka_unit_test(an_escape_is_refused),
        cmocka_unit_test(colours_change_nothing_but_colours),
        cmocka_unit_test(sizes_that_show_nothing_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
