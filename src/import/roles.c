/* Which column is what: by metadata, by the words of its header, by its texts. */
#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "import/plan.h"

static void by_metadata(import_plan *plan)
{
    static const up_import_role roles[] = {[UP_ROLE_UNSTATED] = UP_IMPORT_NONE,
                                           [UP_ROLE_PERIOD] = UP_IMPORT_PERIOD,
                                           [UP_ROLE_MEASURE] = UP_IMPORT_VALUE,
                                           [UP_ROLE_STATUS] = UP_IMPORT_STATUS,
                                           [UP_ROLE_REMARK] = UP_IMPORT_NOTE};
    static const import_part parts[] = {PART_YEAR, PART_MONTH, PART_DAY};
    for (size_t i = 0; i < plan->count; i++) {
        plan_column *c = &plan->columns[i];
        const up_metadata_column *m = c->metadata;
        if (m == NULL || c->role != UP_IMPORT_NONE || roles[m->role] == UP_IMPORT_NONE)
            continue;
        up_plan_set(plan, i, roles[m->role], "by the metadata");
        size_t index = (size_t)(m - plan->table->columns);
        for (size_t p = 0; p < plan->table->period_count; p++)
            if (plan->table->period[p] == index && plan->table->period_count > 1)
                c->part = parts[p];
        for (size_t v = 0; v < plan->count; v++)
            if (m->status_of != UP_METADATA_ROW && plan->columns[v].metadata != NULL &&
                plan->columns[v].metadata == &plan->table->columns[m->status_of])
                c->of = v;
    }
}

/* What a header's words say must fit its texts: a column `Time` of numbers like 12.5 is none
 * of dates, one called `Series` of numbers names nothing. */
static bool texts_fit(const plan_column *c, up_import_role role, import_part part)
{
    switch (role) {
    case UP_IMPORT_PERIOD:
        return part != PART_WHOLE && part != PART_YEAR
                   ? up_column_is_numeric(c) || c->words > 0
                   : up_column_may_hold_dates(c);
    case UP_IMPORT_REPORTED:
        return up_column_may_hold_dates(c);
    case UP_IMPORT_VALUE:
    case UP_IMPORT_LOW:
    case UP_IMPORT_HIGH:
    case UP_IMPORT_MULTIPLIER:
        return up_column_is_numeric(c);
    case UP_IMPORT_METRIC:
    case UP_IMPORT_ENTITY:
    case UP_IMPORT_UNIT:
        return c->words > 0 || !up_column_is_numeric(c);
    default:
        return true;
    }
}

static void by_header(import_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        plan_column *c = &plan->columns[i];
        import_part part;
        up_import_role role = up_role_of_header(up_plan_header(plan, i), &part);
        if (c->role != UP_IMPORT_NONE || role == UP_IMPORT_NONE ||
            !texts_fit(c, role, part))
            continue;
        /* the figures of a single measure are of whatever the file is about */
        if ((role == UP_IMPORT_PERIOD && plan->constants[UP_IMPORT_PERIOD] != NULL) ||
            (role == UP_IMPORT_ENTITY && plan->constants[UP_IMPORT_ENTITY] != NULL))
            continue;
        c->part = part;
        up_plan_set(plan, i, role, "by its header");
    }
}

/* `on` a day, `about` a period: only as a pair. */
static void by_pairs(import_plan *plan)
{
    static const char *const pairs[][2] = {{"on", "about"}, {"on", "for"}};
    for (size_t p = 0; p < sizeof pairs / sizeof pairs[0]; p++) {
        size_t day = up_plan_find(plan, pairs[p][0]);
        size_t period = up_plan_find(plan, pairs[p][1]);
        if (day == SIZE_MAX || period == SIZE_MAX ||
            plan->columns[day].role != UP_IMPORT_NONE ||
            plan->columns[period].role != UP_IMPORT_NONE ||
            !up_column_holds_dates(&plan->columns[day]) ||
            !up_column_holds_dates(&plan->columns[period]))
            continue;
        up_plan_set(plan, day, UP_IMPORT_REPORTED, "by the pair of headers");
        up_plan_set(plan, period, UP_IMPORT_PERIOD, "by the pair of headers");
    }
}

/* Whether most of its texts are months, or quarters, by name. */
static bool names_parts(const import_plan *plan, size_t column, import_part part)
{
    const up_frame_column *f = &plan->frame->column[column];
    size_t texts = 0, parts = 0;
    char out[16];
    for (uint32_t id = 0; id < f->count && id <= 24; id++) {
        const char *text = up_frame_text(plan->frame, column, id);
        bool word = text[0] != '\0' && !isdigit((unsigned char)text[0]);
        texts += text[0] != '\0';
        parts += word && up_plan_write_part(part, text, out, NULL) == UP_OK;
    }
    return parts > 1 && parts * 2 > texts;
}

