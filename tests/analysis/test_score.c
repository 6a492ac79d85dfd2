/* Scores of quantiles, and of kept projections against the figures that came. Expected numbers
 * are derived beside their case, or come from R 4.2 (base, and the code that stands there). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>

#include "builder.h"
#include "uptick/calendar.h"
#include "uptick/score.h"

/* ---- formulas ---- */

static void pinball_weighs_both_sides_by_the_probability(void **state)
{
    (void)state;
    const up_quantile q = {0.9, 10};
    assert_close(up_score_pinball(&q, 12), 1.8, 1e-15); /* 0.9 (12 - 10) */
    assert_close(up_score_pinball(&q, 9), 0.1, 1e-14);  /* (1 - 0.9) (10 - 9) */
    assert_true(up_score_pinball(&q, 10) == 0);
}

/* From two quantiles, 0 at 1/4 and 4 at 3/4, y = 1; held at their values outside, the loss is 0,
 * 1/4, 3/4, 0 at p = 0, 1/4, 3/4, 1, and the trapezoids 1/32 + 1/4 + 3/32 = 3/8. */
static void crps_is_twice_the_trapezoids_of_the_loss(void **state)
{
    (void)state;
    const up_quantile two[] = {{0.25, 0}, {0.75, 4}};
    assert_close(up_score_crps(two, 2, 1), 0.75, 1e-15);
    /* a point: the absolute error, wherever its probability */
    const up_quantile point = {0.5, 7};
    assert_close(up_score_crps(&point, 1, 10), 3, 1e-15);
    assert_close(up_score_crps(&point, 1, 5.5), 1.5, 1e-15);
}

/* CRPS of a normal: sd (z (2 Phi(z) - 1) + 2 phi(z) - 1 / sqrt(pi)), z = (y - mean) / sd
 * (Gneiting & Raftery 2007, their equation 21 without the sign). */
static void crps_of_many_quantiles_is_that_of_the_normal(void **state)
{
    (void)state;
    enum { MANY = 9999 };
    static up_quantile q[MANY];
    const double mean = 3, sd = 2, outturns[] = {3, 4.6, -1.6, 11};
    for (size_t i = 0; i < MANY; i++) {
        double p = (double)(i + 1) / (MANY + 1);
        q[i] = (up_quantile){p, mean + sd * gsl_cdf_ugaussian_Pinv(p)};
    }
    for (size_t i = 0; i < 4; i++) {
        double z = (outturns[i] - mean) / sd;
        double exact = sd * (z * (2 * gsl_cdf_ugaussian_P(z) - 1) +
                             2 * gsl_ran_ugaussian_pdf(z) - 1 / sqrt(M_PI));
        /* the tails beyond 1/10,000 and the kink between two quantiles are the error */
        assert_close(up_score_crps(q, MANY, outturns[i]), exact, 1e-4);
    }
}

/* p <- c(.01, .025, seq(.05, .95, .05), .975, .99); q <- exp(qnorm(p, 2, .5)); y <- 11
 * loss <- function(q, p, y) ((y < q) - p) * (q - y);  mean(loss(q, p, y))
 * P <- c(0, p, 1); Q <- c(q[1], q, q[23]); L <- loss(Q, P, y)
 * 2 * sum(diff(P) * (head(L, -1) + tail(L, -1)) / 2)        # and with log(Q), log(y)
 * approx(q, p, y)$y */
static void the_quantiles_of_forecast_hubs_give_what_r_gives(void **state)
{
    (void)state;
    enum { HUB = 23 };
    up_quantile q[HUB], l[HUB];
    for (size_t i = 0; i < HUB; i++) {
        double p = i == 0   ? 0.01
                   : i == 1 ? 0.025
                   : i < 21 ? 0.05 * (double)(i - 1)
                            : (double[]){0.975, 0.99}[i - 21];
        l[i] = (up_quantile){p, 2 + 0.5 * gsl_cdf_ugaussian_Pinv(p)};
        q[i] = (up_quantile){p, exp(l[i].value)};
    }
    double wis = 0;
    assert_close(up_score_mean_pinball(q, HUB, 11), 0.91569910345784, 1e-12);
    assert_close(up_score_crps(q, HUB, 11), 2.04777032655405, 1e-12);
    assert_close(up_score_crps(l, HUB, log(11)), 0.236454754491724, 1e-12);
    assert_close(up_score_cdf(q, HUB, 11).low, 0.785870677973402, 1e-12);
    assert_true(up_score_wis(q, HUB, 11, &wis));
    assert_close(wis, 2 * 0.91569910345784, 1e-12);
}

static const up_quantile three[] = {{0.1, 0}, {0.5, 5}, {0.9, 10}};

/* Bracher et al. 2021: (|y - m| / 2 + (a / 2) IS) / (K + 1/2), K = 1, a = 0.2, y = 12:
 * IS = 10 + (2 / 0.2) (12 - 10) = 30; (3.5 + 3) / 1.5. */
static void wis_is_the_weighted_interval_score(void **state)
{
    (void)state;
    double wis = 0;
    const up_quantile lopsided[] = {{0.1, 0}, {0.5, 5}, {0.8, 10}};
    assert_true(up_score_wis(three, 3, 12, &wis));
    assert_close(wis, 6.5 / 1.5, 1e-15);
    assert_false(up_score_wis(three, 2, 12, &wis));
    assert_false(up_score_wis(lopsided, 3, 12, &wis));
    assert_close(wis, 6.5 / 1.5, 1e-15);
}

static void assert_probability(up_probability found, double low, double high)
{
    if (fabs(found.low - low) > 1e-12 || fabs(found.high - high) > 1e-12)
        fail_msg("[%g, %g], wanted [%g, %g]", found.low, found.high, low, high);
}

