/* A fit in the field's terms. */
#ifndef UPTICK_ANALYSIS_PROJECT_DESCRIBE_H
#define UPTICK_ANALYSIS_PROJECT_DESCRIBE_H

#include "analysis/project/fit.h"

/* Parameters with their standard errors, intervals and correlations, R², AICc and what the
 * residuals say. */
void up_describe_fit(const up_problem *problem, const up_fit *fit,
                     up_projection *projection);

#endif
