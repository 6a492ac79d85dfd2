/* Scenarios. Expected numbers are derived beside their case. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <gsl/gsl_sf_expint.h>
#include <math.h>

#include "builder.h"
#include "uptick/scenario.h"
#include "uptick/trend.h"

/* ---- words ---- */

static up_scenario_list parse(const char *text)
{
    up_scenario_list list = {0};
    up_error err = {0};
    if (up_scenarios_parse(text, &list, &err) != UP_OK)
        fail_msg("%s: %s", text, err.message);
    return list;
}

static void every_form_is_read(void **state)
{
    (void)state;
    static const struct {
        const char *words;
        bool has_rate;
        double rate, fade;
    } forms[] = {{"growth stays", false, 0, 1},
                 {"growth halves each year", false, 0, 0.5},
                 {"growth doubles every year", false, 0, 2},
                 {"growth falls 30 % a year", false, 0, 0.7},
                 {"growth fades by 30 % a year", false, 0, 0.7},
                 {"growth rises 12.5 percent per year", false, 0, 1.125},
                 {"20 % a year", true, 0.2, 1},
                 {"20%", true, 0.2, 1},
                 {"+7.5 per cent yearly", true, 0.075, 1},
                 {"-3 % a year", true, -0.03, 1},
                 {"\xe2\x88\x92"
                  "3\xc2\xa0% a year",
                  true, -0.03, 1},
                 {"no growth", true, 0, 1},
                 {"Growth of 20 %", true, 0.2, 1},
                 {"20 % a year, halving each year", true, 0.2, 0.5},
                 {"20 %, doubling annually", true, 0.2, 2},
                 {"20 % a year , falling 10 % a year", true, 0.2, 0.9},
                 {"250 % a year, rising 10 % a year", true, 2.5, 1.1}};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        up_scenario_list list = parse(forms[i].words);
        const up_scenario *s = &list.items[0];
        assert_int_equal(list.count, 1);
        assert_string_equal(s->name, forms[i].words);
        assert_string_equal(s->text, forms[i].words);
        assert_int_equal(s->has_rate, forms[i].has_rate);
        assert_close(s->fade, forms[i].fade, 1e-15);
        if (forms[i].has_rate)
            assert_close(s->rate_per_year, forms[i].rate, 1e-15);
        up_scenarios_release(&list);
    }
}

static void several_have_names(void **state)
{
    (void)state;
    static const char *const names[] = {"low", "base", "high", "As it was",
                                        "growth stays"};
    up_scenario_list list = parse(" low 10 %; base: 20 % a year ;high 30 %, halving each "
                                  "year;As it was : growth stays; growth stays");
    assert_int_equal(list.count, 5);
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(list.items[i].name, names[i]);
    assert_string_equal(list.items[1].text, "base: 20 % a year");
    assert_close(list.items[2].rate_per_year, 0.3, 1e-15);
    assert_close(list.items[2].fade, 0.5, 1e-15);
    assert_false(list.items[3].has_rate);
    up_scenarios_release(&list);
}

#define FORMS                                                                            \
    " is no scenario; wanted: growth stays; growth halves (doubles) each year; growth "  \
    "falls (rises) 30 % a year; 20 % a year; 20 % a year, halving (doubling, falling "   \
    "30 %, rising 30 %) each year; no growth; with NAME: before each if you like"

static void other_words_are_refused_with_the_forms(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } wrong[] = {{"growth triples each year", "'growth triples each year'" FORMS},
                 {"", "''" FORMS},
                 {"20 % a year;", "''" FORMS},
                 {"low:", "''" FORMS},
                 {"20", "'20'" FORMS},
                 {"3,5 % a year", "'3,5 % a year'" FORMS},
                 {"growth halves", "'growth halves'" FORMS},
                 {"growth falls -30 % a year", "'growth falls -30 % a year'" FORMS},
                 {"low 10 % a year or so", "'10 % a year or so'" FORMS},
                 {"growth staysput", "'growth staysput'" FORMS},
                 {": 10 %", "': 10 %' has no name before the colon"},
                 {"a: 10 %; a: 20 %", "the scenario 'a' stands twice"},
                 {"-100 % a year", "'-100 % a year': a rate is more than -100 % a year"},
                 {"growth falls 100 % a year",
                  "'growth falls 100 % a year': growth falls by less than 100 % a year"},
                 {"10 %\n", "a control character in a scenario"}};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        up_scenario_list list = {0};
        up_error err = {0};
        assert_int_equal(up_scenarios_parse(wrong[i].text, &list, &err), UP_USAGE);
        assert_string_equal(err.message, wrong[i].message);
        assert_null(list.items);
    }
}

