/* What was understood, column by column, in words. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "import/plan.h"

static void describe_numbers(const plan_column *c, up_buffer *out)
{
    if (c->style.decimal == ',')
        up_buffer_add(out, ", decimal comma");
    if (c->style.grouping == ' ')
        up_buffer_add(out, ", thousands set apart by a blank");
    else if (c->style.grouping != '\0')
        up_buffer_addf(out, ", thousands set apart by '%c'", c->style.grouping);
}

static void describe_value(const import_plan *plan, size_t column, up_buffer *out)
{
    const plan_column *c = &plan->columns[column];
    if (c->has_period)
        up_buffer_add(out, " of the period in the header");
    else if (c->part_number > 0)
        up_buffer_addf(out, " of the %s in the header",
                       c->header_part == PART_MONTH ? "month" : "quarter");
    if (c->metadata != NULL && c->metadata->unit[0] != '\0')
        up_buffer_addf(out, " in %s", c->metadata->unit);
    describe_numbers(c, out);
}

static void describe_period(const plan_column *c, up_buffer *out)
{
    static const char *const parts[] = {[PART_WHOLE] = "",
                                        [PART_YEAR] = ": the year",
                                        [PART_HALF] = ": the half",
                                        [PART_QUARTER] = ": the quarter",
                                        [PART_MONTH] = ": the month",
                                        [PART_WEEK] = ": the week",
                                        [PART_DAY] = ": the day"};
    up_buffer_add(out, parts[c->part]);
    if (c->metadata != NULL && c->metadata->is_days_since) {
        up_period zero = up_period_containing(c->metadata->zero_day * 86400, UP_DAY);
        up_buffer_add(out, ": days after ");
        up_period_label(&zero, out);
    } else if (c->part == PART_WHOLE) {
        up_buffer_add(out, ": ");
        up_dates_describe(&c->reading, out);
    }
}

static void describe(const import_plan *plan, size_t column, up_buffer *out)
{
    const plan_column *c = &plan->columns[column];
    up_buffer_add(out, up_import_roles[c->role].meaning);
    if (c->role == UP_IMPORT_VALUE)
        describe_value(plan, column, out);
    else if (c->role == UP_IMPORT_PERIOD)
        describe_period(c, out);
    if (c->of != SIZE_MAX)
        up_buffer_addf(out, " of '%s'", up_plan_header(plan, c->of));
    if (c->why != NULL && c->why[0] != '\0')
        up_buffer_addf(out, " (%s)", c->why);
}

/* Its header, else its number, as options take it. */
static up_status name_column(const import_plan *plan, size_t column, char **name,
                             up_error *err)
{
    const char *header = up_plan_header(plan, column);
    up_buffer number = {0};
    up_buffer_addf(&number, "#%zu", plan->frame->column[column].origin + 1);
    up_status status = up_buffer_check(&number, err);
    if (status == UP_OK)
        status = up_copy_text(header[0] != '\0' ? header : number.data, name, err);
    up_buffer_release(&number);
    return status;
}

up_status up_plan_describe(const import_plan *plan, up_import *import, up_error *err)
{
    up_status status =
        up_alloc(plan->count, sizeof *import->columns, &import->columns, err);
    for (size_t i = 0; i < plan->count && status == UP_OK; i++) {
        up_import_column *column = &import->columns[i];
        up_buffer words = {0};
        describe(plan, i, &words);
        status = up_buffer_check(&words, err);
        if (status == UP_OK)
            status = name_column(plan, i, &column->name, err);
        if (status == UP_OK)
            status = up_copy_text(up_buffer_text(&words), &column->meaning, err);
        column->role = plan->columns[i].role;
        up_buffer_release(&words);
        import->column_count = i + 1;
    }
    return status == UP_OK ? up_copy_text(plan->layout, &import->layout, err) : status;
}
