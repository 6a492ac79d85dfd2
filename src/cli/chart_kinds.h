/* The kinds of charts, for the command that draws them. */
#ifndef UPTICK_CLI_CHART_KINDS_H
#define UPTICK_CLI_CHART_KINDS_H

#include "cli/growth_sections.h"
#include "cli/projections.h"
#include "uptick/plan.h"

/* What a plan is made of, and must outlive it. */
typedef struct up_chart_material {
    up_projections projections;
    up_sections sections;
    up_selection *vintages; /* owned, likewise what each holds */
    size_t vintage_count;
} up_chart_material;

void up_chart_material_release(up_chart_material *m);

typedef struct up_chart_kind {
    const char *name;
    up_status (*plan)(up_context *ctx, const up_arguments *args,
                      const up_selection *selection, up_chart_material *m,
                      up_chart_plan *plan, up_error *err);
    bool windowed; /* --from and --to bound the figures; else the growth */
} up_chart_kind;

/* The kind of that name; NULL: the first. */
UP_MUST_CHECK up_status up_chart_find_kind(const char *name, const up_chart_kind **out,
                                           up_error *err);
/* An option of other kinds than this is said, not ignored: UP_USAGE. */
UP_MUST_CHECK up_status up_chart_check_options(const up_arguments *args,
                                               const up_chart_kind *k, up_error *err);

#endif
