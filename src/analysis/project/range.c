/* A curve through two figures, at a time after both, is monotone in each of their four numbers, so
 * its extremes are at corners; a capacity, where it has a ceiling, is tried at its nodes. */
#include "analysis/project/range.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/project/models.h"
#include "base/memory.h"

typedef struct ranging {
    const up_figures *figures; /* those that count */
    up_problem at;             /* the corner's */
    const up_fit *fit;
    const up_limits *limits;
    up_projection *projection;
} ranging;

static up_status widen(ranging *r, const double phi[], up_error *err)
{
    up_projection *p = r->projection;
    for (size_t s = 0; s < p->count; s++) {
        up_projection_step *step = &p->steps[s];
        double at = up_course_latent(&p->courses[0], phi, step->time);
        if (!isfinite(at))
            return up_error_set(err, UP_TOO_LITTLE_DATA,
                                "the range that two figures allow leaves the range of "
                                "numbers: too far a horizon");
        step->range.low = fmin(step->range.low, at);
        step->range.high = fmax(step->range.high, at);
    }
    return UP_OK;
}

/* A curve among the projection's paths, without an error. */
static up_status keep_curve(up_projection *p, const double phi[], up_error *err)
{
    size_t room = p->path_count;
    up_status status =
        up_grow(&p->paths, &room, p->path_count + 1, sizeof *p->paths, err);
    if (status != UP_OK)
        return status;
    struct up_path *path = &p->paths[p->path_count++];
    *path = (struct up_path){0};
    memcpy(path->phi, phi, sizeof path->phi);
    return UP_OK;
}

/* The figures at one corner: a bit for each date and each value. */
static void set_corner(const up_figures *from, unsigned corner, up_figures *to)
{
    for (size_t i = 0; i < from->count; i++) {
        const up_figure *f = &from->items[i];
        to->items[i] = *f;
        to->items[i].time = corner >> (2 * i) & 1 ? f->time_high : f->time_low;
        to->items[i].value = corner >> (2 * i + 1) & 1 ? f->high : f->low;
    }
    to->count = from->count;
}

/* The curve through a corner's figures for one start; held parameters stay as they are there.
 * *through: whether there is one. */
static up_status pass_through(ranging *r, const up_figures *corner,
                              const up_minimum *start, bool *through, up_error *err)
{
    up_minimum m = *start;
    up_error why;
    up_problem_release(&r->at);
    up_status status = up_problem_init(&r->projection->courses[0], corner, &r->at, &why);
    if (status == UP_SYSTEM)
        return up_error_memory(err);
    if (status != UP_OK || !up_minimise(&r->at, r->fit->held, &m) ||
        m.sse > 1e-12 * up_problem_size(&r->at))
        return UP_OK;
    *through = true;
    status = keep_curve(r->projection, m.phi, err);
    return status == UP_OK ? widen(r, m.phi, err) : status;
}

static bool order_is_open(const up_figures *f)
{
    for (size_t i = 1; i < f->count; i++)
        if (f->items[i - 1].time_high >= f->items[i].time_low)
            return true;
    return false;
}

/* Every corner, and every capacity there. A corner without a curve leaves no range to tell; with
 * a ceiling it is enough that some capacity has one. */
static up_status visit_corners(ranging *r, up_figures *corner, up_error *err)
{
    const up_profile *profile = &r->fit->profile;
    bool all = true;
    up_status status = UP_OK;
    for (unsigned c = 0; c < 1U << (2 * r->figures->count) && status == UP_OK; c++) {
        bool through = false;
        set_corner(r->figures, c, corner);
        if (profile->count == 0)
            status = pass_through(r, corner, &r->fit->best, &through, err);
        for (size_t i = 0; i < profile->count && status == UP_OK; i++)
            status = pass_through(r, corner, &profile->node[i], &through, err);
        all = all && through;
    }
    r->projection->has_range = all;
    return status;
}

up_status up_range_fill(const up_figures *figures, const up_fit *fit,
                        const up_limits *limits, up_projection *projection, up_error *err)
{
    ranging r = {
        .figures = figures, .fit = fit, .limits = limits, .projection = projection};
    up_figures corner = {.counted = figures->counted};
    if (order_is_open(figures))
        return UP_OK;
    for (size_t s = 0; s < projection->count; s++)
        projection->steps[s].range = (up_bounds){INFINITY, -INFINITY};
    const double *curve = fit->capacity == UP_CAPACITY_CEILING
                              ? fit->profile.node[fit->profile.count / 2].phi
                              : fit->best.phi;
    up_status status = up_alloc(figures->count, sizeof *corner.items, &corner.items, err);
    if (status == UP_OK)
        status = keep_curve(projection, curve, err);
    if (status == UP_OK)
        status = visit_corners(&r, &corner, err);
    for (size_t s = 0; s < projection->count && status == UP_OK; s++) {
        up_bounds *range = &projection->steps[s].range;
        range->low = fmin(fmax(range->low, limits->floor), limits->ceiling);
        range->high = fmin(fmax(range->high, limits->floor), limits->ceiling);
    }
    up_problem_release(&r.at);
    free(corner.items);
    return status;
}
