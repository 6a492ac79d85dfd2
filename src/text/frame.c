/* A table from the records of a file: preamble, header, body, footer. */
#include "uptick/frame.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "text/frame_build.h"

/* Cells of a table that has more of them than bytes: records far shorter than the
 * header. */
enum { CELLS_PER_BYTE = 16, CELLS_ANYWAY = 1 << 26 };

/* --- Blanks ------------------------------------------------------------------------- */

size_t up_frame_blank_at(const char *p, size_t length)
{
    const unsigned char *u = (const unsigned char *)p;
    if (length == 0)
        return 0;
    if (*p == ' ' || (*p >= '\t' && *p <= '\r'))
        return 1;
    if (u[0] < 0xC2 || length < 2)
        return 0;
    if (u[0] == 0xC2)
        return u[1] == 0xA0 ? 2 : 0;
    if (length < 3)
        return 0;
    bool general = u[0] == 0xE2 && u[1] == 0x80 && (u[2] <= 0x8B || u[2] == 0xAF);
    bool other = memcmp(p, "\xE3\x80\x80", 3) == 0 || memcmp(p, "\xEF\xBB\xBF", 3) == 0;
    return general || other ? 3 : 0;
}

static bool is_visible(char c)
{
    return c > ' ' && c <= '~';
}

const char *up_frame_trim(const char *text, size_t *length)
{
    size_t left = *length;
    if (left == 0 || (is_visible(text[0]) && is_visible(text[left - 1])))
        return text;
    for (size_t size; (size = up_frame_blank_at(text, left)) > 0; left -= size)
        text += size;
    for (;;) {
        size_t size = 0;
        for (size_t n = 1; n <= 3 && n <= left && size == 0; n++)
            if (up_frame_blank_at(text + left - n, n) == n)
                size = n;
        if (size == 0)
            break;
        left -= size;
    }
    *length = left;
    return text;
}

static const char *field_of(const up_csv_row *row, size_t i, size_t *length)
{
    *length = row->starts[i + 1] - row->starts[i] - 1;
    return up_frame_trim(row->text + row->starts[i], length);
}

/* --- Rows, bad rows, notes ---------------------------------------------------------- */

up_status up_frame_add_note(up_frame_builder *b, const up_csv_row *row)
{
    up_buffer text = {0};
    up_status status = up_grow(&b->frame.notes, &b->note_capacity,
                               b->frame.note_count + 1, sizeof *b->frame.notes, b->err);
    for (size_t i = 0; i < row->count; i++) {
        size_t length;
        const char *field = field_of(row, i, &length);
        if (length > 0 && text.length > 0)
            up_buffer_add_char(&text, ' ');
        up_buffer_add_bytes(&text, field, length);
    }
    if (status == UP_OK)
        status = up_buffer_check(&text, b->err);
    if (status == UP_OK && text.length > 0) {
        b->frame.notes[b->frame.note_count] = (up_frame_note){.line = row->line};
        status = up_copy_bytes(text.data, text.length,
                               &b->frame.notes[b->frame.note_count].text, b->err);
    }
    if (status == UP_OK && text.length > 0)
        b->frame.note_count++;
    up_buffer_release(&text);
    return status;
}

static up_status add_bad_row(up_frame_builder *b, const up_csv_row *row)
{
    up_frame *f = &b->frame;
    char message[80];
    snprintf(message, sizeof message, "%zu fields, but the %s has %zu", row->count,
             b->layout.dialect.headers > 0 ? "header" : "first row", b->width);
    up_status status = up_grow(&f->bad_rows, &b->bad_capacity, f->bad_count + 1,
                               sizeof *f->bad_rows, b->err);
    if (status != UP_OK)
        return status;
    up_frame_bad_row *bad = &f->bad_rows[f->bad_count];
    *bad =
        (up_frame_bad_row){.line = row->line, .first = row->first, .length = row->length};
    status = up_copy_text(message, &bad->message, b->err);
    f->bad_count += status == UP_OK;
    return status;
}

static bool is_too_long(const up_frame_builder *b, const up_csv_row *row)
{
    for (size_t i = b->width; i < row->count; i++) {
        size_t length;
        field_of(row, i, &length);
        if (length > 0)
            return true;
    }
    return false;
}

/* Line and bytes of the row; the gap behind the row before. */
static up_status add_place(up_frame_builder *b, const up_csv_row *row)
{
    up_frame *f = &b->frame;
    up_status status =
        up_grow(&f->lines, &b->line_capacity, f->rows + 1, sizeof *f->lines, b->err);
    if (status == UP_OK)
        status = up_grow(&f->offsets, &b->offset_capacity, f->rows + 2,
                         sizeof *f->offsets, b->err);
    if (status == UP_OK && f->rows > 0 && b->row_end != row->first) {
        status = up_grow(&f->gaps, &b->gap_capacity, f->gap_count + 1, sizeof *f->gaps,
                         b->err);
        if (status == UP_OK)
            f->gaps[f->gap_count++] =
                (up_frame_gap){.row = f->rows - 1, .end = b->row_end};
    }
    if (status != UP_OK)
        return status;
    f->lines[f->rows] = (uint32_t)row->line;
    f->offsets[f->rows] = row->first;
    b->row_end = row->first + row->length;
    return UP_OK;
}

