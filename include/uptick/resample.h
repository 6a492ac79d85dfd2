/* Resampling: figures of months made into those of quarters, halves or years.
 *
 * FRED's three ways (its "Aggregation Method"), by what is measured unless one is asked for:
 *     sum   of the figures that make up the period: flows
 *     eop   the figure that ends with the period: stocks and counters
 *     avg   the mean of the figures that make up the period, months counting alike: rates,
 *           averages and indices
 * A ratio has no way of its own and needs to be told one. No value is invented: a period that
 * its figures do not make up without a gap is left out and named, or with `partial` made of
 * what there is, as status P. A figure of the whole period is taken as it is. Years, halves
 * and quarters are those of the metric's fiscal year. Bounds add up as intervals do; the status
 * is the worst of the parts; a period with a break in it is after a break, and so is the next. */
#ifndef UPTICK_RESAMPLE_H
#define UPTICK_RESAMPLE_H

#include "uptick/series.h"

#ifdef __cplusplus
extern "C" {
#endif

/* From "month", "quarter", "half", "year" and "avg", "sum", "eop" (NULL: by measure). */
UP_MUST_CHECK up_status up_resampling_parse(const char *unit, const char *how,
                                            bool partial, up_resampling *out,
                                            up_error *err);

/* Replaces the series' figures. UP_USAGE: a ratio without a way, or a sum of levels.
 * UP_TOO_LITTLE_DATA: every figure is of a longer period. What is left out is remarked. */
UP_MUST_CHECK up_status up_series_resample(up_series *series,
                                           const up_resampling *resampling,
                                           up_remarks *remarks, up_error *err);

#ifdef __cplusplus
}
#endif
#endif
