/* The figures of an expression: series joined by entity, their figures by date. */
#include <stdlib.h>
#include <string.h>

#include "analysis/align.h"
#include "analysis/expression_dropped.h"
#include "analysis/expression_factor.h"
#include "analysis/expression_parts.h"
#include "analysis/rates.h"
#include "analysis/rational.h"
#include "base/memory.h"
#include "series/computed.h"

/* ---- joining by entity ---- */

/* One series for whoever the others are of: its entity was named, or it has none. */
static bool serves_all(const up_slot *slot)
{
    return slot->list.count == 1 &&
           (slot->names_entity || slot->list.items[0].entity[0] == '\0');
}

/* The series of an entity; *from is where the last one was found, since lists are often in one
 * order. A rate without the entity is everybody's. */
static const up_series *find_partner(const up_slot *slot, const char *entity,
                                     size_t *from)
{
    const up_series_list *list = &slot->list;
    bool is_everybodys = slot->is_rate && !slot->is_price && list->count == 1;
    if (serves_all(slot) || is_everybodys)
        return &list->items[0];
    for (size_t i = 0; i < list->count; i++) {
        size_t at = (*from + i) % list->count;
        if (strcmp(list->items[at].entity, entity) == 0) {
            *from = at + 1;
            return &list->items[at];
        }
    }
    for (size_t i = 0; i < list->count && slot->is_rate; i++)
        if (list->items[i].entity[0] == '\0')
            return &list->items[i];
    return NULL;
}

/* The first slot whose entities the result has; NULL: every slot serves all. */
static const up_slot *find_lead(const up_evaluation *e)
{
    for (size_t i = 0; i < e->slot_count; i++)
        if (!e->slots[i].is_rate && !serves_all(&e->slots[i]))
            return &e->slots[i];
    return NULL;
}

/* Of one entity: its series for every slot. */
typedef struct row {
    const char *entity;
    const up_series **series;
    size_t *from; /* of each slot, where the last row's was */
} row;

static void remark_partner(const up_evaluation *e, const up_series *lead,
                           const up_slot *missing)
{
    up_remarks_add(e->remarks, UP_WARNING, NULL, 0, "%s has no partner in %s for '%s'",
                   lead->key, missing->pattern, lead->entity);
}

static bool find_row(const up_evaluation *e, const up_series *lead, row *r)
{
    for (size_t i = 0; i < e->slot_count; i++) {
        r->series[i] = find_partner(&e->slots[i], r->entity, &r->from[i]);
        if (r->series[i] == NULL && lead != NULL)
            remark_partner(e, lead, &e->slots[i]);
        if (r->series[i] == NULL)
            return false;
    }
    return true;
}

/* A / B of two entities is of neither: the expression itself names both. */
static const char *entity_of(const up_evaluation *e, const up_slot *lead, const row *r)
{
    const char *entity = "";
    if (lead != NULL && lead->list.count > 1)
        return r->entity;
    for (size_t i = 0; i < e->slot_count; i++) {
        const char *here = r->series[i]->entity;
        if (e->slots[i].is_rate || here[0] == '\0')
            continue;
        if (entity[0] != '\0' && strcmp(entity, here) != 0)
            return "";
        entity = here;
    }
    return entity;
}

static void remark_serving(const up_evaluation *e, const up_slot *lead)
{
    if (lead == NULL || lead->list.count < 2)
        return;
    for (size_t i = 0; i < e->slot_count; i++) {
        const up_slot *slot = &e->slots[i];
        if (!slot->is_rate && !slot->names_entity && serves_all(slot))
            up_remarks_add(e->remarks, UP_NOTE, NULL, 0,
                           "%s has no entity: it is taken for each of them",
                           slot->list.items[0].key);
    }
}

/* ---- one figure ---- */

/* What a figure was taken from: the same is the same variable. */
typedef struct origin {
    const up_observation *first, *last; /* last NULL: of one alone */
    size_t count;
    const up_metric_data *data;
    bool is_rate;
} origin;

