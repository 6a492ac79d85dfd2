#include "scratch.h"

#include "uptick/csv.h"

static const char source[] = "series/x.csv";

/* Reads text, which must go well. */
static up_csv read_text(const char *text)
{
    up_csv csv = {0};
    up_error err = {0};
    if (up_csv_read(&csv, text, strlen(text), source, NULL, NULL, &err) != UP_OK)
        fail_msg("%zu: %s", err.line, err.message);
    return csv;
}

static void assert_record(const up_csv *csv, size_t i, size_t line, size_t first,
                          size_t length)
{
    assert_true(i < csv->count);
    assert_int_equal(csv->records[i].line, line);
    assert_int_equal(csv->records[i].first, first);
    assert_int_equal(csv->records[i].length, length);
}

static void assert_refused_bytes(const char *data, size_t length, size_t line,
                                 const char *message)
{
    for (size_t chunk = 0; chunk <= 2; chunk++) {
        up_csv csv = {0};
        up_error err = {0};
        up_csv_options options = {.chunk = chunk};
        assert_int_equal(up_csv_read(&csv, data, length, source, &options, NULL, &err),
                         UP_BAD_DATA);
        assert_string_equal(err.message, message);
        assert_string_equal(err.source, source);
        assert_int_equal(err.line, line);
        assert_null(csv.records);
    }
}

static void assert_refused(const char *text, size_t line, const char *message)
{
    assert_refused_bytes(text, strlen(text), line, message);
}

/* --- Reading ----------------------------------------------------------------------- */

static void records_know_their_lines_and_bytes(void **state)
{
    (void)state;
    up_csv csv = read_text("a,b\n\n1,\"x\ny\"\n\n\n2,\"\"\"q\"\"\"");
    assert_int_equal(csv.count, 3);
    assert_record(&csv, 0, 1, 0, 4);
    assert_record(&csv, 1, 3, 5, 8);
    assert_record(&csv, 2, 7, 15, 9);
    assert_string_equal(up_csv_field(&csv, 1, 1), "x\ny");
    assert_string_equal(up_csv_field(&csv, 2, 1), "\"q\"");
    assert_string_equal(up_csv_field(&csv, 2, 2), "");
    assert_string_equal(up_csv_field(&csv, 3, 0), "");
    assert_int_equal(up_csv_column(&csv, "b"), 1);
    assert_int_equal(up_csv_column(&csv, "B"), SIZE_MAX);
    assert_string_equal(csv.newline, "\n");
    assert_false(csv.ends_with_newline);
    assert_false(csv.has_bom);
    up_csv_release(&csv);
    up_csv_release(NULL);
}

static void newlines_of_every_kind_are_told(void **state)
{
    (void)state;
    const char *const newlines[] = {"\n", "\r\n", "\r"};
    for (size_t i = 0; i < 3; i++) {
        char text[64];
        const char *n = newlines[i];
        snprintf(text, sizeof text, "%s\"a\n\",b%s1,2%s", n, n, n);
        up_csv csv = read_text(text);
        assert_int_equal(csv.count, 2);
        assert_string_equal(csv.newline, n);
        assert_true(csv.ends_with_newline);
        assert_record(&csv, 0, 2, strlen(n), 6 + strlen(n));
        assert_record(&csv, 1, 4, 6 + 2 * strlen(n), 3 + strlen(n));
        up_csv_release(&csv);
    }
}

static void bom_is_no_part_of_the_first_name(void **state)
{
    (void)state;
    up_csv csv = read_text("\xEF\xBB\xBFperiod,value\n2024,1\n");
    assert_true(csv.has_bom);
    assert_int_equal(up_csv_column(&csv, "period"), 0);
    assert_record(&csv, 0, 1, 3, 13);
    up_csv_release(&csv);
    csv = read_text("\xEF\xBB\xBF\"period\",value\n");
    assert_int_equal(up_csv_column(&csv, "period"), 0);
    up_csv_release(&csv);
}

static void blanks_around_a_field_are_kept(void **state)
{
    (void)state;
    up_csv csv = read_text(" a ,\tb\n  , x\n");
    assert_string_equal(up_csv_field(&csv, 0, 0), " a ");
    assert_string_equal(up_csv_field(&csv, 0, 1), "\tb");
    assert_string_equal(up_csv_field(&csv, 1, 0), "  ");
    assert_string_equal(up_csv_field(&csv, 1, 1), " x");
    up_csv_release(&csv);
}

