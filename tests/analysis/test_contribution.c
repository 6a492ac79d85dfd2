/* What parts add to a total's growth. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "builder.h"
#include "estimates.h"
#include "uptick/contribution.h"

static up_tracker three(void)
{
    static const struct {
        const char *entity, *values[3];
    } rows[] = {{"DE", {"40", "44", "50"}},
                {"FR", {"35", "35", "34"}},
                {"IT", {"25", "31", "36"}}};
    static const char *const years[] = {"2021", "2022", "2023"};
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "p", "stock", "people");
    for (int i = 0; i < 3; i++)
        for (int y = 0; y < 3; y++)
            build_row(m, rows[i].entity, years[y], rows[i].values[y], "", "");
    return t;
}

static up_status compute(const up_series_list *list, up_contribution_options options,
                         up_contribution_list *out, up_error *err)
{
    const up_series *parts[8];
    for (size_t i = 0; i < list->count; i++)
        parts[i] = &list->items[i];
    return up_contribution_compute(parts, list->count, &options, out, err);
}

static void parts_add_up_to_the_total(void **state)
{
    (void)state;
    up_tracker t = three();
    up_series_list list = build_select(&t, "p", (up_series_options){0});
    up_contribution_list steps = {0};
    assert_int_equal(compute(&list, (up_contribution_options){0}, &steps, NULL), UP_OK);
    assert_int_equal(steps.count, 8); /* two steps of three parts and a total */
    /* 100 to 110: 4, 0 and 6 points; 110 to 120: 6, -1 and 5 of 110 */
    static const double wanted[] = {0.04,      0,          0.06,      0.1,
                                    6.0 / 110, -1.0 / 110, 5.0 / 110, 10.0 / 110};
    for (int i = 0; i < 8; i++)
        assert_true(fabs(steps.items[i].contribution.estimate.value - wanted[i]) < 1e-15);
    assert_close(steps.items[0].growth.estimate.value, 0.1, 1e-14);
    assert_null(steps.items[3].series);
    up_contribution_list_release(&steps);
    up_contribution_options whole = {.has_from = true, .has_to = true};
    assert_int_equal(up_period_parse("2021", NULL, &whole.from, NULL), UP_OK);
    assert_int_equal(up_period_parse("2023", NULL, &whole.to, NULL), UP_OK);
    assert_int_equal(compute(&list, whole, &steps, NULL), UP_OK);
    assert_int_equal(steps.count, 4);
    assert_close(steps.items[0].contribution.estimate.value, 0.10, 1e-15);
    up_contribution_list_release(&steps);
    up_series_list_release(&list);
    up_tracker_release(&t);
}

/* Quarters step to quarters, and years to years: 10 to 12 and 12 to 15 of 20, 24 and 30;
 * 50 to 60 of 100 and 120. */
static void mixed_periods_step_each_to_its_own_kind(void **state)
{
    (void)state;
    static const char *const rows[][2] = {{"2023", "50"},
                                          {"2024-Q1", "10"},
                                          {"2024-Q2", "12"},
                                          {"2024-Q3", "15"},
                                          {"2024", "60"}};
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "p", "flow", "CNY");
    for (int part = 0; part < 2; part++)
        for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
            build_row(m, part == 0 ? "A" : "B", rows[i][0], rows[i][1], "", "");
    up_series_list list = build_select(&t, "p", (up_series_options){0});
    up_contribution_list steps = {0};
    assert_int_equal(compute(&list, (up_contribution_options){0}, &steps, NULL), UP_OK);
    assert_int_equal(steps.count, 9);
    static const struct {
        const char *to;
        double contribution;
    } wanted[] = {{"2024", 0.1}, {"2024-Q2", 0.1}, {"2024-Q3", 3.0 / 24}};
    for (size_t i = 0; i < 3; i++) {
        size_t found = 0;
        for (size_t s = 0; s < 9; s += 3) {
            char text[UP_PERIOD_SIZE];
            up_period_format(&steps.items[s].to, text);
            if (strcmp(text, wanted[i].to) != 0)
                continue;
            found++;
            assert_close(steps.items[s].contribution.estimate.value,
                         wanted[i].contribution, 1e-15);
        }
        assert_int_equal(found, 1);
    }
    up_contribution_list_release(&steps);
    up_series_list_release(&list);
    up_tracker_release(&t);
}

