#include "store/csv_merge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "store/csv_rows.h"

/* Ranks of what the rows of a batch refer to, by its number there: equal where the key is. */
typedef struct ranks {
    uint32_t *entity, *period;
    uint32_t *source;             /* of an about */
    uint32_t *by_source, *by_day; /* of an about: (source, day), (day, source) */
    uint32_t *order;              /* the rows in the order asked for last */
    size_t count;                 /* how many of them */
} ranks;

typedef struct conflict {
    uint32_t row, other; /* in the batch; other in what is there, or in the batch */
    bool is_there;
} conflict;

typedef struct merge {
    const csv_file *file;
    const up_batch *batch;
    const up_merge_options *how;
    up_merge_counts counts;
    up_csv header;
    up_batch there; /* the file's rows; its entities are the ranks of all */
    size_t *ends;   /* where each ends in the file */
    size_t end_capacity;
    ranks old, new;
    size_t period_ranks, about_ranks;
    uint32_t *added; /* rows of the batch that are new; new.order, cut */
    size_t added_count;
    conflict *conflicts;
    size_t conflict_count, conflict_capacity;
    csv_additions additions;
} merge;

static void ranks_release(ranks *r)
{
    free(r->entity);
    free(r->period);
    free(r->source);
    free(r->by_source);
    free(r->by_day);
    free(r->order);
}

static void merge_release(merge *m)
{
    up_csv_release(&m->header);
    up_batch_release(&m->there);
    free(m->ends);
    ranks_release(&m->old);
    ranks_release(&m->new);
    free(m->conflicts);
    free(m->additions.rows);
    free(m->additions.at);
}

/* --- What is there ----------------------------------------------------------------------- */

/* Of the words about a figure only those that decide are kept. */
static up_status keep_row(void *context, const up_observation *observation, size_t end,
                          up_error *err)
{
    merge *m = context;
    char empty[1] = "";
    up_observation o = *observation;
    o.stated = o.quote = o.note = empty;
    up_status status =
        up_grow(&m->ends, &m->end_capacity, m->there.count + 1, sizeof *m->ends, err);
    if (status == UP_OK) {
        m->ends[m->there.count] = end;
        status = up_batch_add_observation(&m->there, &o, err);
    }
    return status;
}

static up_status read_there(merge *m, const up_period_options *options,
                            up_remarks *remarks, up_error *err)
{
    m->there.source = m->file->source;
    return up_rows_each_observation(m->file->data, m->file->length, m->file->delimiter,
                                    m->file->source, options, keep_row, m, &m->header,
                                    remarks, err);
}

static up_status validate_batch(const up_batch *batch, up_error *err)
{
    for (size_t i = 0; i < batch->count; i++) {
        up_observation o;
        up_status status = up_batch_get(batch, i, &o, err);
        if (status == UP_OK)
            status = up_observation_validate(&o, err);
        if (status != UP_OK) {
            up_error_locate(err, batch->source != NULL ? batch->source : "",
                            batch->rows[i].line);
            return status;
        }
    }
    return UP_OK;
}

/* --- Ranks ------------------------------------------------------------------------------- */

/* Entities rank as they first appear: in the file, then in the batch. */
static up_status rank_entities(merge *m, up_error *err)
{
    up_status status =
        up_alloc(m->there.entity_count, sizeof(uint32_t), &m->old.entity, err);
    for (size_t i = 0; i < m->there.entity_count && status == UP_OK; i++)
        m->old.entity[i] = (uint32_t)i;
    if (status == UP_OK)
        status = up_alloc(m->batch->entity_count, sizeof(uint32_t), &m->new.entity, err);
    for (size_t i = 0; i < m->batch->entity_count && status == UP_OK; i++)
        status =
            up_batch_entity(&m->there, up_batch_text_of(m->batch, m->batch->entities[i]),
                            &m->new.entity[i], err);
    return status;
}

