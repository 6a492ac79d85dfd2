/* What an import tells its user: how the file was understood, what came of it. */
#ifndef UPTICK_CLI_IMPORT_REPORT_H
#define UPTICK_CLI_IMPORT_REPORT_H

#include "cli/command.h"

typedef struct import_outcome {
    const char *file; /* as it was named */
    const up_import *import;
    const up_merge_counts *counts; /* one a metric */
    size_t entities_added;
} import_outcome;

/* Remarks: the layout, the columns (alike ones together), metrics and counts, entities. */
void import_tell(up_context *ctx, const import_outcome *outcome);
/* With --dry-run, to out: the columns and the first figures as tables. */
UP_MUST_CHECK up_status import_show(up_context *ctx, const import_outcome *outcome,
                                    up_error *err);

#endif
