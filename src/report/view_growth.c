/* Views of growth and trends. */
#include <string.h>

#include "uptick/calendar.h"
#include "uptick/human.h"
#include "uptick/number.h"
#include "uptick/view.h"

/* ---- for machines: a row a value ---- */

enum {
    TIDY_SERIES,
    TIDY_PERIOD,
    TIDY_BASE,
    TIDY_TRANSFORM,
    TIDY_VALUE,
    TIDY_LOW,
    TIDY_HIGH,
    TIDY_KIND,
    TIDY_BASIS,
    TIDY_VERDICT,
    TIDY_COLUMNS
};
static const up_table_column tidy_columns[TIDY_COLUMNS] = {
    [TIDY_SERIES] = {"series", NULL, 0},
    [TIDY_PERIOD] = {"period", NULL, 0},
    [TIDY_BASE] = {"base_period", NULL, 0},
    [TIDY_TRANSFORM] = {"transform", NULL, 0},
    [TIDY_VALUE] = {"value", NULL, UP_COLUMN_RIGHT},
    [TIDY_LOW] = {"low", NULL, UP_COLUMN_RIGHT},
    [TIDY_HIGH] = {"high", NULL, UP_COLUMN_RIGHT},
    [TIDY_KIND] = {"kind", NULL, 0},
    [TIDY_BASIS] = {"basis", NULL, 0},
    [TIDY_VERDICT] = {"verdict", NULL, 0}};

static bool uses(const up_growth *g, bool (*quality)(const up_observation *))
{
    return (g->from != NULL && quality(g->from->observation)) ||
           (g->to != NULL && quality(g->to->observation));
}

static bool is_derived(const up_observation *o)
{
    return o->derived;
}

static bool is_forecast(const up_observation *o)
{
    return o->status == 'F';
}

static const char *basis_of(const up_growth *g)
{
    if (g->claim != NULL)
        return "claim";
    return uses(g, is_derived)    ? "derived"
           : uses(g, is_forecast) ? "forecast"
                                  : "reported";
}

static void set_period_text(up_table *table, size_t column, const up_period *period)
{
    char text[UP_PERIOD_SIZE];
    up_period_format(period, text);
    up_table_text(table, column, text);
}

static void tidy_row(const up_series *s, const up_growth *g, up_transform transform,
                     up_table *table)
{
    const up_growth_value *v = &g->values[transform];
    if (v->refused != NULL)
        return;
    const up_estimate *e = &v->estimate;
    up_table_row(table);
    up_table_text(table, TIDY_SERIES, s->key);
    set_period_text(table, TIDY_PERIOD, &g->to_period);
    if (g->has_from && transform != UP_LIN)
        set_period_text(table, TIDY_BASE, &g->from_period);
    up_table_text(table, TIDY_TRANSFORM, up_transform_table[transform].name);
    if (e->has_value)
        up_table_double(table, TIDY_VALUE, e->value, NULL);
    if (e->has_low)
        up_table_double(table, TIDY_LOW, e->low, NULL);
    if (e->has_high)
        up_table_double(table, TIDY_HIGH, e->high, NULL);
    up_table_text(table, TIDY_KIND,
                  v->outside ? "outside" : up_bound_kind_name(up_estimate_kind(e)));
    up_table_text(table, TIDY_BASIS, basis_of(g));
    if (g->claim != NULL)
        up_table_text(table, TIDY_VERDICT, up_verdict_name(g->verdict));
}

static up_status tidy(const up_growth_section sections[], size_t count,
                      const bool show[UP_TRANSFORMS], up_table *table, up_error *err)
{
    up_status status = up_table_init(table, "growth", tidy_columns, TIDY_COLUMNS, err);
    for (size_t i = 0; i < count && status == UP_OK; i++)
        for (size_t r = 0; r < sections[i].count; r++)
            for (int t = 0; t < UP_TRANSFORMS; t++)
                if (show[t])
                    tidy_row(sections[i].series, &sections[i].rows[r], (up_transform)t,
                             table);
    return status;
}

