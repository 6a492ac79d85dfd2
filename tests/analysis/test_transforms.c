/* Every transform: FRED's definitions on a regular series, their generalisation to dates, and
 * the bounds, held against a search through what the inputs admit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>

#include "builder.h"
#include "estimates.h"
#include "uptick/growth.h"

static up_growth_list grow(const up_tracker *tracker, const char *key,
                           up_series_list *list, up_growth_options options)
{
    up_growth_list rows = {0};
    up_error err = {0};
    *list = build_select(tracker, key, (up_series_options){0});
    options.levels = true;
    options.on[UP_ON_YEAR] = options.on[UP_ON_BASE] = true;
    if (up_growth_compute(&list->items[0], tracker, &options, &rows, &err) != UP_OK)
        fail_msg("%s", err.message);
    return rows;
}

static void done(up_growth_list *rows, up_series_list *list, up_tracker *t)
{
    up_growth_list_release(rows);
    up_series_list_release(list);
    up_tracker_release(t);
}

/* FRED's formulas by R 4.2 and zoo 1.8:
 *   x <- zooreg(c(103.2, 104.1, 103.9, 105.4, 106.0, 107.3, 106.8, 108.1, 109.9, 110.4, 111.2,
 *                 113.0, 114.7, 113.9), start = as.yearmon("2022-11"), freq = 12); n <- 12
 *   diff(x); diff(x, 12); x/lag(x,-1) - 1; x/lag(x,-12) - 1; (x/lag(x,-1))^n - 1
 *   diff(log(x)); n * diff(log(x)); log(x); 100 * x / x[1]          # the last of each */
static void a_monthly_series_gives_what_fred_publishes(void **state)
{
    (void)state;
    static const char *const values[] = {"103.2", "104.1", "103.9", "105.4", "106.0",
                                         "107.3", "106.8", "108.1", "109.9", "110.4",
                                         "111.2", "113.0", "114.7", "113.9"};
    static const double wanted[UP_TRANSFORMS] = {[UP_LIN] = 113.9,
                                                 [UP_CHG] = -0.7999999999999972,
                                                 [UP_CH1] = 9.800000000000011,
                                                 [UP_PCH] = -0.006974716652136004,
                                                 [UP_PC1] = 0.09414024975984647,
                                                 [UP_PCA] = -0.08055940628487857,
                                                 [UP_CCH] = -0.006999153682188286,
                                                 [UP_CCA] = -0.08398984418625943,
                                                 [UP_LOG] = 4.735320870453137,
                                                 [UP_INDEXED] = 110.3682170542636};
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "cpi", "index", "");
    for (int i = 0; i < 14; i++) {
        char month[16];
        snprintf(month, sizeof month, "%d-%02d", 2022 + (i + 10) / 12, (i + 10) % 12 + 1);
        build_row(m, "", month, values[i], "", "");
    }
    up_series_list list;
    up_growth_list rows = grow(&t, "cpi", &list, (up_growth_options){0});
    assert_int_equal(rows.count, 14);
    for (int i = 0; i < UP_TRANSFORMS; i++)
        if (wanted[i] != 0) /* 1e-11: 1/12 of a year is a difference of two coordinates */
            assert_close(rows.items[13].values[i].estimate.value, wanted[i], 1e-11);
    assert_ptr_equal(rows.items[11].values[UP_PC1].refused, up_growth_no_year);
    assert_ptr_equal(rows.items[0].values[UP_PCH].refused, up_growth_no_previous);
    assert_true(rows.items[0].values[UP_INDEXED].estimate.value == 100);
    up_spacing s;
    assert_int_equal(up_series_spacing(&list.items[0], &s, NULL), UP_OK);
    assert_true(s.regular && s.months == 1 && s.missing == 0);
    done(&rows, &list, &t);
}

