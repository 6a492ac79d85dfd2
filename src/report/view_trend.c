/* The view of trends. */
#include <math.h>
#include <string.h>

#include "uptick/human.h"
#include "uptick/number.h"
#include "uptick/view.h"

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
    TREND_METHOD,
    TREND_RANGE_LOW,
    TREND_RANGE_HIGH,
    TREND_ACCELERATION,
    TREND_ACCELERATION_LOW,
    TREND_ACCELERATION_HIGH,
    TREND_AUTOCORRELATION,
    TREND_DURBIN_WATSON,
    TREND_LEAVE_OUT_LOW,
    TREND_LEAVE_OUT_HIGH,
    TREND_CARRIER,
    TREND_COLUMNS
};
static const up_table_column trend_columns[TREND_COLUMNS] = {
    [TREND_SERIES] = {"series", "Series", UP_COLUMN_WRAP},
    [TREND_FROM] = {"from", "From", UP_COLUMN_WRAP},
    [TREND_TO] = {"to", "To", UP_COLUMN_WRAP},
    [TREND_N] = {"n", "n", UP_COLUMN_RIGHT},
    [TREND_RATE] = {"rate_per_year", "A year", UP_COLUMN_RIGHT | UP_COLUMN_WRAP},
    [TREND_LOW] = {"rate_low", NULL, UP_COLUMN_MACHINE},
    [TREND_HIGH] = {"rate_high", NULL, UP_COLUMN_MACHINE},
    [TREND_DOUBLING] = {"doubling_years", "Doubling in",
                        UP_COLUMN_RIGHT | UP_COLUMN_WRAP},
    [TREND_DOUBLING_LOW] = {"doubling_low", NULL, UP_COLUMN_MACHINE},
    [TREND_DOUBLING_HIGH] = {"doubling_high", NULL, UP_COLUMN_MACHINE},
    [TREND_DOUBLING_KIND] = {"doubling_kind", NULL, UP_COLUMN_MACHINE},
    [TREND_R2] = {"r_squared", "R²", UP_COLUMN_RIGHT},
    [TREND_METHOD] = {"method", NULL, UP_COLUMN_MACHINE},
    [TREND_RANGE_LOW] = {"range_low", NULL, UP_COLUMN_MACHINE},
    [TREND_RANGE_HIGH] = {"range_high", NULL, UP_COLUMN_MACHINE},
    [TREND_ACCELERATION] = {"acceleration", NULL, UP_COLUMN_MACHINE},
    [TREND_ACCELERATION_LOW] = {"acceleration_low", NULL, UP_COLUMN_MACHINE},
    [TREND_ACCELERATION_HIGH] = {"acceleration_high", NULL, UP_COLUMN_MACHINE},
    [TREND_AUTOCORRELATION] = {"autocorrelation", NULL, UP_COLUMN_MACHINE},
    [TREND_DURBIN_WATSON] = {"durbin_watson", NULL, UP_COLUMN_MACHINE},
    [TREND_LEAVE_OUT_LOW] = {"leave_out_low", NULL, UP_COLUMN_MACHINE},
    [TREND_LEAVE_OUT_HIGH] = {"leave_out_high", NULL, UP_COLUMN_MACHINE},
    [TREND_CARRIER] = {"carrier", NULL, UP_COLUMN_MACHINE}};

static up_growth_value interval(double value, double low, double high)
{
    up_growth_value v = {.estimate = up_estimate_between(low, high)};
    v.estimate.has_value = true;
    v.estimate.value = value;
    return v;
}

/* "2.3× (at least 1.1×)": an end that is too great for a number. */
static void add_open_interval(const up_growth_value *v, up_transform transform,
                              const up_metric *metric, bool as_fold, up_buffer *out)
{
    up_growth_value middle = {.estimate = up_estimate_exact(v->estimate.value)},
                    bound = {.estimate = v->estimate, .outside = v->outside};
    up_words_growth_in(&middle, transform, metric, as_fold, out);
    if (!v->estimate.has_low && !v->estimate.has_high)
        return;
    up_buffer_add(out, " (");
    bound.estimate.has_value = false;
    up_words_growth_in(&bound, transform, metric, as_fold, out);
    up_buffer_add(out, ")");
}

static void set_interval(up_table *table, size_t column, const up_growth_value *v,
                         up_transform transform, const up_metric *metric, bool as_fold)
{
    up_buffer words = {0};
    if (v->estimate.has_low && v->estimate.has_high)
        up_words_growth_in(v, transform, metric, as_fold, &words);
    else
        add_open_interval(v, transform, metric, as_fold, &words);
    up_table_double(table, column, v->estimate.value, up_table_words(table, &words));
    if (v->estimate.has_low)
        up_table_double(table, column + 1, v->estimate.low, NULL);
    if (v->estimate.has_high)
        up_table_double(table, column + 2, v->estimate.high, NULL);
    up_buffer_release(&words);
}

