#include "uptick/trend.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#include "analysis/gsl_guard.h"
#include "analysis/sample.h"
#include "analysis/trend_parts.h"
#include "base/memory.h"

const char *const up_trend_method_names[UP_TREND_METHODS] = {
    [UP_TREND_OLS] = "ols", [UP_TREND_HAC] = "hac", [UP_TREND_ROBUST] = "robust"};

/* A run of figures: t in years from the first, y logarithms, wide copies of both. */
typedef struct run {
    const char *name; /* of the series, and which part of it: for errors */
    const up_sample *sample;
    size_t from, n;
    double *t, *y;       /* owned, n each */
    up_wide *wt, *wy;    /* owned, n each; t around its mean */
    up_trend_input *box; /* owned, n: what is admissible */
    bool is_open;        /* some of it is a span */
} run;

static void run_release(run *r)
{
    free(r->t);
    free(r->y);
    free(r->wt);
    free(r->wy);
    free(r->box);
}

static void fill_run(run *r)
{
    const up_sample *s = r->sample;
    double origin = s->time[r->from], sum = 0;
    for (size_t i = 0; i < r->n; i++) {
        size_t at = r->from + i;
        r->t[i] = s->time[at] - origin;
        r->y[i] = log(s->value[at]);
        r->box[i] = (up_trend_input){s->time_low[at] - origin, s->time_high[at] - origin,
                                     s->low[at] > 0 ? log(s->low[at]) : -INFINITY,
                                     log(s->high[at])};
        r->is_open = r->is_open || r->box[i].time_low < r->box[i].time_high ||
                     r->box[i].low < r->box[i].high;
        sum += r->t[i];
    }
    for (size_t i = 0; i < r->n; i++) {
        r->wt[i] = up_wide_from_double(r->t[i] - sum / (double)r->n);
        r->wy[i] = up_wide_from_double(r->y[i]);
    }
}

/* "v: 2 figures to fit after the break in 2023 (--across-breaks passes it; …)". */
static up_status too_few(const char *name, const up_sample *sample, size_t n,
                         up_error *err)
{
    up_buffer broken = {0};
    if (sample->broken != NULL) {
        up_buffer_add(&broken, " after the break in ");
        up_period_label(&sample->broken->observation->period, &broken);
    }
    up_status status =
        up_error_set(err, UP_TOO_LITTLE_DATA,
                     "%s: %zu figure%s to fit%s (%sbounds and implied ones do not "
                     "count); a trend with an "
                     "interval needs 3",
                     name, n, n == 1 ? "" : "s", up_buffer_text(&broken),
                     sample->broken != NULL ? "--across-breaks fits through it; " : "");
    up_buffer_release(&broken);
    return status;
}

/* Years from the first figure (sums of years since 0 would cancel), and logarithms. */
static up_status run_init(const char *name, const up_sample *sample, size_t from,
                          size_t n, run *r, up_error *err)
{
    *r = (run){.name = name, .sample = sample, .from = from, .n = n};
    if (n < 3)
        return too_few(name, sample, n, err);
    if (sample->time[from] == sample->time[from + n - 1])
        return up_error_set(err, UP_TOO_LITTLE_DATA, "%s: all figures are of one moment",
                            name);
    for (size_t i = from; i < from + n; i++)
        if (sample->value[i] <= 0)
            return up_error_set(err, UP_TOO_LITTLE_DATA,
                                "%s: a growth trend needs positive figures", name);
    up_status status = up_alloc(n, sizeof *r->t, &r->t, err);
    if (status == UP_OK)
        status = up_alloc(n, sizeof *r->y, &r->y, err);
    if (status == UP_OK)
        status = up_alloc(n, sizeof *r->wt, &r->wt, err);
    if (status == UP_OK)
        status = up_alloc(n, sizeof *r->wy, &r->wy, err);
    if (status == UP_OK)
        status = up_alloc(n, sizeof *r->box, &r->box, err);
    if (status == UP_OK)
        fill_run(r);
    return status;
}

/* ---- the slope and its interval ---- */

/* doubling = ln 2 / b, for the slope and both ends of its interval. */
static void fill_doubling(double b, double b_low, double b_high, up_trend *trend)
{
    trend->has_doubling = b != 0;
    if (!trend->has_doubling)
        return;
    trend->doubling = M_LN2 / b;
    trend->outside = b_low <= 0 && b_high >= 0;
    double x = b_low != 0 ? M_LN2 / b_low : -INFINITY;
    double y = b_high != 0 ? M_LN2 / b_high : INFINITY;
    trend->doubling_low = trend->outside ? x : y;
    trend->doubling_high = trend->outside ? y : x;
}

/* What is less than this, of slopes a year, is but the rounding of an exact line. */
static const double rounding = 1e-12;

