#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/command.h"

static const char *text_of(const up_arguments *args, const char *option)
{
    const char *text = up_args_option(args, option);
    return text != NULL ? text : "";
}

static up_status take_period(const up_arguments *args, const char *option,
                             const up_metric *metric, bool *has, up_period *period,
                             up_error *err)
{
    const char *text = up_args_option(args, option);
    if (text == NULL)
        return UP_OK;
    up_status status = up_cli_period(args, metric, text, period, err);
    if (status == UP_OK && !up_period_is_bounded(period))
        status =
            up_error_set(err, UP_USAGE, "--%s needs a period with both ends", option);
    if (status == UP_OK)
        *has = true;
    return status;
}

static up_status points_to_percent(up_quantity *change, up_error *err)
{
    up_decimal *const parts[] = {&change->value, &change->low, &change->high};
    up_status status = UP_OK;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0] && status == UP_OK; i++)
        status = up_decimal_scale(*parts[i], 2, parts[i], err);
    return status;
}

static up_status fill(const up_arguments *args, const up_metric *metric, up_claim *claim,
                      up_error *err)
{
    const char *words = up_args_operand(args, 1), *reported = text_of(args, "reported");
    up_status status = up_change_parse(words, &claim->transform, &claim->change, err);
    /* points are fractions, unless the metric itself is counted in percent */
    if (status == UP_OK && claim->transform == UP_CHANGE_CHG && claim->change.percent &&
        up_metric_is_in_percent(metric))
        status = points_to_percent(&claim->change, err);
    else if (status == UP_OK && claim->transform == UP_CHANGE_CHG &&
             claim->change.percent && metric->measure != UP_RATIO &&
             metric->measure != UP_RATE)
        status =
            up_error_set(err, UP_USAGE,
                         "'%s' is in percentage points, the metric '%s' in %s: write "
                         "a change in percent",
                         words, metric->name, metric->unit);
    if (status == UP_OK)
        status = take_period(args, "from", metric, &claim->has_from, &claim->from, err);
    if (status == UP_OK)
        status = take_period(args, "to", metric, &claim->has_to, &claim->to, err);
    if (status == UP_OK && claim->has_from && claim->has_to &&
        claim->from.start >= claim->to.start)
        status = up_error_set(err, UP_USAGE, "--from must be before --to");
    if (status == UP_OK && !claim->has_to)
        status = up_error_set(err, UP_USAGE,
                              "a claim needs --to (and --from where one was "
                              "said)");
    if (status == UP_OK)
        status = up_reported_parse(reported, &claim->reported, err);
    if (status == UP_OK)
        status = up_copy_text(metric->name, &claim->metric, err);
    if (status == UP_OK)
        status = up_copy_text(words, &claim->stated, err);
    if (status == UP_OK)
        status = up_copy_text(text_of(args, "source"), &claim->source, err);
    if (status == UP_OK)
        status = up_copy_text(text_of(args, "quote"), &claim->quote, err);
    return status == UP_OK ? up_copy_text(text_of(args, "note"), &claim->note, err)
                           : status;
}

/* "more than 2×", "+20 % a year": the change in the words of the growth table. */
static void echo(up_context *ctx, const up_metric *metric, const up_claim *claim)
{
    static const up_transform shown[] = {[UP_CHANGE_FOLD] = UP_FOLD,
                                         [UP_CHANGE_PCH] = UP_PCH,
                                         [UP_CHANGE_CAGR] = UP_CAGR,
                                         [UP_CHANGE_CHG] = UP_CHG};
    up_growth_value change = {0};
    up_buffer text = {0};
    up_quantity_estimate(&claim->change, false, &change.estimate);
    up_buffer_addf(&text, "%s%s%s: ", claim->metric, claim->entity[0] ? "/" : "",
                   claim->entity);
    up_words_growth(&change, shown[claim->transform], metric, &text);
    if (claim->transform == UP_CHANGE_CAGR)
        up_buffer_add(&text, " a year");
    if (claim->has_from) {
        up_buffer_add(&text, " from ");
        up_period_describe(&claim->from, &text);
    }
    up_buffer_add(&text, " to ");
    up_period_describe(&claim->to, &text);
    up_cli_note(ctx, "%s", up_buffer_text(&text));
    up_buffer_release(&text);
}

static up_status change(up_context *ctx, const up_arguments *args, up_store *store,
                        up_error *err)
{
    up_claim claim = {0};
    const up_metric_data *data = NULL;
    up_status status = up_cli_target(up_store_tracker(store), up_args_operand(args, 0),
                                     &data, &claim.entity, err);
    if (status == UP_OK)
        status = fill(args, &data->metric, &claim, err);
    if (status == UP_OK)
        status = up_store_add_claim(store, &claim, err);
    if (status == UP_OK)
        echo(ctx, &data->metric, &claim);
    up_claim_release(&claim);
    return status;
}

static up_status run(up_context *ctx, const up_arguments *args, up_error *err)
{
    if (up_args_flag(args, "remove"))
        return up_cli_remove_rows(ctx, args, "claims", err);
    up_status status = up_args_want(args, 2, err);
    return status == UP_OK ? up_cli_change(ctx, args, change, err) : status;
}

static const up_option options[] = {
    {"from", "PERIOD", "what it is compared with; leave it out for 'several years'"},
    {"to", "PERIOD", "when the change had happened"},
    {"source", "KEY", "a source of the tracker, or a citation or link of its own"},
    {"quote", "TEXT", "the words as they stood"},
    {"reported", "DATE", "the day it was published"},
    {"note", "TEXT", "a remark of your own"},
    {"remove", "LINE",
     "take the row in this line of series/claims.csv out; may be given again"},
    {"date-format", "ORDER", "dmy or mdy, for dates such as 03/04/2025"},
    {NULL, NULL, NULL}};

const up_command up_cmd_claim = {
    .name = "claim",
    .operands = "SERIES WORDS --from PERIOD --to PERIOD | --remove LINE…",
    .summary = "keep a relative claim: \"100-fold\", \"more than 20 percent a year\"",
    .details =
        "A claim is compared with the reported levels, and implies a level (marked "
        "derived, never stored) where only one end of it is known.",
    .options = options,
    .min_operands = 0,
    .max_operands = 1000,
    .run = run};
