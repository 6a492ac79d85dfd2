/* Parameters drawn for each path. */
#ifndef UPTICK_ANALYSIS_PROJECT_DRAWS_H
#define UPTICK_ANALYSIS_PROJECT_DRAWS_H

#include "analysis/project/fit.h"

/* `count` paths of a fit that has more figures than parameters, as project.h says. One random
 * stream for each series and model, from (seed, key, name). UP_TOO_LITTLE_DATA where the density
 * cannot be drawn from. */
UP_MUST_CHECK up_status up_draws_make(const up_problem *problem, const up_fit *fit,
                                      const char *key, uint64_t seed, size_t count,
                                      struct up_path paths[], up_error *err);

#endif
