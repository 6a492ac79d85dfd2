#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/command.h"
#include "uptick/audit.h"
#include "uptick/check.h"
#include "uptick/expression.h"
#include "uptick/outlier.h"

/* --- Checking -------------------------------------------------------------------------------- */

/* What could not be checked: a finding, unless memory ran out. */
static void add_failure(up_remarks *remarks, const up_error *err)
{
    if (err->code == UP_SYSTEM && err->source[0] == '\0')
        remarks->failed = true;
    else
        up_remarks_add_error(remarks, err);
}

static void check_outliers(const up_series *series, up_remarks *remarks)
{
    up_outlier *outliers = NULL;
    size_t count = 0;
    up_error err = {0};
    if (up_outliers_find(series, &outliers, &count, &err) != UP_OK)
        add_failure(remarks, &err);
    for (size_t i = 0; i < count; i++) {
        const up_outlier *o = &outliers[i];
        up_growth_value fold = {.estimate = up_estimate_exact(o->fold)};
        up_buffer words = {0};
        up_words_growth(&fold, UP_FOLD, &series->data->metric, &words);
        up_remarks_add(remarks, UP_WARNING, series->data->path,
                       o->point->observation->line,
                       o->kind == UP_OUTLIER_SPIKE
                           ? "%s the figure before, and back again: a slip?"
                           : "%s the figure before: a slip, or a break (status B)?",
                       up_buffer_text(&words));
        up_buffer_release(&words);
    }
    free(outliers);
}

/* Claims that the reported levels contradict: somebody else's error, worth a warning. */
static void check_claims(const up_tracker *tracker, const up_series_list *list,
                         up_remarks *remarks)
{
    up_audit_list audits = {0};
    up_error err = {0};
    if (up_audit_run(tracker, list, UP_AS_OF_LATEST, false, &audits, &err) != UP_OK)
        add_failure(remarks, &err);
    for (size_t i = 0; i < audits.count; i++)
        if (audits.items[i].verdict == UP_CONTRADICTED)
            up_remarks_add(remarks, UP_WARNING, "series/claims.csv",
                           audits.items[i].claim->line,
                           "the levels of %s contradict \"%s\"",
                           audits.items[i].series->key, audits.items[i].claim->stated);
    up_audit_list_release(&audits);
}

/* What shows only once vintages are resolved. */
static void check_series(const up_tracker *tracker, const char *metric,
                         up_remarks *remarks)
{
    up_series_options options = {.as_of = UP_AS_OF_LATEST, .derive = &up_formulas};
    up_series_list list = {0};
    up_error err = {0};
    up_status status = up_series_select(tracker, metric, &options, &list, &err);
    if (status == UP_SYSTEM) /* a metric without figures is none of ours */
        remarks->failed = true;
    if (status == UP_OK)
        check_claims(tracker, &list, remarks);
    for (size_t i = 0; i < list.count && status == UP_OK; i++)
        check_outliers(&list.items[i], remarks);
    up_series_list_release(&list);
}

/* A formula must be one that can be worked out, and its file must stay empty. */
static void check_formula(const up_tracker *tracker, const up_metric_data *data,
                          up_remarks *remarks)
{
    up_metric found = {0};
    up_error err = {0};
    if (data->metric.formula[0] == '\0')
        return;
    if (data->count > 0)
        up_remarks_add(remarks, UP_ERROR, data->path, data->observations[0].line,
                       "'%s' has a formula: figures of its own are never looked at",
                       data->metric.name);
    up_status status = up_formula_work_out(tracker, &data->metric, &found, &err);
    if (status == UP_SYSTEM)
        remarks->failed = true;
    else if (status != UP_OK)
        up_remarks_add(remarks, status == UP_TOO_LITTLE_DATA ? UP_WARNING : UP_ERROR,
                       "series/datapackage.json", 0, "the formula of '%s': %s",
                       data->metric.name, err.message);
    up_metric_release(&found);
}

/* Every metric is read by itself, so that one bad file does not hide the findings of the
 * others. Bad rows are among the remarks already; what remains is said once. */
static void check_metric(up_context *ctx, up_store *store, const char *name,
                         bool is_loaded, up_remarks *remarks)
{
    up_error err = {0};
    size_t before = remarks->errors;
    up_status status = is_loaded ? UP_OK : up_store_load(store, name, remarks, &err);
    if (status != UP_OK && remarks->errors == before)
        add_failure(remarks, &err);
    const up_tracker *tracker = up_store_tracker(store);
    if (status == UP_OK) {
        up_check_metric(tracker, up_tracker_metric(tracker, name), ctx->today, remarks);
        check_formula(tracker, up_tracker_metric(tracker, name), remarks);
        check_series(tracker, name, remarks);
    }
}