/* Years in the header: a column of months or quarters says the rest of the period. */
static void find_row_part(import_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++)
        if (plan->columns[i].has_period &&
            (plan->columns[i].period.granularity != UP_YEAR ||
             plan->columns[i].period.shape != UP_PLAIN))
            return;
    for (size_t i = 0; i < plan->count && plan->row_part == SIZE_MAX; i++) {
        plan_column *c = &plan->columns[i];
        bool month = c->role == UP_IMPORT_NONE && names_parts(plan, i, PART_MONTH);
        bool quarter = c->role == UP_IMPORT_NONE && names_parts(plan, i, PART_QUARTER);
        if (month || quarter) {
            up_plan_set(plan, i, UP_IMPORT_PERIOD, "its texts are parts of a year");
            c->part = month ? PART_MONTH : PART_QUARTER;
        }
        if (c->role == UP_IMPORT_PERIOD && c->part > PART_YEAR)
            plan->row_part = i;
    }
}

/* A year with a month, quarter or half beside it is one period; without a year it is none. */
static void join_parts(import_plan *plan)
{
    size_t years = plan->row_part != SIZE_MAX, wholes = 0, parts = 0;
    for (size_t i = 0; i < plan->count; i++) {
        const plan_column *c = &plan->columns[i];
        if (c->role != UP_IMPORT_PERIOD)
            continue;
        years += c->part == PART_YEAR;
        wholes += c->part == PART_WHOLE;
        parts += c->part > PART_YEAR;
    }
    for (size_t i = 0; i < plan->count; i++) {
        plan_column *c = &plan->columns[i];
        if (c->role != UP_IMPORT_PERIOD)
            continue;
        if (c->part == PART_YEAR && (parts == 0 || wholes > 0))
            c->part = PART_WHOLE;
        else if (c->part > PART_YEAR && (years == 0 || wholes > 0)) {
            bool whole = years == 0 && wholes == 0 && up_column_holds_dates(c);
            c->part = PART_WHOLE;
            if (!whole)
                c->role = UP_IMPORT_NONE;
        }
    }
}

/* Where no header told: the one column that holds dates. */
static void find_dates(import_plan *plan)
{
    if (up_plan_count(plan, UP_IMPORT_PERIOD) > 0 ||
        plan->constants[UP_IMPORT_PERIOD] != NULL)
        return;
    size_t found = SIZE_MAX;
    for (size_t i = 0; i < plan->count; i++) {
        const plan_column *c = &plan->columns[i];
        if (c->role != UP_IMPORT_NONE || !up_column_holds_dates(c) ||
            (up_column_is_numeric(c) && c->numbers == c->dates &&
             (i > 0 || c->years == 0)))
            continue;
        if (found != SIZE_MAX && up_column_is_numeric(c))
            continue;
        if (found != SIZE_MAX)
            return; /* two: check_periods tells */
        found = i;
    }
    if (found != SIZE_MAX)
        up_plan_set(plan, found, UP_IMPORT_PERIOD, "it holds dates");
}

/* Whether `b` has one text for each text of `a`: a code, a note of the entity. */
static up_status follows(const import_plan *plan, size_t a, size_t b, bool *does,
                         up_error *err)
{
    const up_frame *f = plan->frame;
    uint32_t *seen = NULL;
    up_status status = up_alloc(f->column[a].count, sizeof *seen, &seen, err);
    *does = status == UP_OK;
    for (size_t row = 0; row < f->rows && *does; row++) {
        uint32_t *slot = &seen[up_frame_id(f, row, a)];
        uint32_t id = up_frame_id(f, row, b) + 1;
        *does = *slot == 0 || *slot == id;
        *slot = id;
    }
    free(seen);
    return status;
}

static bool ends_like_a_code(const char *header)
{
    static const char *const endings[] = {"ID",    "Id",    "_id",  "Code",
                                          "_code", " code", "-code"};
    size_t length = strlen(header);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t tail = strlen(endings[i]);
        if (length > tail && strcmp(header + length - tail, endings[i]) == 0)
            return true;
    }
    return false;
}

/* A number that names its entity once more is no figure. */
static up_status drop_codes(import_plan *plan, up_error *err)
{
    size_t entity = up_plan_next(plan, UP_IMPORT_ENTITY, 0);
    up_status status = UP_OK;
    for (size_t i = 0; i < plan->count && entity != SIZE_MAX && status == UP_OK; i++) {
        bool there = false, back = false;
        if (plan->columns[i].role != UP_IMPORT_NONE ||
            !ends_like_a_code(up_plan_header(plan, i)))
            continue;
        status = follows(plan, entity, i, &there, err);
        if (status == UP_OK)
            status = follows(plan, i, entity, &back, err);
        if (status == UP_OK && there && back)
            up_plan_set(plan, i, UP_IMPORT_IGNORED, "it numbers the entities");
    }
    return status;
}

