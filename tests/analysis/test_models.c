/* Models of projections against other programs' fits. Reference numbers: R 4.2, lm and nls as quoted;
 * densities by summation on a grid, as quoted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "builder.h"
#include "uptick/project.h"

/* A series of years from 2000 on: a stock of 2000 stands at its end, 2001.0, which is tt = 0. */
typedef struct yearly {
    up_tracker tracker;
    up_series_list list;
} yearly;

static yearly build_yearly(const char *measure, int first, const char *const values[],
                           size_t n)
{
    yearly y = {0};
    up_metric_data *m = build_metric(&y.tracker, "m", measure, "people");
    for (size_t i = 0; i < n; i++) {
        char year[8];
        snprintf(year, sizeof year, "%d", first + (int)i);
        build_row(m, "", year, values[i][0] == '>' ? values[i] + 1 : values[i],
                  values[i][0] == '>' ? ">" : "", "");
    }
    y.list = build_select(&y.tracker, "m", (up_series_options){0});
    return y;
}

static void release_yearly(yearly *y)
{
    up_series_list_release(&y->list);
    up_tracker_release(&y->tracker);
}

static up_projection project_one(const yearly *y, const char *model,
                                 const up_project_options *options, double time)
{
    up_projection p = {0};
    up_error err = {0};
    if (up_project(&y->list.items[0], up_model_find(model), options, &time, 1, &p,
                   &err) != UP_OK)
        fail_msg("%s", err.message);
    return p;
}

static const up_parameter *parameter(const up_projection *p, const char *name)
{
    for (size_t i = 0; i < p->parameter_count; i++)
        if (strcmp(p->parameters[i].name, name) == 0)
            return &p->parameters[i];
    fail_msg("no parameter %s", name);
    return NULL;
}

/* tt <- 0:9; yy <- c(12,20,35,52,75,88,96,99,101,100), with digits that leave the error alone */
static const char *const saturating[] = {"12.0000",  "20.0000", "35.0000", "52.0000",
                                         "75.0000",  "88.0000", "96.0000", "99.0000",
                                         "101.0000", "100.0000"};
enum { SATURATING = 10 };

/* Least squares agree to the square root of a double's precision, their standard errors as well;
 * R stops at a relative offset of 1e-6, which leaves about that much. */
static const double fitted = 2e-6;

static void check_parameter(const up_projection *p, const char *name, double value,
                            double error)
{
    assert_close(parameter(p, name)->value, value, fitted);
    assert_close(parameter(p, name)->standard_error, error, 1e-5);
}

/* R's confint interpolates its profile by splines: good to a thousandth of the width. */
static void check_ends(const up_projection *p, const char *name, double low, double high)
{
    const up_parameter *q = parameter(p, name);
    assert_true(q->has_low && q->has_high);
    assert_true(fabs(q->low - low) < 2e-3 * (high - low));
    assert_true(fabs(q->high - high) < 2e-3 * (high - low));
}

/* nls(log(yy) ~ log(K / (1 + exp(-r * (tt - tm)))), …); confint; cov2cor(vcov); the moment is tm +
 * 2001. logLik - sum(log(yy)) is -20.1327893669808 with 4 parameters, so AICc is
 * 40.2655787339616 + 8 + 2 · 4 · 5 / 5. */
static void the_logistic_curve_agrees_with_nls(void **state)
{
    (void)state;
    yearly y = build_yearly("stock", 2000, saturating, SATURATING);
    up_projection p = project_one(&y, "logistic", &(up_project_options){0}, 2012);
    check_parameter(&p, "K", 105.0914856655643, 2.4732140783698);
    check_parameter(&p, "r", 0.7109228093530, 0.0250369095578);
    assert_close(parameter(&p, "t_m")->value - 2001, 2.9502859763438, fitted);
    assert_close(parameter(&p, "t_m")->standard_error, 0.1057132955631, 1e-5);
    assert_close(parameter(&p, "dt_10_90")->value, log(81) / 0.7109228093530, fitted);
    check_ends(&p, "K", 99.6529635615, 111.1548999333);
    check_ends(&p, "r", 0.6553381517, 0.7698339225);
    check_ends(&p, "t_m", 2003.7203420807, 2004.2050476285);
    assert_close(p.correlation[0][1], -0.6166672463, 1e-5);
    assert_close(p.correlation[0][2], 0.8315567033, 1e-5);
    assert_close(p.correlation[1][2], -0.8555495770, 1e-5);
    assert_int_equal(p.capacity, UP_CAPACITY_IDENTIFIED);
    assert_true(p.has_aicc);
    assert_close(p.aicc, 56.2655787339616, 1e-9);
    up_projection_release(&p);
    release_yearly(&y);
}

