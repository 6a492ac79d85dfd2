/* Scenarios: where a series goes if its growth is this or that. No forecast, and no probability.
 *
 *     up_scenario_list list = {0};
 *     up_scenarios_parse("low: 10 %; base: 20 %, halving each year", &list, err);
 *     up_scenario_project(&series, &list.items[0], &options, times, count, &p, err);
 *     p.steps[0].value
 *     up_projection_release(&p);
 *     up_scenarios_release(&list);
 *
 * A scenario is the rate per year r that growth starts with, at the last figure, and the factor f
 * that its continuous rate goes by each year:
 *
 *     g(s) = ln(1 + r) f^s                                   s years after the last figure
 *     G(τ) = ∫ g(s) ds from 0 to τ = ln(1 + r) (f^τ - 1) / ln f      (f = 1: ln(1 + r) τ)
 *     level(τ) = last figure · exp G(τ)
 *
 * A figure stands where its metric has it, that of a flow or average in the middle of its period.
 * Of a counter not the level grows so but its increments: with Δ, that of the last h years, and
 * a pace that has grown by ln(1 + r) through them
 *
 *     pace = Δ ln(1 + r) / (1 - (1 + r)^-h) at the last figure      (r = 0: Δ / h)
 *     level(τ) = last figure + pace · ∫ exp G(s) ds from 0 to τ
 *
 * so that with f = 1 the increment of h more years is Δ (1 + r)^h.
 *
 * Where no rate is given it is that of the figures since the last break: the slope of least squares
 * of their logarithms on time, with two figures the rate between them; of a counter that of the
 * logarithms of its increments a year, each in the middle of its time.
 *
 * The data range is what the bounds and dates of the figure that the scenario starts from allow: of
 * a counter those of its last two figures, and those of both where the rate is that between two
 * figures. The level is monotone in each of these numbers, whatever the others, so its extremes are
 * at corners. A rate that comes of more figures, or is given, is held as it is.
 *
 * Bounds and implied figures are none to start from. */
#ifndef UPTICK_SCENARIO_H
#define UPTICK_SCENARIO_H

#include "uptick/project.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct up_scenario {
    char *name;           /* owned; "low", or the words where it was given none */
    char *text;           /* owned; as it was written: "low: 10 %" */
    bool has_rate;        /* false: that of the figures */
    double rate_per_year; /* above -1 */
    double fade;          /* above 0; 1: none */
} up_scenario;

typedef struct up_scenario_list {
    up_scenario *items; /* owned */
    size_t count, capacity;
} up_scenario_list;

/* Reads scenarios with ';' between, each in one of these forms, with "NAME: " before or, for low,
 * base and high, the name alone:
 *
 *     growth stays
 *     growth halves each year             f = 0.5; doubles: 2
 *     growth falls 30 % a year            f = 0.7; rises: 1.3
 *     20 % a year                         r = 0.2; "no growth": 0
 *     20 % a year, halving each year      or doubling, falling 30 % a year, rising …
 *
 * UP_USAGE for other words, a rate of -100 % or less, a fall of 100 % or more, a name that stands
 * twice. */
UP_MUST_CHECK up_status up_scenarios_parse(const char *text, up_scenario_list *list,
                                           up_error *err);
void up_scenarios_release(up_scenario_list *list);

/* G(years), of a rate per year above -1 and a fade above 0. */
double up_scenario_growth(double rate_per_year, double fade, double years);

/* The model of its projections: "scenario". No model of its own, not in up_models. */
extern const up_model up_model_scenario;

/* To times as up_project takes them. The projection borrows the scenario and the series; it has a
 * data range and no levels. UP_TOO_LITTLE_DATA: a last figure that is not positive, no figures for
 * the rate, a counter that did not rise last, a level beyond the metric's floor or ceiling (or
 * options->ceiling). */
UP_MUST_CHECK up_status up_scenario_project(const up_series *series,
                                            const up_scenario *scenario,
                                            const up_project_options *options,
                                            const double times[], size_t count,
                                            up_projection *projection, up_error *err);

#ifdef __cplusplus
}
#endif
#endif