typedef struct ranked_period {
    const up_period *period;
    uint32_t *rank;
} ranked_period;

static int compare_periods(const void *a, const void *b)
{
    const ranked_period *x = a, *y = b;
    return up_period_compare(x->period, y->period);
}

static up_status rank_periods(merge *m, up_error *err)
{
    const up_batch *sides[] = {&m->there, m->batch};
    ranks *into[] = {&m->old, &m->new};
    ranked_period *all = NULL;
    size_t count = 0;
    up_status status =
        up_alloc(m->there.period_count + m->batch->period_count, sizeof *all, &all, err);
    for (size_t s = 0; s < 2 && status == UP_OK; s++) {
        status =
            up_alloc(sides[s]->period_count, sizeof(uint32_t), &into[s]->period, err);
        for (size_t i = 0; i < sides[s]->period_count && status == UP_OK; i++)
            all[count++] = (ranked_period){&sides[s]->periods[i], &into[s]->period[i]};
    }
    if (status == UP_OK && count > 1)
        qsort(all, count, sizeof *all, compare_periods);
    for (size_t i = 0; i < count && status == UP_OK; i++) {
        m->period_ranks += i == 0 || compare_periods(&all[i - 1], &all[i]) != 0;
        *all[i].rank = (uint32_t)m->period_ranks - 1;
    }
    free(all);
    return status;
}

typedef struct ranked_about {
    int64_t reported;
    const char *source;
    uint32_t *by_source, *by_day, *source_rank;
} ranked_about;

static int compare_sources(const void *a, const void *b)
{
    const ranked_about *x = a, *y = b;
    return strcmp(x->source, y->source);
}

static int compare_days(const void *a, const void *b)
{
    const ranked_about *x = a, *y = b;
    return (x->reported > y->reported) - (x->reported < y->reported);
}

static int by_source(const void *a, const void *b)
{
    int order = compare_sources(a, b);
    return order != 0 ? order : compare_days(a, b);
}

static int by_day(const void *a, const void *b)
{
    int order = compare_days(a, b);
    return order != 0 ? order : compare_sources(a, b);
}

static up_status list_abouts(const up_batch *batch, ranks *into, ranked_about *all,
                             size_t *count, up_error *err)
{
    size_t n = batch->about_count;
    up_status status = up_alloc(n, sizeof(uint32_t), &into->source, err);
    if (status == UP_OK)
        status = up_alloc(n, sizeof(uint32_t), &into->by_source, err);
    if (status == UP_OK)
        status = up_alloc(n, sizeof(uint32_t), &into->by_day, err);
    for (size_t i = 0; i < n && status == UP_OK; i++)
        all[(*count)++] = (ranked_about){
            batch->abouts[i].reported, up_batch_text_of(batch, batch->abouts[i].source),
            &into->by_source[i], &into->by_day[i], &into->source[i]};
    return status;
}

static void number_abouts(merge *m, ranked_about *all, size_t count)
{
    uint32_t source = 0, rank = 0;
    qsort(all, count, sizeof *all, by_source);
    for (size_t i = 0; i < count; i++) {
        source += i > 0 && compare_sources(&all[i - 1], &all[i]) != 0;
        rank += i > 0 && by_source(&all[i - 1], &all[i]) != 0;
        *all[i].source_rank = source;
        *all[i].by_source = rank;
    }
    m->about_ranks = (size_t)rank + 1;
    qsort(all, count, sizeof *all, by_day);
    rank = 0;
    for (size_t i = 0; i < count; i++) {
        rank += i > 0 && by_day(&all[i - 1], &all[i]) != 0;
        *all[i].by_day = rank;
    }
}

static up_status rank_abouts(merge *m, up_error *err)
{
    ranked_about *all = NULL;
    size_t count = 0;
    up_status status =
        up_alloc(m->there.about_count + m->batch->about_count, sizeof *all, &all, err);
    if (status == UP_OK)
        status = list_abouts(&m->there, &m->old, all, &count, err);
    if (status == UP_OK)
        status = list_abouts(m->batch, &m->new, all, &count, err);
    if (status == UP_OK && count > 0)
        number_abouts(m, all, count);
    free(all);
    return status;
}

