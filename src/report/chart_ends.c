/* Labels of a line chart: name and last value at each line's end, in a column where they do
 * not overlap, joined by thin leaders to the ends they were moved away from; and the values of
 * single points. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "report/chart_line.h"

enum {
    POINTS_LABELLED = 8, /* up to so many points of a single series show their values */
    FIRST_LABELLED = 6,  /* the first of up to so many, of several series */
    SERIES_NAMED = 12,   /* past them the grey ones are named only where there is room */
    NAMES_TOLD = 8       /* of those that are not, in the remark */
};

/* Of the labels, as they need it. */
static const double sizes[] = {16, 14, 12.5};
enum { SIZES = sizeof sizes / sizeof *sizes };

typedef struct end {
    size_t series;
    double time, x, y, value; /* where the line ends */
    double reach;             /* the time its marks reach to */
    char *name;               /* owned copies; "" if none */
    char *figure;
    double at, height, width; /* the label: centre, size */
    bool marked_about;        /* a ring stands around the last point */
} end;

typedef struct layout {
    up_style style;
    double limit; /* width of the column */
    bool stacked; /* the figure stands below the name */
} layout;

static bool is_last_before_steps(const up_chart *chart, size_t series, size_t point)
{
    const up_chart_series *s = &chart->series[series];
    return s->step_count > 0 && up_line_last(chart, s) == &s->points[point];
}

bool up_line_is_labelled(const up_chart *chart, size_t series, size_t point)
{
    const up_chart_series *s = &chart->series[series];
    bool alone = chart->count == 1;

    return s->points[point].label || up_line_last(chart, s) == &s->points[point] ||
           (alone && (s->count <= POINTS_LABELLED || point == 0)) ||
           (point == 0 && s->count <= FIRST_LABELLED &&
            chart->count <= UP_TONES_OF_SERIES);
}

/* A single series whose name is the headline needs it no second time. Characters have no colours
 * to go by: there the sign of the series stands before its name. */
static void add_name(const up_scene *scene, size_t series, up_buffer *out)
{
    const up_chart *chart = scene->chart;
    const up_chart_series *s = &chart->series[series];
    int tone = up_series_tone(chart, series);
    bool is_headline = s->label && chart->title && strcmp(s->label, chart->title) == 0;

    if (!s->label || (chart->count == 1 && is_headline))
        return;
    if (scene->cells && chart->count > 1 && tone != UP_TONE_CONTEXT)
        up_buffer_addf(out, "%s ", scene->ends ? up_tone_fill(tone) : up_tone_sign(tone));
    up_buffer_add(out, s->label);
}

static up_status make_end(const up_scene *scene, size_t series, end *out, up_error *err)
{
    const up_chart *chart = scene->chart;
    const up_chart_series *s = &chart->series[series];
    const up_chart_point *p = up_line_last(chart, s);
    up_buffer figure = {0}, value = {0}, name = {0};

    *out = (end){.series = series};
    if (s->step_count > 0) {
        const up_chart_step *step = &s->steps[s->step_count - 1];
        out->time = out->reach = step->time;
        out->value = step->value;
        up_chart_value(chart, step->value, false, &value);
        /* a scenario foretells nothing */
        up_tell(chart->language, s->scenario ? UP_SAY_NUMBER : UP_SAY_PROJECTED, &figure,
                up_buffer_text(&value));
    } else {
        out->time = p->time;
        out->reach = fmax(p->time, p->time_high);
        out->marked_about = p->mark == UP_MARK_ABOUT;
        out->value = p->value;
        if (p->mark == UP_MARK_RANGE && p->has_low && (p->low > 0 || !chart->log_scale))
            out->value =
                chart->log_scale ? sqrt(p->low * p->value) : (p->low + p->value) / 2;
        up_chart_figure(chart, p, false, false, &figure);
    }
    add_name(scene, series, &name);
    figure.failed |= value.failed || name.failed;
    up_buffer_release(&value);
    up_status status = up_buffer_check(&figure, err);
    if (status == UP_OK)
        status = up_copy_text(up_buffer_text(&name), &out->name, err);
    if (status == UP_OK)
        status = up_copy_text(up_buffer_text(&figure), &out->figure, err);
    up_buffer_release(&name);
    up_buffer_release(&figure);
    return status;
}

static void release_ends(end ends[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(ends[i].name);
        free(ends[i].figure);
    }
    free(ends);
}

