/* A metric's figures part by part: the same rows as all at once, entity by entity. */
#include "store/folder.h"

#include "uptick/number.h"

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

/* The plain series of all parts as "key months: period month value, …;", or "no". */
static void assert_plain(const char *rows, const char *wanted)
{
    up_store_parts *parts = NULL;
    up_buffer found = {0};
    write_tracker(one_metric, rows);
    up_store *store = open_tracker();
    SUCCEED(up_store_parts_open(store, "ai-users", 1, &parts, err));
    for (size_t p = 0; p < up_store_parts_count(parts); p++) {
        up_plain_list list = {0};
        bool is_plain;
        SUCCEED(up_store_parts_plain(parts, p, &list, &is_plain, err));
        up_buffer_add(&found, is_plain ? "" : "no;");
        assert_true(is_plain || (list.items == NULL && list.points == NULL));
        for (size_t i = 0; i < list.count; i++) {
            const up_plain *s = &list.items[i];
            up_buffer_addf(&found, "%s %d:", s->key, s->months);
            for (size_t k = 0; k < s->count; k++) {
                const up_plain_point *point = &list.points[s->first + k];
                char value[UP_NUMBER_SIZE];
                up_number_format(point->value, value);
                up_buffer_addf(&found, " %.*s %lld %s", (int)s->period_length,
                               point->period, (long long)point->month, value);
            }
            up_buffer_add(&found, ";");
        }
        up_plain_list_release(&list);
    }
    assert_string_equal(up_buffer_text(&found), wanted);
    up_buffer_release(&found);
    up_store_parts_free(parts);
    up_store_free(store);
}

/* 2023 begins with month 24276. */
static void exact_figures_of_whole_months_are_plain_series(void **state)
{
    (void)state;
    assert_plain("entity,period,value\nA b,2023,1\nA b,2024,2.50\n",
                 "ai-users/A b 12: 2023 24276 1 2024 24288 2.5;");
    assert_plain(COLUMNS "A,2023-11,0.1,,,,,,,s,\xE2\x80\x9Cq\xE2\x80\x9D,n\n"
                         "A,2024-01,123456789012.345,,,,,,,s,"
                         "\xE2\x80\x9Cq\xE2\x80\x9D,n\n"
                         "\xE4\xB8\xAD\xE5\x9B\xBD,2023-Q4,7,,,,,A,2024-02-01,,,\n",
                 "ai-users/A 1: 2023-11 24286 0.1 2024-01 24288 123456789012.345;"
                 "ai-users/\xE4\xB8\xAD\xE5\x9B\xBD 3: 2023-Q4 24285 7;");
}

/* The doubles are those that any reader takes: the nearest to what is written. */
static void plain_values_are_those_of_any_reader(void **state)
{
    (void)state;
    uint64_t random = 20250723;
    size_t compared = 0;
    for (int i = 0; i < 60; i++) {
        up_buffer rows = {0};
        up_store_parts *parts = NULL;
        up_plain_list list = {0};
        up_metric_data data;
        bool is_plain;
        up_buffer_add(&rows, "entity,period,value\n");
        for (int k = 0; k < 50; k++) {
            random = random * UINT64_C(6364136223846793005) + 1442695040888963407U;
            int decimals = (int)(random >> 60) % 9;
            uint64_t scale = 1;
            for (int d = 0; d < decimals; d++)
                scale *= 10;
            uint64_t whole = random % (UINT64_C(100000000000000) / scale);
            up_buffer_addf(&rows, "A,%04d,%llu", 1000 + i * 50 + k,
                           (unsigned long long)whole);
            if (decimals > 0)
                up_buffer_addf(&rows, ".%0*llu", decimals,
                               (unsigned long long)(random / 7 % scale));
            up_buffer_add(&rows, "\n");
        }
        write_tracker(one_metric, up_buffer_text(&rows));
        up_store *store = open_tracker();
        SUCCEED(up_store_parts_open(store, "ai-users", 1, &parts, err));
        SUCCEED(up_store_parts_plain(parts, 0, &list, &is_plain, err));
        SUCCEED(up_store_parts_read(parts, 0, &data, err));
        assert_true(is_plain && list.point_count == 50 && data.count == 50);
        for (size_t k = 0; k < 50; k++, compared++) {
            assert_true(list.points[k].value ==
                        up_decimal_to_double(data.observations[k].value));
            up_period period = data.observations[k].period;
            assert_int_equal(up_date_from_instant(period.start).year * 12,
                             list.points[k].month);
        }
        up_store_part_release(&data);
        up_plain_list_release(&list);
        up_store_parts_free(parts);
        up_store_free(store);
        up_buffer_release(&rows);
    }
    assert_int_equal(compared, 3000);
}

