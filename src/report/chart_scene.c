/* The scene: lists that grow (chart_draw.h). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "report/chart_draw.h"
#include "uptick/number.h"

void up_scene_release(up_scene *scene)
{
    for (size_t i = 0; i < scene->text_count; i++)
        free(scene->texts[i].text);
    for (size_t i = 0; i < scene->block_count; i++) {
        up_buffer_release(&scene->blocks[i].rows);
        free(scene->blocks[i].groups);
    }
    free(scene->texts);
    free(scene->rules);
    free(scene->taken);
    free(scene->lines);
    free(scene->panels);
    *scene = (up_scene){0};
}

/* Room for one more; false when memory ran out, now or before. */
static bool room(up_scene *scene, void *items, size_t *capacity, size_t count,
                 size_t size)
{
    up_error *err = &scene->failure;

    if (err->code == UP_OK)
        err->code = up_grow(items, capacity, count + 1, size, err);
    return err->code == UP_OK;
}

const char *up_scene_words(up_scene *scene, const up_buffer *text)
{
    if (text->failed && scene->failure.code == UP_OK)
        scene->failure.code = up_error_memory(&scene->failure);
    return up_buffer_text(text);
}

void up_scene_text(up_scene *scene, const char *text, size_t length, double x, double y,
                   up_align align, up_style style)
{
    up_text t = {.x = x, .y = y, .align = align, .style = style};

    if (length == 0 || !room(scene, &scene->texts, &scene->text_capacity,
                             scene->text_count, sizeof *scene->texts))
        return;
    scene->failure.code = up_copy_bytes(text, length, &t.text, &scene->failure);
    if (scene->failure.code == UP_OK)
        scene->texts[scene->text_count++] = t;
}

void up_scene_turned(up_scene *scene, const char *text, double x, double y,
                     up_align align, up_style style, double degrees)
{
    size_t before = scene->text_count;

    up_scene_text(scene, text, strlen(text), x, y, align, style);
    if (scene->text_count > before)
        scene->texts[before].turn = degrees;
}

void up_scene_rule(up_scene *scene, up_rule rule)
{
    if (room(scene, &scene->rules, &scene->rule_capacity, scene->rule_count,
             sizeof *scene->rules))
        scene->rules[scene->rule_count++] = rule;
}

void up_scene_take(up_scene *scene, up_box box)
{
    if (room(scene, &scene->taken, &scene->taken_capacity, scene->taken_count,
             sizeof *scene->taken))
        scene->taken[scene->taken_count++] = box;
}

void up_scene_line(up_scene *scene, double x1, double y1, double x2, double y2)
{
    if (room(scene, &scene->lines, &scene->line_capacity, scene->line_count,
             sizeof *scene->lines))
        scene->lines[scene->line_count++] =
            (up_rule){.x1 = x1, .y1 = y1, .x2 = x2, .y2 = y2};
}

up_block *up_scene_block(up_scene *scene, const char *name)
{
    for (size_t i = 0; i < scene->block_count; i++)
        if (strcmp(scene->blocks[i].name, name) == 0)
            return &scene->blocks[i];
    up_block *block = &scene->blocks[scene->block_count++];
    *block = (up_block){.name = name};
    return block;
}

void up_block_group(up_scene *scene, up_block *block, int tone)
{
    if (!room(scene, &block->groups, &block->group_capacity, block->group_count,
              sizeof *block->groups))
        return;
    if (block->group_count > 0)
        up_buffer_add(&block->rows, "\n\n");
    block->groups[block->group_count++] =
        (up_group){.tone = tone, .panel = scene->panel_count + 1};
}

void up_scene_mark(up_scene *scene, const char *name, const double values[], size_t count)
{
    up_block *block = up_scene_block(scene, name);
    size_t n = block->group_count;

    if (n == 0 || block->groups[n - 1].panel != scene->panel_count + 1)
        up_block_group(scene, block, 0);
    up_block_row(block, values, count);
}

double up_scene_snap(const up_scene *scene, double y)
{
    double middle = UP_SHEET_HIGH / 2.0;
    return scene->cells ? floor((y - middle) / UP_SHEET_HIGH) * UP_SHEET_HIGH + middle
                        : y;
}

double up_scene_row(const up_scene *scene, double y)
{
    return scene->cells ? (floor(y / UP_SHEET_HIGH) + 0.5) * UP_SHEET_HIGH : y;
}

double up_scene_below(const up_scene *scene, double y)
{
    return scene->cells ? ceil(y / UP_SHEET_HIGH) * UP_SHEET_HIGH + UP_SHEET_HIGH / 2.0
                        : y;
}

void up_scene_size(const up_scene *scene, up_buffer *out)
{
    if (scene->cells)
        up_buffer_addf(out, "%d × %d characters", (int)scene->width / UP_SHEET_WIDE,
                       (int)scene->height / UP_SHEET_HIGH);
    else
        up_buffer_addf(out, "%d × %d pixels", (int)scene->width, (int)scene->height);
}

up_status up_scene_check_room(const up_scene *scene, up_error *err)
{
    double least = scene->cells ? 4 * UP_SHEET_HIGH : 90 * scene->scale;
    if (scene->plot.bottom - scene->plot.top >= least)
        return UP_OK;
    up_buffer size = {0};
    up_scene_size(scene, &size);
    up_error_set(err, UP_USAGE, "the texts leave no room for the chart (%s)",
                 up_buffer_text(&size));
    up_buffer_release(&size);
    return UP_USAGE;
}

void up_scene_end_panel(up_scene *scene)
{
    if (room(scene, &scene->panels, &scene->panel_capacity, scene->panel_count,
             sizeof *scene->panels))
        scene->panels[scene->panel_count++] = (up_panel){scene->plot, scene->x, scene->y};
}

void up_block_row(up_block *block, const double values[], size_t count)
{
    char text[UP_NUMBER_SIZE];

    for (size_t i = 0; i < count; i++) {
        up_number_format(values[i], text);
        up_buffer_add(&block->rows, i > 0 ? " " : "");
        up_buffer_add(&block->rows, text);
    }
    up_buffer_add(&block->rows, "\n");
}

void up_block_gap(up_block *block)
{
    size_t n = block->rows.length;

    if (n >= 2 && block->rows.data[n - 2] != '\n')
        up_buffer_add(&block->rows, "\n");
}

int up_series_tone(const up_chart *chart, size_t series)
{
    size_t colour = 0;

    while (series > 0 && chart->series[series].branch > 0)
        series--;
    if (chart->series[series].context)
        return UP_TONE_CONTEXT;
    for (size_t i = 0; i < series && colour < UP_TONES_OF_SERIES; i++)
        colour += !chart->series[i].context && chart->series[i].branch == 0;
    return colour < UP_TONES_OF_SERIES ? UP_TONE_SERIES + (int)colour : UP_TONE_CONTEXT;
}

size_t up_chart_count_grey(const up_chart *chart)
{
    size_t own = 0, coloured = 0;

    for (size_t i = 0; i < chart->count; i++) {
        own += chart->series[i].branch == 0;
        coloured += chart->series[i].branch == 0 && !chart->series[i].context;
    }
    return own - (coloured < UP_TONES_OF_SERIES ? coloured : UP_TONES_OF_SERIES);
}

bool up_chart_has_crowd(const up_chart *chart)
{
    enum { CROWD = 24 };

    return up_chart_count_grey(chart) > CROWD;
}

int up_series_line_tone(const up_chart *chart, size_t series)
{
    int tone = up_series_tone(chart, series);

    return tone == UP_TONE_CONTEXT ? UP_TONE_CONTEXT_LINE : tone;
}
