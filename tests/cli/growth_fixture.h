/* For tests of growth: a tracker of nothing but what a test puts in. */
#ifndef UPTICK_TESTS_CLI_GROWTH_FIXTURE_H
#define UPTICK_TESTS_CLI_GROWTH_FIXTURE_H

#include "cli/cli_fixture.h"

static inline int make_empty(void **state)
{
    (void)state;
    width = 0;
    tracker_ = NULL;
    scratch_make(root);
    scratch_path(series, root, "series");
    DONE("init", root);
    return 0;
}

#define ON_EMPTY(test) cmocka_unit_test_setup_teardown(test, make_empty, remove_tracker)

#define HAS(text, part)                                                                  \
    do {                                                                                 \
        if (strstr(text, part) == NULL)                                                  \
            fail_msg("no '%s' in %s", part, text);                                       \
    } while (0)

#endif