/* ---- levels ---- */

typedef struct outcome {
    up_status status;
    up_error err;
    up_projection p;
    up_scenario_list scenarios;
    up_series_list list;
} outcome;

static outcome project(const up_tracker *t, const char *key, const char *words,
                       const double times[], size_t count)
{
    outcome o = {.scenarios = parse(words),
                 .list = build_select(t, key, (up_series_options){0})};
    o.status = up_scenario_project(&o.list.items[0], &o.scenarios.items[0],
                                   &(up_project_options){0}, times, count, &o.p, &o.err);
    return o;
}

static void outcome_release(outcome *o)
{
    up_projection_release(&o->p);
    up_scenarios_release(&o->scenarios);
    up_series_list_release(&o->list);
}

/* Levels of the ends of years: t = 2021, 2022, … */
static up_metric_data *yearly(up_tracker *t, const char *measure,
                              const char *const values[], size_t n)
{
    static const char *const years[] = {"2020", "2021", "2022", "2023"};
    up_metric_data *m = build_metric(t, "users", measure, "people");
    for (size_t i = 0; i < n; i++)
        build_row(m, "", years[i], values[i], "", "");
    return m;
}

static const double ahead[] = {2024.5, 2025, 2027};

static void assert_levels(const char *measure, const char *const values[], size_t n,
                          const char *words, const double times[], const double wanted[],
                          size_t count)
{
    up_tracker t = {0};
    yearly(&t, measure, values, n);
    outcome o = project(&t, "users", words, times, count);
    if (o.status != UP_OK)
        fail_msg("%s", o.err.message);
    assert_string_equal(up_projection_name(&o.p), words);
    assert_false(o.p.has_intervals);
    for (size_t i = 0; i < count; i++)
        assert_close(o.p.steps[i].value, wanted[i], 1e-12);
    outcome_release(&o);
    up_tracker_release(&t);
}

/* last 400 at t = 2024; level(τ) = 400 · 1.2^τ */
static void a_fixed_rate_compounds(void **state)
{
    (void)state;
    const char *const values[] = {"100", "110", "300", "400"};
    assert_levels("stock", values, 4, "20 % a year", ahead,
                  (double[]){400 * pow(1.2, 0.5), 480, 400 * 1.728}, 3);
    assert_levels("stock", values, 4, "no growth", ahead, (double[]){400, 400, 400}, 3);
    assert_levels("stock", values, 4, "-50 % a year", ahead,
                  (double[]){400 * sqrt(0.5), 200, 50}, 3);
}

/* ln 1.2 · ∫ 2^-s ds from 0 to τ = ln 1.2 · (1 - 2^-τ) / ln 2: 0.5 / ln 2 after one year, 0.875 /
 * ln 2 after three. Doubling: 1 / ln 2 and 7 / ln 2. */
static void growth_that_fades_is_integrated(void **state)
{
    (void)state;
    const char *const values[] = {"100", "110", "300", "400"};
    assert_levels("stock", values, 4, "20 % a year, halving each year", ahead + 1,
                  (double[]){400 * pow(1.2, 0.5 / M_LN2), 400 * pow(1.2, 0.875 / M_LN2)},
                  2);
    assert_levels("stock", values, 4, "20 % a year, doubling each year", ahead + 1,
                  (double[]){400 * pow(1.2, 1 / M_LN2), 400 * pow(1.2, 7 / M_LN2)}, 2);
}

/* Near a factor of 1 the formula is 0 / 0; with x = ln f τ it is ln(1 + r) τ (1 + x / 2 + …). */
static void a_fade_of_one_is_a_fixed_rate(void **state)
{
    (void)state;
    for (double years = 0.25; years < 40; years *= 2) {
        double fixed = log(1.3) * years;
        assert_close(up_scenario_growth(0.3, 1, years), fixed, 1e-15);
        for (double off = 1e-16; off < 1e-4; off *= 10)
            assert_close(up_scenario_growth(0.3, 1 - off, years), fixed,
                         off * years + 1e-15);
    }
    assert_true(up_scenario_growth(0, 0.5, 3) == 0);
}

