/* Metrics that have a formula: they are series like any other. By hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "builder.h"
#include "uptick/expression.h"

static up_metric_data *add_formula(up_tracker *t, const char *name, const char *unit,
                                   const char *formula, const char *align)
{
    up_metric_data *m = build_metric(t, name, "ratio", unit);
    assert_int_equal(up_metric_set(&m->metric, "formula", formula, NULL), UP_OK);
    assert_int_equal(up_metric_set(&m->metric, "align", align, NULL), UP_OK);
    return m;
}

static up_tracker build(void)
{
    up_tracker t = {0};
    up_metric_data *m = build_metric(&t, "sales", "flow", "CNY");
    static const char *const months[] = {"2024-01", "2024-02", "2024-03"};
    for (int i = 0; i < 3; i++) {
        build_row(m, "A", months[i], "30", "", "")->reported = 19800 + i;
        build_row(m, "B", months[i], "60", "", "");
    }
    m = build_metric(&t, "heads", "stock", "people");
    build_row(m, "A", "end of 2023", "3", "", "");
    build_row(m, "B", "end of 2023", "4", ">", "");
    build_row(m, "C", "end of 2023", "5", "", "");
    add_formula(&t, "per-head", "CNY per person", "sales / heads", "carry-forward");
    add_formula(&t, "twice", "CNY per person", "2 * per-head", "");
    return t;
}

static const up_series_options known = {.as_of = UP_AS_OF_LATEST, .derive = &up_formulas};

static void its_series_are_those_of_the_formula(void **state)
{
    (void)state;
    up_tracker t = build();
    up_series_list list = build_select(&t, "twice", known);
    assert_int_equal(list.count, 2);
    const up_series *a = &list.items[0], *b = &list.items[1];
    assert_string_equal(a->key, "twice/A");
    assert_string_equal(a->data->metric.unit, "CNY per person");
    assert_int_equal(a->count, 3);
    assert_true(a->points[0].figure.value == 20);
    /* anchored as the metric has it: in the middle of the month */
    assert_close(a->points[0].time.value, 2024 + 0.5 / 12, 1e-15);
    assert_true(b->points[0].figure.high == 30 && b->points[0].figure.high_strict &&
                b->points[0].figure.low == 0);
    const up_observation *o = a->points[2].observation;
    assert_true(o->computed && !o->derived);
    assert_int_equal(o->reported, 19802);
    assert_string_equal(o->entity, "A");
    up_series_list_release(&list);
    list = build_select(&t, "per-head/B", known);
    assert_int_equal(list.count, 1);
    assert_string_equal(list.items[0].key, "per-head/B");
    assert_string_equal(list.items[0].points[0].observation->note,
                        "heads/B of 31 Dec 2023 carried forward to Jan 2024");
    up_series_list_release(&list);
    up_tracker_release(&t);
}

static void dates_and_vintages_are_those_asked_for(void **state)
{
    (void)state;
    up_tracker t = build();
    up_series_options options = known;
    options.has_window = true;
    assert_int_equal(up_period_parse("2024-02/2024-03", NULL, &options.window, NULL),
                     UP_OK);
    up_series_list list = build_select(&t, "twice/A", options);
    assert_int_equal(list.items[0].count, 2); /* heads of 2023 serve all the same */
    up_series_list_release(&list);
    options = known;
    options.as_of = 19800;
    list = build_select(&t, "twice/A", options);
    assert_int_equal(list.items[0].count, 1);
    up_series_list_release(&list);
    /* what a quotient is made of is resampled, not the quotient: 90 CNY / 3 people, twice */
    options = known;
    options.resample = (up_resampling){.on = true, .unit = UP_QUARTER};
    list = build_select(&t, "twice/A", options);
    assert_int_equal(list.items[0].count, 1);
    assert_true(list.items[0].points[0].figure.value == 60);
    up_series_list_release(&list);
    up_tracker_release(&t);
}

static void it_serves_in_expressions(void **state)
{
    (void)state;
    up_tracker t = build();
    up_expression_options how = {.align = UP_ALIGN_CARRY};
    up_series_list list = {0};
    up_expression_metrics *metrics;
    up_error err = {0};
    assert_int_equal(up_expression_evaluate(&t, "per-head * heads", &known, &how, &list,
                                            &metrics, NULL, &err),
                     UP_OK);
    assert_int_equal(list.count, 2);
    assert_true(list.items[0].points[0].figure.value == 30);
    assert_string_equal(list.items[0].data->metric.unit, "CNY");
    up_series_list_release(&list);
    up_expression_metrics_free(metrics);
    up_tracker_release(&t);
}

