/* Growth and diffusion curves: their gradients, and fits that are published or were computed by
 * other programs (tests/data/diffusion: reference-fits.csv, with the estimator of each). */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "uptick/csv.h"
#include "uptick/curve.h"
#include "uptick/file.h"
#include "uptick/number.h"

#define DATA "tests/data/diffusion/"
enum { MOST = 64 };

static void read_csv(const char *name, up_csv *csv)
{
    char path[128], *data = NULL;
    size_t length = 0;
    up_error err = {0};
    snprintf(path, sizeof path, DATA "%s", name);
    if (up_file_read(path, &data, &length, &err) != UP_OK ||
        up_csv_read(csv, data, length, path, NULL, NULL, &err) != UP_OK)
        fail_msg("%s", err.message);
    free(data);
}

static double number_at(const up_csv *csv, size_t record, size_t column)
{
    double value;
    if (up_number_parse(up_csv_field(csv, record, column), &value, NULL) != UP_OK)
        fail_msg("'%s' is no number", up_csv_field(csv, record, column));
    return value;
}

static size_t read_data(const char *name, size_t column, double t[MOST], double y[MOST])
{
    up_csv csv = {0};
    read_csv(name, &csv);
    assert_true(csv.count > 1 && csv.count <= MOST);
    for (size_t i = 1; i < csv.count; i++) {
        t[i - 1] = number_at(&csv, i, 0);
        y[i - 1] = number_at(&csv, i, column);
    }
    size_t n = csv.count - 1;
    up_csv_release(&csv);
    return n;
}

/* --- Gradients ------------------------------------------------------------------------------------ */

/* Against central differences of steps h = 1e-5 |θ|: their error is of order h², their rounding
 * of order 1e-16 / h, so that 1e-7 of the largest part is met. */
static void gradients_are_those_of_their_curves(void **state)
{
    (void)state;
    static const double thetas[][UP_CURVE_PARAMETERS] = {
        {120, 0.6, 4.5, 0},   {120, 0.6, 4.5, 0}, {120, 0.6, 4.5, 0.4},
        {0.02, 0.45, 900, 0}, {3, 0, 0, 0},       {3, 0.25, 0, 0},
        {3, 0.25, 0, 0},      {3, 0.3, -0.02, 0}, {3, 1.7, 0, 0}};
    for (size_t c = 0; up_curves[c] != NULL; c++)
        for (double t = 0.5; t < 12; t += 1.5) {
            const up_curve *curve = up_curves[c];
            double gradient[UP_CURVE_PARAMETERS], value, largest = 0;
            assert_true(curve->level(t, thetas[c], 0, &value, gradient));
            for (size_t k = 0; k < curve->parameters; k++)
                largest = fmax(largest, fabs(gradient[k] * thetas[c][k]));
            for (size_t k = 0; k < curve->parameters; k++) {
                double up[UP_CURVE_PARAMETERS], down[UP_CURVE_PARAMETERS], a = 0, b = 0;
                double h = 1e-5 * fabs(thetas[c][k]);
                memcpy(up, thetas[c], sizeof up);
                memcpy(down, thetas[c], sizeof down);
                up[k] += h;
                down[k] -= h;
                assert_true(curve->level(t, up, 0, &a, NULL) &&
                            curve->level(t, down, 0, &b, NULL));
                double off = fabs((a - b) / (2 * h) - gradient[k]) * fabs(thetas[c][k]);
                if (!(off <= 1e-7 * largest))
                    fail_msg("%s, parameter %zu at %g: off by %g of %g", curve->name, k,
                             t, off, largest);
            }
        }
}

static void curves_are_undefined_outside_their_domain(void **state)
{
    (void)state;
    double value;
    static const char *const positive[] = {"logistic",    "gompertz",  "richards", "bass",
                                           "exponential", "quadratic", "power"};
    for (size_t c = 0; c < sizeof positive / sizeof positive[0]; c++)
        assert_false(up_curve_find(positive[c])
                         ->level(1, (const double[]){-1, 1, 1, 1}, 0, &value, NULL));
    const up_curve *bass = up_curve_find("bass");
    assert_false(bass->level(-1, (const double[]){0.1, 0.4, 100}, 0, &value, NULL));
    /* nobody has adopted at the launch, everybody does in the end */
    assert_true(bass->level(0, (const double[]){0.1, 0.4, 100}, 0, &value, NULL));
    assert_true(value == 0);
    assert_true(bass->level(1e3, (const double[]){0.1, 0.4, 100}, 0, &value, NULL));
    assert_true(fabs(value - 100) < 1e-12);
    assert_null(up_curve_find("spline"));
}

/* --- Fits ------------------------------------------------------------------------------------------- */

typedef struct reference {
    const char *file, *curve, *estimator;
    size_t column;
} reference;

