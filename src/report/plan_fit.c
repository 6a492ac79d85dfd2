/* The plan of fits: the figures, the pool of the models as a fan, and the curve of each model from the
 * first figure to the horizon. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "report/plan_parts.h"
#include "uptick/number.h"

enum { CURVE = 120 }; /* points of a curve */

/* What is drawn as a curve of its own: the members of the pool, and what is asked for by name; without one
 * all that were fitted. */
static bool is_drawn(const up_project_job jobs[], size_t count, size_t i)
{
    bool pooled = jobs[up_project_choose(jobs, count)].model == &up_model_auto;
    return jobs[i].status == UP_OK && jobs[i].model != &up_model_auto &&
           (!pooled || jobs[i].shown || jobs[i].projection.weight >= 0.005);
}

/* "exponential 86 %" */
static up_status name_curve(const up_projection *p, up_chart_plan *plan,
                            const char **label, up_error *err)
{
    char number[UP_NUMBER_SIZE];
    up_buffer text = {0};
    up_buffer_add(&text, up_model_word(plan->language, up_model_name(p->model)));
    if (p->weight > 0) {
        up_number_format_fixed(100 * p->weight, 0, number);
        up_buffer_add_char(&text, ' ');
        up_tell(plan->language, UP_SAY_PERCENT, &text, number);
    }
    return up_plan_text(plan, &text, label, err);
}

/* The best fit up to the last figure, from there on what is projected: the median of the paths, which need
 * not be the curve that fits best. */
static up_status add_curve(const up_project_job *job, up_chart_plan *plan,
                           up_chart_series *out, up_error *err)
{
    const up_series *s = job->series;
    const up_projection *p = &job->projection;
    up_chart_step *steps;
    double from = s->points[0].time.value, to = s->points[s->count - 1].time.value;
    up_status status = up_plan_array(plan, CURVE + p->count, sizeof *steps, &steps, err);
    if (status == UP_OK)
        status = name_curve(p, plan, &out->label, err);
    for (size_t i = 0; i < CURVE && status == UP_OK; i++) {
        double time = from + (to - from) * (double)i / (CURVE - 1);
        double value = up_projection_curve(p, time);
        if (!isfinite(value))
            continue;
        steps[out->step_count++] =
            (up_chart_step){.time = up_plan_time(s, time), .value = value};
    }
    for (size_t i = 0; i < p->count && status == UP_OK; i++)
        if (isfinite(p->steps[i].value))
            steps[out->step_count++] = (up_chart_step){
                .time = up_plan_time(s, p->steps[i].time), .value = p->steps[i].value};
    out->steps = steps;
    /* a member's is for the pool to say */
    if (status == UP_OK && !(p->weight > 0))
        status = up_plan_warn(p, plan, &out->remark, err);
    out->model = plan->series[0].model; /* one remark for the fan and the curves */
    out->bands = plan->series[0].bands;
    return status;
}

up_status up_plan_fit(const up_tracker *tracker, const up_series_list *list,
                      up_project_job jobs[], size_t count, up_chart_plan *plan,
                      up_error *err)
{
    size_t chosen = up_project_choose(jobs, count);
    if (chosen == SIZE_MAX)
        return up_error_set(err, UP_TOO_LITTLE_DATA, "nothing was fitted");
    bool pooled = jobs[chosen].model == &up_model_auto;
    up_status status =
        up_plan_levels(tracker, list, &jobs[chosen], pooled ? 1 : 0, plan, err);
    if (status == UP_OK)
        status = up_plan_room(plan, count, err);
    for (size_t i = 0; i < count && status == UP_OK; i++)
        if (is_drawn(jobs, count, i)) {
            status = add_curve(&jobs[i], plan, &plan->series[plan->chart.count], err);
            plan->chart.count++;
        }
    if (status != UP_OK)
        up_chart_plan_release(plan);
    return status;
}
