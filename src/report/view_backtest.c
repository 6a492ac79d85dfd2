/* The views of backtests: one row a method, or one a forecast. */
#include <math.h>
#include <string.h>

#include "uptick/human.h"
#include "uptick/number.h"
#include "uptick/view.h"

static void set_percent(up_table *table, size_t column, double share)
{
    up_buffer words = {0};
    up_human_percent(share, false, &words);
    up_table_double(table, column, share, up_table_words(table, &words));
    up_buffer_release(&words);
}

static void set_fixed(up_table *table, size_t column, double number)
{
    char text[UP_NUMBER_SIZE];
    up_number_format_fixed(number, 2, text);
    up_table_double(table, column, number, text);
}

/* --- Methods ----------------------------------------------------------------------------------------- */

enum {
    SERIES,
    METHOD,
    FORECASTS,
    REFUSED,
    MEDIAN_ERROR,
    RELATIVE_ERROR,
    SKILL,
    LOG_SKILL,
    INSIDE80,
    INSIDE95,
    COLUMNS
};
static const up_table_column columns[COLUMNS] = {
    {"series", "Series", 0},
    {"method", "Method", 0},
    {"forecasts", "Forecasts", UP_COLUMN_RIGHT},
    {"refused", "Refused", UP_COLUMN_RIGHT},
    {"median_error", "Median error", UP_COLUMN_RIGHT},
    {"relative_error", "Against naive", UP_COLUMN_RIGHT},
    {"skill", NULL, UP_COLUMN_MACHINE},
    {"log_skill", "Skill", UP_COLUMN_RIGHT},
    {"inside80", "80 %", UP_COLUMN_RIGHT},
    {"inside95", "95 %", UP_COLUMN_RIGHT}};

static void set_coverage(up_table *table, size_t column, const up_coverage *c)
{
    up_buffer words = {0};
    up_buffer_addf(&words, "%zu of %zu", c->inside, c->inside + c->outside);
    up_table_double(table, column, c->share, up_table_words(table, &words));
    up_buffer_release(&words);
}

/* Methods with one reason are named together. */
static void note_not_comparable(const up_backtest_section *section, up_table *table)
{
    const up_backtest_row *rows = section->backtest.rows;
    for (size_t i = 0; i < section->backtest.row_count; i++) {
        const char *why = rows[i].not_comparable;
        up_buffer note = {0};
        bool said = why == NULL;
        for (size_t j = 0; j < i && !said; j++)
            said = rows[j].not_comparable != NULL &&
                   strcmp(rows[j].not_comparable, why) == 0;
        if (said)
            continue;
        up_buffer_addf(&note, "%s: not comparable: ", section->series->key);
        for (size_t j = i; j < section->backtest.row_count; j++)
            if (rows[j].not_comparable != NULL &&
                strcmp(rows[j].not_comparable, why) == 0)
                up_buffer_addf(&note, "%s%s", j > i ? ", " : "", rows[j].method);
        up_buffer_addf(&note, " (%s)", why);
        up_table_note(table, up_table_words(table, &note));
        up_buffer_release(&note);
    }
}

static void add_method(const up_series *series, const up_backtest_row *r, up_table *table)
{
    up_table_row(table);
    up_table_text(table, SERIES, series->key);
    up_table_text(table, METHOD, r->method);
    up_table_double(table, FORECASTS, (double)r->forecasts, NULL);
    up_table_double(table, REFUSED, (double)r->refused, NULL);
    if (r->has_median_error)
        set_percent(table, MEDIAN_ERROR, r->median_error);
    if (r->has_relative_error)
        set_fixed(table, RELATIVE_ERROR, r->relative_error);
    else if (r->not_comparable != NULL)
        up_table_text_as(table, RELATIVE_ERROR, "", "not comparable");
    if (r->has_skill)
        up_table_double(table, SKILL, r->skill, NULL);
    if (r->has_log_skill)
        set_fixed(table, LOG_SKILL, r->log_skill);
    if (r->has_coverage && r->forecasts > 0) {
        set_coverage(table, INSIDE80, &r->coverage[0]);
        set_coverage(table, INSIDE95, &r->coverage[1]);
    }
}

