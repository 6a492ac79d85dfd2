/* The order of the rows of a merge: what is there and what comes in, ranked together, so that
 * numbers that stand for the same text or period can be compared. For csv_merge.c. */
#ifndef UPTICK_STORE_CSV_MERGE_RANKS_H
#define UPTICK_STORE_CSV_MERGE_RANKS_H

#include "uptick/batch.h"

/* Ranks of what the rows of a batch refer to, by its number there: equal where the key is. */
typedef struct ranks {
    uint32_t *entity, *period;
    uint32_t *source;             /* of an about */
    uint32_t *by_source, *by_day; /* of an about: (source, day), (day, source) */
    uint32_t *order;              /* the rows in the order asked for last */
    size_t count;                 /* how many of them */
} ranks;

/* Both sides of a merge. Zeroed, with batch set, is before up_merge_rank. */
typedef struct merge_sides {
    const up_batch *batch; /* what comes in; borrowed */
    up_batch there;        /* the file's rows; its entities are the ranks of all */
    ranks old, new;
    size_t period_ranks, about_ranks;
} merge_sides;

/* Ranks both sides and puts the rows of each in the order of entity, period, source, day. */
UP_MUST_CHECK up_status up_merge_rank(merge_sides *m, up_error *err);
/* Sorts r->order by entity, period, then the rank of the about. */
UP_MUST_CHECK up_status up_merge_sort_rows(const merge_sides *m, const up_batch *batch,
                                           ranks *r, const uint32_t *about,
                                           up_error *err);
void up_merge_sides_release(merge_sides *m);

#endif