static void empty_files_have_no_records(void **state)
{
    (void)state;
    const char *const texts[] = {"", "\n", "\r\n\r\n", "\xEF\xBB\xBF"};
    for (size_t i = 0; i < 4; i++) {
        up_csv csv = read_text(texts[i]);
        assert_int_equal(csv.count, 0);
        assert_true(csv.ends_with_newline);
        assert_string_equal(csv.newline, "\n");
        assert_int_equal(up_csv_column(&csv, "a"), SIZE_MAX);
        up_error err;
        assert_int_equal(up_csv_check_header(&csv, source, &err), UP_BAD_DATA);
        assert_string_equal(err.message,
                            "the file has no header (wanted a line of column names)");
        up_csv_release(&csv);
    }
}

static void quoted_empty_field_alone_is_a_record(void **state)
{
    (void)state;
    up_csv csv = read_text("a\n\"\"\n\n");
    assert_int_equal(csv.count, 2);
    assert_string_equal(up_csv_field(&csv, 1, 0), "");
    up_csv_release(&csv);
}

static void other_delimiters_are_read(void **state)
{
    (void)state;
    up_csv csv = {0};
    up_csv_options options = {.delimiter = ';'};
    assert_int_equal(up_csv_read(&csv, "a;b\n1,5;2\n", 10, source, &options, NULL, NULL),
                     UP_OK);
    assert_string_equal(up_csv_field(&csv, 1, 0), "1,5");
    up_csv_release(&csv);
}

/* Fields, records and bytes are the same however the input is cut. */
static void every_chunk_size_reads_the_same(void **state)
{
    (void)state;
    static const char text[] =
        "\xEF\xBB\xBF"
        "a,\"b\r\n\"\"x\"\"\",c\r\n\r\n\xE4\xB8\xAD,\"\",\r\r\n\"1\n\n2\",3,"
        "\"\n\"\n,,\n4,5,6";
    up_csv whole = read_text(text);
    assert_int_equal(whole.count, 5);
    for (size_t chunk = 1; chunk <= sizeof text; chunk++) {
        up_csv csv = {0};
        up_csv_options options = {.chunk = chunk};
        assert_int_equal(
            up_csv_read(&csv, text, sizeof text - 1, source, &options, NULL, NULL),
            UP_OK);
        assert_int_equal(csv.count, whole.count);
        for (size_t i = 0; i < csv.count; i++)
            assert_memory_equal(&csv.records[i], &whole.records[i],
                                sizeof csv.records[i]);
        assert_int_equal(csv.text.length, whole.text.length);
        assert_memory_equal(csv.text.data, whole.text.data, whole.text.length);
        up_csv_release(&csv);
    }
    up_csv_release(&whole);
}

/* The bytes of all records, with what stands between them, are the file. */
static void record_bytes_join_up_to_the_file(void **state)
{
    (void)state;
    const char text[] = "a,b\r\n\r\n1,\"\r\n\"\r\n2,3\r\n\r\n";
    up_csv csv = read_text(text);
    size_t end = 0;
    for (size_t i = 0; i < csv.count; i++) {
        for (; end < csv.records[i].first; end++)
            assert_true(text[end] == '\r' || text[end] == '\n');
        end += csv.records[i].length;
    }
    assert_string_equal(text + end, "\r\n");
    up_csv_release(&csv);
}

/* --- Refusals ---------------------------------------------------------------------- */

/* Compares each record shown with the one that was read whole. */
typedef struct shown {
    const up_csv *whole;
    size_t count, stop_at;
} shown;

static up_status compare_shown(void *context, const up_csv *csv, up_error *err)
{
    shown *s = context;
    size_t here = csv->count - 1; /* 0 for the header, else 1 */
    assert_int_equal(here, s->count > 0 ? 1 : 0);
    const up_csv_record *a = &csv->records[here], *b = &s->whole->records[s->count];
    assert_int_equal(a->line, b->line);
    assert_int_equal(a->first, b->first);
    assert_int_equal(a->length, b->length);
    assert_int_equal(a->fields, b->fields);
    for (size_t i = 0; i < a->fields; i++)
        assert_string_equal(up_csv_field(csv, here, i),
                            up_csv_field(s->whole, s->count, i));
    assert_int_equal(up_csv_column(csv, "b"), 1);
    if (++s->count == s->stop_at)
        return up_error_set(err, UP_TOO_LITTLE_DATA, "enough");
    return UP_OK;
}