/* nls(log(yy) ~ log(K) - exp(-r * (tt - tm)), …) */
static void the_gompertz_curve_agrees_with_nls(void **state)
{
    (void)state;
    yearly y = build_yearly("stock", 2000, saturating, SATURATING);
    up_projection p = project_one(&y, "gompertz", &(up_project_options){0}, 2012);
    check_parameter(&p, "K", 120.772855339909, 10.3713545940167);
    check_parameter(&p, "r", 0.354425989323, 0.0407449154725);
    check_ends(&p, "K", 101.924528463, 152.0126302153);
    check_ends(&p, "r", 0.268985226, 0.4499164909);
    up_projection_release(&p);
    release_yearly(&y);
}

/* nls(log(yy) ~ log(102 / (1 + exp(-r * (tt - tm)))), …) */
static void a_capacity_that_is_given_is_kept(void **state)
{
    (void)state;
    yearly y = build_yearly("stock", 2000, saturating, SATURATING);
    up_projection p =
        project_one(&y, "logistic", &(up_project_options){.capacity = 102}, 2030);
    assert_int_equal(p.capacity, UP_CAPACITY_FIXED);
    assert_close(parameter(&p, "K")->value, 102, 1e-12);
    assert_true(parameter(&p, "K")->standard_error == 0);
    check_parameter(&p, "r", 0.729547944636, 0.0215552574874);
    assert_close(parameter(&p, "t_m")->value - 2001, 2.843578622029, fitted);
    /* long after the midpoint it is the capacity, whatever the draw */
    for (size_t i = 0; i < p.path_count; i++)
        assert_close(up_projection_latent(&p, i, 2080), 102, 1e-9);
    assert_close(up_projection_extreme(&p, 0, true), 102, 1e-12);
    up_projection_release(&p);
    release_yearly(&y);
}

/* nls(log(yy) ~ log(a + b * (tt - 4.5)), …): the level is that at the mean of the times. */
static void the_line_agrees_with_nls(void **state)
{
    (void)state;
    yearly y = build_yearly("stock", 2000, saturating, SATURATING);
    up_projection p = project_one(&y, "linear", &(up_project_options){0}, 2012);
    check_parameter(&p, "level", 68.0989858363, 3.472144997612);
    check_parameter(&p, "per_year", 12.5867368533, 0.860596743879);
    /* uniroot of the profile, optimize over the level: SSE (1 + qt(.975, 8)^2 / 8) */
    assert_close(parameter(&p, "per_year")->low, 10.67498033, 1e-6);
    assert_close(parameter(&p, "per_year")->high, 14.64188944, 1e-6);
    up_projection_release(&p);
    release_yearly(&y);
}

/* q <- lm(log(yy) ~ I(tt - 4.5) + I((tt - 4.5)^2)); predict(q, data.frame(tt = 11), interval =
 * "prediction"). 400,000 paths leave a quantile an error of 0.3 % of its distance from the median. */
static void the_parabola_agrees_with_lm(void **state)
{
    (void)state;
    yearly y = build_yearly("stock", 2000, saturating, SATURATING);
    up_projection p =
        project_one(&y, "quadratic", &(up_project_options){.paths = 400000}, 2012);
    assert_close(parameter(&p, "a")->value, exp(4.3635057112854), 1e-9);
    check_parameter(&p, "b", 0.2279764278281, 0.00642286092087);
    check_parameter(&p, "c", -0.0420999119636, 0.00253885870055);
    assert_close(p.steps[0].value, exp(4.06663121171), 1e-9);
    assert_close(log(p.steps[0].bounds[0].low), 3.90569011882, 1e-3);
    assert_close(log(p.steps[0].bounds[0].high), 4.2275723046, 1e-3);
    assert_close(log(p.steps[0].bounds[1].low), 3.79766607239, 1e-3);
    assert_close(log(p.steps[0].bounds[1].high), 4.33559635102, 1e-3);
    up_projection_release(&p);
    release_yearly(&y);
}

/* lm(log(yy) ~ log(tt + 2)): launched at tt = -2, the beginning of 1999. */
static void the_power_of_time_agrees_with_lm(void **state)
{
    (void)state;
    yearly y = build_yearly("stock", 2000, saturating, SATURATING);
    up_project_options options = {.has_launch = true, .launch = 1999};
    up_projection p = project_one(&y, "power", &options, 2012);
    assert_close(parameter(&p, "a")->value, exp(1.66650479644), 1e-9);
    check_parameter(&p, "b", 1.34249532224, 0.108454240948);
    up_projection_release(&p);
    release_yearly(&y);
}

/* Colour televisions, tests/data/diffusion/bass_color_tv.csv, as a flow:
 * nls(log(s) ~ log(m * (F(t) - F(t - 1))), …) with Bass's F. */
static void adopters_in_a_year_are_the_growth_of_bass(void **state)
{
    (void)state;
    static const char *const sales[] = {"747",  "1480", "2646", "5118",
                                        "5777", "5982", "5962", "4631"};
    yearly y = build_yearly("flow", 1963, sales, 8);
    up_project_options options = {.has_launch = true, .launch = 1963};
    up_projection p = project_one(&y, "bass", &options, 1975.5);
    check_parameter(&p, "p", 1.44647870626e-02, 1.32697593955e-03);
    check_parameter(&p, "q", 6.86303205037e-01, 3.43700999104e-02);
    check_parameter(&p, "m", 3.81937559196e+04, 1.68568323520e+03);
    assert_close(parameter(&p, "peak")->value - 1963,
                 log(6.86303205037e-01 / 1.44647870626e-02) /
                     (6.86303205037e-01 + 1.44647870626e-02),
                 fitted);
    up_projection_release(&p);
    release_yearly(&y);
}

