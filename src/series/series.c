#include "uptick/series.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "uptick/calendar.h"
#include "uptick/resample.h"
#include "uptick/standing.h"
#include "series/computed.h"
#include "series/implied.h"
#include "series/pattern.h"
#include "series/sorted.h"

void up_series_release(up_series *series)
{
    for (size_t i = 0; i < series->derived_count; i++)
        up_observation_release(&series->derived[i]);
    for (size_t i = 0; i < series->other_count; i++)
        free(series->other_sources[i]);
    free(series->other_sources);
    free(series->factorings);
    free(series->hidden_breaks);
    free(series->derived);
    free(series->points);
    free(series->entity);
    free(series->key);
    *series = (up_series){0};
}

void up_series_list_release(up_series_list *list)
{
    if (list == NULL)
        return;
    for (size_t i = 0; i < list->count; i++)
        up_series_release(&list->items[i]);
    free(list->items);
    *list = (up_series_list){0};
}

up_status up_series_push(up_series *series, const up_observation *observation,
                         const up_estimate *figure, up_error *err)
{
    up_status status = up_grow(&series->points, &series->capacity, series->count + 1,
                               sizeof *series->points, err);
    if (status == UP_OK)
        series->points[series->count++] = (up_point){
            .observation = observation,
            .figure = *figure,
            .after_break = observation->status == 'B' || observation->status == 'D'};
    return status;
}

/* Rows of one entity and period next to each other. */
static int compare_rows(const void *a, const void *b)
{
    const up_observation *x = *(const up_observation *const *)a;
    const up_observation *y = *(const up_observation *const *)b;
    int order = x->entity == y->entity ? 0 : strcmp(x->entity, y->entity);
    if (order == 0)
        order = up_period_compare(&x->period, &y->period);
    if (order == 0)
        order = (x->reported > y->reported) - (x->reported < y->reported);
    return order != 0 ? order : (x > y) - (x < y);
}

static bool is_sorted(const up_observation *const rows[], size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (compare_rows(&rows[i - 1], &rows[i]) > 0)
            return false;
    return true;
}

static bool lies_in(const up_period *period, const up_period *window)
{
    return period->start >= window->start && period->end <= window->end;
}

bool up_observation_is_known(const up_observation *o, int64_t as_of)
{
    if (as_of == UP_AS_OF_LATEST)
        return true;
    if (o->reported != UP_REPORTED_ALWAYS || o->status == 'F')
        return o->reported <= as_of;
    return o->period.start / UP_SECONDS_PER_DAY <= as_of;
}

static bool takes_part(const up_observation *o, const up_series_options *options,
                       const char *entity_glob)
{
    return up_observation_is_known(o, options->as_of) &&
           (entity_glob == NULL || up_glob_matches(entity_glob, o->entity)) &&
           (!options->has_window || options->resample.on ||
            lies_in(&o->period, &options->window));
}

/* --every year takes fiscal years too: they are as long as one. */
static bool is_of_kind(const up_period *period, const up_series_options *options)
{
    if (!options->has_every)
        return true;
    up_period unit = up_period_containing(0, options->every);
    int64_t months = up_period_months(&unit);
    return months > 0
               ? up_period_months(period) == months
               : period->granularity == options->every && period->shape != UP_EXTENT;
}

bool up_series_wants(const up_series_options *options, const up_period *period)
{
    return (!options->has_window || lies_in(period, &options->window)) &&
           is_of_kind(period, options);
}

/* What was resampled is still to be held against the window. */
static void keep_window(const up_series_options *options, up_series *series)
{
    size_t kept = 0;
    for (size_t i = 0; i < series->count; i++)
        if (lies_in(&series->points[i].observation->period, &options->window))
            series->points[kept++] = series->points[i];
    series->count = kept;
}

/* The rows of a metric that take part, sorted by compare_rows; caller frees. */
static up_status select_rows(const up_metric_data *data, const up_series_options *options,
                             const char *entity_glob, const up_observation ***rows,
                             size_t *count, up_error *err)
{
    const up_observation **chosen;
    up_status status = up_alloc(data->count, sizeof *chosen, &chosen, err);
    if (status != UP_OK)
        return status;
    size_t n = 0;
    for (size_t i = 0; i < data->count; i++)
        if (takes_part(&data->observations[i], options, entity_glob))
            chosen[n++] = &data->observations[i];
    if (!is_sorted(chosen, n)) /* as a file mostly is */
        qsort(chosen, n, sizeof *chosen, compare_rows);
    *rows = chosen;
    *count = n;
    return UP_OK;
}

