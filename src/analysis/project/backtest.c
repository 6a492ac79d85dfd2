#include "uptick/backtest.h"

#include <gsl/gsl_sort_double.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/gsl_guard.h"
#include "base/memory.h"
#include "base/parallel.h"

/* Fewer paths than for one projection: there are as many of them as origins and models. */
enum { NAIVE, TWO_POINT, FIRST_MODEL, LEAST_FIGURES = 3, PATHS = 1024 };

typedef struct testing {
    const up_series *series;
    const up_model *const *models;
    const bool *shown;
    size_t model_count, ahead, least;
    up_project_options options;
    const up_point **point; /* owned: those that count */
    size_t points, origins;
    struct turn *turns; /* owned; one an origin */
    up_backtest *out;
} testing;

/* What came of one origin: its forecasts lie where the rows of its place do. */
typedef struct turn {
    up_backtest_forecast *forecasts; /* borrowed */
    size_t count;
    up_status status;
    up_error error;
} turn;

static bool pools(const testing *t)
{
    return t->model_count > 1;
}

static const up_point *origin_of(const testing *t, size_t origin)
{
    return t->point[t->least - 1 + origin];
}

static const up_point *target_of(const testing *t, size_t origin)
{
    return t->point[t->least - 1 + origin + t->ahead];
}

static up_status find_points(testing *t, up_error *err)
{
    const up_series *s = t->series;
    up_status status = up_series_check_mixed(s, err);
    if (status == UP_OK)
        status = up_alloc(s->count, sizeof *t->point, &t->point, err);
    for (size_t i = 0; i < s->count && status == UP_OK; i++) {
        const up_point *p = &s->points[i];
        bool counts = p->figure.has_value && p->figure.has_low && p->figure.has_high &&
                      !p->observation->derived;
        bool later = t->points == 0 || p->time.value > t->point[t->points - 1]->time.high;
        if (counts && later)
            t->point[t->points++] = p;
    }
    if (status == UP_OK && t->points < t->least + t->ahead)
        status =
            up_error_set(err, UP_TOO_LITTLE_DATA,
                         "%s: %zu figure%s that count%s; a backtest needs at least %zu",
                         s->key, t->points, t->points == 1 ? "" : "s",
                         t->points == 1 ? "s" : "", t->least + t->ahead);
    if (status == UP_OK)
        t->origins = t->points - t->least - t->ahead + 1;
    return status;
}

/* --- Forecasts ---------------------------------------------------------------------------------------- */

static up_backtest_forecast *add_forecast(const testing *t, size_t origin, size_t method,
                                          double median)
{
    turn *here = &t->turns[origin];
    up_backtest_forecast *f = &here->forecasts[here->count++];
    *f = (up_backtest_forecast){.method = method,
                                .origin = origin_of(t, origin),
                                .target = target_of(t, origin),
                                .median = median,
                                .outturn = target_of(t, origin)->figure.value,
                                .naive = origin_of(t, origin)->figure.value};
    f->crps = fabs(f->median - f->outturn);
    f->has_logarithms = f->median > 0 && f->outturn > 0 && f->naive > 0;
    if (f->has_logarithms) {
        f->log_crps = fabs(log(f->median / f->outturn));
        f->naive_log_error = fabs(log(f->naive / f->outturn));
    }
    return f;
}

static void score_quantiles(const up_projection *p, up_backtest_forecast *f)
{
    up_quantile plain[UP_QUANTILES], logs[UP_QUANTILES];
    const up_projection_step *s = &p->steps[0];
    f->has_intervals = true;
    for (size_t q = 0; q < UP_QUANTILES; q++) {
        plain[q] = (up_quantile){up_quantile_levels[q], s->quantile[q]};
        f->has_logarithms = f->has_logarithms && s->quantile[q] > 0;
    }
    f->crps = up_score_crps(plain, UP_QUANTILES, f->outturn);
    f->bounds[0] = (up_bounds){s->quantile[3], s->quantile[UP_QUANTILES - 4]};
    f->bounds[1] = (up_bounds){s->quantile[1], s->quantile[UP_QUANTILES - 2]};
    for (size_t q = 0; q < UP_QUANTILES && f->has_logarithms; q++)
        logs[q] = (up_quantile){up_quantile_levels[q], log(s->quantile[q])};
    if (f->has_logarithms)
        f->log_crps = up_score_crps(logs, UP_QUANTILES, log(f->outturn));
}

static void add_projection(const testing *t, size_t origin, size_t method,
                           const up_projection *p)
{
    up_backtest_forecast *f = add_forecast(t, origin, method, p->steps[0].value);
    if (p->has_intervals)
        score_quantiles(p, f);
}

/* y_2 (y_2 / y_1)^((t - t_2) / (t_2 - t_1)), for positive figures. */
static void add_two_point(const testing *t, size_t origin)
{
    const up_point *b = origin_of(t, origin), *a = t->point[t->least - 2 + origin];
    double ahead = target_of(t, origin)->time.value - b->time.value;
    if (!(a->figure.value > 0) || !(b->figure.value > 0))
        return;
    double fold = b->figure.value / a->figure.value;
    double at = b->figure.value * pow(fold, ahead / (b->time.value - a->time.value));
    if (isfinite(at))
        add_forecast(t, origin, TWO_POINT, at);
}

