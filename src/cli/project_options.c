#include "cli/project_options.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "uptick/calendar.h"
#include "uptick/human.h"
#include "uptick/number.h"
#include "uptick/quantity.h"

up_status up_project_option_count(const char *option, const char *text,
                                  unsigned long most, unsigned long *value, up_error *err)
{
    char *end;
    bool digits = text[0] >= '0' && text[0] <= '9';
    unsigned long number = digits ? strtoul(text, &end, 10) : 0;
    if (!digits || *end != '\0' || number == 0 || number > most)
        return up_error_set(err, UP_USAGE, "--%s '%s' is not a count from 1 to %lu",
                            option, text, most);
    *value = number;
    return UP_OK;
}

/* --- Models --------------------------------------------------------------------------------------- */

static up_status unknown_model(const char *name, size_t length, up_error *err)
{
    const char *names[UP_MODELS_MAX];
    char text[64];
    size_t count = 0;
    names[count++] = "auto";
    for (; up_models[count - 1] != NULL && count < UP_MODELS_MAX; count++)
        names[count] = up_model_name(up_models[count - 1]);
    length = length < sizeof text ? length : sizeof text - 1;
    memcpy(text, name, length);
    text[length] = '\0';
    const char *near = up_did_you_mean(text, names, count);
    return up_error_set(err, UP_USAGE,
                        "unknown model '%s'%s%s%s (auto, constant, linear, exponential, "
                        "quadratic, power, logistic, gompertz, richards, bass)",
                        text, near ? "; did you mean '" : "", near ? near : "",
                        near ? "'?" : "");
}

static const up_model *model_of(const char *name, size_t length)
{
    for (size_t i = 0; up_models[i] != NULL; i++)
        if (strlen(up_model_name(up_models[i])) == length &&
            memcmp(up_model_name(up_models[i]), name, length) == 0)
            return up_models[i];
    return NULL;
}

/* One name of a list with commas, from *at on; moves past it. */
static size_t next_name(const char **at, const char **name)
{
    *name = *at;
    size_t length = strcspn(*at, ",");
    *at = (*at)[length] == ',' ? *at + length + 1 : NULL;
    return length;
}

static bool says_auto(const char *name, size_t length)
{
    return length == strlen("auto") && memcmp(name, "auto", length) == 0;
}

/* Whether auto is asked for: alone, beside others, or by nothing. */
static bool is_auto(const up_arguments *args)
{
    const char *at = up_args_option(args, "model"), *name;
    bool found = at == NULL;
    while (at != NULL && !found) {
        size_t length = next_name(&at, &name);
        found = says_auto(name, length);
    }
    return found;
}

static size_t place_of(const up_models_asked *models, const up_model *model)
{
    size_t i = 0;
    while (i < models->count && models->items[i] != model)
        i++;
    return i;
}

/* One that is named: beside auto, which has all, it is shown. */
static up_status add_named(up_models_asked *models, const char *name, size_t length,
                           bool beside_auto, up_error *err)
{
    bool itself = says_auto(name, length);
    const up_model *model = itself ? &up_model_auto : model_of(name, length);
    size_t place = place_of(models, model);
    if (model == NULL || (place == models->count && place == UP_MODELS_MAX))
        return unknown_model(name, length, err);
    if (models->shown[place])
        return up_error_set(err, UP_USAGE, "--model names %s twice",
                            up_model_name(model));
    models->shown[place] = true;
    if (!beside_auto)
        models->items[models->count++] = model;
    return UP_OK;
}

up_status up_project_models(const up_arguments *args, up_models_asked *models,
                            up_error *err)
{
    const char *at = up_args_option(args, "model"), *name;
    bool with_auto = is_auto(args);
    up_models_asked m = {.items = {&up_model_auto}, .count = 1};
    up_status status = UP_OK;
    for (size_t i = 0; with_auto && up_models[i] != NULL; i++)
        m.items[m.count++] = up_models[i];
    while (at != NULL && status == UP_OK) {
        size_t length = next_name(&at, &name);
        status = add_named(&m, name, length, with_auto, err);
    }
    if (!with_auto && m.count == 2) { /* one alone is not pooled */
        m.items[0] = m.items[1];
        m.count = 1;
    }
    m.shown[0] = false; /* auto always is; of a list without it all make the pool */
    for (size_t i = 1; i < m.count && !with_auto; i++)
        m.shown[i] = false;
    if (status == UP_OK)
        *models = m;
    return status;
}