/* ---- for people: a row a pair of dates ---- */

enum { WIDE_SERIES, WIDE_FROM, WIDE_TO, WIDE_ELAPSED, WIDE_FIRST_VALUE };
enum { WIDE_COLUMNS = WIDE_FIRST_VALUE + UP_TRANSFORMS + 1 };

static void add_days(const up_estimate *days, up_buffer *out)
{
    char low[UP_NUMBER_SIZE], high[UP_NUMBER_SIZE], value[UP_NUMBER_SIZE];
    up_number_format_fixed(days->low, 0, low);
    up_number_format_fixed(days->high, 0, high);
    up_number_format_fixed(days->value, 0, value);
    if (strcmp(low, high) == 0)
        up_buffer_addf(out, "%s days", value);
    else
        up_buffer_addf(out, "%s days (%s to %s)", value, low, high);
}

static void add_years(const up_estimate *years, up_buffer *out)
{
    char text[UP_NUMBER_SIZE];
    up_number_format(years->value, text);
    if (strlen(text) > 6)
        up_number_format_fixed(years->value, 2, text);
    up_buffer_addf(out, "%s %s", text, years->value == 1 ? "year" : "years");
    if (years->low == years->high)
        return;
    up_number_format_fixed(years->low, 2, text);
    up_buffer_addf(out, " (%s to ", text);
    up_number_format_fixed(years->high, 2, text);
    up_buffer_addf(out, "%s)", text);
}

static void set_label(up_table *table, size_t column, const up_period *period)
{
    up_buffer label = {0};
    up_period_label(period, &label);
    up_table_text(table, column, up_table_words(table, &label));
    up_buffer_release(&label);
}

static void set_elapsed(up_table *table, const up_growth *g)
{
    up_buffer text = {0};
    if (!g->has_elapsed)
        return;
    if (g->in_days && g->elapsed_days.high < 2 * UP_DAYS_PER_YEAR)
        add_days(&g->elapsed_days, &text);
    else
        add_years(&g->elapsed_years, &text);
    up_table_text(table, WIDE_ELAPSED, up_table_words(table, &text));
    up_buffer_release(&text);
}

static const char *basis_words(const up_growth *g)
{
    static const char *const verdicts[] = {[UP_UNTESTABLE] = "claimed, untestable",
                                           [UP_CONFIRMED] = "claimed, confirmed",
                                           [UP_COMPATIBLE] = "claimed, compatible",
                                           [UP_CONTRADICTED] = "claimed, CONTRADICTED"};
    if (g->claim != NULL)
        return verdicts[g->verdict];
    return uses(g, is_derived)    ? "from an implied figure"
           : uses(g, is_forecast) ? "from a forecast"
                                  : "";
}

static void wide_row(const up_series *s, const up_growth *g, up_table *table)
{
    up_table_row(table);
    up_table_text(table, WIDE_SERIES, s->key);
    if (g->has_from)
        set_label(table, WIDE_FROM, &g->from_period);
    set_label(table, WIDE_TO, &g->to_period);
    set_elapsed(table, g);
    for (int t = 0; t < UP_TRANSFORMS; t++) {
        up_buffer words = {0};
        up_words_growth(&g->values[t], (up_transform)t, &s->data->metric, &words);
        up_table_text(table, WIDE_FIRST_VALUE + (size_t)t, up_table_words(table, &words));
        up_buffer_release(&words);
    }
    up_table_text(table, WIDE_COLUMNS - 1, basis_words(g));
}

