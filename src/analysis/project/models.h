/* The models: a curve, how its parameters are fitted, and what they say in the field's terms. To
 * add one: its curve in curve.c, a row in models.c. */
#ifndef UPTICK_ANALYSIS_PROJECT_MODELS_H
#define UPTICK_ANALYSIS_PROJECT_MODELS_H

#include "analysis/project/course.h"

typedef enum up_parameter_kind {
    UP_REAL,
    UP_POSITIVE,
    UP_AS_FIGURES, /* positive where the metric's figures are */
    UP_AS_INCREMENTS /* positive where what is fitted are a counter's increments, else real */
} up_parameter_kind;

enum { UP_DERIVED_MAX = 2, UP_NO_PARAMETER = 99 };

/* A term that follows from the parameters. */
typedef struct up_derived {
    const char *name;
    double (*value)(const up_course *course, const double theta[]);
    size_t
        of; /* the one parameter it follows from, monotonely; UP_NO_PARAMETER: several */
} up_derived;

struct up_model {
    const char *name, *title;
    size_t parameters; /* k */
    up_parameter_kind kinds[UP_CURVE_PARAMETERS];
    const char *names[UP_CURVE_PARAMETERS];
    up_bounds range[UP_CURVE_PARAMETERS]; /* of θ; both 0: none but its kind's */
    size_t capacity, moment; /* which is the capacity, a date; UP_NO_PARAMETER: none */
    size_t level;            /* what drops out of its growth, or none */
    size_t shape;            /* what bends the sum of squares most beside it, or none */
    bool needs_launch;       /* time counts from the launch */
    bool needs_positive;     /* curves that are positive everywhere */
    bool line_of_logarithms; /* linear in φ on the log scale, observed at moments */
    bool line_of_figures;    /* linear in φ on no scale */
    bool
        middle_is_mean; /* its mean over a period is, for some θ, its value in the middle */
    bool is_adopters; /* a flow is the growth of the curve */
    up_derived derived[UP_DERIVED_MAX];
    /* ln of the level at t, and its gradient by φ (NULL: not wanted), where every positive θ is
     * fitted as ln θ; without exp and log of it, so nothing overflows between. With tells_means that of
     * the mean over `period` about t too, with B the level's second derivative by time over the level:
     *     ln (mean / level) = B period² / 24        to (r period)⁴ / 2880 for growth at the rate r
     * NULL: no short cut. False: undefined. */
    bool (*logarithm)(const up_course *course, double t, double period,
                      const double phi[], const double theta[], double *value,
                      double gradient[]);
    bool tells_means;
    /* The highest (or lowest) level from a time on, since origin; infinities. */
    double (*extreme)(const up_course *course, const double theta[], double from,
                      bool highest);
};

/* Parameters that cannot be told from the figures as they are observed: a counter's level. */
unsigned up_model_untold(const up_model *model, bool counter);

#endif
