#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "uptick/batch.h"

static up_period period(const char *text)
{
    up_period p;
    assert_int_equal(up_period_parse(text, NULL, &p, NULL), UP_OK);
    return p;
}

static up_batch_text_id text(up_batch *batch, const char *words)
{
    up_batch_text_id id = 99;
    assert_int_equal(up_batch_text(batch, words, &id, NULL), UP_OK);
    return id;
}

static uint32_t entity(up_batch *batch, const char *name)
{
    uint32_t id = 99;
    assert_int_equal(up_batch_entity(batch, name, &id, NULL), UP_OK);
    return id;
}

static uint32_t period_id(up_batch *batch, const char *words)
{
    uint32_t id = 99;
    up_period p = period(words);
    assert_int_equal(up_batch_period(batch, &p, &id, NULL), UP_OK);
    return id;
}

static uint32_t about_id(up_batch *batch, const up_batch_about *about)
{
    uint32_t id = 99;
    assert_int_equal(up_batch_about_id(batch, about, &id, NULL), UP_OK);
    return id;
}

static void a_row_comes_back_as_the_observation_it_was(void **state)
{
    (void)state;
    up_batch batch = {.source = "wdi.csv"};
    up_batch_about about = {.reported = 20089,
                            .low = text(&batch, "3"),
                            .high = text(&batch, "750.50"),
                            .stated = text(&batch, "about 570"),
                            .source = text(&batch, "wb"),
                            .quote = text(&batch, "so, \"570\""),
                            .note = text(&batch, "revised"),
                            .qualifier = UP_ABOUT,
                            .status = 'E'};
    up_batch_row row = {.entity = entity(&batch, "中国"),
                        .period = period_id(&batch, "2024-Q4"),
                        .value = text(&batch, "570.0"),
                        .about = about_id(&batch, &about),
                        .line = 7};
    assert_int_equal(up_batch_add(&batch, &row, NULL), UP_OK);
    up_observation o;
    assert_int_equal(up_batch_get(&batch, 0, &o, NULL), UP_OK);
    static const char *const wanted[UP_OBSERVATION_COLUMNS] = {
        "中国",      "2024-Q4", "570.0",      "~",  "3",           "750.50",
        "about 570", "E",       "2025-01-01", "wb", "so, \"570\"", "revised"};
    for (int column = 0; column < UP_OBSERVATION_COLUMNS; column++) {
        up_buffer cell = {0};
        up_observation_get(&o, (up_observation_column)column, &cell);
        assert_string_equal(up_buffer_text(&cell), wanted[column]);
        up_buffer_release(&cell);
    }
    assert_int_equal(o.line, 7);
    assert_false(o.derived);
    up_batch_release(&batch);
}

static void an_observation_goes_in_and_comes_back(void **state)
{
    (void)state;
    static const char *const cells[2][UP_OBSERVATION_COLUMNS] = {
        {"China", "[2025-05-01..2025-05-31]", "1.50", ">", "", "", "more", "P",
         "2025-01-02", "wb", "q", "n"},
        {"", "2024", "", "", "-3", "750", "", "", "", "wb", "", ""}};
    up_batch batch = {0};
    for (size_t i = 0; i < 4; i++) {
        up_observation o;
        assert_int_equal(up_observation_init(&o, NULL), UP_OK);
        for (int c = 0; c < UP_OBSERVATION_COLUMNS; c++)
            if (cells[i % 2][c][0] != '\0')
                assert_int_equal(up_observation_set(&o, (up_observation_column)c,
                                                    cells[i % 2][c], NULL, NULL),
                                 UP_OK);
        o.line = i + 2;
        assert_int_equal(up_batch_add_observation(&batch, &o, NULL), UP_OK);
        up_observation_release(&o);
    }
    for (size_t i = 0; i < 4; i++) {
        up_observation o;
        assert_int_equal(up_batch_get(&batch, i, &o, NULL), UP_OK);
        assert_int_equal(o.line, i + 2);
        for (int c = 0; c < UP_OBSERVATION_COLUMNS; c++) {
            up_buffer cell = {0};
            up_observation_get(&o, (up_observation_column)c, &cell);
            assert_string_equal(up_buffer_text(&cell), cells[i % 2][c]);
            up_buffer_release(&cell);
        }
    }
    assert_int_equal(batch.about_count, 3); /* the plain one, and one for each */
    /* NUL, China, more, wb, q, n, -3, 750, wb, and the value twice: texts are kept once. */
    assert_int_equal(batch.arena_length, 1 + 6 + 5 + 5 + 3 + 2 + 2 + 3 + 4 + 3 + 5);
    up_batch_release(&batch);
}

static void a_row_is_twenty_bytes(void **state)
{
    (void)state;
    assert_int_equal(sizeof(up_batch_row), 20);
}

static void about_0_is_plain_also_when_nobody_asked_for_it(void **state)
{
    (void)state;
    up_batch batch = {0};
    up_batch_row row = {.entity = entity(&batch, ""),
                        .period = period_id(&batch, "2024"),
                        .value = text(&batch, "5")};
    assert_int_equal(up_batch_add(&batch, &row, NULL), UP_OK);
    up_observation o;
    assert_int_equal(up_batch_get(&batch, 0, &o, NULL), UP_OK);
    assert_string_equal(o.entity, "");
    assert_string_equal(o.source, "");
    assert_true(o.reported == UP_REPORTED_ALWAYS);
    assert_int_equal(o.status, 'A');
    assert_int_equal(o.qualifier, UP_EXACTLY);
    assert_false(o.has_low || o.has_high);
    up_batch_about plain = {.reported = UP_REPORTED_ALWAYS, .status = 'A'};
    assert_int_equal(about_id(&batch, &plain), 0);
    up_batch_release(&batch);
}

