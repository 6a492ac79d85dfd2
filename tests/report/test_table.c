#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <jansson.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "uptick/table.h"

#define S "\xc2\xa0"

enum { SERIES, PERIOD, VALUE, GROWTH, NOTE };

static const up_table_column columns[] = {
    {"series", "Series", 0},
    {"period", "Period", 0},
    {"value", "Value", 0},
    {"growth", "Growth", UP_COLUMN_RIGHT},
    {"note", "Note", UP_COLUMN_WRAP},
};

static up_decimal decimal(const char *text)
{
    up_decimal value = {0};
    up_error err = {0};
    assert_int_equal(up_decimal_parse(text, &value, &err), UP_OK);
    return value;
}

static void init(up_table *table)
{
    up_error err = {0};
    assert_int_equal(up_table_init(table, "growth", columns, 5, &err), UP_OK);
    up_table_row(table);
    up_table_text(table, SERIES, "ai-users/China");
    up_table_text_as(table, PERIOD, "2024-12-31", "end of 2024");
    up_table_decimal(table, VALUE, decimal("249000000"), "249" S "M");
    up_table_row(table);
    up_table_text(table, SERIES, "人工智能用户");
    up_table_text_as(table, PERIOD, "2025-05", "by May 2025");
    up_table_decimal(table, VALUE, decimal("570000000"), "570" S "M");
    up_table_double(table, GROWTH, 0.1, "+10" S "%");
    up_table_text(table, NOTE, "says \"a, b\"");
}

static void expect(const up_table *table, up_format format,
                   const up_table_options *options, const char *expected)
{
    up_buffer text = {0};
    up_error err = {0};
    assert_int_equal(up_table_write(table, format, options, &text, &err), UP_OK);
    assert_string_equal(up_buffer_text(&text), expected);
    up_buffer_release(&text);
}

static void csv_holds_exact_faces_and_no_notes(void **state)
{
    (void)state;
    up_table table = {0};
    init(&table);
    up_table_note(&table, "a footnote");
    expect(&table, UP_FORMAT_CSV, NULL,
           "series,period,value,growth,note\n"
           "ai-users/China,2024-12-31,249000000,,\n"
           "人工智能用户,2025-05,570000000,0.1,\"says \"\"a, b\"\"\"\n");
    up_table_release(&table);
}

static void csv_without_headers_starts_with_the_first_row(void **state)
{
    (void)state;
    up_table table = {0};
    init(&table);
    expect(&table, UP_FORMAT_CSV, &(up_table_options){.no_headers = true},
           "ai-users/China,2024-12-31,249000000,,\n"
           "人工智能用户,2025-05,570000000,0.1,\"says \"\"a, b\"\"\"\n");
    up_table_release(&table);
}

static void tsv_is_separated_by_tabs(void **state)
{
    (void)state;
    up_table table = {0};
    init(&table);
    expect(&table, UP_FORMAT_TSV, NULL,
           "series\tperiod\tvalue\tgrowth\tnote\n"
           "ai-users/China\t2024-12-31\t249000000\t\t\n"
           "人工智能用户\t2025-05\t570000000\t0.1\t\"says \"\"a, b\"\"\"\n");
    up_table_release(&table);
}

static void json_has_numbers_exact_decimals_as_strings_and_nulls(void **state)
{
    (void)state;
    up_table table = {0};
    init(&table);
    up_table_note(&table, "a footnote");
    up_table_note(&table, "a footnote");
    expect(&table, UP_FORMAT_JSON, NULL,
           "{\n"
           "  \"schema_version\": 1,\n"
           "  \"name\": \"growth\",\n"
           "  \"columns\": [\"series\", \"period\", \"value\", \"growth\", \"note\"],\n"
           "  \"rows\": [\n"
           "    {\"series\": \"ai-users/China\", \"period\": \"2024-12-31\", "
           "\"value\": \"249000000\", \"growth\": null, \"note\": null},\n"
           "    {\"series\": \"人工智能用户\", \"period\": \"2025-05\", "
           "\"value\": \"570000000\", \"growth\": 0.1, "
           "\"note\": \"says \\\"a, b\\\"\"}\n"
           "  ],\n"
           "  \"notes\": [\n    \"a footnote\"\n  ]\n}\n");
    up_table_release(&table);
}

