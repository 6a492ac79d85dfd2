#include "analysis/project/models.h"

#include <math.h>
#include <string.h>

/* --- Terms that follow from the parameters ----------------------------------------------------- */

/* exp(r) - 1 a year */
static double rate_per_year(const up_course *course, const double theta[])
{
    (void)course;
    return expm1(theta[1]);
}

static double doubling_years(const up_course *course, const double theta[])
{
    (void)course;
    return M_LN2 / theta[1];
}

/* The growth rate at the last figure: d ln y / dt = b + 2 c t. */
static double rate_at_end(const up_course *course, const double theta[])
{
    return expm1(theta[1] + 2 * theta[2] * (course->last - course->launch));
}

/* From 10 to 90 % of the capacity. Logistic: ln 81 / r (F. Fisher, R. Pry 1971). */
static double logistic_dt(const up_course *course, const double theta[])
{
    (void)course;
    return log(81) / theta[1];
}

/* Gompertz: exp(-e) = f at r (t - t_m) = -ln(-ln f). */
static double gompertz_dt(const up_course *course, const double theta[])
{
    (void)course;
    return log(log(10) / log(10.0 / 9)) / theta[1];
}

/* Richards: (1 + ν e)^(-1/ν) = f at r (t - t_m) = -ln((f^-ν - 1) / ν). */
static double richards_dt(const up_course *course, const double theta[])
{
    (void)course;
    return log(expm1(theta[3] * log(10)) / expm1(theta[3] * log(10.0 / 9))) / theta[1];
}

/* Bass: most adopt at ln(q / p) / (p + q) after the launch (or at once). */
static double bass_peak(const up_course *course, const double theta[])
{
    double after = log(theta[1] / theta[0]) / (theta[0] + theta[1]);
    return course->origin + course->launch + fmax(after, 0);
}

/* --- Where they go ---------------------------------------------------------------------------------- */

static double level(const up_course *course, const double theta[], double t)
{
    double value;
    return course->curve->level(t, theta, course->launch, &value, NULL) ? value : NAN;
}

/* A curve that goes one way, from where it is to its limit. */
static double between(double here, double limit, bool highest)
{
    return highest ? fmax(here, limit) : fmin(here, limit);
}

static double constant_extreme(const up_course *course, const double theta[], double from,
                               bool highest)
{
    (void)course;
    (void)from;
    (void)highest;
    return theta[0];
}

static double linear_extreme(const up_course *course, const double theta[], double from,
                             bool highest)
{
    double limit = theta[1] > 0   ? INFINITY
                   : theta[1] < 0 ? (course->scale.kind == UP_SCALE_NONE ? -INFINITY : 0)
                                  : theta[0];
    return between(level(course, theta, from), limit, highest);
}

static double exponential_extreme(const up_course *course, const double theta[],
                                  double from, bool highest)
{
    double limit = theta[1] > 0 ? INFINITY : theta[1] < 0 ? 0 : theta[0];
    return between(level(course, theta, from), limit, highest);
}

/* The logarithm is a parabola with its vertex at t = -b / 2c. */
static double quadratic_extreme(const up_course *course, const double theta[],
                                double from, bool highest)
{
    if (theta[2] == 0)
        return exponential_extreme(course, theta, from, highest);
    double vertex = course->launch - theta[1] / (2 * theta[2]);
    double at = level(course, theta, fmax(from, vertex)),
           here = level(course, theta, from);
    return between(between(here, at, highest), theta[2] > 0 ? INFINITY : 0, highest);
}

static double power_extreme(const up_course *course, const double theta[], double from,
                            bool highest)
{
    double limit = theta[1] > 0 ? INFINITY : theta[1] < 0 ? 0 : theta[0];
    return between(level(course, theta, from), limit, highest);
}

static double capacity_extreme(const up_course *course, const double theta[], double from,
                               bool highest)
{
    double here = level(course, theta, from);
    return between(here, theta[course->model->capacity], highest);
}

/* A flow of adopters is highest at its peak and ends in none. */
static double bass_extreme(const up_course *course, const double theta[], double from,
                           bool highest)
{
    if (course->how != UP_GROWTH_OVER || course->counter)
        return capacity_extreme(course, theta, from, highest);
    double at = fmax(from, bass_peak(course, theta) - course->origin);
    double sold = level(course, theta, at + course->after) -
                  level(course, theta, at - course->before);
    return highest ? sold : 0;
}

/* --- Logarithms ------------------------------------------------------------------------------------------ */

static void set(double *gradient, const double parts[], size_t count)
{
    if (gradient != NULL)
        memcpy(gradient, parts, count * sizeof *parts);
}

static bool constant_logarithm(const up_course *c, double t, double period,
                               const double phi[], const double theta[], double *value,
                               double gradient[])
{
    (void)c;
    (void)t;
    (void)period;
    (void)theta;
    *value = phi[0];
    set(gradient, (const double[]){1}, 1);
    return true;
}

static bool exponential_logarithm(const up_course *c, double t, double period,
                                  const double phi[], const double theta[], double *value,
                                  double gradient[])
{
    double s = t - c->launch;
    (void)period;
    (void)theta;
    *value = phi[0] + phi[1] * s;
    set(gradient, (const double[]){1, s}, 2);
    return true;
}

