#include <string.h>

#include "cli/command.h"
#include "uptick/audit.h"

/* A contradiction is the failure of a check. */
static up_status judge(const up_audit_list *audits, up_error *err)
{
    size_t contradicted = 0;
    const up_audit *first = NULL;
    for (size_t i = 0; i < audits->count; i++)
        if (audits->items[i].verdict == UP_CONTRADICTED && contradicted++ == 0)
            first = &audits->items[i];
    if (contradicted == 0)
        return UP_OK;
    return up_error_at(err, UP_CHECK_FAILED, "series/claims.csv", first->claim->line,
                       "the levels contradict \"%.200s\"%s", first->claim->stated,
                       contradicted > 1 ? ", and other claims" : "");
}

/* With series named, the claims about these; else every claim. */
static up_status audit(up_context *ctx, const up_selection *selection, bool all,
                       up_audit_list *audits, up_error *err)
{
    up_table table = {0};
    up_status status =
        up_audit_run(selection->tracker, &selection->list, ctx->as_of, all, audits, err);
    if (status == UP_OK && audits->count == 0)
        up_cli_note(ctx, "no claim to audit");
    up_cli_begin_table(ctx, &table);
    if (status == UP_OK)
        status = up_view_audit(audits, &table, err);
    if (status == UP_OK)
        status = up_cli_emit(ctx, &table, err);
    return status == UP_OK ? judge(audits, err) : status;
}

static up_status run(up_context *ctx, const up_arguments *args, up_error *err)
{
    up_series_options options;
    up_selection selection;
    up_audit_list audits = {0};
    up_status status = up_cli_series_options(ctx, args, &options, err);
    if (status == UP_OK)
        status = up_cli_select(ctx, args, 0, &options, 0, &selection, err);
    if (status != UP_OK)
        return status;
    status = audit(ctx, &selection, up_args_count(args) == 0, &audits, err);
    up_audit_list_release(&audits);
    up_selection_release(&selection);
    return status;
}

const up_command up_cmd_audit = {
    .name = "audit",
    .operands = "[SERIES…]",
    .summary = "hold claims against the figures that were reported",
    .details = "Each claim is confirmed (every admissible value satisfies it), "
               "compatible (some do), "
               "contradicted (none does; exit 1) or untestable. Levels are read with "
               "their rounding, "
               "qualifiers and dates; what a claim itself implied is never held for it. "
               "\"Several "
               "years\" is each of at least three consecutive years.",
    .max_operands = 1000,
    .run = run};