/* y <- c(.05,.11,.19,.34,.52,.66); m <- lm(qlogis(y) ~ tt): a share's logistic curve to the whole is
 * a line on the logit; plogis(predict(m, data.frame(tt = 8), interval = "prediction")); AICc from
 * logLik(m) + sum(log(1 / (y (1 - y)))) with 3 parameters. */
static void a_share_is_fitted_on_the_logit(void **state)
{
    (void)state;
    static const char *const shares[] = {"0.050000", "0.110000", "0.190000",
                                         "0.340000", "0.520000", "0.660000"};
    yearly y = build_yearly("ratio", 2000, shares, 6);
    up_metric *metric = &y.tracker.metrics[0].metric;
    assert_int_equal(up_metric_set(metric, "ceiling", "1", NULL), UP_OK);
    assert_int_equal(up_metric_set(metric, "anchor", "end", NULL), UP_OK);
    up_series_list_release(&y.list);
    y.list = build_select(&y.tracker, "m", (up_series_options){0});
    up_project_options options = {.capacity = 1, .paths = 400000};
    up_projection p = project_one(&y, "logistic", &options, 2009);
    assert_string_equal(p.scale, "logit");
    check_parameter(&p, "r", 0.723935238709, 0.0171890688142);
    assert_close(parameter(&p, "t_m")->value - 2001, 2.877362687427 / 0.723935238709,
                 fitted);
    assert_close(p.aicc, -22.2317673170504, 1e-9);
    assert_close(p.steps[0].value, 0.948540003356, 1e-3);
    assert_close(1 - p.steps[0].bounds[0].low, 1 - 0.938573931316, 0.01);
    assert_close(1 - p.steps[0].bounds[0].high, 1 - 0.956963272419, 0.01);
    assert_close(1 - p.steps[0].bounds[1].low, 1 - 0.929196624958, 0.02);
    assert_close(1 - p.steps[0].bounds[1].high, 1 - 0.962810306547, 0.02);
    assert_true(p.clipped == 0);
    up_projection_release(&p);
    release_yearly(&y);
}

/* A year's total is the mean of the curve over it: with L(x) = ln(1 + exp(r (x - tm))) / r,
 * nls(log(f) ~ log(K * (L(t + 1) - L(t))), …), t = 0 being the beginning of 2000. */
static void a_flow_is_the_mean_of_its_curve_over_the_period(void **state)
{
    (void)state;
    yearly y = build_yearly("flow", 2000, saturating, SATURATING);
    up_projection p = project_one(&y, "logistic", &(up_project_options){0}, 2012.5);
    check_parameter(&p, "K", 105.089481285597, 2.5071217051987);
    check_parameter(&p, "r", 0.716601841384, 0.0259689550024);
    assert_close(parameter(&p, "t_m")->value - 2000, 3.451034506751, fitted);
    up_projection_release(&p);
    release_yearly(&y);
}

/* c <- c(10,14,22,31,52,80) at 0, 0.5, 1, 1.5, 2.25, 3 years:
 * nls(log(diff(c)) ~ log(A * (exp(r * e) - exp(r * a))), …) over a to e. */
static void a_counter_is_fitted_by_its_increments(void **state)
{
    (void)state;
    static const char *const months[] = {"2000-01", "2000-07", "2001-01",
                                         "2001-07", "2002-04", "2003-01"};
    static const char *const counts[] = {"10.0000", "14.0000", "22.0000",
                                         "31.0000", "52.0000", "80.0000"};
    yearly y = {0};
    up_metric_data *m = build_metric(&y.tracker, "m", "cumulative", "people");
    for (int i = 0; i < 6; i++)
        build_row(m, "", months[i], counts[i], "", "");
    y.list = build_select(&y.tracker, "m", (up_series_options){0});
    up_projection p = project_one(&y, "exponential", &(up_project_options){0}, 2004);
    assert_int_equal(p.n, 6);
    assert_true(p.counts_increments);
    check_parameter(&p, "r", 0.60775606189, 0.0923292244079);
    /* nobody is lost: every path is at least where the counter is */
    for (size_t i = 0; i < p.path_count; i++)
        assert_true(up_projection_latent(&p, i, 2003.1) >= 80);
    up_projection_release(&p);
    release_yearly(&y);
}

/* --- Intervals ----------------------------------------------------------------------------------- */

static const char *const early[] = {"12.0000", "20.0000", "35.0000",
                                    "52.0000", "75.0000", "88.0000"};

