/* Rows of one entity mostly stand together: a run. The runs are found by the entity's field
 * alone; those of an entity that comes again are put behind its first ones, so that a part, a
 * number of runs, has all rows of its entities. What does not look like a file of rows is left
 * to up_store_load, which says why. */
#include "store/csv_parts.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "base/pool.h"
#include "store/csv_plain.h"
#include "store/csv_rows.h"
#include "store/csv_store.h"

typedef struct run {
    up_csv_span span;
    const char *name; /* of the entity, as written; borrowed from the file */
    size_t length;
    size_t entity; /* by order of first appearance */
} run;

typedef struct run_list {
    run *items; /* owned */
    size_t count, capacity;
} run_list;

typedef struct csv_parts {
    up_store_parts base;
    csv_file file;
    const up_metric_data *data; /* borrowed: the metric as the tracker has it */
    up_csv_span header;
    bool is_simple; /* without quotes, and entity, period and value come first */
    run_list runs;
    size_t *firsts; /* the first run of each part, and the end of them */
} csv_parts;

void up_csv_parts_free(up_store_parts *parts)
{
    csv_parts *p = (csv_parts *)parts;
    if (p == NULL)
        return;
    up_csv_file_release(&p->file);
    free(p->runs.items);
    free(p->firsts);
    free(p);
}

/* --- Where runs begin and end ---------------------------------------------------------- */

typedef struct scan {
    const char *data, *at, *end; /* the file; where it is, and how far it goes */
    size_t line, column;         /* of the entity; SIZE_MAX: there is none */
    bool is_plain;               /* no quotes, and lines end with LF: most files */
    char delimiter;
    run_list runs; /* the last one is open */
} scan;

/* Behind the record that begins at `at`; quotes may go over the ends of lines. */
static const char *next_record(scan *s)
{
    bool quoted = false;
    const char *at = s->at;
    if (s->is_plain) {
        const char *lf = memchr(at, '\n', (size_t)(s->end - at));
        s->line++;
        return lf != NULL ? lf + 1 : s->end;
    }
    for (; at < s->end; at++) {
        if (*at == '"')
            quoted = !quoted;
        if (*at != '\n' && *at != '\r')
            continue;
        if (*at == '\n' || at + 1 == s->end || at[1] != '\n')
            s->line++;
        else
            continue; /* CR LF */
        if (!quoted)
            return at + 1;
    }
    s->line++;
    return at;
}

/* The entity's field of the record [at, next), as written. */
static const char *find_entity(const scan *s, const char *next, size_t *length)
{
    bool quoted = false;
    size_t column = 0;
    const char *at = s->at, *begin = at;
    if (s->column == SIZE_MAX) {
        *length = 0;
        return at;
    }
    for (; at < next; at++) {
        bool ends = *at == '\n' || *at == '\r' || *at == s->delimiter;
        quoted = *at == '"' ? !quoted : quoted;
        if (quoted || !ends)
            continue;
        if (column == s->column)
            break;
        column++;
        begin = at + 1;
    }
    *length = (size_t)(at - begin);
    return begin;
}

static bool goes_on(const scan *s, const char *next)
{
    if (s->runs.count == 0)
        return false;
    const run *open = &s->runs.items[s->runs.count - 1];
    size_t length = open->length;
    if (s->column == 0 && (size_t)(next - s->at) > length &&
        s->at[length] == s->delimiter && memcmp(s->at, open->name, length) == 0)
        return true;
    const char *entity = find_entity(s, next, &length);
    return length == open->length && memcmp(entity, open->name, length) == 0;
}

static up_status begin_run(scan *s, size_t line, const char *next, up_error *err)
{
    size_t first = (size_t)(s->at - s->data), length;
    const char *name = find_entity(s, next, &length);
    up_status status = up_grow(&s->runs.items, &s->runs.capacity, s->runs.count + 1,
                               sizeof *s->runs.items, err);
    if (status == UP_OK)
        s->runs.items[s->runs.count++] =
            (run){.span = {first, first, line}, .name = name, .length = length};
    return status;
}

