/* Quantities as people write them. What each means is arithmetic done by hand: 16.2 bn is
 * 162 × 10^8, so its last digit stated stands for 10^8. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "uptick/quantity.h"

static up_quantity read_quantity(const char *text, const up_quantity_options *options)
{
    up_quantity q = {.has_value = false};
    up_error err = {0};
    if (up_quantity_parse(text, options, &q, &err) != UP_OK)
        fail_msg("'%s': %s", text, err.message);
    return q;
}

static void assert_described(const char *text, const up_quantity_options *options,
                             const char *expected)
{
    up_quantity q = read_quantity(text, options);
    up_buffer out = {0};
    up_quantity_describe(&q, &out);
    if (strcmp(up_buffer_text(&out), expected) != 0)
        fail_msg("'%s' reads as '%s', not '%s'", text, up_buffer_text(&out), expected);
    up_buffer_release(&out);
}

static void assert_refused(const char *text, const up_quantity_options *options,
                           const char *message)
{
    up_quantity q = {.value = {.low = 42}};
    up_error err = {0};
    if (up_quantity_parse(text, options, &q, &err) == UP_OK)
        fail_msg("'%s' is read", text);
    assert_int_equal(err.code, UP_BAD_DATA);
    assert_string_equal(err.message, message);
    assert_int_equal(q.value.low, 42);
    assert_int_equal(up_quantity_parse(text, options, &q, NULL), UP_BAD_DATA);
}

static void assert_all(const char *const cases[][2], size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_described(cases[i][0], NULL, cases[i][1]);
}
#define ASSERT_ALL(cases) assert_all(cases, sizeof(cases) / sizeof *(cases))

static void plain_numbers(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"0", "0"},
        {"5", "5"},
        {"-5", "-5"},
        {"−5", "-5"},
        {"+5", "5"},
        {".5", "0.5"},
        {"1.234", "1.234"},
        {"1.2e9", "1200000000"},
        {"1.2E-3", "0.0012"},
        {"1,234,567", "1234567"},
        {"1 234 567", "1234567"},
        {"1\xc2\xa0"
         "234\xc2\xa0"
         "567",
         "1234567"}, /* no-break spaces */
        {"1\xe2\x80\x89"
         "234\xe2\x80\x89"
         "567",
         "1234567"}, /* thin spaces */
        {"1'234'567.5", "1234567.5"},
        {"１２３", "123"},
        {"exactly 5", "5"},
    };
    ASSERT_ALL(cases);
}

static void multipliers(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"570M", "570000000"},
        {"570 million", "570000000"},
        {"10T", "10000000000000"},
        {"10 trillion", "10000000000000"},
        {"16.2bn", "16200000000"},
        {"16.2 B", "16200000000"},
        {"5k", "5000"},
        {"5K", "5000"},
        {"5tn", "5000000000000"},
        {"5 mn", "5000000"},
        {"3 hundred thousand", "300000"},
        {"2 lakh", "200000"},
        {"2 crore", "20000000"},
        {"2.49亿", "249000000"},
        {"10万亿", "10000000000000"},
        {"3亿5000万", "350000000"},
        {"5千", "5000"},
        {"3百万", "3000000"},
        {"三万", "30000"},
    };
    ASSERT_ALL(cases);
}

static void number_words(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"three", "3"},
        {"twelve hundred", "1200"},
        {"twenty-five", "25"},
        {"two million", "2000000"},
        {"three hundred", "300"},
        {"a million", "1000000"},
        {"half", "0.5"},
        {"half a million", "500000"},
        {"a third", "0.333333333333333"},
        {"two thirds", "0.666666666666667"},
        {"two-thirds", "0.666666666666667"},
        {"a quarter", "0.25"},
        {"three quarters", "0.75"},
        {"two fifths", "0.4"},
        {"一半", "0.5"},
        {"三分之一", "0.333333333333333"},
        {"四分之三", "0.75"},
        {"three newly open-sourced large models", "3 newly open-sourced large models"},
    };
    ASSERT_ALL(cases);
}

