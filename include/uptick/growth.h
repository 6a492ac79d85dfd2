/* Growth between dated figures, with what the inputs leave open.
 *
 *     up_growth_list list = {0};
 *     up_growth_compute(&series, tracker, &options, &list, err);
 *     list.items[0].values[UP_CAGR].estimate   // 8.23: +823 % a year, 6.40 to 11.2
 *
 * Every figure b is compared with another, a, that stands d years before it. Which one
 * that is depends on the transform: the figure before it, that of a year before, or a
 * base:
 *
 *     lin       b                            nothing
 *     log       ln b                         nothing
 *     chg       b - a                        the figure before
 *     ch1       b - a                        the year before
 *     fold      b / a                        the figure before
 *     pch       b / a - 1                    the figure before
 *     pc1       b / a - 1                    the year before
 *     pca       (b / a)^(1 / d) - 1          the figure before; per year
 *     cch       ln(b / a)                    the figure before
 *     cca       ln(b / a) / d                the figure before; per year
 *     cagr      (b / a)^(1 / d) - 1          the figure before; per year
 *     doubling  d ln 2 / ln(b / a)           the figure before; years, negative: halving;
 *                                            for people below a year in days that passed
 *     index     100 b / a                    a base period (of several figures: their
 *                                            mean), by default the first figure
 *     share     1 / (1 + others / b)         the other series of the metric, same period;
 *               b / total                    where the total is a series of its own (--of)
 *
 * The three-letter names are those of FRED (Federal Reserve Bank of St. Louis, "Units" of
 * fred/series/observations), for n observations a year: chg x_t - x_{t-1}; ch1 x_t -
 * x_{t-n}; pch (x_t / x_{t-1} - 1) 100; pc1 (x_t / x_{t-n} - 1) 100; pca ((x_t /
 * x_{t-1})^n - 1) 100; cch (ln x_t - ln x_{t-1}) 100; cca n (ln x_t - ln x_{t-1}) 100;
 * log ln x_t. Here they are fractions, and n is generalised to dates of any kind: where n
 * stands as a factor or exponent it is 1 / d, the time that passed (on a gapless monthly
 * series 12, so FRED's value). d is months / 12 between two periods of whole months, n from a date to
 * the same date n years later (28 February for the 29th), else the difference of two times of the
 * calendar, year and elapsed part of it; x_{t-n} is the figure a year before, of the same period of
 * the previous year where periods are whole months, else of a date within a tolerance of
 * one day, otherwise refused. pca and cagr are one formula under two names.
 *
 * Bounds are exact: each formula is monotone in a, b and d separately, so its extremes
 * lie at corners of their ranges; an input that stands twice in a formula is one variable
 * (the base period's own index is 100, a share never exceeds 1). All but lin, chg and ch1
 * need positive levels (b may be 0: 0 times as much, -100 %, but no logarithm), rates per year and doubling d > 0; otherwise the value is refused
 * with its reason. */
#ifndef UPTICK_GROWTH_H
#define UPTICK_GROWTH_H

#include "uptick/plain.h"
#include "uptick/series.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum up_transform {
    UP_LIN,
    UP_LOG,
    UP_CHG,
    UP_CH1,
    UP_FOLD,
    UP_PCH,
    UP_PC1,
    UP_PCA,
    UP_CCH,
    UP_CCA,
    UP_CAGR,
    UP_DOUBLING,
    UP_INDEXED,
    UP_SHARE,
    UP_TRANSFORMS
} up_transform;

/* What a transform compares a figure with. */
typedef enum up_comparison {
    UP_ON_NOTHING,
    UP_ON_PREVIOUS,
    UP_ON_YEAR, /* the figure a year before */
    UP_ON_BASE,
    UP_ON_TOTAL, /* the metric's other series */
    UP_COMPARISONS
} up_comparison;

typedef struct up_transform_info {
    const char *name, *title; /* "pch", "percent change" */
    const char *header;       /* of a column: "Growth" */
    up_comparison compares;
    bool usual; /* shown where none is asked for */
} up_transform_info;
extern const up_transform_info up_transform_table[UP_TRANSFORMS];

