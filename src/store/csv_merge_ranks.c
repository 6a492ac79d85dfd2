#include "store/csv_merge_ranks.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static void ranks_release(ranks *r)
{
    free(r->entity);
    free(r->period);
    free(r->source);
    free(r->by_source);
    free(r->by_day);
    free(r->order);
}

/* Entities rank as they first appear: in the file, then in the batch. */
static up_status rank_entities(merge_sides *m, up_error *err)
{
    up_status status =
        up_alloc(m->there.entity_count, sizeof(uint32_t), &m->old.entity, err);
    for (size_t i = 0; i < m->there.entity_count && status == UP_OK; i++)
        m->old.entity[i] = (uint32_t)i;
    if (status == UP_OK)
        status = up_alloc(m->batch->entity_count, sizeof(uint32_t), &m->new.entity, err);
    for (size_t i = 0; i < m->batch->entity_count && status == UP_OK; i++)
        status =
            up_batch_entity(&m->there, up_batch_text_of(m->batch, m->batch->entities[i]),
                            &m->new.entity[i], err);
    return status;
}

typedef struct ranked_period {
    const up_period *period;
    uint32_t *rank;
} ranked_period;

static int compare_periods(const void *a, const void *b)
{
    const ranked_period *x = a, *y = b;
    return up_period_compare(x->period, y->period);
}

static up_status rank_periods(merge_sides *m, up_error *err)
{
    const up_batch *sides[] = {&m->there, m->batch};
    ranks *into[] = {&m->old, &m->new};
    ranked_period *all = NULL;
    size_t count = 0;
    up_status status =
        up_alloc(m->there.period_count + m->batch->period_count, sizeof *all, &all, err);
    for (size_t s = 0; s < 2 && status == UP_OK; s++) {
        status =
            up_alloc(sides[s]->period_count, sizeof(uint32_t), &into[s]->period, err);
        for (size_t i = 0; i < sides[s]->period_count && status == UP_OK; i++)
            all[count++] = (ranked_period){&sides[s]->periods[i], &into[s]->period[i]};
    }
    if (status == UP_OK && count > 1)
        qsort(all, count, sizeof *all, compare_periods);
    for (size_t i = 0; i < count && status == UP_OK; i++) {
        m->period_ranks += i == 0 || compare_periods(&all[i - 1], &all[i]) != 0;
        *all[i].rank = (uint32_t)m->period_ranks - 1;
    }
    free(all);
    return status;
}

typedef struct ranked_about {
    int64_t reported;
    const char *source;
    uint32_t *by_source, *by_day, *source_rank;
} ranked_about;

static int compare_sources(const void *a, const void *b)
{
    const ranked_about *x = a, *y = b;
    return strcmp(x->source, y->source);
}

static int compare_days(const void *a, const void *b)
{
    const ranked_about *x = a, *y = b;
    return (x->reported > y->reported) - (x->reported < y->reported);
}

static int by_source(const void *a, const void *b)
{
    int order = compare_sources(a, b);
    return order != 0 ? order : compare_days(a, b);
}

static int by_day(const void *a, const void *b)
{
    int order = compare_days(a, b);
    return order != 0 ? order : compare_sources(a, b);
}

static up_status list_abouts(const up_batch *batch, ranks *into, ranked_about *all,
                             size_t *count, up_error *err)
{
    size_t n = batch->about_count;
    up_status status = up_alloc(n, sizeof(uint32_t), &into->source, err);
    if (status == UP_OK)
        status = up_alloc(n, sizeof(uint32_t), &into->by_source, err);
    if (status == UP_OK)
        status = up_alloc(n, sizeof(uint32_t), &into->by_day, err);
    for (size_t i = 0; i < n && status == UP_OK; i++)
        all[(*count)++] = (ranked_about){
            batch->abouts[i].reported, up_batch_text_of(batch, batch->abouts[i].source),
            &into->by_source[i], &into->by_day[i], &into->source[i]};
    return status;
}

