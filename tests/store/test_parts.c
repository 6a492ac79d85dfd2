/* A metric's figures part by part: the same rows as all at once, entity by entity. */
#include "store/folder.h"

/* The rows of a part as "entity period value line;". */
static void describe(const up_metric_data *data, up_buffer *out)
{
    for (size_t i = 0; i < data->count; i++) {
        const up_observation *o = &data->observations[i];
        up_buffer_addf(out, "%s ", o->entity);
        up_observation_get(o, UP_COL_PERIOD, out);
        up_buffer_add(out, " ");
        up_observation_get(o, UP_COL_VALUE, out);
        up_buffer_addf(out, " %zu;", o->line);
    }
}

/* Parts of one entity or more are divided by '|'. */
static void assert_parts(const char *rows, size_t bytes, const char *wanted)
{
    up_store_parts *parts = NULL;
    up_buffer found = {0};
    write_tracker(one_metric, rows);
    up_store *store = open_tracker();
    SUCCEED(up_store_parts_open(store, "ai-users", bytes, &parts, err));
    for (size_t i = 0; i < up_store_parts_count(parts); i++) {
        up_metric_data data;
        SUCCEED(up_store_parts_read(parts, i, &data, err));
        assert_string_equal(data.metric.name, "ai-users");
        up_buffer_add(&found, i > 0 ? "|" : "");
        describe(&data, &found);
        up_store_part_release(&data);
    }
    assert_string_equal(up_buffer_text(&found), wanted);
    up_buffer_release(&found);
    up_store_parts_free(parts);
    up_store_free(store);
}

static void every_part_has_all_rows_of_its_entities(void **state)
{
    (void)state;
    static const char rows[] = "entity,period,value\n"
                               "China,2023,1\n"
                               "China,2024,2\n"
                               "India,2023,3\n"
                               "China,2025,4\n"
                               "Peru,2023,5\n"
                               "India,2024,6\n";
    assert_parts(rows, 1,
                 "China 2023 1 2;China 2024 2 3;China 2025 4 5;|"
                 "India 2023 3 4;India 2024 6 7;|Peru 2023 5 6;");
    /* 13 bytes a row: China has 39, India 26 and Peru 12 */
    assert_parts(rows, 40,
                 "China 2023 1 2;China 2024 2 3;China 2025 4 5;"
                 "India 2023 3 4;India 2024 6 7;|Peru 2023 5 6;");
}

static void quotes_blank_lines_and_line_ends_are_read_through(void **state)
{
    (void)state;
    assert_parts("\xEF\xBB\xBFnote,entity,value,period\r\n"
                 "\"two\r\nlines, and \"\"quotes\"\"\",\"Korea, Rep.\",1,2023\r\n"
                 "\r\n"
                 ",China,2,2023\r\n"
                 "\"\",\"China\",3,2024\r\n"
                 "x,\"Korea, Rep.\",4,2024",
                 1,
                 "Korea, Rep. 2023 1 2;Korea, Rep. 2024 4 7;|"
                 "China 2023 2 5;China 2024 3 6;");
    assert_parts("entity,period,value\r\"A \"\"b\"\"\",2023,1\rC,2023,2\r", 1,
                 "A \"b\" 2023 1 2;|C 2023 2 3;");
}

static void a_metric_without_entities_is_one_part(void **state)
{
    (void)state;
    assert_parts("period,value\n2023,1\n2024,2\n", 1, " 2023 1 2; 2024 2 3;");
}

static void what_has_no_parts_is_left_to_loading(void **state)
{
    (void)state;
    assert_parts("entity,period,value\nChina,2023,1\n", 1000, "");
    assert_parts("entity,period,value\n", 1, "");
    assert_parts("", 1, "");
    assert_parts("entity,entity,value\nChina,2023,1\n", 1, "");
}

static void a_loaded_or_unknown_metric_has_no_parts(void **state)
{
    (void)state;
    up_store_parts *parts = NULL;
    write_tracker(one_metric, "entity,period,value\nChina,2023,1\n");
    up_store *store = open_tracker();
    SUCCEED(up_store_parts_open(store, "none", 1, &parts, err));
    assert_null(parts);
    SUCCEED(up_store_parts_open(store, "ai-users", 1, &parts, err));
    assert_int_equal(up_store_parts_count(parts), 1);
    up_store_parts_free(parts);
    SUCCEED(up_store_load(store, "ai-users", NULL, err));
    assert_int_equal(up_store_tracker(store)->metrics[0].count, 1);
    SUCCEED(up_store_parts_open(store, "ai-users", 1, &parts, err));
    assert_null(parts);
    up_store_free(store);
}

static void a_bad_row_is_told_with_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *rows, *message;
        size_t line;
    } cases[] = {
        {"China,2023,1\n\nChina,2024,3;5\nPeru,2023,1\n",
         "value '3;5' is not a number (digits expected, with an optional sign, point and "
         "exponent)",
         4},
        {"Peru,2023,1\nChina,2023\n", "2 fields, but the header has 3", 3},
        {"Peru,2023,1\nChina,2023,\xFF\n",
         "byte 0xFF at column 12 is not UTF-8 (save the file as UTF-8)", 3},
        {"Peru,2023,1\nChina,\"2023,1\n", "a quote opened in this line is never closed",
         3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char rows[200];
        snprintf(rows, sizeof rows, "entity,period,value\n%s", cases[i].rows);
        write_tracker(one_metric, rows);
        up_store *store = open_tracker();
        up_store_parts *parts = NULL;
        up_metric_data data;
        SUCCEED(up_store_parts_open(store, "ai-users", 1, &parts, err));
        FAIL_WITH(up_store_parts_read(parts, i > 0, &data, err), UP_BAD_DATA,
                  "series/ai-users.csv", cases[i].line, cases[i].message);
        up_store_part_release(&data);
        up_store_parts_free(parts);
        up_store_free(store);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_ROOT(every_part_has_all_rows_of_its_entities),
        IN_ROOT(quotes_blank_lines_and_line_ends_are_read_through),
        IN_ROOT(a_metric_without_entities_is_one_part),
        IN_ROOT(what_has_no_parts_is_left_to_loading),
        IN_ROOT(a_loaded_or_unknown_metric_has_no_parts),
        IN_ROOT(a_bad_row_is_told_with_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