/* --- Sorting by counting ------------------------------------------------------------------ */

/* What rows are sorted by: rank[number], where the row has the number at this offset. */
typedef struct sort_key {
    size_t offset;
    const uint32_t *rank;
    size_t ranks;
} sort_key;

static uint32_t key_of(const sort_key *key, const up_batch_row *row)
{
    uint32_t number;
    memcpy(&number, (const char *)row + key->offset, sizeof number);
    return key->rank[number];
}

/* Stable; from → to. */
static up_status sort_by(const sort_key *key, const up_batch_row *rows,
                         const uint32_t *from, uint32_t *to, size_t count, up_error *err)
{
    uint32_t *next = NULL; /* where the next row of a rank goes */
    up_status status = up_alloc(key->ranks + 1, sizeof *next, &next, err);
    if (status != UP_OK)
        return status;
    for (size_t i = 0; i < count; i++)
        next[key_of(key, &rows[from[i]]) + 1]++;
    for (size_t i = 1; i < key->ranks; i++)
        next[i] += next[i - 1];
    for (size_t i = 0; i < count; i++)
        to[next[key_of(key, &rows[from[i]])]++] = from[i];
    free(next);
    return UP_OK;
}

/* Sorts r->order by entity, period, then the rank of the about. */
static up_status sort_rows(const merge *m, const up_batch *batch, ranks *r,
                           const uint32_t *about, up_error *err)
{
    const sort_key keys[] = {
        {offsetof(up_batch_row, about), about, m->about_ranks},
        {offsetof(up_batch_row, period), r->period, m->period_ranks},
        {offsetof(up_batch_row, entity), r->entity, m->there.entity_count}};
    uint32_t *other = NULL;
    up_status status = up_alloc(r->count, sizeof *other, &other, err);
    for (size_t k = 0; k < 3 && status == UP_OK; k++) {
        if (keys[k].ranks < 2)
            continue; /* they are sorted by it */
        status = sort_by(&keys[k], batch->rows, r->order, other, r->count, err);
        uint32_t *swap = r->order;
        r->order = other;
        other = swap;
    }
    free(other);
    return status;
}

static up_status order_rows(const merge *m, const up_batch *batch, ranks *r,
                            up_error *err)
{
    up_status status = up_alloc(batch->count, sizeof *r->order, &r->order, err);
    if (status != UP_OK)
        return status;
    r->count = batch->count;
    for (size_t i = 0; i < r->count; i++)
        r->order[i] = (uint32_t)i;
    return sort_rows(m, batch, r, r->by_source, err);
}

/* --- What each row of the batch is --------------------------------------------------------- */

/* A row of either side. */
typedef struct word {
    const up_batch *batch; /* NULL: none */
    uint32_t row;
} word;

static const up_batch_about *about_of(word w)
{
    return &w.batch->abouts[w.batch->rows[w.row].about];
}

static bool same_number(word a, up_batch_text_id in_a, word b, up_batch_text_id in_b)
{
    const char *x = up_batch_text_of(a.batch, in_a), *y = up_batch_text_of(b.batch, in_b);
    up_decimal p, q;
    if (strcmp(x, y) == 0)
        return true;
    return x[0] != '\0' && y[0] != '\0' && up_decimal_parse(x, &p, NULL) == UP_OK &&
           up_decimal_parse(y, &q, NULL) == UP_OK && up_decimal_compare(p, q) == 0;
}

static bool say_the_same(word a, word b)
{
    const up_batch_about *x = about_of(a), *y = about_of(b);
    return x->qualifier == y->qualifier && x->status == y->status &&
           same_number(a, a.batch->rows[a.row].value, b, b.batch->rows[b.row].value) &&
           same_number(a, x->low, b, y->low) && same_number(a, x->high, b, y->high);
}