/* The jobs of one origin, which sees the series up to it. */
static void plan_jobs(const testing *t, const up_series *seen, const double *time,
                      up_project_job jobs[])
{
    for (size_t m = 0; m < t->model_count; m++)
        jobs[m] = (up_project_job){.series = seen,
                                   .model = t->models[m],
                                   .options = &t->options,
                                   .times = time,
                                   .count = 1};
}

/* What has no forecast has not enough data for one; anything else ends the backtest. */
static up_status add_models(const testing *t, size_t origin, up_project_job jobs[],
                            up_error *err)
{
    up_projection pooled;
    for (size_t m = 0; m < t->model_count; m++) {
        if (jobs[m].status == UP_OK)
            add_projection(t, origin, FIRST_MODEL + m, &jobs[m].projection);
        else if (jobs[m].status != UP_TOO_LITTLE_DATA) {
            *err = jobs[m].error;
            return jobs[m].status;
        }
    }
    if (!pools(t))
        return UP_OK;
    up_status status = up_project_pool(jobs, t->model_count, &pooled, err);
    if (status == UP_OK) {
        add_projection(t, origin, FIRST_MODEL + t->model_count, &pooled);
        up_projection_release(&pooled);
    }
    return status == UP_TOO_LITTLE_DATA ? UP_OK : status;
}

/* One origin, whose paths are gone when it is done. */
static void run_origin(size_t origin, void *context)
{
    const testing *t = context;
    turn *here = &t->turns[origin];
    up_series seen = *t->series;
    double time = target_of(t, origin)->time.value;
    up_project_job *jobs;
    seen.count = (size_t)(origin_of(t, origin) - t->series->points) + 1;
    here->status = up_alloc(t->model_count, sizeof *jobs, &jobs, &here->error);
    if (here->status != UP_OK)
        return;
    add_forecast(t, origin, NAIVE, origin_of(t, origin)->figure.value);
    add_two_point(t, origin);
    plan_jobs(t, &seen, &time, jobs);
    up_project_run(jobs, t->model_count);
    here->status = add_models(t, origin, jobs, &here->error);
    for (size_t m = 0; m < t->model_count; m++)
        up_projection_release(&jobs[m].projection);
    free(jobs);
}

/* All origins, side by side; then their forecasts close up. */
static up_status run_origins(testing *t, up_error *err)
{
    up_backtest *out = t->out;
    up_gsl_enter();
    up_parallel_for(t->origins, run_origin, t);
    up_gsl_leave();
    for (size_t o = 0; o < t->origins; o++) {
        turn *here = &t->turns[o];
        if (here->status != UP_OK) {
            if (err != NULL)
                *err = here->error;
            return here->status;
        }
        memmove(out->forecasts + out->forecast_count, here->forecasts,
                here->count * sizeof *here->forecasts);
        out->forecast_count += here->count;
    }
    return UP_OK;
}

/* --- Rows ------------------------------------------------------------------------------------------------ */

typedef struct sums {
    double error, naive, crps, log_crps, naive_log;
    size_t intervals, logs;
    size_t inside[UP_SCORE_LEVELS];
} sums;

static void add_to(sums *s, const up_backtest_forecast *f)
{
    s->error += fabs(f->median - f->outturn);
    s->naive += fabs(f->naive - f->outturn);
    s->crps += f->crps;
    s->intervals += f->has_intervals;
    if (f->has_logarithms) {
        s->logs++;
        s->log_crps += f->log_crps;
        s->naive_log += f->naive_log_error;
    }
    for (size_t l = 0; l < UP_SCORE_LEVELS && f->has_intervals; l++)
        s->inside[l] += f->outturn >= f->bounds[l].low && f->outturn <= f->bounds[l].high;
}

static void fill_coverage(const sums *s, up_backtest_row *row)
{
    row->has_coverage = s->intervals == row->forecasts;
    for (size_t l = 0; l < UP_SCORE_LEVELS && row->has_coverage; l++) {
        up_coverage *c = &row->coverage[l];
        c->inside = s->inside[l];
        c->outside = row->forecasts - s->inside[l];
        c->share = (double)c->inside / (double)row->forecasts;
        up_binomial_interval(c->inside, row->forecasts, 0.95, &c->low, &c->high);
    }
}

/* Against the naive method, where the two can be compared. */
static void compare(const sums *s, up_backtest_row *row)
{
    double skill;
    row->has_relative_error = up_score_skill(s->error, s->naive, &skill);
    row->relative_error = row->has_relative_error ? s->error / s->naive : 0;
    row->has_skill = up_score_skill(s->crps, s->naive, &row->skill);
    row->has_log_skill = s->logs == row->forecasts &&
                         up_score_skill(s->log_crps, s->naive_log, &row->log_skill);
    if (!row->has_relative_error || !row->has_skill)
        row->not_comparable = s->naive > 0
                                  ? "its error is more than a million times that "
                                    "of the last figure repeated"
                                  : "the last figure repeated has no error at all";
}

