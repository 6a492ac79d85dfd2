/* Plans: charts made from series and results. A plan owns the arrays and texts its chart
 * refers to; the series it was made from must outlive it.
 *
 *     up_chart_plan plan = {0};
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
    up_chart chart;
    up_chart_series *series;
    up_chart_event *events;
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
/* One growth transform (not lin) over the periods. */
UP_MUST_CHECK up_status up_plan_growth(const up_tracker *tracker,
                                       const up_growth_section sections[], size_t count,
                                       up_transform transform, up_chart_plan *plan,
                                       up_error *err);
void up_chart_plan_release(up_chart_plan *plan);

#ifdef __cplusplus
}
#endif
#endif
