/* Memory that runs out: for a test that is linked with --wrap for malloc, calloc and realloc, so
 * that only our own allocations fail, not those inside shared libraries. */
#ifndef UPTICK_TESTS_FAILING_MEMORY_H
#define UPTICK_TESTS_FAILING_MEMORY_H

#include <errno.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);

/* Allocations yet to succeed; far from 0 while none is to fail. */
static atomic_long left = LONG_MAX;
static bool all_that_follow;

static bool runs_out(void)
{
    long before = atomic_fetch_sub(&left, 1);
    bool out = before == 1 || (all_that_follow && before < 1);
    if (out)
        errno = ENOMEM;
    return out;
}

void *__wrap_malloc(size_t size)
{
    return runs_out() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return runs_out() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
    return runs_out() ? NULL : __real_realloc(memory, size);
}

/* The nth allocation from now on fails, once, or with all that follow it. */
static inline void let_fail(long nth, bool and_all_after)
{
    all_that_follow = and_all_after;
    atomic_store(&left, nth);
}

/* Whether the allocation that was to fail was reached. */
static inline bool let_succeed(void)
{
    return atomic_exchange(&left, LONG_MAX) < 1;
}

#endif
