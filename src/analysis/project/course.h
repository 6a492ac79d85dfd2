/* How a curve goes on in time and becomes figures: shared by the fit and by its paths. */
#ifndef UPTICK_ANALYSIS_PROJECT_COURSE_H
#define UPTICK_ANALYSIS_PROJECT_COURSE_H

#include <stdint.h>

#include "uptick/curve.h"
#include "uptick/project.h"

/* The scale on which errors are alike: y, ln y or ln(y / (top - y)). */
typedef enum up_scale_kind { UP_SCALE_NONE, UP_SCALE_LOG, UP_SCALE_LOGIT } up_scale_kind;
typedef struct up_scale {
    up_scale_kind kind;
    double top;
} up_scale;

bool up_scale_accepts(const up_scale *scale, double figure);
double up_scale_to(const up_scale *scale, double figure);
double up_scale_from(const up_scale *scale, double scaled);
double up_scale_slope(const up_scale *scale, double figure); /* d scale / d figure */

/* What of the curve a figure shows. */
typedef enum up_observing { UP_AT_A_MOMENT, UP_MEAN_OVER, UP_GROWTH_OVER } up_observing;

/* How its mean over a period is had: with five nodes, with three, or from its second derivative. */
typedef enum up_brevity { UP_LONG, UP_BRIEF, UP_INSTANT } up_brevity;

/* Parameters are fitted as φ, free of bounds: ln θ where θ is positive, else θ itself. Times
 * within are counted from `origin`. */
typedef struct up_course {
    const up_model *model;
    const up_curve *curve;
    up_scale scale;
    up_observing how;
    bool counter;  /* its figures are base + the growth of the curve since anchor */
    double origin; /* years */
    double launch; /* where the curve counts time from, since origin */
    double before, after; /* a flow's period about its moment, years */
    up_brevity brevity;   /* of that period, against the time that the figures span */
    double base, anchor;
    up_bounds base_off; /* by what the base may be off: it is a range's middle */
    double spacing;     /* years from a figure that counts to the next, on average */
    double last;        /* the last figure's time, since origin */
    bool is_median;     /* of its paths the curve is the median, exactly */
    double best[UP_CURVE_PARAMETERS]; /* φ of the curve that is shown */
} up_course;

/* A curve that is drawn, and the error of a figure of it. */
struct up_path {
    size_t course; /* which of the projection's */
    double phi[UP_CURVE_PARAMETERS];
    double error; /* of an observation, on the scale; of a counter's first increment */
    double
        sigma; /* that of a counter's further ones, whose errors are those of `stream` */
    uint64_t stream;
    double start; /* of a counter: by what its base is off */
};

bool up_course_is_log(const up_course *course, size_t parameter); /* φ is ln θ */
void up_course_theta(const up_course *course, const double phi[], double theta[]);

/* Whether a fit pushed a parameter against the range it may have: to within a hundredth of an end. */
bool up_course_at_bound(const up_course *course, const double phi[]);

up_brevity up_course_brevity(double period, double span);
/* Whether what is observed is linear in φ on the scale. */
bool up_course_is_linear(const up_course *course);

/* A curve with its parameters worked out, for many moments. */
typedef struct up_drawn {
    const up_course *course;
    const double *phi; /* borrowed */
    double theta[UP_CURVE_PARAMETERS];
    bool in_range; /* of what the model allows; else it is undefined everywhere */
} up_drawn;
up_drawn up_course_draw(const up_course *course, const double phi[]);

/* What is observed over [from, to] (at `to` where it is a moment), since origin, and its gradient
 * by φ (NULL: not wanted). False: the curve is undefined there. */
bool up_drawn_observed(const up_drawn *drawn, double from, double to, double *mean,
                       double gradient[]);
/* The same on the scale. */
bool up_drawn_scaled(const up_drawn *drawn, double from, double to, double *eta,
                     double gradient[]);
bool up_course_scaled(const up_course *course, double from, double to, const double phi[],
                      double *eta, double gradient[]);
/* The level that a figure of a moment (years) would show without an error; NAN where there is
 * none. */
double up_course_latent(const up_course *course, const double phi[], double time);

/* How far a counter's path is worked out: its increments so far, from 0 on. */
typedef struct up_way {
    size_t increments;
    double sum;
} up_way;

/* A path's figure of a moment (years), with its error; NAN where there is none. Moments ascend. A
 * counter goes on by increments of its usual spacing, each with an error of its own, as the error
 * that was measured is that of one increment:
 *
 *     figure = base + Σ_j scale⁻¹(scale(growth over the j-th) + σ e_j)
 *
 * the last of them broken off at the moment. */
double up_drawn_figure(const up_drawn *drawn, const struct up_path *path, double time,
                       up_way *way);

#endif