/* B = v² + 2 c, v = b + 2 c s */
static bool quadratic_logarithm(const up_course *c, double t, double period,
                                const double phi[], const double theta[], double *value,
                                double gradient[])
{
    double s = t - c->launch, v = phi[1] + 2 * phi[2] * s, h = period * period / 24;
    (void)theta;
    *value = phi[0] + (phi[1] + phi[2] * s) * s + h * (v * v + 2 * phi[2]);
    set(gradient, (const double[]){1, s + 2 * h * v, s * s + h * (4 * s * v + 2)}, 3);
    return true;
}

static bool power_logarithm(const up_course *c, double t, double period,
                            const double phi[], const double theta[], double *value,
                            double gradient[])
{
    double s = t - c->launch, l = log(s);
    (void)period;
    (void)theta;
    if (!(s > 0))
        return false;
    *value = phi[0] + phi[1] * l;
    set(gradient, (const double[]){1, l}, 2);
    return true;
}

/* Curves that are K times a function of x = r (t - t_m): from d ln / dx the gradient, with B = r² b(x)
 * the mean's. */
static void set_by_x(double *value, double *gradient, const double theta[], double x,
                     double slope, double bend, double bend_slope, double period)
{
    double h = period * period / 24 * theta[1] * theta[1];
    *value += h * bend;
    if (gradient == NULL)
        return;
    double by_x = slope + h * bend_slope;
    gradient[0] = 1;
    gradient[1] = by_x * x + 2 * h * bend;
    gradient[2] = -by_x * theta[1];
}

/* ln(1 + u) for u >= 0, twice as fast as log1p: the error of 1 + u is undone by the quotient (D. Goldberg,
 * ACM Comput. Surv. 23, 1991, theorem 4). */
static double log_with_1(double u)
{
    double sum = 1 + u;
    return sum == 1 || isinf(sum) ? u : log(sum) * (u / (sum - 1));
}

/* ln K - ln(1 + exp(-x)); q = ∂/∂x = 1 / (1 + exp(x)); b = q (2 q - 1), dq/dx = -q (1 - q) */
static bool logistic_logarithm(const up_course *c, double t, double period,
                               const double phi[], const double theta[], double *value,
                               double gradient[])
{
    double x = theta[1] * (t - theta[2]), e = exp(-fabs(x));
    double q = (x > 0 ? e : 1) / (1 + e);
    (void)c;
    *value = phi[0] + fmin(x, 0) - log_with_1(e);
    set_by_x(value, gradient, theta, x, q, q * (2 * q - 1), -(4 * q - 1) * q * (1 - q),
             period);
    return true;
}

/* ln K - e, e = exp(-x); b = e² - e */
static bool gompertz_logarithm(const up_course *c, double t, double period,
                               const double phi[], const double theta[], double *value,
                               double gradient[])
{
    double x = theta[1] * (t - theta[2]), e = exp(-x);
    (void)c;
    *value = phi[0] - e;
    set_by_x(value, gradient, theta, x, e, (e - 1) * e, (1 - 2 * e) * e, period);
    return true;
}

/* ln K - ln(u) / ν, u = 1 + ν exp(-x); ln u -> ln ν - x and e / u -> 1 / ν where that overflows. With
 * q = ∂/∂x = e / u: b = (1 + ν) q² - q, dq/dx = -q (1 - ν q), dq/dν = -q² */
static bool richards_logarithm(const up_course *c, double t, double period,
                               const double phi[], const double theta[], double *value,
                               double gradient[])
{
    double x = theta[1] * (t - theta[2]), nu = theta[3], e = exp(-x), u = nu * e;
    bool overflows = !isfinite(u);
    double l = (overflows ? phi[3] - x : log_with_1(u)) / nu;
    double q = overflows ? 1 / nu : e / (1 + u), by_q = 2 * (1 + nu) * q - 1;
    double h = period * period / 24 * theta[1] * theta[1];
    (void)c;
    *value = phi[0] - l;
    set_by_x(value, gradient, theta, x, q, ((1 + nu) * q - 1) * q,
             -by_q * q * (1 - nu * q), period);
    if (gradient != NULL)
        gradient[3] = l - q + h * nu * q * q * (1 - by_q);
    return true;
}

/* --- The table ------------------------------------------------------------------------------------------ */

