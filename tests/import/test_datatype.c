#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "import/datatype.h"
#include "import/ecma_regex.h"

/* What a text reads as: its canonical text, or "!" and the reason after the last ": ". */
static const char *read_as(const datatype *type, const char *text)
{
    static char out[1024];
    up_buffer value = {0};
    up_error err = {0};
    bool special;
    if (up_datatype_read(type, text, &value, &special, &err) != UP_OK) {
        const char *at = err.message, *next;
        while ((next = strstr(at, ": ")) != NULL)
            at = next + 2;
        snprintf(out, sizeof out, "!%s", at);
    } else {
        snprintf(out, sizeof out, "%s", up_buffer_text(&value));
    }
    up_buffer_release(&value);
    return out;
}

typedef struct reading_case {
    const char *base, *format, *text, *wanted;
} reading_case;

static void check_readings(const reading_case cases[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        datatype type;
        up_error err = {0};
        up_datatype_init(&type, up_datatype_base(cases[i].base));
        if (cases[i].format != NULL &&
            up_datatype_set_format(&type, cases[i].format, &err) != UP_OK)
            fail_msg("%s", err.message);
        const char *found = read_as(&type, cases[i].text);
        if (strcmp(found, cases[i].wanted) != 0)
            fail_msg("%s %s '%s' reads as: %s", cases[i].base,
                     cases[i].format != NULL ? cases[i].format : "", cases[i].text,
                     found);
        up_datatype_release(&type);
    }
}
#define CHECK_READINGS(cases) check_readings(cases, sizeof(cases) / sizeof(cases)[0])

/* The patterns and the numbers are those of UAX35 and of the W3C's cases. */
static void numbers_fit_their_pattern_or_say_why_not(void **state)
{
    (void)state;
    static const reading_case cases[] = {
        {"decimal", NULL, "+12.50", "12.50"},
        {"decimal", NULL, ".5", "0.5"},
        {"decimal", NULL, "5.", "!digits are missing"},
        {"decimal", NULL, "", "!digits are missing"},
        {"decimal", NULL, "-", "!digits are missing"},
        {"decimal", NULL, "1e3", "!the type has no exponent"},
        {"decimal", NULL, "12%", "0.12"},
        {"decimal", NULL, "12‰", "0.012"},
        {"decimal", NULL, "%12%", "!two percent signs"},
        {"decimal", NULL, "0x10", "!not digits with the marks expected"},
        {"decimal", NULL, "1 ", "!not digits with the marks expected"},
        {"double", NULL, "1e", "!the exponent has no digits"},
        {"double", NULL, "1E-3", "0.001"},
        {"double", NULL, "1e99", "!more than 38 digits, or an exponent beyond 60"},
        {"double", NULL, "1e99999999999999999999",
         "!more than 38 digits, or an exponent beyond 60"},
        {"double", NULL, "nan", "!not digits with the marks expected"},
        {"double", NULL, "INF", "INF"},
        {"byte", NULL, "127", "127"},
        {"byte", NULL, "128", "!too large for the type"},
        {"unsignedLong", NULL, "18446744073709551616", "!too large for the type"},
        {"negativeInteger", NULL, "0", "!too large for the type"},
        {"decimal", "0", "12", "12"},
        {"decimal", "#0.0#", "12.345", "!too many digits after the decimal mark"},
        {"decimal", "#0.0#", "12", "!too few digits after the decimal mark"},
        {"decimal", "000", "12", "!too few digits before the decimal mark"},
        {"decimal", "#,##0.00", "1,234,567.50", "1234567.50"},
        {"decimal", "#,##0.00", "1,2345.00",
         "!thousands marks are not where the pattern has them"},
        {"decimal", "#,##0", ",123",
         "!thousands marks are not where the pattern has them"},
        {"decimal", "#,##,##0", "12,34,567", "1234567"},
        {"decimal", "#,##,##0", "1,234,567",
         "!thousands marks are not where the pattern has them"},
        {"decimal", "0.000,###", "1.123,4", "1.1234"},
        {"decimal", "0.000,###", "1.123,",
         "!thousands marks are not where the pattern has them"},
        {"decimal", "+0", "1", "!a sign is missing"},
        {"decimal", "0%", "1", "!the percent sign is not where the pattern has it"},
        {"double", "0.0E0", "1.2E3", "1200"},
        {"double", "0.0E0", "12.0E3", "!too many digits before the decimal mark"},
        {"double", "0.0E00", "1.2E3", "!the exponent is not as the pattern has it"},
        {"double", "0.0E+0", "1.2E3", "!the exponent has no sign"},
        {"double", "0.0E0", "1.2", "!the exponent is not as the pattern has it"},
    };
    CHECK_READINGS(cases);
}