/* A gap is no reason to compare with another month. */
static void the_same_period_of_the_previous_year_or_none(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "q", "flow", "CNY");
    build_row(m, "", "2022-Q1", "10", "", "");
    build_row(m, "", "2022-Q3", "12", "", "");
    build_row(m, "", "2023-Q2", "15", "", "");
    build_row(m, "", "2023-Q3", "18", "", "");
    up_series_list list;
    up_growth_list rows = grow(&t, "q", &list, (up_growth_options){0});
    assert_ptr_equal(rows.items[2].values[UP_PC1].refused, up_growth_no_year);
    assert_close(rows.items[3].values[UP_PC1].estimate.value, 0.5, 1e-15);
    up_spacing s;
    assert_int_equal(up_series_spacing(&list.items[0], &s, NULL), UP_OK);
    assert_true(s.regular && s.months == 3);
    assert_int_equal(s.missing, 3); /* Q2 and Q4 of 2022, Q1 of 2023 */
    done(&rows, &list, &t);
}

static const char *year_before_of(const char *earlier, const char *later, double days)
{
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "d", "stock", "people");
    build_row(m, "", earlier, "100", "", "");
    build_row(m, "", later, "130", "", "");
    up_series_list list;
    up_growth_list rows =
        grow(&t, "d", &list,
             (up_growth_options){.has_tolerance = days >= 0, .tolerance_days = days});
    const char *refused = rows.items[1].values[UP_PC1].refused;
    done(&rows, &list, &t);
    return refused;
}

/* The value of the figure that the one of a date is compared with; 0: with none. */
static double year_before_at(const up_growth_list *rows, const char *date)
{
    for (size_t i = 0; i < rows->count; i++) {
        char text[UP_PERIOD_SIZE];
        up_period_format(&rows->items[i].to_period, text);
        if (strcmp(text, date) == 0)
            return rows->items[i].values[UP_PC1].refused != NULL
                       ? 0
                       : rows->items[i].on[UP_ON_YEAR].from->figure.value;
    }
    return -1;
}

/* The same calendar day, whether or not a leap day lies between; that day's is the 28th. */
static void a_day_is_compared_with_the_same_day_of_the_year_before(void **state)
{
    (void)state;
    static const char *const rows_of[][2] = {
        {"2023-02-26", "1"}, {"2023-02-27", "2"}, {"2023-02-28", "3"},
        {"2023-03-01", "4"}, {"2024-02-28", "5"}, {"2024-02-29", "6"},
        {"2024-03-01", "7"}, {"2025-02-28", "8"}, {"2025-03-01", "9"}};
    static const struct {
        const char *date;
        double before;
    } wanted[] = {{"2024-02-28", 3},
                  {"2024-02-29", 3},
                  {"2024-03-01", 4},
                  {"2025-02-28", 5},
                  {"2025-03-01", 7}};
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "d", "stock", "people");
    for (size_t i = 0; i < sizeof rows_of / sizeof rows_of[0]; i++)
        build_row(m, "", rows_of[i][0], rows_of[i][1], "", "");
    up_series_list list;
    up_growth_list rows = grow(&t, "d", &list, (up_growth_options){0});
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
        assert_true(year_before_at(&rows, wanted[i].date) == wanted[i].before);
    done(&rows, &list, &t);
}

/* The fourth quarter ends with the year, as levels do; both are of the moment a year before. */
static void a_year_is_compared_with_a_year_and_a_quarter_with_a_quarter(void **state)
{
    (void)state;
    static const char *const rows_of[][2] = {
        {"2019-Q4", "70"}, {"2020", "100"},   {"2020-Q4", "90"}, {"2021", "110"},
        {"2021-Q4", "99"}, {"2022-Q4", "98"}, {"2023", "120"}};
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "s", "stock", "people");
    for (size_t i = 0; i < sizeof rows_of / sizeof rows_of[0]; i++)
        build_row(m, "", rows_of[i][0], rows_of[i][1], "", "");
    up_series_list list;
    up_growth_list rows = grow(&t, "s", &list, (up_growth_options){0});
    assert_true(year_before_at(&rows, "2020-Q4") == 70);
    assert_true(year_before_at(&rows, "2021") == 100);
    assert_true(year_before_at(&rows, "2021-Q4") == 90);
    assert_true(year_before_at(&rows, "2023") == 98); /* there is no 2022 but this */
    done(&rows, &list, &t);
}