static up_status add_conflict(merge *m, uint32_t row, word other, up_error *err)
{
    up_status status = up_grow(&m->conflicts, &m->conflict_capacity,
                               m->conflict_count + 1, sizeof *m->conflicts, err);
    if (status == UP_OK)
        m->conflicts[m->conflict_count++] =
            (conflict){row, other.row, other.batch == &m->there};
    return status;
}

/* Rows of the batch with one key that the file has too. */
static up_status decide_against_twin(merge *m, const uint32_t *rows, size_t count,
                                     word twin, up_error *err)
{
    up_status status = UP_OK;
    for (size_t i = 0; i < count && status == UP_OK; i++)
        if (say_the_same((word){m->batch, rows[i]}, twin))
            m->counts.unchanged++;
        else
            status = add_conflict(m, rows[i], twin, err);
    return status;
}

/* Where rows of one key differ: each against one that it differs from. */
static up_status decide_differing(merge *m, const uint32_t *rows, size_t count,
                                  size_t differs, up_error *err)
{
    const word first = {m->batch, rows[0]}, other = {m->batch, rows[differs]};
    up_status status = UP_OK;
    for (size_t i = 0; i < count && status == UP_OK; i++) {
        bool like_first = say_the_same((word){m->batch, rows[i]}, first);
        status = add_conflict(m, rows[i], like_first ? other : first, err);
    }
    return status;
}

/* Rows of the batch with one key that the file has not; *last is the source's last word before
 * them, and after. */
static up_status decide_new(merge *m, const uint32_t *rows, size_t count, word *last,
                            up_error *err)
{
    const word first = {m->batch, rows[0]};
    for (size_t i = 1; i < count; i++)
        if (!say_the_same((word){m->batch, rows[i]}, first))
            return decide_differing(m, rows, count, i, err);
    m->counts.unchanged += count - 1;
    if (!m->how->keep_vintages && last->batch != NULL && say_the_same(first, *last)) {
        m->counts.unchanged++;
        return UP_OK;
    }
    m->counts.revised += last->batch != NULL;
    *last = first;
    m->added[m->added_count++] = rows[0]; /* never ahead of what is still to be read */
    return UP_OK;
}

/* All rows of one entity, period and source, by day of report: walked side by side. */
static up_status decide_group(merge *m, const uint32_t *old, size_t old_count,
                              const uint32_t *new, size_t new_count, up_error *err)
{
    word last = {0};
    size_t o = 0, n = 0;
    up_status status = UP_OK;
    while (n < new_count && status == UP_OK) {
        int64_t day = about_of((word){m->batch, new[n]})->reported;
        word twin = {0};
        size_t run = 1;
        while (n + run < new_count &&
               about_of((word){m->batch, new[n + run]})->reported == day)
            run++;
        for (; o < old_count; o++) {
            const word there = {&m->there, old[o]};
            if (about_of(there)->reported > day)
                break;
            if (about_of(there)->reported == day && twin.batch == NULL)
                twin = there;
            last = there;
        }
        if (day == UP_REPORTED_ALWAYS && twin.batch == NULL && old_count > 0)
            twin =
                (word){&m->there, old[old_count - 1]}; /* no day: held against the last */
        status = twin.batch != NULL ? decide_against_twin(m, new + n, run, twin, err)
                                    : decide_new(m, new + n, run, &last, err);
        n += run;
    }
    return status;
}

/* Entity, period, source. */
static int compare_groups(const merge *m, uint32_t old, uint32_t new)
{
    const up_batch_row *a = &m->there.rows[old], *b = &m->batch->rows[new];
    const uint32_t x[] = {m->old.entity[a->entity], m->old.period[a->period],
                          m->old.source[a->about]};
    const uint32_t y[] = {m->new.entity[b->entity], m->new.period[b->period],
                          m->new.source[b->about]};
    for (size_t i = 0; i < 3; i++)
        if (x[i] != y[i])
            return x[i] < y[i] ? -1 : 1;
    return 0;
}