static double quantile(double level, size_t degrees)
{
    up_gsl_enter();
    double q = gsl_cdf_tdist_Pinv((1 + level) / 2, (double)degrees);
    up_gsl_leave();
    return q;
}

static up_status fill_rate(const run *r, const up_slope *slope, up_trend *trend,
                           up_error *err)
{
    double b = slope->slope, half = quantile(trend->level, r->n - 2) * slope->se;
    if (!isfinite(b) || !isfinite(half))
        return up_error_set(err, UP_TOO_LITTLE_DATA, "%s: the trend cannot be computed",
                            r->name);
    if (half < rounding * fmax(1, fabs(b)))
        half = 0;
    trend->rate_per_year = expm1(b);
    if (!isfinite(trend->rate_per_year))
        return up_error_set(err, UP_TOO_LITTLE_DATA,
                            "%s: the trend is too steep to be told per year", r->name);
    trend->rate_low = expm1(b - half);
    trend->rate_high = expm1(b + half);
    trend->residual_sd = slope->residual_sd;
    trend->has_r_squared = slope->has_r_squared;
    trend->r_squared = slope->r_squared;
    fill_doubling(b, b - half, b + half, trend);
    return UP_OK;
}

enum { LEAST_ROBUST = 5 }; /* fewer do not tell an outlier from a line */

/* The slope by the method asked for. Figures that are all the same have the slope 0 exactly,
 * not but for rounding. */
static up_status find_slope(const run *r, const up_linear *fit, up_slope *slope,
                            up_trend *trend, up_error *err)
{
    if (!fit->has_r_squared) {
        *slope = (up_slope){0};
        return UP_OK;
    }
    if (trend->method == UP_TREND_ROBUST && r->n < LEAST_ROBUST)
        return up_error_set(err, UP_TOO_LITTLE_DATA,
                            "%s: %zu figures to fit; a robust trend needs %d", r->name,
                            r->n, (int)LEAST_ROBUST);
    if (trend->method == UP_TREND_ROBUST)
        return up_slope_robust(r->t, r->y, r->n, 1, slope, err);
    *slope = (up_slope){.slope = fit->coefficients[1],
                        .se = fit->standard_errors[1],
                        .residual_sd = fit->residual_sd,
                        .has_r_squared = true,
                        .r_squared = fit->r_squared};
    if (trend->method == UP_TREND_HAC) {
        slope->se = up_hac_standard_error(fit, 1, r->wt);
        trend->lags = up_hac_lags(r->n);
    }
    return UP_OK;
}

/* ---- diagnostics ---- */

/* r = sum e_i e_(i-1) / sum e_i^2 and d = sum (e_i - e_(i-1))^2 / sum e_i^2 (J. Durbin and
 * G. S. Watson, Biometrika 37, 1950), of the figures in their order, whatever lies between them:
 * a gap does not make residuals independent. Residuals that are but rounding say nothing. */
static void fill_autocorrelation(const run *r, const up_linear *fit, up_trend *trend)
{
    enum { LEAST = 6 };
    const double *e = fit->residuals;
    double products = 0, differences = 0;
    if (r->n < LEAST || fit->residual_sd < rounding)
        return;
    for (size_t i = 1; i < r->n; i++) {
        products += e[i] * e[i - 1];
        differences += (e[i] - e[i - 1]) * (e[i] - e[i - 1]);
    }
    trend->has_autocorrelation = true;
    trend->autocorrelation = products / fit->rss;
    trend->durbin_watson = differences / fit->rss;
    trend->is_autocorrelated = fabs(trend->autocorrelation) > 2 / sqrt((double)r->n);
}

/* Without figure i the coefficients are b - (X'X)^-1 x_i e_i / (1 - h_i) (R. D. Cook, Techno-
 * metrics 19, 1977); a figure of leverage 1 cannot be left out. */
static void fill_leave_out(const run *r, const up_linear *fit, up_trend *trend)
{
    double b = fit->coefficients[1], least = b, most = b, farthest = -1;
    if (r->n < 4)
        return;
    for (size_t i = 0; i < r->n; i++) {
        double rest = 1 - fit->leverages[i], t = up_wide_to_double(r->wt[i]);
        if (rest < 1e-9)
            continue;
        double move = -(fit->inverse[2] + fit->inverse[3] * t) * fit->residuals[i] / rest;
        least = fmin(least, b + move);
        most = fmax(most, b + move);
        if (fabs(move) > farthest) {
            farthest = fabs(move);
            trend->carrier = r->sample->point[r->from + i];
        }
    }
    trend->has_leave_out = farthest >= 0;
    trend->leave_out_low = expm1(least);
    trend->leave_out_high = expm1(most);
    trend->is_carried = farthest > rounding && (trend->leave_out_low < trend->rate_low ||
                                                trend->leave_out_high > trend->rate_high);
}

