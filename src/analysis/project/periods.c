/* Which periods come after a series. */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "uptick/calendar.h"
#include "uptick/project.h"

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The median time between neighbouring points, in years; 1 when there is but one. */
static up_status usual_spacing(const up_series *series, double *years, up_error *err)
{
    double *gaps;
    size_t n = 0;
    up_status status = up_alloc(series->count, sizeof *gaps, &gaps, err);
    if (status != UP_OK)
        return status;
    for (size_t i = 1; i < series->count; i++) {
        double gap = series->points[i].time.value - series->points[i - 1].time.value;
        if (gap > 0)
            gaps[n++] = gap;
    }
    qsort(gaps, n, sizeof *gaps, compare_doubles);
    *years = n > 0 ? gaps[n / 2] : 1;
    free(gaps);
    return UP_OK;
}

/* The calendar unit nearest to a spacing, on the scale of ratios. */
static up_granularity nearest_unit(double years)
{
    static const struct {
        up_granularity unit;
        double years;
    } units[] = {{UP_DAY, 1 / UP_DAYS_PER_YEAR},
                 {UP_WEEK, 7 / UP_DAYS_PER_YEAR},
                 {UP_MONTH, 1.0 / 12},
                 {UP_QUARTER, 0.25},
                 {UP_YEAR, 1}};
    size_t best = 0;
    for (size_t i = 1; i < sizeof units / sizeof units[0]; i++)
        if (fabs(log(units[i].years / years)) < fabs(log(units[best].years / years)))
            best = i;
    return units[best].unit;
}

static bool is_regular(const up_series *series)
{
    if (series->count == 0)
        return false;
    up_granularity first = series->points[0].observation->period.granularity;
    for (size_t i = 0; i < series->count; i++) {
        const up_period *p = &series->points[i].observation->period;
        if (p->shape != UP_PLAIN || p->granularity != first || p->granularity < UP_WEEK ||
            p->granularity > UP_YEAR)
            return false;
    }
    return true;
}

up_status up_project_periods(const up_series *series, size_t count, up_period *periods,
                             up_error *err)
{
    if (series->count == 0)
        return up_error_set(err, UP_TOO_LITTLE_DATA, "%s: no figure to project from",
                            series->key);
    const up_period *last = &series->points[series->count - 1].observation->period;
    double spacing;
    up_status status = usual_spacing(series, &spacing, err);
    if (status != UP_OK)
        return status;
    up_granularity unit = is_regular(series) ? last->granularity : nearest_unit(spacing);
    up_period next = up_period_containing(last->end - 1, unit);
    /* the unit that the last figure ends is past; one that it only touches is still open */
    if (next.end <= last->end || up_metric_anchor(&series->data->metric) != UP_ANCHOR_END)
        next = up_period_next(&next);
    for (size_t i = 0; i < count; i++) {
        periods[i] = next;
        next = up_period_next(&next);
    }
    return UP_OK;
}