/* --- Capacities ------------------------------------------------------------------------------------ */

/* A number as people write it: 1.41e9, "1.4 billion". */
static bool read_number(const char *text, double *number)
{
    up_quantity q;
    if (up_quantity_parse(text, NULL, &q, NULL) != UP_OK || !q.has_value ||
        q.qualifier != UP_EXACTLY)
        return false;
    *number = up_decimal_to_double(q.value);
    return true;
}

static bool is_metric(const up_tracker *tracker, const char *text)
{
    size_t length = strcspn(text, "/");
    for (size_t i = 0; i < tracker->metric_count; i++) {
        const char *name = tracker->metrics[i].metric.name;
        if (strlen(name) == length && memcmp(name, text, length) == 0)
            return true;
    }
    return false;
}

/* The last figure of a period that had begun by that day; NULL: there is none. */
static const up_point *last_begun(const up_series *series, int64_t day)
{
    int64_t after = up_instant_from_date(up_date_from_days(day + 1));
    for (size_t i = series != NULL ? series->count : 0; i-- > 0;)
        if (series->points[i].observation->period.start < after)
            return &series->points[i];
    return NULL;
}

/* The last figure of a metric for the entity of a series (or of a key METRIC/ENTITY): its `what`, as
 * far as it was known on the day that is taken for today. */
static up_status last_figure(up_context *ctx, const up_selection *selection,
                             const up_series *series, const char *what, const char *key,
                             double *value, up_error *err)
{
    up_series_list list = {0};
    up_error why = {0};
    int64_t as_of = selection->options.as_of;
    up_series_options options = {.as_of = as_of < ctx->today ? as_of : ctx->today};
    up_status status = up_cli_load(ctx, selection->store, key, err);
    if (status == UP_OK)
        status = up_series_select(selection->tracker, key, &options, &list, &why);
    if (status != UP_OK && status != UP_TOO_LITTLE_DATA && why.code != UP_OK &&
        err != NULL)
        *err = why;
    status = status == UP_TOO_LITTLE_DATA ? UP_OK : status;
    const up_series *found = NULL;
    for (size_t i = 0; i < list.count && status == UP_OK; i++)
        if (list.count == 1 || strcmp(list.items[i].entity, series->entity) == 0)
            found = &list.items[i];
    const up_point *last = last_begun(found, options.as_of);
    if (status == UP_OK && (last == NULL || !last->figure.has_value))
        status =
            up_error_set(err, UP_TOO_LITTLE_DATA, "%s: the %s %s has no figure for it",
                         series->key, what, key);
    if (status == UP_OK) {
        up_buffer number = {0}, label = {0};
        *value = last->figure.value;
        up_human_number(*value, 3, &number);
        up_period_label(&last->observation->period, &label);
        up_cli_note(ctx, "%s: %s %s, %s (%s)", series->key, what,
                    number.data != NULL ? number.data : "", found->key,
                    label.data != NULL ? label.data : "");
        up_buffer_release(&number);
        up_buffer_release(&label);
    }
    up_series_list_release(&list);
    return status;
}

static up_status read_capacity(up_context *ctx, const up_selection *selection,
                               const up_series *series, const char *option,
                               const char *text, double *value, up_error *err)
{
    if (!read_number(text, value)) {
        if (!is_metric(selection->tracker, text))
            return up_error_set(err, UP_USAGE,
                                "--%s '%s' is neither a number nor a metric", option,
                                text);
        return last_figure(ctx, selection, series, option, text, value, err);
    }
    return *value > 0
               ? UP_OK
               : up_error_set(err, UP_USAGE, "--%s '%s' is not positive", option, text);
}