static void records_are_shown_one_by_one_as_they_are_read(void **state)
{
    (void)state;
    static const char text[] =
        "\xEF\xBB\xBF\"a\",b\r\n\r\n1,\"x\r\ny\"\r\n,\r\n\r\n\"\"\"2\",long text\r\n3,4";
    for (size_t chunk = 0; chunk < 4; chunk++) {
        up_csv whole = read_text(text), csv = {0};
        up_csv_options options = {.chunk = chunk};
        shown s = {.whole = &whole};
        assert_int_equal(up_csv_each(&csv, text, strlen(text), source, &options,
                                     compare_shown, &s, NULL, NULL),
                         UP_OK);
        assert_int_equal(s.count, 5);
        assert_int_equal(csv.count, 1);
        assert_string_equal(up_csv_field(&csv, 0, 0), "a");
        assert_string_equal(csv.newline, "\r\n");
        assert_true(csv.has_bom);
        assert_false(csv.ends_with_newline);
        up_csv_release(&csv);

        up_error err = {0};
        s = (shown){.whole = &whole, .stop_at = 3};
        assert_int_equal(up_csv_each(&csv, text, strlen(text), source, &options,
                                     compare_shown, &s, NULL, &err),
                         UP_TOO_LITTLE_DATA);
        assert_string_equal(err.message, "enough");
        assert_int_equal(s.count, 3);
        assert_null(csv.records);
        up_csv_release(&whole);
    }
}

static void nothing_is_shown_after_a_bad_record_but_all_are_told(void **state)
{
    (void)state;
    static const char text[] = "a,b\n1,2\n3\n4,5\n6,7,8\n";
    up_csv whole = {0}, csv = {0};
    up_csv_options options = {.ragged = true};
    assert_int_equal(
        up_csv_read(&whole, text, strlen(text), source, &options, NULL, NULL), UP_OK);
    shown s = {.whole = &whole};
    up_remarks remarks = {0};
    up_error err = {0};
    assert_int_equal(up_csv_each(&csv, text, strlen(text), source, NULL, compare_shown,
                                 &s, &remarks, &err),
                     UP_BAD_DATA);
    assert_string_equal(err.message, "1 field, but the header has 2");
    assert_int_equal(err.line, 3);
    assert_int_equal(s.count, 2);
    assert_int_equal(remarks.count, 2);
    up_remarks_release(&remarks);
    up_csv_release(&whole);
}

static void unclosed_quote_is_refused_where_it_opened(void **state)
{
    (void)state;
    assert_refused("a,b\n1,\"x\n2,y\n", 2, "a quote opened in this line is never closed");
    assert_refused("a,b\n1,\"x", 2, "a quote opened in this line is never closed");
    /* a field over two lines ends in the third, where the open one begins */
    assert_refused("a,b\n\"1\n2\",\"x\n\n", 3,
                   "a quote opened in this line is never closed");
}

static void text_after_a_closing_quote_is_refused(void **state)
{
    (void)state;
    assert_refused("a,b\n1,\"x\"y\n", 2,
                   "text after a closing quote at column 6 (wanted a delimiter, or "
                   "quotes in the field doubled)");
    assert_refused("a,b\n1,\"\xC3\xA9\" \n", 2,
                   "text after a closing quote at column 6 (wanted a delimiter, or "
                   "quotes in the field doubled)");
    /* most often the quote of an earlier line was never closed */
    assert_refused("a,b\n1,\"x\n2,y\n3,\"z\"\n", 4,
                   "text after a closing quote at column 4; the quote was opened in line "
                   "2 (wanted a delimiter, or quotes in the field doubled)");
}

static void quote_inside_an_unquoted_field_is_refused(void **state)
{
    (void)state;
    assert_refused("a,b\n1,5\" disk\n", 2,
                   "a quote inside an unquoted field at column 4 (wanted the whole field "
                   "in quotes, and quotes in it doubled)");
    up_csv csv = {0};
    up_csv_options options = {.loose_quotes = true};
    assert_int_equal(
        up_csv_read(&csv, "a,b\n1,5\" disk\n", 14, source, &options, NULL, NULL), UP_OK);
    assert_string_equal(up_csv_field(&csv, 1, 1), "5\" disk");
    up_csv_release(&csv);
    up_error err;
    assert_int_equal(up_csv_read(&csv, "a\n\"b\n", 5, source, &options, NULL, &err),
                     UP_BAD_DATA);
    assert_string_equal(err.message, "a quote opened in this line is never closed");
}

