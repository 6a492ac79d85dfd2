/* What the kinds made of bars share: "columns" (over periods) and "bar" (beside each other). */
#ifndef UPTICK_REPORT_CHART_BARS_H
#define UPTICK_REPORT_CHART_BARS_H

#include "report/chart_draw.h"

/* Only a range is known: the bar floats. */
bool up_bar_is_range(const up_chart_point *p);
/* Only the bound at its end is known. */
bool up_bar_is_open(const up_chart_point *p);
/* The highest and lowest of what is drawn for it, zero included. */
double up_bar_top(const up_chart_point *p);
double up_bar_foot(const up_chart_point *p);
bool up_bar_has_whisker(const up_axis *values, const up_chart_point *p);
/* The block its bar goes into: "bar", "pale" or "open". */
const char *up_bar_block(const up_chart_point *p);
/* Its value in words; brief: whole percents. */
void up_bar_words(const up_chart *chart, const up_chart_point *p, bool brief,
                  up_buffer *out);
/* The values that must be seen, zero among them. */
void up_bars_range(const up_chart *chart, double *low, double *high);
/* Which marks the note must explain. */
void up_bars_find_marks(up_scene *scene, const up_axis *values);

#endif
