/* The kind "line": levels over time, with marks for what is known of each point and the
 * projection as a dashed line with its bands. Labels stand at the line ends. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "report/chart_draw.h"
#include "report/chart_line.h"

/* On a log axis only positive values can stand. */
static bool is_drawable(const up_chart *chart, const up_chart_point *p)
{
    return !chart->log_scale || p->value > 0;
}

static bool has_middle(const up_chart_point *p)
{
    return p->mark != UP_MARK_RANGE;
}

static void widen(up_range *range, double value)
{
    range->low = fmin(range->low, value);
    range->high = fmax(range->high, value);
}

/* What must be seen: points with their spans and bounds, projections, their 80 % bands. */
static void find_ranges(const up_chart *chart, up_range *time, up_range *value,
                        size_t *drawn, size_t *dropped)
{
    for (size_t i = 0; i < chart->count; i++) {
        const up_chart_series *s = &chart->series[i];
        for (size_t j = 0; j < s->count; j++) {
            const up_chart_point *p = &s->points[j];
            if (!is_drawable(chart, p)) {
                (*dropped)++;
                continue;
            }
            (*drawn)++;
            widen(time, p->time_low);
            widen(time, p->time_high);
            widen(time, p->time);
            widen(value, p->value);
            if (p->has_low && (!chart->log_scale || p->low > 0))
                widen(value, p->low);
            if (p->has_high)
                widen(value, p->high);
        }
        for (size_t j = 0; j < s->step_count; j++) {
            const up_chart_step *p = &s->steps[j];
            widen(time, p->time);
            if (!chart->log_scale || p->value > 0)
                widen(value, p->value);
            if (!p->has_band || chart->crossing)
                continue; /* there the target and the curve are what matters */
            if (!chart->log_scale || p->lo80 > 0)
                widen(value, p->lo80);
            if (!chart->log_scale || p->hi80 > 0)
                widen(value, p->hi80);
        }
    }
}

/* The 95 % band may widen the range by two thirds (a third where a level is to be reached); past that
 * it is cut, and the note says so: else one wild bound would press all the data into the axis. */
static void add_outer_bands(up_scene *scene, up_range *value)
{
    const up_chart *chart = scene->chart;
    up_range outer = *value;
    bool log_scale = chart->log_scale;
    double part = chart->crossing ? 0.33 : 0.67;
    double span = log_scale ? log(value->high / value->low) : value->high - value->low;

    for (size_t i = 0; i < chart->count; i++)
        for (size_t j = 0; j < chart->series[i].step_count; j++) {
            const up_chart_step *p = &chart->series[i].steps[j];
            if (p->has_band && (!log_scale || p->lo95 > 0))
                widen(&outer, p->lo95);
            if (p->has_band && (!log_scale || p->hi95 > 0))
                widen(&outer, p->hi95);
        }
    double most = log_scale ? value->high * exp(span * part) : value->high + span * part;
    double least = log_scale ? value->low * exp(-span * part) : value->low - span * part;
    if (outer.high > most || outer.low < least)
        scene->marks |= UP_USED_CUT_BAND;
    value->high = fmin(outer.high, most);
    value->low = fmax(outer.low, least);
}

/* Is the span from low to high wide enough on this axis to be seen? */
static bool is_visible(const up_axis *axis, double low, double high, double least)
{
    if (axis->log) {
        low = fmax(low, axis->min);
        return log(high / low) / log(axis->max / axis->min) > least;
    }
    return (high - low) / (axis->max - axis->min) > least;
}

static bool shows_span(const up_scene *scene, const up_chart_point *p)
{
    return is_visible(&scene->x, p->time_low, p->time_high, 0.012);
}

static bool shows_bounds(const up_scene *scene, const up_chart_point *p)
{
    return has_middle(p) && p->has_low && p->has_high && p->mark != UP_MARK_MORE_THAN &&
           p->mark != UP_MARK_LESS_THAN && is_visible(&scene->y, p->low, p->high, 0.025);
}

static void find_marks(up_scene *scene)
{
    const up_chart *chart = scene->chart;

    for (size_t i = 0; i < chart->count; i++)
        for (size_t j = 0; j < chart->series[i].count; j++) {
            const up_chart_point *p = &chart->series[i].points[j];
            if (!is_drawable(chart, p))
                continue;
            scene->marks |= (p->mark == UP_MARK_ABOUT ? UP_USED_ABOUT : 0) |
                            (p->mark == UP_MARK_MORE_THAN ? UP_USED_MORE : 0) |
                            (p->mark == UP_MARK_LESS_THAN ? UP_USED_LESS : 0) |
                            (p->mark == UP_MARK_RANGE ? UP_USED_RANGE : 0) |
                            (p->hollow ? UP_USED_HOLLOW : 0) |
                            (shows_span(scene, p) ? UP_USED_SPAN : 0) |
                            (shows_bounds(scene, p) ? UP_USED_BOUNDS : 0);
        }
    if (scene->y.off_zero && !scene->y.log)
        scene->marks |= UP_USED_OFF_ZERO;
}

