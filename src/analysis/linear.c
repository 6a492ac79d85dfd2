#include "uptick/linear.h"

#include <math.h>

#include "base/memory.h"

static const up_wide zero = {0, 0};

/* The decomposition: below the diagonal of q and on it the Householder vectors, column
 * after column; r the triangle. */
typedef struct qr {
    size_t n, k;
    up_wide *q;  /* n × k, columns one after the other */
    up_wide *r;  /* k × k, row after row */
    up_wide *v2; /* k: 2 / v'v of each vector */
} qr;

static void release(qr *d)
{
    free(d->q);
    free(d->r);
    free(d->v2);
    *d = (qr){0};
}

static void add_product(up_wide *sum, up_wide a, up_wide b)
{
    *sum = up_wide_add(*sum, up_wide_multiply(a, b));
}

/* y := y - v (2 v'y / v'v), the reflection of column j. */
static void reflect(const qr *d, size_t j, up_wide *y)
{
    const up_wide *v = &d->q[j * d->n];
    up_wide dot = zero;
    for (size_t i = j; i < d->n; i++)
        add_product(&dot, v[i], y[i]);
    dot = up_wide_multiply(dot, d->v2[j]);
    for (size_t i = j; i < d->n; i++)
        y[i] = up_wide_subtract(y[i], up_wide_multiply(v[i], dot));
}

static up_wide norm(const up_wide *y, size_t from, size_t n)
{
    up_wide sum = zero;
    for (size_t i = from; i < n; i++)
        add_product(&sum, y[i], y[i]);
    return up_wide_square_root(sum);
}

/* Makes column j a reflection that takes it onto the diagonal: v = x + sign(x_j) |x| e_j.
 * What is left of a column that depends on those before it is rounding: 2^-90 of what it
 * was. */
static bool make_reflection(qr *d, size_t j, double length_before)
{
    up_wide *v = &d->q[j * d->n], length = norm(v, j, d->n);
    if (!(length.high > length_before * 0x1p-90))
        return false;
    if (v[j].high > 0)
        length = up_wide_subtract(zero, length);
    v[j] = up_wide_subtract(v[j], length);
    up_wide squared = zero;
    for (size_t i = j; i < d->n; i++)
        add_product(&squared, v[i], v[i]);
    d->v2[j] = up_wide_divide(up_wide_from_double(2), squared);
    d->r[j * d->k + j] = length;
    return true;
}

static up_status decompose(const up_wide *x, qr *d, up_error *err)
{
    for (size_t i = 0; i < d->n; i++)
        for (size_t j = 0; j < d->k; j++)
            d->q[j * d->n + i] = x[i * d->k + j];
    for (size_t j = 0; j < d->k; j++) {
        up_wide *column = &d->q[j * d->n];
        double length = norm(column, 0, d->n).high;
        for (size_t p = 0; p < j; p++) {
            reflect(d, p, column);
            d->r[p * d->k + j] = column[p];
        }
        if (!isfinite(length) || !make_reflection(d, j, length))
            return up_error_set(err, UP_TOO_LITTLE_DATA,
                                "a fit needs inputs that vary apart from each other "
                                "(column %zu follows from those before it)",
                                j + 1);
    }
    return UP_OK;
}

/* b = R^-1 (Q'y)_1..k; y is consumed. */
static void solve(const qr *d, up_wide *y, up_wide *b)
{
    for (size_t j = 0; j < d->k; j++)
        reflect(d, j, y);
    for (size_t i = d->k; i-- > 0;) {
        up_wide rest = y[i];
        for (size_t j = i + 1; j < d->k; j++)
            rest = up_wide_subtract(rest, up_wide_multiply(d->r[i * d->k + j], b[j]));
        b[i] = up_wide_divide(rest, d->r[i * d->k + i]);
    }
}

/* e = y - X b. */
static void residuals(const up_wide *x, const up_wide *y, const up_wide *b, const qr *d,
                      up_wide *e)
{
    for (size_t i = 0; i < d->n; i++) {
        e[i] = y[i];
        for (size_t j = 0; j < d->k; j++)
            e[i] = up_wide_subtract(e[i], up_wide_multiply(x[i * d->k + j], b[j]));
    }
}

