#include "analysis/project/course.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "analysis/project/models.h"

/* --- Scales --------------------------------------------------------------------------------- */

bool up_scale_accepts(const up_scale *scale, double figure)
{
    return scale->kind == UP_SCALE_NONE
               ? isfinite(figure) != 0
               : figure > 0 && isfinite(figure) &&
                     (scale->kind == UP_SCALE_LOG || figure < scale->top);
}

double up_scale_to(const up_scale *scale, double figure)
{
    return scale->kind == UP_SCALE_NONE  ? figure
           : scale->kind == UP_SCALE_LOG ? log(figure)
                                         : log(figure / (scale->top - figure));
}

double up_scale_from(const up_scale *scale, double scaled)
{
    return scale->kind == UP_SCALE_NONE  ? scaled
           : scale->kind == UP_SCALE_LOG ? exp(scaled)
                                         : scale->top / (1 + exp(-scaled));
}

double up_scale_slope(const up_scale *scale, double figure)
{
    return scale->kind == UP_SCALE_NONE  ? 1
           : scale->kind == UP_SCALE_LOG ? 1 / figure
                                         : scale->top / (figure * (scale->top - figure));
}

/* --- Parameters ------------------------------------------------------------------------------- */

bool up_course_is_log(const up_course *course, size_t parameter)
{
    up_parameter_kind kind = course->model->kinds[parameter];
    bool scaled = course->scale.kind != UP_SCALE_NONE;
    return kind == UP_POSITIVE || (kind == UP_AS_FIGURES && scaled) ||
           (kind == UP_AS_INCREMENTS && scaled && course->counter);
}

void up_course_theta(const up_course *course, const double phi[], double theta[])
{
    for (size_t k = 0; k < course->curve->parameters; k++)
        theta[k] = up_course_is_log(course, k) ? exp(phi[k]) : phi[k];
}

bool up_course_at_bound(const up_course *course, const double phi[])
{
    double theta[UP_CURVE_PARAMETERS];
    up_course_theta(course, phi, theta);
    for (size_t k = 0; k < course->model->parameters; k++) {
        const up_bounds *r = &course->model->range[k];
        if (r->low < r->high && (theta[k] < r->low * 1.01 || theta[k] > r->high / 1.01))
            return true;
    }
    return false;
}

bool up_course_is_linear(const up_course *course)
{
    const up_model *model = course->model;
    bool linear = course->scale.kind == UP_SCALE_LOG    ? model->line_of_logarithms
                  : course->scale.kind == UP_SCALE_NONE ? model->line_of_figures
                                                        : false;
    return linear && (course->how == UP_AT_A_MOMENT ||
                      (course->how == UP_MEAN_OVER && model->middle_is_mean));
}

/* --- What is observed ---------------------------------------------------------------------------- */

/* Gauss–Legendre on [-1, 1] (Abramowitz & Stegun 25.4.30), with 5 nodes exact for polynomials of
 * degree 9, with 3 of degree 5. The mean of exp(r t) over L is off by (r L)^6 / 2,016,000 of itself
 * with 3: over a hundredth of the span of figures that grow by e^30 that is 4e-10. */
enum { NODES = 5 };
static const double brief_share = 0.01; /* of the span: 3 nodes serve */
static const struct {
    int count;
    double node[NODES], share[NODES];
} rules[] = {[UP_LONG] = {5,
                          {-0.906179845938664, -0.538469310105683, 0, 0.538469310105683,
                           0.906179845938664},
                          {0.236926885056189, 0.478628670499366, 0.568888888888889,
                           0.478628670499366, 0.236926885056189}},
             [UP_BRIEF] = {3,
                           {-0.774596669241483, 0, 0.774596669241483},
                           {0.555555555555556, 0.888888888888889, 0.555555555555556}},
             [UP_INSTANT] = {3,
                             {-0.774596669241483, 0, 0.774596669241483},
                             {0.555555555555556, 0.888888888888889, 0.555555555555556}}};

/* Growth by e^30 over the span is r span = 30: over a five hundredth of it the second order is off by
 * 4e-9 (models.h). */
static const double instant_share = 0.002;

up_brevity up_course_brevity(double period, double span)
{
    return period <= instant_share * span ? UP_INSTANT
           : period <= brief_share * span ? UP_BRIEF
                                          : UP_LONG;
}

static bool mean_over(const up_course *c, double from, double to, const double theta[],
                      double *mean, double gradient[])
{
    double middle = (from + to) / 2, half = (to - from) / 2, sum = 0;
    double part[UP_CURVE_PARAMETERS], total[UP_CURVE_PARAMETERS] = {0};
    if (c->model->middle_is_mean)
        return c->curve->level(middle, theta, c->launch, mean, gradient);
    for (int i = 0; i < rules[c->brevity].count; i++) {
        double value, share = rules[c->brevity].share[i];
        if (!c->curve->level(middle + half * rules[c->brevity].node[i], theta, c->launch,
                             &value, gradient != NULL ? part : NULL))
            return false;
        sum += share / 2 * value;
        for (size_t k = 0; gradient != NULL && k < c->curve->parameters; k++)
            total[k] += share / 2 * part[k];
    }
    *mean = sum;
    for (size_t k = 0; gradient != NULL && k < c->curve->parameters; k++)
        gradient[k] = total[k];
    return true;
}

static bool growth_over(const up_course *c, double from, double to, const double theta[],
                        double *growth, double gradient[])
{
    double before, start[UP_CURVE_PARAMETERS];
    if (!c->curve->level(from, theta, c->launch, &before,
                         gradient != NULL ? start : NULL) ||
        !c->curve->level(to, theta, c->launch, growth, gradient))
        return false;
    *growth -= before;
    for (size_t k = 0; gradient != NULL && k < c->curve->parameters; k++)
        gradient[k] -= start[k];
    return true;
}