/* All line ends, unplaced; NULL when memory ran out. */
static end *find_ends(const up_scene *scene, size_t *count, up_error *err)
{
    const up_chart *chart = scene->chart;
    end *ends = NULL;

    *count = 0;
    if (up_alloc(chart->count, sizeof *ends, &ends, err) != UP_OK)
        return NULL;
    for (size_t i = 0; i < chart->count; i++) {
        if (chart->series[i].step_count == 0 && !up_line_last(chart, &chart->series[i]))
            continue;
        if (make_end(scene, i, &ends[(*count)++], err) != UP_OK) {
            release_ends(ends, *count);
            return NULL;
        }
        if (scene->ends) {
            end *e = &ends[*count - 1];
            e->value = scene->ends[i];
            e->time += scene->ends_after;
            e->reach += scene->ends_after;
        }
    }
    return ends;
}

static bool is_stacked(const up_scene *scene, size_t count)
{
    return (double)count * 2.6 * 16 * scene->scale < scene->height * 0.28;
}

static layout first_layout(const up_scene *scene, size_t count)
{
    layout l = {up_style_of(scene, 16, false, UP_TONE_TEXT),
                scene->width * (scene->cells ? 0.25 : 0.21), is_stacked(scene, count)};
    return l;
}

/* Inline: "China 570 M", the figure kept whole. */
static void join(const end *e, up_buffer *out)
{
    up_buffer_add(out, e->name);
    if (e->name[0])
        up_buffer_add(out, "  ");
    up_buffer_add(out, e->figure);
}

static up_style bold(up_style style)
{
    style.bold = true;
    return style;
}

/* The widest line of a text broken at `limit`. */
static double broken_width(const char *text, double limit, up_style style)
{
    double whole = up_chart_extent(text, strlen(text), style);
    return fmin(whole, limit);
}

static void measure(up_scene *scene, end *e, const layout *l)
{
    double line = up_line_height(l->style);

    if (l->stacked) {
        double figure = up_chart_extent(e->figure, strlen(e->figure), bold(l->style));
        e->width = fmax(broken_width(e->name, l->limit, l->style), figure);
        e->height =
            line * (double)(up_chart_count_lines(e->name, l->limit, l->style) + 1);
    } else {
        up_buffer text = {0};
        join(e, &text);
        e->width = broken_width(up_scene_words(scene, &text), l->limit, l->style);
        e->height = line * (double)up_chart_count_lines(up_scene_words(scene, &text),
                                                        l->limit, l->style);
        up_buffer_release(&text);
    }
}

/* Whether a line ends so near the last one that its label belongs in the column. */
static bool is_late(const end *e, double last, double span)
{
    return e->time >= last - 0.08 * span;
}

static double last_time(const end ends[], size_t count)
{
    double last = -INFINITY;

    for (size_t i = 0; i < count; i++)
        last = fmax(last, ends[i].time);
    return last;
}

double up_line_reserve(up_scene *scene, double span)
{
    size_t count = 0, in_column = 0;
    double width = 0;

    if (span <= 0)
        return 0;
    end *ends = find_ends(scene, &count, &scene->failure);
    if (!ends)
        return 0;
    layout l = first_layout(scene, count);
    double last = last_time(ends, count);
    for (size_t i = 0; i < count; i++) {
        if (!is_late(&ends[i], last, span * 1.04)) /* the axis is a little longer */
            continue;
        measure(scene, &ends[i], &l);
        width = fmax(width, ends[i].width);
        in_column++;
    }
    release_ends(ends, count);
    return width + (in_column > 1 ? 34 : 12) * scene->scale;
}

static int by_y(const void *a, const void *b)
{
    const end *p = a, *q = b;
    if (p->y != q->y)
        return p->y < q->y ? -1 : 1;
    return (p->series > q->series) - (p->series < q->series);
}

/* Finds a layout in which the labels of the column fit above each other. */
static bool spread_column(up_scene *scene, end ends[], size_t count, layout *l)
{
    double top = scene->plot.top - 12 * scene->scale, bottom = scene->plot.bottom;
    double *at = NULL, *heights = NULL;
    bool fits = false;

    if (up_alloc(count, sizeof *at, &at, &scene->failure) != UP_OK ||
        up_alloc(count, sizeof *heights, &heights, &scene->failure) != UP_OK) {
        free(at);
        return false;
    }
    for (size_t i = 0; !fits && i <= SIZES; i++) {
        if (i > 0) {
            l->style.size = sizes[i - 1] * scene->scale;
            l->stacked = false;
        }
        for (size_t j = 0; j < count; j++) {
            measure(scene, &ends[j], l);
            at[j] = ends[j].y;
            heights[j] = ends[j].height + 3 * scene->scale;
        }
        fits = up_labels_spread(at, heights, count, top, bottom);
    }
    for (size_t j = 0; fits && j < count; j++)
        ends[j].at = at[j];
    free(at);
    free(heights);
    return fits;
}

