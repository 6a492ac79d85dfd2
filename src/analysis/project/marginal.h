/* How likely figures are whose dates or values are known as ranges, with σ integrated out. */
#ifndef UPTICK_ANALYSIS_PROJECT_MARGINAL_H
#define UPTICK_ANALYSIS_PROJECT_MARGINAL_H

#include "analysis/project/fit.h"

/* A row at one curve. */
typedef struct up_blurred {
    double eta;
    double low, high; /* what eta may be for a date in its span */
    double variance;  /* that its dates make */
} up_blurred;

typedef struct up_marginal {
    const up_problem *problem;
    size_t parameters;   /* k, that are fitted */
    double raise;        /* what is added to every sum of squares */
    double narrow, wide; /* σ / √SSE that nearly all of χ²_n lies between */
    up_blurred *rows;    /* owned; room to work in */
} up_marginal;

UP_MUST_CHECK up_status up_marginal_init(const up_problem *problem, const up_fit *fit,
                                         double raise, up_marginal *marginal,
                                         up_error *err);
void up_marginal_release(up_marginal *marginal);

/* ln of ∫ p(y | φ, σ) p(σ) dσ but for a constant, and a σ drawn from what is integrated; -INFINITY
 * where the curve is undefined. `sse`: the sum of squares at phi with the raise; `start` and `share`:
 * random numbers in (0, 1). */
double up_marginal_log(up_marginal *marginal, const double phi[], double sse,
                       double start, double share, double *sigma);

#endif
