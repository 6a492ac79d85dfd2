/* Turns side by side, and what comes after each in order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

#include "base/parallel.h"

enum { TURNS = 1000 };

typedef struct turn_log {
    int done[TURNS];    /* by the turn itself */
    size_t seen[TURNS]; /* in the order in which they were seen */
    size_t count, early;
} turn_log;

static void take(size_t turn, void *context)
{
    ((turn_log *)context)->done[turn]++;
}

static void see(size_t turn, void *context)
{
    turn_log *l = context;
    l->early += l->done[turn] != 1;
    l->seen[l->count++] = turn;
}

static void every_turn_is_taken_once(void **state)
{
    (void)state;
    static turn_log l;
    up_parallel_for(TURNS, take, &l);
    for (size_t i = 0; i < TURNS; i++)
        assert_int_equal(l.done[i], 1);
    up_parallel_for(0, take, NULL);
}

static void turns_are_seen_in_their_order(void **state)
{
    (void)state;
    static turn_log l;
    up_parallel_in_order(TURNS, take, see, &l);
    assert_int_equal(l.count, TURNS);
    assert_int_equal(l.early, 0);
    for (size_t i = 0; i < TURNS; i++)
        assert_int_equal(l.seen[i], i);
    up_parallel_in_order(0, take, see, NULL);
}

/* One turn that takes long is not overtaken by more than there is room for. */
static void take_unevenly(size_t turn, void *context)
{
    turn_log *l = context;
    struct timespec pause = {.tv_nsec = turn % 128 == 0 ? 20000000 : 0};
    nanosleep(&pause, NULL);
    l->done[turn]++;
}

static void slow_turns_keep_the_order(void **state)
{
    (void)state;
    static turn_log l;
    up_parallel_in_order(TURNS, take_unevenly, see, &l);
    assert_int_equal(l.count, TURNS);
    assert_int_equal(l.early, 0);
    for (size_t i = 0; i < TURNS; i++)
        assert_int_equal(l.seen[i], i);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_turn_is_taken_once),
        cmocka_unit_test(turns_are_seen_in_their_order),
        cmocka_unit_test(slow_turns_keep_the_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
