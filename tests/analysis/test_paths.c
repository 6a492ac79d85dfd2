/* Paths and their quantiles, by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "analysis/project/models.h"
#include "analysis/project/paths.h"
#include "uptick/reach.h"

static const up_limits from_zero = {0, INFINITY, "the metric's floor", "", ""};

static up_course course_of(const char *model, up_observing how)
{
    return (up_course){.model = up_model_find(model),
                       .curve = up_curve_find(model),
                       .scale = {UP_SCALE_LOG, 0},
                       .how = how,
                       .before = 0.5,
                       .after = 0.5};
}

/* A level of exp(800) is beyond all doubles, and its growth over a year infinity - infinity: no
 * number, so neither at the floor nor above it. */
static void a_path_beyond_all_numbers_is_refused(void **state)
{
    (void)state;
    enum { PATHS = 200 };
    up_course course = course_of("logistic", UP_GROWTH_OVER);
    struct up_path paths[PATHS];
    up_projection_step step = {.time = 2};
    up_error err = {0};
    for (size_t i = 0; i < PATHS;
         i++) /* K = 100, r = 1, t_m = 0, but for one path in 200 */
        paths[i] = (struct up_path){.phi = {i == 7 ? 800 : log(100), 0, 0}};
    up_projection p = {.model = course.model,
                       .steps = &step,
                       .count = 1,
                       .courses = &course,
                       .paths = paths,
                       .course_count = 1,
                       .path_count = PATHS};
    assert_int_equal(up_paths_summarize(&p, 0, &from_zero, &err), UP_TOO_LITTLE_DATA);
    assert_string_equal(
        err.message, "the interval leaves the range of numbers: too few figures for so "
                     "far a horizon");
    assert_true(isnan(up_projection_latent(&p, 7, 2)));
    paths[7] =
        paths[0]; /* then all grow by 100 (s(2.5) - s(1.5)), s the logistic function */
    assert_int_equal(up_paths_summarize(&p, 0, &from_zero, &err), UP_OK);
    double growth = 100 / (1 + exp(-2.5)) - 100 / (1 + exp(-1.5));
    assert_true(fabs(step.value - growth) < 1e-12);
    assert_true(fabs(step.quantile[0] - growth) < 1e-12);
    assert_true(fabs(up_projection_latent(&p, 7, 2) - growth) < 1e-12);
    assert_true(p.clipped == 0);
}

/* Long before its midpoint Richards' curve is (K^-ν ν exp(-r (t - t_m)))^(-1/ν), though ν exp(...)
 * is beyond all doubles: K = 1, ν = 20, r = 400, t_m = 10, t = 1: ln y = (ln 20 + 3600) / -20. */
static void richards_is_defined_long_before_its_midpoint(void **state)
{
    (void)state;
    const double expected = -(log(20) + 3600) / 20; /* -180.15 */
    double value, gradient[UP_CURVE_PARAMETERS];
    const double theta[] = {1, 400, 10, 20};
    assert_true(up_curve_find("richards")->level(1, theta, 0, &value, gradient));
    assert_true(fabs(log(value) - expected) < 1e-9);
    /* ∂/∂r = y (t - t_m) / -ν · -1 = -9 y / 20, from ln y = (ln ν - r (t - t_m)) / -ν */
    assert_true(fabs(gradient[1] / value - -9.0 / 20) < 1e-9);
    /* ∂/∂ν = y ((ln ν + 3600) / ν² - 1 / ν²) */
    assert_true(fabs(gradient[3] / value - (log(20) + 3599) / 400) < 1e-9);
    up_course course = course_of("richards", UP_AT_A_MOMENT);
    const double phi[] = {0, log(400), 10, log(20)};
    assert_true(up_course_scaled(&course, 1, 1, phi, &value, gradient));
    assert_true(fabs(value - expected) < 1e-9);
    assert_true(fabs(gradient[1] - 400 * -9.0 / 20) < 1e-9); /* by ln r */
    assert_true(fabs(gradient[3] - 20 * (log(20) + 3599) / 400) < 1e-9);
}

/* Every model's logarithm is that of its level, and its gradient the level's by the chain rule:
 * two formulas that were derived apart. */
static void logarithms_are_those_of_the_levels(void **state)
{
    (void)state;
    static const double phi[] = {0.7, 0.3, -0.4, 0.2};
    static const double times[] = {0.3, 1.1, 2.9};
    for (const up_model *const *m = up_models; *m != NULL; m++) {
        up_course course = course_of((*m)->name, UP_AT_A_MOMENT);
        if ((*m)->logarithm == NULL)
            continue;
        for (size_t i = 0; i < 3; i++) {
            double value, level, by[UP_CURVE_PARAMETERS], parts[UP_CURVE_PARAMETERS];
            up_drawn drawn = up_course_draw(&course, phi);
            assert_true(up_drawn_scaled(&drawn, times[i], times[i], &value, by));
            assert_true(up_drawn_observed(&drawn, times[i], times[i], &level, parts));
            assert_true(fabs(value - log(level)) < 1e-13);
            for (size_t k = 0; k < (*m)->parameters; k++)
                assert_true(fabs(by[k] - parts[k] / level) < 1e-12);
        }
    }
}

/* Over a short period the mean comes from the curve's second derivative: against Gauss's five nodes, and
 * its gradient against theirs. They grow by a rate r of up to 4, so that the next order, (r L)⁴ / 2880,
 * is up to 5e-9; its gradient by r and t_m some ten times that. */
