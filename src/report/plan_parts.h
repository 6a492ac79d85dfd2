/* What the makers of plans share. */
#ifndef UPTICK_REPORT_PLAN_PARTS_H
#define UPTICK_REPORT_PLAN_PARTS_H

#include "uptick/plan.h"

/* The text of a buffer, and an array, zeroed, which the plan owns from then on. `out` is a pointer to
 * the pointer. */
UP_MUST_CHECK up_status up_plan_text(up_chart_plan *plan, up_buffer *text,
                                     const char **out, up_error *err);
UP_MUST_CHECK up_status up_plan_array(up_chart_plan *plan, size_t count, size_t size,
                                      void *out, up_error *err);
/* The calendar's time for one of a series, which may count months / 12. */
double up_plan_time(const up_series *series, double time);

#endif
