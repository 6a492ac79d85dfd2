/* What growth and the audit of claims share. */
#ifndef UPTICK_ANALYSIS_GROWTH_PARTS_H
#define UPTICK_ANALYSIS_GROWTH_PARTS_H

#include "uptick/growth.h"

/* The start of a claim with both ends, and the time between; and whether its dates are
 * finer than a month. */
up_growth_base up_claim_base(const up_metric *metric, const up_claim *claim);
bool up_claim_in_days(const up_claim *claim);

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