static void take_numbers(import_plan *plan)
{
    bool given = up_plan_count(plan, UP_IMPORT_VALUE) > 0;
    for (size_t i = 0; i < plan->count && !given; i++)
        if (plan->columns[i].role == UP_IMPORT_NONE &&
            up_column_is_numeric(&plan->columns[i]))
            up_plan_set(plan, i, UP_IMPORT_VALUE, "its texts are numbers");
}

/* A single column of figures that is called "value" names no metric. */
static void find_nameless(import_plan *plan)
{
    import_part part;
    size_t value = up_plan_next(plan, UP_IMPORT_VALUE, 0);
    if (value != SIZE_MAX && up_plan_next(plan, UP_IMPORT_VALUE, value + 1) == SIZE_MAX &&
        up_role_of_header(up_plan_header(plan, value), &part) == UP_IMPORT_VALUE)
        plan->columns[value].is_nameless = true;
}

/* --- Words that are left ------------------------------------------------------------------- */

static void leave_out_the_rest(import_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        const plan_column *c = &plan->columns[i];
        if (c->role != UP_IMPORT_NONE)
            continue;
        if (up_column_is_blank(c))
            up_plan_set(plan, i, UP_IMPORT_IGNORED, "it is empty");
        else if (!c->varies)
            up_plan_set(plan, i, UP_IMPORT_IGNORED, "it says the same in every row");
    }
}

/* A column whose text follows from the entity (or the metric) needs no place in a key. */
static up_status leave_out_followers(import_plan *plan, up_error *err)
{
    static const up_import_role leaders[] = {UP_IMPORT_ENTITY, UP_IMPORT_METRIC,
                                             UP_IMPORT_CODE};
    up_status status = UP_OK;
    for (size_t i = 0; i < plan->count && status == UP_OK; i++)
        for (size_t r = 0; r < 3 && status == UP_OK; r++) {
            size_t leader = up_plan_next(plan, leaders[r], 0);
            bool does = false;
            if (plan->columns[i].role != UP_IMPORT_NONE || leader == SIZE_MAX)
                continue;
            status = follows(plan, leader, i, &does, err);
            if (does)
                up_plan_set(plan, i, UP_IMPORT_IGNORED,
                            leaders[r] == UP_IMPORT_METRIC
                                ? "it follows from the metric"
                                : "it follows from the entity");
        }
    return status;
}

/* The one column of words that is left names the entity. */
static void take_last_words(import_plan *plan)
{
    size_t left = up_plan_next(plan, UP_IMPORT_NONE, 0);
    if (left == SIZE_MAX || up_plan_next(plan, UP_IMPORT_NONE, left + 1) != SIZE_MAX ||
        up_plan_count(plan, UP_IMPORT_ENTITY) > 0 ||
        plan->constants[UP_IMPORT_ENTITY] != NULL ||
        !up_column_is_words(&plan->columns[left]))
        return;
    up_plan_set(plan, left, UP_IMPORT_ENTITY, "the one column of words that varies");
}

static bool has_header_periods(const import_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++)
        if (plan->columns[i].has_period)
            return true;
    return false;
}

/* "Active users time period" says more of the column "Active users", and of no other. */
static void bind_to_values(import_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        plan_column *c = &plan->columns[i];
        if ((c->role != UP_IMPORT_METRIC && c->role != UP_IMPORT_STATUS) ||
            c->of != SIZE_MAX)
            continue;
        const char *header = up_plan_header(plan, i);
        for (size_t v = up_plan_next(plan, UP_IMPORT_VALUE, 0); v != SIZE_MAX;
             v = up_plan_next(plan, UP_IMPORT_VALUE, v + 1)) {
            const char *value = up_plan_header(plan, v);
            size_t length = strlen(value);
            if (length > 0 && strncmp(header, value, length) == 0 &&
                header[length] != '\0' && !isalnum((unsigned char)header[length]))
                c->of = v;
        }
    }
}

up_status up_plan_find_roles(import_plan *plan, up_error *err)
{
    bool wide = has_header_periods(plan);
    by_metadata(plan);
    by_pairs(plan);
    by_header(plan);
    if (wide)
        find_row_part(plan);
    join_parts(plan);
    if (!wide)
        find_dates(plan);
    up_status status = up_plan_check_when(plan, wide, err);
    if (status == UP_OK)
        status = drop_codes(plan, err);
    if (status != UP_OK)
        return status;
    take_numbers(plan);
    find_nameless(plan);
    bind_to_values(plan);
    leave_out_the_rest(plan);
    status = leave_out_followers(plan, err);
    if (status == UP_OK)
        take_last_words(plan);
    if (status == UP_OK)
        status = leave_out_followers(plan, err);
    if (status == UP_OK)
        status = up_plan_check_roles(plan, err);
    return status;
}
