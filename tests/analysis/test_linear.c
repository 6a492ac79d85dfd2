/* Least squares and summaries against the certified values of NIST's reference datasets
 * (tests/data/nist), through the public interface. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "uptick/linear.h"

enum { MOST_ROWS = 1100, MOST_COLUMNS = 7, MOST_COEFFICIENTS = 11, WANTED_DIGITS = 9 };

/* A file of NIST's: rows of data, and what is certified. */
typedef struct nist_set {
    up_wide cells[MOST_ROWS * MOST_COLUMNS]; /* y first */
    size_t rows, columns;
    double coefficients[MOST_COEFFICIENTS], errors[MOST_COEFFICIENTS];
    size_t coefficient_count;
    double residual_sd, r_squared, mean, sd, autocorrelation;
} nist_set;

static double number_after(const char *text)
{
    return strtod(text, NULL);
}

static void take_certified(const char *line, nist_set *set)
{
    const char *text = line + strspn(line, " "), *at;
    int index, used;
    if (sscanf(text, "B%d %n", &index, &used) == 1) {
        char *rest;
        set->coefficients[set->coefficient_count] = strtod(text + used, &rest);
        set->errors[set->coefficient_count++] = strtod(rest, NULL);
    } else if (strncmp(text, "Standard Deviation  ", 20) == 0)
        set->residual_sd = number_after(text + 18);
    else if (strncmp(text, "R-Squared", 9) == 0)
        set->r_squared = number_after(text + 9);
    else if ((at = strrchr(text, ':')) != NULL && strncmp(text, "Sample ", 7) == 0)
        *(text[7] == 'M'   ? &set->mean
          : text[7] == 'S' ? &set->sd
                           : &set->autocorrelation) = number_after(at + 1);
}

static void take_row(char *line, nist_set *set)
{
    size_t columns = 0;
    for (char *cell = strtok(line, " \r\n\t"); cell != NULL;
         cell = strtok(NULL, " \r\n\t")) {
        up_decimal exact;
        char text[64]; /* NIST writes .11019 and 760. */
        size_t length = strlen(cell) - (cell[strlen(cell) - 1] == '.');
        snprintf(text, sizeof text, "%s%.*s", cell[0] == '.' ? "0" : "", (int)length,
                 cell);
        assert_int_equal(up_decimal_parse(text, &exact, NULL), UP_OK);
        assert_true(set->rows < MOST_ROWS && columns < MOST_COLUMNS);
        set->cells[set->rows * MOST_COLUMNS + columns++] = up_wide_from_decimal(exact);
    }
    if (columns > 0) {
        set->columns = columns;
        set->rows++;
    }
}

/* The data are what stands behind the line "Data: y …". */
static bool starts_data(const char *line)
{
    if (strncmp(line, "Data:", 5) != 0)
        return false;
    line += 5 + strspn(line + 5, " ");
    return line[0] == 'y' || line[0] == 'Y';
}

static nist_set *read_set(const char *name)
{
    char path[512], line[512];
    nist_set *set = calloc(1, sizeof *set);
    bool in_data = false;
    snprintf(path, sizeof path, UPTICK_SOURCE_DIR "/tests/data/nist/%s.dat", name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        bool starts = starts_data(line);
        if (in_data && line[0] != '-')
            take_row(line, set);
        else if (!starts)
            take_certified(line, set);
        in_data = in_data || starts;
    }
    fclose(file);
    assert_true(set->rows > 0);
    return set;
}

/* Correct significant digits; for a certified 0 those behind the point. At most 15, which is
 * what is certified. */
static double digits_of(double found, double certified)
{
    double off = fabs(found - certified);
    if (certified != 0)
        off /= fabs(certified);
    return off < 1e-15 ? 15 : -log10(off);
}

static void hold(const char *set, const char *what, double found, double certified)
{
    if (digits_of(found, certified) < WANTED_DIGITS)
        fail_msg("%s: %s is %.15g, certified %.15g: %.1f digits", set, what, found,
                 certified, digits_of(found, certified));
}

static const struct {
    const char *name;
    size_t degree; /* of a polynomial; 0: the columns as they are */
    bool intercept;
} linear_sets[] = {{"Norris", 1, true},   {"Pontius", 2, true},  {"NoInt1", 0, false},
                   {"NoInt2", 0, false},  {"Filip", 10, true},   {"Longley", 0, true},
                   {"Wampler1", 5, true}, {"Wampler2", 5, true}, {"Wampler3", 5, true},
                   {"Wampler4", 5, true}, {"Wampler5", 5, true}};

/* The design of a set whose columns are the inputs, behind ones for the intercept. */
static up_linear fit_columns(const nist_set *set, bool intercept)
{
    size_t k = set->columns - 1 + intercept;
    up_wide *x = calloc(set->rows * k, sizeof *x), *y = calloc(set->rows, sizeof *y);
    up_linear fit;
    for (size_t i = 0; i < set->rows; i++) {
        const up_wide *row = &set->cells[i * MOST_COLUMNS];
        y[i] = row[0];
        x[i * k] = up_wide_from_double(1);
        for (size_t j = 1; j < set->columns; j++)
            x[i * k + j - 1 + intercept] = row[j];
    }
    assert_int_equal(up_linear_fit(x, y, set->rows, k, intercept, &fit, NULL), UP_OK);
    free(x);
    free(y);
    return fit;
}

