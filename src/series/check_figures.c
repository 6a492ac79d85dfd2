/* Rules for figures that look beyond the row: its words, other metrics, entities.csv. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "series/check_parts.h"
#include "series/sorted.h"

/* --- The words as stated -------------------------------------------------------------------- */

static bool is_currency(const char *unit)
{
    return strlen(unit) == 3 && strspn(unit, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3;
}

static bool differs(bool has_a, up_decimal a, bool has_b, up_decimal b)
{
    return has_a && has_b && up_decimal_compare(a, b) != 0;
}

void up_check_stated(const up_metric_data *data, const up_observation *o,
                     const char *path, up_remarks *remarks)
{
    const up_metric *metric = &data->metric;
    up_quantity_options options = {.unit_is_percent = up_metric_is_in_percent(metric),
                                   .currency = metric->unit};
    up_quantity q;
    if (o->stated[0] == '\0' ||
        up_quantity_parse(o->stated, &options, &q, NULL) != UP_OK || q.fold)
        return; /* not a figure by itself, or in other words: theirs */
    if (differs(q.has_value, q.value, o->has_value, o->value) ||
        differs(q.has_low, q.low, o->has_low, o->low) ||
        differs(q.has_high, q.high, o->has_high, o->high)) {
        char figure[UP_DECIMAL_SIZE];
        up_decimal_format(o->has_value ? o->value : o->low, figure);
        up_remarks_add(remarks, UP_WARNING, path, o->line,
                       "stated as '%s', but the figure is %s (uptick edit mends it)",
                       o->stated, figure);
    } else if (q.qualifier != UP_EXACTLY && o->qualifier == UP_EXACTLY && o->has_value)
        up_remarks_add(remarks, UP_WARNING, path, o->line,
                       "stated as '%s', but the row has no qualifier (wanted '%s')",
                       o->stated, up_qualifier_mark(q.qualifier));
    else if (is_currency(q.unit) && !up_unit_matches(q.unit, metric->unit))
        up_remarks_add(remarks, UP_WARNING, path, o->line,
                       "stated as '%s', in %s, but the metric is in %s", o->stated,
                       q.unit, metric->unit[0] != '\0' ? metric->unit : "no unit");
}

/* --- Another metric as floor or ceiling -------------------------------------------------------- */

/* Of the rows of `limit`, by key: the last one of this entity that begins by then. */
static const up_observation *limit_at(const up_observation *const rows[], size_t count,
                                      const char *entity, const up_period *period)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(rows[middle]->entity, entity);
        if (order < 0 || (order == 0 && rows[middle]->period.start < period->end))
            low = middle + 1;
        else
            high = middle;
    }
    const up_observation *last = low > 0 ? rows[low - 1] : NULL;
    return last != NULL && strcmp(last->entity, entity) == 0 && last->has_value &&
                   last->status != 'F'
               ? last
               : NULL;
}

static void check_against(const up_metric_data *data, const up_metric_data *limit,
                          const char *name, int side, up_remarks *remarks)
{
    const up_observation **rows = up_rows_by_key(limit, remarks);
    for (size_t i = 0; rows != NULL && i < data->count; i++) {
        const up_observation *o = &data->observations[i];
        const up_observation *at = limit_at(rows, limit->count, o->entity, &o->period);
        if (at == NULL)
            at = limit_at(rows, limit->count, "", &o->period);
        if (at == NULL || !o->has_value ||
            up_decimal_compare(o->value, at->value) * side <= 0)
            continue;
        char figure[UP_DECIMAL_SIZE], most[UP_DECIMAL_SIZE], period[UP_PERIOD_SIZE];
        up_decimal_format(o->value, figure);
        up_decimal_format(at->value, most);
        up_period_format(&at->period, period);
        up_remarks_add(
            remarks, UP_WARNING, data->path, o->line, "%s is %s its %s, %s of %s: %s",
            figure, side > 0 ? "above" : "below", name, limit->metric.name, period, most);
    }
    free(rows);
}

void up_check_metric_limits(const up_tracker *tracker, const up_metric_data *data,
                            up_remarks *remarks)
{
    const struct {
        const char *name, *text;
        int side;
    } limits[] = {{"floor", data->metric.floor, -1},
                  {"ceiling", data->metric.ceiling, 1}};
    for (size_t i = 0; i < 2; i++) {
        up_decimal number;
        if (limits[i].text[0] == '\0' ||
            up_decimal_parse(limits[i].text, &number, NULL) == UP_OK)
            continue;
        const up_metric_data *limit = up_tracker_metric(tracker, limits[i].text);
        if (limit == NULL)
            up_remarks_add(remarks, UP_ERROR, data->path, 0,
                           "the %s of '%s', '%s', is neither a number nor a metric",
                           limits[i].name, data->metric.name, limits[i].text);
        else if (limit->loaded)
            check_against(data, limit, limits[i].name, limits[i].side, remarks);
    }
}

/* --- Names of entities ----------------------------------------------------------------------------- */

void up_check_entity_names(const up_tracker *tracker, const up_metric_data *data,
                           up_remarks *remarks)
{
    for (size_t i = 0; i < data->count && tracker->entity_count > 0; i++) {
        const up_observation *o = &data->observations[i];
        if (i > 0 && strcmp(o->entity, data->observations[i - 1].entity) == 0)
            continue; /* told of the first of them */
        char *name = NULL;
        up_status status = up_tracker_entity_name(tracker, o->entity, &name, NULL);
        if (status == UP_SYSTEM)
            remarks->failed = true;
        else if (status == UP_OK && strcmp(name, o->entity) != 0)
            up_remarks_add(remarks, UP_WARNING, data->path, o->line,
                           "'%s' is called '%s' in entities.csv (uptick check --fix)",
                           o->entity, name);
        free(name);
    }
}
