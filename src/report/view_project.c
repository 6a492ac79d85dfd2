/* The view of projections: for machines lo80, hi80, lo95, hi95 …, for people one cell an
 * interval. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/project_words.h"
#include "uptick/human.h"
#include "uptick/number.h"
#include "uptick/view.h"

/* --- Levels ---------------------------------------------------------------------------------------- */

static bool next_level(const char **at, double *level)
{
    size_t length = strcspn(*at, ",");
    char text[16];
    double percent;
    if (length == 0 || length >= sizeof text)
        return false;
    memcpy(text, *at, length);
    text[length] = '\0';
    bool more = (*at)[length] == ',';
    *at += length + more;
    if (more && **at == '\0')
        return false;
    if (up_number_parse(text, &percent, NULL) != UP_OK || !(percent >= 1) ||
        !(percent <= 99.99) || percent != round(percent * 100) / 100)
        return false;
    *level = percent / 100;
    return true;
}

up_status up_levels_parse(const char *text, double levels[UP_LEVELS_MAX], up_error *err)
{
    double result[UP_LEVELS_MAX] = {0};
    size_t count = 0;
    const char *at = text;
    bool good = *text != '\0';
    while (good && *at != '\0') {
        double level = 0;
        good = count < UP_LEVELS_MAX && next_level(&at, &level);
        size_t place = count; /* in order, whatever theirs */
        while (good && place > 0 && result[place - 1] >= level) {
            good = result[place - 1] > level;
            result[place] = result[place - 1];
            place--;
        }
        if (good) {
            result[place] = level;
            count++;
        }
    }
    if (!good)
        return up_error_set(err, UP_USAGE,
                            "'%s' are no levels: up to %d percentages from 1 to 99.99, "
                            "each once, with commas between",
                            text, UP_LEVELS_MAX);
    memcpy(levels, result, sizeof result);
    return UP_OK;
}

/* --- Columns --------------------------------------------------------------------------------------- */

enum { SERIES, MODEL, STEP, PERIOD, VALUE, FIRST_LEVEL };
enum { COLUMNS_A_LEVEL = 3, AFTER = 5 };
enum { MOST = FIRST_LEVEL + COLUMNS_A_LEVEL * UP_LEVELS_MAX + AFTER, NAME = 16 };

typedef struct layout {
    size_t levels;
    size_t range; /* first of range_low, range_high, range, weight, with_bounds */
    size_t columns;
    char names[UP_LEVELS_MAX][COLUMNS_A_LEVEL][NAME];
    up_table_column column[MOST];
} layout;

static void join(char out[NAME], const char *before, const char *number,
                 const char *after)
{
    size_t length = strlen(before), digits = strlen(number);
    memcpy(out, before, length);
    memcpy(out + length, number, digits);
    memcpy(out + length + digits, after, strlen(after) + 1);
}

static void describe_level(layout *l, const up_projection *p, size_t i, unsigned hidden)
{
    char percent[UP_NUMBER_SIZE];
    up_table_column *first = &l->column[FIRST_LEVEL + COLUMNS_A_LEVEL * i];
    char(*names)[NAME] = l->names[i];
    up_number_format(round(1e4 * p->level[i]) / 100, percent);
    percent[6] = '\0'; /* at most 99.99 */
    join(names[0], "lo", percent, "");
    join(names[1], "hi", percent, "");
    join(names[2], "", percent, " %");
    first[0] = (up_table_column){names[0], NULL, UP_COLUMN_MACHINE};
    first[1] = (up_table_column){names[1], NULL, UP_COLUMN_MACHINE};
    first[2] =
        (up_table_column){names[2], names[2], UP_COLUMN_HUMAN | UP_COLUMN_RIGHT | hidden};
}

static void describe_columns(layout *l, const up_projection *p, bool any_interval,
                             bool any_range)
{
    up_table_column *c = l->column;
    l->levels = p->levels;
    l->range = FIRST_LEVEL + COLUMNS_A_LEVEL * l->levels;
    l->columns = l->range + AFTER;
    c[SERIES] = (up_table_column){"series", "Series", 0};
    c[MODEL] = (up_table_column){"model", p->scenario != NULL ? "Scenario" : "Model",
                                 UP_COLUMN_WRAP};
    c[STEP] = (up_table_column){"step", NULL, UP_COLUMN_MACHINE};
    c[PERIOD] = (up_table_column){"period", "Period", 0};
    c[VALUE] = (up_table_column){"value", p->scenario != NULL ? "Level" : "Median",
                                 UP_COLUMN_RIGHT};
    for (size_t i = 0; i < l->levels; i++)
        describe_level(l, p, i, any_interval ? 0 : UP_COLUMN_MACHINE);
    c += l->range;
    c[0] = (up_table_column){"range_low", NULL, UP_COLUMN_MACHINE};
    c[1] = (up_table_column){"range_high", NULL, UP_COLUMN_MACHINE};
    c[2] = (up_table_column){"range", "Data range",
                             UP_COLUMN_HUMAN | UP_COLUMN_RIGHT |
                                 (any_range ? 0 : UP_COLUMN_MACHINE)};
    c[3] = (up_table_column){"weight", NULL, UP_COLUMN_MACHINE};
    c[4] = (up_table_column){"with_bounds", NULL, UP_COLUMN_MACHINE};
}

