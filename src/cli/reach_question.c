/* What is asked of a projection: which level, by when, how far to look. */
#include "cli/reach_question.h"

#include <math.h>

enum { LEAST_HORIZON = 10 }; /* years */

/* The end of a period, on the series' basis. */
static up_status read_moment(const up_arguments *args, const up_series *series,
                             const char *text, double *moment, up_error *err)
{
    up_period period;
    up_status status = up_cli_period(args, &series->data->metric, text, &period, err);
    if (status == UP_OK && !up_period_is_bounded(&period))
        status = up_error_set(err, UP_USAGE, "'%s' has no end", text);
    if (status != UP_OK)
        return status;
    up_time_basis basis =
        up_period_months(&period) > 0 ? series->basis : UP_TIME_CALENDAR;
    *moment = up_period_moment(&period, UP_ANCHOR_END, basis).high;
    return UP_OK;
}

/* As far again as the figures go back, ten years at least, to the end of a year. */
static double usual_horizon(const up_series *series)
{
    double first = series->points[0].time.value,
           last = series->points[series->count - 1].time.high;
    return ceil(last + fmax(LEAST_HORIZON, last - first));
}

up_status up_cli_reach_question(const up_arguments *args, const up_series *series,
                                const char *level, up_reach_question *question,
                                up_error *err)
{
    const char *by = up_args_option(args, "by"),
               *horizon = up_args_option(args, "horizon");
    *question = (up_reach_question){.horizon = usual_horizon(series),
                                    .again = up_args_flag(args, "again"),
                                    .has_by = by != NULL};
    up_status status = up_cli_level(&series->data->metric, level, &question->target, err);
    if (status == UP_OK && by != NULL)
        status = read_moment(args, series, by, &question->by, err);
    if (status == UP_OK && horizon != NULL)
        status = read_moment(args, series, horizon, &question->horizon, err);
    if (status == UP_OK && question->has_by && question->by > question->horizon)
        question->horizon = question->by;
    return status;
}