static void qualifiers(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"more than 800", "more than 800"},
        {"over 800", "more than 800"},
        {"Over 800", "more than 800"},
        {"exceeded 700 billion yuan", "more than 700000000000 CNY"},
        {"> 800", "more than 800"},
        {"超过7000亿元", "more than 700000000000 CNY"},
        {"100多万", "more than 1000000"},
        {"3000余项", "more than 3000 项"},
        {"at least 5", "at least 5"},
        {">=5", "at least 5"},
        {"≥ 5", "at least 5"},
        {"800+", "at least 800"},
        {"800 or more", "at least 800"},
        {"800 people or more", "at least 800 people"},
        {"80%以上", "at least 0.80"},
        {"不少于5", "at least 5"},
        {"fewer than 5", "less than 5"},
        {"less than 5", "less than 5"},
        {"under 5", "less than 5"},
        {"< 5", "less than 5"},
        {"不到5", "less than 5"},
        {"no more than 5", "at most 5"},
        {"up to 5", "at most 5"},
        {"<=5", "at most 5"},
        {"≤5", "at most 5"},
        {"about 140 million", "about 140000000"},
        {"around 5", "about 5"},
        {"roughly 5", "about 5"},
        {"approximately 5", "about 5"},
        {"circa 5", "about 5"},
        {"~2.2", "about 2.2"},
        {"≈ 5", "about 5"},
        {"约1.4亿", "about 140000000"},
        {"1.4亿左右", "about 140000000"},
        {"5 or so", "about 5"},
        {"nearly half", "nearly 0.5"},
        {"almost half", "nearly 0.5"},
        {"just under 5", "nearly 5"},
        {"~<5", "nearly 5"},
        {"近一半", "nearly 0.5"},
        {"just over 5", "just over 5"},
        {"~> 5", "just over 5"},
    };
    ASSERT_ALL(cases);
}

static void percent_is_divided_unless_it_is_the_unit(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"80%", "0.80"},           {"80 percent", "0.80"},
        {"80 per cent", "0.80"},   {"more than 80 percent", "more than 0.80"},
        {"２.5％", "0.025"},       {"百分之八十", "0.80"},
        {"八成", "0.8"},           {"近八成", "nearly 0.8"},
        {"20-30%", "0.20 to 0.30"}};
    ASSERT_ALL(cases);
    up_quantity_options percent = {.unit_is_percent = true};
    assert_described("80%", &percent, "80");
    assert_described("八成", &percent, "80");
    assert_true(read_quantity("80%", NULL).percent);
    assert_true(read_quantity("80%", &percent).percent);
    assert_false(read_quantity("80", NULL).percent);
    assert_int_equal(read_quantity("80%", NULL).value.exponent, -2);
}

static void currencies_and_units(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"39.1 billion yuan", "39100000000 CNY"},
        {"$5.45 billion", "5450000000 USD"},
        {"US$ 5bn", "5000000000 USD"},
        {"USD 5bn", "5000000000 USD"},
        {"RMB 39.1bn", "39100000000 CNY"},
        {"7000亿元", "700000000000 CNY"},
        {"39.1亿美元", "3910000000 USD"},
        {"€5", "5 EUR"},
        {"5€", "5 EUR"},
        {"£5", "5 GBP"},
        {"CN¥5", "5 CNY"},
        {"-$5", "-5 USD"},
        {"$-5", "-5 USD"},
        {"$5 USD", "5 USD"},
        {"5 dollars", "5 USD"},
        {"500元人民币", "500 CNY"},
        {"5 yuan per person", "5 yuan per person"},
        {"70,000 square meters", "70000 square meters"},
        {"5 m²", "5 m²"},
        {"5 tonnes CO2", "5 tonnes CO2"},
        {"5 °C", "5 °C"},
        {"10 trillion tokens per day", "10000000000000 tokens per day"},
        {"2.49亿人", "249000000 人"},
    };
    ASSERT_ALL(cases);
    up_quantity_options yen = {.currency = "JPY"}, australian = {.currency = "AUD"},
                        hong_kong = {.currency = "HKD"}, yuan = {.currency = "CNY"};
    assert_described("¥500", &yen, "500 JPY");
    assert_described("￥500", &yuan, "500 CNY");
    assert_described("$500", &australian, "500 AUD");
    assert_described("500元", &hong_kong, "500 HKD");
    assert_described("$500", &yuan, "500 USD");
    assert_described("US$500", &australian, "500 USD");
}

static void a_part_in_words_of_a_metric_in_percent(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *value;
    } cases[] = {{"half", "50"}, {"nearly half", "50"}, {"three quarters", "75"},
                 {"一半", "50"}, {"29%", "29"},         {"0.5", "0.5"}};
    up_quantity_options options = {.unit_is_percent = true};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[UP_DECIMAL_SIZE];
        up_quantity q = read_quantity(cases[i].text, &options);
        up_decimal_format(q.value, text);
        assert_string_equal(text, cases[i].value);
    }
}