static bool same_group(const merge *m, uint32_t a, uint32_t b)
{
    const up_batch_row *x = &m->batch->rows[a], *y = &m->batch->rows[b];
    return x->entity == y->entity &&
           m->new.period[x->period] == m->new.period[y->period] &&
           m->new.source[x->about] == m->new.source[y->about];
}

static up_status decide(merge *m, up_error *err)
{
    const uint32_t *old = m->old.order, *new = m->new.order;
    size_t o = 0, n = 0;
    up_status status = UP_OK;
    m->added = m->new.order;
    while (n < m->new.count && status == UP_OK) {
        size_t old_count = 0, new_count = 1;
        while (n + new_count < m->new.count && same_group(m, new[n], new[n + new_count]))
            new_count++;
        while (o < m->old.count && compare_groups(m, old[o], new[n]) < 0)
            o++;
        while (o + old_count < m->old.count &&
               compare_groups(m, old[o + old_count], new[n]) == 0)
            old_count++;
        status = decide_group(m, old + o, old_count, new + n, new_count, err);
        o += old_count;
        n += new_count;
    }
    return status;
}

/* Entity and period only. */
static int compare_places(const merge *m, uint32_t old, uint32_t new)
{
    const up_batch_row *a = &m->there.rows[old], *b = &m->batch->rows[new];
    uint32_t x = m->old.entity[a->entity], y = m->new.entity[b->entity];
    if (x == y) {
        x = m->old.period[a->period];
        y = m->new.period[b->period];
    }
    return (x > y) - (x < y);
}

/* Added rows whose entity and period have a figure of another source. */
static void count_elsewhere(merge *m)
{
    size_t o = 0;
    for (size_t i = 0; i < m->added_count; i++) {
        uint32_t row = m->added[i];
        while (o < m->old.count && compare_places(m, m->old.order[o], row) < 0)
            o++;
        for (size_t k = o;
             k < m->old.count && compare_places(m, m->old.order[k], row) == 0; k++) {
            uint32_t about = m->there.rows[m->old.order[k]].about;
            if (m->old.source[about] == m->new.source[m->batch->rows[row].about])
                continue;
            if (m->counts.elsewhere++ == 0)
                snprintf(m->counts.other_source, sizeof m->counts.other_source, "%s",
                         up_batch_text_of(&m->there, m->there.abouts[about].source));
            break;
        }
    }
}

/* --- Conflicts ------------------------------------------------------------------------------ */

static int compare_conflicts(const void *a, const void *b)
{
    const conflict *x = a, *y = b;
    return (x->row > y->row) - (x->row < y->row);
}

/* What a row says: "> 700", "3 to 750 (E)". */
static void say(const up_observation *o, up_buffer *out)
{
    const char *mark = up_qualifier_mark(o->qualifier);
    up_buffer_addf(out, "%s%s", mark, mark[0] != '\0' ? " " : "");
    up_observation_get(o, UP_COL_VALUE, out);
    if (o->has_low || o->has_high) {
        up_buffer_add(out, o->has_value ? " in " : "");
        up_observation_get(o, UP_COL_LOW, out);
        up_buffer_add(out, " to ");
        up_observation_get(o, UP_COL_HIGH, out);
    }
    if (o->status != 'A')
        up_buffer_addf(out, "%sstatus %c", out->length > 0 ? ", " : "", o->status);
}

