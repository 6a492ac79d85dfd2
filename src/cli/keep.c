#include "cli/keep.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "uptick/calendar.h"
#include "uptick/number.h"

extern const up_command up_cmd_project;

typedef struct kept_list {
    up_kept *items;
    size_t count, capacity;
} kept_list;

static void kept_list_release(kept_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        up_kept_release(&list->items[i]);
    free(list->items);
    *list = (kept_list){0};
}

/* ---- what is kept ---- */

/* Only what the tracker names can be found again when its figures arrive. */
static up_status check_series(const up_series *series, const up_tracker *tracker,
                              up_error *err)
{
    const char *name = series->data->metric.name;
    if (series->resampled != NULL)
        return up_error_set(err, UP_USAGE,
                            "%s: %s are not reported, so nothing will come to score them "
                            "by; keep a projection of the figures themselves",
                            series->key, series->resampled);
    if (up_tracker_metric(tracker, name) != series->data)
        return up_error_set(err, UP_USAGE,
                            "%s: what is worked out for this projection alone is not "
                            "found again; make it a metric: uptick new NAME --formula "
                            "'…'",
                            series->key);
    return UP_OK;
}

/* The day of the data. */
static int64_t day_of(const up_context *ctx)
{
    return ctx->as_of < ctx->today ? ctx->as_of : ctx->today;
}

/* What was not known on the day of the data would make a score of hindsight. */
static up_status check_known(const up_context *ctx, const up_series *series,
                             up_error *err)
{
    int64_t day = day_of(ctx), after = up_instant_from_date(up_date_from_days(day + 1));
    const up_observation *late = NULL;
    for (size_t i = 0; i < series->count && late == NULL; i++) {
        const up_observation *o = series->points[i].observation;
        bool dated = o->reported != UP_REPORTED_ALWAYS;
        late =
            dated ? (o->reported > day ? o : NULL) : (o->period.end > after ? o : NULL);
    }
    if (late == NULL)
        return UP_OK;
    up_buffer period = {0}, today = {0}, reported = {0};
    up_period_label(&late->period, &period);
    up_reported_format(day, &today);
    up_reported_format(late->reported, &reported);
    up_status status =
        late->reported != UP_REPORTED_ALWAYS
            ? up_error_set(err, UP_USAGE,
                           "%s: the figure of %s was reported on %s, so a projection of "
                           "%s cannot have known it (--as-of %s leaves it out)",
                           series->key, up_buffer_text(&period),
                           up_buffer_text(&reported), up_buffer_text(&today),
                           up_buffer_text(&today))
            : up_error_set(err, UP_USAGE,
                           "%s: the period of the figure of %s was not over on %s, and "
                           "no day of report says that it was known (--to an earlier "
                           "period, or uptick edit … --reported DAY)",
                           series->key, up_buffer_text(&period), up_buffer_text(&today));
    up_buffer_release(&period);
    up_buffer_release(&today);
    up_buffer_release(&reported);
    return status;
}

/* As it would be typed. */
static void add_typed(const char *text, up_buffer *out)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._,:/+-";
    if (text[0] != '\0' && text[strspn(text, plain)] == '\0') {
        up_buffer_add(out, text);
        return;
    }
    up_buffer_add_char(out, '\'');
    for (; *text != '\0'; text++)
        if (*text == '\'')
            up_buffer_add(out, "'\\''");
        else
            up_buffer_add_char(out, *text);
    up_buffer_add_char(out, '\'');
}

/* The options that shape a projection; how far it goes and how it is shown do not. Of several
 * scenarios its own. */
static void add_options(const up_arguments *args, const up_scenario *scenario,
                        up_buffer *out)
{
    static const char *const others[] = {"keep", "model", "seed",   "steps",
                                         "step", "until", "levels", "parameters"};
    for (const up_option *o = up_cmd_project.options; o->name != NULL; o++) {
        bool shapes = up_args_option(args, o->name) != NULL;
        for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
            shapes = shapes && strcmp(o->name, others[i]) != 0;
        if (!shapes)
            continue;
        up_buffer_addf(out, "%s--%s", out->length > 0 ? " " : "", o->name);
        if (o->value == NULL)
            continue;
        up_buffer_add_char(out, ' ');
        bool own = scenario != NULL && strcmp(o->name, "scenario") == 0;
        add_typed(own ? scenario->text : up_args_option(args, o->name), out);
    }
}

static up_status add_figure(up_kept *kept, const up_kept_figure *figure, up_error *err)
{
    up_status status = up_grow(&kept->figures, &kept->capacity, kept->count + 1,
                               sizeof *kept->figures, err);
    if (status == UP_OK)
        kept->figures[kept->count++] = *figure;
    return status;
}

