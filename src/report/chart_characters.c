/* A chart as lines of text, for terminals, mail and notes: the scene of a chart of `width` columns and
 * `height` rows, drawn on a sheet of characters. Lines are made of dots, bars of blocks that are
 * exact to an eighth of a cell, points of one sign a series. What comes first stays: texts,
 * points, lines, bars, areas, and last the grid. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/chart_sheet.h"
#include "uptick/number.h"

enum { WIDE = UP_SHEET_WIDE, HIGH = UP_SHEET_HIGH, EIGHTHS = 8, VALUES_MAX = 8 };

/* ---- signs of the series ---- */

static int colour_of(int tone)
{
    int n = tone - UP_TONE_SERIES;
    return n >= 0 && n < UP_TONES_OF_SERIES ? n : -1;
}

const char *up_tone_sign(int tone)
{
    static const char *const signs[UP_TONES_OF_SERIES] = {"●", "■", "◆", "+",
                                                          "×", "★", "#", "@"};
    return colour_of(tone) >= 0 ? signs[colour_of(tone)] : "·";
}

const char *up_tone_fill(int tone)
{
    static const char *const fills[UP_TONES_OF_SERIES] = {"█", "▒", "/", "░",
                                                          "+", "▓", "=", "o"};
    return colour_of(tone) >= 0 ? fills[colour_of(tone)] : "·";
}

/* ---- reading the data ---- */

/* The rows of a block: groups stand two blank lines apart, one breaks a line. */
typedef struct reader {
    const char *at;
    size_t group;
    bool gap; /* this row begins a group, or a line anew */
    double values[VALUES_MAX];
} reader;

static reader start(const up_block *block)
{
    return (reader){.at = up_buffer_text(&block->rows), .gap = true};
}

static double next_value(const char **at)
{
    char text[UP_NUMBER_SIZE] = "";
    size_t length = strcspn(*at, " \n");
    double value = 0;
    memcpy(text, *at, length < sizeof text ? length : sizeof text - 1);
    *at += length;
    return up_number_parse(text, &value, NULL) == UP_OK ? value : 0; /* our own texts */
}

static bool next_row(reader *r)
{
    size_t blank = 0;
    for (; *r->at == '\n'; r->at++)
        blank++;
    r->group += blank >= 2;
    r->gap |= blank > 0;
    if (*r->at == '\0')
        return false;
    for (size_t i = 0; *r->at != '\n' && *r->at != '\0'; i++) {
        double value = next_value(&r->at);
        if (i < VALUES_MAX)
            r->values[i] = value;
        r->at += *r->at == ' ';
    }
    r->at += *r->at == '\n';
    return true;
}

/* ---- places ---- */

/* What is being drawn, and in which panel. */
typedef struct pen {
    const up_scene *scene;
    up_sheet *sheet;
    const up_panel *panel;
    bool many; /* several series: each has a sign */
} pen;

static long column_at(double x)
{
    return lround(floor(x / WIDE));
}

static long row_at(double y)
{
    return lround(floor(y / HIGH));
}

static const up_group *enter(pen *p, const up_block *block, size_t group)
{
    const up_group *g = &block->groups[group];
    p->panel = &p->scene->panels[g->panel - 1];
    return g;
}

static double x_of(const pen *p, double value)
{
    return up_axis_pixel(&p->panel->x, value);
}

static double y_of(const pen *p, double value)
{
    const up_axis *axis = &p->panel->y;
    double kept =
        fmin(fmax(value, fmin(axis->min, axis->max)), fmax(axis->min, axis->max));
    return up_axis_pixel(axis, kept);
}

static double middle(long cell, int size)
{
    return ((double)cell + 0.5) * size;
}

/* ---- lines ---- */

/* So many dots are drawn and left out in turn. */
typedef struct dashes {
    long on, off;
} dashes;

static const dashes solid = {1, 0}, faint = {1, 2};

