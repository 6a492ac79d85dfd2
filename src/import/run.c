/* An import under way: begun, ended, and what is wrong on its way. */
#include <stdint.h>
#include <stdlib.h>

#include "import/run.h"

void run_complain(run *r, const up_error *reason)
{
    up_error error = *reason;
    up_error_locate(&error, r->plan->request->source, 0);
    up_remarks_add_error(r->remarks, &error);
    if (r->first.code == UP_OK)
        r->first = error;
    r->complaints++;
}

void run_fail(run *r, size_t column, const up_error *reason)
{
    up_error error = {0};
    const char *source = r->plan->request->source;
    size_t line = r->frame->lines[r->row];
    if (column != SIZE_MAX)
        up_error_at(&error, UP_BAD_DATA, source, line, "column '%.60s': %s",
                    up_plan_header(r->plan, column), reason->message);
    else
        up_error_at(&error, UP_BAD_DATA, source, line, "%s", reason->message);
    up_remarks_add(r->remarks, r->plan->request->keep_bad ? UP_WARNING : UP_ERROR, source,
                   line, "%s", error.message);
    if (r->first.code == UP_OK)
        r->first = error;
}

static bool says_more(const plan_column *c)
{
    return (c->role >= UP_IMPORT_QUALIFIER && c->role <= UP_IMPORT_NOTE) &&
           c->sampled > 0;
}

up_status run_init(run *r, up_error *err)
{
    r->plain_rows = true;
    for (size_t i = 0; i < r->plan->count; i++)
        r->plain_rows = r->plain_rows && !says_more(&r->plan->columns[i]);
    up_status status = run_metrics_init(r, err);
    return status == UP_OK ? run_keys_init(r, err) : status;
}

void run_release(run *r)
{
    for (size_t i = 0; i < r->plan->count; i++) {
        if (r->label_memo != NULL)
            free(r->label_memo[i]);
        if (r->values != NULL)
            free(r->values[i]);
    }
    for (size_t m = 0; m < r->out->metric_count; m++) {
        run_metric *metric = &r->metrics[m];
        for (size_t i = 0; i < r->plan->count && metric->memo != NULL; i++)
            free(metric->memo[i]);
        free(metric->memo);
    }
    free(r->metrics);
    free(r->label_memo);
    free(r->values);
    free(r->metric_of);
    free(r->names);
    free(r->period_memo);
    free(r->entity_memo);
    free(r->header_periods);
    up_label_release(&r->unit);
    up_batch_release(&r->keys);
    up_batch_release(&r->labels);
}
