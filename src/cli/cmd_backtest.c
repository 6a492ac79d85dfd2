#include <stdlib.h>

#include "base/memory.h"
#include "cli/command.h"
#include "cli/growth_sections.h"
#include "cli/project_options.h"
#include "cli/projections.h"

/* One series: what cannot be tested is remarked. */
static up_status test_series(up_context *ctx, const up_arguments *args,
                             const up_selection *selection, const up_series *series,
                             up_backtest_section sections[], size_t *count,
                             up_error *first, up_error *err)
{
    up_models_asked models;
    up_backtest_options options = {0};
    up_error why = {0};
    up_status status = up_project_models(args, &models, err);
    if (status == UP_OK)
        status =
            up_project_options_read(ctx, args, selection, series, &options.project, err);
    if (status == UP_OK)
        status = up_cli_count(args, "ahead", 1, &options.ahead, err);
    if (status == UP_OK)
        status = up_cli_count(args, "least", 2, &options.least, err);
    if (status != UP_OK)
        return status;
    size_t skip = models.items[0] == &up_model_auto ? 1 : 0; /* the pool is made there */
    up_backtest_section *s = &sections[*count];
    s->series = series;
    options.shown = models.shown + skip;
    status = up_backtest_run(series, models.items + skip, models.count - skip, &options,
                             &s->backtest, &why);
    if (status == UP_OK)
        (*count)++;
    if (status != UP_TOO_LITTLE_DATA) {
        if (status != UP_OK && err != NULL)
            *err = why;
        return status;
    }
    if (first->code == UP_OK)
        *first = why;
    if (selection->list.count > 1)
        up_cli_note(ctx, "%s", why.message);
    return UP_OK;
}

static up_status show(up_context *ctx, const up_arguments *args,
                      const up_selection *selection, up_error *err)
{
    up_backtest_section *sections = NULL;
    size_t count = 0;
    up_table table = {0};
    up_error first = {0};
    const up_series_list *list = &selection->list;
    up_status status = up_alloc(list->count, sizeof *sections, &sections, err);
    for (size_t i = 0; i < list->count && status == UP_OK; i++)
        status = test_series(ctx, args, selection, &list->items[i], sections, &count,
                             &first, err);
    if (status == UP_OK && count == 0)
        status = up_error_set(err, UP_TOO_LITTLE_DATA, "%s",
                              first.code == UP_OK ? "nothing to test" : first.message);
    up_cli_begin_table(ctx, &table);
    if (status == UP_OK)
        status = up_args_flag(args, "each")
                     ? up_view_backtest_forecasts(sections, count, &table, err)
                     : up_view_backtest(sections, count, &table, err);
    if (status == UP_OK)
        status = up_cli_emit(ctx, &table, err);
    for (size_t i = 0; i < count; i++)
        up_backtest_release(&sections[i].backtest);
    free(sections);
    return status;
}

static up_status run(up_context *ctx, const up_arguments *args, up_error *err)
{
    up_selection selection;
    up_series_options options;
    up_status status = up_cli_series_options(ctx, args, &options, err);
    if (status == UP_OK)
        status = up_cli_select(ctx, args, 0, &options, UP_EXPRESSIONS | UP_WINDOW,
                               &selection, err);
    if (status != UP_OK)
        return status;
    status = show(ctx, args, &selection, err);
    up_selection_release(&selection);
    return status;
}

static const up_option options[] = {
    {"ahead", "N", "project to the N-th figure after the origin (default 1)"},
    {"least", "N", "figures before the first origin (default 3)"},
    {"each", NULL, "every forecast, with what came"},
    UP_PROJECT_OPTIONS,
    UP_FITTED_OPTIONS,
    {NULL, NULL, NULL}};

const up_command up_cmd_backtest = {
    .name = "backtest",
    .operands = "SERIES|EXPRESSION…",
    .summary = "what each model would have said of the figures that came next",
    .details =
        "Rolling origin: from the third figure on each one is an origin, from which "
        "every "
        "model, the last figure repeated (naive) and the exponential curve through the "
        "last two (two-point) are projected to the next. The figures are those known "
        "today; uptick score holds projections that were kept against what came.",
    .options = options,
    .min_operands = 1,
    .max_operands = SIZE_MAX,
    .run = run};
