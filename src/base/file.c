#include "uptick/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fileio.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "uptick/buffer.h"

/* --- Reading ----------------------------------------------------------------------- */

/* Reads to the end, whatever the size said: pipes have none, and files grow. */
static up_status read_all(int descriptor, const char *path, size_t hint, up_buffer *out,
                          up_error *err)
{
    size_t room = hint + 1;
    for (;;) {
        if (up_grow(&out->data, &out->capacity, out->length + room + 1, 1, err) != UP_OK)
            return UP_SYSTEM;
        ssize_t got =
            read(descriptor, out->data + out->length, out->capacity - out->length - 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return up_error_errno(err, path, "cannot read", errno);
        if (got == 0)
            break;
        out->length += (size_t)got;
        room = 4096;
    }
    out->data[out->length] = '\0';
    return UP_OK;
}

/* A large file in blocks, several at once: most of the time goes into copying. */
enum { BLOCK_BYTES = 1 << 20, BLOCKS_WORTH_IT = 4 };
typedef struct blocks {
    int descriptor;
    char *data;
    size_t size;
    atomic_bool failed;
} blocks;

static void read_block(size_t number, void *context)
{
    blocks *b = context;
    size_t at = number * BLOCK_BYTES;
    size_t end = b->size - at < BLOCK_BYTES ? b->size : at + BLOCK_BYTES;
    while (at < end) {
        ssize_t got = pread(b->descriptor, b->data + at, end - at, (off_t)at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) { /* shorter than it said, or an error: read_all tells which */
            b->failed = true;
            return;
        }
        at += (size_t)got;
    }
}

/* What is not read so is left to read_all. */
static up_status read_ahead(int descriptor, size_t size, up_buffer *out, up_error *err)
{
    if (size / BLOCK_BYTES < BLOCKS_WORTH_IT)
        return UP_OK;
    up_status status = up_grow(&out->data, &out->capacity, size + 2, 1, err);
    if (status != UP_OK)
        return status;
    up_expect_use(out->data, out->capacity);
    blocks b = {.descriptor = descriptor, .data = out->data, .size = size};
    up_parallel_for((size + BLOCK_BYTES - 1) / BLOCK_BYTES, read_block, &b);
    if (!b.failed && lseek(descriptor, (off_t)size, SEEK_SET) == (off_t)size)
        out->length = size;
    return UP_OK;
}

up_status up_file_read(const char *path, char **data, size_t *length, up_error *err)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return up_error_errno(err, path, "cannot open", errno);
    struct stat st;
    size_t hint = 0;
    if (fstat(descriptor, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 &&
        (uintmax_t)st.st_size < SIZE_MAX / 2)
        hint = (size_t)st.st_size;
    up_buffer text = {0};
    up_status status = read_ahead(descriptor, hint, &text, err);
    if (status == UP_OK)
        status = read_all(descriptor, path, hint - text.length, &text, err);
    close(descriptor);
    if (status != UP_OK) {
        up_buffer_release(&text);
        return status;
    }
    *length = text.length;
    *data = text.data;
    return UP_OK;
}

bool up_file_exists(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0;
}

void up_file_stamp_take(const char *path, up_file_stamp *stamp)
{
    struct stat st;
    *stamp = (up_file_stamp){0};
    if (stat(path, &st) != 0)
        return;
    stamp->device = (uint64_t)st.st_dev;
    stamp->inode = (uint64_t)st.st_ino;
    stamp->size = (uint64_t)st.st_size;
    stamp->modified = st.st_mtim.tv_sec;
    stamp->modified_ns = st.st_mtim.tv_nsec;
    stamp->changed = st.st_ctim.tv_sec;
    stamp->changed_ns = st.st_ctim.tv_nsec;
}

bool up_file_stamp_equal(const up_file_stamp *a, const up_file_stamp *b)
{
    return a->device == b->device && a->inode == b->inode && a->size == b->size &&
           a->modified == b->modified && a->modified_ns == b->modified_ns &&
           a->changed == b->changed && a->changed_ns == b->changed_ns;
}

up_status up_path_join(const char *folder, const char *name, char **out, up_error *err)
{
    size_t length = strlen(folder);
    while (length > 1 && folder[length - 1] == '/')
        length--;
    up_buffer path = {0};
    up_buffer_add_bytes(&path, folder, length);
    if (length > 0 && folder[length - 1] != '/')
        up_buffer_add_char(&path, '/');
    up_buffer_add(&path, name);
    if (up_buffer_check(&path, err) != UP_OK) {
        up_buffer_release(&path);
        return UP_SYSTEM;
    }
    *out = path.data;
    return UP_OK;
}

/* --- Writing ----------------------------------------------------------------------- */

up_status up_fileio_write(int descriptor, const char *data, size_t length,
                          const char *name, up_error *err)
{
    while (length > 0) {
        ssize_t written = write(descriptor, data, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return up_error_errno(err, name, "cannot write", errno);
        data += written;
        length -= (size_t)written;
    }
    return UP_OK;
}

/* Who could read the old file can read the new one; its owner is kept where the system lets
 * us (as root), and silently ours where not. */
static up_status copy_access(int descriptor, const struct stat *like, const char *name,
                             up_error *err)
{
    if (like == NULL)
        return UP_OK;
    int owned = fchown(descriptor, like->st_uid, like->st_gid);
    mode_t mode = like->st_mode & (owned == 0 ? 07777 : 0777);
    if (fchmod(descriptor, mode) != 0)
        return up_error_errno(err, name, "cannot keep its permissions", errno);
    return UP_OK;
}

/* A file that is being written; small pieces are gathered. */
typedef struct open_file {
    int descriptor;
    const char *name;
    size_t length, held;
    char pieces[16384];
} open_file;

static up_status flush(open_file *file, up_error *err)
{
    size_t held = file->held;
    file->held = 0;
    return up_fileio_write(file->descriptor, file->pieces, held, file->name, err);
}

static up_status put_in_file(void *context, const char *bytes, size_t length,
                             up_error *err)
{
    open_file *file = context;
    up_status status = UP_OK;
    file->length += length;
    if (length > sizeof file->pieces - file->held)
        status = flush(file, err);
    if (status == UP_OK && length > sizeof file->pieces)
        return up_fileio_write(file->descriptor, bytes, length, file->name, err);
    if (status == UP_OK && length > 0) {
        memcpy(file->pieces + file->held, bytes, length);
        file->held += length;
    }
    return status;
}

/* Closes it too, whatever comes of it. */
static up_status make_durable(int descriptor, const struct stat *like, const char *name,
                              up_error *err)
{
    up_status status = copy_access(descriptor, like, name, err);
    if (status == UP_OK && fsync(descriptor) != 0)
        status = up_error_errno(err, name, "cannot write", errno);
    if (close(descriptor) != 0 && status == UP_OK)
        status = up_error_errno(err, name, "cannot write", errno);
    return status;
}

up_status up_fileio_create_from(const char *path, up_file_writer *write,
                                const void *context, size_t *length,
                                const struct stat *like, const char *name, up_error *err)
{
    int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    open_file file = {.descriptor = open(path, flags, 0666), .name = name};
    const up_sink sink = {put_in_file, &file};
    if (file.descriptor < 0)
        return up_error_errno(err, name, "cannot write", errno);
    up_status status = write(context, &sink, err);
    if (status == UP_OK)
        status = flush(&file, err);
    if (status == UP_OK)
        status = make_durable(file.descriptor, like, name, err);
    else
        close(file.descriptor);
    if (status != UP_OK)
        unlink(path);
    else
        *length = file.length;
    return status;
}

typedef struct bytes {
    const char *data;
    size_t length;
} bytes;

static up_status give_bytes(const void *context, const up_sink *sink, up_error *err)
{
    const bytes *all = context;
    return sink->put(sink->context, all->data, all->length, err);
}

up_status up_fileio_create(const char *path, const char *data, size_t length,
                           const struct stat *like, const char *name, up_error *err)
{
    const bytes all = {data, length};
    return up_fileio_create_from(path, give_bytes, &all, &length, like, name, err);
}

static up_status put_in_text(void *context, const char *data, size_t length,
                             up_error *err)
{
    up_buffer *text = context;
    up_buffer_add_bytes(text, data, length);
    return up_buffer_check(text, err);
}

up_sink up_sink_into(up_buffer *text)
{
    return (up_sink){put_in_text, text};
}

up_status up_fileio_sync_folder(const char *folder, up_error *err)
{
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return up_error_errno(err, folder, "cannot open the folder", errno);
    /* Some file systems cannot sync a folder (EINVAL): nothing more can be done there. */
    int failed = fsync(descriptor) != 0 && errno != EINVAL ? errno : 0;
    close(descriptor);
    return failed == 0 ? UP_OK
                       : up_error_errno(err, folder, "cannot sync the folder", failed);
}

/* "dir/.uptick-PID-N" beside `path`: unlike a commit's temporaries, so that a recovery in
 * the same folder leaves it alone. */
static up_status temporary_beside(const char *path, char **folder, char **temporary,
                                  up_error *err)
{
    static atomic_uint counter;
    const char *slash = strrchr(path, '/');
    up_status status = slash == NULL ? up_copy_text(".", folder, err)
                       : slash == path
                           ? up_copy_text("/", folder, err)
                           : up_copy_bytes(path, (size_t)(slash - path), folder, err);
    if (status != UP_OK)
        return status;
    struct stat st;
    do { /* past what a process of our number left behind when it was killed */
        char name[64];
        snprintf(name, sizeof name, ".uptick-%ld-%u", (long)getpid(),
                 atomic_fetch_add(&counter, 1));
        free(*temporary);
        *temporary = NULL;
        status = up_path_join(*folder, name, temporary, err);
    } while (status == UP_OK && lstat(*temporary, &st) == 0);
    return status;
}

/* Of a file that is no regular one (a terminal, a pipe, /dev/null) the pieces are held in an
 * unnamed file, and in the end written to it, never renamed over it. */
struct up_file_draft {
    char *name;   /* what errors speak of: the path as it was given */
    char *target; /* behind a symbolic link */
    char *folder, *temporary;
    struct stat before;
    bool existed, is_special;
    FILE *held;
    open_file file;
};

static up_status find_target(up_file_draft *d, up_error *err)
{
    struct stat link;
    bool is_link = lstat(d->name, &link) == 0 && S_ISLNK(link.st_mode);
    d->existed = stat(d->name, &d->before) == 0;
    if (!d->existed && (errno != ENOENT || is_link))
        return up_error_errno(err, d->name, "cannot write", errno);
    if (d->existed && S_ISDIR(d->before.st_mode))
        return up_error_errno(err, d->name, "cannot write", EISDIR);
    d->is_special = d->existed && !S_ISREG(d->before.st_mode);
    if (!is_link || d->is_special)
        return up_copy_text(d->name, &d->target, err);
    d->target = realpath(d->name, NULL);
    return d->target != NULL ? UP_OK
                             : up_error_errno(err, d->name, "cannot write", errno);
}

static up_status open_draft(up_file_draft *d, up_error *err)
{
    int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    if (d->is_special) {
        d->held = tmpfile();
        d->file.descriptor = d->held != NULL ? fileno(d->held) : -1;
    } else {
        up_status status = temporary_beside(d->target, &d->folder, &d->temporary, err);
        if (status != UP_OK)
            return status;
        d->file.descriptor = open(d->temporary, flags, 0666);
    }
    return d->file.descriptor >= 0 ? UP_OK
                                   : up_error_errno(err, d->name, "cannot write", errno);
}

up_status up_file_draft_new(const char *path, up_file_draft **draft, up_error *err)
{
    up_file_draft *d = NULL;
    up_status status = up_alloc(1, sizeof *d, &d, err);
    if (status != UP_OK)
        return status;
    d->file.descriptor = -1;
    status = up_copy_text(path, &d->name, err);
    d->file.name = d->name;
    if (status == UP_OK)
        status = find_target(d, err);
    if (status == UP_OK)
        status = open_draft(d, err);
    if (status == UP_OK)
        *draft = d;
    else
        up_file_draft_free(d);
    return status;
}

up_status up_file_draft_put(up_file_draft *draft, const char *data, size_t length,
                            up_error *err)
{
    return put_in_file(&draft->file, data, length, err);
}

static up_status copy_held(int from, int to, const char *name, up_error *err)
{
    char piece[16384];
    off_t at = 0;
    for (;;) {
        ssize_t got = pread(from, piece, sizeof piece, at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return up_error_errno(err, name, "cannot write", errno);
        if (got == 0)
            return UP_OK;
        up_status status = up_fileio_write(to, piece, (size_t)got, name, err);
        if (status != UP_OK)
            return status;
        at += got;
    }
}

static up_status write_special(const up_file_draft *d, up_error *err)
{
    int descriptor = open(d->target, O_WRONLY | O_CLOEXEC);
    if (descriptor < 0)
        return up_error_errno(err, d->name, "cannot write", errno);
    up_status status = copy_held(d->file.descriptor, descriptor, d->name, err);
    if (close(descriptor) != 0 && status == UP_OK)
        status = up_error_errno(err, d->name, "cannot write", errno);
    return status;
}

up_status up_file_draft_finish(up_file_draft *d, up_error *err)
{
    up_status status = flush(&d->file, err);
    if (status != UP_OK || d->is_special)
        return status == UP_OK ? write_special(d, err) : status;
    status =
        make_durable(d->file.descriptor, d->existed ? &d->before : NULL, d->name, err);
    d->file.descriptor = -1;
    if (status != UP_OK)
        return status;
    if (rename(d->temporary, d->target) != 0)
        return up_error_errno(err, d->name, "cannot replace", errno);
    free(d->temporary);
    d->temporary = NULL;
    return up_fileio_sync_folder(d->folder, err);
}

void up_file_draft_free(up_file_draft *d)
{
    if (d == NULL)
        return;
    if (d->held != NULL)
        fclose(d->held);
    else if (d->file.descriptor >= 0)
        close(d->file.descriptor);
    if (d->temporary != NULL)
        unlink(d->temporary);
    free(d->temporary);
    free(d->folder);
    free(d->target);
    free(d->name);
    free(d);
}

up_status up_file_replace(const char *path, const char *data, size_t length,
                          up_error *err)
{
    up_file_draft *draft = NULL;
    up_status status = up_file_draft_new(path, &draft, err);
    if (status == UP_OK)
        status = up_file_draft_put(draft, data, length, err);
    if (status == UP_OK)
        status = up_file_draft_finish(draft, err);
    up_file_draft_free(draft);
    return status;
}

/* --- The lock ---------------------------------------------------------------------- */

static up_status lock_folder(const char *folder, int how, up_folder_lock *lock,
                             bool *taken, up_error *err)
{
    int opened = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (opened < 0)
        return up_error_errno(err, folder, "cannot open the folder", errno);
    /* Never 0, so that a zeroed lock is one that is not held. */
    int descriptor = fcntl(opened, F_DUPFD_CLOEXEC, 3);
    int failed = descriptor < 0 ? errno : 0;
    close(opened);
    if (failed != 0)
        return up_error_errno(err, folder, "cannot open the folder", failed);
    while (flock(descriptor, how) != 0) {
        if (errno == EINTR)
            continue;
        failed = errno;
        break;
    }
    if (failed != 0)
        close(descriptor);
    if (failed != 0 && failed != EWOULDBLOCK)
        return up_error_errno(err, folder, "cannot lock the folder", failed);
    *taken = failed == 0;
    lock->descriptor = failed == 0 ? descriptor : 0;
    return UP_OK;
}

up_status up_folder_lock_take(const char *folder, up_folder_lock *lock, up_error *err)
{
    bool taken;
    return lock_folder(folder, LOCK_EX, lock, &taken, err);
}

up_status up_folder_lock_try(const char *folder, up_folder_lock *lock, bool *taken,
                             up_error *err)
{
    return lock_folder(folder, LOCK_EX | LOCK_NB, lock, taken, err);
}

void up_folder_lock_release(up_folder_lock *lock)
{
    if (lock == NULL || lock->descriptor <= 0)
        return;
    close(lock->descriptor);
    lock->descriptor = 0;
}
