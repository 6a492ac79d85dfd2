/* What file.c and commit.c share: writing a new file so that it is on disk, and keeping who
 * may read it. Private to src/base. */
#ifndef UPTICK_BASE_FILEIO_H
#define UPTICK_BASE_FILEIO_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

#include "uptick/file.h"

/* Writes all bytes to an open descriptor. `name` is the file that errors speak of. */
UP_MUST_CHECK up_status up_fileio_write(int descriptor, const char *data, size_t length,
                                        const char *name, up_error *err);
/* Makes `path`, which must not exist, with these bytes, fsynced; with the mode and, where
 * permitted, the owner of `like` (NULL: as the umask says). Nothing is left on failure. */
UP_MUST_CHECK up_status up_fileio_create(const char *path, const char *data,
                                         size_t length, const struct stat *like,
                                         const char *name, up_error *err);
/* The same with what `write` gives; *length is how many bytes that was. */
UP_MUST_CHECK up_status up_fileio_create_from(const char *path, up_file_writer *write,
                                              const void *context, size_t *length,
                                              const struct stat *like, const char *name,
                                              up_error *err);
/* Makes the folder's entries durable. */
UP_MUST_CHECK up_status up_fileio_sync_folder(const char *folder, up_error *err);

#endif
