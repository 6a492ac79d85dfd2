/* Trends against R, and the range of slopes against a search. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>

#include "builder.h"
#include "uptick/trend.h"

/* t <- 0:11; v <- c(100,112,119,140,148,171,186,199,236,251,283,306); y <- log(v) */
static const int levels[] = {100, 112, 119, 140, 148, 171, 186, 199, 236, 251, 283, 306};
enum { LEVELS = sizeof levels / sizeof levels[0] };

static up_tracker yearly(const int values[], int n)
{
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "v", "stock", "people");
    for (int i = 0; i < n; i++) {
        char year[16], value[16];
        snprintf(year, sizeof year, "%d", 2010 + i);
        snprintf(value, sizeof value, "%d", values[i]);
        build_row(m, "", year, value, "", "");
    }
    return t;
}

static up_trend fit(up_tracker *t, up_trend_method method)
{
    up_trend trend;
    up_error err = {0};
    up_series_list list = build_select(t, "v", (up_series_options){0});
    up_trend_options options = {.method = method};
    if (up_trend_fit(&list.items[0], &options, &trend, &err) != UP_OK)
        fail_msg("%s", err.message);
    trend.first = trend.last = trend.carrier = NULL; /* the list goes */
    up_series_list_release(&list);
    return trend;
}

/* m <- lm(y ~ t); expm1(confint(m)); e <- resid(m); sum(diff(e)^2) / sum(e^2)
 * loo: range(sapply(1:12, function(i) coef(lm(y[-i] ~ t[-i]))[2]))
 * tc <- t - mean(t); 2 * confint(lm(y ~ tc + I(tc^2)))[3, ]                  (R 4.2.2) */
static void a_line_and_its_diagnostics_agree_with_r(void **state)
{
    (void)state;
    up_tracker t = yearly(levels, LEVELS);
    up_trend trend = fit(&t, UP_TREND_OLS);
    assert_close(trend.rate_per_year, 0.1084709065040814, 1e-11);
    assert_close(trend.rate_low, 0.1036816771815394, 1e-11);
    assert_close(trend.rate_high, 0.1132809178310528, 1e-11);
    assert_close(trend.r_squared, 0.9964517373338232, 1e-12);
    assert_close(trend.residual_sd, 0.02323844131796979, 1e-11);
    assert_true(trend.has_autocorrelation && trend.is_autocorrelated);
    assert_close(trend.durbin_watson, 3.371163277409426, 1e-11);
    assert_close(trend.autocorrelation, -0.7051484647001931, 1e-11);
    assert_true(trend.has_leave_out && !trend.is_carried);
    assert_close(trend.leave_out_low, 0.1074213033389868, 1e-11);
    assert_close(trend.leave_out_high, 0.1093501569804408, 1e-11);
    assert_true(trend.has_acceleration);
    assert_close(trend.acceleration, -0.0003459811643809474, 1e-9);
    assert_close(trend.acceleration_low, -0.003368298680262235, 1e-9);
    assert_close(trend.acceleration_high, 0.00267633635150034, 1e-9);
    up_tracker_release(&t);
}

/* library(sandwich); L <- floor(4 * (12 / 100)^(2/9))                         # 2
 * V <- NeweyWest(m, lag = L, prewhite = FALSE, adjust = TRUE)
 * expm1(coef(m)[2] + c(-1, 1) * qt(.975, 10) * sqrt(V[2, 2])) */
static void newey_west_agrees_with_sandwich(void **state)
{
    (void)state;
    up_tracker t = yearly(levels, LEVELS);
    up_trend trend = fit(&t, UP_TREND_HAC);
    assert_int_equal(trend.lags, 2);
    assert_close(trend.rate_per_year, 0.1084709065040814, 1e-11);
    assert_close(trend.rate_low, 0.1062122216981449, 1e-11);
    assert_close(trend.rate_high, 0.1107342031349032, 1e-11);
    /* m <- lm(y ~ tc + I(tc^2)); V as above; 2 * (coef(m)[3] + c(-1, 1) * qt(.975, 9) *
     * sqrt(V[3, 3])) */
    assert_close(trend.acceleration, -0.0003459811643809474, 1e-11);
    assert_close(trend.acceleration_low, -0.001374925813760085, 1e-11);
    assert_close(trend.acceleration_high, 0.000682963484998190, 1e-11);
    up_tracker_release(&t);
}

