/* The figures that count (i) and the soft ones (j), at a curve η and an error σ:
 *
 *     p(y | φ, σ) = Π_i p(y_i) · Π_j P(low_j <= η_j + e <= high_j),   e ~ N(0, σ² + v_j)
 *
 * A range or bound says only that its figure lies within: interval censoring (T. Amemiya, Advanced
 * Econometrics, 1985, 10.2); it counts towards no n and has no residual.
 *
 * A date that may be anything in a span: with a and b the curve at its ends, and the curve even between
 * them (it is linear over so short a time),
 *
 *     p(y_i) = 1 / (b - a) ∫_a^b N(y_i - z; 0, σ²) dz = (Φ((y_i - a) / σ) - Φ((y_i - b) / σ)) / (b - a)
 *
 * of variance σ² + v, v = (b - a)² / 12. Of a counter's increment both ends may be spans; then it is
 * normal, with the sum of both v, as it is where a range has a span for its date. The error that dates make
 * is part of the residuals already; as σ is told beside it here, and a new figure has an error of σ
 * alone, a date counts once.
 *
 * Where there are no more exact dates than parameters (k) the residuals may be the dates' own, and
 * Jeffreys' 1 / σ has too much near 0 to be integrated. His prior of σ² in N(0, σ² + v) is
 *
 *     p(σ²) ∝ 1 / (σ² + v)              v the (k + 1)-th smallest: k figures can always be met
 *
 * (G. E. P. Box and G. C. Tiao, Bayesian Inference in Statistical Analysis, 1973, 5.2.3, where σ² + v is
 * the variance of a mean). With v = 0 and no ranges all this is Jeffreys' 1 / σ, and the integral
 * SSE^(-n/2).
 *
 * The integral over ln σ is a sum over even steps from a start that is drawn, so that it is right on
 * average and no σ is left out. */
#include "analysis/project/marginal.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

enum { STEPS_MAX = 40 };

up_status up_marginal_init(const up_problem *problem, const up_fit *fit, double raise,
                           up_marginal *marginal, up_error *err)
{
    static const double tail = 1e-5;
    double n = (double)problem->counted;
    up_marginal m = {.problem = problem,
                     .parameters = fit->parameters,
                     .raise = raise,
                     .narrow = 1 / sqrt(gsl_cdf_chisq_Qinv(tail, n)),
                     .wide = 1 / sqrt(gsl_cdf_chisq_Pinv(tail, n))};
    up_status status = up_alloc(problem->rows, sizeof *m.rows, &m.rows, err);
    if (status == UP_OK)
        *marginal = m;
    return status;
}

void up_marginal_release(up_marginal *marginal)
{
    free(marginal->rows);
    *marginal = (up_marginal){0};
}

/* --- Rows -------------------------------------------------------------------------------------------- */

/* What the curve may be over a span, from one end to the other. False: it is undefined at one. */
static bool add_span(const up_drawn *curve, double from_low, double to_low,
                     double from_high, double to_high, up_blurred *row)
{
    double a, b;
    if (!up_drawn_scaled(curve, from_low, to_low, &a, NULL) ||
        !up_drawn_scaled(curve, from_high, to_high, &b, NULL))
        return false;
    row->low += fmin(a, b) - row->eta;
    row->high += fmax(a, b) - row->eta;
    row->variance += (b - a) * (b - a) / 12;
    return true;
}

/* Of a counter each end of the increment is off for itself, and neither past the middle: the other
 * figure is known to be on its own side. */
static bool set_spans(const up_problem *p, size_t i, const up_drawn *curve,
                      up_blurred *row)
{
    double from = p->from[i], to = p->to[i], half = (to - from) / 2;
    up_bounds a = p->slack[i].from, b = p->slack[i].to;
    row->low = row->high = row->eta;
    row->variance = 0;
    if (!p->course->counter)
        return !(b.low < b.high) ||
               add_span(curve, from + b.low, to + b.low, from + b.high, to + b.high, row);
    a.high = fmin(a.high, half);
    b.low = fmax(b.low, -half);
    return (!(a.low < a.high) ||
            add_span(curve, from + a.low, to, from + a.high, to, row)) &&
           (!(b.low < b.high) ||
            add_span(curve, from, to + b.low, from, to + b.high, row));
}

static bool set_rows(up_marginal *m, const double phi[])
{
    const up_problem *p = m->problem;
    up_drawn curve = up_course_draw(p->course, phi);
    for (size_t i = 0; i < p->rows; i++)
        if (!up_drawn_scaled(&curve, p->from[i], p->to[i], &m->rows[i].eta, NULL) ||
            !set_spans(p, i, &curve, &m->rows[i]))
            return false;
    return true;
}

/* --- One σ ------------------------------------------------------------------------------------------- */

/* P(low <= e <= high), e ~ N(0, s²), from the tail that is the smaller; of a range without a width the
 * density. */