static void bytes_that_are_no_text_are_refused(void **state)
{
    (void)state;
    assert_refused("a,b\n\xC3\xA9x,\xE9t\xE9\n", 2,
                   "byte 0xE9 at column 4 is not UTF-8 (save the file as UTF-8)");
    assert_refused("\xEF\xBB\xBF"
                   "a\xED\xA0\x80\n",
                   1, /* a surrogate */
                   "byte 0xED at column 2 is not UTF-8 (save the file as UTF-8)");
    assert_refused("a\n\xC0\xAF\n", 2, /* an overlong slash */
                   "byte 0xC0 at column 1 is not UTF-8 (save the file as UTF-8)");
    assert_refused("a\nb\xE4\xB8", 2, /* cut off at the end */
                   "byte 0xE4 at column 2 is not UTF-8 (save the file as UTF-8)");
    assert_refused_bytes("a\r\rb\0c\n", 7, 3,
                         "a NUL byte at column 2 (wanted text in UTF-8)");
    assert_refused_bytes("\xFF\xFE"
                         "a\0\n\0",
                         6, 1, "the file is UTF-16 (save it as UTF-8)");
}

static void every_line_with_a_bad_byte_is_told(void **state)
{
    (void)state;
    up_csv csv = {0};
    up_remarks remarks = {0};
    up_error err;
    assert_int_equal(
        up_csv_read(&csv, "a\n\xFF\xFF\r\n\nb\n\xFE", 10, source, NULL, &remarks, &err),
        UP_BAD_DATA);
    assert_int_equal(err.line, 2);
    assert_int_equal(remarks.count, 2);
    assert_int_equal(remarks.items[0].line, 2);
    assert_int_equal(remarks.items[1].line, 5);
    assert_string_equal(remarks.items[1].message,
                        "byte 0xFE at column 1 is not UTF-8 (save the file as UTF-8)");
    up_remarks_release(&remarks);
}

static void every_record_of_another_width_is_told(void **state)
{
    (void)state;
    up_csv csv = {0};
    up_remarks remarks = {0};
    up_error err;
    const char text[] = "a,b,c\n1,2\n1,2,3\n\"\n\"\n1,2,3,4\n";
    assert_int_equal(
        up_csv_read(&csv, text, sizeof text - 1, source, NULL, &remarks, &err),
        UP_BAD_DATA);
    assert_int_equal(err.line, 2);
    assert_string_equal(err.message, "2 fields, but the header has 3");
    assert_int_equal(remarks.count, 3);
    assert_int_equal(remarks.items[1].line, 4);
    assert_string_equal(remarks.items[1].message, "1 field, but the header has 3");
    assert_int_equal(remarks.items[2].line, 6);
    assert_string_equal(remarks.items[2].message, "4 fields, but the header has 3");
    up_remarks_release(&remarks);

    up_csv_options options = {.ragged = true};
    assert_int_equal(
        up_csv_read(&csv, text, sizeof text - 1, source, &options, NULL, NULL), UP_OK);
    assert_int_equal(csv.count, 5);
    assert_int_equal(csv.records[4].fields, 4);
    up_csv_release(&csv);
}

static void header_needs_a_name_for_each_column_once(void **state)
{
    (void)state;
    up_error err;
    up_csv csv = read_text("\nperiod,,value\n");
    assert_int_equal(up_csv_check_header(&csv, source, &err), UP_BAD_DATA);
    assert_int_equal(err.line, 2);
    assert_string_equal(err.message, "column 2 has no name in the header");
    up_csv_release(&csv);
    csv = read_text("period,value,note,value\n");
    assert_int_equal(up_csv_check_header(&csv, source, &err), UP_BAD_DATA);
    assert_string_equal(err.message, "columns 2 and 4 are both named 'value'");
    up_csv_release(&csv);
    csv = read_text("period,value\n");
    assert_int_equal(up_csv_check_header(&csv, source, &err), UP_OK);
    up_csv_release(&csv);
}