/* v[9] <- 900; X <- cbind(1, t); h <- hat(X); b <- coef(lm(y ~ t)); for (i in 1:500) {
 *   r <- (y - X %*% b) / sqrt(1 - h); s <- median(sort(abs(r))[-1]) / 0.6745
 *   u <- r / (4.685 * s); w <- ifelse(abs(u) < 1, (1 - u^2)^2, 0)
 *   b <- coef(lm(y ~ t, weights = as.numeric(w))) }                 # 0.1022539328301982
 * The weights settle to 1e-8 in GSL. */
static void one_outlier_moves_the_robust_line_little(void **state)
{
    (void)state;
    int spoilt[LEVELS];
    memcpy(spoilt, levels, sizeof spoilt);
    spoilt[8] = 900;
    up_tracker t = yearly(spoilt, LEVELS);
    up_trend robust = fit(&t, UP_TREND_ROBUST), plain = fit(&t, UP_TREND_OLS);
    assert_close(log1p(robust.rate_per_year), 0.1022539328301982, 1e-6);
    assert_close(log1p(plain.rate_per_year), 0.1263829542256955, 1e-11);
    assert_true(robust.rate_high - robust.rate_low < plain.rate_high - plain.rate_low);
    assert_true(!robust.has_range);
    /* the same with X <- cbind(1, tc, tc^2) and sort(abs(r))[-(1:2)]: 2 * b[3] */
    assert_close(robust.acceleration, -1.182316909520255e-05, 1e-6);
    up_tracker_release(&t);
}

static void one_figure_that_carries_the_fit_is_named(void **state)
{
    (void)state;
    static const int jump[] = {100, 101, 100, 102, 101, 400};
    up_tracker t = yearly(jump, 6);
    up_series_list list = build_select(&t, "v", (up_series_options){0});
    up_trend trend;
    assert_int_equal(up_trend_fit(&list.items[0], &(up_trend_options){0}, &trend, NULL),
                     UP_OK);
    assert_ptr_equal(trend.carrier, &list.items[0].points[5]);
    assert_close(trend.leave_out_low, 0.002979726400539218, 1e-11);
    assert_close(trend.rate_low, -0.1086518592277601, 1e-11);
    assert_true(trend.has_leave_out && !trend.is_carried); /* its interval is as wide */
    up_series_list_release(&list);
    up_tracker_release(&t);
}

/* v <- c(10, 110, 112, 109, 111, 110, 112, 109, 111, 110); t <- c(-40, 0:8)
 * m <- lm(log(v) ~ t); expm1(confint(m)[2, ])                       # 0.04573 to 0.06269
 * expm1(range(sapply(1:10, function(i) coef(lm(log(v)[-i] ~ t[-i]))[2])))  # from -0.0003 */
static void a_fit_that_one_figure_carries_is_told(void **state)
{
    (void)state;
    static const int flat[] = {110, 112, 109, 111, 110, 112, 109, 111, 110};
    up_tracker t = yearly(flat, 9);
    build_row(&t.metrics[0], "", "1970", "10", "", "");
    up_trend trend = fit(&t, UP_TREND_OLS);
    assert_close(trend.rate_low, 0.04572917523149688, 1e-11);
    assert_close(trend.leave_out_low, -0.0002989109832997877, 1e-11);
    assert_true(trend.is_carried);
    up_tracker_release(&t);
}

/* t <- c(0:5, 7:14); v <- c(100, 115, …); e <- resid(lm(log(v) ~ t))
 * sum(e[-1] * e[-14]) / sum(e^2); sum(diff(e)^2) / sum(e^2); 2 / sqrt(14)      # 0.534 */