static void draw_label(up_scene *scene, const end *e, double x, const layout *l)
{
    up_style style = l->style;
    double top = e->at - e->height / 2;

    style.tone = up_series_tone(scene->chart, e->series);
    if (l->stacked) {
        top = up_chart_paragraph(scene, e->name, x, top, l->limit, UP_LEFT, style, 0);
        up_chart_paragraph(scene, e->figure, x, top, scene->width, UP_LEFT, bold(style),
                           0);
    } else {
        up_buffer text = {0};
        join(e, &text);
        up_chart_paragraph(scene, up_scene_words(scene, &text), x, top, l->limit, UP_LEFT,
                           style, 0);
        up_buffer_release(&text);
    }
    up_scene_take(
        scene, (up_box){x, e->at - e->height / 2, x + e->width, e->at + e->height / 2});
}

static bool is_moved(const end *e, const layout *l)
{
    return fabs(e->at - e->y) > up_line_height(l->style) * 0.55;
}

/* The end to go without a label, when not all can have one: the last series, a grey one first. Past SERIES_NAMED
 * series grey leaders would be told apart by no one, so there a grey label that had to be
 * moved goes too. `count` if none has to go. */
static size_t find_dropped(const up_scene *scene, const end ends[], size_t count,
                           const layout *l, bool fits)
{
    const up_chart *chart = scene->chart;
    size_t last = count;
    bool last_is_grey = false;

    for (size_t i = 0; i < count; i++) {
        bool grey = up_series_tone(chart, ends[i].series) == UP_TONE_CONTEXT;
        bool goes =
            !fits || (grey && (up_chart_has_crowd(chart) ||
                               (chart->count > SERIES_NAMED && is_moved(&ends[i], l))));
        bool rather = grey != last_is_grey
                          ? grey
                          : last == count || ends[i].series > ends[last].series;
        if (goes && (last == count || rather)) {
            last = i;
            last_is_grey = grey;
        }
    }
    return last;
}

/* Spreads the labels, and drops what has no place to the back. Returns how many stay. */
static size_t settle_column(up_scene *scene, end ends[], size_t count, layout *l)
{
    while (count > 0) {
        *l = first_layout(scene, count);
        bool fits = spread_column(scene, ends, count, l);
        size_t drop = find_dropped(scene, ends, count, l, fits);
        if (drop == count)
            break;
        end dropped = ends[drop];
        memmove(&ends[drop], &ends[drop + 1], (count - 1 - drop) * sizeof *ends);
        ends[--count] = dropped;
    }
    return count;
}

/* Where a label can stand beside its own line's end, left of the column: nothing is there. */
static bool has_own_place(const up_scene *scene, const end *e, double x)
{
    double half = e->height / 2 - 2 * scene->scale;
    up_box box = {x, e->at - half, x + e->width, e->at + half};

    return up_label_is_free(scene, box, false);
}

/* Draws the labels of the ends in the order of their height; those without stay behind them.
 * Returns how many are drawn. */
static size_t draw_column(up_scene *scene, end ends[], size_t count)
{
    layout l = first_layout(scene, count);
    double x = 0, s = scene->scale;
    bool moved = false;

    qsort(ends, count, sizeof *ends, by_y);
    size_t shown = settle_column(scene, ends, count, &l);
    for (size_t i = 0; i < shown; i++) {
        const end *e = &ends[i];
        x = fmax(x, up_axis_pixel(&scene->x, e->reach) + (e->marked_about ? 4 * s : 0));
        moved |= is_moved(e, &l);
    }
    if (scene->chart->crossing) /* its line ends with the plot */
        x = fmax(x, scene->plot.right - 4 * s);
    x += (moved ? 34 : 12) * s;
    for (size_t i = 0; i < shown; i++) {
        const end *e = &ends[i];
        double own = up_axis_pixel(&scene->x, e->reach) + (e->marked_about ? 16 : 12) * s;
        double near =
            scene->chart->crossing ? 40 : 12; /* a leader there would be a dash */
        bool is_far = x - own > near * s, beside = false;
        if (!moved && is_far)
            beside = has_own_place(scene, e, own);
        if (moved || (is_far && !beside)) {
            double from = e->x + (e->marked_about ? 13 : 9) * s;
            up_scene_rule(scene,
                          (up_rule){from, e->y, x - 5 * s, e->at, s,
                                    up_series_tone(scene->chart, e->series), false});
            up_scene_line(scene, from, e->y, x - 5 * s, e->at);
        }
        draw_label(scene, e, beside ? own : x, &l);
    }
    return shown;
}

