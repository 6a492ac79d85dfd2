#include "uptick/curve.h"

#include <math.h>
#include <string.h>

/* --- The curves ------------------------------------------------------------------------------ */

static void set(double *gradient, const double parts[], size_t count)
{
    if (gradient != NULL)
        memcpy(gradient, parts, count * sizeof *parts);
}

/* K s, s = 1 / (1 + e), e = exp(-r (t - t_m)); ∂s = s (1 - s) ∂(r (t - t_m)) */
static bool logistic(double t, const double *b, double origin, double *value,
                     double *gradient)
{
    (void)origin;
    if (b[0] <= 0 || b[1] <= 0)
        return false;
    double s = 1 / (1 + exp(-b[1] * (t - b[2]))), slope = b[0] * s * (1 - s);
    *value = b[0] * s;
    set(gradient, (const double[]){s, slope * (t - b[2]), -slope * b[1]}, 3);
    return true;
}

/* K exp(-e), e = exp(-r (t - t_m)) */
static bool gompertz(double t, const double *b, double origin, double *value,
                     double *gradient)
{
    (void)origin;
    if (b[0] <= 0 || b[1] <= 0)
        return false;
    double e = exp(-b[1] * (t - b[2])), g = exp(-e);
    double slope = isfinite(e) ? b[0] * g * e : 0;
    *value = b[0] * g;
    set(gradient, (const double[]){g, slope * (t - b[2]), -slope * b[1]}, 3);
    return true;
}

/* K u^(-1/ν), u = 1 + ν e, e = exp(-r (t - t_m));
 * ∂/∂ν = K u^(-1/ν) (ln u / ν² - e / (ν u)) */
static bool richards(double t, const double *b, double origin, double *value,
                     double *gradient)
{
    (void)origin;
    if (b[0] <= 0 || b[1] <= 0 || b[3] <= 0)
        return false;
    double x = b[1] * (t - b[2]), nu = b[3], e = exp(-x), u = 1 + nu * e;
    /* long before t_m u overflows: ln u -> ln ν - x, e / u -> 1 / ν */
    double log_u = isfinite(u) ? log(u) : log(nu) - x,
           part = isfinite(u) ? e / u : 1 / nu;
    double g = exp(-log_u / nu), slope = b[0] * g * part;
    *value = b[0] * g;
    set(gradient,
        (const double[]){g, slope * (t - b[2]), -slope * b[1],
                         b[0] * g * (log_u / nu - part) / nu},
        4);
    return true;
}

/* m (1 - e) / (1 + (q / p) e) = m p (1 - e) / (p + q e), s = t - origin, e = exp(-(p + q) s) */
static bool bass(double t, const double *b, double origin, double *value,
                 double *gradient)
{
    double p = b[0], q = b[1], m = b[2], s = t - origin;
    if (p <= 0 || q <= 0 || m <= 0 || s < 0)
        return false;
    double e = exp(-(p + q) * s), d = p + q * e, f = p * (1 - e) / d;
    double by_e = -p * (p + q) / (d * d); /* ∂F/∂e; ∂e/∂p = ∂e/∂q = -s e */
    double by_p = (1 - e) * q * e / (d * d), by_q = -p * (1 - e) * e / (d * d);
    *value = m * f;
    set(gradient,
        (const double[]){m * (by_p - by_e * s * e), m * (by_q - by_e * s * e), f}, 3);
    return true;
}

static bool constant(double t, const double *b, double origin, double *value,
                     double *gradient)
{
    (void)t;
    (void)origin;
    *value = b[0];
    set(gradient, (const double[]){1}, 1);
    return true;
}

static bool linear(double t, const double *b, double origin, double *value,
                   double *gradient)
{
    *value = b[0] + b[1] * (t - origin);
    set(gradient, (const double[]){1, t - origin}, 2);
    return true;
}

static bool quadratic(double t, const double *b, double origin, double *value,
                      double *gradient)
{
    double s = t - origin, e = exp(b[1] * s + b[2] * s * s);
    if (b[0] <= 0)
        return false;
    *value = b[0] * e;
    set(gradient, (const double[]){e, b[0] * e * s, b[0] * e * s * s}, 3);
    return true;
}

static bool exponential(double t, const double *b, double origin, double *value,
                        double *gradient)
{
    double e = exp(b[1] * (t - origin));
    if (b[0] <= 0)
        return false;
    *value = b[0] * e;
    set(gradient, (const double[]){e, b[0] * (t - origin) * e}, 2);
    return true;
}

