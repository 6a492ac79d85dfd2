/* Backtests by rolling origin: what each method would have said of the figures that came next.
 *
 *     up_backtest bt;
 *     up_backtest_run(&series, models, count, &options, &bt, err);
 *     bt.rows[0].relative_error      // mean absolute error against the naive method's
 *     up_backtest_release(&bt);
 *
 * The origin moves from figure to figure: every method sees the figures up to it, as they are known
 * today, and projects to the moment of the figure `ahead` places on. Beside the models there are
 *     naive        the last figure
 *     two-point    the exponential curve through the last two
 * and, where there are several models, their pool. A method that refuses at an origin has no forecast
 * there; what is said against the naive method is over the origins at which it has one.
 *
 *     error              outturn - median, relative to the outturn, as of a score (score.h)
 *     relative error     Σ |median - outturn| / Σ |naive - outturn|
 *                        (R. Hyndman, A. Koehler, Int. J. Forecasting 22, 2006: RelMAE)
 *     skill              1 - Σ CRPS / Σ |naive - outturn|, or of logarithms (up_score_skill)
 *     coverage           how many outturns lie in the 80 and 95 % intervals */
#ifndef UPTICK_BACKTEST_H
#define UPTICK_BACKTEST_H

#include "uptick/project.h"
#include "uptick/score.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct up_backtest_options {
    up_project_options project;
    size_t ahead; /* 0: 1 */
    size_t least; /* figures before the first origin; 0: 3 */
    /* One a model: whether it has a row beside the pool's; NULL, or none true: all have. Borrowed. */
    const bool *shown;
} up_backtest_options;

/* One method at one origin. */
typedef struct up_backtest_forecast {
    size_t method;                   /* of the rows */
    const up_point *origin, *target; /* borrowed: the last figure seen, the one to come */
    double median, outturn, naive;
    bool has_intervals;
    up_bounds bounds[UP_SCORE_LEVELS];
    double crps;         /* has_intervals; else the absolute error */
    bool has_logarithms; /* all three and all quantiles are positive */
    double log_crps, naive_log_error;
} up_backtest_forecast;

typedef struct up_backtest_row {
    const char *method; /* "naive", "two-point", or a model's name */
    size_t forecasts, refused;
    bool has_median_error; /* false where some outturn is 0, or there is no forecast */
    double median_error;   /* median of the absolute errors relative to the outturns */
    /* false where the naive method is exact, or the other beyond all sense (up_score_skill) */
    bool has_relative_error, has_skill, has_log_skill;
    double relative_error, skill, log_skill;
    const char
        *not_comparable; /* why one of the first two is not there; NULL: both are */
    bool has_coverage;   /* every forecast has its intervals */
    up_coverage coverage[UP_SCORE_LEVELS];
} up_backtest_row;

typedef struct up_backtest {
    up_backtest_row *rows; /* owned */
    size_t row_count, origins;
    up_backtest_forecast *forecasts; /* owned; by origin, then by method */
    size_t forecast_count;
} up_backtest;

/* models: those to try, without up_model_auto. UP_TOO_LITTLE_DATA: fewer than least + ahead figures
 * that count. */
UP_MUST_CHECK up_status up_backtest_run(const up_series *series,
                                        const up_model *const models[], size_t count,
                                        const up_backtest_options *options,
                                        up_backtest *backtest, up_error *err);
void up_backtest_release(up_backtest *backtest);

#ifdef __cplusplus
}
#endif
#endif