/* ---- the data ---- */

static void add_segment(up_scene *scene, const up_chart_point *a, const up_chart_point *b)
{
    up_scene_line(scene, up_axis_pixel(&scene->x, a->time),
                  up_axis_pixel(&scene->y, a->value), up_axis_pixel(&scene->x, b->time),
                  up_axis_pixel(&scene->y, b->value));
}

/* Of a long series the first, lowest, highest and last point of each pixel column are enough:
 * the picture is the same. Hollow points always stay. */
static void choose_points(const up_scene *scene, const up_chart_series *s, bool keep[])
{
    double width = scene->plot.right - scene->plot.left;
    bool all = (double)s->count <= 4 * width;

    for (size_t i = 0; i < s->count; i++)
        keep[i] = all || s->points[i].hollow || s->points[i].gap_before ||
                  (i + 1 < s->count && s->points[i + 1].gap_before);
    for (size_t i = 0; !all && i < s->count;) {
        size_t least = i, most = i, end = i;
        double column = floor(up_axis_pixel(&scene->x, s->points[i].time));
        for (; end < s->count &&
               floor(up_axis_pixel(&scene->x, s->points[end].time)) == column;
             end++) {
            least = s->points[end].value < s->points[least].value ? end : least;
            most = s->points[end].value > s->points[most].value ? end : most;
        }
        keep[i] = keep[least] = keep[most] = keep[end - 1] = true;
        i = end;
    }
}

/* The segments between points that are hollow (weak) or that are not, into block `name`. */
static void add_path(up_scene *scene, size_t series, const bool keep[], bool weak,
                     const char *name)
{
    const up_chart_series *s = &scene->chart->series[series];
    up_block *block = up_scene_block(scene, name);
    const up_chart_point *before = NULL, *last = NULL; /* the last one written */
    bool started = false, gap = false;

    for (size_t i = 0; i < s->count; i++) {
        const up_chart_point *p = &s->points[i];
        gap |= p->gap_before;
        if (!keep[i] || !is_drawable(scene->chart, p) || !has_middle(p))
            continue;
        if (before && !gap && (before->hollow || p->hollow) == weak) {
            if (!started)
                up_block_group(scene, block, up_series_line_tone(scene->chart, series));
            else if (last != before)
                up_block_gap(block);
            if (last != before)
                up_block_row(block, (double[]){before->time, before->value}, 2);
            up_block_row(block, (double[]){p->time, p->value}, 2);
            add_segment(scene, before, p);
            started = true;
            last = p;
        }
        before = p;
        gap = false;
    }
}

/* gnuplot's point types: circle, triangle up, triangle down, filled or hollow. */
static int point_type(const up_chart_point *p)
{
    int filled = p->mark == UP_MARK_MORE_THAN ? 9 : p->mark == UP_MARK_LESS_THAN ? 11 : 7;
    return p->hollow ? filled - 1 : filled;
}

static void add_mark(up_scene *scene, const up_chart_point *p, int tone, bool plain)
{
    double x = up_axis_pixel(&scene->x, p->time), y = up_axis_pixel(&scene->y, p->value);
    double r = 6 * scene->scale;

    if (shows_span(scene, p)) {
        up_scene_mark(scene, "span",
                      (double[]){p->time_low, p->time_high, p->value, tone}, 4);
        up_scene_line(scene, up_axis_pixel(&scene->x, p->time_low), y,
                      up_axis_pixel(&scene->x, p->time_high), y);
    }
    if (shows_bounds(scene, p) || (!has_middle(p) && p->has_low)) {
        double low = scene->y.log ? fmax(p->low, scene->y.min) : p->low;
        up_scene_mark(scene, has_middle(p) ? "bound" : "range",
                      (double[]){p->time, low, has_middle(p) ? p->high : p->value, tone},
                      4);
        up_scene_line(scene, x, up_axis_pixel(&scene->y, low), x,
                      up_axis_pixel(&scene->y, has_middle(p) ? p->high : p->value));
    }
    bool about = p->mark == UP_MARK_ABOUT;
    if (!has_middle(p) || (plain && !p->hollow && !about && point_type(p) == 7))
        return;
    if (about) { /* a ring around the mark */
        up_scene_mark(scene, "about", (double[]){p->time, p->value, tone}, 3);
        r = 10 * scene->scale;
    }
    up_scene_mark(scene, p->hollow ? "hollow" : "point",
                  (double[]){p->time, p->value, point_type(p), tone}, 4);
    up_scene_take(scene, (up_box){x - r, y - r, x + r, y + r});
}

