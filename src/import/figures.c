/* From rows to figures: the plan carried out. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "import/run.h"

static void keep_bytes(run *r, const char *data, size_t first, size_t length)
{
    if (r->plan->request->keep_bad)
        up_buffer_add_bytes(&r->out->rejected, data + first, length);
}

/* Numbers of the import → numbers of the metric's batch. */
static up_status map_key(run *r, uint32_t **map, size_t *size, uint32_t key, uint32_t *id,
                         bool is_entity, up_batch *batch, up_error *err)
{
    size_t before = *size;
    up_status status = up_grow(map, size, (size_t)key + 1, sizeof **map, err);
    if (status != UP_OK)
        return status;
    memset(*map + before, 0, (*size - before) * sizeof **map);
    uint32_t *slot = &(*map)[key];
    if (*slot == RUN_UNREAD) {
        status = is_entity
                     ? up_batch_entity(batch,
                                       up_batch_text_of(&r->keys, r->keys.entities[key]),
                                       id, err)
                     : up_batch_period(batch, &r->keys.periods[key], id, err);
        if (status != UP_OK)
            return status;
        *slot = *id + 1;
    }
    *id = *slot - 1;
    return UP_OK;
}

/* A value that is waiting until its whole row has been read. */
typedef struct pending {
    size_t metric;
    uint32_t period;
    up_batch_row row;
} pending;

static up_status value_text(run *r, size_t metric, size_t column,
                            const run_figure *figure, up_batch_text_id *id, up_error *err)
{
    up_status status =
        up_batch_text(&r->out->metrics[metric].batch, figure->text, id, err);
    if (status == UP_OK && r->values[column] != NULL && figure->is_plain)
        r->values[column][up_frame_id(r->frame, r->row, column)] = *id + 2;
    return status;
}

/* Reads the cell, or remembers it from another row. */
static up_status read_value(run *r, size_t column, size_t metric, run_figure *figure,
                            up_batch_text_id *id, up_error *err)
{
    uint32_t *memo = r->values[column];
    uint32_t known = memo != NULL && r->row_power == 0 && r->row_unit == NULL
                         ? memo[up_frame_id(r->frame, r->row, column)]
                         : RUN_UNREAD;
    if (known != RUN_UNREAD) {
        *figure = (run_figure){.is_plain = true, .is_missing = known == 1};
        *id = known - 2;
        return UP_OK;
    }
    up_status status = run_read_figure(r, column, metric, figure, err);
    if (status == UP_OK && figure->is_missing && figure->entry.status == 0 &&
        memo != NULL)
        memo[up_frame_id(r->frame, r->row, column)] = 1;
    if (status == UP_OK && !figure->is_missing)
        status = value_text(r, metric, column, figure, id, err);
    return status;
}

/* A row of an export that says that a figure was withdrawn. */
static bool is_withdrawn(const run *r)
{
    size_t column = up_plan_next(r->plan, UP_IMPORT_STATUS, 0);
    return r->plan->is_own && column != SIZE_MAX &&
           strcmp(up_frame_cell(r->frame, r->row, column), "M") == 0;
}

/* A missing value with a flag is kept: ": c" is known to be confidential. */
static void mark_missing(const run *r, run_figure *figure)
{
    figure->is_missing = figure->entry.status == 0 && !is_withdrawn(r);
    figure->is_plain = figure->is_missing;
    figure->entry.status = 'M';
}

static up_status take_number(const up_batch *batch, up_batch_text_id id, bool *has,
                             up_decimal *number, up_error *err)
{
    *has = id != 0;
    return *has ? up_decimal_parse(up_batch_text_of(batch, id), number, err) : UP_OK;
}

/* The store's rules, asked here so that every row that breaks one is told. */
static up_status check_figure(const run *r, const pending *p, up_error *err)
{
    const up_batch *batch = &r->out->metrics[p->metric].batch;
    const up_batch_about *about = &batch->abouts[p->row.about];
    up_observation o = {.period = r->keys.periods[p->period],
                        .qualifier = about->qualifier,
                        .status = about->status};
    if (p->row.value != 0 && about->low == 0 && about->high == 0)
        return UP_OK;
    up_status status = take_number(batch, p->row.value, &o.has_value, &o.value, err);
    if (status == UP_OK)
        status = take_number(batch, about->low, &o.has_low, &o.low, err);
    if (status == UP_OK)
        status = take_number(batch, about->high, &o.has_high, &o.high, err);
    return status == UP_OK ? up_observation_validate(&o, err) : status;
}