/* Moves every point onto the time basis that suits all of them, and sorts by time. */
static int compare_points(const void *a, const void *b)
{
    const up_point *x = a, *y = b;
    if (x->time.value != y->time.value)
        return x->time.value < y->time.value ? -1 : 1;
    return up_period_compare(&x->observation->period, &y->observation->period);
}

static up_time_basis choose_basis(const up_series *series)
{
    int64_t months = 0;
    for (size_t i = 0; i < series->count; i++) {
        int64_t here = up_period_months(&series->points[i].observation->period);
        if (here == 0 || (months != 0 && here != months))
            return UP_TIME_CALENDAR;
        months = here;
    }
    return series->count > 0 ? UP_TIME_MONTHS : UP_TIME_CALENDAR;
}

void up_series_place_in_time(up_series *series)
{
    up_anchor anchor = up_metric_anchor(&series->data->metric);
    series->basis = choose_basis(series);
    for (size_t i = 0; i < series->count; i++)
        series->points[i].time = up_period_moment(&series->points[i].observation->period,
                                                  anchor, series->basis);
    bool sorted = true;
    for (size_t i = 1; i < series->count && sorted; i++)
        sorted = compare_points(&series->points[i - 1], &series->points[i]) <= 0;
    if (!sorted)
        qsort(series->points, series->count, sizeof *series->points, compare_points);
}

static up_status name_series(up_series *series, const char *entity, up_error *err)
{
    up_buffer key = {0};
    up_buffer_add(&key, series->data->metric.name);
    if (entity[0] != '\0')
        up_buffer_addf(&key, "/%s", entity);
    up_status status = up_copy_text(entity, &series->entity, err);
    if (status == UP_OK && (series->key = up_buffer_take(&key)) == NULL)
        status = up_error_memory(err);
    up_buffer_release(&key);
    return status;
}

/* A break stays one although the figure that shows it is left out. */
static up_status remember_break(up_series *series, const up_observation *o, up_error *err)
{
    if (o->status != 'B' && o->status != 'D')
        return UP_OK;
    up_status status =
        up_grow(&series->hidden_breaks, &series->hidden_capacity,
                series->hidden_count + 1, sizeof *series->hidden_breaks, err);
    if (status == UP_OK)
        series->hidden_breaks[series->hidden_count++] = o->period.end;
    return status;
}

/* The first figure that stands at or after a hidden break is after it. */
static void mark_hidden_breaks(up_series *series)
{
    for (size_t b = 0; b < series->hidden_count; b++)
        for (size_t i = 0; i < series->count; i++)
            if (series->points[i].time.instant >= series->hidden_breaks[b]) {
                series->points[i].after_break = true;
                break;
            }
}

/* Takes the one that speaks for each period from rows[0..count), all of one entity. */
static up_status resolve_vintages(const up_observation *const rows[], size_t count,
                                  const up_series_options *options, up_series *series,
                                  up_error *err)
{
    up_status status = UP_OK;
    for (size_t first = 0, next; first < count && status == UP_OK; first = next) {
        for (next = first + 1;
             next < count &&
             up_period_compare(&rows[next]->period, &rows[first]->period) == 0;
             next++)
            ;
        const up_observation *word =
            up_standing_speaker(&series->data->metric, rows + first, next - first);
        up_estimate figure;
        if (word->status == 'F' && !options->with_forecasts)
            series->forecasts++;
        else if (!is_of_kind(&word->period, options))
            status = remember_break(series, word, err);
        else if (word->status == 'M' ||
                 up_observation_estimate(word, options->rounding, &figure, NULL) != UP_OK)
            series->withdrawn++;
        else
            status = up_series_push(series, word, &figure, err);
    }
    return status;
}

static up_status build_series(const up_tracker *tracker, const up_metric_data *data,
                              const up_observation *const rows[], size_t count,
                              const up_series_options *options, up_series *series,
                              up_error *err)
{
    *series = (up_series){.data = data};
    up_status status = name_series(series, count > 0 ? rows[0]->entity : "", err);
    if (status == UP_OK)
        status = resolve_vintages(rows, count, options, series, err);
    if (status == UP_OK && options->with_derived)
        status = up_series_add_implied(tracker, options->as_of, options->rounding, series,
                                       err);
    if (status == UP_OK) {
        up_series_place_in_time(series);
        mark_hidden_breaks(series);
    }
    if (status == UP_OK && options->resample.on)
        status = up_series_resample(series, &options->resample, options->remarks, err);
    if (status == UP_OK && options->resample.on && options->has_window)
        keep_window(options, series);
    if (status != UP_OK)
        up_series_release(series);
    return status;
}

/* Series of one metric are listed in the order in which their entities appear in the file. */
typedef struct group {
    size_t first, count;
    const up_observation *earliest;
} group;

