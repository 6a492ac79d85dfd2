/* Views: results as tables. Each fills a table that the caller has not initialised and
 * releases it (up_table_release) after writing; with `tidy` the table is for machines: one row
 * a value, stable column names. */
#ifndef UPTICK_VIEW_H
#define UPTICK_VIEW_H

#include "uptick/audit.h"
#include "uptick/backtest.h"
#include "uptick/contribution.h"
#include "uptick/growth.h"
#include "uptick/import.h"
#include "uptick/project.h"
#include "uptick/reach.h"
#include "uptick/score.h"
#include "uptick/series.h"
#include "uptick/table.h"
#include "uptick/trend.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Words for a figure: "more than 700 B CNY", "about 16.2 B", "3 B to 750 B"; up to `digits`
 * significant digits (0: all), followed by the metric's (short) unit. */
void up_words_figure(const up_observation *observation, const up_metric *metric,
                     int digits, up_buffer *out);
/* Words for a computed figure of a metric: value and bounds, without the unit. The ends of every
 * range are rounded outwards, so that what is shown contains what is known. */
void up_words_estimate(const up_estimate *estimate, const up_metric *metric, int digits,
                       up_buffer *out);
/* Words for one growth value: "9.23× (7.40× to 12.2×)", "at least 16.7 %", "114 days (101 to
 * 126 days)"; "-" when refused. metric gives lin and chg their unit. */
void up_words_growth(const up_growth_value *value, up_transform transform,
                     const up_metric *metric, up_buffer *out);
/* The same, rates per year (cagr, pca) as "9.23×" or as "+823 %": up_words_growth writes those that
 * double at least in the former way, a column all of its rates in one. */
bool up_words_doubles(const up_growth_value *value);
void up_words_growth_in(const up_growth_value *value, up_transform transform,
                        const up_metric *metric, bool as_fold, up_buffer *out);
/* A doubling time, all of it in one unit; below a year in the days that passed, where they are known
 * (else NULL), an estimate in days. */
void up_words_doubling(const up_growth_value *years, const up_growth_value *days,
                       const up_metric *metric, up_buffer *out);
/* What up_words_estimate rounds a bound to: no less (up) or no greater than the level. */
double up_words_bound(double level, int digits, bool up, const up_metric *metric);

/* The unit as it stands behind a figure: short_unit, else unit. */
const char *up_metric_short_unit(const up_metric *metric);

UP_MUST_CHECK up_status up_view_list(const up_tracker *tracker,
                                     const up_series_list *list, up_table *table,
                                     up_error *err);
/* Figures of one or more series; with revisions every vintage, else the last words. */
UP_MUST_CHECK up_status up_view_show(const up_tracker *tracker,
                                     const up_series_list *list,
                                     const up_series_options *options, bool revisions,
                                     up_table *table, up_error *err);
/* Every observation behind the series, all standard columns: the long CSV that can be read
 * back. */
UP_MUST_CHECK up_status up_view_export(const up_series_list *list,
                                       const up_series_options *options, up_table *table,
                                       up_error *err);

/* One entry a series, its growth rows, and which transforms to show. */
typedef struct up_growth_section {
    const up_series *series;
    const up_growth *rows;
    size_t count;
} up_growth_section;
/* Which transforms are shown, and in which order. */
typedef struct up_growth_choice {
    bool show[UP_TRANSFORMS];
    up_transform order[UP_TRANSFORMS]; /* the first `count`: those shown */
    size_t count;
    bool brought; /* machines get a column with what was brought from other dates */
} up_growth_choice;
/* One more, behind the others; nothing when it is there. */
void up_growth_choose(up_growth_choice *choice, up_transform transform);
UP_MUST_CHECK up_status up_view_growth(const up_growth_section sections[], size_t count,
                                       const up_growth_choice *choice, bool tidy,
                                       up_table *table, up_error *err);
/* Why values of a section are missing, as notes: each reason once, with its first period. A
 * table for people has them below; a tidy one has no place for them. */
void up_growth_refusals(const up_growth_section *section, const bool show[UP_TRANSFORMS],
                        up_remarks *out);
/* Adds the rows of one more section to a tidy table of up_view_growth, which may have begun
 * with none. */
void up_view_growth_add(const up_growth_section *section, const up_growth_choice *choice,
                        up_table *table);