/* c of a + b t + c t², with its standard error by the method asked for. */
static up_status find_curvature(const run *r, up_trend_method method, up_slope *c,
                                up_error *err)
{
    up_linear fit;
    if (method == UP_TREND_ROBUST)
        return up_slope_robust(r->t, r->y, r->n, 2, c, err);
    up_status status = up_linear_polynomial(r->wt, r->wy, r->n, 2, &fit, err);
    if (status != UP_OK)
        return status;
    *c = (up_slope){.slope = fit.coefficients[2],
                    .se = method == UP_TREND_HAC ? up_hac_standard_error(&fit, 2, r->wt)
                                                 : fit.standard_errors[2],
                    .has_r_squared = fit.has_r_squared};
    up_linear_release(&fit);
    return UP_OK;
}

/* The slope of a + b t + c t² changes by 2 c a year. */
static up_status fill_acceleration(const run *r, bool varies, up_trend *trend,
                                   up_error *err)
{
    up_slope c;
    up_error why = {0};
    if (r->n < (trend->method == UP_TREND_ROBUST ? LEAST_ROBUST + 1 : 4) || !varies)
        return UP_OK;
    up_status status = find_curvature(r, trend->method, &c, &why);
    if (status == UP_TOO_LITTLE_DATA)
        return UP_OK; /* two moments only, or weights that do not settle */
    if (status != UP_OK)
        return up_error_set(err, status, "%s", why.message);
    double half = quantile(trend->level, r->n - 3) * 2 * c.se;
    bool is_rounding = half + fabs(2 * c.slope) < rounding;
    trend->has_acceleration = isfinite(half) && !is_rounding;
    trend->acceleration = 2 * c.slope;
    trend->acceleration_low = trend->acceleration - half;
    trend->acceleration_high = trend->acceleration + half;
    return UP_OK;
}

/* ---- what the inputs leave open ---- */

static up_status fill_range(const run *r, up_trend *trend, up_error *err)
{
    static const char no_floor[] = "a figure may be zero";
    static const char no_slope[] =
        "all dates may be the same, or too many may be on either side of the middle";
    double least, greatest;
    up_error why = {0};
    if (trend->method == UP_TREND_ROBUST)
        return UP_OK;
    trend->has_range = !r->is_open;
    trend->range_low = trend->range_high = trend->rate_per_year;
    if (!r->is_open)
        return UP_OK;
    for (size_t i = 0; i < r->n; i++)
        if (isinf(r->box[i].low))
            trend->range_refused = no_floor;
    if (trend->range_refused != NULL)
        return UP_OK;
    up_status status = up_trend_range(r->box, r->n, &least, &greatest, &why);
    if (status == UP_TOO_LITTLE_DATA) {
        trend->range_refused = no_slope;
        return UP_OK;
    }
    if (status != UP_OK)
        return up_error_set(err, status, "%s", why.message);
    trend->has_range = true;
    trend->range_low = expm1(least);
    trend->range_high = expm1(greatest);
    return UP_OK;
}

/* ---- the interface ---- */

static up_status fit_run(const run *r, up_trend *trend, up_error *err)
{
    up_linear fit;
    up_slope slope;
    up_status status = up_linear_polynomial(r->wt, r->wy, r->n, 1, &fit, err);
    if (status != UP_OK)
        return status;
    status = find_slope(r, &fit, &slope, trend, err);
    if (status == UP_OK)
        status = fill_rate(r, &slope, trend, err);
    if (status == UP_OK && trend->method != UP_TREND_ROBUST) {
        fill_autocorrelation(r, &fit, trend);
        fill_leave_out(r, &fit, trend);
    }
    if (status == UP_OK)
        status = fill_acceleration(r, fit.has_r_squared, trend, err);
    if (status == UP_OK)
        status = fill_range(r, trend, err);
    up_linear_release(&fit);
    return status;
}

/* A trend through n figures of the sample. */
static up_status fit_part(const char *name, const up_sample *sample, size_t from,
                          size_t n, const up_trend_options *options, up_trend *trend,
                          up_error *err)
{
    run r;
    up_trend result = {.n = n,
                       .left_out = sample->left_out,
                       .before_break = sample->before_break,
                       .method = options->method,
                       .level = options->level > 0 ? options->level : 0.95};
    up_status status = run_init(name, sample, from, n, &r, err);
    if (status == UP_OK) {
        result.first = sample->point[from];
        result.last = sample->point[from + n - 1];
        for (size_t i = from + 1; i < from + n; i++)
            result.breaks += sample->point[i]->after_break;
        status = fit_run(&r, &result, err);
    }
    if (status == UP_OK)
        *trend = result;
    run_release(&r);
    return status;
}