/* Quantiles at tt = 8 of the density SSE^(-n/2) |J'J|^(1/2) with σ integrated out (a t with n
 * degrees of freedom at each point), summed in R over a grid: 160 capacities, and 81² points about
 * the minimum of the others for each (doubled, it moves in the sixth digit). 2 % of 10,000 paths
 * lie beyond the outer ones, so that those have a standard error near 0.7 %, the others 0.3 %. */
static void intervals_are_those_of_the_density(void **state)
{
    (void)state;
    static const double wanted[] = {92.973059, 102.938256, 116.424520, 134.208497,
                                    155.900483};
    yearly y = build_yearly("stock", 2000, early, 6);
    up_projection p = project_one(&y, "logistic", &(up_project_options){0}, 2009);
    assert_int_equal(p.capacity, UP_CAPACITY_IDENTIFIED);
    assert_close(p.steps[0].bounds[1].low, wanted[0], 0.02);
    assert_close(p.steps[0].bounds[0].low, wanted[1], 0.01);
    assert_close(p.steps[0].value, wanted[2], 0.01);
    assert_close(p.steps[0].bounds[0].high, wanted[3], 0.01);
    assert_close(p.steps[0].bounds[1].high, wanted[4], 0.02);
    up_projection_release(&p);
    release_yearly(&y);
}

/* The same with ln K even between the largest figure and 300, and Jeffreys' prior for the others:
 * 41 capacities. */
static void a_ceiling_makes_the_capacity_even_on_logarithms(void **state)
{
    (void)state;
    static const double wanted[] = {96.508052, 105.116467, 118.383665, 140.435391,
                                    169.564903};
    yearly y = build_yearly("stock", 2000, early, 6);
    up_projection p =
        project_one(&y, "logistic", &(up_project_options){.ceiling = 300}, 2009);
    assert_int_equal(p.capacity, UP_CAPACITY_CEILING);
    assert_close(p.steps[0].bounds[1].low, wanted[0], 0.02);
    assert_close(p.steps[0].bounds[0].low, wanted[1], 0.01);
    assert_close(p.steps[0].value, wanted[2], 0.01);
    assert_close(p.steps[0].bounds[0].high, wanted[3], 0.01);
    assert_close(p.steps[0].bounds[1].high, wanted[4], 0.02);
    /* from a ten-thousandth above the largest figure to the ceiling, evenly in the logarithm */
    assert_close(p.by_capacity[0], 88 * 1.0001, 1e-9);
    assert_close(p.by_capacity[2], sqrt(88 * 1.0001 * 300), 1e-6);
    assert_close(p.by_capacity[4], 300, 1e-9);
    for (size_t i = 1; i < UP_CAPACITIES; i++)
        assert_true(p.with_capacity[i] > p.with_capacity[i - 1] &&
                    p.with_capacity[i] < p.by_capacity[i]);
    up_projection_release(&p);
    release_yearly(&y);
}

/* Figures that only grow tell no capacity, but that it is above what they came to. */
static void a_capacity_that_stays_open_is_said(void **state)
{
    (void)state;
    static const char *const growing[] = {"100", "203", "394", "812", "1590", "3230"};
    yearly y = build_yearly("stock", 2000, growing, 6);
    up_projection p = project_one(&y, "logistic", &(up_project_options){0}, 2008);
    assert_int_equal(p.capacity, UP_CAPACITY_OPEN);
    assert_true(p.capacity_low > 3230);
    assert_false(parameter(&p, "K")->has_high);
    up_projection_release(&p);
    release_yearly(&y);
}

/* --- What an interval must not depend on -------------------------------------------------------- */

static void shifting_time_and_scaling_units_changes_nothing(void **state)
{
    (void)state;
    static const char *const models[] = {"constant",  "linear",   "exponential",
                                         "quadratic", "logistic", "gompertz",
                                         "richards"};
    static const char *const thousands[] = {"12000.0",  "20000.0", "35000.0", "52000.0",
                                            "75000.0",  "88000.0", "96000.0", "99000.0",
                                            "101000.0", "100000.0"};
    yearly y = build_yearly("stock", 2000, saturating, SATURATING),
           later = build_yearly("stock", 2400, saturating, SATURATING),
           scaled = build_yearly("stock", 2000, thousands, SATURATING);
    up_project_options options = {0};
    for (size_t i = 0; i < sizeof models / sizeof models[0]; i++) {
        up_projection a = project_one(&y, models[i], &options, 2012),
                      b = project_one(&later, models[i], &options, 2412),
                      c = project_one(&scaled, models[i], &options, 2012);
        /* the same random numbers; a fit's last digits move with those of its input, and which of
         * two draws near a step of the resampling is taken with them */
        for (size_t q = 0; q < UP_QUANTILES; q++) {
            assert_close(b.steps[0].quantile[q], a.steps[0].quantile[q], 5e-3);
            assert_close(c.steps[0].quantile[q], 1000 * a.steps[0].quantile[q], 5e-3);
        }
        up_projection_release(&a);
        up_projection_release(&b);
        up_projection_release(&c);
    }
    release_yearly(&y);
    release_yearly(&later);
    release_yearly(&scaled);
}

