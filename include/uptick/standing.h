/* Which of several figures for one entity and period speaks, and how the others stand to it.
 *
 *     const up_observation *word = up_standing_speaker(&metric, rows, count);
 *     up_standing how = up_standing_of(&metric, rows, count, rows[i]);
 *
 * The metric's key `conflict` decides:
 *     ""                 the figure reported last, of one day the later row
 *     "source KEY"       the last word of that source; where it has no figure, as above
 *     "rank KEY KEY …"   the last word of the first of these sources that has a figure, else as
 *                        above
 * A source whose last word is status M has no figure. A forecast (status F) never speaks over a
 * figure that was reported; among forecasts the same rules hold. */
#ifndef UPTICK_STANDING_H
#define UPTICK_STANDING_H

#include <stdbool.h>
#include <stddef.h>

#include "uptick/metric.h"
#include "uptick/observation.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum up_standing {
    UP_SPEAKS,
    UP_REVISED,             /* its source has a later word */
    UP_OVERRULED_BY_FIGURE, /* a forecast where a figure was reported */
    UP_OVERRULED_BY_LATEST, /* another source reported later */
    UP_OVERRULED_BY_ROW,    /* another source on the same day, in a later row */
    UP_OVERRULED_BY_SOURCE, /* by the policy */
    UP_OVERRULED_BY_RANK
} up_standing;

/* rows[0..count) are all the figures of one entity and period that take part, in any order; they
 * point into one array in the order of the file. NULL when there are none. */
const up_observation *up_standing_speaker(const up_metric *metric,
                                          const up_observation *const rows[],
                                          size_t count);
/* Whether the metric's policy names the source that speaks. */
bool up_standing_is_decided(const up_metric *metric, const up_observation *const rows[],
                            size_t count);
/* How one of the rows stands. */
up_standing up_standing_of(const up_metric *metric, const up_observation *const rows[],
                           size_t count, const up_observation *row);
/* "speaks", "revised", "overruled by rank", … */
const char *up_standing_words(up_standing standing);

/* Whether a text is a policy. */
bool up_conflict_is_valid(const char *policy);
/* Calls visit with each source that a policy names, until it returns false. */
void up_conflict_each_source(const char *policy,
                             bool (*visit)(void *context, const char *key, size_t length),
                             void *context);

#ifdef __cplusplus
}
#endif
#endif
