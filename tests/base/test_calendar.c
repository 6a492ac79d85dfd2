/* The civil calendar. Day numbers were derived by hand from 1970-01-01 = 0 (a Thursday) and
 * the lengths of years; weeks are the examples of ISO 8601 and of its year-end rule. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "uptick/calendar.h"

static void calendar_day_numbers_of_known_dates(void **state)
{
    (void)state;
    static const struct {
        up_date date;
        int64_t days;
    } cases[] = {
        {{1970, 1, 1}, 0},
        {{1969, 12, 31}, -1},
        {{2000, 3, 1}, 11017}, /* 30 years of 365, 7 leap days before 2000, 31 + 29 */
        {{2000, 2, 29}, 11016},
        {{1900, 3, 1}, -25508}, /* 1900 is no leap year */
        {{0, 3, 1}, -719468},   /* the era of the algorithm */
        {{0, 2, 29}, -719469},  /* year 0 is a leap year */
        {{0, 1, 1}, -719528},
        {{-1, 12, 31}, -719529},
        {{-400, 3, 1}, -719468 - 146097},
        {{2400, 3, 1}, 11017 + 146097},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(up_date_to_days(cases[i].date), cases[i].days);
        up_date back = up_date_from_days(cases[i].days);
        assert_int_equal(back.year, cases[i].date.year);
        assert_int_equal(back.month, cases[i].date.month);
        assert_int_equal(back.day, cases[i].date.day);
    }
}

/* Every day of two eras follows the day before it, and its week does too. */
static void calendar_days_follow_each_other(void **state)
{
    (void)state;
    up_date expected = {-400, 1, 1};
    int64_t first = up_date_to_days(expected);
    for (int64_t day = first; day < first + 2 * 146097; day++) {
        up_date date = up_date_from_days(day);
        assert_true(date.year == expected.year && date.month == expected.month &&
                    date.day == expected.day);
        assert_true(up_date_is_valid(date));
        assert_int_equal(up_date_to_days(date), day);
        int64_t year;
        int week;
        up_iso_week_from_days(day, &year, &week);
        int64_t monday = up_days_from_iso_week(year, week);
        assert_true(monday <= day && day < monday + 7);
        assert_true(week >= 1 && week <= up_iso_weeks_in_year(year));
        if (++expected.day > up_days_in_month(expected.year, expected.month)) {
            expected.day = 1;
            if (++expected.month > 12) {
                expected.month = 1;
                expected.year++;
            }
        }
    }
}

