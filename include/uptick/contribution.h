/* What each part of a total adds to the total's growth.
 *
 *     up_contribution_list list = {0};
 *     up_contribution_compute(&parts, &options, &list, err);
 *     list.items[0].contribution.estimate    // 0.012: 1.2 points of the growth
 *
 * For parts x_i with figures a_i at the start and b_i at the end of a step, and o_i the
 * sum of the other parts at the start:
 *
 *     contribution_i = (b_i - a_i) / (a_i + o_i)         which add up to
 *     growth         = sum b / sum a - 1
 *
 * Bounds are exact. a_i stands twice and is one variable: the quotient falls in it and
 * rises in b_i, and in o_i it moves towards 0. Levels may not be negative. */
#ifndef UPTICK_CONTRIBUTION_H
#define UPTICK_CONTRIBUTION_H

#include "uptick/growth.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One part, or the total (series NULL), over one step. */
typedef struct up_contribution {
    const up_series *series; /* borrowed */
    up_period from, to;
    up_growth_value growth;       /* the part's own, b / a - 1 */
    up_growth_value contribution; /* of the total: its growth again */
} up_contribution;

typedef struct up_contribution_list {
    up_contribution *items; /* for each step the parts in their order, then the total */
    size_t count, capacity;
    size_t left_out; /* periods that some parts have and others lack */
} up_contribution_list;

typedef struct up_contribution_options {
    bool has_from, has_to; /* with both: one step; with one: no step before or after it */
    up_period from, to;
    bool across_breaks;
} up_contribution_options;

/* Appends the steps between successive periods of one length of which every part has a
 * figure. parts:
 * at least two series of one unit and measure, else UP_USAGE. UP_TOO_LITTLE_DATA, with a part that
 * lacks figures, when there is no step. */
UP_MUST_CHECK up_status up_contribution_compute(const up_series *const parts[],
                                                size_t count,
                                                const up_contribution_options *options,
                                                up_contribution_list *list,
                                                up_error *err);
void up_contribution_list_release(up_contribution_list *list);

/* The contribution of a part that went from a to b, beside others that sum to o at the
 * start. */
up_growth_value up_contribution_of(const up_estimate *a, const up_estimate *b,
                                   const up_estimate *o);

#ifdef __cplusplus
}
#endif
#endif
