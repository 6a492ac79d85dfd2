/* Entities, claims and events, read from CSV; rows of all tables as texts. */
#include "store/csv_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "store/csv_lines.h"

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
        status = clean_name(up_line_text(r, 0), &entity.name, err);
    if (status == UP_OK && entity.name[0] == '\0')
        status = up_error_set(err, UP_BAD_DATA, "entity is empty (wanted a name)");
    if (status == UP_OK)
        status = up_line_copy(r, 1, &entity.code, err);
    if (status == UP_OK)
        status = read_aliases(&entity, up_line_text(r, 2), err);
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
    up_status status =
        up_lines_read(csv, source, &shape, read_entity, tracker, remarks, err);
    while (status != UP_OK && tracker->entity_count > before)
        up_entity_release(&tracker->entities[--tracker->entity_count]);
    return status;
}

/* --- Claims ------------------------------------------------------------------------------ */

static up_status read_period(const table_line *r, size_t column,
                             const up_period_options *options, bool *has,
                             up_period *period, up_error *err)
{
    const char *text = up_line_text(r, column);
    *has = text[0] != '\0';
    if (!*has)
        return UP_OK;
    return up_line_in_column(r, column, up_period_parse(text, options, period, err), err);
}

static up_status read_number(const table_line *r, size_t column, bool *has,
                             up_decimal *number, up_error *err)
{
    const char *text = up_line_text(r, column);
    *has = text[0] != '\0';
    if (!*has)
        return UP_OK;
    return up_line_in_column(r, column, up_decimal_parse(text, number, err), err);
}

static up_status read_change(const table_line *r, up_claim *claim, up_error *err)
{
    up_quantity *q = &claim->change;
    up_status status = up_line_in_column(
        r, CLAIM_TRANSFORM,
        up_change_kind_parse(up_line_text(r, CLAIM_TRANSFORM), &claim->transform, err),
        err);
    if (status == UP_OK)
        status = read_number(r, CLAIM_VALUE, &q->has_value, &q->value, err);
    if (status == UP_OK)
        status = read_number(r, CLAIM_LOW, &q->has_low, &q->low, err);
    if (status == UP_OK)
        status = read_number(r, CLAIM_HIGH, &q->has_high, &q->high, err);
    if (status == UP_OK)
        status = up_line_in_column(
            r, CLAIM_QUALIFIER,
            up_qualifier_parse(up_line_text(r, CLAIM_QUALIFIER), &q->qualifier, err),
            err);
    if (status == UP_OK && !q->has_value && !(q->has_low && q->has_high))
        status = up_error_set(err, UP_BAD_DATA, "no value, and no range (low and high)");
    q->fold = claim->transform == UP_CHANGE_FOLD;
    return status;
}

static up_status read_claim_times(const table_line *r, const up_tracker *t,
                                  up_claim *claim, up_error *err)
{
    const up_metric_data *data = up_tracker_metric(t, up_line_text(r, CLAIM_METRIC));
    if (data == NULL)
        return up_error_set(err, UP_BAD_DATA, "metric '%s' is not in this tracker",
                            up_line_text(r, CLAIM_METRIC));
    up_period_options options = up_metric_period_options(&data->metric);
    up_status status =
        read_period(r, CLAIM_FROM, &options, &claim->has_from, &claim->from, err);
    if (status == UP_OK)
        status = read_period(r, CLAIM_TO, &options, &claim->has_to, &claim->to, err);
    if (status == UP_OK)
        status = up_line_in_column(
            r, CLAIM_REPORTED,
            up_reported_parse(up_line_text(r, CLAIM_REPORTED), &claim->reported, err),
            err);
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
        status = up_line_copy(r, columns[i], texts[i], err);
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
    up_status status =
        up_lines_read(csv, source, &shape, read_claim, tracker, remarks, err);
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
        status = up_line_in_column(
            r, EVENT_DATE,
            up_period_parse(up_line_text(r, EVENT_DATE), NULL, &event.date, err), err);
    for (size_t i = 0; i < sizeof columns / sizeof columns[0] && status == UP_OK; i++)
        status = up_line_copy(r, columns[i], texts[i], err);
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
    up_status status =
        up_lines_read(csv, source, &shape, read_event, tracker, remarks, err);
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

up_status up_row_texts_finish(row_texts *row, up_error *err)
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
    return up_row_texts_finish(row, err);
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
    return up_row_texts_finish(row, err);
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
    return up_row_texts_finish(row, err);
}

void up_row_texts_release(row_texts *row)
{
    for (size_t i = 0; i < CLAIM_COLUMNS; i++)
        up_buffer_release(&row->buffers[i]);
}
