/* Which columns of a table are written, and in which order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "uptick/table.h"

static const up_table_column columns[] = {{"series", "Series", 0},
                                          {"value", "Times", UP_COLUMN_RIGHT},
                                          {"low", NULL, UP_COLUMN_MACHINE},
                                          {"words", "In words", UP_COLUMN_HUMAN}};

static up_status init(up_table *table, up_format streamed, const char *wanted,
                      up_error *err)
{
    up_table_stream(table, streamed);
    up_table_want(table, wanted);
    return up_table_init(table, "t", columns, 4, err);
}

static void fill(up_table *table)
{
    up_table_row(table);
    up_table_text(table, 3, "half, at least");
    up_table_double(table, 1, 0.5, "0.5×");
    up_table_text(table, 0, "a,b");
    up_table_double(table, 2, 0.25, NULL);
    up_table_row(table);
    up_table_double(table, 2, 1, NULL);
}

static void writes(const char *wanted, up_format format, const char *expected)
{
    /* rows that are kept, and rows that become lines */
    for (int streamed = 0; streamed < 2; streamed++) {
        up_table table;
        up_buffer text = {0};
        assert_int_equal(init(&table, streamed ? format : UP_FORMAT_NONE, wanted, NULL),
                         UP_OK);
        fill(&table);
        assert_int_equal(up_table_write(&table, format, NULL, &text, NULL), UP_OK);
        assert_string_equal(up_buffer_text(&text), expected);
        up_buffer_release(&text);
        up_table_release(&table);
    }
}

static void columns_come_in_the_order_asked_for(void **state)
{
    (void)state;
    writes("low,series", UP_FORMAT_CSV, "low,series\n0.25,\"a,b\"\n1,\n");
    writes("value", UP_FORMAT_CSV, "value\n0.5\n\"\"\n"); /* a blank line were no row */
    writes("value,low", UP_FORMAT_TSV, "value\tlow\n0.5\t0.25\n\t1\n");
    writes("low,value", UP_FORMAT_JSON,
           "{\n  \"schema_version\": 1,\n  \"name\": \"t\",\n"
           "  \"columns\": [\"low\", \"value\"],\n  \"rows\": [\n"
           "    {\"low\": 0.25, \"value\": 0.5},\n    {\"low\": 1, \"value\": null}\n"
           "  ],\n  \"notes\": []\n}\n");
    writes("value,series", UP_FORMAT_MARKDOWN,
           "| Times | Series |\n| ---: | --- |\n| 0.5× | a,b |\n|  |  |\n");
    writes("value,series", UP_FORMAT_TERMINAL, "Times  Series\n 0.5×  a,b\n\n");
}

/* What only machines, or only people, are shown may be asked for by name in any format. */
static void what_is_asked_for_is_shown_in_every_format(void **state)
{
    (void)state;
    writes("words,value", UP_FORMAT_CSV, "words,value\n\"half, at least\",0.5\n,\n");
    writes("low", UP_FORMAT_TERMINAL, " low\n0.25\n   1\n");
    writes("Times", UP_FORMAT_CSV, "value\n0.5\n\"\"\n"); /* by its title */
    writes("in words", UP_FORMAT_CSV, "words\n\"half, at least\"\n\"\"\n");
}

static void refuses(const char *wanted, const char *why)
{
    up_table table;
    up_error err = {0};
    assert_int_equal(init(&table, UP_FORMAT_NONE, wanted, &err), UP_USAGE);
    assert_string_equal(err.message, why);
}

static void a_column_that_there_is_not_is_told_with_those_there_are(void **state)
{
    (void)state;
    refuses("series,vlaue", "the table has no column 'vlaue'; did you mean 'value'? "
                            "(series, value, low, words)");
    refuses("series,", "the table has no column '' (series, value, low, words)");
    refuses("low,value,low", "column 'low' is named twice");
}

/* It is a result like others. */
static void a_number_in_no_column_shown_must_be_finite_too(void **state)
{
    (void)state;
    up_table table;
    up_buffer text = {0};
    up_error err = {0};
    assert_int_equal(init(&table, UP_FORMAT_CSV, "series", NULL), UP_OK);
    up_table_row(&table);
    up_table_double(&table, 1, 1e308 * 10, NULL);
    assert_int_equal(up_table_write(&table, UP_FORMAT_CSV, NULL, &text, &err),
                     UP_BAD_DATA);
    assert_string_equal(err.message,
                        "column 'value', row 1: the result is not a finite number");
    up_buffer_release(&text);
    up_table_release(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_come_in_the_order_asked_for),
        cmocka_unit_test(what_is_asked_for_is_shown_in_every_format),
        cmocka_unit_test(a_column_that_there_is_not_is_told_with_those_there_are),
        cmocka_unit_test(a_number_in_no_column_shown_must_be_finite_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
