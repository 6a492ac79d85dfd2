/* Nonlinear least squares against NIST's Statistical Reference Datasets (StRD, public domain; see
 * https://www.itl.nist.gov/div898/strd/): certified parameters, standard errors and sums of
 * squares, from both of NIST's starting points. Digits are -log10 of the relative error. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "uptick/nonlinear.h"
#include "uptick/number.h"

#define NIST "tests/data/nist/nonlinear/"
#define PI   3.14159265358979323846

/* --- The models, with their gradients ------------------------------------------------------- */

#define MODEL(name)                                                                      \
    static bool name(const double *x, const double *b, void *context, double *y,         \
                     double *g)
#define GRADIENT(...)                                                                    \
    do {                                                                                 \
        if (g != NULL) {                                                                 \
            const double parts_[] = {__VA_ARGS__};                                       \
            memcpy(g, parts_, sizeof parts_);                                            \
        }                                                                                \
        (void)context;                                                                   \
        return true;                                                                     \
    } while (0)

MODEL(misra1a) /* b1 (1 - exp(-b2 x)) */
{
    double e = exp(-b[1] * *x);
    *y = b[0] * (1 - e);
    GRADIENT(1 - e, b[0] * *x * e);
}

MODEL(misra1b) /* b1 (1 - (1 + b2 x / 2)^-2) */
{
    double u = 1 + b[1] * *x / 2;
    *y = b[0] * (1 - 1 / (u * u));
    GRADIENT(1 - 1 / (u * u), b[0] * *x / (u * u * u));
}

MODEL(misra1c) /* b1 (1 - (1 + 2 b2 x)^-1/2) */
{
    double u = 1 + 2 * b[1] * *x;
    if (u <= 0)
        return false;
    *y = b[0] * (1 - 1 / sqrt(u));
    GRADIENT(1 - 1 / sqrt(u), b[0] * *x / (u * sqrt(u)));
}

MODEL(misra1d) /* b1 b2 x / (1 + b2 x) */
{
    double u = 1 + b[1] * *x;
    *y = b[0] * b[1] * *x / u;
    GRADIENT(b[1] * *x / u, b[0] * *x / (u * u));
}

MODEL(chwirut) /* exp(-b1 x) / (b2 + b3 x) */
{
    double e = exp(-b[0] * *x), d = b[1] + b[2] * *x;
    *y = e / d;
    GRADIENT(-*x * e / d, -e / (d * d), -*x * e / (d * d));
}

MODEL(danwood) /* b1 x^b2 */
{
    double power = pow(*x, b[1]);
    *y = b[0] * power;
    GRADIENT(power, b[0] * power * log(*x));
}

MODEL(enso) /* b1 + three cosines and sines of periods 12, b4, b7 */
{
    double a = 2 * PI * *x / 12, c = 2 * PI * *x / b[3], e = 2 * PI * *x / b[6];
    *y = b[0] + b[1] * cos(a) + b[2] * sin(a) + b[4] * cos(c) + b[5] * sin(c) +
         b[7] * cos(e) + b[8] * sin(e);
    GRADIENT(1, cos(a), sin(a), (b[4] * sin(c) - b[5] * cos(c)) * c / b[3], cos(c),
             sin(c), (b[7] * sin(e) - b[8] * cos(e)) * e / b[6], cos(e), sin(e));
}

MODEL(eckerle4) /* b1 / b2 exp(-((x - b3) / b2)² / 2) */
{
    double z = (*x - b[2]) / b[1], e = exp(-z * z / 2);
    *y = b[0] / b[1] * e;
    GRADIENT(e / b[1], b[0] / (b[1] * b[1]) * e * (z * z - 1),
             b[0] / (b[1] * b[1]) * e * z);
}