/* Bass's density at t = 1 … n, m f(t) with f = p (p + q)² e / (p + q e)², e = exp(-(p + q) t): a
 * model of the test's own, as a user of the library would write it. In logarithms
 * ∂ln f/∂p = 1 / p + 2 / (p + q) - t - 2 (1 - q t e) / (p + q e), ∂ln f/∂q likewise. */
static bool density(const double *x, const double *b, void *context, double *value,
                    double *g)
{
    (void)context;
    double p = b[0], q = b[1], m = b[2], t = x[0];
    if (p <= 0 || q <= 0 || m <= 0)
        return false;
    double e = exp(-(p + q) * t), d = p + q * e, f = p * (p + q) * (p + q) * e / (d * d);
    *value = m * f;
    if (g != NULL) {
        g[0] = *value * (1 / p + 2 / (p + q) - t - 2 * (1 - q * t * e) / d);
        g[1] = *value * (2 / (p + q) - t - 2 * (e - q * t * e) / d);
        g[2] = f;
    }
    return true;
}

static void solve(const reference *r, up_nonlinear_fit *fit)
{
    static double t[MOST], y[MOST], x[2 * MOST], total[MOST];
    double starts[UP_CURVE_STARTS * UP_CURVE_PARAMETERS];
    size_t n = read_data(r->file, r->column, t, y);
    up_curve_use use = {up_curve_find(r->curve), 0};
    up_nonlinear_model model = up_curve_levels(&use);
    up_nonlinear_data data = {t, y, NULL, n};
    up_error err = {0};
    bool by_increments = strstr(r->estimator, "cdf-differences") != NULL;
    bool by_density = strstr(r->estimator, "density") != NULL;
    for (size_t i = 0; (by_increments || by_density) && i < n; i++) {
        total[i] = y[i] + (i > 0 ? total[i - 1] : 0);
        t[i] = (double)i + 1;
        x[2 * i] = (double)i;
        x[2 * i + 1] = (double)i + 1;
    }
    size_t count =
        up_curve_starts(&use, t, by_increments || by_density ? total : y, n, starts);
    assert_true(count > 0);
    if (by_increments) {
        model = up_curve_increments(&use);
        data.x = x;
    } else if (by_density)
        model = (up_nonlinear_model){density, 3, 1, NULL};
    if (up_nonlinear_solve(&model, &data, starts, count, NULL, fit, &err) != UP_OK)
        fail_msg("%s: %s", r->file, err.message);
    assert_true(fit->converged);
}

/* The row of reference-fits.csv for one parameter. */
static size_t find_row(const up_csv *csv, const reference *r, const char *parameter)
{
    for (size_t i = 1; i < csv->count; i++)
        if (strcmp(up_csv_field(csv, i, 0), r->file) == 0 &&
            strncmp(up_csv_field(csv, i, 1), r->curve, strlen(r->curve)) == 0 &&
            strcmp(up_csv_field(csv, i, 2), r->estimator) == 0 &&
            strcmp(up_csv_field(csv, i, 3), parameter) == 0 &&
            strncmp(up_csv_field(csv, i, 8), "computed", 8) == 0)
            return i;
    fail_msg("no reference for %s %s %s %s", r->file, r->curve, r->estimator, parameter);
    return 0;
}

/* The references have nine digits, their errors six; 1e-6 and 1e-4 leave room for the other
 * program's stopping rule (a relative change of 1e-8 or so in the sum of squares). */
static void assert_fits(const up_csv *csv, const reference *r,
                        const up_nonlinear_fit *fit)
{
    static const char *const sigmoid[] = {"m", "k", "t0"}, *const bass[] = {"p", "q",
                                                                            "m"};
    const char *const *names = strcmp(r->curve, "bass") == 0 ? bass : sigmoid;
    for (size_t k = 0; k < fit->parameters; k++) {
        size_t row = find_row(csv, r, names[k]);
        double value = number_at(csv, row, 4), se = number_at(csv, row, 5);
        double rss = number_at(csv, row, 6);
        if (!(fabs(fit->theta[k] - value) <= 1e-6 * fabs(value)) ||
            !(fabs(fit->se[k] - se) <= 1e-4 * se) ||
            !(fabs(fit->sse - rss) <= 1e-7 * rss))
            fail_msg(
                "%s %s %s: %s %.10g (se %.7g, rss %.10g), wanted %.10g (%.7g, %.10g)",
                r->file, r->curve, r->estimator, names[k], fit->theta[k], fit->se[k],
                fit->sse, value, se, rss);
    }
}

#define DIFFERENCES "NLS cdf-differences (Srinivasan & Mason 1986)"
#define DENSITY     "NLS density at t=1..n"
#define LEVELS      "NLS levels"

