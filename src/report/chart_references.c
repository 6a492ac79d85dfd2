/* Reference lines: levels to compare with, across the plot. */
#include <math.h>
#include <string.h>

#include "report/chart_draw.h"

static bool is_drawable(const up_chart *chart, const up_chart_reference *r)
{
    return !chart->log_scale || r->value > 0;
}

void up_chart_add_references(const up_chart *chart, double *low, double *high)
{
    for (size_t i = 0; i < chart->reference_count; i++)
        if (is_drawable(chart, &chart->references[i])) {
            *low = fmin(*low, chart->references[i].value);
            *high = fmax(*high, chart->references[i].value);
        }
}

/* Above the line at its left end, else further to the right, else below it. */
static bool place(up_scene *scene, const char *text, double y, up_style style)
{
    double width = up_chart_extent(text, strlen(text), style);
    double height = up_line_height(style), s = scene->scale;
    double left = scene->plot.left + 6 * s, right = scene->plot.right - 2 * s;
    double above = 1 * s, below = 2 * s;
    if (scene->cells) { /* in the rows beside its own */
        y = up_scene_snap(scene, y + height / 2);
        above = below = height / 2;
    }

    for (int side = 0; side < 2; side++)
        for (double x = left; x + width <= right; x += (right - left) / 12) {
            double top = side == 0 ? y - height - above : y + below;
            up_box box = {x, top, x + width, top + height};
            if (top < scene->plot.top - height - 2 * s ||
                box.bottom > scene->plot.bottom || !up_label_is_free(scene, box, false))
                continue;
            up_scene_text(scene, text, strlen(text), x, top + height / 2, UP_LEFT, style);
            up_scene_take(scene, box);
            return true;
        }
    return false;
}

/* All lines before the first text, so that none stands at another's line. */
static void draw_lines(up_scene *scene)
{
    for (size_t i = 0; i < scene->chart->reference_count; i++) {
        if (!is_drawable(scene->chart, &scene->chart->references[i]))
            continue;
        double y = up_axis_pixel(&scene->y, scene->chart->references[i].value);
        up_scene_rule(scene, (up_rule){scene->plot.left, y, scene->plot.right, y,
                                       1.4 * scene->scale, UP_TONE_MUTED, true});
        up_scene_line(scene, scene->plot.left, y, scene->plot.right, y);
    }
}

void up_chart_references(up_scene *scene, up_style style)
{
    const up_chart *chart = scene->chart;

    draw_lines(scene);
    for (size_t i = 0; i < chart->reference_count; i++) {
        const up_chart_reference *r = &chart->references[i];
        if (!is_drawable(chart, r)) {
            up_remarks_add(scene->remarks, UP_WARNING, "", 0,
                           "a reference line that is not above zero: a log axis cannot "
                           "show it");
            continue;
        }
        double y = up_axis_pixel(&scene->y, r->value);
        if (r->text && r->text[0] && !place(scene, r->text, y, style))
            up_remarks_add(scene->remarks, UP_WARNING, "", 0,
                           "no room for the text of a reference line: %s", r->text);
        y = up_scene_row(scene, y);
        up_scene_line(scene, scene->plot.left, y, scene->plot.right, y);
    }
}