/* t = R^-1, a triangle too: each column from the diagonal upwards. */
static void invert(const qr *d, up_wide *t)
{
    size_t k = d->k;
    for (size_t j = 0; j < k; j++) {
        t[j * k + j] = up_wide_divide(up_wide_from_double(1), d->r[j * k + j]);
        for (size_t i = j; i-- > 0;) {
            up_wide sum = zero;
            for (size_t m = i + 1; m <= j; m++)
                add_product(&sum, d->r[i * k + m], t[m * k + j]);
            t[i * k + j] = up_wide_divide(up_wide_subtract(zero, sum), d->r[i * k + i]);
        }
    }
}

/* (X'X)^-1 = T T', and the leverages |T' x_i|^2. */
static void fill_inverse(const up_wide *x, const up_wide *t, up_linear *fit)
{
    size_t k = fit->k;
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++) {
            up_wide sum = zero;
            for (size_t m = i > j ? i : j; m < k; m++)
                add_product(&sum, t[i * k + m], t[j * k + m]);
            fit->inverse[i * k + j] = up_wide_to_double(sum);
        }
    for (size_t i = 0; i < fit->n; i++) {
        up_wide length = zero;
        for (size_t j = 0; j < k; j++) {
            up_wide w = zero;
            for (size_t m = 0; m <= j; m++)
                add_product(&w, x[i * k + m], t[m * k + j]);
            add_product(&length, w, w);
        }
        fit->leverages[i] = up_wide_to_double(length);
    }
}

static up_wide mean_of(const up_wide *y, size_t n)
{
    up_wide sum = zero;
    for (size_t i = 0; i < n; i++)
        sum = up_wide_add(sum, y[i]);
    return up_wide_divide(sum, up_wide_from_double((double)n));
}

/* Sum of squares of y around `centre`. */
static up_wide squares(const up_wide *y, size_t n, up_wide centre)
{
    up_wide sum = zero;
    for (size_t i = 0; i < n; i++) {
        up_wide off = up_wide_subtract(y[i], centre);
        add_product(&sum, off, off);
    }
    return sum;
}

static bool all_same(const up_wide *y, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (y[i].high != y[0].high || y[i].low != y[0].low)
            return false;
    return true;
}

static void fill_statistics(const up_wide *y, const up_wide *e, bool intercept,
                            up_linear *fit)
{
    size_t n = fit->n, k = fit->k;
    up_wide rss = squares(e, n, zero);
    up_wide tss = squares(y, n, intercept ? mean_of(y, n) : zero);
    for (size_t i = 0; i < n; i++)
        fit->residuals[i] = up_wide_to_double(e[i]);
    fit->rss = up_wide_to_double(rss);
    fit->has_r_squared = tss.high > 0 && !(intercept && all_same(y, n));
    if (fit->has_r_squared)
        fit->r_squared = up_wide_to_double(
            up_wide_subtract(up_wide_from_double(1), up_wide_divide(rss, tss)));
    if (n == k)
        return;
    fit->residual_sd = sqrt(fit->rss / (double)(n - k));
    for (size_t j = 0; j < k; j++)
        fit->standard_errors[j] = fit->residual_sd * sqrt(fit->inverse[j * k + j]);
}

/* Memory of one fit besides its results. */
typedef struct workspace {
    up_wide *b, *step; /* k each */
    up_wide *e, *work; /* n each */
    up_wide *t;        /* k × k */
} workspace;

static void release_workspace(workspace *w)
{
    free(w->b);
    free(w->step);
    free(w->e);
    free(w->work);
    free(w->t);
}

static up_status allocate(size_t n, size_t k, qr *d, workspace *w, up_linear *fit,
                          up_error *err)
{
    *d = (qr){.n = n, .k = k};
    *fit = (up_linear){.n = n, .k = k};
    const struct {
        void *slot;
        size_t rows, columns, size;
    } parts[] = {{&d->q, n, k, sizeof(up_wide)},
                 {&d->r, k, k, sizeof(up_wide)},
                 {&d->v2, k, 1, sizeof(up_wide)},
                 {&w->b, k, 1, sizeof(up_wide)},
                 {&w->step, k, 1, sizeof(up_wide)},
                 {&w->e, n, 1, sizeof(up_wide)},
                 {&w->work, n, 1, sizeof(up_wide)},
                 {&w->t, k, k, sizeof(up_wide)},
                 {&fit->coefficients, k, 1, sizeof(double)},
                 {&fit->standard_errors, k, 1, sizeof(double)},
                 {&fit->inverse, k, k, sizeof(double)},
                 {&fit->residuals, n, 1, sizeof(double)},
                 {&fit->leverages, n, 1, sizeof(double)}};
    up_status status = UP_OK;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0] && status == UP_OK; i++)
        status =
            up_alloc(parts[i].rows, parts[i].columns * parts[i].size, parts[i].slot, err);
    return status;
}

