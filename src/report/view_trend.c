/* The view of trends. */
#include "uptick/human.h"
#include "uptick/number.h"
#include "uptick/view.h"

static void set_label(up_table *table, size_t column, const up_period *period)
{
    up_buffer label = {0};
    up_period_label(period, &label);
    up_table_text(table, column, up_table_words(table, &label));
    up_buffer_release(&label);
}

enum {
    TREND_SERIES,
    TREND_FROM,
    TREND_TO,
    TREND_N,
    TREND_RATE,
    TREND_LOW,
    TREND_HIGH,
    TREND_DOUBLING,
    TREND_DOUBLING_LOW,
    TREND_DOUBLING_HIGH,
    TREND_DOUBLING_KIND,
    TREND_R2,
    TREND_COLUMNS
};
static const up_table_column trend_columns[TREND_COLUMNS] = {
    [TREND_SERIES] = {"series", "Series", 0},
    [TREND_FROM] = {"from", "From", 0},
    [TREND_TO] = {"to", "To", 0},
    [TREND_N] = {"n", "n", UP_COLUMN_RIGHT},
    [TREND_RATE] = {"rate_per_year", "A year", UP_COLUMN_RIGHT},
    [TREND_LOW] = {"rate_low", NULL, UP_COLUMN_MACHINE},
    [TREND_HIGH] = {"rate_high", NULL, UP_COLUMN_MACHINE},
    [TREND_DOUBLING] = {"doubling_years", "Doubling in", UP_COLUMN_RIGHT},
    [TREND_DOUBLING_LOW] = {"doubling_low", NULL, UP_COLUMN_MACHINE},
    [TREND_DOUBLING_HIGH] = {"doubling_high", NULL, UP_COLUMN_MACHINE},
    [TREND_DOUBLING_KIND] = {"doubling_kind", NULL, UP_COLUMN_MACHINE},
    [TREND_R2] = {"r_squared", "R²", UP_COLUMN_RIGHT}};

static up_growth_value interval(double value, double low, double high)
{
    up_growth_value v = {.estimate = up_estimate_between(low, high)};
    v.estimate.has_value = true;
    v.estimate.value = value;
    return v;
}

static void set_interval(up_table *table, size_t column, const up_growth_value *v,
                         up_transform transform, const up_metric *metric)
{
    up_buffer words = {0};
    up_words_growth(v, transform, metric, &words);
    up_table_double(table, column, v->estimate.value, up_table_words(table, &words));
    if (v->estimate.has_low)
        up_table_double(table, column + 1, v->estimate.low, NULL);
    if (v->estimate.has_high)
        up_table_double(table, column + 2, v->estimate.high, NULL);
    up_buffer_release(&words);
}

static void trend_row(const up_trend_section *s, up_table *table)
{
    const up_trend *t = &s->trend;
    const up_metric *metric = &s->series->data->metric;
    char text[UP_NUMBER_SIZE];
    up_table_row(table);
    up_table_text(table, TREND_SERIES, s->series->key);
    set_label(table, TREND_FROM, &t->first->observation->period);
    set_label(table, TREND_TO, &t->last->observation->period);
    up_table_double(table, TREND_N, (double)t->n, NULL);
    up_growth_value rate = interval(t->rate_per_year, t->rate_low, t->rate_high);
    set_interval(table, TREND_RATE, &rate, UP_CAGR, metric);
    if (t->has_doubling) {
        up_growth_value d = interval(t->doubling, t->doubling_low, t->doubling_high);
        d.outside = t->outside;
        set_interval(table, TREND_DOUBLING, &d, UP_DOUBLING, metric);
        up_table_text(table, TREND_DOUBLING_KIND, t->outside ? "outside" : "between");
    }
    up_number_format_fixed(t->r_squared, 3, text);
    if (t->has_r_squared)
        up_table_double(table, TREND_R2, t->r_squared, text);
}

up_status up_view_trend(const up_trend_section sections[], size_t count, up_table *table,
                        up_error *err)
{
    up_status status = up_table_init(table, "trend", trend_columns, TREND_COLUMNS, err);
    if (status != UP_OK)
        return status;
    size_t left_out = 0, before_break = 0;
    for (size_t i = 0; i < count; i++) {
        trend_row(&sections[i], table);
        left_out += sections[i].trend.left_out;
        before_break += sections[i].trend.before_break;
    }
    up_table_note(table, "least squares of the logarithms on time; in brackets the 95 % "
                         "confidence interval");
    if (before_break > 0)
        up_table_note(table, "figures before a break (status B, D) are left out");
    if (left_out > 0)
        up_table_note(table, "figures that are only bounds, or implied, are left out");
    return UP_OK;
}
