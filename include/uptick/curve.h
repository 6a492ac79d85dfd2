/* Curves of growth and diffusion, with their gradients and starting values for a fit.
 *
 *     const up_curve *curve = up_curve_find("logistic");
 *     up_curve_use use = {.curve = curve, .origin = 1952};
 *     up_nonlinear_model model = up_curve_levels(&use);        // y is the level at time x
 *     double starts[UP_CURVE_STARTS * UP_CURVE_PARAMETERS];
 *     size_t count = up_curve_starts(&use, t, y, n, starts);
 *     up_nonlinear_solve(&model, &data, starts, count, NULL, &fit, err);
 *
 * Time is in years. K is the capacity, r the growth rate, t_m the midpoint:
 *
 *     logistic      K / (1 + exp(-r (t - t_m)))                     Verhulst 1838; Fisher & Pry 1971
 *     gompertz      K exp(-exp(-r (t - t_m)))                       Gompertz 1825; inflects at K / e
 *     richards      K (1 + ν exp(-r (t - t_m)))^(-1 / ν)            Richards 1959; ν = 1 is logistic
 *     bass          m (1 - e) / (1 + (q / p) e), e = exp(-(p + q) (t - origin))    Bass 1969
 *     constant      a
 *     linear        a + b (t - origin)
 *     exponential   a exp(r (t - origin))
 *     quadratic     a exp(b (t - origin) + c (t - origin)²)        quadratic in the logarithm
 *     power         a (t - origin)^b
 *
 * `origin` is the launch for bass and power (they are 0 there), and where time is counted from
 * for linear, exponential and quadratic; the others do not use it. Outside K, r, ν, p, q, m > 0,
 * and a > 0 for exponential, quadratic and power, a curve is not defined, and its function
 * returns false. */
#ifndef UPTICK_CURVE_H
#define UPTICK_CURVE_H

#include "uptick/nonlinear.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { UP_CURVE_PARAMETERS = 4, UP_CURVE_STARTS = 24 };

typedef struct up_curve {
    const char *name;
    size_t parameters;
    const char *const *parameter_names; /* "K", "r", "t_m" */
    /* The level at time t; gradient may be NULL. */
    bool (*level)(double t, const double *theta, double origin, double *value,
                  double *gradient);
    /* Parameters near a good fit of levels y > 0 for some capacity `top`; false: none. Private. */
    bool (*guess)(const double t[], const double y[], size_t n, double origin, double top,
                  double *theta);
    bool has_capacity; /* its first parameter (the third of bass) is what it tends to */
} up_curve;

/* Every curve, ended by NULL; and the one of a name, or NULL. */
extern const up_curve *const up_curves[];
const up_curve *up_curve_find(const char *name);

/* A curve in use. It must live as long as the models made from it. */
typedef struct up_curve_use {
    const up_curve *curve;
    double origin;
} up_curve_use;

/* One predictor, the time: the level then. */
up_nonlinear_model up_curve_levels(const up_curve_use *use);
/* Two predictors, from and to: the growth between, as sales in a year are of adopters so far (for
 * Bass's curve: V. Srinivasan, C. Mason, Marketing Science 5, 1986). */
up_nonlinear_model up_curve_increments(const up_curve_use *use);
/* Starting values from levels (not increments) y at times t, ascending: rows of parameters, up to
 * UP_CURVE_STARTS of them. Returns how many. */
size_t up_curve_starts(const up_curve_use *use, const double t[], const double y[],
                       size_t n, double starts[UP_CURVE_STARTS * UP_CURVE_PARAMETERS]);

#ifdef __cplusplus
}
#endif
#endif