static void the_distribution_is_known_between_its_outer_quantiles(void **state)
{
    (void)state;
    const up_quantile held[] = {{0.1, 0}, {0.5, 0}, {0.9, 10}};
    assert_probability(up_score_cdf(three, 3, 2.5), 0.3, 0.3);
    assert_probability(up_score_cdf(three, 3, 0), 0.1, 0.1);
    assert_probability(up_score_cdf(three, 3, 10), 0.9, 0.9);
    assert_probability(up_score_cdf(three, 3, -1), 0, 0.1);
    assert_probability(up_score_cdf(three, 3, 11), 0.9, 1);
    assert_probability(up_score_cdf(held, 3, 0), 0.5, 0.5); /* a floor that many met */
}

static void the_probability_of_a_bound_is_what_the_quantiles_leave(void **state)
{
    (void)state;
    up_estimate more = up_estimate_between(7.5, INFINITY);
    up_estimate less = up_estimate_between(-INFINITY, 2.5);
    up_estimate far = up_estimate_between(20, INFINITY);
    up_estimate sure = up_estimate_between(-3, INFINITY);
    up_estimate range = up_estimate_between(2.5, 7.5);
    up_estimate wide = up_estimate_between(2.5, 20);
    assert_probability(up_score_probability(three, 3, &more), 0.3, 0.3);
    assert_probability(up_score_probability(three, 3, &less), 0.3, 0.3);
    assert_probability(up_score_probability(three, 3, &far), 0, 0.1);
    assert_probability(up_score_probability(three, 3, &sure), 0.9, 1);
    assert_probability(up_score_probability(three, 3, &range), 0.4, 0.4);
    assert_probability(up_score_probability(three, 3, &wide), 0.6, 0.7);
}

static void inside_is_decided_on_all_that_a_figure_allows(void **state)
{
    (void)state;
    up_estimate end = up_estimate_exact(10), out = up_estimate_exact(10.1),
                below = up_estimate_exact(-0.1);
    up_estimate about = {.value = 10,
                         .low = 9,
                         .high = 11,
                         .has_value = true,
                         .has_low = true,
                         .has_high = true,
                         .about = true};
    up_estimate more = up_estimate_between(10, INFINITY);
    up_estimate open = up_estimate_between(3, INFINITY);
    up_estimate range = up_estimate_between(3, 10);
    assert_int_equal(up_score_inside(three, 3, 0.8, &end), UP_INSIDE);
    assert_int_equal(up_score_inside(three, 3, 0.8, &out), UP_OUTSIDE);
    assert_int_equal(up_score_inside(three, 3, 0.8, &below), UP_OUTSIDE);
    assert_int_equal(up_score_inside(three, 3, 0.8, &about), UP_UNDETERMINED);
    assert_int_equal(up_score_inside(three, 3, 0.8, &open), UP_UNDETERMINED);
    assert_int_equal(up_score_inside(three, 3, 0.8, &range), UP_INSIDE);
    assert_int_equal(up_score_inside(three, 3, 0.8, &more), UP_UNDETERMINED);
    more.low_strict = true; /* "more than 10" is outside, "10 or more" may be 10 */
    assert_int_equal(up_score_inside(three, 3, 0.8, &more), UP_OUTSIDE);
    assert_int_equal(up_score_inside(three, 3, 0.95, &end), UP_NO_INTERVAL);
}

/* R: binom.test(8, 10)$conf.int, binom.test(0, 5)$conf.int; by hand 1 - 0.025^(1/5). */
static void the_interval_of_a_share_is_the_exact_one(void **state)
{
    (void)state;
    double low = -1, high = -1;
    up_binomial_interval(8, 10, 0.95, &low, &high);
    assert_close(low, 0.4439045377, 1e-9);
    assert_close(high, 0.9747892737, 1e-9);
    up_binomial_interval(0, 5, 0.95, &low, &high);
    assert_true(low == 0);
    assert_close(high, 1 - pow(0.025, 0.2), 1e-12);
    up_binomial_interval(5, 5, 0.95, &low, &high);
    assert_close(low, pow(0.025, 0.2), 1e-12);
    assert_true(high == 1);
}

/* ---- kept projections ---- */

typedef struct bench {
    up_tracker tracker;
    up_score_list list;
} bench;

static int64_t day(const char *text)
{
    int64_t number = 0;
    assert_int_equal(up_reported_parse(text, &number, NULL), UP_OK);
    return number;
}

static up_metric_data *begin(bench *b)
{
    *b = (bench){0};
    return build_metric(&b->tracker, "users", "stock", "people");
}

static up_observation *came(up_metric_data *m, const char *period, const char *value,
                            const char *qualifier, const char *reported)
{
    up_observation *o = build_row(m, "", period, value, qualifier, "");
    assert_int_equal(up_observation_set(o, UP_COL_REPORTED, reported, NULL, NULL), UP_OK);
    return o;
}

/* A projection of `users` made on 2025-01-10 of what was known on 2025-01-05. */
static up_kept *keep(bench *b, const char *metric, const char *model)
{
    up_tracker *t = &b->tracker;
    char id[32];
    assert_int_equal(
        up_grow(&t->kept, &t->kept_capacity, t->kept_count + 1, sizeof *t->kept, NULL),
        UP_OK);
    up_kept *kept = &t->kept[t->kept_count++];
    *kept = (up_kept){.made = day("2025-01-10"), .as_of = day("2025-01-05")};
    snprintf(id, sizeof id, "2025-01-10-%zu", t->kept_count);
    const struct {
        char **slot;
        const char *text;
    } texts[] = {{&kept->id, id},       {&kept->metric, metric}, {&kept->entity, ""},
                 {&kept->model, model}, {&kept->options, ""},    {&kept->seed, ""}};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_int_equal(up_copy_text(texts[i].text, texts[i].slot, NULL), UP_OK);
    return kept;
}