static up_status describe(const merge *m, const conflict *c, up_error *told,
                          up_error *err)
{
    const up_batch *side = c->is_there ? &m->there : m->batch;
    const char *source = m->batch->source != NULL ? m->batch->source : "";
    char period[UP_PERIOD_SIZE];
    up_observation here, other;
    up_buffer ours = {0}, theirs = {0};
    up_status status = up_batch_get(m->batch, c->row, &here, err);
    if (status == UP_OK)
        status = up_batch_get(side, c->other, &other, err);
    if (status != UP_OK)
        return status;
    up_period_format(&here.period, period);
    say(&here, &ours);
    say(&other, &theirs);
    status = up_buffer_check(&ours, err);
    if (status == UP_OK)
        status = up_buffer_check(&theirs, err);
    bool same_day = here.reported == other.reported;
    up_error_at(told, UP_BAD_DATA, source, here.line,
                "%s%s%s is %s here, but %s in %s%s%zu, from the same source, %s",
                here.entity, here.entity[0] != '\0' ? ", " : "", period,
                up_buffer_text(&ours), up_buffer_text(&theirs),
                c->is_there ? m->file->source : "line", c->is_there ? ":" : " ",
                other.line,
                same_day ? "reported on the same day"
                         : "reported on a known day (--reported DATE makes this file an "
                           "edition of its own)");
    up_buffer_release(&ours);
    up_buffer_release(&theirs);
    return status;
}

/* In the order of the batch. */
static up_status tell_conflicts(merge *m, up_remarks *remarks, up_error *err)
{
    up_error first = {0};
    up_severity severity = m->how->conflicts != NULL ? UP_WARNING : UP_ERROR;
    if (m->conflict_count > 1)
        qsort(m->conflicts, m->conflict_count, sizeof *m->conflicts, compare_conflicts);
    for (size_t i = 0; i < m->conflict_count; i++) {
        up_error here = {0};
        up_status status = describe(m, &m->conflicts[i], &here, err);
        if (status != UP_OK)
            return status;
        up_remarks_add(remarks, severity, here.source, here.line, "%s", here.message);
        if (i == 0)
            first = here;
        if (m->how->conflicts != NULL)
            m->how->conflicts[m->conflicts[i].row] = 1;
    }
    m->counts.conflicts = m->conflict_count;
    if (m->conflict_count == 0 || m->how->conflicts != NULL)
        return UP_OK;
    if (err != NULL)
        *err = first;
    return UP_BAD_DATA;
}

/* --- Where new rows go ----------------------------------------------------------------------- */

static up_status check_columns(const merge *m, up_error *err)
{
    csv_file header = {.source = m->file->source, .csv = m->header}; /* borrowed */
    size_t missing = 0;
    for (size_t i = 0; i < UP_OBSERVATION_COLUMNS; i++)
        missing += up_csv_column(&m->header, up_observation_column_names[i]) == SIZE_MAX;
    up_status status = UP_OK;
    for (size_t i = 0; i < m->added_count && missing > 0 && status == UP_OK; i++) {
        row_texts texts = {0};
        up_observation o;
        status = up_batch_get(m->batch, m->added[i], &o, err);
        if (status == UP_OK)
            status = up_row_of_observation(&o, &texts, err);
        if (status == UP_OK)
            status = up_csv_file_has_columns(&header, up_observation_column_names,
                                             texts.texts, UP_OBSERVATION_COLUMNS, err);
        up_row_texts_release(&texts);
    }
    return status;
}

/* For each added row, sorted by entity and period, 1 + the last row in the file of its entity
 * whose period is not later; 0: none, it goes to the end. */
static void find_places(const merge *m, uint32_t *places)
{
    size_t o = 0;
    uint32_t last = 0, entity = UINT32_MAX;
    for (size_t i = 0; i < m->added_count; i++) {
        const up_batch_row *row = &m->batch->rows[m->added[i]];
        uint32_t here = m->new.entity[row->entity];
        if (here != entity)
            last = 0;
        entity = here;
        for (; o < m->old.count; o++) {
            const up_batch_row *old = &m->there.rows[m->old.order[o]];
            uint32_t its = m->old.entity[old->entity];
            if (its > here ||
                (its == here && m->old.period[old->period] > m->new.period[row->period]))
                break;
            if (its == here && m->old.order[o] + 1 > last)
                last = m->old.order[o] + 1;
        }
        places[i] = last;
    }
}

