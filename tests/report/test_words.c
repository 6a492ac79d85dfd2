/* Figures and growth in words, as the tables print them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "uptick/number.h"
#include "uptick/view.h"

#define NBSP "\xc2\xa0"

static up_metric people = {
    .unit = (char[]){"people"}, .short_unit = (char[]){""}, .display = (char[]){""}};
static up_metric percent = {
    .unit = (char[]){""}, .short_unit = (char[]){""}, .display = (char[]){"percent"}};

static up_growth_value value(double low, double middle, double high)
{
    up_growth_value v = {.estimate = up_estimate_between(low, high)};
    v.estimate.has_value = true;
    v.estimate.value = middle;
    return v;
}

static void reads(const up_growth_value *v, up_transform transform,
                  const up_metric *metric, const char *wanted)
{
    up_buffer text = {0};
    up_words_growth(v, transform, metric, &text);
    assert_string_equal(up_buffer_text(&text), wanted);
    up_buffer_release(&text);
}

static void growth_reads_as_people_quote_it(void **state)
{
    (void)state;
    up_growth_value v = value(6.4, 8.232, 11.16);
    reads(&v, UP_CAGR, &people, "9.23× (7.40× to 12.2×)");
    v = value(0.1667, 0.1667, 1);
    v.estimate.has_high = false;
    reads(&v, UP_PCH, &people, "at least 16.6" NBSP "%");
    v.estimate.low_strict = true;
    reads(&v, UP_PCH, &people, "more than 16.6" NBSP "%");
    v = value(-0.2, -0.1, -0.05);
    reads(&v, UP_PCH, &people, "−10" NBSP "% (−20" NBSP "% to −5" NBSP "%)");
    v = value(-0.135, 0.135, 0.135);
    v.estimate = up_estimate_exact(0.135);
    reads(&v, UP_CHG, &percent, "+13.5 points");
    reads(&v, UP_LIN, &percent, "13.5" NBSP "%");
}

/* "More than −87 %" is quoted as a fall of more than 87 %. A negative bound has what lies above or below
 * it; what only falls short of doubling none of 0×. */
static void negative_bounds_read_as_people_quote_them(void **state)
{
    (void)state;
    up_growth_value v = {.estimate = {.has_low = true, .low = -0.87}};
    reads(&v, UP_PCH, &people, "−87" NBSP "% or above");
    v.estimate.low_strict = true;
    reads(&v, UP_PCH, &people, "above −87" NBSP "%");
    v = (up_growth_value){.estimate = {.has_high = true, .high = -0.2}};
    reads(&v, UP_PCH, &people, "−20" NBSP "% or below");
    v.estimate.high_strict = true;
    reads(&v, UP_PCH, &people, "below −20" NBSP "%");
    v = (up_growth_value){.estimate = {.has_high = true, .high = -5e6}};
    reads(&v, UP_CHG, &people, "−5" NBSP "M or below");
}

/* 9 M by more than 5 is less than 1.8, and more than 0 as any such quotient: of no figure stated. A 0 that
 * may be reached is told, and so is one that a middle stands above, and that of a change, which says
 * that it rose. */
static void more_than_nothing_says_nothing_of_levels(void **state)
{
    (void)state;
    up_growth_value v = {.estimate = up_estimate_between(0, 1.8)};
    v.estimate.low_strict = v.estimate.high_strict = true;
    reads(&v, UP_LIN, &people, "less than 1.8");
    reads(&v, UP_FOLD, &people, "less than 1.80×");
    reads(&v, UP_SHARE, &people, "less than 180" NBSP "%");
    reads(&v, UP_CHG, &people, "0 to +1.8");
    v.estimate.has_value = true;
    v.estimate.value = 1.8; /* no middle: where the bound comes from */
    reads(&v, UP_LIN, &people, "less than 1.8");
    v.estimate.value = 1.2;
    reads(&v, UP_LIN, &people, "1.2 (0 to 1.8)");
    v = (up_growth_value){.estimate = up_estimate_between(0, 1.8)};
    reads(&v, UP_LIN, &people, "0 to 1.8");
}

/* The ends of a range are told in the unit of its middle, each rounded outwards: 0.99955 is no year or
 * more, 276 to 365.5 days no "1.00 years". 1.4 days to 3.2 are 0.003833 and 0.008761 years. */