/* The trend of four figures is that of up_trend_fit; of two the rate between: 400 / 100 in three
 * years. */
static void the_trend_of_the_figures_goes_on(void **state)
{
    (void)state;
    const char *const values[] = {"100", "110", "300", "400"};
    up_tracker t = {0};
    yearly(&t, "stock", values, 4);
    outcome o = project(&t, "users", "growth halves each year", ahead + 1, 2);
    up_trend trend;
    assert_int_equal(up_trend_fit(&o.list.items[0], &(up_trend_options){0}, &trend, NULL),
                     UP_OK);
    assert_int_equal(o.status, UP_OK);
    assert_int_equal(o.p.n, 4);
    assert_close(o.p.start_rate_per_year, trend.rate_per_year, 1e-12);
    assert_close(o.p.steps[0].value, 400 * pow(1 + trend.rate_per_year, 0.5 / M_LN2),
                 1e-12);
    outcome_release(&o);
    up_tracker_release(&t);
    t = (up_tracker){0};
    up_metric_data *m = build_metric(&t, "users", "stock", "people");
    build_row(m, "", "2020", "100", "", "");
    build_row(m, "", "2023", "400", "", "");
    o = project(&t, "users", "growth stays", ahead + 1, 2);
    assert_int_equal(o.status, UP_OK);
    assert_close(o.p.steps[0].value, 400 * cbrt(4), 1e-12);
    assert_close(o.p.steps[1].value, 1600, 1e-12);
    outcome_release(&o);
    up_tracker_release(&t);
}

/* A flow stands in the middle of its year: from 2023.5 to 2024.5 is one year. */
static void flows_grow_from_the_middle_of_their_period(void **state)
{
    (void)state;
    const char *const values[] = {"100", "110", "300", "400"};
    assert_levels("flow", values, 4, "20 % a year", ahead, (double[]){480}, 1);
    assert_levels("average", values, 4, "20 % a year", ahead, (double[]){480}, 1);
}

/* Increments 20, 40, 80: the rate is +100 %, the next ones 160, 320, 640. At a given +10 % the
 * next are 88 and 96.8; with growth 0 it goes on by 80. */
static void a_counter_grows_by_its_increments(void **state)
{
    (void)state;
    const char *const values[] = {"100", "120", "160", "240"};
    assert_levels("cumulative", values, 4, "growth stays", ahead + 1,
                  (double[]){400, 240 + 160 + 320 + 640}, 2);
    assert_levels("cumulative", values, 4, "10 % a year", (double[]){2025, 2026},
                  (double[]){328, 424.8}, 2);
    assert_levels("cumulative", values, 4, "no growth", ahead + 1, (double[]){320, 480},
                  2);
}

/* With u = f^s: ∫ exp(a (f^s - 1)) ds = e^-a (Ei(a f^τ) - Ei(a)) / ln f, a = g / ln f. */
static void the_pace_of_a_counter_fades(void **state)
{
    (void)state;
    const char *const values[] = {"100", "120", "160", "240"};
    static const struct {
        const char *words;
        double rate, fade;
    } cases[] = {{"20 % a year, halving each year", 0.2, 0.5},
                 {"900 % a year, falling 60 % a year", 9, 0.4},
                 {"50 % a year, rising 30 % a year", 0.5, 1.3},
                 {"-40 % a year, halving each year", -0.4, 0.5}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        double g = log1p(cases[i].rate), k = log(cases[i].fade), a = g / k, wanted[2];
        for (size_t s = 0; s < 2; s++) {
            double years = ahead[s + 1] - 2024;
            double time =
                exp(-a) *
                (gsl_sf_expint_Ei(a * pow(cases[i].fade, years)) - gsl_sf_expint_Ei(a)) /
                k;
            wanted[s] = 240 + 80 * g / (1 - exp(-g)) * time;
        }
        assert_levels("cumulative", values, 4, cases[i].words, ahead + 1, wanted, 2);
    }
}

/* ---- properties ---- */

