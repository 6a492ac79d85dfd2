/* The kind "facet": small multiples, a panel a series, all on the same axes (or each on values
 * of its own: free_scale), so that many series can be told apart. */
#include <math.h>
#include <string.h>

#include "report/chart_line.h"

enum { PANELS_MAX = 64 };

/* How the panels stand in the picture. */
typedef struct grid {
    size_t columns, rows;
    up_box inside;        /* without the labels of the axes */
    double gap;           /* between columns; also right of the last, for labels */
    double width, height; /* of a panel with its name */
    double name;          /* height of the name above a panel, */
    size_t lines;         /* on so many lines */
    up_style names, ticks;
} grid;

/* So many columns that a panel is about 1.6 times as wide as high. */
static void choose_columns(const up_scene *scene, grid *g)
{
    size_t count = scene->chart->count;
    /* characters are twice as high as wide */
    double least = 24 * UP_SHEET_WIDE; /* of their panels, so that names are not cut */
    double stretch = scene->cells ? UP_SHEET_HIGH / (2.0 * UP_SHEET_WIDE) : 1;
    double best = INFINITY, width = g->inside.right - g->inside.left,
           height = g->inside.bottom - g->inside.top;

    for (size_t columns = 1; columns <= count; columns++) {
        size_t rows = (count + columns - 1) / columns;
        double shape = width / (double)columns / (height / (double)rows) * stretch;
        double empty = (double)(columns * rows - count) / (double)count;
        double cost = fabs(log(shape / 1.6)) + 0.6 * empty;
        bool narrow = scene->cells && width / (double)columns - g->gap < least;
        if (cost >= best || (narrow && columns > 1))
            continue;
        best = cost;
        g->columns = columns;
        g->rows = rows;
    }
    g->width = width / (double)g->columns;
    g->height = height / (double)g->rows;
}

static up_box panel_box(const up_scene *scene, const grid *g, size_t i)
{
    double left = g->inside.left + (double)(i % g->columns) * g->width;
    double top = g->inside.top + (double)(i / g->columns) * g->height;

    return (up_box){left, up_scene_below(scene, top + g->name), left + g->width - g->gap,
                    up_scene_snap(scene, top + g->height - g->gap * 0.5)};
}

/* The last figure, or where the projection ends; brief: an arrow says so. */
static void add_figure(const up_chart *chart, const up_chart_series *s, bool brief,
                       up_buffer *out)
{
    const up_chart_point *last = up_line_last(chart, s);

    if (s->step_count > 0) {
        up_buffer value = {0};
        up_chart_value(chart, s->steps[s->step_count - 1].value, false, &value);
        if (brief)
            up_buffer_addf(out, "→ %s", up_buffer_text(&value));
        else
            up_tell(chart->language, s->scenario ? UP_SAY_NUMBER : UP_SAY_PROJECTED, out,
                    up_buffer_text(&value));
        out->failed |= value.failed;
        up_buffer_release(&value);
    } else if (last)
        up_chart_figure(chart, last, false, false, out);
}

/* Beside the name, in a head so wide: brief where the name would have to be broken. */
static void add_head_figure(up_scene *scene, const grid *g, const up_chart_series *s,
                            double width, up_buffer *out)
{
    add_figure(scene->chart, s, false, out);
    double room = width - 8 * scene->scale -
                  up_chart_extent(up_scene_words(scene, out), out->length, g->names);
    if (!s->label || up_chart_count_lines(s->label, room, g->names) <= 1)
        return;
    up_buffer_clear(out);
    add_figure(scene->chart, s, true, out);
}

