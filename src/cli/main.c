/* The program: streams, clock and environment for the commands, and the last word on
 * whether the output arrived. */
#include <errno.h>
#include <fcntl.h>
#include <gsl/gsl_errno.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/command.h"
#include "uptick/calendar.h"

static size_t terminal_width(void)
{
    struct winsize size;
    if (!isatty(STDOUT_FILENO))
        return 0;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return 80;
}

/* A reader that went away is no error worth words: end as the signal would have. */
static int end_quietly(void)
{
    signal(SIGPIPE, SIG_DFL);
    raise(SIGPIPE);
    return 128 + SIGPIPE;
}

/* Everything that was printed must have arrived. */
static int check_output(int code, int failed)
{
    errno = 0;
    if (fflush(stdout) == 0 && !ferror(stdout) && fclose(stdout) == 0)
        return code;
    if (failed == 0)
        failed = errno;
    if (failed == EPIPE)
        return end_quietly();
    fprintf(stderr, "uptick: standard output: %s\n",
            failed != 0 ? strerror(failed) : "could not be written");
    return code != 0 ? code : UP_SYSTEM;
}

/* uptick/config.json in the folder that XDG names, else in ~/.config; "" if there is neither. */
static void find_config(char *path, size_t size)
{
    const char *xdg = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    bool has_xdg = xdg != NULL && xdg[0] == '/';
    path[0] = '\0';
    if (!has_xdg && (home == NULL || home[0] != '/'))
        return;
    int length = snprintf(path, size, "%s%s/uptick/config.json", has_xdg ? xdg : home,
                          has_xdg ? "" : "/.config");
    if (length < 0 || (size_t)length >= size)
        path[0] = '\0';
}

/* What one part of a large file has freed is for the next one, not for the system: handing it
 * back and forth, page by page, took a sixth of all time. */
static void keep_freed_memory(void)
{
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
#endif
}

/* A stream that was closed would be that of the first file that is opened. Nothing can be written to
 * what is opened in its place, so that printing still fails. */
static bool keep_streams_apart(void)
{
    for (int descriptor = 0; descriptor < 3; descriptor++)
        if (fcntl(descriptor, F_GETFD) < 0 && open("/dev/null", O_RDONLY) != descriptor)
            return false;
    return true;
}

int main(int argc, char *argv[])
{
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    setenv("TZ", "UTC0",
           1); /* of the programs that are run: a picture is the same everywhere */
    keep_freed_memory();
    if (!keep_streams_apart())
        return UP_SYSTEM;
    char config[4096];
    find_config(config, sizeof config);
    up_context ctx = {.out = stdout,
                      .err = stderr,
                      .tracker = getenv("UPTICK_TRACKER"),
                      .config = config[0] != '\0' ? config : NULL,
                      .today = up_calendar_today(),
                      .as_of = UP_AS_OF_LATEST,
                      .color = isatty(STDOUT_FILENO) &&
                               (no_color == NULL || !*no_color) && term != NULL &&
                               strcmp(term, "dumb") != 0,
                      .width = terminal_width()};
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a file at its size limit is an error, not an end */
    gsl_set_error_handler_off();
    int code = up_cli_run(&ctx, argc, (const char *const *)argv);
    return check_output(code, ctx.out_errno);
}
