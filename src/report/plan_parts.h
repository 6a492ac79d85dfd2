/* What the makers of plans share. */
#ifndef UPTICK_REPORT_PLAN_PARTS_H
#define UPTICK_REPORT_PLAN_PARTS_H

#include "report/chart_words.h"
#include "uptick/plan.h"

/* An empty plan in the language of the one before it. */
void up_plan_clear(up_chart_plan *plan);

/* The text of a buffer (on one line: chart.h refuses others, up_chart_plan.mended tells of it), and
 * an array, zeroed, which the plan owns from then on. `out` is a pointer to the pointer. */
UP_MUST_CHECK up_status up_plan_text(up_chart_plan *plan, up_buffer *text,
                                     const char **out, up_error *err);
UP_MUST_CHECK up_status up_plan_array(up_chart_plan *plan, size_t count, size_t size,
                                      void *out, up_error *err);
/* The series of a list that have figures (the caller frees the array). UP_TOO_LITTLE_DATA: none. */
UP_MUST_CHECK up_status up_plan_series(const up_series_list *list,
                                       const up_series ***series, size_t *count,
                                       up_error *err);
/* Everything on one axis has one unit: UP_USAGE. */
UP_MUST_CHECK up_status up_plan_check_units(const up_series *const series[], size_t count,
                                            up_error *err);
/* Starts a plan of that kind: titles and sources, and room for the series. */
UP_MUST_CHECK up_status up_plan_start(const up_tracker *tracker,
                                      const up_series *const series[], size_t count,
                                      const char *kind, up_chart_plan *plan,
                                      up_error *err);
/* Room for more series than the plan has: they are made anew, so pointers to them end. */
UP_MUST_CHECK up_status up_plan_room(up_chart_plan *plan, size_t more, up_error *err);
/* What is shown (UP_SAYS: only the unit), in which unit, and how the figures were made of others. */
UP_MUST_CHECK up_status up_plan_subtitle(up_say what, const char *unit,
                                         const up_series *series, up_chart_plan *plan,
                                         up_error *err);
/* Their headline and where their figures are from. */
UP_MUST_CHECK up_status up_plan_title(const up_series *const series[], size_t count,
                                      up_chart_plan *plan, up_error *err);
UP_MUST_CHECK up_status up_plan_sources(const up_tracker *tracker,
                                        const up_series *const series[], size_t count,
                                        up_chart_plan *plan, up_error *err);
/* The period of a point; and when the first and the last point of a series are, in words. */
const up_period *up_plan_period(const up_series *s, size_t point);
UP_MUST_CHECK up_status up_plan_when(up_chart_plan *plan, const up_period *first,
                                     const up_period *last, up_chart_series *out,
                                     up_error *err);
/* How fine the time axis is, and where in the periods the figures stand. */
void up_plan_periods(const up_series *const series[], size_t count, up_chart *chart);
/* Events of the series that fall within their time. */
UP_MUST_CHECK up_status up_plan_events(const up_tracker *tracker,
                                       const up_series *const series[], size_t count,
                                       up_chart_plan *plan, up_error *err);
/* How many those are. */
size_t up_plan_count_events(const up_tracker *tracker, const up_series *const series[],
                            size_t count);
bool up_plan_one_metric(const up_series *const series[], size_t count);
/* A series' name: of several of one metric the entity's. */
UP_MUST_CHECK up_status up_plan_label(const up_series *s, bool same_metric,
                                      up_chart_plan *plan, const char **label,
                                      up_error *err);
/* How an estimate is drawn, and the value that stands for it. */
up_mark up_plan_mark(const up_estimate *e);
double up_plan_middle(const up_estimate *e);
/* Marks the points of a regular series that figures are missing before. */
UP_MUST_CHECK up_status up_plan_mark_gaps(const up_series *s, up_chart_point points[],
                                          up_error *err);
up_chart_point up_plan_point(const up_chart_plan *plan, const up_series *s,
                             const up_point *p);
/* "1 B", "10亿", "80 %" */
void up_plan_level_words(const up_chart_plan *plan, double level, int digits,
                         const up_metric *metric, up_buffer *out);
/* The calendar's time for one of a series, which may count months / 12. */
double up_plan_time(const up_series *series, double time);
/* What a projection is called in a chart: its model, or "pooled" of several. */
const char *up_plan_model_name(const up_projection *projection);
/* Adds to a remark (NULL: none yet) what the intervals of a projection do not tell of themselves. */
UP_MUST_CHECK up_status up_plan_warn(const up_projection *projection, up_chart_plan *plan,
                                     const char **remark, up_error *err);

#endif