/* What only machines read. */
static void set_details(const up_trend *t, up_table *table)
{
    const struct {
        size_t column;
        bool has;
        double value;
    } numbers[] = {
        {TREND_RANGE_LOW, t->has_range, t->range_low},
        {TREND_RANGE_HIGH, t->has_range, t->range_high},
        {TREND_ACCELERATION, t->has_acceleration, t->acceleration},
        {TREND_ACCELERATION_LOW, t->has_acceleration, t->acceleration_low},
        {TREND_ACCELERATION_HIGH, t->has_acceleration, t->acceleration_high},
        {TREND_AUTOCORRELATION, t->has_autocorrelation, t->autocorrelation},
        {TREND_DURBIN_WATSON, t->has_autocorrelation, t->durbin_watson},
        {TREND_LEAVE_OUT_LOW, t->has_leave_out, t->leave_out_low},
        {TREND_LEAVE_OUT_HIGH, t->has_leave_out, t->leave_out_high},
    };
    up_table_text(table, TREND_METHOD, up_trend_method_names[t->method]);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        if (numbers[i].has && isfinite(numbers[i].value))
            up_table_double(table, numbers[i].column, numbers[i].value, NULL);
    if (t->has_leave_out) {
        char text[UP_PERIOD_SIZE];
        up_period_format(&t->carrier->observation->period, text);
        up_table_text(table, TREND_CARRIER, text);
    }
}

static void trend_row(const up_trend_section *s, bool as_folds, up_table *table)
{
    const up_trend *t = &s->trend;
    const up_metric *metric = &s->series->data->metric;
    char text[UP_NUMBER_SIZE];
    up_table_row(table);
    up_table_text(table, TREND_SERIES, s->series->key);
    up_table_period(table, TREND_FROM, &t->first->observation->period);
    up_table_period(table, TREND_TO, &t->last->observation->period);
    up_table_double(table, TREND_N, (double)t->n, NULL);
    up_growth_value rate = interval(t->rate_per_year, t->rate_low, t->rate_high);
    set_interval(table, TREND_RATE, &rate, UP_CAGR, metric, as_folds);
    if (t->has_doubling) {
        up_growth_value d = interval(t->doubling, t->doubling_low, t->doubling_high);
        d.outside = t->outside;
        set_interval(table, TREND_DOUBLING, &d, UP_DOUBLING, metric, false);
        up_table_text(table, TREND_DOUBLING_KIND, t->outside ? "outside" : "between");
    }
    up_number_format_fixed(t->r_squared, 3, text);
    if (t->r_squared < 1 &&
        strcmp(text, "1.000") == 0) /* all but, and not to be told as all */
        strcpy(text, ">0.999");
    if (t->has_r_squared)
        up_table_double(table, TREND_R2, t->r_squared, text);
    set_details(t, table);
}

/* ---- notes ---- */

/* "2.89× to 3.46×", "+8.1 % to +9.0 %": two rates per year. */
static void add_rates(double low, double high, const up_metric *metric, up_buffer *out)
{
    up_growth_value v = {.estimate = up_estimate_between(low, high)};
    up_words_growth(&v, UP_CAGR, metric, out);
}

/* ln y has the slope b a year, which changes by the acceleration: points of a percent. */
static void add_points(double points, up_buffer *out)
{
    if (points > 0)
        up_buffer_add_char(out, '+');
    up_human_number(points, 3, out);
}

/* "growth is slowing down: the continuous rate changes by -0.6 points a year (-1 to -0.2)". */
static void add_acceleration(const up_trend *t, up_buffer *out)
{
    up_buffer_add(out, t->acceleration_low > 0    ? "growth is speeding up"
                       : t->acceleration_high < 0 ? "growth is slowing down"
                                                  : "no clear change of growth");
    up_buffer_add(out, ": the continuous rate changes by ");
    add_points(100 * t->acceleration, out);
    up_buffer_add(out, " points a year (");
    add_points(up_human_number_bound(100 * t->acceleration_low, 3, false), out);
    up_buffer_add(out, " to ");
    add_points(up_human_number_bound(100 * t->acceleration_high, 3, true), out);
    up_buffer_add(out, ")");
}

static void add_range(const up_trend *t, const up_metric *metric, up_buffer *out)
{
    if (!t->has_range) {
        up_buffer_addf(out, "what the stated dates and figures allow cannot be said: %s",
                       t->range_refused);
        return;
    }
    up_buffer_add(out, "the stated dates and figures alone allow ");
    add_rates(t->range_low, t->range_high, metric, out);
}

static void add_carrier(const up_trend *t, const up_metric *metric, up_buffer *out)
{
    up_buffer_add(
        out, "warning: one figure carries the fit: leaving out one at a time gives ");
    add_rates(t->leave_out_low, t->leave_out_high, metric, out);
    up_buffer_add(out, ", most moved by ");
    up_period_label(&t->carrier->observation->period, out);
}

static void add_autocorrelation(const up_trend *t, up_buffer *out)
{
    char r[UP_NUMBER_SIZE], d[UP_NUMBER_SIZE];
    up_number_format_fixed(t->autocorrelation, 2, r);
    up_number_format_fixed(t->durbin_watson, 2, d);
    up_buffer_addf(out,
                   "%sresiduals hang together (lag-1 autocorrelation %s, "
                   "Durbin-Watson %s): ",
                   t->method == UP_TREND_HAC ? "" : "warning: ", r, d);
    up_buffer_add(out, t->method == UP_TREND_HAC
                           ? "the interval allows for it"
                           : "the interval is too narrow; --hac allows for it");
}