/* The same of a plain series. False where a value is refused for a reason that has to be told, or
 * there is none at all: then the rows may be partly there, and up_growth_compute has it. */
bool up_view_growth_add_plain(const up_plain *series, const up_plain_point points[],
                              const up_growth_choice *choice, up_table *table);

/* Orders sections by their first row's value of a transform, growth from fast to slow (doubling
 * times by cca, of which they are the inverse: it must be there); where only a lower bound is
 * known, by it; those with an upper bound only, and refused ones, last. */
UP_MUST_CHECK up_status up_growth_rank(up_growth_section sections[], size_t count,
                                       up_transform by, up_error *err);

/* What is open about the order of ranked sections, as a note: bounds and ranges, spans of unlike
 * length. */
void up_growth_rank_note(const up_growth_section sections[], size_t count,
                         up_transform by, up_table *table);

typedef struct up_trend_section {
    const up_series *series;
    up_trend trend;
} up_trend_section;
/* Orders sections by their rate per year, the greatest first. */
void up_trend_rank(up_trend_section sections[], size_t count);
UP_MUST_CHECK up_status up_view_trend(const up_trend_section sections[], size_t count,
                                      up_table *table, up_error *err);

UP_MUST_CHECK up_status up_view_contributions(const up_contribution_list *list,
                                              up_table *table, up_error *err);

/* Levels in percent: "80,95" or "50,90,99.5"; they come out ascending. UP_USAGE for what is no level. */
UP_MUST_CHECK up_status up_levels_parse(const char *text, double levels[UP_LEVELS_MAX],
                                        up_error *err);
/* Jobs that succeeded, all with the same levels; periods are those of the steps of all jobs,
 * failed ones too, one job after the other. For people the members of a pool are a line each below
 * the table. */
UP_MUST_CHECK up_status up_view_projection(const up_project_job jobs[], size_t count,
                                           const up_period *periods, bool tidy,
                                           up_table *table, up_error *err);
/* When a level is reached: one row a series and model. Times are days for machines, months for
 * people. */
typedef struct up_reach_section {
    const up_series *series;
    const up_projection *projection;
    up_reach reach;
    up_reach_question question;
} up_reach_section;
UP_MUST_CHECK up_status up_view_reach(const up_reach_section sections[], size_t count,
                                      up_table *table, up_error *err);
/* Backtests: one row a method; and every forecast. */
typedef struct up_backtest_section {
    const up_series *series;
    up_backtest backtest;
} up_backtest_section;
UP_MUST_CHECK up_status up_view_backtest(const up_backtest_section sections[],
                                         size_t count, up_table *table, up_error *err);
UP_MUST_CHECK up_status up_view_backtest_forecasts(const up_backtest_section sections[],
                                                   size_t count, up_table *table,
                                                   up_error *err);
/* What was fitted: parameters with their standard errors, intervals and correlations. */
UP_MUST_CHECK up_status up_view_parameters(const up_project_job jobs[], size_t count,
                                           up_table *table, up_error *err);

/* One row for each period whose figure or bound has come; `all`, what they say together, in
 * notes. */
UP_MUST_CHECK up_status up_view_scores(const up_score_list *list,
                                       const up_score_summary *all, up_table *table,
                                       up_error *err);
/* One row a group. */
UP_MUST_CHECK up_status up_view_score_groups(const up_score_summaries *groups,
                                             up_score_by by, up_table *table,
                                             up_error *err);

/* Sources behind the series, with the words quoted. */
UP_MUST_CHECK up_status up_view_cite(const up_tracker *tracker,
                                     const up_series_list *list, up_table *table,
                                     up_error *err);

/* What was claimed, what the levels say, the verdict and why. */
UP_MUST_CHECK up_status up_view_audit(const up_audit_list *audits, up_table *table,
                                      up_error *err);

/* What an import makes of a file: its columns with what each was taken for; and the first
 * `most` figures of each of its metrics as understood. */
UP_MUST_CHECK up_status up_view_import_columns(const up_import *import, up_table *table,
                                               up_error *err);
UP_MUST_CHECK up_status up_view_import_figures(const up_import *import, size_t most,
                                               up_table *table, up_error *err);

#ifdef __cplusplus
}
#endif
#endif
