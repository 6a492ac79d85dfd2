/* The plan's columns, found and named. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "import/plan.h"

const char *up_plan_header(const import_plan *plan, size_t column)
{
    return plan->frame->dialect.headers > 0 ? up_frame_header(plan->frame, 0, column)
                                            : "";
}

size_t up_plan_next(const import_plan *plan, up_import_role role, size_t from)
{
    for (size_t i = from; i < plan->count; i++)
        if (plan->columns[i].role == role)
            return i;
    return SIZE_MAX;
}

size_t up_plan_count(const import_plan *plan, up_import_role role)
{
    size_t count = 0;
    for (size_t i = 0; i < plan->count; i++)
        count += plan->columns[i].role == role;
    return count;
}

void up_plan_set(import_plan *plan, size_t column, up_import_role role, const char *why)
{
    plan->columns[column].role = role;
    plan->columns[column].why = why;
}

bool up_plan_is_number(const char *text, size_t *number)
{
    size_t value = 0;
    if (text[0] != '#' || text[1] == '\0')
        return false;
    for (const char *at = text + 1; *at != '\0'; at++) {
        if (*at < '0' || *at > '9' || value > 1000000)
            return false;
        value = value * 10 + (size_t)(*at - '0');
    }
    *number = value;
    return true;
}

size_t up_plan_find(const import_plan *plan, const char *name)
{
    size_t number;
    if (up_plan_is_number(name, &number)) {
        for (size_t i = 0; i < plan->count; i++)
            if (plan->frame->column[i].origin + 1 == number)
                return i;
        return SIZE_MAX;
    }
    for (size_t i = 0; i < plan->count; i++)
        if (strcmp(up_plan_header(plan, i), name) == 0)
            return i;
    return SIZE_MAX;
}

void up_plan_release(import_plan *plan)
{
    for (size_t i = 0; i < plan->count && plan->columns != NULL; i++)
        up_label_release(&plan->columns[i].label);
    free(plan->columns);
    free(plan->name);
    free(plan->title);
    free(plan->source_title);
    free(plan->source_url);
}
