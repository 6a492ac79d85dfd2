#include "cli/figure.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "uptick/check.h"

/* ---- from the command line ---- */

/* The texts that go into the row as they are. */
static const struct {
    const char *option;
    up_observation_column column;
} texts[] = {{"status", UP_COL_STATUS}, {"reported", UP_COL_REPORTED},
             {"source", UP_COL_SOURCE}, {"quote", UP_COL_QUOTE},
             {"note", UP_COL_NOTE},     {"stated", UP_COL_STATED}};

up_status up_figure_set_texts(const up_arguments *args, up_observation *o, up_error *err)
{
    up_status status = UP_OK;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0] && status == UP_OK; i++) {
        const char *text = up_args_option(args, texts[i].option);
        if (text != NULL)
            status = up_observation_set(o, texts[i].column, text, NULL, err);
    }
    return status;
}

/* The unit that was written must be the metric's. */
static up_status check_unit(const up_quantity *q, const up_metric *metric,
                            const char *text, up_error *err)
{
    if (q->fold)
        return up_error_set(err, UP_USAGE,
                            "'%s' compares two figures; 'uptick claim' keeps such words",
                            text);
    if (q->percent && metric->unit[0] != '\0' && !up_metric_is_in_percent(metric) &&
        !up_metric_shows_percent(metric))
        return up_error_set(err, UP_USAGE, "'%s' is in percent, the metric '%s' in %s",
                            text, metric->name, metric->unit);
    bool is_word = q->unit[0] >= 'a' && q->unit[0] <= 'z'; /* a currency is in capitals */
    if (!up_unit_matches(q->unit, metric->unit))
        return up_error_set(err, UP_USAGE, "'%s' is in %s, the metric '%s' in %s%s", text,
                            q->unit, metric->name,
                            metric->unit[0] != '\0' ? metric->unit : "no unit",
                            is_word ? " (leave the word out if it means the same)" : "");
    return UP_OK;
}

up_status up_figure_set_quantity(const up_arguments *args, const up_metric *metric,
                                 const char *text, up_observation *o, up_error *err)
{
    up_quantity_options options = {.unit_is_percent = up_metric_is_in_percent(metric)};
    const char *decimal = up_args_option(args, "decimal");
    if (decimal != NULL && strcmp(decimal, ",") != 0 && strcmp(decimal, ".") != 0)
        return up_error_set(err, UP_USAGE, "--decimal '%s' is not ',' or '.'", decimal);
    options.decimal_comma = decimal != NULL && decimal[0] == ',';
    up_quantity q;
    up_status status = up_quantity_parse(text, &options, &q, err);
    if (status == UP_OK)
        status = check_unit(&q, metric, text, err);
    if (status != UP_OK)
        return status;
    o->has_value = q.has_value;
    o->value = q.value;
    o->has_low = q.has_low;
    o->low = q.low;
    o->has_high = q.has_high;
    o->high = q.high;
    o->qualifier = q.qualifier;
    /* what was typed is what was stated, unless it is the bare number itself */
    up_buffer plain = {0};
    up_observation_get(o, UP_COL_VALUE, &plain);
    status = up_buffer_check(&plain, err);
    if (status == UP_OK && up_args_option(args, "stated") == NULL &&
        strcmp(up_buffer_text(&plain), text) != 0)
        status = up_replace_text(&o->stated, text, err);
    up_buffer_release(&plain);
    return status;
}

static up_status fill(const up_arguments *args, const up_metric *metric,
                      up_observation *o, up_error *err)
{
    const char *quantity = up_args_operand(args, 2);
    up_status status =
        up_cli_period(args, metric, up_args_operand(args, 1), &o->period, err);
    if (status == UP_OK)
        status = up_figure_set_texts(args, o, err);
    if (status == UP_OK && quantity == NULL && o->status != 'M')
        status = up_error_set(err, UP_USAGE,
                              "a quantity is missing (only --status M does without)");
    if (status == UP_OK && quantity != NULL)
        status = up_figure_set_quantity(args, metric, quantity, o, err);
    return status == UP_OK ? up_observation_validate(o, err) : status;
}

/* ---- rules and echo ---- */