MODEL(gauss) /* b1 exp(-b2 x) and two bells */
{
    double e = exp(-b[1] * *x), u = (*x - b[3]) / b[4], v = (*x - b[6]) / b[7];
    double p = exp(-u * u), q = exp(-v * v);
    *y = b[0] * e + b[2] * p + b[5] * q;
    GRADIENT(e, -b[0] * *x * e, p, b[2] * p * 2 * u / b[4], b[2] * p * 2 * u * u / b[4],
             q, b[5] * q * 2 * v / b[7], b[5] * q * 2 * v * v / b[7]);
}

MODEL(hahn1) /* a cubic over a cubic */
{
    double t = *x, n = b[0] + t * (b[1] + t * (b[2] + t * b[3]));
    double d = 1 + t * (b[4] + t * (b[5] + t * b[6]));
    *y = n / d;
    double w = -n / (d * d);
    GRADIENT(1 / d, t / d, t * t / d, t * t * t / d, w * t, w * t * t, w * t * t * t);
}

MODEL(kirby2) /* a quadratic over a quadratic */
{
    double t = *x, n = b[0] + t * (b[1] + t * b[2]), d = 1 + t * (b[3] + t * b[4]);
    *y = n / d;
    GRADIENT(1 / d, t / d, t * t / d, -n * t / (d * d), -n * t * t / (d * d));
}

MODEL(lanczos) /* three exponentials */
{
    double e = exp(-b[1] * *x), p = exp(-b[3] * *x), q = exp(-b[5] * *x);
    *y = b[0] * e + b[2] * p + b[4] * q;
    GRADIENT(e, -b[0] * *x * e, p, -b[2] * *x * p, q, -b[4] * *x * q);
}

MODEL(mgh17) /* b1 + b2 exp(-x b4) + b3 exp(-x b5) */
{
    double p = exp(-*x * b[3]), q = exp(-*x * b[4]);
    *y = b[0] + b[1] * p + b[2] * q;
    GRADIENT(1, p, q, -b[1] * *x * p, -b[2] * *x * q);
}

MODEL(nelson) /* b1 - b2 x1 exp(-b3 x2), of log y */
{
    double e = exp(-b[2] * x[1]);
    *y = b[0] - b[1] * x[0] * e;
    GRADIENT(1, -x[0] * e, b[1] * x[0] * x[1] * e);
}

MODEL(rat42) /* b1 / (1 + exp(b2 - b3 x)) */
{
    double e = exp(b[1] - b[2] * *x), d = 1 + e;
    *y = b[0] / d;
    GRADIENT(1 / d, -b[0] * e / (d * d), b[0] * *x * e / (d * d));
}

MODEL(roszman1) /* b1 - b2 x - arctan(b3 / (x - b4)) / π */
{
    double u = *x - b[3], d = u * u + b[2] * b[2];
    *y = b[0] - b[1] * *x - atan(b[2] / u) / PI;
    GRADIENT(1, -*x, -u / d / PI, -b[2] / d / PI);
}

/* --- NIST's files ------------------------------------------------------------------------------- */

enum { MOST = 300, PARAMETERS = 12 };

typedef struct nist_set {
    size_t parameters, count, predictors;
    double starts[2][PARAMETERS], certified[PARAMETERS], se[PARAMETERS], sse, sigma;
    double x[2 * MOST], y[MOST];
} nist_set;

static bool read_numbers(const char *line, double *numbers, size_t most, size_t *count)
{
    char copy[256];
    snprintf(copy, sizeof copy, "%s", line);
    *count = 0;
    for (char *word = strtok(copy, " \t\r\n"); word != NULL;
         word = strtok(NULL, " \t\r\n"))
        if (*count == most || up_number_parse(word, &numbers[(*count)++], NULL) != UP_OK)
            return false;
    return *count > 0;
}

