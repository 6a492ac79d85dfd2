/* The audit: what was claimed, held against the levels that were reported.
 *
 *     up_audit audit;
 *     up_audit_test(&series, &claim, &audit);
 *     audit.verdict                                // UP_CONFIRMED
 *     audit.claimed, audit.measured                // fold > 2; 2.283 to 2.296
 *
 * A claim is tested against reported levels only, never against points that it implied. Both
 * levels are read with their rounding ("more than 5" has none: it is 5 or above), dates with
 * their spans. The level of a period is the figure reported for it, or for another period that is
 * anchored at the same instant (a stock "in 2024" is that of 31 December 2024).
 *
 *     confirmed      every admissible value satisfies it
 *     compatible     some do
 *     contradicted   none does
 *     untestable     a level is missing, or the two cannot be compared; `reason` says what
 *
 * "For several years" has no start: it is read as each of at least three consecutive years up to
 * its end, every year's growth taken between levels a year apart. */
#ifndef UPTICK_AUDIT_H
#define UPTICK_AUDIT_H

#include "uptick/growth.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { UP_AUDIT_YEARS = 3 };

typedef enum up_audit_reason {
    UP_AUDIT_TESTED,
    UP_AUDIT_NO_FIGURES,   /* the series has none that were reported */
    UP_AUDIT_NO_FROM,      /* no level at the start */
    UP_AUDIT_NO_TO,        /* no level at the end */
    UP_AUDIT_INCOMPARABLE, /* `refused` says why */
    UP_AUDIT_NO_START,     /* the claim has no start and is no rate per year */
    UP_AUDIT_FEW_YEARS     /* less than three consecutive years up to the end */
} up_audit_reason;

/* One year of "several years". */
typedef struct up_audit_year {
    const up_point *from, *to;
    up_estimate growth; /* as a fraction per year */
    up_verdict verdict;
} up_audit_year;

typedef struct up_audit {
    const up_claim *claim;   /* borrowed */
    const up_series *series; /* borrowed; NULL: the tracker has no such series */
    up_verdict verdict;
    up_transform transform; /* what claimed and measured are */
    up_estimate claimed;
    bool has_measured;
    up_estimate measured;
    const up_point *from, *to;
    up_audit_reason reason;
    const char *refused; /* static text; NULL */
    up_audit_year years[UP_AUDIT_YEARS];
    size_t year_count;
} up_audit;

/* series may be NULL: untestable, without figures. */
void up_audit_test(const up_series *series, const up_claim *claim, up_audit *audit);
/* The verdict alone. */
up_verdict up_audit_claim(const up_series *series, const up_claim *claim);

typedef struct up_audit_list {
    up_audit *items;
    size_t count, capacity;
} up_audit_list;

/* Tests every claim that was known on the day as_of and is about one of the series; with `all`
 * also those about series that list does not have. In the order of claims.csv. */
UP_MUST_CHECK up_status up_audit_run(const up_tracker *tracker,
                                     const up_series_list *list, int64_t as_of, bool all,
                                     up_audit_list *audits, up_error *err);
void up_audit_list_release(up_audit_list *audits);

#ifdef __cplusplus
}
#endif
#endif
