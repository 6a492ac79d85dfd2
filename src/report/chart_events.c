/* Events: a thin vertical line each, its text in a strip above the plot, so that no text
 * covers data. A line starts at its own text; a text that reaches over a later line must stand
 * above the place where that one starts. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "report/chart_draw.h"

enum { LINES_MAX = 3, ROWS_MAX = 5 };

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
    double limit = scene->width * 0.2, edge = scene->width - 16 * scene->scale;
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

double up_chart_events(up_scene *scene, double top, up_style style)
{
    const up_chart *chart = scene->chart;
    placed *events = NULL;
    size_t count = 0, dropped = 0;
    double heights[ROWS_MAX] = {0}, strip = 0, line = up_line_height(style);

    if (up_alloc(chart->event_count, sizeof *events, &events, &scene->failure) != UP_OK)
        return top;
    for (size_t i = 0; i < chart->event_count; i++) {
        double t = chart->events[i].time;
        if (t >= scene->x.min && t <= scene->x.max && chart->events[i].text)
            events[count++] =
                (placed){.text = chart->events[i].text, .x = up_axis_pixel(&scene->x, t)};
        else
            dropped++;
    }
    place(scene, events, count, style);
    for (size_t i = 0; i < count; i++)
        if (events[i].row < ROWS_MAX)
            heights[events[i].row] = fmax(heights[events[i].row], events[i].lines * line);
    for (size_t r = 0; r < ROWS_MAX; r++)
        strip += heights[r] > 0 ? heights[r] + line * 0.25 : 0;
    double bottom = top + strip;
    for (size_t i = 0; i < count; i++) {
        const placed *e = &events[i];
        double y = bottom, shift = scene->cells ? UP_SHEET_WIDE + 1 : 6 * scene->scale;
        if (e->row >= ROWS_MAX) {
            dropped++;
            continue;
        }
        for (size_t r = 0; r <= e->row; r++)
            y -= heights[r] + line * 0.25;
        up_chart_paragraph(scene, e->text, e->flipped ? e->x - shift : e->x + shift, y,
                           scene->width * 0.2, e->flipped ? UP_RIGHT : UP_LEFT, style,
                           LINES_MAX);
        up_scene_rule(scene, (up_rule){e->x, y, e->x, scene->plot.bottom, scene->scale,
                                       UP_TONE_MUTED, true});
        up_scene_line(scene, e->x, y, e->x, scene->plot.bottom);
    }
    if (dropped > 0)
        up_remarks_add(
            scene->remarks, UP_WARNING, "", 0,
            "%zu of %zu events are not drawn: outside the chart's time, or no room",
            dropped, chart->event_count);
    free(events);
    return bottom;
}

void up_chart_event_number(size_t event, up_buffer *out)
{
    up_buffer_addf(out, "\xe2\x91%c", (char)(0xA0 + (int)event)); /* U+2460 and on */
}