static void read_set(const char *name, size_t predictors, bool log_y, nist_set *s)
{
    char path[128], line[256];
    size_t data_lines = 0;
    *s = (nist_set){.predictors = predictors};
    snprintf(path, sizeof path, NIST "%s.dat", name);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        fail_msg("%s is missing", path);
    while (fgets(line, sizeof line, file) != NULL) {
        double numbers[4];
        size_t count = 0;
        const char *equals = strchr(line, '=');
        size_t index = strspn(line, " ") < strlen(line) && line[strspn(line, " ")] == 'b'
                           ? strtoul(line + strspn(line, " ") + 1, NULL, 10)
                           : 0;
        if (index > 0 && equals != NULL && read_numbers(equals + 1, numbers, 4, &count) &&
            count == 4) {
            s->starts[0][index - 1] = numbers[0];
            s->starts[1][index - 1] = numbers[1];
            s->certified[index - 1] = numbers[2];
            s->se[index - 1] = numbers[3];
            s->parameters = index;
        } else if (strncmp(line, "Residual Sum of Squares:", 24) == 0)
            assert_true(read_numbers(line + 24, &s->sse, 1, &count));
        else if (strncmp(line, "Residual Standard Deviation:", 28) == 0)
            assert_true(read_numbers(line + 28, &s->sigma, 1, &count));
        else if (strncmp(line, "Data:", 5) == 0)
            data_lines++;
        else if (data_lines == 2 && read_numbers(line, numbers, 4, &count) &&
                 count == predictors + 1) {
            assert_true(s->count < MOST);
            s->y[s->count] = log_y ? log(numbers[0]) : numbers[0];
            memcpy(s->x + s->count * predictors, numbers + 1,
                   predictors * sizeof(double));
            s->count++;
        }
    }
    fclose(file);
    assert_true(s->parameters > 0 && s->count > s->parameters);
}

static double digits(double found, double certified)
{
    double error = fabs(found - certified) / fabs(certified);
    return error > 0 ? -log10(error) : 15;
}

/* --- The cases ------------------------------------------------------------------------------------ */

static const struct {
    const char *name;
    up_nonlinear_function *function;
    size_t predictors;
    bool log_y;
    double
        se_digits; /* Lanczos1's residuals are rounding noise: two digits of its errors */
} sets[] = {
    {"Misra1a", misra1a, 1, false, 6},   {"Misra1b", misra1b, 1, false, 6},
    {"Misra1c", misra1c, 1, false, 6},   {"Misra1d", misra1d, 1, false, 6},
    {"Chwirut1", chwirut, 1, false, 6},  {"Chwirut2", chwirut, 1, false, 6},
    {"DanWood", danwood, 1, false, 6},   {"ENSO", enso, 1, false, 6},
    {"Eckerle4", eckerle4, 1, false, 6}, {"Gauss1", gauss, 1, false, 6},
    {"Gauss2", gauss, 1, false, 6},      {"Gauss3", gauss, 1, false, 6},
    {"Hahn1", hahn1, 1, false, 6},       {"Kirby2", kirby2, 1, false, 6},
    {"Lanczos1", lanczos, 1, false, 2},  {"Lanczos2", lanczos, 1, false, 6},
    {"Lanczos3", lanczos, 1, false, 6},  {"MGH17", mgh17, 1, false, 6},
    {"Nelson", nelson, 2, true, 6},      {"Rat42", rat42, 1, false, 6},
    {"Roszman1", roszman1, 1, false, 6},
};
enum { SETS = sizeof sets / sizeof sets[0] };

static void solve_from(size_t index, const nist_set *s, size_t start, double worst[2])
{
    up_nonlinear_model model = {sets[index].function, s->parameters, s->predictors, NULL};
    up_nonlinear_data data = {s->x, s->y, NULL, s->count};
    /* where one start fails, others about it are tried */
    up_nonlinear_options options = {.more_starts = 12, .spread = 8};
    up_nonlinear_fit fit = {0};
    up_error err = {0};
    if (up_nonlinear_solve(&model, &data, s->starts[start], 1, &options, &fit, &err) !=
        UP_OK)
        fail_msg("%s: %s", sets[index].name, err.message);
    assert_true(fit.identified);
    for (size_t k = 0; k < s->parameters; k++) {
        worst[0] = fmin(worst[0], digits(fit.theta[k], s->certified[k]));
        worst[1] = fmin(worst[1], digits(fit.se[k], s->se[k]));
    }
    up_nonlinear_fit_release(&fit);
}

