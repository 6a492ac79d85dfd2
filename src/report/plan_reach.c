/* The plan of a crossing: the figures, the fan of the latent level (without the noise of an
 * observation, which is what reaches a target), and when it is at the target. */
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "report/plan_parts.h"
#include "report/reach_words.h"

enum { GRID = 72 };

/* Where the picture ends: somewhat past the 80 % range, or at the horizon. */
static double end_of(const up_reach_section *s)
{
    const up_reach_time *high = &s->reach.time[UP_REACH_HIGH];
    double start = s->series->points[s->series->count - 1].time.value;
    double end = s->question.horizon;
    return high->reached ? fmin(end, high->at + 0.12 * (high->at - start)) : end;
}

static double time_at(const up_reach_section *s, size_t i)
{
    double start = s->series->points[s->series->count - 1].time.value;
    return start + (end_of(s) - start) * (double)(i + 1) / GRID;
}

/* The levels of all paths at one time, sorted; and how many have been at the target by then:
 * `extreme` is the furthest that each has come. */
static size_t follow(const up_reach_section *s, double time, double levels[],
                     double extreme[])
{
    size_t n = s->projection->path_count, there = 0;
    for (size_t i = 0; i < n; i++) {
        levels[i] = up_projection_latent(s->projection, i, time);
        bool further = s->reach.upward ? levels[i] > extreme[i] : levels[i] < extreme[i];
        extreme[i] = further ? levels[i] : extreme[i];
        there += s->reach.upward ? extreme[i] >= s->question.target
                                 : extreme[i] <= s->question.target;
    }
    gsl_sort(levels, 1, n);
    return there;
}

/* The median and the 80 and 95 % bands; of a data range its curve and its ends. */
static up_chart_step step_of(const up_reach_section *s, double time,
                             const double levels[])
{
    static const double at[] = {0.5, 0.1, 0.9, 0.025, 0.975};
    size_t n = s->projection->path_count;
    double q[5];
    if (s->reach.is_range)
        return (up_chart_step){.time = up_plan_time(s->series, time),
                               .value = up_projection_latent(s->projection, 0, time),
                               .has_band = true,
                               .lo80 = levels[0],
                               .hi80 = levels[n - 1],
                               .lo95 = levels[0],
                               .hi95 = levels[n - 1]};
    for (size_t i = 0; i < 5; i++)
        q[i] = gsl_stats_quantile_from_sorted_data(levels, 1, n, at[i]);
    return (up_chart_step){.time = up_plan_time(s->series, time),
                           .value = q[0],
                           .has_band = true,
                           .lo80 = q[1],
                           .hi80 = q[2],
                           .lo95 = q[3],
                           .hi95 = q[4]};
}

/* How far the figures and the way to the target lie apart. */
static double extent(const up_reach_section *s)
{
    double last = up_plan_middle(&s->series->points[s->series->count - 1].figure);
    double least = fmin(last, s->question.target), most = fmax(last, s->question.target);
    for (size_t i = 0; i < s->series->count; i++) {
        least = fmin(least, up_plan_middle(&s->series->points[i].figure));
        most = fmax(most, up_plan_middle(&s->series->points[i].figure));
    }
    return most - least;
}

/* The steps up to the one whose median is well past the target: what comes then would press all
 * before it into the axis. As long as the 80 % range is open, it is further past. */
static size_t seen(const up_reach_section *s, const up_chart_step steps[])
{
    const up_reach_time *high = &s->reach.time[UP_REACH_HIGH];
    double far = extent(s), side = s->reach.upward ? 1 : -1;
    size_t count = 2;
    for (; count < GRID; count++) {
        bool open = !high->reached || time_at(s, count - 1) < high->at;
        double past = side * (steps[count].value - s->question.target);
        if (past > (open ? 2 : 0.4) * far)
            break;
    }
    return count;
}

/* The fan, and the distribution of the crossing: the share of paths that come to the target
 * within each step. */
static up_status add_fan(const up_reach_section *s, up_chart_plan *plan,
                         up_chart_crossing *crossing, up_error *err)
{
    size_t n = s->projection->path_count, before = 0;
    up_chart_step *steps;
    double *density, *levels = NULL, *extreme = NULL;
    up_status status = up_plan_array(plan, GRID, sizeof *steps, &steps, err);
    if (status == UP_OK)
        status = up_plan_array(plan, GRID, sizeof *density, &density, err);
    if (status == UP_OK)
        status = up_alloc(n, sizeof *levels, &levels, err);
    if (status == UP_OK)
        status = up_alloc(n, sizeof *extreme, &extreme, err);
    for (size_t i = 0; i < n && status == UP_OK; i++)
        extreme[i] = s->reach.upward ? -INFINITY : INFINITY;
    for (size_t i = 0; i < GRID && status == UP_OK; i++) {
        size_t there = follow(s, time_at(s, i), levels, extreme);
        steps[i] = step_of(s, time_at(s, i), levels);
        density[i] = (double)(there - before) / (double)n;
        before = there;
    }
    free(levels);
    free(extreme);
    if (status != UP_OK)
        return status;
    plan->series[0].steps = steps;
    plan->series[0].step_count = seen(s, steps);
    if (plan->series[0].step_count < GRID) /* no empty time behind the fan */
        crossing->end = steps[plan->series[0].step_count - 1].time;
    plan->series[0].model = up_plan_model_name(s->projection);
    plan->series[0].bands =
        up_word(plan->language,
                s->reach.is_range ? UP_SAY_DATA_RANGE_BAND : UP_SAY_BANDS_OF_LEVEL);
    if (!s->reach.is_range) {
        crossing->density = density;
        crossing->density_count = GRID;
    }
    return UP_OK;
}

