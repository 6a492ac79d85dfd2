/* Files that mean harm, or were cut: they end in rows or in a clear error, in time that
 * grows with their size. Allocations can be made to fail (--wrap). */
#include "failing_memory.h"
#include "scratch.h"

#include <time.h>

#include "text/csv_stream.h"
#include "uptick/csv.h"
#include "uptick/decode.h"
#include "uptick/frame.h"

/* --- Reading ------------------------------------------------------------------------ */

static void assert_sound(const up_frame *frame, size_t length)
{
    size_t end = 0;
    for (size_t i = 0; i < frame->rows; i++) {
        size_t first, size;
        up_frame_row_bytes(frame, i, &first, &size);
        assert_true(first >= end && first + size <= length);
        end = first + size;
        for (size_t j = 0; j < frame->columns; j++)
            assert_true(up_frame_id(frame, i, j) < frame->column[j].count);
    }
}

/* Rows, or a message. */
static up_status read_bytes(const char *data, size_t length)
{
    up_frame frame = {0};
    up_error err = {0};
    up_status status = up_frame_read(data, length, "x.csv", NULL, &frame, NULL, &err);
    if (status == UP_OK)
        assert_sound(&frame, length);
    else
        assert_true(status == UP_BAD_DATA && err.message[0] != '\0');
    up_frame_release(&frame);
    return status;
}

static const char folder[] = UPTICK_SOURCE_DIR "/tests/data/torture";
static const char *const nasty[] = {
    "csv-spectrum/json.csv",
    "csv-spectrum/newlines_crlf.csv",
    "csvkit/mac_newlines.csv",
    "csvkit/test_header_newline.csv",
    "csvkit/test_empty_columns.csv",
    "frictionless/issue-1109.csv",
    "frictionless/defective-rows.csv",
    "frictionless/matrix-with-comment.csv",
    "frictionless/table-unicode-headers.csv",
    "frictionless/skip-rows-before-headers.csv",
    "messytables/complex.csv",
    "messytables/utf8bom.csv",
};
enum { NASTY = sizeof nasty / sizeof *nasty };

static const char mixture[] =
    "\xEF\xBB\xBF# made of everything\nTitle,,\r\n\r\n\"Year\n(end)\", 'a' "
    ",\xE4\xB8\xAD\r"
    ",\"%\",t\r\n2020,\"1,\"\"5\"\"\",3\n\n2021,,\n,,\n2022,1,2,3\n\"x\ny\",1,2\n"
    "Source: \"A\"\n";

static void file_cut_anywhere_gives_rows_or_an_error(void **state)
{
    (void)state;
    for (size_t i = 0; i < NASTY; i++) {
        char *text = scratch_read(folder, nasty[i]);
        assert_non_null(text);
        for (size_t cut = 0; cut <= strlen(text); cut++) {
            /* from the heap, so that a byte read too far is seen */
            char *part = malloc(cut + 1);
            memcpy(part, text, cut);
            part = realloc(part, cut > 0 ? cut : 1);
            read_bytes(part, cut);
            free(part);
        }
        free(text);
    }
    for (size_t cut = 0; cut < sizeof mixture; cut++)
        read_bytes(mixture, cut);
}

static void byte_changed_anywhere_gives_rows_or_an_error(void **state)
{
    (void)state;
    static const char bytes[] = "\0\",;\n\r#' \xFF\xE4"
                                "9";
    char text[sizeof mixture];
    for (size_t i = 0; i + 1 < sizeof mixture; i++)
        for (size_t j = 0; j + 1 < sizeof bytes; j++) {
            memcpy(text, mixture, sizeof mixture);
            text[i] = bytes[j];
            read_bytes(text, sizeof text - 1);
        }
}

static void random_bytes_are_survived(void **state)
{
    (void)state;
    static const char alphabet[] = "\n\n,,;;\t|\"\"' #-1234567890.abc\r\xE4\xB8\xAD";
    unsigned seed = 7;
    for (int round = 0; round < 3000; round++) {
        char text[200];
        for (size_t i = 0; i < sizeof text; i++) {
            seed = seed * 1103515245u + 12345u;
            text[i] = round % 3 == 0 ? (char)(seed >> 16)
                                     : alphabet[(seed >> 16) % (sizeof alphabet - 1)];
        }
        read_bytes(text, sizeof text);
    }
}

/* --- Pieces ------------------------------------------------------------------------- */