static void nist_sets_are_reached_from_both_starting_points(void **state)
{
    (void)state;
    size_t failed = 0;
    for (size_t i = 0; i < SETS; i++) {
        nist_set s;
        read_set(sets[i].name, sets[i].predictors, sets[i].log_y, &s);
        for (size_t start = 0; start < 2; start++) {
            double worst[2] = {99, 99};
            solve_from(i, &s, start, worst);
            print_message("%-9s start %zu: parameters to %4.1f digits, errors to %4.1f\n",
                          sets[i].name, start + 1, worst[0], worst[1]);
            failed += !(worst[0] >= 6) || !(worst[1] >= sets[i].se_digits);
        }
    }
    assert_int_equal(failed, 0);
}

/* --- What else is promised -------------------------------------------------------------------- */

MODEL(line) /* b1 + b2 x, linear: its answer is known in closed form */
{
    *y = b[0] + b[1] * *x;
    GRADIENT(1, *x);
}

MODEL(root) /* b1 sqrt(x - b2): undefined left of b2 */
{
    if (*x <= b[1])
        return false;
    *y = b[0] * sqrt(*x - b[1]);
    GRADIENT(sqrt(*x - b[1]), -b[0] / (2 * sqrt(*x - b[1])));
}

static const double abscissas[] = {1, 2, 3, 4, 5},
                    ordinates[] = {1.1, 1.9, 3.2, 3.9, 5.1};

static void a_line_is_that_of_the_textbook(void **state)
{
    (void)state;
    /* Sxx = 10, Sxy = 10.0, mean x 3, mean y 3.04: b2 = 1.0, b1 = 0.04; residuals 0.06, -0.14,
     * 0.16, -0.14, 0.06: SSE = 0.072, σ² = 0.024, se(b2) = √(0.024 / 10), se(b1) = √(0.024 (1/5 +
     * 9/10)) */
    up_nonlinear_model model = {line, 2, 1, NULL};
    up_nonlinear_data data = {abscissas, ordinates, NULL, 5};
    const double start[] = {10, -3};
    up_nonlinear_fit fit = {0};
    assert_int_equal(up_nonlinear_solve(&model, &data, start, 1, NULL, &fit, NULL),
                     UP_OK);
    assert_true(fit.converged && fit.identified);
    assert_true(fabs(fit.theta[0] - 0.04) < 1e-12 && fabs(fit.theta[1] - 1) < 1e-12);
    assert_true(fabs(fit.sse - 0.072) < 1e-13);
    assert_true(fabs(fit.se[1] - sqrt(0.0024)) < 1e-12);
    assert_true(fabs(fit.se[0] - sqrt(0.024 * 1.1)) < 1e-12);
    /* cov(b1, b2) = -σ² mean x / Sxx */
    assert_true(fabs(fit.covariance[1] + 0.024 * 3 / 10) < 1e-13);
    up_nonlinear_fit_release(&fit);
}

