/* The kind "columns": a bar per period, grouped when there are several series, with its value
 * above it and whiskers from low to high. The baseline is always zero. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "report/chart_bars.h"
#include "report/wrap.h"

/* The periods, in order: bar i stands at i + 1 on the x axis. */
typedef struct slot {
    double time;
    const char *label; /* NULL: made from the time */
} slot;

typedef struct plan {
    const up_chart *chart;
    slot *slots;
    size_t count;
    double bar;        /* width of one bar, in slots */
    double group;      /* width of all bars of a slot */
    double slot_width; /* pixels */
} plan;

static int compare_slots(const void *a, const void *b)
{
    const slot *p = a, *q = b;
    if (p->time != q->time)
        return p->time < q->time ? -1 : 1;
    return strcmp(p->label ? p->label : "", q->label ? q->label : "");
}

static up_status find_slots(const up_chart *chart, plan *p, up_error *err)
{
    size_t total = 0, bars = 0, n = 0;

    for (size_t i = 0; i < chart->count; i++) {
        total += chart->series[i].count + chart->series[i].missing_count;
        bars += chart->series[i].count;
    }
    if (bars == 0)
        return up_error_set(err, UP_TOO_LITTLE_DATA, "there is no bar to draw");
    if (up_alloc(total, sizeof *p->slots, &p->slots, err) != UP_OK)
        return UP_SYSTEM;
    for (size_t i = 0; i < chart->count; i++) {
        const up_chart_series *own = &chart->series[i];
        for (size_t j = 0; j < own->count; j++)
            p->slots[n++] = (slot){own->points[j].time, own->points[j].label};
        for (size_t j = 0; j < own->missing_count; j++)
            p->slots[n++] = (slot){own->missing[j].time, own->missing[j].label};
    }
    qsort(p->slots, n, sizeof *p->slots, compare_slots);
    p->count = 0;
    for (size_t i = 0; i < n; i++)
        if (p->count == 0 || compare_slots(&p->slots[p->count - 1], &p->slots[i]) != 0)
            p->slots[p->count++] = p->slots[i];
    return UP_OK;
}

/* Where a bar stands, in slots from 1. */
static double bar_place(const plan *p, const up_chart_point *point, size_t series)
{
    slot key = {point->time, point->label};
    const slot *found =
        bsearch(&key, p->slots, p->count, sizeof *p->slots, compare_slots);
    double place = found ? (double)(found - p->slots) + 1 : 1;
    return place + ((double)series - (double)(p->chart->count - 1) / 2) * p->bar;
}

/* Of one value: a range is written wider, and only where it finds room. */
static double widest_label(up_scene *scene, bool brief, up_style style)
{
    double widest = 0;

    for (size_t i = 0; i < scene->chart->count; i++)
        for (size_t j = 0; j < scene->chart->series[i].count; j++) {
            if (up_bar_is_range(&scene->chart->series[i].points[j]))
                continue;
            up_buffer text = {0};
            up_bar_words(scene->chart, &scene->chart->series[i].points[j], brief, &text);
            widest = fmax(widest, up_chart_extent(up_scene_words(scene, &text),
                                                  text.length, style));
            up_buffer_release(&text);
        }
    return widest;
}

static void add_bars(up_scene *scene, const plan *p)
{
    for (size_t i = 0; i < scene->chart->count; i++)
        for (size_t j = 0; j < scene->chart->series[i].count; j++) {
            const up_chart_point *point = &scene->chart->series[i].points[j];
            double x = bar_place(p, point, i), half = p->bar * 0.46;
            double from = up_bar_is_range(point) ? point->low : 0;
            const char *name = up_bar_block(point);
            if (up_bar_is_open(point))
                up_scene_mark(scene, "edge",
                              (double[]){x - half, x + half, point->value,
                                         up_series_tone(scene->chart, i)},
                              4);
            up_scene_mark(scene, name,
                          (double[]){x, x - half, x + half, fmin(from, point->value),
                                     fmax(from, point->value),
                                     up_series_tone(scene->chart, i)},
                          6);
            up_scene_take(scene,
                          (up_box){up_axis_pixel(&scene->x, x - half),
                                   up_axis_pixel(&scene->y, fmax(from, point->value)),
                                   up_axis_pixel(&scene->x, x + half),
                                   up_axis_pixel(&scene->y, fmin(from, point->value))});
            if (up_bar_has_whisker(&scene->y, point)) {
                up_scene_mark(scene, "whisker", (double[]){x, point->low, point->high},
                              3);
                double px = up_axis_pixel(&scene->x, x);
                up_scene_line(scene, px, up_axis_pixel(&scene->y, point->low), px,
                              up_axis_pixel(&scene->y, point->high));
            }
        }
}