/* Marks for all points where they stand apart; else only for those that say something. */
static void add_marks(up_scene *scene, size_t series)
{
    const up_chart_series *s = &scene->chart->series[series];
    double width = scene->plot.right - scene->plot.left;
    bool crowded = (double)s->count * 24 * scene->scale > width ||
                   (double)(s->count * scene->chart->count) * 8 * scene->scale > width;

    for (size_t i = 0; i < s->count; i++)
        if (is_drawable(scene->chart, &s->points[i]))
            add_mark(scene, &s->points[i], up_series_line_tone(scene->chart, series),
                     crowded && i + 1 < s->count);
}

static double clamp_to(const up_axis *axis, double value)
{
    return fmin(fmax(value, axis->min), axis->max);
}

static void add_band(up_scene *scene, const up_chart_series *s,
                     const up_chart_point *from, bool outer, int tone)
{
    up_block *block = up_scene_block(scene, outer ? "outer" : "inner");

    up_block_group(scene, block, tone);
    if (from)
        up_block_row(block, (double[]){from->time, from->value, from->value}, 3);
    double x = 0, y = 0;
    for (size_t i = 0; i < s->step_count; i++) {
        const up_chart_step *p = &s->steps[i];
        if (!p->has_band)
            continue;
        double low = outer ? p->lo95 : p->lo80, high = outer ? p->hi95 : p->hi80;
        if (scene->y.log) /* zero and below lie infinitely far down */
            low = fmax(low, scene->y.min / 10);
        if (scene->y.log)
            high = fmax(high, scene->y.min / 10);
        double px = up_axis_pixel(&scene->x, p->time);
        double py = up_axis_pixel(&scene->y, high);
        up_block_row(block, (double[]){p->time, low, high}, 3);
        if (x > 0) /* the upper edge, for labels to keep clear of */
            up_scene_line(scene, x, y, px, py);
        x = px;
        y = py;
    }
}

static void add_projection(up_scene *scene, size_t series)
{
    const up_chart_series *s = &scene->chart->series[series];
    const up_chart_point *from = up_line_last(scene->chart, s);
    up_block *block = up_scene_block(scene, "step");
    int tone = up_series_line_tone(scene->chart, series);
    double x = 0, y = 0;

    if (s->step_count == 0)
        return;
    up_block_group(scene, block, tone);
    if (block->group_count > 0)
        block->groups[block->group_count - 1].branch = s->branch;
    if (from && has_middle(from)) {
        up_block_row(block, (double[]){from->time, from->value}, 2);
        x = up_axis_pixel(&scene->x, from->time);
        y = up_axis_pixel(&scene->y, from->value);
    }
    bool bands = false;
    for (size_t i = 0; i < s->step_count; i++) {
        double value = clamp_to(&scene->y, s->steps[i].value);
        double px = up_axis_pixel(&scene->x, s->steps[i].time);
        double py = up_axis_pixel(&scene->y, value);
        up_block_row(block, (double[]){s->steps[i].time, value}, 2);
        if (i > 0 || (from && has_middle(from)))
            up_scene_line(scene, x, y, px, py);
        x = px;
        y = py;
        bands |= s->steps[i].has_band;
    }
    if (bands) {
        add_band(scene, s, from && has_middle(from) ? from : NULL, true, tone);
        add_band(scene, s, from && has_middle(from) ? from : NULL, false, tone);
    }
}

static void add_series(up_scene *scene, size_t i)
{
    const up_chart_series *s = &scene->chart->series[i];
    bool *keep = NULL;

    if (up_alloc(s->count, sizeof *keep, &keep, &scene->failure) != UP_OK)
        return;
    choose_points(scene, s, keep);
    add_path(scene, i, keep, false, "line");
    add_path(scene, i, keep, true, "weak");
    free(keep);
    add_marks(scene, i);
    add_projection(scene, i);
}

/* The grey ones first, so that they cover no colour. */
void up_line_data(up_scene *scene)
{
    const up_chart *chart = scene->chart;

    for (int coloured = 0; coloured < 2; coloured++)
        for (size_t i = 0; i < chart->count; i++)
            if ((up_series_tone(chart, i) != UP_TONE_CONTEXT) == coloured)
                add_series(scene, i);
}

