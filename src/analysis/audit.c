/* Claims against levels. */
#include "uptick/audit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/growth_parts.h"
#include "base/memory.h"

const char *up_verdict_name(up_verdict verdict)
{
    static const char *const names[] = {[UP_UNTESTABLE] = "untestable",
                                        [UP_CONFIRMED] = "confirmed",
                                        [UP_COMPATIBLE] = "compatible",
                                        [UP_CONTRADICTED] = "contradicted"};
    return names[verdict];
}

/* --- Levels -------------------------------------------------------------------------------- */

static bool stands_at(const up_series *series, const up_point *point,
                      const up_period *period)
{
    const up_period *own = &point->observation->period;
    if (up_period_compare(own, period) == 0)
        return true;
    up_anchor anchor = up_metric_anchor(&series->data->metric);
    up_moment a = up_period_moment(own, anchor, UP_TIME_CALENDAR);
    up_moment b = up_period_moment(period, anchor, UP_TIME_CALENDAR);
    bool level = series->data->metric.measure == UP_STOCK ||
                 series->data->metric.measure == UP_CUMULATIVE;
    return level && a.first == a.last && b.first == b.last && a.instant == b.instant;
}

/* The reported figure of a period, its own before one of the same instant; `count`: none. */
static size_t reported_at(const up_series *series, const up_period *period)
{
    size_t found = series->count;
    for (size_t i = 0; i < series->count; i++) {
        const up_point *p = &series->points[i];
        if (p->observation->derived || !stands_at(series, p, period))
            continue;
        if (up_period_compare(&p->observation->period, period) == 0)
            return i;
        found = i;
    }
    return found;
}

static bool has_reported(const up_series *series)
{
    for (size_t i = 0; series != NULL && i < series->count; i++)
        if (!series->points[i].observation->derived)
            return true;
    return false;
}

/* --- Comparing ------------------------------------------------------------------------------- */

/* Is every / any value of the measured estimate within the claimed one? A strict end of the
 * claim is met by a strict end of the measurement, or by one beyond it. */
static up_verdict compare(const up_estimate *measured, const up_estimate *claimed)
{
    double low = up_estimate_floor(measured), high = up_estimate_ceiling(measured);
    double least = up_estimate_floor(claimed), most = up_estimate_ceiling(claimed);
    bool above =
        low > least || (low == least && (!claimed->low_strict || measured->low_strict));
    bool below =
        high < most || (high == most && (!claimed->high_strict || measured->high_strict));
    if (above && below)
        return UP_CONFIRMED;
    bool too_low =
        high < least || (high == least && (claimed->low_strict || measured->high_strict));
    bool too_high =
        low > most || (low == most && (claimed->high_strict || measured->low_strict));
    return too_low || too_high ? UP_CONTRADICTED : UP_COMPATIBLE;
}

static up_estimate claimed_of(const up_claim *claim)
{
    up_estimate claimed;
    up_quantity_estimate(&claim->change, true, &claimed);
    return claimed;
}

/* Growth between two points over `elapsed`, both levels with their rounding. */
static up_growth_value growth_of(const up_series *series, size_t from, size_t to,
                                 const up_estimate *elapsed, up_transform transform)
{
    up_growth_value values[UP_TRANSFORMS], none = {0};
    up_estimate a, b;
    none.refused = up_growth_incomparable(series, from, to, false);
    if (none.refused != NULL)
        return none;
    if (up_observation_estimate(series->points[from].observation, true, &a, NULL) !=
            UP_OK ||
        up_observation_estimate(series->points[to].observation, true, &b, NULL) !=
            UP_OK) {
        none.refused = "a figure is withdrawn";
        return none;
    }
    up_growth_between(&a, &b, elapsed, values);
    return values[transform];
}

static void untestable(up_audit *audit, up_audit_reason reason, const char *refused)
{
    audit->verdict = UP_UNTESTABLE;
    audit->reason = reason;
    audit->refused = refused;
}