static up_status find_runs(scan *s, up_error *err)
{
    up_status status = UP_OK;
    while (s->at < s->end && status == UP_OK) {
        size_t line = s->line;
        const char *next = next_record(s);
        if (*s->at != '\n' && *s->at != '\r' && !goes_on(s, next))
            status = begin_run(s, line, next, err);
        s->at = next;
        if (s->runs.count > 0)
            s->runs.items[s->runs.count - 1].span.end = (size_t)(next - s->data);
    }
    return status;
}

/* --- Several stretches of a plain file at once -------------------------------------------- */

enum { STRETCH_BYTES = 1 << 18 };

typedef struct stretch {
    scan scan;
    bool is_plain;
    up_status status;
    up_error error;
} stretch;

static bool is_plain_text(const char *text, size_t length)
{
    return memchr(text, '"', length) == NULL && memchr(text, '\r', length) == NULL;
}

static void search_stretch(size_t number, void *context)
{
    stretch *s = &((stretch *)context)[number];
    s->is_plain = is_plain_text(s->scan.at, (size_t)(s->scan.end - s->scan.at));
    if (s->is_plain)
        s->status = find_runs(&s->scan, &s->error);
}

/* Puts the runs of the next stretch behind those of *all; an entity may go on in it. */
static up_status append_runs(scan *all, const stretch *s, up_error *err)
{
    const run_list *more = &s->scan.runs;
    up_status status = up_grow(&all->runs.items, &all->runs.capacity,
                               all->runs.count + more->count, sizeof *more->items, err);
    for (size_t i = 0; i < more->count && status == UP_OK; i++) {
        run r = more->items[i];
        run *last = all->runs.count > 0 ? &all->runs.items[all->runs.count - 1] : NULL;
        r.span.line += all->line;
        if (i == 0 && last != NULL && last->length == r.length &&
            memcmp(last->name, r.name, r.length) == 0)
            last->span.end = r.span.end;
        else
            all->runs.items[all->runs.count++] = r;
    }
    all->line += s->scan.line;
    return status;
}

/* Stretches end with lines; where one of them is not plain the file is searched from end to end,
 * since quotes may hold what looks like the end of a line. */
static up_status find_runs_at_once(scan *all, up_error *err)
{
    size_t bytes = (size_t)(all->end - all->at), count = bytes / STRETCH_BYTES + 1;
    const char *at = all->at;
    stretch *stretches = NULL;
    up_status status = up_alloc(count, sizeof *stretches, &stretches, err);
    if (status != UP_OK)
        return status;
    for (size_t i = 0; i < count; i++) {
        const char *end = all->at + bytes / count * (i + 1);
        const char *lf = end > at ? memchr(end, '\n', (size_t)(all->end - end)) : end - 1;
        stretches[i].scan = *all;
        stretches[i].scan.at = at;
        stretches[i].scan.line = 0;
        stretches[i].scan.is_plain = true;
        at = i + 1 == count || lf == NULL ? all->end : end > at ? lf + 1 : at;
        stretches[i].scan.end = at;
    }
    up_parallel_for(count, search_stretch, stretches);
    all->is_plain = true;
    for (size_t i = 0; i < count; i++)
        all->is_plain = all->is_plain && stretches[i].is_plain;
    for (size_t i = 0; i < count && all->is_plain && status == UP_OK; i++) {
        status = stretches[i].status;
        if (status != UP_OK)
            up_error_set(err, status, "%s", stretches[i].error.message);
        else
            status = append_runs(all, &stretches[i], err);
    }
    for (size_t i = 0; i < count; i++)
        free(stretches[i].scan.runs.items);
    free(stretches);
    return status == UP_OK && !all->is_plain ? find_runs(all, err) : status;
}

/* --- Parts ------------------------------------------------------------------------------- */

