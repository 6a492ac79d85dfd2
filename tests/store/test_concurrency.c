/* Several processes at one tracker, and processes that die in the middle. */
#include "store/folder.h"

#include <signal.h>
#include <time.h>

enum { EACH = 1000, WRITERS = 2 };

static const char shared_metric[] =
    "{\"title\": \"0\", \"resources\": [{\"name\": \"ai-users\", \"path\": "
    "\"ai-users.csv\", \"schema\": {\"fields\": [{\"name\": \"entity\"}, {\"name\": "
    "\"period\"}, {\"name\": \"value\"}]}, \"uptick\": {\"unit\": \"0\"}}]}";

/* The exit code of a child that runs body. */
static pid_t start(int (*body)(int), int argument)
{
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        _exit(body(argument));
    return pid;
}

static void assert_ends_well(pid_t pid)
{
    int state = 0;
    assert_int_equal(waitpid(pid, &state, 0), pid);
    if (!WIFEXITED(state) || WEXITSTATUS(state) != 0)
        fail_msg("a process ended with state %d", state);
}

/* --- Nothing is lost -------------------------------------------------------------------- */

static int add_one_by_one(int writer)
{
    char entity[16], period[16];
    snprintf(entity, sizeof entity, "E%d", writer);
    for (int i = 0; i < EACH; i++) {
        up_store *store = NULL;
        snprintf(period, sizeof period, "%d", 1000 + i);
        if (up_store_open(root, &store, NULL) != UP_OK ||
            up_store_begin(store, NULL) != UP_OK ||
            add_figure(store, entity, period, "1", NULL) != UP_OK ||
            up_store_commit(store, NULL) != UP_OK)
            return 1;
        up_store_free(store);
    }
    return 0;
}

static void two_writers_add_a_thousand_each_and_none_is_lost(void **state)
{
    (void)state;
    write_tracker(shared_metric, "entity,period,value\n");
    pid_t writers[WRITERS];
    for (int i = 0; i < WRITERS; i++)
        writers[i] = start(add_one_by_one, i);
    for (int i = 0; i < WRITERS; i++)
        assert_ends_well(writers[i]);
    up_store *store = open_tracker();
    SUCCEED(up_store_load(store, NULL, NULL, err));
    const up_metric_data *data = &up_store_tracker(store)->metrics[0];
    assert_int_equal(data->count, WRITERS * EACH);
    size_t seen[WRITERS] = {0};
    for (size_t i = 0; i < data->count; i++) {
        int writer = data->observations[i].entity[1] - '0';
        char wanted[UP_PERIOD_SIZE], found[UP_PERIOD_SIZE];
        snprintf(wanted, sizeof wanted, "%zu", 1000 + seen[writer]++);
        up_period_format(&data->observations[i].period, found);
        assert_string_equal(found, wanted);
    }
    up_store_free(store);
    assert_int_equal(scratch_count(series), 2);
}

/* --- Half a change is never seen ----------------------------------------------------------- */

/* Every change writes its number into the unit (the descriptor) and a row with that number
 * (the file): a reader must find as many rows as the unit says. */
static up_status write_number(up_store *store, int number)
{
    char text[16], period[16];
    up_metric metric;
    snprintf(text, sizeof text, "%d", number);
    snprintf(period, sizeof period, "%d", 1000 + number);
    up_status status = up_metric_init(&metric, "ai-users", NULL);
    if (status == UP_OK)
        status = up_metric_set(&metric, "unit", text, NULL);
    if (status == UP_OK)
        status = up_store_begin(store, NULL);
    if (status == UP_OK)
        status = up_store_set_metric(store, &metric, NULL);
    if (status == UP_OK)
        status = add_figure(store, "", period, text, NULL);
    if (status == UP_OK)
        status = up_store_commit(store, NULL);
    up_metric_release(&metric);
    return status;
}

static int write_numbers(int first)
{
    up_store *store = NULL;
    if (up_store_open(root, &store, NULL) != UP_OK)
        return 1;
    for (int i = first; i < first + 300; i++)
        if (write_number(store, i) != UP_OK)
            return 2;
    up_store_free(store);
    return 0;
}

/* The number of rows, which must be what the unit says; -1 if not. */
static int read_number(void)
{
    up_store *store = NULL;
    up_error err = {0};
    if (up_store_open(root, &store, &err) != UP_OK ||
        up_store_load(store, NULL, NULL, &err) != UP_OK) {
        print_error("%s: %s\n", err.source, err.message);
        up_store_free(store);
        return -1;
    }
    const up_metric_data *data = &up_store_tracker(store)->metrics[0];
    int count = (int)data->count;
    if (atoi(data->metric.unit) != count) {
        print_error("%s in the descriptor, %d rows\n", data->metric.unit, count);
        count = -1;
    }
    up_store_free(store);
    return count;
}