/* UP_USAGE with "did you mean" for an unknown name. */
UP_MUST_CHECK up_status up_transform_parse(const char *name, up_transform *transform,
                                           up_error *err);

/* One value, or why there is none. */
typedef struct up_growth_value {
    up_estimate estimate;
    /* Doubling where the fold may be 1: the true value is at most low (no halving faster
     * than that) or at least high (no doubling faster than that), not between. */
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

/* The figure that another is compared with, and the time between the two. */
typedef struct up_growth_base {
    bool has;
    const up_point *from; /* NULL for a claim */
    up_period period;
    bool has_elapsed;
    bool
        in_days; /* dates finer than a month: elapsed_days says more than elapsed_years */
    up_estimate elapsed_years; /* exact when both dates are */
    up_estimate elapsed_days;
    size_t mean_of;     /* a base period of several figures: their mean, `from` is NULL */
    bool mean_has_gaps; /* and they leave gaps in it */
    bool across_break;  /* a break (status B, D) lies between, and was let pass */
} up_growth_base;

typedef struct up_growth {
    const up_point *to;    /* NULL for a claim */
    const up_claim *claim; /* the row is what somebody claimed */
    up_verdict verdict;    /* of the reported levels on it */
    up_period to_period;
    up_growth_base on[UP_COMPARISONS]; /* PREVIOUS, YEAR and BASE, where there is one */
    up_growth_value values[UP_TRANSFORMS];
    /* Where on[UP_ON_PREVIOUS].in_days, of points: the doubling time with d in the days that passed, which is what days are
     * told by; a year of the calendar has 365 or 366, one of values[UP_DOUBLING] either. */
    up_growth_value doubling_days;
} up_growth;

/* Reasons that are there by nature, of the first figures: compare the pointers. */
extern const char up_growth_no_previous[], up_growth_no_year[];
/* The reason that across_breaks lifts. */
extern const char up_growth_broken[];

typedef struct up_growth_list {
    up_growth *items;
    size_t count, capacity;
} up_growth_list;

/* What a share is a part of: all series of its metric in a list; or where the list holds one
 * series only, that one as the total; or, of another metric of the same unit, the one of the
 * same entity as the total. Borrows the list; what share is told of costs no more for many
 * series than for few. */
typedef struct up_whole up_whole;
UP_MUST_CHECK up_status up_whole_new(const up_series_list *list, up_whole **whole,
                                     up_error *err);
void up_whole_free(up_whole *whole);
/* One of the parts that seems to be their total: of three or more it has 95 to 105 % of the sum of the
 * others in the latest period of them all, or it is called World, Total or the like. Its entity,
 * borrowed; NULL: none. */
const char *up_whole_seeming_total(const up_whole *whole);

typedef struct up_growth_options {
    bool has_from, has_to;
    up_period from,
        to;     /* both: one row from the point at `from`, or the first inside it, to the
                           point at `to`, or the last inside it; one: from there on, up to there */
    bool steps; /* both, and still a row for each figure between */
    const up_period
        *splits; /* ascending: a row from the first figure to that of the first of */
    size_t
        split_count; /* them, from there to the next, on to the last figure; then the whole */
    bool across_breaks; /* compare across status B and D too */
    bool levels;        /* a row for every point, also for the first */
    bool ends; /* one row: from the first figure (or `from`) to the last (or `to`) */
    bool on[UP_COMPARISONS]; /* YEAR, BASE, TOTAL: also compare with these */
    bool without_previous;   /* do not compare with the figure before */
    bool has_base;
    up_period base; /* of index, the mean of its figures; else the first figure */
    bool has_tolerance;
    double tolerance_days; /* of a year before, else UP_TOLERANCE_USUAL */
    const up_whole *whole; /* what share is a part of; rows borrow reasons from it */
    const bool *only;      /* compute these transforms of points alone; NULL: all */
    bool claims;           /* rows for the tracker's claims about this series */
    bool has_as_of;
    int64_t as_of; /* claims reported later are not known yet */
} up_growth_options;

/* Appends a row for each pair of neighbouring points (or the one pair asked for; totals
 * of a flow are paired with the one before of the same length) and, with
 * `claims`, for each claim with both ends. The list borrows from series and tracker;
 * tracker may be NULL without `claims`. UP_TOO_LITTLE_DATA, with the reason, when nothing
 * can be said. */
UP_MUST_CHECK up_status up_growth_compute(const up_series *series,
                                          const up_tracker *tracker,
                                          const up_growth_options *options,
                                          up_growth_list *list, up_error *err);
void up_growth_list_release(up_growth_list *list);

/* Whether a row has something to say of the transforms asked for: a value, or a reason
 * why not that is more than "it is the first"; a claim, a value. */
bool up_growth_says(const up_growth *growth, const bool show[UP_TRANSFORMS]);

/* The time between the figures of a series: what "the figure before" means. */
typedef struct up_spacing {
    bool regular;   /* periods of one length in whole months */
    int64_t months; /* regular: that length */
    size_t missing; /* regular: periods without a figure between first and last */
    double least_days, median_days,
        most_days; /* between neighbours, 0 with less than two */
} up_spacing;
UP_MUST_CHECK up_status up_series_spacing(const up_series *series, up_spacing *spacing,
                                          up_error *err);

/* A day where dates are irregular, none where periods are whole months. */
#define UP_TOLERANCE_USUAL (-1.0)
/* The figure that stands a year before point `to`: of the same period of the previous
 * year where both are of whole months, of the week of the same number, else within
 * tolerance_days (all of the dates' spans) of the day a year before, the
 * nearest, but rather one over a period of the same length. `count` of the series when there is none. `reported`: points implied by claims
 * do not count. */
size_t up_growth_year_before(const up_series *series, size_t to, double tolerance_days,
                             bool reported);

/* One point of a plain series compared as up_growth_compute compares the figures of any, without
 * its options: with the figure before it, and with that of the same period a year before. */
typedef struct up_growth_plain {
    bool has[UP_COMPARISONS];    /* PREVIOUS, YEAR: whether there is such a figure */
    size_t from[UP_COMPARISONS]; /* which of the points it is */
    double elapsed_years[UP_COMPARISONS];
    up_growth_value values[UP_TRANSFORMS]; /* of those asked for */
} up_growth_plain;
/* The transforms that are asked for, by what they compare with; false where one compares with
 * anything else. */
typedef struct up_growth_asked {
    bool any[UP_COMPARISONS], wanted[UP_COMPARISONS][UP_TRANSFORMS];
} up_growth_asked;
bool up_growth_ask(const bool show[UP_TRANSFORMS], up_growth_asked *asked);
/* The values of points[at]. False where one is refused for a reason that has to be told: then
 * up_growth_compute has it. */
bool up_growth_plain_at(const up_plain_point points[], size_t at,
                        const up_growth_asked *asked, up_growth_plain *growth);

/* Growth from level a to level b over `elapsed` years; fills every transform, those on
 * the year before and on a base as if a were that; share is refused. */
void up_growth_between(const up_estimate *a, const up_estimate *b,
                       const up_estimate *elapsed, up_growth_value values[UP_TRANSFORMS]);

/* Of level b alone: fills lin and log. */
void up_growth_level(const up_estimate *b, up_growth_value values[UP_TRANSFORMS]);

/* The same where only the fold is known (a claim): fills all that need no more; elapsed
 * NULL when the time between is not known. */
void up_growth_from_fold(const up_estimate *fold, const up_estimate *elapsed,
                         up_growth_value values[UP_TRANSFORMS]);

/* b as a part of the total of b and `others`, the sum of all that is not b. */
up_growth_value up_growth_share(const up_estimate *b, const up_estimate *others);

#ifdef __cplusplus
}
#endif
#endif