static up_status read_cell(run *r, size_t column, pending *p, bool *has, up_error *err)
{
    run_figure figure;
    up_status status = UP_OK;
    *has = false;
    r->bad_column = column;
    if (up_frame_cell(r->frame, r->row, column)[0] == '\0' &&
        up_plan_next(r->plan, UP_IMPORT_LOW, 0) == SIZE_MAX) {
        r->out->missing++;
        return UP_OK;
    }
    status = run_metric_of(r, column, &p->metric, err);
    if (status == UP_OK)
        status = read_value(r, column, p->metric, &figure, &p->row.value, err);
    if (status == UP_OK)
        status = run_read_ends(r, p->metric, column, &figure, err);
    if (status == UP_OK && figure.is_missing && figure.low[0] == '\0' &&
        figure.high[0] == '\0') {
        mark_missing(r, &figure);
        p->row.value = 0;
        if (figure.is_missing) {
            r->out->missing++;
            return UP_OK;
        }
    }
    if (status == UP_OK && figure.low[0] != '\0')
        figure.is_plain = false;
    if (status == UP_OK)
        status = run_number_about(r, p->metric, column, &figure, &p->row.about, err);
    r->bad_column = status == UP_OK ? SIZE_MAX : r->bad_column;
    if (status == UP_OK && !r->plan->columns[column].has_period && run_period_is_blank(r))
        status = up_error_set(err, UP_BAD_DATA, "a figure without a period");
    if (status == UP_OK)
        status = run_period(r, column, &p->period, err);
    if (status == UP_OK)
        status = check_figure(r, p, err);
    *has = status == UP_OK;
    return status;
}

static up_status flush(run *r, const pending *p, uint32_t entity, up_error *err)
{
    up_import_metric *m = &r->out->metrics[p->metric];
    up_batch_row row = p->row;
    row.line = r->frame->lines[r->row];
    up_status status = map_key(r, &m->entity_map, &m->entity_map_size, entity,
                               &row.entity, true, &m->batch, err);
    if (status == UP_OK)
        status = map_key(r, &m->period_map, &m->period_map_size, p->period, &row.period,
                         false, &m->batch, err);
    if (status == UP_OK)
        status = up_batch_add(&m->batch, &row, err);
    r->out->figures += status == UP_OK;
    return status;
}

/* --- One row ---------------------------------------------------------------------------------------- */

static up_status read_unit(run *r, up_error *err)
{
    static const up_import_role roles[] = {UP_IMPORT_UNIT, UP_IMPORT_MULTIPLIER};
    size_t columns[2];
    const char *texts[2] = {"", r->plan->constants[UP_IMPORT_MULTIPLIER]};
    for (size_t i = 0; i < 2; i++) {
        columns[i] = up_plan_next(r->plan, roles[i], 0);
        if (columns[i] != SIZE_MAX)
            texts[i] = up_frame_cell(r->frame, r->row, columns[i]);
    }
    r->row_power = 0;
    r->row_unit = NULL;
    if (texts[0][0] != '\0') {
        up_label_release(&r->unit);
        bool known = up_label_parse_unit(texts[0], &r->unit);
        r->row_unit = known ? r->unit.unit : texts[0];
        r->row_power = known ? r->unit.power : 0;
    }
    if (texts[1] == NULL || texts[1][0] == '\0')
        return UP_OK;
    up_decimal power;
    up_status status = up_decimal_parse(texts[1], &power, err);
    double number = status == UP_OK ? up_decimal_to_double(power) : 0;
    if (status == UP_OK && (power.exponent < 0 || number < -30 || number > 30))
        status = up_error_set(err, UP_BAD_DATA, "'%.20s' is no power of ten", texts[1]);
    if (status == UP_OK && r->row_power != 0 && number != 0)
        status =
            up_error_set(err, UP_BAD_DATA,
                         "the unit '%.40s' and the multiplier %.20s both say a power "
                         "of ten (--ignore '%.40s' leaves one out)",
                         texts[0], texts[1],
                         columns[1] != SIZE_MAX ? up_plan_header(r->plan, columns[1])
                                                : up_plan_header(r->plan, columns[0]));
    if (status == UP_OK)
        r->row_power += (int)number;
    r->bad_column = columns[1];
    return status;
}

/* SDMX: D takes away what was sent before; that is not an import's to do. */
static bool is_deletion(const run *r)
{
    size_t action = up_plan_next(r->plan, UP_IMPORT_ACTION, 0);
    return action != SIZE_MAX &&
           strcmp(up_frame_cell(r->frame, r->row, action), "D") == 0;
}

