#include "scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>

#include "uptick/file.h"

static char folder[SCRATCH_PATH];

static int make_folder(void **state)
{
    (void)state;
    scratch_make(folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    scratch_remove(folder);
    return 0;
}

static const char *in_folder(const char *name)
{
    static char path[SCRATCH_PATH];
    scratch_path(path, folder, name);
    return path;
}

/* Until restored, no file may grow past `bytes`: a write beyond fails as on a full disk. */
static void limit_file_size(rlim_t bytes)
{
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit limit;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* --- Reading ----------------------------------------------------------------------- */

static void file_is_read_with_every_byte_and_a_nul(void **state)
{
    (void)state;
    scratch_write_bytes(folder, "a", "x\0y\n", 4);
    char *data = NULL;
    size_t length = 0;
    assert_int_equal(up_file_read(in_folder("a"), &data, &length, NULL), UP_OK);
    assert_int_equal(length, 4);
    assert_memory_equal(data, "x\0y\n", 5);
    free(data);

    scratch_write(folder, "empty", "");
    assert_int_equal(up_file_read(in_folder("empty"), &data, &length, NULL), UP_OK);
    assert_int_equal(length, 0);
    assert_string_equal(data, "");
    free(data);
}

static void file_without_a_size_is_read_to_its_end(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        char block[10000];
        memset(block, 'x', sizeof block);
        for (int i = 0; i < 20; i++)
            if (write(ends[1], block, sizeof block) != (ssize_t)sizeof block)
                _exit(1);
        _exit(0);
    }
    close(ends[1]);
    char name[64], *data = NULL;
    snprintf(name, sizeof name, "/dev/fd/%d", ends[0]);
    size_t length = 0;
    assert_int_equal(up_file_read(name, &data, &length, NULL), UP_OK);
    assert_int_equal(length, 200000);
    free(data);
    close(ends[0]);
    waitpid(pid, NULL, 0);
}

static void file_that_cannot_be_read_says_why(void **state)
{
    (void)state;
    char *data = NULL;
    size_t length = 7;
    up_error err;
    assert_int_equal(up_file_read(in_folder("none"), &data, &length, &err), UP_SYSTEM);
    assert_string_equal(err.source, in_folder("none"));
    assert_string_equal(err.message, "cannot open: No such file or directory");
    assert_int_equal(up_file_read(folder, &data, &length, &err), UP_SYSTEM);
    assert_string_equal(err.message, "cannot read: Is a directory");
    assert_null(data);
    assert_int_equal(length, 7);
    assert_false(up_file_exists(in_folder("none")));
    assert_true(up_file_exists(folder));
}

static void path_join_adds_one_slash(void **state)
{
    (void)state;
    const char *const cases[][2] = {
        {"series", "series/a"}, {"series//", "series/a"}, {"/", "/a"}, {"", "a"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *path = NULL;
        assert_int_equal(up_path_join(cases[i][0], "a", &path, NULL), UP_OK);
        assert_string_equal(path, cases[i][1]);
        free(path);
    }
}

/* --- Replacing --------------------------------------------------------------------- */

static void replace_keeps_mode_and_leaves_nothing_else(void **state)
{
    (void)state;
    scratch_write(folder, "chart.svg", "old");
    assert_int_equal(chmod(in_folder("chart.svg"), 0640), 0);
    assert_int_equal(up_file_replace(in_folder("chart.svg"), "new", 3, NULL), UP_OK);
    scratch_assert_text(folder, "chart.svg", "new");
    struct stat st;
    assert_int_equal(stat(in_folder("chart.svg"), &st), 0);
    assert_int_equal(st.st_mode & 07777, 0640);
    assert_int_equal(up_file_replace(in_folder("fresh.svg"), "1", 1, NULL), UP_OK);
    scratch_assert_text(folder, "fresh.svg", "1");
    assert_int_equal(scratch_count(folder), 2);
}

static void replace_follows_a_link_and_keeps_it(void **state)
{
    (void)state;
    scratch_write(folder, "real", "old");
    assert_int_equal(symlink("real", in_folder("link")), 0);
    assert_int_equal(up_file_replace(in_folder("link"), "new", 3, NULL), UP_OK);
    struct stat st;
    assert_int_equal(lstat(in_folder("link"), &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    scratch_assert_text(folder, "real", "new");
}

static void replace_writes_to_devices_in_place(void **state)
{
    (void)state;
    up_error err;
    assert_int_equal(up_file_replace("/dev/null", "x", 1, NULL), UP_OK);
    struct stat st;
    assert_int_equal(stat("/dev/null", &st), 0);
    assert_true(S_ISCHR(st.st_mode));
    assert_int_equal(up_file_replace("/dev/full", "x", 1, &err), UP_SYSTEM);
    assert_string_equal(err.source, "/dev/full");
    assert_string_equal(err.message, "cannot write: No space left on device");
}

static void replace_refuses_what_it_cannot_write(void **state)
{
    (void)state;
    up_error err;
    assert_int_equal(up_file_replace(folder, "x", 1, &err), UP_SYSTEM);
    assert_string_equal(err.message, "cannot write: Is a directory");
    assert_int_equal(up_file_replace(in_folder("no/such"), "x", 1, &err), UP_SYSTEM);
    assert_string_equal(err.message, "cannot write: No such file or directory");
    assert_int_equal(symlink("nowhere", in_folder("dangling")), 0);
    assert_int_equal(up_file_replace(in_folder("dangling"), "x", 1, &err), UP_SYSTEM);
    assert_string_equal(err.message, "cannot write: No such file or directory");
    assert_int_equal(scratch_count(folder), 1);
}

static void replace_on_a_full_disk_keeps_the_old_file(void **state)
{
    (void)state;
    scratch_write(folder, "out.csv", "old");
    char big[5000];
    memset(big, 'x', sizeof big);
    up_error err;
    limit_file_size(4096);
    up_status status = up_file_replace(in_folder("out.csv"), big, sizeof big, &err);
    limit_file_size(RLIM_INFINITY);
    assert_int_equal(status, UP_SYSTEM);
    assert_string_equal(err.source, in_folder("out.csv"));
    assert_string_equal(err.message, "cannot write: File too large");
    scratch_assert_text(folder, "out.csv", "old");
    assert_int_equal(scratch_count(folder), 1);
}

/* --- Stamps ------------------------------------------------------------------------ */

static void stamp_changes_when_a_file_is_replaced(void **state)
{
    (void)state;
    up_file_stamp none, before, after;
    up_file_stamp_take(in_folder("a"), &none);
    assert_int_equal(none.inode, 0);
    scratch_write(folder, "a", "1");
    up_file_stamp_take(in_folder("a"), &before);
    assert_false(up_file_stamp_equal(&none, &before));
    up_file_stamp_take(in_folder("a"), &after);
    assert_true(up_file_stamp_equal(&before, &after));
    assert_int_equal(up_file_replace(in_folder("a"), "2", 1, NULL), UP_OK);
    up_file_stamp_take(in_folder("a"), &after);
    assert_false(up_file_stamp_equal(&before, &after));
}

/* --- The lock ---------------------------------------------------------------------- */

static void lock_keeps_a_second_holder_out(void **state)
{
    (void)state;
    up_folder_lock first = {0}, second = {0};
    bool taken = true;
    assert_int_equal(up_folder_lock_take(folder, &first, NULL), UP_OK);
    assert_int_equal(up_folder_lock_try(folder, &second, &taken, NULL), UP_OK);
    assert_false(taken);
    up_folder_lock_release(&second); /* not held: nothing happens */
    up_folder_lock_release(&first);
    up_folder_lock_release(&first);
    up_folder_lock_release(NULL);
    assert_int_equal(up_folder_lock_try(folder, &second, &taken, NULL), UP_OK);
    assert_true(taken);
    up_folder_lock_release(&second);
}

static void lock_dies_with_its_holder(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        up_folder_lock held = {0};
        char done = up_folder_lock_take(folder, &held, NULL) == UP_OK ? 'y' : 'n';
        if (write(ends[1], &done, 1) != 1)
            _exit(1);
        pause();
    }
    char done = 'n';
    assert_int_equal(read(ends[0], &done, 1), 1);
    assert_int_equal(done, 'y');
    up_folder_lock lock = {0};
    bool taken = true;
    assert_int_equal(up_folder_lock_try(folder, &lock, &taken, NULL), UP_OK);
    assert_false(taken);
    kill(pid, SIGKILL);
    assert_int_equal(up_folder_lock_take(folder, &lock, NULL), UP_OK);
    up_folder_lock_release(&lock);
    waitpid(pid, NULL, 0);
    close(ends[0]);
    close(ends[1]);
}

static void lock_of_a_missing_folder_fails(void **state)
{
    (void)state;
    up_folder_lock lock = {0};
    up_error err;
    assert_int_equal(up_folder_lock_take(in_folder("none"), &lock, &err), UP_SYSTEM);
    assert_string_equal(err.message, "cannot open the folder: No such file or directory");
    scratch_write(folder, "file", "");
    assert_int_equal(up_folder_lock_take(in_folder("file"), &lock, &err), UP_SYSTEM);
    assert_string_equal(err.message, "cannot open the folder: Not a directory");
}

/* --- Commits ----------------------------------------------------------------------- */

static up_commit *commit_of(const char *const files[][2], size_t count)
{
    up_commit *commit = NULL;
    assert_int_equal(up_commit_new(folder, &commit, NULL), UP_OK);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(
            up_commit_stage(commit, files[i][0], files[i][1], strlen(files[i][1]), NULL),
            UP_OK);
    return commit;
}

static void commit_replaces_all_its_files(void **state)
{
    (void)state;
    scratch_write(folder, "a.csv", "old a");
    assert_int_equal(chmod(in_folder("a.csv"), 0604), 0);
    const char *const files[][2] = {
        {"a.csv", "first"}, {"b.csv", "new b"}, {"a.csv", "new a"}};
    up_commit *commit = commit_of(files, 3);
    assert_int_equal(up_commit_run(commit, NULL), UP_OK);
    up_commit_free(commit);
    scratch_assert_text(folder, "a.csv", "new a");
    scratch_assert_text(folder, "b.csv", "new b");
    assert_int_equal(scratch_count(folder), 2);
    struct stat st;
    assert_int_equal(stat(in_folder("a.csv"), &st), 0);
    assert_int_equal(st.st_mode & 07777, 0604);

    commit = commit_of(NULL, 0);
    assert_int_equal(up_commit_run(commit, NULL), UP_OK);
    up_commit_free(commit);
    assert_false(up_commit_is_pending(folder));
}

static void commit_refuses_names_that_are_paths(void **state)
{
    (void)state;
    up_commit *commit = commit_of(NULL, 0);
    const char *const names[] = {"../a", "a/b", "/a", ".commit", "", "a\nb"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        assert_int_equal(up_commit_stage(commit, names[i], "", 0, NULL), UP_USAGE);
    up_error err;
    assert_int_equal(up_commit_stage(commit, "a/b", "", 0, &err), UP_USAGE);
    assert_string_equal(err.message, "'a/b' cannot be written (wanted a plain file name: "
                                     "no '/', no leading dot)");
    up_commit_free(commit);
    up_commit_free(NULL);
}

static void commit_refuses_to_cut_a_link(void **state)
{
    (void)state;
    scratch_write(folder, "real", "old");
    assert_int_equal(symlink("real", in_folder("z.csv")), 0);
    const char *const files[][2] = {{"a.csv", "1"}, {"z.csv", "2"}};
    up_commit *commit = commit_of(files, 2);
    up_error err;
    assert_int_equal(up_commit_run(commit, &err), UP_USAGE);
    assert_string_equal(err.source, in_folder("z.csv"));
    assert_string_equal(err.message, "is a symbolic link, which replacing it would "
                                     "destroy (wanted a regular file)");
    up_commit_free(commit);
    assert_int_equal(scratch_count(folder), 2); /* a.csv was not written */
    assert_int_equal(mkdir(in_folder("b.csv"), 0700), 0);
    const char *const onto_folder[][2] = {{"b.csv", "2"}};
    commit = commit_of(onto_folder, 1);
    assert_int_equal(up_commit_run(commit, &err), UP_USAGE);
    assert_string_equal(err.message, "is a folder, which replacing it would destroy "
                                     "(wanted a regular file)");
    up_commit_free(commit);
}

static void commit_on_a_full_disk_changes_nothing(void **state)
{
    (void)state;
    scratch_write(folder, "a.csv", "old a");
    char big[5000];
    memset(big, 'x', sizeof big - 1);
    big[sizeof big - 1] = '\0';
    const char *const files[][2] = {{"a.csv", "new a"}, {"b.csv", big}};
    up_commit *commit = commit_of(files, 2);
    up_error err;
    limit_file_size(4096);
    up_status status = up_commit_run(commit, &err);
    limit_file_size(RLIM_INFINITY);
    assert_int_equal(status, UP_SYSTEM);
    assert_string_equal(err.source, in_folder("b.csv"));
    assert_string_equal(err.message, "cannot write: File too large");
    scratch_assert_text(folder, "a.csv", "old a");
    assert_int_equal(scratch_count(folder), 1);
    /* the disk is emptied: the same commit goes through */
    assert_int_equal(up_commit_run(commit, NULL), UP_OK);
    scratch_assert_text(folder, "a.csv", "new a");
    scratch_assert_text(folder, "b.csv", big);
    up_commit_free(commit);
}

static void commit_list_on_a_full_disk_changes_nothing(void **state)
{
    (void)state;
    const char *const files[][2] = {{"a.csv", "a"}, {"b.csv", "b"}};
    up_commit *commit = commit_of(files, 2);
    up_error err;
    limit_file_size(8); /* room for the files, none for the list */
    up_status status = up_commit_run(commit, &err);
    limit_file_size(RLIM_INFINITY);
    assert_int_equal(status, UP_SYSTEM);
    assert_string_equal(err.source, in_folder(".commit"));
    assert_string_equal(err.message, "cannot write: File too large");
    assert_int_equal(scratch_count(folder), 0);
    up_commit_free(commit);
}

static int commit_read_only(const char *where)
{
    up_commit *commit = NULL;
    up_error err = {0};
    if (up_commit_new(where, &commit, NULL) != UP_OK ||
        up_commit_stage(commit, "a.csv", "x", 1, NULL) != UP_OK)
        return 1;
    up_status status = up_commit_run(commit, &err);
    up_commit_free(commit);
    up_folder_lock lock = {0};
    if (up_folder_lock_take(where, &lock, NULL) != UP_OK)
        return 2;
    return status == UP_SYSTEM &&
                   strcmp(err.message, "cannot write: Permission denied") == 0
               ? 0
               : 3;
}

static void commit_in_a_read_only_folder_says_so(void **state)
{
    (void)state;
    scratch_write(folder, "a.csv", "old");
    assert_int_equal(scratch_run_read_only(folder, commit_read_only), 0);
    scratch_assert_text(folder, "a.csv", "old");
}

/* Gives "new c", in two pieces. */
static up_status give_c(const void *context, const up_sink *sink, up_error *err)
{
    const char *text = context;
    up_status status = sink->put(sink->context, text, 2, err);
    return status == UP_OK ? sink->put(sink->context, text + 2, 3, err) : status;
}

static void commit_writes_what_a_writer_gives(void **state)
{
    (void)state;
    up_commit *commit = commit_of(NULL, 0);
    assert_int_equal(up_commit_stage_writer(commit, "c.csv", give_c, "new c", NULL),
                     UP_OK);
    assert_int_equal(up_commit_run(commit, NULL), UP_OK);
    scratch_assert_text(folder, "c.csv", "new c");
    up_commit_free(commit);
    assert_int_equal(scratch_count(folder), 1);
}

enum { BLOCK = 100000, BLOCKS = 7 };

/* 7 blocks of one letter each, every one larger than what is gathered; a small piece between. */
static up_status give_blocks(const void *context, const up_sink *sink, up_error *err)
{
    (void)context;
    char block[BLOCK];
    up_status status = UP_OK;
    for (int i = 0; i < BLOCKS && status == UP_OK; i++) {
        memset(block, 'a' + i, sizeof block);
        status = sink->put(sink->context, block, sizeof block, err);
        if (status == UP_OK)
            status = sink->put(sink->context, "\n", 1, err);
    }
    return status;
}

static void large_and_small_pieces_keep_their_order(void **state)
{
    (void)state;
    up_commit *commit = commit_of(NULL, 0);
    assert_int_equal(up_commit_stage_writer(commit, "c.csv", give_blocks, NULL, NULL),
                     UP_OK);
    assert_int_equal(up_commit_run(commit, NULL), UP_OK);
    up_commit_free(commit);
    char *found = scratch_read(folder, "c.csv");
    up_buffer wanted = {0};
    const up_sink sink = up_sink_into(&wanted);
    assert_int_equal(give_blocks(NULL, &sink, NULL), UP_OK);
    assert_int_equal(wanted.length, BLOCKS * (BLOCK + 1));
    assert_string_equal(found, up_buffer_text(&wanted));
    up_buffer_release(&wanted);
    free(found);
}

static up_status give_a_failure(const void *context, const up_sink *sink, up_error *err)
{
    (void)context;
    up_status status = sink->put(sink->context, "half", 4, err);
    return status == UP_OK ? up_error_set(err, UP_BAD_DATA, "no more") : status;
}

static void commit_whose_writer_fails_changes_nothing(void **state)
{
    (void)state;
    scratch_write(folder, "b.csv", "old b");
    const char *const files[][2] = {{"a.csv", "new a"}};
    up_commit *commit = commit_of(files, 1);
    assert_int_equal(up_commit_stage_removal(commit, "b.csv", NULL), UP_OK);
    assert_int_equal(up_commit_stage_writer(commit, "c.csv", give_a_failure, NULL, NULL),
                     UP_OK);
    up_error err = {0};
    assert_int_equal(up_commit_run(commit, &err), UP_BAD_DATA);
    assert_string_equal(err.message, "no more");
    up_commit_free(commit);
    scratch_assert_text(folder, "b.csv", "old b");
    assert_int_equal(scratch_count(folder), 1);
}

static void commit_takes_files_away(void **state)
{
    (void)state;
    scratch_write(folder, "b.csv", "old b");
    up_commit *commit = commit_of(NULL, 0); /* alone */
    assert_int_equal(up_commit_stage_removal(commit, "b.csv", NULL), UP_OK);
    assert_int_equal(up_commit_run(commit, NULL), UP_OK);
    assert_int_equal(up_commit_run(commit, NULL), UP_OK); /* it is gone: no error */
    up_commit_free(commit);
    assert_int_equal(scratch_count(folder), 0);

    scratch_write(folder, "b.csv", "old b");
    const char *const files[][2] = {{"b.csv", "never"}, {"a.csv", "new a"}};
    commit = commit_of(files, 2);
    assert_int_equal(up_commit_stage_removal(commit, "b.csv", NULL), UP_OK);
    assert_int_equal(up_commit_run(commit, NULL), UP_OK);
    up_commit_free(commit);
    scratch_assert_text(folder, "a.csv", "new a");
    assert_int_equal(scratch_count(folder), 1);
    assert_int_equal(up_commit_new(folder, &commit, NULL), UP_OK);
    assert_int_equal(up_commit_stage_removal(commit, "../b.csv", NULL), UP_USAGE);
    up_commit_free(commit);
}

static void commit_does_not_take_a_link_away(void **state)
{
    (void)state;
    scratch_write(folder, "real", "old");
    assert_int_equal(symlink("real", in_folder("z.csv")), 0);
    const char *const files[][2] = {{"a.csv", "1"}};
    up_commit *commit = commit_of(files, 1);
    assert_int_equal(up_commit_stage_removal(commit, "z.csv", NULL), UP_OK);
    up_error err;
    assert_int_equal(up_commit_run(commit, &err), UP_USAGE);
    assert_string_equal(err.source, in_folder("z.csv"));
    assert_string_equal(err.message, "is a symbolic link, which removing it would "
                                     "destroy (wanted a regular file)");
    up_commit_free(commit);
    assert_int_equal(scratch_count(folder), 2);
}

/* --- Death at every step ------------------------------------------------------------ */

/* The call at which the process dies, counted down; 0: it lives. */
static int calls_left;

static void step(void)
{
    if (calls_left > 0 && --calls_left == 0)
        _exit(77);
}

int __real_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to)
{
    step();
    return __real_rename(from, to);
}

int __real_unlink(const char *path);
int __wrap_unlink(const char *path);
int __wrap_unlink(const char *path)
{
    step();
    return __real_unlink(path);
}

int __real_fsync(int descriptor);
int __wrap_fsync(int descriptor);
int __wrap_fsync(int descriptor)
{
    step();
    return __real_fsync(descriptor);
}

ssize_t __real_write(int descriptor, const void *bytes, size_t length);
ssize_t __wrap_write(int descriptor, const void *bytes, size_t length);
ssize_t __wrap_write(int descriptor, const void *bytes, size_t length)
{
    step();
    return __real_write(descriptor, bytes, length);
}

int __real_close(int descriptor);
int __wrap_close(int descriptor);
int __wrap_close(int descriptor)
{
    step();
    return __real_close(descriptor);
}

/* a is replaced, b goes, c is new. */
static up_commit *commit_of_all_kinds(void)
{
    const char *const files[][2] = {{"a.csv", "new a"}};
    up_commit *commit = commit_of(files, 1);
    assert_int_equal(up_commit_stage_removal(commit, "b.csv", NULL), UP_OK);
    assert_int_equal(up_commit_stage_writer(commit, "c.csv", give_c, "new c", NULL),
                     UP_OK);
    return commit;
}

/* Whether the change was made; half of it fails the test. */
static bool is_changed(void)
{
    char *a = scratch_read(folder, "a.csv"), *b = scratch_read(folder, "b.csv"),
         *c = scratch_read(folder, "c.csv");
    assert_non_null(a);
    bool changed = strcmp(a, "new a") == 0;
    assert_string_equal(a, changed ? "new a" : "old a");
    assert_true((b == NULL) == changed && (c != NULL) == changed);
    assert_true(c == NULL || strcmp(c, "new c") == 0);
    free(a);
    free(b);
    free(c);
    return changed;
}

/* What a reader sees that may not write: the paths of the newest whole state. */
static bool is_changed_for_a_reader(void)
{
    static const char *const names[] = {"a.csv", "c.csv"};
    bool changed[2];
    for (size_t i = 0; i < 2; i++) {
        char *path = NULL, *data = NULL;
        size_t length = 0;
        assert_int_equal(up_commit_path(folder, names[i], &path, NULL), UP_OK);
        changed[i] = up_file_read(path, &data, &length, NULL) == UP_OK &&
                     strncmp(data, "new", 3) == 0;
        free(data);
        free(path);
    }
    assert_true(changed[0] == changed[1]);
    return changed[0];
}

static void death_at_any_step_leaves_all_or_nothing(void **state)
{
    (void)state;
    int steps = 0, changed = 0, code = 77;
    for (; code == 77; steps++) {
        scratch_write(folder, "a.csv", "old a");
        scratch_write(folder, "b.csv", "old b");
        remove(in_folder("c.csv"));
        up_commit *commit = commit_of_all_kinds();
        pid_t pid = fork();
        assert_true(pid >= 0);
        if (pid == 0) {
            calls_left = steps + 1;
            _exit(up_commit_run(commit, NULL) == UP_OK ? 0 : 1);
        }
        int ended = 0;
        assert_int_equal(waitpid(pid, &ended, 0), pid);
        code = WEXITSTATUS(ended);
        up_commit_free(commit);
        bool seen = is_changed_for_a_reader();
        assert_int_equal(up_commit_recover(folder, NULL), UP_OK);
        assert_true(is_changed() == seen); /* and it stays what the reader saw */
        assert_int_equal(scratch_count(folder), 2);
        changed += seen;
    }
    assert_int_equal(code, 0);
    print_message("%d steps, of which %d after the change was decided\n", steps, changed);
    assert_true(changed > 1 && changed < steps);
}

/* --- Recovery ---------------------------------------------------------------------- */

static const char list_of_two[] = "uptick commit 1\n5 a.csv\n5 b.csv\nend\n";

/* The folder as a writer of a.csv and b.csv left it that died at some point: which of the
 * temporaries, the list and the renamed files are there. */
static void crash(const char *list, const char *a_temporary, const char *b_temporary,
                  const char *a, const char *b)
{
    if (list != NULL)
        scratch_write(folder, ".commit", list);
    if (a_temporary != NULL)
        scratch_write(folder, ".tmp-a.csv", a_temporary);
    if (b_temporary != NULL)
        scratch_write(folder, ".tmp-b.csv", b_temporary);
    scratch_write(folder, "a.csv", a);
    scratch_write(folder, "b.csv", b);
}

static void assert_recovered(const char *a, const char *b)
{
    up_error err = {0};
    if (up_commit_recover(folder, &err) != UP_OK)
        fail_msg("%s", err.message);
    scratch_assert_text(folder, "a.csv", a);
    scratch_assert_text(folder, "b.csv", b);
    assert_false(up_commit_is_pending(folder));
    assert_int_equal(scratch_count(folder), 2);
}

static void crash_before_the_list_discards(void **state)
{
    (void)state;
    crash(NULL, "new a", "ne", "old a", "old b");
    assert_false(up_commit_is_pending(folder));
    assert_recovered("old a", "old b");
    crash(NULL, "new a", "new b", "old a", "old b");
    scratch_write(folder, ".tmp-.commit", "uptick commit 1\n5 a.c");
    assert_recovered("old a", "old b");
}

static void crash_after_the_list_completes(void **state)
{
    (void)state;
    crash(list_of_two, "new a", "new b", "old a", "old b");
    assert_true(up_commit_is_pending(folder));
    assert_recovered("new a", "new b");
}

static void crash_between_the_renames_completes(void **state)
{
    (void)state;
    crash(list_of_two, NULL, "new b", "new a", "old b");
    assert_recovered("new a", "new b");
}

static void crash_after_the_renames_removes_the_list(void **state)
{
    (void)state;
    crash(list_of_two, NULL, NULL, "new a", "new b");
    assert_recovered("new a", "new b");
}

static void list_that_is_not_whole_is_discarded(void **state)
{
    (void)state;
    const char *const lists[] = {"",
                                 "uptick commit 1\n5 a.csv\n5 b.csv\n",
                                 "uptick commit 1\n5 a.csv\n5 b.c",
                                 "uptick commit 2\n5 a.csv\n5 b.csv\nend\n",
                                 "uptick commit 1\n5 ../a.csv\nend\n",
                                 "uptick commit 1\n5a a.csv\nend\n",
                                 "uptick commit 1\n a.csv\nend\n",
                                 "uptick commit 1\na.csv\nend\n",
                                 "uptick commit 1\n99999999999999999999 a.csv\nend\n"};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        crash(lists[i], "new a", "new b", "old a", "old b");
        assert_recovered("old a", "old b");
    }
}

static void list_with_a_cut_temporary_is_discarded(void **state)
{
    (void)state;
    crash(list_of_two, "new a", "new", "old a", "old b");
    assert_recovered("old a", "old b");
    crash(list_of_two, "new a", NULL, "old a", "old b");
    assert_recovered("old a", "old b");
}

static void half_done_change_that_cannot_be_completed_is_an_error(void **state)
{
    (void)state;
    crash(list_of_two, NULL, "new", "new a", "old b");
    up_error err;
    assert_int_equal(up_commit_recover(folder, &err), UP_BAD_DATA);
    assert_string_equal(err.source, folder);
    assert_string_equal(err.message,
                        "a change was interrupted half way and its file .tmp-b.csv is "
                        "missing or cut: restore the folder, then delete .commit in it");
    assert_true(up_commit_is_pending(folder));
    assert_int_equal(scratch_count(folder), 4);
}

static void crash_of_a_removal_completes(void **state)
{
    (void)state;
    static const char list[] = "uptick commit 1\n5 a.csv\n- b.csv\nend\n";
    for (int done = 0; done < 3; done++) { /* nothing, the rename, the removal too */
        crash(list, done == 0 ? "new a" : NULL, NULL, done == 0 ? "old a" : "new a",
              "old b");
        if (done == 2)
            remove(in_folder("b.csv"));
        assert_int_equal(up_commit_recover(folder, NULL), UP_OK);
        scratch_assert_text(folder, "a.csv", "new a");
        assert_int_equal(scratch_count(folder), 1);
    }
    crash(list, "cut", NULL, "old a", "old b");
    assert_recovered("old a", "old b");
    crash("uptick commit 1\n-- b.csv\nend\n", NULL, NULL, "old a", "old b");
    assert_recovered("old a", "old b");
    crash("uptick commit 1\n- b.csv\n- ../x\nend\n", NULL, NULL, "old a", "old b");
    assert_recovered("old a", "old b");
}

static void assert_path(const char *name, const char *wanted)
{
    char *path = NULL;
    assert_int_equal(up_commit_path(folder, name, &path, NULL), UP_OK);
    assert_string_equal(path, in_folder(wanted));
    free(path);
}

static void path_of_the_newest_state_is_found_without_writing(void **state)
{
    (void)state;
    crash(NULL, "new a", "new b", "old a", "old b");
    assert_path("a.csv", "a.csv");
    crash(list_of_two, "new a", "new b", "old a", "old b");
    assert_path("a.csv", ".tmp-a.csv");
    assert_path("b.csv", ".tmp-b.csv");
    assert_path("c.csv", "c.csv");
    remove(in_folder(".tmp-a.csv")); /* renamed already */
    assert_path("a.csv", "a.csv");
    assert_path("b.csv", ".tmp-b.csv");
    crash("torn", "new a", "new b", "old a", "old b");
    assert_path("a.csv", "a.csv");
}

static int recover_read_only(const char *where)
{
    up_error err = {0};
    return up_commit_recover(where, &err) == UP_SYSTEM &&
                   strcmp(err.message, "cannot complete an interrupted change: "
                                       "Permission denied") == 0
               ? 0
               : 1;
}

static void recovery_in_a_read_only_folder_says_so(void **state)
{
    (void)state;
    crash(list_of_two, "new a", "new b", "old a", "old b");
    assert_int_equal(scratch_run_read_only(folder, recover_read_only), 0);
    assert_recovered("new a", "new b");
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

/* It is read in blocks at once: every byte in its place, whatever the last block holds. */
static void a_large_file_is_read_as_it_is(void **state)
{
    (void)state;
    static const size_t sizes[] = {4 << 20, (4 << 20) - 1, (5 << 20) + 12345};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        char *bytes = malloc(sizes[i]), *got = NULL;
        size_t length = 0;
        assert_non_null(bytes);
        for (size_t k = 0; k < sizes[i]; k++)
            bytes[k] = (char)(k * 31 + (k >> 12));
        assert_int_equal(up_file_replace(in_folder("large"), bytes, sizes[i], NULL),
                         UP_OK);
        assert_int_equal(up_file_read(in_folder("large"), &got, &length, NULL), UP_OK);
        assert_int_equal(length, sizes[i]);
        assert_memory_equal(got, bytes, length);
        assert_int_equal(got[length], '\0');
        free(got);
        free(bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(file_is_read_with_every_byte_and_a_nul),
        IN_FOLDER(file_without_a_size_is_read_to_its_end),
        IN_FOLDER(file_that_cannot_be_read_says_why),
        IN_FOLDER(path_join_adds_one_slash),
        IN_FOLDER(replace_keeps_mode_and_leaves_nothing_else),
        IN_FOLDER(replace_follows_a_link_and_keeps_it),
        IN_FOLDER(replace_writes_to_devices_in_place),
        IN_FOLDER(replace_refuses_what_it_cannot_write),
        IN_FOLDER(replace_on_a_full_disk_keeps_the_old_file),
        IN_FOLDER(stamp_changes_when_a_file_is_replaced),
        IN_FOLDER(lock_keeps_a_second_holder_out),
        IN_FOLDER(lock_dies_with_its_holder),
        IN_FOLDER(lock_of_a_missing_folder_fails),
        IN_FOLDER(commit_replaces_all_its_files),
        IN_FOLDER(commit_refuses_names_that_are_paths),
        IN_FOLDER(commit_refuses_to_cut_a_link),
        IN_FOLDER(commit_on_a_full_disk_changes_nothing),
        IN_FOLDER(commit_list_on_a_full_disk_changes_nothing),
        IN_FOLDER(commit_in_a_read_only_folder_says_so),
        IN_FOLDER(commit_writes_what_a_writer_gives),
        IN_FOLDER(large_and_small_pieces_keep_their_order),
        IN_FOLDER(commit_whose_writer_fails_changes_nothing),
        IN_FOLDER(commit_takes_files_away),
        IN_FOLDER(commit_does_not_take_a_link_away),
        IN_FOLDER(death_at_any_step_leaves_all_or_nothing),
        IN_FOLDER(crash_before_the_list_discards),
        IN_FOLDER(crash_after_the_list_completes),
        IN_FOLDER(crash_between_the_renames_completes),
        IN_FOLDER(crash_after_the_renames_removes_the_list),
        IN_FOLDER(list_that_is_not_whole_is_discarded),
        IN_FOLDER(list_with_a_cut_temporary_is_discarded),
        IN_FOLDER(half_done_change_that_cannot_be_completed_is_an_error),
        IN_FOLDER(crash_of_a_removal_completes),
        IN_FOLDER(path_of_the_newest_state_is_found_without_writing),
        IN_FOLDER(recovery_in_a_read_only_folder_says_so),
        IN_FOLDER(a_large_file_is_read_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