/* The same row; or worked out from the same, when it was selected more than once (rates are not
 * resampled). */
static bool is_same_figure(const origin *a, const origin *b, const up_observation *x,
                           const up_observation *y)
{
    if (x == y || x == NULL || y == NULL)
        return x == y;
    return x->computed && y->computed && a->data == b->data && a->is_rate == b->is_rate &&
           strcmp(x->entity, y->entity) == 0 &&
           up_period_compare(&x->period, &y->period) == 0;
}

static bool is_same(const origin *a, const origin *b)
{
    return a->count == b->count && is_same_figure(a, b, a->first, b->first) &&
           is_same_figure(a, b, a->last, b->last);
}

/* What fills the slots at one date. */
typedef struct filling {
    up_aligner *aligners;  /* of each slot that is no rate, but the first */
    up_aligned *found;     /* of each slot; a rate's has the figure alone */
    const up_point **last; /* of each slot, the figure used before */
    up_estimate *variables;
    origin *origins;
    size_t *variable_of;
    size_t count; /* of variables */
    up_buffer note, brought;
    size_t *told, *untold; /* of each slot: remarks on figures of that series */
    int64_t *farthest;     /* and over how long one was brought, in seconds */
} filling;

static void enter_variable(filling *f, size_t slot, origin o, const up_estimate *figure)
{
    for (size_t i = 0; i < f->count; i++)
        if (is_same(&f->origins[i], &o)) {
            f->variable_of[slot] = i;
            return;
        }
    f->origins[f->count] = o;
    f->variables[f->count] = *figure;
    f->variable_of[slot] = f->count++;
}

enum { TOLD_MOST = 6 }; /* remarks of one series; the figures' notes have them all */

static bool is_told_of(const up_expression_options *how, const up_period *period)
{
    return !how->has_told ||
           (period->end > how->told.start && period->start < how->told.end);
}

/* One sentence of what was done with a slot's figure of a period: into the figure's note, and as a
 * remark, of the first figures that are told of, or of what must not be overlooked. */
static void tell(const up_evaluation *e, size_t slot, const up_period *period,
                 const up_buffer *text, bool always, filling *f)
{
    up_buffer_add(&f->note, f->note.length > 0 ? "; " : "");
    up_buffer_add(&f->note, up_buffer_text(text));
    if (!always && !is_told_of(e->how, period))
        return;
    if (always || f->told[slot] < TOLD_MOST)
        up_remarks_add(e->remarks, UP_NOTE, NULL, 0, "%s", up_buffer_text(text));
    else
        f->untold[slot]++;
    f->told[slot]++;
}

static up_status tell_rest(const up_evaluation *e, const row *r, const filling *f,
                           up_error *err)
{
    up_status status = UP_OK;
    for (size_t i = 0; i < e->slot_count && status == UP_OK; i++) {
        if (f->untold[i] > 0)
            up_remarks_add(e->remarks, UP_NOTE, NULL, 0, "%s: %zu more like these",
                           r->series[i]->key, f->untold[i]);
        up_buffer far = {0};
        if (e->how->align != UP_ALIGN_INTERPOLATE && !e->how->tolerance.given)
            status = up_align_distance(r->series[i], f->farthest[i], &far, err);
        if (far.length > 0)
            up_remarks_add(e->remarks, UP_WARNING, NULL, 0, "%s", up_buffer_text(&far));
        up_buffer_release(&far);
    }
    return status;
}

static void add_brought(const up_series *series, const up_aligned *found, up_buffer *out)
{
    char text[UP_PERIOD_SIZE];
    const char *within = found->used->observation->brought;
    if (found->exact && within == NULL)
        return;
    up_buffer_add(out, out->length > 0 ? "; " : "");
    if (found->exact) {
        up_buffer_add(out, within);
        return;
    }
    up_period_format(&found->used->observation->period, text);
    up_buffer_addf(out, "%s of %s", series->key, text);
    if (found->also == NULL)
        return;
    up_period_format(&found->also->observation->period, text);
    up_buffer_addf(out, " and %s", text);
}