/* Another seed moves quantiles by no more than their standard error allows. */
static void another_seed_moves_little(void **state)
{
    (void)state;
    yearly y = build_yearly("stock", 2000, saturating, SATURATING);
    up_projection a = project_one(&y, "logistic", &(up_project_options){0}, 2012),
                  b = project_one(&y, "logistic", &(up_project_options){.seed = 5}, 2012);
    for (size_t q = 0; q < UP_QUANTILES; q++) {
        assert_true(a.steps[0].quantile[q] != b.steps[0].quantile[q]);
        assert_close(a.steps[0].quantile[q], b.steps[0].quantile[q], 0.02);
    }
    up_projection_release(&a);
    up_projection_release(&b);
    release_yearly(&y);
}

/* --- Few figures, ranges and bounds --------------------------------------------------------------- */

static void a_level_is_no_projection_of_one_or_two_figures(void **state)
{
    (void)state;
    static const char *const values[] = {"7", "9"};
    for (size_t n = 1; n <= 2; n++) {
        yearly y = build_yearly("stock", 2000, values, n);
        up_projection p;
        up_error err;
        assert_int_equal(up_project(&y.list.items[0], up_model_find("constant"),
                                    &(up_project_options){0}, (const double[]){2003}, 1,
                                    &p, &err),
                         UP_TOO_LITTLE_DATA);
        assert_string_equal(
            err.message,
            n == 1
                ? "m: a level and no more: 1 figure that can be fitted; the constant "
                  "model needs at least 3"
                : "m: 2 figures that can be fitted; the constant model needs at least 3");
        release_yearly(&y);
    }
}

/* More than 800 is read as 800 to 900, and does not count; taken as 800 all four lie on the curve
 * that doubles. */
static void a_bound_takes_part_and_does_not_count(void **state)
{
    (void)state;
    static const char *const values[] = {"100", "200", "400", ">800"};
    yearly y = build_yearly("stock", 2000, values, 4);
    up_projection p = project_one(&y, "exponential", &(up_project_options){0}, 2005);
    assert_int_equal(p.n, 3);
    assert_int_equal(p.soft, 1);
    assert_true(p.has_with_bounds);
    assert_close(p.steps[0].with_bounds, 1600, 1e-9);
    /* 800 to 900: between the curves through each end, the slope being Σ t ln y / Σ t² with t =
     * -1.5 … 1.5, so that ln 9/8 more at the last raises the curve at 2.5 by (1/4 + 1.5 · 2.5 / 5) */
    assert_true(p.steps[0].value > 1600 && p.steps[0].value < 1600 * exp(log(9.0 / 8)));
    up_projection_release(&p);
    release_yearly(&y);
}

/* Two figures of 16 digits: what is left of squares of 1e15 is far above that of figures of 1, and
 * small against them. The line goes on to 11e15; 3e15 may be half of 1e15 off either way, 7e15 is not:
 * 14e15 - (2.5 to 3.5)e15. */
static void a_range_of_large_figures_is_found(void **state)
{
    (void)state;
    up_tracker tracker = {0};
    up_metric_data *m = build_metric(&tracker, "m", "stock", "USD");
    assert_int_equal(up_metric_set(&m->metric, "floor", "-1", NULL), UP_OK);
    build_row(m, "", "2000", "3000000000000000", "~", "");
    build_row(m, "", "2001", "7000000000000001", "", "");
    yearly y = {.tracker = tracker,
                .list = build_select(&tracker, "m", (up_series_options){0})};
    up_projection p = project_one(&y, "linear", &(up_project_options){0}, 2003);
    assert_true(p.has_range);
    assert_close(p.steps[0].value, 11e15, 1e-12);
    assert_close(p.steps[0].range.low, 10.5e15, 1e-12);
    assert_close(p.steps[0].range.high, 11.5e15, 1e-12);
    up_projection_release(&p);
    release_yearly(&y);
}

/* Whole numbers on a line have no error but that of their rounding: σ² = 0.5² / 3 = 1 / 12, so with
 * n = 6 and p = 3: AIC = 6 (ln(2 π / 12) + 1) + 6, and 2 · 3 · 4 / (6 - 3 - 1) = 12 more. */
static void rounding_is_the_least_error_of_aicc(void **state)
{
    (void)state;
    static const char *const line[] = {"10", "20", "30", "40", "50", "60"};
    up_tracker tracker = {0};
    up_metric_data *m = build_metric(&tracker, "m", "stock", "USD");
    assert_int_equal(up_metric_set(&m->metric, "floor", "-1", NULL), UP_OK);
    for (int i = 0; i < 6; i++) {
        char year[8];
        snprintf(year, sizeof year, "%d", 2000 + i);
        build_row(m, "", year, line[i], "", "");
    }
    yearly y = {.tracker = tracker,
                .list = build_select(&tracker, "m", (up_series_options){0})};
    up_projection p = project_one(&y, "linear", &(up_project_options){0}, 2008);
    const double aic = 6 * (log(2 * 3.14159265358979323846 / 12) + 1) + 6;
    assert_close(p.aic, aic, 1e-12);
    assert_true(p.has_aicc);
    assert_close(p.aicc, aic + 12, 1e-12);
    up_projection_release(&p);
    release_yearly(&y);
}