static const reference references[] = {
    {"bass_room_ac.csv", "bass", DIFFERENCES, 1},
    {"bass_room_ac.csv", "bass", DENSITY, 1},
    {"bass_color_tv.csv", "bass", DIFFERENCES, 1},
    {"bass_color_tv.csv", "bass", DENSITY, 1},
    {"bass_clothes_dryers.csv", "bass", DIFFERENCES, 1},
    {"bass_clothes_dryers.csv", "bass", DENSITY, 1},
    {"bass_ultrasound.csv", "bass", DIFFERENCES, 1},
    {"bass_ultrasound.csv", "bass", DENSITY, 1},
    {"bass_mammography.csv", "bass", DIFFERENCES, 1},
    {"bass_mammography.csv", "bass", DENSITY, 1},
    {"bass_foreign_language.csv", "bass", DIFFERENCES, 1},
    {"bass_foreign_language.csv", "bass", DENSITY, 1},
    {"bass_accelerated_program.csv", "bass", DIFFERENCES, 1},
    {"bass_accelerated_program.csv", "bass", DENSITY, 1},
    {"bass_vcr.csv", "bass", DIFFERENCES, 1},
    {"bass_vcr.csv", "bass", DENSITY, 1},
    {"gompertz_nl_carstock.csv", "logistic", LEVELS, 1},
    {"gompertz_nl_carstock.csv", "gompertz", LEVELS, 1},
    {"gompertz_chicken_weight.csv", "logistic", LEVELS, 1},
    {"gompertz_chicken_weight.csv", "gompertz", LEVELS, 1},
    {"fisherpry_us_merchant_metal.csv", "logistic", LEVELS, 1},
    {"pearl_us_cable_tv.csv", "logistic", LEVELS, 1},
    {"pearl_us_cable_tv.csv", "gompertz", LEVELS, 1},
};

static void published_and_computed_fits_are_reproduced(void **state)
{
    (void)state;
    up_csv csv = {0};
    read_csv("reference-fits.csv", &csv);
    for (size_t i = 0; i < sizeof references / sizeof references[0]; i++) {
        up_nonlinear_fit fit = {0};
        solve(&references[i], &fit);
        assert_fits(&csv, &references[i], &fit);
        up_nonlinear_fit_release(&fit);
    }
    up_csv_release(&csv);
}

/* Steffens & Murthy 1992, Table 1, to the digits printed there. */
static void bass_fits_of_the_literature_are_reproduced(void **state)
{
    (void)state;
    static const struct {
        const char *file;
        double p, q, m; /* m in thousands */
    } published[] = {{"bass_room_ac.csv", 0.0094, 0.374, 18720},
                     {"bass_color_tv.csv", 0.0185, 0.615, 39660},
                     {"bass_clothes_dryers.csv", 0.0136, 0.327, 16490}};
    for (size_t i = 0; i < 3; i++) {
        reference r = {published[i].file, "bass", DIFFERENCES, 1};
        up_nonlinear_fit fit = {0};
        solve(&r, &fit);
        /* one unit of the last digit printed: their optimiser stopped a little earlier */
        assert_true(fabs(fit.theta[0] - published[i].p) <= 1e-4);
        assert_true(fabs(fit.theta[1] - published[i].q) <= 1e-3);
        assert_true(fabs(fit.theta[2] - published[i].m) <= 10);
        up_nonlinear_fit_release(&fit);
    }
}

/* Richards has the logistic curve in it (ν = 1) and, as ν → 0, Gompertz's. */
static void richards_finds_the_curve_its_data_came_from(void **state)
{
    (void)state;
    double t[20], y[20], starts[UP_CURVE_STARTS * UP_CURVE_PARAMETERS];
    const double truth[] = {500, 0.7, 9, 0.35};
    const up_curve *richards = up_curve_find("richards");
    for (int i = 0; i < 20; i++) {
        t[i] = i;
        assert_true(richards->level(t[i], truth, 0, &y[i], NULL));
    }
    up_curve_use use = {richards, 0};
    up_nonlinear_model model = up_curve_levels(&use);
    up_nonlinear_data data = {t, y, NULL, 20};
    up_nonlinear_fit fit = {0};
    size_t count = up_curve_starts(&use, t, y, 20, starts);
    assert_int_equal(up_nonlinear_solve(&model, &data, starts, count, NULL, &fit, NULL),
                     UP_OK);
    for (size_t k = 0; k < 4; k++)
        assert_true(fabs(fit.theta[k] - truth[k]) <= 1e-6 * truth[k]);
    up_nonlinear_fit_release(&fit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gradients_are_those_of_their_curves),
        cmocka_unit_test(curves_are_undefined_outside_their_domain),
        cmocka_unit_test(published_and_computed_fits_are_reproduced),
        cmocka_unit_test(bass_fits_of_the_literature_are_reproduced),
        cmocka_unit_test(richards_finds_the_curve_its_data_came_from),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