static int compare_groups(const void *a, const void *b)
{
    const group *x = a, *y = b;
    return (x->earliest > y->earliest) - (x->earliest < y->earliest);
}

static size_t find_groups(const up_observation *const rows[], size_t count, group *groups)
{
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || (rows[i]->entity != rows[i - 1]->entity &&
                       strcmp(rows[i]->entity, rows[i - 1]->entity) != 0))
            groups[n++] = (group){.first = i, .earliest = rows[i]};
        groups[n - 1].count++;
        if (rows[i] < groups[n - 1].earliest)
            groups[n - 1].earliest = rows[i];
    }
    if (n > 1)
        qsort(groups, n, sizeof *groups, compare_groups);
    return n;
}

static up_status add_metric_series(const up_tracker *tracker, const up_metric_data *data,
                                   const char *entity_glob,
                                   const up_series_options *options, up_series_list *list,
                                   up_error *err)
{
    const up_observation **rows = NULL;
    group *groups = NULL;
    size_t count = 0;
    if (data->metric.formula[0] != '\0')
        return options->derive != NULL
                   ? options->derive->select(tracker, data, entity_glob, options, list,
                                             err)
                   : UP_OK;
    up_status status = select_rows(data, options, entity_glob, &rows, &count, err);
    if (status == UP_OK)
        status = up_alloc(count, sizeof *groups, &groups, err);
    size_t group_count = status == UP_OK ? find_groups(rows, count, groups) : 0;
    for (size_t g = 0; g < group_count && status == UP_OK; g++) {
        up_series series;
        status = up_grow(&list->items, &list->capacity, list->count + 1,
                         sizeof *list->items, err);
        if (status == UP_OK)
            status = build_series(tracker, data, rows + groups[g].first, groups[g].count,
                                  options, &series, err);
        if (status == UP_OK)
            list->items[list->count++] = series;
    }
    free(groups);
    free(rows);
    return status;
}

/* The entity of a pattern as a glob; a literal one goes through aliases and codes first. */
static up_status entity_glob_of(const up_tracker *tracker, const up_pattern *pattern,
                                char **glob, up_error *err)
{
    *glob = NULL;
    if (pattern->entity == NULL)
        return UP_OK;
    if (!up_glob_is_literal(pattern->entity))
        return up_copy_text(pattern->entity, glob, err);
    return up_tracker_entity_name(tracker, pattern->entity, glob, err);
}

/* Whether the metric has a row of an entity that glob (NULL: any) matches. */
static bool has_entity(const up_metric_data *data, const char *glob)
{
    for (size_t i = 0; i < data->count; i++)
        if (glob == NULL || up_glob_matches(glob, data->observations[i].entity))
            return true;
    return false;
}