static void irregular_dates_find_a_year_before_within_tolerance(void **state)
{
    (void)state;
    assert_null(year_before_of("2023-06-30", "2024-06-30", -1));
    assert_null(year_before_of("2023-07-01", "2024-06-30", -1));
    assert_ptr_equal(year_before_of("2023-07-01", "2024-06-30", 0), up_growth_no_year);
    assert_null(year_before_of("2023-06-30", "2024-06-30", 0));
    assert_null(year_before_of("2023-02-28", "2024-02-29", -1));
    assert_ptr_equal(year_before_of("2023-07-02", "2024-06-30", -1), up_growth_no_year);
    assert_null(year_before_of("2023-07-02", "2024-06-30", 2));
    /* an unknown day of May: 364 to 395 days after 1 May or so; all must be within */
    assert_ptr_equal(year_before_of("2023-05-15", "[2024-05-01..2024-05-31]", 15),
                     up_growth_no_year);
    assert_null(year_before_of("2023-05-15", "[2024-05-01..2024-05-31]", 16));
    /* weeks go by their number: 364 or 371 days */
    assert_null(year_before_of("2023-W10", "2024-W10", -1));
    assert_null(year_before_of("2020-W10", "2021-W10", -1));
    assert_ptr_equal(year_before_of("2020-W53", "2021-W52", -1), up_growth_no_year);
}

static void the_nearest_within_tolerance_is_taken(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "d", "stock", "people");
    build_row(m, "", "2023-06-20", "100", "", "");
    build_row(m, "", "2023-06-28", "104", "", "");
    build_row(m, "", "2023-07-09", "110", "", "");
    build_row(m, "", "2024-06-30", "130", "", "");
    up_series_list list;
    up_growth_list rows = grow(
        &t, "d", &list, (up_growth_options){.has_tolerance = true, .tolerance_days = 30});
    assert_close(rows.items[3].values[UP_CH1].estimate.value, 26, 1e-15);
    done(&rows, &list, &t);
}

/* ---- one variable that stands twice ---- */

static void the_base_is_one_variable(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "i", "stock", "people");
    build_row(m, "", "2022", "90", "", "");
    build_row(m, "", "2023", "100", "~", ""); /* 50 to 150 */
    build_row(m, "", "2024", "300", "", "");
    up_growth_options options = {.has_base = true};
    assert_int_equal(up_period_parse("2023", NULL, &options.base, NULL), UP_OK);
    up_series_list list;
    up_growth_list rows = grow(&t, "i", &list, options);
    const up_estimate *base = &rows.items[1].values[UP_INDEXED].estimate;
    assert_int_equal(up_estimate_kind(base), UP_BOUND_EXACT);
    assert_true(base->value == 100);
    const up_estimate *e = &rows.items[2].values[UP_INDEXED].estimate;
    assert_close(e->value, 300, 1e-15);
    assert_close(e->low, 200, 1e-15);
    assert_close(e->high, 600, 1e-15);
    assert_true(e->about);
    assert_close(rows.items[0].values[UP_INDEXED].estimate.value, 90, 1e-15);
    done(&rows, &list, &t);
}

static void a_share_is_one_variable(void **state)
{
    (void)state;
    /* 40 to 60 of itself and 100: 40/140 to 60/160, not 40/160 to 60/140 */
    up_estimate x = range(40, 50, 60), o = up_estimate_exact(100);
    up_growth_value v = up_growth_share(&x, &o);
    assert_close(v.estimate.low, 40.0 / 140, 1e-15);
    assert_close(v.estimate.high, 60.0 / 160, 1e-15);
    assert_close(v.estimate.value, 50.0 / 150, 1e-15);
    x = more_than(40);
    v = up_growth_share(&x, &o); /* at least 2/7; that it is at most 1 says nothing */
    assert_int_equal(up_estimate_kind(&v.estimate), UP_BOUND_AT_LEAST);
    assert_close(v.estimate.low, 40.0 / 140, 1e-15);
    assert_true(v.estimate.low_strict);
    o = more_than(100);
    v = up_growth_share(&x, &o);
    assert_string_equal(v.refused, "nothing bounds it on either side");
    o = up_estimate_exact(-1);
    assert_non_null(up_growth_share(&x, &o).refused);
}