static void json_of_an_empty_table_is_still_json(void **state)
{
    (void)state;
    up_table table = {0};
    up_error err = {0};
    up_buffer text = {0};
    assert_int_equal(up_table_init(&table, "list", columns, 5, &err), UP_OK);
    assert_int_equal(up_table_write(&table, UP_FORMAT_JSON, NULL, &text, &err), UP_OK);
    json_t *root = json_loads(up_buffer_text(&text), 0, NULL);
    assert_non_null(root);
    assert_int_equal(json_array_size(json_object_get(root, "columns")), 5);
    assert_int_equal(json_array_size(json_object_get(root, "rows")), 0);
    assert_int_equal(json_array_size(json_object_get(root, "notes")), 0);
    json_decref(root);
    up_buffer_release(&text);
    up_table_release(&table);
}

static void json_numbers_read_back_as_the_same_double(void **state)
{
    (void)state;
    static const double values[] = {0.1,    1.0 / 3, 1e-9, 1e15, -2.5e300,
                                    5e-324, 123456,  -0.0, 1e21};
    static const up_table_column one[] = {{"x", NULL, 0}};
    up_error err = {0};
    up_buffer text = {0};
    up_table table = {0};
    assert_int_equal(up_table_init(&table, "t", one, 1, &err), UP_OK);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        up_table_row(&table);
        up_table_double(&table, 0, values[i], NULL);
    }
    assert_int_equal(up_table_write(&table, UP_FORMAT_JSON, NULL, &text, &err), UP_OK);
    json_t *root = json_loads(up_buffer_text(&text), 0, NULL);
    assert_non_null(root);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        json_t *row = json_array_get(json_object_get(root, "rows"), i);
        assert_true(json_number_value(json_object_get(row, "x")) == values[i]);
    }
    json_decref(root);
    up_buffer_release(&text);
    up_table_release(&table);
}

static void json_refuses_text_that_is_not_utf8_and_writes_nothing(void **state)
{
    (void)state;
    up_table table = {0};
    up_error err = {0};
    up_buffer text = {0};
    init(&table);
    up_table_text(&table, NOTE, "a\xff");
    up_buffer_add(&text, "before");
    assert_int_equal(up_table_write(&table, UP_FORMAT_JSON, NULL, &text, &err),
                     UP_BAD_DATA);
    assert_string_equal(err.message, "note is not UTF-8 text: 'a\xff'");
    assert_string_equal(up_buffer_text(&text), "before");
    up_buffer_release(&text);
    up_table_release(&table);
}

static void terminal_aligns_wide_text_and_numbers_without_trailing_blanks(void **state)
{
    (void)state;
    up_table table = {0};
    init(&table);
    up_table_set_title(&table, "Growth");
    up_table_note(&table, "derived from a claim");
    expect(&table, UP_FORMAT_TERMINAL, NULL,
           "Growth\n"
           "Series          Period       Value  Growth  Note\n"
           "ai-users/China  end of 2024  249" S "M\n"
           "人工智能用户    by May 2025  570" S "M   +10" S "%  says \"a, b\"\n"
           "\n"
           "derived from a claim\n");
    up_table_release(&table);
}

static void terminal_ignores_the_locale_of_the_host(void **state)
{
    (void)state;
    up_table table = {0};
    init(&table);
    up_buffer a = {0}, b = {0};
    up_error err = {0};
    assert_non_null(setlocale(LC_ALL, "C"));
    assert_int_equal(up_table_write(&table, UP_FORMAT_TERMINAL, NULL, &a, &err), UP_OK);
    setlocale(LC_ALL, "C.UTF-8");
    assert_int_equal(up_table_write(&table, UP_FORMAT_TERMINAL, NULL, &b, &err), UP_OK);
    setlocale(LC_ALL, "C");
    assert_non_null(strstr(up_buffer_text(&a), "人工智能用户"));
    assert_string_equal(up_buffer_text(&a), up_buffer_text(&b));
    up_buffer_release(&a);
    up_buffer_release(&b);
    up_table_release(&table);
}

