/* growth --contributions. */
#include <stdlib.h>

#include "base/memory.h"
#include "cli/growth_sections.h"

static up_status take(const up_arguments *args, const char *option,
                      const up_series *series, bool *has, up_period *period,
                      up_error *err)
{
    const char *text = up_args_option(args, option);
    *has = text != NULL;
    return *has ? up_cli_period(args, &series->data->metric, text, period, err) : UP_OK;
}

static up_status compute(const up_arguments *args, const up_series_list *selected,
                         const up_series **parts, up_contribution_list *list,
                         up_error *err)
{
    up_contribution_options o = {.across_breaks = up_args_flag(args, "across-breaks")};
    for (size_t i = 0; i < selected->count; i++)
        parts[i] = &selected->items[i];
    up_status status = UP_OK;
    if (selected->count > 0)
        status = take(args, "from", parts[0], &o.has_from, &o.from, err);
    if (status == UP_OK && selected->count > 0)
        status = take(args, "to", parts[0], &o.has_to, &o.to, err);
    if (status == UP_OK)
        status = up_contribution_compute(parts, selected->count, &o, list, err);
    return status;
}

up_status up_cli_show_contributions(up_context *ctx, const up_arguments *args,
                                    const up_selection *selection, up_error *err)
{
    const up_series **parts;
    up_contribution_list list = {0};
    up_table table = {0};
    up_whole *whole = NULL;
    up_status status = up_alloc(selection->list.count, sizeof *parts, &parts, err);
    if (status != UP_OK)
        return status;
    status = compute(args, &selection->list, parts, &list, err);
    if (status == UP_OK)
        status = up_whole_new(&selection->list, &whole, err);
    if (status == UP_OK)
        up_section_warn_of_total(ctx, whole);
    up_cli_begin_table(ctx, &table);
    if (status == UP_OK)
        status = up_view_contributions(&list, &table, err);
    if (status == UP_OK)
        status = up_cli_emit(ctx, &table, err);
    up_contribution_list_release(&list);
    up_whole_free(whole);
    free(parts);
    return status;
}