/* --- Files of other projects ---------------------------------------------------------- */

static void json_text(up_buffer *out, const char *text)
{
    up_buffer_add_char(out, '"');
    for (; *text != '\0'; text++) {
        if (*text == '\r' || *text == '\n')
            up_buffer_add(out, *text == '\r' ? "\\r" : "\\n");
        else {
            if (*text == '"' || *text == '\\')
                up_buffer_add_char(out, '\\');
            up_buffer_add_char(out, *text);
        }
    }
    up_buffer_add_char(out, '"');
}

static void assert_as_expected(const up_csv *csv, char *const expected[])
{
    up_buffer text = {0};
    up_buffer_addf(&text, "%zu", csv->count);
    assert_string_equal(up_buffer_text(&text), expected[5]);
    if (csv->count == 0)
        goto done;
    size_t least = SIZE_MAX, most = 0;
    for (size_t i = 0; i < csv->count; i++) {
        size_t fields = csv->records[i].fields;
        least = fields < least ? fields : least;
        most = fields > most ? fields : most;
    }
    up_buffer_clear(&text);
    up_buffer_addf(&text, least == most ? "%zu" : "%zu-%zu", least, most);
    assert_string_equal(up_buffer_text(&text), expected[6]);
    up_buffer_clear(&text);
    for (size_t i = 0; i < csv->records[csv->count - 1].fields; i++) {
        up_buffer_add(&text, i == 0 ? "[" : ", ");
        json_text(&text, up_csv_field(csv, csv->count - 1, i));
    }
    up_buffer_add_char(&text, ']');
    assert_string_equal(up_buffer_text(&text), expected[7]);
done:
    up_buffer_release(&text);
}

/* Columns of EXPECTED.tsv: file, encoding, delimiter, newlines, records, records_not_blank,
 * fields, last record, note. */
static void check_torture_file(const char *folder, char *const expected[])
{
    char *text = scratch_read(folder, expected[0]);
    if (text == NULL)
        fail_msg("%s is missing", expected[0]);
    char path[SCRATCH_PATH];
    struct stat st;
    scratch_path(path, folder, expected[0]);
    assert_int_equal(stat(path, &st), 0);
    up_csv csv = {0};
    up_csv_options options = {.ragged = true, .loose_quotes = true};
    if (strcmp(expected[2], "semicolon") == 0)
        options.delimiter = ';';
    up_error err = {0};
    up_status status =
        up_csv_read(&csv, text, (size_t)st.st_size, expected[0], &options, NULL, &err);
    if (strncmp(expected[1], "UTF-8", 5) != 0)
        assert_int_equal(status, UP_BAD_DATA);
    else if (status != UP_OK)
        fail_msg("%s:%zu: %s", err.source, err.line, err.message);
    else
        assert_as_expected(&csv, expected);
    up_csv_release(&csv);
    free(text);
}

static void torture_files_are_read_as_two_libraries_do(void **state)
{
    (void)state;
    const char folder[] = UPTICK_SOURCE_DIR "/tests/data/torture";
    char *table = scratch_read(folder, "EXPECTED.tsv");
    assert_non_null(table);
    size_t checked = 0;
    char *line = strchr(table, '\n') + 1, *next;
    for (; *line != '\0'; line = next) {
        char *expected[9] = {line};
        next = strchr(line, '\n');
        assert_non_null(next);
        *next++ = '\0';
        for (size_t i = 1; i < 9; i++) {
            char *tab = strchr(expected[i - 1], '\t');
            assert_non_null(tab);
            *tab = '\0';
            expected[i] = tab + 1;
        }
        check_torture_file(folder, expected);
        checked++;
    }
    assert_int_equal(checked, 42);
    free(table);
}

/* --- Writing ----------------------------------------------------------------------- */