static void marks_of_numbers_may_be_any_one_character(void **state)
{
    (void)state;
    datatype type;
    up_datatype_init(&type, up_datatype_base("decimal"));
    assert_true(up_number_set_mark(type.number.decimal, ","));
    assert_true(up_number_set_mark(type.number.group, "\xC2\xA0"));
    assert_string_equal(read_as(&type, "1\xC2\xA0"
                                       "234,5"),
                        "1234.5");
    assert_string_equal(read_as(&type, "1\xC2\xA0\xC2\xA0"
                                       "234,5"),
                        "!a thousands mark stands between no digits");
    assert_string_equal(read_as(&type, "1\xC2"
                                       "234,5"),
                        "!not digits with the marks expected");
    static const char *const refused[] = {"",  "ab", "1", "+", "-",        "#",
                                          "E", "e",  "%", "‰", "\xC2\xA0x"};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        assert_false(up_number_set_mark(type.number.group, refused[i]));
    up_datatype_release(&type);
}

/* All formats that the standard lists. */
static void dates_and_times_fit_their_pattern_or_say_why_not(void **state)
{
    (void)state;
    static const reading_case cases[] = {
        {"date", "yyyy-MM-dd", "2015-03-22", "2015-03-22"},
        {"date", "yyyyMMdd", "20150322", "2015-03-22"},
        {"date", "dd-MM-yyyy", "22-03-2015", "2015-03-22"},
        {"date", "d-M-yyyy", "22-3-2015", "2015-03-22"},
        {"date", "MM-dd-yyyy", "03-22-2015", "2015-03-22"},
        {"date", "M-d-yyyy", "3-22-2015", "2015-03-22"},
        {"date", "dd/MM/yyyy", "22/03/2015", "2015-03-22"},
        {"date", "d/M/yyyy", "22/3/2015", "2015-03-22"},
        {"date", "MM/dd/yyyy", "03/22/2015", "2015-03-22"},
        {"date", "M/d/yyyy", "3/22/2015", "2015-03-22"},
        {"date", "dd.MM.yyyy", "22.03.2015", "2015-03-22"},
        {"date", "d.M.yyyy", "22.3.2015", "2015-03-22"},
        {"date", "MM.dd.yyyy", "03.22.2015", "2015-03-22"},
        {"date", "M.d.yyyy", "3.22.2015", "2015-03-22"},
        {"date", "dd/MM/yyyy", "22/3/2015", "!it is written otherwise"},
        {"date", "d/M/yyyy", "31/4/2015", "!there is no such day"},
        {"date", "d/M/yyyy", "1/13/2015", "!there is no such month"},
        {"date", "d/M/yyyy", "1/1/2015 ", "!more stands after it"},
        {"date", "d/M/yyyy", "1/1/", "!it ends too early"},
        {"date", "d/M/yyyy X", "1/1/2015 -05", "2015-01-01-05:00"},
        {"date", NULL, "-0044-03-15", "-0044-03-15"},
        {"date", NULL, "12015-03-15", "Y12015-03-15"},
        {"date", NULL, "900000000000-01-01", "!there is no such day"},
        {"time", "HH:mm:ss.S", "15:02:37.1", "15:02:37.1"},
        {"time", "HH:mm:ss.S", "15:02:37", "15:02:37"},
        {"time", "HH:mm:ss.SS", "15:02:37.143", "!it is written otherwise"},
        {"time", "HHmmss", "150237", "15:02:37"},
        {"time", "HH:mm", "24:00", "!there is no such time"},
        {"time", "HHmm XX", "1502 +0800", "15:02:00+08:00"},
        {"time", "HH:mmXXX", "15:02+08:30", "15:02:00+08:30"},
        {"time", "HH:mmX", "15:02+15", "!it is written otherwise"},
        {"time", "HH:mmx", "15:02Z", "!it is written otherwise"},
        {"dateTime", "yyyy-MM-ddTHH:mm", "2014-04-12T19:30", "2014-04-12T19:30:00"},
        {"dateTime", "M/d/yyyy HH:mm", "4/12/2014 19:30", "2014-04-12T19:30:00"},
        {"dateTime", NULL, "2014-04-12T19:30:00.100Z", "2014-04-12T19:30:00.1Z"},
        {"dateTime", NULL, "2014-04-12 19:30:00", "!it is written otherwise"},
        {"dateTimeStamp", NULL, "2014-04-12T19:30:00", "!the time zone is missing"},
        {"gYear", NULL, "1960", "1960"},
        {"gYear", NULL, "196", "!it is written otherwise"},
        {"gYearMonth", "MM/yyyy", "07/1960", "1960-07"},
        {"gMonthDay", NULL, "--02-29", "--02-29"},
        {"gMonthDay", NULL, "--02-30", "!there is no such day"},
        {"gDay", NULL, "---31", "---31"},
    };
    CHECK_READINGS(cases);
}