static void short_means_are_those_of_the_levels(void **state)
{
    (void)state;
    static const double phi[] = {0.7, 0.3, -0.4, 0.2}, length = 0.015;
    static const double times[] = {-1.2, 0.3, 1.1, 2.9};
    static const char *const names[] = {"quadratic", "logistic", "gompertz", "richards"};
    for (size_t m = 0; m < 4; m++) {
        up_course course = course_of(names[m], UP_MEAN_OVER), nodes = course;
        course.brevity = UP_INSTANT;
        nodes.brevity = UP_LONG;
        up_drawn curve = up_course_draw(&course, phi),
                 by_nodes = up_course_draw(&nodes, phi);
        for (size_t i = 0; i < 4; i++) {
            double from = times[i] - length / 2, to = times[i] + length / 2, value, level,
                   by[UP_CURVE_PARAMETERS], parts[UP_CURVE_PARAMETERS];
            assert_true(up_drawn_scaled(&curve, from, to, &value, by));
            assert_true(up_drawn_observed(&by_nodes, from, to, &level, parts));
            assert_true(fabs(value - log(level)) < 1e-8);
            for (size_t k = 0; k < course.model->parameters; k++)
                assert_true(fabs(by[k] - parts[k] / level) < 1e-7);
        }
    }
}

/* Errors of 1, 2, ..., 1000 thousandths on the logarithm of a level of 1: type 7's quantile of share
 * p (R: quantile(exp((1:1000) / 1000), p)) lies at 1 + 999 p of the sorted figures. */
static void quantiles_are_those_of_the_sorted_figures(void **state)
{
    (void)state;
    enum { PATHS = 1000 };
    up_course course = course_of("constant", UP_AT_A_MOMENT);
    struct up_path paths[PATHS] = {0};
    up_projection_step step = {.time = 1};
    up_error err = {0};
    for (size_t i = 0; i < PATHS;
         i++) /* in another order: 7 has no factor in common with 1000 */
        paths[i].error = (double)(i * 7 % PATHS + 1) / PATHS;
    up_projection p = {.model = course.model,
                       .steps = &step,
                       .count = 1,
                       .levels = 2,
                       .level = {0.8, 0.999},
                       .courses = &course,
                       .paths = paths,
                       .course_count = 1,
                       .path_count = PATHS};
    assert_int_equal(up_paths_summarize(&p, 0, &from_zero, &err), UP_OK);
    for (size_t q = 0; q < UP_QUANTILES; q++) {
        double at = 1 + 999 * up_quantile_levels[q], below = floor(at);
        double expected = exp(below / 1000) * (1 - (at - below)) +
                          exp((below + 1) / 1000) * (at - below);
        assert_true(fabs(step.quantile[q] - expected) < 1e-12);
    }
    assert_true(fabs(step.value - (exp(0.5) + exp(0.501)) / 2) < 1e-12);
    /* 0.9995 · 999 + 1 = 999.5005 */
    assert_true(fabs(step.bounds[1].high - (0.4995 * exp(0.999) + 0.5005 * exp(1))) <
                1e-12);
    assert_true(fabs(step.bounds[0].low - (0.1 * exp(0.1) + 0.9 * exp(0.101))) < 1e-12);
}

/* Growth at a constant rate that ends at once is Richards' curve with ν without end: 20 is as far as it
 * may go, and there the other parameters come to rest. */
static void a_parameter_stops_at_the_end_of_its_range(void **state)
{
    (void)state;
    enum { ROWS = 8 };
    double time[ROWS], y[ROWS];
    for (int i = 0; i < ROWS; i++) {
        time[i] = i;
        y[i] = fmin(i, 4);
    }
    up_course course = course_of("richards", UP_AT_A_MOMENT);
    up_problem problem = {.course = &course,
                          .from = time,
                          .to = time,
                          .y = y,
                          .low = y,
                          .high = y,
                          .rows = ROWS,
                          .counted = ROWS};
    up_minimum m = {.phi = {4, log(2), 3, log(2)}};
    assert_true(up_minimise(&problem, 0, &m));
    assert_true(fabs(m.phi[3] - log(20)) < 1e-12);
    /* any other way on from there leads up */
    for (int k = 0; k < 8; k++) {
        double phi[UP_CURVE_PARAMETERS], d = k % 2 == 0 ? 1e-4 : -1e-4;
        for (int j = 0; j < UP_CURVE_PARAMETERS; j++)
            phi[j] = m.phi[j] + (j == k / 2 ? d : 0);
        assert_true(up_sum_of_squares(&problem, phi, NULL) > m.sse);
    }
}

/* On logarithms each row counts for 1 at least, ln 1 = 0 too; without a scale for its square. */
static void a_problem_is_as_large_as_its_rows(void **state)
{
    (void)state;
    double y[] = {3, 0, -4, 100};
    up_course course = course_of("exponential", UP_AT_A_MOMENT);
    up_problem problem = {.course = &course, .y = y, .rows = 4, .counted = 3};
    assert_true(up_problem_size(&problem) == 3 + 9 + 0 + 16);
    course.scale.kind = UP_SCALE_LOGIT;
    assert_true(up_problem_size(&problem) == 3 + 9 + 0 + 16);
    course.scale.kind = UP_SCALE_NONE;
    assert_true(up_problem_size(&problem) == 9 + 0 + 16);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_path_beyond_all_numbers_is_refused),
        cmocka_unit_test(richards_is_defined_long_before_its_midpoint),
        cmocka_unit_test(logarithms_are_those_of_the_levels),
        cmocka_unit_test(short_means_are_those_of_the_levels),
        cmocka_unit_test(a_parameter_stops_at_the_end_of_its_range),
        cmocka_unit_test(a_problem_is_as_large_as_its_rows),
        cmocka_unit_test(quantiles_are_those_of_the_sorted_figures)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
