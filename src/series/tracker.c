#include "uptick/tracker.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/memory.h"
#include "base/pool.h"
#include "uptick/calendar.h"

void up_source_release(up_source *source)
{
    free(source->key);
    free(source->title);
    free(source->url);
    free(source->producer);
    *source = (up_source){0};
}

void up_entity_release(up_entity *entity)
{
    free(entity->name);
    free(entity->code);
    for (size_t i = 0; i < entity->alias_count; i++)
        free(entity->aliases[i]);
    free(entity->aliases);
    *entity = (up_entity){0};
}

void up_claim_release(up_claim *claim)
{
    free(claim->metric);
    free(claim->entity);
    free(claim->stated);
    free(claim->source);
    free(claim->quote);
    free(claim->note);
    *claim = (up_claim){0};
}

void up_event_release(up_event *event)
{
    free(event->entity);
    free(event->metric);
    free(event->kind);
    free(event->text);
    free(event->source);
    free(event->quote);
    *event = (up_event){0};
}

void up_kept_release(up_kept *kept)
{
    free(kept->id);
    free(kept->metric);
    free(kept->entity);
    free(kept->model);
    free(kept->options);
    free(kept->seed);
    free(kept->figures);
    *kept = (up_kept){0};
}

void up_metric_data_release(up_metric_data *data)
{
    up_metric_release(&data->metric);
    free(data->path);
    for (size_t i = 0; i < data->count; i++)
        up_observation_release(&data->observations[i]);
    free(data->observations);
    for (size_t i = 0; i < data->extra_count; i++)
        free(data->extra_columns[i]);
    free(data->extra_columns);
    up_pool_release(data->pool);
    free(data->pool);
    *data = (up_metric_data){0};
}

void up_tracker_release(up_tracker *t)
{
    if (t == NULL)
        return;
    free(t->title);
    for (size_t i = 0; i < t->metric_count; i++)
        up_metric_data_release(&t->metrics[i]);
    for (size_t i = 0; i < t->source_count; i++)
        up_source_release(&t->sources[i]);
    for (size_t i = 0; i < t->entity_count; i++)
        up_entity_release(&t->entities[i]);
    for (size_t i = 0; i < t->claim_count; i++)
        up_claim_release(&t->claims[i]);
    for (size_t i = 0; i < t->event_count; i++)
        up_event_release(&t->events[i]);
    for (size_t i = 0; i < t->kept_count; i++)
        up_kept_release(&t->kept[i]);
    free(t->metrics);
    free(t->sources);
    free(t->entities);
    free(t->claims);
    free(t->events);
    free(t->kept);
    *t = (up_tracker){0};
}

bool up_claim_is_known(const up_claim *claim, int64_t as_of)
{
    if (claim->reported != UP_REPORTED_ALWAYS || as_of == INT64_MAX || !claim->has_to)
        return claim->reported <= as_of;
    return claim->to.start / UP_SECONDS_PER_DAY <= as_of;
}

up_metric_data *up_tracker_metric(const up_tracker *tracker, const char *name)
{
    for (size_t i = 0; i < tracker->metric_count; i++)
        if (strcmp(tracker->metrics[i].metric.name, name) == 0)
            return &tracker->metrics[i];
    return NULL;
}

up_status up_tracker_unknown_metric(const up_tracker *tracker, const char *name,
                                    up_error *err)
{
    const char *near = NULL;
    const char **names = NULL;
    if (up_alloc(tracker->metric_count, sizeof *names, &names, NULL) == UP_OK) {
        for (size_t i = 0; i < tracker->metric_count; i++)
            names[i] = tracker->metrics[i].metric.name;
        near = up_did_you_mean(name, names, tracker->metric_count);
        free(names);
    }
    if (near != NULL)
        return up_error_set(err, UP_USAGE, "unknown metric '%s'; did you mean '%s'?",
                            name, near);
    return up_error_set(
        err, UP_USAGE, "unknown metric '%s' ('uptick list' shows those there are)", name);
}

const up_source *up_tracker_source(const up_tracker *tracker, const char *key)
{
    for (size_t i = 0; i < tracker->source_count; i++)
        if (strcmp(tracker->sources[i].key, key) == 0)
            return &tracker->sources[i];
    return NULL;
}

static bool entity_is_called(const up_entity *entity, const char *name)
{
    if (entity->code != NULL && entity->code[0] != '\0' &&
        strcmp(entity->code, name) == 0)
        return true;
    for (size_t i = 0; i < entity->alias_count; i++)
        if (strcmp(entity->aliases[i], name) == 0)
            return true;
    return false;
}

/* The name, first by exact match, then by alias or code; NULL if entities.csv has none. */
static const char *registered_name(const up_tracker *tracker, const char *name)
{
    for (size_t i = 0; i < tracker->entity_count; i++)
        if (strcmp(tracker->entities[i].name, name) == 0)
            return tracker->entities[i].name;
    for (size_t i = 0; i < tracker->entity_count; i++)
        if (entity_is_called(&tracker->entities[i], name))
            return tracker->entities[i].name;
    return NULL;
}

up_status up_tracker_entity_name(const up_tracker *tracker, const char *written,
                                 char **name, up_error *err)
{
    while (*written == ' ' || *written == '\t')
        written++;
    size_t length = strlen(written);
    while (length > 0 && (written[length - 1] == ' ' || written[length - 1] == '\t'))
        length--;
    char *trimmed;
    up_status status = up_copy_bytes(written, length, &trimmed, err);
    if (status != UP_OK)
        return status;
    utf8proc_uint8_t *nfc = utf8proc_NFC((const utf8proc_uint8_t *)trimmed);
    free(trimmed);
    if (nfc == NULL)
        return up_error_set(err, UP_BAD_DATA, "the entity's name is not valid UTF-8");
    const char *known = registered_name(tracker, (const char *)nfc);
    status = up_copy_text(known != NULL ? known : (const char *)nfc, name, err);
    free(nfc);
    return status;
}