static bool power(double t, const double *b, double origin, double *value,
                  double *gradient)
{
    double s = t - origin, raised = s > 0 ? pow(s, b[1]) : 0;
    if (b[0] <= 0 || s < 0 || (s == 0 && b[1] <= 0))
        return false;
    *value = b[0] * raised;
    set(gradient, (const double[]){raised, s > 0 ? b[0] * raised * log(s) : 0}, 2);
    return true;
}

/* --- Guesses: lines on a scale on which the curve is one ---------------------------------------- */

typedef double line_scale(double y, double top);

static double logit(double y, double top)
{
    return log(y / (top - y));
}

static double loglog(double y, double top)
{
    return -log(-log(y / top));
}

static double logarithm(double y, double top)
{
    (void)top;
    return log(y);
}

/* Least squares of scale(y) = a + b x over the figures for which both are finite. */
static bool fit_line(const double x[], const double y[], size_t n, line_scale *scale,
                     double top, double *a, double *b)
{
    double sx = 0, sy = 0, sxx = 0, sxy = 0;
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        double z = scale(y[i], top), u = x[i] - x[0];
        if (!isfinite(z) || !isfinite(u))
            continue;
        sx += u;
        sy += z;
        sxx += u * u;
        sxy += u * z;
        count++;
    }
    double spread = (double)count * sxx - sx * sx;
    if (count < 2 || !(spread > 0))
        return false;
    *b = ((double)count * sxy - sx * sy) / spread;
    *a = (sy - *b * sx) / (double)count - *b * x[0];
    return isfinite(*a) && isfinite(*b);
}

/* scale(y) = r (t - t_m) */
static bool guess_sigmoid(const double t[], const double y[], size_t n, line_scale *scale,
                          double top, double *theta)
{
    double a, b;
    if (!fit_line(t, y, n, scale, top, &a, &b) || !(b > 0))
        return false;
    theta[0] = top;
    theta[1] = b;
    theta[2] = -a / b;
    return true;
}

static bool guess_logistic(const double t[], const double y[], size_t n, double origin,
                           double top, double *theta)
{
    (void)origin;
    return guess_sigmoid(t, y, n, logit, top, theta);
}

static bool guess_gompertz(const double t[], const double y[], size_t n, double origin,
                           double top, double *theta)
{
    (void)origin;
    return guess_sigmoid(t, y, n, loglog, top, theta);
}

static bool guess_richards(const double t[], const double y[], size_t n, double origin,
                           double top, double *theta)
{
    (void)origin;
    theta[3] = 1;
    return guess_sigmoid(t, y, n, logit, top, theta);
}

/* The logistic part of the curve grows at p + q, its midpoint is ln(q / p) / (p + q). */
static bool guess_bass(const double t[], const double y[], size_t n, double origin,
                       double top, double *theta)
{
    double sigmoid[3];
    if (!guess_sigmoid(t, y, n, logit, top, sigmoid))
        return false;
    double span = fmax(sigmoid[2] - origin, 0.5),
           ratio = exp(fmin(sigmoid[1] * span, 12));
    theta[0] = sigmoid[1] / (1 + ratio);
    theta[1] = sigmoid[1] - theta[0];
    theta[2] = top;
    return true;
}

static double identity(double y, double top)
{
    (void)top;
    return y;
}

static bool guess_constant(const double t[], const double y[], size_t n, double origin,
                           double top, double *theta)
{
    (void)t;
    (void)origin;
    (void)top;
    theta[0] = 0;
    for (size_t i = 0; i < n; i++)
        theta[0] += y[i] / (double)n;
    return n > 0 && isfinite(theta[0]);
}

static bool guess_linear(const double t[], const double y[], size_t n, double origin,
                         double top, double *theta)
{
    double a;
    if (!fit_line(t, y, n, identity, top, &a, &theta[1]))
        return false;
    theta[0] = a + theta[1] * origin;
    return true;
}

static bool guess_exponential(const double t[], const double y[], size_t n, double origin,
                              double top, double *theta)
{
    double a, b;
    if (!fit_line(t, y, n, logarithm, top, &a, &b))
        return false;
    theta[0] = exp(a + b * origin);
    theta[1] = b;
    return isfinite(theta[0]);
}

