#include "store/csv_rows.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "base/pool.h"

const char *const up_entity_column_names[ENTITY_COLUMNS] = {"entity", "code", "aliases"};

enum {
    CLAIM_METRIC,
    CLAIM_ENTITY,
    CLAIM_TRANSFORM,
    CLAIM_FROM,
    CLAIM_TO,
    CLAIM_VALUE,
    CLAIM_QUALIFIER,
    CLAIM_LOW,
    CLAIM_HIGH,
    CLAIM_STATED,
    CLAIM_REPORTED,
    CLAIM_SOURCE,
    CLAIM_QUOTE,
    CLAIM_NOTE
};
const char *const up_claim_column_names[CLAIM_COLUMNS] = {[CLAIM_METRIC] = "metric",
                                                          [CLAIM_ENTITY] = "entity",
                                                          [CLAIM_TRANSFORM] = "transform",
                                                          [CLAIM_FROM] = "from",
                                                          [CLAIM_TO] = "to",
                                                          [CLAIM_VALUE] = "value",
                                                          [CLAIM_QUALIFIER] = "qualifier",
                                                          [CLAIM_LOW] = "low",
                                                          [CLAIM_HIGH] = "high",
                                                          [CLAIM_STATED] = "stated",
                                                          [CLAIM_REPORTED] = "reported",
                                                          [CLAIM_SOURCE] = "source",
                                                          [CLAIM_QUOTE] = "quote",
                                                          [CLAIM_NOTE] = "note"};

enum {
    EVENT_DATE,
    EVENT_ENTITY,
    EVENT_METRIC,
    EVENT_KIND,
    EVENT_TEXT,
    EVENT_SOURCE,
    EVENT_QUOTE
};
const char *const up_event_column_names[EVENT_COLUMNS] = {
    [EVENT_DATE] = "date",  [EVENT_ENTITY] = "entity", [EVENT_METRIC] = "metric",
    [EVENT_KIND] = "kind",  [EVENT_TEXT] = "text",     [EVENT_SOURCE] = "source",
    [EVENT_QUOTE] = "quote"};

/* --- Reading: what all tables share --------------------------------------------------- */

enum { COLUMNS_MAX = CLAIM_COLUMNS };

/* A table's standard columns; those that must be there are told by a bit each. */
typedef struct table_shape {
    const char *const *names;
    size_t count;
    unsigned needed;
} table_shape;

typedef struct table_line {
    const up_csv *csv;
    size_t record, line;
    size_t
        columns[COLUMNS_MAX]; /* where each standard column stands; SIZE_MAX: nowhere */
    const table_shape *shape;
} table_line;

/* Reads one row and appends it to *into. */
typedef up_status row_reader(const table_line *r, void *into, up_error *err);

static const char *text_of(const table_line *r, size_t column)
{
    return up_csv_field(r->csv, r->record, r->columns[column]);
}

/* "'3,5' is not a number" in column value → "value '3,5' is not a number". */
static up_status in_column(const table_line *r, size_t column, up_status status,
                           up_error *err)
{
    if (status == UP_OK || status == UP_SYSTEM || err == NULL)
        return status;
    up_error reason = *err;
    return up_error_set(err, UP_BAD_DATA, "%s%s %s", r->shape->names[column],
                        reason.message[0] == '\'' ? "" : ":", reason.message);
}

/* What a header looks like that has not the column: as a spreadsheet may have saved it. */
static up_status refuse_header(const up_csv *csv, const char *source, const char *wanted,
                               up_error *err)
{
    size_t line = csv->records[0].line;
    for (size_t i = 0; i < csv->records[0].fields; i++) {
        const char *found = up_csv_field(csv, 0, i);
        if (strcasecmp(found, wanted) == 0)
            return up_error_at(err, UP_BAD_DATA, source, line,
                               "the file has no column '%s', but '%s' (names are lower "
                               "case)",
                               wanted, found);
    }
    const char *first = up_csv_field(csv, 0, 0);
    if (csv->records[0].fields == 1 && strpbrk(first, ";\t|") != NULL)
        return up_error_at(err, UP_BAD_DATA, source, line,
                           "the file has no column '%s': its fields are separated by %s, "
                           "not by ','",
                           wanted,
                           strchr(first, ';') != NULL    ? "';'"
                           : strchr(first, '\t') != NULL ? "tabs"
                                                         : "'|'");
    return up_error_at(err, UP_BAD_DATA, source, line, "the file has no column '%s'",
                       wanted);
}

