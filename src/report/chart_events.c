/* Events: a thin vertical line each, its text in a strip above the plot, so that no text
 * covers data. A line starts at its own text; a text that reaches over a later line must stand
 * above the place where that one starts. Where the texts do not fit, numbers stand in their places, and
 * the note below the chart says what they are. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "report/chart_draw.h"

enum { LINES_MAX = 3, ROWS_MAX = 5 };
static const double TEXT_WIDTH = 0.2; /* of the picture's */

typedef struct placed {
    const char *text;
    double x, left, right; /* of the text */
    double lines;
    size_t row; /* 0 is the lowest */
    bool flipped;
} placed;

static int by_x(const void *a, const void *b)
{
    const placed *p = a, *q = b;
    return (p->x > q->x) - (p->x < q->x);
}

/* The lowest row in which event i collides with none of the events already placed. */
static size_t find_row(const placed events[], size_t i, size_t first, size_t last)
{
    size_t row = 0;

    for (size_t j = first; j < last; j++) {
        const placed *a = &events[i], *b = &events[j];
        bool texts_meet = a->left < b->right && b->left < a->right;
        bool line_in_text = a->left < b->x && b->x < a->right;
        if ((texts_meet || line_in_text) && row <= b->row)
            row = b->row + 1;
    }
    return row;
}

static void place(const up_scene *scene, placed events[], size_t count, up_style style)
{
    double limit = scene->width * TEXT_WIDTH, edge = scene->width - 16 * scene->scale;
    double pad = 6 * scene->scale;

    qsort(events, count, sizeof *events, by_x);
    for (size_t i = count; i-- > 0;) {
        placed *e = &events[i];
        double w = up_chart_extent(e->text, strlen(e->text), style);
        e->lines = (double)up_chart_count_lines(e->text, limit, style);
        e->lines = fmin(e->lines, LINES_MAX);
        w = fmin(w, limit) + pad;
        e->flipped = e->x + w > edge;
        e->left = e->flipped ? e->x - w : e->x;
        e->right = e->flipped ? e->x : e->x + w + pad;
        e->row = find_row(events, i, i + 1, count);
    }
}

/* The number of an event: they are counted in the order of their moments. */
static const char *number_of(const up_scene *scene, size_t event)
{
    return up_chart_event_number(up_chart_event_rank(scene, event));
}

/* The events within the axis, placed, and the height of each row; returns that of all. */
static double arrange(const up_scene *scene, placed events[], size_t *count,
                      up_style style, double heights[ROWS_MAX])
{
    const up_chart *chart = scene->chart;
    double strip = 0, line = up_line_height(style);

    *count = 0;
    for (size_t i = 0; i < chart->event_count; i++) {
        const char *text = scene->numbered ? number_of(scene, i) : chart->events[i].text;
        if (up_chart_has_event(scene, i) && text)
            events[(*count)++] = (placed){
                .text = text, .x = up_axis_pixel(&scene->x, chart->events[i].time)};
    }
    place(scene, events, *count, style);
    for (size_t i = 0; i < *count; i++)
        if (events[i].row < ROWS_MAX)
            heights[events[i].row] = fmax(heights[events[i].row], events[i].lines * line);
    for (size_t r = 0; r < ROWS_MAX; r++)
        strip += heights[r] > 0 ? heights[r] + line * 0.25 : 0;
    return strip;
}

static up_style style_of_events(const up_scene *scene)
{
    return up_style_of(scene, scene->numbered ? 18 : 13.5, false, UP_TONE_MUTED);
}

bool up_chart_has_event(const up_scene *scene, size_t event)
{
    double t = scene->chart->events[event].time;

    return t >= scene->x.min && t <= scene->x.max;
}

size_t up_chart_event_rank(const up_scene *scene, size_t event)
{
    const up_chart_event *events = scene->chart->events;
    size_t rank = 0;

    for (size_t i = 0; i < scene->chart->event_count; i++)
        rank += up_chart_has_event(scene, i) &&
                (events[i].time < events[event].time ||
                 (events[i].time == events[event].time && i < event));
    return rank;
}

void up_chart_fit_events(up_scene *scene)
{
    placed *events = NULL;
    double heights[ROWS_MAX] = {0}, width = scene->width * TEXT_WIDTH;
    up_style style = style_of_events(scene);
    size_t count = 0;

    if (up_alloc(scene->chart->event_count, sizeof *events, &events, &scene->failure) !=
        UP_OK)
        return;
    bool fit = arrange(scene, events, &count, style, heights) <= 0.2 * scene->height;
    for (size_t i = 0; i < count; i++)
        fit &= events[i].row < ROWS_MAX &&
               up_chart_count_lines(events[i].text, width, style) <= LINES_MAX;
    scene->numbered = !fit && scene->chart->event_count <= UP_EVENTS_NUMBERED;
    free(events);
}