static void fields_are_quoted_only_where_they_must_be(void **state)
{
    (void)state;
    const char *const cases[][2] = {{"", ""},
                                    {"plain text", "plain text"},
                                    {"a;b", "a;b"},
                                    {"a,b", "\"a,b\""},
                                    {"say \"hi\"", "\"say \"\"hi\"\"\""},
                                    {"\"", "\"\"\"\""},
                                    {"a\nb", "\"a\nb\""},
                                    {"a\rb", "\"a\rb\""},
                                    {" a", "\" a\""},
                                    {"a\t", "\"a\t\""},
                                    {"10万亿", "10万亿"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        up_buffer out = {0};
        up_csv_write_field(&out, cases[i][0], ',');
        assert_string_equal(up_buffer_text(&out), cases[i][1]);
        up_buffer_release(&out);
    }
}

static void what_breaks_a_field_is_found_wherever_it_stands(void **state)
{
    (void)state;
    static const char breaks[] = {',', '"', '\n', '\r'};
    for (size_t b = 0; b < sizeof breaks; b++)
        for (size_t length = 1; length < 20; length++)
            for (size_t at = 0; at < length; at++) {
                char text[32] = "";
                up_buffer out = {0};
                memset(text, 'a' + (int)at, length);
                up_csv_write_field(&out, text, ',');
                assert_string_equal(up_buffer_text(&out), text);
                up_buffer_clear(&out);
                text[at] = breaks[b];
                up_csv_write_field(&out, text, ',');
                assert_int_equal(out.data[0], '"');
                assert_int_equal(out.length, length + 2 + (breaks[b] == '"'));
                up_buffer_release(&out);
            }
    up_buffer out = {0}; /* bytes of UTF-8 that differ from these in the top bit alone */
    up_csv_write_field(&out, "\xE2\xAC\xA2\xE2\xAC\xA2\xE2\x8D\x8A", ',');
    assert_int_equal(out.length, 9);
    up_buffer_release(&out);
}

static void records_are_written_so_that_they_read_back(void **state)
{
    (void)state;
    const char *const rows[][3] = {
        {"a", "b;c", "d,e"}, {"", "", ""}, {"\"", " x ", "\r\n"}};
    const char delimiters[] = {',', ';', '\t'};
    for (size_t d = 0; d < 3; d++) {
        up_buffer out = {0};
        for (size_t i = 0; i < 3; i++)
            up_csv_write_record(&out, rows[i], 3, delimiters[d], "\r\n");
        up_csv csv = {0};
        up_csv_options options = {.delimiter = delimiters[d]};
        assert_int_equal(
            up_csv_read(&csv, out.data, out.length, source, &options, NULL, NULL), UP_OK);
        assert_int_equal(csv.count, 3);
        for (size_t i = 0; i < 3; i++)
            for (size_t j = 0; j < 3; j++)
                assert_string_equal(up_csv_field(&csv, i, j), rows[i][j]);
        up_csv_release(&csv);
        up_buffer_release(&out);
    }
    up_buffer out = {0};
    const char *const empty[] = {""};
    up_csv_write_record(&out, empty, 1, ',', "\n");
    assert_string_equal(up_buffer_text(&out), "\"\"\n");
    up_buffer_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_know_their_lines_and_bytes),
        cmocka_unit_test(newlines_of_every_kind_are_told),
        cmocka_unit_test(bom_is_no_part_of_the_first_name),
        cmocka_unit_test(blanks_around_a_field_are_kept),
        cmocka_unit_test(empty_files_have_no_records),
        cmocka_unit_test(quoted_empty_field_alone_is_a_record),
        cmocka_unit_test(other_delimiters_are_read),
        cmocka_unit_test(every_chunk_size_reads_the_same),
        cmocka_unit_test(record_bytes_join_up_to_the_file),
        cmocka_unit_test(records_are_shown_one_by_one_as_they_are_read),
        cmocka_unit_test(nothing_is_shown_after_a_bad_record_but_all_are_told),
        cmocka_unit_test(unclosed_quote_is_refused_where_it_opened),
        cmocka_unit_test(text_after_a_closing_quote_is_refused),
        cmocka_unit_test(quote_inside_an_unquoted_field_is_refused),
        cmocka_unit_test(bytes_that_are_no_text_are_refused),
        cmocka_unit_test(every_line_with_a_bad_byte_is_told),
        cmocka_unit_test(every_record_of_another_width_is_told),
        cmocka_unit_test(header_needs_a_name_for_each_column_once),
        cmocka_unit_test(torture_files_are_read_as_two_libraries_do),
        cmocka_unit_test(fields_are_quoted_only_where_they_must_be),
        cmocka_unit_test(what_breaks_a_field_is_found_wherever_it_stands),
        cmocka_unit_test(records_are_written_so_that_they_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