static void say(up_kept *kept, const char *period, double quantile, double value)
{
    assert_int_equal(up_grow(&kept->figures, &kept->capacity, kept->count + 1,
                             sizeof *kept->figures, NULL),
                     UP_OK);
    up_kept_figure *f = &kept->figures[kept->count++];
    *f = (up_kept_figure){
        .has_quantile = quantile > 0, .quantile = quantile, .value = value};
    assert_int_equal(up_period_parse(period, NULL, &f->period, NULL), UP_OK);
}

/* 80 % within 80 to 120, 95 % within 70 to 130; not in their order. */
static void say_interval(up_kept *kept, const char *period)
{
    say(kept, period, 0.5, 100);
    say(kept, period, 0.025, 70);
    say(kept, period, 0.1, 80);
    say(kept, period, 0.9, 120);
    say(kept, period, 0.975, 130);
}

static const up_score *score(bench *b, int64_t as_of)
{
    const up_kept *kept[64];
    up_error err = {0};
    up_score_list_release(&b->list);
    for (size_t i = 0; i < b->tracker.kept_count; i++)
        kept[i] = &b->tracker.kept[i];
    if (up_score_run(&b->tracker, kept, b->tracker.kept_count, as_of, &b->list, &err))
        fail_msg("%s", err.message);
    return b->list.items;
}

static void let_go(bench *b)
{
    up_score_list_release(&b->list);
    up_tracker_release(&b->tracker);
}

/* y = 125, last figure known 90. Loss: 0.025 * 55 = 1.375 at p = .025; .1 * 45 = 4.5; .5 * 25 =
 * 12.5; .9 * 5 = 4.5; .975: (1 - .975) * 5 = 0.125; mean 23 / 5 = 4.6. Held outside: at p = 0
 * nothing, at p = 1 nothing. Trapezoids: .025 * 1.375 / 2 = .0171875; .075 * 5.875 / 2 =
 * .2203125; .4 * 17 / 2 = 3.4; .4 * 17 / 2 = 3.4; .075 * 4.625 / 2 = .1734375; .025 * .125 / 2
 * = .0015625; sum 7.2125, CRPS 14.425; of the naive 35. PIT: .9 + .075 * 5 / 10 = .9375. */
static void a_figure_that_came_is_scored(void **state)
{
    (void)state;
    bench b;
    up_metric_data *m = begin(&b);
    came(m, "2023", "80", "", "2024-01-04");
    came(m, "2024", "90", "", "2025-01-04");
    came(m, "2025", "125", "", "2026-01-04");
    up_kept *kept = keep(&b, "users", "linear");
    say_interval(kept, "2026");
    say_interval(kept, "2025");
    const up_score *s = score(&b, UP_AS_OF_LATEST);
    assert_int_equal(b.list.count, 2);
    assert_int_equal(s->state, UP_SCORE_FIGURE);
    assert_int_equal(s->step, 1);
    assert_int_equal(s->reported, day("2026-01-04"));
    assert_true(s->has_median && s->median == 100);
    assert_true(s->error == 25);
    assert_close(s->percentage_error, 0.2, 1e-15);
    assert_close(s->pinball, 4.6, 1e-14);
    assert_close(s->crps, 14.425, 1e-14);
    assert_true(s->has_wis);
    assert_close(s->wis, 9.2, 1e-14);
    assert_true(s->has_naive && s->naive == 90 && s->has_skill);
    assert_close(s->skill, 1 - 14.425 / 35, 1e-14);
    assert_true(s->has_log && s->has_log_skill);
    assert_close(s->log_skill, 1 - s->log_crps / log(125.0 / 90), 1e-12);
    assert_probability(s->pit, 0.9375, 0.9375);
    assert_int_equal(s->inside[0], UP_OUTSIDE);
    assert_int_equal(s->inside[1], UP_INSIDE);
    assert_int_equal(s[1].state, UP_SCORE_PENDING);
    assert_int_equal(s[1].step, 2);
    let_go(&b);
}

static void the_first_release_counts_and_no_revision(void **state)
{
    (void)state;
    bench b;
    up_metric_data *m = begin(&b);
    came(m, "2024", "90", "", "2025-01-04");
    say_interval(keep(&b, "users", "linear"), "2025");
    came(m, "2025", "117", "",
         "2026-03-04"); /* a revision, above the first in the file */
    came(m, "2025", "95", "", "2025-06-01")->status = 'F';
    came(m, "2025", "", "", "2025-12-01")->status = 'M';
    assert_int_equal(score(&b, day("2026-01-03"))->state, UP_SCORE_PENDING);
    came(m, "2025", "110", "", "2026-01-04");
    assert_true(score(&b, UP_AS_OF_LATEST)->outturn.value == 110);
    came(m, "2025", "", "", "2026-05-01")->status = 'M'; /* withdrawn since */
    assert_true(score(&b, UP_AS_OF_LATEST)->outturn.value == 110);
    came(m, "2025", "111", "", "2026-01-04"); /* of one day the later row */
    assert_true(score(&b, UP_AS_OF_LATEST)->outturn.value == 111);
    let_go(&b);
}