static up_status read_cells(run *r, pending *row, size_t *count, up_error *err)
{
    up_status status = read_unit(r, err);
    for (size_t i = 0; i < r->plan->count && status == UP_OK; i++) {
        bool has = false;
        if (r->plan->columns[i].role != UP_IMPORT_VALUE)
            continue;
        row[*count] = (pending){0};
        status = read_cell(r, i, &row[*count], &has, err);
        *count += has;
    }
    return status;
}

static up_status read_row(run *r, pending *row, up_error *err)
{
    size_t count = 0;
    uint32_t entity = 0;
    r->bad_column = SIZE_MAX;
    up_status status = read_cells(r, row, &count, err);
    if (status == UP_OK && count > 0) {
        r->bad_column = SIZE_MAX;
        status = run_entity(r, &entity, err);
    }
    for (size_t i = 0; i < count && status == UP_OK; i++)
        status = flush(r, &row[i], entity, err);
    return status;
}

static void reject(run *r, const char *data, const up_error *reason)
{
    size_t first, length;
    if (reason->message[0] != '\0') /* what was told of the file is not told again */
        run_fail(r, r->bad_column, reason);
    r->out->bad_rows++;
    up_frame_row_bytes(r->frame, r->row, &first, &length);
    keep_bytes(r, data, first, length);
}

static up_status read_rows(run *r, const char *data, up_error *err)
{
    pending *row = NULL;
    up_status status = up_alloc(r->plan->count + 1, sizeof *row, &row, err);
    for (r->row = 0; r->row < r->frame->rows && status == UP_OK; r->row++) {
        up_error reason = {0};
        if (is_deletion(r)) {
            r->deletions++;
            continue;
        }
        status = read_row(r, row, &reason);
        if (status == UP_SYSTEM) {
            if (err != NULL)
                *err = reason;
        } else if (status != UP_OK) {
            reject(r, data, &reason);
            status = UP_OK;
        }
    }
    free(row);
    return status;
}

/* --- The whole ---------------------------------------------------------------------------------------- */

/* Rows too long for the table, which no column could be told of. */
static void reject_long_rows(run *r, const char *data)
{
    for (size_t i = 0; i < r->frame->bad_count; i++) {
        const up_frame_bad_row *bad = &r->frame->bad_rows[i];
        up_error reason = {0};
        up_error_at(&reason, UP_BAD_DATA, r->plan->request->source, bad->line, "%s",
                    bad->message);
        if (r->first.code == UP_OK)
            r->first = reason;
        up_remarks_add(r->remarks, r->plan->request->keep_bad ? UP_WARNING : UP_ERROR,
                       reason.source, reason.line, "%s", reason.message);
        keep_bytes(r, data, bad->first, bad->length);
        r->out->bad_rows++;
    }
}

static up_status conclude(const run *r, up_error *err)
{
    bool failed =
        r->complaints > 0 || (r->out->bad_rows > 0 && !r->plan->request->keep_bad);
    if (failed) {
        if (err != NULL)
            *err = r->first;
        return r->first.code;
    }
    if (r->out->figures > 0)
        return UP_OK;
    return up_error_at(
        err, UP_TOO_LITTLE_DATA, r->plan->request->source, 0,
        r->deletions > 0
            ? "the rows only delete (ACTION D), which an import does not: no "
              "observation (uptick rm takes figures away)"
            : "no figure in it");
}

up_status up_plan_carry_out(const import_plan *plan, const char *data, up_import *import,
                            up_error *err)
{
    run r = {.plan = plan, .frame = plan->frame, .out = import, .remarks = plan->remarks};
    up_status status = run_init(&r, err);
    if (status == UP_OK)
        keep_bytes(&r, data, 0,
                   plan->frame->rows > 0 ? (size_t)plan->frame->offsets[0] : 0);
    if (status == UP_OK)
        status = read_rows(&r, data, err);
    if (status == UP_OK) {
        reject_long_rows(&r, data);
        import->rows = plan->frame->rows;
        if (r.deletions > 0)
            up_remarks_add(plan->remarks, UP_WARNING, plan->request->source, 0,
                           "%zu row%s (ACTION D) left alone; uptick rm takes "
                           "figures away",
                           r.deletions,
                           r.deletions == 1 ? " that deletes" : "s that delete");
        status = conclude(&r, err);
    }
    if (status == UP_OK) {
        run_tell_doubts(&r);
    }
    run_release(&r);
    return status;
}