static void low_is_below_base_is_below_high(void **state)
{
    (void)state;
    static const char *const measures[] = {"stock", "flow", "cumulative", "rate"};
    static const char *const words[] = {"-20 % a year",
                                        "no growth",
                                        "20 % a year, halving each year",
                                        "20 % a year",
                                        "20 % a year, rising 50 % a year",
                                        "300 % a year"};
    const char *const values[] = {"100", "120", "160", "240"};
    for (size_t m = 0; m < 4; m++) {
        up_tracker t = {0};
        yearly(&t, measures[m], values, 4);
        double before[3] = {0, 0, 0};
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
            outcome o = project(&t, "users", words[i], ahead, 3);
            assert_int_equal(o.status, UP_OK);
            for (size_t s = 0; s < 3; s++) {
                assert_true(o.p.steps[s].value > before[s]);
                before[s] = o.p.steps[s].value;
            }
            outcome_release(&o);
        }
        up_tracker_release(&t);
    }
}

/* A thousand times the figures, a thousand times the levels. */
static void the_unit_does_not_matter(void **state)
{
    (void)state;
    static const char *const measures[] = {"stock", "flow", "cumulative"};
    const char *const ones[] = {"100", "120", "160", "240"};
    const char *const thousands[] = {"100000", "120000", "160000", "240000"};
    for (size_t m = 0; m < 3; m++) {
        up_tracker small = {0}, large = {0};
        yearly(&small, measures[m], ones, 4);
        yearly(&large, measures[m], thousands, 4);
        outcome a = project(&small, "users", "growth falls 30 % a year", ahead, 3);
        outcome b = project(&large, "users", "growth falls 30 % a year", ahead, 3);
        for (size_t s = 0; s < 3; s++)
            assert_close(b.p.steps[s].value, 1000 * a.p.steps[s].value, 1e-12);
        outcome_release(&a);
        outcome_release(&b);
        up_tracker_release(&small);
        up_tracker_release(&large);
    }
}

/* ---- data range ---- */

/* "about 400" is 350 to 450 (half a unit of its last digit that is not zero), as of one month of
 * January to April 2024, whose end is 31 to 121 days into the year of 366. At +20 % a year the least for the
 * end of 2025 is from the latest month and the least figure. */
static void the_range_is_that_of_the_last_figure(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "users", "stock", "people");
    build_row(m, "", "2022", "100", "", "");
    build_row(m, "", "[2024-01..2024-04]", "400", "~", "");
    const double end = 2026;
    outcome o = project(&t, "users", "20 % a year", &end, 1);
    assert_int_equal(o.status, UP_OK);
    assert_true(o.p.has_range);
    assert_close(o.p.steps[0].range.low, 350 * pow(1.2, 2 - 121.0 / 366), 1e-12);
    assert_close(o.p.steps[0].range.high, 450 * pow(1.2, 2 - 31.0 / 366), 1e-12);
    outcome_release(&o);
    /* the rate between two: (y / 100)^(τ / span), highest from 450 in the first month */
    o = project(&t, "users", "growth stays", &end, 1);
    double early = 2024 + 31.0 / 366, late = 2024 + 121.0 / 366;
    assert_close(o.p.steps[0].range.high, 450 * pow(4.5, (end - early) / (early - 2023)),
                 1e-12);
    assert_close(o.p.steps[0].range.low, 350 * pow(3.5, (end - late) / (late - 2023)),
                 1e-12);
    outcome_release(&o);
    up_tracker_release(&t);
}

static void an_exact_figure_leaves_nothing_open(void **state)
{
    (void)state;
    const char *const values[] = {"100", "110", "300", "400"};
    up_tracker t = {0};
    yearly(&t, "stock", values, 4);
    outcome o = project(&t, "users", "growth stays", ahead, 3);
    assert_true(o.p.has_range);
    for (size_t s = 0; s < 3; s++) {
        assert_close(o.p.steps[s].range.low, o.p.steps[s].value, 1e-15);
        assert_close(o.p.steps[s].range.high, o.p.steps[s].value, 1e-15);
    }
    outcome_release(&o);
    up_tracker_release(&t);
}

/* ---- refusals ---- */

static void assert_refused(up_tracker *t, const char *words, const char *message)
{
    outcome o = project(t, "users", words, ahead, 3);
    assert_int_equal(o.status, UP_TOO_LITTLE_DATA);
    assert_string_equal(o.err.message, message);
    assert_null(o.p.steps);
    outcome_release(&o);
    up_tracker_release(t);
    *t = (up_tracker){0};
}