/* A dash on the baseline, where there is no bar. */
static void add_dashes(up_scene *scene, const plan *p, up_style style)
{
    double y = up_axis_pixel(&scene->y, 0) - up_line_height(style) * 0.6;

    for (size_t i = 0; i < scene->chart->count; i++)
        for (size_t j = 0; j < scene->chart->series[i].missing_count; j++) {
            double x = bar_place(p, &scene->chart->series[i].missing[j], i);
            up_scene_text(scene, "–", strlen("–"), up_axis_pixel(&scene->x, x), y,
                          UP_CENTER, style);
        }
}

static bool is_inside(const up_scene *scene, up_box box)
{
    return box.left >= scene->plot.left && box.right <= scene->plot.right + 2 &&
           box.top >= scene->plot.top - 18 * scene->scale &&
           box.bottom <= scene->plot.bottom;
}

/* From the bar before it to the bar after it, across. */
static up_box own_room(const up_scene *scene, const plan *p, size_t series, double x)
{
    double wide = p->slot_width, half = p->bar * 0.46, last = (double)p->chart->count - 1;
    double before = series > 0 ? p->bar : 1 - last * p->bar;
    double after = (double)series < last ? p->bar : 1 - last * p->bar;

    return (up_box){.left = x - (before - half) * wide,
                    .right = x + (after - half) * wide,
                    .top = scene->plot.top,
                    .bottom = scene->plot.bottom};
}

/* The value stands beyond the end of its bar: above (or below) a short whisker; beside a long
 * one, at the bar's own end, so that it is not read as the value of the whisker's end. alone: it
 * stands over no other bar, or is left out; false then. */
static bool place_value(up_scene *scene, const plan *p, size_t series, size_t index,
                        bool alone, bool brief, up_style style)
{
    const up_chart_point *point = &scene->chart->series[series].points[index];
    double x = up_axis_pixel(&scene->x, bar_place(p, point, series));
    double line = up_line_height(style), gap = 6 * scene->scale;
    double end = up_axis_pixel(&scene->y, point->value), far = end;
    double away = point->value >= 0 ? -1 : 1; /* of the pixels, which count down */
    up_buffer text = {0};

    if (up_bar_has_whisker(&scene->y, point))
        far = up_axis_pixel(&scene->y, away < 0 ? up_bar_top(point) : up_bar_foot(point));
    up_bar_words(scene->chart, point, brief, &text);
    double half = up_chart_extent(up_scene_words(scene, &text), text.length, style) / 2;
    bool beside = fabs(far - end) > line * 0.8;
    double y = (beside ? end : far) + away * line * 0.62;
    if (scene->cells) /* the next row */
        y = up_scene_snap(scene, (beside ? end : far) + line / 2) + away * line;
    double middle = fmax(fmin(x, scene->plot.right - half), scene->plot.left + half);
    const double places[] = {beside ? x + gap + half : middle, x - gap - half};
    const up_box own = own_room(scene, p, series, x);
    style.tone = up_series_tone(scene->chart, series);
    bool placed = false;
    for (size_t i = 0; i < (beside ? 2 : 1) && !placed; i++) {
        up_box box = {places[i] - half, y - line / 2 + 1, places[i] + half,
                      y + line / 2 - 1};
        bool over_another = box.left < own.left || box.right > own.right;
        if (((alone || beside) && over_another) || !is_inside(scene, box) ||
            !up_label_is_free(scene, box, false))
            continue;
        up_scene_text(scene, up_scene_words(scene, &text), text.length, places[i], y,
                      UP_CENTER, style);
        up_scene_take(scene, box);
        placed = true;
    }
    up_buffer_release(&text);
    return placed;
}

