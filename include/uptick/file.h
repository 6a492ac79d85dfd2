/* Files: whole reads, atomic replacement of several files at once, a lock that dies with its
 * holder.
 *
 *     up_folder_lock lock = {0};
 *     up_folder_lock_take("series", &lock, err);        // waits for other writers
 *     up_commit_recover("series", err);                 // what a dead one left
 *     up_commit *commit;  up_commit_new("series", &commit, err);
 *     up_commit_stage(commit, "ai-users.csv", data, length, err);
 *     up_commit_run(commit, err);                       // all or none, on disk when it returns
 *     up_commit_free(commit);
 *     up_folder_lock_release(&lock);
 *
 * How it is atomic: each staged file is written as a temporary in the folder and fsynced;
 * with more than one file the list of renames and removals is then made durable as `.commit`;
 * then come the renames in its order, the removals, an fsync of the folder and the removal of
 * `.commit`. From the moment `.commit` stands the change is decided: who finds one left by a dead
 * writer completes it when it is whole (each file listed has its temporary, of the size listed,
 * or was renamed already), and discards it when nothing was renamed yet. Temporaries are named
 * `.tmp-NAME`. A line of `.commit` is `SIZE NAME`, or `- NAME` for a file that goes.
 *
 * How a reader, who holds no lock, sees all of a change or nothing of it: it takes an
 * up_file_stamp of every file it reads; when it has read them all, it finds no `.commit`, and
 * only then finds every stamp as it was. A file read before a commit's rename and another
 * read after it would fall between the two tests: while the first is still to be renamed,
 * `.commit` stands. It then reads again. */
#ifndef UPTICK_FILE_H
#define UPTICK_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "uptick/buffer.h"
#include "uptick/error.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The whole file as bytes plus a final NUL; *data is the caller's to free. */
UP_MUST_CHECK up_status up_file_read(const char *path, char **data, size_t *length,
                                     up_error *err);
bool up_file_exists(const char *path);
/* Which file a path names, and in which state; a missing file has one too (all 0). */
typedef struct up_file_stamp {
    uint64_t device, inode, size;
    int64_t modified, modified_ns, changed, changed_ns;
} up_file_stamp;
void up_file_stamp_take(const char *path, up_file_stamp *stamp);
bool up_file_stamp_equal(const up_file_stamp *a, const up_file_stamp *b);
/* Replaces one file atomically (temporary, fsync, rename, fsync of the folder), keeping the
 * mode of the file that was there. For outputs: charts, exports. A symbolic link stays and its
 * target is replaced; a device or pipe (/dev/stdout) is written to. */
UP_MUST_CHECK up_status up_file_replace(const char *path, const char *data, size_t length,
                                        up_error *err);
/* The same piece by piece, for what is too large to hold: nothing stands at the path, or what
 * stood there before, until up_file_draft_finish; where that is not called, or fails, up_file_draft_free
 * leaves it so. What goes to a device or pipe is gathered in a temporary file first. */
typedef struct up_file_draft up_file_draft;
UP_MUST_CHECK up_status up_file_draft_new(const char *path, up_file_draft **draft,
                                          up_error *err);
UP_MUST_CHECK up_status up_file_draft_put(up_file_draft *draft, const char *data,
                                          size_t length, up_error *err);
UP_MUST_CHECK up_status up_file_draft_finish(up_file_draft *draft, up_error *err);
void up_file_draft_free(up_file_draft *draft);
/* folder + "/" + name, owned by the caller. */
UP_MUST_CHECK up_status up_path_join(const char *folder, const char *name, char **out,
                                     up_error *err);

/* An exclusive advisory lock (flock) on an open folder. Waits; freed by the kernel when the
 * holder dies, so there is never a stale one. Works in a read-only folder too. */
typedef struct up_folder_lock {
    int descriptor; /* 0 when not held */
} up_folder_lock;
UP_MUST_CHECK up_status up_folder_lock_take(const char *folder, up_folder_lock *lock,
                                            up_error *err);
/* The same without waiting; *taken tells whether the lock is held. */
UP_MUST_CHECK up_status up_folder_lock_try(const char *folder, up_folder_lock *lock,
                                           bool *taken, up_error *err);
void up_folder_lock_release(up_folder_lock *lock);

/* Where bytes go, piece by piece: into a file that is being written, or into a text. */
typedef struct up_sink {
    up_status (*put)(void *context, const char *bytes, size_t length, up_error *err);
    void *context;
} up_sink;
up_sink up_sink_into(up_buffer *text);
/* Gives the bytes of a file to sink, from the first to the last. */
typedef up_status up_file_writer(const void *context, const up_sink *sink, up_error *err);

typedef struct up_commit up_commit;
UP_MUST_CHECK up_status up_commit_new(const char *folder, up_commit **out, up_error *err);
/* Copies data. A later stage of the same name replaces the earlier one. UP_USAGE for a name
 * that is no plain file name ('/', a leading dot). */
UP_MUST_CHECK up_status up_commit_stage(up_commit *commit, const char *name,
                                        const char *data, size_t length, up_error *err);
/* The same for a file that is too large to hold: `write` is called by up_commit_run, once each
 * time it is tried; context is borrowed until then. */
UP_MUST_CHECK up_status up_commit_stage_writer(up_commit *commit, const char *name,
                                               up_file_writer *write, const void *context,
                                               up_error *err);
/* Takes a file away; one that is not there is no error. */
UP_MUST_CHECK up_status up_commit_stage_removal(up_commit *commit, const char *name,
                                                up_error *err);
/* Leaves the folder as it was on failure (temporaries removed); should a rename fail after an
 * earlier one was done, `.commit` stays for the next opener to complete. A symbolic link or
 * anything else that is no regular file is refused: the link would be cut. */
UP_MUST_CHECK up_status up_commit_run(up_commit *commit, up_error *err);
void up_commit_free(up_commit *commit);

/* Whether an interrupted commit lies in folder. */
bool up_commit_is_pending(const char *folder);
/* Completes or discards it and removes every temporary of dead writers; the caller holds the
 * lock. UP_BAD_DATA when it is half done and a temporary is missing: nothing is touched. */
UP_MUST_CHECK up_status up_commit_recover(const char *folder, up_error *err);
/* For a reader who may not write in folder: the path under which the newest whole state of
 * `name` stands, its temporary while a whole `.commit` waits, else the file itself. */
UP_MUST_CHECK up_status up_commit_path(const char *folder, const char *name, char **path,
                                       up_error *err);

#ifdef __cplusplus
}
#endif
#endif
