#include "uptick/project.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/gsl_guard.h"
#include "analysis/project/paths.h"
#include "analysis/sample.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "uptick/number.h"

static const double default_levels[] = {0.80, 0.95};

/* Figures on the model's scale; caller frees. */
static up_status scale_figures(const up_model *model, const double figures[], size_t n,
                               double **scaled, up_error *err)
{
    up_status status = up_alloc(n, sizeof **scaled, scaled, err);
    for (size_t i = 0; i < n && status == UP_OK; i++)
        (*scaled)[i] = model->to_scale(figures[i]);
    return status;
}

static up_status check_sample(const up_series *series, const up_model *model,
                              const up_sample *sample, up_error *err)
{
    if (sample->n < model->parameters)
        return up_error_set(
            err, UP_TOO_LITTLE_DATA,
            "%s: %zu figure%s that can be fitted%s; the %s model needs at "
            "least %zu",
            series->key, sample->n, sample->n == 1 ? "" : "s",
            sample->left_out > 0 ? " (bounds and implied figures do not count)" : "",
            model->name, model->parameters);
    for (size_t i = 0; i < sample->n; i++)
        if (!model->accepts(sample->value[i]))
            return up_error_set(err, UP_TOO_LITTLE_DATA, "%s: the %s model needs %s",
                                series->key, model->name, model->domain);
    return UP_OK;
}

static up_status check_times(const up_series *series, const up_sample *sample,
                             const double times[], size_t count, up_error *err)
{
    double after = sample->time_high[sample->n - 1];
    for (size_t i = 0; i < count; i++) {
        if (!(times[i] > after))
            return up_error_set(err, UP_USAGE,
                                "%s: the projection must lie after the last figure",
                                series->key);
        after = times[i];
    }
    return UP_OK;
}

/* Gaussian log-likelihood at its maximum, with the scale's Jacobian:
 *     ln L = -n/2 (ln(2 pi rss / n) + 1) + sum ln |d scale / d y|
 *     AICc = -2 ln L + 2 p + 2 p (p + 1) / (n - p - 1),  p = k + 1
 * Hurvich & Tsai, Biometrika 76 (1989) 297-307. */
static void fill_aicc(const up_sample *sample, const up_model *model, const up_fit *fit,
                      up_projection *projection)
{
    double n = (double)sample->n, p = (double)model->parameters + 1;
    if (sample->n < model->parameters + 4 || !(fit->rss > 0))
        return;
    double log_likelihood = -n / 2 * (log(2 * M_PI * fit->rss / n) + 1);
    for (size_t i = 0; i < sample->n; i++)
        log_likelihood += model->log_jacobian(sample->value[i]);
    projection->aicc = -2 * log_likelihood + 2 * p + 2 * p * (p + 1) / (n - p - 1);
    projection->has_aicc = isfinite(projection->aicc) != 0;
}

/* The curve through two figures, at every corner of their bounds and dates. The curve at a
 * time after both is monotone in each of the four, so the extremes are at corners. */
static up_status fill_range(const up_sample *sample, const up_model *model,
                            const double *floor, up_projection *projection, up_error *err)
{
    if (sample->time_high[0] >= sample->time_low[1])
        return UP_OK; /* no range can be given: the order of the two is open */
    for (size_t s = 0; s < projection->count; s++)
        projection->steps[s].range = (up_bounds){INFINITY, -INFINITY};
    for (unsigned corner = 0; corner < 16; corner++) {
        double t[2], y[2];
        for (size_t i = 0; i < 2; i++) {
            t[i] = corner >> i & 1 ? sample->time_high[i] : sample->time_low[i];
            double figure = corner >> (i + 2) & 1 ? sample->high[i] : sample->low[i];
            if (!model->accepts(figure))
                return UP_OK;
            y[i] = model->to_scale(figure);
        }
        up_fit fit;
        up_status status = model->fit(t, y, 2, &fit, err);
        if (status != UP_OK)
            return status;
        for (size_t s = 0; s < projection->count; s++) {
            up_projection_step *step = &projection->steps[s];
            double at = model->from_scale(model->curve(&fit, step->time));
            if (!isfinite(at))
                return up_error_set(
                    err, UP_TOO_LITTLE_DATA,
                    "the range that two figures allow leaves the range of "
                    "numbers: too far a horizon");
            step->range.low = fmin(step->range.low, at);
            step->range.high = fmax(step->range.high, at);
        }
    }
    for (size_t i = 0; i < projection->count && floor != NULL; i++)
        projection->steps[i].range.low = fmax(projection->steps[i].range.low, *floor);
    projection->has_range = true;
    return UP_OK;
}

static up_status fill_median(const up_model *model, const up_fit *fit,
                             const double times[], size_t count,
                             up_projection *projection, up_error *err)
{
    up_status status =
        up_alloc(count, sizeof *projection->steps, &projection->steps, err);
    for (size_t i = 0; i < count && status == UP_OK; i++) {
        double value = model->from_scale(model->curve(fit, times[i]));
        projection->steps[i] = (up_projection_step){.time = times[i], .value = value};
        if (!isfinite(value))
            status =
                up_error_set(err, UP_TOO_LITTLE_DATA,
                             "the %s model leaves the range of numbers", model->name);
    }
    projection->count = count;
    return status;
}

static void fill_levels(const up_project_options *options, up_projection *projection)
{
    const double *levels = options->levels[0] > 0 ? options->levels : default_levels;
    size_t most = options->levels[0] > 0 ? UP_LEVELS_MAX : 2;
    while (projection->levels < most && levels[projection->levels] > 0) {
        projection->level[projection->levels] = levels[projection->levels];
        projection->levels++;
    }
}

/* The least the metric can be: its floor when that is a number, and for a counter what it has
 * reached. */
