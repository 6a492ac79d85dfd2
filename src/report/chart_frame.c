/* What stands around the plot: headline, unit, ticks, note and source. */
#include <math.h>
#include <string.h>

#include "report/chart_draw.h"

up_style up_style_of(const up_scene *scene, double size, bool bold, int tone)
{
    return (up_style){size * scene->scale, bold, tone};
}

/* The headline, smaller when it is long; at most four lines. */
static double draw_title(up_scene *scene, double left, double top, double width)
{
    static const double sizes[] = {28, 24, 21};
    const char *title = scene->chart->title ? scene->chart->title : "";
    up_style style = {0};

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        style = up_style_of(scene, sizes[i], true, UP_TONE_TEXT);
        if (up_chart_count_lines(title, width, style) <= 2)
            break;
    }
    if (up_chart_count_lines(title, width, style) > 4)
        up_remarks_add(scene->remarks, UP_WARNING, "", 0,
                       "the title is too long for the chart: it is cut after four lines");
    return up_chart_paragraph(scene, title, left, top, width, UP_LEFT, style, 4);
}

up_box up_chart_frame(up_scene *scene, const char *note)
{
    const up_chart *chart = scene->chart;
    double margin = 36 * scene->scale, width = scene->width - 2 * margin;
    up_style unit = up_style_of(scene, 17, false, UP_TONE_MUTED);
    up_style small = up_style_of(scene, 13.5, false, UP_TONE_MUTED);
    up_buffer source = {0};
    double top = draw_title(scene, margin, 26 * scene->scale, width);

    if (chart->subtitle)
        top = up_chart_paragraph(scene, chart->subtitle, margin, top + 3 * scene->scale,
                                 width, UP_LEFT, unit, 3);
    if (chart->source && chart->source[0]) {
        up_buffer_add(&source, "Source: ");
        up_buffer_add(&source, chart->source);
    }
    size_t source_lines =
        up_chart_count_lines(up_scene_words(scene, &source), width, small);
    size_t note_lines = up_chart_count_lines(note, width, small);
    source_lines = source_lines > 3 ? 3 : source_lines;
    note_lines = note_lines > 4 ? 4 : note_lines;
    double bottom = scene->height - 22 * scene->scale;
    double start = bottom - (double)(source_lines + note_lines) * up_line_height(small);
    double next =
        up_chart_paragraph(scene, note, margin, start, width, UP_LEFT, small, 4);
    up_chart_paragraph(scene, up_scene_words(scene, &source), margin, next, width,
                       UP_LEFT, small, 3);
    if (source.failed)
        scene->failure.code = up_error_memory(&scene->failure);
    up_buffer_release(&source);
    return (up_box){margin, top, scene->width - margin, start};
}