static void check_projections(up_store *store, up_remarks *remarks)
{
    up_error err = {0};
    size_t before = remarks->errors;
    if (up_store_load_projections(store, remarks, &err) == UP_OK)
        up_check_projections(up_store_tracker(store), remarks);
    else if (remarks->errors == before)
        add_failure(remarks, &err);
}

static up_status check(up_context *ctx, up_error *err)
{
    up_store *store = NULL;
    up_remarks remarks = {0};
    up_error tables = {0};
    up_status status = up_cli_open(ctx, &store, err);
    if (status != UP_OK)
        return status;
    const up_tracker *tracker = up_store_tracker(store);
    bool has_tables = up_store_load_tables(store, &remarks, &tables) == UP_OK;
    if (!has_tables && remarks.errors == 0)
        add_failure(&remarks, &tables);
    /* all at once while all is well; one by one to name every finding otherwise */
    bool readable = up_store_load(store, NULL, NULL, NULL) == UP_OK;
    for (size_t i = 0; i < tracker->metric_count; i++)
        check_metric(ctx, store, tracker->metrics[i].metric.name, readable, &remarks);
    if (has_tables)
        up_check_tables(tracker, &remarks);
    check_projections(store, &remarks);
    size_t errors = remarks.errors;
    bool incomplete = remarks.failed;
    up_cli_remarks(ctx, &remarks);
    up_store_free(store);
    if (incomplete)
        return up_error_memory(err);
    if (errors > 0)
        return up_error_set(err, UP_CHECK_FAILED, "%zu error%s found", errors,
                            errors == 1 ? "" : "s");
    return UP_OK;
}

/* --- Fixing ------------------------------------------------------------------------------------ */

/* Entities by the names that entities.csv has for them. */
static up_status fix_names(up_store *store, const up_metric_data *data, size_t *renamed,
                           up_error *err)
{
    up_status status = UP_OK;
    for (size_t i = 0; i < data->count && status == UP_OK; i++) {
        const up_observation *o = &data->observations[i];
        char *name = NULL;
        up_observation now = *o; /* borrowed, but for its entity */
        status = up_tracker_entity_name(up_store_tracker(store), o->entity, &name, err);
        now.entity = name;
        if (status == UP_OK && strcmp(name, o->entity) != 0) {
            status = up_store_replace_observation(store, data->metric.name, o, &now, err);
            *renamed += status == UP_OK;
        }
        free(name);
    }
    return status;
}

static up_status fix_metric(up_context *ctx, up_store *store, const up_metric_data *data,
                            up_error *err)
{
    size_t renamed = 0, moved = 0;
    up_status status = up_store_load(store, data->metric.name, NULL, err);
    if (status == UP_OK)
        status = fix_names(store, data, &renamed, err);
    if (status == UP_OK)
        status = up_store_sort(store, data->metric.name, &moved, err);
    if (status == UP_OK && renamed > 0)
        up_cli_note(ctx, "%s: %zu row%s under the entity's name", data->path, renamed,
                    renamed == 1 ? "" : "s");
    if (status == UP_OK && moved > 0)
        up_cli_note(ctx, "%s is sorted: %zu row%s stand elsewhere now", data->path, moved,
                    moved == 1 ? "" : "s");
    return status;
}

/* Only what changes no figure: order, and names of entities. */
static up_status fix(up_context *ctx, const up_arguments *args, up_store *store,
                     up_error *err)
{
    (void)args;
    const up_tracker *tracker = up_store_tracker(store);
    up_status status = UP_OK;
    for (size_t i = 0; i < tracker->metric_count && status == UP_OK; i++)
        status = fix_metric(ctx, store, &tracker->metrics[i], err);
    return status;
}

static up_status run(up_context *ctx, const up_arguments *args, up_error *err)
{
    up_status status =
        up_args_flag(args, "fix") ? up_cli_change(ctx, args, fix, err) : UP_OK;
    return status == UP_OK ? check(ctx, err) : status;
}

static const up_option options[] = {
    {"fix", NULL,
     "sort rows and write entities by their names; figures are never changed"},
    {NULL, NULL, NULL}};

const up_command up_cmd_check = {
    .name = "check",
    .operands = "",
    .summary = "hold every file of the tracker against the rules",
    .details =
        "Silent, exit 0, when all is well; each finding names file and line. Errors "
        "give exit 1, warnings do with --strict. The rules: rows that can be read, one "
        "row a key, the order of rows; sources that resolve; figures within floor and "
        "ceiling, as stated, of the metric's unit; entities under their names; counters "
        "that do not fall; sources that agree; nothing reported before its time; figures "
        "that fit the growth of their own series; claims that the levels do not "
        "contradict; kept projections whose quantiles ascend.",
    .options = options,
    .run = run};
