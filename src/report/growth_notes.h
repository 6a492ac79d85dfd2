/* Notes below a table of growth. */
#ifndef UPTICK_REPORT_GROWTH_NOTES_H
#define UPTICK_REPORT_GROWTH_NOTES_H

#include "uptick/view.h"

/* "136 days (121 to 151)". */
void up_words_days(const up_estimate *days, up_buffer *out);
/* How the figures shown follow one another: once for all series of one kind. */
UP_MUST_CHECK up_status up_growth_spacings(const up_growth_section sections[],
                                           size_t count, up_table *table, up_error *err);

#endif
