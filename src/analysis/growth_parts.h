/* What growth and the audit of claims share. */
#ifndef UPTICK_ANALYSIS_GROWTH_PARTS_H
#define UPTICK_ANALYSIS_GROWTH_PARTS_H

#include "uptick/growth.h"

/* Fills elapsed_years, elapsed_days and in_days of g for a claim with both ends. */
void up_claim_elapsed(const up_metric *metric, const up_claim *claim, up_growth *g);

/* Why two points of a series cannot be compared (static text); NULL when they can. */
const char *up_growth_incomparable(const up_series *series, size_t from, size_t to,
                                   bool across_breaks);

#endif
