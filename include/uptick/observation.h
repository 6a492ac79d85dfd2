/* An observation: one figure as it was reported.
 *
 * Its standard columns are one table (up_observation_columns) that the store, the exports and
 * `show` share. Columns of the user's own stay in the file and are listed by the store.
 *
 * Key: entity, period (extent and granularity, not spelling), reported, source. */
#ifndef UPTICK_OBSERVATION_H
#define UPTICK_OBSERVATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "uptick/buffer.h"
#include "uptick/error.h"
#include "uptick/estimate.h"
#include "uptick/period.h"
#include "uptick/quantity.h"

#ifdef __cplusplus
extern "C" {
#endif

#define UP_REPORTED_ALWAYS INT64_MIN /* `reported` empty: known from the start */

typedef struct up_observation {
    char *entity; /* "" if none */
    up_period period;
    bool has_value, has_low, has_high;
    up_decimal value, low, high; /* base units, digits as in the file */
    up_qualifier qualifier;
    char *stated;
    char status;      /* SDMX OBS_STATUS; 'A' when the column is empty */
    int64_t reported; /* day number from 1970-01-01, or UP_REPORTED_ALWAYS */
    char *source, *quote, *note;
    char *
        brought; /* of a computed one: the figures of other dates in it, "x/A of 2013"; else NULL */
    bool derived; /* implied by a claim, not reported; never stored */
    bool
        pooled; /* its texts are another's (up_metric_data.pool), and never to be changed */
    bool
        computed; /* worked out from other figures: a formula, a resampling; never stored */
    size_t line; /* where it stands in its file; 0 for a new one */
} up_observation;

typedef enum up_observation_column {
    UP_COL_ENTITY,
    UP_COL_PERIOD,
    UP_COL_VALUE,
    UP_COL_QUALIFIER,
    UP_COL_LOW,
    UP_COL_HIGH,
    UP_COL_STATED,
    UP_COL_STATUS,
    UP_COL_REPORTED,
    UP_COL_SOURCE,
    UP_COL_QUOTE,
    UP_COL_NOTE,
    UP_OBSERVATION_COLUMNS
} up_observation_column;

/* Names in the order a new file has them. */
extern const char *const up_observation_column_names[UP_OBSERVATION_COLUMNS];
/* The OBS_STATUS codes that are accepted (SDMX CL_OBS_STATUS 2.2). */
bool up_observation_status_is_valid(char status);
/* What is to be said of a figure made of two: a forecast (F) makes it one, then a break (B, D),
 * then what makes figures less certain; A only if both are. */
char up_observation_status_worse(char a, char b);

/* Empty, status A, always known. */
UP_MUST_CHECK up_status up_observation_init(up_observation *observation, up_error *err);
UP_MUST_CHECK up_status up_observation_copy(const up_observation *from,
                                            up_observation *to, up_error *err);
void up_observation_release(up_observation *observation);

/* Reads one column's text into the observation. `options` for the period (NULL: none). */
UP_MUST_CHECK up_status up_observation_set(up_observation *observation,
                                           up_observation_column column, const char *text,
                                           const up_period_options *options,
                                           up_error *err);
/* Writes one column's canonical text to out (appends). */
void up_observation_get(const up_observation *observation, up_observation_column column,
                        up_buffer *out);
/* The column `reported`: a day, or "" for UP_REPORTED_ALWAYS. And its text (appended). */
UP_MUST_CHECK up_status up_reported_parse(const char *text, int64_t *reported,
                                          up_error *err);
void up_reported_format(int64_t reported, up_buffer *out);
/* The rules within one row: a value or a range or status M; low <= high, value between them;
 * a bounded period. UP_BAD_DATA. */
UP_MUST_CHECK up_status up_observation_validate(const up_observation *observation,
                                                up_error *err);
/* Canonical order: entity, period, reported, source. 0 means: the same key. */
int up_observation_compare(const up_observation *a, const up_observation *b);

/* What the figure says of the number: its value and bounds (estimate.h). With `rounding`,
 * half a unit of the last digit stated is added either side of a number or a range (`stated` if it
 * can be read, else the value's own digits), and bounds such as "more than 5" stay. UP_TOO_LITTLE_DATA for status M. */
UP_MUST_CHECK up_status up_observation_estimate(const up_observation *observation,
                                                bool rounding, up_estimate *estimate,
                                                up_error *err);
/* The same for a bare quantity whose digits stated are its own. */
void up_quantity_estimate(const up_quantity *quantity, bool rounding,
                          up_estimate *estimate);

#ifdef __cplusplus
}
#endif
#endif