static void a_weight_of_two_is_a_figure_twice(void **state)
{
    (void)state;
    const double weights[] = {1, 2, 1, 1, 1}, start[] = {0, 0};
    const double x[] = {1, 2, 2, 3, 4, 5}, y[] = {1.1, 1.9, 1.9, 3.2, 3.9, 5.1};
    up_nonlinear_model model = {line, 2, 1, NULL};
    up_nonlinear_data weighted = {abscissas, ordinates, weights, 5},
                      doubled = {x, y, NULL, 6};
    up_nonlinear_fit a = {0}, b = {0};
    assert_int_equal(up_nonlinear_solve(&model, &weighted, start, 1, NULL, &a, NULL),
                     UP_OK);
    assert_int_equal(up_nonlinear_solve(&model, &doubled, start, 1, NULL, &b, NULL),
                     UP_OK);
    for (size_t k = 0; k < 2; k++)
        assert_true(fabs(a.theta[k] - b.theta[k]) < 1e-12);
    assert_true(fabs(a.sse - b.sse) < 1e-13);
    up_nonlinear_fit_release(&a);
    up_nonlinear_fit_release(&b);
}

static void a_step_out_of_the_domain_is_taken_back(void **state)
{
    (void)state;
    double x[8], y[8];
    for (int i = 0; i < 8; i++) {
        x[i] = 1 + i;
        y[i] = 2 * sqrt(x[i] - 0.9);
    }
    up_nonlinear_model model = {root, 2, 1, NULL};
    up_nonlinear_data data = {x, y, NULL, 8};
    const double start[] = {1, -5}, outside[] = {1, 5};
    up_nonlinear_fit fit = {0};
    up_error err = {0};
    assert_int_equal(up_nonlinear_solve(&model, &data, start, 1, NULL, &fit, NULL),
                     UP_OK);
    assert_true(fabs(fit.theta[0] - 2) < 1e-6 && fabs(fit.theta[1] - 0.9) < 1e-6);
    up_nonlinear_fit_release(&fit);
    assert_int_equal(up_nonlinear_solve(&model, &data, outside, 1, NULL, &fit, &err),
                     UP_TOO_LITTLE_DATA);
    assert_string_equal(err.message, "the model can be evaluated at none of the starts");
}

static void what_cannot_be_told_apart_is_not_identified(void **state)
{
    (void)state;
    const double x[] = {2, 2, 2, 2}, y[] = {1, 2, 3, 2}, start[] = {1, 1};
    up_nonlinear_model model = {line, 2, 1, NULL};
    up_nonlinear_data data = {x, y, NULL, 4};
    up_nonlinear_fit fit = {0};
    assert_int_equal(up_nonlinear_solve(&model, &data, start, 1, NULL, &fit, NULL),
                     UP_OK);
    assert_false(fit.identified);
    up_nonlinear_fit_release(&fit);
}

static void bad_input_is_refused(void **state)
{
    (void)state;
    const double start[] = {0, 0}, odd[] = {1, 2, NAN, 4, 5}, zero[] = {1, 1, 0, 1, 1};
    up_nonlinear_model model = {line, 2, 1, NULL};
    const struct {
        up_nonlinear_data data;
        up_status status;
        const char *message;
    } cases[] = {
        {{abscissas, ordinates, NULL, 2},
         UP_TOO_LITTLE_DATA,
         "2 figures for 2 parameters (wanted more figures than parameters)"},
        {{abscissas, odd, NULL, 5}, UP_BAD_DATA, "a number that is not finite"},
        {{odd, ordinates, NULL, 5}, UP_BAD_DATA, "a number that is not finite"},
        {{abscissas, ordinates, zero, 5}, UP_BAD_DATA, "a weight that is not positive"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        up_nonlinear_fit fit = {0};
        up_error err = {0};
        assert_int_equal(
            up_nonlinear_solve(&model, &cases[i].data, start, 1, NULL, &fit, &err),
            cases[i].status);
        assert_string_equal(err.message, cases[i].message);
        assert_null(fit.covariance);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nist_sets_are_reached_from_both_starting_points),
        cmocka_unit_test(a_line_is_that_of_the_textbook),
        cmocka_unit_test(a_weight_of_two_is_a_figure_twice),
        cmocka_unit_test(a_step_out_of_the_domain_is_taken_back),
        cmocka_unit_test(what_cannot_be_told_apart_is_not_identified),
        cmocka_unit_test(bad_input_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