static up_whole *whole_of(const up_series_list *list)
{
    up_whole *whole;
    assert_int_equal(up_whole_new(list, &whole, NULL), UP_OK);
    return whole;
}

static up_growth_value share_of(const char *key, bool with_france, const char *whole)
{
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "p", "stock", "people");
    build_row(m, "DE", "2024", "30", "", "");
    build_row(m, "IT", "2024", "20", "", "");
    build_row(m, "FR", with_france ? "2024" : "2023", "50", "", "");
    up_series_list all = build_select(&t, whole, (up_series_options){0}), list;
    up_growth_options options = {.whole = whole_of(&all)};
    options.on[UP_ON_TOTAL] = true;
    up_growth_list rows = grow(&t, key, &list, options);
    up_growth_value v = rows.items[0].values[UP_SHARE];
    if (!with_france) { /* the whole owns the text */
        assert_string_equal(v.refused, "no figure of that period for FR");
        v.refused = "";
    }
    up_whole_free((up_whole *)(uintptr_t)options.whole);
    up_series_list_release(&all);
    done(&rows, &list, &t);
    return v;
}

static void a_share_needs_every_part(void **state)
{
    (void)state;
    assert_close(share_of("p/DE", true, "p").estimate.value, 0.3, 1e-15);
    assert_close(share_of("p/DE", true, "p/FR").estimate.value, 30.0 / 50, 1e-15);
    assert_non_null(share_of("p/DE", false, "p").refused);
}

/* Of 14 and less than 18 the first is more than 14 / 32 = 0.4375, and may be all. */
static void a_part_that_is_but_a_bound_is_summed_from_nothing(void **state)
{
    (void)state;
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "m", "stock", "people");
    build_row(m, "A", "2020", "14", "", "");
    build_row(m, "B", "2020", "18", "<", "");
    up_series_list all = build_select(&t, "m", (up_series_options){0}), list;
    up_growth_options options = {.whole = whole_of(&all)};
    options.on[UP_ON_TOTAL] = true;
    up_growth_list rows = grow(&t, "m/A", &list, options);
    const up_estimate *e = &rows.items[0].values[UP_SHARE].estimate;
    assert_true(e->has_low && e->low == 0.4375 && e->low_strict);
    assert_true(e->has_high && e->high == 1 && !e->high_strict);
    up_whole_free((up_whole *)(uintptr_t)options.whole);
    up_series_list_release(&all);
    done(&rows, &list, &t);
}

/* ---- bounds against a search ---- */

static uint64_t seed = 20240229;

/* Uniform in [0, 1): xorshift64* (Vigna 2016). */
static double uniform(void)
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (double)((seed * UINT64_C(2685821657736338717)) >> 11) * 0x1p-53;
}

static double within(const up_estimate *e)
{
    double at = uniform(); /* the ends as often as the inside */
    return at < 0.25   ? e->low
           : at > 0.75 ? e->high
                       : e->low + uniform() * (e->high - e->low);
}

/* The formulas of growth.h as they stand there. */
static double formula(up_transform transform, double a, double b, double d)
{
    switch (transform) {
    case UP_LIN:
        return b;
    case UP_LOG:
        return log(b);
    case UP_CHG:
    case UP_CH1:
        return b - a;
    case UP_FOLD:
        return b / a;
    case UP_PCH:
    case UP_PC1:
        return b / a - 1;
    case UP_CCH:
        return log(b / a);
    case UP_CCA:
        return log(b / a) / d;
    case UP_DOUBLING:
        return d * log(2) / log(b / a);
    case UP_INDEXED:
        return 100 * b / a;
    default:
        return pow(b / a, 1 / d) - 1;
    }
}

static up_estimate random_range(double scale)
{
    double low = scale * (0.2 + uniform()), high = low * (1 + uniform());
    return range(low, low + uniform() * (high - low), high);
}