static double within(double low, double high, double s)
{
    static const double narrow = 1e-6;
    double a = low / s, b = high / s;
    if (b - a < narrow)
        return exp(-a * a / 2) / (s * sqrt(2 * M_PI)) * (high > low ? high - low : 1);
    return a > 0   ? (erfc(a * M_SQRT1_2) - erfc(b * M_SQRT1_2)) / 2
           : b < 0 ? (erfc(-b * M_SQRT1_2) - erfc(-a * M_SQRT1_2)) / 2
                   : 1 - (erfc(-a * M_SQRT1_2) + erfc(b * M_SQRT1_2)) / 2;
}

/* The (k + 1)-th smallest of the dates' variances: k figures are met whatever they are. */
static double hidden_by_dates(const up_marginal *m)
{
    double least[UP_CURVE_PARAMETERS + 1];
    size_t most = m->parameters + 1, kept = 0;
    for (size_t i = 0; i < m->problem->counted; i++) {
        double v = m->rows[i].variance;
        if (kept == most && v >= least[kept - 1])
            continue;
        size_t j = kept < most ? kept++ : kept - 1;
        for (; j > 0 && least[j - 1] > v; j--)
            least[j] = least[j - 1];
        least[j] = v;
    }
    return kept > 0 ? least[kept - 1] : 0;
}

/* What does not change with σ. */
typedef struct sums {
    double plain;   /* rows that count, of exact dates */
    double squares; /* their sum of squares */
    double hidden;  /* σ² up to which the dates hide it */
} sums;

static sums add_up(const up_marginal *m)
{
    const up_problem *p = m->problem;
    sums s = {.hidden = hidden_by_dates(m)};
    for (size_t i = 0; i < p->counted; i++) {
        double r = p->y[i] - m->rows[i].eta;
        if (m->rows[i].variance > 0)
            continue;
        s.plain++;
        s.squares += r * r;
    }
    return s;
}

/* A product whose logarithm is wanted: taking it seldom is what makes this quick. */
typedef struct product {
    double factors, logs;
} product;

static void multiply(product *p, double factor)
{
    p->factors *= factor;
    if (p->factors > 1e-100 && p->factors < 1e100)
        return;
    p->logs += log(p->factors);
    p->factors = 1;
}

static double log_of(const product *p)
{
    return p->logs + log(p->factors);
}

/* One date alone is a span: as the curve is linear over it, the figure is even between its ends. */
static bool is_even(const up_blurred *row)
{
    double width = row->high - row->low;
    return width > 0 && row->variance >= width * width / 12 * (1 - 1e-9);
}

/* ln of what is integrated over ln σ: p(σ²) dσ² is σ² / (σ² + v) d ln σ there. */
static double log_density(const up_marginal *m, const sums *s, double sigma)
{
    const up_problem *p = m->problem;
    double square = sigma * sigma, with_hidden = square + s->hidden;
    double sum = -s->plain * log(sigma) - s->squares / (2 * square) -
                 m->raise / (2 * with_hidden) - log(with_hidden / square);
    product spread = {1, 0}, likely = {1, 0};
    for (size_t i = 0; i < p->rows; i++) {
        const up_blurred *row = &m->rows[i];
        double variance = square + row->variance, r = p->y[i] - row->eta;
        if (i >= p->counted)
            multiply(&likely,
                     within(p->low[i] - row->eta, p->high[i] - row->eta, sqrt(variance)));
        else if (is_even(row)) {
            multiply(&likely, within(p->y[i] - row->high, p->y[i] - row->low, sigma) /
                                  (row->high - row->low));
        } else if (row->variance > 0) {
            multiply(&spread, variance);
            sum -= r * r / (2 * variance);
        }
    }
    return sum - log_of(&spread) / 2 + log_of(&likely);
}

/* --- All --------------------------------------------------------------------------------------------- */

double up_marginal_log(up_marginal *marginal, const double phi[], double sse,
                       double start, double share, double *sigma)
{
    double at[STEPS_MAX], log_at[STEPS_MAX], largest = -INFINITY, total = 0;
    if (!set_rows(marginal, phi))
        return -INFINITY;
    sums s = add_up(marginal);
    double narrow = marginal->narrow * sqrt(sse), wide = marginal->wide * sqrt(sse);
    if (s.hidden > 0)
        narrow = fmin(narrow, 0.05 * sqrt(s.hidden));
    /* ln σ is known to 1 / √(2 n) */
    double width = log(wide / narrow);
    int steps =
        (int)fmin(ceil(width * sqrt(2 * (double)marginal->problem->counted)), STEPS_MAX);
    double step = width / steps;
    for (int i = 0; i < steps; i++) {
        at[i] = narrow * exp((i + start) * step);
        log_at[i] = log_density(marginal, &s, at[i]);
        largest = fmax(largest, log_at[i]);
    }
    if (!isfinite(largest))
        return -INFINITY;
    for (int i = 0; i < steps; i++)
        total += exp(log_at[i] - largest);
    double left = total * share;
    int chosen = 0;
    while (chosen + 1 < steps && (left -= exp(log_at[chosen] - largest)) > 0)
        chosen++;
    *sigma = at[chosen];
    return largest + log(total * step);
}
