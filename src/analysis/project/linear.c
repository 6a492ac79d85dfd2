/*     y = a + b t + e      the same amount every year */
#include <math.h>

#include "analysis/project/models.h"

static bool is_any(double figure)
{
    return isfinite(figure) != 0;
}

static double same(double figure)
{
    return figure;
}

static double zero(double figure)
{
    (void)figure;
    return 0;
}

static size_t describe(const up_fit *fit, double error_variance,
                       up_parameter parameters[UP_PARAMETERS_MAX])
{
    parameters[0] = (up_parameter){"change_per_year", fit->theta[1],
                                   sqrt(error_variance * fit->covariance[1][1])};
    return 1;
}

const up_model up_model_linear = {.name = "linear",
                                  .title = "constant change",
                                  .parameters = 2,
                                  .domain = "any figures",
                                  .accepts = is_any,
                                  .to_scale = same,
                                  .from_scale = same,
                                  .log_jacobian = zero,
                                  .fit = up_fit_straight_line,
                                  .curve = up_straight_line_at,
                                  .describe = describe};
