/* What a column's texts are: numbers, dates, words; by a sample of the distinct ones. */
#include <string.h>

#include "import/plan.h"

enum { SAMPLE = 400 };

/* A number by either decimal mark. */
static up_entry_kind kind_of(const plan_column *c, const char *text)
{
    static const char marks[] = {'.', ','};
    up_entry_kind kind = UP_ENTRY_TEXT;
    for (size_t i = 0; i < sizeof marks && kind == UP_ENTRY_TEXT; i++) {
        up_entry_style style = {.decimal = marks[i],
                                .grouping = marks[1 - i],
                                .missing = c->style.missing,
                                .only_missing = c->style.only_missing};
        up_entry entry;
        if (up_entry_read(text, &style, &entry, NULL) == UP_OK)
            kind = entry.kind;
    }
    return kind;
}

static bool is_recent_year(const char *text)
{
    return strlen(text) == 4 && strspn(text, "0123456789") == 4 &&
           strcmp(text, "1500") >= 0 && strcmp(text, "2200") < 0;
}

static void sample_column(const import_plan *plan, plan_column *c, size_t column)
{
    const up_frame_column *f = &plan->frame->column[column];
    size_t step = f->count > SAMPLE ? f->count / SAMPLE : 1;
    bool first_is_blank =
        f->count > 0 && up_frame_text(plan->frame, column, 0)[0] == '\0';
    c->varies = f->count > (first_is_blank ? 2u : 1u);
    for (size_t id = 0; id < f->count; id += step) {
        const char *text = up_frame_text(plan->frame, column, (uint32_t)id);
        if (text[0] == '\0')
            continue;
        up_entry_kind kind = kind_of(c, text);
        c->sampled++;
        c->numbers += kind == UP_ENTRY_NUMBER;
        c->missing += kind == UP_ENTRY_MISSING;
        c->words += kind == UP_ENTRY_TEXT;
        c->years += is_recent_year(text);
        if (kind != UP_ENTRY_MISSING)
            c->dates += up_dates_count(&text, 1);
    }
}

void up_plan_sample(import_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++)
        sample_column(plan, &plan->columns[i], i);
}

/* A slip must not turn a column of figures into one of names: it is a bad row. */
bool up_column_is_numeric(const plan_column *c)
{
    return c->numbers > c->words;
}

bool up_column_is_words(const plan_column *c)
{
    return c->words > 0 && !up_column_is_numeric(c);
}

/* Years are numbers too: more than digits must tell, or the header. */
bool up_column_holds_dates(const plan_column *c)
{
    return c->dates > 0 && (c->sampled - c->missing - c->dates) * 10 <= c->dates;
}

/* A column that is called so may hold more slips. */
bool up_column_may_hold_dates(const plan_column *c)
{
    return c->dates * 2 >= c->sampled - c->missing && c->dates > 0;
}

bool up_column_is_blank(const plan_column *c)
{
    return c->sampled == c->missing;
}
