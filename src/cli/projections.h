/* Projections of a selection, for the commands that show them, keep them and draw them. */
#ifndef UPTICK_CLI_PROJECTIONS_H
#define UPTICK_CLI_PROJECTIONS_H

#include "cli/command.h"
#include "uptick/scenario.h"

typedef struct up_projections {
    /* Owned; of each series the pooled one (model auto) first, where several models were asked
     * for, then one a model. */
    up_project_job *jobs;
    size_t count;
    up_period *periods; /* owned; those of all jobs, one after the other */
    double *times;      /* owned; likewise */
    size_t *firsts;     /* owned: where each series' jobs begin; series + 1 of them */
    size_t series;
    up_project_options *options; /* owned; one a series */
    up_scenario_list scenarios;  /* owned; with --scenario, in place of models */
} up_projections;

/* Options of every command that projects, for their tables. */
#define UP_PROJECT_OPTIONS                                                               \
    {"model", "LIST",                                                                    \
     "auto (all that suit, pooled), names with commas (these pooled), or both"},         \
        {"levels", "LIST", "coverage of the intervals in percent (default 80,95)"},      \
        {"ceiling", "X", "most that it can ever be: a number or a metric"},              \
        {"capacity", "X", "what it grows towards, if that is known"},                    \
        {"launch", "PERIOD", "when it began: for power and bass"},                       \
    {                                                                                    \
        "seed", "N", "another stream of random numbers"                                  \
    }

/* Which figures are fitted, for the same commands but chart. */
#define UP_FITTED_OPTIONS                                                                \
    {"from", "PERIOD", "fit the figures from this period on"},                           \
        {"to", "PERIOD", "and up to this one"},                                          \
        {"every", "UNIT", "only figures of whole years, quarters, months, …"},           \
        {"across-breaks", NULL, "fit through breaks (status B, D) too"},                 \
        UP_RESAMPLE_OPTIONS, UP_ALIGN_OPTION, UP_CURRENCY_OPTIONS,                       \
        {"with-derived", NULL,                                                           \
         "let figures that claims imply take part; they do not count"},                  \
        {"with-forecasts", NULL, "let figures of status F take part"},                   \
    {                                                                                    \
        "date-format", "ORDER", "dmy or mdy, for dates such as 03/04/2025"               \
    }

#define UP_SCENARIO_OPTION                                                               \
    {                                                                                    \
        "scenario", "TEXT",                                                              \
            "in place of models, what would be: '20 % a year; growth halves each year'"  \
    }

/* Projects every series with the models (or --scenario) asked for, to --steps or `until`
 * (text; NULL: --until). Of what is pooled no more than `wanted` is worked out; where nothing could be
 * pooled, each is.
 * With `grid` > 0 each job has that many evenly spaced times for drawing instead of its periods.
 * What cannot be projected is remarked; when nothing can, the first reason is the error. */
UP_MUST_CHECK up_status up_projections_run(up_context *ctx, const up_arguments *args,
                                           const up_selection *selection,
                                           const char *until, size_t grid,
                                           up_project_wanted wanted,
                                           up_projections *projections, up_error *err);
void up_projections_release(up_projections *projections);

#endif
