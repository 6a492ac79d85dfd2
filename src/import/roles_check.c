/* What the columns may not be: each case that is not ours to decide is refused, with the options
 * that decide it. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "import/plan.h"

static up_status refuse_leftover(const import_plan *plan, size_t column, up_error *err)
{
    const up_frame *f = plan->frame;
    const char *examples[2] = {"", ""};
    size_t shown = 0;
    for (uint32_t id = 0; id < f->column[column].count && shown < 2; id++) {
        const char *text = up_frame_text(f, column, id);
        if (text[0] != '\0')
            examples[shown++] = text;
    }
    return up_error_at(
        err, UP_BAD_DATA, plan->request->source, f->header_line,
        "the column '%s' varies ('%.40s', '%.40s') and is in no key: say what "
        "it is (--entity, --metric, --note … or --ignore '%s')",
        up_plan_header(plan, column), examples[0], examples[1],
        up_plan_header(plan, column));
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "Jan-24", "Q1/24", "1Q24": a period but for the century. */
static bool has_short_year(const char *text)
{
    char whole[40];
    size_t length = strlen(text);
    up_period period;
    if (length < 4 || length + 4 > sizeof whole || !is_digit(text[length - 1]) ||
        !is_digit(text[length - 2]) || is_digit(text[length - 3]))
        return false;
    size_t stem = length - 2;
    while (stem > 0 && strchr("-/' ", text[stem - 1]) != NULL)
        stem--;
    snprintf(whole, sizeof whole, "%.*s%s20%s", (int)stem, text,
             stem < length - 2 ? " " : "", text + length - 2);
    return up_period_parse(whole, NULL, &period, NULL) == UP_OK;
}

/* The first header or cell that is a period but for the century; NULL: none. */
static const char *find_short_year(const import_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        const char *header = up_plan_header(plan, i);
        const char *cell = plan->frame->rows > 0 ? up_frame_cell(plan->frame, 0, i) : "";
        if (has_short_year(header) || has_short_year(cell))
            return has_short_year(header) ? header : cell;
    }
    return NULL;
}

/* The one header that is a period, as those of a table of one year are; NULL: none. */
static const char *find_lone_period(const import_plan *plan)
{
    up_period period;
    for (size_t i = 0; i < plan->count; i++)
        if (strlen(up_plan_header(plan, i)) >= 4 &&
            up_period_parse(up_plan_header(plan, i), NULL, &period, NULL) == UP_OK)
            return up_plan_header(plan, i);
    return NULL;
}

static up_status refuse_without_period(const import_plan *plan, up_error *err)
{
    const char *source = plan->request->source, *found;
    size_t line = plan->frame->header_line;
    if ((found = find_short_year(plan)) != NULL)
        return up_error_at(err, UP_BAD_DATA, source, line,
                           "'%.30s' tells no century: a year of four digits is wanted",
                           found);
    if ((found = find_lone_period(plan)) != NULL)
        return up_error_at(err, UP_BAD_DATA, source, line,
                           "no column holds dates; the header '%.30s' is a period: "
                           "--layout wide makes it that of the figures below it",
                           found);
    return up_error_at(err, UP_BAD_DATA, source, line,
                       "no column holds dates and no header is one: say where the "
                       "period is (--period COLUMN, or --period PERIOD for all rows)");
}

/* Two dates in every row: which is the period is not for us to say. */
static up_status check_periods(const import_plan *plan, up_error *err)
{
    size_t wholes = 0, parts = 0;
    const char *names[2] = {"", ""};
    for (size_t i = 0; i < plan->count; i++) {
        const plan_column *c = &plan->columns[i];
        bool dated = c->role == UP_IMPORT_PERIOD && c->part == PART_WHOLE;
        bool undecided = c->role == UP_IMPORT_NONE && up_column_holds_dates(c) &&
                         !up_column_is_numeric(c);
        if (dated || undecided) {
            if (wholes < 2)
                names[wholes] = up_plan_header(plan, i);
            wholes++;
        }
        parts += c->role == UP_IMPORT_PERIOD && c->part != PART_WHOLE;
    }
    if (wholes > 1)
        return up_error_at(err, UP_BAD_DATA, plan->request->source,
                           plan->frame->header_line,
                           "the columns '%s' and '%s' both hold dates: say which is the "
                           "period (--period '%s') and what the other is (--reported, "
                           "--ignore)",
                           names[0], names[1], names[0]);
    if (wholes + parts == 0 && plan->constants[UP_IMPORT_PERIOD] == NULL)
        return refuse_without_period(plan, err);
    return UP_OK;
}

