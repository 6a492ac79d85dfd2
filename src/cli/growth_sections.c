#include "cli/growth_sections.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "series/pattern.h"
#include "uptick/calendar.h"
#include "uptick/expression.h"

void up_sections_release(up_sections *s)
{
    for (size_t i = 0; i < s->count; i++)
        up_growth_list_release(&s->lists[i]);
    up_whole_free(s->whole);
    up_series_list_release(&s->parts);
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

/* --tolerance, which expressions read as well. */
static up_status take_tolerance(const up_arguments *args, up_growth_options *options,
                                up_error *err)
{
    const char *text = up_args_option(args, "tolerance");
    up_tolerance tolerance;
    up_error why = {0};
    if (text == NULL)
        return UP_OK;
    if (up_tolerance_parse(text, &tolerance, &why) != UP_OK)
        return up_error_set(err, UP_USAGE, "--%s", why.message);
    options->has_tolerance = true;
    options->tolerance_days =
        (double)tolerance.days + (double)tolerance.months * UP_DAYS_PER_YEAR / 12;
    return UP_OK;
}

/* The rows say something of what is shown; else why not, which is the same for all of them. */
static up_status check_said(const up_series *series, const bool show[UP_TRANSFORMS],
                            const up_growth_list *list, up_error *err)
{
    for (size_t r = 0; r < list->count; r++)
        if (up_growth_says(&list->items[r], show))
            return UP_OK;
    int t = 0;
    while (t < UP_TRANSFORMS - 1 && !show[t])
        t++;
    const char *why = list->items[0].values[t].refused;
    return up_error_set(err, UP_TOO_LITTLE_DATA, "%s: no %s: %s%s", series->key,
                        up_transform_table[t].title, why,
                        why == up_growth_no_year && series->basis == UP_TIME_CALENDAR
                            ? " (a day either way; --tolerance widens that)"
                            : "");
}

up_status up_section_compute(const up_arguments *args, const up_tracker *tracker,
                             const up_series *series, const bool show[UP_TRANSFORMS],
                             up_growth_options options, up_growth_list *list,
                             up_error *err)
{
    up_period splits[UP_CLI_SPLITS];
    options.across_breaks = up_args_flag(args, "across-breaks");
    options.steps = up_args_flag(args, "steps");
    options.splits = splits;
    up_status status =
        up_cli_splits(args, &series->data->metric, splits, &options.split_count, err);
    if (status == UP_OK)
        status = take_period(args, "from", series, &options.has_from, &options.from, err);
    if (status == UP_OK)
        status = take_period(args, "to", series, &options.has_to, &options.to, err);
    if (status == UP_OK)
        status = take_period(args, "base", series, &options.has_base, &options.base, err);
    if (status == UP_OK)
        status = take_tolerance(args, &options, err);
    if (status == UP_OK)
        status = up_growth_compute(series, tracker, &options, list, err);
    if (status == UP_OK)
        status = check_said(series, show, list, err);
    return status;
}

static bool is_held(const up_series_list *list, const up_metric_data *data)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].data == data)
            return true;
    return false;
}

static bool is_excepted(const up_arguments *args, const up_series *series)
{
    const char *except;
    for (size_t n = 0; (except = up_args_nth(args, "except", n)) != NULL; n++)
        if (up_glob_matches(except, series->key))
            return true;
    return false;
}

void up_section_leave_out(const up_arguments *args, up_series_list *list)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
        if (is_excepted(args, &list->items[i]))
            up_series_release(&list->items[i]);
        else
            list->items[kept++] = list->items[i];
    list->count = kept;
}

/* The series of every --of, else all of the metrics that are selected but those of --except. */
static up_status gather_parts(const up_arguments *args, const up_selection *selection,
                              up_series_list *parts, up_error *err)
{
    const up_tracker *tracker = selection->tracker;
    const char *of;
    up_status status = UP_OK;
    for (size_t n = 0; (of = up_args_nth(args, "of", n)) != NULL && status == UP_OK; n++)
        status = up_series_select(tracker, of, &selection->options, parts, err);
    for (size_t m = 0; m < tracker->metric_count && status == UP_OK; m++)
        if (!up_args_flag(args, "of") && is_held(&selection->list, &tracker->metrics[m]))
            status = up_series_select(tracker, tracker->metrics[m].metric.name,
                                      &selection->options, parts, err);
    if (status == UP_OK && !up_args_flag(args, "of"))
        up_section_leave_out(args, parts);
    return status;
}

/* What the transforms ask for: rows without a figure before, and the comparisons. */
void up_section_options(const bool show[UP_TRANSFORMS], up_growth_options *options)
{
    for (int t = 0; t < UP_TRANSFORMS; t++) {
        up_comparison comparison = up_transform_table[t].compares;
        options->on[comparison] = options->on[comparison] || show[t];
        options->levels = options->levels || (show[t] && comparison != UP_ON_PREVIOUS);
    }
    options->without_previous = !options->on[UP_ON_PREVIOUS] && !options->claims;
}

