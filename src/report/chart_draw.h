/* What a chart is made of on its way to a script: texts and rules laid out in pixels, and
 * blocks of data in the units of the axes.
 *
 * Pixels count from the top left; the y of a text is the middle of its line. A kind fills the
 * scene (chart_line.c, chart_columns.c, …), chart.c writes it out as the prologue, and the
 * templates in plots/ turn it into marks. Additions after a failed allocation do nothing;
 * `failed` tells. */
#ifndef UPTICK_REPORT_CHART_DRAW_H
#define UPTICK_REPORT_CHART_DRAW_H

#include <stdint.h>

#include "report/chart_words.h"
#include "uptick/chart.h"

typedef enum up_align { UP_LEFT, UP_RIGHT, UP_CENTER } up_align;

/* Rows of the palette in plots/theme.gp. The series have UP_TONES_OF_SERIES colours; those
 * past them share the tone of context. */
enum {
    UP_TONE_TEXT = 1,
    UP_TONE_MUTED = 2,
    UP_TONE_GRID = 3,
    UP_TONE_AXIS = 4,
    UP_TONE_SERIES = 5,
    UP_TONES_OF_SERIES = 8,
    UP_TONE_CONTEXT = 13,
    UP_TONE_CONTEXT_LINE = 14
};

typedef struct up_style {
    double size; /* pixels */
    bool bold;
    int tone;
    bool cells; /* of a sheet of characters: each takes one, wide ones two */
} up_style;

/* A cell of a sheet of characters, in pixels: high, so that the margins between texts, which are
 * meant for pictures, take less than a row. */
enum { UP_SHEET_WIDE = 8, UP_SHEET_HIGH = 48 };

typedef struct up_box {
    double left, top, right, bottom;
} up_box;

typedef struct up_text {
    char *text;
    double x, y, turn; /* degrees, counter-clockwise */
    up_align align;
    up_style style;
} up_text;

typedef struct up_rule {
    double x1, y1, x2, y2, width;
    int tone;
    bool dotted;
} up_rule;

typedef struct up_axis {
    double min, max;
    double from, to; /* pixels of min and max */
    bool log;
    bool off_zero; /* zero would have been natural and is not there */
} up_axis;

typedef struct up_tick {
    double at, mark; /* where the label and the tick mark stand */
    bool has_label, has_mark;
    char label[64], below[64]; /* below: a second line, "" if none */
} up_tick;

enum { UP_TICKS_MAX = 96 };
typedef struct up_ticks {
    up_tick items[UP_TICKS_MAX];
    size_t count;
} up_ticks;

enum { UP_BLOCKS_MAX = 16 };
/* A part of a block: gnuplot's `index` counts them, two blank lines divide them. */
typedef struct up_group {
    int tone;      /* of what is drawn in one colour; 0: the rows have their own */
    size_t branch; /* whose dashes, as up_chart_series has it */
    size_t panel;  /* in which it is drawn, from 1 */
} up_group;

typedef struct up_block { /* a gnuplot data block */
    const char *name;
    up_buffer rows;
    up_group *groups;
    size_t group_count, group_capacity;
} up_block;

/* A plot of its own within the picture. */
typedef struct up_panel {
    up_box box;
    up_axis x, y;
} up_panel;

typedef struct up_scene {
    const up_chart *chart;
    up_remarks *remarks;
    double width, height, scale;
    bool cells;  /* it is drawn with characters (chart_characters.c), not by gnuplot */
    up_box plot; /* the panel that is being drawn, and its axes */
    up_axis x, y;
    up_panel *panels; /* those that are done */
    size_t panel_count, panel_capacity;
    up_text *texts;
    size_t text_count, text_capacity;
    up_rule *rules;
    size_t rule_count, rule_capacity;
    up_box *taken; /* boxes a label must keep clear of */
    size_t taken_count, taken_capacity;
    up_rule *lines; /* drawn lines a label should keep clear of */
    size_t line_count, line_capacity;
    up_block blocks[UP_BLOCKS_MAX];
    size_t block_count;
    bool numbered;  /* the events have numbers, which the note explains */
    unsigned marks; /* UP_USED_…: what the note line must explain */
    const double *
        ends; /* where the lines' labels belong, one a series; NULL: at the last values */
    double ends_after; /* then: so many years after the last times */
    up_error failure;
} up_scene;

enum {
    UP_USED_MORE = 1,
    UP_USED_LESS = 2,
    UP_USED_HOLLOW = 4,
    UP_USED_SPAN = 8,
    UP_USED_ABOUT = 16,
    UP_USED_BOUNDS = 32,
    UP_USED_RANGE = 64,
    UP_USED_CUT_BAND = 128,
    UP_USED_OFF_ZERO = 256,
    UP_USED_ONE_BOUND = 512,
    UP_USED_MISSING = 1024
};