#define NONE UP_NO_PARAMETER
static const up_model models[] = {
    {.name = "constant",
     .title = "no growth",
     .parameters = 1,
     .kinds = {UP_AS_FIGURES},
     .names = {"level"},
     .capacity = NONE,
     .moment = NONE,
     .level = 0,
     .shape = NONE,
     .line_of_logarithms = true,
     .line_of_figures = true,
     .middle_is_mean = true,
     .logarithm = constant_logarithm,
     .extreme = constant_extreme},
    {.name = "linear",
     .title = "the same growth every year",
     .parameters = 2,
     .kinds = {UP_AS_FIGURES, UP_AS_INCREMENTS},
     .names = {"level", "per_year"},
     .capacity = NONE,
     .moment = NONE,
     .level = 0,
     .shape = NONE,
     .line_of_figures = true,
     .middle_is_mean = true,
     .extreme = linear_extreme},
    {.name = "exponential",
     .title = "constant growth rate",
     .parameters = 2,
     .kinds = {UP_POSITIVE, UP_REAL},
     .names = {"a", "r"},
     .capacity = NONE,
     .moment = NONE,
     .level = NONE,
     .shape = NONE,
     .needs_positive = true,
     .line_of_logarithms = true,
     .middle_is_mean = true,
     .derived = {{"rate_per_year", rate_per_year, 1},
                 {"doubling_years", doubling_years, 1}},
     .logarithm = exponential_logarithm,
     .extreme = exponential_extreme},
    {.name = "quadratic",
     .title = "growth rate that changes steadily",
     .parameters = 3,
     .kinds = {UP_POSITIVE, UP_REAL, UP_REAL},
     .names = {"a", "b", "c"},
     .capacity = NONE,
     .moment = NONE,
     .level = NONE,
     .shape = NONE,
     .needs_positive = true,
     .line_of_logarithms = true,
     .derived = {{"rate_at_end", rate_at_end, NONE}},
     .logarithm = quadratic_logarithm,
     .tells_means = true,
     .extreme = quadratic_extreme},
    {.name = "power",
     .title = "power of the time since launch",
     .parameters = 2,
     .kinds = {UP_POSITIVE, UP_REAL},
     .names = {"a", "b"},
     .capacity = NONE,
     .moment = NONE,
     .level = NONE,
     .shape = NONE,
     .needs_launch = true,
     .needs_positive = true,
     .line_of_logarithms = true,
     .logarithm = power_logarithm,
     .extreme = power_extreme},
    {.name = "logistic",
     .title = "growth that slows evenly towards a capacity",
     .parameters = 3,
     .kinds = {UP_POSITIVE, UP_POSITIVE, UP_REAL},
     .names = {"K", "r", "t_m"},
     .capacity = 0,
     .moment = 2,
     .level = NONE,
     .shape = NONE,
     .needs_positive = true,
     .derived = {{"dt_10_90", logistic_dt, 1}},
     .logarithm = logistic_logarithm,
     .tells_means = true,
     .extreme = capacity_extreme},
    {.name = "gompertz",
     .title = "growth that slows early towards a capacity",
     .parameters = 3,
     .kinds = {UP_POSITIVE, UP_POSITIVE, UP_REAL},
     .names = {"K", "r", "t_m"},
     .capacity = 0,
     .moment = 2,
     .level = NONE,
     .shape = NONE,
     .needs_positive = true,
     .derived = {{"dt_10_90", gompertz_dt, 1}},
     .logarithm = gompertz_logarithm,
     .tells_means = true,
     .extreme = capacity_extreme},
    {.name = "richards",
     .title = "growth that slows towards a capacity, early or late",
     .parameters = 4,
     .kinds = {UP_POSITIVE, UP_POSITIVE, UP_REAL, UP_POSITIVE},
     .names = {"K", "r", "t_m", "nu"},
     .range = {[3] = {0.01, 20}}, /* beyond these it is Gompertz's, or a corner */
     .capacity = 0,
     .moment = 2,
     .level = NONE,
     .shape = 3,
     .needs_positive = true,
     .derived = {{"dt_10_90", richards_dt, NONE}},
     .logarithm = richards_logarithm,
     .tells_means = true,
     .extreme = capacity_extreme},
    {.name = "bass",
     .title = "adoption by innovators and imitators",
     .parameters = 3,
     .kinds = {UP_POSITIVE, UP_POSITIVE, UP_POSITIVE},
     .names = {"p", "q", "m"},
     .capacity = 2,
     .moment = NONE,
     .level = NONE,
     .shape = NONE,
     .needs_launch = true,
     .needs_positive = true,
     .is_adopters = true,
     .derived = {{"peak", bass_peak, NONE}},
     .extreme = bass_extreme}};

const up_model *const up_models[] = {&models[0], &models[1], &models[2], &models[3],
                                     &models[4], &models[5], &models[6], &models[7],
                                     &models[8], NULL};
const up_model up_model_auto = {.name = "auto",
                                .title = "several models, each with its weight",
                                .capacity = NONE,
                                .moment = NONE,
                                .level = NONE,
                                .shape = NONE};

const up_model *up_model_find(const char *name)
{
    for (const up_model *const *model = up_models; *model != NULL; model++)
        if (strcmp((*model)->name, name) == 0)
            return *model;
    return NULL;
}

unsigned up_model_untold(const up_model *model, bool counter)
{
    return counter && model->level != NONE ? 1U << model->level : 0;
}

const char *up_model_name(const up_model *model)
{
    return model->name;
}

const char *up_model_title(const up_model *model)
{
    return model->title;
}

bool up_model_has_capacity(const up_model *model)
{
    return model->capacity != NONE;
}

bool up_model_needs_launch(const up_model *model)
{
    return model->needs_launch;
}
