/* series/projections.csv: the projections that were kept, one row a figure. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "store/csv_lines.h"
#include "store/csv_store.h"
#include "uptick/number.h"

enum {
    KEPT_ID,
    KEPT_METRIC,
    KEPT_ENTITY,
    KEPT_MADE,
    KEPT_AS_OF,
    KEPT_MODEL,
    KEPT_OPTIONS,
    KEPT_SEED,
    KEPT_PERIOD,
    KEPT_QUANTILE,
    KEPT_VALUE
};
const char *const up_kept_column_names[KEPT_COLUMNS] = {
    [KEPT_ID] = "id",           [KEPT_METRIC] = "metric",
    [KEPT_ENTITY] = "entity",   [KEPT_MADE] = "made",
    [KEPT_AS_OF] = "as_of",     [KEPT_MODEL] = "model",
    [KEPT_OPTIONS] = "options", [KEPT_SEED] = "seed",
    [KEPT_PERIOD] = "period",   [KEPT_QUANTILE] = "quantile",
    [KEPT_VALUE] = "value"};

/* --- Reading ------------------------------------------------------------------------------ */

static up_status read_day(const table_line *r, size_t column, int64_t *day, up_error *err)
{
    const char *text = up_line_text(r, column);
    if (text[0] == '\0')
        return up_error_set(err, UP_BAD_DATA, "%s is empty (wanted a day)",
                            r->shape->names[column]);
    return up_line_in_column(r, column, up_reported_parse(text, day, err), err);
}

/* What every row of one projection says alike. */
static up_status read_head(const table_line *r, up_kept *kept, up_error *err)
{
    char **const texts[] = {&kept->id,    &kept->metric,  &kept->entity,
                            &kept->model, &kept->options, &kept->seed};
    static const size_t columns[] = {KEPT_ID,    KEPT_METRIC,  KEPT_ENTITY,
                                     KEPT_MODEL, KEPT_OPTIONS, KEPT_SEED};
    up_status status = UP_OK;
    for (size_t i = 0; i < sizeof columns / sizeof columns[0] && status == UP_OK; i++)
        status = up_line_copy(r, columns[i], texts[i], err);
    if (status == UP_OK && kept->id[0] == '\0')
        status = up_error_set(err, UP_BAD_DATA, "id is empty (wanted a name for it)");
    if (status == UP_OK)
        status = read_day(r, KEPT_MADE, &kept->made, err);
    if (status == UP_OK)
        status = read_day(r, KEPT_AS_OF, &kept->as_of, err);
    return status;
}

static bool same_head(const up_kept *a, const up_kept *b)
{
    return strcmp(a->metric, b->metric) == 0 && strcmp(a->entity, b->entity) == 0 &&
           a->made == b->made && a->as_of == b->as_of &&
           strcmp(a->model, b->model) == 0 && strcmp(a->options, b->options) == 0 &&
           strcmp(a->seed, b->seed) == 0;
}

static up_kept *find_kept(const up_tracker *t, const char *id)
{
    for (size_t i = t->kept_count; i-- > 0;) /* the rows of one mostly stand together */
        if (strcmp(t->kept[i].id, id) == 0)
            return &t->kept[i];
    return NULL;
}

static up_status read_quantile(const table_line *r, up_kept_figure *figure, up_error *err)
{
    const char *text = up_line_text(r, KEPT_QUANTILE);
    figure->has_quantile = text[0] != '\0';
    if (!figure->has_quantile)
        return UP_OK;
    up_status status = up_line_in_column(
        r, KEPT_QUANTILE, up_number_parse(text, &figure->quantile, err), err);
    if (status == UP_OK && !(figure->quantile > 0 && figure->quantile < 1))
        status = up_error_set(err, UP_BAD_DATA,
                              "quantile '%s' does not lie between 0 and 1", text);
    return status;
}

static up_status read_figure(const table_line *r, const up_tracker *t,
                             up_kept_figure *figure, up_error *err)
{
    const char *metric = up_line_text(r, KEPT_METRIC);
    const up_metric_data *data = up_tracker_metric(t, metric);
    if (data == NULL)
        return up_error_set(err, UP_BAD_DATA, "metric '%s' is not in this tracker",
                            metric);
    up_period_options options = up_metric_period_options(&data->metric);
    up_status status = up_line_in_column(
        r, KEPT_PERIOD,
        up_period_parse(up_line_text(r, KEPT_PERIOD), &options, &figure->period, err),
        err);
    if (status == UP_OK && !up_period_is_bounded(&figure->period))
        status = up_error_set(err, UP_BAD_DATA, "period '%s' has no end",
                              up_line_text(r, KEPT_PERIOD));
    if (status == UP_OK)
        status = read_quantile(r, figure, err);
    if (status == UP_OK)
        status = up_line_in_column(
            r, KEPT_VALUE,
            up_number_parse(up_line_text(r, KEPT_VALUE), &figure->value, err), err);
    return status;
}

/* The projection of a row: the one of its id, or with another id than all before it a new one. */
static up_status join_head(up_tracker *t, up_kept *head, size_t line, up_kept **kept,
                           up_error *err)
{
    *kept = find_kept(t, head->id);
    if (*kept != NULL && !same_head(*kept, head))
        return up_error_set(err, UP_BAD_DATA,
                            "id '%s' is that of another projection (line %zu)", head->id,
                            (*kept)->figures[0].line);
    if (*kept != NULL)
        return UP_OK;
    up_status status =
        up_grow(&t->kept, &t->kept_capacity, t->kept_count + 1, sizeof *t->kept, err);
    up_kept_figure *figures = NULL;
    size_t capacity = 0;
    if (status == UP_OK)
        status = up_grow(&figures, &capacity, 1, sizeof *figures, err);
    if (status != UP_OK)
        return status;
    figures[0].line = line;
    *kept = &t->kept[t->kept_count++];
    **kept = *head;
    (*kept)->figures = figures;
    (*kept)->capacity = capacity;
    *head = (up_kept){0};
    return UP_OK;
}

