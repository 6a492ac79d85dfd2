/* Standard notations: the lists of tests/data/dates (their README says where they are from),
 * SDMX codes, and what must be refused. */
#include "text/period_check.h"

#include <inttypes.h>

#include "uptick/calendar.h"

/* A day as the lists write it: years plainly, at least four digits. */
static void write_day(int64_t instant, char out[32])
{
    up_date date = up_date_from_instant(instant);
    int64_t year = date.year < 0 ? -date.year : date.year;
    snprintf(out, 32, "%s%04" PRId64 "-%02d-%02d", date.year < 0 ? "-" : "", year,
             date.month, date.day);
}

static void write_first_day(const up_period *period, char out[32])
{
    if (period->start != INT64_MIN)
        write_day(period->start, out);
    else
        strcpy(out, period->flags & UP_PERIOD_OPEN_START ? "open" : "unknown");
}

static void write_last_day(const up_period *period, char out[32])
{
    if (period->end != INT64_MAX)
        write_day(period->end - 1, out);
    else
        strcpy(out, period->flags & UP_PERIOD_OPEN_END ? "open" : "unknown");
}

typedef struct tally {
    size_t read, seasons, level_2_read, level_2_refused;
} tally;

static bool is_explained(const char *message)
{
    return strstr(message, "level 2 that is not supported") ||
           strstr(message, "season") || strstr(message, "is ambiguous") ||
           strstr(message, "a set must be unbroken");
}

static void check_days(char *fields[6], const up_period *period)
{
    char first[32], last[32];
    /* The list drops the offset; 23:20:30 four hours west of UTC is the next day. */
    if (strcmp(fields[0], "1985-04-12T23:20:30-04") == 0)
        fields[1] = fields[2] = "1985-04-13";
    if (strcmp(fields[1], "-") == 0)
        return;
    write_first_day(period, first);
    write_last_day(period, last);
    if (strcmp(first, fields[1]) != 0 || strcmp(last, fields[2]) != 0)
        fail_msg("'%s' reads as %s to %s, not %s to %s", fields[0], first, last,
                 fields[1], fields[2]);
}

static void check_round_trip(const char *text, const up_period *period)
{
    char written[UP_PERIOD_SIZE];
    up_period_format(period, written);
    up_period again = period_of(written, NULL);
    if (up_period_compare(period, &again) != 0)
        fail_msg("'%s' is written %s, which reads as something else", text, written);
}

static void check_valid(char *fields[6], void *context)
{
    tally *count = context;
    bool level_2 = strcmp(fields[3], "2") == 0;
    up_period period;
    up_error err = {0};
    if (up_period_parse(fields[0], NULL, &period, &err) == UP_OK) {
        *(level_2 ? &count->level_2_read : &count->read) += 1;
        check_days(fields, &period);
        check_round_trip(fields[0], &period);
        return;
    }
    if (level_2) {
        if (!is_explained(err.message))
            fail_msg("'%s' is refused as: %s", fields[0], err.message);
        count->level_2_refused++;
        return;
    }
    if (strcmp(fields[1], "-") != 0 || !strstr(err.message, "is a season"))
        fail_msg("'%s' is refused: %s", fields[0], err.message);
    count->seasons++;
}

/* Levels 0 and 1: 56 lines, of which 3 are seasons, for which the list has no days. Level 2:
 * 67 lines, of which are read: the exponential year, 5 codes from 33 on, 3 unbroken sets,
 * 9 dates and 6 intervals with qualifiers inside, and 1XXX. */
static void edtf_reads_every_valid_line_of_levels_0_and_1(void **state)
{
    (void)state;
    tally count = {0};
    assert_int_equal(for_each_line("edtf-valid.txt", check_valid, &count), 123);
    assert_int_equal(
        count.read + count.seasons + count.level_2_read + count.level_2_refused, 123);
    assert_int_equal(count.seasons, 3);
    assert_int_equal(count.read, 53);
    assert_int_equal(count.level_2_read, 1 + 5 + 3 + 9 + 6 + 1);
}

