/* Figures that do not fit the growth of their own series: slips of a digit or a unit, breaks that
 * nobody marked.
 *
 * Of the changes r = ln(x_i / x_(i-1)) of a series of positive figures the median m and the
 * scaled median absolute deviation s = 1.4826 median |r - m| are taken (Hampel's identifier;
 * L. Davies, U. Gather, "The Identification of Multiple Outliers", J. Am. Stat. Assoc. 88,
 * 1993). A change is out of line when |r - m| > 8 s and it is at least threefold either way, s
 * being at least 0.02. Two such changes in a row that undo each other are a spike, a single one
 * a jump. Changes into a figure of status B or D are expected to jump. */
#ifndef UPTICK_OUTLIER_H
#define UPTICK_OUTLIER_H

#include "uptick/series.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { UP_OUTLIER_CHANGES = 6 }; /* fewer changes tell no usual one */

typedef enum up_outlier_kind { UP_OUTLIER_SPIKE, UP_OUTLIER_JUMP } up_outlier_kind;

typedef struct up_outlier {
    const up_point *point, *before; /* borrowed */
    up_outlier_kind kind;
    double fold; /* point / before */
} up_outlier;

/* The outliers of a series, in its order; caller frees *outliers. None where the series has
 * fewer than UP_OUTLIER_CHANGES changes between positive figures or mixes totals of unlike
 * length. */
UP_MUST_CHECK up_status up_outliers_find(const up_series *series, up_outlier **outliers,
                                         size_t *count, up_error *err);

#ifdef __cplusplus
}
#endif
#endif
