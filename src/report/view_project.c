/* The view of projections: for machines lo80, hi80, lo95, hi95 …, for people one cell an
 * interval. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "uptick/human.h"
#include "uptick/number.h"
#include "uptick/view.h"

/* Columns are named by the level in percent. */
typedef struct level_names {
    int percent;
    const char *low, *high, *title;
} level_names;
static const level_names known_levels[] = {
    {50, "lo50", "hi50", "50 %"}, {60, "lo60", "hi60", "60 %"},
    {68, "lo68", "hi68", "68 %"}, {70, "lo70", "hi70", "70 %"},
    {75, "lo75", "hi75", "75 %"}, {80, "lo80", "hi80", "80 %"},
    {90, "lo90", "hi90", "90 %"}, {95, "lo95", "hi95", "95 %"},
    {99, "lo99", "hi99", "99 %"}};

static const level_names *find_level(double level)
{
    int percent = (int)lround(level * 100);
    for (size_t i = 0; i < sizeof known_levels / sizeof known_levels[0]; i++)
        if (known_levels[i].percent == percent && fabs(level * 100 - percent) < 1e-9)
            return &known_levels[i];
    return NULL;
}

up_status up_levels_parse(const char *text, double levels[UP_LEVELS_MAX], up_error *err)
{
    double result[UP_LEVELS_MAX] = {0};
    size_t count = 0;
    for (const char *at = text; *at != '\0';) {
        char *end;
        long percent = strtol(at, &end, 10);
        bool parted = *end == ',' && end[1] != '\0';
        if (end == at || (*end != '\0' && !parted) || count == UP_LEVELS_MAX ||
            find_level((double)percent / 100) == NULL ||
            (count > 0 && (double)percent / 100 <= result[count - 1]))
            return up_error_set(
                err, UP_USAGE,
                "'%s' are no levels: up to four of 50, 60, 68, 70, 75, 80, "
                "90, 95, 99, with commas between",
                text);
        result[count++] = (double)percent / 100;
        at = parted ? end + 1 : end;
    }
    if (count == 0)
        return up_error_set(err, UP_USAGE, "no levels given");
    memcpy(levels, result, sizeof result);
    return UP_OK;
}

enum { SERIES, MODEL, STEP, PERIOD, VALUE, FIRST_LEVEL };
enum { COLUMNS_A_LEVEL = 3, MOST = FIRST_LEVEL + COLUMNS_A_LEVEL * UP_LEVELS_MAX + 3 };

typedef struct layout {
    size_t levels;
    size_t range; /* first of range_low, range_high, range */
    size_t columns;
} layout;

static void describe_columns(const up_projection *p, const layout *l, bool any_interval,
                             bool any_range, up_table_column columns[MOST])
{
    columns[SERIES] = (up_table_column){"series", "Series", 0};
    columns[MODEL] = (up_table_column){"model", "Model", 0};
    columns[STEP] = (up_table_column){"step", NULL, UP_COLUMN_MACHINE};
    columns[PERIOD] = (up_table_column){"period", "Period", 0};
    columns[VALUE] = (up_table_column){"value", "Median", UP_COLUMN_RIGHT};
    for (size_t i = 0; i < l->levels; i++) {
        const level_names *names = find_level(p->level[i]);
        up_table_column *first = &columns[FIRST_LEVEL + COLUMNS_A_LEVEL * i];
        unsigned hidden = any_interval ? 0 : UP_COLUMN_MACHINE;
        first[0] = (up_table_column){names->low, NULL, UP_COLUMN_MACHINE};
        first[1] = (up_table_column){names->high, NULL, UP_COLUMN_MACHINE};
        first[2] = (up_table_column){names->title, names->title,
                                     UP_COLUMN_HUMAN | UP_COLUMN_RIGHT | hidden};
    }
    columns[l->range] = (up_table_column){"range_low", NULL, UP_COLUMN_MACHINE};
    columns[l->range + 1] = (up_table_column){"range_high", NULL, UP_COLUMN_MACHINE};
    columns[l->range + 2] = (up_table_column){"range", "Data range",
                                              UP_COLUMN_HUMAN | UP_COLUMN_RIGHT |
                                                  (any_range ? 0 : UP_COLUMN_MACHINE)};
}

static void set_bounds(up_table *table, size_t column, const up_bounds *bounds,
                       const up_metric *metric)
{
    up_estimate e = up_estimate_between(bounds->low, bounds->high);
    up_buffer words = {0};
    up_words_estimate(&e, metric, 3, &words);
    up_table_double(table, column, bounds->low, NULL);
    up_table_double(table, column + 1, bounds->high, NULL);
    up_table_text(table, column + 2, up_table_words(table, &words));
    up_buffer_release(&words);
}

