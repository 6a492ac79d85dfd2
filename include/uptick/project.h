/* Projections: models behind one interface, intervals from simulated paths.
 *
 *     up_projection p;
 *     up_project(&series, up_model_find("exponential"), &options, times, count, &p, err);
 *     p.steps[0].value            // the median
 *     p.steps[0].bounds[0].low    // lower end of the first level asked for
 *
 * Models (each in its own file of analysis/project/, one row in up_models):
 *     exponential   ln y = a + b t + e     for positive figures; the median is exp(a + b t)
 *     linear           y = a + b t + e
 *
 * With n = 2 figures there is the curve through them and a data range, the extremes that
 * their own bounds and dates allow; no interval. From n = 3: each path draws the dates within
 * their spans, refits, draws the error variance (scaled inverse chi-square, n - k degrees of
 * freedom) and the parameters given it (normal), and adds observation noise; without date
 * spans this is the exact predictive distribution (Student t). Bounds, ranges without value,
 * and figures implied by claims do not enter and do not count. A stated reason refuses
 * everything that cannot be had (UP_TOO_LITTLE_DATA). */
#ifndef UPTICK_PROJECT_H
#define UPTICK_PROJECT_H

#include <stdint.h>

#include "uptick/series.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { UP_LEVELS_MAX = 4, UP_PARAMETERS_MAX = 4, UP_QUANTILES = 23 };

/* The probabilities of a step's quantiles, ascending: 0.01, 0.025, 0.05 to 0.95 by 0.05, 0.975,
 * 0.99, as forecast hubs keep them (E. Y. Cramer et al., Scientific Data 9, 2022). */
extern const double up_quantile_levels[UP_QUANTILES];

typedef struct up_project_options {
    double
        levels[UP_LEVELS_MAX]; /* coverage, e.g. 0.80, 0.95; 0 ends; none: 0.80, 0.95 */
    uint64_t seed;             /* 0: the default seed */
    size_t paths;              /* 0: 10,000 */
    bool across_breaks;        /* fit through breaks (status B, D) too */
} up_project_options;

typedef struct up_bounds {
    double low, high;
} up_bounds;

typedef struct up_projection_step {
    double time;                     /* years */
    double value;                    /* the median */
    up_bounds bounds[UP_LEVELS_MAX]; /* as options.levels; only if has_intervals */
    double quantile[UP_QUANTILES];   /* of up_quantile_levels; only if has_intervals */
    up_bounds range;                 /* only if has_range (n = 2) */
} up_projection_step;

typedef struct up_parameter {
    const char *name;             /* "rate per year" */
    double value, standard_error; /* standard_error only from n = 3 */
} up_parameter;

/* A fitted curve on the model's own scale. */
typedef struct up_fit {
    double theta[UP_PARAMETERS_MAX];
    double origin; /* time is counted from here, so that sums do not cancel */
    /* (J'J)^-1, to be multiplied by the error variance; n > k only */
    double covariance[UP_PARAMETERS_MAX][UP_PARAMETERS_MAX];
    double rss; /* residual sum of squares on the scale */
} up_fit;

/* A model is a curve on a scale: scale(y) = curve(theta, t) + error. */
typedef struct up_model {
    const char *name, *title;
    size_t parameters;  /* k */
    const char *domain; /* which figures it can take: "positive figures" */
    bool (*accepts)(double figure);
    double (*to_scale)(double figure);
    double (*from_scale)(double scaled);
    double (*log_jacobian)(double figure); /* ln |d scale / d figure| */
    /* Least squares of n >= k scaled figures at distinct times; exact when n = k. */
    up_status (*fit)(const double time[], const double scaled[], size_t n, up_fit *fit,
                     up_error *err);
    double (*curve)(const up_fit *fit, double time);
    /* The parameters in the field's terms; standard errors given the error variance. */
    size_t (*describe)(const up_fit *fit, double error_variance,
                       up_parameter parameters[UP_PARAMETERS_MAX]);
} up_model;

/* Every model, ended by NULL. */
extern const up_model *const up_models[];
const up_model *up_model_find(const char *name);

typedef struct up_projection {
    const up_model *model;
    size_t n, left_out;  /* figures used; bounds and implied ones that were not */
    size_t before_break; /* figures before the last break, left out */
    bool has_intervals, has_range;
    size_t levels;
    double level[UP_LEVELS_MAX];
    up_parameter parameters[UP_PARAMETERS_MAX];
    size_t parameter_count;
    bool has_r_squared; /* not for figures that are all the same */
    double r_squared;   /* on the model's scale */
    /* AICc with k + 1 parameters (the error variance is one), n >= k + 4 figures, on the
     * likelihood of the figures themselves (log fits carry their Jacobian). */
    bool has_aicc;
    double aicc;
    const char *no_interval; /* why there is none, when n >= 3; NULL otherwise */
    double clipped; /* share of paths that reached the floor and were held there */
    up_projection_step *steps; /* owned */
    size_t count;
} up_projection;

/* Projects to the given times (years on the series' basis, ascending, after the last
 * figure). */
UP_MUST_CHECK up_status up_project(const up_series *series, const up_model *model,
                                   const up_project_options *options,
                                   const double times[], size_t count,
                                   up_projection *projection, up_error *err);
void up_projection_release(up_projection *projection);

/* One projection of many; the results are the same whatever the number of threads. */
typedef struct up_project_job {
    const up_series *series;
    const up_model *model;
    const up_project_options *options;
    const double *times;
    size_t count;
    up_projection projection; /* when status is UP_OK */
    up_status status;
    up_error error;
} up_project_job;
void up_project_run(up_project_job jobs[], size_t count);

/* Which of several projections of one series to show when only one can be: the smallest AICc
 * where every member has one, else the first. Failed jobs are passed over; SIZE_MAX if all
 * failed. *reason tells why, for people. */
size_t up_project_choose(const up_project_job jobs[], size_t count, const char **reason);

/* The periods that follow a series: its own granularity, or for irregular dates the calendar
 * unit nearest to the usual spacing. Writes `count` of them. */
UP_MUST_CHECK up_status up_project_periods(const up_series *series, size_t count,
                                           up_period *periods, up_error *err);
/* How many of these periods end by the end of `until`; UP_TOO_LITTLE_DATA when none does,
 * UP_USAGE when more than UP_STEPS_MAX do. */
enum { UP_STEPS_MAX = 10000 };
UP_MUST_CHECK up_status up_project_count(const up_series *series, const up_period *until,
                                         size_t *count, up_error *err);
/* The time at which a figure for a period stands, on the series' basis. */
double up_project_time(const up_series *series, const up_period *period);
/* `count` times evenly spaced from just after the last figure to that of `end`, for drawing. */
void up_project_grid(const up_series *series, const up_period *end, size_t count,
                     double times[]);

#ifdef __cplusplus
}
#endif
#endif