/* A label of a line that ends inside the plot, near its end; false if there is no room. */
static bool draw_inside(up_scene *scene, const end *e, up_box bounds)
{
    up_style style =
        up_style_of(scene, 16, false, up_series_tone(scene->chart, e->series));
    up_buffer text = {0};
    double radius = (e->marked_about ? 12 : 8) * scene->scale;

    join(e, &text);
    const char *label = up_scene_words(scene, &text);
    bool placed = false;
    for (size_t i = 0; i < 2 && !placed; i++) { /* smaller, rather than struck */
        style.size = sizes[i] * scene->scale;
        placed = up_label_place(scene, label, e->x, e->y, radius, style, bounds, false);
    }
    if (!placed) /* across lines, rather than not at all */
        placed = up_label_place(scene, label, e->x, e->y, radius, style, bounds, true);
    up_buffer_release(&text);
    return placed;
}

/* One line for all series that go without. */
static void remark_unlabelled(up_scene *scene, const end *const without[], size_t count)
{
    up_buffer names = {0};

    for (size_t i = 0; i < count && i < NAMES_TOLD; i++)
        up_buffer_addf(&names, "%s%s", i > 0 ? ", " : "",
                       without[i]->name[0] ? without[i]->name : "(no name)");
    if (count > NAMES_TOLD)
        up_buffer_addf(&names, " and %zu more", count - NAMES_TOLD);
    if (count > 0)
        up_remarks_add(scene->remarks, UP_WARNING, "", 0,
                       "%zu of %zu series have no label, for want of room (--kind facet "
                       "gives each a panel, --highlight names those that matter): %s",
                       count, scene->chart->count, up_scene_words(scene, &names));
    up_buffer_release(&names);
}

static void draw_points(up_scene *scene, size_t series, up_box bounds)
{
    const up_chart *chart = scene->chart;
    const up_chart_series *s = &chart->series[series];
    up_style style = up_style_of(scene, 15, false, up_series_tone(scene->chart, series));

    for (size_t k = 0; k < s->count; k++) {
        size_t j = s->count - 1 - k; /* the last ones matter most */
        const up_chart_point *p = &s->points[j];
        if ((chart->log_scale && p->value <= 0) ||
            !up_line_is_labelled(chart, series, j) ||
            (up_line_last(chart, s) == p && !is_last_before_steps(chart, series, j) &&
             !p->label))
            continue;
        up_buffer text = {0};
        if (p->label)
            up_buffer_add(&text, p->label);
        else
            up_chart_figure(chart, p, false, false, &text);
        up_label_place(
            scene, up_scene_words(scene, &text), up_axis_pixel(&scene->x, p->time),
            up_axis_pixel(&scene->y, p->value),
            (p->mark == UP_MARK_ABOUT ? 12 : 8) * scene->scale, style, bounds, false);
        up_buffer_release(&text);
    }
}

void up_line_labels(up_scene *scene, bool spread)
{
    size_t count = 0, in_column = 0;
    double width = scene->x.max - scene->x.min;
    end *ends = find_ends(scene, &count, &scene->failure);
    up_box bounds = scene->plot;

    if (!ends)
        return;
    bounds.top -= 14 * scene->scale;
    bounds.left += 2 * scene->scale;
    bounds.right = scene->width - 16 * scene->scale;
    double last = last_time(ends, count);
    for (size_t i = 0; i < count; i++) { /* those of the column to the front */
        end *e = &ends[i];
        e->x = up_axis_pixel(&scene->x, e->time);
        e->y = up_axis_pixel(&scene->y, fmin(fmax(e->value, scene->y.min), scene->y.max));
        if (spread && is_late(e, last, width)) {
            end other = ends[in_column];
            ends[in_column++] = *e;
            *e = other;
        }
    }
    const end **without = NULL;
    if (up_alloc(count, sizeof *without, &without, &scene->failure) == UP_OK) {
        size_t missing = 0;
        for (size_t i = draw_column(scene, ends, in_column); i < in_column; i++)
            without[missing++] = &ends[i];
        for (size_t i = in_column; i < count; i++)
            if ((up_series_tone(scene->chart, ends[i].series) == UP_TONE_CONTEXT &&
                 up_chart_has_crowd(scene->chart)) ||
                !draw_inside(scene, &ends[i], bounds))
                without[missing++] = &ends[i];
        remark_unlabelled(scene, without, missing);
        free(without);
    }
    for (size_t i = 0; i < scene->chart->count && !scene->ends; i++)
        draw_points(scene, i, bounds);
    release_ends(ends, count);
}
