/* A tracker's folder to another place, byte for byte. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "store/csv_store.h"

/* A file that is copied. */
typedef struct copied {
    char *name; /* below series/: "ai-users.csv", "extra/map.json" */
    char *from, *to;
    bool needed; /* a metric's or a table's */
    bool made;   /* written before the commit: a file in a folder of its own */
    up_file_stamp stamp;
} copied;

typedef struct copying {
    up_store *source;
    char *folder; /* of the target: TO/series */
    up_folder_lock lock;
    copied *files; /* the descriptor last */
    size_t count, capacity;
    char **stale; /* files of an empty tracker that the new one has not */
    size_t stale_count, stale_capacity;
} copying;

static void copying_release(copying *c)
{
    for (size_t i = 0; i < c->count; i++) {
        free(c->files[i].name);
        free(c->files[i].from);
        free(c->files[i].to);
    }
    for (size_t i = 0; i < c->stale_count; i++)
        free(c->stale[i]);
    free(c->files);
    free(c->stale);
    up_folder_lock_release(&c->lock);
    up_store_free(c->source);
    free(c->folder);
}

/* --- Which files --------------------------------------------------------------------------- */

/* Neither absolute nor out of the folder, nor one of ours. */
static bool is_below(const char *path)
{
    if (path[0] == '/' || path[0] == '~' || strpbrk(path, "\\:\n") != NULL)
        return false;
    for (const char *part = path;; part++) {
        size_t length = strcspn(part, "/");
        if (length == 0 || part[0] == '.')
            return false;
        part += length;
        if (*part == '\0')
            return true;
    }
}

static copied *find_file(const copying *c, const char *name)
{
    for (size_t i = 0; i < c->count; i++)
        if (strcmp(c->files[i].name, name) == 0)
            return &c->files[i];
    return NULL;
}

static up_status add_file(copying *c, const char *name, bool needed, up_error *err)
{
    const csv_store *s = (const csv_store *)c->source;
    copied file = {.needed = needed}, *there = find_file(c, name);
    if (there != NULL) {
        there->needed = there->needed || needed;
        return UP_OK;
    }
    up_status status =
        up_grow(&c->files, &c->capacity, c->count + 1, sizeof *c->files, err);
    if (status == UP_OK)
        status = up_copy_text(name, &file.name, err);
    if (status == UP_OK)
        status = up_path_join(s->folder, name, &file.from, err);
    if (status == UP_OK)
        status = up_path_join(c->folder, name, &file.to, err);
    if (status != UP_OK) {
        free(file.name);
        free(file.from);
        return status;
    }
    c->files[c->count++] = file;
    return UP_OK;
}

/* A path, a list of paths, or something else that names no file. */
static up_status add_paths(copying *c, const json_t *value, bool needed, size_t index,
                           const char *key, up_error *err)
{
    const char *path = json_string_value(value);
    up_status status = UP_OK;
    for (size_t i = 0; i < json_array_size(value) && status == UP_OK; i++)
        status = add_paths(c, json_array_get(value, i), needed, index, key, err);
    if (path == NULL || strstr(path, "://") != NULL)
        return status;
    if (!is_below(path) || strcmp(path, DESCRIPTOR_NAME) == 0)
        return up_error_at(err, UP_BAD_DATA, DESCRIPTOR_SOURCE, 0,
                           "resources[%zu].%s '%s' is not a file below series/", index,
                           key, path);
    return add_file(c, path, needed, err);
}

static up_status list_files(copying *c, up_error *err)
{
    static const char *const keys[] = {"path", "schema", "dialect"};
    const csv_store *s = (const csv_store *)c->source;
    const json_t *list = json_object_get(s->descriptor.root, "resources");
    up_status status = UP_OK;
    for (size_t i = 0; i < json_array_size(list) && status == UP_OK; i++) {
        const json_t *resource = json_array_get(list, i);
        bool ours = json_object_get(resource, "uptick") != NULL;
        for (size_t k = 0; k < 3 && status == UP_OK; k++)
            status = add_paths(c, json_object_get(resource, keys[k]), ours && k == 0, i,
                               keys[k], err);
    }
    return status == UP_OK ? add_file(c, DESCRIPTOR_NAME, true, err) : status;
}

