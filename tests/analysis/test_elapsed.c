/* The time between two figures, as growth has it. Expected values are counted by hand beside each. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "builder.h"
#include "uptick/growth.h"

typedef struct bench {
    up_tracker tracker;
    up_series_list list;
    up_growth_list rows;
} bench;

/* Growth of figures period by period, ended by a NULL period; for growth on the year too. */
static void grow(bench *b, const char *measure, const char *const figures[][2])
{
    *b = (bench){0};
    up_error err = {0};
    up_growth_options options = {.on[UP_ON_YEAR] = true};
    up_metric_data *m = build_metric(&b->tracker, "m", measure, "people");
    for (size_t i = 0; figures[i][0] != NULL; i++)
        build_row(m, "", figures[i][0], figures[i][1], "", "");
    b->list = build_select(&b->tracker, "m", (up_series_options){0});
    if (up_growth_compute(&b->list.items[0], &b->tracker, &options, &b->rows, &err) !=
        UP_OK)
        fail_msg("%s", err.message);
}

static void let_go(bench *b)
{
    up_growth_list_release(&b->rows);
    up_series_list_release(&b->list);
    up_tracker_release(&b->tracker);
}

static double years(const bench *b, size_t row)
{
    return b->rows.items[row].on[UP_ON_PREVIOUS].elapsed_years.value;
}

/* Years and quarters in one series: each pair of whole months counts them. Levels at the ends: 2022 to
 * the second quarter of 2023 are 6 months, from there to the third 3; 1.5 in a quarter is 1.5^4 =
 * 5.0625 a year, and no 91 or 92 days of one. */
static void whole_months_count_pair_by_pair(void **state)
{
    (void)state;
    bench b;
    grow(&b, "stock",
         (const char *const[][2]){
             {"2022", "4"}, {"2023-Q2", "8"}, {"2023-Q3", "12"}, {NULL, NULL}});
    assert_true(years(&b, 0) == 0.5 && years(&b, 1) == 0.25);
    assert_false(b.rows.items[0].on[UP_ON_PREVIOUS].in_days);
    assert_close(b.rows.items[1].values[UP_CAGR].estimate.value, 5.0625 - 1, 1e-15);
    let_go(&b);
}

/* The last day of a month is the end of it beside a figure of whole months, not beside another day: 31
 * December 2022 to the end of June 2023 are 6 months, from there to 30 September 3; from then to 31
 * October 31 days of 365. */
static void the_last_day_of_a_month_is_its_end(void **state)
{
    (void)state;
    bench b;
    grow(&b, "stock",
         (const char *const[][2]){{"2022-12-31", "4"},
                                  {"2023-Q2", "8"},
                                  {"2023-09-30", "9"},
                                  {"2023-10-31", "10"},
                                  {NULL, NULL}});
    assert_true(years(&b, 0) == 0.5 && years(&b, 1) == 0.25);
    assert_true(years(&b, 2) == 31.0 / 365);
    assert_true(b.rows.items[2].on[UP_ON_PREVIOUS].in_days);
    let_go(&b);
}

/* A rate of a month is read in its middle, and no last day is there: 15 days of 365 are left. */
static void in_the_middle_of_a_month_no_day_is_its_end(void **state)
{
    (void)state;
    bench b;
    grow(&b, "rate",
         (const char *const[][2]){{"2023-06", "4"}, {"2023-06-30", "8"}, {NULL, NULL}});
    assert_true(years(&b, 0) == 15.0 / 365);
    let_go(&b);
}

/* Twice as much a year later is +100 % a year, of however many days that year was: 2024 had 29 February
 * between the two (366 days), and growth on the year says the same. */
static void the_same_date_of_a_later_year_is_whole_years(void **state)
{
    (void)state;
    bench b;
    grow(&b, "stock",
         (const char *const[][2]){{"2023-06-30", "100"},
                                  {"2024-06-30", "200"},
                                  {"2027-06-30", "1600"},
                                  {NULL, NULL}});
    const up_growth_value *v = b.rows.items[0].values;
    assert_true(years(&b, 0) == 1 && years(&b, 1) == 3);
    assert_true(v[UP_CAGR].estimate.value == 1 && v[UP_PC1].estimate.value == 1);
    assert_close(b.rows.items[1].values[UP_CAGR].estimate.value, 1, 1e-15); /* 8^(1/3) */
    let_go(&b);
}

/* The year before 29 February is 28 February, in a leap year too, and the year after it; 1 March is a
 * day more: end of 29 February 2024 at 60 / 366, of 1 March 2025 at 60 / 365 of their years. */
static void the_29_of_february_goes_with_the_28(void **state)
{
    (void)state;
    bench b;
    grow(
        &b, "stock",
        (const char *const[][2]){
            {"2023-02-28", "1"}, {"2024-02-29", "2"}, {"2025-02-28", "4"}, {NULL, NULL}});
    assert_true(years(&b, 0) == 1 && years(&b, 1) == 1);
    let_go(&b);
    grow(
        &b, "stock",
        (const char *const[][2]){{"2024-02-29", "2"}, {"2025-03-01", "4"}, {NULL, NULL}});
    assert_close(years(&b, 0), 1 + 60.0 / 365 - 60.0 / 366, 1e-15);
    let_go(&b);
}

/* 1 January 2024 to 2 May are 122 days, a third of that year's 366: 1.6^3 = 4.096. A coordinate near
 * 2024 would have lost it at the 13th digit. */
static void days_are_counted_not_subtracted(void **state)
{
    (void)state;
    bench b;
    grow(&b, "stock",
         (const char *const[][2]){
             {"2024-01-01", "10"}, {"2024-05-02", "16"}, {NULL, NULL}});
    assert_true(years(&b, 0) == 122.0 / 366);
    assert_close(b.rows.items[0].values[UP_CAGR].estimate.value, 3.096, 1e-15);
    let_go(&b);
    /* over the turn of a year: the last day of 2023 to 1 January is 1 / 366 */
    grow(&b, "stock",
         (const char *const[][2]){
             {"2023-12-31", "10"}, {"2024-01-01", "16"}, {NULL, NULL}});
    assert_true(years(&b, 0) == 1.0 / 366);
    let_go(&b);
    /* and over 12,000 years, more than one fraction of seconds holds */
    grow(&b, "stock",
         (const char *const[][2]){
             {"-8000-01-01", "10"}, {"4000-01-02", "16"}, {NULL, NULL}});
    assert_close(years(&b, 0), 12000 + 1.0 / 366, 1e-15);
    let_go(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_months_count_pair_by_pair),
        cmocka_unit_test(the_last_day_of_a_month_is_its_end),
        cmocka_unit_test(in_the_middle_of_a_month_no_day_is_its_end),
        cmocka_unit_test(the_same_date_of_a_later_year_is_whole_years),
        cmocka_unit_test(the_29_of_february_goes_with_the_28),
        cmocka_unit_test(days_are_counted_not_subtracted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