static void terminal_shows_control_characters_instead_of_obeying_them(void **state)
{
    (void)state;
    static const up_table_column one[] = {{"x", NULL, UP_COLUMN_WRAP}};
    up_table table = {0};
    up_error err = {0};
    up_buffer text = {0};
    assert_int_equal(up_table_init(&table, "t", one, 1, &err), UP_OK);
    up_table_set_title(&table, "t\033]0;owned\a");
    up_table_row(&table);
    up_table_text(&table, 0, "red \033[31m line\nfeed");
    up_table_note(&table, "note \x9b"
                          "31m \r");
    assert_int_equal(up_table_write(&table, UP_FORMAT_TERMINAL, NULL, &text, &err),
                     UP_OK);
    assert_null(strpbrk(up_buffer_text(&text), "\033\a\r\x9b"));
    assert_non_null(strstr(up_buffer_text(&text), "red \\x1B[31m line\\x0Afeed"));
    up_buffer_release(&text);
    up_table_release(&table);
}

static void terminal_wraps_only_the_columns_that_may_wrap(void **state)
{
    (void)state;
    static const up_table_column two[] = {{"key", "Key", 0},
                                          {"note", "Note", UP_COLUMN_WRAP}};
    up_table table = {0};
    up_error err = {0};
    assert_int_equal(up_table_init(&table, "t", two, 2, &err), UP_OK);
    up_table_row(&table);
    up_table_text(&table, 0, "a-long-key");
    up_table_text(&table, 1, "one two three four five six");
    up_table_row(&table);
    up_table_text(&table, 0, "b");
    up_table_text(&table, 1, "七个汉字在这里换行");
    up_table_note(&table, "a note that is longer than the table is wide");
    /* width 28: 10 for the key, 2 between, 16 for the note */
    expect(&table, UP_FORMAT_TERMINAL, &(up_table_options){.width = 28},
           "Key         Note\n"
           "a-long-key  one two three\n"
           "            four five six\n"
           "b           七个汉字在这里换\n"
           "            行\n"
           "\n"
           "a note that is longer than\n"
           "the table is wide\n");
    up_table_release(&table);
}

static void terminal_uses_escapes_only_with_color(void **state)
{
    (void)state;
    static const up_table_column one[] = {{"x", NULL, 0}};
    up_table table = {0};
    up_error err = {0};
    assert_int_equal(up_table_init(&table, "t", one, 1, &err), UP_OK);
    up_table_set_title(&table, "Title");
    up_table_row(&table);
    up_table_text(&table, 0, "y");
    up_table_note(&table, "note");
    expect(&table, UP_FORMAT_TERMINAL, &(up_table_options){.color = true},
           "\033[1mTitle\033[0m\n\033[4mx\033[0m\ny\n\n\033[2mnote\033[0m\n");
    expect(&table, UP_FORMAT_TERMINAL, NULL, "Title\nx\ny\n\nnote\n");
    up_table_release(&table);
}

static void columns_for_people_and_for_machines_stay_apart(void **state)
{
    (void)state;
    static const up_table_column three[] = {
        {"id", NULL, UP_COLUMN_MACHINE}, {"x", NULL, 0}, {"bar", NULL, UP_COLUMN_HUMAN}};
    up_table table = {0};
    up_error err = {0};
    assert_int_equal(up_table_init(&table, "t", three, 3, &err), UP_OK);
    up_table_row(&table);
    up_table_text(&table, 0, "17");
    up_table_text(&table, 1, "a");
    up_table_text(&table, 2, "***");
    expect(&table, UP_FORMAT_CSV, NULL, "id,x\n17,a\n");
    expect(&table, UP_FORMAT_TERMINAL, NULL, "x  bar\na  ***\n");
    up_table_release(&table);
}