/* Leaves out what is missing and not needed; sums up what is there. */
static up_status look_at_files(copying *c, up_copy_counts *counts, up_remarks *remarks,
                               up_error *err)
{
    size_t kept = 0;
    up_status status = UP_OK;
    for (size_t i = 0; i < c->count; i++) {
        copied *file = &c->files[i];
        bool there = up_file_exists(file->from);
        up_file_stamp_take(file->from, &file->stamp);
        if (there || file->needed) {
            if (!there && status == UP_OK)
                status = up_error_at(err, UP_BAD_DATA, file->from, 0, "is missing");
            counts->bytes += file->stamp.size;
            counts->files++;
            copied swap = c->files[kept];
            c->files[kept++] = *file;
            *file = swap;
            continue;
        }
        up_remarks_add(remarks, UP_WARNING, file->from, 0,
                       "is missing; %s names it all the same", DESCRIPTOR_SOURCE);
    }
    for (size_t i = kept; i < c->count; i++) {
        free(c->files[i].name);
        free(c->files[i].from);
        free(c->files[i].to);
    }
    c->count = kept;
    return status;
}

/* --- The target ------------------------------------------------------------------------------ */

static up_status add_stale(copying *c, const char *name, up_error *err)
{
    up_status status =
        up_grow(&c->stale, &c->stale_capacity, c->stale_count + 1, sizeof *c->stale, err);
    if (status == UP_OK)
        status = up_copy_text(name, &c->stale[c->stale_count], err);
    c->stale_count += status == UP_OK;
    return status;
}

/* A tracker that holds nothing may be replaced; its files are then known to be ours. */
static up_status check_empty(copying *c, const char *to, up_error *err)
{
    up_store *store = NULL;
    up_status status = up_store_open(to, &store, err);
    if (status == UP_OK)
        status = up_store_load_tables(store, NULL, err);
    if (status == UP_OK) {
        const up_tracker *t = up_store_tracker(store);
        const json_t *list =
            json_object_get(((csv_store *)store)->descriptor.root, "resources");
        size_t foreign = 0;
        for (size_t i = 0; i < json_array_size(list); i++)
            foreign += json_object_get(json_array_get(list, i), "uptick") == NULL;
        if (t->metric_count + t->source_count + t->entity_count + t->claim_count +
                t->event_count + foreign >
            0)
            status = up_error_set(err, UP_USAGE, "the tracker in '%s' is not empty", to);
        for (size_t i = 0; i < json_array_size(list) && status == UP_OK; i++)
            status = add_stale(c, up_descriptor_path(json_array_get(list, i)), err);
    }
    up_store_free(store);
    return status;
}

static bool is_stale(const copying *c, const char *name)
{
    for (size_t i = 0; i < c->stale_count; i++)
        if (strcmp(c->stale[i], name) == 0)
            return true;
    return false;
}

static up_status check_target(copying *c, const char *to, bool into, up_error *err)
{
    char *path = NULL;
    up_status status = up_path_join(c->folder, DESCRIPTOR_NAME, &path, err);
    bool has = status == UP_OK && up_file_exists(path);
    if (status == UP_OK && has && !into)
        status = up_error_at(err, UP_USAGE, path, 0, "there is a tracker here already");
    free(path);
    if (status == UP_OK && has)
        status = check_empty(c, to, err);
    for (size_t i = 0; i < c->count && status == UP_OK; i++)
        if (up_file_exists(c->files[i].to) && !is_stale(c, c->files[i].name) &&
            !(has && strcmp(c->files[i].name, DESCRIPTOR_NAME) == 0))
            status = up_error_at(err, UP_USAGE, c->files[i].to, 0,
                                 "is there already: move it away first");
    return status;
}

