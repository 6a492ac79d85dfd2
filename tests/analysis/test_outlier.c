/* Figures that do not fit their own series. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "builder.h"
#include "uptick/outlier.h"

typedef struct found {
    up_tracker tracker;
    up_series_list list;
    up_outlier *outliers;
    size_t count;
} found;

/* Yearly figures from 2000 on, ended by NULL; the one of `broken` has status B (0: none). */
static found look(const char *const values[], int broken)
{
    found f = {0};
    up_metric_data *m = build_metric(&f.tracker, "a", "stock", "people");
    for (int i = 0; values[i] != NULL; i++) {
        char year[16];
        snprintf(year, sizeof year, "%d", 2000 + i);
        up_observation *o = build_row(m, "", year, values[i], "", "");
        if (2000 + i == broken)
            o->status = 'B';
    }
    f.list = build_select(&f.tracker, "a", (up_series_options){0});
    assert_int_equal(up_outliers_find(&f.list.items[0], &f.outliers, &f.count, NULL),
                     UP_OK);
    return f;
}

static void let_go(found *f)
{
    free(f->outliers);
    up_series_list_release(&f->list);
    up_tracker_release(&f->tracker);
}

static void a_slip_of_a_digit_is_a_spike(void **state)
{
    (void)state;
    /* ten times its neighbours: changes of ln 10 up and down among changes of 5 % */
    found f = look((const char *const[]){"100", "105", "110", "1160", "121", "127", "134",
                                         "141", NULL},
                   0);
    assert_int_equal(f.count, 1);
    assert_int_equal(f.outliers[0].kind, UP_OUTLIER_SPIKE);
    assert_int_equal(f.outliers[0].point - f.list.items[0].points, 3);
    assert_close(f.outliers[0].fold, 1160.0 / 110, 1e-12);
    let_go(&f);
}

static void a_change_of_unit_is_a_jump_unless_it_is_marked(void **state)
{
    (void)state;
    static const char *const values[] = {"100",    "105",    "110",    "116", "121000",
                                         "127000", "134000", "141000", NULL};
    found f = look(values, 0);
    assert_int_equal(f.count, 1);
    assert_int_equal(f.outliers[0].kind, UP_OUTLIER_JUMP);
    let_go(&f);
    f = look(values, 2004);
    assert_int_equal(f.count, 0);
    let_go(&f);
}

static void growth_that_is_usual_for_the_series_is_no_outlier(void **state)
{
    (void)state;
    /* tenfold every year */
    found f = look((const char *const[]){"1", "10", "100", "1000", "10000", "100000",
                                         "1000000", "10000000", NULL},
                   0);
    assert_int_equal(f.count, 0);
    let_go(&f);
    /* doubling, but for one year that doubled the other way: less than threefold */
    f = look((const char *const[]){"100", "101", "102", "205", "206", "207", "208", "209",
                                   NULL},
             0);
    assert_int_equal(f.count, 0);
    let_go(&f);
}

static void few_figures_and_zeros_tell_nothing(void **state)
{
    (void)state;
    found f = look((const char *const[]){"1", "1", "1", "100", "1", "1", NULL}, 0);
    assert_int_equal(f.count, 0);
    let_go(&f);
    f = look((const char *const[]){"0", "0", "5", "0", "0", "7", "0", "0", "9", NULL}, 0);
    assert_int_equal(f.count, 0);
    let_go(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_slip_of_a_digit_is_a_spike),
        cmocka_unit_test(a_change_of_unit_is_a_jump_unless_it_is_marked),
        cmocka_unit_test(growth_that_is_usual_for_the_series_is_no_outlier),
        cmocka_unit_test(few_figures_and_zeros_tell_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
