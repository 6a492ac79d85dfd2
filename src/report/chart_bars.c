#include "report/chart_bars.h"

#include <math.h>

bool up_bar_is_range(const up_chart_point *p)
{
    return p->mark == UP_MARK_RANGE && p->has_low;
}

bool up_bar_is_open(const up_chart_point *p)
{
    return p->mark == UP_MARK_MORE_THAN || p->mark == UP_MARK_LESS_THAN;
}

double up_bar_top(const up_chart_point *p)
{
    return fmax(fmax(p->value, 0), p->has_high ? p->high : p->value);
}

double up_bar_foot(const up_chart_point *p)
{
    return fmin(fmin(p->value, 0), p->has_low ? p->low : p->value);
}

bool up_bar_has_whisker(const up_axis *values, const up_chart_point *p)
{
    return !up_bar_is_range(p) && !up_bar_is_open(p) && p->has_low && p->has_high &&
           (p->high - p->low) > 0.01 * (values->max - values->min);
}

const char *up_bar_block(const up_chart_point *p)
{
    return p->hollow || up_bar_is_range(p) ? "pale" : up_bar_is_open(p) ? "open" : "bar";
}

void up_bar_words(const up_chart *chart, const up_chart_point *p, bool brief,
                  up_buffer *out)
{
    up_chart_figure(chart, p, chart->changes, brief, out);
}

void up_bars_range(const up_chart *chart, double *low, double *high)
{
    *low = 0;
    *high = 0;
    for (size_t i = 0; i < chart->count; i++)
        for (size_t j = 0; j < chart->series[i].count; j++) {
            *high = fmax(*high, up_bar_top(&chart->series[i].points[j]));
            *low = fmin(*low, up_bar_foot(&chart->series[i].points[j]));
        }
    up_chart_add_references(chart, low, high);
}

void up_bars_find_marks(up_scene *scene, const up_axis *values)
{
    for (size_t i = 0; i < scene->chart->count; i++)
        if (scene->chart->series[i].missing_count > 0)
            scene->marks |= UP_USED_MISSING;
    for (size_t i = 0; i < scene->chart->count; i++)
        for (size_t j = 0; j < scene->chart->series[i].count; j++) {
            const up_chart_point *p = &scene->chart->series[i].points[j];
            scene->marks |= (p->mark == UP_MARK_MORE_THAN ? UP_USED_MORE : 0) |
                            (p->mark == UP_MARK_LESS_THAN ? UP_USED_LESS : 0) |
                            (p->mark == UP_MARK_ABOUT ? UP_USED_ABOUT : 0) |
                            (up_bar_is_open(p) ? UP_USED_ONE_BOUND : 0) |
                            (up_bar_is_range(p) ? UP_USED_RANGE : 0) |
                            (p->hollow ? UP_USED_HOLLOW : 0) |
                            (up_bar_has_whisker(values, p) ? UP_USED_BOUNDS : 0);
        }
}
