#include "analysis/project/course.h"

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
    return kind == UP_POSITIVE ||
           (kind == UP_AS_FIGURES && course->scale.kind != UP_SCALE_NONE);
}

void up_course_theta(const up_course *course, const double phi[], double theta[])
{
    for (size_t k = 0; k < course->curve->parameters; k++)
        theta[k] = up_course_is_log(course, k) ? exp(phi[k]) : phi[k];
}

/* --- What is observed ---------------------------------------------------------------------------- */

enum { NODES = 5 };
/* Gauss–Legendre on [-1, 1]: exact for polynomials of degree 9 (Abramowitz & Stegun 25.4.30). */
static const double node[NODES] = {-0.906179845938664, -0.538469310105683, 0,
                                   0.538469310105683, 0.906179845938664};
static const double share[NODES] = {0.236926885056189, 0.478628670499366,
                                    0.568888888888889, 0.478628670499366,
                                    0.236926885056189};

static bool mean_over(const up_course *c, double from, double to, const double theta[],
                      double *mean, double gradient[])
{
    double middle = (from + to) / 2, half = (to - from) / 2, sum = 0;
    double part[UP_CURVE_PARAMETERS], total[UP_CURVE_PARAMETERS] = {0};
    if (c->model->middle_is_mean)
        return c->curve->level(middle, theta, c->launch, mean, gradient);
    for (int i = 0; i < NODES; i++) {
        double value;
        if (!c->curve->level(middle + half * node[i], theta, c->launch, &value,
                             gradient != NULL ? part : NULL))
            return false;
        sum += share[i] / 2 * value;
        for (size_t k = 0; gradient != NULL && k < c->curve->parameters; k++)
            total[k] += share[i] / 2 * part[k];
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
    const up_bounds *range = c->model->range;
    for (size_t k = 0; k < c->curve->parameters; k++)
        if (range[k].low < range[k].high &&
            (theta[k] < range[k].low || theta[k] > range[k].high))
            return false;
    return true;
}

bool up_course_observed(const up_course *course, double from, double to,
                        const double phi[], double *mean, double gradient[])
{
    double theta[UP_CURVE_PARAMETERS];
    up_course_theta(course, phi, theta);
    if (!in_range(course, theta) || !observed(course, from, to, theta, mean, gradient))
        return false;
    for (size_t k = 0; gradient != NULL && k < course->curve->parameters; k++)
        gradient[k] *= up_course_is_log(course, k) ? theta[k] : 1;
    return true;
}

bool up_course_scaled(const up_course *course, double from, double to, const double phi[],
                      double *eta, double gradient[])
{
    double mean;
    if (!up_course_observed(course, from, to, phi, &mean, gradient) ||
        !up_scale_accepts(&course->scale, mean))
        return false;
    double slope = up_scale_slope(&course->scale, mean);
    for (size_t k = 0; gradient != NULL && k < course->curve->parameters; k++)
        gradient[k] *= slope;
    *eta = up_scale_to(&course->scale, mean);
    return isfinite(*eta) != 0;
}

/* --- Going on --------------------------------------------------------------------------------------- */

double up_course_figure(const up_course *course, const double phi[], double time,
                        double error)
{
    double t = time - course->origin, mean;
    double from = course->counter ? course->anchor : t - course->before;
    double to = course->counter ? t : t + course->after;
    if (!up_course_observed(course, from, to, phi, &mean, NULL))
        return NAN;
    /* outside of the scale there is no error to add: the floor or ceiling will hold it */
    if (up_scale_accepts(&course->scale, mean))
        mean = up_scale_from(&course->scale, up_scale_to(&course->scale, mean) + error);
    return course->counter ? course->base + mean : mean;
}

double up_course_latent(const up_course *course, const double phi[], double time)
{
    return up_course_figure(course, phi, time, 0);
}