static bool guess_quadratic(const double t[], const double y[], size_t n, double origin,
                            double top, double *theta)
{
    theta[2] = 0;
    return guess_exponential(t, y, n, origin, top, theta);
}

/* ln y = ln a + b ln(t - origin) from the first and the last figure. */
static bool guess_power(const double t[], const double y[], size_t n, double origin,
                        double top, double *theta)
{
    (void)top;
    size_t first = 0;
    while (first < n && !(t[first] > origin && y[first] > 0))
        first++;
    if (first + 1 >= n || !(y[n - 1] > 0))
        return false;
    theta[1] = log(y[n - 1] / y[first]) / log((t[n - 1] - origin) / (t[first] - origin));
    theta[0] = y[n - 1] / pow(t[n - 1] - origin, theta[1]);
    return isfinite(theta[0]) && isfinite(theta[1]);
}

/* --- The table ----------------------------------------------------------------------------------- */

static const char *const sigmoid_names[] = {"K", "r", "t_m", "nu"};
static const char *const bass_names[] = {"p", "q", "m"};
static const char *const linear_names[] = {"a", "b"};
static const char *const exponential_names[] = {"a", "r"};
static const char *const quadratic_names[] = {"a", "b", "c"};
static const char *const power_names[] = {"a", "b"};

static const up_curve curves[] = {
    {"logistic", 3, sigmoid_names, logistic, guess_logistic, true},
    {"gompertz", 3, sigmoid_names, gompertz, guess_gompertz, true},
    {"richards", 4, sigmoid_names, richards, guess_richards, true},
    {"bass", 3, bass_names, bass, guess_bass, true},
    {"constant", 1, linear_names, constant, guess_constant, false},
    {"linear", 2, linear_names, linear, guess_linear, false},
    {"exponential", 2, exponential_names, exponential, guess_exponential, false},
    {"quadratic", 3, quadratic_names, quadratic, guess_quadratic, false},
    {"power", 2, power_names, power, guess_power, false}};
const up_curve *const up_curves[] = {&curves[0], &curves[1], &curves[2], &curves[3],
                                     &curves[4], &curves[5], &curves[6], &curves[7],
                                     &curves[8], NULL};

const up_curve *up_curve_find(const char *name)
{
    for (size_t i = 0; up_curves[i] != NULL; i++)
        if (strcmp(up_curves[i]->name, name) == 0)
            return up_curves[i];
    return NULL;
}

/* --- In use ---------------------------------------------------------------------------------------- */

static bool level_at(const double *x, const double *theta, void *context, double *value,
                     double *gradient)
{
    const up_curve_use *use = context;
    return use->curve->level(x[0], theta, use->origin, value, gradient);
}

static bool increment_over(const double *x, const double *theta, void *context,
                           double *value, double *gradient)
{
    const up_curve_use *use = context;
    const up_curve *curve = use->curve;
    double from, to, before[UP_CURVE_PARAMETERS];
    if (!curve->level(x[0], theta, use->origin, &from,
                      gradient != NULL ? before : NULL) ||
        !curve->level(x[1], theta, use->origin, &to, gradient))
        return false;
    *value = to - from;
    for (size_t k = 0; gradient != NULL && k < curve->parameters; k++)
        gradient[k] -= before[k];
    return true;
}

up_nonlinear_model up_curve_levels(const up_curve_use *use)
{
    return (up_nonlinear_model){level_at, use->curve->parameters, 1, (void *)(size_t)use};
}

up_nonlinear_model up_curve_increments(const up_curve_use *use)
{
    return (up_nonlinear_model){increment_over, use->curve->parameters, 2,
                                (void *)(size_t)use};
}

size_t up_curve_starts(const up_curve_use *use, const double t[], const double y[],
                       size_t n, double starts[UP_CURVE_STARTS * UP_CURVE_PARAMETERS])
{
    static const double tops[] = {1.01, 1.1, 1.3, 1.6, 2, 3, 5, 10, 30, 100};
    size_t count = 0, most = use->curve->has_capacity ? sizeof tops / sizeof tops[0] : 1;
    double largest = 0;
    for (size_t i = 0; i < n; i++)
        largest = fmax(largest, y[i]);
    for (size_t i = 0; i < most && (largest > 0 || !use->curve->has_capacity); i++)
        count += use->curve->guess(t, y, n, use->origin, tops[i] * largest,
                                   starts + count * use->curve->parameters);
    return count;
}
