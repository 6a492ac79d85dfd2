#include "uptick/batch.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Numbers and places in the arena are 32 bits; UINT32_MAX itself is never one. */
static const size_t most = UINT32_MAX - 1;

/* --- Texts ----------------------------------------------------------------------------- */

const char *up_batch_text_of(const up_batch *batch, up_batch_text_id id)
{
    return id == 0 ? "" : batch->arena + id;
}

up_status up_batch_text(up_batch *batch, const char *text, up_batch_text_id *id,
                        up_error *err)
{
    size_t size = strlen(text) + 1;
    if (size == 1) {
        *id = 0;
        return UP_OK;
    }
    size_t at = batch->arena_length > 0 ? batch->arena_length : 1; /* 0 is "" */
    if (size > most - at)
        return up_error_set(err, UP_BAD_DATA,
                            "more than 4 GiB of text (import it in "
                            "parts)");
    if (up_grow(&batch->arena, &batch->arena_capacity, at + size, 1, err) != UP_OK)
        return UP_SYSTEM;
    batch->arena[0] = '\0';
    memcpy(batch->arena + at, text, size);
    batch->arena_length = at + size;
    *id = (up_batch_text_id)at;
    return UP_OK;
}

/* --- Hash tables of numbers + 1 ----------------------------------------------------------- */

/* What is looked for, and where: the number it would have is the count of its kind. */
typedef struct lookup {
    const up_batch *batch;
    const void *wanted;
    uint64_t hash;
    bool (*fits)(const up_batch *batch, size_t number, const void *wanted);
    uint64_t (*hash_of)(const up_batch *batch, size_t number);
} lookup;

static uint64_t mix(uint64_t hash, const void *bytes, size_t length)
{
    const unsigned char *at = bytes;
    for (size_t i = 0; i < length; i++) /* FNV-1a */
        hash = (hash ^ at[i]) * UINT64_C(1099511628211);
    return hash;
}

static uint64_t mix_text(uint64_t hash, const char *text)
{
    return mix(hash, text, strlen(text) + 1);
}

static const uint64_t seed = UINT64_C(14695981039346656037);

static size_t slot_of(uint64_t hash, size_t slot_count)
{
    return (size_t)(hash ^ hash >> 32) & (slot_count - 1);
}

/* At most half full, so that a search ends soon. */
static up_status make_room(const lookup *l, uint32_t **slots, size_t *slot_count,
                           size_t count, up_error *err)
{
    if (count >= most)
        return up_error_set(err, UP_BAD_DATA,
                            "more than %zu different ones (import it "
                            "in parts)",
                            most);
    if (count + 1 <= *slot_count / 2)
        return UP_OK;
    size_t room = *slot_count > 0 ? *slot_count * 2 : 64;
    uint32_t *fresh = NULL;
    if (up_alloc(room, sizeof *fresh, &fresh, err) != UP_OK)
        return UP_SYSTEM;
    for (size_t number = 0; number < count; number++) {
        size_t i = slot_of(l->hash_of(l->batch, number), room);
        while (fresh[i] != 0)
            i = (i + 1) & (room - 1);
        fresh[i] = (uint32_t)number + 1;
    }
    free(*slots);
    *slots = fresh;
    *slot_count = room;
    return UP_OK;
}

/* The slot that holds it, or the empty one where it belongs. */
static uint32_t *find(const lookup *l, uint32_t *slots, size_t slot_count)
{
    size_t i = slot_of(l->hash, slot_count);
    while (slots[i] != 0 && !l->fits(l->batch, slots[i] - 1, l->wanted))
        i = (i + 1) & (slot_count - 1);
    return &slots[i];
}

/* --- Entities -------------------------------------------------------------------------- */

static bool entity_fits(const up_batch *batch, size_t number, const void *wanted)
{
    return strcmp(up_batch_text_of(batch, batch->entities[number]), wanted) == 0;
}

static uint64_t entity_hash(const up_batch *batch, size_t number)
{
    return mix_text(seed, up_batch_text_of(batch, batch->entities[number]));
}

up_status up_batch_entity(up_batch *batch, const char *name, uint32_t *id, up_error *err)
{
    lookup l = {batch, name, mix_text(seed, name), entity_fits, entity_hash};
    up_status status = make_room(&l, &batch->entity_slots, &batch->entity_slot_count,
                                 batch->entity_count, err);
    if (status == UP_OK)
        status = up_grow(&batch->entities, &batch->entity_capacity,
                         batch->entity_count + 1, sizeof *batch->entities, err);
    if (status != UP_OK)
        return status;
    uint32_t *slot = find(&l, batch->entity_slots, batch->entity_slot_count);
    if (*slot == 0) {
        status = up_batch_text(batch, name, &batch->entities[batch->entity_count], err);
        if (status != UP_OK)
            return status;
        *slot = (uint32_t)++batch->entity_count;
    }
    *id = *slot - 1;
    return UP_OK;
}