/* 'subs*arpu': a product that was taken for a glob. */
static bool looks_multiplied(const char *text)
{
    static const char in_names[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    const char *star = strchr(text, '*');
    return star != NULL && star > text && strchr(in_names, star[-1]) != NULL &&
           star[1] != '\0' && strchr(in_names, star[1]) != NULL;
}

static up_status no_such_entity(const up_metric_data *data, const char *entity,
                                up_error *err)
{
    const char **names, *near = NULL;
    size_t count = 0;
    if (up_alloc(data->count, sizeof *names, &names, err) != UP_OK)
        return UP_SYSTEM;
    for (size_t i = 0; i < data->count; i++)
        if (count == 0 || strcmp(names[count - 1], data->observations[i].entity) != 0)
            names[count++] = data->observations[i].entity;
    if (up_glob_is_literal(entity))
        near = up_did_you_mean(entity, names, count);
    free(names);
    return near != NULL && near[0] != '\0'
               ? up_error_set(err, UP_USAGE,
                              "metric '%s' has no figures for '%s'; did you mean '%s'?",
                              data->metric.name, entity, near)
               : up_error_set(err, UP_USAGE, "metric '%s' has no figures for '%s'",
                              data->metric.name, entity);
}

/* Why a pattern named nothing; data: the last metric that it matches. */
static up_status nothing_matches(const up_tracker *tracker, const char *text,
                                 const up_pattern *pattern, const char *entity_glob,
                                 const up_metric_data *data, int64_t as_of, up_error *err)
{
    if (data == NULL && up_glob_is_literal(pattern->metric))
        return up_tracker_unknown_metric(tracker, pattern->metric, err);
    if (data == NULL)
        return up_error_set(err, UP_USAGE, "no metric matches '%s'%s", pattern->metric,
                            looks_multiplied(pattern->metric)
                                ? " (an expression has blanks around its operators)"
                                : "");
    if (data->metric.formula[0] != '\0')
        return up_error_set(err, UP_TOO_LITTLE_DATA,
                            "the formula of '%s' gives no figures", text);
    if (data->count == 0)
        return up_error_set(err, UP_TOO_LITTLE_DATA, "metric '%s' has no figures yet",
                            data->metric.name);
    if (!has_entity(data, entity_glob))
        return no_such_entity(data, pattern->entity, err);
    up_date day = up_date_from_days(as_of == UP_AS_OF_LATEST ? 0 : as_of);
    if (as_of != UP_AS_OF_LATEST)
        return up_error_set(err, UP_TOO_LITTLE_DATA,
                            "no figure of '%s' was known on %04lld-%02d-%02d", text,
                            (long long)day.year, day.month, day.day);
    return up_error_set(err, UP_TOO_LITTLE_DATA,
                        "no figure of '%s' falls within the dates asked for", text);
}

up_status up_series_select(const up_tracker *tracker, const char *text,
                           const up_series_options *options, up_series_list *list,
                           up_error *err)
{
    up_pattern pattern;
    up_status status = up_pattern_parse(text, &pattern, err);
    if (status != UP_OK)
        return status;
    char *entity_glob = NULL;
    status = entity_glob_of(tracker, &pattern, &entity_glob, err);
    size_t before = list->count;
    const up_metric_data *seen = NULL;
    for (size_t i = 0; i < tracker->metric_count && status == UP_OK; i++) {
        const up_metric_data *data = &tracker->metrics[i];
        if (!up_glob_matches(pattern.metric, data->metric.name))
            continue;
        seen = data;
        up_error why = {0};
        status = add_metric_series(tracker, data, entity_glob, options, list, &why);
        if (status != UP_OK && status != UP_SYSTEM && data->metric.formula[0] != '\0' &&
            !up_glob_is_literal(pattern.metric)) {
            /* one formula that cannot be worked out does not hide the other metrics */
            up_remarks_add(options->remarks, UP_WARNING, NULL, 0, "%s", why.message);
            status = UP_OK;
        }
        if (status != UP_OK && err != NULL)
            *err = why;
    }
    if (status == UP_OK && list->count == before)
        status = nothing_matches(tracker, text, &pattern, entity_glob, seen,
                                 options->as_of, err);
    free(entity_glob);
    up_pattern_release(&pattern);
    return status;
}

up_status up_series_of(const up_tracker *tracker, const up_metric_data *data,
                       const char *text, const up_series_options *options,
                       up_series_list *list, up_error *err)
{
    up_pattern pattern;
    char *entity_glob = NULL;
    up_status status = up_pattern_parse(text, &pattern, err);
    if (status != UP_OK)
        return status;
    if (up_glob_matches(pattern.metric, data->metric.name))
        status = entity_glob_of(tracker, &pattern, &entity_glob, err);
    if (status == UP_OK && up_glob_matches(pattern.metric, data->metric.name))
        status = add_metric_series(tracker, data, entity_glob, options, list, err);
    free(entity_glob);
    up_pattern_release(&pattern);
    return status;
}

bool up_series_comparable(const up_series *series, size_t a, size_t b)
{
    return series->data->metric.measure != UP_FLOW ||
           up_period_alike(&series->points[a].observation->period,
                           &series->points[b].observation->period);
}

bool up_series_is_mixed(const up_series *series)
{
    for (size_t i = 1; i < series->count; i++)
        if (!up_series_comparable(series, 0, i))
            return true;
    return false;
}

up_status up_series_check_mixed(const up_series *series, up_error *err)
{
    if (!up_series_is_mixed(series))
        return UP_OK;
    return up_error_set(
        err, UP_TOO_LITTLE_DATA,
        "%s: totals over periods of unlike length do not go together (take "
        "one kind, e.g. --every quarter or --every year)",
        series->key);
}

void up_series_title(const up_series *series, up_buffer *out)
{
    const up_metric *metric = &series->data->metric;
    up_buffer_add(out, metric->title[0] != '\0' ? metric->title : metric->name);
    if (series->entity[0] != '\0')
        up_buffer_addf(out, ", %s", series->entity);
}

void up_series_find_duplicates(const up_metric_data *data, up_remarks *remarks)
{
    const up_observation **rows = up_rows_by_key(data, remarks);
    for (size_t i = 1; rows != NULL && i < data->count; i++)
        if (up_observation_compare(rows[i - 1], rows[i]) == 0)
            up_remarks_add(remarks, UP_ERROR, data->path, rows[i]->line,
                           "the same entity, period, reported and source as line %zu "
                           "(uptick rm --line)",
                           rows[i - 1]->line);
    free(rows);
}