/* In brief words where the full ones have no room. */
static void draw_value(up_scene *scene, const plan *p, size_t series, size_t index,
                       bool alone, bool brief, up_style style)
{
    if (!place_value(scene, p, series, index, alone, brief, style) && !brief)
        (void)place_value(scene, p, series, index, alone, true, style);
}

/* Values above all bars where they fit; else above the last, the highest and the lowest. */
static void draw_values(up_scene *scene, const plan *p, bool all, bool brief,
                        up_style style)
{
    for (size_t i = 0; i < scene->chart->count; i++) {
        const up_chart_series *s = &scene->chart->series[i];
        size_t most = 0, least = 0;
        if (up_chart_has_crowd(scene->chart) &&
            up_series_tone(scene->chart, i) == UP_TONE_CONTEXT)
            continue;
        for (size_t j = 0; j < s->count; j++) {
            if (all)
                draw_value(scene, p, i, j, true, brief, style);
            most = s->points[j].value > s->points[most].value ? j : most;
            least = s->points[j].value < s->points[least].value ? j : least;
        }
        if (all || s->count == 0)
            continue;
        draw_value(scene, p, i, s->count - 1, false, brief, style);
        draw_value(scene, p, i, most, false, brief, style);
        draw_value(scene, p, i, least, false, brief, style);
    }
}

/* ---- the labels of the periods ---- */

/* How many slots make a year: 1, 2, 4 or 12; 0 when they are not so regular. */
static int slots_per_year(const plan *p)
{
    double years = p->slots[p->count - 1].time - p->slots[0].time;
    double rate = years > 0 ? (double)(p->count - 1) / years : 0;
    static const int known[] = {1, 2, 4, 12};

    for (size_t i = 0; i < 4; i++)
        if (fabs(rate - known[i]) < 0.04 * known[i])
            return known[i];
    return 0;
}

/* The periods's number since year 0; a time at its very end still belongs to it. */
static int64_t slot_number(const slot *s, int per_year)
{
    return (int64_t)floor(s->time * per_year - 0.01);
}

static void slot_text(const plan *p, const slot *s, up_buffer *out)
{
    up_language language = p->chart->language;
    up_buffer text = {0};
    int64_t year = (int64_t)floor(s->time - 1e-6);

    if (s->label) {
        up_buffer_add(out, s->label);
        return;
    }
    if (slots_per_year(p) > 1) {
        int64_t month = slot_number(s, 12) - year * 12;
        month = month < 0 ? 0 : month > 11 ? 11 : month;
        up_year_text(language, year, false, false, &text);
        up_tell(language, UP_SAY_IN_YEAR_LABEL, out,
                up_word(language, UP_SAY_MONTH_1 + (up_say)month), up_buffer_text(&text));
    } else {
        up_year_text(language, year, false, false, out);
    }
    out->failed |= text.failed;
    up_buffer_release(&text);
}

typedef struct period_layout {
    size_t every; /* every so many-th label is shown, counted from the last */
    int per_year; /* if not 0: only the first of every `years`-th year */
    int64_t years;
    size_t lines;  /* broken into so many lines */
    double turn;   /* degrees; 0: level */
    double height; /* pixels they take below the axis */
    double widest; /* of one line */
} period_layout;