static void draw_line(up_scene *scene, double x, double top)
{
    up_scene_rule(scene, (up_rule){x, top, x, scene->plot.bottom, scene->scale,
                                   UP_TONE_MUTED, true});
    up_scene_line(scene, x, top, x, scene->plot.bottom);
}

/* Each text at the upper end of its line; returns how many have room. */
static size_t draw_texts(up_scene *scene, const placed events[], size_t count,
                         double bottom, const double heights[ROWS_MAX], up_style style)
{
    size_t drawn = 0;
    double line = up_line_height(style);
    double shift = scene->cells ? UP_SHEET_WIDE + 1 : 6 * scene->scale;

    for (size_t i = 0; i < count; i++) {
        const placed *e = &events[i];
        double y = bottom;
        if (e->row >= ROWS_MAX)
            continue;
        for (size_t r = 0; r <= e->row; r++)
            y -= heights[r] + line * 0.25;
        up_chart_paragraph(scene, e->text, e->flipped ? e->x - shift : e->x + shift, y,
                           scene->width * TEXT_WIDTH, e->flipped ? UP_RIGHT : UP_LEFT,
                           style, LINES_MAX);
        draw_line(scene, e->x, y);
        drawn++;
    }
    return drawn;
}

/* The numbers in one row, moved apart, and led to their lines; returns the bottom. */
static double draw_numbers(up_scene *scene, const placed events[], size_t count,
                           double top, double left, double right, up_style style)
{
    double at[UP_EVENTS_NUMBERED], widths[UP_EVENTS_NUMBERED], s = scene->scale;
    double line = up_line_height(style), bottom = top + line;
    double lead = scene->cells ? 0 : 10 * s;

    for (size_t i = 0; i < count; i++) {
        at[i] = events[i].x;
        widths[i] = up_chart_extent(events[i].text, strlen(events[i].text), style) +
                    (scene->cells ? 0 : 2 * s);
    }
    (void)up_labels_spread(at, widths, count, left, right);
    for (size_t i = 0; i < count; i++) {
        up_scene_text(scene, events[i].text, strlen(events[i].text), at[i],
                      top + line / 2, UP_CENTER, style);
        if (lead > 0)
            up_scene_rule(scene, (up_rule){at[i], bottom, events[i].x, bottom + lead, s,
                                           UP_TONE_MUTED, false});
        draw_line(scene, events[i].x, bottom + lead);
    }
    return bottom + lead;
}

void up_chart_panel_events(up_scene *scene, size_t series)
{
    const up_chart *chart = scene->chart;
    placed events[UP_EVENTS_NUMBERED];
    size_t count = 0, lines = scene->line_count;

    for (size_t i = 0; i < chart->event_count && count < UP_EVENTS_NUMBERED; i++) {
        const up_chart_event *e = &chart->events[i];
        const char *number = number_of(scene, i);
        if ((e->series == 0 || e->series == series + 1) && up_chart_has_event(scene, i) &&
            number)
            events[count++] =
                (placed){.text = number, .x = up_axis_pixel(&scene->x, e->time)};
    }
    qsort(events, count, sizeof *events, by_x);
    (void)draw_numbers(scene, events, count, scene->plot.top, scene->plot.left,
                       scene->plot.right, up_style_of(scene, 15, false, UP_TONE_MUTED));
    scene->line_count = lines;
}

double up_chart_events(up_scene *scene, double top)
{
    const up_chart *chart = scene->chart;
    placed *events = NULL;
    up_style style = style_of_events(scene);
    size_t count = 0;
    double heights[ROWS_MAX] = {0};

    if (up_alloc(chart->event_count, sizeof *events, &events, &scene->failure) != UP_OK)
        return top;
    double bottom = top + arrange(scene, events, &count, style, heights);
    size_t drawn = count;
    if (scene->numbered && count > 0)
        bottom = draw_numbers(scene, events, count, top, 8 * scene->scale,
                              scene->width - 8 * scene->scale, style);
    else
        drawn = draw_texts(scene, events, count, bottom, heights, style);
    if (drawn < chart->event_count)
        up_remarks_add(
            scene->remarks, UP_WARNING, "", 0,
            "%zu of %zu events are not drawn: outside the chart's time, or no room",
            chart->event_count - drawn, chart->event_count);
    free(events);
    return bottom;
}

const char *up_chart_event_number(size_t event)
{
    static const char *const numbers[UP_EVENTS_NUMBERED] = {
        "①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧", "⑨", "⑩",
        "⑪", "⑫", "⑬", "⑭", "⑮", "⑯", "⑰", "⑱", "⑲", "⑳"};

    return event < UP_EVENTS_NUMBERED ? numbers[event] : NULL;
}
