/* Distinct texts by open addressing with linear steps, at most three quarters full. */
#include "text/frame_column.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { FIRST_SLOTS = 16 };

static uint64_t load(const char *text, size_t size)
{
    uint64_t piece = 0;
    memcpy(&piece, text, size);
    return piece;
}

/* Up to eight bytes; no copy of a size that is not known. */
static uint64_t load_end(const char *text, size_t length)
{
    if (length == 8)
        return load(text, 8);
    if (length >= 4)
        return load(text, 4) | load(text + length - 4, 4) << 32;
    if (length >= 2)
        return load(text, 2) | load(text + length - 2, 2) << 16;
    return length > 0 ? load(text, 1) : 0;
}

/* Eight bytes at a time, each mixed by a multiplication whose high half is folded back. */
static uint64_t hash_of(const char *text, size_t length)
{
    const uint64_t factor = UINT64_C(0x9E3779B97F4A7C15);
    uint64_t hash = length * factor;
    for (; length > 8; text += 8, length -= 8) {
        hash = (hash ^ load(text, 8)) * factor;
        hash ^= hash >> 29;
    }
    hash = (hash ^ load_end(text, length)) * factor;
    hash ^= hash >> 32;
    hash *= factor;
    return hash ^ (hash >> 29);
}

static uint8_t tag_of(uint64_t hash)
{
    uint8_t tag = (uint8_t)(hash >> 56);
    return tag != 0 ? tag : 1;
}

static const char *text_of(const up_frame_column *column, uint32_t id)
{
    return column->texts + column->starts[id];
}

static size_t length_of(const up_frame_column *column, uint32_t id)
{
    size_t end = id + 1 < column->count ? column->starts[id + 1] : column->length;
    return end - column->starts[id] - 1;
}

static bool is_text(const up_frame_column *column, uint32_t id, const char *text,
                    size_t length)
{
    return length_of(column, id) == length &&
           memcmp(text_of(column, id), text, length) == 0;
}

/* The slot that holds the text, or the empty one where it belongs. */
static size_t find_slot(const up_column_builder *b, const char *text, size_t length,
                        uint64_t hash)
{
    size_t mask = b->slot_count - 1;
    size_t slot = (size_t)hash & mask;
    uint8_t tag = tag_of(hash);
    while (b->tags[slot] != 0 &&
           (b->tags[slot] != tag || !is_text(&b->column, b->slots[slot], text, length)))
        slot = (slot + 1) & mask;
    return slot;
}

static void place(up_column_builder *b, uint32_t id)
{
    uint64_t hash = hash_of(text_of(&b->column, id), length_of(&b->column, id));
    size_t mask = b->slot_count - 1;
    size_t slot = (size_t)hash & mask;
    while (b->tags[slot] != 0)
        slot = (slot + 1) & mask;
    b->tags[slot] = tag_of(hash);
    b->slots[slot] = id;
}

/* Room for one more text. The slots hold nothing that the texts do not: they are released
 * before the larger ones are filled. */
static up_status make_room(up_column_builder *b, up_error *err)
{
    if (b->slot_count > 0 && b->column.count < b->slot_count / 4 * 3)
        return UP_OK;
    size_t count = b->slot_count > 0 ? b->slot_count * 2 : FIRST_SLOTS;
    uint8_t *tags;
    uint32_t *slots;
    up_status status = up_alloc(count, sizeof *tags, &tags, err);
    if (status != UP_OK)
        return status;
    free(b->slots);
    b->slots = NULL;
    status = up_alloc(count, sizeof *slots, &slots, err);
    if (status != UP_OK) {
        free(tags);
        return status;
    }
    free(b->tags);
    b->tags = tags;
    b->slots = slots;
    b->slot_count = count;
    for (uint32_t id = 0; id < b->column.count; id++)
        place(b, id);
    return UP_OK;
}

