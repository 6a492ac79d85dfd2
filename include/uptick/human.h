/* Numbers as people read them. Each appends to a buffer; none depends on the locale. The plain
 * ones are in English; those ending in `_in` name the language. */
#ifndef UPTICK_HUMAN_H
#define UPTICK_HUMAN_H

#include <stdbool.h>

#include "uptick/buffer.h"
#include "uptick/estimate.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Languages that charts are written in. To add one: a column in chart_words.c, a row of numerals in
 * human.c, its code in up_language_code. */
typedef enum up_language { UP_ENGLISH, UP_CHINESE, UP_LANGUAGES } up_language;

/* "en", "zh" */
const char *up_language_code(up_language language);

/* 570000000 → "570 M"; 16.2e9 → "16.2 B"; 1e13 → "10 T"; 0.0012 → "0.0012"; up to `digits`
 * significant digits, trailing zeros dropped; the suffix from 1e6 on (below: "70,000"), a power
 * of ten from 1e18 on and below 1e-5 ("2.5×10⁻⁶"). `digits` 0: as many as the number has (at
 * most 15). The space is U+00A0, the minus U+2212. All values must be finite. */
void up_human_number(double value, int digits, up_buffer *out);
/* 0.1667 → "16.7 %", with a sign for changes: "+128.9 %". Three significant digits or one
 * decimal, whichever shows more; whole percents without zeros: "80 %", "+9,900 %". */
void up_human_percent(double fraction, bool sign, up_buffer *out);
/* 9.2316 → "9.23×", 7.4023 → "7.40×", 100 → "100×". */
void up_human_fold(double fold, up_buffer *out);
/* Years as a length of time fit to read: 0.3115 → "114 days"; 2.4 → "2.40 years". Days below
 * a year; hours and minutes below two days. */
void up_human_duration(double years, up_buffer *out);
/* The same in the unit that another length is told in: two ends of one range. */
void up_human_duration_like(double years, double like, up_buffer *out);

/* The same in a language. Chinese counts in 万 (1e4), 亿 (1e8) and 万亿 (1e12): 5.7亿, 2490万,
 * 10万亿; a power of ten from 1e16 on; "16.7%", "9.23倍", without spaces. */
void up_human_number_in(up_language language, double value, int digits, up_buffer *out);
void up_human_percent_in(up_language language, double fraction, bool sign,
                         up_buffer *out);
void up_human_fold_in(up_language language, double fold, up_buffer *out);
/* From here on numbers are named ("M", "万"): 1e6 in English, 1e4 in Chinese. */
double up_human_first_named(up_language language);

/* What these round a bound to, not to the nearest but outwards: a value that they show as it
 * is, no less (up) or no greater than the bound. "Less than 118×" is no bound of 118.39. */
double up_human_number_bound(double value, int digits, bool up);
double up_human_percent_bound(double fraction, bool up);
double up_human_fold_bound(double fold, bool up);
double up_human_duration_bound(double years, bool up);
double up_human_duration_bound_like(double years, double like, bool up);

#ifdef __cplusplus
}
#endif
#endif
