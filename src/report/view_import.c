/* Views of an import: what its columns are, what its figures say. */
#include <string.h>

#include "uptick/view.h"

enum { COLUMN_NAME, COLUMN_ROLE, COLUMN_MEANING, COLUMN_COLUMNS };
static const up_table_column column_columns[COLUMN_COLUMNS] = {
    [COLUMN_NAME] = {"column", "Column", 0},
    [COLUMN_ROLE] = {"role", "Role", UP_COLUMN_MACHINE},
    [COLUMN_MEANING] = {"meaning", "Taken for", UP_COLUMN_WRAP}};

up_status up_view_import_columns(const up_import *import, up_table *table, up_error *err)
{
    up_status status =
        up_table_init(table, "columns", column_columns, COLUMN_COLUMNS, err);
    for (size_t i = 0; i < import->column_count && status == UP_OK; i++) {
        const up_import_column *c = &import->columns[i];
        up_table_row(table);
        up_table_text(table, COLUMN_NAME, c->name);
        up_table_text(table, COLUMN_ROLE, up_import_roles[c->role].name);
        up_table_text(table, COLUMN_MEANING, c->meaning);
    }
    return status;
}

enum {
    FIGURE_METRIC,
    FIGURE_ENTITY,
    FIGURE_PERIOD,
    FIGURE_VALUE,
    FIGURE_LINE,
    FIGURE_COLUMNS
};
static const up_table_column figure_columns[FIGURE_COLUMNS] = {
    [FIGURE_METRIC] = {"metric", "Metric", 0},
    [FIGURE_ENTITY] = {"entity", "Entity", 0},
    [FIGURE_PERIOD] = {"period", "Period", 0},
    [FIGURE_VALUE] = {"figure", "Figure", UP_COLUMN_RIGHT},
    [FIGURE_LINE] = {"line", "Line", UP_COLUMN_RIGHT}};

static void set_figure(up_table *table, const up_import_metric *m,
                       const up_observation *o, size_t line)
{
    up_buffer label = {0}, figure = {0};
    char period[UP_PERIOD_SIZE];
    up_table_row(table);
    up_table_text(table, FIGURE_METRIC, m->metric.name);
    up_table_text(table, FIGURE_ENTITY, o->entity);
    up_period_format(&o->period, period);
    up_period_label(&o->period, &label);
    up_table_text_as(table, FIGURE_PERIOD, period, up_table_words(table, &label));
    up_words_figure(o, &m->metric, 0, &figure);
    up_table_text(table, FIGURE_VALUE, up_table_words(table, &figure));
    up_table_decimal(table, FIGURE_LINE, up_decimal_from_int((int64_t)line), NULL);
    up_buffer_release(&label);
    up_buffer_release(&figure);
}

up_status up_view_import_figures(const up_import *import, size_t most, up_table *table,
                                 up_error *err)
{
    up_status status =
        up_table_init(table, "figures", figure_columns, FIGURE_COLUMNS, err);
    for (size_t m = 0; m < import->metric_count && status == UP_OK; m++) {
        const up_import_metric *metric = &import->metrics[m];
        for (size_t i = 0; i < metric->batch.count && i < most && status == UP_OK; i++) {
            up_observation o;
            status = up_batch_get(&metric->batch, i, &o, err);
            if (status == UP_OK)
                set_figure(table, metric, &o, metric->batch.rows[i].line);
        }
    }
    if (status != UP_OK)
        up_table_release(table);
    return status;
}