/* Where headers are periods, no column may say another, and none may be without one. */
static up_status check_wide(const import_plan *plan, up_error *err)
{
    size_t first = SIZE_MAX;
    const char *source = plan->request->source;
    for (size_t i = 0; i < plan->count; i++) {
        const plan_column *c = &plan->columns[i];
        const char *header = up_plan_header(plan, i);
        if (c->has_period && first == SIZE_MAX)
            first = i;
        if (c->role == UP_IMPORT_PERIOD && i != plan->row_part)
            return up_error_at(
                err, UP_BAD_DATA, source, plan->frame->header_line,
                "the column '%s' and the other headers both say when: "
                "leave it out (--ignore '%s') or say that it is the period "
                "(--period '%s')",
                header, header, header);
        if (first != SIZE_MAX && c->role == UP_IMPORT_NONE && header[0] == '\0' &&
            up_column_is_numeric(c))
            return up_error_at(
                err, UP_BAD_DATA, source, plan->frame->header_line,
                "column %zu holds figures, but its header is blank (wanted "
                "a period; --ignore '#%zu' leaves it out)",
                plan->frame->column[i].origin + 1, plan->frame->column[i].origin + 1);
    }
    return UP_OK;
}

/* --- Columns of one name ------------------------------------------------------------------ */

typedef struct named_column {
    const char *header;
    size_t column;
} named_column;

static int by_name(const void *a, const void *b)
{
    const named_column *x = a, *y = b;
    int order = strcmp(x->header, y->header);
    return order != 0 ? order : (x->column > y->column) - (x->column < y->column);
}

/* Two columns of figures of one name would be two figures of one metric and period. */
static up_status check_names(const import_plan *plan, up_error *err)
{
    named_column *named = NULL;
    size_t count = 0, pair = 0;
    up_status status = up_alloc(plan->count, sizeof *named, &named, err);
    if (status != UP_OK)
        return status;
    for (size_t i = 0; i < plan->count; i++)
        if (plan->columns[i].role == UP_IMPORT_VALUE &&
            up_plan_header(plan, i)[0] != '\0')
            named[count++] = (named_column){up_plan_header(plan, i), i};
    if (count > 1)
        qsort(named, count, sizeof *named, by_name);
    for (size_t i = 1; i < count && pair == 0; i++)
        pair = strcmp(named[i - 1].header, named[i].header) == 0 ? i : 0;
    if (pair > 0) {
        size_t a = plan->frame->column[named[pair - 1].column].origin + 1;
        size_t b = plan->frame->column[named[pair].column].origin + 1;
        status =
            up_error_at(err, UP_BAD_DATA, plan->request->source, plan->frame->header_line,
                        "the columns %zu and %zu hold figures and are both named "
                        "'%.60s': leave one out (--ignore '#%zu') or name the "
                        "figures (--value '#%zu')",
                        a, b, named[pair].header, b, a);
    }
    free(named);
    return status;
}

/* A range in columns of its own is that of one column of figures. */
static up_status check_ranges(const import_plan *plan, up_error *err)
{
    static const up_import_role roles[] = {UP_IMPORT_LOW, UP_IMPORT_HIGH,
                                           UP_IMPORT_STATED, UP_IMPORT_QUALIFIER};
    size_t value = up_plan_next(plan, UP_IMPORT_VALUE, 0);
    size_t other =
        value != SIZE_MAX ? up_plan_next(plan, UP_IMPORT_VALUE, value + 1) : SIZE_MAX;
    for (size_t i = 0; i < 4 && other != SIZE_MAX; i++) {
        size_t column = up_plan_next(plan, roles[i], 0);
        if (column != SIZE_MAX && plan->columns[column].of == SIZE_MAX)
            return up_error_at(
                err, UP_BAD_DATA, plan->request->source, plan->frame->header_line,
                "the column '%s' (%s) may be about '%s' or '%s': say which "
                "are the figures (--value), or --ignore '%s'",
                up_plan_header(plan, column), up_import_roles[roles[i]].meaning,
                up_plan_header(plan, value), up_plan_header(plan, other),
                up_plan_header(plan, column));
    }
    return UP_OK;
}

static up_status check_leftovers(const import_plan *plan, up_error *err)
{
    size_t column = up_plan_next(plan, UP_IMPORT_NONE, 0);
    return column == SIZE_MAX ? UP_OK : refuse_leftover(plan, column, err);
}

up_status up_plan_check_when(const import_plan *plan, bool is_wide, up_error *err)
{
    return is_wide ? check_wide(plan, err) : check_periods(plan, err);
}

up_status up_plan_check_roles(const import_plan *plan, up_error *err)
{
    up_status status = check_leftovers(plan, err);
    if (status == UP_OK)
        status = check_names(plan, err);
    if (status == UP_OK)
        status = check_ranges(plan, err);
    if (status == UP_OK && up_plan_count(plan, UP_IMPORT_VALUE) == 0)
        status = up_error_at(
            err, UP_TOO_LITTLE_DATA, plan->request->source, plan->frame->header_line,
            "no column of figures: nothing to import (--value COLUMN says "
            "which it is)");
    return status;
}