static void a_gap_does_not_hide_that_residuals_hang_together(void **state)
{
    (void)state;
    static const char *const values[] = {"100", "115", "133", "150", "163",
                                         "174", "",    "188", "199", "215",
                                         "237", "262", "291", "318", "341"};
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "v", "stock", "people");
    for (int i = 0; i < 15; i++) {
        char year[16];
        snprintf(year, sizeof year, "%d", 2010 + i);
        if (values[i][0] != '\0')
            build_row(m, "", year, values[i], "", "");
    }
    up_trend trend = fit(&t, UP_TREND_OLS);
    assert_true(trend.has_autocorrelation && trend.is_autocorrelated);
    assert_close(trend.autocorrelation, 0.5791766086601489, 1e-9);
    assert_close(trend.durbin_watson, 0.5776414958589778, 1e-9);
    assert_true(up_trend_is_doubtful(&trend));
    up_tracker_release(&t);
}

/* Two figures before 2012, and none before 2010. */
static void a_part_too_short_is_named_and_the_others_are_fitted(void **state)
{
    (void)state;
    static const int turn[] = {100, 200, 400, 800, 1600};
    up_tracker t = yearly(turn, 5);
    up_series_list list = build_select(&t, "v", (up_series_options){0});
    up_trend_list rows = {0};
    up_remarks remarks = {0};
    up_trend_options options = {0};
    up_period split[2];
    assert_int_equal(up_period_parse("2010", NULL, &split[0], NULL), UP_OK);
    assert_int_equal(up_period_parse("2012", NULL, &split[1], NULL), UP_OK);
    assert_int_equal(
        up_trend_split(&list.items[0], &options, split, 2, &rows, &remarks, NULL), UP_OK);
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.items[0].n, 3);
    assert_int_equal(remarks.count, 2);
    static const char why[] =
        "to fit (bounds and implied ones do not count); a trend with an interval needs 3";
    char wanted[160];
    snprintf(wanted, sizeof wanted, "v from 2010 on: 2 figures %s", why);
    assert_string_equal(remarks.items[0].message, wanted);
    snprintf(wanted, sizeof wanted, "v before 2010: 0 figures %s", why);
    assert_string_equal(remarks.items[1].message, wanted);
    up_remarks_release(&remarks);
    up_trend_list_release(&rows);
    up_series_list_release(&list);
    up_tracker_release(&t);
}

static void growth_that_speeds_up_is_told(void **state)
{
    (void)state;
    /* ln y = 5 + 0.1 t + 0.02 t²: the slope rises by 0.04 a year */
    int values[8];
    for (int i = 0; i < 8; i++)
        values[i] = (int)(1e6 * exp(5 + 0.1 * i + 0.02 * i * i));
    up_tracker t = yearly(values, 8);
    up_trend trend = fit(&t, UP_TREND_OLS);
    assert_close(trend.acceleration, 0.04, 1e-6); /* levels are cut to whole numbers */
    assert_true(trend.acceleration_low > 0.039 && trend.acceleration_high < 0.041);
    up_tracker_release(&t);
}

static void windows_and_parts_have_lines_of_their_own(void **state)
{
    (void)state;
    static const int turn[] = {100, 200, 400, 800, 880, 968, 1065, 1171};
    up_tracker t = yearly(turn, 8);
    up_series_list list = build_select(&t, "v", (up_series_options){0});
    up_trend_list rows = {0};
    up_trend_options options = {0};
    up_period split;
    assert_int_equal(up_period_parse("2013", NULL, &split, NULL), UP_OK);
    /* the end of 2012 is no later than the start of 2013: three figures before, five after */
    assert_int_equal(
        up_trend_split(&list.items[0], &options, &split, 1, &rows, NULL, NULL), UP_OK);
    assert_int_equal(rows.count, 2);
    assert_int_equal(rows.items[0].n, 3);
    assert_int_equal(rows.items[1].n, 5);
    assert_close(rows.items[0].rate_per_year, 1, 1e-12);
    assert_close(rows.items[1].rate_per_year, 0.1, 1e-3);
    up_trend_list_release(&rows);
    assert_int_equal(up_trend_rolling(&list.items[0], &options, 4, &rows, NULL, NULL),
                     UP_OK);
    assert_int_equal(rows.count, 5);
    assert_close(rows.items[0].rate_per_year, 1, 1e-12);
    assert_ptr_equal(rows.items[4].last, &list.items[0].points[7]);
    up_trend_list_release(&rows);
    up_error err;
    assert_int_equal(up_trend_rolling(&list.items[0], &options, 9, &rows, NULL, &err),
                     UP_TOO_LITTLE_DATA);
    assert_string_equal(err.message,
                        "v: 8 figures to fit, less than the 9 of one window");
    up_trend_list_release(&rows);
    up_series_list_release(&list);
    up_tracker_release(&t);
}

