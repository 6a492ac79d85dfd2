#include "store/csv_merge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "store/csv_merge_ranks.h"
#include "store/csv_rows.h"

typedef struct conflict {
    uint32_t row, other; /* in the batch; other in what is there, or in the batch */
    bool is_there;
} conflict;

typedef struct merge {
    const csv_file *file;
    merge_sides sides;
    const up_merge_options *how;
    up_merge_counts counts;
    up_csv header;
    size_t *ends; /* where each ends in the file */
    size_t end_capacity;
    uint32_t *added; /* rows of the batch that are new; new.order, cut */
    size_t added_count;
    conflict *conflicts;
    size_t conflict_count, conflict_capacity;
    csv_additions additions;
} merge;

static void merge_release(merge *m)
{
    up_csv_release(&m->header);
    up_merge_sides_release(&m->sides);
    free(m->ends);
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
    up_status status = up_grow(&m->ends, &m->end_capacity, m->sides.there.count + 1,
                               sizeof *m->ends, err);
    if (status == UP_OK) {
        m->ends[m->sides.there.count] = end;
        status = up_batch_add_observation(&m->sides.there, &o, err);
    }
    return status;
}

static up_status read_there(merge *m, const up_period_options *options,
                            up_remarks *remarks, up_error *err)
{
    m->sides.there.source = m->file->source;
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
            (conflict){row, other.row, other.batch == &m->sides.there};
    return status;
}

/* Rows of the batch with one key that the file has too. */
static up_status decide_against_twin(merge *m, const uint32_t *rows, size_t count,
                                     word twin, up_error *err)
{
    up_status status = UP_OK;
    for (size_t i = 0; i < count && status == UP_OK; i++)
        if (say_the_same((word){m->sides.batch, rows[i]}, twin))
            m->counts.unchanged++;
        else
            status = add_conflict(m, rows[i], twin, err);
    return status;
}

/* Where rows of one key differ: each against one that it differs from. */
static up_status decide_differing(merge *m, const uint32_t *rows, size_t count,
                                  size_t differs, up_error *err)
{
    const word first = {m->sides.batch, rows[0]}, other = {m->sides.batch, rows[differs]};
    up_status status = UP_OK;
    for (size_t i = 0; i < count && status == UP_OK; i++) {
        bool like_first = say_the_same((word){m->sides.batch, rows[i]}, first);
        status = add_conflict(m, rows[i], like_first ? other : first, err);
    }
    return status;
}

/* Rows of the batch with one key that the file has not; *last is the source's last word before
 * them, and after. */
static up_status decide_new(merge *m, const uint32_t *rows, size_t count, word *last,
                            up_error *err)
{
    const word first = {m->sides.batch, rows[0]};
    for (size_t i = 1; i < count; i++)
        if (!say_the_same((word){m->sides.batch, rows[i]}, first))
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
        int64_t day = about_of((word){m->sides.batch, new[n]})->reported;
        word twin = {0};
        size_t run = 1;
        while (n + run < new_count &&
               about_of((word){m->sides.batch, new[n + run]})->reported == day)
            run++;
        for (; o < old_count; o++) {
            const word there = {&m->sides.there, old[o]};
            if (about_of(there)->reported > day)
                break;
            if (about_of(there)->reported == day && twin.batch == NULL)
                twin = there;
            last = there;
        }
        if (day == UP_REPORTED_ALWAYS && twin.batch == NULL && old_count > 0)
            twin = (word){&m->sides.there,
                          old[old_count - 1]}; /* no day: held against the last */
        status = twin.batch != NULL ? decide_against_twin(m, new + n, run, twin, err)
                                    : decide_new(m, new + n, run, &last, err);
        n += run;
    }
    return status;
}

/* Entity, period, source. */
static int compare_groups(const merge *m, uint32_t old, uint32_t new)
{
    const up_batch_row *a = &m->sides.there.rows[old], *b = &m->sides.batch->rows[new];
    const uint32_t x[] = {m->sides.old.entity[a->entity], m->sides.old.period[a->period],
                          m->sides.old.source[a->about]};
    const uint32_t y[] = {m->sides.new.entity[b->entity], m->sides.new.period[b->period],
                          m->sides.new.source[b->about]};
    for (size_t i = 0; i < 3; i++)
        if (x[i] != y[i])
            return x[i] < y[i] ? -1 : 1;
    return 0;
}

static bool same_group(const merge *m, uint32_t a, uint32_t b)
{
    const up_batch_row *x = &m->sides.batch->rows[a], *y = &m->sides.batch->rows[b];
    return x->entity == y->entity &&
           m->sides.new.period[x->period] == m->sides.new.period[y->period] &&
           m->sides.new.source[x->about] == m->sides.new.source[y->about];
}

