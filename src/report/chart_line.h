/* The parts of the kind "line": chart_line.c draws the data, chart_ends.c its labels. */
#ifndef UPTICK_REPORT_CHART_LINE_H
#define UPTICK_REPORT_CHART_LINE_H

#include "report/chart_draw.h"

typedef struct up_range {
    double low, high;
} up_range;

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