static void what_cannot_grow_is_refused(void **state)
{
    (void)state;
    up_tracker t = {0};
    yearly(&t, "stock", (const char *const[]){"100", "0"}, 2);
    assert_refused(&t, "20 %", "users: figures that grow are positive; one is 0");
    yearly(&t, "stock", (const char *const[]){"-5", "7", "8"}, 3);
    assert_refused(&t, "growth stays",
                   "users: figures that grow are positive; one is -5");
    yearly(&t, "stock", (const char *const[]){"100"}, 1);
    assert_refused(&t, "growth stays",
                   "users: 1 figure that can be fitted; growth needs two of two moments, "
                   "or give its rate: --scenario '20 % a year'");
    yearly(&t, "cumulative", (const char *const[]){"100", "120"}, 2);
    assert_refused(
        &t, "growth stays",
        "users: 2 figures that can be fitted; growth needs three of a counter, "
        "or give its rate: --scenario '20 % a year'");
    yearly(&t, "cumulative", (const char *const[]){"100"}, 1);
    assert_refused(&t, "20 %",
                   "users: a scenario starts from the last two figures of a counter, "
                   "bounds and implied ones are none");
    yearly(&t, "cumulative", (const char *const[]){"100", "120", "120"}, 3);
    assert_refused(&t, "20 %", "users: growth needs figures that rise, of two moments");
    build_row(build_metric(&t, "users", "stock", "people"), "", "2020", "100", ">", "");
    assert_refused(&t, "20 %",
                   "users: a scenario starts from a figure, bounds and implied ones are "
                   "none");
    yearly(&t, "stock", (const char *const[]){"100", "200"}, 2);
    assert_refused(
        &t, "1000000000000 % a year, doubling each year",
        "users: the scenario '1000000000000 % a year, doubling each year' leaves the "
        "range of numbers");
}

static void the_metrics_limits_hold(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = yearly(&t, "ratio", (const char *const[]){"0.5", "0.8"}, 2);
    assert_int_equal(up_metric_set(&m->metric, "ceiling", "1", NULL), UP_OK);
    /* from the middle of 2021: 0.8 · 1.1^3 = 1.06 in the middle of 2024 */
    assert_refused(
        &t, "10 % a year",
        "users: the scenario '10 % a year' rises above the metric's ceiling in "
        "step 1");
    m = yearly(&t, "stock", (const char *const[]){"200", "100"}, 2);
    assert_int_equal(up_metric_set(&m->metric, "floor", "20", NULL), UP_OK);
    /* 100 at the end of 2021, 2022 in years: 17.7 and 12.5 */
    assert_refused(&t, "growth stays",
                   "users: the scenario 'growth stays' falls below the metric's floor in "
                   "step 1");
}

static void times_before_the_last_figure_are_refused(void **state)
{
    (void)state;
    up_tracker t = {0};
    yearly(&t, "stock", (const char *const[]){"100", "200"}, 2);
    const double past = 2021.5;
    outcome o = project(&t, "users", "20 %", &past, 1);
    assert_int_equal(o.status, UP_USAGE);
    assert_string_equal(o.err.message,
                        "users: the projection must lie after the last figure");
    outcome_release(&o);
    up_tracker_release(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_is_read),
        cmocka_unit_test(several_have_names),
        cmocka_unit_test(other_words_are_refused_with_the_forms),
        cmocka_unit_test(a_fixed_rate_compounds),
        cmocka_unit_test(growth_that_fades_is_integrated),
        cmocka_unit_test(a_fade_of_one_is_a_fixed_rate),
        cmocka_unit_test(the_trend_of_the_figures_goes_on),
        cmocka_unit_test(flows_grow_from_the_middle_of_their_period),
        cmocka_unit_test(a_counter_grows_by_its_increments),
        cmocka_unit_test(the_pace_of_a_counter_fades),
        cmocka_unit_test(low_is_below_base_is_below_high),
        cmocka_unit_test(the_unit_does_not_matter),
        cmocka_unit_test(the_range_is_that_of_the_last_figure),
        cmocka_unit_test(an_exact_figure_leaves_nothing_open),
        cmocka_unit_test(what_cannot_grow_is_refused),
        cmocka_unit_test(the_metrics_limits_hold),
        cmocka_unit_test(times_before_the_last_figure_are_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