/* Few enough labels to stand beside each other: round years, or every so many-th. */
static void thin_out(const plan *p, double room, period_layout *l)
{
    static const int64_t years[] = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000};
    static const size_t steps[] = {2,  3,  4,  5,   6,   8,   10,  15,
                                   20, 30, 50, 100, 200, 500, 1000};
    size_t i = 0;

    l->per_year = slots_per_year(p);
    if (l->per_year > 0) {
        while (i < 9 && p->slot_width * (double)(years[i] * l->per_year) < room)
            i++;
        l->years = years[i];
        return;
    }
    while (i < 14 && p->slot_width * (double)steps[i] < room)
        i++;
    l->every = steps[i];
}

static bool is_shown(const plan *p, const period_layout *l, size_t i)
{
    if (l->per_year == 0)
        return (p->count - 1 - i) % l->every == 0;
    return slot_number(&p->slots[i], l->per_year) % (l->per_year * l->years) == 0;
}

/* How far a text goes on without a place to break it: to a blank, or between two wide characters. The
 * number of a year stays with its 年. */
static size_t whole_word(const char *text)
{
    size_t at = 0;
    for (bool was_wide = false; text[at] != '\0' && text[at] != ' ';) {
        int32_t c;
        size_t length = up_text_next(text + at, &c);
        bool is_wide = up_advance_columns(c, NULL) > 1;
        if (was_wide && is_wide)
            break;
        was_wide = is_wide;
        at += length;
    }
    return at;
}

/* The widest text, the widest word, and the most lines the texts take in a slot. */
static void measure_periods(up_scene *scene, const plan *p, double room, up_style style,
                            period_layout *l, double *word)
{
    for (size_t i = 0; i < p->count; i++) {
        up_buffer text = {0};
        slot_text(p, &p->slots[i], &text);
        const char *s = up_scene_words(scene, &text);
        size_t n = up_chart_count_lines(s, room, style);
        l->widest = fmax(l->widest, up_chart_extent(s, text.length, style));
        l->lines = n > l->lines ? n : l->lines;
        for (const char *at = s + strspn(s, " "); *at != '\0';) {
            *word = fmax(*word, up_chart_extent(at, whole_word(at), style));
            at += whole_word(at);
            at += strspn(at, " ");
        }
        up_buffer_release(&text);
    }
}

/* Level if they fit, else on two or three lines, else thinned out; long ones are turned. */
static period_layout lay_out_periods(up_scene *scene, const plan *p, double height,
                                     up_style style)
{
    double gap = style.size * 0.7, room = p->slot_width - gap, word = 0;
    double line = up_line_height(style);
    period_layout l = {.every = 1, .lines = 1};

    measure_periods(scene, p, room, style, &l, &word);
    if (l.widest <= room) {
        l.lines = 1;
    } else if (l.lines > 3 || word > room) {
        l.lines = 1;
        if (l.widest > style.size * 8 && p->slot_width > line && !style.cells) {
            l.turn = 38;
            l.widest = fmin(l.widest, height * 0.38);
        } else {
            thin_out(p, l.widest + gap, &l);
        }
    }
    double turn = l.turn * 3.14159265358979 / 180;
    l.height = l.turn > 0 ? l.widest * sin(turn) + line : line * (double)l.lines;
    return l;
}

static void draw_turned(up_scene *scene, const char *text, double x, double top,
                        const period_layout *l, up_style style)
{
    double line = up_line_height(style), turn = l->turn * 3.14159265358979 / 180;
    double end = x + line * 0.3, room = (end - 8 * scene->scale) / cos(turn);
    up_buffer cut = {0};

    up_chart_cut(text, fmin(l->widest + 1, room), style, &cut);
    up_scene_turned(scene, up_scene_words(scene, &cut), end, top + line * 0.3, UP_RIGHT,
                    style, l->turn);
    up_buffer_release(&cut);
}