/* ---- chart_scene.c ---- */
/* The words of a text that goes into the picture; memory that ran out while they were made is a
 * failure of the scene, so that no label is missing unsaid. */
const char *up_scene_words(up_scene *scene, const up_buffer *text);
void up_scene_release(up_scene *scene);
void up_scene_text(up_scene *scene, const char *text, size_t length, double x, double y,
                   up_align align, up_style style);
void up_scene_turned(up_scene *scene, const char *text, double x, double y,
                     up_align align, up_style style, double degrees);
void up_scene_rule(up_scene *scene, up_rule rule);
void up_scene_take(up_scene *scene, up_box box);
void up_scene_line(up_scene *scene, double x1, double y1, double x2, double y2);
/* The block of that name, made when it is new. */
up_block *up_scene_block(up_scene *scene, const char *name);
/* Starts a part of the block, drawn in `tone`, in the panel that is being drawn. */
void up_block_group(up_scene *scene, up_block *block, int tone);
/* A row of numbers. */
void up_block_row(up_block *block, const double values[], size_t count);
/* A row of a block of single marks, which has one part a panel. */
void up_scene_mark(up_scene *scene, const char *name, const double values[],
                   size_t count);
/* On a sheet of characters the middle of the row above or at y, where an axis or a line of text
 * stands; else y itself. */
double up_scene_snap(const up_scene *scene, double y);
/* There the middle of the row that y lies in, where a line at y is drawn. */
double up_scene_row(const up_scene *scene, double y);
/* There the middle of the first row that is wholly below y: what ends at y leaves it free. */
double up_scene_below(const up_scene *scene, double y);
/* "1200 × 675 pixels" */
void up_scene_size(const up_scene *scene, up_buffer *out);
/* Whether the texts around it leave the plot room enough. */
UP_MUST_CHECK up_status up_scene_check_room(const up_scene *scene, up_error *err);
/* The panel is done; what is added from now on belongs to the next. */
void up_scene_end_panel(up_scene *scene);
void up_block_gap(up_block *block); /* breaks a line */
/* How many series are grey; and whether they are too many to be named. */
size_t up_chart_count_grey(const up_chart *chart);
bool up_chart_has_crowd(const up_chart *chart);
/* The colour of series i: those of context are grey, as are those past the colours. */
int up_series_tone(const up_chart *chart, size_t series);
/* That of its line and marks: what is grey is fainter there than in its name. */
int up_series_line_tone(const up_chart *chart, size_t series);

/* ---- chart_script.c ---- */
/* Appends the script of a scene that a kind has filled; its template reads `blocks` (ended by
 * NULL), whether or not there are rows. */
UP_MUST_CHECK up_status up_chart_write_script(up_scene *scene, const char *kind,
                                              const char *template,
                                              const char *const blocks[], up_buffer *out,
                                              up_error *err);

/* ---- chart_characters.c ---- */
/* Appends the scene as lines of text; colour: with those of the terminal. */
UP_MUST_CHECK up_status up_chart_write_characters(const up_scene *scene, bool colour,
                                                  up_buffer *out, up_error *err);
/* The sign of a series' points and the filling of its bars there; "·" of what is grey. */
const char *up_tone_sign(int tone);
const char *up_tone_fill(int tone);

/* ---- chart_text.c ---- */
/* Refuses control characters and bytes that are not UTF-8; what names the text. */
UP_MUST_CHECK up_status up_chart_check_text(const char *text, const char *what,
                                            up_error *err);
/* Puts a space for each control character; whether there were any. */
bool up_chart_to_one_line(up_buffer *text);
/* As a gnuplot expression for this very text, in which nothing is expanded. */
void up_chart_quote(const char *text, up_buffer *out);
/* Width in pixels, a little on the generous side. */
double up_chart_extent(const char *text, size_t length, up_style style);
/* Lines of text that fit `width`, drawn from (x, top) down; returns the bottom. max_lines 0:
 * as many as it takes; else the last one ends in "…". */
double up_chart_paragraph(up_scene *scene, const char *text, double x, double top,
                          double width, up_align align, up_style style, size_t max_lines);
/* Text on one line, ended by "…" where it is too wide. */
void up_chart_cut(const char *text, double width, up_style style, up_buffer *out);
size_t up_chart_count_lines(const char *text, double width, up_style style);
double up_line_height(up_style style);
/* The row of font faces: 0 Latin and others, 1 Han, 2 kana, 3 hangul. */
int up_chart_script_of(const char *text);

