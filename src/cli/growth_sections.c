#include "cli/growth_sections.h"

#include <stdlib.h>

#include "base/memory.h"

void up_sections_release(up_sections *s)
{
    for (size_t i = 0; i < s->count; i++)
        up_growth_list_release(&s->lists[i]);
    free(s->items);
    free(s->lists);
    *s = (up_sections){0};
}

static up_status take_period(const up_arguments *args, const char *option,
                             const up_series *series, bool *has, up_period *period,
                             up_error *err)
{
    const char *text = up_args_option(args, option);
    if (text == NULL)
        return UP_OK;
    *has = true;
    return up_cli_period(args, &series->data->metric, text, period, err);
}

static up_status compute(const up_arguments *args, const up_selection *selection,
                         const up_series *series, up_growth_options options,
                         up_growth_list *list, up_error *err)
{
    options.across_breaks = up_args_flag(args, "across-breaks");
    up_status status =
        take_period(args, "from", series, &options.has_from, &options.from, err);
    if (status == UP_OK)
        status = take_period(args, "to", series, &options.has_to, &options.to, err);
    if (status == UP_OK)
        status = up_growth_compute(series, selection->tracker, &options, list, err);
    return status;
}

up_status up_sections_compute(up_context *ctx, const up_arguments *args,
                              const up_selection *selection,
                              const up_growth_options *options, up_sections *sections,
                              up_error *err)
{
    const up_series_list *list = &selection->list;
    up_sections s = {0};
    up_error first = {0};
    up_status status = up_alloc(list->count, sizeof *s.items, &s.items, err);
    if (status == UP_OK)
        status = up_alloc(list->count, sizeof *s.lists, &s.lists, err);
    for (size_t i = 0; i < list->count && status == UP_OK; i++) {
        up_error why = {0};
        up_status computed =
            compute(args, selection, &list->items[i], *options, &s.lists[s.count], &why);
        if (computed == UP_OK) {
            s.items[s.count] = (up_growth_section){.series = &list->items[i],
                                                   .rows = s.lists[s.count].items,
                                                   .count = s.lists[s.count].count};
            s.count++;
        } else if (computed != UP_TOO_LITTLE_DATA) {
            status = computed;
            up_error_set(err, computed, "%s", why.message);
        } else if (first.code == UP_OK)
            first = why;
        else
            up_cli_note(ctx, "%s", why.message);
    }
    if (status == UP_OK && first.code != UP_OK && s.count > 0)
        up_cli_note(ctx, "%s", first.message);
    else if (status == UP_OK && s.count == 0)
        status = first.code != UP_OK ? up_error_set(err, first.code, "%s", first.message)
                                     : up_error_set(err, UP_TOO_LITTLE_DATA,
                                                    "the tracker has no figures");
    if (status == UP_OK)
        *sections = s;
    else
        up_sections_release(&s);
    return status;
}
