/* `.commit` is text: a first line, one line "SIZE NAME" per file in the order of the renames,
 * a last line. Without the last line, or with a line that is not that, it is not whole. */
#include "uptick/file.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fileio.h"
#include "base/memory.h"
#include "uptick/buffer.h"

#define LIST_NAME        ".commit"
#define TEMPORARY_PREFIX ".tmp-"
#define REMOVAL          "-" /* in place of a size */
static const char first_line[] = "uptick commit 1\n";
static const char last_line[] = "end\n";

typedef struct staged {
    char *name, *data; /* data is NULL when a writer gives the bytes, or it goes */
    size_t length;
    up_file_writer *write;
    const void *context;
    bool goes;
    char *path, *temporary; /* where it belongs, where it is written */
    bool written;
} staged;

struct up_commit {
    char *folder;
    staged *files;
    size_t count, capacity;
};

static up_status temporary_path(const char *folder, const char *name, char **path,
                                up_error *err)
{
    up_buffer text = {0};
    up_buffer_add(&text, TEMPORARY_PREFIX);
    up_buffer_add(&text, name);
    up_status status = up_buffer_check(&text, err);
    if (status == UP_OK)
        status = up_path_join(folder, text.data, path, err);
    up_buffer_release(&text);
    return status;
}

static bool is_plain_name(const char *name)
{
    return name[0] != '\0' && name[0] != '.' && strpbrk(name, "/\n\r") == NULL;
}

/* --- Staging ----------------------------------------------------------------------- */

up_status up_commit_new(const char *folder, up_commit **out, up_error *err)
{
    up_commit *commit = NULL;
    if (up_alloc(1, sizeof *commit, &commit, err) != UP_OK)
        return UP_SYSTEM;
    if (up_copy_text(folder, &commit->folder, err) != UP_OK) {
        free(commit);
        return UP_SYSTEM;
    }
    *out = commit;
    return UP_OK;
}

static void staged_release(staged *file)
{
    free(file->name);
    free(file->data);
    free(file->path);
    free(file->temporary);
}

static staged *find_staged(up_commit *commit, const char *name)
{
    for (size_t i = 0; i < commit->count; i++)
        if (strcmp(commit->files[i].name, name) == 0)
            return &commit->files[i];
    return NULL;
}

/* Takes the data of file on success. */
static up_status stage(up_commit *commit, const char *name, staged file, up_error *err)
{
    if (!is_plain_name(name))
        return up_error_set(err, UP_USAGE,
                            "'%s' cannot be written (wanted a plain file name: no '/', "
                            "no leading dot)",
                            name);
    up_status status = up_copy_text(name, &file.name, err);
    if (status == UP_OK)
        status = up_path_join(commit->folder, name, &file.path, err);
    if (status == UP_OK)
        status = temporary_path(commit->folder, name, &file.temporary, err);
    staged *earlier = status == UP_OK ? find_staged(commit, name) : NULL;
    if (status == UP_OK && earlier == NULL)
        status = up_grow(&commit->files, &commit->capacity, commit->count + 1,
                         sizeof *commit->files, err);
    if (status != UP_OK) {
        file.data = NULL;
        staged_release(&file);
        return status;
    }
    if (earlier != NULL)
        staged_release(earlier);
    else
        earlier = &commit->files[commit->count++];
    *earlier = file;
    return UP_OK;
}

up_status up_commit_stage(up_commit *commit, const char *name, const char *data,
                          size_t length, up_error *err)
{
    staged file = {.length = length};
    up_status status = up_copy_bytes(data, length, &file.data, err);
    if (status == UP_OK)
        status = stage(commit, name, file, err);
    if (status != UP_OK)
        free(file.data);
    return status;
}

up_status up_commit_stage_writer(up_commit *commit, const char *name,
                                 up_file_writer *write, const void *context,
                                 up_error *err)
{
    return stage(commit, name, (staged){.write = write, .context = context}, err);
}

up_status up_commit_stage_removal(up_commit *commit, const char *name, up_error *err)
{
    return stage(commit, name, (staged){.goes = true}, err);
}

void up_commit_free(up_commit *commit)
{
    if (commit == NULL)
        return;
    for (size_t i = 0; i < commit->count; i++)
        staged_release(&commit->files[i]);
    free(commit->files);
    free(commit->folder);
    free(commit);
}

/* --- Running ----------------------------------------------------------------------- */