static void draw_dots(pen *p, double x1, double y1, double x2, double y2, int tone,
                      dashes d, long *drawn)
{
    double dx = (x2 - x1) * 2 / WIDE, dy = (y2 - y1) * 4 / HIGH;
    long steps = lround(ceil(fmax(fabs(dx), fabs(dy))));
    for (long i = 0; i <= steps; i++, ++*drawn) {
        double part = steps > 0 ? (double)i / (double)steps : 0;
        if (*drawn % (d.on + d.off) >= d.on)
            continue;
        up_sheet_dot(p->sheet, lround(floor((x1 + (x2 - x1) * part) * 2 / WIDE)),
                     lround(floor((y1 + (y2 - y1) * part) * 4 / HIGH)), tone);
    }
}

/* A long line without points gets its sign now and then, each series elsewhere. */
static void sign_line(pen *p, double x1, double y1, double x2, double y2, int tone)
{
    enum { EVERY = 16 };
    int n = colour_of(tone);
    long from = column_at(x1), to = column_at(x2);
    if (!p->many || n < 0)
        return;
    for (long c = from + 1; c <= to; c++)
        if ((c + 5 * n) % EVERY == 0)
            up_sheet_mark(p->sheet, c,
                          row_at(y1 + (y2 - y1) * (middle(c, WIDE) - x1) / (x2 - x1)),
                          up_tone_sign(tone), tone);
}

static void draw_paths(pen *p, const up_block *block, bool signs,
                       dashes (*dashes_of)(const up_group *))
{
    reader r = start(block);
    double x = 0, y = 0;
    long drawn = 0;
    for (size_t group = SIZE_MAX; next_row(&r); r.gap = false) {
        const up_group *g = enter(p, block, r.group);
        double to_x = x_of(p, r.values[0]), to_y = y_of(p, r.values[1]);
        drawn = r.group != group ? 0 : drawn;
        group = r.group;
        if (!r.gap && signs)
            sign_line(p, x, y, to_x, to_y, g->tone);
        if (!r.gap)
            draw_dots(p, x, y, to_x, to_y, g->tone, dashes_of(g), &drawn);
        x = to_x;
        y = to_y;
    }
}

static dashes is_solid(const up_group *g)
{
    (void)g;
    return solid;
}

static dashes is_faint(const up_group *g)
{
    (void)g;
    return faint;
}

static dashes of_branch(const up_group *g)
{
    static const dashes known[] = {{4, 3}, {1, 2}, {8, 2}, {6, 4}};
    return known[g->branch % 4];
}

static void draw_lines(pen *p, const up_block *block)
{
    draw_paths(p, block, false, is_solid);
}

static void sign_lines(pen *p, const up_block *block)
{
    draw_paths(p, block, true, is_solid);
}

static void draw_weak(pen *p, const up_block *block)
{
    draw_paths(p, block, false, is_faint);
}

static void draw_steps(pen *p, const up_block *block)
{
    draw_paths(p, block, false, of_branch);
}

/* ---- marks ---- */

/* Points by gnuplot's types (chart_line.c): circles and triangles, hollow and filled. */
static void draw_points(pen *p, const up_block *block)
{
    static const char *const signs[] = {
        [6] = "○", [7] = NULL, [8] = "△", [9] = "▲", [10] = "▽", [11] = "▼"};
    for (reader r = start(block); next_row(&r);) {
        int type = (int)r.values[2], tone = (int)r.values[3];
        enter(p, block, r.group);
        const char *sign = type >= 6 && type <= 11 ? signs[type] : NULL;
        if (sign == NULL)
            sign = p->many ? up_tone_sign(tone) : "●";
        up_sheet_mark(p->sheet, column_at(x_of(p, r.values[0])),
                      row_at(y_of(p, r.values[1])), sign, tone);
    }
}

static void draw_about(pen *p, const up_block *block)
{
    for (reader r = start(block); next_row(&r);) {
        enter(p, block, r.group);
        up_sheet_mark(p->sheet, column_at(x_of(p, r.values[0])),
                      row_at(y_of(p, r.values[1])), "◉", (int)r.values[2]);
    }
}

