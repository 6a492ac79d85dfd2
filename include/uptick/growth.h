/* Growth between two dated figures, with what the inputs leave open.
 *
 *     up_growth_list list = {0};
 *     up_growth_compute(&series, tracker, &options, &list, err);
 *     list.items[0].values[UP_CAGR].estimate   // 8.23: +823 % a year, 6.40 to 11.2
 *
 * Between levels a at time s and b at time t, elapsed d = t - s years (FRED's codes where it
 * has them; irregular dates are annualised by elapsed time, DESIGN §3):
 *
 *     lin       b
 *     chg       b - a
 *     fold      b / a
 *     pch       b / a - 1
 *     cagr      (b / a)^(1 / d) - 1          per year
 *     doubling  d ln 2 / ln(b / a)           years; negative: halving
 *
 * Bounds are exact: each formula is monotone in a, b and d separately, so its extremes lie at
 * corners of their ranges. All but lin and chg need positive levels, cagr and doubling d > 0;
 * otherwise the value is refused with its reason. */
#ifndef UPTICK_GROWTH_H
#define UPTICK_GROWTH_H

#include "uptick/series.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum up_transform {
    UP_LIN,
    UP_CHG,
    UP_FOLD,
    UP_PCH,
    UP_CAGR,
    UP_DOUBLING,
    UP_TRANSFORMS
} up_transform;

typedef struct up_transform_info {
    const char *name, *title;
} up_transform_info;
extern const up_transform_info up_transform_table[UP_TRANSFORMS];

/* UP_USAGE with "did you mean" for an unknown name. */
UP_MUST_CHECK up_status up_transform_parse(const char *name, up_transform *transform,
                                           up_error *err);

/* One value, or why there is none. */
typedef struct up_growth_value {
    up_estimate estimate;
    /* Doubling where the fold may be 1: the true value is at most low (no halving faster than
     * that) or at least high (no doubling faster than that), not between. */
    bool outside;
    const char *refused; /* NULL when there is a value; static text */
} up_growth_value;

/* A verdict of the levels on a claim (audit.h). */
typedef enum up_verdict {
    UP_UNTESTABLE,
    UP_CONFIRMED,   /* every admissible value satisfies it */
    UP_COMPATIBLE,  /* some do */
    UP_CONTRADICTED /* none does */
} up_verdict;
const char *up_verdict_name(up_verdict verdict);

typedef struct up_growth {
    const up_point *from, *to; /* NULL for a claim; lin has no from */
    const up_claim *claim;     /* the row is what somebody claimed */
    up_verdict verdict;        /* of the reported levels on it */
    up_period from_period, to_period;
    bool has_from;
    up_estimate elapsed_years; /* exact when both dates are */
    bool has_elapsed;
    bool in_days; /* dates finer than a month: elapsed_days says more */
    up_estimate elapsed_days;
    up_growth_value values[UP_TRANSFORMS];
} up_growth;

typedef struct up_growth_list {
    up_growth *items;
    size_t count, capacity;
} up_growth_list;

typedef struct up_growth_options {
    bool has_from, has_to;
    up_period from, to; /* one row from the point at `from` to the point at `to` */
    bool across_breaks; /* compare across status B and D too */
    bool levels;        /* a row for every point (lin), also for the first */
    bool claims;        /* rows for the tracker's claims about this series */
    bool has_as_of;
    int64_t as_of; /* claims reported later are not known yet */
} up_growth_options;

/* Appends a row for each pair of neighbouring points (or the one pair asked for; totals of a
 * flow are paired with the one before of the same length) and, with
 * `claims`, for each claim with both ends. The list borrows from series and tracker; tracker
 * may be NULL without `claims`. UP_TOO_LITTLE_DATA, with the reason, when nothing can be
 * said. */
UP_MUST_CHECK up_status up_growth_compute(const up_series *series,
                                          const up_tracker *tracker,
                                          const up_growth_options *options,
                                          up_growth_list *list, up_error *err);
void up_growth_list_release(up_growth_list *list);

/* Growth from level a to level b over `elapsed` years; fills every transform. */
void up_growth_between(const up_estimate *a, const up_estimate *b,
                       const up_estimate *elapsed, up_growth_value values[UP_TRANSFORMS]);

/* The same where only the fold is known (a claim): fills fold, pch, cagr and doubling; elapsed
 * NULL when the time between is not known. */
void up_growth_from_fold(const up_estimate *fold, const up_estimate *elapsed,
                         up_growth_value values[UP_TRANSFORMS]);

#ifdef __cplusplus
}
#endif
#endif
