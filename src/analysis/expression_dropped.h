/* Figures of an expression that cannot be worked out. */
#ifndef UPTICK_ANALYSIS_EXPRESSION_DROPPED_H
#define UPTICK_ANALYSIS_EXPRESSION_DROPPED_H

#include "analysis/expression_parts.h"

/* Why figures of one series are left out: each reason once, with how many it is for. The same reason
 * of another date is the same one: what stands before and behind the date counts. */
enum { UP_DROP_REASONS = 4 };
typedef struct up_dropped {
    struct {
        char why[sizeof((up_error *)0)->message];
        size_t before, behind; /* where the date begins and ends; 0, 0: it is not named */
        char others[64]; /* the next dates, ", 2017, 2018", as long as they find room */
        size_t listed, count;
    } reasons[UP_DROP_REASONS];
    size_t kinds, count;
} up_dropped;

/* A figure that cannot be worked out goes, whatever the reason; only what has nothing to do with
 * figures ends the evaluation. */
UP_MUST_CHECK up_status up_dropped_add(up_evaluation *e, const up_error *why,
                                       const up_period *period, up_dropped *d);
/* Remarks them, beside so many that were made. */
void up_dropped_tell(const up_evaluation *e, const up_dropped *d, size_t made);

#endif