static void an_exact_line_has_no_interval_of_rounding(void **state)
{
    (void)state;
    static const int doubling[] = {1, 2, 4, 8, 16, 32, 64};
    up_tracker t = yearly(doubling, 7);
    for (int m = 0; m < UP_TREND_METHODS; m++) {
        up_trend trend = fit(&t, (up_trend_method)m);
        assert_close(trend.rate_per_year, 1, 1e-14);
        assert_true(trend.rate_low == trend.rate_high && !trend.has_acceleration);
        assert_false(trend.has_autocorrelation);
        assert_int_equal(trend.has_r_squared, m != UP_TREND_ROBUST);
    }
    up_tracker_release(&t);
}

/* ---- the range of slopes ---- */

static uint64_t seed = 88172645463325252u;

/* Uniform in [0, 1): xorshift64* (Vigna 2016). */
static double uniform(void)
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (double)((seed * UINT64_C(2685821657736338717)) >> 11) * 0x1p-53;
}

static double slope(const double t[], const double y[], size_t n)
{
    double tm = 0, up = 0, down = 0;
    for (size_t i = 0; i < n; i++)
        tm += t[i] / (double)n;
    for (size_t i = 0; i < n; i++) {
        up += (t[i] - tm) * y[i];
        down += (t[i] - tm) * (t[i] - tm);
    }
    return up / down;
}

/* Climbs from a random point of the box, one coordinate at a time: another way to the same
 * extremes, used to see that they are reached. */
static double climb(const up_trend_input in[], size_t n, double sign)
{
    double t[8], y[8];
    for (size_t i = 0; i < n; i++) {
        t[i] = in[i].time_low + uniform() * (in[i].time_high - in[i].time_low);
        y[i] = in[i].low + uniform() * (in[i].high - in[i].low);
    }
    double best = sign * slope(t, y, n);
    for (int round = 0; round < 60; round++)
        for (size_t c = 0; c < 2 * n; c++) {
            double *x = c < n ? &t[c] : &y[c - n], kept = *x;
            double low = c < n ? in[c].time_low : in[c - n].low;
            double high = c < n ? in[c].time_high : in[c - n].high;
            for (int k = 0; k <= 40; k++) {
                double width = (high - low) * pow(0.8, round);
                *x = k == 0   ? low
                     : k == 1 ? high
                              : fmin(fmax(kept + width * (uniform() - 0.5), low), high);
                double now = sign * slope(t, y, n);
                if (now > best)
                    best = now, kept = *x;
            }
            *x = kept;
        }
    return sign * best;
}

/* Slopes of either sign, spans that overlap each other and the mean. */
static void no_admissible_slope_lies_outside_the_range(void **state)
{
    (void)state;
    size_t refused = 0;
    for (int trial = 0; trial < 150; trial++) {
        size_t n = 2 + (size_t)(uniform() * 5);
        double trend = 4 * (uniform() - 0.5), width = trial % 3 == 0 ? 2.5 : 0.7;
        up_trend_input in[8];
        for (size_t i = 0; i < n; i++) {
            double at = (double)i + uniform(), level = trend * at + uniform();
            in[i] = (up_trend_input){at, at + width * uniform(), level,
                                     level + (trial % 2 == 0 ? 0.4 * uniform() : 0)};
        }
        double least, greatest, latest_low = -INFINITY, earliest_high = INFINITY;
        for (size_t i = 0; i < n; i++) {
            latest_low = fmax(latest_low, in[i].time_low);
            earliest_high = fmin(earliest_high, in[i].time_high);
        }
        bool may_be_one = latest_low <= earliest_high;
        assert_int_equal(up_trend_range(in, n, &least, &greatest, NULL),
                         may_be_one ? UP_TOO_LITTLE_DATA : UP_OK);
        refused += may_be_one;
        if (may_be_one)
            continue;
        double low = INFINITY, high = -INFINITY;
        for (int i = 0; i < 12; i++) {
            low = fmin(low, climb(in, n, -1));
            high = fmax(high, climb(in, n, 1));
        }
        double off = 1e-9 * (1 + fabs(greatest) + fabs(least));
        if (low < least - off || high > greatest + off)
            fail_msg("%.15g to %.15g found, %.15g to %.15g said", low, high, least,
                     greatest);
        double reach = 1e-3 * (1 + greatest - least);
        if (low > least + reach || high < greatest - reach)
            fail_msg("%.15g to %.15g said, only %.15g to %.15g found", least, greatest,
                     low, high);
    }
    assert_true(refused > 0 && refused < 50);
}

