#include "store/csv_index.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

typedef enum scope { WHOLE_KEY, ENTITY_ONLY } scope;

static uint64_t mix(uint64_t hash, const void *bytes, size_t length)
{
    const unsigned char *at = bytes;
    for (size_t i = 0; i < length; i++) /* FNV-1a */
        hash = (hash ^ at[i]) * UINT64_C(1099511628211);
    return hash;
}

static uint64_t hash_of(const up_observation *o, scope what)
{
    uint64_t hash = mix(UINT64_C(14695981039346656037), o->entity, strlen(o->entity));
    if (what == WHOLE_KEY) {
        hash = mix(hash, &o->period.start, sizeof o->period.start);
        hash = mix(hash, &o->period.end, sizeof o->period.end);
        hash = mix(hash, &o->reported, sizeof o->reported);
        hash = mix(hash, o->source, strlen(o->source));
    }
    return hash ^ hash >> 32;
}

static bool fits(const up_observation *a, const up_observation *b, scope what)
{
    return what == WHOLE_KEY ? up_observation_compare(a, b) == 0
                             : strcmp(a->entity, b->entity) == 0;
}

/* The slot that holds such a row, or the empty one where it belongs. */
static csv_row **find_slot(csv_row **slots, size_t capacity, const up_observation *o,
                           scope what)
{
    size_t i = (size_t)hash_of(o, what) & (capacity - 1);
    while (slots[i] != NULL && !fits(slots[i]->observation, o, what))
        i = (i + 1) & (capacity - 1);
    return &slots[i];
}

csv_row *up_csv_index_find(const csv_index *index, const up_observation *observation)
{
    if (index->capacity == 0)
        return NULL;
    return *find_slot(index->keys, index->capacity, observation, WHOLE_KEY);
}

static csv_row *last_of_entity(const csv_index *index, const up_observation *observation)
{
    if (index->capacity == 0)
        return NULL;
    return *find_slot(index->entities, index->capacity, observation, ENTITY_ONLY);
}

csv_row *up_csv_index_place(const csv_index *index, const up_observation *observation)
{
    csv_row *row = last_of_entity(index, observation);
    while (row != NULL &&
           up_period_compare(&row->observation->period, &observation->period) > 0)
        row = row->before;
    return row;
}

static void move_all(csv_row **from, size_t from_capacity, csv_row **to, size_t capacity,
                     scope what)
{
    for (size_t i = 0; i < from_capacity; i++)
        if (from[i] != NULL)
            *find_slot(to, capacity, from[i]->observation, what) = from[i];
}

/* At most half full, so that a search ends soon. */
static up_status make_room(csv_index *index, up_error *err)
{
    if (index->count + 1 <= index->capacity / 2)
        return UP_OK;
    if (index->capacity > SIZE_MAX / 4)
        return up_error_memory(err);
    size_t capacity = index->capacity > 0 ? index->capacity * 2 : 64;
    csv_row **keys = NULL, **entities = NULL;
    if (up_alloc(capacity, sizeof *keys, &keys, err) != UP_OK)
        return UP_SYSTEM;
    if (up_alloc(capacity, sizeof *entities, &entities, err) != UP_OK) {
        free(keys);
        return UP_SYSTEM;
    }
    move_all(index->keys, index->capacity, keys, capacity, WHOLE_KEY);
    move_all(index->entities, index->capacity, entities, capacity, ENTITY_ONLY);
    free(index->keys);
    free(index->entities);
    index->keys = keys;
    index->entities = entities;
    index->capacity = capacity;
    return UP_OK;
}

up_status up_csv_index_append(csv_index *index, csv_row *row, up_error *err)
{
    if (make_room(index, err) != UP_OK)
        return UP_SYSTEM;
    csv_row **key = find_slot(index->keys, index->capacity, row->observation, WHOLE_KEY);
    if (*key == NULL) /* of two rows with one key, the first is told */
        *key = row;
    csv_row **last =
        find_slot(index->entities, index->capacity, row->observation, ENTITY_ONLY);
    row->before = *last;
    *last = row;
    index->count++;
    return UP_OK;
}

up_status up_csv_index_add(csv_index *index, csv_row *row, csv_row *after, up_error *err)
{
    csv_row *last = last_of_entity(index, row->observation);
    up_status status = up_csv_index_append(index, row, err);
    if (status != UP_OK || after == NULL || after == last)
        return status;
    /* It stands above some rows of its entity: the lowest of them stays the last. */
    *find_slot(index->entities, index->capacity, row->observation, ENTITY_ONLY) = last;
    csv_row *below = last;
    while (below->before != after)
        below = below->before;
    row->before = after;
    below->before = row;
    return UP_OK;
}

void up_csv_index_release(csv_index *index)
{
    if (index == NULL)
        return;
    free(index->keys);
    free(index->entities);
    *index = (csv_index){0};
}