static up_status map_columns(const up_csv *csv, const char *source, table_line *r,
                             up_error *err)
{
    for (size_t i = 0; i < r->shape->count; i++) {
        r->columns[i] = up_csv_column(csv, r->shape->names[i]);
        if (r->columns[i] == SIZE_MAX && (r->shape->needed >> i & 1) != 0)
            return refuse_header(csv, source, r->shape->names[i], err);
    }
    return UP_OK;
}

/* Reads every record; the first error is err, each one a remark. */
static up_status read_rows(const up_csv *csv, const char *source,
                           const table_shape *shape, row_reader *read, void *into,
                           up_remarks *remarks, up_error *err)
{
    table_line r = {.csv = csv, .shape = shape};
    up_error first = {0};
    bool readable = map_columns(csv, source, &r, &first) == UP_OK;
    if (!readable)
        up_remarks_add_error(remarks, &first);
    for (r.record = 1; readable && r.record < csv->count; r.record++) {
        up_error reason = {0};
        r.line = csv->records[r.record].line;
        if (read(&r, into, &reason) == UP_OK)
            continue;
        up_error_locate(&reason, source, r.line);
        up_remarks_add_error(remarks, &reason);
        if (first.code == UP_OK)
            first = reason;
        readable = reason.code != UP_SYSTEM;
    }
    if (first.code != UP_OK && err != NULL)
        *err = first;
    return first.code;
}

static up_status copy_column(const table_line *r, size_t column, char **out,
                             up_error *err)
{
    return up_copy_text(text_of(r, column), out, err);
}

/* --- Observations ----------------------------------------------------------------------- */

static const table_shape observation_shape = {
    up_observation_column_names, UP_OBSERVATION_COLUMNS, 1u << UP_COL_PERIOD};