static bool metric_floor(const up_series *series, const up_sample *sample, double *floor)
{
    const char *text = series->data->metric.floor;
    bool has =
        text != NULL && text[0] != '\0' && up_number_parse(text, floor, NULL) == UP_OK;
    bool counter = series->data->metric.measure == UP_CUMULATIVE;
    if (!counter || sample->n == 0)
        return has;
    double reached = sample->value[sample->n - 1];
    *floor = has && *floor > reached ? *floor : reached;
    return true;
}

/* A projection below the least the metric can be is held there; when that happens to more
 * than one path in a hundred, the model is wrong for the metric. */
static up_status check_floor(const up_series *series, const up_model *model, double floor,
                             const up_projection *projection, up_error *err)
{
    const char *limit = series->data->metric.measure == UP_CUMULATIVE
                            ? "what the counter has reached"
                            : "the metric's floor";
    for (size_t i = 0; i < projection->count; i++)
        if (projection->steps[i].value < floor)
            return up_error_set(err, UP_TOO_LITTLE_DATA,
                                "%s: the %s model falls below %s", series->key,
                                model->name, limit);
    if (projection->clipped > 0.01) {
        char share[UP_NUMBER_SIZE];
        up_number_format_fixed(100 * projection->clipped, 1, share);
        return up_error_set(err, UP_TOO_LITTLE_DATA,
                            "%s: the %s model puts %s %% of its paths below %s",
                            series->key, model->name, share, limit);
    }
    return UP_OK;
}

static up_status fill_uncertainty(const up_series *series, const up_sample *sample,
                                  const double scaled[], const up_fit *fit,
                                  const up_project_options *options, const double *floor,
                                  up_projection *projection, up_error *err)
{
    const up_model *model = projection->model;
    size_t n = sample->n, k = model->parameters;
    if (n == k)
        return fill_range(sample, model, floor, projection, err);
    double scale = 0;
    for (size_t i = 0; i < n; i++)
        scale = fmax(scale, fabs(scaled[i]));
    /* on the curve up to the rounding of a double: there is no error to measure */
    if (sqrt(fit->rss) <= 1e-12 * scale) {
        projection->no_interval = "the figures lie exactly on the curve, so their error "
                                  "cannot be measured";
        return UP_OK;
    }
    projection->parameter_count =
        model->describe(fit, fit->rss / (double)(n - k), projection->parameters);
    projection->has_intervals = true;
    return up_paths_simulate(series, sample, scaled, fit, options, floor, projection,
                             err);
}

static up_status project(const up_series *series, const up_model *model,
                         const up_sample *sample, const up_project_options *options,
                         const double times[], size_t count, up_projection *projection,
                         up_error *err)
{
    double *scaled = NULL, floor = 0;
    up_fit fit;
    up_status status = check_sample(series, model, sample, err);
    if (status == UP_OK)
        status = check_times(series, sample, times, count, err);
    if (status == UP_OK)
        status = scale_figures(model, sample->value, sample->n, &scaled, err);
    if (status == UP_OK)
        status = model->fit(sample->time, scaled, sample->n, &fit, err);
    if (status == UP_OK)
        status = fill_median(model, &fit, times, count, projection, err);
    bool has_floor = metric_floor(series, sample, &floor);
    if (status == UP_OK) {
        projection->parameter_count = model->describe(&fit, 0, projection->parameters);
        projection->has_r_squared =
            up_r_squared(scaled, sample->n, fit.rss, &projection->r_squared);
        fill_aicc(sample, model, &fit, projection);
        status = fill_uncertainty(series, sample, scaled, &fit, options,
                                  has_floor ? &floor : NULL, projection, err);
    }
    if (status == UP_OK && has_floor)
        status = check_floor(series, model, floor, projection, err);
    free(scaled);
    return status;
}

up_status up_project(const up_series *series, const up_model *model,
                     const up_project_options *options, const double times[],
                     size_t count, up_projection *projection, up_error *err)
{
    up_sample sample;
    up_projection result = {.model = model};
    up_status status = up_sample_gather(series, options->across_breaks, &sample, err);
    if (status != UP_OK)
        return status;
    result.n = sample.n;
    result.left_out = sample.left_out;
    result.before_break = sample.before_break;
    fill_levels(options, &result);
    status = project(series, model, &sample, options, times, count, &result, err);
    up_sample_release(&sample);
    if (status == UP_OK)
        *projection = result;
    else
        up_projection_release(&result);
    return status;
}

void up_projection_release(up_projection *projection)
{
    if (projection == NULL)
        return;
    free(projection->steps);
    *projection = (up_projection){0};
}

static void run_job(size_t i, void *context)
{
    up_project_job *job = (up_project_job *)context + i;
    job->status = up_project(job->series, job->model, job->options, job->times,
                             job->count, &job->projection, &job->error);
}

void up_project_run(up_project_job jobs[], size_t count)
{
    gsl_error_handler_t *before = up_gsl_enter();
    up_parallel_for(count, run_job, jobs);
    up_gsl_leave(before);
}

size_t up_project_choose(const up_project_job jobs[], size_t count, const char **reason)
{
    size_t first = SIZE_MAX, best = SIZE_MAX, fitted = 0;
    bool comparable = true;
    for (size_t i = 0; i < count; i++) {
        if (jobs[i].status != UP_OK)
            continue;
        fitted++;
        comparable = comparable && jobs[i].projection.has_aicc;
        if (first == SIZE_MAX)
            first = best = i;
        else if (comparable && jobs[i].projection.aicc < jobs[best].projection.aicc)
            best = i;
    }
    *reason = fitted < 2   ? "the only model that can be fitted"
              : comparable ? "smallest AICc"
                           : "too few figures to choose between the models";
    return comparable ? best : first;
}
