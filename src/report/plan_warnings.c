/* What must be known before a projection's intervals are believed, in the few words that a chart has room
 * for; tables say the same with their numbers (project_words.c). */
#include "report/chart_words.h"
#include "report/plan_parts.h"

static bool is_open(const up_projection *p)
{
    return p->capacity == UP_CAPACITY_OPEN;
}

static bool is_unsettled(const up_projection *p) /* of a pool the remark tells how */
{
    return p->model != &up_model_auto && p->remark != NULL;
}

static bool is_without(const up_projection *p)
{
    return p->no_interval != NULL;
}

static bool is_narrow(const up_projection *p)
{
    return p->residuals_hang_together && p->has_intervals;
}

static const struct {
    bool (*holds)(const up_projection *projection);
    up_say words;
} warnings[] = {{is_open, UP_SAY_CAPACITY_OPEN},
                {is_unsettled, UP_SAY_UNSETTLED},
                {is_without, UP_SAY_NO_INTERVAL},
                {is_narrow, UP_SAY_TOO_NARROW}};

up_status up_plan_warn(const up_projection *projection, up_chart_plan *plan,
                       const char **remark, up_error *err)
{
    up_status status = UP_OK;
    for (size_t i = 0; i < sizeof warnings / sizeof warnings[0] && status == UP_OK; i++) {
        up_buffer text = {0};
        if (!warnings[i].holds(projection))
            continue;
        up_tell(plan->language, *remark != NULL ? UP_SAY_NEXT : UP_SAY_SECOND, &text,
                *remark, up_word(plan->language, warnings[i].words));
        status = up_plan_text(plan, &text, remark, err);
        up_buffer_release(&text);
    }
    return status;
}