/* From one row to another; the ends where there is room for them. */
static void draw_upright(pen *p, double x, double low, double high, int tone,
                         const char *const signs[3])
{
    long top = row_at(y_of(p, high)), bottom = row_at(y_of(p, low));
    for (long row = top; row <= bottom; row++)
        up_sheet_mark(p->sheet, column_at(x), row,
                      top == bottom   ? signs[1]
                      : row == top    ? signs[0]
                      : row == bottom ? signs[2]
                                      : signs[1],
                      tone);
}

/* From one column to another, likewise. */
static void draw_across(pen *p, double low, double high, double y, int tone)
{
    long from = column_at(x_of(p, low)), to = column_at(x_of(p, high));
    for (long c = from; c <= to; c++)
        up_sheet_mark(p->sheet, c, row_at(y),
                      from == to  ? "─"
                      : c == from ? "├"
                      : c == to   ? "┤"
                                  : "─",
                      tone);
}

static const char *const whisker[] = {"┬", "│", "┴"}, *const thick[] = {"┃", "┃", "┃"};

static void draw_upright_rows(pen *p, const up_block *block, const char *const signs[3])
{
    for (reader r = start(block); next_row(&r);) {
        enter(p, block, r.group);
        draw_upright(p, x_of(p, r.values[0]), r.values[1], r.values[2], (int)r.values[3],
                     signs);
    }
}

static void draw_bounds(pen *p, const up_block *block)
{
    draw_upright_rows(p, block, whisker);
}

static void draw_ranges(pen *p, const up_block *block)
{
    draw_upright_rows(p, block, thick);
}

static void draw_spans(pen *p, const up_block *block)
{
    for (reader r = start(block); next_row(&r);) {
        enter(p, block, r.group);
        draw_across(p, r.values[0], r.values[1], y_of(p, r.values[2]), (int)r.values[3]);
    }
}

/* ---- bars ---- */

/* Blocks that fill so many eighths of a cell, from below and from the left. */
static const char *const rising[EIGHTHS + 1] = {NULL, "▁", "▂", "▃", "▄",
                                                "▅",  "▆", "▇", "█"};
static const char *const growing[EIGHTHS + 1] = {NULL, "▏", "▎", "▍", "▌",
                                                 "▋",  "▊", "▉", "█"};

/* How much of the cell that begins at `begin` lies between from and to, in eighths. */
static int eighths(double begin, double size, double from, double to)
{
    double part = (fmin(begin + size, to) - fmax(begin, from)) / size;
    return (int)lround(fmin(fmax(part, 0), 1) * EIGHTHS);
}

/* What stands in a cell of which so much is filled, at its far end (where `blocks` begin) or at
 * the near one, of which half a block is all there is. */
static const char *block_sign(int filled, bool from_begin, const char *const blocks[],
                              const char *half, const char *fill)
{
    bool is_solid_fill = strcmp(fill, blocks[EIGHTHS]) == 0;
    if (!is_solid_fill)
        return filled * 2 >= EIGHTHS ? fill : NULL;
    if (filled == EIGHTHS || from_begin)
        return blocks[filled];
    return filled * 2 >= EIGHTHS ? half : NULL;
}

static void put_row(pen *p, long left, long right, long row, const char *sign, int tone)
{
    for (long c = left; c < right && sign != NULL; c++)
        up_sheet_put(p->sheet, c, row, sign, tone);
}

/* A box of the plot, its pixels in order, that ends exactly at the top. The row of the zero line is
 * left to it; what is too low to leave that row is an eighth of the next. */
