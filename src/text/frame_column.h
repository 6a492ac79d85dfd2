/* A column of a frame while it is read: every distinct text once, found by a hash table. */
#ifndef UPTICK_TEXT_FRAME_COLUMN_H
#define UPTICK_TEXT_FRAME_COLUMN_H

#include "uptick/frame.h"

typedef struct up_column_builder {
    up_frame_column column;
    size_t filled; /* cells set; behind them all are blank */
    size_t cell_capacity, start_capacity;
    uint32_t last;     /* the text added last */
    uint8_t *tags;     /* of each slot: a piece of its text's hash; 0: empty */
    uint32_t *slots;   /* the numbers of the texts */
    size_t slot_count; /* a power of two, or 0 */
} up_column_builder;

/* Sets the cell of a row that is beyond those set before; a blank one costs nothing. */
UP_MUST_CHECK up_status up_column_set(up_column_builder *builder, size_t row,
                                      const char *text, size_t length, up_error *err);
/* Fills up to `rows` cells and gives the column away, shrunk to its size. */
UP_MUST_CHECK up_status up_column_finish(up_column_builder *builder, size_t rows,
                                         up_frame_column *out, up_error *err);
void up_column_release(up_column_builder *builder);

#endif