static void number_abouts(merge_sides *m, ranked_about *all, size_t count)
{
    uint32_t source = 0, rank = 0;
    qsort(all, count, sizeof *all, by_source);
    for (size_t i = 0; i < count; i++) {
        source += i > 0 && compare_sources(&all[i - 1], &all[i]) != 0;
        rank += i > 0 && by_source(&all[i - 1], &all[i]) != 0;
        *all[i].source_rank = source;
        *all[i].by_source = rank;
    }
    m->about_ranks = (size_t)rank + 1;
    qsort(all, count, sizeof *all, by_day);
    rank = 0;
    for (size_t i = 0; i < count; i++) {
        rank += i > 0 && by_day(&all[i - 1], &all[i]) != 0;
        *all[i].by_day = rank;
    }
}

static up_status rank_abouts(merge_sides *m, up_error *err)
{
    ranked_about *all = NULL;
    size_t count = 0;
    up_status status =
        up_alloc(m->there.about_count + m->batch->about_count, sizeof *all, &all, err);
    if (status == UP_OK)
        status = list_abouts(&m->there, &m->old, all, &count, err);
    if (status == UP_OK)
        status = list_abouts(m->batch, &m->new, all, &count, err);
    if (status == UP_OK && count > 0)
        number_abouts(m, all, count);
    free(all);
    return status;
}

/* --- Sorting by counting ------------------------------------------------------------------ */

/* What rows are sorted by: rank[number], where the row has the number at this offset. */
typedef struct sort_key {
    size_t offset;
    const uint32_t *rank;
    size_t ranks;
} sort_key;

static uint32_t key_of(const sort_key *key, const up_batch_row *row)
{
    uint32_t number;
    memcpy(&number, (const char *)row + key->offset, sizeof number);
    return key->rank[number];
}

/* Stable; from → to. */
static up_status sort_by(const sort_key *key, const up_batch_row *rows,
                         const uint32_t *from, uint32_t *to, size_t count, up_error *err)
{
    uint32_t *next = NULL; /* where the next row of a rank goes */
    up_status status = up_alloc(key->ranks + 1, sizeof *next, &next, err);
    if (status != UP_OK)
        return status;
    for (size_t i = 0; i < count; i++)
        next[key_of(key, &rows[from[i]]) + 1]++;
    for (size_t i = 1; i < key->ranks; i++)
        next[i] += next[i - 1];
    for (size_t i = 0; i < count; i++)
        to[next[key_of(key, &rows[from[i]])]++] = from[i];
    free(next);
    return UP_OK;
}

up_status up_merge_sort_rows(const merge_sides *m, const up_batch *batch, ranks *r,
                             const uint32_t *about, up_error *err)
{
    const sort_key keys[] = {
        {offsetof(up_batch_row, about), about, m->about_ranks},
        {offsetof(up_batch_row, period), r->period, m->period_ranks},
        {offsetof(up_batch_row, entity), r->entity, m->there.entity_count}};
    uint32_t *other = NULL;
    up_status status = up_alloc(r->count, sizeof *other, &other, err);
    for (size_t k = 0; k < 3 && status == UP_OK; k++) {
        if (keys[k].ranks < 2)
            continue; /* they are sorted by it */
        status = sort_by(&keys[k], batch->rows, r->order, other, r->count, err);
        uint32_t *swap = r->order;
        r->order = other;
        other = swap;
    }
    free(other);
    return status;
}

static up_status order_rows(const merge_sides *m, const up_batch *batch, ranks *r,
                            up_error *err)
{
    up_status status = up_alloc(batch->count, sizeof *r->order, &r->order, err);
    if (status != UP_OK)
        return status;
    r->count = batch->count;
    for (size_t i = 0; i < r->count; i++)
        r->order[i] = (uint32_t)i;
    return up_merge_sort_rows(m, batch, r, r->by_source, err);
}

up_status up_merge_rank(merge_sides *m, up_error *err)
{
    up_status status = rank_entities(m, err);
    if (status == UP_OK)
        status = rank_periods(m, err);
    if (status == UP_OK)
        status = rank_abouts(m, err);
    if (status == UP_OK)
        status = order_rows(m, &m->there, &m->old, err);
    if (status == UP_OK)
        status = order_rows(m, m->batch, &m->new, err);
    return status;
}

void up_merge_sides_release(merge_sides *m)
{
    up_batch_release(&m->there);
    ranks_release(&m->old);
    ranks_release(&m->new);
}