static void what_was_known_before_is_not_scored(void **state)
{
    (void)state;
    bench b;
    up_metric_data *m = begin(&b);
    came(m, "2024", "90", "", "2024-12-31");
    came(m, "2025-01", "99", "", "2025-01-10"); /* on the very day it was made */
    came(m, "2025-01", "105", "", "2025-02-10");
    came(m, "2024-12", "98", "", ""); /* over by the day of the data, and undated */
    came(m, "2025-02", "101", "", "");
    up_kept *kept = keep(&b, "users", "linear");
    say_interval(kept, "2024-12");
    say_interval(kept, "2025-01");
    say_interval(kept, "2025-02");
    const up_score *s = score(&b, UP_AS_OF_LATEST);
    assert_int_equal(s[0].state, UP_SCORE_KNOWN);
    assert_int_equal(s[1].state, UP_SCORE_KNOWN);
    assert_int_equal(s[2].state, UP_SCORE_FIGURE);
    assert_int_equal(s[2].reported, UP_REPORTED_ALWAYS);
    let_go(&b);
}

static void a_figure_of_another_period_is_not_taken_but_told(void **state)
{
    (void)state;
    bench b;
    up_metric_data *m = begin(&b);
    came(m, "2024", "90", "", "2025-01-04");
    came(m, "2025-06-30", "95", "", "2025-07-04");
    build_row(m, "B", "2025", "95", "", "");
    say_interval(keep(&b, "users", "linear"), "2025");
    const up_score *s = score(&b, UP_AS_OF_LATEST);
    assert_int_equal(s->state, UP_SCORE_PENDING);
    assert_true(s->has_others);
    let_go(&b);
}

/* ---- moments between ---- */

/* Levels as of days, the last known one 90 at the end of 2024. */
static up_metric_data *begin_days(bench *b)
{
    up_metric_data *m = begin(b);
    came(m, "2024-06-30", "80", "", "2024-07-04");
    came(m, "2024-12-31", "90", "", "2025-01-04");
    return m;
}

static const double shares[] = {0.025, 0.1, 0.5, 0.9, 0.975};
static const double nearer[] = {70, 80, 100, 120, 130};
static const double farther[] = {100, 150, 200, 300, 400};

/* The end of 26 May is 146 of 365 days after that of December: w = 0.4. */
static void before_the_first_period_it_is_from_the_last_figure_known(void **state)
{
    (void)state;
    bench b;
    up_metric_data *m = begin_days(&b);
    say_interval(keep(&b, "users", "linear"), "2025");
    assert_int_equal(score(&b, UP_AS_OF_LATEST)->state, UP_SCORE_PENDING);
    came(m, "2025-05-26", "101", "", "2025-06-04");
    const up_score *s = score(&b, UP_AS_OF_LATEST);
    up_quantile wanted[5], logarithms[5];
    for (size_t i = 0; i < 5; i++) {
        logarithms[i] = (up_quantile){shares[i], 0.6 * log(90) + 0.4 * log(nearer[i])};
        wanted[i] = (up_quantile){shares[i], exp(logarithms[i].value)};
    }
    assert_int_equal(b.list.count, 1);
    assert_int_equal(s->state, UP_SCORE_FIGURE);
    assert_true(s->is_between);
    assert_close(s->share, 0.4, 1e-15);
    assert_int_equal(s->before.end, up_instant_from_date((up_date){2025, 1, 1}));
    assert_int_equal(s->outturn_period.end, up_instant_from_date((up_date){2025, 5, 27}));
    assert_int_equal(s->reported, day("2025-06-04"));
    assert_close(s->median, 93.87403933595702, 1e-12); /* 90^.6 100^.4 */
    assert_close(s->error, 101 - wanted[2].value, 1e-12);
    assert_close(s->crps, up_score_crps(wanted, 5, 101), 1e-12);
    assert_close(s->log_crps, up_score_crps(logarithms, 5, log(101)), 1e-12);
    assert_close(s->naive_crps, 11, 1e-15);
    assert_int_equal(s->inside[0], UP_OUTSIDE); /* 90^.6 120^.4 = 100.98 */
    assert_int_equal(s->inside[1], UP_INSIDE);  /* 90^.6 130^.4 = 104.26 */
    assert_false(s->has_others);
    let_go(&b);
}

static void between_two_periods_it_is_from_both(void **state)
{
    (void)state;
    bench b;
    up_metric_data *m = begin_days(&b);
    up_kept *kept = keep(&b, "users", "linear");
    say_interval(kept, "2025");
    for (size_t i = 0; i < 5; i++)
        say(kept, "2026", shares[i], farther[i]);
    came(m, "2026-05-26", "140", "", "2026-06-04");
    const up_score *s = score(&b, UP_AS_OF_LATEST);
    up_quantile wanted[5];
    for (size_t i = 0; i < 5; i++)
        wanted[i] = (up_quantile){shares[i], pow(nearer[i], 0.6) * pow(farther[i], 0.4)};
    assert_int_equal(s[0].state, UP_SCORE_PENDING);
    assert_int_equal(s[1].state, UP_SCORE_FIGURE);
    assert_int_equal(s[1].step, 2);
    assert_close(s[1].share, 0.4, 1e-15);
    assert_int_equal(up_period_compare(&s[1].before, &s[0].period), 0);
    assert_close(s[1].median, 131.950791, 1e-8); /* 100^.6 200^.4 */
    assert_close(s[1].crps, up_score_crps(wanted, 5, 140), 1e-12);
    assert_close(s[1].pit.low, up_score_cdf(wanted, 5, 140).low, 1e-12);
    /* a quantile that is not positive: lines of the figures, .6 100 + .4 200 */
    kept->figures[1].value = -90;
    s = score(&b, UP_AS_OF_LATEST);
    assert_close(s[1].median, 140, 1e-12);
    assert_close(s[1].outturn.value - s[1].error, 140, 1e-12);
    let_go(&b);
}

/* Of two in the same gap the one reported first counts, whatever comes later; then the figure of
 * the very period. */