/* Two locks on one folder would wait for each other. */
static up_status check_two_places(const copying *c, const char *from, const char *to,
                                  up_error *err)
{
    struct stat a, b;
    if (stat(((const csv_store *)c->source)->folder, &a) == 0 &&
        stat(c->folder, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino)
        return up_error_set(err, UP_USAGE, "'%s' and '%s' are one place", from, to);
    return UP_OK;
}

/* --- Writing ---------------------------------------------------------------------------------- */

enum { BLOCK = 1 << 16 };

static up_status give_file(const void *context, const up_sink *sink, up_error *err)
{
    const copied *file = context;
    char block[BLOCK];
    up_status status = UP_OK;
    int in = open(file->from, O_RDONLY | O_CLOEXEC);
    if (in < 0)
        return up_error_errno(err, file->from, "cannot open", errno);
    for (;;) {
        ssize_t got = read(in, block, sizeof block);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            status = up_error_errno(err, file->from, "cannot read", errno);
        if (got <= 0)
            break;
        status = sink->put(sink->context, block, (size_t)got, err);
        if (status != UP_OK)
            break;
    }
    close(in);
    return status;
}

/* A file in a folder below series/, which a commit does not reach. */
static up_status write_deep(copied *file, up_error *err)
{
    up_buffer data = {0};
    const up_sink sink = up_sink_into(&data);
    char *folder = NULL;
    up_status status = up_copy_bytes(
        file->to, (size_t)(strrchr(file->to, '/') - file->to), &folder, err);
    if (status == UP_OK)
        status = up_csv_make_folders(folder, err);
    if (status == UP_OK)
        status = give_file(file, &sink, err);
    if (status == UP_OK)
        status = up_file_replace(file->to, up_buffer_text(&data), data.length, err);
    file->made = status == UP_OK;
    up_buffer_release(&data);
    free(folder);
    return status;
}

static up_status write_files(copying *c, up_error *err)
{
    up_commit *commit = NULL;
    up_status status = up_commit_new(c->folder, &commit, err);
    for (size_t i = 0; i < c->stale_count && status == UP_OK; i++)
        if (find_file(c, c->stale[i]) == NULL)
            status = up_commit_stage_removal(commit, c->stale[i], err);
    for (size_t i = 0; i < c->count && status == UP_OK; i++) {
        copied *file = &c->files[i];
        status = strchr(file->name, '/') != NULL
                     ? write_deep(file, err)
                     : up_commit_stage_writer(commit, file->name, give_file, file, err);
    }
    if (status == UP_OK)
        status = up_commit_run(commit, err);
    for (size_t i = 0; i < c->count && status != UP_OK; i++)
        if (c->files[i].made)
            unlink(c->files[i].to);
    up_commit_free(commit);
    return status;
}

/* --- What came of it -------------------------------------------------------------------------- */

static up_status compare_files(const copied *file, up_error *err)
{
    char a[4096], b[4096];
    FILE *from = fopen(file->from, "rb"), *to = fopen(file->to, "rb");
    bool same = from != NULL && to != NULL;
    for (size_t got = 1; same && got > 0;) {
        got = fread(a, 1, sizeof a, from);
        same = fread(b, 1, sizeof b, to) == got && memcmp(a, b, got) == 0;
    }
    same = same && !ferror(from) && !ferror(to);
    if (from != NULL)
        fclose(from);
    if (to != NULL)
        fclose(to);
    up_file_stamp now;
    up_file_stamp_take(file->from, &now);
    if (!up_file_stamp_equal(&now, &file->stamp))
        return up_error_at(
            err, UP_SYSTEM, file->from, 0,
            "another program has changed the file in between; copy it again");
    return same ? UP_OK
                : up_error_at(err, UP_SYSTEM, file->to, 0,
                              "reads back as something else than was written");
}

static up_status verify(const copying *c, const char *to, up_error *err)
{
    up_store *store = NULL;
    up_status status = UP_OK;
    for (size_t i = 0; i < c->count && status == UP_OK; i++)
        status = compare_files(&c->files[i], err);
    if (status == UP_OK)
        status = up_store_open(to, &store, err);
    up_store_free(store);
    return status;
}

static up_status copy(copying *c, const char *to, const up_copy_options *options,
                      up_error *err)
{
    up_status status = UP_OK;
    if (options->only_look)
        return check_target(c, to, options->into, err);
    status = up_csv_make_folders(c->folder, err);
    if (status == UP_OK)
        status = up_folder_lock_take(c->folder, &c->lock, err);
    if (status == UP_OK)
        status = up_commit_recover(c->folder, err);
    if (status == UP_OK)
        status = check_target(c, to, options->into, err);
    if (status == UP_OK)
        status = write_files(c, err);
    return status == UP_OK ? verify(c, to, err) : status;
}

up_status up_csv_copy(const char *from, const char *to, const up_copy_options *options,
                      up_copy_counts *counts, up_remarks *remarks, up_error *err)
{
    copying c = {0};
    up_copy_counts found = {0};
    up_status status = up_store_open(from, &c.source, err);
    if (status == UP_OK)
        status = up_path_join(to, "series", &c.folder, err);
    if (status == UP_OK)
        status = check_two_places(&c, from, to, err);
    if (status == UP_OK)
        status = up_store_begin(c.source, err); /* nobody writes meanwhile */
    if (status == UP_OK)
        status = list_files(&c, err);
    if (status == UP_OK)
        status = look_at_files(&c, &found, remarks, err);
    if (status == UP_OK)
        status = copy(&c, to, options, err);
    if (status == UP_OK) {
        found.metrics = up_store_tracker(c.source)->metric_count;
        *counts = found;
    }
    copying_release(&c);
    return status;
}