/* One period: its quantiles, or the point alone. The median is the one that was shown, within
 * what the simulated quantiles beside it leave. */
static up_status add_step(const up_projection *projection, size_t step,
                          const up_period *period, up_kept *kept, up_error *err)
{
    const up_projection_step *s = &projection->steps[step];
    up_kept_figure figure = {.period = *period, .value = s->value};
    if (!projection->has_intervals)
        return add_figure(kept, &figure, err);
    up_status status = UP_OK;
    figure.has_quantile = true;
    for (size_t q = 0; q < UP_QUANTILES && status == UP_OK; q++) {
        figure.quantile = up_quantile_levels[q];
        figure.value = s->quantile[q];
        if (q == UP_QUANTILES / 2)
            figure.value = fmin(fmax(s->value, s->quantile[q - 1]), s->quantile[q + 1]);
        status = add_figure(kept, &figure, err);
    }
    return status;
}

static up_status fill_head(const up_context *ctx, const up_arguments *args,
                           const up_project_job *job, up_kept *kept, up_error *err)
{
    up_buffer options = {0};
    char seed[UP_NUMBER_SIZE] = "default";
    add_options(args, job->scenario, &options);
    if (job->options->seed != 0)
        up_number_format((double)job->options->seed, seed);
    kept->made = ctx->today;
    kept->as_of = day_of(ctx);
    const struct {
        char **slot;
        const char *text;
    } texts[] = {{&kept->metric, job->series->data->metric.name},
                 {&kept->entity, job->series->entity},
                 {&kept->model, up_model_name(job->projection.model)},
                 {&kept->options, up_buffer_text(&options)},
                 {&kept->seed, seed}};
    up_status status = up_buffer_check(&options, err);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0] && status == UP_OK; i++)
        status = up_copy_text(texts[i].text, texts[i].slot, err);
    up_buffer_release(&options);
    return status;
}

static up_status take_job(const up_context *ctx, const up_arguments *args,
                          const up_project_job *job, const up_period *periods,
                          kept_list *list, up_error *err)
{
    up_status status =
        up_grow(&list->items, &list->capacity, list->count + 1, sizeof *list->items, err);
    if (status != UP_OK)
        return status;
    up_kept *kept = &list->items[list->count++];
    *kept = (up_kept){0};
    status = fill_head(ctx, args, job, kept, err);
    for (size_t s = 0; s < job->projection.count && status == UP_OK; s++)
        status = add_step(&job->projection, s, &periods[s], kept, err);
    return status;
}

/* What is pooled of several models is kept, and of these those that are asked for besides. */
static up_status take_jobs(const up_context *ctx, const up_arguments *args,
                           const up_projections *p, kept_list *list, up_error *err)
{
    up_status status = UP_OK;
    const up_series *pooled = NULL;
    for (size_t i = 0, at = 0; i < p->count && status == UP_OK;
         at += p->jobs[i++].count) {
        const up_project_job *job = &p->jobs[i];
        if (job->status != UP_OK || (job->series == pooled && !job->shown))
            continue;
        if (job->model == &up_model_auto)
            pooled = job->series;
        status = take_job(ctx, args, job, p->periods + at, list, err);
    }
    return status;
}

up_status up_cli_keep_check(const up_context *ctx, const up_selection *selection,
                            const up_projections *projections, up_error *err)
{
    up_status status = UP_OK;
    for (size_t i = 0; i < projections->count && status == UP_OK; i++) {
        const up_project_job *job = &projections->jobs[i];
        if (job->status != UP_OK)
            continue;
        status = check_series(job->series, selection->tracker, err);
        if (status == UP_OK)
            status = check_known(ctx, job->series, err);
    }
    return status;
}

/* ---- what is there ---- */

static bool say_the_same(const up_kept *a, const up_kept *b)
{
    bool same = strcmp(a->metric, b->metric) == 0 && strcmp(a->entity, b->entity) == 0 &&
                strcmp(a->model, b->model) == 0 && strcmp(a->options, b->options) == 0 &&
                strcmp(a->seed, b->seed) == 0 && a->as_of == b->as_of &&
                a->count == b->count;
    for (size_t i = 0; same && i < a->count; i++) {
        const up_kept_figure *x = &a->figures[i], *y = &b->figures[i];
        same = up_period_compare(&x->period, &y->period) == 0 &&
               x->has_quantile == y->has_quantile && x->quantile == y->quantile &&
               x->value == y->value;
    }
    return same;
}