static void of_those_between_the_first_counts(void **state)
{
    (void)state;
    bench b;
    up_metric_data *m = begin_days(&b);
    say_interval(keep(&b, "users", "linear"), "2025");
    came(m, "2025-11-30", "105", "", "2025-12-04");
    assert_true(score(&b, UP_AS_OF_LATEST)->outturn.value == 105);
    came(m, "2025-05-26", "101", "", "2025-12-05");
    came(m, "2025-11-30", "106", "", "2026-01-05"); /* a revision */
    came(m, "2024-09-30", "85", "", "2025-02-01");  /* before the last one known */
    came(m, "2024-12-31", "91", "", "2025-02-01");  /* a revision of that one */
    assert_true(score(&b, UP_AS_OF_LATEST)->outturn.value == 105);
    assert_true(score(&b, day("2025-12-05"))->outturn.value == 105);
    assert_true(score(&b, UP_AS_OF_LATEST)->is_between);
    came(m, "2025", "108", "", "2026-02-04");
    assert_true(score(&b, UP_AS_OF_LATEST)->outturn.value == 108);
    assert_false(b.list.items->is_between);
    assert_true(b.list.items->median == 100);
    let_go(&b);
}

/* The last day of a kept year is its moment: its whole distribution, and nothing of the next. */
static void an_outturn_scores_once(void **state)
{
    (void)state;
    bench b;
    up_metric_data *m = begin_days(&b);
    up_kept *kept = keep(&b, "users", "linear");
    say_interval(kept, "2025");
    say_interval(kept, "2026");
    came(m, "2025-12-31", "104", "", "2026-01-04");
    const up_score *s = score(&b, UP_AS_OF_LATEST);
    assert_true(s[0].is_between && s[0].share == 1);
    assert_close(s[0].median, 100, 1e-14);
    assert_int_equal(s[1].state, UP_SCORE_PENDING);
    let_go(&b);
}

/* 90^.6 120^.4 = 100.9755 is the quantile .9: more than that has 0.1, Brier 0.81. */
static void a_bound_between_has_a_probability(void **state)
{
    (void)state;
    bench b;
    up_metric_data *m = begin_days(&b);
    say_interval(keep(&b, "users", "linear"), "2025");
    came(m, "2025-05-26", "100.9755", ">", "2025-06-04");
    const up_score *s = score(&b, UP_AS_OF_LATEST);
    assert_int_equal(s->state, UP_SCORE_BOUND);
    assert_close(s->probability.low, 0.1, 1e-3);
    assert_close(s->brier.high, 0.81, 1e-3);
    let_go(&b);
}

static void points_are_drawn_too(void **state)
{
    (void)state;
    bench b;
    up_metric_data *m = begin_days(&b);
    say(keep(&b, "users", "scenario"), "2025", 0, 100);
    came(m, "2025-05-26", "101", "", "2025-06-04");
    const up_score *s = score(&b, UP_AS_OF_LATEST);
    assert_false(s->has_distribution);
    assert_close(s->median, pow(90, 0.6) * pow(100, 0.4), 1e-12);
    let_go(&b);
}

static void flows_and_unlike_quantiles_stay_pending(void **state)
{
    (void)state;
    bench b;
    up_metric_data *m = begin_days(&b);
    up_kept *kept = keep(&b, "users", "linear");
    say_interval(kept, "2025");
    say(kept, "2026", 0.3, 100);
    came(m, "2026-05-26", "140", "", "2026-06-04");
    assert_int_equal(score(&b, UP_AS_OF_LATEST)[1].state, UP_SCORE_PENDING);
    assert_true(b.list.items[1].has_others);
    assert_int_equal(up_metric_set(&m->metric, "measure", "flow", NULL), UP_OK);
    came(m, "2025-05-26", "140", "", "2025-06-04");
    assert_int_equal(score(&b, UP_AS_OF_LATEST)[0].state, UP_SCORE_PENDING);
    let_go(&b);
}

/* P(y > 110) = 1 - (.5 + .4 / 2) = .3: Brier .49; "more than 140" is beyond all quantiles: P at
 * most .025, Brier at least .950625; "more than 120" is outside of 80 % and may be in 95 %. */
static void a_bound_is_scored_apart(void **state)
{
    (void)state;
    bench b;
    up_metric_data *m = begin(&b);
    came(m, "2024", "90", "", "2025-01-04");
    came(m, "2025", "110", ">", "2026-01-04");
    came(m, "2026", "140", ">", "2027-01-04");
    came(m, "2027", "120", ">", "2028-01-04");
    up_kept *kept = keep(&b, "users", "linear");
    say_interval(kept, "2025");
    say_interval(kept, "2026");
    say_interval(kept, "2027");
    const up_score *s = score(&b, UP_AS_OF_LATEST);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(s[i].state, UP_SCORE_BOUND);
    assert_probability(s[0].probability, 0.3, 0.3);
    assert_probability(s[0].brier, 0.49, 0.49);
    assert_int_equal(s[0].inside[0], UP_UNDETERMINED);
    assert_probability(s[1].probability, 0, 0.025);
    assert_probability(s[1].brier, 0.950625, 1);
    assert_int_equal(s[1].inside[1], UP_OUTSIDE);
    assert_int_equal(s[2].inside[0], UP_OUTSIDE);
    assert_int_equal(s[2].inside[1], UP_UNDETERMINED);
    up_score_summaries all = {0};
    assert_int_equal(up_score_summarise(&b.list, UP_SCORE_BY_ALL, &all, NULL), UP_OK);
    assert_int_equal(all.items[0].bounds, 3);
    assert_int_equal(all.items[0].brier_count, 3);
    assert_int_equal(all.items[0].figures, 0);
    assert_int_equal(all.items[0].coverage[0].outside, 0);
    assert_false(all.items[0].has_median_percentage);
    up_score_summaries_release(&all);
    let_go(&b);
}

