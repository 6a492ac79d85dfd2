/* When a series reaches a level.
 *
 *     up_reach reach;
 *     up_reach_find(&series, &projection, &(up_reach_question){.target = 1e9, .horizon = 2040},
 *                   &reach, err);
 *     if (reach.time[UP_REACH_MEDIAN].reached) reach.time[UP_REACH_MEDIAN].at   // years
 *
 * Each path of the projection (project.h: parameters, model and dates drawn) is followed as a curve in
 * continuous time, without the noise of an observation, from the last figure to the first moment at
 * which it is at the target. The times are quantiles over all paths, so a median is there only if
 * half of the paths come to it by the horizon. A path never reaches it if its curve, however long it
 * is followed, does not; the others that have not by the horizon are told apart from those.
 *
 * The direction is that from the last figure to the target. A target that the figures have passed
 * already, coming from the other side, is not asked again unless so wanted: `passed`, and when.
 *
 * With two figures there are no paths but the curves of the data range: the earliest and latest
 * crossing of any of them, and that of the curve through both, no probability. */
#ifndef UPTICK_REACH_H
#define UPTICK_REACH_H

#include "uptick/project.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct up_reach_question {
    double target;
    double horizon; /* years on the series' basis, after the last figure */
    bool again;     /* a level that was passed is asked for again, from the last figure */
    bool has_by;
    double by; /* P(reached by then) */
} up_reach_question;

typedef struct up_reach_time {
    bool reached; /* false: not by the horizon */
    double at;    /* years */
} up_reach_time;

enum { UP_REACH_LOW, UP_REACH_MEDIAN, UP_REACH_HIGH, UP_REACH_TIMES };

typedef struct up_reach {
    bool upward;                    /* from the last figure to the target */
    bool passed;                    /* the figures are beyond it already */
    const up_point *before, *after; /* borrowed; the two between which it was passed */
    /* 10, 50 and 90 %; for a data range the earliest, that of the curve, and the latest */
    up_reach_time time[UP_REACH_TIMES];
    bool is_range;         /* no probabilities */
    double by;             /* P(by question.by) */
    double never;          /* P(the curve cannot reach it) */
    double not_by_horizon; /* P(it can, and has not by then) */
} up_reach;

/* UP_TOO_LITTLE_DATA: the projection has neither paths nor a data range; UP_USAGE: the target is the
 * last figure, or the horizon is not after it. */
UP_MUST_CHECK up_status up_reach_find(const up_series *series,
                                      const up_projection *projection,
                                      const up_reach_question *question, up_reach *reach,
                                      up_error *err);

#ifdef __cplusplus
}
#endif
#endif