/* "ai-users of 31 Dec 2024 carried forward to early 2025" */
static void tell_alignment(const up_evaluation *e, const row *r, size_t slot,
                           const up_point *point, up_series *result, filling *f)
{
    const up_series *series = r->series[slot];
    const up_aligned *found = &f->found[slot];
    const up_period *period = &point->observation->period;
    static const char *const some[UP_ALIGNS] = {
        [UP_ALIGN_NEAREST] = "some figures of the nearest date",
        [UP_ALIGN_CARRY] = "some figures carried forward",
        [UP_ALIGN_INTERPOLATE] = "some figures interpolated at constant growth"};
    up_buffer text = {0};
    if (found->exact)
        return;
    int64_t apart = llabs(point->time.instant - found->used->time.instant);
    if (apart > f->farthest[slot])
        f->farthest[slot] = apart;
    result->aligned = some[e->how->align];
    up_buffer_addf(&text, "%s of ", series->key);
    up_period_label(&found->used->observation->period, &text);
    if (found->also != NULL) {
        up_buffer_add(&text, " and ");
        up_period_label(&found->also->observation->period, &text);
    }
    up_buffer_addf(&text, " %s ", up_align_words(e->how->align));
    up_period_label(period, &text);
    tell(e, slot, period, &text, false, f);
    up_buffer_release(&text);
}

static void tell_rate(const up_evaluation *e, size_t slot, const up_series *converted,
                      const up_period *period, const up_series *rates,
                      const up_rate *rate, bool divides, filling *f)
{
    up_buffer text = {0};
    up_buffer_addf(&text, "%s of ", converted->key);
    up_period_label(period, &text);
    up_buffer_add(&text, divides ? " at " : " times ");
    up_rate_describe(rates, rate, &text);
    tell(e, slot, period, &text, rate->kind == UP_RATE_FUTURE, f);
    up_buffer_release(&text);
}

/* "sales/A of 2024 deflated by 110 index (cpi, 2024)"; of the base only in the figure's note, and
 * once in all as a remark. */
static void tell_price(up_evaluation *e, size_t slot, const up_series *first,
                       const up_period *period, const up_series *prices,
                       const up_rate *price, bool is_base, filling *f)
{
    up_buffer text = {0};
    if (is_base)
        up_buffer_add(&text, "at the prices of ");
    else
        up_buffer_addf(&text, "%s of ", first->key);
    up_period_label(period, &text);
    up_buffer_add(&text, is_base ? ", " : " deflated by ");
    up_rate_describe(prices, price, &text);
    if (is_base && e->told_base) {
        up_buffer_add(&f->note, "; ");
        up_buffer_add(&f->note, up_buffer_text(&text));
    } else
        tell(e, slot, period, &text, is_base, f);
    e->told_base = e->told_base || is_base;
    up_buffer_release(&text);
}

static bool is_level(const up_metric *metric)
{
    return metric->measure == UP_STOCK || metric->measure == UP_CUMULATIVE;
}

/* A rate is that of the date of the figure it converts: the figure's own, unless that was drawn
 * out to the date of the result. */
static up_status fill_rate(up_evaluation *e, const row *r, size_t slot,
                           const up_point *point, filling *f, up_error *err)
{
    size_t converts = e->slots[slot].converts;
    const up_aligned *figure = &f->found[converts];
    bool is_base = e->slots[slot].is_base;
    const up_period *period =
        is_base ? &e->how->base
                : &(figure->also != NULL ? point : figure->used)->observation->period;
    const up_series *converted = r->series[converts], *rates = r->series[slot];
    up_rate rate;
    up_status status =
        up_rate_find(rates, period, !is_base && is_level(&converted->data->metric),
                     e->how, &rate, err);
    if (status != UP_OK)
        return status;
    f->found[slot] =
        (up_aligned){.figure = rate.figure, .used = rate.last, .exact = true};
    enter_variable(f, slot,
                   (origin){.first = rate.first->observation,
                            .last = rate.count > 1 ? rate.last->observation : NULL,
                            .count = rate.count,
                            .data = rates->data,
                            .is_rate = true},
                   &rate.figure);
    if (e->slots[slot].is_price)
        tell_price(e, converts, converted, period, rates, &rate, is_base, f);
    else
        tell_rate(e, converts, converted, period, rates, &rate, e->slots[slot].divides,
                  f);
    return UP_OK;
}