/* *is_there tells whether there is a file, and st which. */
static up_status check_target(const staged *file, struct stat *st, bool *is_there,
                              up_error *err)
{
    *is_there = lstat(file->path, st) == 0;
    if (!*is_there && errno != ENOENT)
        return up_error_errno(err, file->path, "cannot write", errno);
    if (*is_there && !S_ISREG(st->st_mode))
        return up_error_at(err, UP_USAGE, file->path, 0,
                           "is %s, which %s it would destroy (wanted a regular file)",
                           S_ISLNK(st->st_mode)   ? "a symbolic link"
                           : S_ISDIR(st->st_mode) ? "a folder"
                                                  : "no regular file",
                           file->goes ? "removing" : "replacing");
    return UP_OK;
}

static up_status write_temporary(staged *file, up_error *err)
{
    struct stat st;
    bool is_there;
    up_status status = check_target(file, &st, &is_there, err);
    if (status != UP_OK || file->goes)
        return status;
    const struct stat *like = is_there ? &st : NULL;
    unlink(file->temporary); /* a dead writer's; we hold the lock */
    if (file->write != NULL)
        status = up_fileio_create_from(file->temporary, file->write, file->context,
                                       &file->length, like, file->path, err);
    else
        status = up_fileio_create(file->temporary, file->data, file->length, like,
                                  file->path, err);
    file->written = status == UP_OK;
    return status;
}

static up_status write_list(const up_commit *commit, const char *path, up_error *err)
{
    char *temporary = NULL;
    up_buffer text = {0};
    up_buffer_add(&text, first_line);
    for (size_t i = 0; i < commit->count; i++)
        if (!commit->files[i].goes)
            up_buffer_addf(&text, "%zu %s\n", commit->files[i].length,
                           commit->files[i].name);
    for (size_t i = 0; i < commit->count; i++)
        if (commit->files[i].goes)
            up_buffer_addf(&text, REMOVAL " %s\n", commit->files[i].name);
    up_buffer_add(&text, last_line);
    up_status status = up_buffer_check(&text, err);
    if (status == UP_OK)
        status = temporary_path(commit->folder, LIST_NAME, &temporary, err);
    if (status == UP_OK) {
        unlink(temporary);
        status = up_fileio_create(temporary, text.data, text.length, NULL, path, err);
    }
    /* The temporaries first, so that a list never outlives one of them. */
    if (status == UP_OK)
        status = up_fileio_sync_folder(commit->folder, err);
    if (status == UP_OK && rename(temporary, path) != 0)
        status = up_error_errno(err, path, "cannot write", errno);
    if (status != UP_OK && temporary != NULL)
        unlink(temporary);
    if (status == UP_OK) {
        status = up_fileio_sync_folder(commit->folder, err);
        if (status != UP_OK)
            unlink(path);
    }
    free(temporary);
    up_buffer_release(&text);
    return status;
}

/* *done counts the files in place, so that the caller knows whether it may still undo. */
static up_status rename_all(up_commit *commit, size_t *done, up_error *err)
{
    for (size_t i = 0; i < commit->count; i++) {
        staged *file = &commit->files[i];
        if (file->goes)
            continue;
        if (rename(file->temporary, file->path) != 0)
            return up_error_errno(err, file->path, "cannot replace", errno);
        file->written = false;
        ++*done;
    }
    return UP_OK;
}

/* After the renames, so that what replaces a file stands before it goes. */
static up_status remove_all(const up_commit *commit, size_t *done, up_error *err)
{
    for (size_t i = 0; i < commit->count; i++) {
        const staged *file = &commit->files[i];
        if (!file->goes)
            continue;
        if (unlink(file->path) != 0 && errno != ENOENT)
            return up_error_errno(err, file->path, "cannot remove", errno);
        ++*done;
    }
    return UP_OK;
}

static void remove_temporaries(const up_commit *commit)
{
    for (size_t i = 0; i < commit->count; i++)
        if (commit->files[i].written)
            unlink(commit->files[i].temporary);
}