static void test_between(const up_series *series, up_audit *audit)
{
    const up_claim *claim = audit->claim;
    size_t from = reported_at(series, &claim->from), to = reported_at(series, &claim->to);
    if (from == series->count) {
        untestable(audit, UP_AUDIT_NO_FROM, NULL);
        return;
    }
    if (to == series->count) {
        untestable(audit, UP_AUDIT_NO_TO, NULL);
        return;
    }
    audit->from = &series->points[from];
    audit->to = &series->points[to];
    if (from >= to) {
        untestable(audit, UP_AUDIT_INCOMPARABLE, "the start is not before the end");
        return;
    }
    up_growth_base base = up_claim_base(&series->data->metric, claim);
    up_growth_value measured =
        growth_of(series, from, to, &base.elapsed_years, audit->transform);
    if (measured.refused != NULL) {
        untestable(audit, UP_AUDIT_INCOMPARABLE, measured.refused);
        return;
    }
    audit->has_measured = true;
    audit->measured = measured.estimate;
    audit->verdict = compare(&measured.estimate, &audit->claimed);
}

/* --- Several years ------------------------------------------------------------------------------ */

static up_verdict worst_of(const up_audit *audit)
{
    bool all = true;
    for (size_t i = 0; i < audit->year_count; i++) {
        if (audit->years[i].verdict == UP_CONTRADICTED)
            return UP_CONTRADICTED;
        all = all && audit->years[i].verdict == UP_CONFIRMED;
    }
    if (audit->year_count < UP_AUDIT_YEARS)
        return UP_UNTESTABLE;
    return all ? UP_CONFIRMED : UP_COMPATIBLE;
}

/* The years up to the claim's end, the last one first; one that fails is enough. */
static void test_years(const up_series *series, up_audit *audit)
{
    up_estimate year = up_estimate_exact(1);
    size_t to = reported_at(series, &audit->claim->to);
    if (to == series->count) {
        untestable(audit, UP_AUDIT_NO_TO, NULL);
        return;
    }
    while (audit->year_count < UP_AUDIT_YEARS) {
        size_t from = up_growth_year_before(series, to, UP_TOLERANCE_USUAL, true);
        up_growth_value value = {.refused = ""};
        if (from < series->count)
            value = growth_of(series, from, to, &year, UP_CAGR);
        if (value.refused != NULL)
            break;
        audit->years[audit->year_count++] =
            (up_audit_year){.from = &series->points[from],
                            .to = &series->points[to],
                            .growth = value.estimate,
                            .verdict = compare(&value.estimate, &audit->claimed)};
        to = from;
    }
    audit->verdict = worst_of(audit);
    if (audit->verdict == UP_UNTESTABLE)
        untestable(audit, UP_AUDIT_FEW_YEARS, NULL);
}

/* --- The interface -------------------------------------------------------------------------------- */

void up_audit_test(const up_series *series, const up_claim *claim, up_audit *audit)
{
    static const up_transform tested[] = {[UP_CHANGE_FOLD] = UP_FOLD,
                                          [UP_CHANGE_PCH] = UP_PCH,
                                          [UP_CHANGE_CAGR] = UP_CAGR,
                                          [UP_CHANGE_CHG] = UP_CHG};
    *audit = (up_audit){.claim = claim,
                        .series = series,
                        .transform = tested[claim->transform],
                        .claimed = claimed_of(claim)};
    if (!has_reported(series) || !claim->has_to)
        untestable(audit, UP_AUDIT_NO_FIGURES, NULL);
    else if (claim->has_from)
        test_between(series, audit);
    else if (claim->transform == UP_CHANGE_CAGR)
        test_years(series, audit);
    else
        untestable(audit, UP_AUDIT_NO_START, NULL);
}

up_verdict up_audit_claim(const up_series *series, const up_claim *claim)
{
    up_audit audit;
    up_audit_test(series, claim, &audit);
    return audit.verdict;
}

static const up_series *series_of(const up_series_list *list, const up_claim *claim)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i].data->metric.name, claim->metric) == 0 &&
            strcmp(list->items[i].entity, claim->entity) == 0)
            return &list->items[i];
    return NULL;
}

up_status up_audit_run(const up_tracker *tracker, const up_series_list *list,
                       int64_t as_of, bool all, up_audit_list *audits, up_error *err)
{
    up_status status = UP_OK;
    for (size_t i = 0; i < tracker->claim_count && status == UP_OK; i++) {
        const up_claim *claim = &tracker->claims[i];
        const up_series *series = series_of(list, claim);
        if (!up_claim_is_known(claim, as_of) || (series == NULL && !all))
            continue;
        status = up_grow(&audits->items, &audits->capacity, audits->count + 1,
                         sizeof *audits->items, err);
        if (status == UP_OK)
            up_audit_test(series, claim, &audits->items[audits->count++]);
    }
    return status;
}

void up_audit_list_release(up_audit_list *audits)
{
    free(audits->items);
    *audits = (up_audit_list){0};
}
