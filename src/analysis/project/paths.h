/* Simulated paths: the predictive distribution of a fitted model. */
#ifndef UPTICK_ANALYSIS_PROJECT_PATHS_H
#define UPTICK_ANALYSIS_PROJECT_PATHS_H

#include "analysis/sample.h"
#include "uptick/project.h"

/* Fills the bounds of every step from simulated paths, and the share that was held at
 * *floor (NULL: no floor). One random stream per series, from (seed, key). */
UP_MUST_CHECK up_status up_paths_simulate(const up_series *series,
                                          const up_sample *sample, const double scaled[],
                                          const up_fit *fit,
                                          const up_project_options *options,
                                          const double *floor, up_projection *projection,
                                          up_error *err);

#endif