up_status up_frame_add_row(up_frame_builder *b, const up_csv_row *row)
{
    if (is_too_long(b, row))
        return add_bad_row(b, row);
    if (row->line >= UINT32_MAX)
        return up_error_at(b->err, UP_BAD_DATA, b->source, 0,
                           "more than 4,294,967,294 lines");
    up_status status = add_place(b, row);
    size_t count = row->count < b->width ? row->count : b->width;
    for (size_t i = 0; status == UP_OK && i < count; i++) {
        size_t length;
        const char *text = field_of(row, i, &length);
        status = up_column_set(&b->columns[i], b->frame.rows, text, length, b->err);
    }
    b->frame.rows += status == UP_OK;
    return status;
}

/* --- Records in turn ---------------------------------------------------------------- */

static up_status begin_body(up_frame_builder *b)
{
    size_t width = b->layout.dialect.headers > 0 ? 0 : b->layout.width;
    for (size_t i = 0; i < b->head.count; i++)
        if (b->head.records[i].fields > width)
            width = b->head.records[i].fields;
    b->width = width;
    b->frame.preamble_notes = b->frame.note_count;
    up_status status = up_alloc(width, sizeof *b->columns, &b->columns, b->err);
    for (size_t i = 0; status == UP_OK && i < width; i++)
        b->columns[i].column.origin = i;
    return status;
}

static up_status take_comment(up_frame_builder *b, const up_csv_row *row)
{
    size_t starts[] = {0, 0};
    const char *text = row->text + strspn(row->text, "# \t");
    starts[1] = strlen(text) + 1;
    up_csv_row bare = *row;
    bare.text = text;
    bare.starts = starts;
    bare.count = 1;
    b->layout.dialect.comment = *row->text;
    return up_frame_add_note(b, &bare);
}

/* "# a remark" among rows of several cells, where no line above has told of comments. */
static bool is_comment(const up_frame_builder *b, const up_csv_row *row, size_t filled)
{
    return filled == 1 && b->width > 1 && b->data[row->first] == '#';
}

size_t up_frame_filled(const up_csv_row *row)
{
    size_t filled = 0;
    for (size_t i = 0; i < row->count; i++) {
        size_t length;
        field_of(row, i, &length);
        filled += length > 0;
    }
    return filled;
}

static up_status take_body(up_frame_builder *b, const up_csv_row *row)
{
    size_t filled = up_frame_filled(row);
    up_status status = UP_OK;
    if (row->first != b->record_end)
        b->blank_before = true;
    if (filled == 0) {
        b->blank_before = true;
    } else if (is_comment(b, row, filled)) {
        status = take_comment(b, row);
    } else {
        status = up_frame_take(b, row, filled);
        b->blank_before = false;
    }
    b->record_end = row->first + row->length;
    return status;
}

static up_status take_record(up_frame_builder *b, const up_csv_row *row)
{
    const up_dialect *d = &b->layout.dialect;
    size_t number = b->records++;
    if (number < d->preamble) {
        if (number + 1 == d->preamble && d->headers > 0) {
            up_status status = up_csv_add_row(&b->above, row, b->err);
            if (status != UP_OK)
                return status;
        }
        return up_frame_add_note(b, row);
    }
    if (number - d->preamble < d->headers) {
        if (b->head.count == 0)
            b->frame.header_line = row->line;
        b->record_end = row->first + row->length;
        return up_csv_add_row(&b->head, row, b->err);
    }
    up_status status = UP_OK;
    if (b->columns == NULL)
        status = begin_body(b);
    return status == UP_OK ? take_body(b, row) : status;
}

static bool take(void *context, const up_csv_row *row)
{
    up_frame_builder *b = context;
    if (row->is_comment) {
        b->status = take_comment(b, row);
        b->record_end = row->first + row->length;
    } else {
        b->status = take_record(b, row);
    }
    return b->status == UP_OK;
}

/* --- The frame ---------------------------------------------------------------------- */

static bool is_blank_column(const up_frame_builder *b, size_t column)
{
    if (b->columns[column].filled > 0)
        return false;
    for (size_t i = 0; i < b->head.count; i++) {
        const char *name = up_csv_field(&b->head, i, column);
        size_t length = strlen(name);
        up_frame_trim(name, &length);
        if (length > 0)
            return false;
    }
    return true;
}

static up_status add_column(up_frame_builder *b, size_t from)
{
    up_frame *f = &b->frame;
    up_status status =
        up_column_finish(&b->columns[from], f->rows, &f->column[f->columns], b->err);
    f->columns += status == UP_OK;
    return status;
}

