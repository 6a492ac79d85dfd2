/* Several models as one: a model is drawn for each path (J. Hoeting et al., Statistical Science 14,
 * 1999: the pooled distribution is the mixture of the members'). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/project/models.h"
#include "analysis/project/paths.h"
#include "base/memory.h"

static const up_parameter *slope_of(const up_projection *p)
{
    for (size_t i = 0; i < p->fitted; i++)
        if ((p->model->kinds[i] == UP_REAL || p->model->kinds[i] == UP_AS_INCREMENTS) &&
            i != p->model->moment)
            return &p->parameters[i];
    return NULL;
}

bool up_pool_is_trending(const up_project_job jobs[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const up_projection *p = &jobs[i].projection;
        const up_parameter *slope = jobs[i].status == UP_OK &&
                                            jobs[i].model->parameters == 2 &&
                                            jobs[i].model->capacity == UP_NO_PARAMETER
                                        ? slope_of(p)
                                        : NULL;
        if (slope != NULL && (p->has_range || (slope->has_low && slope->low > 0) ||
                              (slope->has_high && slope->high < 0)))
            return true;
    }
    return false;
}

/* Whether one can be a member at all. */
static bool can_be_pooled(const up_project_job *job, bool trend)
{
    const up_projection *p = &job->projection;
    return job->status == UP_OK && p->has_intervals && p->remark == NULL &&
           p->capacity != UP_CAPACITY_OPEN && !(trend && p->model->parameters == 1) &&
           (p->has_aicc || p->model->parameters <= 2 ||
            p->capacity == UP_CAPACITY_CEILING || p->capacity == UP_CAPACITY_FIXED);
}

/* Puts 1 into the weights of the members, 0 into the others'; returns how many they are. */
static size_t find_members(up_project_job jobs[], size_t count)
{
    static const double most = 10;
    bool trend = up_pool_is_trending(jobs, count);
    bool comparable = true; /* then weights tell what has no support */
    double least = INFINITY;
    size_t members = 0;
    for (size_t i = 0; i < count; i++)
        if (can_be_pooled(&jobs[i], trend)) {
            least = fmin(least, jobs[i].projection.aic);
            comparable = comparable && jobs[i].projection.has_aicc;
        }
    for (size_t i = 0; i < count; i++) {
        up_projection *p = &jobs[i].projection;
        bool member =
            can_be_pooled(&jobs[i], trend) && (comparable || p->aic <= least + most);
        p->weight = member ? 1 : 0;
        p->no_support = can_be_pooled(&jobs[i], trend) && !member;
        members += member;
    }
    return members;
}

/* Weights that add up to 1; how many members there are. */
static size_t weigh(up_project_job jobs[], size_t count, const char **reason)
{
    size_t members = find_members(jobs, count);
    bool comparable = true;
    double least = INFINITY, sum = 0;
    for (size_t i = 0; i < count; i++) {
        const up_projection *p = &jobs[i].projection;
        if (!(p->weight > 0))
            continue;
        comparable = comparable && p->has_aicc;
        least = p->has_aicc ? fmin(least, p->aicc) : least;
    }
    for (size_t i = 0; i < count; i++) {
        up_projection *p = &jobs[i].projection;
        if (p->weight > 0 && comparable)
            p->weight = exp((least - p->aicc) / 2);
        sum += p->weight;
    }
    for (size_t i = 0; i < count; i++)
        jobs[i].projection.weight /= sum > 0 ? sum : 1;
    *reason = members < 2 ? "the only model that can be used"
              : comparable
                  ? "weights by AICc"
                  : "equal weights: too few figures to choose between the models";
    return members;
}

