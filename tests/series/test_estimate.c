/* Interval arithmetic. Every expected bound is the corner named beside it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "estimates.h"

static up_estimate combine(up_operator op, up_estimate a, up_estimate b)
{
    up_estimate out = {0};
    assert_int_equal(up_estimate_combine(op, &a, &b, &out, NULL), UP_OK);
    return out;
}

static void exact_figures_stay_exact(void **state)
{
    (void)state;
    up_estimate e =
        combine(UP_DIVIDE, up_estimate_exact(39.1e9), up_estimate_exact(5.45e9));
    assert_int_equal(up_estimate_kind(&e), UP_BOUND_EXACT);
    assert_true(e.value == 39.1e9 / 5.45e9);
}

static void quotient_takes_opposite_corners(void **state)
{
    (void)state;
    /* 16.15/2.25 = 7.1778 to 16.25/2.15 = 7.5581 (the intended purchases of the seed data) */
    up_estimate e = combine(UP_DIVIDE, range(16.15, 16.2, 16.25), range(2.15, 2.2, 2.25));
    assert_true(e.low == 16.15 / 2.25 && e.high == 16.25 / 2.15);
    assert_true(e.value == 16.2 / 2.2);
    assert_int_equal(up_estimate_kind(&e), UP_BOUND_BETWEEN);
}

static void signs_are_minded(void **state)
{
    (void)state;
    up_estimate e = combine(UP_MULTIPLY, range(-2, 1, 3), range(-5, 0, 4));
    assert_true(e.low == -15 && e.high == 12); /* 3 × -5, 3 × 4; -2 × -5 = 10 is inside */
    e = combine(UP_SUBTRACT, range(1, 2, 3), range(10, 20, 30));
    assert_true(e.low == -29 && e.high == -7 && e.value == -18);
    e = combine(UP_DIVIDE, range(-6, -6, 12), range(-3, -2, -1));
    assert_true(e.low == -12 && e.high == 6); /* 12 / -1, -6 / -1 */
}

static void one_sided_bounds_propagate(void **state)
{
    (void)state;
    up_estimate e = combine(UP_DIVIDE, more_than(700), up_estimate_exact(600));
    assert_int_equal(up_estimate_kind(&e), UP_BOUND_AT_LEAST);
    assert_true(e.low == 700.0 / 600 && e.low_strict && !e.has_high);
    e = combine(UP_DIVIDE, up_estimate_exact(600), more_than(700));
    assert_true(e.has_low && e.low == 0 && e.low_strict); /* as the divisor grows */
    assert_true(e.has_high && e.high == 600.0 / 700 && e.high_strict);
    assert_true(e.has_value &&
                e.value == e.high); /* an end, which is where it comes from */
    /* 228/∞ = 0 to 232/9; 230/9 lies between, and is the middle of nothing */
    e = combine(UP_DIVIDE, range(228, 230, 232), more_than(9));
    assert_true(e.has_low && e.low == 0 && e.has_high && e.high == 232.0 / 9);
    assert_true(!e.has_value);
    e = combine(UP_SUBTRACT, up_estimate_exact(600), more_than(700));
    assert_int_equal(up_estimate_kind(&e), UP_BOUND_AT_MOST);
    assert_true(e.high == -100 && e.high_strict);
}

static void what_has_no_bound_is_refused(void **state)
{
    (void)state;
    up_estimate a = more_than(5), b = more_than(3), out = {.value = 42};
    up_error err;
    assert_int_equal(up_estimate_combine(UP_SUBTRACT, &a, &b, &out, &err),
                     UP_TOO_LITTLE_DATA);
    assert_string_equal(err.message, "nothing bounds the result on either side");
    b = range(-1, 0.5, 1);
    assert_int_equal(up_estimate_combine(UP_DIVIDE, &a, &b, &out, &err),
                     UP_TOO_LITTLE_DATA);
    assert_string_equal(err.message, "the divisor may be zero");
    assert_true(out.value == 42); /* outputs stay untouched */
}

static void a_divisor_near_zero_leaves_one_side_open(void **state)
{
    (void)state;
    up_estimate b = range(0, 1, 2);
    b.low_strict = true; /* in (0, 2]: 6 / b is at least 3 */
    up_estimate e = combine(UP_DIVIDE, up_estimate_exact(6), b);
    assert_int_equal(up_estimate_kind(&e), UP_BOUND_AT_LEAST);
    assert_true(e.low == 3 && !e.low_strict && e.value == 6);
}

/* 0 / a is 0 for every a > 40, and 0 × b for every b: reached, and exactly. */
static void nothing_of_anything_is_exactly_nothing(void **state)
{
    (void)state;
    up_estimate e = combine(UP_DIVIDE, up_estimate_exact(0), more_than(40));
    assert_int_equal(up_estimate_kind(&e), UP_BOUND_EXACT);
    assert_true(e.has_value && e.value == 0 && !e.low_strict && !e.high_strict);
    up_estimate about = range(1, 2, 3);
    about.about = true;
    e = combine(UP_MULTIPLY, about, up_estimate_exact(0));
    assert_int_equal(up_estimate_kind(&e), UP_BOUND_EXACT);
}

/* The double next to zero is 4.9e-324, the largest 1.8e308: neither 1e-400 nor 1e600 is one. */
static void what_no_double_holds_is_refused(void **state)
{
    (void)state;
    static const struct {
        up_operator op;
        double a, b;
    } cases[] = {{UP_MULTIPLY, 1e300, 1e300},
                 {UP_DIVIDE, 1e-200, 1e200},
                 {UP_MULTIPLY, 1e-200, 1e-200},
                 {UP_ADD, 1.7e308, 1.7e308}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        up_estimate a = up_estimate_exact(cases[i].a), b = up_estimate_exact(cases[i].b),
                    out = {.value = 42};
        up_error err;
        for (int wide = 0; wide < 2; wide++) {
            a.high = cases[i].a * (1 + 1e-9 * wide);
            assert_int_equal(up_estimate_combine(cases[i].op, &a, &b, &out, &err),
                             UP_TOO_LITTLE_DATA);
            assert_string_equal(err.message,
                                "too large or too small a number (1e-308 to 1e308)");
            assert_true(out.value == 42);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exact_figures_stay_exact),
        cmocka_unit_test(quotient_takes_opposite_corners),
        cmocka_unit_test(signs_are_minded),
        cmocka_unit_test(one_sided_bounds_propagate),
        cmocka_unit_test(what_has_no_bound_is_refused),
        cmocka_unit_test(a_divisor_near_zero_leaves_one_side_open),
        cmocka_unit_test(nothing_of_anything_is_exactly_nothing),
        cmocka_unit_test(what_no_double_holds_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