static void a_number_that_is_not_finite_fails_the_table(void **state)
{
    (void)state;
    up_table table = {0};
    up_error err = {0};
    up_buffer text = {0};
    init(&table);
    up_table_double(&table, GROWTH, INFINITY, NULL);
    up_table_row(&table);
    assert_int_equal(up_table_write(&table, UP_FORMAT_CSV, NULL, &text, &err),
                     UP_BAD_DATA);
    assert_string_equal(err.message,
                        "column 'growth', row 2: the result is not a finite number");
    assert_string_equal(up_buffer_text(&text), "");
    up_table_release(&table);
}

static void formats_are_known_by_name_and_by_extension(void **state)
{
    (void)state;
    up_format format = UP_FORMAT_NONE;
    up_error err = {0};
    assert_int_equal(up_format_parse("tsv", &format, &err), UP_OK);
    assert_int_equal(format, UP_FORMAT_TSV);
    assert_int_equal(up_format_parse("text", &format, &err), UP_OK);
    assert_int_equal(format, UP_FORMAT_TERMINAL);
    assert_int_equal(up_format_parse("cvs", &format, &err), UP_USAGE);
    assert_string_equal(
        err.message, "'cvs' is not a format (text, csv, tsv, json or markdown expected)");
    assert_int_equal(up_format_of_path("out.d/a.CSV"), UP_FORMAT_CSV);
    assert_int_equal(up_format_of_path("a.json"), UP_FORMAT_JSON);
    assert_int_equal(up_format_of_path("a.png"), UP_FORMAT_NONE);
    assert_int_equal(up_format_of_path("a.csv/b"), UP_FORMAT_NONE);
    assert_int_equal(up_format_of_path(".csv"), UP_FORMAT_NONE);
}

static void terminal_breaks_headers_and_aligns_every_line(void **state)
{
    (void)state;
    static const up_table_column two[] = {
        {"a", "Time between", UP_COLUMN_WRAP | UP_COLUMN_RIGHT}, {"b", "Note", 0}};
    up_table table = {0};
    up_error err = {0};
    assert_int_equal(up_table_init(&table, "t", two, 2, &err), UP_OK);
    up_table_row(&table);
    up_table_text(&table, 0, "136 days (121 to 151)");
    up_table_text(&table, 1, "x");
    expect(&table, UP_FORMAT_TERMINAL, &(up_table_options){.width = 14},
           "    Time  Note\n"
           " between\n"
           "136 days  x\n"
           " (121 to\n"
           "    151)\n");
    up_table_release(&table);
}

static void markdown_is_a_table_whatever_the_texts_hold(void **state)
{
    (void)state;
    static const up_table_column three[] = {{"key", "Key", 0},
                                            {"n", "A | B", UP_COLUMN_RIGHT},
                                            {"hidden", NULL, UP_COLUMN_MACHINE}};
    up_table table = {0};
    up_error err = {0};
    assert_int_equal(up_table_init(&table, "t", three, 3, &err), UP_OK);
    up_table_set_title(&table, "R&D");
    up_table_row(&table);
    up_table_text(&table, 0, "<b>a|b</b> *c* \\");
    up_table_double(&table, 1, 2.5, "2.50×");
    up_table_row(&table);
    up_table_text(&table, 0, "x_y");
    up_table_note(&table, "one");
    up_table_note(&table, "two [1]");
    expect(&table, UP_FORMAT_MARKDOWN, NULL,
           "**R&amp;D**\n"
           "\n"
           "| Key | A \\| B |\n"
           "| --- | ---: |\n"
           "| &lt;b&gt;a\\|b&lt;/b&gt; \\*c\\* \\\\ | 2.50× |\n"
           "| x\\_y |  |\n"
           "\n"
           "one  \n"
           "two \\[1\\]\n");
    up_table_release(&table);
}

