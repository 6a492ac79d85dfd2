/* Charts: from series to a gnuplot script (pure text), and from the script to a picture.
 *
 *     up_chart chart;  up_chart_init(&chart);
 *     chart.kind = "line";  chart.title = "AI users";  …
 *     up_chart_script(&chart, &script, &remarks, err);   // testable without gnuplot
 *     up_gnuplot_run(&script, UP_PICTURE_PNG, &picture, err);
 *
 * A chart holds what is to be drawn, not how: points with their bounds, spans and marks,
 * projections with their bands. A script is a prologue (variables and inline data made from
 * these) followed by a template from plots/. Text from the user stands only in single-quoted
 * strings, its own single quotes apart from them, and enhanced text is off, so that it cannot
 * become a command.
 *
 * Ownership: a chart borrows every text and array it points to. Times are calendar years
 * (period.h); a value is in the unit named by `unit`. */
#ifndef UPTICK_CHART_H
#define UPTICK_CHART_H

#include <stdbool.h>
#include <stddef.h>

#include "uptick/buffer.h"
#include "uptick/error.h"
#include "uptick/human.h"
#include "uptick/period.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum up_mark {
    UP_MARK_PLAIN,
    UP_MARK_ABOUT,     /* ~: a ring around the point */
    UP_MARK_MORE_THAN, /* the true figure lies above: an arrow up */
    UP_MARK_LESS_THAN, /* below: an arrow down */
    UP_MARK_RANGE      /* only a range is known: a bar from low to high, no point */
} up_mark;

typedef struct up_chart_point {
    double time, time_low, time_high; /* years; equal when the date is known */
    double value;                     /* the figure; for UP_MARK_RANGE the upper end */
    bool has_low, has_high;
    double low, high;
    up_mark mark;
    bool gap_before;   /* figures between this and the one before are missing: no line */
    bool hollow;       /* derived from a claim, or a forecast reported as such */
    const char *words; /* before the value in a label: "nearly", "just over"; NULL */
    const char
        *label; /* bars: the period's name (NULL: made from time); lines: stands at the
                          point in place of its value (NULL) */
} up_chart_point;

/* A projected path: lines at `time`, with up to two nested bands. */
typedef struct up_chart_step {
    double time, value;
    bool has_band;
    double lo80, hi80, lo95, hi95;
} up_chart_step;

typedef struct up_chart_series {
    const char *label;
    const up_chart_point *points;
    size_t count;
    const up_chart_point
        *missing; /* columns: times (and labels) at which there is no bar; a dash
                                    * stands for each */
    size_t missing_count;
    const up_chart_step *steps; /* the projection; 0 steps: none */
    size_t step_count;
    const char *model;    /* "exponential", named in the note line when there are steps */
    const char *scenario; /* its words, in place of the model's name; NULL */
    const char *bands;    /* what the bands are: "80 and 95 % bands"; NULL: not said */
    const char *remark;   /* for the note line, said once in the chart; NULL */
    /* When the first and the last point are, for sentences: "in 2024", "on 20 Sep 2025"; NULL: made
     * from their times. */
    const char *first_when, *last_when;
    bool context; /* grey, behind the others */
    /* Steps alone, that go on from the series before it that is no branch: in its colour, each
     * with dashes of its own, counted from 1; 0: a series for itself. */
    size_t branch;
} up_chart_series;

typedef struct up_chart_event {
    double time;
    const char *text;
    size_t
        series; /* which it concerns, counted from 1: drawn in that one's panel; 0: all */
} up_chart_event;

/* A level to compare with: a line across the plot. */
typedef struct up_chart_reference {
    double value;
    const char *text;
} up_chart_reference;

/* When a projection is at a level: its line, the 80 % range on it, and the distribution. */
typedef struct up_chart_crossing {
    double target;
    const char *target_words; /* "1 B people" */
    const char *words;        /* "Aug 2027 (median); 80 %: May 2027 to Jan 2028" */
    bool has_low, has_median, has_high;
    double low, median, high; /* calendar years; what is not there is not by the end */
    double end;               /* the end of the time shown */
    const double *density; /* the share of paths that come to it within each step of the
                               * first series; NULL: not known */
    size_t density_count;
} up_chart_crossing;

typedef enum up_theme { UP_THEME_LIGHT, UP_THEME_DARK } up_theme;
typedef enum up_picture {
    UP_PICTURE_PNG,
    UP_PICTURE_SVG,
    UP_PICTURE_PDF,
    UP_PICTURE_TEXT /* lines of characters, made without gnuplot */
} up_picture;