/* What a field says: without its quotes. */
static up_status number_entity(up_pool *entities, run *r, up_error *err)
{
    up_buffer text = {0};
    bool quoted = r->length >= 2 && r->name[0] == '"';
    for (size_t i = quoted; i + quoted < r->length; i++) {
        up_buffer_add_char(&text, r->name[i]);
        i += quoted && r->name[i] == '"'; /* doubled */
    }
    up_status status = up_buffer_check(&text, err);
    if (status == UP_OK)
        status = up_pool_add(entities, up_buffer_text(&text), &r->entity, err);
    up_buffer_release(&text);
    return status;
}

static up_status number_entities(run_list *runs, up_error *err)
{
    up_pool entities = {0};
    up_status status = UP_OK;
    for (size_t i = 0; i < runs->count && status == UP_OK; i++)
        status = number_entity(&entities, &runs->items[i], err);
    up_pool_release(&entities);
    return status;
}

static int compare_runs(const void *a, const void *b)
{
    const run *x = a, *y = b;
    if (x->entity != y->entity)
        return x->entity < y->entity ? -1 : 1;
    return (x->span.first > y->span.first) - (x->span.first < y->span.first);
}

static void sort_runs(csv_parts *p)
{
    run *runs = p->runs.items;
    for (size_t i = 1; i < p->runs.count; i++)
        if (runs[i].entity < runs[i - 1].entity) {
            qsort(runs, p->runs.count, sizeof *runs, compare_runs);
            return;
        }
}

/* A part ends with an entity, once it has so many bytes. */
static up_status cut(csv_parts *p, size_t bytes, up_error *err)
{
    const run *runs = p->runs.items;
    size_t taken = 0, count = p->runs.count;
    up_status status = up_alloc(count + 1, sizeof *p->firsts, &p->firsts, err);
    for (size_t i = 0; i < count && status == UP_OK; i++) {
        bool begins = i == 0 || (taken >= bytes && runs[i].entity != runs[i - 1].entity);
        if (begins) {
            p->firsts[p->base.count++] = i;
            taken = 0;
        }
        taken += runs[i].span.end - runs[i].span.first;
    }
    if (status == UP_OK)
        p->firsts[p->base.count] = count;
    return status;
}

/* Finds the header and in it the entity. False: up_store_load has to say what is wrong. */
static bool read_header(csv_parts *p, scan *s)
{
    up_csv_options options = {.delimiter = p->file.delimiter};
    up_csv csv = {0};
    s->at = next_record(s);
    p->header = (up_csv_span){0, (size_t)(s->at - p->file.data), 1};
    bool is_header = up_csv_read(&csv, p->file.data, p->header.end, p->file.source,
                                 &options, NULL, NULL) == UP_OK &&
                     up_csv_check_header(&csv, p->file.source, NULL) == UP_OK;
    s->column = is_header ? up_csv_column(&csv, "entity") : SIZE_MAX;
    p->is_simple = is_header && s->column == 0 && up_csv_column(&csv, "period") == 1 &&
                   up_csv_column(&csv, "value") == 2;
    up_csv_release(&csv);
    return is_header;
}

static up_status find_parts(csv_parts *p, size_t bytes, up_error *err)
{
    const char *data = p->file.data;
    scan s = {.data = data,
              .at = data,
              .end = data + p->file.length,
              .line = 1,
              .delimiter = p->file.delimiter};
    if (!read_header(p, &s))
        return UP_OK;
    bool header_is_plain = is_plain_text(data, p->header.end);
    up_status status = find_runs_at_once(&s, err);
    p->runs = s.runs;
    p->is_simple = p->is_simple && header_is_plain && s.is_plain;
    if (status == UP_OK)
        status = number_entities(&p->runs, err);
    if (status != UP_OK)
        return status;
    sort_runs(p);
    return cut(p, bytes, err);
}

static up_status find_size(const csv_store *s, const char *name, size_t bytes,
                           bool *is_large, up_error *err)
{
    char *path = NULL;
    up_file_stamp stamp;
    up_status status = up_commit_path(s->folder, name, &path, err);
    if (status != UP_OK)
        return status;
    up_file_stamp_take(path, &stamp);
    *is_large = stamp.size > bytes;
    free(path);
    return UP_OK;
}