/* The rules for one figure: what is an error for a stored one is refused here. */
up_status up_figure_check(up_context *ctx, const up_tracker *tracker,
                          const up_metric_data *data, const up_observation *o,
                          up_error *err)
{
    up_remarks remarks = {0};
    up_check_figure(tracker, data, o, ctx->today, &remarks);
    up_status status = UP_OK;
    for (size_t i = 0; i < remarks.count && status == UP_OK; i++)
        if (remarks.items[i].severity == UP_ERROR)
            status = up_error_set(err, UP_BAD_DATA, "%s", remarks.items[i].message);
    if (status == UP_OK)
        up_cli_remarks(ctx, &remarks);
    up_remarks_release(&remarks);
    return status;
}

/* A bare metric means all its entities; a figure belongs to one. */
static up_status check_entity(const up_metric_data *data, const char *entity,
                              up_error *err)
{
    for (size_t i = 0; i < data->count && entity[0] == '\0'; i++)
        if (data->observations[i].entity[0] != '\0')
            return up_error_set(err, UP_USAGE,
                                "'%s' has figures of named entities: say which one, e.g. "
                                "%s/'%s'",
                                data->metric.name, data->metric.name,
                                data->observations[i].entity);
    return UP_OK;
}

void up_figure_echo(up_context *ctx, const up_metric_data *data, const up_observation *o)
{
    up_buffer period = {0}, figure = {0};
    up_period_describe(&o->period, &period);
    up_words_figure(o, &data->metric, 0, &figure);
    up_cli_note(ctx, "%s%s%s, %s: %s", data->metric.name, o->entity[0] ? "/" : "",
                o->entity, up_buffer_text(&period), up_buffer_text(&figure));
    up_buffer_release(&period);
    up_buffer_release(&figure);
}

/* ---- the row that is meant ---- */

up_status up_figure_target(up_context *ctx, const up_arguments *args, up_store *store,
                           const up_metric_data **data, char **entity, up_error *err)
{
    char *name = NULL;
    up_status status = up_cli_target(up_store_tracker(store), up_args_operand(args, 0),
                                     data, &name, err);
    if (status == UP_OK)
        status = up_cli_load(ctx, store, (*data)->metric.name, err);
    if (status == UP_OK)
        *entity = name;
    else
        free(name);
    return status;
}

up_status up_figure_make(up_context *ctx, const up_arguments *args, up_store *store,
                         up_figure_maker *make, up_error *err)
{
    up_observation o = {0};
    const up_metric_data *data = NULL;
    char *entity = NULL;
    up_status status = up_observation_init(&o, err);
    if (status == UP_OK)
        status = up_figure_target(ctx, args, store, &data, &entity, err);
    if (status == UP_OK) {
        free(o.entity);
        o.entity = entity;
        status = check_entity(data, o.entity, err);
    }
    if (status == UP_OK)
        status = fill(args, &data->metric, &o, err);
    if (status == UP_OK)
        status = make(ctx, args, store, data, &o, err);
    up_observation_release(&o);
    return status;
}

/* What the options leave of a period's rows. */
typedef struct wanted_row {
    up_period period;
    const char *entity, *source; /* source NULL: any */
    bool has_day;
    int64_t day;
    size_t line; /* 0: any */
} wanted_row;

static bool fits(const up_observation *o, const wanted_row *w)
{
    return strcmp(o->entity, w->entity) == 0 &&
           up_period_compare(&o->period, &w->period) == 0 &&
           (w->source == NULL || strcmp(o->source, w->source) == 0) &&
           (!w->has_day || o->reported == w->day) && (w->line == 0 || o->line == w->line);
}

static up_status read_wanted(const up_arguments *args, const up_metric_data *data,
                             const up_row_selectors *selectors, wanted_row *w,
                             up_error *err)
{
    const char *day = up_args_option(args, selectors->reported);
    const char *line = up_args_option(args, "line");
    w->source = up_args_option(args, selectors->source);
    up_status status =
        up_cli_period(args, &data->metric, up_args_operand(args, 1), &w->period, err);
    if (status == UP_OK && day != NULL) {
        w->has_day = true;
        status = up_reported_parse(day, &w->day, err);
    }
    if (status == UP_OK && line != NULL)
        status = up_cli_line_number("line", line, &w->line, err);
    return status;
}

