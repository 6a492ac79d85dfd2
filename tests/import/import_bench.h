/* For tests of the import: a text, a tracker in memory, what came of it.
 *
 *     bench b = {.request = {.frequency = "day"}};
 *     must_run(&b, "date,a\n2020-01-01,1\n");
 *     assert_figure(&b, 0, 0, "|2020-01-01|1||||");
 *     let_go(&b); */
#ifndef UPTICK_TESTS_IMPORT_BENCH_H
#define UPTICK_TESTS_IMPORT_BENCH_H

#include "scratch.h"

#include "builder.h"
#include "uptick/import.h"

typedef struct bench {
    up_tracker tracker;
    up_import_request request;
    up_import import;
    up_remarks remarks;
    up_error err;
    up_status status;
} bench;

static inline void run(bench *b, const char *text)
{
    char *bytes = NULL;
    assert_int_equal(up_copy_text(text, &bytes, NULL), UP_OK);
    b->request.tracker = &b->tracker;
    if (b->request.source == NULL)
        b->request.source = "test.csv";
    b->status = up_import_read(&b->request, bytes, strlen(text), &b->import, &b->remarks,
                               &b->err);
}

static inline void must_run(bench *b, const char *text)
{
    run(b, text);
    if (b->status != UP_OK)
        fail_msg("%s:%zu: %s", b->err.source, b->err.line, b->err.message);
}

static inline void let_go(bench *b)
{
    up_import_release(&b->import);
    up_remarks_release(&b->remarks);
    up_tracker_release(&b->tracker);
}

/* Figure `index` of metric `metric`: "entity|period|value|qualifier|status|reported|note". */
static inline void assert_figure(const bench *b, size_t metric, size_t index,
                                 const char *wanted)
{
    static const up_observation_column columns[] = {
        UP_COL_ENTITY, UP_COL_PERIOD,   UP_COL_VALUE, UP_COL_QUALIFIER,
        UP_COL_STATUS, UP_COL_REPORTED, UP_COL_NOTE};
    up_observation o;
    up_buffer text = {0};
    assert_true(metric < b->import.metric_count);
    assert_true(index < b->import.metrics[metric].batch.count);
    assert_int_equal(up_batch_get(&b->import.metrics[metric].batch, index, &o, NULL),
                     UP_OK);
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        up_buffer_add(&text, i > 0 ? "|" : "");
        up_observation_get(&o, columns[i], &text);
    }
    assert_string_equal(up_buffer_text(&text), wanted);
    up_buffer_release(&text);
}

static inline void assert_refused(bench *b, const char *text, up_status status,
                                  size_t line, const char *message)
{
    run(b, text);
    assert_int_equal(b->status, status);
    assert_string_equal(b->err.message, message);
    assert_int_equal(b->err.line, line);
    assert_int_equal(b->import.metric_count, 0);
    let_go(b);
}

static inline const char *metric_key(const bench *b, size_t metric, const char *key)
{
    return up_metric_get(&b->import.metrics[metric].metric, key);
}

#endif
