/* The kind "bar": a horizontal bar a series, of its last figure, in the order of the series. The
 * names stand at the left, the values at the ends of the bars; the baseline is zero. */
#include <math.h>
#include <string.h>

#include "report/chart_bars.h"

/* Names take no more of the width than this. */
static const double names_most = 0.34;

static const up_chart_point *point_of(const up_chart_series *s)
{
    return s->count > 0 ? &s->points[s->count - 1] : NULL;
}

/* "China (2023)": the period is part of the name where it was given as the point's label. */
static void name_of(const up_chart_series *s, up_buffer *out)
{
    const up_chart_point *p = point_of(s);

    up_buffer_add(out, s->label ? s->label : "");
    if (p && p->label && p->label[0])
        up_buffer_addf(out, " (%s)", p->label);
}

static double names_width(up_scene *scene, up_style style)
{
    double widest = 0;

    for (size_t i = 0; i < scene->chart->count; i++) {
        up_buffer text = {0};
        name_of(&scene->chart->series[i], &text);
        widest = fmax(widest,
                      up_chart_extent(up_scene_words(scene, &text), text.length, style));
        up_buffer_release(&text);
    }
    return fmin(widest, names_most * scene->width);
}

/* Room beyond the bars for their values, in pixels: at the positive and at the negative end. */
static void values_width(up_scene *scene, up_style style, double *above, double *below)
{
    *above = *below = 0;
    for (size_t i = 0; i < scene->chart->count; i++) {
        const up_chart_point *p = point_of(&scene->chart->series[i]);
        up_buffer text = {0};
        if (!p)
            continue;
        up_bar_words(scene->chart, p, false, &text);
        double *side = p->value < 0 ? below : above;
        *side = fmax(*side,
                     up_chart_extent(up_scene_words(scene, &text), text.length, style));
        up_buffer_release(&text);
    }
}

static void draw_grid(up_scene *scene, const up_ticks *ticks, up_style style)
{
    double s = scene->scale, top = scene->plot.top, bottom = scene->plot.bottom;

    for (size_t i = 0; i < ticks->count; i++) {
        const up_tick *t = &ticks->items[i];
        double x = up_axis_pixel(&scene->x, t->at);
        up_scene_rule(scene, (up_rule){x, top, x, bottom, (t->at == 0 ? 1.4 : 1) * s,
                                       t->at == 0 ? UP_TONE_AXIS : UP_TONE_GRID, false});
        up_scene_text(scene, t->label, strlen(t->label), x,
                      bottom + 6 * s + up_line_height(style) / 2, UP_CENTER, style);
    }
}

/* From, to, middle and half the height of the bar, as the template reads them. */
static void add_bar(up_scene *scene, const up_chart_point *p, double place, int tone)
{
    double from = up_bar_is_range(p) ? p->low : 0, half = 0.34;

    up_scene_mark(
        scene, up_bar_block(p),
        (double[]){fmin(from, p->value), fmax(from, p->value), place, half, tone}, 5);
    if (up_bar_is_open(p))
        up_scene_mark(scene, "edge", (double[]){p->value, place, half, tone}, 4);
    if (up_bar_has_whisker(&scene->x, p))
        up_scene_mark(scene, "whisker", (double[]){p->low, p->high, place}, 3);
}

/* The value beyond the end of the bar and of its whisker. */
static void add_value(up_scene *scene, const up_chart_point *p, double y, up_style style)
{
    bool negative = p->value < 0;
    bool whisker = up_bar_has_whisker(&scene->x, p);
    double end = whisker ? (negative ? p->low : p->high) : p->value;
    double x = up_axis_pixel(&scene->x, end) + (negative ? -7 : 7) * scene->scale;
    up_buffer text = {0};

    up_bar_words(scene->chart, p, false, &text);
    up_scene_text(scene, up_scene_words(scene, &text), text.length, x, y,
                  negative ? UP_RIGHT : UP_LEFT, style);
    up_buffer_release(&text);
}

/* The name at the left, on two lines where one is too short and the slot allows it. */
static void add_name(up_scene *scene, const up_chart_series *s, double y, double width,
                     double slot, up_style style)
{
    double line = up_line_height(style);
    size_t most = slot >= 2.1 * line ? 2 : 1, lines;
    up_buffer text = {0};

    name_of(s, &text);
    lines = up_chart_count_lines(up_scene_words(scene, &text), width, style);
    lines = lines > most ? most : lines;
    up_chart_paragraph(scene, up_scene_words(scene, &text),
                       scene->plot.left - 10 * scene->scale, y - line * (double)lines / 2,
                       width, UP_RIGHT, style, most);
    up_buffer_release(&text);
}

/* The size of the texts that leaves each bar a line; 0: the bars have no room. */
static double fitting_size(const up_scene *scene, double slot)
{
    if (scene->cells)
        return slot >= UP_SHEET_HIGH ? 15 * scene->scale : 0;
    double size = fmin(15 * scene->scale, slot / 1.35);

    return size >= 10 * scene->scale ? size : 0;
}