up_status up_trend_fit(const up_series *series, const up_trend_options *options,
                       up_trend *trend, up_error *err)
{
    up_sample sample = {0};
    up_status status = up_sample_gather(series, options->across_breaks, &sample, err);
    if (status == UP_OK)
        status = fit_part(series->key, &sample, 0, sample.n, options, trend, err);
    up_sample_release(&sample);
    return status;
}

/* Fits of several parts of a series; those that cannot be fitted are remarked. */
typedef struct fits {
    const up_sample *sample;
    const up_trend_options *options;
    up_trend_list *list;
    up_remarks *remarks;
    up_error first; /* why the first that cannot be fitted cannot */
} fits;

static up_status push_part(fits *f, const up_buffer *name, size_t from, size_t n,
                           up_error *err)
{
    up_trend_list *list = f->list;
    up_error why = {0};
    up_status status = up_buffer_check(name, err);
    if (status == UP_OK)
        status = up_grow(&list->items, &list->capacity, list->count + 1,
                         sizeof *list->items, err);
    if (status != UP_OK)
        return status;
    status = fit_part(up_buffer_text(name), f->sample, from, n, f->options,
                      &list->items[list->count], &why);
    if (status == UP_OK)
        list->count++;
    else if (status != UP_TOO_LITTLE_DATA)
        return up_error_set(err, status, "%s", why.message);
    else if (f->first.code == UP_OK)
        f->first = why;
    else
        up_remarks_add(f->remarks, UP_NOTE, NULL, 0, "%s", why.message);
    return UP_OK;
}

/* The first reason is remarked with the others, or the error where no part can be fitted. */
static up_status end_parts(fits *f, size_t before, up_error *err)
{
    if (f->first.code == UP_OK)
        return UP_OK;
    if (f->list->count == before)
        return up_error_set(err, f->first.code, "%s", f->first.message);
    up_remarks_add(f->remarks, UP_NOTE, NULL, 0, "%s", f->first.message);
    return UP_OK;
}

up_status up_trend_rolling(const up_series *series, const up_trend_options *options,
                           size_t size, up_trend_list *list, up_remarks *remarks,
                           up_error *err)
{
    up_sample sample = {0};
    up_buffer name = {0};
    fits f = {.sample = &sample, .options = options, .list = list, .remarks = remarks};
    size_t before = list->count;
    up_status status = up_sample_gather(series, options->across_breaks, &sample, err);
    if (status == UP_OK && sample.n < size)
        status = up_error_set(err, UP_TOO_LITTLE_DATA,
                              "%s: %zu figure%s to fit, less than the %zu of one window",
                              series->key, sample.n, sample.n == 1 ? "" : "s", size);
    for (size_t i = 0; status == UP_OK && i + size <= sample.n; i++) {
        up_buffer_clear(&name);
        up_buffer_addf(&name, "%s from ", series->key);
        up_period_label(&sample.point[i]->observation->period, &name);
        status = push_part(&f, &name, i, size, err);
    }
    if (status == UP_OK)
        status = end_parts(&f, before, err);
    up_buffer_release(&name);
    up_sample_release(&sample);
    return status;
}

/* "users", "users before 2020", "users from 2020 on". */
static void name_part(const up_series *series, const up_period splits[], size_t count,
                      size_t part, up_buffer *name)
{
    up_buffer_clear(name);
    up_buffer_add(name, series->key);
    if (count == 0)
        return;
    up_buffer_add(name, part == 0 ? " before " : " from ");
    up_period_label(&splits[part > 0 ? part - 1 : 0], name);
    up_buffer_add(name, part > 0 ? " on" : "");
}

up_status up_trend_split(const up_series *series, const up_trend_options *options,
                         const up_period splits[], size_t count, up_trend_list *list,
                         up_remarks *remarks, up_error *err)
{
    up_sample sample = {0};
    up_buffer name = {0};
    fits f = {.sample = &sample, .options = options, .list = list, .remarks = remarks};
    size_t before = list->count, from = 0;
    up_status status = up_sample_gather(series, options->across_breaks, &sample, err);
    for (size_t part = 0; part <= count && status == UP_OK; part++) {
        size_t end = from;
        while (end < sample.n &&
               (part == count ||
                sample.point[end]->observation->period.start < splits[part].start))
            end++;
        name_part(series, splits, count, part, &name);
        status = push_part(&f, &name, from, end - from, err);
        from = end;
    }
    if (status == UP_OK)
        status = end_parts(&f, before, err);
    up_buffer_release(&name);
    up_sample_release(&sample);
    return status;
}

bool up_trend_is_doubtful(const up_trend *t)
{
    return (t->is_autocorrelated && t->method != UP_TREND_HAC) ||
           (t->has_leave_out && t->is_carried) || t->breaks > 0;
}

void up_trend_list_release(up_trend_list *list)
{
    if (list == NULL)
        return;
    free(list->items);
    *list = (up_trend_list){0};
}
