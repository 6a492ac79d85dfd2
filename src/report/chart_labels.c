/* Labels that do not overlap: a column of them beside the line ends, and single ones near
 * their marks. */
#include <math.h>
#include <string.h>

#include "report/chart_draw.h"

static bool overlap(up_box a, up_box b)
{
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/* Does the segment pass through the box? Liang and Barsky's clipping. */
static bool crosses(const up_rule *s, up_box box)
{
    double dx = s->x2 - s->x1, dy = s->y2 - s->y1, enter = 0, leave = 1;
    const double p[4] = {-dx, dx, -dy, dy};
    const double q[4] = {s->x1 - box.left, box.right - s->x1, s->y1 - box.top,
                         box.bottom - s->y1};

    for (int i = 0; i < 4; i++) {
        if (p[i] == 0) {
            if (q[i] < 0)
                return false;
            continue;
        }
        double r = q[i] / p[i];
        if (p[i] < 0)
            enter = fmax(enter, r);
        else
            leave = fmin(leave, r);
    }
    return enter <= leave;
}

bool up_label_is_free(const up_scene *scene, up_box box, bool cross_lines)
{
    for (size_t i = 0; i < scene->taken_count; i++)
        if (overlap(scene->taken[i], box))
            return false;
    for (size_t i = 0; !cross_lines && i < scene->line_count; i++)
        if (crosses(&scene->lines[i], box))
            return false;
    return true;
}

/* How far a point lies from the box, squared; 0 within. */
static double distance(up_box box, double x, double y)
{
    double across = fmax(fmax(box.left - x, x - box.right), 0);
    double down = fmax(fmax(box.top - y, y - box.bottom), 0);

    return across * across + down * down;
}

/* Whether another mark is nearer to the label than its own: it would be read as that one's. */
static bool is_by_another(const up_scene *scene, up_box box, double x, double y)
{
    double most = 24 * scene->scale, own = distance(box, x, y);

    for (size_t i = 0; i < scene->taken_count; i++) {
        const up_box *mark = &scene->taken[i];
        double at = (mark->left + mark->right) / 2, high = (mark->top + mark->bottom) / 2;
        bool is_mark = mark->right - mark->left <= most &&
                       fabs(mark->right - mark->left - (mark->bottom - mark->top)) < 0.01;
        bool is_own =
            hypot(at - x, high - y) < 1.5 * scene->scale; /* told apart by no one */
        if (is_mark && !is_own && distance(box, at, high) < own * 1.2)
            return true;
    }
    return false;
}

bool up_label_place(up_scene *scene, const char *text, double x, double y, double radius,
                    up_style style, up_box bounds, bool cross_lines)
{
    double w = up_chart_extent(text, strlen(text), style),
           h = up_line_height(style) * 0.92;
    double gap = radius + style.size * 0.18, diagonal = radius + style.size * 0.1;
    double beside = gap * 1.3;
    if (style.cells) { /* the next row, the next column but one */
        y = floor(y / UP_SHEET_HIGH) * UP_SHEET_HIGH + UP_SHEET_HIGH / 2.0;
        gap = UP_SHEET_HIGH / 2.0;
        beside = 1.5 * UP_SHEET_WIDE;
    }
    const struct {
        double left, top;
    } places[] = {
        {x - w / 2, y - gap - h},          {x - w / 2, y + gap},
        {x - w - diagonal, y - gap - h},   {x + diagonal, y + gap},
        {x + diagonal, y - gap - h},       {x - w - diagonal, y + gap},
        {x + beside, y - h / 2},           {x - w - beside, y - h / 2},
        {x - w / 2, y - gap - h * 1.7},    {x - w / 2, y + gap + h * 0.7},
        {x + diagonal, y + gap + h * 1.2}, {x - w - diagonal, y + gap + h * 1.2},
        {x + diagonal, y - gap - h * 2.2}, {x - w - diagonal, y - gap - h * 2.2},
    };

    enum { PLACES = sizeof places / sizeof *places };
    size_t tried = cross_lines ? 2 * PLACES : PLACES;
    for (size_t k = 0; k < tried; k++) { /* by no other mark; at worst that too */
        size_t i = k % PLACES;
        up_box box = {places[i].left, places[i].top, places[i].left + w,
                      places[i].top + h};
        if (k < PLACES && !style.cells && is_by_another(scene, box, x, y))
            continue;
        if (box.left < bounds.left || box.right > bounds.right || box.top < bounds.top ||
            box.bottom > bounds.bottom || !up_label_is_free(scene, box, cross_lines))
            continue;
        up_scene_text(scene, text, strlen(text), (box.left + box.right) / 2,
                      (box.top + box.bottom) / 2, UP_CENTER, style);
        up_scene_take(scene, box);
        return true;
    }
    return false;
}

/* Pools of touching boxes: a pool rests at the mean of where its members want it, shifted by
 * their offsets in it (isotonic regression by pooling adjacent violators). */
bool up_labels_spread(double at[], const double heights[], size_t count, double top,
                      double bottom)
{
    double total = 0, offset = 0;

    for (size_t i = 0; i < count; i++)
        total += heights[i];
    if (total > bottom - top)
        return false;
    /* In the coordinate at − (heights before it), "no overlap" is "not decreasing". */
    for (size_t i = 0; i < count; i++) {
        at[i] -= offset + heights[i] / 2;
        offset += heights[i];
    }
    for (size_t i = 1; i < count; i++) {
        size_t first = i;
        double sum = at[i];
        while (first > 0 && at[first - 1] > sum / (double)(i - first + 1)) {
            first--;
            sum += at[first];
        }
        /* at[first] stands for its whole pool, whose members are equal */
        for (size_t j = first; j <= i; j++)
            at[j] = sum / (double)(i - first + 1);
    }
    offset = 0;
    for (size_t i = 0; i < count; i++) {
        double room = bottom - top - total;
        double place = fmin(fmax(at[i] - top, 0), room);
        at[i] = top + place + offset + heights[i] / 2;
        offset += heights[i];
    }
    return true;
}