static void draw_periods(up_scene *scene, const plan *p, const period_layout *l,
                         up_style style)
{
    double top = scene->plot.bottom + 8 * scene->scale;
    double room = l->lines > 1 ? p->slot_width - style.size * 0.7 : l->widest + 1;

    double next = INFINITY; /* where the label to the right begins */
    for (size_t i = p->count; i-- > 0;) {
        if (!is_shown(p, l, i))
            continue;
        double x = up_axis_pixel(&scene->x, (double)i + 1);
        double half = fmin(l->widest, room) / 2, edge = scene->width - 6 * scene->scale;
        up_buffer text = {0};
        slot_text(p, &p->slots[i], &text);
        if (l->turn == 0)
            x = fmin(x, edge - half); /* the last of few labels may be wide */
        if (l->turn == 0 && x + half > next) {
            up_buffer_release(&text);
            continue;
        }
        next = x - half;
        if (l->turn > 0)
            draw_turned(scene, up_scene_words(scene, &text), x, top, l, style);
        else
            up_chart_paragraph(scene, up_scene_words(scene, &text), x, top, room,
                               UP_CENTER, style, l->lines);
        up_buffer_release(&text);
    }
}

/* Where a moment stands among the slots: between those before and after it; before the first and
 * after the last within their own. */
static double moment_place(const plan *p, double time)
{
    size_t after = 0, n = p->count;
    double step = n > 1 ? (p->slots[n - 1].time - p->slots[0].time) / (double)(n - 1) : 1;

    while (after < n && p->slots[after].time < time)
        after++;
    if (after == 0)
        return 1 - fmin((p->slots[0].time - time) / step, 0.45);
    double before = p->slots[after - 1].time;
    if (after == n)
        return (double)n + fmin((time - before) / step, 0.45);
    return (double)after + (time - before) / (p->slots[after].time - before);
}

/* The chart with its events at the places of their moments; they are the caller's to free. */
static up_status place_events(const plan *p, up_chart *chart, up_chart_event **events,
                              up_error *err)
{
    up_status status = up_alloc(chart->event_count, sizeof **events, events, err);

    for (size_t i = 0; i < chart->event_count && status == UP_OK; i++) {
        (*events)[i] = chart->events[i];
        (*events)[i].time = moment_place(p, chart->events[i].time);
    }
    if (status == UP_OK)
        chart->events = *events;
    return status;
}

typedef struct legend {
    double left, right, x, top;
    up_style style;
} legend;

static void add_to_legend(up_scene *scene, legend *l, const char *name, int tone)
{
    up_buffer text = {0};

    up_buffer_addf(&text, "%s ", scene->cells ? up_tone_fill(tone) : "■");
    up_buffer_add(&text, name);
    double width = up_chart_extent(up_scene_words(scene, &text), text.length, l->style);
    if (l->x > l->left && l->x + width > l->right) {
        l->x = l->left;
        l->top += up_line_height(l->style);
    }
    l->style.tone = tone;
    up_chart_paragraph(scene, up_scene_words(scene, &text), l->x, l->top, l->right - l->x,
                       UP_LEFT, l->style, 1);
    l->x += width + l->style.size * 1.4;
    up_buffer_release(&text);
}

/* The names of the series in their colours, in rows, many grey ones by their number; returns the
 * bottom. */
static double draw_legend(up_scene *scene, double left, double top, double right)
{
    const up_chart *chart = scene->chart;
    legend l = {left, right, left, top, up_style_of(scene, 16, false, 0)};
    bool crowd = up_chart_has_crowd(chart);

    if (chart->count < 2)
        return top;
    for (size_t i = 0; i < chart->count; i++) {
        int tone = up_series_tone(chart, i);
        if (!crowd || tone != UP_TONE_CONTEXT)
            add_to_legend(scene, &l, chart->series[i].label ? chart->series[i].label : "",
                          tone);
    }
    if (crowd) {
        up_buffer text = {0};
        char number[24];
        snprintf(number, sizeof number, "%zu", up_chart_count_grey(chart));
        up_tell(chart->language, UP_SAY_OTHERS, &text, number);
        add_to_legend(scene, &l, up_scene_words(scene, &text), UP_TONE_CONTEXT);
        up_buffer_release(&text);
        up_remarks_add(scene->remarks, UP_WARNING, "", 0,
                       "%s of %zu series have no name in the chart (--kind facet gives "
                       "each a panel, --kind bar --top 20 shows the largest)",
                       number, chart->count);
    }
    return l.top + up_line_height(l.style);
}

