/* What the commands share that add, change or remove one figure: how it is read from the command
 * line, held against the rules, found and shown. */
#ifndef UPTICK_CLI_FIGURE_H
#define UPTICK_CLI_FIGURE_H

#include "cli/command.h"

/* --source, --quote, --reported, --note, --status, --stated, and how numbers and dates are
 * written; `reported` and `source` are the words for those two. */
#define UP_FIGURE_OPTIONS                                                                \
    {"source", "KEY", "a source of the tracker, or a citation or link of its own"},      \
        {"quote", "TEXT", "the words as they stood"},                                    \
        {"reported", "DATE", "the day it was published: its vintage"},                   \
        {"note", "TEXT", "a remark of your own"},                                        \
        {"status", "CODE",                                                               \
         "SDMX OBS_STATUS: A, E, P, F forecast, B break, M missing, …"},                 \
        {"stated", "TEXT", "the number as written, if not as typed here"},               \
        {"decimal", "MARK", "',' where the decimal mark is a comma"},                    \
    {                                                                                    \
        "date-format", "ORDER", "dmy or mdy, for dates such as 03/04/2025"               \
    }

/* The texts of the options above, as far as they were given. */
UP_MUST_CHECK up_status up_figure_set_texts(const up_arguments *args, up_observation *o,
                                            up_error *err);
/* A quantity as it was typed, in the unit of the metric. */
UP_MUST_CHECK up_status up_figure_set_quantity(const up_arguments *args,
                                               const up_metric *metric, const char *text,
                                               up_observation *o, up_error *err);
/* The rules for one figure: what is an error for a stored one is refused here. */
UP_MUST_CHECK up_status up_figure_check(up_context *ctx, const up_tracker *tracker,
                                        const up_metric_data *data,
                                        const up_observation *o, up_error *err);
/* "users/China, the day 31 December 2024: 249 M people". */
void up_figure_echo(up_context *ctx, const up_metric_data *data, const up_observation *o);

/* The series that operand 0 names: its metric loaded, and the entity (owned). */
UP_MUST_CHECK up_status up_figure_target(up_context *ctx, const up_arguments *args,
                                         up_store *store, const up_metric_data **data,
                                         char **entity, up_error *err);
/* What a command does with the figure of its operands: the series found, the entity known to be
 * one, period and quantity read. */
typedef up_status up_figure_maker(up_context *ctx, const up_arguments *args,
                                  up_store *store, const up_metric_data *data,
                                  up_observation *o, up_error *err);
UP_MUST_CHECK up_status up_figure_make(up_context *ctx, const up_arguments *args,
                                       up_store *store, up_figure_maker *make,
                                       up_error *err);
/* "; did you mean 'by May 2025'?": the figure of that entity whose period is near to one that has
 * none; nothing where there is no such figure, or no telling which. */
void up_figure_add_near(const up_metric_data *data, const char *entity,
                        const up_period *wanted, up_buffer *out);
/* The names of the options that say which row of a period is meant. */
typedef struct up_row_selectors {
    const char *reported, *source;
} up_row_selectors;
/* The one row of the series and period (operand 1) that the selectors and --line leave; borrowed
 * from the tracker. UP_USAGE when there is none, or several, which are then listed. */
UP_MUST_CHECK up_status up_figure_find(up_context *ctx, const up_arguments *args,
                                       const up_metric_data *data, const char *entity,
                                       const up_row_selectors *selectors,
                                       const up_observation **row, up_error *err);

#endif
