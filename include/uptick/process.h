/* A child process, started by argument vector: no shell.
 *
 *     const char *const argv[] = {"gnuplot", "-d", "-", NULL};
 *     up_process_result r = {0};
 *     up_process_run(argv, script, strlen(script), &r, err);
 *
 * SIGPIPE is held off while writing; a child that cannot be started is UP_MISSING_PROGRAM. */
#ifndef UPTICK_PROCESS_H
#define UPTICK_PROCESS_H

#include "uptick/buffer.h"
#include "uptick/error.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct up_process_result {
    int exit_code; /* 0 to 255, or 128 + signal */
    up_buffer out, err;
} up_process_result;

/* Runs argv[0] (looked up in PATH) with input on its standard input, collects both outputs
 * and waits. UP_OK whatever the exit code. Release result in any case. */
UP_MUST_CHECK up_status up_process_run(const char *const argv[], const char *input,
                                       size_t length, up_process_result *result,
                                       up_error *err);
void up_process_result_release(up_process_result *result);

#ifdef __cplusplus
}
#endif
#endif
