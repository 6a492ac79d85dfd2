#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "uptick/process.h"

static void child_gets_its_input_and_gives_both_outputs(void **state)
{
    (void)state;
    const char *const argv[] = {"sh", "-c", "cat; echo oops >&2; exit 3", NULL};
    up_process_result r = {0};
    assert_int_equal(up_process_run(argv, "hello", 5, &r, NULL), UP_OK);
    assert_int_equal(r.exit_code, 3);
    assert_string_equal(up_buffer_text(&r.out), "hello");
    assert_string_equal(up_buffer_text(&r.err), "oops\n");
    up_process_result_release(&r);
    up_process_result_release(NULL);
}

/* Far more than a pipe holds, both ways at once: neither side may wait for the other. */
static void megabytes_pass_through_both_ways(void **state)
{
    (void)state;
    size_t length = 3000000;
    char *input = malloc(length);
    assert_non_null(input);
    for (size_t i = 0; i < length; i++)
        input[i] = (char)('a' + i % 23);
    const char *const argv[] = {"tee", "/dev/stderr", NULL};
    up_process_result r = {0};
    assert_int_equal(up_process_run(argv, input, length, &r, NULL), UP_OK);
    assert_int_equal(r.exit_code, 0);
    assert_int_equal(r.out.length, length);
    assert_memory_equal(r.out.data, input, length);
    assert_int_equal(r.err.length, length);
    assert_memory_equal(r.err.data, input, length);
    up_process_result_release(&r);
    free(input);
}

static void arguments_are_no_shell_words(void **state)
{
    (void)state;
    const char *const argv[] = {"printf", "%s|", "a b", "$(id)",
                                "`id`",   "*",   "'\"", NULL};
    up_process_result r = {0};
    assert_int_equal(up_process_run(argv, "", 0, &r, NULL), UP_OK);
    assert_string_equal(up_buffer_text(&r.out), "a b|$(id)|`id`|*|'\"|");
    up_process_result_release(&r);
}

static void child_that_does_not_read_raises_no_signal(void **state)
{
    (void)state;
    size_t length = 1000000;
    char *input = calloc(1, length);
    assert_non_null(input);
    const char *const argv[] = {"sh", "-c", "exec <&-; echo done", NULL};
    up_process_result r = {0};
    assert_int_equal(up_process_run(argv, input, length, &r, NULL), UP_OK);
    assert_int_equal(r.exit_code, 0);
    assert_string_equal(up_buffer_text(&r.out), "done\n");
    up_process_result_release(&r);
    free(input);
    sigset_t mask, pending;
    pthread_sigmask(SIG_BLOCK, NULL, &mask);
    assert_int_equal(sigismember(&mask, SIGPIPE), 0);
    assert_int_equal(sigpending(&pending), 0);
    assert_int_equal(sigismember(&pending, SIGPIPE), 0);
}

static void child_meets_sigpipe_as_usual(void **state)
{
    (void)state;
    signal(SIGPIPE, SIG_IGN);
    const char *const argv[] = {"sh", "-c", "kill -PIPE $$; echo survived", NULL};
    up_process_result r = {0};
    assert_int_equal(up_process_run(argv, "", 0, &r, NULL), UP_OK);
    signal(SIGPIPE, SIG_DFL);
    assert_int_equal(r.exit_code, 128 + SIGPIPE);
    assert_string_equal(up_buffer_text(&r.out), "");
    up_process_result_release(&r);
}

static void death_by_signal_is_told(void **state)
{
    (void)state;
    const char *const argv[] = {"sh", "-c", "kill -KILL $$", NULL};
    up_process_result r = {0};
    assert_int_equal(up_process_run(argv, "", 0, &r, NULL), UP_OK);
    assert_int_equal(r.exit_code, 128 + SIGKILL);
    up_process_result_release(&r);
}

static void missing_program_is_named(void **state)
{
    (void)state;
    const char *const argv[] = {"uptick-no-such-program", "x", NULL};
    up_process_result r = {0};
    up_error err;
    assert_int_equal(up_process_run(argv, "", 0, &r, &err), UP_MISSING_PROGRAM);
    assert_string_equal(err.message, "cannot start uptick-no-such-program: No such file "
                                     "or directory");
    const char *const no_program[] = {"/etc/passwd", NULL};
    assert_int_equal(up_process_run(no_program, "", 0, &r, &err), UP_MISSING_PROGRAM);
    assert_string_equal(err.message, "cannot start /etc/passwd: Permission denied");
    up_process_result_release(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(child_gets_its_input_and_gives_both_outputs),
        cmocka_unit_test(megabytes_pass_through_both_ways),
        cmocka_unit_test(arguments_are_no_shell_words),
        cmocka_unit_test(child_that_does_not_read_raises_no_signal),
        cmocka_unit_test(child_meets_sigpipe_as_usual),
        cmocka_unit_test(death_by_signal_is_told),
        cmocka_unit_test(missing_program_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
