/* Many figures of one metric, small: what an import brings and a store takes.
 *
 *     up_batch batch = {0};
 *     up_batch_entity(&batch, "China", &row.entity, err);
 *     up_batch_period(&batch, &period, &row.period, err);
 *     up_batch_text(&batch, "570000000", &row.value, err);
 *     row.about = 0;                                      // plain: reported always, status A
 *     up_batch_add(&batch, &row, err);
 *     up_batch_get(&batch, i, &observation);              // as an observation, borrowed texts
 *     up_batch_release(&batch);
 *
 * A row is 20 bytes: entity, period and what else is said of a figure (its vintage, source,
 * status, …) are kept once and referred to by number. */
#ifndef UPTICK_BATCH_H
#define UPTICK_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "uptick/observation.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A text of the batch: where it begins in its arena; 0 is "". */
typedef uint32_t up_batch_text_id;

typedef struct up_batch_row {
    uint32_t entity, period;
    up_batch_text_id
        value; /* plain decimal in base units, as the file will hold it; 0: none */
    uint32_t about;
    uint32_t line; /* in the file it came from */
} up_batch_row;

typedef struct up_batch_about {
    int64_t reported; /* UP_REPORTED_ALWAYS: from the start */
    up_batch_text_id low, high, stated, source, quote, note;
    up_qualifier qualifier;
    char status; /* 'A', … */
} up_batch_about;

typedef struct up_batch {
    const char *source; /* the file's name, for errors; borrowed; NULL: "" */
    up_batch_row *rows;
    size_t count, capacity;
    /* private */
    char *arena;
    size_t arena_length, arena_capacity;
    up_batch_text_id *entities;
    size_t entity_count, entity_capacity;
    up_period *periods;
    size_t period_count, period_capacity;
    up_batch_about *abouts; /* the plain one first, made by the first call */
    size_t about_count, about_capacity;
    uint32_t *entity_slots, *period_slots, *about_slots; /* hash tables of numbers + 1 */
    size_t entity_slot_count, period_slot_count, about_slot_count;
} up_batch;

/* Each finds the number of what is there already (an about by what its texts say), or adds it.
 * UP_SYSTEM: no memory; UP_BAD_DATA:
 * more than 4 GiB of text or 2^32 - 2 of a kind. */
UP_MUST_CHECK up_status up_batch_entity(up_batch *batch, const char *name, uint32_t *id,
                                        up_error *err);
UP_MUST_CHECK up_status up_batch_period(up_batch *batch, const up_period *period,
                                        uint32_t *id, up_error *err);
UP_MUST_CHECK up_status up_batch_about_id(up_batch *batch, const up_batch_about *about,
                                          uint32_t *id, up_error *err);
/* Adds a text, whether it is there already or not (the caller keeps the number). */
UP_MUST_CHECK up_status up_batch_text(up_batch *batch, const char *text,
                                      up_batch_text_id *id, up_error *err);
UP_MUST_CHECK up_status up_batch_add(up_batch *batch, const up_batch_row *row,
                                     up_error *err);
/* The same from an observation; texts that its about shares with an earlier one are kept once. */
UP_MUST_CHECK up_status up_batch_add_observation(up_batch *batch,
                                                 const up_observation *observation,
                                                 up_error *err);
const char *up_batch_text_of(const up_batch *batch, up_batch_text_id id);
/* Fills *observation with texts borrowed from the batch (never release it; `stated` and the
 * others are not to be changed). UP_BAD_DATA when a number does not read: a bug of who added it. */
UP_MUST_CHECK up_status up_batch_get(const up_batch *batch, size_t index,
                                     up_observation *observation, up_error *err);
void up_batch_release(up_batch *batch);

#ifdef __cplusplus
}
#endif
#endif
