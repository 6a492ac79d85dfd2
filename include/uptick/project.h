/* Projections of few and irregular points: models behind one interface, intervals from simulated
 * paths, what they say when a level is reached (reach.h).
 *
 *     up_projection p;
 *     up_project(&series, up_model_find("logistic"), &options, times, count, &p, err);
 *     p.steps[0].value            // the median
 *     p.steps[0].bounds[0].low    // lower end of the first level asked for
 *     up_projection_release(&p);
 *
 * A model is a curve in real time (curve.h) and an error about it:
 *
 *     scale(y_i) = scale(curve as observed at t_i; θ) + σ e_i,   e_i standard normal
 *
 * The scale is that of the metric, one for all models, so that their likelihoods compare: the
 * logarithm for figures that are positive, the logit for shares (measure ratio with a ceiling
 * that is a number), and none where the metric can be negative (a floor below zero, or figures
 * that are not positive). As observed: a stock, rate, ratio or index is the curve at its moment; a flow or average
 * the mean of the curve over its period; a counter (`cumulative`) is fitted by its increments,
 * the growth of the curve between two figures. Bass's curve counts adopters, so a flow is its
 * growth over the period.
 *
 * Fits: least squares (nonlinear.h), from starts along a grid of capacities. From n = k + 1
 * figures on (k parameters) paths are drawn from
 *
 *     p(θ, σ | y) ∝ |J'J|^(1/2) / σ · Π normal(e_i)           Jeffreys' independence prior
 *
 * (H. Jeffreys, Theory of Probability, 3rd ed. 1961, 3.10; G. E. P. Box and G. C. Tiao, Bayesian
 * Inference in Statistical Analysis, 1973, 1.3): for a straight line this is the prediction of
 * regression, Student's t with n - k degrees of freedom. Draws are of importance (multivariate t
 * about the minimum, conditional on the capacity along its profile where there is one), weighed by
 * the density above. σ is at least what the rounding and the widths of the figures leave open.
 * Figures known as ranges or bounds or implied by claims do not count towards n, and have no part in σ: a
 * curve within a range leaves no residual, and in the density stands the probability that the figure lies
 * within. ">c" is [c, c + one unit of its last non-zero digit), as §2 of the format reads it. A date known as
 * a span is any moment of it, in the density integrated over. The errors that dates make are in the residuals
 * but not in σ, so that a date counts once.
 *
 * What was fitted by increments goes on by increments: of the usual spacing of the figures, each with an
 * error of its own.
 *
 * A capacity K may be fixed (--capacity), or have a ceiling: log-uniform between the largest
 * figure and the ceiling, weighed by how well the rest fits (only where n > k). When it is free
 * and its profile stays open above it is not identified, which is said with its lower limit.
 *
 * With n = k figures (n = 2 for the exponential and linear curve) there is the curve through them
 * and a data range, the extremes that their own bounds and dates allow; no interval. What cannot
 * be had is refused with a reason (UP_TOO_LITTLE_DATA). */
#ifndef UPTICK_PROJECT_H
#define UPTICK_PROJECT_H

#include <stdint.h>

#include "uptick/series.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { UP_LEVELS_MAX = 8, UP_PARAMETERS_MAX = 6, UP_QUANTILES = 23, UP_CAPACITIES = 5 };

/* The probabilities of a step's quantiles, ascending: 0.01, 0.025, 0.05 to 0.95 by 0.05, 0.975,
 * 0.99, as forecast hubs keep them (E. Y. Cramer et al., Scientific Data 9, 2022). */
extern const double up_quantile_levels[UP_QUANTILES];

/* What is wanted of several models that will be pooled. The pool is the same whatever is. */
typedef enum up_project_wanted {
    UP_WANT_EACH,    /* every model's own intervals */
    UP_WANT_FIGURES, /* those of figures, but not of parameters */
    /* those of the members at their last step alone: a model of which its fit tells that it will be
     * none has no paths, only its curve and the reason */
    UP_WANT_MEMBERS,
    UP_WANT_POOL /* no parameters' intervals besides */
} up_project_wanted;