static bool observed(const up_course *c, double from, double to, const double theta[],
                     double *mean, double gradient[])
{
    switch (c->how) {
    case UP_MEAN_OVER:
        return mean_over(c, from, to, theta, mean, gradient);
    case UP_GROWTH_OVER:
        return growth_over(c, from, to, theta, mean, gradient);
    case UP_AT_A_MOMENT:
        break;
    }
    return c->curve->level(to, theta, c->launch, mean, gradient);
}

static bool in_range(const up_course *c, const double theta[])
{
    static const double rounding = 1e-12; /* of exp(ln θ) */
    const up_bounds *range = c->model->range;
    for (size_t k = 0; k < c->curve->parameters; k++)
        if (range[k].low < range[k].high && (theta[k] < range[k].low * (1 - rounding) ||
                                             theta[k] > range[k].high * (1 + rounding)))
            return false;
    return true;
}

up_drawn up_course_draw(const up_course *course, const double phi[])
{
    up_drawn drawn = {.course = course, .phi = phi};
    up_course_theta(course, phi, drawn.theta);
    drawn.in_range = in_range(course, drawn.theta);
    return drawn;
}

/* From θ to φ: d θ / d ln θ = θ. */
static void chain(const up_drawn *drawn, double gradient[])
{
    for (size_t k = 0; k < drawn->course->curve->parameters; k++)
        gradient[k] *= up_course_is_log(drawn->course, k) ? drawn->theta[k] : 1;
}

bool up_drawn_observed(const up_drawn *drawn, double from, double to, double *mean,
                       double gradient[])
{
    if (!drawn->in_range ||
        !observed(drawn->course, from, to, drawn->theta, mean, gradient))
        return false;
    if (gradient != NULL)
        chain(drawn, gradient);
    return true;
}

/* Whether the model's own logarithm tells what is observed. */
static bool has_logarithm(const up_course *c)
{
    const up_model *m = c->model;
    bool mean = m->middle_is_mean || (m->tells_means && c->brevity == UP_INSTANT);
    return c->scale.kind == UP_SCALE_LOG && m->logarithm != NULL &&
           (c->how == UP_AT_A_MOMENT || (c->how == UP_MEAN_OVER && mean));
}

bool up_drawn_scaled(const up_drawn *drawn, double from, double to, double *eta,
                     double gradient[])
{
    const up_course *c = drawn->course;
    double mean;
    if (has_logarithm(c)) {
        bool over = c->how == UP_MEAN_OVER;
        return drawn->in_range &&
               c->model->logarithm(c, over ? (from + to) / 2 : to, over ? to - from : 0,
                                   drawn->phi, drawn->theta, eta, gradient) &&
               isfinite(*eta);
    }
    if (!up_drawn_observed(drawn, from, to, &mean, gradient) ||
        !up_scale_accepts(&c->scale, mean))
        return false;
    double slope = up_scale_slope(&c->scale, mean);
    for (size_t k = 0; gradient != NULL && k < c->curve->parameters; k++)
        gradient[k] *= slope;
    *eta = up_scale_to(&c->scale, mean);
    return isfinite(*eta) != 0;
}

bool up_course_scaled(const up_course *course, double from, double to, const double phi[],
                      double *eta, double gradient[])
{
    up_drawn drawn = up_course_draw(course, phi);
    return up_drawn_scaled(&drawn, from, to, eta, gradient);
}

/* --- Going on --------------------------------------------------------------------------------------- */

/* What is observed over [from, to] with an error; NAN where it is undefined. Outside of the scale
 * there is no error to add: the floor or ceiling will hold it. */
static double with_error(const up_drawn *drawn, double from, double to, double error)
{
    double mean, eta;
    if (up_drawn_scaled(drawn, from, to, &eta, NULL))
        return up_scale_from(&drawn->course->scale, eta + error);
    return up_drawn_observed(drawn, from, to, &mean, NULL) ? mean : NAN;
}

/* The error of a path's i-th increment: splitmix64 (G. Steele et al., OOPSLA 2014) of its number, so
 * that it is the same however far and in what steps one looks. */
static double error_of(const struct up_path *path, size_t i)
{
    uint64_t x = path->stream + (uint64_t)i * UINT64_C(0x9E3779B97F4A7C15);
    if (i == 0)
        return path->error;
    x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
    x ^= x >> 31;
    return path->sigma * gsl_cdf_ugaussian_Pinv(((double)(x >> 11) + 0.5) * 0x1p-53);
}

static double counted(const up_drawn *drawn, const struct up_path *path, double t,
                      up_way *way)
{
    const up_course *c = drawn->course;
    double from = c->anchor + (double)way->increments * c->spacing;
    while (from + c->spacing < t) {
        way->sum +=
            with_error(drawn, from, from + c->spacing, error_of(path, way->increments++));
        from = c->anchor + (double)way->increments * c->spacing;
    }
    return c->base + path->start + way->sum +
           with_error(drawn, from, t, error_of(path, way->increments));
}

double up_drawn_figure(const up_drawn *drawn, const struct up_path *path, double time,
                       up_way *way)
{
    const up_course *c = drawn->course;
    double t = time - c->origin;
    return c->counter ? counted(drawn, path, t, way)
                      : with_error(drawn, t - c->before, t + c->after, path->error);
}

double up_course_latent(const up_course *course, const double phi[], double time)
{
    up_drawn drawn = up_course_draw(course, phi);
    double t = time - course->origin;
    return course->counter ? course->base + with_error(&drawn, course->anchor, t, 0)
                           : with_error(&drawn, t - course->before, t + course->after, 0);
}
