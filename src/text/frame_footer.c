/* Rows or footer: what stands below a table ("Source: …", "Note: …", "Last updated …").
 *
 * Nothing is lost: a record is a note only where it cannot well be a row. It has one
 * cell (two in a table of four or more) and no number, and nothing fuller follows; and
 * its text is that of a note, or it stands behind something blank in a wide table that
 * has no such rows before. */
#include "text/frame_build.h"

#include <string.h>

#include "base/memory.h"

enum { WIDE = 4, MOST_HELD = 256 };

/* Digits with a point at most: what nearly every row has, told quickly. */
static bool is_plain_number(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    if (digits > 0 && text[digits] == '.')
        digits += 1 + strspn(text + digits + 1, "0123456789");
    return digits > 0 && text[digits] == '\0';
}

/* A number beside the first cell makes a row. */
static bool has_number(const up_csv_row *row)
{
    for (size_t i = row->count; i-- > 1;)
        if (is_plain_number(row->text + row->starts[i]))
            return true;
    for (size_t i = 1; i < row->count; i++)
        if (up_cell_kind_of(row->text + row->starts[i]) == UP_CELL_NUMBER)
            return true;
    return false;
}

/* The text of a note: alone, with another ("Last updated", "2018-01-25"), or cut at its
 * own commas into as many cells as there are. */
static bool is_note_record(const up_csv_row *row)
{
    return !has_number(row) && up_is_note(row->text + row->starts[0]);
}

/* What may be no row. Behind a note that is whatever has no number: "Notes:", "1. Text,
 * more". */
static bool is_sparse(const up_frame_builder *b, const up_csv_row *row, size_t filled)
{
    const char *first = row->text + row->starts[0];
    size_t length = row->starts[1] - row->starts[0] - 1;
    if (b->held_note)
        return !has_number(row);
    size_t most = b->layout.typical >= WIDE ? 2 : 1;
    up_frame_trim(first, &length);
    if (length == 0)
        return false;
    if (filled > most || filled >= b->layout.typical)
        return is_note_record(row);
    return !has_number(row);
}

/* A record of those held, as the stream gave it. */
static up_csv_row held_row(const up_csv *held, size_t i)
{
    const up_csv_record *record = &held->records[i];
    return (up_csv_row){.line = record->line,
                        .first = record->first,
                        .length = record->length,
                        .count = record->fields,
                        .text = held->text.data,
                        .starts = held->fields + record->field};
}

static void forget(up_csv *held)
{
    held->count = 0;
    held->field_count = 0;
    held->text.length = 0;
}

static up_status add_rows(up_frame_builder *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        up_csv_row row = held_row(&b->held, i);
        up_status status = up_frame_add_row(b, &row);
        if (status != UP_OK)
            return status;
    }
    b->sparse_rows += count;
    return UP_OK;
}

static up_status hold(up_frame_builder *b, const up_csv_row *row)
{
    up_csv *held = &b->held;
    if (held->count == 0)
        b->held_blank = SIZE_MAX;
    b->held_note = b->held_note || is_note_record(row);
    if (b->blank_before && b->held_blank == SIZE_MAX)
        b->held_blank = held->count;
    up_status status = up_csv_add_row(held, row, b->err);
    if (status == UP_OK) /* the end of the last field, for held_row */
        status = up_grow(&held->fields, &held->field_capacity, held->field_count + 1,
                         sizeof *held->fields, b->err);
    if (status == UP_OK)
        held->fields[held->field_count] = held->text.length;
    return status;
}

up_status up_frame_take(up_frame_builder *b, const up_csv_row *row, size_t filled)
{
    bool sparse = b->frame.rows > 0 && b->width > 1 && is_sparse(b, row, filled);
    if (b->held.count > 0 && (!sparse || b->held.count >= MOST_HELD)) {
        up_status status = add_rows(b, b->held.count);
        forget(&b->held);
        b->held_note = false;
        if (status != UP_OK)
            return status;
    }
    return sparse ? hold(b, row) : up_frame_add_row(b, row);
}

/* The first record held that is a note: it and all behind it are the footer. */
static size_t find_footer(const up_frame_builder *b)
{
    size_t blank = SIZE_MAX;
    if (b->layout.typical >= WIDE && b->sparse_rows == 0)
        blank = b->held_blank;
    size_t i = 0;
    for (; i < b->held.count && i < blank; i++) {
        up_csv_row row = held_row(&b->held, i);
        if (is_note_record(&row))
            break;
    }
    return i;
}

up_status up_frame_end(up_frame_builder *b)
{
    if (b->held.count == 0)
        return UP_OK;
    size_t footer = find_footer(b);
    up_status status = add_rows(b, footer);
    for (size_t i = footer; status == UP_OK && i < b->held.count; i++) {
        up_csv_row row = held_row(&b->held, i);
        status = up_frame_add_note(b, &row);
    }
    return status;
}
