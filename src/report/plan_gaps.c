/* A series that counts whole periods has a usual step; a longer one is a gap in it, which no line
 * bridges. Irregular figures have neither. */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "report/plan_parts.h"
#include "uptick/calendar.h"

enum { STEPS_LEAST = 4 };

static int64_t step_before(const up_series *s, size_t i)
{
    const up_period *a = &s->points[i - 1].observation->period;
    const up_period *b = &s->points[i].observation->period;
    if (s->basis != UP_TIME_CALENDAR)
        return (int64_t)llround(12 *
                                (s->points[i].time.value - s->points[i - 1].time.value));
    return (b->start - a->start) / UP_SECONDS_PER_DAY;
}

static int by_step(const void *a, const void *b)
{
    const int64_t *p = a, *q = b;
    return (*p > *q) - (*p < *q);
}

/* The step of two thirds of them or more (of days a week's holiday does not count); 0: there is none. */
static int64_t longest_usual_step(const int64_t sorted[], size_t count, bool in_days)
{
    size_t most = 0, at = 0;
    for (size_t i = 0, first = 0; i < count; i++) {
        first = sorted[i] == sorted[first] ? first : i;
        if (i - first + 1 > most) {
            most = i - first + 1;
            at = i;
        }
    }
    if (count < STEPS_LEAST || 3 * most < 2 * count || sorted[at] <= 0)
        return 0;
    return in_days && sorted[at] < 7 ? 7 : sorted[at];
}

up_status up_plan_mark_gaps(const up_series *s, up_chart_point points[], up_error *err)
{
    int64_t *steps = NULL;
    bool in_days = s->basis == UP_TIME_CALENDAR;
    if (s->count < STEPS_LEAST + 1)
        return UP_OK;
    for (size_t i = 0; i < s->count && in_days; i++)
        if (s->points[i].observation->period.granularity > UP_WEEK ||
            s->points[i].observation->period.granularity < UP_DAY)
            return UP_OK;
    up_status status = up_alloc(s->count - 1, sizeof *steps, &steps, err);
    if (status != UP_OK)
        return status;
    for (size_t i = 1; i < s->count; i++)
        steps[i - 1] = step_before(s, i);
    qsort(steps, s->count - 1, sizeof *steps, by_step);
    int64_t usual = longest_usual_step(steps, s->count - 1, in_days);
    for (size_t i = 1; i < s->count && usual > 0; i++)
        points[i].gap_before = step_before(s, i) > usual;
    free(steps);
    return UP_OK;
}