static void add_step(const up_project_job *job, size_t step, const up_period *period,
                     const layout *l, up_table *table)
{
    const up_projection *p = &job->projection;
    const up_projection_step *s = &p->steps[step];
    const up_metric *metric = &job->series->data->metric;
    char canonical[UP_PERIOD_SIZE];
    up_buffer label = {0}, words = {0};
    up_estimate value = up_estimate_exact(s->value);
    up_period_format(period, canonical);
    up_period_label(period, &label);
    up_words_estimate(&value, metric, 3, &words);
    up_table_row(table);
    up_table_text(table, SERIES, job->series->key);
    up_table_text(table, MODEL, p->model->name);
    up_table_double(table, STEP, (double)(step + 1), NULL);
    up_table_text_as(table, PERIOD, canonical, up_table_words(table, &label));
    up_table_double(table, VALUE, s->value, up_table_words(table, &words));
    for (size_t i = 0; i < p->levels && p->has_intervals; i++)
        set_bounds(table, FIRST_LEVEL + COLUMNS_A_LEVEL * i, &s->bounds[i], metric);
    if (p->has_range)
        set_bounds(table, l->range, &s->range, metric);
    up_buffer_release(&label);
    up_buffer_release(&words);
}

static void note_job(const up_project_job *job, up_table *table)
{
    const up_projection *p = &job->projection;
    char number[UP_NUMBER_SIZE];
    up_buffer note = {0};
    up_buffer_addf(&note, "%s, %s: %zu figures", job->series->key, p->model->name, p->n);
    if (p->left_out > 0)
        up_buffer_addf(&note, " (%zu that are only bounds or implied left out)",
                       p->left_out);
    if (p->before_break > 0)
        up_buffer_addf(&note, " (%zu before a break left out)", p->before_break);
    for (size_t i = 0; i < p->parameter_count; i++) {
        const up_parameter *q = &p->parameters[i];
        up_number_format_significant(q->value, 4, number);
        up_buffer_addf(&note, ", %s %s", q->name, number);
        if (q->standard_error > 0) {
            up_number_format_significant(q->standard_error, 2, number);
            up_buffer_addf(&note, " (se %s)", number);
        }
    }
    if (p->n > 2 && p->has_r_squared) {
        up_number_format_fixed(p->r_squared, 3, number);
        up_buffer_addf(&note, ", R² %s", number);
    }
    if (p->no_interval != NULL)
        up_buffer_addf(&note, "; no interval: %s", p->no_interval);
    up_table_note(table, up_table_words(table, &note));
    up_buffer_release(&note);
    bool below_zero = p->has_intervals && p->steps[0].value > 0 &&
                      p->steps[0].bounds[p->levels - 1].low < 0;
    if (below_zero && job->series->data->metric.floor[0] == '\0')
        up_table_note(table,
                      "an interval reaches below zero: if that cannot be, say so with "
                      "uptick set METRIC floor=0");
    if (p->has_range)
        up_table_note(table,
                      "two figures give a curve and what their own bounds and dates "
                      "allow (data range), no confidence interval");
}

up_status up_view_projection(const up_project_job jobs[], size_t count,
                             const up_period *periods, bool for_machines, up_table *table,
                             up_error *err)
{
    const up_projection *first = NULL;
    bool any_interval = for_machines, any_range = for_machines;
    for (size_t i = 0; i < count; i++) {
        if (jobs[i].status != UP_OK)
            continue;
        if (first == NULL)
            first = &jobs[i].projection;
        any_interval = any_interval || jobs[i].projection.has_intervals;
        any_range = any_range || jobs[i].projection.has_range;
    }
    if (first == NULL)
        return up_error_set(err, UP_TOO_LITTLE_DATA, "nothing could be projected");
    layout l = {.levels = first->levels,
                .range = FIRST_LEVEL + COLUMNS_A_LEVEL * first->levels};
    l.columns = l.range + 3;
    up_table_column columns[MOST];
    describe_columns(first, &l, any_interval, any_range, columns);
    up_status status = up_table_init(table, "projection", columns, l.columns, err);
    for (size_t i = 0, at = 0; i < count && status == UP_OK; at += jobs[i++].count) {
        if (jobs[i].status != UP_OK)
            continue;
        for (size_t s = 0; s < jobs[i].count; s++)
            add_step(&jobs[i], s, &periods[at + s], &l, table);
        note_job(&jobs[i], table);
    }
    return status;
}