/* --- Rows ------------------------------------------------------------------------------------------ */

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
                     const layout *l, bool member, up_table *table)
{
    const up_projection *p = &job->projection;
    const up_projection_step *s = &p->steps[step];
    const up_metric *metric = &job->series->data->metric;
    up_buffer words = {0};
    up_estimate value = up_estimate_exact(s->value);
    up_words_estimate(&value, metric, 3, &words);
    up_table_row(table);
    up_table_text(table, SERIES, job->series->key);
    up_table_text(table, MODEL, up_projection_name(p));
    up_table_double(table, STEP, (double)(step + 1), NULL);
    up_table_period(table, PERIOD, period);
    up_table_double(table, VALUE, s->value, up_table_words(table, &words));
    for (size_t i = 0; i < p->levels && p->has_intervals; i++)
        if (isfinite(s->bounds[i].low))
            set_bounds(table, FIRST_LEVEL + COLUMNS_A_LEVEL * i, &s->bounds[i], metric);
    if (p->has_range)
        set_bounds(table, l->range, &s->range, metric);
    if (p->weight > 0 || member)
        up_table_double(table, l->range + 3, p->weight, NULL);
    if (p->has_with_bounds)
        up_table_double(table, l->range + 4, s->with_bounds, NULL);
    up_buffer_release(&words);
}

/* --- All ------------------------------------------------------------------------------------------- */

/* Whether a job is a member of the pool whose job is at `pool` (SIZE_MAX: no pool). */
static bool is_pooled(const up_project_job jobs[], size_t i, size_t pool)
{
    return pool != SIZE_MAX && jobs[i].series == jobs[pool].series && i != pool;
}

static size_t find_pool(const up_project_job jobs[], size_t i, size_t pool)
{
    if (jobs[i].model == &up_model_auto)
        return jobs[i].status == UP_OK ? i : SIZE_MAX;
    return pool != SIZE_MAX && jobs[pool].series == jobs[i].series ? pool : SIZE_MAX;
}

/* Whether a job has rows: for people the pool stands for its members, but for those that are asked for by
 * name; where some are, machines get no others either. */
static bool has_rows(const up_project_job jobs[], size_t count, size_t i, size_t pool,
                     bool for_machines)
{
    bool named = false;
    for (size_t j = 0; j < count; j++)
        named = named || jobs[j].shown;
    return !is_pooled(jobs, i, pool) || jobs[i].shown || (for_machines && !named);
}

/* A scenario from a figure that leaves nothing open has its level, and no range to show. */
static bool shows_range(const up_projection *p)
{
    bool open = p->scenario == NULL;
    for (size_t i = 0; i < p->count && !open; i++)
        open = p->steps[i].range.low < p->steps[i].range.high;
    return p->has_range && open;
}

/* Which columns there are: those of the jobs that have rows. */
static up_status begin(const up_project_job jobs[], size_t count, bool for_machines,
                       layout *l, up_table *table, up_error *err)
{
    const up_projection *first = NULL;
    bool any_interval = for_machines, any_range = for_machines;
    for (size_t i = 0; i < count; i++) {
        if (jobs[i].status != UP_OK)
            continue;
        if (first == NULL)
            first = &jobs[i].projection;
        any_interval = any_interval || jobs[i].projection.has_intervals;
        any_range = any_range || shows_range(&jobs[i].projection);
    }
    if (first == NULL)
        return up_error_set(err, UP_TOO_LITTLE_DATA, "nothing could be projected");
    describe_columns(l, first, any_interval, any_range);
    return up_table_init(table, "projection", l->column, l->columns, err);
}