static void no_admissible_value_lies_outside_the_bounds(void **state)
{
    (void)state;
    for (int n = 0; n < 400; n++) {
        up_estimate a = random_range(100), b = random_range(120), d = random_range(1);
        up_growth_value v[UP_TRANSFORMS];
        up_growth_between(&a, &b, &d, v);
        double least[UP_TRANSFORMS], most[UP_TRANSFORMS];
        for (int t = 0; t < UP_TRANSFORMS; t++)
            least[t] = INFINITY, most[t] = -INFINITY;
        for (int i = 0; i < 400; i++) {
            double x = within(&a), y = within(&b), z = within(&d);
            for (int t = 0; t < UP_SHARE; t++) {
                double f = formula((up_transform)t, x, y, z), off = 1e-12 * (1 + fabs(f));
                const up_estimate *e = &v[t].estimate;
                double low = up_estimate_floor(e), high = up_estimate_ceiling(e);
                bool inside = v[t].outside ? f <= low + off || f >= high - off
                                           : f >= low - off && f <= high + off;
                if (isfinite(f) && !inside)
                    fail_msg("%s: %.17g is not within %.17g to %.17g",
                             up_transform_table[t].name, f, low, high);
                least[t] = fmin(least[t], f);
                most[t] = fmax(most[t], f);
            }
        }
        /* and no bound is wider than it must be: the search meets the corners */
        for (int t = 0; t < UP_SHARE; t++)
            if (!v[t].outside && v[t].estimate.has_low && v[t].estimate.has_high) {
                assert_close(least[t], v[t].estimate.low, 1e-9);
                assert_close(most[t], v[t].estimate.high, 1e-9);
            }
    }
}

static void no_admissible_share_lies_outside_its_bounds(void **state)
{
    (void)state;
    for (int n = 0; n < 400; n++) {
        up_estimate x = random_range(10), p = random_range(30), q = random_range(5), o;
        assert_int_equal(up_estimate_combine(UP_ADD, &p, &q, &o, NULL), UP_OK);
        up_growth_value v = up_growth_share(&x, &o);
        for (int i = 0; i < 400; i++) {
            double own = within(&x), all = own + within(&p) + within(&q);
            double f = own / all;
            assert_true(f >= v.estimate.low - 1e-12 && f <= v.estimate.high + 1e-12);
        }
    }
}

static void transforms_invert(void **state)
{
    (void)state;
    for (int n = 0; n < 1000; n++) {
        double a = 1 + 1e6 * uniform(), b = 1 + 1e6 * uniform(), d = 0.05 + 5 * uniform();
        up_estimate from = up_estimate_exact(a), to = up_estimate_exact(b),
                    years = up_estimate_exact(d);
        up_growth_value v[UP_TRANSFORMS];
        up_growth_between(&from, &to, &years, v);
        assert_close(a + v[UP_CHG].estimate.value, b, 1e-9);
        assert_close(a * v[UP_FOLD].estimate.value, b, 1e-12);
        assert_close(a * (1 + v[UP_PCH].estimate.value), b, 1e-9);
        assert_close(a * exp(v[UP_CCH].estimate.value), b, 1e-12);
        assert_close(a * exp(v[UP_CCA].estimate.value * d), b, 1e-12);
        if (v[UP_CAGR].estimate.value > -0.99) /* near -1 a double has no digits left */
            assert_close(a * exp(d * log1p(v[UP_CAGR].estimate.value)), b, 1e-8);
        assert_close(a * exp2(d / v[UP_DOUBLING].estimate.value), b, 1e-10);
        assert_close(exp(v[UP_LOG].estimate.value), b, 1e-12);
        assert_close(a * v[UP_INDEXED].estimate.value / 100, b, 1e-12);
    }
}