static up_status refuse_size(const up_scene *scene, up_error *err)
{
    up_buffer room = {0};
    up_scene_size(scene, &room);
    up_error_set(
        err, UP_USAGE,
        "%zu bars have no room in %s: --top shows the largest, --size makes room",
        scene->chart->count, up_buffer_text(&room));
    up_buffer_release(&room);
    return UP_USAGE;
}

static void set_axes(up_scene *scene, up_box inner, double names, up_style style,
                     up_ticks *ticks)
{
    double low, high, above, below, s = scene->scale;

    up_bars_range(scene->chart, &low, &high);
    up_axis_values(scene->chart, low, high, true, 5, &scene->x, ticks);
    if (low == 0 && high == 0) /* bars of no length, on an axis all the same */
        high = scene->x.max;
    values_width(scene, style, &above, &below);
    scene->plot.left = inner.left + names + 10 * s;
    if (scene->cells) /* bars begin with a cell */
        scene->plot.left = ceil(scene->plot.left / UP_SHEET_WIDE) * UP_SHEET_WIDE;
    scene->plot.right = inner.right;
    double width = scene->plot.right - scene->plot.left;
    /* the values beyond the longest bars need room within the plot */
    double part = (above + 10 * s) / width, part_below = (below + 10 * s) / width;
    double span = (high - low) / fmax(1 - part - (low < 0 ? part_below : 0), 0.2);
    scene->x.min = low < 0 ? low - span * part_below : 0;
    scene->x.max = high > 0 ? high + span * part : 0;
    scene->x.from = scene->plot.left;
    scene->x.to = scene->plot.right;
    size_t kept = 0;
    for (size_t i = 0; i < ticks->count; i++)
        if (ticks->items[i].at >= scene->x.min && ticks->items[i].at <= scene->x.max)
            ticks->items[kept++] = ticks->items[i];
    ticks->count = kept;
}

static void add_series(up_scene *scene, double names, double slot, up_style style,
                       up_style bold)
{
    for (size_t i = 0; i < scene->chart->count; i++) {
        const up_chart_series *s = &scene->chart->series[i];
        const up_chart_point *p = point_of(s);
        double y = scene->plot.top + slot * ((double)i + 0.5);
        int tone = s->context ? UP_TONE_CONTEXT : UP_TONE_SERIES;
        add_name(scene, s, y, names, slot, style);
        if (!p)
            continue;
        bold.tone = tone;
        add_bar(scene, p, (double)i + 1, tone);
        add_value(scene, p, y, bold);
    }
}

up_status up_chart_draw_bar(up_scene *scene, up_error *err)
{
    const up_chart *chart = scene->chart;
    up_style ticks_style = up_style_of(scene, 13.5, false, UP_TONE_MUTED);
    double s = scene->scale, count = (double)chart->count;
    up_ticks ticks;
    up_buffer note = {0};

    if (chart->log_scale)
        return up_error_set(err, UP_USAGE, "bars have no log axis: they start at zero");
    if (chart->count == 0)
        return up_error_set(err, UP_TOO_LITTLE_DATA, "there is no bar to draw");
    double low, high;
    up_bars_range(chart, &low, &high);
    up_axis_values(chart, low, high, true, 5, &scene->x, &ticks);
    up_bars_find_marks(scene, &scene->x);
    up_chart_explain(scene, true, &note);
    up_box inner = up_chart_frame(scene, up_scene_words(scene, &note));
    up_buffer_release(&note);
    scene->plot.top = inner.top + 14 * s;
    if (scene->cells) /* each bar in the middle of its rows */
        scene->plot.top = ceil(scene->plot.top / UP_SHEET_HIGH) * UP_SHEET_HIGH;
    scene->plot.bottom = inner.bottom - up_line_height(ticks_style) - 22 * s;
    up_status status = up_scene_check_room(scene, err);
    if (status != UP_OK)
        return status;
    double slot = (scene->plot.bottom - scene->plot.top) / count;
    double size = fitting_size(scene, slot);
    if (size == 0)
        return refuse_size(scene, err);
    slot = fmin(slot, 92 * s);
    if (scene->cells)
        slot = UP_SHEET_HIGH;
    scene->plot.bottom = scene->plot.top + slot * count;
    up_style style = {size, false, UP_TONE_TEXT, scene->cells},
             bold = {size, true, UP_TONE_SERIES, scene->cells};
    double names = names_width(scene, style);
    set_axes(scene, inner, names, bold, &ticks);
    scene->y = (up_axis){.min = count + 0.5,
                         .max = 0.5,
                         .from = scene->plot.bottom,
                         .to = scene->plot.top};
    draw_grid(scene, &ticks, ticks_style);
    add_series(scene, names, slot, style, bold);
    return UP_OK;
}
