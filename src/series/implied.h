/* Points that claims imply. */
#ifndef UPTICK_SERIES_IMPLIED_H
#define UPTICK_SERIES_IMPLIED_H

#include "uptick/series.h"

/* Adds to series->derived, and as points without a time yet, what the tracker's claims about
 * this series imply: "100-fold from A to B" and a level at B give one at A (and the other way
 * round), where no level was reported. Marked derived; bounds by interval arithmetic. */
UP_MUST_CHECK up_status up_series_add_implied(const up_tracker *tracker, int64_t as_of,
                                              bool rounding, up_series *series,
                                              up_error *err);

/* Appends a point that shows `observation`; its time is set when the basis is known. */
UP_MUST_CHECK up_status up_series_push(up_series *series,
                                       const up_observation *observation,
                                       const up_estimate *figure, up_error *err);

#endif