/* People or thousands of people: the same growth. */
static void scaling_the_unit_changes_no_rate(void **state)
{
    (void)state;
    static const double scales[] = {1e-9, 0.001, 7.174, 1e12};
    for (int n = 0; n < 300; n++) {
        up_estimate a = random_range(100), b = random_range(120), d = random_range(1);
        double by = scales[n % 4];
        up_estimate sa = range(a.low * by, a.value * by, a.high * by);
        up_estimate sb = range(b.low * by, b.value * by, b.high * by);
        up_growth_value v[UP_TRANSFORMS], w[UP_TRANSFORMS];
        up_growth_between(&a, &b, &d, v);
        up_growth_between(&sa, &sb, &d, w);
        for (int t = UP_FOLD; t < UP_SHARE; t++) {
            if (t == UP_DOUBLING) /* its inverse has no pole */
                continue;
            double off = 1e-12 * (1 + fabs(v[t].estimate.high));
            assert_true(fabs(v[t].estimate.value - w[t].estimate.value) <= off);
            assert_true(fabs(v[t].estimate.low - w[t].estimate.low) <= off);
            assert_true(fabs(v[t].estimate.high - w[t].estimate.high) <= off);
        }
    }
}

static void what_is_not_positive_has_no_logarithm(void **state)
{
    (void)state;
    up_estimate zero = up_estimate_exact(0), one = up_estimate_exact(1);
    up_growth_value v[UP_TRANSFORMS];
    up_growth_between(&one, &zero, &one, v);
    static const up_transform refused[] = {UP_LOG, UP_CCH, UP_CCA, UP_DOUBLING};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        assert_string_equal(v[refused[i]].refused, "needs positive levels");
    assert_true(v[UP_CH1].refused == NULL && v[UP_CH1].estimate.value == -1);
    /* but nothing is 0 times something, and less by all of it */
    assert_true(v[UP_FOLD].refused == NULL && v[UP_FOLD].estimate.value == 0);
    static const up_transform less_by_all[] = {UP_PCH, UP_PC1, UP_PCA, UP_CAGR};
    for (size_t i = 0; i < 4; i++)
        assert_true(v[less_by_all[i]].refused == NULL &&
                    v[less_by_all[i]].estimate.value == -1);
    up_growth_between(&zero, &one, &one, v);
    assert_string_equal(v[UP_FOLD].refused, "needs positive levels");
    assert_string_equal(v[UP_PCA].refused, "needs positive levels");
}

static void an_upper_bound_gives_an_upper_bound(void **state)
{
    (void)state;
    up_estimate a = up_estimate_exact(200), b = up_estimate_exact(150),
                year = up_estimate_exact(1);
    b.has_low = false;
    b.high_strict = true;
    static const up_transform at_most[] = {UP_LIN, UP_LOG, UP_CHG, UP_FOLD,
                                           UP_PCH, UP_CCA, UP_CAGR};
    static const double wanted[] = {150,   5.010635294096256,   -50,
                                    0.75, /* R: log(150) */
                                    -0.25, -0.2876820724517809, -0.25};
    up_growth_value v[UP_TRANSFORMS];
    up_growth_between(&a, &b, &year, v);
    for (size_t i = 0; i < sizeof at_most / sizeof at_most[0]; i++) {
        const up_estimate *e = &v[at_most[i]].estimate;
        assert_int_equal(up_estimate_kind(e), UP_BOUND_AT_MOST);
        assert_close(e->high, wanted[i], 1e-14);
        assert_true(e->high_strict);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_monthly_series_gives_what_fred_publishes),
        cmocka_unit_test(the_same_period_of_the_previous_year_or_none),
        cmocka_unit_test(irregular_dates_find_a_year_before_within_tolerance),
        cmocka_unit_test(a_day_is_compared_with_the_same_day_of_the_year_before),
        cmocka_unit_test(a_year_is_compared_with_a_year_and_a_quarter_with_a_quarter),
        cmocka_unit_test(the_nearest_within_tolerance_is_taken),
        cmocka_unit_test(the_base_is_one_variable),
        cmocka_unit_test(a_share_is_one_variable),
        cmocka_unit_test(a_share_needs_every_part),
        cmocka_unit_test(a_part_that_is_but_a_bound_is_summed_from_nothing),
        cmocka_unit_test(no_admissible_value_lies_outside_the_bounds),
        cmocka_unit_test(no_admissible_share_lies_outside_its_bounds),
        cmocka_unit_test(transforms_invert),
        cmocka_unit_test(scaling_the_unit_changes_no_rate),
        cmocka_unit_test(what_is_not_positive_has_no_logarithm),
        cmocka_unit_test(an_upper_bound_gives_an_upper_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