/* --- Periods ---------------------------------------------------------------------------- */

/* Field by field: a struct has padding. Flags are part of it, since the file shows them. */
static uint64_t hash_period(const up_period *p)
{
    uint64_t hash = mix(seed, &p->start, sizeof p->start);
    hash = mix(hash, &p->end, sizeof p->end);
    hash = mix(hash, &p->granularity, sizeof p->granularity);
    hash = mix(hash, &p->shape, sizeof p->shape);
    return mix(hash, &p->flags, sizeof p->flags);
}

static bool period_fits(const up_batch *batch, size_t number, const void *wanted)
{
    const up_period *a = &batch->periods[number], *b = wanted;
    return up_period_compare(a, b) == 0 && a->flags == b->flags;
}

static uint64_t period_hash(const up_batch *batch, size_t number)
{
    return hash_period(&batch->periods[number]);
}

up_status up_batch_period(up_batch *batch, const up_period *period, uint32_t *id,
                          up_error *err)
{
    lookup l = {batch, period, hash_period(period), period_fits, period_hash};
    up_status status = make_room(&l, &batch->period_slots, &batch->period_slot_count,
                                 batch->period_count, err);
    if (status == UP_OK)
        status = up_grow(&batch->periods, &batch->period_capacity,
                         batch->period_count + 1, sizeof *batch->periods, err);
    if (status != UP_OK)
        return status;
    uint32_t *slot = find(&l, batch->period_slots, batch->period_slot_count);
    if (*slot == 0) {
        batch->periods[batch->period_count] = *period;
        *slot = (uint32_t)++batch->period_count;
    }
    *id = *slot - 1;
    return UP_OK;
}

/* --- What else is said of a figure -------------------------------------------------------- */

static const size_t about_texts[] = {
    offsetof(up_batch_about, low),    offsetof(up_batch_about, high),
    offsetof(up_batch_about, stated), offsetof(up_batch_about, source),
    offsetof(up_batch_about, quote),  offsetof(up_batch_about, note)};
enum { ABOUT_TEXTS = sizeof about_texts / sizeof about_texts[0] };

static const up_batch_about plain = {.reported = UP_REPORTED_ALWAYS, .status = 'A'};

static const char *about_text(const up_batch *batch, const up_batch_about *about,
                              size_t which)
{
    up_batch_text_id id;
    memcpy(&id, (const char *)about + about_texts[which], sizeof id);
    return up_batch_text_of(batch, id);
}

static uint64_t hash_about(const up_batch *batch, const up_batch_about *about)
{
    uint64_t hash = mix(seed, &about->reported, sizeof about->reported);
    hash = mix(hash, &about->qualifier, sizeof about->qualifier);
    hash = mix(hash, &about->status, sizeof about->status);
    for (size_t i = 0; i < ABOUT_TEXTS; i++)
        hash = mix_text(hash, about_text(batch, about, i));
    return hash;
}

static bool about_fits(const up_batch *batch, size_t number, const void *wanted)
{
    const up_batch_about *a = &batch->abouts[number], *b = wanted;
    bool same = a->reported == b->reported && a->qualifier == b->qualifier &&
                a->status == b->status;
    for (size_t i = 0; i < ABOUT_TEXTS && same; i++)
        same = strcmp(about_text(batch, a, i), about_text(batch, b, i)) == 0;
    return same;
}

static uint64_t about_hash(const up_batch *batch, size_t number)
{
    return hash_about(batch, &batch->abouts[number]);
}

static up_status find_about(up_batch *batch, const up_batch_about *about, uint32_t *id,
                            up_error *err)
{
    lookup l = {batch, about, hash_about(batch, about), about_fits, about_hash};
    up_status status = make_room(&l, &batch->about_slots, &batch->about_slot_count,
                                 batch->about_count, err);
    if (status == UP_OK)
        status = up_grow(&batch->abouts, &batch->about_capacity, batch->about_count + 1,
                         sizeof *batch->abouts, err);
    if (status != UP_OK)
        return status;
    uint32_t *slot = find(&l, batch->about_slots, batch->about_slot_count);
    if (*slot == 0) {
        batch->abouts[batch->about_count] = *about;
        *slot = (uint32_t)++batch->about_count;
    }
    *id = *slot - 1;
    return UP_OK;
}

static up_status make_plain(up_batch *batch, up_error *err)
{
    uint32_t first;
    return batch->about_count > 0 ? UP_OK : find_about(batch, &plain, &first, err);
}

up_status up_batch_about_id(up_batch *batch, const up_batch_about *about, uint32_t *id,
                            up_error *err)
{
    up_status status = make_plain(batch, err);
    return status == UP_OK ? find_about(batch, about, id, err) : status;
}