static void draw_upright_box(pen *p, up_box box, const char *fill, int tone)
{
    double zero = y_of(p, 0);
    long left = lround(box.left / WIDE), wide = lround((box.right - box.left) / WIDE);
    long right = left + (wide > 0 ? wide : 1); /* all of one width */
    long top = row_at(box.top), bottom = row_at(box.bottom);
    bool rises = fabs(box.bottom - zero) < 1, falls = fabs(box.top - zero) < 1;
    if (rises && top == bottom && box.top < box.bottom)
        put_row(p, left, right, top - 1, rising[1], tone);
    for (long row = top + falls; row <= bottom - rises; row++) {
        int filled = eighths((double)row * HIGH, HIGH, box.top, box.bottom);
        bool begins = box.bottom >= (double)(row + 1) * HIGH - 1;
        put_row(p, left, right, row, block_sign(filled, begins, rising, "▀", fill), tone);
    }
}

/* One that ends exactly at the right, a row high (chart_bar.c). */
static void draw_level_box(pen *p, up_box box, const char *fill, int tone)
{
    long row = row_at((box.top + box.bottom) / 2);
    for (long c = column_at(box.left); c <= column_at(box.right); c++) {
        int filled = eighths((double)c * WIDE, WIDE, box.left, box.right);
        bool begins = box.left <= (double)c * WIDE + 1;
        put_row(p, c, c + 1, row, block_sign(filled, begins, growing, "▐", fill), tone);
    }
}

/* $bar $pale $open of plots/bar.gp: from, to, y, half, tone. */
static void draw_level(pen *p, const up_block *block, const char *fill)
{
    for (reader r = start(block); next_row(&r);) {
        enter(p, block, r.group);
        const double *v = r.values;
        up_box box = {x_of(p, v[0]), y_of(p, v[2] - v[3]), x_of(p, v[1]),
                      y_of(p, v[2] + v[3])};
        draw_level_box(p, box, fill != NULL ? fill : "█", (int)v[4]);
    }
}

/* Those of plots/columns.gp: x, left, right, from, to, tone. */
static void draw_columns(pen *p, const up_block *block, const char *fill)
{
    for (reader r = start(block); next_row(&r);) {
        enter(p, block, r.group);
        const double *v = r.values;
        int tone = (int)v[5];
        up_box box = {x_of(p, v[1]), y_of(p, v[4]), x_of(p, v[2]), y_of(p, v[3])};
        draw_upright_box(p, box, fill != NULL ? fill : up_tone_fill(tone), tone);
    }
}

static bool is_level(const pen *p)
{
    return strcmp(p->scene->chart->kind, "bar") == 0;
}

static void draw_bars(pen *p, const up_block *block)
{
    (is_level(p) ? draw_level : draw_columns)(p, block, NULL);
}

static void draw_pale(pen *p, const up_block *block)
{
    (is_level(p) ? draw_level : draw_columns)(p, block, "░");
}

/* The firm edge of a bar of which only the bound at its end is known. */
static void draw_edges(pen *p, const up_block *block)
{
    for (reader r = start(block); next_row(&r);) {
        enter(p, block, r.group);
        const double *v = r.values;
        if (is_level(p)) {
            up_sheet_put(p->sheet, column_at(x_of(p, v[0]) - 1), row_at(y_of(p, v[1])),
                         "▌", (int)v[3]);
            continue;
        }
        long to = lround(x_of(p, v[1]) / WIDE);
        for (long c = lround(x_of(p, v[0]) / WIDE); c < to; c++)
            up_sheet_put(p->sheet, c, row_at(y_of(p, v[2])), "▔", (int)v[3]);
    }
}

static void draw_whiskers(pen *p, const up_block *block)
{
    for (reader r = start(block); next_row(&r);) {
        enter(p, block, r.group);
        const double *v = r.values;
        if (is_level(p))
            draw_across(p, v[0], v[1], y_of(p, v[2]), UP_TONE_TEXT);
        else
            draw_upright(p, x_of(p, v[0]), v[1], v[2], UP_TONE_TEXT, whisker);
    }
}

/* Between two rows, the nearest to y: where one part ends the next begins, so that all of them are as
 * high as their sum. The zero line has its row to itself. */
static long boundary_at(double y)
{
    return lround((y - HIGH / 2.0) / HIGH);
}