static void patterns_of_dates_that_say_too_little_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *base, *format, *wanted;
    } cases[] = {
        {"date", "yy-MM-dd",
         "'yy-MM-dd' is not a date pattern: a part of it is not known"},
        {"date", "dd MMM yyyy",
         "'dd MMM yyyy' is not a date pattern: a part of it is not known"},
        {"date", "yyyy-MM",
         "'yyyy-MM' is not a date pattern: it does not have the parts of the type"},
        {"date", "yyyy-MM-dd HH:mm",
         "'yyyy-MM-dd HH:mm' is not a date pattern: it does not have the parts of the "
         "type"},
        {"date", "yyyy-MM-dd-dd",
         "'yyyy-MM-dd-dd' is not a date pattern: a part stands in it twice"},
        {"time", "mm:ss",
         "'mm:ss' is not a date pattern: it does not have the parts of the "
         "type"},
        {"time", "HH:mm:ssS",
         "'HH:mm:ssS' is not a date pattern: it is too long, or a part is not known"},
        {"date", "", "'' is not a date pattern: it does not have the parts of the type"},
        {"date", "yyyy-MM-dd                                          ",
         "'yyyy-MM-dd                                          ' is not a date pattern: "
         "it "
         "is too long, or a part is not known"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        datatype type;
        up_error err = {0};
        up_datatype_init(&type, up_datatype_base(cases[i].base));
        assert_int_equal(up_datatype_set_format(&type, cases[i].format, &err),
                         UP_BAD_DATA);
        assert_string_equal(err.message, cases[i].wanted);
        assert_null(type.format);
        up_datatype_release(&type);
    }
}