/* --- Rows -------------------------------------------------------------------------------- */

up_status up_batch_add(up_batch *batch, const up_batch_row *row, up_error *err)
{
    if (batch->count >= most)
        return up_error_set(err, UP_BAD_DATA, "more than %zu rows (import it in parts)",
                            most);
    up_status status = make_plain(batch, err);
    if (status == UP_OK)
        status = up_grow(&batch->rows, &batch->capacity, batch->count + 1,
                         sizeof *batch->rows, err);
    if (status == UP_OK)
        batch->rows[batch->count++] = *row;
    return status;
}

/* The texts of an observation that its about refers to. */
static up_status add_about_texts(up_batch *batch, const up_observation *o,
                                 up_batch_about *about, up_error *err)
{
    char low[UP_DECIMAL_SIZE] = "", high[UP_DECIMAL_SIZE] = "";
    if (o->has_low)
        up_decimal_format(o->low, low);
    if (o->has_high)
        up_decimal_format(o->high, high);
    const struct {
        const char *text;
        up_batch_text_id *id;
    } texts[] = {{low, &about->low},          {high, &about->high},
                 {o->stated, &about->stated}, {o->source, &about->source},
                 {o->quote, &about->quote},   {o->note, &about->note}};
    up_status status = UP_OK;
    for (size_t i = 0; i < ABOUT_TEXTS && status == UP_OK; i++)
        status = up_batch_text(batch, texts[i].text, texts[i].id, err);
    return status;
}

static up_status about_of(up_batch *batch, const up_observation *o, uint32_t *id,
                          up_error *err)
{
    up_batch_about about = {
        .reported = o->reported, .qualifier = o->qualifier, .status = o->status};
    up_status status = make_plain(batch, err);
    size_t known = batch->about_count, arena = batch->arena_length;
    if (status == UP_OK)
        status = add_about_texts(batch, o, &about, err);
    if (status == UP_OK)
        status = find_about(batch, &about, id, err);
    if (batch->about_count == known) /* its texts are there already */
        batch->arena_length = arena;
    return status;
}

up_status up_batch_add_observation(up_batch *batch, const up_observation *o,
                                   up_error *err)
{
    up_batch_row row = {.line = o->line < most ? (uint32_t)o->line : 0};
    char value[UP_DECIMAL_SIZE] = "";
    if (o->has_value)
        up_decimal_format(o->value, value);
    up_status status = up_batch_entity(batch, o->entity, &row.entity, err);
    if (status == UP_OK)
        status = up_batch_period(batch, &o->period, &row.period, err);
    if (status == UP_OK)
        status = about_of(batch, o, &row.about, err);
    if (status == UP_OK)
        status = up_batch_text(batch, value, &row.value, err);
    return status == UP_OK ? up_batch_add(batch, &row, err) : status;
}

static up_status read_number(const up_batch *batch, up_batch_text_id id, bool *has,
                             up_decimal *number, up_error *err)
{
    *has = id != 0;
    return *has ? up_decimal_parse(up_batch_text_of(batch, id), number, err) : UP_OK;
}

/* The arena's "" belongs to nobody, and an observation's texts are never written to. */
static char *text_at(const up_batch *batch, up_batch_text_id id)
{
    static char empty[1];
    return id == 0 ? empty : batch->arena + id;
}

up_status up_batch_get(const up_batch *batch, size_t index, up_observation *observation,
                       up_error *err)
{
    const up_batch_row *row = &batch->rows[index];
    const up_batch_about *about = &batch->abouts[row->about];
    up_observation o = {.entity = text_at(batch, batch->entities[row->entity]),
                        .period = batch->periods[row->period],
                        .qualifier = about->qualifier,
                        .stated = text_at(batch, about->stated),
                        .status = about->status,
                        .reported = about->reported,
                        .source = text_at(batch, about->source),
                        .quote = text_at(batch, about->quote),
                        .note = text_at(batch, about->note),
                        .line = row->line};
    up_status status = read_number(batch, row->value, &o.has_value, &o.value, err);
    if (status == UP_OK)
        status = read_number(batch, about->low, &o.has_low, &o.low, err);
    if (status == UP_OK)
        status = read_number(batch, about->high, &o.has_high, &o.high, err);
    if (status == UP_OK)
        *observation = o;
    else
        up_error_locate(err, batch->source != NULL ? batch->source : "", row->line);
    return status;
}

void up_batch_release(up_batch *batch)
{
    if (batch == NULL)
        return;
    free(batch->rows);
    free(batch->arena);
    free(batch->entities);
    free(batch->periods);
    free(batch->abouts);
    free(batch->entity_slots);
    free(batch->period_slots);
    free(batch->about_slots);
    *batch = (up_batch){0};
}