/* A price that is missing; where those of the base are, they are the reason for every figure. */
static up_status blame_base(const up_evaluation *e, const row *r, up_error *err)
{
    up_status status = UP_OK;
    up_rate ignored;
    for (size_t i = 0; i < e->slot_count && status == UP_OK; i++)
        if (e->slots[i].is_base)
            status =
                up_rate_find(r->series[i], &e->how->base, false, e->how, &ignored, err);
    return status != UP_OK ? status : UP_TOO_LITTLE_DATA;
}

static up_status fill_slots(up_evaluation *e, const row *r, const up_point *point,
                            up_series *result, filling *f, up_error *err)
{
    up_status status = UP_OK;
    f->count = 0;
    up_buffer_clear(&f->note);
    up_buffer_clear(&f->brought);
    for (size_t i = 0; i < e->slot_count && status == UP_OK; i++) {
        if (e->slots[i].is_rate) {
            status = fill_rate(e, r, i, point, f, err);
            if (status == UP_TOO_LITTLE_DATA)
                status = blame_base(e, r, err);
            continue;
        }
        up_aligned *found = &f->found[i];
        if (i == 0)
            *found = (up_aligned){.figure = point->figure, .used = point, .exact = true};
        else
            status = up_align_figure(&f->aligners[i], point, found, err);
        if (status != UP_OK)
            break;
        enter_variable(
            f, i,
            (origin){.first = found->used->observation,
                     .last = found->also != NULL ? found->also->observation : NULL,
                     .count = 1,
                     .data = r->series[i]->data},
            &found->figure);
    }
    for (size_t i = 1; i < e->slot_count && status == UP_OK; i++)
        if (!e->slots[i].is_rate)
            tell_alignment(e, r, i, point, result, f);
    for (size_t i = 0; i < e->slot_count && status == UP_OK; i++)
        if (!e->slots[i].is_rate)
            add_brought(r->series[i], &f->found[i], &f->brought);
    return status;
}

/* ---- the figures of one result ---- */

/* Whether a break lies after the point used last and up to the one used now. */
static bool passes_break(const up_series *series, const up_point *last,
                         const up_point *now)
{
    for (const up_point *p = last != NULL && last < now ? last + 1 : now; p <= now; p++)
        if (p >= series->points && p->after_break)
            return true;
    return false;
}

/* Remembers where a figure came from that went into one of the result. */
static up_status remember_source(up_series *result, const char *first, const char *source,
                                 up_error *err)
{
    if (source[0] == '\0' || strcmp(first, source) == 0)
        return UP_OK;
    for (size_t i = 0; i < result->other_count; i++)
        if (strcmp(result->other_sources[i], source) == 0)
            return UP_OK;
    up_status status =
        up_grow(&result->other_sources, &result->other_capacity, result->other_count + 1,
                sizeof *result->other_sources, err);
    if (status == UP_OK)
        status = up_copy_text(source, &result->other_sources[result->other_count], err);
    if (status == UP_OK)
        result->other_count++;
    return status;
}

static void take_qualities(const up_observation *o, up_computed_figure *out)
{
    out->status = up_observation_status_worse(out->status, o->status);
    out->derived = out->derived || o->derived;
    if (o->reported > out->reported)
        out->reported = o->reported;
}

/* The figure at a point, appended to made. A break before any of the figures since the last one
 * is a break before it. */