typedef struct up_project_options {
    double
        levels[UP_LEVELS_MAX]; /* coverage, e.g. 0.80, 0.95; 0 ends; none: 0.80, 0.95 */
    uint64_t seed;             /* 0: the default seed */
    size_t paths;              /* 0: 4,096 */
    bool across_breaks;        /* fit through breaks (status B, D) too */
    double capacity;           /* K is this; 0: not given */
    double ceiling;            /* K is at most this; 0: not given */
    /* One of several that will be pooled: it is refused where more than one path in a hundred is beyond
     * what the metric can be at the usual distance after the last figure; farther off paths are held
     * there, however many there are, so that the weights do not depend on how far one looks. */
    bool hold;
    up_project_wanted wanted;
    bool
        trend; /* the other models tell one: with UP_WANT_MEMBERS or _POOL a level alone has no paths */
    /* With more figures than parameters a model without a capacity is refused where one is known or
     * bounded: it would run through it. */
    bool only_capacities;
    /* What its figures cannot leave where the metric names another one for it; a number of the
     * metric's own is read there. */
    bool has_floor, has_most;
    double floor, most;
    bool has_launch;
    double launch; /* when it began, in years on the series' basis: for power and bass */
} up_project_options;

typedef struct up_bounds {
    double low, high;
} up_bounds;

typedef struct up_projection_step {
    double time;                     /* years */
    double value;                    /* the median */
    up_bounds bounds[UP_LEVELS_MAX]; /* as options.levels; only if has_intervals */
    double quantile[UP_QUANTILES];   /* of up_quantile_levels; only if has_intervals */
    up_bounds range;                 /* only if has_range (n = k) */
    double
        with_bounds; /* only if has_with_bounds: the curve when bounds are taken as values */
} up_projection_step;

typedef struct up_parameter {
    const char *name;             /* "K", "r", "rate_per_year", "dt_10_90" */
    double value, standard_error; /* standard_error only from n = k + 1 */
    double low, high;             /* 95 %, by profile likelihood */
    bool has_low, has_high;       /* false: the profile is open there */
} up_parameter;

typedef struct up_model up_model;

/* Every model, ended by NULL; and the one of a name, or NULL. */
extern const up_model *const up_models[];
const up_model *up_model_find(const char *name);
/* The name of what is pooled of several: "auto". No model of its own, not in up_models. */
extern const up_model up_model_auto;
const char *up_model_name(const up_model *model);
const char *up_model_title(const up_model *model); /* "constant growth rate" */
bool up_model_has_capacity(const up_model *model);
bool up_model_needs_launch(const up_model *model);

/* What was found of the capacity. */
typedef enum up_capacity {
    UP_CAPACITY_NONE, /* the model has none */
    UP_CAPACITY_FIXED,
    UP_CAPACITY_CEILING,
    UP_CAPACITY_IDENTIFIED,
    UP_CAPACITY_OPEN /* not identified: only capacity_low is known */
} up_capacity;

/* What it is if growth is as somebody says: scenario.h. */
struct up_scenario;

/* How its paths go on; private, see up_projection_latent. */
struct up_course;
struct up_path;

typedef struct up_projection {
    const up_model *model;
    size_t n, left_out;  /* figures that count; those that could not take part at all */
    size_t soft;         /* ranges and bounds that took part and do not count */
    size_t before_break; /* figures before the last break, left out */
    bool has_intervals, has_range, has_with_bounds;
    double floor,
        ceiling; /* what its figures cannot leave; infinities where nothing is known */
    size_t levels;
    double level[UP_LEVELS_MAX];
    double
        level_beyond; /* the least whose bounds are NAN at some step: they leave the range of
                          * numbers; 0: none */
    up_parameter parameters[UP_PARAMETERS_MAX];
    size_t parameter_count;
    size_t fitted;            /* of these the first are the curve's own */
    double correlation[4][4]; /* of those, on the scale they were fitted on */
    bool has_r_squared;       /* not for figures that are all the same */
    double r_squared;         /* on the scale */
    const char *scale;        /* "log", "logit" or "none" */
    bool counts_increments;   /* of a counter */
    up_capacity capacity;
    double capacity_low; /* one-sided 95 %, where UP_CAPACITY_OPEN */
    /* where UP_CAPACITY_CEILING: capacities and what the last step would be with each */
    double by_capacity[UP_CAPACITIES], with_capacity[UP_CAPACITIES];
    /* AICc with k + 1 parameters (the error variance is one), n >= k + 4 figures, on the
     * likelihood of the figures themselves (the scale's Jacobian is in it). */
    bool has_aicc;
    double aicc;
    double
        aic; /* without the correction, from n = k + 1; σ² at least what the widths leave open */
    bool no_support; /* its AIC is too far above the best's to be pooled */
    double
        residual_correlation; /* of neighbouring residuals; only if they hang together */
    /* beyond 1.96 / √n, from n = 8; of a pool: in most of its weight */
    bool residuals_hang_together;
    /* a parameter stands at the end of its range: only that one has an interval, one-sided, and none has a
     * standard error */
    bool at_bound;
    const char *remark;      /* "a parameter stands at its bound", …; NULL: none */
    const char *no_interval; /* why there is none, when n > k; NULL otherwise */
    double
        clipped; /* share of paths that met the floor (or the ceiling) and were held there */
    double weight; /* in the pool of up_project_pool; 0: none */
    const up_model
        *only; /* of a pool: the model that has all of its weight; NULL: none */
    const struct up_scenario *scenario; /* borrowed; NULL: a model was fitted */
    const up_point *start; /* of a scenario: the figure it starts from, borrowed */
    double start_rate_per_year;
    up_projection_step *steps; /* owned */
    size_t count;
    struct up_course *courses; /* owned; private */
    /* owned; private; where has_intervals; for a data range the curve and those of its corners */
    struct up_path *paths;
    size_t course_count, path_count;
} up_projection;