static up_status draw(up_scene *scene, plan *p, up_error *err)
{
    up_style ticks_style = up_style_of(scene, 15, false, UP_TONE_MUTED);
    up_style value_style = up_style_of(scene, 15, true, UP_TONE_TEXT);
    double s = scene->scale, low, high;
    up_ticks values;
    up_buffer note = {0};

    up_bars_range(scene->chart, &low, &high);
    /* room above and below the bars for their values */
    double room = (high - low) * 0.09;
    up_axis_values(scene->chart, low < 0 ? low - room : low,
                   high > 0 ? high + room : high, true, 5, &scene->y, &values);
    up_bars_find_marks(scene, &scene->y);
    scene->x = (up_axis){.min = 0.5,
                         .max = (double)p->count + 0.5,
                         .from = scene->width * 0.08,
                         .to = scene->width * 0.97};
    up_chart_fit_events(scene);
    up_chart_explain(scene, true, &note);
    up_box inner = up_chart_frame(scene, up_scene_words(scene, &note));
    up_buffer_release(&note);
    double top = draw_legend(scene, inner.left, inner.top + 8 * s, inner.right);

    scene->plot = inner;
    scene->plot.top = scene->cells ? up_scene_below(scene, top) : top + 18 * s;
    scene->plot.left = inner.left + up_ticks_width(&values, ticks_style) + 9 * s;
    p->slot_width = (scene->plot.right - scene->plot.left) / (double)p->count;
    double most = 120 * s; /* of one bar */
    double group = fmin(0.76, most * (double)scene->chart->count / p->slot_width);
    p->bar = group / (double)scene->chart->count;
    scene->x.from = scene->plot.left;
    scene->x.to = scene->plot.right;
    period_layout l = lay_out_periods(scene, p, scene->height, ticks_style);
    scene->plot.bottom = up_scene_snap(scene, inner.bottom - l.height - 20 * s);
    size_t lines = scene->line_count;
    if (scene->chart->event_count > 0)
        scene->plot.top =
            up_scene_snap(scene, up_chart_events(scene, top + 8 * s) + 22 * s);
    scene->line_count = lines; /* values may stand upon the dots */
    up_status status = up_scene_check_room(scene, err);
    if (status != UP_OK)
        return status;
    scene->y.from = scene->plot.bottom;
    scene->y.to = scene->plot.top;
    up_chart_draw_values(scene, &values, ticks_style);
    add_bars(scene, p);
    add_dashes(scene, p, ticks_style);
    double space = p->slot_width * p->bar / 0.76 * 0.98;
    bool brief = false;
    while (value_style.size > 12 * s && widest_label(scene, brief, value_style) > space) {
        if (!brief)
            brief = true;
        else
            value_style.size -= s;
    }
    bool all = widest_label(scene, brief, value_style) <= space;
    if (!all) {
        brief = false;
        value_style.size = 15 * s;
    }
    draw_values(scene, p, all, brief, value_style);
    up_chart_references(scene, up_style_of(scene, 13.5, false, UP_TONE_MUTED));
    draw_periods(scene, p, &l, ticks_style);
    return UP_OK;
}

up_status up_chart_draw_columns(up_scene *scene, up_error *err)
{
    const up_chart *whole = scene->chart;
    up_chart placed = *whole;
    up_chart_event *events = NULL;
    plan p = {.chart = whole};

    if (whole->log_scale)
        return up_error_set(err, UP_USAGE, "bars have no log axis: they start at zero");
    up_status status = find_slots(whole, &p, err);
    if (status == UP_OK)
        status = place_events(&p, &placed, &events, err);
    scene->chart = &placed;
    if (status == UP_OK)
        status = draw(scene, &p, err);
    scene->chart = whole;
    free(events);
    free(p.slots);
    return status;
}
