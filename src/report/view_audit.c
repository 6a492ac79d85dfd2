/* The audit as a table: what was claimed, what the levels say, the verdict and why. */
#include <string.h>

#include "uptick/view.h"

enum {
    AUDIT_SERIES,
    AUDIT_STATED,
    AUDIT_TRANSFORM,
    AUDIT_FROM,
    AUDIT_TO,
    AUDIT_CLAIM,
    AUDIT_CLAIM_VALUE,
    AUDIT_CLAIM_LOW,
    AUDIT_CLAIM_HIGH,
    AUDIT_MEASURED,
    AUDIT_VALUE,
    AUDIT_LOW,
    AUDIT_HIGH,
    AUDIT_VERDICT,
    AUDIT_WHY,
    AUDIT_LINE,
    AUDIT_COLUMNS
};
static const up_table_column columns[AUDIT_COLUMNS] = {
    [AUDIT_SERIES] = {"series", "Series", 0},
    [AUDIT_STATED] = {"stated", "Claim", UP_COLUMN_WRAP},
    [AUDIT_TRANSFORM] = {"transform", "Transform", UP_COLUMN_MACHINE},
    [AUDIT_FROM] = {"from", "From", UP_COLUMN_WRAP},
    [AUDIT_TO] = {"to", "To", UP_COLUMN_WRAP},
    [AUDIT_CLAIM] = {"claimed", "Claimed",
                     UP_COLUMN_HUMAN | UP_COLUMN_RIGHT | UP_COLUMN_WRAP},
    [AUDIT_CLAIM_VALUE] = {"claimed_value", NULL, UP_COLUMN_MACHINE},
    [AUDIT_CLAIM_LOW] = {"claimed_low", NULL, UP_COLUMN_MACHINE},
    [AUDIT_CLAIM_HIGH] = {"claimed_high", NULL, UP_COLUMN_MACHINE},
    [AUDIT_MEASURED] = {"measured", "Levels say",
                        UP_COLUMN_HUMAN | UP_COLUMN_RIGHT | UP_COLUMN_WRAP},
    [AUDIT_VALUE] = {"value", NULL, UP_COLUMN_MACHINE},
    [AUDIT_LOW] = {"low", NULL, UP_COLUMN_MACHINE},
    [AUDIT_HIGH] = {"high", NULL, UP_COLUMN_MACHINE},
    [AUDIT_VERDICT] = {"verdict", "Verdict", 0},
    [AUDIT_WHY] = {"why", "Why", UP_COLUMN_MACHINE},
    [AUDIT_LINE] = {"line", "Line", UP_COLUMN_MACHINE | UP_COLUMN_RIGHT}};

static void set_numbers(up_table *table, size_t first, const up_estimate *e)
{
    const struct {
        bool has;
        double number;
    } parts[] = {{e->has_value, e->value}, {e->has_low, e->low}, {e->has_high, e->high}};
    for (size_t i = 0; i < 3; i++)
        if (parts[i].has)
            up_table_double(table, first + i, parts[i].number, NULL);
}

static void add_growth(const up_estimate *estimate, up_transform transform,
                       const up_metric *metric, up_buffer *out)
{
    up_growth_value value = {.estimate = *estimate};
    up_words_growth(&value, transform, metric, out);
    if (transform == UP_CAGR)
        up_buffer_add(out, " a year");
}

static void set_words(up_table *table, size_t column, const up_audit *audit,
                      const up_estimate *estimate)
{
    static const up_metric unknown = {.unit = "", .short_unit = "", .display = ""};
    up_buffer words = {0};
    add_growth(estimate, audit->transform,
               audit->series != NULL ? &audit->series->data->metric : &unknown, &words);
    up_table_text(table, column, up_table_words(table, &words));
    up_buffer_release(&words);
}

static void add_level(const up_point *point, const up_metric *metric, up_buffer *out)
{
    up_words_figure(point->observation, metric, 5, out);
    up_buffer_add(out, " (");
    up_period_label(&point->observation->period, out);
    up_buffer_add(out, ")");
}

/* "2024 +21 %, 2023 +25 %": the years that were looked at, the last one first. */
static void add_years(const up_audit *audit, up_buffer *out)
{
    for (size_t i = 0; i < audit->year_count; i++) {
        const up_audit_year *year = &audit->years[i];
        up_growth_value value = {.estimate = year->growth};
        up_buffer_add(out, i > 0 ? ", " : "");
        up_period_label(&year->to->observation->period, out);
        up_buffer_add(out, ": ");
        up_words_growth(&value, UP_CAGR, &audit->series->data->metric, out);
    }
}

static void add_period(const char *before, const up_period *period, up_buffer *out)
{
    up_buffer_add(out, before);
    up_period_label(period, out);
}

