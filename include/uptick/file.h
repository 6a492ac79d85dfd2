/* Files: whole reads, atomic replacement of several files at once, a lock that dies with its
 * holder.
 *
 *     up_folder_lock lock;
 *     up_folder_lock_take("series", &lock, err);        // waits for other writers
 *     up_commit *commit;  up_commit_new("series", &commit, err);
 *     up_commit_stage(commit, "ai-users.csv", data, length, err);
 *     up_commit_run(commit, err);                       // all or none, on disk when it returns
 *     up_commit_free(commit);
 *     up_folder_lock_release(&lock);
 *
 * How it is atomic: each staged file is written as a temporary in the folder and fsynced;
 * with more than one file the list of renames is then made durable as `.commit`; then come
 * the renames, an fsync of the folder and the removal of `.commit`. Who finds a `.commit` at
 * the next opening completes it when whole (every temporary still to be renamed exists), and
 * discards it and its temporaries otherwise. Temporaries are named `.tmp-NAME`. */
#ifndef UPTICK_FILE_H
#define UPTICK_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "uptick/error.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The whole file as bytes plus a final NUL; *data is the caller's to free. */
UP_MUST_CHECK up_status up_file_read(const char *path, char **data, size_t *length,
                                     up_error *err);
bool up_file_exists(const char *path);
/* Replaces one file atomically (temporary, fsync, rename, fsync of the folder), keeping the
 * mode of the file that was there. For outputs: charts, exports. */
UP_MUST_CHECK up_status up_file_replace(const char *path, const char *data, size_t length,
                                        up_error *err);
/* folder + "/" + name, owned by the caller. */
UP_MUST_CHECK up_status up_path_join(const char *folder, const char *name, char **out,
                                     up_error *err);

/* An exclusive advisory lock (flock) on an open folder. Waits; freed by the kernel when the
 * holder dies, so there is never a stale one. Works in a read-only folder too. */
typedef struct up_folder_lock {
    int descriptor; /* -1 when not held */
} up_folder_lock;
UP_MUST_CHECK up_status up_folder_lock_take(const char *folder, up_folder_lock *lock,
                                            up_error *err);
void up_folder_lock_release(up_folder_lock *lock);

typedef struct up_commit up_commit;
UP_MUST_CHECK up_status up_commit_new(const char *folder, up_commit **out, up_error *err);
/* Copies data. A later stage of the same name replaces the earlier one. name has no '/'. */
UP_MUST_CHECK up_status up_commit_stage(up_commit *commit, const char *name,
                                        const char *data, size_t length, up_error *err);
/* Leaves the folder as it was on failure (temporaries removed). */
UP_MUST_CHECK up_status up_commit_run(up_commit *commit, up_error *err);
void up_commit_free(up_commit *commit);
/* Whether an interrupted commit lies in folder, and its completion or removal; the caller
 * holds the lock. */
bool up_commit_is_pending(const char *folder);
UP_MUST_CHECK up_status up_commit_recover(const char *folder, up_error *err);

#ifdef __cplusplus
}
#endif
#endif
