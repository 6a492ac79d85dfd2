/* The models, one file each. To add one: write its file, declare it here, list it in
 * models.c. */
#ifndef UPTICK_ANALYSIS_PROJECT_MODELS_H
#define UPTICK_ANALYSIS_PROJECT_MODELS_H

#include "uptick/project.h"

extern const up_model up_model_exponential;
extern const up_model up_model_linear;

/* Least squares of a straight line on the model's scale: theta = {level at origin, slope}.
 * Shared by the models that are lines on their scale. */
UP_MUST_CHECK up_status up_fit_straight_line(const double time[], const double scaled[],
                                             size_t n, up_fit *fit, up_error *err);
double up_straight_line_at(const up_fit *fit, double time);

#endif