static up_status decide(merge *m, up_error *err)
{
    const uint32_t *old = m->sides.old.order, *new = m->sides.new.order;
    size_t o = 0, n = 0;
    up_status status = UP_OK;
    m->added = m->sides.new.order;
    while (n < m->sides.new.count && status == UP_OK) {
        size_t old_count = 0, new_count = 1;
        while (n + new_count < m->sides.new.count &&
               same_group(m, new[n], new[n + new_count]))
            new_count++;
        while (o < m->sides.old.count && compare_groups(m, old[o], new[n]) < 0)
            o++;
        while (o + old_count < m->sides.old.count &&
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
    const up_batch_row *a = &m->sides.there.rows[old], *b = &m->sides.batch->rows[new];
    uint32_t x = m->sides.old.entity[a->entity], y = m->sides.new.entity[b->entity];
    if (x == y) {
        x = m->sides.old.period[a->period];
        y = m->sides.new.period[b->period];
    }
    return (x > y) - (x < y);
}

/* Added rows whose entity and period have a figure of another source. */
static void count_elsewhere(merge *m)
{
    size_t o = 0;
    for (size_t i = 0; i < m->added_count; i++) {
        uint32_t row = m->added[i];
        while (o < m->sides.old.count &&
               compare_places(m, m->sides.old.order[o], row) < 0)
            o++;
        for (size_t k = o;
             k < m->sides.old.count && compare_places(m, m->sides.old.order[k], row) == 0;
             k++) {
            uint32_t about = m->sides.there.rows[m->sides.old.order[k]].about;
            if (m->sides.old.source[about] ==
                m->sides.new.source[m->sides.batch->rows[row].about])
                continue;
            if (m->counts.elsewhere++ == 0)
                snprintf(m->counts.other_source, sizeof m->counts.other_source, "%s",
                         up_batch_text_of(&m->sides.there,
                                          m->sides.there.abouts[about].source));
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
    const up_batch *side = c->is_there ? &m->sides.there : m->sides.batch;
    const char *source = m->sides.batch->source != NULL ? m->sides.batch->source : "";
    char period[UP_PERIOD_SIZE];
    up_observation here, other;
    up_buffer ours = {0}, theirs = {0};
    up_status status = up_batch_get(m->sides.batch, c->row, &here, err);
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
        status = up_batch_get(m->sides.batch, m->added[i], &o, err);
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
        const up_batch_row *row = &m->sides.batch->rows[m->added[i]];
        uint32_t here = m->sides.new.entity[row->entity];
        if (here != entity)
            last = 0;
        entity = here;
        for (; o < m->sides.old.count; o++) {
            const up_batch_row *old = &m->sides.there.rows[m->sides.old.order[o]];
            uint32_t its = m->sides.old.entity[old->entity];
            if (its > here || (its == here && m->sides.old.period[old->period] >
                                                  m->sides.new.period[row->period]))
                break;
            if (its == here && m->sides.old.order[o] + 1 > last)
                last = m->sides.old.order[o] + 1;
        }
        places[i] = last;
    }
}

/* Sorts the added rows by place, those of the end last, and gives each its byte. */
static up_status sort_by_place(merge *m, const uint32_t *places, up_error *err)
{
    csv_additions *a = &m->additions;
    uint32_t *next = NULL;
    size_t rows = m->sides.there.count;
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
    m->sides.new.count = m->added_count;
    up_status status = up_merge_sort_rows(&m->sides, m->sides.batch, &m->sides.new,
                                          m->sides.new.by_day, err);
    m->added = m->sides.new.order;
    *a = (csv_additions){.batch = m->sides.batch, .count = m->added_count};
    a->end = m->sides.there.count > 0 ? m->ends[m->sides.there.count - 1]
                                      : header->first + header->length;
    if (status == UP_OK)
        status = up_alloc(m->added_count, sizeof *a->rows, &a->rows, err);
    if (status != UP_OK || m->sides.there.count == 0) {
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

up_status up_csv_merge(csv_file *file, const up_period_options *options,
                       const up_batch *batch, const up_merge_options *how,
                       up_merge_counts *counts, up_remarks *remarks, up_error *err)
{
    static const up_merge_options plain = {0};
    merge m = {
        .file = file, .sides = {.batch = batch}, .how = how != NULL ? how : &plain};
    up_status status = validate_batch(batch, err);
    if (status == UP_OK)
        status = read_there(&m, options, remarks, err);
    if (status == UP_OK)
        status = up_merge_rank(&m.sides, err);
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
