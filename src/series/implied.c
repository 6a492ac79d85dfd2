#include "series/implied.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "uptick/number.h"

/* The claim as an operation on levels: to = from × change, or from + change. False for a rate
 * per year, which needs the elapsed time and implies no level by itself. */
static bool claim_operation(const up_claim *claim, bool forward, up_operator *op,
                            up_estimate *change)
{
    up_quantity_estimate(&claim->change, false, change);
    switch (claim->transform) {
    case UP_CHANGE_FOLD:
        *op = forward ? UP_MULTIPLY : UP_DIVIDE;
        return true;
    case UP_CHANGE_PCH: {
        up_estimate one = up_estimate_exact(1);
        *op = forward ? UP_MULTIPLY : UP_DIVIDE;
        return up_estimate_combine(UP_ADD, change, &one, change, NULL) == UP_OK;
    }
    case UP_CHANGE_CHG:
        *op = forward ? UP_ADD : UP_SUBTRACT;
        return true;
    case UP_CHANGE_CAGR:
        break;
    }
    return false;
}

static const up_point *point_at(const up_series *series, const up_period *period)
{
    for (size_t i = 0; i < series->count; i++)
        if (up_period_compare(&series->points[i].observation->period, period) == 0)
            return &series->points[i];
    return NULL;
}

/* The number that the implied observation carries: the middle of nothing is no number. */
static up_status fill_value(up_observation *o, const up_estimate *figure, up_error *err)
{
    char text[UP_NUMBER_SIZE];
    static const up_qualifier by_kind[] = {[UP_BOUND_EXACT] = UP_EXACTLY,
                                           [UP_BOUND_AT_LEAST] = UP_AT_LEAST,
                                           [UP_BOUND_AT_MOST] = UP_AT_MOST,
                                           [UP_BOUND_BETWEEN] = UP_ABOUT};
    o->qualifier = by_kind[up_estimate_kind(figure)];
    o->has_value = figure->has_value;
    up_number_format(figure->value, text);
    return figure->has_value ? up_decimal_parse(text, &o->value, err) : UP_OK;
}

static up_status add_point(const up_claim *claim, const up_series *series,
                           const up_period *period, const up_estimate *figure,
                           up_observation *slot, up_error *err)
{
    up_observation o;
    up_status status = up_observation_init(&o, err);
    if (status != UP_OK)
        return status;
    o.period = *period;
    o.reported = claim->reported;
    o.derived = true;
    up_buffer note = {0};
    up_buffer_add(&note, "implied by the claim: ");
    up_buffer_add(&note, claim->stated[0] != '\0' ? claim->stated : claim->quote);
    status = up_buffer_check(&note, err);
    if (status == UP_OK)
        status = fill_value(&o, figure, err);
    if (status == UP_OK)
        status = up_replace_text(&o.entity, series->entity, err);
    if (status == UP_OK)
        status = up_replace_text(&o.source, claim->source, err);
    if (status == UP_OK)
        status = up_replace_text(&o.note, up_buffer_text(&note), err);
    up_buffer_release(&note);
    if (status == UP_OK)
        *slot = o;
    else
        up_observation_release(&o);
    return status;
}

/* Adds what claim implies in one direction, if a level stands at one end and none at the
 * other. Only reported levels are built upon, never implied ones. */
static up_status imply(const up_claim *claim, bool forward, bool rounding,
                       up_series *series, up_error *err)
{
    const up_period *known_at = forward ? &claim->from : &claim->to;
    const up_period *wanted_at = forward ? &claim->to : &claim->from;
    const up_point *level = point_at(series, known_at);
    up_operator op;
    up_estimate change, figure, known;
    if (level == NULL || level->observation->derived ||
        point_at(series, wanted_at) != NULL ||
        !claim_operation(claim, forward, &op, &change) ||
        up_observation_estimate(level->observation, rounding, &known, NULL) != UP_OK ||
        up_estimate_combine(op, &known, &change, &figure, NULL) != UP_OK ||
        !figure.has_value)
        return UP_OK;
    up_observation *slot = &series->derived[series->derived_count];
    up_status status = add_point(claim, series, wanted_at, &figure, slot, err);
    if (status != UP_OK)
        return status;
    series->derived_count++;
    return up_series_push(series, slot, &figure, err);
}

static bool is_about(const up_claim *claim, const up_series *series, int64_t as_of)
{
    return strcmp(claim->metric, series->data->metric.name) == 0 &&
           strcmp(claim->entity, series->entity) == 0 && claim->has_from &&
           claim->has_to && up_claim_is_known(claim, as_of);
}

up_status up_series_add_implied(const up_tracker *tracker, int64_t as_of, bool rounding,
                                up_series *series, up_error *err)
{
    /* at most one point a claim; the array never moves, since points refer into it */
    up_status status =
        up_alloc(tracker->claim_count, sizeof *series->derived, &series->derived, err);
    for (size_t i = 0; i < tracker->claim_count && status == UP_OK; i++) {
        const up_claim *claim = &tracker->claims[i];
        size_t before = series->derived_count;
        if (!is_about(claim, series, as_of))
            continue;
        status = imply(claim, false, rounding, series, err);
        if (status == UP_OK && series->derived_count == before)
            status = imply(claim, true, rounding, series, err);
    }
    return status;
}