static void what_is_there_is_found_and_not_added_again(void **state)
{
    (void)state;
    up_batch batch = {0};
    assert_int_equal(entity(&batch, "China"), 0);
    assert_int_equal(entity(&batch, "Chine"), 1);
    assert_int_equal(entity(&batch, "China"), 0);
    assert_int_equal(batch.entity_count, 2);

    assert_int_equal(period_id(&batch, "2024"), 0);
    assert_int_equal(period_id(&batch, "2024~"), 1); /* the file shows the mark */
    assert_int_equal(period_id(&batch, "2024-01/2024-12"), 2);
    assert_int_equal(period_id(&batch, "2024~"), 1);
    assert_int_equal(batch.period_count, 3);

    /* By what the texts say, not by where they stand. */
    up_batch_about a = {.reported = 1, .source = text(&batch, "wb"), .status = 'A'};
    up_batch_about b = {.reported = 1, .source = text(&batch, "wb"), .status = 'A'};
    up_batch_about c = {.reported = 1, .quote = a.source, .status = 'A'};
    assert_int_not_equal(a.source, b.source);
    assert_int_equal(about_id(&batch, &a), 1); /* 0 is the plain one */
    assert_int_equal(about_id(&batch, &b), 1);
    assert_int_equal(about_id(&batch, &c), 2);
    up_batch_release(&batch);
}

static void ten_thousand_of_each_keep_their_numbers(void **state)
{
    (void)state;
    up_batch batch = {0};
    char name[32];
    for (int round = 0; round < 2; round++)
        for (uint32_t i = 0; i < 10000; i++) {
            snprintf(name, sizeof name, "entity %u", (unsigned)i);
            assert_int_equal(entity(&batch, name), i);
            up_period p = {.start = i, .end = i + 1, .granularity = UP_SECOND};
            uint32_t id = 0;
            assert_int_equal(up_batch_period(&batch, &p, &id, NULL), UP_OK);
            assert_int_equal(id, i);
            up_batch_about about = {.reported = i, .status = 'A'};
            assert_int_equal(about_id(&batch, &about), i + 1);
        }
    assert_string_equal(up_batch_text_of(&batch, batch.entities[9999]), "entity 9999");
    up_batch_release(&batch);
}

static void the_empty_text_is_0_in_every_batch(void **state)
{
    (void)state;
    up_batch batch = {0};
    assert_string_equal(up_batch_text_of(&batch, 0), "");
    assert_int_equal(text(&batch, ""), 0);
    assert_int_equal(text(&batch, "a"), 1);
    assert_int_equal(text(&batch, "b"), 3);
    assert_string_equal(up_batch_text_of(&batch, 1), "a");
    up_batch_release(&batch);
}

static void a_value_that_does_not_read_is_told_with_its_line(void **state)
{
    (void)state;
    up_batch batch = {.source = "wdi.csv"};
    up_batch_row row = {.entity = entity(&batch, ""),
                        .period = period_id(&batch, "2024"),
                        .value = text(&batch, "3,5"),
                        .line = 12};
    assert_int_equal(up_batch_add(&batch, &row, NULL), UP_OK);
    up_observation o = {.line = 99};
    up_error err = {0};
    assert_int_equal(up_batch_get(&batch, 0, &o, &err), UP_BAD_DATA);
    assert_string_equal(err.message,
                        "'3,5' is not a number (decimal point expected, no comma)");
    assert_string_equal(err.source, "wdi.csv");
    assert_int_equal(err.line, 12);
    assert_int_equal(o.line, 99); /* untouched */
    up_batch_release(&batch);
}

static void more_than_the_numbers_hold_is_refused(void **state)
{
    (void)state;
    up_batch batch = {0};
    up_batch_row row = {0};
    uint32_t id = 0;
    up_error err = {0};
    batch.count = UINT32_MAX - 1;
    assert_int_equal(up_batch_add(&batch, &row, &err), UP_BAD_DATA);
    assert_string_equal(err.message, "more than 4294967294 rows (import it in parts)");
    batch.entity_count = UINT32_MAX - 1;
    assert_int_equal(up_batch_entity(&batch, "x", &id, &err), UP_BAD_DATA);
    assert_string_equal(err.message,
                        "more than 4294967294 different ones (import it in parts)");
    batch.arena_length = UINT32_MAX - 3;
    assert_int_equal(up_batch_text(&batch, "xyz", &id, &err), UP_BAD_DATA);
    assert_string_equal(err.message, "more than 4 GiB of text (import it in parts)");
}

static void an_empty_batch_may_be_released_twice(void **state)
{
    (void)state;
    up_batch batch = {0};
    up_batch_release(&batch);
    entity(&batch, "x");
    up_batch_release(&batch);
    up_batch_release(&batch);
    up_batch_release(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_comes_back_as_the_observation_it_was),
        cmocka_unit_test(an_observation_goes_in_and_comes_back),
        cmocka_unit_test(a_row_is_twenty_bytes),
        cmocka_unit_test(about_0_is_plain_also_when_nobody_asked_for_it),
        cmocka_unit_test(what_is_there_is_found_and_not_added_again),
        cmocka_unit_test(ten_thousand_of_each_keep_their_numbers),
        cmocka_unit_test(the_empty_text_is_0_in_every_batch),
        cmocka_unit_test(a_value_that_does_not_read_is_told_with_its_line),
        cmocka_unit_test(more_than_the_numbers_hold_is_refused),
        cmocka_unit_test(an_empty_batch_may_be_released_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
