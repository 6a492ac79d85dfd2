/* Scores: how the figures that came stand to the projections that were kept.
 *
 *     up_score_list list = {0};
 *     up_score_run(tracker, kept, count, UP_AS_OF_LATEST, &list, err);
 *     list.items[0].crps                // of the first period of the first projection
 *     up_score_list_release(&list);
 *
 * The outturn of a period is its first release: of the figures that are no forecast, neither
 * implied nor withdrawn, the one reported first (of one day the one that speaks, standing.h). A
 * revision never changes a score. It is scored if it was reported after the day on which the
 * projection was made; without a day of report, if its period ended after the day of the data.
 *
 * Irregular levels are reported as of a day, and what is kept of them speaks of the ends of
 * quarters: their very periods are never reported. Where none has come (of figures of a moment, and
 * averages over periods of the length known then: not of flows, and not of what a formula gives),
 * and the figures known then were not all of such periods, the outturn of a period is the figure of another that came first of those
 * whose moment lies after that of the kept period before, or, before the first, after the last
 * figure known on the day of the data, and not after that of the
 * period. One a period: figures so near to each other say much the same, and a score must not hang
 * on how many of them come. It is held against the distribution of its own moment: with q0(p) of the
 * period before, or the last figure known for every p, and q1(p), a share w of the time between
 *
 *     q(p) = q0(p)^(1 - w) q1(p)^w    where all of both are positive: lines of the logarithms
 *     q(p) = (1 - w) q0(p) + w q1(p)  else
 *
 * Lines are what can be said between moments that were kept so far apart. From a known figure they
 * begin with no spread, where a model has the noise of a single figure: close after it the intervals
 * are too narrow.
 *
 * With quantiles q(p) of the projection, at the probabilities kept, and the outturn y:
 *     error       y - q(0.5); as a fraction of y: the percentage error
 *     pinball     (1{y < q(p)} - p) (q(p) - y), the mean over the quantiles
 *     CRPS        2 times the integral over p, from 0 to 1, of that loss (F. Laio & S. Tamea,
 *                 Hydrol. Earth Syst. Sci. 11, 2007; T. Gneiting & A. E. Raftery, J. Am. Stat.
 *                 Assoc. 102, 2007): the trapezoid rule between the probabilities, unequally
 *                 spaced as they are; below the first and above the last the quantile is taken
 *                 to stay what it is there, where the rule is exact
 *     log CRPS    the same of the logarithms, where all are positive: free of the unit, so that
 *                 it can be summed over series
 *     WIS         twice the mean pinball loss of quantiles that lie symmetric around the median
 *                 (J. Bracher et al., PLoS Comput. Biol. 17, 2021)
 *     skill       1 - score / score of the naive forecast: the last figure known on the day of
 *                 the data, as a point, whose CRPS is its absolute error. Of several: of the
 *                 sums, since one lucky naive forecast would rule a mean of ratios
 *     PIT         the probability that the projection gave to less than y
 * Inside an interval is decided on all that the figure allows: one that is about y is
 * undetermined where the interval ends within its bounds. What came as a bound or a range alone
 * has no error; it has the Brier score (1 - P)^2 of the probability P that the projection gave
 * to what then was said (quantiles joined by lines; beyond the outer ones P is a range). */
#ifndef UPTICK_SCORE_H
#define UPTICK_SCORE_H

#include "uptick/estimate.h"
#include "uptick/tracker.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct up_quantile {
    double probability, value;
} up_quantile;

/* Quantiles ascend in both; n >= 1. */
double up_score_pinball(const up_quantile *quantile, double outturn);
double up_score_mean_pinball(const up_quantile quantiles[], size_t n, double outturn);
double up_score_crps(const up_quantile quantiles[], size_t n, double outturn);
/* 1 - score / naive, both >= 0. False, and 0, where they cannot be compared: the naive score is 0, or
 * the other more than a million times as large (or no number), beyond all that a share can tell. */
bool up_score_skill(double score, double naive, double *skill);
/* False unless every quantile has its opposite, and the median is there. */
bool up_score_wis(const up_quantile quantiles[], size_t n, double outturn, double *wis);

/* A probability, or all that it may be: beyond the outermost quantiles it is not known. */
typedef struct up_probability {
    double low, high;
} up_probability;
/* That the figure is x or less. */
up_probability up_score_cdf(const up_quantile quantiles[], size_t n, double x);
/* That it lies within the bounds of an estimate. */
up_probability up_score_probability(const up_quantile quantiles[], size_t n,
                                    const up_estimate *bounds);

typedef enum up_inside {
    UP_NO_INTERVAL,
    UP_INSIDE,
    UP_OUTSIDE,
    UP_UNDETERMINED
} up_inside;
/* In the central interval of that coverage; UP_NO_INTERVAL when its quantiles are not there. */
up_inside up_score_inside(const up_quantile quantiles[], size_t n, double level,
                          const up_estimate *outturn);
