/* The figures of a series that a fit can use. */
#ifndef UPTICK_ANALYSIS_SAMPLE_H
#define UPTICK_ANALYSIS_SAMPLE_H

#include "uptick/series.h"

/* n figures ascending in time: those with a value and bounds on both sides that were
 * reported, not implied by a claim. The others are counted as left out. Without across_breaks
 * only what stands after the last break (status B, D) takes part. */
typedef struct up_sample {
    size_t n, left_out;
    size_t before_break;    /* figures before the last break, which do not take part */
    const up_point *broken; /* the first after it; NULL: there is none, or it is passed */
    double *time, *time_low, *time_high; /* owned, n each */
    double *value, *low, *high;
    const up_point **point;       /* owned array of borrowed points */
    const up_point *first, *last; /* borrowed; NULL when n is 0 */
    bool has_spans;               /* some date is known only as a span */
} up_sample;

/* UP_TOO_LITTLE_DATA for totals of unlike length. */
UP_MUST_CHECK up_status up_sample_gather(const up_series *series, bool across_breaks,
                                         up_sample *sample, up_error *err);
void up_sample_release(up_sample *sample);

/* R² = 1 - rss / tss of y around its mean; false when all y are the same, for which it is not
 * defined (and their rounded mean would leave a tss that is noise). */
bool up_r_squared(const double y[], size_t n, double rss, double *r_squared);

#endif