/* $column of plots/stack.gp: time, half, low, high, tone. */
static void draw_stacked(pen *p, const up_block *block)
{
    for (reader r = start(block); next_row(&r);) {
        enter(p, block, r.group);
        const double *v = r.values;
        int tone = (int)v[4];
        double left = x_of(p, v[0] - v[1]), right = x_of(p, v[0] + v[1]);
        long from = lround(left / WIDE), wide = lround((right - left) / WIDE);
        for (long row = boundary_at(y_of(p, v[3])); row < boundary_at(y_of(p, v[2]));
             row++)
            put_row(p, from, from + (wide > 0 ? wide : 1), row, up_tone_fill(tone), tone);
    }
}

/* ---- areas ---- */

/* Between two neighbours of an area: the cells whose middle lies inside. */
static void fill_between(pen *p, const double a[3], const double b[3], const char *fill,
                         int tone)
{
    double x1 = x_of(p, a[0]), x2 = x_of(p, b[0]);
    for (long c = column_at(x1); c <= column_at(x2); c++) {
        double x = middle(c, WIDE), part = (x - x1) / (x2 - x1);
        if (x < x1 || x >= x2)
            continue;
        double top = y_of(p, a[2]) + (y_of(p, b[2]) - y_of(p, a[2])) * part;
        double bottom = y_of(p, a[1]) + (y_of(p, b[1]) - y_of(p, a[1])) * part;
        for (long row = row_at(top); row <= row_at(bottom); row++)
            if (middle(row, HIGH) >= top && middle(row, HIGH) < bottom)
                up_sheet_put(p->sheet, c, row, fill, tone);
    }
}

static void draw_areas(pen *p, const up_block *block, const char *fill)
{
    double before[3] = {0};
    for (reader r = start(block); next_row(&r); r.gap = false) {
        int tone = enter(p, block, r.group)->tone;
        if (!r.gap)
            fill_between(p, before, r.values, fill != NULL ? fill : up_tone_fill(tone),
                         tone);
        memcpy(before, r.values, sizeof before);
    }
}

static void draw_stack_areas(pen *p, const up_block *block)
{
    draw_areas(p, block, NULL);
}

static void draw_inner(pen *p, const up_block *block)
{
    draw_areas(p, block, "░");
}

static void draw_outer(pen *p, const up_block *block)
{
    draw_areas(p, block, "·");
}

/* What the templates in plots/ do, in the order of importance. */
static const struct {
    const char *name;
    void (*draw)(pen *p, const up_block *block);
} blocks[] = {
    {"about", draw_about},      {"hollow", draw_points},    {"point", draw_points},
    {"whisker", draw_whiskers}, {"range", draw_ranges},     {"bound", draw_bounds},
    {"span", draw_spans},       {"line", draw_lines},       {"weak", draw_weak},
    {"step", draw_steps},       {"line", sign_lines},       {"edge", draw_edges},
    {"bar", draw_bars},         {"pale", draw_pale},        {"open", draw_pale},
    {"column", draw_stacked},   {"area", draw_stack_areas}, {"inner", draw_inner},
    {"outer", draw_outer}};

static void draw_blocks(pen *p)
{
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++)
        for (size_t j = 0; j < p->scene->block_count; j++)
            if (strcmp(p->scene->blocks[j].name, blocks[i].name) == 0)
                blocks[i].draw(p, &p->scene->blocks[j]);
}

/* ---- rules ---- */

static void draw_level_rule(pen *p, const up_rule *r, long every)
{
    const char *sign = r->tone == UP_TONE_GRID ? "·" : r->dotted ? "┄" : "─";
    long from = column_at(r->x1), to = column_at(r->x2 - 1);
    for (long c = from; c <= to; c += every)
        up_sheet_put(p->sheet, c, row_at(r->y1), sign, r->tone);
}

static bool is_tick(const up_rule *r)
{
    return r->x1 == r->x2 && fabs(r->y2 - r->y1) < HIGH / 2.0;
}

