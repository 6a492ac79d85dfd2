/* The figures that a projection is fitted to, and how a curve is observed by them. */
#ifndef UPTICK_ANALYSIS_PROJECT_FIGURES_H
#define UPTICK_ANALYSIS_PROJECT_FIGURES_H

#include "analysis/project/course.h"

typedef struct up_figure {
    const up_point *point;            /* borrowed */
    double time, time_low, time_high; /* years */
    double value, low, high;
    double half;     /* half the width that rounding and words leave open */
    double as_bound; /* a bound taken as the value, where it is one */
    bool soft;       /* a range, a bound or implied: does not count */
} up_figure;

typedef struct up_figures {
    up_figure *items; /* owned; ascending in time */
    size_t count, counted;
    size_t dropped; /* soft ones that stand behind the others and take no part */
    size_t left_out, before_break;
    bool has_ranges; /* some date is a span, or some figure soft */
    bool has_bounds; /* some figure is a bound that could be taken as a value */
} up_figures;

/* From the last break on (unless across_breaks). Ranges, bounds and implied figures are soft; those
 * that reach where the metric's scale has no place are left out. */
UP_MUST_CHECK up_status up_figures_gather(const up_series *series, bool across_breaks,
                                          up_figures *figures, up_error *err);
void up_figures_release(up_figures *figures);

/* The metric's scale. */
up_scale up_figures_scale(const up_series *series, const up_figures *figures,
                          const up_project_options *options);
/* How a model's curve is observed by this series, at its figures. */
up_course up_figures_course(const up_series *series, const up_figures *figures,
                            const up_model *model, const up_project_options *options);

/* By how much a row's moments may be off where dates are spans: a counter's two ends apart, else `to`
 * for both. */
typedef struct up_slack {
    up_bounds from, to;
} up_slack;

/* What least squares are about: rows of what is observed over [from, to], on the scale. A counter
 * has one row fewer than figures that count. Behind the rows that count are those of soft figures:
 * of one that may be anything in [low, high] the residual is the distance to the nearest of it, so
 * that a curve within leaves none. A soft figure of a counter is held against the nearest before it
 * that counts (or the first). */
typedef struct up_problem {
    const up_course *course;
    double *from, *to, *y, *low, *high; /* owned; low = y = high where it counts */
    up_slack *slack;                    /* owned */
    size_t rows;
    size_t counted;     /* the first of them, which count towards n */
    bool has_ranges;    /* some slack, or some row that does not count */
    double least_error; /* σ² that the widths alone would give */
} up_problem;

UP_MUST_CHECK up_status up_problem_init(const up_course *course,
                                        const up_figures *figures, up_problem *problem,
                                        up_error *err);
void up_problem_release(up_problem *problem);
/* What a sum of squares is small against: the rows that count, on logarithms and logits at least 1
 * each. */
double up_problem_size(const up_problem *problem);
/* Rows with bounds taken as values; false where they make none. */
bool up_problem_take_bounds(up_problem *problem, const up_figures *figures);

#endif