/* Sixty months, each of an unknown day: the ends of a steep line follow from one another. */
static void many_open_dates_are_decided_one_by_one(void **state)
{
    (void)state;
    up_trend_input in[60];
    double t[60], y[60], least, greatest;
    for (int i = 0; i < 60; i++) {
        double at = i / 12.0, level = 0.24 * at + 0.01 * uniform();
        in[i] = (up_trend_input){at, at + 0.08, level, level + 0.01};
    }
    assert_int_equal(up_trend_range(in, 60, &least, &greatest, NULL), UP_OK);
    assert_true(least < greatest && greatest - least < 0.02);
    for (int trial = 0; trial < 2000; trial++) {
        for (int i = 0; i < 60; i++) {
            /* early ones late and late ones early make it steep, or the other way round */
            bool late = (i < 30) == (trial % 2 == 0), any = uniform() < 0.1;
            t[i] = any    ? in[i].time_low + 0.08 * uniform()
                   : late ? in[i].time_high
                          : in[i].time_low;
            y[i] = late ? in[i].low : in[i].high;
        }
        double b = slope(t, y, 60);
        assert_true(b >= least - 1e-12 && b <= greatest + 1e-12);
    }
}

static void a_greatest_slope_may_lie_inside_a_span(void **state)
{
    (void)state;
    /* Figures 0, 1, 1 at 0, x and 10, x between 0 and 10: N = (10 + x) / 3 and
     * D = (2 x² - 20 x + 200) / 3. N' D = N D' gives x² + 20 x - 200 = 0, x = sqrt(300) - 10,
     * far from both ends. */
    up_trend_input in[] = {{0, 0, 0, 0}, {0, 10, 1, 1}, {10, 10, 1, 1}};
    double least, greatest, x = sqrt(300) - 10;
    assert_int_equal(up_trend_range(in, 3, &least, &greatest, NULL), UP_OK);
    assert_close(greatest, (10 + x) / (2 * x * x - 20 * x + 200), 1e-12);
    assert_close(least, 10.0 / 200, 1e-12); /* at x = 0; at 10 it is 20 / 200 */
}

static void dates_that_may_be_one_leave_no_slope(void **state)
{
    (void)state;
    up_trend_input in[] = {{0, 2, 1, 1}, {1, 3, 2, 2}};
    double least, greatest;
    up_error err;
    assert_int_equal(up_trend_range(in, 2, &least, &greatest, &err), UP_TOO_LITTLE_DATA);
    assert_string_equal(err.message, "all dates may be the same");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_and_its_diagnostics_agree_with_r),
        cmocka_unit_test(newey_west_agrees_with_sandwich),
        cmocka_unit_test(one_outlier_moves_the_robust_line_little),
        cmocka_unit_test(one_figure_that_carries_the_fit_is_named),
        cmocka_unit_test(a_fit_that_one_figure_carries_is_told),
        cmocka_unit_test(a_gap_does_not_hide_that_residuals_hang_together),
        cmocka_unit_test(a_part_too_short_is_named_and_the_others_are_fitted),
        cmocka_unit_test(growth_that_speeds_up_is_told),
        cmocka_unit_test(windows_and_parts_have_lines_of_their_own),
        cmocka_unit_test(no_admissible_slope_lies_outside_the_range),
        cmocka_unit_test(many_open_dates_are_decided_one_by_one),
        cmocka_unit_test(an_exact_line_has_no_interval_of_rounding),
        cmocka_unit_test(a_greatest_slope_may_lie_inside_a_span),
        cmocka_unit_test(dates_that_may_be_one_leave_no_slope),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
