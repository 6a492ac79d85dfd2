/* How a reader without a lock sees one state of the folder: see file.h. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/memory.h"
#include "store/csv_store.h"

/* After so many tries a reader waits for the writers to end and reads under their lock. */
enum { PATIENCE = 10 };

typedef enum outcome { CONSISTENT, AGAIN, STALE } outcome;

void up_csv_blobs_release(csv_blob *blobs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(blobs[i].data);
        blobs[i].data = NULL;
    }
}

void up_csv_snapshot_forget(csv_store *s)
{
    for (size_t i = 0; i < s->stamp_count; i++)
        free(s->stamps[i].name);
    free(s->stamps);
    s->stamps = NULL;
    s->stamp_count = s->stamp_capacity = 0;
}

/* A pipe or device would be waited for without end. */
static up_status read_regular(const char *path, char **data, size_t *length,
                              up_error *err)
{
    struct stat st;
    if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
        return up_error_at(err, UP_BAD_DATA, path, 0, "is no regular file");
    return up_file_read(path, data, length, err);
}

static up_status read_blob(const csv_store *s, csv_blob *blob, up_error *err)
{
    char *path = NULL;
    up_status status = up_commit_path(s->folder, blob->name, &path, err);
    if (status != UP_OK)
        return status;
    blob->failure = (up_error){0};
    up_file_stamp_take(path, &blob->stamp);
    if (read_regular(path, &blob->data, &blob->length, &blob->failure) != UP_OK)
        snprintf(blob->failure.source, sizeof blob->failure.source, "series/%s",
                 blob->name);
    free(path);
    return UP_OK;
}

static up_status stamp_of(const csv_store *s, const char *name, up_file_stamp *stamp,
                          up_error *err)
{
    char *path = NULL;
    up_status status = up_commit_path(s->folder, name, &path, err);
    if (status == UP_OK)
        up_file_stamp_take(path, stamp);
    free(path);
    return status;
}

static up_status is_unchanged(const csv_store *s, const char *name,
                              const up_file_stamp *stamp, bool *same, up_error *err)
{
    up_file_stamp now = {0};
    up_status status = stamp_of(s, name, &now, err);
    *same = status == UP_OK && up_file_stamp_equal(&now, stamp);
    return status;
}

/* A commit that was cut short: a dead writer's is completed here if we may; *overlay tells
 * that it stays, and is read as if it were complete. *busy: a live writer is at it. */
static up_status settle_pending(csv_store *s, bool *overlay, bool *busy, up_error *err)
{
    if (!up_commit_is_pending(s->folder))
        return UP_OK;
    up_folder_lock lock = {0};
    bool taken = s->lock.descriptor > 0;
    up_status status = taken ? UP_OK : up_folder_lock_try(s->folder, &lock, &taken, err);
    if (status != UP_OK)
        return status;
    *busy = !taken;
    if (taken) {
        status = up_commit_recover(s->folder, err);
        *overlay = status == UP_SYSTEM; /* as in a folder that is read-only for us */
    }
    up_folder_lock_release(&lock);
    return *overlay ? UP_OK : status;
}

/* In a change not of what was read before: once a file would be once for each pair of them, and
 * the load and the commit ask. */
static up_status verify(const csv_store *s, const csv_blob *blobs, size_t count,
                        outcome *result, up_error *err)
{
    up_status status = UP_OK;
    bool same = true;
    for (size_t i = 0; i < count && status == UP_OK && same; i++)
        status = is_unchanged(s, blobs[i].name, &blobs[i].stamp, &same, err);
    *result = same ? CONSISTENT : AGAIN;
    for (size_t i = 0; i < s->stamp_count && status == UP_OK && same && !s->in_change;
         i++) {
        status = is_unchanged(s, s->stamps[i].name, &s->stamps[i].stamp, &same, err);
        *result = same ? CONSISTENT : STALE;
    }
    return status;
}

up_status up_csv_snapshot_check(const csv_store *s, up_error *err)
{
    for (size_t i = 0; i < s->stamp_count; i++) {
        bool same = false;
        const file_stamp *stamp = &s->stamps[i];
        up_status status = is_unchanged(s, stamp->name, &stamp->stamp, &same, err);
        if (status != UP_OK)
            return status;
        if (same)
            continue;
        char source[300];
        snprintf(source, sizeof source, "series/%s", stamp->name);
        return up_error_at(err, UP_SYSTEM, source, 0,
                           "another program has changed the file in between; nothing was "
                           "written, run this again");
    }
    return UP_OK;
}

static up_status list_stamp(const csv_store *s, up_file_stamp *stamp, up_error *err)
{
    char *path = NULL;
    up_status status = up_path_join(s->folder, ".commit", &path, err);
    if (status == UP_OK)
        up_file_stamp_take(path, stamp);
    free(path);
    return status;
}

static up_status read_once(csv_store *s, csv_blob *blobs, size_t count, outcome *result,
                           up_error *err)
{
    bool overlay = false, busy = false;
    up_file_stamp before = {0}, after = {0};
    up_status status = settle_pending(s, &overlay, &busy, err);
    if (status == UP_OK && overlay)
        status = list_stamp(s, &before, err);
    for (size_t i = 0; i < count && status == UP_OK && !busy; i++)
        status = read_blob(s, &blobs[i], err);
    /* First that no commit runs, then the stamps: the order is what makes it right. */
    if (status == UP_OK && !busy)
        status = list_stamp(s, &after, err);
    if (status != UP_OK)
        return status;
    *result = AGAIN;
    if (busy || !up_file_stamp_equal(&before, &after))
        return UP_OK;
    return verify(s, blobs, count, result, err);
}

static up_status remember(csv_store *s, const csv_blob *blobs, size_t count,
                          up_error *err)
{
    up_status status = up_grow(&s->stamps, &s->stamp_capacity, s->stamp_count + count,
                               sizeof *s->stamps, err);
    for (size_t i = 0; i < count && status == UP_OK; i++) {
        file_stamp *stamp = &s->stamps[s->stamp_count];
        status = up_copy_text(blobs[i].name, &stamp->name, err);
        stamp->stamp = blobs[i].stamp;
        s->stamp_count += status == UP_OK;
    }
    return status;
}

static void pause_for(int attempt)
{
    struct timespec pause = {.tv_nsec = 1000000L * (attempt + 1)};
    nanosleep(&pause, NULL);
}

up_status up_csv_snapshot(csv_store *s, csv_blob *blobs, size_t count, bool *stale,
                          up_error *err)
{
    outcome result = AGAIN;
    bool lock_is_ours = s->lock.descriptor <= 0;
    up_status status = UP_OK;
    for (int attempt = 0; status == UP_OK && result == AGAIN; attempt++) {
        up_csv_blobs_release(blobs, count);
        if (attempt == PATIENCE && lock_is_ours)
            status = up_folder_lock_take(s->folder, &s->lock, err);
        else if (attempt > 0)
            pause_for(attempt);
        if (status == UP_OK)
            status = read_once(s, blobs, count, &result, err);
    }
    if (lock_is_ours)
        up_folder_lock_release(&s->lock);
    *stale = status == UP_OK && result == STALE;
    if (status == UP_OK && result == CONSISTENT)
        status = remember(s, blobs, count, err);
    if (status != UP_OK || *stale)
        up_csv_blobs_release(blobs, count);
    return status;
}
