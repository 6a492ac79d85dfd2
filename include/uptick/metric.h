/* A metric: what is counted, in which unit, and how its figures sit in time.
 *
 * The fields are reached through one table of keys, which the descriptor, `set` and `show`
 * share: up_metric_get(&m, "unit"), up_metric_set(&m, "unit", "people", err). */
#ifndef UPTICK_METRIC_H
#define UPTICK_METRIC_H

#include <stdbool.h>
#include <stddef.h>

#include "uptick/error.h"
#include "uptick/period.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum up_measure {
    UP_STOCK,      /* level at a moment */
    UP_CUMULATIVE, /* counter since a launch */
    UP_FLOW,       /* total over a period */
    UP_RATE,
    UP_AVERAGE,
    UP_RATIO,
    UP_INDEX
} up_measure;

typedef struct up_metric {
    char *name; /* slug [a-z0-9][a-z0-9-]*; not one of the table names */
    char *title, *description;
    char *unit, *short_unit; /* "people", "CNY" */
    up_measure measure;
    char *anchor;          /* "", "end", "middle" or "start" as written */
    char *floor, *ceiling; /* a number or another metric; "" if none */
    char *decimals;        /* digits after the point in print; "" if free */
    char *season;          /* periods per season; "" */
    char *fiscal_year_end; /* "06": last month of the fiscal year; "" */
    char *display;         /* e.g. "percent"; "" */
    char *conflict;        /* who speaks of several (standing.h); "": the latest */
    char *formula;         /* an expression (expression.h) its figures follow from; "" */
    char *align, *tolerance; /* of the formula: how other dates are brought together */
} up_metric;

/* Where a key lives in the descriptor. */
typedef enum up_metric_place { UP_PLACE_RESOURCE, UP_PLACE_UPTICK } up_metric_place;

typedef struct up_metric_key {
    const char *name;
    up_metric_place place;
    const char *help;                   /* what it is and which values it takes */
    size_t offset;                      /* of its text in up_metric; private */
    bool (*accepts)(const char *value); /* NULL: any text; private */
} up_metric_key;

/* All settable keys, ended by a NULL name. `name` is not among them. */
extern const up_metric_key up_metric_keys[];

/* A metric with every text "" and measure stock. UP_USAGE when the name is no slug or is
 * taken by a table (entities, claims, events, projections, datapackage). */
UP_MUST_CHECK up_status up_metric_init(up_metric *metric, const char *name,
                                       up_error *err);
void up_metric_release(up_metric *metric);
UP_MUST_CHECK up_status up_metric_copy(const up_metric *from, up_metric *to,
                                       up_error *err);

/* The text of a key; NULL for an unknown one. Borrowed. */
const char *up_metric_get(const up_metric *metric, const char *key);
/* UP_USAGE for an unknown key (with a suggestion) or a value outside its domain. */
UP_MUST_CHECK up_status up_metric_set(up_metric *metric, const char *key,
                                      const char *value, up_error *err);

bool up_metric_name_is_valid(const char *name);
const char *up_measure_name(up_measure measure);
/* The metric's anchor: as set, else end for stock and cumulative, middle for the others. */
up_anchor up_metric_anchor(const up_metric *metric);
/* Whether its unit is percent, so that 29 % is kept as 29. */
bool up_metric_is_in_percent(const up_metric *metric);
/* Whether its figures are fractions that are shown as percent: 0.29 as "29 %". */
bool up_metric_shows_percent(const up_metric *metric);
/* How its figures are read from text: fiscal year, percent unit. */
up_period_options up_metric_period_options(const up_metric *metric);

#ifdef __cplusplus
}
#endif
#endif
