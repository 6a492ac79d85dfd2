/* The words that a chart itself writes, in every language it can be written in. A text has places
 * %1 to %4 for what is told with it: their order is the language's own.
 *
 *     up_tell(chart->language, UP_SAY_SOURCE, out, chart->source);    "来源：GCEEC"
 *
 * Titles, units, names, notes and sources are the user's, and stay as they are. */
#ifndef UPTICK_REPORT_CHART_WORDS_H
#define UPTICK_REPORT_CHART_WORDS_H

#include "uptick/buffer.h"
#include "uptick/human.h"
#include "uptick/period.h"

typedef enum up_say {
    /* around the plot */
    UP_SAY_SOURCE,
    UP_SAY_NO_SOURCE,
    UP_SAY_SOME_WITHOUT_SOURCE,
    UP_SAY_NEXT_SOURCE,
    UP_SAY_VIA,
    UP_SAY_UNIT_AND_MORE,
    /* the note line: what the marks mean */
    UP_SAY_MORE,
    UP_SAY_MORE_BAR,
    UP_SAY_LESS,
    UP_SAY_LESS_BAR,
    UP_SAY_ONE_BOUND,
    UP_SAY_HOLLOW,
    UP_SAY_HOLLOW_BAR,
    UP_SAY_SPAN,
    UP_SAY_ABOUT,
    UP_SAY_ABOUT_BAR,
    UP_SAY_BOUNDS,
    UP_SAY_BOUNDS_BAR,
    UP_SAY_RANGE,
    UP_SAY_RANGE_BAR,
    UP_SAY_CUT_BAND,
    UP_SAY_OFF_ZERO,
    UP_SAY_OWN_AXES,
    UP_SAY_LOG,
    UP_SAY_NONE_ABOVE_ZERO,
    UP_SAY_DASHED,
    UP_SAY_SCENARIO,
    UP_SAY_SCENARIOS,
    UP_SAY_QUOTED,
    UP_SAY_NEXT_QUOTED,
    UP_SAY_PROJECTION,
    UP_SAY_PROJECTION_BY,
    UP_SAY_WITH_BANDS,
    UP_SAY_BANDS,
    UP_SAY_BAND,
    UP_SAY_BANDS_OF_LEVEL,
    UP_SAY_DATA_RANGE_BAND,
    UP_SAY_CAPACITY,
    UP_SAY_CAPACITY_AT_MOST,
    UP_SAY_CAPACITY_OPEN,
    UP_SAY_UNSETTLED,
    UP_SAY_NO_INTERVAL,
    UP_SAY_TOO_NARROW,
    UP_SAY_STACKED,
    UP_SAY_LARGEST,
    UP_SAY_GREY,
    UP_SAY_OTHERS,
    UP_SAY_MISSING_BAR,
    UP_SAY_POINTS,
    /* labels */
    UP_SAY_PROJECTED,
    UP_SAY_TOTAL,
    UP_SAY_NOW,
    UP_SAY_OTHER,
    UP_SAY_AS_KNOWN,
    UP_SAY_NOT_REVISED,
    UP_SAY_WORDS_BEFORE, /* "nearly" before a value */
    UP_SAY_NUMBER,
    UP_SAY_SECOND,
    UP_SAY_FOLD,
    UP_SAY_RANGE_OF,
    UP_SAY_CHANGE_RANGE,
    /* figures */
    UP_SAY_QUALIFIED_ABOUT,
    UP_SAY_QUALIFIED_MORE,
    UP_SAY_QUALIFIED_LESS,
    UP_SAY_NEARLY,
    UP_SAY_JUST_OVER,
    UP_SAY_AT_LEAST,
    UP_SAY_AT_MOST,
    /* subtitles */
    UP_SAY_SHARE,
    UP_SAY_LOGARITHM,
    UP_SAY_CHANGE,
    UP_SAY_CHANGE_ON_YEAR,
    UP_SAY_MULTIPLE,
    UP_SAY_MULTIPLE_PER_YEAR,
    UP_SAY_GROWTH,
    UP_SAY_GROWTH_ON_YEAR,
    UP_SAY_GROWTH_PER_YEAR,
    UP_SAY_CONTINUOUS,
    UP_SAY_CONTINUOUS_PER_YEAR,
    UP_SAY_DOUBLING,
    UP_SAY_INDEX,
    UP_SAY_INDEX_BASE,
    UP_SAY_FIRST_FIGURE,
    /* when a level is reached */
    UP_SAY_MEDIAN,
    UP_SAY_RANGE_80,
    UP_SAY_DATA_RANGE,
    UP_SAY_REACHED_BY,
    UP_SAY_NEVER,
    UP_SAY_FROM_TO,
    UP_SAY_OR_LATER,
    UP_SAY_NOT_BY,
    UP_SAY_PERCENT,
    UP_SAY_NEXT,
    /* times: month, day, year */
    UP_SAY_YEAR,
    UP_SAY_YEAR_BRIEF,
    UP_SAY_YEAR_CE,
    UP_SAY_YEAR_BCE,
    UP_SAY_YEAR_BCE_BRIEF,
    UP_SAY_IN_YEAR,       /* %1 of the year %2, in a sentence */
    UP_SAY_IN_YEAR_LABEL, /* kept on one line */
    UP_SAY_DAY,           /* month %1, day %2 */
    UP_SAY_QUARTER_1,
    UP_SAY_QUARTER_2,
    UP_SAY_QUARTER_3,
    UP_SAY_QUARTER_4,
    UP_SAY_HALF_1,
    UP_SAY_HALF_2,
    UP_SAY_MONTH_1,
    UP_SAY_MONTH_2,
    UP_SAY_MONTH_3,
    UP_SAY_MONTH_4,
    UP_SAY_MONTH_5,
    UP_SAY_MONTH_6,
    UP_SAY_MONTH_7,
    UP_SAY_MONTH_8,
    UP_SAY_MONTH_9,
    UP_SAY_MONTH_10,
    UP_SAY_MONTH_11,
    UP_SAY_MONTH_12,
    UP_SAY_FULL_MONTH_1,
    UP_SAY_FULL_MONTH_2,
    UP_SAY_FULL_MONTH_3,
    UP_SAY_FULL_MONTH_4,
    UP_SAY_FULL_MONTH_5,
    UP_SAY_FULL_MONTH_6,
    UP_SAY_FULL_MONTH_7,
    UP_SAY_FULL_MONTH_8,
    UP_SAY_FULL_MONTH_9,
    UP_SAY_FULL_MONTH_10,
    UP_SAY_FULL_MONTH_11,
    UP_SAY_FULL_MONTH_12,
    /* periods; in English up_period_label names them */
    UP_SAY_CIRCA,
    UP_SAY_UNCERTAIN,
    UP_SAY_FISCAL_YEAR,
    UP_SAY_EARLY,
    UP_SAY_MID,
    UP_SAY_LATE,
    UP_SAY_SOME,
    UP_SAY_UP_TO,
    UP_SAY_FROM_ON,
    UP_SAY_ANY_TIME,
    UP_SAY_WEEK_OF,
    UP_SAY_DECADE_OF,
    UP_SAY_A_SECOND,
    UP_SAY_A_MINUTE,
    UP_SAY_AN_HOUR,
    UP_SAY_A_DAY,
    UP_SAY_A_WEEK,
    UP_SAY_A_MONTH,
    UP_SAY_A_QUARTER,
    UP_SAY_A_THIRD,
    UP_SAY_A_HALF,
    UP_SAY_A_YEAR,
    UP_SAY_A_DECADE,
    UP_SAY_A_CENTURY,
    UP_SAY_A_MILLENNIUM,
    /* alternative text */
    UP_SAY_LINE_CHART,
    UP_SAY_FACET_CHART,
    UP_SAY_BAR_CHART,
    UP_SAY_STACK_CHART,
    UP_SAY_UNTITLED,
    UP_SAY_HEAD,
    UP_SAY_HEAD_WITH_UNIT,
    UP_SAY_SENTENCE,
    UP_SAY_POINT,
    UP_SAY_POINT_ALONE,
    UP_SAY_IN,
    UP_SAY_IN_DECADE,
    UP_SAY_ON,
    UP_SAY_ROSE,
    UP_SAY_FELL,
    UP_SAY_QUICKENED,
    UP_SAY_SLOWED,
    UP_SAY_GROWTH_WENT,
    UP_SAY_CHANGE_WENT,
    UP_SAY_NO_FIGURE,
    UP_SAY_WENT,
    UP_SAY_GOES,
    UP_SAY_IT,
    UP_SAY_NAMED,
    UP_SAY_NAMED_FIGURE,
    UP_SAY_GROWN,
    UP_SAY_PROJECTED_TO,
    UP_SAY_ALSO_PROJECTED_TO,
    UP_SAY_SUPPOSED_TO,
    UP_SAY_ALSO_SUPPOSED_TO,
    UP_SAY_AND_MORE,
    UP_SAY_AT_LEVEL,
    UP_SAYS
} up_say;

/* The text with its places. */
const char *up_word(up_language language, up_say what);
/* Appends it with its places filled; what has no place is not told. */
#define up_tell(language, what, out, ...)                                                \
    up_tell_all(language, what, out, (const char *const[5]){__VA_ARGS__})
void up_tell_all(up_language language, up_say what, up_buffer *out,
                 const char *const told[5]);
/* "exponential" → "指数", "yearly sums" → "年合计"; what is not known stays. */
const char *up_model_word(up_language language, const char *name);
/* A period as up_period_label names it: "May 2025" → "2025年5月". */
void up_period_words(up_language language, const up_period *period, up_buffer *out);
/* The same within a sentence: "in May 2025", "on 20 Sep 2025"; months have their full names. */
void up_when_words(up_language language, const up_period *period, up_buffer *out);
/* A year as text: "2025", "10,000 BCE". ce: other years get "CE". brief: "2025" also where
 * the language says "2025年". */
void up_year_text(up_language language, int64_t year, bool ce, bool brief,
                  up_buffer *out);

#endif