static void rows_that_become_lines_read_as_those_that_are_kept(void **state)
{
    (void)state;
    static const up_format formats[] = {UP_FORMAT_CSV, UP_FORMAT_TSV, UP_FORMAT_JSON};
    for (size_t i = 0; i < 3; i++) {
        up_table kept = {0}, streamed = {0};
        up_buffer text = {0};
        init(&kept);
        up_table_stream(&streamed, formats[i]);
        init(&streamed);
        assert_int_equal(up_table_write(&kept, formats[i], NULL, &text, NULL), UP_OK);
        assert_int_equal(streamed.rows, 2);
        expect(&streamed, formats[i], NULL, up_buffer_text(&text));
        up_buffer_release(&text);
        up_table_release(&kept);
        up_table_release(&streamed);
    }
}

/* A word is a text: JSON quotes it like any, kept or as a line. */
static void a_word_reads_as_the_text_it_is(void **state)
{
    (void)state;
    static const up_table_column one[] = {{"period", NULL, 0}};
    for (int streamed = 0; streamed < 2; streamed++) {
        up_table table = {0};
        up_buffer json = {0}, csv = {0};
        if (streamed)
            up_table_stream(&table, UP_FORMAT_JSON);
        assert_int_equal(up_table_init(&table, "n", one, 1, NULL), UP_OK);
        up_table_row(&table);
        up_table_word(&table, 0, "2024-Q4,2025", 7);
        assert_int_equal(up_table_write(&table, UP_FORMAT_JSON, NULL, &json, NULL),
                         UP_OK);
        assert_non_null(strstr(up_buffer_text(&json), "{\"period\": \"2024-Q4\"}"));
        up_buffer_release(&json);
        if (!streamed) {
            assert_int_equal(up_table_write(&table, UP_FORMAT_CSV, NULL, &csv, NULL),
                             UP_OK);
            assert_string_equal(up_buffer_text(&csv), "period\n2024-Q4\n");
        }
        up_buffer_release(&csv);
        up_table_release(&table);
    }
}

/* Texts of numbers are kept for a while: none may stand for another. */
static void numbers_that_come_again_read_the_same(void **state)
{
    (void)state;
    static const double numbers[] = {0.5, 1, 0.5, 2, 3, 4, 5, 0.5, 1, 1.0000000000000002};
    static const up_table_column one[] = {{"x", NULL, 0}};
    up_table table = {0};
    assert_int_equal(up_table_init(&table, "n", one, 1, NULL), UP_OK);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        up_table_row(&table);
        up_table_double(&table, 0, numbers[i], NULL);
    }
    expect(&table, UP_FORMAT_CSV, NULL,
           "x\n0.5\n1\n0.5\n2\n3\n4\n5\n0.5\n1\n1.0000000000000002\n");
    up_table_release(&table);
}

static void lines_are_there_before_the_table_is_written(void **state)
{
    (void)state;
    static const up_table_column two[] = {{"a", NULL, 0}, {"b", NULL, 0}};
    up_table part = {0};
    up_table_stream(&part, UP_FORMAT_CSV);
    assert_int_equal(up_table_init(&part, "t", two, 2, NULL), UP_OK);
    assert_string_equal(up_buffer_text(up_table_lines(&part)), "");
    up_table_row(&part);
    up_table_text(&part, 1, "y,z"); /* cells in any order */
    up_table_text(&part, 0, "1");
    up_table_row(&part);
    assert_string_equal(up_buffer_text(up_table_lines(&part)), "1,\"y,z\"\n,\n");
    assert_string_equal(up_buffer_text(up_table_lines(&part)), "1,\"y,z\"\n,\n");
    up_table_release(&part);
}

typedef struct drained {
    up_buffer text;
    size_t pieces, longest, room; /* room: bytes before it is full */
} drained;

static up_status take_piece(void *context, const char *bytes, size_t length,
                            up_error *err)
{
    drained *d = context;
    if (d->text.length + length > d->room)
        return up_error_set(err, UP_SYSTEM, "no space left");
    up_buffer_add_bytes(&d->text, bytes, length);
    d->pieces++;
    d->longest = length > d->longest ? length : d->longest;
    return UP_OK;
}