up_status up_view_backtest(const up_backtest_section sections[], size_t count,
                           up_table *table, up_error *err)
{
    up_status status = up_table_init(table, "backtest", columns, COLUMNS, err);
    for (size_t i = 0; i < count && status == UP_OK; i++)
        for (size_t r = 0; r < sections[i].backtest.row_count; r++)
            add_method(sections[i].series, &sections[i].backtest.rows[r], table);
    for (size_t i = 0; i < count && status == UP_OK; i++)
        note_not_comparable(&sections[i], table);
    if (status == UP_OK) {
        up_table_note(table,
                      "each method sees the figures up to one of them, as they are "
                      "known today, and projects to the next (or the one --ahead)");
        up_table_note(table,
                      "median error: of the outturn; against naive: the sum of "
                      "absolute errors by that of the last figure repeated; skill: "
                      "1 - CRPS of the logarithms by that of the last figure; 80 and "
                      "95 %: how many outturns lie in the interval");
    }
    return status;
}

/* --- Forecasts ---------------------------------------------------------------------------------------- */

enum {
    F_SERIES,
    F_METHOD,
    F_ORIGIN,
    F_TARGET,
    F_MEDIAN,
    F_OUTTURN,
    F_ERROR,
    F_LO80,
    F_HI80,
    F_LO95,
    F_HI95,
    F_CRPS,
    F_COLUMNS
};
static const up_table_column forecast_columns[F_COLUMNS] = {
    {"series", "Series", 0},
    {"method", "Method", 0},
    {"origin", "Origin", 0},
    {"target", "Period", 0},
    {"median", "Median", UP_COLUMN_RIGHT},
    {"outturn", "Came", UP_COLUMN_RIGHT},
    {"error", "Error", UP_COLUMN_RIGHT},
    {"lo80", NULL, UP_COLUMN_MACHINE},
    {"hi80", NULL, UP_COLUMN_MACHINE},
    {"lo95", NULL, UP_COLUMN_MACHINE},
    {"hi95", NULL, UP_COLUMN_MACHINE},
    {"crps", NULL, UP_COLUMN_MACHINE}};

static void set_figure(up_table *table, size_t column, const up_metric *metric,
                       double figure)
{
    up_estimate exact = up_estimate_exact(figure);
    up_buffer words = {0};
    up_words_estimate(&exact, metric, 3, &words);
    up_table_double(table, column, figure, up_table_words(table, &words));
    up_buffer_release(&words);
}

static void add_forecast(const up_backtest_section *section,
                         const up_backtest_forecast *f, up_table *table)
{
    const up_metric *metric = &section->series->data->metric;
    up_table_row(table);
    up_table_text(table, F_SERIES, section->series->key);
    up_table_text(table, F_METHOD, section->backtest.rows[f->method].method);
    up_table_period(table, F_ORIGIN, &f->origin->observation->period);
    up_table_period(table, F_TARGET, &f->target->observation->period);
    set_figure(table, F_MEDIAN, metric, f->median);
    set_figure(table, F_OUTTURN, metric, f->outturn);
    if (f->outturn != 0) {
        up_buffer words = {0};
        double error = (f->outturn - f->median) / f->outturn;
        up_human_percent(error, true, &words);
        up_table_double(table, F_ERROR, error, up_table_words(table, &words));
        up_buffer_release(&words);
    }
    up_table_double(table, F_CRPS, f->crps, NULL);
    for (size_t l = 0; l < UP_SCORE_LEVELS && f->has_intervals; l++) {
        up_table_double(table, F_LO80 + 2 * l, f->bounds[l].low, NULL);
        up_table_double(table, F_HI80 + 2 * l, f->bounds[l].high, NULL);
    }
}

up_status up_view_backtest_forecasts(const up_backtest_section sections[], size_t count,
                                     up_table *table, up_error *err)
{
    up_status status = up_table_init(table, "backtest", forecast_columns, F_COLUMNS, err);
    for (size_t i = 0; i < count && status == UP_OK; i++)
        for (size_t f = 0; f < sections[i].backtest.forecast_count; f++)
            add_forecast(&sections[i], &sections[i].backtest.forecasts[f], table);
    return status;
}
