/* Points that fill the unit cube more evenly than random ones, and what is drawn with them.
 *
 *     up_quasi q;
 *     up_quasi_init(&q, 3, rng, err);
 *     up_quasi_next(&q);                  // the next point
 *     z = up_quasi_normal(&q);            // its coordinates, one after the other
 *     up_quasi_release(&q); */
#ifndef UPTICK_ANALYSIS_PROJECT_QUASI_H
#define UPTICK_ANALYSIS_PROJECT_QUASI_H

#include <gsl/gsl_qrng.h>
#include <gsl/gsl_rng.h>

#include "uptick/error.h"

enum { UP_QUASI_MOST = 12, UP_CHI_NODES = 33 };

typedef struct up_quasi {
    gsl_qrng *sobol;             /* owned */
    double shift[UP_QUASI_MOST]; /* drawn once: each point alone is even in the cube */
    double point[UP_QUASI_MOST];
    size_t dimensions, used; /* coordinates of the point that were taken */
    bool begun;
} up_quasi;

UP_MUST_CHECK up_status up_quasi_init(up_quasi *q, size_t dimensions, gsl_rng *rng,
                                      up_error *err);
void up_quasi_release(up_quasi *q);
void up_quasi_next(up_quasi *q);
double up_quasi_even(up_quasi *q); /* in (0, 1) */
double up_quasi_normal(up_quasi *q);

/* The i-th of a sequence whose numbers are as even when only some at even distances are taken:
 * fractions of i √2, i √3, … (at most four; R. D. Richtmyer, Los Alamos LA-1342, 1951), from a shift on. */
void up_quasi_turn(size_t i, const double shift[], size_t dimensions, double u[]);

/* χ² of some degrees of freedom as a function of a standard normal of the same probability. */
typedef struct up_chi {
    double log_at[UP_CHI_NODES], slope[UP_CHI_NODES];
} up_chi;
void up_chi_init(up_chi *chi, double dof);
double up_chi_log_at(const up_chi *chi, double z); /* ln χ² */

#endif