/* Takes the columns that are not blank, their cells filled up to the last row. */
static up_status finish_columns(up_frame_builder *b)
{
    up_frame *f = &b->frame;
    size_t count = 0;
    for (size_t i = 0; i < b->width; i++)
        count += !is_blank_column(b, i);
    size_t most = ((size_t)b->row_end + 1) * CELLS_PER_BYTE + CELLS_ANYWAY;
    if (f->rows > 0 && count > most / f->rows)
        return up_error_at(b->err, UP_BAD_DATA, b->source, 0,
                           "%zu columns in %zu rows that are nearly all blank", count,
                           f->rows);
    up_status status = up_alloc(count, sizeof *f->column, &f->column, b->err);
    for (size_t i = 0; status == UP_OK && i < b->width; i++)
        if (!is_blank_column(b, i))
            status = add_column(b, i);
    return status;
}

static up_status finish(up_frame_builder *b)
{
    up_frame *f = &b->frame;
    if (b->records == 0)
        return up_error_at(b->err, UP_BAD_DATA, b->source, 1,
                           "the file is empty (wanted a table)");
    up_status status = UP_OK;
    if (b->columns == NULL)
        status = begin_body(b);
    if (status == UP_OK)
        status = up_frame_end(b);
    if (status == UP_OK)
        status = up_grow(&f->offsets, &b->offset_capacity, f->rows + 1,
                         sizeof *f->offsets, b->err);
    if (status != UP_OK)
        return status;
    f->offsets[f->rows] = b->row_end;
    f->dialect = b->layout.dialect;
    status = finish_columns(b);
    return status == UP_OK ? up_frame_finish_header(b) : status;
}

static void release_builder(up_frame_builder *b)
{
    for (size_t i = 0; b->columns != NULL && i < b->width; i++)
        up_column_release(&b->columns[i]);
    free(b->columns);
    up_csv_release(&b->head);
    up_csv_release(&b->above);
    up_csv_release(&b->held);
}

static up_status read_records(up_frame_builder *b, size_t length, up_remarks *remarks)
{
    const up_dialect *d = &b->layout.dialect;
    up_csv_stream stream = {.data = b->data,
                            .length = length,
                            .source = b->source,
                            .delimiter = d->delimiter,
                            .quote = d->quote,
                            .comment = d->comment,
                            .loose_quotes = d->loose_quotes,
                            .skip_blanks = true,
                            .sink = take,
                            .context = b,
                            .remarks = remarks};
    up_status status = up_csv_stream_read(&stream, b->err);
    if (b->status != UP_OK)
        return up_error_locate(b->err, b->source, 0), b->status;
    b->frame.newline = stream.newline != NULL ? stream.newline : "\n";
    return status;
}

up_status up_frame_read(const char *data, size_t length, const char *source,
                        const up_dialect *wanted, up_frame *frame, up_remarks *remarks,
                        up_error *err)
{
    up_status status = up_csv_check_text(data, length, source, 1, remarks, err);
    if (status != UP_OK)
        return status;
    up_frame_builder b = {.data = data, .source = source, .err = err};
    b.frame.has_bom = up_csv_bom(data, length) > 0;
    status = up_layout_find(data, length, wanted, &b.layout, err);
    if (status == UP_OK)
        status = read_records(&b, length, remarks);
    if (status == UP_OK)
        status = finish(&b);
    release_builder(&b);
    if (status == UP_OK)
        *frame = b.frame;
    else
        up_frame_release(&b.frame);
    return status;
}

void up_frame_release(up_frame *frame)
{
    if (frame == NULL)
        return;
    for (size_t i = 0; frame->column != NULL && i < frame->columns; i++) {
        free(frame->column[i].cells);
        free(frame->column[i].starts);
        free(frame->column[i].texts);
    }
    for (size_t i = 0;
         frame->header != NULL && i < frame->dialect.headers * frame->columns; i++)
        free(frame->header[i]);
    for (size_t i = 0; i < frame->note_count; i++)
        free(frame->notes[i].text);
    for (size_t i = 0; i < frame->bad_count; i++)
        free(frame->bad_rows[i].message);
    free(frame->column);
    free(frame->lines);
    free(frame->offsets);
    free(frame->gaps);
    free(frame->header);
    free(frame->notes);
    free(frame->bad_rows);
    *frame = (up_frame){0};
}

const char *up_frame_header(const up_frame *frame, size_t record, size_t column)
{
    if (record >= frame->dialect.headers || column >= frame->columns)
        return "";
    return frame->header[record * frame->columns + column];
}

uint32_t up_frame_id(const up_frame *frame, size_t row, size_t column)
{
    return frame->column[column].cells[row];
}

const char *up_frame_text(const up_frame *frame, size_t column, uint32_t id)
{
    return frame->column[column].texts + frame->column[column].starts[id];
}

const char *up_frame_cell(const up_frame *frame, size_t row, size_t column)
{
    return up_frame_text(frame, column, up_frame_id(frame, row, column));
}

void up_frame_row_bytes(const up_frame *frame, size_t row, size_t *first, size_t *length)
{
    uint64_t end = frame->offsets[row + 1];
    size_t low = 0, high = frame->gap_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (frame->gaps[middle].row < row)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < frame->gap_count && frame->gaps[low].row == row)
        end = frame->gaps[low].end;
    *first = (size_t)frame->offsets[row];
    *length = (size_t)end - *first;
}
