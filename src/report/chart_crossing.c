/* When a level is reached, on a line chart: the level across the plot, on it the 80 % range and the
 * median, above it the distribution of the moments. */
#include <math.h>
#include <string.h>

#include "report/chart_line.h"

/* The value that stands at a pixel: up_axis_pixel's inverse. */
static double value_at(const up_axis *axis, double pixel)
{
    double part = (pixel - axis->from) / (axis->to - axis->from);
    return axis->log ? axis->min * pow(axis->max / axis->min, part)
                     : axis->min + part * (axis->max - axis->min);
}

/* The area between the level and the density, scaled to an eighth of the plot. */
static void add_density(up_scene *scene, const up_chart_crossing *c)
{
    const up_chart_series *s = &scene->chart->series[0];
    double y = up_axis_pixel(&scene->y, c->target), most = 0;
    double height = (scene->plot.bottom - scene->plot.top) / 8;

    for (size_t i = 0; i < c->density_count; i++)
        most = fmax(most, c->density[i]);
    if (most <= 0 || y - height < scene->plot.top - 2)
        height = fmax(y - scene->plot.top, 0);
    if (most <= 0 || height <= 0)
        return;
    up_block *block = up_scene_block(scene, "inner");
    up_block_group(scene, block, UP_TONE_MUTED);
    for (size_t i = 0; i < c->density_count && i < s->step_count; i++) {
        double top = y - height * c->density[i] / most;
        up_block_row(
            block, (double[]){s->steps[i].time, c->target, value_at(&scene->y, top)}, 3);
    }
    up_scene_take(scene, (up_box){up_axis_pixel(&scene->x, c->low), y - height,
                                  up_axis_pixel(&scene->x, c->high), y});
}

static void add_range(up_scene *scene, const up_chart_crossing *c)
{
    if (!c->has_low)
        return;
    double high = c->has_high ? c->high : scene->x.max;
    double from = up_axis_pixel(&scene->x, c->low), to = up_axis_pixel(&scene->x, high);
    double y = up_axis_pixel(&scene->y, c->target), r = 6 * scene->scale;

    up_scene_mark(scene, "span", (double[]){c->low, high, c->target, UP_TONE_TEXT}, 4);
    up_scene_take(scene, (up_box){from, y - r, to, y + r});
    if (!c->has_median)
        return;
    up_scene_mark(scene, "point", (double[]){c->median, c->target, 7, UP_TONE_TEXT}, 4);
}

/* The words stand right of the level's own, at the left end of its line, else below it. */
static void add_words(up_scene *scene, const up_chart_crossing *c)
{
    up_style bold = up_style_of(scene, 15, true, UP_TONE_TEXT);
    up_style plain = up_style_of(scene, 15, false, UP_TONE_TEXT);
    double y = up_axis_pixel(&scene->y, c->target), line = up_line_height(bold);
    double left = scene->plot.left + 6 * scene->scale;
    size_t level = strlen(c->target_words), when = strlen(c->words);
    double width = fmax(up_chart_extent(c->target_words, level, bold),
                        up_chart_extent(c->words, when, plain));
    const double tops[] = {y - 2 * line - 3 * scene->scale, y + 3 * scene->scale};

    for (size_t i = 0; i < 2; i++) {
        up_box box = {left, tops[i], left + width, tops[i] + 2 * line};
        bool last = i == 1;
        if (!last &&
            (box.top < scene->plot.top - line || !up_label_is_free(scene, box, false)))
            continue;
        up_scene_text(scene, c->target_words, level, left, box.top + line / 2, UP_LEFT,
                      bold);
        up_scene_text(scene, c->words, when, left, box.top + line * 1.5, UP_LEFT, plain);
        up_scene_take(scene, box);
        return;
    }
}

void up_line_crossing(up_scene *scene)
{
    const up_chart_crossing *c = scene->chart->crossing;

    if (!c)
        return;
    double y = up_axis_pixel(&scene->y, c->target);
    up_scene_rule(scene, (up_rule){scene->plot.left, y, scene->plot.right, y,
                                   1.4 * scene->scale, UP_TONE_TEXT, false});
    up_scene_line(scene, scene->plot.left, y, scene->plot.right, y);
    add_density(scene, c);
    add_range(scene, c);
    add_words(scene, c);
}