static void fill_many(up_table *table, size_t rows)
{
    static const up_table_column two[] = {{"a", NULL, 0}, {"b", NULL, 0}};
    assert_int_equal(up_table_init(table, "t", two, 2, NULL), UP_OK);
    for (size_t i = 0; i < rows; i++) {
        up_table_row(table);
        up_table_text(table, 0, "an entity, of some length");
        up_table_double(table, 1, (double)i / 8, NULL);
    }
    up_table_note(table, "a note");
}

/* All its pieces together are the table that would have been kept, and none is large. */
static void a_long_table_is_drained(void **state)
{
    (void)state;
    static const up_format formats[] = {UP_FORMAT_CSV, UP_FORMAT_TSV, UP_FORMAT_JSON};
    for (size_t i = 0; i < 3; i++) {
        up_table kept = {0}, all = {0};
        up_buffer wanted = {0}, rest = {0};
        drained d = {.room = SIZE_MAX};
        fill_many(&kept, 40000);
        up_table_stream(&all, formats[i]);
        up_table_drain(&all, (up_sink){take_piece, &d});
        fill_many(&all, 40000);
        assert_int_equal(up_table_write(&kept, formats[i], NULL, &wanted, NULL), UP_OK);
        assert_int_equal(up_table_write(&all, formats[i], NULL, &rest, NULL), UP_OK);
        assert_true(d.pieces > 2 && d.longest < 300000 && rest.length < 300000);
        up_buffer_add_bytes(&d.text, up_buffer_text(&rest), rest.length);
        assert_true(strcmp(up_buffer_text(&d.text), up_buffer_text(&wanted)) == 0);
        up_table_release(&all);
        up_table_release(&kept);
        up_buffer_release(&d.text);
        up_buffer_release(&rest);
        up_buffer_release(&wanted);
    }
    drained full = {.room = 300000};
    up_table all = {0};
    up_buffer rest = {0};
    up_error err = {0};
    up_table_stream(&all, UP_FORMAT_CSV);
    up_table_drain(&all, (up_sink){take_piece, &full});
    fill_many(&all, 40000);
    assert_int_equal(up_table_write(&all, UP_FORMAT_CSV, NULL, &rest, &err), UP_SYSTEM);
    assert_string_equal(err.message, "no space left");
    up_table_release(&all);
    up_buffer_release(&full.text);
    up_buffer_release(&rest);
}

/* What was passed on and what is written in the end are the table that would have been kept. */
static void rows_that_are_passed_on_are_those_of_one_table(void **state)
{
    (void)state;
    static const up_table_column two[] = {{"a", NULL, 0}, {"b", NULL, 0}};
    static const up_format formats[] = {UP_FORMAT_CSV, UP_FORMAT_TSV, UP_FORMAT_JSON};
    for (size_t i = 0; i < 3; i++)
        for (size_t parts = 0; parts < 4; parts++) { /* the first or second is empty */
            up_table kept = {0}, all = {0};
            up_buffer wanted = {0}, text = {0};
            assert_int_equal(up_table_init(&kept, "t", two, 2, NULL), UP_OK);
            up_table_stream(&all, formats[i]);
            assert_int_equal(up_table_init(&all, "t", two, 2, NULL), UP_OK);
            for (size_t p = 0; p < parts; p++) {
                up_table part = {0};
                const char *lines;
                size_t length;
                up_table_stream(&part, formats[i]);
                assert_int_equal(up_table_init(&part, "t", two, 2, NULL), UP_OK);
                for (size_t r = 0; r < 2 && p != parts % 2; r++) {
                    up_table *const both[] = {&kept, &part};
                    for (size_t k = 0; k < 2; k++) {
                        up_table_row(both[k]);
                        up_table_double(both[k], 1, (double)p + 0.5, NULL);
                        if (r == 0)
                            up_table_text(both[k], 0, "x, \"y\"");
                    }
                }
                assert_int_equal(up_table_pass(&all, &part, &text, &lines, &length, NULL),
                                 UP_OK);
                up_buffer_add_bytes(&text, lines, length);
                up_table_release(&part);
            }
            up_table_note(&kept, "a note");
            up_table_note(&all, "a note");
            assert_int_equal(up_table_write(&kept, formats[i], NULL, &wanted, NULL),
                             UP_OK);
            assert_int_equal(up_table_write(&all, formats[i], NULL, &text, NULL), UP_OK);
            assert_string_equal(up_buffer_text(&text), up_buffer_text(&wanted));
            up_buffer_release(&text);
            up_buffer_release(&wanted);
            up_table_release(&kept);
            up_table_release(&all);
        }
}