static void reader_sees_all_of_a_change_or_nothing(void **state)
{
    (void)state;
    write_tracker(shared_metric, "entity,period,value\n");
    pid_t writer = start(write_numbers, 1);
    int last = 0, reads = 0, different = 0;
    while (last < 300) {
        int now = read_number();
        assert_true(now >= last);
        different += now != last;
        last = now;
        reads++;
        int code = 0;
        if (waitpid(writer, &code, WNOHANG) == writer) {
            assert_int_equal(code, 0);
            assert_int_equal(read_number(), 300);
            break;
        }
    }
    print_message("%d reads during 300 changes saw %d states\n", reads, different);
    assert_true(reads > 0);
}

/* --- Death in the middle --------------------------------------------------------------------- */

static int write_until_killed(int first)
{
    up_store *store = NULL;
    if (up_store_open(root, &store, NULL) != UP_OK)
        return 1;
    for (int i = first;; i++)
        if (write_number(store, i) != UP_OK)
            return 2;
}

static void killed_writers_leave_whole_changes(void **state)
{
    (void)state;
    write_tracker(shared_metric, "entity,period,value\n");
    int last = 0;
    for (int round = 0; round < 60; round++) {
        pid_t writer = start(write_until_killed, last + 1);
        struct timespec pause = {.tv_nsec = 3000000L + round * 397000L};
        nanosleep(&pause, NULL);
        assert_int_equal(kill(writer, SIGKILL), 0);
        int code = 0;
        assert_int_equal(waitpid(writer, &code, 0), writer);
        assert_true(WIFSIGNALED(code)); /* it had not failed before */
        int now = read_number();
        assert_true(now >= last);
        last = now;
    }
    assert_true(last > 0);
    up_store *store = open_tracker();
    SUCCEED(up_store_begin(store, err)); /* clears what the last one left */
    SUCCEED(up_store_commit(store, err));
    up_store_free(store);
    assert_int_equal(scratch_count(series), 2);
    print_message("60 writers killed, %d changes whole\n", last);
}

/* --- A file that changes its name ------------------------------------------------------------ */

static const char *const names[] = {"ai-users", "people"};

static up_status rename_once(up_store *store)
{
    up_status status = up_store_begin(store, NULL);
    if (status != UP_OK)
        return status;
    bool second = up_tracker_metric(up_store_tracker(store), names[1]) != NULL;
    status = up_store_rename_metric(store, names[second], names[!second], NULL);
    return status == UP_OK ? up_store_commit(store, NULL) : status;
}

static int rename_often(int times)
{
    up_store *store = NULL;
    if (up_store_open(root, &store, NULL) != UP_OK)
        return 1;
    for (int i = 0; times == 0 || i < times; i++)
        if (rename_once(store) != UP_OK)
            return 2;
    up_store_free(store);
    return 0;
}

/* One metric, whatever its name, with its one row; which of the names it has. */
static bool read_renamed(void)
{
    up_store *store = open_tracker();
    SUCCEED(up_store_load(store, NULL, NULL, err));
    const up_tracker *t = up_store_tracker(store);
    assert_int_equal(t->metric_count, 1);
    assert_int_equal(t->metrics[0].count, 1);
    bool second = strcmp(t->metrics[0].metric.name, names[1]) == 0;
    up_store_free(store);
    return second;
}

static void reader_finds_a_file_under_its_old_name_or_its_new_one(void **state)
{
    (void)state;
    write_tracker(shared_metric, "entity,period,value\nA,2020,1\n");
    pid_t writer = start(rename_often, 200);
    int reads = 0, code = 0, seen[2] = {0};
    for (; waitpid(writer, &code, WNOHANG) != writer; reads++)
        seen[read_renamed()]++;
    assert_int_equal(code, 0);
    assert_false(read_renamed()); /* after an even number */
    assert_int_equal(scratch_count(series), 2);
    print_message("%d reads during 200 renames: %d old, %d new\n", reads, seen[0],
                  seen[1]);
}

static void killed_renames_leave_one_file(void **state)
{
    (void)state;
    write_tracker(shared_metric, "entity,period,value\nA,2020,1\n");
    for (int round = 0; round < 60; round++) {
        pid_t writer = start(rename_often, 0);
        struct timespec pause = {.tv_nsec = 2000000L + round * 397000L};
        nanosleep(&pause, NULL);
        assert_int_equal(kill(writer, SIGKILL), 0);
        int code = 0;
        assert_int_equal(waitpid(writer, &code, 0), writer);
        assert_true(WIFSIGNALED(code)); /* it had not failed before */
        (void)read_renamed();
    }
    up_store *store = open_tracker();
    SUCCEED(up_store_begin(store, err)); /* clears what the last one left */
    SUCCEED(up_store_commit(store, err));
    up_store_free(store);
    assert_int_equal(scratch_count(series), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_ROOT(two_writers_add_a_thousand_each_and_none_is_lost),
        IN_ROOT(reader_sees_all_of_a_change_or_nothing),
        IN_ROOT(killed_writers_leave_whole_changes),
        IN_ROOT(reader_finds_a_file_under_its_old_name_or_its_new_one),
        IN_ROOT(killed_renames_leave_one_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