static void fill_row(const testing *t, size_t method, double errors[],
                     up_backtest_row *row)
{
    sums s = {0};
    row->has_median_error = true;
    for (size_t i = 0; i < t->out->forecast_count; i++) {
        const up_backtest_forecast *f = &t->out->forecasts[i];
        if (f->method != method)
            continue;
        row->has_median_error = row->has_median_error && f->outturn != 0;
        errors[row->forecasts++] = fabs((f->median - f->outturn) / f->outturn);
        add_to(&s, f);
    }
    row->refused = t->origins - row->forecasts;
    row->has_median_error = row->has_median_error && row->forecasts > 0;
    if (row->forecasts == 0)
        return;
    if (row->has_median_error) {
        gsl_sort(errors, 1, row->forecasts);
        row->median_error = gsl_stats_median_from_sorted_data(errors, 1, row->forecasts);
    }
    compare(&s, row);
    fill_coverage(&s, row);
}

static up_status fill_rows(testing *t, up_error *err)
{
    up_backtest *out = t->out;
    double *errors;
    up_status status = up_alloc(t->origins, sizeof *errors, &errors, err);
    for (size_t m = 0; m < out->row_count && status == UP_OK; m++) {
        out->rows[m].method = m == NAIVE       ? "naive"
                              : m == TWO_POINT ? "two-point"
                              : m < FIRST_MODEL + t->model_count
                                  ? up_model_name(t->models[m - FIRST_MODEL])
                                  : up_model_name(&up_model_auto);
        fill_row(t, m, errors, &out->rows[m]);
    }
    if (status == UP_OK)
        free(errors);
    return status;
}

/* Whether a method has a row: where some models are asked for by name, the others are in the pool alone. */
static bool is_shown(const testing *t, size_t method)
{
    bool some = false;
    for (size_t m = 0; m < t->model_count && t->shown != NULL; m++)
        some = some || t->shown[m];
    bool is_model = method >= FIRST_MODEL && method < FIRST_MODEL + t->model_count;
    return !some || !is_model || t->shown[method - FIRST_MODEL];
}

/* What is not shown is left out, and the others close up. */
static void leave_out(const testing *t)
{
    up_backtest *out = t->out;
    size_t rows = 0, forecasts = 0;
    for (size_t i = 0; i < out->forecast_count; i++) {
        up_backtest_forecast f = out->forecasts[i];
        size_t place = 0;
        for (size_t m = 0; m < f.method; m++)
            place += is_shown(t, m);
        if (!is_shown(t, f.method))
            continue;
        f.method = place;
        out->forecasts[forecasts++] = f;
    }
    for (size_t m = 0; m < out->row_count; m++)
        if (is_shown(t, m))
            out->rows[rows++] = out->rows[m];
    out->forecast_count = forecasts;
    out->row_count = rows;
}

static up_status run(testing *t, up_error *err)
{
    up_backtest *out = t->out;
    up_status status = find_points(t, err);
    out->row_count = FIRST_MODEL + t->model_count + (pools(t) ? 1 : 0);
    if (status == UP_OK)
        status = up_alloc(out->row_count, sizeof *out->rows, &out->rows, err);
    if (status == UP_OK)
        status = up_alloc(t->origins, sizeof *t->turns, &t->turns, err);
    if (status == UP_OK)
        status = up_alloc(t->origins * out->row_count, sizeof *out->forecasts,
                          &out->forecasts, err);
    if (status != UP_OK)
        return status;
    out->origins = t->origins;
    for (size_t o = 0; o < t->origins; o++)
        t->turns[o].forecasts = out->forecasts + o * out->row_count;
    status = run_origins(t, err);
    if (status == UP_OK)
        status = fill_rows(t, err);
    if (status == UP_OK)
        leave_out(t);
    return status;
}

up_status up_backtest_run(const up_series *series, const up_model *const models[],
                          size_t count, const up_backtest_options *options,
                          up_backtest *backtest, up_error *err)
{
    up_backtest result = {0};
    testing t = {.series = series,
                 .models = models,
                 .shown = options->shown,
                 .model_count = count,
                 .options = options->project,
                 .ahead = options->ahead > 0 ? options->ahead : 1,
                 .least = options->least > 0 ? options->least : LEAST_FIGURES,
                 .out = &result};
    t.options.wanted = UP_WANT_FIGURES;
    if (t.options.paths == 0)
        t.options.paths = PATHS;
    up_status status = run(&t, err);
    free(t.point);
    free(t.turns);
    if (status == UP_OK)
        *backtest = result;
    else
        up_backtest_release(&result);
    return status;
}

void up_backtest_release(up_backtest *backtest)
{
    if (backtest == NULL)
        return;
    free(backtest->rows);
    free(backtest->forecasts);
    *backtest = (up_backtest){0};
}