static up_status read_kept(const table_line *r, void *into, up_error *err)
{
    up_tracker *t = into;
    up_kept head = {0}, *kept = NULL;
    up_kept_figure figure = {.line = r->line};
    up_status status = read_figure(r, t, &figure, err);
    if (status == UP_OK)
        status = read_head(r, &head, err);
    if (status == UP_OK)
        status = join_head(t, &head, r->line, &kept, err);
    if (status == UP_OK)
        status = up_grow(&kept->figures, &kept->capacity, kept->count + 1,
                         sizeof *kept->figures, err);
    if (status == UP_OK)
        kept->figures[kept->count++] = figure;
    up_kept_release(&head);
    return status;
}

up_status up_rows_to_projections(const up_csv *csv, const char *source,
                                 up_tracker *tracker, up_remarks *remarks, up_error *err)
{
    const table_shape shape = {up_kept_column_names, KEPT_COLUMNS,
                               1u << KEPT_ID | 1u << KEPT_METRIC | 1u << KEPT_MADE |
                                   1u << KEPT_AS_OF | 1u << KEPT_PERIOD |
                                   1u << KEPT_QUANTILE | 1u << KEPT_VALUE};
    size_t before = tracker->kept_count;
    up_status status =
        up_lines_read(csv, source, &shape, read_kept, tracker, remarks, err);
    while (status != UP_OK && tracker->kept_count > before)
        up_kept_release(&tracker->kept[--tracker->kept_count]);
    return status;
}

/* --- Writing ------------------------------------------------------------------------------ */

static void add_number(up_buffer *out, double number)
{
    char text[UP_NUMBER_SIZE];
    up_number_format(number, text);
    up_buffer_add(out, text);
}

up_status up_row_of_kept(const up_kept *kept, const up_kept_figure *figure,
                         row_texts *row, up_error *err)
{
    up_buffer *b = row->buffers;
    const struct {
        size_t column;
        const char *text;
    } texts[] = {{KEPT_ID, kept->id},           {KEPT_METRIC, kept->metric},
                 {KEPT_ENTITY, kept->entity},   {KEPT_MODEL, kept->model},
                 {KEPT_OPTIONS, kept->options}, {KEPT_SEED, kept->seed}};
    char period[UP_PERIOD_SIZE];
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        up_buffer_add(&b[texts[i].column], texts[i].text != NULL ? texts[i].text : "");
    up_reported_format(kept->made, &b[KEPT_MADE]);
    up_reported_format(kept->as_of, &b[KEPT_AS_OF]);
    up_period_format(&figure->period, period);
    up_buffer_add(&b[KEPT_PERIOD], period);
    if (figure->has_quantile)
        add_number(&b[KEPT_QUANTILE], figure->quantile);
    add_number(&b[KEPT_VALUE], figure->value);
    return up_row_texts_finish(row, err);
}

/* Neither in the file nor among those before it. */
static up_status check_new_id(const csv_file *file, const up_kept kept[], size_t index,
                              up_error *err)
{
    const char *id = kept[index].id;
    size_t place = up_csv_column(&file->csv, up_kept_column_names[KEPT_ID]);
    for (size_t i = 1; i < file->csv.count; i++)
        if (strcmp(up_csv_field(&file->csv, i, place), id) == 0)
            return up_error_at(err, UP_USAGE, file->source, file->csv.records[i].line,
                               "there is a projection '%s' already", id);
    for (size_t i = 0; i < index; i++)
        if (strcmp(kept[i].id, id) == 0)
            return up_error_set(err, UP_USAGE, "two projections are called '%s'", id);
    return UP_OK;
}

static up_status add_figures(csv_file *file, const up_kept *kept, up_error *err)
{
    up_status status = UP_OK;
    for (size_t i = 0; i < kept->count && status == UP_OK; i++) {
        row_texts texts = {0};
        csv_row *row = NULL;
        status = up_row_of_kept(kept, &kept->figures[i], &texts, err);
        if (status == UP_OK)
            status = up_csv_file_insert(file, NULL, up_kept_column_names, texts.texts,
                                        KEPT_COLUMNS, &row, err);
        up_row_texts_release(&texts);
    }
    return status;
}

up_status up_csv_add_projections(up_store *store, const up_kept kept[], size_t count,
                                 up_error *err)
{
    csv_store *s = (csv_store *)store;
    staged_table *table = NULL;
    up_status status = up_csv_check_change(s, err);
    for (size_t i = 0; i < count && status == UP_OK; i++)
        if (up_descriptor_metric(&s->descriptor, kept[i].metric) == NULL)
            status = up_tracker_unknown_metric(&s->tracker, kept[i].metric, err);
    if (status == UP_OK)
        status = up_csv_stage_role(s, "projections", up_kept_column_names, KEPT_COLUMNS,
                                   &table, err);
    if (status == UP_OK)
        status = up_csv_refresh(table, err);
    for (size_t i = 0; i < count && status == UP_OK; i++)
        status = check_new_id(&table->file, kept, i, err);
    for (size_t i = 0; i < count && status == UP_OK; i++)
        status = add_figures(&table->file, &kept[i], err);
    return status;
}
