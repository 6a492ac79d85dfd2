/* The view of growth. */
#include <math.h>
#include <string.h>

#include "report/growth_notes.h"
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
    TIDY_ABOUT,
    TIDY_ELAPSED,
    TIDY_BREAK,
    TIDY_STRICT,
    TIDY_UNIT,
    TIDY_BROUGHT, /* the last: only when asked for */
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
    [TIDY_VERDICT] = {"verdict", NULL, 0},
    [TIDY_ABOUT] = {"about", NULL, 0},
    [TIDY_ELAPSED] = {"elapsed_years", NULL, UP_COLUMN_RIGHT},
    [TIDY_BREAK] = {"across_break", NULL, 0},
    [TIDY_STRICT] = {"strict", NULL, 0},
    [TIDY_UNIT] = {"unit", NULL, 0},
    [TIDY_BROUGHT] = {"brought", NULL, 0}};

/* What values are counted in; NULL: a pure number. */
static const char *unit_of(up_transform transform, const up_metric *metric)
{
    bool in_levels = transform == UP_LIN || transform == UP_CHG || transform == UP_CH1;
    if (in_levels)
        return metric->unit[0] != '\0' ? metric->unit : NULL;
    return transform == UP_DOUBLING ? "years" : NULL;
}

/* What the values of a transform are compared with. */
static const up_growth_base *compared_with(const up_growth *g, up_transform t)
{
    return &g->on[up_transform_table[t].compares];
}

