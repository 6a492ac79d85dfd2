/* Whose figure it is, and of when. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "import/run.h"
#include "uptick/calendar.h"

/* --- The tracker's entities, by name, alias and code --------------------------------------- */

static int by_name(const void *a, const void *b)
{
    return strcmp(((const run_name *)a)->name, ((const run_name *)b)->name);
}

static up_status index_entities(run *r, up_error *err)
{
    const up_tracker *t = r->plan->request->tracker;
    size_t most = 0;
    for (size_t i = 0; i < t->entity_count; i++)
        most += 2 + t->entities[i].alias_count;
    up_status status = up_alloc(most, sizeof *r->names, &r->names, err);
    for (size_t i = 0; i < t->entity_count && status == UP_OK; i++) {
        const up_entity *e = &t->entities[i];
        r->names[r->name_count++] = (run_name){e->name, e};
        if (e->code != NULL && e->code[0] != '\0')
            r->names[r->name_count++] = (run_name){e->code, e};
        for (size_t a = 0; a < e->alias_count; a++)
            r->names[r->name_count++] = (run_name){e->aliases[a], e};
    }
    if (r->name_count > 1)
        qsort(r->names, r->name_count, sizeof *r->names, by_name);
    return status;
}

static const up_entity *find_entity(const run *r, const char *name)
{
    run_name wanted = {name, NULL};
    const run_name *found = r->name_count == 0 ? NULL
                                               : bsearch(&wanted, r->names, r->name_count,
                                                         sizeof wanted, by_name);
    return found != NULL ? found->entity : NULL;
}

/* --- Entities ---------------------------------------------------------------------------------- */

/* Line breaks and runs of blanks inside a cell are one blank. */
static void add_words(up_buffer *out, const char *text)
{
    bool gap = false, any = false;
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text <= ' ') {
            gap = any;
            continue;
        }
        if (gap)
            up_buffer_add_char(out, ' ');
        up_buffer_add_char(out, *text);
        gap = false;
        any = true;
    }
}

/* Eurostat's tables have all dimensions in one column, "freq,unit,geo\\TIME_PERIOD", with cells
 * like "A,PC,AT": they are parts like any others, but for the frequency, which periods tell. */
static bool is_joint(const run *r, size_t column)
{
    const char *header = up_plan_header(r->plan, column);
    return strchr(header, '\\') != NULL && strchr(header, ',') != NULL;
}

static void add_joint(const run *r, size_t column, up_buffer *out)
{
    const char *header = up_plan_header(r->plan, column);
    const char *cell = up_frame_cell(r->frame, r->row, column);
    const char *between = "";
    while (*cell != '\0') {
        size_t name = strcspn(header, ",\\"), part = strcspn(cell, ",");
        if (name != 4 || strncmp(header, "freq", 4) != 0) {
            up_buffer_add(out, between);
            up_buffer_add_bytes(out, cell, part);
            between = " | ";
        }
        header += name + (header[name] == ',');
        cell += part + (cell[part] == ',');
    }
}

/* Of "A: Value A" in an SDMX table with labels, the label. */
static const char *part_text(const run *r, size_t column)
{
    const char *cell = up_frame_cell(r->frame, r->row, column);
    const char *label = r->plan->is_sdmx ? strstr(cell, ": ") : NULL;
    bool labelled =
        label != NULL && strstr(up_plan_header(r->plan, column), ": ") != NULL;
    return labelled ? label + 2 : cell;
}

static up_status add_unknown(run *r, const char *name, const char *code, up_error *err)
{
    up_import *out = r->out;
    up_import_entity entity = {0};
    up_status status = up_grow(&out->entities, &out->entity_capacity,
                               out->entity_count + 1, sizeof *out->entities, err);
    if (status == UP_OK)
        status = up_copy_text(name, &entity.name, err);
    if (status == UP_OK)
        status = up_copy_text(code, &entity.code, err);
    if (status == UP_OK)
        out->entities[out->entity_count++] = entity;
    else
        free(entity.name);
    return status;
}

