/* Order, months and anchored moments of periods; derivations stand beside the numbers. */
#include "text/period_check.h"

#include <math.h>

#include "uptick/calendar.h"

static up_period read_period(const char *text)
{
    return period_of(text, NULL);
}

static up_moment moment_of(const char *text, up_anchor anchor, up_time_basis basis)
{
    up_period period = read_period(text);
    return up_period_moment(&period, anchor, basis);
}

static int64_t day(int64_t year, int month, int number)
{
    return up_instant_from_date((up_date){year, month, number});
}

static void assert_known(const char *text, up_anchor anchor, int64_t instant)
{
    up_moment m = moment_of(text, anchor, UP_TIME_CALENDAR);
    assert_int_equal(m.instant, instant);
    assert_int_equal(m.first, instant);
    assert_int_equal(m.last, instant);
    double year = up_year_from_instant(instant);
    assert_memory_equal(&m.value, &year, sizeof year);
    assert_memory_equal(&m.low, &year, sizeof year);
    assert_memory_equal(&m.high, &year, sizeof year);
}

static void moment_follows_the_anchor(void **state)
{
    (void)state;
    assert_known("2024", UP_ANCHOR_START, day(2024, 1, 1));
    assert_known("2024", UP_ANCHOR_MIDDLE, day(2024, 7, 2)); /* 183 of 366 days */
    assert_known("2024", UP_ANCHOR_END, day(2025, 1, 1));
    assert_known("2024-04", UP_ANCHOR_MIDDLE, day(2024, 4, 16));
    assert_known("2023-07/2024-06", UP_ANCHOR_MIDDLE, day(2023, 12, 31)); /* 183 of 366 */
    assert_known("2025-07-23/2025-07-26", UP_ANCHOR_MIDDLE, day(2025, 7, 25));
}

static void moment_of_a_day_is_its_end(void **state)
{
    (void)state;
    for (int anchor = UP_ANCHOR_END; anchor <= UP_ANCHOR_START; anchor++) {
        assert_known("2024-12-31", (up_anchor)anchor, day(2025, 1, 1));
        assert_known("2024-12-31/2024-12-31", (up_anchor)anchor, day(2025, 1, 1));
        assert_known("2024-12-31T10:00Z", (up_anchor)anchor,
                     day(2024, 12, 31) + 10 * 3600 + 60);
    }
}

/* From the end of 2024 (1 January 2025, 00:00) to the end of 1 May: 31+28+31+30+1 days; to
 * the end of 31 May: 151. */
static void moment_of_by_may_2025_spans_121_to_151_days(void **state)
{
    (void)state;
    up_moment from = moment_of("end of 2024", UP_ANCHOR_END, UP_TIME_CALENDAR);
    up_moment to = moment_of("by May 2025", UP_ANCHOR_END, UP_TIME_CALENDAR);
    assert_int_equal(to.first - from.instant, 121 * 86400);
    assert_int_equal(to.last - from.instant, 151 * 86400);
    assert_int_equal(to.instant - from.instant, 136 * 86400);
    double low = 2025.0 + 121.0 / 365.0, high = 2025.0 + 151.0 / 365.0;
    assert_true(to.low == low && to.high == high);
    assert_true(to.value == (low + high) / 2.0);
    assert_true(from.value == 2025.0);
}

/* Middles of months: January 2024 is 2024 + 0.5/12, April 2024 is 2024 + 3.5/12. The bound
 * on the difference is two roundings at 2025, 2^-42 each. */
static void moment_of_early_years_in_months(void **state)
{
    (void)state;
    up_moment from = moment_of("early 2024", UP_ANCHOR_MIDDLE, UP_TIME_MONTHS);
    up_moment to = moment_of("early 2025", UP_ANCHOR_MIDDLE, UP_TIME_MONTHS);
    assert_true(from.low == (2024 * 12 + 0.5) / 12);
    assert_true(from.high == (2024 * 12 + 3.5) / 12);
    assert_true(fabs(to.low - from.high - 0.75) < 1e-12);
    assert_true(fabs(to.high - from.low - 1.25) < 1e-12);
    assert_true(fabs(to.value - from.value - 1.0) < 1e-12);
    assert_int_equal(from.first, day(2024, 1, 16) + 43200);
}

