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
 * defended (a source that does not resolve, a vintage after `today`), notes for disorder. */
void up_check_metric(const up_tracker *tracker, const up_metric_data *data, int64_t today,
                     up_remarks *remarks);
/* Claims and events that point nowhere. `path` of their tables is named in the remarks. */
void up_check_tables(const up_tracker *tracker, up_remarks *remarks);

#ifdef __cplusplus
}
#endif
#endif