/* The name that an entity has here: by its name as written, else by its code. */
static up_status resolve(run *r, const char *written, const char *code, uint32_t *id,
                         up_error *err)
{
    static const up_tracker nobody = {0};
    char *name = NULL;
    up_status status = up_tracker_entity_name(&nobody, written, &name, err);
    if (status != UP_OK)
        return status;
    const up_entity *known = find_entity(r, name);
    const up_entity *coded = code[0] != '\0' ? find_entity(r, code) : NULL;
    if (known != NULL && coded != NULL && known != coded)
        status =
            up_error_set(err, UP_BAD_DATA,
                         "'%.60s' is %.60s here, but its code '%.20s' is that of %.60s "
                         "(series/entities.csv)",
                         name, known->name, code, coded->name);
    if (known == NULL)
        known = coded;
    size_t before = r->keys.entity_count;
    if (status == UP_OK)
        status = up_batch_entity(&r->keys, known != NULL ? known->name : name, id, err);
    if (status == UP_OK && known == NULL && name[0] != '\0' && *id == before)
        status = add_unknown(r, name, code, err);
    free(name);
    return status;
}

static const char *code_of_row(const run *r)
{
    size_t column = up_plan_next(r->plan, UP_IMPORT_CODE, 0);
    return column != SIZE_MAX ? up_frame_cell(r->frame, r->row, column) : "";
}

/* The parts of a row, joined by " | "; without an entity column, the code. */
static void join_parts(const run *r, up_buffer *out)
{
    static const up_import_role roles[] = {UP_IMPORT_ENTITY, UP_IMPORT_CODE};
    for (size_t k = 0; k < 2 && out->length == 0; k++)
        for (size_t i = up_plan_next(r->plan, roles[k], 0); i != SIZE_MAX;
             i = up_plan_next(r->plan, roles[k], i + 1)) {
            const char *text = part_text(r, i);
            if (out->length > 0 && text[0] != '\0')
                up_buffer_add(out, " | ");
            if (is_joint(r, i))
                add_joint(r, i, out);
            else
                add_words(out, text);
        }
}

/* The column by whose texts entities can be remembered; SIZE_MAX: several, or none. */
static size_t single_column(const import_plan *plan)
{
    size_t entities = up_plan_count(plan, UP_IMPORT_ENTITY);
    if (entities == 1)
        return up_plan_next(plan, UP_IMPORT_ENTITY, 0);
    if (entities == 0 && up_plan_count(plan, UP_IMPORT_CODE) == 1)
        return up_plan_next(plan, UP_IMPORT_CODE, 0);
    return SIZE_MAX;
}

static up_status read_entity(run *r, uint32_t *id, up_error *err)
{
    up_buffer name = {0};
    join_parts(r, &name);
    up_status status = up_buffer_check(&name, err);
    if (status == UP_OK && name.length == 0 && !r->plan->is_own &&
        (up_plan_count(r->plan, UP_IMPORT_ENTITY) > 0 ||
         up_plan_count(r->plan, UP_IMPORT_CODE) > 0))
        status = up_error_set(err, UP_BAD_DATA, "the row names no entity");
    if (status == UP_OK)
        status = resolve(
            r, up_buffer_text(&name),
            up_plan_count(r->plan, UP_IMPORT_ENTITY) == 1 ? code_of_row(r) : "", id, err);
    up_buffer_release(&name);
    return status;
}

up_status run_entity(run *r, uint32_t *id, up_error *err)
{
    size_t column = single_column(r->plan);
    if (r->constant_entity > 0) {
        *id = r->constant_entity - 1;
        return UP_OK;
    }
    if (column == SIZE_MAX)
        return read_entity(r, id, err);
    uint32_t *slot = &r->entity_memo[up_frame_id(r->frame, r->row, column)];
    if (*slot == RUN_UNREAD) {
        up_status status = read_entity(r, id, err);
        if (status != UP_OK)
            return status;
        *slot = *id + 1;
    }
    *id = *slot - 1;
    return UP_OK;
}

/* --- Periods ------------------------------------------------------------------------------------ */

static up_status keep_period(run *r, const up_period *period, uint32_t *id, up_error *err)
{
    if (!up_period_is_bounded(period))
        return up_error_set(err, UP_BAD_DATA,
                            "a period with an open end is no observation's");
    return up_batch_period(&r->keys, period, id, err);
}

static up_status day_after(const plan_column *c, const char *text, up_period *period,
                           up_error *err)
{
    up_decimal days;
    up_status status = up_decimal_parse(text, &days, err);
    double count = status == UP_OK ? up_decimal_to_double(days) : 0;
    if (status == UP_OK && (days.exponent < 0 || count < -1e7 || count > 1e7))
        status = up_error_set(err, UP_BAD_DATA, "'%.40s' is no number of days", text);
    if (status == UP_OK)
        *period = up_period_containing(
            (c->metadata->zero_day + (int64_t)count) * UP_SECONDS_PER_DAY, UP_DAY);
    return status;
}

