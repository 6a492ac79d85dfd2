/* From drawn paths to what is said of each step. */
#ifndef UPTICK_ANALYSIS_PROJECT_PATHS_H
#define UPTICK_ANALYSIS_PROJECT_PATHS_H

#include "analysis/project/draws.h"

/* What the metric's figures cannot leave; infinities where nothing is known. */
typedef struct up_limits {
    double floor, ceiling;
    const char *floor_name; /* "the metric's floor", "what the counter has reached" */
    /* ", that of another metric" where it is one; else "" */
    const char *floor_metric, *ceiling_metric;
} up_limits;
up_limits up_limits_of(const up_series *series, const up_figures *figures,
                       const up_project_options *options);

/* Whether a trend cannot be denied by one series' models: zero is outside of some slope's interval, or
 * there are too few figures to tell (the curve goes through them). */
bool up_pool_is_trending(const up_project_job jobs[], size_t count);

/* Fills the quantiles and bounds of the steps from `first` on from the projection's paths, and the
 * share of paths that were held at a limit there; the value (median) too, but where a curve is known to
 * be it. A level whose ends leave the range of numbers is left without (NAN), and told.
 * UP_TOO_LITTLE_DATA where a path or one of up_quantile_levels leaves the range of numbers. */
UP_MUST_CHECK up_status up_paths_summarize(up_projection *projection, size_t first,
                                           const up_limits *limits, up_error *err);

#endif
