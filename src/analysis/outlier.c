#include "uptick/outlier.h"

#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

static const double threshold = 8, least_spread = 0.02, least_fold = 3;
static const double to_sigma = 1.4826; /* 1 / Φ⁻¹(3/4): MAD of a normal to its σ */

typedef struct change {
    size_t point; /* the later one */
    double log_fold;
} change;

/* Changes between neighbouring positive figures, with the values apart for the median. */
static size_t find_changes(const up_series *s, change changes[], double values[])
{
    size_t count = 0;
    for (size_t i = 1; i < s->count; i++) {
        const up_estimate *a = &s->points[i - 1].figure, *b = &s->points[i].figure;
        if (!a->has_value || !b->has_value || a->value <= 0 || b->value <= 0)
            continue;
        changes[count] = (change){i, log(b->value / a->value)};
        values[count] = changes[count].log_fold;
        count++;
    }
    return count;
}

static bool is_out_of_line(const change *c, double median, double spread)
{
    return fabs(c->log_fold - median) > threshold * spread &&
           fabs(c->log_fold) >= log(least_fold);
}

static bool undoes(const change *a, const change *b)
{
    return b->point == a->point + 1 && a->log_fold * b->log_fold < 0 &&
           fabs(a->log_fold + b->log_fold) < log(least_fold);
}

static size_t collect(const up_series *s, const change changes[], size_t count,
                      double median, double spread, up_outlier found[])
{
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        const change *c = &changes[i];
        const up_point *point = &s->points[c->point];
        if (!is_out_of_line(c, median, spread) || point->after_break)
            continue;
        bool spike = i + 1 < count && is_out_of_line(&changes[i + 1], median, spread) &&
                     undoes(c, &changes[i + 1]);
        found[n++] =
            (up_outlier){point, point - 1, spike ? UP_OUTLIER_SPIKE : UP_OUTLIER_JUMP,
                         exp(c->log_fold)};
        i += spike; /* the way back is no outlier of its own */
    }
    return n;
}

up_status up_outliers_find(const up_series *s, up_outlier **outliers, size_t *count,
                           up_error *err)
{
    change *changes = NULL;
    double *values = NULL;
    up_outlier *found = NULL;
    *count = 0;
    *outliers = NULL;
    if (s->count <= UP_OUTLIER_CHANGES || up_series_is_mixed(s))
        return UP_OK;
    up_status status = up_alloc(s->count, sizeof *changes, &changes, err);
    if (status == UP_OK)
        status = up_alloc(s->count, sizeof *values, &values, err);
    if (status == UP_OK)
        status = up_alloc(s->count, sizeof *found, &found, err);
    size_t n = status == UP_OK ? find_changes(s, changes, values) : 0;
    if (n >= UP_OUTLIER_CHANGES) {
        double median = gsl_stats_median(values, 1, n);
        for (size_t i = 0; i < n; i++)
            values[i] = fabs(changes[i].log_fold - median);
        double spread = to_sigma * gsl_stats_median(values, 1, n);
        *count = collect(s, changes, n, median, fmax(spread, least_spread), found);
    }
    free(changes);
    free(values);
    if (status == UP_OK)
        *outliers = found;
    else
        free(found);
    return status;
}
