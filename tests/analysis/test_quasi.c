/* Points that fill a cube evenly, and χ² through a table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>

#include "analysis/project/quasi.h"

/* R: log(qchisq(pnorm(z), df)), for z >= 0 log(qchisq(pnorm(z, lower = FALSE), df, lower = FALSE)) */
static void a_table_of_chi_squares_agrees_with_r(void **state)
{
    (void)state;
    static const double dofs[] = {1, 2, 9, 60}, z[] = {-3.3, -1.7, -0.1, 0.45, 2.9};
    static const double wanted[][5] = {
        {-14.8176495, -5.76896871, -0.978541369, -0.0373836796, 2.26975979},
        {-6.94122721, -2.394941, 0.209458351, 0.806269468, 2.53116317},
        {-0.0369121833, 1.16592091, 2.07238153, 2.33263864, 3.26730302},
        {3.41033734, 3.75433127, 4.06479534, 4.16461601, 4.57192728}};
    for (size_t i = 0; i < 4; i++) {
        up_chi chi;
        up_chi_init(&chi, dofs[i]);
        for (size_t k = 0; k < 5; k++)
            assert_true(fabs(up_chi_log_at(&chi, z[k]) - wanted[i][k]) < 2e-4);
    }
}

enum { POINTS = 1024, SIDES = 2 };

static void count_cells(const double (*u)[SIDES], size_t from, size_t step, int per_side,
                        size_t *least, size_t *most)
{
    size_t cells[64] = {0};
    for (size_t i = from; i < POINTS; i += step) {
        assert_true(u[i][0] > 0 && u[i][0] < 1 && u[i][1] > 0 && u[i][1] < 1);
        cells[(int)(u[i][0] * per_side) * per_side + (int)(u[i][1] * per_side)]++;
    }
    *least = *most = cells[0];
    for (int c = 1; c < per_side * per_side; c++) {
        *least = cells[c] < *least ? cells[c] : *least;
        *most = cells[c] > *most ? cells[c] : *most;
    }
}

/* Of 1,024 points of Sobol's each of 64 squares has 16 before the shift, which cuts squares in parts; of
 * random ones the least would have 7 or so and the most 27 (Poisson's 0.01 and 0.99). */
static void shifted_points_are_even(void **state)
{
    (void)state;
    double u[POINTS][SIDES];
    size_t least, most;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    up_quasi q = {0};
    gsl_rng_set(rng, 5);
    assert_int_equal(up_quasi_init(&q, SIDES, rng, NULL), UP_OK);
    for (size_t i = 0; i < POINTS; i++) {
        up_quasi_next(&q);
        u[i][0] = up_quasi_even(&q);
        u[i][1] = up_quasi_even(&q);
    }
    count_cells((const double(*)[SIDES])u, 0, 1, 8, &least, &most);
    assert_in_range(least, 14, 16);
    assert_in_range(most, 16, 18);
    up_quasi_release(&q);
    gsl_rng_free(rng);
}

/* Every second, fourth or eighth point of Sobol's lies in a part of the square; of these none does. */
static void points_at_distances_are_even_too(void **state)
{
    (void)state;
    double u[POINTS][SIDES];
    const double shift[] = {0.3, 0.8};
    size_t least, most;
    for (size_t i = 0; i < POINTS; i++)
        up_quasi_turn(i, shift, SIDES, u[i]);
    for (size_t step = 1; step <= 8; step++) {
        double mean = POINTS / (double)step / 16;
        count_cells((const double(*)[SIDES])u, step / 2, step, 4, &least, &most);
        assert_true((double)least >= 0.6 * mean && (double)most <= 1.4 * mean);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_of_chi_squares_agrees_with_r),
        cmocka_unit_test(shifted_points_are_even),
        cmocka_unit_test(points_at_distances_are_even_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
