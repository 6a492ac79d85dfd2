/* For tests of the commands: a tracker in a scratch folder, command lines run in-process with
 * their streams caught, and every byte of the store before and after.
 *
 *     RUN("add", "users/China", "2025", "1");        the exit code; see `last` for the rest
 *     SAYS(0, "", "uptick: …\n", "add", …);          and the outputs, NULL: any
 *     REFUSED(2, "uptick: …\n", "add", …);           and the store byte for byte as before */
#ifndef UPTICK_TESTS_CLI_FIXTURE_H
#define UPTICK_TESTS_CLI_FIXTURE_H

#include "scratch.h"

#include "cli/command.h"
#include "uptick/calendar.h"
#include "uptick/file.h"
#include "uptick/process.h"

#define PROGRAM UPTICK_BINARY_DIR "/uptick"
#define COLUMNS                                                                          \
    "entity,period,value,qualifier,low,high,stated,status,reported,source,quote,note\n"

static char root[SCRATCH_PATH], series[SCRATCH_PATH];

/* What the last command line did. */
typedef struct ran {
    int code;
    char *out, *err;
    size_t out_length, err_length;
} ran;
static ran last;
static size_t width;         /* of the terminal that commands are told of */
static const char *tracker_; /* NULL: root */
static const char *config_;  /* the user's configuration; NULL: none */

static inline void forget_last(void)
{
    free(last.out);
    free(last.err);
    last = (ran){0};
}

static inline int run_line(const char *const argv[])
{
    forget_last();
    int argc = 0;
    while (argv[argc] != NULL)
        argc++;
    up_context ctx = {.out = open_memstream(&last.out, &last.out_length),
                      .err = open_memstream(&last.err, &last.err_length),
                      .tracker = tracker_ != NULL ? tracker_ : root,
                      .config = config_,
                      .today = up_date_to_days((up_date){2025, 8, 1}),
                      .as_of = UP_AS_OF_LATEST,
                      .width = width};
    assert_non_null(ctx.out);
    assert_non_null(ctx.err);
    last.code = up_cli_run(&ctx, argc, argv);
    assert_int_equal(fclose(ctx.out), 0);
    assert_int_equal(fclose(ctx.err), 0);
    return last.code;
}

#define LINE(...)                                                                        \
    (const char *const[])                                                                \
    {                                                                                    \
        "uptick", __VA_ARGS__, NULL                                                      \
    }
#define RUN(...) run_line(LINE(__VA_ARGS__))

static inline void assert_said(int code, const char *out, const char *err)
{
    if (last.code != code)
        fail_msg("exit code %d, wanted %d: %s", last.code, code, last.err);
    if (out != NULL)
        assert_string_equal(last.out, out);
    if (err != NULL)
        assert_string_equal(last.err, err);
}

#define SAYS(code, out, err, ...) (RUN(__VA_ARGS__), assert_said(code, out, err))
#define DONE(...)                 SAYS(0, NULL, NULL, __VA_ARGS__)

/* ---- the program itself ---- */

/* Reads to the end; the text is the caller's. */
static inline char *read_end(int descriptor, size_t *length)
{
    up_buffer text = {0};
    char bytes[4096];
    for (ssize_t got; (got = read(descriptor, bytes, sizeof bytes)) > 0;)
        up_buffer_add_bytes(&text, bytes, (size_t)got);
    close(descriptor);
    *length = text.length;
    char *taken = up_buffer_take(&text);
    assert_non_null(taken);
    return taken;
}

/* A child that runs the program on the tracker, after `prepare` (NULL: nothing). */
static inline pid_t start_program(void (*prepare)(void), const char *const argv[],
                                  int out, int err)
{
    fflush(NULL);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid != 0)
        return pid;
    if (dup2(out, STDOUT_FILENO) < 0 || dup2(err, STDERR_FILENO) < 0 ||
        setenv("UPTICK_TRACKER", root, 1) != 0)
        _exit(98);
    if (prepare != NULL)
        prepare();
    execv(PROGRAM, (char *const *)(size_t)argv);
    _exit(99);
}

static inline int wait_program(pid_t pid)
{
    int state = 0;
    assert_int_equal(waitpid(pid, &state, 0), pid);
    return WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
}

static inline int run_program_line(void (*prepare)(void), const char *const argv[])
{
    int out[2], err[2];
    forget_last();
    assert_int_equal(pipe(out), 0);
    assert_int_equal(pipe(err), 0);
    pid_t pid = start_program(prepare, argv, out[1], err[1]);
    close(out[1]);
    close(err[1]);
    last.out = read_end(out[0], &last.out_length);
    last.err = read_end(err[0], &last.err_length);
    return last.code = wait_program(pid);
}

