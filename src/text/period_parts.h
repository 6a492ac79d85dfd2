/* What the readers of periods share: the text in hand, and makers that check.
 *
 * A reader of one notation answers UP_MATCH, UP_NO_MATCH (not this notation: let another
 * try) or UP_REFUSED (it is this notation, and wrong or ambiguous: the error is set). */
#ifndef UPTICK_TEXT_PERIOD_PARTS_H
#define UPTICK_TEXT_PERIOD_PARTS_H

#include "uptick/calendar.h"
#include "uptick/period.h"

typedef enum up_match { UP_MATCH, UP_NO_MATCH, UP_REFUSED } up_match;

typedef struct up_period_reader {
    const char *shown; /* the text as given, for messages */
    up_period_options options;
    up_error *err;
} up_period_reader;

typedef struct up_clock {
    int hour, minute, second;
    up_granularity granularity; /* UP_HOUR, UP_MINUTE, UP_SECOND: what was written */
    int offset_minutes;         /* east of UTC */
} up_clock;

extern const char *const up_month_names[12];

/* "'TEXT' " and the message. */
up_match up_period_refuse(const up_period_reader *reader, const char *format, ...)
    UP_PRINTF(2, 3);

/* Each checks its domain; *period is untouched unless UP_MATCH comes back. */
up_match up_period_make_years(const up_period_reader *reader, int64_t year,
                              up_granularity granularity, up_period *period);
/* Half, third, quarter, month or week `number` of a year. */
up_match up_period_make_part(const up_period_reader *reader, int64_t year,
                             up_granularity granularity, int64_t number,
                             up_period *period);
up_match up_period_make_day(const up_period_reader *reader, int64_t year, int64_t month,
                            int64_t day, up_period *period);
/* A moment of the day that `day` holds. */
up_match up_period_make_time(const up_period_reader *reader, const up_period *day,
                             const up_clock *clock, up_period *period);
up_match up_period_make_extent(const up_period_reader *reader, const up_period *first,
                               const up_period *last, up_period *period);
up_match up_period_make_one_of(const up_period_reader *reader, const up_period *first,
                               const up_period *last, up_period *period);
/* The fiscal year `year`, which ends in that calendar year; and a half or quarter of it. */
up_match up_period_make_fiscal(const up_period_reader *reader, int64_t year,
                               up_period *period);
up_match up_period_make_fiscal_part(const up_period_reader *reader, int64_t year,
                                    up_granularity granularity, int64_t number,
                                    up_period *period);

/* The instant `count` members further. */
int64_t up_period_step(int64_t instant, up_granularity granularity, int64_t count);
/* Whether a member of the granularity begins there. Not for decades and coarser. */
bool up_period_aligned(int64_t instant, up_granularity granularity);
/* The first and the last member of a one-of set, or the period itself. Bounded only. */
up_period up_period_first_member(const up_period *period);
up_period up_period_last_member(const up_period *period);

/* The two notations. text is folded (words.h), not empty. */
up_match up_period_read_edtf(const up_period_reader *reader, const char *text,
                             up_period *period);
up_match up_period_read_words(const up_period_reader *reader, const char *text,
                              up_period *period);

#endif
