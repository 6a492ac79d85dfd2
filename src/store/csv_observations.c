/* Observations, read from CSV: one after another, or all into a metric. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/pool.h"
#include "store/csv_lines.h"

static const table_shape observation_shape = {
    up_observation_column_names, UP_OBSERVATION_COLUMNS, 1u << UP_COL_PERIOD};

/* What rows say again and again is read and kept once. */
typedef struct row_memory {
    up_pool texts, period_texts;
    char *empty;
    char *last
        [UP_OBSERVATION_COLUMNS]; /* texts of the row before, which often come again */
    up_period *periods;           /* by number of their texts */
    size_t period_count, period_capacity;
    const up_period_options *options;
} row_memory;

static void row_memory_release(row_memory *memory)
{
    up_pool_release(&memory->texts);
    up_pool_release(&memory->period_texts);
    free(memory->periods);
    *memory = (row_memory){0};
}

static up_status pool_text(row_memory *memory, up_observation_column column,
                           const char *text, char **out, up_error *err)
{
    char *last = memory->last[column];
    size_t number;
    if (last != NULL && strcmp(last, text) == 0) {
        *out = last;
        return UP_OK;
    }
    up_status status = up_pool_add(&memory->texts, text, &number, err);
    if (status == UP_OK)
        *out = memory->last[column] = up_pool_text(&memory->texts, number);
    return status;
}

static up_status pool_period(row_memory *memory, const char *text, up_period *out,
                             up_error *err)
{
    size_t number;
    up_period period;
    if (up_period_from_iso(text, strlen(text), out))
        return UP_OK; /* read sooner than found among many others */
    up_status status = up_pool_add(&memory->period_texts, text, &number, err);
    if (status == UP_OK && number < memory->period_count) {
        *out = memory->periods[number];
        return UP_OK;
    }
    if (status == UP_OK)
        status = up_period_parse(text, memory->options, &period, err);
    if (status == UP_OK && number == memory->period_count) {
        status = up_grow(&memory->periods, &memory->period_capacity, number + 1,
                         sizeof *memory->periods, err);
        if (status == UP_OK)
            memory->periods[memory->period_count++] = period;
    }
    if (status == UP_OK)
        *out = period;
    return status;
}

/* An observation whose texts are all the pool's "". */
static up_status start_pooled(row_memory *memory, up_observation *o, up_error *err)
{
    up_status status = UP_OK;
    size_t number;
    if (memory->empty == NULL)
        status = up_pool_add(&memory->texts, "", &number, err);
    if (status == UP_OK && memory->empty == NULL)
        memory->empty = up_pool_text(&memory->texts, number);
    *o = (up_observation){.status = 'A', .reported = UP_REPORTED_ALWAYS, .pooled = true};
    o->entity = o->stated = o->source = o->quote = o->note = memory->empty;
    return status;
}

static up_status set_pooled(row_memory *memory, up_observation *o,
                            up_observation_column column, const char *text, up_error *err)
{
    switch (column) {
    case UP_COL_PERIOD:
        return pool_period(memory, text, &o->period, err);
    case UP_COL_ENTITY:
        return pool_text(memory, column, text, &o->entity, err);
    case UP_COL_STATED:
        return pool_text(memory, column, text, &o->stated, err);
    case UP_COL_SOURCE:
        return pool_text(memory, column, text, &o->source, err);
    case UP_COL_QUOTE:
        return pool_text(memory, column, text, &o->quote, err);
    case UP_COL_NOTE:
        return pool_text(memory, column, text, &o->note, err);
    default:
        return up_observation_set(o, column, text, memory->options, err);
    }
}

static up_status parse_observation(const table_line *r, row_memory *memory,
                                   up_observation *o, up_error *err)
{
    up_status status = start_pooled(memory, o, err);
    for (size_t i = 0; i < UP_OBSERVATION_COLUMNS && status == UP_OK; i++) {
        const char *text = up_line_text(r, i);
        if (text[0] == '\0' && i != UP_COL_PERIOD)
            continue; /* as it was started */
        status = up_line_in_column(
            r, i, set_pooled(memory, o, (up_observation_column)i, text, err), err);
    }
    o->line = r->line;
    return status == UP_OK ? up_observation_validate(o, err) : status;
}

typedef struct observation_target {
    up_metric_data *data;
    row_memory memory;
} observation_target;

static up_status keep_observation(up_metric_data *data, const up_observation *o,
                                  up_error *err)
{
    up_status status = up_grow(&data->observations, &data->capacity, data->count + 1,
                               sizeof *data->observations, err);
    if (status == UP_OK)
        data->observations[data->count++] = *o;
    return status;
}

static up_status read_observation(const table_line *r, void *into, up_error *err)
{
    observation_target *target = into;
    up_observation o;
    up_status status = parse_observation(r, &target->memory, &o, err);
    return status == UP_OK ? keep_observation(target->data, &o, err) : status;
}

/* The texts become the metric's. */
static up_status give_pool(row_memory *memory, up_metric_data *data, up_error *err)
{
    up_status status = up_alloc(1, sizeof *data->pool, &data->pool, err);
    if (status == UP_OK) {
        *data->pool = memory->texts;
        memory->texts = (up_pool){0};
    }
    return status;
}

/* One record after another as an observation. */
typedef struct observation_stream {
    table_line line;
    const char *source;
    row_memory memory;
    up_row_visit *visit;
    void *context;
    up_remarks *remarks;
    up_error first; /* bad row */
} observation_stream;

static up_status visit_row(observation_stream *s, size_t end, up_error *err)
{
    up_observation o;
    up_status status = parse_observation(&s->line, &s->memory, &o, err);
    if (status == UP_OK && s->first.code == UP_OK)
        status = s->visit(s->context, &o, end, err);
    return status;
}

