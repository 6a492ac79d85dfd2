/* For tests of the folder store: a tracker of a few files in a scratch folder. */
#ifndef UPTICK_TESTS_STORE_FOLDER_H
#define UPTICK_TESTS_STORE_FOLDER_H

#include "scratch.h"

#include "uptick/calendar.h"
#include "uptick/store.h"

#define COLUMNS                                                                          \
    "entity,period,value,qualifier,low,high,stated,status,reported,source,quote,note\n"

static const char one_metric[] =
    "{\n"
    "  \"title\": \"Test\",\n"
    "  \"resources\": [\n"
    "    {\n"
    "      \"name\": \"ai-users\",\n"
    "      \"title\": \"AI users\",\n"
    "      \"path\": \"ai-users.csv\",\n"
    "      \"schema\": {\"fields\": [], \"own\": 1.5},\n"
    "      \"uptick\": {\"unit\": \"people\", \"measure\": \"stock\"}\n"
    "    }\n"
    "  ]\n"
    "}\n";

static char root[SCRATCH_PATH], series[SCRATCH_PATH];

static inline int make_root(void **state)
{
    (void)state;
    scratch_make(root);
    scratch_path(series, root, "series");
    return 0;
}

static inline int remove_root(void **state)
{
    (void)state;
    scratch_remove(root);
    return 0;
}

#define IN_ROOT(test) cmocka_unit_test_setup_teardown(test, make_root, remove_root)

static inline void write_tracker(const char *descriptor, const char *rows)
{
    mkdir(series, 0755);
    scratch_write(series, "datapackage.json", descriptor);
    if (rows != NULL)
        scratch_write(series, "ai-users.csv", rows);
}

static inline up_store *open_tracker(void)
{
    up_store *store = NULL;
    up_error err = {0};
    if (up_store_open(root, &store, &err) != UP_OK)
        fail_msg("%s: %s", err.source, err.message);
    return store;
}

static inline void succeed(up_status status, const up_error *err)
{
    if (status != UP_OK)
        fail_msg("%s:%zu: %s", err->source, err->line, err->message);
}

#define SUCCEED(call)                                                                    \
    do {                                                                                 \
        up_error err_ = {0}, *err = &err_;                                               \
        succeed(call, err);                                                              \
    } while (0)

/* The call fails with this status, source, line and message. */
#define FAIL_WITH(call, status, where, row, text)                                        \
    do {                                                                                 \
        up_error err_ = {0}, *err = &err_;                                               \
        assert_int_equal(call, status);                                                  \
        assert_string_equal(err->message, text);                                         \
        assert_string_equal(err->source, where);                                         \
        assert_int_equal(err->line, row);                                                \
    } while (0)

/* An observation from texts. */
static inline up_observation figure(const char *entity, const char *period,
                                    const char *value)
{
    up_observation o;
    SUCCEED(up_observation_init(&o, err));
    SUCCEED(up_observation_set(&o, UP_COL_ENTITY, entity, NULL, err));
    SUCCEED(up_observation_set(&o, UP_COL_PERIOD, period, NULL, err));
    SUCCEED(up_observation_set(&o, UP_COL_VALUE, value, NULL, err));
    return o;
}

static inline up_status add_figure(up_store *store, const char *entity,
                                   const char *period, const char *value, up_error *err)
{
    up_observation o = figure(entity, period, value);
    up_status status = up_store_add_observation(store, "ai-users", &o, err);
    up_observation_release(&o);
    return status;
}

/* One figure in a change of its own. */
static inline void commit_figure(const char *entity, const char *period,
                                 const char *value)
{
    up_store *store = open_tracker();
    SUCCEED(up_store_begin(store, err));
    SUCCEED(add_figure(store, entity, period, value, err));
    SUCCEED(up_store_commit(store, err));
    up_store_free(store);
}

#endif