/* "About 120" is 115 to 125 (half a unit of the last digit that is not zero, either side). */
static void about_is_scored_by_its_value_and_undetermined_at_an_end(void **state)
{
    (void)state;
    bench b;
    up_metric_data *m = begin(&b);
    came(m, "2024", "90", "", "2025-01-04");
    came(m, "2025", "120", "~", "2026-01-04");
    say_interval(keep(&b, "users", "linear"), "2025");
    const up_score *s = score(&b, UP_AS_OF_LATEST);
    assert_int_equal(s->state, UP_SCORE_FIGURE);
    assert_true(s->error == 20);
    assert_int_equal(s->inside[0], UP_UNDETERMINED);
    assert_int_equal(s->inside[1], UP_INSIDE);
    let_go(&b);
}

static void a_point_without_distribution_has_its_error_only(void **state)
{
    (void)state;
    bench b;
    up_metric_data *m = begin(&b);
    came(m, "2024", "90", "", "2025-01-04");
    came(m, "2025", "0", "", "2026-01-04");
    say(keep(&b, "users", "linear"), "2025", 0, 100);
    const up_score *s = score(&b, UP_AS_OF_LATEST);
    assert_int_equal(s->state, UP_SCORE_FIGURE);
    assert_true(s->has_median && s->error == -100);
    assert_false(s->has_percentage || s->has_distribution || s->has_skill || s->has_wis);
    assert_int_equal(s->inside[0], UP_NO_INTERVAL);
    let_go(&b);
}

/* On 2025-01-05 the last word on 2024 was 85, and nothing is left of what was known then for B. */
static void the_naive_forecast_is_what_was_known_then(void **state)
{
    (void)state;
    bench b;
    up_metric_data *m = begin(&b);
    came(m, "2023", "80", "", "2024-01-04");
    came(m, "2024", "85", "", "2025-01-04");
    came(m, "2024", "90", "", "2025-01-06");
    came(m, "2025", "100", "", "2026-01-04");
    say_interval(keep(&b, "users", "linear"), "2025");
    up_metric_data *other = build_metric(&b.tracker, "gone", "stock", "people");
    came(other, "2025", "-3", "", "2026-01-04");
    say_interval(keep(&b, "gone", "linear"), "2025");
    const up_score *s = score(&b, UP_AS_OF_LATEST);
    assert_true(s[0].has_naive && s[0].naive == 85);
    assert_false(s[1].has_naive || s[1].has_skill);
    assert_int_equal(s[1].state, UP_SCORE_FIGURE);
    assert_false(s[1].has_log); /* what is not positive has no logarithm */
    let_go(&b);
}

/* Nine in December are no forecast of a year; the year before is. */
static void the_naive_forecast_of_a_total_is_one_as_long(void **state)
{
    (void)state;
    bench b = {0};
    up_metric_data *m = build_metric(&b.tracker, "users", "flow", "people");
    came(m, "2023", "90", "", "2024-01-04");
    came(m, "2024-12", "9", "", "2025-01-04");
    came(m, "2025", "100", "", "2026-01-04");
    say_interval(keep(&b, "users", "linear"), "2025");
    const up_score *s = score(&b, UP_AS_OF_LATEST);
    assert_true(s->has_naive && s->naive == 90);
    let_go(&b);
}

/* What was kept under an entity's code, or has rows under it still, is the entity's. */
static void an_entity_is_found_by_its_name_and_as_it_was_written(void **state)
{
    (void)state;
    bench b = {0};
    static char name[] = "China", code[] = "CHN";
    up_entity *entities = NULL;
    size_t capacity = 0;
    assert_int_equal(up_grow(&entities, &capacity, 1, sizeof *entities, NULL), UP_OK);
    entities[0] = (up_entity){0};
    assert_int_equal(up_copy_text(name, &entities[0].name, NULL), UP_OK);
    assert_int_equal(up_copy_text(code, &entities[0].code, NULL), UP_OK);
    b.tracker.entities = entities;
    b.tracker.entity_count = 1;
    up_metric_data *m = build_metric(&b.tracker, "users", "stock", "people");
    static const struct {
        const char *entity, *period, *value;
    } rows[] = {{"X", "2024", "1"},      {"X", "2025", "2"},  {"CHN", "2024", "90"},
                {"China", "2025", "95"}, {"?", "2024", "80"}, {"?", "2025", "85"}};
    for (size_t i = 0; i < 6; i++)
        build_row(m, rows[i].entity, rows[i].period, rows[i].value, "", "");
    up_kept *kept = keep(&b, "users", "linear");
    say_interval(kept, "2025");
    free(kept->entity);
    assert_int_equal(up_copy_text(code, &kept->entity, NULL), UP_OK);
    kept = keep(&b, "users", "linear");
    say_interval(kept, "2025");
    free(kept->entity);
    assert_int_equal(up_copy_text("?", &kept->entity, NULL), UP_OK); /* no wildcard */
    const up_score *s = score(&b, UP_AS_OF_LATEST);
    assert_int_equal(s->state, UP_SCORE_FIGURE);
    assert_true(s->outturn.value == 95);
    assert_true(s->has_naive && s->naive == 90);
    assert_true(s[1].outturn.value == 85);
    assert_true(s[1].has_naive && s[1].naive == 80);
    let_go(&b);
}