/* Ends a note that begins with the series' key, and starts anew. */
static void end_note(up_table *table, up_buffer *note)
{
    up_table_note(table, up_table_words(table, note));
    up_buffer_clear(note);
}

/* "gdp/China, 2015 to 2024: ", where there are others. */
static void add_name(const up_trend_section *s, bool named, up_buffer *out)
{
    if (!named)
        return;
    up_buffer_addf(out, "%s, ", s->series->key);
    up_period_label(&s->trend.first->observation->period, out);
    up_buffer_add(out, " to ");
    up_period_label(&s->trend.last->observation->period, out);
    up_buffer_add(out, ": ");
}

/* What there is to say of one fitted line. */
static void note_trend(const up_trend_section *s, bool named, up_table *table)
{
    const up_trend *t = &s->trend;
    const up_metric *metric = &s->series->data->metric;
    up_buffer note = {0};
    if (t->has_acceleration) {
        add_name(s, named, &note);
        add_acceleration(t, &note);
        end_note(table, &note);
    }
    if (t->has_range ? t->range_low < t->range_high : t->range_refused != NULL) {
        add_name(s, named, &note);
        add_range(t, metric, &note);
        end_note(table, &note);
    }
    if (t->is_autocorrelated) {
        add_name(s, named, &note);
        add_autocorrelation(t, &note);
        end_note(table, &note);
    }
    if (t->has_leave_out && t->is_carried) {
        add_name(s, named, &note);
        add_carrier(t, metric, &note);
        end_note(table, &note);
    }
    up_buffer_release(&note);
}

/* Of many lines only how many ask for caution. */
static void note_warnings(const up_trend_section sections[], size_t count,
                          up_table *table)
{
    size_t autocorrelated = 0, carried = 0;
    up_buffer note = {0};
    for (size_t i = 0; i < count; i++) {
        autocorrelated += sections[i].trend.is_autocorrelated &&
                          sections[i].trend.method != UP_TREND_HAC;
        carried += sections[i].trend.has_leave_out && sections[i].trend.is_carried;
    }
    if (autocorrelated > 0) {
        up_buffer_addf(&note,
                       "warning: %zu of %zu lines have residuals that hang together "
                       "(autocorrelation in --format csv): intervals too narrow without "
                       "--hac",
                       autocorrelated, count);
        end_note(table, &note);
    }
    if (carried > 0) {
        up_buffer_addf(&note,
                       "warning: %zu of %zu lines are carried by one figure (carrier in "
                       "--format csv)",
                       carried, count);
        end_note(table, &note);
    }
    up_buffer_release(&note);
}

static void note_method(const up_trend *t, up_table *table)
{
    static const char *const words[UP_TREND_METHODS] = {
        [UP_TREND_OLS] = "least squares of the logarithms on time",
        [UP_TREND_HAC] =
            ("least squares of the logarithms on time, standard errors of Newey "
             "and West (lags up to 4 (n / 100)^(2/9))"),
        [UP_TREND_ROBUST] = "robust regression of the logarithms on time (bisquare)"};
    char level[UP_NUMBER_SIZE];
    up_buffer note = {0};
    up_number_format(up_number_clean(100 * t->level), level);
    up_buffer_addf(&note, "%s; in brackets the %s %% confidence interval",
                   words[t->method], level);
    up_table_note(table, up_table_words(table, &note));
    up_buffer_release(&note);
}

up_status up_view_trend(const up_trend_section sections[], size_t count, up_table *table,
                        up_error *err)
{
    enum { MOST_NOTED = 3 }; /* lines with words of their own */
    up_status status = up_table_init(table, "trend", trend_columns, TREND_COLUMNS, err);
    if (status != UP_OK)
        return status;
    size_t left_out = 0, before_break = 0, breaks = 0;
    bool as_folds = true; /* rates of one column are told in one way */
    for (size_t i = 0; i < count; i++)
        as_folds = as_folds && sections[i].trend.rate_per_year >= 1;
    for (size_t i = 0; i < count; i++) {
        trend_row(&sections[i], as_folds, table);
        left_out += sections[i].trend.left_out;
        before_break += sections[i].trend.before_break;
        breaks += sections[i].trend.breaks;
    }
    if (count > 0)
        note_method(&sections[0].trend, table);
    if (before_break > 0)
        up_table_note(table, "figures before a break (status B, D) are left out");
    if (breaks > 0)
        up_table_note(table, "warning: fitted across breaks (status B, D)");
    if (left_out > 0)
        up_table_note(table, "figures that are only bounds, or implied, are left out");
    for (size_t i = 0; i < count && count <= MOST_NOTED; i++)
        note_trend(&sections[i], count > 1, table);
    if (count > MOST_NOTED)
        note_warnings(sections, count, table);
    return UP_OK;
}
