/* Bringing one series to the periods of another. */
#ifndef UPTICK_ANALYSIS_ALIGN_H
#define UPTICK_ANALYSIS_ALIGN_H

#include "uptick/expression.h"

/* A series made ready for looking up its figures by period and by instant. */
typedef struct up_aligner {
    const up_series *series;    /* borrowed */
    const up_point **by_period; /* owned; sorted by where they start and end (align.c) */
    const up_expression_options *how;
    bool flows; /* both sides are totals: only those of like length go together */
} up_aligner;

typedef struct up_aligned {
    up_estimate figure;
    const up_point *used,
        *also;  /* also: the later of two that were interpolated between */
    bool exact; /* of the very period */
} up_aligned;

UP_MUST_CHECK up_status up_aligner_init(up_aligner *aligner, const up_series *series,
                                        const up_expression_options *how, bool flows,
                                        up_error *err);
void up_aligner_release(up_aligner *aligner);

/* The figure for a point of another series. UP_TOO_LITTLE_DATA, with the reason, when there
 * is none: no figure of the period (exact), none near enough (nearest), none before it
 * (carry-forward: never one of the future), none around it or a break between (interpolate),
 * totals of unlike length. */
UP_MUST_CHECK up_status up_align_figure(const up_aligner *aligner, const up_point *point,
                                        up_aligned *out, up_error *err);

/* What was done to a figure that is not of the period: "carried forward to". */
const char *up_align_words(up_align align);
/* A figure that is brought farther than the next one usually stands is hardly known any more: text gets
 * a sentence where it is, over so many seconds, by more than the eighth that months differ by. */
UP_MUST_CHECK up_status up_align_distance(const up_series *series, int64_t seconds,
                                          up_buffer *text, up_error *err);
/* Whether an instant is not further from another than is tolerated; without a tolerance all
 * are near enough. */
bool up_tolerance_allows(const up_tolerance *tolerance, int64_t a, int64_t b);

#endif