static void calendar_validity(void **state)
{
    (void)state;
    static const struct {
        up_date date;
        bool valid;
    } cases[] = {
        {{2024, 2, 29}, true},
        {{2025, 2, 29}, false},
        {{1900, 2, 29}, false},
        {{2000, 2, 29}, true},
        {{2025, 4, 31}, false},
        {{2025, 0, 1}, false},
        {{2025, 13, 1}, false},
        {{2025, 1, 0}, false},
        {{UP_YEAR_LIMIT, 12, 31}, true},
        {{-UP_YEAR_LIMIT, 1, 1}, true},
        {{UP_YEAR_LIMIT + 1, 1, 1}, false},
        {{-UP_YEAR_LIMIT - 1, 1, 1}, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(up_date_is_valid(cases[i].date), cases[i].valid);
    assert_int_equal(up_days_in_month(2024, 2), 29);
    assert_int_equal(up_days_in_month(2023, 2), 28);
}

static void calendar_years_at_the_limit_do_not_overflow(void **state)
{
    (void)state;
    for (int sign = -1; sign <= 1; sign += 2) {
        up_date date = {sign * UP_YEAR_LIMIT, 12, 31};
        int64_t instant = up_instant_from_date(date);
        up_date back = up_date_from_instant(instant + UP_SECONDS_PER_DAY - 1);
        assert_int_equal(back.year, date.year);
        assert_int_equal(back.day, 31);
    }
}

static void calendar_month_steps_clamp_to_the_month_end(void **state)
{
    (void)state;
    static const struct {
        up_date from;
        int64_t months;
        up_date to;
    } cases[] = {
        {{2024, 1, 31}, 1, {2024, 2, 29}},  {{2025, 1, 31}, 1, {2025, 2, 28}},
        {{2025, 1, 31}, 2, {2025, 3, 31}},  {{2025, 3, 31}, -1, {2025, 2, 28}},
        {{2025, 12, 15}, 1, {2026, 1, 15}}, {{2025, 1, 15}, -1, {2024, 12, 15}},
        {{0, 1, 1}, -1, {-1, 12, 1}},       {{-1, 12, 1}, 1, {0, 1, 1}},
        {{2025, 5, 7}, 1200, {2125, 5, 7}}, {{2025, 5, 7}, 0, {2025, 5, 7}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        up_date moved = up_date_add_months(cases[i].from, cases[i].months);
        assert_int_equal(moved.year, cases[i].to.year);
        assert_int_equal(moved.month, cases[i].to.month);
        assert_int_equal(moved.day, cases[i].to.day);
    }
}

static void calendar_instants_before_1970_belong_to_their_day(void **state)
{
    (void)state;
    assert_int_equal(up_instant_from_date((up_date){1970, 1, 2}), 86400);
    assert_int_equal(up_date_from_instant(-1).day, 31);
    assert_int_equal(up_date_from_instant(-1).year, 1969);
    assert_int_equal(up_date_from_instant(-86400).day, 31);
    assert_int_equal(up_date_from_instant(-86401).day, 30);
}

static void calendar_iso_weeks(void **state)
{
    (void)state;
    static const struct {
        up_date date;
        int64_t year;
        int week;
    } cases[] = {
        {{2005, 1, 1}, 2004, 53},   {{2005, 1, 2}, 2004, 53},
        {{2005, 12, 31}, 2005, 52}, {{2007, 1, 1}, 2007, 1},
        {{2007, 12, 30}, 2007, 52}, {{2007, 12, 31}, 2008, 1},
        {{2008, 12, 28}, 2008, 52}, {{2008, 12, 29}, 2009, 1},
        {{2009, 12, 31}, 2009, 53}, {{2010, 1, 3}, 2009, 53},
        {{2024, 12, 9}, 2024, 50},  {{2024, 12, 15}, 2024, 50},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t year;
        int week;
        up_iso_week_from_days(up_date_to_days(cases[i].date), &year, &week);
        assert_int_equal(year, cases[i].year);
        assert_int_equal(week, cases[i].week);
    }
    assert_int_equal(up_iso_weeks_in_year(2004), 53);
    assert_int_equal(up_iso_weeks_in_year(2005), 52);
    assert_int_equal(up_iso_weeks_in_year(2009), 53);
    assert_int_equal(up_iso_weeks_in_year(2020), 53);
    assert_int_equal(up_days_from_iso_week(2024, 50),
                     up_date_to_days((up_date){2024, 12, 9}));
}

static void assert_year(up_date date, int64_t seconds, double expected)
{
    int64_t instant = up_instant_from_date(date) + seconds;
    double year = up_year_from_instant(instant);
    assert_memory_equal(&year, &expected, sizeof year);
    assert_int_equal(up_instant_from_year(year), instant);
}

/* 2025 has 365 days, 2024 has 366: noon of 2 July 2025 and midnight of 2 July 2024 are the
 * exact middles. */
static void calendar_year_coordinate(void **state)
{
    (void)state;
    assert_year((up_date){2025, 1, 1}, 0, 2025.0);
    assert_year((up_date){2025, 7, 2}, 43200, 2025.5);
    assert_year((up_date){2024, 7, 2}, 0, 2024.5);
    assert_year((up_date){1969, 7, 2}, 43200, 1969.5);
    assert_year((up_date){-1, 7, 2}, 43200, -0.5);
    assert_year((up_date){0, 1, 1}, 0, 0.0);
    assert_year((up_date){2025, 12, 31}, 86400, 2026.0);
}

static void calendar_year_coordinate_reads_back_to_the_second(void **state)
{
    (void)state;
    for (int64_t instant = -5000000000; instant < 10000000000; instant += 86399 * 37)
        assert_int_equal(up_instant_from_year(up_year_from_instant(instant)), instant);
}

static void calendar_year_coordinate_is_clamped(void **state)
{
    (void)state;
    int64_t top = up_instant_from_date((up_date){UP_YEAR_LIMIT, 1, 1});
    int64_t bottom = up_instant_from_date((up_date){-UP_YEAR_LIMIT, 1, 1});
    assert_int_equal(up_instant_from_year(1e300), top);
    assert_int_equal(up_instant_from_year(-1e300), bottom);
    assert_int_equal(up_instant_from_year((double)UP_YEAR_LIMIT), top);
}

/* The clock is at least past the day this was written, and within a century. */
static void calendar_today_is_a_day_number(void **state)
{
    (void)state;
    int64_t today = up_calendar_today();
    assert_true(today > up_date_to_days((up_date){2025, 1, 1}));
    assert_true(today < up_date_to_days((up_date){2125, 1, 1}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calendar_day_numbers_of_known_dates),
        cmocka_unit_test(calendar_days_follow_each_other),
        cmocka_unit_test(calendar_validity),
        cmocka_unit_test(calendar_years_at_the_limit_do_not_overflow),
        cmocka_unit_test(calendar_month_steps_clamp_to_the_month_end),
        cmocka_unit_test(calendar_instants_before_1970_belong_to_their_day),
        cmocka_unit_test(calendar_iso_weeks),
        cmocka_unit_test(calendar_year_coordinate),
        cmocka_unit_test(calendar_year_coordinate_reads_back_to_the_second),
        cmocka_unit_test(calendar_year_coordinate_is_clamped),
        cmocka_unit_test(calendar_today_is_a_day_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
