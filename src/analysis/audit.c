/* Claims against levels. */
#include <math.h>
#include <string.h>

#include "analysis/growth_parts.h"

const char *up_verdict_name(up_verdict verdict)
{
    static const char *const names[] = {[UP_UNTESTABLE] = "untestable",
                                        [UP_CONFIRMED] = "confirmed",
                                        [UP_COMPATIBLE] = "compatible",
                                        [UP_CONTRADICTED] = "contradicted"};
    return names[verdict];
}

/* The reported figure of a period; `count` when there is none. */
static size_t reported_at(const up_series *series, const up_period *period)
{
    for (size_t i = 0; i < series->count; i++)
        if (!series->points[i].observation->derived &&
            up_period_compare(&series->points[i].observation->period, period) == 0)
            return i;
    return series->count;
}

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

up_verdict up_audit_claim(const up_series *series, const up_claim *claim)
{
    static const up_transform tested[] = {[UP_CHANGE_FOLD] = UP_FOLD,
                                          [UP_CHANGE_PCH] = UP_PCH,
                                          [UP_CHANGE_CAGR] = UP_CAGR,
                                          [UP_CHANGE_CHG] = UP_CHG};
    if (!claim->has_from || !claim->has_to)
        return UP_UNTESTABLE;
    size_t from = reported_at(series, &claim->from), to = reported_at(series, &claim->to);
    up_estimate a, b, claimed;
    if (from == series->count || to == series->count || from >= to ||
        up_growth_incomparable(series, from, to, false) != NULL ||
        up_observation_estimate(series->points[from].observation, true, &a, NULL) !=
            UP_OK ||
        up_observation_estimate(series->points[to].observation, true, &b, NULL) != UP_OK)
        return UP_UNTESTABLE;
    up_growth g = {0};
    up_claim_elapsed(&series->data->metric, claim, &g);
    up_growth_value values[UP_TRANSFORMS];
    up_growth_between(&a, &b, &g.elapsed_years, values);
    const up_growth_value *measured = &values[tested[claim->transform]];
    if (measured->refused != NULL)
        return UP_UNTESTABLE;
    /* "more than 2" is a threshold, not a rounded figure */
    bool rounded =
        claim->change.qualifier == UP_EXACTLY || claim->change.qualifier == UP_ABOUT;
    up_quantity_estimate(&claim->change, rounded, &claimed);
    return compare(&measured->estimate, &claimed);
}