/* ---- the whole ---- */

const up_chart_point *up_line_last(const up_chart *chart, const up_chart_series *s)
{
    for (size_t i = s->count; i-- > 0;)
        if (is_drawable(chart, &s->points[i]))
            return &s->points[i];
    return NULL;
}

up_status up_line_measure(up_scene *scene, up_range *time, up_range *value, up_error *err)
{
    size_t drawn = 0, dropped = 0;

    *time = *value = (up_range){INFINITY, -INFINITY};
    find_ranges(scene->chart, time, value, &drawn, &dropped);
    if (drawn == 0)
        return up_error_set(err, UP_TOO_LITTLE_DATA,
                            dropped > 0 ? "no value is above zero, a log axis shows none"
                                        : "there is no point to draw");
    if (dropped > 0)
        up_remarks_add(scene->remarks, UP_WARNING, "", 0,
                       "%zu values are not above zero: a log axis cannot show them",
                       dropped);
    up_chart_add_references(scene->chart, &value->low, &value->high);
    if (scene->chart->crossing && scene->chart->log_scale &&
        scene->chart->crossing->target <= 0)
        return up_error_set(err, UP_USAGE,
                            "a log axis cannot show a level that is not above zero");
    if (scene->chart->crossing) {
        widen(value, scene->chart->crossing->target);
        widen(time, scene->chart->crossing->end);
    }
    add_outer_bands(scene, value);
    return UP_OK;
}

up_box up_line_frame(up_scene *scene)
{
    up_buffer note = {0};

    find_marks(scene);
    up_chart_explain(scene, false, &note);
    up_box inner = up_chart_frame(scene, up_scene_words(scene, &note));
    up_buffer_release(&note);
    return inner;
}

void up_line_guess_times(up_scene *scene, up_range time, up_style style)
{
    up_ticks guess;
    double width = scene->width * 0.75;

    scene->x.from = scene->width * 0.08;
    scene->x.to = scene->x.from + width;
    up_axis_times(scene->chart, time.low, time.high, width, style, &scene->x, &guess);
    up_chart_fit_events(scene);
}

double up_line_times_height(const up_ticks *times, up_style style)
{
    bool two_lines = false;

    for (size_t i = 0; i < times->count; i++)
        two_lines |= times->items[i].below[0] != '\0';
    return up_line_height(style) * (two_lines ? 2 : 1);
}

up_status up_line_lay_out(up_scene *scene, up_box inner, up_range time, double reserve,
                          const up_ticks *values, up_style ticks_style, up_error *err)
{
    double s = scene->scale;
    up_ticks times;

    scene->plot.left = inner.left + up_ticks_width(values, ticks_style) + 9 * s;
    scene->plot.right = inner.right - reserve;
    up_axis_times(scene->chart, time.low, time.high, scene->plot.right - scene->plot.left,
                  ticks_style, &scene->x, &times);
    scene->plot.bottom = up_scene_snap(
        scene, inner.bottom - 20 * s - up_line_times_height(&times, ticks_style));
    scene->x.from = scene->plot.left;
    scene->x.to = scene->plot.right;
    scene->plot.top = up_chart_events(scene, inner.top + 12 * s) + 14 * s;
    up_status status = up_scene_check_room(scene, err);
    if (status != UP_OK)
        return status;
    scene->y.from = scene->plot.bottom;
    scene->y.to = scene->plot.top;
    up_chart_draw_values(scene, values, ticks_style);
    up_chart_draw_times(scene, &times, ticks_style);
    return UP_OK;
}

up_status up_chart_draw_line(up_scene *scene, up_error *err)
{
    const up_chart *chart = scene->chart;
    up_range time, value;
    up_style ticks_style = up_style_of(scene, 15, false, UP_TONE_MUTED);
    up_ticks values;
    up_status status = up_line_measure(scene, &time, &value, err);

    if (status != UP_OK)
        return status;
    up_axis_values(chart, value.low, value.high, false, 5, &scene->y, &values);
    up_line_guess_times(scene, time, ticks_style);
    up_box inner = up_line_frame(scene);
    status =
        up_line_lay_out(scene, inner, time, up_line_reserve(scene, time.high - time.low),
                        &values, ticks_style, err);
    if (status != UP_OK)
        return status;
    up_line_data(scene);
    up_chart_references(scene, up_style_of(scene, 13.5, false, UP_TONE_MUTED));
    up_line_crossing(scene);
    up_line_labels(scene, time.low < time.high);
    return UP_OK;
}
