#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "uptick/buffer.h"

static void buffer_grows_and_stays_terminated(void **state)
{
    (void)state;
    up_buffer b = {0};
    assert_string_equal(up_buffer_text(&b), "");
    for (int i = 0; i < 1000; i++)
        up_buffer_addf(&b, "%d,", i % 10);
    assert_int_equal(b.length, 2000);
    assert_int_equal(strlen(b.data), 2000);
    up_buffer_clear(&b);
    assert_string_equal(up_buffer_text(&b), "");
    up_buffer_add(&b, "left");
    char *text = up_buffer_take(&b);
    assert_string_equal(text, "left");
    assert_null(b.data);
    free(text);
    text = up_buffer_take(&b); /* an empty one gives "" */
    assert_string_equal(text, "");
    free(text);
}

static void visible_text_cannot_drive_a_terminal(void **state)
{
    (void)state;
    up_buffer b = {0};
    /* escape, newline, an invalid byte, an overlong '/', right-to-left override, CSI */
    up_buffer_add_visible(&b, "a\x1b[31m\n\xff\xc0\xaf\xe2\x80\xae\xc2\x9b é中");
    assert_string_equal(up_buffer_text(&b),
                        "a\\x1B[31m\\x0A\\xFF\\xC0\\xAF\\u{202E}\\x9B é中");
    up_buffer_release(&b);
}

static void error_text_is_cut_at_a_character(void **state)
{
    (void)state;
    char long_text[600];
    memset(long_text, 'x', sizeof long_text);
    memcpy(long_text + 510, "\xe4\xb8\xad",
           3); /* a character across the end of message */
    long_text[599] = '\0';
    up_error err;
    assert_int_equal(up_error_set(&err, UP_BAD_DATA, "%s", long_text), UP_BAD_DATA);
    assert_int_equal(strlen(err.message), 510);
    assert_int_equal(err.message[509], 'x');
}

static void remarks_are_kept_in_order(void **state)
{
    (void)state;
    up_remarks list = {0};
    up_remarks_add(&list, UP_NOTE, NULL, 0, "first");
    up_remarks_add(&list, UP_ERROR, "a.csv", 7, "second %d", 2);
    assert_int_equal(list.count, 2);
    assert_int_equal(list.errors, 1);
    assert_string_equal(list.items[0].source, "");
    assert_string_equal(list.items[1].message, "second 2");
    assert_int_equal(list.items[1].line, 7);
    up_remarks_release(&list);
    up_remarks_add(NULL, UP_NOTE, NULL, 0, "dropped"); /* NULL is allowed */
}

static void grow_refuses_sizes_that_wrap(void **state)
{
    (void)state;
    char *items = NULL;
    size_t capacity = 0;
    up_error err;
    assert_int_equal(up_grow(&items, &capacity, SIZE_MAX / 2, 16, &err), UP_SYSTEM);
    assert_string_equal(err.message, "out of memory");
    assert_null(items);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(buffer_grows_and_stays_terminated),
        cmocka_unit_test(visible_text_cannot_drive_a_terminal),
        cmocka_unit_test(error_text_is_cut_at_a_character),
        cmocka_unit_test(remarks_are_kept_in_order),
        cmocka_unit_test(grow_refuses_sizes_that_wrap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