/* What it has passed is not what it grows towards. */
static up_status check_capacity(const up_series *series, double capacity, up_error *err)
{
    for (size_t i = 0; i < series->count; i++) {
        const up_estimate *e = &series->points[i].figure;
        if (e->has_low && e->low > capacity)
            return up_error_set(err, UP_USAGE,
                                "%s: the capacity is below figures that there are",
                                series->key);
    }
    return UP_OK;
}

/* A limit that the metric has in its own data: a number is read where it is used, another metric
 * here. *found: it is one. */
static up_status read_own_limit(up_context *ctx, const up_selection *selection,
                                const up_series *series, const char *what,
                                const char *text, bool *found, double *value,
                                up_error *err)
{
    double number;
    const char *name = series->data->metric.name;
    if (text[0] == '\0' || up_number_parse(text, &number, NULL) == UP_OK)
        return UP_OK;
    if (!is_metric(selection->tracker, text))
        return up_error_set(
            err, UP_BAD_DATA,
            "%s: its %s '%s' is neither a number nor a metric (uptick set "
            "%s %s=…)",
            name, what, text, name, what);
    up_status status = last_figure(ctx, selection, series, what, text, value, err);
    *found = status == UP_OK;
    return status;
}

static up_status read_own_limits(up_context *ctx, const up_selection *selection,
                                 const up_series *series, up_project_options *options,
                                 up_error *err)
{
    const up_metric *m = &series->data->metric;
    up_status status = read_own_limit(ctx, selection, series, "floor", m->floor,
                                      &options->has_floor, &options->floor, err);
    return status == UP_OK ? read_own_limit(ctx, selection, series, "ceiling", m->ceiling,
                                            &options->has_most, &options->most, err)
                           : status;
}

/* Whether a metric counts the people that there are: it is called population, or is what another
 * metric of people is at most. */
static bool is_population(const up_tracker *tracker, const up_metric *metric)
{
    bool named = strcmp(metric->name, "population") == 0;
    for (size_t i = 0; i < tracker->metric_count && !named; i++)
        named = strcmp(tracker->metrics[i].metric.ceiling, metric->name) == 0;
    return named && metric->measure == UP_STOCK;
}

/* How many people there are is the most that any count of them can be, be it at a moment or a mean. Where
 * it is known of the series' entity and nobody has said so, the option is named. */
static void tell_population(up_context *ctx, const up_selection *selection,
                            const up_series *series)
{
    const up_metric *own = &series->data->metric;
    const up_tracker *tracker = selection->tracker;
    bool counts = own->measure == UP_STOCK || own->measure == UP_AVERAGE;
    for (size_t i = 0; i < tracker->metric_count && counts; i++) {
        const up_metric *m = &tracker->metrics[i].metric;
        up_series_list list = {0};
        up_series_options options = {.as_of = selection->options.as_of};
        if (strcmp(m->name, own->name) == 0 || strcmp(m->unit, own->unit) != 0 ||
            !is_population(tracker, m))
            continue;
        /* what cannot be read here is no reason not to project */
        bool is_read = up_cli_load(ctx, selection->store, m->name, NULL) == UP_OK &&
                       up_series_select(tracker, m->name, &options, &list, NULL) == UP_OK;
        for (size_t s = 0; s < list.count && is_read && counts; s++) {
            const up_series *found = &list.items[s];
            if (strcmp(found->entity, series->entity) != 0 || found->count == 0)
                continue;
            up_cli_note(ctx,
                        "%s: no ceiling is set; it cannot be more than %s: --ceiling %s",
                        series->key, found->key, found->key);
            counts = false; /* once */
        }
        up_series_list_release(&list);
    }
}