static const up_kept *find_same(const up_tracker *tracker, const up_kept *kept)
{
    for (size_t i = 0; i < tracker->kept_count; i++)
        if (say_the_same(&tracker->kept[i], kept))
            return &tracker->kept[i];
    return NULL;
}

/* The highest N of the ids DAY-N. */
static unsigned long last_number(const up_tracker *tracker, const char *day)
{
    size_t length = strlen(day);
    unsigned long last = 0;
    for (size_t i = 0; i < tracker->kept_count; i++) {
        const char *id = tracker->kept[i].id;
        if (strncmp(id, day, length) != 0 || id[length] != '-')
            continue;
        char *end;
        unsigned long number = strtoul(id + length + 1, &end, 10);
        if (*end == '\0' && number > last && number < UINT32_MAX)
            last = number;
    }
    return last;
}

/* What tells one scenario from another: " --scenario 'low: 10 %'". */
static const char *scenario_of(const up_kept *kept)
{
    const char *at = strstr(kept->options, "--scenario");
    return at == NULL ? "" : at + strlen("--scenario");
}

/* Takes those that are there already out of the list, and numbers the others. */
static up_status give_ids(up_context *ctx, const up_tracker *tracker, kept_list *list,
                          up_error *err)
{
    up_buffer day = {0};
    up_reported_format(ctx->today, &day);
    unsigned long number = last_number(tracker, up_buffer_text(&day));
    up_status status = up_buffer_check(&day, err);
    size_t kept = 0;
    for (size_t i = 0; i < list->count && status == UP_OK; i++) {
        const up_kept *same = find_same(tracker, &list->items[i]);
        if (same != NULL) {
            up_cli_note(ctx, "kept already as %s, nothing is written: %s%s%s, %s%s",
                        same->id, same->metric, same->entity[0] != '\0' ? "/" : "",
                        same->entity, same->model, scenario_of(same));
            up_kept_release(&list->items[i]);
            continue;
        }
        up_buffer id = {0};
        up_buffer_addf(&id, "%s-%lu", up_buffer_text(&day), ++number);
        up_kept moved = list->items[i];
        list->items[i] = (up_kept){0};
        list->items[kept++] = moved;
        status = up_buffer_check(&id, err);
        if (status == UP_OK)
            status = up_copy_text(up_buffer_text(&id), &list->items[kept - 1].id, err);
        up_buffer_release(&id);
    }
    up_buffer_release(&day);
    if (status == UP_OK)
        list->count = kept;
    return status;
}

/* "kept as 2026-11-24-1: users/China, linear, Q4 2025 to Q3 2026". */
static void tell_kept(up_context *ctx, const up_kept *kept)
{
    up_buffer text = {0};
    up_buffer_addf(&text, "kept as %s: %s%s%s, %s%s, ", kept->id, kept->metric,
                   kept->entity[0] != '\0' ? "/" : "", kept->entity, kept->model,
                   scenario_of(kept));
    up_period_label(&kept->figures[0].period, &text);
    const up_period *last = &kept->figures[kept->count - 1].period;
    if (up_period_compare(&kept->figures[0].period, last) != 0) {
        up_buffer_add(&text, " to ");
        up_period_label(last, &text);
    }
    if (!kept->figures[0].has_quantile)
        up_buffer_add(&text, "; without an interval, only its error can be scored");
    up_cli_note(ctx, "%s", up_buffer_text(&text));
    up_buffer_release(&text);
}

static up_status write_kept(up_context *ctx, up_store *store, kept_list *list,
                            up_error *err)
{
    up_status status = up_store_begin(store, err);
    if (status == UP_OK)
        status = up_store_load_projections(store, NULL, err);
    if (status == UP_OK)
        status = give_ids(ctx, up_store_tracker(store), list, err);
    if (status != UP_OK || list->count == 0)
        return status;
    status = up_store_add_projections(store, list->items, list->count, err);
    for (size_t i = 0; i < list->count && status == UP_OK; i++)
        tell_kept(ctx, &list->items[i]);
    return status == UP_OK ? up_cli_finish(ctx, store, err) : status;
}

up_status up_cli_keep(up_context *ctx, const up_arguments *args,
                      const up_projections *projections, up_error *err)
{
    kept_list list = {0};
    up_store *store = NULL;
    up_status status = take_jobs(ctx, args, projections, &list, err);
    if (status == UP_OK)
        status = up_cli_open(ctx, &store, err);
    if (status == UP_OK)
        status = write_kept(ctx, store, &list, err);
    up_store_free(store);
    kept_list_release(&list);
    return status;
}