static up_status run_renames(up_commit *commit, const char *list, up_error *err)
{
    size_t done = 0;
    bool listed = commit->count > 1;
    up_status status = listed ? write_list(commit, list, err) : UP_OK;
    bool decided = status == UP_OK && listed;
    if (status == UP_OK)
        status = rename_all(commit, &done, err);
    if (status == UP_OK)
        status = remove_all(commit, &done, err);
    if (status == UP_OK)
        status = up_fileio_sync_folder(commit->folder, err);
    if (status != UP_OK && done == 0) {
        if (decided)
            unlink(list); /* before the temporaries it names */
        remove_temporaries(commit);
    }
    if (status == UP_OK && listed) {
        /* Durably gone before anyone stages the next change: an old list must not come
         * back after a power cut and find new temporaries. */
        if (unlink(list) != 0)
            return up_error_errno(err, list, "cannot remove", errno);
        status = up_fileio_sync_folder(commit->folder, err);
    }
    return status;
}

up_status up_commit_run(up_commit *commit, up_error *err)
{
    if (commit->count == 0)
        return UP_OK;
    char *list = NULL;
    up_status status = up_path_join(commit->folder, LIST_NAME, &list, err);
    for (size_t i = 0; i < commit->count && status == UP_OK; i++)
        status = write_temporary(&commit->files[i], err);
    if (status == UP_OK)
        status = run_renames(commit, list, err);
    else
        remove_temporaries(commit);
    free(list);
    return status;
}

/* --- What a dead writer left -------------------------------------------------------- */

/* The size in [at, end), or the mark of a removal. */
static bool read_size(const char *at, const char *end, staged *file)
{
    size_t size = 0;
    file->goes = end - at == 1 && *at == REMOVAL[0];
    for (; at < end && !file->goes; at++) {
        if (*at < '0' || *at > '9' || size > SIZE_MAX / 10 - 1)
            return false;
        size = size * 10 + (size_t)(*at - '0');
    }
    file->length = size;
    return true;
}

/* Reads "SIZE NAME\n" at *at and moves past it. */
static bool read_entry(const char **at, const char *end, staged *file, up_error *err)
{
    const char *newline = memchr(*at, '\n', (size_t)(end - *at));
    const char *blank = memchr(*at, ' ', (size_t)(end - *at));
    if (newline == NULL || blank == NULL || blank > newline || blank == *at ||
        !read_size(*at, blank, file))
        return false;
    if (up_copy_bytes(blank + 1, (size_t)(newline - blank - 1), &file->name, err) !=
        UP_OK)
        return false;
    *at = newline + 1;
    return is_plain_name(file->name);
}

static bool parse_list(const char *text, size_t length, up_commit *commit, up_error *err)
{
    const char *at = text, *end = text + length;
    if (strncmp(at, first_line, strlen(first_line)) != 0)
        return false;
    at += strlen(first_line);
    while (strcmp(at, last_line) != 0) {
        if (up_grow(&commit->files, &commit->capacity, commit->count + 1,
                    sizeof *commit->files, err) != UP_OK)
            return false;
        staged *file = &commit->files[commit->count++];
        *file = (staged){0};
        if (!read_entry(&at, end, file, err) ||
            up_path_join(commit->folder, file->name, &file->path, err) != UP_OK ||
            temporary_path(commit->folder, file->name, &file->temporary, err) != UP_OK)
            return false;
    }
    return true;
}

/* The commit as far as its list tells; *whole says whether it could be read to its end. */
static bool is_regular(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0 && S_ISREG(st.st_mode);
}

static up_status load_list(const char *folder, up_commit **out, bool *whole,
                           up_error *err)
{
    char *path = NULL, *text = NULL;
    size_t length = 0;
    up_commit *commit = NULL;
    up_error memory = {0};
    up_status status = up_commit_new(folder, &commit, err);
    if (status == UP_OK)
        status = up_path_join(folder, LIST_NAME, &path, err);
    if (status == UP_OK && !is_regular(path)) /* a pipe would be waited for */
        status = up_error_at(err, UP_BAD_DATA, path, 0, "is no regular file: remove it");
    if (status == UP_OK)
        status = up_file_read(path, &text, &length, err);
    if (status == UP_OK) {
        *whole = parse_list(text, length, commit, &memory);
        if (memory.code != UP_OK)
            status = up_error_memory(err);
    }
    free(text);
    free(path);
    if (status == UP_OK)
        *out = commit;
    else
        up_commit_free(commit);
    return status;
}

static bool temporary_is_whole(const staged *file)
{
    struct stat st;
    return lstat(file->temporary, &st) == 0 && S_ISREG(st.st_mode) &&
           (uintmax_t)st.st_size == (uintmax_t)file->length;
}