static void doubling_times_have_one_unit(void **state)
{
    (void)state;
    double day = 1 / 365.2425;
    up_growth_value v = {.estimate = up_estimate_between(0.99955, 2.075)};
    reads(&v, UP_DOUBLING, &people, "0.999 to 2.08" NBSP "years");
    v = (up_growth_value){.estimate = up_estimate_between(276 * day, 365.5 * day)};
    reads(&v, UP_DOUBLING, &people, "276 to 366" NBSP "days");
    v = (up_growth_value){.estimate = up_estimate_between(1.4 * day, 3.2 * day)};
    reads(&v, UP_DOUBLING, &people, "1.4 to 3.2" NBSP "days");
    v = value(300 * day, 380 * day, 500 * day);
    reads(&v, UP_DOUBLING, &people, "1.04" NBSP "years (0.821 to 1.37" NBSP "years)");
    /* the years of a calendar below 1, in a leap year of 366 days: days as they were counted */
    up_growth_value years = {.estimate = up_estimate_between(0.99955, 0.99999)};
    up_growth_value days = {.estimate =
                                up_estimate_between(0.99955 * 366, 0.99999 * 366)};
    up_buffer text = {0};
    up_words_doubling(&years, &days, &people, &text); /* 365.8 and 365.996 */
    assert_string_equal(up_buffer_text(&text), "365 to 366" NBSP "days");
    up_buffer_release(&text);
}

static void doubling_times_know_their_pole_and_their_sign(void **state)
{
    (void)state;
    double day = 1 / 365.2425;
    up_growth_value v = value(101 * day, 114 * day, 126 * day);
    reads(&v, UP_DOUBLING, &people, "114" NBSP "days (101 to 126" NBSP "days)");
    v = value(-5, -4, -3);
    reads(&v, UP_DOUBLING, &people,
          "halving: 4.00" NBSP "years (3.00 to 5.00" NBSP "years)");
    v = value(-3, 5, 4);
    v.outside = true;
    reads(&v, UP_DOUBLING, &people,
          "no doubling faster than 4.00" NBSP "years, no halving faster than 3.00" NBSP
          "years");
    v = (up_growth_value){.refused = "needs positive levels"};
    reads(&v, UP_DOUBLING, &people, "-");
}

static void a_value_at_the_end_of_its_range_is_no_middle(void **state)
{
    (void)state;
    up_growth_value v = value(1.14, 1.14, 1.26); /* from a "nearly" */
    v.estimate.about = true;
    reads(&v, UP_FOLD, &people, "1.14× to 1.26×");
    v = value(1.1, 1.2, 1.3);
    v.estimate.about = true;
    reads(&v, UP_FOLD, &people, "about 1.20× (1.10× to 1.30×)");
    v = value(1.1999999, 1.2, 1.2000001); /* no range in the digits that are shown */
    reads(&v, UP_FOLD, &people, "1.20×");
}

/* The number at the head of a text as a reader takes it: digits, sign and unit. */
static double reader_takes(const char *text)
{
    static const struct {
        const char *word;
        double times;
    } units[] = {{NBSP "T", 1e12},
                 {NBSP "B", 1e9},
                 {NBSP "M", 1e6},
                 {NBSP "%", 0.01},
                 {NBSP "days", 1 / 365.2425},
                 {NBSP "hours", 1 / 365.2425 / 24},
                 {NBSP "minutes", 1 / 365.2425 / 1440}};
    char digits[64] = "";
    size_t length = 0;
    double times = 1;
    for (const char *at = text; *at != '\0' && strncmp(at, " to ", 4) != 0; at++) {
        if (strncmp(at, "−", 3) == 0)
            digits[length++] = '-';
        else if ((*at >= '0' && *at <= '9') || *at == '.')
            digits[length++] = *at;
        for (size_t u = 0; u < sizeof units / sizeof units[0]; u++)
            if (strncmp(at, units[u].word, strlen(units[u].word)) == 0)
                times *= units[u].times;
        assert_true(length < sizeof digits - 1);
    }
    double number;
    assert_int_equal(up_number_parse(digits, &number, NULL), UP_OK);
    return number * times;
}