static bool uses(const up_growth *g, up_transform t,
                 bool (*quality)(const up_observation *))
{
    const up_point *from = compared_with(g, t)->from;
    return (from != NULL && quality(from->observation)) ||
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

/* Of a period that was resampled without all its figures. */
static bool is_partial(const up_observation *o)
{
    return o->computed && o->status == 'P';
}

static const char *basis_of(const up_growth *g, up_transform t)
{
    if (g->claim != NULL)
        return "claim";
    return uses(g, t, is_derived)    ? "derived"
           : uses(g, t, is_forecast) ? "forecast"
           : uses(g, t, is_partial)  ? "partial"
                                     : "reported";
}

static void put_word(up_table *table, size_t column, const char *word)
{
    up_table_word(table, column, word, strlen(word));
}

/* What a row says besides where and when. */
static void tidy_value(const up_growth_value *v, up_transform transform,
                       const up_metric *metric, up_table *table)
{
    const up_estimate *e = &v->estimate;
    put_word(table, TIDY_TRANSFORM, up_transform_table[transform].name);
    if (e->has_value)
        up_table_double(table, TIDY_VALUE, e->value, NULL);
    if (e->has_low)
        up_table_double(table, TIDY_LOW, e->low, NULL);
    if (e->has_high)
        up_table_double(table, TIDY_HIGH, e->high, NULL);
    put_word(table, TIDY_KIND,
             v->outside ? "outside" : up_bound_kind_name(up_estimate_kind(e)));
    if (e->about)
        put_word(table, TIDY_ABOUT, "about");
    if (up_estimate_strict_ends(e) != NULL)
        put_word(table, TIDY_STRICT, up_estimate_strict_ends(e));
    if (unit_of(transform, metric) != NULL)
        up_table_text(table, TIDY_UNIT, unit_of(transform, metric));
}

/* The figures of other dates that went into the row's: those of its own date, then of that which it is
 * compared with. False: there are none. */
static bool add_brought(const up_growth *g, up_transform t, up_buffer *out)
{
    const up_point *both[] = {g->to, compared_with(g, t)->from};
    for (size_t i = 0; i < 2; i++) {
        const char *brought = both[i] != NULL ? both[i]->observation->brought : NULL;
        if (brought == NULL ||
            (i > 0 && out->length > 0 && strcmp(up_buffer_text(out), brought) == 0))
            continue;
        up_buffer_add(out, out->length > 0 ? "; " : "");
        up_buffer_add(out, brought);
    }
    return out->length > 0;
}

static void tidy_brought(const up_growth *g, up_transform transform, up_table *table)
{
    up_buffer text = {0};
    if (add_brought(g, transform, &text))
        up_table_text(table, TIDY_BROUGHT, up_table_words(table, &text));
    up_buffer_release(&text);
}

static void tidy_row(const up_series *s, const up_growth *g, up_transform transform,
                     bool brought, up_table *table)
{
    const up_growth_value *v = &g->values[transform];
    if (v->refused != NULL)
        return;
    up_table_row(table);
    up_table_text(table, TIDY_SERIES, s->key);
    up_table_period_code(table, TIDY_PERIOD, &g->to_period);
    const up_growth_base *base = compared_with(g, transform);
    if (base->has)
        up_table_period_code(table, TIDY_BASE, &base->period);
    tidy_value(v, transform, &s->data->metric, table);
    up_table_text(table, TIDY_BASIS, basis_of(g, transform));
    if (base->has_elapsed)
        up_table_double(table, TIDY_ELAPSED, base->elapsed_years.value, NULL);
    if (base->across_break)
        up_table_text(table, TIDY_BREAK, "yes");
    if (g->claim != NULL)
        up_table_text(table, TIDY_VERDICT, up_verdict_name(g->verdict));
    if (brought)
        tidy_brought(g, transform, table);
}

void up_growth_choose(up_growth_choice *choice, up_transform transform)
{
    if (choice->show[transform])
        return;
    choice->show[transform] = true;
    choice->order[choice->count++] = transform;
}

void up_view_growth_add(const up_growth_section *section, const up_growth_choice *choice,
                        up_table *table)
{
    for (size_t r = 0; r < section->count; r++)
        for (size_t i = 0; i < choice->count; i++)
            tidy_row(section->series, &section->rows[r], choice->order[i],
                     choice->brought, table);
}

static void plain_row(const up_plain *s, const up_plain_point points[], size_t at,
                      const up_growth_plain *g, up_transform transform, up_table *table)
{
    up_comparison comparison = up_transform_table[transform].compares;
    up_table_row(table);
    up_table_bytes(table, TIDY_SERIES, s->key, s->key_length);
    up_table_word(table, TIDY_PERIOD, points[at].period, s->period_length);
    if (g->has[comparison])
        up_table_word(table, TIDY_BASE, points[g->from[comparison]].period,
                      s->period_length);
    tidy_value(&g->values[transform], transform, s->metric, table);
    put_word(table, TIDY_BASIS, "reported");
    if (g->has[comparison])
        up_table_double(table, TIDY_ELAPSED, g->elapsed_years[comparison], NULL);
}

bool up_view_growth_add_plain(const up_plain *series, const up_plain_point points[],
                              const up_growth_choice *choice, up_table *table)
{
    up_growth_asked asked;
    up_growth_plain growth;
    size_t before = table->rows;
    if (!up_growth_ask(choice->show, &asked) || series->count < 2)
        return false;
    for (size_t p = 0; p < series->count; p++) {
        if (!up_growth_plain_at(points, p, &asked, &growth))
            return false;
        for (size_t i = 0; i < choice->count; i++)
            if (growth.values[choice->order[i]].refused == NULL)
                plain_row(series, points, p, &growth, choice->order[i], table);
    }
    return table->rows > before;
}

static up_status tidy(const up_growth_section sections[], size_t count,
                      const up_growth_choice *choice, up_table *table, up_error *err)
{
    size_t columns = choice->brought ? TIDY_COLUMNS : TIDY_BROUGHT;
    up_status status = up_table_init(table, "growth", tidy_columns, columns, err);
    for (size_t i = 0; i < count && status == UP_OK; i++)
        up_view_growth_add(&sections[i], choice, table);
    return status;
}

/* ---- for people: a row a pair of dates ---- */

enum { WIDE_SERIES, WIDE_FROM, WIDE_TO, WIDE_ELAPSED, WIDE_FIRST_VALUE };
enum { MONTHS_A_YEAR = 12 };
enum { WIDE_COLUMNS = WIDE_FIRST_VALUE + UP_TRANSFORMS + 1 };

/* Below two years, what is no whole number of them is told in months, where it is counted in them. */
static bool is_in_months(const up_growth_base *base)
{
    const up_estimate *y = &base->elapsed_years;
    double months = fabs(y->value) * MONTHS_A_YEAR;
    return !base->in_days && fmax(fabs(y->low), fabs(y->high)) < 2 &&
           (y->low < y->high || fmod(months, MONTHS_A_YEAR) != 0);
}

static void add_size(double size, up_buffer *out)
{
    char text[UP_NUMBER_SIZE];
    up_number_format(up_number_clean(size), text);
    if (strlen(text) > 6)
        up_number_format_fixed(size, 2, text);
    up_buffer_add(out, text);
}

/* "7 months", "2.5 years", "4 months (1 to 7)": a time of one unit. */
static void add_span(const up_estimate *time, double units, const char *unit,
                     up_buffer *out)
{
    double value = time->value * units;
    add_size(value, out);
    up_buffer_addf(out, " %s%s", unit, value == 1 ? "" : "s");
    if (time->low == time->high)
        return;
    up_buffer_add(out, " (");
    add_size(time->low * units, out);
    up_buffer_add(out, " to ");
    add_size(time->high * units, out);
    up_buffer_add(out, ")");
}

static void set_label(up_table *table, size_t column, const up_period *period)
{
    up_buffer label = {0};
    up_period_label(period, &label);
    up_table_text(table, column, up_table_words(table, &label));
    up_buffer_release(&label);
}

/* The base of an index may come after: its time is the same one backwards. */
static up_estimate backwards(const up_estimate *time)
{
    return (up_estimate){.value = -time->value,
                         .low = -time->high,
                         .high = -time->low,
                         .has_value = true,
                         .has_low = true,
                         .has_high = true};
}

static void set_elapsed(up_table *table, const up_growth_base *base)
{
    up_buffer text = {0};
    if (!base->has_elapsed)
        return;
    bool before = base->elapsed_days.value < 0;
    up_estimate days = before ? backwards(&base->elapsed_days) : base->elapsed_days;
    up_estimate years = before ? backwards(&base->elapsed_years) : base->elapsed_years;
    if (base->in_days && days.high < 2 * UP_DAYS_PER_YEAR)
        up_words_days(&days, &text);
    else if (is_in_months(base))
        add_span(&years, MONTHS_A_YEAR, "month", &text);
    else
        add_span(&years, 1, "year", &text);
    up_buffer_add(&text, before ? " before" : "");
    up_table_text(table, WIDE_ELAPSED, up_table_words(table, &text));
    up_buffer_release(&text);
}

/* Whether transforms of this kind of comparison have a figure to name in From. */
static bool has_from(up_comparison c)
{
    return c != UP_ON_NOTHING && c != UP_ON_TOTAL;
}

/* The kind of comparison that From names: the one that all transforms shown share, else that with
 * the figure before, which need not stand right before it. UP_ON_NOTHING when they have none,
 * UP_COMPARISONS when they have several others. */
static up_comparison main_comparison(const bool show[UP_TRANSFORMS])
{
    up_comparison main = UP_ON_NOTHING;
    for (int t = 0; t < UP_TRANSFORMS; t++) {
        up_comparison c = up_transform_table[t].compares;
        if (!show[t] || !has_from(c) || c == main || main == UP_ON_PREVIOUS)
            continue;
        main = main == UP_ON_NOTHING || c == UP_ON_PREVIOUS ? c : UP_COMPARISONS;
    }
    return main;
}

/* What a row rests on besides reports, over all transforms shown. */
static const char *basis_words(const up_growth *g, const bool show[UP_TRANSFORMS])
{
    static const char *const verdicts[] = {[UP_UNTESTABLE] = "claimed, untestable",
                                           [UP_CONFIRMED] = "claimed, confirmed",
                                           [UP_COMPATIBLE] = "claimed, compatible",
                                           [UP_CONTRADICTED] = "claimed, CONTRADICTED"};
    bool derived = false, forecast = false, across = false, partial = false;
    if (g->claim != NULL)
        return verdicts[g->verdict];
    for (int t = 0; t < UP_TRANSFORMS; t++) {
        bool said = show[t] && g->values[t].refused == NULL;
        derived = derived || (said && uses(g, (up_transform)t, is_derived));
        forecast = forecast || (said && uses(g, (up_transform)t, is_forecast));
        partial = partial || (said && uses(g, (up_transform)t, is_partial));
        across = across || (said && compared_with(g, (up_transform)t)->across_break);
    }
    return across     ? "across a break"
           : derived  ? "from an implied figure"
           : forecast ? "from a forecast"
           : partial  ? "from an incomplete period"
                      : "";
}

/* What the table shows, found before its columns are made. */
typedef struct layout {
    const up_growth_choice *choice;
    const bool *show;
    up_comparison comparison; /* of the columns From and Time between */
    bool base, basis;         /* whether there are such columns */
    bool about, spans, months, days;
    bool rates_as_folds; /* all rates per year double at least: "9.23×" */
} layout;

/* Per year, compounded. */
static bool is_rate(int transform)
{
    return transform == UP_CAGR || transform == UP_PCA;
}

/* "from a forecast; with sales/A of 2013" */
static void add_basis(const up_growth *g, const bool show[UP_TRANSFORMS], up_buffer *out)
{
    up_buffer brought = {0};
    up_buffer_add(out, basis_words(g, show));
    for (int t = 0; t < UP_TRANSFORMS && brought.length == 0; t++)
        if (show[t] && g->values[t].refused == NULL)
            add_brought(g, (up_transform)t, &brought);
    if (brought.length > 0)
        up_buffer_addf(out, "%swith %s", out->length > 0 ? "; " : "",
                       up_buffer_text(&brought));
    out->failed |= brought.failed;
    up_buffer_release(&brought);
}

static void scan_row(const up_growth *g, layout *l)
{
    up_buffer basis = {0};
    add_basis(g, l->show, &basis);
    l->basis = l->basis || basis.length > 0 || basis.failed; /* then it is told later */
    up_buffer_release(&basis);
    for (int t = 0; t < UP_TRANSFORMS; t++) {
        const up_growth_value *v = &g->values[t];
        const up_estimate *e = &v->estimate;
        const up_growth_base *base = compared_with(g, (up_transform)t);
        if (!l->show[t] || v->refused != NULL)
            continue;
        bool ranges = e->has_low && e->has_high && e->low < e->high;
        l->rates_as_folds = l->rates_as_folds && (!is_rate(t) || up_words_doubles(v));
        l->about = l->about || e->about;
        l->spans =
            l->spans || ranges ||
            (base->has_elapsed && base->elapsed_years.low < base->elapsed_years.high);
        l->months = l->months || (base->has_elapsed && !base->in_days);
        l->days = l->days || (base->has_elapsed && base->in_days);
    }
    l->base = l->base || (l->comparison < UP_COMPARISONS && g->on[l->comparison].has);
}

static layout scan(const up_growth_section sections[], size_t count,
                   const up_growth_choice *choice)
{
    const bool *show = choice->show;
    layout l = {.choice = choice,
                .show = show,
                .comparison = main_comparison(show),
                .rates_as_folds = true};
    for (size_t i = 0; i < count; i++)
        for (size_t r = 0; r < sections[i].count; r++)
            if (up_growth_says(&sections[i].rows[r], show))
                scan_row(&sections[i].rows[r], &l);
    return l;
}

/* A value as people read it: a doubling time below a year in the days that passed. */
static void add_value(const up_growth *g, up_transform t, const up_metric *metric,
                      bool as_fold, up_buffer *out)
{
    const up_growth_value *v = &g->values[t];
    bool in_days = g->on[UP_ON_PREVIOUS].in_days && g->claim == NULL;
    if (v->refused == up_growth_no_previous || v->refused == up_growth_no_year)
        return;
    if (t == UP_DOUBLING)
        up_words_doubling(v, in_days ? &g->doubling_days : NULL, metric, out);
    else
        up_words_growth_in(v, t, metric, as_fold, out);
}

static void wide_row(const up_series *s, const up_growth *g, const layout *l,
                     up_table *table)
{
    up_table_row(table);
    up_table_text(table, WIDE_SERIES, s->key);
    set_label(table, WIDE_TO, &g->to_period);
    if (l->base && g->on[l->comparison].has) {
        set_label(table, WIDE_FROM, &g->on[l->comparison].period);
        set_elapsed(table, &g->on[l->comparison]);
    }
    for (size_t i = 0; i < l->choice->count; i++) {
        up_transform t = l->choice->order[i];
        up_buffer words = {0};
        add_value(g, t, &s->data->metric, l->rates_as_folds, &words);
        up_table_text(table, WIDE_FIRST_VALUE + i, up_table_words(table, &words));
        up_buffer_release(&words);
    }
    up_buffer basis = {0};
    add_basis(g, l->show, &basis);
    up_table_text(table, WIDE_FIRST_VALUE + l->choice->count,
                  up_table_words(table, &basis));
    up_buffer_release(&basis);
}

/* ---- notes below the table ---- */

static void note_refusals(const up_growth_section *section,
                          const bool show[UP_TRANSFORMS], up_table *table)
{
    up_remarks refusals = {0};
    up_growth_refusals(section, show, &refusals);
    for (size_t i = 0; i < refusals.count; i++)
        up_table_note(table, refusals.items[i].message);
    if (refusals.failed && table->failure.code == UP_OK)
        table->failure.code = up_error_memory(&table->failure);
    up_remarks_release(&refusals);
}

/* "figures: yearly averages"; each kind once. */
static void note_resampled(const up_growth_section *section, up_table *table)
{
    up_buffer note = {0};
    if (section->series->resampled == NULL)
        return;
    up_buffer_addf(&note, "figures: %s", section->series->resampled);
    up_table_note(table, up_table_words(table, &note));
    up_buffer_release(&note);
}

/* "index: 100 is the mean of 12 figures in 2015". */
static void note_base(const up_growth_section *section, up_table *table)
{
    if (section->count == 0 || section->rows[0].on[UP_ON_BASE].mean_of < 2)
        return;
    const up_growth_base *base = &section->rows[0].on[UP_ON_BASE];
    up_buffer note = {0};
    up_buffer_addf(&note, "index: 100 is the mean of the %zu figures in ", base->mean_of);
    up_period_label(&base->period, &note);
    up_buffer_add(&note, base->mean_has_gaps ? ", which leave gaps" : "");
    up_table_note(table, up_table_words(table, &note));
    up_buffer_release(&note);
}

/* What the brackets, the words and the times mean, where there are any. */
static void note_meaning(const layout *l, up_table *table)
{
    static const char *const compared[UP_COMPARISONS] = {
        [UP_ON_YEAR] = "on a year before", [UP_ON_BASE] = "on the base"};
    if (l->spans)
        up_table_note(table, "in brackets: all that the stated dates and figures allow");
    if (l->about)
        up_table_note(table,
                      "about: from a figure that was stated so (half a unit of its last "
                      "digit either way)");
    if (l->months && !l->days)
        up_table_note(table, "time between: whole months / 12");
    for (size_t i = 0; i < l->choice->count; i++) {
        up_transform t = l->choice->order[i];
        up_comparison c = up_transform_table[t].compares;
        const char *words = compared[c];
        if (words == NULL || c == l->comparison)
            continue;
        up_buffer note = {0};
        up_buffer_addf(&note, "%s: %s", up_transform_table[t].name, words);
        up_table_note(table, up_table_words(table, &note));
        up_buffer_release(&note);
    }
}

/* A column that is not shown is one for machines only. */
static unsigned when(bool shown)
{
    return shown ? 0 : UP_COLUMN_MACHINE;
}

static up_status start_wide(const layout *l, bool several, up_table *table, up_error *err)
{
    up_table_column columns[WIDE_COLUMNS] = {
        [WIDE_SERIES] = {"series", "Series", UP_COLUMN_WRAP | when(several)},
        [WIDE_FROM] = {"from", l->comparison == UP_ON_BASE ? "Base" : "From",
                       UP_COLUMN_WRAP | when(l->base)},
        [WIDE_TO] = {"to", l->base ? "To" : "Period", UP_COLUMN_WRAP},
        [WIDE_ELAPSED] = {"elapsed", "Time between",
                          UP_COLUMN_RIGHT | UP_COLUMN_WRAP | when(l->base)}};
    size_t count = l->choice->count;
    for (size_t i = 0; i < count; i++) {
        const up_transform_info *t = &up_transform_table[l->choice->order[i]];
        columns[WIDE_FIRST_VALUE + i] =
            (up_table_column){t->name, t->header, UP_COLUMN_RIGHT | UP_COLUMN_WRAP};
    }
    columns[WIDE_FIRST_VALUE + count] =
        (up_table_column){"basis", "Basis", UP_COLUMN_WRAP | when(l->basis)};
    return up_table_init(table, "growth", columns, WIDE_FIRST_VALUE + count + 1, err);
}

/* The one series, with the unit of its levels and changes. */
static void set_title(const up_series *series, const bool show[UP_TRANSFORMS],
                      up_table *table)
{
    const up_metric *metric = &series->data->metric;
    bool in_unit = (show[UP_LIN] || show[UP_CHG] || show[UP_CH1]) &&
                   metric->unit[0] != '\0' && !up_metric_shows_percent(metric);
    up_buffer title = {0};
    up_buffer_add(&title, series->key);
    if (in_unit)
        up_buffer_addf(&title, " (%s)", metric->unit);
    up_table_set_title(table, up_table_words(table, &title));
    up_buffer_release(&title);
}

up_status up_view_growth(const up_growth_section sections[], size_t count,
                         const up_growth_choice *choice, bool for_machines,
                         up_table *table, up_error *err)
{
    const bool *show = choice->show;
    if (for_machines)
        return tidy(sections, count, choice, table, err);
    layout l = scan(sections, count, choice);
    up_status status = start_wide(&l, count > 1, table, err);
    if (status != UP_OK)
        return status;
    if (count == 1)
        set_title(sections[0].series, show, table);
    for (size_t i = 0; i < count; i++)
        for (size_t r = 0; r < sections[i].count; r++)
            if (up_growth_says(&sections[i].rows[r], show))
                wide_row(sections[i].series, &sections[i].rows[r], &l, table);
    for (size_t i = 0; i < count; i++)
        note_refusals(&sections[i], show, table);
    for (size_t i = 0; i < count; i++)
        note_resampled(&sections[i], table);
    for (size_t i = 0; i < count && show[UP_INDEXED]; i++)
        note_base(&sections[i], table);
    note_meaning(&l, table);
    status = up_growth_spacings(sections, count, table, err);
    if (status != UP_OK)
        up_table_release(table);
    return status;
}