/* The model with all of the weight, but for less than is printed. */
static const up_model *only_one(const up_project_job jobs[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (jobs[i].projection.weight >= 0.9995)
            return jobs[i].model;
    return NULL;
}

/* What most of the weight says of its residuals. */
static void check_residuals(const up_project_job jobs[], size_t count, up_projection *out)
{
    double share = 0;
    for (size_t i = 0; i < count; i++) {
        const up_projection *p = &jobs[i].projection;
        if (!(p->weight > 0) || !p->residuals_hang_together)
            continue;
        share += p->weight;
        out->residual_correlation += p->weight * p->residual_correlation;
    }
    out->residuals_hang_together = share > 0.5;
    if (share > 0)
        out->residual_correlation /= share;
}

/* As many paths of each member as its weight asks for, at even distances: they are in the order of their
 * curves (draws.c). */
static void take_paths(const up_project_job jobs[], size_t count, up_projection *out)
{
    double passed = 0;
    size_t taken = 0, last = 0; /* the last member has what rounding leaves */
    for (size_t i = 0; i < count; i++)
        last = jobs[i].projection.weight > 0 ? i : last;
    for (size_t i = 0; i < count; i++) {
        const up_projection *p = &jobs[i].projection;
        if (!(p->weight > 0))
            continue;
        passed += p->weight;
        size_t until = i == last ? out->path_count
                                 : (size_t)lround(passed * (double)out->path_count);
        size_t wanted = until - taken;
        for (size_t j = 0; j < wanted; j++, taken++) {
            out->paths[taken] = p->paths[(2 * j + 1) * p->path_count / (2 * wanted)];
            out->paths[taken].course = out->course_count;
        }
        out->courses[out->course_count++] = p->courses[0];
    }
}

up_status up_project_pool(up_project_job jobs[], size_t count, up_projection *pooled,
                          up_error *err)
{
    const up_project_job *first = NULL;
    const char *how;
    size_t members = weigh(jobs, count, &how);
    for (size_t i = count; i-- > 0;)
        if (members > 0 && jobs[i].projection.weight > 0)
            first = &jobs[i];
    if (first == NULL)
        return up_error_set(err, UP_TOO_LITTLE_DATA,
                            "no model has an interval that could be pooled");
    const up_projection *p = &first->projection;
    up_projection out = {.model = &up_model_auto,
                         .n = p->n,
                         .soft = p->soft,
                         .left_out = p->left_out,
                         .before_break = p->before_break,
                         .has_intervals = true,
                         .levels = p->levels,
                         .count = p->count,
                         .path_count = p->path_count,
                         .scale = p->scale,
                         .remark = how,
                         .weight = 1};
    memcpy(out.level, p->level, sizeof out.level);
    out.only = only_one(jobs, count);
    check_residuals(jobs, count, &out);
    up_figures figures = {0};
    up_status status =
        up_figures_gather(first->series, first->options->across_breaks, &figures, err);
    if (status == UP_OK)
        status = up_alloc(out.count, sizeof *out.steps, &out.steps, err);
    if (status == UP_OK)
        status = up_alloc(members, sizeof *out.courses, &out.courses, err);
    if (status == UP_OK)
        status = up_alloc(out.path_count, sizeof *out.paths, &out.paths, err);
    if (status == UP_OK) {
        for (size_t s = 0; s < out.count; s++)
            out.steps[s] = (up_projection_step){.time = p->steps[s].time,
                                                .value = p->steps[s].value};
        take_paths(jobs, count, &out);
        up_limits limits = up_limits_of(first->series, &figures, first->options);
        status = up_paths_summarize(&out, 0, &limits, err);
    }
    up_figures_release(&figures);
    if (status == UP_OK)
        *pooled = out;
    else
        up_projection_release(&out);
    return status;
}

size_t up_project_choose(const up_project_job jobs[], size_t count)
{
    size_t first = SIZE_MAX, exponential = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        if (jobs[i].status != UP_OK)
            continue;
        if (jobs[i].model == &up_model_auto)
            return i;
        if (jobs[i].model == up_model_find("exponential"))
            exponential = i;
        first = first == SIZE_MAX ? i : first;
    }
    return exponential != SIZE_MAX ? exponential : first;
}