static void check_invalid(char *fields[6], void *context)
{
    (void)context;
    up_period period;
    const char *text = fields[0];
    size_t length = strlen(text);
    bool padded = length > 0 && (text[0] == ' ' || text[length - 1] == ' ');
    if (strcmp(fields[2], "space") == 0 && padded)
        return; /* blanks around a period are trimmed here */
    if (up_period_parse(text, NULL, &period, NULL) == UP_OK)
        fail_msg("'%s' is read", text);
}

static void edtf_refuses_every_invalid_line(void **state)
{
    (void)state;
    assert_int_equal(for_each_line("edtf-invalid.txt", check_invalid, NULL), 32);
}

static void check_no_crash(char *fields[6], void *context)
{
    (void)context;
    up_period period;
    up_error err = {0};
    if (up_period_parse(fields[0], NULL, &period, &err) == UP_OK)
        check_round_trip(fields[0], &period);
    else
        assert_true(strlen(err.message) > 0);
}

static void edtf_disputed_lines_are_read_back_or_refused(void **state)
{
    (void)state;
    assert_int_equal(for_each_line("edtf-disputed.txt", check_no_crash, NULL), 23);
}

static void edtf_canonical_texts(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"2024", "2024"},
        {"  2024-12 ", "2024-12"},
        {"-0500", "-0500"},
        {"Y-10000", "Y-10000"},
        {"Y12E3", "Y12000"},
        {"202X", "202X"},
        {"20XX", "20XX"},
        {"2XXX", "2XXX"},
        {"-198X", "-198X"},
        {"-01XX", "-01XX"},
        {"2024-Q4", "2024-Q4"},
        {"2024q4", "2024-Q4"},
        {"2024-S1", "2024-S1"},
        {"2024-H2", "2024-S2"},
        {"2024-T3", "2024-T3"},
        {"2024-M02", "2024-02"},
        {"2024-A1", "2024"},
        {"2024-D060", "2024-02-29"},
        {"2024-W50", "2024-W50"},
        {"2024W50", "2024-W50"},
        {"2024-W50-7", "2024-12-15"},
        {"2020-W53", "2020-W53"},
        {"2024-33", "2024-Q1"},
        {"2024-36", "2024-Q4"},
        {"2024-37", "2024-T1"},
        {"2024-39", "2024-T3"},
        {"2024-40", "2024-S1"},
        {"2024-41", "2024-S2"},
        {"20241231", "2024-12-31"},
        {"2024~", "2024~"},
        {"2024-Q4?", "2024-Q4?"},
        {"2024-06~-11", "2024-06-11~"},
        {"2024-12-31T10:00Z", "2024-12-31T10:00Z"},
        {"2024-12-31T10", "2024-12-31T10Z"},
        {"2024-12-31T10:00:30", "2024-12-31T10:00:30Z"},
        {"2024-12-31T23:30-01:00", "2025-01-01T00:30Z"},
        {"2024-12-31 10:00", "2024-12-31T10:00Z"},
        {"2024-XX", "[2024-01..2024-12]"},
        {"2024-02-XX", "[2024-02-01..2024-02-29]"},
        {"2024-01/2024-06", "2024-01/2024-06"},
        /* ends of unlike precision meet at the finer one, or where both fit */
        {"2004-02-01/2005-02", "2004-02-01/2005-02-28"},
        {"2005/2006-02", "2005-01/2006-02"},
        {"2024-W50/2025", "2024-12-09/2025-12-31"},
        {"2024-Q1/2024-T1", "2024-01/2024-04"},
        {"2024-S1/2024-Q3", "2024-Q1/2024-Q3"},
        {"1984?/2004~", "1984%/2004%"},
        {"1985/..", "1985/.."},
        {"../1985-04", "../1985-04"},
        {"1985-04/", "1985-04/"},
        {"/1985", "/1985"},
        {"../..", "../.."},
        {"Y-61000/-2000", "Y-61000/-2000"},
        {"[2025-05-01..2025-05-31]", "[2025-05-01..2025-05-31]"},
        {"[2025-W18..2025-W22]", "[2025-W18..2025-W22]"},
        {"[2025-06, 2025-05,2025-07]", "[2025-05..2025-07]"},
        {"[1667,1668..1672]", "[1667..1672]"},
        {"[..1984]", "[..1984]"},
        {"[1984..]", "[1984..]"},
        {"[1984]", "1984"},
        {"[1984,1984]", "1984"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_reads(cases[i][0], NULL, cases[i][1]);
}

