/*     ln y = a + b t + e      growth at a constant rate, exp(b) - 1 per year
 *
 * The error is multiplicative, so the median forecast exp(a + b t) is always positive. */
#include <math.h>

#include "analysis/project/models.h"

static bool is_positive(double figure)
{
    return figure > 0;
}

/* ln |d ln y / d y| = -ln y */
static double log_jacobian(double figure)
{
    return -log(figure);
}

/* rate = exp(b) - 1, se by the delta method: exp(b) se(b); doubling = ln 2 / b. */
static size_t describe(const up_fit *fit, double error_variance,
                       up_parameter parameters[UP_PARAMETERS_MAX])
{
    double b = fit->theta[1], se = sqrt(error_variance * fit->covariance[1][1]);
    parameters[0] = (up_parameter){"rate_per_year", expm1(b), exp(b) * se};
    if (b == 0)
        return 1;
    parameters[1] = (up_parameter){"doubling_years", M_LN2 / b, M_LN2 / (b * b) * se};
    return 2;
}

const up_model up_model_exponential = {.name = "exponential",
                                       .title = "constant growth rate",
                                       .parameters = 2,
                                       .domain = "positive figures",
                                       .accepts = is_positive,
                                       .to_scale = log,
                                       .from_scale = exp,
                                       .log_jacobian = log_jacobian,
                                       .fit = up_fit_straight_line,
                                       .curve = up_straight_line_at,
                                       .describe = describe};
