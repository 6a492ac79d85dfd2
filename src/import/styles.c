/* How the dates and the numbers of the file are written, asked of all of them together. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "import/plan.h"

/* Pointers to all distinct texts of a column, after `count` that are there already. */
static up_status add_texts(const up_frame *frame, size_t column, const char ***texts,
                           size_t *count, size_t *capacity, up_error *err)
{
    size_t more = frame->column[column].count;
    up_status status = up_grow(texts, capacity, *count + more, sizeof **texts, err);
    for (size_t id = 0; id < more && status == UP_OK; id++) {
        const char *text = up_frame_text(frame, column, (uint32_t)id);
        if (text[0] != '\0')
            (*texts)[(*count)++] = text;
    }
    return status;
}

/* --- Dates ----------------------------------------------------------------------------------- */

static up_status read_frequency(const import_plan *plan, up_dates *dates, up_error *err)
{
    static const up_granularity units[] = {UP_DAY,     UP_WEEK, UP_MONTH,
                                           UP_QUARTER, UP_HALF, UP_YEAR};
    const char *text = plan->request->frequency;
    for (size_t i = 0; text != NULL && i < sizeof units / sizeof units[0]; i++)
        if (strcmp(text, up_granularity_name(units[i])) == 0) {
            dates->has_frequency = true;
            dates->frequency = units[i];
        }
    if (text != NULL && !dates->has_frequency)
        return up_error_set(
            err, UP_USAGE,
            "--frequency '%s' is none of day, week, month, quarter, half, year", text);
    return UP_OK;
}

/* The fiscal year of the metrics that are to be, where it was said. */
static int fiscal_year_end(const import_plan *plan)
{
    const char *const *key = plan->request->keys;
    for (; key != NULL && key[0] != NULL; key += 2)
        if (strcmp(key[0], "fiscal_year_end") == 0)
            return atoi(key[1]);
    return 0;
}

static up_status find_dates(import_plan *plan, size_t column, up_error *err)
{
    plan_column *c = &plan->columns[column];
    const char **texts = NULL;
    size_t count = 0, capacity = 0;
    const char *order = plan->request->date_format;
    up_dates given = {.options = {.date_order = order != NULL ? order[0] : '\0',
                                  .fiscal_year_end = fiscal_year_end(plan)}};
    up_status status = UP_OK;
    given.verbatim = plan->is_own && c->role == UP_IMPORT_PERIOD;
    if (c->role == UP_IMPORT_PERIOD)
        status = read_frequency(plan, &given, err);
    else {
        given.has_frequency = true;
        given.frequency = UP_DAY;
    }
    if (status == UP_OK)
        status = add_texts(plan->frame, column, &texts, &count, &capacity, err);
    if (status == UP_OK)
        status = up_dates_find(texts, count, &given, &c->reading, err);
    if (status == UP_BAD_DATA) {
        up_error reason = err != NULL ? *err : (up_error){0};
        up_error_at(err, UP_BAD_DATA, plan->request->source, plan->frame->header_line,
                    "column '%s': %s", up_plan_header(plan, column), reason.message);
    }
    free(texts);
    return status;
}

/* --- Numbers --------------------------------------------------------------------------------- */

static bool is_numeric_role(up_import_role role)
{
    return role == UP_IMPORT_VALUE || role == UP_IMPORT_LOW || role == UP_IMPORT_HIGH;
}

static up_status style_of(import_plan *plan, size_t first, size_t last,
                          up_entry_style *style, up_error *err)
{
    const char **texts = NULL;
    size_t count = 0, capacity = 0;
    up_status status = UP_OK;
    for (size_t i = first; i < last && status == UP_OK; i++) {
        const plan_column *c = &plan->columns[i];
        bool stated = c->metadata != NULL && c->metadata->decimal != '\0';
        if (is_numeric_role(c->role) && !stated)
            status = add_texts(plan->frame, i, &texts, &count, &capacity, err);
    }
    if (status == UP_OK)
        status = up_entry_style_find(texts, count, style, err);
    free(texts);
    return status;
}

static void use_style(plan_column *c, const up_entry_style *style)
{
    const up_metadata_column *m = c->metadata;
    c->style.decimal = style->decimal;
    c->style.grouping = style->grouping;
    if (m != NULL && m->decimal != '\0') {
        c->style.decimal = m->decimal;
        c->style.grouping = m->grouping;
    }
}

/* All columns of figures of one file are written alike; where they contradict each other, each
 * is asked by itself. */
static up_status find_numbers(import_plan *plan, up_error *err)
{
    bool by_us = plan->is_own && plan->frame->dialect.delimiter != ';';
    const char *asked_for = plan->request->decimal;
    const char *decimal = asked_for == NULL && by_us ? "." : asked_for;
    up_entry_style asked = {.decimal = decimal != NULL ? decimal[0] : '\0'};
    up_entry_style common = asked;
    up_status status = style_of(plan, 0, plan->count, &common, NULL);
    bool alike = status == UP_OK;
    if (status == UP_BAD_DATA)
        status = UP_OK;
    for (size_t i = 0; i < plan->count && status == UP_OK; i++) {
        up_entry_style own = asked;
        if (!is_numeric_role(plan->columns[i].role))
            continue;
        if (!alike)
            status = style_of(plan, i, i + 1, &own, err);
        if (status == UP_OK)
            use_style(&plan->columns[i], alike ? &common : &own);
        else if (status == UP_BAD_DATA) {
            up_error reason = err != NULL ? *err : (up_error){0};
            up_error_at(err, UP_BAD_DATA, plan->request->source, plan->frame->header_line,
                        "column '%s': %s", up_plan_header(plan, i), reason.message);
        }
    }
    return status;
}

up_status up_plan_find_styles(import_plan *plan, up_error *err)
{
    up_status status = UP_OK;
    for (size_t i = 0; i < plan->count && status == UP_OK; i++) {
        const plan_column *c = &plan->columns[i];
        bool by_metadata = c->metadata != NULL && c->metadata->is_days_since;
        if ((c->role == UP_IMPORT_PERIOD || c->role == UP_IMPORT_REPORTED) &&
            c->part == PART_WHOLE && !by_metadata)
            status = find_dates(plan, i, err);
    }
    return status == UP_OK ? find_numbers(plan, err) : status;
}