/* A ceiling within a thousandth of the largest figure, 100, leaves no capacity to draw: it is one. The
 * logits of 40 and 100 of 100.09 are ln(40 / 60.09) and ln(100 / 0.09), a year apart. */
static void a_ceiling_that_is_reached_is_the_capacity(void **state)
{
    (void)state;
    static const char *const reached[] = {"40", "100"};
    yearly y = build_yearly("stock", 2000, reached, 2);
    up_projection p =
        project_one(&y, "logistic", &(up_project_options){.ceiling = 100.09}, 2008);
    assert_int_equal(p.capacity, UP_CAPACITY_FIXED);
    assert_close(parameter(&p, "K")->value, 100.09, 1e-12);
    assert_close(parameter(&p, "r")->value, log(100 / 0.09) - log(40 / 60.09), 1e-9);
    assert_close(p.steps[0].value, 100.09, 1e-12);
    up_projection_release(&p);
    p = project_one(&y, "logistic", &(up_project_options){.ceiling = 100.11}, 2008);
    assert_int_equal(p.capacity, UP_CAPACITY_CEILING);
    up_projection_release(&p);
    release_yearly(&y);
}

/* Where the last figures are rounded to the ceiling it is the capacity too, and the rest is fitted:
 * 100 / (1 + exp(-2 (t - 2000))) to one decimal, so that r = 2 and t_m = 2000 to the rounding of the first
 * two, 0.05 / 50 and 0.05 / 88 of the figure. */
static void figures_may_stand_at_the_ceiling(void **state)
{
    (void)state;
    static const char *const reached[] = {"50.0", "88.1",  "98.2",
                                          "99.8", "100.0", "100.0"};
    yearly y = build_yearly("stock", 2000, reached, 6);
    up_projection p =
        project_one(&y, "logistic", &(up_project_options){.ceiling = 100}, 2008);
    double start = y.list.items[0].points[0].time.value;
    assert_int_equal(p.capacity, UP_CAPACITY_FIXED);
    assert_true(p.has_intervals);
    assert_true(p.clipped > 0.4 &&
                p.clipped < 0.6); /* the half of the errors that is positive */
    assert_true(p.steps[0].bounds[1].high == 100);
    assert_close(parameter(&p, "K")->value, 100, 1e-12);
    assert_close(parameter(&p, "r")->value, 2, 1e-2);
    assert_true(fabs(parameter(&p, "t_m")->value - start) < 0.01);
    assert_true(p.steps[0].value <= 100 && p.steps[0].value > 99.9);
    up_projection_release(&p);
    release_yearly(&y);
}

/* 1000 (1 - exp(-0.3 i))³, von Bertalanffy's curve, is Richards' with ν = -1/3, beyond the least that ν may
 * be: it ends at its bound, where only how large it might be can be told. */
static void at_its_bound_a_parameter_has_one_end(void **state)
{
    (void)state;
    static const char *const bent[] = {"17.5",  "92.2",  "208.1", "339.9",
                                       "470.7", "583.9", "673.1", "748.8",
                                       "814.9", "861.4", "889.8", "916.6"};
    yearly y = build_yearly("stock", 2000, bent, 12);
    up_projection p = project_one(&y, "richards", &(up_project_options){0}, 2013);
    assert_true(p.at_bound);
    assert_string_equal(p.remark, "a parameter stands at its bound");
    const up_parameter *nu = parameter(&p, "nu");
    assert_close(nu->value, 0.01, 1e-2);
    assert_true(!nu->has_low && nu->has_high && nu->high > nu->value);
    for (size_t i = 0; i < p.parameter_count; i++) {
        const up_parameter *q = &p.parameters[i];
        assert_true(q->standard_error == 0);
        assert_true(q == nu || (!q->has_low && !q->has_high));
    }
    up_projection_release(&p);
    release_yearly(&y);
}

/* --- Pools --------------------------------------------------------------------------------------- */

static void pool_wanting(const yearly *y, double time, up_project_wanted wanted,
                         up_project_job jobs[], size_t *count, up_projection *pooled)
{
    static up_project_options options; /* the jobs keep these two */
    static double times[1];
    up_error err = {0};
    options = (up_project_options){.wanted = wanted};
    times[0] = time;
    *count = 0;
    for (size_t i = 0; up_models[i] != NULL; i++)
        jobs[(*count)++] = (up_project_job){.series = &y->list.items[0],
                                            .model = up_models[i],
                                            .options = &options,
                                            .times = times,
                                            .count = 1};
    up_project_run(jobs, *count);
    if (up_project_pool(jobs, *count, pooled, &err) != UP_OK)
        fail_msg("%s", err.message);
}