/* Sorts the added rows by place, those of the end last, and gives each its byte. */
static up_status sort_by_place(merge *m, const uint32_t *places, up_error *err)
{
    csv_additions *a = &m->additions;
    uint32_t *next = NULL;
    size_t rows = m->there.count;
    up_status status = up_alloc(rows + 2, sizeof *next, &next, err);
    if (status == UP_OK)
        status = up_alloc(m->added_count, sizeof *a->at, &a->at, err);
    if (status != UP_OK) {
        free(next);
        return status;
    }
    for (size_t i = 0; i < m->added_count; i++)
        next[(places[i] > 0 ? places[i] - 1 : rows) + 1]++;
    for (size_t i = 1; i <= rows; i++)
        next[i] += next[i - 1];
    for (size_t i = 0; i < m->added_count; i++) {
        size_t place = places[i] > 0 ? places[i] - 1 : rows;
        uint32_t to = next[place]++;
        a->rows[to] = m->added[i];
        a->at[to] = place < rows ? m->ends[place] : a->end;
    }
    free(next);
    return UP_OK;
}

static up_status place(merge *m, up_error *err)
{
    csv_additions *a = &m->additions;
    const up_csv_record *header = &m->header.records[0];
    uint32_t *places = NULL;
    m->new.count = m->added_count;
    up_status status = sort_rows(m, m->batch, &m->new, m->new.by_day, err);
    m->added = m->new.order;
    *a = (csv_additions){.batch = m->batch, .count = m->added_count};
    a->end =
        m->there.count > 0 ? m->ends[m->there.count - 1] : header->first + header->length;
    if (status == UP_OK)
        status = up_alloc(m->added_count, sizeof *a->rows, &a->rows, err);
    if (status != UP_OK || m->there.count == 0) {
        if (status == UP_OK && m->added_count > 0)
            memcpy(a->rows, m->added, m->added_count * sizeof *a->rows);
        return status;
    }
    status = up_alloc(m->added_count, sizeof *places, &places, err);
    if (status == UP_OK) {
        find_places(m, places);
        status = sort_by_place(m, places, err);
    }
    free(places);
    return status;
}

/* --- All of it -------------------------------------------------------------------------------- */

static up_status rank(merge *m, up_error *err)
{
    up_status status = rank_entities(m, err);
    if (status == UP_OK)
        status = rank_periods(m, err);
    if (status == UP_OK)
        status = rank_abouts(m, err);
    if (status == UP_OK)
        status = order_rows(m, &m->there, &m->old, err);
    if (status == UP_OK)
        status = order_rows(m, m->batch, &m->new, err);
    return status;
}

up_status up_csv_merge(csv_file *file, const up_period_options *options,
                       const up_batch *batch, const up_merge_options *how,
                       up_merge_counts *counts, up_remarks *remarks, up_error *err)
{
    static const up_merge_options plain = {0};
    merge m = {.file = file, .batch = batch, .how = how != NULL ? how : &plain};
    up_status status = validate_batch(batch, err);
    if (status == UP_OK)
        status = read_there(&m, options, remarks, err);
    if (status == UP_OK)
        status = rank(&m, err);
    if (status == UP_OK)
        status = decide(&m, err);
    if (status == UP_OK)
        count_elsewhere(&m);
    if (status == UP_OK)
        status = tell_conflicts(&m, remarks, err);
    if (status == UP_OK)
        status = check_columns(&m, err);
    if (status == UP_OK)
        status = place(&m, err);
    if (status == UP_OK) {
        m.counts.added = m.added_count;
        if (counts != NULL)
            *counts = m.counts;
        file->csv = m.header;
        file->additions = m.additions;
        file->has_changed = file->has_changed || m.added_count > 0;
        m.header = (up_csv){0};
        m.additions = (csv_additions){0};
    }
    merge_release(&m);
    return status;
}
