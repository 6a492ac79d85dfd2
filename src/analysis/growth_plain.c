/* Growth of plain series: the pairs are found by counting months, the values are those of any
 * growth (growth_values.c). */
#include <math.h>
#include <string.h>

#include "analysis/growth_parts.h"

enum { MONTHS_A_YEAR = 12 };

bool up_growth_ask(const bool show[UP_TRANSFORMS], up_growth_asked *asked)
{
    *asked = (up_growth_asked){0};
    for (int t = 0; t < UP_TRANSFORMS; t++) {
        up_comparison comparison = up_transform_table[t].compares;
        asked->wanted[comparison][t] = show[t];
        asked->any[comparison] = asked->any[comparison] || show[t];
    }
    return !asked->any[UP_ON_BASE] && !asked->any[UP_ON_TOTAL];
}

/* The point of a year before; `at` when there is none. */
static size_t year_before(const up_plain_point points[], size_t at)
{
    int64_t wanted = points[at].month - MONTHS_A_YEAR;
    size_t i = at;
    while (i > 0 && points[i - 1].month >= wanted)
        i--;
    return points[i].month == wanted ? i : at;
}

/* Months / 12; up_growth_compute counts in halves of one, which is the same number. */
static up_estimate years_between(const up_plain_point *a, const up_plain_point *b)
{
    return up_estimate_exact((double)(b->month - a->month) / MONTHS_A_YEAR);
}

/* The fold of exact positive levels is a number, and its formulas are of numbers: what
 * up_growth_fill comes to by way of their ends, which are one. False: something is asked for that
 * needs more, or is out of range. */
static bool compare_exact(double a, double b, const bool wanted[UP_TRANSFORMS],
                          up_growth_value values[UP_TRANSFORMS])
{
    double fold = b / a;
    if (!(a > 0 && b > 0 && fold > 0 && isfinite(fold)))
        return false;
    for (int t = 0; t < UP_TRANSFORMS; t++) {
        if (!wanted[t])
            continue;
        up_fold_formula *formula = up_growth_formula((up_transform)t);
        double value = formula != NULL ? formula(fold) : INFINITY;
        if (!isfinite(value))
            return false;
        values[t] = (up_growth_value){.estimate = up_estimate_exact(value)};
    }
    return true;
}

/* False: a value is refused. */
static bool compare(const up_plain_point points[], size_t from, size_t at,
                    up_comparison comparison, const bool wanted[UP_TRANSFORMS],
                    up_growth_plain *g)
{
    up_estimate a = up_estimate_exact(points[from].value),
                b = up_estimate_exact(points[at].value),
                elapsed = years_between(&points[from], &points[at]);
    up_growth_value values[UP_TRANSFORMS];
    g->has[comparison] = true;
    g->from[comparison] = from;
    g->elapsed_years[comparison] = elapsed.value;
    if (compare_exact(a.value, b.value, wanted, g->values))
        return true;
    up_growth_fill(&a, &b, &elapsed, wanted, values);
    for (int t = 0; t < UP_TRANSFORMS; t++)
        if (wanted[t]) {
            g->values[t] = values[t];
            if (values[t].refused != NULL)
                return false;
        }
    return true;
}

static bool fill_levels(const up_plain_point *b, const bool wanted[UP_TRANSFORMS],
                        up_growth_plain *g)
{
    up_estimate level = up_estimate_exact(b->value);
    up_growth_level(&level, g->values);
    return !wanted[UP_LOG] || g->values[UP_LOG].refused == NULL;
}

static void refuse(const bool wanted[UP_TRANSFORMS], const char *why, up_growth_plain *g)
{
    for (int t = 0; t < UP_TRANSFORMS; t++)
        if (wanted[t])
            g->values[t].refused = why;
}

bool up_growth_plain_at(const up_plain_point points[], size_t at,
                        const up_growth_asked *asked, up_growth_plain *g)
{
    const bool(*wanted)[UP_TRANSFORMS] = asked->wanted;
    memset(g->has, 0, sizeof g->has);
    if (asked->any[UP_ON_NOTHING] && !fill_levels(&points[at], wanted[UP_ON_NOTHING], g))
        return false;
    if (asked->any[UP_ON_PREVIOUS] && at == 0)
        refuse(wanted[UP_ON_PREVIOUS], up_growth_no_previous, g);
    else if (asked->any[UP_ON_PREVIOUS] &&
             !compare(points, at - 1, at, UP_ON_PREVIOUS, wanted[UP_ON_PREVIOUS], g))
        return false;
    if (!asked->any[UP_ON_YEAR])
        return true;
    size_t from = year_before(points, at);
    if (from < at)
        return compare(points, from, at, UP_ON_YEAR, wanted[UP_ON_YEAR], g);
    refuse(wanted[UP_ON_YEAR], up_growth_no_year, g);
    return points[at].month - points[0].month < MONTHS_A_YEAR; /* else it is told */
}
