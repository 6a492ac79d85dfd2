#include "cli/formula.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "uptick/expression.h"

typedef struct loading {
    up_context *ctx;
    up_store *store;
} loading;

static up_status load_one(const char *pattern, void *context, up_error *err)
{
    loading *l = context;
    return up_store_load(l->store, pattern, NULL, err);
}

static bool is_currency(const char *unit)
{
    return strlen(unit) == 3 && strspn(unit, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3;
}

/* What the formula gives, where the metric says nothing of its own. */
static up_status fill(const up_metric *from, up_metric *metric, bool has_unit,
                      bool has_measure, up_error *err)
{
    up_status status = UP_OK;
    if (has_unit && is_currency(from->unit) && is_currency(metric->unit) &&
        strcmp(from->unit, metric->unit) != 0)
        return up_error_set(
            err, UP_USAGE,
            "the formula gives %s, the unit is to be %s: convert it, as in "
            "'( %s ) @ %s'",
            from->unit, metric->unit, metric->formula, metric->unit);
    if (!has_unit)
        status = up_metric_set(metric, "unit", from->unit, err);
    if (status == UP_OK && !has_measure) {
        status = up_metric_set(metric, "measure", up_measure_name(from->measure), err);
        if (status == UP_OK && metric->anchor[0] == '\0' &&
            up_metric_anchor(metric) != up_metric_anchor(from))
            status = up_metric_set(metric, "anchor", from->anchor, err);
    }
    return status;
}

up_status up_cli_settle_formula(up_context *ctx, up_store *store, up_metric *metric,
                                bool has_unit, bool has_measure, up_error *err)
{
    loading l = {ctx, store};
    up_metric found = {0};
    up_error why = {0};
    const up_tracker *tracker = up_store_tracker(store);
    up_status status =
        up_expression_visit(tracker, metric->formula, false, load_one, &l, err);
    if (status != UP_OK)
        return status;
    status = up_formula_work_out(tracker, metric, &found, &why);
    if (status == UP_OK)
        status = fill(&found, metric, has_unit, has_measure, err);
    else if (status == UP_TOO_LITTLE_DATA) {
        up_cli_note(ctx, "note: the formula gives no figures yet: %s", why.message);
        status = UP_OK;
    } else
        up_error_set(err, status, "%s", why.message);
    up_metric_release(&found);
    return status;
}

/* ---- names in formulas ---- */

static bool ends_word(char c)
{
    return c == '\0' || strchr(" \t()\"/", c) != NULL;
}

/* The formula with another name for a metric; *changed if it has the old one. A name stands
 * where a word begins, and ends with the word or at the '/' before an entity. */
static up_status rename_words(const char *formula, const char *from, const char *to,
                              up_buffer *out, bool *changed, up_error *err)
{
    size_t length = strlen(from);
    *changed = false;
    for (const char *at = formula; *at != '\0';) {
        bool begins = at == formula || strchr(" \t(\"-", at[-1]) != NULL;
        if (at > formula && at[-1] == '-' && at - formula > 1 &&
            strchr(" \t(", at[-2]) == NULL)
            begins = false; /* a dash within a name */
        if (begins && strncmp(at, from, length) == 0 && ends_word(at[length])) {
            up_buffer_add(out, to);
            at += length;
            *changed = true;
        } else
            up_buffer_add_char(out, *at++);
    }
    return up_buffer_check(out, err);
}

up_status up_cli_check_unused(const up_tracker *tracker, const char *name, up_error *err)
{
    up_status status = UP_OK;
    for (size_t i = 0; i < tracker->metric_count && status == UP_OK; i++) {
        const up_metric *metric = &tracker->metrics[i].metric;
        up_buffer text = {0};
        bool uses = false;
        status = rename_words(metric->formula, name, name, &text, &uses, err);
        up_buffer_release(&text);
        if (status == UP_OK && uses && strcmp(metric->name, name) != 0)
            status = up_error_set(err, UP_USAGE, "the formula of '%s' needs '%s'",
                                  metric->name, name);
    }
    return status;
}

static up_status set_formula(up_store *store, const up_metric *metric,
                             const char *formula, up_error *err)
{
    up_metric now;
    up_status status = up_metric_copy(metric, &now, err);
    if (status != UP_OK)
        return status;
    status = up_metric_set(&now, "formula", formula, err);
    if (status == UP_OK)
        status = up_store_set_metric(store, &now, err);
    up_metric_release(&now);
    return status;
}

up_status up_cli_rename_in_formulas(up_store *store, const char *from, const char *to,
                                    size_t *count, up_error *err)
{
    const up_tracker *tracker = up_store_tracker(store);
    up_status status = UP_OK;
    *count = 0;
    for (size_t i = 0; i < tracker->metric_count && status == UP_OK; i++) {
        const up_metric *metric = &tracker->metrics[i].metric;
        up_buffer text = {0};
        bool changed;
        status = rename_words(metric->formula, from, to, &text, &changed, err);
        if (status == UP_OK && changed) {
            status = set_formula(store, metric, up_buffer_text(&text), err);
            ++*count;
        }
        up_buffer_release(&text);
    }
    return status;
}