/* per-user = revenue / users: 2025 is there once both are, on 2026-02-01. */
static void a_formula_is_released_with_the_last_of_its_figures(void **state)
{
    (void)state;
    bench b;
    up_metric_data *m = begin(&b);
    came(m, "2024", "90", "", "2025-01-04");
    came(m, "2025", "100", "", "2026-02-01");
    came(m, "2025", "50", "", "2026-04-01");
    m = build_metric(&b.tracker, "revenue", "stock", "USD");
    came(m, "2024", "9000", "", "2025-01-03");
    came(m, "2025", "11000", "", "2026-01-04");
    m = build_metric(&b.tracker, "per-user", "stock", "USD per person");
    assert_int_equal(up_metric_set(&m->metric, "formula", "revenue / users", NULL),
                     UP_OK);
    up_kept *kept = keep(&b, "per-user", "linear");
    say_interval(kept, "2024");
    say_interval(kept, "2025");
    say_interval(kept, "2026");
    const up_score *s = score(&b, UP_AS_OF_LATEST);
    assert_int_equal(s[0].state, UP_SCORE_KNOWN);
    assert_int_equal(s[1].state, UP_SCORE_FIGURE);
    assert_close(s[1].outturn.value, 110, 1e-12);
    assert_int_equal(s[1].reported, day("2026-02-01"));
    assert_int_equal(s[2].state, UP_SCORE_PENDING);
    s = score(&b, day("2026-01-31"));
    assert_int_equal(s[1].state, UP_SCORE_PENDING);
    let_go(&b);
}

/* Twice the users, whose figures are halves of those of the test above: the same outturn. */
static void a_formula_has_figures_between_too(void **state)
{
    (void)state;
    bench b;
    up_metric_data *m = begin(&b);
    came(m, "2024-06-30", "40", "", "2024-07-04");
    came(m, "2024-12-31", "45", "", "2025-01-04");
    up_metric_data *twice = build_metric(&b.tracker, "twice", "stock", "people");
    assert_int_equal(up_metric_set(&twice->metric, "formula", "2 * users", NULL), UP_OK);
    say_interval(keep(&b, "twice", "linear"), "2025");
    assert_int_equal(score(&b, UP_AS_OF_LATEST)->state, UP_SCORE_PENDING);
    m = &b.tracker.metrics[0];
    came(m, "2025-05-26", "50.5", "", "2025-06-04");
    came(m, "2025-07-01", "70", "", "2025-08-04");
    const up_score *s = score(&b, UP_AS_OF_LATEST);
    assert_int_equal(s->state, UP_SCORE_FIGURE);
    assert_true(s->is_between);
    assert_close(s->outturn.value, 101, 1e-12);
    assert_close(s->share, 0.4, 1e-15);
    assert_close(s->median, 93.87403933595702, 1e-12); /* 90^.6 100^.4 */
    assert_int_equal(s->reported, day("2025-06-04"));
    assert_int_equal(score(&b, day("2025-06-03"))->state, UP_SCORE_PENDING);
    let_go(&b);
}

static void what_is_pending_says_why(void **state)
{
    (void)state;
    bench b;
    up_metric_data *m = begin_days(&b);
    assert_int_equal(up_metric_set(&m->metric, "measure", "average", NULL), UP_OK);
    came(m, "2025-05", "101", "",
         "2025-06-04"); /* a month; the last one known was of a day */
    say_interval(keep(&b, "users", "linear"), "2025");
    const up_score *s = score(&b, UP_AS_OF_LATEST);
    assert_int_equal(s->state, UP_SCORE_PENDING);
    assert_true(s->has_others);
    assert_string_equal(
        s->others_why,
        "averages over another length of time than the last one known then");
    assert_int_equal(up_metric_set(&m->metric, "measure", "flow", NULL), UP_OK);
    s = score(&b, UP_AS_OF_LATEST);
    assert_true(s->has_others);
    assert_string_equal(s->others_why, "totals of other periods are none of it");
    let_go(&b);
    m = begin(&b);
    came(m, "2024", "90", "", "2025-01-04");
    came(m, "2025-06-30", "95", "", "2025-07-04");
    say_interval(keep(&b, "users", "linear"), "2025");
    assert_string_equal(
        score(&b, UP_AS_OF_LATEST)->others_why,
        "the figures known then were all of such periods, so its own is to "
        "come");
    let_go(&b);
}

/* ---- calibration ---- */

/* Five years of two models; 100 is said of each. Outturns 100, 119, 121, 131, about 80: inside
 * 80 % two of four, one undetermined; 95 % four of five. Absolute percentage errors 0, 19/119,
 * 21/121, 31/131, 20/80: the median is 21/121. */
static void coverage_counts_what_is_determined(void **state)
{
    (void)state;
    bench b;
    static const char *const years[] = {"2025", "2026", "2027", "2028", "2029"};
    static const char *const values[] = {"100", "119", "121", "131", "80"};
    up_metric_data *m = begin(&b);
    came(m, "2024", "90", "", "2025-01-04");
    for (size_t i = 0; i < 5; i++)
        came(m, years[i], values[i], i == 4 ? "~" : "", "2030-01-04");
    for (size_t k = 0; k < 2; k++) {
        up_kept *kept = keep(&b, "users", k == 0 ? "linear" : "exponential");
        for (size_t i = 0; i < 5; i++)
            say_interval(kept, years[i]);
    }
    say_interval(&b.tracker.kept[1], "2030");
    const up_score *s = score(&b, UP_AS_OF_LATEST);
    double crps = 0, log_crps = 0, naive = 0, log_naive = 0;
    for (size_t i = 0; i < 5; i++) {
        double y = (double[]){100, 119, 121, 131, 80}[i];
        crps += s[i].crps;
        log_crps += s[i].log_crps;
        naive += fabs(y - 90);
        log_naive += fabs(log(y / 90));
    }
    up_score_summaries list = {0};
    assert_int_equal(up_score_summarise(&b.list, UP_SCORE_BY_MODEL, &list, NULL), UP_OK);
    assert_int_equal(list.count, 2);
    assert_string_equal(list.items[0].name, "linear");
    assert_string_equal(list.items[1].name, "exponential");
    const up_score_summary *one = &list.items[0];
    assert_int_equal(one->figures, 5);
    assert_int_equal(one->pending, 0);
    assert_int_equal(list.items[1].pending, 1);
    assert_int_equal(one->coverage[0].inside, 2);
    assert_int_equal(one->coverage[0].outside, 2);
    assert_int_equal(one->coverage[0].undetermined, 1);
    assert_close(one->coverage[0].share, 0.5, 1e-15);
    assert_int_equal(one->coverage[1].inside, 4);
    assert_close(one->coverage[1].share, 0.8, 1e-15);
    assert_close(one->median_percentage, 21.0 / 121, 1e-14);
    assert_true(one->has_skill && one->has_log_skill);
    assert_close(one->skill, 1 - crps / naive, 1e-12);
    assert_close(one->log_skill, 1 - log_crps / log_naive, 1e-12);
    assert_int_equal(one->log_count, 5);
    /* PIT: 100 -> .5, 119 -> .89, 121 -> .9075, 131 -> over .975, 80 -> .1 */
    assert_int_equal(one->distributions, 5);
    assert_int_equal(one->pit[1], 1);
    assert_int_equal(one->pit[5], 1);
    assert_int_equal(one->pit[8], 1);
    assert_int_equal(one->pit[9], 2);
    up_score_summaries_release(&list);
    let_go(&b);
}