static bool join(void *context, const up_csv_row *row)
{
    up_buffer *out = context;
    up_buffer_addf(out, "%zu %zu %zu %d:", row->line, row->first, row->length,
                   row->is_comment);
    for (size_t i = 0; i < row->count; i++)
        up_buffer_addf(out, "[%s]", row->text + row->starts[i]);
    return true;
}

static void records_are_the_same_in_pieces_of_any_size(void **state)
{
    (void)state;
    up_buffer whole = {0};
    up_csv_stream stream = {.data = mixture,
                            .length = sizeof mixture - 1,
                            .source = "",
                            .comment = '#',
                            .loose_quotes = true,
                            .skip_blanks = true,
                            .sink = join,
                            .context = &whole};
    assert_int_equal(up_csv_stream_read(&stream, NULL), UP_OK);
    for (size_t chunk = 1; chunk < sizeof mixture; chunk++) {
        up_buffer pieces = {0};
        stream.chunk = chunk;
        stream.context = &pieces;
        assert_int_equal(up_csv_stream_read(&stream, NULL), UP_OK);
        assert_string_equal(pieces.data, whole.data);
        up_buffer_release(&pieces);
    }
    up_buffer_release(&whole);
}

static bool take_two(void *context, const up_csv_row *row)
{
    (void)row;
    return ++*(size_t *)context < 2;
}

static void stream_ends_when_its_reader_has_enough(void **state)
{
    (void)state;
    size_t count = 0;
    up_csv_stream stream = {.data = "a\nb\nc\n\"d",
                            .length = 8,
                            .source = "",
                            .sink = take_two,
                            .context = &count};
    assert_int_equal(up_csv_stream_read(&stream, NULL), UP_OK);
    assert_int_equal(count, 2);
}

/* --- Size --------------------------------------------------------------------------- */

/* `unit` over and over, `size` bytes in all, between two texts. */
static char *repeat(const char *before, const char *unit, const char *behind, size_t size,
                    size_t *length)
{
    size_t head = strlen(before), step = strlen(unit), tail = strlen(behind);
    char *text = malloc(head + size + step + tail + 1);
    assert_non_null(text);
    memcpy(text, before, head);
    size_t at = head;
    for (; at < head + size; at += step)
        memcpy(text + at, unit, step);
    memcpy(text + at, behind, tail + 1);
    *length = at + tail;
    return text;
}

static double seconds_for(const char *before, const char *unit, const char *behind,
                          size_t size, up_status wanted)
{
    size_t length;
    char *text = repeat(before, unit, behind, size, &length);
    clock_t begin = clock();
    up_frame frame = {0};
    up_error err = {0};
    up_status status = up_frame_read(text, length, "x.csv", NULL, &frame, NULL, &err);
    double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
    if (status != wanted)
        fail_msg("'%s': status %d: %s", unit, (int)status, err.message);
    up_frame_release(&frame);
    free(text);
    return seconds;
}

/* Sixteen times the bytes in well under 16² of the time. */
static void time_grows_with_the_size(void **state)
{
    (void)state;
    static const struct {
        const char *before, *unit, *behind;
        up_status wanted;
    } bombs[] = {
        {"a,b\n1,\"", "x", "", UP_BAD_DATA},   /* never closed */
        {"a,b\n1,\"", "x\n", "", UP_BAD_DATA}, /* over many lines */
        {"a,b\n1,\"", "\"\"", "\"\n", UP_OK},  /* doubled quotes */
        {"a,b\n", "\"\",\"\"\n", "", UP_OK},   /* blank records */
        {"a,b\n1,", "x", "\n", UP_OK},         /* one long cell */
        {"a\r1", "1\r", "", UP_OK},            /* CR alone */
        {"a", ",a", "\n1\n", UP_OK},           /* wide */
        {"a,b\n", "1\n", "", UP_OK},           /* short records */
        {"a,b\n", "1,2,3\n", "", UP_OK},       /* long records */
        {"a,b\n1,2\n", "x,\n", "", UP_OK},     /* what may be a footer */
        {"a,b,c,d\n1,2,3,4\n\n", "Source: x\n", "", UP_OK},
        {"a,b\n1,2\n", "# x\n", "", UP_OK},
        {"a,b\n1,2\n", "'", "\n", UP_OK},
        {"a,b\n1,2\n", "\n", "", UP_OK},
        {"", " ", "", UP_BAD_DATA},
    };
    for (size_t i = 0; i < sizeof bombs / sizeof *bombs; i++) {
        double small = seconds_for(bombs[i].before, bombs[i].unit, bombs[i].behind,
                                   1 << 16, bombs[i].wanted);
        double large = seconds_for(bombs[i].before, bombs[i].unit, bombs[i].behind,
                                   1 << 20, bombs[i].wanted);
        if (large > 60 * small + 0.5)
            fail_msg("'%s' takes %.3f s, 16 times as much of it %.3f s", bombs[i].unit,
                     small, large);
    }
}

