/* Texts kept once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/pool.h"

static size_t number_of(up_pool *pool, const char *text)
{
    size_t number = SIZE_MAX;
    assert_int_equal(up_pool_add(pool, text, &number, NULL), UP_OK);
    return number;
}

static void a_text_has_one_number_and_one_place(void **state)
{
    (void)state;
    up_pool pool = {0};
    size_t china = number_of(&pool, "China"), empty = number_of(&pool, "");
    const char *place = up_pool_text(&pool, china);
    for (int i = 0; i < 100000; i++) {
        char text[16];
        snprintf(text, sizeof text, "%d", i);
        assert_int_equal(number_of(&pool, text), (size_t)i + 2);
    }
    assert_int_equal(number_of(&pool, "China"), china);
    assert_int_equal(number_of(&pool, ""), empty);
    assert_ptr_equal(up_pool_text(&pool, china), place);
    assert_string_equal(place, "China");
    assert_string_equal(up_pool_text(&pool, 2 + 99999), "99999");
    assert_int_equal(pool.count, 100002);
    up_pool_release(&pool);
    assert_int_equal(pool.count, 0);
}

static void a_text_longer_than_a_block_is_kept_whole(void **state)
{
    (void)state;
    up_pool pool = {0};
    char *text = malloc(200001);
    assert_non_null(text);
    memset(text, 'x', 200000);
    text[200000] = '\0';
    size_t before = number_of(&pool, "before"), number = number_of(&pool, text);
    assert_string_equal(up_pool_text(&pool, number), text);
    assert_int_equal(number_of(&pool, "before"), before);
    free(text);
    up_pool_release(&pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_has_one_number_and_one_place),
        cmocka_unit_test(a_text_longer_than_a_block_is_kept_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
