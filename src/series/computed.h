/* Figures that are worked out from others. */
#ifndef UPTICK_SERIES_COMPUTED_H
#define UPTICK_SERIES_COMPUTED_H

#include "uptick/series.h"

/* Figures on their way into a series; release what was not handed over. */
typedef struct up_computed {
    up_point *points; /* their observations are set when all of them are there */
    up_observation *observations;
    size_t count, points_capacity, observations_capacity;
} up_computed;

/* What makes an observation out of a figure. */
typedef struct up_computed_figure {
    up_period period;
    up_moment time;
    up_estimate figure;
    const up_decimal *exact; /* the figure's decimal, if that is known; NULL */
    char status;
    const up_factoring *factored; /* up_point.factored */
    bool after_break, derived;
    int64_t reported;
    const char *entity, *source, *note;
    const char *brought; /* up_observation.brought; NULL or "": nothing was */
} up_computed_figure;

UP_MUST_CHECK up_status up_computed_add(up_computed *computed,
                                        const up_computed_figure *figure, up_error *err);
/* The series has these figures now, and owns them. */
void up_computed_hand_over(up_computed *computed, up_series *series);
void up_computed_release(up_computed *computed);

/* The points' times on the basis that suits all of them, in the order of time. */
void up_series_place_in_time(up_series *series);

#endif