static void a_period_that_a_part_lacks_is_left_out_or_named(void **state)
{
    (void)state;
    up_tracker t = three();
    build_row(&t.metrics[0], "DE", "2024", "60", "", "");
    up_series_list list = build_select(&t, "p", (up_series_options){0});
    up_contribution_list steps = {0};
    up_error err;
    assert_int_equal(compute(&list, (up_contribution_options){0}, &steps, NULL), UP_OK);
    assert_int_equal(steps.count, 8);
    assert_int_equal(steps.left_out, 1);
    up_contribution_options late = {.has_to = true};
    assert_int_equal(up_period_parse("2024", NULL, &late.to, NULL), UP_OK);
    assert_int_equal(compute(&list, late, &steps, &err), UP_TOO_LITTLE_DATA);
    assert_string_equal(err.message, "p/FR has no figure for 2024");
    up_contribution_list_release(&steps);
    up_series_list_release(&list);
    up_tracker_release(&t);
}

static void a_break_in_a_part_refuses_the_total(void **state)
{
    (void)state;
    up_tracker t = three();
    t.metrics[0].observations[4].status = 'B'; /* FR, 2022 */
    up_series_list list = build_select(&t, "p", (up_series_options){0});
    up_contribution_list steps = {0};
    assert_int_equal(compute(&list, (up_contribution_options){0}, &steps, NULL), UP_OK);
    assert_null(steps.items[0].contribution.refused);
    assert_string_equal(steps.items[1].contribution.refused,
                        "a break in the series lies between (status B or D)");
    assert_non_null(steps.items[3].contribution.refused);
    assert_null(steps.items[7].contribution.refused);
    up_contribution_list_release(&steps);
    up_series_list_release(&list);
    up_tracker_release(&t);
}

static uint64_t seed = 20250723;

/* Uniform in [0, 1): xorshift64* (Vigna 2016). */
static double uniform(void)
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (double)((seed * UINT64_C(2685821657736338717)) >> 11) * 0x1p-53;
}

static double within(const up_estimate *e)
{
    double at = uniform(); /* the ends as often as the inside */
    return at < 0.25   ? e->low
           : at > 0.75 ? e->high
                       : e->low + uniform() * (e->high - e->low);
}

static up_estimate random_range(double scale)
{
    double low = scale * uniform(), high = low + scale * uniform();
    return range(low, low + uniform() * (high - low), high);
}

static void no_admissible_contribution_lies_outside_the_bounds(void **state)
{
    (void)state;
    for (int n = 0; n < 500; n++) {
        up_estimate a = random_range(10), b = random_range(10), o = random_range(30);
        up_growth_value v = up_contribution_of(&a, &b, &o);
        double least = INFINITY, most = -INFINITY;
        for (int i = 0; i < 1000; i++) {
            double x = within(&a), y = within(&b), z = within(&o), f = (y - x) / (x + z);
            least = fmin(least, f);
            most = fmax(most, f);
        }
        double off = 1e-12 * (1 + fabs(most) + fabs(least));
        assert_true(fabs(least - v.estimate.low) <= off); /* contained, and reached */
        assert_true(fabs(most - v.estimate.high) <= off);
    }
}

static void bounds_on_one_side_stay_there(void **state)
{
    (void)state;
    up_estimate a = up_estimate_exact(10), b = more_than(15), o = up_estimate_exact(90);
    up_growth_value v = up_contribution_of(&a, &b, &o);
    assert_int_equal(up_estimate_kind(&v.estimate), UP_BOUND_AT_LEAST);
    assert_close(v.estimate.low, 0.05, 1e-15);
    assert_true(v.estimate.low_strict);
    b = up_estimate_exact(-1);
    assert_string_equal(up_contribution_of(&a, &b, &o).refused,
                        "needs levels that are not negative");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_add_up_to_the_total),
        cmocka_unit_test(mixed_periods_step_each_to_its_own_kind),
        cmocka_unit_test(a_period_that_a_part_lacks_is_left_out_or_named),
        cmocka_unit_test(a_break_in_a_part_refuses_the_total),
        cmocka_unit_test(no_admissible_contribution_lies_outside_the_bounds),
        cmocka_unit_test(bounds_on_one_side_stay_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