static up_status append_text(up_column_builder *b, const char *text, size_t length,
                             up_error *err)
{
    up_frame_column *c = &b->column;
    if (c->count == UINT32_MAX - 1 || length >= UINT32_MAX - c->length)
        return up_error_set(err, UP_BAD_DATA,
                            "column %zu has more than 4 GiB of different texts",
                            c->origin + 1);
    up_status status = up_grow(&c->starts, &b->start_capacity, (size_t)c->count + 1,
                               sizeof *c->starts, err);
    if (status == UP_OK)
        status = up_grow(&c->texts, &c->capacity, c->length + length + 1, 1, err);
    if (status != UP_OK)
        return status;
    c->starts[c->count++] = (uint32_t)c->length;
    memcpy(c->texts + c->length, text, length);
    c->texts[c->length + length] = '\0';
    c->length += length + 1;
    return UP_OK;
}

/* Text 0 is "". */
static up_status begin(up_column_builder *b, up_error *err)
{
    up_status status = append_text(b, "", 0, err);
    return status == UP_OK ? make_room(b, err) : status;
}

static up_status intern(up_column_builder *b, const char *text, size_t length,
                        uint32_t *id, up_error *err)
{
    up_status status = UP_OK;
    if (b->column.count == 0)
        status = begin(b, err);
    if (status == UP_OK)
        status = make_room(b, err);
    if (status != UP_OK)
        return status;
    uint64_t hash = hash_of(text, length);
    size_t slot = find_slot(b, text, length, hash);
    if (b->tags[slot] == 0) {
        status = append_text(b, text, length, err);
        if (status != UP_OK)
            return status;
        b->tags[slot] = tag_of(hash);
        b->slots[slot] = b->column.count - 1;
    }
    *id = b->slots[slot];
    return UP_OK;
}

static up_status grow_cells(up_column_builder *b, size_t wanted, up_error *err)
{
    up_status status = up_grow(&b->column.cells, &b->cell_capacity, wanted,
                               sizeof *b->column.cells, err);
    if (status == UP_OK && wanted > b->filled) {
        memset(b->column.cells + b->filled, 0,
               (wanted - b->filled) * sizeof *b->column.cells);
        b->filled = wanted;
    }
    return status;
}

up_status up_column_set(up_column_builder *b, size_t row, const char *text, size_t length,
                        up_error *err)
{
    if (length == 0)
        return UP_OK;
    if (b->last == 0 || !is_text(&b->column, b->last, text, length)) {
        up_status status = intern(b, text, length, &b->last, err);
        if (status != UP_OK)
            return status;
    }
    up_status status = grow_cells(b, row + 1, err);
    if (status == UP_OK)
        b->column.cells[row] = b->last;
    return status;
}

/* What is given back is not needed: a realloc that fails leaves the larger block. */
static void shrink(void *items, size_t size)
{
    void *old;
    memcpy(&old, items, sizeof old);
    void *memory = realloc(old, size > 0 ? size : 1);
    if (memory != NULL)
        memcpy(items, &memory, sizeof memory);
}

up_status up_column_finish(up_column_builder *b, size_t rows, up_frame_column *out,
                           up_error *err)
{
    up_status status = UP_OK;
    free(b->tags);
    free(b->slots);
    b->tags = NULL;
    b->slots = NULL;
    if (b->column.count == 0)
        status = append_text(b, "", 0, err);
    if (status == UP_OK)
        status = grow_cells(b, rows, err);
    if (status != UP_OK)
        return status;
    shrink(&b->column.cells, rows * sizeof *b->column.cells);
    shrink(&b->column.starts, b->column.count * sizeof *b->column.starts);
    shrink(&b->column.texts, b->column.length);
    b->column.capacity = b->column.length;
    *out = b->column;
    *b = (up_column_builder){0};
    return UP_OK;
}

void up_column_release(up_column_builder *b)
{
    free(b->column.cells);
    free(b->column.starts);
    free(b->column.texts);
    free(b->tags);
    free(b->slots);
    *b = (up_column_builder){0};
}