/* Above the panel its name, and at the right its last figure. */
static void draw_head(up_scene *scene, const grid *g, size_t i, up_box box)
{
    const up_chart_series *s = &scene->chart->series[i];
    double line = up_line_height(g->names), bottom = box.top - 5 * scene->scale;
    up_style style = g->names;
    up_buffer text = {0};

    style.tone = up_series_tone(scene->chart, 0);
    add_head_figure(scene, g, s, box.right - box.left, &text);
    const char *figure = up_scene_words(scene, &text);
    double room = box.right - box.left - up_chart_extent(figure, text.length, style) -
                  8 * scene->scale;
    size_t lines = s->label ? up_chart_count_lines(s->label, room, g->names) : 0;
    lines = lines > g->lines ? g->lines : lines;
    up_chart_paragraph(scene, s->label ? s->label : "", box.left,
                       bottom - (double)lines * line, room, UP_LEFT, g->names, g->lines);
    up_scene_text(scene, figure, text.length, box.right, bottom - line / 2, UP_RIGHT,
                  style);
    up_buffer_release(&text);
}

/* Ticks of which only the lines are drawn: the labels stand at the outer panels. */
static void without_labels(up_ticks *ticks)
{
    for (size_t i = 0; i < ticks->count; i++)
        ticks->items[i].has_label = false;
}

/* Of a series without a value above zero a log axis shows nothing. */
static bool shows_anything(const up_chart *chart, const up_chart_series *s)
{
    return up_line_last(chart, s) != NULL;
}

static void draw_emptiness(up_scene *scene, up_style style)
{
    const char *words = up_word(scene->chart->language, UP_SAY_NONE_ABOVE_ZERO);

    up_chart_paragraph(scene, words, (scene->plot.left + scene->plot.right) / 2,
                       (scene->plot.top + scene->plot.bottom) / 2 - up_line_height(style),
                       scene->plot.right - scene->plot.left, UP_CENTER, style, 2);
}

/* No label of a time reaches over the right edge, where that of the next panel may begin. */
static void keep_inside(const up_scene *scene, const grid *g, up_ticks *ticks)
{
    for (size_t i = 0; i < ticks->count; i++) {
        up_tick *t = &ticks->items[i];
        double half = up_chart_extent(t->label, strlen(t->label), g->ticks) / 2;
        if (up_axis_pixel(&scene->x, t->at) + half > scene->plot.right + 2 * scene->scale)
            t->has_label = false;
    }
}

static void draw_panel(up_scene *scene, const grid *g, size_t i, up_ticks values,
                       up_ticks times)
{
    const up_chart *whole = scene->chart;
    up_chart one = *whole;
    up_box box = panel_box(scene, g, i);

    one.series = &whole->series[i];
    one.count = 1;
    scene->plot = box;
    scene->x.from = box.left;
    scene->x.to = box.right;
    scene->y.from = box.bottom;
    scene->y.to = box.top;
    if (i % g->columns != 0 && !whole->free_scale)
        without_labels(&values);
    if (i + g->columns < whole->count)
        without_labels(&times);
    if (i % g->columns + 1 < g->columns)
        keep_inside(scene, g, &times);
    bool empty = !shows_anything(whole, &whole->series[i]);
    if (empty)
        values.count = 0;
    draw_head(scene, g, i, box);
    up_chart_draw_values(scene, &values, g->ticks);
    up_chart_draw_times(scene, &times, g->ticks);
    up_chart_panel_events(scene, i);
    scene->chart = &one;
    up_line_data(scene);
    if (empty)
        draw_emptiness(scene, g->ticks);
    else
        up_chart_references(scene, g->ticks);
    scene->chart = whole;
    up_scene_end_panel(scene);
}

/* The values of one series alone; nothing is done where it has none to show. What a log axis
 * cannot show has been remarked of the whole. */
static up_status own_values(up_scene *scene, size_t i, int wanted, up_ticks *values,
                            up_error *err)
{
    const up_chart *whole = scene->chart;
    up_chart one = *whole;
    up_range time, value;
    up_remarks *remarks = scene->remarks;

    one.series = &whole->series[i];
    one.count = 1;
    if (!shows_anything(whole, one.series))
        return UP_OK;
    scene->chart = &one;
    scene->remarks = NULL;
    up_status status = up_line_measure(scene, &time, &value, err);
    scene->remarks = remarks;
    scene->chart = whole;
    if (status == UP_OK)
        up_axis_values(whole, value.low, value.high, false, wanted, &scene->y, values);
    return status;
}