static void moment_in_months_by_anchor(void **state)
{
    (void)state;
    assert_true(moment_of("2024-Q1", UP_ANCHOR_START, UP_TIME_MONTHS).value == 2024.0);
    assert_true(moment_of("2024-Q1", UP_ANCHOR_MIDDLE, UP_TIME_MONTHS).value == 2024.125);
    assert_true(moment_of("2024-Q1", UP_ANCHOR_END, UP_TIME_MONTHS).value == 2024.25);
    assert_true(moment_of("2024", UP_ANCHOR_MIDDLE, UP_TIME_MONTHS).value == 2024.5);
    assert_true(moment_of("-0001", UP_ANCHOR_END, UP_TIME_MONTHS).value == 0.0);
    assert_true(moment_of("2023-07/2024-06", UP_ANCHOR_MIDDLE, UP_TIME_MONTHS).value ==
                2024.0);
    assert_true(moment_of("[2024..2026]", UP_ANCHOR_END, UP_TIME_MONTHS).value == 2026.0);
}

static void months_are_counted_where_they_are_whole(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t months;
    } cases[] = {{"2024", 12},
                 {"2024-S1", 6},
                 {"2024-T1", 4},
                 {"2024-Q1", 3},
                 {"2024-02", 1},
                 {"202X", 120},
                 {"2023-07/2024-06", 12},
                 {"2024-01-01/2024-03-31", 3},
                 {"2024-01-01/2024-03-30", 0},
                 {"early 2024", 1},
                 {"[2024..2026]", 12},
                 {"by May 2025", 0},
                 {"2024-12-31", 0},
                 {"2024-W50", 0},
                 {"2024/..", 0},
                 {"2024-12-31T10:00Z", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        up_period period = read_period(cases[i].text);
        if (up_period_months(&period) != cases[i].months)
            fail_msg("'%s' has %d months", cases[i].text, (int)up_period_months(&period));
    }
}

static void periods_have_one_order(void **state)
{
    (void)state;
    static const char *const rising[] = {
        "../1985",         "-0001",   "0000",
        "2024-01-01",      "2024-01", "[2024-01..2024-04]",
        "2024-01/2024-04", "2024",    "2024/..",
        "2024-02"};
    /* 2024-01/2024-04 and [2024-01..2024-04]: same span and granularity; extent first. */
    size_t count = sizeof rising / sizeof *rising;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++) {
            up_period a = read_period(rising[i]), b = read_period(rising[j]);
            int expected = (i > j) - (i < j);
            if ((i == 5 && j == 6) || (i == 6 && j == 5))
                expected = -expected;
            int order = up_period_compare(&a, &b);
            assert_int_equal((order > 0) - (order < 0), expected);
        }
}

/* ~ and ? are no part of the key. */
static void qualified_periods_are_equal(void **state)
{
    (void)state;
    up_period plain = read_period("2024"), about = read_period("2024~");
    assert_int_equal(up_period_compare(&plain, &about), 0);
    assert_int_equal(about.flags, UP_PERIOD_APPROXIMATE);
    assert_int_equal(read_period("2024?").flags, UP_PERIOD_UNCERTAIN);
    assert_int_equal(read_period("2024%").flags,
                     UP_PERIOD_APPROXIMATE | UP_PERIOD_UNCERTAIN);
}

static void only_closed_periods_are_bounded(void **state)
{
    (void)state;
    static const char *const open[] = {"2024/..", "2024/", "../2024",  "/2024",
                                       "../..",   "/..",   "[2024..]", "[..2024]"};
    static const char *const closed[] = {"2024", "2024/2025", "[2024..2025]",
                                         "2024-01-01"};
    for (size_t i = 0; i < sizeof open / sizeof *open; i++) {
        up_period period = read_period(open[i]);
        assert_false(up_period_is_bounded(&period));
    }
    for (size_t i = 0; i < sizeof closed / sizeof *closed; i++) {
        up_period period = read_period(closed[i]);
        assert_true(up_period_is_bounded(&period));
    }
}

static void the_largest_years_have_moments(void **state)
{
    (void)state;
    up_moment top = moment_of("Y200000000000", UP_ANCHOR_END, UP_TIME_CALENDAR);
    up_moment bottom = moment_of("Y-200000000000", UP_ANCHOR_START, UP_TIME_MONTHS);
    assert_true(top.value == 200000000001.0);
    assert_true(bottom.value == -200000000000.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moment_follows_the_anchor),
        cmocka_unit_test(moment_of_a_day_is_its_end),
        cmocka_unit_test(moment_of_by_may_2025_spans_121_to_151_days),
        cmocka_unit_test(moment_of_early_years_in_months),
        cmocka_unit_test(moment_in_months_by_anchor),
        cmocka_unit_test(months_are_counted_where_they_are_whole),
        cmocka_unit_test(periods_have_one_order),
        cmocka_unit_test(qualified_periods_are_equal),
        cmocka_unit_test(only_closed_periods_are_bounded),
        cmocka_unit_test(the_largest_years_have_moments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
