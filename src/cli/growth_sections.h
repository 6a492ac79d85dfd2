/* Growth of a selection, for the commands that show it and draw it. */
#ifndef UPTICK_CLI_GROWTH_SECTIONS_H
#define UPTICK_CLI_GROWTH_SECTIONS_H

#include "cli/command.h"

typedef struct up_sections {
    up_growth_section *items; /* owned */
    size_t count, shown;      /* shown: the first of them, by default all */
    up_growth_list *lists;    /* owned; one a section */
    up_series_list parts;     /* the metrics' series, or those of --of */
    up_whole *whole;          /* owned; of these: what share is a part of */
} up_sections;

/* Takes a section as it comes; its rows are released behind it. */
typedef void up_take_section(void *context, const up_growth_section *section);

/* Growth of every series that has any of the transforms to show; the others are remarked with
 * their reason. When none has, the first reason is the error. --from, --to, --base,
 * --tolerance and --across-breaks are added to options, and what the transforms are compared
 * with. With `take` the sections keep no rows, so that memory is that of one series. */
UP_MUST_CHECK up_status up_sections_compute(up_context *ctx, const up_arguments *args,
                                            const up_selection *selection,
                                            const bool show[UP_TRANSFORMS],
                                            const up_growth_options *options,
                                            up_take_section *take, void *context,
                                            up_sections *sections, up_error *err);
void up_sections_release(up_sections *sections);

/* What these are made of: what the transforms ask for, added to the options; the rows of one
 * series (UP_TOO_LITTLE_DATA: it has none of the transforms to show); a series that has none,
 * whose reason is told unless it is the first; and the end, where that one is told too, or is
 * the error because no series has any. */
/* Takes the series of --except out of a list. */
void up_section_leave_out(const up_arguments *args, up_series_list *list);
void up_section_warn_of_total(up_context *ctx, const up_whole *whole);
void up_section_options(const bool show[UP_TRANSFORMS], up_growth_options *options);
UP_MUST_CHECK up_status up_section_compute(const up_arguments *args,
                                           const up_tracker *tracker,
                                           const up_series *series,
                                           const bool show[UP_TRANSFORMS],
                                           up_growth_options options,
                                           up_growth_list *list, up_error *err);
void up_section_without(up_context *ctx, const char *why, up_error *first);
UP_MUST_CHECK up_status up_sections_end(up_context *ctx, size_t count,
                                        const up_error *first, up_error *err);

/* Claims of a section that the levels contradict, as warnings; and what is told of them:
 * --strict fails on it. */
void up_section_contradictions(const up_growth_section *section, up_remarks *warnings);
void up_section_warn(up_context *ctx, const char *warning);

/* What up_growth_refusals found, of a table for machines: JSON has notes, for other formats they
 * go to err. Empties the list. */
void up_cli_growth_refusals(up_context *ctx, up_remarks *refusals, up_table *table);

/* Growth for machines of a large metric: its file is read, and the rows of its series written,
 * part by part, several at once, so that memory holds but a few parts of it. *done is false
 * where that is not the way to go, and then nothing was written. options->only is what is shown. */
UP_MUST_CHECK up_status up_cli_growth_in_parts(up_context *ctx, const up_arguments *args,
                                               const up_series_options *how,
                                               const up_growth_choice *choice,
                                               const up_growth_options *options,
                                               bool *done, up_error *err);

/* --split: periods that ascend, each read as one of the metric's. */
enum { UP_CLI_SPLITS = 32 };
UP_MUST_CHECK up_status up_cli_splits(const up_arguments *args, const up_metric *metric,
                                      up_period splits[UP_CLI_SPLITS], size_t *count,
                                      up_error *err);

/* A whole number from `least` on; *count is left alone when the option is not given. */
UP_MUST_CHECK up_status up_cli_count(const up_arguments *args, const char *option,
                                     size_t least, size_t *count, up_error *err);

/* growth --contributions: what each series adds to the growth of their sum. */
UP_MUST_CHECK up_status up_cli_show_contributions(up_context *ctx,
                                                  const up_arguments *args,
                                                  const up_selection *selection,
                                                  up_error *err);

/* growth --trend: fits and shows. */
UP_MUST_CHECK up_status up_cli_show_trend(up_context *ctx, const up_arguments *args,
                                          const up_selection *selection, up_error *err);

#endif