/* ---- chart_font.c ---- */
/* Remarks characters of the scene's texts that no installed font can draw, and puts boxes in their
 * places but for SVG. */
void up_chart_check_glyphs(up_scene *scene);

enum { UP_MISSING_MAX = 8 }; /* so many missing characters are listed */
/* Says so of these characters, with the packages that have them. */
void up_font_remark(up_remarks *remarks, const int32_t missing[], size_t count);
/* The Debian package whose fonts have the character; NULL: none is known. */
const char *up_font_package(int32_t character);

/* ---- chart_axis.c ---- */
double up_axis_pixel(const up_axis *axis, double value);
/* Chooses the range and ticks for values low … high; zero: always show zero. On a log axis low
 * must be positive. About `wanted` ticks. */
void up_axis_values(const up_chart *chart, double low, double high, bool zero, int wanted,
                    up_axis *axis, up_ticks *ticks);
/* A value as a label at a mark: three digits, or all whole digits below a million; percents
 * with the same decimals in all of the chart. */
void up_chart_value(const up_chart *chart, double value, bool sign, up_buffer *out);
/* A point's value with its qualifier: "249 M", "~16.2 B", ">20 %", "3 B–750 B". brief: whole
 * percents. */
void up_chart_figure(const up_chart *chart, const up_chart_point *p, bool sign,
                     bool brief, up_buffer *out);
/* What is known of a sum of which two parts are known so. */
up_mark up_mark_of_sum(up_mark a, up_mark b);
/* ---- chart_time.c ---- */
/* Chooses the range and ticks for the years low … high on an axis `pixels` wide; the chart tells
 * which periods are too fine, and where labels of periods stand. */
void up_axis_times(const up_chart *chart, double low, double high, double pixels,
                   up_style style, up_axis *axis, up_ticks *ticks);

/* ---- chart_frame.c ---- */
/* Title, subtitle, note and source; returns the box left between them. */
up_box up_chart_frame(up_scene *scene, const char *note);
/* What the marks mean, from scene->marks and the projections. */
void up_chart_explain(const up_scene *scene, bool bars, up_buffer *out);
void up_chart_draw_values(up_scene *scene, const up_ticks *ticks, up_style style);
void up_chart_draw_times(up_scene *scene, const up_ticks *ticks, up_style style);
double up_ticks_width(const up_ticks *ticks, up_style style);
up_style up_style_of(const up_scene *scene, double size, bool bold, int tone);

/* ---- chart_events.c ---- */
/* Draws the events from `top` to the bottom of the plot; returns the bottom of their texts. */
double up_chart_events(up_scene *scene, double top);
/* Whether they are numbered, because their texts do not fit: told by the time axis as it is known
 * before the note is drawn. */
void up_chart_fit_events(up_scene *scene);
/* The numbers of those that concern the series, at the top of its panel. */
void up_chart_panel_events(up_scene *scene, size_t series);
/* Its place among those within the time axis, by their moments, from 0. */
size_t up_chart_event_rank(const up_scene *scene, size_t event);
/* Whether the event lies within the time axis. */
bool up_chart_has_event(const up_scene *scene, size_t event);

/* So many have numbers of their own: ① to ⑳. NULL past them. */
enum { UP_EVENTS_NUMBERED = 20 };
const char *up_chart_event_number(size_t event);

/* ---- chart_references.c ---- */
/* The values of the reference lines belong to what must be seen. */
void up_chart_add_references(const up_chart *chart, double *low, double *high);
/* Draws them through the panel; their texts where the lines and labels so far leave room. */
void up_chart_references(up_scene *scene, up_style style);

/* ---- chart_labels.c ---- */
bool up_label_is_free(const up_scene *scene, up_box box, bool cross_lines);
/* Puts a one-line label near a mark of that radius, where it covers nothing (but lines, if
 * `cross_lines`); false if there is no such place inside `bounds`. */
bool up_label_place(up_scene *scene, const char *text, double x, double y, double radius,
                    up_style style, up_box bounds, bool cross_lines);
/* Moves the centres at[] of boxes of heights[] as little as possible (least squares), so that
 * none overlap and all lie in [top, bottom]. at must be sorted. False if they do not fit. */
bool up_labels_spread(double at[], const double heights[], size_t count, double top,
                      double bottom);

/* ---- the kinds ---- */
up_status up_chart_draw_line(up_scene *scene, up_error *err);
up_status up_chart_draw_facet(up_scene *scene, up_error *err);
up_status up_chart_draw_bar(up_scene *scene, up_error *err);
up_status up_chart_draw_stack(up_scene *scene, up_error *err);
up_status up_chart_draw_columns(up_scene *scene, up_error *err);

#endif