up_status up_view_projection(const up_project_job jobs[], size_t count,
                             const up_period *periods, bool for_machines, up_table *table,
                             up_error *err)
{
    layout l;
    size_t pool = SIZE_MAX;
    up_status status = begin(jobs, count, for_machines, &l, table, err);
    for (size_t i = 0, at = 0; i < count && status == UP_OK; at += jobs[i++].count) {
        pool = find_pool(jobs, i, pool);
        if (jobs[i].status != UP_OK)
            continue;
        bool member = is_pooled(jobs, i, pool), weighs = jobs[i].projection.weight > 0;
        bool rows = has_rows(jobs, count, i, pool, for_machines);
        for (size_t s = 0; s < jobs[i].count && rows; s++)
            add_step(&jobs[i], s, &periods[at + s], &l, member, table);
        if (!member || weighs || jobs[i].shown)
            up_note_projection(&jobs[i], &periods[at + jobs[i].count - 1],
                               member && weighs, table);
    }
    if (status == UP_OK) {
        up_note_left_out(jobs, count, table);
        up_note_scenarios(jobs, count, table);
        up_note_moments(jobs, count, table);
    }
    return status;
}

/* --- Parameters ---------------------------------------------------------------------------------------- */

enum {
    P_SERIES,
    P_MODEL,
    P_NAME,
    P_VALUE,
    P_ERROR,
    P_LOW,
    P_HIGH,
    P_INTERVAL,
    P_CORRELATION,
    P_COLUMNS = P_CORRELATION + 4
};
static const up_table_column parameter_columns[P_COLUMNS] = {
    {"series", "Series", 0},
    {"model", "Model", 0},
    {"parameter", "Parameter", 0},
    {"value", "Value", UP_COLUMN_RIGHT},
    {"standard_error", "s.e.", UP_COLUMN_RIGHT},
    {"lo95", NULL, UP_COLUMN_MACHINE},
    {"hi95", NULL, UP_COLUMN_MACHINE},
    {"interval", "95 %", UP_COLUMN_HUMAN | UP_COLUMN_RIGHT},
    {"cor1", "Correlation", UP_COLUMN_RIGHT},
    {"cor2", "with 2nd", UP_COLUMN_RIGHT},
    {"cor3", "with 3rd", UP_COLUMN_RIGHT},
    {"cor4", "with 4th", UP_COLUMN_RIGHT}};

static void set_number(up_table *table, size_t column, double number, int digits)
{
    char text[UP_NUMBER_SIZE];
    up_number_format_significant(number, digits, text);
    up_table_double(table, column, number, text);
}

static void add_parameter(const up_project_job *job, size_t i, up_table *table)
{
    const up_projection *p = &job->projection;
    const up_parameter *q = &p->parameters[i];
    const up_metric *metric = &job->series->data->metric;
    up_buffer words = {0}, interval = {0};
    up_words_parameter(q, q->value, metric, &words);
    up_words_ends(q, metric, &interval);
    up_table_row(table);
    up_table_text(table, P_SERIES, job->series->key);
    up_table_text(table, P_MODEL, up_model_name(p->model));
    up_table_text(table, P_NAME, q->name);
    up_table_double(table, P_VALUE, q->value, up_table_words(table, &words));
    if (q->standard_error > 0)
        set_number(table, P_ERROR, q->standard_error, 3);
    if (q->has_low)
        up_table_double(table, P_LOW, q->low, NULL);
    if (q->has_high)
        up_table_double(table, P_HIGH, q->high, NULL);
    if (interval.length > 0)
        up_table_text(table, P_INTERVAL, up_table_words(table, &interval));
    for (size_t j = 0; j < p->fitted && i < p->fitted; j++) {
        char text[UP_NUMBER_SIZE];
        up_number_format_fixed(p->correlation[i][j], 2, text);
        if (p->correlation[i][j] != 0)
            up_table_double(table, P_CORRELATION + j, p->correlation[i][j], text);
    }
    up_buffer_release(&words);
    up_buffer_release(&interval);
}

static void note_bound(const up_project_job *job, up_table *table)
{
    up_buffer note = {0};
    up_buffer_addf(&note,
                   "%s, %s: a parameter stands at its bound: its own interval is told "
                   "inwards at most, the others' not at all",
                   job->series->key, up_model_name(job->projection.model));
    up_table_note(table, up_table_words(table, &note));
    up_buffer_release(&note);
}

up_status up_view_parameters(const up_project_job jobs[], size_t count, up_table *table,
                             up_error *err)
{
    up_status status =
        up_table_init(table, "parameters", parameter_columns, P_COLUMNS, err);
    for (size_t i = 0; i < count && status == UP_OK; i++)
        for (size_t q = 0;
             jobs[i].status == UP_OK && q < jobs[i].projection.parameter_count; q++)
            add_parameter(&jobs[i], q, table);
    for (size_t i = 0; i < count && status == UP_OK; i++)
        if (jobs[i].status == UP_OK && jobs[i].projection.at_bound)
            note_bound(&jobs[i], table);
    if (status == UP_OK)
        up_note_left_out(jobs, count, table);
    return status;
}
