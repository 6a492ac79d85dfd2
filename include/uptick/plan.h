/* Plans: charts made from series and results. On entry a plan is zeroed but for its language, in
 * which its words are made; what is made of it keeps that language. A plan owns the arrays and texts its chart
 * refers to; the series it was made from must outlive it.
 *
 *     up_chart_plan plan = {.language = UP_ENGLISH};
 *     up_plan_levels(tracker, &list, jobs, job_count, &plan, err);
 *     plan.chart.log_scale = true;
 *     up_chart_script(&plan.chart, …);
 *     up_chart_plan_release(&plan); */
#ifndef UPTICK_PLAN_H
#define UPTICK_PLAN_H

#include "uptick/chart.h"
#include "uptick/view.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct up_chart_plan {
    up_language language; /* given by the caller */
    up_chart chart;
    up_chart_series *series;
    up_chart_event *events;
    size_t event_capacity;
    up_chart_reference *references;
    size_t reference_capacity;
    const char
        *mended; /* the first text in which a space stands for a line break or another
                         * control character: the figures of a tracker can hold them. NULL: none */
    size_t
        mended_line; /* the line of series/events.csv that it stands in; 0: no event's text */
    void **owned; /* arrays and texts */
    size_t owned_count, owned_capacity;
} up_chart_plan;

/* Levels over time, with the projection of each series that a job projects (NULL, 0: none). */
UP_MUST_CHECK up_status up_plan_levels(const up_tracker *tracker,
                                       const up_series_list *list,
                                       const up_project_job jobs[], size_t job_count,
                                       up_chart_plan *plan, up_error *err);
/* One series with the curves of its models, the pool of them as a fan (`jobs` of that series alone, as
 * up_project_run and up_project_pool leave them). */
UP_MUST_CHECK up_status up_plan_fit(const up_tracker *tracker, const up_series_list *list,
                                    up_project_job jobs[], size_t count,
                                    up_chart_plan *plan, up_error *err);
/* One growth transform (not lin) over the periods: as bars, or as lines. */
UP_MUST_CHECK up_status up_plan_growth(const up_tracker *tracker,
                                       const up_growth_section sections[], size_t count,
                                       up_transform transform, bool lines,
                                       up_chart_plan *plan, up_error *err);
/* What growth is usually drawn of these series: rates of growth per year; of percents the change in
 * points, as a rate of a rate is easily misread. */
up_transform up_plan_usual_growth(const up_series_list *list);
/* The last figures, the largest first, of these the first `top` (0: all); of one series all of its
 * figures, as columns. The tracker's events of several series are remarked, not drawn. */
UP_MUST_CHECK up_status up_plan_bars(const up_tracker *tracker,
                                     const up_series_list *list, size_t top,
                                     up_chart_plan *plan, up_remarks *remarks,
                                     up_error *err);
/* What adds up, at the periods of which every series has a figure (the others are remarked); as
 * shares of their sum, if asked for. UP_BAD_DATA: a figure below zero. */
UP_MUST_CHECK up_status up_plan_stack(const up_tracker *tracker,
                                      const up_series_list *list, bool share,
                                      up_chart_plan *plan, up_remarks *remarks,
                                      up_error *err);
/* The levels of one series with the moment at which it is at a level. UP_TOO_LITTLE_DATA: it is past
 * that level. */
UP_MUST_CHECK up_status up_plan_reach(const up_tracker *tracker,
                                      const up_series_list *list,
                                      const up_reach_section *section,
                                      up_chart_plan *plan, up_error *err);
/* What a user adds: an event, a level to compare with. The texts are borrowed. */
UP_MUST_CHECK up_status up_plan_add_event(up_chart_plan *plan, double time,
                                          const char *text, up_error *err);
UP_MUST_CHECK up_status up_plan_add_reference(up_chart_plan *plan, double value,
                                              const char *text, up_error *err);
/* The event "now", where a projection is drawn past that moment. */
UP_MUST_CHECK up_status up_plan_add_now(up_chart_plan *plan, double now, up_error *err);
/* Series `index` of a plan of levels is what was known on that day (days from 1970): grey, and named
 * so; without points, and remarked, if all of it stands in series 0 as it did. */
UP_MUST_CHECK up_status up_plan_as_of(up_chart_plan *plan, size_t index, int64_t day,
                                      up_error *err);
/* Of more series than there are colours, those with the largest last figures keep one. */
void up_plan_colour_largest(up_chart_plan *plan);
/* All series but those of these names turn grey. UP_USAGE: no series has
 * such a name. */
UP_MUST_CHECK up_status up_plan_highlight(up_chart_plan *plan, const char *const names[],
                                          size_t count, up_error *err);
void up_chart_plan_release(up_chart_plan *plan);

#ifdef __cplusplus
}
#endif
#endif