/* From the unit in which a range's other end is told: "101 to 126 days". */
static double low_end(const char *text)
{
    char first[128];
    const char *to = strstr(text, " to "), *unit = strrchr(text, NBSP[0]);
    assert_non_null(to);
    memcpy(first, text, (size_t)(to - text));
    first[to - text] = '\0';
    bool bare = strchr(first, NBSP[0]) == NULL && strstr(first, "×") == NULL;
    if (bare && unit != NULL)
        strcat(first, unit);
    return reader_takes(first);
}

/* Uniform in [0, 1): xorshift64*, Vigna 2016. */
static double next_random(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return (double)(*state * UINT64_C(2685821657736338717) >> 11) / 9007199254740992.0;
}

/* What a reader takes from "a to b" contains what is known, and is wider by at most two units
 * of the last of three digits shown. The hair is that of reading the text back. */
static void a_printed_range_contains_the_true_one(void **state)
{
    (void)state;
    static const up_transform kinds[] = {UP_LIN,  UP_CHG,     UP_FOLD, UP_PCH,     UP_LOG,
                                         UP_CAGR, UP_INDEXED, UP_CCH,  UP_DOUBLING};
    uint64_t random = 20261124;
    size_t ranges = 0;
    for (int i = 0; i < 200000; i++) {
        up_transform kind = kinds[i % (int)(sizeof kinds / sizeof kinds[0])];
        double low = exp(12 * next_random(&random) - 6);
        double high = low * (1 + exp(8 * next_random(&random) - 7));
        bool turned = kind == UP_CHG && next_random(&random) < 0.5;
        up_growth_value v = {.estimate = turned ? up_estimate_between(-high, -low)
                                                : up_estimate_between(low, high)};
        up_buffer text = {0};
        up_words_growth_in(&v, kind, &people, false, &text);
        const char *words = up_buffer_text(&text), *to = strstr(words, " to ");
        assert_non_null(to);
        double shown_low = low_end(words), shown_high = reader_takes(to + 4);
        const up_estimate *e = &v.estimate;
        double hair = 1e-7 * high;
        if (!(shown_low <= e->low + hair && shown_high >= e->high - hair))
            fail_msg("%s of %.17g to %.17g", words, e->low, e->high);
        double room = 0.02 * high + hair;
        if (kind != UP_DOUBLING)
            assert_true(shown_low >= e->low - room && shown_high <= e->high + room);
        ranges++;
        up_buffer_release(&text);
    }
    assert_int_equal(ranges, 200000);
    up_growth_value v = value(118.39, 125, 139.01); /* to the nearest: 118× to 139× */
    reads(&v, UP_FOLD, &people, "125× (118× to 140×)");
}

static void figures_read_with_their_words(void **state)
{
    (void)state;
    up_observation o = {.has_value = true,
                        .value = up_decimal_from_int(700000000),
                        .qualifier = UP_MORE_THAN};
    up_buffer text = {0};
    up_words_figure(&o, &people, 0, &text);
    assert_string_equal(up_buffer_text(&text), "more than 700" NBSP "M people");
    up_buffer_clear(&text);
    o = (up_observation){.has_low = true,
                         .low = up_decimal_from_int(3000000000),
                         .has_high = true,
                         .high = up_decimal_from_int(750000000000)};
    up_words_figure(&o, &people, 0, &text);
    assert_string_equal(up_buffer_text(&text), "3" NBSP "B to 750" NBSP "B people");
    up_buffer_clear(&text);
    o.low = up_decimal_from_int(3149000000);
    o.high = up_decimal_from_int(3151000000);
    up_words_figure(&o, &people, 3, &text);
    assert_string_equal(up_buffer_text(&text), "3.14" NBSP "B to 3.16" NBSP "B people");
    up_buffer_clear(&text);
    o = (up_observation){.status = 'M'};
    up_words_figure(&o, &people, 0, &text);
    assert_string_equal(up_buffer_text(&text), "missing");
    up_buffer_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(growth_reads_as_people_quote_it),
        cmocka_unit_test(doubling_times_have_one_unit),
        cmocka_unit_test(negative_bounds_read_as_people_quote_them),
        cmocka_unit_test(more_than_nothing_says_nothing_of_levels),
        cmocka_unit_test(doubling_times_know_their_pole_and_their_sign),
        cmocka_unit_test(a_value_at_the_end_of_its_range_is_no_middle),
        cmocka_unit_test(a_printed_range_contains_the_true_one),
        cmocka_unit_test(figures_read_with_their_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