/* A date whose form the metadata state is read by that form. */
static up_status by_format(const plan_column *c, const char *text, up_period *period,
                           up_error *err)
{
    up_buffer iso = {0};
    bool missing = false;
    up_status status = up_metadata_read(c->metadata, text, &iso, &missing, err);
    if (status == UP_OK && missing)
        status = up_error_set(err, UP_BAD_DATA, "'%.40s' stands for no date", text);
    if (status == UP_OK)
        status = up_period_parse(up_buffer_text(&iso), NULL, period, err);
    up_buffer_release(&iso);
    return status;
}

static up_status read_whole(const plan_column *c, const char *text, up_period *period,
                            up_error *err)
{
    if (c->metadata != NULL && c->metadata->is_days_since)
        return day_after(c, text, period, err);
    bool dated =
        c->metadata != NULL && c->metadata->format[0] != '\0' &&
        (c->metadata->type == UP_TYPE_DATE || c->metadata->type == UP_TYPE_DATETIME);
    return dated ? by_format(c, text, period, err)
                 : up_dates_read(&c->reading, text, period, err);
}

/* 1 to 12; 0: no month's name, whole or cut. */
static int month_of(const char *text)
{
    static const char *const months[] = {"january",   "february", "march",    "april",
                                         "may",       "june",     "july",     "august",
                                         "september", "october",  "november", "december"};
    size_t length = strlen(text);
    length -= length > 0 && text[length - 1] == '.';
    for (int m = 0; m < 12 && length >= 3; m++)
        if (length <= strlen(months[m]) && strncasecmp(text, months[m], length) == 0)
            return m + 1;
    return 0;
}

/* "3", "03", "3.0", "Q3": digits behind one letter at most, which is the part's own. */
static int number_of(const char *text, char letter)
{
    const char *digits = text + ((*text & ~0x20) == letter);
    size_t count = strspn(digits, "0123456789");
    if (count == 0 || count > 2 ||
        (digits[count] != '\0' && strcmp(digits + count, ".0") != 0))
        return 0;
    return atoi(digits);
}

up_status up_plan_write_part(import_part part, const char *text, char out[16],
                             up_error *err)
{
    static const struct {
        import_part part;
        const char *format;
        int most;
        char letter;
    } forms[] = {{PART_HALF, "-S%d", 2, 'H'},
                 {PART_QUARTER, "-Q%d", 4, 'Q'},
                 {PART_MONTH, "-%02d", 12, 'M'},
                 {PART_WEEK, "-W%02d", 53, 'W'},
                 {PART_DAY, "-%02d", 31, 'D'}};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (forms[i].part != part)
            continue;
        int number = part == PART_MONTH ? month_of(text) : 0;
        if (number == 0)
            number = number_of(text, forms[i].letter);
        if (number == 0 && part == PART_HALF)
            number = number_of(text, 'S');
        if (number < 1 || number > forms[i].most)
            break;
        snprintf(out, 16, forms[i].format, number);
        return UP_OK;
    }
    return up_error_set(err, UP_BAD_DATA, "'%.40s' is no part of a year", text);
}

/* Year, then month or quarter, then day, whatever their order in the file. */
static up_status read_parts(run *r, size_t column, up_period *period, up_error *err)
{
    char text[64] = "", part[16];
    const plan_column *value = &r->plan->columns[column];
    up_status status = UP_OK;
    for (int wanted = PART_YEAR; wanted <= PART_DAY && status == UP_OK; wanted++)
        for (size_t i = 0; i < r->plan->count && status == UP_OK; i++) {
            const plan_column *c = &r->plan->columns[i];
            bool is_year =
                c->part == PART_YEAR || (value->part_number > 0 && c->part == PART_WHOLE);
            if (c->role != UP_IMPORT_PERIOD || (wanted == PART_YEAR) != is_year ||
                (wanted != PART_YEAR && (int)c->part != wanted))
                continue;
            const char *cell = up_frame_cell(r->frame, r->row, i);
            if (wanted == PART_YEAR) {
                snprintf(text, sizeof text, "%.20s", cell);
                continue;
            }
            status = up_plan_write_part((import_part)wanted, cell, part, err);
            if (status == UP_OK)
                strncat(text, part, sizeof text - strlen(text) - 1);
        }
    if (status == UP_OK && value->part_number > 0) {
        char number[16];
        snprintf(number, sizeof number, "%d", value->part_number);
        status = up_plan_write_part(value->header_part, number, part, err);
        if (status == UP_OK)
            strncat(text, part, sizeof text - strlen(text) - 1);
    }
    return status == UP_OK ? up_period_parse(text, NULL, period, err) : status;
}

