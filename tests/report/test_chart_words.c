/* The words of charts, in every language. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "report/chart_words.h"
#include "uptick/entry.h"
#include "uptick/project.h"

#define S "\xc2\xa0" /* no-break space */

/* Which of %1 to %4 a text has, as bits. */
static unsigned places(const char *text)
{
    unsigned found = 0;
    for (; *text; text++)
        if (text[0] == '%' && text[1] >= '1' && text[1] <= '4')
            found |= 1u << (text[1] - '0');
    return found;
}

static bool has_latin(const char *text)
{
    for (; *text; text++)
        if ((*text >= 'A' && *text <= 'Z') || (*text >= 'a' && *text <= 'z'))
            return true;
    return false;
}

static void every_word_is_there_in_every_language_with_the_same_places(void **state)
{
    (void)state;
    for (int w = 0; w < UP_SAYS; w++)
        for (int l = 0; l < UP_LANGUAGES; l++) {
            const char *english = up_word(UP_ENGLISH, (up_say)w),
                       *text = up_word((up_language)l, (up_say)w);
            if (!english || !text || !*english || !*text)
                fail_msg("word %d is missing in %s", w, up_language_code((up_language)l));
            if (places(english) != places(text))
                fail_msg("'%s' and '%s' do not tell the same", english, text);
        }
}

static void chinese_words_hold_no_english(void **state)
{
    (void)state;
    for (int w = 0; w < UP_SAYS; w++)
        if (has_latin(up_word(UP_CHINESE, (up_say)w)))
            fail_msg("'%s' is not Chinese", up_word(UP_CHINESE, (up_say)w));
}

static void every_model_has_a_chinese_name(void **state)
{
    (void)state;
    for (size_t i = 0; up_models[i]; i++) {
        const char *name = up_model_name(up_models[i]);
        assert_string_equal(up_model_word(UP_ENGLISH, name), name);
        if (has_latin(up_model_word(UP_CHINESE, name)))
            fail_msg("%s has no Chinese name", name);
    }
    assert_string_equal(up_model_word(UP_CHINESE, "no such model"), "no such model");
    assert_null(up_model_word(UP_CHINESE, NULL));
    assert_string_equal(up_model_word(UP_CHINESE, "yearly sums"), "年合计");
    assert_string_equal(up_model_word(UP_CHINESE, "some figures carried forward"),
                        "部分数据沿用前值");
}

static void words_stand_in_the_order_of_the_language(void **state)
{
    (void)state;
    up_buffer text = {0};
    up_tell(UP_ENGLISH, UP_SAY_LARGEST, &text, "20", "217");
    assert_string_equal(up_buffer_text(&text), "the 20 largest of 217");
    up_buffer_clear(&text);
    up_tell(UP_CHINESE, UP_SAY_LARGEST, &text, "20", "217");
    assert_string_equal(up_buffer_text(&text), "217项中最大的20项");
    up_buffer_clear(&text);
    up_tell(UP_ENGLISH, UP_SAY_SOURCE, &text, "%1 %2 100%"); /* told text has no places */
    assert_string_equal(up_buffer_text(&text), "Source: %1 %2 100%");
    up_buffer_release(&text);
}

static void expect_number(double value, int digits, const char *expected)
{
    up_buffer text = {0};
    up_human_number_in(UP_CHINESE, value, digits, &text);
    assert_string_equal(up_buffer_text(&text), expected);
    up_buffer_release(&text);
}

/* 万 is 10^4, 亿 10^8, 万亿 10^12 (GB/T 15835-2011, 4.1.2). */
static void chinese_numbers_count_in_ten_thousands(void **state)
{
    (void)state;
    expect_number(0, 3, "0");
    expect_number(9999, 4, "9999");
    expect_number(9999.6, 4, "1万");
    expect_number(10000, 3, "1万");
    expect_number(24912345, 3, "2490万");
    expect_number(-24912345, 3, "−2490万");
    expect_number(99999999, 3, "1亿");
    expect_number(570e6, 3, "5.7亿");
    expect_number(7e11, 3, "7000亿");
    expect_number(1e13, 3, "10万亿");
    expect_number(9.99e15, 3, "9990万亿");
    expect_number(1e16, 3, "1×10¹⁶");
    expect_number(0.0012, 3, "0.0012");
    expect_number(2.5e-6, 3, "2.5×10⁻⁶");
}

static void chinese_percents_and_multiples_stand_without_spaces(void **state)
{
    (void)state;
    up_buffer text = {0};
    up_human_percent_in(UP_CHINESE, 1.2889, true, &text);
    up_buffer_add_char(&text, ' ');
    up_human_percent_in(UP_CHINESE, 0.8, false, &text);
    up_buffer_add_char(&text, ' ');
    up_human_fold_in(UP_CHINESE, 9.2316, &text);
    up_buffer_add_char(&text, ' ');
    up_human_fold_in(UP_CHINESE, 25000, &text);
    assert_string_equal(up_buffer_text(&text), "+128.9% 80% 9.23倍 2.5万倍");
    up_buffer_release(&text);
}

static void chinese_periods_start_with_the_year(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"2024", "2024年"},
        {"2024-S1", "2024年上半年"},
        {"2024-Q4", "2024年四季度"},
        {"2024-T2", "2024年5月至2024年8月"},
        {"2024-09", "2024年9月"},
        {"2025-05-23", "2025年5月23日"},
        {"2024-W05", "2024年第5周"},
        {"2024-12-31T10:05Z", "2024年12月31日 10:05"},
        {"202X", "2020年代"},
        {"20XX", "2000年至2099年"},
        {"-0500", "公元前501年"}, /* astronomical: there is a year 0 */
        {"by May 2025", "2025年5月（某日）"},
        {"2025-XX", "2025年（某月）"},
        {"early 2025", "2025年初"},
        {"mid 2025", "2025年中"},
        {"late 2025", "2025年末"},
        {"[..2024]", "截至2024年（某年）"},
        {"2024-Q1/2024-Q3", "2024年一季度至2024年三季度"},
        {"2024/..", "2024年起"},
        {"../..", "任何时间"},
        {"FY2024", "2024财年"},
        {"2024-12%", "约2024年12月？"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        up_period period;
        up_period_options options = {.fiscal_year_end = 6};
        up_error err = {0};
        up_buffer text = {0};
        if (up_period_parse(cases[i][0], &options, &period, &err) != UP_OK)
            fail_msg("%s", err.message);
        up_period_words(UP_CHINESE, &period, &text);
        assert_string_equal(up_buffer_text(&text), cases[i][1]);
        up_buffer_release(&text);
    }
}

static void english_periods_are_those_of_tables(void **state)
{
    (void)state;
    up_period period = up_period_containing(0, UP_QUARTER);
    up_buffer text = {0};
    up_period_words(UP_ENGLISH, &period, &text);
    assert_string_equal(up_buffer_text(&text), "Q1 1970");
    up_buffer_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_word_is_there_in_every_language_with_the_same_places),
        cmocka_unit_test(chinese_words_hold_no_english),
        cmocka_unit_test(every_model_has_a_chinese_name),
        cmocka_unit_test(words_stand_in_the_order_of_the_language),
        cmocka_unit_test(chinese_numbers_count_in_ten_thousands),
        cmocka_unit_test(chinese_percents_and_multiples_stand_without_spaces),
        cmocka_unit_test(chinese_periods_start_with_the_year),
        cmocka_unit_test(english_periods_are_those_of_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
