/* Rows of one entity mostly stand together: a run. The runs are found by the entity's field
 * alone; those of an entity that comes again are put behind its first ones, so that a part, a
 * number of runs, has all rows of its entities. What does not look like a file of rows is left
 * to up_store_load, which says why. */
#include "store/csv_parts.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/pool.h"
#include "store/csv_plain.h"
#include "store/csv_rows.h"
#include "store/csv_store.h"

typedef struct run {
    up_csv_span span;
    size_t entity; /* by order of first appearance */
} run;

typedef struct csv_parts {
    up_store_parts base;
    csv_file file;
    const up_metric_data *data; /* borrowed: the metric as the tracker has it */
    up_csv_span header;
    bool is_simple; /* without quotes, and entity, period and value come first */
    run *runs;
    size_t run_count, run_capacity;
    size_t *firsts; /* the first run of each part, and the end of them */
} csv_parts;

void up_csv_parts_free(up_store_parts *parts)
{
    csv_parts *p = (csv_parts *)parts;
    if (p == NULL)
        return;
    up_csv_file_release(&p->file);
    free(p->runs);
    free(p->firsts);
    free(p);
}

/* --- Where runs begin and end ---------------------------------------------------------- */

typedef struct scan {
    csv_parts *parts;
    const char *at, *end;
    size_t line, column; /* of the entity; SIZE_MAX: there is none */
    bool is_plain;       /* no quotes, and lines end with LF: most files */
    char delimiter;
    const char *entity; /* of the run that is open, as written */
    size_t length;
    up_pool entities; /* as written */
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
    size_t length = s->length;
    if (s->entity == NULL)
        return false;
    if (s->column == 0 && (size_t)(next - s->at) > length &&
        s->at[length] == s->delimiter && memcmp(s->at, s->entity, length) == 0)
        return true;
    const char *entity = find_entity(s, next, &length);
    return length == s->length && memcmp(entity, s->entity, length) == 0;
}

/* What a field says: without its quotes. */
static up_status number_entity(scan *s, const char *entity, size_t length, size_t *number,
                               up_error *err)
{
    up_buffer text = {0};
    bool quoted = length >= 2 && entity[0] == '"';
    for (size_t i = quoted; i + quoted < length; i++) {
        up_buffer_add_char(&text, entity[i]);
        i += quoted && entity[i] == '"'; /* doubled */
    }
    up_status status = up_buffer_check(&text, err);
    if (status == UP_OK)
        status = up_pool_add(&s->entities, up_buffer_text(&text), number, err);
    up_buffer_release(&text);
    return status;
}

static up_status begin_run(scan *s, size_t line, const char *next, up_error *err)
{
    csv_parts *p = s->parts;
    size_t number = 0, first = (size_t)(s->at - p->file.data), length;
    const char *entity = find_entity(s, next, &length);
    up_status status = number_entity(s, entity, length, &number, err);
    if (status == UP_OK)
        status =
            up_grow(&p->runs, &p->run_capacity, p->run_count + 1, sizeof *p->runs, err);
    if (status != UP_OK)
        return status;
    p->runs[p->run_count++] = (run){.span = {first, first, line}, .entity = number};
    s->entity = entity;
    s->length = length;
    return UP_OK;
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
        if (s->parts->run_count > 0)
            s->parts->runs[s->parts->run_count - 1].span.end =
                (size_t)(next - s->parts->file.data);
    }
    return status;
}

/* --- Parts ------------------------------------------------------------------------------- */

static int compare_runs(const void *a, const void *b)
{
    const run *x = a, *y = b;
    if (x->entity != y->entity)
        return x->entity < y->entity ? -1 : 1;
    return (x->span.first > y->span.first) - (x->span.first < y->span.first);
}

static void sort_runs(csv_parts *p)
{
    for (size_t i = 1; i < p->run_count; i++)
        if (p->runs[i].entity < p->runs[i - 1].entity) {
            qsort(p->runs, p->run_count, sizeof *p->runs, compare_runs);
            return;
        }
}

/* A part ends with an entity, once it has so many bytes. */
static up_status cut(csv_parts *p, size_t bytes, up_error *err)
{
    up_status status = up_alloc(p->run_count + 1, sizeof *p->firsts, &p->firsts, err);
    size_t taken = 0;
    for (size_t i = 0; i < p->run_count && status == UP_OK; i++) {
        bool begins =
            i == 0 || (taken >= bytes && p->runs[i].entity != p->runs[i - 1].entity);
        if (begins) {
            p->firsts[p->base.count++] = i;
            taken = 0;
        }
        taken += p->runs[i].span.end - p->runs[i].span.first;
    }
    if (status == UP_OK)
        p->firsts[p->base.count] = p->run_count;
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
    p->is_simple = is_header && s->is_plain && s->column == 0 &&
                   up_csv_column(&csv, "period") == 1 &&
                   up_csv_column(&csv, "value") == 2;
    up_csv_release(&csv);
    return is_header;
}

static up_status find_parts(csv_parts *p, size_t bytes, up_error *err)
{
    const char *data = p->file.data;
    scan s = {.parts = p,
              .at = data,
              .end = data + p->file.length,
              .line = 1,
              .is_plain = memchr(data, '"', p->file.length) == NULL &&
                          memchr(data, '\r', p->file.length) == NULL,
              .delimiter = p->file.delimiter};
    up_status status = UP_OK;
    if (read_header(p, &s))
        status = find_runs(&s, err);
    up_pool_release(&s.entities);
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
        spans[i + 1] = p->runs[first + i].span;
    status = up_rows_load_spans(p->file.data, spans, count + 1, p->file.delimiter,
                                p->file.source, data, NULL, err);
    data->loaded = status == UP_OK;
    free(spans);
    return status;
}

/* Whether the run has all rows of its entity. */
static bool is_alone(const csv_parts *p, size_t at)
{
    return (at == 0 || p->runs[at - 1].entity != p->runs[at].entity) &&
           (at + 1 == p->run_count || p->runs[at + 1].entity != p->runs[at].entity);
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
            status =
                up_csv_plain_read(&file, &p->runs[i].span, &tail, list, is_plain, err);
    }
    if (status != UP_OK || !*is_plain)
        up_plain_list_release(list);
    return status;
}
