/* The kind "stack": series that add up, one upon the other, the first at the bottom. Up to
 * COLUMNS_MAX periods stand as columns, more of them as areas between straight lines. All series
 * have their figures at the same times, none below zero (up_plan_stack sees to it). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "report/chart_line.h"

enum { COLUMNS_MAX = 8 };

static up_status check(const up_chart *chart, up_error *err)
{
    if (chart->log_scale)
        return up_error_set(err, UP_USAGE, "a stack has no log axis: it starts at zero");
    if (chart->count == 0 || chart->series[0].count == 0)
        return up_error_set(err, UP_TOO_LITTLE_DATA, "there is nothing to stack");
    for (size_t i = 0; i < chart->count; i++)
        for (size_t j = 0; j < chart->series[i].count; j++)
            if (chart->series[i].count != chart->series[0].count ||
                chart->series[i].points[j].time != chart->series[0].points[j].time ||
                chart->series[i].points[j].value < 0)
                return up_error_set(err, UP_BAD_DATA,
                                    "only series with figures at the same times, none "
                                    "below zero, can be stacked");
    return UP_OK;
}

/* The sums of the series up to and with i, at period j. */
static double top_of(const up_chart *chart, size_t i, size_t j)
{
    double sum = 0;

    for (size_t k = 0; k <= i; k++)
        sum += chart->series[k].points[j].value;
    return sum;
}

static double highest(const up_chart *chart)
{
    double most = 0;

    for (size_t j = 0; j < chart->series[0].count; j++)
        most = fmax(most, top_of(chart, chart->count - 1, j));
    return most;
}

/* Half the width of a column, in years: most of the least distance between two periods. */
static double half_column(const up_chart *chart)
{
    const up_chart_series *s = &chart->series[0];
    double least = INFINITY;

    for (size_t j = 1; j < s->count; j++)
        least = fmin(least, s->points[j].time - s->points[j - 1].time);
    return isfinite(least) ? 0.36 * least : 0.36;
}

static bool in_columns(const up_chart *chart)
{
    return chart->series[0].count <= COLUMNS_MAX;
}

static void add_data(up_scene *scene, double half)
{
    const up_chart *chart = scene->chart;

    for (size_t i = 0; i < chart->count; i++) {
        int tone = up_series_tone(chart, i);
        bool columns = in_columns(chart);
        if (!columns)
            up_block_group(scene, up_scene_block(scene, "area"), tone);
        if (!columns && i + 1 < chart->count)
            up_block_group(scene, up_scene_block(scene, "seam"), 0);
        for (size_t j = 0; j < chart->series[i].count; j++) {
            double t = chart->series[i].points[j].time, top = top_of(chart, i, j);
            double low = top - chart->series[i].points[j].value;
            if (columns) {
                up_scene_mark(scene, "column", (double[]){t, half, low, top, tone}, 5);
                continue;
            }
            up_block_row(up_scene_block(scene, "area"), (double[]){t, low, top}, 3);
            if (i + 1 < chart->count)
                up_block_row(up_scene_block(scene, "seam"), (double[]){t, top}, 2);
        }
    }
}

/* The labels stand at the middles of the last bands. */
static void add_labels(up_scene *scene, double half)
{
    const up_chart *chart = scene->chart;
    double *middles = NULL;

    if (up_alloc(chart->count, sizeof *middles, &middles, &scene->failure) != UP_OK)
        return;
    for (size_t i = 0; i < chart->count; i++) {
        const up_chart_series *s = &chart->series[i];
        middles[i] = top_of(chart, i, s->count - 1) - s->points[s->count - 1].value / 2;
    }
    scene->ends = middles;
    scene->ends_after = half;
    up_line_labels(scene, true);
    scene->ends = NULL;
    free(middles);
}

/* Of figures in a unit the sum at the end, above it. */
static void add_total(up_scene *scene, double half)
{
    const up_chart *chart = scene->chart;
    size_t last = chart->series[0].count - 1;
    up_chart_point total = {.value = top_of(chart, chart->count - 1, last)};
    up_style style = up_style_of(scene, 15, true, UP_TONE_TEXT);
    up_buffer text = {0}, value = {0};

    if (chart->axis == UP_AXIS_PERCENT)
        return;
    for (size_t i = 0; i < chart->count; i++) {
        const up_chart_point *p = &chart->series[i].points[last];
        bool nearly = p->words && p->mark == UP_MARK_PLAIN;
        total.mark = up_mark_of_sum(total.mark, nearly ? UP_MARK_ABOUT : p->mark);
    }
    up_chart_figure(chart, &total, false, false, &value);
    up_tell(chart->language, UP_SAY_TOTAL, &text, up_scene_words(scene, &value));
    double x = up_axis_pixel(&scene->x, chart->series[0].points[last].time + half);
    double y = up_axis_pixel(&scene->y, total.value) - up_line_height(style) * 0.7;
    up_scene_text(scene, up_scene_words(scene, &text), text.length, x, y, UP_RIGHT,
                  style);
    up_buffer_release(&text);
    up_buffer_release(&value);
}

up_status up_chart_draw_stack(up_scene *scene, up_error *err)
{
    const up_chart *chart = scene->chart;
    up_style ticks_style = up_style_of(scene, 15, false, UP_TONE_MUTED);
    up_ticks values;
    up_buffer note = {0};
    up_status status = check(chart, err);

    if (status != UP_OK)
        return status;
    const up_chart_series *first = &chart->series[0];
    double half = in_columns(chart) ? half_column(chart) : 0;
    double low = first->points[0].time - half,
           high = first->points[first->count - 1].time + half;
    double most = highest(chart);
    up_axis_values(chart, 0, chart->axis == UP_AXIS_PERCENT ? fmin(most, 1) : most * 1.08,
                   true, 5, &scene->y, &values);
    up_line_guess_times(scene, (up_range){low, high}, ticks_style);
    up_chart_explain(scene, false, &note);
    up_box inner = up_chart_frame(scene, up_scene_words(scene, &note));
    up_buffer_release(&note);
    status = up_line_lay_out(scene, inner, (up_range){low, high},
                             up_line_reserve(scene, fmax(high - low, 0.1)), &values,
                             ticks_style, err);
    if (status != UP_OK)
        return status;
    add_data(scene, half);
    add_total(scene, half);
    add_labels(scene, half);
    return UP_OK;
}