/* The file's bytes; none when it is small, or cannot be read as it is. */
static up_status read_file(csv_store *s, const char *metric, size_t bytes, csv_file *file,
                           up_error *err)
{
    json_t *resource = up_descriptor_metric(&s->descriptor, metric);
    if (resource == NULL)
        return UP_OK;
    csv_blob blob = {.name = up_descriptor_path(resource)};
    bool stale = false, is_large = false;
    up_status status = find_size(s, blob.name, bytes, &is_large, err);
    if (status == UP_OK && is_large)
        status = up_csv_snapshot(s, &blob, 1, &stale, err);
    if (status == UP_OK && !stale && blob.data != NULL) {
        status = up_csv_file_take(file, blob.name, blob.data, blob.length,
                                  up_descriptor_delimiter(resource), err);
        blob.data = NULL;
    }
    up_csv_blobs_release(&blob, 1);
    return status;
}

up_status up_csv_parts_open(up_store *store, const char *metric, size_t bytes,
                            up_store_parts **parts, up_error *err)
{
    csv_store *s = (csv_store *)store;
    csv_parts *p = NULL;
    const up_metric_data *data = up_tracker_metric(&s->tracker, metric);
    *parts = NULL;
    if (data == NULL || data->loaded || s->in_change)
        return UP_OK;
    up_status status = up_alloc(1, sizeof *p, &p, err);
    if (status != UP_OK)
        return status;
    p->base.backend = store->backend;
    p->data = data;
    status = read_file(s, metric, bytes, &p->file, err);
    if (status == UP_OK && p->file.data != NULL)
        status = find_parts(p, bytes, err);
    if (status == UP_OK && p->base.count > 0)
        *parts = &p->base;
    else
        up_csv_parts_free(&p->base);
    return status;
}

up_status up_csv_parts_read(const up_store_parts *parts, size_t index,
                            up_metric_data *data, up_error *err)
{
    const csv_parts *p = (const csv_parts *)parts;
    size_t first = p->firsts[index], count = p->firsts[index + 1] - first;
    up_csv_span *spans = NULL;
    *data = (up_metric_data){.metric = p->data->metric, .path = p->data->path};
    up_status status = up_alloc(count + 1, sizeof *spans, &spans, err);
    if (status != UP_OK)
        return status;
    spans[0] = p->header;
    for (size_t i = 0; i < count; i++)
        spans[i + 1] = p->runs.items[first + i].span;
    status = up_rows_load_spans(p->file.data, spans, count + 1, p->file.delimiter,
                                p->file.source, data, NULL, err);
    data->loaded = status == UP_OK;
    free(spans);
    return status;
}

/* Whether the run has all rows of its entity. */
static bool is_alone(const csv_parts *p, size_t at)
{
    const run *r = &p->runs.items[at];
    return (at == 0 || r[-1].entity != r->entity) &&
           (at + 1 == p->runs.count || r[1].entity != r->entity);
}

up_status up_csv_parts_plain(const up_store_parts *parts, size_t index,
                             up_plain_list *list, bool *is_plain, up_error *err)
{
    const csv_parts *p = (const csv_parts *)parts;
    const csv_plain_file file = {p->file.data, p->file.source, p->header,
                                 p->file.delimiter, p->data};
    csv_plain_tail tail = {0};
    up_status status = UP_OK;
    *is_plain = p->is_simple;
    for (size_t i = p->firsts[index];
         i < p->firsts[index + 1] && *is_plain && status == UP_OK; i++) {
        *is_plain = is_alone(p, i);
        if (*is_plain)
            status = up_csv_plain_read(&file, &p->runs.items[i].span, &tail, list,
                                       is_plain, err);
    }
    if (status != UP_OK || !*is_plain)
        up_plain_list_release(list);
    return status;
}
