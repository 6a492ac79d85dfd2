/* What growth and the audit of claims share. */
#ifndef UPTICK_ANALYSIS_GROWTH_PARTS_H
#define UPTICK_ANALYSIS_GROWTH_PARTS_H

#include "uptick/growth.h"

/* The start of a claim with both ends, and the time between. */
up_growth_base up_claim_base(const up_metric *metric, const up_claim *claim);

/* Whether the time between two periods is counted in months: both are of whole months, or one is
 * and the other the last day of a month, both at their ends. And the moment of one of them then. */
bool up_elapses_in_months(const up_period *a, const up_period *b, up_anchor anchor);
up_moment up_moment_in_months(const up_period *period, up_anchor anchor);
/* The one home of elapsed time: fills elapsed_years, elapsed_days and in_days. */
void up_elapse(const up_period *from, const up_period *to, up_anchor anchor,
               up_growth_base *base);
void up_elapse_points(const up_series *series, const up_point *from, const up_point *to,
                      up_growth_base *base);

/* up_growth_between, of the transforms wanted (NULL: all) that compare; more may be filled. */
void up_growth_fill(const up_estimate *a, const up_estimate *b,
                    const up_estimate *elapsed, const bool wanted[UP_TRANSFORMS],
                    up_growth_value values[UP_TRANSFORMS]);

/* What a transform makes of the fold alone; NULL: it needs more. */
typedef double up_fold_formula(double fold);
up_fold_formula *up_growth_formula(up_transform transform);

/* d ln 2 / ln fold, in the unit of d; as up_growth_fill has it for years. */
up_growth_value up_growth_doubling(const up_estimate *fold, const up_estimate *d);

/* A figure as a part of a sum: what is counted is not less than nothing, so that an absent
 * lower end is 0. */
up_estimate up_growth_counted(const up_estimate *figure);

/* a + b; what nothing bounds is no estimate at all. */
up_estimate up_growth_sum(const up_estimate *a, const up_estimate *b);

/* Why two points of a series cannot be compared (static text); NULL when they can. */
const char *up_growth_incomparable(const up_series *series, size_t from, size_t to,
                                   bool across_breaks);

/* The share of point `at` in the whole. */
up_growth_value up_growth_share_at(const up_series *series, size_t at,
                                   const up_whole *whole);

#endif