/* Computes one series into the next section; a reason why there is none goes to *why. */
static up_status add_section(const up_arguments *args, const up_selection *selection,
                             const up_series *series, const bool show[UP_TRANSFORMS],
                             const up_growth_options *options, up_sections *s,
                             up_error *why)
{
    up_growth_list *list = &s->lists[s->count];
    up_status status =
        up_section_compute(args, selection->tracker, series, show, *options, list, why);
    if (status == UP_OK)
        s->items[s->count++] = (up_growth_section){
            .series = series, .rows = list->items, .count = list->count};
    else
        up_growth_list_release(list);
    return status;
}

/* Hands the last section on and forgets its rows. */
static void hand_on(up_take_section *take, void *context, up_sections *s)
{
    up_growth_section *section = &s->items[s->count - 1];
    take(context, section);
    up_growth_list_release(&s->lists[s->count - 1]);
    section->rows = NULL;
    section->count = 0;
}

void up_cli_growth_refusals(up_context *ctx, up_remarks *refusals, up_table *table)
{
    for (size_t i = 0; i < refusals->count && up_cli_has_notes(ctx); i++)
        up_table_note(table, refusals->items[i].message);
    if (!up_cli_has_notes(ctx))
        up_cli_remarks(ctx, refusals);
}

void up_section_contradictions(const up_growth_section *section, up_remarks *warnings)
{
    for (size_t r = 0; r < section->count; r++) {
        const up_growth *g = &section->rows[r];
        if (g->claim != NULL && g->verdict == UP_CONTRADICTED)
            up_remarks_add(warnings, UP_WARNING, NULL, 0,
                           "%s: the levels contradict the claim \"%s\"",
                           section->series->key, g->claim->stated);
    }
}

void up_section_warn(up_context *ctx, const char *warning)
{
    up_cli_note(ctx, "warning: %s", warning);
    ctx->warnings++;
}

void up_section_without(up_context *ctx, const char *why, up_error *first)
{
    if (first->code == UP_OK)
        up_error_set(first, UP_TOO_LITTLE_DATA, "%s", why);
    else
        up_cli_note(ctx, "%s", why);
}

up_status up_sections_end(up_context *ctx, size_t count, const up_error *first,
                          up_error *err)
{
    if (count == 0)
        return up_error_set(err, UP_TOO_LITTLE_DATA, "%s",
                            first->code != UP_OK ? first->message
                                                 : "the tracker has no figures");
    if (first->code != UP_OK)
        up_cli_note(ctx, "%s", first->message);
    return UP_OK;
}

static up_status fill(up_context *ctx, const up_arguments *args,
                      const up_selection *selection, const bool show[UP_TRANSFORMS],
                      const up_growth_options *options, up_take_section *take,
                      void *context, up_sections *s, up_error *err)
{
    const up_series_list *list = &selection->list;
    up_error first = {0};
    up_status status = UP_OK;
    for (size_t i = 0; i < list->count && status == UP_OK; i++) {
        up_error why = {0};
        up_status computed =
            add_section(args, selection, &list->items[i], show, options, s, &why);
        if (computed == UP_OK && take != NULL)
            hand_on(take, context, s);
        if (computed != UP_OK && computed != UP_TOO_LITTLE_DATA)
            status = up_error_set(err, computed, "%s", why.message);
        else if (computed != UP_OK)
            up_section_without(ctx, why.message, &first);
    }
    return status == UP_OK ? up_sections_end(ctx, s->count, &first, err) : status;
}

void up_section_warn_of_total(up_context *ctx, const up_whole *whole)
{
    const char *entity = up_whole_seeming_total(whole);
    up_buffer text = {0};
    if (entity == NULL)
        return;
    up_buffer_addf(&text,
                   "%s seems to be the total of the others, and is counted as a part "
                   "(--except leaves it out)",
                   entity);
    if (!text.failed)
        up_section_warn(ctx, up_buffer_text(&text));
    up_buffer_release(&text);
}

up_status up_sections_compute(up_context *ctx, const up_arguments *args,
                              const up_selection *selection,
                              const bool show[UP_TRANSFORMS],
                              const up_growth_options *options, up_take_section *take,
                              void *context, up_sections *sections, up_error *err)
{
    up_sections s = {0};
    up_growth_options fitted = *options;
    up_status status = up_alloc(selection->list.count, sizeof *s.items, &s.items, err);
    if (status == UP_OK)
        status = up_alloc(selection->list.count, sizeof *s.lists, &s.lists, err);
    if (status == UP_OK && show[UP_SHARE])
        status = gather_parts(args, selection, &s.parts, err);
    if (status == UP_OK && show[UP_SHARE])
        status = up_whole_new(&s.parts, &s.whole, err);
    if (status == UP_OK && s.whole != NULL)
        up_section_warn_of_total(ctx, s.whole);
    fitted.whole = s.whole;
    up_section_options(show, &fitted);
    if (status == UP_OK)
        status = fill(ctx, args, selection, show, &fitted, take, context, &s, err);
    s.shown = s.count;
    if (status == UP_OK)
        *sections = s;
    else
        up_sections_release(&s);
    return status;
}
