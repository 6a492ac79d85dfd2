/* Growth of a selection, for the commands that show it and draw it. */
#ifndef UPTICK_CLI_GROWTH_SECTIONS_H
#define UPTICK_CLI_GROWTH_SECTIONS_H

#include "cli/command.h"

typedef struct up_sections {
    up_growth_section *items; /* owned */
    size_t count;
    up_growth_list *lists; /* owned; one a section */
} up_sections;

/* Growth of every series that has any; the others are remarked with their reason. When none
 * has, the first reason is the error. --from, --to and --across-breaks are added to options. */
UP_MUST_CHECK up_status up_sections_compute(up_context *ctx, const up_arguments *args,
                                            const up_selection *selection,
                                            const up_growth_options *options,
                                            up_sections *sections, up_error *err);
void up_sections_release(up_sections *sections);

#endif
