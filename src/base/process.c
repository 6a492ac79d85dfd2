#include "uptick/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* Our ends of the three pipes; -1 when closed. */
typedef struct child {
    pid_t pid;
    int in, out, err;
} child;

static void close_end(int *descriptor)
{
    if (*descriptor >= 0)
        close(*descriptor);
    *descriptor = -1;
}

/* Both ends closed on exec and above 2, so that placing them on the child's standard
 * descriptors cannot step on one another even if ours were closed. */
static int open_pipe(int ends[2])
{
    int raw[2];
    if (pipe(raw) != 0)
        return errno;
    int failed = 0;
    for (int i = 0; i < 2; i++) {
        ends[i] = fcntl(raw[i], F_DUPFD_CLOEXEC, 3);
        if (ends[i] < 0)
            failed = errno;
        close(raw[i]);
    }
    return failed;
}

static int open_pipes(int pipes[3][2])
{
    for (int i = 0; i < 3; i++)
        pipes[i][0] = pipes[i][1] = -1;
    int failed = 0;
    for (int i = 0; i < 3 && failed == 0; i++)
        failed = open_pipe(pipes[i]);
    return failed;
}

/* The child starts with SIGPIPE at its default and the signal mask of the caller. */
static int spawn(const char *const argv[], int pipes[3][2], const sigset_t *mask,
                 pid_t *pid)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t defaults;
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    int failed = posix_spawn_file_actions_init(&actions);
    if (failed != 0)
        return failed;
    failed = posix_spawnattr_init(&attributes);
    if (failed == 0) {
        posix_spawnattr_setsigmask(&attributes, mask);
        posix_spawnattr_setsigdefault(&attributes, &defaults);
        posix_spawnattr_setflags(&attributes,
                                 POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
        failed = posix_spawn_file_actions_adddup2(&actions, pipes[0][0], 0);
        if (failed == 0)
            failed = posix_spawn_file_actions_adddup2(&actions, pipes[1][1], 1);
        if (failed == 0)
            failed = posix_spawn_file_actions_adddup2(&actions, pipes[2][1], 2);
        if (failed == 0)
            failed = posix_spawnp(pid, argv[0], &actions, &attributes,
                                  (char *const *)argv, environ);
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    return failed;
}

static int start(const char *const argv[], const sigset_t *mask, child *process)
{
    int pipes[3][2];
    int failed = open_pipes(pipes);
    if (failed == 0)
        failed = spawn(argv, pipes, mask, &process->pid);
    close_end(&pipes[0][0]);
    close_end(&pipes[1][1]);
    close_end(&pipes[2][1]);
    if (failed == 0 && fcntl(pipes[0][1], F_SETFL, O_NONBLOCK) != 0)
        failed = errno;
    process->in = pipes[0][1];
    process->out = pipes[1][0];
    process->err = pipes[2][0];
    return failed;
}

/* A child that stops reading (EPIPE) is no error of ours: its exit code tells. */
static void feed(child *process, const char **input, size_t *length)
{
    ssize_t written = *length > 0 ? write(process->in, *input, *length) : 0;
    if (written < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (written > 0) {
        *input += written;
        *length -= (size_t)written;
    }
    if (written < 0 || *length == 0)
        close_end(&process->in);
}

static void drain(int *descriptor, up_buffer *out)
{
    char bytes[16384];
    ssize_t got = read(*descriptor, bytes, sizeof bytes);
    if (got > 0)
        up_buffer_add_bytes(out, bytes, (size_t)got);
    else if (got == 0 || errno != EINTR)
        close_end(descriptor);
}

/* Talks to the child until it has closed both its outputs. */
static int exchange(child *process, const char *input, size_t length,
                    up_process_result *result)
{
    while (process->out >= 0 || process->err >= 0) {
        struct pollfd ends[3] = {{.fd = process->in, .events = POLLOUT},
                                 {.fd = process->out, .events = POLLIN},
                                 {.fd = process->err, .events = POLLIN}};
        if (poll(ends, 3, -1) < 0) {
            if (errno == EINTR)
                continue;
            return errno;
        }
        if (ends[0].revents != 0)
            feed(process, &input, &length);
        if (ends[1].revents != 0)
            drain(&process->out, &result->out);
        if (ends[2].revents != 0)
            drain(&process->err, &result->err);
    }
    return 0;
}

static int wait_for(pid_t pid, int *exit_code)
{
    int state;
    while (waitpid(pid, &state, 0) < 0)
        if (errno != EINTR)
            return errno;
    *exit_code = WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
    return 0;
}

/* A write to a child that is gone raises SIGPIPE in this thread: it is held off, and one that
 * came is taken away, before the mask is what it was. */
static void hold_sigpipe(sigset_t *before)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &set, before);
}

static void release_sigpipe(const sigset_t *before, bool was_pending)
{
    sigset_t set, pending;
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    if (!was_pending && sigpending(&pending) == 0 && sigismember(&pending, SIGPIPE)) {
        int taken;
        sigwait(&set, &taken);
    }
    pthread_sigmask(SIG_SETMASK, before, NULL);
}

static up_status run(const char *const argv[], const sigset_t *mask, const char *input,
                     size_t length, up_process_result *result, up_error *err)
{
    child process = {.pid = -1, .in = -1, .out = -1, .err = -1};
    int failed = start(argv, mask, &process);
    if (process.pid >= 0 && failed == 0)
        failed = exchange(&process, input, length, result);
    close_end(&process.in);
    close_end(&process.out);
    close_end(&process.err);
    if (process.pid < 0) {
        up_error reason = {0};
        up_error_errno(&reason, "", argv[0], failed);
        return up_error_set(err, UP_MISSING_PROGRAM, "cannot start %s", reason.message);
    }
    if (failed != 0)
        kill(process.pid, SIGKILL);
    int lost = wait_for(process.pid, &result->exit_code);
    if (failed == 0)
        failed = lost;
    if (failed != 0)
        return up_error_errno(err, argv[0], "lost the program while it ran", failed);
    up_status status = up_buffer_check(&result->out, err);
    return status == UP_OK ? up_buffer_check(&result->err, err) : status;
}

up_status up_process_run(const char *const argv[], const char *input, size_t length,
                         up_process_result *result, up_error *err)
{
    sigset_t before, pending;
    bool was_pending = sigpending(&pending) == 0 && sigismember(&pending, SIGPIPE) == 1;
    hold_sigpipe(&before);
    up_status status = run(argv, &before, input, length, result, err);
    release_sigpipe(&before, was_pending);
    return status;
}

void up_process_result_release(up_process_result *result)
{
    if (result == NULL)
        return;
    up_buffer_release(&result->out);
    up_buffer_release(&result->err);
    *result = (up_process_result){0};
}
