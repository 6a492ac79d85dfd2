/* A series: a metric for one entity, vintages resolved, in the order of time.
 *
 *     up_series_list list = {0};
 *     up_series_options options = {.as_of = UP_AS_OF_LATEST};
 *     up_series_select(tracker, "ai-users", &options, &list, err);
 *
 * Keys: `metric` or `metric/entity`, split at the first '/'; '*' and '?' match any text and
 * any character, '\' takes the next one literally. A bare metric means all its entities.
 *
 * Vintages: of the observations with the same entity and period, the one reported last, but not
 * after as_of, speaks; among those of one day the later row; unless the metric's key `conflict`
 * names a source that does (standing.h). Status M takes a figure away. Status F rows take part
 * only when asked for. */
#ifndef UPTICK_SERIES_H
#define UPTICK_SERIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "uptick/tracker.h"

#ifdef __cplusplus
extern "C" {
#endif

#define UP_AS_OF_LATEST INT64_MAX

/* A computed figure as rest × factor or rest / factor, of a positive factor that is not known exactly
 * and may serve other dates too: the same one is one variable in growth between them. */
typedef struct up_factoring {
    const up_observation *factor_of; /* whose figure the factor is; to compare, no more */
    up_estimate rest, factor;
    bool divides;
} up_factoring;

typedef struct up_point {
    const up_observation
        *observation; /* borrowed from the tracker, or owned if derived */
    up_moment time;   /* on the series' basis */
    up_estimate figure;
    bool after_break; /* status B or D, here or in what it was combined with */
    const up_factoring *factored; /* borrowed from the series; NULL: it is not */
} up_point;

typedef struct up_series {
    const up_metric_data *data; /* borrowed */
    char *entity;               /* "" if none */
    char *key;                  /* metric or metric/entity */
    up_time_basis basis;
    up_point *points; /* ascending in time */
    size_t count, capacity;
    size_t forecasts; /* status F rows that were left out */
    size_t withdrawn; /* periods whose last word is status M */
    up_observation
        *derived; /* owned: implied by claims, or computed; points refer here */
    size_t derived_count;
    up_factoring *factorings; /* owned; points refer here */
    char **other_sources; /* owned; of the figures an expression combined these with */
    size_t other_count, other_capacity;
    int64_t *hidden_breaks; /* owned; instants of breaks whose figures were left out */
    size_t hidden_count, hidden_capacity;
    /* How an expression brought figures to a date that is not theirs, a text that lives as
     * long as the program; NULL: all were of the date. */
    const char *aligned;
    /* What its figures were made into, "yearly averages", such a text too; NULL: they are those
     * that were reported. */
    const char *resampled;
} up_series;

typedef struct up_series_list {
    up_series *items;
    size_t count, capacity;
} up_series_list;

/* Figures of months made into those of quarters, and the like (resample.h). */
typedef enum up_resample_how {
    UP_BY_MEASURE, /* flows add up, levels take the end, rates and indices average */
    UP_AVERAGE_OF,
    UP_SUM_OF,
    UP_END_OF
} up_resample_how;
typedef struct up_resampling {
    bool on;
    up_granularity unit; /* UP_MONTH, UP_QUARTER, UP_HALF or UP_YEAR */
    up_resample_how how;
    bool partial; /* incomplete periods too, as status P */
} up_resampling;

/* How the series of a metric with a formula are worked out: formula.h has it. Those under way
 * are chained, so that a circle is found. */
struct up_series_options;
typedef struct up_derivation {
    up_status (*select)(const up_tracker *tracker, const up_metric_data *data,
                        const char *entity_glob, const struct up_series_options *options,
                        up_series_list *list, up_error *err);
    const char *metric; /* whose formula is being worked out; NULL: none yet */
    const struct up_derivation *outer;
    size_t *left; /* how many more formulas the outermost may work out; NULL: none yet */
} up_derivation;

typedef struct up_series_options {
    int64_t as_of; /* day number; UP_AS_OF_LATEST for all that is known */
    bool with_forecasts;
    bool with_derived; /* points implied by claims too */
    bool rounding;     /* of every figure, by half a unit of its last stated digit */
    bool has_every;
    up_granularity
        every; /* only figures whose period is one of these: quarters, years, … */
    bool has_window;
    up_period window; /* keep points whose period lies in it (open ends allowed) */
    up_resampling resample;
    const up_derivation *derive; /* NULL: metrics with a formula have no figures */
    up_remarks *remarks;         /* what a resampling leaves out; NULL: nobody asks */
} up_series_options;

/* Whether a figure was known on a day. What has no day of report was known from the start, but
 * not before its period began. */
bool up_observation_is_known(const up_observation *observation, int64_t as_of);

/* Which metrics a pattern needs; the store loads them before up_series_select. */
bool up_series_pattern_matches(const char *pattern, const char *metric);

/* Whether a point is wanted: its period lies in the window, and is of the kind of `every`. */
bool up_series_wants(const up_series_options *options, const up_period *period);

/* Appends the series that pattern names, in the order of the tracker, entities in the order
 * of first appearance. UP_USAGE when it names none. The metrics must be loaded. */
UP_MUST_CHECK up_status up_series_select(const up_tracker *tracker, const char *pattern,
                                         const up_series_options *options,
                                         up_series_list *list, up_error *err);
/* The same of one metric's figures, which need not be all that the tracker has: whole entities
 * (store.h). Where it names none, none are appended. */
UP_MUST_CHECK up_status up_series_of(const up_tracker *tracker,
                                     const up_metric_data *data, const char *pattern,
                                     const up_series_options *options,
                                     up_series_list *list, up_error *err);
void up_series_list_release(up_series_list *list);
void up_series_release(up_series *series);

/* Whether a flow's totals are over periods of unlike length (quarters and years): they are
 * never compared, fitted or drawn together. False for all other measures. */
bool up_series_is_mixed(const up_series *series);
/* Whether two points of a series may be compared: not two totals of unlike length. */
bool up_series_comparable(const up_series *series, size_t a, size_t b);
/* UP_TOO_LITTLE_DATA, with what to do, when the series is mixed. */
UP_MUST_CHECK up_status up_series_check_mixed(const up_series *series, up_error *err);

/* "AI users, China": the title for people. */
void up_series_title(const up_series *series, up_buffer *out);

/* Two rows with one key: adds an error naming both lines for each pair. */
void up_series_find_duplicates(const up_metric_data *data, up_remarks *remarks);

#ifdef __cplusplus
}
#endif
#endif