/* "249 M people, reported 2025-07-23, source gt". */
static void describe_row(const up_metric_data *data, const up_observation *o,
                         up_buffer *out)
{
    up_words_figure(o, &data->metric, 0, out);
    up_buffer_add(out, o->reported != UP_REPORTED_ALWAYS ? ", reported "
                                                         : ", without a day of report");
    up_reported_format(o->reported, out);
    if (o->source[0] != '\0')
        up_buffer_addf(out, ", source %s", o->source);
    else
        up_buffer_add(out, ", without a source");
}

static up_status list_rows(up_context *ctx, const up_metric_data *data,
                           const wanted_row *w, size_t count,
                           const up_row_selectors *selectors, up_error *err)
{
    up_remarks remarks = {0};
    for (size_t i = 0; i < data->count; i++) {
        up_buffer words = {0};
        if (!fits(&data->observations[i], w))
            continue;
        describe_row(data, &data->observations[i], &words);
        up_remarks_add(&remarks, UP_ERROR, data->path, data->observations[i].line, "%s",
                       up_buffer_text(&words));
        remarks.failed = remarks.failed || words.failed;
        up_buffer_release(&words);
    }
    up_cli_remarks(ctx, &remarks);
    return up_error_set(err, UP_USAGE,
                        "%zu rows are for this period: say which by --%s DATE, --%s KEY "
                        "or --line N",
                        count, selectors->reported, selectors->source);
}

void up_figure_add_near(const up_metric_data *data, const char *entity,
                        const up_period *wanted, up_buffer *out)
{
    const up_period *found = NULL;
    int nearest = 0;
    size_t count = 0; /* different periods, all as near */
    for (size_t i = 0; i < data->count; i++) {
        const up_period *own = &data->observations[i].period;
        int near = up_period_nearness(wanted, own);
        if (near == 0 || near < nearest ||
            strcmp(data->observations[i].entity, entity) != 0)
            continue;
        bool same = found != NULL && up_period_compare(found, own) == 0;
        count = near > nearest ? 1 : count + !same;
        nearest = near;
        found = own;
    }
    if (count != 1)
        return;
    up_buffer_add(out, "; did you mean '");
    up_period_typed(wanted, found, out);
    up_buffer_add(out, "'?");
}

static up_status no_row(const up_arguments *args, const up_metric_data *data,
                        const wanted_row *w, const up_row_selectors *selectors,
                        up_error *err)
{
    wanted_row any = {.period = w->period, .entity = w->entity};
    size_t others = 0;
    for (size_t i = 0; i < data->count; i++)
        others += fits(&data->observations[i], &any);
    if (others > 0)
        return up_error_set(err, UP_USAGE,
                            "%s has %zu figure%s for '%s', but none that --%s, --%s and "
                            "--line leave",
                            up_args_operand(args, 0), others, others == 1 ? "" : "s",
                            up_args_operand(args, 1), selectors->reported,
                            selectors->source);
    up_buffer near = {0};
    up_figure_add_near(data, w->entity, &w->period, &near);
    up_error_set(err, UP_USAGE, "%s has no figure for '%s'%s", up_args_operand(args, 0),
                 up_args_operand(args, 1), up_buffer_text(&near));
    up_buffer_release(&near);
    return UP_USAGE;
}

up_status up_figure_find(up_context *ctx, const up_arguments *args,
                         const up_metric_data *data, const char *entity,
                         const up_row_selectors *selectors, const up_observation **row,
                         up_error *err)
{
    wanted_row w = {.entity = entity};
    size_t count = 0;
    up_status status = check_entity(data, entity, err);
    if (status == UP_OK)
        status = read_wanted(args, data, selectors, &w, err);
    if (status != UP_OK)
        return status;
    for (size_t i = 0; i < data->count; i++)
        if (fits(&data->observations[i], &w)) {
            *row = &data->observations[i];
            count++;
        }
    if (count == 0)
        return no_row(args, data, &w, selectors, err);
    return count > 1 ? list_rows(ctx, data, &w, count, selectors, err) : UP_OK;
}
