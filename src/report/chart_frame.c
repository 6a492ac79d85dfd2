/* What stands around the plot: headline, unit, ticks, note and source. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/chart_draw.h"

/* Of the note; more where it says what the events are. */
enum { NOTE_LINES = 4, NUMBERED_LINES = 10 };

up_style up_style_of(const up_scene *scene, double size, bool bold, int tone)
{
    return (up_style){size * scene->scale, bold, tone, scene->cells};
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
        up_tell(chart->language, UP_SAY_SOURCE, &source, chart->source);
    }
    size_t source_lines =
        up_chart_count_lines(up_scene_words(scene, &source), width, small);
    size_t note_lines = up_chart_count_lines(note, width, small);
    source_lines = source_lines > 3 ? 3 : source_lines;
    size_t most_lines = scene->numbered ? NUMBERED_LINES : NOTE_LINES;
    note_lines = note_lines > most_lines ? most_lines : note_lines;
    double bottom = scene->height - 22 * scene->scale;
    double start = bottom - (double)(source_lines + note_lines) * up_line_height(small);
    double next =
        up_chart_paragraph(scene, note, margin, start, width, UP_LEFT, small, most_lines);
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
    bool first = true;
    for (size_t i = 0; i < chart->count; i++) {
        const char *scenario = chart->series[i].scenario;
        bool said = scenario == NULL;
        for (size_t j = 0; j < i && !said; j++)
            said = same_text(chart->series[j].scenario, scenario);
        if (said)
            continue;
        up_tell(chart->language, first ? UP_SAY_QUOTED : UP_SAY_NEXT_QUOTED, out,
                scenario);
        first = false;
    }
}

/* "dashed: exponential projection with 80 and 95 % bands" */
static void explain_projection(const up_scene *scene, up_buffer *out)
{
    const up_chart_series *first = NULL;
    up_language language = scene->chart->language;
    bool same_model = true, same_bands = true;
    up_buffer names = {0}, words = {0}, with_bands = {0}, all = {0};

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
    bool scenario = first->scenario != NULL;
    const char *model = up_model_word(language, first->model);
    if (scenario)
        explain_scenarios(scene->chart, &names);
    if (scenario)
        up_tell(language, same_model ? UP_SAY_SCENARIO : UP_SAY_SCENARIOS, &words,
                up_buffer_text(&names));
    else if (same_model && model != NULL)
        up_tell(language, UP_SAY_PROJECTION_BY, &words, model);
    else
        up_tell(language, UP_SAY_PROJECTION, &words, "");
    if (same_bands && first->bands != NULL && !scenario)
        up_tell(language, UP_SAY_WITH_BANDS, &with_bands, up_buffer_text(&words),
                first->bands);
    up_tell(language, UP_SAY_DASHED, &all,
            up_buffer_text(with_bands.length > 0 ? &with_bands : &words));
    explain(out, up_buffer_text(&all));
    out->failed |= names.failed || words.failed || with_bands.failed || all.failed;
    up_buffer_release(&names);
    up_buffer_release(&words);
    up_buffer_release(&with_bands);
    up_buffer_release(&all);
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

/* "grey: 292 others" */
static void explain_crowd(const up_chart *chart, up_buffer *out)
{
    up_buffer text = {0};
    char number[24];

    snprintf(number, sizeof number, "%zu", up_chart_count_grey(chart));
    up_tell(chart->language, UP_SAY_GREY, &text, number);
    explain(out, up_buffer_text(&text));
    out->failed |= text.failed;
    up_buffer_release(&text);
}

/* The event of that number. */
static const char *event_text(const up_scene *scene, size_t rank)
{
    for (size_t i = 0; i < scene->chart->event_count; i++)
        if (up_chart_has_event(scene, i) && up_chart_event_rank(scene, i) == rank)
            return scene->chart->events[i].text;
    return NULL;
}

/* What the numbers of the events mean. */
static void explain_events(const up_scene *scene, up_buffer *out)
{
    const up_chart *chart = scene->chart;

    for (size_t i = 0; i < chart->event_count && i < UP_EVENTS_NUMBERED; i++) {
        const char *event = event_text(scene, i);
        up_buffer text = {0};
        if (!event)
            continue;
        up_buffer_addf(&text, "%s\xc2\xa0%s", up_chart_event_number(i), event);
        explain(out, up_buffer_text(&text));
        out->failed |= text.failed;
        up_buffer_release(&text);
    }
    if (chart->event_count > UP_EVENTS_NUMBERED)
        up_remarks_add(scene->remarks, UP_WARNING, "", 0,
                       "%zu of %zu events are not drawn: panels number no more than %d",
                       chart->event_count - UP_EVENTS_NUMBERED, chart->event_count,
                       UP_EVENTS_NUMBERED);
}

void up_chart_explain(const up_scene *scene, bool bars, up_buffer *out)
{
    static const struct {
        unsigned mark;
        up_say text, in_bars;
    } texts[] = {
        {UP_USED_MORE, UP_SAY_MORE, UP_SAY_MORE_BAR},
        {UP_USED_LESS, UP_SAY_LESS, UP_SAY_LESS_BAR},
        {UP_USED_ONE_BOUND, UP_SAYS, UP_SAY_ONE_BOUND},
        {UP_USED_HOLLOW, UP_SAY_HOLLOW, UP_SAY_HOLLOW_BAR},
        {UP_USED_SPAN, UP_SAY_SPAN, UP_SAYS},
        {UP_USED_ABOUT, UP_SAY_ABOUT, UP_SAY_ABOUT_BAR},
        {UP_USED_BOUNDS, UP_SAY_BOUNDS, UP_SAY_BOUNDS_BAR},
        {UP_USED_RANGE, UP_SAY_RANGE, UP_SAY_RANGE_BAR},
        {UP_USED_MISSING, UP_SAYS, UP_SAY_MISSING_BAR},
    };
    up_language language = scene->chart->language;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        up_say what = bars ? texts[i].in_bars : texts[i].text;
        if ((scene->marks & texts[i].mark) && what != UP_SAYS)
            explain(out, up_word(language, what));
    }
    if (!bars)
        explain_projection(scene, out);
    if (scene->marks & UP_USED_CUT_BAND)
        explain(out, up_word(language, UP_SAY_CUT_BAND));
    if (scene->marks & UP_USED_OFF_ZERO)
        explain(out, up_word(language, UP_SAY_OFF_ZERO));
    if (scene->chart->free_scale)
        explain(out, up_word(language, UP_SAY_OWN_AXES));
    if (scene->chart->log_scale)
        explain(out, up_word(language, UP_SAY_LOG));
    if (!bars && up_chart_has_crowd(scene->chart) &&
        strcmp(scene->chart->kind, "line") == 0)
        explain_crowd(scene->chart, out);
    explain_series(scene->chart, out);
    if (scene->numbered)
        explain_events(scene, out);
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
    double left = scene->plot.left, right = scene->plot.right, before = INFINITY;

    for (size_t i = 0; i < ticks->count; i++) {
        const up_tick *t = &ticks->items[i];
        double y = up_axis_pixel(axis, t->at), row = up_scene_row(scene, y);
        bool zero = !axis->log && t->at == 0;
        up_scene_rule(scene, (up_rule){left, y, right, y, (zero ? 1.4 : 1) * scene->scale,
                                       zero ? UP_TONE_AXIS : UP_TONE_GRID, false});
        if (!t->has_label || row == before) /* a row of a sheet has one label */
            continue;
        up_scene_text(scene, t->label, strlen(t->label), left - 9 * scene->scale, y,
                      UP_RIGHT, style);
        before = row;
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
