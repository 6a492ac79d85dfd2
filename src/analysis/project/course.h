/* How a curve goes on in time and becomes figures: shared by the fit and by its paths. */
#ifndef UPTICK_ANALYSIS_PROJECT_COURSE_H
#define UPTICK_ANALYSIS_PROJECT_COURSE_H

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
    bool brief; /* that period is short against the time that the figures span */
    double base, anchor;
    double last;                      /* the last figure's time, since origin */
    double best[UP_CURVE_PARAMETERS]; /* φ of the curve that is shown */
} up_course;

bool up_course_is_log(const up_course *course, size_t parameter); /* φ is ln θ */
void up_course_theta(const up_course *course, const double phi[], double theta[]);

bool up_course_is_brief(double period, double span);
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
 * none. A counter's has its increment since the last figure times exp(error). */
double up_drawn_figure(const up_drawn *drawn, double time, double error);
double up_course_latent(const up_course *course, const double phi[], double time);
double up_course_figure(const up_course *course, const double phi[], double time,
                        double error);

#endif