static up_status add_figure(const up_evaluation *e, const row *r, const up_point *point,
                            bool broken, up_series *result, filling *f, up_computed *made,
                            up_error *err)
{
    const up_observation *o = point->observation;
    up_computed_figure out = {.period = o->period,
                              .time = point->time,
                              .status = 'A',
                              .reported = UP_REPORTED_ALWAYS,
                              .after_break = broken || point->after_break,
                              .entity = result->entity,
                              .source = o->source,
                              .note = up_buffer_text(&f->note),
                              .brought = up_buffer_text(&f->brought)};
    up_binding binding = {f->variables, f->variable_of};
    up_status status =
        up_rational_evaluate(e->root, &binding, f->count, &out.figure, err);
    if (status == UP_OK)
        status =
            up_expression_factor(e, &binding, f->count, f->found, r->series[0]->count,
                                 made->count, result, &out.factored, err);
    for (size_t i = 0; i < e->slot_count && status == UP_OK; i++) {
        const up_aligned *found = &f->found[i];
        take_qualities(found->used->observation, &out);
        status =
            remember_source(result, o->source, found->used->observation->source, err);
        if (status == UP_OK && found->also != NULL) {
            take_qualities(found->also->observation, &out);
            status =
                remember_source(result, o->source, found->also->observation->source, err);
        }
        if (i > 0 && !e->slots[i].is_rate)
            out.after_break =
                out.after_break || passes_break(r->series[i], f->last[i], found->used);
    }
    if (status == UP_OK)
        status = up_buffer_check(&f->note, err);
    if (status == UP_OK)
        status = up_buffer_check(&f->brought, err);
    return status == UP_OK ? up_computed_add(made, &out, err) : status;
}

static up_status compute_points(up_evaluation *e, const row *r, filling *f,
                                up_series *result, up_error *err)
{
    const up_series *first = r->series[0];
    up_computed made = {0};
    up_status status = UP_OK;
    bool broken = false; /* a figure that was dropped stood after a break */
    up_dropped gone = {0};
    for (size_t i = 0; i < first->count && status == UP_OK; i++) {
        const up_point *point = &first->points[i];
        up_error why = {0};
        up_status computed = fill_slots(e, r, point, result, f, &why);
        if (computed == UP_OK)
            computed = add_figure(e, r, point, broken, result, f, &made, &why);
        if (computed != UP_OK) {
            status = up_dropped_add(e, &why, &point->observation->period, &gone);
            if (status != UP_OK)
                up_error_set(err, status, "%s", why.message);
            broken = broken || point->after_break;
            continue;
        }
        broken = false;
        for (size_t s = 0; s < e->slot_count; s++)
            f->last[s] = f->found[s].used;
    }
    if (status == UP_OK && gone.count > 0 && made.count > 0)
        up_dropped_tell(e, &gone, made.count);
    if (status == UP_OK)
        up_computed_hand_over(&made, result);
    if (status == UP_OK)
        status = tell_rest(e, r, f, err);
    up_computed_release(&made);
    return status;
}

static void filling_release(filling *f, size_t slots)
{
    for (size_t i = 0; i < slots && f->aligners != NULL; i++)
        up_aligner_release(&f->aligners[i]);
    free(f->aligners);
    free(f->found);
    free(f->last);
    free(f->variables);
    free(f->origins);
    free(f->variable_of);
    free(f->told);
    free(f->untold);
    free(f->farthest);
    up_buffer_release(&f->note);
    up_buffer_release(&f->brought);
}

