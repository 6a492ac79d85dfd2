#include <string.h>

#include "cli/command.h"
#include "uptick/audit.h"
#include "uptick/check.h"

/* Every metric is read by itself, so that one bad file does not hide the findings of the
 * others. Bad rows are among the remarks already; what remains is said once. */
static void check_metric(up_context *ctx, up_store *store, const char *name,
                         bool is_loaded, up_remarks *remarks)
{
    up_error err = {0};
    size_t before = remarks->errors;
    up_status status = is_loaded ? UP_OK : up_store_load(store, name, remarks, &err);
    if (status != UP_OK && remarks->errors == before)
        up_remarks_add_error(remarks, &err);
    const up_tracker *tracker = up_store_tracker(store);
    if (status == UP_OK)
        up_check_metric(tracker, up_tracker_metric(tracker, name), ctx->today, remarks);
}

static void check_claim(const up_series_list *list, const up_claim *claim,
                        up_remarks *remarks)
{
    for (size_t s = 0; s < list->count; s++)
        if (strcmp(list->items[s].entity, claim->entity) == 0 &&
            up_audit_claim(&list->items[s], claim) == UP_CONTRADICTED)
            up_remarks_add(remarks, UP_WARNING, "series/claims.csv", claim->line,
                           "the levels of %s contradict \"%s\"", list->items[s].key,
                           claim->stated);
}

/* Claims that the reported levels contradict: somebody else's error, worth a warning. */
static void check_claims(const up_tracker *tracker, up_remarks *remarks)
{
    up_series_options options = {.as_of = UP_AS_OF_LATEST};
    for (size_t m = 0; m < tracker->metric_count; m++) {
        const char *name = tracker->metrics[m].metric.name;
        up_series_list list = {0};
        bool selected = false;
        for (size_t i = 0; i < tracker->claim_count; i++) {
            if (strcmp(tracker->claims[i].metric, name) != 0)
                continue;
            if (!selected)
                selected =
                    up_series_select(tracker, name, &options, &list, NULL) == UP_OK;
            check_claim(&list, &tracker->claims[i], remarks);
        }
        up_series_list_release(&list);
    }
}

/* --fix: what is only a matter of order is put in order. */
static up_status sort_all(up_context *ctx, const up_arguments *args, up_store *store,
                          up_error *err)
{
    (void)args;
    const up_tracker *tracker = up_store_tracker(store);
    up_status status = UP_OK;
    for (size_t i = 0; i < tracker->metric_count && status == UP_OK; i++) {
        size_t moved = 0;
        status = up_store_sort(store, tracker->metrics[i].metric.name, &moved, err);
        if (status == UP_OK && moved > 0)
            up_cli_note(ctx, "%s is sorted: %zu row%s stand elsewhere now",
                        tracker->metrics[i].path, moved, moved == 1 ? "" : "s");
    }
    return status;
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
    /* all at once while all is well; one by one to name every finding otherwise */
    bool readable = up_store_load(store, NULL, NULL, NULL) == UP_OK;
    for (size_t i = 0; i < tracker->metric_count; i++)
        check_metric(ctx, store, tracker->metrics[i].metric.name, readable, &remarks);
    size_t before = remarks.errors;
    if (up_store_load_tables(store, &remarks, &tables) != UP_OK) {
        if (remarks.errors == before)
            up_remarks_add_error(&remarks, &tables);
    } else {
        up_check_tables(tracker, &remarks);
        check_claims(tracker, &remarks);
    }
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

static up_status run(up_context *ctx, const up_arguments *args, up_error *err)
{
    up_status status =
        up_args_flag(args, "fix") ? up_cli_change(ctx, args, sort_all, err) : UP_OK;
    return status == UP_OK ? check(ctx, err) : status;
}

static const up_option options[] = {
    {"fix", NULL,
     "sort the rows of every metric first: entity, period, reported, source"},
    {NULL, NULL, NULL}};

const up_command up_cmd_check = {
    .name = "check",
    .operands = "",
    .summary = "hold every file of the tracker against the rules",
    .details =
        "Silent, exit 0, when all is well; each finding names file and line. Errors "
        "give exit 1, warnings do with --strict.",
    .options = options,
    .run = run};