#define WANTED                                                                           \
    " is no period (wanted e.g. 2024, 2024-Q4, 2024-12, 2024-12-31, Q4 2024, 31 Dec "    \
    "2024, "                                                                             \
    "by May 2025)"
#define LEVEL_2_TEXT " is EDTF of level 2 that is not supported: "

static void edtf_refusals_say_why(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"", "the period is empty (wanted e.g. 2024, 2024-Q4, 2024-12-31)"},
        {"   ", "the period is empty (wanted e.g. 2024, 2024-Q4, 2024-12-31)"},
        {"2025-02-30", "'2025-02-30' is no date: February 2025 has 28 days"},
        {"2024-02-30", "'2024-02-30' is no date: February 2024 has 29 days"},
        {"2024-13-01", "'2024-13-01' is no date: there is no month 13"},
        {"2024-01-00", "'2024-01-00' is no date: there is no day 0"},
        {"2024-00", "'2024-00' is no period: there is no month 00"},
        {"2024-13", "'2024-13' is no period: there is no month 13"},
        {"2024-42", "'2024-42' is no period: there is no month 42"},
        {"2024-Q5",
         "'2024-Q5' is no period: there is no quarter 5 (they go from 1 to 4)"},
        {"2024-S0", "'2024-S0' is no period: there is no half 0 (they go from 1 to 2)"},
        {"2021-W53", "'2021-W53' is no week: 2021 has weeks 1 to 52"},
        {"2024-W50-8", "'2024-W50-8' is no date: the days of a week are 1 to 7"},
        {"2023-D366", "'2023-D366' is no date: 2023 has days 1 to 365"},
        {"-0000", "'-0000' is no period: there is no year -0000"},
        {"-000X", "'-000X' is no period: there is no year -0000"},
        {"-10000",
         "'-10000' is no period: a year of more than four digits is written with "
         "Y, e.g. Y-10000"},
        {"Y200000000001",
         "'Y200000000001' is out of range: years reach from -200000000000 "
         "to 200000000000"},
        {"Y99999999999999999999999",
         "'Y99999999999999999999999' is out of range: years reach from -200000000000 to "
         "200000000000"},
        {"Y9E999", "'Y9E999' is out of range: years reach from -200000000000 to "
                   "200000000000"},
        {"9999-12-31T23:59-01:00", "'9999-12-31T23:59-01:00' is no period: a year "
                                   "outside -9999 to 9999 stands alone, "
                                   "without parts"},
        {"Y12345/2024-05", "'Y12345/2024-05' ends before it begins"},
        {"Y-12345/2024-05",
         "'Y-12345/2024-05' is no period: a year outside -9999 to 9999 "
         "stands alone, without parts"},
        {"2024-12-31T24:00",
         "'2024-12-31T24:00' has no time of day: hours go to 23, minutes "
         "and seconds to 59"},
        {"2024-12-31T10+05:30",
         "'2024-12-31T10+05:30' is no whole hour in UTC: write its minutes too"},
        {"2001-21",
         "'2001-21' is a season (spring), whose months are not fixed: write them, "
         "e.g. 2024-03/2024-05"},
        {"2001-32",
         "'2001-32' is a season (winter, southern hemisphere), whose months are "
         "not fixed: write them, e.g. 2024-03/2024-05"},
        {"2024-25",
         "'2024-25' is ambiguous: in EDTF the season code 25 (spring, northern "
         "hemisphere), for many a pair of years; write 2024/2025, or FY2025 for a "
         "fiscal year"},
        {"2024S2",
         "'2024S2' is ambiguous: half 2 of the year (write 2024-S2), or a year of "
         "which 2 digits are known (write it as 20XX or 202X)"},
        {"2024-06/2024-05", "'2024-06/2024-05' ends before it begins"},
        {"2024-06-01T10:00Z/2025",
         "'2024-06-01T10:00Z/2025' is no period: the ends of an "
         "interval are days or longer"},
        {"/", "'/' has neither beginning nor end"},
        {"[2025-05,2025-07]",
         "'[2025-05,2025-07]' leaves out 2025-06: a set must be "
         "unbroken here; write [2025-05..2025-07] if it may be any of "
         "them"},
        {"[2025-07,2025-05]",
         "'[2025-07,2025-05]' leaves out 2025-06: a set must be "
         "unbroken here; write [2025-05..2025-07] if it may be any of "
         "them"},
        {"[2025-05..2025-06-15]", "'[2025-05..2025-06-15]' mixes a month and a day: the "
                                  "members of a set are of one kind"},
        {"[2024,2025-01]",
         "'[2024,2025-01]' mixes a year and a month: the members of a set "
         "are of one kind"},
        {"[2025..2024]", "'[2025..2024]' ends before it begins"},
        {"[201X]", "'[201X]'" LEVEL_2_TEXT "a set of times or of unknown digits"},
        {"[]", "'[]'" WANTED},
        {"[..]", "'[..]'" WANTED},
        {"[2024", "'[2024'" WANTED},
        {"[2024]x", "'[2024]x'" WANTED},
        {"{2024,2025}", "'{2024,2025}'" LEVEL_2_TEXT
                        "a set of all its members; an unbroken stretch is written A/B"},
        {"20X0", "'20X0'" LEVEL_2_TEXT "unknown digits inside a date"},
        {"2024-1X", "'2024-1X'" LEVEL_2_TEXT "unknown digits inside a date"},
        {"1560-XX-25", "'1560-XX-25'" LEVEL_2_TEXT "an unknown month with a known day"},
        {"2004-06-XX/2004-07-03",
         "'2004-06-XX/2004-07-03'" LEVEL_2_TEXT "an interval with unknown digits"},
        {"Y3388E2S3", "'Y3388E2S3'" LEVEL_2_TEXT "a year with significant digits"},
        {"2024-", "'2024-' is no period: '-' is not understood"},
        {"178", "'178'" WANTED},
        {"NA", "'NA'" WANTED},
        {"\xff", "a text that is not UTF-8 is not a period"},
        {"2024\x01", "'2024\x01' is not a period (it holds a control character)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_refuses(cases[i][0], NULL, cases[i][1]);
}