static size_t whole_column(const import_plan *plan)
{
    size_t column = up_plan_next(plan, UP_IMPORT_PERIOD, 0);
    return column != SIZE_MAX && plan->columns[column].part == PART_WHOLE ? column
                                                                          : SIZE_MAX;
}

bool run_period_is_blank(const run *r)
{
    bool any = false;
    for (size_t i = up_plan_next(r->plan, UP_IMPORT_PERIOD, 0); i != SIZE_MAX;
         i = up_plan_next(r->plan, UP_IMPORT_PERIOD, i + 1)) {
        if (up_frame_cell(r->frame, r->row, i)[0] != '\0')
            return false;
        any = true;
    }
    return any;
}

static up_status read_memo(run *r, size_t column, uint32_t *id, up_error *err)
{
    uint32_t *slot = &r->period_memo[up_frame_id(r->frame, r->row, column)];
    up_status status = UP_OK;
    if (*slot == RUN_UNREAD) {
        up_period period;
        status = read_whole(&r->plan->columns[column],
                            up_frame_cell(r->frame, r->row, column), &period, err);
        if (status == UP_OK)
            status = keep_period(r, &period, id, err);
        if (status != UP_OK)
            return status;
        *slot = *id + 1;
    }
    *id = *slot - 1;
    return UP_OK;
}

/* The year of the header, the month of the row. */
static up_status read_crossing(run *r, size_t column, up_period *period, up_error *err)
{
    char text[64], part[16] = "";
    size_t row_part = r->plan->row_part;
    up_date first = up_date_from_instant(r->plan->columns[column].period.start);
    up_status status =
        up_plan_write_part(r->plan->columns[row_part].part,
                           up_frame_cell(r->frame, r->row, row_part), part, err);
    snprintf(text, sizeof text, "%04lld%s", (long long)first.year, part);
    return status == UP_OK ? up_period_parse(text, NULL, period, err) : status;
}

up_status run_period(run *r, size_t column, uint32_t *id, up_error *err)
{
    if (r->plan->row_part != SIZE_MAX && r->plan->columns[column].has_period) {
        up_period crossing;
        up_status status = read_crossing(r, column, &crossing, err);
        return status == UP_OK ? keep_period(r, &crossing, id, err) : status;
    }
    uint32_t fixed =
        r->header_periods[column] > 0 ? r->header_periods[column] : r->constant_period;
    if (fixed > 0) {
        *id = fixed - 1;
        return UP_OK;
    }
    size_t whole =
        r->plan->columns[column].part_number > 0 ? SIZE_MAX : whole_column(r->plan);
    if (whole != SIZE_MAX)
        return read_memo(r, whole, id, err);
    up_period period;
    up_status status = read_parts(r, column, &period, err);
    return status == UP_OK ? keep_period(r, &period, id, err) : status;
}

/* --- Setting up ----------------------------------------------------------------------------------- */

static up_status take_constants(run *r, up_error *err)
{
    const char *entity = r->plan->constants[UP_IMPORT_ENTITY];
    const char *text = r->plan->constants[UP_IMPORT_PERIOD];
    up_status status = UP_OK;
    uint32_t id = 0;
    if (entity != NULL) {
        status = resolve(r, entity, "", &id, err);
        r->constant_entity = id + 1;
    }
    if (text != NULL && status == UP_OK) {
        up_period period;
        status = up_period_parse(text, NULL, &period, err);
        if (status == UP_OK)
            status = keep_period(r, &period, &id, err);
        r->constant_period = id + 1;
    }
    for (size_t i = 0; i < r->plan->count && status == UP_OK; i++)
        if (r->plan->columns[i].has_period) {
            status = keep_period(r, &r->plan->columns[i].period, &id, err);
            r->header_periods[i] = id + 1;
        }
    return status;
}

up_status run_keys_init(run *r, up_error *err)
{
    size_t entity = single_column(r->plan), period = whole_column(r->plan);
    up_status status =
        up_alloc(r->plan->count, sizeof *r->header_periods, &r->header_periods, err);
    if (status == UP_OK)
        status = index_entities(r, err);
    if (status == UP_OK && entity != SIZE_MAX)
        status = up_alloc(r->frame->column[entity].count, sizeof *r->entity_memo,
                          &r->entity_memo, err);
    if (status == UP_OK && period != SIZE_MAX)
        status = up_alloc(r->frame->column[period].count, sizeof *r->period_memo,
                          &r->period_memo, err);
    return status == UP_OK ? take_constants(r, err) : status;
}