static up_status stream_record(void *context, const up_csv *csv, up_error *err)
{
    observation_stream *s = context;
    up_error reason = {0};
    up_status status;
    s->line.csv = csv;
    s->line.record = csv->count - 1;
    if (csv->count == 1) {
        status = up_csv_check_header(csv, s->source, &reason);
        if (status == UP_OK)
            status = up_line_map_columns(csv, s->source, &s->line, &reason);
    } else {
        const up_csv_record *record = &csv->records[1];
        s->line.line = record->line;
        status = visit_row(s, record->first + record->length, &reason);
    }
    if (status == UP_OK)
        return UP_OK;
    up_error_locate(&reason, s->source, s->line.line);
    up_remarks_add_error(s->remarks, &reason);
    if (s->first.code == UP_OK)
        s->first = reason;
    if (err != NULL)
        *err = reason;
    return csv->count == 1 || status == UP_SYSTEM ? status : UP_OK; /* on to other rows */
}

static up_status run_stream(observation_stream *s, const char *data,
                            const up_csv_span spans[], size_t count, char delimiter,
                            up_csv *header, up_error *err)
{
    const up_csv_options csv_options = {.delimiter = delimiter};
    up_csv csv = {0};
    up_status status = up_csv_each_in(&csv, data, spans, count, s->source, &csv_options,
                                      stream_record, s, s->remarks, err);
    if (status == UP_OK && csv.count == 0 &&
        up_csv_check_header(&csv, s->source, &s->first) != UP_OK)
        up_remarks_add_error(s->remarks, &s->first);
    if (status == UP_OK && s->first.code != UP_OK) {
        status = s->first.code;
        if (err != NULL)
            *err = s->first;
    }
    if (status == UP_OK)
        *header = csv;
    else
        up_csv_release(&csv);
    return status;
}

up_status up_rows_each_observation(const char *data, size_t length, char delimiter,
                                   const char *source, const up_period_options *options,
                                   up_row_visit *visit, void *context, up_csv *header,
                                   up_remarks *remarks, up_error *err)
{
    observation_stream s = {.line = {.shape = &observation_shape},
                            .source = source,
                            .memory = {.options = options},
                            .visit = visit,
                            .context = context,
                            .remarks = remarks};
    const up_csv_span whole = {0, length, 1};
    up_status status = run_stream(&s, data, &whole, 1, delimiter, header, err);
    row_memory_release(&s.memory);
    return status;
}

static bool is_standard(const char *name)
{
    for (size_t i = 0; i < UP_OBSERVATION_COLUMNS; i++)
        if (strcmp(name, up_observation_column_names[i]) == 0)
            return true;
    return false;
}

static up_status read_extra_columns(const up_csv *csv, up_metric_data *data,
                                    up_error *err)
{
    size_t count = csv->records[0].fields;
    up_status status =
        up_alloc(count, sizeof *data->extra_columns, &data->extra_columns, err);
    for (size_t i = 0; i < count && status == UP_OK; i++) {
        const char *name = up_csv_field(csv, 0, i);
        if (is_standard(name))
            continue;
        status = up_copy_text(name, &data->extra_columns[data->extra_count], err);
        data->extra_count += status == UP_OK;
    }
    return status;
}

static void drop_rows(up_metric_data *data)
{
    for (size_t i = 0; i < data->count; i++)
        up_observation_release(&data->observations[i]);
    for (size_t i = 0; i < data->extra_count; i++)
        free(data->extra_columns[i]);
    free(data->observations);
    free(data->extra_columns);
    data->observations = NULL;
    data->extra_columns = NULL;
    data->count = data->capacity = data->extra_count = 0;
}

up_status up_rows_to_observations(const up_csv *csv, const char *source,
                                  up_metric_data *data, up_remarks *remarks,
                                  up_error *err)
{
    up_period_options options = up_metric_period_options(&data->metric);
    observation_target target = {data, {.options = &options}};
    up_status status = up_lines_read(csv, source, &observation_shape, read_observation,
                                     &target, remarks, err);
    if (status == UP_OK)
        status = read_extra_columns(csv, data, err);
    if (status == UP_OK)
        status = give_pool(&target.memory, data, err);
    if (status != UP_OK)
        drop_rows(data);
    row_memory_release(&target.memory);
    return status;
}

static up_status load_row(void *context, const up_observation *o, size_t end,
                          up_error *err)
{
    (void)end;
    return keep_observation(context, o, err);
}

up_status up_rows_load_spans(const char *bytes, const up_csv_span spans[], size_t count,
                             char delimiter, const char *source, up_metric_data *data,
                             up_remarks *remarks, up_error *err)
{
    up_period_options options = up_metric_period_options(&data->metric);
    observation_stream s = {.line = {.shape = &observation_shape},
                            .source = source,
                            .memory = {.options = &options},
                            .visit = load_row,
                            .context = data,
                            .remarks = remarks};
    up_csv header = {0};
    up_status status = run_stream(&s, bytes, spans, count, delimiter, &header, err);
    if (status == UP_OK)
        status = read_extra_columns(&header, data, err);
    if (status == UP_OK)
        status = give_pool(&s.memory, data, err);
    if (status != UP_OK)
        drop_rows(data);
    row_memory_release(&s.memory);
    up_csv_release(&header);
    return status;
}

up_status up_rows_load(const char *bytes, size_t length, char delimiter,
                       const char *source, up_metric_data *data, up_remarks *remarks,
                       up_error *err)
{
    const up_csv_span whole = {0, length, 1};
    return up_rows_load_spans(bytes, &whole, 1, delimiter, source, data, remarks, err);
}