static void pool_of(const yearly *y, double time, up_project_job jobs[], size_t *count,
                    up_projection *pooled)
{
    pool_wanting(y, time, UP_WANT_EACH, jobs, count, pooled);
}

static void release_pool(up_project_job jobs[], size_t count, up_projection *pooled)
{
    for (size_t i = 0; i < count; i++)
        up_projection_release(&jobs[i].projection);
    up_projection_release(pooled);
}

/* To the last bit: what is not asked for draws from no stream that the others have. Models without
 * a capacity to tell (growth is steady) have then no paths, and each member the same ones. */
static void a_pool_is_the_same_whatever_else_is_wanted(void **state)
{
    (void)state;
    static const char *const steady[] = {"100", "131", "158", "212", "260",
                                         "341", "430", "548", "701"};
    yearly y = build_yearly("stock", 2000, steady, 9);
    up_project_job each[16], some[16];
    up_projection expected, pooled;
    size_t count, left_out = 0;
    pool_wanting(&y, 2011, UP_WANT_EACH, each, &count, &expected);
    for (int wanted = UP_WANT_MEMBERS; wanted <= UP_WANT_POOL; wanted++) {
        pool_wanting(&y, 2011, (up_project_wanted)wanted, some, &count, &pooled);
        assert_memory_equal(pooled.steps, expected.steps, sizeof *pooled.steps);
        for (size_t i = 0; i < count; i++) {
            const up_projection *a = &each[i].projection, *b = &some[i].projection;
            assert_true(a->weight == b->weight);
            left_out += a->path_count > 0 && b->path_count == 0;
            if (a->weight > 0)
                assert_memory_equal(a->steps, b->steps, sizeof *a->steps);
            if (up_model_find("constant") == some[i].model) /* growth is told */
                assert_true(a->path_count > 0 && b->path_count == 0);
        }
        release_pool(some, count, &pooled);
    }
    assert_true(left_out >= 2); /* the logistic's paths, both times */
    release_pool(each, count, &expected);
    release_yearly(&y);
}

/* exp(-ΔAICc / 2), as Burnham and Anderson have it; the pooled distribution is the members' mixture:
 * at its median they give the weighted half. */
static void models_are_pooled_by_their_aicc(void **state)
{
    (void)state;
    yearly y = build_yearly("stock", 2000, saturating, SATURATING);
    up_project_job jobs[16];
    up_projection pooled;
    size_t count;
    pool_of(&y, 2012, jobs, &count, &pooled);
    assert_string_equal(pooled.remark, "weights by AICc");
    double sum = 0, least = INFINITY, total = 0, below = 0;
    for (size_t i = 0; i < count; i++)
        if (jobs[i].projection.weight > 0)
            least = fmin(least, jobs[i].projection.aicc);
    for (size_t i = 0; i < count; i++)
        if (jobs[i].projection.weight > 0)
            total += exp((least - jobs[i].projection.aicc) / 2);
    for (size_t i = 0; i < count; i++) {
        const up_projection *p = &jobs[i].projection;
        if (!(p->weight > 0))
            continue;
        assert_close(p->weight, exp((least - p->aicc) / 2) / total, 1e-9);
        sum += p->weight;
        double share = 0;
        for (size_t q = 0; q < UP_QUANTILES; q++)
            share = p->steps[0].quantile[q] <= pooled.steps[0].value
                        ? up_quantile_levels[q]
                        : share;
        below += p->weight * share;
    }
    assert_close(sum, 1, 1e-12);
    assert_true(fabs(below - 0.5) < 0.06);       /* the quantiles are 0.05 apart */
    assert_true(jobs[0].projection.weight == 0); /* constant: there is a trend */
    release_pool(jobs, count, &pooled);
    release_yearly(&y);
}

/* Four figures are too few for AICc (n >= k + 4): line and exponential count alike. */
static void few_figures_are_pooled_with_equal_weights(void **state)
{
    (void)state;
    yearly y = build_yearly("stock", 2000, saturating, 4);
    up_project_job jobs[16];
    up_projection pooled;
    size_t count;
    pool_of(&y, 2006, jobs, &count, &pooled);
    assert_string_equal(pooled.remark,
                        "equal weights: too few figures to choose between the models");
    for (size_t i = 0; i < count; i++) {
        const char *name = up_model_name(jobs[i].model);
        bool member = strcmp(name, "linear") == 0 || strcmp(name, "exponential") == 0;
        assert_true(jobs[i].projection.weight == (member ? 0.5 : 0));
    }
    release_pool(jobs, count, &pooled);
    release_yearly(&y);
}

/* Falling figures: paths of the line come to nothing, the more the farther one looks. The weights are
 * those of the figures, whatever the horizon. */
