/* The rules of a tracker, beyond what reading a row demands: keys, order, sources, floors and
 * ceilings, vintages, claims. Pure: it looks at a tracker whose metrics are loaded. */
#ifndef UPTICK_CHECK_H
#define UPTICK_CHECK_H

#include "uptick/tracker.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Adds a remark for each finding, with file and line: errors for what makes results wrong
 * (two rows with one key, a figure outside floor and ceiling), warnings for what cannot be
 * defended (no source, or one that does not resolve; a day of report or a period after
 * `today`, or a period after its own report, that is no forecast; two sources that disagree;
 * words as stated that say another figure; a figure beyond the metric that is its ceiling; an
 * entity that entities.csv calls otherwise), notes for disorder. */
void up_check_metric(const up_tracker *tracker, const up_metric_data *data, int64_t today,
                     up_remarks *remarks);
/* The rules for one figure, stored (line > 0) or about to be. */
void up_check_figure(const up_tracker *tracker, const up_metric_data *data,
                     const up_observation *observation, int64_t today,
                     up_remarks *remarks);
/* Claims and events that point nowhere. */
void up_check_tables(const up_tracker *tracker, up_remarks *remarks);
/* Kept projections whose quantiles do not ascend, or are there twice. */
void up_check_projections(const up_tracker *tracker, up_remarks *remarks);

#ifdef __cplusplus
}
#endif
#endif
