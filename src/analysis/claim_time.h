/* The time between the two ends of a claim. */
#ifndef UPTICK_ANALYSIS_CLAIM_TIME_H
#define UPTICK_ANALYSIS_CLAIM_TIME_H

#include "uptick/growth.h"

/* Fills elapsed_years, elapsed_days and in_days of g for a claim with both ends. */
void up_claim_elapsed(const up_metric *metric, const up_claim *claim, up_growth *g);

#endif