static void weights_do_not_depend_on_the_horizon(void **state)
{
    (void)state;
    static const char *const falling[] = {"100.0", "91.5", "78.0", "71.3",
                                          "59.0",  "52.1", "39.0", "31.4"};
    yearly y = build_yearly("stock", 2000, falling, 8);
    double weights[2][16];
    for (int i = 0; i < 2; i++) {
        static const up_project_options options = {.hold = true};
        const double times[2] = {2009, 2014};
        up_project_job jobs[16];
        size_t count = 0;
        for (size_t m = 0; up_models[m] != NULL; m++)
            jobs[count++] = (up_project_job){.series = &y.list.items[0],
                                             .model = up_models[m],
                                             .options = &options,
                                             .times = &times[i],
                                             .count = 1};
        up_projection pooled;
        up_project_run(jobs, count);
        assert_int_equal(up_project_pool(jobs, count, &pooled, NULL), UP_OK);
        for (size_t m = 0; m < count; m++)
            weights[i][m] = jobs[m].projection.weight;
        assert_true(pooled.steps[0].bounds[1].low >= 0);
        if (i == 1)
            assert_true(pooled.clipped > 0.01); /* said, and not hidden */
        release_pool(jobs, count, &pooled);
        if (i == 1)
            assert_memory_equal(weights[0], weights[1], count * sizeof weights[0][0]);
    }
    release_yearly(&y);
}

/* 1, 2, 4, 8, 16 lie on the curve that doubles; a line has an AIC far above its own. */
static void what_has_no_support_is_not_pooled(void **state)
{
    (void)state;
    static const char *const doubling[] = {"1.00", "2.00", "4.00", "8.00", "16.00"};
    yearly y = build_yearly("stock", 2000, doubling, 5);
    up_project_job jobs[16];
    up_projection pooled;
    size_t count;
    pool_of(&y, 2006, jobs, &count, &pooled);
    for (size_t i = 0; i < count; i++) {
        bool curve = strcmp(up_model_name(jobs[i].model), "exponential") == 0;
        assert_true(jobs[i].projection.weight == (curve ? 1 : 0));
        if (strcmp(up_model_name(jobs[i].model), "linear") == 0)
            assert_true(jobs[i].projection.no_support);
    }
    assert_close(pooled.steps[0].value, 32, 1e-9);
    assert_true(pooled.steps[0].bounds[1].low > 31 &&
                pooled.steps[0].bounds[1].high < 33);
    release_pool(jobs, count, &pooled);
    release_yearly(&y);
}

/* -2506800.6, 929157.7, 4365116 lie on a line to half a unit; figures that can be negative have no
 * scale, and what is small is small against them. */
static void a_line_of_large_figures_is_found(void **state)
{
    (void)state;
    static const char *const balance[] = {"-2506800.6", "929157.7", "4365116"};
    for (size_t n = 2; n <= 3; n++) {
        yearly y = build_yearly("stock", 2000, balance, n);
        up_projection p =
            project_one(&y, "linear", &(up_project_options){0}, 2001 + (double)n);
        double wanted = -2506800.6 + (929157.7 + 2506800.6) * (double)n;
        assert_close(p.steps[0].value, wanted, 1e-6);
        assert_true(p.has_range == (n == 2) && p.has_intervals == (n == 3));
        up_projection_release(&p);
        release_yearly(&y);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_logistic_curve_agrees_with_nls),
        cmocka_unit_test(the_gompertz_curve_agrees_with_nls),
        cmocka_unit_test(a_range_of_large_figures_is_found),
        cmocka_unit_test(rounding_is_the_least_error_of_aicc),
        cmocka_unit_test(a_ceiling_that_is_reached_is_the_capacity),
        cmocka_unit_test(figures_may_stand_at_the_ceiling),
        cmocka_unit_test(at_its_bound_a_parameter_has_one_end),
        cmocka_unit_test(a_capacity_that_is_given_is_kept),
        cmocka_unit_test(the_line_agrees_with_nls),
        cmocka_unit_test(the_parabola_agrees_with_lm),
        cmocka_unit_test(the_power_of_time_agrees_with_lm),
        cmocka_unit_test(adopters_in_a_year_are_the_growth_of_bass),
        cmocka_unit_test(a_share_is_fitted_on_the_logit),
        cmocka_unit_test(a_flow_is_the_mean_of_its_curve_over_the_period),
        cmocka_unit_test(a_counter_is_fitted_by_its_increments),
        cmocka_unit_test(intervals_are_those_of_the_density),
        cmocka_unit_test(a_ceiling_makes_the_capacity_even_on_logarithms),
        cmocka_unit_test(a_capacity_that_stays_open_is_said),
        cmocka_unit_test(shifting_time_and_scaling_units_changes_nothing),
        cmocka_unit_test(another_seed_moves_little),
        cmocka_unit_test(a_level_is_no_projection_of_one_or_two_figures),
        cmocka_unit_test(a_bound_takes_part_and_does_not_count),
        cmocka_unit_test(models_are_pooled_by_their_aicc),
        cmocka_unit_test(a_pool_is_the_same_whatever_else_is_wanted),
        cmocka_unit_test(few_figures_are_pooled_with_equal_weights),
        cmocka_unit_test(weights_do_not_depend_on_the_horizon),
        cmocka_unit_test(what_has_no_support_is_not_pooled),
        cmocka_unit_test(a_line_of_large_figures_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
