/* The moments at which a level is reached, in words. */
#ifndef UPTICK_REPORT_REACH_WORDS_H
#define UPTICK_REPORT_REACH_WORDS_H

#include "report/chart_words.h"
#include "uptick/view.h"

/* The unit of the calendar that a moment is in; one that ends a unit belongs to it. */
up_period up_reach_unit(const up_series *s, double time, up_granularity unit);
/* "Mar 2027"; nothing when it is not reached. */
void up_reach_time_words(up_language language, const up_reach_section *s,
                         up_reach_time time, up_buffer *out);
void up_reach_horizon_words(up_language language, const up_reach_section *s,
                            up_buffer *out);
/* "Mar 2027 to Oct 2029", "Mar 2027 or later, perhaps not by Dec 2040", "not by Dec 2040" */
void up_reach_interval_words(up_language language, const up_reach_section *s,
                             up_buffer *out);
/* "62 %", "< 0.1 %": never 0 or 1 but for what cannot or must be. */
void up_probability_words(up_language language, double p, up_buffer *out);

#endif
