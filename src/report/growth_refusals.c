/* Why values of growth are missing, in words: each reason once a series, with the first period
 * that it concerns. */
#include <string.h>

#include "uptick/view.h"

enum { REASONS = 8 }; /* of a series that are told; more are counted */

typedef struct reason {
    const char *why;
    int transform;
    size_t first, more; /* the first row, and how many after it */
    size_t last;        /* the last row counted: a row counts once */
} reason;

typedef struct reasons {
    reason items[REASONS];
    size_t count, untold; /* untold: rows with other reasons */
} reasons;

/* Whether the reason is "it is among the first", which needs no words. */
static bool is_by_nature(const up_growth_section *section, const up_growth *g,
                         const char *why)
{
    const up_series *s = section->series;
    return why == up_growth_no_previous ||
           (why == up_growth_no_year &&
            g->to->time.value - s->points[0].time.value < 0.99);
}

static reason *find(reasons *all, const char *why)
{
    for (size_t i = 0; i < all->count; i++)
        if (all->items[i].why == why || strcmp(all->items[i].why, why) == 0)
            return &all->items[i];
    return NULL;
}

static void count_reason(reasons *all, const char *why, int transform, size_t row)
{
    reason *known = find(all, why);
    if (known != NULL) {
        known->more += known->last != row;
        known->last = row;
    } else if (all->count < REASONS)
        all->items[all->count++] = (reason){why, transform, row, 0, row};
    else
        all->untold++;
}

static void gather(const up_growth_section *section, const bool show[UP_TRANSFORMS],
                   reasons *all)
{
    for (size_t r = 0; r < section->count; r++) {
        const up_growth *g = &section->rows[r];
        const char *last = NULL;
        for (int t = 0; t < UP_TRANSFORMS && g->claim == NULL; t++) {
            const char *why = g->values[t].refused;
            if (!show[t] || why == NULL || why == last || is_by_nature(section, g, why))
                continue;
            last = why;
            count_reason(all, why, t, r);
        }
    }
}

static void tell(const up_growth_section *section, const reason *r, up_remarks *out)
{
    up_buffer when = {0};
    up_period_label(&section->rows[r->first].to_period, &when);
    if (r->more > 0)
        up_buffer_addf(&when, " and %zu more", r->more);
    up_remarks_add(out, UP_NOTE, NULL, 0, "%s, %s: no %s: %s%s", section->series->key,
                   up_buffer_text(&when), up_transform_table[r->transform].title, r->why,
                   r->why == up_growth_broken ? "; --across-breaks compares them" : "");
    out->failed = out->failed || when.failed;
    up_buffer_release(&when);
}

void up_growth_refusals(const up_growth_section *section, const bool show[UP_TRANSFORMS],
                        up_remarks *out)
{
    reasons all = {0};
    gather(section, show, &all);
    for (size_t i = 0; i < all.count; i++)
        tell(section, &all.items[i], out);
    if (all.untold > 0)
        up_remarks_add(out, UP_NOTE, NULL, 0, "%s: %zu more without a value",
                       section->series->key, all.untold);
}