/* How the values of the axis are written. */
typedef enum up_axis_style {
    UP_AXIS_NUMBER,
    UP_AXIS_PERCENT,
    UP_AXIS_FOLD
} up_axis_style;

typedef struct up_chart {
    const char *kind;     /* a row of the table of kinds: up_chart_kinds */
    const char *title;    /* the headline; wraps */
    const char *subtitle; /* the unit: "Million people" */
    const char *source;   /* after "Source: "; NULL: no source line */
    const char *note;     /* more for the note line; NULL */
    const up_chart_series *series;
    size_t count;
    const up_chart_event *events;
    size_t event_count;
    const up_chart_reference *references;
    size_t reference_count;
    const up_chart_crossing *crossing; /* of the first series, in kind "line"; NULL */
    bool changes;                      /* the values of bars are changes: "+5 %" */
    bool rates; /* the values are rates of growth: these slow down */
    bool log_scale;
    bool free_scale; /* facets: each on values of its own */
    up_axis_style axis;
    /* The finest of the figures' periods: no tick of the time axis is finer (UP_SECOND: any
     * may be), and what stands on it is named as they are: quarters as quarters. */
    up_granularity granularity;
    /* Where in a period of that granularity every figure stands: there the label of the period
     * stands too. UP_ANCHOR_MIDDLE also when they stand at different places. */
    up_anchor anchor;
    up_language language; /* of all that the chart itself writes */
    up_theme theme;
    up_picture picture;
    /* Pixels; 0: 1200 × 675, of bars and of two or three panels as high as they need. Of text
     * columns and rows; 0: 100 × 30, and more rows for many bars or panels. */
    int width, height;
    double density; /* pixels of a PNG for each of these; 0: 1 */
    /* In place of the shipped templates: code, which draws whatever it likes. NULL: shipped. */
    const char *theme_template, *kind_template;
} up_chart;

/* Zeroed with defaults. */
void up_chart_init(up_chart *chart);
/* The kinds, for help and "did you mean"; ended by NULL. */
extern const char *const up_chart_kinds[];
/* The script that draws the chart on gnuplot's standard output. Points and steps must be in
 * order of time. Remarks: missing glyphs, values a log axis cannot show, labels and events for
 * which there is no room (dropped and said). UP_USAGE: unknown kind, control
 * characters in a text; UP_TOO_LITTLE_DATA: nothing to draw; UP_BAD_DATA: a number that
 * is not finite. */
UP_MUST_CHECK up_status up_chart_script(const up_chart *chart, up_buffer *script,
                                        up_remarks *remarks, up_error *err);
/* The chart as lines of text, whatever chart->picture says: Braille patterns for lines, blocks
 * for bars, a sign a series; no line is longer than `width` columns (of wide characters, two
 * each), and there are at most `height` of them. colour: with the terminal's own (ECMA-48). Else as
 * up_chart_script. */
UP_MUST_CHECK up_status up_chart_text(const up_chart *chart, bool colour, up_buffer *text,
                                      up_remarks *remarks, up_error *err);
/* The shipped template of a kind: its file's name in plots/ without ".gp". NULL: no such kind. */
const char *up_chart_template(const char *kind);
/* Its text, and that of the look ("theme"). */
const char *up_chart_template_text(const char *name);
/* A sentence that tells what the chart shows, for alt text. */
void up_chart_alt_text(const up_chart *chart, up_buffer *out);

/* Runs gnuplot -d on the script; the picture's bytes are appended to `picture`. They hold the
 * chart's title, alt text and source, which stand in the script's first lines: as <title> and
 * <desc> of an SVG, as text chunks of a PNG.
 * UP_MISSING_PROGRAM: not installed, too old (before 5.4), no such terminal, or it failed
 * (its message is quoted). */
UP_MUST_CHECK up_status up_gnuplot_run(const up_buffer *script, up_picture kind,
                                       up_buffer *picture, up_error *err);

/* The same for many scripts, in as few processes as the machine has cores: each picture into its buffer.
 * Where one of them fails, all do, with the first reason. */
UP_MUST_CHECK up_status up_gnuplot_run_all(const up_buffer *const scripts[], size_t count,
                                           up_picture kind, up_buffer *const pictures[],
                                           up_error *err);

#ifdef __cplusplus
}
#endif
#endif