/* How many leading files were renamed already, and whether all the others can be. What goes
 * stands at the end of the list, and whether it has gone does not matter. */
static bool can_complete(const up_commit *commit, size_t *renamed)
{
    *renamed = 0;
    while (*renamed < commit->count && !commit->files[*renamed].goes) {
        struct stat st;
        if (lstat(commit->files[*renamed].temporary, &st) == 0)
            break;
        ++*renamed;
    }
    for (size_t i = *renamed; i < commit->count; i++)
        if (!commit->files[i].goes && !temporary_is_whole(&commit->files[i]))
            return false;
    return true;
}

static up_status complete(const up_commit *commit, size_t renamed, up_error *err)
{
    for (size_t i = renamed; i < commit->count; i++) {
        const staged *file = &commit->files[i];
        bool done = file->goes ? unlink(file->path) == 0 || errno == ENOENT
                               : rename(file->temporary, file->path) == 0;
        if (!done)
            return up_error_errno(err, file->path,
                                  "cannot complete an interrupted change", errno);
    }
    return up_fileio_sync_folder(commit->folder, err);
}

static up_status recover_list(const char *folder, up_error *err)
{
    up_commit *commit = NULL;
    bool whole = false;
    size_t renamed = 0;
    up_status status = load_list(folder, &commit, &whole, err);
    if (status != UP_OK)
        return status;
    if (whole && can_complete(commit, &renamed))
        status = complete(commit, renamed, err);
    else if (renamed > 0)
        status =
            up_error_at(err, UP_BAD_DATA, folder, 0,
                        "a change was interrupted half way and its file %s is "
                        "missing or cut: restore the folder, then delete %s in it",
                        commit->files[renamed].temporary + strlen(folder) + 1, LIST_NAME);
    up_commit_free(commit);
    char *path = NULL;
    if (status == UP_OK)
        status = up_path_join(folder, LIST_NAME, &path, err);
    if (status == UP_OK && unlink(path) != 0)
        status = up_error_errno(err, path, "cannot remove", errno);
    if (status == UP_OK)
        status = up_fileio_sync_folder(folder, err);
    free(path);
    return status;
}

static up_status remove_strays(const char *folder, up_error *err)
{
    DIR *entries = opendir(folder);
    if (entries == NULL)
        return up_error_errno(err, folder, "cannot open the folder", errno);
    up_status status = UP_OK;
    struct dirent *entry;
    while (status == UP_OK && (entry = readdir(entries)) != NULL) {
        if (strncmp(entry->d_name, TEMPORARY_PREFIX, strlen(TEMPORARY_PREFIX)) != 0)
            continue;
        char *path = NULL;
        status = up_path_join(folder, entry->d_name, &path, err);
        if (status == UP_OK && is_regular(path) && unlink(path) != 0 && errno != ENOENT)
            status = up_error_errno(err, path, "cannot remove", errno);
        free(path);
    }
    closedir(entries);
    return status;
}

bool up_commit_is_pending(const char *folder)
{
    char
        path[PATH_MAX]; /* no allocation that could fail: the answer has no room for it */
    struct stat st;
    int length = snprintf(path, sizeof path, "%s/" LIST_NAME, folder);
    return length > 0 && (size_t)length < sizeof path && lstat(path, &st) == 0;
}

up_status up_commit_recover(const char *folder, up_error *err)
{
    up_status status = up_commit_is_pending(folder) ? recover_list(folder, err) : UP_OK;
    return status == UP_OK ? remove_strays(folder, err) : status;
}

up_status up_commit_path(const char *folder, const char *name, char **path, up_error *err)
{
    up_commit *commit = NULL;
    bool whole = false;
    size_t renamed = 0;
    if (!up_commit_is_pending(folder))
        return up_path_join(folder, name, path, err);
    up_status status = load_list(folder, &commit, &whole, err);
    if (status != UP_OK) /* unless its writer has removed it just now */
        return up_commit_is_pending(folder) ? status
                                            : up_path_join(folder, name, path, err);
    staged *file = find_staged(commit, name);
    struct stat st;
    if (whole && file != NULL && can_complete(commit, &renamed) &&
        lstat(file->temporary, &st) == 0)
        status = up_copy_text(file->temporary, path, err);
    else
        status = up_path_join(folder, name, path, err);
    up_commit_free(commit);
    return status;
}