/* "no level was reported for May 2025; there is one for 'by May 2025'". */
static void add_missing(const up_audit *audit, const up_period *wanted, up_buffer *out)
{
    const up_period *found = NULL;
    add_period("no level was reported for ", wanted, out);
    for (size_t i = 0; i < audit->series->count; i++) {
        const up_observation *o = audit->series->points[i].observation;
        if (!o->derived && up_period_nearness(wanted, &o->period) >
                               (found != NULL ? up_period_nearness(wanted, found) : 0))
            found = &o->period;
    }
    if (found == NULL)
        return;
    up_buffer_add(out, "; did you mean '");
    up_period_typed(wanted, found, out);
    up_buffer_add(out, "'?");
}

static void add_few_years(const up_audit *audit, up_buffer *out)
{
    if (audit->year_count == 0)
        add_period("no level a year before ", &audit->claim->to, out);
    else {
        up_buffer_addf(out, "%zu of %d consecutive years known: ", audit->year_count,
                       UP_AUDIT_YEARS);
        add_years(audit, out);
    }
}

static void add_why(const up_audit *audit, up_buffer *out)
{
    const up_metric *metric = audit->series != NULL ? &audit->series->data->metric : NULL;
    switch (audit->reason) {
    case UP_AUDIT_TESTED:
        if (audit->year_count > 0) {
            add_years(audit, out);
            return;
        }
        add_level(audit->from, metric, out);
        up_buffer_add(out, " to ");
        add_level(audit->to, metric, out);
        return;
    case UP_AUDIT_NO_FIGURES:
        up_buffer_add(out, "no figure was reported");
        return;
    case UP_AUDIT_NO_FROM:
        add_missing(audit, &audit->claim->from, out);
        return;
    case UP_AUDIT_NO_TO:
        add_missing(audit, &audit->claim->to, out);
        return;
    case UP_AUDIT_INCOMPARABLE:
        up_buffer_add(out, audit->refused);
        return;
    case UP_AUDIT_NO_START:
        up_buffer_add(out, "it does not say since when (--from)");
        return;
    case UP_AUDIT_FEW_YEARS:
        add_few_years(audit, out);
        return;
    }
}

/* People read why below the table: "users/China, doubled: 249 M people (…) to 570 M people (…)". */
static void note_why(up_table *table, const up_claim *claim, const up_buffer *key,
                     const up_buffer *why)
{
    up_buffer note = {0};
    up_buffer_addf(&note, "%s, %s: %s", up_buffer_text(key), claim->stated,
                   up_buffer_text(why));
    up_table_note(table, up_table_words(table, &note));
    up_buffer_release(&note);
}

static void set_row(up_table *table, const up_audit *audit)
{
    const up_claim *c = audit->claim;
    up_buffer key = {0}, why = {0};
    up_buffer_addf(&key, "%s%s%s", c->metric, c->entity[0] != '\0' ? "/" : "", c->entity);
    add_why(audit, &why);
    up_table_row(table);
    up_table_text(table, AUDIT_SERIES, up_table_words(table, &key));
    up_table_text(table, AUDIT_STATED, c->stated);
    up_table_text(table, AUDIT_TRANSFORM, up_change_name(c->transform));
    if (c->has_from)
        up_table_period(table, AUDIT_FROM, &c->from);
    if (c->has_to)
        up_table_period(table, AUDIT_TO, &c->to);
    set_words(table, AUDIT_CLAIM, audit, &audit->claimed);
    set_numbers(table, AUDIT_CLAIM_VALUE, &audit->claimed);
    if (audit->has_measured) {
        set_words(table, AUDIT_MEASURED, audit, &audit->measured);
        set_numbers(table, AUDIT_VALUE, &audit->measured);
    }
    up_table_text(table, AUDIT_VERDICT, up_verdict_name(audit->verdict));
    up_table_text(table, AUDIT_WHY, up_table_words(table, &why));
    note_why(table, c, &key, &why);
    up_table_decimal(table, AUDIT_LINE, up_decimal_from_int((int64_t)c->line), NULL);
    up_buffer_release(&key);
    up_buffer_release(&why);
}

/* What is between the levels as growth has them and as they are held against a claim. */
static void note_rounding(const up_audit_list *audits, up_table *table)
{
    bool any = false;
    for (size_t i = 0; i < audits->count; i++)
        any = any || audits->items[i].has_measured || audits->items[i].year_count > 0;
    if (any)
        up_table_note(table,
                      "levels are read with half a unit of the last digit stated either "
                      "way, \"more than\" and \"less than\" as they stand");
}

up_status up_view_audit(const up_audit_list *audits, up_table *table, up_error *err)
{
    up_status status = up_table_init(table, "audit", columns, AUDIT_COLUMNS, err);
    for (size_t i = 0; i < audits->count && status == UP_OK; i++)
        set_row(table, &audits->items[i]);
    if (status == UP_OK)
        note_rounding(audits, table);
    return status;
}
