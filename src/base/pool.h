/* Texts that are kept once: millions of rows say "China" and mean the same bytes.
 *
 *     up_pool pool = {0};
 *     up_pool_add(&pool, "China", &number, err);      // 0, and 0 again the next time
 *     up_pool_text(&pool, number)                     // stays where it is until the release
 *     up_pool_release(&pool); */
#ifndef UPTICK_BASE_POOL_H
#define UPTICK_BASE_POOL_H

#include <stddef.h>
#include <stdint.h>

#include "uptick/error.h"

typedef struct up_pool {
    char **texts; /* by number; they never move */
    size_t count, capacity;
    char **blocks; /* what they stand in */
    size_t block_count, block_capacity, used, size;
    uint32_t *slots; /* hash table of numbers + 1 */
    size_t slot_count;
} up_pool;

/* The number of a text, which is added unless it is there. UP_SYSTEM: no memory. */
UP_MUST_CHECK up_status up_pool_add(up_pool *pool, const char *text, size_t *number,
                                    up_error *err);
char *up_pool_text(const up_pool *pool, size_t number);
void up_pool_release(up_pool *pool);

#endif