static void fails(const up_tracker *t, const char *pattern, up_status status,
                  const char *message)
{
    up_series_list list = {0};
    up_error err = {0};
    assert_int_equal(up_series_select(t, pattern, &known, &list, &err), status);
    assert_string_equal(err.message, message);
    up_series_list_release(&list);
}

static void a_circle_is_told_with_its_path(void **state)
{
    (void)state;
    up_tracker t = build();
    add_formula(&t, "x", "", "y + 1", "");
    add_formula(&t, "y", "", "z * 2", "");
    add_formula(&t, "z", "", "x / 3", "");
    add_formula(&t, "self", "", "self + 1", "");
    fails(&t, "x", UP_BAD_DATA,
          "the formulas run in a circle: x needs y, which needs z, which needs x");
    fails(&t, "self", UP_BAD_DATA, "the formulas run in a circle: self needs self");
    up_tracker_release(&t);
}

static void what_cannot_be_worked_out_hides_nothing_else(void **state)
{
    (void)state;
    up_tracker t = build();
    up_remarks remarks = {0};
    up_series_options options = known;
    options.remarks = &remarks;
    add_formula(&t, "wrong", "", "sales + heads", "");
    fails(&t, "wrong", UP_USAGE, "wrong: unlike units cannot be added: CNY and people");
    up_series_list list = build_select(&t, "*", options);
    assert_int_equal(list.count, 2 + 3 + 2 + 2);
    assert_int_equal(remarks.count, 1);
    assert_string_equal(remarks.items[0].message,
                        "wrong: unlike units cannot be added: CNY and people");
    up_remarks_release(&remarks);
    up_series_list_release(&list);
    up_tracker_release(&t);
}

static void what_it_gives_is_told_before_it_is_stored(void **state)
{
    (void)state;
    up_tracker t = build();
    up_metric wanted, found;
    up_error err = {0};
    assert_int_equal(up_metric_init(&wanted, "new", NULL), UP_OK);
    assert_int_equal(up_metric_set(&wanted, "formula", "2 * sales", NULL), UP_OK);
    assert_int_equal(up_formula_work_out(&t, &wanted, &found, &err), UP_OK);
    assert_string_equal(found.unit, "CNY");
    assert_int_equal(found.measure, UP_FLOW);
    up_metric_release(&found);
    /* a change of `per-head` that would need itself */
    up_metric_release(&wanted);
    assert_int_equal(up_metric_copy(&t.metrics[2].metric, &wanted, NULL), UP_OK);
    assert_int_equal(up_metric_set(&wanted, "formula", "twice / 2", NULL), UP_OK);
    assert_int_equal(up_formula_work_out(&t, &wanted, &found, &err), UP_BAD_DATA);
    assert_string_equal(err.message, "the formulas run in a circle: per-head needs "
                                     "twice, which needs per-head");
    up_metric_release(&wanted);
    up_tracker_release(&t);
}

static up_status note(const char *pattern, void *context, up_error *err)
{
    (void)err;
    up_buffer_addf(context, "%s;", pattern);
    return UP_OK;
}

static void what_a_formula_needs_is_visited(void **state)
{
    (void)state;
    up_tracker t = build();
    build_metric(&t, "fx", "average", "CNY per USD");
    up_buffer seen = {0};
    assert_int_equal(up_selector_visit(&t, "twice", false, note, &seen, NULL), UP_OK);
    assert_string_equal(up_buffer_text(&seen), "twice;per-head;sales;heads;");
    up_buffer_clear(&seen);
    assert_int_equal(up_expression_visit(&t, "sales @ USD", false, note, &seen, NULL),
                     UP_OK);
    assert_string_equal(up_buffer_text(&seen), "sales;fx;");
    up_buffer_release(&seen);
    up_tracker_release(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_series_are_those_of_the_formula),
        cmocka_unit_test(dates_and_vintages_are_those_asked_for),
        cmocka_unit_test(it_serves_in_expressions),
        cmocka_unit_test(a_circle_is_told_with_its_path),
        cmocka_unit_test(what_cannot_be_worked_out_hides_nothing_else),
        cmocka_unit_test(what_it_gives_is_told_before_it_is_stored),
        cmocka_unit_test(what_a_formula_needs_is_visited),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
