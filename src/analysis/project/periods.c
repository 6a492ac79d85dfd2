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

/* Stretches of months that no calendar unit names, such as fiscal years: the number of months
 * when all periods are as long, else 0. */
static int64_t common_months(const up_series *series)
{
    int64_t months = 0;
    for (size_t i = 0; i < series->count; i++) {
        const up_period *p = &series->points[i].observation->period;
        int64_t here = p->shape == UP_EXTENT ? up_period_months(p) : 0;
        if (here == 0 || (months != 0 && here != months))
            return 0;
        months = here;
    }
    return months;
}

/* What follows a period: the next unit of the calendar, or as many months again. */
static up_period following(const up_period *period, int64_t months)
{
    if (months == 0)
        return up_period_next(period);
    up_period next = *period;
    next.start = period->end;
    next.end = up_instant_from_date(
        up_date_add_months(up_date_from_instant(period->end), months));
    return next;
}

/* How periods go on: in months of no name, or in a unit of the calendar. */
typedef struct stride {
    int64_t months; /* 0: the unit */
    up_granularity unit;
} stride;

/* Totals are of the length of their periods, and of no other. */
static up_status check_step(const up_series *series, up_granularity step, up_error *err)
{
    bool same =
        is_regular(series) && series->points[0].observation->period.granularity == step;
    if (series->data->metric.measure != UP_FLOW || same)
        return UP_OK;
    return up_error_set(
        err, UP_TOO_LITTLE_DATA,
        "%s: totals of their own periods, which say nothing of the total of "
        "one %s (--resample %s where they can be added up)",
        series->key, up_granularity_name(step), up_granularity_name(step));
}

static up_status find_stride(const up_series *series, const up_granularity *step,
                             stride *out, up_error *err)
{
    double spacing;
    if (series->count == 0)
        return up_error_set(err, UP_TOO_LITTLE_DATA, "%s: no figure to project from",
                            series->key);
    if (step != NULL) {
        *out = (stride){.unit = *step};
        return check_step(series, *step, err);
    }
    *out = (stride){.months = common_months(series)};
    if (out->months > 0)
        return UP_OK;
    up_status status = usual_spacing(series, &spacing, err);
    if (status == UP_OK)
        out->unit = is_regular(series) ? series->points[0].observation->period.granularity
                                       : nearest_unit(spacing);
    return status;
}

/* The first period that is not over with the last figure. */
static up_period first_period(const up_series *series, const stride *by)
{
    const up_point *last = &series->points[series->count - 1];
    const up_period *period = &last->observation->period;
    if (by->months > 0)
        return following(period, by->months);
    up_period first = up_period_containing(period->end - 1, by->unit);
    while (first.end <= period->end || up_project_time(series, &first) <= last->time.high)
        first = up_period_next(&first);
    return first;
}

up_status up_project_periods(const up_series *series, const up_granularity *step,
                             size_t count, up_period *periods, up_error *err)
{
    stride by;
    up_status status = find_stride(series, step, &by, err);
    if (status != UP_OK)
        return status;
    up_period next = first_period(series, &by);
    for (size_t i = 0; i < count; i++) {
        periods[i] = next;
        next = following(&next, by.months);
    }
    return UP_OK;
}

up_status up_project_count(const up_series *series, const up_granularity *step,
                           const up_period *until, size_t *count, up_error *err)
{
    stride by;
    size_t n = 0;
    up_status status = find_stride(series, step, &by, err);
    if (status != UP_OK)
        return status;
    up_period next = first_period(series, &by);
    for (; next.end <= until->end && n <= UP_STEPS_MAX; n++)
        next = following(&next, by.months);
    if (n == 0)
        return up_error_set(
            err, UP_TOO_LITTLE_DATA,
            "%s: nothing to project until then; the figures reach that far", series->key);
    if (n > UP_STEPS_MAX)
        return up_error_set(err, UP_USAGE, "%s: more than %d steps until then",
                            series->key, UP_STEPS_MAX);
    *count = n;
    return UP_OK;
}

double up_project_time(const up_series *series, const up_period *period)
{
    up_time_basis basis = series->basis;
    if (up_period_months(period) == 0)
        basis = UP_TIME_CALENDAR;
    return up_period_moment(period, up_metric_anchor(&series->data->metric), basis).value;
}

void up_project_grid(const up_series *series, const up_period *end, size_t count,
                     double times[])
{
    double from = series->points[series->count - 1].time.high;
    double to = up_project_time(series, end);
    for (size_t i = 0; i < count; i++)
        times[i] = from + (to - from) * (double)(i + 1) / (double)count;
}