static void copy(const up_wide *from, up_wide *to, size_t n)
{
    for (size_t i = 0; i < n; i++)
        to[i] = from[i];
}

/* The solution, once more for what its residuals leave, and all that follows from it. */
static up_status fit_all(const up_wide *x, const up_wide *y, bool intercept, qr *d,
                         workspace *w, up_linear *fit, up_error *err)
{
    up_status status = decompose(x, d, err);
    if (status != UP_OK)
        return status;
    copy(y, w->work, d->n);
    solve(d, w->work, w->b);
    residuals(x, y, w->b, d, w->e);
    copy(w->e, w->work, d->n);
    solve(d, w->work, w->step);
    for (size_t j = 0; j < d->k; j++) {
        w->b[j] = up_wide_add(w->b[j], w->step[j]);
        fit->coefficients[j] = up_wide_to_double(w->b[j]);
        if (!isfinite(fit->coefficients[j]))
            return up_error_set(err, UP_TOO_LITTLE_DATA, "the fit is out of range");
    }
    residuals(x, y, w->b, d, w->e);
    invert(d, w->t);
    fill_inverse(x, w->t, fit);
    fill_statistics(y, w->e, intercept, fit);
    return UP_OK;
}

up_status up_linear_fit(const up_wide *x, const up_wide *y, size_t n, size_t k,
                        bool intercept, up_linear *fit, up_error *err)
{
    qr d;
    workspace w = {0};
    up_linear result;
    if (k == 0 || n < k)
        return up_error_set(err, UP_TOO_LITTLE_DATA,
                            "%zu figures for %zu coefficients of a fit", n, k);
    up_status status = allocate(n, k, &d, &w, &result, err);
    if (status == UP_OK)
        status = fit_all(x, y, intercept, &d, &w, &result, err);
    if (status == UP_OK)
        *fit = result;
    else
        up_linear_release(&result);
    release(&d);
    release_workspace(&w);
    return status;
}

up_status up_linear_polynomial(const up_wide *x, const up_wide *y, size_t n,
                               size_t degree, up_linear *fit, up_error *err)
{
    up_wide *powers = NULL;
    size_t k = degree + 1;
    up_status status = up_alloc(n, k * sizeof *powers, &powers, err);
    for (size_t i = 0; i < n && status == UP_OK; i++) {
        powers[i * k] = up_wide_from_double(1);
        for (size_t j = 1; j < k; j++)
            powers[i * k + j] = up_wide_multiply(powers[i * k + j - 1], x[i]);
    }
    if (status == UP_OK)
        status = up_linear_fit(powers, y, n, k, true, fit, err);
    free(powers);
    return status;
}

void up_linear_release(up_linear *fit)
{
    if (fit == NULL)
        return;
    free(fit->coefficients);
    free(fit->standard_errors);
    free(fit->inverse);
    free(fit->residuals);
    free(fit->leverages);
    *fit = (up_linear){0};
}

up_status up_summarize(const up_wide *y, size_t n, up_summary *summary, up_error *err)
{
    if (n == 0)
        return up_error_set(err, UP_TOO_LITTLE_DATA, "no figures to summarise");
    up_summary s = {.n = n};
    up_wide mean = mean_of(y, n), spread = squares(y, n, mean), products = zero;
    for (size_t i = 0; i + 1 < n; i++)
        add_product(&products, up_wide_subtract(y[i], mean),
                    up_wide_subtract(y[i + 1], mean));
    s.mean = up_wide_to_double(mean);
    s.has_sd = n >= 2;
    s.has_autocorrelation = n >= 2 && !all_same(y, n);
    if (s.has_sd && !all_same(y, n))
        s.sd = up_wide_to_double(up_wide_square_root(
            up_wide_divide(spread, up_wide_from_double((double)(n - 1)))));
    if (s.has_autocorrelation)
        s.autocorrelation = up_wide_to_double(up_wide_divide(products, spread));
    *summary = s;
    return UP_OK;
}