static void ranges_and_margins(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"3B-750B", "3000000000 to 750000000000"},
        {"from 3B to 750B", "3000000000 to 750000000000"},
        {"ranging from 3B to 750B parameters", "3000000000 to 750000000000 parameters"},
        {"between 3 and 5", "3 to 5"},
        {"3 to 750 billion", "3000000000 to 750000000000"},
        {"between 14 and 14.5 billion", "14000000000 to 14500000000"},
        {"3–750", "3 to 750"},
        {"3 to 750", "3 to 750"},
        {"3～5", "3 to 5"},
        {"3至5", "3 to 5"},
        {"$3-5", "3 to 5 USD"},
        {"-3 to -1", "-3 to -1"},
        {"900 to 1.2 thousand", "900 to 1200"}, /* 900 thousand would run backwards */
        {"5 ± 0.5", "5, between 4.5 and 5.5"},
        {"5 +/- 0.5", "5, between 4.5 and 5.5"},
        {"5 ± 0.5 million", "5000000, between 4500000 and 5500000"},
        {"5% ± 0.5%", "0.05, between 0.045 and 0.055"},
    };
    ASSERT_ALL(cases);
    up_quantity range = read_quantity("3-750", NULL);
    assert_false(range.has_value);
    assert_true(range.has_low && range.has_high);
    up_quantity margin = read_quantity("5 ± 0.5", NULL);
    assert_true(margin.has_value && margin.has_low && margin.has_high);
}

static void folds(void **state)
{
    (void)state;
    static const char *const texts[] = {"100-fold", "100 fold", "100fold",   "100×",
                                        "100x",     "100 X",    "100 times", "100倍"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_described(texts[i], NULL, "100-fold");
        assert_true(read_quantity(texts[i], NULL).fold);
    }
    assert_described("tenfold", NULL, "10-fold");
    assert_described("3 times per day", NULL, "3 times per day");
}

static void the_digits_stated_are_kept(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint64_t coefficient;
        int exponent, last_nonzero;
    } cases[] = {{"39.1 billion", 391, 8, 8},    {"570 million", 570, 6, 7},
                 {"570000000", 570000000, 0, 7}, {"1.50", 150, -2, -1},
                 {"7000亿", 7000, 8, 11},        {"80%", 80, -2, -1},
                 {"3亿5000万", 35000, 4, 7},     {"half a million", 5, 5, 5},
                 {"70,000", 70000, 0, 4}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        up_decimal value = read_quantity(cases[i].text, NULL).value;
        assert_int_equal(value.low, cases[i].coefficient);
        assert_int_equal(up_decimal_last_digit(value), cases[i].exponent);
        assert_int_equal(up_decimal_last_nonzero_digit(value), cases[i].last_nonzero);
    }
}

static void decimal_comma(void **state)
{
    (void)state;
    up_quantity_options comma = {.decimal_comma = true};
    assert_described("1.234.567,8", &comma, "1234567.8");
    assert_described("1,5", &comma, "1.5");
    assert_described("1.234", &comma, "1234");
    assert_described("16,2bn", &comma, "16200000000");
    assert_refused(
        "1.5", &comma,
        "'1.5' does not group its digits in threes (the decimal mark is set to a "
        "comma)");
    assert_refused("1,2,3", &comma, "'1,2,3' has two decimal marks");
}

#define MISSING                                                                          \
    " is no quantity: a number is missing (wanted e.g. 570M, 39.1 billion yuan, more "   \
    "than "                                                                              \
    "800, 80%)"
#define VAGUE(word) " is vague ('" word "'): it belongs into a note, not into a value"

