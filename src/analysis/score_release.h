/* What a tracker has of a kept projection's series: the first releases of its periods, and the
 * last figure known before them. */
#ifndef UPTICK_ANALYSIS_SCORE_RELEASE_H
#define UPTICK_ANALYSIS_SCORE_RELEASE_H

#include "uptick/score.h"
#include "uptick/series.h"

/* Fills state, outturn and what belongs to it, has_others and others_why of scores[0..count), the periods of
 * one kept projection, in the order of time. After up_score_find_naive. */
UP_MUST_CHECK up_status up_score_find_releases(const up_tracker *tracker,
                                               const up_metric_data *data, int64_t as_of,
                                               up_score scores[], size_t count,
                                               up_error *err);
/* Fills is_regular, has_naive, naive and naive_period. */
UP_MUST_CHECK up_status up_score_find_naive(const up_tracker *tracker, up_score scores[],
                                            size_t count, up_error *err);

#endif