/* One such row makes its part one that is read as any other. */
static void what_is_not_plain_is_left_to_reading(void **state)
{
    (void)state;
    static const char *const odd[] = {"A,2024,\"2\",,,,,,,,,\n",
                                      "A,2024,2,~,,,,,,,,\n",
                                      "A,2024,2,,1,3,,,,,,\n",
                                      "A,2024,2,,,,,F,,,,\n",
                                      "A,2024,2,,,,,B,,,,\n",
                                      "A,2024,,,,,,M,,,,\n",
                                      "A,2024,2,,,,,,2025-01-01,,,\n",
                                      "A,2024,2,,,,,,,x,,\n",
                                      "A,2024~,2,,,,,,,,,\n",
                                      "A,2024-12,2,,,,,,,,,\n",
                                      "A,2024-Q5,2,,,,,,,,,\n",
                                      "A,2024-S1,2,,,,,,,,,\n",
                                      "A,2024-12-31,2,,,,,,,,,\n",
                                      "A,24,2,,,,,,,,,\n",
                                      "A,2023,2,,,,,,,,,\n",
                                      "A,2022,2,,,,,,,,,\n",
                                      "A,2024,-2,,,,,,,,,\n",
                                      "A,2024,+2,,,,,,,,,\n",
                                      "A,2024,2e3,,,,,,,,,\n",
                                      "A,2024,2.,,,,,,,,,\n",
                                      "A,2024,.5,,,,,,,,,\n",
                                      "A,2024,02,,,,,,,,,\n",
                                      "A,2024,1.2.3,,,,,,,,,\n",
                                      "A,2024,2 ,,,,,,,,,\n",
                                      "A,2024,1234567890123456,,,,,,,,,\n",
                                      "A,2024,x,,,,,,,,,\n",
                                      "A,2024,2,,,,,,,,\n",
                                      "A,2024,2,,,,,,,,,,\n",
                                      "A,2024,2,,,,,,,,,",
                                      "A,2024,2,,,,,,,,,\r\n",
                                      "\nA,2024,2,,,,,,,,,\n",
                                      "A\n",
                                      "A,2024\n",
                                      "A,2024,\xFF,,,,,,,,,\n"};
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        char rows[300];
        snprintf(rows, sizeof rows, COLUMNS "A,2023,1,,,,,,,,,\n%s", odd[i]);
        assert_plain(rows, "no;");
    }
    static const char *const first[] = {"A,2023,1,~,,,,,,,,\nA,2024,2,~,,,,,,,,\n",
                                        "A,2023,1,,,,,E,,,,\n",
                                        " A,2023,1,,,,,,,,,\n",
                                        ",2023,1,,,,,,,,,\n",
                                        "\x7F,2023,x,,,,,,,,,\n",
                                        "A,2023-13,1,,,,,,,,,\n",
                                        "A,0000-00,1,,,,,,,,,\n"};
    for (size_t i = 0; i < sizeof first / sizeof first[0]; i++) {
        char rows[300];
        snprintf(rows, sizeof rows, COLUMNS "%s", first[i]);
        assert_plain(rows, strcmp(first[i], " A,2023,1,,,,,,,,,\n") == 0
                               ? "ai-users/ A 12: 2023 24276 1;"
                               : "no;");
    }
    /* in another order, or again further on */
    assert_plain("period,entity,value\n2023,A,1\n", "no;");
    assert_plain("entity,period,value\nA,2023,1\nB,2023,1\nA,2024,1\n",
                 "no;ai-users/B 12: 2023 24276 1;");
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
        IN_ROOT(exact_figures_of_whole_months_are_plain_series),
        IN_ROOT(plain_values_are_those_of_any_reader),
        IN_ROOT(what_is_not_plain_is_left_to_reading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
