/* Builds a tracker in memory, as a store would have read it. Texts are as in the files. */
#ifndef UPTICK_TESTS_BUILDER_H
#define UPTICK_TESTS_BUILDER_H

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "uptick/series.h"

/* A metric of a measure and unit. The pointer is valid until the next metric is added. */
static inline up_metric_data *build_metric(up_tracker *tracker, const char *name,
                                           const char *measure, const char *unit)
{
    assert_int_equal(up_grow(&tracker->metrics, &tracker->metric_capacity,
                             tracker->metric_count + 1, sizeof *tracker->metrics, NULL),
                     UP_OK);
    up_metric_data *data = &tracker->metrics[tracker->metric_count++];
    *data = (up_metric_data){.loaded = true};
    assert_int_equal(up_metric_init(&data->metric, name, NULL), UP_OK);
    assert_int_equal(up_metric_set(&data->metric, "measure", measure, NULL), UP_OK);
    assert_int_equal(up_metric_set(&data->metric, "unit", unit, NULL), UP_OK);
    assert_int_equal(up_copy_text("series/test.csv", &data->path, NULL), UP_OK);
    return data;
}

/* A row; `qualifier` as its mark, `stated` may be "". */
static inline up_observation *build_row(up_metric_data *data, const char *entity,
                                        const char *period, const char *value,
                                        const char *qualifier, const char *stated)
{
    const struct {
        up_observation_column column;
        const char *text;
    } cells[] = {{UP_COL_ENTITY, entity},
                 {UP_COL_PERIOD, period},
                 {UP_COL_VALUE, value},
                 {UP_COL_QUALIFIER, qualifier},
                 {UP_COL_STATED, stated}};
    assert_int_equal(up_grow(&data->observations, &data->capacity, data->count + 1,
                             sizeof *data->observations, NULL),
                     UP_OK);
    up_observation *o = &data->observations[data->count++];
    assert_int_equal(up_observation_init(o, NULL), UP_OK);
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++)
        assert_int_equal(
            up_observation_set(o, cells[i].column, cells[i].text, NULL, NULL), UP_OK);
    o->line = data->count + 1;
    return o;
}

/* A claim on metric and entity; words as people write them, from "" for none. */
static inline void build_claim(up_tracker *tracker, const char *metric,
                               const char *entity, const char *words, const char *from,
                               const char *to)
{
    assert_int_equal(up_grow(&tracker->claims, &tracker->claim_capacity,
                             tracker->claim_count + 1, sizeof *tracker->claims, NULL),
                     UP_OK);
    up_claim *c = &tracker->claims[tracker->claim_count++];
    *c = (up_claim){
        .reported = UP_REPORTED_ALWAYS, .has_from = from[0] != '\0', .has_to = true};
    assert_int_equal(up_copy_text(metric, &c->metric, NULL), UP_OK);
    assert_int_equal(up_copy_text(entity, &c->entity, NULL), UP_OK);
    assert_int_equal(up_copy_text(words, &c->stated, NULL), UP_OK);
    assert_int_equal(up_copy_text("", &c->source, NULL), UP_OK);
    assert_int_equal(up_copy_text("", &c->quote, NULL), UP_OK);
    assert_int_equal(up_copy_text("", &c->note, NULL), UP_OK);
    assert_int_equal(up_change_parse(words, &c->transform, &c->change, NULL), UP_OK);
    if (c->has_from)
        assert_int_equal(up_period_parse(from, NULL, &c->from, NULL), UP_OK);
    assert_int_equal(up_period_parse(to, NULL, &c->to, NULL), UP_OK);
}

/* All series that pattern names, everything known. */
static inline up_series_list build_select(const up_tracker *tracker, const char *pattern,
                                          up_series_options options)
{
    up_series_list list = {0};
    up_error err = {0};
    if (options.as_of == 0)
        options.as_of = UP_AS_OF_LATEST;
    if (up_series_select(tracker, pattern, &options, &list, &err) != UP_OK)
        fail_msg("%s", err.message);
    return list;
}

/* |found - wanted| <= relative * |wanted| */
#define assert_close(found, wanted, relative)                                            \
    do {                                                                                 \
        double found_ = (found), wanted_ = (wanted), off_ = found_ - wanted_;            \
        double most_ = (relative) * (wanted_ < 0 ? -wanted_ : wanted_);                  \
        if (!(off_ <= most_ && -off_ <= most_))                                          \
            fail_msg("%s is %.17g, wanted %.17g", #found, found_, wanted_);              \
    } while (0)

#endif
