#include "analysis/expression_dropped.h"

#include <string.h>

enum { DATES_LISTED = 3 };
static void list_date(up_dropped *d, size_t i, const up_buffer *date)
{
    char *others = d->reasons[i].others;
    size_t used = strlen(others);
    if (d->reasons[i].behind == 0 || d->reasons[i].listed != d->reasons[i].count - 1 ||
        d->reasons[i].count >= DATES_LISTED ||
        used + 2 + date->length >= sizeof d->reasons[i].others)
        return;
    memcpy(others + used, ", ", 2);
    memcpy(others + used + 2, up_buffer_text(date), date->length + 1);
    d->reasons[i].listed++;
}

up_status up_dropped_add(up_evaluation *e, const up_error *why, const up_period *period,
                         up_dropped *d)
{
    up_buffer date = {0};
    size_t i = 0, before = 0, behind = 0;
    if (why->code == UP_SYSTEM)
        return why->code;
    if (e->why.code == UP_OK)
        e->why = *why;
    up_period_label(period, &date);
    const char *at = date.length > 0 ? strstr(why->message, up_buffer_text(&date)) : NULL;
    if (at != NULL) {
        before = (size_t)(at - why->message);
        behind = before + date.length;
    }
    d->count++;
    while (i < d->kinds &&
           (d->reasons[i].before != before ||
            strncmp(d->reasons[i].why, why->message, before) != 0 ||
            strcmp(d->reasons[i].why + d->reasons[i].behind, why->message + behind) != 0))
        i++;
    if (i == d->kinds && i < UP_DROP_REASONS) {
        strcpy(d->reasons[i].why, why->message);
        d->reasons[i].before = before;
        d->reasons[i].behind = behind;
        d->kinds++;
    } else if (i < UP_DROP_REASONS)
        list_date(d, i, &date);
    if (i < UP_DROP_REASONS)
        d->reasons[i].count++;
    up_buffer_release(&date);
    return UP_OK;
}

/* "tok has no figure for 2016, 2017, 2018 and 3 more within the tolerance" */
static void add_reason(const up_dropped *d, size_t i, up_buffer *out)
{
    const char *why = d->reasons[i].why;
    size_t behind = d->reasons[i].behind;
    up_buffer_add_bytes(out, why, behind);
    size_t unlisted = d->reasons[i].count - 1 - d->reasons[i].listed;
    up_buffer_add(out, d->reasons[i].others);
    if (behind > 0 && unlisted > 0)
        up_buffer_addf(out, " and %zu more", unlisted);
    up_buffer_add(out, why + behind);
}

/* "2 of 4 figures left out: a has no figure for 2021; 1 for another reason" */
void up_dropped_tell(const up_evaluation *e, const up_dropped *d, size_t made)
{
    up_buffer text = {0};
    size_t told = 0;
    up_buffer_addf(&text, "%zu of %zu figures left out: ", d->count, d->count + made);
    for (size_t i = 0; i < d->kinds; i++) {
        up_buffer_add(&text, i > 0 ? "; " : "");
        add_reason(d, i, &text);
        told += d->reasons[i].count;
    }
    if (told < d->count)
        up_buffer_addf(&text, "; %zu more for other reasons", d->count - told);
    up_remarks_add(e->remarks, UP_NOTE, NULL, 0, "%s", up_buffer_text(&text));
    up_buffer_release(&text);
}