static void refusals_say_why(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"",
         "the quantity is empty (wanted e.g. 570M, 39.1 billion yuan, more than 800)"},
        {"many", "'many'" VAGUE("many")},
        {"hundreds", "'hundreds'" VAGUE("hundreds")},
        {"hundreds of tech firms", "'hundreds of tech firms'" VAGUE("hundreds")},
        {"a few thousand", "'a few thousand'" VAGUE("a few")},
        {"more than a few", "'more than a few'" VAGUE("a few")},
        {"数百家", "'数百家'" VAGUE("数")},
        {"nan", "'nan'" MISSING},
        {"inf", "'inf'" MISSING},
        {"-", "'-'" MISSING},
        {"$", "'$'" MISSING},
        {"more than", "'more than'" MISSING},
        {"third", "'third'" MISSING},
        {"5 -", "'5 -'" MISSING},
        {"0x10", "'0x10' is no quantity: 'x10' is not understood (a blank goes before a "
                 "unit; K, M, B, T are thousand to trillion)"},
        {"5km",
         "'5km' is no quantity: 'km' is not understood (a blank goes before a unit; "
         "K, M, B, T are thousand to trillion)"},
        {"1e400", "'1e400' is out of range (its last digit must stand between 10^-60 and "
                  "10^60)"},
        {"1e60 million", "1000000000000000000000000000000000000000000000000000000000000 "
                         "times 10^6 is out of range (its last digit must stand between "
                         "10^-60 and 10^60)"},
        {"12,5", "'12,5' does not group its digits in threes; for a decimal comma say so "
                 "(--decimal ,)"},
        {"12,34,5", "'12,34,5' does not group its digits in threes"},
        {"1234,567",
         "'1234,567' does not group its digits in threes; for a decimal comma "
         "say so (--decimal ,)"},
        {"12,34,567", "'12,34,567' groups its digits the Indian way, which is not read: "
                      "write 1234567"},
        {"1,234 567", "'1,234 567' mixes two ways to group digits"},
        {"10 20", "'10 20' does not group its digits in threes"},
        {"1.2.3", "'1.2.3' has two decimal marks"},
        {"5m",
         "'5m' is ambiguous: 'm' may be metres, minutes, months or million: write M or "
         "million"},
        {"5 t", "'5 t' is ambiguous: 't' may be tonnes or trillion: write T or trillion"},
        {"5兆", "'5兆' is ambiguous: '兆' may be 10^6 or 10^12: write 万 and 亿"},
        {"¥500", "'¥500' is ambiguous: ¥ may be CNY or JPY; write the code"},
        {"500¥", "'500¥' is ambiguous: ¥ may be CNY or JPY; write the code"},
        {"$5 EUR", "'$5 EUR' names two currencies"},
        {"$3-€5", "'$3-€5' names two currencies"},
        {"$5 a day", "'$5 a day' has two units: USD and 'a day'"},
        {"10²", "'10²' is no quantity: '²' is not understood"},
        {"1/3", "'1/3' is no quantity: '/3' is not understood"},
        {"5.", "'5.' is no quantity: '.' is not understood"},
        {"39.1 billion yuan ($5.45 billion)", "'39.1 billion yuan ($5.45 billion)' is no "
                                              "quantity: 'yuan ($5.45 billion)' is not "
                                              "understood"},
        {"3亿5", "'3亿5' is no quantity: its parts do not fit together"},
        {"3万5亿", "'3万5亿' is no quantity: its parts do not fit together"},
        {"more than about 800",
         "'more than about 800' holds two qualifiers ('more than' and 'about')"},
        {"about 800 or more",
         "'about 800 or more' holds two qualifiers ('about' and 'at least')"},
        {"about 3-5", "'about 3-5' qualifies a range: write the range alone"},
        {"5 to 3", "'5 to 3' is no range: its first number is the larger one"},
        {"from 5", "'from 5' is no range: its second number is missing"},
        {"5 million ± 0.5",
         "'5 million ± 0.5' is ambiguous: write the margin in the same "
         "way as the value"},
        {"100 ± 5%", "'100 ± 5%' is ambiguous: write the margin in the same way as the "
                     "value"},
        {"5 ± -1", "'5 ± -1' is no quantity: its margin is negative"},
        {"1.5 percentage points",
         "'1.5 percentage points' is a change, not a level: record "
         "it as a claim"},
        {"5 words of a unit that goes on and on until nobody can remember its start",
         "'5 words of a unit that goes on and on until nobody can remember its start' "
         "has a "
         "unit of more than 63 bytes"},
        {"\xff", "a text that is not UTF-8 is not a quantity"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_refused(cases[i][0], NULL, cases[i][1]);
}