static void draw_upright_rule(pen *p, const up_rule *r)
{
    const char *sign = is_tick(r)                ? "┬"
                       : r->tone == UP_TONE_GRID ? "·"
                       : r->dotted               ? "┊"
                                                 : "│";
    long from = row_at(fmin(r->y1, r->y2)), to = row_at(fmax(r->y1, r->y2) - 1);
    for (long row = from; row <= (is_tick(r) ? from : to); row++)
        up_sheet_put(p->sheet, column_at(r->x1), row, sign, r->tone);
}

/* Ticks before the axis that they stand on, the grid last. */
static int layer_of(const up_rule *r)
{
    return r->tone == UP_TONE_GRID ? 2 : is_tick(r) ? 0 : 1;
}

static void draw_rules(pen *p)
{
    for (int layer = 0; layer < 3; layer++)
        for (size_t i = 0; i < p->scene->rule_count; i++) {
            const up_rule *r = &p->scene->rules[i];
            if (layer_of(r) != layer || r->tone >= UP_TONE_SERIES)
                continue;
            if (r->y1 == r->y2)
                draw_level_rule(p, r, r->tone == UP_TONE_GRID ? 4 : 1);
            else if (r->x1 == r->x2)
                draw_upright_rule(p, r);
        }
}

/* From the ends of lines to their labels. */
static void draw_leaders(pen *p)
{
    for (size_t i = 0; i < p->scene->rule_count; i++) {
        const up_rule *r = &p->scene->rules[i];
        long drawn = 0;
        if (r->tone >= UP_TONE_SERIES)
            draw_dots(p, r->x1, r->y1, r->x2, r->y2, r->tone, faint, &drawn);
    }
}

/* ---- texts ---- */

static void draw_text(pen *p, const up_text *t)
{
    double width = up_chart_extent(t->text, strlen(t->text), t->style) / WIDE;
    double start = t->x / WIDE - (t->align == UP_RIGHT    ? width
                                  : t->align == UP_CENTER ? width / 2
                                                          : 0);
    /* away from the mark that it stands beside */
    long column = lround(t->align == UP_RIGHT  ? floor(start)
                         : t->align == UP_LEFT ? ceil(start)
                                               : start);
    long spare = (long)p->sheet->columns - lround(ceil(width)), row = row_at(t->y);
    column = column > spare ? spare : column;
    column = column < 0 ? 0 : column;
    /* two that stand closer than a row is high */
    if (!up_sheet_text(p->sheet, column, row, t->text, t->style) &&
        !up_sheet_text(p->sheet, column, row + 1, t->text, t->style) &&
        !up_sheet_text(p->sheet, column, row - 1, t->text, t->style))
        up_remarks_add(p->scene->remarks, UP_WARNING, "", 0,
                       "no room for a text of the chart (--size makes room): %s",
                       t->text);
}

/* More than one colour is in use. */
static bool has_many(const up_chart *chart)
{
    size_t coloured = 0;
    for (size_t i = 0; i < chart->count; i++)
        coloured += !chart->series[i].context && chart->series[i].branch == 0;
    return coloured > 1 && strcmp(chart->kind, "facet") != 0;
}

up_status up_chart_write_characters(const up_scene *scene, bool colour, up_buffer *out,
                                    up_error *err)
{
    up_sheet sheet;
    pen p = {.scene = scene, .sheet = &sheet, .many = has_many(scene->chart)};
    up_status status = up_sheet_init(&sheet, (size_t)(scene->width / WIDE),
                                     (size_t)(scene->height / HIGH), err);
    if (status != UP_OK)
        return status;
    for (size_t i = 0; i < scene->text_count; i++)
        draw_text(&p, &scene->texts[i]);
    draw_blocks(&p);
    draw_leaders(&p);
    draw_rules(&p);
    if (is_level(&p)) /* a bar a row: few of them leave rows empty */
        up_sheet_close_gaps(&sheet);
    up_sheet_write(&sheet, colour, out);
    up_sheet_release(&sheet);
    return up_buffer_check(out, err);
}
