/* For tests: a folder of their own under the system's temporary one, and whole files in it.
 * Every failure fails the test that called. */
#ifndef UPTICK_TESTS_SCRATCH_H
#define UPTICK_TESTS_SCRATCH_H

#include <dirent.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { SCRATCH_PATH = 512 };

/* What fits in a path, else the test fails. */
static inline void scratch_path(char out[SCRATCH_PATH], const char *folder,
                                const char *name)
{
    int length = snprintf(out, SCRATCH_PATH, "%s/%s", folder, name);
    assert_true(length > 0 && length < SCRATCH_PATH);
}

static inline void scratch_make(char folder[SCRATCH_PATH])
{
    const char *base = getenv("TMPDIR");
    scratch_path(folder, base != NULL ? base : "/tmp", "uptick-test-XXXXXX");
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chmod(folder, 0755), 0);
}

static inline void scratch_remove(const char *path)
{
    struct stat st;
    if (lstat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
        chmod(path, 0700);
        DIR *entries = opendir(path);
        assert_non_null(entries);
        struct dirent *entry;
        while ((entry = readdir(entries)) != NULL) {
            if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
                continue;
            char inner[SCRATCH_PATH];
            scratch_path(inner, path, entry->d_name);
            scratch_remove(inner);
        }
        closedir(entries);
    }
    assert_int_equal(remove(path), 0);
}

static inline void scratch_write_bytes(const char *folder, const char *name,
                                       const char *data, size_t length)
{
    char path[SCRATCH_PATH];
    scratch_path(path, folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(data, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

static inline void scratch_write(const char *folder, const char *name, const char *text)
{
    scratch_write_bytes(folder, name, text, strlen(text));
}

/* The text of a file (caller frees); NULL when it is not there. */
static inline char *scratch_read(const char *folder, const char *name)
{
    char path[SCRATCH_PATH];
    scratch_path(path, folder, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return NULL;
    size_t length = 0, capacity = 1 << 16;
    char *text = malloc(capacity);
    assert_non_null(text);
    for (size_t got; (got = fread(text + length, 1, capacity - length - 1, file)) > 0;) {
        length += got;
        if (capacity - length < 2) {
            text = realloc(text, capacity *= 2);
            assert_non_null(text);
        }
    }
    text[length] = '\0';
    fclose(file);
    return text;
}

static inline void scratch_assert_text(const char *folder, const char *name,
                                       const char *wanted)
{
    char *text = scratch_read(folder, name);
    if (text == NULL)
        fail_msg("%s is missing", name);
    assert_string_equal(text, wanted);
    free(text);
}

/* How many entries the folder has, hidden ones too. */
static inline size_t scratch_count(const char *folder)
{
    size_t count = 0;
    DIR *entries = opendir(folder);
    assert_non_null(entries);
    while (readdir(entries) != NULL)
        count++;
    closedir(entries);
    return count - 2;
}

/* Runs `body` in a child that may not write in `folder` (as root: under another user), and
 * returns its exit code; the child must end with _exit. */
static inline int scratch_run_read_only(const char *folder, int (*body)(const char *))
{
    assert_int_equal(chmod(folder, 0555), 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
            _exit(99);
        _exit(body(folder));
    }
    int state = 0;
    assert_int_equal(waitpid(pid, &state, 0), pid);
    assert_int_equal(chmod(folder, 0755), 0);
    return WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
}

#endif
