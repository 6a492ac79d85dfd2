/* A fit in the field's terms. */
#ifndef UPTICK_ANALYSIS_PROJECT_DESCRIBE_H
#define UPTICK_ANALYSIS_PROJECT_DESCRIBE_H

#include "analysis/project/fit.h"

/* Parameters with their standard errors, intervals (where wanted) and correlations, R², AICc and
 * what the residuals say. */
void up_describe_fit(const up_problem *problem, const up_fit *fit, bool intervals,
                     up_projection *projection);
/* Under a ceiling the capacity is drawn, and the others with it: intervals are those of the paths; with
 * no more figures than parameters there is nothing to tell. */
UP_MUST_CHECK up_status up_describe_paths(up_projection *projection, up_error *err);

#endif