static void a_set_of_too_many_members_is_refused(void **state)
{
    (void)state;
    char text[256] = "[2000";
    for (int i = 1; i <= 32; i++)
        snprintf(text + strlen(text), 8, ",20%02d", i);
    strcat(text, "]");
    up_error err = {0};
    up_period period;
    assert_int_equal(up_period_parse(text, NULL, &period, &err), UP_BAD_DATA);
    assert_non_null(strstr(err.message, "has too many members: write it as [A..B]"));
}

static void a_text_too_long_is_refused(void **state)
{
    (void)state;
    char text[1000];
    memset(text, '2', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    up_error err = {0};
    up_period period;
    assert_int_equal(up_period_parse(text, NULL, &period, &err), UP_BAD_DATA);
    assert_non_null(strstr(err.message, "' is not a period (it is too long)"));
}

static void check_damaged(char *fields[6], void *context)
{
    (void)context;
    char text[512];
    up_period period;
    up_error err = {0};
    size_t length = strlen(fields[0]);
    for (size_t cut = 0; cut <= length; cut++) {
        memcpy(text, fields[0], cut);
        text[cut] = '\0';
        if (up_period_parse(text, NULL, &period, &err) == UP_OK)
            check_round_trip(text, &period);
        strcpy(text, fields[0]);
        for (int byte = 1; byte < 256; byte += 3) {
            if (cut == length)
                break;
            text[cut] = (char)byte;
            if (up_period_parse(text, NULL, &period, &err) == UP_OK)
                check_round_trip(text, &period);
        }
    }
}

/* Every truncation and many changed bytes of every line: read back the same, or refused. */
static void damaged_texts_do_no_harm(void **state)
{
    (void)state;
    for_each_line("edtf-valid.txt", check_damaged, NULL);
    for_each_line("edtf-disputed.txt", check_damaged, NULL);
    for_each_line("wild.txt", check_damaged, NULL);
}

static void random_texts_do_no_harm(void **state)
{
    (void)state;
    static const char letters[] =
        "0123456789-/.[]{}XTZYSQWHMD~?%:+ ,'mayfqhendby\xe5\xb9\xb4";
    uint32_t seed = 12345;
    for (int round = 0; round < 200000; round++) {
        char text[24];
        up_period period;
        up_error err = {0};
        size_t length = 0;
        for (; length < 1 + (size_t)(round % 20); length++) {
            seed = seed * 1664525u + 1013904223u;
            text[length] = letters[(seed >> 16) % (sizeof letters - 1)];
        }
        text[length] = '\0';
        if (up_period_parse(text, NULL, &period, &err) == UP_OK)
            check_round_trip(text, &period);
    }
}

/* A blank before it is no part of a period, and keeps a text from the short way. */
static void assert_same_with_blank(const char *text)
{
    char longer[64];
    up_period plain = {.start = 42, .flags = 7}, folded = plain;
    up_error why = {0}, why_folded = {0};
    snprintf(longer, sizeof longer, " %s", text);
    up_status status = up_period_parse(text, NULL, &plain, &why);
    assert_int_equal(up_period_parse(longer, NULL, &folded, &why_folded), status);
    assert_string_equal(why.message, why_folded.message);
    if (plain.start != folded.start || plain.end != folded.end ||
        plain.granularity != folded.granularity || plain.shape != folded.shape ||
        plain.flags != folded.flags)
        fail_msg("'%s' is another period with a blank before it", text);
}

/* Every day of years with and without leap days, of century years too, some beyond the months' ends. */
static void the_short_way_of_iso_reads_what_the_long_way_does(void **state)
{
    (void)state;
    static const int years[] = {0, 4, 1600, 1900, 1969, 1970, 2000, 2023, 2024, 9999};
    static const char *const clocks[] = {
        "",        "T00Z",       "T23Z",       "T24Z",      "T10:00Z",   "T23:59Z",
        "T10:60Z", "T10:00:59Z", "T10:00:60Z", "T10:00:0Z", "T10:00:00", "T10 00Z"};
    char text[48];
    for (size_t y = 0; y < sizeof years / sizeof years[0]; y++) {
        snprintf(text, sizeof text, "%04d", years[y]);
        assert_same_with_blank(text);
        for (int month = 0; month <= 13; month++) {
            snprintf(text, sizeof text, "%04d-%02d", years[y], month);
            assert_same_with_blank(text);
            for (int day = 0; day <= 32; day++)
                for (size_t c = 0; c < sizeof clocks / sizeof clocks[0]; c++) {
                    snprintf(text, sizeof text, "%04d-%02d-%02d%s", years[y], month, day,
                             clocks[c]);
                    assert_same_with_blank(text);
                }
        }
    }
}

static void the_short_way_of_iso_leaves_other_texts_alone(void **state)
{
    (void)state;
    static const char *const others[] = {
        "",        "202X",    "-500",     "2024-Q4",    "2024-W1",    "2024-33",
        "2024/12", "2024-1a", "20241231", "2024-12-3X", "2024-12~31", "2024-12-31t10Z"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        up_period period = {.start = 42};
        assert_false(up_period_from_iso(others[i], strlen(others[i]), &period));
        assert_int_equal(period.start, 42);
    }
    up_period part; /* no more is looked at than there is said to be */
    assert_true(up_period_from_iso("2024-12,", 7, &part));
    assert_int_equal(part.granularity, UP_MONTH);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edtf_reads_every_valid_line_of_levels_0_and_1),
        cmocka_unit_test(edtf_refuses_every_invalid_line),
        cmocka_unit_test(edtf_disputed_lines_are_read_back_or_refused),
        cmocka_unit_test(edtf_canonical_texts),
        cmocka_unit_test(edtf_refusals_say_why),
        cmocka_unit_test(a_set_of_too_many_members_is_refused),
        cmocka_unit_test(a_text_too_long_is_refused),
        cmocka_unit_test(damaged_texts_do_no_harm),
        cmocka_unit_test(random_texts_do_no_harm),
        cmocka_unit_test(the_short_way_of_iso_reads_what_the_long_way_does),
        cmocka_unit_test(the_short_way_of_iso_leaves_other_texts_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
