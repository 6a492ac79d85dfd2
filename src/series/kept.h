/* The figures of a kept projection in their order: period by period, each from its lowest
 * quantile to its highest. */
#ifndef UPTICK_SERIES_KEPT_H
#define UPTICK_SERIES_KEPT_H

#include "uptick/tracker.h"

/* Points to all of them, a point without quantile first; caller frees. */
UP_MUST_CHECK up_status up_kept_sort(const up_kept *kept, const up_kept_figure ***figures,
                                     up_error *err);
/* How many from the first on are of its period. */
size_t up_kept_step(const up_kept_figure *const figures[], size_t count);

#endif
