/* Relative claims. A fall is a number below zero, and its bounds turn round: "fell more than
 * 5%" is a change below -0.05, "more than halved" a fold below 0.5. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "uptick/quantity.h"

static void assert_change(const char *text, const char *expected)
{
    up_change_kind kind;
    up_quantity q;
    up_error err = {0};
    up_buffer out = {0};
    if (up_change_parse(text, &kind, &q, &err) != UP_OK)
        fail_msg("'%s': %s", text, err.message);
    up_buffer_addf(&out, "%s ", up_change_name(kind));
    up_quantity_describe(&q, &out);
    if (strcmp(up_buffer_text(&out), expected) != 0)
        fail_msg("'%s' reads as '%s', not '%s'", text, up_buffer_text(&out), expected);
    up_buffer_release(&out);
}

static void changes_are_read(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"100-fold", "fold 100-fold"},
        {"a 100-fold increase", "fold 100-fold"},
        {"tenfold", "fold 10-fold"},
        {"increased fivefold", "fold 5-fold"},
        {"10x", "fold 10-fold"},
        {"2.5×", "fold 2.5-fold"},
        {"2倍", "fold 2-fold"},
        {"doubled", "fold 2-fold"},
        {"more than doubled", "fold more than 2-fold"},
        {"more than doubling", "fold more than 2-fold"},
        {"has nearly doubled", "fold nearly 2-fold"},
        {"tripled", "fold 3-fold"},
        {"almost tripled", "fold nearly 3-fold"},
        {"quadrupled", "fold 4-fold"},
        {"翻一番", "fold 2-fold"},
        {"翻了两番", "fold 4-fold"},
        {"halved", "fold 0.5-fold"},
        {"more than halved", "fold less than 0.5-fold"},
        {"nearly halved", "fold just over 0.5-fold"},
        {"about halved", "fold about 0.5-fold"},
        {"20%", "pch 0.20"},
        {"up 20%", "pch 0.20"},
        {"over 20%", "pch more than 0.20"},
        {"rose 20 percent", "pch 0.20"},
        {"increased by more than 20%", "pch more than 0.20"},
        {"up to 20%", "pch at most 0.20"},
        {"up 20-30%", "pch 0.20 to 0.30"},
        {"up a third", "pch 0.333333333333333"},
        {"increased by half", "pch 0.5"},
        {"grew 20% year-on-year", "pch 0.20"},
        {"增长20%", "pch 0.20"},
        {"同比增长超过20%", "pch more than 0.20"},
        {"fell 5%", "pch -0.05"},
        {"-5%", "pch -0.05"},
        {"fell more than 5%", "pch less than -0.05"},
        {"fell at least 5%", "pch at most -0.05"},
        {"fell less than 5%", "pch more than -0.05"},
        {"fell about 5%", "pch about -0.05"},
        {"fell nearly 5%", "pch -0.05 to -0.045"},
        {"fell just over 5%", "pch -0.055 to -0.05"},
        {"down 20-30%", "pch -0.30 to -0.20"},
        {"down a third", "pch -0.333333333333333"},
        {"下降5%", "pch -0.05"},
        {"more than 20 percent a year", "cagr more than 0.20"},
        {"20% per year", "cagr 0.20"},
        {"20% p.a.", "cagr 0.20"},
        {"annual growth of 20%", "cagr 0.20"},
        {"a growth rate of more than 20 percent a year", "cagr more than 0.20"},
        {"fell 5% a year", "cagr -0.05"},
        {"年均增长20%", "cagr 0.20"},
        {"up 1.5 percentage points", "chg 0.015"},
        {"down 0.5 pp", "chg -0.005"},
        {"增长1.5个百分点", "chg 0.015"},
        {"up 3 million", "chg 3000000"},
        {"rose by 3 million people", "chg 3000000 people"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_change(cases[i][0], cases[i][1]);
}

static void changes_that_make_no_sense_are_refused(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"", "the change is empty (wanted e.g. 100-fold, up 20%, more than doubled)"},
        {"20",
         "'20' is no change (wanted e.g. 100-fold, up 20%, more than doubled, 20% a "
         "year)"},
        {"20 a year", "'20 a year' is no change (wanted e.g. 100-fold, up 20%, more than "
                      "doubled, 20% a year)"},
        {"grew",
         "'grew' is no change: a number is missing (wanted e.g. 100-fold, up 20%, "
         "more than doubled, 20% a year)"},
        {"many", "'many' is vague ('many'): it belongs into a note, not into a value"},
        {"rose from 3 to 5",
         "'rose from 3 to 5' names levels, not a change: record the figures"},
        {"rose to 5 million",
         "'rose to 5 million' is no change: a number is missing (wanted "
         "e.g. 100-fold, up 20%, more than doubled, 20% a year)"},
        {"up and down", "'up and down' rises and falls at once"},
        {"doubled and tripled", "'doubled and tripled' is no change that is understood "
                                "(wanted e.g. more than doubled)"},
        {"doubled every year",
         "'doubled every year' is no change that is understood (wanted "
         "e.g. more than doubled)"},
        {"increased 3 times",
         "'increased 3 times' is ambiguous: write 3-fold for three times "
         "as much, 300% for three times more"},
        {"增长2倍",
         "'增长2倍' is ambiguous: write 3-fold for three times as much, 300% for "
         "three times more"},
        {"fell 10-fold",
         "'fell 10-fold' is no change that is understood: write a fall or a "
         "yearly rate in percent"},
        {"3 percentage points a year", "'3 percentage points a year' is no change that "
                                       "is understood: percentage points "
                                       "have no yearly rate here"},
        {"100-fold compared with 2024",
         "'100-fold compared with 2024' is no change: 'compared with 2024' is not "
         "understood"},
        {"\xff", "a text that is not UTF-8 is not a change"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        up_change_kind kind = UP_CHANGE_CHG;
        up_quantity q = {.value = {.low = 42}};
        up_error err = {0};
        if (up_change_parse(cases[i][0], &kind, &q, &err) == UP_OK)
            fail_msg("'%s' is read", cases[i][0]);
        assert_int_equal(err.code, UP_BAD_DATA);
        assert_string_equal(err.message, cases[i][1]);
        assert_int_equal(kind, UP_CHANGE_CHG);
        assert_int_equal(q.value.low, 42);
    }
}

static void change_kinds_have_names(void **state)
{
    (void)state;
    static const char *const names[] = {"fold", "pch", "cagr", "chg"};
    for (int i = UP_CHANGE_FOLD; i <= UP_CHANGE_CHG; i++) {
        up_change_kind kind = UP_CHANGE_FOLD;
        assert_string_equal(up_change_name((up_change_kind)i), names[i]);
        assert_int_equal(up_change_kind_parse(names[i], &kind, NULL), UP_OK);
        assert_int_equal(kind, i);
    }
    up_error err = {0};
    up_change_kind kind = UP_CHANGE_CAGR;
    assert_int_equal(up_change_kind_parse("growth", &kind, &err), UP_BAD_DATA);
    assert_string_equal(err.message,
                        "'growth' is no kind of change (wanted fold, pch, cagr or chg)");
    assert_int_equal(kind, UP_CHANGE_CAGR);
}

static void damaged_changes_do_no_harm(void **state)
{
    (void)state;
    static const char *const texts[] = {"more than doubled", "fell nearly 5% a year",
                                        "down a third", "同比增长超过20%",
                                        "an increase of 1.5 percentage points"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (size_t at = 0; at <= strlen(texts[i]); at++)
            for (int byte = 0; byte < 256; byte++) {
                char text[64];
                up_change_kind kind;
                up_quantity q;
                up_error err = {0};
                strcpy(text, texts[i]);
                if (at < strlen(texts[i]))
                    text[at] = (char)byte;
                if (up_change_parse(text, &kind, &q, &err) != UP_OK)
                    assert_true(strlen(err.message) > 0);
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changes_are_read),
        cmocka_unit_test(changes_that_make_no_sense_are_refused),
        cmocka_unit_test(change_kinds_have_names),
        cmocka_unit_test(damaged_changes_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