/* "Aug 2027 (median); 80 %: May 2027 to Jan 2028" */
static void add_when(const up_reach_section *s, up_language language, up_buffer *out)
{
    const up_reach_time *median = &s->reach.time[UP_REACH_MEDIAN];
    bool with_median = median->reached && !s->reach.is_range;
    up_buffer middle = {0}, interval = {0}, range = {0};
    up_reach_time_words(language, s, *median, &middle);
    up_reach_interval_words(language, s, &interval);
    up_tell(language, s->reach.is_range ? UP_SAY_DATA_RANGE : UP_SAY_RANGE_80, &range,
            up_buffer_text(&interval));
    up_tell(language, with_median ? UP_SAY_MEDIAN : UP_SAY_SECOND, out,
            up_buffer_text(&middle), up_buffer_text(&range));
    out->failed |= middle.failed || interval.failed || range.failed;
    up_buffer_release(&middle);
    up_buffer_release(&interval);
    up_buffer_release(&range);
}

/* "reached by Dec 2030 with a probability of 62 %; never reached with one of < 0.1 %"; nothing of never where
 * no path tells of it. */
static void add_chances(const up_reach_section *s, up_language language, up_buffer *out)
{
    up_buffer time = {0}, chance = {0}, by = {0}, never = {0};
    if (s->reach.never > 0) {
        up_probability_words(language, s->reach.never, &chance);
        up_tell(language, UP_SAY_NEVER, &never, up_buffer_text(&chance));
    }
    if (s->question.has_by) {
        up_reach_time_words(language, s, (up_reach_time){true, s->question.by}, &time);
        never.failed |= chance.failed;
        up_buffer_clear(&chance);
        up_probability_words(language, s->reach.by, &chance);
        up_tell(language, UP_SAY_REACHED_BY, &by, up_buffer_text(&time),
                up_buffer_text(&chance));
    }
    if (by.length > 0 && never.length > 0)
        up_tell(language, UP_SAY_NEXT, out, up_buffer_text(&by), up_buffer_text(&never));
    else
        up_buffer_add(out, up_buffer_text(by.length > 0 ? &by : &never));
    out->failed |= time.failed || chance.failed || by.failed || never.failed;
    up_buffer_release(&time);
    up_buffer_release(&chance);
    up_buffer_release(&by);
    up_buffer_release(&never);
}

static up_status describe(const up_reach_section *s, up_chart_plan *plan,
                          up_chart_crossing *crossing, up_error *err)
{
    up_buffer when = {0}, target = {0}, note = {0};
    add_when(s, plan->language, &when);
    up_plan_level_words(plan, s->question.target, 0, &s->series->data->metric, &target);
    if (!s->reach.is_range)
        add_chances(s, plan->language, &note);
    up_status status = up_plan_text(plan, &when, &crossing->words, err);
    if (status == UP_OK)
        status = up_plan_text(plan, &target, &crossing->target_words, err);
    if (status == UP_OK && note.length > 0)
        status = up_plan_text(plan, &note, &plan->chart.note, err);
    up_buffer_release(&when); /* those that have not become the plan's */
    up_buffer_release(&target);
    up_buffer_release(&note);
    return status;
}

up_status up_plan_reach(const up_tracker *tracker, const up_series_list *list,
                        const up_reach_section *section, up_chart_plan *plan,
                        up_error *err)
{
    const up_reach *r = &section->reach;
    up_chart_crossing *crossing;
    if (r->passed)
        return up_error_set(err, UP_TOO_LITTLE_DATA,
                            "%s is past that level already: --again asks when it comes "
                            "back to it",
                            section->series->key);
    up_status status = up_plan_levels(tracker, list, NULL, 0, plan, err);
    if (status != UP_OK)
        return status;
    status = up_plan_array(plan, 1, sizeof *crossing, &crossing, err);
    if (status == UP_OK) {
        *crossing = (up_chart_crossing){
            .target = section->question.target,
            .has_low = r->time[UP_REACH_LOW].reached,
            .has_median = r->time[UP_REACH_MEDIAN].reached,
            .has_high = r->time[UP_REACH_HIGH].reached,
            .low = up_plan_time(section->series, r->time[UP_REACH_LOW].at),
            .median = up_plan_time(section->series, r->time[UP_REACH_MEDIAN].at),
            .high = up_plan_time(section->series, r->time[UP_REACH_HIGH].at),
            .end = up_plan_time(section->series, end_of(section))};
        plan->chart.crossing = crossing;
        status = describe(section, plan, crossing, err);
    }
    if (status == UP_OK)
        status = up_plan_warn(section->projection, plan, &plan->series[0].remark, err);
    if (status == UP_OK && section->projection->path_count > 0)
        status = add_fan(section, plan, crossing, err);
    if (status != UP_OK)
        up_chart_plan_release(plan);
    return status;
}