#define RUN_PROGRAM(prepare, ...) run_program_line(prepare, LINE(__VA_ARGS__))

/* ---- the store, byte for byte ---- */

enum { FILES_MAX = 64 };

typedef struct snapshot {
    size_t count;
    struct {
        char *name, *data;
        size_t length;
    } files[FILES_MAX];
} snapshot;

static inline int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static inline snapshot take_snapshot(void)
{
    snapshot s = {0};
    DIR *entries = opendir(series);
    assert_non_null(entries);
    for (struct dirent *entry; (entry = readdir(entries)) != NULL;) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        char path[SCRATCH_PATH];
        up_error err = {0};
        assert_true(s.count < FILES_MAX);
        scratch_path(path, series, entry->d_name);
        s.files[s.count].name = strdup(entry->d_name);
        if (up_file_read(path, &s.files[s.count].data, &s.files[s.count].length, &err))
            fail_msg("%s: %s", err.source, err.message);
        s.count++;
    }
    closedir(entries);
    qsort(s.files, s.count, sizeof s.files[0], by_name);
    return s;
}

static inline void free_snapshot(snapshot *s)
{
    for (size_t i = 0; i < s->count; i++) {
        free(s->files[i].name);
        free(s->files[i].data);
    }
    s->count = 0;
}

static inline void assert_same_store(const snapshot *before, const snapshot *after)
{
    for (size_t i = 0; i < before->count && i < after->count; i++) {
        assert_string_equal(after->files[i].name, before->files[i].name);
        if (after->files[i].length != before->files[i].length ||
            memcmp(after->files[i].data, before->files[i].data, after->files[i].length))
            fail_msg("%s changed: %s", after->files[i].name, after->files[i].data);
    }
    assert_int_equal(after->count, before->count);
}

static inline void assert_store_is(const snapshot *before)
{
    snapshot after = take_snapshot();
    assert_same_store(before, &after);
    free_snapshot(&after);
}

/* The store as it was. */
static inline void put_back(const snapshot *s)
{
    scratch_remove(series);
    assert_int_equal(mkdir(series, 0755), 0);
    for (size_t i = 0; i < s->count; i++)
        scratch_write_bytes(series, s->files[i].name, s->files[i].data,
                            s->files[i].length);
}

static inline void refused_line(int code, const char *err, const char *const argv[])
{
    snapshot before = take_snapshot();
    run_line(argv);
    assert_said(code, "", err);
    assert_store_is(&before);
    free_snapshot(&before);
}

#define REFUSED(code, err, ...) refused_line(code, err, LINE(__VA_ARGS__))

/* The store's file `name` holds exactly these bytes. */
static inline void assert_file(const char *name, const char *text)
{
    scratch_assert_text(series, name, text);
}

static inline void write_file(const char *name, const char *text)
{
    scratch_write(series, name, text);
}

/* As an editor would: in a file of the tracker. */
static inline void replace_in(const char *file, const char *old, const char *new)
{
    char *text = scratch_read(series, file), *at = strstr(text, old);
    up_buffer out = {0};
    assert_non_null(at);
    up_buffer_add_bytes(&out, text, (size_t)(at - text));
    up_buffer_add(&out, new);
    up_buffer_add(&out, at + strlen(old));
    write_file(file, up_buffer_text(&out));
    up_buffer_release(&out);
    free(text);
}

/* ---- the tracker ---- */

static inline int make_tracker(void **state)
{
    (void)state;
    width = 0;
    tracker_ = NULL;
    scratch_make(root);
    scratch_path(series, root, "series");
    DONE("init", root, "--title", "Test");
    DONE("new", "users", "--unit", "people", "--title", "Users of it");
    DONE("new", "industry", "--unit", "CNY", "--measure", "flow");
    DONE("source", "gt", "--title", "Global Times", "--url", "https://example.org/gt");
    DONE("add", "users/China", "end of 2024", "249 million", "--source", "gt",
         "--reported", "2025-07-23", "--quote", "249 million internet users");
    DONE("add", "users/China", "by May 2025", "570 million", "--source", "gt",
         "--reported", "2025-07-23");
    DONE("add", "industry/China", "2024", "more than 700 billion yuan", "--source", "gt");
    return 0;
}

static inline int remove_tracker(void **state)
{
    (void)state;
    forget_last();
    scratch_remove(root);
    return 0;
}

#define ON_TRACKER(test)                                                                 \
    cmocka_unit_test_setup_teardown(test, make_tracker, remove_tracker)

#endif