/* Texts of periods are kept as well: 2,400 months on 256 places, each said twice. */
static void periods_that_come_again_read_the_same(void **state)
{
    (void)state;
    static const up_table_column one[] = {{"period", NULL, 0}};
    up_table table = {0};
    up_buffer wanted = {0};
    assert_int_equal(up_table_init(&table, "t", one, 1, NULL), UP_OK);
    up_buffer_add(&wanted, "period\n");
    for (int i = 0; i < 4800; i++) {
        char text[UP_PERIOD_SIZE];
        up_period period;
        snprintf(text, sizeof text, i % 7 == 3 ? "%04d-%02d~" : "%04d-%02d",
                 1900 + i / 2 / 12, i / 2 % 12 + 1);
        assert_int_equal(up_period_parse(text, NULL, &period, NULL), UP_OK);
        up_table_row(&table);
        up_table_period_code(&table, 0, &period);
        up_buffer_addf(&wanted, "%s\n", text);
    }
    expect(&table, UP_FORMAT_CSV, NULL, up_buffer_text(&wanted));
    up_buffer_release(&wanted);
    up_table_release(&table);
}

static void a_table_begun_in_one_format_is_not_written_in_another(void **state)
{
    (void)state;
    up_table table = {0};
    up_buffer text = {0};
    up_error err = {0};
    up_table_stream(&table, UP_FORMAT_CSV);
    init(&table);
    assert_int_equal(up_table_write(&table, UP_FORMAT_JSON, NULL, &text, &err), UP_USAGE);
    assert_int_equal(text.length, 0);
    up_table_release(&table);
    up_buffer_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terminal_breaks_headers_and_aligns_every_line),
        cmocka_unit_test(markdown_is_a_table_whatever_the_texts_hold),
        cmocka_unit_test(csv_holds_exact_faces_and_no_notes),
        cmocka_unit_test(csv_without_headers_starts_with_the_first_row),
        cmocka_unit_test(tsv_is_separated_by_tabs),
        cmocka_unit_test(json_has_numbers_exact_decimals_as_strings_and_nulls),
        cmocka_unit_test(json_of_an_empty_table_is_still_json),
        cmocka_unit_test(json_numbers_read_back_as_the_same_double),
        cmocka_unit_test(json_refuses_text_that_is_not_utf8_and_writes_nothing),
        cmocka_unit_test(terminal_aligns_wide_text_and_numbers_without_trailing_blanks),
        cmocka_unit_test(terminal_ignores_the_locale_of_the_host),
        cmocka_unit_test(terminal_shows_control_characters_instead_of_obeying_them),
        cmocka_unit_test(terminal_wraps_only_the_columns_that_may_wrap),
        cmocka_unit_test(terminal_uses_escapes_only_with_color),
        cmocka_unit_test(columns_for_people_and_for_machines_stay_apart),
        cmocka_unit_test(rows_that_become_lines_read_as_those_that_are_kept),
        cmocka_unit_test(a_word_reads_as_the_text_it_is),
        cmocka_unit_test(numbers_that_come_again_read_the_same),
        cmocka_unit_test(periods_that_come_again_read_the_same),
        cmocka_unit_test(lines_are_there_before_the_table_is_written),
        cmocka_unit_test(a_long_table_is_drained),
        cmocka_unit_test(rows_that_are_passed_on_are_those_of_one_table),
        cmocka_unit_test(a_table_begun_in_one_format_is_not_written_in_another),
        cmocka_unit_test(a_number_that_is_not_finite_fails_the_table),
        cmocka_unit_test(formats_are_known_by_name_and_by_extension),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