/* What rows say again and again is read and kept once. */
typedef struct row_memory {
    up_pool texts, period_texts;
    up_period *periods; /* by number of their texts */
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

static up_status pool_text(row_memory *memory, const char *text, char **out,
                           up_error *err)
{
    size_t number;
    up_status status = up_pool_add(&memory->texts, text, &number, err);
    if (status == UP_OK)
        *out = up_pool_text(&memory->texts, number);
    return status;
}

static up_status pool_period(row_memory *memory, const char *text, up_period *out,
                             up_error *err)
{
    size_t number;
    up_period period;
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
    char *empty = NULL;
    *o = (up_observation){.status = 'A', .reported = UP_REPORTED_ALWAYS, .pooled = true};
    up_status status = pool_text(memory, "", &empty, err);
    o->entity = o->stated = o->source = o->quote = o->note = empty;
    return status;
}

static up_status set_pooled(row_memory *memory, up_observation *o,
                            up_observation_column column, const char *text, up_error *err)
{
    switch (column) {
    case UP_COL_PERIOD:
        return pool_period(memory, text, &o->period, err);
    case UP_COL_ENTITY:
        return pool_text(memory, text, &o->entity, err);
    case UP_COL_STATED:
        return pool_text(memory, text, &o->stated, err);
    case UP_COL_SOURCE:
        return pool_text(memory, text, &o->source, err);
    case UP_COL_QUOTE:
        return pool_text(memory, text, &o->quote, err);
    case UP_COL_NOTE:
        return pool_text(memory, text, &o->note, err);
    default:
        return up_observation_set(o, column, text, memory->options, err);
    }
}

static up_status parse_observation(const table_line *r, row_memory *memory,
                                   up_observation *o, up_error *err)
{
    up_status status = start_pooled(memory, o, err);
    for (size_t i = 0; i < UP_OBSERVATION_COLUMNS && status == UP_OK; i++) {
        const char *text = text_of(r, i);
        if (text[0] == '\0' && i != UP_COL_PERIOD)
            continue; /* as it was started */
        status = in_column(
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
            status = map_columns(csv, s->source, &s->line, &reason);
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

static up_status run_stream(observation_stream *s, const char *data, size_t length,
                            char delimiter, up_csv *header, up_error *err)
{
    const up_csv_options csv_options = {.delimiter = delimiter};
    up_csv csv = {0};
    up_status status = up_csv_each(&csv, data, length, s->source, &csv_options,
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
    up_status status = run_stream(&s, data, length, delimiter, header, err);
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
    up_status status = read_rows(csv, source, &observation_shape, read_observation,
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

up_status up_rows_load(const char *bytes, size_t length, char delimiter,
                       const char *source, up_metric_data *data, up_remarks *remarks,
                       up_error *err)
{
    up_period_options options = up_metric_period_options(&data->metric);
    observation_stream s = {.line = {.shape = &observation_shape},
                            .source = source,
                            .memory = {.options = &options},
                            .visit = load_row,
                            .context = data,
                            .remarks = remarks};
    up_csv header = {0};
    up_status status = run_stream(&s, bytes, length, delimiter, &header, err);
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

/* --- Entities ---------------------------------------------------------------------------- */

/* Trimmed and NFC, by the one function that does it. */
static up_status clean_name(const char *text, char **name, up_error *err)
{
    static const up_tracker nobody = {0};
    return up_tracker_entity_name(&nobody, text, name, err);
}

static up_status add_alias(up_entity *entity, const char *text, size_t length,
                           up_error *err)
{
    char *raw = NULL, *alias = NULL;
    up_status status = up_copy_bytes(text, length, &raw, err);
    if (status == UP_OK)
        status = clean_name(raw, &alias, err);
    free(raw);
    if (status == UP_OK && alias[0] != '\0')
        entity->aliases[entity->alias_count++] = alias;
    else
        free(alias);
    return status;
}

static up_status read_aliases(up_entity *entity, const char *text, up_error *err)
{
    size_t most = 1;
    for (const char *at = text; *at != '\0'; at++)
        most += *at == ALIAS_SEPARATOR;
    up_status status = up_alloc(most, sizeof *entity->aliases, &entity->aliases, err);
    while (status == UP_OK) {
        size_t length = strcspn(text, (const char[]){ALIAS_SEPARATOR, '\0'});
        status = add_alias(entity, text, length, err);
        if (text[length] == '\0')
            break;
        text += length + 1;
    }
    return status;
}

static up_status read_entity(const table_line *r, void *into, up_error *err)
{
    up_tracker *t = into;
    up_entity entity = {0};
    up_status status = up_grow(&t->entities, &t->entity_capacity, t->entity_count + 1,
                               sizeof *t->entities, err);
    if (status == UP_OK)
        status = clean_name(text_of(r, 0), &entity.name, err);
    if (status == UP_OK && entity.name[0] == '\0')
        status = up_error_set(err, UP_BAD_DATA, "entity is empty (wanted a name)");
    if (status == UP_OK)
        status = copy_column(r, 1, &entity.code, err);
    if (status == UP_OK)
        status = read_aliases(&entity, text_of(r, 2), err);
    if (status == UP_OK)
        t->entities[t->entity_count++] = entity;
    else
        up_entity_release(&entity);
    return status;
}

up_status up_rows_to_entities(const up_csv *csv, const char *source, up_tracker *tracker,
                              up_remarks *remarks, up_error *err)
{
    const table_shape shape = {up_entity_column_names, ENTITY_COLUMNS, 1u};
    size_t before = tracker->entity_count;
    up_status status = read_rows(csv, source, &shape, read_entity, tracker, remarks, err);
    while (status != UP_OK && tracker->entity_count > before)
        up_entity_release(&tracker->entities[--tracker->entity_count]);
    return status;
}

/* --- Claims ------------------------------------------------------------------------------ */

static up_status read_period(const table_line *r, size_t column,
                             const up_period_options *options, bool *has,
                             up_period *period, up_error *err)
{
    const char *text = text_of(r, column);
    *has = text[0] != '\0';
    if (!*has)
        return UP_OK;
    return in_column(r, column, up_period_parse(text, options, period, err), err);
}

static up_status read_number(const table_line *r, size_t column, bool *has,
                             up_decimal *number, up_error *err)
{
    const char *text = text_of(r, column);
    *has = text[0] != '\0';
    if (!*has)
        return UP_OK;
    return in_column(r, column, up_decimal_parse(text, number, err), err);
}

static up_status read_change(const table_line *r, up_claim *claim, up_error *err)
{
    up_quantity *q = &claim->change;
    up_status status = in_column(
        r, CLAIM_TRANSFORM,
        up_change_kind_parse(text_of(r, CLAIM_TRANSFORM), &claim->transform, err), err);
    if (status == UP_OK)
        status = read_number(r, CLAIM_VALUE, &q->has_value, &q->value, err);
    if (status == UP_OK)
        status = read_number(r, CLAIM_LOW, &q->has_low, &q->low, err);
    if (status == UP_OK)
        status = read_number(r, CLAIM_HIGH, &q->has_high, &q->high, err);
    if (status == UP_OK)
        status = in_column(
            r, CLAIM_QUALIFIER,
            up_qualifier_parse(text_of(r, CLAIM_QUALIFIER), &q->qualifier, err), err);
    if (status == UP_OK && !q->has_value && !(q->has_low && q->has_high))
        status = up_error_set(err, UP_BAD_DATA, "no value, and no range (low and high)");
    q->fold = claim->transform == UP_CHANGE_FOLD;
    return status;
}

static up_status read_claim_times(const table_line *r, const up_tracker *t,
                                  up_claim *claim, up_error *err)
{
    const up_metric_data *data = up_tracker_metric(t, text_of(r, CLAIM_METRIC));
    if (data == NULL)
        return up_error_set(err, UP_BAD_DATA, "metric '%s' is not in this tracker",
                            text_of(r, CLAIM_METRIC));
    up_period_options options = up_metric_period_options(&data->metric);
    up_status status =
        read_period(r, CLAIM_FROM, &options, &claim->has_from, &claim->from, err);
    if (status == UP_OK)
        status = read_period(r, CLAIM_TO, &options, &claim->has_to, &claim->to, err);
    if (status == UP_OK)
        status = in_column(
            r, CLAIM_REPORTED,
            up_reported_parse(text_of(r, CLAIM_REPORTED), &claim->reported, err), err);
    return status;
}

static up_status read_claim(const table_line *r, void *into, up_error *err)
{
    up_tracker *t = into;
    up_claim claim = {.line = r->line};
    char **const texts[] = {&claim.metric, &claim.entity, &claim.stated,
                            &claim.source, &claim.quote,  &claim.note};
    static const size_t columns[] = {CLAIM_METRIC, CLAIM_ENTITY, CLAIM_STATED,
                                     CLAIM_SOURCE, CLAIM_QUOTE,  CLAIM_NOTE};
    up_status status = up_grow(&t->claims, &t->claim_capacity, t->claim_count + 1,
                               sizeof *t->claims, err);
    for (size_t i = 0; i < sizeof columns / sizeof columns[0] && status == UP_OK; i++)
        status = copy_column(r, columns[i], texts[i], err);
    if (status == UP_OK)
        status = read_claim_times(r, t, &claim, err);
    if (status == UP_OK)
        status = read_change(r, &claim, err);
    if (status == UP_OK)
        t->claims[t->claim_count++] = claim;
    else
        up_claim_release(&claim);
    return status;
}

up_status up_rows_to_claims(const up_csv *csv, const char *source, up_tracker *tracker,
                            up_remarks *remarks, up_error *err)
{
    const table_shape shape = {up_claim_column_names, CLAIM_COLUMNS,
                               1u << CLAIM_METRIC | 1u << CLAIM_TRANSFORM |
                                   1u << CLAIM_VALUE};
    size_t before = tracker->claim_count;
    up_status status = read_rows(csv, source, &shape, read_claim, tracker, remarks, err);
    while (status != UP_OK && tracker->claim_count > before)
        up_claim_release(&tracker->claims[--tracker->claim_count]);
    return status;
}

/* --- Events ------------------------------------------------------------------------------ */

static up_status read_event(const table_line *r, void *into, up_error *err)
{
    up_tracker *t = into;
    up_event event = {.line = r->line};
    char **const texts[] = {&event.entity, &event.metric, &event.kind,
                            &event.text,   &event.source, &event.quote};
    static const size_t columns[] = {EVENT_ENTITY, EVENT_METRIC, EVENT_KIND,
                                     EVENT_TEXT,   EVENT_SOURCE, EVENT_QUOTE};
    up_status status = up_grow(&t->events, &t->event_capacity, t->event_count + 1,
                               sizeof *t->events, err);
    if (status == UP_OK)
        status = in_column(
            r, EVENT_DATE,
            up_period_parse(text_of(r, EVENT_DATE), NULL, &event.date, err), err);
    for (size_t i = 0; i < sizeof columns / sizeof columns[0] && status == UP_OK; i++)
        status = copy_column(r, columns[i], texts[i], err);
    if (status == UP_OK)
        t->events[t->event_count++] = event;
    else
        up_event_release(&event);
    return status;
}

up_status up_rows_to_events(const up_csv *csv, const char *source, up_tracker *tracker,
                            up_remarks *remarks, up_error *err)
{
    const table_shape shape = {up_event_column_names, EVENT_COLUMNS,
                               1u << EVENT_DATE | 1u << EVENT_TEXT};
    size_t before = tracker->event_count;
    up_status status = read_rows(csv, source, &shape, read_event, tracker, remarks, err);
    while (status != UP_OK && tracker->event_count > before)
        up_event_release(&tracker->events[--tracker->event_count]);
    return status;
}

/* --- Writing ------------------------------------------------------------------------------ */

static void add_text(up_buffer *out, const char *text)
{
    up_buffer_add(out, text != NULL ? text : "");
}

static void add_period(up_buffer *out, bool has, const up_period *period)
{
    char text[UP_PERIOD_SIZE];
    if (!has)
        return;
    up_period_format(period, text);
    up_buffer_add(out, text);
}

static void add_number(up_buffer *out, bool has, up_decimal number)
{
    char text[UP_DECIMAL_SIZE];
    if (!has)
        return;
    up_decimal_format(number, text);
    up_buffer_add(out, text);
}

static up_status finish_row(row_texts *row, up_error *err)
{
    up_status status = UP_OK;
    for (size_t i = 0; i < CLAIM_COLUMNS && status == UP_OK; i++) {
        status = up_buffer_check(&row->buffers[i], err);
        row->texts[i] = up_buffer_text(&row->buffers[i]);
    }
    if (status != UP_OK)
        up_row_texts_release(row);
    return status;
}

up_status up_row_of_observation(const up_observation *observation, row_texts *row,
                                up_error *err)
{
    for (size_t i = 0; i < UP_OBSERVATION_COLUMNS; i++)
        up_observation_get(observation, (up_observation_column)i, &row->buffers[i]);
    return finish_row(row, err);
}

up_status up_row_of_claim(const up_claim *claim, row_texts *row, up_error *err)
{
    up_buffer *b = row->buffers;
    const up_quantity *q = &claim->change;
    add_text(&b[CLAIM_METRIC], claim->metric);
    add_text(&b[CLAIM_ENTITY], claim->entity);
    add_text(&b[CLAIM_TRANSFORM], up_change_name(claim->transform));
    add_period(&b[CLAIM_FROM], claim->has_from, &claim->from);
    add_period(&b[CLAIM_TO], claim->has_to, &claim->to);
    add_number(&b[CLAIM_VALUE], q->has_value, q->value);
    add_text(&b[CLAIM_QUALIFIER], up_qualifier_mark(q->qualifier));
    add_number(&b[CLAIM_LOW], q->has_low, q->low);
    add_number(&b[CLAIM_HIGH], q->has_high, q->high);
    add_text(&b[CLAIM_STATED], claim->stated);
    up_reported_format(claim->reported, &b[CLAIM_REPORTED]);
    add_text(&b[CLAIM_SOURCE], claim->source);
    add_text(&b[CLAIM_QUOTE], claim->quote);
    add_text(&b[CLAIM_NOTE], claim->note);
    return finish_row(row, err);
}

up_status up_row_of_event(const up_event *event, row_texts *row, up_error *err)
{
    up_buffer *b = row->buffers;
    add_period(&b[EVENT_DATE], true, &event->date);
    add_text(&b[EVENT_ENTITY], event->entity);
    add_text(&b[EVENT_METRIC], event->metric);
    add_text(&b[EVENT_KIND], event->kind);
    add_text(&b[EVENT_TEXT], event->text);
    add_text(&b[EVENT_SOURCE], event->source);
    add_text(&b[EVENT_QUOTE], event->quote);
    return finish_row(row, err);
}

void up_row_texts_release(row_texts *row)
{
    for (size_t i = 0; i < CLAIM_COLUMNS; i++)
        up_buffer_release(&row->buffers[i]);
}