static void a_number_of_too_many_digits_is_refused(void **state)
{
    (void)state;
    char text[240];
    memset(text, '7', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    up_error err = {0};
    up_quantity q;
    assert_int_equal(up_quantity_parse(text, NULL, &q, &err), UP_BAD_DATA);
    assert_non_null(strstr(err.message, "has too many digits"));
    text[1] = '.';
    assert_int_equal(up_quantity_parse(text, NULL, &q, &err), UP_BAD_DATA);
    assert_non_null(strstr(err.message, "has more than 38 significant digits"));
}

static void qualifier_marks_and_words(void **state)
{
    (void)state;
    static const char *const marks[] = {"", "~", ">", ">=", "<", "<=", "~<", "~>"};
    for (int i = UP_EXACTLY; i <= UP_JUST_OVER; i++) {
        up_qualifier back = UP_EXACTLY;
        assert_string_equal(up_qualifier_mark((up_qualifier)i), marks[i]);
        assert_int_equal(up_qualifier_parse(marks[i], &back, NULL), UP_OK);
        assert_int_equal(back, i);
    }
    up_error err = {0};
    up_qualifier untouched = UP_NEARLY;
    assert_int_equal(up_qualifier_parse("=>", &untouched, &err), UP_BAD_DATA);
    assert_string_equal(err.message,
                        "'=>' is no qualifier (wanted ~ > >= < <= ~< ~> or nothing)");
    assert_int_equal(untouched, UP_NEARLY);
    assert_string_equal(up_qualifier_words(UP_EXACTLY), "");
    assert_string_equal(up_qualifier_words(UP_NEARLY), "nearly");
}

static void units_match_in_case_number_and_code(void **state)
{
    (void)state;
    static const struct {
        const char *written, *unit;
        bool match;
    } cases[] = {
        {"", "people", true},
        {"people", "people", true},
        {"People", "people", true},
        {"person", "people", true},
        {"人", "people", true},
        {"users", "people", false},
        {"enterprise", "enterprises", true},
        {"company", "companies", true},
        {"boxes", "box", true},
        {"square metres", "square meters", true},
        {"square meter", "square meters", true},
        {"meters", "square meters", false},
        {"tokens/day", "tokens per day", true},
        {"tokens a day", "tokens per day", true},
        {"token per day", "tokens per day", true},
        {"tokens", "tokens per day", false},
        {"CNY", "CNY", true},
        {"cny", "CNY", true},
        {"yuan", "CNY", true},
        {"元", "CNY", true},
        {"CNY", "yuan", true},
        {"USD", "CNY", false},
        {"dollars", "AUD", true},
        {"¥", "JPY", true},
        {"%", "percent", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (up_unit_matches(cases[i].written, cases[i].unit) != cases[i].match)
            fail_msg("'%s' and '%s'", cases[i].written, cases[i].unit);
}

/* Every truncation and changed byte: read or refused with a message, never worse. */
static void damaged_texts_do_no_harm(void **state)
{
    (void)state;
    static const char *const texts[] = {"more than 39.1 billion yuan",
                                        "US$ 1,234,567.8e-3",
                                        "3亿5000万元以上",
                                        "ranging from 3B to 750B parameters",
                                        "5 ± 0.5 million",
                                        "百分之八十五",
                                        "two-thirds or more",
                                        "１ ２３４％",
                                        "half a million people or so"};
    up_quantity_options comma = {.decimal_comma = true, .currency = "CNY"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (size_t at = 0; at <= strlen(texts[i]); at++)
            for (int byte = 0; byte < 256; byte++) {
                char text[64];
                up_quantity q;
                up_error err = {0};
                strcpy(text, texts[i]);
                if (at < strlen(texts[i]))
                    text[at] = (char)byte;
                if (up_quantity_parse(text, byte % 2 ? &comma : NULL, &q, &err) != UP_OK)
                    assert_true(strlen(err.message) > 0);
            }
}

static void random_texts_do_no_harm(void **state)
{
    (void)state;
    static const char letters[] =
        "0123456789.,eE+-~%$<>= kMBTmxa'()/\xc2\xb1\xe4\xba\xbf\xe4\xb8\x87half to ";
    uint32_t seed = 4711;
    for (int round = 0; round < 200000; round++) {
        char text[24];
        up_quantity q;
        size_t length = 0;
        for (; length < 1 + (size_t)(round % 20); length++) {
            seed = seed * 1664525u + 1013904223u;
            text[length] = letters[(seed >> 16) % (sizeof letters - 1)];
        }
        text[length] = '\0';
        if (up_quantity_parse(text, NULL, &q, NULL) == UP_OK && q.has_low && q.has_high)
            assert_true(up_decimal_compare(q.low, q.high) <= 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_numbers),
        cmocka_unit_test(multipliers),
        cmocka_unit_test(number_words),
        cmocka_unit_test(qualifiers),
        cmocka_unit_test(percent_is_divided_unless_it_is_the_unit),
        cmocka_unit_test(currencies_and_units),
        cmocka_unit_test(a_part_in_words_of_a_metric_in_percent),
        cmocka_unit_test(ranges_and_margins),
        cmocka_unit_test(folds),
        cmocka_unit_test(the_digits_stated_are_kept),
        cmocka_unit_test(decimal_comma),
        cmocka_unit_test(refusals_say_why),
        cmocka_unit_test(a_number_of_too_many_digits_is_refused),
        cmocka_unit_test(qualifier_marks_and_words),
        cmocka_unit_test(units_match_in_case_number_and_code),
        cmocka_unit_test(damaged_texts_do_no_harm),
        cmocka_unit_test(random_texts_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
