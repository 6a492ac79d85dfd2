/* A tracker in memory: its metrics with their observations, sources, entities, claims, events
 * and the projections that were kept, as a store has read them.
 *
 * Ownership: the tracker owns everything in it; a store owns its tracker. */
#ifndef UPTICK_TRACKER_H
#define UPTICK_TRACKER_H

#include <stdbool.h>
#include <stddef.h>

#include "uptick/metric.h"
#include "uptick/observation.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct up_source {
    char *key, *title, *url;
    char *producer; /* who made the figures, where the source only passes them on */
} up_source;

typedef struct up_entity {
    char *name, *code;
    char **aliases;
    size_t alias_count;
} up_entity;

/* "several years to 2024" has no `from`: has_from is false. */
typedef struct up_claim {
    char *metric, *entity;
    up_change_kind transform;
    bool has_from, has_to;
    up_period from, to;
    up_quantity change; /* value, qualifier, low, high */
    char *stated;
    int64_t reported;
    char *source, *quote, *note;
    size_t line;
} up_claim;

typedef struct up_event {
    up_period date;
    char *entity, *metric, *kind, *text, *source, *quote;
    size_t line;
} up_event;

/* What a kept projection says of a period: one quantile of its distribution, the value that the
 * figure stays below with that probability; or, without one, a point with no distribution. */
typedef struct up_kept_figure {
    up_period period;
    bool has_quantile;
    double quantile; /* a probability, in (0, 1) */
    double value;
    size_t line;
} up_kept_figure;

/* A projection that was kept: what one model said of one series on a day. */
typedef struct up_kept {
    char *id, *metric, *entity;
    int64_t made, as_of; /* day numbers: when it was kept, and which figures it knew */
    char *model, *options, *seed;
    up_kept_figure *figures; /* owned; in the order of the file */
    size_t count, capacity;
} up_kept;

/* One metric's figures, in the order of the file. */
typedef struct up_metric_data {
    up_metric metric;
    char *path; /* the file, as errors name it */
    bool loaded;
    up_observation *observations;
    size_t count, capacity;
    char **extra_columns; /* names of columns that are the user's own */
    size_t extra_count;
    struct up_pool *pool; /* the texts of pooled observations; private */
} up_metric_data;

typedef struct up_tracker {
    char *title;
    up_metric_data *metrics;
    size_t metric_count, metric_capacity;
    up_source *sources;
    size_t source_count, source_capacity;
    up_entity *entities;
    size_t entity_count, entity_capacity;
    up_claim *claims;
    size_t claim_count, claim_capacity;
    up_event *events;
    size_t event_count, event_capacity;
    up_kept *kept;
    size_t kept_count, kept_capacity;
} up_tracker;

void up_tracker_release(up_tracker *tracker);
void up_source_release(up_source *source);
void up_entity_release(up_entity *entity);
void up_claim_release(up_claim *claim);
void up_event_release(up_event *event);
void up_kept_release(up_kept *kept);
void up_metric_data_release(up_metric_data *data);

/* Whether a claim was known on a day: reported by then, or undated and not of the future. */
bool up_claim_is_known(const up_claim *claim, int64_t as_of);

/* The metric of that name, or NULL. */
up_metric_data *up_tracker_metric(const up_tracker *tracker, const char *name);
/* UP_USAGE: unknown metric 'ai-user'; did you mean 'ai-users'? */
up_status up_tracker_unknown_metric(const up_tracker *tracker, const char *name,
                                    up_error *err);
const up_source *up_tracker_source(const up_tracker *tracker, const char *key);
/* The canonical name of an entity written as name, alias or code; the text itself (trimmed,
 * NFC) when entities.csv does not know it. Caller frees. */
UP_MUST_CHECK up_status up_tracker_entity_name(const up_tracker *tracker,
                                               const char *written, char **name,
                                               up_error *err);

/* The closest of `count` words to `word` by edit distance, or NULL when none is near. */
const char *up_did_you_mean(const char *word, const char *const words[], size_t count);

#ifdef __cplusplus
}
#endif
#endif
