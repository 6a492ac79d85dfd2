#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "report/wrap.h"
#include "uptick/buffer.h"

/* The lines of text at that width, joined by '|'. */
static void expect(const char *text, double width, const char *expected)
{
    up_buffer lines = {0};
    for (const char *rest = text; *rest;) {
        up_line line = up_wrap_next(&rest, width, up_advance_columns, NULL);
        up_buffer_add(&lines, lines.length > 0 ? "|" : "");
        up_buffer_add_bytes(&lines, line.text, line.length);
    }
    assert_string_equal(up_buffer_text(&lines), expected);
    up_buffer_release(&lines);
}

static void lines_end_at_blanks_and_hyphens(void **state)
{
    (void)state;
    expect("one two three", 7, "one two|three");
    expect("one two three", 100, "one two three");
    expect("well-known fact", 6, "well-|known|fact");
    expect("  a   b  ", 1, "a|b");
    expect("2024-12-31 to 2025", 8, "2024-12-|31 to|2025"); /* only where it must */
}

static void a_date_is_not_broken_at_its_hyphens_when_it_fits(void **state)
{
    (void)state;
    expect("from 2024-12-31", 12, "from|2024-12-31");
}

static void a_word_longer_than_the_line_is_cut(void **state)
{
    (void)state;
    expect("abcdefgh ij", 3, "abc|def|gh|ij");
    expect("abc", 0, "a|b|c");
}

static void wide_characters_break_anywhere_but_not_before_punctuation(void **state)
{
    (void)state;
    expect("七个汉字在这里", 8, "七个汉字|在这里");
    expect("七个汉字，在", 8, "七个汉|字，在");
    expect("七个（汉字）", 6, "七个|（汉|字）");
}

static void a_no_break_space_holds(void **state)
{
    (void)state;
    expect("more than 570\xc2\xa0M", 12, "more than|570\xc2\xa0M");
}

static void bytes_that_are_not_utf8_still_move_on(void **state)
{
    (void)state;
    expect("\xff\xff\xff", 2, "\xff\xff|\xff");
}

static void a_chinese_date_breaks_after_its_year(void **state)
{
    (void)state;
    expect("2025年3月25日", 12, "2025年|3月25日");
    expect("约1.25亿人", 7, "约|1.25亿|人");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_chinese_date_breaks_after_its_year),
        cmocka_unit_test(lines_end_at_blanks_and_hyphens),
        cmocka_unit_test(a_date_is_not_broken_at_its_hyphens_when_it_fits),
        cmocka_unit_test(a_word_longer_than_the_line_is_cut),
        cmocka_unit_test(wide_characters_break_anywhere_but_not_before_punctuation),
        cmocka_unit_test(a_no_break_space_holds),
        cmocka_unit_test(bytes_that_are_not_utf8_still_move_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
