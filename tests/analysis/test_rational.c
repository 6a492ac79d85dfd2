/* Bounds of formulas. Expected values by hand; and for random formulas, that no admissible
 * concrete values lead out of the bounds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>

#include "analysis/rational.h"
#include "builder.h"
#include "estimates.h"

enum { VARIABLES = 3 };
static const size_t each_its_own[VARIABLES] = {0, 1, 2};

/* Slots by their letters: x, y, z. */
static void bind_slots(up_node *node)
{
    if (node == NULL)
        return;
    if (node->kind == UP_NODE_SERIES)
        node->slot = (size_t)(node->pattern[0] - 'x');
    bind_slots(node->left);
    bind_slots(node->right);
}

static up_node *parse(const char *text)
{
    up_node *root;
    up_error err = {0};
    if (up_expression_parse(text, &root, &err) != UP_OK)
        fail_msg("%s: %s", text, err.message);
    bind_slots(root);
    return root;
}

static up_status evaluate(const char *text, const up_estimate values[VARIABLES],
                          up_estimate *out, up_error *err)
{
    up_node *root = parse(text);
    up_binding binding = {values, each_its_own};
    up_status status = up_rational_evaluate(root, &binding, VARIABLES, out, err);
    up_node_free(root);
    return status;
}

static void corners_bound_what_is_of_one_degree_in_each(void **state)
{
    (void)state;
    const up_estimate v[VARIABLES] = {range(1, 1.5, 2), range(3, 4, 5), range(-1, 0, 1)};
    static const struct {
        const char *text;
        double low, value, high;
    } cases[] = {
        /* x / (x + y) = 1 / (1 + y / x) */
        {"x / ( x + y )", 1 / 6.0, 1.5 / 5.5, 2 / 5.0},
        {"x - x", 0, 0, 0},
        {"x / x", 1, 1, 1},
        {"( y - x ) / x", 3 / 2.0 - 1, 4 / 1.5 - 1, 5 / 1.0 - 1},
        /* (y - x) / (y + x) = 1 - 2 / (y / x + 1) */
        {"( y - x ) / ( y + x )", 1 - 2 / 2.5, 1 - 2 / (4 / 1.5 + 1), 1 - 2 / 6.0},
        /* x y / (x + y) = 1 / (1/x + 1/y) increases in both */
        {"x * y / ( x + y )", 3 / 4.0, 6 / 5.5, 10 / 7.0},
        {"x + y - x", 3, 4, 5},
        {"x * z - z", -1, 0, 1}, /* (x - 1) z */
        {"1 / x + 1 / y - 1 / x", 1 / 5.0, 0.25, 1 / 3.0},
        {"x * x / y", 1 / 5.0, 2.25 / 4, 4 / 3.0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        up_estimate e;
        up_error err = {0};
        if (evaluate(cases[i].text, v, &e, &err) != UP_OK)
            fail_msg("%s: %s", cases[i].text, err.message);
        assert_close(e.low, cases[i].low, 1e-14);
        assert_close(e.high, cases[i].high, 1e-14);
        assert_true(fabs(e.value - cases[i].value) <= 1e-14);
    }
}

/* A figure known as the range 74 to 74 is 74, not the nothing that stands where its value would. */
static void a_range_of_no_width_is_the_number(void **state)
{
    (void)state;
    up_estimate v[VARIABLES] = {up_estimate_between(74, 74), range(3, 4, 5),
                                range(-1, 0, 1)};
    up_estimate e;
    assert_int_equal(evaluate("x * y * y", v, &e, NULL), UP_OK);
    assert_true(e.low == 74 * 9.0 && e.high == 74 * 25.0);
    assert_int_equal(evaluate("x + y - y", v, &e, NULL), UP_OK);
    assert_true(e.low == 74 && e.high == 74);
}

static void bounds_on_one_side_go_to_their_limits(void **state)
{
    (void)state;
    up_estimate v[VARIABLES] = {more_than(7), range(3, 4, 5), more_than(2)};
    up_estimate e;
    /* x > 7, 3 <= y <= 5: more than 7 / 12, less than 1 */
    assert_int_equal(evaluate("x / ( x + y )", v, &e, NULL), UP_OK);
    assert_close(e.low, 7 / 12.0, 1e-15);
    assert_true(e.low_strict && e.high == 1 && e.high_strict);
    /* both without an upper bound: anything between 0 and 1 */
    assert_int_equal(evaluate("x / ( x + z )", v, &e, NULL), UP_OK);
    assert_true(e.low == 0 && e.high == 1 && e.low_strict && e.high_strict);
    /* x (1 - 0.5) > 3.5 */
    assert_int_equal(evaluate("x - 0.5 * x", v, &e, NULL), UP_OK);
    assert_true(e.low == 3.5 && e.low_strict && !e.has_high);
    assert_int_equal(evaluate("x - x + y", v, &e, NULL), UP_OK);
    assert_true(e.low == 3 && e.high == 5 && !e.low_strict && !e.high_strict);
}

static void what_has_no_bound_is_refused(void **state)
{
    (void)state;
    up_estimate v[VARIABLES] = {more_than(7), range(3, 4, 5), range(-1, 0, 1)};
    up_estimate e;
    up_error err;
    assert_int_equal(evaluate("y / ( x - x )", v, &e, &err), UP_TOO_LITTLE_DATA);
    assert_string_equal(err.message, "the divisor may be zero");
    assert_int_equal(evaluate("z / ( z + 0.5 * y - 1.5 )", v, &e, &err),
                     UP_TOO_LITTLE_DATA);
    assert_int_equal(evaluate("z * z + z", v, &e, &err), UP_USAGE);
    v[2] = more_than(0);
    assert_int_equal(evaluate("x * y - x * z", v, &e, &err), UP_TOO_LITTLE_DATA);
    assert_string_equal(err.message, "nothing bounds the result on either side");
}

/* ---- random formulas ---- */

static uint64_t random_state = 20251124;

static double uniform(void)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (double)(random_state >> 11) / 9007199254740992.0;
}