static void other_texts_fit_their_type_or_say_why_not(void **state)
{
    (void)state;
    static const reading_case cases[] = {
        {"boolean", NULL, "1", "true"},
        {"boolean", "Y|N", "N", "false"},
        {"boolean", "Y|N", "1",
         "!neither what stands for true nor what stands for false"},
        {"duration", NULL, "P1Y2M3DT4H5M6.7S", "P1Y2M3DT4H5M6.7S"},
        {"duration", NULL, "-P60D", "-P60D"},
        {"duration", NULL, "P", "!not such as P1DT2H"},
        {"duration", NULL, "P1DT", "!not such as P1DT2H"},
        {"duration", NULL, "PT1HT1H", "!not such as P1DT2H"},
        {"duration", NULL, "P1H", "!not such as P1DT2H"},
        {"duration", NULL, "P1M1Y", "!not such as P1DT2H"},
        {"duration", NULL, "P1.5D", "!not such as P1DT2H"},
        {"duration", NULL, "P1TT", "!not such as P1DT2H"},
        {"dayTimeDuration", NULL, "P1M", "!not such as P1DT2H"},
        {"yearMonthDuration", NULL, "P1D", "!not such as P1DT2H"},
        {"hexBinary", NULL, "0FB7", "0FB7"},
        {"hexBinary", NULL, "0FB", "!not pairs of hexadecimal digits"},
        {"base64Binary", NULL, "U2VuZA==", "U2VuZA=="},
        {"base64Binary", NULL, "U2VuZA=", "!not base 64"},
        {"base64Binary", NULL, "====", "!not base 64"},
        {"string", "^[A-Z]+$", "AB", "AB"},
        {"string", "^[A-Z]+$", "Ab", "!it does not match"},
        {"string", NULL, " as it is\n", " as it is\n"},
    };
    CHECK_READINGS(cases);
}

