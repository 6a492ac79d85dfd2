/* Files as others published them. Those that are small stand in tests/data/published, with their
 * sources and licences; those that are large are looked for beside the project, and a test of them
 * skips visibly where they are not. */
#ifndef UPTICK_TESTS_PUBLISHED_H
#define UPTICK_TESTS_PUBLISHED_H

#include "scratch.h"

#include <unistd.h>

#define PUBLISHED       UPTICK_SOURCE_DIR "/tests/data/published"
#define PUBLISHED_LARGE UPTICK_SOURCE_DIR "/../shared/data/real"

/* Whether the file is one that the project keeps; else it is a large one. */
static inline bool published_is_kept(const char *file)
{
    char path[SCRATCH_PATH];
    scratch_path(path, PUBLISHED, file);
    return access(path, F_OK) == 0;
}

static inline const char *published_folder(const char *file)
{
    return published_is_kept(file) ? PUBLISHED : PUBLISHED_LARGE;
}

/* Ends the test as skipped, with a word, where the large files are not. */
static inline void published_need_large(void)
{
    if (access(PUBLISHED_LARGE, F_OK) == 0)
        return;
    print_message("skipped: the large published files are not here\n");
    skip();
}

#endif