static size_t below(size_t n)
{
    return (size_t)(uniform() * (double)n);
}

static void write_formula(up_buffer *out, int depth)
{
    static const char *const leaves[] = {"x", "y", "z", "2", "0.5", "x", "y"};
    if (depth == 0 || below(4) == 0) {
        up_buffer_add(out, leaves[below(7)]);
        return;
    }
    up_buffer_add(out, "( ");
    write_formula(out, depth - 1);
    up_buffer_addf(out, " %c ", "+-*/"[below(4)]);
    write_formula(out, depth - 1);
    up_buffer_add(out, " )");
}

static up_estimate random_estimate(void)
{
    double low = uniform() * 6 - 1.5, width = uniform() * 3;
    up_estimate e = range(low, low + width * uniform(), low + width);
    switch (below(6)) {
    case 0:
        return up_estimate_exact(low);
    case 1:
        e = up_estimate_exact(low);
        e.has_high = false;
        return e;
    case 2:
        e = up_estimate_exact(low);
        e.has_low = false;
        return e;
    case 3:
        e.low_strict = e.high_strict = true;
        return e;
    default:
        return e;
    }
}

/* A value that the estimate allows, often at an end, now and then far out. */
static double admissible(const up_estimate *e)
{
    double reach = below(3) == 0 ? 1e6 : 5;
    double low = e->has_low ? e->low : e->high - reach;
    double high = e->has_high ? e->high : e->low + reach;
    size_t where = below(4);
    double at = where == 0 ? low : where == 1 ? high : low + (high - low) * uniform();
    return at;
}

static double compute(const up_node *node, const double values[VARIABLES])
{
    if (node->kind == UP_NODE_NUMBER)
        return node->number;
    if (node->kind == UP_NODE_SERIES)
        return values[node->slot];
    double a = compute(node->left, values), b = compute(node->right, values);
    return node->op == UP_ADD        ? a + b
           : node->op == UP_SUBTRACT ? a - b
           : node->op == UP_MULTIPLY ? a * b
                                     : a / b;
}

/* 1e-7: what cancels in a formula costs digits of the value that it is compared with. */
static void check_inside(const up_node *root, const char *text,
                         const up_estimate v[VARIABLES], const up_estimate *e)
{
    const double at[VARIABLES] = {admissible(&v[0]), admissible(&v[1]),
                                  admissible(&v[2])};
    double value = compute(root, at), slack = 1e-7 * (1 + fabs(value));
    if (!isfinite(value))
        return; /* x / x at 0 */
    if ((e->has_low && value < e->low - slack) ||
        (e->has_high && value > e->high + slack))
        fail_msg("%s at %g, %g, %g is %.17g, outside %.17g to %.17g", text, at[0], at[1],
                 at[2], value, up_estimate_floor(e), up_estimate_ceiling(e));
}

/* 4000 formulas of up to 8 leaves, 60 choices of values each. */
static void no_admissible_values_lead_out_of_the_bounds(void **state)
{
    (void)state;
    size_t bounded = 0;
    for (int i = 0; i < 4000; i++) {
        up_buffer text = {0};
        up_estimate v[VARIABLES] = {random_estimate(), random_estimate(),
                                    random_estimate()};
        up_estimate e;
        write_formula(&text, 3);
        up_node *root = parse(up_buffer_text(&text));
        up_binding binding = {v, each_its_own};
        bool is_bounded =
            up_rational_evaluate(root, &binding, VARIABLES, &e, NULL) == UP_OK;
        bounded += is_bounded;
        for (int k = 0; k < 60 && is_bounded; k++)
            check_inside(root, up_buffer_text(&text), v, &e);
        up_node_free(root);
        up_buffer_release(&text);
    }
    assert_true(bounded > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(corners_bound_what_is_of_one_degree_in_each),
        cmocka_unit_test(a_range_of_no_width_is_the_number),
        cmocka_unit_test(bounds_on_one_side_go_to_their_limits),
        cmocka_unit_test(what_has_no_bound_is_refused),
        cmocka_unit_test(no_admissible_values_lead_out_of_the_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