/* --ceiling, else what the metric says of itself. */
static up_status read_capacities(up_context *ctx, const up_arguments *args,
                                 const up_selection *selection, const up_series *series,
                                 up_project_options *options, up_error *err)
{
    const char *capacity = up_args_option(args, "capacity"),
               *ceiling = up_args_option(args, "ceiling"),
               *own = series->data->metric.ceiling;
    if (capacity != NULL && ceiling != NULL)
        return up_error_set(err, UP_USAGE, "--capacity and --ceiling exclude each other");
    if (capacity != NULL) {
        up_status status = read_capacity(ctx, selection, series, "capacity", capacity,
                                         &options->capacity, err);
        return status == UP_OK ? check_capacity(series, options->capacity, err) : status;
    }
    if (ceiling != NULL)
        return read_capacity(ctx, selection, series, "ceiling", ceiling,
                             &options->ceiling, err);
    if (options->has_most)
        options->ceiling = options->most;
    else if (up_number_parse(own, &options->ceiling, NULL) != UP_OK)
        options->ceiling = 0;
    options->ceiling = fmax(options->ceiling, 0); /* else no capacity, but a limit */
    if (own[0] == '\0')
        tell_population(ctx, selection, series);
    return UP_OK;
}

/* --- The rest --------------------------------------------------------------------------------------- */

/* An option of models none of which is asked for would change nothing. */
static up_status check_used(const up_arguments *args, up_error *err)
{
    static const struct {
        const char *option;
        bool (*serves)(const up_model *model);
        const char *models;
    } options[] = {
        {"launch", up_model_needs_launch, "power and bass"},
        {"capacity", up_model_has_capacity, "logistic, gompertz, richards and bass"}};
    up_models_asked asked;
    up_status status = up_project_models(args, &asked, err);
    for (size_t i = 0; i < sizeof options / sizeof options[0] && status == UP_OK; i++) {
        bool serves = !up_args_flag(args, options[i].option);
        for (size_t m = 0; m < asked.count && !serves; m++)
            serves =
                asked.items[m] != &up_model_auto && options[i].serves(asked.items[m]);
        if (!serves)
            status = up_error_set(err, UP_USAGE, "--%s is for the models %s",
                                  options[i].option, options[i].models);
    }
    return status;
}

static up_status read_launch(const up_arguments *args, const up_series *series,
                             up_project_options *options, up_error *err)
{
    const char *text = up_args_option(args, "launch");
    up_period period;
    if (text == NULL)
        return UP_OK;
    up_status status = up_cli_period(args, &series->data->metric, text, &period, err);
    if (status == UP_OK && !up_period_is_bounded(&period))
        status =
            up_error_set(err, UP_USAGE, "--launch '%s' has no beginning or no end", text);
    if (status != UP_OK)
        return status;
    up_time_basis basis =
        up_period_months(&period) > 0 ? series->basis : UP_TIME_CALENDAR;
    options->has_launch = true;
    options->launch = up_period_moment(&period, UP_ANCHOR_START, basis).value;
    return UP_OK;
}

up_status up_project_options_read(up_context *ctx, const up_arguments *args,
                                  const up_selection *selection, const up_series *series,
                                  up_project_options *options, up_error *err)
{
    const char *levels = up_args_option(args, "levels"),
               *seed = up_args_option(args, "seed");
    unsigned long number = 0;
    up_status status = UP_OK;
    const char *model = up_args_option(args, "model");
    *options = (up_project_options){.across_breaks = up_args_flag(args, "across-breaks"),
                                    .hold = is_auto(args) || strchr(model, ',') != NULL,
                                    .only_capacities = is_auto(args)};
    if (levels != NULL)
        status = up_levels_parse(levels, options->levels, err);
    if (status == UP_OK && seed != NULL)
        status = up_project_option_count("seed", seed, UINT32_MAX, &number, err);
    options->seed = number;
    if (status == UP_OK)
        status = check_used(args, err);
    if (status == UP_OK)
        status = read_launch(args, series, options, err);
    if (status == UP_OK)
        status = read_own_limits(ctx, selection, series, options, err);
    if (status == UP_OK)
        status = read_capacities(ctx, args, selection, series, options, err);
    return status;
}
