/* What commands do with metrics that have a formula. */
#ifndef UPTICK_CLI_FORMULA_H
#define UPTICK_CLI_FORMULA_H

#include "cli/command.h"

/* Loads what the metric's formula needs and holds the formula against it: UP_USAGE or
 * UP_BAD_DATA when it cannot be worked out; that there is nothing yet to work with is a note.
 * Unit, measure and anchor that the metric has not been given are those of the formula. */
UP_MUST_CHECK up_status up_cli_settle_formula(up_context *ctx, up_store *store,
                                              up_metric *metric, bool has_unit,
                                              bool has_measure, up_error *err);
/* UP_USAGE when the formula of another metric names this one. */
UP_MUST_CHECK up_status up_cli_check_unused(const up_tracker *tracker, const char *name,
                                            up_error *err);
/* Writes the new name into every formula that has the old one. *count: how many. */
UP_MUST_CHECK up_status up_cli_rename_in_formulas(up_store *store, const char *from,
                                                  const char *to, size_t *count,
                                                  up_error *err);

#endif