static void explain(up_buffer *out, const char *text)
{
    up_buffer_add(out, out->length > 0 ? "  ·  " : "");
    up_buffer_add(out, text);
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* "dashed: the scenarios “low 10 %”, “growth stays”": each once. */
static void explain_scenarios(const up_chart *chart, up_buffer *out)
{
    const char *before = "";
    for (size_t i = 0; i < chart->count; i++) {
        const char *scenario = chart->series[i].scenario;
        bool said = scenario == NULL;
        for (size_t j = 0; j < i && !said; j++)
            said = same_text(chart->series[j].scenario, scenario);
        if (said)
            continue;
        up_buffer_addf(out, "%s\"%s\"", before, scenario);
        before = ", ";
    }
}

/* "dashed: exponential projection with 80 and 95 % bands" */
static void explain_projection(const up_scene *scene, up_buffer *out)
{
    const up_chart_series *first = NULL;
    bool same_model = true, same_bands = true;

    for (size_t i = 0; i < scene->chart->count; i++) {
        const up_chart_series *s = &scene->chart->series[i];
        if (s->step_count == 0)
            continue;
        if (first == NULL)
            first = s;
        same_model = same_model && same_text(first->model, s->model);
        same_bands = same_bands && same_text(first->bands, s->bands);
    }
    if (first == NULL)
        return;
    explain(out, "dashed: ");
    if (first->scenario != NULL) {
        up_buffer_add(out, same_model ? "the scenario " : "the scenarios ");
        explain_scenarios(scene->chart, out);
        return;
    }
    if (same_model && first->model != NULL)
        up_buffer_addf(out, "%s ", first->model);
    up_buffer_add(out, "projection");
    if (same_bands && first->bands != NULL)
        up_buffer_addf(out, " with %s", first->bands);
}

/* What is to be said of single series, each remark once. */
static void explain_series(const up_chart *chart, up_buffer *out)
{
    for (size_t i = 0; i < chart->count; i++) {
        const char *remark = chart->series[i].remark;
        bool said = remark == NULL;
        for (size_t j = 0; j < i && !said; j++)
            said = same_text(chart->series[j].remark, remark);
        if (!said)
            explain(out, remark);
    }
}

void up_chart_explain(const up_scene *scene, bool bars, up_buffer *out)
{
    const struct {
        unsigned mark;
        const char *text, *in_bars;
    } texts[] = {
        {UP_USED_MORE, "▲\xc2\xa0more than", ">\xc2\xa0more than"},
        {UP_USED_LESS, "▼\xc2\xa0less than", "<\xc2\xa0less than"},
        {UP_USED_ONE_BOUND, NULL, "pale with a firm edge: only that bound is known"},
        {UP_USED_HOLLOW,
         "○\xc2\xa0"
         "derived from a claim or forecast",
         "pale with an outline: derived from a claim or forecast"},
        {UP_USED_SPAN,
         "↔\xc2\xa0"
         "date known only as a span",
         NULL},
        {UP_USED_ABOUT,
         "◉ or ~\xc2\xa0"
         "about",
         "~\xc2\xa0"
         "about"},
        {UP_USED_BOUNDS, "thin bar: lowest to highest", "thin line: lowest to highest"},
        {UP_USED_RANGE, "thick bar: only a range is known",
         "floating bar: only a range is known"},
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if ((scene->marks & texts[i].mark) && (bars ? texts[i].in_bars : texts[i].text))
            explain(out, bars ? texts[i].in_bars : texts[i].text);
    if (!bars)
        explain_projection(scene, out);
    if (scene->marks & UP_USED_CUT_BAND)
        explain(out, "the outer band runs off the chart");
    if (scene->marks & UP_USED_OFF_ZERO)
        explain(out, "the vertical axis does not start at zero");
    if (scene->chart->free_scale)
        explain(out, "each panel has a vertical axis of its own");
    if (scene->chart->log_scale)
        explain(out, "logarithmic scale");
    explain_series(scene->chart, out);
    if (scene->chart->note && scene->chart->note[0])
        explain(out, scene->chart->note);
    if (out->length > 0 && out->data[0] >= 'a' && out->data[0] <= 'z')
        out->data[0] = (char)(out->data[0] - 'a' + 'A');
}

double up_ticks_width(const up_ticks *ticks, up_style style)
{
    double width = 0;

    for (size_t i = 0; i < ticks->count; i++)
        width = fmax(width, up_chart_extent(ticks->items[i].label,
                                            strlen(ticks->items[i].label), style));
    return width;
}

void up_chart_draw_values(up_scene *scene, const up_ticks *ticks, up_style style)
{
    const up_axis *axis = &scene->y;
    double left = scene->plot.left, right = scene->plot.right;

    for (size_t i = 0; i < ticks->count; i++) {
        const up_tick *t = &ticks->items[i];
        double y = up_axis_pixel(axis, t->at);
        bool zero = !axis->log && t->at == 0;
        up_scene_rule(scene, (up_rule){left, y, right, y, (zero ? 1.4 : 1) * scene->scale,
                                       zero ? UP_TONE_AXIS : UP_TONE_GRID, false});
        if (t->has_label)
            up_scene_text(scene, t->label, strlen(t->label), left - 9 * scene->scale, y,
                          UP_RIGHT, style);
    }
}

void up_chart_draw_times(up_scene *scene, const up_ticks *ticks, up_style style)
{
    double s = scene->scale, bottom = scene->plot.bottom;
    double line = up_line_height(style), top = bottom + 8 * s;

    up_scene_rule(scene, (up_rule){scene->plot.left, bottom, scene->plot.right, bottom,
                                   1.4 * s, UP_TONE_AXIS, false});
    for (size_t i = 0; i < ticks->count; i++) {
        const up_tick *t = &ticks->items[i];
        double mark = up_axis_pixel(&scene->x, t->mark),
               at = up_axis_pixel(&scene->x, t->at);
        if (t->has_mark)
            up_scene_rule(scene, (up_rule){mark, bottom, mark, bottom + 6 * s, s,
                                           UP_TONE_AXIS, false});
        if (!t->has_label)
            continue;
        up_scene_text(scene, t->label, strlen(t->label), at, top + line / 2, UP_CENTER,
                      style);
        up_scene_text(scene, t->below, strlen(t->below), at, top + line * 1.45, UP_CENTER,
                      style);
    }
}
