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
    double high = c->has_high ? fmin(c->high, scene->x.max) : scene->x.max;
    double from = up_axis_pixel(&scene->x, c->low), to = up_axis_pixel(&scene->x, high);
    double y = up_axis_pixel(&scene->y, c->target), r = 6 * scene->scale;

    up_scene_mark(scene, "span", (double[]){c->low, high, c->target, UP_TONE_TEXT}, 4);
    up_scene_take(scene, (up_box){from, y - r, to, y + r});
    if (!c->has_median)
        return;
    up_scene_mark(scene, "point", (double[]){c->median, c->target, 7, UP_TONE_TEXT}, 4);
}

/* The words: the level, below it when it is reached, on so many lines of that width. */
typedef struct wording {
    up_style bold, plain;
    double width, height;
} wording;

static wording measure_words(const up_chart_crossing *c, up_style bold, up_style plain,
                             double most)
{
    double level = up_chart_extent(c->target_words, strlen(c->target_words), bold);
    double when = up_chart_extent(c->words, strlen(c->words), plain);
    double width = fmin(fmax(level, when), most);
    size_t lines = up_chart_count_lines(c->words, width, plain);

    return (wording){bold, plain, width, up_line_height(bold) * (double)(1 + lines)};
}

/* Above the level as far left as nothing is crossed, else below it. */
static bool find_place(const up_scene *scene, double y, wording w, up_box *box)
{
    double s = scene->scale, left = scene->plot.left + 6 * s;
    double room = scene->plot.right - left - w.width;
    double gap =
        scene->cells ? UP_SHEET_HIGH / 2.0 : 3 * s; /* rows of a sheet are whole */
    y = up_scene_row(scene, y);
    const double tops[] = {y - w.height - gap, y + gap};

    for (size_t side = 0; side < 2; side++)
        for (int step = 0; step <= 16 && (step == 0 || room > 0); step++) {
            double x = left + room * step / 16;
            *box = (up_box){x, tops[side], x + w.width, tops[side] + w.height};
            if (box->top >= scene->plot.top - up_line_height(w.bold) &&
                box->bottom <= scene->plot.bottom && up_label_is_free(scene, *box, false))
                return true;
        }
    *box = (up_box){left, tops[1], left + w.width, tops[1] + w.height};
    return false;
}

/* On one line if that finds room, else on more. */
static void add_words(up_scene *scene, const up_chart_crossing *c)
{
    up_style bold = up_style_of(scene, 15, true, UP_TONE_TEXT);
    up_style plain = up_style_of(scene, 15, false, UP_TONE_TEXT);
    double y = up_axis_pixel(&scene->y, c->target);
    double whole = scene->plot.right - scene->plot.left;
    static const double parts[] = {1, 0.4, 0.28};
    wording w = {0};
    up_box box;
    bool found = false;

    for (size_t i = 0; i < 3 && !found; i++) {
        w = measure_words(c, bold, plain, parts[i] * whole);
        found = find_place(scene, y, w, &box);
    }
    if (!found && scene->cells) { /* on few rows, across what there is */
        w = measure_words(c, bold, plain, whole);
        (void)find_place(scene, y, w, &box);
    }
    double top = up_chart_paragraph(scene, c->target_words, box.left, box.top, w.width,
                                    UP_LEFT, bold, 1);
    up_chart_paragraph(scene, c->words, box.left, top, w.width, UP_LEFT, plain, 0);
    up_scene_take(scene, box);
}

void up_line_crossing(up_scene *scene)
{
    const up_chart_crossing *c = scene->chart->crossing;

    if (!c)
        return;
    double y = up_axis_pixel(&scene->y, c->target);
    up_scene_rule(scene, (up_rule){scene->plot.left, y, scene->plot.right, y,
                                   1.4 * scene->scale, UP_TONE_TEXT, false});
    double row = up_scene_row(scene, y);
    up_scene_line(scene, scene->plot.left, row, scene->plot.right, row);
    add_density(scene, c);
    add_range(scene, c);
    add_words(scene, c);
}
