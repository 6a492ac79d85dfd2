#include "analysis/sample.h"

#include <gsl/gsl_statistics_double.h>
#include <stdlib.h>

#include "base/memory.h"

static bool counts(const up_point *p)
{
    return p->figure.has_value && p->figure.has_low && p->figure.has_high &&
           !p->observation->derived;
}

static void take(const up_point *p, up_sample *s)
{
    size_t i = s->n++;
    s->time[i] = p->time.value;
    s->time_low[i] = p->time.low;
    s->time_high[i] = p->time.high;
    s->value[i] = p->figure.value;
    s->low[i] = p->figure.low;
    s->high[i] = p->figure.high;
    s->point[i] = p;
    s->has_spans = s->has_spans || p->time.low < p->time.high;
    if (s->first == NULL)
        s->first = p;
    s->last = p;
}

/* Where the last break is: the first figure of the new kind. */
static size_t last_break(const up_series *series)
{
    for (size_t i = series->count; i-- > 0;)
        if (series->points[i].after_break)
            return i;
    return 0;
}

up_status up_sample_gather(const up_series *series, bool across_breaks, up_sample *sample,
                           up_error *err)
{
    up_sample s = {0};
    double **arrays[] = {&s.time, &s.time_low, &s.time_high, &s.value, &s.low, &s.high};
    up_status status = up_series_check_mixed(series, err);
    for (size_t i = 0; i < sizeof arrays / sizeof arrays[0] && status == UP_OK; i++)
        status = up_alloc(series->count, sizeof **arrays[i], arrays[i], err);
    if (status == UP_OK)
        status = up_alloc(series->count, sizeof *s.point, &s.point, err);
    s.before_break = across_breaks ? 0 : last_break(series);
    s.broken = s.before_break > 0 ? &series->points[s.before_break] : NULL;
    for (size_t i = s.before_break; i < series->count && status == UP_OK; i++) {
        if (counts(&series->points[i]))
            take(&series->points[i], &s);
        else
            s.left_out++;
    }
    if (status == UP_OK)
        *sample = s;
    else
        up_sample_release(&s);
    return status;
}

void up_sample_release(up_sample *s)
{
    free(s->time);
    free(s->time_low);
    free(s->time_high);
    free(s->value);
    free(s->low);
    free(s->high);
    free(s->point);
    *s = (up_sample){0};
}

bool up_r_squared(const double y[], size_t n, double rss, double *r_squared)
{
    bool differ = false;
    for (size_t i = 1; i < n; i++)
        differ = differ || y[i] != y[0];
    if (differ)
        *r_squared = 1 - rss / gsl_stats_tss(y, 1, n);
    return differ;
}