static up_status filling_init(const up_evaluation *e, const row *r, filling *f,
                              up_error *err)
{
    size_t n = e->slot_count;
    const up_metric *first = &r->series[0]->data->metric;
    up_status status = up_alloc(n, sizeof *f->aligners, &f->aligners, err);
    if (status == UP_OK)
        status = up_alloc(n, sizeof *f->found, &f->found, err);
    if (status == UP_OK)
        status = up_alloc(n, sizeof *f->last, &f->last, err);
    if (status == UP_OK)
        status = up_alloc(n, sizeof *f->variables, &f->variables, err);
    if (status == UP_OK)
        status = up_alloc(n, sizeof *f->origins, &f->origins, err);
    if (status == UP_OK)
        status = up_alloc(n, sizeof *f->variable_of, &f->variable_of, err);
    if (status == UP_OK)
        status = up_alloc(n, sizeof *f->told, &f->told, err);
    if (status == UP_OK)
        status = up_alloc(n, sizeof *f->untold, &f->untold, err);
    if (status == UP_OK)
        status = up_alloc(n, sizeof *f->farthest, &f->farthest, err);
    for (size_t i = 1; i < n && status == UP_OK; i++) {
        bool flows =
            first->measure == UP_FLOW && r->series[i]->data->metric.measure == UP_FLOW;
        if (!e->slots[i].is_rate)
            status = up_aligner_init(&f->aligners[i], r->series[i], e->how, flows, err);
    }
    return status;
}

static up_status compute_series(up_evaluation *e, const up_slot *lead, const row *r,
                                up_series *out, up_error *err)
{
    filling f = {0};
    const up_series *first = r->series[0];
    up_series result = {.data = first->data,
                        .basis = first->basis,
                        .forecasts = first->forecasts,
                        .withdrawn = first->withdrawn,
                        .aligned = first->aligned};
    up_status status = filling_init(e, r, &f, err);
    if (status == UP_OK)
        status = up_copy_text(entity_of(e, lead, r), &result.entity, err);
    if (status == UP_OK)
        status = up_copy_text(first->key, &result.key, err);
    for (size_t i = 0; i < e->slot_count && status == UP_OK; i++)
        if (!e->slots[i].is_rate && r->series[i]->aligned != NULL)
            result.aligned = r->series[i]->aligned;
    if (status == UP_OK)
        status = compute_points(e, r, &f, &result, err);
    filling_release(&f, e->slot_count);
    if (status == UP_OK)
        *out = result;
    else
        up_series_release(&result);
    return status;
}

/* ---- the whole ---- */

static up_status no_entity_shared(up_error *err)
{
    return up_error_set(
        err, UP_TOO_LITTLE_DATA,
        "the two sides share no entity (name it, as in x/China, to use one "
        "for another)");
}

/* Whose figures are meant where every series was named: the entity of all that have one, ""
 * where they are of several. A deflator is taken for it. */
static const char *named_entity(const up_evaluation *e)
{
    const char *entity = "";
    for (size_t i = 0; i < e->slot_count; i++) {
        if (e->slots[i].is_rate || e->slots[i].list.count != 1)
            continue;
        const char *here = e->slots[i].list.items[0].entity;
        if (entity[0] != '\0' && here[0] != '\0' && strcmp(entity, here) != 0)
            return "";
        entity = here[0] != '\0' ? here : entity;
    }
    return entity;
}

up_status up_expression_join(up_evaluation *e, up_series_list *list, up_error *err)
{
    const up_slot *lead = find_lead(e);
    size_t rows = lead != NULL ? lead->list.count : 1, joined = 0;
    row r = {.entity = ""};
    up_status status = up_alloc(e->slot_count, sizeof *r.series, &r.series, err);
    if (status == UP_OK)
        status = up_alloc(e->slot_count, sizeof *r.from, &r.from, err);
    if (status == UP_OK)
        status = up_grow(&list->items, &list->capacity, list->count + rows,
                         sizeof *list->items, err);
    remark_serving(e, lead);
    for (size_t i = 0; i < rows && status == UP_OK; i++) {
        const up_series *of = lead != NULL ? &lead->list.items[i] : NULL;
        r.entity = of != NULL ? of->entity : named_entity(e);
        if (!find_row(e, of, &r))
            continue;
        joined++;
        up_series result;
        status = compute_series(e, lead, &r, &result, err);
        if (status == UP_OK)
            list->items[list->count++] = result;
    }
    free(r.series);
    free(r.from);
    return status == UP_OK && joined == 0 ? no_entity_shared(err) : status;
}
