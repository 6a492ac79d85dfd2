#include "base/parallel.h"

#ifdef _OPENMP
#include <omp.h>
#endif
#include <pthread.h>
#include <stdbool.h>

size_t up_parallel_width(void)
{
#ifdef _OPENMP
    int threads = omp_get_max_threads();
    return threads > 1 ? (size_t)threads : 1;
#else
    return 1;
#endif
}

void up_parallel_for(size_t count, void (*body)(size_t turn, void *context),
                     void *context)
{
#pragma omp parallel for schedule(dynamic) if (count > 1)
    for (size_t i = 0; i < count; i++)
        body(i, context);
}

/* Turns that have ended wait in a ring for those before them; who ends the one that is next
 * sees to all that are ready, while others go on. Nobody begins a turn that has no place. */
enum { PLACES = 64 };

typedef struct order {
    pthread_mutex_t lock;
    pthread_cond_t moved;
    size_t next;
    bool ready[PLACES], is_seen_to; /* is_seen_to: somebody is at it */
} order;

static void wait_for_place(order *o, size_t turn)
{
    pthread_mutex_lock(&o->lock);
    while (turn - o->next >= PLACES)
        pthread_cond_wait(&o->moved, &o->lock);
    pthread_mutex_unlock(&o->lock);
}

static void end_turn(order *o, size_t turn, void (*after)(size_t turn, void *context),
                     void *context)
{
    pthread_mutex_lock(&o->lock);
    o->ready[turn % PLACES] = true;
    bool *is_ready = &o->ready[o->next % PLACES];
    for (; *is_ready && !o->is_seen_to; is_ready = &o->ready[o->next % PLACES]) {
        o->is_seen_to = true;
        pthread_mutex_unlock(&o->lock);
        after(o->next, context);
        pthread_mutex_lock(&o->lock);
        *is_ready = o->is_seen_to = false;
        o->next++;
        pthread_cond_broadcast(&o->moved);
    }
    pthread_mutex_unlock(&o->lock);
}

void up_parallel_in_order(size_t count, void (*body)(size_t turn, void *context),
                          void (*after)(size_t turn, void *context), void *context)
{
    order o = {.lock = PTHREAD_MUTEX_INITIALIZER, .moved = PTHREAD_COND_INITIALIZER};
#pragma omp parallel for schedule(dynamic) if (count > 1)
    for (size_t i = 0; i < count; i++) {
        wait_for_place(&o, i);
        body(i, context);
        end_turn(&o, i, after, context);
    }
    pthread_cond_destroy(&o.moved);
    pthread_mutex_destroy(&o.lock);
}
