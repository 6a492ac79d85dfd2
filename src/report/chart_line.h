/* The parts of the kind "line", for others that are made of them: chart_line.c draws the data,
 * chart_ends.c its labels. */
#ifndef UPTICK_REPORT_CHART_LINE_H
#define UPTICK_REPORT_CHART_LINE_H

#include "report/chart_draw.h"

typedef struct up_range {
    double low, high;
} up_range;

/* The times and values that must be seen; what a log axis cannot show is remarked.
 * UP_TOO_LITTLE_DATA: nothing can be shown. */
UP_MUST_CHECK up_status up_line_measure(up_scene *scene, up_range *time, up_range *value,
                                        up_error *err);
/* The texts around the plot, with a note that explains the marks the axes will show. */
up_box up_line_frame(up_scene *scene);
/* A first guess of the time axis, enough to know which marks will be seen, and whether the events'
 * texts have room. */
void up_line_guess_times(up_scene *scene, up_range time, up_style style);
/* Places a plot over time in the box that the texts leave: `reserve` at the right for labels, the
 * events above, the axes drawn. The value axis is chosen (its ticks are `values`). UP_USAGE: there
 * is no room. */
UP_MUST_CHECK up_status up_line_lay_out(up_scene *scene, up_box inner, up_range time,
                                        double reserve, const up_ticks *values,
                                        up_style ticks_style, up_error *err);
/* What the labels of the time axis take below it. */
double up_line_times_height(const up_ticks *times, up_style style);
/* The moment at which the level of chart->crossing is reached (chart_crossing.c). */
void up_line_crossing(up_scene *scene);
/* Lines, marks and projections of all series, in the panel that is being drawn. */
void up_line_data(up_scene *scene);
/* The last point that can be drawn; NULL if there is none. */
const up_chart_point *up_line_last(const up_chart *chart, const up_chart_series *s);
/* Does this point get a label with its value (if there is room)? */
bool up_line_is_labelled(const up_chart *chart, size_t series, size_t point);
/* Width to keep free at the right for the labels of the lines that end there, of a time axis
 * that spans so many years. */
double up_line_reserve(up_scene *scene, double span);
/* spread: the points do not all stand at one moment. */
void up_line_labels(up_scene *scene, bool spread);

#endif
