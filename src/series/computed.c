#include "series/computed.h"

#include <stdlib.h>

#include "base/memory.h"
#include "uptick/number.h"

/* The decimal that prints as the shortest text of the double; false beyond its range. */
static bool to_decimal(double value, up_decimal *out)
{
    char text[UP_NUMBER_SIZE];
    up_number_format(value, text);
    return up_decimal_parse(text, out, NULL) == UP_OK;
}

/* Writes a figure as a row would say it: a bound on one side only as its qualifier. */
static void describe(const up_estimate *e, up_observation *o)
{
    switch (up_estimate_kind(e)) {
    case UP_BOUND_EXACT:
        break;
    case UP_BOUND_AT_LEAST:
        o->qualifier = e->low_strict ? UP_MORE_THAN : UP_AT_LEAST;
        o->has_value = to_decimal(e->low, &o->value);
        return;
    case UP_BOUND_AT_MOST:
        o->qualifier = e->high_strict ? UP_LESS_THAN : UP_AT_MOST;
        o->has_value = to_decimal(e->high, &o->value);
        return;
    case UP_BOUND_BETWEEN:
        o->qualifier = e->about ? UP_ABOUT : UP_EXACTLY;
        o->has_low = to_decimal(e->low, &o->low);
        o->has_high = to_decimal(e->high, &o->high);
        break;
    }
    o->has_value = e->has_value && to_decimal(e->value, &o->value);
}

static up_status make_observation(const up_computed_figure *f, up_observation *out,
                                  up_error *err)
{
    up_observation o;
    up_status status = up_observation_init(&o, err);
    if (status != UP_OK)
        return status;
    o.period = f->period;
    o.status = f->status;
    o.reported = f->reported;
    o.derived = f->derived;
    o.computed = true;
    describe(&f->figure, &o);
    if (f->exact != NULL)
        o.value = *f->exact;
    status = up_replace_text(&o.entity, f->entity, err);
    if (status == UP_OK)
        status = up_replace_text(&o.source, f->source, err);
    if (status == UP_OK)
        status = up_replace_text(&o.note, f->note, err);
    if (status == UP_OK && f->brought != NULL && f->brought[0] != '\0')
        status = up_copy_text(f->brought, &o.brought, err);
    if (status == UP_OK)
        *out = o;
    else
        up_observation_release(&o);
    return status;
}

up_status up_computed_add(up_computed *c, const up_computed_figure *f, up_error *err)
{
    up_status status =
        up_grow(&c->points, &c->points_capacity, c->count + 1, sizeof *c->points, err);
    if (status == UP_OK)
        status = up_grow(&c->observations, &c->observations_capacity, c->count + 1,
                         sizeof *c->observations, err);
    if (status == UP_OK)
        status = make_observation(f, &c->observations[c->count], err);
    if (status == UP_OK)
        c->points[c->count++] = (up_point){.time = f->time,
                                           .figure = f->figure,
                                           .after_break = f->after_break,
                                           .factored = f->factored};
    return status;
}

void up_computed_hand_over(up_computed *c, up_series *series)
{
    for (size_t i = 0; i < c->count; i++)
        c->points[i].observation = &c->observations[i];
    for (size_t i = 0; i < series->derived_count; i++)
        up_observation_release(&series->derived[i]);
    free(series->derived);
    free(series->points);
    series->points = c->points;
    series->count = c->count;
    series->capacity = c->points_capacity;
    series->derived = c->observations;
    series->derived_count = c->count;
    *c = (up_computed){0};
}

void up_computed_release(up_computed *c)
{
    for (size_t i = 0; i < c->count; i++)
        up_observation_release(&c->observations[i]);
    free(c->observations);
    free(c->points);
    *c = (up_computed){0};
}
