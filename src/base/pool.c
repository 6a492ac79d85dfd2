#include "base/pool.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { BLOCK = 1 << 16, FIRST_SLOTS = 64 };

static size_t hash_of(const char *text)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (; *text != '\0'; text++) /* FNV-1a */
        hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
    return (size_t)(hash ^ hash >> 32);
}

/* The slot that holds the text, or the empty one where it belongs. */
static uint32_t *find_slot(const up_pool *pool, uint32_t *slots, size_t count,
                           const char *text)
{
    size_t i = hash_of(text) & (count - 1);
    while (slots[i] != 0 && strcmp(pool->texts[slots[i] - 1], text) != 0)
        i = (i + 1) & (count - 1);
    return &slots[i];
}

/* At most half full, so that a search ends soon. */
static up_status make_slots(up_pool *pool, up_error *err)
{
    if (pool->count < pool->slot_count / 2)
        return UP_OK;
    if (pool->count >= UINT32_MAX / 4)
        return up_error_memory(err);
    size_t count = pool->slot_count > 0 ? pool->slot_count * 2 : FIRST_SLOTS;
    uint32_t *slots = NULL;
    if (up_alloc(count, sizeof *slots, &slots, err) != UP_OK)
        return UP_SYSTEM;
    for (size_t i = 0; i < pool->count; i++)
        *find_slot(pool, slots, count, pool->texts[i]) = (uint32_t)i + 1;
    free(pool->slots);
    pool->slots = slots;
    pool->slot_count = count;
    return UP_OK;
}

static up_status make_room(up_pool *pool, size_t size, up_error *err)
{
    if (pool->block_count > 0 && pool->size - pool->used >= size)
        return UP_OK;
    size_t room = size > BLOCK ? size : BLOCK;
    up_status status = up_grow(&pool->blocks, &pool->block_capacity,
                               pool->block_count + 1, sizeof *pool->blocks, err);
    if (status == UP_OK)
        status = up_alloc(room, 1, &pool->blocks[pool->block_count], err);
    if (status != UP_OK)
        return status;
    pool->block_count++;
    pool->size = room;
    pool->used = 0;
    return UP_OK;
}

up_status up_pool_add(up_pool *pool, const char *text, size_t *number, up_error *err)
{
    up_status status = make_slots(pool, err);
    if (status != UP_OK)
        return status;
    uint32_t *slot = find_slot(pool, pool->slots, pool->slot_count, text);
    size_t size = strlen(text) + 1;
    if (*slot == 0) {
        status = up_grow(&pool->texts, &pool->capacity, pool->count + 1,
                         sizeof *pool->texts, err);
        if (status == UP_OK)
            status = make_room(pool, size, err);
        if (status != UP_OK)
            return status;
        char *at = pool->blocks[pool->block_count - 1] + pool->used;
        memcpy(at, text, size);
        pool->used += size;
        pool->texts[pool->count] = at;
        *slot = (uint32_t)++pool->count;
    }
    *number = *slot - 1;
    return UP_OK;
}

char *up_pool_text(const up_pool *pool, size_t number)
{
    return pool->texts[number];
}

void up_pool_release(up_pool *pool)
{
    if (pool == NULL)
        return;
    for (size_t i = 0; i < pool->block_count; i++)
        free(pool->blocks[i]);
    free(pool->blocks);
    free(pool->texts);
    free(pool->slots);
    *pool = (up_pool){0};
}