static void unclosed_quote_before_fifty_megabytes_is_told(void **state)
{
    (void)state;
    double seconds = seconds_for("a,b\n1,\"", "2,3\n", "", 50 << 20, UP_BAD_DATA);
    assert_true(seconds < 60);
}

static void hundred_thousand_columns_are_read(void **state)
{
    (void)state;
    up_buffer text = {0};
    for (int i = 0; i < 100000; i++)
        up_buffer_addf(&text, "%sc%d", i > 0 ? "," : "", i);
    up_buffer_add(&text, "\n");
    for (int i = 0; i < 100000; i++)
        up_buffer_addf(&text, "%s%d", i > 0 ? "," : "", i);
    up_buffer_add(&text, "\nx\n");
    up_frame frame = {0};
    assert_int_equal(up_frame_read(text.data, text.length, "", NULL, &frame, NULL, NULL),
                     UP_OK);
    assert_int_equal(frame.columns, 100000);
    assert_int_equal(frame.rows, 2);
    assert_string_equal(up_frame_header(&frame, 0, 99999), "c99999");
    assert_string_equal(up_frame_cell(&frame, 0, 99999), "99999");
    assert_string_equal(up_frame_cell(&frame, 1, 99999), "");
    up_frame_release(&frame);
    up_buffer_release(&text);
}

/* A header of 10,000 names above 100,000 short records would be 4 GB of blank cells. */
static void nearly_blank_table_is_refused(void **state)
{
    (void)state;
    up_buffer text = {0};
    for (int row = 0; row < 2; row++)
        for (int i = 0; i < 10000; i++)
            up_buffer_addf(&text, "%s%s", row == 0 ? "x" : "1", i < 9999 ? "," : "\n");
    for (int i = 0; i < 100000; i++)
        up_buffer_add(&text, "1\n");
    up_frame frame = {0};
    up_error err = {0};
    assert_int_equal(up_frame_read(text.data, text.length, "", NULL, &frame, NULL, &err),
                     UP_BAD_DATA);
    assert_string_equal(err.message,
                        "10000 columns in 100001 rows that are nearly all blank");
    up_buffer_release(&text);
}

/* --- Memory ------------------------------------------------------------------------- */

static void memory_that_runs_out_is_told(void **state)
{
    (void)state;
    bool reached = true;
    for (long nth = 1; reached; nth++) {
        up_frame frame = {0};
        up_error err = {0};
        let_fail(nth, true);
        up_status status =
            up_frame_read(mixture, sizeof mixture - 1, "x.csv", NULL, &frame, NULL, &err);
        reached = let_succeed();
        if (reached && status != UP_OK && status != UP_SYSTEM)
            fail_msg("allocation %ld: status %d: %s", nth, (int)status, err.message);
        if (status == UP_SYSTEM)
            assert_non_null(strstr(err.message, "out of memory"));
        up_frame_release(&frame);
    }
}

static void memory_that_runs_out_while_decoding_is_told(void **state)
{
    (void)state;
    bool reached = true;
    for (long nth = 1; reached; nth++) {
        char *bytes = malloc(8);
        assert_non_null(bytes);
        memcpy(bytes, "a,\xE9\n1,2\n", 8);
        up_decoded decoded = {0};
        up_error err = {0};
        let_fail(nth, true);
        up_status status = up_decode(bytes, 8, "x.csv", NULL, &decoded, &err);
        reached = let_succeed();
        assert_true(reached ? status == UP_SYSTEM : status == UP_OK);
        up_decoded_release(&decoded);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(file_cut_anywhere_gives_rows_or_an_error),
        cmocka_unit_test(byte_changed_anywhere_gives_rows_or_an_error),
        cmocka_unit_test(random_bytes_are_survived),
        cmocka_unit_test(records_are_the_same_in_pieces_of_any_size),
        cmocka_unit_test(stream_ends_when_its_reader_has_enough),
        cmocka_unit_test(time_grows_with_the_size),
        cmocka_unit_test(unclosed_quote_before_fifty_megabytes_is_told),
        cmocka_unit_test(hundred_thousand_columns_are_read),
        cmocka_unit_test(nearly_blank_table_is_refused),
        cmocka_unit_test(memory_that_runs_out_is_told),
        cmocka_unit_test(memory_that_runs_out_while_decoding_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