const char *up_inside_name(up_inside inside); /* "inside"; "" for UP_NO_INTERVAL */

enum { UP_SCORE_LEVELS = 2, UP_PIT_BINS = 10 };
/* The intervals that are looked at: 0.80, 0.95. */
extern const double up_score_levels[UP_SCORE_LEVELS];

typedef enum up_score_state {
    UP_SCORE_PENDING, /* nothing has come */
    UP_SCORE_KNOWN,   /* it was, or may have been, known when the projection was made */
    UP_SCORE_BOUND,   /* a bound or a range came */
    UP_SCORE_FIGURE
} up_score_state;

/* One period of one kept projection. */
typedef struct up_score {
    const up_kept *kept; /* borrowed from the tracker, as is the metric */
    const up_metric *metric;
    up_period period;
    size_t step; /* from 1 */
    bool has_median, has_distribution;
    double median; /* the point */
    up_score_state state;
    bool has_others; /* pending, but figures of other periods have come that lie in it */
    const char
        *others_why; /* with has_others: why none of them stands in for it; static */
    up_estimate outturn;
    int64_t reported;         /* or UP_REPORTED_ALWAYS */
    up_period outturn_period; /* its own; another than `period` if is_between */
    bool is_between;
    up_period
        before;      /* is_between: the kept period before, or that of the naive figure */
    double share;    /* is_between: of the time from there to `period`, in (0, 1] */
    bool is_regular; /* all figures known then were of such periods as this */
    bool has_naive;  /* false: no figure of then is there any more */
    up_period naive_period;
    double naive;
    /* of a figure, against the median and the distribution */
    double error;
    bool has_percentage, has_wis, has_log, has_skill, has_log_skill;
    double percentage_error;
    double pinball, crps, wis, log_crps;
    double naive_crps, naive_log_crps; /* with has_skill, has_log_skill */
    double skill, log_skill;
    up_probability pit;
    up_inside inside[UP_SCORE_LEVELS]; /* of a bound too */
    up_probability probability, brier; /* of a bound, with has_distribution */
} up_score;

typedef struct up_score_list {
    up_score *items;
    size_t count, capacity;
} up_score_list;

/* Every period of these projections, with what was known on as_of. The metrics, and those that
 * their formulas need, must be loaded, and up_check_projections have found no error. */
UP_MUST_CHECK up_status up_score_run(const up_tracker *tracker,
                                     const up_kept *const kept[], size_t count,
                                     int64_t as_of, up_score_list *list, up_error *err);
void up_score_list_release(up_score_list *list);

/* ---- calibration ---- */

typedef enum up_score_by {
    UP_SCORE_BY_ALL,
    UP_SCORE_BY_MODEL,
    UP_SCORE_BY_HORIZON, /* periods ahead */
    UP_SCORE_BY_SERIES
} up_score_by;
/* UP_USAGE: none of all, model, horizon, series. */
UP_MUST_CHECK up_status up_score_by_parse(const char *text, up_score_by *by,
                                          up_error *err);

/* How often the interval held what came, with the 95 % interval of the share (C. J. Clopper &
 * E. S. Pearson, Biometrika 26, 1934), as if each were a draw of its own. */
typedef struct up_coverage {
    size_t inside, outside, undetermined;
    double share, low, high; /* of those that are determined, if any */
} up_coverage;

typedef struct up_score_summary {
    char *name; /* owned; what the group has in common */
    size_t figures, bounds, pending, known;
    size_t others;   /* pending, with figures of other periods */
    size_t no_naive; /* figures whose naive forecast cannot be had any more */
    up_coverage coverage[UP_SCORE_LEVELS];
    bool has_median_percentage, has_skill, has_log_skill;
    double median_percentage; /* median of the absolute percentage errors, a fraction */
    double skill;             /* of the summed CRPS; only where all are of one metric */
    double log_skill;         /* of the summed log CRPS */
    size_t log_count;         /* how many log_skill is of */
    size_t distributions;
    size_t pit[UP_PIT_BINS]; /* of `distributions` */
    size_t brier_count;
    up_probability brier; /* the mean, if any */
} up_score_summary;

typedef struct up_score_summaries {
    up_score_summary *items;
    size_t count, capacity;
} up_score_summaries;

/* In the order of first appearance; horizons from near to far. */
UP_MUST_CHECK up_status up_score_summarise(const up_score_list *list, up_score_by by,
                                           up_score_summaries *summaries, up_error *err);
void up_score_summaries_release(up_score_summaries *summaries);

/* The exact interval of a share of `successes` among n >= 1 draws. */
void up_binomial_interval(size_t successes, size_t n, double level, double *low,
                          double *high);

#ifdef __cplusplus
}
#endif
#endif