static up_status lay_out(up_scene *scene, up_box inner, double labels, double below,
                         grid *g, up_error *err)
{
    double s = scene->scale;

    g->gap = (scene->chart->free_scale ? labels : 0) +
             (scene->cells ? 4 * UP_SHEET_WIDE : 22 * s);
    g->inside = (up_box){inner.left + labels, inner.top + 14 * s, inner.right,
                         inner.bottom - below - 12 * s};
    choose_columns(scene, g);
    g->lines = 1;
    for (size_t i = 0; i < scene->chart->count; i++) {
        const up_chart_series *one = &scene->chart->series[i];
        up_buffer text = {0};
        add_head_figure(scene, g, one, g->width - g->gap, &text);
        double room =
            g->width - g->gap - 8 * s -
            up_chart_extent(up_scene_words(scene, &text), text.length, g->names);
        if (one->label && up_chart_count_lines(one->label, room, g->names) > 1)
            g->lines = 2;
        up_buffer_release(&text);
    }
    g->name = up_line_height(g->names) * (double)g->lines + 5 * s;
    double least = scene->cells ? 3 * UP_SHEET_HIGH : 56 * s;
    if (g->width - g->gap >= 90 * s && g->height - g->name >= least)
        return UP_OK;
    up_buffer room = {0};
    up_scene_size(scene, &room);
    up_error_set(err, UP_USAGE,
                 "%zu panels have no room in %s: name fewer series, or give the chart a "
                 "larger size",
                 scene->chart->count, up_buffer_text(&room));
    up_buffer_release(&room);
    return UP_USAGE;
}

up_status up_chart_draw_facet(up_scene *scene, up_error *err)
{
    const up_chart *chart = scene->chart;
    up_range time, value;
    up_ticks values, times;
    double s = scene->scale;
    grid g = {.names = up_style_of(scene, 15, true, UP_TONE_TEXT),
              .ticks = up_style_of(scene, 13, false, UP_TONE_MUTED)};
    up_status status = up_line_measure(scene, &time, &value, err);

    if (status == UP_OK && chart->count > PANELS_MAX)
        status = up_error_set(err, UP_USAGE, "%zu panels are too many (at most %d)",
                              chart->count, PANELS_MAX);
    if (status != UP_OK)
        return status;
    int wanted = chart->count > 12 ? 2 : 3;
    up_axis_values(chart, value.low, value.high, false, wanted, &scene->y, &values);
    up_axis_times(chart, time.low, time.high, scene->width * 0.3, g.ticks, &scene->x,
                  &times);
    double labels = up_ticks_width(&values, g.ticks);
    for (size_t i = 0; i < chart->count && chart->free_scale && status == UP_OK; i++) {
        status = own_values(scene, i, wanted, &values, err);
        labels = fmax(labels, status == UP_OK ? up_ticks_width(&values, g.ticks) : 0);
        scene->marks |= scene->y.off_zero ? UP_USED_OFF_ZERO : 0;
    }
    if (status != UP_OK)
        return status;
    scene->numbered = true;
    up_box inner = up_line_frame(scene);
    labels += 9 * s;
    status = lay_out(scene, inner, labels, up_line_height(g.ticks) * 2, &g, err);
    if (status != UP_OK)
        return status;
    up_axis_times(chart, time.low, time.high, g.width - g.gap, g.ticks, &scene->x,
                  &times);
    for (size_t i = 0; i < chart->count && status == UP_OK; i++) {
        if (chart->free_scale)
            status = own_values(scene, i, wanted, &values, err);
        if (status == UP_OK)
            draw_panel(scene, &g, i, values, times);
    }
    return status;
}