static up_linear fit_polynomial(const nist_set *set, size_t degree)
{
    up_wide *x = calloc(set->rows, sizeof *x), *y = calloc(set->rows, sizeof *y);
    up_linear fit;
    for (size_t i = 0; i < set->rows; i++) {
        y[i] = set->cells[i * MOST_COLUMNS];
        x[i] = set->cells[i * MOST_COLUMNS + 1];
    }
    assert_int_equal(up_linear_polynomial(x, y, set->rows, degree, &fit, NULL), UP_OK);
    free(x);
    free(y);
    return fit;
}

static void linear_sets_agree_with_nist(void **state)
{
    (void)state;
    for (size_t s = 0; s < sizeof linear_sets / sizeof linear_sets[0]; s++) {
        const char *name = linear_sets[s].name;
        nist_set *set = read_set(name);
        up_linear fit = linear_sets[s].degree > 0
                            ? fit_polynomial(set, linear_sets[s].degree)
                            : fit_columns(set, linear_sets[s].intercept);
        double b = 15, se = 15;
        assert_int_equal(fit.k, set->coefficient_count);
        for (size_t j = 0; j < fit.k; j++) {
            b = fmin(b, digits_of(fit.coefficients[j], set->coefficients[j]));
            se = fmin(se, digits_of(fit.standard_errors[j], set->errors[j]));
            hold(name, "a coefficient", fit.coefficients[j], set->coefficients[j]);
            hold(name, "a standard error", fit.standard_errors[j], set->errors[j]);
        }
        hold(name, "the residual sd", fit.residual_sd, set->residual_sd);
        hold(name, "R squared", fit.r_squared, set->r_squared);
        print_message(
            "%-9s digits: coefficients %4.1f, standard errors %4.1f, residual sd "
            "%4.1f, R squared %4.1f\n",
            name, b, se, digits_of(fit.residual_sd, set->residual_sd),
            digits_of(fit.r_squared, set->r_squared));
        up_linear_release(&fit);
        free(set);
    }
}

static void univariate_sets_agree_with_nist(void **state)
{
    (void)state;
    static const char *const names[] = {"Lew",     "Lottery", "Mavro",   "Michelso",
                                        "NumAcc1", "NumAcc2", "NumAcc3", "NumAcc4"};
    for (size_t s = 0; s < sizeof names / sizeof names[0]; s++) {
        nist_set *set = read_set(names[s]);
        up_wide *y = calloc(set->rows, sizeof *y);
        for (size_t i = 0; i < set->rows; i++)
            y[i] = set->cells[i * MOST_COLUMNS];
        up_summary found;
        assert_int_equal(up_summarize(y, set->rows, &found, NULL), UP_OK);
        hold(names[s], "the mean", found.mean, set->mean);
        hold(names[s], "the sd", found.sd, set->sd);
        hold(names[s], "the autocorrelation", found.autocorrelation,
             set->autocorrelation);
        print_message("%-9s digits: mean %4.1f, sd %4.1f, autocorrelation %4.1f\n",
                      names[s], digits_of(found.mean, set->mean),
                      digits_of(found.sd, set->sd),
                      digits_of(found.autocorrelation, set->autocorrelation));
        free(y);
        free(set);
    }
}

static void columns_that_depend_on_each_other_are_refused(void **state)
{
    (void)state;
    up_wide x[8], y[4];
    up_linear fit;
    up_error err = {0};
    for (int i = 0; i < 4; i++) {
        x[2 * i] = up_wide_from_double(1);
        x[2 * i + 1] = up_wide_from_double(2025.25);
        y[i] = up_wide_from_double(i);
    }
    assert_int_equal(up_linear_fit(x, y, 4, 2, true, &fit, &err), UP_TOO_LITTLE_DATA);
    assert_string_equal(err.message, "a fit needs inputs that vary apart from each other "
                                     "(column 2 follows from those before it)");
    assert_int_equal(up_linear_fit(x, y, 1, 2, true, &fit, &err), UP_TOO_LITTLE_DATA);
    assert_string_equal(err.message, "1 figures for 2 coefficients of a fit");
}

static void as_many_figures_as_coefficients_have_no_errors(void **state)
{
    (void)state;
    up_wide x[] = {up_wide_from_double(2), up_wide_from_double(5)};
    up_wide y[] = {up_wide_from_double(3), up_wide_from_double(9)};
    up_linear fit;
    assert_int_equal(up_linear_polynomial(x, y, 2, 1, &fit, NULL), UP_OK);
    assert_true(fit.coefficients[0] == -1 && fit.coefficients[1] == 2);
    assert_true(fit.standard_errors[1] == 0 && fit.residual_sd == 0);
    assert_true(fabs(fit.leverages[0] - 1) < 1e-15);
    up_linear_release(&fit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(linear_sets_agree_with_nist),
        cmocka_unit_test(univariate_sets_agree_with_nist),
        cmocka_unit_test(columns_that_depend_on_each_other_are_refused),
        cmocka_unit_test(as_many_figures_as_coefficients_have_no_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