/* Projects to the given times (years on the series' basis, ascending, after the last
 * figure). */
UP_MUST_CHECK up_status up_project(const up_series *series, const up_model *model,
                                   const up_project_options *options,
                                   const double times[], size_t count,
                                   up_projection *projection, up_error *err);
void up_projection_release(up_projection *projection);
/* What it is called: its model's name, or that of its scenario. */
const char *up_projection_name(const up_projection *projection);

/* The fitted curve of one model at any time, as its figures are observed; NAN where there is none. */
double up_projection_curve(const up_projection *projection, double time);
/* Path `path` of path_count at a time after the last figure: its level without the noise of an
 * observation, held at floor and ceiling, and the highest or lowest that it comes to from there on,
 * or tends to (an infinity, or a number). NAN where its curve leaves the range of numbers. */
double up_projection_latent(const up_projection *projection, size_t path, double time);
double up_projection_extreme(const up_projection *projection, size_t path, bool highest);

/* One projection of many; the results are the same whatever the number of threads. */
typedef struct up_project_job {
    const up_series *series;
    const up_model *model;
    const struct up_scenario
        *scenario; /* with up_model_scenario (scenario.h); else NULL */
    const up_project_options *options;
    const double *times;
    size_t count;
    bool shown; /* asked for by name beside the pool of which it may be a member */
    up_projection projection; /* when status is UP_OK */
    up_status status;
    up_error error;
} up_project_job;
/* Jobs of up_model_auto are left to up_project_pool: they end as UP_TOO_LITTLE_DATA. */
void up_project_run(up_project_job jobs[], size_t count);

/* Several models' projections of one series, to the same times, as one: a model is drawn for each
 * path, with weights that are put into the jobs' projections.
 *
 *     AICc weights exp(-ΔAICc / 2) where every member has an AICc      Burnham & Anderson 2002, 2.9
 *     equal weights else
 *
 * Members are the jobs that are UP_OK and have intervals, but for those whose capacity or other
 * parameter is not identified, models of more than two parameters that have no AICc, and the
 * constant where a trend is told (some member's slope differs from zero at 95 %), and, where weights
 * are equal, those whose AIC is more than ten above the best's, for which there is next to no support
 * (Burnham & Anderson, 2.6). Where none has
 * an interval there is nothing to pool: UP_TOO_LITTLE_DATA. The remark of the result tells how. */
UP_MUST_CHECK up_status up_project_pool(up_project_job jobs[], size_t count,
                                        up_projection *pooled, up_error *err);

/* Which of one series' jobs to show when only one can be: the pool, else the exponential curve, else
 * the first; SIZE_MAX when all failed. */
size_t up_project_choose(const up_project_job jobs[], size_t count);

/* The periods that follow a series: those of `step`, or (NULL) its own granularity, or for irregular
 * dates the calendar unit nearest to the usual spacing. Writes `count` of them. UP_TOO_LITTLE_DATA for
 * steps of another length than the periods of totals: they would not be totals of the steps. */
UP_MUST_CHECK up_status up_project_periods(const up_series *series,
                                           const up_granularity *step, size_t count,
                                           up_period *periods, up_error *err);
/* How many of these periods end by the end of `until`; UP_TOO_LITTLE_DATA when none does,
 * UP_USAGE when more than UP_STEPS_MAX do. */
enum { UP_STEPS_MAX = 10000 };
UP_MUST_CHECK up_status up_project_count(const up_series *series,
                                         const up_granularity *step,
                                         const up_period *until, size_t *count,
                                         up_error *err);
/* The time at which a figure for a period stands, on the series' basis. */
double up_project_time(const up_series *series, const up_period *period);
/* `count` times evenly spaced from just after the last figure to that of `end`, for drawing. */
void up_project_grid(const up_series *series, const up_period *end, size_t count,
                     double times[]);

#ifdef __cplusplus
}
#endif
#endif
