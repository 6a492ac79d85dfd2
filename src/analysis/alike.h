/* Which figure stands before which, among those over periods of one length. */
#ifndef UPTICK_ANALYSIS_ALIKE_H
#define UPTICK_ANALYSIS_ALIKE_H

#include <stddef.h>

#include "uptick/error.h"
#include "uptick/period.h"

/* before[i]: the last of the periods 0 to i - 1 that is as long as i and was over when i
 * began (a fiscal and a calendar year overlap), else the last as long, else i itself.
 * group[i]: how many of the n are as long. The periods are in the order of a series. */
UP_MUST_CHECK up_status up_alike_before(const up_period *const periods[], size_t n,
                                        size_t before[], size_t group[], up_error *err);

#endif
