/* The data range: the curve through as many figures as it has parameters, at every corner of
 * their bounds and dates. */
#ifndef UPTICK_ANALYSIS_PROJECT_RANGE_H
#define UPTICK_ANALYSIS_PROJECT_RANGE_H

#include "analysis/project/paths.h"

/* Fills `range` of every step; the projection's paths are the curve and those of all corners. Leaves has_range false where the order of the figures is
 * open, or a corner has no curve. */
UP_MUST_CHECK up_status up_range_fill(const up_figures *figures, const up_fit *fit,
                                      const up_limits *limits, up_projection *projection,
                                      up_error *err);

#endif
