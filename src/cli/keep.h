/* `project --keep`: what was projected goes into series/projections.csv. */
#ifndef UPTICK_CLI_KEEP_H
#define UPTICK_CLI_KEEP_H

#include "cli/projections.h"

/* Whether all that was made may be kept, before any of it is shown. UP_USAGE for figures that no
 * later report can be held against (those of an expression, a conversion, a resampling), and for those
 * that were not known on the day of the data. */
UP_MUST_CHECK up_status up_cli_keep_check(const up_context *ctx,
                                          const up_selection *selection,
                                          const up_projections *projections,
                                          up_error *err);
/* Keeps every projection that was made and checked, each under an id of its own, in one change of the
 * tracker; one that is kept already is said, and not kept again. */
UP_MUST_CHECK up_status up_cli_keep(up_context *ctx, const up_arguments *args,
                                    const up_projections *projections, up_error *err);

#endif