/* Each reason for a "-" once, below the table. A first level has no "before" by nature. */
static void note_refusals(const up_growth_section *section,
                          const bool show[UP_TRANSFORMS], up_table *table)
{
    for (size_t r = 0; r < section->count; r++) {
        const up_growth *g = &section->rows[r];
        const char *said = NULL;
        for (int t = 0; t < UP_TRANSFORMS; t++) {
            const char *why = g->values[t].refused;
            if (!show[t] || why == NULL || why == said || g->claim != NULL ||
                !g->has_from)
                continue;
            said = why;
            up_buffer note = {0};
            up_buffer_addf(&note, "%s, ", section->series->key);
            up_period_label(&g->to_period, &note);
            up_buffer_addf(&note, ": no %s: %s", up_transform_table[t].title, why);
            up_table_note(table, up_table_words(table, &note));
            up_buffer_release(&note);
        }
    }
}

/* What the brackets mean, when there are any. */
static void note_ranges(const up_growth_section sections[], size_t count, up_table *table)
{
    bool spans = false, months = false, days = false;
    for (size_t i = 0; i < count; i++)
        for (size_t r = 0; r < sections[i].count; r++) {
            const up_growth *g = &sections[i].rows[r];
            if (!g->has_elapsed)
                continue;
            spans = spans || g->elapsed_years.low < g->elapsed_years.high;
            months = months || !g->in_days;
            days = days || g->in_days;
        }
    if (spans)
        up_table_note(table, "in brackets: all that the stated dates and figures allow");
    if (months && !days)
        up_table_note(table, "time between: whole months / 12");
}

up_status up_view_growth(const up_growth_section sections[], size_t count,
                         const bool show[UP_TRANSFORMS], bool for_machines,
                         up_table *table, up_error *err)
{
    if (for_machines)
        return tidy(sections, count, show, table, err);
    bool any_basis = false, any_from = false;
    for (size_t i = 0; i < count; i++)
        for (size_t r = 0; r < sections[i].count; r++) {
            any_basis = any_basis || basis_words(&sections[i].rows[r])[0] != '\0';
            any_from = any_from || sections[i].rows[r].has_from;
        }
    bool any_change = false; /* a level has no figure before it */
    for (int t = UP_CHG; t < UP_TRANSFORMS; t++)
        any_change = any_change || show[t];
    any_from = any_from && any_change;
    up_table_column columns[WIDE_COLUMNS] = {
        [WIDE_SERIES] = {"series", "Series", UP_COLUMN_WRAP},
        [WIDE_FROM] = {"from", "From", any_from ? 0 : UP_COLUMN_MACHINE},
        [WIDE_TO] = {"to", any_from ? "To" : "Period", UP_COLUMN_WRAP},
        [WIDE_ELAPSED] = {"elapsed", "Time between",
                          UP_COLUMN_RIGHT | UP_COLUMN_WRAP |
                              (any_from ? 0 : UP_COLUMN_MACHINE)}};
    static const char *const titles[UP_TRANSFORMS] = {
        [UP_LIN] = "Level",  [UP_CHG] = "Change",  [UP_FOLD] = "Times",
        [UP_PCH] = "Growth", [UP_CAGR] = "A year", [UP_DOUBLING] = "Doubling in"};
    for (int t = 0; t < UP_TRANSFORMS; t++)
        columns[WIDE_FIRST_VALUE + t] = (up_table_column){
            up_transform_table[t].name, titles[t],
            UP_COLUMN_RIGHT | UP_COLUMN_WRAP | (show[t] ? 0 : UP_COLUMN_MACHINE)};
    columns[WIDE_COLUMNS - 1] = (up_table_column){
        "basis", "Basis", UP_COLUMN_WRAP | (any_basis ? 0 : UP_COLUMN_MACHINE)};
    up_status status = up_table_init(table, "growth", columns, WIDE_COLUMNS, err);
    for (size_t i = 0; i < count && status == UP_OK; i++) {
        for (size_t r = 0; r < sections[i].count; r++)
            wide_row(sections[i].series, &sections[i].rows[r], table);
        note_refusals(&sections[i], show, table);
    }
    if (status == UP_OK)
        note_ranges(sections, count, table);
    return status;
}

/* ---- trend ---- */

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
