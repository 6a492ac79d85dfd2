/* Wide numbers against identities that a double does not hold, and digits of known constants. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "uptick/wide.h"

static up_wide wide(const char *text)
{
    up_decimal exact;
    assert_int_equal(up_decimal_parse(text, &exact, NULL), UP_OK);
    return up_wide_from_decimal(exact);
}

static void is_near(up_wide found, const char *wanted, double relative)
{
    up_wide off = up_wide_subtract(found, wide(wanted));
    assert_true(fabs(off.high) <= relative * fabs(found.high));
}

static void decimals_keep_their_digits(void **state)
{
    (void)state;
    up_wide tenth =
        wide("0.1"); /* 0.1 = 0x1.999999999999ap-4 less 0x1.999999999999ap-58 */
    assert_true(tenth.high == 0.1 && tenth.low == -0x1.999999999999ap-58);
    is_near(up_wide_multiply(wide("0.1"), wide("10")), "1", 0x1p-102);
    is_near(up_wide_subtract(wide("10000000.2"), wide("10000000")), "0.2", 1e-23);
    assert_true(up_wide_to_double(wide("-6.860120914")) == -6.860120914);
    assert_true(up_wide_to_double(wide("1e60")) == 1e60);
    assert_true(up_wide_to_double(wide("123e-60")) == 123e-60);
    assert_true(wide("0").high == 0);
}

static void quotients_and_roots_have_thirty_digits(void **state)
{
    (void)state;
    is_near(up_wide_divide(wide("1"), wide("3")),
            "0.33333333333333333333333333333333333333", 0x1p-102);
    is_near(up_wide_square_root(wide("2")), "1.4142135623730950488016887242096980785",
            0x1p-102);
    assert_true(up_wide_square_root(wide("0")).high == 0);
}

/* 1e16 + 1 - 1e16 is 0 in doubles. */
static void sums_keep_what_cancels(void **state)
{
    (void)state;
    up_wide s = up_wide_add(wide("1e16"), wide("1"));
    assert_true(up_wide_to_double(up_wide_subtract(s, wide("1e16"))) == 1);
    s = up_wide_multiply(wide("94906267"), wide("94906267")); /* 53 bits squared: 106 */
    s = up_wide_subtract(s, wide("9007199515875288"));
    assert_true(up_wide_to_double(s) == 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimals_keep_their_digits),
        cmocka_unit_test(quotients_and_roots_have_thirty_digits),
        cmocka_unit_test(sums_keep_what_cancels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