static void blanks_are_treated_as_the_type_wants(void **state)
{
    (void)state;
    static const struct {
        const char *base, *wanted;
    } cases[] = {{"string", " a\t\n b "},
                 {"normalizedString", " a   b "},
                 {"token", "a b"},
                 {"date", "a b"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        datatype type;
        up_buffer out = {0};
        up_datatype_init(&type, up_datatype_base(cases[i].base));
        up_datatype_add_normal(&type, " a\t\n b ", &out);
        assert_string_equal(up_buffer_text(&out), cases[i].wanted);
        up_buffer_release(&out);
        up_datatype_release(&type);
    }
}

static bool matches(const char *expression, const char *text)
{
    regex_t regex;
    up_error err = {0};
    if (up_ecma_regex_compile(expression, &regex, &err) != UP_OK)
        fail_msg("%s", err.message);
    bool found = regexec(&regex, text, 0, NULL, 0) == 0;
    regfree(&regex);
    return found;
}

static void expressions_of_ecmascript_mean_the_same(void **state)
{
    (void)state;
    static const struct {
        const char *expression, *yes, *no;
    } cases[] = {
        {"^\\d{2,3}$", "123", "1234"},
        {"^\\D\\S\\W$", "ab-", "1b-"},
        {"^[\\d\\s]+$", "1 2", "1a"},
        {"^[\\w.-]+$", "a_1.-", "a b"},
        {"^[^\\]]+$", "a[", "a]"},
        {"^[\\]\\^-]$", "^", "a"},
        {"^.{2}$", "中国", "中"},
        {"^.$", "é", "ab"},
        {"^.+ a$", "é a", "\n a"},
        {"^[[.]$", "[", "a"},
        {"^[a-c-]+$", "a-c", "d"},
        {"^[\\^]$", "^", "a"},
        {"^(?:ab|cd)+?$", "abcd", "abc"},
        {"^a\\.b\\*\\/\\{$", "a.b*/{", "axb*/{"},
        {"^\\t$", "\t", "t"},
        {"^-?P.*$", "-P1D", "1D"},
        {"a{2}", "xaax", "xax"},
        {"^a|b$", "ax", "xa"},
        {"^中+$", "中中", "国"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (!matches(cases[i].expression, cases[i].yes))
            fail_msg("%s does not match %s", cases[i].expression, cases[i].yes);
        if (matches(cases[i].expression, cases[i].no))
            fail_msg("%s matches %s", cases[i].expression, cases[i].no);
    }
}

static void expressions_that_cannot_be_read_are_refused(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"+", "nothing stands before a repetition"},
        {"a|*", "nothing stands before a repetition"},
        {"(?:*)", "nothing stands before a repetition"},
        {"a**", "nothing stands before a repetition"},
        {"(a", "a ( is not closed"},
        {"a)", "a ) has no ("},
        {"[a", "a [ is not closed"},
        {"[]", "an empty [ ] is not supported"},
        {"[^]", "an empty [ ] is not supported"},
        {"[\\^-]", "a [ ] of only ^ and - is not supported"},
        {"[é]", "a character beyond ASCII in [ ] is not supported"},
        {"a{", "a { is not followed by a count"},
        {"a{2,1}", "a { is not followed by a count"},
        {"a{99999}", "a { is not followed by a count"},
        {"((a{20}){20}){20}", "its repetitions are too many"},
        {"(?=a)", "looking ahead or behind is not supported"},
        {"(?<n>a)", "looking ahead or behind is not supported"},
        {"(a)\\1", "an escape is not supported"},
        {"\\bword", "an escape is not supported"},
        {"\\u0041", "an escape is not supported"},
        {"[\\D]", "an escape in [ ] is not supported"},
        {"a\\", "a \\ stands at its end"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        regex_t regex;
        up_error err = {0};
        up_status status = up_ecma_regex_compile(cases[i][0], &regex, &err);
        if (status == UP_OK)
            regfree(&regex);
        if (status != UP_BAD_DATA)
            fail_msg("%s is read", cases[i][0]);
        const char *reason = strstr(err.message, "can be read: ");
        assert_non_null(reason);
        assert_string_equal(reason + strlen("can be read: "), cases[i][1]);
    }
    char *deep = malloc(2002);
    assert_non_null(deep);
    memset(deep, '(', 2001);
    deep[2001] = '\0';
    regex_t regex;
    assert_int_equal(up_ecma_regex_compile(deep, &regex, NULL), UP_BAD_DATA);
    deep[900] = '\0';
    assert_int_equal(up_ecma_regex_compile(deep, &regex, NULL), UP_BAD_DATA);
    free(deep);
}

/* Any bytes, as text and as pattern: an answer, never a crash. */
static void any_bytes_are_met(void **state)
{
    (void)state;
    static const char *const bases[] = {"decimal", "double",   "date",   "dateTime",
                                        "boolean", "duration", "string", "base64Binary"};
    static const char alphabet[] =
        "0#,.E+-%'yMdHmsSXT:/ ()[]{}*?\\|^$aPD\xE2\x80\xB0\xFF";
    uint64_t random = 12345;
    for (size_t round = 0; round < 40000; round++) {
        char text[2][12];
        for (size_t k = 0; k < 2; k++) {
            size_t length = round % (sizeof text[k] - 1);
            for (size_t i = 0; i < length; i++) {
                random = random * 6364136223846793005u + 1442695040888963407u;
                text[k][i] = alphabet[(random >> 33) % (sizeof alphabet - 1)];
            }
            text[k][length] = '\0';
        }
        datatype type;
        up_datatype_init(&type, up_datatype_base(bases[round % 8]));
        up_status status = up_datatype_set_format(&type, text[0], NULL);
        assert_true(status == UP_OK || status == UP_BAD_DATA);
        read_as(&type, text[1]);
        up_datatype_release(&type);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_fit_their_pattern_or_say_why_not),
        cmocka_unit_test(marks_of_numbers_may_be_any_one_character),
        cmocka_unit_test(dates_and_times_fit_their_pattern_or_say_why_not),
        cmocka_unit_test(patterns_of_dates_that_say_too_little_are_refused),
        cmocka_unit_test(other_texts_fit_their_type_or_say_why_not),
        cmocka_unit_test(blanks_are_treated_as_the_type_wants),
        cmocka_unit_test(expressions_of_ecmascript_mean_the_same),
        cmocka_unit_test(expressions_that_cannot_be_read_are_refused),
        cmocka_unit_test(any_bytes_are_met),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