static void groups_are_models_horizons_and_series(void **state)
{
    (void)state;
    bench b;
    up_metric_data *m = begin(&b);
    came(m, "2024", "90", "", "2025-01-04");
    m = build_metric(&b.tracker, "money", "stock", "USD");
    came(m, "2024", "90", "", "2025-01-04");
    came(m, "2025", "95", "", "2026-01-04");
    for (size_t k = 0; k < 2; k++) {
        up_kept *kept = keep(&b, k == 0 ? "users" : "money", "linear");
        for (int year = 2025 + 10; year >= 2025; year--) {
            char text[8];
            snprintf(text, sizeof text, "%d", year);
            say_interval(kept, text);
        }
    }
    score(&b, UP_AS_OF_LATEST);
    up_score_summaries list = {0};
    assert_int_equal(up_score_summarise(&b.list, UP_SCORE_BY_HORIZON, &list, NULL),
                     UP_OK);
    assert_int_equal(list.count, 11);
    assert_string_equal(list.items[1].name, "2");
    assert_string_equal(list.items[10].name, "11");
    assert_int_equal(list.items[0].figures, 1);
    assert_int_equal(list.items[0].pending, 1);
    /* a sum over two units is none; logarithms have no unit */
    assert_false(list.items[0].has_skill);
    assert_true(list.items[0].has_log_skill);
    up_score_summaries_release(&list);
    assert_int_equal(up_score_summarise(&b.list, UP_SCORE_BY_SERIES, &list, NULL), UP_OK);
    assert_int_equal(list.count, 2);
    assert_string_equal(list.items[1].name, "money");
    assert_true(list.items[1].has_skill);
    up_score_summaries_release(&list);
    up_score_by by = UP_SCORE_BY_ALL;
    up_error err = {0};
    assert_int_equal(up_score_by_parse("series", &by, NULL), UP_OK);
    assert_int_equal(by, UP_SCORE_BY_SERIES);
    assert_int_equal(up_score_by_parse("models", &by, &err), UP_USAGE);
    assert_string_equal(err.message, "'models' is none of model, horizon, series, all");
    let_go(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pinball_weighs_both_sides_by_the_probability),
        cmocka_unit_test(crps_is_twice_the_trapezoids_of_the_loss),
        cmocka_unit_test(crps_of_many_quantiles_is_that_of_the_normal),
        cmocka_unit_test(the_quantiles_of_forecast_hubs_give_what_r_gives),
        cmocka_unit_test(wis_is_the_weighted_interval_score),
        cmocka_unit_test(the_distribution_is_known_between_its_outer_quantiles),
        cmocka_unit_test(the_probability_of_a_bound_is_what_the_quantiles_leave),
        cmocka_unit_test(inside_is_decided_on_all_that_a_figure_allows),
        cmocka_unit_test(the_interval_of_a_share_is_the_exact_one),
        cmocka_unit_test(a_figure_that_came_is_scored),
        cmocka_unit_test(the_first_release_counts_and_no_revision),
        cmocka_unit_test(what_was_known_before_is_not_scored),
        cmocka_unit_test(a_figure_of_another_period_is_not_taken_but_told),
        cmocka_unit_test(before_the_first_period_it_is_from_the_last_figure_known),
        cmocka_unit_test(between_two_periods_it_is_from_both),
        cmocka_unit_test(of_those_between_the_first_counts),
        cmocka_unit_test(an_outturn_scores_once),
        cmocka_unit_test(a_bound_between_has_a_probability),
        cmocka_unit_test(points_are_drawn_too),
        cmocka_unit_test(flows_and_unlike_quantiles_stay_pending),
        cmocka_unit_test(a_bound_is_scored_apart),
        cmocka_unit_test(about_is_scored_by_its_value_and_undetermined_at_an_end),
        cmocka_unit_test(a_point_without_distribution_has_its_error_only),
        cmocka_unit_test(the_naive_forecast_is_what_was_known_then),
        cmocka_unit_test(the_naive_forecast_of_a_total_is_one_as_long),
        cmocka_unit_test(an_entity_is_found_by_its_name_and_as_it_was_written),
        cmocka_unit_test(a_formula_has_figures_between_too),
        cmocka_unit_test(what_is_pending_says_why),
        cmocka_unit_test(a_formula_is_released_with_the_last_of_its_figures),
        cmocka_unit_test(coverage_counts_what_is_determined),
        cmocka_unit_test(groups_are_models_horizons_and_series),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
